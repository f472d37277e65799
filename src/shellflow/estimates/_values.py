"""What is read off the values of an estimate: the share of the draws within thresholds."""

from __future__ import annotations

import numpy as np

from shellflow import inputs, sampling, units
from shellflow.errors import ArgumentError
from shellflow.estimates._drawn import Drawn
from shellflow.terms import Uncertain

__all__ = ["share_within"]


def share_within(estimate: Drawn, at_least: object, at_most: object) -> float:
    """Return the share of the draws from `at_least` to `at_most`, each None where there is no such end."""
    if at_least is None and at_most is None:
        raise ArgumentError("chance() without a threshold: give at_least=..., at_most=..., or both.")
    values = estimate.values
    inside = np.ones(len(values), dtype=bool)
    slack = 1e-12 * np.abs(values)  # a threshold reached exactly counts, however it was rounded
    if at_least is not None:
        inside &= values >= _threshold(estimate, at_least, "at_least") - slack
    if at_most is not None:
        inside &= values <= _threshold(estimate, at_most, "at_most") + slack
    return float(np.mean(inside))


def _threshold(estimate: Drawn, value: object, argument: str) -> sampling.Floats:
    """Return a value in the unit of an estimate, in its draws; a plain number is taken for that, an estimate not."""
    size, kept = units.canonical(1.0, estimate.unit, "unit") if estimate.unit else (1.0, "")
    is_estimate = isinstance(value, Uncertain) and value.settings is not None
    with sampling.settings(n=estimate.settings.n, seed=estimate.settings.seed):
        number = inputs.as_input(value, kept, argument, bare=None if is_estimate or size != 1.0 else "")
    _ = estimate.term.unknowns.union(number.unknowns)  # which refuses one name for two things
    return number.draws(estimate.settings) / size
