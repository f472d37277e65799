"""What was not observed, in figures over time: dots in place of what is not known, and why in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from shellflow.plot._axes import Drawing
from shellflow.plot._text import TINY, letters

if TYPE_CHECKING:
    from matplotlib.patches import Rectangle

__all__ = ["day_of", "draw_gaps", "joined", "name_gaps"]

_MOST_CUT = 0.6  # of the height of dots, for words


def day_of(date: dt.date) -> float:
    """Return where a day begins on an axis of dates."""
    from matplotlib.dates import date2num

    return float(date2num(date))  # type: ignore[no-untyped-call]  # matplotlib.dates has no types


def joined(spans: Iterable[tuple[dt.date, dt.date]]) -> list[tuple[float, float]]:
    """Return stretches of days that follow each other as one each, from their beginning to their end."""
    stretches: list[tuple[float, float]] = []
    for first, last in spans:
        start, end = day_of(first), day_of(last) + 1.0
        if stretches and stretches[-1][1] == start:
            start = stretches.pop()[0]
        stretches.append((start, end))
    return stretches


def draw_gaps(drawing: Drawing, gaps: Sequence[tuple[float, float]]) -> list[Rectangle]:
    """Draw dots where nothing was observed, behind all else, and return them."""
    look: dict[str, Any] = {"facecolor": "none", "edgecolor": drawing.tones.pale, "hatch": "..", "linewidth": 0}
    return [drawing.ax.axvspan(start, end, alpha=0.5, zorder=0, gid="gap", **look) for start, end in gaps]


def name_gaps(drawing: Drawing, gaps: Sequence[tuple[float, float]], text: str, dots: Sequence[Rectangle] = ()) -> None:
    """Write why nothing is drawn into the gaps that have room for it, upright where they are narrow, below the dots."""
    ax = drawing.ax
    left, right = ax.get_xlim()
    for (start, end), dotted in zip_longest(gaps, dots):
        room = (end - start) / (right - left) * drawing.text_width
        if room < 2 * TINY:
            continue
        lying = letters(room, TINY) > len(text) + 2
        points = TINY if lying else TINY * 0.6 * len(text)
        cut = min((points + TINY) / drawing.axes_height, _MOST_CUT)
        ax.text(
            (start + end) / 2,
            cut / 2,
            text,
            transform=ax.get_xaxis_transform(),
            rotation="horizontal" if lying else "vertical",
            ha="center",
            va="center",
            fontsize=TINY,
            color=drawing.tones.grey,
            zorder=0.5,  # behind all lines
            gid=text,
        ).set_in_layout(False)
        if dotted is not None:
            dotted.set_y(cut)
            dotted.set_height(1.0 - cut)
