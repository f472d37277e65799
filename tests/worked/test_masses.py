"""Rounds in a mass of cargo, and the mass of what transports carry: worked by hand."""

from __future__ import annotations

import json
import pickle
import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import shellflow as sf
from shellflow import cli, units
from shellflow.errors import ArgumentError, DataError, NoDataError, ShellflowError, UnitError

# One round to a crate of 65 kg: 74,000,000 kg / 65 kg = 1,138,461.5 rounds, 15.385 to a tonne.
CRATE = sf.packing("152mm", rounds=1, gross="65 kg", name="my crate")
# Two rockets of 66.6 kg and 19 kg of crate: 152.2 kg, 13.14 rockets to a tonne.
PAIR = sf.packing("122mm-rocket", rounds=2, gross="152.2 kg", name="a pair")


def of(count: object, **options: Any) -> sf.Estimate:
    return sf.estimate(count, "152mm", packing=CRATE, **options)


@pytest.mark.parametrize(
    "count",
    [
        "74,000 t",
        "74 thousand tonnes",
        "74,000,000 kg",
        "74 kilotonnes",
        units.quantity(74e6, "kg"),
        sf.fixed("74,000 t"),
    ],
)
def test_a_mass_is_as_many_rounds_as_it_has_crates(count: object) -> None:
    found = of(count)
    assert found.values == pytest.approx(74e6 / 65)
    assert (found.unit, found.basis) == ("round", "contents")
    assert str(found) == "74,000 t of 152mm, packed as 'my crate' (contents): 1,138,462 rounds"


def test_tons_are_told_apart() -> None:
    assert of("1,000 short tons").values == pytest.approx(907_184.74 / 65)
    assert of("1,000 long tons").values == pytest.approx(1_016_046.9088 / 65)
    for unclear in ("1,000 tons", "1,000 ton", "74 kt", "74,000 mt"):
        with pytest.raises(UnitError, match=r"Write (t or tonne|kilotonne)"):
            of(unclear)


@pytest.mark.parametrize("text", ["-5 t", "at least -5 t", "5 tonnes 3", "74 quux t", "1,000 tons"])
def test_a_refused_mass_is_shown_as_it_was_given(text: str) -> None:
    with pytest.raises(ShellflowError, match=re.escape(repr(text))) as caught:
        of(text)
    assert ". '" not in str(caught.value)


def test_a_range_of_masses_is_uniform_and_said_so() -> None:
    found = of("65,000-130,000 t")
    low, median, high = found.band()
    assert (low, median, high) == pytest.approx((1_050_000, 1.5e6, 1_950_000), rel=1e-3)
    assert "range: 65,000 to 130,000 t, each as likely as the next (uniform)" in found.explain()


def test_crated_is_taken_where_no_packing_is_given_and_no_transport_or_payload_enters() -> None:
    found = sf.estimate("74,000 t", "155mm")
    assert str(found).startswith("74,000 t of 155mm, crated, charge not included (contents): ")
    assert found.values == pytest.approx(sf.estimate("74,000 t", "155mm", packing="crated").values)
    entering = " ".join(found.inputs()["input"])
    assert not any(word in entering for word in ("payload", "transports.", "fill", "clearance", "length"))
    assert found.rows()[0]["transport"] == ""
    assert "all of the mass is taken to be munitions" in found.explain()


def test_shares_of_a_mix_are_of_the_mass() -> None:
    # Half of 74,000 t in rounds of 65 kg, half in rockets of 76.1 kg: 569,231 and 486,202.
    packed = {"152mm": CRATE, "122mm-rocket": PAIR}
    parts = [sf.estimate("37,000 t", name, packing=packing) for name, packing in packed.items()]
    assert sum(parts[1:], parts[0]).values == pytest.approx(37e6 / 65 + 37e6 / 76.1)
    shipped = sf.estimate("74,000 t", sf.mix({"152mm": 0.5, "122mm-rocket": 0.5}), packing="crated")
    alone = [sf.estimate("37,000 t", name, packing="crated") for name in packed]
    assert shipped.values == pytest.approx((alone[0] + alone[1]).values)


def test_an_unknown_share_is_of_the_mass() -> None:
    for count, of in (("74,000 t", "mass"), (6_700, "transports")):
        entering = sf.estimate(count, "152mm + 155mm", packing="crated").inputs().set_index("input")
        assert entering.loc["mix.152mm share", "band_for"] == f"its share of the {of}"


def test_bare_rounds_are_a_capacity() -> None:
    found = sf.estimate("74,000 t", "152mm", packing="ceiling")
    assert found.basis == "capacity"
    assert found.band()[1] == pytest.approx(74e6 / 43.55, rel=1e-3)
    assert "as bare rounds" in str(found)


def test_a_mass_fills_no_transport_up_to_a_limit() -> None:
    crates = sf.packing("152mm", rounds=1, gross="65 kg", basis="contents", name="crates")
    both = of("74,000 t") + sf.estimate(100, "152mm", packing=crates)
    assert of("74,000 t").reasons.limited_by == {}
    assert both.reasons.limited_by == {"mass": 1.0, "space": 0.0}


def test_the_mass_of_what_transports_carry() -> None:
    # 21,750 kg hold 334 crates of 65 kg: 21,710 kg to a container.
    found = of(100).mass()
    assert (found.unit, found.median.m_as("kg")) == ("tonne", pytest.approx(2_171_000))
    assert str(found) == "gross mass of 100 containers of 152mm, packed as 'my crate' (capacity): 2,171 t"
    assert sf.units_needed(33_400, "152mm", packing=CRATE).mass().values == pytest.approx(2_171)
    both = of(100) + 2 * sf.estimate(50, "122mm-rocket", packing=PAIR)
    rockets = sf.estimate(100, "122mm-rocket", packing=PAIR)
    assert both.mass().values == pytest.approx((of(100).mass() + rockets.mass()).values)
    assert (of(100) * sf.fixed(0.5)).mass().values == pytest.approx(1_085.5)
    assert of("74,000 t", munition_share=0.5).mass().values == pytest.approx(37_000)


def test_the_mass_of_a_ratio_or_of_days_is_not_known() -> None:
    with pytest.raises(NoDataError, match=r"a ratio says nothing of packages. Choose packing='crated'"):
        _ = sf.estimate(6_700, "152mm").mass().values
    with pytest.raises(ArgumentError, match=r"mass: this estimate in day is not one of rounds or transports"):
        of(100).lasts_at("10k/day").mass()


def test_an_estimate_in_another_unit_is_the_same_estimate() -> None:
    mass = of(100).mass()
    kilograms = mass.to("kg")
    assert kilograms.values == pytest.approx(1_000 * mass.values)
    assert (kilograms.to("t").unit, mass.to("short tons".replace(" ", "_")).unit) == ("tonne", "short_ton")
    assert kilograms.in_words() == mass.in_words() == "2,171 t"
    assert of("1,000 short tons").mass().to("short tons").in_words() == "1,000 short tons"
    assert mass.chance(at_least="2,171 t", at_most="2,171,000 kg") == 1
    assert (mass / kilograms).values == pytest.approx(1)
    assert of(mass).values == pytest.approx(2_171_000 / 65)
    assert of(100).lasts_at("10k/day").to("weeks").in_words() == "0.477 weeks"
    with pytest.raises(
        UnitError, match=r"is \[mass\]; expected \[munition\]\. For the mass of the cargo, ask mass\(\)"
    ):
        of(100).to("tonne")
    with pytest.raises(UnitError, match=r"A ton may be metric"):
        mass.to("tons")


def test_a_mass_of_kilograms_is_told_in_tonnes() -> None:
    heavy = of(6_700) * sf.fixed("65 kg/round")
    assert heavy.in_words() == "145,457 t"
    assert (of(1) * sf.fixed("0.1 kg/round")).in_words() == "33.4 kg"


def test_a_mass_goes_through_json_and_a_pickle() -> None:
    for made in (sf.estimate("60,000-74,000 t", sf.mix("152mm", "155mm")), of(100).mass(), of(of(100).mass())):
        again = sf.from_json(made.to_json())
        assert (again.unit, str(again)) == (made.unit, str(made))
        assert np.array_equal(again.values, made.values)
        assert np.array_equal(pickle.loads(pickle.dumps(made)).values, made.values)
    document = json.loads(of("74,000 t").to_json())
    document["estimate"]["contents"][0] |= {"load_rule": "as-loaded"}
    with pytest.raises(DataError, match=r"packing='my crate' is known by transports"):
        sf.from_json(json.dumps(document))


def test_a_what_if_of_a_mass() -> None:
    found = of("74,000 t")
    assert found.replace(count="37,000 t").values == pytest.approx(found.values / 2)
    assert found.replace(munition_share=0.5).values == pytest.approx(found.values / 2)
    assert found.replace(munition="155mm", packing="crated").values == pytest.approx(
        sf.estimate("74,000 t", "155mm").values
    )
    with pytest.raises(ArgumentError, match=r"transport='20ft-24t': must be left out where the count is a mass"):
        found.replace(transport="20ft-24t")
    with pytest.raises(UnitError, match=r"count=6700 is in no unit; expected kg"):
        found.replace(count=6_700)


BAD: dict[str, tuple[Callable[[], object], type[ShellflowError], str]] = {
    "reported": (lambda: sf.estimate("5 t", "152mm", packing="reported"), ArgumentError, r"known by transports"),
    "as loaded": (lambda: sf.estimate("5 t", "152mm", packing="as-loaded"), ArgumentError, r"Choose packing='crated'"),
    "own ratio": (
        lambda: sf.estimate("5 t", "152mm", packing=sf.packing("152mm", rounds_per_transport=9, name="mine")),
        ArgumentError,
        r"packing='mine' is known by transports",
    ),
    "transport": (
        lambda: of("5 t", transport="20ft-24t"),
        ArgumentError,
        r"must be left out where the count is a mass",
    ),
    "voyages": (lambda: of("5 t", containers_per_voyage=3), ArgumentError, r"left out where no voyages are counted"),
    "negative": (lambda: of("-5 t"), ArgumentError, r"zero or more"),
    "negative quantity": (lambda: of(units.quantity(-5.0, "kg")), ArgumentError, r"count=-5 kg: must be at least 0"),
    "negative estimate": (lambda: of(of(1).mass() - of(2).mass()), ArgumentError, r"below 0 in 100 % of the draws"),
    "bound": (lambda: of("more than 5 t"), ArgumentError, r"a range of masses, no bound"),
    "pair": (lambda: of(("5 t", "7 t")), ArgumentError, r"must be a single value"),
    "rounds": (lambda: sf.units_needed("5 t", "152mm"), UnitError, r"rounds=5 t is in kg; expected round"),
    "bare threshold": (lambda: of(100).mass().chance(at_least=5), UnitError, r"at_least=5 is in no unit"),
    "in a comparison": (
        lambda: sf.compare("5 t", "152mm", packings=["crated", "reported"]),
        ArgumentError,
        r"packing='reported' is known by transports",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_wrong_mass_is_refused_with_what_to_do(case: str) -> None:
    call, error, match = BAD[case]
    with pytest.raises(error, match=match):
        call()


def test_a_comparison_of_a_mass_has_bare_and_crated_rounds() -> None:
    found = sf.compare("74,000 t", "155mm")
    assert [line.packing for line in found] == ["ceiling", "crated"]
    assert str(found).startswith("74,000 t: how many rounds that could be")
    assert "rounds per tonne" in str(found)
    assert [cells[6] for cells in found.report().cells] == ["mass given", "mass given"]
    per_tonne = found.rows()[1]["per_transport_median"]
    assert per_tonne == pytest.approx(found.rows()[1]["median"] / 74_000)


def test_the_command_takes_a_mass(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["estimate", "74,000 t", "-m", "152mm"]) == 0
    assert "74,000 t: how many rounds that could be" in capsys.readouterr().out
    assert cli.main(["estimate", "74,000 t", "-m", "152mm", "-p", "reported"]) != 0
    assert "Choose --packing crated" in capsys.readouterr().err


def test_a_mass_is_drawn_with_what_was_published_of_it() -> None:
    from matplotlib import pyplot

    axes = of("65,000-130,000 t").mass().plot(claims=["about 74,000 t", "80-90 kilotonnes"])
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["about 74,000 t", "80-90 kilotonnes"]
    axes = sf.plot_compare("74,000 t", "152mm")
    assert axes.get_title(loc="left").startswith("What 74,000 t of 152mm could be\n")
    pyplot.close("all")


def test_a_package_that_is_missing_is_missing_in_every_transport() -> None:
    with pytest.raises(ShellflowError, match=r"no data for 220mm-rocket crated: missing a package of 220mm-rocket\."):
        sf.estimate("74,000 t", "220mm-rocket")
