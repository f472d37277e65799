"""From a packing assumption to rounds in one transport, in every draw, and what limits them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from shellflow import boxes, inputs, sampling, words
from shellflow.errors import DoesNotFitError, bad_argument
from shellflow.inputs import Input
from shellflow.packings._contents import altered, check_size, gross_mass, packages_of, weigh
from shellflow.packings._model import Packing, Physical, Reported
from shellflow.packings._stowage import Stowage, cliffs_of

__all__ = ["WITHOUT_CHARGE", "WITH_CHARGE", "most_rounds", "stow"]

WITH_CHARGE, WITHOUT_CHARGE = "with the charge", "without the charge"
"""Which of two packages a note of theirs is on."""

_MATTERS = 0.05  # an input matters when the limit it enters binds in at least this share of the draws

_SLACK = 1e-12  # of a quotient whose floor is taken: 3 * 0.1 is to fit into 0.3
_CACHE_BYTES = 32 * 2**20

_stowages = sampling.BoundedCache(_CACHE_BYTES)


def stow(packing: Packing, chosen: sampling.Settings) -> Stowage:
    """Return what one transport holds under this packing.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.
    chosen : sampling.Settings
        Number of draws and seed.

    Returns
    -------
    Stowage
        Rounds per draw, what limits them, cliffs and findings.

    Raises
    ------
    DoesNotFitError
        If no package fits in any draw.
    ArgumentError
        If a stated gross mass is less than that of the contents in more than 1 % of the draws, or a package is smaller
        than its rounds in any.

    Notes
    -----
    rounds = rounds per package * min(floor(load / gross), floor(fill * boxes that fit)), and in the transport of the
    norm of a package no more packages than the norm has. Of two packages, with the propelling charge and without it,
    rounds = share * rounds with + (1 - share) * rounds without.
    """

    def make() -> tuple[Stowage, int]:
        stowage = _stowage_of(packing, chosen)
        for drawn in (stowage.rounds, stowage.cargo_kg):
            if drawn is not None and drawn.flags.writeable:
                drawn.flags.writeable = False
        return stowage, 3 * stowage.rounds.nbytes  # with the cargo and `ordered`

    try:
        return _stowages.get((packing, chosen), make)
    except TypeError:  # a foreign distribution inside that cannot be hashed
        return make()[0]


def most_rounds(packing: Packing, chosen: sampling.Settings) -> sampling.Floats:
    """Return the most rounds that a single transport can hold in every draw, however it differs from the others.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.
    chosen : sampling.Settings
        Number of draws and seed.

    Returns
    -------
    array of n floats
        What a full payload holds, of a reported number its ceiling; never less than what `stow` gives. Infinite where
        no ceiling is known [round].

    Raises
    ------
    ShellflowError
        As `stow` does.
    """
    usual = stow(packing, chosen).rounds
    if isinstance(packing, Physical):
        limit = stow(altered(packing, load=packing.payload, load_rule="full"), chosen).rounds
    elif packing.ceiling is not None:
        limit = stow(packing.ceiling, chosen).rounds
    else:
        return np.full(chosen.n, np.inf)
    return np.maximum(limit, usual)


def _stow_reported(packing: Reported, chosen: sampling.Settings) -> Stowage:
    ratio = packing.rounds_per_transport
    rounds = ratio.draws(chosen)
    notes, above = [], 0.0
    if packing.ceiling is not None:
        above = float(np.mean(rounds > stow(packing.ceiling, chosen).rounds * (1 + 1e-12)))
        if above > 0:
            notes.append(
                f"more than the ceiling allows (full payload, bare rounds) in {words.percent(above)} of the draws"
            )
    asides = frozenset(notes if above < _MATTERS else [])
    return Stowage(rounds, None, {}, (), float(np.mean(rounds == 0)), (ratio,), (ratio,), tuple(notes), asides)


def _stowage_of(packing: Packing, chosen: sampling.Settings) -> Stowage:
    if isinstance(packing, Reported):
        return _stow_reported(packing, chosen)
    if packing.charged_share is None:
        return _stow_package(packing, chosen)
    charged, uncharged = (stow(part, chosen) for part in packages_of(packing).values())
    return _shared(charged, uncharged, packing.charged_share, chosen)


def _shared(charged: Stowage, uncharged: Stowage, share: Input, chosen: sampling.Settings) -> Stowage:
    """Return what transports hold on average of which a share carries packages with the charge."""
    assert charged.cargo_kg is not None  # packages have a mass
    assert uncharged.cargo_kg is not None
    shares = share.draws(chosen)
    rounds = shares * charged.rounds + (1.0 - shares) * uncharged.rounds
    mean = float(np.mean(shares))
    weighted = ((WITH_CHARGE, charged, mean), (WITHOUT_CHARGE, uncharged, 1.0 - mean))
    parts = [(name, part, weight) for name, part, weight in weighted if weight > 0]
    limits = dict.fromkeys(limit for _, part, _ in parts for limit in part.limited_by)
    notes = dict.fromkeys(note for _, part, _ in parts for note in part.notes)
    having = {note: [name for name, part, _ in parts if note in part.notes] for note in notes}
    texts = {note: note if len(names) == len(parts) else f"{names[0]}: {note}" for note, names in having.items()}
    return Stowage(
        rounds,
        shares * charged.cargo_kg + (1.0 - shares) * uncharged.cargo_kg,
        {limit: sum(weight * part.limited_by.get(limit, 0.0) for _, part, weight in parts) for limit in limits},
        tuple((f"{cliff} ({name})", odds) for name, part, _ in parts for cliff, odds in part.cliffs),
        float(np.mean(rounds == 0)),
        inputs.gather((share, *charged.inputs, *uncharged.inputs)),
        inputs.gather((share, *(value for _, part, _ in parts for value in part.binding_inputs))),
        tuple(texts.values()),
        frozenset(
            texts[note] for note in notes if all(note in part.asides for _, part, _ in parts if note in part.notes)
        ),
    )


def _stow_package(packing: Physical, chosen: sampling.Settings) -> Stowage:
    notes: list[str] = []
    asides: list[str] = []
    if packing.charge == "unknown":
        asides.append("the package whose charge is not known stands for one with it")
        notes += asides
    check_size(packing, chosen)
    gross = weigh(packing, chosen, notes)
    load, payload = packing.load.draws(chosen), packing.payload.draws(chosen)
    capped = float(np.mean(load > payload))
    if capped > 0:
        notes.append(f"the load is cut to the payload in {words.percent(capped)} of the draws")
        asides += notes[-1:] if capped < _MATTERS else []
    by_mass = np.minimum(load, payload) / gross * (1 + _SLACK)
    mass_inputs = _mass_inputs(packing, capped > 0)
    if packing.size is None or packing.inner is None:
        unknown = f"the size of the inside of {packing.transport.transport}"
        if packing.size is None:
            unknown = "the length of a round" if packing.recipe == "ceiling" else "the size of the package"
        notes.append(f"space was not checked: {unknown} is not known")
        asides += notes[-1:] if packing.recipe == "ceiling" else []  # mass alone bounds it as well
        by_space = np.full(chosen.n, np.inf)
        space_inputs: tuple[Input, ...] = ()
    else:
        fill = packing.fill.draws(chosen)
        if not np.all((fill > 0) & (fill <= 1)):  # which no check of fewer draws had seen
            raise bad_argument("fill", float(fill.max()), "above 0 and at most 1 in every draw", "Narrow its limits.")
        fits = _fits(packing, chosen, np.floor(by_mass / fill) + 1)
        by_space = fits * fill * (1 + _SLACK)
        space_inputs = (*packing.size, packing.clearance, packing.fill, *packing.inner)
        if packing.transport.door_width_m is None or packing.transport.door_height_m is None:
            notes.append(
                f"the door of {packing.transport.transport} is not known: taken as wide and high as the inside"
            )
            asides += notes[-1:]
    packages = np.floor(np.minimum(by_mass, by_space))
    if packing.orientation == "free" and space_inputs:
        notes += _unproven(packing, chosen, fits, by_space <= by_mass)
    limited_by: dict[str, float] = {}
    norm_inputs: tuple[Input, ...] = ()
    beyond_norm = np.zeros(chosen.n, dtype=bool)
    if packing.norm is not None and packing.norm_transport == packing.transport.transport:
        most = packing.norm.draws(chosen)
        beyond_norm = packages > most
        packages = np.minimum(packages, most)
        limited_by["norm"] = float(np.mean(beyond_norm))
        norm_inputs = (packing.norm,)
        if beyond_norm.any():
            notes.append(
                f"the norm says up to {most[0]:,.0f} packages to a {packing.transport.transport} "
                f"({packing.norm.source}): no more are counted, which binds in {words.percent(limited_by['norm'])} of "
                "the draws"
            )
            asides += notes[-1:] if limited_by["norm"] < _MATTERS else []
    limited_by["mass"] = float(np.mean((by_mass < by_space) & ~beyond_norm))
    limited_by["space"] = float(np.mean((by_mass >= by_space) & ~beyond_norm))
    cliffs = cliffs_of(packing, packages * packing.rounds, chosen) if space_inputs else ()
    if packing.load_rule == "as-loaded" and limited_by["space"] >= _MATTERS:
        full = "as under `crated`" if packing.recipe else "as at full payload"
        notes.append(
            f"observed loads matter only where mass binds: in {words.percent(limited_by['space'])} of the draws space "
            f"binds, and as many rounds fit {full}"
        )
        asides += notes[-1:]
    empty = float(np.mean(packages == 0))
    if empty == 1.0:
        raise DoesNotFitError(_why_empty(packing, float(np.max(by_mass))))
    if empty > 0:
        notes.append(f"nothing fits in {words.percent(empty)} of the draws")
        asides += notes[-1:] if empty < _MATTERS else []
    binding = [mass_inputs] if limited_by["mass"] >= _MATTERS else []
    if limited_by["space"] >= _MATTERS:
        binding.append(space_inputs)
    if limited_by.get("norm", 0.0) >= _MATTERS:
        binding.append(norm_inputs)
    return Stowage(
        packages * packing.rounds,
        packages * gross,
        limited_by,
        cliffs,
        empty,
        inputs.gather((*mass_inputs, *space_inputs, *norm_inputs)),
        inputs.gather(entering for group in binding for entering in group),
        tuple(notes),
        frozenset(asides),
    )


def _mass_inputs(packing: Physical, capped: bool) -> tuple[Input, ...]:
    entering = [packing.load]
    if capped and packing.payload is not packing.load:
        entering.append(packing.payload)
    if packing.gross is not None:
        entering.append(packing.gross)
    else:
        entering.append(packing.projectile)
        if packing.packaging is not None:
            entering.append(packing.packaging)
    return tuple(entering)


def _fits(packing: Physical, chosen: sampling.Settings, enough: sampling.Floats) -> sampling.Floats:
    assert packing.size is not None
    assert packing.inner is not None
    length, width, height = (_plain(side, chosen) for side in packing.size)
    inner_length, inner_width, inner_height = (side.distribution.support[0] for side in packing.inner)
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


def _unproven(
    packing: Physical, chosen: sampling.Settings, fits: sampling.Floats, space_binds: npt.NDArray[np.bool_]
) -> list[str]:
    """Return the note on draws in which space binds and more packages might fit than the best layout that was found."""
    assert packing.size is not None
    assert packing.inner is not None
    inner_length, inner_width, inner_height = (side.distribution.support[0] for side in packing.inner)
    length, width, height = (side.draws(chosen) for side in packing.size)
    bound = boxes.free_bound(
        inner_length,
        inner_width,
        inner_height,
        length,
        width,
        height,
        packing.clearance.draws(chosen),
        door=(packing.transport.door_width_m, packing.transport.door_height_m),
    )
    open_draws = space_binds & (fits > 0) & (fits < bound)
    if not open_draws.any():
        return []
    (more,) = sampling.quantiles(bound[open_draws] / fits[open_draws] - 1.0, (0.5,))
    share = words.percent(float(np.mean(open_draws)))
    best = "space binds and the best layout found is not proven"
    return [f"in {share} of the draws {best}: by volume up to {100 * more:.2g} % more might fit"]


def _plain(side: Input, chosen: sampling.Settings) -> sampling.Floats | float:
    return side.distribution.support[0] if side.is_fixed else side.draws(chosen)


def _why_empty(packing: Physical, by_mass: float) -> str:
    what = f"{packing.name}: no package of {packing.munition.munition} fits {packing.transport.transport}"
    if by_mass < 1:
        gross = gross_mass(packing, sampling.Settings(n=1))[0]
        return (
            f"{what} in any draw: one weighs some {gross:,.0f} kg, more than the load of "
            f"{packing.load.band()[1]:,.0f} kg. Correct gross or load, or choose another transport."
        )
    assert packing.size is not None
    assert packing.inner is not None
    size = " x ".join(f"{side.band()[1]:.4g}" for side in packing.size)
    room = " x ".join(f"{side.band()[1]:.4g}" for side in packing.inner)
    door = (packing.transport.door_width_m, packing.transport.door_height_m)
    through = " x ".join("unknown" if side is None else f"{side:.4g}" for side in door)
    return (
        f"{what} in any draw: size={size} m (length, width, height) does not go through the door ({through} m) or "
        f"into the inside ({room} m). Correct size, allow orientation='free', or choose another transport."
    )
