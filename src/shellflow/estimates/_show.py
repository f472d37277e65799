"""An estimate as a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from shellflow import checks, display, inputs, plot, words
from shellflow.errors import ArgumentError, UnitError, bad_argument
from shellflow.estimates import _titles
from shellflow.estimates._report import sources_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from shellflow.estimates._estimate import Estimate

__all__ = ["band_of", "ceiling_of", "figure_of", "marks", "source_line", "tornado_of", "unit_in_words"]


def source_line(found: Iterable[Estimate], more: Iterable[str] = ()) -> str:
    """Return two lines to print below a figure: the sources of all inputs that enter, with grades, and the stamp.

    Parameters
    ----------
    found : iterable of Estimate
        What is drawn.
    more : iterable of str
        Sources of what is drawn besides, with their grades [unitless].

    Returns
    -------
    str
        The lines.
    """
    estimates = list(found)
    sources = dict.fromkeys((*sources_of(estimates), *more))
    # One source may list several, with semicolons between them.
    line = f"sources: {' | '.join(sources)}" if sources else "sources: none but the question"
    return f"{line}\n{display.stamp_line(estimates[0].stamp)}"


def unit_in_words(unit: str) -> str:
    """Return a unit as the label of an axis says it."""
    return _titles.with_unit("", unit).strip()


def marks(claims: object, unit: str) -> list[plot.Mark]:
    """Return published values as a user gives them: one, several, or several by name.

    Raises
    ------
    ArgumentError, UnitError
        If one is no number or statement, or is of another unit.
    """
    if claims is None:
        return []
    if isinstance(claims, Mapping):
        return [_mark(value, unit, str(name)) for name, value in claims.items()]
    if isinstance(claims, list | tuple):
        return [_mark(value, unit, "") for value in claims]
    return [_mark(claims, unit, "")]


def _mark(value: object, unit: str, name: str) -> plot.Mark:
    if isinstance(value, str):
        read = words.read_claim(value, argument="claims")
        if read.noun is not None and read.noun != unit:
            raise UnitError(f"claims={value!r} is in {read.noun}; expected {unit or 'a plain number'}.")
        return plot.Mark(f"{name}: {value}" if name else value, read.low, read.high)
    found = inputs.as_input(value, unit, "claims", bare="")
    if not found.is_fixed:
        raise bad_argument("claims", value, "single numbers or statements", "Write e.g. 'more than 3M' or '2-3M'.")
    at = found.distribution.support[0]
    said = words.say(at, _titles.exact_step(at))
    return plot.Mark(f"{name}: {said}" if name else said, at, at)


def band_of(label: str, one: Estimate, level: float) -> plot.Band:
    """Return an estimate as a row of a figure, its band in words beside it."""
    low, median, high = one.band(level)
    return plot.Band(label, low, median, high, one.basis, one.in_words(level).replace(" rounds", ""))


def ceiling_of(one: Estimate, level: float) -> plot.Band:
    """Return a ceiling as the line across a figure."""
    low, median, high = one.band(level)
    said = one.say_quantiles(level).median
    return plot.Band(f"ceiling, full payload of bare rounds: {said}", low, median, high)


def figure_of(one: Estimate, level: float, claims: object, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Estimate.plot`."""
    low, median, high = one.band(level)
    return plot.distribution(
        one.values,
        low=low,
        median=median,
        high=high,
        title=f"{_titles.title(one.term)}\n{one.in_words(level)}",
        unit=unit_in_words(one.unit),
        claims=marks(claims, one.unit),
        source=source_line([one]) if source else "",
        ax=ax,
    )


def tornado_of(one: Estimate, most: int, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Estimate.plot_drivers`.

    Raises
    ------
    ArgumentError
        If `most` is no whole number above zero, or every input is fixed.
    """
    most = checks.whole_number(most, "most", least=1, most=10_000)
    table = one.drivers()
    if table.empty:
        raise ArgumentError(
            f"{_titles.title(one.term)}: every input is fixed, so that the answer hangs on none and there is nothing "
            "to draw. Ask inputs() for what enters it."
        )
    rows = [
        plot.Driver(row["input"], row["swing_low"], row["swing_high"], row["share_of_variance"], row["grade"])
        for row in table.head(most).to_dict("records")
    ]
    left = len(table) - len(rows)
    title = f"What the answer hangs on: {_titles.title(one.term)}"
    if left > 0:
        title += f"\n({left} weaker input{'' if left == 1 else 's'} left out)"
    return plot.drivers(
        rows,
        median=one.band()[1],
        title=title,
        unit=unit_in_words(one.unit),
        source=source_line([one]) if source else "",
        ax=ax,
    )
