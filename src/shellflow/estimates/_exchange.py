"""Estimates as JSON: every input, the settings and the versions, so that reading back gives the same draws.

What is read goes through the constructors of what it is made of, and so through their checks.
"""

from __future__ import annotations

import json
import math
import sys
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from functools import cache
from typing import Any, Literal, TypeVar

from shellflow import display, packings, sampling
from shellflow.catalog import Munition, Transport
from shellflow.errors import DataError, ShellflowError, shown
from shellflow.estimates._drawn import Drawn
from shellflow.estimates._rows import row_of
from shellflow.estimates._soundness import check_term
from shellflow.estimates._titles import LEVEL, title
from shellflow.inputs import Calculated, Input
from shellflow.packings import Physical, Reported
from shellflow.terms import Bounded, Product, Scaled, Sum, Term, depth

__all__ = ["DEEPEST", "FORMAT", "LONGEST", "MOST_DRAWS", "read", "write"]

FORMAT = 3

LONGEST = 100_000_000
"""The most characters of a JSON text."""

DEEPEST = 200
"""The most brackets that may be open at once in it."""

MOST_DRAWS = 2**20
"""The most draws of an estimate, and quantiles of a table, that are written and read."""

_LARGEST_WHOLE = 2**53  # beyond which floats do not tell one whole number from the next

Made = TypeVar("Made")

_DISTRIBUTIONS = (
    sampling.AverageOfFactors,
    sampling.Discrete,
    sampling.Exponential,
    sampling.Fixed,
    sampling.LogStudentT,
    sampling.Lognormal,
    sampling.SumOfErrors,
    sampling.SumOfUniforms,
    sampling.Tabulated,
    sampling.Triangular,
    sampling.Uniform,
)
_TERMS = (
    *(packings.Carried, packings.Needed, packings.InMass, packings.GrossMass, packings.Scattered),
    *(Bounded, Product, Scaled, Sum, Input),
)
_KNOWN = frozenset((*_TERMS[:-1], *_DISTRIBUTIONS, Calculated, Physical, Reported, Munition, Transport))
_SECTIONS = ("format", "made_by", "settings", "summary", "inputs", "estimate")


# --- writing ----------------------------------------------------------------------------------------------------------


def write(estimate: Drawn) -> str:
    """Return the JSON text of an estimate, with a summary that is for people and is not read back.

    A distribution known only by its `ppf` is written as its quantiles at the n midpoints, with its limits.

    Raises
    ------
    DataError
        If a value cannot be written as JSON, or the text is larger than `read` accepts.
    """
    chosen, reasons = estimate.settings, estimate.reasons
    _check_draws("n", chosen.n)
    if depth(estimate.term) > DEEPEST:
        raise DataError(f"its JSON is nested more than {DEEPEST} levels deep. {_SMALLER}")
    inputs: dict[str, Any] = {}

    def plain(value: object) -> Any:
        if isinstance(value, Input):
            parts = {part.name: plain(getattr(value, part.name)) for part in fields(value)}
            key = value.name
            while inputs.setdefault(key, parts) != parts:  # the same unknown, from another source
                key += "'"
            return {"input": key}
        if isinstance(value, sampling.WithPpf):
            return plain(sampling.Tabulated.of(value.ppf(sampling.midpoints(chosen.n)), *value.support))
        if isinstance(value, sampling.Tabulated):
            ends = {
                name: end if math.isfinite(end) else None for name, end in (("low", value.low), ("high", value.high))
            }
            return {"type": "Tabulated", "values": value.values.tolist(), **ends}
        if type(value) in _KNOWN:
            parts = {part.name: plain(getattr(value, part.name)) for part in fields(value)}  # type: ignore[arg-type]
            return {"type": type(value).__name__} | parts
        if isinstance(value, tuple):
            return [plain(entry) for entry in value]
        if value is None or isinstance(value, str | int | float):
            return value
        raise DataError(f"an estimate that holds {shown(value)} cannot be written as JSON. Take it out, or use pickle.")

    document = {
        "format": FORMAT,
        "made_by": dict(estimate.made_by),
        "settings": {"n": chosen.n, "seed": chosen.seed},
        "summary": {
            **display.without_gaps(row_of(estimate, LEVEL)),
            "text": f"{title(estimate.term)}: {estimate.in_words()}",
            "band_for": reasons.band_for,
            "notes": list(reasons.notes),
        },
        "inputs": inputs,
        "estimate": plain(estimate.term),
    }
    text = json.dumps(document, indent=1, allow_nan=False, ensure_ascii=False)
    if not display.is_encodable(text):
        text = json.dumps(document, indent=1, allow_nan=False)
    if len(text) > LONGEST:
        raise DataError(f"its JSON has {len(text):,} characters, more than the {LONGEST:,} that are read. {_SMALLER}")
    if _depth(document) > DEEPEST:
        raise DataError(f"its JSON is nested more than {DEEPEST} levels deep. {_SMALLER}")
    return text


_SMALLER = "Write its parts, ask it with fewer draws (sf.settings(n=...)), or keep it as a pickle of your own."


def _depth(document: object) -> int:
    """Return how many brackets are open at once, at most; no deeper than one more than is allowed."""
    level, depth = [document], 0
    while level and depth <= DEEPEST:
        level = [
            entry
            for bracket in level
            if isinstance(bracket, dict | list)
            for entry in (bracket.values() if isinstance(bracket, dict) else bracket)
            if isinstance(entry, dict | list)
        ]
        depth += 1
    return depth


def _check_draws(argument: str, number: int) -> None:
    if number > MOST_DRAWS:
        raise DataError(f"{argument}={number:,}: must be at most {MOST_DRAWS:,} in JSON. {_SMALLER}")


# --- reading ----------------------------------------------------------------------------------------------------------


def read(text: str, make: Callable[[Term, sampling.Settings, dict[str, str]], Made]) -> Made:
    """Return the estimate written by `write`, made by `make` and checked.

    Raises
    ------
    DataError
        If the text is no such JSON, is not sound, is too large, or is of a format this version does not know.
    """
    document = _document(text)
    try:
        _check_keys(document, _SECTIONS, "the JSON")
        if _depth(document) > DEEPEST:
            raise DataError(f"it is nested more than {DEEPEST} levels deep.")
        chosen = _settings(document["settings"])
        with sampling.settings(n=chosen.n, seed=chosen.seed):
            inputs = _Inputs(_mapping(document["inputs"], "inputs"))
            term: Term = _value(document["estimate"], Term, "estimate", inputs)
            check_term(term, chosen)
            inputs.check_all_used()
            return make(term, chosen, _made_by(document["made_by"]))
    except ShellflowError as error:
        raise DataError(f"the JSON is not a sound estimate: {error}") from error
    except (ArithmeticError, RecursionError, TypeError, ValueError) as error:
        raise DataError(f"the JSON is not a sound estimate: {type(error).__name__}: {error}") from error


def _document(text: object) -> dict[str, Any]:
    if not isinstance(text, str):
        raise DataError(f"not JSON ({shown(text)}): give the text that Estimate.to_json() wrote.")
    if len(text) > LONGEST:
        raise DataError(f"not JSON of ours: {len(text):,} characters, and at most {LONGEST:,} are read.")
    try:
        document = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
    except (RecursionError, ValueError) as error:
        reason = "nested too deep" if isinstance(error, RecursionError) else error
        raise DataError(f"not JSON ({reason}): give the text that Estimate.to_json() wrote.") from None
    number = document.get("format") if isinstance(document, dict) else None
    if isinstance(number, bool) or number != FORMAT:
        raise DataError(
            f"format={shown(number)}: must be {FORMAT}. Give the text that Estimate.to_json() wrote; "
            "a higher format needs a newer shellflow, a lower one the shellflow that wrote it."
        )
    return document  # type: ignore[no-any-return]


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    read = dict(pairs)
    if len(read) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{shown(next(name for name in names if names.count(name) > 1))} stands twice in one place")
    return read


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number")


def _settings(parts: object) -> sampling.Settings:
    numbers = _mapping(parts, "settings")
    _check_keys(numbers, ("n", "seed"), "settings")
    # A seed may be larger than the whole numbers that floats tell apart; Settings says how large.
    numbers = {
        name: number if type(number) is int else _value(number, int, f"settings.{name}", None)
        for name, number in numbers.items()
    }
    chosen = sampling.Settings(**numbers)
    _check_draws("settings.n", chosen.n)
    return chosen


def _made_by(parts: object) -> dict[str, str]:
    texts = _mapping(parts, "made_by")
    return {name: _value(text, str, f"made_by.{shown(name)}", None) for name, text in texts.items()}


class _Inputs:
    """The inputs of a document, each made at first use."""

    def __init__(self, parts: Mapping[str, Any]) -> None:
        self._parts = parts
        self._made: dict[str, Input] = {}
        self._open: set[str] = set()  # those that are being made

    def at(self, key: object, where: str) -> Input:
        if not isinstance(key, str) or key not in self._parts:
            raise DataError(f"{where}.input={shown(key)}: must be a key of inputs.")
        if key not in self._made:
            place = f"inputs[{shown(key)}]"
            if key in self._open:
                raise DataError(f"{place}: it is calculated from itself.")
            self._open.add(key)
            self._made[key] = _made(Input, _mapping(self._parts[key], place), place, self)
            if key.rstrip("'") != self._made[key].name.rstrip("'"):
                raise DataError(f"{place}.name={shown(self._made[key].name)}: must be the key.")
        return self._made[key]

    def check_all_used(self) -> None:
        idle = next((key for key in self._parts if key not in self._made), None)
        if idle is not None:
            raise DataError(f"inputs[{shown(idle)}]: no part of the estimate uses it.")


def _mapping(parts: object, where: str) -> dict[str, Any]:
    if not isinstance(parts, dict):
        raise DataError(f"{where}={shown(parts)}: must be an object in braces.")
    return parts


def _check_keys(parts: Mapping[str, Any], names: Iterable[str], where: str) -> None:
    wanted = list(names)
    for name in wanted:
        if name not in parts:
            raise DataError(f"{where}: {name!r} is missing.")
    for name in parts:
        if name not in wanted:
            raise DataError(f"{where}: {shown(name)} is not known; must be one of {', '.join(wanted)}.")


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {part.name: hints[part.name] for part in fields(kind)}


def _made(kind: type, parts: Mapping[str, Any], where: str, inputs: _Inputs | None) -> Any:
    """Return a record made by its constructor of parts read as its fields are annotated."""
    hints = _hints(kind)
    if kind is sampling.Tabulated:
        hints = {"values": tuple[float, ...], "low": float | None, "high": float | None}
    _check_keys(parts, hints, where)
    values = {name: _value(parts[name], hint, f"{where}.{name}", inputs) for name, hint in hints.items()}
    try:
        if kind is sampling.Tabulated:
            _check_draws("values", len(values["values"]))
            return sampling.Tabulated.of(values["values"], values["low"], values["high"])
        return kind(**values)
    except ShellflowError as error:
        raise DataError(f"{where}: {error}") from error


def _value(value: Any, hint: Any, where: str, inputs: _Inputs | None) -> Any:
    """Return a value of JSON as its annotation wants it."""
    choices = _choices(hint)
    if isinstance(value, dict):
        if Input in choices and inputs is not None and ("input" in value or choices[0] is Input):
            _check_keys(value, ("input",), where)
            return inputs.at(value["input"], where)
        kinds = {kind.__name__: kind for kind in choices if kind in _KNOWN}
        kind = kinds.get(name) if isinstance(name := value.get("type"), str) else None
        if kind is None:
            raise DataError(f"{where}.type={shown(name)}: must be {_or(kinds) or _kinds_in_words(choices)}.")
        return _made(kind, {name: part for name, part in value.items() if name != "type"}, where, inputs)
    if isinstance(value, list):
        for choice in choices:
            if typing.get_origin(choice) is tuple:
                return _tuple(value, typing.get_args(choice), where, inputs)
    if any(_is(value, choice) for choice in choices):
        return value
    raise DataError(f"{where}={shown(value)}: must be {_kinds_in_words(choices)}.")


def _tuple(entries: list[Any], hints: tuple[Any, ...], where: str, inputs: _Inputs | None) -> tuple[Any, ...]:
    each = hints[:1] * len(entries) if hints[-1] is Ellipsis else hints
    if len(each) != len(entries):
        raise DataError(f"{where}: must be a list of {len(each)}, not of {len(entries)}.")
    places = enumerate(zip(entries, each, strict=True))
    return tuple(_value(entry, hint, f"{where}[{place}]", inputs) for place, (entry, hint) in places)


def _choices(hint: Any) -> tuple[Any, ...]:
    """Return what a value may be: classes of ours, plain types, None, and the texts of a Literal."""
    if hint is sampling.Distribution:
        return (*_DISTRIBUTIONS, Calculated)
    if hint is Term:
        return _TERMS
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return tuple(choice for part in typing.get_args(hint) for choice in _choices(part))
    return typing.get_args(hint) if typing.get_origin(hint) is Literal else (hint,)


def _is(value: object, choice: object) -> bool:
    if isinstance(choice, str) or choice in (None, types.NoneType):
        return value == choice if isinstance(choice, str) else value is None
    if isinstance(value, bool):
        return False
    if choice is float:
        return isinstance(value, float | int) and abs(value) <= sys.float_info.max
    if choice is int:
        return isinstance(value, int) and abs(value) <= _LARGEST_WHOLE
    return choice is str and isinstance(value, str)


_WORDS = {float: "a finite number", int: "a whole number", str: "a text", None: "null", types.NoneType: "null"}


def _kinds_in_words(choices: Iterable[Any]) -> str:
    def word(choice: Any) -> str:
        if typing.get_origin(choice) is tuple:
            return "a list"
        return repr(choice) if isinstance(choice, str) else _WORDS.get(choice) or str(choice.__name__)

    return _or(map(word, choices))


def _or(texts: Iterable[str]) -> str:
    *first, last = [*texts] or [""]
    return f"{', '.join(first)} or {last}" if first else last
