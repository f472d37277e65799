"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from shellflow.display.files import whole
from shellflow.errors import DataError, bad_argument, printable, shortened

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TABLES", "check", "check_apart", "is_text", "write_table"]

_CSV, _PARQUET = (".csv",), (".parquet", ".pq")

TABLES = (*_CSV, *_PARQUET)
"""How the names of tables end."""


def check(path: str, argument: str, endings: tuple[str, ...] = TABLES) -> str:
    """Return the kind of a file to be written.

    Raises
    ------
    ArgumentError
        If its name ends in none that is known.
    """
    kind = Path(path).suffix.casefold()
    if kind not in endings:
        raise bad_argument(argument, path, f"a name that ends in {' or '.join(endings)}")
    return kind


def is_text(path: str) -> bool:
    """Return whether a file to be written is one that people read."""
    return Path(path).suffix.casefold() in _CSV


def check_apart(source: str, written: dict[str, str]) -> None:
    """Check that the files to be written, by the arguments that name them, replace neither the table nor each other.

    Raises
    ------
    ArgumentError
        If one does.
    """
    taken = {os.path.realpath(source): "the table that is read"}
    for argument, path in written.items():
        other = taken.setdefault(os.path.realpath(path), f"that of --{argument}")
        if other != f"that of --{argument}":
            raise bad_argument(argument, path, f"another file than {other}", "It would be replaced.")


def write_table(table: pd.DataFrame, path: str, argument: str) -> None:
    """Write a table to a CSV or Parquet file.

    Raises
    ------
    ArgumentError
        If the name ends in neither.
    DataError
        If it cannot be written, for Parquet also where pyarrow is missing.
    """
    kind = check(path, argument)
    with whole(path) as half:
        try:
            table.to_csv(half, index=False) if kind in _CSV else table.to_parquet(half, index=False)
        except ImportError:
            name = shortened(printable(path), 400)
            raise DataError(f"{name}: Parquet needs pyarrow. Install it, or write a .csv file.") from None
