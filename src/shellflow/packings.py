"""Packing assumptions: how many rounds one transport holds, in every world, what limits it and what is known of that.

Two kinds. `Reported` is what an office said such transports hold. `Physical` is rounds per package times the lesser of
what the mass and what the space allow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from typing import Literal

import numpy as np

from shellflow import boxes, inputs, words, worlds
from shellflow import catalog as facts
from shellflow.catalog import Catalog, Munition, Package, Transport
from shellflow.errors import ArgumentError, DoesNotFitError, NoDataError, bad_argument, unknown_item
from shellflow.inputs import Input, Wanted

__all__ = [
    "ANSWERS",
    "DEFAULT_TRANSPORT",
    "DESCRIPTIONS",
    "LONGEST_OBSERVED_M",
    "SHIPPED",
    "Held",
    "Mix",
    "Packing",
    "Physical",
    "Reported",
    "ceiling_of",
    "check_name",
    "gross_mass",
    "hold",
    "in_transport",
    "inputs_of",
    "mix",
    "mix_shares",
    "mix_weights",
    "packing",
    "shipped",
]

SHIPPED = ("reported", "ceiling", "crated", "as-loaded")
"""The packings every munition has, where the data allow."""

Orientation = Literal["upright", "free"]

ANSWERS = ("capacity", "contents")
"""The two questions: what would fit if it were all this munition, and what is probably inside."""

DESCRIPTIONS: Mapping[str, Mapping[str, str]] = {
    "reported": {
        "answers": "capacity",
        "load": "not stated",
        "rule": "rounds per transport in the statements of one office, and what it would say next",
    },
    "ceiling": {
        "answers": "capacity",
        "load": "full payload",
        "rule": "bare rounds without a gap; by mass alone where no length is known",
    },
    "crated": {"answers": "capacity", "load": "full payload", "rule": "crated rounds, by mass and by space"},
    "as-loaded": {
        "answers": "contents",
        "load": "the next shipper's average load",
        "rule": "crated rounds, by mass and by space",
    },
}
"""What each shipped packing answers and assumes."""

DEFAULT_TRANSPORT = "20ft-24t"

_ENGINEERING = "engineering judgement"
_CLEARANCE = Input(
    "packings.clearance_m",
    worlds.Uniform(0.003, 0.025),
    "m",
    "fits eight published pallet counts; for crates an assumption",
    "assumed",
)
_NO_CLEARANCE = Input("packings.no_clearance_m", worlds.Fixed(0.0), "m", "a ceiling leaves no gaps", "assumed")
_FULL = Input("packings.fill", worlds.Fixed(1.0), "", "every box that fits is there", "assumed")

# Bare rounds on their sides nest: each layer rises by this part of the calibre, and a ceiling must allow for it.
_NESTED = math.sqrt(3.0) / 2.0

# The observed container loads are of 20 ft boxes, or of boxes whose length is not stated; a longer box is another kind.
LONGEST_OBSERVED_M = 7.0
"""The longest box that what was observed of containers speaks of [m]."""

_MATTERS = 0.05  # an input matters when the limit it enters binds in at least this share of the worlds
_CLIFF_ROWS = 1.5  # a structural count that changes by this factor between worlds is a cliff ...
_CLIFF_ROUNDS = 1.1  # ... when nearly all rounds beyond it differ from the usual median by at least this factor
_SLACK = 1e-12  # of a quotient whose floor is taken: 3 * 0.1 is to fit into 0.3
_TOO_LIGHT = 0.01  # share of worlds in which a stated gross mass may fall below that of the contents
_CACHE_BYTES = 32 * 2**20
_LARGEST_16_BITS = 2**16 - 1


# --- what a packing is ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Physical:
    """Rounds per package times the lesser of what mass and space allow.

    Parameters
    ----------
    name : str
        What outputs call it.
    munition, transport : Munition, Transport
        What is packed, and into what.
    rounds : int
        Rounds in a package [round].
    projectile : Input
        Mass of one bare round; the package weighs at least its contents [kg].
    gross : Input or None
        Mass of `per_gross` full packages [kg].
    per_gross : int
        How many packages `gross` is the mass of [unitless].
    packaging : Input or None
        Mass of an empty package, where `gross` is not given [kg].
    size : three Inputs or None
        Outer length, width and height of a package; None when not known [m].
    payload, load : Input
        The most a transport may carry, and what it is loaded with [kg].
    load_rule : str
        "full", "as-loaded", or "stated" [unitless].
    inner : three Inputs or None
        Inner length, width and height of the transport; None when not known [m].
    fill : Input
        Share of the boxes that fit which is really there [unitless].
    clearance : Input
        Added to each horizontal dimension of a package [m].
    orientation : str
        "upright" or "free" [unitless].
    layers : int or None
        The most layers allowed; None for no such limit [unitless].
    answers : str
        "capacity" or "contents" [unitless].
    recipe : str
        The shipped packing it is, or "" for a user's own [unitless].
    """

    name: str
    munition: Munition
    transport: Transport
    rounds: int
    projectile: Input
    gross: Input | None
    per_gross: int
    packaging: Input | None
    size: tuple[Input, Input, Input] | None
    payload: Input
    load: Input
    load_rule: str
    inner: tuple[Input, Input, Input] | None
    fill: Input
    clearance: Input
    orientation: Orientation
    layers: int | None
    answers: str
    recipe: str = ""


@dataclass(frozen=True)
class Reported:
    """What an office said such transports hold; no limit binds, since none was given.

    Parameters
    ----------
    name : str
        What outputs call it.
    munition, transport : Munition, Transport
        What is packed, and into what.
    rounds_per_transport : Input
        The ratio of the statements [round/transport].
    ceiling : Physical or None
        What it is held against [unitless].
    answers : str
        "capacity" or "contents" [unitless].
    recipe : str
        The shipped packing it is, or "" for a user's own [unitless].
    """

    name: str
    munition: Munition
    transport: Transport
    rounds_per_transport: Input
    ceiling: Physical | None
    answers: str
    recipe: str = ""


Packing = Physical | Reported


@dataclass(frozen=True)
class Held:
    """What one transport holds under one packing, in every world.

    Parameters
    ----------
    rounds : array of n floats
        Rounds in one transport, read-only [round].
    limited_by : mapping of str to float
        In what share of the worlds mass or space binds; empty where there is no limit [unitless].
    cliffs : tuple of (str, float)
        Cliffs by name, each with its probability [unitless].
    nothing_fits : float
        Share of the worlds in which no package fits [unitless].
    inputs : tuple of Input
        Every input that enters.
    decisive : tuple of Input
        Those that enter a limit which binds in at least 5 % of the worlds.
    notes : tuple of str
        Findings, in words.
    """

    rounds: worlds.Floats
    limited_by: Mapping[str, float]
    cliffs: tuple[tuple[str, float], ...]
    nothing_fits: float
    inputs: tuple[Input, ...]
    decisive: tuple[Input, ...]
    notes: tuple[str, ...]

    @cached_property
    def ordered(self) -> worlds.Floats:
        """The rounds in rising order: sorted once for every count of such transports."""
        if self.rounds.max() <= _LARGEST_16_BITS:
            whole = self.rounds.astype(np.uint16)
            if np.array_equal(whole, self.rounds):
                return np.sort(whole, kind="stable").astype(float)  # by radix: an eighth of the time
        return np.sort(self.rounds)


# --- rounds per transport ---------------------------------------------------------------------------------------------

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
            notes.append(f"above the ceiling (full payload, bare rounds) in {words.percent(above)} of the worlds")
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
        fits = _fits(packing, chosen, np.floor(by_mass / fill) + 1)
        by_space = fits * fill * (1 + _SLACK)
        packages = np.floor(np.minimum(by_mass, by_space))
        mass_binds = float(np.mean(by_mass < by_space))
        limited_by = {"mass": mass_binds, "space": 1.0 - mass_binds}
        cliffs = _cliffs(packing, packages * packing.rounds, chosen)
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


# --- cliffs -----------------------------------------------------------------------------------------------------------

_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _cliffs(packing: Physical, rounds: worlds.Floats, chosen: worlds.Settings) -> tuple[tuple[str, float], ...]:
    """Return the counts of rows or layers on which the answer hangs, each with its probability.

    The number of rounds in a name is one that all but a twentieth of the worlds beyond the cliff reach.
    """
    found: list[tuple[str, float]] = []
    for noun, where, counts in _structure(packing, chosen):
        if counts.min() == counts.max():
            continue
        usual = int(np.argmax(np.bincount(counts)))
        # Not np.median, which loads numpy.ma: 7 ms.
        (usual_rounds,) = worlds.quantiles(rounds[counts == usual], (0.5,))
        for more in (True, False):
            beyond = counts > usual if more else counts < usual
            if not beyond.any():
                continue
            value = int(counts[beyond].min() if more else counts[beyond].max())
            least, most = min(value, usual), max(value, usual)
            (edge,) = worlds.quantiles(rounds[beyond], (0.05 if more else 0.95,))
            apart = edge >= usual_rounds * _CLIFF_ROUNDS if more else edge <= usual_rounds / _CLIFF_ROUNDS
            if most < least * _CLIFF_ROWS or not apart:
                continue
            number = _NUMBER_WORDS[value] if value < len(_NUMBER_WORDS) else str(value)
            plural = "" if value == 1 else "s"
            held = f"{edge:,.0f} or {'more' if more else 'fewer'}" if value > 0 else "nothing fits"
            found.append((f"{number} {noun}{plural} {where}: {held}", float(np.mean(beyond))))
    return tuple(found)


def _structure(
    packing: Physical, chosen: worlds.Settings
) -> Iterator[tuple[str, str, np.ndarray[tuple[int], np.dtype[np.int64]]]]:
    """Yield rows lengthwise, where one orientation is forced, and layers: counts so few that one more matters."""
    if packing.size is None or packing.inner is None or packing.orientation != "upright":
        return
    length, width, height = (one.draws(chosen) for one in packing.size)
    inner_length, inner_width, inner_height = (one.distribution.support[0] for one in packing.inner)
    longer = np.maximum(length, width) + packing.clearance.draws(chosen)
    if np.all(longer > min(inner_length, inner_width)):
        rows = np.floor(max(inner_length, inner_width) / longer * (1 + boxes.SLACK))
        yield "row", "lengthwise", rows.astype(np.int64)
    layers = np.floor(inner_height / height * (1 + boxes.SLACK))
    yield "layer", "high", np.minimum(layers, packing.layers or np.inf).astype(np.int64)


# --- the shipped packings ---------------------------------------------------------------------------------------------


def shipped(
    name: str,
    munition: Munition,
    transport: Transport,
    held: Catalog | None = None,
    *,
    without: tuple[str, ...] = (),
) -> Packing:
    """Return one of the four shipped packings.

    Parameters
    ----------
    name : str
        One of `SHIPPED` [unitless].
    munition, transport : Munition, Transport
        What is packed, and into what.
    held : Catalog, optional
        Where the facts are from; the shipped catalog when left out.
    without : tuple of str
        Keys of claims that "reported" is to leave out, such as one that is to be judged by the others [unitless].

    Returns
    -------
    Physical or Reported
        The packing.

    Raises
    ------
    UnknownItemError
        If there is no packing of this name.
    NoDataError
        If the data do not allow it; its `missing` says what is wanted.
    """
    check_name(name)
    return _shipped(name, munition, transport, held or facts.shipped(), without)


def check_name(name: str) -> str:
    """Return the name of a shipped packing, checked.

    Parameters
    ----------
    name : str
        What was given [unitless].

    Returns
    -------
    str
        The same [unitless].

    Raises
    ------
    UnknownItemError
        If there is none of this name.
    """
    if name not in SHIPPED:
        raise unknown_item("packing", name, SHIPPED, "Make your own with sf.packing.")
    return name


@lru_cache(maxsize=512)
def _shipped(name: str, munition: Munition, transport: Transport, held: Catalog, without: tuple[str, ...]) -> Packing:
    if name == "reported":
        return _reported(munition, transport, held, without)
    if name == "ceiling":
        return _ceiling(munition, transport, held)
    package = facts.crated_package(munition, held)
    if package is None:
        raise _no_data(name, munition, transport, f"a package of {munition.munition}")
    crated = replace(
        _packed(_bare(name, munition, transport, _payload(name, munition, transport)), package, held), recipe=name
    )
    if name == "crated":
        return crated
    load = _observed_load(name, munition, transport, held)
    return replace(crated, load=load, load_rule="as-loaded", answers="contents")


def _no_data(name: str, munition: Munition, transport: Transport, missing: str) -> NoDataError:
    return NoDataError(
        f"no data for {munition.munition} {name} in {transport.transport}: missing {missing}. "
        "State what you know with sf.packing(...), or choose another packing.",
        missing,
    )


def _payload(name: str, munition: Munition, transport: Transport) -> Input:
    if transport.payload_kg is None:
        raise _no_data(name, munition, transport, f"the payload of {transport.transport}")
    return facts.payload(transport)


def _observed_load(name: str, munition: Munition, transport: Transport, held: Catalog) -> Input:
    known = facts.observed_loads(transport.kind, held)
    if transport.kind == "container" and (transport.inner_length_m or 0.0) > LONGEST_OBSERVED_M:
        raise _no_data(
            name, munition, transport, f"observed loads of {transport.transport} (those at hand are of 20 ft boxes)"
        )
    if len(known) < 3:
        raise _no_data(name, munition, transport, f"observed loads of {transport.kind}s ({len(known)} of the 3 needed)")
    return facts.observed_load(transport.kind, held)


def _reported(munition: Munition, transport: Transport, held: Catalog, without: tuple[str, ...]) -> Reported:
    known = facts.reported_claims(munition, transport, held, without=without)
    if len(known) < 3:
        said = f"statements of {facts.REPORTING_FAMILY} on {munition.munition} in {transport.transport}"
        raise _no_data("reported", munition, transport, f"{said} ({len(known)} of the 3 needed)")
    ratio = facts.reported_ratio(munition, transport, held, without=without)
    return Reported(
        "reported", munition, transport, ratio, ceiling_of(munition, transport, held), "capacity", "reported"
    )


def ceiling_of(munition: Munition, transport: Transport, held: Catalog | None = None) -> Physical | None:
    """Return the ceiling of this munition in this transport, or None where the data do not allow one.

    Parameters
    ----------
    munition, transport : Munition, Transport
        What is packed, and into what.
    held : Catalog, optional
        Where the facts are from; the shipped catalog when left out.

    Returns
    -------
    Physical or None
        Bare rounds at full payload.

    Raises
    ------
    Nothing.
    """
    try:
        found = shipped("ceiling", munition, transport, held)
    except NoDataError:
        return None
    assert isinstance(found, Physical)
    return found


def _ceiling(munition: Munition, transport: Transport, held: Catalog) -> Physical:
    bare = _bare("ceiling", munition, transport, _payload("ceiling", munition, transport))
    package = facts.bare_package(munition, held)
    if package is not None:
        return replace(_packed(bare, package, held), clearance=_NO_CLEARANCE, recipe="ceiling")
    nothing = Input("packings.no_packaging_kg", worlds.Fixed(0.0), "kg", "bare rounds", "assumed")
    return replace(bare, packaging=nothing, size=_bare_size(munition), clearance=_NO_CLEARANCE, recipe="ceiling")


def _bare(name: str, munition: Munition, transport: Transport, payload: Input) -> Physical:
    """Return single rounds at full payload, nothing known of any packaging: what every physical packing starts from."""
    return Physical(
        name=name,
        munition=munition,
        transport=transport,
        rounds=1,
        projectile=facts.projectile_mass(munition),
        gross=None,
        per_gross=1,
        packaging=None,
        size=None,
        payload=payload,
        load=payload,
        load_rule="full",
        inner=facts.inner_size(transport),
        fill=_FULL,
        clearance=_CLEARANCE,
        orientation="upright",
        layers=None,
        answers="capacity",
    )


def _bare_size(munition: Munition) -> tuple[Input, Input, Input] | None:
    if munition.length_m is None:
        return None
    calibre_m = munition.calibre_mm / 1000.0
    start = f"munitions.{munition.munition}"
    source, grade = munition.length_source or inputs.NO_SOURCE, munition.length_grade or "assumed"
    length = Input(f"{start}.length_m", worlds.Fixed(munition.length_m), "m", source, grade)
    width = Input(f"{start}.calibre_mm", worlds.Fixed(calibre_m), "m", "its calibre", "specified")
    nested = Input(f"{start}.calibre_mm, nested", worlds.Fixed(calibre_m * _NESTED), "m", "its calibre", "derived")
    return length, width, nested


def _packed(bare: Physical, package: Package, held: Catalog) -> Physical:
    gross, per_gross = facts.package_gross(package), 1
    if package.norm is not None:
        gross, per_gross = facts.norm_load(facts.find(package.norm, "norms", catalog=held)), package.norm_packages or 1
    return replace(
        bare,
        rounds=package.rounds,
        gross=gross,
        per_gross=per_gross,
        packaging=facts.package_packaging(package),
        size=facts.package_size(package),
    )


# --- one's own packing ------------------------------------------------------------------------------------------------


def packing(
    munition: str | Munition,
    *,
    transport: str | Transport = DEFAULT_TRANSPORT,
    package: str | None = None,
    rounds: int | None = None,
    gross: object = None,
    packaging: object = None,
    size: tuple[object, object, object] | None = None,
    load: object = "full",
    fill: object = None,
    clearance: object = None,
    orientation: Orientation = "upright",
    layers: int | None = None,
    rounds_per_transport: object = None,
    answers: str | None = None,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
    catalog: Catalog | None = None,
) -> Packing:
    """State a packing assumption of your own.

    What is not given is not guessed: without `size` only mass can bind, without `gross` or `packaging` only the rounds
    themselves are weighed, and the answer says so. With nothing said of the package, the catalog's is taken.

    Parameters
    ----------
    munition : str or Munition
        What is packed [unitless].
    transport : str or Transport
        Into what [unitless].
    package : str, optional
        A package of the catalog to start from; what is given besides replaces its fields [unitless].
    rounds : int, optional
        Rounds in a package; 1 when left out [round].
    gross : Input, str or quantity, optional
        Mass of a full package [kg].
    packaging : Input, str or quantity, optional
        Mass of an empty package; not together with `gross` [kg].
    size : three of Input, str or quantity, optional
        Outer length, width and height [m].
    load : "full", "as-loaded", Input, str or quantity
        Full payload, the next shipper's average load, or your own; never above the payload [kg].
    fill : Input or number, optional
        Share of the boxes that fit which is really there, above 0 and at most 1; 1 when left out [unitless].
    clearance : Input, str or quantity, optional
        Added to each horizontal dimension of a package; uniform 3 to 25 mm when left out [m].
    orientation : str
        "upright", or "free" where any face may be down [unitless].
    layers : int, optional
        The most layers allowed; not with "free" [unitless].
    rounds_per_transport : Input, number or quantity, optional
        Your own ratio instead of a package: nothing is packed, no limit binds [round/transport].
    answers : str, optional
        "capacity" or "contents"; when left out, capacity for `load="full"` and contents otherwise [unitless].
    name : str, optional
        What outputs call it [unitless].
    source, grade : str, optional
        For the values that carry none of their own [unitless].
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out.

    Returns
    -------
    Physical or Reported
        The packing, to be given to `estimate(..., packing=...)`.

    Raises
    ------
    UnknownItemError
        If a name is not in the catalog.
    ArgumentError, UnitError
        If a value is out of its limits or of another dimension, or two contradict each other.
    NoDataError
        If the catalog has not what was asked of it.

    Examples
    --------
    >>> crate = packing("152mm", rounds=1, gross="65 kg", size=("0.9 m", "0.35 m", "0.22 m"), name="my crate")
    >>> crate.answers
    'capacity'
    """
    held = catalog or facts.shipped()
    record = _munition(munition, held)
    box = _transport(transport, held)
    called = "own packing" if name is None else name
    if not isinstance(called, str) or not called.strip():
        raise bad_argument("name", name, "a text that is not empty")
    if called in SHIPPED:
        raise bad_argument("name", name, "other than the shipped packings' names", f"Those are {', '.join(SHIPPED)}.")
    if answers is not None and answers not in ANSWERS:
        raise bad_argument("answers", answers, f"one of {', '.join(ANSWERS)}")
    if grade is not None:
        inputs.check_grade(grade, source or "")
    if rounds_per_transport is not None:
        given = {"package": package, "rounds": rounds, "gross": gross, "packaging": packaging, "size": size}
        given |= {"fill": fill, "clearance": clearance, "layers": layers}
        extra = [argument for argument, value in given.items() if value is not None]
        extra += [] if isinstance(load, str) and load == "full" else ["load"]
        extra += [] if orientation == "upright" else ["orientation"]
        if extra:
            raise ArgumentError(
                f"rounds_per_transport together with {', '.join(extra)}: a ratio is not packed. Give the ratio alone, "
                "or the package alone."
            )
        ratio = inputs.as_input(
            rounds_per_transport, f"round/{box.kind}", "rounds_per_transport", bare="", source=source, grade=grade
        )
        inputs.within(ratio, "rounds_per_transport", 0.0)
        return Reported(called, record, box, ratio, ceiling_of(record, box, held), answers or "contents")
    base = _base_package(record, box, package, (rounds, gross, packaging, size), held)
    if gross is not None and packaging is not None:
        raise ArgumentError("gross and packaging: give one of them; gross already holds the packaging.")
    if orientation not in ("upright", "free"):
        raise bad_argument("orientation", orientation, "'upright' or 'free'")
    if layers is not None and orientation == "free":
        raise ArgumentError(f"layers={layers!r} with orientation='free': layers are counted of upright packages only.")
    changes: dict[str, object] = {"name": called, "orientation": orientation, "recipe": ""}
    for argument, value in (("rounds", rounds), ("layers", layers)):
        if value is not None:
            changes[argument] = _whole(argument, value)
    given = {
        argument: value
        for argument, value in _measures(gross, packaging, size, load, fill, clearance)
        if value is not None
    }
    read = inputs.as_inputs(
        {argument: (value, _WANTED[argument]) for argument, value in given.items()}, source=source, grade=grade
    )
    if size is not None:
        changes["size"] = tuple(read.pop(argument) for argument in _SIZE)
    if gross is not None or packaging is not None:
        changes |= {"gross": None, "per_gross": 1, "packaging": None}
    changes |= read
    if load == "as-loaded":
        changes["load"] = _observed_load(called, record, box, held)
    changes["load_rule"] = load if isinstance(load, str) and load in _LOAD_RULES else "stated"
    changes["answers"] = answers or ("capacity" if changes["load_rule"] == "full" else "contents")
    made = replace(base, **changes)  # type: ignore[arg-type]  # each value was checked under its own name above
    if made.size is None:
        spatial = {"fill": fill, "clearance": clearance, "layers": layers}
        idle = [argument for argument, value in spatial.items() if value is not None]
        idle += [] if orientation == "upright" else ["orientation"]
        if idle:
            raise ArgumentError(
                f"{', '.join(idle)} without size: only mass can bind, and space alone is what they bear on. "
                "Give size=(length, width, height), or leave them out."
            )
    hold(made, worlds.current_settings())  # what cannot be packed is said here, not later
    return made


_LOAD_RULES = ("full", "as-loaded")
_SIZE = ("size.length", "size.width", "size.height")
_WANTED = {
    "gross": Wanted("kg", 0.0, above=True),
    "packaging": Wanted("kg", 0.0),
    **dict.fromkeys(_SIZE, Wanted("m", 0.0, above=True)),
    "load": Wanted("kg", 0.0, above=True),
    "fill": Wanted("", 0.0, 1.0, above=True),
    "clearance": Wanted("m", 0.0),
}


def _measures(
    gross: object, packaging: object, size: object, load: object, fill: object, clearance: object
) -> Iterator[tuple[str, object]]:
    yield from (("gross", gross), ("packaging", packaging), ("fill", fill), ("clearance", clearance))
    if size is not None:
        if not isinstance(size, tuple | list) or len(size) != 3:
            raise bad_argument("size", size, "three lengths: (length, width, height)")
        yield from zip(_SIZE, size, strict=True)
    if isinstance(load, str) and load not in _LOAD_RULES and not any(sign.isdigit() for sign in load):
        raise bad_argument("load", load, "'full', 'as-loaded', or a mass such as '12 t'")
    if not (isinstance(load, str) and load in _LOAD_RULES):
        yield "load", load


def _munition(munition: str | Munition, held: Catalog) -> Munition:
    return munition if isinstance(munition, Munition) else facts.resolve_munition(munition, held)[0]


def _transport(transport: str | Transport, held: Catalog) -> Transport:
    return transport if isinstance(transport, Transport) else facts.find(transport, "transports", catalog=held)


def _base_package(
    munition: Munition, transport: Transport, package: str | None, given: tuple[object, ...], held: Catalog
) -> Physical:
    bare = _bare("", munition, transport, _payload("own packing", munition, transport))
    if package is not None:
        record = facts.find(package, "packages", catalog=held)
        if record.munition != munition.munition:
            raise ArgumentError(
                f"package={package!r} holds {record.munition}, not {munition.munition}. "
                "Choose a package of this munition."
            )
        return _packed(bare, record, held)
    if any(one is not None for one in given):
        return bare
    crate = facts.crated_package(munition, held)
    if crate is None:
        raise _no_data("own packing", munition, transport, f"a package of {munition.munition}")
    return _packed(bare, crate, held)


def _whole(argument: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < 1:
        raise bad_argument(argument, value, "a whole number of at least 1")
    return int(value)


def in_transport(packing: Packing, transport: Transport, held: Catalog | None = None) -> Packing:
    """Return the same packing assumption for another transport.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.
    transport : Transport
        The other transport.
    held : Catalog, optional
        Where the facts are from; the shipped catalog when left out.

    Returns
    -------
    Physical or Reported
        The packing there; a stated load stays as stated, cut to the new payload.

    Raises
    ------
    NoDataError
        If the facts do not allow it there.
    ArgumentError
        If it is a ratio of one's own, which speaks of its own transport only.
    """
    if packing.transport == transport:
        return packing
    known = held or facts.shipped()
    if packing.recipe:
        return shipped(packing.recipe, packing.munition, transport, known)
    if isinstance(packing, Reported):
        raise ArgumentError(
            f"transport={transport.transport!r}: the packing {packing.name!r} is a ratio stated for "
            f"{packing.transport.transport}. State one for {transport.transport} with sf.packing."
        )
    payload = _payload(packing.name, packing.munition, transport)
    load = packing.load
    if packing.load_rule != "stated":
        load = (
            payload if packing.load_rule == "full" else _observed_load(packing.name, packing.munition, transport, known)
        )
    return replace(packing, transport=transport, payload=payload, load=load, inner=facts.inner_size(transport))


def inputs_of(packing: Packing) -> tuple[Input, ...]:
    """Return every input a packing carries, whether or not it comes to matter.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.

    Returns
    -------
    tuple of Input
        Those of the ceiling that it is held against among them.

    Raises
    ------
    Nothing.
    """
    if isinstance(packing, Reported):
        return (packing.rounds_per_transport,) + (() if packing.ceiling is None else inputs_of(packing.ceiling))
    found = (packing.load, packing.payload, packing.projectile, packing.gross, packing.packaging)
    more = (*(packing.size or ()), packing.clearance, packing.fill, *(packing.inner or ()))
    return tuple(one for one in (*found, *more) if one is not None)


# --- mixes ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mix:
    """Shares of the transports by munition: known, or unknown and then uniform over all that sum to 1.

    Parameters
    ----------
    munitions : tuple of str
        At least two, each once [unitless].
    shares : tuple of float or None
        One for each, or None where unknown [unitless].
    name : str
        Under which the unknown shares are drawn [unitless].
    """

    munitions: tuple[str, ...]
    shares: tuple[float, ...] | None = None
    name: str = "mix"


def mix(*munitions: str | Mapping[str, float], name: str = "mix") -> Mix:
    """State that the transports carry several munitions, each transport one of them.

    Unknown shares are uniform over all shares that sum to 1. That band depends on how many munitions are listed, so
    outputs print the plain limits beside it: all of the one, all of the other.

    Parameters
    ----------
    *munitions : str, or one mapping of str to float
        Names, for unknown shares; or ``{name: share}`` for known ones [unitless].
    name : str
        Under which unknown shares are drawn: two mixes of one name share them [unitless].

    Returns
    -------
    Mix
        To be given to `estimate` in place of a munition.

    Raises
    ------
    ArgumentError
        If fewer than two munitions are given, one stands twice, or the shares are outside [0, 1] or do not sum to 1.

    Notes
    -----
    Each munition draws one unit exponential under its own name; a share is its part of their sum, which makes the
    shares uniform on the simplex and leaves the draws of the others alone when a munition is added.

    Examples
    --------
    >>> mix("152mm", "122mm-rocket").munitions
    ('152mm', '122mm-rocket')
    """
    if not isinstance(name, str) or not name:
        raise bad_argument("name", name, "a text that is not empty")
    shares: tuple[float, ...] | None = None
    if len(munitions) == 1 and isinstance(munitions[0], Mapping):
        listed = [str(one) for one in munitions[0]]
        for munition, share in munitions[0].items():
            number = isinstance(share, int | float | np.number) and not isinstance(share, bool)
            if not number or not 0 <= share <= 1:
                raise bad_argument(f"share of {munition}", share, "between 0 and 1")
        shares = tuple(float(share) for share in munitions[0].values())
        if not math.isclose(math.fsum(shares), 1.0, rel_tol=0, abs_tol=1e-9):
            raise bad_argument(
                "shares", dict(munitions[0]), f"shares that sum to 1 (they sum to {math.fsum(shares):.6g})"
            )
    else:
        listed = []
        for one in munitions:
            if not isinstance(one, str):
                raise bad_argument("munitions", one, "names of munitions, or one {name: share}")
            listed.append(one)
    if len(listed) < 2:
        raise bad_argument("munitions", listed, "at least two munitions", "For one, name it without sf.mix.")
    if len(set(listed)) < len(listed):
        raise bad_argument("munitions", listed, "different from each other")
    return Mix(tuple(listed), shares, name)


def mix_weights(mixed: Mix) -> tuple[Input, ...]:
    """Return one input per munition: its known share, or the weight that makes its unknown one.

    Parameters
    ----------
    mixed : Mix
        The mix.

    Returns
    -------
    tuple of Input
        In the order of its munitions.

    Raises
    ------
    Nothing.
    """
    if mixed.shares is not None:
        return tuple(
            Input(f"{mixed.name}.{munition} share {inputs.exactly(share)}", worlds.Fixed(share), "", inputs.AS_ASKED)
            for munition, share in zip(mixed.munitions, mixed.shares, strict=True)
        )
    return tuple(
        Input(
            f"{mixed.name}.{munition}",
            worlds.Exponential(),
            "",
            "nothing is known of the shares",
            "assumed",
            "its weight: a share is its part of the sum of all weights",
        )
        for munition in mixed.munitions
    )


def mix_shares(weights: tuple[Input, ...], chosen: worlds.Settings) -> list[worlds.Floats]:
    """Return the share of each munition in every world, from its weights [unitless].

    Parameters
    ----------
    weights : tuple of Input
        One for each munition, from `mix_weights`.
    chosen : worlds.Settings
        Number of worlds and seed.

    Returns
    -------
    list of arrays of n floats
        One for each munition; they sum to 1 in every world [unitless].

    Raises
    ------
    Nothing.
    """
    drawn = [one.draws(chosen) for one in weights]
    total = sum(drawn[1:], start=drawn[0])
    return [one / total for one in drawn]
