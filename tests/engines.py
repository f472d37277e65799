"""One table in every engine that flows read, for tests that hold them to one answer."""

from __future__ import annotations

import importlib
import importlib.util
import shutil
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd

__all__ = ["ENGINES", "QUICK_ENGINES", "in_engine"]


def _polars(frame: pd.DataFrame) -> Any:
    import polars as pl

    return pl.from_pandas(frame)


def _polars_lazy(frame: pd.DataFrame) -> Any:
    return _polars(frame).lazy()


def _pyarrow(frame: pd.DataFrame) -> Any:
    # Modules taken this way come without types, or with half of them.
    pyarrow = importlib.import_module("pyarrow")
    return pyarrow.Table.from_pandas(frame, preserve_index=False)


# Before DuckDB 2 a table is lost with its connection.
_open_connections: list[Any] = []


def _duckdb(frame: pd.DataFrame) -> Any:
    import duckdb

    connection = duckdb.connect()
    _open_connections.append(connection)
    # DuckDB keeps no zone with its time stamps and writes them in that of the session.
    connection.execute("SET TimeZone = 'Asia/Seoul'")
    return connection.from_arrow(_pyarrow(frame))


def _dask(frame: pd.DataFrame) -> Any:
    return importlib.import_module("dask.dataframe").from_pandas(frame, npartitions=2)


def _pyspark(frame: pd.DataFrame) -> Any:
    session_of = importlib.import_module("pyspark.sql").SparkSession
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        builder = session_of.builder.master("local[1]").config("spark.ui.enabled", "false")
        session = builder.config("spark.sql.session.timeZone", "Asia/Seoul").getOrCreate()
        return session.createDataFrame(_pyarrow(frame))


_MAKERS: dict[str, Callable[[pd.DataFrame], Any]] = {
    "pandas": lambda frame: frame,
    "polars": _polars,
    "polars lazy": _polars_lazy,
    "pyarrow": _pyarrow,
    "duckdb": _duckdb,
    "dask": _dask,
}

QUICK_ENGINES = tuple(_MAKERS)
"""Those that answer in milliseconds, for properties of many examples."""

if importlib.util.find_spec("pyspark") and shutil.which("java"):
    _MAKERS["pyspark"] = _pyspark

ENGINES = tuple(_MAKERS)


def in_engine(engine: str, frame: pd.DataFrame) -> Any:
    """Return the table in the engine of this name."""
    return _MAKERS[engine](frame)
