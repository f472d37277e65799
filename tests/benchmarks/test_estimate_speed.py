"""What an estimate and a comparison cost, against numpy written by hand in the same run.

`pytest -s` shows what was measured.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import shellflow as sf
from shellflow import boxes, packings, sampling

LEVELS = (0.05, 0.5, 0.95)
PACKINGS = ("reported", "crated")


def least(rounds: int, *tasks: Callable[[], object]) -> list[float]:
    """Return the least time of each task in ms, all of them run by turns."""
    times: list[list[float]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, found in zip(tasks, times, strict=True):
            start = time.perf_counter()
            task()
            found.append(1e3 * (time.perf_counter() - start))
    return [min(found) for found in times]


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_warm_estimate_with_three_quantiles_against_numpy(packing: str) -> None:
    est = sf.estimate(6_700, "152mm", packing=packing)
    est.quantile(0.5)
    (leaf,) = est.term.contents  # type: ignore[attr-defined]  # an estimate of one munition
    rounds = packings.stow(leaf, est.settings).rounds

    def ours() -> list[Any]:
        made = sf.estimate(6_700, "152mm", packing=packing)
        return [made.quantile(p) for p in LEVELS]

    def by_hand() -> sampling.Floats:
        return np.asarray(np.quantile(6_700 * rounds, LEVELS))

    np.testing.assert_allclose([one.m_as("round") for one in ours()], by_hand(), rtol=2e-3)
    # Many turns: the two differ by hundredths of a millisecond.
    mine, reference = least(200, ours, by_hand)
    print(f"\n{packing}, warm: {mine:.3f} ms, by hand {reference:.3f} ms, ratio {mine / reference:.2f}")


@pytest.mark.parametrize("packing", PACKINGS)
def test_a_cold_estimate_costs_at_most_three_times_numpy_besides_counting_boxes(packing: str) -> None:
    est = sf.estimate(6_700, "152mm", packing=packing)
    (leaf,) = est.term.contents  # type: ignore[attr-defined]
    uncertain = [one for one in packings.inputs_of(leaf) if not one.is_fixed]
    n = est.settings.n
    counting = 0.0
    count_draws = boxes.count_draws

    def timed(*given: object, **named: object) -> object:
        nonlocal counting
        start = time.perf_counter()
        counts = count_draws(*given, **named)  # type: ignore[arg-type]
        counting += 1e3 * (time.perf_counter() - start)
        return counts

    def ours() -> float:
        """Return the time of an estimate from nothing, without that of counting boxes."""
        nonlocal counting
        sampling.clear_caches()
        counting = 0.0
        start = time.perf_counter()
        made = sf.estimate(6_700, "152mm", packing=packing)
        _ = [made.quantile(p) for p in LEVELS]
        return 1e3 * (time.perf_counter() - start) - counting

    def by_hand() -> float:
        """Return the time of drawing the same inputs, and of as much arithmetic as one multiplication of each."""
        start = time.perf_counter()
        rounds = np.ones(n)
        middle = (np.arange(n) + 0.5) / n
        for one in uncertain:
            key = hashlib.blake2b(f"0\n{one.name}".encode(), digest_size=16).digest()
            raw = np.random.Philox(key=int.from_bytes(key, "little")).random_raw(n)
            rounds = rounds * one.distribution.ppf(middle)[np.argsort(raw)]
        np.quantile(6_700 * rounds, LEVELS)
        return 1e3 * (time.perf_counter() - start)

    drawn = set()
    draw = sampling.draw

    def noted(name: str, distribution: sampling.Distribution, chosen: sampling.Settings) -> sampling.Floats:
        if not isinstance(distribution, sampling.Fixed):
            drawn.add(name)
        return draw(name, distribution, chosen)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(boxes, "count_draws", timed)
        patched.setattr(sampling, "draw", noted)
        pairs = [(ours(), by_hand(), counting) for _ in range(25)]
    # Inputs that only one of the two drew would make the comparison worth nothing.
    assert drawn == {one.name for one in uncertain}
    mine, reference = min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)
    boxes_ms = min(pair[2] for pair in pairs)
    print(
        f"\n{packing}, cold: {mine:.1f} ms and {boxes_ms:.1f} ms of counting boxes, by hand {reference:.1f} ms", end=""
    )
    print(f" ({len(uncertain)} inputs), ratio {mine / reference:.2f}")


def test_a_warm_comparison_against_sorting_a_hundred_arrays_of_draws() -> None:
    # It is to take less than 50 ms. Sorting 16,384 doubles that no branch predictor has seen takes half a millisecond
    # on a usual machine, so that a hundred of them are those 50 ms in a form that holds on faster and slower ones.
    generator = np.random.default_rng(0)
    arrays = [generator.lognormal(size=sampling.DEFAULT_N) for _ in range(100)]
    sf.compare(6_700).report()
    mine, shown, reference = least(
        15,
        lambda: sf.compare(6_700),
        sf.compare(6_700).report,
        lambda: [np.sort(one) for one in arrays],
    )
    print(f"\ncompare(6700), warm: {mine:.1f} ms, with its table {shown:.1f} ms; a hundred sorts: {reference:.1f} ms")


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of one process is read from Linux's /proc")
def test_a_comparison_takes_at_most_100_mb_above_numpy_and_pandas() -> None:
    # Not ru_maxrss: a child starts with its parent's, and beside a large test run nothing would ever exceed that.
    tell = "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"

    def peak_mb(script: str) -> float:
        done = subprocess.run([sys.executable, "-c", f"{script}\n{tell}"], capture_output=True, text=True, check=True)
        return int(done.stdout) / 1024

    base = peak_mb("import numpy, pandas")
    ours = peak_mb("import numpy, pandas, shellflow as sf\nfound = sf.compare(6700)\nfound.to_frame(), str(found)")
    print(f"\ncompare(6700): {ours:.0f} MB, numpy and pandas {base:.0f} MB, difference {ours - base:.0f} MB")
    assert 0 < ours - base <= 100


def test_a_sum_of_a_thousand_estimates_costs_little_more_than_adding_their_draws() -> None:
    parts = [sf.estimate(count, "152mm", packing="crated") for count in range(1, 1_001)]
    values = [part.values for part in parts]
    total: Any = sum(parts)
    add, by_hand = least(3, lambda: add_up(parts).values, lambda: add_up(values))
    print(f"\nsum of 1,000 estimates: {add:.0f} ms, by numpy alone {by_hand:.0f} ms")
    assert len(total.rows()) == 1_001


def add_up(parts: list[Any]) -> Any:
    return sum(parts)
