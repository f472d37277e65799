"""Laws of box counts: symmetry, bounds, monotony where proven, layouts, and draws against single sizes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shellflow import boxes
from tests.examples import examples

_SIDES = st.integers(1, 40)
_BOX_SIDES = st.integers(2, 12)
# Tenths are not exact in binary, so that sums which should be equal differ in the last place.
_UNITS = st.sampled_from([1.0, 0.1, 0.3048, 1e-3])


@st.composite
def floors(draw: st.DrawFn) -> tuple[float, float, float, float]:
    unit = draw(_UNITS)
    return draw(_SIDES) * unit, draw(_SIDES) * unit, draw(_BOX_SIDES) * unit, draw(_BOX_SIDES) * unit


@st.composite
def uneven_floors(draw: st.DrawFn) -> tuple[float, float, float, float]:
    sides = st.floats(0.05, 10)
    length, width, box_length, box_width = draw(sides), draw(sides), draw(sides), draw(sides)
    assume(length * width < 200 * box_length * box_width)
    return length, width, box_length, box_width


any_floors = st.one_of(floors(), uneven_floors())


@given(any_floors)
def test_swapping_the_sides_of_floor_or_box_changes_nothing(floor: tuple[float, float, float, float]) -> None:
    length, width, box_length, box_width = floor
    found = boxes.fit_floor(length, width, box_length, box_width)
    assert boxes.fit_floor(width, length, box_length, box_width) == found
    assert boxes.fit_floor(length, width, box_width, box_length) == found


@given(floors(), st.sampled_from([0.3048, 1000.0, 7.0]))
def test_the_unit_of_length_changes_nothing(floor: tuple[float, float, float, float], factor: float) -> None:
    length, width, box_length, box_width = (side * factor for side in floor)
    assert boxes.fit_floor(length, width, box_length, box_width) == boxes.fit_floor(*floor)


@given(any_floors)
def test_a_count_is_never_below_the_plain_grid_nor_above_the_bound(floor: tuple[float, float, float, float]) -> None:
    found = boxes.fit_floor(*floor)
    length, width, box_length, box_width = floor
    by_area = length * width / (box_length * box_width) * (1 + 1e-8)
    assert boxes.plain_grid(*floor) <= found.count <= found.bound <= by_area
    assert found.proven == (found.count == found.bound)


@given(any_floors, st.floats(0, 0.3))
def test_a_layout_overlaps_nowhere_and_sticks_out_nowhere(
    floor: tuple[float, float, float, float], clearance: float
) -> None:
    length, width, box_length, box_width = floor
    found = boxes.fit_floor(*floor, clearance=clearance, layout=True)
    assert found.layout is not None
    assert len(found.layout) == found.count == boxes.fit_floor(*floor, clearance=clearance).count
    assert_packed([(x, y, 0.0, dx, dy, 1.0) for x, y, dx, dy in found.layout], (length, width, 1.0))
    sides = sorted([box_length + clearance, box_width + clearance])
    assert all(sorted(place[2:]) == sides for place in found.layout)


@given(
    st.tuples(*[st.integers(2, 9)] * 3),
    st.tuples(*[st.integers(1, 5)] * 3),
    st.sampled_from([0.0, 0.05]),
    st.sampled_from(["upright", "free"]),
)
def test_a_layout_in_space_overlaps_nowhere_and_sticks_out_nowhere(
    room: tuple[int, int, int], box: tuple[int, int, int], clearance: float, orientation: Any
) -> None:
    found = boxes.fit(*room, *box, clearance=clearance, orientation=orientation, layout=True)
    assert found.layout is not None
    assert len(found.layout) == found.count <= found.bound
    assert_packed(list(found.layout), room)


@pytest.mark.parametrize("floor", [(29, 28), (34, 29), (28, 39)])
def test_a_pinwheel_round_further_boxes_is_laid_out_without_overlap(floor: tuple[int, int]) -> None:
    # Among floors for boxes of 5 by 3 these are rare ones whose pinwheel has boxes in its middle.
    found = boxes.fit_floor(*floor, 5, 3, layout=True)
    assert found.layout is not None
    assert len(found.layout) == found.count
    assert_packed([(x, y, 0, dx, dy, 1) for x, y, dx, dy in found.layout], (*floor, 1))


def assert_packed(places: list[tuple[float, ...]], room: tuple[float, ...]) -> None:
    if not places:
        return
    cells = np.array(places)
    starts, ends = cells[:, :3], cells[:, :3] + cells[:, 3:]
    # Sides are widened by a billionth when they are compared, so a layout may stick out by as much.
    loose = 1e-8 * max(room)
    assert np.all(starts >= 0)
    assert np.all(ends <= np.array(room) + loose)
    apart = np.any((ends[:, None] <= starts[None] + loose) | (ends[None] <= starts[:, None] + loose), axis=2)
    assert np.all(apart | np.eye(len(places), dtype=bool))


@given(floors(), st.data())
def test_a_floor_holds_no_fewer_than_its_two_parts(
    floor: tuple[float, float, float, float], data: st.DataObject
) -> None:
    length, width, box_length, box_width = floor
    whole = boxes.fit_floor(*floor)
    share = data.draw(st.floats(0.01, 0.99))
    parts = [boxes.fit_floor(part * length, width, box_length, box_width) for part in (share, 1 - share)]
    assert whole.bound >= sum(part.count for part in parts)
    if whole.proven:
        assert whole.count >= sum(part.count for part in parts)


@given(any_floors, st.floats(1, 2), st.floats(1, 2), st.floats(0.5, 1), st.floats(0.5, 1))
def test_a_larger_floor_or_a_smaller_box_never_means_fewer_boxes_where_proven(
    floor: tuple[float, float, float, float], longer: float, wider: float, shorter: float, thinner: float
) -> None:
    length, width, box_length, box_width = floor
    found = boxes.fit_floor(*floor)
    roomier = boxes.fit_floor(length * longer, width * wider, box_length * shorter, box_width * thinner)
    assert roomier.bound >= found.count
    if roomier.proven:
        assert roomier.count >= found.count


@given(any_floors, st.floats(0, 0.2))
def test_clearance_never_means_more_boxes_where_proven(
    floor: tuple[float, float, float, float], clearance: float
) -> None:
    found = boxes.fit_floor(*floor)
    tighter = boxes.fit_floor(*floor, clearance=clearance)
    assert tighter.count <= found.bound
    if found.proven:
        assert tighter.count <= found.count


@examples(40)
@given(st.integers(2, 7), st.integers(2, 7), st.integers(1, 4), st.integers(1, 4))
def test_a_count_agrees_with_trying_every_placement(length: int, width: int, box_length: int, box_width: int) -> None:
    found = boxes.fit_floor(length, width, box_length, box_width)
    most = _most_by_trial(length, width, box_length, box_width)
    assert found.count == most <= found.bound


def _most_by_trial(length: int, width: int, box_length: int, box_width: int) -> int:
    """Fill the cells in order: each stays empty or is the corner of a box. Whole sides need whole places only."""

    @cache
    def most(cell: int, ahead: int) -> int:  # bit i of ahead: whether the cell i places on is taken
        if cell == length * width:
            return 0
        best = most(cell + 1, ahead >> 1)
        x, y = divmod(cell, width)
        for dx, dy in {(box_length, box_width), (box_width, box_length)}:
            taken = sum(1 << (i * width + j) for i in range(dx) for j in range(dy))
            if x + dx <= length and y + dy <= width and not taken & ahead:
                best = max(best, 1 + most(cell + 1, (ahead | taken) >> 1))
        return best

    return most(0, 0)


@given(st.tuples(*[st.integers(4, 20)] * 3), st.tuples(*[st.integers(1, 8)] * 3), st.integers(1, 5))
def test_a_limit_of_layers_never_means_more_boxes(
    room: tuple[int, int, int], box: tuple[int, int, int], layers: int
) -> None:
    limited, free = boxes.fit(*room, *box, layers=layers), boxes.fit(*room, *box)
    assert limited.count <= free.count
    floor = boxes.fit_floor(room[0], room[1], box[0], box[1])
    assert limited.count == min(room[2] // box[2], layers) * floor.count


@given(st.tuples(*[st.integers(4, 20)] * 3), st.tuples(*[st.integers(1, 8)] * 3))
def test_free_orientation_never_means_fewer_boxes(room: tuple[int, int, int], box: tuple[int, int, int]) -> None:
    upright, free = boxes.fit(*room, *box), boxes.fit(*room, *box, orientation="free")
    assert free.count >= upright.count
    assert free.bound * box[0] * box[1] * box[2] <= room[0] * room[1] * room[2]


_ORDERS = st.permutations((0, 1, 2))


@given(
    st.tuples(st.floats(4, 7), st.floats(2, 3), st.floats(2, 3)),
    st.tuples(st.floats(0.5, 1.5), st.floats(0.3, 0.9), st.floats(0.25, 0.9)),
    _ORDERS,
    _ORDERS,
)
@examples(40)
def test_in_free_orientation_the_order_of_the_sides_says_nothing(
    room: tuple[float, float, float], box: tuple[float, float, float], turned: list[int], renamed: list[int]
) -> None:
    first = boxes.fit(*room, *box, orientation="free")
    other_room, other_box = [room[side] for side in turned], [box[side] for side in renamed]
    other = boxes.fit(*other_room, *other_box, orientation="free")
    assert (other.count, other.bound, other.proven) == (first.count, first.bound, first.proven)
    # And so no way of standing the box in the room turned on any side holds more.
    assert first.count >= boxes.fit(*other_room, *other_box).count
    draws = boxes.count_draws(*other_room, *([side, side] for side in other_box), orientation="free")
    assert draws.tolist() == [first.count] * 2


@given(
    st.tuples(st.floats(0.5, 1.5), st.floats(0.3, 0.9), st.floats(0.25, 0.9)),
    st.floats(0, 0.05),
    st.sampled_from([None, (2.286, 2.261), (1.0, 0.8)]),
    _ORDERS,
)
@examples(40)
def test_in_free_orientation_the_sides_of_a_box_have_no_names_whatever_the_door_and_the_clearance(
    box: tuple[float, float, float], clearance: float, door: tuple[float, float] | None, renamed: list[int]
) -> None:
    def of(sides: list[float]) -> boxes.Fit:
        return boxes.fit(*_ROOM, *sides, clearance=clearance, door=door, orientation="free", layout=True)

    first, other = of(list(box)), of([box[side] for side in renamed])
    assert (other.count, other.bound) == (first.count, first.bound)
    for found in (first, other):
        assert found.layout is not None
        assert len(found.layout) == found.count
        assert_packed(list(found.layout), _ROOM)


@given(
    st.tuples(*[st.floats(0.5, 3)] * 3),
    st.floats(0.3, 3),
    st.floats(0.3, 3),
    st.sampled_from(["upright", "free"]),
)
def test_a_wider_door_never_means_fewer_boxes(
    box: tuple[float, float, float], width: float, height: float, orientation: Any
) -> None:
    narrow, wide, none = (
        boxes.fit(6, 3, 3, *box, door=door, orientation=orientation).count
        for door in ((width, height), (width + 0.5, height + 0.5), None)
    )
    assert narrow <= wide <= none
    if orientation == "upright":
        assert narrow in (0, none)


def test_a_door_may_leave_only_some_ways_to_stand() -> None:
    # 2 x 3 x 3 through a door 3 wide and 2 high: it goes in flat, and a room 3 high lets none be tilted up (3.6 along
    # the diagonal). Flat, two stand on 6 x 3; without the door three stand on their narrow side.
    assert boxes.fit(6, 3, 3, 2, 3, 3, door=(3, 2), orientation="free").count == 2
    assert boxes.fit(6, 3, 3, 2, 3, 3, orientation="free").count == 3


# Draws: inner sides of a 20 ft container, and bands of packages (length, width, height).
_ROOM = (5.867, 2.330, 2.350)
_BANDS = {
    "crate": ((0.85, 1.05), (0.3, 0.42), (0.19, 0.26)),
    "crate of two": ((0.8, 1.05), (0.3, 0.45), (0.17, 0.26)),
    "pallet": ((0.73, 0.75), (0.36, 0.38), (1.0, 1.02)),
    "rocket": ((2.2, 3.1), (0.2, 0.25), (0.2, 0.25)),
}


def _drawn(name: str, n: int) -> npt.NDArray[np.float64]:
    """Return n columns of length, width, height and clearance."""
    stream = np.random.default_rng(20240226)
    return np.array([stream.uniform(low, high, n) for low, high in (*_BANDS[name], (0.003, 0.025))])


def _counts(drawn: npt.NDArray[np.float64], **options: Any) -> npt.NDArray[np.int64]:
    return boxes.count_draws(*_ROOM, drawn[0], drawn[1], drawn[2], drawn[3], **options)


@pytest.mark.parametrize("orientation", ["upright", "free"])
@pytest.mark.parametrize("name", _BANDS)
def test_draws_equal_single_sizes(name: str, orientation: Any) -> None:
    drawn = _drawn(name, 300 if orientation == "upright" else 60)
    door = (2.286, 2.261)
    singles = [
        boxes.fit(*_ROOM, *size, clearance=gap, door=door, orientation=orientation).count
        for *size, gap in drawn.T.tolist()
    ]
    assert _counts(drawn, door=door, orientation=orientation).tolist() == singles


@examples(60)
@given(
    st.tuples(st.floats(1, 12), st.floats(1, 4)), st.lists(st.tuples(*[st.floats(0.3, 2)] * 2), min_size=1, max_size=20)
)
def test_draws_of_any_size_lie_between_grid_and_bound_and_agree_where_proven(
    floor: tuple[float, float], sizes: list[tuple[float, float]]
) -> None:
    lengths, widths = np.array(sizes).T
    counts = boxes.count_draws(*floor, 1, lengths, widths, 1)
    assert np.all(counts >= boxes.plain_grid(*floor, lengths, widths))
    for count, length, width in zip(counts.tolist(), lengths.tolist(), widths.tolist(), strict=True):
        single = boxes.fit_floor(*floor, length, width)
        assert count <= single.bound
        # A larger floor may exceed what one of thousands of sizes is given.
        if single.proven and single.count < 100:
            assert count == single.count


@pytest.mark.parametrize("orientation", ["upright", "free"])
@pytest.mark.parametrize("name", ["crate", "crate of two", "pallet"])
def test_enough_changes_nothing_below_it_and_gives_no_more_than_fits(name: str, orientation: str) -> None:
    drawn = _drawn(name, 4000 if orientation == "upright" else 400)
    true = _counts(drawn, orientation=orientation)
    enough = np.floor(np.random.default_rng(1).uniform(0.7, 1.2, true.size) * np.median(true))
    found = _counts(drawn, orientation=orientation, enough=enough)
    assert np.array_equal(np.minimum(found, enough), np.minimum(true, enough))
    assert np.all(found <= true)
    assert np.any(true < enough)


@pytest.mark.parametrize("name", _BANDS)
def test_the_order_of_the_draws_and_earlier_calls_change_nothing(name: str) -> None:
    drawn = _drawn(name, 2000)
    first = _counts(drawn)
    _counts(drawn * 1.01)
    turned = np.random.default_rng(5).permutation(2000)
    assert np.array_equal(_counts(drawn[:, turned]), first[turned])
    assert np.array_equal(_counts(drawn), first)


def test_counts_may_be_changed_without_changing_the_next_answer() -> None:
    drawn = _drawn("crate", 500)
    first = _counts(drawn)
    kept = first.copy()
    first[:] = 0
    assert np.array_equal(_counts(drawn), kept)


def test_threads_that_ask_at_once_get_the_same_counts() -> None:
    questions = [_drawn(name, 500) for name in _BANDS] * 4
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(_counts, questions))
    for drawn, answer in zip(questions, answers, strict=True):
        assert np.array_equal(answer, _counts(drawn))


def test_volume_of_the_boxes_is_never_above_that_of_the_room() -> None:
    drawn = _drawn("crate", 2000)
    counts = _counts(drawn, orientation="free")
    assert np.all(counts * drawn[:3].prod(axis=0) <= np.prod(_ROOM) * (1 + 1e-8))
