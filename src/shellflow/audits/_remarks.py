"""Remarks on a claim: its likely contents, its ceiling, and other claims about the same transports."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from shellflow import words
from shellflow.audits._audit import Position
from shellflow.audits._report import times_over
from shellflow.catalog import Catalog, Transport
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.estimates import Estimate, estimate
from shellflow.packings import Packing
from shellflow.statements import (
    EXACT,
    SEEN,
    UNSPECIFIED,
    Statement,
    bounded_ratio_of,
    findings_of,
    said,
    said_ratio,
    same_boxes,
    stated,
)

__all__ = ["carried_over", "notes_on", "siblings_of", "where_found"]

_AT_CEILING = 0.95  # position in the band of the ceiling from which a claim is said to stand there


def notes_on(
    statement: Statement,
    ratio: tuple[float, float],
    limit: tuple[float, str] | None,
    seen: Position,
    ceiling: Position,
) -> list[str]:
    """Return what is worth knowing of a claim beside the verdict on it, in words."""
    notes = []
    bound, kind = statement.ratio_bound, statement.kind
    if seen.per_transport is not None and bound != "none":
        notes.append(_at_observed_loads(statement, ratio, seen.per_transport))
    possible = limit is None or ratio[0] <= limit[0] * (1 + EXACT)
    if possible and ceiling.position is not None and bound != "ceiling" and ceiling.position[0] >= _AT_CEILING:
        notes.append(
            f"{said_ratio(ratio[0], ratio[0])} rounds per {kind} is at or above the ceiling: "
            f"{words.percent(ceiling.position[0])} of the draws of `ceiling` are below"
        )
    if limit is not None and bound == "range" and ratio[0] <= limit[0] < ratio[1]:
        notes.append(f"its high end is above {limit[0]:,.1f} rounds per {kind}, which no packing can beat")
    if bound == "ceiling" and seen.per_transport is not None and ratio[1] > seen.per_transport.band(SEEN)[2]:
        notes.append("as a ceiling it rules out nothing that has been seen; read as a number it would be a capacity")
    return notes


def where_found(found: Sequence[str], left_out: Sequence[str], own: Collection[str]) -> list[str]:
    """Return where the claim was found, by keys: in the record, in `reported` too, or in a table of one's own."""
    places = {
        "it is in the record ({}), and is left out of `reported` here": [key for key in found if key in left_out],
        "it is in the record ({})": [key for key in found if key not in left_out and key not in own],
        "it is in the table of claims given ({})": [key for key in found if key not in left_out and key in own],
    }
    return [text.format(", ".join(keys)) for text, keys in places.items() if keys]


def carried_over(asked: Sequence[str | Packing], box: Transport) -> list[str]:
    """Return which packings of one's own were stated for another transport than this one."""
    return [
        f"{one.name} is stated for {one.transport.transport}, and is carried over to {box.transport} here"
        for one in asked
        if not isinstance(one, str) and one.transport.transport != box.transport
    ]


def _at_observed_loads(statement: Statement, ratio: tuple[float, float], each: Estimate) -> str:
    low, median, high = each.band(SEEN)
    part = _part_of_claim(median / ratio[1], median / ratio[0])
    units = statement.units
    assert units is not None
    if units.bound == "point":
        count = stated(units)[0]
        low, median, high = low * count, median * count, high * count
    step = words.step(low, high, median)
    holder = f"the same {said(units, statement.kind)}" if units.bound == "point" else f"a {statement.kind}"
    verb = "hold" if units.bound == "point" and stated(units)[0] != 1 else "holds"
    return (
        f"at observed loads {holder} {verb} {words.say(median, step)} rounds "
        f"(90 %: {words.say_band(low, high, step)}): {part} the claim"
    )


def _part_of_claim(low: float, high: float) -> str:
    """Return a share of the claim in words: per cent below it, times above it."""
    if high < 1:
        return f"{' to '.join(dict.fromkeys(map(words.percent, (low, high))))} of"
    return f"{' to '.join(dict.fromkeys(map(times_over, (low, high))))} times"


def siblings_of(one: Statement, context: Sequence[Statement], box: Transport, catalog: Catalog) -> list[str]:
    """Return what was said of the same transports of other munitions, and what binds those; misquotations left out."""
    notes: dict[tuple[str, float], str] = {}
    for other in context:
        ratio = bounded_ratio_of(other)
        if ratio is None or other.munition in (one.munition, UNSPECIFIED) or not same_boxes(one, other):
            continue
        if (other.munition, ratio[0]) in notes or findings_of(other, context, catalog):
            continue
        binds = _binding(other.munition, box, catalog) if one.kind != "voyage" else ""
        same = "the same " if one.units and other.units and one.units.bound == other.units.bound else ""
        notes[other.munition, ratio[0]] = (
            f"of {same}{said(other.units, other.kind)} was said: {said(other.rounds, 'round')} of {other.munition}, "
            f"{said_ratio(*ratio)} each{binds} [{other.key}]"
        )
    return list(notes.values())


def _binding(munition: str, box: Transport, catalog: Catalog) -> str:
    record = catalog.munitions[munition]
    try:
        crated = estimate(1, record, packing="crated", transport=box, catalog=catalog)
        limit, share = max(crated.limited_by.items(), key=lambda one: one[1])
    except (NoDataError, DoesNotFitError):
        return ""
    long = f", {record.length_m:g} m long" if record.length_m else ""
    return (
        f"; crated, {limit} binds in {words.percent(share)} of the draws "
        f"(median {crated.band()[1]:,.0f}; a {record.kind}{long})"
    )
