"""Grids, one straight cut between two of them, and the bound of Barnes: for one size or for many at once."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

from shellflow.boxes._checks import Floats, Integers, Rectangle, countable, many_sizes, together

__all__ = [
    "NOISE",
    "SLACK",
    "barnes",
    "better_grid",
    "blocks",
    "exceeds_table",
    "floored",
    "plain_grid",
    "rows_beside",
    "two_grids",
    "widened",
]

SLACK = 1e-9
"""Share by which every side of the container, and of its door, is widened: three boxes of 0.8 fit into 2.4."""

NOISE = 1e-12  # what sums of a few hundred lengths lose to rounding, as a share of the longest side

_LARGEST_TABLE = 1_000_000  # sub-floors in the tables of one search: beyond it memory, and time, run away


def plain_grid(
    length: npt.ArrayLike, width: npt.ArrayLike, box_length: npt.ArrayLike, box_width: npt.ArrayLike
) -> Integers:
    """Return how many boxes the better of the two plain grids holds, all of them turned the same way.

    It is what most load calculators give, and falls short of the best layout by 6 to 11 % for crates.

    Parameters
    ----------
    length, width : float or array
        Sides of the floor, in any order. [m]
    box_length, box_width : float or array
        Sides of a box, in any order. [m]

    Returns
    -------
    array of int
        Boxes, one value for each set of sides, after broadcasting. [unitless]

    Raises
    ------
    ArgumentError
        If a side is not a finite number above zero, or shapes do not match.

    Notes
    -----
    max(floor(L/l) floor(W/w), floor(L/w) floor(W/l)), each floor side widened by `SLACK`.

    Examples
    --------
    >>> int(plain_grid(5.898, 2.352, 1.2, 1.0))
    8
    """
    named = {"length": length, "width": width, "box_length": box_length, "box_width": box_width}
    x, y, dx, dy = together({name: many_sizes(name, value) for name, value in named.items()})
    countable(max(x.max(initial=0), y.max(initial=0)), min(dx.min(initial=inf), dy.min(initial=inf)))
    return np.asarray(better_grid(widened(x), widened(y), dx, dy), np.int64)


def widened(side: Any) -> Any:
    """Return a side, or draws of it, widened by `SLACK`."""
    return side * (1 + SLACK)


def better_grid(length: Any, width: Any, box_length: Any, box_width: Any) -> Any:
    """Return the boxes in the better of the two plain grids, as whole floats."""
    along = np.floor(length / box_length) * np.floor(width / box_width)
    across = np.floor(length / box_width) * np.floor(width / box_length)
    return np.maximum(along, across)


def exceeds_table(long: Any, short: Any, longer: Any, shorter: Any) -> Any:
    """Return whether the table of sub-floors would be too large; the sums along a side fill a triangle of (i, j)."""
    along = (long / longer + 1) * (long / shorter + 1) / 2
    across = (short / longer + 1) * (short / shorter + 1) / 2
    return along * across > _LARGEST_TABLE


def floored(ratio: Any) -> Any:
    """Return the whole part of a ratio that rounding may have left a little short."""
    return np.floor(ratio * (1 + NOISE) + NOISE)


def barnes(length: Any, width: Any, p: Any, q: Any) -> Any:
    """Return the bound of Barnes (1979) for boxes of p by q: a box splits into bars 1 by p, and into bars 1 by q."""
    waste = np.zeros(())
    for bar in (p, q):
        rest, other = length % bar, width % bar
        waste = np.maximum(waste, np.minimum(rest * other, (bar - rest) * (bar - other)))
    return floored((length * width - waste) / (p * q))


def rows_beside(side: float, longer: Floats, shorter: Floats) -> Iterator[Floats]:
    """Yield, for i = 0, 1, ... boxes lying lengthwise along a side, how many fit crosswise beside them; -1 for none."""
    for i in range(int(side / np.min(longer)) + 1):
        yield np.maximum(np.floor((side - i * longer) / shorter), -1)


def two_grids(long: float, short: float, longer: Floats, shorter: Floats) -> Floats:
    """Return the best of one straight cut, with a grid of lengthwise boxes before it and of crosswise ones behind."""
    best = np.zeros(longer.shape)
    for side, other in ((long, short), (short, long)):
        lengthwise, crosswise = np.floor(other / shorter), np.floor(other / longer)
        for i, beside in enumerate(rows_beside(side, longer, shorter)):
            best = np.maximum(best, np.where(beside >= 0, i * lengthwise + beside * crosswise, 0))
    return best


def blocks(long: float, short: float, longer: float, shorter: float) -> list[list[Rectangle]]:
    """Return the layouts that `two_grids` chooses from: cut across the long side, cut across the short side."""
    layouts = []
    for side, other, turned in ((long, short, False), (short, long, True)):
        lengthwise, crosswise = int(other / shorter), int(other / longer)
        beside = [int(rows[0]) for rows in rows_beside(side, np.array([longer]), np.array([shorter]))]
        i = max(range(len(beside)), key=lambda i: i * lengthwise + beside[i] * crosswise)
        places = [(a * longer, b * shorter, longer, shorter) for a in range(i) for b in range(lengthwise)]
        places += [
            (i * longer + a * shorter, b * longer, shorter, longer) for a in range(beside[i]) for b in range(crosswise)
        ]
        layouts.append([(y, x, dy, dx) for x, y, dx, dy in places] if turned else places)
    return layouts
