"""One distribution, as dots."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shellflow import words
from shellflow.plot._axes import Drawing, bare, draw_claim, finish, in_words, name_of, open_drawing
from shellflow.plot._rows import Mark
from shellflow.plot._text import plain

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from matplotlib.axes import Axes

    Floats = npt.NDArray[np.float64]

__all__ = ["distribution"]

_DOTS = 100
_READ_DOTS = "each dot: one hundredth of the draws; tails of {} at either end are cut"
_READ_LINE = "the same in every draw"
_TAIL = 0.5 / _DOTS


def distribution(
    draws: Floats,
    *,
    low: float,
    median: float,
    high: float,
    title: str = "",
    unit: str = "",
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
    title, unit : str
        What it is, with the band in words on a line of its own; what the axis counts [unitless].
    claims : sequence of Mark
        Published values [the same unit].
    source, ax
        As for `bands`.

    Returns
    -------
    matplotlib.axes.Axes
        With the dots as a collection with the gid "dots".

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If `ax` is no axes 4 inches wide or more.

    Examples
    --------
    >>> import numpy as np
    >>> ax = distribution(np.arange(1_000.0), low=50, median=500, high=950, unit="rounds")
    >>> ax.get_xlabel()
    'rounds'
    """
    import numpy as np

    drawing = open_drawing(ax, 7.0, 2.9, 0.9)
    ax, tones = drawing.ax, drawing.tones
    ordered = np.sort(np.asarray(draws, dtype=float))
    places = (np.arange(_DOTS) + 0.5) / _DOTS
    dots = ordered[np.minimum((places * ordered.size).astype(int), ordered.size - 1)]
    stated = [end for claim in claims for end in (claim.low, claim.high) if end is not None]
    least, most = min(float(dots[0]), low, *stated), max(float(dots[-1]), high, *stated)
    same = not float(dots[-1]) - float(dots[0]) > 1e-9 * max(abs(float(dots[0])), abs(float(dots[-1])))
    spare = 0.05 * (most - least) if most - least > 1e-9 * max(abs(least), abs(most)) else 0.1 * abs(most) or 1.0
    ax.set_xlim(least - spare, most + spare)
    if same:
        top = 1.0
        ax.plot([median, median], [0.0, 0.8], color=tones.fill, linewidth=4, solid_capstyle="butt", gid="dots")
    else:
        across, up, size, top = _stacked(drawing, dots)
        inside = (dots >= low - 1e-12 * abs(low)) & (dots <= high + 1e-12 * abs(high))
        ax.scatter(
            across,
            up,
            s=(0.86 * size) ** 2,
            facecolors=[tones.fill if within else tones.hollow for within in inside],
            edgecolors=[tones.edge if within else tones.pale for within in inside],
            linewidths=0.9,
            gid="dots",
        )
    base = -0.09 * top
    ax.plot([low, high], [base, base], color=tones.ink, linewidth=3, solid_capstyle="butt", gid="band")
    diamond = {"marker": "D", "markersize": 7, "markerfacecolor": tones.glow}
    ax.plot([median], [base], color=tones.ink, linestyle="", gid="median", **diamond)
    ax.set_ylim(-0.18 * top, top * (1.12 + 0.13 * len(claims)))
    key = [
        (draw_claim(drawing, claim, place, top * (1.1 + 0.13 * (len(claims) - 1 - place))), name_of(claim))
        for place, claim in enumerate(claims)
    ]
    ax.set_yticks([])
    bare(ax, "left", "top", "right")
    in_words(ax.xaxis, drawing.text_width)
    ax.set_xlabel(plain(unit))
    note = _READ_LINE if same else _READ_DOTS.format(words.percent(_TAIL))
    return finish(drawing, title, [note, source], key, columns=2)


def _stacked(drawing: Drawing, dots: Floats) -> tuple[Floats, Floats, float, float]:
    """Return where each dot stands, across and up in dots, how wide it is in points, and how high all go."""
    import numpy as np

    left, right = drawing.ax.get_xlim()
    high = 0.6 * (drawing.height if drawing.own else drawing.axes_height)

    def columned(columns: int) -> tuple[float, int, npt.NDArray[np.int64]]:
        column = np.floor((dots - left) / (right - left) * columns).astype(int)
        return min(drawing.text_width / columns, high / int(np.bincount(column).max())), columns, column

    # The columns for which dots are largest: few are wide but high, many are low but narrow.
    size, columns, column = max(map(columned, (60, 50, 40, 33, 27, 22, 18)), key=lambda choice: choice[0])
    across = left + (column + 0.5) / columns * (right - left)
    up = np.array([np.count_nonzero(column[:place] == column[place]) for place in range(dots.size)]) + 0.5
    return across, up, size, high / size
