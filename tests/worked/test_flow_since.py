"""Rows that say since when they count: they accrue evenly over the days after that day, through their date."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from shellflow.errors import ArgumentError, DataError
from tests.engines import ENGINES, in_engine

EXACT = sf.packing("152mm", rounds_per_transport="100 rounds/container")
# 60 containers in the 60 days from the 1st of January 2024 to the 29th of February, one a day; 31 more in March, and 5
# on the 31st of March that say nothing of the days before.
TABLE = pd.DataFrame(
    {
        "date": ["2024-02-29", "2024-03-31", "2024-03-31"],
        "since": ["2023-12-31", "2024-02-29", None],
        "count": [60, 31, 5],
    }
)


def flow(table: Any, **options: Any) -> sf.Flow:
    return sf.flow(table, munition="152mm", **{"packing": EXACT, **options})


def test_a_row_accrues_evenly_over_the_days_after_since_through_its_date() -> None:
    rows = flow(TABLE).to_frame()
    assert rows["count"].tolist() == pytest.approx([31, 29, 36], rel=1e-12)
    assert rows["median"].tolist() == pytest.approx([3100, 2900, 3600], rel=1e-12)
    assert rows["rows"].tolist() == [0, 1, 2]
    assert rows["cumulative_median"].tolist() == pytest.approx([3100, 6000, 9600], rel=1e-12)


def test_rates_cover_the_days_of_a_first_row_that_says_since_when() -> None:
    found = flow(TABLE.iloc[:2])
    rates = found.rate()
    assert rates["days"].tolist() == [31, 29, 31]
    assert rates["median"].tolist() == pytest.approx([100, 100, 100], rel=1e-12)
    assert rates["note"].tolist() == [""] * 3
    assert str(found.start) == "2024-01-01"
    # 91 days at 100 rounds a day come in, and as many are fired.
    assert found.balance("100/day").over_time["median"].tolist() == pytest.approx([0, 0, 0], abs=1e-8)


def test_a_row_without_since_counts_on_its_date() -> None:
    rates = flow(TABLE.iloc[[1, 2]].assign(since=pd.Series({2: "2024-02-29"}))).rate()
    assert rates["count"].tolist() == pytest.approx([36])


def test_what_hangs_on_even_days_is_assumed_and_said() -> None:
    table = TABLE.assign(packing="reported")
    found = sf.flow(table, munition="152mm")
    assert found.to_frame()["grade"].tolist() == ["assumed", "assumed", "assumed"]
    assert [month.grade for month in found.periods().values()] == ["assumed"] * 3
    assert found.total().grade == "derived"
    assert sf.flow(table, munition="152mm", by=None).to_frame()["grade"].tolist() == ["derived"]
    cut = found.between("2024-01-01", "2024-02-15")
    assert cut.total().grade == "assumed"
    assert cut.to_frame()["count"].tolist() == pytest.approx([31, 15])
    said = "{} with a day in since {} evenly over the days after it through {} date (assumed)"
    assert said.format("2 rows", "accrue", "their") in found.report().cautions
    last = sf.flow(table.iloc[1:], munition="152mm")
    assert said.format("1 row", "accrues", "its") in last.notes
    assert said.format("3 rows", "accrue", "their") in (found + last).notes
    assert said.format("rows", "accrue", "their") in cut.notes


def test_the_days_of_one_uncertain_row_share_its_error() -> None:
    table = pd.DataFrame({"date": ["2024-02-29"], "since": ["2023-12-31"], "low": [30], "high": [90]})
    errors = flow(table).compare_errors()
    # One row has one error, however its days are cut: 60 +- 30, 90 % of which is 60 +- 27.
    for end, expected in (("low", 3300), ("high", 8700)):
        assert errors[end].tolist() == pytest.approx([expected] * 2, rel=1e-9)
    months = flow(table, count_errors="independent").to_frame()
    assert months["low"].tolist() == pytest.approx([3300 * 31 / 60, 3300 * 29 / 60], rel=1e-9)


@pytest.mark.parametrize("errors", ["shared", "independent"])
def test_transports_that_differ_are_no_more_in_a_row_that_accrues(errors: str) -> None:
    # What ten containers hold scatters as that of ten, on whatever days they went: not as that of a ninth of one a day.
    table = pd.DataFrame({"date": ["2024-03-31"], "since": ["2024-01-01"], "count": [10]})
    options: dict[str, Any] = {"packing": "as-loaded", "between": 0.5, "count_errors": errors}
    at_once = flow(table.drop(columns="since"), **options).total()
    accrued = flow(table, **options)
    assert accrued.total().values.mean() == pytest.approx(at_once.values.mean(), rel=0.02)
    assert accrued.total().band() == pytest.approx(at_once.band(), rel=0.05)
    months = np.sum([month.values for month in accrued.periods().values()], axis=0)
    np.testing.assert_allclose(months, accrued.total().values, rtol=1e-9)


def test_the_first_quarter_of_the_office_hangs_on_the_day_the_first_total_begins() -> None:
    rows = sf.catalog.examples.shipments()
    first = {"2023-07-01": 124, "2023-08-01": 93, "2023-09-30": 33}  # days to the 2nd of November
    ratio = sf.packing("152mm", rounds_per_transport="461 rounds/container")
    for day, days in first.items():
        begun = rows.assign(since=rows["since"].fillna(pd.Timestamp(day)))
        rate = flow(begun, packing=ratio, by="quarter").rate().set_index("period").loc["2023-10-01"]
        # 33 days of October and November; 3,000 more by the 29th of December; 2 of 59 days of the next 1,700.
        inside = 2000 * min(33, days) / days + 3000 + 1700 * 2 / 59
        assert rate["median"] == pytest.approx(461 * inside / rate["days"], rel=1e-9)


def test_the_example_comes_to_18_000_to_23_500_rounds_a_day_by_where_its_first_row_begins() -> None:
    rows = sf.catalog.examples.shipments()
    # Of the 2,000 containers by the 2nd of November, 33 of 124 days lie in the quarter where they began to count after
    # the 1st of July, and 33 of 41 where they did after the 22nd of September; 3,000 more came by the 29th of December,
    # and 2 of 59 days of the next 1,700. What is added takes the ratio of increments: 464 rounds per container.
    ratio = sf.catalog.reported_increment(sf.catalog.munitions["152mm"], sf.catalog.transports["20ft-24t"]).band()[1]
    assert ratio == pytest.approx(464, abs=0.5)
    expected = {"2023-07-01": 2000 * 33 / 124, "2023-09-22": 2000 * 33 / 41}
    rates = []
    for day, inside in expected.items():
        begun = rows.assign(since=rows["since"].fillna(pd.Timestamp(day)))
        rate: Any = sf.flow(begun, munition="152mm", by="quarter").rate().set_index("period").loc["2023-10-01"]
        assert rate["median"] == pytest.approx(ratio * (inside + 3000 + 1700 * 2 / 59) / 92, rel=1e-9)
        assert (rate["days"], rate["note"]) == (92, "")
        rates.append(rate["median"])
    assert rates == pytest.approx([18_100, 23_500], abs=60)
    # Where nothing is said of its beginning, its rounds are in no rate: 25,700 a day in the 59 days after it.
    left_out = sf.flow(rows, munition="152mm", by="quarter").rate().iloc[0]
    assert left_out["median"] == pytest.approx(ratio * (3000 + 1700 * 2 / 59) / 59)
    assert left_out["note"] == "since when the first row counts is not stated: not counted here"


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dates", ["texts", "stamps"])
def test_every_engine_reads_since_and_shows_rows_in_which_it_is_not_before_the_date(engine: str, dates: str) -> None:
    table = TABLE.copy()
    if dates == "stamps":
        table["date"], table["since"] = pd.to_datetime(table["date"]), pd.to_datetime(table["since"])
    assert flow(in_engine(engine, table)).to_frame()["count"].tolist() == pytest.approx([31, 29, 36], rel=1e-12)
    wrong = pd.concat([table, table.iloc[[0]].assign(since=table["date"].iloc[0])], ignore_index=True)
    with pytest.raises(DataError, match=r"1 row with a since that is not before its date.*since=2024-02-29"):
        flow(in_engine(engine, wrong))
    dropped = flow(in_engine(engine, wrong), on_error="drop")
    assert dropped.to_frame()["rows"].tolist() == [0, 1, 2]


def test_a_since_that_cannot_be_read_or_lies_centuries_back_is_shown() -> None:
    with pytest.raises(DataError, match=r"a since that cannot be read .*since=last week"):
        flow(TABLE.assign(since="last week"))
    with pytest.raises(DataError, match=r"more than 100 years.*since=1023-12-31"):
        flow(TABLE.assign(since=pd.Series({0: "1023-12-31"})))
    with pytest.raises(ArgumentError, match=r"since='since': the flow has no dates"):
        flow(TABLE.drop(columns="date"), since="since", by=None)


def test_shipments_that_were_read_accrue_as_their_table_does_and_running_totals_between_their_dates() -> None:
    read = sf.read_shipments(TABLE.assign(munition="152mm"))
    assert flow(read).to_frame()["count"].tolist() == pytest.approx([31, 29, 36])
    totals = pd.DataFrame({"date": ["2023-12-31", "2024-02-29", "2024-03-31"], "count": [10, 70, 101]})
    made = flow(sf.read_shipments(totals, cumulative=True))
    assert made.to_frame()["count"].tolist() == pytest.approx([10, 31, 29, 31])
