"""A table as a file, written whole or not at all."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from shellflow.errors import DataError, bad_argument, printable, shortened

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["check", "is_text", "write"]

_CSV, _PARQUET = (".csv",), (".parquet", ".pq")


def check(path: str) -> str:
    """Return the kind of a file to be written.

    Raises
    ------
    ArgumentError
        If its name ends in none that is known.
    """
    kind = Path(path).suffix.casefold()
    if kind not in (*_CSV, *_PARQUET):
        raise bad_argument("output", path, f"a name that ends in {', '.join((*_CSV, *_PARQUET))}")
    return kind


def is_text(path: str) -> bool:
    """Return whether a file to be written is one that people read."""
    return check(path) in _CSV


def write(table: pd.DataFrame, path: str) -> None:
    """Write a table to a CSV or Parquet file, beside it first: a run that is stopped leaves the file as it was.

    Raises
    ------
    ArgumentError
        If the name ends in neither.
    DataError
        If it cannot be written, for Parquet also where pyarrow is missing.
    """
    kind, name = check(path), shortened(printable(path), 400)
    try:
        place = Path(path).resolve()
        half = place.with_name(f".{place.name[:200]}.{os.getpid()}{kind}")
        try:
            if kind in _CSV:
                table.to_csv(half, index=False)
            else:
                table.to_parquet(half, index=False)
            half.replace(place)
        finally:
            with contextlib.suppress(OSError):  # what stopped the writing is the error to tell
                half.unlink(missing_ok=True)
    except ImportError:
        raise DataError(f"{name}: Parquet needs pyarrow. Install it, or write a .csv file.") from None
    except OSError as error:
        raise DataError(f"{name}: cannot be written ({error.strerror or error}). Choose another place.") from None
