"""The cells of a table from wherever it lies: a file, or a frame of any engine."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow.errors import DataError, bad_argument, shown
from shellflow.shipments import _rows
from shellflow.shipments._columns import NUMBERS, Chosen
from shellflow.shipments._files import Sheet, read_file
from shellflow.shipments._frames import day_key, kind_of_dates, names_total, opened, reading, renamed, session_zone

if TYPE_CHECKING:
    import narwhals as nw
    import pandas as pd

__all__ = ["Cells", "cells_of", "sheet_of"]

MOST_ROWS = 1_000_000
"""Rows up to which a table is kept row by row; a longer one is grouped by its cells in its own engine."""

_FEW = 10_000  # distinct texts that are read in Python; the patterns of so many are left to the engine

_DATES = ("date", "since")


@dataclass(frozen=True, eq=False)
class Cells:
    """The cells of a table, in Python.

    Parameters
    ----------
    frame : pandas.DataFrame
        Numbers as floats, dates as time stamps, and all else as it stands; of a long table, the columns with a role.
    rows : array of float
        How many rows a line stands for.
    numbers : array of int, optional
        The number of each row in the file, or its place in the frame; None for a grouped table.
    totals : array of bool
        Which lines a column that is not in `frame` names as totals.
    remarks : tuple of str
        Notes on what an engine does not tell of its columns [unitless].
    """

    frame: pd.DataFrame
    rows: npt.NDArray[np.float64]
    numbers: npt.NDArray[np.int64] | None
    totals: npt.NDArray[np.bool_]
    remarks: tuple[str, ...] = ()


def sheet_of(source: object, given: Mapping[str, str], encoding: str | None, sheet: str | None) -> Sheet:
    """Return a file, or a frame, as a table with names of columns.

    Raises
    ------
    ShellflowError
        If a file cannot be read, or a frame is given a sheet or an encoding.
    """
    if isinstance(source, Sheet):
        return source
    if isinstance(source, str | os.PathLike):
        return read_file(os.fspath(source), given, encoding, sheet)
    columns = tuple(map(str, opened(source)[2]))
    for argument, value in (("sheet", sheet), ("encoding", encoding)):
        if value is not None:
            raise bad_argument(argument, value, "left out for a table that is no file")
    return Sheet(source, columns)


def cells_of(sheet: Sheet, chosen: Chosen) -> Cells:
    """Return the cells of a table.

    Raises
    ------
    DataError
        If it has no rows, the engine fails on it, or a column is of a type that its role cannot have.
    """
    if sheet.numbered:
        size = len(sheet.frame)
        _check_rows(size)
        numbers = sheet.frame.index.to_numpy(dtype=np.int64)
        frame = sheet.frame.reset_index(drop=True)
        return Cells(frame, np.ones(size), numbers, np.zeros(size, dtype=bool))
    return _from_engine(sheet, chosen)


def _check_rows(size: int) -> None:
    if not size:
        raise DataError("shipments: the table has no rows. Give at least one.")


def _from_engine(sheet: Sheet, chosen: Chosen) -> Cells:
    import narwhals as nw
    import pandas as pd

    engine, frame, schema = opened(sheet.frame)
    own = {column: f"column {place}" for place, column in enumerate(schema)}
    role_of = {column: role for role, column in chosen.columns.items()}
    wanted = [*role_of, *([chosen.unit] if chosen.unit else [])]
    with reading(engine):
        frame = renamed(frame, engine, own)
        size = int(frame.select(nw.len()).collect().item())
    _check_rows(size)
    keys: dict[str, nw.Expr] = {}
    for column, dtype in schema.items():
        if str(column) in wanted or (size <= MOST_ROWS and not dtype.is_nested()):
            keys[str(column)] = _cell(str(column), own[column], role_of.get(str(column), ""), dtype, engine)
    texts = [own[column] for column, dtype in schema.items() if str(column) not in keys and _is_text(dtype)]
    names = {column: f"key {place}" for place, column in enumerate(keys)}
    long = size > MOST_ROWS
    with reading(engine):
        selected = {names[column]: key for column, key in keys.items()}
        searched = [_names_total(frame, text) for text in texts] if long else []
        named = [condition for condition in searched if condition is not None]
        if named:
            selected["total"] = nw.any_horizontal(*named, ignore_nulls=True)
        chosen_columns = frame.select(**selected)
        made = (chosen_columns.group_by(*selected).agg(nw.len().alias("rows")) if long else chosen_columns).collect()
        columns = {column: _column(made[name], role_of.get(column, "")) for column, name in names.items()}
        if long:  # groups come in any order, which is another one each time
            columns = {column: _in_order(values) for column, values in columns.items()}
        lines = len(made)
        rows = made["rows"].cast(nw.Float64).to_numpy() if long else np.ones(lines)
        totals = np.array(made["total"].to_list(), dtype=bool) if named else np.zeros(lines, dtype=bool)
    for column in [column for column, values in columns.items() if _is_nested(values)]:
        if column in wanted:
            raise DataError(
                f"{shown(column)} holds lists or structures: must hold numbers, names or texts. Convert it."
            )
        del columns[column]
    numbers = None if long else np.arange(lines)
    dates = ((column, schema[column]) for column in schema if role_of.get(str(column)) in _DATES)
    zones = (session_zone(engine, kind_of_dates(str(column), dtype, engine)[1]) for column, dtype in dates)
    remarks = tuple(dict.fromkeys(filter(None, zones)))
    return Cells(pd.DataFrame(columns, index=range(lines)), rows, numbers, totals, remarks)


def _in_order(values: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column with its distinct texts in order."""
    import pandas as pd

    if not isinstance(values.dtype, pd.CategoricalDtype):
        return values
    return values.cat.reorder_categories(sorted(values.cat.categories))


def _is_nested(values: pd.Series[Any]) -> bool:
    """Return whether a column of Python objects holds some that cannot be compared by their content."""
    return values.dtype == object and any(type(value).__hash__ is None for value in values)


def _names_total(frame: nw.LazyFrame[Any], column: str) -> nw.Expr | None:
    """Return whether a cell names a total, by the few distinct texts of a column; None where none of them does."""
    import narwhals as nw

    text = nw.col(column).cast(nw.String)
    # Counted first, since Polars 1.20 panics where the head of distinct texts is longer than they are.
    if frame.select(text.n_unique()).collect().item() > _FEW:
        return names_total(column)
    distinct = frame.select(text=text).unique().collect()["text"].to_list()
    totals = list(filter(_rows.names_total, distinct))
    return text.is_in(totals).fill_null(False) if totals else None


def _is_text(dtype: Any) -> bool:
    import narwhals as nw

    return isinstance(dtype, nw.String | nw.Categorical | nw.Enum)


def _cell(column: str, own: str, role: str, dtype: Any, engine: str) -> nw.Expr:
    """Return the expression that brings a column to Python."""
    import narwhals as nw

    if role in _DATES and not isinstance(dtype, nw.Object) and not _is_text(dtype):
        kind, _ = kind_of_dates(column, dtype, engine)
        return day_key(own, kind, engine)
    if role and (dtype.is_nested() or isinstance(dtype, nw.Boolean)):
        raise DataError(
            f"{role}={shown(column)} is a column of {dtype}: must hold numbers, names or texts. Convert it."
        )
    return nw.col(own).cast(nw.String) if isinstance(dtype, nw.Categorical | nw.Enum) else nw.col(own)


def _column(series: nw.Series[Any], role: str) -> Any:
    """Return a column as pandas has it in every engine: floats, days, categories of texts, objects.

    Those without a role keep all their digits, by which rows are told apart.
    """
    import narwhals as nw
    import pandas as pd

    if series.dtype.is_numeric() and (role in (*NUMBERS, "mass") or series.dtype.is_float()):
        return pd.Series(series.cast(nw.Float64).to_numpy(), dtype=float)
    if role in _DATES and isinstance(series.dtype, nw.Date | nw.Datetime):
        days = series.to_numpy()
        if days.dtype == object:  # dates of pandas in the types of PyArrow, where some are missing
            days = np.array([None if pd.isna(day) else day for day in days], dtype="datetime64[s]")
        return pd.Series(days.astype("datetime64[s]"))
    if isinstance(series.dtype, nw.String):
        codes, texts = _texts(series)
        return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(texts, dtype=object)))
    values = pd.Series(series.to_list(), dtype=object)
    return values.where(values.notna(), None)


def _texts(series: nw.Series[Any]) -> tuple[npt.NDArray[np.int64], list[str]]:
    """Return the distinct texts of a column, and which of them each row has; -1 where it is missing."""
    import pandas as pd

    if series.implementation.is_pandas_like():
        codes, texts = pd.factorize(series.to_native())
        return np.asarray(codes, dtype=np.int64), [str(text) for text in texts]
    if not importlib.util.find_spec("pyarrow"):
        codes, distinct = pd.factorize(np.array(series.to_list(), dtype=object))
        return np.asarray(codes, dtype=np.int64), [str(text) for text in distinct]
    encoded = series.to_arrow().dictionary_encode()
    return encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()
