"""Tables as people keep them, one of each kind: read or refused as it should be, by the command and in Python."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli

VOYAGES = """\
Date;Ship;Containers;Notes
09/09/2023;Angara;300;
23/09/2023;Maria;280-320;
07/10/2023;Lady R;ca. 250;
12/10/2023;Maia-1;1.250;two ships? check
20/10/2023;Angara ;200\u2013260;
03/11/2023;Angara;;covered by cloud, no count
14/11/2023;Maria;300+;at least, tarpaulin
28/11/2023;Lady R;>250;
01/12/2023;Maia-1;300;
15/12/2023;Angara ;280-320;
18/12/2023;Angara;ca. 250;
29/12/2023;Maria;1.250;two ships? check
06/01/2024;Lady R;200\u2013260;
20/01/2024;Maia-1;;covered by cloud, no count
25/01/2024;Angara ;300+;at least, tarpaulin
30/01/2024;Angara;>250;
10/02/2024;Maria;300;
24/02/2024;Lady R;280-320;
09/03/2024;Maia-1;ca. 250;
20/03/2024;Angara ;1.250;two ships? check
31/03/2024;Angara;200\u2013260;
05/04/2024;Maria;;covered by cloud, no count
10/04/2024;Lady R;300+;at least, tarpaulin
15/04/2024;Maia-1;>250;
29/04/2024;Angara ;300;
10/05/2024;Angara;280-320;
13/05/2024;Maria;ca. 250;
16/05/2024;Lady R;1.250;two ships? check
21/05/2024;Maia-1;200\u2013260;
04/06/2024;Angara ;;covered by cloud, no count
07/06/2024;Angara;300+;at least, tarpaulin
15/06/2024;Maria;>250;
18/06/2024;Lady R;300;
26/06/2024;Maia-1;280-320;
07/07/2024;Angara ;ca. 250;
21/07/2024;Angara;1.250;two ships? check
01/08/2024;Maria;200\u2013260;
12/08/2024;Lady R;;covered by cloud, no count
23/08/2024;Maia-1;300+;at least, tarpaulin
06/09/2024;Angara ;>250;

TOTAL;;9.870;
"""
TABLES = {
    "th_dot_whole": ("date;containers\n2024-02-03;2.000\n2024-02-14;3.000\n"),
    "dayfirst_thousands": (
        "Date;Ship;Containers\n04/09/2023;Angara;300\n07/09/2023;Maria;1.250\n12/10/2023;Lady R;280\n"
    ),
    "qty_kg": ("date,quantity,unit\n2024-02-03,20,containers\n2024-02-14,440000,kg\n"),
    "totals_dated": (
        "date,ship,containers\n2024-02-03,A,20\n2024-02-14,B,35\n2024-02-14,Total,55\n2024-03-02,A,10\n"
        "2024-03-31,Total,10\n"
    ),
    "cumulative": ("date,containers\n2023-09-01,1000\n2023-12-01,5000\n2024-02-01,6700\n"),
    "rownum": ("n,date,ship,boxes\n1,2024-02-03,A,200\n2,2024-02-14,B,300\n3,2024-03-01,A,250\n"),
    "sepline": ("sep=;\ndate;containers\n2024-02-03;20\n2024-02-14;35\n"),
    "preamble": ("Port calls export\nGenerated 2024-05-01\n\ndate,containers\n2024-02-03,20\n2024-02-14,35\n"),
    "cyr": ("date,containers,ship\n2024-02-03,20,Ангара\n2024-02-03,20,Ангара\n"),
    "na": ("date,containers\n2024-02-03,20\n2024-02-14,n/a\n2024-02-20,-\n2024-02-21,?\n"),
    "approx": ("date,containers\n2024-02-03,~20\n2024-02-14,30+\n2024-02-20,10-15\n"),
    "nbsp": ("date,containers\n2024-02-03,\xa020\n2024-02-14,1\xa0200\n"),
    "century": ("date,containers\n2024-02-03,20\n0024-02-14,35\n"),
    "iso_lowhigh_blank": (
        "Date;Ship;Low;High;Notes\n2023-09-04;Angara;280;320;\n2023-09-07;Maria;250;;at least\n"
        "2023-10-12;Lady R;;;cloud\n"
    ),
}
CONTENTS = {name: text.encode() for name, text in TABLES.items()} | {
    "bom16": "date,containers\n2024-02-03,20\n".encode("utf-16"),
    "voyages_excel": VOYAGES.replace("\n", "\r\n").encode("utf-8-sig"),
}


@pytest.fixture
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    file = tmp_path / f"{request.param}.csv"
    file.write_bytes(CONTENTS[request.param])
    return file


def options_of(arguments: dict[str, Any]) -> list[str]:
    """Return arguments of `read_shipments` as options of the command."""
    options: list[str] = []
    for name, value in arguments.items():
        if name == "columns":
            options += [text for role, column in value.items() for text in (f"--{role}", column)]
        else:
            options += [f"--{name.replace('_', '-')}", *([] if value is True else [str(value)])]
    return options


@pytest.mark.parametrize(
    ("path", "arguments", "total", "remark"),
    [
        ("th_dot_whole", {"thousands": "."}, 5000, "read as 2,000"),
        ("dayfirst_thousands", {"thousands": ".", "dayfirst": True}, 1830, "read as 2023-09-04"),
        ("qty_kg", {"columns": {"count": "quantity"}, "on_error": "drop"}, 20, "left out"),  # of 440 t no container
        ("totals_dated", {"totals": "drop"}, 65, "left out: 2 rows with a word for a total"),  # 20 + 35 + 10
        ("totals_dated", {"totals": "keep"}, 130, "2 rows with a word for a total (kept)"),
        (
            "cumulative",
            {},
            12_700,
            "never fall from one date to the next, as running totals do",
        ),
        ("cumulative", {"cumulative": True}, 6700, "2 rows of running totals were turned into what each adds"),
        ("rownum", {}, 750, "the column 'n' was not read"),
        ("bom16", {}, 20, ""),
        ("sepline", {}, 55, ""),
        ("preamble", {}, 55, "line 4 was taken for the header"),
        ("cyr", {}, 40, "1 row with the content of another row (kept)"),
        ("na", {"on_error": "drop"}, 20, "left out: 3 rows with no count"),
        ("nbsp", {}, 1220, ""),
        ("century", {"on_error": "drop"}, 20, "a date a century or more from those of most rows"),
    ],
    indirect=["path"],
)
def test_a_table_is_read_as_it_should_be(
    path: Path, arguments: dict[str, Any], total: float, remark: str, capsys: pytest.CaptureFixture[str]
) -> None:
    read = sf.read_shipments(path, **arguments)
    flow = sf.flow(read, munition="152mm")
    assert flow.to_frame()["count"].sum() == pytest.approx(total, rel=1e-12)
    assert remark in " ".join((*read.summary, *flow.notes))
    assert cli.main(["flow", str(path), "-m", "152mm", "--json", *options_of(arguments)]) == 0
    printed = capsys.readouterr()
    assert sum(row["count"] or 0 for row in json.loads(printed.out)) == pytest.approx(total, rel=1e-12)
    assert remark in printed.err


@pytest.mark.parametrize(
    ("path", "message", "asks_for"),
    [
        ("th_dot_whole", r"'2\.000' in the column 'containers' may be 2,000 or 2", "--thousands '.' or --decimal '.'"),
        ("dayfirst_thousands", r"may be 1,250 or 1\.25, .* may be 2023-09-04 or 2023-04-09", "--no-dayfirst"),
        ("qty_kg", r"'quantity' might be it, or row numbers, or a mass: such a name is not guessed at", "--count"),
        (
            "totals_dated",
            r"2 rows are named as totals, .*, each the sum of other rows",
            "--totals drop",
        ),
        ("na", r"3 rows with no count, such as \(date=2024-02-14, containers=", "--on-error drop"),
        ("century", r"1 row with a date a century or more from .* \(date=0024-02-14, containers=35\)", "Correct"),
        ("iso_lowhigh_blank", r"1 row with no count, such as \(Date=2023-10-12, Low=missing", "--on-error drop"),
        ("voyages_excel", r"'1\.250' in the column 'Containers' .*; 1 row is named as a total", "--thousands '.'"),
    ],
    indirect=["path"],
)
def test_a_table_is_refused_until_it_is_said_how_to_read_it(
    path: Path, message: str, asks_for: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(sf.ShellflowError, match=message):
        sf.flow(sf.read_shipments(path), munition="152mm")
    assert cli.main(["flow", str(path), "-m", "152mm"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.search(message, printed.err)
    assert asks_for in printed.err


@pytest.mark.parametrize("path", ["qty_kg"], indirect=True)
def test_kilograms_are_never_counted_as_containers(path: Path) -> None:
    message = r"1 row with a mass, where other rows have counts, .*quantity=440000, unit=kg"
    with pytest.raises(sf.ShellflowError, match=message):
        sf.read_shipments(path, columns={"count": "quantity"})


@pytest.mark.parametrize("path", ["dayfirst_thousands"], indirect=True)
def test_days_first_are_of_september_and_october(path: Path) -> None:
    frame = sf.flow(sf.read_shipments(path, thousands=".", dayfirst=True), munition="152mm").to_frame()
    assert frame["period"].astype(str).str[:7].tolist() == ["2023-09", "2023-10"]
    assert frame["count"].tolist() == [1550, 280]


@pytest.mark.parametrize("path", ["approx"], indirect=True)
def test_about_at_least_and_a_range_are_read_as_they_say(path: Path) -> None:
    read = sf.read_shipments(path)
    assert read.frame[["low", "high", "bound"]].astype(object).where(read.frame.notna(), None).values.tolist() == [
        [20, 20, "point"],
        [30, None, "floor"],
        [10, 15, "range"],
    ]
    assert read.account["text"].tolist() == ["~20", "30+", "10-15"]


@pytest.mark.parametrize("path", ["iso_lowhigh_blank"], indirect=True)
def test_a_low_end_alone_is_a_floor(path: Path) -> None:
    read = sf.read_shipments(path, on_error="drop")
    assert read.frame["bound"].tolist() == ["range", "floor"]
    assert read.frame["low"].tolist() == [280, 250]


@pytest.mark.parametrize("path", ["voyages_excel"], indirect=True)
def test_a_spreadsheet_is_read_cell_by_cell(path: Path) -> None:
    read = sf.read_shipments(path, thousands=".", totals="drop", on_error="drop")
    # 40 voyages, of which 5 were under cloud; the total and an empty line are no voyages.
    assert len(read.frame) == 35
    assert Counter(read.frame["bound"]) == {"point": 15, "range": 10, "floor": 10}
    # Five times 300, 280 of 280-320, ca. 250, 1.250, 200 of 200-260, 300+ and >250.
    assert read.frame["low"].sum() == 5 * (300 + 280 + 250 + 1250 + 200 + 300 + 250)
    # 09/09/2023 is the 9th of September in any order, and 23/09/2023 says that the day comes first.
    assert (str(read.frame["date"].min().date()), str(read.frame["date"].max().date())) == ("2023-09-09", "2024-09-06")
    assert sorted(read.frame["carrier"].unique()) == ["Angara", "Lady R", "Maia-1", "Maria"]
    # Each row but the empty one is clean or accounted for: 40 voyages and the total.
    left_out = read.account.loc[read.account["read_as"] == "left out", "row"]
    assert len(read.frame) + left_out.nunique() == 41
    containers = read.account[(read.account["column"] == "Containers") & (read.account["read_as"] != "left out")]
    assert dict(Counter(containers["text"])) == {
        "280-320": 5,
        "ca. 250": 5,
        "1.250": 5,
        "200\u2013260": 5,
        "300+": 5,
        ">250": 5,
    }


@pytest.mark.parametrize(
    ("path", "options"),
    [
        ("approx", []),
        ("iso_lowhigh_blank", ["--on-error", "drop"]),
        ("voyages_excel", ["--thousands", ".", "--totals", "drop", "--on-error", "drop"]),
    ],
    indirect=["path"],
)
def test_a_total_of_floors_says_at_least(path: Path, options: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["flow", str(path), "-m", "152mm", *options]) == 0
    assert re.search(r"in all: at least [0-9]", capsys.readouterr().out)


@pytest.mark.parametrize("path", ["na", "iso_lowhigh_blank", "voyages_excel"], indirect=True)
def test_missing_counts_may_be_filled_as_voyages(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--thousands", ".", "--totals", "drop"] if path.stem == "voyages_excel" else []
    missing = {"na": 3, "iso_lowhigh_blank": 1, "voyages_excel": 5}[path.stem]
    assert cli.main(["flow", str(path), "-m", "152mm", *options, "--on-error", "fill"]) == 0
    rows = f"filled: {missing} row{'s' if missing > 1 else ''} with no count"
    assert rows in " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize("path", ["voyages_excel"], indirect=True)
def test_a_spreadsheet_comes_to_a_total_that_says_at_least(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    read = sf.read_shipments(path, thousands=".", totals="drop")
    # Five times 300, 300 in the middle of 280-320, 250, 1,250, 230 in that of 200-260, and at least 300 and 250.
    known = sf.flow(read, munition="152mm", on_error="drop")
    assert known.to_frame()["count"].sum() == 5 * (300 + 300 + 250 + 1250 + 230 + 300 + 250)
    filled = sf.flow(read, munition="152mm", on_error="fill")
    assert filled.to_frame()["filled"].sum() == 5
    for flow in (known, filled):
        assert flow.total().bound == "floor"
        assert ": at least " in str(flow.total())
    assert (
        cli.main(["flow", str(path), "-m", "152mm", "--thousands", ".", "--totals", "drop", "--on-error", "fill"]) == 0
    )
    printed = capsys.readouterr()
    assert re.search(r"in all: at least .* rounds \(90 %: no high end\)", printed.out)
    assert "5 rows without a count filled, each as a voyage of 200 containers" in printed.out + printed.err


@pytest.mark.parametrize("path", ["voyages_excel"], indirect=True)
def test_the_account_is_written_whole(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    account = tmp_path / "account.csv"
    options = ["--thousands", ".", "--totals", "drop", "--on-error", "drop", "--account", str(account)]
    cli.main(["flow", str(path), "-m", "152mm", *options])
    assert "5 cells of 'Containers', such as '1.250', read as 1,250" in capsys.readouterr().err
    read = sf.read_shipments(path, thousands=".", totals="drop", on_error="drop")
    assert len(pd.read_csv(account)) == len(read.account)
