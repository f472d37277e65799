"""What the command takes beside a plain count: ranges, shares, mixes in several options, and files it writes whole."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli

TABLE = "date,containers\n2024-02-03,20\n2024-02-14,35\n"


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "shipments.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def rows(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    assert cli.main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    assert cli.main([*map(str, arguments)]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    return printed.err


# --- ranges and shares ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "same"),
    [
        ("280-320", sf.uniform(280, 320, name="count 280 to 320 container")),
        ("280-320 containers", sf.uniform(280, 320, name="count 280 to 320 container")),
        ("between 280 and 320 containers", sf.uniform(280, 320, name="count 280 to 320 container")),
        ("~250", 250),
        ("ca. 250 containers", 250),
    ],
)
def test_a_count_is_a_range_or_about_so_many(count: str, same: object, capsys: pytest.CaptureFixture[str]) -> None:
    (row,) = rows(capsys, "estimate", count, "-m", "152mm", "-p", "reported")
    assert row["median"] == pytest.approx(sf.estimate(same, "152mm").median)


@pytest.mark.parametrize("count", ["~250", "about 250 containers", "~64 voyages", "ca. 74,000 t", "about 280-320"])
def test_about_is_said_and_adds_nothing_to_the_band(count: str) -> None:
    made = sf.estimate(count, "152mm", packing="crated")
    assert f"{made}".startswith("about ")
    assert "range: about " in made.explain()
    assert str(sf.from_json(made.to_json())) == str(made)
    bare = sf.estimate(count.replace("about ", "").replace("ca. ", "").replace("~", ""), "152mm", packing="crated")
    if "-" not in count:
        assert made.band() == bare.band()
        assert f"{bare}" in f"{made}"


def test_a_bound_is_no_count_and_the_command_says_what_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    message = "Write '300' to count with that number as it is, or give a range with both its ends."
    assert message in refused(capsys, "estimate", "300+")


@pytest.mark.parametrize("share", ["0.7-1", "70-100 %", "70-100%", "70 % to 100 %", "70\u2013100 percent", "0.7 to 1"])
def test_a_share_is_written_as_a_number_or_in_per_cent(share: str, capsys: pytest.CaptureFixture[str]) -> None:
    expected = sf.estimate(6700, "152mm", munition_share="0.7-1").band()
    (row,) = rows(capsys, "estimate", "6700", "-m", "152mm", "-p", "reported", "--munition-share", share)
    assert (row["low"], row["median"], row["high"]) == pytest.approx(expected)


def test_the_share_of_munitions_is_taken_by_every_command_and_shown(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (["needed", "3M"], ["estimate", "6700"], ["flow", str(table)]):
        share = ["-m", "152mm", "-p", "reported", "--munition-share"]
        medians = [rows(capsys, *command, *share, size)[0]["median"] for size in ("1", "0.5")]
        factor = 2 if command[0] == "needed" else 0.5
        assert medians[1] == pytest.approx(factor * medians[0])
        assert cli.main([*command, *share, "80 %"]) == 0
        assert "munition share: 0.8" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("share", "message"),
    [
        ("0.7-100 %", "must be a range that can be read in one way only. Write '0.7 % to 100 %' or '0.7 to 1'."),
        ("70", "--munition-share 70: must be at least 0 and at most 1 in every draw."),
        ("0.7+", "neither a bound nor a range"),
        ("~0.8", "neither a bound nor a range"),
    ],
)
def test_a_share_that_is_none_is_refused(share: str, message: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert message in refused(capsys, "estimate", "6700", "-m", "152mm", "--munition-share", share)


def test_a_share_is_no_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert "must be a count, not a share" in refused(capsys, "estimate", "70-100 %", "-m", "152mm")


# --- mixes in several options -----------------------------------------------------------------------------------------


def test_munitions_with_a_share_each_are_the_parts_of_one_mix_in_every_command(
    table: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = ["-m", "60% 152mm", "-m", "40% 122mm-shell"]
    for command in (["estimate", "6700"], ["needed", "3M"], ["flow", str(table)], ["audit", "6700", "3M"]):
        together = rows(capsys, *command, "-p", "crated", "-m", "60% 152mm, 40% 122mm-shell")
        assert rows(capsys, *command, "-p", "crated", *parts) == together
    mixed = sf.mix({"152mm": 0.6, "122mm-shell": 0.4})
    expected = sf.flow(pd.read_csv(table), count="containers", munition=mixed, packing="crated").to_frame()
    assert rows(capsys, "flow", table, "-p", "crated", *parts)[0]["median"] == expected["median"][0]
    sizes = {row["munition"] for row in rows(capsys, "estimate", "6700", "-m", "152mm", "-m", "122mm-shell")}
    assert len(sizes) == 2  # without shares they are alternatives


def test_a_flow_takes_several_munitions_with_shares_only(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for parts in (["152mm", "122mm-shell"], ["60% 152mm", "122mm-shell"]):
        message = refused(capsys, "flow", table, "-m", parts[0], "-m", parts[1])
        assert "must be one munition or mix for all rows. Give each a share, as in -m '60% 152mm'" in message
    assert "sum to 100 %" in refused(capsys, "flow", table, "-m", "60% 152mm", "-m", "30% 122mm-shell")


# --- files ------------------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole_or_stays_as_it_was(
    table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    output = table.with_name("rounds.csv")
    output.write_text("as it was", encoding="utf-8")

    def stopped(frame: pd.DataFrame, path: Path, **_: Any) -> None:
        Path(path).write_text("half of", encoding="utf-8")
        raise KeyboardInterrupt("stopped")

    with monkeypatch.context() as patched:
        patched.setattr(pd.DataFrame, "to_csv", stopped)
        with pytest.raises(KeyboardInterrupt, match="stopped"):
            cli.main(["flow", str(table), "-m", "152mm", "-o", str(output)])
    assert output.read_text(encoding="utf-8") == "as it was"
    assert sorted(path.name for path in table.parent.iterdir()) == ["rounds.csv", "shipments.csv"]
    assert cli.main(["flow", str(table), "-m", "152mm", "-o", str(output)]) == 0
    assert output.read_text(encoding="utf-8").startswith("period,")


def test_no_file_replaces_the_table_or_another(table: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--output", "--account"):
        message = refused(capsys, "flow", table, "-m", "152mm", option, table)
        assert message.startswith(f"shellflow: {option} ")
        assert "must be another file than the table that is read" in message
    other = table.with_name("other.csv")
    both = refused(capsys, "flow", table, "-m", "152mm", "-o", other, "--account", other)
    assert "must be another file than that of --output" in both
    assert table.read_text(encoding="utf-8") == TABLE
    assert not other.exists()
