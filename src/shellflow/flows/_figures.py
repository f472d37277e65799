"""A flow as figures over time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import plot, sampling
from shellflow.errors import bad_argument
from shellflow.estimates import Estimate, plotting
from shellflow.flows import _periods, _rounds, _rows
from shellflow.flows._increments import no_band
from shellflow.flows._ledger import Ledger
from shellflow.flows._observed import NOT_OBSERVED, gaps_of
from shellflow.flows._rates import OWN
from shellflow.terms import Bound, evaluate

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["bars_of", "fan_of"]

_INNER = 0.5  # level of the darker band within the outer one
_MOST_DAYS = 250  # in a fan: more would share dots of the figure


def bars_of(ledger: Ledger, places: Sequence[int], level: float, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Flow.plot`, of some cargoes."""
    assert ledger.covers is not None  # the flow has dates
    total = _rounds.total_of(ledger, places)
    starts, ends = (map(_periods.date_of, days) for days in _periods.starts_between(*ledger.covers, ledger.by))
    bars = []
    for period, values, _ in _rounds.running(ledger, places):
        if values is None:
            raise no_band(ledger, places)
        bars.append((period, _rounds.band(values, level)))
    return plot.periods(
        list(starts),
        list(ends),
        [band for _, band in bars],
        partial=[period.partial for period, _ in bars],
        observed=[period.observed for period, _ in bars],
        bounds=[period.bound for period, _ in bars],
        title=f"{_rows.title_of(ledger)}\n{_in_words(ledger, total, level)}",
        unit=f"rounds{f' by {ledger.by}' if ledger.by else ''}",
        source=plotting.source_line([total]) if source else "",
        ax=ax,
    )


def fan_of(
    ledger: Ledger,
    places: Sequence[int],
    level: float,
    claims: object,
    uses: Sequence[Mapping[str, Any]],
    source: bool,
    ax: Axes | None,
) -> Axes:
    """Return the figure of `Flow.plot_cumulative`, of some cargoes; `uses` are rows of `Balance.lasts`."""
    assert ledger.covers is not None  # the flow has dates
    total = _rounds.total_of(ledger, places)
    marks = _claims(claims)
    levels = (level, _INNER) if level > _INNER else (level,)
    days: list[int] = []
    bands: dict[float, list[tuple[float, float, float]]] = {share: [] for share in levels}
    bounds: list[Bound] = []
    of_places = np.isin(ledger.sums.group, places)
    for day, values in _by_day(ledger, places, [_periods.day_of(mark.date) for mark in marks if mark.date is not None]):
        days.append(day)
        for share, band in bands.items():
            band.append(_rounds.band(values, share))
        bounds.append(ledger.sums.bound_of_some(of_places & (ledger.sums.day <= day)))
    return plot.cumulative(
        [_periods.date_of(day) for day in days],
        [median for _, median, _ in bands[level]],
        [(share, [low for low, _, _ in band], [high for _, _, high in band]) for share, band in bands.items()],
        bounds=bounds,
        claims=marks,
        uses=[line for use in uses for line in _lines(use, ledger)],
        gaps=[(_periods.date_of(first), _periods.date_of(last)) for first, last in gaps_of(ledger)],
        title=f"{_rows.title_of(ledger)}, added up\n{_in_words(ledger, total, level)}",
        unit="rounds so far",
        source=plotting.source_line([total]) if source else "",
        ax=ax,
    )


def _in_words(ledger: Ledger, total: Estimate, level: float) -> str:
    """Return a total with its basis; of days on which nobody looked, that."""
    return f"{total.in_words(level)} ({total.basis})" if ledger.sums.day.size else NOT_OBSERVED


def _by_day(ledger: Ledger, places: Sequence[int], marks: Sequence[int]) -> Iterator[tuple[int, sampling.Floats]]:
    """Yield days with the rounds up to and including each in every draw: the first, the last, and those with rows.

    Of very many days only some are taken, the marked ones among them.
    """
    assert ledger.covers is not None
    first, last = ledger.covers
    days = _chosen(np.unique(ledger.sums.day[np.isin(ledger.sums.group, places)]), first, last, marks)
    before = np.zeros(ledger.settings.n)
    if not days or days[0] > first:
        yield first, before
    for period, _, closed in _rounds.running(ledger, places):
        assert period.start is not None
        assert period.end is not None
        for day in (day for day in days if period.start <= day <= period.end):
            # Part of a period is the flow of its days, whose unknowns are named by them.
            so_far = (ledger.sums.day >= period.start) & (ledger.sums.day <= day)
            part = replace(ledger, sums=ledger.sums.where(so_far))
            yield day, before + evaluate(_rounds.total_term(part, places), ledger.settings)
        assert closed is not None  # `total_of` has refused a flow of which no band is known
        before = closed
    if (days[-1] if days else first) < last:
        yield last, before


def _chosen(days: npt.NDArray[np.int64], first: int, last: int, marks: Sequence[int]) -> list[int]:
    """Return all days; of very many, the last one up to each of evenly spaced days and of the marks."""
    if days.size <= _MOST_DAYS:
        return [int(day) for day in days]
    evenly = np.linspace(first, last, _MOST_DAYS)
    targets = np.concatenate([evenly, [day for day in marks if day >= days[0]]])
    places = np.searchsorted(days, targets, side="right") - 1
    return [int(day) for day in days[np.unique(np.maximum(places, 0))]]


def _lines(use: Mapping[str, Any], ledger: Ledger) -> list[plot.Use]:
    """Return what is used at a rate as lines, from the beginning of the first covered day to the end of the last."""
    if not ledger.looked_at or ledger.covers is None:
        return []
    first, last = ledger.looked_at[0][0], ledger.covers[1]
    ends = [_periods.date_of(first), _periods.date_of(last + 1)]
    rate, low, high = str(use["rate"]), use["rounds_per_day_low"], use["rounds_per_day_high"]
    name = rate if use["who"] == OWN else f"{use['who']}, {use['said_of_start'][:7]}"
    bounds = [(bound, label, value) for bound, label, value in _bounds(low, high) if value == value]  # NaN: not known
    return [
        plot.Use(f"used{label}: {name}", ends, [0.0, value * (last - first + 1)], rate, bound)
        for bound, label, value in bounds
    ]


def _bounds(low: float, high: float) -> list[tuple[str, str, float]]:
    if low == high:
        return [("", "", low)]
    return [("floor", ", at least", low), ("ceiling", ", at most", high)]


def _claims(claims: object) -> list[plot.Mark]:
    """Return the marks of claims, given by their dates."""
    if claims is None:
        return []
    if not isinstance(claims, Mapping):
        fix = "Write e.g. {'2024-02-26': 'more than 3M'}."
        raise bad_argument("claims", claims, "a mapping from dates to what was claimed by then", fix)
    marks = []
    for date, value in claims.items():
        day = _periods.date_of(_periods.read_day(date, "claims"))
        (mark,) = plotting.claim_marks({day.isoformat(): value}, "round")
        marks.append(plot.Mark(mark.label, mark.low, mark.high, day))
    return marks
