"""The result of an estimate: its draws, its summaries and its arithmetic."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from shellflow import display, inputs, packings, sampling, units, words
from shellflow.catalog import Catalog, as_catalog
from shellflow.errors import ArgumentError, DataError, OrderError, UnitError, bad_argument, printable, shown
from shellflow.estimates import _basis, _build, _titles
from shellflow.inputs import Input
from shellflow.packings import Carried, Needed, carriers, check_fits, entering
from shellflow.terms import Term, Uncertain, depth, evaluate, joined, parts_of, rebuilt

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from pint.facets.plain import PlainQuantity

    Quantity = PlainQuantity[Any]

__all__ = ["Estimate"]

_DEEPEST = 200  # levels that a pickle can hold


@dataclass(frozen=True, eq=False, repr=False)
class Estimate(display.Result, Uncertain):
    """A number of rounds, transports or days in every draw.

    Made by `estimate`, `units_needed` and arithmetic on these; not by hand. The tails of its band may have no mean, so
    there is none: use the median, quantiles and intervals. Estimates have no order: ask `chance`. Equality is identity.
    To hand one on use `to_json`; pickles are for files of your own, since opening one can run anything.

    pint learns of estimates when one is made, or handed out as a quantity, after pint was imported. A product that has
    a quantity on its left, `quantity * estimate`, raises a TypeError of pint where neither has happened yet: write
    `estimate * quantity`, or import pint before the estimate is made.

    Parameters
    ----------
    term : Term
        What it is made of.
    settings : sampling.Settings
        Number of draws and seed.
    made_by : mapping of str to str
        Version of the library and hash of the data that made it.

    Raises
    ------
    InputConflictError
        If one input name stands for two distributions in it, or two different unnamed inputs have the same content.
    BasisError
        If it adds up a capacity and contents.
    """

    term: Term
    settings: sampling.Settings
    made_by: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        units.register_upcast(Estimate)
        _ = self.term.unknowns, self.term.basis  # which refuse what cannot stand in one result

    def __getstate__(self) -> dict[str, Any]:
        if (levels := depth(self.term)) > _DEEPEST:
            raise DataError(
                f"its calculations stand in one another {levels} levels deep, more than the {_DEEPEST} kept."
            )
        # Draws are made again from the names, in any process.
        return {"term": self.term, "settings": self.settings, "made_by": dict(self.made_by)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        from shellflow.estimates import _soundness

        self.__dict__.update(_soundness.check_state(state))
        self.__post_init__()

    # --- values ---

    @property
    def unit(self) -> str:
        """Its unit, as text."""
        return self.term.unit

    @cached_property
    def values(self) -> sampling.Floats:
        """One plain value per draw, read-only, in `unit`; `draws` has them with their unit."""
        values = np.array(self._computed(evaluate))
        values.flags.writeable = False
        return values

    @cached_property
    def _ordered(self) -> sampling.Floats:
        return self._computed(lambda term, settings: term.ordered(settings))

    def _computed(self, work_out: Callable[[Term, sampling.Settings], sampling.Floats]) -> sampling.Floats:
        with np.errstate(over="ignore", invalid="ignore"):
            values = work_out(self.term, self.settings)
        if not np.all(np.isfinite(values)):
            beyond = words.percent(float(np.mean(~np.isfinite(values))))
            raise ArgumentError(
                f"{_titles.title(self.term)}: the result is larger than a computer holds (1e308) in {beyond} of the "
                "draws. Correct the factors that make it."
            )
        return values

    @property
    def draws(self) -> Quantity:
        """One value per draw, as a pint array of a copy of the values."""
        return units.quantity(self.values.copy(), self.unit)

    @property
    def median(self) -> Quantity:
        """The value that half of the draws lie below."""
        return self.quantile(0.5)

    def quantile(self, p: float) -> Quantity:
        """Return the value below which a share `p` of the draws lies.

        Parameters
        ----------
        p : float
            Probability in [0, 1] [unitless].

        Returns
        -------
        pint quantity
            The quantile [`unit`].

        Raises
        ------
        ArgumentError
            If `p` is outside [0, 1].
        """
        return units.quantity(sampling.quantile(self._ordered, p), self.unit)

    def band(self, level: float = 0.9) -> tuple[float, float, float]:
        """Return the low end of the central interval, the median and the high end, as plain numbers.

        Parameters
        ----------
        level : float
            Share of the draws in the interval, in (0, 1) [unitless].

        Returns
        -------
        tuple of three floats
            Low, median, high [`unit`].

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        tail = (1.0 - inputs.check_level(level)) / 2.0
        low, median, high = (sampling.quantile(self._ordered, p) for p in (tail, 0.5, 1.0 - tail))
        return low, median, high

    def interval(self, level: float = 0.9) -> tuple[Quantity, Quantity]:
        """Return the ends of the central interval that holds a share `level` of the draws.

        Parameters
        ----------
        level : float
            In (0, 1) [unitless].

        Returns
        -------
        tuple of two pint quantities
            Low and high end [`unit`].

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        low, _, high = self.band(level)
        return units.quantity(low, self.unit), units.quantity(high, self.unit)

    def chance(self, *, at_least: object = None, at_most: object = None) -> float:
        """Return the share of draws at or beyond a threshold.

        It is a share of the draws made under the stated assumptions, not the probability that a claim is true.

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
        ArgumentError
            If neither is given, or a threshold is no single number.
        UnitError
            If a threshold is of another unit.
        SettingsError
            If a threshold is an estimate of other settings.
        InputConflictError
            If an input of a threshold and one of this estimate have one name for two things, or no name and the same
            content.
        """
        if at_least is None and at_most is None:
            raise ArgumentError("chance() without a threshold: give at_least=..., at_most=..., or both.")
        inside = np.ones(self.settings.n, dtype=bool)
        slack = 1e-12 * np.abs(self.values)  # a threshold reached exactly counts, however it was rounded
        if at_least is not None:
            inside &= self.values >= self._threshold(at_least, "at_least") - slack
        if at_most is not None:
            inside &= self.values <= self._threshold(at_most, "at_most") + slack
        return float(np.mean(inside))

    def _threshold(self, value: object, argument: str) -> sampling.Floats | float:
        if isinstance(value, Estimate):
            sampling.one_settings(self.settings, value.settings)
            if value.unit != self.unit:
                expected = self.unit or "a plain number"
                raise UnitError(f"{argument} is in {value.unit or 'no unit'}; expected {expected}.")
            inputs.gather((*self.term.unknowns.inputs, *value.term.unknowns.inputs))
            return value.values
        threshold = inputs.as_input(value, self.unit, argument, bare="")
        if threshold.is_fixed:
            return threshold.distribution.support[0]
        inputs.gather((*self.term.unknowns.inputs, threshold))
        return threshold.draws(self.settings)

    @property
    def rounds_up(self) -> bool:
        """Whether it is a number of transports needed, whose fractions are rounded up when shown."""
        return isinstance(self.term, Needed)

    # --- reasons ---

    @cached_property
    def _stowages(self) -> tuple[tuple[packings.Packing, packings.Stowage, float], ...]:
        return tuple(
            (packing, packings.stow(packing, self.settings), float(np.mean(np.abs(transports) * share)))
            for carrier in carriers(self.term)
            for transports in (evaluate(carrier.transports, self.settings),)
            for packing, share in zip(carrier.contents, carrier.shares(self.settings), strict=True)
        )

    @property
    def limited_by(self) -> dict[str, float]:
        """In what share of the draws mass, space or a norm binds; over several packings, weighted by their transports.

        Empty for a reported ratio, where nothing is packed.
        """
        physical = [(stowage.limited_by, weight) for _, stowage, weight in self._stowages if stowage.limited_by]
        if not physical:
            return {}
        if all(weight == 0 for _, weight in physical):  # no transports at all: what would bind in one
            physical = [(shares, 1.0) for shares, _ in physical]
        total = sum(weight for _, weight in physical)
        limits = [limit for limit in ("norm", "mass", "space") if any(limit in shares for shares, _ in physical)]
        return {limit: sum(shares.get(limit, 0.0) * weight for shares, weight in physical) / total for limit in limits}

    @property
    def cliffs(self) -> list[tuple[str, float]]:
        """Counts of rows or layers on which the rounds in one transport hang, by name, each with its probability."""
        several = len(self._stowages) > 1
        return [
            (f"{packing.munition.munition} {packing.name}: {name}" if several else name, share)
            for packing, stowage, _ in self._stowages
            for name, share in stowage.cliffs
        ]

    @property
    def nothing_fits(self) -> float:
        """Share of the draws in which, of some packing in it, no package fits."""
        return max((stowage.nothing_fits for _, stowage, _ in self._stowages), default=0.0)

    @property
    def basis(self) -> str:
        """Which question it answers: "capacity", "contents", or both where it compares the two; no sum is of both."""
        return joined(packing.basis for packing, _, _ in self._stowages)

    @property
    def grade(self) -> str:
        """The weakest grade among the inputs that matter: those that enter a limit binding in 5 % of the draws.

        What the question itself says (a bare count, all transports carrying munitions) is no evidence and is left out.
        """
        binding = [entering for _, stowage, _ in self._stowages for entering in stowage.binding_inputs]
        asked = entering(self.term)
        return inputs.weakest([one.grade for one in (*binding, *asked) if one.origin != "question"] or ["assumed"])

    @property
    def band_for(self) -> str:
        """What the band is a band for, in words."""
        said = []
        for packing, stowage, _ in self._stowages:
            said.append(_basis.band_for(packing, stowage))
        weights = {one.name for carrier in carriers(self.term) for one in carrier.weights}  # a note speaks of these
        asked = entering(self.term)
        said += [one.band_for for one in asked if one.band_for and one.name not in weights]
        return "; ".join(dict.fromkeys(said))

    @property
    def notes(self) -> tuple[str, ...]:
        """Findings that belong to the number, in words."""
        found = [carrier.alias for carrier in carriers(self.term) if carrier.alias]
        several = len(self._stowages) > 1
        for packing, stowage, _ in self._stowages:
            start = f"{packing.munition.munition} {packing.name}: " if several else ""
            found += [f"{start}{note}" for note in stowage.notes]
        for carrier in carriers(self.term):
            if carrier.weights and not all(one.is_fixed for one in carrier.weights):
                found.append(_hull(carrier, self))
        return tuple(dict.fromkeys(map(printable, found)))

    def inputs(self) -> pd.DataFrame:
        """Return every input that enters, with its 90 % band, unit, source and grade.

        Returns
        -------
        pandas.DataFrame
            Columns input, unit, low, median, high, source, grade, band_for; one row an input.
        """
        rows = []
        for one in self._entering:
            low, median, high = one.band()
            rows.append((one.name, one.unit, low, median, high, one.source, one.grade, one.band_for))
        names = ["input", "unit", "low", "median", "high", "source", "grade", "band_for"]
        return display.frame(rows, columns=names)

    @cached_property
    def _entering(self) -> tuple[Input, ...]:
        return inputs.gather(entering(self.term, lambda packing: packings.stow(packing, self.settings).inputs))

    def drivers(self) -> pd.DataFrame:
        """Return the uncertain inputs, those first that the answer hangs on most.

        Shares are first-order: joint effects of several inputs are in none of them. A share below 0.005 cannot be told
        from zero and is shown as 0.

        Returns
        -------
        pandas.DataFrame
            Columns input, unit, low, median, high (its 90 % band), grade, share_of_variance (of the answer's ranks),
            swing_low, swing_high (the answer's median in the draws of the input's lowest and highest tenth).
        """
        uncertain = [one for one in self._entering if not one.is_fixed]
        orders = [sampling.order(one.name, self.settings) for one in uncertain]
        shares = sampling.variance_shares(self.values, orders)
        rows = []
        for one, ranks, share in zip(uncertain, orders, shares, strict=True):
            known = float(share) if share >= sampling.NOISE else 0.0
            rows.append((one.name, one.unit, *one.band(), one.grade, known, *sampling.swing(self.values, ranks)))
        names = ["input", "unit", "low", "median", "high", "grade", "share_of_variance", "swing_low", "swing_high"]
        frame = display.frame(rows, columns=names)
        return frame.sort_values("share_of_variance", ascending=False, kind="stable", ignore_index=True)

    def compared_to(self, other: Estimate, level: float = 0.9) -> pd.DataFrame:
        """Return this estimate and another side by side, such as before and after evidence of your own.

        It compares two bands, not their truth: evidence that is wrong narrows a band as well.

        Parameters
        ----------
        other : Estimate
            The one to compare with, in the same unit [`unit`].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns what, packing, low, median, high, unit, level, grade, median_ratio (the median over that of the
            first row) and variance_gone (the share of the variance of the first row that went; negative where the band
            grew). First row this estimate, second row the other.

        Raises
        ------
        ArgumentError
            If `other` is no estimate, or `level` is outside (0, 1).
        UnitError
            If it is of another unit.
        SettingsError
            If it is of other settings.

        Notes
        -----
        variance_gone = 1 - (width / width of the first)**2, with the width of a band that is positive throughout taken
        on its logs: the tails may have no variance of their own. It is missing where the first has no width.
        """
        if not isinstance(other, Estimate):
            raise bad_argument("other", other, "an estimate", "Make it with sf.estimate(...).")
        sampling.one_settings(self.settings, other.settings)
        if other.unit != self.unit:
            raise UnitError(f"other is in {other.unit or 'no unit'}; expected {self.unit or 'a plain number'}.")

        both = [one.row(level) for one in (self, other)]
        ends = [(low, high) for low, _, high in (one.band(level) for one in (self, other))]
        on_logs = all(low > 0 for low, _ in ends)
        widths = [float(np.log(high / low)) if on_logs else high - low for low, high in ends]
        medians = [one.band(level)[1] for one in (self, other)]
        names = ["what", "packing", "low", "median", "high", "unit", "level", "grade"]
        frame = display.frame(both)[names]
        frame["median_ratio"] = [one / medians[0] if medians[0] else math.nan for one in medians]
        frame["variance_gone"] = [1 - (one / widths[0]) ** 2 if widths[0] else math.nan for one in widths]
        return frame

    @property
    def parts(self) -> tuple[Estimate, ...]:
        """What a sum is the sum of; itself where it is one piece, as a mix is."""
        terms = parts_of(self.term)
        return (self,) if len(terms) == 1 else tuple(self._result(one) for one in terms)

    @property
    def stamp(self) -> dict[str, object]:
        """What makes it again: library version, hash of the data, number of draws and seed."""
        return {**self.made_by, "n": self.settings.n, "seed": self.settings.seed}

    # --- what if ---

    def replace(
        self,
        *,
        count: object = None,
        munition: str | packings.Mix | None = None,
        packing: str | packings.Packing | None = None,
        transport: str | None = None,
        munition_share: object = None,
        containers_per_voyage: object = None,
        catalog: Catalog | None = None,
    ) -> Estimate:
        """Return the same estimate with some of its arguments changed, in the same draws.

        In a sum every part is changed.

        Parameters
        ----------
        count, munition, packing, transport, munition_share, containers_per_voyage, catalog
            As for `estimate`; what is left out stays as it is. `containers_per_voyage` needs a count of voyages beside
            it.

        Returns
        -------
        Estimate
            The what-if.

        Raises
        ------
        ShellflowError
            As `estimate` does; also if there is nothing in it to change, or a count is given for several parts.
        """
        found = list(carriers(self.term))
        if not found:
            raise ArgumentError("replace: there is no estimate of rounds or transports in it to change.")
        if count is not None and len(found) > 1:
            raise ArgumentError(f"count={shown(count)}: it has {len(found)} parts. Replace the parts, then add them.")
        if containers_per_voyage is not None and count is None:
            raise ArgumentError("containers_per_voyage without count: give the count of voyages as well.")
        unstated, catalog = catalog is None, as_catalog(catalog)
        voyages = count is not None and containers_per_voyage is None and _build.is_of_voyages(count)
        looked_up = voyages or any(one is not None for one in (munition, packing, transport))
        if looked_up and unstated and catalog.digest not in self.made_by.get("data", catalog.digest).split("+"):
            raise ArgumentError(
                f"replace: this estimate was made from other data ({self.made_by['data']}) than the shipped catalog's "
                f"({catalog.digest}). Give catalog=..., the one it was made from or sf.catalog.shipped()."
            )
        with sampling.settings(n=self.settings.n, seed=self.settings.seed):
            changed = rebuilt(
                self.term,
                lambda term: (
                    None
                    if not isinstance(term, Carried | Needed)
                    else _build.changed(
                        term,
                        count=count,
                        munition=munition,
                        packing=packing,
                        transport=transport,
                        munition_share=munition_share,
                        containers_per_voyage=containers_per_voyage,
                        catalog=catalog,
                    )
                ),
            )
            for carrier in carriers(changed):
                if isinstance(carrier, Needed):
                    check_fits(carrier, self.settings)
        made = self._result(changed)
        return made._result(changed, Estimate(changed, self.settings, {"data": catalog.digest})) if looked_up else made

    def lasts_at(self, rate: object) -> Estimate:
        """Return for how many days it lasts at a rate of fire.

        Published rates count all calibres together: set against one munition they say how long it would last if
        nothing else were fired.

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
        UnitError
            If it is not an estimate of rounds, or the rate not one of rounds per time.
        ArgumentError
            If the rate can be 0.
        """
        if self.unit != "round":
            raise UnitError(f"lasts_at: this estimate is in {self.unit or 'no unit'}; only rounds are fired.")
        if isinstance(rate, Estimate):
            if rate.unit != "round/day":
                raise UnitError(f"rate is in {rate.unit or 'no unit'}; expected round/day.")
            return self / rate
        found = inputs.as_input(rate, "round/day", "rate", bare="1/day", stated=True)
        return self / inputs.within(found, "rate", 0.0, above=True)

    # --- arithmetic, draw by draw ---

    def as_term(self) -> Term:
        """Return what it is made of.

        Returns
        -------
        Term
            Its `term`.
        """
        return self.term

    @property
    def drawn_in(self) -> sampling.Settings:
        """Its settings."""
        return self.settings

    def _operand(self, other: object) -> Term | None:
        if isinstance(other, Estimate):
            sampling.one_settings(self.settings, other.settings)
            return other.term
        return inputs.operand(other)

    def _result(self, term: Term, *others: object) -> Estimate:
        made_by = dict(self.made_by)
        for other in others:
            for key, value in other.made_by.items() if isinstance(other, Estimate) else ():
                if value not in made_by.get(key, "").split("+"):
                    made_by[key] = f"{made_by[key]}+{value}" if key in made_by else value
        return Estimate(term, self.settings, made_by)

    def _no_order(self, other: object) -> NoReturn:
        raise OrderError(
            "estimates have no order: two bands overlap. Ask for a share of the draws: a.chance(at_least=b)."
        )

    __lt__ = __le__ = __gt__ = __ge__ = _no_order

    # --- telling ---

    def __str__(self) -> str:
        title = _titles.title(self.term)
        return f"{title}: {self.in_words()}"

    def __repr__(self) -> str:
        return f"<Estimate of {self}>"

    def in_words(self, level: float = 0.9) -> str:
        """Return median and band in words, with no more digits than they deserve.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        str
            "3.1 million rounds (90 %: 2.6 to 3.7 million)".

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(level)
        said = self.say_quantiles(level)
        median = _titles.with_unit(said.median, self.unit)
        if self.is_fixed:
            return median
        return f"{median} ({words.percent(level)}: {said.band})"

    def say_quantiles(self, level: float = 0.9) -> words.Quantiles:
        """Return median and band in words without their unit; the median reads the same at every level.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        words.Quantiles
            Median, both ends and the band.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return words.say_quantiles(*self.band(level), self._step, up=self.rounds_up)

    @cached_property
    def _step(self) -> float:
        """What the median is rounded to: as the 90 % band allows, whatever band is shown."""
        low, median, high = self.band()
        return words.step(low, high, median)

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same number in every draw."""
        return bool(self._ordered[0] == self._ordered[-1])

    def explain(self, level: float = 0.9) -> str:
        """Return the number with its reasons: what it answers, what binds, cliffs, grade, findings and the stamp.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        str
            Several lines of text.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        from shellflow.estimates import _report

        lines = [f"{_titles.title(self.term)}: {self.in_words(level)}"]
        if drawn := display.sketch(self.values):
            sketched = self.say_quantiles(_report.SKETCHED).band
            lines.append(f"draws: {drawn} ({words.percent(_report.SKETCHED)}: {sketched})")
        lines += [f"{name}: {text}" for name, text in _report.reasons(self)]
        lines += [f"note: {note}" for note in self.notes]
        lines.append(display.stamp_line(self.stamp))
        return display.as_text(lines)

    def plot(self, *, claims: object = None, level: float = 0.9, source: bool = False, ax: Axes | None = None) -> Axes:
        """Draw the distribution as a hundred dots, each one hundredth of the draws, with the band.

        Needs matplotlib: `pip install "shellflow[plot]"`. Dots stand in columns, not at their exact values.

        Parameters
        ----------
        claims : str, number, quantity, or a list or mapping of these by name, optional
            Published values to mark, such as "more than 3M" or {"the minister": "more than 3M"} [`unit`].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        source : bool
            Whether to print the sources and the stamp below [unitless].
        ax : matplotlib axes, optional
            Where to draw; a new figure when left out.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on.

        Raises
        ------
        ExtraError
            If matplotlib is not installed, or cannot open a figure here.
        ArgumentError, UnitError
            If `level` is outside (0, 1), `ax` is no axes 4 inches wide or more, or a claim cannot be read or is of
            another unit.
        """
        from shellflow.estimates import _show

        return _show.figure_of(self, level, claims, source, ax)

    def plot_drivers(self, *, most: int = 8, source: bool = False, ax: Axes | None = None) -> Axes:
        """Draw how far each uncertain input moves the answer, drawn by how well it is known.

        Needs matplotlib: `pip install "shellflow[plot]"`. Joint effects of several inputs are in no bar.

        Parameters
        ----------
        most : int
            The most inputs drawn, those first that the answer hangs on most [unitless].
        source : bool
            Whether to print the sources and the stamp below [unitless].
        ax : matplotlib axes, optional
            Where to draw; a new figure when left out.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on.

        Raises
        ------
        ExtraError
            If matplotlib is not installed, or cannot open a figure here.
        ArgumentError
            If every input is fixed, `most` is no whole number above zero, or `ax` is no axes 4 inches wide or more.
        """
        from shellflow.estimates import _show

        return _show.tornado_of(self, most, source, ax)

    def report(self, level: float | None = None) -> display.Report:
        """Return it as plain data: the number with its reasons and picture, notes, sources and the stamp.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the band, in (0, 1); 0.9 when left out [unitless].

        Returns
        -------
        display.Report
            With a row for each part of a sum, and one for the whole.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        from shellflow.estimates import _report

        return _report.report_of(self, inputs.check_level(0.9 if level is None else level))

    def row(self, level: float = 0.9) -> dict[str, object]:
        """Return it as one plain row, as in `to_frame`.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        dict of str to object
            what, munition, transport, packing, basis, low, median, high, unit, level, mass, space (shares of the draws
            in which each binds; None where there is no limit), grade.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(level)
        low, median, high = self.band(level)

        def joined(found: Iterable[str]) -> str:
            return " + ".join(dict.fromkeys(found))

        limits = self.limited_by
        return {
            "what": _titles.title(self.term),
            "munition": joined(packing.munition.munition for packing, _, _ in self._stowages),
            "transport": joined(packing.transport.transport for packing, _, _ in self._stowages),
            "packing": joined(packing.name for packing, _, _ in self._stowages),
            "basis": self.basis,
            "low": low,
            "median": median,
            "high": high,
            "unit": self.unit,
            "level": level,
            "mass": limits.get("mass"),
            "space": limits.get("space"),
            "grade": self.grade,
        }

    def to_json(self) -> str:
        """Return it as JSON text: inputs, settings, versions, and a summary to read.

        A distribution known only by its `ppf` becomes a table of its quantiles.

        Returns
        -------
        str
            The text; `from_json` reads it back to the same draws.

        Raises
        ------
        DataError
            If it holds something that JSON cannot, or is larger than `from_json` reads.
        """
        summary = {**self.row(), "text": str(self), "band_for": self.band_for, "notes": list(self.notes)}
        from shellflow.estimates import _exchange  # json costs 2 ms, which nothing but this and from_json needs

        return _exchange.write(self.term, self.settings, self.made_by, summary)

    @classmethod
    def from_json(cls, text: str) -> Estimate:
        """Return the estimate that `to_json` wrote.

        Everything in the text is checked, as if it were stated anew; its summary is for people and is not read.

        Parameters
        ----------
        text : str
            The JSON text, of at most 100 million characters, 200 levels of brackets and 1,048,576 draws.

        Returns
        -------
        Estimate
            With the same draws.

        Raises
        ------
        DataError
            If the text is not such JSON, is not sound, is too large, or is of another format; the field is named.
        """
        from shellflow.estimates import _exchange

        return _exchange.read(text, cls)


def _hull(carrier: Carried | Needed, whole: Estimate) -> str:
    ends = []
    for packing in carrier.contents:
        alone = whole._result(_build.alone(carrier, packing))
        ends.append(f"all {packing.munition.munition}: {alone.in_words()}")
    return "the shares are not known and the band depends on how many munitions are listed; " + ", ".join(ends)


units.register_upcast(Estimate)
