"""Flows with rows that are bounds, or have no count, worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from shellflow import catalog, plot
from shellflow.errors import ArgumentError, BoundError, DataError, NoDataError
from tests.engines import ENGINES, in_engine

# One container holds exactly 100 rounds, so that what is worked here is the flow and nothing else.
EXACT = sf.packing("152mm", rounds_per_transport=100, name="exact")

VOYAGES = """Date;Ship;Containers;Notes
09/09/2023;Angara;300;
23/09/2023;Maria;280-320;
07/10/2023;Lady R;ca. 250;
12/10/2023;Maia-1;1.250;two ships? check
20/10/2023;Angara ;200\u2013260;
03/11/2023;Angara;;covered by cloud, no count
14/11/2023;Maria;300+;at least, tarpaulin
28/11/2023;Lady R;>250;
01/12/2023;Maia-1;300;

TOTAL;;9.870;
"""


@pytest.fixture(scope="module")
def voyages(tmp_path_factory: pytest.TempPathFactory) -> sf.Shipments:
    path = tmp_path_factory.mktemp("voyages") / "voyages.csv"
    path.write_text(VOYAGES, encoding="utf-8-sig")
    return sf.read_shipments(path, dayfirst=True, thousands=".", totals="drop")


def table(**columns: Any) -> pd.DataFrame:
    return pd.DataFrame({"date": ["2024-01-31", "2024-02-29", "2024-03-31"], **columns})


def flow(rows: Any, **options: Any) -> sf.Flow:
    named = {"bound": "bound"} if isinstance(rows, pd.DataFrame) and "bound" in rows else {}
    return sf.flow(rows, munition="152mm", **{"packing": EXACT, **named, **options})


BOUNDED = table(count=[10, 20, 30], bound=["point", "floor", "point"])


# --- a table as people keep it ----------------------------------------------------------------------------------------


def test_voyages_come_to_a_total_that_says_at_least(voyages: sf.Shipments) -> None:
    dropped = flow(voyages, on_error="drop")
    # September 300 + (280 to 320); October 250 + 1,250 + (200 to 260); November at least 300 and at least 250, the
    # blank left out; December 300.
    rows = dropped.to_frame()
    assert rows["count"].tolist() == [600, 1730, 550, 300]
    assert rows["bound"].tolist() == ["point", "point", "floor", "point"]
    assert rows["cumulative_bound"].tolist() == ["point", "point", "floor", "floor"]
    # The two ranges err alike, 20 and 30 to either side, of which the 90 % band leaves nine tenths: 318,000 rounds less
    # 5,000 * 0.9, and no high end; 313,500 is rounded down, or the floor would say more than is known.
    assert dropped.total().band()[0] == pytest.approx(318_000 - 0.9 * 5_000, rel=1e-9)
    assert np.isnan(dropped.total().band()[1:]).all()
    assert str(dropped.total()).endswith(": at least 313,000 rounds (90 %: no high end)")
    assert "in all: at least 313,000 rounds (90 %: no high end)" in str(dropped)
    notes = "\n".join(dropped.report().cautions)
    shown = "periods and totals that hold them show the low end of their band, and have no high end"
    assert f'2 rows with a lower bound ("at least"): {shown}' in notes
    assert "left out: 1 row with no count, such as (Date=2023-11-03" in notes
    assert "left out: 1 row with a word for a total" in notes


def test_voyages_without_a_count_are_filled_by_one_unknown_and_said(voyages: sf.Shipments) -> None:
    with pytest.raises(DataError, match=r"1 row with no count, .*on_error='drop'.*or on_error='fill'"):
        flow(voyages)
    filled = flow(voyages, on_error="fill")
    known = flow(voyages, on_error="drop").total() + sf.estimate("1 voyage", "152mm", packing=EXACT)
    np.testing.assert_allclose(filled.total().values, known.values, rtol=1e-12)
    per_voyage = sf.catalog.containers_per_voyage().band()[1]
    assert filled.to_frame()["count"].tolist() == pytest.approx([600, 1730, 550 + per_voyage, 300])
    assert filled.to_frame()["filled"].tolist() == [0, 0, 1, 0]
    assert filled.to_frame()["grade"].tolist()[2] == filled.total().grade == "assumed"
    assert filled.issues.set_index("issue").loc[["no count"], ["rows", "handling"]].to_numpy().tolist() == [
        [1, "filled"]
    ]
    notes = "\n".join(filled.report().cautions)
    assert "1 row without a count filled, each as a voyage of 200 containers" in notes
    assert "filled: 1 row with no count, such as (Date=2023-11-03" in notes


def test_a_blank_count_is_kept_as_missing_and_accounted_for(voyages: sf.Shipments) -> None:
    bounds = voyages.frame["bound"].tolist()
    assert {bound: bounds.count(bound) for bound in bounds} == {"point": 4, "range": 2, "floor": 2, "missing": 1}
    assert any(remark.startswith("1 row with a missing number, such as (Date=03/11/2023") for remark in voyages.remarks)
    blank = voyages.account[voyages.account["why"] == "a blank cell"]
    assert blank[["row", "column", "read_as"]].to_numpy().tolist() == [[7, "Containers", "missing"]]


# --- bounds in strict tables ------------------------------------------------------------------------------------------


def test_what_holds_a_floor_is_a_lower_bound_in_every_table() -> None:
    made = flow(BOUNDED)
    rows = made.to_frame()
    assert rows["low"].tolist() == [1000, 2000, 3000]
    assert rows["high"].isna().tolist() == rows["median"].isna().tolist() == [False, True, False]
    assert rows["cumulative_low"].tolist() == [1000, 3000, 6000]
    assert rows["cumulative_high"].isna().tolist() == [False, True, True]
    assert made.cumulative()["bound"].tolist() == ["point", "floor", "floor"]
    # February has 29 days, and the first row no beginning.
    rates = made.rate()
    assert rates["low"].tolist()[1:] == pytest.approx([2000 / 29, 3000 / 31])
    assert rates["high"].isna().tolist() == [True, True, False]
    assert rates["bound"].isna().tolist() == [True, False, False]
    assert rates["bound"].tolist()[1:] == ["floor", "point"]
    assert made.compare_errors()["bound"].tolist() == ["floor", "floor"]
    assert [month.bound for month in made.periods().values()] == ["point", "floor", "point"]
    cells = made.report().cells
    assert cells[1][2:8] == ("at least 20", "1", "at least 2,000", "no high end", "at least 3,000", "no high end")
    assert "at least 6,000 rounds" in made._repr_html_()


def test_ceilings_alone_are_the_mirror_image() -> None:
    made = flow(BOUNDED.assign(bound=["point", "ceiling", "point"]))
    assert made.total().bound == "ceiling"
    assert str(made.total()).endswith("at most 6,000 rounds (90 %: no low end)")
    assert made.to_frame()["high"].tolist() == [1000, 2000, 3000]
    assert made.to_frame()["low"].isna().tolist() == [False, True, False]
    assert made.balance("100/day").days == ("at most 60 days",)


def test_lower_and_upper_bounds_together_have_no_bound_and_say_so() -> None:
    made = flow(BOUNDED.assign(bound=["floor", "point", "ceiling"]))
    assert made.to_frame()["bound"].tolist() == ["floor", "point", "ceiling"]
    assert made.to_frame()["cumulative_bound"].tolist() == ["floor", "floor", "none"]
    assert str(made.total()).endswith("no bound (lower and upper bounds are added up)")
    assert f"{made.total():.2g}" == "no bound"
    notes = "\n".join(made.report().cautions)
    assert '1 row with a lower bound ("at least") and 1 row with an upper bound ("at most"): what holds both' in notes
    with pytest.raises(BoundError, match=r"which bound nothing\. Ask its parts"):
        made.total().chance(at_least=10)


def test_a_row_that_accrues_is_a_bound_of_each_period_it_reaches() -> None:
    rows = table(
        count=[31, 29, 31], bound=["point", "point", "floor"], since=["2023-12-31", "2024-01-31", "2024-02-15"]
    )
    # 45 days from the 16th of February, of which 14 in February.
    made = flow(rows).to_frame()
    assert made["low"].tolist() == pytest.approx([3100, 2900 + 3100 * 14 / 45, 3100 * 31 / 45])
    assert made["bound"].tolist() == ["point", "floor", "floor"]
    assert flow(rows).between("2024-01-01", "2024-02-15").total().bound == "point"


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_takes_one_end_as_a_bound_and_shows_what_is_none(engine: str) -> None:
    ends = table(low=[10, 20, None], high=[14, None, 30], bound=["range", "floor", "ceiling"])
    made = flow(in_engine(engine, ends), bound="bound").to_frame()
    assert made["count"].tolist() == [12, 20, 30]
    assert made["bound"].tolist() == ["point", "floor", "ceiling"]
    with pytest.raises(DataError, match=r"1 row with one end of a range only, such as \(date=2024-02-29"):
        flow(in_engine(engine, ends.assign(bound=["range", "point", "ceiling"])), bound="bound")
    with pytest.raises(DataError, match=r"a bound that is none of point, range, floor, ceiling, none.*bound=north"):
        flow(in_engine(engine, BOUNDED.assign(bound=["point", "north", "point"])), bound="bound")
    with pytest.raises(DataError, match=r"1 row with a range beside a bound.*low=10"):
        flow(in_engine(engine, ends.assign(bound=["floor", "floor", "ceiling"])), bound="bound")
    assert flow(in_engine(engine, BOUNDED), bound="bound", on_error="drop").total().bound == "floor"


def test_a_column_of_bounds_may_have_another_name_and_must_hold_texts() -> None:
    assert flow(BOUNDED.rename(columns={"bound": "what"}), bound="what").total().bound == "floor"
    with pytest.raises(DataError, match=r"bound='bound' is a column of Int64: must hold names. Convert it"):
        flow(BOUNDED.assign(bound=1))


def test_a_column_of_bounds_that_is_not_named_is_not_read() -> None:
    assert sf.flow(BOUNDED, munition="152mm").total().bound == "point"


def test_masses_may_be_bounds_and_sums_of_flows_keep_them() -> None:
    masses = flow(BOUNDED.rename(columns={"count": "mass_t"}), packing="crated")
    assert masses.total().bound == "floor"
    exact = flow(BOUNDED.drop(columns="bound"))
    assert (exact + flow(BOUNDED, name="others")).total().bound == "floor"


# --- what an estimate says of a bound ---------------------------------------------------------------------------------


def test_arithmetic_with_a_bound_is_a_bound_of_the_side_that_it_goes_to() -> None:
    total = flow(BOUNDED).total()
    exact = sf.estimate(10, "152mm", packing=EXACT)
    bounds = {
        "sum": (total + exact, "floor"),
        "less": (exact - total, "ceiling"),
        "double": (2 * total, "floor"),
        "below": (exact / total, "ceiling"),
        "difference": (total - flow(BOUNDED, name="others").total(), "none"),
        "days": (total.lasts_at("100/day"), "floor"),
        "transports": (sf.units_needed(total, "152mm", packing=EXACT), "floor"),
    }
    for name, (made, bound) in bounds.items():
        assert made.bound == bound, name
    assert str(total.lasts_at("100/day")).endswith("at least 60 days (90 %: no high end)")


def test_a_chance_of_a_bound_is_a_limit_and_is_refused_between_two_thresholds() -> None:
    total = flow(BOUNDED, packing="reported").total()
    exact = flow(BOUNDED.drop(columns="bound"), packing="reported").total()
    assert total.chance(at_least=27_000) == exact.chance(at_least=27_000)
    assert any("the share of draws at or above a number is the least it can be" in note for note in total.notes)
    with pytest.raises(BoundError, match=r"nothing of the share between two thresholds\. Give one of them"):
        total.chance(at_least=1, at_most=10)


def test_a_bound_stays_one_in_json_and_pickles_and_in_its_rows() -> None:
    total = flow(BOUNDED, packing="reported").total()
    again = sf.from_json(total.to_json())
    assert (again.bound, again.in_words(), str(again)) == ("floor", total.in_words(), str(total))
    assert f"{again:.3g}".startswith("at least 2.33e+04 rounds (90 %: no high end)")
    (row,) = total.rows()
    assert (row["bound"], row["median"], row["high"]) == ("floor", None, None)
    (rounded,) = total.rows(rounded=True)
    assert f"at least {rounded['low']:,} rounds" in str(total)
    assert "could hold at least 23,300 rounds (90 % band: no high end)" in total.sentence()
    assert "draws of the number stated: " in total.explain()


# --- rows that are filled ---------------------------------------------------------------------------------------------


def test_only_containers_are_filled_and_other_faults_are_still_refused() -> None:
    blank = table(count=[10, None, 30])
    with pytest.raises(ArgumentError, match=r"on_error='fill': must be 'raise' or 'drop' where rows have masses"):
        sf.flow(blank.rename(columns={"count": "mass_t"}), munition="152mm", on_error="fill")
    with pytest.raises(ArgumentError, match=r"on_error='fill'.*covered-wagon is a wagon. Give 'drop'"):
        sf.flow(blank, munition="152mm", transport="covered-wagon", packing="crated", on_error="fill")
    with pytest.raises(NoDataError, match="containers to a voyage for 40ft"):
        sf.flow(blank, munition="152mm", transport="40ft", packing="crated", on_error="fill")
    with pytest.raises(DataError, match=r"1 row with a negative count"):
        flow(blank.assign(count=[10, np.nan, -1]), on_error="fill")


def test_filled_rows_scatter_like_the_transports_they_stand_for() -> None:
    blank = table(count=[np.nan] * 3)
    options: dict[str, Any] = {"packing": "as-loaded", "on_error": "fill"}
    alike, scattered = (flow(blank, between=between, **options).total() for between in (0.0, 0.5))
    assert scattered.values.mean() == pytest.approx(alike.values.mean(), rel=0.02)
    assert (scattered.values != alike.values).any()


# --- running totals ---------------------------------------------------------------------------------------------------


def test_increments_of_running_totals_that_are_bounds() -> None:
    totals = table(containers=["6,700", "7,000+", "10,000"])
    made = sf.read_shipments(totals, cumulative=True).frame
    # 7,000 or more less 6,700 is 300 or more; 10,000 less 7,000 or more is 3,000 or fewer.
    assert made["bound"].tolist() == ["point", "floor", "ceiling"]
    assert made[["low", "high"]].fillna(-1).to_numpy().tolist() == [[6700, 6700], [300, -1], [-1, 3000]]
    floors = sf.read_shipments(totals.assign(containers=["6,000+", "7,000+", "10,000+"]), cumulative=True)
    assert floors.frame["bound"].tolist() == ["floor", "none", "none"]
    assert "2 rows with the difference of two bounds: it bounds nothing" in floors.remarks
    assert flow(floors).total().bound == "none"
    with pytest.raises(DataError, match=r"1 row with a running total that is a range"):
        sf.read_shipments(totals.assign(containers=["6,000", "7,000-8,000", "10,000"]), cumulative=True)


@pytest.mark.parametrize(
    ("first", "bound_total", "last", "bound"),
    [
        ("6,700", "7,000+", "10,000", "point"),
        ("6,000+", "7,000+", "10,000+", "floor"),
        ("6,700", "at most 9,000", "10,000+", "floor"),
        ("6,000", "7,000+", "at most 9,000", "ceiling"),
    ],
)
def test_without_running_totals_that_are_bounds_the_sum_is_what_the_last_one_states(
    first: str, bound_total: str, last: str, bound: str
) -> None:
    totals = table(containers=[first, bound_total, last])
    with_bounds = sf.read_shipments(totals, cumulative=True)
    advice = "Leave such rows out for the sum that the later total states"
    assert flow(with_bounds).total().bound == "none"
    assert [remark.endswith(advice) for remark in with_bounds.remarks if "a later total" in remark] == [True]
    exact = [place for place, cell in enumerate((first, bound_total)) if "+" not in cell and "most" not in cell]
    without = sf.read_shipments(totals.iloc[[*exact, 2]], cumulative=True)
    assert not [remark for remark in without.remarks if "a later total" in remark]
    assert flow(without).total().bound == bound
    number = float(last.strip("+atmos ").replace(",", ""))
    assert flow(without).to_frame()["count"].sum() == pytest.approx(number)


# --- figures ----------------------------------------------------------------------------------------------------------


def test_a_lower_bound_is_drawn_with_an_arrow_up_and_no_whisker() -> None:
    made = flow(BOUNDED)
    ax: Any = made.plot()
    assert [patch.get_height() for patch in ax.patches] == [1000, 2000, 3000]
    assert len(ax.collections[0].get_segments()) == 2  # whiskers
    assert [text.get_gid() for text in ax.texts if text.get_gid() == "bound"] == ["bound"]
    assert any("arrow up: at least so much" in text.get_text() for text in ax.figure.texts + ax.texts)
    assert "at least 6,000 rounds" in ax.get_title(loc="left")


def test_the_fan_ends_where_a_bound_begins_and_its_known_end_goes_on() -> None:
    ax: Any = flow(BOUNDED).plot_cumulative()
    lines = {line.get_gid(): line.get_ydata() for line in ax.lines}
    np.testing.assert_array_equal(lines["floor"], [np.nan, 3000, 6000, 6000])
    np.testing.assert_array_equal(lines["median"], [1000, np.nan, np.nan, np.nan])
    labels = [text.get_text() for text in ax.get_legend().get_texts()]
    assert "at least" in labels
    with pytest.raises(ArgumentError, match="of one length"):
        plot.periods([], [], [], bounds=["floor"])


# --- amounts that are not exact, beside a bound -----------------------------------------------------------------------


def test_transports_of_a_bound_are_the_end_that_is_known_of_ranges() -> None:
    # 10 to 15 and 30 or more are 40 or more, and not 42.5; 10 to 15 and at most 30 are at most 45.
    for bound, said in (("floor", "at least 40"), ("ceiling", "at most 45")):
        low, high = (30, None) if bound == "floor" else (None, 30)
        rows = pd.DataFrame(
            {"date": ["2024-02-03"] * 2, "low": [10, low], "high": [15, high], "bound": ["range", bound]}
        )
        made = flow(rows)
        assert made.report().cells[0][2] == said
        assert made.to_frame()["count"].tolist() == [42.5]  # a range its midpoint, as its docstring says


def test_transports_beside_a_filled_voyage_are_those_of_its_low_end() -> None:
    rows = pd.DataFrame({"date": ["2024-02-03"] * 2, "count": ["30+", ""]})
    made = flow(sf.read_shipments(rows), on_error="fill")
    low = catalog.containers_per_voyage().band()[0]
    said = made.report().cells[0][2]
    assert said.startswith("at least ")
    assert float(said.removeprefix("at least ").replace(",", "")) == pytest.approx(30 + low, abs=1)


def test_what_has_no_bound_says_so_in_its_transports_its_balance_and_its_figure() -> None:
    both = pd.DataFrame({"date": ["2024-02-03", "2024-02-10"], "count": [100, 50], "bound": ["floor", "ceiling"]})
    made = flow(both)
    assert made.report().cells[0][2] == "no bound"
    assert "the flow adds up lower and upper bounds" in str(made.balance("1k/day", share=1))
    for ax in (made.plot(), made.plot_cumulative()):
        assert "no bound" in [text.get_text() for text in ax.texts]


def test_a_rate_that_is_not_known_has_no_bound() -> None:
    rows = pd.DataFrame({"date": ["2024-01-01", "2024-01-31", "2024-03-31"], "count": [10, 20, 30]})
    rates = flow(rows).rate()
    assert rates["median"].isna().tolist() == [False, True, False]
    assert rates["bound"].isna().tolist() == [False, True, False]


def test_a_column_that_ends_and_count_share_is_shown_once() -> None:
    days = ["2024-01-01", "2024-01-16", "2024-01-31"]  # the floor in the middle brings the column of counts in
    rows = pd.DataFrame({"date": days, "Low": ["10", "250", ""], "High": ["20", "", ""]})
    with pytest.raises(DataError, match=r"no count") as error:
        flow(sf.read_shipments(rows))
    assert str(error.value).count("Low=missing") == 1


def test_a_unit_is_not_offered_as_a_misspelt_count_and_words_before_digits_are_told_from_none() -> None:
    rows = pd.DataFrame({"date": ["2024-01-01"], "quantity": ["10"], "unit": ["kg"]})
    with pytest.raises(sf.ShellflowError, match=r"'quantity' might be it") as error:
        sf.read_shipments(rows)
    assert "Did you mean" not in str(error.value)
    rows = pd.DataFrame({"date": ["2024-01-01"], "count": ["всего 35"]})
    with pytest.raises(DataError, match=r"Begin with the number, or with 'at least' or 'at most'"):
        sf.read_shipments(rows)
