"""What no packing can beat: payload over the least mass of a round, and inner volume over the volume of one.

Beside it, what observed loads give: every judgement stands between the two.
"""

from __future__ import annotations

import math

from shellflow.catalog import Catalog, Munition, Transport, inner_size, payload, projectile_mass
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.estimates import estimate

__all__ = ["EXACT", "SEEN", "as_loaded", "hard_limit", "inner_volume_m3", "round_volume_m3", "transports_of"]

SEEN = 0.9  # from P5 to P95

EXACT = 1e-9  # relative; 21,750 / 43.5 is 500 and no more


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
    least_kg = projectile_mass(munition).distribution.support[0]
    by_mass = payload(transport).distribution.support[1] / least_kg
    volume_m3, each_m3 = inner_volume_m3(transport), round_volume_m3(munition)
    if volume_m3 is None or each_m3 is None:
        return by_mass, "mass"
    by_space = volume_m3 / each_m3
    return (by_mass, "mass") if by_mass <= by_space else (by_space, "space")


def inner_volume_m3(transport: Transport) -> float | None:
    """Return the volume inside a transport [m3], or None where its size is not known."""
    sides = inner_size(transport)
    return None if sides is None else math.prod(side.distribution.support[0] for side in sides)


def round_volume_m3(munition: Munition) -> float | None:
    """Return the volume of a cylinder of a round's calibre and length [m3], or None where its length is not known."""
    if munition.length_m is None:
        return None
    return math.pi / 4 * (munition.calibre_mm / 1000) ** 2 * munition.length_m


def as_loaded(one: str, munition: Munition, transport: Transport, catalog: Catalog) -> tuple[float, float] | None:
    """Return P5 and P95 of the rounds that observed loads give, or None where there are no data.

    Parameters
    ----------
    one : str
        Of what, such as "1 container" or "1 voyage" [unitless].
    munition, transport : Munition, Transport
        What is packed, and into what.
    catalog : Catalog
        Where names are looked up.

    Returns
    -------
    tuple of two floats, or None
        The ends [round].

    Raises
    ------
    UnitError
        If these are voyages of wagons or trucks.
    """
    try:
        low, _, high = estimate(one, munition, packing="as-loaded", transport=transport, catalog=catalog).band(SEEN)
    except (NoDataError, DoesNotFitError):
        return None
    return low, high


def transports_of(kind: str, catalog: Catalog) -> tuple[Transport, ...]:
    """Return the transports of a kind, in the order of the table."""
    every = catalog.transports
    return tuple(one for one in every if one.kind == kind)
