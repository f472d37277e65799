"""What a change in a panel costs, against showing the same estimate with no panel in the same run.

`pytest -s` shows what was measured.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable
from typing import Any

import pytest

import shellflow as sf

OPENED: dict[str, dict[str, Any]] = {
    "reported": {},
    "as loaded": {"packing": "as-loaded"},
    "a mix": {"munition": "152mm + 122mm-rocket", "packing": "crated"},
}


def least(rounds: int, task: Callable[[], object]) -> float:
    """Return the least time of a task in ms."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        times.append(1e3 * (time.perf_counter() - start))
    return min(times)


@pytest.mark.parametrize("what", OPENED)
def test_moving_a_slider_against_the_estimate_and_its_card_alone(what: str) -> None:
    pytest.importorskip("ipywidgets", reason="the panel is made of ipywidgets, which is not installed")
    given = {"munition": "152mm", "packing": "reported"} | OPENED[what]
    shown, counts = sf.explore(**given), itertools.count(1)

    def move() -> None:
        shown._controls["low"].value = next(counts)

    def alone() -> str:
        return sf.estimate(next(counts), **given)._repr_html_()

    moved, reference = least(20, move), least(20, alone)
    print(f"\n{what}: {moved:.1f} ms a move, {reference:.1f} ms alone, ratio {moved / reference:.1f}")
    assert moved < 12 * reference  # of 12 ms at most, as measured: within the 150 ms that a change was given
