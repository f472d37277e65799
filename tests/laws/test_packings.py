"""What every packing obeys, whatever is packed into what."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import boxes, catalog, packings, sampling, testing
from shellflow.catalog import Munition, Transport
from shellflow.errors import ArgumentError, DoesNotFitError
from shellflow.inputs import Input
from shellflow.packings import Physical, Reported
from tests import strategies
from tests.examples import examples

SHELL = catalog.munitions["152mm"]
BOX = catalog.transports["20ft-24t"]
ONE_WORLD = sampling.Settings(n=1)


def _stowage(packing: packings.Packing, chosen: sampling.Settings) -> packings.Stowage:
    try:
        return packings.stow(packing, chosen)
    except (DoesNotFitError, ArgumentError):  # nothing goes in, or the rounds outweigh the gross mass stated
        assume(False)
        raise


def _volume(sides: tuple[Input, Input, Input], chosen: sampling.Settings) -> sampling.Floats:
    length, width, height = (one.draws(chosen) for one in sides)
    return length * width * height


@given(strategies.physical_packings, strategies.few_draws)
@examples(60)
def test_the_rounds_never_weigh_more_than_the_payload_nor_than_the_load(
    packing: Physical, chosen: sampling.Settings
) -> None:
    weight = _stowage(packing, chosen).rounds * packing.projectile.draws(chosen)
    assert np.all(weight <= packing.payload.draws(chosen) * (1 + 1e-9))
    assert np.all(weight <= packing.load.draws(chosen) * (1 + 1e-9))


@given(strategies.physical_packings, strategies.few_draws)
@examples(60)
def test_the_packages_never_take_more_volume_than_the_inside_has(packing: Physical, chosen: sampling.Settings) -> None:
    assume(packing.size is not None and packing.inner is not None)
    assert packing.size is not None
    assert packing.inner is not None
    packages = _stowage(packing, chosen).rounds / packing.rounds
    # Sides are widened by a billionth when they are compared.
    assert np.all(packages * _volume(packing.size, chosen) <= _volume(packing.inner, chosen) * (1 + 1e-8))


@given(strategies.physical_packings, strategies.few_draws)
@examples(60)
def test_rounds_come_in_whole_packages_and_none_is_negative(packing: Physical, chosen: sampling.Settings) -> None:
    for package in packings.packages_of(packing).values():  # transports share packages with and without the charge
        stowage = _stowage(package, chosen)
        assert np.all(stowage.rounds % package.rounds == 0)
        assert np.all(stowage.rounds >= 0)
        assert not stowage.rounds.flags.writeable


@given(strategies.physical_packings, strategies.few_draws)
@examples(60)
def test_mass_or_space_or_the_norm_of_a_wagon_binds_in_each_draw(packing: Physical, chosen: sampling.Settings) -> None:
    stowage = _stowage(packing, chosen)
    assert {"mass", "space"} <= set(stowage.limited_by) <= {"norm", "mass", "space"}
    assert sum(stowage.limited_by.values()) == pytest.approx(1.0, abs=1e-12)
    assert all(0 <= share <= 1 for share in stowage.limited_by.values())
    assert {one.name for one in stowage.binding_inputs} <= {one.name for one in stowage.inputs}


@given(strategies.own_packings(exact=False), strategies.few_draws)
@examples(40)
def test_thousands_of_worlds_are_packed_as_each_would_be_alone(packing: Physical, chosen: sampling.Settings) -> None:
    assert packing.size is not None
    assert packing.inner is not None
    stowage = _stowage(packing, chosen)
    room = [one.distribution.support[0] for one in packing.inner]
    for draw in range(0, chosen.n, chosen.n // 4):
        size = [float(one.draws(chosen)[draw]) for one in packing.size]
        gross = packing.rounds * packing.projectile.draws(chosen)[draw]
        if packing.packaging is not None:
            gross += packing.packaging.draws(chosen)[draw]
        elif packing.gross is not None:
            gross = max(gross, packing.gross.draws(chosen)[draw])
        mass = min(packing.load.draws(chosen)[draw], packing.payload.draws(chosen)[draw]) / gross
        fit = boxes.fit(
            *room,
            *size,
            clearance=float(packing.clearance.draws(chosen)[draw]),
            layers=packing.layers,
            door=(packing.transport.door_width_m, packing.transport.door_height_m),
            orientation=packing.orientation,
        )
        assume(fit.proven)
        space = fit.count * packing.fill.draws(chosen)[draw]
        assert stowage.rounds[draw] == packing.rounds * np.floor(min(mass, space) * (1 + 1e-12))


# --- more and less: exact sizes, proven counts ------------------------------------------------------------------------


def _rounds(sizes: dict[str, float]) -> float:
    """Return the rounds in one transport of these exact sizes; nothing unless the count of boxes is proven."""
    room = sizes["inner_length_m"], sizes["inner_width_m"], sizes["inner_height_m"]
    box = sizes["length"], sizes["width"], sizes["height"]
    transport = dataclasses.replace(
        BOX,
        payload_kg=sizes["payload_kg"],
        inner_length_m=room[0],
        inner_width_m=room[1],
        inner_height_m=room[2],
        door_width_m=None,
        door_height_m=None,
    )
    assume(boxes.fit(*room, *box).proven)
    size = f"{box[0]!r} m", f"{box[1]!r} m", f"{box[2]!r} m"
    try:
        made = sf.packing(SHELL, transport=transport, gross=f"{sizes['gross_kg']!r} kg", size=size, clearance="0 m")
    except DoesNotFitError:
        return 0.0
    return float(packings.stow(made, ONE_WORLD).rounds[0])


def _changed(sizes: dict[str, float], factors: dict[str, float]) -> dict[str, float]:
    return {name: value * factors.get(name, 1.0) for name, value in sizes.items()}


FACTOR = st.one_of(st.floats(1.0, 2.0), st.floats(1.0, 1.01))


@given(strategies.exact_sizes(), FACTOR)
def test_more_payload_never_means_fewer_rounds(sizes: dict[str, float], factor: float) -> None:
    assert _rounds(_changed(sizes, {"payload_kg": factor})) >= _rounds(sizes)


@given(strategies.exact_sizes(), FACTOR)
def test_a_lighter_package_never_means_fewer_rounds(sizes: dict[str, float], factor: float) -> None:
    assert _rounds(sizes) >= _rounds(_changed(sizes, {"gross_kg": factor}))


@given(strategies.exact_sizes(), st.sampled_from(["inner_length_m", "inner_width_m", "inner_height_m"]), FACTOR)
def test_a_larger_inside_never_means_fewer_rounds(sizes: dict[str, float], side: str, factor: float) -> None:
    assert _rounds(_changed(sizes, {side: factor})) >= _rounds(sizes)


@given(strategies.exact_sizes(), st.sampled_from(["length", "width", "height"]), FACTOR)
def test_a_smaller_package_never_means_fewer_rounds(sizes: dict[str, float], side: str, factor: float) -> None:
    assert _rounds(sizes) >= _rounds(_changed(sizes, {side: factor}))


@given(strategies.own_packings(exact=True), st.floats(0.1, 1.0), st.floats(0.1, 1.0))
@examples(60)
def test_a_larger_fill_never_means_fewer_rounds(packing: Physical, fill: float, other: float) -> None:
    low, high = sorted((fill, other))
    filled = [dataclasses.replace(packing, fill=Input(f"fill {one!r}", sampling.Fixed(one), "")) for one in (low, high)]
    stowage = [_stowage(one, sampling.Settings(n=16)).rounds for one in filled]
    assert np.all(stowage[0] <= stowage[1])


@given(strategies.own_packings(exact=True))
@examples(60)
def test_a_limit_on_layers_never_means_more_rounds(packing: Physical) -> None:
    assume(packing.orientation == "upright")
    chosen = sampling.Settings(n=16)
    without = _stowage(dataclasses.replace(packing, layers=None), chosen).rounds
    assert np.all(_stowage(dataclasses.replace(packing, layers=2), chosen).rounds <= without)


@given(strategies.own_packings(exact=True))
@examples(60)
def test_a_package_that_may_lie_on_any_face_never_means_fewer_rounds(packing: Physical) -> None:
    chosen = sampling.Settings(n=16)
    upright = dataclasses.replace(packing, orientation="upright", layers=None)
    free = dataclasses.replace(upright, orientation="free")
    assert np.all(_stowage(free, chosen).rounds >= _stowage(upright, chosen).rounds)


# --- units, names, rules ----------------------------------------------------------------------------------------------


@given(strategies.exact_sizes(), st.floats(1.0, 100.0))
def test_pounds_and_feet_agree_with_kilograms_and_metres(sizes: dict[str, float], packaging_kg: float) -> None:
    def made(mass: str, length: str, per_mass: float, per_length: float) -> packings.Packing:
        def of(value: float, unit: str, per: float) -> str:
            # Up to a billionth, so that a side that just fits does so in either unit.
            return f"{value / per * (1 - 1e-10):.17e} {unit}"

        sides = tuple(of(sizes[side], length, per_length) for side in ("length", "width", "height"))
        return sf.packing(
            SHELL,
            packaging=of(packaging_kg, mass, per_mass),
            size=sides,  # type: ignore[arg-type]
            load=of(sizes["payload_kg"], mass, per_mass),
            clearance=of(0.01, length, per_length),
        )

    with sf.settings(n=64):
        metric, imperial = made("kg", "m", 1.0, 1.0), made("lb", "ft", 0.45359237, 0.3048)
    ours, theirs = (packings.stow(one, sampling.Settings(n=64)).rounds for one in (metric, imperial))
    # A quotient may round to either side of a whole number, which is one package.
    assert np.all(np.abs(ours - theirs) <= 1)
    assert np.mean(ours == theirs) > 0.9


@given(testing.munitions(made_up=False), testing.transports(made_up=False, known_size=False))
def test_no_shipped_packing_but_the_reported_exceeds_the_ceiling(munition: Munition, transport: Transport) -> None:
    ceiling = packings.ceiling_of(munition, transport)
    assume(ceiling is not None)
    assert ceiling is not None
    chosen = sampling.Settings(n=256)
    most = packings.stow(ceiling, chosen).rounds
    for name in ("crated", "as-loaded"):
        try:
            found = packings.shipped(name, munition, transport)
        except sf.ShellflowError:
            continue
        assert np.all(packings.stow(found, chosen).rounds <= most)


@given(testing.munitions(made_up=False), testing.transports(made_up=False, known_size=False))
def test_what_is_loaded_as_observed_never_exceeds_the_full_payload(munition: Munition, transport: Transport) -> None:
    try:
        loaded, crated = (packings.shipped(name, munition, transport) for name in ("as-loaded", "crated"))
    except sf.ShellflowError:
        assume(False)
    chosen = sampling.Settings(n=256)
    assert np.all(packings.stow(loaded, chosen).rounds <= packings.stow(crated, chosen).rounds)


@given(strategies.physical_packings, strategies.few_draws)
@examples(60)
def test_holding_the_same_packing_twice_gives_the_same_rounds(packing: Physical, chosen: sampling.Settings) -> None:
    once = _stowage(packing, chosen)
    sampling.clear_caches()
    assert np.array_equal(packings.stow(packing, chosen).rounds, once.rounds)


@given(strategies.own_packings(exact=False), strategies.few_draws)
@examples(60)
def test_another_name_for_a_packing_changes_no_round(packing: Physical, chosen: sampling.Settings) -> None:
    again = dataclasses.replace(packing, name="another name")
    assert np.array_equal(_stowage(packing, chosen).rounds, _stowage(again, chosen).rounds)


@given(st.lists(st.sampled_from(["a", "b", "c", "d", "e"]), min_size=2, max_size=5, unique=True))
def test_adding_a_munition_to_a_mix_leaves_the_draws_of_the_others_alone(names: list[str]) -> None:
    chosen = sampling.Settings(n=256)
    few, more = packings.mix_weights(packings.mix(*names)), packings.mix_weights(packings.mix(*names, "added"))
    assert few == more[:-1]
    for one, same in zip(few, more, strict=False):
        assert np.array_equal(one.draws(chosen), same.draws(chosen))


@given(st.integers(2, 6), st.integers(0, 100))
def test_unknown_shares_are_each_between_0_and_1_and_sum_to_1(several: int, seed: int) -> None:
    weights = packings.mix_weights(packings.mix(*(f"munition {i}" for i in range(several))))
    shares = packings.mix_shares(weights, sampling.Settings(n=256, seed=seed))
    assert sum(shares) == pytest.approx(np.ones(256), rel=1e-12)
    assert all(np.all((share > 0) & (share < 1)) for share in shares)


@pytest.mark.parametrize("several", [2, 3, 5])
def test_unknown_shares_are_uniform_on_the_simplex(several: int) -> None:
    weights = packings.mix_weights(packings.mix(*(f"munition {i}" for i in range(several))))
    shares = packings.mix_shares(weights, sampling.Settings())
    # There each share is beta(1, k-1): the chance that it exceeds x is (1-x)^(k-1).
    for share in shares:
        for x in (0.1, 0.3, 0.6):
            assert np.mean(share > x) == pytest.approx((1 - x) ** (several - 1), abs=0.015)


@given(st.integers(1, 20_000), st.floats(1.0, 1000.0))
def test_a_ratio_of_ones_own_is_held_as_it_is(count: int, ratio: float) -> None:
    made = sf.packing("152mm", rounds_per_transport=ratio)
    assert isinstance(made, Reported)
    stowage = packings.stow(made, ONE_WORLD)
    assert stowage.limited_by == {}
    with sf.settings(n=1):
        assert sf.estimate(count, "152mm", packing=made).values == pytest.approx([count * ratio], rel=1e-12)


def _everything(packing: packings.Packing) -> list[Any]:
    return [getattr(packing, part.name) for part in dataclasses.fields(packing)]


@given(strategies.shipped_packings())
def test_there_and_back_to_another_transport_is_the_same_packing(packing: Physical) -> None:
    other = catalog.transports["20ft-8ft-high"]
    assume(packing.recipe in ("ceiling", "crated"))
    there = packings.in_transport(packing, other)
    assert _everything(packings.in_transport(there, packing.transport)) == _everything(packing)
