"""From a packing assumption to rounds in one transport, in every world, and what limits them."""

from __future__ import annotations

import numpy as np

from shellflow import boxes, inputs, words, worlds
from shellflow.errors import ArgumentError, DoesNotFitError, bad_argument
from shellflow.inputs import Input
from shellflow.packings._cliffs import cliffs_of
from shellflow.packings._model import Held, Packing, Physical, Reported

__all__ = ["gross_mass", "hold"]

_MATTERS = 0.05  # an input matters when the limit it enters binds in at least this share of the worlds

_SLACK = 1e-12  # of a quotient whose floor is taken: 3 * 0.1 is to fit into 0.3
_TOO_LIGHT = 0.01  # share of worlds in which a stated gross mass may fall below that of the contents
_CACHE_BYTES = 32 * 2**20

_held = worlds.BoundedCache(_CACHE_BYTES)


def hold(packing: Packing, chosen: worlds.Settings) -> Held:
    """Return what one transport holds under this packing.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.
    chosen : worlds.Settings
        Number of worlds and seed.

    Returns
    -------
    Held
        Rounds per world, what limits them, cliffs and findings.

    Raises
    ------
    DoesNotFitError
        If no package fits in any world.
    ArgumentError
        If a stated gross mass is less than that of the contents in more than 1 % of the worlds.

    Notes
    -----
    rounds = rounds per package * min(floor(load / gross), floor(fill * boxes that fit)).
    """

    def make() -> tuple[Held, int]:
        held = _hold_reported(packing, chosen) if isinstance(packing, Reported) else _hold_physical(packing, chosen)
        if held.rounds.flags.writeable:
            held.rounds.flags.writeable = False
        return held, 2 * held.rounds.nbytes  # with `ordered`

    try:
        return _held.get((packing, chosen), make)
    except TypeError:  # a foreign distribution inside that cannot be hashed
        return make()[0]


def _hold_reported(packing: Reported, chosen: worlds.Settings) -> Held:
    ratio = packing.rounds_per_transport
    rounds = ratio.draws(chosen)
    notes = []
    if packing.ceiling is not None:
        above = float(np.mean(rounds > hold(packing.ceiling, chosen).rounds * (1 + 1e-12)))
        if above > 0:
            ceiling = "the ceiling (full payload, rounds with little or no packaging)"
            notes.append(f"above {ceiling} in {words.percent(above)} of the worlds")
    return Held(rounds, {}, (), float(np.mean(rounds == 0)), (ratio,), (ratio,), tuple(notes))


def _hold_physical(packing: Physical, chosen: worlds.Settings) -> Held:
    notes: list[str] = []
    gross = _gross(packing, chosen, notes)
    load, payload = packing.load.draws(chosen), packing.payload.draws(chosen)
    capped = float(np.mean(load > payload))
    if capped > 0:
        notes.append(f"the load is cut to the payload in {words.percent(capped)} of the worlds")
    by_mass = np.minimum(load, payload) / gross * (1 + _SLACK)
    mass_inputs = _mass_inputs(packing, capped > 0)
    if packing.size is None or packing.inner is None:
        unknown = "of the package" if packing.size is None else f"of the inside of {packing.transport.transport}"
        notes.append(f"space was not checked: the size {unknown} is not known")
        packages = np.floor(by_mass)
        limited_by = {"mass": 1.0, "space": 0.0}
        cliffs: tuple[tuple[str, float], ...] = ()
        space_inputs: tuple[Input, ...] = ()
    else:
        fill = packing.fill.draws(chosen)
        if not np.all((fill > 0) & (fill <= 1)):  # which no check of fewer worlds had seen
            raise bad_argument("fill", float(fill.max()), "above 0 and at most 1 in every world", "Narrow its limits.")
        fits = _fits(packing, chosen, np.floor(by_mass / fill) + 1)
        by_space = fits * fill * (1 + _SLACK)
        packages = np.floor(np.minimum(by_mass, by_space))
        mass_binds = float(np.mean(by_mass < by_space))
        limited_by = {"mass": mass_binds, "space": 1.0 - mass_binds}
        cliffs = cliffs_of(packing, packages * packing.rounds, chosen)
        space_inputs = (*packing.size, packing.clearance, packing.fill, *packing.inner)
        if packing.transport.door_width_m is None or packing.transport.door_height_m is None:
            notes.append(
                f"the door of {packing.transport.transport} is not known: taken as wide and high as the inside"
            )
        if packing.load_rule == "as-loaded" and limited_by["space"] >= _MATTERS:
            notes.append(
                f"observed loads speak of mass; in the {words.percent(limited_by['space'])} of the worlds where space "
                "binds they change nothing, and it holds what `crated` holds"
            )
    empty = float(np.mean(packages == 0))
    if empty == 1.0:
        raise DoesNotFitError(_why_empty(packing, float(np.max(by_mass))))
    if empty > 0:
        notes.append(f"nothing fits in {words.percent(empty)} of the worlds")
    decisive = [mass_inputs] if limited_by["mass"] >= _MATTERS else []
    if limited_by["space"] >= _MATTERS:
        decisive.append(space_inputs)
    return Held(
        packages * packing.rounds,
        limited_by,
        cliffs,
        empty,
        inputs.gather((*mass_inputs, *space_inputs)),
        inputs.gather(one for group in decisive for one in group),
        tuple(notes),
    )


def gross_mass(packing: Physical, chosen: worlds.Settings) -> worlds.Floats:
    """Return the mass of one full package in every world: as stated, but no less than that of its contents [kg].

    Parameters
    ----------
    packing : Physical
        The packing assumption.
    chosen : worlds.Settings
        Number of worlds and seed.

    Returns
    -------
    array of n floats
        One value per world [kg].

    Raises
    ------
    ArgumentError
        If a stated gross mass is less than that of the contents in more than 1 % of the worlds.
    """
    return _gross(packing, chosen, [])


def _gross(packing: Physical, chosen: worlds.Settings, notes: list[str]) -> worlds.Floats:
    contents = packing.rounds * packing.projectile.draws(chosen)
    if packing.gross is None:
        if packing.packaging is None:
            notes.append("the mass of the package is not known: only the rounds in it were weighed")
            return contents
        return contents + packing.packaging.draws(chosen)
    stated = packing.gross.draws(chosen) / packing.per_gross
    too_light = float(np.mean(stated < contents * (1 - 1e-9)))
    if too_light > _TOO_LIGHT:
        low, median, high = (value / packing.per_gross for value in packing.gross.band())
        raise ArgumentError(
            f"gross={median:.4g} kg ({low:.4g} to {high:.4g} kg) is less than the {packing.rounds} x "
            f"{packing.projectile.band()[1]:.4g} kg of its contents in {words.percent(too_light)} of the worlds: a "
            f"package weighs at least the bare {packing.munition.munition} rounds in it. Correct gross or rounds."
        )
    if too_light > 0:
        notes.append(
            f"the stated gross mass is raised to that of its contents in {words.percent(too_light)} of the worlds"
        )
    return np.maximum(stated, contents)


def _mass_inputs(packing: Physical, capped: bool) -> tuple[Input, ...]:
    found = [packing.load]
    if capped and packing.payload is not packing.load:
        found.append(packing.payload)
    if packing.gross is not None:
        found.append(packing.gross)
    else:
        found.append(packing.projectile)
        if packing.packaging is not None:
            found.append(packing.packaging)
    return tuple(found)


def _fits(packing: Physical, chosen: worlds.Settings, enough: worlds.Floats) -> worlds.Floats:
    assert packing.size is not None
    assert packing.inner is not None
    length, width, height = (_plain(one, chosen) for one in packing.size)
    inner_length, inner_width, inner_height = (one.distribution.support[0] for one in packing.inner)
    counts = boxes.count_draws(
        inner_length,
        inner_width,
        inner_height,
        length,
        width,
        height,
        _plain(packing.clearance, chosen),
        layers=packing.layers,
        door=(packing.transport.door_width_m, packing.transport.door_height_m),
        orientation=packing.orientation,
        enough=enough,
    )
    return np.broadcast_to(counts, (chosen.n,)).astype(float)


def _plain(one: Input, chosen: worlds.Settings) -> worlds.Floats | float:
    return one.distribution.support[0] if one.is_fixed else one.draws(chosen)


def _why_empty(packing: Physical, by_mass: float) -> str:
    what = f"{packing.name}: no package of {packing.munition.munition} fits {packing.transport.transport}"
    if by_mass < 1:
        gross = _gross(packing, worlds.Settings(n=1), [])[0]
        return (
            f"{what} in any world: one weighs some {gross:,.0f} kg, more than the load of "
            f"{packing.load.band()[1]:,.0f} kg. Correct gross or load, or choose another transport."
        )
    assert packing.size is not None
    assert packing.inner is not None
    size = " x ".join(f"{one.band()[1]:.4g}" for one in packing.size)
    room = " x ".join(f"{one.band()[1]:.4g}" for one in packing.inner)
    door = (packing.transport.door_width_m, packing.transport.door_height_m)
    through = " x ".join("unknown" if one is None else f"{one:.4g}" for one in door)
    return (
        f"{what} in any world: size={size} m (length, width, height) does not go through the door ({through} m) or "
        f"into the inside ({room} m). Correct size, allow orientation='free', or choose another transport."
    )
