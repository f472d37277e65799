"""One table in every engine that flows read, for tests that hold them to one answer."""

from __future__ import annotations

import atexit
import functools
import importlib
import importlib.util
import os
import shutil
import warnings
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

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


# Most of what a run costs is Java warming up, and its first compiler is enough for tables of a few rows.
_SPARK = {
    "spark.default.parallelism": "3",  # the partitions of a table; to repartition it would change the order of its rows
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "localhost",
    "spark.log.level": "ERROR",
    "spark.sql.session.timeZone": "Asia/Seoul",
    "spark.sql.shuffle.partitions": "2",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
}


@functools.cache
def _spark_session() -> Any:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = importlib.import_module("pyspark.sql").SparkSession.builder.master("local[2]")
    session = builder.config(map=_SPARK).getOrCreate()
    atexit.register(session.stop)
    return session


def _pyspark(frame: pd.DataFrame) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return _spark_session().createDataFrame(_pyarrow(frame))


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

_MAKERS["pyspark"] = _pyspark
_missing = [
    name
    for name, there in (("pyspark", importlib.util.find_spec("pyspark")), ("Java", shutil.which("java")))
    if not there
]

ENGINES: tuple[Any, ...] = (
    *QUICK_ENGINES,
    pytest.param(
        "pyspark",
        marks=[
            pytest.mark.skipif(bool(_missing), reason=f"needs {' and '.join(_missing)}"),
            # PySpark 4.0 leaves the socket open through which it collects a result.
            pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
        ],
    ),
)
"""All of them, as parameters of tests; PySpark is skipped where it or Java is missing."""


def in_engine(engine: str, frame: pd.DataFrame) -> Any:
    """Return the table in the engine of this name."""
    return _MAKERS[engine](frame)
