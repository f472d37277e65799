"""Known optima of floors, from the literature on the pallet loading problem: ours agree in every one.

Where the published bound is one above the optimum (set-packing bound, exhaustive search), ours is no lower: there the
count is right and says that it is not proven. An area or Barnes bound proves the others.
"""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest

from shellflow import boxes

_TABLE = Path(__file__).parents[1] / "data" / "floor_patterns.csv"
_ROWS = list(csv.DictReader(_TABLE.read_text("utf-8").splitlines()))


def test_the_table_is_whole() -> None:
    assert len(_ROWS) == 15


@pytest.mark.parametrize("row", _ROWS, ids=lambda row: "x".join(list(row.values())[:4]))
def test_optimum(row: dict[str, str]) -> None:
    floor = [float(row[side]) for side in ("length", "width", "box_length", "box_width")]
    optimum, bound = int(row["optimum"]), int(row["bound"])
    found = boxes.fit_floor(*floor, layout=True)
    assert (found.count, found.bound) == (optimum, bound)
    assert found.proven == (optimum == bound)
    assert found.layout is not None
    places = np.array(found.layout)
    starts, ends = places[:, :2], places[:, :2] + places[:, 2:]
    apart = np.any((ends[:, None] <= starts[None] + 1e-6) | (ends[None] <= starts[:, None] + 1e-6), axis=2)
    assert len(places) == optimum
    assert np.all((starts >= 0) & (ends <= np.array(floor[:2]) + 1e-6))
    assert np.all(apart | np.eye(optimum, dtype=bool))
    assert boxes.count_draws(floor[0], floor[1], 1, floor[2], floor[3], 1).tolist() == [optimum]
