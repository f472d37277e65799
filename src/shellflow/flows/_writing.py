"""The table of a flow as a file."""

from __future__ import annotations

from pathlib import Path

from shellflow.errors import DataError, bad_argument, printable, shortened
from shellflow.flows._flow import Flow

__all__ = ["write"]

_CSV, _PARQUET = (".csv",), (".parquet", ".pq")


def write(flow: Flow, path: str, level: float) -> None:
    """Write the table of a flow to a CSV or Parquet file.

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
    frame = flow.to_frame(level)
    try:
        if kind in _CSV:
            frame.to_csv(path, index=False)
        else:
            frame.to_parquet(path, index=False)
    except ImportError:
        raise DataError(f"{name}: Parquet needs pyarrow. Install it, or write a .csv file.") from None
    except OSError as error:
        raise DataError(f"{name}: cannot be written ({error.strerror or error}). Choose another place.") from None
