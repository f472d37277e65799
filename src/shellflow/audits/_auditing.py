"""Audit a claim: compare it with every packing, with physical limits and with other claims."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from shellflow import packings as packed
from shellflow import sampling
from shellflow._version import __version__
from shellflow.audits._audit import Audit
from shellflow.audits._evidence import Evidence, gather_evidence, thresholds_alone
from shellflow.audits._positions import kg_as_loaded, kg_per_round, loads_of, observed_t, room_for_round
from shellflow.audits._reading import Question, read_question
from shellflow.audits._reasons import allowed_by_words, changes_for, reason_for, words_allow
from shellflow.audits._remarks import carried_over, notes_on, other_count, siblings_of, where_found
from shellflow.audits._verdicts import (
    BELOW,
    CAPACITY,
    IMPOSSIBLE,
    PLAUSIBLE,
    UNPACKED,
    Thresholds,
    verdict_on,
    verdict_on_range,
)
from shellflow.catalog import Catalog, Munition, Transport, as_catalog, reported_claims
from shellflow.errors import bad_argument, shown
from shellflow.packings import Mix, Packing
from shellflow.statements import (
    Finding,
    Statement,
    dates_meet,
    findings_of,
    numbers_of,
    of_record,
    ratio_in_words,
    ratio_of,
    read_claims,
    record_of,
)

__all__ = ["audit"]

_BASES = ("capacity", "contents")
_BY_MASS = ("ceiling", "crated")


def audit(
    count: object,
    rounds: object,
    munition: str | Munition | Mix | Iterable[str | Mix] | None = None,
    *,
    transport: str | Transport | None = None,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    charge: object = None,
    basis: str | None = None,
    date: object = None,
    family: str | None = None,
    corridor: str | None = None,
    claims: object = None,
    containers_per_voyage: object = None,
    catalog: Catalog | None = None,
) -> Audit:
    """Return what a claim of rounds in transports, or in tonnes of cargo, takes to be true, and whether that can be.

    A verdict is about the number, not about the flow: a plausible number may still be false.

    Parameters
    ----------
    count : number, (low, high) pair, str or pint quantity
        How many transports were claimed, or what mass of cargo: 6700, "at least 10,000 containers", "64 voyages",
        "74,000 t" [transport, voyage or mass].
    rounds : number, (low, high) pair, str or pint quantity
        How many rounds: "more than 3M", "up to 4.8M", "4.2-5.8M", "3 million 152mm shells" [round].
    munition : str, Munition, Mix or iterable of these, optional
        Its name, or a mix such as `sf.mix("152mm", "122mm-shell")` or "60% 152mm, 40% 122mm-shell". Where there are
        several the claim is held against each alone; where there is none, against 152 mm and 122 mm shells and 122 mm
        rockets [unitless].
    transport : str or Transport, optional
        Its name or record; when left out that of your own packings, where they agree, else the only one of the kind
        that was counted, else "20ft-24t" [unitless].
    packings : str, Physical, Reported or iterable of these, optional
        What to hold it against; the four shipped ones when left out, and of a mass of cargo `ceiling` and `crated`. The
        verdict rests on `as-loaded`, `crated` and `ceiling` in any case, on a mass on what a round weighs [unitless].
    charge : "with", "without", "unknown", Input or number, optional
        Whether the propelling charge travels in the package, or in what share of the transports, as for `estimate`
        [unitless].
    basis : "capacity" or "contents", optional
        What the claim says it speaks of, where it says so [unitless].
    date : str or date, optional
        When it was said; without one it is taken to come after all of the record [unitless].
    family, corridor : str, optional
        Which office said it, and of which flow; narrows down which row of the record it is [unitless].
    claims : path, DataFrame or iterable of rows, optional
        Claims of your own in the columns of `claims.csv`, added to the record it is compared with [unitless].
    containers_per_voyage : Input, number, str or quantity, optional
        Containers on each voyage; when left out, the range of voyages counted so far, which says nothing
        of what a ship can carry [container/voyage].
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out.

    Returns
    -------
    Audit
        Verdict, positions, findings.

    Raises
    ------
    ArgumentError
        If a number is not above 0, a range is upside down, words contradict each other, shares do not sum to 1, the
        date is none, a mass comes with a transport, or containers to a voyage are given and no voyages counted.
    UnitError
        If a side counts something else.
    UnknownItemError
        If a name is not in the catalog.
    DataError
        If the table of claims does not hold.

    Notes
    -----
    The ratio of the two numbers is judged as stated, of a range each of its ends, whatever they are said to bound. It
    is `impossible` above payload over least projectile mass, or above inner volume over the volume of a round; else
    `only as a capacity` above the 95th percentile of `as-loaded`, or, where that is the payload, above the heaviest
    load observed; `below what is seen` under the 5th percentile; else `plausible as contents`. A mass is
    `impossible` below the least mass of a bare round, `only without packaging` below the 5th percentile of packed
    ones, and `below what is seen` above their 95th. It is `not decidable` where data are missing. What the words of
    the claim allow beside its numbers stands in `relief` and `allowed`. Of several munitions, and of a mix whose
    shares are not known, a number is impossible only if it is so of all. The position in a band is the share of draws
    below plus half of those equal, so that it is fair where many draws agree.

    Examples
    --------
    >>> judged = audit(6_700, "more than 3M", "152mm")
    >>> judged.verdict, round(judged.ratio[0], 1), round(judged.kg_per_round[0], 1)
    ('only as a capacity', 447.8, 48.6)
    """
    catalog = as_catalog(catalog)
    if basis is not None and not (isinstance(basis, str) and basis in _BASES):
        raise bad_argument("basis", basis, "capacity or contents")
    several = packed.list_packings(packings)
    question = read_question(count, rounds, munition, transport, several, date, family, corridor, catalog)
    if question.is_of_mass and packings is None:
        several = list(_BY_MASS)
    box, kind = question.box, question.statement.kind
    ratio = ratio_of(question.statement)
    assert ratio is not None  # both sides were read
    if not (ratio[0] > 0 and max(ratio[1], box.payload_kg / ratio[0]) < math.inf):
        fix = "Check both numbers: rounds per transport, and kg to a round, must come out finite and above 0."
        raise bad_argument("rounds", rounds, f"in some proportion to count={shown(count)}", fix)
    own = () if claims is None else read_claims(claims, catalog)
    context = of_record({row.claim: row for row in (*record_of(catalog), *own)}.values())
    statement, rows = _placed(question.statement, context)
    question = replace(question, statement=statement, charge=charge)
    concerned = any(packed.takes_charge(cargo.subject, "crated", catalog) for cargo in question.cargoes)
    if charge is not None and not concerned:
        packed.resolve(question.cargoes[0].subject, "crated", box, catalog, charge)  # which says why
    left_out = _left_out(question, rows, catalog)

    evidence = gather_evidence(question, ratio, several, left_out, containers_per_voyage, catalog)
    thresholds = evidence.thresholds
    above = UNPACKED if question.is_of_mass else CAPACITY
    ends = _verdicts_on(ratio, thresholds, above)
    alone = {label: _verdicts_on(ratio, limits, above) for label, limits in evidence.limits_alone.items()}
    verdict = verdict_on_range(ends)
    reasons = _reasons(question, ratio, ends, evidence, catalog) + _possible_with(verdict, alone)
    if not question.munition_is_named and verdict not in (PLAUSIBLE, BELOW):
        reasons += _plausible_with(question, ratio, evidence.boxes_each, catalog)
    findings = list(findings_of(statement, context, catalog, basis))
    if basis == "contents" and ends[0] in (CAPACITY, IMPOSSIBLE):
        findings += _capacity_as_contents(ratio[0], thresholds.most_packed, kind)
    notes = list(question.notes)
    if len(question.cargoes) == 1 and not question.is_of_mass:
        notes += notes_on(question, ratio, evidence.judged_by, verdict != IMPOSSIBLE, catalog)
    notes += where_found(rows, left_out, {row.claim for row in own})
    notes += carried_over(several, box)
    notes += siblings_of(statement, context, box, catalog)
    if not findings and ends[1] == IMPOSSIBLE:
        notes += other_count(question, ratio[0], catalog)
    chosen = sampling.current_settings()
    by_box = kind != "voyage" and not question.is_of_mass
    return Audit(
        statement=statement,
        cargoes=question.cargoes,
        transport=None if question.is_of_mass else box,
        verdict=verdict,
        ends=ends,
        alone=alone,
        because="; ".join(reasons),
        relief=words_allow(question, verdict),
        allowed=allowed_by_words(question, ends, evidence),
        ratio=ratio,
        thresholds=thresholds,
        kg_per_round=kg_per_round(question, ratio),
        kg_per_round_as_loaded=kg_as_loaded(box, ratio, evidence.judged_by["as-loaded"], catalog) if by_box else None,
        m3_per_round=room_for_round(box, ratio) if by_box else None,
        loads=tuple(loads_of(question, ratio, catalog)),
        observed_t=observed_t(question, catalog),
        positions=evidence.positions,
        changes=changes_for(question, ratio[0], evidence, catalog) if verdict == IMPOSSIBLE else (),
        findings=tuple(findings),
        notes=tuple(dict.fromkeys(notes)),
        left_out=left_out,
        made_by={"shellflow": __version__, "data": catalog.digest, "n": chosen.n, "seed": chosen.seed},
    )


def _verdicts_on(ratio: tuple[float, float], thresholds: Thresholds, above: str) -> tuple[str, str]:
    low, high = (verdict_on(number, thresholds, above) for number in ratio)
    return low, high


def _plausible_with(question: Question, ratio: tuple[float, float], boxes_each: float, catalog: Catalog) -> list[str]:
    """Return with which other munitions a number would be plausible, where the claim names none."""
    held_against = {munition.munition for cargo in question.cargoes for munition in cargo.munitions}
    plausible = [
        munition.munition
        for munition in question.candidates(catalog)
        if munition.munition not in held_against
        and PLAUSIBLE in _verdicts_on(ratio, thresholds_alone(munition, question, boxes_each, catalog), CAPACITY)
    ]
    return [f"as contents it would be plausible with {' or '.join(plausible)}"] if plausible else []


def _possible_with(verdict: str, alone: Mapping[str, tuple[str, str]]) -> list[str]:
    """Return with which munitions a number is possible, where it is not with all."""
    not_with = [label for label, (low, _) in alone.items() if low == IMPOSSIBLE]
    possible = [label for label in alone if label not in not_with]
    if verdict == IMPOSSIBLE or not not_with or not possible:
        return []
    return [f"possible with {' or '.join(possible)}, not with {' or '.join(not_with)}"]


def _reasons(
    question: Question, ratio: tuple[float, float], ends: tuple[str, str], evidence: Evidence, catalog: Catalog
) -> list[str]:
    """Return why each end of the ratio has its verdict; one reason where both have the same."""
    if ends[0] == ends[1]:
        return [reason_for(ratio, ends[0], question, evidence, catalog)]
    return [
        reason_for((number, number), end, question, evidence, catalog) for number, end in zip(ratio, ends, strict=True)
    ]


def _capacity_as_contents(number: float, most_packed: float | None, kind: str) -> list[Finding]:
    if most_packed is None or number <= most_packed:
        return []
    reason = (
        f"{ratio_in_words(number, number)} rounds per {kind} is above what packed rounds at full payload come to "
        f"({most_packed:,.0f}, their P95)"
    )
    return [Finding("capacity told as contents", reason)]


def _left_out(question: Question, rows: Sequence[str], catalog: Catalog) -> tuple[str, ...]:
    """Return which rows that the claim may be are among those that `reported` is fitted to."""
    used = {
        row.claim
        for cargo in question.cargoes
        if cargo.mix is None
        for row in reported_claims(cargo.munitions[0], question.box, catalog)
    }
    return tuple(key for key in rows if key in used)


def _placed(statement: Statement, context: Sequence[Statement]) -> tuple[Statement, tuple[str, ...]]:
    """Return the claim with the place of the row it repeats, if any, and the keys of the rows it may be.

    Rows with the same numbers are to be left out of `reported` whatever they are said to bound, since `reported` is
    fitted to the numbers, and said up to a month apart, since a claim is quoted for weeks; the claim is taken for a row
    itself only where its words agree too.
    """
    assert statement.units is not None
    assert statement.rounds is not None
    same = [
        row
        for row in context
        if row.units is not None
        and row.rounds is not None
        and row.munition == statement.munition
        and row.kind == statement.kind
        and (numbers_of(row.units), numbers_of(row.rounds))
        == (numbers_of(statement.units), numbers_of(statement.rounds))
        and (not statement.transport or not row.transport or row.transport == statement.transport)
        and (not statement.family or row.family.casefold() == statement.family.casefold())
        and (not statement.corridor or row.corridor.casefold() == statement.corridor.casefold())
        and dates_meet(statement.date, row.date)
    ]
    keys = tuple(row.key for row in same)
    bounds = [(row.units.bound, row.rounds.bound) for row in same if row.units and row.rounds]
    for row, bound in zip(same, bounds, strict=True):
        if bound == (statement.units.bound, statement.rounds.bound):
            return replace(row, ratio_bound=statement.ratio_bound), keys
    return statement, keys
