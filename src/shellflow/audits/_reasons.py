"""Why a verdict was given, what the words allow beside it, and what would make a claim possible, in words."""

from __future__ import annotations

import math

from shellflow import packings as packed
from shellflow import words
from shellflow.audits._evidence import NORM, Evidence
from shellflow.audits._positions import bare_kg, hard_limit_of, limit_of, observed_t
from shellflow.audits._reading import Question
from shellflow.audits._verdicts import BELOW, CAPACITY, IMPOSSIBLE, NO_DATA, ORDER, PLAUSIBLE, UNPACKED, Thresholds
from shellflow.catalog import Catalog, Munition, Transport, projectile_mass
from shellflow.statements import EXACT, Statement, apart_in_words, numbers_of, ratio_in_words, side_in_words
from shellflow.words import Claimed

__all__ = ["allowed_by_words", "changes_for", "is_above", "reason_for", "words_allow"]


def is_above(verdict: str) -> bool:
    """Return whether a number was judged higher than what is seen."""
    return verdict in ORDER and ORDER.index(verdict) > ORDER.index(PLAUSIBLE)


# --- why --------------------------------------------------------------------------------------------------------------


def reason_for(
    numbers: tuple[float, float], verdict: str, question: Question, evidence: Evidence, catalog: Catalog
) -> str:
    """Return why numbers of rounds in one transport, the same twice or the ends of a range, have their verdict."""
    thresholds, cap = evidence.thresholds, evidence.cap
    if verdict == NO_DATA and not question.munition_is_named and thresholds.most_possible is not None:
        return _other_munition_meant(numbers, question, evidence, catalog)
    if question.is_of_mass:
        return _reason_for_mass(numbers, verdict, thresholds)
    kind = question.statement.kind
    ratio = f"{ratio_in_words(*numbers)} rounds per {kind}"
    number = numbers[1] if verdict == BELOW else numbers[0]
    if verdict == IMPOSSIBLE:
        assert thresholds.most_possible is not None
        text, limit = apart_in_words(number, thresholds.most_possible)
        ratio = f"{text} rounds per {kind}" if numbers[0] == numbers[1] else ratio
        return f"{ratio} is above {limit}, {_limit_in_words(question, catalog)}"
    if verdict == NO_DATA and thresholds.least_seen is None:
        if other_truck := _other_of_its_kind(number, question, catalog):
            return other_truck
        missing = evidence.judged_by["as-loaded"].missing.removeprefix("no data: ")
        return f"no data on what such a {kind} holds as loaded: {missing}"
    least, most = thresholds.least_seen, thresholds.most_seen
    assert least is not None
    assert most is not None
    if verdict == NO_DATA:
        return (
            f"{ratio} is above what bare rounds at full payload come to "
            f"({_end_in_words(thresholds.most_decidable, number)}, their P95), and the most containers that the ship "
            "can carry are not known: give containers_per_voyage"
        )
    if verdict == CAPACITY and cap == NORM:
        return f"{ratio} is {cap} or more ({most:,.0f})"
    if verdict == CAPACITY and cap:
        return f"{ratio} is above what {cap} gives ({_end_in_words(most, number)})"
    if verdict == CAPACITY:
        return f"{ratio} is above what observed loads give ({_end_in_words(most, number)}, their P95)"
    if verdict == BELOW:
        return f"{ratio} is below what observed loads give ({_end_in_words(least, number)}, their P5)"
    top = cap.removeprefix("the ") or "P95"
    return f"{ratio} is within what observed loads give ({least:,.0f} to {most:,.0f}, P5 to {top})"


def _other_munition_meant(
    numbers: tuple[float, float], question: Question, evidence: Evidence, catalog: Catalog
) -> str:
    """Return with which munitions a number is possible that is too large for those it was held against."""
    most = evidence.thresholds.most_decidable
    possible = [
        munition.munition
        for munition in question.candidates(catalog)
        if limit_of(munition, question, catalog) * evidence.boxes_each >= numbers[0] * (1 - EXACT)
    ]
    held_against = ", ".join(cargo.label for cargo in question.cargoes)
    return (
        f"{ratio_in_words(*numbers)} rounds per {question.statement.kind} is above {_end_in_words(most, numbers[0])}, "
        f"the most that bare rounds of {held_against} come to; it is possible with {' or '.join(possible)}. Say "
        "which munition it is"
    )


def _other_of_its_kind(number: float, question: Question, catalog: Catalog) -> str:
    """Return what a number takes of a transport whose type is not stated, where the one in the catalog is too small."""
    box, observed = question.box, observed_t(question, catalog)
    if question.box_is_named or box.kind == "container" or box.payload_kg is None or observed is None:
        return ""
    munitions = [munition for cargo in question.cargoes for munition in cargo.munitions]
    load_kg = number * min(bare_kg(munition)[0] for munition in munitions)
    if load_kg <= box.payload_kg:
        return ""
    return (
        f"{ratio_in_words(number, number)} rounds per {box.kind} weigh {load_kg / 1000:,.3g} t bare: {box.transport} "
        f"may carry {box.payload_kg / 1000:,.3g} t, and {box.kind}s were observed with {observed[0]:.3g} to "
        f"{observed[1]:.3g} t. Say which {box.kind} it is with transport=..."
    )


def _reason_for_mass(numbers: tuple[float, float], verdict: str, thresholds: Thresholds) -> str:
    kg = " to ".join(dict.fromkeys(_kg(1000.0 / number) for number in reversed(numbers)))
    possible = min(thresholds.most_possible or math.inf, thresholds.most_decidable)
    bare = _kg(1000.0 / possible)
    if verdict == IMPOSSIBLE:
        assert thresholds.most_possible is not None
        return f"{kg} kg per round is below {_kg(1000.0 / thresholds.most_possible)} kg, the least mass of a bare round"
    if thresholds.least_seen is None or thresholds.most_seen is None:
        return f"no data on what a packed round weighs; a bare one weighs {bare} kg or more"
    low, high = _kg(1000.0 / thresholds.most_seen), _kg(1000.0 / thresholds.least_seen)
    if verdict == UNPACKED:
        return f"{kg} kg per round is above a bare round ({bare} kg) and below a packed one ({low} kg, its P5)"
    if verdict == BELOW:
        return f"{kg} kg per round is above a packed round ({high} kg, its P95): so much cargo holds more of them"
    return f"{kg} kg per round is what a packed round weighs ({low} to {high} kg, P5 to P95)"


def _kg(value: float) -> str:
    return f"{value:.4g}" if value < 1000 else f"{value:,.0f}"


def _limit_in_words(question: Question, catalog: Catalog) -> str:
    mix = question.cargoes[0].mix
    if mix is not None and mix.shares is not None:
        return "the most that bare rounds in these shares come to"
    if len(question.cargoes) > 1 or mix is not None:
        return "the most that bare rounds of any of the munitions come to"
    _, limited_by = hard_limit_of(question.cargoes[0], question, catalog)
    limit = "payload over the least mass of a round"
    if limited_by == "space":
        limit = "inner volume over that of a round"
    elif question.box.kind != "container" and not question.box_is_named:
        limit = "the heaviest load over the least mass of a round"
    return limit + (", times the most containers to a voyage" if question.statement.kind == "voyage" else "")


def _end_in_words(end: float, beside: float) -> str:
    """Return the end of a band, which is not known to a digit after the point, but where it would look like a claim."""
    return f"{end:,.0f}" if abs(end - beside) >= 1 else apart_in_words(end, beside)[0]


# --- what the words allow ---------------------------------------------------------------------------------------------


def words_allow(question: Question, verdict: str) -> str:
    """Return what the words of a claim allow beside its numbers, where that would be judged milder; else ""."""
    rounds, units = question.statement.rounds, question.statement.units
    assert rounds is not None
    assert units is not None
    plural = f"{question.statement.kind}s"
    if is_above(verdict):
        relief = [f"more {plural}"] * (units.bound == "floor") + ["fewer rounds"] * (rounds.bound == "ceiling")
    elif verdict == BELOW:
        relief = [f"fewer {plural}"] * (units.bound == "ceiling") + ["more rounds"] * (rounds.bound == "floor")
    else:
        return ""
    return f"the words allow {' and '.join(relief)}" if relief else ""


def allowed_by_words(question: Question, ends: tuple[str, str], evidence: Evidence) -> str:
    """Return what a claim would take to be of contents, by the question asked the other way round.

    Parameters
    ----------
    question : Question
        What is judged.
    ends : tuple of two str
        The verdicts on the ends of the ratio [unitless].
    evidence : Evidence
        What it is held against.

    Returns
    -------
    str
        Sentences; "" where the numbers are plausible as they stand [unitless].
    """
    thresholds, per_container = evidence.thresholds, evidence.per_container
    statement = question.statement
    assert statement.rounds is not None
    assert statement.units is not None
    (rounds_low, rounds_high), (units_low, units_high) = numbers_of(statement.rounds), numbers_of(statement.units)
    least, possible = thresholds.least_seen, thresholds.most_possible
    most = None if evidence.cap == NORM else thresholds.most_seen
    claim = f"the claim says {side_in_words(statement.units, statement.kind)}"
    if is_above(ends[1]) or (ends[1] == NO_DATA and per_container is not None):
        # Of a range that begins with what is plausible it is the upper end that takes more.
        rounds = rounds_high if ends[0] in (BELOW, PLAUSIBLE) else rounds_low
        if per_container is not None:
            return _of_a_ship(rounds / units_high, per_container)
        needs = []
        if ends[1] == IMPOSSIBLE and possible is not None:
            needs.append(f"even bare, {_rounds_in_words(rounds)} need at least {_needed(rounds / possible, statement)}")
        if most is not None:
            how = "crated" if question.is_of_mass else f"at {evidence.cap or 'the P95 of loads'}"
            verb = "weigh" if question.is_of_mass else "need"
            needs.append(
                f"as contents, {_rounds_in_words(rounds)} {verb} at least {_needed(rounds / most, statement)} ({how})"
            )
        if not needs:
            return ""
        text = f"{'; '.join(needs)}; {claim}"
        if statement.rounds.bound == "ceiling" and most is not None:
            hold = "holds" if units_low == 1 else "hold"
            # More of them hold more: the number is of the fewest that the claim allows.
            is_point = statement.units.bound == "point"
            holder = ", which" if is_point else f"; {words.with_noun(f'{units_low:,.6g}', statement.kind)}"
            text += f"{holder} {hold} up to {_number(most * units_low)} rounds as contents"
        return f"{text[0].upper()}{text[1:]}."
    if ends[0] == BELOW and least is not None:
        rounds = rounds_high if ends[1] == BELOW else rounds_low
        how = "of crated rounds" if question.is_of_mass else "at the P5 of loads"
        text = f"{_rounds_in_words(rounds)} fill at most {_needed(rounds / least, statement)} ({how}); {claim}."
        return f"{text[0].upper()}{text[1:]}"
    return ""


def _of_a_ship(rounds_per_voyage: float, per_container: Thresholds) -> str:
    takes = []
    if per_container.most_possible is not None:
        takes.append(f"at least {_number(rounds_per_voyage / per_container.most_possible)} containers of bare rounds")
    if per_container.most_seen is not None:
        containers = _number(rounds_per_voyage / per_container.most_seen)
        takes.append(f"at least {containers} containers as contents (at the P95 of loads)")
    return f"{_number(rounds_per_voyage)} rounds take {', or '.join(takes)} on each voyage." if takes else ""


def _rounds_in_words(rounds: float) -> str:
    return side_in_words(Claimed(rounds, rounds, "point", None), "round")


def _needed(number: float, statement: Statement) -> str:
    return words.with_noun(_number(math.ceil(number * (1 - EXACT))), statement.kind)


def _number(value: float) -> str:
    """Return a number with three digits."""
    return words.say(value, 10.0 ** (math.floor(math.log10(value)) - 2)) if value >= 1 else f"{value:.2g}"


# --- what would make it possible --------------------------------------------------------------------------------------


def changes_for(question: Question, ratio: float, evidence: Evidence, catalog: Catalog) -> tuple[str, ...]:
    """Return what would make an impossible claim possible, by how much it would change, least first."""
    limit, boxes_each = evidence.thresholds.most_possible, evidence.boxes_each
    assert limit is not None
    cargo = max(question.cargoes, key=lambda cargo: evidence.limits[cargo.label].most_possible or 0.0)
    statement = question.statement
    assert statement.units is not None
    most = math.floor(limit * numbers_of(statement.units)[1] * (1 + EXACT))
    changes = [(ratio / limit, f"no more than {most:,} rounds, {words.percent(1 - limit / ratio)} fewer")]
    if statement.kind == "voyage":
        needed = math.ceil(ratio / (limit / boxes_each) * (1 - EXACT))
        changes.append((needed / boxes_each, f"at least {needed:,} containers to a voyage"))
    box, (_, limited_by) = question.box, hard_limit_of(cargo, question, catalog)
    munition = max(cargo.munitions, key=lambda each: packed.hard_limit(each, box)[0])
    if question.is_of_mass:
        needed = math.ceil(numbers_of(statement.units)[1] * ratio / limit * (1 - EXACT))
        changes.append((ratio / limit, f"at least {needed:,} tonnes of cargo"))
    else:
        boxes = [
            (most_each / limit, other)
            for other in catalog.transports
            if (most_each := packed.hard_limit(munition, other)[0] * boxes_each) >= ratio * (1 - EXACT)
            and (statement.kind != "voyage" or other.kind == "container")
        ]
        if boxes:
            # Another kind would be counted in other words, so it comes second.
            change, other = min(boxes, key=lambda change: (change[1].kind != box.kind, change[0]))
            changes.append((change, _other_box(other, box, limited_by)))
    munitions = [
        (most_each / limit, other)
        for other in question.candidates(catalog)
        if (most_each := limit_of(other, question, catalog) * boxes_each) >= ratio * (1 - EXACT)
    ]
    if munitions:
        change, instead = min(munitions, key=lambda change: change[0])
        changes.append((change, _other_munition(instead, munition, "mass" if question.is_of_mass else limited_by)))
    return tuple(text for _, text in sorted(changes, key=lambda change: change[0]))


def _other_box(other: Transport, box: Transport, limited_by: str) -> str:
    if limited_by == "mass":
        return f"a heavier transport: {other.transport} ({other.payload_kg:,.0f} kg against {box.payload_kg:,.0f} kg)"
    room_m3, this_m3 = packed.inner_volume_m3(other), packed.inner_volume_m3(box)
    if room_m3 is None:
        return f"another transport: {other.transport} (its inside is not known, so that only mass was checked)"
    return f"a roomier transport: {other.transport} ({room_m3:.3g} m3 against {this_m3:.3g} m3)"


def _other_munition(instead: Munition, munition: Munition, limited_by: str) -> str:
    least_kg = projectile_mass(instead).distribution.support[0]
    volume_m3, this_m3 = packed.round_volume_m3(instead), packed.round_volume_m3(munition)
    if limited_by == "mass":
        why = f"from {least_kg:.3g} kg"
    elif volume_m3 is None:
        why = f"from {least_kg:.3g} kg; its length is not known, so that only mass was checked"
    else:
        why = f"{volume_m3:.3g} m3 against {this_m3:.3g} m3"
    return f"another munition: {instead.munition} ({why})"
