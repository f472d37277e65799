"""Boxes on the floor for thousands of drawn sizes, which fall into a few hundred classes."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from shellflow.boxes._checks import Floats
from shellflow.boxes._floor import PINWHEELS
from shellflow.boxes._plain import barnes, better_grid, exceeds_table, floored, rows_beside, two_grids, widened
from shellflow.boxes._search import LARGEST_DENOMINATOR, best_count, prepared

__all__ = ["floor_draws"]

# Draws of crates leave some 100 classes to search on a 20 ft floor and some 2,000 in a wagon. So many get a lighter
# search each, which loses one box in one draw of forty.
_MANY_CLASSES = 1_000
_PINWHEELS_OF_MANY = (20_000, 500_000)


def floor_draws(length: float, width: float, box_length: Floats, box_width: Floats, needed: Floats) -> Floats:
    """Return boxes on the floor in each draw, exact below `needed`."""
    long, short = widened(max(length, width)), widened(min(length, width))
    longer, shorter = np.maximum(box_length, box_width), np.minimum(box_length, box_width)
    grid = better_grid(long, short, longer, shorter)
    by_area = floored(long * short / (longer * shorter))
    open_draws = (longer <= short) & (grid < needed) & (grid < by_area)
    too_large = open_draws & exceeds_table(long, short, longer, shorter)
    if too_large.any():
        grid[too_large] = two_grids(long, short, longer[too_large], shorter[too_large])
    (places,) = np.nonzero(open_draws & ~too_large)
    # The largest area stands for its class: it has the sharpest bound, and does not depend on the order of the draws.
    places = places[np.lexsort((longer[places], -(longer * shorter)[places]))]
    if places.size:
        sizes = np.array([longer[places], shorter[places], needed[places]])
        grid[places] = _by_class(long, short, sizes.tobytes())
    return np.asarray(grid)


@lru_cache(maxsize=32)  # the same draws are counted again for every question about the same packing
def _by_class(long: float, short: float, sizes: bytes) -> Floats:
    """Return boxes in each draw; draws come in order of falling area, those with the same rows are one class."""
    longer, shorter, needed = np.frombuffer(sizes).reshape(3, -1)
    key = np.zeros(longer.size, np.uint64)
    for side in (long, short):
        for beside in rows_beside(side, longer, shorter):
            key = _mixed(key + (beside + 2).astype(np.uint64))
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    order = np.argsort(first)
    position = np.empty_like(order)
    position[order] = np.arange(order.size)
    first, member = first[order], position[inverse]

    longer, shorter = longer[first], shorter[first]
    target = np.zeros(first.size)
    np.maximum.at(target, member, needed)
    along = np.array(list(rows_beside(long, longer, shorter)), np.int32)
    across = np.array(list(rows_beside(short, longer, shorter)), np.int32)
    low = two_grids(long, short, longer, shorter)
    high = np.maximum(low, _class_bounds(along, across, longer, shorter, low, target))
    rows = np.ascontiguousarray(np.concatenate([along, across]).T.astype(np.int16))
    effort = PINWHEELS if np.sum(low < np.minimum(high, target)) <= _MANY_CLASSES else _PINWHEELS_OF_MANY
    for place in range(first.size):
        goal = min(high[place], target[place])
        if low[place] >= goal:
            continue
        search = prepared(long, short, float(longer[place]), float(shorter[place]), effort)
        bound = int(search.high[-1])
        search.low[-1] = max(search.low[-1], int(low[place]))
        count = best_count(search, int(goal))
        roomier = (rows >= rows[place]).all(axis=1)
        low[roomier] = np.maximum(low[roomier], count)
        if count == bound:
            tighter = (rows <= rows[place]).all(axis=1)
            high[tighter] = np.minimum(high[tighter], count)
        high[place] = low[place]
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
    longer: Floats,
    shorter: Floats,
    low: Floats,
    target: Floats,
) -> Floats:
    """Return the upper bound of each class, the costly part only where the cheap one settles nothing."""
    high = np.asarray(barnes(_reach(along, longer, shorter), _reach(across, longer, shorter), longer, shorter))
    (left,) = np.nonzero(low < np.minimum(high, target))
    ratio = longer[left] / shorter[left]
    for q in range(1, LARGEST_DENOMINATOR + 1):
        for p in (np.maximum(1, np.floor(ratio * q) + step) for step in (-1, 0, 1, 2)):
            bound = barnes(_reach(along[:, left], p, q), _reach(across[:, left], p, q), p, q)
            sharper = (np.gcd(p.astype(np.int64), q) == 1) & (bound < high[left])
            high[left[sharper]] = bound[sharper]
    return high


def _reach(rows: npt.NDArray[np.int32], p: Any, q: Any) -> Any:
    """Return the longest i p + j q among the pairs that fit along a side."""
    lengthwise = np.arange(rows.shape[0])[:, None]
    return np.max(np.where(rows >= 0, lengthwise * p + rows * q, 0), axis=0)
