"""What holds of every table that is read: no cell is lost, order does not matter, a locale changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given, settings

import shellflow as sf

DAYS = st.dates(dt.date(2023, 1, 1), dt.date(2024, 12, 31))
ENDS = st.tuples(st.integers(0, 999_999), st.integers(0, 999_999)).map(sorted)
ROWS = st.lists(st.tuples(DAYS, ENDS), min_size=1, max_size=12)
ORDERS = st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"])
SIGNS = st.sampled_from([".", ",", " ", "'"])
BLANKS = st.sampled_from(["n/a", "-", "?", ""])


def written(number: int, sign: str) -> str:
    return f"{number:,}".replace(",", sign)


def cell(low: int, high: int, sign: str) -> str:
    # "5-6,000" may be 5,000 to 6,000; "between" leaves one reading.
    return written(low, sign) if low == high else f"between {written(low, sign)} and {written(high, sign)}"


def table(rows: list[tuple[dt.date, list[int]]], order: str, sign: str) -> pd.DataFrame:
    dates = [day.strftime(order) for day, _ in rows]
    return pd.DataFrame({"date": dates, "containers": [cell(low, high, sign) for _, (low, high) in rows]})


@dataclass(frozen=True)
class Locale:
    """How a program of tables writes dates, numbers and files."""

    order: str
    thousands: str
    decimal: str
    separator: str
    encoding: str

    def number(self, value: float) -> str:
        whole, _, rest = f"{value:,.1f}".partition(".")
        return whole.replace(",", self.thousands) + (self.decimal + rest if rest != "0" else "")

    def range(self, low: float, high: float) -> str:
        # "5-6,000" may be 5,000 to 6,000; "between" leaves one reading.
        return self.number(low) if low == high else f"between {self.number(low)} and {self.number(high)}"


LOCALES = st.builds(
    Locale,
    ORDERS,
    SIGNS,
    st.just(","),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
).map(lambda locale: replace(locale, decimal="." if locale.thousands == "," else ","))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("locales") / "shipments.csv"


@given(ROWS, LOCALES, st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_clean_table_in_any_locale_gives_the_same_flow(
    path: Path, rows: list[tuple[dt.date, list[int]]], locale: Locale, total: bool, is_mass: bool
) -> None:
    # Masses in steps of half a tonne; 0 is none.
    ends = [[1 + end / 2 if is_mass else float(end) for end in row] for _, row in rows]
    lows, highs = ([row[place] for row in ends] for place in (0, 1))
    clean = pd.DataFrame({"date": [day for day, _ in rows], "low": lows, "high": highs})
    clean = clean.assign(mass_t=math.nan) if is_mass else clean
    lines = [["date", "mass_t" if is_mass else "containers"]]
    lines += [[day.strftime(locale.order), locale.range(*row)] for (day, _), row in zip(rows, ends, strict=True)]
    lines += [["Total", locale.number(sum(lows))]] if total else []
    with path.open("w", encoding=locale.encoding, newline="") as file:
        csv.writer(file, delimiter=locale.separator).writerows(lines)
    read = sf.read_shipments(
        path,
        dayfirst=locale.order != "%m/%d/%Y",
        thousands=locale.thousands,
        decimal=locale.decimal,
        totals="drop" if total else "raise",
    )
    named: dict[str, Any] = {"mass": "mass_t", "low": "low", "high": "high"} if is_mass else {}
    with sf.settings(n=64):
        expected = sf.flow(clean, munition="152mm", **named).to_frame()
        flow = sf.flow(read, munition="152mm").to_frame()
    pd.testing.assert_frame_equal(flow, expected)


@given(ROWS, ORDERS, SIGNS, st.lists(BLANKS, max_size=3))
@settings(max_examples=60, deadline=None)
def test_clean_rows_and_account_lose_no_cell(
    rows: list[tuple[dt.date, list[int]]], order: str, sign: str, blanks: list[str]
) -> None:
    dirty = table(rows, order, sign)
    for blank in blanks:
        dirty.loc[len(dirty)] = [dirty["date"][0], blank]
    options: dict[str, Any] = {"dayfirst": order != "%m/%d/%Y", "thousands": sign, "on_error": "drop"}
    made = sf.read_shipments(dirty, **options)
    accounted = {(row, column) for row, column in made.account[["row", "column"]].itertuples(index=False)}
    left_out = set(made.account[made.account["read_as"] == "left out"]["row"])
    assert len(made.frame) + len(left_out) == len(dirty)
    for row, (date, count) in enumerate(dirty.itertuples(index=False)):
        is_plain = (len(date) == 10 and date[4] == "-", count.isdecimal())
        for column, plain in zip(("date", "containers"), is_plain, strict=True):
            assert ((row, column) in accounted) == (not plain or row in left_out)


@given(ROWS, ORDERS, SIGNS, st.randoms())
@settings(max_examples=60, deadline=None)
def test_the_order_of_rows_does_not_matter(
    rows: list[tuple[dt.date, list[int]]], order: str, sign: str, random: Any
) -> None:
    def answer(rows: list[tuple[dt.date, list[int]]]) -> Any:
        try:
            frame = sf.read_shipments(table(rows, order, sign)).frame
        except sf.ShellflowError:
            return "refused"
        return sorted(map(tuple, frame[["date", "low", "high"]].to_numpy().tolist()))

    expected = answer(rows)
    assert answer(random.sample(rows, len(rows))) == expected
