"""One table of a user's own, from a file or from rows already in memory, held to the same rules as the shipped one."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from numbers import Real

import numpy as np

from shellflow.catalog._reading import as_catalog, read_file, read_rows
from shellflow.catalog._records import Record
from shellflow.catalog._rules import Row, check_references, columns_of
from shellflow.catalog._tables import TABLES, Catalog, Table
from shellflow.errors import DataError, bad_argument, listed, shown, unknown_item

__all__ = ["read_extended", "read_table"]

_GIVEN = "the table given"


def read_table(
    table: str, source: object, *, argument: str = "source", catalog: Catalog | None = None
) -> tuple[Record, ...]:
    """Read one table of your own: a CSV file, a DataFrame of any kind, or rows as mappings or records.

    It is read as the shipped table is: every column must be there, and a row that does not hold stops the reading.

    Parameters
    ----------
    table : str
        One of `TABLES`, whose columns it has [unitless].
    source : path, DataFrame, or iterable of mappings or records
        The rows [unitless].
    argument : str
        What an error calls `source`, where a function of yours takes it under another name [unitless].
    catalog : Catalog, optional
        What its rows may refer to, besides each other; the shipped one by default [unitless].

    Returns
    -------
    tuple of Record
        In the order given.

    Raises
    ------
    UnknownItemError
        If there is no such table.
    ArgumentError
        If `source` is none of these.
    DataError
        If a column is missing or a cell does not hold, with file, line, column and value. Rows that are not from a file
        are counted as the lines of one whose line 1 is the header.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> first, *_ = shipped().claims
    >>> read_table("claims", [first]) == (first,)
    True
    """
    path, text = _text_of(table, source, argument)
    return tuple(record for _, record in _checked(table, read_rows(path, text, table), catalog))


def read_extended(
    table: str, source: object, besides: Collection[str], *, argument: str = "source", catalog: Catalog | None = None
) -> tuple[tuple[Record, Mapping[str, str]], ...]:
    """Read one table of your own that has columns besides those of the shipped one.

    A column whose cells may all be empty may be left out.

    Parameters
    ----------
    table, source
        As for `read_table`.
    besides : collection of str
        Names of columns that may stand in it besides; they are not checked [unitless].
    argument, catalog
        As for `read_table`.

    Returns
    -------
    tuple of (Record, mapping of str to str)
        Each row, and its cells in those of these columns that are there.

    Raises
    ------
    UnknownItemError, ArgumentError, DataError
        As `read_table` does.

    Examples
    --------
    >>> from dataclasses import asdict
    >>> from shellflow.catalog import shipped
    >>> row = asdict(shipped().claims["osc-2025-04-15"]) | {"error": 0.1}
    >>> [(record.claim, cells) for record, cells in read_extended("claims", [row], ["error"])]
    [('osc-2025-04-15', {'error': '0.1'})]
    """
    path, text = _text_of(table, source, argument)
    return tuple(
        (record, {name: row.cells[name] for name in besides if name in row.cells})
        for row, record in _checked(table, read_rows(path, text, table, besides), catalog)
    )


def _text_of(table: object, source: object, argument: str) -> tuple[str, str]:
    """Return the path of a table, or what stands for one, and its text."""
    if not isinstance(table, str) or table not in TABLES:
        raise unknown_item("table", shown(table) if not isinstance(table, str) else table, TABLES)
    if not isinstance(source, str | os.PathLike):
        return _GIVEN, _as_csv(table, source, argument)
    path = os.fspath(source)
    if not os.path.isfile(path):  # noqa: PTH113  pathlib takes longer to load than the tables to read
        raise bad_argument(argument, source, "a CSV file that exists, or a table", "Give its path.")
    return path, read_file(path)


def _checked(
    table: str, rows: Mapping[str, tuple[Row, Record]], catalog: Catalog | None
) -> Collection[tuple[Row, Record]]:
    """Return the rows, each held to the records that it refers to."""
    base = as_catalog(catalog)
    records = {key: base.table(table)[key] for key in base.table(table).names}
    records |= {key: record for key, (_, record) in rows.items()}
    merged = replace(base, **{table: Table(table, records)})  # type: ignore[arg-type]  # its records are of that table
    for row, record in rows.values():
        check_references(row, record, table, merged)
    return rows.values()


def _as_csv(table: str, source: object, argument: str) -> str:
    """Return rows as the CSV text that would hold them, so that one reader judges them all."""
    rows = list(_rows(source, argument))
    names = list(dict.fromkeys(name for row in rows for name in row)) or [column.name for column in columns_of(table)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(names)
    for place, row in enumerate(rows):
        writer.writerow([_cell(row.get(name), name, place + 2) for name in names])
    return out.getvalue()


def _rows(source: object, argument: str) -> Iterator[Mapping[str, object]]:
    # Asked of the class: a lazy frame of Polars would warn that its own columns cost it work.
    if hasattr(type(source), "columns") or hasattr(type(source), "column_names"):
        import narwhals as nw  # one way to read pandas, Polars, PyArrow and the rest

        frame = nw.from_native(source)  # type: ignore[call-overload]
        if isinstance(frame, nw.LazyFrame):
            frame = frame.collect()
        yield from frame.rows(named=True)
        return
    for row in listed(source, argument, "the path of a CSV file, a DataFrame, or a list of rows"):
        if is_dataclass(row) and not isinstance(row, type):
            yield {field.name: getattr(row, field.name) for field in fields(row)}
        elif isinstance(row, Mapping):
            yield {str(name): value for name, value in row.items()}
        else:
            raise bad_argument(argument, row, "a list of rows, each a mapping or a record of the catalog")


def _cell(value: object, column: str, line: int) -> str:
    # pandas and Polars hold a missing number as NaN, the one value that differs from itself, or as NA, which is neither
    # equal nor different.
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return ""
    if isinstance(value, bool | np.bool_ | np.timedelta64) or not isinstance(
        value, str | Real | Decimal | date | np.generic
    ):
        raise DataError(f"{_GIVEN}, line {line}, column {column}: {shown(value)} is neither a text nor a number.")
    if isinstance(value, Real | Decimal) and value != value:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # a column of whole numbers with gaps is one of floats
    return str(value)
