"""What is known of a number that is calculated from inputs: its draws, and no limits but theirs."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shellflow import sampling, words
from shellflow.errors import ArgumentError
from shellflow.sampling import Floats, Settings
from shellflow.terms import Term, evaluate

__all__ = ["Calculated"]

_CACHE_BYTES = 16 * 2**20

_draws = sampling.BoundedCache(_CACHE_BYTES)


@dataclass(frozen=True, eq=False, repr=False)
class Calculated:
    """The distribution of the draws of a term.

    Parameters
    ----------
    term : Term
        What is calculated.
    """

    term: Term

    def __repr__(self) -> str:
        return f"Calculated({self.term!r})"

    @cached_property
    def support(self) -> tuple[float, float]:
        """The number, if all that it is made of is fixed; else no limits, since the draws know of none."""
        if not self.is_fixed:
            return -math.inf, math.inf
        (value,) = self.draws(Settings(n=1)).tolist()
        return value, value

    @property
    def is_fixed(self) -> bool:
        """Whether all that it is made of is."""
        return all(part.is_fixed for part in self.term.unknowns.inputs)

    def draws(self, settings: Settings) -> Floats:
        """Return the value of the term in every draw, read-only."""

        def make() -> tuple[Floats, int]:
            with np.errstate(over="ignore", invalid="ignore"):
                values = np.array(evaluate(self.term, settings))
            beyond = float(np.mean(~np.isfinite(values)))
            if beyond:
                raise ArgumentError(
                    f"a number calculated from inputs is larger than a computer holds (1e308) in "
                    f"{words.percent(beyond)} of the draws. Correct the factors that make it."
                )
            values.flags.writeable = False
            return values, values.nbytes

        return _draws.get((self, settings), make)

    def ppf(self, p: Floats) -> Floats:
        """Return quantiles of the draws of the present settings."""
        ordered = np.sort(self.draws(sampling.current_settings()))
        quantiles = [sampling.quantile(ordered, float(share)) for share in np.ravel(p)]
        return np.reshape(np.array(quantiles), np.shape(p))
