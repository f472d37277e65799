"""How many equal rectangles fit on a floor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shellflow.boxes._checks import Rectangle, countable, one_size
from shellflow.boxes._plain import barnes, blocks, exceeds_table, two_grids, widened
from shellflow.boxes._search import best_count, layout_of, prepared

__all__ = ["PINWHEELS", "FloorFit", "fit_floor", "floor_fit"]

PINWHEELS = (1_000_000, 5_000_000)  # weighed at most at one sub-floor, and in one search


@dataclass(frozen=True)
class FloorFit:
    """How many rectangles fit on a floor.

    `bound` is what no layout can exceed, and `proven` says that `count` meets it: where it does not, more may be
    possible, up to the bound. `layout` holds (x, y, dx, dy) of each box with its clearance, or None when not asked for.
    """

    count: int
    bound: int
    proven: bool
    layout: tuple[Rectangle, ...] | None = None


def fit_floor(
    length: float, width: float, box_length: float, box_width: float, *, clearance: float = 0.0, layout: bool = False
) -> FloorFit:
    """Return how many equal rectangles fit on a floor, each turned by 90 degrees or not.

    Some known floors need L-shaped pieces, which are not searched, and on floors of hundreds of boxes the search is cut
    off: there the count can be a few boxes short, and says not proven. From some thousands on only pairs of grids are
    tried.

    Parameters
    ----------
    length, width : float
        Sides of the floor, in any order. [m]
    box_length, box_width : float
        Sides of a box, in any order. [m]
    clearance : float
        Added to each side of the box. [m]
    layout : bool
        Whether to give the place of each box. [unitless]

    Returns
    -------
    FloorFit
        Count, upper bound, whether the count is proven, and the layout. [unitless]

    Raises
    ------
    ArgumentError
        If a side is not a finite number above zero, or the clearance is not a finite number of zero or more.

    Notes
    -----
    Recursive five-block (Bischoff and Dowsland 1982; Birgin, Lobato and Morabito 2010) on reduced raster points,
    bounded by the area less the waste of Barnes (1979). The bound is also taken for boxes of whole sides p by q, q at
    most 12, on the longest P by Q that rows which fit would then have: they pack at least as many.

    Examples
    --------
    >>> fit_floor(5.898, 2.352, 1.2, 1.0)
    FloorFit(count=10, bound=10, proven=True, layout=None)
    """
    sides = (one_size("length", length), one_size("width", width))
    spare = one_size("clearance", clearance, zero=True)
    box = (one_size("box_length", box_length) + spare, one_size("box_width", box_width) + spare)
    countable(max(sides), min(box))
    return floor_fit(*sides, *box, layout=layout)


def floor_fit(length: float, width: float, box_length: float, box_width: float, *, layout: bool) -> FloorFit:
    """Return the fit on a floor whose sides and boxes have been checked, clearance in them."""
    long, short = widened(max(length, width)), widened(min(length, width))
    longer, shorter = max(box_length, box_width), min(box_length, box_width)
    places: list[Rectangle] | None = None
    if longer > short:  # every box lies along the floor, so columns and rows are all there is
        count = bound = int(np.floor(long / longer) * np.floor(short / shorter))
        places = blocks(long, short, longer, shorter)[0] if layout else None
    elif exceeds_table(long, short, longer, shorter):
        count = int(two_grids(long, short, np.array([longer]), np.array([shorter]))[0])
        bound = int(barnes(long, short, longer, shorter))
        places = max(blocks(long, short, longer, shorter), key=len) if layout else None
    else:
        search = prepared(long, short, longer, shorter, PINWHEELS)
        bound = int(search.high[-1])
        count = best_count(search, bound)
        places = layout_of(search, search.size - 1, search.across - 1) if layout else None
    if places is not None and length < width:
        places = [(y, x, dy, dx) for x, y, dx, dy in places]
    return FloorFit(count, bound, count == bound, None if places is None else tuple(places))
