"""Time of box counts, as a share of a numpy sort timed in the same run: machines differ, the ratio hardly does.

Printed, not asserted: a median of a thirtieth of the sort a floor, and three and a half sorts for the worst, are usual.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from statistics import mean, median

import numpy as np
import numpy.typing as npt
import pytest

from shellflow import boxes

_ROOM = (5.867, 2.330, 2.350)


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.fixture(scope="module")
def sort_seconds() -> float:
    numbers = np.random.default_rng(0).random(1_000_000)
    return min(_seconds(partial(np.argsort, numbers, kind="stable")) for _ in range(5))


def _floors(
    sides: tuple[float, float], longer: tuple[float, float], shorter: tuple[float, float], n: int
) -> list[float]:
    stream = np.random.default_rng(1)
    drawn = zip(stream.uniform(*longer, n).tolist(), stream.uniform(*shorter, n).tolist(), strict=True)
    return [_seconds(partial(boxes.fit_floor, *sides, *box)) for box in drawn]


def test_crates_and_pallets_on_a_20_ft_floor(sort_seconds: float, report: Callable[[str], None]) -> None:
    for name, longer, shorter in (("crates", (0.8, 1.05), (0.3, 0.45)), ("pallets", (0.8, 1.25), (0.6, 1.05))):
        took = [one / sort_seconds for one in _floors(_ROOM[:2], longer, shorter, 150)]
        report(f"boxes: {name} on a 20 ft floor, median {median(took):.4f}, worst {max(took):.3f} sorts")


def test_small_cartons_on_a_40_ft_floor(sort_seconds: float, report: Callable[[str], None]) -> None:
    took = [one / sort_seconds for one in _floors((12.032, 2.352), (0.15, 0.6), (0.1, 0.3), 30)]
    report(f"boxes: small cartons on a 40 ft floor, median {median(took):.3f}, worst {max(took):.2f} sorts")


def test_floors_like_cover_one(sort_seconds: float, report: Callable[[str], None]) -> None:
    stream = np.random.default_rng(2)
    took: list[float] = []
    proven = 0
    while len(took) < 400:
        width, box_width = int(stream.integers(6, 100)), int(stream.integers(1, 30))
        length = int(stream.integers(width, min(2 * width, 130) + 1))
        box_length = int(stream.integers(box_width, 4 * box_width + 1))
        if 6 <= length * width / (box_length * box_width) < 50:
            start = time.perf_counter()
            proven += boxes.fit_floor(length, width, box_length, box_width).proven
            took.append((time.perf_counter() - start) / sort_seconds)
    report(f"boxes: floors like Cover I, mean {mean(took):.4f}, worst {max(took):.3f} sorts, proven {proven / 400:.3f}")


def _drawn(seed: int) -> npt.NDArray[np.float64]:
    stream = np.random.default_rng(seed)
    bands = ((0.85, 1.05), (0.3, 0.42), (0.19, 0.26), (0.003, 0.025))
    return np.array([stream.uniform(low, high, 16_384) for low, high in bands])


@pytest.mark.parametrize("weighed", [True, False], ids=["mass known", "space alone"])
def test_draws_of_a_crate(weighed: bool, sort_seconds: float, report: Callable[[str], None]) -> None:
    enough = None
    if weighed:
        gross = np.random.default_rng(9).triangular(55_000, 60_000, 68_000, 16_384) / 792
        enough = np.floor(21_750 / gross)
    # Other draws each time, as a count asked twice is remembered.
    took = min(_seconds(partial(boxes.count_draws, *_ROOM, *_drawn(seed), enough=enough)) for seed in range(3))
    report(
        f"boxes: 16,384 draws of a crate, {'mass known' if weighed else 'space alone'}, {took / sort_seconds:.3f} sorts"
    )
