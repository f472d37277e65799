"""How many equal boxes fit: numbers in, integers out.

Lengths are plain numbers in any one unit. Upright boxes reduce exactly to a floor: one layer is a packing of equal
rectangles, each turned by 90 degrees or not, and layers repeat. The floor is searched by recursive five-block cuts
under an upper bound, so that a count can say whether it is proven. A count depends only on which rows of boxes fit
along each side, so thousands of drawn sizes fall into a few hundred classes, and one size of each need be searched.
"""

from __future__ import annotations

import hashlib
import operator
import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import permutations
from math import gcd, inf
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from shellflow.errors import ArgumentError, bad_argument

__all__ = ["SLACK", "Fit", "FloorFit", "count_draws", "fit", "fit_floor", "plain_grid"]

SLACK = 1e-9
"""Share by which every side of the container, and of its door, is widened: three boxes of 0.8 fit into 2.4."""

_Floats = npt.NDArray[np.float64]
_Integers = npt.NDArray[np.int64]
_Rectangle = tuple[float, float, float, float]
_Cuboid = tuple[float, float, float, float, float, float]
_Door = tuple[float | None, float | None]
_Triple = tuple[Any, Any, Any]  # three numbers, or three arrays of draws

_NOISE = 1e-12  # what sums of a few hundred lengths lose to rounding, as a share of the longest side
_MOST_ALONG = 100_000  # beyond it counts would leave the whole numbers that a float holds exactly
_LARGEST_TABLE = 1_000_000  # sub-floors in the tables of one search: beyond it memory, and time, run away
_NODES = 400  # sub-floors opened in one search; real floors need fewer, a hopeless one would take minutes
_LARGEST_DENOMINATOR = 12
_HELD = 32

_PINWHEELS = (1_000_000, 5_000_000)  # weighed at most at one sub-floor, and in one search
# Draws of crates leave some 100 classes to search on a 20 ft floor and some 2,000 in a wagon. So many get a lighter
# search each, which loses one box in one draw of forty.
_MANY_CLASSES = 1_000
_PINWHEELS_OF_MANY = (20_000, 500_000)


@dataclass(frozen=True)
class FloorFit:
    """How many rectangles fit on a floor.

    `bound` is what no layout can exceed, and `proven` says that `count` meets it: where it does not, more may be
    possible, up to the bound. `layout` holds (x, y, dx, dy) of each box with its clearance, or None when not asked for.
    """

    count: int
    bound: int
    proven: bool
    layout: tuple[_Rectangle, ...] | None = None


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


def plain_grid(
    length: npt.ArrayLike, width: npt.ArrayLike, box_length: npt.ArrayLike, box_width: npt.ArrayLike
) -> _Integers:
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
    x, y, dx, dy = _together({name: _sizes(name, value) for name, value in named.items()})
    _countable(max(x.max(initial=0), y.max(initial=0)), min(dx.min(initial=inf), dy.min(initial=inf)))
    return np.asarray(_grid(_widened(x), _widened(y), dx, dy), np.int64)


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
    sides = (_size("length", length), _size("width", width))
    spare = _size("clearance", clearance, zero=True)
    box = (_size("box_length", box_length) + spare, _size("box_width", box_width) + spare)
    _countable(max(sides), min(box))
    return _floor(*sides, *box, layout=layout)


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
    door: _Door | None = None,
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
    the door.

    Examples
    --------
    >>> fit(5.898, 2.352, 2.393, 1.2, 0.8, 0.7)
    Fit(count=33, bound=33, proven=True, layout=None)
    >>> fit(5.898, 2.352, 2.393, 1.2, 0.8, 0.7, layers=2, door=(2.34, 2.28)).count
    22
    """
    room = (_size("length", length), _size("width", width), _size("height", height))
    box = (_size("box_length", box_length), _size("box_width", box_width), _size("box_height", box_height))
    spare = _size("clearance", clearance, zero=True)
    most, opening = _checked_options(layers, door, orientation)
    _countable(max(room), min(box))
    if not _passes(opening, box, orientation):
        return Fit(0, 0, True, () if layout else None)
    if orientation == "free":
        return _fit_free(room, box, spare, layout)
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
    door: _Door | None = None,
    orientation: Literal["upright", "free"] = "upright",
    enough: npt.ArrayLike | None = None,
) -> _Integers:
    """Return how many boxes fit, for each draw of their size.

    Where the draws raise very many different questions each is searched less thoroughly than by `fit`: the count is the
    same on 20 ft floors, and in a wagon it is one box a layer lower in a few draws of a hundred.

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
    room = (_size("length", length), _size("width", width), _size("height", height))
    named = {"box_length": box_length, "box_width": box_width, "box_height": box_height}
    draws = {name: _sizes(name, value) for name, value in named.items()}
    draws["clearance"] = _sizes("clearance", clearance, zero=True)
    draws["enough"] = _sizes("enough", inf if enough is None else enough, zero=True, infinite=True)
    most, opening = _checked_options(layers, door, orientation)
    *box, spare, needed = (np.atleast_1d(one) for one in _together(draws))
    _countable(max(room), min(side.min(initial=inf) for side in box))
    if orientation == "free":
        counts = _free_draws(room, box, spare, needed)
    else:
        counts = _upright_draws(room, box, spare, needed, most)
    return np.where(_passes(opening, (box[0], box[1], box[2]), orientation), counts, 0).astype(np.int64)


def _size(name: str, value: object, *, zero: bool = False) -> float:
    try:
        if isinstance(value, str | bytes | bool | np.bool_):
            raise TypeError
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise bad_argument(name, value, "one number", "Give a plain number, all lengths in the same unit.") from None
    if not (0 <= number < inf if zero else 0 < number < inf):
        raise bad_argument(name, value, f"finite and {'zero or more' if zero else 'above zero'}", f"Correct {name}.")
    return number


def _sizes(name: str, value: npt.ArrayLike, *, zero: bool = False, infinite: bool = False) -> _Floats:
    given = np.asarray(value)
    if given.dtype.kind not in "iuf" or given.ndim > 1:
        raise bad_argument(name, value, "a number or a row of numbers", "Give plain numbers, all in the same unit.")
    numbers = given.astype(np.float64)
    good = (numbers >= 0 if zero else numbers > 0) & (numbers <= inf if infinite else numbers < inf)
    if not np.all(good):
        first = float(numbers.ravel()[np.argmin(good)])
        allowed = f"{'' if infinite else 'finite and '}{'zero or more' if zero else 'above zero'} throughout"
        raise bad_argument(name, first, allowed, f"Correct the draws of {name}.")
    return numbers


def _together(draws: dict[str, _Floats]) -> tuple[_Floats, ...]:
    try:
        return np.broadcast_arrays(*draws.values())
    except ValueError:
        shapes = ", ".join(f"{name} {one.size}" for name, one in draws.items() if one.ndim)
        raise ArgumentError(f"draws of different number ({shapes}): give each as one number or with equal n.") from None


def _countable(longest: float, shortest: float) -> None:
    if not longest <= shortest * _MOST_ALONG:
        raise ArgumentError(
            f"a box side of {shortest:g} goes more than {_MOST_ALONG:,} times into a side of {longest:g}: "
            f"give all lengths in the same unit."
        )


def _checked_options(layers: int | None, door: _Door | None, orientation: str) -> tuple[float, tuple[float, float]]:
    if orientation not in ("upright", "free"):
        raise bad_argument("orientation", orientation, "'upright' or 'free'")
    most = inf
    if layers is not None:
        try:
            most = operator.index(layers)
        except TypeError:
            most = 0
        if most < 1 or isinstance(layers, bool):
            raise bad_argument("layers", layers, "a whole number above zero", "Leave it out for as many as go in.")
        if orientation == "free":
            raise bad_argument("layers", layers, "left out in free orientation", "Choose orientation='upright'.")
    if door is None:
        return most, (inf, inf)
    if not isinstance(door, tuple | list) or len(door) != 2:
        raise bad_argument("door", door, "a pair (width, height)", "Write None for a side that does not matter.")
    wide, high = (inf if side is None else _size("door", side) for side in door)
    return most, (wide, high)


def _passes(door: tuple[float, float], box: _Triple, orientation: str) -> npt.NDArray[np.bool_]:
    wide, high = _widened(door[0]), _widened(door[1])
    length, width, height = box
    if orientation == "upright":
        return np.asarray((np.minimum(length, width) <= wide) & (height <= high))
    # The smallest face is the one that passes if any does.
    shortest, middle, _ = np.sort(np.stack(np.broadcast_arrays(length, width, height)), axis=0)
    return np.asarray((shortest <= min(wide, high)) & (middle <= max(wide, high)))


def _widened(side: Any) -> Any:
    return side * (1 + SLACK)


def _grid(length: Any, width: Any, box_length: Any, box_width: Any) -> Any:
    along = np.floor(length / box_length) * np.floor(width / box_width)
    across = np.floor(length / box_width) * np.floor(width / box_length)
    return np.maximum(along, across)


# Three dimensions


def _fit_upright(room: _Triple, box: _Triple, spare: float, most: float, layout: bool) -> Fit:
    high = min(int(_widened(room[2]) / box[2]), most)
    if high == 0:
        return Fit(0, 0, True, () if layout else None)
    floor = _floor(room[0], room[1], box[0] + spare, box[1] + spare, layout=layout)
    places = None
    if floor.layout is not None:
        places = tuple((x, y, i * box[2], dx, dy, box[2]) for i in range(int(high)) for x, y, dx, dy in floor.layout)
    return Fit(int(high) * floor.count, int(high) * floor.bound, floor.proven, places)


def _upright_draws(room: _Triple, box: list[_Floats], spare: _Floats, needed: _Floats, most: float) -> _Floats:
    high = np.minimum(np.floor(_widened(room[2]) / box[2]), most)
    # A draw without a layer needs no floor.
    in_a_layer = np.divide(needed, high, out=np.zeros_like(high), where=high > 0)
    return np.asarray(high) * _floor_draws(room[0], room[1], box[0] + spare, box[1] + spare, np.ceil(in_a_layer))


_UPRIGHTS = ((0, 1, 2), (0, 2, 1), (1, 2, 0))  # the last is the side that stands


def _fit_free(room: _Triple, box: _Triple, spare: float, layout: bool) -> Fit:
    best = Fit(0, 0, True, () if layout else None)
    stands = False
    for axes in _UPRIGHTS:
        found = _fit_upright(room, tuple(box[axis] for axis in axes), spare, inf, layout)
        stands = stands or found.bound > 0
        if found.count > best.count:
            best = found
    count, places = best.count, best.layout
    for found_count, parts in _cuts(room, box, spare):
        if found_count > count:
            count = int(found_count)
            places = tuple(_cut_layout(room, box, spare, parts)) if layout else None
    bound = 0
    if stands:
        cells = [_cell(box, spare, axes) for axes in _UPRIGHTS]
        smallest = min(length * width * height for length, width, height in cells)
        bound = max(count, int(_floored(_widened(room[0]) * _widened(room[1]) * _widened(room[2]) / smallest)))
    return Fit(count, bound, count == bound, places)


def _free_draws(room: _Triple, box: list[_Floats], spare: _Floats, needed: _Floats) -> _Floats:
    counts = np.zeros(spare.shape)
    for found, _ in _cuts(room, (box[0], box[1], box[2]), spare):
        counts = np.maximum(counts, found)
    for axes in _UPRIGHTS:
        length, width, height = _cell((box[0], box[1], box[2]), spare, axes)
        by_area = _floored(_widened(room[0]) * _widened(room[1]) / (length * width))
        better = (np.floor(_widened(room[2]) / height) * by_area > counts) & (counts < needed)
        standing = [box[axis] for axis in axes]
        counts = np.maximum(counts, _upright_draws(room, standing, spare, np.where(better, needed, 0), inf))
    return counts


def _cell(box: _Triple, spare: Any, axes: tuple[int, ...]) -> _Triple:
    return box[axes[0]] + spare, box[axes[1]] + spare, box[axes[2]]


def _cuts(room: _Triple, box: _Triple, spare: Any) -> Iterator[tuple[Any, tuple[int, int, int, int]]]:
    """Yield, for one cut across each side of the room, the boxes in both parts, and (side, slabs, first, second).

    `first` and `second` name the side of the box that lies along the cut side. Works on numbers and on draws.
    """
    wide = [_widened(side) for side in room]
    for side in range(3):
        slabs = []
        for lying in range(3):
            cells = [_cell(box, spare, axes) for axes in permutations(range(3)) if axes[side] == lying]
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


def _cut_layout(room: _Triple, box: _Triple, spare: float, parts: tuple[int, int, int, int]) -> Iterator[_Cuboid]:
    side, slabs, first, second = parts
    start = 0.0
    for lying, number in ((first, slabs), (second, None)):
        choices = [axes for axes in permutations(range(3)) if axes[side] == lying]
        numbers = []
        for axes in choices:
            cell = _cell(box, spare, axes)
            along = [int(_widened(room[axis]) / cell[axis]) for axis in range(3)]
            along[side] = int((_widened(room[side]) - start) / cell[side]) if number is None else number
            numbers.append(along)
        best = max(range(len(choices)), key=lambda one: numbers[one][0] * numbers[one][1] * numbers[one][2])
        cell = _cell(box, spare, choices[best])
        for place in np.ndindex(*numbers[best]):
            corner = [place[axis] * cell[axis] + (start if axis == side else 0.0) for axis in range(3)]
            yield corner[0], corner[1], corner[2], cell[0], cell[1], cell[2]
        start += slabs * cell[side]


# The floor


def _floor(length: float, width: float, box_length: float, box_width: float, *, layout: bool) -> FloorFit:
    long, short = _widened(max(length, width)), _widened(min(length, width))
    longer, shorter = max(box_length, box_width), min(box_length, box_width)
    places: list[_Rectangle] | None = None
    if longer > short:  # every box lies along the floor, so columns and rows are all there is
        count = bound = int(np.floor(long / longer) * np.floor(short / shorter))
        places = _blocks(long, short, longer, shorter)[0] if layout else None
    elif _too_large(long, short, longer, shorter):
        count = int(_two_grids(long, short, np.array([longer]), np.array([shorter]))[0])
        bound = int(_barnes(long, short, longer, shorter))
        places = max(_blocks(long, short, longer, shorter), key=len) if layout else None
    else:
        search = _prepared(long, short, longer, shorter, _PINWHEELS)
        bound = int(search.high[-1])
        count = _best(search, bound)
        places = _placed(search, search.size - 1, search.across - 1) if layout else None
    if places is not None and length < width:
        places = [(y, x, dy, dx) for x, y, dx, dy in places]
    return FloorFit(count, bound, count == bound, None if places is None else tuple(places))


def _too_large(long: Any, short: Any, longer: Any, shorter: Any) -> Any:
    """Return whether the table of sub-floors would be too large; the sums along a side fill a triangle of (i, j)."""
    along = (long / longer + 1) * (long / shorter + 1) / 2
    across = (short / longer + 1) * (short / shorter + 1) / 2
    return along * across > _LARGEST_TABLE


def _floored(ratio: Any) -> Any:
    return np.floor(ratio * (1 + _NOISE) + _NOISE)


def _barnes(length: Any, width: Any, p: Any, q: Any) -> Any:
    """Return the bound of Barnes (1979) for boxes of p by q: a box splits into bars 1 by p, and into bars 1 by q."""
    waste = np.zeros(())
    for bar in (p, q):
        rest, other = length % bar, width % bar
        waste = np.maximum(waste, np.minimum(rest * other, (bar - rest) * (bar - other)))
    return _floored((length * width - waste) / (p * q))


def _rows(side: float, longer: _Floats, shorter: _Floats) -> Iterator[_Floats]:
    """Yield, for i = 0, 1, ... boxes lying lengthwise along a side, how many fit crosswise beside them; -1 for none."""
    for i in range(int(side / np.min(longer)) + 1):
        yield np.maximum(np.floor((side - i * longer) / shorter), -1)


def _two_grids(long: float, short: float, longer: _Floats, shorter: _Floats) -> _Floats:
    """Return the best of one straight cut, with a grid of lengthwise boxes before it and of crosswise ones behind."""
    best = np.zeros(longer.shape)
    for side, other in ((long, short), (short, long)):
        lengthwise, crosswise = np.floor(other / shorter), np.floor(other / longer)
        for i, beside in enumerate(_rows(side, longer, shorter)):
            best = np.maximum(best, np.where(beside >= 0, i * lengthwise + beside * crosswise, 0))
    return best


def _blocks(long: float, short: float, longer: float, shorter: float) -> list[list[_Rectangle]]:
    """Return the layouts that `_two_grids` chooses from: cut across the long side, cut across the short side."""
    found = []
    for side, other, turned in ((long, short, False), (short, long, True)):
        lengthwise, crosswise = int(other / shorter), int(other / longer)
        beside = [int(one[0]) for one in _rows(side, np.array([longer]), np.array([shorter]))]
        i = max(range(len(beside)), key=lambda one: one * lengthwise + beside[one] * crosswise)
        places = [(a * longer, b * shorter, longer, shorter) for a in range(i) for b in range(lengthwise)]
        places += [
            (i * longer + a * shorter, b * longer, shorter, longer) for a in range(beside[i]) for b in range(crosswise)
        ]
        found.append([(y, x, dy, dx) for x, y, dx, dy in places] if turned else places)
    return found


@dataclass(slots=True)
class _Search:
    """Tables of one search. A sub-floor is a pair (x, y) of indices into the sums i l + j w, flat: x * across + y."""

    box: tuple[float, float]
    sums: _Floats
    size: int
    across: int
    noise: float
    low: npt.NDArray[np.int32]  # boxes known to fit
    high: npt.NDArray[np.int32]  # boxes that the search cannot exceed
    largest: int  # pinwheels weighed at most at one sub-floor
    pinwheels: int  # pinwheels left
    nodes: int = _NODES
    chosen: dict[int, _Integers] = field(default_factory=dict)
    rasters: dict[int, tuple[_Integers, _Integers]] = field(default_factory=dict)
    pairs: dict[tuple[int, bool], tuple[_Integers, ...]] = field(default_factory=dict)


def _prepared(long: float, short: float, longer: float, shorter: float, effort: tuple[int, int]) -> _Search:
    noise = _NOISE * long
    crosswise = np.floor((long + noise - np.arange(int(long / longer) + 1) * longer) / shorter).astype(np.int64)
    i = np.repeat(np.arange(crosswise.size), crosswise + 1)
    j = np.concatenate([np.arange(most + 1) for most in crosswise])
    sums = i * longer + j * shorter
    order = np.argsort(sums, kind="stable")
    i, j, sums = i[order], j[order], sums[order]
    # 3 x 0.8 and 2 x 1.2 are one sum, kept once: the last, beside which either has room.
    last = np.append(np.diff(sums) > noise, True)
    across = int(np.searchsorted(sums[last], short + noise, side="right"))

    scales = np.array([(longer, shorter), *_ratios(longer / shorter)])
    reach = np.maximum.accumulate(scales[:, :1] * i + scales[:, 1:] * j, axis=1)[:, last]
    at_root = _barnes(reach[:, -1], reach[:, across - 1], scales[:, 0], scales[:, 1])
    sums = sums[last]
    lengthwise, crosswise_fit = np.floor(sums / longer + _NOISE), np.floor(sums / shorter + _NOISE)
    low = np.maximum(np.outer(lengthwise, crosswise_fit[:across]), np.outer(crosswise_fit, lengthwise[:across]))
    high = np.full(low.shape, inf)
    for one in {0, *np.argsort(at_root, kind="stable")[:2].tolist()}:
        high = np.minimum(high, _barnes(reach[one][:, None], reach[one][None, :across], *scales[one]))
    high = np.maximum(high, low)  # a grid that fits is stronger than a bound's rounding
    return _Search(
        box=(longer, shorter),
        sums=sums,
        size=sums.size,
        across=across,
        noise=noise,
        low=low.astype(np.int32).ravel(),
        high=high.astype(np.int32).ravel(),
        largest=effort[0],
        pinwheels=effort[1],
    )


def _ratios(ratio: float) -> list[tuple[int, int]]:
    """Return small whole p, q, without common divisor, with p/q near the ratio of the sides.

    Let P and Q be the longest i p + j q among the pairs (i, j) that fit along the two sides. Whatever fits on the floor
    then fits as p by q boxes on P by Q, so a bound for those bounds the floor.
    """
    return [
        (p, q)
        for q in range(1, _LARGEST_DENOMINATOR + 1)
        for p in range(max(1, int(ratio * q) - 1), int(ratio * q) + 3)
        if gcd(p, q) == 1
    ]


def _best(search: _Search, goal: int) -> int:
    """Return the largest count up to `goal` that the search finds, asking from the top whether so many fit."""
    root = search.low.size - 1
    goal = min(goal, int(search.high[root]))
    while search.low[root] < goal and search.nodes > 0:
        _solve(search, search.size - 1, search.across - 1, goal)
        goal -= 1
    return int(search.low[root])


def _raster(search: _Search, x: int) -> tuple[_Integers, _Integers]:
    """Return the raster points strictly inside x, and what is left of x beyond each sum up to x, as indices.

    A raster point is the largest sum that leaves room for another; cuts elsewhere find nothing more.
    """
    if x not in search.rasters:
        sums = search.sums
        left = np.searchsorted(sums, sums[x] - sums[: x + 1] + search.noise, side="right") - 1
        rising = left[::-1]
        search.rasters[x] = rising[1:][np.diff(rising) > 0][:-1], left
    return search.rasters[x]


def _pairs(search: _Search, x: int, *, half: bool) -> tuple[_Integers, ...]:
    """Return for each pair a < b of raster points of x: a, x - a, b - a, x - b and b; half the pairs where mirrored."""
    if (x, half) not in search.pairs:
        points, left = _raster(search, x)
        first, second = np.triu_indices(points.size, 1)
        a, b = points[first], points[second]
        sums = search.sums
        if half:
            kept = sums[a] + sums[b] <= sums[x] + search.noise
            a, b = a[kept], b[kept]
        between = np.searchsorted(sums, sums[b] - sums[a] + search.noise, side="right") - 1
        search.pairs[x, half] = a, left[a], between, left[b], b
    return search.pairs[x, half]


def _solve(search: _Search, x: int, y: int, goal: int) -> None:
    """Find out whether `goal` boxes fit on the sub-floor: raise its `low` to the goal, or lower its `high` below it."""
    if x < y:
        x, y = y, x
    across, low, high = search.across, search.low, search.high
    here = x * across + y
    if low[here] >= goal or high[here] < goal:
        return
    search.nodes -= 1
    points, left = _raster(search, x)
    points_y, left_y = _raster(search, y)
    a, b = points[points <= left[points]], points_y[points_y <= left_y[points_y]]
    near, far = (a * across + y, x * across + b), (left[a] * across + y, x * across + left_y[b])
    cuts = np.array([np.concatenate(near), np.concatenate(far)])
    _settle(search, here, cuts, goal)
    weighed = points.size * (points.size - 1) * points_y.size * (points_y.size - 1) // 8
    if low[here] < goal and search.nodes > 0 and weighed <= min(search.largest, search.pinwheels):
        search.pinwheels -= weighed
        _settle(search, here, _promising_pinwheels(search, x, y, goal), goal)
    if low[here] < goal and search.nodes > 0:
        high[here] = goal - 1
    if x < across:  # the same sub-floor, turned
        low[y * across + x], high[y * across + x] = low[here], high[here]


def _promising_pinwheels(search: _Search, x: int, y: int, goal: int) -> _Integers:
    a, beyond_a, middle, beyond_b, b = (one * search.across for one in _pairs(search, x, half=True))
    c, above_c, middle_y, above_d, d = _pairs(search, y, half=False)
    parts = ((a, d), (beyond_a, c), (middle, middle_y), (beyond_b, above_c), (b, above_d))
    most = sum((search.high[one[:, None] + other] for one, other in parts), start=np.zeros((), np.int32))
    rows, columns = np.nonzero(most >= goal)
    return np.array([one[rows] + other[columns] for one, other in parts])


def _settle(search: _Search, here: int, divisions: _Integers, goal: int) -> None:
    """Try divisions (one to a column, its parts below each other), best bound first, until one gives the goal."""
    low, high = search.low, search.high
    while divisions.shape[1]:
        sure = low[divisions].sum(axis=0)
        best = int(sure.argmax())
        if sure[best] > low[here]:
            low[here] = sure[best]
            search.chosen[here] = divisions[:, best].copy()
        most = high[divisions].sum(axis=0)
        kept = most >= goal
        if low[here] >= goal or search.nodes <= 0 or not kept.any():
            return
        divisions, most = divisions[:, kept], most[kept]
        best = int(most.argmax())
        part = next(int(one) for one in divisions[:, best] if low[one] < high[one])
        others = int(most[best]) - int(high[part])
        _solve(search, *divmod(part, search.across), max(int(low[part]) + 1, goal - others))


def _placed(search: _Search, x: int, y: int) -> list[_Rectangle]:
    if x < y:
        return [(b, a, db, da) for a, b, da, db in _placed(search, y, x)]
    across, sums = search.across, search.sums
    parts = search.chosen.get(x * across + y)
    if parts is None:
        longer, shorter = search.box
        turns = ((longer, shorter), (shorter, longer))
        grids = [(int(sums[x] / dx + _NOISE), int(sums[y] / dy + _NOISE), dx, dy) for dx, dy in turns]
        columns, rows, dx, dy = max(grids, key=lambda grid: grid[0] * grid[1])
        return [(i * dx, j * dy, dx, dy) for i in range(columns) for j in range(rows)]
    corners = [divmod(int(part), across) for part in parts]
    if len(corners) == 2:
        first_x, first_y = corners[0]
        origins = [(0, 0), (first_x, 0) if first_y == y else (0, first_y)]
    else:
        (a, d), (_, c), (b, _) = corners[0], corners[1], corners[4]
        origins = [(0, 0), (a, 0), (a, c), (b, c), (0, d)]
    return [
        (float(sums[at_x] + px), float(sums[at_y] + py), dx, dy)
        for (at_x, at_y), (part_x, part_y) in zip(origins, corners, strict=True)
        for px, py, dx, dy in _placed(search, part_x, part_y)
    ]


# Draws

_held: OrderedDict[bytes, _Floats] = OrderedDict()
_lock = threading.Lock()


def _floor_draws(length: float, width: float, box_length: _Floats, box_width: _Floats, needed: _Floats) -> _Floats:
    """Return boxes on the floor in each draw, exact below `needed`; the last few questions asked are kept."""
    long, short = _widened(max(length, width)), _widened(min(length, width))
    longer, shorter = np.maximum(box_length, box_width), np.minimum(box_length, box_width)
    grid = _grid(long, short, longer, shorter)
    by_area = _floored(long * short / (longer * shorter))
    open_draws = (longer <= short) & (grid < needed) & (grid < by_area)
    too_large = open_draws & _too_large(long, short, longer, shorter)
    if too_large.any():
        grid[too_large] = _two_grids(long, short, longer[too_large], shorter[too_large])
    (asked,) = np.nonzero(open_draws & ~too_large)
    if not asked.size:
        return np.asarray(grid)
    # The largest area stands for its class: it has the sharpest bound, and does not depend on the order of the draws.
    asked = asked[np.lexsort((longer[asked], -(longer * shorter)[asked]))]
    question = np.array([longer[asked], shorter[asked], needed[asked]])
    key = hashlib.blake2b(np.array([long, short]).tobytes() + question.tobytes(), digest_size=16).digest()
    with _lock:
        counts = _held.get(key)
        if counts is not None:
            _held.move_to_end(key)
    if counts is None:
        counts = _by_class(long, short, *question)
        with _lock:
            _held[key] = counts
            while len(_held) > _HELD:
                _held.popitem(last=False)
    grid[asked] = counts
    return np.asarray(grid)


def _by_class(long: float, short: float, longer: _Floats, shorter: _Floats, needed: _Floats) -> _Floats:
    """Return boxes in each draw; draws come in order of falling area, those with the same rows are one class."""
    key = np.zeros(longer.size, np.uint64)
    for side in (long, short):
        for beside in _rows(side, longer, shorter):
            key = _mixed(key + (beside + 2).astype(np.uint64))
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(first)
    position = np.empty_like(order)
    position[order] = np.arange(order.size)
    first, member = first[order], position[inverse]

    longer, shorter = longer[first], shorter[first]
    target = np.zeros(first.size)
    np.maximum.at(target, member, needed)
    along = np.array(list(_rows(long, longer, shorter)), np.int32)
    across = np.array(list(_rows(short, longer, shorter)), np.int32)
    low = _two_grids(long, short, longer, shorter)
    high = np.maximum(low, _class_bounds(along, across, longer, shorter, low, target))
    rows = np.ascontiguousarray(np.concatenate([along, across]).T.astype(np.int16))
    effort = _PINWHEELS if np.sum(low < np.minimum(high, target)) <= _MANY_CLASSES else _PINWHEELS_OF_MANY
    for one in range(first.size):
        goal = min(high[one], target[one])
        if low[one] >= goal:
            continue
        search = _prepared(long, short, float(longer[one]), float(shorter[one]), effort)
        bound = int(search.high[-1])
        search.low[-1] = max(search.low[-1], int(low[one]))
        count = _best(search, int(goal))
        roomier = (rows >= rows[one]).all(axis=1)
        low[roomier] = np.maximum(low[roomier], count)
        if count == bound:
            tighter = (rows <= rows[one]).all(axis=1)
            high[tighter] = np.minimum(high[tighter], count)
        high[one] = low[one]
    low.setflags(write=False)
    return low[member]


def _mixed(key: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return the keys scrambled (SplitMix64): 16,384 draws of different rows agree by chance once in 10^11 runs."""
    key = key + np.uint64(0x9E3779B97F4A7C15)
    key = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    key = (key ^ (key >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return key ^ (key >> np.uint64(31))


def _class_bounds(
    along: npt.NDArray[np.int32],
    across: npt.NDArray[np.int32],
    longer: _Floats,
    shorter: _Floats,
    low: _Floats,
    target: _Floats,
) -> _Floats:
    """Return the upper bound of each class, the costly part only where the cheap one settles nothing."""
    high = np.asarray(_barnes(_reach(along, longer, shorter), _reach(across, longer, shorter), longer, shorter))
    (left,) = np.nonzero(low < np.minimum(high, target))
    ratio = longer[left] / shorter[left]
    for q in range(1, _LARGEST_DENOMINATOR + 1):
        for p in (np.maximum(1, np.floor(ratio * q) + step) for step in (-1, 0, 1, 2)):
            bound = _barnes(_reach(along[:, left], p, q), _reach(across[:, left], p, q), p, q)
            sharper = (np.gcd(p.astype(np.int64), q) == 1) & (bound < high[left])
            high[left[sharper]] = bound[sharper]
    return high


def _reach(rows: npt.NDArray[np.int32], p: Any, q: Any) -> Any:
    """Return the longest i p + j q among the pairs that fit along a side."""
    lengthwise = np.arange(rows.shape[0])[:, None]
    return np.max(np.where(rows >= 0, lengthwise * p + rows * q, 0), axis=0)
