"""How many equal boxes fit into a container: layers of a floor, or any side down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations
from math import inf
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from shellflow.boxes._checks import (
    Door,
    Floats,
    Integers,
    Triple,
    checked_options,
    countable,
    many_sizes,
    one_size,
    together,
)
from shellflow.boxes._classes import floor_draws
from shellflow.boxes._floor import floor_fit
from shellflow.boxes._plain import floored, widened

__all__ = ["Fit", "count_draws", "fit"]

_Cuboid = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Fit:
    """How many boxes fit into a container.

    `bound` is what no layout can exceed, and `proven` says that `count` meets it. `layout` holds (x, y, z, dx, dy, dz)
    of each box with its clearance, or None when not asked for.
    """

    count: int
    bound: int
    proven: bool
    layout: tuple[_Cuboid, ...] | None = None


def fit(
    length: float,
    width: float,
    height: float,
    box_length: float,
    box_width: float,
    box_height: float,
    *,
    clearance: float = 0.0,
    layers: int | None = None,
    door: Door | None = None,
    orientation: Literal["upright", "free"] = "upright",
    layout: bool = False,
) -> Fit:
    """Return how many equal boxes fit into a container.

    A box that does not pass the door gives a count of 0, proven: whether that is an error is for the caller to say.
    What mass, stacking strength and line load allow is not looked at.

    Parameters
    ----------
    length, width, height : float
        Inner sides of the container. [m]
    box_length, box_width, box_height : float
        Sides of a box. [m]
    clearance : float
        Added to each horizontal side of a box as it stands. [m]
    layers : int, optional
        Largest number of layers; only as many as go in when left out. [unitless]
    door : (width, height), optional
        Opening of the door; None for a side that does not matter. The stack inside may be higher than the door. [m]
    orientation : {"upright", "free"}
        Whether the height of the box stays vertical, or any side may. [unitless]
    layout : bool
        Whether to give the place of each box. [unitless]

    Returns
    -------
    Fit
        Count, upper bound, whether the count is proven, and the layout. [unitless]

    Raises
    ------
    ArgumentError
        If a side or a part of the door is not a finite number above zero, the clearance is not one of zero or more,
        layers is not a whole number above zero, the orientation is unknown, or layers are limited in free orientation.

    Notes
    -----
    Upright: floor(H/h) times the floor, exactly, because with one edge vertical every packing can be pushed down into
    layers. It passes the door when the shorter of its horizontal sides and its height do. Free: the best of the three
    upright choices and of one cut between two of them filled with plain grids, bounded by volume; some face has to pass
    the door, and a side stands only if the box goes through the door so or can be tilted up inside.

    Examples
    --------
    >>> fit(5.898, 2.352, 2.393, 1.2, 0.8, 0.7)
    Fit(count=33, bound=33, proven=True, layout=None)
    >>> fit(5.898, 2.352, 2.393, 1.2, 0.8, 0.7, layers=2, door=(2.34, 2.28)).count
    22
    """
    room = (one_size("length", length), one_size("width", width), one_size("height", height))
    box = (one_size("box_length", box_length), one_size("box_width", box_width), one_size("box_height", box_height))
    spare = one_size("clearance", clearance, zero=True)
    most, opening = checked_options(layers, door, orientation)
    countable(max(room), min(box))
    if not _passes(opening, box, orientation):
        return Fit(0, 0, True, () if layout else None)
    if orientation == "free":
        return _fit_free(room, box, spare, opening, layout)
    return _fit_upright(room, box, spare, most, layout)


def count_draws(
    length: float,
    width: float,
    height: float,
    box_length: npt.ArrayLike,
    box_width: npt.ArrayLike,
    box_height: npt.ArrayLike,
    clearance: npt.ArrayLike = 0.0,
    *,
    layers: int | None = None,
    door: Door | None = None,
    orientation: Literal["upright", "free"] = "upright",
    enough: npt.ArrayLike | None = None,
) -> Integers:
    """Return how many boxes fit, for each draw of their size.

    Where the draws raise very many different questions each is searched less thoroughly than by `fit`: the count is the
    same on 20 ft floors, and in a wagon it is one box a layer lower in a few draws of a hundred. In free orientation,
    where nothing is proven, the two may differ by a few boxes either way.

    Parameters
    ----------
    length, width, height : float
        Inner sides of the container. [m]
    box_length, box_width, box_height : float or array, shape (n,)
        Sides of a box in each draw. [m]
    clearance : float or array, shape (n,)
        Added to each horizontal side of a box as it stands. [m]
    layers : int, optional
        Largest number of layers. [unitless]
    door : (width, height), optional
        Opening of the door; None for a side that does not matter. [m]
    orientation : {"upright", "free"}
        Whether the height of the box stays vertical, or any side may. [unitless]
    enough : float or array, shape (n,), optional
        Number of boxes beyond which the count does not matter. In a draw in which that many fit, any number from
        `enough` to the true count may be returned, which saves most of the work. [unitless]

    Returns
    -------
    array of int, shape (n,)
        Boxes in each draw. [unitless]

    Raises
    ------
    ArgumentError
        As `fit` does; also if shapes do not match, or `enough` is negative or not a number.

    Notes
    -----
    Draws in which the same pairs (i, j) satisfy i l + j w <= L and <= W have the same count, so one of them, that with
    the largest area, is searched for its class. A class in which more rows fit holds no fewer boxes, so that each
    result bounds others.

    Examples
    --------
    >>> count_draws(5.898, 2.352, 2.393, [1.2, 1.21], 1.0, 0.7, 0.005).tolist()
    [30, 30]
    """
    room = (one_size("length", length), one_size("width", width), one_size("height", height))
    named = {"box_length": box_length, "box_width": box_width, "box_height": box_height}
    draws = {name: many_sizes(name, value) for name, value in named.items()}
    draws["clearance"] = many_sizes("clearance", clearance, zero=True)
    draws["enough"] = many_sizes("enough", inf if enough is None else enough, zero=True, infinite=True)
    most, opening = checked_options(layers, door, orientation)
    *box, spare, needed = (np.atleast_1d(one) for one in together(draws))
    countable(max(room), min(side.min(initial=inf) for side in box))
    if orientation == "free":
        counts = _free_draws(room, box, spare, opening, needed)
    else:
        counts = _upright_draws(room, box, spare, needed, most)
    return np.where(_passes(opening, (box[0], box[1], box[2]), orientation), counts, 0).astype(np.int64)


def _passes(door: tuple[float, float], box: Triple, orientation: str) -> npt.NDArray[np.bool_]:
    wide, high = widened(door[0]), widened(door[1])
    length, width, height = box
    if orientation == "upright":
        return np.asarray((np.minimum(length, width) <= wide) & (height <= high))
    # The smallest face is the one that passes if any does.
    shortest, middle, _ = np.sort(np.stack(np.broadcast_arrays(length, width, height)), axis=0)
    return np.asarray((shortest <= min(wide, high)) & (middle <= max(wide, high)))


def _fit_upright(room: Triple, box: Triple, spare: float, most: float, layout: bool) -> Fit:
    high = min(int(widened(room[2]) / box[2]), most)
    if high == 0:
        return Fit(0, 0, True, () if layout else None)
    floor = floor_fit(room[0], room[1], box[0] + spare, box[1] + spare, layout=layout)
    places = None
    if floor.layout is not None:
        places = tuple((x, y, i * box[2], dx, dy, box[2]) for i in range(int(high)) for x, y, dx, dy in floor.layout)
    return Fit(int(high) * floor.count, int(high) * floor.bound, floor.proven, places)


def _upright_draws(room: Triple, box: list[Floats], spare: Floats, needed: Floats, most: float) -> Floats:
    high = np.minimum(np.floor(widened(room[2]) / box[2]), most)
    # A draw without a layer needs no floor.
    in_a_layer = np.divide(needed, high, out=np.zeros_like(high), where=high > 0)
    return np.asarray(high) * floor_draws(room[0], room[1], box[0] + spare, box[1] + spare, np.ceil(in_a_layer))


_UPRIGHTS = ((0, 1, 2), (0, 2, 1), (1, 2, 0))  # the last is the side that stands


def _tall(room: Triple, box: Triple, opening: tuple[float, float]) -> Triple:
    """Return how high a box is with each of its sides standing, far more than the room where it cannot come to stand.

    It can if it goes through the door as it stands, or if there is room enough to tilt it up inside.
    """
    tall = []
    for axis in range(3):
        standing, narrow = box[axis], np.minimum(box[axis - 1], box[axis - 2])
        carried = (standing <= widened(opening[1])) & (narrow <= widened(opening[0]))
        tilted = np.hypot(standing, narrow) <= widened(room[2])
        tall.append(np.where(carried | tilted, standing, 10.0 * max(room)))
    return tall[0], tall[1], tall[2]


def _fit_free(room: Triple, box: Triple, spare: float, opening: tuple[float, float], layout: bool) -> Fit:
    tall = _tall(room, box, opening)
    best = Fit(0, 0, True, () if layout else None)
    stands = False
    for axes in _UPRIGHTS:
        found = _fit_upright(room, (box[axes[0]], box[axes[1]], tall[axes[2]]), spare, inf, layout)
        stands = stands or found.bound > 0
        if found.count > best.count:
            best = found
    count, places = best.count, best.layout
    for found_count, parts in _cuts(room, box, tall, spare):
        if found_count > count:
            count = int(found_count)
            places = tuple(_cut_layout(room, box, tall, spare, parts)) if layout else None
    bound = 0
    if stands:
        cells = [_cell(box, tall, spare, axes) for axes in _UPRIGHTS]
        smallest = min(length * width * height for length, width, height in cells)
        bound = max(count, int(floored(widened(room[0]) * widened(room[1]) * widened(room[2]) / smallest)))
    return Fit(count, bound, count == bound, places)


def _free_draws(room: Triple, box: list[Floats], spare: Floats, opening: tuple[float, float], needed: Floats) -> Floats:
    counts = np.zeros(spare.shape)
    sides = (box[0], box[1], box[2])
    tall = _tall(room, sides, opening)
    for found, _ in _cuts(room, sides, tall, spare):
        counts = np.maximum(counts, found)
    for axes in _UPRIGHTS:
        length, width, height = _cell(sides, tall, spare, axes)
        by_area = floored(widened(room[0]) * widened(room[1]) / (length * width))
        better = (np.floor(widened(room[2]) / height) * by_area > counts) & (counts < needed)
        standing = [box[axes[0]], box[axes[1]], tall[axes[2]]]
        counts = np.maximum(counts, _upright_draws(room, standing, spare, np.where(better, needed, 0), inf))
    return counts


def _cell(box: Triple, tall: Triple, spare: Any, axes: tuple[int, ...]) -> Triple:
    return box[axes[0]] + spare, box[axes[1]] + spare, tall[axes[2]]


def _cuts(room: Triple, box: Triple, tall: Triple, spare: Any) -> Iterator[tuple[Any, tuple[int, int, int, int]]]:
    """Yield, for one cut across each side of the room, the boxes in both parts, and (side, slabs, first, second).

    `first` and `second` name the side of the box that lies along the cut side. Works on numbers and on draws.
    """
    wide = [widened(side) for side in room]
    for side in range(3):
        slabs = []
        for lying in range(3):
            cells = [_cell(box, tall, spare, axes) for axes in permutations(range(3)) if axes[side] == lying]
            others = [axis for axis in range(3) if axis != side]
            held = [np.floor(wide[others[0]] / c[others[0]]) * np.floor(wide[others[1]] / c[others[1]]) for c in cells]
            slabs.append((cells[0][side], np.maximum(*held)))
        for first, (deep, held_first) in enumerate(slabs):
            for slab in range(1, int(np.max(np.floor(wide[side] / deep), initial=0)) + 1):
                rest = wide[side] - slab * deep
                for second, (other_deep, held_second) in enumerate(slabs):
                    if second != first:
                        both = slab * held_first + np.floor(rest / other_deep) * held_second
                        yield np.where(rest >= 0, both, 0), (side, slab, first, second)


def _cut_layout(
    room: Triple, box: Triple, tall: Triple, spare: float, parts: tuple[int, int, int, int]
) -> Iterator[_Cuboid]:
    side, slabs, first, second = parts
    start = 0.0
    for lying, number in ((first, slabs), (second, None)):
        choices = [axes for axes in permutations(range(3)) if axes[side] == lying]
        numbers = []
        for axes in choices:
            cell = _cell(box, tall, spare, axes)
            along = [int(widened(room[axis]) / cell[axis]) for axis in range(3)]
            along[side] = int((widened(room[side]) - start) / cell[side]) if number is None else number
            numbers.append(along)
        best = max(range(len(choices)), key=lambda one: numbers[one][0] * numbers[one][1] * numbers[one][2])
        cell = _cell(box, tall, spare, choices[best])
        for place in np.ndindex(*numbers[best]):
            corner = [place[axis] * cell[axis] + (start if axis == side else 0.0) for axis in range(3)]
            yield corner[0], corner[1], corner[2], cell[0], cell[1], cell[2]
        start += slabs * cell[side]
