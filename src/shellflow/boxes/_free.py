"""Boxes that may lie on any side: slabs across the container, each filled as a floor is.

Boxes of one slab all have the same side across it. Slabs of two depths may stand behind each other. Clearance is added
to the two horizontal sides of a box, and some sides may not stand, so that the vertical is not like the two others.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from shellflow.boxes._checks import Cuboid, Door, Floats, Rectangle, Triple, checked_options
from shellflow.boxes._classes import floor_draws
from shellflow.boxes._floor import floor_fit
from shellflow.boxes._plain import barnes, floored, widened

__all__ = ["fit_free", "free_bound", "free_draws"]

_UP = 2  # the vertical side of the room
_SIDES = (0, 1, 2)
_PAIRS = ((0, 1), (0, 2), (1, 2))

# Of many draws only slabs of few boxes are searched, where one box more tells: that takes 0.5 s for 16,384 crates in a
# 20 ft box instead of 20 s, and loses two boxes in a thousand.
_MANY_DRAWS = 1_000
_LARGEST_OF_MANY = 60


def fit_free(
    room: Triple, box: Triple, spare: float, opening: tuple[float, float], *, layout: bool
) -> tuple[int, int, tuple[Cuboid, ...] | None]:
    """Return how many boxes of one size fit, what no layout can exceed, and the layout where it is wanted."""
    tall = _tall(room, box, opening)
    count, chosen = 0, None
    for across in _SIDES:
        slabs = [_slab(room, box, tall, spare, across, lying, layout) for lying in _SIDES]
        per_slab = [float(slab[0]) for slab in slabs]
        depths = [_depth(box, tall, spare, across, lying) for lying in _SIDES]
        for first, second in _PAIRS:
            number = np.arange(int(widened(room[across]) / depths[first]) + 1)
            behind = _behind(room[across], number, depths[first], depths[second])
            total = number * per_slab[first] + behind * per_slab[second]
            best = int(np.argmax(total))
            if total[best] > count:
                count = int(total[best])
                chosen = across, ((first, int(number[best])), (second, int(behind[best]))), slabs, depths
    places: tuple[Cuboid, ...] | None = () if layout else None
    if layout and chosen is not None:
        across, stack, slabs, depths = chosen
        places = tuple(_placed(across, [(number, depths[lying], slabs[lying][1]) for lying, number in stack]))
    bound = max(count, int(_bound(room, box, spare, opening))) if count else 0
    return count, bound, places


def free_draws(room: Triple, box: Triple, spare: Floats, opening: tuple[float, float], needed: Floats) -> Floats:
    """Return how many boxes fit in each draw of their size; from `needed` on any number up to that will do."""
    tall = _tall(room, box, opening)
    largest = _LARGEST_OF_MANY if spare.size > _MANY_DRAWS else np.inf
    sides = [
        (
            across,
            [_depth(box, tall, spare, across, lying) for lying in _SIDES],
            [_grids(room, box, tall, spare, across, lying) for lying in _SIDES],
        )
        for across in _SIDES
    ]
    counts = np.zeros(spare.shape)
    for across, depths, grids in sides:
        counts = np.maximum(counts, _stacked(room[across], depths, grids))
    for across, depths, grids in sides:
        floors = [_plane(room, box, tall, spare, across, lying) for lying in _SIDES]
        most = [
            np.where(searched, np.maximum(grid, barnes(widened(x), widened(y), dx, dy)), grid)
            for grid, (x, y, dx, dy, searched) in zip(grids, floors, strict=True)
        ]
        filled = list(grids)
        for lying, (x, y, dx, dy, _) in enumerate(floors):
            slabs = np.floor(widened(room[across]) / depths[lying])
            open_draws = (counts < needed) & (slabs > 0) & (most[lying] > grids[lying]) & (most[lying] <= largest)
            open_draws &= _stacked(room[across], depths, most) > counts
            enough = np.where(open_draws, np.ceil(needed / np.maximum(slabs, 1)), 0)
            filled[lying] = np.maximum(grids[lying], np.where(open_draws, floor_draws(x, y, dx, dy, enough), 0))
            most[lying] = np.where(open_draws, filled[lying], most[lying])
            counts = np.maximum(counts, _stacked(room[across], depths, filled))
    return counts


def free_bound(
    length: float,
    width: float,
    height: float,
    box_length: Any,
    box_width: Any,
    box_height: Any,
    clearance: Any = 0.0,
    *,
    door: Door | None = None,
) -> Any:
    """Return what no layout of boxes that may lie on any side can exceed, for one size or for each draw of it.

    Parameters
    ----------
    length, width, height : float
        Inner sides of the container. [m]
    box_length, box_width, box_height : float or array, shape (n,)
        Sides of a box. [m]
    clearance : float or array, shape (n,)
        Added to each horizontal side of a box as it stands. [m]
    door : (width, height), optional
        Opening of the door; None for a side that does not matter. [m]

    Returns
    -------
    float or array, shape (n,)
        Whole numbers of boxes. [unitless]

    Raises
    ------
    ArgumentError
        If the door is not a pair of finite numbers above zero.

    Notes
    -----
    Volume over volume; and where the longest side of a box lies along one side of the container only, as many
    cross-sections as there are rows, each bounded by area.

    Examples
    --------
    >>> float(free_bound(5.867, 2.33, 2.35, 0.948, 0.34, 0.343))
    290.0
    """
    opening = checked_options(None, door, "free")[1]
    return _bound((length, width, height), (box_length, box_width, box_height), clearance, opening)


def _bound(room: Triple, box: Triple, spare: Any, opening: tuple[float, float]) -> Any:
    tall = _tall(room, box, opening)
    wide = [widened(side) for side in room]
    cells = [(box[a] + spare) * (box[b] + spare) * tall[3 - a - b] for a, b in _PAIRS]
    bound = floored(wide[0] * wide[1] * wide[2] / np.minimum(np.minimum(cells[0], cells[1]), cells[2]))
    for along in (0, 1):
        for lying in _SIDES:
            p, q = (side for side in _SIDES if side != lying)
            forced = (box[lying] + spare > wide[1 - along]) & (tall[lying] > wide[_UP])
            rows = np.floor(wide[along] / (box[lying] + spare))
            section = np.minimum((box[p] + spare) * tall[q], (box[q] + spare) * tall[p])
            by_rows = rows * floored(wide[1 - along] * wide[_UP] / section)
            bound = np.where(forced, np.minimum(bound, by_rows), bound)
    return bound


def _tall(room: Triple, box: Triple, opening: tuple[float, float]) -> Triple:
    """Return how high a box is with each of its sides standing, far more than the room where it cannot come to stand.

    It can if it goes through the door as it stands, or if there is room enough to tilt it up inside.
    """
    tall = []
    for axis in _SIDES:
        standing, narrow = box[axis], np.minimum(box[axis - 1], box[axis - 2])
        carried = (standing <= widened(opening[1])) & (narrow <= widened(opening[0]))
        tilted = np.hypot(standing, narrow) <= widened(room[_UP])
        tall.append(np.where(carried | tilted, standing, 10.0 * max(room)))
    return tall[0], tall[1], tall[2]


def _depth(box: Triple, tall: Triple, spare: Any, across: int, lying: int) -> Any:
    return tall[lying] if across == _UP else box[lying] + spare


def _behind(side: float, number: Any, depth: Any, other: Any) -> Any:
    """Return how many slabs of the other depth stand behind so many of the one."""
    return np.floor(np.maximum(widened(side) - number * depth, 0.0) / other)


def _stacked(side: float, depths: list[Any], per_slab: list[Any]) -> Any:
    """Return the boxes in the best row of slabs of one depth or of two, for draws of depths and of boxes to a slab."""
    best = np.zeros(np.shape(depths[0]))
    for first, second in _PAIRS:
        most = np.floor(widened(side) / depths[first])
        for number in range(int(np.max(most, initial=0)) + 1):
            total = number * per_slab[first] + _behind(side, number, depths[first], depths[second]) * per_slab[second]
            best = np.maximum(best, np.where(number <= most, total, 0))
    return best


def _ways(room: Triple, box: Triple, tall: Triple, spare: Any, across: int, lying: int) -> tuple[Any, ...]:
    """Return the two sides of a slab, and both ways in which a box lies in it: (x, y), (dx, dy), (dx, dy) turned."""
    p, q = (side for side in _SIDES if side != lying)
    if across == _UP:
        long, wide = box[p] + spare, box[q] + spare
        return (room[0], room[1]), (long, wide), (wide, long)
    return (room[1 - across], room[_UP]), (box[p] + spare, tall[q]), (box[q] + spare, tall[p])


def _grids(room: Triple, box: Triple, tall: Triple, spare: Any, across: int, lying: int) -> Any:
    """Return the boxes in a slab by one straight cut, with a plain grid of either way on its sides."""
    (x, y), straight, turned = _ways(room, box, tall, spare, across, lying)
    best = np.zeros(np.shape(straight[0]))
    for axis, side, beside in ((0, x, y), (1, y, x)):
        to_row = [np.floor(widened(beside) / way[1 - axis]) for way in (straight, turned)]
        most = np.floor(widened(side) / straight[axis])
        for number in range(int(np.max(most, initial=0)) + 1):
            total = number * to_row[0] + _behind(side, number, straight[axis], turned[axis]) * to_row[1]
            best = np.maximum(best, np.where(number <= most, total, 0))
    return best


def _plane(room: Triple, box: Triple, tall: Triple, spare: Any, across: int, lying: int) -> tuple[Any, ...]:
    """Return a slab as a floor of equal rectangles: its sides, those of a box, and whether boxes may be turned in it.

    In a slab that stands upright each box so has a clearance above it that it does not need: what is found there fits,
    and with clearance more might.
    """
    p, q = (side for side in _SIDES if side != lying)
    long, wide = box[p] + spare, box[q] + spare
    if across == _UP:
        return room[0], room[1], long, wide, np.full(np.shape(long), True)
    return room[1 - across], room[_UP], long, wide, (tall[p] == box[p]) & (tall[q] == box[q])


def _slab(
    room: Triple, box: Triple, tall: Triple, spare: float, across: int, lying: int, layout: bool
) -> tuple[int, list[Rectangle]]:
    """Return the boxes in one slab, and the place of each in it with its clearance."""
    x, y, dx, dy, searched = _plane(room, box, tall, spare, across, lying)
    grid = int(_grids(room, box, tall, spare, across, lying))
    floor = floor_fit(float(x), float(y), float(dx), float(dy), layout=layout) if searched else None
    if floor is not None and floor.count >= grid:
        gap = 0.0 if across == _UP else spare
        return floor.count, [(u, v, du, dv - gap) for u, v, du, dv in floor.layout or ()]
    return grid, _grid_places(room, box, tall, spare, across, lying, grid) if layout else []


def _grid_places(
    room: Triple, box: Triple, tall: Triple, spare: float, across: int, lying: int, count: int
) -> list[Rectangle]:
    (x, y), straight, turned = _ways(room, box, tall, spare, across, lying)
    for axis, side, beside in ((0, x, y), (1, y, x)):
        rows = [int(widened(beside) / way[1 - axis]) for way in (straight, turned)]
        for number in range(int(widened(side) / straight[axis]) + 1):
            behind = int(_behind(side, number, straight[axis], turned[axis]))
            if number * rows[0] + behind * rows[1] == count:
                start = number * straight[axis]
                places = []
                for way, along, beginning, to_row in (
                    (straight, number, 0.0, rows[0]),
                    (turned, behind, start, rows[1]),
                ):
                    for i, j in np.ndindex(along, to_row):
                        corner = [0.0, 0.0]
                        corner[axis], corner[1 - axis] = beginning + i * way[axis], j * way[1 - axis]
                        places.append((float(corner[0]), float(corner[1]), float(way[0]), float(way[1])))
                return places
    return []


def _placed(across: int, slabs: list[tuple[int, float, list[Rectangle]]]) -> Iterator[Cuboid]:
    """Yield the place of each box, slab behind slab."""
    start = 0.0
    for number, depth, places in slabs:
        for _ in range(number):
            for u, v, du, dv in places:
                corner, size = [u, v], [du, dv]
                corner.insert(across, start)
                size.insert(across, float(depth))
                yield corner[0], corner[1], corner[2], size[0], size[1], size[2]
            start += float(depth)
