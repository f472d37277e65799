"""Laws of crates with and without the propelling charge."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog, packings, sampling
from shellflow.packings import Physical
from tests.examples import examples

SHELLS = st.sampled_from(["152mm", "122mm-shell"])
PACKINGS = st.sampled_from(["crated", "as-loaded"])
BOXES = st.sampled_from(["20ft-24t", "20ft-30t", "milvan", "covered-wagon"])
SHARES = st.floats(0, 1)
SEEDS = st.integers(0, 2**32)
FEW = 128


def asked(munition: str, packing: str, transport: str, charge: object = None) -> sf.Estimate:
    return sf.estimate(100, munition, packing=packing, transport=transport, charge=charge)


@given(SHELLS, PACKINGS, BOXES, SEEDS)
@examples(20)
def test_with_and_without_bracket_the_unknown_in_every_draw(
    munition: str, packing: str, transport: str, seed: int
) -> None:
    with sf.settings(n=FEW, seed=seed):
        unknown, with_it, without = (
            asked(munition, packing, transport, charge) for charge in (None, "with", "without")
        )
        assert np.all(with_it.values <= unknown.values * (1 + 1e-12))
        assert np.all(unknown.values <= without.values * (1 + 1e-12))
        (_, low, _), (_, middle, _), (_, high, _) = with_it.band(), unknown.band(), without.band()
        assert low <= middle <= high


@given(SHELLS, PACKINGS, BOXES, SEEDS)
@examples(20)
def test_a_share_of_one_is_with_and_of_none_without(munition: str, packing: str, transport: str, seed: int) -> None:
    with sf.settings(n=FEW, seed=seed):
        for share, charge in ((1, "with"), (0, "without")):
            np.testing.assert_array_equal(
                asked(munition, packing, transport, share).values, asked(munition, packing, transport, charge).values
            )


@given(SHELLS, PACKINGS, SHARES, SHARES, SEEDS)
@examples(20)
def test_more_charges_never_mean_more_rounds(munition: str, packing: str, one: float, other: float, seed: int) -> None:
    less, more = sorted((one, other))
    with sf.settings(n=FEW, seed=seed):
        fewer, many = (asked(munition, packing, "20ft-24t", share).values for share in (more, less))
        assert np.all(fewer <= many * (1 + 1e-12))


@given(SHELLS, PACKINGS, BOXES, st.one_of(st.none(), st.sampled_from(["with", "without"]), SHARES), SEEDS)
@examples(20)
def test_it_outlives_json_and_no_cargo_is_above_the_payload(
    munition: str, packing: str, transport: str, charge: object, seed: int
) -> None:
    with sf.settings(n=FEW, seed=seed):
        made = asked(munition, packing, transport, charge)
        np.testing.assert_array_equal(sf.from_json(made.to_json()).values, made.values)
        contents = packings.shipped(packing, catalog.munitions[munition], catalog.transports[transport])
        (stated,) = packings.settled((contents,), charge, catalog.shipped())
        assert isinstance(stated, Physical)
        stowage = packings.stow(stated, sampling.current_settings())
        assert stowage.cargo_kg is not None
        assert np.all(stowage.cargo_kg <= stated.payload.draws(sampling.current_settings()) * (1 + 1e-12))
        # Each round weighs at least the bare one.
        bare_kg = stowage.rounds * stated.projectile.draws(sampling.current_settings())
        assert np.all(bare_kg <= stowage.cargo_kg * (1 + 1e-12))


@given(SHELLS, SHARES, SEEDS)
@examples(20)
def test_of_a_mass_the_rounds_lie_between_those_of_both_crates(munition: str, share: float, seed: int) -> None:
    with sf.settings(n=FEW, seed=seed):
        crated = packings.shipped("crated", catalog.munitions[munition], catalog.transports["20ft-24t"])
        (stated,) = packings.settled((crated,), share, catalog.shipped())
        assert isinstance(stated, Physical)
        chosen = sampling.current_settings()
        with_it, without = (packings.rounds_per_kg(part, chosen) for part in packings.packages_of(stated).values())
        mixed = packings.rounds_per_kg(stated, chosen)
        assert np.all(with_it <= mixed * (1 + 1e-12))
        assert np.all(mixed <= without * (1 + 1e-12))


@pytest.mark.parametrize("munition", [name for name in catalog.munitions.names if name not in ("152mm", "122mm-shell")])
def test_no_other_munition_has_such_a_share(munition: str) -> None:
    for packing in packings.SHIPPED:
        assert not packings.takes_charge(munition, packing)
        for transport in catalog.transports:
            try:
                made = packings.shipped(packing, catalog.munitions[munition], transport)
            except sf.ShellflowError:
                continue
            assert not any(number.name.startswith("charge.") for number in packings.inputs_of(made))
