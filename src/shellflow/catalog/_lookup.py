"""Finding records by name, and tables as tuples and frames."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal, TypeVar, overload

from shellflow import display
from shellflow.catalog._reading import shipped
from shellflow.catalog._records import (
    Catalog,
    Claim,
    FiringRate,
    Load,
    Munition,
    Norm,
    Package,
    Record,
    Source,
    Transport,
    Voyage,
)
from shellflow.catalog._rules import TABLES, columns_of, folded
from shellflow.errors import bad_argument, unknown_item

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ALIASES",
    "catalog_of",
    "claims",
    "find",
    "firing_rates",
    "loads",
    "munitions",
    "names",
    "norms",
    "packages",
    "records_of",
    "resolve_munition",
    "rows",
    "sources",
    "tables",
    "to_frame",
    "transports",
    "voyages",
]

_R = TypeVar("_R", bound=Record)

# The Korean ministry spoke of 122 mm multiple-launch rockets; whoever writes "122mm" most likely quotes it.
ALIASES: Mapping[str, tuple[str, str]] = {
    "122mm": ("122mm-rocket", "as the ministry meant it; for shells write 122mm-shell"),
}


def catalog_of(catalog: object) -> Catalog:
    """Return the catalog that a call was given, or the shipped one where it was given none.

    Parameters
    ----------
    catalog : Catalog or None
        What was given.

    Returns
    -------
    Catalog
        Where names are looked up.

    Raises
    ------
    ArgumentError
        If it is anything else.
    """
    if catalog is None:
        return shipped()
    if not isinstance(catalog, Catalog):
        raise bad_argument("catalog", catalog, "a Catalog or None", "Make one with catalog.load(folder).")
    return catalog


def _tables_of(catalog: Catalog | None) -> Mapping[str, Mapping[str, Record]]:
    return catalog_of(catalog).tables


def records_of(catalog: Catalog | None, table: str, record: type[_R]) -> tuple[_R, ...]:
    """Return the rows of a table as the type they have, which the mapping of all tables cannot say."""
    return tuple(row for row in _tables_of(catalog)[table].values() if isinstance(row, record))


def tables() -> tuple[str, ...]:
    """Return the names of the tables, in the order in which they refer to each other.

    Every catalog has all of them, though some may be empty.

    Returns
    -------
    tuple of str
        The names.

    Raises
    ------
    Nothing
        It cannot fail.

    Examples
    --------
    >>> tables()[:3]
    ('sources', 'transports', 'munitions')
    """
    return tuple(TABLES)


def rows(table: str, *, catalog: Catalog | None = None) -> tuple[Record, ...]:
    """Return the records of a table, in the order of the file.

    Rows of `claims` that are renderings, and of `loads` that are references, are among them: they are no evidence.

    Parameters
    ----------
    table : str
        One of `tables()` [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    tuple of Record
        The records.

    Raises
    ------
    UnknownItemError
        If there is no such table.

    Examples
    --------
    >>> len(rows("claims"))
    19
    """
    if not isinstance(table, str) or table not in TABLES:
        raise unknown_item("table", str(table), TABLES)
    return tuple(_tables_of(catalog)[table].values())


def names(table: str, *, catalog: Catalog | None = None) -> tuple[str, ...]:
    """Return the keys of a table, in the order of the file.

    Aliases such as `122mm` are not among them.

    Parameters
    ----------
    table : str
        One of `tables()` [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    tuple of str
        The keys.

    Raises
    ------
    UnknownItemError
        If there is no such table.

    Examples
    --------
    >>> names("munitions")[:3]
    ('152mm', '122mm-shell', '122mm-rocket')
    """
    rows(table, catalog=catalog)
    return tuple(_tables_of(catalog)[table])


@overload
def find(name: str, table: Literal["sources"], *, catalog: Catalog | None = None) -> Source: ...
@overload
def find(name: str, table: Literal["transports"], *, catalog: Catalog | None = None) -> Transport: ...
@overload
def find(name: str, table: Literal["munitions"], *, catalog: Catalog | None = None) -> Munition: ...
@overload
def find(name: str, table: Literal["norms"], *, catalog: Catalog | None = None) -> Norm: ...
@overload
def find(name: str, table: Literal["packages"], *, catalog: Catalog | None = None) -> Package: ...
@overload
def find(name: str, table: Literal["loads"], *, catalog: Catalog | None = None) -> Load: ...
@overload
def find(name: str, table: Literal["voyages"], *, catalog: Catalog | None = None) -> Voyage: ...
@overload
def find(name: str, table: Literal["claims"], *, catalog: Catalog | None = None) -> Claim: ...
@overload
def find(name: str, table: Literal["firing_rates"], *, catalog: Catalog | None = None) -> FiringRate: ...
@overload
def find(name: str, table: str | None = None, *, catalog: Catalog | None = None) -> Record: ...
def find(name: str, table: str | None = None, *, catalog: Catalog | None = None) -> Record:
    """Return the record of that name.

    Case and spaces do not matter; anything else does: a near miss is named in the error, never taken.

    Parameters
    ----------
    name : str
        The key of a row, or one of `ALIASES` where no row has that key [unitless].
    table : str, optional
        One of `tables()`; without it all are searched [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    Record
        The record.

    Raises
    ------
    UnknownItemError
        If nothing has that name, or there is no such table.
    ArgumentError
        If `name` is not a text, or the key of several tables.

    Examples
    --------
    >>> find("152 MM", "munitions").projectile_kg_best
    43.56
    >>> find("20ft-24t").payload_kg
    21750.0
    """
    if not isinstance(name, str):
        raise bad_argument("name", name, "a text", "Write the key of a row, such as '152mm'.")
    if table is not None:
        rows(table, catalog=catalog)
    held = _tables_of(catalog)
    searched = tuple(held) if table is None else (table,)
    key = folded(name)
    hits = [searched_table for searched_table in searched if key in held[searched_table]]
    if not hits and key in ALIASES and "munitions" in searched and ALIASES[key][0] in held["munitions"]:
        return held["munitions"][ALIASES[key][0]]
    if len(hits) > 1:
        fix = f"Say which: {' or '.join(f'table={hit!r}' for hit in hits)}."
        raise bad_argument("name", name, f"a key of one table, and this is one of {' and '.join(hits)}", fix)
    if not hits:
        kind = "catalog row" if table is None else columns_of(table)[0].name
        known = {known_key for searched_table in searched for known_key in held[searched_table]}
        command = "shellflow catalog" if table is None else f"shellflow catalog {table}"
        raise unknown_item(kind, name, known, f"List them with `{command}`.")
    return held[hits[0]][key]


def resolve_munition(name: str, catalog: Catalog | None = None) -> tuple[Munition, str | None]:
    """Return the munition of that name, and a note when the name is an alias.

    Whoever shows a result shows the note: it says which of two readings was taken.

    Parameters
    ----------
    name : str
        The key of a munition, or one of `ALIASES` [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    tuple of Munition and str or None
        The record, and the note or None.

    Raises
    ------
    UnknownItemError
        If there is no such munition.
    ArgumentError
        If `name` is not a text.

    Examples
    --------
    >>> resolve_munition("122mm")[1]
    '122mm is read as 122mm-rocket, as the ministry meant it; for shells write 122mm-shell'
    """
    munition = find(name, "munitions", catalog=catalog)
    if munition.munition == folded(name):
        return munition, None
    target, reason = ALIASES[folded(name)]
    return munition, f"{folded(name)} is read as {target}, {reason}"


def to_frame(table: str, *, catalog: Catalog | None = None) -> pd.DataFrame:
    """Return a table as a pandas DataFrame, one column to a field.

    An empty cell becomes a missing value, so that a column of whole numbers with gaps is one of floats.

    Parameters
    ----------
    table : str
        One of `tables()` [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    pandas.DataFrame
        The rows in the order of the file.

    Raises
    ------
    UnknownItemError
        If there is no such table.

    Examples
    --------
    >>> len(to_frame("transports"))
    8
    """
    found = rows(table, catalog=catalog)
    columns = [column.name for column in columns_of(table)]
    return display.frame([[getattr(row, name) for name in columns] for row in found], columns=columns)


def sources() -> tuple[Source, ...]:
    """Return the documents of the shipped catalog.

    Many are press reports or copies: `grade` says how each knows.

    Returns
    -------
    tuple of Source
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> sources()[0].publisher
    'World Shipping Council'
    """
    return records_of(None, "sources", Source)


def transports() -> tuple[Transport, ...]:
    """Return the kinds of container, wagon and truck of the shipped catalog.

    Payloads are what a transport may carry, not what it did.

    Returns
    -------
    tuple of Transport
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> [transport.transport for transport in transports() if transport.kind == "wagon"]
    ['covered-wagon']
    """
    return records_of(None, "transports", Transport)


def munitions() -> tuple[Munition, ...]:
    """Return the munitions of the shipped catalog.

    Several masses are assumed: `mass_grade` says which.

    Returns
    -------
    tuple of Munition
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> [munition.munition for munition in munitions() if munition.length_m is not None]
    ['122mm-rocket', '107mm-rocket']
    """
    return records_of(None, "munitions", Munition)


def norms() -> tuple[Norm, ...]:
    """Return the shared quantities behind several packages of the shipped catalog.

    Packages with the same norm share one unknown, so that their masses rise and fall together.

    Returns
    -------
    tuple of Norm
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> [norm.norm for norm in norms()]
    ['covered-wagon-load']
    """
    return records_of(None, "norms", Norm)


def packages() -> tuple[Package, ...]:
    """Return the ways of packing of the shipped catalog.

    No crate sheet was found for any Soviet-pattern calibre: their sizes are assumed and their masses derived.

    Returns
    -------
    tuple of Package
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> [package.package for package in packages() if package.norm]
    ['152mm-crate', '122mm-shell-crate']
    """
    return records_of(None, "packages", Package)


def loads() -> tuple[Load, ...]:
    """Return the shipments of known mass of the shipped catalog.

    Rows with `use="reference"` are for comparison and are never fitted.

    Returns
    -------
    tuple of Load
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> [load.load for load in loads() if load.use == "reference"]
    ['fm-55-80', 'andromeda-2018']
    """
    return records_of(None, "loads", Load)


def voyages() -> tuple[Voyage, ...]:
    """Return the counts of containers over voyages of the shipped catalog.

    Voyages and containers of one row may be from different sources: `note` says so.

    Returns
    -------
    tuple of Voyage
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> voyages()[0].containers_low
    300
    """
    return records_of(None, "voyages", Voyage)


def claims() -> tuple[Claim, ...]:
    """Return the published statements of the shipped catalog.

    Rows with `basis="rendering"` are other outlets' versions of a statement, and no evidence.

    Returns
    -------
    tuple of Claim
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> [claim.claim for claim in claims() if claim.family == "us"]
    ['us-state-2024-02-23', 'us-2024-06-28']
    """
    return records_of(None, "claims", Claim)


def firing_rates() -> tuple[FiringRate, ...]:
    """Return the published rates of fire of the shipped catalog.

    They are of all calibres together, and Western and Ukrainian figures for the same months differ several-fold.

    Returns
    -------
    tuple of FiringRate
        In the order of the file.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> max(rate.rounds_per_day_high or 0 for rate in firing_rates())
    70000
    """
    return records_of(None, "firing_rates", FiringRate)
