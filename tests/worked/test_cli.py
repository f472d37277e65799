"""The command line as its users meet it: what it prints, where to, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

import shellflow as sf
from shellflow import catalog, cli
from shellflow.estimates import say_quantiles

TABLES = (
    "munitions",
    "transports",
    "packages",
    "packings",
    "loads",
    "claims",
    "sources",
    "norms",
    "voyages",
    "firing_rates",
)
COMMAND = [sys.executable, "-m", "shellflow"]


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert cli.main(arguments) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    return printed.out


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line on standard error with which the command ends in 2."""
    try:
        status: object = cli.main(arguments)
    except SystemExit as end:
        status = end.code
    printed = capsys.readouterr()
    assert status == 2
    assert printed.out == ""
    assert printed.err.startswith("shellflow")
    assert printed.err.endswith("\n")
    assert printed.err.count("\n") == 1
    return printed.err


def on_terminal(*arguments: str, columns: int) -> str:
    """Return what a process writes that believes itself on a terminal, without colours."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "dumb"}
    script = (
        "import sys\n"
        "from shellflow.cli import main\n"
        "status = main()\n"
        "print('rich' if 'rich.console' in sys.modules else 'plain')\n"
        "sys.exit(status)"
    )
    with subprocess.Popen([sys.executable, "-c", script, *arguments], stdout=slave, env=environment) as process:
        os.close(slave)
        written = b""
        while True:
            try:
                part = os.read(master, 65_536)
            except OSError:  # how Linux says that the other end is closed
                break
            if not part:
                break
            written += part
    os.close(master)
    assert process.returncode == 0
    return written.decode().replace("\r\n", "\n")


# --- estimate and needed ----------------------------------------------------------------------------------------------


def test_estimate_shows_every_answer_in_25_lines(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "estimate", "6700").splitlines()
    assert len(lines) <= 25
    assert lines[0] == "6,700 containers (20ft-24t): how many rounds they could hold"
    assert lines[2].split()[:4] == ["munition", "packing", "basis", "median"]
    # Each answer is a row or a ceiling below the table; what has none is in one line.
    text = "\n".join(lines)
    (ceilings,) = (line for line in lines if line.startswith("- ceiling (capacity;"))
    (missing,) = (line for line in lines if line.startswith("- No data for: "))
    for line in sf.compare(6_700):
        if line.packing == "ceiling":
            assert line.estimate is not None
            assert f"{line.munition} {say_quantiles(line.estimate).median}" in ceilings
            assert f"({line.estimate.grade})" in ceilings
        elif line.estimate is None:
            assert line.munition in missing
            assert line.packing in missing
        else:
            (row,) = (row for row in lines[3:] if row.split()[:2] == [line.munition, line.packing])
            assert row.split()[2] == line.estimate.basis
            assert row.split()[-1] == line.estimate.grade
    assert "no data: missing" not in text
    assert "do not add up" in lines[-2]
    assert lines[-2].endswith("munition share: 1, an upper reading: every transport is taken to carry munitions.")
    assert lines[-1] == f"made by: shellflow {sf.__version__}, data {catalog.shipped().digest}, n 16384, seed 0"


def test_needed_says_it_in_25_lines_too(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "needed", "3M").splitlines()
    assert len(lines) <= 25
    (missing,) = (line for line in lines if line.startswith("- No answer for: "))
    assert "105mm as-loaded (nothing fits in <0.1 % of the draws, where no number is enough)" in missing


def test_all_shows_every_munition_under_every_packing(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "estimate", "6700", "--all").splitlines()
    rows = [line.split()[:2] for line in lines[3:39]]
    packings = ("reported", "ceiling", "crated", "as-loaded")
    assert rows == [[name, packing] for name in catalog.munitions.names for packing in packings]
    assert lines[39] == ""
    assert any("no data: missing a package of 130mm" in line for line in lines)
    assert not any("No data for" in line for line in lines)


def test_notes_are_said_once_each_and_with_the_names_of_their_lines(capsys: pytest.CaptureFixture[str]) -> None:
    notes = [line for line in said(capsys, "estimate", "6700").splitlines() if line.startswith("- ")]
    assert len(notes) == len({note.partition(": ")[2] for note in notes})
    assert "- 152mm reported: more than the ceiling allows (full payload, bare rounds) in 19 % of the draws" in notes
    assert (
        "- 152mm and 122mm-shell crated and as-loaded (without the charge), 105mm: space was not checked: the size of "
        "the package is not known"
    ) in notes
    (packed,) = (note for note in notes if note.startswith("- packed: "))
    assert "152mm crated 1.89 million / 2.59 million, as-loaded 950,000 / 1.3 million" in packed
    assert "projectiles, charge not included (155mm)" in packed


def test_explain_gives_the_notes_that_are_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["estimate", "6700", "-m", "122mm-rocket", "-m", "130mm"]
    short, whole = said(capsys, *arguments), said(capsys, *arguments, "--explain")
    for text in (
        "cliff: two rows lengthwise",
        "observed loads matter only where mass",
        "packed: complete rounds",
    ):
        assert text in whole
    assert "cliff" not in short
    assert "observed loads matter" not in short
    assert "; 130mm crated and as-loaded (missing a package).\n" in whole
    assert "with it 1.89 million rounds (90 %: 1.75 to 2.02 million)" in said(
        capsys, "estimate", "6700", "-m", "152mm", "-p", "crated", "--explain"
    )
    assert said(capsys, "audit", "6700", "3M", "-m", "122mm-rocket", "--explain").count("cliff: two rows") == 1


def test_estimate_answers_only_what_is_asked(capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(capsys, "estimate", "6.7k", "-m", "152mm", "-p", "crated", "-p", "ceiling", "-t", "20ft-30t")
    lines = printed.splitlines()
    assert "(20ft-30t)" in lines[0]
    assert [line.split()[:2] for line in lines[3:5]] == [["152mm", "crated"], ["152mm", "ceiling"]]
    assert lines[5] == ""


def test_the_level_is_in_the_heading_and_narrows_the_band(capsys: pytest.CaptureFixture[str]) -> None:
    assert "90 % band" in said(capsys, "estimate", "6700", "-m", "152mm")
    assert "50 % band" in said(capsys, "estimate", "6700", "-m", "152mm", "--level", "0.5")
    wide, narrow = (
        json.loads(said(capsys, "estimate", "6700", "-m", "152mm", "--json", "--level", level))[0]
        for level in ("0.9", "0.5")
    )
    assert wide["low"] < narrow["low"] < narrow["median"] == wide["median"] < narrow["high"] < wide["high"]


def test_an_alias_is_said_to_be_one(capsys: pytest.CaptureFixture[str]) -> None:
    printed = said(capsys, "estimate", "6700", "-m", "122mm", "-p", "reported")
    assert "122mm is read as 122mm-rocket" in printed
    assert "122mm-shell" in printed


def test_a_munition_asked_for_twice_is_shown_once(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["estimate", "6700", "-m", "122mm-rocket", "-m", "122mm", "-m", "122mm-rocket", "--json"]
    assert len(json.loads(said(capsys, *arguments))) == 4


def test_needed_rounds_up_and_keeps_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "needed", "3M", "-m", "152mm", "-p", "reported").splitlines()
    assert lines[0] == "3 million rounds: how many containers (20ft-24t) that would take"
    # 3,000,000 / 459 rounds in a container is 6,540: two digits, rounded up.
    assert lines[3].split()[:4] == ["152mm", "reported", "capacity", "6,600"]


def test_wagons_are_counted_in_wagons(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["estimate", "200 wagons", "-m", "152mm", "--packing", "crated", "--transport", "covered-wagon"]
    assert said(capsys, *arguments).startswith("200 wagons (covered-wagon)")


# --- for programs -----------------------------------------------------------------------------------------------------


def test_json_holds_the_numbers_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, "estimate", "6700", "--json"))
    assert rows == sf.compare(6_700).rows()
    (row,) = json.loads(said(capsys, "estimate", "6700", "-m", "152mm", "-p", "crated", "--level", "0.8", "--json"))
    est = sf.estimate(6_700, "152mm", packing="crated")
    assert (row["low"], row["median"], row["high"]) == est.band(0.8)
    assert (row["unit"], row["level"], row["basis"], row["grade"]) == ("round", 0.8, "capacity", est.grade)
    assert row["mass"] == est.reasons.limited_by["mass"]


def test_json_of_what_is_missing_is_null_and_never_0(capsys: pytest.CaptureFixture[str]) -> None:
    rows = json.loads(said(capsys, "estimate", "6700", "-m", "130mm", "--json"))
    crated = next(row for row in rows if row["packing"] == "crated")
    assert (crated["low"], crated["median"], crated["high"]) == (None, None, None)
    assert crated["missing"] == "no data: missing a package of 130mm"


def test_raw_csv_reads_back_to_the_numbers_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("needed", "3M", "-m", "152mm", "-m", "130mm", "--csv", "--raw")
    rows = list(csv.DictReader(io.StringIO(said(capsys, *asked))))
    found = sf.estimates.compare_needed("3M", ["152mm", "130mm"])
    assert len(rows) == len(found) == 8
    for row, line in zip(rows, found, strict=True):
        if line.estimate is None:
            assert (row["median"], row["missing"]) == ("", line.missing)
        else:
            assert tuple(float(row[end]) for end in ("low", "median", "high")) == line.estimate.band()


def test_catalog_tables_read_back_from_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    for table in TABLES:
        rows = json.loads(said(capsys, "catalog", table, "--json"))
        listed = list(csv.DictReader(io.StringIO(said(capsys, "catalog", table, "--csv"))))
        assert [list(row.values()) for row in listed] == [
            ["" if value is None else str(value) for value in row.values()] for row in rows
        ]
        if table != "packings":
            assert len(rows) == len(catalog.shipped().table(table))


# --- catalog ----------------------------------------------------------------------------------------------------------


def test_catalog_lists_its_tables_with_their_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    lines = said(capsys, "catalog").splitlines()
    assert [line.split()[0] for line in lines[1:]] == list(TABLES)
    assert json.loads(said(capsys, "catalog", "--json"))[0] == {"table": "munitions", "rows": 9}


@pytest.mark.parametrize("table", TABLES)
def test_catalog_shows_each_table_and_each_record(table: str, capsys: pytest.CaptureFixture[str]) -> None:
    keys = [next(iter(row.values())) for row in json.loads(said(capsys, "catalog", table, "--json"))]
    lines = said(capsys, "catalog", table).splitlines()
    assert [line.split()[0] for line in lines[1:]] == keys
    for key in keys:
        record = said(capsys, "catalog", table, key).splitlines()
        assert record[0].split() == ["field", "value"]
        assert record[1].split()[1] == key


def test_a_record_shows_its_source_and_grade(capsys: pytest.CaptureFixture[str]) -> None:
    fields = dict(
        line.split(maxsplit=1)
        for line in said(capsys, "catalog", "packages", "152mm-crate").splitlines()
        if " " in line
    )
    assert (fields["mass_source"], fields["mass_grade"].strip()) == ("united24-2025", "derived")


# --- help -------------------------------------------------------------------------------------------------------------


def test_the_version_is_that_of_the_library(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"shellflow {sf.__version__}\n"


@pytest.mark.parametrize("command", ["", "estimate", "needed", "flow", "reconcile", "catalog"])
def test_help_ends_with_examples_that_run(
    command: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    import shlex

    monkeypatch.chdir(tmp_path)
    catalog.examples.shipments().to_csv("shipments.csv", index=False)
    catalog.examples.statements().to_csv("statements.csv", index=False)
    monkeypatch.setenv("COLUMNS", "100")
    with pytest.raises(SystemExit, match="0"):
        cli.main([*command.split(), "--help"])
    printed = capsys.readouterr().out
    _, _, examples = printed.partition("examples:" if not command else "example:")
    lines = [line.split("   ")[0].strip() for line in examples.splitlines() if line.startswith("  shellflow ")]
    assert lines
    for line in lines:
        said(capsys, *shlex.split(line)[1:])


@pytest.mark.parametrize("columns", ["50", "60", "100"])
def test_help_keeps_to_the_width_of_the_terminal(
    columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    with pytest.raises(SystemExit, match="0"):
        cli.main(["needed", "--help"])
    options = capsys.readouterr().out.partition("example:")[0]
    assert max(map(len, options.splitlines())) <= int(columns)


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "helpful"),
    [
        (["estimate", "6700", "-m", "125mm"], "no munition named '125mm'"),
        (["estimate", "6700", "-m", "152"], "Did you mean '152mm'"),
        (["estimate", "6700", "-p", "crate"], "Did you mean 'crated'"),
        (["estimate", "6700", "-t", "20ft"], "'20ft-24t'"),
        (["estimate", "many"], "count='many': must be a count such as 6700"),
        (["estimate", ""], "count='': must be a count"),
        (["estimate", "nan"], "count='nan': must be finite"),
        (["estimate", "inf"], "must be finite"),
        (["estimate", "-5"], "count='-5': must be zero or more"),
        (["estimate", "6.700"], "Write '6.7000' for the decimal, '6700' for the thousands"),
        (["estimate", "3m"], "For millions write '3M'"),
        (["estimate", "200 wagons", "-t", "20ft-24t"], "is a container, no wagon. Give --transport covered-wagon"),
        (["estimate", "20 tons"], "short ton"),
        (["needed", "20 kg"], "20 kg is in kg; expected round"),
        (["estimate", "6700", "--level", "0"], "--level 0.0: must be between 0 and 1"),
        (["estimate", "6700", "--level", "1"], "--level 1.0: must be between 0 and 1"),
        (["estimate", "6700", "--level", "1.5"], "--level 1.5: must be between 0 and 1"),
        (["estimate", "6700", "--level", "nan"], "--level nan: must be between 0 and 1"),
        (["estimate", "6700", "--level", "nan", "--json"], "--level nan: must be between 0 and 1"),
        (["estimate", "6700", "--level", "most"], "--level: 'most' must be a number between 0 and 1, both excluded"),
        (["estimate", "6700", "--level", "80%"], "--level: '80%' must be a number between 0 and 1, both excluded"),
        (["flow", "none.csv", "--level", "80%"], "write 0.9 for 90 %. See `shellflow flow --help`"),
        (["audit", "6700", "3M", "--level", "80%"], "write 0.9 for 90 %. See `shellflow audit --help`"),
        (["backtest", "--level", "80%"], "write 0.9 for 90 %. See `shellflow backtest --help`"),
        (["reconcile", "none.csv", "--level", "80%"], "write 0.9 for 90 %. See `shellflow reconcile --help`"),
        (["estimate", "6700", "--level", ".8", "--level", "0.8"], "shellflow: --level 0.8, 0.8: must be different"),
        (["estimate", "6700", "--json", "--csv"], "--json"),
        (["estimate", "6700", "--colour"], "--colour"),
        (["estimate", "6700", "-m", "155mm", "-p", "reported"], "choose another packing"),
        (["estimate"], "shellflow estimate --help"),
        (["needed", "3M", "-m", "none"], "no munition named 'none'"),
        (["needed", "-1"], "must be zero or more"),
        (["needed", "6700 containers"], "expected round"),
        (["needed", "more than 3M"], "a single count"),
        (["catalog", "munition"], "Did you mean 'munitions'"),
        (["catalog", "nothing"], "List them with `shellflow catalog`"),
        (["catalog", "munitions", "152"], "Did you mean '152mm'"),
        (["catalog", "packings", "crate"], "Did you mean 'crated'"),
        (["estimat", "6700"], "estimate"),
        ([], "estimate, needed, flow, audit, backtest, reconcile or catalog"),
    ],
)
def test_bad_input_gets_one_line_that_helps(
    arguments: list[str], helpful: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert helpful in refused(capsys, *arguments)


def test_a_process_ends_with_the_status_of_the_command() -> None:
    for arguments, status in ((["estimate", "6700", "-m", "152mm"], 0), (["estimate", "nan"], 2), ([], 2)):
        done = subprocess.run([*COMMAND, *arguments], capture_output=True, encoding="utf-8", check=False)
        assert done.returncode == status
        assert (done.stderr == "") == (status == 0)
        assert "Traceback" not in done.stderr


# --- pipes and terminals ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments", [["estimate", "6700"], ["estimate", "6700", "--json"], ["catalog", "claims"], ["-h"]]
)
def test_a_reader_that_leaves_early_is_no_error(arguments: list[str]) -> None:
    # The reading end is closed before anything is written: what `head` does, without its luck in timing.
    reading, writing = os.pipe()
    os.close(reading)
    try:
        done = subprocess.run([*COMMAND, *arguments], stdout=writing, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the device that is always full is Linux's")
def test_a_full_disk_is_said_in_one_line() -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*COMMAND, "estimate", "6700"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith(b"shellflow: cannot write the output")
    assert done.stderr.count(b"\n") == 1


def test_a_wide_terminal_shows_by_rich_what_a_pipe_shows_plainly(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["estimate", "6700", "-m", "152mm", "-m", "130mm", "-p", "ceiling", "-p", "crated"]
    shown = [line.rstrip() for line in on_terminal(*arguments, columns=200).splitlines()]
    assert shown[-1] == "rich"
    assert shown[:-1] == said(capsys, *arguments).splitlines()
    script = "import sys; from shellflow.cli import main; main(); sys.exit('rich' in sys.modules)"
    piped = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, check=False)
    assert piped.returncode == 0


@pytest.mark.parametrize("columns", [40, 60, 80, 100])
def test_a_narrow_terminal_breaks_no_name(columns: int) -> None:
    shown = on_terminal("estimate", "6700", "-m", "122mm-rocket", "-m", "130mm", columns=columns)
    assert max(len(line.rstrip()) for line in shown.splitlines()) <= columns
    words = shown.split()
    assert words.count("capacity") >= 3
    assert "as-loaded" in words
    assert "122mm-rocket" in words
    assert "million" in words


def test_a_closed_output_is_quiet() -> None:
    script = 'exec "$0" "$@" >&-'
    done = subprocess.run(["sh", "-c", script, *COMMAND, "estimate", "6700"], stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


# --- messages name options, not the arguments of functions ------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "options", "helpful"),
    [
        (["2023-09-01,3.5"], [], "where fractions are meant, give --fractional)"),
        (["2023-09-01,3.5"], [], "Correct the table, or give --on-error drop, which is reported."),
        (["2023-09-01,3.5"], [], "such as (date=2023-09-01, count=3.5)"),  # a row is shown as it is
        (["2023-09-01,3", "2023-09-01,3"], ["--duplicates", "raise"], "or give --duplicates keep or drop."),
        (["2023-09-01,3"], ["--date", "no day"], "(--date 'no day')"),
        (["2023-09-01,3"], ["--level", "2"], "shellflow: --level 2.0: must be between 0 and 1"),
    ],
)
def test_faults_of_a_table_name_the_options_of_the_command(
    rows: list[str], options: list[str], helpful: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "shipments.csv"
    table.write_text("\n".join(["date,count", *rows]) + "\n", encoding="utf-8")
    assert cli.main(["flow", str(table), "-m", "152mm", *options]) == 2
    assert helpful in capsys.readouterr().err


def test_a_positional_argument_keeps_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert "shellflow: claims='nowhere.csv': must be a CSV file" in refused(capsys, "backtest", "nowhere.csv")
    claims = refused(capsys, "audit", "6700", "3M", "-m", "152mm", "--claims", "nowhere.csv")
    assert "shellflow: --claims nowhere.csv: must be a CSV file" in claims
