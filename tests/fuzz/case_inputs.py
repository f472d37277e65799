"""What a user states: uncertain inputs, packings of one's own, settings."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from typing import Any

import numpy as np

import shellflow as sf
from shellflow import sampling
from shellflow.errors import shown
from tests.fuzz import texts, values
from tests.fuzz.running import Case, check, check_estimate, check_plain
from tests.fuzz.shared import (
    anything,
    close,
)
from tests.fuzz.values import Value

__all__ = ["KINDS"]


def packed(rng: random.Random) -> Case:
    """A packing of one's own, and what it holds: never more mass than the transport carries."""
    arguments: dict[str, Any] = {"rounds": 1, "gross": "65 kg", "size": ("0.9 m", "0.35 m", "0.22 m")}
    if rng.random() < 0.15:
        arguments = {"rounds_per_transport": anything(rng).value}
    else:
        for argument in rng.sample(("rounds", "gross", "packaging", "size", "load", "fill", "clearance", "layers"), 2):
            arguments[argument] = _own(rng, argument)
        if "packaging" in arguments and rng.random() < 0.8:
            del arguments["gross"]
    for argument in rng.sample(("orientation", "name", "source", "grade", "transport", "package"), 2):
        if rng.random() < 0.3:
            arguments[argument] = values.name(rng)

    def look(packing: Any) -> None:
        repr(packing)
        estimate = sf.estimate(1, "152mm", packing=packing)
        check_estimate(estimate, "round", least=0.0)
        if "rounds_per_transport" not in arguments:
            # 152 mm shells weigh 40 kg and more, and no transport of the catalog carries 100 t.
            check(bool(np.all(estimate.values * 40.0 <= 100_000.0)), f"packs {estimate}")

    return Case(f"packing({shown(arguments)})", lambda: sf.packing("152mm", **arguments), look)


def _own(rng: random.Random, argument: str) -> Any:
    def any_side() -> object:
        return anything(rng).value if rng.random() < 0.4 else f"{10 ** rng.uniform(-3, 2):.4g} m"

    if argument == "size":
        return tuple(any_side() for _ in range(rng.choice((3, 3, 3, 3, 2, 4))))
    if argument in ("gross", "packaging", "load") and rng.random() < 0.5:
        return texts.quantity(rng).text if rng.random() < 0.7 else f"{10 ** rng.uniform(-6, 6):.4g} kg"
    if argument in ("rounds", "layers") and rng.random() < 0.5:
        return rng.choice((0, 1, 2, -1, 10**6, 10**30, 1.5, "2", True, np.int64(3)))
    if argument == "fill" and rng.random() < 0.5:
        return rng.choice((0, 1, 0.5, 1e-300, 1.0000001, "50 %", "0.5", sf.uniform(0.2, 0.8), sf.uniform(0, 2)))
    return anything(rng).value


def stated(rng: random.Random) -> Case:
    """An uncertain input made of hostile values."""
    made = rng.choice(
        (sf.fixed, sf.uniform, sf.triangular, sf.lognormal, sf.discrete, sf.from_observations, sf.distribution)
    )
    given: list[Value] = [
        anything(rng) if rng.random() < 0.5 else Value(number, float(number)) for number in (3, 4.5, 7)
    ]
    arguments: dict[str, Any] = {}
    for argument in ("unit", "name", "source", "grade"):
        if rng.random() < 0.15:
            arguments[argument] = (
                texts.quantity(rng).text.rpartition(" ")[2] if argument == "unit" else values.name(rng)
            )
    if made is sf.discrete:
        weights = [rng.choice((0.25, 0.5, 1 / 3, values.hostile(rng).value)) for _ in given]
        positional: list[Any] = [[one.value for one in given], rng.choice((None, weights, [0.25, 0.5, 0.25]))]
    elif made is sf.from_observations:
        pair = (3, anything(rng).value)
        positional = [rng.choice(([one.value for one in given], [one.value for one in given] + [pair], given[0].value))]
        if rng.random() < 0.1:
            arguments["band_for"] = values.name(rng)
    else:
        size = {sf.fixed: 1, sf.uniform: 2, sf.triangular: 3, sf.lognormal: 2, sf.distribution: 1}[made]
        positional = [one.value for one in given[:size]]
        if made is sf.lognormal and rng.random() < 0.3:
            arguments["level"] = values.hostile(rng).value

    def call() -> Any:
        read = made(*positional, **arguments)
        read.draws(sampling.current_settings())  # tails too long for floats are refused here at the latest
        return read

    def look(read: Any) -> None:
        for text in (str(read), repr(read)):
            check_plain(text)
        low, median, high = read.band()
        check(math.isfinite(low) and low <= median <= high < math.inf, f"has the band {low}, {median}, {high}")
        draws = read.draws(sampling.current_settings())
        check(bool(np.all(np.isfinite(draws))), "has draws that are not finite")
        if made in (sf.fixed, sf.uniform, sf.triangular, sf.lognormal):
            refused = [one for one in given[: len(positional)] if one.read and one.means is None]
            check(not refused, f"takes {shown(refused[:1])} for a number")
        if made is sf.fixed and given[0].read and not arguments:
            assert given[0].means is not None
            check(
                close(median, given[0].means) and read.unit == given[0].unit,
                f"reads {median} {read.unit} in {given[0]}",
            )

    return Case(f"{made.__name__}({shown(positional)}, {shown(arguments)})", call, look)


def set_up(rng: random.Random) -> Case:
    whole = rng.choice((0, -1, 1, 2, 64, 1000, 64.0, 2**31, 2**63, 10**12, 10**30, 10**5000, None, np.int32(64), True))
    value = Value(whole, read=False) if rng.random() < 0.5 else anything(rng)
    argument = rng.choice(("n", "seed"))

    def call() -> Any:
        block = sf.settings(**{argument: value.value})
        with block as settings:
            return settings, sf.estimate(5, "152mm", packing="crated") if settings.n <= 1000 else None

    def look(answer: Any) -> None:
        settings, estimate = answer
        check(1 <= settings.n <= 10**9 and settings.seed >= 0, f"sets {shown(settings)}")
        whole = value.means is not None and value.means.is_integer()
        check(not value.read or whole or value.value is None, f"takes {shown(value.value)} for a whole number")
        if estimate is not None:
            check_estimate(estimate, "round", least=0.0)

    return Case(f"settings({argument}={shown(value.value)})", call, look)


KINDS: dict[Callable[[random.Random], Case], int] = {
    packed: 8,
    stated: 14,
    set_up: 2,
}
"""How often each kind of case is tried, against the others."""
