"""What no packing can beat: payload over the least mass of a round, and inner volume over the volume of one."""

from __future__ import annotations

import math
from typing import Any

from shellflow.catalog import Munition, Transport, inner_size, payload, projectile_mass
from shellflow.sampling import Floats

__all__ = ["hard_limit", "inner_volume_m3", "room_of_round", "round_volume_m3"]

_STEEL_KG_M3 = 7_850.0


def hard_limit(munition: Munition, transport: Transport) -> tuple[float, str]:
    """Return the number of rounds that one transport cannot exceed, and whether mass or space sets it.

    It allows for no packaging, no charge and no gap: what is below it need not be possible.

    Parameters
    ----------
    munition, transport : Munition, Transport
        What is packed, and into what.

    Returns
    -------
    tuple of float and str
        The limit, and "mass" or "space" [round/transport].

    Raises
    ------
    DataError
        If a record made by hand states no mass.

    Notes
    -----
    payload / least projectile mass; inner volume / (pi/4 * calibre**2 * length) where both sizes are known.
    """
    by_mass = payload(transport).distribution.support[1] / projectile_mass(munition).distribution.support[0]
    inner_m3, round_m3 = inner_volume_m3(transport), round_volume_m3(munition)
    if inner_m3 is None or round_m3 is None:
        return by_mass, "mass"
    by_space = inner_m3 / round_m3
    return (by_mass, "mass") if by_mass <= by_space else (by_space, "space")


def inner_volume_m3(transport: Transport) -> float | None:
    """Return the volume inside a transport [m3], or None where its size is not known."""
    sides = inner_size(transport)
    return None if sides is None else math.prod(side.distribution.support[0] for side in sides)


def round_volume_m3(munition: Munition) -> float | None:
    """Return the volume of a cylinder of a round's calibre and length [m3], or None where its length is not known."""
    return None if munition.length_m is None else _bore_m2(munition) * munition.length_m


def room_of_round(munition: Munition, mass_kg: Floats | float) -> tuple[Any, float, Any]:
    """Return the length, the calibre and the volume that a package must have at the least for each round of it.

    Parameters
    ----------
    munition : Munition
        What is packed.
    mass_kg : float or array
        Mass of a bare round [kg].

    Returns
    -------
    length, calibre, volume : float or array
        The volume is that of one round; a package of several needs as many times it [m, m, m3].

    Notes
    -----
    A round lies along a side of its package. Rounds lie beside each other, so that each takes the cylinder of its
    calibre and length: noses that interleave could save a little of it, and the walls of a package take more. A round
    is inside that cylinder whatever it is made of. Only where the length is not known does its mass say something of
    its size: it is then at least as long, and as large, as a rod of solid steel of its mass and calibre.
    """
    volume_m3 = round_volume_m3(munition)
    if munition.length_m is not None and volume_m3 is not None:
        return munition.length_m, munition.calibre_mm / 1000.0, volume_m3
    steel_m3 = mass_kg / _STEEL_KG_M3
    return steel_m3 / _bore_m2(munition), munition.calibre_mm / 1000.0, steel_m3


def _bore_m2(munition: Munition) -> float:
    return math.pi / 4.0 * (munition.calibre_mm / 1000.0) ** 2
