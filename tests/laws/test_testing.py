"""What the strategies draw is sound, and the asserts fail when they should."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
import shellflow.testing as sft
from shellflow import catalog, inputs, packings, sampling, words
from shellflow.errors import ArgumentError, UnitError


@given(st.data())
def test_counts_in_every_form_are_read_as_the_same_number(data: st.DataObject) -> None:
    written = data.draw(sft.counts(0, 20_000, "container"))
    read = inputs.as_input(written, "container", "count", bare="").distribution.support[0]
    assert read == int(read)
    assert 0 <= read <= 20_000


@given(sft.distributions(1.5, 80.0, "kg"), sft.settings())
def test_distributions_stay_within_their_limits(one: sf.inputs.Input, chosen: sampling.Settings) -> None:
    draws = one.draws(chosen)
    assert one.unit == "kg"
    assert np.all((draws >= 1.5) & (draws <= 80.0))


@given(sft.packings())
def test_every_drawn_packing_can_be_held_and_conserves_mass(packing: packings.Physical) -> None:
    with sf.settings(n=64):
        stowage = packings.stow(packing, sampling.current_settings())
        estimate = sf.estimate(10, packing.munition, packing=packing)
    assert np.array_equal(estimate.values, 10 * stowage.rounds)
    sft.assert_conserves_mass(estimate, 10, packing.munition, packing.transport)


@given(sft.packings(exact=True), sft.counts(1, 500))
def test_exact_packings_give_one_number_in_all_worlds(packing: packings.Physical, count: object) -> None:
    with sf.settings(n=16):
        stowage = packings.stow(packing, sampling.current_settings())
    projectile = packing.projectile
    if projectile.is_fixed:
        assert np.ptp(stowage.rounds) == 0


@given(sft.shipments())
def test_shipment_tables_have_sound_rows(table: object) -> None:
    assert list(table.columns) == ["date", "munition", "count"]  # type: ignore[attr-defined]  # a pandas frame
    assert (table["count"] >= 0).all()  # type: ignore[index]


@given(sft.shipments(uncertain=True))
def test_uncertain_shipment_tables_have_low_below_high(table: object) -> None:
    assert (table["low"] <= table["high"]).all()  # type: ignore[index]


@given(sft.claims())
def test_claims_in_words_can_be_read(claim: sft.ClaimInWords) -> None:
    rounds = words.read_claim(claim.rounds)
    assert rounds.bound in ("point", "floor", "ceiling", "range")
    assert words.read_claim(claim.count).noun == "container"


@given(sft.munitions(), sft.transports())
def test_the_ceiling_of_any_munition_in_any_transport_conserves_mass(
    munition: catalog.Munition, transport: catalog.Transport
) -> None:
    with sf.settings(n=64):
        ceiling = packings.ceiling_of(munition, transport)
        assert ceiling is not None
        stowage = packings.stow(ceiling, sampling.current_settings())
        mass = stowage.rounds * ceiling.projectile.draws(sampling.current_settings())
    assert np.all(mass <= transport.payload_kg * (1 + 1e-9))


def test_close_rounds_pass_and_others_fail() -> None:
    ureg = sf.units.registry()
    sft.assert_rounds_close(3e6 * ureg.rounds, "3M rounds")
    sft.assert_rounds_close(sf.estimate(1, "152mm"), sf.estimate(1, "152mm"))
    sft.assert_rounds_close(np.array([1.0, 2.0]) * ureg.rounds, np.array([1.0, 2.0]) * ureg.rounds)
    with pytest.raises(AssertionError, match=r"3000000 rounds and 3000001 rounds differ by more than 1e-09"):
        sft.assert_rounds_close("3M rounds", "3,000,001 rounds")
    with pytest.raises(AssertionError, match=r"in 1 of 2 draws"):
        sft.assert_rounds_close(np.array([1.0, 2.0]) * ureg.rounds, np.array([1.0, 2.5]) * ureg.rounds)
    with pytest.raises(AssertionError, match=r"actual has 2 draws, expected has 3"):
        sft.assert_rounds_close(np.ones(2) * ureg.rounds, np.ones(3) * ureg.rounds)


def test_a_number_without_a_unit_is_no_number_of_rounds() -> None:
    with pytest.raises(UnitError, match=r"expected is in no unit|expected=3000000.0 is in no unit"):
        sft.assert_rounds_close("3M rounds", 3_000_000.0)
    with pytest.raises(UnitError, match="containers"):
        sft.assert_rounds_close("3M containers", "3M rounds")
    with pytest.raises(UnitError, match="actual is an estimate in container"):
        sft.assert_rounds_close(sf.units_needed("3M", "152mm"), "3M rounds")


def test_too_heavy_a_conversion_fails_with_both_masses() -> None:
    # 8,000,000 x 43.5 kg = 348,000 t; 13,000 x 21.75 t = 282,750 t.
    with pytest.raises(AssertionError, match="at least 348,000 t; 13,000 x 20ft-24t may carry 282,750 t"):
        sft.assert_conserves_mass("8M rounds", 13_000, "152mm")
    with pytest.raises(UnitError, match="expected container"):
        sft.assert_conserves_mass("8M rounds", "13,000 wagons", "152mm")


def test_a_conversion_that_falls_is_found() -> None:
    ureg = sf.units.registry()
    sft.assert_monotone(lambda count: -count * ureg.rounds, [1, 2, 3], rising=False)
    with pytest.raises(AssertionError, match="the result falls between 3 and 4"):
        sft.assert_monotone(lambda count: min(count, 5 - count), [1, 2, 3, 4])
    with pytest.raises(AssertionError, match="the result rises between 1 and 2"):
        sft.assert_monotone(lambda count: count, [1, 2], rising=False)
    with pytest.raises(ArgumentError, match="at least two values"):
        sft.assert_monotone(lambda count: count, [1])
    with pytest.raises(UnitError, match="of one unit"):
        sft.assert_monotone(lambda count: count * (ureg.rounds if count == 1 else ureg.containers), [1, 2])


def test_bad_limits_are_refused() -> None:
    with pytest.raises(ArgumentError, match="least=-1: must be from 0"):
        sft.counts(-1, 5)
    with pytest.raises(ArgumentError, match="least=0: must be positive"):
        sft.distributions(0, 5)


def test_what_is_no_number_is_never_monotone() -> None:
    for values in ([float("nan")] * 3, [1.0, float("nan"), 2.0]):
        with pytest.raises(AssertionError, match=r"the result is not a number between 0 and 1"):
            sft.assert_monotone(lambda place: values[place], [0, 1, 2])  # noqa: B023  called at once


def test_results_of_different_lengths_are_not_compared() -> None:
    with pytest.raises(AssertionError, match=r"the results have 2 and 3 values between 2 and 3"):
        sft.assert_monotone(np.ones, [2, 3])


def test_an_uncertain_count_is_held_against_the_rounds_world_by_world() -> None:
    boxes = sf.uniform(1, 1_000, "containers", name="boxes seen")
    sft.assert_conserves_mass(sf.estimate(boxes, "152mm", packing="ceiling"), boxes, "152mm")
    with pytest.raises(AssertionError, match=r"400,000 rounds of 152mm weigh at least 17,400 t; .* may carry"):
        sft.assert_conserves_mass("400k rounds", boxes, "152mm")
