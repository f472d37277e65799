"""The search of a floor by recursive five-block cuts under an upper bound."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import gcd, inf

import numpy as np
import numpy.typing as npt

from shellflow.boxes._checks import Floats, Integers, Rectangle
from shellflow.boxes._plain import NOISE, barnes

__all__ = ["LARGEST_DENOMINATOR", "best_count", "layout_of", "prepared"]

_NODES = 400  # sub-floors opened in one search; real floors need fewer, a hopeless one would take minutes
LARGEST_DENOMINATOR = 12


@dataclass(slots=True)
class _Search:
    """Tables of one search. A sub-floor is a pair (x, y) of indices into the sums i l + j w, flat: x * across + y."""

    box: tuple[float, float]
    sums: Floats
    size: int
    across: int
    noise: float
    low: npt.NDArray[np.int32]  # boxes known to fit
    high: npt.NDArray[np.int32]  # boxes that the search cannot exceed
    largest: int  # pinwheels weighed at most at one sub-floor
    pinwheels: int  # pinwheels left
    nodes: int = _NODES
    chosen: dict[int, Integers] = field(default_factory=dict)
    rasters: dict[int, tuple[Integers, Integers]] = field(default_factory=dict)
    pairs: dict[tuple[int, bool], tuple[Integers, ...]] = field(default_factory=dict)


def prepared(long: float, short: float, longer: float, shorter: float, effort: tuple[int, int]) -> _Search:
    """Return the tables of a search, filled with grids from below and bounds from above."""
    noise = NOISE * long
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
    at_root = barnes(reach[:, -1], reach[:, across - 1], scales[:, 0], scales[:, 1])
    sums = sums[last]
    lengthwise, crosswise_fit = np.floor(sums / longer + NOISE), np.floor(sums / shorter + NOISE)
    low = np.maximum(np.outer(lengthwise, crosswise_fit[:across]), np.outer(crosswise_fit, lengthwise[:across]))
    high = np.full(low.shape, inf)
    for scale in {0, *np.argsort(at_root, kind="stable")[:2].tolist()}:
        high = np.minimum(high, barnes(reach[scale][:, None], reach[scale][None, :across], *scales[scale]))
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
        for q in range(1, LARGEST_DENOMINATOR + 1)
        for p in range(max(1, int(ratio * q) - 1), int(ratio * q) + 3)
        if gcd(p, q) == 1
    ]


def best_count(search: _Search, goal: int) -> int:
    """Return the largest count up to `goal` that the search finds, asking from the top whether so many fit."""
    root = search.low.size - 1
    goal = min(goal, int(search.high[root]))
    while search.low[root] < goal and search.nodes > 0:
        _solve(search, search.size - 1, search.across - 1, goal)
        goal -= 1
    return int(search.low[root])


def _raster(search: _Search, x: int) -> tuple[Integers, Integers]:
    """Return the raster points strictly inside x, and what is left of x beyond each sum up to x, as indices.

    A raster point is the largest sum that leaves room for another; cuts elsewhere find nothing more.
    """
    if x not in search.rasters:
        sums = search.sums
        left = np.searchsorted(sums, sums[x] - sums[: x + 1] + search.noise, side="right") - 1
        rising = left[::-1]
        search.rasters[x] = rising[1:][np.diff(rising) > 0][:-1], left
    return search.rasters[x]


def _pairs(search: _Search, x: int, *, half: bool) -> tuple[Integers, ...]:
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


def _promising_pinwheels(search: _Search, x: int, y: int, goal: int) -> Integers:
    a, beyond_a, middle, beyond_b, b = (columns * search.across for columns in _pairs(search, x, half=True))
    c, above_c, middle_y, above_d, d = _pairs(search, y, half=False)
    parts = ((a, d), (beyond_a, c), (middle, middle_y), (beyond_b, above_c), (b, above_d))
    most = sum((search.high[along[:, None] + across] for along, across in parts), start=np.zeros((), np.int32))
    rows, columns = np.nonzero(most >= goal)
    return np.array([along[rows] + across[columns] for along, across in parts])


def _settle(search: _Search, here: int, divisions: Integers, goal: int) -> None:
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
        part = next(int(floor) for floor in divisions[:, best] if low[floor] < high[floor])
        others = int(most[best]) - int(high[part])
        _solve(search, *divmod(part, search.across), max(int(low[part]) + 1, goal - others))


def layout_of(search: _Search, x: int, y: int) -> list[Rectangle]:
    """Return the place of each box of the best layout found of a sub-floor."""
    if x < y:
        return [(b, a, db, da) for a, b, da, db in layout_of(search, y, x)]
    across, sums = search.across, search.sums
    parts = search.chosen.get(x * across + y)
    if parts is None:
        longer, shorter = search.box
        turns = ((longer, shorter), (shorter, longer))
        grids = [(int(sums[x] / dx + NOISE), int(sums[y] / dy + NOISE), dx, dy) for dx, dy in turns]
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
        for px, py, dx, dy in layout_of(search, part_x, part_y)
    ]
