"""Tables of unusual types: what one engine reads every engine reads, and no digit by which rows differ is lost."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from tests.engines import QUICK_ENGINES, in_engine

TWICE: dict[str, Any] = {"date": ["2024-02-03"] * 2, "containers": [20, 20]}


@pytest.mark.parametrize("engine", QUICK_ENGINES)
@pytest.mark.parametrize(
    "values",
    [[2**60, 2**60 + 1], list(pd.to_datetime(["2024-02-03T01:01:01.000005", "2024-02-03T01:01:01.000007"]))],
    ids=["long numbers", "microseconds"],
)
def test_rows_that_differ_in_their_last_digit_are_two(values: list[Any], engine: str) -> None:
    read = sf.read_shipments(in_engine(engine, pd.DataFrame({**TWICE, "seen": values})))
    flow = sf.flow(read, munition="152mm", duplicates="drop")
    assert flow.to_frame()["count"].tolist() == [40]


@pytest.mark.parametrize("engine", QUICK_ENGINES)
@pytest.mark.parametrize("values", [[[1], [2]], [{"a": 1}, {"a": 2}]], ids=["lists", "structures"])
def test_a_column_of_lists_or_structures_is_said_not_to_be_read(values: list[Any], engine: str) -> None:
    read = sf.read_shipments(in_engine(engine, pd.DataFrame({**TWICE, "crates": values})))
    assert "the column 'crates' was not read" in read.remarks
    assert sf.flow(read, munition="152mm").to_frame()["count"].tolist() == [40]


@pytest.mark.parametrize("values", [[[1, 2], 3], [{"a": 1}, "20"], [np.array([1, 2]), 20]])
def test_lists_among_counts_are_refused(values: list[Any]) -> None:
    table = pd.DataFrame({"date": ["2024-02-03"] * 2, "containers": pd.Series(values, dtype=object)})
    with pytest.raises(sf.ShellflowError, match=r"'containers' holds lists or structures: .* Convert it\."):
        sf.read_shipments(table)


def test_missing_dates_of_pandas_in_types_of_pyarrow_are_missing() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    dates = pd.Series([dt.date(2024, 2, 3), None], dtype=pd.ArrowDtype(pyarrow.date32()))
    table = pd.DataFrame({"date": dates, "containers": [20, 30]})
    with pytest.raises(sf.ShellflowError, match=r"1 row with no date"):
        sf.read_shipments(table)
    assert sf.read_shipments(table, on_error="drop").frame["low"].tolist() == [20]


def test_days_in_the_zone_of_the_session_are_said() -> None:
    stamps = pd.to_datetime(["2024-02-03 23:00"]).tz_localize("UTC")
    read = sf.read_shipments(in_engine("duckdb", pd.DataFrame({"date": stamps, "containers": [20]})))
    # Of time stamps of nanoseconds, which pandas 2 hands over, DuckDB names no zone.
    zones = ("Asia/Seoul", "its setting TimeZone")
    assert read.remarks[0].endswith(tuple(f"dates are those of the session's zone, {zone}" for zone in zones))
    assert [str(day.date()) for day in read.frame["date"]] == ["2024-02-04"]


@pytest.mark.parametrize("engine", QUICK_ENGINES)
def test_a_table_without_rows_says_so(engine: str) -> None:
    empty = in_engine(engine, pd.DataFrame({"date": [1.0], "containers": [20]}).iloc[:0])
    with pytest.raises(sf.ShellflowError, match=r"the table has no rows"):
        sf.read_shipments(empty)


def test_a_sheet_and_an_encoding_are_of_files_that_have_them(tmp_path: Path) -> None:
    options: tuple[dict[str, Any], ...] = ({"sheet": "x"}, {"encoding": "x"})
    for option in options:
        with pytest.raises(sf.ShellflowError, match=r"='x': must be left out for a table that is no file"):
            sf.read_shipments(pd.DataFrame(TWICE), **option)
    (tmp_path / "table.xlsx").write_bytes(b"PK")
    with pytest.raises(sf.ShellflowError, match=r"encoding='cp1251': must be left out for a file that is no text"):
        sf.read_shipments(tmp_path / "table.xlsx", encoding="cp1251")


def test_repeated_rows_are_not_looked_for_where_rows_were_grouped() -> None:
    size = 1_000_001
    grouped = sf.read_shipments(pd.DataFrame({"date": "2024-02-03", "containers": 2, "seen": range(size)}))
    assert grouped.frame["rows"].tolist() == [size]
    assert "the column 'seen' was not read" in grouped.remarks
    options: tuple[dict[str, Any], ...] = ({"duplicates": "drop"}, {"duplicates": "raise"}, {"look": True})
    for option in options:
        with pytest.raises(sf.ShellflowError, match=r"for shipments that were grouped"):
            sf.flow(grouped, munition="152mm", **option)
    flow = sf.flow(grouped, munition="152mm")
    assert flow.to_frame()["count"].tolist() == [2 * size]
    assert "the content of another row" not in " ".join(flow.notes)
