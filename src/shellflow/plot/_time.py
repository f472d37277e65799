"""Figures over time: period by period, and added up."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.errors import bad_argument
from shellflow.plot._axes import (
    BLUE,
    GREEN,
    INK,
    LONGEST_LABEL,
    MARKERS,
    ORANGE,
    SKY,
    SMALL,
    VERMILION,
    bare,
    figure_axes,
    finish,
    in_words,
    plain,
)
from shellflow.plot._rows import Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["cumulative", "periods"]


def periods(
    starts: Sequence[dt.date],
    ends: Sequence[dt.date],
    rows: Sequence[tuple[float, float, float]],
    *,
    partial: Sequence[bool] | None = None,
    title: str = "",
    unit: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar for each period, its median as the bar and its band as a whisker.

    Parameters
    ----------
    starts, ends : sequence of datetime.date
        First and last day of each period.
    rows : sequence of (float, float, float)
        Low, median and high of each [any one unit].
    partial : sequence of bool, optional
        Which periods are known in part only; these are hatched [unitless].
    title, unit : str
        What it is; what the axis counts [unitless].
    source : str
        What to print below the figure [unitless].
    ax : matplotlib axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    matplotlib.axes.Axes
        With one bar for each period.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If there are no periods, lengths differ, or `ax` is no axes.

    Examples
    --------
    >>> import datetime
    >>> first, last = datetime.date(2024, 1, 1), datetime.date(2024, 1, 31)
    >>> ax = periods([first], [last], [(2e5, 3e5, 4e5)], unit="rounds")
    >>> len(ax.patches)
    1
    """
    _same_length(starts=starts, ends=ends, rows=rows, partial=partial)
    own = ax is None
    ax = figure_axes(ax, 7.5, 3.1)
    known = partial or [False] * len(rows)
    first = [_day(start) for start in starts]
    # The last day belongs to the period, and a gap keeps one bar from the next.
    wide = [_day(end) + 1.0 - start for start, end in zip(first, ends, strict=True)]
    middles = [start + size / 2 for start, size in zip(first, wide, strict=True)]
    medians = [median for _, median, _ in rows]
    drawn = ax.bar(
        middles, medians, width=[0.86 * size for size in wide], color=SKY, edgecolor=BLUE, linewidth=0.8, gid="period"
    )
    for patch, part in zip(drawn, known, strict=True):
        if part:
            patch.set_hatch("////")
    below = [median - low for low, median, _ in rows]
    above = [high - median for _, median, high in rows]
    ax.errorbar(middles, medians, yerr=[below, above], fmt="none", ecolor=INK, elinewidth=1.2, capsize=2.5)
    _timed(ax, unit)
    hatched = ["hatched: the period is covered in part"] if any(known) else []
    return finish(ax, title, [*hatched, source], own=own)


def cumulative(
    dates: Sequence[dt.date],
    medians: Sequence[float],
    fans: Sequence[tuple[float, Sequence[float], Sequence[float]]],
    *,
    claims: Sequence[Mark] = (),
    uses: Sequence[tuple[str, Sequence[dt.date], Sequence[float]]] = (),
    title: str = "",
    unit: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw what has come together by each day as a fan, claims as points and uses as lines.

    Parameters
    ----------
    dates : sequence of datetime.date
        The days.
    medians : sequence of float
        The median by each day [any one unit].
    fans : sequence of (float, sequence of float, sequence of float)
        Level, lows and highs of each band, in any order [the same unit].
    claims : sequence of Mark
        Published values, each with its date [the same unit].
    uses : sequence of (str, sequence of datetime.date, sequence of float)
        Name, days and values of each line [the same unit].
    title, unit : str
        What it is; what the axis counts [unitless].
    source : str
        What to print below the figure [unitless].
    ax : matplotlib axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    matplotlib.axes.Axes
        With the median, the bands, the claims and the uses named in its legend.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If there are no days, lengths differ, a claim has no date, or `ax` is no axes.

    Examples
    --------
    >>> import datetime
    >>> days = [datetime.date(2024, 1, 31), datetime.date(2024, 2, 29)]
    >>> ax = cumulative(days, [3e5, 7e5], [(0.9, [2e5, 5e5], [4e5, 9e5])], unit="rounds")
    >>> [text.get_text() for text in ax.get_legend().get_texts()]
    ['median', '90 % band']
    """
    lengths = {f"fans[{place}]": one for place, (_, lows, highs) in enumerate(fans) for one in (lows, highs)}
    _same_length(dates=dates, medians=medians, **lengths)
    for name, days, values in uses:
        _same_length(**{f"days of {name}": days, f"values of {name}": values})
    undated = [one.label for one in claims if one.date is None]
    if undated:
        raise bad_argument("claims", undated, "dated", "Give each the day it speaks of.")
    own = ax is None
    ax = figure_axes(ax, 7.5, 3.5)
    days_of = [_day(day) for day in dates]
    single = len(days_of) == 1
    names: list[tuple[Any, str]] = []
    ordered = sorted(fans, key=lambda one: -one[0])
    for place, (level, lows, highs) in enumerate(ordered):
        shade = 0.18 + 0.3 * place / max(len(ordered), 1)
        if single:
            drawn: Any = ax.plot(days_of * 2, [lows[0], highs[0]], color=BLUE, alpha=0.5, linewidth=6 + 4 * place)[0]
        else:
            drawn = ax.fill_between(days_of, lows, highs, facecolor=BLUE, alpha=shade, linewidth=0)
        drawn.set_gid("fan")
        names.append((drawn, f"{words.percent(level)} band"))
    line = ax.plot(days_of, medians, color=BLUE, linewidth=2, marker="o", markersize=4, gid="median")[0]
    names.insert(0, (line, "median"))
    styles = ("--", ":", "-.", (0, (5, 1, 1, 1, 1, 1)))
    for place, (name, days, values) in enumerate(uses):
        colour = (ORANGE, GREEN, INK)[place % 3]
        dated = [_day(day) for day in days]
        used = ax.plot(dated, values, color=colour, linestyle=styles[place % 4], linewidth=1.8, gid="use")[0]
        names.append((used, plain(name, LONGEST_LABEL)))
    for place, claim in enumerate(claims):
        assert claim.date is not None
        names.append((_dated_claim(ax, claim, _day(claim.date), place), plain(claim.label, LONGEST_LABEL)))
    ax.set_ylim(bottom=min(0.0, ax.get_ylim()[0]))
    _timed(ax, unit)
    # matplotlib before 3.10 leaves a name that begins with an underscore out of the legend.
    handles, labels = [one for one, _ in names], [f" {name}" if name.startswith("_") else name for _, name in names]
    ax.legend(handles, labels, loc="upper left", fontsize=SMALL, framealpha=0.85)
    return finish(ax, title, [source], own=own)


def _dated_claim(ax: Axes, claim: Mark, day: float, place: int) -> Any:
    at = claim.low if claim.low is not None else claim.high
    assert at is not None
    drawn = ax.plot(
        [day],
        [at],
        marker=MARKERS[place % len(MARKERS)],
        color=VERMILION,
        markeredgecolor=INK,
        markersize=7,
        linestyle="",
        gid="claim",
    )[0]
    if claim.low is not None and claim.high is not None and claim.low < claim.high:
        ax.plot([day, day], [claim.low, claim.high], color=VERMILION, linewidth=1.5)
    elif claim.low is None or claim.high is None:
        up = 1 if claim.high is None else -1
        arrow = {"arrowstyle": "<-", "color": VERMILION, "linewidth": 1.3}
        ax.annotate("", (day, at), xytext=(0, 20 * up), textcoords="offset points", arrowprops=arrow)
    return drawn


def _day(date: dt.date) -> float:
    from matplotlib.dates import date2num

    return float(date2num(date))  # type: ignore[no-untyped-call]  # matplotlib.dates has no types


def _timed(ax: Axes, unit: str) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    locator = AutoDateLocator(minticks=3, maxticks=9)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    ax.xaxis.get_offset_text().set_visible(True)
    in_words(ax.yaxis)
    ax.set_ylabel(plain(unit, LONGEST_LABEL))
    bare(ax, "top", "right")


def _same_length(**given: Sequence[Any] | None) -> None:
    lengths = {name: len(one) for name, one in given.items() if one is not None}
    if len(set(lengths.values())) > 1 or 0 in lengths.values():
        said = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise bad_argument(", ".join(lengths), said, "of one length, at least 1", "Give one of each for every period.")
