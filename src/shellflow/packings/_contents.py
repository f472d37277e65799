"""Whether a package can hold its rounds: their mass, their length, their calibre, their volume."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from shellflow import sampling, words
from shellflow.errors import ArgumentError
from shellflow.packings._limits import room_of_round
from shellflow.packings._model import Physical

__all__ = ["NESTED", "altered", "check_size", "gross_mass", "packages_of", "rounds_per_kg", "weigh"]

_TOO_LIGHT = 0.01  # share of draws in which a stated gross mass may fall below that of the contents
_ROUNDING = 1e-9  # of a side: 122 mm is 0.122 m

# Bare rounds on their sides nest: each layer rises by this part of the calibre, and a ceiling allows for it.
NESTED = math.sqrt(3.0) / 2.0


def gross_mass(packing: Physical, chosen: sampling.Settings) -> sampling.Floats:
    """Return the mass of one full package in every draw: as stated, but no less than that of its contents [kg].

    Parameters
    ----------
    packing : Physical
        The packing assumption; of two packages the one with the charge.
    chosen : sampling.Settings
        Number of draws and seed.

    Returns
    -------
    array of n floats
        One value per draw [kg].

    Raises
    ------
    ArgumentError
        If a stated gross mass is less than that of the contents in more than 1 % of the draws.
    """
    return weigh(packing, chosen, [])


def rounds_per_kg(packing: Physical, chosen: sampling.Settings) -> sampling.Floats:
    """Return how many rounds a kilogram of packed cargo holds, in every draw.

    Parameters
    ----------
    packing : Physical
        The packing assumption; of two packages each is in its share of the mass.
    chosen : sampling.Settings
        Number of draws and seed.

    Returns
    -------
    array of n floats
        Rounds per package over its gross mass [round/kg].

    Raises
    ------
    ArgumentError
        As `gross_mass` does.
    """
    parts = [part.rounds / gross_mass(part, chosen) for part in packages_of(packing).values()]
    if packing.charged_share is None:
        return parts[0]
    share = packing.charged_share.draws(chosen)
    return share * parts[0] + (1.0 - share) * parts[1]


def weigh(packing: Physical, chosen: sampling.Settings, notes: list[str]) -> sampling.Floats:
    """Return the mass of one full package in every draw, and add to the notes what was not known or was raised."""
    contents = packing.rounds * packing.projectile.draws(chosen)
    if packing.gross is None:
        if packing.packaging is None:
            if packing.recipe != "ceiling":  # which has none
                notes.append("the mass of the package is not known: only the rounds in it were weighed")
            return contents
        return contents + packing.packaging.draws(chosen)
    stated = packing.gross.draws(chosen) / packing.per_gross
    too_light = float(np.mean(stated < contents * (1 - 1e-9)))
    if too_light > _TOO_LIGHT:
        low, median, high = (value / packing.per_gross for value in packing.gross.band())
        raise ArgumentError(
            f"gross={median:.4g} kg ({low:.4g} to {high:.4g} kg) is less than the {packing.rounds} x "
            f"{packing.projectile.band()[1]:.4g} kg of its contents in {words.percent(too_light)} of the draws: a "
            f"package weighs at least the bare {packing.munition.munition} rounds in it. Correct gross or rounds."
        )
    if too_light > 0:
        notes.append(
            f"the stated gross mass is raised to that of its contents in {words.percent(too_light)} of the draws"
        )
    return np.maximum(stated, contents)


def check_size(packing: Physical, chosen: sampling.Settings) -> None:
    """Check that in every draw the outer sides of a package leave room for its rounds, as `room_of_round` has it.

    Unlike a gross mass, which may dip below that of the contents in 1 % of the draws and is raised there, no draw of a
    size may fail: nothing says which of the three sides would have to be raised.

    Raises
    ------
    ArgumentError
        If not.
    """
    if packing.size is None:
        return
    sides = [side.distribution.support[0] if side.is_fixed else side.draws(chosen) for side in packing.size]
    narrowest, middle, longest = np.sort(np.stack(np.broadcast_arrays(*sides)), axis=0) * (1 + _ROUNDING)
    length_m, calibre_m, round_m3 = room_of_round(packing.munition, packing.projectile.draws(chosen))
    rounds_m3 = packing.rounds * round_m3
    # Of the ceiling alone: nested layers of bare rounds, which is no package.
    thickness_m = calibre_m * (NESTED if packing.recipe == "ceiling" else 1.0)
    needed = np.sort(np.stack(np.broadcast_arrays(length_m, calibre_m, thickness_m)), axis=0)
    rounds = words.with_noun(packing.rounds, "round")
    if packing.munition.length_m is None:
        long = f"the {np.max(length_m):.2g} m that a round has at the least, were it solid steel"
    else:
        long = f"the {max(length_m, calibre_m):.4g} m of a round"
    faults = [
        (longest < needed[2], f"its longest side is shorter than {long}"),
        ((narrowest < needed[0]) | (middle < needed[1]), f"a side is narrower than the calibre of {calibre_m:.4g} m"),
        (
            narrowest * middle * longest < rounds_m3,
            f"its volume is less than the {np.max(rounds_m3):.3g} m3 that {rounds} take at the least",
        ),
    ]
    failing = [(float(np.mean(short)), what) for short, what in faults if np.any(short)]
    if failing:
        size = " x ".join(_extent(side.distribution.support, side.band(0.98)) for side in packing.size)
        share, what = max(failing, key=lambda fault: fault[0])
        raise ArgumentError(
            f"size={size} m of a package with {rounds} of {packing.munition.munition}: {what}, in "
            f"{words.percent(share)} of the draws. A package must hold its rounds in every draw. Correct size or "
            "rounds, or state limits of a side with sf.uniform or sf.triangular."
        )


def _extent(limits: tuple[float, float], band: tuple[float, float, float]) -> str:
    low = limits[0] if math.isfinite(limits[0]) and limits[0] > 0 else band[0]
    high = limits[1] if math.isfinite(limits[1]) else band[2]
    return f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"


def packages_of(packing: Physical) -> dict[str, Physical]:
    """Return a packing for each of its packages by itself, "with charge" and "without charge" where there are two.

    Parameters
    ----------
    packing : Physical
        The packing assumption.

    Returns
    -------
    dict of str to Physical
        Itself, under "", where there is one package.
    """
    if packing.uncharged is None:
        return {"": packing}
    return {"with charge": replace(packing, uncharged=None, charged_share=None), "without charge": packing.uncharged}


def altered(packing: Physical, **changes: object) -> Physical:
    """Return a packing with the same changes in its package with the charge and in the one without."""
    if packing.uncharged is None:
        return replace(packing, **changes)  # type: ignore[arg-type]
    uncharged = replace(packing.uncharged, **changes)  # type: ignore[arg-type]
    return replace(packing, uncharged=uncharged, **changes)  # type: ignore[arg-type]
