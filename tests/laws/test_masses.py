"""What holds of masses of cargo, whatever they are of."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import packings

MASSES = st.floats(1e-3, 1e6)
GROSSES = st.floats(44.0, 200.0)
MUNITIONS = st.sampled_from(["152mm", "122mm-rocket", "155mm", "105mm", "122mm-shell"])


@given(MASSES, GROSSES, st.floats(1.0, 1.5), st.integers(1, 4))
def test_mass_over_the_gross_mass_of_a_round_is_the_rounds_draw_by_draw(
    tonnes: float, low: float, spread: float, rounds: int
) -> None:
    gross = sf.uniform(f"{low * rounds!r} kg", f"{low * spread * rounds!r} kg", name="gross")
    crate = sf.packing("152mm", rounds=rounds, gross=gross, name="crate")
    for found in (sf.estimate(sf.fixed(tonnes, "t"), "152mm", packing=crate), sf.estimate(7, "152mm", packing=crate)):
        per_round = packings.gross_mass(crate, found.settings) / rounds  # type: ignore[arg-type]
        np.testing.assert_allclose(found.mass().to("kg").values / per_round, found.values, rtol=1e-9)


@given(MASSES, MASSES, MUNITIONS)
def test_more_mass_never_means_fewer_rounds(one: float, other: float, munition: str) -> None:
    less, more = (sf.estimate(sf.fixed(tonnes, "t"), munition) for tonnes in sorted((one, other)))
    assert np.all(more.values >= less.values)


@given(MASSES, MUNITIONS)
def test_the_mass_of_the_rounds_in_a_mass_is_that_mass(tonnes: float, munition: str) -> None:
    np.testing.assert_allclose(sf.estimate(sf.fixed(tonnes, "t"), munition).mass().values, tonnes, rtol=1e-9)


@given(MASSES, MASSES, MUNITIONS)
def test_masses_add_up(one: float, other: float, munition: str) -> None:
    both = sf.estimate(sf.fixed(one, "t"), munition) + sf.estimate(sf.fixed(other, "t"), munition)
    together = sf.estimate(sf.fixed(one + other, "t"), munition)
    np.testing.assert_allclose(both.values, together.values, rtol=1e-9)


@given(MASSES)
def test_a_mix_with_one_share_of_1_is_that_munition(tonnes: float) -> None:
    mixed = sf.estimate(sf.fixed(tonnes, "t"), sf.mix({"152mm": 1.0, "122mm-rocket": 0.0}))
    np.testing.assert_allclose(mixed.values, sf.estimate(sf.fixed(tonnes, "t"), "152mm").values, rtol=1e-12)


@given(MASSES, MUNITIONS)
def test_no_packed_cargo_holds_more_rounds_than_bare_ones_would(tonnes: float, munition: str) -> None:
    bare = sf.estimate(sf.fixed(tonnes, "t"), munition, packing="ceiling")
    assert np.all(sf.estimate(sf.fixed(tonnes, "t"), munition).values <= bare.values)
