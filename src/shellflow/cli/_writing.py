"""A table as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shellflow.errors import DataError, bad_argument, printable, shortened

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["write"]

_CSV, _PARQUET = (".csv",), (".parquet", ".pq")


def write(table: pd.DataFrame, path: str) -> None:
    """Write a table to a CSV or Parquet file.

    Raises
    ------
    ArgumentError
        If the name ends in neither.
    DataError
        If it cannot be written, for Parquet also where pyarrow is missing.
    """
    kind, name = Path(path).suffix.casefold(), shortened(printable(path), 400)
    if kind not in (*_CSV, *_PARQUET):
        raise bad_argument("output", path, f"a name that ends in {', '.join((*_CSV, *_PARQUET))}")
    try:
        if kind in _CSV:
            table.to_csv(path, index=False)
        else:
            table.to_parquet(path, index=False)
    except ImportError:
        raise DataError(f"{name}: Parquet needs pyarrow. Install it, or write a .csv file.") from None
    except OSError as error:
        raise DataError(f"{name}: cannot be written ({error.strerror or error}). Choose another place.") from None
