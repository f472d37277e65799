"""A munition or a transport by its name or record."""

from __future__ import annotations

from shellflow.catalog import Catalog, Munition, Transport, transports_of
from shellflow.errors import bad_argument

__all__ = ["find_munition", "find_transport", "only_transport"]


def find_munition(munition: object, catalog: Catalog) -> tuple[Munition, str]:
    """Return the record of a munition given by name or record, and how an ambiguous name was read.

    Parameters
    ----------
    munition : str or Munition
        What a user gave [unitless].
    catalog : Catalog
        Where names are looked up.

    Returns
    -------
    tuple of Munition and str
        The record; the note is empty if the name can mean nothing else.

    Raises
    ------
    ArgumentError
        If it is neither.
    UnknownItemError
        If the catalog has no munition of that name.
    """
    if isinstance(munition, Munition):
        return munition, ""
    if not isinstance(munition, str):
        fix = "See `shellflow catalog munitions`."
        raise bad_argument("munition", munition, "the name of a munition or a sf.mix(...)", fix)
    return catalog.munitions.resolve(munition)


def find_transport(transport: object, catalog: Catalog) -> Transport:
    """Return the record of a transport given by name or record.

    Parameters
    ----------
    transport : str or Transport
        What a user gave [unitless].
    catalog : Catalog
        Where names are looked up.

    Returns
    -------
    Transport
        Its record.

    Raises
    ------
    ArgumentError
        If it is neither.
    UnknownItemError
        If the catalog has no transport of that name.
    """
    if isinstance(transport, Transport):
        return transport
    if not isinstance(transport, str):
        raise bad_argument("transport", transport, "the name of a transport", "See `shellflow catalog transports`.")
    return catalog.transports[transport]


def only_transport(kind: str, catalog: Catalog) -> tuple[Transport | None, str]:
    """Return the one transport of a kind that is counted and not named, and a note that says so.

    Parameters
    ----------
    kind : str
        What is counted [unitless].
    catalog : Catalog
        Where transports are looked up.

    Returns
    -------
    tuple of Transport or None, and str
        None of containers, of which there is a default, and where the catalog has several or none of the kind.
    """
    known = transports_of(kind, catalog)
    if kind == "container" or len(known) != 1:
        return None, ""
    return known[0], f"the {kind} is taken to be {known[0].transport}, the only one in the catalog"
