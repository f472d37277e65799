"""What is a bound in figures over time: bars and lines up to the end that is known, with an arrow to the other."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from shellflow.plot._axes import Drawing, halo

__all__ = ["ARROWS", "BOUNDS_IN_WORDS", "LINES", "draw_arrow", "draw_bound", "to_the_end", "top_of"]

ARROWS = ("floor", "ceiling")
LINES = {"floor": "at least", "ceiling": "at most"}
BOUNDS_IN_WORDS = {
    "floor": "arrow up: at least so much",
    "ceiling": "arrow down: at most so much",
    "none": "nothing drawn where lower and upper bounds are added up",
}


def top_of(row: tuple[float, float, float], bound: str) -> float:
    """Return where a bar ends: at the median, or at the one end that is known of a bound."""
    low, median, high = row
    return {"floor": low, "ceiling": high, "none": 0.0}.get(bound, median)


def draw_arrow(drawing: Drawing, at: float, value: float, colour: str, *, up: bool) -> None:
    """Draw an arrow from a bound towards the end that is left open."""
    set_off = halo(drawing.tones, 1.5)
    arrow = {"arrowstyle": "<-", "color": colour, "linewidth": 1.5, "shrinkA": 0, "shrinkB": 2, "path_effects": set_off}
    place, offset = (at, value), (0, 16 if up else -16)
    drawing.ax.annotate(
        "", place, xytext=offset, textcoords="offset points", arrowprops=arrow, zorder=4, gid="bound"
    ).set_in_layout(False)


def draw_bound(
    drawing: Drawing,
    days: Sequence[float],
    fans: Sequence[tuple[float, Sequence[float], Sequence[float]]],
    sides: Sequence[str],
    bound: str,
) -> Any:
    """Draw the end that is known of the days that are a bound, as a line with an arrow at its end."""
    _, lows, highs = max(fans, key=lambda fan: fan[0])
    ends = lows if bound == "floor" else highs
    values = to_the_end([end if side == bound else math.nan for end, side in zip(ends, sides, strict=True)])
    look: dict[str, Any] = {"color": drawing.tones.edge, "linewidth": 2, "linestyle": "--", "gid": bound}
    look["path_effects"] = halo(drawing.tones, 2)
    (line,) = drawing.ax.plot(days, values, drawstyle="steps-post", **look)
    last = max(place for place, value in enumerate(values) if value == value)
    middle = (days[last] + days[min(last + 1, len(days) - 1)]) / 2
    draw_arrow(drawing, middle, values[last], drawing.tones.edge, up=bound == "floor")
    return line


def to_the_end(values: Sequence[float]) -> list[float]:
    """Return values with the last one once more, where its step ends."""
    return [*values, values[-1]]
