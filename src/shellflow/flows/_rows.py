"""A flow as rows, in numbers and in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shellflow import display, words
from shellflow.estimates import answer_of, sources_of
from shellflow.flows import _periods
from shellflow.flows._parts import NONE, Band, band, band_and_step, part, periods_of, running, sum_of

if TYPE_CHECKING:
    import pandas as pd

    from shellflow.flows._flow import Flow

__all__ = ["APART", "Row", "date", "frame", "rates_of", "report_of", "rows_of"]


@dataclass(frozen=True)
class Row:
    """One period of one munition on one basis: the plain row, and what its medians are rounded to in words."""

    values: dict[str, object]
    step: float
    step_so_far: float


def rows_of(flow: Flow, places: Sequence[int], level: float) -> Iterator[Row]:
    """Yield one row for each period of some cargoes, which are of one munition and one basis."""
    grades: dict[tuple[int, ...], str] = {}
    none: Band = (0.0, 0.0, 0.0)
    band_so_far, step_so_far = none, 1.0
    for period, values, so_far in running(flow, places):
        low, median, high = none
        step = 1.0
        if period.term is not None:
            (low, median, high), step = band_and_step(values, level)
            band_so_far, step_so_far = band_and_step(so_far, level)
        cargoes = period.cargoes or tuple(places)
        if cargoes not in grades:
            grades[cargoes] = flow._estimate(sum_of([part(flow, place, NONE) for place in cargoes])).grade
        row: dict[str, object] = {
            "period": None if period.begins is None else _periods.date_of(period.begins),
            "munition": flow.cargoes[places[0]].munition,
            "count": period.count,
            "rows": period.rows,
            "low": low,
            "median": median,
            "high": high,
            "cumulative_low": band_so_far[0],
            "cumulative_median": band_so_far[1],
            "cumulative_high": band_so_far[2],
            "basis": flow.cargoes[places[0]].basis,
            "grade": grades[cargoes],
        }
        yield Row(row, step, step_so_far)


def rates_of(flow: Flow, held: Sequence[int], level: float) -> Iterator[dict[str, object]]:
    """Yield the rounds per day of each period, as `Flow.rate` says, of some cargoes."""
    every = periods_of(flow, held)
    for whole, (covered, values, _) in zip(every, running(flow, held, covered_only=True), strict=True):
        left_out = whole.rows - covered.rows
        note = ""
        if not covered.days and not left_out:
            note = "no day of it was looked at"
        elif left_out:
            kept = covered.rows > 0
            note = f"{_NO_BEGINNING}: {'not counted here' if kept else 'no rate'}"
        has_rate = covered.days > 0 and (covered.rows > 0 or not left_out)
        ends = band(values, level) if has_rate else (math.nan,) * 3
        low, median, high = (end / covered.days if has_rate else end for end in ends)
        yield {
            "period": date(whole.begins),
            "start": date(covered.covered[0][0] if covered.covered else None),
            "end": date(covered.covered[-1][1] if covered.covered else None),
            "days": covered.days,
            "partial": covered.partial,
            "count": covered.count,
            "low": low,
            "median": median,
            "high": high,
            "note": note,
        }


_NO_BEGINNING = "since when the first row counts is not stated"

_DATES = ("period", "start", "end")


def frame(rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Return rows as a DataFrame, their days as time stamps."""
    import pandas as pd

    made = display.frame(list(rows))
    for name in _DATES:
        if name in made:
            made[name] = pd.to_datetime(made[name])
    return made


def date(day: int | None) -> dt.date | None:
    """Return the date of a day; None for none."""
    return None if day is None else _periods.date_of(day)


APART = "capacity and contents are not added up: the one is what would fit, the other what is probably inside"


def report_of(flow: Flow, level: float) -> display.Report:
    """Return a flow as plain data: a total on each basis, a row for each period, notes and the stamp."""
    rows = flow._rows(level)
    totals = {basis: flow.total(basis=basis) for basis in flow.bases}
    notes = [note for total in totals.values() for note in total.notes]
    wide = f"{words.percent(level)} band"
    right = ("transports", "rows", "rounds", wide, "so far", f"{wide} so far")
    return display.Report(
        flow.what,
        answers=tuple(
            answer_of(total, level, "in all" if len(totals) == 1 else f"in all, {basis}")
            for basis, total in totals.items()
        ),
        columns=(
            display.Column("period"),
            display.Column("munition"),
            *(display.Column(name, right=True) for name in right),
            display.Column("basis"),
            display.Column("grade"),
        ),
        cells=tuple(_cells(row, flow.by) for row in rows),
        rows=tuple(row.values for row in rows),
        bands=tuple(_band(row.values) for row in rows),
        caption=f"by {flow.by}" if flow.by else "all rows",
        cautions=tuple(dict.fromkeys((*([APART] if len(totals) > 1 else []), *flow.notes, *notes))),
        sources=sources_of(totals.values()),
        stamp=flow.stamp,
    )


def _band(values: Mapping[str, Any]) -> Band:
    return float(values["low"]), float(values["median"]), float(values["high"])


def _cells(row: Row, by: str | None) -> tuple[str, ...]:
    values: Mapping[str, Any] = row.values
    quantiles = []
    for start, step in (("", row.step), ("cumulative_", row.step_so_far)):
        low, median, high = (values[f"{start}{end}"] for end in ("low", "median", "high"))
        in_words = words.say_quantiles(low, median, high, step)
        quantiles += [in_words.median, in_words.band]
    period = "all" if values["period"] is None else _periods.label(_periods.day_of(values["period"]), by)
    count = words.say(values["count"], words.step(values["count"], values["count"]))
    return period, values["munition"], count, f"{values['rows']:,}", *quantiles, values["basis"], values["grade"]
