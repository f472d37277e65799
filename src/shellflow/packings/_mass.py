"""Terms of cargo by its mass: the rounds in so many tonnes, and the gross mass of what transports carry."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from shellflow import inputs, sampling
from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.inputs import Input
from shellflow.packings._carried import Carrier
from shellflow.packings._contents import altered, packages_of, rounds_per_kg, weigh
from shellflow.packings._model import Packing, Physical, Reported
from shellflow.packings._stowage import Stowage
from shellflow.terms import Basis, Product, Scaled, Steps, Sum, Term, add, divide, multiply, scale, walk_up

__all__ = ["GrossMass", "InMass", "gross_mass_of", "not_of_mass", "packed_by_mass"]


@dataclass(frozen=True, eq=False, repr=False)
class InMass(Carrier):
    """Rounds in a mass of cargo: mass * munition share * sum of (mix share * rounds per package / gross mass).

    No transport and no payload enter; shares are of the mass.
    """

    cargo: Term
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
        """The mass, the munition share and the shares of a mix."""
        return (self.cargo, self.munition_share, *self.weights)

    @property
    def transports(self) -> Term:
        """The mass."""
        return self.cargo

    @property
    def kind(self) -> str:
        """In what it is counted where others count transports."""
        return "tonne"

    @property
    def counted_in(self) -> str:
        """Kilograms."""
        return "kg"

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return the rounds in another mass."""
        return replace(self, cargo=children[0], **self._shares_of(children))

    def stowage(self, packing: Packing, settings: sampling.Settings) -> Stowage:
        """Return what one kilogram of one of its packings holds."""
        return _in_a_kilogram(packing, settings)

    def inputs_of(self, packing: Packing) -> tuple[Input, ...]:
        """Return the masses that one of its packings carries, and the share with the charge."""
        return _masses_of(packing)

    def steps(self, settings: sampling.Settings) -> Steps:
        """Work out the rounds."""
        cargo_kg = yield self.cargo
        share = yield self.munition_share
        return cargo_kg * (share * self.rounds_in_each(settings))

    def check(self) -> None:
        """Check that all of it is packed, and its shares."""
        for packing in self.contents:
            packed_by_mass(packing)
        super().check()


@dataclass(frozen=True, eq=False, repr=False)
class GrossMass(Term):
    """Mass of the munitions that a carrier carries, packages included."""

    carrier: Term

    @property
    def unit(self) -> str:
        """Kilograms."""
        return "kg"

    @property
    def children(self) -> tuple[Term, ...]:
        """What carries them."""
        return (self.carrier,)

    @cached_property
    def basis(self) -> Basis:
        """That of what carries them."""
        return self.carrier.basis

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return the mass in another carrier."""
        return GrossMass(children[0])

    def check(self) -> None:
        """Check that it is of packed munitions."""
        if not isinstance(self.carrier, Carrier):
            raise bad_argument("carrier", self.carrier, "packed munitions")

    def steps(self, settings: sampling.Settings) -> Steps:
        """Work out the mass."""
        carrier = self.carrier
        assert isinstance(carrier, Carrier)
        amount = yield carrier.transports
        share = yield carrier.munition_share
        return amount * (share * carrier.cargo_in_each(settings))


def packed_by_mass(packing: Packing) -> Physical:
    """Return a packing of which only the masses matter, of contents; of a capacity where its rounds are bare.

    Raises
    ------
    ArgumentError
        If it is known by transports: a ratio, or one that differs from another by its load alone.
    """
    if isinstance(packing, Reported) or packing.load_rule == "as-loaded":
        raise not_of_mass(packing.name)
    return altered(
        packing,
        size=None,
        inner=None,
        norm=None,
        norm_transport="",
        load=packing.payload,
        load_rule="full",
        basis="capacity" if packing.recipe == "ceiling" else "contents",
    )


def not_of_mass(name: str) -> ArgumentError:
    """Return the refusal of a packing that speaks of transports."""
    return ArgumentError(
        f"packing={shown(name)} is known by transports, and a mass of cargo says nothing of those. Choose "
        "packing='crated', or state a package with sf.packing(...)."
    )


def _masses_of(packing: Packing) -> tuple[Input, ...]:
    assert isinstance(packing, Physical)
    own = (packing.gross,) if packing.gross is not None else (packing.projectile, packing.packaging)
    other = () if packing.uncharged is None else _masses_of(packing.uncharged)
    return tuple(number for number in (packing.charged_share, *own, *other) if number is not None)


def _in_a_kilogram(packing: Packing, settings: sampling.Settings) -> Stowage:
    """Return the rounds in a kilogram of packages, in the form of what a transport holds."""
    assert isinstance(packing, Physical)
    notes: list[str] = []
    for part in packages_of(packing).values():
        weigh(part, settings, notes)
    masses = inputs.gather(_masses_of(packing))
    return Stowage(
        rounds_per_kg(packing, settings),
        np.ones(settings.n),
        {},  # the mass is given, and no transport is filled up to it
        (),
        0.0,
        masses,
        masses,
        tuple(dict.fromkeys(notes)),
    )


def gross_mass_of(term: Term) -> Term | None:
    """Return the gross mass behind carriers, their sums, and these times plain numbers; None of anything else [kg]."""
    masses: dict[int, Term] = {}
    for node in walk_up(term):
        parts = [masses[id(part)] for part in node.children if id(part) in masses]
        if isinstance(node, Carrier):
            masses[id(node)] = GrossMass(node)
        elif not parts:
            continue
        elif isinstance(node, Sum) and len(parts) == len(node.parts):
            masses[id(node)] = add(*parts)
        elif isinstance(node, Scaled):
            masses[id(node)] = scale(parts[0], node.factor)
        elif isinstance(node, Product) and id(node.factors[0]) in masses and node.unit == node.factors[0].unit:
            mass = masses[id(node.factors[0])]
            for factor, operator in zip(node.factors[1:], node.operators[1:], strict=True):
                mass = multiply(mass, factor) if operator == "*" else divide(mass, factor)
            masses[id(node)] = mass
    return masses.get(id(term))
