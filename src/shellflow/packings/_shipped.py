"""The packings that every munition has where the data allow, made from the catalog by rule."""

from __future__ import annotations

from dataclasses import replace
from weakref import WeakKeyDictionary

from shellflow import inputs, sampling, words
from shellflow.catalog import (
    LONGEST_OBSERVED_M,
    REPORTING_OFFICE,
    Catalog,
    Munition,
    Package,
    Transport,
    as_catalog,
    crated_package,
    inner_size,
    norm_limit,
    norm_load,
    observed_load,
    observed_loads,
    package_gross,
    package_packaging,
    package_size,
    projectile_mass,
    reported_claims,
    reported_increment,
    reported_ratio,
    uncharged_package,
)
from shellflow.catalog import payload as payload_input
from shellflow.errors import NoDataError, unknown_item
from shellflow.inputs import Input
from shellflow.packings._contents import NESTED, altered
from shellflow.packings._model import SHIPPED, Packing, Physical, Reported

__all__ = [
    "bare_rounds",
    "ceiling_of",
    "check_name",
    "in_usual_packages",
    "no_data",
    "observed_load_of",
    "packed_in",
    "payload_of",
    "shipped",
]

_CLEARANCE = Input(
    "packings.clearance_m",
    sampling.Uniform(0.003, 0.025),
    "m",
    "fits eight published pallet counts; for crates an assumption",
    "assumed",
)
_NO_CLEARANCE = Input("packings.no_clearance_m", sampling.Fixed(0.0), "m", "a ceiling leaves no gaps", "assumed")
# By catalog, and no longer than anybody else keeps the catalog.
_made: WeakKeyDictionary[Catalog, sampling.BoundedCache] = WeakKeyDictionary()
_MOST_PACKINGS = 512
_FULL = Input("packings.fill", sampling.Fixed(1.0), "", "every box that fits is there", "assumed")


def shipped(
    name: str,
    munition: Munition,
    transport: Transport,
    catalog: Catalog | None = None,
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
    catalog : Catalog, optional
        Where names are looked up; the shipped catalog when left out.
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
    catalog = as_catalog(catalog)
    made = _made.setdefault(catalog, sampling.BoundedCache(_MOST_PACKINGS))
    return made.get(
        (name, munition, transport, without), lambda: (_make(name, munition, transport, catalog, without), 1)
    )


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


def _make(name: str, munition: Munition, transport: Transport, catalog: Catalog, without: tuple[str, ...]) -> Packing:
    if name == "reported":
        return _reported(munition, transport, catalog, without)
    if name == "ceiling":
        return _ceiling(munition, transport, catalog)
    bare = bare_rounds(name, munition, transport, payload_of(name, munition, transport), catalog.digest)
    crated = in_usual_packages(bare, catalog)
    if name == "crated":
        return altered(crated, recipe=name)
    load = observed_load_of(name, munition, transport, catalog)
    return altered(crated, recipe=name, load=load, load_rule="as-loaded", basis="contents")


def no_data(name: str, munition: Munition, transport: Transport | None, missing: str) -> NoDataError:
    """Return the error for a packing that the data do not allow, with what is missing; None for any transport."""
    where = "" if transport is None else f" in {transport.transport}"
    return NoDataError(
        f"no data for {munition.munition} {name}{where}: missing {missing}. "
        "State what you know with sf.packing(...), or choose another packing.",
        missing,
    )


def payload_of(name: str, munition: Munition, transport: Transport) -> Input:
    """Return the payload of a transport, or raise that it is missing."""
    if transport.payload_kg is None:
        raise no_data(name, munition, transport, f"the payload of {transport.transport}")
    return payload_input(transport)


def observed_load_of(name: str, munition: Munition, transport: Transport, catalog: Catalog) -> Input:
    """Return the load that observed transports of this kind give, or raise what is missing for it."""
    known = observed_loads(transport.kind, catalog)
    if transport.kind == "container" and (transport.inner_length_m or 0.0) > LONGEST_OBSERVED_M:
        raise no_data(
            name, munition, transport, f"observed loads of {transport.transport} (those at hand are of 20 ft boxes)"
        )
    if len(known) < 3:
        raise no_data(name, munition, transport, f"observed loads of {transport.kind}s ({len(known)} of the 3 needed)")
    load = observed_load(transport.kind, catalog)
    payload = payload_of(name, munition, transport)
    if load.band()[1] > payload.band()[1]:
        carried, allowed = (words.say(mass.band()[1] / 1000.0, 0.1) for mass in (load, payload))
        raise no_data(
            name,
            munition,
            transport,
            f"observed loads that {transport.transport} can carry: those at hand have a median of {carried} t, more "
            f"than its payload of {allowed} t",
        )
    return load


def _reported(munition: Munition, transport: Transport, catalog: Catalog, without: tuple[str, ...]) -> Reported:
    known = reported_claims(munition, transport, catalog, without=without)
    if len(known) < 3:
        missing = f"statements of {REPORTING_OFFICE} on {munition.munition} in {transport.transport}"
        raise no_data("reported", munition, transport, f"{missing} ({len(known)} of the 3 needed)")
    ratio = reported_ratio(munition, transport, catalog, without=without)
    try:
        added = reported_increment(munition, transport, catalog, without=without)
    except NoDataError:
        added = None
    return Reported(
        "reported",
        munition,
        transport,
        ratio,
        ceiling_of(munition, transport, catalog),
        "capacity",
        "reported",
        catalog.digest,
        added,
    )


def ceiling_of(munition: Munition, transport: Transport, catalog: Catalog | None = None) -> Physical | None:
    """Return the ceiling of this munition in this transport, or None where the data do not allow one.

    Parameters
    ----------
    munition, transport : Munition, Transport
        What is packed, and into what.
    catalog : Catalog, optional
        Where names are looked up; the shipped catalog when left out.

    Returns
    -------
    Physical or None
        Bare rounds at full payload: projectiles, or whole rockets, without charge and packaging.
    """
    try:
        ceiling = shipped("ceiling", munition, transport, catalog)
    except NoDataError:
        return None
    assert isinstance(ceiling, Physical)
    return ceiling


def _ceiling(munition: Munition, transport: Transport, catalog: Catalog) -> Physical:
    bare = bare_rounds("ceiling", munition, transport, payload_of("ceiling", munition, transport), catalog.digest)
    return replace(bare, size=_bare_size(munition), clearance=_NO_CLEARANCE, recipe="ceiling")


def bare_rounds(name: str, munition: Munition, transport: Transport, payload: Input, data: str) -> Physical:
    """Return single rounds at full payload, nothing known of any packaging: what every physical packing starts from."""
    return Physical(
        name=name,
        munition=munition,
        transport=transport,
        rounds=1,
        projectile=projectile_mass(munition),
        gross=None,
        per_gross=1,
        packaging=None,
        size=None,
        payload=payload,
        load=payload,
        load_rule="full",
        inner=inner_size(transport),
        fill=_FULL,
        clearance=_CLEARANCE,
        orientation="upright",
        layers=None,
        basis="capacity",
        data=data,
    )


def _bare_size(munition: Munition) -> tuple[Input, Input, Input] | None:
    if munition.length_m is None:
        return None
    calibre_m = munition.calibre_mm / 1000.0
    start = f"munitions.{munition.munition}"
    source, grade = munition.length_source or inputs.NO_SOURCE, munition.length_grade or "assumed"
    length = Input(f"{start}.length_m", sampling.Fixed(munition.length_m), "m", source, grade)
    width = Input(f"{start}.calibre_mm", sampling.Fixed(calibre_m), "m", "its calibre", "specified")
    nested = Input(f"{start}.calibre_mm, nested", sampling.Fixed(calibre_m * NESTED), "m", "its calibre", "derived")
    return length, width, nested


def in_usual_packages(bare: Physical, catalog: Catalog) -> Physical:
    """Return single rounds at full payload in the usual package of their munition, or raise that there is none.

    Where the catalog does not know whether that holds the propelling charge, and has one without it, a share of the
    transports carries each; the package of unknown charge then stands for one with it.
    """
    munition = bare.munition
    package = crated_package(munition, catalog)
    if package is None:
        raise no_data(bare.name or "own packing", munition, None, f"a package of {munition.munition}")
    other = uncharged_package(munition, catalog)
    if other is None:
        return packed_in(bare, package, catalog)
    share = Input(
        f"charge.{munition.munition}",
        sampling.Uniform(0.0, 1.0),
        "",
        "no source says whether the charge is in the package",
        "assumed",
    )
    return replace(packed_in(bare, package, catalog), uncharged=packed_in(bare, other, catalog), charged_share=share)


def packed_in(bare: Physical, package: Package, catalog: Catalog) -> Physical:
    """Return single rounds at full payload packed in a package of the catalog."""
    gross, per_gross, norm_transport = package_gross(package), 1, ""
    if package.norm is not None:
        norm = catalog.norms[package.norm]
        gross, per_gross, norm_transport = norm_load(norm), package.norm_packages or 1, norm.transport or ""
    return replace(
        bare,
        norm=norm_limit(package) if norm_transport else None,
        norm_transport=norm_transport,
        rounds=package.rounds,
        gross=gross,
        per_gross=per_gross,
        packaging=package_packaging(package),
        size=package_size(package),
        charge=package.charge,
    )
