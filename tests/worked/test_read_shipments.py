"""Tables as people really keep them: what is read as what, what is refused, and which argument settles it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import shellflow as sf
from shellflow import shipments
from shellflow.shipments import Shipments, read_shipments
from tests.engines import ENGINES, in_engine

openpyxl = pytest.importorskip("openpyxl")

DATED = "Date;Ship;Containers\n04/09/2023;Angara;300\n07/09/2023;Maria;1.250\n12/10/2023;Lady R;280\n"
TOTALS = (
    "date,ship,containers\n2024-02-03,A,20\n2024-02-14,B,35\n2024-02-14,Total,55\n"
    "2024-03-02,A,10\n2024-03-31,Total,10\n"
)
RUNNING = "date,containers\n2023-09-01,1000\n2023-12-01,5000\n2024-02-01,6700\n"
APPROXIMATE = "date,containers\n2024-02-03,~20\n2024-02-14,30+\n2024-02-20,10-15\n"
MISSING = "date,containers\n2024-02-03,20\n2024-02-14,n/a\n2024-02-20,-\n2024-02-21,?\n"
ENDS = (
    "Date;Ship;Low;High;Notes\n2023-09-04;Angara;280;320;\n2023-09-07;Maria;250;;at least\n2023-10-12;Lady R;;;cloud\n"
)

Read = Callable[..., Shipments]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Write a table to a file and read it."""

    def from_file(content: str | bytes, **options: Any) -> Shipments:
        path = tmp_path / "shipments.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_shipments(path, **options)

    return from_file


def lows(made: Shipments) -> list[float]:
    return list(made.frame["low"])


def days(made: Shipments) -> list[str]:
    return [str(day.date()) for day in made.frame["date"]]


# --- two readings -----------------------------------------------------------------------------------------------------


def test_a_point_before_three_digits_and_an_open_order_of_dates_are_refused_with_both_readings(read: Read) -> None:
    message = (
        r"'1\.250' in the column 'Containers' may be 1,250 or 1\.25, .* give thousands='\.' or decimal='\.'; "
        r"'04/09/2023' in the column 'Date' may be 2023-09-04 or 2023-04-09, .* give dayfirst=True or dayfirst=False"
    )
    with pytest.raises(sf.ShellflowError, match=message):
        read(DATED)
    made = read(DATED, thousands=".", dayfirst=True)
    assert sum(lows(made)) == 1830
    assert days(made) == ["2023-09-04", "2023-09-07", "2023-10-12"]
    assert days(read(DATED, decimal=".", dayfirst=False, on_error="drop")) == ["2023-04-09", "2023-07-09", "2023-12-10"]


@pytest.mark.parametrize(
    ("cells", "values"),
    [
        (("1.250", "1.250.000"), [1250, 1_250_000]),
        (("1.250", "12,5"), [1250, 12.5]),
        (("1.250", "12.5"), [1.25, 12.5]),
        (("1,250", "12,5"), [1.25, 12.5]),
        (("1,250", "300"), [1250, 300]),  # a comma parts thousands unless the column says otherwise
        (("1.250,5", "2.000"), [1250.5, 2000]),
        (("1.250-2.000", "0,5"), [1250, 0.5]),
    ],
)
def test_the_rest_of_the_column_settles_the_signs_of_numbers(cells: tuple[str, ...], values: list[float]) -> None:
    made = read_shipments(pd.DataFrame({"date": "2024-02-03", "containers": cells}))
    assert lows(made) == values
    assert all("as in" in why or "as where" in why for why in made.account["why"] if "before" in why)


def test_where_spaces_part_thousands_a_comma_stands_before_decimals() -> None:
    table = pd.DataFrame({"date": "2024-02-03", "mass_t": ["1,250", "30"]})
    made = read_shipments(table, thousands=" ")
    assert made.frame["mass_t_low"].tolist() == [1.25, 30]
    assert "comma before decimals, thousands=' ' was given" in made.account["why"].tolist()
    assert read_shipments(table).frame["mass_t_low"].tolist() == [1250, 30]
    spaced = table.assign(mass_t=["1,250", "1 300"])
    with pytest.raises(sf.ShellflowError, match=r"'1,250' .* may be 1,250 or 1\.25, .* thousands=',' or decimal=','"):
        read_shipments(spaced)
    assert read_shipments(spaced, decimal=",").frame["mass_t_low"].tolist() == [1.25, 1300]
    with pytest.raises(sf.ShellflowError, match=r"writes decimals with a point and with a comma"):
        read_shipments(table.assign(mass_t=["1,250", "1.250"]), thousands="'")


def test_a_column_that_contradicts_itself_is_refused() -> None:
    with pytest.raises(sf.ShellflowError, match=r"writes decimals with a point and with a comma: '1,5' and '1\.5'"):
        read_shipments(pd.DataFrame({"date": "2024-02-03", "containers": ["1,5", "1.5"]}))
    with pytest.raises(sf.ShellflowError, match=r"mixes two orders: '23/01/2024' has the day first and '01/23/2024'"):
        read_shipments(pd.DataFrame({"date": ["23/01/2024", "01/23/2024"], "containers": 1}))
    with pytest.raises(sf.ShellflowError, match=r"a number with '\.' before thousands and ',' before decimals"):
        read_shipments(pd.DataFrame({"date": "2024-02-03", "containers": ["12.5"]}), thousands=".")
    with pytest.raises(sf.ShellflowError, match=r"'01/23/2024' is no date with the day first, as dayfirst=True was"):
        read_shipments(pd.DataFrame({"date": ["01/23/2024"], "containers": 1}), dayfirst=True)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-02-03 10:30", "2024-02-03"),
        ("2024/2/3", "2024-02-03"),
        ("23.01.2024", "2024-01-23"),
        ("1/23/2024", "2024-01-23"),
        ("3 Feb 2024", "2024-02-03"),
        ("February 3, 2024", "2024-02-03"),
        ("3. März 2024", "2024-03-03"),
        ("3 февраля 2024 г.", "2024-02-03"),
        ("3 жовтня 2024", "2024-10-03"),
        ("2024년 2월 3일", "2024-02-03"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, day: str) -> None:
    assert days(read_shipments(pd.DataFrame({"date": [text], "containers": 1}))) == [day]


@pytest.mark.parametrize("text", ["30/02/2024", "03.04.24", "2024-02-30", "soon", "45327", "2024-13-13"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(sf.ShellflowError, match=r"1 row with a date that cannot be read, such as \(date="):
        read_shipments(pd.DataFrame({"date": [text], "containers": 1}))


# --- cells ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("~20", 20, 20, "point"),
        ("ca. 250", 250, 250, "point"),
        ("30+", 30, None, "floor"),
        (">250", 250, None, "floor"),
        ("at least 30", 30, None, "floor"),
        ("no fewer than 30", 30, None, "floor"),
        ("fewer than 30", None, 30, "ceiling"),
        ("10-15", 10, 15, "range"),
        ("200\u2013260", 200, 260, "range"),
        ("1\u00a0200", 1200, 1200, "point"),
        ("2k", 2000, 2000, "point"),
        ("20 TEU", 20, 20, "point"),
        ("5 containers (20ft)", 5, 5, "point"),
    ],
)
def test_a_cell_is_read_as_what_it_says_and_accounted_for(text: str, low: float, high: float, bound: str) -> None:
    made = read_shipments(pd.DataFrame({"date": ["2024-02-03", "2024-02-04"], "containers": ["7", text]}))
    row = made.frame.iloc[1]
    assert (row["low"] if low is not None else None) == low
    assert (row["high"] if high is not None else None) == high
    assert row["bound"] == bound
    assert made.account[["row", "column", "text"]].values.tolist() == [[1, "containers", text]]


def test_boxes_of_40_ft_are_another_transport() -> None:
    made = read_shipments(pd.DataFrame({"date": "2024-02-03", "containers": ["20 TEU", "3 FEU"]}))
    assert made.frame["transport"].tolist() == ["20ft-24t", "40ft"]
    assert "boxes of 40 ft were taken as 40ft" in made.remarks


@pytest.mark.parametrize(
    "table", [{"containers": ["10 TEU"]}, {"containers (20ft)": [10]}, {"count": [10], "unit": ["TEU"]}]
)
def test_boxes_of_20_ft_are_never_counted_as_others_unsaid(table: dict[str, list[Any]]) -> None:
    made = read_shipments(pd.DataFrame({"date": ["2024-02-03"], **table}))
    assert made.frame["transport"].tolist() == ["20ft-24t"]
    notes = sf.flow(made, munition="152mm", transport="40ft", packing="crated").notes
    assert "boxes of 20 ft were taken as 20ft-24t" in notes
    assert "the length of the boxes was not read: transport='40ft' was given for all rows" in notes


def test_masses_are_masses_and_never_counts(read: Read) -> None:
    made = read_shipments(pd.DataFrame({"date": "2024-02-03", "cargo (kg)": ["440.000", "440.000,5"]}))
    assert made.frame["mass_t_low"].tolist() == pytest.approx([440, 440.0005])
    cells = read_shipments(pd.DataFrame({"date": "2024-02-03", "containers": ["440 t", "300-320 t"]}))
    assert cells.frame["mass_t_high"].tolist() == [440, 320]
    mixed = "date,quantity,unit\n2024-02-03,20,containers\n2024-02-14,440000,kg\n"
    with pytest.raises(sf.ShellflowError, match=r"1 row with a mass, .* \(date=2024-02-14, quantity=440000, unit=kg\)"):
        read(mixed, columns={"count": "quantity"})
    assert lows(read(mixed, columns={"count": "quantity"}, on_error="drop")) == [20]
    flow = sf.flow(cells, munition="152mm")
    assert flow.to_frame()["mass_t"].tolist() == [750]


def test_ends_beside_a_mass_are_of_masses_or_not_read(read: Read) -> None:
    table = "date,mass_kg,low,high\n2024-02-03,100000,90000,110000\n"
    with pytest.raises(
        sf.ShellflowError, match=r"'low' and 'high' may be ends of the masses in 'mass_kg', or of counts"
    ):
        read(table)
    made = read(table, columns={"mass": "mass_kg", "low": "low", "high": "high"})
    assert made.frame[["mass_t_low", "mass_t_high"]].values.tolist() == [[90, 110]]
    assert read(table, columns={"mass": "mass_kg"}).frame["mass_t_high"].tolist() == [100]
    with pytest.raises(sf.ShellflowError, match=r"the columns 'mass_kg', 'low \(t\)' have masses in different units"):
        read(table.replace("low", "low (t)"), columns={"mass": "mass_kg", "low": "low (t)", "high": "high"})
    with pytest.raises(sf.ShellflowError, match=r"the column 'low \(t\)' holds masses, and no low of transports"):
        read(table.replace("low", "low (t)"), columns={"low": "low (t)", "high": "high"})


@pytest.mark.parametrize("name", ["weight_lb", "weight (lb)", "gross (kt)", "gross, tons", "тыс. т", "cargo (1000 t)"])
def test_a_unit_of_mass_that_is_not_read_is_refused(name: str) -> None:
    table = pd.DataFrame({"date": ["2024-02-03"], name: [440]})
    with pytest.raises(sf.ShellflowError, match="is no unit of mass that is read there"):
        read_shipments(table, columns={"mass": name})


@pytest.mark.parametrize("cell", ["20 containers", "20 TEU", "1 wagon"])
def test_a_count_among_masses_is_refused(cell: str) -> None:
    with pytest.raises(sf.ShellflowError, match=r"is a count of (container|wagon)s; expected a mass"):
        read_shipments(pd.DataFrame({"date": "2024-02-03", "cargo_t": [cell, "400"]}))


@pytest.mark.parametrize("unit", ["thousand containers", "k TEU"])
def test_a_unit_of_several_transports_is_refused(unit: str) -> None:
    with pytest.raises(sf.ShellflowError, match="a unit that cannot be read in the column 'unit'"):
        read_shipments(pd.DataFrame({"date": ["2024-02-03"], "count": [2], "unit": [unit]}))


def test_a_column_of_masses_without_a_unit_is_taken_as_tonnes_and_said() -> None:
    table = pd.DataFrame({"date": ["2024-02-03"], "gross": [440], "Weight KGS": [440_000]})
    made = read_shipments(table, columns={"mass": "gross"})
    assert "the column 'gross' names no unit: its numbers without one were taken as tonnes" in made.remarks
    assert read_shipments(table, columns={"mass": "Weight KGS"}).frame["mass_t_low"].tolist() == [440]


def test_blanks_are_missing_counts_until_they_are_to_be_dropped(read: Read) -> None:
    kept = read(MISSING)
    assert kept.frame["bound"].tolist() == ["point", "missing", "missing", "missing"]
    assert kept.account[["text", "read_as"]].to_numpy().tolist() == [[sign, "missing"] for sign in ("n/a", "-", "?")]
    assert "3 rows with a missing number, such as (date=2024-02-14, containers=n/a" in str(kept)
    with pytest.raises(sf.ShellflowError, match=r"3 rows with no count, such as \(date=2024-02-14, containers=missing"):
        sf.flow(kept, munition="152mm")
    made = read(MISSING, on_error="drop")
    assert lows(made) == [20]
    assert "left out: 3 rows with no count" in str(made)
    assert made.account["text"].tolist() == ["2024-02-14", "n/a", "2024-02-20", "-", "2024-02-21", "?"]


def test_ends_in_two_columns_may_be_open(read: Read) -> None:
    assert read(ENDS).frame["bound"].tolist() == ["range", "floor", "missing"]
    made = read(ENDS, on_error="drop")
    assert made.frame["bound"].tolist() == ["range", "floor"]
    with pytest.raises(sf.ShellflowError, match=r"1 row with low above high"):
        read(ENDS.replace("280;320", "320;280"), on_error="raise")


# --- headers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "count", "ship"),
    [
        ("Datum", "Anzahl Container", "Schiff"),
        ("Дата", "Количество контейнеров", "Судно"),
        ("Дата відправлення", "Кількість контейнерів", "Назва судна"),
        ("날짜", "컨테이너 수", "선박"),
        ("departure_date", "Containers (20ft)", "VESSEL"),
    ],
)
def test_usual_headers_are_known_in_five_languages(date: str, count: str, ship: str) -> None:
    made = read_shipments(pd.DataFrame({date: ["2024-02-03"], count: ["20"], ship: ["A"]}))
    assert made.names == {"date": date, "count": count, "carrier": ship}


def test_a_unit_in_the_name_of_a_column_is_read() -> None:
    table = pd.DataFrame({"Date (MM/DD/YYYY)": ["03/04/2024"], "containers (40ft)": [5]})
    made = read_shipments(table)
    assert days(made) == ["2024-03-04"]
    assert made.frame["transport"].tolist() == ["40ft"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"count": "a", "low": "a"}, r"the column is the count already\. Give each role its own"),
        ({"count": "b"}, r"no column named 'b' \(3 known\)"),
        ({"counts": "a"}, r"no role of a column named 'counts' .*Did you mean 'count'"),
        ({"count": 3}, r"columns\['count'\]=3: must be the name of a column"),
        (["a"], r"columns=\['a'\]: must be a mapping from roles"),
        ({"count": "a", "mass": "n"}, r"rows have one of them"),
    ],
)
def test_columns_that_are_named_wrongly_are_refused(columns: Any, message: str) -> None:
    with pytest.raises(sf.ShellflowError, match=message):
        read_shipments(pd.DataFrame({"date": ["2024-02-03"], "a": [1], "n": [1]}), columns=columns)


def test_a_weak_name_is_never_guessed(read: Read) -> None:
    made = read("n,date,ship,boxes\n1,2024-02-03,A,200\n2,2024-02-14,B,300\n3,2024-03-01,A,250\n")
    assert sum(lows(made)) == 750
    assert "the column 'n' was not read" in made.remarks
    with pytest.raises(sf.ShellflowError, match=r"'Anzahl' might be it, .* columns=\{'count': \.\.\.\}"):
        read("Datum,Anzahl\n2024-02-03,200\n")


def test_two_lines_of_headers_and_no_header_are_said(read: Read) -> None:
    with pytest.raises(sf.ShellflowError, match=r"The first row, .* looks like a second line of headers"):
        read("date,containers\nday of sailing,of 20 feet\n2024-02-03,20\n".replace("20 feet", "any"))
    with pytest.raises(sf.ShellflowError, match=r"holds values, .*: the table needs a line that names its columns"):
        read("2024-02-03,20\n2024-02-14,35\n")


# --- rows -------------------------------------------------------------------------------------------------------------


def test_rows_named_as_totals_are_refused_until_it_is_said_what_to_do(read: Read) -> None:
    with pytest.raises(
        sf.ShellflowError, match=r"2 rows are named as totals, .*, each the sum of other rows: .*'keep'"
    ):
        read(TOTALS)
    assert lows(read(TOTALS, totals="drop")) == [20, 35, 10]
    kept = read(TOTALS, totals="keep")
    assert sum(lows(kept)) == 130
    assert any("2 rows with a word for a total (kept)" in remark for remark in kept.remarks)
    with pytest.raises(sf.ShellflowError, match=r"1 row is named as a total, .*though not the sum of the other rows"):
        read(TOTALS.replace("Total,55", "B,55").replace("Total,10", "Summe:,11"))


@pytest.mark.parametrize(
    "word", ["Totals 2024", "Monthly total", "Gesamtsumme", "Total, all ships", "Grand-Total", "Итог", "\u03a3"]
)
def test_a_word_for_a_total_is_known_beside_others(read: Read, word: str) -> None:
    with pytest.raises(sf.ShellflowError, match=r"2 rows are named as totals, .* each the sum of other rows"):
        read(TOTALS.replace("Total", f'"{word}"'))
    assert lows(read(TOTALS.replace(",Total,", ",Totally,"))) == [20, 35, 55, 10, 10]


def test_a_total_is_found_in_the_column_of_munitions_too(read: Read) -> None:
    table = "date,calibre,containers\n2024-02-03,152mm,20\n2024-02-03,122mm,35\n2024-02-03,Total,55\n"
    with pytest.raises(sf.ShellflowError, match=r"1 row is named as a total, .* the sum of other rows"):
        read(table)
    assert sf.flow(read(table, totals="drop"), munition="152mm").to_frame()["count"].tolist() == [55]


def test_running_totals_are_said_and_turned_into_increments(read: Read) -> None:
    assert "give cumulative=True if they are" in str(read(RUNNING))
    made = read(RUNNING, cumulative=True)
    assert lows(made) == [1000, 4000, 1700]
    assert made.frame["since"].astype("str").tolist()[1:] == ["2023-09-01", "2023-12-01"]
    assert "2 rows of running totals were turned into" in str(made)
    assert "the first running total counts is not stated: all of it is counted on its date" in made.remarks[-1]
    with pytest.raises(sf.ShellflowError, match=r"1 row with a running total below the one before, .*containers|low="):
        read(RUNNING.replace("5000", "500"), cumulative=True)
    bounded = read(RUNNING.replace("5000", ">5000"), cumulative=True)
    assert bounded.frame["bound"].tolist() == ["point", "floor", "ceiling"]
    with pytest.raises(sf.ShellflowError, match=r"1 row with no count"):
        read(RUNNING.replace("5000", ""), cumulative=True)


def test_running_totals_since_one_day_accrue_between_their_dates(read: Read) -> None:
    # 1,000 in the 31 days of August; the 4,000 that the next total adds went after that, not since the 31st of July.
    running = "since,date,containers\n2023-07-31,2023-08-31,1000\n,2023-10-31,5000\n2023-07-31,2023-11-30,6700\n"
    made = read(running, cumulative=True)
    assert made.frame["since"].astype("str").tolist() == ["2023-07-31", "2023-08-31", "2023-10-31"]
    assert not any("is not stated" in remark for remark in made.remarks)
    months = sf.flow(made, munition="152mm").to_frame()["count"]
    assert months.tolist() == pytest.approx([1000, 4000 * 30 / 61, 4000 * 31 / 61, 1700])
    with pytest.raises(sf.ShellflowError, match=r"3 rows with running totals that do not all count since one day"):
        read(running.replace(",2023-10", "2023-08-31,2023-10"), cumulative=True)


def test_two_running_totals_of_one_date_add_what_came_since_the_date_before(read: Read) -> None:
    made = read(RUNNING.replace("\n2024", "\n2023-12-01,5000\n2023-12-01,5200\n2024"), cumulative=True)
    assert lows(made) == [1000, 4000, 0, 200, 1500]
    assert made.frame["since"].astype("str").tolist()[1:] == [*["2023-09-01"] * 3, "2023-12-01"]
    assert sf.flow(made, munition="152mm").to_frame()["count"].sum() == pytest.approx(6700)


def test_running_totals_in_any_order_keep_their_other_columns_and_are_those_of_all_carriers(read: Read) -> None:
    table = "date,ship,containers,page\n2024-02-01,A,6700,3\n2023-09-01,A,1000,1\n2023-12-01,B,5000,2\n"
    made = read(table, cumulative=True)
    assert lows(made) == [1000, 4000, 1700]
    assert made.others["page"].tolist() == ["1", "2", "3"]
    assert "the running totals were taken as those of all carriers together, not of each" in made.remarks


def test_what_stands_out_is_said(read: Read) -> None:
    table = "date,ship,boxes\n" + "".join(f"2024-02-0{day},Maia-1,{300 + day}\n" for day in range(1, 7))
    made = read(table + "2024-02-07,Maia 1,4000\n2024-02-08,Maia-1,30\n")
    assert any("2 rows with a count ten times that of most rows or more" in remark for remark in made.remarks)
    assert "'Maia-1' and 'Maia 1' in the column 'ship' may be one carrier: both were kept" in made.remarks


def test_a_gap_of_centuries_is_no_flow(read: Read) -> None:
    century = "date,containers\n2024-02-03,20\n0024-02-14,35\n"
    with pytest.raises(sf.ShellflowError, match=r"1 row with a date a century or more from .*date=0024-02-14"):
        read(century)
    assert lows(read(century, on_error="drop")) == [20]


def test_names_that_differ_by_spaces_are_one(read: Read) -> None:
    made = read("date,ship,boxes\n2024-02-03,Angara ,200\n2024-02-14,Lady  R,300\n")
    assert made.frame["carrier"].tolist() == ["Angara", "Lady R"]
    assert made.account["row"].tolist() == [2, 3]


# --- workbooks --------------------------------------------------------------------------------------------------------


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    def made(*rows: tuple[Any, ...], change: Callable[[Any], None] = lambda _: None) -> Path:
        workbook = openpyxl.Workbook()
        for row in rows:
            workbook.active.append(row)
        change(workbook)
        path = tmp_path / "shipments.xlsx"
        workbook.save(path)
        return path

    return made


HEADER = ("Date", "Containers")
ROW = (dt.date(2024, 2, 3), 20)


def test_a_workbook_is_read_with_what_cannot_be_seen_in_it(book: Callable[..., Path]) -> None:
    def change(workbook: Any) -> None:
        workbook.active.row_dimensions[4].hidden = True
        workbook.active.merge_cells("A5:A6")
        workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904

    rows = [("Port calls",), HEADER, ROW, (dt.date(2024, 2, 4), "10-15"), (dt.date(2024, 2, 5), 7), (None, 8)]
    path = book(*rows, change=change)
    with pytest.raises(sf.ShellflowError, match=r"1 row with no date, .* Cells are merged, A5:A6"):
        read_shipments(path)
    made = read_shipments(path, on_error="drop")
    assert days(made) == ["2024-02-03", "2024-02-04", "2024-02-05"]
    assert made.account["row"].tolist() == [4, 6, 6]
    text = str(made)
    assert "1 row is hidden in the workbook and read: 4" in text
    assert "count from 1904" in text
    assert "row 2 was taken for the header" in text


def test_what_a_workbook_cannot_tell_is_refused(book: Callable[..., Path], tmp_path: Path) -> None:
    with pytest.raises(sf.ShellflowError, match=r"no sheet named 'March' \(1 known\)"):
        read_shipments(book(HEADER, ROW), sheet="March")
    with pytest.raises(sf.ShellflowError, match=r"the cell B2 holds a formula that was never computed, '=1\+1'"):
        read_shipments(book(HEADER, (dt.date(2024, 2, 3), "=1+1")))

    def error(workbook: Any) -> None:
        workbook.active["B2"].value, workbook.active["B2"].data_type = "#REF!", "e"

    with pytest.raises(sf.ShellflowError, match=r"'#REF!' is the error of a formula"):
        read_shipments(book(HEADER, ROW, change=error))
    with pytest.raises(sf.ShellflowError, match=r"several sheets have cells, 'Sheet', 'May'\. Say which with sheet="):
        read_shipments(book(HEADER, ROW, change=lambda workbook: workbook.create_sheet("May").append(ROW)))
    with pytest.raises(sf.ShellflowError, match=r"'Date' mixes dates, such as 2024-02-03, with texts, such as '13/02"):
        read_shipments(book(HEADER, ROW, ("13/02/2024", 5)))
    with pytest.raises(sf.ShellflowError, match=r"must be a number, not a datetime\. .* range such as 10-15"):
        read_shipments(book(HEADER, ROW, (dt.date(2024, 2, 3), dt.date(2024, 10, 15))))
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(sf.ShellflowError, match=r"is locked by a password, or of the old kind"):
        read_shipments(path)
    path.write_bytes(b"PK\x03\x04 half a file")
    with pytest.raises(sf.ShellflowError, match=r"is no \.xlsx workbook, or a damaged one"):
        read_shipments(path)
    with pytest.raises(sf.ShellflowError, match=r"sheet='May': must be left out for a file that is no workbook"):
        read_shipments(tmp_path / "x.csv" if (tmp_path / "x.csv").write_text("a\n") else "", sheet="May")


# --- engines and flows ------------------------------------------------------------------------------------------------

DIRTY = pd.DataFrame(
    {
        "Date": ["23/09/2023", "07/10/2023", "12/10/2023", "20/10/2023"],
        "Ship": ["Angara ", "Maria", "Lady R", None],
        "Containers": ["280-320", "1.250", "ca. 250", "300"],
    }
)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_gives_the_same(engine: str) -> None:
    expected = read_shipments(DIRTY, thousands=".")
    made = read_shipments(in_engine(engine, DIRTY), thousands=".")
    pd.testing.assert_frame_equal(made.frame, expected.frame)
    pd.testing.assert_frame_equal(made.account, expected.account)


def test_texts_of_polars_are_read_without_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = read_shipments(DIRTY, thousands=".")
    table = in_engine("polars", DIRTY)
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    made = read_shipments(table, thousands=".")
    pd.testing.assert_frame_equal(made.frame, expected.frame)
    pd.testing.assert_frame_equal(made.account, expected.account)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_long_table_is_grouped_in_its_engine(engine: str) -> None:
    times = 250_001
    long = DIRTY.loc[DIRTY.index.repeat(times)].reset_index(drop=True)
    named = engine in ("polars lazy", "duckdb")
    if named:  # a column that is only searched for totals
        total = long.iloc[:1].assign(Notes="Grand total")
        long = pd.concat([long.assign(Notes="none"), total], ignore_index=True)
    grouped = read_shipments(in_engine(engine, long), thousands=".", totals="drop")
    few = read_shipments(DIRTY, thousands=".")
    ordered = grouped.frame.sort_values("date", ignore_index=True)
    pd.testing.assert_frame_equal(ordered.drop(columns="rows"), few.frame)
    assert grouped.frame["rows"].tolist() == [times] * len(DIRTY)
    cells = ["column", "text", "read_as", "why"]
    left_out = grouped.account["read_as"] == "left out"
    assert grouped.account["rows"][left_out].tolist() == [1, 1, 1] * named
    accounted = grouped.account[~left_out].assign(rows=grouped.account["rows"] // times)

    def lines(account: pd.DataFrame) -> list[list[Any]]:
        rows: list[list[Any]] = account[[*cells, "rows"]].values.tolist()
        return sorted(rows)

    # Either date past the 12th settles the order: of rows the last is named, of groups the last in order.
    why = few.account["why"].str.replace("'20/10/2023'", "'23/09/2023'")
    assert lines(accounted) == lines(few.account.assign(why=why))
    assert grouped.account["row"].isna().all()
    with sf.settings(n=64):
        flow = sf.flow(grouped, munition="152mm", look=False).to_frame()
    assert flow["count"].tolist() == [300 * times, 1800 * times]


def test_of_groups_the_same_rows_are_shown_in_whatever_order_they_come() -> None:
    rows = pd.DataFrame({"date": [f"2024-01-{day:02}" for day in range(1, 31)], "count": ["20", "30", "2000"] * 10})
    table = rows.loc[rows.index.repeat(33_334)]  # a little more than a million
    made = [read_shipments(table.sample(frac=1, random_state=seed)) for seed in range(3)]
    (remark,) = {remark for each in made for remark in each.remarks if "ten times that of most rows" in remark}
    assert "date=2024-01-03, count=2000; date=2024-01-06, count=2000; date=2024-01-09, count=2000" in remark
    assert made[0].account.values.tolist() == made[1].account.values.tolist() == made[2].account.values.tolist()


def test_a_flow_takes_shipments_and_points_to_them() -> None:
    made = read_shipments(DIRTY, thousands=".")
    flow = sf.flow(made, munition="152mm")
    assert flow.to_frame()["count"].tolist() == [300, 1800]
    assert any("columns taken by their names" in note for note in flow.notes)
    with pytest.raises(sf.ShellflowError, match=r"count='boxes': the columns of these shipments were named"):
        sf.flow(made, munition="152mm", count="boxes")
    table = pd.DataFrame({"date": ["03/04/2024"], "count": ["10-15"]})
    with pytest.raises(sf.ShellflowError, match=r"sf\.read_shipments"):
        sf.flow(table, munition="152mm")
    with pytest.raises(sf.ShellflowError, match=r"sf\.read_shipments"):
        sf.flow(table.assign(count=1), munition="152mm")


def test_what_was_given_for_all_rows_stands_before_a_column_which_is_named_as_in_its_table() -> None:
    table = pd.DataFrame({"date": "2024-02-03", "Calibre": ["152mm", "122mm"], "containers": ["20 TEU", "3 FEU"]})
    notes = sf.flow(read_shipments(table), munition="152mm", transport="20ft-24t").notes
    assert "the column 'Calibre' was not read: munition='152mm' was given for all rows" in notes
    assert "the length of the boxes was not read: transport='20ft-24t' was given for all rows" in notes
    beside = read_shipments(table.assign(transport="20ft-24t"))
    assert "2 rows with a length of boxes beside a transport: the transport was taken, such as" in str(beside)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"thousands": "x"}, r"thousands='x': must be one of"),
        ({"decimal": " "}, r"decimal=' ': must be one of"),
        ({"thousands": ".", "decimal": "."}, r"must be two different signs"),
        ({"dayfirst": "yes"}, r"dayfirst='yes': must be True, False or None"),
        ({"totals": "all"}, r"totals='all': must be one of 'raise', 'drop', 'keep'"),
        ({"on_error": "skip"}, r"on_error='skip': must be one of 'raise', 'drop'"),
        ({"cumulative": 1}, r"cumulative=1: must be True or False"),
        ({"encoding": 5}, r"encoding=5: must be the name of an encoding"),
    ],
)
def test_options_are_checked(options: dict[str, Any], message: str) -> None:
    with pytest.raises(sf.ShellflowError, match=message):
        read_shipments(DIRTY, **options)
    assert isinstance(shipments.read_shipments(DIRTY, thousands="."), Shipments)


def test_what_is_not_seen_in_a_header_ends_no_word() -> None:
    table = pd.DataFrame({"\ufeffdate": ["2024-02-03", "2024-02-05"], "con\u200btainers": [20, 30]})
    assert sf.read_shipments(table).frame["low"].sum() == 50


def test_a_file_in_another_encoding_is_refused_with_the_argument_that_names_it(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_bytes("date;containers;ship\n2024-02-03;20;Ангара\n".encode("cp1251"))
    with pytest.raises(
        sf.ShellflowError, match=r"line 2 is not in utf-8\. .* name its encoding, such as encoding='cp1251'\."
    ):
        sf.read_shipments(path)
    assert sf.read_shipments(path, encoding="cp1251").frame["carrier"].tolist() == ["Ангара"]
