"""What holds of draws, whatever is drawn in them."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from shellflow import inputs, sampling
from shellflow.errors import NoDataError
from shellflow.inputs import Input
from tests import strategies

Floats = npt.NDArray[np.float64]
P = sampling.midpoints(sampling.DEFAULT_N)
NAMES = st.text(min_size=1).filter(lambda name: bool(name.strip()))


@given(strategies.any_inputs(0.1, 1e4), strategies.few_draws)
def test_the_draws_of_an_input_are_its_quantiles_at_the_midpoints(one: Input, chosen: sampling.Settings) -> None:
    drawn = one.draws(chosen)
    assert np.array_equal(np.sort(drawn), one.distribution.ppf(sampling.midpoints(chosen.n)))
    assert not drawn.flags.writeable


@given(NAMES, strategies.few_draws)
def test_the_order_of_a_name_is_a_permutation_of_all_worlds(name: str, chosen: sampling.Settings) -> None:
    ranks = sampling.order(name, chosen)
    assert np.array_equal(np.sort(ranks), np.arange(chosen.n))
    assert not ranks.flags.writeable


@given(NAMES, NAMES, strategies.few_draws)
def test_each_name_and_each_seed_has_an_order_of_its_own(name: str, other: str, chosen: sampling.Settings) -> None:
    ranks = sampling.order(name, chosen)
    assert name == other or not np.array_equal(ranks, sampling.order(other, chosen))
    assert not np.array_equal(ranks, sampling.order(name, sampling.Settings(chosen.n, chosen.seed + 1)))


@given(strategies.few_draws)
def test_two_distributions_of_one_name_share_their_ranks(chosen: sampling.Settings) -> None:
    narrow = sampling.draw("load", sampling.Uniform(1, 2), chosen)
    wide = sampling.draw("load", sampling.Triangular(0, 5, 50), chosen)
    assert np.array_equal(np.argsort(narrow), np.argsort(wide))


def test_inputs_of_two_names_are_uncorrelated() -> None:
    chosen = sampling.Settings()
    drawn = np.array([sampling.order(f"input {i}", chosen) for i in range(20)])
    apart = np.abs(np.corrcoef(drawn)[np.triu_indices(20, 1)])
    # Of 190 correlations of standard deviation 1/128, one beyond 4.5 of these would come once in 800 runs.
    assert apart.max() < 4.5 / math.sqrt(chosen.n)


def test_the_order_of_a_name_is_the_same_in_every_release() -> None:
    # A snapshot, of this library's own output: numbers published with it could not be made again if it changed.
    assert sampling.order("loads.container", sampling.Settings(n=8, seed=0)).tolist() == [3, 6, 2, 4, 0, 7, 5, 1]


# --- quantile functions -----------------------------------------------------------------------------------------------


def _agree(ours: Floats, theirs: Floats) -> None:
    np.testing.assert_allclose(ours, theirs, rtol=1e-6, atol=0)


@pytest.mark.parametrize("df", range(2, 51))
def test_student_t_agrees_with_scipy(df: int) -> None:
    _agree(sampling.student_t_quantile(P, df), stats.t(df).ppf(P))


def _student_t(p: Floats, df: int) -> Floats:
    """Return what scipy says, and 0 in the middle, where its older versions say 7e-17."""
    return np.where(p == 0.5, 0.0, stats.t(df).ppf(p))


@pytest.mark.parametrize("df", [2, 3, 7, 50])
def test_far_tails_of_student_t_agree_with_scipy(df: int) -> None:
    p = np.array([1e-12, 1e-9, 1e-6, 1e-3, 0.3, 0.5, 1 - 1e-6, 1 - 1e-9])
    _agree(sampling.student_t_quantile(p, df), _student_t(p, df))


def test_student_t_quantiles_come_out_in_the_order_and_shape_asked_for() -> None:
    p = np.array([[0.9, 0.2], [0.5, 0.7]])
    found = sampling.student_t_quantile(p, 4)
    _agree(found, _student_t(p, 4))
    assert found.shape == (2, 2)


WIDE, OFF = st.floats(1e-3, 1e3), st.floats(-1e3, 1e3)


@given(OFF, WIDE)
def test_uniform_agrees_with_scipy(low: float, width: float) -> None:
    # Where low and high cancel, relative agreement says nothing: there it is judged on the scale of the width.
    np.testing.assert_allclose(
        sampling.Uniform(low, low + width).ppf(P), stats.uniform(low, width).ppf(P), rtol=1e-6, atol=1e-9 * width
    )


@given(OFF, WIDE, st.floats(0, 1))
def test_triangular_agrees_with_scipy(low: float, width: float, share: float) -> None:
    high = low + width
    best = min(max(low + share * width, low), high)
    theirs = stats.triang((best - low) / (high - low), low, high - low).ppf(P)
    np.testing.assert_allclose(sampling.Triangular(low, best, high).ppf(P), theirs, rtol=1e-6, atol=1e-9 * width)


@given(st.floats(-10, 10), st.floats(0.01, 3))
def test_lognormal_agrees_with_scipy(log_mean: float, log_sd: float) -> None:
    p = sampling.midpoints(512)
    _agree(sampling.Lognormal(log_mean, log_sd).ppf(p), stats.lognorm(log_sd, scale=math.exp(log_mean)).ppf(p))


def test_exponential_agrees_with_scipy() -> None:
    _agree(sampling.Exponential().ppf(P), stats.expon().ppf(P))


@given(st.floats(0, 5), st.floats(0, 0.5), st.integers(2, 20))
def test_log_student_t_agrees_with_scipy(center: float, scale: float, df: int) -> None:
    p = sampling.midpoints(512)
    _agree(sampling.LogStudentT(center, scale, df).ppf(p), np.exp(stats.t(df).ppf(p) * scale + center))


@given(st.lists(st.integers(-100, 100), min_size=1, max_size=6, unique=True), st.data())
def test_discrete_agrees_with_scipy(values: list[int], data: st.DataObject) -> None:
    parts = data.draw(st.lists(st.integers(1, 9), min_size=len(values), max_size=len(values)))
    weights = np.array(parts) / sum(parts)
    theirs = stats.rv_discrete(values=(sorted(values), weights)).ppf(P)
    # scipy takes the upper value where a midpoint falls on a sum of weights that was rounded down; we the lower.
    edge = np.isclose(P[:, None], np.cumsum(weights), rtol=0, atol=1e-12).any(axis=1)
    ours = sampling.Discrete(tuple(sorted(map(float, values))), tuple(weights.tolist())).ppf(P)
    assert np.array_equal(ours[~edge], theirs[~edge])


@given(strategies.any_inputs(0.1, 1e4))
def test_a_quantile_function_never_falls_and_keeps_within_its_support(one: Input) -> None:
    found = one.distribution.ppf(sampling.midpoints(257))
    low, high = one.distribution.support
    assert np.all(np.diff(found) >= 0)
    slack = 1e-12 * max(abs(low), 0.0 if math.isinf(high) else abs(high))
    assert low - slack <= found[0]
    assert found[-1] <= high + slack


@given(strategies.any_inputs(0.1, 1e4), st.floats(0.01, 0.99))
def test_a_foreign_distribution_is_the_one_it_wraps(one: Input, p: float) -> None:
    wrapped = inputs.distribution(one.distribution, "t", name="wrapped")
    at = np.array([p])
    assert wrapped.distribution.ppf(at) == pytest.approx(one.distribution.ppf(at) * 1000, rel=1e-12)


@given(strategies.any_inputs(0.1, 1e4), strategies.few_draws)
def test_a_distribution_tabulated_at_its_worlds_draws_the_same(one: Input, chosen: sampling.Settings) -> None:
    tabulated = sampling.Tabulated.of(one.distribution.ppf(sampling.midpoints(chosen.n)))
    assert np.array_equal(sampling.draw(one.name, tabulated, chosen), one.draws(chosen))


# --- what draws say ---------------------------------------------------------------------------------------------------

SAMPLES = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=200).map(np.array)


@given(SAMPLES, st.floats(0, 1), st.floats(0, 1))
def test_quantiles_rise_with_probability_and_stay_within_the_draws(values: Floats, p: float, q: float) -> None:
    low, high = (sampling.quantile(np.sort(values), one) for one in sorted((p, q)))
    assert values.min() <= low <= high <= values.max()


@given(SAMPLES, st.lists(st.floats(0, 1), min_size=1, max_size=5))
def test_quantiles_of_draws_in_any_order_are_those_of_the_sorted_draws(values: Floats, ps: list[float]) -> None:
    assert sampling.quantiles(values, ps) == tuple(sampling.quantile(np.sort(values), p) for p in ps)


@given(st.integers(1, 300), st.data())
def test_a_quantile_at_a_midpoint_is_the_draw_there(n: int, data: st.DataObject) -> None:
    rank = data.draw(st.integers(0, n - 1))
    assert sampling.quantile(np.arange(n, dtype=float), (rank + 0.5) / n) == pytest.approx(rank, abs=1e-9)


@given(SAMPLES, st.floats(0, 1))
def test_our_quantile_is_the_one_that_numpy_calls_hazen(values: Floats, p: float) -> None:
    theirs = float(np.quantile(values, p, method="hazen"))
    assert sampling.quantile(np.sort(values), p) == pytest.approx(theirs, rel=1e-9, abs=1e-6)


def _two(widths: tuple[float, float]) -> tuple[Floats, list[npt.NDArray[np.intp]]]:
    chosen = sampling.Settings()
    drawn = [
        sampling.draw(name, sampling.Uniform(0, width), chosen) for name, width in zip(("x", "y"), widths, strict=True)
    ]
    return drawn[0] + drawn[1], [sampling.order(name, chosen) for name in ("x", "y")]


def test_two_equal_uniforms_share_the_variance_of_the_ranks_of_their_sum() -> None:
    # The rank of x + y is F(x + y) with F(s) = s^2/2 up to 1 and 1 - (2-s)^2/2 beyond. Its mean over y is
    # 1/2 + 3u/4 - u^3/3 with u = x - 1/2. With E u^2 = 1/12, E u^4 = 1/80, E u^6 = 1/448, the variance of that is
    # 3/64 - 1/160 + 1/4032 = 0.040873, of the 1/12 of all ranks: 0.4905 to each, 0.019 to both together.
    shares = sampling.variance_shares(*_two((1.0, 1.0)))
    assert shares == pytest.approx([0.4905, 0.4905], abs=0.01)


@pytest.mark.parametrize("wide", [1.0, 2.0, 3.0, 6.0])
def test_shares_of_variance_are_those_of_the_full_grid(wide: float) -> None:
    grid = sampling.midpoints(400)
    ranks = stats.rankdata(grid[:, None] + wide * grid[None, :]).reshape(400, 400)
    expected = [np.var(ranks.mean(axis=axis)) / np.var(ranks) for axis in (1, 0)]
    shares = sampling.variance_shares(*_two((1.0, wide)))
    assert shares == pytest.approx(expected, abs=0.01)
    # Of the values themselves the shares are those of the squared widths; of the ranks they come near to that.
    assert shares == pytest.approx([1 / (1 + wide**2), wide**2 / (1 + wide**2)], abs=0.03)


def test_an_input_that_does_not_enter_has_no_share() -> None:
    answer, orders = _two((1.0, 2.0))
    idle = [sampling.order(f"idle {i}", sampling.Settings()) for i in range(30)]
    shares = sampling.variance_shares(answer, [*orders, *idle])
    assert shares[2:].max() < sampling.NOISE
    alone = sampling.variance_shares(np.ones(100), [sampling.order("x", sampling.Settings(n=100))])
    assert alone == pytest.approx([0.0])


def test_the_only_input_has_the_whole_share() -> None:
    chosen = sampling.Settings()
    answer = sampling.draw("x", sampling.LogStudentT(0, 1, 2), chosen)
    assert sampling.variance_shares(answer, [sampling.order("x", chosen)]) == pytest.approx([1.0], abs=0.001)


@given(st.lists(st.floats(0.1, 1e4), min_size=3, max_size=8), st.floats(0.01, 100))
def test_what_observations_say_does_not_depend_on_their_unit_or_order(values: list[float], factor: float) -> None:
    assume(max(values) > min(values) * (1 + 1e-6))
    one = sampling.predictive(values, values)
    other = sampling.predictive([value * factor for value in values[::-1]], [value * factor for value in values[::-1]])
    assert other.log_center - one.log_center == pytest.approx(math.log(factor), abs=1e-9)
    assert other.log_scale == pytest.approx(one.log_scale, abs=1e-7)


@given(st.lists(st.floats(1, 1e4), min_size=3, max_size=8), st.floats(1.0001, 3))
def test_a_value_known_only_as_a_range_never_narrows_the_band(values: list[float], ratio: float) -> None:
    center, scale = sampling.predictive_parameters(np.array(values), np.array(values))
    ranges = sampling.predictive([value / ratio for value in values], [value * ratio for value in values])
    assert ranges.log_center == pytest.approx(center, abs=1e-9)
    assert ranges.log_scale > scale


@given(st.floats(0.1, 1e6), st.integers(3, 9), st.floats(1e-3, 1e3))
def test_equal_values_are_never_a_band_in_any_unit(value: float, number: int, factor: float) -> None:
    with pytest.raises(NoDataError, match="show no spread"):
        sampling.predictive([value * factor] * number, [value * factor] * number)


@given(st.integers(1, 40), st.integers(1, 8), st.integers(20, 200))
def test_a_cache_never_holds_more_than_it_may(keys: int, size: int, most: int) -> None:
    cache = sampling.BoundedCache(most)
    made: list[int] = []

    def maker(key: int) -> Callable[[], tuple[int, int]]:
        return lambda: (made.append(key) or key, size)  # type: ignore[func-returns-value]

    for key in range(keys):
        assert cache.get(key, maker(key)) == key
    kept = min(keys, most // size)
    for key in range(keys - kept, keys):
        assert cache.get(key, maker(key)) == key
    assert made == list(range(keys))
