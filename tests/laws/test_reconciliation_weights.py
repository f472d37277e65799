"""Laws of weighing draws by several lines of evidence, on plain numbers."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellflow.reconciliation import AGREES, Range, Weighing, weigh, weighted_quantiles
from shellflow.sampling import Floats, quantiles

N = 400
PROBABILITIES = (0.05, 0.5, 0.95)

errors = st.floats(0.01, 1.0)


@st.composite
def ranges(draw: st.DrawFn) -> Range:
    """A point, floor, ceiling or range about where the draws lie."""
    low = draw(st.floats(0.2, 5.0))
    high = low * draw(st.floats(1.0, 4.0))
    return draw(st.sampled_from([(low, low), (low, None), (None, high), (low, high)]))


@st.composite
def lines(draw: st.DrawFn, least: int = 1, most: int = 4) -> tuple[list[Floats], list[Range], list[float]]:
    """Values of as many lines, which share a part of what is unknown, with their ranges and errors."""
    count = draw(st.integers(least, most))
    generator = np.random.default_rng(draw(st.integers(0, 2**32)))
    shared = generator.normal(size=N)
    values = [np.exp(0.5 * shared + 0.5 * generator.normal(size=N)) for _ in range(count)]
    stated = [draw(ranges()) for _ in range(count)]
    return values, stated, [draw(errors) for _ in range(count)]


@given(lines())
def test_supports_are_between_0_and_1_and_the_effective_sample_size_between_1_and_n(
    evidence: tuple[list[Floats], list[Range], list[float]],
) -> None:
    weighing = weigh(*evidence)
    assert all(0 <= support <= 1 for support in (*weighing.alone, *weighing.given_others))
    assert 1 - 1e-9 <= weighing.ess <= N * (1 + 1e-9)
    assert np.isclose(weighing.weights.sum(), 1)


@given(lines(least=2), st.randoms(use_true_random=False))
def test_lines_in_any_order_give_one_answer(
    evidence: tuple[list[Floats], list[Range], list[float]], random: np.random.Generator
) -> None:
    order = list(range(len(evidence[0])))
    random.shuffle(order)
    weighing, shuffled = weigh(*evidence), weigh(*([part[place] for place in order] for part in evidence))  # type: ignore[arg-type]
    assert np.array_equal(shuffled.weights, weighing.weights)
    assert shuffled.ess == weighing.ess
    assert shuffled.verdicts == tuple(weighing.verdicts[place] for place in order)
    assert shuffled.ratios == tuple(weighing.ratios[place] for place in order)


@given(lines(), st.booleans())
def test_a_range_that_holds_every_draw_leaves_all_as_it_was(
    evidence: tuple[list[Floats], list[Range], list[float]], open_above: bool
) -> None:
    values, stated, trusted = evidence
    weighing = weigh(values, stated, trusted)
    every = (float(values[0].min()), None if open_above else float(values[0].max()))
    more = weigh([*values, values[0]], [*stated, every], [*trusted, 0.1])
    assert np.array_equal(more.weights, weighing.weights)
    assert more.alone[-1] == 1.0
    assert more.ratios[-1] == pytest.approx(1.0)


@given(lines())
def test_a_line_of_huge_error_changes_nothing(evidence: tuple[list[Floats], list[Range], list[float]]) -> None:
    values, stated, trusted = evidence
    weighing = weigh(values, stated, trusted)
    more = weigh([*values, values[0]], [*stated, (1e6, 1e6)], [*trusted, 1e6])
    assert more.weights == pytest.approx(weighing.weights, rel=1e-6)
    assert more.ess == pytest.approx(weighing.ess)


@given(lines(), st.floats(1.0, 10.0))
def test_errors_all_tighter_never_leave_more_draws(
    evidence: tuple[list[Floats], list[Range], list[float]], factor: float
) -> None:
    values, stated, trusted = evidence
    tighter = weigh(values, stated, [error / factor for error in trusted])
    assert tighter.ess <= weigh(*evidence).ess * (1 + 1e-9)


@given(lines(least=2, most=2), st.floats(1.0, 10.0))
def test_one_error_tighter_leaves_more_draws_of_lines_that_agree_by_no_more_than_noise(
    evidence: tuple[list[Floats], list[Range], list[float]], factor: float
) -> None:
    values, stated, trusted = evidence
    weighing = weigh(*evidence)
    tighter = weigh(values, stated, [trusted[0] / factor, trusted[1]])
    if agree(weighing) and agree(tighter):
        assert tighter.ess <= weighing.ess * 1.1 + 2


def agree(weighing: Weighing) -> bool:
    return set(weighing.verdicts) == {AGREES}


@given(lines())
def test_a_line_that_repeats_what_every_draw_says_supports_itself(
    evidence: tuple[list[Floats], list[Range], list[float]],
) -> None:
    values, stated, trusted = evidence
    weighing = weigh([values[0], values[0]], [stated[0], stated[0]], [trusted[0], trusted[0]])
    assert weighing.ratios[0] >= 1 - 1e-9  # which is why no source may be given twice


@given(lines())
def test_only_ratios_to_the_range_count_and_not_the_unit(
    evidence: tuple[list[Floats], list[Range], list[float]],
) -> None:
    values, stated, trusted = evidence
    weighing = weigh(*evidence)
    in_kg = [tuple(None if end is None else 1000 * end for end in ends) for ends in stated]
    assert weigh([1000 * line for line in values], in_kg, trusted).ess == pytest.approx(weighing.ess)  # type: ignore[arg-type]


@given(st.integers(0, 2**32), st.integers(2, 50))
def test_weighted_quantiles_rise_stay_in_the_draws_and_are_plain_ones_under_equal_weights(seed: int, n: int) -> None:
    generator = np.random.default_rng(seed)
    values, weights = generator.normal(size=n), generator.uniform(size=n)
    weighing = weighted_quantiles(values, weights, PROBABILITIES)
    assert sorted(weighing) == list(weighing)
    assert values.min() <= weighing[0] <= weighing[-1] <= values.max()
    assert weighted_quantiles(values, np.full(n, 1 / n), PROBABILITIES) == pytest.approx(
        quantiles(values, PROBABILITIES)
    )
