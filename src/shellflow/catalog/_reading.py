"""From files to a catalog: strictly, so that nothing is skipped, guessed or made 0."""

from __future__ import annotations

import csv
import hashlib
import io
import math
import os
import re
from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from typing import Literal

from shellflow.catalog._records import Record
from shellflow.catalog._rules import Column, Row, check_references, check_row, columns_of, how_to_fill
from shellflow.catalog._tables import RECORDS, TABLES, Catalog, folded, make_catalog
from shellflow.errors import DataError, bad_argument, shown

__all__ = ["as_catalog", "load", "read_file", "read_rows", "shipped"]

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
# pandas writes whole numbers with gaps as 1000.0. More zeros than one may be thousands: 1.000.
_WHOLE = re.compile(r"(\d{1,15})(\.0)?", re.ASCII)
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)


def _is_date(text: str) -> bool:
    parts = _PARTIAL_DATE.fullmatch(text)
    if parts is None:
        return False
    try:
        date(*(int(part or 1) for part in parts.groups()))
    except ValueError:
        return False
    return True


def _value(row: Row, column: Column) -> str | float | int | None:
    text = row.cells[column.name]
    if not text:
        if column.required:
            row.refuse(column.name, "is missing", how_to_fill(column))
        return None
    if column.kind is str:
        if column.allowed and text not in column.allowed:
            row.refuse(column.name, "is not known here", f"Write one of {', '.join(column.allowed)}.")
        if column.date and not _is_date(text):
            row.refuse(column.name, "is not a date", "Write YYYY, YYYY-MM or YYYY-MM-DD.")
        return text
    if column.kind is int:
        digits = _WHOLE.fullmatch(text)
        if digits is None or not int(digits[1]) > 0:
            row.refuse(
                column.name, "is not a whole number above 0", "Write digits alone, such as 6700; empty if unknown."
            )
        return int(digits[1])
    # float() would also take nan, inf and 1_000.
    number = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not math.isfinite(number):
        row.refuse(
            column.name, "is not a finite number", "Write it plainly and without unit, such as 43.56; empty if unknown."
        )
    if not (number > 0 or (column.zero and number == 0)):
        least = "0 or more" if column.zero else "above 0"
        row.refuse(column.name, f"is not {least}", "Leave the cell empty if it is not known.")
    return number


def read_file(path: str) -> str:
    """Return the text of a file, its lines ended alike."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        byte = error.object[error.start : error.start + 1]
        raise DataError(f"{path}, line {line}: {byte!r} is not UTF-8. Save the file as UTF-8.") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}). Make it a file that you may read.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _check_header(path: str, header: list[str], table: str, besides: Collection[str] | None) -> None:
    expected = [column.name for column in columns_of(table)]
    needed = [column.name for column in columns_of(table) if besides is None or column.required]
    problems = {
        "duplicated column": sorted({name for name in header if header.count(name) > 1}),
        "unknown column": [name for name in header if name not in (*expected, *(besides or ()))],
        "missing column": [name for name in needed if name not in header],
    }
    for problem, columns in problems.items():
        if columns:
            named = ", ".join(shown(name) for name in columns)
            more = f", and besides: {', '.join(besides)}" if besides else ""
            raise DataError(
                f"{path}, line 1: {problem} {named}. The columns of {table} are: {', '.join(expected)}{more}."
            )


def _lines(path: str, text: str) -> Iterator[tuple[int, list[str]]]:
    # strict, as the reader would otherwise mend a stray quote in its own way.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [cell.strip() for cell in cells]
            line = reader.line_num + 1  # a quoted cell may run over several lines
    except csv.Error as error:
        raise DataError(f"{path}, line {line}: not readable as CSV ({error}). Mend the quotes.") from error


def read_rows(
    path: str, text: str, table: str, besides: Collection[str] | None = None
) -> dict[str, tuple[Row, Record]]:
    """Return the rows of a table by key, each checked by itself.

    With `besides`, names of columns that may be there as well, columns whose cells may be empty may be left out.
    """
    lines = _lines(path, text)
    _, header = next(lines, (1, []))
    _check_header(path, header, table, besides)
    columns = columns_of(table)
    left_out = {column.name: "" for column in columns if column.name not in header}
    key = columns[0].name
    rows: dict[str, tuple[Row, Record]] = {}
    spellings: dict[str, Row] = {}
    for line, cells in lines:
        if len(cells) != len(header):
            raise DataError(
                f"{path}, line {line}: {len(cells)} cells where the header has {len(header)}: {shown(cells)}. "
                "Quote a cell that holds a comma; delete an empty line."
            )
        row = Row(path, line, left_out | dict(zip(header, cells, strict=True)))
        record = RECORDS[table](*(_value(row, column) for column in columns))
        check_row(row, record, table)
        first = spellings.setdefault(folded(row.cells[key]), row)
        if first is not row:
            problem = f"is a duplicated key, first on line {first.line} as {first.cells[key]!r}"
            row.refuse(key, problem, "Keep one row, or rename one; case, spaces and hyphens tell no names apart.")
        rows[row.cells[key]] = (row, record)
    if not rows:
        raise DataError(f"{path}: the table is empty. Add a row, or remove the file.")
    return rows


@cache
def shipped() -> Catalog:
    """Return the catalog of the installed package, read once.

    It is only as complete as public sources are: `data/README.md` says what is not known.

    Returns
    -------
    Catalog
        All nine tables.

    Raises
    ------
    DataError
        If the installed files are damaged.

    Examples
    --------
    >>> shipped().version
    '2026.11.2'
    """
    # Not importlib.resources: the files are installed beside this one, and it would cost more than reading them.
    return load(os.path.join(os.path.dirname(os.path.dirname(__file__)), "data"), onto=None)


def load(folder: str | os.PathLike[str], *, onto: Catalog | Literal["shipped"] | None = "shipped") -> Catalog:
    """Read a folder of tables, laid over another catalog.

    The same key replaces a whole row, a new key adds one; a row cannot be removed.

    Parameters
    ----------
    folder : path
        Holds at least one of the nine tables as `<table>.csv`, with the columns of the shipped ones. A file `VERSION`
        is read when there; files that are not CSV are left alone [unitless].
    onto : Catalog, "shipped" or None
        What the rows are laid over; with None a table that is not in the folder is empty [unitless].

    Returns
    -------
    Catalog
        The rows of both.

    Raises
    ------
    ArgumentError
        If `folder` is not a folder or `onto` not a catalog.
    DataError
        If a table, a row or a reference does not hold, with file, line, column and value.

    Examples
    --------
    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     lines = ["norm,what,transport,load_kg_low,load_kg_best,load_kg_high,source,grade,note"]
    ...     lines.append("my-norm,a full lorry,truck-ural,5000,,6000,engineering,assumed,")
    ...     _ = pathlib.Path(folder, "norms.csv").write_text(chr(10).join(lines))
    ...     own = load(folder)
    >>> own.norms.names
    ('covered-wagon-load', 'my-norm')
    """
    if not isinstance(folder, str | os.PathLike) or not os.path.isdir(folder):
        raise bad_argument("folder", folder, "a folder that exists", "Give the path of a folder of tables.")
    if onto == "shipped":
        onto = shipped()
    if onto is not None and not isinstance(onto, Catalog):
        raise bad_argument("onto", onto, "a Catalog, 'shipped' or None", "Make one with catalog.load(folder).")
    files = sorted(name for name in os.listdir(folder) if os.path.splitext(name)[1].lower() == ".csv")
    known = [f"{name}.csv" for name in TABLES]
    strange = [name for name in files if name not in known]
    if strange or not files:
        problem = f"no table is called {', '.join(strange)}" if strange else "there is no table in this folder"
        raise DataError(f"{folder}: {problem}. The tables are {', '.join(known)}; rename the file or move it away.")

    texts = {os.path.splitext(name)[0]: read_file(os.path.join(folder, name)) for name in files}
    read = {table: read_rows(os.path.join(folder, f"{table}.csv"), text, table) for table, text in texts.items()}
    records: dict[str, dict[str, Record]] = {}
    for table in TABLES:
        base = {} if onto is None else {key: onto.table(table)[key] for key in onto.table(table).names}
        records[table] = base | {key: record for key, (_, record) in read.get(table, {}).items()}
    version_file = os.path.join(folder, "VERSION")
    version = read_file(version_file).strip() if os.path.exists(version_file) else "unversioned"
    content = hashlib.blake2b(b"" if onto is None else onto.digest.encode(), digest_size=6)
    for table, text in texts.items():
        content.update(f"\0{table}\0{text}".encode())
    catalog = make_catalog(records, content.hexdigest(), version if onto is None else f"{onto.version}+{version}")
    for table, rows in read.items():
        spellings: dict[str, list[str]] = {}
        for name in catalog.table(table).names:
            spellings.setdefault(folded(name), []).append(name)
        for key, (row, record) in rows.items():
            for other in spellings[folded(key)]:
                if other != key:
                    row.refuse(
                        columns_of(table)[0].name, f"is the same name as {other!r}", "Write it so, or choose another."
                    )
            check_references(row, record, table, catalog)
    return catalog


def as_catalog(catalog: object) -> Catalog:
    """Return the catalog given, or the shipped one for None.

    Parameters
    ----------
    catalog : Catalog or None
        What a caller gave.

    Returns
    -------
    Catalog
        The catalog.

    Raises
    ------
    ArgumentError
        If it is neither.
    """
    if catalog is not None and not isinstance(catalog, Catalog):
        raise bad_argument("catalog", catalog, "a Catalog or None", "Make one with catalog.load(folder).")
    return shipped() if catalog is None else catalog
