"""What lines of evidence say under one model: their weighing, and what the model says before and after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from shellflow import inputs, sampling, words
from shellflow.errors import ArgumentError, NoDataError, UnitError
from shellflow.inputs import Input
from shellflow.reconciliation._evidence import Evidence
from shellflow.reconciliation._models import Model, Unknown
from shellflow.reconciliation._weights import FEWEST, Weighing, weigh, weighted_band

__all__ = ["Block", "Spread", "block_of", "given_others", "plain", "weighted"]


class Spread(NamedTuple):
    """A band of weighted draws, and what it may be rounded to.

    Parameters
    ----------
    low, median, high : float
        The band [any one unit].
    step : float
        The power of ten to which the effective sample size lets its numbers be written [the same unit].
    """

    low: float
    median: float
    high: float
    step: float

    def in_words(self, *, share: bool = False) -> tuple[str, str]:
        """Return the median and the band in words; shares as percentages."""
        if share:
            ends = [_percent(end, min(self.step, 0.01)) for end in (self.median, self.low, self.high)]
            return ends[0], " to ".join(dict.fromkeys(ends[1:]))
        return words.say(self.median, self.step), words.say_band(self.low, self.high, self.step)


def _percent(share: float, step: float) -> str:
    share = min(max(share, 0.0), 1.0)
    rounded = round(share / step) * step
    return words.percent(rounded if 0 < rounded < 1 else share)


@dataclass(frozen=True, eq=False)
class Block:
    """Lines of evidence under one model.

    Parameters
    ----------
    model : Model
        The model, as plain arrays.
    lines : tuple of Evidence
        The lines, their counts in the transports of the model.
    values : tuple of arrays of n floats
        For each line what the model gives of its quantity, for its count [round, or t].
    weighing : Weighing
        With the errors given.
    """

    model: Model
    lines: tuple[Evidence, ...]
    values: tuple[sampling.Floats, ...]
    weighing: Weighing

    @cached_property
    def halved(self) -> Weighing:
        """With half of the errors given."""
        return _weighed(self.lines, self.values, 0.5)

    @cached_property
    def doubled(self) -> Weighing:
        """With double the errors given."""
        return _weighed(self.lines, self.values, 2.0)


def block_of(model: Model, lines: Sequence[Evidence]) -> Block:
    """Return the lines of evidence under one model.

    Raises
    ------
    ArgumentError, UnitError, NoDataError
        If a line counts other transports, is of another munition, or states what the model does not know.
    InputConflictError
        If one name stands for two unknowns.
    """
    lines = tuple(replace(line, count=_count(line, model)) for line in lines)
    inputs.gather((*model.inputs, *(line.count for line in lines)))
    values = tuple(_values(line, model) for line in lines)
    return Block(model, lines, values, _weighed(lines, values))


def _weighed(lines: Sequence[Evidence], values: Sequence[sampling.Floats], factor: float = 1.0) -> Weighing:
    """Return the draws as weighed by the lines, with so many times the errors given."""
    return weigh(values, [line.range for line in lines], [factor * line.error for line in lines])


def _named(model: Model) -> str:
    return f"model {model.name!r}" if model.name else "the model"


def _count(line: Evidence, model: Model) -> Input:
    if line.count.unit not in ("", model.kind):
        raise UnitError(
            f"{line.name} counts {line.count.unit}s, and {_named(model)} is of one {model.kind}. Model a "
            f"{line.count.unit} with transport=..., or leave the statement out."
        )
    if line.munition and set(model.munitions) != {line.munition}:
        raise ArgumentError(
            f"{line.name} speaks of {line.munition}, and {_named(model)} of {' and '.join(model.munitions)}. Model "
            f"{line.munition} alone, or state by hand what it says of all rounds."
        )
    return inputs.as_input(line.count, model.kind, "count", bare="")


def _values(line: Evidence, model: Model) -> sampling.Floats:
    if line.quantity == "rounds":
        return model.rounds * line.count.draws(model.settings)
    if model.mass_t is None:
        raise NoDataError(
            f"{line.name} states a mass, and {_named(model)} ({model.title}) knows no mass of a package. Give a "
            "packing of crates, such as packing='as-loaded'.",
            "the gross mass of a package",
        )
    return model.mass_t * line.count.draws(model.settings)


def plain(values: sampling.Floats | Unknown, level: float) -> Spread:
    """Return the band of draws as the model alone has them."""
    n = (values.values if isinstance(values, Unknown) else values).size
    return _spread(values, np.full(n, 1 / n), n, level)


def weighted(values: sampling.Floats | Unknown, weighing: Weighing, level: float) -> Spread | None:
    """Return the band of draws as weighed; None where there is to be none, or all that are left know no number."""
    known = np.isfinite(values.values if isinstance(values, Unknown) else values)
    if not weighing.has_band or not weighing.weights[known].any():
        return None
    return _spread(values, weighing.weights, weighing.ess, level)


def given_others(block: Block, place: int, level: float) -> Spread | None:
    """Return what the model gives of one line's quantity as weighed by the others; None where these give no band."""
    others = [other for other in range(len(block.values)) if other != place]
    if not others:
        return None
    weighing = block.weighing
    if weighing.conflicting or weighing.outside:
        weighing = _weighed([block.lines[other] for other in others], [block.values[other] for other in others])
        return weighted(block.values[place], weighing, level)
    weights = weighing.without[place]
    ess = 1 / float(weights @ weights)
    return _spread(block.values[place], weights, ess, level) if ess >= FEWEST * weights.size else None


def _spread(unknown: sampling.Floats | Unknown, weights: sampling.Floats, ess: float, level: float) -> Spread:
    """Return the band of weighted draws, rounded as the effective sample size allows.

    Parameters
    ----------
    unknown : array of n floats or Unknown
        Draws; those that are not a number are left out [any one unit].
    weights : array of n floats
        Weight of each [unitless].
    ess : float
        Effective sample size [unitless].
    level : float
        Share of the weight in the band [unitless].

    Returns
    -------
    Spread
        Low end, median, high end and step [the same unit].

    Notes
    -----
    The step is that of any band, but never less than half the numerical error of the median or an end.
    """
    values = unknown.values if isinstance(unknown, Unknown) else unknown
    known = np.isfinite(values)
    values, weights = values[known], weights[known]
    low, median, high, error = weighted_band(values, weights, ess, level)
    step = words.step(low, high, median)
    while 2 * step < error:
        step *= 10
    return Spread(low, median, high, step)
