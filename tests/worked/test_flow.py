"""Flows worked by hand, and what they say of tables that are not sound."""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.util
import json
import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import integrate, stats

import shellflow as sf
from shellflow import cli, display, flows
from shellflow import shipments as shipment_files
from shellflow.sampling import SumOfUniforms
from tests.engines import ENGINES, in_engine

# One container holds exactly 100 rounds, so that what is worked here is the flow and nothing else.
EXACT = sf.packing("152mm", rounds_per_transport=100, name="exact")


def table(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"date": ["2024-01-31", "2024-02-01", "2024-02-29", "2024-04-01"], **columns})


@pytest.fixture
def shipments() -> pd.DataFrame:
    return table(count=[10, 20, 30, 40], munition="152mm")


# --- periods ----------------------------------------------------------------------------------------------------------


def test_months_in_rounds_and_the_one_between_that_was_not_observed(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT).to_frame()
    assert found.columns.tolist() == [
        "period",
        "munition",
        "count",
        "mass_t",
        "rows",
        "observed",
        "filled",
        "low",
        "median",
        "high",
        "bound",
        "cumulative_low",
        "cumulative_median",
        "cumulative_high",
        "cumulative_bound",
        "basis",
        "grade",
    ]
    assert found["period"].dt.strftime("%Y-%m-%d").tolist() == ["2024-01-01", "2024-02-01", "2024-03-01", "2024-04-01"]
    assert found["rows"].tolist() == [1, 2, 0, 1]
    assert found["observed"].tolist() == [True, True, False, True]
    assert found["median"].fillna(-1).tolist() == [1000, 5000, -1, 4000]
    assert found["count"].fillna(-1).tolist() == [10, 50, -1, 40]
    assert found["cumulative_high"].tolist() == [1000, 6000, 6000, 10000]


@pytest.mark.parametrize(
    ("by", "labels", "medians"),
    [
        # 2024-01-31 is a Wednesday: its week, the fifth, began on Monday the 29th and holds the 1st of February too.
        # The 29th of February lies in week 9, the 1st of April is the Monday of week 14.
        ("week", ["2024-W05", "2024-W09", "2024-W14"], [3000, 3000, 4000]),
        ("quarter", ["2024-Q1", "2024-Q2"], [6000, 4000]),
        ("year", ["2024"], [10000]),
        (None, ["2024-01-31"], [10000]),
    ],
)
def test_other_periods(by: str | None, labels: list[str], medians: list[float], shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT, by=by)
    cells = [row for row, one in zip(found.report().cells, found.rows(), strict=True) if one["rows"]]
    assert [row[0] for row in cells] == labels
    assert [row["median"] for row in found.rows() if row["rows"]] == medians


def test_a_week_of_the_turn_of_the_year_belongs_to_the_year_of_its_thursday() -> None:
    one = pd.DataFrame({"date": ["2024-12-30"], "count": [1], "munition": "152mm"})
    assert sf.flow(one, by="week").report().cells[0][0] == "2025-W01"


def test_a_table_without_dates_has_a_total_and_no_periods() -> None:
    found = sf.flow(pd.DataFrame({"count": [10, 20]}), munition="152mm", packing=EXACT, by=None)
    assert found.total().band() == (3000, 3000, 3000)
    assert (found.start, found.end) == (None, None)
    assert pd.isna(found.to_frame()["period"]).all()
    assert found.report().cells[0][0] == "all"
    for ask in (found.rate, found.periods, lambda: found.between("2024-01-01", "2024-01-02")):
        with pytest.raises(sf.ShellflowError, match=r"no dates. Name their column"):
            ask()
    assert found.balance("10k/day").over_time.empty


def test_periods_are_estimates_by_their_first_day(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT).periods()
    assert {day.isoformat(): one.band()[1] for day, one in found.items()} == {
        "2024-01-01": 1000,
        "2024-02-01": 5000,
        "2024-04-01": 4000,
    }


NO_BEGINNING = "since when the first row counts is not stated"
NO_ROW = "not observed: no row is dated or accrues on the days covered"
MARCH = (
    "not observed, which is not 0: 2024-03 (in 1 of 4 months no row is dated or accrues). What went then is in no total"
)


def test_rates_over_the_days_after_the_first_row(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT).rate()
    # After the first row on the 31st of January, to the last on the 1st of April: no day, 29, 31 and one.
    assert found["days"].tolist() == [0, 29, 31, 1]
    assert found["partial"].tolist() == [True, False, False, True]
    assert found["count"].fillna(-1).tolist() == [-1, 50, -1, 40]
    assert found["median"].fillna(-1).tolist() == [-1, pytest.approx(5000 / 29), -1, 4000]
    assert found["observed"].tolist() == [False, True, False, True]
    assert found["note"].tolist() == [f"{NO_BEGINNING}: no rate", "", NO_ROW, ""]
    assert pd.isna(found["start"]).tolist() == [True, False, False, False]


def test_the_first_row_of_a_period_is_left_out_of_its_rate_until_its_beginning_is_stated(
    shipments: pd.DataFrame,
) -> None:
    flow = sf.flow(shipments, packing=EXACT, by="quarter")
    found = flow.rate()
    # 20 and 30 containers in the 60 days from the 1st of February to the end of March.
    assert found["median"].tolist() == [pytest.approx(5000 / 60), 4000]
    assert found["start"].dt.strftime("%Y-%m-%d").tolist() == ["2024-02-01", "2024-04-01"]
    divided = "divided by the days of 2024-03 too, which were not observed"
    assert found["note"].tolist() == [f"{NO_BEGINNING}: not counted here; {divided}", ""]
    stated = flow.between("2024-01-01", "2024-04-01").rate()
    assert stated["median"].tolist() == [pytest.approx(6000 / 91), 4000]
    assert stated["note"].tolist() == [divided, ""]
    whole = sf.flow(shipments, packing=EXACT, by=None).rate()
    assert whole[["days", "median"]].to_numpy().tolist() == [[61, pytest.approx(9000 / 61)]]


def test_the_totals_of_the_office_have_no_rate_before_the_second() -> None:
    flow = sf.flow(sf.catalog.examples.shipments(), munition="152mm", by="quarter")
    found = flow.rate()
    # From the 2nd of November, when the first 2,000 had come, to the end of the year are 59 days: 3,000 containers to
    # the 29th of December, and 2 of the 59 days in which 1,700 more came by the 26th of February.
    # They were added, so that their ratio is one of increments.
    record, box = sf.catalog.munitions["152mm"], sf.catalog.transports["20ft-24t"]
    expected = (3000 + 1700 * 2 / 59) * sf.catalog.reported_increment(record, box).band()[1] / 59
    assert found["median"].iloc[0] == pytest.approx(expected, rel=1e-9)
    assert found["days"].tolist() == [59, 91, 91, 92, 23]


@pytest.mark.parametrize("rows", [1, 3])
def test_rows_of_a_single_date_have_no_rate(rows: int) -> None:
    flow = sf.flow(pd.DataFrame({"date": ["2024-02-01"] * rows, "count": 100}), munition="152mm", packing=EXACT)
    found = flow.rate()
    assert found["days"].tolist() == [0]
    assert found[["count", "low", "median", "high"]].isna().all(axis=None)
    assert found["note"].tolist() == [f"{NO_BEGINNING}: no rate"]
    assert flow.balance("10k/day").over_time.empty
    assert flow.between("2024-02-01", "2024-02-29").rate()["median"].tolist() == [pytest.approx(rows * 10_000 / 29)]


def test_a_first_month_of_only_its_first_row_has_no_rate_rather_than_none_at_all() -> None:
    flow = sf.flow(pd.DataFrame({"date": ["2024-01-05", "2024-02-10"], "count": [2, 3]}), munition="152mm")
    found = flow.rate()
    assert found["days"].tolist() == [26, 10]
    assert pd.isna(found["median"]).tolist() == [True, False]


def test_a_sum_with_a_flow_of_stated_days_states_nothing_of_the_others_first_row(shipments: pd.DataFrame) -> None:
    flow = sf.flow(shipments, packing=EXACT)
    later = pd.DataFrame({"date": ["2024-04-10"], "count": [9], "munition": "152mm"})
    added = flow + sf.flow(later, packing=EXACT).between("2024-04-02", "2024-04-30")
    assert (added.start, added.end) == (dt.date(2024, 1, 31), dt.date(2024, 4, 30))
    found = added.rate()
    assert found["days"].tolist() == [0, 29, 31, 30]
    assert pd.isna(found["median"]).tolist() == [True, False, True, False]
    assert found["median"].iloc[3] == pytest.approx(4900 / 30)
    assert added.total().band()[1] == 10_900


def test_what_is_said_to_be_covered_is_covered(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT).between("2024-01-01", dt.date(2024, 4, 15))
    assert found.rate()["days"].tolist() == [31, 29, 31, 15]
    assert found.rate()["partial"].tolist() == [False, False, False, True]
    assert found.total().band()[1] == 10000


def test_days_that_were_cut_away_are_not_covered_again(shipments: pd.DataFrame) -> None:
    whole = sf.flow(shipments, packing=EXACT)
    few = whole.between("2024-02-01", "2024-02-05")
    wide = few.between("2023-01-01", "2024-12-31")
    assert wide.rate()[["days", "partial"]].to_numpy().tolist() == [[5, True]]
    with pytest.raises(sf.ShellflowError, match=r"was cut to 2024-02-01 to 2024-02-05 before, and no day of that is"):
        few.between("2024-03-01", "2024-03-31")
    # The first five days of February, nothing of March, and the first day of April: 20 and 40 containers.
    rates = (few + whole.between("2024-04-01", "2024-04-01")).rate()
    assert rates["days"].tolist() == [5, 0, 1]
    assert rates["partial"].tolist() == [True, True, True]
    assert rates["median"].tolist() == [400, pytest.approx(math.nan, nan_ok=True), 4000]
    joined = (few + whole.between("2024-02-06", "2024-02-29")).rate()
    assert joined[["days", "partial"]].to_numpy().tolist() == [[29, False]]


def test_a_day_beyond_the_reach_of_nanoseconds_is_shown_as_every_other() -> None:
    last = sf.flow(pd.DataFrame({"date": ["9999-12-31"], "count": [3]}), munition="152mm")
    assert str(last.to_frame()["period"][0].date()) == "9999-12-01"


def test_a_date_that_nobody_means_does_not_make_a_table_of_a_hundred_thousand_months() -> None:
    rows = pd.DataFrame({"date": ["2024-02-06", "9999-12-31"], "count": [3, 5]})
    # From February 2024 to December 9999: 7,975 years and 11 months.
    with pytest.raises(sf.ShellflowError, match=r"95,711 months: must be at most 10,000. Check the dates"):
        sf.flow(rows, munition="152mm")
    assert sf.flow(rows, munition="152mm", by=None).total().unit == "round"
    with pytest.raises(sf.ShellflowError, match=r"must be at most 10,000"):
        sf.flow(rows[:1], munition="152mm").between("0001-01-01", "9999-12-31")


def test_between_takes_both_days_and_may_be_empty(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT)
    assert found.between("2024-02-01", "2024-02-29").total().band()[1] == 5000
    assert found.between("2024-02-02", "2024-02-28").total().band() == (0, 0, 0)
    empty = found.between("2024-02-02", "2024-02-28").to_frame()
    assert empty[["rows", "observed"]].to_numpy().tolist() == [[0, False]]
    assert empty["median"].isna().all()
    with pytest.raises(sf.ShellflowError, match=r"start must not be after end"):
        found.between("2024-03-01", "2024-02-01")
    with pytest.raises(sf.ShellflowError, match=r"start='1 May': must be a date"):
        found.between("1 May", "2024-06-01")
    with pytest.raises(sf.ShellflowError, match=r"end=NaT: must be a date"):
        found.between("2024-01-01", pd.NaT)


def test_columns_say_munition_transport_and_packing() -> None:
    rows = table(
        count=[1, 1, 1, 1],
        munition=["152mm", "152 MM", "122mm", "122mm-rocket"],
        transport=["20ft-24t", "20ft-30t", "20ft-24t", "20ft-24t"],
        packing=["ceiling", "crated", "crated", "Crated"],
    )
    found = sf.flow(rows)
    by_hand = [
        sf.estimate(1, "152mm", packing="ceiling"),
        sf.estimate(1, "152mm", packing="crated", transport="20ft-30t"),
        sf.estimate(2, "122mm-rocket", packing="crated"),
    ]
    np.testing.assert_allclose(found.total().values, sum(one.values for one in by_hand), rtol=1e-12)
    assert found.munitions == ("122mm-rocket", "152mm")
    alias = "122mm is read as 122mm-rocket, as the ministry meant it; for shells write 122mm-shell"
    assert found.notes == (alias, MARCH)
    assert found.total("122mm").band() == found.total("122mm-rocket").band()


def test_a_mix_and_a_share_hold_for_all_rows() -> None:
    mixed = sf.mix("152mm", "122mm-rocket")
    found = sf.flow(table(count=[1, 2, 3, 4]), munition=mixed, munition_share=0.5)
    expected = sf.estimate(10, mixed, munition_share=0.5)
    np.testing.assert_allclose(found.total().values, expected.values, rtol=1e-12)
    assert found.munitions == ("152mm + 122mm-rocket",)


def test_a_column_that_is_not_read_is_said() -> None:
    found = sf.flow(table(count=[4, 3, 2, 1], munition="122mm"), munition="152mm")
    assert found.notes == ("the column 'munition' was not read: munition='152mm' was given for all rows", MARCH)
    assert found.munitions == ("152mm",)


def test_the_worked_table_adds_up_to_the_last_total_of_the_office() -> None:
    # 2,000, 5,000, 6,700, 7,000 and more than 10,000, 11,000, 13,000 and 20,000 containers.
    rows = sf.catalog.examples.shipments()
    assert rows["count"].cumsum().tolist() == [2000, 5000, 6700, 7000, 10000, 11000, 13000, 20000]
    assert rows["bound"].tolist() == ["point"] * 4 + ["floor"] * 4
    assert set(rows["grade"]) == {"derived"}
    # The third from the end is as of the 15th of July, and was said on the 24th.
    assert rows["date"].iloc[-3] == pd.Timestamp("2024-07-15")
    assert rows["since"].iloc[-2] == rows["date"].iloc[-3]
    found = sf.flow(rows, munition="152mm")
    np.testing.assert_allclose(found.total().values, sf.estimate(20000, "152mm").values, rtol=1e-12)
    assert found.total().grade == "derived"


# --- uncertain rows ---------------------------------------------------------------------------------------------------


def test_shared_errors_add_up_and_independent_ones_do_not() -> None:
    # Twelve rows of 40 to 60: in all 600 plus or minus 120. Shared, 90 % of that uniform is 600 +- 108. Independent,
    # the standard deviation is sqrt(12 * 10**2 / 3) = 20, and 90 % of a normal is +- 1.645 * 20 = 33.
    rows = pd.DataFrame({"date": ["2024-02-01"] * 12, "low": 40, "high": 60, "munition": "152mm"})
    found = sf.flow(rows, packing=EXACT).compare_errors()
    assert found["count_errors"].tolist() == ["shared", "independent"]
    assert found["chosen"].tolist() == [True, False]
    assert found["low"].tolist() == pytest.approx([100 * (600 - 108), 100 * (600 - 32.9)], rel=1e-3)
    assert found["high"].tolist() == pytest.approx([100 * (600 + 108), 100 * (600 + 32.9)], rel=1e-3)


@pytest.mark.parametrize("size", [2, 3, 4, 10])
def test_the_sum_of_equal_errors_is_nearly_exact(size: int) -> None:
    # The exact one by convolution: a sum of standard uniforms, from the characteristic function.
    def cdf(x: float) -> Any:
        whole = range(math.floor(x) + 1)
        return sum((-1) ** k * math.comb(size, k) * (x - k) ** size for k in whole) / math.factorial(size)

    grid = np.linspace(0, size, 20001)
    exact = np.interp([0.05, 0.25, 0.75, 0.95], [cdf(float(x)) for x in grid], grid)
    scaled = (exact - size / 2) / (size / 2)
    deviation = 1 / math.sqrt(3 * size)
    found = SumOfUniforms(float(size)).ppf(np.array([0.05, 0.25, 0.75, 0.95]))
    assert np.abs(found - scaled).max() <= 0.041 * deviation
    if size >= 4:
        assert np.abs(found - scaled)[[0, -1]].max() <= 0.0025 * deviation


def test_the_sum_of_errors_is_a_beta_distribution_with_the_right_variance() -> None:
    p = np.array([0.001, 0.05, 0.3, 0.5, 0.9, 0.999])
    for size in (1.0, 1.7, 5.0, 300.0):
        shape = (3 * size - 1) / 2
        np.testing.assert_allclose(SumOfUniforms(size).ppf(p), 2 * stats.beta.ppf(p, shape, shape) - 1, atol=1e-9)
        square = integrate.quad(lambda q, s=size: float(SumOfUniforms(s).ppf(np.array([q]))[0]) ** 2, 0, 1)[0]
        assert square == pytest.approx(1 / (3 * size), rel=1e-5)
    assert SumOfUniforms(2.0).ppf(np.array([0.0, 1.0])).tolist() == [-1.0, 1.0]


def test_a_scatter_that_no_float_tells_from_none_is_none() -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"], "count": [112]})
    scattered = sf.flow(rows, munition="152mm", packing="as-loaded", between=1e-300).total()
    np.testing.assert_array_equal(scattered.values, sf.flow(rows, munition="152mm", packing="as-loaded").total().values)


def test_variation_between_transports_averages_out_with_their_number() -> None:
    # 400 containers that scatter by 20 %: their average scatters by 1 %, and 90 % of that is +- 1.645 %.
    rows = pd.DataFrame({"date": ["2024-02-01"] * 2, "count": [100, 300], "munition": "152mm"})
    low, _, high = sf.flow(rows, packing=EXACT, between=0.2).total().band()
    assert low == pytest.approx(40_000 * (1 - 0.01645), rel=2e-4)
    assert high == pytest.approx(40_000 * (1 + 0.01645), rel=2e-4)
    draws = sf.flow(rows, packing=EXACT, between=0.2).total().values
    assert float(np.mean(draws)) == pytest.approx(40_000, rel=1e-5)


@pytest.mark.parametrize("packing", [None, "reported", "ceiling", "crated"])
def test_what_fits_does_not_scatter(packing: str | None) -> None:
    # At the ceiling some 450 rounds fit: with a scatter of 30 %, a third of all draws would hold more.
    rows = pd.DataFrame({"date": ["2024-02-01"], "count": [1], "munition": "152mm"})
    with pytest.raises(
        sf.ShellflowError,
        match=rf"between=0\.3: '{packing or 'reported'}' of 152mm is a capacity, and what fits at most does not "
        r"scatter .* Leave between out, or ask for contents, such as packing='as-loaded'",
    ):
        sf.flow(rows, packing=packing, between=0.3)
    mixed = pd.concat([rows.assign(packing="as-loaded"), rows.assign(packing="crated")])
    with pytest.raises(sf.ShellflowError, match=r"between=0\.3: 'crated' of 152mm is a capacity"):
        sf.flow(mixed, between=0.3)


def test_scatter_is_cut_at_a_full_payload() -> None:
    # 480 rounds in a container that holds 499 at most: of one, many draws are cut; of 10,000, none is.
    rows = pd.DataFrame({"date": ["2024-02-01"], "count": [1], "munition": "152mm"})
    near = sf.packing("152mm", rounds_per_transport=480, name="near the ceiling")
    found = sf.flow(rows, packing=near, between=0.3)
    ceiling = sf.estimate(1, "152mm", packing="ceiling").values
    assert np.all(found.total().values <= ceiling * (1 + 1e-12))
    assert np.mean(found.total().values >= ceiling * (1 - 1e-12)) > 0.3
    assert found.notes == ("what a transport holds scatters by 30 % about its mean, up to a full payload",)
    many = sf.flow(rows.assign(count=10_000), packing=near, between=0.3).total()
    assert np.mean(many.values) == pytest.approx(4_800_000, rel=1e-4)


def test_scatter_of_a_mix_is_cut_munition_by_munition() -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"] * 2, "count": [1, 2]})
    mixed = sf.mix({"152mm": 0.5, "122mm-shell": 0.5})
    found = sf.flow(rows, munition=mixed, packing="as-loaded", between=2.0).total()
    most = sf.estimate(3, mixed, packing="ceiling")
    assert np.all(found.values <= most.values * (1 + 1e-12))
    np.testing.assert_allclose(sf.from_json(found.to_json()).values, found.values, rtol=1e-12)


def test_flows_of_two_names_err_apart_and_of_one_name_together() -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"], "low": [40], "high": [60], "munition": "152mm"})
    one, same, other = (sf.flow(rows, packing=EXACT, name=name) for name in ("reader", "reader", "another"))
    assert np.ptp((one + same).total().band()) == pytest.approx(2 * np.ptp(one.total().band()))
    assert np.ptp((one + other).total().band()) < 1.6 * np.ptp(one.total().band())


def test_a_count_beside_its_range_is_checked_and_not_used() -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"] * 2, "count": [45, 7], "low": [40, 7], "high": [60, 7]})
    found = sf.flow(rows, munition="152mm", packing=EXACT)
    assert found.total().band()[1] == pytest.approx(5700)
    assert found.notes[0].startswith("1 row gives a count beside a range: the range was taken")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_count_and_a_range_are_each_read_whatever_the_other_is_called(engine: str) -> None:
    # 50 exactly, and 40 to 60: in all 9,000 to 11,000 rounds, 9,100 to 10,900 in 90 of 100 draws.
    for names in (("boxes", "low", "high"), ("count", "lo", "hi"), ("count", "low", "high")):
        count, low, high = names
        rows = pd.DataFrame({"date": "2024-02-01", count: [50, np.nan], low: [np.nan, 40], high: [np.nan, 60]})
        usual = {"count": "count", "low": "low", "high": "high"}
        asked: dict[str, Any] = {role: name for role, name in zip(usual, names, strict=True) if role != name}
        found = sf.flow(in_engine(engine, rows), munition="152mm", packing=EXACT, **asked).total()
        assert found.band() == pytest.approx((9100, 10_000, 10_900), rel=1e-3)


def test_half_a_range_beside_a_count_is_left_alone_and_said() -> None:
    rows = table(count=[4, 3, 2, 1], low=[1, 1, 1, 1])
    found = sf.flow(rows, munition="152mm", packing=EXACT)
    assert found.total().band() == (1000, 1000, 1000)
    assert found.notes == ("the column 'low' was not read: a range has two ends, and the other is missing", MARCH)
    with pytest.raises(sf.ShellflowError, match=r"high: not given, and a range has two ends"):
        sf.flow(rows, munition="152mm", low="low")
    with pytest.raises(sf.ShellflowError, match=r"high: not given, and a range has two ends"):
        sf.flow(rows.drop(columns="count"), munition="152mm")


def test_estimates_of_a_flow_are_written_and_read_back() -> None:
    rows = table(low=[1, 2, 3, 4], high=[2, 4, 6, 8], munition="152mm")
    for errors in ("shared", "independent"):
        found = sf.flow(rows, packing="as-loaded", count_errors=errors, between=0.1).total()
        np.testing.assert_allclose(sf.from_json(found.to_json()).values, found.values, rtol=1e-12)


# --- sums of flows ----------------------------------------------------------------------------------------------------


def test_flows_that_are_not_alike_are_not_added(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments)
    for other, name in (
        (sf.flow(shipments, by="week"), "by"),
        (sf.flow(shipments, count_errors="independent"), "count_errors"),
        (sf.flow(shipments, packing=EXACT, between=0.1), "between"),
        (sf.flow(shipments, munition_share=0.5), "munition_share"),
    ):
        with pytest.raises(sf.ShellflowError, match=rf"two flows with different {name} "):
            found + other
    with sf.settings(n=100):
        fewer = sf.flow(shipments)
    with pytest.raises(sf.ShellflowError, match=r"results of different draws"):
        found + fewer
    with pytest.raises(TypeError):  # noqa: PT011  the wording is Python's
        found + 1


def test_errors_row_by_row_need_packings_of_different_names() -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"], "low": [40], "high": [60]})
    other = sf.packing("152mm", rounds_per_transport=200, name="exact")
    asked: dict[str, Any] = {"munition": "152mm", "count_errors": "independent"}
    one = sf.flow(rows, packing=EXACT, **asked)
    with pytest.raises(sf.ShellflowError, match=r"two flows named 'flow' hold different contents called '152mm\.20ft"):
        one + sf.flow(rows, packing=other, **asked)
    assert (one + sf.flow(rows, packing=other, name="another", **asked)).total().band()[1] == pytest.approx(
        15_000, rel=1e-3
    )
    shared = sf.flow(rows, munition="152mm", packing=EXACT) + sf.flow(rows, munition="152mm", packing=other)
    assert shared.total().band()[1] == pytest.approx(15_000, rel=1e-3)
    with pytest.raises(sf.ShellflowError, match=r"Give one of the flows another name"):
        shared.compare_errors()


RANGE = {"low": [40.0], "high": [60.0]}


@pytest.mark.parametrize(
    ("option", "rows", "other", "common"),
    [
        ({"count_errors": "independent"}, RANGE, RANGE, 1),
        ({"count_errors": "independent"}, RANGE, {"low": [41.0], "high": [59.0]}, 0),
        ({"count_errors": "independent"}, RANGE, {"low": [50.0], "high": [70.0]}, 0),
        ({"count_errors": "independent"}, RANGE, {"low": [20.0] * 2, "high": [30.0] * 2}, 0),
        ({"between": 0.3}, {"count": [50]}, {"count": [50]}, 1),
        ({"between": 0.3}, {"count": [50]}, {"count": [51]}, 0),
        ({"between": 0.3}, {"count": [50]}, {"count": [20, 30]}, 0),
    ],
)
def test_tables_of_one_name_share_the_unknowns_of_a_day_where_its_rows_are_the_same(
    option: dict[str, Any], rows: dict[str, list[float]], other: dict[str, list[float]], common: float
) -> None:
    first, second = (
        sf.flow(pd.DataFrame(columns).assign(date="2024-02-01"), munition="152mm", packing=EXACT, **option)
        for columns in (rows, other)
    )
    left, right = first.total(), second.total()
    assert np.corrcoef(left.values, right.values)[0, 1] == pytest.approx(common, abs=0.03)
    np.testing.assert_allclose((first + second).total().values, left.values + right.values)
    if common:
        assert np.all((left - right).values == 0)


# --- supply against use -----------------------------------------------------------------------------------------------


def test_how_long_a_flow_lasts_by_hand(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT).balance("500/day", stock=2000, production="100/day")
    # 10,000 rounds and 2,000 in stock, used up by 500 - 100 a day.
    assert found.lasts["median"].tolist() == [pytest.approx(30)]
    # Since when the first row counts is not stated, so the balance begins after it: ends of February and March, and the
    # 1st of April, 29, 60 and 61 days.
    supply = np.array([5000, 5000, 9000]) + 2000
    assert found.over_time["median"].tolist() == pytest.approx(list(supply - 400 * np.array([29, 60, 61])))
    stated = sf.flow(shipments, packing=EXACT).between("2024-01-01", "2024-04-01").balance("500/day")
    supply = np.array([1000, 6000, 6000, 10000])
    assert stated.over_time["median"].tolist() == pytest.approx(list(supply - 500 * np.array([31, 60, 91, 92])))


@pytest.mark.parametrize("share", [0, 1.01])
def test_a_share_of_what_is_fired_is_above_0_and_at_most_1(share: float, shipments: pd.DataFrame) -> None:
    with pytest.raises(sf.ShellflowError, match=rf"share={share}: must be"):
        sf.flow(shipments, packing=EXACT).balance("500/day", share=share)


@pytest.mark.parametrize(("level", "low", "high"), [(0.5, 10_000, np.inf), (0.9, 10_000 / 3, np.inf)])
def test_bands_of_what_may_never_run_out_are_draws(
    level: float, low: float, high: float, shipments: pd.DataFrame
) -> None:
    # Four draws: 1.5, 3.5, 5.5 and 7.5 a day less 4.5 produced. In two draws 10,000 rounds never run out, in the others
    # they last 10,000 and 3,333 days. A quarter of the draws lie at 3,333 and half a step beyond: the next is taken.
    with sf.settings(n=4):
        flow = sf.flow(shipments, packing=EXACT)
        rate = sf.uniform("0.5 round/day", "8.5 round/day", name="use")
        lasts = flow.balance(rate, production="4.5 round/day", level=level).lasts
    assert lasts[["low", "median", "high", "never"]].to_numpy().tolist() == [[pytest.approx(low), np.inf, high, 0.5]]


def test_sources_stay_apart_and_one_sided_rates_give_one_sided_days(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT).balance("Russia", share=0.5)
    lasts: Any = found.lasts.set_index("rate")
    assert len(lasts) == 11
    # 10,000 rounds; up to 20,000 a day, half of it of this calibre: at least one day.
    assert lasts.loc["ru-2022-11-us", "low"] == pytest.approx(1.0)
    assert lasts.loc["ru-2022-11-us", ["median", "high"]].isna().all()
    # More than 30,000: at most 10,000 / 15,000 of a day.
    assert lasts.loc["ru-2023-q4-ua", "high"] == pytest.approx(2 / 3)
    assert lasts.loc["ru-2023-q4-ua", ["low", "median"]].isna().all()
    # 60,000 to 70,000: 65,000 in the middle, 60,500 to 69,500 in 90 of 100 draws.
    assert lasts.loc["ru-2024-04-ua", ["low", "median", "high"]].tolist() == pytest.approx(
        [20_000 / 69_500, 20_000 / 65_000, 20_000 / 60_500], rel=1e-4
    )
    last: Any = found.over_time.groupby("rate").last()
    # 61 days after the first row, and 9,000 rounds.
    assert last.loc["ru-2022-11-us", "low"] == pytest.approx(9_000 - 61 * 10_000)
    assert pd.isna(last.loc["ru-2022-11-us", "high"])
    assert last.loc["ru-2023-q4-ua", "high"] == pytest.approx(9_000 - 61 * 15_000)
    cells = {row[0]: row[1:] for row in found.report().cells}
    assert cells["ru-2022-11-us"] == ("US defence official (NBC)", "at most 10,000", "at least 1 day")
    assert cells["ru-2023-q4-ua"] == ("Ukrainian commander-in-chief", "at least 15,000", "at most 0.667 days")
    assert repr(found) == f"<Balance of {found.flow}, against 11 rates>"
    # In plain rows, as in JSON, what is not known is null.
    assert [row["low"] for row in found.rows() if row["rate"] == "ru-2023-q4-ua"] == [None]


def test_a_published_rate_needs_a_share_against_one_munition(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments)
    for rate in ("Russia", "ru-2024-01-rusi", sf.catalog.firing_rates["ru-2024-01-rusi"]):
        with pytest.raises(sf.ShellflowError, match=r"counts rounds of all calibres, and this is one munition"):
            found.balance(rate)
    both = found + sf.flow(shipments.assign(munition="122mm-rocket"))
    assert len(both.balance(["ru-2024-01-rusi", "10k/day"]).lasts) == 2
    with pytest.raises(sf.ShellflowError, match=r"this is one munition"):
        both.balance("ru-2024-01-rusi", munition="152mm")


def test_against_agrees_with_lasts_at(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments)
    rate = sf.uniform("5k/day", "10k/day", name="my rate")
    row = found.balance(rate).lasts.iloc[0]
    assert (row["low"], row["median"], row["high"]) == pytest.approx(found.total().lasts_at(rate).band())


def test_what_never_runs_out_says_in_how_many_worlds(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments).balance("100/day", production=sf.uniform("50/day", "250/day", name="output"))
    row = found.lasts.iloc[0]
    # Of 50 to 250 a day, three quarters lie above the 100 that are fired.
    assert row["never"] == pytest.approx(0.75, abs=1e-3)
    assert math.isinf(row["median"])
    assert math.isinf(row["high"])
    assert not math.isinf(row["low"])
    assert "never runs out in 75 % of the draws" in str(found)


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"rate": "rusia"}, r"no rate named 'rusia' .* Did you mean 'Russia'"),
        ({"rate": "10 kg"}, r"rate=.*kg"),
        ({"rate": 10_000}, r"rate=10000 is in no unit; expected round/day"),
        ({"rate": "0/day"}, r"must be above 0"),
        ({"rate": []}, r"at least one rate"),
        ({"rate": "10k/day", "share": 0}, r"share=0: must be above 0"),
        ({"rate": "10k/day", "share": 1.5}, r"share=1.5: must be above 0 and at most 1"),
        ({"rate": "10k/day", "stock": -5}, r"stock"),
        ({"rate": "10k/day", "munition": "155mm"}, r"no munition named '155mm' \(1 known\)"),
        ({"rate": "10k/day", "level": 1}, r"level=1: must be between 0 and 1"),
    ],
)
def test_bad_rates_are_refused(asked: dict[str, Any], message: str, shipments: pd.DataFrame) -> None:
    with pytest.raises(sf.ShellflowError, match=message):
        sf.flow(shipments).balance(**asked)


# --- rows that are not sound, in every engine -------------------------------------------------------------------------

GOOD: dict[str, Any] = {"date": "2024-02-01", "count": 5.0, "low": math.nan, "high": math.nan, "munition": "152mm"}
BAD_ROWS: dict[str, dict[str, Any]] = {
    "no count": {"count": math.nan},
    "a negative count": {"count": -5.0},
    "a count that is not finite": {"count": math.inf},
    "a count too large to compute with": {"count": 1e61},
    "one end of a range only": {"count": math.nan, "low": 5.0},
    "low above high": {"count": math.nan, "low": 9.0, "high": 3.0},
    "a count outside its range": {"count": 9.0, "low": 2.0, "high": 3.0},
    "no date": {"date": None},
    "a date that cannot be read": {"date": "2024-02-30"},
    "no munition": {"munition": None},
    "an unknown munition": {"munition": "125mm"},
}
ODD_DATES = (
    "26/02/2024",
    "2024-2-6",
    "2024-02-01T25:00",
    "2024-02-01x",
    "20240201",
    "",
    "yesterday",
    "2024-02-01T10:00\n",
)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("what", BAD_ROWS)
def test_a_bad_row_is_an_error_that_shows_it_or_left_out_and_reported(what: str, engine: str) -> None:
    rows = pd.DataFrame([GOOD, GOOD | BAD_ROWS[what], GOOD])
    shipments = in_engine(engine, rows)
    with pytest.raises(sf.ShellflowError, match=rf"shipments: 1 row with {what}.*such as \(date=.*on_error='drop'"):
        sf.flow(shipments)
    found = sf.flow(shipments, on_error="drop", packing=EXACT)
    assert found.total().band() == (1000, 1000, 1000)
    assert len(found.notes) == 2
    assert found.notes[0].startswith(f"left out: 1 row with {what}")
    assert found.notes[1].startswith("1 row with the content of another row (kept): ")
    issues = found.issues[(found.issues["rows"] > 0) & (found.issues["issue"] != "the content of another row")]
    assert [(text.startswith(what), rows) for text, rows in zip(issues["issue"], issues["rows"], strict=True)] == [
        (True, 1)
    ]
    assert issues["handling"].tolist() == ["dropped"]


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_on_which_there_are_no_facts_are_an_error_or_left_out(engine: str) -> None:
    rows = pd.DataFrame([GOOD, GOOD | {"munition": "155 MM"}, GOOD | {"munition": "155mm"}])
    shipments = in_engine(engine, rows)
    with pytest.raises(
        sf.ShellflowError,
        match=r"2 rows with no data for 155mm reported.*such as \(date=.* munition=155.*on_error='drop'",
    ):
        sf.flow(shipments)
    found = sf.flow(shipments, on_error="drop")
    np.testing.assert_allclose(found.total().values, sf.estimate(5, "152mm").values)
    assert found.munitions == ("152mm",)
    assert found.notes[0].startswith("left out: 2 rows with no data for 155mm reported")
    issues = found.issues[found.issues["handling"] == "dropped"]
    assert issues["rows"].tolist() == [2]
    with pytest.raises(sf.ShellflowError, match=r"no row is left: 2 rows with no data for 155mm reported"):
        sf.flow(in_engine(engine, rows.iloc[1:]), on_error="drop")


def test_names_are_looked_up_in_the_catalog_that_was_given(tmp_path: Path) -> None:
    def with_row(name: str, row: str) -> None:
        shipped = Path(str(sf.__file__)).parent / "data" / f"{name}.csv"
        (tmp_path / shipped.name).write_text(f"{shipped.read_text(encoding='utf-8').splitlines()[0]}\n{row}\n")

    with_row("firing_rates", "mine-2024,Ruritania,2024-01-01,2024-01-31,100,200,me,http://example.org,")
    with_row("munitions", "999mm,999 mm shell,999,shell,43.5,43.56,43.6,,vhu-ml20,published,,,x")
    found = sf.flow(table(count=[1, 2, 3, 4], munition="999 MM"), packing="ceiling", catalog=sf.catalog.load(tmp_path))
    assert found.total("999 MM").band() == found.total().band()
    for rate in ("mine-2024", "Ruritania"):
        assert found.balance(rate, share=1).lasts["who"].tolist() == ["me"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("date", ODD_DATES)
def test_a_date_that_is_not_iso_is_not_guessed_at(date: str, engine: str) -> None:
    rows = pd.DataFrame([GOOD, GOOD | {"date": date}])
    with pytest.raises(sf.ShellflowError, match=r"1 row with a date that cannot be read \(write 2024-02-26\)"):
        sf.flow(in_engine(engine, rows))


@pytest.mark.parametrize("engine", ENGINES)
def test_all_faults_are_told_at_once_in_the_same_words(engine: str) -> None:
    rows = pd.DataFrame([GOOD, GOOD | {"count": math.nan}, GOOD | {"count": -1.0}, GOOD | {"munition": "x"}])
    with pytest.raises(
        sf.ShellflowError,
        match=r"1 row with no count, such as \(date=2024-02-01, count=missing, low=missing, high=missing, "
        r"munition=152mm\); 1 row with a negative count, .*; 1 row with an unknown munition \(no munition named 'x'",
    ):
        sf.flow(in_engine(engine, rows))


@pytest.mark.parametrize("engine", ENGINES)
def test_nothing_left_and_nothing_there_are_errors(engine: str) -> None:
    rows = pd.DataFrame([GOOD | {"count": -1.0}])
    with pytest.raises(sf.ShellflowError, match=r"no row is left: 1 row with a negative count"):
        sf.flow(in_engine(engine, rows), on_error="drop")
    with pytest.raises(sf.ShellflowError, match=r"the table has no rows"):
        sf.flow(in_engine(engine, pd.DataFrame([GOOD]).iloc[:0]))


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"date": 45323}, r"date='date' is a column of Int64: must hold dates, .* A number may count days or seconds"),
        ({"date": 45323.5}, r"date='date' is a column of Float64"),
        ({"count": True}, r"count='count' is a column of Boolean: must hold numbers"),
        ({"munition": 152}, r"munition='munition' is a column of Int64: must hold names"),
    ],
)
def test_columns_of_the_wrong_kind_are_refused(change: dict[str, Any], message: str, engine: str) -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"], "count": [5.0], "munition": "152mm"}).assign(**change)
    with pytest.raises(sf.ShellflowError, match=message):
        sf.flow(in_engine(engine, rows))


@pytest.mark.parametrize("engine", ENGINES)
def test_missing_columns_are_answered_with_the_nearest(engine: str) -> None:
    rows = in_engine(engine, pd.DataFrame({"dates": ["2024-02-01"], "count": [5], "calibre": "152mm"}))
    with pytest.raises(sf.ShellflowError, match=r"no column named 'date' \(3 known\). Did you mean 'dates'"):
        sf.flow(rows, munition="152mm")
    with pytest.raises(sf.ShellflowError, match=r"the table has no column 'munition'"):
        sf.flow(rows, date="dates")
    with pytest.raises(sf.ShellflowError, match=r"no column or munition named 'caliber' .* Did you mean 'calibre'"):
        sf.flow(rows, date="dates", munition="caliber")
    assert sf.flow(rows, date="dates", munition="calibre").munitions == ("152mm",)


@pytest.mark.parametrize("engine", ENGINES)
def test_repeated_rows_and_carriers_are_kept_and_reported(engine: str) -> None:
    rows = pd.DataFrame([GOOD, GOOD, GOOD | {"count": 7}, GOOD | {"date": "2024-02-02"}]).assign(ship=list("aaab"))
    shipments = in_engine(engine, rows)
    found = sf.flow(shipments, carrier="ship", packing=EXACT)
    assert found.total().band()[1] == pytest.approx(2200)
    issues: Any = found.issues.set_index("issue")
    assert issues.loc["the content of another row", ["rows", "handling"]].tolist() == [1, "kept"]
    assert issues.loc["the carrier and the date of another row", ["rows", "handling"]].tolist() == [2, "kept"]
    assert issues.loc["no count", ["rows", "handling"]].tolist() == [0, ""]
    once = sf.flow(shipments, duplicates="drop", packing=EXACT)
    assert once.total().band()[1] == pytest.approx(1700)
    assert once.notes[0].startswith("left out: 1 row with the content of another row")
    with pytest.raises(sf.ShellflowError, match=r"1 row with the content of another row.* duplicates='keep' or 'drop'"):
        sf.flow(shipments, duplicates="raise")


@pytest.mark.parametrize("engine", ENGINES)
def test_one_table_in_every_engine_and_every_way_to_write_a_date(engine: str) -> None:
    times = pd.to_datetime(["2024-01-31 23:30", "2024-02-01 00:10", "2024-02-29 12:00", "2024-04-01 05:00"])
    rows = pd.DataFrame(
        {
            "count": [10, np.nan, 30, 5],
            "low": [np.nan, 40, np.nan, np.nan],
            "high": [np.nan, 60, np.nan, np.nan],
            "munition": ["152mm", "152 MM", "122mm", "152mm"],
        }
    )
    expected = sf.flow(rows.assign(date=times)).to_frame()
    assert expected.query("rows > 0")["count"].tolist() == [30, 10, 50, 5]
    dates: list[Any] = [
        times.strftime("%Y-%m-%d"),
        times.strftime("%Y-%m-%dT%H:%M:%S+09:00"),
        times.date,
        times,
        times.tz_localize("Asia/Seoul"),
    ]
    for written in dates:
        found = sf.flow(in_engine(engine, rows.assign(date=written))).to_frame()
        pd.testing.assert_frame_equal(found, expected)


@pytest.mark.parametrize("engine", ["pandas", "polars", "polars lazy", "pyarrow", "dask"])
def test_a_day_without_midnight_is_a_day(engine: str) -> None:
    # In Brazil clocks went from 23:59 on the 3rd to 01:00 on the 4th of November 2018.
    times = pd.to_datetime(["2018-11-04 01:30", "2018-11-03 23:30"]).tz_localize("America/Sao_Paulo")
    found = sf.flow(in_engine(engine, pd.DataFrame({"date": times, "count": [1, 2]})), munition="152mm")
    assert (found.start, found.end) == (dt.date(2018, 11, 3), dt.date(2018, 11, 4))


@pytest.mark.parametrize("engine", ENGINES)
def test_narrow_whole_numbers_do_not_overflow(engine: str) -> None:
    most = 2**31 - 1
    rows = pd.DataFrame({"date": ["2024-02-01"] * 2, "count": np.array([most, most], dtype="int32")})
    assert sf.flow(in_engine(engine, rows), munition="152mm").to_frame()["count"].tolist() == [2.0 * most]


@pytest.mark.parametrize("engine", ENGINES)
def test_categories_hold_names(engine: str) -> None:
    rows = table(count=[1, 2, 3, 4], munition=pd.Categorical(["152mm", "122mm-rocket", "152mm", "152mm"]))
    assert sf.flow(in_engine(engine, rows)).munitions == ("122mm-rocket", "152mm")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", [" count ", "a.b", 'the "count"', "day", "column 1", "*", "DATE"])
def test_columns_may_have_any_name(name: str, engine: str) -> None:
    if (name, engine) == ("DATE", "duckdb"):
        return  # DuckDB itself renames columns that differ in case alone
    rows = pd.DataFrame({name: [1, 1, 2.5], "date": ["2024-02-01"] * 2 + ["2024-02-02"], "munition": "152mm"})
    shipments = in_engine(engine, rows)
    with pytest.raises(sf.ShellflowError, match=re.escape(f"(date=2024-02-02, {name}=2.5, munition=152mm)")):
        sf.flow(shipments, count=name, packing=EXACT)
    found = sf.flow(shipments, count=name, packing=EXACT, fractional=True)
    assert found.total().band()[1] == pytest.approx(450)
    issues: Any = found.issues.query("rows > 0").set_index("issue")
    assert issues["first"].to_dict() == {
        "the content of another row": f"{name}=1, date=2024-02-01, munition=152mm",
    }
    once = sf.flow(shipments, count=name, packing=EXACT, duplicates="drop", fractional=True)
    assert once.total().band()[1] == pytest.approx(350)


@pytest.mark.parametrize("columns", [[0, 1], [("a", "date"), ("a", "count")]], ids=["numbers", "pairs"])
def test_columns_whose_names_are_no_texts_are_shown(columns: list[Any]) -> None:
    rows = table(count=[1, 2, 3, 4])
    rows.columns = pd.Index(columns)
    with pytest.raises(sf.ShellflowError, match=rf"no column named 'date' \(2 known\).*{re.escape(str(columns[0]))}"):
        sf.flow(rows, munition="152mm")


def test_columns_beside_those_that_are_read_may_have_numbers_for_names() -> None:
    rows = table(count=[4, 3, 2, 1]).assign(other=1).rename(columns={"other": 7})
    assert sf.flow(rows, munition="152mm", packing=EXACT).issues["rows"].sum() == 0


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_differ_in_a_list_are_not_taken_for_one(engine: str) -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"] * 2, "count": [1, 1], "seen": [[1], [2]]})
    shipments = in_engine(engine, rows)
    if engine == "dask":  # which turns a list among Python objects into text
        assert sf.flow(shipments, munition="152mm", duplicates="drop", packing=EXACT).total().band()[1] == 200
        return
    issues: Any = sf.flow(shipments, munition="152mm").issues.set_index("issue")
    assert issues.loc["the content of another row (not compared: 'seen', of lists or structures)", "rows"] == 1
    for duplicates in ("drop", "raise"):
        with pytest.raises(sf.ShellflowError, match=rf"duplicates='{duplicates}': .* cannot be compared \('seen'\)"):
            sf.flow(shipments, munition="152mm", duplicates=duplicates)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("kind", [object, float])
def test_a_column_of_nothing_has_no_counts_in_any_engine(kind: Any, engine: str) -> None:
    rows = pd.DataFrame({"date": ["2024-02-01"] * 2, "count": pd.Series([None, None], dtype=kind)})
    with pytest.raises(sf.ShellflowError, match=r"2 rows with no count, such as \(date=2024-02-01, count=missing"):
        sf.flow(in_engine(engine, rows), munition="152mm")


@pytest.mark.parametrize("engine", ENGINES)
def test_counts_of_whole_things_are_whole_unless_said_otherwise(engine: str) -> None:
    # Two halves of one day add up to a whole number: the sums alone would hide them.
    rows = pd.DataFrame(
        [GOOD | {"count": 0.5}, GOOD | {"count": 0.5}, GOOD | {"count": None, "low": 1.25, "high": 2}, GOOD]
    )
    rows = in_engine(engine, rows)
    with pytest.raises(
        sf.ShellflowError, match=r"3 rows with a count that is not whole \(was 1\.25 .* fractional=True\)"
    ):
        sf.flow(rows, packing=EXACT)
    left = sf.flow(rows, packing=EXACT, on_error="drop")
    assert left.total().band()[1] == pytest.approx(500)
    assert left.notes[0].startswith("left out: 3 rows with a count that is not whole")
    assert sf.flow(rows, packing=EXACT, fractional=True).total().band()[1] == pytest.approx(
        100 * (0.5 + 0.5 + 1.625 + 5)
    )


def test_whether_counts_may_be_fractions_is_said_with_true_or_false(shipments: pd.DataFrame) -> None:
    with pytest.raises(sf.ShellflowError, match=r"fractional='no': must be True or False"):
        sf.flow(shipments, fractional="no")  # type: ignore[arg-type]


def test_fractions_are_found_among_numbers_of_arrow() -> None:
    pytest.importorskip("pyarrow")
    rows = table(count=[1, 2, 3.5, None], low=[None, None, None, 4], high=[None, None, None, 5])
    with pytest.raises(sf.ShellflowError, match=r"1 row with a count that is not whole .*count=3\.5"):
        sf.flow(rows.convert_dtypes(dtype_backend="pyarrow"), munition="152mm")


@pytest.mark.parametrize(
    "counts",
    [pd.interval_range(0, 4), [1 + 1j, 2, 3, 4], pd.Series([1 + 1j, 2, 3, 4], dtype=object)],
    ids=["intervals", "complex", "complex objects"],
)
def test_what_is_no_number_is_refused(counts: Any) -> None:
    with pytest.raises(sf.ShellflowError, match=r"count='count' is a column of (Unknown|Object): must hold numbers"):
        sf.flow(table(count=counts), munition="152mm")


def test_a_frame_of_a_class_of_its_own_is_a_frame() -> None:
    class Frame(pd.DataFrame):
        @property
        def _constructor(self) -> Any:
            return Frame

    rows = Frame(table(count=pd.Series([1, 2, 3, 4], dtype=object)))
    assert sf.flow(rows, munition="152mm", packing=EXACT).total().band()[1] == 1000


def test_a_file_that_an_engine_cannot_find_is_an_error_of_ours(tmp_path: Path) -> None:
    import polars as pl

    with pytest.raises(sf.ShellflowError, match=r"shipments: polars could not read the table: .*none.csv"):
        sf.flow(pl.scan_csv(tmp_path / "none.csv"), munition="152mm")


def test_python_objects_are_read_for_what_they_are() -> None:
    seoul = dt.timezone(dt.timedelta(hours=9))
    dates = [dt.datetime(2024, 2, 1, 0, 30, tzinfo=seoul), dt.date(2024, 2, 2), "2024-02-03"]
    rows = pd.DataFrame({"date": pd.Series(dates, dtype=object), "count": pd.Series([1, 2, 3], dtype=object)})
    found = sf.flow(rows, munition="152mm")
    assert (found.start, found.end) == (dt.date(2024, 2, 1), dt.date(2024, 2, 3))
    with pytest.raises(sf.ShellflowError, match=r"1 row with no date"):
        sf.flow(rows.assign(date=pd.Series([dates[0], pd.NaT, dates[1]], dtype=object)), munition="152mm")
    with pytest.raises(sf.ShellflowError, match=r"1 row with no count"):
        sf.flow(rows.assign(count=pd.Series([1, None, 3], dtype=object)), munition="152mm")
    texts = rows.assign(count=pd.Series([1, "1 200", 3], dtype=object))
    assert sf.flow(texts, munition="152mm", packing=EXACT).total().band()[1] == 120400
    for cell, message in (
        (True, r"count='count' is a column of Object: must hold numbers"),
        ("1.250", r"'count'='1\.250': .* Write '1\.2500' for the decimal, '?1250'? for the thousands"),
        ("2 wagons", r"'count'='2 wagons': must be a number\. Write it without wagons"),
    ):
        with pytest.raises(sf.ShellflowError, match=message):
            sf.flow(rows.assign(count=pd.Series([1, cell, 3], dtype=object)), munition="152mm")


@pytest.mark.parametrize(
    "shipments",
    [[1, 2], {"date": ["2024-02-01"]}, np.zeros(3), pd.Series([1]), None, "shipments.csv"],
    ids=["list", "dict", "array", "series", "none", "text"],
)
def test_what_is_no_table_is_refused(shipments: object) -> None:
    with pytest.raises(sf.ShellflowError, match=r"must be a table of pandas, Polars .*, PyArrow, DuckDB, Dask"):
        sf.flow(shipments, munition="152mm")


def test_two_columns_of_one_name_are_refused() -> None:
    rows = pd.DataFrame([["2024-02-01", 1, 2]], columns=["date", "count", "count"])
    with pytest.raises(sf.ShellflowError, match=r"Give each column its own name"):
        sf.flow(rows, munition="152mm")


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"by": "day"}, r"by='day': must be one of 'week', 'month', 'quarter', 'year', or None"),
        ({"count_errors": "none"}, r"count_errors='none': must be 'shared' or 'independent'"),
        ({"between": -0.1}, r"between=-0.1: must be a number from 0 up"),
        ({"between": math.nan}, r"between=nan: must be a number from 0 up"),
        ({"between": True}, r"between=True"),
        ({"on_error": "skip"}, r"on_error='skip': must be one of 'raise', 'drop'"),
        ({"duplicates": "no"}, r"duplicates='no': must be one of 'keep', 'drop', 'raise'"),
        ({"name": " "}, r"name=' ': must be a text"),
        ({"low": "count"}, r"high: not given, and a range has two ends"),
        ({"count": 5}, r"count=5: must be the name of a column"),
        ({"munition": 152}, r"munition=152: must be the name of a column, or a munition for all rows"),
        ({"packing": "loose"}, r"no column or packing named 'loose'"),
        ({"transport": "cart"}, r"no column or transport named 'cart'"),
        ({"munition_share": 2}, r"munition_share=2: must be at least 0 and at most 1"),
        ({"munition": "155mm"}, r"no data for 155mm reported"),
    ],
)
def test_bad_options_are_refused(asked: dict[str, Any], message: str, shipments: pd.DataFrame) -> None:
    with pytest.raises(sf.ShellflowError, match=message):
        sf.flow(shipments, **asked)


@pytest.mark.parametrize("engine", ENGINES)
def test_names_from_the_table_stand_in_messages_as_they_are(engine: str) -> None:
    rows = in_engine(engine, table(count=[1, 2, 3, 4], munition="122mm-rocket"))
    with pytest.raises(sf.ShellflowError, match=r"packs 152mm, and munition='122mm-rocket' is 122mm-rocket"):
        sf.flow(rows, packing=EXACT)


def test_a_column_named_like_a_munition_is_not_guessed_at(shipments: pd.DataFrame) -> None:
    with pytest.raises(sf.ShellflowError, match=r"munition='152mm' is both a column of the table and a munition"):
        sf.flow(shipments.assign(**{"152mm": 1}), munition="152mm")


def test_duckdb_counts_time_stamps_in_the_zone_of_its_session_and_says_so() -> None:
    dates = pd.to_datetime(["2024-02-01 00:30"]).tz_localize("Asia/Seoul")
    for stamps, zone in ((dates.as_unit("us"), "Asia/Seoul"), (dates.as_unit("ns"), "its setting TimeZone")):
        rows = pd.DataFrame({"date": stamps, "count": [1]})
        counted = sf.flow(in_engine("duckdb", rows), munition="152mm")
        assert counted.start == dt.date(2024, 2, 1)
        assert f"dates are those of the session's zone, {zone}" in counted.notes[0]


# --- words ------------------------------------------------------------------------------------------------------------


def test_a_flow_in_words(shipments: pd.DataFrame) -> None:
    found = sf.flow(shipments, packing=EXACT, by="quarter")
    assert repr(found) == "<Flow of 4 rows of 152mm, 2024-01-31 to 2024-04-01>"
    lines = str(found).splitlines()
    head = next(place for place, line in enumerate(lines) if line.startswith("period"))
    assert lines[head].split()[:4] == ["period", "munition", "transports", "rows"]
    assert lines[head + 1].split()[:3] == ["2024-Q1", "152mm", "60"]
    row = ["3", "6,000", "no", "spread", "6,000", "no", "spread", "contents", "assumed"]
    assert lines[head + 1].split()[3:] == row


def test_a_flow_in_words_begins_with_its_total_and_ends_with_the_stamp(
    file: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    rows = table(count=[10, 20, 30, 40], munition="122mm")
    found = sf.flow(rows, packing="crated")
    total = found.total()
    lines = str(found).splitlines()
    assert lines[:4:2] == [found.what, f"in all: {total.in_words()}"]
    assert lines[3].startswith("basis: capacity")
    assert lines[4] == f"the band is for: {total.reasons.band_for}"
    assert {"limited by", "weakest grade that matters"} <= {line.partition(":")[0] for line in lines}
    assert [line for line in lines if line.startswith("cliff: ")] == [
        line for line in total.explain().splitlines() if line.startswith("cliff: ")
    ]
    assert f"- {found.notes[0]}" in lines
    assert lines[-1] == total.explain().splitlines()[-1]
    assert cli.main(["flow", file(rows.to_csv(index=False)), "--packing", "crated"]) == 0
    assert capsys.readouterr().out.rstrip("\n").splitlines()[-1] == lines[-1]


# --- the command line -------------------------------------------------------------------------------------------------


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        path = tmp_path / "shipments.csv"
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write


LINES = "Departure,Ship,Containers,calibre\n2024-01-31,Angara,300,152mm\n2024-02-03,Maria,280,122mm\n"


def test_the_command_says_what_it_took_the_columns_for(
    file: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["flow", file(LINES)]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    names = "date = 'Departure', count = 'Containers', munition = 'calibre', carrier = 'Ship'"
    assert f"- columns taken by their names: {names}" in printed.out
    assert printed.out.startswith("2 rows of 122mm-rocket, 152mm, 2024-01-31 to 2024-02-03\n")
    assert "in all: " in printed.out
    assert "122mm is read as 122mm-rocket" in printed.out


def test_the_command_says_which_column_it_did_not_read(
    file: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["flow", file(LINES), "-m", "152mm"]) == 0
    assert "the column 'calibre' was not read: --munition 152mm was given for all rows" in capsys.readouterr().out


@pytest.fixture(params=["polars", "pyarrow"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """What reads Parquet: the one where it is installed, the other where polars is not."""
    find_spec = importlib.util.find_spec
    others = {"polars", "pyarrow"} - {request.param}
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *of: None if name in others else find_spec(name, *of))
    return str(request.param)


@pytest.mark.usefixtures("reader")
def test_the_command_writes_what_the_library_finds(
    file: Callable[[str], str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = file(LINES)
    for output, read in (("found.csv", pd.read_csv), ("found.parquet", pd.read_parquet)):
        assert cli.main(["flow", path, "--packing", "crated", "--raw", "-o", str(tmp_path / output)]) == 0
        capsys.readouterr()
        written = read(tmp_path / output)
        rows = pd.DataFrame(
            {"date": ["2024-01-31", "2024-02-03"], "count": [300, 280], "munition": ["152mm", "122mm-rocket"]}
        )
        expected = sf.flow(rows, packing="crated").to_frame()
        written["period"] = pd.to_datetime(written["period"])
        pd.testing.assert_frame_equal(written, expected, check_dtype=False)
    table = tmp_path / "shipments.parquet"
    rows.to_parquet(table)
    assert cli.main(["flow", str(table), "--json"]) == 0
    assert [row["count"] for row in json.loads(capsys.readouterr().out)] == [0, 280, 300, 0]


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        (LINES, ["--by", "none", "--level", "2"], r"--level 2.0: must be between 0 and 1"),
        (LINES + "2024-02-05,Maria,,152mm\n", [], r"1 row with no count, such as \(Departure=2024-02-05"),
        (LINES + "2024-02-05,Maria,nan,152mm\n", [], r"1 row with no count"),
        (LINES + "2024-02-05,Maria,inf,152mm\n", [], r"'Containers'='inf': must be finite"),
        (LINES + "2024-02-05,Maria,0x10,152mm\n", [], r"1 row with a count that is not read.*0x10"),
        (LINES + "2024-02-05,Maria,1e999,152mm\n", [], r"1e999|a count that is not finite"),
        ("date,count\n2024-02-05,5,6\n", ["-m", "152mm"], r"line 2 has 3 cells, the header 2"),
        (LINES + "2024-02-05,Maria,1,152mm,5,6\n", [], r"line 4 has 6 cells, the header 4"),
        (LINES + "05/02/2024,Maria,1,152mm\n", [], r"may be 2024-02-05 or 2024-05-02, .* --dayfirst or --no-dayfirst"),
        ("when,arrival,count\n2024-02-05,2024-02-05,1\n", ["-m", "152mm"], r"'when' and 'arrival' could each be the d"),
        ("date,count\n2024-02-05,1\n", [], r"munition: not given, .*--munition 152mm"),
        ("date,boxen\n2024-02-05,1\n", ["-m", "152mm"], r"no column of counts named 'count' .* --count"),
        ("tag_of_it,count\n2024-02-05,1\n", ["-m", "152mm"], r"no column of dates named 'date' .* --date"),
        ("date,count\n", ["-m", "152mm"], r"the table has no rows"),
        ("", ["-m", "152mm"], r"the file is empty\. It must name each column"),
        (",\n", ["-m", "152mm"], r"must name each column"),
        ("date,date\n", ["-m", "152mm"], r"each once"),
        (LINES, ["-o", "found.xlsx"], r"--output found.xlsx: must be a name that ends in .csv"),
        (LINES, ["-o", "no/such/folder/found.csv"], r"cannot be written"),
    ],
)
def test_the_command_refuses_what_it_cannot_take(
    text: str,
    options: list[str],
    message: str,
    file: Callable[[str], str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["flow", file(text), *options]) == 2
    assert re.search(message, capsys.readouterr().err)


@pytest.mark.parametrize(
    "text",
    [
        ",date,count\n0,2024-02-01,5\n1,2024-02-02,6\n",
        "date,count,\n2024-02-01,5,\n2024-02-02,6,\n",
        ",date,count,\n0,2024-02-01,5,\n1,2024-02-02,6,\n",
        "Date,date,COUNT,count\nx,2024-02-01,y,5\nx,2024-02-02,y,6\n",
        "date, count\n2024-02-01, 5\n2024-02-02, 6\n",
        "date,count\r\n2024-02-01,5\r\n2024-02-02,6\r\n",
        "date,count\n2024-02-01,5\r\n2024-02-02,6\n",
        "\ufeffdate;count\n2024-02-01;5\n2024-02-02;6.0\n",
        "date\tcount\n2024-02-01\t5\n2024-02-02\t.6e1\n",
        'date,count,"the ""note"" with 1,200\'s"\n2024-02-01,5,"a\nb"\n2024-02-02,6,"q""x"\n',
    ],
    ids=["index", "trailing", "both", "case", "spaces", "crlf", "mixed", "bom", "tabs", "quoted"],
)
def test_the_command_reads_what_others_write(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "shipments.csv"
    path.write_bytes(text.encode())
    assert cli.main(["flow", str(path), "-m", "152mm", "--json"]) == 0
    assert [(row["count"], row["rows"]) for row in json.loads(capsys.readouterr().out)] == [(11, 2)]


def test_the_bar_goes_on_while_the_file_is_read_and_summed(
    file: Callable[[str], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    @contextlib.contextmanager
    def bar(what: str) -> Iterator[None]:
        seen.append(f"begin {what}")
        yield
        seen.append("end")

    def watched(name: str, room: Any) -> Callable[..., Any]:
        real = getattr(room, name)

        def call(*given: Any, **asked: Any) -> Any:
            seen.append(name)
            return real(*given, **asked)

        return call

    monkeypatch.setattr(display, "progress", bar)
    for name, room in (("read_file", shipment_files), ("flow", flows)):
        monkeypatch.setattr(room, name, watched(name, room))
    assert cli.main(["flow", file(LINES)]) == 0
    assert seen == ["begin summing up shipments.csv", "read_file", "flow", "end"]


def test_the_command_refuses_files_it_cannot_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    damaged, other = tmp_path / "damaged.parquet", tmp_path / "table.xlsx"
    for path in (damaged, other):
        path.write_text("nothing", encoding="utf-8")
    for path, message in (
        (tmp_path / "none.csv", "no such file. Check the path."),
        (damaged, "cannot be read"),
        (other, "is no .xlsx workbook, or a damaged one"),
    ):
        assert cli.main(["flow", str(path), "-m", "152mm"]) == 2
        assert message in capsys.readouterr().err


def test_the_command_guesses_no_carrier_where_two_could_be_it(
    file: Callable[[str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    path = file("date,count,munition,ship,imo,at least\n2024-02-01,5,152mm,Angara,9179842,4\n")
    assert cli.main(["flow", path]) == 0
    printed = capsys.readouterr().out
    assert "- 'ship' and 'imo' could each be the carrier, and none was read: name it with --carrier" in printed
    assert "- the column 'at least' was not read: a range has two ends, and the other is missing" in printed


@pytest.mark.parametrize("name", ["b[1]", "c*d", "e?f"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_file_is_read_by_its_very_name(
    name: str, kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for stem, count in (("b1", 100), ("cXd", 100), ("eXf", 100), (name, 7)):
        rows = pd.DataFrame({"date": ["2024-02-01"], "count": [count]})
        path = tmp_path / f"{stem}.{kind}"
        if kind == "csv":
            rows.to_csv(path, index=False)
        else:
            rows.to_parquet(path)
    assert cli.main(["flow", str(path), "-m", "152mm", "--json"]) == 0
    assert [row["count"] for row in json.loads(capsys.readouterr().out)] == [7]


def test_the_command_reports_what_is_odd(file: Callable[[str], str], capsys: pytest.CaptureFixture[str]) -> None:
    path = file(LINES + "2024-02-03,Maria,280,122mm\n2024-02-04,Maria,-1,122mm\n")
    assert cli.main(["flow", path, "--on-error", "drop"]) == 0
    printed = capsys.readouterr().out
    assert "- left out: 1 row with a count that is not read" in printed
    assert "- 1 row with the content of another row (kept)" in printed
    assert "- 1 row with the carrier and the date of another row (kept)" in printed
