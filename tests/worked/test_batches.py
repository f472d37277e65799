"""Several counts and several levels in one comparison, in Python and in the command."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli
from shellflow.errors import ArgumentError, UnitError

NAMED = {"ROK": 6_700, "US": 10_000}


def compared(count: Any, **options: Any) -> sf.Comparison:
    return sf.compare(count, **{"munitions": "152mm", "packings": "crated", **options})


def test_a_batch_has_a_line_for_each_count_munition_and_packing_and_a_row_for_each_level() -> None:
    counts, munitions, packings, levels = [6_700, 15_809, 28_000], ["152mm", "122mm-rocket"], ["crated", "reported"], 3
    batch = sf.compare(counts, munitions, packings=packings, levels=(0.5, 0.8, 0.9))
    frame = batch.to_frame()
    assert len(batch) == 3 * 2 * 2
    assert len(frame) == len(batch) * levels
    expected = ["count", "name", "munition", "packing", "level", "low", "median", "high"]
    assert list(frame.columns[:8]) == expected
    assert frame["count"].unique().tolist() == counts
    assert frame["name"].unique().tolist() == ["6,700 containers", "15,809 containers", "28,000 containers"]
    assert frame["counted_in"].unique().tolist() == ["container"]
    assert not frame.duplicated(["name", "munition", "packing", "level"]).any()
    # The bands lie in each other, around one median.
    wide = frame.pivot_table(index=["name", "munition", "packing"], columns="level", values=["low", "median", "high"])
    assert (wide["low", 0.5] >= wide["low", 0.8]).all()
    assert (wide["high", 0.5] <= wide["high", 0.9]).all()
    assert (wide["median", 0.5] == wide["median", 0.9]).all()


def test_each_line_of_a_batch_is_the_comparison_of_its_count_alone() -> None:
    batch = sf.compare(NAMED, ["152mm", "122mm-rocket"], levels=(0.5, 0.9))
    for name, count in NAMED.items():
        alone = sf.compare(count, ["152mm", "122mm-rocket"])
        rows = batch.to_frame().query("name == @name and level == 0.9").drop(columns="name").reset_index(drop=True)
        pd.testing.assert_frame_equal(rows, alone.to_frame().drop(columns="name"), check_dtype=False)
        np.testing.assert_array_equal(
            batch[name, "152mm", "crated"].values, alone["152mm", "crated"].values, strict=True
        )


def test_one_count_has_the_same_columns_as_several() -> None:
    one, several = compared(6_700), compared([6_700, 10_000])
    assert list(one.to_frame().columns) == list(several.to_frame().columns)
    assert one["152mm", "crated"] is one["6,700 containers", "152mm", "crated"]
    assert one.report().columns[0].name == "munition"
    assert [column.name for column in several.report().columns[:2]] == ["count", "munition"]
    assert [column.name for column in compared(NAMED).report().columns[:3]] == ["name", "count", "munition"]


def test_the_table_has_a_band_for_each_level() -> None:
    text = str(compared(NAMED, levels=[0.9, 0.5]))
    assert "2 counts of containers (20ft-24t): how many rounds they could hold" in text
    assert text.index("50 % band") < text.index("90 % band")
    assert "ROK   6,700 containers" in text
    again = compared(NAMED, levels=[0.9, 0.5]).report(0.8)
    assert [column.name for column in again.columns if "band" in column.name] == ["80 % band"]


def test_what_notes_count_in_a_batch_is_counted_in_one_container_and_noted_once() -> None:
    cautions = compared([6_700, 15_809, 28_000]).report().cautions
    (note,) = (caution for caution in cautions if "charge in the package not known" in caution)
    # 1.89 million rounds in 6,700 containers with the charge are 282 in one.
    short = "medians in one container with it in all / in none (projectiles alone): crated 282 / 387"
    assert note == f"packed: charge in the package not known, and so mixed; {short}"


def test_counts_may_be_any_list_of_one_kind() -> None:
    batch = compared(pd.Series([500, 700]), levels=0.5)
    assert [count.text for count in batch.counts] == ["500 containers", "700 containers"]
    assert [count.median for count in compared(np.array([500, 700])).counts] == [500, 700]
    ranged = compared(("280-320 containers", sf.uniform(5, 7, name="few"), "64 voyages"))
    assert [count.text for count in ranged.counts][:2] == ["280 to 320 containers", "5 to 7 containers"]
    assert [count.median for count in ranged.counts][:2] == [300, 6]
    masses = sf.compare({"Angara": "74,000 t", "rest": "1,500 t"}, "152mm", packings="crated")
    assert masses.to_frame()[["name", "count", "counted_in"]].to_numpy().tolist() == [
        ["Angara", 74_000, "tonne"],
        ["rest", 1_500, "tonne"],
    ]
    assert "medians in one tonne with it" in str(masses)


def test_a_count_may_be_an_answer_to_the_other_question() -> None:
    needed = sf.units_needed("3M", "152mm", packing="crated")
    batch = compared({"for 3 million": needed, "seen": 6_700})
    # What 3 million rounds take holds 3 million rounds.
    assert batch["for 3 million", "152mm", "crated"].band() == pytest.approx((3e6, 3e6, 3e6))
    assert batch.to_frame()["counted_in"].tolist() == ["container", "container"]


def test_rounds_are_compared_in_batches_too() -> None:
    needed = sf.compare_needed({"minister": "3M", "low": "500k"}, "152mm", levels=(0.5, 0.9))
    frame = needed.to_frame()
    assert list(frame.columns[:3]) == ["rounds", "name", "munition"]
    assert frame["rounds"].unique().tolist() == [3_000_000, 500_000]
    assert needed["low", "152mm", "ceiling"].unit == "container"
    assert "2 numbers of rounds: how many containers (20ft-24t) that would take" in str(needed)


def test_a_report_of_twelve_counts_two_munitions_and_three_levels_takes_ten_lines() -> None:
    pytest.importorskip("jinja2")  # by which pandas writes LaTeX
    counts = range(500, 6_001, 500)
    report = sf.compare(counts, ["152mm", "122mm-rocket"], packings="crated", levels=(0.5, 0.8, 0.9))
    markdown = report.to_markdown()
    frame = report.to_frame(rounded=True)
    latex = frame[["name", "munition", "level", "low", "median", "high"]].to_latex(index=False)
    table = [line for line in markdown.splitlines() if line.startswith("| ")]
    assert len(table) == 2 + 12 * 2
    assert table[2].startswith("| 500 containers | 152mm | crated | capacity | 166,000 | 154,000 to 179,000 |")
    assert len(frame) == 12 * 2 * 3
    assert latex.splitlines()[4] == r"500 containers & 152mm & 0.5 & 154000 & 166000 & 179000 \\"
    # No number has more digits than words have: "154,000 to 179,000" is 154000 and 179000.
    assert len(re.findall(r"& \d+ & \d+ & \d+ \\", latex)) == len(frame)


FAULTS: dict[str, tuple[Callable[[], object], type[Exception], str]] = {
    "a count twice": (
        lambda: compared([500, 700, 500]),
        ArgumentError,
        r"count: '500 containers' is given twice\. Name each apart: count=\{'March': 500, 'May': 500\}",
    ),
    "one count in two spellings": (
        lambda: compared(["6.7k", 6_700]),
        ArgumentError,
        "'6,700 containers' is given twice",
    ),
    "a name twice": (lambda: compared({1: 500, "1": 700}), ArgumentError, "count: '1' is given twice"),
    "rounds twice": (lambda: sf.compare_needed(["3M", 3_000_000]), ArgumentError, "rounds: .* given twice.*rounds={"),
    "no name": (lambda: compared({"": 500}), ArgumentError, "count=.*must be counts by name"),
    "no count": (lambda: compared([]), ArgumentError, r"count=\[\]: must be at least one count\. Give a count"),
    "no named count": (lambda: compared({}), ArgumentError, r"count=\{\}: must be at least one count"),
    "a bad count among good ones": (lambda: compared([5, "many"]), ArgumentError, "count='many': must be a count"),
    "a list in a list": (lambda: compared([[1, 2], 3]), ArgumentError, r"count=\[1, 2\]: must be"),
    "containers and tonnes": (
        lambda: compared([6_700, "74,000 t"]),
        UnitError,
        "count: 6700 is a count and '74,000 t' is a mass; all must be of one kind. Compare those of each kind by",
    ),
    "containers and wagons": (
        lambda: compared({"ships": 6_700, "rail": "200 wagons"}),
        UnitError,
        "'ships' is a number of containers and 'rail' is a number of wagons; all must be of one kind",
    ),
    "no level": (lambda: compared(1, levels=()), ArgumentError, r"levels=\(\): must be at least one .*Leave it out"),
    "a level twice": (
        lambda: compared(1, levels=[0.5, 0.5]),
        ArgumentError,
        "levels=.*must be different numbers. Give",
    ),
    "a level in percent": (lambda: compared(1, levels=(0.5, 90)), ArgumentError, "levels=90: .* Write 0.9 for 90 %"),
    "a level of all": (lambda: compared(1, levels=1), ArgumentError, "levels=1: must be between 0 and 1, both excl"),
    "a level as text": (lambda: compared(1, levels="0.5"), ArgumentError, "levels='0.5': must be between 0 and 1"),
    "a line of one of several": (
        lambda: compared(NAMED)["152mm", "crated"],
        ArgumentError,
        r"must be a \(name, munition, packing\) of this comparison\. Such as \('ROK', '152mm', 'crated'\)",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_makes_no_batch_says_what_to_do(fault: str) -> None:
    ask, error, message = FAULTS[fault]
    with pytest.raises(error, match=message):
        ask()


# --- the command ------------------------------------------------------------------------------------------------------


def rows_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert cli.main([*arguments, "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return rows


def test_the_command_takes_batches(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("-m", "152mm", "-p", "crated", "--level", "0.5", "--level", "0.9")
    assert rows_of(capsys, "estimate", "6700", "10000", *asked) == compared([6_700, 10_000], levels=(0.5, 0.9)).rows()
    assert rows_of(capsys, "estimate", "ROK=6700", "US=10k", *asked) == compared(NAMED, levels=(0.5, 0.9)).rows()
    needed = sf.compare_needed(["3M", "500k"], "152mm", packings="crated", munition_share=0.5)
    in_half = ("-m", "152mm", "-p", "crated", "--munition-share", "0.5")
    assert rows_of(capsys, "needed", "3M", "500k", *in_half) == needed.rows()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("6700", "--level", "0.5", "--level", "0.5"), "--level 0.5, 0.5: must be different numbers"),
        (("6700", "--level", "90"), "--level 90.0: must be between 0 and 1, both excluded. Write 0.9 for 90 %"),
        (("6700", "--munition-share", "2"), "--munition-share 2: must be at least 0 and at most 1"),
        (("6700", "6700"), "count: '6700' is given twice. Name each apart: March=500 May=500"),
        (("a=1", "a=2"), "count: 'a' is given twice. Name each apart: March=500 May=500"),
        (("200", "wagons"), "count='wagons': must be a count with its number. Write several words in quotes: '200 w"),
        (("6700", "74,000 t"), "'6700' is a count and '74,000 t' is a mass"),
    ],
)
def test_what_makes_no_batch_is_said_in_options(
    arguments: tuple[str, ...], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["estimate", *arguments, "-m", "152mm"]) == 2
    assert re.search(message, capsys.readouterr().err)


def test_what_the_number_of_transports_is_for_is_said_once_of_all_packings() -> None:
    (bands, *_) = sf.compare("30 voyages", "152mm").report().cautions
    assert bands.endswith(
        "; every line: the band is also for what the next count of containers over voyages would give, not any one ship"
    )
    assert bands.count("count of containers") == 1
    (bands, *_) = sf.compare("30 voyages", "152mm", packings="crated").report().cautions
    assert bands.endswith(
        "package and transport; what the next count of containers over voyages would give, not any one ship"
    )


def test_a_note_on_all_of_a_mix_names_no_munition() -> None:
    cautions = sf.compare(6_700, "60% 152mm, 40% 122mm-shell").report().cautions
    assert (
        "crated and as-loaded (without the charge): space was not checked: the size of the package is not known"
        in cautions
    )
    assert any(
        note.startswith("crated and as-loaded: 152mm: without")
        for note in sf.compare(9, "152mm+122mm-rocket").report().cautions
    )
