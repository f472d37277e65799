"""From sums by day to rounds: the terms of periods and of totals, and the rounds so far."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from shellflow import sampling, words
from shellflow.estimates import Estimate
from shellflow.flows import _periods, _unknowns
from shellflow.flows._increments import is_of_totals, no_band, of_increments
from shellflow.flows._ledger import Cargo, Ledger, by_day, estimate_of
from shellflow.flows._observed import have_rows
from shellflow.flows._sums import NO_SPAN
from shellflow.packings import Carried, InMass, Scattered
from shellflow.terms import Bound, Bounded, Term, add, bound_of_sum, evaluate, known_ends, scale

__all__ = [
    "NONE",
    "UNKNOWN",
    "Band",
    "Period",
    "band",
    "band_and_step",
    "estimates_of",
    "part",
    "periods_of",
    "running",
    "total_of",
    "total_term",
]


@dataclass(frozen=True, eq=False)
class Period:
    """One period of a flow, for some of its cargoes.

    Parameters
    ----------
    start, end : int or None
        First and last day of it that lie between the first and last day of the flow; None without dates [day].
    begins : int or None
        First day of the whole period [day].
    covered : tuple of pairs of int
        The days of it that the flow covers [day].
    partial : bool
        Whether the flow covers only part of it [unitless].
    rows : int
        Number of rows [unitless].
    count, mass_t : float
        Number of transports, and mass of cargo where rows give that; of a range its midpoint [transport, t].
    known : tuple of (float, float)
        Both again, but where it is a bound of what is not exact at the end that is known [transport, t].
    term : Term or None
        Its rounds; None without rows, or where no band is known of what they add [round].
    toward : Term or None
        Its part of the rounds so far; None as for `term` [round].
    cargoes : tuple of int
        Those that have rows in it, or part of one [unitless].
    accrues : bool
        Whether its rounds hang on how rows accrue over their days [unitless].
    observed : bool
        Whether a row of the flow, of whichever cargo, is dated or accrues in it [unitless].
    bound : str
        What its counts bound [unitless].
    filled : float
        Number of rows without a count that are taken for voyages [voyage].
    """

    start: int | None
    end: int | None
    begins: int | None
    covered: tuple[_periods.Span, ...]
    partial: bool
    rows: int
    count: float
    mass_t: float
    known: tuple[float, float]
    term: Term | None
    toward: Term | None
    cargoes: tuple[int, ...]
    accrues: bool
    bound: Bound
    filled: float
    observed: bool = True

    @property
    def days(self) -> int:
        """How many days of it the flow covers."""
        return sum(last - first + 1 for first, last in self.covered)


NONE = np.array([], dtype=np.intp)
"""No entries of the sums."""


def part(ledger: Ledger, place: int, entries: npt.NDArray[np.intp], *, added: bool = False) -> Term | None:
    """Return the rounds of some entries of the sums, all of one cargo; None where no band is known of them.

    `added` says that they are taken for what was added to earlier ones, where the ratio is one of totals.
    """
    cargo = ledger.cargoes[place]
    contents = of_increments(cargo.contents) if added or ledger.cut_off else cargo.contents
    if contents is None:
        return None
    amount = _counted(ledger, cargo, entries, _splits_rows(ledger, place, entries))
    if (bound := ledger.sums.bound_of_some(entries)) != "point":
        amount = Bounded(amount, bound)
    carrier = InMass if cargo.is_mass else Carried
    return carrier(amount, ledger.munition_share, contents, cargo.weights, cargo.alias)


def _splits_rows(ledger: Ledger, place: int, entries: npt.NDArray[np.intp]) -> bool:
    """Return whether some entries hang on how rows accrue: on part of the days of such rows, and not on all."""
    accrued = ledger.sums.accrued
    parts = int(np.count_nonzero(accrued[entries]))
    return parts > 0 and (ledger.splits or parts < int(np.count_nonzero(accrued[ledger.sums.group == place])))


_KG = 1000.0  # in a tonne


def _counted(ledger: Ledger, cargo: Cargo, entries: npt.NDArray[np.intp], accrues: bool) -> Term:
    """Return the transports, or the mass, of some entries of the sums."""
    factor = _KG if cargo.is_mass else 1.0
    count, half, _ = ledger.sums.of_some(entries)
    middle = _unknowns.count_of(count * factor, cargo.unit, accrues)
    lots = _lots(ledger, cargo, entries, factor) if by_day(ledger) else []
    ranged = [lot for lot in lots if lot.half > 0.0]
    error = None
    if half > 0.0 and ledger.count_errors == "shared":
        error = _unknowns.shared_error(cargo.unit, cargo.flow)
    elif ranged:
        error = _unknowns.errors_of(ranged, cargo.unit, cargo.flow, cargo.key)
    voyages = float(ledger.sums.filled[entries].sum())
    filled = _unknowns.filled_term(voyages, ledger.per_voyage) if voyages and ledger.per_voyage else None
    moving = [lot for lot in lots if lot.count > 0.0 or lot.voyages > 0.0]
    if ledger.between > 0.0 and moving:
        varies = _unknowns.variation(moving, ledger.between, cargo.flow, cargo.key)
        columns = ([getattr(lot, name) for lot in moving] for name in ("count", "half", "voyages"))
        counts, halves, of_each = map(tuple, columns)
        return Scattered(middle, counts, halves, of_each, varies, error, filled, cargo.contents, cargo.weights)
    parts: list[Term] = [middle] if count or half or filled is None else []
    parts += [] if error is None else [scale(error, half * factor, cargo.unit)]
    return add(*parts, *([] if filled is None else [filled]))


def _lots(ledger: Ledger, cargo: Cargo, entries: npt.NDArray[np.intp], factor: float) -> list[_unknowns.Lot]:
    """Return the entries apart by their errors: each by itself, but the days of one row that accrues together."""
    sums = ledger.sums
    spans: dict[tuple[float, ...], list[int]] = {}
    columns = (sums.since, sums.until, sums.count, sums.half, sums.square, sums.filled)
    for entry, *content in zip(entries.tolist(), *(column[entries].tolist() for column in columns), strict=True):
        spans.setdefault((entry,) if content[0] == NO_SPAN else tuple(content), []).append(entry)
    lots = []
    for several in spans.values():
        entry, times = several[0], len(several)
        count, half, square, voyages = (float(column[entry]) for column in columns[2:])
        # By content, since two flows of one name may differ on a day; to 12 digits, as an engine may sum in any order.
        amounts = f"{count:.12g} {half:.12g} {square:.12g}"
        since, until = int(sums.since[entry]), int(sums.until[entry])
        if since == NO_SPAN:
            day = "" if ledger.covers is None else f".{_periods.date_of(sums.day[entry])}"
            name, days = f"{cargo.key}{day}.{sums.rows[entry]} rows {amounts}", 1
        else:
            name = f"{cargo.key}.{_periods.date_of(since)} to {_periods.date_of(until)}.each day {amounts}"
            days = until - since
        amount = times * factor
        transports = (count + _usual(ledger, voyages)) * days
        numbers = (count * amount, half * amount, square * amount * amount, voyages * times, transports)
        lots.append(_unknowns.Lot(name, *numbers))
    return lots


def _usual(ledger: Ledger, voyages: float, side: int = 0) -> float:
    """Return the median of the containers of so many voyages, or the low (-1) or high (1) end of their band."""
    return voyages * ledger.per_voyage.band()[1 + side] if voyages and ledger.per_voyage else 0.0


def total_term(ledger: Ledger, places: Sequence[int]) -> Term:
    """Return all rounds of some cargoes, one part each.

    Raises
    ------
    NoDataError
        If they were added to rows that were cut off, and no band is known of such.
    """
    entries = {place: np.flatnonzero(ledger.sums.group == place) for place in places}
    term = _sum_of(
        [part(ledger, place, indices) for place, indices in entries.items() if indices.size]
        or [part(ledger, places[0], entries[places[0]])]
    )
    if term is None:
        raise no_band(ledger, places)
    return term


def _sum_of(parts: Sequence[Term | None]) -> Term | None:
    """Return a sum of parts; None where there are none, or one is not known."""
    known = [term for term in parts if term is not None]
    return add(*known) if known and len(known) == len(parts) else None


def total_of(ledger: Ledger, places: Sequence[int]) -> Estimate:
    return estimate_of(ledger, total_term(ledger, places))


def periods_of(ledger: Ledger, places: Sequence[int], *, covered_only: bool = False) -> list[Period]:
    """Return every period of a flow, for some of its cargoes; of all rows, or of those on covered days alone."""
    if ledger.covers is None:
        starts, ends = np.array([0], dtype=np.int64), np.array([0], dtype=np.int64)
    else:
        starts, ends = _periods.starts_between(*ledger.covers, ledger.by)
    is_counted = np.isin(ledger.sums.group, places)
    observed = have_rows(starts, ledger.sums.day)
    if covered_only:
        is_covered = _periods.is_within(ledger.looked_at or (), ledger.sums.day)
        observed = have_rows(starts, ledger.sums.day[is_covered])
        is_counted &= is_covered
    entries: dict[int, dict[int, list[int]]] = {}
    earliest: dict[int, int] = {}
    period = np.searchsorted(starts, ledger.sums.day, side="right") - 1
    for entry in np.flatnonzero(is_counted).tolist():
        place = int(ledger.sums.group[entry])
        earliest.setdefault(place, entry)  # the sums are in order of group, then day
        entries.setdefault(int(period[entry]), {}).setdefault(place, []).append(entry)
    firsts = np.searchsorted(ledger.sums.group, np.arange(len(ledger.cargoes)))
    left_out = {place for place, entry in earliest.items() if entry > firsts[place]}
    return [
        replace(
            _period(ledger, starts[place], ends[place], entries.get(place, {}), firsts, left_out),
            observed=bool(observed[place]),
        )
        for place in range(starts.size)
    ]


def _period(
    ledger: Ledger,
    begins: int,
    ends: int,
    entries: Mapping[int, Sequence[int]],
    firsts: npt.NDArray[np.intp],
    left_out: Collection[int],
) -> Period:
    """Return one period; `firsts` are the first entries of all cargoes, of those in `left_out` they do not count."""
    rows, filled, amounts, halves = 0, 0.0, {False: 0.0, True: 0.0}, {False: 0.0, True: 0.0}
    bounds: list[Bound] = []
    terms: list[Term | None] = []
    toward: list[Term | None] = []
    for place, indices in sorted(entries.items()):
        of_period = np.array(indices, dtype=np.intp)
        added = indices[0] > int(firsts[place])
        terms.append(part(ledger, place, of_period, added=added))
        differs = added != (place in left_out) and is_of_totals(ledger.cargoes[place])
        toward.append(part(ledger, place, of_period, added=not added) if differs else terms[-1])
        rows += int(ledger.sums.rows[indices].sum())
        filled += float(ledger.sums.filled[indices].sum())
        bounds.append(ledger.sums.bound_of_some(indices))
        count, half, _ = ledger.sums.of_some(indices)
        amounts[ledger.cargoes[place].is_mass] += count
        halves[ledger.cargoes[place].is_mass] += half
    cargoes = tuple(sorted(entries))
    accrues = any(_splits_rows(ledger, place, np.array(entries[place], dtype=np.intp)) for place in cargoes)
    term = _sum_of(terms)
    both = term, term if terms == toward else _sum_of(toward)
    bound = bound_of_sum(*bounds)
    side = {"floor": -1, "ceiling": 1}.get(bound, 0)
    known = (amounts[False] + side * halves[False] + _usual(ledger, filled, side), amounts[True] + side * halves[True])
    amount = (rows, amounts[False] + _usual(ledger, filled), amounts[True], known)
    if ledger.covers is None or ledger.looked_at is None:
        return Period(None, None, None, (), False, *amount, *both, cargoes, accrues, bound, filled)
    start, end = max(int(begins), ledger.covers[0]), min(int(ends), ledger.covers[1])
    covered = _periods.within(ledger.looked_at, int(begins), int(ends))
    period = Period(start, end, int(begins), covered, False, *amount, *both, cargoes, accrues, bound, filled)
    return replace(period, partial=period.days < int(ends) - int(begins) + 1)


def estimates_of(ledger: Ledger, places: Sequence[int]) -> dict[dt.date, Estimate]:
    """Return the rounds of each period that has rows, by its first day.

    Raises
    ------
    NoDataError
        If no band is known of one.
    """
    estimates = {}
    for period in periods_of(ledger, places):
        if period.begins is None or not period.cargoes:
            continue
        if period.term is None:
            raise no_band(ledger, places)
        estimates[_periods.date_of(period.begins)] = estimate_of(ledger, period.term)
    return estimates


Values = sampling.Floats | None
"""Rounds in every draw; None where no band is known of them."""


def running(
    ledger: Ledger, places: Sequence[int], *, covered_only: bool = False
) -> Iterator[tuple[Period, Values, Values]]:
    """Yield each period of `periods_of` with its rounds in every draw, and those up to its end."""
    nothing = np.zeros(ledger.settings.n)
    so_far: Values = nothing
    for period in periods_of(ledger, places, covered_only=covered_only):
        if not period.cargoes:
            yield period, nothing, so_far
            continue
        values = None if period.term is None else evaluate(period.term, ledger.settings)
        toward = values
        if period.toward is not period.term:
            toward = None if period.toward is None else evaluate(period.toward, ledger.settings)
        so_far = None if so_far is None or toward is None else so_far + toward
        yield period, values, so_far


Band = tuple[float, float, float]
"""Low end, median and high end; all missing where no band is known."""

UNKNOWN: Band = (math.nan, math.nan, math.nan)


def band(values: Values, level: float, bound: Bound = "point") -> Band:
    """Return low end, median and high end of the central interval of values, one a draw; missing without values.

    Of a bound only the end is known that it bounds.
    """
    return UNKNOWN if values is None else known_ends(_band_of(np.sort(values), level), bound)


def band_and_step(values: Values, level: float) -> tuple[Band, float]:
    """Return the band of values, and the step to which their median is rounded, the same at every level."""
    if values is None:
        return UNKNOWN, 1.0
    ordered = np.sort(values)
    low, median, high = _band_of(ordered, 0.9)
    return _band_of(ordered, level), words.step(low, high, median)


def _band_of(ordered: sampling.Floats, level: float) -> Band:
    tail = (1.0 - level) / 2.0
    low, median, high = (sampling.quantile(ordered, p) for p in (tail, 0.5, 1.0 - tail))
    return low, median, high
