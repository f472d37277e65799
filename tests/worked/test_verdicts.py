"""Verdicts on numbers as stated, worked by hand: ranges, mixes, masses, no munition, and what the words allow."""

from __future__ import annotations

import pytest

import shellflow as sf
from shellflow import cli
from shellflow.audits import Audit
from shellflow.errors import ArgumentError

# Rounds of 152 mm per 20 ft container of 24 t: no more than 21,750 / 43.5 = 500.


def finding_names(judged: Audit) -> list[str]:
    return [finding.name for finding in judged.findings]


@pytest.mark.parametrize(
    ("count", "rounds", "relief", "needed"),
    [
        # 1 billion / 500 = 2 million containers; 5 million / 500 = 10,000; 8 million / 500 = 16,000.
        (
            6_700,
            "up to 1 billion",
            "the words allow fewer rounds",
            "1 billion rounds need at least 2 million containers",
        ),
        (
            "at least 1 container",
            "5M",
            "the words allow more containers",
            "5 million rounds need at least 10,000 containers",
        ),
        (
            "more than 13,000 containers",
            "more than 8M",
            "the words allow more containers",
            "8 million rounds need at least 16,000 containers",
        ),
    ],
)
def test_a_number_that_no_container_holds_is_impossible_whatever_its_words_allow(
    count: object, rounds: str, relief: str, needed: str
) -> None:
    judged = sf.audit(count, rounds, "152mm")
    assert judged.verdict == "impossible"
    assert judged.relief == relief
    assert f"verdict: impossible (the numbers as stated; {relief})" in str(judged)
    assert f"Even bare, {needed}; as contents, " in judged.allowed


@pytest.mark.parametrize("rounds", ["9.4M", "more than 9.4M"])
def test_what_the_words_allow_is_told_by_the_question_asked_the_other_way_round(rounds: str) -> None:
    judged = sf.audit("more than 20,000 containers", rounds, "152mm")
    assert judged.verdict == "only as a capacity"
    as_loaded = judged["as-loaded"].per_transport
    assert as_loaded is not None
    needed = 9_400_000 / as_loaded.band(0.9)[2]
    assert judged.allowed.startswith("As contents, 9.4 million rounds need at least ")
    number = float(judged.allowed.split("at least ")[1].split(" ")[0].replace(",", ""))
    assert number == pytest.approx(needed, rel=0.005)
    assert judged.allowed.endswith("containers (at the P95 of loads); the claim says at least 20,000 containers.")


def test_up_to_tells_what_the_containers_hold_as_contents() -> None:
    allowed = sf.audit(6_700, "up to 3M", "152mm").allowed
    assert "the claim says 6,700 containers, which hold up to " in allowed
    assert allowed.endswith("million rounds as contents.")


def test_fewer_rounds_than_are_seen_are_told_in_containers_that_they_fill() -> None:
    judged = sf.audit(1_000, "more than 40,000", "152mm")
    assert judged.verdict == "below what is seen"
    assert judged.relief == "the words allow more rounds"
    assert judged.allowed.startswith("40,000 rounds fill at most ")
    assert judged.allowed.endswith("(at the P5 of loads); the claim says 1,000 containers.")


def test_what_is_plausible_takes_nothing_more() -> None:
    judged = sf.audit(1_000, "up to 150,000", "152mm")
    assert (judged.verdict, judged.relief, judged.allowed) == ("plausible as contents", "", "")


def test_voyages_are_told_by_what_they_take_of_a_ship() -> None:
    # 9 million / 49 = 183,673 a voyage; / 500 = 367 containers of bare rounds.
    judged = sf.audit("49 voyages", "up to 9M", "152mm")
    assert judged.verdict == "only as a capacity"
    assert judged.allowed.startswith("184,000 rounds take at least 367 containers of bare rounds, or at least ")
    assert judged.allowed.endswith("containers as contents (at the P95 of loads) on each voyage.")


def test_the_ends_of_a_range_are_judged_each() -> None:
    judged = sf.audit(1_000, (150_000, 600_000), "152mm")
    assert judged.ends == ("plausible as contents", "impossible")
    assert "verdict: plausible as contents (at the low end; impossible at the high end)\n" in str(judged)
    assert "at the ends: 150: plausible as contents; 600: impossible" in str(judged)
    assert "600 rounds per container is above 500, payload over" in judged.because


def test_rockets_without_a_name_are_held_against_rockets_alone() -> None:
    judged = sf.audit(6_700, "3 million rockets")
    assert [cargo.label for cargo in judged.cargoes] == ["122mm-rocket"]
    assert judged.verdict == "not decidable"
    assert "it is possible with 107mm-rocket. Say which" in judged.because
    assert sf.audit(6_700, "50 million rockets").verdict == "impossible"


def test_a_range_that_begins_where_no_data_are_is_not_decidable() -> None:
    # No package of 220 mm rockets is known, and more than 21,750 / 280 = 77.7 are impossible.
    judged = sf.audit(1, (1, 100), "220mm-rocket")
    assert judged.ends == ("not decidable", "impossible")
    assert judged.verdict == "not decidable"
    assert judged.changes == ()
    assert sf.audit("1 voyage", (30_000, 10**8), "152mm").ends == ("plausible as contents", "not decidable")
    assert sf.audit("1 voyage", (30_000, 10**8), "152mm").verdict == "plausible as contents"


# --- mixes ------------------------------------------------------------------------------------------------------------


def test_a_mix_is_plausible_where_one_of_its_munitions_alone_is_not() -> None:
    # 1.5 million / 6,700 = 223.9 to a container.
    judged = sf.audit(6_700, "1.5M", sf.mix("152mm", "122mm-shell"), basis="contents")
    assert judged.verdict == "plausible as contents"
    assert judged.findings == ()
    assert list(judged.alone) == ["152mm + 122mm-shell", "152mm", "122mm-shell"]
    assert judged["as-loaded"].munition == "152mm + 122mm-shell"
    same = sf.audit(6_700, "1.5M", "152mm + 122mm-shell", basis="contents")
    assert same.verdict == judged.verdict


def test_the_limit_of_known_shares_is_their_mean_and_of_unknown_ones_the_highest() -> None:
    # 21,750 / 43.5 = 500 and 21,750 / 21.7 = 1,002.3; 60 % and 40 % of these are 700.9.
    known = sf.audit(1, 700, "60% 152mm, 40% 122mm-shell")
    assert known.hard_limit == pytest.approx(0.6 * 500 + 0.4 * 21_750 / 21.7)
    assert known.verdict == "only as a capacity"
    assert sf.audit(1, 702, "60% 152mm, 40% 122mm-shell").verdict == "impossible"
    assert sf.audit(1, 702, "152mm + 122mm-shell").verdict == "only as a capacity"
    assert sf.audit(1, 1_003, "152mm + 122mm-shell").verdict == "impossible"


def test_a_capacity_told_as_contents_is_above_what_crates_hold_at_full_payload() -> None:
    judged = sf.audit(6_700, "3M", "152mm", basis="contents")
    assert finding_names(judged) == ["capacity told as contents"]
    crated = judged["crated"].per_transport
    assert crated is not None
    most = crated.band(0.9)[2]
    for munition in ("152mm", "152mm + 122mm-shell"):
        judged = sf.audit(1, 0.99 * most, munition, basis="contents")
        assert judged.findings == ()


# --- no munition ------------------------------------------------------------------------------------------------------


def test_without_a_munition_it_is_impossible_only_if_impossible_for_all() -> None:
    # 8 million / 13,000 = 615.4: more than 500 of 152 mm and 334.6 rockets, fewer than 1,002 of 122 mm shells.
    judged = sf.audit("more than 13,000 containers", "more than 8M")
    assert judged.verdict == "only as a capacity"
    assert "possible with 122mm-shell, not with 152mm or 122mm-rocket" in judged.because
    assert judged.alone["152mm"] == ("impossible", "impossible")
    assert judged["122mm-shell", "crated"].per_transport is not None
    with pytest.raises(ArgumentError, match=r"packing='crated': must be one of \('152mm', 'reported'\)"):
        judged["crated"]
    # 21,750 / 21.7 = 1,002.3 of 122 mm shells, 21,750 / 13 = 1,673 mortar bombs: which munition it is decides.
    lighter = sf.audit(1, 1_003)
    assert lighter.verdict == "not decidable"
    assert "it is possible with 120mm-mortar or 107mm-rocket or 105mm. Say which munition it is" in lighter.because
    assert sf.audit(1, 1_674).verdict == "impossible"
    assert sf.audit(1, 1_003, ["152mm", "122mm-shell"]).verdict == "impossible"
    assert sf.audit("1 t", 77).verdict == "impossible"  # 12.99 kg
    assert sf.audit("1 t", 76).verdict == "not decidable"


def test_a_claim_without_a_munition_is_told_with_which_it_would_be_plausible() -> None:
    # 20,000 / 36 = 555.6: more than loads of 122 mm shells give, and what those of 105 mm rounds do.
    judged = sf.audit(36, 20_000)
    assert judged.verdict == "only as a capacity"
    assert "as contents it would be plausible with 105mm" in judged.because
    assert "plausible with" not in sf.audit(36, 20_000, "152mm").because


def test_munitions_of_ones_own_choice_are_held_against_each_alone() -> None:
    judged = sf.audit(1, 600, ["152mm", "130mm"])
    assert judged.verdict == "only as a capacity"  # 21,750 / 33 = 659 of 130 mm
    assert list(judged.alone) == ["152mm", "130mm"]
    assert sf.audit(1, 600, ["152mm"]).verdict == "impossible"


def test_the_command_takes_mixes_masses_and_no_munition(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["audit", "6700", "1.5M", "-m", "152mm+122mm-shell"]) == 0
    assert "of 152mm + 122mm-shell in 6,700 containers" in capsys.readouterr().out
    assert cli.main(["audit", "74,000 t", "1.6M", "-m", "152mm"]) == 0
    assert "verdict: only without packaging" in capsys.readouterr().out
    assert cli.main(["audit", "6700", "1.5M"]) == 0
    assert "each alone: 152mm: " in capsys.readouterr().out
    assert cli.main(["audit", "6700", "1.5M", "-m", "152mm", "-m", "130mm"]) == 0
    assert "130mm: " in capsys.readouterr().out


@pytest.mark.parametrize("rounds", ["3 million 152mm shells", "3M 152 mm rounds", "3 million of 152mm"])
def test_a_munition_in_the_rounds_is_read(rounds: str) -> None:
    judged = sf.audit(6_700, rounds)
    assert judged.munition == "152mm"
    assert judged.ratio[0] == pytest.approx(447.76, abs=0.01)
    assert sf.audit(6_700, rounds, "152mm").munition == "152mm"


def test_rockets_and_shells_in_the_rounds_are_told_apart() -> None:
    assert sf.audit(6_700, "500,000 122mm rockets").munition == "122mm-rocket"
    assert sf.audit(6_700, "500,000 122 mm shells").munition == "122mm-shell"
    by_calibre = sf.audit(6_700, "500,000 122mm rounds")
    assert by_calibre.munition == "122mm-rocket"
    assert any("122mm is read as 122mm-rocket" in note for note in by_calibre.notes)


# --- masses -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "rounds", "verdict"),
    [
        # 74,000 t / 1.6 million = 46.25 kg, between the bare 43.5 kg and any crate.
        ("74,000 t", "1.6M", "only without packaging"),
        ("more than 74,000 t", "1.6M", "only without packaging"),
        ("74,000 t", "1.71M", "impossible"),  # 43.3 kg
        ("74,000 t", "1M", "plausible as contents"),  # 74 kg
        ("74,000 t", "500,000", "below what is seen"),  # 148 kg
        ("43,500 kg", "1,000", "only without packaging"),  # 43.5 kg, and no less
        ("1,000 short tons", "20,800", "only without packaging"),  # 907,185 / 20,800 = 43.61 kg
    ],
)
def test_a_mass_of_cargo_is_judged_by_the_mass_of_a_round(count: str, rounds: str, verdict: str) -> None:
    assert sf.audit(count, rounds, "152mm").verdict == verdict


def test_the_mass_of_a_round_is_shown_and_what_so_many_weigh_crated() -> None:
    judged = sf.audit("74,000 t", "1.6M", "152mm")
    assert judged.kg_per_round == pytest.approx((46.25, 46.25))
    assert judged.transport is None
    assert "46.25 kg per round is above a bare round (43.5 kg) and below a packed one" in judged.because
    assert "As contents, 1.6 million rounds weigh at least " in judged.allowed
    assert "the claim says 74,000 tonnes" in judged.allowed
    # Per tonne, 1,000 / 43.56 = 22.96 bare rounds; 21.6 are more than any crate leaves room for.
    assert [position.packing for position in judged.positions] == ["ceiling", "crated"]
    bare = judged["ceiling"].per_transport
    assert bare is not None
    assert bare.band()[1] == pytest.approx(1_000 / 43.56, rel=1e-3)
    assert judged["crated"].position == pytest.approx((1.0, 1.0))
    assert judged.rows()[0]["verdict"] == "only without packaging"
    mine = sf.packing("152mm", rounds=1, gross="46 kg", name="thin crate")
    assert sf.audit("74,000 t", "1.6M", "152mm", packings=mine)["thin crate"].position == pytest.approx((0.0, 0.0))
    with pytest.raises(ArgumentError, match=r"packing='as-loaded' is known by transports"):
        sf.audit("74,000 t", "1.6M", "152mm", packings="as-loaded")


def test_a_mass_of_a_mix_and_of_no_munition() -> None:
    # 46.25 kg a round is what a crated 122 mm shell weighs, some 50 kg, or a little less.
    assert sf.audit("74,000 t", "1.4M").verdict == "plausible as contents"
    # 500 kg of 152 mm and 500 kg of 122 mm shells are 500 / 43.5 + 500 / 21.7 = 34.5 bare rounds to a tonne.
    assert sf.audit("1 t", 34, "50% 152mm, 50% 122mm-shell").verdict == "only without packaging"
    assert sf.audit("1 t", 35, "50% 152mm, 50% 122mm-shell").verdict == "impossible"


def test_a_mass_and_a_transport_at_once_are_refused() -> None:
    with pytest.raises(ArgumentError, match=r"transport='20ft-24t': must be left out where the count is a mass"):
        sf.audit("74,000 t", "1.6M", "152mm", transport="20ft-24t")
    with pytest.raises(ArgumentError, match=r"containers_per_voyage=200: must be left out"):
        sf.audit("74,000 t", "1.6M", "152mm", containers_per_voyage=200)


# --- transports by their load -----------------------------------------------------------------------------------------


def test_a_wagon_is_judged_by_the_loads_observed() -> None:
    # 800 rounds of some 76 kg are 61 t; 20 to 33.6 t were observed, and 792 is the norm.
    judged = sf.audit("500 wagons", "400,000", "152mm", transport="covered-wagon")
    assert judged.verdict == "only as a capacity"
    assert any("800 rounds per wagon is also above 792 of 152mm, the norm" in note for note in judged.notes)
    assert "it may carry 68 t; 20 to 33.6 t were observed" in str(judged)
    assert max(load.load_kg[0] for load in judged.loads) == pytest.approx(61_000, rel=0.02)


def test_a_transport_that_is_full_by_its_norm_is_a_capacity() -> None:
    # 592 crates of two are 1,184 shells. Without charge so many weigh some 33 t, which was observed, but then the norm
    # speaks of other crates.
    for munition, norm in (("122mm-shell", 1_184), ("152mm", 792)):
        assert sf.audit(1, norm, munition, transport="covered-wagon").verdict == "only as a capacity"
    assert "1,184 rounds per wagon is the norm of a full transport or more (1,184)" in (
        sf.audit("1 wagon", 1_184, "122mm-shell").because
    )
    assert sf.audit("1 wagon", 1_183, "122mm-shell").verdict == "plausible as contents"
    assert sf.audit("1 wagon", 1_184, "122mm-shell", charge="without").verdict == "plausible as contents"


def test_what_is_known_of_the_charge_moves_the_verdict() -> None:
    # 240 to a container: with the charge 18 t of crates, more than observed loads; without it 13 t.
    assert sf.audit(1, 240, "152mm", charge="with").verdict == "only as a capacity"
    assert sf.audit(1, 240, "152mm", charge="without").verdict == "plausible as contents"
    judged = sf.audit(1, 240, "152mm")
    assert judged.verdict == "plausible as contents"
    with_charge, without = judged.loads
    assert with_charge.packed == "crated, with charge"
    assert without.packed == "crated, without charge"
    assert with_charge.load_kg[0] == pytest.approx(240 * 76, rel=0.02)
    assert without.load_kg[0] == pytest.approx(240 * 56, rel=0.03)
    assert "claimed load per container: 18.4 t with charge, 13.5 t without charge (it may carry 21.8 t" in str(judged)


def test_a_charge_of_what_has_none_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"charge='with': a rocket such as 122mm-rocket has no charge that travels"):
        sf.audit(6_700, "500k", "122mm-rocket", charge="with")
    assert sf.audit(6_700, "500k", charge="with").verdict == "plausible as contents"  # of the shells it says something


def test_a_mass_is_judged_with_or_without_the_charge() -> None:
    # 60 kg a round: below a crate with its charge, inside one without, and so inside the two together.
    verdicts = {charge: sf.audit("60 t", 1_000, "152mm", charge=charge).verdict for charge in ("with", "without", None)}
    assert verdicts == {
        "with": "only without packaging",
        "without": "plausible as contents",
        None: "plausible as contents",
    }


def test_the_only_transport_of_a_kind_is_taken_and_told() -> None:
    judged = sf.audit("500 wagons", "400,000", "152mm")
    assert judged.transport is not None
    assert judged.transport.transport == "covered-wagon"
    assert "the wagon is taken to be covered-wagon, the only one in the catalog" in judged.notes


def test_a_truck_of_no_stated_type_is_judged_by_its_load() -> None:
    # 300,000 / 1,400 = 214.3 rounds, of 42.9 kg 9.19 t: too much for the one truck of 6 t in the catalog.
    judged = sf.audit("1,400 trucks", "300,000", "155mm")
    assert judged.verdict == "not decidable"
    assert "214.3 rounds per truck weigh 9.19 t bare: truck-ural may carry 6 t, and trucks were observed" in (
        judged.because
    )
    named = sf.audit("1,400 trucks", "300,000", "155mm", transport="truck-ural")
    assert named.verdict == "impossible"
    assert "claimed load per truck: " in str(named)


def test_a_limit_is_written_in_digits_that_tell_it_from_the_number() -> None:
    # 28,140 / 43.5 = 646.9
    judged = sf.audit(1, 647, "152mm", transport="20ft-30t")
    assert "647.0 rounds per container is above 646.9" in judged.because
    assert "647 " not in " ".join(map(str, judged.findings))


# --- slips ------------------------------------------------------------------------------------------------------------


def test_the_number_of_another_calibre_is_told_before_anything_else() -> None:
    judged = sf.audit(6_700, "3M", "122mm", date="2024-02-26")
    assert judged.verdict == "impossible"
    assert finding_names(judged) == ["calibres swapped"]
    assert judged.findings[0].others == ("rok-mnd-2024-02-26a", "rok-mnd-2024-02-26b")
    assert not any("perhaps" in note for note in judged.notes)


def test_only_a_calibre_that_was_spoken_of_can_be_swapped() -> None:
    assert finding_names(sf.audit(6_700, "3M", "130mm", date="2024-02-27")) == []
    assert finding_names(sf.audit(6_700, "500,000", "152mm", date="2024-02-27")) == ["calibres swapped"]


@pytest.mark.parametrize(
    ("rounds", "suggestion"),
    [
        # No container holds more than 28,140 / 43.5 = 647 rounds of 152 mm, no wagon more than 68,000 / 43.5 = 1,563.
        (640, ""),
        (660, "wagons"),
        (1_560, "wagons"),
        (1_570, ""),
        (8_000, ""),
        (50_000, "voyages"),
        (10_000_000, ""),
    ],
)
def test_wagons_and_voyages_are_suggested_where_no_container_holds_so_many(rounds: int, suggestion: str) -> None:
    judged = sf.audit(1, rounds, "152mm")
    suggestions = [note.split(" ")[1] for note in judged.notes if note.startswith("perhaps")]
    assert suggestions == ([suggestion] if suggestion else [])
    assert judged.findings == ()


def test_a_mass_told_by_a_us_source_may_be_of_short_tons() -> None:
    # 74,000 x 0.90718474 = 67,132 t; 2,449 to 2,700 short tons are 2,222 to 2,449 t.
    def notes(mass: str, family: str | None = "us") -> str:
        return " ".join(sf.audit(mass, "1M", "152mm", family=family).notes)

    assert "may mean short tons: so many of them are 67,132 t" in notes("74,000 t")
    assert "so many of them are 2,220 to 2,450 t" in notes("2,449-2,700 t")
    assert "short tons" not in notes("74,000 short tons") + notes("74,000 t", "rok-mnd") + notes("74,000 t", None)


def test_of_a_bound_on_the_count_the_load_is_a_bound_and_the_contents_are_of_the_fewest() -> None:
    judged = str(sf.audit("at least 10,000 containers", "up to 4.8M", "152mm"))
    assert "claimed load per container: at most 36.8 t with charge, at most 27 t without charge (it may" in judged
    assert "the claim says at least 10,000 containers; 10,000 containers hold up to 2.75 million rounds as" in judged
    assert "claimed rounds per container: at most 480\n" in judged  # 4.8 million over 10,000, and no 480.0


def test_packings_are_listed_with_commas() -> None:
    text = str(sf.compare("200 wagons", "152mm"))
    assert "- ceiling, crated and as-loaded: the wagon is taken to be covered-wagon" in text
    assert str(sf.compare(1, "152mm")).startswith("1 container (20ft-24t): how many rounds it could hold\n")


def test_what_each_of_three_packings_of_one_band_is_stands_beside_its_name() -> None:
    own = sf.packing("152mm", name="own")
    text = str(sf.compare(6_700, "152mm", packings=["ceiling", "crated", own]))
    assert "full payload), crated (crates at full payload), own: the band is for what fits" in text
