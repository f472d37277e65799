"""What is computed the short way equals, to the last bit, what the definition says."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog, packings, sampling
from tests.examples import examples

KEPT = examples(60)


def raw_numbers(name: str, n: int, seed: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    digest = hashlib.blake2b(f"{seed}\n{name}".encode(), digest_size=16).digest()
    return np.random.Philox(key=int.from_bytes(digest, "little")).random_raw(n)


@KEPT
@given(st.text(min_size=1, max_size=12), st.integers(1, 40_000), st.integers(0, 3))
def test_the_order_of_a_name_is_the_stable_sort_of_its_raw_numbers(name: str, n: int, seed: int) -> None:
    # At 40,000 one name in six has two numbers that agree in the top 32 bits.
    expected = np.argsort(raw_numbers(name, n, seed), kind="stable")
    np.testing.assert_array_equal(sampling.order(name, sampling.Settings(n, seed)), expected)


def test_numbers_that_agree_in_their_top_bits_are_sorted_as_a_whole() -> None:
    # Such a name is looked for, that the rare way is walked at all; in about half of them the short way would be wrong.
    wrong = 0
    for one in range(300):
        raw = raw_numbers(f"name {one}", 16_384, 0)
        by_top_bits = np.argsort(raw >> np.uint64(32), kind="stable")
        expected = np.argsort(raw, kind="stable")
        if not np.array_equal(by_top_bits, expected):
            wrong += 1
            np.testing.assert_array_equal(sampling.order(f"name {one}", sampling.Settings()), expected)
    assert wrong >= 1


@KEPT
@given(st.floats(1, 60), st.one_of(st.integers(0, 12).map(lambda power: 2**power), st.integers(1, 3_000)))
def test_quantiles_of_t_at_mirrored_probabilities_are_those_of_either_half(df: float, n: int) -> None:
    # Either half alone has no mirror, and goes the long way. Matrix products of other shapes may round their sums of
    # five otherwise. Where n is no power of two, 1 - p may be a rounding away from the p that mirrors it.
    p = sampling.midpoints(n)
    whole = sampling.student_t_quantile(p, df)
    halves = np.concatenate([sampling.student_t_quantile(part, df) for part in (p[: n // 2], p[n // 2 :]) if part.size])
    np.testing.assert_allclose(whole, halves, rtol=1e-12, atol=1e-12)
    if n & (n - 1) == 0:
        np.testing.assert_array_equal(whole, -whole[::-1])


@KEPT
@given(
    st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=200),
    st.lists(st.floats(0, 1), min_size=1, max_size=4),
)
def test_quantiles_of_unsorted_draws_are_those_of_the_sorted(draws: list[float], levels: list[float]) -> None:
    values = np.array(draws)
    kept = values.copy()
    expected = tuple(sampling.quantile(np.sort(values), p) for p in levels)
    assert sampling.quantiles(values, levels) == expected
    np.testing.assert_array_equal(values, kept)


@KEPT
@given(st.lists(st.one_of(st.integers(0, 70_000).map(float), st.floats(0, 70_000)), min_size=1, max_size=200))
def test_the_rounds_held_in_rising_order_are_all_of_them(rounds: list[float]) -> None:
    # Whole numbers up to 65,535 take the short way; one fraction, or one number beyond, the other.
    stowage = packings.Stowage(np.array(rounds), None, {}, (), 0.0, (), (), ())
    np.testing.assert_array_equal(stowage.ordered, np.sort(np.array(rounds)))


@pytest.mark.parametrize("munition", catalog.munitions.names)
@pytest.mark.parametrize("packing", packings.SHIPPED)
def test_a_band_is_that_of_the_sorted_values(munition: str, packing: str) -> None:
    level, share = 0.8, sf.uniform(0.5, 1.0, name="share")
    try:
        plain = sf.estimate(6_700, munition, packing=packing)
    except sf.ShellflowError:
        return  # the facts do not allow it
    for est in (plain, 0.3 * plain, plain + plain, sf.estimate(3, munition, packing=packing, munition_share=share)):
        ordered = np.sort(est.values)
        assert est.band(level) == tuple(
            sampling.quantile(ordered, p) for p in ((1 - level) / 2, 0.5, 1 - (1 - level) / 2)
        )


def test_a_count_of_none_has_a_band_of_none() -> None:
    assert sf.estimate(0, "152mm").band() == (0.0, 0.0, 0.0)
