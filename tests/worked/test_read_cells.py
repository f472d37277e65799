"""What a reader of a table may take for something else: numbers cut by commas, units, and formats of workbooks."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import shellflow as sf
from shellflow.shipments import Shipments, read_shipments

openpyxl = pytest.importorskip("openpyxl")


def read(folder: Path, content: str, **options: Any) -> Shipments:
    path = folder / "shipments.csv"
    path.write_text(content, encoding="utf-8")
    return read_shipments(path, **options)


def lows(made: Shipments) -> list[float]:
    return list(made.frame["mass_t_low" if made.quantity == "mass" else "low"])


# --- numbers that commas cut in two -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "line", "cells", "number"),
    [
        ("date,containers,notes\n2024-02-03,20,\n2024-02-04,1,250,\n", 3, 4, "1,250"),
        ("date,containers,notes\n2024-02-04,1,250,\n2024-02-05,1,300,\n", 2, 4, "1,250"),
        ("date,containers,ship,notes\n2024-02-04,1,250\n", 2, 3, "1,250"),
        ("date,containers,notes\n2024-02-03,20\n2024-02-04,1,250\n", 3, 3, "1,250"),
        ("date,containers,notes\n2024-02-03,20\n2024-02-04,8,019+\n", 3, 3, "8,019+"),
        ("date,containers,notes\n2024-02-03,20\n2024-02-04,8,019 이상\n", 3, 3, "8,019 이상"),
        ("date,containers,notes\n2024-02-03,20\n2024-02-04,8,019 containers\n", 3, 3, "8,019 containers"),
        ("date,mass_t,notes\n2024-02-03,20\n2024-02-04,8,019 t\n", 3, 3, "8,019 t"),
        ("date,containers,notes\n2024-02-04,at least 8,019 TEU,\n", 2, 4, "at least 8,019 TEU"),
        ("date,low,high\n2024-02-04,280,320,\n", 2, 4, "280,320"),
        ("date,mass_t,notes\n2024-02-04,12,5,\n", 2, 4, "12,5"),
        ("day,n,notes\n2024-02-04,1,250,\n", 2, 4, "1,250"),
    ],
)
def test_a_number_that_may_be_cut_in_two_is_refused(
    content: str, line: int, cells: int, number: str, tmp_path: Path
) -> None:
    front, back = number.split(",")
    halves = re.escape(f"'{front}' and '{back}'")
    message = rf"line {line} has {cells} cells, the header \d: {halves} may be two cells, or the number"
    columns = {"count": "n"} if ",n," in content else None
    with pytest.raises(sf.ShellflowError, match=rf"{message} {re.escape(number)} without quotes\. Put quotes"):
        read(tmp_path, content, columns=columns)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('date,containers,notes\n2024-02-04,"1,250",\n', [1250]),
        ("date,containers,notes\n2024-02-04,20,,\n", [20]),  # a separator at the end, and no second half
        ("date;containers;notes\n2024-02-04;1;250;\n", [1]),  # where semicolons part cells, commas part no cells
        ("date,containers,crew\n2024-02-04,20,150\n2024-02-05,30,160\n", [20, 30]),
        ("date,containers,notes\n2024-02-04,20\n2024-02-05,8,152 mm shells\n", [20, 8]),  # no count ends so
        ("date,low,high,notes\n2024-02-04,280,320\n", [280]),  # the line ends early, and both columns hold numbers
    ],
)
def test_what_can_be_no_half_of_a_number_is_read(content: str, expected: list[float], tmp_path: Path) -> None:
    assert lows(read(tmp_path, content)) == expected


def test_a_number_beside_a_cell_of_notes_is_said(tmp_path: Path) -> None:
    content = "date,containers,notes\n2024-02-03,20,\n2024-02-04,1,250\n2024-02-05,30,fog\n2024-02-05,30,\n"
    remark = (
        "line 3 has '1' and '250' in the columns 'containers' and 'notes': if the number 1,250 is meant, put quotes "
        "around it"
    )
    assert remark in read(tmp_path, content).remarks
    assert not any("quotes" in remark for remark in read(tmp_path, content.replace("1,250", "1250,")).remarks)


# --- units ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "low", "quantity"),
    [
        ("440 т", 440, "mass"),
        ("440т.", 440, "mass"),
        ("440 тонн", 440, "mass"),
        ("440 000 кг", 440, "mass"),
        ("440톤", 440, "mass"),
        ("20 шт.", 20, "count"),
        ("20 конт.", 20, "count"),
        ("20 контейнерів", 20, "count"),
        ("20 Stück", 20, "count"),
        ("20개", 20, "count"),
        ("20 pcs", 20, "count"),
        ("20-30 шт", 20, "count"),
    ],
)
def test_units_of_other_languages_are_read_in_cells(cell: str, low: float, quantity: str) -> None:
    made = read_shipments(pd.DataFrame({"date": ["2024-02-03"], "Кол-во контейнеров": [cell]}))
    assert (made.quantity, lows(made)) == (quantity, [low])
    assert made.account["text"].tolist() == [cell]


@pytest.mark.parametrize("cell", ["5 тыс. т", "5 тыс.", "20 шт. или 30", "т", "20 вагонов"])
def test_other_words_are_refused_as_they_stand(cell: str) -> None:
    table = pd.DataFrame({"date": ["2024-02-03"], "containers": [cell]})
    if cell == "20 вагонов":
        with pytest.raises(sf.ShellflowError, match=r"counts are of wagons, the flow takes counts for containers"):
            sf.flow(read_shipments(table), munition="152mm")
        return
    with pytest.raises(sf.ShellflowError, match=rf"a count that is not read, such as .*containers={cell}"):
        read_shipments(table)


def test_pieces_are_of_what_the_name_of_their_column_says() -> None:
    for unit in ("шт.", "pcs", "Stück"):
        table = pd.DataFrame({"date": ["2024-02-03"], "containers": [20], "unit": [unit]})
        assert lows(read_shipments(table)) == [20]
        with pytest.raises(sf.ShellflowError, match="a unit that cannot be read in the column 'unit'"):
            read_shipments(table.rename(columns={"containers": "count"}))
    with pytest.raises(sf.ShellflowError, match="must be a count of rounds, packages or transports, not of pieces"):
        read_shipments(pd.DataFrame({"date": ["2024-02-03"], "count": ["20 шт."]}))


@pytest.mark.parametrize(
    ("column", "cells", "units", "expected"),
    [
        ("mass_t", [440, 30], ["t", "т"], [440, 30]),
        ("mass_kg", [440_000, 30_000], ["kg", ""], [440, 30]),
        ("cargo", [440, 30_000], ["t", "kg"], [440, 30]),
        ("cargo", ["440 t", "30"], ["", "t"], [440, 30]),
    ],
)
def test_a_unit_beside_a_mass_is_read(column: str, cells: list[Any], units: list[str], expected: list[float]) -> None:
    table = pd.DataFrame({"date": "2024-02-03", column: pd.Series(cells, dtype=object), "unit": units})
    made = read_shipments(table, columns={"mass": column})
    assert lows(made) == expected
    assert not any("names no unit" in remark for remark in made.remarks)


@pytest.mark.parametrize(
    ("column", "cell", "unit", "message"),
    [
        ("mass_kg", 440, "t", "a unit in the column 'unit' other than in the name of the column of masses"),
        ("cargo", 440, "", "a mass without a unit"),
        ("cargo", 440, "containers", "a mass whose unit in the column 'unit' is none of mass"),
        ("cargo", "440 t", "kg", "a unit in the column 'unit' beside another unit in the cell"),
        ("cargo", 440, "lots", "a unit that cannot be read in the column 'unit'"),
    ],
)
def test_units_that_disagree_are_refused(column: str, cell: Any, unit: str, message: str) -> None:
    table = pd.DataFrame({"date": ["2024-02-03"], column: pd.Series([cell], dtype=object), "unit": [unit]})
    with pytest.raises(sf.ShellflowError, match=f"1 row with {message}"):
        read_shipments(table, columns={"mass": column})


def test_a_length_in_the_cell_and_another_in_the_column_of_units_are_refused() -> None:
    table = pd.DataFrame({"date": ["2024-02-03"], "count": ["20 TEU"], "unit": ["FEU"]})
    with pytest.raises(sf.ShellflowError, match="a unit in the column 'unit' beside another unit in the cell"):
        read_shipments(table)
    assert read_shipments(table.assign(unit="TEU")).frame["transport"].tolist() == ["20ft-24t"]


@pytest.mark.parametrize("name", ["containers (thousands)", "containers (тыс.)", "containers [k]", "boxes, 000s"])
def test_a_header_in_thousands_is_refused(name: str) -> None:
    with pytest.raises(sf.ShellflowError, match="says that its numbers are of so many each, which is not read"):
        read_shipments(pd.DataFrame({"date": ["2024-02-03"], name: [2]}))


def test_about_is_noted_of_a_mass_too() -> None:
    made = read_shipments(pd.DataFrame({"date": ["2024-02-03"], "containers": ["ca. 440 t"]}))
    assert made.account["why"].tolist() == ["a mass; about: taken as the value"]


# --- formats of workbooks ---------------------------------------------------------------------------------------------


def book(folder: Path, value: object, code: str, *, column: str = "containers", date_code: str = "yyyy-mm-dd") -> Path:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(["date", column])
    sheet.append([dt.date(2024, 2, 3), value])
    sheet["A2"].number_format, sheet["B2"].number_format = date_code, code
    path = folder / "shipments.xlsx"
    workbook.save(path)
    return path


@pytest.mark.parametrize(
    ("value", "code", "low", "quantity"),
    [
        (440, '0" t"', 440, "mass"),
        (12.5, '0.0" t"', 12.5, "mass"),
        (440_000, '#,##0" kg"', 440, "mass"),
        (440, 'General" т"', 440, "mass"),
        (20, '0" TEU"', 20, "count"),
        (300, '0"+"', 300, "count"),
        (300, r"\>0", 300, "count"),
        (250, '"ca. "0', 250, "count"),
        (1_250_000, '#,##0,"k"', 1_250_000, "count"),  # shown as 1,250k
        (1250, "#,##0", 1250, "count"),
        (1250, r'_(* #,##0_);_(* \(#,##0\);_(* "-"_)', 1250, "count"),
        (20, "+0;-0", 20, "count"),
    ],
)
def test_what_a_number_format_adds_is_read_with_the_number(
    value: float, code: str, low: float, quantity: str, tmp_path: Path
) -> None:
    made = read_shipments(book(tmp_path, value, code))
    assert (made.quantity, lows(made)) == (quantity, [low])
    assert made.frame["bound"].tolist() == ["floor" if value == 300 else "point"]


@pytest.mark.parametrize(
    ("value", "code"), [(0.5, "0%"), (1250, '#,##0.00" €"'), (1250, "[$$-409]#,##0"), (5, '0" lots"'), (5, '0"; t"')]
)
def test_a_share_or_a_price_is_no_count(value: float, code: str, tmp_path: Path) -> None:
    with pytest.raises(sf.ShellflowError, match="a count that is not read"):
        read_shipments(book(tmp_path, value, code))


@pytest.mark.parametrize(
    ("value", "code", "low", "quantity"),
    [
        (20, '[>=15]0" t";0" kg"', 20, "mass"),
        (10, '[>=15]0" t";0" kg"', 0.01, "mass"),
        (10, '[>=1000]0" kg";[<15]0" t";0" TEU"', 10, "mass"),
        (500, '[>=1000]0" kg";[<15]0" t";0" TEU"', 500, "count"),
        (10, '[Red][<15]0" kg";[Blue]0" t"', 0.01, "mass"),
        (0, '0" TEU";-0" TEU";0', 0, "count"),
        (0, r'_-* #,##0_-;-* #,##0_-;_-* "-"??_-;_-@_-', 0, "count"),
        (0, '0" TEU";-0" TEU";"-"', 0, "count"),
    ],
)
def test_of_a_format_with_sections_that_of_the_number_is_read(
    value: float, code: str, low: float, quantity: str, tmp_path: Path
) -> None:
    made = read_shipments(book(tmp_path, value, code))
    assert (made.quantity, lows(made)) == (quantity, [low])


@pytest.mark.parametrize("text", ["", " "])
def test_a_formula_that_gave_an_empty_text_is_a_blank(text: str, tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (["date", "containers"], [dt.date(2024, 2, 3), "=1+1"], [dt.date(2024, 2, 4), 7]):
        workbook.active.append(row)
    path = tmp_path / "shipments.xlsx"
    workbook.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    page = "xl/worksheets/sheet1.xml"  # openpyxl computes nothing, and writes formulas without their values
    computed = f'<c r="B2" t="str"><f>IF(A2="","",A2)</f><v>{text}</v></c>'
    parts[page], changed = re.subn(rb'<c r="B2".*?</c>', computed.encode(), parts[page])
    assert changed == 1
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    made = read_shipments(path)
    assert made.frame["bound"].tolist() == ["missing", "point"]
    assert made.account["why"].tolist() == ["a blank cell"]


def test_a_second_line_of_headers_is_said_above_real_dates_too(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    for row in (["date", "containers"], ["(day)", "(number)"], [dt.date(2024, 2, 3), 20]):
        workbook.active.append(row)
    workbook.save(tmp_path / "shipments.xlsx")
    with pytest.raises(sf.ShellflowError, match=r"looks like a second line of headers: take it out"):
        read_shipments(tmp_path / "shipments.xlsx")


def test_what_a_workbook_shows_otherwise_than_it_holds_is_said(tmp_path: Path) -> None:
    remarks = read_shipments(book(tmp_path, 20, "0.000")).remarks
    assert "1 cell shown with three decimals, which may look like thousands, such as B2: it was read as 20" in remarks
    for code, hidden in (("d mmm", "year"), ("mmm yyyy", "day")):
        remarks = read_shipments(book(tmp_path, 20, "0", date_code=code)).remarks
        assert (
            f"1 date shown without the {hidden}, which a program may have added, such as A2: 2024-02-03 was read"
            in remarks
        )
    assert not any("shown" in remark for remark in read_shipments(book(tmp_path, 20, "0")).remarks)


# --- what a flow says of shipments ------------------------------------------------------------------------------------


def test_errors_name_the_columns_as_the_file_does() -> None:
    table = pd.DataFrame({"Datum": ["2024-02-03"], "Kaliber": ["999mm"], "Anzahl Container": [20]})
    with pytest.raises(sf.ShellflowError, match=r"such as \(Datum=2024-02-03, Anzahl Container=20, Kaliber=999mm\)"):
        sf.flow(read_shipments(table))


def test_a_flow_that_is_cut_to_no_rows_says_so() -> None:
    flow = sf.flow(pd.DataFrame({"date": ["2024-02-03"], "count": [3]}), munition="152mm")
    assert flow.between("2024-03-01", "2024-03-31").what == "no rows of 152mm, 2024-03-01 to 2024-03-31"


def test_one_voyage_at_two_ports_is_found_whatever_the_spelling() -> None:
    table = pd.DataFrame(
        {
            "date": ["2024-02-03", "2024-02-05", "2024-02-20"],
            "port": ["Rajin", "Dunai", "Rajin"],
            "ship": ["Maia-1", "MAIA 1", "Maia-1"],
            "containers": [300, "300", "300"],
        }
    )
    notes = sf.flow(read_shipments(table.astype(str)), munition="152mm").notes
    assert any("1 row with the carrier and the count of another row within 3 days (kept)" in note for note in notes)
    apart = table.assign(date=["2024-02-03", "2024-02-12", "2024-02-20"]).astype(str)
    assert not any("within 3 days" in note for note in sf.flow(read_shipments(apart), munition="152mm").notes)


# --- what errors say --------------------------------------------------------------------------------------------------


def test_an_error_of_a_cell_names_the_column_and_the_cell_as_they_are() -> None:
    table = pd.DataFrame({"date": ["dd.mm.yyyy", "23.02.2024"], "containers": ["pcs", "20"]})
    message = r"'containers'='pcs': must be a count .*; 1 row with a date .*\. 'dd\.mm\.yyyy' is a date that cannot"
    with pytest.raises(sf.ShellflowError, match=message) as refused:
        sf.read_shipments(table)
    assert "Not read either: 'dd.mm.yyyy'" not in str(refused.value)


def test_cells_that_fail_for_different_reasons_are_not_said_to_share_one() -> None:
    table = pd.DataFrame({"date": ["2024-02-03", "2024-02-04"], "containers": ["-20", "5 x 7"]})
    with pytest.raises(sf.ShellflowError, match=r"'containers'='-20': must be zero or more\. Not read either: '5 x 7'"):
        sf.read_shipments(table)
    with pytest.raises(sf.ShellflowError, match=r"Not read either: 'soon'"):
        sf.flow(table.assign(containers=["1.250", "soon"]), count="containers", munition="152mm")


@pytest.mark.parametrize("cells", [["1.200-1,300"], ["1.250-1.100"], ["1.200-1,300", "1,250"]])
def test_a_range_that_no_sign_makes_sound_is_refused_by_itself(cells: list[str]) -> None:
    table = pd.DataFrame({"date": "2024-02-03", "containers": cells})
    with pytest.raises(sf.ShellflowError, match=r"'containers'='1\.[0-9]+-1[0-9.,]+': must be") as refused:
        read_shipments(table)
    assert "missing" not in str(refused.value)


@pytest.mark.parametrize(
    ("cells", "message", "option", "ends"),
    [
        (["300-1.200"], "300 to 1,200", {"thousands": "."}, [300, 1200]),
        (["1.500-1400"], "1.5 to 1,400", {"decimal": "."}, [1.5, 1400]),
        (["1.500-1400", "1.250-1.100", "1 200-1 300", "1,250"], "1.5 to 1,400", {}, []),
    ],
)
def test_a_range_that_one_sign_makes_sound_is_read_with_that_sign_alone(
    cells: list[str], message: str, option: dict[str, Any], ends: list[float]
) -> None:
    table = pd.DataFrame({"date": "2024-02-03", "containers": cells})
    with pytest.raises(sf.ShellflowError, match=rf"makes sense only as {message}, .*: correct it, or give \w+='\.'\."):
        read_shipments(table)
    if option:
        assert read_shipments(table, **option).frame[["low", "high"]].to_numpy().tolist() == [ends]


def test_a_comma_that_spaces_leave_open_stays_open_beside_a_range_that_no_sign_makes_sound() -> None:
    table = pd.DataFrame({"date": "2024-02-03", "containers": ["1.250-1.100", "1,250", "1 200"]})
    with pytest.raises(sf.ShellflowError, match=r"'1,250' in the column 'containers' may be 1,250 or 1\.25"):
        read_shipments(table, on_error="drop")


def test_the_two_readings_shown_are_those_of_a_cell_that_has_both() -> None:
    table = pd.DataFrame({"date": "2024-02-03", "containers": ["1.250-1.100", "1.250"]})
    with pytest.raises(sf.ShellflowError, match=r"'1\.250' in the column 'containers' may be 1,250 or 1\.25"):
        read_shipments(table)


@pytest.mark.parametrize("name", ["2024-02-03", "03.02.2024", "2024-02-03 00:00:00"])
def test_a_first_row_is_never_lost_as_a_header(name: str, tmp_path: Path) -> None:
    content = f"{name},20\n2024-02-14,35\n"
    with pytest.raises(sf.ShellflowError, match=r"needs a line that names its columns\. Write such a line above it\."):
        read(tmp_path, content)
    with pytest.raises(sf.ShellflowError, match=r"the name of the column is a date itself: .* Write such a line above"):
        read(tmp_path, content, columns={"date": name, "count": "20"})


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([-20, "30"], r"'containers'=-20: must be a number from 0 up"),
        (["#REF!", "30"], r"'#REF!' is the error of a formula\. Correct the table"),
    ],
)
def test_an_error_of_a_cell_says_what_is_wrong_with_it(cells: list[Any], message: str) -> None:
    table = pd.DataFrame({"date": ["2024-02-03", "2024-02-04"], "containers": pd.Series(cells, dtype=object)})
    with pytest.raises(sf.ShellflowError, match=message):
        sf.read_shipments(table)


def test_a_unit_that_cannot_be_read_says_which_can() -> None:
    table = pd.DataFrame({"date": ["2024-02-03"], "count": [20], "unit": ["boxes"]})
    with pytest.raises(sf.ShellflowError, match=r"\(write containers, TEU, FEU, wagons, trucks, t or kg\)"):
        sf.read_shipments(table)


def test_what_a_mass_was_read_as_is_in_tonnes() -> None:
    read = sf.read_shipments(pd.DataFrame({"date": ["2024-02-03"], "mass_kg": ["100,000"]}))
    assert read.account["read_as"].tolist() == ["100 t"]
