"""Inputs of the catalog, from the plain figures of a table: limits, a best value, observations."""

from __future__ import annotations

from collections.abc import Sequence

from shellflow import sampling
from shellflow.errors import ArgumentError, NoDataError
from shellflow.inputs._input import Input

__all__ = ["fit_observations", "from_limits", "within_limits"]


def within_limits(low: float | None, best: float | None, high: float | None) -> sampling.Distribution:
    """Return the distribution that the limits and the best value of a table stand for."""
    known = [value for value in (low, best, high) if value is not None]
    if not known:
        raise ArgumentError("low, best, high: none is given; at least one is needed.")
    if low is None or high is None or low == high:
        if len(set(known)) > 1:
            raise ArgumentError(f"low={low!r}, best={best!r}, high={high!r}: give both limits, or one value alone.")
        return sampling.Fixed(known[0])
    return sampling.Uniform(low, high) if best is None else sampling.Triangular(low, best, high)


def from_limits(
    name: str, low: float | None, best: float | None, high: float | None, *, unit: str, source: str, grade: str
) -> Input:
    """Make an input from the low, best and high of a table, all hard limits: triangular, uniform or fixed.

    Raises
    ------
    ArgumentError
        If none is given, only one limit is, or their order is wrong.
    """
    return Input(name, within_limits(low, best, high), unit, source, grade, origin="catalog")


def fit_observations(
    name: str, observations: Sequence[tuple[float, float]], *, unit: str, source: str, grade: str, band_for: str
) -> Input:
    """Make an input from observed (low, high) pairs in `unit`, as `from_observations` does.

    Raises
    ------
    NoDataError, ArgumentError
        If there are fewer than three, all are the same single value, or one is not positive or upside down.
    """
    try:
        predictive = sampling.predictive([low for low, _ in observations], [high for _, high in observations])
    except NoDataError as error:
        raise NoDataError(f"{name}: {error.message}", error.missing) from None
    return Input(name, predictive, unit, source, grade, band_for, "catalog")
