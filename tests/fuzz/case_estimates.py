"""Questions of transports and rounds, and questions to what answers them."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np

import shellflow as sf
from shellflow.errors import shown
from tests.fuzz import texts, values
from tests.fuzz.running import Case, check, check_estimate, check_plain
from tests.fuzz.shared import (
    MUNITIONS,
    PACKINGS,
    anything,
    estimates,
    evaluated,
    one_round,
)
from tests.fuzz.values import Value

__all__ = ["KINDS"]


def counted(rng: random.Random) -> Case:
    """A count or a number of rounds, repeated by a packing of one round to a container."""
    needed = rng.random() < 0.3
    kind = rng.random()
    if kind < 0.3:
        written = texts.count(rng)
        value = Value(written.text, written.value, written.unit)
    elif kind < 0.45:
        written = rng.choice((texts.range_of, texts.bound))(rng)
        value = Value(written.text, None, written.unit)
    else:
        written = None
        value = anything(rng)
    ask, unit = (sf.units_needed, "container") if needed else (sf.estimate, "round")
    own = "round" if needed else "container"

    def look(estimate: sf.Estimate) -> None:
        check_estimate(estimate, unit, least=0.0)
        if written is not None and written.low != written.high and written.unit not in ("", own):
            return  # of voyages it says how many containers those carry
        if written is not None and written.low != written.high:
            has_range = written.low is not None and written.high is not None
            check(has_range, f"takes the bound {written.text!a} for a number: {estimate}")
            least, most = float(estimate.values.min()), float(estimate.values.max())
            assert written.low is not None
            assert written.high is not None
            check(written.low * (1 - 1e-9) <= least < most <= written.high * (1 + 1e-9), f"spans {least} to {most}")
            return
        if not value.read:
            return
        check(value.means is not None, f"takes {shown(value.value)} for a number: {estimate}")
        if needed or value.unit in ("", own):
            check(value.unit in ("", own), f"takes {value.unit} for {own}")
            assert value.means is not None
            same = bool(np.allclose(estimate.values, value.means, rtol=1e-9, atol=1e-300))
            check(same, f"takes {value.means} for {estimate.values[0]}")
        else:
            check(value.unit in ("wagon", "truck", "voyage", "kg"), f"takes {value.unit} for {own}")

    return Case(f"{ask.__name__}({shown(value.value)})", lambda: ask(value.value, "152mm", packing=one_round()), look)


def asked(rng: random.Random) -> Case:
    """An estimate with one or two of its arguments hostile."""
    ask, unit = rng.choice(((sf.estimate, "round"), (sf.units_needed, None)))
    arguments: dict[str, Any] = {"munition": rng.choice(MUNITIONS), "packing": rng.choice(PACKINGS)}
    count: Any = rng.choice((6700, "300 containers", "3M", sf.uniform(40, 60)))
    share: Value | None = None
    for argument in rng.sample(
        ("munition", "packing", "transport", "munition_share", "containers_per_voyage", "catalog"), 2
    ):
        if argument == "munition_share":
            share = anything(rng)
            arguments[argument] = share.value
        elif argument == "containers_per_voyage" and ask is sf.estimate:
            arguments[argument] = anything(rng).value
            count = "64 voyages"
        elif argument == "catalog":
            arguments[argument] = values.hostile(rng).value if rng.random() < 0.3 else None
        elif argument != "containers_per_voyage":
            arguments[argument] = values.name(rng)

    def look(estimate: sf.Estimate) -> None:
        check_estimate(estimate, unit, least=0.0)
        if share is not None and share.read:
            check(share.means is not None and 0 <= share.means <= 1, f"takes {shown(share.value)} for a share")

    return Case(f"{ask.__name__}({count!r}, {shown(arguments)})", lambda: evaluated(ask(count, **arguments)), look)


def compared(rng: random.Random) -> Case:
    count = anything(rng) if rng.random() < 0.5 else Value(6700, 6700.0)
    arguments: dict[str, Any] = {}
    if rng.random() < 0.5:
        arguments["packings"] = rng.choice((values.name(rng), [values.name(rng)]))
    if rng.random() < 0.3:
        arguments["transport"] = values.name(rng)
    munitions = values.name(rng) if rng.random() < 0.2 else rng.choice((["152mm"], [values.name(rng)], None))

    def look(table: sf.Comparison) -> None:
        for text in (str(table), repr(table), table._repr_html_()):
            check_plain(text)
        table.to_frame().to_string()
        for line in table:
            if line.estimate is not None:
                check(bool(np.all(np.isfinite(line.estimate.values) & (line.estimate.values >= 0))), "is not sound")
        check(count.means is not None or not count.read, f"takes {shown(count.value)} for a number")

    title = f"compare({shown(count.value)}, {shown(munitions)}, {shown(arguments)})"
    return Case(title, lambda: sf.compare(count.value, munitions, **arguments), look)


def asked_of(rng: random.Random) -> Case:
    """A question to an estimate."""
    estimate = rng.choice(estimates())
    value = anything(rng)
    other = anything(rng)
    share = rng.choice((0.5, 0.0, 1.0, 0.9, -0.1, 1.1, value.value, value.value))
    calls: dict[str, Callable[[], Any]] = {
        "quantile": lambda: float(estimate.quantile(share).magnitude),
        "band": lambda: estimate.band(share),
        "in_words": lambda: estimate.in_words(share),
        "explain": lambda: estimate.explain(share),
        "rows": lambda: estimate.rows(share),
        "at_least": lambda: estimate.chance(at_least=value.value),
        "at_most": lambda: estimate.chance(at_most=value.value),
        "both": lambda: estimate.chance(at_least=value.value, at_most=other.value),
        "lasts_at": lambda: estimate.lasts_at(rng.choice((value.value, texts.rate(rng).text))),
        "replace": lambda: estimate.replace(**{rng.choice(_REPLACED): rng.choice((value.value, values.name(rng)))}),
    }
    asked_for = rng.choice(list(calls))

    def look(answer: Any) -> None:
        if asked_for in ("at_least", "at_most", "both"):
            check(0.0 <= answer <= 1.0, f"gives {answer}")
            for threshold in (value, other)[: 2 if asked_for == "both" else 1]:
                known = not threshold.read or threshold.means is not None
                check(known or threshold.value is None, f"takes {shown(threshold.value)} for a threshold")
                fits = not threshold.read or threshold.unit in ("", estimate.unit)
                check(fits, f"takes {threshold.unit} for {estimate.unit}")
        elif asked_for in ("replace", "lasts_at"):
            check_estimate(answer, least=0.0)
        elif asked_for in ("in_words", "explain"):
            check_plain(answer)
        elif asked_for != "rows":
            numbers = [answer] if isinstance(answer, float) else answer
            check(all(map(math.isfinite, numbers)), f"gives {answer}")

    title = f"{asked_for} of {estimate}: {shown(share)}, {shown(value.value)}, {shown(other.value)}"
    return Case(title, calls[asked_for], look)


_REPLACED = ("count", "munition", "packing", "transport", "munition_share", "containers_per_voyage", "catalog")


def operated(rng: random.Random) -> Case:
    """Arithmetic between an estimate and anything."""
    estimate = rng.choice(estimates())
    value = anything(rng)
    operators: dict[str, Callable[[Any, Any], Any]] = {
        "+": lambda left, right: left + right,
        "-": lambda left, right: left - right,
        "*": lambda left, right: left * right,
        "/": lambda left, right: left / right,
        "<": lambda left, right: left < right,
        "==": lambda left, right: left == right,
    }
    sign = rng.choice(list(operators))
    if isinstance(value.value, values.Raising):
        del operators["=="]  # equality is identity; for that of the object Python asks it alone, and it raises
        sign = "+" if sign == "==" else sign
    left, right = rng.choice(((estimate, value.value), (value.value, estimate)))

    def look(answer: Any) -> None:
        if sign == "==" or not isinstance(answer, sf.Estimate):
            mine = type(value.value) in (int, float, sf.Estimate)
            check(sign == "==" or not mine, f"gives {shown(answer)}")
            return
        check_estimate(answer)
        check(not value.read or value.means is not None, f"takes {shown(value.value)} for a number")

    title = f"{shown(left)} {sign} {shown(right)}"
    return Case(title, lambda: operators[sign](left, right), look, operator=True)


KINDS: dict[Callable[[random.Random], Case], int] = {
    counted: 16,
    asked: 8,
    compared: 3,
    asked_of: 12,
    operated: 8,
}
"""How often each kind of case is tried, against the others."""
