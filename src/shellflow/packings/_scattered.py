"""Transports that differ from one to the next: how many usual ones hold the same."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt

from shellflow import sampling
from shellflow.errors import ArgumentError
from shellflow.inputs import Input
from shellflow.packings._carried import check_contents, check_plain, shares_of
from shellflow.packings._model import Packing
from shellflow.packings._stow import most_rounds, stow
from shellflow.terms import Basis, Steps, Term, add, scale

__all__ = ["Scattered"]


@dataclass(frozen=True, eq=False, repr=False)
class Scattered(Term):
    """How many usual transports hold what lots of them hold that each differ by a factor, none more than it can.

    What a transport holds is the packing's; times a factor it could be more than the payload allows.

    Parameters
    ----------
    middle : Input
        The transports of all lots; of ranges the midpoints [transport].
    counts, halves : tuple of float
        Those of each lot, and the half-width of its range [transport].
    factor : Input
        By which each lot differs: an `AverageOfFactors` [unitless].
    voyages : tuple of float
        Rows of each lot without a count, filled [voyage].
    error : Input or None
        From -1 to 1, of all counts, or a `SumOfErrors` with that of each; None where all are exact [unitless].
    filled : Term or None
        The transports of all voyages; None where there are none [transport].
    contents : tuple of Packing
        One, or several of a mix.
    weights : tuple of Input
        Of a mix [unitless].
    """

    middle: Input
    counts: tuple[float, ...]
    halves: tuple[float, ...]
    voyages: tuple[float, ...]
    factor: Input
    error: Input | None
    filled: Term | None
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...] = ()

    @property
    def unit(self) -> str:
        """That of the count."""
        return self.middle.unit

    @property
    def count(self) -> Term:
        """The transports of all lots."""
        error = [] if self.error is None else [scale(self.error, math.fsum(self.halves), self.unit)]
        return add(self.middle, *error, *([] if self.filled is None else [self.filled]))

    @property
    def children(self) -> tuple[Term, ...]:
        """The count, the factor, the error and what was filled."""
        return self.middle, self.factor, *(part for part in (self.error, self.filled) if part is not None)

    @cached_property
    def basis(self) -> Basis:
        """None: it is a number of transports."""
        return self.middle.basis

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return the same of another count."""
        middle, factor, *others = children
        error = None if self.error is None else others[0]
        filled = None if self.filled is None else others[-1]
        changed: Any = {"middle": middle, "factor": factor, "error": error, "filled": filled}
        return replace(self, **changed)

    def check(self) -> None:
        """Check its packings, that its lots go together, and the unit of its count."""
        check_contents(self.contents, self.weights)
        kind = self.contents[0].transport.kind
        if self.unit != kind:
            raise ArgumentError(f"it counts {self.unit or 'no unit'} in a {kind}.")
        check_plain("factor", self.factor, math.inf)
        lots = len(self._factors.names)
        for column in (self.counts, self.halves, self.voyages):
            if len(column) != lots or not min(column) >= 0:
                raise ArgumentError(f"counts, halves, voyages: must be 0 or more for each of {lots} factors.")
        if (self.filled is None) == any(self.voyages):
            raise ArgumentError("filled: must be given where there are voyages, and there alone.")
        ranged = sum(half > 0 for half in self.halves)
        errors = None if self.error is None else self.error.distribution
        if ranged and errors is None:
            raise ArgumentError(f"error: must be given where {ranged} counts are ranges.")
        if isinstance(errors, sampling.SumOfErrors) and len(errors.names) != ranged:
            raise ArgumentError(f"error: is a sum of {len(errors.names)}, and {ranged} counts are ranges.")

    @property
    def _factors(self) -> sampling.AverageOfFactors:
        if not isinstance(self.factor.distribution, sampling.AverageOfFactors):
            raise ArgumentError(f"factor: must be an average of factors, not {self.factor.distribution}.")
        return self.factor.distribution

    def steps(self, settings: sampling.Settings) -> Steps:
        """Work out the number of usual transports; the count itself where these hold nothing."""
        filled = None if self.filled is None else (yield self.filled)
        return _worked_out.get((self, settings), lambda: self._in_usual_transports(settings, filled))

    def _in_usual_transports(
        self, settings: sampling.Settings, filled: sampling.Floats | None
    ) -> tuple[sampling.Floats, int]:
        """Return the values, and their size in bytes."""
        holds, shares_and_most = _usual_transport(self.contents, self.weights, settings)
        values, counts = np.zeros(settings.n), np.zeros(settings.n)
        for amount, factor in zip(self._amounts(settings, filled), self._factors.each(settings), strict=True):
            for share, most in shares_and_most:
                carried = np.minimum(factor, most)
                carried *= amount
                values += carried if len(shares_and_most) == 1 else carried * share
            if not holds.all():
                counts += amount
        values = np.where(holds, values, counts)
        values.flags.writeable = False
        return values, values.nbytes

    def _amounts(
        self, settings: sampling.Settings, filled: sampling.Floats | None
    ) -> Iterator[sampling.Floats | float]:
        """Yield the transports of each lot."""
        errors: Iterator[sampling.Floats] = iter(())
        if self.error is not None:
            errors_of = self.error.distribution
            errors = (
                errors_of.each(settings)
                if isinstance(errors_of, sampling.SumOfErrors)
                else repeat(self.error.draws(settings))
            )
        per_voyage = None if filled is None else filled / math.fsum(self.voyages)
        for count, half, voyages in zip(self.counts, self.halves, self.voyages, strict=True):
            amount = count + half * next(errors) if half > 0 else count
            yield amount if per_voyage is None else amount + voyages * per_voyage


_Usual = tuple[npt.NDArray[np.bool_], list[tuple[sampling.Floats, sampling.Floats]]]


def _usual_transport(contents: tuple[Packing, ...], weights: tuple[Input, ...], settings: sampling.Settings) -> _Usual:
    """Return in which draws a usual transport holds anything, and two numbers for each packing.

    These are its share of the rounds in a usual transport, and how many times the usual it can hold.
    """

    def make() -> tuple[_Usual, int]:
        usual = np.zeros(settings.n)
        parts = []
        for packing, share in zip(contents, shares_of(weights, settings), strict=True):
            rounds = stow(packing, settings).rounds
            usual += share * rounds
            parts.append((share * rounds, rounds, most_rounds(packing, settings)))
        holds = usual > 0
        shares_and_most = [
            (
                np.divide(part, usual, out=np.zeros(settings.n), where=holds),
                np.divide(most, rounds, out=np.ones(settings.n), where=rounds > 0),
            )
            for part, rounds, most in parts
        ]
        return (holds, shares_and_most), (2 * len(parts) + 1) * usual.nbytes

    try:
        return _usual.get((contents, weights, settings), make)
    except TypeError:  # a foreign distribution inside that cannot be hashed
        return make()[0]


_worked_out = sampling.BoundedCache(16 * 2**20)
_usual = sampling.BoundedCache(16 * 2**20)
