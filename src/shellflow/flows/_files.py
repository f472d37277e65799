"""Shipments from a CSV or Parquet file, and which of its columns say what, guessed from the usual spellings."""

from __future__ import annotations

import atexit
import contextlib
import re
import shutil
import sys
import tempfile
import threading
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
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


_NUMBER = r"\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*"
_NO_NUMBER = "which is no number. Write it in digits, with a point for decimals"
_MEMORY = "1GB"  # that DuckDB may take before it goes on in a file


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
    Read by DuckDB where it is installed, so that a file may be larger than memory, and by pandas otherwise, as are the
    few files in which some lines end in CR LF and some in LF. In a CSV file an empty cell is missing, whatever else
    stands there is taken as it is written.
    """
    if not Path(path).is_file():
        raise DataError(f"{path}: no such file. Check the path.")
    kind = Path(path).suffix.casefold()
    if kind not in (*_CSV, *_PARQUET):
        raise bad_argument("file", path, f"a file of {', '.join((*_CSV, *_PARQUET))}", "Save it as one of these.")
    with _progress(f"summing up {Path(path).name}") as engines:
        in_duckdb = all(find_spec(name) for name in ("duckdb", "pyarrow")) and not (kind in _CSV and _mixed_ends(path))
        with _damaged(path):
            table = _in_duckdb(path, kind, engines) if in_duckdb else _in_pandas(path, kind)
            there = list(map(str, table.columns)) if kind in _PARQUET else _header(path)[1]
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
            apart = _apart(there, [column for column in given.values() if column in there])
            numbers = {column for role, column in given.items() if role in NUMBERS}
            with _damaged(path):
                table = (_read_by_duckdb if in_duckdb else _read_by_pandas)(table, apart, numbers)
            given = {role: None if column is None else apart.get(column, column) for role, column in given.items()}
        asked: dict[str, Any] = {**given, **options}
        found = flow(table, **asked)
    return found, lines


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


def _in_duckdb(path: str, kind: str, engines: list[Any]) -> Any:
    import duckdb

    connection = duckdb.connect()
    engines.append(connection)
    spilled = tempfile.mkdtemp(prefix="shellflow-")
    atexit.register(shutil.rmtree, spilled, ignore_errors=True)
    for name, value in (
        ("enable_progress_bar", "true"),
        ("enable_progress_bar_print", "false"),
        ("memory_limit", f"'{_MEMORY}'"),
        ("temp_directory", "'" + spilled.replace("'", "''") + "'"),
        ("preserve_insertion_order", "false"),
    ):
        connection.execute(f"SET {name} = {value}")
    literal = re.sub(r"([*?\[])", r"[\1]", path)  # DuckDB takes a name for a pattern, which may match other files
    if kind in _PARQUET:
        return connection.read_parquet(literal)
    separator, header = _header(path)
    # Nothing is left to DuckDB's guesses: it would choose between day and month first, and skip lines it cannot read.
    return connection.read_csv(
        literal,
        columns={f"column {place}": "VARCHAR" for place in range(len(header))},
        auto_detect=False,
        header=True,
        sep=separator,
        quotechar='"',
        escapechar='"',
    )


def _mixed_ends(path: str) -> bool:
    """Return whether some lines end in CR LF and some in LF, which DuckDB does not read."""
    both = with_return = 0
    last = b""
    with Path(path).open("rb") as file:
        while chunk := file.read(2**20):
            both += chunk.count(b"\n")
            with_return += chunk.count(b"\r\n") + (last == b"\r" and chunk[:1] == b"\n")
            last = chunk[-1:]
    return 0 < with_return < both


def _header(path: str) -> tuple[str, list[str]]:
    """Return the separator of a CSV file and the names of its columns."""
    import csv

    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        line = file.readline()
    separator = max(",;\t", key=line.count)
    header = next(csv.reader([line], delimiter=separator), [])
    named = [name for name in header if name.strip()]
    if not named or len(set(named)) < len(named):
        raise DataError(f"the first line is {shown(line.strip())}: it must name each column, and each once")
    # Some have no name, such as the index that pandas writes, and what stands behind a last separator.
    return separator, [name if name.strip() else f"column {place}" for place, name in enumerate(header, 1)]


def _apart(there: Sequence[str], first: Sequence[str]) -> dict[str, str]:
    """Return names that differ in more than case, for DuckDB; those in `first` keep theirs where they can."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for column in dict.fromkeys((*first, *there)):
        name, number = column, 1
        while name.casefold() in taken:
            number += 1
            name = f"{column} ({number})"
        taken.add(name.casefold())
        found[column] = name
    return {column: found[column] for column in there}


def _in_pandas(path: str, kind: str) -> Any:
    import pandas as pd

    if kind in _PARQUET:
        return pd.read_parquet(path)
    separator, header = _header(path)
    with warnings.catch_warnings():
        warnings.simplefilter("error", pd.errors.ParserWarning)  # of lines with more cells than the first
        return pd.read_csv(
            path,
            sep=separator,
            names=list(range(len(header))),
            header=0,
            index_col=False,
            dtype=str,
            keep_default_na=False,
            na_values=[""],
            encoding="utf-8-sig",
        )


def _read_by_duckdb(table: Any, names: Mapping[str, str], numbers: Collection[str | None]) -> Any:
    """Return the columns of a CSV file under their names, those of numbers read as such."""
    made = []
    for place, (column, name) in enumerate(names.items()):
        value = _quoted(f"column {place}")
        if column in numbers:
            said = f"{_text(f'the column {column!r} holds ')} || {value} || {_text(f', {_NO_NUMBER}')}"
            sound = f"{value} IS NULL OR regexp_full_match({value}, {_text(_NUMBER)})"
            value = f"CASE WHEN {sound} THEN CAST({value} AS DOUBLE) ELSE error({said}) END"
        made.append(f"{value} AS {_quoted(name)}")
    return table.project(", ".join(made))


def _read_by_pandas(table: Any, names: Mapping[str, str], numbers: Collection[str | None]) -> Any:
    """Return the columns of a CSV file under their names, those of numbers read as such."""
    import pandas as pd

    read = table.set_axis(list(names.values()), axis="columns")
    for column, name in names.items():
        if column in numbers:
            odd = read[name].notna() & ~read[name].str.fullmatch(_NUMBER).fillna(False).astype(bool)
            if odd.any():
                raise DataError(f"the column {column!r} holds {read.loc[odd, name].iloc[0]}, {_NO_NUMBER}")
            read[name] = pd.to_numeric(read[name].str.strip()).astype(float)
    return read


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


@contextlib.contextmanager
def _damaged(path: str) -> Iterator[None]:
    try:
        yield
    except (MemoryError, ModuleNotFoundError):
        raise
    except Exception as error:  # the readers raise errors of many kinds
        raise DataError(f"{path}: cannot be read ({' '.join(str(error).split())[:200]}). Correct the file.") from error


@contextlib.contextmanager
def _progress(what: str) -> Iterator[list[Any]]:
    """Show a bar on a terminal while work goes on, once that takes longer than a second.

    Connections put into the list that is yielded say how far they are.
    """
    engines: list[Any] = []
    if not sys.stderr.isatty():
        yield engines
        return
    done = threading.Event()
    watcher = threading.Thread(target=_watch, args=(what, engines, done), daemon=True)
    watcher.start()
    try:
        yield engines
    finally:
        done.set()
        watcher.join()


def _watch(what: str, engines: list[Any], done: threading.Event) -> None:
    if done.wait(1.0):
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        while not done.wait(0.2):
            share = engines[0].query_progress() if engines else -1.0
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
