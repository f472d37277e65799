"""Figures over time: period by period, and added up."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import words
from shellflow.errors import bad_argument
from shellflow.plot._axes import MARKERS, Drawing, bare, finish, halo, in_words, open_drawing
from shellflow.plot._gaps import day_of, draw_gaps, joined, name_gaps
from shellflow.plot._open_ends import ARROWS, BOUNDS_IN_WORDS, LINES, draw_arrow, draw_bound, to_the_end, top_of
from shellflow.plot._rows import Mark, Use
from shellflow.plot._text import plain
from shellflow.plot._tones import GREEN, ORANGE, PURPLE, VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["cumulative", "periods"]

_FEWEST_DAYS = 10.0  # on an axis, which would else be one of hours
_LAST_STEP = 0.02  # of all days, so that what there is at last can be seen
_NO_BOUND = "no bound"
_NOT_OBSERVED = "not observed"
_DOTS = f"dots: {_NOT_OBSERVED}, as no row is dated or accrues there"
_MOST_POINTS = 40  # of a median, each with a point of its own
_DASHES: dict[str, Any] = {"": "-.", "floor": (0, (1.2, 1.8)), "ceiling": (0, (5, 2))}


def periods(
    starts: Sequence[dt.date],
    ends: Sequence[dt.date],
    rows: Sequence[tuple[float, float, float]],
    *,
    partial: Sequence[bool] | None = None,
    observed: Sequence[bool] | None = None,
    bounds: Sequence[str] | None = None,
    title: str = "",
    unit: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar for each period, its median as the bar and its band as a whisker.

    Parameters
    ----------
    starts, ends : sequence of datetime.date
        First and last day of each period, the whole of it.
    rows : sequence of (float, float, float)
        Low, median and high of each [any one unit].
    partial : sequence of bool, optional
        Which periods are known in part only; these are hatched [unitless].
    observed : sequence of bool, optional
        Which periods were observed; the others have dots in place of a bar [unitless].
    bounds : sequence of str, optional
        What each is: "point"; "floor", a bar up to the low end with an arrow up; "ceiling", an empty bar up to the high
        end with an arrow down; or "none", of which nothing is drawn but the words "no bound" [unitless].
    title, unit : str
        What it is; what the axis counts [unitless].
    source, ax
        As for `bands`.

    Returns
    -------
    matplotlib.axes.Axes
        With one bar for each period that was observed.

    Raises
    ------
    ExtraError, ArgumentError
        As `bands` does; also if lengths differ.

    Examples
    --------
    >>> import datetime
    >>> first, last = datetime.date(2024, 1, 1), datetime.date(2024, 1, 31)
    >>> ax = periods([first], [last], [(2e5, 3e5, 4e5)], unit="rounds")
    >>> len(ax.patches)
    1
    """
    _same_length(starts=starts, ends=ends, rows=rows, partial=partial, observed=observed, bounds=bounds)
    drawing = open_drawing(ax, 7.5, 3.1, 0.8)
    ax, tones = drawing.ax, drawing.tones
    days = list(zip(starts, ends, strict=True))
    places = [place for place in range(len(rows)) if observed is None or observed[place]]
    first = [day_of(starts[place]) for place in places]
    # The last day belongs to the period, and a gap keeps one bar from the next.
    wide = [day_of(ends[place]) + 1.0 - start for place, start in zip(places, first, strict=True)]
    middles = [start + size / 2 for start, size in zip(first, wide, strict=True)]
    sides = [bounds[place] if bounds else "point" for place in places]
    tops = [top_of(rows[place], bound) for place, bound in zip(places, sides, strict=True)]
    drawn = ax.bar(
        middles,
        tops,
        width=[0.86 * size for size in wide],
        color=tones.fill,
        edgecolor=tones.edge,
        linewidth=0.8,
        gid="period",
    )
    hatched = [patch for place, patch in zip(places, drawn, strict=True) if partial is not None and partial[place]]
    for patch in hatched:
        patch.set_hatch("////")
    for patch, middle, top, bound in zip(drawn, middles, tops, sides, strict=True):
        if bound == "ceiling":
            patch.set_facecolor("none")
        if bound in ARROWS:
            draw_arrow(drawing, middle, top, tones.mark, up=bound == "floor")
    banded = [place for place, bound in enumerate(sides) if bound == "point"]
    bands = np.array([rows[places[place]] for place in banded]).reshape(-1, 3).T
    ends_of = [bands[1] - bands[0], bands[2] - bands[1]]
    whiskers = ax.errorbar(
        [middles[place] for place in banded],
        bands[1],
        yerr=ends_of,
        fmt="none",
        ecolor=tones.mark,
        elinewidth=1.2,
        capsize=2.5,
    )
    for line in (*whiskers.lines[1], *whiskers.lines[2]):
        line.set_path_effects(halo(tones, 1.2))
    gaps = joined(span for place, span in enumerate(days) if place not in places)
    dots = draw_gaps(drawing, gaps)
    _finish_axes(drawing, unit)
    if "floor" in sides:  # an arrow up needs room
        ax.set_ylim(top=1.1 * ax.get_ylim()[1])
    if not places:
        ax.set_yticks([])
    name_gaps(drawing, gaps, _NOT_OBSERVED, dots)
    unbounded = joined(days[place] for place, bound in zip(places, sides, strict=True) if bound == "none")
    name_gaps(drawing, unbounded, _NO_BOUND)
    below_axes = [
        *(["hatched: the period is covered in part"] if hatched else []),
        *([_DOTS] if gaps else []),
        *(text for bound, text in BOUNDS_IN_WORDS.items() if bound in sides),
    ]
    return finish(drawing, title, [*below_axes, source])


def cumulative(
    dates: Sequence[dt.date],
    medians: Sequence[float],
    fans: Sequence[tuple[float, Sequence[float], Sequence[float]]],
    *,
    bounds: Sequence[str] | None = None,
    claims: Sequence[Mark] = (),
    uses: Sequence[Use] = (),
    gaps: Sequence[tuple[dt.date, dt.date]] = (),
    title: str = "",
    unit: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw the running total by day as a fan, claims as points and uses as lines.

    The fan goes in steps: from a day on there is what there is with that day, until the next; the last is as wide as
    its day, or as can be seen. A claim stands in the middle of its day.

    Parameters
    ----------
    dates : sequence of datetime.date
        The days on which something comes, one after the other.
    medians : sequence of float
        The median up to and including each day [any one unit].
    fans : sequence of (float, sequence of float, sequence of float)
        Level, lows and highs of each band, in any order [the same unit].
    bounds : sequence of str, optional
        What each day is: "point"; "floor", whose line is the low end of the widest band; "ceiling", whose line is its
        high end; or "none", of which nothing is drawn [unitless].
    claims : sequence of Mark
        Published values, each with its date [the same unit].
    uses : sequence of Use
        Lines, straight between their days [the same unit].
    gaps : sequence of (datetime.date, datetime.date)
        First and last day of what was not observed, which dots show.
    title, unit : str
        What it is; what the axis counts [unitless].
    source, ax
        As for `bands`.

    Returns
    -------
    matplotlib.axes.Axes
        With what is drawn of median, bands, bounds, claims and uses named in its legend, below the axes.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If there are no days, they are not in order, lengths differ, a claim has no date, or `ax` is no axes 4 inches
        wide or more.

    Examples
    --------
    >>> import datetime
    >>> days = [datetime.date(2024, 1, 31), datetime.date(2024, 2, 29)]
    >>> ax = cumulative(days, [3e5, 7e5], [(0.9, [2e5, 5e5], [4e5, 9e5])], unit="rounds")
    >>> ax.get_legend().get_texts()[0].get_text()
    'median'
    """
    lengths = {f"fans[{place}]": ends for place, (_, lows, highs) in enumerate(fans) for ends in (lows, highs)}
    _same_length(dates=dates, medians=medians, bounds=bounds, **lengths)
    for use in uses:
        _same_length(**{f"dates of {use.label}": use.dates, f"values of {use.label}": use.values})
    if any(not before < after for before, after in pairwise(dates)):
        raise bad_argument("dates", dates, "one after the other, none of them twice")
    undated = [claim.label for claim in claims if claim.date is None]
    if undated:
        raise bad_argument("claims", undated, "dated", "Give each the day it speaks of.")
    drawing = open_drawing(ax, 7.5, 3.5, 0.8)
    ax, tones = drawing.ax, drawing.tones
    days = [day_of(day) for day in dates]
    days.append(days[-1] + max(1.0, _LAST_STEP * (days[-1] - days[0])))
    sides = list(bounds or ["point"] * len(dates))
    (line,) = ax.plot(
        days,
        to_the_end([median if bound == "point" else math.nan for median, bound in zip(medians, sides, strict=True)]),
        drawstyle="steps-post",
        color=tones.edge,
        linewidth=2,
        path_effects=halo(tones, 2),
        marker="o",
        markersize=4,
        markevery=list(range(len(dates))) if len(dates) <= _MOST_POINTS else [],
        solid_capstyle="butt",
        gid="median",
    )
    pointed = "point" in sides  # of bounds alone there is neither median nor band
    key: list[tuple[Any, str]] = [(line, "median")] if pointed else []
    key += [(draw_bound(drawing, days, fans, sides, bound), text) for bound, text in LINES.items() if bound in sides]
    # A step lasts until the next day, whatever that is.
    banded = [bound == "point" or before == "point" for before, bound in pairwise(["", *sides, sides[-1]])]
    for place, (level, lows, highs) in enumerate(sorted(fans, key=lambda fan: -fan[0])):
        look: dict[str, Any] = {
            "facecolor": tones.fan,
            "alpha": 0.3 + 0.35 * place / len(fans),
            "linewidth": 0,
            "gid": "fan",
        }
        band = ax.fill_between(days, to_the_end(lows), to_the_end(highs), step="post", where=banded, **look)
        key += [(band, f"{words.percent(level)} band")] if pointed else []
    key += [(_draw_use(drawing, use, uses), use.label) for use in uses]
    key += [(_draw_dated_claim(drawing, claim, place), claim.label) for place, claim in enumerate(claims)]
    low, high = ax.get_ylim()
    # An arrow from a claim or a lower bound goes up from where all else may end.
    ax.set_ylim(min(0.0, low), high + (0.1 * (high - min(0.0, low)) if claims or "floor" in sides else 0.0))
    stretches = joined(gaps)
    dots = draw_gaps(drawing, stretches)
    _finish_axes(drawing, unit)
    name_gaps(drawing, stretches, _NOT_OBSERVED, dots)
    if "none" in sides:  # and so to the end, since sums only grow by rows
        name_gaps(drawing, [(days[sides.index("none")], days[-1])], _NO_BOUND)
    below_axes = [*([_DOTS] if stretches else []), *([BOUNDS_IN_WORDS["none"]] if "none" in sides else [])]
    return finish(drawing, title, [*below_axes, source], key, columns=4)


def _draw_use(drawing: Drawing, use: Use, uses: Sequence[Use]) -> Any:
    """Draw a line: a colour and a mark at the end for each rate, dashes by what it bounds."""
    ax, tones = drawing.ax, drawing.tones
    # The order is that of grey: next to each other stand those that differ most without colour.
    colours = (tones.mark, ORANGE, GREEN, PURPLE)
    rates = list(dict.fromkeys(other.rate or other.label for other in uses))
    place = rates.index(use.rate or use.label)
    (line,) = ax.plot(
        [day_of(day) for day in use.dates],
        use.values,
        color=colours[place % len(colours)],
        linestyle=_DASHES.get(use.bound, "-."),
        linewidth=1.8,
        # Claims take the marks from the front, and fill them.
        marker=MARKERS[-1 - place % len(MARKERS)],
        markevery=[len(use.dates) - 1],
        markersize=7,
        markerfacecolor=tones.paper,
        clip_on=False,
        path_effects=halo(tones, 1.8),
        gid="use",
    )
    return line


def _draw_dated_claim(drawing: Drawing, claim: Mark, place: int) -> Any:
    """Draw a point, two with a line between them for a range, or one with an arrow towards the end left open."""
    assert claim.date is not None
    day = day_of(claim.date) + 0.5
    ends = list(dict.fromkeys(end for end in (claim.low, claim.high) if end is not None))
    (drawn,) = drawing.ax.plot(
        [day] * len(ends),
        ends,
        marker=MARKERS[place % len(MARKERS)],
        color=VERMILION,
        markeredgecolor=drawing.tones.ink,
        markersize=7,
        linewidth=1.5,
        linestyle="-" if len(ends) > 1 else "",
        zorder=4,
        gid="claim",
    )
    if claim.low is None or claim.high is None:
        up = 1 if claim.high is None else -1
        arrow = {"arrowstyle": "<-", "color": VERMILION, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 4}
        drawing.ax.annotate(
            "", (day, ends[0]), xytext=(0, 20 * up), textcoords="offset points", arrowprops=arrow, zorder=4
        ).set_in_layout(False)
    return drawn


def _finish_axes(drawing: Drawing, unit: str) -> None:
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

    ax = drawing.ax
    left, right = ax.get_xlim()
    more = max(_FEWEST_DAYS - (right - left), 0.0) / 2
    ax.set_xlim(left - more, right + more)
    locator = AutoDateLocator(minticks=3, maxticks=5 if drawing.narrow else 9)  # type: ignore[no-untyped-call]
    ax.xaxis.set_major_locator(locator)
    ax.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]
    ax.xaxis.get_offset_text().set_visible(True)
    # The year or month stands at the height of a label: without a line there it would run into what is below.
    ax.set_xlabel(" ")
    in_words(ax.yaxis)
    ax.set_ylabel(plain(unit))
    ax.tick_params(labelsize=9)
    bare(ax, "top", "right")


def _same_length(**series: Sequence[Any] | None) -> None:
    lengths = {name: len(values) for name, values in series.items() if values is not None}
    if len(set(lengths.values())) > 1 or 0 in lengths.values():
        counts = ", ".join(f"{name} {length}" for name, length in lengths.items())
        raise bad_argument(
            ", ".join(lengths), counts, "of one length, at least 1", "Give one of each for every period."
        )
