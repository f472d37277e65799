"""From sums by day to rounds: what a group of rows carries, the terms of its periods, and their running total."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from shellflow import worlds
from shellflow.estimates import _terms
from shellflow.estimates._terms import Carried, Known, Product, Sum, Term
from shellflow.flows import _periods, _unknowns
from shellflow.inputs import Input
from shellflow.packings import Packing

if TYPE_CHECKING:
    from shellflow.flows._flow import Flow

__all__ = ["NOTHING", "Cargo", "Period", "band", "part", "periods_of", "running", "sum_of", "total_term"]


@dataclass(frozen=True, eq=False)
class Cargo:
    """What a group of rows carries: everything that turns its count into rounds.

    Parameters
    ----------
    flow : str
        Name of the flow the rows are from [unitless].
    key : str
        What the rows say of themselves, as part of the names of their unknowns [unitless].
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
        First and last day of it, as far as the flow covers it; None without dates [day].
    begins : int or None
        First day of the whole period [day].
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
    partial: bool
    rows: int
    count: float
    term: Term | None
    cargoes: tuple[int, ...]


NOTHING = (0.0, 0.0, 0.0)


def part(flow: Flow, place: int, sums: tuple[float, float, float], which: str) -> Term:
    """Return the rounds of some rows of one cargo, from the sums of counts, half-widths and their squares."""
    count, half, square = sums
    cargo = flow.cargoes[place]
    kind = cargo.contents[0].transport.kind
    counted = _unknowns.count_term(count, half, square, kind, flow.count_errors, cargo.flow, which)
    carried = Carried(counted, flow.munition_share, cargo.contents, cargo.weights, cargo.alias)
    if flow.spread == 0.0 or count == 0.0:
        return carried
    return Product(carried, Known(_unknowns.variation(flow.spread, count, cargo.flow, which)), "round")


def sum_of(parts: Sequence[Term]) -> Term:
    """Return terms added up."""
    return parts[0] if len(parts) == 1 else Sum(tuple(parts))


def total_term(flow: Flow, held: Sequence[int]) -> Term:
    """Return all rounds of some cargoes: one part each, or where periods have unknowns of their own, one for each."""
    if flow.spread > 0.0 or (flow.count_errors == "independent" and np.any(flow.sums.half > 0)):
        parts = [one.term for one in periods_of(flow, held) if one.term is not None]
        terms = [piece for part in parts for piece in _terms.carried_parts(part)]
    else:
        terms = []
        for place in held:
            of_it = flow.sums.group == place
            if np.any(of_it):
                terms.append(part(flow, place, flow.sums.of_some(of_it), ""))
    return sum_of(terms) if terms else part(flow, held[0], NOTHING, "")


def periods_of(flow: Flow, held: Sequence[int]) -> list[Period]:
    """Return every period of a flow, for some of its cargoes."""
    if flow.covers is None:
        starts, ends = np.array([0], dtype=np.int64), np.array([0], dtype=np.int64)
    else:
        starts, ends = _periods.starts_between(*flow.covers, flow.by)
    entries: dict[int, dict[int, list[int]]] = {}
    period = np.searchsorted(starts, flow.sums.day, side="right") - 1
    wanted = set(held)
    for entry, (place, group) in enumerate(zip(period.tolist(), flow.sums.group.tolist(), strict=True)):
        if group in wanted:
            entries.setdefault(place, {}).setdefault(group, []).append(entry)
    return [_period(flow, starts[place], ends[place], entries.get(place, {})) for place in range(starts.size)]


def _period(flow: Flow, begins: int, ends: int, entries: Mapping[int, Sequence[int]]) -> Period:
    terms, rows, transports = [], 0, 0.0
    for place, of_it in sorted(entries.items()):
        days = flow.sums.day[of_it]
        # Named by the days of its rows, so that it is the same unknown whatever the flow covers beyond them.
        when = f"{_periods.date_of(days.min())} to {_periods.date_of(days.max())}" if flow.covers else "all"
        sums = flow.sums.of_some(of_it)
        key = flow.cargoes[place].key
        terms.append(part(flow, place, sums, f"{key}.{when}" if key else when))
        rows, transports = rows + int(flow.sums.rows[of_it].sum()), transports + sums[0]
    term = sum_of(terms) if terms else None
    if flow.covers is None:
        return Period(None, None, None, False, rows, transports, term, tuple(sorted(entries)))
    start, end = max(int(begins), flow.covers[0]), min(int(ends), flow.covers[1])
    partial = (start, end) != (int(begins), int(ends))
    return Period(start, end, int(begins), partial, rows, transports, term, tuple(sorted(entries)))


def running(flow: Flow, held: Sequence[int]) -> Iterator[tuple[Period, worlds.Floats, worlds.Floats]]:
    """Yield each period with its rounds in every world, and those up to its end."""
    nothing = np.zeros(flow.settings.n)
    so_far = nothing
    for one in periods_of(flow, held):
        values = nothing if one.term is None else _terms.evaluate(one.term, flow.settings)
        if one.term is not None:
            so_far = so_far + values
        yield one, values, so_far


def band(values: worlds.Floats, level: float) -> tuple[float, float, float]:
    """Return low end, median and high end of the central interval of values, one a world."""
    ordered = np.sort(values)
    tail = (1.0 - level) / 2.0
    low, median, high = (worlds.quantile(ordered, p) for p in (tail, 0.5, 1.0 - tail))
    return low, median, high
