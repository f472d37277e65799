"""The shape of a distribution, as one line of text or as a small picture."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

from shellflow.display._streams import can_show
from shellflow.errors import printable

__all__ = ["ACCENT", "distribution_svg", "escaped", "sketch"]

_CUT = 0.005  # share of the draws left out of a picture at each end
_NO_WIDTH = 1e-9  # differences below this part of the values are rounding
_LEAST_WIDTH = 1e-300  # less cannot be parted into bars
_FEWEST_BARS = 8
_BLOCKS = " ▁▂▃▄▅▆▇█"
_PLAIN_BLOCKS = " .:-=+*#"

_BARS = 40
_SVG_WIDTH = 280
_SVG_HEIGHT = 48
_HEAD = 7
_LETTER = 6.2  # width of a letter of 11 px, about

ACCENT = "#3a8fd0"  # seen on white and on black alike


def sketch(draws: Floats, *, columns: int = 32) -> str:
    """Return the shape of a distribution as one line: block characters, or plain ones where the terminal has no others.

    Beyond the central 99 % of the draws it shows nothing, since tails may run to infinity.

    Parameters
    ----------
    draws : array of n floats
        Draws in any order [any one unit].
    columns : int
        The most characters [unitless].

    Returns
    -------
    str
        One line; empty where all draws are the same.

    Examples
    --------
    >>> import numpy as np
    >>> len(sketch(np.arange(1_000.0), columns=8))
    8
    """
    shape = _shape(draws, columns)
    if shape is None:
        return ""
    signs = _BLOCKS if can_show(_BLOCKS, sys.stdout) else _PLAIN_BLOCKS
    # A bar of any height shows: only an empty one is blank.
    return "".join(signs[math.ceil(height * (len(signs) - 1))] for height in shape.heights)


@dataclass(frozen=True)
class _Shape:
    """Bars of equal width from `first` to `last`, heights from 0 to 1."""

    first: float
    last: float
    heights: tuple[float, ...]


def _shape(draws: Floats, columns: int) -> _Shape | None:
    import numpy as np

    ordered = np.sort(draws)
    cut = int(_CUT * ordered.size)
    first, last = float(ordered[cut]), float(ordered[-1 - cut])
    if not last - first > max(_NO_WIDTH * max(abs(first), abs(last)), _LEAST_WIDTH):
        return None
    inside = ordered[cut : ordered.size - cut]
    distinct = 1 + int(np.count_nonzero(np.diff(inside) > _NO_WIDTH * (last - first)))
    # A few more whole numbers than bars would fall one into this bar and two into the next, and look like a comb.
    bars = columns if distinct <= columns else min(columns, max(_FEWEST_BARS, distinct // 4))
    counts, _ = np.histogram(inside, bars, (first, last))
    return _Shape(first, last, tuple((counts / counts.max()).tolist()))


def distribution_svg(draws: Floats, *, low: float, median: float, high: float, ends: tuple[str, str] = ("", "")) -> str:
    """Return the shape of a distribution as a small inline SVG: bars, those within the band dark, and the median.

    Beyond the central 99 % of the draws it shows nothing, since tails may run to infinity.

    Parameters
    ----------
    draws : array of n floats
        Draws in any order [any one unit].
    low, median, high : float
        The band and the median [the same unit].
    ends : tuple of two str
        What to write under the ends of the band; left away where the two would overlap [unitless].

    Returns
    -------
    str
        An svg element; empty where all draws are the same.

    Examples
    --------
    >>> import numpy as np
    >>> distribution_svg(np.arange(1_000.0), low=50, median=500, high=950)[:4]
    '<svg'
    """
    shape = _shape(draws, _BARS)
    if shape is None:
        return ""
    wide = _SVG_WIDTH / len(shape.heights)

    def across(value: float) -> float:
        return min(max((value - shape.first) / (shape.last - shape.first), 0.0), 1.0) * _SVG_WIDTH

    start, middle, end = across(low), across(median), across(high)
    bars: dict[bool, str] = {True: "", False: ""}
    for place, height in enumerate(shape.heights):
        if height > 0:
            tall = max(height * _SVG_HEIGHT, 2.0)  # a cliff of one draw in a hundred is to be seen
            inside = start <= (place + 0.5) * wide <= end
            bars[inside] += f"M{place * wide:.1f} {_SVG_HEIGHT}v{-tall:.1f}h{wide - 0.5:.1f}v{tall:.1f}z"
    drawn = [
        f'<path d="{path}" fill="currentColor" fill-opacity="{opacity}"/>'
        for path, opacity in ((bars[True], 0.55), (bars[False], 0.35))
        if path
    ]
    below = _SVG_HEIGHT + 5
    left, right = max(middle - 5, 0.0), min(middle + 5, float(_SVG_WIDTH))
    drawn.append(
        f'<path d="M{start:.1f} {below}H{end:.1f}" stroke="currentColor" stroke-width="3"/>'
        # Its head tells the line from the bars where colours cannot be told apart.
        f'<path d="M{middle:.1f} 0V{below + 4}" stroke="{ACCENT}" stroke-width="2"/>'
        f'<path d="M{left:.1f} -{_HEAD}H{right:.1f}L{middle:.1f} 0z" fill="{ACCENT}"/>'
    )
    halves = [len(text) * _LETTER / 2 for text in ends]
    places = [min(max(place, half), _SVG_WIDTH - half) for place, half in zip((start, end), halves, strict=True)]
    if places[0] + halves[0] + _LETTER < places[1] - halves[1]:
        drawn += [
            f'<text x="{place:.1f}" y="{below + 16}" text-anchor="middle">{escaped(text)}</text>'
            for place, text in zip(places, ends, strict=True)
            if text
        ]
    said = escaped(
        f"distribution over the draws; its median and its band{': ' if ends[0] else ''}"
        f"{' to '.join(one for one in ends if one)}"
    )
    tall = below + 20 + _HEAD
    return (
        f'<svg role="img" aria-label="{said}" width="{_SVG_WIDTH}" height="{tall}" '
        f'viewBox="0 -{_HEAD} {_SVG_WIDTH} {tall}" fill="currentColor" '
        f'style="display:block;max-width:100%;font:11px sans-serif">{"".join(drawn)}</svg>'
    )


def escaped(text: str) -> str:
    """Return a text as HTML, what cannot be seen written out, no line breaking between a number and its per cent."""
    from html import escape  # 2 ms, which a terminal does not need

    return escape(printable(text)).replace(" %", "&nbsp;%")
