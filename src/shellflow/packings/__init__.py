"""Packing assumptions: how many rounds one transport holds, in every draw, what limits it and what is known of that.

Two kinds. `Reported` is what an office said such transports hold. `Physical` is rounds per package times the lesser of
what the mass and what the space allow.
"""

from __future__ import annotations

from shellflow.packings._carried import Carried, Carrier, Needed
from shellflow.packings._carriers import carriers, check_fits, entering, with_charge
from shellflow.packings._charge import (
    CHARGE_UNKNOWN,
    NOT_INCLUDED,
    charge_in_title,
    in_package,
    kept_charge,
    settled,
    takes_charge,
)
from shellflow.packings._contents import gross_mass, packages_of, rounds_per_kg
from shellflow.packings._finding import find_munition, find_transport, only_transport
from shellflow.packings._limits import hard_limit, inner_volume_m3, room_of_round, round_volume_m3
from shellflow.packings._mass import GrossMass, InMass, gross_mass_of, packed_by_mass
from shellflow.packings._mix import Mix, mix, mix_shares, mix_weights, read_mix
from shellflow.packings._model import (
    BASES,
    BY_MASS,
    DEFAULT_TRANSPORT,
    DESCRIPTIONS,
    MEANINGS,
    SHIPPED,
    Packing,
    Physical,
    Reported,
    inputs_of,
)
from shellflow.packings._own import in_transport, packing
from shellflow.packings._resolve import list_packings, no_transport, own_transports, resolve, resolve_mass
from shellflow.packings._scattered import Scattered
from shellflow.packings._shipped import ceiling_of, check_name, shipped
from shellflow.packings._stow import WITH_CHARGE, WITHOUT_CHARGE, most_rounds, stow
from shellflow.packings._stowage import Stowage

__all__ = [
    "BASES",
    "BY_MASS",
    "CHARGE_UNKNOWN",
    "DEFAULT_TRANSPORT",
    "DESCRIPTIONS",
    "MEANINGS",
    "NOT_INCLUDED",
    "SHIPPED",
    "WITHOUT_CHARGE",
    "WITH_CHARGE",
    "Carried",
    "Carrier",
    "GrossMass",
    "InMass",
    "Mix",
    "Needed",
    "Packing",
    "Physical",
    "Reported",
    "Scattered",
    "Stowage",
    "carriers",
    "ceiling_of",
    "charge_in_title",
    "check_fits",
    "check_name",
    "entering",
    "find_munition",
    "find_transport",
    "gross_mass",
    "gross_mass_of",
    "hard_limit",
    "in_package",
    "in_transport",
    "inner_volume_m3",
    "inputs_of",
    "kept_charge",
    "list_packings",
    "mix",
    "mix_shares",
    "mix_weights",
    "most_rounds",
    "no_transport",
    "only_transport",
    "own_transports",
    "packages_of",
    "packed_by_mass",
    "packing",
    "read_mix",
    "resolve",
    "resolve_mass",
    "room_of_round",
    "round_volume_m3",
    "rounds_per_kg",
    "settled",
    "shipped",
    "stow",
    "takes_charge",
    "with_charge",
]
