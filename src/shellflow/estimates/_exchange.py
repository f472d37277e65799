"""Estimates as JSON: every input, the settings and the versions, so that reading back gives the same draws."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from shellflow import worlds
from shellflow.catalog import Munition, Transport
from shellflow.errors import DataError, ShellflowError, shown
from shellflow.estimates._terms import Carried, Known, Needed, Product, Ratio, Scaled, Sum, Term
from shellflow.inputs import Input
from shellflow.packings import Physical, Reported

__all__ = ["FORMAT", "read", "write"]

FORMAT = 1

_TERMS = (Carried, Known, Needed, Product, Ratio, Scaled, Sum)
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
            inputs.setdefault(value.name, {part.name: plain(getattr(value, part.name)) for part in fields(value)})
            return {"input": value.name}
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
    return json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False)


def read(text: str) -> tuple[Term, worlds.Settings, dict[str, str]]:
    """Return the term, the settings and the makers of an estimate written by `write`.

    Raises
    ------
    DataError
        If the text is no such JSON, or of a format this version does not know.
    """
    try:
        document = json.loads(text)
    except (TypeError, ValueError) as error:
        raise DataError(f"not JSON ({error}): give the text that Estimate.to_json() wrote.") from None
    found = document.get("format") if isinstance(document, dict) else None
    if found != FORMAT:
        raise DataError(
            f"format={shown(found)}: must be {FORMAT}. Give the text that Estimate.to_json() wrote; "
            "a higher format needs a newer shellflow."
        )
    try:
        inputs = {name: Input(**_object_fields(parts)) for name, parts in document["inputs"].items()}
        term = _object(document["estimate"], inputs)
        if not isinstance(term, _TERMS):
            raise DataError("the estimate in it is of no kind this version knows.")
        return term, worlds.Settings(**document["settings"]), {str(k): str(v) for k, v in document["made_by"].items()}
    except ShellflowError as error:
        raise DataError(f"the JSON is not a sound estimate: {error}") from error
    except (AttributeError, KeyError, TypeError) as error:
        raise DataError(f"the JSON is not a sound estimate: {type(error).__name__}: {error}") from error


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
