"""Terms: what they are made of, their value in every draw, and going through all of one, however deep it is."""

from __future__ import annotations

import math
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from shellflow import units, words
from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.sampling import Floats, Settings
from shellflow.terms._basis import NO_BASIS, Basis

__all__ = [
    "Product",
    "Scaled",
    "Steps",
    "Sum",
    "Term",
    "Unknowns",
    "check_divisor",
    "depth",
    "evaluate",
    "rebuilt",
    "signed",
    "walk",
    "walk_up",
]

_ROUNDING = 1e-13  # what sums of hundreds of floats lose, as a share of what is added up

Steps = Generator["Term", Floats, Floats]
"""How a term is worked out: it yields each child it needs, is sent the child's values, and returns its own."""


class Unknowns(Protocol):
    """What is not known in a term: anything that can be merged, or raises where two of them conflict."""

    def union(self, *others: Any) -> Any:
        """Return these unknowns and those of others."""


class Term:
    """A number per draw with a unit."""

    if TYPE_CHECKING:

        @property
        def unit(self) -> str:
            """Its unit, as text; "" for a plain number."""

    @property
    def children(self) -> tuple[Term, ...]:
        """The terms it is made of, in order."""
        return ()

    @property
    def signs(self) -> tuple[int, ...]:
        """For each child 1 where the value goes up with it, -1 where it goes down."""
        return (1,) * len(self.children)

    @property
    def exact(self) -> float | None:
        """Its value if it is a bare number, which has no source and only scales what it multiplies; else None."""
        return None

    @cached_property
    def unknowns(self) -> Any:
        """What is not known in it, as `Unknowns`: that of its children."""
        first, *others = (child.unknowns for child in self.children)
        return first.union(*others)

    @cached_property
    def basis(self) -> Basis:
        """Whether it is a capacity or contents."""
        return NO_BASIS

    def steps(self, settings: Settings) -> Steps:
        """Work out its values, one per draw [`unit`]."""
        raise NotImplementedError

    def ordered(self, settings: Settings) -> Floats:
        """Return its values in rising order [`unit`]."""
        return np.sort(evaluate(self, settings))

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return the same term of other children, of the same units."""
        raise NotImplementedError

    def check(self) -> None:
        """Check what whoever makes such a term sees to: of one read from a file nobody did."""

    def __repr__(self) -> str:
        return f"<{type(self).__name__} in {self.unit or 'plain numbers'}>"

    def __getstate__(self) -> dict[str, Any]:
        # What is cached is worked out again.
        own = {part.name for part in fields(self)}  # type: ignore[arg-type]
        return {name: value for name, value in self.__dict__.items() if name in own}


@dataclass(frozen=True, eq=False, repr=False)
class Sum(Term):
    """Terms of one unit, added draw by draw.

    Parameters
    ----------
    parts : tuple of Term
        At least one.
    """

    parts: tuple[Term, ...]

    def check(self) -> None:
        if not self.parts or any(part.unit != self.unit for part in self.parts):
            raise ArgumentError("a sum must have parts, all of one unit.")

    @cached_property
    def unit(self) -> str:
        return self.parts[0].unit

    @property
    def children(self) -> tuple[Term, ...]:
        return self.parts

    def with_children(self, children: tuple[Term, ...]) -> Term:
        return Sum(children)

    @cached_property
    def basis(self) -> Basis:
        return Basis.of_sum(part.basis for part in self.parts)

    def steps(self, settings: Settings) -> Steps:
        total = yield self.parts[0]
        sizes = None
        if np.any(total < 0):
            sizes = np.abs(total)
        for part in self.parts[1:]:
            values = yield part
            if sizes is None and np.any(values < 0):
                sizes = np.array(total)  # which nothing was taken from so far
            if sizes is not None:
                sizes = sizes + np.abs(values)
            total = total + values
        if sizes is None:
            return total
        # What is left where parts cancel is their rounding, and no number of rounds.
        return np.where(np.abs(total) <= _ROUNDING * sizes, 0.0, total)


@dataclass(frozen=True, eq=False, repr=False)
class Scaled(Term):
    """A term times an exact number, in the unit that results.

    Parameters
    ----------
    factor : float
        The number [unitless].
    part : Term
        What is scaled: a plain number, or in a unit of the same dimension.
    unit : str
        Of the result [unitless].
    """

    factor: float
    part: Term
    unit: str

    def check(self) -> None:
        if not math.isfinite(self.factor):
            raise bad_argument("factor", self.factor, "a finite number")
        if self.part.unit not in ("", self.unit):
            units.converted(self.part.unit, self.unit)

    @property
    def children(self) -> tuple[Term, ...]:
        return (self.part,)

    @property
    def signs(self) -> tuple[int, ...]:
        return (1 if self.factor >= 0 else -1,)

    def with_children(self, children: tuple[Term, ...]) -> Term:
        return Scaled(self.factor, children[0], self.unit)

    @cached_property
    def basis(self) -> Basis:
        return self.part.basis if self.factor >= 0 else -self.part.basis

    def steps(self, settings: Settings) -> Steps:
        return self.factor * (yield self.part)


@dataclass(frozen=True, eq=False, repr=False)
class Product(Term):
    """Terms multiplied, or divided, one after the other, draw by draw.

    Parameters
    ----------
    factors : tuple of Term
        At least one.
    operators : str
        For each of them "*" or "/"; the first is "*" [unitless].
    unit : str
        Of the result [unitless].
    """

    factors: tuple[Term, ...]
    operators: str
    unit: str

    def check(self) -> None:
        signs = self.operators
        if not self.factors or len(signs) != len(self.factors) or signs[0] != "*" or signs.strip("*/"):
            raise bad_argument("operators", signs, f"{len(self.factors)} signs * or /, the first of them *")
        unit = self.factors[0].unit
        for factor, sign in zip(self.factors[1:], signs[1:], strict=True):
            unit = units.combined(unit, factor.unit, sign)[1]
        if unit != self.unit:
            raise ArgumentError(f"unit={shown(self.unit)}: its factors are in {unit or 'no unit'} together.")

    @property
    def children(self) -> tuple[Term, ...]:
        return self.factors

    @property
    def signs(self) -> tuple[int, ...]:
        return tuple(1 if operator == "*" else -1 for operator in self.operators)

    def with_children(self, children: tuple[Term, ...]) -> Term:
        return Product(children, self.operators, self.unit)

    @cached_property
    def basis(self) -> Basis:
        first, *others = (factor.basis for factor in self.factors)
        for basis in others:
            first = first * basis
        return first

    def steps(self, settings: Settings) -> Steps:
        product = yield self.factors[0]
        for factor, operator in zip(self.factors[1:], self.operators[1:], strict=True):
            values = yield factor
            if operator == "/":
                check_divisor(values, "the divisor")
                product = product / values
            else:
                product = product * values
        return product


def check_divisor(values: Floats, name: str) -> None:
    """Check that nothing is divided by 0; an error calls the divisor by `name`."""
    share = float(np.mean(values == 0))
    if share > 0:
        raise ArgumentError(f"{name} is 0 in {words.percent(share)} of the draws: nothing can be divided by it there.")


def evaluate(term: Term, settings: Settings) -> Floats:
    """Return the value of a term in every draw [`term.unit`].

    Raises
    ------
    ShellflowError
        What its leaves raise, or an ArgumentError where something is divided by 0 in some draws.
    """
    waiting = [term.steps(settings)]
    values: Any = None  # what the first `send` of a generator has to be
    while waiting:
        try:
            child = waiting[-1].send(values)
        except StopIteration as end:
            waiting.pop()
            values = end.value
        else:
            waiting.append(child.steps(settings))
            values = None
    result: Floats = values
    return result


def walk(term: Term) -> Iterator[Term]:
    """Yield a term and all below it, each before its children, from left to right, as often as it enters."""
    return (node for node, _ in signed(term))


def signed(term: Term) -> Iterator[tuple[Term, int]]:
    """Yield what `walk` does, each with 1 where the value of `term` goes up with it, and -1 where it goes down."""
    waiting = [(term, 1)]
    while waiting:
        node, sign = waiting.pop()
        yield node, sign
        pairs = zip(reversed(node.children), reversed(node.signs), strict=True)
        waiting += [(child, sign * own) for child, own in pairs]


def walk_up(term: Term) -> Iterator[Term]:
    """Yield a term and all below it, each after its children, from left to right, as often as it enters."""
    waiting = [(term, False)]
    while waiting:
        node, ready = waiting.pop()
        if ready or not node.children:
            yield node
        else:
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node.children)]


def depth(term: Term) -> int:
    """Return how many terms stand one in another, at most; 1 for a term without children."""
    levels, level = 0, [term]
    while level:
        levels += 1
        level = list({id(child): child for node in level for child in node.children}.values())
    return levels


def rebuilt(term: Term, change: Callable[[Term], Term | None]) -> Term:
    """Return a term with some of those in it changed; parts that do not change stay the same objects.

    `change` returns what stands in the place of a term, or None to look at its children.
    """
    ready: list[Term] = []
    waiting = [(term, False)]
    while waiting:
        node, looked_at = waiting.pop()
        if looked_at:
            count = len(node.children)
            children = tuple(ready[-count:])
            del ready[-count:]
            same = all(new is old for new, old in zip(children, node.children, strict=True))
            made = node if same else node.with_children(children)
            _ = made.unknowns, made.basis  # from below, so that none has to be asked through all that stand in it
            ready.append(made)
            continue
        changed = change(node)
        if changed is not None:
            ready.append(changed)
        elif not node.children:
            ready.append(node)
        else:
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node.children)]
    return ready[0]
