"""Counts of boxes worked by hand."""

from __future__ import annotations

import math
from itertools import permutations
from typing import Any

import numpy as np
import pytest

from shellflow import boxes
from shellflow.errors import ArgumentError


@pytest.mark.parametrize(
    ("length", "width", "box_length", "box_width", "count"),
    [
        (10, 10, 5, 5, 4),  # 2 x 2
        (10, 10, 11, 1, 0),  # longer than either side
        (10, 2, 3, 2, 3),  # 3 lengthwise; crosswise a box is wider than the floor
        (5, 5, 3, 2, 4),  # a pinwheel round a hole of 1 x 1: 4 x 6 + 1 = 25; a grid holds 2 x 1
        (7, 3, 3, 2, 3),  # 21 / 6 = 3.5; two crosswise (2 x 3 each) and one lengthwise make 3
        (6, 5, 3, 2, 5),  # 30 / 6 = 5: two crosswise rows of 3 x 2 are 6 x 2, three standing 2 x 3 are 6 x 3
    ],
)
def test_small_floors(length: float, width: float, box_length: float, box_width: float, count: int) -> None:
    found = boxes.fit_floor(length, width, box_length, box_width)
    assert (found.count, found.bound, found.proven, found.layout) == (count, count, True, None)


def test_decimal_sides_that_fit_exactly_do_fit() -> None:
    # In binary 3 x 0.8 is a little above 2.4, and 2 x 1.2 is 2.4: both are to count as one length. 24 x 24 = 6 x 96.
    assert 3 * 0.8 > 2.4
    assert boxes.fit_floor(2.4, 0.8, 0.8, 0.8).count == 3
    assert boxes.fit_floor(2.4, 2.4, 1.2, 0.8).count == 6
    assert boxes.fit_floor(2.4, 2.0, 1.2, 0.8).count == 5  # area 4.8 / 0.96: three of 0.8 x 1.2, two of 1.2 x 0.8
    assert boxes.fit(2.4, 0.8, 2.4, 0.8, 0.8, 0.8, door=(0.8, 0.8)).count == 9
    assert boxes.count_draws(2.4, 0.8, 2.4, 0.8, 0.8, [0.8, 0.8000001]).tolist() == [9, 6]


def test_a_hair_too_long_does_not_fit() -> None:
    assert boxes.fit_floor(2.4, 0.8, 0.80001, 0.8).count == 2


def test_clearance_is_added_to_both_horizontal_sides_and_not_to_the_height() -> None:
    # 4.0 / 1.05 = 3.8 along, 2.1 / 1.05 = 2 across, 2.0 / 1.0 = 2 high: 3 x 2 x 2. Without clearance 4 x 2 x 2.
    assert boxes.fit(4, 2.1, 2, 1, 1, 1, clearance=0.05).count == 12
    assert boxes.fit(4, 2.1, 2, 1, 1, 1).count == 16


def test_layers_are_those_that_fit_or_fewer_if_so_told() -> None:
    # Floor 4 x 2 of unit boxes is 8; height 3.5 takes 3 layers.
    assert boxes.fit(4, 2, 3.5, 1, 1, 1).count == 24
    assert boxes.fit(4, 2, 3.5, 1, 1, 1, layers=2).count == 16
    assert boxes.fit(4, 2, 3.5, 1, 1, 1, layers=9).count == 24
    assert boxes.count_draws(4, 2, 3.5, 1, 1, [1, 1.5, 4], layers=2).tolist() == [16, 16, 0]


def test_a_box_higher_than_the_container_gives_none_proven() -> None:
    assert boxes.fit(4, 2, 3, 1, 1, 3.1, layout=True) == boxes.Fit(0, 0, True, ())


def test_two_rows_of_rockets_hang_on_two_millimetres() -> None:
    # 5.898 / 2 = 2.949: at 2.949 two rows lie lengthwise, at 2.950 one. Across 2.352 / 0.22 = 10, and 10 high.
    counts = boxes.count_draws(5.898, 2.352, 2.393, [2.949, 2.950], 0.22, 0.22)
    assert counts.tolist() == [200, 100]


@pytest.mark.parametrize(
    ("door", "orientation", "passes"),
    [
        (None, "upright", True),
        ((None, None), "upright", True),
        ((0.5, 0.3), "upright", True),  # the shorter horizontal side goes first
        ((0.49, 0.3), "upright", False),
        ((0.5, 0.29), "upright", False),
        ((0.5, None), "upright", True),
        ((None, 0.29), "upright", False),
        ((0.3, 0.5), "upright", False),
        ((0.3, 0.5), "free", True),  # tipped on its side, the face of 0.3 by 0.5 goes through
        ((0.5, 0.3), "free", True),  # and lying flat
        ((0.3, 0.49), "free", False),
        ((0.29, 9.0), "free", False),
    ],
)
def test_door(door: tuple[float | None, float | None] | None, orientation: Any, passes: bool) -> None:
    # Box 1.0 x 0.5 x 0.3; the stack inside may be higher than the door.
    found = boxes.fit(2, 1, 0.9, 1, 0.5, 0.3, door=door, orientation=orientation)
    draws = boxes.count_draws(2, 1, 0.9, [1.0, 1.0], 0.5, 0.3, door=door, orientation=orientation)
    assert found.count == draws[0] == (12 if passes else 0)
    assert found.proven


def test_free_orientation_tips_boxes_that_are_too_high() -> None:
    # Box 1 x 1 x 3 in 3 x 1 x 1: it only lies. Upright none.
    assert boxes.fit(3, 1, 1, 1, 1, 3).count == 0
    assert boxes.fit(3, 1, 1, 1, 1, 3, orientation="free") == boxes.Fit(1, 1, True)


def test_free_orientation_cuts_between_two_ways_of_standing() -> None:
    # Box 2 x 2 x 3 in 5 x 2 x 6, by volume 60 / 12 = 5. Standing takes 2 of the 5, two high: 2 boxes; lying takes the
    # other 3, three high: 3 boxes. One way only: standing 2 x 1 x 2 = 4, lying 1 x 1 x 3 = 3.
    found = boxes.fit(5, 2, 6, 2, 2, 3, orientation="free", layout=True)
    assert (found.count, found.bound, found.proven) == (5, 5, True)
    assert found.layout is not None
    assert len(found.layout) == 5
    assert boxes.count_draws(5, 2, 6, [2, 2], 2, 3, orientation="free").tolist() == [5, 5]


def test_free_orientation_finds_the_layout_that_stands_on_another_side_of_the_room() -> None:
    # Layers across the length or the width, as a floor is filled, hold 272; upright layers alone hold 246.
    room, crate = (5.867, 2.33, 2.35), (0.948, 0.34, 0.343)
    counts = {
        boxes.fit(*sides, *box, orientation="free").count for sides in permutations(room) for box in permutations(crate)
    }
    assert counts == {272}
    found = boxes.fit(*room, *crate, orientation="free", layout=True)
    assert found.layout is not None
    assert len(set(found.layout)) == 272
    sides = np.array([crate, crate[1:] + crate[:1], crate[2:] + crate[:2]])
    draws = boxes.count_draws(*room, *sides.T, orientation="free")
    assert draws.tolist() == [272, 272, 272]


def test_free_orientation_of_long_boxes_is_bounded_row_by_row() -> None:
    # 33.2 m3 (5.898 x 2.352 x 2.393) over 0.1519 m3 (3.0 x 0.225 x 0.225) is 218; but they lie lengthwise only, in
    # one row, whose cross-section of 5.628 m2 holds at most 111 of 0.0506 m2.
    found = boxes.fit(5.898, 2.352, 2.393, 3.0, 0.225, 0.225, orientation="free")
    assert (found.count, found.bound) == (100, 111)


def test_free_orientation_is_not_proven_below_the_volume() -> None:
    # 3 x 3 x 3 = 27 of 8 each is 3 by volume; a cube of 2 fits once.
    found = boxes.fit(3, 3, 3, 2, 2, 2, orientation="free")
    assert (found.count, found.bound, found.proven) == (1, 3, False)


def test_what_fits_in_no_orientation_is_proven_to_be_none() -> None:
    assert boxes.fit(3, 3, 3, 4, 1, 1, orientation="free") == boxes.Fit(0, 0, True)


def test_a_floor_of_tens_of_thousands_still_answers() -> None:
    # 100 x 100 with boxes of 0.3 x 0.2: 500 rows of 333 boxes, 0.1 left over, are 166,500; by area 166,666.
    found = boxes.fit_floor(100, 100, 0.3, 0.2, layout=True)
    assert 166_500 <= found.count <= found.bound <= 166_666
    assert found.layout is not None
    assert len(found.layout) == found.count
    assert boxes.count_draws(100, 100, 1, 0.3, 0.2, 1).tolist() == [found.count]


@pytest.mark.parametrize(("length", "width"), [(416, 400), (400, 416)])
def test_the_layout_of_a_large_floor_cut_in_two_covers_no_place_twice(length: int, width: int) -> None:
    # 17 by 4 on 416 by 400: a straight cut, lengthwise boxes before it and crosswise ones behind, holds 2,446 boxes;
    # a grid holds 416 // 4 = 104 by 400 // 17 = 23, or 24 by 100: at most 2,400.
    floor = boxes.fit_floor(length, width, 17, 4, layout=True)
    assert floor.count == 2_446
    assert floor.layout is not None
    covered = np.zeros((length, width), dtype=int)
    for x, y, dx, dy in np.round(floor.layout).astype(int):
        assert (min(x, y) >= 0, x + dx <= length, y + dy <= width) == (True, True, True)
        covered[x : x + dx, y : y + dy] += 1
    assert covered.max() == 1
    assert covered.sum() == 2_446 * 17 * 4


def test_plain_grid_of_many() -> None:
    # 5.898 / 1.2 = 4, 2.352 / 1.0 = 2: 8; turned 5 x 1. With 0.8: 4 x 2 = 8, turned 7 x 1 = 7.
    assert boxes.plain_grid(5.898, 2.352, 1.2, [1.0, 0.8]).tolist() == [8, 8]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"length": 0}, r"^length=0: must be finite and above zero\. Give a plain number"),
        ({"width": -1}, r"^width=-1: must be finite and above zero"),
        ({"height": math.nan}, r"^height=nan: must be finite and above zero"),
        ({"box_length": math.inf}, r"^box_length=inf: must be finite and above zero"),
        ({"box_width": "1"}, r"^box_width='1': must be finite and above zero, not a text\. Give a plain number"),
        ({"box_height": None}, r"^box_height=None: must be finite and above zero, not nothing"),
        ({"length": True}, r"^length=True: must be finite and above zero, not True or False"),
        ({"clearance": -0.1}, r"^clearance=-0\.1: must be finite and zero or more"),
        ({"layers": 0}, r"^layers=0: must be a whole number of at least 1\. Leave it out"),
        ({"layers": 1.5}, r"^layers=1\.5: must be a whole number of at least 1"),
        ({"layers": True}, r"^layers=True: must be a whole number of at least 1, not True or False"),
        ({"layers": 2, "orientation": "free"}, r"^layers=2: must be left out in free orientation\. Choose orient"),
        ({"orientation": "any"}, r"^orientation='any': must be 'upright' or 'free'"),
        ({"door": 2.3}, r"^door=2\.3: must be a pair \(width, height\)\. Write None"),
        ({"door": (2.3,)}, r"^door=\(2\.3,\): must be a pair"),
        ({"door": (2.3, 0)}, r"^door=0: must be finite and above zero"),
        ({"box_width": 1e-9}, r"^a box side of 1e-09 goes more than 100,000 times into a side of 10: give all lengths"),
    ],
)
def test_bad_arguments_are_named(changed: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {"length": 10, "width": 5, "height": 2, "box_length": 1, "box_width": 1, "box_height": 1}
    with pytest.raises(ArgumentError, match=message):
        boxes.fit(**(good | changed))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"box_length": [1, math.nan]}, r"^box_length=nan: must be finite and above zero throughout\. Correct the"),
        ({"box_width": [1, 0]}, r"^box_width=0\.0: must be finite and above zero throughout"),
        ({"box_height": ["1"]}, r"^box_height=\['1'\]: must be a number or a row of numbers"),
        ({"box_height": [[1]]}, r"^box_height=\[\[1\]\]: must be a number or a row of numbers"),
        ({"clearance": [-1]}, r"^clearance=-1\.0: must be finite and zero or more throughout"),
        ({"enough": [math.nan]}, r"^enough=nan: must be zero or more throughout"),
        ({"box_length": [1, 1], "box_width": [1, 1, 1]}, r"^draws of different number \(box_length 2, box_width 3\)"),
        ({"layers": 2, "orientation": "free"}, r"^layers=2: must be left out in free orientation"),
    ],
)
def test_bad_draws_are_named(changed: dict[str, Any], message: str) -> None:
    good: dict[str, Any] = {"length": 10, "width": 5, "height": 2, "box_length": 1, "box_width": 1, "box_height": 1}
    with pytest.raises(ArgumentError, match=message):
        boxes.count_draws(**(good | changed))


def test_a_floor_names_its_own_bad_argument() -> None:
    with pytest.raises(ArgumentError, match=r"^width=nan: must be finite and above zero"):
        boxes.fit_floor(1, math.nan, 1, 1)
    with pytest.raises(ArgumentError, match=r"^box_width=-1\.0: must be finite and above zero throughout"):
        boxes.plain_grid(1, 1, 1, [-1])


def test_no_draws_give_no_counts() -> None:
    assert boxes.count_draws(10, 5, 2, np.array([]), 1, 1).shape == (0,)


def test_a_side_stands_only_where_it_can_be_brought_to_stand() -> None:
    # 2.38 m high it does not go through a door of 2.28 m, and its diagonal with 0.3 m is 2.399 m, more than 2.393 m.
    room, box = (5.898, 2.352, 2.393), (2.38, 0.8, 0.3)
    free = boxes.fit(*room, *box, orientation="free", layout=True)
    through = boxes.fit(*room, *box, door=(2.34, 2.28), orientation="free", layout=True)
    assert any(place[5] == 2.38 for place in free.layout or ())
    assert not any(place[5] == 2.38 for place in through.layout or ())
    assert through.count < free.count
    draws = boxes.count_draws(*room, [2.38, 2.38], 0.8, 0.3, door=(2.34, 2.28), orientation="free")
    assert draws.tolist() == [through.count] * 2
