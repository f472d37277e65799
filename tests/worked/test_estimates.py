"""Estimates by hand: numbers, words, grades, drivers and what-ifs."""

from __future__ import annotations

import copy
import math
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

import shellflow as sf
from shellflow import catalog, sampling
from shellflow.errors import ArgumentError, InputConflictError, NoDataError
from shellflow.packings import Packing


def crate(gross: object = "75 kg", **given: Any) -> Packing:
    return sf.packing("152mm", gross=gross, name="my crate", **given)


def of(count: object, packing: str | Packing, **given: Any) -> sf.Estimate:
    return sf.estimate(count, "152mm", packing=packing, **given)


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_count_times_share_times_rounds_in_one() -> None:
    # 6,700 * 0.5 * 290, of which 290 is 21,750 kg / 75 kg.
    made = of(6_700, crate(), munition_share=0.5)
    assert set(made.values.tolist()) == {971_500.0}
    assert made.median.m_as("round") == 971_500
    assert made.band(0.9) == (971_500, 971_500, 971_500)


def test_an_uncertain_count_is_multiplied_world_by_world() -> None:
    count, share = sf.uniform(1000, 3000, name="seen"), sf.uniform(0.5, 1.0, name="share")
    made = of(count, crate(), munition_share=share)
    chosen = sampling.Settings()
    assert made.values == pytest.approx(count.draws(chosen) * share.draws(chosen) * 290, rel=1e-12)


def test_the_band_of_a_count_is_that_of_its_rounds() -> None:
    # Uniform from 1,000 to 3,000, times 290: 1,100, 2,000 and 2,900 of it.
    assert of(sf.uniform(1000, 3000, name="seen"), crate()).band() == pytest.approx((319_000, 580_000, 841_000))


def test_the_chance_is_the_share_of_the_worlds() -> None:
    made = of(sf.uniform(1000, 3000, name="seen"), crate())
    assert made.chance(at_least="580k rounds") == pytest.approx(0.5, abs=1e-4)
    assert made.chance(at_most=319_000) == pytest.approx(0.05, abs=1e-4)
    assert made.chance(at_least=319_000, at_most="841k") == pytest.approx(0.9, abs=1e-4)
    assert made.chance(at_least="870,001 rounds") == 0.0
    assert of(3, crate()).chance(at_least=870, at_most=870) == 1.0  # reached exactly


def test_a_mix_of_known_shares() -> None:
    made = sf.estimate(1000, sf.mix({"152mm": 0.25, "122mm": 0.75}))
    one, other = (sf.estimate(1000, name) for name in ("152mm", "122mm-rocket"))
    assert made.values == pytest.approx(0.25 * one.values + 0.75 * other.values, rel=1e-12)
    assert str(made).startswith(
        "1,000 containers of a mix of 25 % 152mm and 75 % 122mm-rocket (shares of the containers) (122mm is read as"
    )


def test_a_mix_of_unknown_shares_lies_between_all_of_the_one_and_all_of_the_other() -> None:
    made = sf.estimate(6700, sf.mix("152mm", "122mm-rocket"))
    shells, rockets = (sf.estimate(6700, name) for name in ("152mm", "122mm-rocket"))
    low, high = np.minimum(shells.values, rockets.values), np.maximum(shells.values, rockets.values)
    assert np.all((made.values >= low * (1 - 1e-12)) & (made.values <= high * (1 + 1e-12)))
    assert made.grade == "assumed"
    hull = made.notes[-1]
    assert "depends on how many munitions are listed" in hull
    assert f"all 152mm: {shells.in_words()}, all 122mm-rocket: {rockets.in_words()}" in hull


def test_transports_needed_keep_fractions_and_are_rounded_up_in_print() -> None:
    # 1,000 / 290 = 3.448.
    made = sf.units_needed(1000, "152mm", packing=crate())
    assert made.values[0] == pytest.approx(1000 / 290)
    assert made.in_words() == "4 containers"
    assert sf.units_needed(290, "152mm", packing=crate()).in_words() == "1 container"


def test_transports_needed_are_rounded_up_to_the_last_digit_shown() -> None:
    made = sf.units_needed("3M", "152mm")
    low, median, high = made.band()
    assert (math.ceil(low / 100), math.ceil(median / 100), math.ceil(high / 100)) == (55, 66, 78)
    assert made.in_words() == "6,600 containers (90 %: 5,500 to 7,800)"


def test_how_long_rounds_last() -> None:
    # 6,700 * 290 = 1,943,000 rounds; at 10,000 a day 194.3 days.
    made = of(6_700, crate()).lasts_at("10k/day")
    assert made.values[0] == pytest.approx(194.3)
    uncertain = of(6_700, crate()).lasts_at(sf.uniform("5k/day", "10k/day", name="rate"))
    assert uncertain.band(0.9999) == pytest.approx((194.3, 1_943_000 / 7500, 388.6), rel=1e-3)


def test_arithmetic_with_plain_numbers_and_quantities() -> None:
    made = of(10, crate())
    registry = sf.units.registry()
    assert (2 * made - made / 2).values[0] == pytest.approx(2900 * 1.5)
    assert (made + 100 * registry.Unit("round")).values[0] == pytest.approx(3000)
    assert (np.float64(2) * made).values[0] == pytest.approx(5800)
    per_day = made / (2 * registry.Unit("day"))
    assert (per_day.unit, per_day.values[0]) == ("round/day", pytest.approx(1450))
    assert (1 / made).unit == "1/round"
    assert sum([made, made, made]).values[0] == pytest.approx(8700)  # type: ignore[union-attr]


def test_an_input_as_a_factor_keeps_its_name_and_grade() -> None:
    factor = sf.fixed(0.5, name="share inside", source="inspection", grade="measured")
    made = of(10, "ceiling") * factor
    assert made.values == pytest.approx(of(10, "ceiling").values / 2, rel=1e-12)
    assert "share inside" in set(made.inputs()["input"])
    assert (of(10, "ceiling") * sf.fixed(0.5, name="a guess")).grade == "assumed"
    assert (of(10, "ceiling") * 0.5).grade == of(10, "ceiling").grade == "published"


# --- words ------------------------------------------------------------------------------------------------------------


def test_an_estimate_prints_as_one_line() -> None:
    assert str(sf.estimate(6_700, "152mm")) == (
        "6,700 containers of 152mm, as reported (capacity): 3.1 million rounds (90 %: 2.6 to 3.7 million)"
    )


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        ("6.7k containers", "6,700 containers of"),
        (1, "1 container of"),
        (sf.uniform(5000, 7000, name="seen"), "5,000 to 7,000 containers of"),
        # 6,000 and 8,000 are the ends of 90 %; there are no hard limits to print.
        (sf.lognormal(6000, 8000, name="seen"), "6,000 to 8,000 containers (90 %) of"),
        # logs of 5, 6, 7 thousand: the band of 90 % is 5,943 * exp(-+0.569), and no tail is printed.
        (sf.from_observations([5000, 6000, 7000], name="seen"), "3,400 to 10,500 containers (90 %) of"),
    ],
)
def test_the_count_is_repeated_in_the_words_of_the_answer(count: object, expected: str) -> None:
    assert str(sf.estimate(count, "152mm")).startswith(expected)


def test_what_packing_and_transport_it_is_stands_in_the_line() -> None:
    for packing, phrase in {
        "ceiling": "at the ceiling (capacity)",
        "crated": "crated (capacity)",
        "as-loaded": "as loaded (contents)",
        crate(): "packed as 'my crate' (capacity)",
    }.items():
        assert f"of 152mm, {phrase}: " in str(of(6_700, packing))
    assert str(of(2, "crated", transport="20ft-30t")).startswith("2 containers (20ft-30t) of 152mm, crated")
    assert str(of(2, "crated", transport="covered-wagon")).startswith("2 wagons (covered-wagon) of")


def test_an_alias_is_said() -> None:
    made = sf.estimate(1, "122mm")
    assert made.values.tolist() == sf.estimate(1, "122mm-rocket").values.tolist()
    assert made.notes[0].startswith("122mm is read as 122mm-rocket, as the ministry meant it; for shells")


def test_an_explanation_gives_the_reasons() -> None:
    lines = sf.estimate(6_700, "122mm-rocket", packing="crated", transport="20ft-30t").explain().splitlines()
    assert lines[0].startswith("6,700 containers (20ft-30t) of 122mm-rocket, crated (capacity): ")
    assert lines[1].startswith("draws: ")
    assert lines[2:4] == [
        "basis: capacity: what would fit if it were all this munition",
        "the band is for: what fits, over all that is not known of package and transport",
    ]
    assert lines[4] == "limited by: space (100 % of the draws)"
    assert lines[5].startswith("cliff: two rows lengthwise: ")
    assert lines[6] == "munition share: 1, an upper reading: every transport is taken to carry munitions"
    assert lines[7] == "weakest grade that matters: assumed"
    assert lines[-1] == f"made by: shellflow {sf.__version__}, data {catalog.shipped().digest}, n 16384, seed 0"


def test_the_band_of_a_mix_is_for_what_its_parts_are_for() -> None:
    mixed = sf.estimate(6_700, sf.mix("152mm", "122mm-rocket"))
    assert mixed.reasons.band_for == sf.estimate(6_700, "152mm").reasons.band_for


def test_no_transports_hold_nothing_and_the_limit_of_one_is_still_said() -> None:
    made = of(0, "ceiling")
    assert str(made).endswith(": 0 rounds")
    assert made.reasons.limited_by == {"mass": 1.0, "space": 0.0}
    assert "limited by: mass (100 % of the draws)" in made.explain()


def test_a_reported_ratio_says_that_nothing_limits_it() -> None:
    made = sf.estimate(6_700, "152mm")
    assert made.reasons.limited_by == {}
    assert "limited by: not stated: the source gives rounds to a transport, and not what limits them" in made.explain()
    assert made.reasons.band_for == "what the same office would say next of such containers, not what is inside"
    assert made.notes == ("more than the ceiling allows (full payload, bare rounds) in 19 % of the draws",)


# --- grades -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("heavy", "expected"), [(96, "specified"), (95, "assumed"), (0, "assumed")])
def test_the_grade_counts_what_enters_a_limit_binding_in_5_percent_of_the_worlds(heavy: int, expected: str) -> None:
    # In `heavy` of 100 draws a crate weighs 75 kg, and 290 by mass bind (measured, and a specified payload); in the
    # others it weighs 50 kg, 435 would go by mass, and the space binds, whose sizes are assumed. By the plain grid
    # 6 x 6 x 10 = 360 fit, and by area at most 43 on the floor, 430 in all.
    if heavy:
        gross = sf.discrete(
            ["75 kg", "50 kg"], [heavy / 100, 1 - heavy / 100], name="crate", source="scale", grade="measured"
        )
    else:
        gross = sf.fixed("50 kg", source="scale", grade="measured")
    with sf.settings(n=100):
        made = of(1, crate(gross, size=("0.9 m", "0.35 m", "0.22 m"), clearance="0 m"))
        assert made.reasons.limited_by["space"] == pytest.approx(1 - heavy / 100)
        assert made.grade == expected


def test_what_the_question_itself_says_is_not_graded() -> None:
    gross = sf.fixed("75 kg", source="scale", grade="measured")
    assert of(6_700, crate(gross), munition_share=0.5).grade == "specified"  # of the payload
    guessed = sf.uniform(5000, 7000, source="imagery", grade="published", name="seen")
    assert of(guessed, crate(gross)).grade == "published"


def test_a_sum_is_of_the_weakest_grade() -> None:
    made = sf.estimate(1, "152mm") + sf.estimate(1, "122mm-rocket", packing="crated")
    assert (made.grade, made.basis) == ("assumed", "capacity")


# --- drivers, inputs, parts -------------------------------------------------------------------------------------------


def test_drivers_are_the_uncertain_inputs_and_the_greatest_comes_first() -> None:
    # The count varies by a factor of 9, the share by 1.1; the crate's mass is fixed.
    made = of(sf.uniform(1000, 9000, name="count"), crate(), munition_share=sf.uniform(0.9, 1.0, name="share"))
    frame = made.drivers()
    assert frame["input"].tolist() == ["count", "share"]
    assert frame["share_of_variance"][0] == pytest.approx(1.0, abs=0.01)
    assert frame["share_of_variance"][1] == 0.0
    # Lowest tenth of the count: 1,000 to 1,800, median 1,400; highest 8,200 to 9,000; times 290 and a share of 0.95.
    assert frame["swing_low"][0] == pytest.approx(1400 * 290 * 0.95, rel=0.01)
    assert frame["swing_high"][0] == pytest.approx(8600 * 290 * 0.95, rel=0.01)
    assert list(frame.loc[0, ["low", "median", "high"]]) == pytest.approx([1400, 5000, 8600])
    assert frame["grade"].tolist() == ["assumed", "assumed"]


def test_inputs_are_listed_with_the_fixed_ones() -> None:
    made = of(sf.uniform(1000, 9000, name="count", source="imagery", grade="published"), crate())
    frame = made.inputs().set_index("input")
    assert frame.index.tolist() == [
        "count",
        "munition_share 1",
        "transports.20ft-24t.payload_kg",
        "gross 75 kg",
    ]
    assert list(frame.loc["count", ["unit", "source", "grade"]]) == ["container", "imagery", "published"]
    assert list(frame.loc["transports.20ft-24t.payload_kg", ["low", "median", "high"]]) == [21_750] * 3


def test_an_input_that_enters_twice_is_listed_once() -> None:
    made = of(1, "crated") + of(2, "crated", transport="20ft-30t")
    names = made.inputs()["input"].tolist()
    assert len(names) == len(set(names))
    assert "norms.covered-wagon-load.load_kg" in names


def test_a_sum_keeps_its_parts_and_a_mix_is_one_piece() -> None:
    one, other = of(1000, crate()), of(2000, "ceiling")
    both = one + other
    frame = both.to_frame()
    assert frame["what"].tolist() == [str(part).partition(":")[0] for part in (one, other, both)]
    assert frame["packing"].tolist() == ["my crate", "ceiling", "my crate + ceiling"]
    assert frame["median"].tolist()[0] == 290_000
    assert len(sf.estimate(1, sf.mix("152mm", "122mm")).rows()) == 1
    assert "sum of 4 parts" in str(both + both)


def test_a_row_has_the_numbers_of_the_estimate() -> None:
    made = of(6700, "crated")
    row = made.rows(0.5)[0]
    assert (row["low"], row["median"], row["high"]) == made.band(0.5)
    assert (row["mass"], row["space"]) == (made.reasons.limited_by["mass"], made.reasons.limited_by["space"])
    assert [row[name] for name in ("munition", "transport", "packing", "basis", "unit", "level", "grade")] == [
        "152mm",
        "20ft-24t",
        "crated",
        "capacity",
        "round",
        0.5,
        "assumed",
    ]


def test_the_limits_of_a_sum_are_weighted_by_its_transports() -> None:
    # 1,000 containers bound by mass, 3,000 of rockets by space.
    rocket = sf.packing("122mm-rocket", packaging="29 kg", size=("2.95 m", "0.22 m", "0.22 m"), name="rocket crate")
    made = of(1000, crate()) + sf.estimate(3000, "122mm-rocket", packing=rocket)
    assert made.reasons.limited_by == pytest.approx({"mass": 0.25, "space": 0.75})


# --- what if ----------------------------------------------------------------------------------------------------------


def test_a_what_if_changes_what_it_is_told_and_nothing_else() -> None:
    made = of(100, crate(), munition_share=0.5)
    assert made.replace(count=200).values[0] == 200 * 0.5 * 290
    assert made.replace(munition_share=1).values[0] == 100 * 290
    assert made.replace(transport="20ft-30t").values[0] == 100 * 0.5 * 375  # 28,140 / 75 = 375.2
    assert made.replace(packing=crate("100 kg")).values[0] == 100 * 0.5 * 217
    assert (made + made).replace(munition_share=1).values[0] == 2 * 100 * 290
    needed = sf.units_needed(1000, "152mm", packing=crate())
    assert needed.replace(count=2000).values[0] == pytest.approx(2000 / 290)


def test_a_what_if_of_another_munition_keeps_the_packing() -> None:
    made = of(100, "crated").replace(munition="122mm-rocket")
    assert np.array_equal(made.values, sf.estimate(100, "122mm-rocket", packing="crated").values)
    mixed = of(100, "crated").replace(munition=sf.mix("152mm", "122mm-rocket"))
    assert np.array_equal(mixed.values, sf.estimate(100, sf.mix("152mm", "122mm-rocket"), packing="crated").values)


def test_equality_is_identity_and_copies_are_equal_in_value() -> None:
    made = of(1, crate())
    other = of(1, crate())
    assert made == made
    assert made != other
    assert len({made, other}) == 2
    assert np.array_equal(copy.deepcopy(made).values, made.values)


def test_shares_that_the_question_states_are_not_graded_with_the_evidence() -> None:
    stated = sf.estimate(6_700, sf.mix({"152mm": 0.7, "122mm-rocket": 0.3}))
    unknown = sf.estimate(6_700, sf.mix("152mm", "122mm-rocket"))
    assert (stated.grade, unknown.grade) == ("derived", "assumed")


# --- catalogs of one's own --------------------------------------------------------------------------------------------


@pytest.fixture
def own(tmp_path: Path) -> catalog.Catalog:
    """A catalog in which a voyage carries some 1,100 containers and a container some 4.2 t."""
    voyages = ["voyage,start,end,what,voyages_low,voyages_high,containers_low,containers_high,source,grade,note"]
    voyages += [
        f"{key},2024,2024,x,1,1,{n},{n},engineering,assumed," for key, n in (("a", 1000), ("b", 1100), ("c", 1200))
    ]
    voyages += [
        f"{one.voyage},2024,2024,x,1,1,1100,1100,engineering,assumed," for one in catalog.voyages
    ]  # a row cannot be removed, only replaced
    loads = ["load,start,end,what,cargo,kind,transports,mass_t_low,mass_t_high,use,part_of,source,grade,note"]
    observed = [one for one in catalog.loads if one.kind == "container"]
    loads += [
        f"{one.load},,,x,{one.cargo},container,100,{mass_t},{mass_t},{one.use},,engineering,assumed,"
        for mass_t, one in zip(range(400, 800, 10), observed, strict=False)
    ]
    (tmp_path / "voyages.csv").write_text("\n".join(voyages), encoding="utf-8")
    (tmp_path / "loads.csv").write_text("\n".join(loads), encoding="utf-8")
    return catalog.load(tmp_path)


def test_a_what_if_of_voyages_keeps_to_the_catalog_that_made_it(own: catalog.Catalog) -> None:
    made = sf.estimate("64 voyages", "152mm", catalog=own)
    assert made.band()[1] > 3 * sf.estimate("64 voyages", "152mm").band()[1]
    with pytest.raises(ArgumentError, match=r"made from other data .*Give catalog="):
        made.replace(count="64 voyages")
    assert np.array_equal(made.replace(count="64 voyages", catalog=own).values, made.values)


def test_a_packing_carries_the_data_it_was_made_from(own: catalog.Catalog) -> None:
    light = sf.packing("152mm", gross="65 kg", load="as-loaded", catalog=own)
    made = of(6_700, light)
    assert own.digest in str(made.stamp["data"])
    assert made.band()[1] < 0.6 * of(6_700, sf.packing("152mm", gross="65 kg", load="as-loaded")).band()[1]
    with pytest.raises(ArgumentError, match=r"'own packing' was made from other data .*Give catalog="):
        of(6_700, light, transport="20ft-30t")
    there = of(6_700, light, transport="20ft-30t", catalog=own)
    assert there.band()[1] < 0.6 * of(6_700, "as-loaded", transport="20ft-30t").band()[1]


def test_the_office_spoke_of_short_boxes_whatever_they_may_carry() -> None:
    made = of(6_700, "reported")
    other = made.replace(transport="20ft-30t")
    assert np.array_equal(made.values, other.values)
    assert other.reasons.band_for == (
        "what the same office would say next of its containers, which are 20ft-24t, not what is inside"
    )
    with pytest.raises(
        NoDataError, match=r"statements of the ROK defence ministry on 152mm in 40ft \(0 of the 3 needed\)"
    ):
        made.replace(transport="40ft")


def test_a_ratio_of_ones_own_is_no_band_for_what_fits() -> None:
    made = of(1, sf.packing("152mm", rounds_per_transport=sf.uniform(300, 400, name="my ratio")))
    assert made.reasons.band_for == "the ratio as it was stated, and nothing beyond it"


# --- side by side -----------------------------------------------------------------------------------------------------


def test_a_comparison_is_of_one_transport_that_of_a_packing_of_ones_own() -> None:
    mine = crate(transport="20ft-30t")
    found = sf.compare(6_700, "152mm", packings=[mine, "crated"])
    assert found.what.startswith("6,700 containers (20ft-30t)")
    assert np.array_equal(found["152mm", "crated"].values, of(6_700, "crated", transport="20ft-30t").values)


def test_a_comparison_asked_twice_for_a_packing_shows_it_once() -> None:
    assert len(sf.compare(1, "152mm", packings=["crated", "crated"])) == 1


def test_a_comparison_tells_what_its_numbers_are_and_how_they_were_made() -> None:
    found = sf.compare(6_700, ["122mm-rocket"], packings="crated")
    (row,) = found.rows()
    assert row["band_for"] == "what fits, over all that is not known of package and transport"
    assert str(row["cliffs"]).startswith("two rows lengthwise: ")
    assert row["made_by"] == f"shellflow {sf.__version__}, data {catalog.shipped().digest}, n 16384, seed 0"
    assert found.stamp == found["122mm-rocket", "crated"].stamp
    taken = "munition share: 1, an upper reading: every transport is taken to carry munitions."
    assert found.report().notes == (
        f"capacity: what would fit if it were all this munition. Lines are alternatives and do not add up; {taken}",
    )
    settled = sf.compare(6_700, "152mm", munition_share=0.8).report().notes
    assert settled[0].endswith("Lines are alternatives and do not add up; munition share: 0.8.")


def test_a_way_back_that_fails_in_few_worlds_says_in_how_many() -> None:
    # In one draw of a hundred a transport carries 100 kg, less than a pallet of 355 kg.
    load = sf.discrete(["100 kg", "10 t"], [0.01, 0.99], name="seldom empty")
    scarce = sf.packing("155mm", load=load, name="scarce")
    lines = sf.estimates.compare_needed("3M", "155mm", packings=["ceiling", scarce])
    assert [line.missing for line in lines] == ["", "nothing fits in 1 % of the draws, where no number is enough"]


# --- one unknown, stated twice ----------------------------------------------------------------------------------------


def test_a_copy_of_a_foreign_distribution_is_the_same_unknown() -> None:
    made = of(100, crate(sf.distribution(stats.norm(70, 2), "kg", name="gross of my crate")))
    for copied in (sf.from_json(made.to_json()), pickle.loads(pickle.dumps(made))):
        assert not (made - copied).values.any()
    with pytest.raises(InputConflictError, match=r"'gross of my crate' stands for two different things"):
        made - of(100, crate(sf.distribution(stats.norm(71, 2), "kg", name="gross of my crate")))


def test_the_weaker_of_two_grades_of_one_input_outlives_json() -> None:
    both = of(1, crate(source="a sheet", grade="measured")) + of(1, crate())
    assert both.grade == "assumed"
    assert sf.from_json(both.to_json()).grade == "assumed"
    (told,) = both.inputs().query("input == 'gross 75 kg'").to_dict("records")
    assert (told["grade"], told["source"]) == ("assumed", "a sheet and none stated")


# --- written by a format code -----------------------------------------------------------------------------------------


def test_a_format_code_writes_median_and_both_ends() -> None:
    mass = sf.uniform(5.0, 6.0, unit="kg", name="mass of a thing")  # 90 %: 5.05 to 5.95
    assert f"{mass:.3g}" == "5.5 kg (90 %: 5.05 to 5.95)"
    assert f"{mass:.0f}" in ("5 kg (90 %: 5 to 6)", "6 kg (90 %: 5 to 6)")
    assert f"{sf.fixed(7.0, unit='kg', name='scale'):.2e}" == "7.00e+00 kg"
    answer = sf.estimate(6_700, "152mm")
    low, median, high = answer.band()
    assert (
        f"{answer:.2g}"
        == f"{median:.2g} rounds (90 %: {low:.2g} to {high:.2g})"
        == ("3.1e+06 rounds (90 %: 2.6e+06 to 3.7e+06)")
    )
    assert f"{answer:,.0f}".startswith(f"{median:,.0f} rounds (90 %: {low:,.0f} to ")
    assert f"{answer:.3e}" == f"{median:.3e} rounds (90 %: {low:.3e} to {high:.3e})"
    assert f"{answer}" == str(answer)


def test_ends_that_a_format_code_makes_alike_are_said_to_be() -> None:
    assert f"{sf.uniform(1.0, 1.001, unit='kg', name='mass'):.1f}" == "1.0 kg (90 %: narrower than these digits show)"


@pytest.mark.parametrize("code", ["d", "s", ">30", ".2", "%", ".2%", "x", "=^9.2f", " ", ".2g ", "hello", "٣f"])
def test_a_format_code_that_means_nothing_here_is_refused(code: str) -> None:
    for number in (sf.estimate(6_700, "152mm"), sf.uniform(5.0, 6.0, unit="kg", name="mass of a thing")):
        with pytest.raises(sf.ShellflowError, match=r"format code=.*'\.2g', '\.3e'.*median and band in words"):
            format(number, code)
