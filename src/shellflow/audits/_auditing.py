"""Audit a claim: compare it with every packing, with physical limits and with other claims."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from shellflow import packings as packed
from shellflow import sampling
from shellflow._version import __version__
from shellflow.audits._audit import Audit, Position
from shellflow.audits._judging import changes_for, kg_as_loaded, position_of, room_for_one, verdict_on
from shellflow.audits._remarks import carried_over, notes_on, siblings_of, where_found
from shellflow.catalog import Catalog, Munition, Transport, as_catalog, ratio_bound, reported_claims, transports_of
from shellflow.errors import UnitError, bad_argument, shown
from shellflow.estimates import _build
from shellflow.inputs import Input
from shellflow.packings import Packing
from shellflow.statements import (
    Finding,
    Statement,
    as_date,
    bounded_ratio_of,
    dates_meet,
    findings_of,
    of_record,
    read_claims,
    read_side,
    record_of,
    said,
    stated,
)
from shellflow.terms import Product

__all__ = ["audit"]


def audit(
    count: object,
    rounds: object,
    munition: str | None = None,
    *,
    transport: str | Transport | None = None,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    basis: str | None = None,
    date: object = None,
    family: str | None = None,
    corridor: str | None = None,
    claims: object = None,
    containers_per_voyage: object = None,
    catalog: Catalog | None = None,
) -> Audit:
    """Return what a claim of rounds in transports takes to be true, and whether that can be.

    A verdict is about the number, not about the flow: a plausible number may still be false.

    Parameters
    ----------
    count : number, (low, high) pair, str or pint quantity
        How many transports were claimed: 6700, "at least 10,000 containers", "64 voyages" [transport or voyage].
    rounds : number, (low, high) pair, str or pint quantity
        How many rounds: "more than 3M", "up to 4.8M", "4.2-5.8M" [round].
    munition : str
        Its name; rounds of nothing in particular cannot be judged [unitless].
    transport : str or Transport, optional
        Its name or record; when left out that of your own packings, where they agree, else "20ft-24t" [unitless].
    packings : str, Physical, Reported or iterable of these, optional
        What to hold it against; the four shipped ones when left out. The verdict rests on `ceiling` and `as-loaded` in
        any case [unitless].
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
        If there is no munition, a number is not above 0, a range is upside down, words contradict each other, the
        date is none, or containers to a voyage are given and no voyages counted.
    UnitError
        If a side counts something else.
    UnknownItemError
        If a name is not in the catalog.
    DataError
        If the table of claims does not hold.

    Notes
    -----
    With S all ratios the claim allows (a floor everything above it, a ceiling everything below), the verdict is
    `impossible` where S lies above payload over least projectile mass, or above inner volume over the volume of a
    round; else `only as a capacity` where S lies above the 95th percentile of `as-loaded`; `below what is seen` where
    it lies under the 5th; `plausible as contents` where it meets what is between. Voyages have the first limit only by
    `containers_per_voyage`; without it what lies above the band of `ceiling` is `not decidable`. The position in a band
    is the share of draws below plus half of those equal, so that it is fair where many draws agree.

    Examples
    --------
    >>> found = audit(6_700, "more than 3M", "152mm")
    >>> found.verdict, round(found.ratio[0], 1), round(found.kg_per_round[0], 1)
    ('only as a capacity', 447.8, 48.6)
    """
    catalog = as_catalog(catalog)
    asked = packed.list_packings(packings)
    statement, record, box, alias = _read(count, rounds, munition, transport, asked, date, family, corridor, catalog)
    if basis is not None and not (isinstance(basis, str) and basis in ("capacity", "contents")):
        raise bad_argument("basis", basis, "capacity or contents")
    ratio = bounded_ratio_of(statement)
    assert ratio is not None  # both sides were read
    if not (ratio[0] > 0 and max(ratio[1], box.payload_kg / ratio[0]) < math.inf):
        fix = "Check both numbers: rounds per transport, and kg to a round, must come out finite and above 0."
        raise bad_argument("rounds", rounds, f"in some proportion to count={shown(count)}", fix)
    own = () if claims is None else read_claims(claims, catalog)
    context = of_record({row.claim: row for row in (*record_of(catalog), *own)}.values())
    statement, found = _placed(statement, context)
    used = {row.claim for row in reported_claims(record, box, catalog)}
    left_out = tuple(key for key in found if key in used)

    voyages = statement.kind == "voyage"
    boxes_each = _most_containers(statement.kind, box, containers_per_voyage, catalog)
    limit = None
    if boxes_each < math.inf:
        each, limited_by = packed.hard_limit(record, box)
        limit = each * boxes_each, limited_by

    def position(packing: str | Packing) -> Position:
        return position_of(record, box, packing, ratio, statement, left_out, containers_per_voyage, catalog)

    positions = [position(packing) for packing in asked]
    held_against = {one.packing: one for one in positions}
    # The verdict rests on these two, whether or not they were asked for.
    seen, ceiling = (held_against.get(name) or position(name) for name in ("as-loaded", "ceiling"))
    verdict, because = verdict_on(statement, ratio, limit, seen, ceiling)
    findings = list(findings_of(statement, context, catalog, basis))
    if basis == "contents" and verdict == "only as a capacity":
        findings.append(Finding("capacity told as contents", because))
    notes = [alias] if alias else []
    notes += notes_on(statement, ratio, limit, seen, ceiling)
    notes += where_found(found, left_out, {row.claim for row in own})
    notes += carried_over(asked, box)
    notes += siblings_of(statement, context, box, catalog)
    changes: tuple[str, ...] = ()
    if limit is not None and verdict == "impossible":
        changes = changes_for(statement, ratio, limit, record, box, boxes_each, catalog)
    chosen = sampling.current_settings()
    return Audit(
        statement=statement,
        munition=record,
        transport=box,
        verdict=verdict,
        because=because,
        ratio=ratio,
        hard_limit=limit[0] if limit else None,
        kg_per_round=None if voyages else (box.payload_kg / ratio[1], box.payload_kg / ratio[0]),
        kg_per_round_as_loaded=None if voyages else kg_as_loaded(box, ratio, seen, catalog),
        m3_per_round=None if voyages else room_for_one(box, ratio),
        positions=tuple(positions),
        changes=changes,
        findings=tuple(findings),
        notes=tuple(dict.fromkeys(notes)),
        left_out=left_out,
        made_by={"shellflow": __version__, "data": catalog.digest, "n": chosen.n, "seed": chosen.seed},
    )


def _most_containers(kind: str, box: Transport, containers_per_voyage: object, catalog: Catalog) -> float:
    """Return the most containers to a voyage, infinite where it is not stated, and 1 where no voyages are counted."""
    if containers_per_voyage is None:
        return math.inf if kind == "voyage" else 1.0
    counted = _build.count_term(f"1 {kind}", box, containers_per_voyage, catalog)  # refuses it where it does not belong
    assert isinstance(counted, Product)
    _, carried = counted.factors
    assert isinstance(carried, Input)
    return carried.distribution.support[1]


def _read(
    count: object,
    rounds: object,
    munition: object,
    transport: object,
    asked: Sequence[str | Packing],
    date: object,
    family: str | None,
    corridor: str | None,
    catalog: Catalog,
) -> tuple[Statement, Munition, Transport, str | None]:
    if not isinstance(munition, str) or not munition.strip():
        fix = "No packing is known for rounds of any kind; see `shellflow catalog munitions`."
        raise bad_argument("munition", munition, "the name of a munition", fix)
    record, alias = packed.find_munition(munition, catalog)
    own = packed.own_transports(asked)
    if transport is None and len(own) == 1:
        (transport,) = own
    box = packed.find_transport(packed.DEFAULT_TRANSPORT if transport is None else transport, catalog)
    for argument, value in (("family", family), ("corridor", corridor)):
        if value is not None and not (isinstance(value, str) and value.strip()):
            raise bad_argument(argument, value, "a text that is not empty")
    units, fired = read_side(count, "count"), read_side(rounds, "rounds")
    if fired.noun not in (None, "round"):
        raise UnitError(f"rounds={said(fired, fired.noun)}: expected rounds. Is it the other way round?")
    kind = box.kind
    if units.noun == "voyage":
        if kind != "container":
            raise UnitError(
                f"count={said(units, 'voyage')}: voyages carry containers, and {box.transport} is a {kind}."
            )
        kind = "voyage"
    elif units.noun not in (None, kind):
        named = " or ".join(repr(one.transport) for one in transports_of(units.noun, catalog))
        fix = f" Give transport={named}." if named else ""
        raise UnitError(f"count={said(units, units.noun)}: {box.transport} is a {kind}.{fix}")
    statement = Statement(
        key="",
        date="" if date is None else as_date(date, "date"),
        claimant="",
        family=(family or "").strip(),
        corridor=(corridor or "").strip(),
        kind=kind,
        transport=box.transport if transport is not None else "",
        units=replace(units, noun=kind),
        rounds=replace(fired, noun="round"),
        munition=record.munition,
        alternative_to="",
        ratio_bound=ratio_bound(fired.bound, units.bound),
    )
    return statement, record, box, alias


def _placed(one: Statement, context: Sequence[Statement]) -> tuple[Statement, tuple[str, ...]]:
    """Return the claim with the place of the row it repeats, if any, and the keys of the rows it may be.

    Rows with the same numbers are to be left out of `reported` whatever they are said to bound, since `reported` is
    fitted to the numbers, and said up to a month apart, since a claim is quoted for weeks; the claim is taken for a row
    itself only where its words agree too.
    """
    assert one.units is not None
    assert one.rounds is not None
    same = [
        row
        for row in context
        if row.units is not None
        and row.rounds is not None
        and row.munition == one.munition
        and row.kind == one.kind
        and (stated(row.units), stated(row.rounds)) == (stated(one.units), stated(one.rounds))
        and (not one.transport or not row.transport or row.transport == one.transport)
        and (not one.family or row.family.casefold() == one.family.casefold())
        and (not one.corridor or row.corridor.casefold() == one.corridor.casefold())
        and dates_meet(one.date, row.date)
    ]
    keys = tuple(row.key for row in same)
    bounds = [(row.units.bound, row.rounds.bound) for row in same if row.units and row.rounds]
    for row, bound in zip(same, bounds, strict=True):
        if bound == (one.units.bound, one.rounds.bound):
            return replace(row, ratio_bound=one.ratio_bound), keys
    return one, keys
