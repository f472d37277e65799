"""The rows of the tables that a packing starts from."""

from __future__ import annotations

import math
from collections.abc import Collection

from shellflow.catalog._reading import as_catalog
from shellflow.catalog._records import KINDS, Claim, Load, Munition, Package, Transport
from shellflow.catalog._tables import Catalog, Table
from shellflow.errors import bad_argument

__all__ = [
    "LONGEST_OBSERVED_M",
    "REPORTING_FAMILY",
    "REPORTING_OFFICE",
    "crated_package",
    "is_reported",
    "observed_loads",
    "reported_claims",
    "transports_of",
    "uncharged_package",
]

REPORTING_FAMILY = "rok-mnd"
REPORTING_OFFICE = "the ROK defence ministry"

# What was observed and said of containers is of 20 ft boxes, or of boxes whose length is not stated.
LONGEST_OBSERVED_M = 7.0
"""The longest box that what was observed and said of containers speaks of [m]."""


def crated_package(munition: Munition, catalog: Catalog | None = None) -> Package | None:
    """Return the usual package of a munition: the first that is not a bare one.

    Where a table knows several, the order of the file decides. A bare one is one whose packaging can weigh nothing.

    Parameters
    ----------
    munition : Munition
        A record of the catalog [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    Package or None
        The first in the order of the table, or None.

    Raises
    ------
    ArgumentError
        If `catalog` is not one.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> crated_package(shipped().munitions["152mm"]).package
    '152mm-crate'
    """
    for package in as_catalog(catalog).packages:
        if package.munition == munition.munition and package.packaging_kg_low != 0:
            return package
    return None


def uncharged_package(munition: Munition, catalog: Catalog | None = None) -> Package | None:
    """Return the package without the propelling charge of a munition whose usual package may hold it or not.

    A bare one is not among them. Where the table knows whether the charge is in the usual package, there is none.

    Parameters
    ----------
    munition : Munition
        A record of the catalog [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    Package or None
        The first in the order of the table, or None.

    Raises
    ------
    ArgumentError
        If `catalog` is not one.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> uncharged_package(shipped().munitions["152mm"]).package
    '152mm-shell-crate'
    >>> uncharged_package(shipped().munitions["155mm"]) is None
    True
    """
    usual = crated_package(munition, catalog)
    if usual is None or usual.charge != "unknown":
        return None
    for package in as_catalog(catalog).packages:
        if package.munition == munition.munition and package.charge == "without" and package.packaging_kg_low != 0:
            return package
    return None


def transports_of(kind: str, catalog: Catalog) -> tuple[Transport, ...]:
    """Return the transports of a kind, in the order of the table.

    Parameters
    ----------
    kind : str
        `container`, `wagon` or `truck` [unitless].
    catalog : Catalog
        Where they are from.

    Returns
    -------
    tuple of Transport
        Empty if there are none.
    """
    return tuple(transport for transport in catalog.transports if transport.kind == kind)


def observed_loads(kind: str, catalog: Catalog | None = None) -> tuple[Load, ...]:
    """Return the observed shipments of ammunition in transports of a kind.

    Rows kept for reference, mixed or concealed arms, and parts of a shipment that is among them are left out.

    Parameters
    ----------
    kind : str
        `container`, `wagon` or `truck` [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    tuple of Load
        In the order of the table.

    Raises
    ------
    ArgumentError
        If there is no such kind.

    Examples
    --------
    >>> [load.load for load in observed_loads("wagon")]
    ['belarus-russia-2022', 'russia-belarus-2022', 'transnistria-2003']
    """
    check_kind(kind)
    loads = as_catalog(catalog).loads
    rows = [row for row in loads if row.kind == kind and row.use == "observed" and row.cargo == "ammunition"]
    used = {row.load for row in rows}
    return tuple(row for row in rows if used.isdisjoint(_containing(row, loads)))


def _containing(row: Load, loads: Table[Load]) -> list[str]:
    """Return the shipments that a row is part of, and those that these are part of."""
    keys = []
    while row.part_of is not None:
        keys.append(row.part_of)
        row = loads[row.part_of]
    return keys


def reported_claims(
    munition: Munition, transport: Transport, catalog: Catalog | None = None, *, without: Collection[str] = ()
) -> tuple[Claim, ...]:
    """Return the statements of the reporting office on what such transports hold.

    They are those of one office, `REPORTING_FAMILY`, and share what it assumed; its later totals contain the earlier.

    Parameters
    ----------
    munition : Munition
        A record of the catalog [unitless].
    transport : Transport
        A record of the catalog [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].
    without : collection of str
        Keys of claims to leave out, such as the one that is to be judged by the others [unitless].

    Returns
    -------
    tuple of Claim
        Those with `basis="capacity"` and a bounded ratio, in the order of the table.

    Raises
    ------
    ArgumentError
        If `catalog` is not one.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> len(reported_claims(shipped().munitions["152mm"], shipped().transports["20ft-24t"]))
    6
    """
    return tuple(
        claim
        for claim in as_catalog(catalog).claims
        if is_reported(claim)
        and claim.munition == munition.munition
        and claim.claim not in without
        and _speaks_of(claim, transport, catalog)
    )


def _speaks_of(claim: Claim, transport: Transport, catalog: Catalog | None) -> bool:
    """Return whether a statement is of such transports: of this type, or of short boxes as this is one.

    The office spoke of containers some 6 m long and never of their payload.
    """
    if claim.transport == transport.transport:
        return True
    types = (
        transport,
        *(box for box in as_catalog(catalog).transports if box.transport == claim.transport),
    )
    return len(types) == 2 and all(
        box.kind == "container" and (box.inner_length_m or math.inf) <= LONGEST_OBSERVED_M for box in types
    )


def is_reported(claim: Claim) -> bool:
    """Return whether a claim is a statement of the reporting office on what transports can hold."""
    return claim.family == REPORTING_FAMILY and claim.basis == "capacity" and claim.ratio_bound != "none"


def check_kind(kind: str) -> None:
    """Raise if there is no such kind of transport."""
    if kind not in KINDS:
        raise bad_argument("kind", kind, f"one of {', '.join(KINDS)}", "Write the kind of the transport.")
