"""A catalog: one typed table an attribute, and the one look-up of names in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from shellflow import display, words
from shellflow.catalog._records import (
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
from shellflow.errors import bad_argument, unknown_item

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["ALIASES", "RECORDS", "TABLES", "Catalog", "Table", "folded", "make_catalog"]

R = TypeVar("R", bound=Record)

RECORDS: Mapping[str, type[Any]] = {
    "sources": Source,
    "transports": Transport,
    "munitions": Munition,
    "norms": Norm,
    "packages": Package,
    "loads": Load,
    "voyages": Voyage,
    "claims": Claim,
    "firing_rates": FiringRate,
}

TABLES = tuple(RECORDS)
"""The names of the tables, in the order in which they refer to each other."""

_NO_RATING = "the code does not state the rating; for 30.48 t gross write 20ft-30t"

ALIASES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "munitions": {
        # The Korean ministry spoke of 122 mm multiple-launch rockets; whoever writes "122mm" most likely quotes it.
        "122mm": ("122mm-rocket", "as the ministry meant it; for shells write 122mm-shell"),
        "grad": ("122mm-rocket", ""),
        "152mmshell": ("152mm", ""),
        "155mmshell": ("155mm", ""),
        "130mmshell": ("130mm", ""),
        "105mmshell": ("105mm", ""),
        "120mm": ("120mm-mortar", ""),
        "220mm": ("220mm-rocket", ""),
        "107mm": ("107mm-rocket", ""),
    },
    "transports": {
        "20g1": ("20ft-8ft-high", ""),
        "22g1": ("20ft-24t", _NO_RATING),
        "42g1": ("40ft", ""),
        "45g1": ("40ft-high-cube", ""),
        "40hc": ("40ft-high-cube", ""),
        "40fthc": ("40ft-high-cube", ""),
        "boxcar": ("covered-wagon", ""),
        "ural": ("truck-ural", ""),
        "ural4320": ("truck-ural", ""),
    },
}
"""For each table, other names as `folded` writes them: the key, and what a result has to say of it, or "".

22G1 and its like are the size and type codes of ISO 6346.
"""


def folded(name: str) -> str:
    """Return a name without what does not matter in names: case, spaces, hyphens and underscores.

    Parameters
    ----------
    name : str
        As somebody writes it [unitless].

    Returns
    -------
    str
        The same for all spellings of one name [unitless].

    Examples
    --------
    >>> folded("122 MM rocket")
    '122mmrocket'
    """
    return "".join(letter for letter in name.casefold() if not (letter.isspace() or letter in "-_\u2010\u2011"))


class Table(Generic[R]):
    """The records of one table, in the order of its file, found by name.

    Iterating gives the records. `table["122 MM rocket"]` is one of them: case, spaces and hyphens do not matter, and
    aliases are known.

    Parameters
    ----------
    name : str
        Of the table, such as "munitions" [unitless].
    records : mapping of str to Record
        By key.
    """

    __slots__ = ("_keys", "_records", "name")

    def __init__(self, name: str, records: Mapping[str, R]) -> None:
        self.name = name
        self._records = dict(records)
        self._keys = {folded(key): key for key in self._records}

    def __reduce__(self) -> tuple[Any, ...]:
        return Table, (self.name, self._records)

    def __iter__(self) -> Iterator[R]:
        return iter(self._records.values())

    def __len__(self) -> int:
        return len(self._records)

    def __contains__(self, key: object) -> bool:
        return key in self._records

    def __getitem__(self, name: str) -> R:
        return self.resolve(name)[0]

    def __repr__(self) -> str:
        return f"<Table {self.name}: {len(self)} rows>"

    def _repr_html_(self) -> str:
        names = [column.name for column in fields(RECORDS[self.name])]
        columns = [[getattr(record, name) for record in self] for name in names]
        headings = [
            display.Column(name, not any(isinstance(value, str) for value in values))
            for name, values in zip(names, columns, strict=True)
        ]
        cells = [tuple("" if value is None else str(value) for value in row) for row in zip(*columns, strict=True)]
        title = words.with_noun(len(self), "row")
        return display.to_html(display.Report(f"{self.name}: {title}", columns=tuple(headings), cells=tuple(cells)))

    @property
    def names(self) -> tuple[str, ...]:
        """The keys, in the order of the file; aliases are not among them."""
        return tuple(self._records)

    def key_of(self, name: object) -> str | None:
        """Return the key that a name stands for, or None; a row of that name goes before an alias.

        Parameters
        ----------
        name : str
            A key or an alias, whatever its case, spaces and hyphens; what is no text stands for none [unitless].

        Returns
        -------
        str or None
            The key [unitless].
        """
        if not isinstance(name, str):
            return None
        spelling = folded(name)
        key = self._keys.get(spelling) or ALIASES.get(self.name, {}).get(spelling, ("", ""))[0]
        return key if key in self._records else None

    def resolve(self, name: str) -> tuple[R, str]:
        """Return the record of that name, and a note where the name might have meant another.

        Whoever shows a result shows the note: it says which of two readings was taken. A near miss is named in the
        error, never taken.

        Parameters
        ----------
        name : str
            A key or an alias, whatever its case, spaces and hyphens [unitless].

        Returns
        -------
        tuple of Record and str
            The record; the note is empty where the name can mean nothing else.

        Raises
        ------
        UnknownItemError
            If nothing has that name.
        ArgumentError
            If `name` is not a text.

        Examples
        --------
        >>> from shellflow.catalog import shipped
        >>> shipped().munitions.resolve("122 mm")[1]
        '122mm is read as 122mm-rocket, as the ministry meant it; for shells write 122mm-shell'
        """
        if not isinstance(name, str):
            raise bad_argument("name", name, "a text", f"Write the key of a row of {self.name}.")
        key = self.key_of(name)
        if key is None:
            kind = self.name.removesuffix("s").replace("_", " ")
            raise unknown_item(kind, name, self._records, f"List them with `shellflow catalog {self.name}`.")
        spelling = folded(name)
        reason = "" if spelling in self._keys else ALIASES[self.name][spelling][1]
        return self._records[key], f"{spelling} is read as {key}, {reason}" if reason else ""

    def to_frame(self) -> pd.DataFrame:
        """Return the table as a pandas DataFrame, one column to a field.

        An empty cell becomes a missing value, so that a column of whole numbers with gaps is one of floats.

        Returns
        -------
        pandas.DataFrame
            The rows in the order of the file.

        Examples
        --------
        >>> from shellflow.catalog import shipped
        >>> len(shipped().transports.to_frame())
        8
        """
        columns = [column.name for column in fields(RECORDS[self.name])]
        return display.frame([[getattr(record, name) for name in columns] for record in self], columns=columns)


@dataclass(frozen=True)
class Catalog:
    """The tables, with the version and hash that say which; equal when both are.

    The digest is 12 hex digits of blake2b over the text of the files with normalised newlines: it changes when rows
    are reordered or a number is respelt, so that the same digest means the same files.
    """

    sources: Table[Source] = field(repr=False, compare=False)
    transports: Table[Transport] = field(repr=False, compare=False)
    munitions: Table[Munition] = field(repr=False, compare=False)
    norms: Table[Norm] = field(repr=False, compare=False)
    packages: Table[Package] = field(repr=False, compare=False)
    loads: Table[Load] = field(repr=False, compare=False)
    voyages: Table[Voyage] = field(repr=False, compare=False)
    claims: Table[Claim] = field(repr=False, compare=False)
    firing_rates: Table[FiringRate] = field(repr=False, compare=False)
    digest: str
    version: str

    def table(self, name: str) -> Table[Any]:
        """Return the table of that name: the same as the attribute.

        Parameters
        ----------
        name : str
            One of `TABLES` [unitless].

        Returns
        -------
        Table
            Its records.

        Raises
        ------
        UnknownItemError
            If there is no such table.
        """
        if not isinstance(name, str) or name not in TABLES:
            raise unknown_item("table", str(name), TABLES)
        table: Table[Any] = getattr(self, name)
        return table

    def find(self, name: str) -> Record:
        """Return the record of that name, whichever table it is in.

        Parameters
        ----------
        name : str
            A key or an alias, as for `Table.resolve` [unitless].

        Returns
        -------
        Record
            The record.

        Raises
        ------
        UnknownItemError
            If nothing has that name.
        ArgumentError
            If `name` is not a text, or names rows of several tables.

        Examples
        --------
        >>> from shellflow.catalog import shipped
        >>> shipped().find("20ft-24t").payload_kg
        21750.0
        """
        if not isinstance(name, str):
            raise bad_argument("name", name, "a text", "Write the key of a row, such as '152mm'.")
        tables = [self.table(table) for table in TABLES]
        holders = [table for table in tables if table.key_of(name) is not None]
        if len(holders) > 1:
            fix = f"Say which: {' or '.join(f'catalog.{table.name}[{name!r}]' for table in holders)}."
            raise bad_argument("name", name, f"the name of one row, and {len(holders)} tables have it", fix)
        if not holders:
            known = {key for table in tables for key in table.names}
            raise unknown_item("catalog row", name, known, "List them with `shellflow catalog`.")
        record: Record = holders[0][name]
        return record


def make_catalog(records: Mapping[str, Mapping[str, Any]], digest: str, version: str) -> Catalog:
    """Return a catalog of records by table and key."""
    tables: dict[str, Any] = {name: Table(name, records[name]) for name in TABLES}
    return Catalog(**tables, digest=digest, version=version)
