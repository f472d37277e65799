"""Some thousands of hostile inputs, the same in every run: each is answered rightly or refused by a ShellflowError.

`SHELLFLOW_FUZZ=100000 pytest tests/fuzz` tries that many. `SHELLFLOW_FUZZ=1 SHELLFLOW_FUZZ_FROM=4711 pytest tests/fuzz`
tries the one of that number alone, as a failure names it; with `-s` one that never returns prints where it is.

What Python itself refuses stays a TypeError: an operator between an estimate and an object that is nothing of ours.
Calls with a wrong signature and inputs without an end, such as `itertools.count()`, are not tried: Python refuses the
ones, and its own `list` does not return from the others. Draws are few, since it is not arithmetic that is tried here.
"""

from __future__ import annotations

import faulthandler
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Callable

import pytest

import shellflow as sf
from tests.fuzz import case_estimates, case_flows, case_inputs, case_reconciliation, case_records, case_texts
from tests.fuzz.running import LIMIT_S, Case, WrongError, run

COUNT = int(os.environ.get("SHELLFLOW_FUZZ", "5000"))
FIRST = int(os.environ.get("SHELLFLOW_FUZZ_FROM", "0"))
SHOWN = 20
STUCK_S = 300

KINDS: dict[Callable[[random.Random], Case], int] = {
    **case_texts.KINDS,
    **case_estimates.KINDS,
    **case_inputs.KINDS,
    **case_records.KINDS,
    **case_flows.KINDS,
    **case_reconciliation.KINDS,
}


def case_of(number: int) -> Case:
    """Return the case of a number, the same in every run and whatever was tried before."""
    rng = random.Random(f"shellflow {number}")
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    return kind(rng)


def test_every_hostile_input_is_answered_rightly_or_refused(report: Callable[[str], None]) -> None:
    ends: Counter[str] = Counter()
    failures: list[str] = []
    start = time.perf_counter()
    with sf.settings(n=64):
        for number in range(FIRST, FIRST + COUNT):
            # The limit of the runner acts between two steps of Python only; this ends what is stuck in one of them.
            faulthandler.dump_traceback_later(STUCK_S, exit=True, file=sys.__stderr__ or sys.stderr)
            case = case_of(number)
            end, said = run(case)
            ends[end] += 1
            if end in ("exception", "hang", "wrong") and len(failures) < SHOWN:
                failures.append(
                    f"{number}: {case.title}\n    {end}: {said}".encode("ascii", "backslashreplace").decode()
                )
    faulthandler.cancel_dump_traceback_later()
    report(
        f"{COUNT:,} hostile inputs in {time.perf_counter() - start:.0f} s: {ends['answered']:,} answered, "
        f"{ends['refused']:,} refused; other exceptions {ends['exception']}, longer than {LIMIT_S:g} s {ends['hang']}, "
        f"silent wrong {ends['wrong']}"
    )
    assert not failures, "\n".join(failures)
    if COUNT >= 1000:  # were all refused, nothing would have been compared
        assert ends["answered"] > COUNT / 10
        assert ends["refused"] > COUNT / 10


class _UnfitError(sf.ShellflowError):
    """Says whatever it was given, which those of the library do not."""

    def __init__(self, message: str) -> None:
        super().__init__("")
        self.message = message

    def __str__(self) -> str:
        return self.message


def _spin() -> None:
    while True:
        pass


def _raise(error: Exception) -> None:
    raise error


def _pass(_: object) -> None:
    return None


@pytest.mark.parametrize(
    ("case", "end"),
    [
        (Case("answer", lambda: 5, _pass), "answered"),
        (Case("refusal", lambda: _raise(sf.ShellflowError("n=0: must be at least 1.")), _pass), "refused"),
        (Case("long message", lambda: _raise(_UnfitError("x" * 10_000)), _pass), "wrong"),
        (Case("message of two lines", lambda: _raise(_UnfitError("x\ny")), _pass), "wrong"),
        (Case("message with an escape", lambda: _raise(_UnfitError("\x1b[31m")), _pass), "wrong"),
        (Case("KeyError", lambda: _raise(KeyError("x")), _pass), "exception"),
        (Case("TypeError", lambda: _raise(TypeError("x")), _pass), "exception"),
        (Case("operator", lambda: _raise(TypeError("x")), _pass, operator=True), "refused"),
        (Case("wrong answer", lambda: 5, lambda _: _raise(WrongError("is 5"))), "wrong"),
        (Case("answer that cannot be shown", lambda: 5, lambda _: _raise(ValueError("x"))), "exception"),
        (Case("never", _spin, _pass), "hang"),
    ],
    ids=lambda value: value.title if isinstance(value, Case) else "",
)
def test_the_run_tells_what_came_of_an_input(case: Case, end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.fuzz.running.LIMIT_S", 0.05)
    assert run(case)[0] == end
