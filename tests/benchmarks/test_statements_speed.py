"""What an audit costs on the command line, and a backtest of a thousand claims, against work timed in the same run."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import numpy as np
import pytest

import shellflow as sf
from shellflow import catalog
from shellflow.catalog import Claim

AUDIT = ["-c", "import sys; from shellflow.cli import main; sys.exit(main())", "audit", "6700 containers"]
AUDIT += ["more than 3M", "-m", "152mm"]
NUMPY = ["-c", "import numpy"]
CLAIMS = 1_000


def cpu_seconds(arguments: list[str], environment: dict[str, str]) -> float:
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return used.ru_utime + used.ru_stime


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the CPU time of one child is asked of Unix")
def test_an_audit_against_an_import_of_numpy(tmp_path: Path, report: Callable[[str], None]) -> None:
    # Bytecode for both, and one thread of BLAS, whose start would hide what we add.
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    threads = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    environment = {**plain, "PYTHONPYCACHEPREFIX": str(tmp_path), **dict.fromkeys(threads, "1")}
    for command in (NUMPY, AUDIT):
        cpu_seconds(command, environment)  # compiles, once, what is to be imported
    runs = [(cpu_seconds(NUMPY, environment), cpu_seconds(AUDIT, environment)) for _ in range(5)]
    ratio = min(ours for _, ours in runs) / min(numpy for numpy, _ in runs)
    report(f"audit: {ratio:.2f} imports of numpy, cold and piped (CPU)")


def thousand_claims(families: int) -> list[Claim]:
    base = replace(
        catalog.claims["rok-mnd-2024-02-26a"], alternative_to=None, since=None, units_low=1_000, units_high=1_000
    )
    stream = np.random.default_rng(0)
    start = date(2020, 1, 1)
    return [
        replace(
            base,
            claim=f"claim-{place}",
            date=(start + timedelta(days=place)).isoformat(),
            family=f"family-{place % families}",
            rounds_low=int(450_000 * np.exp(0.2 * stream.normal())),
        )
        for place in range(CLAIMS)
    ]


def test_a_table_of_a_thousand_claims_of_the_same_boxes(report: Callable[[str], None]) -> None:
    rows = thousand_claims(1)
    by_day = [replace(row, date="2024-02-26") for row in rows]
    numbers = np.random.default_rng(0).random(1_000_000)

    def seconds(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    sf.claims(rows[:2])  # loads pandas
    sort = min(seconds(lambda: np.argsort(numbers, kind="stable")) for _ in range(3))
    for which, table in (("over 1,000 days", rows), ("of one day", by_day)):
        took = min(seconds(partial(sf.claims, table)) for _ in range(2))
        report(f"claims() of {CLAIMS} rows of the same boxes {which}: {took:.2f} s, {took / sort:.1f} sorts")


@pytest.mark.parametrize("families", [1, 40])
def test_a_backtest_of_a_thousand_claims(families: int, report: Callable[[str], None]) -> None:
    rows = thousand_claims(families)
    numbers = np.random.default_rng(0).random(1_000_000)

    def seconds(work: Callable[[], object]) -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    sort = min(seconds(lambda: np.argsort(numbers, kind="stable")) for _ in range(3))
    took = seconds(lambda: sf.backtest(rows))  # once: quantiles that are kept from a run before would be half the work
    report(f"backtest of {CLAIMS} claims of {families} families: {took:.2f} s, {took / sort:.1f} sorts")
