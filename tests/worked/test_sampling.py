"""Draws by hand: what three observations say, quantiles of a few draws, settings, and what a cache drops."""

from __future__ import annotations

import asyncio
import contextvars
import math
import threading
from collections.abc import Generator

import numpy as np
import pytest

import shellflow as sf
from shellflow import sampling
from shellflow.errors import ArgumentError


def test_the_predictive_distribution_of_three_observations() -> None:
    # logs of 100, 80, 74.6: 4.605170, 4.382027, 4.312140; mean 4.433113, whose exponential is 84.19.
    # Deviations 0.172058, -0.051086, -0.120972; squares 0.029604 + 0.002610 + 0.014634 = 0.046848; half of it is
    # 0.153049 squared.
    # Scale s * sqrt(1 + 1/3) = 0.176726. With t(2, 0.95) = 2.919986: 84.19 * exp(-+0.516038) = 50.25 and 141.05.
    found = sampling.predictive([100, 80, 74.6], [100, 80, 74.6])
    assert found.df == 2
    assert math.exp(found.log_center) == pytest.approx(84.19, abs=0.01)
    assert found.log_scale == pytest.approx(0.176726, abs=2e-6)
    assert found.ppf(np.array([0.05, 0.5, 0.95])) == pytest.approx([50.25, 84.19, 141.05], abs=0.01)


def test_an_observed_range_adds_its_own_variance() -> None:
    # 10, 10 and 8 to 12.5, whose log midpoint is log 10: the midpoints do not vary at all. log(12.5/8) = 0.446287;
    # its square over 12 is 0.0165977, a third of that 0.00553256, the root 0.0743812; times sqrt(4/3) 0.0858880.
    found = sampling.predictive([10, 10, 8], [10, 10, 12.5])
    assert found.log_center == pytest.approx(math.log(10))
    assert found.log_scale == pytest.approx(0.0858880, abs=1e-7)
    # The 90 % band: 10 * exp(-+2.919986 * 0.0858880) = 10 * exp(-+0.250792).
    assert found.ppf(np.array([0.05, 0.95])) == pytest.approx([7.7818, 12.8504], abs=1e-4)


@pytest.mark.parametrize(("df", "expected"), [(1, 6.313752), (2, 2.919986), (4, 2.131847), (30, 1.697261)])
def test_student_t_at_95_percent_is_that_of_the_tables(df: int, expected: float) -> None:
    assert sampling.student_t_quantile(np.array([0.05, 0.5, 0.95]), df) == pytest.approx(
        [-expected, 0, expected], abs=1e-6
    )


@pytest.mark.parametrize(
    ("p", "expected"),
    # Four draws stand at 1/8, 3/8, 5/8, 7/8; between them by lines, beyond them level.
    [(0, 1), (0.125, 1), (0.25, 1.5), (0.375, 2), (0.5, 3), (0.625, 4), (0.75, 6), (0.875, 8), (1, 8)],
)
def test_a_quantile_of_four_draws(p: float, expected: float) -> None:
    assert sampling.quantile(np.array([1.0, 2.0, 4.0, 8.0]), p) == pytest.approx(expected)
    assert sampling.quantiles(np.array([4.0, 1.0, 8.0, 2.0]), (p,)) == pytest.approx((expected,))


def test_draws_stand_in_the_middle_of_equal_shares_of_probability() -> None:
    assert sampling.midpoints(4).tolist() == [0.125, 0.375, 0.625, 0.875]
    drawn = sampling.draw("x", sampling.Uniform(0, 8), sampling.Settings(n=4))
    assert sorted(drawn.tolist()) == [1.0, 3.0, 5.0, 7.0]


def test_a_discrete_value_is_the_least_whose_share_reaches_the_probability() -> None:
    # Also where the sum of the shares was rounded: 0.1 + 0.1 + 0.1 is more than 0.3, and 0.8 - 0.1 less than 0.7.
    tenths = sampling.Discrete(tuple(map(float, range(1, 11))), (0.1,) * 10)
    assert tenths.ppf(np.arange(1, 10) / 10).tolist() == [1, 2, 3, 4, 5, 6, 7, 8, 9]
    assert tenths.ppf(np.arange(1, 10) / 10 + 0.001).tolist() == [2, 3, 4, 5, 6, 7, 8, 9, 10]


def test_a_discrete_value_takes_its_share_of_the_worlds() -> None:
    drawn = sampling.draw("rows", sampling.Discrete((1.0, 2.0), (0.75, 0.25)), sampling.Settings(n=8))
    assert sorted(drawn.tolist()) == [1.0] * 6 + [2.0] * 2


def test_the_swing_is_the_median_at_the_ends_of_the_input() -> None:
    # 100 draws, answer = 3 * rank: the lowest ten ranks 0 to 9 have the median 3 * 4.5, the highest 90 to 99 3 * 94.5.
    ranks = np.arange(100)
    answer = np.array([3.0 * rank for rank in range(100)])
    assert sampling.swing(answer, ranks) == pytest.approx((13.5, 283.5))


def test_settings_hold_within_their_block_and_nest() -> None:
    assert sampling.current_settings() == sampling.Settings(16_384, 0)
    with sf.settings(n=100), sf.settings(seed=3) as inner:
        assert inner == sampling.current_settings() == sampling.Settings(100, 3)
    assert sampling.current_settings() == sampling.Settings()


def test_settings_end_with_their_block_even_if_it_fails_and_can_be_entered_again() -> None:
    few = sf.settings(n=7)
    for _ in range(2):
        with pytest.raises(ZeroDivisionError, match="by zero"), few:
            _ = sampling.current_settings().n / (sampling.current_settings().n - 7)
        assert sampling.current_settings().n == sampling.DEFAULT_N


def test_a_new_thread_starts_from_the_defaults() -> None:
    seen: list[int] = []
    with sf.settings(n=7):
        thread = threading.Thread(target=lambda: seen.append(sampling.current_settings().n))
        thread.start()
        thread.join()
    assert seen == [sampling.DEFAULT_N]


def test_an_estimate_keeps_the_settings_it_was_made_in() -> None:
    with sf.settings(n=50, seed=2):
        made = sf.estimate(1, "152mm")
    assert made.values.shape == (50,)
    assert made.stamp == {**made.made_by, "n": 50, "seed": 2}


def test_a_cache_drops_what_was_unused_longest() -> None:
    cache = sampling.BoundedCache(2)
    made: list[str] = []

    def get(key: str) -> None:
        def make() -> tuple[str, int]:
            made.append(key)
            return key, 1

        assert cache.get(key, make) == key

    for key in ("a", "b", "a", "c", "a", "b"):  # c drops b, since a was used after it
        get(key)
    assert made == ["a", "b", "c", "b"]


def test_what_is_larger_than_the_cache_is_made_each_time() -> None:
    cache = sampling.BoundedCache(2)
    made: list[int] = []

    def make() -> tuple[int, int]:
        made.append(1)
        return 1, 3

    assert [cache.get("large", make) for _ in range(2)] == [1, 1]
    assert len(made) == 2


def test_every_use_of_one_settings_object_is_its_own() -> None:
    chosen = sampling.settings(n=10)
    with chosen:
        with sampling.settings(seed=5), chosen as inner:
            assert inner == sampling.Settings(10, 5)
        assert sampling.current_settings() == sampling.Settings(10, 0)
    assert sampling.current_settings() == sampling.Settings()


def test_crossed_blocks_take_away_only_themselves() -> None:
    first, second = sampling.settings(n=10), sampling.settings(n=20)
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert sampling.current_settings().n == 20
    second.__exit__(None, None, None)
    assert sampling.current_settings() == sampling.Settings()


def test_one_settings_object_serves_many_threads() -> None:
    chosen, start = sampling.settings(n=10), threading.Barrier(8)
    answers: list[tuple[int, int]] = []

    def use() -> None:
        with chosen:
            start.wait()
            inside = sampling.current_settings().n
            start.wait()
        answers.append((inside, sampling.current_settings().n))

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(10, sampling.DEFAULT_N)] * 8


def test_one_settings_object_serves_many_tasks() -> None:
    chosen = sampling.settings(n=10)

    async def use(turns: int) -> tuple[int, int]:
        with chosen:
            for _ in range(turns):
                await asyncio.sleep(0)
            inside = sampling.current_settings().n
        return inside, sampling.current_settings().n

    async def main() -> list[tuple[int, int]]:
        with sampling.settings(n=7):
            return await asyncio.gather(*(use(turns) for turns in (3, 1, 2)))

    assert asyncio.run(main()) == [(10, 7)] * 3


def test_a_suspended_generator_lends_its_settings_to_its_caller_until_it_goes_on() -> None:
    # As the docs of settings say: Python gives a generator the context of whoever calls it.
    def steps() -> Generator[int, None, None]:
        with sampling.settings(n=10):
            yield sampling.current_settings().n

    running = steps()
    assert next(running) == 10
    assert sampling.current_settings().n == 10
    with sampling.settings(n=20):
        running.close()
        assert sampling.current_settings().n == 20
    assert sampling.current_settings() == sampling.Settings()


def test_a_generator_that_ends_in_another_context_changes_nothing_there() -> None:
    def steps() -> Generator[int, None, None]:
        with sampling.settings(n=10):
            yield sampling.current_settings().n

    running = steps()
    assert contextvars.copy_context().run(next, running) == 10
    running.close()
    assert sampling.current_settings() == sampling.Settings()


@pytest.mark.parametrize(("argument", "least", "most"), [("n", 1, 2**24), ("seed", 0, 2**128 - 1)])
def test_settings_have_limits_that_the_error_names(argument: str, least: int, most: int) -> None:
    for value in (least, most):
        sampling.Settings(**{argument: value})
    with pytest.raises(ArgumentError, match=rf"{argument}=.*a whole number of at least {least}"):
        sampling.settings(**{argument: least - 1})
    for beyond in (most + 1, 10**5000):
        with pytest.raises(ArgumentError, match=rf"{argument}=.*a whole number of at most {most:,}"):
            sampling.settings(**{argument: beyond})


def test_the_probability_of_student_t_with_one_degree_of_freedom_is_that_of_cauchy() -> None:
    # 1/2 + arctan(x) / pi: a half at 0, three quarters at 1.
    found = sampling.student_t_probability(np.array([-1.0, 0.0, 1.0]), 1)
    assert found == pytest.approx([0.25, 0.5, 0.75], abs=1e-12)


@pytest.mark.parametrize("df", [0.99, 0.0, -1.0, float("nan")])
def test_less_than_one_degree_of_freedom_is_refused(df: float) -> None:
    with pytest.raises(ArgumentError, match="must be at least 1"):
        sampling.student_t_probability(np.array([0.0]), df)
    with pytest.raises(ArgumentError, match="must be at least 1"):
        sampling.student_t_quantile(np.array([0.5]), df)
