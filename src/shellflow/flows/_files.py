"""Shipments from a CSV or Parquet file, and which of its columns say what, guessed from the usual spellings."""

from __future__ import annotations

import contextlib
import re
import sys
import threading
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from shellflow.errors import ArgumentError, DataError, bad_argument, shown, unknown_item
from shellflow.flows._ask import flow
from shellflow.flows._flow import Flow
from shellflow.flows._table import NAMES, NUMBERS

__all__ = ["SPELLINGS", "flow_of_file", "guess", "write"]

_CSV, _PARQUET = (".csv",), (".parquet", ".pq")

_USUAL = {
    "date": "date, day, when, departure, departure date, departed, arrival, arrival date, arrived, observed, seen",
    "count": "count, containers, container count, number of containers, n containers, number, quantity, qty, n",
    "low": "low, count low, low count, containers low, low containers, minimum, min, at least",
    "high": "high, count high, high count, containers high, high containers, maximum, max, at most",
    "munition": "munition, ammunition, calibre, caliber",
    "transport": "transport, transport type, container type, container kind",
    "packing": "packing",
    "carrier": "carrier, ship, vessel, train, imo",
}
SPELLINGS: Mapping[str, tuple[str, ...]] = {role: tuple(usual.split(", ")) for role, usual in _USUAL.items()}
"""How the columns of a table are usually called."""


def flow_of_file(path: str, columns: Mapping[str, str | None], options: Mapping[str, Any]) -> tuple[Flow, list[str]]:
    """Return the flow of a file, and what was guessed of its columns, in words.

    Parameters
    ----------
    path : str
        A CSV or Parquet file [unitless].
    columns : mapping of str to str or None
        For each role of `SPELLINGS` its column, or for munition, transport and packing the one for all rows; None where
        it is to be guessed.
    options : mapping of str to object
        The other arguments of `flow`.

    Returns
    -------
    tuple of Flow and list of str
        The flow and the guesses.

    Raises
    ------
    ShellflowError
        If the file cannot be read, several columns might be meant, or as `flow` does.

    Notes
    -----
    Read by DuckDB where it is installed, so that a file may be larger than memory, and by pandas otherwise. In a CSV
    file an empty cell is missing, whatever else stands there is taken as it is written.
    """
    if not Path(path).is_file():
        raise DataError(f"{path}: no such file. Check the path.")
    kind = Path(path).suffix.casefold()
    if kind not in (*_CSV, *_PARQUET):
        raise bad_argument("file", path, f"a file of {', '.join((*_CSV, *_PARQUET))}", "Save it as one of these.")
    in_duckdb = all(find_spec(name) for name in ("duckdb", "pyarrow"))
    with _damaged(path):
        table, connection = _in_duckdb(path, kind) if in_duckdb else (_in_pandas(path, kind), None)
    there = [str(column) for column in table.columns]
    given, guessed, left = guess(there, columns)
    said = [f"{role} = {column!r}" for role, column in guessed.items() if role != column]
    lines = [*([f"columns taken by their names: {', '.join(said)}"] if said else []), *left]
    lines += [
        f"the column {column!r} was not read: --{role} {columns[role]} was given for all rows"
        for role in NAMES
        for column in there
        # One of exactly that name is spoken of by the notes of the flow.
        if columns[role] and columns[role] not in there and column != role and _folded(column) in SPELLINGS[role]
    ]
    if kind in _CSV:
        numbers = [column for role, column in given.items() if role in NUMBERS and column in there]
        with _damaged(path):
            table = _with_numbers(table, list(dict.fromkeys(numbers)), in_duckdb)
    asked: dict[str, Any] = {**given, **options}
    with _progress(f"summing up {Path(path).name}", connection):
        return flow(table, **asked), lines


def guess(
    there: list[str], columns: Mapping[str, str | None]
) -> tuple[dict[str, str | None], dict[str, str], list[str]]:
    """Return the column of each role, which of these were guessed, and which columns were left alone, in words.

    Raises
    ------
    ArgumentError
        If several columns might be meant, and the flow hangs on it.
    UnknownItemError
        If none could be a date, or none a count.
    """
    given, guessed, left = dict(columns), {}, []
    taken = {column for column in given.values() if column is not None}
    ranged = given.get("low") is not None or given.get("high") is not None
    for role, spellings in SPELLINGS.items():
        if given.get(role) is not None:
            continue
        given[role] = None
        found = [column for column in there if _folded(column) in spellings and column not in taken]
        exact = [column for column in found if column == role]
        if len(found) > 1 and not exact:
            said = f"{' and '.join(map(repr, found))} could each be the {role}"
            if role != "carrier" and not (role == "count" and ranged):
                raise ArgumentError(f"{said}: say which with --{role}.")
            left.append(f"{said}, and none was read: say which with --{role}")
        elif found:
            given[role] = guessed[role] = (exact or found)[0]
            taken.add(guessed[role])
    if given["date"] is None:
        raise unknown_item("column of dates", "date", there, "Name it with --date.")
    if all(given[role] is None for role in NUMBERS):
        raise unknown_item("column of counts", "count", there, "Name it with --count.")
    if given["munition"] is None:
        raise ArgumentError("no column of munitions: name one munition for all rows with -m, such as -m 152mm.")
    for role in ("low", "high"):
        if (given["low"] is None) != (given["high"] is None) and role in guessed and given["count"] is not None:
            given[role] = None
            column = guessed.pop(role)
            if column != role:  # one of exactly that name is spoken of by the notes of the flow
                left.append(f"the column {column!r} was not read: a range has two ends, and the other is not there")
    return given, guessed, left


def _folded(column: str) -> str:
    return " ".join(column.casefold().replace("-", " ").replace("_", " ").split())


def _in_duckdb(path: str, kind: str) -> tuple[Any, Any]:
    import duckdb

    connection = duckdb.connect()
    connection.execute("SET enable_progress_bar = true")
    connection.execute("SET enable_progress_bar_print = false")
    literal = re.sub(r"([*?\[])", r"[\1]", path)  # DuckDB takes a name for a pattern, which may match other files
    if kind in _PARQUET:
        return connection.read_parquet(literal), connection
    separator, header = _header(path)
    # Nothing is left to DuckDB's guesses: it would choose between day and month first, and skip lines it cannot read.
    table = connection.read_csv(
        literal,
        columns=dict.fromkeys(header, "VARCHAR"),
        auto_detect=False,
        header=True,
        sep=separator,
        quotechar='"',
        escapechar='"',
    )
    return table, connection


def _header(path: str) -> tuple[str, list[str]]:
    """Return the separator of a CSV file and the names of its columns."""
    import csv

    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        line = file.readline()
    separator = max(",;\t", key=line.count)
    header = next(csv.reader([line], delimiter=separator), [])
    if not header or len(set(header)) < len(header):
        raise DataError(f"the first line is {shown(line.strip())}: it must name each column, and each once")
    return separator, header


def _in_pandas(path: str, kind: str) -> Any:
    import pandas as pd

    if kind in _PARQUET:
        return pd.read_parquet(path)
    separator, _ = _header(path)
    return pd.read_csv(path, sep=separator, dtype=str, keep_default_na=False, na_values=[""], encoding="utf-8-sig")


def _with_numbers(table: Any, columns: list[str], in_duckdb: bool) -> Any:
    if not columns:
        return table
    if in_duckdb:
        casts = [f"CAST({_quoted(column)} AS DOUBLE) AS {_quoted(column)}" for column in columns]
        return table.project(f"* REPLACE ({', '.join(casts)})")
    import pandas as pd

    return table.assign(**{column: pd.to_numeric(table[column]) for column in columns})


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


@contextlib.contextmanager
def _damaged(path: str) -> Iterator[None]:
    try:
        yield
    except (MemoryError, ModuleNotFoundError):
        raise
    except Exception as error:  # the readers raise errors of many kinds
        raise DataError(f"{path}: cannot be read ({' '.join(str(error).split())[:200]}). Correct the file.") from error


@contextlib.contextmanager
def _progress(what: str, connection: Any) -> Iterator[None]:
    """Show a bar on a terminal while the engine works, once that takes longer than a second."""
    if not sys.stderr.isatty():
        yield
        return
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(what, connection, done), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


def _watch(what: str, connection: Any, done: threading.Event) -> None:
    if done.wait(1.0):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        while not done.wait(0.2):
            share = -1.0 if connection is None else connection.query_progress()
            if share > 0:  # below 0 where the engine does not know
                bar.update(task, total=100.0, completed=share)


def write(found: Flow, path: str, level: float) -> None:
    """Write the table of a flow to a CSV or Parquet file.

    Raises
    ------
    ArgumentError
        If the name ends in neither.
    DataError
        If it cannot be written, for Parquet also where pyarrow is missing.
    """
    kind = Path(path).suffix.casefold()
    if kind not in (*_CSV, *_PARQUET):
        raise bad_argument("output", path, f"a name that ends in {', '.join((*_CSV, *_PARQUET))}")
    frame = found.to_frame(level)
    try:
        if kind in _CSV:
            frame.to_csv(path, index=False)
        else:
            frame.to_parquet(path, index=False)
    except ImportError:
        raise DataError(f"{path}: Parquet needs pyarrow. Install it, or write a .csv file.") from None
    except OSError as error:
        raise DataError(f"{path}: cannot be written ({error.strerror or error}). Choose another place.") from None
