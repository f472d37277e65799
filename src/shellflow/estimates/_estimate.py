"""The result of an estimate: its values and its arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Unpack

from shellflow import display, inputs, sampling, units
from shellflow.errors import UnitError
from shellflow.estimates import _build, _drawn, _reasons, _report, _rows, _titles
from shellflow.estimates._quotable import Quotable
from shellflow.terms import Bound, Term, Uncertain, bound_of, scale

if TYPE_CHECKING:
    import pandas as pd
    from pint.facets.plain import PlainQuantity

    from shellflow.estimates import plotting
    from shellflow.estimates._replacing import Changes

    Quantity = PlainQuantity[Any]

__all__ = ["Estimate"]


@dataclass(frozen=True, eq=False, repr=False)
class Estimate(Quotable, Uncertain):
    """A number of rounds, transports, tonnes or days in every draw.

    Made by `estimate`, `units_needed` and arithmetic on these; not by hand. Its tails may have no mean, so there is
    none: use the median and quantiles. Estimates have no order: ask `chance`. Equality is identity. To hand one on use
    `to_json`; pickles are for files of your own, since opening one can run anything.
    A `level` is the share of the draws in a band, in (0, 1); another one, or a `p` outside [0, 1], raises an
    ArgumentError. What adds up a capacity and contents, or has one input for two things, cannot be made.

    Parameters
    ----------
    term : Term
        What it is made of.
    settings : sampling.Settings
        Number of draws and seed.
    made_by : mapping of str to str
        Version of the library and hash of the data that made it.
    """

    term: Term
    settings: sampling.Settings
    made_by: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        units.register_upcast(Estimate)
        _ = self.term.unknowns, self.term.basis  # which refuse what cannot stand in one result

    def __getstate__(self) -> dict[str, Any]:
        return _drawn.state_of(self.term, self.settings, self.made_by)

    def __setstate__(self, state: dict[str, Any]) -> None:
        from shellflow.estimates import _soundness

        self.__dict__.update(_soundness.check_state(state))
        self.__post_init__()

    __format__ = Uncertain.__format__  # a single number has format codes, which tables have not

    @property
    def unit(self) -> str:
        """Its unit, as text."""
        return self.term.unit

    @cached_property
    def values(self) -> sampling.Floats:
        """One plain number per draw, read-only, in `unit`."""
        return _titles.worked_out(self.term, self.settings)

    @cached_property
    def _ordered(self) -> sampling.Floats:
        return _titles.worked_out(self.term, self.settings, ordered=True)

    @cached_property
    def bound(self) -> Bound:
        """What its values bound: "point" if nothing, or "floor", "ceiling" or "none", by the counts in it."""
        return bound_of(self.term)

    @property
    def median(self) -> Quantity:
        """The value that half of the draws lie below."""
        return self.quantile(0.5)

    def quantile(self, p: float) -> Quantity:
        """Return the value below which a share of the draws lies.

        Parameters
        ----------
        p : float
            That share, in [0, 1] [unitless].

        Returns
        -------
        pint quantity
            The quantile [`unit`].
        """
        return units.quantity(sampling.quantile(self._ordered, p), self.unit)

    def band(self, level: float = 0.9) -> tuple[float, float, float]:
        """Return the low end of the central interval, the median and the high end, as plain numbers.

        Parameters
        ----------
        level : float
            Share of the draws in the interval [unitless].

        Returns
        -------
        tuple of three floats
            Low, median, high; missing (NaN) what a bound leaves open [`unit`].
        """
        return _titles.band_of(self.term, self._ordered, level)

    def chance(self, *, at_least: object = None, at_most: object = None) -> float:
        """Return the share of draws at or beyond a threshold.

        It is a share of the draws made under the stated assumptions, not the probability that a claim is true. Of a
        lower bound the share of `at_least` is the least it can be, that of `at_most` the most; of an upper bound the
        other way round.

        Parameters
        ----------
        at_least, at_most : number, str, pint quantity or Estimate, optional
            At least one of them; with both, the share of draws from one to the other [`unit`].

        Returns
        -------
        float
            In [0, 1] [unitless].

        Raises
        ------
        ShellflowError
            If neither is given, or one is no number of this unit that can be held against this estimate; if its bound
            is "none", or both are given of a bound.
        """
        return _drawn.share_within(self, at_least, at_most)

    @cached_property
    def reasons(self) -> _reasons.Reasons:
        """Why it is so: `basis`, `band_for`, `limited_by`, `cliffs`, `nothing_fits`, `grade`, `notes` and `inputs`."""
        return _reasons.reasons_of(self.term, self.settings)

    @property
    def basis(self) -> str:
        """Which question it answers: "capacity", "contents", or both where it compares the two; no sum is of both."""
        return _reasons.basis_of(self.term)

    @property
    def grade(self) -> str:
        """The weakest grade among the inputs that matter."""
        return self.reasons.grade

    @property
    def notes(self) -> tuple[str, ...]:
        """Findings that belong to the number, in words."""
        return self.reasons.notes

    def inputs(self, *, rounded: bool = False) -> pd.DataFrame:
        """Return every input that enters, with its 90 % band, unit, source and grade.

        Parameters
        ----------
        rounded : bool
            As for `to_frame` [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns input (its key), label (for people), unit, low, median, high, source, grade, band_for; one row an
            input. Of a mix whose shares are not known, each munition's share of the transports.
        """
        return _rows.inputs_table(self, rounded=rounded)

    def drivers(self, *, rounded: bool = False) -> pd.DataFrame:
        """Return the uncertain inputs, those first that the answer hangs on most.

        Parameters
        ----------
        rounded : bool
            As for `to_frame` [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns input, label, unit, low, median, high (its 90 % band), grade, share_of_variance (of the answer's
            ranks; first-order, 0 below 0.005), swing_low, swing_high (the answer's medians in the draws of the input's
            lowest and highest tenth, the lower first), direction ("up" where the answer rises with the input, "down"
            where it falls).
        """
        return _rows.drivers_table(self, rounded=rounded)

    def compared_to(self, other: Estimate, level: float = 0.9) -> pd.DataFrame:
        """Return this estimate and another side by side, such as before and after evidence, be it right or wrong.

        Parameters
        ----------
        other : Estimate
            The one to compare with, of the same unit and settings [`unit`].
        level : float
            Share of the draws in the bands [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns what, packing, low, median, high, unit, level, grade, median_ratio (over that of the first row) and
            variance_gone: 1 - (width / width of the first)**2, widths on logs where both bands are positive.

        Raises
        ------
        ArgumentError, UnitError, SettingsError
            If `other` is no such estimate.
        """
        return _rows.comparison_table(self, other, level)

    def replace(self, **changes: Unpack[Changes]) -> Estimate:
        """Return the same estimate with some of its arguments changed, in the same draws; of a sum, in every part.

        Parameters
        ----------
        **changes
            Arguments of `estimate`, or for transports needed the rounds as `count`; those left out stay as they are.

        Returns
        -------
        Estimate
            The what-if.

        Raises
        ------
        ShellflowError
            As `estimate` does; also if there is nothing in it to change, or a count is given for several parts.
        """
        from shellflow.estimates import _replacing

        return Estimate(*_replacing.replaced(self.term, self.settings, self.made_by, **changes))

    def mass(self) -> Estimate:
        """Return the gross mass of the munitions that it stands for, packages included.

        Returns
        -------
        Estimate
            By transports, the packages carried times their mass; by mass, that mass [tonne].

        Raises
        ------
        ArgumentError, NoDataError
            If it is no number of rounds or transports, or one under a ratio, which knows no package.
        """
        return self._result(_build.gross_mass(self.term)).to("tonne")

    def to(self, unit: str) -> Estimate:
        """Return the same in another unit of its dimension, such as "tonne" for "kg".

        Parameters
        ----------
        unit : str
            That unit [unitless].

        Returns
        -------
        Estimate
            Its values in `unit`.

        Raises
        ------
        UnitError
            If the unit is not known, or of another dimension: rounds have none of mass, and `mass()` is in tonnes.
        """
        try:
            factor, name = units.converted(self.unit, unit)
        except UnitError as error:
            if "is [mass]" in str(error):
                raise UnitError(f"{error} For the mass of the cargo, ask mass() first.") from None
            raise
        return self._result(scale(self.term, factor, name))

    def lasts_at(self, rate: object) -> Estimate:
        """Return for how many days it lasts at a rate of fire, if nothing else is fired.

        Parameters
        ----------
        rate : str, pint quantity, Input or Estimate
            "10k/day", or rounds per time in any other form; a bare number is refused [round/day].

        Returns
        -------
        Estimate
            How long it lasts [day].

        Raises
        ------
        ArgumentError, UnitError
            If it is not one of rounds, or the rate not one of rounds per time and above 0.
        """
        return self / _build.rate_of_fire(rate, self.unit, self.settings)

    def _operand(self, other: object) -> Term | None:
        if isinstance(other, Estimate):
            sampling.one_settings(self.settings, other.settings)
            return other.term
        return inputs.operand(other)

    def _result(self, term: Term, *others: object) -> Estimate:
        stamps = (other.made_by for other in others if isinstance(other, Estimate))
        return Estimate(term, self.settings, _build.merged_stamps(self.made_by, *stamps))

    def __str__(self) -> str:
        return f"{_titles.title(self.term)}: {self.in_words()}"

    def __repr__(self) -> str:
        return f"<Estimate of {self}>"

    def in_words(self, level: float = 0.9) -> str:
        """Return median and band in words, with no more digits than they deserve.

        Parameters
        ----------
        level : float
            Share of the draws in the band [unitless].

        Returns
        -------
        str
            "3.1 million rounds (90 %: 2.6 to 3.7 million)".
        """
        return _titles.number_in_words(self.term, self._ordered, level)

    def explain(self, level: float | None = None) -> str:
        """Return the number with its reasons: what it answers, what binds, cliffs, grade, findings and the stamp.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the band; 0.9 when left out [unitless].

        Returns
        -------
        str
            Several lines of text.
        """
        return _report.explanation_of(self, 0.9 if level is None else level)

    def report(self, level: float | None = None) -> display.Report:
        return self._quoted(_report.report_of(self, self._result, 0.9 if level is None else level), level)

    def sentence(self, level: float | None = None) -> str:
        from shellflow.estimates import sentences

        return sentences.sentence_of(self, 0.9 if level is None else level)

    @property
    def plot(self) -> plotting.Figures:
        """Its figures: `plot(claims=, level=, source=, ax=)` and `plot.drivers(most=, source=, ax=)`, what moves it."""
        from shellflow.estimates import plotting

        return plotting.Figures(self)

    def to_json(self) -> str:
        """Return it as JSON text: inputs, settings, versions, and a summary to read.

        Returns
        -------
        str
            The text, in which a distribution known only by its `ppf` is a table of its quantiles.

        Raises
        ------
        DataError
            If it holds something that JSON cannot, or is larger than `from_json` reads.
        """
        from shellflow.estimates import _exchange

        return _exchange.write(self)
