"""A flow as figures over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import plot, sampling
from shellflow.errors import bad_argument
from shellflow.estimates import _show, _terms
from shellflow.flows import _parts, _periods

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from shellflow.estimates import Estimate
    from shellflow.flows._flow import Flow

__all__ = ["bars_of", "fan_of"]

_INNER = 0.5  # level of the darker band within the band asked for
_MOST_DAYS = 250  # in a fan: of more, two or three share a dot of the figure


def bars_of(flow: Flow, held: Sequence[int], level: float, total: Estimate, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Flow.plot`, of some cargoes."""
    assert flow.covers is not None  # asked of flows with dates alone
    starts, ends = (map(_periods.date_of, days) for days in _periods.starts_between(*flow.covers, flow.by))
    found = [(one.partial, _parts.band(values, level)) for one, values, _ in _parts.running(flow, held)]
    return plot.periods(
        list(starts),
        list(ends),
        [band for _, band in found],
        partial=[partial for partial, _ in found],
        title=f"{flow.what}\n{total.in_words(level)} ({total.basis})",
        unit=f"rounds{f' by {flow.by}' if flow.by else ''}",
        source=_show.source_line([total]) if source else "",
        ax=ax,
    )


def fan_of(
    flow: Flow,
    held: Sequence[int],
    level: float,
    total: Estimate,
    claims: object,
    uses: Sequence[Mapping[Any, Any]],
    source: bool,
    ax: Axes | None,
) -> Axes:
    """Return the figure of `Flow.plot_cumulative`, of some cargoes; `uses` as rows of `Balance.lasts`."""
    assert flow.covers is not None  # asked of flows with dates alone
    marks = _claims(claims)
    levels = (level, _INNER) if level > _INNER else (level,)
    days: list[int] = []
    bands: dict[float, list[tuple[float, float, float]]] = {one: [] for one in levels}
    for day, values in _by_day(flow, held, [_periods.day_of(one.date) for one in marks if one.date is not None]):
        days.append(day)
        for one, found in bands.items():
            found.append(_parts.band(values, one))
    return plot.cumulative(
        [_periods.date_of(day) for day in days],
        [median for _, median, _ in bands[level]],
        [(one, [low for low, _, _ in found], [high for _, _, high in found]) for one, found in bands.items()],
        claims=marks,
        uses=[line for use in uses if flow.looked_at for line in _lines(use, flow.looked_at[0][0], flow.covers[1])],
        title=f"{flow.what}, added up\n{total.in_words(level)} ({total.basis})",
        unit="rounds so far",
        source=_show.source_line([total]) if source else "",
        ax=ax,
    )


def _by_day(flow: Flow, held: Sequence[int], asked: Sequence[int]) -> Iterator[tuple[int, sampling.Floats]]:
    """Yield days with the rounds up to and including each in every draw: the first, the last, and those with rows.

    Of very many only some are taken, those among them that hold on the days asked for.
    """
    assert flow.covers is not None
    first, last = flow.covers
    chosen = _chosen(np.unique(flow.sums.day[np.isin(flow.sums.group, held)]), first, last, asked)
    before = np.zeros(flow.settings.n)
    if not chosen or chosen[0] > first:
        yield first, before
    for one, _, closed in _parts.running(flow, held):
        assert one.start is not None
        assert one.end is not None
        for day in (day for day in chosen if one.start <= day <= one.end):
            # Up to a day within it a period is the flow of those days only, whose unknowns are named by them.
            part = replace(flow, sums=flow.sums.where((flow.sums.day >= one.start) & (flow.sums.day <= day)))
            yield day, before + _terms.evaluate(_parts.total_term(part, held), flow.settings)
        before = closed
    if (chosen[-1] if chosen else first) < last:
        yield last, before


def _chosen(days: npt.NDArray[np.int64], first: int, last: int, asked: Sequence[int]) -> list[int]:
    """Return all days; of very many the last one up to each of evenly spaced days and of those asked for."""
    if days.size <= _MOST_DAYS:
        return [int(day) for day in days]
    marks = np.concatenate([np.linspace(first, last, _MOST_DAYS), [day for day in asked if day >= days[0]]])
    places = np.searchsorted(days, marks, side="right") - 1
    return [int(day) for day in days[np.unique(np.maximum(places, 0))]]


def _lines(use: Mapping[Any, Any], first: int, last: int) -> list[plot.Use]:
    """Return what is used at a rate from the beginning of the first day to the end of the last, as lines."""
    ends = [_periods.date_of(first), _periods.date_of(last + 1)]
    name, low, high = str(use["rate"]), use["rounds_per_day_low"], use["rounds_per_day_high"]
    known = [(bound, said, value) for bound, said, value in _bounds(low, high) if value == value]  # NaN: not known
    return [
        plot.Use(f"used{said}: {name}", ends, [0.0, value * (last - first + 1)], name, bound)
        for bound, said, value in known
    ]


def _bounds(low: float, high: float) -> list[tuple[str, str, float]]:
    if low == high:
        return [("", "", low)]
    return [("floor", ", at least", low), ("ceiling", ", at most", high)]


def _claims(claims: object) -> list[plot.Mark]:
    """Return claims given by their dates."""
    if claims is None:
        return []
    if not isinstance(claims, Mapping):
        fix = "Write e.g. {'2024-02-26': 'more than 3M'}."
        raise bad_argument("claims", claims, "a mapping from dates to what was claimed by then", fix)
    found = []
    for date, value in claims.items():
        day = _periods.date_of(_periods.read_day(date, "claims"))
        (mark,) = _show.marks({day.isoformat(): value}, "round")
        found.append(plot.Mark(mark.label, mark.low, mark.high, day))
    return found
