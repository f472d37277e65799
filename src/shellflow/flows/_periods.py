"""Days, and the weeks, months, quarters and years they fall into; days are counted from 1970-01-01."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from shellflow.errors import ArgumentError, bad_argument

__all__ = [
    "BY",
    "Days",
    "Span",
    "check_by",
    "date_of",
    "day_of",
    "is_within",
    "iso_day",
    "joined",
    "label",
    "read_day",
    "starts_between",
    "within",
]

BY = ("week", "month", "quarter", "year")

Days = npt.NDArray[np.int64]

Span = tuple[int, int]
"""First and last day of consecutive days."""

_EPOCH = dt.date(1970, 1, 1).toordinal()
_MONDAY = -3  # 1970-01-01 was a Thursday, so the week of day 0 began three days before
# Weeks of 190 years; a day of the year 9999, by which tables say that there is no date, gives 95,000 months.
_MOST_PERIODS = 10_000
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


def check_by(by: object) -> str | None:
    """Return the name of a kind of period, checked; None for no periods.

    Raises
    ------
    ArgumentError
        If there is no such kind.
    """
    if by is None or (isinstance(by, str) and by in BY):
        return by
    raise bad_argument("by", by, f"one of {', '.join(map(repr, BY))}, or None for one single period")


def day_of(date: dt.date) -> int:
    """Return the number of a date; of a time stamp, that of the date written in its own zone."""
    return date.toordinal() - _EPOCH


def date_of(day: int) -> dt.date:
    """Return the date of a day."""
    return dt.date.fromordinal(int(day) + _EPOCH)


def iso_day(text: str) -> int | None:
    """Return the day of a text that is exactly YYYY-MM-DD, or None."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return day_of(dt.date.fromisoformat(text))
    except ValueError:  # the 30th of February
        return None


def read_day(value: object, argument: str) -> int:
    """Return the day that a user gave.

    Raises
    ------
    ArgumentError
        If it is neither a date nor an ISO text.
    """
    if isinstance(value, dt.date) and value == value:
        return day_of(value)
    day = iso_day(value) if isinstance(value, str) else None
    if day is None:
        raise bad_argument(argument, value, "a date", "Write '2024-02-26' or give a datetime.date.")
    return day


def joined(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that overlap or touch merged."""
    merged: list[Span] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(merged)


def within(spans: Iterable[Span], first: int, last: int) -> tuple[Span, ...]:
    """Return the parts of spans between two days."""
    cut = ((max(start, first), min(end, last)) for start, end in spans)
    return tuple((start, end) for start, end in cut if start <= end)


def is_within(spans: Iterable[Span], days: Days) -> npt.NDArray[np.bool_]:
    """Return which days lie in one of the spans."""
    inside = np.zeros(days.shape, dtype=bool)
    for start, end in spans:
        inside |= (days >= start) & (days <= end)
    return inside


def starts_between(first: int, last: int, by: str | None, *, limited: bool = True) -> tuple[Days, Days]:
    """Return the first and last days of every period from that of `first` to that of `last`, whole periods.

    Without a kind of period there is one, from `first` to `last`.

    Raises
    ------
    ArgumentError
        If `last` is before `first`, or there would be more than 10,000 periods and their number is `limited`.
    """
    if last < first:
        raise ArgumentError(f"start={date_of(first)}, end={date_of(last)}: start must not be after end. Swap them.")
    if by is None:
        return np.array([first], dtype=np.int64), np.array([last], dtype=np.int64)
    if by == "week":
        monday = (first - _MONDAY) // 7 * 7 + _MONDAY
        edges = np.arange(monday, last + 8, 7, dtype=np.int64)
    else:
        step = _MONTHS[by]
        months = np.array([first, last], dtype="datetime64[D]").astype("datetime64[M]").astype(np.int64) // step * step
        grid = np.arange(months[0], months[1] + 2 * step, step)
        edges = grid.astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    edges = edges[: int(np.searchsorted(edges, last, side="right")) + 1]
    if limited and edges.size - 1 > _MOST_PERIODS:
        raise ArgumentError(
            f"the days from {date_of(first)} to {date_of(last)} are {edges.size - 1:,} {by}s: must be at most "
            f"{_MOST_PERIODS:,}. Check the dates, or give by=None for one single period."
        )
    return edges[:-1], edges[1:] - 1


def label(start: int, by: str | None) -> str:
    """Return the label of a period: 2024-02, 2024-W09, 2024-Q1, 2024; its first day where there is no kind."""
    date = date_of(start)
    if by == "week":
        year, week, _ = date.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if by == "quarter":
        return f"{date.year:04d}-Q{(date.month + 2) // 3}"
    if by == "year":
        return f"{date.year:04d}"
    return f"{date.year:04d}-{date.month:02d}" if by == "month" else date.isoformat()
