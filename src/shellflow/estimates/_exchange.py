"""Estimates as JSON: every input, the settings and the versions, so that reading back gives the same draws."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, TypeVar

import numpy as np

from shellflow import display, worlds
from shellflow.catalog import Munition, Transport
from shellflow.errors import DataError, ShellflowError, shown
from shellflow.estimates._terms import (
    Carried,
    Known,
    Needed,
    Product,
    Ratio,
    Scaled,
    Scattered,
    Sum,
    Term,
    evaluate,
    leaves,
    unit_of,
)
from shellflow.inputs import Input
from shellflow.packings import Physical, Reported

__all__ = ["FORMAT", "read", "write"]

FORMAT = 1

Made = TypeVar("Made")

_TERMS = (Carried, Known, Needed, Product, Ratio, Scaled, Scattered, Sum)
_DISTRIBUTIONS = (
    worlds.Discrete,
    worlds.Exponential,
    worlds.Fixed,
    worlds.LogStudentT,
    worlds.Lognormal,
    worlds.Tabulated,
    worlds.Triangular,
    worlds.Uniform,
)
_KNOWN: Mapping[str, Any] = {
    kind.__name__: kind for kind in (*_TERMS, *_DISTRIBUTIONS, Physical, Reported, Munition, Transport)
}


def write(term: Term, chosen: worlds.Settings, made_by: Mapping[str, str], summary: Mapping[str, object]) -> str:
    """Return the JSON text of an estimate.

    A distribution known only by its `ppf` is written as its quantiles at the n midpoints.
    """
    inputs: dict[str, Any] = {}

    def plain(value: object) -> Any:
        if isinstance(value, Input):
            parts = {part.name: plain(getattr(value, part.name)) for part in fields(value)}
            key = value.name
            while inputs.setdefault(key, parts) != parts:  # the same unknown, from another source
                key += "'"
            return {"input": key}
        if isinstance(value, worlds.WithPpf):
            return plain(worlds.Tabulated.of(value.ppf(worlds.midpoints(chosen.n))))
        if isinstance(value, worlds.Tabulated):
            return {"type": "Tabulated", "values": value.values.tolist()}
        if is_dataclass(value) and type(value).__name__ in _KNOWN:
            return {"type": type(value).__name__} | {one.name: plain(getattr(value, one.name)) for one in fields(value)}
        if isinstance(value, tuple):
            return [plain(one) for one in value]
        if value is None or isinstance(value, str | int | float):
            return value
        raise DataError(f"an estimate that holds {shown(value)} cannot be written as JSON. Take it out, or use pickle.")

    body = plain(term)
    document = {
        "format": FORMAT,
        "made_by": dict(made_by),
        "settings": {"n": chosen.n, "seed": chosen.seed},
        "summary": dict(summary),
        "inputs": inputs,
        "estimate": body,
    }
    text = json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False)
    return text if display.is_encodable(text) else json.dumps(document, indent=1, allow_nan=False)


def read(text: str, make: Callable[[Term, worlds.Settings, dict[str, str]], Made]) -> Made:
    """Return the estimate written by `write`, made by `make` and checked.

    Raises
    ------
    DataError
        If the text is no such JSON, is not sound, or is of a format this version does not know.
    """
    try:
        document = json.loads(text)
    except (RecursionError, TypeError, ValueError) as error:
        raise DataError(f"not JSON ({error}): give the text that Estimate.to_json() wrote.") from None
    found = document.get("format") if isinstance(document, dict) else None
    if found != FORMAT:
        raise DataError(
            f"format={shown(found)}: must be {FORMAT}. Give the text that Estimate.to_json() wrote; "
            "a higher format needs a newer shellflow."
        )
    try:
        inputs = {key: Input(**_object_fields(parts)) for key, parts in document["inputs"].items()}
        term = _object(document["estimate"], inputs)
        chosen = worlds.Settings(**document["settings"])
        _check(term, chosen)
        return make(term, chosen, {str(key): str(value) for key, value in document["made_by"].items()})
    except ShellflowError as error:
        raise DataError(f"the JSON is not a sound estimate: {error}") from error
    except (ArithmeticError, AttributeError, IndexError, KeyError, RecursionError, TypeError, ValueError) as error:
        raise DataError(f"the JSON is not a sound estimate: {type(error).__name__}: {error}") from error


def _check(term: Term, chosen: worlds.Settings) -> None:
    """Check what the functions that make estimates check, and that there is a number in every world.

    Raises
    ------
    DataError
        If something in it cannot be.
    """
    if not isinstance(term, _TERMS):
        raise DataError("what it holds is of no kind that this version knows.")
    for leaf in leaves(term):
        kind = leaf.contents[0].transport.kind
        part, unit = (leaf.count, kind) if isinstance(leaf, Carried) else (leaf.rounds, "round")
        if unit_of(part) != unit:
            raise DataError(f"it counts {unit_of(part) or 'no unit'} where it speaks of {unit}.")
        if isinstance(part, Known) and not np.all(part.value.draws(chosen) >= 0):
            raise DataError(f"{part.value.name} is below 0 in some worlds.")
        share = leaf.munition_share.draws(chosen)
        if not np.all((share >= 0) & (share <= 1)):
            raise DataError("munition_share is outside 0 to 1 in some worlds.")
        if len(leaf.weights) != (len(leaf.contents) if len(leaf.contents) > 1 else 0):
            raise DataError(f"{len(leaf.contents)} packings have {len(leaf.weights)} shares.")
    if not np.all(np.isfinite(evaluate(term, chosen))):
        raise DataError("it has no finite number in some worlds.")


def _object_fields(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _object(value, {}) for name, value in parts.items()}


def _object(value: Any, inputs: Mapping[str, Input]) -> Any:
    if isinstance(value, list):
        return tuple(_object(one, inputs) for one in value)
    if not isinstance(value, dict):
        return value
    if "input" in value:
        return inputs[value["input"]]
    kind = value["type"]
    if kind == "Tabulated":
        return worlds.Tabulated.of(value["values"])
    return _KNOWN[kind](**{name: _object(one, inputs) for name, one in value.items() if name != "type"})
