"""Estimates as figures, and what other figures of estimates are made of."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellflow import checks, display, inputs, plot, units, words
from shellflow.catalog import as_catalog
from shellflow.errors import ArgumentError, UnitError, bad_argument
from shellflow.estimates import _titles
from shellflow.estimates._drawn import Drawn, stamp_of
from shellflow.estimates._report import say_quantiles, sources_of
from shellflow.estimates._rows import drivers_table

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Figures", "axis_unit", "band_of", "ceiling_of", "claim_marks", "cut_note", "source_line"]

_KG_IN_A_TONNE = 1000.0
_MOST_SHOWN = 0.99  # level of the widest band that is drawn whole
_ON_AXIS = {
    "point": "",
    "floor": ", at least",
    "ceiling": ", at most",
    "none": ": numbers as stated, lower and upper bounds added up",
}


@dataclass(frozen=True)
class Figures:
    """The figures of one estimate, `estimate.plot`. They need matplotlib: `pip install "shellflow[plot]"`.

    Parameters
    ----------
    estimate : Estimate
        What is drawn.
    """

    estimate: Drawn

    def __call__(
        self, *, claims: object = None, level: float = 0.9, source: bool = False, ax: Axes | None = None
    ) -> Axes:
        """Draw the distribution as a hundred dots, each one hundredth of the draws, with the band.

        Dots stand in columns, not at their exact values.

        Parameters
        ----------
        claims : str, number, quantity, or a list or mapping of these by name, optional
            Published values to mark, such as "more than 3M" or {"the minister": "more than 3M"} [unit of the estimate].
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
        estimate = self.estimate
        low, median, high = _titles.band(estimate._ordered, level)
        return plot.distribution(
            estimate.values,
            low=low,
            median=median,
            high=high,
            title=f"{_titles.title(estimate.term)}\n{estimate.in_words(level)}",
            unit=axis_unit(estimate.unit) + _ON_AXIS[estimate.bound],
            claims=claim_marks(claims, estimate.unit),
            source=source_line([estimate]) if source else "",
            ax=ax,
        )

    def drivers(self, *, most: int = 8, source: bool = False, ax: Axes | None = None) -> Axes:
        """Draw how far each uncertain input moves the answer, coloured by how well it is known.

        Joint effects of several inputs are in no bar.

        Parameters
        ----------
        most : int
            The most inputs drawn, those first that the answer hangs on most [unitless].
        source, ax
            As for `Estimate.plot`.

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
        most = checks.whole_number(most, "most", least=1, most=10_000)
        subject = _titles.title(self.estimate.term)
        table = drivers_table(self.estimate)
        if table.empty:
            raise ArgumentError(
                f"{subject}: every input is fixed, so that the answer hangs on none and there is nothing to draw. "
                "Ask inputs() for what enters it."
            )
        bars = [
            plot.Driver(row["label"], row["swing_low"], row["swing_high"], row["share_of_variance"], row["grade"])
            for row in table.head(most).to_dict("records")
        ]
        left_out = len(table) - len(bars)
        title = f"What the answer hangs on: {subject}"
        if left_out > 0:
            title += f"\n({left_out} weaker input{'' if left_out == 1 else 's'} left out)"
        return plot.drivers(
            bars,
            median=self.estimate.band()[1],
            title=title,
            unit=axis_unit(self.estimate.unit),
            source=source_line([self.estimate]) if source else "",
            ax=ax,
        )


def axis_unit(unit: str) -> str:
    """Return a unit as the label of an axis, such as "rounds".

    Parameters
    ----------
    unit : str
        Such as "round" [unitless].

    Returns
    -------
    str
        The label [unitless].
    """
    return _titles.with_unit("", unit).strip()


def source_line(estimates: Iterable[Drawn], more: Iterable[str] = ()) -> str:
    """Return two lines to print below a figure: the sources of all inputs that enter, with grades, and the stamp.

    Parameters
    ----------
    estimates : iterable of Estimate
        What is drawn.
    more : iterable of str
        Sources of what is drawn besides, with their grades [unitless].

    Returns
    -------
    str
        The lines.
    """
    several = list(estimates)
    sources = dict.fromkeys(map(_by_name, (*sources_of(several), *more)))
    # One source may list several, with semicolons between them.
    line = f"sources: {' | '.join(sources)}" if sources else "sources: none but the question"
    return f"{line}\n{display.stamp_line(stamp_of(several[0]))}"


def _by_name(source: str) -> str:
    """Return a source with its publishers in place of the keys that the record knows, and its grade."""
    keys, bracket, grade = source.rpartition(" (")
    known = as_catalog(None)
    names: dict[str, None] = {}
    for key in keys.split("; "):
        if key in known.sources:
            record = known.sources[key]
            names[record.title_or_kind if record.publisher == "none" else record.publisher] = None
        elif key in known.claims:
            names[f"{known.claims[key].claimant}, {known.claims[key].date}"] = None
        else:
            names[key] = None
    return f"{'; '.join(names)}{bracket}{grade}"


def claim_marks(claims: object, unit: str) -> list[plot.Mark]:
    """Return published values as marks of a figure.

    Parameters
    ----------
    claims : str, number, quantity, or a list or mapping of these by name, or None
        As a user gives them [`unit`].
    unit : str
        That of the figure [unitless].

    Returns
    -------
    list of plot.Mark
        Empty for None.

    Raises
    ------
    ArgumentError, UnitError
        If one is no number or statement, or is of another unit.
    """
    if claims is None:
        return []
    if isinstance(claims, Mapping):
        return [_claim_mark(claim, unit, str(name)) for name, claim in claims.items()]
    if isinstance(claims, list | tuple):
        return [_claim_mark(claim, unit, "") for claim in claims]
    return [_claim_mark(claims, unit, "")]


def _claim_mark(claim: object, unit: str, name: str) -> plot.Mark:
    size, kept = units.canonical(1.0, unit, "unit") if unit else (1.0, "")
    if isinstance(claim, str) and kept == "kg":
        mass = inputs.read_mass(claim, "claims")
        low, high = (None if end is None else end * _KG_IN_A_TONNE / size for end in (mass.low, mass.high))
        return plot.Mark(f"{name}: {claim}" if name else claim, low, high)
    if isinstance(claim, str):
        statement = words.read_claim(claim, argument="claims")
        if statement.noun is not None and statement.noun != unit:
            raise UnitError(f"claims={claim!r} is in {statement.noun}; expected {unit or 'a plain number'}.")
        return plot.Mark(f"{name}: {claim}" if name else claim, statement.low, statement.high)
    number = inputs.as_input(claim, kept, "claims", bare="" if size == 1.0 else None)
    if not number.is_fixed:
        raise bad_argument("claims", claim, "single numbers or statements", "Write e.g. 'more than 3M' or '2-3M'.")
    value = number.distribution.support[0] / size
    amount = words.say(value, _titles.exact_step(value))
    return plot.Mark(f"{name}: {amount}" if name else amount, value, value)


def band_of(label: str, estimate: Drawn, *levels: float, group: str = "") -> plot.Band:
    """Return an estimate as a row of a figure, its widest band in words beside it.

    Parameters
    ----------
    label : str
        What the row is called [unitless].
    estimate : Estimate
        What is drawn.
    *levels : float
        Shares of the draws in the bands, in (0, 1), in rising order [unitless].
    group : str
        The heading that it stands under [unitless].

    Returns
    -------
    plot.Band
        The row, its ends cut as `cut_note` says.
    """
    bands = [estimate.band(min(level, _MOST_SHOWN)) for level in reversed(levels)]
    (low, median, high), *others = bands
    inner = tuple((low, high) for low, _, high in others)
    text = estimate.in_words(levels[-1]).replace(" rounds", "")
    return plot.Band(label, low, median, high, estimate.reasons.basis, text, inner=inner, group=group)


def cut_note(level: float) -> str:
    """Return that bars end short of their bands, where they do, since far tails would flatten all else.

    Parameters
    ----------
    level : float
        Of the widest band [unitless].

    Returns
    -------
    str
        A line to print below the figure, or "".
    """
    if level <= _MOST_SHOWN:
        return ""
    beyond = words.percent((1 - _MOST_SHOWN) / 2)
    return f"bars are cut where {beyond} of the draws lie beyond; the numbers beside them are not"


def ceiling_of(estimate: Drawn, level: float) -> plot.Band:
    """Return a ceiling as the line across a figure.

    Parameters
    ----------
    estimate : Estimate
        The ceiling.
    level : float
        Share of the draws in the band, in (0, 1) [unitless].

    Returns
    -------
    plot.Band
        The line.
    """
    low, median, high = estimate.band(min(level, _MOST_SHOWN))
    amount = say_quantiles(estimate, level).median
    return plot.Band("ceiling: full payload of bare rounds", low, median, high, text=amount)
