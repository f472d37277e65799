"""What showing an estimate costs in a notebook, against a loop in the same run.

`pytest -s` shows what was measured.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import reduce
from operator import add

import pytest

import shellflow as sf

MADE: dict[str, Callable[[], sf.Estimate]] = {
    "reported": lambda: sf.estimate(6_700, "152mm"),
    "crated": lambda: sf.estimate(6_700, "122mm-rocket", packing="crated"),
    "a mix": lambda: sf.estimate(6_700, sf.mix("152mm", "122mm-rocket")),
    "a sum of twenty": lambda: reduce(add, [sf.estimate(100 + k, "152mm", packing="crated") for k in range(20)]),
}


def least(rounds: int, task: Callable[[], object]) -> float:
    """Return the least time of a task in ms."""
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        task()
        found.append(1e3 * (time.perf_counter() - start))
    return min(found)


def loop() -> int:
    """A million additions, some 30 ms where the bound of 50 ms for a display was set."""
    total = 0
    for number in range(1_000_000):
        total += number
    return total


@pytest.mark.parametrize("what", MADE)
def test_showing_an_estimate_against_a_million_additions(what: str) -> None:
    one = MADE[what]()
    one._repr_html_()
    shown, reference = least(10, one._repr_html_), least(5, loop)
    print(f"\n{what}: {shown:.2f} ms, a million additions {reference:.1f} ms, ratio {shown / reference:.2f}")
