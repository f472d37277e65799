"""Pallet counts that freight forwarders publish, against ours.

Without clearance three of the eight come out one higher than published: nobody loads pallets without a gap. Clearances
of 5, 10 and 25 mm give all eight; 30 mm do not, so the published counts bound the clearance from both sides.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from shellflow import boxes

_TABLE = Path(__file__).parents[1] / "data" / "freight_counts.csv"
_ROWS = list(csv.DictReader(_TABLE.read_text("utf-8").splitlines()))
_SIDES = ("length_mm", "width_mm", "pallet_length_mm", "pallet_width_mm")


def _count(row: dict[str, str], clearance: float) -> int:
    length, width, box_length, box_width = (float(row[side]) for side in _SIDES)
    return boxes.fit_floor(length, width, box_length, box_width, clearance=clearance).count


def test_the_table_is_whole() -> None:
    assert len(_ROWS) == 8


@pytest.mark.parametrize("clearance", [5, 10, 25])
@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['floor']} {row['pallet_width_mm']}")
def test_published_count_with_clearance(row: dict[str, str], clearance: float) -> None:
    assert _count(row, clearance) == int(row["published"])


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: f"{row['floor']} {row['pallet_width_mm']}")
def test_count_without_clearance(row: dict[str, str]) -> None:
    assert _count(row, 0) == int(row["at_zero_clearance"])


def test_thirty_millimetres_are_too_many() -> None:
    assert [_count(row, 30) for row in _ROWS] != [int(row["published"]) for row in _ROWS]
