"""One distribution, as dots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shellflow.plot._axes import (
    bare,
    beside,
    draw_claim,
    figure_axes,
    finish,
    in_words,
    is_narrow,
    points_of,
    room_of,
)
from shellflow.plot._rows import Mark
from shellflow.plot._text import LONGEST_LABEL, SMALL, TINY, plain
from shellflow.plot._tones import tones_of

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from matplotlib.axes import Axes

    Floats = npt.NDArray[np.float64]

__all__ = ["distribution"]

_DOTS = 100


def distribution(
    draws: Floats,
    *,
    low: float,
    median: float,
    high: float,
    title: str = "",
    unit: str = "",
    said: str = "",
    claims: Sequence[Mark] = (),
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a distribution as a hundred dots, each one hundredth of the draws, with its band.

    A dot stands in the middle of its column, not at its exact value.

    Parameters
    ----------
    draws : array of n floats
        Draws in any order [any one unit].
    low, median, high : float
        The band and the median [the same unit].
    title, unit, said : str
        What it is; what the axis counts; the band in words [unitless].
    claims : sequence of Mark
        Published values [the same unit].
    source : str
        What to print below the figure [unitless].
    ax : matplotlib axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    matplotlib.axes.Axes
        With the dots as a collection with the gid "dots".

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If `ax` is no axes.

    Examples
    --------
    >>> import numpy as np
    >>> ax = distribution(np.arange(1_000.0), low=50, median=500, high=950, unit="rounds")
    >>> ax.get_xlabel()
    'rounds'
    """
    import numpy as np

    own = ax is None
    ax = figure_axes(ax, 7.0, 2.9)
    ordered = np.sort(np.asarray(draws, dtype=float))
    places = (np.arange(_DOTS) + 0.5) / _DOTS
    dots = ordered[np.minimum((places * ordered.size).astype(int), ordered.size - 1)]
    stated = [end for one in claims for end in (one.low, one.high) if end is not None]
    least, most = min(float(dots[0]), low, *stated), max(float(dots[-1]), high, *stated)
    same = not float(dots[-1]) - float(dots[0]) > 1e-9 * max(abs(float(dots[0])), abs(float(dots[-1])))
    spare = 0.05 * (most - least) if most - least > 1e-9 * max(abs(least), abs(most)) else 0.1 * abs(most) or 1.0
    ax.set_xlim(least - spare, most + spare)

    tones, room = tones_of(ax), room_of(ax, own=own)
    size = TINY if is_narrow(ax, own=own) else SMALL
    if same:
        top = 1.0
        ax.plot([median, median], [0.0, 0.8], color=tones.fill, linewidth=4, solid_capstyle="butt", gid="dots")
        beside(ax, median, 0.6, "the same in every draw", tones.ink, room, size)
    else:
        across, up, wide, top = _stacked(ax, dots, own=own)
        inside = (dots >= low - 1e-12 * abs(low)) & (dots <= high + 1e-12 * abs(high))
        ax.scatter(
            across,
            up,
            s=(0.86 * wide) ** 2,
            facecolors=[tones.fill if one else tones.paper for one in inside],
            edgecolors=[tones.edge if one else tones.pale for one in inside],
            linewidths=0.9,
            gid="dots",
        )
    base = -0.09 * top
    ax.plot([low, high], [base, base], color=tones.ink, linewidth=3, solid_capstyle="butt", gid="band")
    ax.plot(
        [median],
        [base],
        marker="D",
        markersize=7,
        color=tones.ink,
        markerfacecolor=tones.paper,
        linestyle="",
        gid="median",
    )
    ax.set_ylim(-0.18 * top, top * (1.12 + 0.13 * len(claims)))
    for place, claim in enumerate(claims):
        draw_claim(ax, claim, place, top * (1.1 + 0.13 * (len(claims) - 1 - place)), room, size)
    ax.set_yticks([])
    bare(ax, "left", "top", "right")
    in_words(ax.xaxis)
    ax.set_xlabel(plain(unit, LONGEST_LABEL))
    dotted = [] if same else ["each dot: one hundredth of the draws"]
    return finish(ax, f"{title}\n{said}".strip(), [*dotted, source], own=own)


def _stacked(ax: Axes, dots: Floats, *, own: bool) -> tuple[Floats, Floats, float, float]:
    """Return where each dot stands, across and up in dots, how wide it is in points, and how high all go."""
    import numpy as np

    (left, right), wide = ax.get_xlim(), room_of(ax, own=own)
    # Where axes are narrow, title and notes take of their height too.
    high = points_of(ax)[1] * (0.7 if is_narrow(ax, own=own) else 1.0)
    best: tuple[float, int, npt.NDArray[np.int64]] | None = None
    # The columns for which dots are largest: few are wide but high, many are low but narrow.
    for columns in (60, 50, 40, 33, 27, 22, 18):
        column = np.floor((dots - left) / (right - left) * columns).astype(int)
        size = min(wide / columns, 0.7 * high / int(np.bincount(column).max()))
        if best is None or size > best[0]:
            best = size, columns, column
    assert best is not None
    size, columns, column = best
    across = left + (column + 0.5) / columns * (right - left)
    up = np.array([np.count_nonzero(column[:place] == column[place]) for place in range(dots.size)]) + 0.5
    return across, up, size, 0.7 * high / size
