"""Tables of shipments as people keep them: what is read, what is refused, and in which words."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli, shipments
from tests.engines import ENGINES, in_engine

EXACT = sf.packing("152mm", rounds_per_transport=100, name="exact")

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Give a file to the command, and return how it ended with what it printed."""

    def command(content: str | bytes, *options: str, name: str = "shipments.csv") -> tuple[int, str, str]:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        code = cli.main(["flow", str(path), "-m", "152mm", "--json", *options])
        printed = capsys.readouterr()
        return code, printed.out, printed.err

    return command


def counts(out: str) -> dict[str, float]:
    return {row["period"][:7]: row["count"] for row in json.loads(out) if row["rows"]}


# --- what is read -----------------------------------------------------------------------------------------------------

PREAMBLE = "Port calls export\nGenerated 2024-05-01\n\ndate,containers\n2024-02-03,20\n2024-02-14,35\n"
NBSP = "date,containers\n2024-02-03,\u00a020\n2024-02-14,1\u00a0200\n"
FILLED = "date,containers,ship\n2024-02-03,20,A\n,,\n2024-02-14,35\n  \n"
WRITTEN = 'date;containers\n2024-02-03;1,200\n2024-02-14;"1 000"\n2024-02-15;2k\n2024-02-16;1\'000\n2024-02-17;5.0\n'


@pytest.mark.parametrize(
    ("content", "total"),
    [
        ("date,containers\n2024-02-03,20\n".encode("utf-16"), 20),
        ("date,containers\n2024-02-03,20\n".encode("utf-32"), 20),
        ("date,containers\n2024-02-03,20\n".encode("utf-8-sig"), 20),
        ("sep=;\ndate;containers\n2024-02-03;20\n2024-02-14;35\n", 55),
        ('"sep=;"\r\ndate;containers\r\n2024-02-03;20\r\n', 20),
        (PREAMBLE, 55),
        (PREAMBLE.replace("\n", "\r"), 55),
        (NBSP, 1220),
        (FILLED, 55),
        (WRITTEN, 5205),  # 1200 + 1000 + 2000 + 1000 + 5
        ('date|containers\n2024-02-03|"20"\n', 20),
        ("date\tcontainers\n2024-02-03\t20\n", 20),
        ("n,date,ship,boxes\n1,2024-02-03,A,200\n2,2024-02-14,B,300\n", 500),
        ("date,containers,unit\n2024-02-03,20,containers\n2024-02-14,35,\n", 55),
        ('"a, b, c, d";date;containers\nx;2024-02-03;20\n', 20),
    ],
)
def test_what_can_be_read_in_one_way_is_read(content: str | bytes, total: float, run: Run) -> None:
    code, out, err = run(content)
    assert code == 0, err
    assert sum(counts(out).values()) == total


def test_a_code_page_is_read_by_its_name(run: Run) -> None:
    content = "date;containers;ship\n2024-02-03;20;Ангара\n".encode("cp1251")
    code, out, err = run(content, "--encoding", "cp1251")
    assert (code, counts(out)) == (0, {"2024-02": 20.0}), err
    assert re.search(
        r"line 2 is not in utf-8\. Save the file as UTF-8, or name its encoding, such as --encoding cp1251\.",
        run(content)[2],
    )
    for encoding in ("klingon", "hex"):
        refusal = run(content, "--encoding", encoding)[2]
        assert f"--encoding {encoding}: must be the name of an encoding of text" in refusal


def test_lines_above_the_header_are_said_not_to_be_read(run: Run) -> None:
    message = "line 4 was taken for the header, ['date', 'containers']: the 3 lines above it were not read."
    assert message in run(PREAMBLE)[2]
    named = PREAMBLE.replace("date,containers", "tag,kisten")
    assert "line 4 was taken for the header" in run(named, "--date", "tag", "--count", "kisten")[2]


# --- what is refused --------------------------------------------------------------------------------------------------

LINES = "date,containers\n2024-02-03,20\n"


@pytest.mark.parametrize(
    ("content", "options", "message"),
    [
        (
            "date;containers\n2024-02-03;2.000\n2024-02-14;3.000\n",
            [],
            r"'2\.000' in the column 'containers' may be 2,000 or 2, .*: give --thousands '\.' or --decimal '\.'",
        ),
        (
            "Date;Ship;Containers\n04/09/2023;Angara;300\n07/09/2023;Maria;1.250\n",
            [],
            r"'1\.250' .* may be 1,250 or 1\.25, .* '04/09/2023' .* 2023-09-04 or 2023-04-09, .*--no-dayfirst",
        ),
        ("date;containers\n2024-02-03;12,5\n", [], r"1 row with a count that is not whole"),
        (LINES + "2024-02-14,12.5\n", [], r"1 row with a count that is not whole"),
        (LINES + "2024-02-14,twenty\n", [], r"twenty"),
        (LINES + "2024-02-14,5 wagons\n", [], r"counts are of wagons, the flow takes counts for containers"),
        (LINES + "2024-02-14,5 rounds\n", [], r"counts are of rounds, the flow takes counts for containers"),
        ("date,quantity,unit\n2024-02-03,20,containers\n", [], r"'quantity' might be it, or row numbers, or a mass"),
        (
            "date,quantity,unit\n2024-02-03,20,containers\n2024-02-14,440000,kg\n",
            ["--count", "quantity"],
            r"1 row with a mass, where other rows have counts, such as \(date=2024-02-14, quantity=440000, unit=kg\)",
        ),
        ("date,count,UoM\n2024-02-03,20,wagons\n", [], r"counts are of wagons, .* Give transport= for wagons"),
        ("date,count,Units\n2024-02-03,20,pcs\n", [], r"unit that cannot be read in the column 'Units'"),
        (LINES + '2024-02-14,"20\n', [], r"cannot be read"),
        (LINES.replace(",20", ",20,30"), [], r"line 2 has 3 cells, the header 2: .*Correct the line, or put quotes"),
        (LINES + "2024-02-14,1,,,5\n", [], r"line 3 has 5 cells, the header 2"),
        (LINES.encode("utf-16-le"), [], r"holds zero bytes, as workbooks and archives do"),
        (b"PK\x03\x04\0\0\xff\xff", [], r"Save the file as UTF-8|zero bytes"),
        ("sep=;\n", [], r"nothing follows 'sep=;'"),
        (" \n\n", [], r"the file is empty"),
        ("date,containers\n", [], r"the table has no rows"),
    ],
)
def test_what_cannot_be_read_or_in_two_ways_is_refused(
    content: str | bytes, options: list[str], message: str, run: Run
) -> None:
    code, out, err = run(content, *options)
    assert (code, out) == (2, "")
    assert re.search(message, err)


@pytest.mark.parametrize("name", ["n", "number", "no", "num", "qty", "quantity", "min", "max", "amount", "value"])
def test_a_name_that_may_mean_anything_is_never_guessed(name: str, run: Run) -> None:
    code, _, err = run(f"date,{name}\n2024-02-03,20\n")
    assert code == 2
    assert f"'{name}' might be it" in err
    assert "--count" in err
    assert run(f"date,{name}\n2024-02-03,20\n", "--count", name)[0] == 0


@pytest.mark.parametrize("sign", ["n/a", "-", "?", "--", "na", "N/A", "unknown", "None", "", " ", "\u2013", "nan"])
def test_a_missing_count_is_an_error_until_it_is_to_be_dropped(sign: str, run: Run) -> None:
    content = f"date,containers\n2024-02-03,20\n2024-02-14,{sign}\n"
    code, _, err = run(content)
    assert code == 2
    assert re.search(r"1 row with no count, such as \(date=2024-02-14, containers=.*\).*--on-error drop", err)
    code, out, err = run(content, "--on-error", "drop")
    assert (code, counts(out)) == (0, {"2024-02": 20.0})
    assert "left out: 1 row with no count" in err


def test_no_cell_stands_in_a_message_whole(run: Run) -> None:
    for cell in ("x" * 10**6, "a\x1b[31m\u202eb\nc"):
        for content in (
            f'date,containers,ship\n2024-02-03,"{cell}",A\n',
            f'date,containers,ship\n2024-02-03,,"{cell}"\n',
            f'date,containers,"{cell[:1000]}"\n2024-02-03,1,A,"{cell}"\n',
            f'"{cell[:1000]}",containers,ship\n2024-02-03,1,A\n',
            f'date,containers,ship\n"{cell}",1,A\n',
        ):
            code, _, err = run(content)
            assert code == 2
            assert len(err) < 2000
            assert not set("\x1b\u202e") & set(err)
            assert all(line.startswith("shellflow: ") for line in err.splitlines())


def test_a_packed_file_a_folder_and_one_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert "Unpack the .gz file first" in run(gzip.compress(LINES.encode()), name="shipments.csv.gz")[2]
    assert "zero bytes" in run(gzip.compress(b"\0" + LINES.encode()), "--encoding", "latin-1")[2]
    for path, message in (
        (tmp_path, "is a folder"),
        (tmp_path / "none.csv", "no such file"),
        ("x" * 5000, "cannot be"),
    ):
        with pytest.raises(sf.ShellflowError, match=message):
            shipments.read_file(str(path), {})


# --- the same in Python -----------------------------------------------------------------------------------------------


def texts(*cells: str | None) -> pd.DataFrame:
    return pd.DataFrame({"date": "2024-02-01", "count": pd.Series(cells, dtype="str"), "munition": "152mm"})


@pytest.mark.parametrize("engine", ENGINES)
def test_texts_of_counts_are_read_in_every_engine(engine: str) -> None:
    cells = ("20", "1 200", "1,000", "1\u00a0000", "2k", "+5", " 7 ", "3e2", "5 containers")
    found = sf.flow(in_engine(engine, texts(*cells)), packing=EXACT)
    assert found.total().band()[1] == pytest.approx(100 * (20 + 1200 + 1000 + 1000 + 2000 + 5 + 7 + 300 + 5))
    missing = in_engine(engine, texts("20", "n/a", "-", None, ""))
    with pytest.raises(sf.ShellflowError, match=r"4 rows with no count"):
        sf.flow(missing, packing=EXACT)
    assert sf.flow(missing, packing=EXACT, on_error="drop").total().band()[1] == 2000


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("cell", ["2.000", "1.250"])
def test_a_text_that_may_be_thousands_is_refused_in_every_engine(cell: str, engine: str) -> None:
    message = (
        rf"1 row with a count that is not read, such as \(date=2024-02-01, count={re.escape(cell)}.*for the thousands"
    )
    with pytest.raises(sf.ShellflowError, match=message):
        sf.flow(in_engine(engine, texts("20", cell)), packing=EXACT)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_unit_beside_a_count_is_looked_at_in_every_engine(engine: str) -> None:
    rows = pd.DataFrame({"date": "2024-02-01", "count": [20, 440000], "unit": ["containers", "kg"]})
    with pytest.raises(sf.ShellflowError, match=r"\(date=2024-02-01, count=440000, unit=kg\)"):
        sf.flow(in_engine(engine, rows), munition="152mm")
    wagons: Any = in_engine(engine, rows.assign(unit="wagons"))
    found = sf.flow(wagons, munition="152mm", transport="covered-wagon", packing="crated")
    assert found.to_frame()["count"].tolist() == [440020]
