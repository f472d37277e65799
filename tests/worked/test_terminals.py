"""The command on terminals and pipes that cannot show every letter: a replacement, never a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from shellflow import cli

COMMAND = [sys.executable, "-m", "shellflow"]
ODD_NAMES = {
    "cyrillic": "Ангара",
    "direction marks": "\u202egnal\u2066",
    "zero width": "An\u200bgara",
    "control": "An\x1b[2Jgara",
}
FORMATS: list[list[str]] = [[], ["--json"], ["--csv"]]
TABLES = ["munitions", "transports", "packages", "packings", "loads", "claims", "sources", "norms", "voyages"]
ASKED: dict[str, list[str]] = {
    "estimate": ["estimate", "280-320 containers", "-m", "152mm", "-p", "ceiling"],
    "needed": ["needed", "3M", "-m", "152mm", "-p", "ceiling"],
    "audit": ["audit", "6700", "more than 3M", "-m", "152mm", "-p", "ceiling"],
    "backtest": ["backtest", "--family", "rok-mnd", "-m", "152mm"],
    "catalog": ["catalog"],
    **{f"catalog {table}": ["catalog", table] for table in [*TABLES, "firing_rates"]},
    "record": ["catalog", "sources", "nkpro-2024"],
    "flow": ["flow", "SHIPS", "-m", "152mm", "-p", "ceiling", "--carrier", "корабль", "--count", "контейнеры"],
    "flow of odd names": ["flow", "ODD", "-m", "152mm", "-p", "ceiling", "--carrier", "ship"],
}
SAID: dict[str, list[str]] = {
    "help": ["--help"],
    **{f"help on {name}": [name, "--help"] for name in ("estimate", "needed", "flow", "audit", "backtest", "catalog")},
    "version": ["--version"],
    "nothing": [],
    "munition": ["estimate", "6700", "-m", "снаряд"],
    "count": ["estimate", "6700 контейнеров"],
    "rounds": ["needed", "3 млн"],
    "table": ["catalog", "снаряды"],
    "name": ["catalog", "munitions", "снаряд"],
    "option": ["estimate", "6700", "--цвет"],
    "choice": ["flow", "SHIPS", "--by", "год"],
    "file": ["flow", "нет.csv"],
    "column": ["flow", "SHIPS", "--count", "число"],
    "claims": ["backtest", "нет.csv"],
    "family": ["backtest", "--family", "офис"],
    "lone surrogate": ["estimate", "6700", "-m", "\udcd0\udcbc"],
    "lone surrogate in a path": ["flow", "\udcd0\udcbc.csv"],
    "direction marks": ["audit", "6700", "3M", "-m", "\u202e152mm"],
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    rows = "2024-02-03,20,Ангара\n2024-02-03,20,Ангара\n"
    Path("SHIPS.csv").write_text(f"date,контейнеры,корабль\n{rows}", "utf-8")
    Path("PLAIN.csv").write_text(f"date,containers,ship\n{rows}", "utf-8")
    ships = [("2024-02-03", 20, f"{name}\nx") for name in 2 * list(ODD_NAMES.values())]
    with Path("ODD.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("date", "containers", "ship"), *ships])
    return tmp_path


def run(
    arguments: list[str], encoding: str, monkeypatch: pytest.MonkeyPatch, errors: str = "strict"
) -> tuple[int, str, str]:
    """Return the status of a command, and what it writes into streams of an encoding that forgive nothing."""
    files = [f"{one}.csv" if one in ("SHIPS", "ODD") else one for one in arguments]
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors=errors) for _ in range(2))
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stdout", out)
        patched.setattr(sys, "stderr", err)
        try:
            status: object = cli.main(files)
        except SystemExit as end:
            status = end.code
    assert (out.errors, err.errors) == (errors, errors)  # it gives the streams back as they were
    written = []
    for stream in (out, err):
        stream.flush()
        raw = stream.buffer
        assert isinstance(raw, io.BytesIO)
        written.append(raw.getvalue().decode(encoding))
    assert isinstance(status, int)
    return status, written[0], written[1]


def only_visible(text: str) -> bool:
    return all(letter.isprintable() or letter in "\n\u00a0\u202f" for letter in text)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
@pytest.mark.parametrize("arguments", ASKED.values(), ids=ASKED)
def test_every_answer_is_given_whatever_the_letters_of_the_terminal(
    arguments: list[str], encoding: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for option in FORMATS if encoding == "ascii" else FORMATS[:1]:
        status, text, _ = run([*arguments, *option], encoding, monkeypatch)
        assert status == 0
        assert text
        assert only_visible(text)


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "utf-8"])
@pytest.mark.parametrize("arguments", SAID.values(), ids=SAID)
def test_every_help_and_refusal_is_given_whatever_the_letters_of_the_terminal(
    arguments: list[str], encoding: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status, out, err = run(arguments, encoding, monkeypatch)
    assert status == (0 if {"--help", "--version"} & set(arguments) else 2)
    assert bool(out) != bool(err)
    assert only_visible(out + err)
    assert err.count("\n") <= 1


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("table", ["claims", "sources", "transports"])
def test_programs_get_every_letter_as_json_or_as_an_escape_in_csv(
    table: str, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, whole, _ = run(["catalog", table, "--json"], "utf-8", monkeypatch)
    _, text, _ = run(["catalog", table, "--json"], encoding, monkeypatch)
    assert json.loads(text) == json.loads(whole)
    _, whole, _ = run(["catalog", table, "--csv"], "utf-8", monkeypatch)
    _, text, _ = run(["catalog", table, "--csv"], encoding, monkeypatch)
    rows = list(csv.reader(io.StringIO(whole)))
    escaped = [[cell.encode(encoding, "backslashreplace").decode(encoding) for cell in row] for row in rows]
    assert list(csv.reader(io.StringIO(text))) == escaped


def test_a_letter_that_cannot_be_shown_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for encoding, ship in (("ascii", "корабль=Ангара"), ("cp1252", "корабль=Ангара"), ("utf-8", "none")):
        _, text, _ = run(ASKED["flow"], encoding, monkeypatch)
        assert ship not in text
        assert ("?" * len("корабль") + "=" + "?" * len("Ангара") in text) == (encoding != "utf-8")


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONIOENCODING": "cp1252"},
        {"PYTHONIOENCODING": "ascii", "LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=["cp1252", "ascii", "C"],
)
def test_a_process_ends_well_in_a_pipe_and_in_a_file(environment: dict[str, str], folder: Path) -> None:
    arguments = [*COMMAND, "flow", "PLAIN.csv", "-m", "152mm", "-p", "ceiling"]
    piped = subprocess.run(arguments, env={**os.environ, **environment}, capture_output=True, check=False)
    with Path("out").open("wb") as out:
        status = subprocess.run(arguments, env={**os.environ, **environment}, stdout=out, stderr=out, check=False)
    assert (piped.returncode, status.returncode) == (0, 0)
    assert b"Traceback" not in piped.stderr
    assert piped.stdout.splitlines()[0] in Path("out").read_bytes().splitlines()


def test_a_process_without_standard_error_keeps_its_output_clean(folder: Path) -> None:
    arguments = [*COMMAND, "flow", "PLAIN.csv", "-m", "152mm", "-p", "ceiling", "--json"]
    found = subprocess.run(["sh", "-c", '"$@" 2>&-', "sh", *arguments], stdout=subprocess.PIPE, check=True)
    assert json.loads(found.stdout)
