"""From sums by day to rounds: the terms of periods and of totals, and the rounds so far."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from shellflow import sampling, words
from shellflow.estimates import Estimate
from shellflow.flows import _periods, _unknowns
from shellflow.flows._ledger import Cargo, Ledger, by_day, estimate_of
from shellflow.packings import Carried, Scattered
from shellflow.terms import Term, add, evaluate

__all__ = [
    "NONE",
    "Band",
    "Period",
    "band",
    "band_and_step",
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
    count : float
        Number of transports, of a range its midpoint [transport].
    term : Term or None
        Its rounds; None without rows [round].
    cargoes : tuple of int
        Those that have rows in it [unitless].
    """

    start: int | None
    end: int | None
    begins: int | None
    covered: tuple[_periods.Span, ...]
    partial: bool
    rows: int
    count: float
    term: Term | None
    cargoes: tuple[int, ...]

    @property
    def days(self) -> int:
        """How many days of it the flow covers."""
        return sum(last - first + 1 for first, last in self.covered)


NONE = np.array([], dtype=np.intp)
"""No entries of the sums."""


def part(ledger: Ledger, place: int, entries: npt.NDArray[np.intp]) -> Term:
    """Return the rounds of some entries of the sums, all of one cargo."""
    cargo = ledger.cargoes[place]
    kind = cargo.contents[0].transport.kind
    alone = entries[:0]
    if by_day(ledger):
        single = (ledger.sums.count[entries] > 0.0) if ledger.between > 0.0 else (ledger.sums.half[entries] > 0.0)
        alone, entries = entries[single], entries[~single]
    counted = [_of_day(ledger, cargo, kind, entry) for entry in alone]
    if entries.size or not counted:
        sums = ledger.sums.of_some(entries)
        counted.insert(0, _unknowns.count_term(*sums, kind, "shared", cargo.flow, ""))
    return Carried(add(*counted), ledger.munition_share, cargo.contents, cargo.weights, cargo.alias)


def _of_day(ledger: Ledger, cargo: Cargo, kind: str, entry: int) -> Term:
    count, half, square = ledger.sums.of_some([entry])
    # By content, since two flows of one name may differ on a day; to 12 digits, as an engine may sum in any order.
    content = f"{ledger.sums.rows[entry]} rows {count:.12g} {half:.12g} {square:.12g}"
    day = "" if ledger.covers is None else f".{_periods.date_of(ledger.sums.day[entry])}"
    which = f"{cargo.key}{day}.{content}"
    counted = _unknowns.count_term(count, half, square, kind, ledger.count_errors, cargo.flow, which)
    if ledger.between == 0.0:
        return counted
    return Scattered(
        counted, _unknowns.variation(ledger.between, count, cargo.flow, which), cargo.contents, cargo.weights
    )


def total_term(ledger: Ledger, places: Sequence[int]) -> Term:
    """Return all rounds of some cargoes, one part each."""
    entries = {place: np.flatnonzero(ledger.sums.group == place) for place in places}
    parts = [part(ledger, place, chosen) for place, chosen in entries.items() if chosen.size]
    return add(*(parts or [part(ledger, places[0], entries[places[0]])]))


def total_of(ledger: Ledger, places: Sequence[int]) -> Estimate:
    return estimate_of(ledger, total_term(ledger, places))


def periods_of(ledger: Ledger, places: Sequence[int], *, covered_only: bool = False) -> list[Period]:
    """Return every period of a flow, for some of its cargoes; of all rows, or of those on days that it covers."""
    if ledger.covers is None:
        starts, ends = np.array([0], dtype=np.int64), np.array([0], dtype=np.int64)
    else:
        starts, ends = _periods.starts_between(*ledger.covers, ledger.by)
    wanted = np.isin(ledger.sums.group, places)
    if covered_only:
        wanted &= _periods.is_within(ledger.looked_at or (), ledger.sums.day)
    entries: dict[int, dict[int, list[int]]] = {}
    period = np.searchsorted(starts, ledger.sums.day, side="right") - 1
    for entry in np.flatnonzero(wanted).tolist():
        groups = entries.setdefault(int(period[entry]), {})
        groups.setdefault(int(ledger.sums.group[entry]), []).append(entry)
    return [_period(ledger, starts[place], ends[place], entries.get(place, {})) for place in range(starts.size)]


def _period(ledger: Ledger, begins: int, ends: int, entries: Mapping[int, Sequence[int]]) -> Period:
    terms, rows, transports = [], 0, 0.0
    for place, chosen in sorted(entries.items()):
        terms.append(part(ledger, place, np.array(chosen, dtype=np.intp)))
        rows, transports = rows + int(ledger.sums.rows[chosen].sum()), transports + ledger.sums.of_some(chosen)[0]
    term = add(*terms) if terms else None
    if ledger.covers is None or ledger.looked_at is None:
        return Period(None, None, None, (), False, rows, transports, term, tuple(sorted(entries)))
    start, end = max(int(begins), ledger.covers[0]), min(int(ends), ledger.covers[1])
    covered = _periods.within(ledger.looked_at, int(begins), int(ends))
    made = Period(start, end, int(begins), covered, False, rows, transports, term, tuple(sorted(entries)))
    return replace(made, partial=made.days < int(ends) - int(begins) + 1)


def running(
    ledger: Ledger, places: Sequence[int], *, covered_only: bool = False
) -> Iterator[tuple[Period, sampling.Floats, sampling.Floats]]:
    """Yield each period with its rounds in every draw, and those up to its end; of all rows or as `periods_of`."""
    nothing = np.zeros(ledger.settings.n)
    so_far = nothing
    for period in periods_of(ledger, places, covered_only=covered_only):
        values = nothing if period.term is None else evaluate(period.term, ledger.settings)
        if period.term is not None:
            so_far = so_far + values
        yield period, values, so_far


Band = tuple[float, float, float]
"""Low end, median and high end."""


def band(values: sampling.Floats, level: float) -> Band:
    """Return low end, median and high end of the central interval of values, one a draw."""
    return _band_of(np.sort(values), level)


def band_and_step(values: sampling.Floats, level: float) -> tuple[Band, float]:
    """Return the band of values, and what their median is rounded to, which is the same at every level."""
    ordered = np.sort(values)
    low, median, high = _band_of(ordered, 0.9)
    return _band_of(ordered, level), words.step(low, high, median)


def _band_of(ordered: sampling.Floats, level: float) -> Band:
    tail = (1.0 - level) / 2.0
    low, median, high = (sampling.quantile(ordered, p) for p in (tail, 0.5, 1.0 - tail))
    return low, median, high
