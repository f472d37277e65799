"""Shipments from a file: CSV as texts, workbooks as cells, Parquet through the engine at hand."""

from __future__ import annotations

import contextlib
import importlib.util
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shellflow.errors import DataError, ShellflowError, bad_argument, printable, shortened
from shellflow.shipments import _csv, _excel

__all__ = ["Sheet", "read_file"]

_CSV, _EXCEL, _PARQUET = (".csv", ".tsv", ".txt"), (".xlsx",), (".parquet", ".pq")
_LONGEST_PATH = 400
_PACKED = (".gz", ".zip", ".bz2", ".xz", ".zst")


@dataclass(frozen=True, eq=False)
class Sheet:
    """A table from a file.

    Parameters
    ----------
    frame : pandas.DataFrame or polars.LazyFrame
        Of a CSV file all columns are texts; empty cells are missing, and its index are the numbers of the lines.
    columns : tuple of str
        Their names [unitless].
    remarks : tuple of str
        Notes on how it was read [unitless].
    name : str
        That of the file [unitless].
    numbered : bool
        Whether the index of the frame numbers its rows as the file does.
    """

    frame: Any
    columns: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    name: str = "shipments"
    numbered: bool = False


def read_file(path: str, given: Mapping[str, str], encoding: str | None = None, sheet: str | None = None) -> Sheet:
    """Return the table in a file.

    Parameters
    ----------
    path : str
        A CSV, Excel or Parquet file [unitless].
    given : mapping of str to str
        The columns whose role is known, which help to find the header [unitless].
    encoding : str, optional
        Of a CSV file; by its mark, or else UTF-8, when left out [unitless].
    sheet : str, optional
        Of a workbook; the only one with cells when left out [unitless].

    Returns
    -------
    Sheet
        The table.

    Raises
    ------
    ShellflowError
        If the file is not there, of another kind, or cannot be read.
    """
    file, name = Path(path), shortened(printable(path), _LONGEST_PATH)
    with _trouble(name):
        if file.is_dir():
            raise DataError(f"{name} is a folder. Give one file in it.")
        if not file.is_file():
            raise DataError(f"{name}: no such file. Check the path.")
        kind = file.suffix.casefold()
        if kind in _PACKED:
            raise bad_argument("file", path, "a file that is not packed", f"Unpack the {kind} file first.")
        if sheet is not None and kind not in _EXCEL:
            raise bad_argument("sheet", sheet, "left out for a file that is no workbook")
        if encoding is not None and kind not in _CSV:
            raise bad_argument("encoding", encoding, "left out for a file that is no text")
        if kind in _CSV:
            text = _csv.decoded(file.read_bytes(), name, encoding)
            return Sheet(*_csv.read(text, name, given), file.name, numbered=True)
        if kind in _EXCEL:
            return Sheet(*_excel.read(path, name, given, sheet), file.name, numbered=True)
        if kind not in _PARQUET:
            allowed = f"a file of {', '.join((*_CSV, *_EXCEL, *_PARQUET))}"
            raise bad_argument("file", path, allowed, "Save the table as CSV in UTF-8, or as .xlsx.")
        return _parquet(path, file.name)


def _parquet(path: str, name: str) -> Sheet:
    import narwhals as nw

    if importlib.util.find_spec("polars"):
        # A name with brackets or stars is a name, no pattern that may match other files.
        table = nw.scan_parquet(path, backend="polars", glob=False)
        return Sheet(table.to_native(), tuple(table.collect_schema()), name=name)
    if not importlib.util.find_spec("pyarrow"):
        raise DataError(f"{printable(path)}: Parquet needs polars or pyarrow. Install one, or save the table as CSV.")
    frame = nw.read_parquet(path, backend="pandas").to_native()
    return Sheet(frame, tuple(map(str, frame.columns)), name=name)


@contextlib.contextmanager
def _trouble(name: str) -> Iterator[None]:
    try:
        yield
    except (ShellflowError, MemoryError):
        raise
    except OSError as error:
        raise DataError(f"{name}: cannot be read ({error.strerror or error}). Check the path.") from error
    except Exception as error:  # the readers raise errors of many kinds
        reason = printable(" ".join(str(error).split()))[:200]
        raise DataError(f"{name}: cannot be read ({reason}). Correct the file.") from error
