"""What the functions of this room need of an estimate, and what is read off its values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import numpy as np

from shellflow import inputs, sampling, units
from shellflow.errors import ArgumentError, BoundError, DataError
from shellflow.estimates._reasons import Reasons
from shellflow.terms import Bound, Term, Uncertain, depth

__all__ = ["Drawn", "share_within", "stamp_of", "state_of"]

_DEEPEST = 200  # levels that a pickle can hold


class Drawn(Protocol):
    """A term with its values in every draw: an `Estimate`."""

    @property
    def term(self) -> Term:
        """What it is made of."""

    @property
    def settings(self) -> sampling.Settings:
        """Number of draws and seed."""

    @property
    def made_by(self) -> Mapping[str, str]:
        """Versions that made it."""

    @property
    def unit(self) -> str:
        """Its unit."""

    @property
    def bound(self) -> Bound:
        """What its values bound."""

    @property
    def values(self) -> sampling.Floats:
        """One value per draw."""

    @property
    def _ordered(self) -> sampling.Floats:
        """The same in rising order."""

    @property
    def reasons(self) -> Reasons:
        """Why it is what it is."""

    def band(self, level: float = 0.9) -> tuple[float, float, float]:
        """Return low end, median and high end."""

    def in_words(self, level: float = 0.9) -> str:
        """Return median and band in words."""


def stamp_of(estimate: Drawn) -> dict[str, object]:
    """Return what makes an estimate again: library version, hash of the data, number of draws and seed."""
    return {**estimate.made_by, "n": estimate.settings.n, "seed": estimate.settings.seed}


def state_of(term: Term, settings: sampling.Settings, made_by: Mapping[str, str]) -> dict[str, Any]:
    """Return what a pickle of an estimate holds: draws are made again from the names, in any process."""
    if (levels := depth(term)) > _DEEPEST:
        raise DataError(f"its calculations stand in one another {levels} levels deep, more than the {_DEEPEST} kept.")
    return {"term": term, "settings": settings, "made_by": dict(made_by)}


def share_within(estimate: Drawn, at_least: object, at_most: object) -> float:
    """Return the share of the draws from `at_least` to `at_most`, each None where there is no such end."""
    if at_least is None and at_most is None:
        raise ArgumentError("chance() without a threshold: give at_least=..., at_most=..., or both.")
    if estimate.bound == "none":
        raise BoundError("chance: it adds up lower and upper bounds, which bound nothing. Ask its parts.")
    if estimate.bound != "point" and at_least is not None and at_most is not None:
        raise BoundError(
            f"chance: it is a {estimate.bound}, which says nothing of the share between two thresholds. Give one of "
            "them: the share beyond it is the least or the most that it can be."
        )
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
