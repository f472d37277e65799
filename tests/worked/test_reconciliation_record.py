"""Statements of the record and of tables held against each other, and the pattern of 74,000 t and 15,809 boxes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

import shellflow as sf
from shellflow.catalog import claims
from shellflow.cli import main
from shellflow.errors import ArgumentError, BoundError, DataError, NoDataError, UnknownItemError
from shellflow.reconciliation import AGREES, CONFLICTS, PULLS, Evidence, Reconciliation

OSC, C4ADS = "osc-2025-04-15", "c4ads-2024-06-22-mass"
BOXES = "5,000-6,700 containers"


@pytest.fixture(autouse=True)
def few_draws() -> Iterator[None]:
    with sf.settings(n=4_096):
        yield


def both_statements() -> list[Evidence]:
    """Return what was said: 4.2 to 5.8 million in 15,809 containers, and 74,000 t in some 5,000 to 6,700."""
    return [
        sf.statement(claim=OSC, error=0.1),
        sf.statement(
            *("mass", "74,000 t"),
            count=BOXES,
            family="c4ads",
            basis="count",
            error=0.1,
            since="2023-08",
            until="2024-01",
        ),
    ]


def medians_after(reconciliation: Reconciliation) -> dict[tuple[str, str], float]:
    """Return what stands after, by model and quantity, where anything does."""
    rows = json.loads(reconciliation.to_json())["before_and_after"]
    return {(row["model"] or "", row["what"]): row["after_median"] for row in rows if row["after_median"] is not None}


def test_a_count_and_a_tonnage_conflict_for_complete_rounds_pull_where_the_charge_is_unknown_and_agree_else() -> None:
    models = {
        "with": sf.estimate(1, "152mm", packing="as-loaded", charge="with"),
        "unknown": sf.estimate(1, "152mm", packing="as-loaded"),
        "without": sf.estimate(1, "152mm", packing="as-loaded", charge="without"),
        "mix": sf.estimate(1, "152mm+122mm-shell", packing="as-loaded"),
    }
    together = sf.reconcile(models, both_statements())
    verdicts = {model: {*verdicts.values()} for model, verdicts in together.verdicts.items()}
    assert verdicts == {"with": {CONFLICTS}, "unknown": {PULLS}, "without": {AGREES}, "mix": {AGREES}}
    after = medians_after(together)
    assert not [what for model, what in after if model == "with"]
    assert {model for model, _ in after} == {"unknown", "without", "mix"}
    # The charge that is not known becomes less likely, and so does the heavier of the two shells.
    assert after["unknown", "152mm with charge"] < 0.35
    assert after["mix", "share of 152mm"] < 0.45
    assert "no conflict under unknown, without, mix" in str(together)


def test_read_as_the_floor_it_is_the_tonnage_contradicts_nothing() -> None:
    model = sf.estimate(1, "152mm", packing="as-loaded", charge="with")
    floor = sf.statement(claim=C4ADS, count=BOXES, error=0.1)
    reconciliation = sf.reconcile(model, [both_statements()[0], floor])
    assert {*reconciliation.verdicts[""].values()} == {AGREES}
    # At the price of loads above all that were observed of ammunition, 14.2 t at the most.
    assert medians_after(reconciliation)["", "tonnes per container"] > 14.2


# --- the record -------------------------------------------------------------------------------------------------------


def test_a_claim_of_the_record_brings_all_but_the_error() -> None:
    total = sf.statement(claim=OSC, error=0.1)
    assert (total.name, total.family, total.quantity, total.basis) == (OSC, "osc", "rounds", "contents")
    assert (total.range, total.stated.bound) == ((4_200_000, 5_800_000), "range")
    assert (total.count_in_words, total.since, total.until) == ("15,809 containers", "2023-08", "2025-03")
    assert total.source == claims[OSC].url
    mass = sf.statement(claim=C4ADS, count=BOXES, error=0.2)
    assert (mass.quantity, mass.range, mass.stated.bound, mass.error) == ("mass", (74_000, None), "floor", 0.2)
    assert mass.count_in_words == "5,000 to 6,700 containers"


def test_what_was_computed_from_a_tonnage_has_no_vote_beside_it() -> None:
    mass = replace(sf.statement(claim=C4ADS, count=BOXES, error=0.1), family="customs")
    rounds = sf.statement(claim="c4ads-2024-06-22-rounds", count=BOXES, error=0.1)
    assert rounds.derivation == (C4ADS, "c4ads")
    model = sf.estimate(1, "152mm", packing="as-loaded")
    with pytest.raises(ArgumentError, match=f"c4ads-2024-06-22-rounds is derived from {C4ADS}"):
        sf.reconcile(model, [mass, rounds])


@pytest.mark.parametrize("origin", [C4ADS, "C4ADS 2024-06-22 mass", "c4ads-2024-06-22-rounds"])
def test_what_was_computed_from_a_claim_has_no_vote_beside_its_office_stated_by_hand(origin: str) -> None:
    by_hand: dict[str, Any] = {"count": BOXES, "error": 0.1}
    mass = sf.statement("mass", "74,000 t", family="c4ads", basis="count", **by_hand)
    rounds = sf.statement("rounds", "1.6M", family="paper", basis="contents", derived_from=origin, **by_hand)
    with pytest.raises(ArgumentError, match="paper is derived from c4ads"):
        sf.reconcile(sf.estimate(1, "152mm", packing="as-loaded"), [mass, rounds])


@pytest.mark.parametrize(
    ("claim", "more", "error", "match"),
    [
        (OSC, {}, ArgumentError, "error is missing"),
        (C4ADS, {"error": 0.1}, ArgumentError, "count is missing"),
        (OSC, {"error": 0.1, "basis": "contents"}, ArgumentError, "basis='contents': must be left out beside claim"),
        (OSC, {"error": 0.1, "quantity": "mass"}, NoDataError, "states no mass, only rounds"),
        (OSC, {"error": 0.1, "quantity": "tonnes"}, ArgumentError, "quantity='tonnes'"),
        ("reuters-2025-04-15", {"error": 0.1}, NoDataError, "another outlet's version of osc-2025-04-15"),
        ("us-2024-06-28", {"error": 0.1}, NoDataError, "neither rounds nor a mass"),
        ("rok-mnd-2024-02-26a", {"error": 0.1}, ArgumentError, "basis='capacity'"),
        ("idf-2009-11", {"error": 0.1}, ArgumentError, "states rounds and a mass: say which"),
        ("osc", {"error": 0.1}, UnknownItemError, "no claim named 'osc'"),
    ],
)
def test_claims_that_are_no_evidence_are_refused(
    claim: str, more: dict[str, Any], error: type[Exception], match: str
) -> None:
    with pytest.raises(error, match=match):
        sf.statement(claim=claim, **more)


def test_a_claim_that_counts_more_than_so_many_needs_a_range_of_your_own() -> None:
    contents = replace(claims["rok-mnd-2024-07-24"], basis="contents")
    with pytest.raises(BoundError, match="at least 11,000 containers"):
        sf.statement(claim=contents, error=0.1)
    assert sf.statement(claim=contents, count="11,000-12,000 containers", error=0.1).count.unit == "container"


def test_a_claim_of_one_munition_is_held_against_models_of_it_alone() -> None:
    contents = replace(claims["rok-mnd-2024-07-24"], basis="contents")
    line = sf.statement(claim=contents, count="11,000-12,000 containers", error=0.1)
    mixed = sf.estimate(1, sf.mix("152mm", "122mm-shell"), packing="as-loaded")
    with pytest.raises(ArgumentError, match="speaks of 152mm, and the model of 152mm and 122mm-shell"):
        sf.reconcile(mixed, line)
    sf.reconcile(sf.estimate(1, "152mm", packing="as-loaded"), line)


# --- tables -----------------------------------------------------------------------------------------------------------


def rows() -> list[dict[str, Any]]:
    """Return the two statements as a user would write them, with errors of his own."""
    frame = sf.catalog.examples.statements().assign(error=[0.1, 0.2]).astype(object)
    return [
        {str(name): cell for name, cell in row.items()} for row in frame.where(frame.notna(), None).to_dict("records")
    ]


def written(folder: Path, table: list[dict[str, Any]]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(table[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(table)
    path = folder / "statements.csv"
    path.write_text(text.getvalue(), encoding="utf-8")
    return str(path)


def test_a_table_of_statements_is_read_as_rows_a_frame_or_a_file(tmp_path: Path) -> None:
    import pandas as pd

    model = sf.estimate(1, "152mm", packing="as-loaded")
    by_hand = [sf.statement(claim=OSC, error=0.1), sf.statement(claim=C4ADS, count=BOXES, error=0.2)]
    expected = sf.reconcile(model, by_hand).to_json()
    for table in (rows(), pd.DataFrame(rows()), written(tmp_path, rows())):
        assert sf.reconcile(model, table).to_json() == expected


def test_a_row_that_states_rounds_and_a_mass_says_which_is_meant() -> None:
    model = sf.estimate(1, "152mm", packing="as-loaded")
    row = asdict(claims["idf-2009-11"]) | {"error": 0.3}
    with pytest.raises(ArgumentError, match="statement idf-2009-11: claim idf-2009-11 states rounds and a mass"):
        sf.reconcile(model, [row])
    assert sf.reconcile(model, [row | {"quantity": "mass"}]).rows()[0]["unit"] == "t"


@pytest.mark.parametrize(
    ("cells", "error", "match"),
    [
        ({"error": ""}, ArgumentError, f"statement {OSC}: error is missing"),
        ({"error": "10 %"}, ArgumentError, f"statement {OSC}: error='10 %': must be a number above 0"),
        ({"error": 0}, ArgumentError, f"statement {OSC}: error=0.0: must be a number above 0"),
        ({"basis": "guess"}, DataError, "line 2, column basis"),
        ({"colour": "red"}, DataError, "unknown column 'colour'.*, and besides: error, quantity"),
    ],
)
def test_a_table_that_does_not_hold_is_refused(
    cells: dict[str, Any], error: type[Exception], match: str, tmp_path: Path
) -> None:
    model = sf.estimate(1, "152mm", packing="as-loaded")
    with pytest.raises(error, match=match):
        sf.reconcile(model, written(tmp_path, [rows()[0] | cells]))


def test_a_file_that_is_not_there_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"statements='none\.csv': must be a CSV file that exists"):
        sf.reconcile(sf.estimate(1, "152mm", packing="as-loaded"), "none.csv")


# --- the command ------------------------------------------------------------------------------------------------------


def test_the_command_holds_a_file_against_each_munition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reconcile", written(tmp_path, rows())]) == 0
    text = capsys.readouterr().out
    assert "2 statements held against 2 models" in text
    assert (
        "152mm: 152mm in 20ft-24t, as-loaded (contents): complete rounds, or projectiles, charge not included" in text
    )
    assert "152mm+122mm-shell: 152mm and 122mm-shell in 20ft-24t, as-loaded (contents)" in text


def test_the_command_prints_json_and_csv(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(tmp_path, rows())
    assert main(["reconcile", path, "-m", "152mm", "-p", "crated", "--level", "0.5", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert [row["model"] for row in document["statements"]] == ["152mm", "152mm"]
    assert "152mm with charge" in {row["what"] for row in document["before_and_after"]}
    assert main(["reconcile", path, "-m", "152mm", "--charge", "with", "--json"]) == 0
    assert "152mm with charge" not in capsys.readouterr().out
    assert {row["level"] for row in document["before_and_after"]} == {0.5}
    assert main(["reconcile", path, "-m", "122mm-shell", "--csv"]) == 0
    lines = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert [line["statement"] for line in lines] == [OSC, C4ADS]


def test_the_command_says_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = [{name: cell for name, cell in row.items() if name != "error"} for row in rows()]
    assert main(["reconcile", written(tmp_path, table)]) == 2
    assert f"shellflow: statement {OSC}: error is missing" in capsys.readouterr().err
    assert main(["reconcile", written(tmp_path, rows()), "-m", "152mm", "-t", "covered-wagon"]) == 2
    assert "is of one wagon. Model a container with --transport ..., or leave" in capsys.readouterr().err


def test_a_table_of_statements_needs_only_the_columns_that_every_row_fills(tmp_path: Path) -> None:
    table = tmp_path / "statements.csv"
    needed = "claim,date,claimant,family,corridor,kind,units_bound,rounds_bound,ratio_bound,munition,mass_bound,basis"
    own = "url,units_low,units_high,rounds_low,rounds_high,error"
    row = "mine,2025-04-15,me,me,road,container,point,point,point,unspecified,none,contents,own notes"
    table.write_text(f"{needed},{own}\n{row},100,100,17000,17000,0.1\n", encoding="utf-8")
    (line,) = sf.reconcile(sf.estimate(1, "152mm", packing="as-loaded"), table).evidence
    assert str(line).startswith("mine: 17,000 rounds (per 100 containers, ")
    table.write_text(f"{needed},{own}\n{row},100,100,17000,17000\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"line 2: 17 cells where the header has 18"):
        sf.reconcile(sf.estimate(1, "152mm", packing="as-loaded"), table)
    table.write_text(f"{needed},{own},colour\n{row},100,100,17000,17000,0.1,red\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"unknown column 'colour'"):
        sf.reconcile(sf.estimate(1, "152mm", packing="as-loaded"), table)
