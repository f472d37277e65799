"""What holds of every estimate that was not made by a question: one read from JSON, or from a pickle."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from shellflow import sampling, units
from shellflow.errors import DataError, ShellflowError, shown
from shellflow.estimates._terms import (
    TERMS,
    Carried,
    Known,
    Leaf,
    Needed,
    Product,
    Ratio,
    Scaled,
    Scattered,
    Sum,
    Term,
    children,
    evaluate,
    leaves,
    unit_of,
)
from shellflow.inputs import Input, within

__all__ = ["check_state", "check_term"]


def check_term(term: Term, chosen: sampling.Settings) -> None:
    """Check what the functions that make estimates check, and that there is a number in every draw.

    Raises
    ------
    DataError
        If something in it cannot be.
    """
    _check_units(term)
    for leaf in leaves(term):
        part = leaf.count if isinstance(leaf, Carried) else leaf.rounds
        if isinstance(part, Known):
            within(part.value, part.value.name, 0.0)
        elif np.any(evaluate(part, chosen) < 0):
            raise DataError(f"a count in {unit_of(part)} is below 0 in some draws.")
    if not np.all(np.isfinite(evaluate(term, chosen))):
        raise DataError("it has no finite number in some draws.")


def _check_units(term: Term) -> None:
    for part in children(term):
        _check_units(part)
    if isinstance(term, Carried | Needed):
        _check_leaf(term)
    elif isinstance(term, Scattered):
        _check_scattered(term)
    elif isinstance(term, Sum):
        if not term.parts or any(unit_of(part) != unit_of(term) for part in term.parts):
            raise DataError("a sum must have parts, all of one unit.")
    elif isinstance(term, Scaled):
        if not math.isfinite(term.factor):
            raise DataError(f"factor={term.factor!r}: must be a finite number.")
        if unit_of(term.part) not in ("", term.unit):
            raise DataError(f"a term in {unit_of(term.part)} is scaled to {term.unit or 'a plain number'}.")
    elif isinstance(term, Product | Ratio):
        first, second = children(term)
        sign = "*" if isinstance(term, Product) else "/"
        _, unit = units.combined(unit_of(first), unit_of(second), sign)
        if unit != term.unit:
            said = f"{unit_of(first) or '1'} {sign} {unit_of(second) or '1'} is in {unit or 'no unit'}"
            raise DataError(f"unit={shown(term.unit)}: {said}.")


def _check_leaf(leaf: Leaf) -> None:
    _check_contents(leaf)
    kind = leaf.contents[0].transport.kind
    part, unit = (leaf.count, kind) if isinstance(leaf, Carried) else (leaf.rounds, "round")
    if unit_of(part) != unit:
        raise DataError(f"it counts {unit_of(part) or 'no unit'} where it speaks of {unit}.")
    _check_plain("munition_share", leaf.munition_share, 1.0)


def _check_scattered(term: Scattered) -> None:
    _check_contents(term)
    if unit_of(term.count) != term.contents[0].transport.kind:
        raise DataError(f"it counts {unit_of(term.count) or 'no unit'} in a {term.contents[0].transport.kind}.")
    _check_plain("factor", term.factor, math.inf)


def _check_contents(term: Leaf | Scattered) -> None:
    if not term.contents:
        raise DataError("contents: must be at least one packing.")
    kinds = {packing.transport.kind for packing in term.contents}
    if len(kinds) > 1:
        raise DataError(f"contents: must be packings of one kind of transport, not of {' and '.join(sorted(kinds))}.")
    if len(term.weights) != (len(term.contents) if len(term.contents) > 1 else 0):
        raise DataError(f"{len(term.contents)} packings have {len(term.weights)} shares.")
    known = all(weight.is_fixed for weight in term.weights)
    for weight in term.weights:
        _check_plain("weights", weight, 1.0 if known else math.inf)
    total = math.fsum(weight.distribution.support[0] for weight in term.weights) if known else 1.0
    if term.weights and not math.isclose(total, 1.0, rel_tol=0, abs_tol=1e-9):
        raise DataError(f"weights: must sum to 1, and sum to {total:.6g}.")


def _check_plain(argument: str, number: Input, most: float) -> None:
    if number.unit:
        raise DataError(f"{argument} is in {number.unit}; must be a plain number.")
    within(number, argument, 0.0, most)


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
        if not isinstance(term, TERMS) or not isinstance(chosen, sampling.Settings):
            raise DataError(f"it holds {shown(term)} with {shown(chosen)}.")
        made_by = {_text(key): _text(value) for key, value in state["made_by"].items()}
        with sampling.settings(n=chosen.n, seed=chosen.seed):
            _construct_again((term, chosen), set())
            _check_units(term)
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        said = str(error) if isinstance(error, ShellflowError) else f"{type(error).__name__}: {error}"
        raise DataError(f"the pickle does not hold a sound estimate: {said} {advice}") from error
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
