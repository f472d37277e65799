"""From what a user asks to the terms of an estimate."""

from __future__ import annotations

from collections.abc import Mapping

from shellflow import inputs, packings, sampling
from shellflow.catalog import KINDS, LONGEST_OBSERVED_M, Catalog, Transport, transports_of
from shellflow.catalog import containers_per_voyage as counted_per_voyage
from shellflow.errors import ArgumentError, NoDataError, ShellflowError, UnitError, bad_argument, shown
from shellflow.inputs import Input, Wanted
from shellflow.packings import gross_mass_of
from shellflow.terms import Term, Uncertain, multiply

__all__ = [
    "check_voyages",
    "count_term",
    "gross_mass",
    "is_of_voyages",
    "mass_term",
    "merged_stamps",
    "quantity_term",
    "rate_of_fire",
    "share_input",
    "transport_counted",
]

_PER_VOYAGE = "container/voyage"
_KG_IN_A_TONNE = 1000.0


def quantity_term(value: object, unit: str, argument: str) -> Term:
    """Return a count, or a number of rounds, as a term in `unit`."""
    return inputs.as_inputs({argument: (value, Wanted(unit, 0.0, bare=""))}, stated=True)[argument]


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
        per_voyage = counted_per_voyage(catalog)
    else:
        per_voyage = _own_capacity(containers_per_voyage)
    return multiply(voyages, per_voyage)


def transport_counted(
    count: object, packing: object, transport: str | Transport | None, catalog: Catalog
) -> tuple[str | Transport | None, str]:
    """Return the transport of a question, and how it was found where only its kind is told, by what is counted."""
    if transport is not None or not isinstance(packing, str):
        return transport, ""
    if isinstance(count, Uncertain) and count.settings is not None:
        kind: str | None = getattr(count, "unit", None)
    else:
        kind = next((kind for kind in KINDS if kind != "container" and _is_in(count, kind)), None)
    return packings.only_transport(kind or "", catalog)


def mass_term(count: object) -> Term:
    """Return a mass of cargo as a term in kilograms; a range in words is uniform."""
    if not isinstance(count, str):
        number = inputs.as_input(count, "kg", "count", stated=True)
        return inputs.within(number, "count", 0.0)
    mass = inputs.read_mass(count, "count")
    if mass.low is None or mass.high is None:
        fix = "Give a range such as '70,000-78,000 t', or hold the bound against a claim with sf.audit."
        raise bad_argument("count", count, "a mass or a range of masses, no bound", fix)
    low, high = (end * _KG_IN_A_TONNE for end in (mass.low, mass.high))
    spread = sampling.Fixed(low) if low == high else sampling.Uniform(low, high)
    name = inputs.exactly(low) if low == high else f"{inputs.exactly(low)} to {inputs.exactly(high)}"
    name = f"{inputs.ABOUT if mass.about else ''}{name}"
    return inputs.stated(f"count {name} kg", spread, "kg")


def _check_carrier(count: object, transport: Transport, catalog: Catalog) -> None:
    """Check that a count is not one of another kind of transport."""
    other = next((kind for kind in KINDS if kind != transport.kind and _is_in(count, kind)), None)
    if other is not None:
        names = " or ".join(repr(box.transport) for box in transports_of(other, catalog))
        fix = f" Give transport={names}." if names else f" The catalog has no {other}."
        raise UnitError(f"count={shown(count)}: {transport.transport} is a {transport.kind}, no {other}.{fix}")


def _is_in(value: object, unit: str) -> bool:
    try:
        inputs.as_input(value, unit, "count", stated=True)
    except ShellflowError:
        return False
    return True


def is_of_voyages(count: object) -> bool:
    """Return whether a count is one of voyages, and can be read as one."""
    return _is_in(count, "voyage")


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
        number = inputs.as_input(value, _PER_VOYAGE, "containers_per_voyage", bare="container", stated=True)
    except ShellflowError:
        number = inputs.as_input(value, _PER_VOYAGE, "containers_per_voyage", bare="", stated=True)
    return inputs.within(number, "containers_per_voyage", 0.0, above=True)


def share_input(value: object) -> Input:
    """Return the share of the transports that carry munitions at all."""
    wanted = Wanted("", 0.0, 1.0)
    return inputs.as_inputs({"munition_share": (value, wanted)}, stated=True)["munition_share"]


def rate_of_fire(value: object, unit: str, settings: sampling.Settings) -> Input:
    """Return a rate such as "10k/day", at which an estimate in `unit` is used up."""
    if unit != "round":
        raise UnitError(f"lasts_at: this estimate is in {unit or 'no unit'}; only rounds are fired.")
    bare = None if isinstance(value, Uncertain) and value.settings is not None else "1/day"
    with sampling.settings(n=settings.n, seed=settings.seed):
        rate = inputs.as_input(value, "round/day", "rate", bare=bare, stated=True)
        return inputs.within(rate, "rate", 0.0, above=True)


def gross_mass(term: Term) -> Term:
    """Return the gross mass of the munitions that an estimate stands for."""
    mass = gross_mass_of(term)
    if mass is None:
        raise ArgumentError(
            f"mass: this estimate in {term.unit or 'plain numbers'} is not one of rounds or transports, nor a sum of "
            "such. Ask those that it was calculated from."
        )
    return mass


def merged_stamps(*stamps: Mapping[str, str]) -> dict[str, str]:
    """Return the versions of library and data that made several things, each once, joined by "+"."""
    merged: dict[str, dict[str, None]] = {}
    for stamp in stamps:
        for name, versions in stamp.items():
            merged.setdefault(name, {}).update(dict.fromkeys(versions.split("+")))
    return {name: "+".join(versions) for name, versions in merged.items()}
