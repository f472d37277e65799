"""From sums by day to rounds: what a group of rows carries, the terms of its periods, and their running total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shellflow import sampling, words
from shellflow.errors import ArgumentError
from shellflow.estimates import _terms
from shellflow.estimates._terms import Carried, Scattered, Sum, Term
from shellflow.flows import _periods, _unknowns
from shellflow.inputs import Input
from shellflow.packings import Packing

if TYPE_CHECKING:
    from shellflow.flows._flow import Flow

__all__ = [
    "NONE",
    "Band",
    "Cargo",
    "Period",
    "band",
    "band_and_step",
    "check_apart",
    "part",
    "periods_of",
    "running",
    "sum_of",
    "total_term",
]

_AT_ONCE = 64  # terms that are added in one go, since all of them are then held in memory


@dataclass(frozen=True, eq=False)
class Cargo:
    """What a group of rows carries: everything that turns its count into rounds.

    Parameters
    ----------
    flow : str
        Name of the flow the rows are from [unitless].
    key : str
        Munition, transport and packing, as part of the names of the unknowns of single days [unitless].
    munition : str
        What outputs call it [unitless].
    contents : tuple of Packing
        One, or several of a mix.
    weights : tuple of Input
        Of a mix.
    alias : str
        A note on how the name was read [unitless].
    """

    flow: str
    key: str
    munition: str
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...]
    alias: str

    @property
    def basis(self) -> str:
        """What its packings answer: capacity or contents."""
        return self.contents[0].basis

    def is_like(self, other: Cargo) -> bool:
        """Whether the rows of both may be summed."""
        names = ("flow", "key", "munition", "contents", "weights")
        return all(getattr(self, name) == getattr(other, name) for name in names)


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


def _by_day(flow: Flow) -> bool:
    """Whether each day and cargo has unknowns of its own, so that days add up to any period."""
    return flow.spread > 0.0 or (flow.count_errors == "independent" and bool(np.any(flow.sums.half > 0)))


def check_apart(flow: Flow) -> None:
    """Check that no two cargoes would share the unknowns of their days by mistake.

    Raises
    ------
    ArgumentError
        If two are called the same without being the same.
    """
    called = [(cargo.flow, cargo.key) for cargo in flow.cargoes]
    twice = next((one for place, one in enumerate(called) if one in called[:place]), None)
    if twice is not None and _by_day(flow):
        raise ArgumentError(
            f"two flows named {twice[0]!r} hold different contents called {twice[1]!r}, whose errors row by row would "
            "be taken for the same. Give one of the flows another name=..., or one of the packings."
        )


def part(flow: Flow, place: int, entries: npt.NDArray[np.intp]) -> Term:
    """Return the rounds of some entries of the sums, all of one cargo."""
    cargo = flow.cargoes[place]
    kind = cargo.contents[0].transport.kind
    alone = entries[:0]
    if _by_day(flow):
        own = (flow.sums.count[entries] > 0.0) if flow.spread > 0.0 else (flow.sums.half[entries] > 0.0)
        alone, entries = entries[own], entries[~own]
    counted = [_of_day(flow, cargo, kind, entry) for entry in alone]
    if entries.size or not counted:
        sums = flow.sums.of_some(entries)
        counted.insert(0, _unknowns.count_term(*sums, kind, "shared", cargo.flow, ""))
    return Carried(sum_of(counted), flow.munition_share, cargo.contents, cargo.weights, cargo.alias)


def _of_day(flow: Flow, cargo: Cargo, kind: str, entry: int) -> Term:
    count, half, square = flow.sums.of_some([entry])
    # By content, since two flows of one name may differ on a day; to 12 digits, as an engine may sum in any order.
    content = f"{flow.sums.rows[entry]} rows {count:.12g} {half:.12g} {square:.12g}"
    day = "" if flow.covers is None else f".{_periods.date_of(flow.sums.day[entry])}"
    which = f"{cargo.key}{day}.{content}"
    counted = _unknowns.count_term(count, half, square, kind, flow.count_errors, cargo.flow, which)
    if flow.spread == 0.0:
        return counted
    return Scattered(counted, _unknowns.variation(flow.spread, count, cargo.flow, which), cargo.contents, cargo.weights)


def sum_of(parts: Sequence[Term]) -> Term:
    """Return terms added up, in sums of sums where there are many."""
    while len(parts) > _AT_ONCE:
        parts = [sum_of(parts[start : start + _AT_ONCE]) for start in range(0, len(parts), _AT_ONCE)]
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def total_term(flow: Flow, held: Sequence[int]) -> Term:
    """Return all rounds of some cargoes, one part each."""
    entries = {place: np.flatnonzero(flow.sums.group == place) for place in held}
    there = [part(flow, place, of_it) for place, of_it in entries.items() if of_it.size]
    return sum_of(there or [part(flow, held[0], entries[held[0]])])


def periods_of(flow: Flow, held: Sequence[int], *, covered_only: bool = False) -> list[Period]:
    """Return every period of a flow, for some of its cargoes; of all rows, or of those on days that it covers."""
    if flow.covers is None:
        starts, ends = np.array([0], dtype=np.int64), np.array([0], dtype=np.int64)
    else:
        starts, ends = _periods.starts_between(*flow.covers, flow.by)
    wanted = np.isin(flow.sums.group, held)
    if covered_only:
        wanted &= _periods.is_within(flow.looked_at or (), flow.sums.day)
    entries: dict[int, dict[int, list[int]]] = {}
    period = np.searchsorted(starts, flow.sums.day, side="right") - 1
    for entry in np.flatnonzero(wanted).tolist():
        groups = entries.setdefault(int(period[entry]), {})
        groups.setdefault(int(flow.sums.group[entry]), []).append(entry)
    return [_period(flow, starts[place], ends[place], entries.get(place, {})) for place in range(starts.size)]


def _period(flow: Flow, begins: int, ends: int, entries: Mapping[int, Sequence[int]]) -> Period:
    terms, rows, transports = [], 0, 0.0
    for place, of_it in sorted(entries.items()):
        terms.append(part(flow, place, np.array(of_it, dtype=np.intp)))
        rows, transports = rows + int(flow.sums.rows[of_it].sum()), transports + flow.sums.of_some(of_it)[0]
    term = sum_of(terms) if terms else None
    if flow.covers is None or flow.looked_at is None:
        return Period(None, None, None, (), False, rows, transports, term, tuple(sorted(entries)))
    start, end = max(int(begins), flow.covers[0]), min(int(ends), flow.covers[1])
    covered = _periods.within(flow.looked_at, int(begins), int(ends))
    made = Period(start, end, int(begins), covered, False, rows, transports, term, tuple(sorted(entries)))
    return replace(made, partial=made.days < int(ends) - int(begins) + 1)


def running(
    flow: Flow, held: Sequence[int], *, covered_only: bool = False
) -> Iterator[tuple[Period, sampling.Floats, sampling.Floats]]:
    """Yield each period with its rounds in every draw, and those up to its end; of all rows or as `periods_of`."""
    nothing = np.zeros(flow.settings.n)
    so_far = nothing
    for one in periods_of(flow, held, covered_only=covered_only):
        values = nothing if one.term is None else _terms.evaluate(one.term, flow.settings)
        if one.term is not None:
            so_far = so_far + values
        yield one, values, so_far


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
