"""An estimate as plain data: the number with its reasons, its picture and its sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from shellflow import display, packings, words
from shellflow.estimates import _basis, _titles

if TYPE_CHECKING:
    from shellflow.estimates._estimate import Estimate

__all__ = ["SKETCHED", "answer_of", "picture_of", "reasons", "report_of", "sources_of"]

SKETCHED = 0.99
"""Share of the draws that pictures show."""

_BASIS_IN_WORDS = {
    "capacity": "capacity: what would fit if nothing else were in it, not what is inside",
    "contents": "contents: what is probably inside",
    _basis.BOTH: f"{_basis.BOTH}: it compares what would fit with what is probably inside, and is neither",
}


def reasons(one: Estimate) -> list[tuple[str, str]]:
    """Return what there is to say of a number, as pairs of a name and a text, in the order of `explain`."""
    found: list[tuple[str, str]] = []
    if one.basis:
        basis = _BASIS_IN_WORDS[_basis.BOTH] if one.basis == _basis.BOTH else one.basis
        found += [("basis", basis), ("the band is for", one.band_for)]
    found += [("range", text) for text in _titles.ranges_in(one.term)]
    if limits := _limits_of(one):
        found.append(("limited by", limits))
    found += [("cliff", f"{name} ({words.percent(share)} of the draws)") for name, share in one.cliffs]
    if share := _titles.share_reading(one.term):
        found.append(("munition share", share))
    found.append(("weakest grade that matters", one.grade))
    return found


def _limits_of(one: Estimate) -> str:
    """Return what binds and how often, in words; "" where nothing is packed."""
    packed = [isinstance(packing, packings.Physical) for packing, _, _ in one._stowages]
    if not any(packed):
        return "not stated: the source gives rounds to a transport, and not what limits them" if packed else ""
    of = "of the draws" if len(packed) == 1 else "of the transports, over all draws"
    limits = [f"{limit} ({words.percent(share)} {of})" for limit, share in one.limited_by.items() if share]
    return ", ".join(limits) + ("" if all(packed) else "; not stated for reported ratios")


def sources_of(estimates: Iterable[Estimate]) -> tuple[str, ...]:
    """Return the sources of all inputs that enter, with their grades, each once."""
    entering = [value for estimate in estimates for value in estimate._entering if value.origin != "question"]
    return tuple(dict.fromkeys(f"{value.source} ({value.grade})" for value in entering))


def picture_of(one: Estimate, level: float) -> str:
    """Return the small picture of an estimate's distribution."""
    low, median, high = one.band(level)
    said = one.say_quantiles(level)
    return display.distribution_svg(one.values, low=low, median=median, high=high, ends=(said.low, said.high))


def report_of(one: Estimate, level: float) -> display.Report:
    """Return an estimate as plain data, with a row for each part of a sum and one for the sum."""
    parts = one.parts
    return display.Report(
        _titles.title(one.term),
        answers=(answer_of(one, level),),
        rows=tuple(part.row(level) for part in (parts if len(parts) == 1 else (*parts, one))),
        cautions=one.notes,
        sources=sources_of([one]),
        stamp=one.stamp,
    )


def answer_of(one: Estimate, level: float, name: str = "") -> display.Answer:
    """Return an estimate as one answer of a report, with its reasons and the small picture of its distribution."""
    text, _, band = one.in_words(level).partition(" (")
    same = "the same in every draw" if one.is_fixed else ""
    return display.Answer(
        text,
        band.removesuffix(")") or same,
        name,
        reasons=tuple(
            (label, _BASIS_IN_WORDS.get(text, text) if label == "basis" else text) for label, text in reasons(one)
        ),
        figure=picture_of(one, level),
    )
