"""Terms that bound what they stand for: at least so much, or at most."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

from shellflow.errors import bad_argument
from shellflow.sampling import Settings
from shellflow.terms._basis import Basis
from shellflow.terms._nodes import Steps, Term, signed

__all__ = ["OPPOSITE", "Bound", "Bounded", "bound_of", "bound_of_sum", "known_ends"]

Bound = Literal["point", "floor", "ceiling", "none"]
"""What a number is of the quantity: the quantity itself, the least or the most it can be, or neither of these."""

OPPOSITE: dict[Bound, Bound] = {"point": "point", "floor": "ceiling", "ceiling": "floor", "none": "none"}
"""The bound of what is taken away, or divided by."""


@dataclass(frozen=True, eq=False, repr=False)
class Bounded(Term):
    """A quantity of which only a bound is known; its values are those of the bound.

    Parameters
    ----------
    part : Term
        The bound.
    bound : str
        "floor" for a lower one, "ceiling" for an upper one, "none" where it is neither [unitless].
    """

    part: Term
    bound: Bound

    def check(self) -> None:
        if self.bound == "point" or self.bound not in get_args(Bound):
            raise bad_argument("bound", self.bound, "'floor', 'ceiling' or 'none'")

    @property
    def unit(self) -> str:
        return self.part.unit

    @property
    def children(self) -> tuple[Term, ...]:
        return (self.part,)

    def with_children(self, children: tuple[Term, ...]) -> Term:
        return Bounded(children[0], self.bound)

    @cached_property
    def basis(self) -> Basis:
        return self.part.basis

    def steps(self, settings: Settings) -> Steps:
        return (yield self.part)


def known_ends(band: tuple[float, float, float], bound: Bound) -> tuple[float, float, float]:
    """Return low end, median and high end of what is bounded: missing all but the end that is known."""
    low, median, high = band
    return (
        low if bound in ("point", "floor") else math.nan,
        median if bound == "point" else math.nan,
        high if bound in ("point", "ceiling") else math.nan,
    )


def bound_of(term: Term) -> Bound:
    """Return what the values of a term bound, where no factor in it is below 0."""
    return bound_of_sum(
        *(node.bound if sign > 0 else OPPOSITE[node.bound] for node, sign in signed(term) if isinstance(node, Bounded))
    )


def bound_of_sum(*bounds: Bound) -> Bound:
    """Return what a sum bounds, from what its parts bound: a lower and an upper bound make none."""
    sides = {bound for bound in bounds if bound != "point"}
    return "point" if not sides else sides.pop() if len(sides) == 1 else "none"
