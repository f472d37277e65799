"""What an estimate is made of: terms, their units, and their values draw by draw."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from shellflow import packings, sampling, words
from shellflow.errors import ArgumentError, DoesNotFitError
from shellflow.inputs import Input
from shellflow.packings import Packing, Stowage

__all__ = [
    "TERMS",
    "Carried",
    "Known",
    "Leaf",
    "Needed",
    "Product",
    "Ratio",
    "Scaled",
    "Scattered",
    "Sum",
    "Term",
    "carried_parts",
    "check_fits",
    "children",
    "evaluate",
    "inputs_in",
    "leaves",
    "map_leaves",
    "ordered",
    "shares_of",
    "stowages_in",
    "unit_of",
]


_ROUNDING = 1e-13  # what sums of hundreds of floats lose, as a share of what is added up


@dataclass(frozen=True)
class Known:
    """One input as it stands."""

    value: Input


@dataclass(frozen=True)
class Carried:
    """Rounds in so many transports: count * munition share * sum of (mix share * rounds per transport)."""

    count: Term
    munition_share: Input
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...] = ()
    alias: str = ""


@dataclass(frozen=True)
class Needed:
    """Transports for so many rounds: the way back of `Carried`."""

    rounds: Term
    munition_share: Input
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...] = ()
    alias: str = ""


@dataclass(frozen=True)
class Sum:
    """Several terms of one unit, added draw by draw."""

    parts: tuple[Term, ...]


@dataclass(frozen=True)
class Scaled:
    """A term times an exact number, in the unit that results."""

    factor: float
    part: Term
    unit: str


@dataclass(frozen=True)
class Product:
    """Two terms multiplied draw by draw."""

    left: Term
    right: Term
    unit: str


@dataclass(frozen=True)
class Ratio:
    """Two terms divided draw by draw."""

    over: Term
    under: Term
    unit: str


@dataclass(frozen=True)
class Scattered:
    """How many usual transports hold what some hold that differ from the usual by a factor, none more than it can.

    What a transport holds is the packing's; times a factor it could be more than the payload allows.
    """

    count: Term
    factor: Input
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...] = ()


Leaf = Carried | Needed
Term = Known | Carried | Needed | Sum | Scaled | Scattered | Product | Ratio
TERMS = (Carried, Known, Needed, Product, Ratio, Scaled, Scattered, Sum)


def unit_of(term: Term) -> str:
    """Return the unit of a term."""
    if isinstance(term, Known):
        return term.value.unit
    if isinstance(term, Carried):
        return "round"
    if isinstance(term, Needed):
        return term.contents[0].transport.kind
    if isinstance(term, Sum):
        return unit_of(term.parts[0])
    if isinstance(term, Scattered):
        return unit_of(term.count)
    return term.unit


def evaluate(term: Term, chosen: sampling.Settings) -> sampling.Floats:
    """Return the value of a term in every draw [its unit].

    Raises
    ------
    ArgumentError
        If a ratio divides by a value that is 0 in some draw.
    DoesNotFitError
        If a packing holds nothing in any draw.
    """
    if isinstance(term, Known):
        return term.value.draws(chosen)
    if isinstance(term, Carried):
        return evaluate(term.count, chosen) * _rounds_per_transport(term, chosen)
    if isinstance(term, Needed):
        return _divide(evaluate(term.rounds, chosen), _rounds_per_transport(term, chosen), "rounds per transport")
    if isinstance(term, Sum):
        return _added([evaluate(part, chosen) for part in term.parts])
    if isinstance(term, Scaled):
        return term.factor * evaluate(term.part, chosen)
    if isinstance(term, Scattered):
        return evaluate(term.count, chosen) * _beside_the_usual(term, chosen)
    if isinstance(term, Product):
        return evaluate(term.left, chosen) * evaluate(term.right, chosen)
    return _divide(evaluate(term.over, chosen), evaluate(term.under, chosen), "the divisor")


def _beside_the_usual(term: Scattered, chosen: sampling.Settings) -> sampling.Floats:
    """Return what such transports hold over what usual ones do; 1 where these hold nothing."""
    factor = term.factor.draws(chosen)
    usual, scattered = np.zeros(chosen.n), np.zeros(chosen.n)
    for packing, share in zip(term.contents, shares_of(term, chosen), strict=True):
        rounds = packings.stow(packing, chosen).rounds
        usual += share * rounds
        scattered += share * np.minimum(rounds * factor, packings.most_rounds(packing, chosen))
    return np.divide(scattered, usual, out=np.ones(chosen.n), where=usual > 0)


def _added(parts: list[sampling.Floats]) -> sampling.Floats:
    first, *others = parts
    total = sum(others, start=first)
    if not any(np.any(part < 0) for part in parts):
        return total
    # What is left where parts cancel is their rounding, and no number of rounds.
    sizes = sum((np.abs(part) for part in others), start=np.abs(first))
    return np.where(np.abs(total) <= _ROUNDING * sizes, 0.0, total)


def _divide(over: sampling.Floats, under: sampling.Floats, what: str) -> sampling.Floats:
    empty = float(np.mean(under == 0))
    if empty > 0:
        raise ArgumentError(f"{what} is 0 in {words.percent(empty)} of the draws: nothing can be divided by it there.")
    return over / under


def ordered(term: Term, chosen: sampling.Settings) -> sampling.Floats:
    """Return the values of a term in rising order [its unit]."""
    if isinstance(term, Carried) and isinstance(term.count, Known) and not term.weights:
        count, share = term.count.value.distribution, term.munition_share.distribution
        if isinstance(count, sampling.Fixed) and isinstance(share, sampling.Fixed):
            # A fixed factor of zero or more keeps the order. The same products as in `evaluate`, so the same numbers.
            return count.value * (share.value * packings.stow(term.contents[0], chosen).ordered)
    return np.sort(evaluate(term, chosen))


def shares_of(leaf: Leaf | Scattered, chosen: sampling.Settings) -> list[sampling.Floats]:
    """Return the share of the transports that each of a leaf's contents takes up, draw by draw [unitless]."""
    if not leaf.weights:
        return [np.broadcast_to(np.float64(1.0), (chosen.n,))]
    return packings.mix_shares(leaf.weights, chosen)


def _rounds_per_transport(leaf: Leaf, chosen: sampling.Settings) -> sampling.Floats:
    share = leaf.munition_share.draws(chosen)
    rounds_by_packing = [packings.stow(packing, chosen).rounds for packing in leaf.contents]
    if not leaf.weights:
        return share * rounds_by_packing[0]
    first, *others = (part * rounds for part, rounds in zip(shares_of(leaf, chosen), rounds_by_packing, strict=True))
    return share * sum(others, start=first)


def leaves(term: Term) -> Iterator[Leaf]:
    """Yield every `Carried` and `Needed` in a term, from left to right, those inside a count included."""
    if isinstance(term, Carried):
        yield term
        yield from leaves(term.count)
    elif isinstance(term, Needed):
        yield term
        yield from leaves(term.rounds)
    else:
        for part in children(term):
            yield from leaves(part)


def children(term: Term) -> tuple[Term, ...]:
    """Return the terms that a term is made of."""
    if isinstance(term, Carried | Needed):
        return (term.count if isinstance(term, Carried) else term.rounds,)
    if isinstance(term, Sum):
        return term.parts
    if isinstance(term, Scaled):
        return (term.part,)
    if isinstance(term, Scattered):
        return (term.count,)
    if isinstance(term, Product):
        return term.left, term.right
    return (term.over, term.under) if isinstance(term, Ratio) else ()


def map_leaves(term: Term, change: Callable[[Leaf], Leaf]) -> Term:
    """Return the term with every outermost `Carried` and `Needed` changed."""
    if isinstance(term, Carried | Needed):
        return change(term)
    if isinstance(term, Sum):
        return Sum(tuple(map_leaves(part, change) for part in term.parts))
    if isinstance(term, Scaled):
        return replace(term, part=map_leaves(term.part, change))
    if isinstance(term, Scattered):
        return replace(term, count=map_leaves(term.count, change))
    if isinstance(term, Product):
        return replace(term, left=map_leaves(term.left, change), right=map_leaves(term.right, change))
    if isinstance(term, Ratio):
        return replace(term, over=map_leaves(term.over, change), under=map_leaves(term.under, change))
    return term


def inputs_in(term: Term, of_packing: Callable[[Packing], tuple[Input, ...]]) -> Iterator[Input]:
    """Yield the inputs of a term; those of a packing are what `of_packing` says. Repeats are yielded as they come."""
    if isinstance(term, Known):
        yield term.value
    elif isinstance(term, Scattered):
        yield from inputs_in(term.count, of_packing)
        yield term.factor
    elif isinstance(term, Carried | Needed):
        yield from inputs_in(term.count if isinstance(term, Carried) else term.rounds, of_packing)
        yield term.munition_share
        yield from term.weights
        for one in term.contents:
            yield from of_packing(one)
    else:
        for part in children(term):
            yield from inputs_in(part, of_packing)


def stowages_in(term: Term, chosen: sampling.Settings) -> Iterator[tuple[Packing, Stowage, sampling.Floats]]:
    """Yield each packing of a term, what it holds, and in how many transports it counts, draw by draw."""
    for leaf in leaves(term):
        count = evaluate(leaf.count if isinstance(leaf, Carried) else leaf, chosen)
        for one, share in zip(leaf.contents, shares_of(leaf, chosen), strict=True):
            yield one, packings.stow(one, chosen), np.abs(count) * share


def carried_parts(term: Term) -> tuple[Term, ...]:
    """Return what a term is the plain sum of: the parts of a sum, or nothing but itself."""
    return term.parts if isinstance(term, Sum) else (term,)


def check_fits(leaf: Needed, chosen: sampling.Settings) -> None:
    """Check that something fits in every draw, as the way back needs.

    Raises
    ------
    DoesNotFitError
        If nothing fits in some draws.
    ArgumentError
        If the munition share is 0 in some draws.
    """
    idle = float(np.mean(leaf.munition_share.draws(chosen) == 0))
    if idle > 0:
        raise ArgumentError(
            f"munition_share is 0 in {words.percent(idle)} of the draws, where no transport carries munitions and no "
            "number of them is enough. Give a share above 0."
        )
    empty = float(np.mean(_rounds_per_transport(leaf, chosen) == 0))
    if empty > 0:
        names = ", ".join(f"{one.munition.munition} ({one.name})" for one in leaf.contents)
        raise DoesNotFitError(
            f"{names} in {leaf.contents[0].transport.transport}: nothing fits in {words.percent(empty)} of the draws, "
            "where no number of transports is enough. Narrow the size or mass of the package, or ask estimate(...).",
            empty,
        )
