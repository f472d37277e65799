"""A packing assumption of one's own, and any of them carried over to another transport."""

from __future__ import annotations

from collections.abc import Iterator

from shellflow import checks, inputs, sampling
from shellflow.catalog import Catalog, Munition, Transport, as_catalog, inner_size
from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.inputs import Wanted
from shellflow.packings._charge import kept_charge, settled, stated_in_package
from shellflow.packings._contents import altered
from shellflow.packings._finding import find_munition, find_transport
from shellflow.packings._model import (
    BASES,
    DEFAULT_TRANSPORT,
    SHIPPED,
    Orientation,
    Packing,
    Physical,
    Reported,
)
from shellflow.packings._shipped import (
    bare_rounds,
    ceiling_of,
    in_usual_packages,
    observed_load_of,
    packed_in,
    payload_of,
    shipped,
)
from shellflow.packings._stow import stow

__all__ = ["in_transport", "packing"]


def packing(
    munition: str | Munition,
    *,
    transport: str | Transport = DEFAULT_TRANSPORT,
    package: str | None = None,
    charge: object = None,
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
    basis: str | None = None,
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
    charge : "with", "without", "unknown", Input or number, optional
        Whether the propelling charge is in the package. Where the catalog's packages are taken and it knows one with
        and one without, the share of the transports that carry the one with it will do too, and is not known when left
        out; of a package of your own it says what is in it [unitless].
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
    basis : str, optional
        "capacity" or "contents"; when left out, capacity for a package at `load="full"` and contents otherwise, for a
        ratio as well [unitless].
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
    >>> crate.basis
    'capacity'
    """
    catalog = as_catalog(catalog)
    record, _ = find_munition(munition, catalog)
    box = find_transport(transport, catalog)
    called = "own packing" if name is None else name
    faults = inputs.Faults()
    with faults:
        _check_name(called)
    with faults:
        if basis is not None and not (isinstance(basis, str) and basis in BASES):
            raise bad_argument("basis", basis, f"one of {', '.join(BASES)}")
    with faults:
        inputs.check_grade("assumed" if grade is None else grade, "" if source is None else source)
    if rounds_per_transport is not None:
        given = {
            "package": package,
            "charge": charge,
            "rounds": rounds,
            "gross": gross,
            "packaging": packaging,
            "size": size,
        }
        given |= {"fill": fill, "clearance": clearance, "layers": layers}
        extra = [argument for argument, value in given.items() if value is not None]
        extra += [] if isinstance(load, str) and load == "full" else ["load"]
        extra += [] if isinstance(orientation, str) and orientation == "upright" else ["orientation"]
        faults.say()
        if extra:
            raise ArgumentError(
                f"rounds_per_transport together with {', '.join(extra)}: a ratio is not packed. Give the ratio alone, "
                "or the package alone."
            )
        ratio = inputs.as_input(
            rounds_per_transport, f"round/{box.kind}", "rounds_per_transport", bare="", source=source, grade=grade
        )
        inputs.within(ratio, "rounds_per_transport", 0.0)
        ceiling = ceiling_of(record, box, catalog)
        return Reported(called, record, box, ratio, ceiling, basis or "contents", data=catalog.digest)
    own = any(value is not None for value in (rounds, gross, packaging, size))
    base = _base_package(record, box, package, own, catalog)
    with faults:
        if gross is not None and packaging is not None:
            raise ArgumentError("gross and packaging: give one of them; gross already holds the packaging.")
    with faults:
        if not isinstance(orientation, str) or orientation not in ("upright", "free"):
            raise bad_argument("orientation", orientation, "'upright' or 'free'")
        if layers is not None and orientation == "free":
            raise ArgumentError(
                f"layers={layers!r} with orientation='free': layers are counted of upright "
                "packages only. Leave out the one or the other."
            )
    changes: dict[str, object] = {"name": called, "orientation": orientation, "recipe": ""}
    for argument, value in (("rounds", rounds), ("layers", layers)):
        with faults:
            if value is not None:
                changes[argument] = _whole(argument, value)
    read: dict[str, inputs.Input] = {}
    with faults:
        measures = dict(_measures(gross, packaging, size, load, fill, clearance))
        wanted = {argument: (value, _WANTED[argument]) for argument, value in measures.items()}
        read = inputs.as_inputs(wanted, source=source, grade=grade)
    if package is None and own and charge is not None:
        with faults:
            changes["charge"] = stated_in_package(record, charge)
        charge = None
    faults.say()
    if size is not None:
        changes["size"] = tuple(read.pop(argument) for argument in _SIZE)
    if gross is not None or packaging is not None:
        changes |= {"gross": None, "per_gross": 1, "packaging": None}
    if rounds is not None or size is not None:  # another package than that of the norm
        changes |= {"norm": None, "norm_transport": ""}
    changes |= read
    if load == "as-loaded":
        changes["load"] = observed_load_of(called, record, box, catalog)
    changes["load_rule"] = load if isinstance(load, str) and load in _LOAD_RULES else "stated"
    changes["basis"] = basis or ("capacity" if changes["load_rule"] == "full" else "contents")
    (made,) = settled((altered(base, **changes),), charge, catalog)  # each value was checked under its own name above
    assert isinstance(made, Physical)
    if made.size is None or made.inner is None:
        spatial = {"fill": fill, "clearance": clearance, "layers": layers}
        idle = [argument for argument, value in spatial.items() if value is not None]
        idle += [] if orientation == "upright" else ["orientation"]
        if idle:
            missing, fix = "size", "Give size=(length, width, height)"
            if made.size is not None:
                missing, fix = f"a known inside of {box.transport}", "Choose a transport whose inside is known"
            raise ArgumentError(
                f"{', '.join(idle)} without {missing}: only mass can bind, and space alone is what they bear on. "
                f"{fix}, or leave them out."
            )
    stow(made, sampling.current_settings())  # raises now what cannot be packed
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
    plain = {"gross": gross, "packaging": packaging, "fill": fill, "clearance": clearance}
    yield from ((argument, value) for argument, value in plain.items() if value is not None)
    if size is not None:
        if not isinstance(size, tuple | list) or len(size) != 3:
            raise bad_argument("size", size, "three lengths: (length, width, height)")
        yield from zip(_SIZE, size, strict=True)
    named = isinstance(load, str) and load not in _LOAD_RULES and not any(sign.isdigit() for sign in load)
    if load is None or named:
        raise bad_argument("load", load, "'full', 'as-loaded', or a mass such as '12 t'")
    if not (isinstance(load, str) and load in _LOAD_RULES):
        yield "load", load


def _check_name(called: object) -> None:
    if not isinstance(called, str) or not called.strip():
        raise bad_argument("name", called, "a text that is not empty")
    if called in SHIPPED:
        allowed = "other than the shipped packings' names"
        raise bad_argument("name", called, allowed, f"Those are {', '.join(SHIPPED)}.")


def _base_package(
    munition: Munition, transport: Transport, package: str | None, own: bool, catalog: Catalog
) -> Physical:
    bare = bare_rounds("", munition, transport, payload_of("own packing", munition, transport), catalog.digest)
    if package is not None:
        record = catalog.packages[package]
        if record.munition != munition.munition:
            raise ArgumentError(
                f"package={package!r} holds {record.munition}, not {munition.munition}. "
                "Choose a package of this munition."
            )
        return packed_in(bare, record, catalog)
    if own:
        return bare
    return in_usual_packages(bare, catalog)


def _whole(argument: str, value: object) -> int:
    return checks.whole_number(value, argument, least=1, most=2**53)  # floats hold no more whole numbers exactly


def in_transport(packing: Packing, transport: Transport, catalog: Catalog | None = None) -> Packing:
    """Return the same packing assumption for another transport.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.
    transport : Transport
        The other transport.
    catalog : Catalog, optional
        Where names are looked up; the shipped catalog when left out.

    Returns
    -------
    Physical or Reported
        The packing there; a stated load stays as stated, cut to the new payload.

    Raises
    ------
    NoDataError
        If the data do not allow it there.
    ArgumentError
        If it is a ratio of one's own, which speaks of its own transport only, or if other data would have to be looked
        up than it was made from.
    """
    if packing.transport == transport:
        return packing
    known = as_catalog(catalog)
    looked_up = packing.recipe or (isinstance(packing, Physical) and packing.load_rule == "as-loaded")
    if looked_up and packing.data != known.digest:
        raise ArgumentError(
            f"transport={transport.transport!r}: the packing {shown(packing.name)} was made from other data "
            f"({packing.data or 'unknown'}) than those at hand ({known.digest}). Give catalog=..., the one it was made "
            "from, or make it anew."
        )
    if packing.recipe:
        return kept_charge((packing,), shipped(packing.recipe, packing.munition, transport, known), known)
    if isinstance(packing, Reported):
        raise ArgumentError(
            f"transport={transport.transport!r}: the packing {shown(packing.name)} is a ratio stated for "
            f"{packing.transport.transport}. State one for {transport.transport} with sf.packing."
        )
    payload = payload_of(packing.name, packing.munition, transport)
    load = packing.load
    if packing.load_rule != "stated":
        load = (
            payload
            if packing.load_rule == "full"
            else observed_load_of(packing.name, packing.munition, transport, known)
        )
    return altered(packing, transport=transport, payload=payload, load=load, inner=inner_size(transport))
