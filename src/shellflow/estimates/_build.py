"""From what a user asks to the terms of an estimate."""

from __future__ import annotations

from dataclasses import replace

from shellflow import inputs, packings
from shellflow.catalog import KINDS, LONGEST_OBSERVED_M, Catalog, Transport, transports_of
from shellflow.catalog import containers_per_voyage as counted_per_voyage
from shellflow.errors import ArgumentError, NoDataError, ShellflowError, UnitError, bad_argument, shown
from shellflow.inputs import Input, Wanted
from shellflow.packings import Carried, Mix, Needed, Packing, entering
from shellflow.terms import Term, multiply

__all__ = [
    "alone",
    "changed",
    "count_term",
    "is_of_voyages",
    "quantity_term",
    "share_input",
]

_PER_VOYAGE = "container/voyage"


def quantity_term(value: object, unit: str, argument: str) -> Term:
    """Return a count, or a number of rounds, as a term in `unit`."""
    (found,) = inputs.as_inputs({argument: (value, Wanted(unit, 0.0, bare=""))}, stated=True).values()
    return found


def count_term(count: object, transport: Transport, containers_per_voyage: object, catalog: Catalog) -> Term:
    """Return a count of transports as a term in their kind; voyages are taken through the containers to each."""
    if not is_of_voyages(count):
        if containers_per_voyage is not None:
            raise bad_argument(
                "containers_per_voyage", containers_per_voyage, "left out unless the count is one of voyages"
            )
        try:
            return quantity_term(count, transport.kind, "count")
        except UnitError:
            _check_carrier(count, transport, catalog)
            raise
    voyages = inputs.as_input(count, "voyage", "count", stated=True)
    inputs.within(voyages, "count", 0.0)
    if transport.kind != "container":
        raise UnitError(
            f"count={shown(count)}: voyages are known by the containers they carried, and {transport.transport} is a "
            f"{transport.kind}. Choose a container, or count {transport.kind}s."
        )
    if containers_per_voyage is None:
        check_voyages(transport)
        carried = counted_per_voyage(catalog)
    else:
        carried = _own_capacity(containers_per_voyage)
    return multiply(voyages, carried)


def _check_carrier(count: object, transport: Transport, catalog: Catalog) -> None:
    """Check that a count is not one of another kind of transport."""
    other = next((kind for kind in KINDS if kind != transport.kind and _is_in(count, kind)), None)
    if other is not None:
        named = " or ".join(repr(box.transport) for box in transports_of(other, catalog))
        fix = f" Give transport={named}." if named else f" The catalog has no {other}."
        raise UnitError(f"count={shown(count)}: {transport.transport} is a {transport.kind}, no {other}.{fix}")


def _is_in(value: object, unit: str) -> bool:
    try:
        inputs.as_input(value, unit, "count")
    except ShellflowError:
        return False
    return True


def is_of_voyages(count: object) -> bool:
    """Return whether a count is one of voyages, and can be read as one."""
    return _is_in(count, "voyage")


def is_shipped_voyages(entering: Input) -> bool:
    """Return whether an input is what the catalog counted of other voyages; anybody may call their own so."""
    return entering.origin == "catalog" and entering.name == "voyages.container"


def check_voyages(transport: Transport) -> None:
    """Check that the shipped containers to a voyage speak of such boxes.

    Raises
    ------
    NoDataError
        If they do not.
    """
    if (transport.inner_length_m or 0.0) > LONGEST_OBSERVED_M:
        missing = f"containers to a voyage for {transport.transport} (those counted were some 6 m long)"
        raise NoDataError(f"no data: missing {missing}. Give your own with containers_per_voyage=...", missing)


def _own_capacity(value: object) -> Input:
    try:
        # "220 containers" says it as well as 220 or "220 containers per voyage" does.
        found = inputs.as_input(value, _PER_VOYAGE, "containers_per_voyage", bare="container", stated=True)
    except ShellflowError:
        found = inputs.as_input(value, _PER_VOYAGE, "containers_per_voyage", bare="", stated=True)
    return inputs.within(found, "containers_per_voyage", 0.0, above=True)


def share_input(value: object) -> Input:
    """Return the share of the transports that carry munitions at all."""
    wanted = Wanted("", 0.0, 1.0)
    return inputs.as_inputs({"munition_share": (value, wanted)}, stated=True)["munition_share"]


def alone(carrier: Carried | Needed, packing: Packing) -> Term:
    """Return the carrier as if all of it were this one packing."""
    return replace(carrier, contents=(packing,), weights=(), alias="")


def changed(
    carrier: Carried | Needed,
    *,
    count: object,
    munition: str | Mix | None,
    packing: str | Packing | None,
    transport: str | None,
    munition_share: object,
    containers_per_voyage: object,
    catalog: Catalog,
) -> Term:
    """Return the carrier with what is not None changed."""
    contents, weights, alias = carrier.contents, carrier.weights, carrier.alias
    if munition is not None:
        recipe = packing if packing is not None else contents[0].recipe
        if not recipe:
            raise ArgumentError(
                f"munition={shown(munition)}: the packing {shown(contents[0].name)} is of "
                f"{contents[0].munition.munition}. Give packing=... as well."
            )
        named = contents[0].transport if transport is None else transport
        contents, weights, alias = packings.resolve(munition, recipe, named, catalog)
    elif packing is not None:
        box = None if transport is None else packings.find_transport(transport, catalog)
        if len(contents) > 1 and not isinstance(packing, str):
            raise bad_argument("packing", packing, "the name of a packing for a mix")
        contents = tuple(
            repacked
            for part in contents
            for repacked in packings.resolve(part.munition.munition, packing, box or part.transport, catalog)[0]
        )
    elif transport is not None:
        box = packings.find_transport(transport, catalog)
        contents = tuple(packings.in_transport(one, box, catalog) for one in contents)
    made = replace(carrier, contents=contents, weights=weights, alias=alias)
    if munition_share is not None:
        made = replace(made, munition_share=share_input(munition_share))
    kind = contents[0].transport.kind
    if isinstance(made, Needed):
        if containers_per_voyage is not None:
            raise bad_argument("containers_per_voyage", containers_per_voyage, "left out: no voyages are counted here")
        return made if count is None else replace(made, rounds=quantity_term(count, "round", "count"))
    if count is not None:
        return replace(made, count=count_term(count, contents[0].transport, containers_per_voyage, catalog))
    if any(is_shipped_voyages(one) for one in entering(made.amount)):
        check_voyages(contents[0].transport)
    if made.amount.unit != kind:
        raise UnitError(
            f"transport={contents[0].transport.transport!r} is a {kind}, and the count is of {made.amount.unit}s. "
            "Give count=... as well."
        )
    return made
