"""What holds of every estimate that was not made by a question: one read from JSON, or from a pickle."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from shellflow import packings, sampling
from shellflow.errors import DataError, ShellflowError, shown
from shellflow.inputs import Input, within
from shellflow.terms import Term, evaluate, walk, walk_up

__all__ = ["check_state", "check_term"]


def check_term(term: Term, chosen: sampling.Settings) -> None:
    """Check what the functions that make estimates check, and that there is a number in every draw.

    Raises
    ------
    ShellflowError
        If something in it cannot be.
    """
    for node in walk_up(term):
        node.check()
    for carrier in packings.carriers(term):
        if isinstance(carrier.amount, Input):
            within(carrier.amount, carrier.amount.name, 0.0)
        elif np.any(evaluate(carrier.amount, chosen) < 0):
            raise DataError(f"a count in {carrier.amount.unit} is below 0 in some draws.")
    if not np.all(np.isfinite(evaluate(term, chosen))):
        raise DataError("it has no finite number in some draws.")


def check_state(state: object) -> dict[str, Any]:
    """Return the state that a pickle of an estimate holds, checked as its constructors would.

    Raises
    ------
    DataError
        If it is not that of a sound estimate.
    """
    advice = "Make the estimate again, with the shellflow that is to read it."
    try:
        if not isinstance(state, dict) or set(state) != {"term", "settings", "made_by"}:
            raise DataError(f"it holds {shown(state)}.")
        term, chosen = state["term"], state["settings"]
        if not isinstance(term, Term) or not isinstance(chosen, sampling.Settings):
            raise DataError(f"it holds {shown(term)} with {shown(chosen)}.")
        made_by = {_text(key): _text(value) for key, value in state["made_by"].items()}
        with sampling.settings(n=chosen.n, seed=chosen.seed):
            _construct_again((term, chosen), set())
            for node in walk(term):
                node.check()
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        reason = str(error) if isinstance(error, ShellflowError) else f"{type(error).__name__}: {error}"
        raise DataError(f"the pickle does not hold a sound estimate: {reason} {advice}") from error
    return {"term": term, "settings": chosen, "made_by": made_by}


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise DataError(f"made_by holds {shown(value)}; must be a text.")
    return value


def _construct_again(value: object, seen: set[int]) -> None:
    """Run the checks of every constructor again, since a pickle passes them by; of a shared object once."""
    if id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, tuple):
        for entry in value:
            _construct_again(entry, seen)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            _construct_again(getattr(value, part.name), seen)
        check = getattr(value, "__post_init__", None)
        if check is not None:
            check()
