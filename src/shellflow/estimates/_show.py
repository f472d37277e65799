"""How an estimate and a comparison look: in a notebook, and as a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from shellflow import checks, display, inputs, packings, plot, words
from shellflow.errors import ArgumentError, UnitError, bad_argument
from shellflow.estimates import _basis, _build
from shellflow.estimates._build import stamp_line

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from shellflow.estimates._comparison import Comparison
    from shellflow.estimates._estimate import Estimate

__all__ = [
    "SKETCHED",
    "band_of",
    "card_of",
    "ceiling_of",
    "comparison_card",
    "figure_of",
    "marks",
    "picture_of",
    "reasons",
    "source_line",
    "stamp_line",
    "tornado_of",
    "unit_in_words",
]

LEVEL = 0.9
SKETCHED = 0.99
"""Share of the draws that pictures show."""

_BASIS_IN_WORDS = {
    "capacity": "capacity: what would fit if nothing else were in it, not what is inside",
    "contents": "contents: what is probably inside",
    _basis.BOTH: f"{_basis.BOTH}: it compares what would fit with what is probably inside, and is neither",
}


# --- words ------------------------------------------------------------------------------------------------------------


def reasons(one: Estimate) -> list[tuple[str, str]]:
    """Return what there is to say of a number, as pairs of a name and a text, in the order of `explain`."""
    found: list[tuple[str, str]] = []
    if one.basis:
        basis = _BASIS_IN_WORDS[_basis.BOTH] if one.basis == _basis.BOTH else one.basis
        found += [("basis", basis), ("the band is for", one.band_for)]
    found += [("range", text) for text in _build.ranges_in(one.term)]
    if limits := _limits_of(one):
        found.append(("limited by", limits))
    found += [("cliff", f"{name} ({words.percent(share)} of the draws)") for name, share in one.cliffs]
    if share := _build.share_reading(one.term):
        found.append(("munition share", share))
    found.append(("weakest grade that matters", one.grade))
    return found


def _limits_of(one: Estimate) -> str:
    """Return what binds and how often, in words; "" where nothing is packed."""
    packed = [isinstance(packing, packings.Physical) for packing, _, _ in one._stowages]
    if not any(packed):
        return "nothing: a reported ratio has no limit" if packed else ""
    of = "of the draws" if len(packed) == 1 else "of the transports, over all draws"
    limits = [f"{limit} ({words.percent(share)} {of})" for limit, share in one.limited_by.items() if share]
    return ", ".join(limits) + ("" if all(packed) else "; what is a reported ratio has no limit")


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
    listed = list(found)
    sources: dict[str, None] = {}
    for one in listed:
        for entering in one._entering:
            if entering.origin != "question":
                sources[f"{entering.source} ({entering.grade})"] = None
    sources |= dict.fromkeys(more)
    # One source may list several, with semicolons between them.
    said = f"sources: {' | '.join(sources)}" if sources else "sources: none but the question"
    return f"{said}\n{stamp_line(listed[0].stamp)}"


def unit_in_words(unit: str) -> str:
    """Return a unit as the label of an axis says it."""
    return _build.with_unit("", unit).strip()


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
    said = words.say(at, _build.exact_step(at))
    return plot.Mark(f"{name}: {said}" if name else said, at, at)


# --- notebooks --------------------------------------------------------------------------------------------------------


def picture_of(one: Estimate) -> str:
    """Return the small picture of an estimate's distribution."""
    low, median, high = one.band(LEVEL)
    said = one.say_quantiles(LEVEL)
    return display.distribution_svg(one.values, low=low, median=median, high=high, ends=(said.low, said.high))


def card_of(one: Estimate, *, title: str = "", notes: Iterable[str] = ()) -> str:
    """Return an estimate as HTML, under a title of its own where one is given, with notes besides its own."""
    said = one.in_words(LEVEL)
    headline, _, band = said.partition(" (")
    facts = [(name, _BASIS_IN_WORDS.get(text, text) if name == "basis" else text) for name, text in reasons(one)]
    same = "the same in every draw" if one.is_fixed else ""
    return display.card(
        title or _build.title(one.term),
        headline=headline,
        band=band.removesuffix(")") or same,
        facts=facts,
        notes=tuple(dict.fromkeys((*one.notes, *notes))),
        footer=stamp_line(one.stamp),
        picture=picture_of(one),
    )


def comparison_card(many: Comparison) -> str:
    """Return a comparison as HTML."""
    return display.table_card(
        many.what,
        many.headings(LEVEL),
        many.cells(LEVEL),
        bands=[None if line.estimate is None else line.estimate.band(LEVEL) for line in many.lines],
        notes=many.findings(),
        footer=" ".join(many.reading()),
    )


# --- figures ----------------------------------------------------------------------------------------------------------


def band_of(label: str, one: Estimate, level: float) -> plot.Band:
    """Return an estimate as a row of a figure, its band in words beside it."""
    low, median, high = one.band(level)
    return plot.Band(label, low, median, high, one.basis, one.in_words(level).replace(" rounds", ""))


def ceiling_of(one: Estimate, level: float) -> plot.Band:
    """Return a ceiling as the line across a figure."""
    low, median, high = one.band(level)
    said = one.say_quantiles(level).median
    return plot.Band(f"ceiling, full payload and little or no packaging: {said}", low, median, high)


def figure_of(one: Estimate, level: float, claims: object, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Estimate.plot`."""
    low, median, high = one.band(level)
    return plot.distribution(
        one.values,
        low=low,
        median=median,
        high=high,
        title=f"{_build.title(one.term)}\n{one.in_words(level)}",
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
            f"{_build.title(one.term)}: every input is fixed, so that the answer hangs on none and there is nothing to "
            "draw. Ask inputs() for what enters it."
        )
    rows = [
        plot.Driver(row["input"], row["swing_low"], row["swing_high"], row["share_of_variance"], row["grade"])
        for row in table.head(most).to_dict("records")
    ]
    left = len(table) - len(rows)
    title = f"What the answer hangs on: {_build.title(one.term)}"
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
