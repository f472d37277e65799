"""Remarks on a claim: its likely contents, its ceiling, and other claims about the same transports."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from shellflow import packings as packed
from shellflow import words
from shellflow.audits._judgement import Position
from shellflow.audits._positions import norm_of
from shellflow.audits._reading import Question
from shellflow.catalog import Catalog, Transport, containers_per_voyage, transports_of
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.estimates import Estimate, estimate
from shellflow.packings import Packing
from shellflow.statements import (
    EXACT,
    SEEN,
    UNSPECIFIED,
    Statement,
    apart_in_words,
    bounded_ratio_of,
    findings_of,
    numbers_of,
    ratio_in_words,
    same_boxes,
    side_in_words,
)

__all__ = ["carried_over", "notes_on", "other_count", "siblings_of", "times_over", "where_found"]

_AT_CEILING = 0.95  # position in the band of the ceiling from which a claim is said to stand there


def notes_on(
    question: Question,
    ratio: tuple[float, float],
    judged_by: Mapping[str, Position],
    possible: bool,
    catalog: Catalog,
) -> list[str]:
    """Return what is worth knowing of a claim of one munition or mix beside the verdict on it, in words."""
    notes = []
    seen, ceiling = judged_by["as-loaded"], judged_by["ceiling"]
    kind = question.statement.kind
    if seen.per_transport is not None:
        notes.append(_at_observed_loads(question.statement, ratio, seen.per_transport))
    if possible and ceiling.position is not None and ceiling.position[0] >= _AT_CEILING:
        notes.append(
            f"{ratio_in_words(ratio[0], ratio[0])} rounds per {kind} is at or above the ceiling: "
            f"{words.percent(ceiling.position[0])} of the draws of `ceiling` are below"
        )
    return notes + _norms(question, ratio, catalog)


def _norms(question: Question, ratio: tuple[float, float], catalog: Catalog) -> list[str]:
    """Return which norm of the transport the claim is above."""
    notes = []
    for munition in (munition for cargo in question.cargoes for munition in cargo.munitions):
        norm = norm_of(munition, question, catalog)
        if norm is not None and ratio[1] > norm * (1 + EXACT):
            number, limit = apart_in_words(ratio[1], norm)
            notes.append(
                f"{number} rounds per {question.statement.kind} is also above {limit} of {munition.munition}, the norm "
                f"of a full {question.box.transport}"
            )
    return notes


def other_count(question: Question, ratio: float, catalog: Catalog) -> list[str]:
    """Return what else may have been counted where no container holds so many rounds: wagons, or voyages."""
    if question.statement.kind != "container" or question.statement.ratio_bound in ("ceiling", "none"):
        return []
    munitions = [munition for cargo in question.cargoes for munition in cargo.munitions]

    def most(kind: str) -> float:
        boxes = transports_of(kind, catalog)
        return max((packed.hard_limit(munition, box)[0] for munition in munitions for box in boxes), default=0.0)

    container, wagon = most("container"), most("wagon")
    if ratio <= container * (1 + EXACT):
        return []
    if ratio <= wagon:
        return [f"perhaps wagons were counted, not containers: a wagon can hold up to {wagon:,.0f} rounds"]
    try:
        most_on_ship = container * containers_per_voyage(catalog).band(SEEN)[2]
    except NoDataError:
        return []
    least = min((band[0] for munition in munitions if (band := _as_loaded(munition.munition, catalog))), default=None)
    if least is not None and least <= ratio <= most_on_ship:
        return [f"perhaps voyages were counted, not containers: a voyage brings {least:,.0f} rounds or more as loaded"]
    return []


def _as_loaded(munition: str, catalog: Catalog) -> tuple[float, float, float] | None:
    try:
        return estimate("1 voyage", munition, packing="as-loaded", catalog=catalog).band(SEEN)
    except (NoDataError, DoesNotFitError):
        return None


def where_found(rows: Sequence[str], left_out: Sequence[str], own: Collection[str]) -> list[str]:
    """Return where the claim was found, by keys: in the record, in `reported` too, or in a table of one's own."""
    places = {
        "it is in the record ({}), and is left out of `reported` here": [key for key in rows if key in left_out],
        "it is in the record ({})": [key for key in rows if key not in left_out and key not in own],
        "it is in the table of claims given ({})": [key for key in rows if key not in left_out and key in own],
    }
    return [text.format(", ".join(keys)) for text, keys in places.items() if keys]


def carried_over(packings: Iterable[str | Packing], box: Transport) -> list[str]:
    """Return which packings of one's own were stated for another transport than this one."""
    return [
        f"{packing.name} is stated for {packing.transport.transport}, and is carried over to {box.transport} here"
        for packing in packings
        if not isinstance(packing, str) and packing.transport.transport != box.transport
    ]


def _at_observed_loads(statement: Statement, ratio: tuple[float, float], per_transport: Estimate) -> str:
    low, median, high = per_transport.band(SEEN)
    part = _part_of_claim(median / ratio[1], median / ratio[0])
    units = statement.units
    assert units is not None
    if units.bound == "point":
        count = numbers_of(units)[0]
        low, median, high = low * count, median * count, high * count
    step = words.step(low, high, median)
    holder = f"the same {side_in_words(units, statement.kind)}" if units.bound == "point" else f"a {statement.kind}"
    verb = "hold" if units.bound == "point" and numbers_of(units)[0] != 1 else "holds"
    return (
        f"at observed loads {holder} {verb} {words.say(median, step)} rounds "
        f"(90 %: {words.say_band(low, high, step)}): {part} the claim"
    )


def _part_of_claim(low: float, high: float) -> str:
    """Return a share of the claim in words: per cent below it, times above it."""
    if high < 1:
        return f"{' to '.join(dict.fromkeys(map(words.percent, (low, high))))} of"
    return f"{' to '.join(dict.fromkeys(map(times_over, (low, high))))} times"


def times_over(value: float) -> str:
    """Return how many times over, in two digits below ten."""
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.1g}"


def siblings_of(statement: Statement, context: Sequence[Statement], box: Transport, catalog: Catalog) -> list[str]:
    """Return what was said of the same transports of other munitions, and what binds those; misquotations left out."""
    notes: dict[tuple[str, float], str] = {}
    for other in context:
        ratio = bounded_ratio_of(other)
        if ratio is None or other.munition in (statement.munition, UNSPECIFIED) or not same_boxes(statement, other):
            continue
        if (other.munition, ratio[0]) in notes or findings_of(other, context, catalog):
            continue
        binds = _binding(other.munition, box, catalog) if statement.kind != "voyage" else ""
        same = all(side is not None and side.bound == "point" for side in (statement.units, other.units))
        notes[other.munition, ratio[0]] = (
            f"{side_in_words(other.rounds, 'round')} of {other.munition} were said of "
            f"{'the same ' if same else ''}{side_in_words(other.units, other.kind)}, {ratio_in_words(*ratio)} rounds "
            f"per {other.kind}{binds} [{other.key}]"
        )
    return list(notes.values())


def _binding(munition: str, box: Transport, catalog: Catalog) -> str:
    record = catalog.munitions[munition]
    try:
        crated = estimate(1, record, packing="crated", transport=box, catalog=catalog)
        limit, share = max(crated.reasons.limited_by.items(), key=lambda limit: limit[1])
    except (NoDataError, DoesNotFitError):
        return ""
    long = f", {record.length_m:g} m long" if record.length_m else ""
    return (
        f"; crated, {limit} binds in {words.percent(share)} of the draws "
        f"(median {crated.band()[1]:,.0f}; a {record.kind}{long})"
    )
