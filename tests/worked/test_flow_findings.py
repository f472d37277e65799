"""What a flow says of rows that are odd without being wrong, and that it keeps its findings and never the table."""

from __future__ import annotations

import gc
import io
import pickle
import weakref
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli
from tests.engines import ENGINES, in_engine

TOTALS = """date,ship,containers
2024-02-03,A,20
2024-02-14,B,35
2024-02-14,Total,55
2024-03-02,A,10
2024-03-31,Total,10
"""
RUNNING = """date,containers
2023-09-01,1000
2023-12-01,5000
2024-02-01,6700
"""
CENTURY = """date,containers
2024-02-03,20
0024-02-14,35
"""
TWICE = """date,ship,containers
2024-02-03,Angara,20
2024-02-05,angara ,20
2024-02-05,Maria,20
2024-02-20,Maria,20
2024-02-20, MARIA,7
"""
SUM_OF_DATE = """date,ship,containers
2024-02-03,a,20
2024-02-03,b,30
2024-02-03,c,50
2024-02-20,d,20
"""
SUM_OF_ALL = """date,ship,containers
2024-02-03,a,20
2024-02-09,b,30
2024-02-20,c,15
2024-03-31,d,65
"""

WORD = "a word for a total: rows that contain other rows count twice"
OF_DATE = "a count that is the sum of the other rows of its date"
OF_ALL = "a count that is the sum of all other rows"
HOW = "read_shipments(cumulative=True)"
RISING = f"counts that never fall from one date to the next, as running totals do: {HOW} reads them so"
FAR = "a date more than 15 years from those of the other rows"
SAME_DATE = "the carrier and the date of another row"
NEAR = "the carrier and the count of another row within 3 days"

# Which text gives which findings, and the rows that are shown.
CASES: dict[str, tuple[str, dict[str, tuple[int, str]]]] = {
    "totals": (
        TOTALS,
        {WORD: (2, "date=2024-02-14, containers=55, ship=Total; date=2024-03-31, containers=10, ship=Total")},
    ),
    "running": (
        RUNNING,
        {
            RISING: (
                3,
                "date=2023-09-01, containers=1000; date=2023-12-01, containers=5000; date=2024-02-01, containers=6700",
            )
        },
    ),
    "century": (CENTURY, {FAR: (1, "date=0024-02-14, containers=35")}),
    "twice": (
        TWICE,
        {
            SAME_DATE: (1, "ship= MARIA, date=2024-02-20, count=7"),
            NEAR: (1, "ship=angara , date=2024-02-05, count=20, and on 2024-02-03"),
        },
    ),
    "sum of a date": (SUM_OF_DATE, {OF_DATE: (1, "date=2024-02-03, containers=50, ship=c")}),
    "sum of all": (SUM_OF_ALL, {OF_ALL: (1, "date=2024-03-31, containers=65, ship=d")}),
}


def read(text: str) -> pd.DataFrame:
    return pd.read_csv(io.StringIO(text))


def flow(table: Any, **asked: Any) -> sf.Flow:
    return sf.flow(table, count="containers", munition="152mm", by="year", **asked)


def found_in(flow: sf.Flow) -> dict[str, tuple[int, str]]:
    return {found.issue: (found.rows, "; ".join(found.first)) for found in flow.ledger.findings if found.rows}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("case", CASES)
def test_what_is_odd_is_found_and_its_rows_are_shown(case: str, engine: str) -> None:
    table = read(CASES[case][0])
    asked = {"carrier": "ship"} if "ship" in table else {}
    assert found_in(flow(in_engine(engine, table), **asked)) == CASES[case][1]


@pytest.mark.parametrize("case", CASES)
def test_it_is_said_beside_the_answer_in_python_and_by_the_command(
    case: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, expected = CASES[case]
    path = tmp_path / "shipments.csv"
    path.write_text(text, encoding="utf-8")
    table = read(text)
    made = flow(table, **({"carrier": "ship"} if "ship" in table else {}))
    lines = [
        f"{rows} row{'' if rows == 1 else 's'} with {issue} (kept): {first}"
        for issue, (rows, first) in expected.items()
    ]
    assert [note for note in made.notes if not note.startswith("not observed")] == lines
    assert {f"- {line}" for line in lines} <= set(str(made).splitlines())
    for line in lines:
        assert line in made._repr_html_()
    command = ["flow", str(path), "-m", "152mm", "--by", "year", "--totals", "keep"]
    if case == "century":  # the command reads tables as people keep them, and takes no such date for part of a flow
        assert cli.main(command) == 2
        assert "1 row with a date a century or more from those of most rows" in capsys.readouterr().err
        return
    lines = [line.replace("= MARIA", "=MARIA").replace("angara ,", "angara,") for line in lines]  # names are tidied
    lines = [line.replace(HOW, "--cumulative") for line in lines]
    assert cli.main(command) == 0
    printed = " ".join(capsys.readouterr().out.split())
    for line in lines:
        assert f"- {' '.join(line.split())}" in printed
    assert cli.main([*command, "--json"]) == 0
    said = capsys.readouterr().err
    for line in lines:
        assert f"shellflow: {line}." in said


@pytest.mark.parametrize(
    "word",
    [
        "Total",
        " TOTAL: ",
        "grand total",
        "Total 2024",
        "Итого",
        "합계",
        "insgesamt",
        "Sum",
        "Total, May",
        "May total",
        "\u03a3",
    ],
)
@pytest.mark.parametrize("column", ["ship", "note", "port of call"])
def test_a_total_is_found_by_its_word_in_any_column_of_texts(word: str, column: str) -> None:
    table = pd.DataFrame(
        {"date": ["2024-02-03", "2024-02-09", "2024-02-28"], "containers": [20, 9, 29], column: ["a", None, word]}
    )
    assert found_in(flow(table))[WORD][0] == 1


@pytest.mark.parametrize("texts", [["all", "all", "all"], ["Totalis", "subtotally", "x"], [None, None, None]])
def test_what_stands_in_most_rows_or_only_begins_like_a_word_for_a_total_is_none(texts: list[Any]) -> None:
    table = pd.DataFrame({"date": ["2024-02-03", "2024-02-09", "2024-02-28"], "containers": [20, 9, 29], "note": texts})
    assert WORD not in found_in(flow(table))


@pytest.mark.parametrize(
    "counts",
    [[5, 5, 5, 5], [5, 6], [5, 6, 6], [7, 8, 6, 9], [300, 280, 310]],
    ids=["equal", "two dates", "one rise", "a fall", "noise"],
)
def test_counts_that_do_not_rise_twice_without_a_fall_are_no_running_totals(counts: list[int]) -> None:
    table = pd.DataFrame({"date": pd.date_range("2024-02-01", periods=len(counts), freq="30D"), "containers": counts})
    assert RISING not in found_in(flow(table))


def test_running_totals_are_looked_for_munition_by_munition() -> None:
    rising = pd.DataFrame({"date": pd.date_range("2024-02-01", periods=3, freq="30D"), "containers": [5, 9, 20]})
    both = pd.concat([rising.assign(munition="152mm"), rising.assign(munition="122mm-rocket", containers=[9, 5, 9])])
    made = sf.flow(both, count="containers")
    assert found_in(made)[RISING][0] == 3


def test_the_differences_of_the_offices_totals_are_no_running_totals() -> None:
    made = sf.flow(sf.catalog.examples.shipments(), munition="152mm")
    assert found_in(made) == {}
    assert made.notes == (
        "7 rows with a day in since accrue evenly over the days after it through their date (assumed)",
    )


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("dates", ["texts", "dates", "stamps"])
def test_sums_and_carriers_are_found_however_dates_are_written(dates: str, engine: str) -> None:
    days = pd.to_datetime(["2024-02-03"] * 3 + ["2024-02-20", "2024-02-22"])
    written: Any = {"texts": days.strftime("%Y-%m-%d"), "dates": days.date, "stamps": days + pd.Timedelta(hours=7)}[
        dates
    ]
    table = pd.DataFrame({"date": written, "containers": [20, 30, 50, 8, 8], "ship": list("abcdd")})
    found = found_in(flow(in_engine(engine, table), carrier="ship"))
    assert {issue: rows for issue, (rows, _) in found.items()} == {OF_DATE: 1, NEAR: 1}


def test_ranges_are_compared_by_their_midpoints() -> None:
    table = pd.DataFrame(
        {"date": "2024-02-03", "low": [10.0, 20, 30], "high": [30.0, 40, 70], "ship": ["a", "b", "c"]}
    )  # 20, 30 and 50
    assert found_in(sf.flow(table, munition="152mm", carrier="ship"))[OF_DATE][0] == 1


def test_a_carrier_without_a_name_is_no_carrier() -> None:
    table = pd.DataFrame({"date": "2024-02-03", "containers": [20, 20, 5], "ship": [None, "", " "]})
    assert SAME_DATE not in found_in(flow(table, carrier="ship"))


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_that_were_left_out_are_not_called_odd(engine: str) -> None:
    rows = [
        ("2024-02-03", 20, "152mm", "Angara"),
        ("2024-02-03", 20, "no such", "Angara"),
        (None, 7, "152mm", "Total"),
        ("2024-02-30", 8.5, "152mm", "Total"),
        ("2024-02-03", 1, "155mm", "Angara"),
        ("2024-02-09", 21, "152mm", "Maria"),
    ]
    table = pd.DataFrame(rows, columns=["date", "containers", "munition", "ship"])
    made = sf.flow(in_engine(engine, table), count="containers", carrier="ship", on_error="drop")
    assert {found.handling for found in made.ledger.findings if found.rows} == {"dropped"}
    assert sum(found.rows for found in made.ledger.findings) == 4
    assert all(note.startswith("left out: 1 row with ") for note in made.notes)


# --- when they are made -----------------------------------------------------------------------------------------------


def test_a_table_of_more_than_a_million_rows_is_searched_on_request_and_it_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = pd.DataFrame({"date": "2024-02-03", "containers": 20, "ship": ["A"] * 1_000_000 + ["Total"]})
    what = "repeated rows, one carrier twice, rows that contain other rows"
    note = f"not searched for in 1,000,001 rows: {what}; ask with look=True, which reads the table again"
    assert flow(table).notes == (note,)
    assert note not in flow(table[["date", "containers"]], look=True).notes
    path = tmp_path / "shipments.parquet"
    table.to_parquet(path)
    assert cli.main(["flow", str(path), "-m", "152mm", "--csv", "--totals", "keep"]) == 0
    grouped = "they were grouped when they were read: give sf.flow the table itself"
    assert f"not searched for in 1,000,001 rows: {what}; {grouped}" in capsys.readouterr().err
    assert cli.main(["flow", str(path), "-m", "152mm", "--csv", "--totals", "keep", "--look"]) == 2
    assert "for shipments that were grouped, as long tables are" in capsys.readouterr().err


def test_what_the_sums_show_is_said_of_every_table() -> None:
    for text, issue in ((RUNNING, RISING), (CENTURY, FAR)):
        made = flow(read(text), look=False)
        assert issue in found_in(made)
        assert made.notes[0].startswith("not searched for in ")


@pytest.mark.parametrize("look", ["yes", 1, 0])
def test_looks_are_asked_for_by_true_or_false(look: Any) -> None:
    with pytest.raises(sf.ShellflowError, match=rf"look={look!r}: must be True, False or None"):
        flow(read(RUNNING), look=look)


# --- what a flow keeps ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("engine", ENGINES)
def test_a_flow_can_be_pickled_with_its_sums_and_findings(engine: str) -> None:
    made = flow(in_engine(engine, read(TWICE)), carrier="ship", packing="crated")
    again = pickle.loads(pickle.dumps(made))
    np.testing.assert_array_equal(again.total().values, made.total().values)
    pd.testing.assert_frame_equal(again.to_frame(), made.to_frame())
    pd.testing.assert_frame_equal(again.issues, made.issues)
    assert again.notes == made.notes
    added = again + made
    np.testing.assert_allclose(added.total().values, 2 * made.total().values, rtol=1e-12)


def test_a_later_edit_of_the_table_changes_nothing_and_the_table_is_let_go() -> None:
    table = read(TWICE)
    made = flow(table, carrier="ship")
    issues, total = made.issues, made.total().band()
    table.loc[:, "containers"] = 1_000_000
    table.loc[:, "ship"] = "Total"
    pd.testing.assert_frame_equal(made.issues, issues)
    assert made.total().band() == total
    watched = weakref.ref(table)
    del table
    gc.collect()
    assert watched() is None


def test_sums_and_cuts_of_flows_keep_their_findings() -> None:
    one, other = flow(read(TWICE), carrier="ship"), flow(read(TWICE), carrier="ship")
    added = one + other
    assert [(found.issue, found.rows) for found in added.ledger.findings if found.rows] == [(SAME_DATE, 2), (NEAR, 2)]
    assert len(added.issues) == len(one.issues)
    assert added.issues["issue"].is_unique
    assert one.between("2024-02-01", "2024-02-04").ledger.findings == one.ledger.findings
    clean = flow(read("date,containers\n2024-05-01,5\n"))
    assert [found for found in (clean + one).ledger.findings if found.rows] == [
        found for found in one.ledger.findings if found.rows
    ]
