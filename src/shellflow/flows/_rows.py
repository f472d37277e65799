"""A flow as rows, in numbers and in words."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shellflow import display, words
from shellflow.flows import _periods
from shellflow.flows._parts import NONE, band, part, periods_of, running, sum_of

if TYPE_CHECKING:
    import pandas as pd

    from shellflow.flows._flow import Flow

__all__ = ["cells", "date", "frame", "headings", "rates_of", "reasoned", "rows_of"]


def headings(level: float) -> tuple[display.Column, ...]:
    """Return the headings of `cells`."""
    wide = f"{words.percent(level)} band"
    right = ("transports", "rows", "rounds", wide, "so far", f"{wide} so far")
    return (
        display.Column("period"),
        display.Column("munition"),
        *(display.Column(name, right=True) for name in right),
        display.Column("answers"),
        display.Column("grade"),
    )


def rows_of(flow: Flow, munition: str, level: float) -> Iterator[dict[str, object]]:
    """Yield one plain row for each period of one munition."""
    said: dict[tuple[int, ...], tuple[str, str]] = {}
    held = flow._of(munition)
    none = (0.0, 0.0, 0.0)
    cumulated = none
    for one, values, so_far in running(flow, held):
        if one.term is not None:
            cumulated = band(so_far, level)
        cargoes = one.cargoes or held
        if cargoes not in said:
            terms = [part(flow, place, NONE) for place in cargoes]
            whole = flow._estimate(sum_of(terms))
            said[cargoes] = (whole.answers, whole.grade)
        low, median, high = none if one.term is None else band(values, level)
        yield {
            "period": None if one.begins is None else _periods.date_of(one.begins),
            "munition": munition,
            "count": one.count,
            "rows": one.rows,
            "low": low,
            "median": median,
            "high": high,
            "cumulative_low": cumulated[0],
            "cumulative_median": cumulated[1],
            "cumulative_high": cumulated[2],
            "answers": said[cargoes][0],
            "grade": said[cargoes][1],
        }


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


def cells(row: Mapping[str, Any], by: str | None) -> list[str]:
    """Return one row of words for one plain row."""
    found = []
    for start in ("", "cumulative_"):
        low, median, high = (row[f"{start}{end}"] for end in ("low", "median", "high"))
        step = words.step(low, high, median)
        found += [words.say(median, step), words.say_band(low, high, step)]
    period = "all" if row["period"] is None else _periods.label(_periods.day_of(row["period"]), by)
    count = words.say(row["count"], words.step(row["count"], row["count"]))
    return [period, row["munition"], count, f"{row['rows']:,}", *found, row["answers"], row["grade"]]


def reasoned(flow: Flow, level: float = 0.9) -> list[str]:
    """Return the total of a flow with its reasons, what there is to say of it, and the stamp, as lines of text."""
    from shellflow.estimates import _show

    total = flow.total()
    lines = [f"in all: {total.in_words(level)}", *(f"{name}: {text}" for name, text in _show.reasons(total))]
    lines += [f"- {one}" for one in dict.fromkeys((*flow.notes, *total.notes))]
    return [*lines, _show.stamp_line(total.stamp)]
