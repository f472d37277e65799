"""A claim held against every packing, against what cannot be, and against the rest of the record."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from shellflow import catalog as facts
from shellflow import display, words, worlds
from shellflow import packings as packed
from shellflow._version import __version__
from shellflow.catalog import Catalog, Munition, Transport
from shellflow.errors import DoesNotFitError, NoDataError, UnitError, bad_argument
from shellflow.estimates import Estimate, estimate
from shellflow.packings import Packing, Physical, Reported
from shellflow.record._claims import read_claims, record_of
from shellflow.record._findings import Finding, findings_of, same_boxes
from shellflow.record._limits import hard_limit, inner_volume_m3, transports_of
from shellflow.record._statements import (
    UNSPECIFIED,
    Statement,
    as_date,
    of_record,
    ratio_of,
    read_side,
    said,
    said_ratio,
    stated,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["VERDICTS", "Audit", "Position", "audit"]

VERDICTS = (
    "impossible",
    "only as a capacity",
    "plausible as contents",
    "below what is seen",
    "not decidable",
)
"""Every verdict there is."""

_SEEN = 0.9  # from P5 to P95
_AT_CEILING = 0.95  # position in the band of the ceiling from which a claim is said to stand there
_EXACT = 1e-9  # relative; 21,750 / 43.5 is 500 and no more
_BOUNDS = {"point": "", "floor": "at least ", "ceiling": "at most ", "range": ""}
_THEN = {"point": "", "floor": "at most ", "ceiling": "at least ", "range": ""}  # more rounds, less for each

_COLUMNS = (
    display.Column("packing"),
    display.Column("answers"),
    display.Column("each", right=True),
    display.Column("90 % band", right=True),
    display.Column("position in the band", right=True),
    display.Column("claim / median", right=True),
    display.Column("limited by"),
)


@dataclass(frozen=True, eq=False)
class Position:
    """Where a claim stands in the band of one packing, or what is missing for it.

    Parameters
    ----------
    packing, answers : str
        Its name, and the question it answers [unitless].
    each : Estimate or None
        Rounds in one transport under it; None where there is none [round].
    position : tuple of two floats, or None
        Share of the worlds below each number of the ratio, plus half of those equal to it; None where the ratio bounds
        nothing [unitless].
    to_median : tuple of two floats, or None
        Each number of the ratio over the median [unitless].
    missing : str
        Why there is none, in a few words [unitless].
    """

    packing: str
    answers: str
    each: Estimate | None
    position: tuple[float, float] | None
    to_median: tuple[float, float] | None
    missing: str = ""

    @property
    def limited_by(self) -> dict[str, float]:
        """In what share of the worlds mass or space binds; empty where nothing is packed."""
        return {} if self.each is None else self.each.limited_by


@dataclass(frozen=True, eq=False, repr=False)
class Audit:
    """What a claim takes to be true; made by `audit`.

    Parameters
    ----------
    statement : Statement
        The claim as stated.
    munition, transport : Munition, Transport
        Of what, and in what.
    verdict : str
        One of `VERDICTS` [unitless].
    because : str
        Why, in a sentence [unitless].
    ratio : tuple of two floats
        Rounds to a transport by the numbers stated, equal where each side states one [round/transport].
    hard_limit : float or None
        Rounds that no transport can exceed; None of voyages [round/transport].
    kg_per_round : tuple of two floats, or None
        What a round with its packaging may weigh at full payload, for each number of the ratio; None of voyages [kg].
    kg_per_round_as_loaded : tuple of two floats, or None
        Likewise at the median observed load; None where there is none [kg].
    m3_per_round : tuple of two floats, or None
        What room there is for a round, likewise; None where the inside is not known [m3].
    positions : tuple of Position
        One for each packing.
    changes : tuple of str
        What would make an impossible claim possible, the smallest change first [unitless].
    findings : tuple of Finding
        What is broken about the number.
    notes : tuple of str
        What else is worth knowing, in words [unitless].
    left_out : tuple of str
        Keys of the claims left out of `reported`, as they are this one [unitless].
    made_by : dict of str to object
        What makes it again: library version, hash of the data, number of worlds and seed.
    """

    statement: Statement
    munition: Munition
    transport: Transport
    verdict: str
    because: str
    ratio: tuple[float, float]
    hard_limit: float | None
    kg_per_round: tuple[float, float] | None
    kg_per_round_as_loaded: tuple[float, float] | None
    m3_per_round: tuple[float, float] | None
    positions: tuple[Position, ...]
    changes: tuple[str, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    made_by: dict[str, object]

    @property
    def ratio_bound(self) -> str:
        """What rounds over transports bounds: point, floor, ceiling, range or none."""
        return self.statement.ratio_bound

    def __getitem__(self, packing: str) -> Position:
        """Return the position in the band of one packing.

        Raises
        ------
        ArgumentError
            If the claim was not held against it.
        """
        for one in self.positions:
            if one.packing == packing:
                return one
        raise bad_argument("packing", packing, f"one of {', '.join(one.packing for one in self.positions)}")

    def rows(self, level: float = 0.9) -> list[dict[str, object]]:
        """Return one plain row for each packing, as in `to_frame`.

        Parameters
        ----------
        level : float
            Share of the worlds in the band, in (0, 1) [unitless].

        Returns
        -------
        list of dict of str to object
            The columns of `to_frame`; None where there is no estimate.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return [self._row(one, level) for one in self.positions]

    def _row(self, one: Position, level: float) -> dict[str, object]:
        low, median, high = (None, None, None) if one.each is None else one.each.band(level)
        position_low, position_high = one.position or (None, None)
        return {
            "claim": self.claim,
            "munition": self.munition.munition,
            "transport": self.transport.transport,
            "verdict": self.verdict,
            "ratio_bound": self.ratio_bound,
            "ratio_low": self.ratio[0],
            "ratio_high": self.ratio[1],
            "packing": one.packing,
            "answers": one.answers or None,
            "each_low": low,
            "each_median": median,
            "each_high": high,
            "level": level,
            "position_low": position_low,
            "position_high": position_high,
            "to_median_low": one.to_median[0] if one.to_median else None,
            "to_median_high": one.to_median[1] if one.to_median else None,
            "mass": one.limited_by.get("mass"),
            "space": one.limited_by.get("space"),
            "findings": "; ".join(finding.name for finding in self.findings) or None,
            "missing": one.missing or None,
        }

    def to_frame(self, level: float = 0.9) -> pd.DataFrame:
        """Return it as a table, one row for each packing.

        Parameters
        ----------
        level : float
            Share of the worlds in the band, in (0, 1) [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns claim, munition, transport, verdict, ratio_bound, ratio_low, ratio_high, packing, answers, each_low,
            each_median, each_high, level, position_low, position_high, to_median_low, to_median_high, mass, space,
            findings, missing.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        import pandas as pd

        return pd.DataFrame(self.rows(level))

    @property
    def claim(self) -> str:
        """The claim as it was read."""
        one = self.statement
        return f"{said(one.rounds, 'round')} of {self.munition.munition} in {said(one.units, one.kind)}"

    def headings(self) -> tuple[display.Column, ...]:
        """Return the headings of `cells`.

        Returns
        -------
        tuple of display.Column
            One for each cell.

        Raises
        ------
        Nothing.
        """
        return _COLUMNS

    def cells(self) -> list[list[str]]:
        """Return one row of words for each packing, for a table with the headings of `headings`.

        Returns
        -------
        list of list of str
            The cells; a row without an estimate ends with what is missing.

        Raises
        ------
        Nothing.
        """
        return [_cells(one) for one in self.positions]

    def before(self) -> list[str]:
        """Return what stands above the table, line by line.

        Returns
        -------
        list of str
            The claim, the verdict, and what the ratio takes.

        Raises
        ------
        Nothing.
        """
        kind = self.statement.kind
        box = f" ({self.transport.transport})"
        lines = [f"{self.claim}{box}", "", f"{self.verdict}: {self.because}", ""]
        if self.ratio_bound == "none":
            lines.append(f"rounds to a {kind}: may be anything, since both sides are open the same way")
        else:
            lines.append(f"rounds to a {kind}: {_BOUNDS[self.ratio_bound]}{said_ratio(*self.ratio)}")
            most = _THEN[self.ratio_bound]
            if self.kg_per_round:
                bare = facts.projectile_mass(self.munition).distribution.support
                lines.append(
                    f"kg per round, packaging and all: {most}{_span(self.kg_per_round)} at full payload"
                    + (f", {_span(self.kg_per_round_as_loaded)} as loaded" if self.kg_per_round_as_loaded else "")
                    + f" (bare: {_span(bare)})"
                )
            if self.m3_per_round:
                lines.append(f"space per round: {most}{_span(self.m3_per_round)} m3")
        return lines

    def after(self) -> list[str]:
        """Return what stands below the table, line by line.

        Returns
        -------
        list of str
            Changes, findings and notes.

        Raises
        ------
        Nothing.
        """
        lines = [f"to be possible it would take {one}" for one in self.changes]
        lines += [f"finding: {one}" for one in self.findings]
        return [f"- {one}" for one in (*lines, *self.notes)]

    def __str__(self) -> str:
        after = self.after()
        made = ", ".join(f"{key} {value}" for key, value in self.made_by.items())
        table = display.table(_COLUMNS, self.cells())
        return "\n".join([*self.before(), "", table, *(["", *after] if after else []), "", f"made by: {made}"])

    def _repr_html_(self) -> str:
        from shellflow.record import _show

        return _show.card_of(self)

    def plot(self, *, level: float = 0.9, source: bool = False, ax: Axes | None = None) -> Axes:
        """Draw the claim across the bands of rounds to a transport, one for each packing, and the ceiling as a line.

        Needs matplotlib: `pip install "shellflow[plot]"`. The position in the band is what the table has, not this.

        Parameters
        ----------
        level : float
            Share of the worlds in the bands, in (0, 1) [unitless].
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
        ArgumentError
            If `level` is outside (0, 1), or `ax` is no axes.
        """
        from shellflow.record import _show

        return _show.figure_of(self, level, source, ax)

    def __repr__(self) -> str:
        return f"<Audit of {self.claim}: {self.verdict}>"


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
    positions = [_position(one, record, box, packing, ratio, statement, left_out, held) for packing in _asked(packings)]
    held_against = {found.packing: found for found in positions}
    # The verdict rests on these two, whether or not they were asked for.
    for name in ("as-loaded", "ceiling"):
        if name not in held_against:
            held_against[name] = _position(one, record, box, name, ratio, statement, (), held)
    seen, ceiling = held_against["as-loaded"], held_against["ceiling"]
    verdict, because = _judge(statement, ratio, limit, seen)
    findings = list(findings_of(statement, context, held))
    if told_as == "contents" and verdict == "only as a capacity":
        findings.append(Finding("capacity told as contents", because))
    notes = [alias] if alias else []
    notes += _notes(statement, ratio, limit, seen, ceiling, left_out)
    notes += _siblings(statement, context, box, held)
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
        kg_per_round_as_loaded=None if voyages else _at_load(box, ratio, seen),
        m3_per_round=None if voyages else _room(box, ratio),
        positions=tuple(positions),
        changes=_changes(statement, ratio, limit, record, box, held) if verdict == "impossible" else (),
        findings=tuple(findings),
        notes=tuple(dict.fromkeys(notes)),
        left_out=left_out,
        made_by={"shellflow": __version__, "data": held.digest, "n": chosen.n, "seed": chosen.seed},
    )


# --- reading ----------------------------------------------------------------------------------------------------------


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


# --- judging ----------------------------------------------------------------------------------------------------------


def _position(
    one: str,
    munition: Munition,
    box: Transport,
    packing: str | Packing,
    ratio: tuple[float, float],
    statement: Statement,
    left_out: tuple[str, ...],
    held: Catalog,
) -> Position:
    name = packing if isinstance(packing, str) else packing.name
    try:
        if packing == "reported":
            packing = packed.shipped("reported", munition, box, held, without=left_out)
        each = estimate(one, munition, packing=packing, transport=box, catalog=held)
        values = each.values
    except NoDataError as error:
        missing = f"no data: missing {error.missing}" if error.missing else str(error)
        return Position(name, "", None, None, None, missing)
    except DoesNotFitError:
        return Position(name, "", None, None, None, "does not fit")
    if statement.ratio_bound == "none":
        return Position(name, each.answers, each, None, None)
    median = each.band()[1]
    low, high = (_share_below(values, number) for number in ratio)
    return Position(
        name, each.answers, each, (low, high), (ratio[0] / median, ratio[1] / median) if median > 0 else None
    )


def _share_below(values: worlds.Floats, number: float) -> float:
    slack = _EXACT * number
    below, equal = np.mean(values < number - slack), np.mean(np.abs(values - number) <= slack)
    return float(below + equal / 2)


def _judge(
    statement: Statement, ratio: tuple[float, float], limit: tuple[float, str] | None, seen: Position
) -> tuple[str, str]:
    bound, kind = statement.ratio_bound, statement.kind
    if bound == "none":
        return "not decidable", (
            f"the ratio bounds nothing: {said(statement.rounds, 'round')} over {said(statement.units, kind)}"
        )
    low = 0.0 if bound == "ceiling" else ratio[0]
    high = np.inf if bound == "floor" else ratio[1]
    said_low, said_high = said_ratio(ratio[0], ratio[0]), said_ratio(ratio[1], ratio[1])
    if limit is not None and low > limit[0] * (1 + _EXACT):
        what = "payload over the least mass of a round" if limit[1] == "mass" else "inner volume over that of a round"
        return "impossible", f"{said_low} rounds to a {kind} is above {limit[0]:,.1f}, {what}"
    if seen.each is None:
        return "not decidable", f"no data on what such a {kind} holds as loaded ({seen.missing})"
    tail_low, _, tail_high = seen.each.band(_SEEN)
    if low > tail_high * (1 + _EXACT):
        return "only as a capacity", (
            f"{said_low} rounds to a {kind} is above what observed loads give ({tail_high:,.0f}, their P95)"
        )
    if high < tail_low * (1 - _EXACT):
        return "below what is seen", (
            f"{said_high} rounds to a {kind} is under what observed loads give ({tail_low:,.0f}, their P5)"
        )
    return "plausible as contents", (
        f"observed loads give {tail_low:,.0f} to {tail_high:,.0f} rounds to a {kind} (P5 to P95)"
    )


def _at_load(box: Transport, ratio: tuple[float, float], seen: Position) -> tuple[float, float] | None:
    if seen.each is None:
        return None
    load_kg = min(facts.observed_load(box.kind).band()[1], box.payload_kg)
    return load_kg / ratio[1], load_kg / ratio[0]


def _room(box: Transport, ratio: tuple[float, float]) -> tuple[float, float] | None:
    volume_m3 = inner_volume_m3(box)
    return None if volume_m3 is None else (volume_m3 / ratio[1], volume_m3 / ratio[0])


def _changes(
    statement: Statement,
    ratio: tuple[float, float],
    limit: tuple[float, str] | None,
    munition: Munition,
    box: Transport,
    held: Catalog,
) -> tuple[str, ...]:
    """Return what would make the claim possible, by how much it would change, least first."""
    assert limit is not None  # without a limit nothing is impossible
    assert statement.units is not None
    needed, kind = ratio[0] * (1 - _EXACT), box.kind
    most = math.floor(limit[0] * stated(statement.units)[1] * (1 + _EXACT))
    fewer = 1 - limit[0] / ratio[0]
    found = [(ratio[0] / limit[0], f"no more than {most:,} rounds, {words.percent(fewer)} fewer")]
    every = [facts.find(key, "transports", catalog=held) for key in facts.names("transports", catalog=held)]
    carriers = [(hard_limit(munition, one)[0], one) for one in every]
    enough = [one for one in carriers if one[0] >= needed]
    # Another kind would be counted in other words, so it comes second.
    nearest = min(enough, key=lambda one: (one[1].kind != kind, one[0]), default=None)
    if nearest is not None:
        other = nearest[1]
        said_box = (
            f"a heavier transport: {other.transport} ({other.payload_kg:,.0f} kg against {box.payload_kg:,.0f} kg)"
        )
        found.append((nearest[0] / limit[0], said_box))
    shells = [facts.find(key, "munitions", catalog=held) for key in facts.names("munitions", catalog=held)]
    lighter = [(hard_limit(one, box)[0], one) for one in shells if hard_limit(one, box)[0] >= needed]
    if lighter:
        lighter_limit, instead = min(lighter, key=lambda one: one[0])
        least_kg = facts.projectile_mass(instead).distribution.support[0]
        found.append((lighter_limit / limit[0], f"another munition: {instead.munition} (from {least_kg:.3g} kg)"))
    return tuple(text for _, text in sorted(found, key=lambda one: one[0]))


# --- what else there is to say ----------------------------------------------------------------------------------------


def _notes(
    statement: Statement,
    ratio: tuple[float, float],
    limit: tuple[float, str] | None,
    seen: Position,
    ceiling: Position,
    left_out: tuple[str, ...],
) -> list[str]:
    notes = []
    bound, kind = statement.ratio_bound, statement.kind
    if seen.each is not None and bound != "none":
        notes.append(_at_observed_loads(statement, ratio, seen.each))
    possible = limit is None or ratio[0] <= limit[0] * (1 + _EXACT)
    if possible and ceiling.position is not None and bound != "ceiling" and ceiling.position[0] >= _AT_CEILING:
        notes.append(
            f"{said_ratio(ratio[0], ratio[0])} rounds to a {kind} stands at or above the ceiling of bare rounds: "
            f"position in its band {words.percent(ceiling.position[0])}"
        )
    if limit is not None and bound == "range" and ratio[0] <= limit[0] < ratio[1]:
        notes.append(f"its high end is above {limit[0]:,.1f} rounds to a {kind}, which no packing can beat")
    if bound == "ceiling" and seen.each is not None and ratio[1] > seen.each.band(_SEEN)[2]:
        notes.append("as a ceiling it rules out nothing that has been seen; read as a number it would be a capacity")
    if left_out:
        notes.append(f"it is in the record ({', '.join(left_out)}), and is left out of `reported` here")
    return notes


def _at_observed_loads(statement: Statement, ratio: tuple[float, float], each: Estimate) -> str:
    low, median, high = each.band(_SEEN)
    part = " to ".join(dict.fromkeys(map(_times, (median / ratio[1], median / ratio[0]))))
    units = statement.units
    assert units is not None
    if units.bound == "point":
        count = stated(units)[0]
        low, median, high = low * count, median * count, high * count
    step = words.step(low, high, median)
    whose = f"the same {said(units, statement.kind)}" if units.bound == "point" else f"a {statement.kind}"
    verb = "come" if units.bound == "point" and stated(units)[0] != 1 else "comes"
    return (
        f"as contents at observed loads {whose} {verb} to {words.say(median, step)} rounds "
        f"(90 %: {words.say_band(low, high, step)}), {part} of the claim"
    )


def _siblings(one: Statement, context: Sequence[Statement], box: Transport, held: Catalog) -> list[str]:
    """Return what was said of the same transports of other munitions, and what binds those; misquotations left out."""
    notes: dict[tuple[str, float], str] = {}
    for other in context:
        ratio = ratio_of(other)
        if ratio is None or other.munition in (one.munition, UNSPECIFIED) or not same_boxes(one, other):
            continue
        if (other.munition, ratio[0]) in notes or findings_of(other, context, held):
            continue
        binds = _binding(other.munition, box, held) if one.kind != "voyage" else ""
        notes[other.munition, ratio[0]] = (
            f"of the same {said(one.units, one.kind)} was said: {said(other.rounds, 'round')} of {other.munition}, "
            f"{said_ratio(*ratio)} each{binds} [{other.key}]"
        )
    return list(notes.values())


def _binding(munition: str, box: Transport, held: Catalog) -> str:
    record = facts.resolve_munition(munition, held)[0]
    try:
        crated = estimate(1, record, packing="crated", transport=box, catalog=held)
        limit, share = max(crated.limited_by.items(), key=lambda one: one[1])
    except (NoDataError, DoesNotFitError):
        return ""
    long = f", {record.length_m:g} m long" if record.length_m else ""
    return (
        f"; crated, {limit} binds in {words.percent(share)} of the worlds "
        f"(median {crated.band()[1]:,.0f}; a {record.kind}{long})"
    )


# --- in words ---------------------------------------------------------------------------------------------------------


def _cells(one: Position) -> list[str]:
    if one.each is None:
        return [one.packing, one.missing]
    low, median, high = one.each.band()
    step = words.step(low, high, median)
    limits = [f"{limit} {words.percent(share)}" for limit, share in one.limited_by.items() if share > 0]
    position = " to ".join(dict.fromkeys(map(words.percent, one.position))) if one.position else "-"
    to_median = " to ".join(dict.fromkeys(map(_times, one.to_median))) if one.to_median else "-"
    return [
        one.packing,
        one.answers,
        words.say(median, step),
        words.say_band(low, high, step),
        position,
        to_median,
        ", ".join(limits) or "-",
    ]


def _span(values: tuple[float, float]) -> str:
    return " to ".join(dict.fromkeys(f"{value:.3g}" if value < 1000 else f"{value:,.0f}" for value in values))


def _times(value: float) -> str:
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.1g}"
