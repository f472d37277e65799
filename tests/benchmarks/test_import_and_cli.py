"""What it costs to import the library and to ask one question on the command line, against `import numpy`.

`pytest -s` shows what was measured.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

HEAVY = ("numpy", "pandas", "pint", "narwhals", "rich", "matplotlib", "scipy")
ESTIMATE = ["-c", "import sys; from shellflow.cli import main; sys.exit(main())", "estimate", "6700"]
NUMPY = ["-c", "import numpy"]
ROUNDS = 6


def loaded_by(script: str, *arguments: str) -> set[str]:
    """Return which of the heavy libraries a fresh process has loaded after this script."""
    tell = f"import sys; print(*(name for name in {HEAVY} if name in sys.modules), file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", f"{script}\n{tell}", *arguments], capture_output=True, encoding="utf-8", check=True
    )
    return set(done.stderr.split())


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert loaded_by("import shellflow") == set()
    assert loaded_by("import shellflow; dir(shellflow); shellflow.__version__; shellflow.__all__") == set()


@pytest.mark.parametrize("form", [[], ["--json"], ["--csv"]])
def test_the_piped_command_loads_numpy_alone(form: list[str]) -> None:
    script = "from shellflow.cli import main; assert main() == 0"
    assert loaded_by(script, "estimate", "6700", *form) == {"numpy"}
    assert loaded_by(script, "needed", "3M", "-m", "152mm", *form) == {"numpy"}


def test_help_loads_nothing_heavy() -> None:
    script = "from shellflow.cli import main\ntry: main()\nexcept SystemExit: pass"
    assert loaded_by(script, "--help") == set()
    assert loaded_by(script, "estimate", "--help") == set()


class Cost(NamedTuple):
    cpu_ms: float
    wall_ms: float


def cost(arguments: list[str], environment: dict[str, str]) -> Cost:
    start = time.perf_counter()
    with subprocess.Popen([sys.executable, *arguments], stdout=subprocess.DEVNULL, env=environment) as process:
        _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return Cost(1e3 * (used.ru_utime + used.ru_stime), 1e3 * wall)


def best(environment: dict[str, str]) -> dict[str, Cost]:
    """Return the least cost of each command, the two run by turns."""
    commands = {"numpy": NUMPY, "estimate": ESTIMATE}
    for command in commands.values():
        cost(command, environment)  # compiles, once, what is to be imported
    runs = [{name: cost(command, environment) for name, command in commands.items()} for _ in range(ROUNDS)]
    return {
        name: Cost(min(run[name].cpu_ms for run in runs), min(run[name].wall_ms for run in runs)) for name in commands
    }


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the CPU time of one child is asked of Unix")
def test_an_estimate_against_an_import_of_numpy(tmp_path: Path) -> None:
    # Bytecode for both, as pip leaves it: without it, all of ours would be compiled anew in every run, and none of
    # numpy's. One thread of BLAS: with more, their start burns CPU time that nobody waits for, which would count for
    # numpy as much as for us and hide what we add.
    plain = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    plain["PYTHONPYCACHEPREFIX"] = str(tmp_path)
    threads = ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "OMP_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
    found = best({**plain, **dict.fromkeys(threads, "1")})
    ratio = found["estimate"].cpu_ms / found["numpy"].cpu_ms
    for name, one in found.items():
        print(f"\n{name}: {one.cpu_ms:.0f} ms of CPU, {one.wall_ms:.0f} ms", end="")
    print(f"\nratio: {ratio:.2f} in CPU, {found['estimate'].wall_ms / found['numpy'].wall_ms:.2f} in time")
