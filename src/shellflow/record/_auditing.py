"""A claim held against every packing, against what cannot be, and against the rest of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from shellflow import catalog as facts
from shellflow import packings as packed
from shellflow import worlds
from shellflow._version import __version__
from shellflow.catalog import Catalog, Munition, Transport
from shellflow.errors import UnitError, bad_argument
from shellflow.packings import Packing, Physical, Reported
from shellflow.record._audit import Audit
from shellflow.record._claims import read_claims, record_of
from shellflow.record._findings import Finding, findings_of
from shellflow.record._judging import changes_for, kg_as_loaded, position_of, room_for_one, verdict_on
from shellflow.record._limits import hard_limit, transports_of
from shellflow.record._remarks import notes_on, siblings_of
from shellflow.record._statements import (
    Statement,
    as_date,
    of_record,
    ratio_of,
    read_side,
    said,
    stated,
)

__all__ = ["audit"]


def audit(
    count: object,
    rounds: object,
    munition: str | None = None,
    *,
    transport: str | Transport | None = None,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    told_as: str | None = None,
    date: object = None,
    family: str | None = None,
    corridor: str | None = None,
    claims: object = None,
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
        Its name or record; "20ft-24t" when left out [unitless].
    packings : str, Physical, Reported or iterable of these, optional
        What to hold it against; the four shipped ones when left out. The verdict rests on `ceiling` and `as-loaded` in
        any case [unitless].
    told_as : "capacity" or "contents", optional
        What the claim says it speaks of, where it says so [unitless].
    date : str or date, optional
        When it was said; without one it is taken to come after all of the record [unitless].
    family, corridor : str, optional
        Which office said it, and of which flow; narrows down which row of the record it is [unitless].
    claims : path, DataFrame or iterable of rows, optional
        Claims of your own in the columns of `claims.csv`, added to the record it is compared with [unitless].
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out.

    Returns
    -------
    Audit
        Verdict, positions, findings.

    Raises
    ------
    ArgumentError
        If there is no munition, a number is not above 0, a range is upside down, words contradict each other, or the
        date is none.
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
    it lies under the 5th; `plausible as contents` where it meets what is between. The position in a band is the share
    of worlds below plus half of those equal, so that it is fair where many worlds agree.

    Examples
    --------
    >>> found = audit(6_700, "more than 3M", "152mm")
    >>> found.verdict, round(found.ratio[0], 1), round(found.kg_per_round[0], 1)
    ('only as a capacity', 447.8, 48.6)
    """
    held = catalog or facts.shipped()
    statement, record, box, alias = _read(count, rounds, munition, transport, date, family, corridor, held)
    if told_as is not None and told_as not in ("capacity", "contents"):
        raise bad_argument("told_as", told_as, "capacity or contents")
    own = () if claims is None else read_claims(claims, held)
    context = of_record({row.claim: row for row in (*record_of(held), *own)}.values())
    statement, left_out = _placed(statement, context)

    ratio = ratio_of(statement)
    assert ratio is not None  # both sides were read
    voyages = statement.kind == "voyage"
    limit = None if voyages else hard_limit(record, box)
    one = f"1 {statement.kind}"
    positions = [
        position_of(one, record, box, packing, ratio, statement, left_out, held) for packing in _asked(packings)
    ]
    held_against = {found.packing: found for found in positions}
    # The verdict rests on these two, whether or not they were asked for.
    for name in ("as-loaded", "ceiling"):
        if name not in held_against:
            held_against[name] = position_of(one, record, box, name, ratio, statement, (), held)
    seen, ceiling = held_against["as-loaded"], held_against["ceiling"]
    verdict, because = verdict_on(statement, ratio, limit, seen)
    findings = list(findings_of(statement, context, held))
    if told_as == "contents" and verdict == "only as a capacity":
        findings.append(Finding("capacity told as contents", because))
    notes = [alias] if alias else []
    notes += notes_on(statement, ratio, limit, seen, ceiling, left_out)
    notes += siblings_of(statement, context, box, held)
    chosen = worlds.current_settings()
    return Audit(
        statement=statement,
        munition=record,
        transport=box,
        verdict=verdict,
        because=because,
        ratio=ratio,
        hard_limit=limit[0] if limit else None,
        kg_per_round=None if voyages else (box.payload_kg / ratio[1], box.payload_kg / ratio[0]),
        kg_per_round_as_loaded=None if voyages else kg_as_loaded(box, ratio, seen),
        m3_per_round=None if voyages else room_for_one(box, ratio),
        positions=tuple(positions),
        changes=changes_for(statement, ratio, limit, record, box, held) if verdict == "impossible" else (),
        findings=tuple(findings),
        notes=tuple(dict.fromkeys(notes)),
        left_out=left_out,
        made_by={"shellflow": __version__, "data": held.digest, "n": chosen.n, "seed": chosen.seed},
    )


def _read(
    count: object,
    rounds: object,
    munition: object,
    transport: object,
    date: object,
    family: str | None,
    corridor: str | None,
    held: Catalog,
) -> tuple[Statement, Munition, Transport, str | None]:
    if not isinstance(munition, str) or not munition.strip():
        fix = "Rounds of nothing in particular cannot be held against a packing; see `shellflow catalog munitions`."
        raise bad_argument("munition", munition, "the name of a munition", fix)
    record, alias = facts.resolve_munition(munition, held)
    box = transport if transport is not None else packed.DEFAULT_TRANSPORT
    if not isinstance(box, Transport):
        if not isinstance(box, str):
            raise bad_argument("transport", transport, "the name of a transport", "See `shellflow catalog transports`.")
        box = facts.find(box, "transports", catalog=held)
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
        named = " or ".join(repr(one.transport) for one in transports_of(units.noun, held))
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
        ratio_bound=facts.ratio_bound(fired.bound, units.bound),
    )
    return statement, record, box, alias


def _placed(one: Statement, context: Sequence[Statement]) -> tuple[Statement, tuple[str, ...]]:
    """Return the claim with the place of the row it repeats, if any, and the keys of the rows it may be.

    Rows with the same numbers are left out of `reported` whatever they are said to bound, since `reported` is fitted to
    the numbers; the claim is taken for a row itself only where its words agree too.
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
        and (not one.date or row.date == one.date)
    ]
    keys = tuple(row.key for row in same)
    bounds = [(row.units.bound, row.rounds.bound) for row in same if row.units and row.rounds]
    for row, bound in zip(same, bounds, strict=True):
        if bound == (one.units.bound, one.rounds.bound):
            return replace(row, ratio_bound=one.ratio_bound), keys
    return one, keys


def _asked(asked: object) -> list[str | Packing]:
    if asked is None:
        return list(packed.SHIPPED)
    if isinstance(asked, str | Physical | Reported):
        return [asked]
    listed = list(asked) if isinstance(asked, Iterable) else []
    if not listed or not all(isinstance(one, str | Physical | Reported) for one in listed):
        raise bad_argument("packings", asked, "names of packings or a sf.packing(...), at least one")
    for one in listed:
        if isinstance(one, str):
            packed.check_name(one)
    return listed
