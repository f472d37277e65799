"""How terms and numbers of estimates are put in words."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import singledispatch
from typing import Any

import numpy as np

from shellflow import inputs, packings, sampling, units, words
from shellflow.errors import ArgumentError, printable
from shellflow.inputs import Input
from shellflow.packings import Carried, Carrier, GrossMass, InMass, Needed, Scattered, carriers, entering
from shellflow.terms import Bound, Bounded, Product, Scaled, Sum, Term, bound_of, evaluate, known_ends, scale, signed

__all__ = [
    "LEVEL",
    "MOST_LISTED",
    "amount_of",
    "band",
    "band_of",
    "bound_with_unit",
    "composed",
    "ends_in_words",
    "exact_step",
    "input_in_words",
    "number_in_words",
    "number_with_unit",
    "quantiles_in_words",
    "quantity",
    "question",
    "ranges_in",
    "share_reading",
    "step_of",
    "title",
    "with_unit",
    "worked_out",
]

LEVEL = 0.9
"""Of the band that is shown where nobody asks for another."""

_PER_VOYAGE = "container/voyage"
_KG_IN_A_TONNE = 1000.0
_PLURALS = (
    "round",
    "package",
    "container",
    "wagon",
    "truck",
    "voyage",
    "day",
    "week",
    "month",
    "year",
    "pound",
    "short_ton",
    "long_ton",
)
_PHRASES = {"reported": "as reported", "ceiling": "at the ceiling", "crated": "crated", "as-loaded": "as loaded"}
_READINGS = {frozenset({1}): ", an upper reading", frozenset({-1}): ", a lower reading"}
_DEEPEST = 6  # terms that a title shows one in another
MOST_LISTED = 3
"""Parts of a sum, or factors of a product, that words list."""


def ranges_in(term: Term) -> list[str]:
    """Return what is said of each count that a term takes from a range, or from "about" so many."""
    texts: dict[str, None] = {}
    for number in entering(term):
        if number.unit and isinstance(number.distribution, sampling.Uniform):
            texts[f"{input_in_words(number)}, each as likely as the next (uniform)"] = None
        elif inputs.says_about(number):
            texts[f"{input_in_words(number)}, taken as that number: how far 'about' reaches is not in the band"] = None
    return list(texts)


def share_reading(term: Term) -> str:
    """Return what share of the transports is taken to carry munitions, and what it means where that is all of them."""
    takes_all = [carrier.takes_all for carrier in carriers(term)]
    if not any(takes_all):
        return " or ".join(dict.fromkeys(input_in_words(carrier.munition_share) for carrier in carriers(term)))
    where = "" if all(takes_all) else " in some parts"
    # Which way the value goes with the shares that are taken to be 1: up, down, or both.
    directions = frozenset(
        sign * node.signs[1] for node, sign in signed(term) if isinstance(node, Carrier) and node.takes_all
    )
    in_masses = all(isinstance(carrier, InMass) for carrier in carriers(term))
    taken = "all of the mass is taken to be munitions" if in_masses else "every transport is taken to carry munitions"
    return f"1{where}{_READINGS.get(directions, '')}: {taken}"


def with_unit(number: str, unit: str) -> str:
    """Return a number in words with its unit in words."""
    if not unit:
        return number
    over, _, under = unit.partition("/")
    if over not in _PLURALS or (under and under not in _PLURALS):
        return f"{number} {'t' if unit == 'tonne' else unit}"
    noun = words.with_noun(number, over.replace("_", " "))
    return f"{noun} a {under}" if under else noun


def _in_tonnes(unit: str, *values: Any) -> tuple[Any, ...]:
    """Return the unit in which values are shown, and the values in it: kilograms from 1 t up in tonnes."""
    if unit == "kg" and max(abs(np.max(value)) for value in values) >= _KG_IN_A_TONNE:
        return "tonne", *(value / _KG_IN_A_TONNE for value in values)
    return unit, *values


def worked_out(term: Term, settings: sampling.Settings, *, ordered: bool = False) -> sampling.Floats:
    """Return the value of a term in every draw, in rising order or that of the draws; each a finite number."""
    with np.errstate(over="ignore", invalid="ignore"):
        values = np.array(term.ordered(settings) if ordered else evaluate(term, settings))
    if not np.all(np.isfinite(values)):
        beyond = words.percent(float(np.mean(~np.isfinite(values))))
        raise ArgumentError(
            f"{title(term)}: the result is larger than a computer holds (1e308) in {beyond} of the draws. Correct the "
            "factors that make it."
        )
    values.flags.writeable = False
    return values


def band(ordered: sampling.Floats, level: float) -> tuple[float, float, float]:
    """Return the low end of the central interval, the median and the high end of draws in rising order."""
    tail = (1.0 - inputs.check_level(level)) / 2.0
    low, median, high = (sampling.quantile(ordered, p) for p in (tail, 0.5, 1.0 - tail))
    return low, median, high


def step_of(ordered: sampling.Floats) -> float:
    """Return what a median and its band are rounded to, whatever band is shown: as the 90 % band allows."""
    low, median, high = band(ordered, LEVEL)
    return words.step(low, high, median)


def band_of(term: Term, ordered: sampling.Floats, level: float) -> tuple[float, float, float]:
    """Return low end, median and high end of a term; of a bound the one end that is known, the others missing."""
    return known_ends(band(ordered, level), bound_of(term))


def ends_in_words(quantiles: words.Quantiles, bound: Bound) -> tuple[str, str]:
    """Return a bound in words, without its unit, and what is said in place of its band."""
    if bound == "none":
        return "no bound", "lower and upper bounds are added up"
    return words.with_bound(bound, quantiles.low, quantiles.high), f"no {'high' if bound == 'floor' else 'low'} end"


def quantiles_in_words(term: Term, ordered: sampling.Floats, level: float = LEVEL) -> words.Quantiles:
    """Return median and band without their unit; the median is rounded as the 90 % band allows, whatever is shown."""
    _, ordered = _in_tonnes(term.unit, ordered)
    ends, up = band(ordered, level), isinstance(term, Needed)
    return words.say_quantiles(*ends, step_of(ordered), up=up, bound=bound_of(term))


def number_in_words(term: Term, ordered: sampling.Floats, level: float = LEVEL) -> str:
    """Return median and band with their unit; the median alone where it is the same in every draw."""
    quantiles = quantiles_in_words(term, ordered, level)
    if bound_of(term) != "point":
        amount, instead = bound_with_unit(term, ordered, level)
        return f"{amount} ({instead})"
    median = number_with_unit(term, ordered)
    return median if ordered[0] == ordered[-1] else f"{median} ({words.percent(float(level))}: {quantiles.band})"


def bound_with_unit(
    term: Term, ordered: sampling.Floats, level: float = LEVEL, of_level: str = "{}"
) -> tuple[str, str]:
    """Return the end that is known of a bound with its unit, and what stands for its band; of none why there is none.

    `of_level` says the level of the band.
    """
    bound = bound_of(term)
    amount, instead = ends_in_words(quantiles_in_words(term, ordered, level), bound)
    if bound == "none":
        return amount, instead
    at = of_level.format(words.percent(float(level)))
    return with_unit(amount, _in_tonnes(term.unit, ordered)[0]), f"{at}: {instead}"


def number_with_unit(term: Term, ordered: sampling.Floats) -> str:
    """Return the median with its unit."""
    return with_unit(quantiles_in_words(term, ordered).median, _in_tonnes(term.unit, ordered)[0])


@singledispatch
def title(term: Term, level: int = 0) -> str:
    """Return what a term is, in words; of what stands deep inside it, dots."""
    raise TypeError(f"no title for {type(term).__name__}")


def _inner(term: Term, level: int) -> str:
    return title(term, level + 1) if level < _DEEPEST else "…"


@title.register
def _(term: Input, level: int = 0) -> str:
    return input_in_words(term)


@title.register
def _(term: Carried, level: int = 0) -> str:
    return f"{_quantity(term.count, level)}{_box(term)} of {_what(term)}"


@title.register
def _(term: Needed, level: int = 0) -> str:
    return f"{_quantity(term.rounds, level)} of {_what(term)}, in {term.kind}s{_box(term)}"


@title.register
def _(term: InMass, level: int = 0) -> str:
    return f"{_quantity(term.cargo, level)} of {_what(term)}"


@title.register
def _(term: GrossMass, level: int = 0) -> str:
    return f"gross mass of {_inner(term.carrier, level)}"


@title.register
def _(term: Scattered, level: int = 0) -> str:
    return title(term.count, level)


@title.register
def _(term: Bounded, level: int = 0) -> str:
    return _quantity(term, level)


@title.register
def _(term: Sum, level: int = 0) -> str:
    first, *others = term.parts
    if len(term.parts) > MOST_LISTED:
        return f"sum of {len(term.parts)} parts, from {_inner(first, level)} to {_inner(others[-1], level)}"
    text = _inner(first, level)
    for part in others:
        if isinstance(part, Scaled) and part.factor < 0:
            text += f" - {_inner(scale(part, -1.0), level)}"
        else:
            text += f" + {_inner(part, level)}"
    return text


@title.register
def _(term: Scaled, level: int = 0) -> str:
    return composed(term, lambda part: _inner(part, level))


@title.register
def _(term: Product, level: int = 0) -> str:
    return composed(term, lambda part: _inner(part, level))


def composed(term: Scaled | Product, inner: Callable[[Term], str]) -> str:
    """Return what is multiplied or divided, each part in the words that `inner` has for it."""
    if isinstance(term, Scaled):
        factor = term.factor / (units.converted(term.part.unit, term.unit)[0] if term.part.unit else 1.0)
        if math.isclose(factor, 1.0):
            return inner(term.part)
        unit = ""
        if not term.part.unit:
            unit, factor = _in_tonnes(term.unit, factor)
        return f"{with_unit(f'{factor:,.6g}', unit)} x ({inner(term.part)})"
    first, *others = map(inner, term.factors)
    if len(term.factors) > MOST_LISTED:
        return f"product of {len(term.factors)} factors, from {first} to {others[-1]}"
    text = first
    for factor_in_words, operator in zip(others, term.operators[1:], strict=True):
        text = f"({text}) {'x' if operator == '*' else '/'} ({factor_in_words})"
    return text


def question(term: Term, counts: int = 1) -> str:
    """Return the question that lines of a comparison share; of several counts how many there are."""
    assert isinstance(term, Carrier)  # only what comes straight from a question is compared
    box = term.contents[0].transport
    if isinstance(term, InMass):
        amount = amount_of(term) if counts == 1 else f"{counts} masses of cargo"
        return f"{amount}: how many rounds that could be"
    if isinstance(term, Carried):
        amount = amount_of(term) if counts == 1 else f"{counts} counts of {box.kind}s"
        return f"{amount} ({box.transport}): how many rounds {'it' if amount.startswith('1 ') else 'they'} could hold"
    amount = amount_of(term) if counts == 1 else f"{counts} numbers of rounds"
    return f"{amount}: how many {box.kind}s ({box.transport}) that would take"


def amount_of(carrier: Carrier) -> str:
    """Return what is counted, in words, such as "6,700 containers"."""
    return _quantity(carrier.amount, 0)


def _quantity(term: Term, level: int) -> str:
    return quantity(term, lambda part: _inner(part, level))


def quantity(term: Term, inner: Callable[[Term], str]) -> str:
    """Return how many transports or rounds, or how much cargo, what is worked out in the words of `inner`."""
    if isinstance(term, Product) and len(term.factors) == 2 and term.factors[1].unit == _PER_VOYAGE:
        return f"{inner(term.factors[0])} at {inner(term.factors[1])}"
    if isinstance(term, Bounded):
        if term.bound == "none":
            return f"bounds that add up to {quantity(term.part, inner)}"
        part = term.part
        stated = input_in_words(part, term.bound) if isinstance(part, Input) else _range_of(part, term.bound)
        if stated:
            return stated
        text = quantity(part, inner)
        return words.with_bound(term.bound, text)
    if isinstance(term, Input):
        return input_in_words(term)
    return _range_of(term) or f"[{inner(term)}]"


def _range_of(term: Term, bound: Bound = "point") -> str:
    """Return a number and its error, as counts in ranges are, as one range, or its end that is known; "" of others."""
    if not (isinstance(term, Sum) and len(term.parts) == 2):
        return ""
    middle, error = term.parts
    if not (
        isinstance(middle, Input) and middle.is_fixed and isinstance(error, Scaled) and isinstance(error.part, Input)
    ):
        return ""
    low, high = error.part.distribution.support
    level = ""
    if not isinstance(error.part.distribution, sampling.Uniform):  # its hard limits lie far out in its tails
        (low, _, high), level = error.part.band(LEVEL), f" ({words.percent(LEVEL)})"
    center = middle.distribution.support[0]
    ends = sorted((center + error.factor * low, center + error.factor * high))
    unit, low, high = _in_tonnes(middle.unit, *ends)
    return _between(low, high, _step_of_ends(low, high, level), unit, bound) + level


def _between(low: float, high: float, step: float, unit: str, bound: Bound) -> str:
    """Return what lies between two ends with its unit; of a lower or an upper bound the end that is known."""
    if bound == "point":
        return with_unit(words.say_band(low, high, step), unit)
    end = with_unit(words.say(low if bound == "floor" else high, step, bound=bound), unit)
    return words.with_bound(bound, end)


def _step_of_ends(low: float, high: float, level: str) -> float:
    """Return the step to write two ends by: all digits of hard limits, as stated; of a band those it deserves."""
    return words.step(low, high) if level else min(exact_step(low), exact_step(high))


def input_in_words(value: Input, bound: Bound = "point") -> str:
    """Return an amount with its unit: a number, or what it lies between; of a bound the end that is known."""
    low, high = value.distribution.support
    level = ""
    if not (math.isfinite(low) and math.isfinite(high)):  # no hard limits, and far out in its tails no sense
        low, _, high = value.band(LEVEL)
        level = f" ({words.percent(LEVEL)})"
    unit, low, high = _in_tonnes(value.unit, low, high)
    step = _step_of_ends(low, high, level) if low < high else exact_step(low)
    about = inputs.ABOUT if inputs.says_about(value) else ""
    return about + _between(low, high, step, unit, bound) + level


def exact_step(value: float) -> float:
    """Return the largest power of ten that an exact number can be rounded to unchanged."""
    step = words.step(value, value, value)
    while step >= 1 and value % (step * 10) == 0 and step * 10 <= value:
        step *= 10
    return step


def _box(carrier: Carrier) -> str:
    name = printable(carrier.contents[0].transport.transport)
    return "" if name == packings.DEFAULT_TRANSPORT else f" ({name})"


def _what(carrier: Carrier) -> str:
    packing = carrier.contents[0]
    phrases = _PHRASES | {"ceiling": "as bare rounds"} if isinstance(carrier, InMass) else _PHRASES
    phrase = phrases.get(packing.recipe, f"packed as {packing.name!r}")
    basis = " and ".join(dict.fromkeys(part.basis for part in carrier.contents))
    if not carrier.weights:
        named = printable(packing.munition.munition)
    else:
        listed = [printable(part.munition.munition) for part in carrier.contents]
        of_what = ""
        if all(weight.is_fixed for weight in carrier.weights):
            of_what = f" (shares of the {'mass' if isinstance(carrier, InMass) else f'{carrier.kind}s'})"
            shares = [weight.distribution.support[0] for weight in carrier.weights]
            listed = [f"{share} {munition}" for share, munition in zip(words.percents(shares), listed, strict=True)]
        named = f"a mix of {', '.join(listed[:-1])} and {listed[-1]}{of_what}"
    alias = f" ({printable(carrier.alias)})" if carrier.alias else ""
    return f"{named}{alias}, {phrase}{_charge(carrier)} ({basis})"


def _charge(carrier: Carrier) -> str:
    """Return what is settled of the propelling charge, with the munition where it is so of some of a mix alone."""
    texts = {printable(part.munition.munition): packings.charge_in_title(part) for part in carrier.contents}
    if len(set(texts.values())) == 1:
        return "".join(f", {text}" for text in set(texts.values()) if text)
    return "".join(f", {text} ({munition})" for munition, text in texts.items() if text)
