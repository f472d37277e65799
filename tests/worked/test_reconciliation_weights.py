"""Weights of draws and what lines of evidence say of each other, worked by hand on plain numbers."""

from __future__ import annotations

import math

import numpy as np
import pytest

from shellflow.reconciliation import (
    AGREES,
    CONFLICTS,
    OUTSIDE,
    PULLS,
    log_likelihood,
    weigh,
    weighted_band,
    weighted_quantiles,
)
from shellflow.sampling import quantiles

LOADS = np.array([8.0, 10.0, 12.5, 20.0])


def test_a_range_counts_as_1_inside_and_falls_with_the_distance_in_logarithms_outside() -> None:
    # 8 t lies ln(10 / 8) = 0.2231 below the range, 20 t ln(20 / 12.5) = 0.4700 above it; over 0.2: 1.116 and 2.350.
    weighing = np.exp(log_likelihood(LOADS, (10.0, 12.5), 0.2))
    assert weighing == pytest.approx([math.exp(-0.5 * 1.11572**2), 1.0, 1.0, math.exp(-0.5 * 2.35002**2)], rel=1e-4)


def test_a_point_is_a_range_of_no_width() -> None:
    weighing = log_likelihood(LOADS, (10.0, 10.0), 0.1)
    assert weighing[1] == 0.0
    assert weighing[2] == pytest.approx(-0.5 * (math.log(1.25) / 0.1) ** 2)


def test_a_floor_is_open_above_and_a_ceiling_below_and_neither_is_a_point() -> None:
    floor, ceiling, point = (log_likelihood(LOADS, ends, 0.1) for ends in ((10.0, None), (None, 10.0), (10.0, 10.0)))
    assert floor[1:].tolist() == [0.0, 0.0, 0.0]
    assert ceiling[:2].tolist() == [0.0, 0.0]
    assert floor[0] == point[0] < 0
    assert ceiling[3] == point[3] < 0


def test_a_transport_that_holds_nothing_is_below_every_floor_and_under_every_ceiling() -> None:
    nothing = np.array([0.0, 5.0])
    assert log_likelihood(nothing, (1.0, None), 0.1).tolist() == [-math.inf, 0.0]
    assert log_likelihood(nothing, (None, 1.0), 0.1)[0] == 0.0
    weighing = weigh([nothing], [(1.0, None)], [0.1])
    assert weighing.weights.tolist() == [0.0, 1.0]
    assert weighing.alone == (0.5,)


def test_the_effective_sample_size_is_the_squared_sum_of_weights_over_the_sum_of_their_squares() -> None:
    # Likelihoods 1, 1 and exp(-1/2) = 0.6065: (2.6065)**2 / (2 + 0.3679) = 2.869.
    values = np.array([1.0, 1.0, math.exp(0.1)])
    weighing = weigh([values], [(None, 1.0)], [0.1])
    assert weighing.ess == pytest.approx(2.6065**2 / 2.3679, rel=1e-4)
    assert weighing.alone == pytest.approx((2.6065 / 3,), rel=1e-4)
    assert weighing.weights.sum() == pytest.approx(1.0)


def test_support_given_the_others_is_the_mean_likelihood_weighted_by_them() -> None:
    # Tonnes allow the two heavier draws, rounds the three lighter ones: alone 1/2 and 3/4, of each given the other 1/2.
    tonnes, rounds = np.array([1.0, 2.0, 3.0, 4.0]), np.array([10.0, 20.0, 30.0, 40.0])
    weighing = weigh([tonnes, rounds], [(3.0, None), (None, 30.0)], [0.001, 0.001])
    assert weighing.alone == pytest.approx((0.5, 0.75))
    assert weighing.given_others == pytest.approx((1 / 3, 0.5))
    assert weighing.ratios == pytest.approx((2 / 3, 2 / 3))
    assert weighing.verdicts == (PULLS, PULLS)
    assert weighing.weights == pytest.approx([0.0, 0.0, 1.0, 0.0])
    assert weighing.without[0] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0.0])
    assert weighing.ess == pytest.approx(1.0)


def test_of_two_lines_both_ratios_are_equal() -> None:
    generator = np.random.default_rng(1)
    values = list(np.exp(generator.normal(size=(2, 500))))
    weighing = weigh(values, [(1.0, 2.0), (0.3, 0.4)], [0.1, 0.2])
    assert weighing.ratios[0] == pytest.approx(weighing.ratios[1])


def drawn(n: int = 1000) -> np.ndarray:
    return np.exp(np.linspace(-1.0, 1.0, n))


@pytest.mark.parametrize(
    ("ceiling", "verdict"),
    [
        # The floor of 1 is met by half of the draws (log from 0 to 1); of these the ceiling leaves the part below it.
        (math.exp(0.95), AGREES),  # alone 0.975, given the floor 0.95
        (math.exp(0.3), PULLS),  # 0.65 and 0.3
        (math.exp(0.1), CONFLICTS),  # 0.55 and 0.1
    ],
)
def test_verdicts_follow_how_much_support_the_others_leave(ceiling: float, verdict: str) -> None:
    weighing = weigh([drawn(), drawn()], [(1.0, None), (None, ceiling)], [0.001, 0.001])
    assert set(weighing.verdicts) == {verdict}
    assert weighing.has_band == (verdict != CONFLICTS)


def test_what_the_model_does_not_hold_is_said_before_all_else() -> None:
    # Widened by twice its error, exp(1.2) to exp(1.3) reaches down to exp(1.0): only the last draw lies there.
    weighing = weigh([drawn(), drawn()], [(math.exp(1.2), math.exp(1.3)), (1.0, None)], [0.1, 0.1])
    assert weighing.verdicts == (OUTSIDE, AGREES)
    assert not weighing.has_band


def test_a_wider_error_brings_the_same_range_into_the_model() -> None:
    weighing = weigh([drawn(), drawn()], [(math.exp(1.2), math.exp(1.3)), (1.0, None)], [0.2, 0.1])
    assert weighing.verdicts[0] == AGREES


def test_far_from_the_model_the_weights_are_kept_apart_by_their_logarithms() -> None:
    # Likelihoods of exp(-500,000) and the like underflow to 0; their ratios do not.
    values = np.array([1.0, 1.0, math.exp(-0.01)])
    far = (math.exp(10.0), math.exp(10.0))
    weighing = weigh([values, values], [far, far], [0.01, 0.01])
    assert weighing.alone == (0.0, 0.0)
    assert np.isfinite(weighing.weights).all()
    assert weighing.weights == pytest.approx([0.5, 0.5, 0.0])
    assert weighing.ess == pytest.approx(2.0)
    assert weighing.verdicts == (OUTSIDE, OUTSIDE)


def test_lines_that_allow_no_draw_at_all_give_no_weights_and_no_band() -> None:
    weighing = weigh([np.zeros(3), np.ones(3)], [(1.0, None), (1.0, None)], [0.1, 0.1])
    assert weighing.weights.tolist() == [0.0, 0.0, 0.0]
    assert weighing.ess == 0.0
    assert weighing.ratios == (0.0, 0.0)
    assert weighing.verdicts == (OUTSIDE, CONFLICTS)
    assert not weighing.has_band


def test_a_line_that_stands_alone_has_no_verdict() -> None:
    weighing = weigh([drawn()], [(1.0, None)], [0.1])
    assert weighing.verdicts == ("",)
    assert weighing.given_others == pytest.approx(weighing.alone)
    assert weighing.hardest is None
    assert weighing.has_band


def test_few_draws_left_give_no_band() -> None:
    # Ten of a thousand draws lie in the range: as effective sample size just the 1 % that is needed, nine are too few.
    values = np.arange(1.0, 1001.0)
    assert weigh([values], [(991.0, None)], [0.0001]).has_band
    assert not weigh([values], [(992.0, None)], [0.0001]).has_band


def test_a_healthy_number_of_draws_is_no_sign_of_agreement() -> None:
    # A tenth of the draws is left, and yet each line has a tenth of the support it has alone.
    values = np.linspace(1.0, 3.0, 1000)
    weighing = weigh([values, values], [(None, 2.05), (1.95, None)], [0.001, 0.001])
    assert weighing.ess > 0.04 * 1000
    assert set(weighing.verdicts) == {CONFLICTS}


def test_the_pair_that_pulls_hardest_is_that_of_least_joint_support() -> None:
    values = np.linspace(1.0, 3.0, 1000)
    lines = [(1.5, None), (None, 2.0), (1.95, None)]
    assert weigh([values] * 3, lines, [0.001] * 3).hardest == (1, 2)


def test_weighted_quantiles_are_those_of_repeated_draws() -> None:
    values, weights = np.array([5.0, 1.0, 3.0]), np.array([1.0, 2.0, 1.0])
    # As of 1, 1, 3, 5: the middle of the weight of 1 at 1/4, of 3 at 5/8.
    assert weighted_quantiles(values, weights, (0.25, 0.625)) == pytest.approx((1.0, 3.0))
    assert weighted_quantiles(values, weights, (0.5,)) == pytest.approx((1.0 + 2.0 * (0.25 / 0.375),))


def test_equal_weights_give_the_quantiles_of_the_draws() -> None:
    values = np.random.default_rng(0).normal(size=777)
    expected = quantiles(values, (0.0, 0.05, 0.5, 0.95, 1.0))
    assert weighted_quantiles(values, np.full(777, 1 / 777), (0.0, 0.05, 0.5, 0.95, 1.0)) == pytest.approx(expected)


def test_a_draw_without_weight_is_no_end_of_a_band() -> None:
    assert weighted_quantiles(np.array([0.0, 2.0, 4.0]), np.array([0.0, 1.0, 0.0]), (0.0, 0.5, 1.0)) == (2.0, 2.0, 2.0)


def test_the_error_of_a_band_falls_with_the_root_of_the_effective_sample_size() -> None:
    # Of draws that are uniform on 0 to 10,000 the median errs most: by 10,000 times 0.5 / sqrt(ess).
    values = np.arange(10_000.0)
    few, many = (weighted_band(values, np.full(10_000, 1e-4), ess, 0.9) for ess in (100.0, 10_000.0))
    assert few[:3] == many[:3] == pytest.approx((499.5, 4999.5, 9499.5))
    assert few[3] == pytest.approx(500.0)
    assert many[3] == pytest.approx(50.0)
