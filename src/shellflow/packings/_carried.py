"""Terms of packed transports: the rounds in so many, and the transports for so many rounds."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cached_property, reduce
from operator import add
from typing import Any, Self

import numpy as np

from shellflow import sampling
from shellflow.errors import ArgumentError, NoDataError, UnitError
from shellflow.inputs import Input, Unknowns, within
from shellflow.packings._mix import mix_shares
from shellflow.packings._model import Packing, inputs_of
from shellflow.packings._stow import stow
from shellflow.packings._stowage import Stowage
from shellflow.terms import Basis, Steps, Term, check_divisor

__all__ = ["Carried", "Carrier", "Needed", "check_contents", "check_plain", "shares_of"]


class Carrier(Term):
    """What `Carried` and `Needed` share: packed transports, all of one kind, and an amount of them or of rounds."""

    munition_share: Input
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...]
    alias: str

    @property
    def amount(self) -> Term:
        """How many transports there are, or rounds to be carried."""
        return self.children[0]

    @property
    def transports(self) -> Term:
        """How many transports there are, or are needed."""
        raise NotImplementedError

    @property
    def kind(self) -> str:
        """The kind of its transports."""
        return self.contents[0].transport.kind

    @property
    def counted_in(self) -> str:
        """The unit of its amount."""
        raise NotImplementedError

    def stowage(self, packing: Packing, settings: sampling.Settings) -> Stowage:
        """Return what one transport holds under one of its packings."""
        return stow(packing, settings)

    def inputs_of(self, packing: Packing) -> tuple[Input, ...]:
        """Return every input that one of its packings carries."""
        return inputs_of(packing)

    def of(self, amount: Term, munition_share: Input) -> Self:
        """Return the same packings of another amount and share."""
        return self.with_children((amount, munition_share, *self.weights))  # type: ignore[return-value]

    def repacked(self, contents: tuple[Packing, ...], weights: tuple[Input, ...], alias: str) -> Self:
        """Return the same amount of other contents."""
        return replace(self, contents=contents, weights=weights, alias=alias)  # type: ignore[type-var]

    @property
    def takes_all(self) -> bool:
        """Whether all transports are taken to carry munitions because nothing was stated of it."""
        return self.munition_share.origin == "question" and self.munition_share.distribution == sampling.Fixed(1.0)

    @cached_property
    def unknowns(self) -> Unknowns:
        """Those of its children and of its packings."""
        packed = Unknowns.of(part for packing in self.contents for part in self.inputs_of(packing))
        known: Unknowns = self.children[0].unknowns
        return known.union(*(child.unknowns for child in self.children[1:]), packed)

    @cached_property
    def basis(self) -> Basis:
        """That of its packings; a mix is a sum over its munitions."""
        packed = (
            Basis({(True, packing.basis): f"{packing.munition.munition} {packing.name}"}) for packing in self.contents
        )
        return self.amount.basis * reduce(add, packed) * self.munition_share.basis

    @property
    def children(self) -> tuple[Term, ...]:
        """The amount, the munition share and the shares of a mix."""
        raise NotImplementedError

    @staticmethod
    def _shares_of(children: tuple[Term, ...]) -> dict[str, Any]:
        _, share, *weights = children
        return {"munition_share": share, "weights": tuple(weights)}

    def shares(self, settings: sampling.Settings) -> list[sampling.Floats]:
        """Return the share of the transports that each of its packings takes up, draw by draw [unitless]."""
        return shares_of(self.weights, settings)

    def rounds_in_each(self, settings: sampling.Settings) -> sampling.Floats:
        """Return the rounds in one transport that carries munitions, in every draw [round]."""
        return self._mean([self.stowage(packing, settings).rounds for packing in self.contents], settings)

    def cargo_in_each(self, settings: sampling.Settings) -> sampling.Floats:
        """Return the gross mass in one transport that carries munitions, in every draw [kg]."""
        masses = []
        for packing in self.contents:
            mass_kg = self.stowage(packing, settings).cargo_kg
            if mass_kg is None:
                raise NoDataError(
                    f"the mass of {packing.munition.munition} {packing.name} is not known: a ratio says nothing of "
                    "packages. Choose packing='crated'.",
                    "the mass of a package",
                )
            masses.append(mass_kg)
        return self._mean(masses, settings)

    def _mean(self, parts: list[sampling.Floats], settings: sampling.Settings) -> sampling.Floats:
        if self.weights:
            parts = [share * part for share, part in zip(self.shares(settings), parts, strict=True)]
        return sum(parts[1:], start=parts[0])

    def check(self) -> None:
        """Check its packings, its shares and the unit of its amount."""
        check_contents(self.contents, self.weights)
        if self.amount.unit != self.counted_in:
            raise ArgumentError(f"it counts {self.amount.unit or 'no unit'} where it speaks of {self.counted_in}.")
        check_plain("munition_share", self.munition_share, 1.0)


@dataclass(frozen=True, eq=False, repr=False)
class Carried(Carrier):
    """Rounds in so many transports: count * munition share * sum of (mix share * rounds per transport)."""

    count: Term
    munition_share: Input
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...] = ()
    alias: str = ""

    @property
    def unit(self) -> str:
        """Rounds."""
        return "round"

    @property
    def children(self) -> tuple[Term, ...]:
        """The count, the munition share and the shares of a mix."""
        return (self.count, self.munition_share, *self.weights)

    @property
    def transports(self) -> Term:
        """How many transports there are."""
        return self.count

    @property
    def counted_in(self) -> str:
        """The kind of its transports."""
        return self.kind

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return the rounds in other transports."""
        return replace(self, count=children[0], **self._shares_of(children))

    def steps(self, settings: sampling.Settings) -> Steps:
        """Work out the rounds."""
        count = yield self.count
        share = yield self.munition_share
        return count * (share * self.rounds_in_each(settings))

    def ordered(self, settings: sampling.Settings) -> sampling.Floats:
        """Return the rounds in rising order."""
        if isinstance(self.count, Input) and not self.weights:
            count, share = self.count.distribution, self.munition_share.distribution
            if isinstance(count, sampling.Fixed) and isinstance(share, sampling.Fixed):
                # A fixed factor of zero or more keeps the order. The same products as in `steps`, so the same numbers.
                return count.value * (share.value * stow(self.contents[0], settings).ordered)
        return super().ordered(settings)


@dataclass(frozen=True, eq=False, repr=False)
class Needed(Carrier):
    """Transports for so many rounds: the way back of `Carried`."""

    rounds: Term
    munition_share: Input
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...] = ()
    alias: str = ""

    @property
    def unit(self) -> str:
        """The kind of its transports."""
        return self.kind

    @property
    def children(self) -> tuple[Term, ...]:
        """The rounds, the munition share and the shares of a mix."""
        return (self.rounds, self.munition_share, *self.weights)

    @property
    def signs(self) -> tuple[int, ...]:
        """The more transports carry munitions, the fewer are needed."""
        return (1, -1, *(1 for _ in self.weights))

    @property
    def transports(self) -> Term:
        """How many transports are needed."""
        return self

    @property
    def counted_in(self) -> str:
        """Rounds."""
        return "round"

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return the transports for other rounds."""
        return replace(self, rounds=children[0], **self._shares_of(children))

    def steps(self, settings: sampling.Settings) -> Steps:
        """Work out the transports."""
        rounds = yield self.rounds
        share = yield self.munition_share
        per_transport = share * self.rounds_in_each(settings)
        check_divisor(per_transport, "rounds per transport")
        return rounds / per_transport


def shares_of(weights: tuple[Input, ...], settings: sampling.Settings) -> list[sampling.Floats]:
    """Return the share of the transports that each packing of a mix takes up; 1 where there is no mix [unitless]."""
    return mix_shares(weights, settings) if weights else [np.broadcast_to(np.float64(1.0), (settings.n,))]


def check_contents(contents: tuple[Packing, ...], weights: tuple[Input, ...]) -> None:
    """Check that packings and their shares go together."""
    if not contents:
        raise ArgumentError("contents: must be at least one packing.")
    kinds = {packing.transport.kind for packing in contents}
    if len(kinds) > 1:
        raise ArgumentError(
            f"contents: must be packings of one kind of transport, not of {' and '.join(sorted(kinds))}."
        )
    if len(weights) != (len(contents) if len(contents) > 1 else 0):
        raise ArgumentError(f"{len(contents)} packings have {len(weights)} shares.")
    known = all(weight.is_fixed for weight in weights)
    for weight in weights:
        check_plain("weights", weight, 1.0 if known else math.inf)
    total = math.fsum(weight.distribution.support[0] for weight in weights) if known else 1.0
    if weights and not math.isclose(total, 1.0, rel_tol=0, abs_tol=1e-9):
        raise ArgumentError(f"weights: must sum to 1, and sum to {total:.6g}.")


def check_plain(argument: str, number: Input, most: float) -> None:
    """Check that an input is a plain number from 0 up to `most`."""
    if number.unit:
        raise UnitError(f"{argument} is in {number.unit}; must be a plain number.")
    within(number, argument, 0.0, most)
