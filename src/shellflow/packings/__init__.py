"""Packing assumptions: how many rounds one transport holds, in every draw, what limits it and what is known of that.

Two kinds. `Reported` is what an office said such transports hold. `Physical` is rounds per package times the lesser of
what the mass and what the space allow.
"""

from __future__ import annotations

from shellflow.packings._contents import gross_mass, room_of_round
from shellflow.packings._mix import Mix, mix, mix_shares, mix_weights
from shellflow.packings._model import (
    BASES,
    DEFAULT_TRANSPORT,
    DESCRIPTIONS,
    SHIPPED,
    Packing,
    Physical,
    Reported,
    Stowage,
    inputs_of,
)
from shellflow.packings._own import in_transport, packing
from shellflow.packings._shipped import ceiling_of, check_name, shipped
from shellflow.packings._stow import most_rounds, stow

__all__ = [
    "BASES",
    "DEFAULT_TRANSPORT",
    "DESCRIPTIONS",
    "SHIPPED",
    "Mix",
    "Packing",
    "Physical",
    "Reported",
    "Stowage",
    "ceiling_of",
    "check_name",
    "gross_mass",
    "in_transport",
    "inputs_of",
    "mix",
    "mix_shares",
    "mix_weights",
    "most_rounds",
    "packing",
    "room_of_round",
    "shipped",
    "stow",
]
