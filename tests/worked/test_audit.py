"""Audits worked by hand: claims of the record, claims that cannot be, and claims that cannot be read."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

import pandas as pd
import pytest

import shellflow as sf
from shellflow import catalog, cli
from shellflow.audits import VERDICTS, Audit
from shellflow.errors import ArgumentError, DataError, UnitError, UnknownItemError
from shellflow.statements import findings_of, of_record

FOUNDING = (6_700, "more than 3M", "152mm")


@pytest.fixture(scope="module")
def founding() -> Audit:
    return sf.audit(*FOUNDING)


# --- the claims the library was made for ------------------------------------------------------------------------------


def test_the_founding_claim_is_possible_only_as_a_capacity(founding: Audit) -> None:
    # 3,000,000 / 6,700 = 447.76 rounds; 21,750 kg / 447.76 = 48.575 kg; 5.867 x 2.330 x 2.350 m = 32.125 m3, over
    # 447.76 = 0.07175 m3. Both shrink as the rounds, of which there were "more than", grow.
    assert founding.verdict == "only as a capacity"
    assert founding.ratio == pytest.approx((447.76, 447.76), abs=0.01)
    assert founding.ratio_bound == "floor"
    assert founding.kg_per_round == pytest.approx((48.575, 48.575), abs=1e-3)
    assert founding.m3_per_round == pytest.approx((0.07175, 0.07175), abs=1e-5)
    text = str(founding)
    assert "rounds per container: at least 447.8" in text
    assert "at most 48.6 at full payload" in text


def test_as_contents_the_same_containers_come_to_about_a_third(founding: Audit) -> None:
    # The median load is the geometric mean of six shippers' averages: 11.0 t. Over crates of some 76.9 kg with the
    # charge (60.9 t / 792) that is 143 rounds, over 56.2 kg without it 196: on average 169, and 169 / 447.8 = 0.38.
    assert founding["as-loaded"].to_median == pytest.approx((2.66, 2.66), abs=0.05)
    with_it, without = (sf.audit(*FOUNDING, charge=stated)["as-loaded"].to_median for stated in ("with", "without"))
    assert with_it == pytest.approx((3.15, 3.15), abs=0.05)
    assert without == pytest.approx((2.28, 2.28), abs=0.05)
    assert any("hold 1.1 million rounds" in note and "38 % of the claim" in note for note in founding.notes)


def test_the_other_half_of_the_briefing_is_bound_by_space_and_a_rocket(founding: Audit) -> None:
    (note,) = (one for one in founding.notes if "122mm-rocket" in one)
    assert "at least 500,000 rounds of 122mm-rocket were said of the same 6,700 containers, 74.6 rounds per" in note
    assert "space binds" in note
    assert "a rocket, 2.875 m long" in note
    rocket = sf.audit(6_700, "more than 500k", "122mm")
    assert rocket["crated"].limited_by["space"] > 0.99
    assert founding["crated"].limited_by["mass"] > 0.9


def test_no_number_of_the_founding_claim_is_written_down_in_the_code() -> None:
    files = [path for room in ("audits", "statements") for path in (Path(sf.__file__).parent / room).glob("*.py")]
    assert files
    code = "".join(
        line
        for path in files
        for line in path.read_text(encoding="utf-8").split('"""')[::2]  # docstrings hold examples
    )
    for number in ("447", "48.6", "6_700", "6,700", "3_000_000", "500_000", "0.31", "21750"):
        assert number not in code, number


def test_eight_million_in_thirteen_thousand_boxes_of_24_t_are_impossible() -> None:
    # 8,000,000 / 13,000 = 615.38 rounds; 21,750 kg / 43.5 kg = 500. So at most 6.5 million, 1 - 500 / 615.38 = 18.75 %
    # fewer; 28,140 / 43.5 = 646.9 in a 30 t box; 21,750 / 33.0 = 659 of 130 mm, and 155 mm (42.9 kg: 507) is too heavy.
    found = sf.audit(13_000, "8M", "152mm", transport="20ft-24t")
    assert found.verdict == "impossible"
    assert found.hard_limit == pytest.approx(500)
    assert found.changes == (
        "no more than 6,500,000 rounds, 19 % fewer",
        "a heavier transport: 20ft-30t (28,140 kg against 21,750 kg)",
        "another munition: 130mm (from 33 kg)",
    )
    assert "to be possible it would take no more than 6,500,000 rounds" in str(found)
    assert sf.audit(13_000, "8M", "152mm", transport="20ft-30t").verdict == "only as a capacity"
    assert sf.audit(13_000, "6.5M", "152mm").verdict == "only as a capacity"
    assert sf.audit(13_000, "8M", "130mm").verdict != "impossible"


def test_what_no_box_of_its_kind_can_carry_needs_another_kind() -> None:
    # 1,000 rounds of 43.5 kg are 43.5 t: more than any container, less than the 68 t of a wagon. The smallest change is
    # half the rounds (a factor of 2), then a shell of 21.7 kg (43.5 / 21.7 = 2.005), then the wagon (68 / 21.75 = 3.1).
    found = sf.audit(1, 1_000, "152mm")
    assert found.changes == (
        "no more than 500 rounds, 50 % fewer",
        "another munition: 122mm-shell (from 21.7 kg)",
        "a heavier transport: covered-wagon (68,000 kg against 21,750 kg)",
    )
    # That wagons were counted is a suggestion, and no finding of every number that is impossible.
    assert found.findings == ()
    assert "perhaps wagons were counted, not containers: a wagon can hold up to 1,563 rounds" in found.notes


def test_two_thousand_rounds_in_a_thousand_containers_are_packages() -> None:
    found = sf.audit(1_000, 2_000, "152mm")
    assert found.verdict == "below what is seen"
    assert [one.name for one in found.findings] == ["a package called a container"]


def test_more_than_a_million_in_two_thousand_stands_at_the_ceiling() -> None:
    # 500 each against 21,750 / 43.5 = 500: not above it, so not impossible, but above every draw of the ceiling.
    found = sf.audit(2_000, "more than a million", "152mm")
    assert found.verdict == "only as a capacity"
    assert found["ceiling"].position == pytest.approx((1.0, 1.0), abs=0.005)
    assert any("500 rounds per container is at or above the ceiling" in note for note in found.notes)
    assert not found.findings


# --- verdicts ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "rounds", "verdict"),
    [
        # As loaded a 20 ft box holds 89 to 212 rounds of 152 mm (P5 to P95); no more than 500 are possible.
        (1_000, 150_000, "plausible as contents"),
        (1_000, 60_000, "below what is seen"),
        (1_000, 300_000, "only as a capacity"),
        (1_000, 501_000, "impossible"),
        # The number is judged as stated, whatever it bounds.
        (1_000, "more than 60,000", "below what is seen"),
        (1_000, "more than 300,000", "only as a capacity"),
        (1_000, "more than 501,000", "impossible"),
        (1_000, "up to 60,000", "below what is seen"),
        (1_000, "up to 300,000", "only as a capacity"),
        (1_000, "up to 501,000", "impossible"),
        (1_000, (150_000, 600_000), "plausible as contents"),
        (1_000, (300_000, 600_000), "only as a capacity"),
        (1_000, (501_000, 600_000), "impossible"),
        (1_000, (40_000, 60_000), "below what is seen"),
        (1_000, (40_000, 600_000), "plausible as contents"),  # it states all between the two
        (("900", "1100"), 600_000, "impossible"),  # 545 at least
        (("900", "1300"), 600_000, "only as a capacity"),  # 461 at least
        ("at least 1,000 containers", "more than 300,000", "only as a capacity"),
        ("at least 1,000 containers", "up to 60,000", "below what is seen"),
        ("at most 1,000 containers", "more than 501,000", "impossible"),
    ],
)
def test_a_claim_is_judged_by_the_numbers_it_states(count: object, rounds: object, verdict: str) -> None:
    judged = sf.audit(count, rounds, "152mm")
    assert judged.verdict == verdict
    assert judged.verdict in VERDICTS


def test_a_ratio_that_bounds_nothing_is_judged_by_its_numbers_and_says_so() -> None:
    judged = sf.audit("at least 10,000 containers", "more than 3M", "152mm")
    assert judged.verdict == "only as a capacity"
    assert all(position.position is not None for position in judged.positions)
    assert (
        "claimed rounds per container: 300 by the numbers; any by the words, at least 3 million rounds over at least "
        "10,000 containers"
    ) in str(judged)


def test_without_data_it_says_which_are_missing() -> None:
    found = sf.audit(100, 5_000, "220mm-rocket")
    assert found.verdict == "not decidable"
    assert "missing a package of 220mm-rocket" in found.because
    assert sf.audit(100, 10_000, "220mm-rocket").verdict == "impossible"  # 21,750 / 280 = 77.7, whatever the package


def test_the_volume_of_a_rocket_can_be_what_forbids_it(tmp_path: Path) -> None:
    # A box of 1 x 1 x 3 m and any payload: pi/4 x 0.122**2 x 2.875 = 0.033608 m3, and 3 / 0.033608 = 89.26.
    header = ",".join(pd.DataFrame(catalog.transports.to_frame()).columns)
    row = "tall,a box,container,3,1,1,,,,,100000,engineering,assumed,engineering,assumed,"
    (tmp_path / "transports.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    found = sf.audit(1, 90, "122mm-rocket", transport="tall", catalog=catalog.load(tmp_path))
    assert found.verdict == "impossible"
    assert found.hard_limit == pytest.approx(89.26, abs=0.01)
    assert "inner volume" in found.because


# --- with facts of one's own ------------------------------------------------------------------------------------------


def own_catalog(folder: Path, table: str, *rows: dict[str, object]) -> catalog.Catalog:
    """Return the shipped catalog with rows of one's own: each what is said of it, the rest as in the first row."""
    frame = catalog.shipped().table(table).to_frame()
    base = frame.iloc[0].to_dict()
    pd.DataFrame([{**base, **row} for row in rows], columns=frame.columns).to_csv(folder / f"{table}.csv", index=False)
    return catalog.load(folder)


def loads(kind: str, *masses_t: float) -> list[dict[str, object]]:
    return [
        {"load": f"mine-{place}", "kind": kind, "transports": 1, "mass_t_low": mass, "mass_t_high": mass}
        for place, mass in enumerate(masses_t)
    ]


def test_loads_of_ones_own_make_a_truck_decidable(tmp_path: Path) -> None:
    # The loads of trucks that are shipped, 6.2 to 18.4 t, say nothing of a truck of 6 t.
    assert sf.audit("10 trucks", 400, "152mm", transport="truck-ural").verdict == "not decidable"
    held = own_catalog(tmp_path, "loads", *loads("truck", 1.0, 1.5, 2.0))
    found = sf.audit("10 trucks", 400, "152mm", transport="truck-ural", catalog=held)
    assert found.verdict == "plausible as contents"
    # (1,000 x 1,500 x 2,000 x 6,235 x 11,808 x 18,375 x 10,000)^(1/7) = 4,553 kg, over 40 rounds.
    assert found.kg_per_round_as_loaded == pytest.approx((113.84, 113.84), abs=0.02)


def test_what_a_round_may_weigh_as_loaded_follows_the_loads_of_ones_own(tmp_path: Path) -> None:
    # The logs of the six shipped averages have the mean of 10,996 kg; with three of 18 to 20 t it is (10,996^6 x 18,000
    # x 19,000 x 20,000)^(1/9) = 13,191, and 13,191 / 447.76 = 29.46.
    held = own_catalog(tmp_path, "loads", *loads("container", 18.0, 19.0, 20.0))
    assert sf.audit(*FOUNDING, catalog=held).kg_per_round_as_loaded == pytest.approx((29.46, 29.46), abs=0.02)


def test_a_kind_without_transports_in_the_catalog_is_judged_without_them(tmp_path: Path) -> None:
    # Two rounds to a truck, and no truck is known whose payload they could be a share of.
    for table in ("munitions", "sources"):
        catalog.shipped().table(table).to_frame().to_csv(tmp_path / f"{table}.csv", index=False)
    own = catalog.load(tmp_path, onto=None)
    (one,) = of_record([replace(catalog.claims["iran-2023-04-24"], kind="truck", munition="152mm")])
    assert [found.name for found in findings_of(one, (), own)] == ["a package called a truck"]


def test_where_space_binds_a_change_is_one_of_space(tmp_path: Path) -> None:
    # pi/4 x 0.3**2 x 2 = 0.1414 m3: 32.125 / 0.1414 = 227.2 rounds by space, and 21,750 / 5 = 4,350 by mass.
    balloon = {
        "munition": "balloon",
        "name": "a light and large round",
        "calibre_mm": 300,
        "kind": "rocket",
        **dict.fromkeys(("projectile_kg_low", "projectile_kg_best", "projectile_kg_high"), 5),
        "length_m": 2,
        "length_source": "engineering",
        "length_grade": "assumed",
    }
    found = sf.audit(1, 300, "balloon", catalog=own_catalog(tmp_path, "munitions", balloon))
    assert found.changes == (
        "no more than 227 rounds, 24 % fewer",
        "another munition: 122mm-rocket (0.0336 m3 against 0.141 m3)",
        "a roomier transport: 40ft (65.6 m3 against 32.1 m3)",
    )
    # 1,000 of them in a box: only munitions of unknown length, by mass alone, are small enough.
    found = sf.audit(1, 480, "balloon", catalog=own_catalog(tmp_path, "munitions", balloon))
    assert any("its length is not known, so that only mass was checked" in one for one in found.changes)


# --- positions --------------------------------------------------------------------------------------------------------


def test_a_position_counts_half_of_the_worlds_that_agree() -> None:
    # Rounds to a box are whole numbers, so that many draws agree: a claim of just that number is set in their midst.
    each = sf.estimate(1, "152mm", packing="crated", charge="with").values
    below, equal = (each < 280).mean(), (each == 280).mean()
    position = sf.audit(1, 280, "152mm", charge="with")["crated"].position
    assert equal > 0.01
    assert position == pytest.approx((below + equal / 2,) * 2)


def test_the_ends_of_a_range_have_each_their_own_position() -> None:
    low, high = sf.audit(1_000, (100_000, 200_000), "152mm", charge="with")["as-loaded"].position or (1.0, 0.0)
    assert 0.05 < low < 0.15
    assert 0.85 < high < 0.95


def test_it_is_a_position_in_the_band_and_never_a_probability_of_truth(
    founding: Audit, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "draws below the claim" in str(founding)
    assert cli.main(["audit", "6700", "more than 3M", "-m", "152mm"]) == 0
    printed = capsys.readouterr().out
    assert "it is not the probability that the claim is true" in " ".join(printed.split())
    assert "probability of truth" not in printed


def test_of_a_floor_or_a_ceiling_the_end_that_is_known_is_shown() -> None:
    # 1,000,000 over 2,000 is 500, and over 1,000 it is 1,000; 21,750 / 500 = 43.5 kg.
    floor = sf.audit((1_000, 2_000), "more than 1M", "152mm")
    assert floor.ratio == pytest.approx((500, 1_000))
    assert floor.ends == ("only as a capacity", "impossible")
    assert "rounds per container: at least 500\n" in str(floor)
    assert "at the ends: 500: only as a capacity; 1,000: impossible\n" in str(floor)
    assert "at most 43.5 at full payload" in str(floor)
    ceiling = sf.audit("more than 1,000", (270_000, 300_000), "152mm")
    assert ceiling.ratio == pytest.approx((270, 300))
    assert "rounds per container: at most 300\n" in str(ceiling)


def test_a_packing_of_ones_own_brings_its_box_along() -> None:
    wide = sf.packing("152mm", transport="20ft-30t", name="wide")
    found = sf.audit(6_700, "3M", "152mm", packings=[wide, "crated"])
    assert found.transport == catalog.transports["20ft-30t"]
    assert found.left_out == ()  # the record speaks of another box
    carried = sf.audit(6_700, "3M", "152mm", packings=[wide], transport="20ft-24t")
    assert "wide is stated for 20ft-30t, and is carried over to 20ft-24t here" in carried.notes
    both = sf.audit(6_700, "3M", "152mm", packings=[wide, sf.packing("152mm", name="usual")])
    assert both.transport == catalog.transports["20ft-24t"]
    assert any("wide is stated for 20ft-30t" in note for note in both.notes)


def test_it_says_what_its_bands_are_for_where_they_hang_on_a_cliff_and_how_well_they_are_known() -> None:
    judged = sf.audit(6_700, "more than 500k", "122mm-rocket")
    text = str(judged)
    assert "as-loaded (crates at observed loads): the band is for the next shipper's average load" in text
    assert "cliff" not in text  # one draw in seventy does not change how the line is read
    assert "crated: cliff: two rows lengthwise: 162 rounds or more (1.4 % of the draws)" in judged.explain()
    (crated,) = (line for line in text.splitlines() if line.startswith("crated"))
    assert crated.endswith("assumed")


def test_own_packings_are_held_against_the_claim_too() -> None:
    mine = sf.packing("152mm", rounds=1, gross="60 kg", name="my crate")
    found = sf.audit(*FOUNDING, packings=[mine, "crated"])
    assert [one.packing for one in found.positions] == ["my crate", "crated"]
    assert found.verdict == "only as a capacity"  # it rests on observed loads, asked for or not
    # floor(21,750 / 60) = 362, and 447.76 / 362 = 1.237
    assert found["my crate"].to_median == pytest.approx((1.237, 1.237), abs=1e-3)


# --- the record around it ---------------------------------------------------------------------------------------------


def test_a_claim_of_the_record_is_not_judged_by_itself(founding: Audit) -> None:
    # Without its own 447.8 the office said 500, 400, 480, 472.7 and 470: their product to the 1/5 is 463.2.
    assert founding.left_out == ("rok-mnd-2024-02-26a",)
    assert founding["reported"].per_transport is not None
    assert founding["reported"].per_transport.band()[1] == pytest.approx(463.2, abs=0.3)
    assert any("is left out of `reported`" in note for note in founding.notes)
    assert sf.estimate(1, "152mm").band()[1] == pytest.approx(460.6, abs=0.3)


@pytest.mark.parametrize("date", ["2024-02", "2024", "2024-02-27", "2024-03-20"])
def test_it_is_left_out_when_its_date_is_less_exact_or_that_of_a_reprint(date: str) -> None:
    assert sf.audit(*FOUNDING, date=date).left_out == ("rok-mnd-2024-02-26a",)


def test_the_same_numbers_of_another_season_are_another_claim() -> None:
    assert sf.audit(*FOUNDING, date="2024-06-01").left_out == ()


def test_only_what_reported_is_fitted_to_is_said_to_be_left_out_of_it() -> None:
    row = {**_row("rok-mnd-2024-02-26a"), "claim": "mine-1", "units_low": 9_000, "units_high": 9_000}
    found = sf.audit(9_000, "more than 3M", "152mm", claims=[row])
    assert found.left_out == ()
    assert "it is in the table of claims given (mine-1)" in found.notes
    assert not any("left out" in note for note in found.notes)


def test_what_shares_a_round_number_is_not_said_of_the_same_transports() -> None:
    assert not any("was said" in note for note in sf.audit(1_000, 300_000, "130mm").notes)
    notes = sf.audit(1_000, 300_000, "130mm", date="2023-10-20").notes
    assert any(
        note.startswith("270,000 to 300,000 rounds of 152mm were said of at least 1,000 containers, 300 rounds")
        for note in notes
    )


def test_a_claim_that_is_not_in_the_record_is_judged_by_all_of_it() -> None:
    found = sf.audit(6_700, "more than 3.1M", "152mm")
    assert found.left_out == ()
    assert found["reported"].per_transport is not None
    assert found["reported"].per_transport.band()[1] == pytest.approx(460.6, abs=0.3)


def test_it_is_known_by_its_numbers_and_what_else_is_said_of_it() -> None:
    assert sf.audit(6_700, "3M", "152mm").left_out == ("rok-mnd-2024-02-26a",)  # whatever they bound
    assert sf.audit(6_700, "3M", "152mm", family="us").left_out == ()
    assert sf.audit(6_700, "3M", "152mm", date="2024-02-26", family="rok-mnd").left_out == ("rok-mnd-2024-02-26a",)
    assert sf.audit(6_700, "3M", "152mm", corridor="Iran to Russia").left_out == ()
    assert sf.audit(6_700, "3M", "152mm", transport="20ft-30t").left_out == ()


def test_left_out_it_may_leave_too_few() -> None:
    reported = sf.audit(6_700, "more than 500k", "122mm-rocket")["reported"]
    assert reported.per_transport is None
    assert "2 of the 3 needed" in reported.missing


@pytest.mark.parametrize(
    ("rounds", "munition", "finding"),
    [
        ("up to 500,000", "122mm-shell", "rocket printed as shell"),
        ("500,000", "122mm-shell", "rocket printed as shell"),
        ("up to 500,000", "122mm-rocket", "more than turned into up to"),
        ("3.5M", "152mm", "or turned into and"),
        ("more than 1.2 million", "122mm-rocket", "in conflict with its siblings"),
        ("1.2 million", "122mm-rocket", "in conflict with its siblings"),  # who says more than 500,000 means about that
        ("3M", "122mm-rocket", "calibres swapped"),
        ("500,000", "152mm", "calibres swapped"),
        ("400,000", "122mm-rocket", "in conflict with its siblings"),
    ],
)
def test_slips_about_the_founding_claim_are_found(rounds: str, munition: str, finding: str) -> None:
    assert finding in [one.name for one in sf.audit(6_700, rounds, munition).findings]


def test_the_founding_claims_themselves_have_no_findings(founding: Audit) -> None:
    assert not founding.findings
    assert not sf.audit(6_700, "more than 500k", "122mm").findings


@pytest.mark.parametrize(
    ("asked", "besides"),
    [
        # Nothing here contradicts what was said of the same transports.
        (("1 wagon", 300, "122mm-shell"), {"transport": "covered-wagon"}),  # up to 792 and up to 1,184 allow 300
        (
            ("1 wagon", 300, "122mm-shell"),
            {"transport": "covered-wagon", "date": "2025-10-01", "corridor": "Russia to Belarus"},
        ),
        ((10_000, "2M", "152mm"), {"date": "2024-07-01"}),  # so do up to 4.8 million
        ((6_700, (2e6, 4e6), "152mm"), {}),  # a range that reaches above 3 million
        ((6_700, "920,000", "152mm"), {}),  # 137 each may be inside, of boxes of which 448 each can only be what fits
        ((6_700, "more than 400,000", "152mm"), {"basis": "contents"}),
        ((2_000, "1.2M", "130mm"), {}),  # no sum of rounds of 152 and 122 mm
        ((2_000, "1.2M", "130mm"), {"date": "2023-11-03"}),
        ((1_000, "4.2-5.8M", "152mm"), {}),  # more than a box holds, and less than any loaded ship brings
        (("700 containers", "more than 2,100 rounds", "152mm"), {}),  # it may be any number above
        (("at least 700 containers", "more than 2,100 rounds", "152mm"), {}),
    ],
)
def test_what_the_words_allow_is_no_slip(asked: tuple[object, ...], besides: dict[str, str]) -> None:
    assert sf.audit(*asked, **besides).findings == ()  # type: ignore[arg-type]


def test_a_count_with_one_digit_may_be_one_of_any_flow() -> None:
    # Of 5,000 containers 2 million rounds were said once; of some 5,000 the year after that says nothing.
    assert sf.audit(5_000, "more than 3M", "152mm").findings == ()
    found = sf.audit(5_000, "more than 3M", "152mm", date="2024-01-02").findings
    assert [one.name for one in found] == ["in conflict with its siblings"]


def test_fewer_rounds_than_containers_are_not_called_packages() -> None:
    (found,) = sf.audit(1_000, 100, "152mm").findings
    assert (found.name, found.others) == ("fewer rounds than containers", ())
    assert found.reason == "0.1 rounds per container: are the two sides the wrong way round?"


def test_what_is_said_later_is_no_slip_of_what_was_said_before() -> None:
    assert sf.audit(6_700, "3.5M", "152mm", date="2024-01-10").findings == ()


def test_a_capacity_basis_contents_is_a_finding() -> None:
    found = sf.audit(*FOUNDING, basis="contents")
    assert [one.name for one in found.findings] == ["capacity told as contents"]
    assert not sf.audit(*FOUNDING, basis="capacity").findings
    assert not sf.audit(6_800, "900,000", "152mm", basis="contents").findings


def test_a_claim_of_the_record_belongs_to_its_own_briefing() -> None:
    # 6,700 containers of another year, in a table of one's own, are not "the same" for a claim whose row has a date.
    later = {**_row("rok-mnd-2024-02-26b"), "claim": "later", "date": "2025-06-01", "rounds_low": 800_000}
    assert not any("later" in note for note in sf.audit(*FOUNDING, claims=[later]).notes)
    assert any("later" in note for note in sf.audit(6_700, "3.1M", "152mm", claims=[later]).notes)


def test_claims_of_ones_own_are_siblings_too() -> None:
    row = {**_row("rok-mnd-2024-02-26a"), "claim": "mine", "units_low": 321, "units_high": 321, "rounds_low": 50_000}
    found = sf.audit(321, "more than 150,000", "152mm", claims=[row])
    assert [one.others for one in found.findings] == [("mine",)]
    assert not sf.audit(321, 150_000, "152mm").findings


def test_an_alias_is_told() -> None:
    assert any("122mm is read as 122mm-rocket" in note for note in sf.audit(6_700, "500k", "122mm").notes)


def _row(key: str) -> dict[str, object]:
    return asdict(catalog.claims[key])


# --- voyages, wagons --------------------------------------------------------------------------------------------------


def test_voyages_are_judged_through_the_containers_they_carry() -> None:
    found = sf.audit("64 voyages", "9M", "152mm")
    assert found.verdict == "only as a capacity"
    assert found.hard_limit is None
    assert found.kg_per_round is None
    assert "140,625 rounds per voyage" in found.because


def test_what_no_counted_voyage_comes_to_is_not_decidable() -> None:
    # No ship's capacity is in the catalog; the containers counted of others are no limit, only what was seen.
    found = sf.audit("1 voyage", "1000M", "152mm")
    assert found.verdict == "not decidable"
    assert "give containers_per_voyage" in found.because
    assert found.changes == ()


def test_a_ship_of_ones_own_has_a_hard_limit() -> None:
    # 220 boxes of 21,750 / 43.5 = 500 rounds: 110,000. 200,000 / 500 = 400 boxes, or 200,000 / 220 = 909 to a box, of
    # a shell of 21,750 / 909 = 23.9 kg at most; no container carries 909 x 43.5 kg = 39.5 t.
    found = sf.audit("1 voyage", "200k", "152mm", containers_per_voyage=220)
    assert found.hard_limit == pytest.approx(110_000)
    assert found.verdict == "impossible"
    assert found.changes == (
        "no more than 110,000 rounds, 45 % fewer",
        "at least 400 containers to a voyage",
        "another munition: 122mm-shell (from 21.7 kg)",
    )
    assert sf.audit("1 voyage", "200k", "152mm", containers_per_voyage=400).verdict == "only as a capacity"
    by_box = sf.audit(220, "110k", "152mm")["crated"].position
    assert sf.audit("1 voyage", "110k", "152mm", containers_per_voyage=220)["crated"].position == by_box


def test_the_containers_that_a_claim_takes_are_no_more_than_it_needs() -> None:
    # 21,750 / 43.5 = 500 rounds to a container, so that 110,000 take 220 and not 221.
    found = sf.audit("1 voyage", 110_000, "152mm", containers_per_voyage=200)
    assert "at least 220 containers to a voyage" in found.changes


def test_containers_to_a_voyage_are_refused_where_none_is_counted() -> None:
    with pytest.raises(ArgumentError, match=r"containers_per_voyage=220: must be left out unless the count is one of"):
        sf.audit(6_700, "3M", "152mm", containers_per_voyage=220)


def test_the_command_takes_containers_to_a_voyage(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "1 voyage", "200k", "-m", "152mm", "--containers-per-voyage", "220"]) == 0
    assert "because: 200,000 rounds per voyage is above 110,000" in capsys.readouterr().out


def test_the_wagon_norm_is_a_capacity() -> None:
    # 792 crates to a wagon are its norm of 60 t; the wagons observed carried 20 to 33.6 t. The band of three loads
    # reaches up to the norm, and so says nothing of what is inside.
    judged = sf.audit(1, "up to 792", "152mm", transport="covered-wagon")
    assert judged.verdict == "only as a capacity"
    assert "above what the heaviest load observed gives" in judged.because
    assert judged.left_out == ()  # `reported` is of another office, so that there is nothing to leave out
    assert "it is in the record (brwc-2025-152)" in judged.notes


# --- digits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "rounds", "said"),
    [
        (1_000, 500_001, "500.0010 rounds per container is above 500.0000"),  # never three decimals: 500 thousand
        (100_000, 100, "0.0010 rounds per container is below what observed loads give (103"),
        (10**9, 1, "1.0e-09 rounds per container is below"),
        (1_000, 275_500, "275.5 rounds per container is above what observed loads give (275"),
    ],
)
def test_two_numbers_that_differ_look_different(count: int, rounds: int, said: str) -> None:
    assert said in sf.audit(count, rounds, "152mm").because


# --- as rows, and on the command line ---------------------------------------------------------------------------------


def test_it_is_a_table_of_one_row_to_a_packing(founding: Audit) -> None:
    frame = founding.to_frame()
    assert list(frame["packing"]) == ["reported", "ceiling", "crated", "as-loaded"]
    assert set(frame["verdict"]) == {"only as a capacity"}
    assert list(frame["grade"]) == ["derived", "published", "assumed", "assumed"]
    assert founding.rows(0.5)[0]["level"] == 0.5


def test_the_command_prints_it_as_words_json_and_csv(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["audit", "6700 containers", "more than 3M", "-m", "152mm"]
    assert cli.main(asked) == 0
    words = capsys.readouterr().out
    assert words.startswith(
        "at least 3 million rounds of 152mm in 6,700 containers (20ft-24t)\n\nverdict: only as a capacity\nbecause: "
    )
    assert cli.main([*asked, "--json"]) == 0
    assert {row["verdict"] for row in json.loads(capsys.readouterr().out)} == {"only as a capacity"}
    assert cli.main([*asked, "--csv", "--packing", "crated"]) == 0
    assert capsys.readouterr().out.count("\n") == 2


def test_the_command_refuses_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "6700", "3M", "-m", " "]) == 2
    assert "no munition named ' '" in capsys.readouterr().err


def test_the_command_loads_neither_pandas_nor_pint(tmp_path: Path) -> None:
    code = (
        "import sys; from shellflow.cli import main\n"
        "main(['audit', '6700', 'more than 3M', '-m', '152mm']); main(['backtest'])\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert not {"pandas", "pint", "narwhals", "rich", "scipy", "matplotlib"} & set(done.stderr.split())


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "error", "match"),
    [
        ((6_700, "3M", []), ArgumentError, r"munition=\[\]: must be the name of a munition, a mix"),
        ((6_700, "3M", 152), ArgumentError, r"munition=152: must be the name of a munition, a mix"),
        ((6_700, "3M", "60% 152mm, 30% 130mm"), ArgumentError, r"they sum to 90 %"),
        ((6_700, "3 million 152mm shells", "122mm"), ArgumentError, r"rounds speaks of 152mm. Leave one of them out"),
        ((6_700, "3 million 122mm shells", "122mm-rocket"), ArgumentError, r"rounds speaks of 122mm-shell. Leave"),
        ((6_700, "3 million 122mm rockets", "122mm-shell"), ArgumentError, r"rounds speaks of 122mm-rocket. Leave one"),
        ((6_700, "3 million rockets", "152mm"), ArgumentError, r"munition='152mm', and rounds speaks of rockets"),
        ((6_700, "3 million 99mm shells"), UnknownItemError, r"no munition named '99mm shell'"),
        ((6_700, "1M 152mm and 1M 122mm shells"), ArgumentError, r"a number of rounds of one munition"),
        ((6_700, "3M", ""), ArgumentError, r"munition='': must be the name"),
        ((6_700, "3M", "152 m"), UnknownItemError, r"no munition named '152 m'.*Did you mean '152mm'"),
        ((6_700, (5, 3), "152mm"), ArgumentError, r"rounds=\(5, 3\): must be a range with its low end first"),
        ((6_700, "5.8-4.2M", "152mm"), ArgumentError, r"rounds='5.8-4.2M'.*low end first"),
        ((6_700, "at least up to 3M", "152mm"), ArgumentError, r"a floor, a ceiling or a range, only one of them"),
        ((6_700, (1, 2, 3), "152mm"), ArgumentError, r"rounds=\(1, 2, 3\): must be a number, a \(low, high\) pair"),
        ((6_700, None, "152mm"), ArgumentError, r"rounds=None: must be a number"),
        ((6_700, float("nan"), "152mm"), ArgumentError, r"rounds=nan: must be a number above 0 and finite"),
        ((6_700, -3, "152mm"), ArgumentError, r"rounds=-3: must be a number above 0"),
        ((0, "3M", "152mm"), ArgumentError, r"count=0: must be a number above 0"),
        (("6.700", "3M", "152mm"), ArgumentError, r"count='6.700'.*read in one way only"),
        (("10,000 tons", "3M", "152mm"), UnitError, r"A ton may be metric, the long one, or the US short ton"),
        (("-3 t", "3M", "152mm"), ArgumentError, r"zero or more"),
        (("3 t to 5 kg", "3M", "152mm"), UnitError, r"must be in one unit, not in 't' and 'kg'"),
        (("3M rounds", 6_700, "152mm"), UnitError, r"20ft-24t is a container"),
        ((6_700, "3M containers", "152mm"), UnitError, r"expected rounds. Is it the other way round\?"),
        ((("1 wagon", "2 trucks"), "3M", "152mm"), UnitError, r"a range of one thing"),
        ((6_700, "300 t", "152mm"), UnitError, r"a bare mass"),
        ((1e308, 1, "152mm"), ArgumentError, r"count=1e\+308: must be at most 1e60 in size"),
        ((1e60, 1e-300, "152mm"), ArgumentError, r"rounds=1e-300: must be in some proportion to count=1e\+60"),
        ((1e-300, 1e60, "152mm"), ArgumentError, r"must come out finite and above 0"),
        ((1, 1e-306, "152mm"), ArgumentError, r"kg to a round, must come out finite"),
    ],
)
def test_what_cannot_be_read_is_refused(arguments: tuple[object, ...], error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        sf.audit(*arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "error", "match"),
    [
        ({"transport": "20ft"}, UnknownItemError, r"no transport named '20ft'"),
        ({"transport": 20}, ArgumentError, r"transport=20: must be the name of a transport"),
        ({"date": "26 February"}, ArgumentError, r"date='26 February': must be a date. Write YYYY"),
        ({"date": "2024-02-30"}, ArgumentError, r"date='2024-02-30': must be a date"),
        ({"date": "2024-W01-1"}, ArgumentError, r"must be a date"),
        ({"basis": "truth"}, ArgumentError, r"basis='truth': must be capacity or contents"),
        ({"packings": "crate"}, UnknownItemError, r"no packing named 'crate'"),
        ({"packings": []}, ArgumentError, r"packings=\[\]: must be names of packings"),
        ({"family": " "}, ArgumentError, r"family=' ': must be a text that is not empty"),
        ({"claims": "nowhere.csv"}, ArgumentError, r"claims='nowhere.csv': must be a CSV file that exists"),
        ({"claims": [{"claim": "a"}]}, DataError, r"line 1: missing column"),
    ],
)
def test_what_is_said_besides_is_checked(given: dict[str, object], error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        sf.audit(*FOUNDING, **given)  # type: ignore[arg-type]


def test_voyages_of_wagons_are_refused() -> None:
    with pytest.raises(UnitError, match=r"voyages carry containers, and covered-wagon is a wagon"):
        sf.audit("64 voyages", "9M", "152mm", transport="covered-wagon")


def test_dates_may_be_dates(founding: Audit) -> None:
    assert sf.audit(*FOUNDING, date=datetime.date(2024, 2, 26)).left_out == founding.left_out


def test_a_packing_that_it_was_not_held_against_is_named_with_those_it_was(founding: Audit) -> None:
    with pytest.raises(ArgumentError, match=r"packing='mine': must be one of reported, ceiling, crated, as-loaded"):
        founding["mine"]
