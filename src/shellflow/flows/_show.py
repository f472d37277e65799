"""How a flow looks: in a notebook, and as figures over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shellflow import display, plot
from shellflow.errors import bad_argument
from shellflow.estimates import _show
from shellflow.flows import _periods, _rows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from shellflow.estimates import Estimate
    from shellflow.flows._flow import Flow

__all__ = ["bars_of", "card_of", "fan_of", "levels"]

_INNER = 0.5  # level of the darker band within the band asked for

Row = tuple[dt.date, dt.date, bool, tuple[float, float, float]]
"""First and last day, whether the flow covers all of the period, and low, median and high."""


def card_of(flow: Flow) -> str:
    """Return a flow as HTML: its total as one estimate, and its periods as a table."""
    total = flow.total()
    rows = flow.rows()
    bands, headings, cells = [_band(row) for row in rows], flow.headings(), [_rows.cells(row, flow.by) for row in rows]
    # With the bands so far the table would be wider than a notebook; `to_frame` and `plot_cumulative` have them.
    kept = [place for place, one in enumerate(headings) if not one.name.endswith("band so far")]
    periods = display.table_card(
        "by period", [headings[place] for place in kept], [[row[place] for place in kept] for row in cells], bands=bands
    )
    return f"<div>{_show.card_of(total, title=flow.what, notes=flow.notes)}{periods}</div>"


def _band(row: Mapping[str, Any]) -> tuple[float, float, float]:
    return float(row["low"]), float(row["median"]), float(row["high"])


def bars_of(flow: Flow, rows: Sequence[Row], total: Estimate, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Flow.plot`."""
    return plot.periods(
        [start for start, _, _, _ in rows],
        [end for _, end, _, _ in rows],
        [band for _, _, _, band in rows],
        partial=[partial for _, _, partial, _ in rows],
        title=f"{flow.what}\n{total.in_words()} ({total.answers})",
        unit=f"rounds{f' by {flow.by}' if flow.by else ''}",
        source=_show.source_line([total]) if source else "",
        ax=ax,
    )


def fan_of(
    flow: Flow,
    rows: Mapping[float, Sequence[Row]],
    total: Estimate,
    claims: object,
    uses: Sequence[Mapping[Any, Any]],
    source: bool,
    ax: Axes | None,
) -> Axes:
    """Return the figure of `Flow.plot_cumulative`; `rows` by level, `uses` as rows of `Balance.lasts`."""
    level = max(rows)
    start, end = rows[level][0][0], rows[level][-1][1]
    # A fan opens from nothing on its first day, unless that is all there is of it.
    lead = [start] if start < rows[level][0][1] else []
    nothing = [0.0] * len(lead)
    days = (end - start).days + 1
    lines = [
        (name, [start, end], [0.0, value * days])
        for one in uses
        for name, value in _rates(str(one["rate"]), one["rounds_per_day_low"], one["rounds_per_day_high"])
    ]
    return plot.cumulative(
        [*lead, *(end for _, end, _, _ in rows[level])],
        [*nothing, *(median for _, _, _, (_, median, _) in rows[level])],
        [
            (one, [*nothing, *(low for *_, (low, _, _) in found)], [*nothing, *(high for *_, (_, _, high) in found)])
            for one, found in rows.items()
        ],
        claims=_claims(claims),
        uses=lines,
        title=f"{flow.what}, added up\n{total.in_words(level)} ({total.answers})",
        unit="rounds so far",
        source=_show.source_line([total]) if source else "",
        ax=ax,
    )


def levels(level: float) -> tuple[float, ...]:
    """Return the levels of a fan's bands, from the widest."""
    return (level, _INNER) if level > _INNER else (level,)


def _rates(name: str, low: float, high: float) -> list[tuple[str, float]]:
    known = [(one, value) for one, value in (("at least", low), ("at most", high)) if value == value]  # NaN: not known
    if len(known) == 2 and low == high:
        return [(f"used: {name}", low)]
    return [(f"used, {one}: {name}", value) for one, value in known]


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
