"""How many equal boxes fit into a container: layers of a floor, or any side down."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import Literal

import numpy as np
import numpy.typing as npt

from shellflow.boxes._checks import (
    Cuboid,
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
from shellflow.boxes._free import fit_free, free_draws
from shellflow.boxes._plain import widened

__all__ = ["Fit", "count_draws", "fit"]


@dataclass(frozen=True)
class Fit:
    """How many boxes fit into a container.

    `bound` is what no layout can exceed, and `proven` says that `count` meets it. `layout` holds (x, y, z, dx, dy, dz)
    of each box with its clearance, or None when not asked for.
    """

    count: int
    bound: int
    proven: bool
    layout: tuple[Cuboid, ...] | None = None


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
    layers. It passes the door when the shorter of its horizontal sides and its height do. Free: slabs across one side
    of the container, as deep as one side of the box or as another, each filled as a floor is; the best of all of these,
    bounded by volume. Some face has to pass the door, and a side stands only if the box goes through the door so or can
    be tilted up inside. The count does not depend on the order of the sides of the box, nor, without clearance and
    door, on that of the sides of the container.

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
        count, bound, cuboids = fit_free(room, box, spare, opening, layout=layout)
        return Fit(count, bound, count == bound, cuboids)
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
    where little is proven, the two may differ by a few boxes either way.

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
    *box, spare, needed = (np.atleast_1d(values) for values in together(draws))
    countable(max(room), min(side.min(initial=inf) for side in box))
    if orientation == "free":
        counts = free_draws(room, (box[0], box[1], box[2]), spare, opening, needed)
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
