"""How long it takes to weigh draws by lines of evidence; run with `-s` to see it. No time is asserted."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

import shellflow as sf
from shellflow.reconciliation import weigh

N = 16_384
LINES = 10


def cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def test_ten_lines_of_evidence_on_the_default_number_of_draws() -> None:
    generator = np.random.default_rng(0)
    values = list(np.exp(generator.normal(size=(LINES, N))))
    ranges = [(0.5, 2.0 + place / 10) for place in range(LINES)]
    seconds = min(cpu_seconds(lambda: weigh(values, ranges, [0.1] * LINES)) for _ in range(5))
    print(f"\n{LINES} lines of evidence on {N:,} draws: {1000 * seconds:.1f} ms of CPU")


def test_ten_statements_under_a_model_whose_draws_are_there() -> None:
    model = sf.estimate(1, "152mm+122mm-shell", packing="as-loaded")
    lines = [
        sf.statement(
            *(("rounds", 200 + place) if place % 2 else ("mass", f"{9 + place / 10} t")),
            count=1,
            family=f"office {place}",
            basis="contents",
            error=0.1,
        )
        for place in range(LINES)
    ]
    sf.reconcile(model, lines)
    seconds = min(cpu_seconds(lambda: sf.reconcile(model, lines)) for _ in range(5))
    print(f"\n{LINES} statements on {N:,} draws: {1000 * seconds:.1f} ms of CPU")
