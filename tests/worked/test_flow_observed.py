"""Periods without rows: nobody may have looked, so that they are not observed, which is not 0."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import pandas as pd
import pytest
from matplotlib import dates, pyplot

import shellflow as sf

EXACT = sf.packing("152mm", rounds_per_transport=100, name="exact")
# A row in January, one in February, none for three months, one in June, and in July one of somebody who saw nothing.
TABLE = pd.DataFrame(
    {
        "date": ["2024-01-31", "2024-02-10", "2024-06-20", "2024-07-10"],
        "count": [10, 20, 40, 0],
    }
)
SPRING = "2024-03 to 2024-05"


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def flow(table: Any = TABLE, **options: Any) -> sf.Flow:
    return sf.flow(table, **{"munition": "152mm", "packing": EXACT, **options})


def test_months_without_rows_are_missing_and_a_count_of_0_is_0() -> None:
    frame = flow().to_frame()
    assert frame["observed"].tolist() == [True, True, False, False, False, True, True]
    assert frame["observed"].dtype == bool
    for name in ("count", "mass_t", "low", "median", "high", "bound", "grade"):
        assert frame[name].isna().tolist() == (~frame["observed"]).tolist()
    assert frame["median"].iloc[-1] == 0
    assert frame["rows"].tolist() == [1, 1, 0, 0, 0, 1, 1]
    assert frame["cumulative_median"].tolist() == [1000, 3000, 3000, 3000, 3000, 7000, 7000]
    assert flow().cumulative()["observed"].tolist() == frame["observed"].tolist()
    march = flow().rows()[2]
    assert (march["observed"], march["count"], march["median"], march["grade"]) == (False, None, None, None)


def test_text_card_and_notes_say_so_in_place_of_0() -> None:
    report = flow().report()
    headings = [column.name for column in report.columns]
    cells = [dict(zip(headings, row, strict=True)) for row in report.cells]
    assert [row["rounds"] for row in cells] == ["1,000", "2,000", *["not observed"] * 3, "4,000", "0"]
    assert [row["transports"] for row in cells] == ["10", "20", "", "", "", "40", "0"]
    assert [row["so far"] for row in cells][2:5] == ["3,000"] * 3
    assert [band is None for band in report.bands] == [False, False, True, True, True, False, False]
    assert flow()._repr_html_().count(">not observed<") == 3
    (note,) = flow().notes
    gap = f"not observed, which is not 0: {SPRING} (in 3 of 7 months no row is dated or accrues)"
    assert note == f"{gap}. What went then is in no total"


def test_a_sentence_names_what_was_not_observed() -> None:
    assert flow().sentence().startswith(f"From 2024-01-31 to 2024-07-10 ({SPRING} not observed), 70 containers")
    assert "not observed" not in flow(TABLE.iloc[:2]).sentence()


def test_a_row_of_another_munition_is_one_of_somebody_who_looked() -> None:
    table = pd.concat([TABLE.assign(munition="152mm"), pd.DataFrame({"date": ["2024-04-02"], "count": [7]})])
    found = sf.flow(table.fillna({"munition": "122mm-rocket"}))
    shells = [row for row in found.rows() if row["munition"] == "152mm"]
    assert [row["observed"] for row in shells] == [True, True, False, True, False, True, True]
    assert [shells[place]["median"] for place in (2, 3)] == [None, 0]
    assert found.rate("152mm")["median"].notna().tolist() == [False, True, False, True, False, True, True]
    # The row of the 10th of January says nothing of the days after it, which are all that a rate covers.
    late = pd.DataFrame({"date": ["2024-01-10", "2024-02-20"], "count": [5, 6], "munition": ["152mm", "122mm-rocket"]})
    rates = sf.flow(late).rate("122mm-rocket")
    assert rates["days"].tolist() == [21, 20]
    assert rates["observed"].tolist() == rates["median"].notna().tolist() == [False, True]


def test_periods_before_the_first_row_and_after_the_last_are_not_observed_though_days_are_stated() -> None:
    found = flow().between("2023-12-01", "2024-08-31")
    assert found.to_frame()["observed"].tolist() == [False, True, True, False, False, False, True, True, False]
    assert f"not observed, which is not 0: 2023-12, {SPRING}, 2024-08 (in 5 of 9 months" in found.notes[0]
    # 20 containers in the 29 days of February; nothing is divided by the days of December.
    rates = found.rate()
    assert rates["median"].fillna(-1).tolist() == pytest.approx(
        [-1, 1000 / 31, 2000 / 29, -1, -1, -1, 4000 / 30, 0, -1]
    )
    assert rates["note"].iloc[0] == "not observed: no row is dated or accrues on the days covered"
    empty = flow().between("2024-03-01", "2024-04-30")
    assert empty.to_frame()["observed"].tolist() == [False, False]
    assert "(in 2 of 2 months no row" in empty.notes[0]


def test_nothing_is_added_up_before_the_first_period_that_was_observed() -> None:
    # December and the spring were not observed; in January 10 containers went, in February 20.
    found = flow().between("2023-12-01", "2024-04-30")
    assert found.to_frame()["cumulative_median"].fillna(-1).tolist() == [-1, 1000, 3000, 3000, 3000]
    assert found.to_frame()["cumulative_bound"].fillna("missing").tolist() == ["missing", *["point"] * 4]
    so_far = found.cumulative()
    assert so_far["count"].fillna(-1).tolist() == [-1, 10, 30, 30, 30]
    assert so_far["median"].fillna(-1).tolist() == [-1, 1000, 3000, 3000, 3000]
    assert so_far["mass_t"].isna().tolist() == so_far["bound"].isna().tolist() == [True, *[False] * 4]
    december = next(line for line in str(found).splitlines() if line.startswith("2023-12"))
    assert december.split("  ")[0] == "2023-12"
    assert december.count("not observed") == 2
    nothing = flow().between("2024-03-01", "2024-04-30").cumulative()
    assert nothing[["count", "low", "median", "high"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("by", "notes"),
    [
        # The first quarter is divided by all its 60 days after the first row, of which 31 are those of March.
        ("quarter", ["2024-03", "2024-04 to 2024-05", None]),
        ("year", [SPRING]),
        (None, [SPRING]),
    ],
)
def test_a_rate_says_which_months_it_is_divided_by_that_were_not_observed(
    by: str | None, notes: list[str | None]
) -> None:
    found = flow(by=by)
    assert SPRING in found.notes[0]
    for note, months in zip(found.rate()["note"], notes, strict=True):
        expected = f"divided by the days of {months} too, which were not observed" if months else ""
        assert note.removeprefix("since when the first row counts is not stated: not counted here; ") == expected


def test_of_weeks_the_weeks_without_rows_are_named_the_first_of_them() -> None:
    weeks = pd.date_range("2024-01-01", periods=7, freq="14D")
    found = flow(pd.DataFrame({"date": weeks, "count": 5}), by="week")
    assert found.to_frame()["observed"].tolist() == [True, False] * 6 + [True]
    assert found.notes[-1].startswith(
        "not observed, which is not 0: 2024-W02, 2024-W04, 2024-W06, 2024-W08 and 2 more (in 6 of 13 weeks no row"
    )


def test_rows_that_accrue_leave_no_gap_and_missing_counts_that_are_dropped_do() -> None:
    accruing = TABLE.assign(since=["2023-12-31", "2024-01-31", "2024-02-10", "2024-06-20"])
    assert flow(accruing).to_frame()["observed"].all()
    assert not any("not observed" in note for note in flow(accruing).notes)
    cloud = pd.concat([TABLE, pd.DataFrame({"date": ["2024-04-05"], "count": [None]})]).astype({"count": float})
    dropped = flow(cloud, on_error="drop").to_frame()
    assert dropped["observed"].tolist() == flow().to_frame()["observed"].tolist()


def test_running_totals_are_observed_from_the_first_on_though_they_stand_still() -> None:
    totals = pd.DataFrame(
        {"date": ["2024-01-31", "2024-02-29", "2024-04-30", "2024-05-31"], "count": [100, 200, 200, 231]}
    )
    found = flow(sf.read_shipments(totals, cumulative=True))
    frame = found.to_frame()
    # 100 more in February; none in the 61 days to the end of April, which is observed; 31 more in May.
    assert frame["observed"].all()
    assert frame["count"].tolist() == pytest.approx([100, 100, 0, 0, 31])
    # The first total counts on its date, and has no rate: nothing says since when.
    rates = found.rate()
    assert rates["median"].fillna(-1).tolist() == pytest.approx([-1, 10_000 / 29, 0, 0, 100])
    assert rates["note"].tolist() == ["since when the first row counts is not stated: no rate", "", "", "", ""]
    stated = flow(sf.read_shipments(totals.assign(since="2023-12-31"), cumulative=True))
    assert stated.rate()["median"].iloc[0] == pytest.approx(10_000 / 31)
    with pytest.raises(sf.ShellflowError, match=r"1 row with a running total below the one before.*Correct the table"):
        flow(sf.read_shipments(totals.assign(count=[100, 200, 199, 231]), cumulative=True))


def test_a_balance_says_in_which_periods_nothing_was_observed_to_come() -> None:
    found = flow().balance("10/day")
    # After the first row: 29 days and 2,000 rounds to the end of February, 31 days more and no rounds in March.
    assert found.over_time["observed"].tolist() == [True, True, False, False, False, True, True][1:]
    assert found.over_time["median"].tolist()[:2] == pytest.approx([2000 - 290, 2000 - 600])
    assert any(SPRING in caution for caution in found.cautions)


def test_a_year_of_two_digits_is_named_with_all_four() -> None:
    found = flow(pd.DataFrame({"date": ["0024-02-01", "0024-04-01"], "count": 1}))
    assert "not observed, which is not 0: 0024-03 (in 1 of 3 months" in found.notes[-1]


def test_a_table_without_dates_is_observed() -> None:
    frame = flow(TABLE.drop(columns="date"), by=None).to_frame()
    assert frame["observed"].tolist() == [True]


def test_bars_stand_where_somebody_looked_and_gaps_have_dots_and_a_word() -> None:
    ax: Any = flow().plot()
    parts: dict[str, list[Any]] = {
        gid: [part for part in ax.get_children() if part.get_gid() == gid] for gid in ("period", "gap")
    }
    assert [bar.get_height() for bar in parts["period"]] == [1000, 2000, 4000, 0]
    (gap,) = parts["gap"]
    days = [pd.Timestamp(dates.num2date(x)).date().isoformat() for x in (gap.get_x(), gap.get_x() + gap.get_width())]  # type: ignore[no-untyped-call]
    assert days == ["2024-03-01", "2024-06-01"]
    assert gap.get_hatch()
    words = [text.get_text() for text in ax.texts]
    assert "not observed" in words
    assert any("dots: not observed, as no row is dated or accrues there" in text for text in words)
    fan: Any = flow().plot_cumulative(rate="10/day")
    assert [part.get_x() for part in fan.patches if part.get_gid() == "gap"] == [gap.get_x()]
    wide: Any = flow().between("2023-12-20", "2024-08-10").plot_cumulative()
    ends = [(part.get_x(), part.get_x() + part.get_width()) for part in wide.patches if part.get_gid() == "gap"]
    days = [str(dates.num2date(x).date()) for x in (ends[0][0], ends[-1][1])]  # type: ignore[no-untyped-call]
    assert days == ["2023-12-20", "2024-08-11"]
    none = flow().between("2024-03-01", "2024-04-30").plot()
    assert [part.get_gid() for part in none.patches] == ["gap"]
    assert not len(none.get_yticks())
    assert "dots" not in " ".join(text.get_text() for text in flow(TABLE.iloc[:2]).plot().texts)


def test_days_cut_out_where_nobody_looked_do_not_come_to_0_rounds() -> None:
    rows = pd.DataFrame(
        {"since": ["2024-01-01", "2024-03-31"], "date": ["2024-01-31", "2024-04-10"], "count": [30, 10]}
    )
    made = sf.flow(sf.read_shipments(rows), munition="152mm", packing="crated")
    gap = made.between("2024-02-01", "2024-03-31")
    assert "in all: not observed (which is not 0)" in str(gap)
    assert gap.sentence() == (
        "From 2024-02-01 to 2024-03-31, shipments of 152 mm shells were not observed: no row is dated or accrues on "
        "these days, which does not say that nothing went."
    )
    assert gap.plot().get_title(loc="left").endswith("\nnot observed")
    # Half of January has 15 of its 30 containers, of a row that is counted on its last day.
    assert made.between("2024-01-02", "2024-01-16").what == "parts of rows of 152mm, 2024-01-02 to 2024-01-16"
