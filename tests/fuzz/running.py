"""Running one hostile input, and what may come of it."""

from __future__ import annotations

import contextlib
import math
import re
import signal
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

import shellflow as sf

__all__ = ["LIMIT_S", "Case", "WrongError", "check", "check_estimate", "check_plain", "run"]

LIMIT_S = 5.0
"""Processor time that no input may need; the time of others on the same machine does not count."""

_LONGEST_MESSAGE = 1500
# Control and direction marks and halves of letters; a line break is fine in what is shown, not in a message.
_UNFIT = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


class WrongError(Exception):
    """An answer that is not what was asked, or that cannot be shown."""


class _TooLongError(BaseException):
    """Not to be caught by what is tried."""


@dataclass(frozen=True)
class Case:
    """One input: what is called, what is looked at afterwards, and whether Python itself may refuse it.

    `operator` allows a TypeError: between an estimate and an object that is nothing of ours, Python raises it.
    """

    title: str
    call: Callable[[], Any]
    look: Callable[[Any], None]
    operator: bool = False


def check(holds: bool, said: str) -> None:
    """Raise if it does not hold."""
    if not holds:
        raise WrongError(said)


def check_plain(text: object) -> None:
    """Check that a text can be written to any terminal or page that knows its letters."""
    check(isinstance(text, str), f"shown as {type(text).__name__}")
    assert isinstance(text, str)
    found = _UNFIT.search(text)
    check(found is None, f"shows {found[0]!a} as it stands" if found else "")


def check_estimate(estimate: object, unit: str | None = None, *, least: float = -math.inf) -> None:
    """Check that an estimate is sound and that everything that shows it comes out."""
    check(isinstance(estimate, sf.Estimate), f"gives {type(estimate).__name__}")
    assert isinstance(estimate, sf.Estimate)
    check(unit is None or estimate.unit == unit, f"is in {estimate.unit}, not in {unit}")
    values = estimate.values
    check(values.shape == (estimate.settings.n,), f"has values of shape {values.shape}")
    check(bool(np.all(np.isfinite(values))), "has values that are not finite")
    check(bool(np.all(values >= least)), f"has values below {least}")
    for text in (str(estimate), repr(estimate), estimate._repr_html_(), estimate.explain()):
        check_plain(text)
    estimate.to_frame().to_string()
    estimate.inputs().to_string()
    estimate.drivers()
    written = estimate.to_json()
    again = sf.from_json(written)
    check(bool(np.array_equal(again.values, values)), "changes through JSON")


@contextlib.contextmanager
def _limited() -> Iterator[None]:
    def stop(*_: object) -> None:
        raise _TooLongError

    if not hasattr(signal, "SIGPROF"):  # elsewhere the tests still run, without the limit
        yield
        return
    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, LIMIT_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def run(case: Case) -> tuple[str, str]:
    """Return what came of a case: answered, refused, exception, hang or wrong; and what there is to say of it."""
    try:
        with _limited():
            return _tried(case)
    except _TooLongError:
        return "hang", f"longer than {LIMIT_S:g} s"


def _tried(case: Case) -> tuple[str, str]:
    try:
        answer = case.call()
    except sf.ShellflowError as error:
        return _refused(error)
    except Exception as error:
        if case.operator and isinstance(error, TypeError):
            return "refused", ""
        return "exception", _traced(error)
    try:
        case.look(answer)
    except WrongError as error:
        return "wrong", str(error)
    except Exception as error:
        return "exception", f"afterwards: {_traced(error)}"
    return "answered", ""


def _refused(error: sf.ShellflowError) -> tuple[str, str]:
    message = str(error)
    try:
        check_plain(message)
        check("\n" not in message, "message of several lines")
        check(len(message) <= _LONGEST_MESSAGE, f"message of {len(message)} letters")
    except WrongError as unfit:
        return "wrong", f"{unfit}: {message[:100]!a}"
    return "refused", ""


def _traced(error: Exception) -> str:
    where = [
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)
    ]
    return f"{type(error).__name__}: {str(error)[:100]!a} at {' '.join(where[-6:])}"
