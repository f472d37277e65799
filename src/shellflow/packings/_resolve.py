"""The one place where names become records: munitions, transports and packings, as users give them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from shellflow.catalog import Catalog, Transport
from shellflow.errors import ArgumentError, bad_argument, listed, shown
from shellflow.inputs import Input
from shellflow.packings._charge import settled
from shellflow.packings._finding import find_munition, find_transport
from shellflow.packings._mass import not_of_mass, packed_by_mass
from shellflow.packings._mix import Mix, mix_weights, read_mix
from shellflow.packings._model import BY_MASS, DEFAULT_TRANSPORT, SHIPPED, Packing, Physical, Reported
from shellflow.packings._own import in_transport
from shellflow.packings._shipped import check_name, shipped

__all__ = ["list_packings", "no_transport", "own_transports", "resolve", "resolve_mass"]


def resolve(
    munition: object, packing: object, transport: object, catalog: Catalog, charge: object = None
) -> tuple[tuple[Packing, ...], tuple[Input, ...], str]:
    """Return the packings that a question is about, one for each munition.

    Parameters
    ----------
    munition : str, Munition or Mix
        A name, a record, or several, in words too: "60% 152mm, 40% 122mm-shell" [unitless].
    packing : str, Physical or Reported
        A shipped packing, or for a single munition one of the user's own [unitless].
    transport : str, Transport or None
        A name or a record; None for that of the user's own packing, or the default one [unitless].
    catalog : Catalog
        Where names are looked up.
    charge : "with", "without", "unknown", number, Input or None
        Whether the propelling charge is in the package, as `settled` takes it [unitless].

    Returns
    -------
    packings : tuple of Physical or Reported
        One for each munition.
    weights : tuple of Input
        Those of the shares of a mix; empty for a single munition.
    note : str
        How an ambiguous name was read; empty if none is [unitless].

    Raises
    ------
    UnknownItemError
        If a name is not in the catalog.
    ArgumentError
        If a value is none of these, the packing is of another munition, or `charge` says nothing of it.
    NoDataError
        If the data do not allow the packing.
    """
    if isinstance(munition, str):
        munition = read_mix(munition, catalog)
    if not isinstance(munition, Mix):
        resolved, note = _packing_of(munition, packing, transport, catalog)
        return settled((resolved,), charge, catalog), (), note
    if not isinstance(packing, str):
        fix = "Estimate the parts and add them."
        raise bad_argument("packing", packing, "the name of a packing for a mix", fix)
    resolved_parts = [_packing_of(name, packing, transport, catalog) for name in munition.munitions]
    names = tuple(part.munition.munition for part, _ in resolved_parts)
    if len(set(names)) < len(names):
        raise bad_argument("munition", munition.munitions, "a mix of different munitions", f"They are {names}.")
    weights = mix_weights(replace(munition, munitions=names))
    contents = settled(tuple(part for part, _ in resolved_parts), charge, catalog)
    return contents, weights, _joined(*(note for _, note in resolved_parts))


def no_transport(transport: object) -> ArgumentError:
    """Return the refusal of a transport where the count is a mass."""
    fix = "What so much cargo holds does not depend on what it travels in."
    return bad_argument("transport", transport, "left out where the count is a mass", fix)


def resolve_mass(
    munition: object, packing: object, transport: object, catalog: Catalog, charge: object = None
) -> tuple[tuple[Packing, ...], tuple[Input, ...], str]:
    """Return the packings that a question on a mass of cargo is about, as `resolve` does; crated ones for None.

    Raises
    ------
    ShellflowError
        As `resolve` does; also if a transport is given, or the packing is known by transports.
    """
    if transport is not None:
        raise no_transport(transport)
    if isinstance(packing, str) and packing in SHIPPED and packing not in BY_MASS:
        raise not_of_mass(packing)
    contents, weights, note = resolve(munition, "crated" if packing is None else packing, None, catalog, charge)
    return tuple(map(packed_by_mass, contents)), weights, note


def _packing_of(munition: object, packing: object, transport: object, catalog: Catalog) -> tuple[Packing, str]:
    if not isinstance(packing, str | Physical | Reported):
        raise bad_argument("packing", packing, f"one of {', '.join(SHIPPED)}, or a sf.packing(...)")
    if isinstance(munition, str) and not isinstance(packing, str) and munition == packing.munition.munition:
        munition = packing.munition  # a name that perhaps only the catalog of the packing has
    record, note = find_munition(munition, catalog)
    if isinstance(packing, str):
        box = find_transport(DEFAULT_TRANSPORT if transport is None else transport, catalog)
        return shipped(packing, record, box, catalog), _joined(note, _transport_note(transport, catalog))
    if packing.munition.munition != record.munition:
        raise ArgumentError(
            f"packing={shown(packing.name)} packs {packing.munition.munition}, and munition={shown(munition)} is "
            f"{record.munition}. Make the packing for that munition."
        )
    if transport is None:
        return packing, note
    box = find_transport(transport, catalog)
    return in_transport(packing, box, catalog), _joined(note, _transport_note(transport, catalog))


def _transport_note(transport: object, catalog: Catalog) -> str:
    """Return how the name of a transport was read, if it might have meant another."""
    return catalog.transports.resolve(transport)[1] if isinstance(transport, str) else ""


def _joined(*notes: str) -> str:
    return "; ".join(dict.fromkeys(note for note in notes if note))


def list_packings(packings: object) -> list[str | Packing]:
    """Return the packings that an argument `packings` lists, each once; the shipped ones for None.

    Parameters
    ----------
    packings : str, Physical, Reported, iterable of these, or None
        What a user gave [unitless].

    Returns
    -------
    list of str, Physical or Reported
        Names of shipped packings, checked, and the user's own.

    Raises
    ------
    UnknownItemError
        If a name is not that of a shipped packing.
    ArgumentError
        If it lists nothing, or something else, or two packings of one name and munition.
    """
    if packings is None:
        return list(SHIPPED)
    allowed = "names of packings or a sf.packing(...), at least one"
    several = [packings] if isinstance(packings, str | Physical | Reported) else listed(packings, "packings", allowed)
    if not several:
        raise bad_argument("packings", packings, allowed, "Leave it out for all.")
    unique: dict[tuple[str, str], str | Packing] = {}
    for packing in several:
        if isinstance(packing, str):
            unique[check_name(packing), ""] = packing
        elif not isinstance(packing, Physical | Reported):
            raise bad_argument("packings", packing, allowed)
        elif unique.setdefault((packing.name, packing.munition.munition), packing) is not packing:
            raise bad_argument("packings", packing.name, "of different names", "Name yours: sf.packing(..., name=...).")
    return list(unique.values())


def own_transports(packings: Iterable[str | Packing]) -> tuple[Transport, ...]:
    """Return the transports that packings of the user's own are made for, each once.

    Parameters
    ----------
    packings : iterable of str, Physical or Reported
        From `list_packings`.

    Returns
    -------
    tuple of Transport
        Empty if all are shipped ones.
    """
    own = [packing.transport for packing in packings if not isinstance(packing, str)]
    return tuple({transport.transport: transport for transport in own}.values())
