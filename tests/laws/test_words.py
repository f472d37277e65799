"""What holds for every count written and read."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shellflow import words
from shellflow.errors import ShellflowError

COUNTS = st.one_of(st.just(0.0), st.floats(1e-4, 1e15), st.integers(1, 10**12).map(float))
POWERS = st.integers(-3, 12)
BANDS = st.tuples(COUNTS, COUNTS, COUNTS).map(sorted)
NOISE = 1e-12
PIECES = st.sampled_from(
    [
        *"0123456789.,'_- +kKMmBe",
        "000",
        " million",
        " to ",
        " and ",
        "half a ",
        "between ",
        "over ",
        " rounds",
        " kg",
        "/day",
    ]
)


def rounding(power: int, value: float) -> float:
    """Return half the step, or what two decimals from 1 up allow where that is more."""
    return max(10.0**power, 0.01 if value >= 0.995 else 0.0) / 2 + NOISE * value


@given(COUNTS, POWERS)
def test_a_count_written_to_a_step_is_read_back_within_half_of_it(value: float, power: int) -> None:
    text = words.say(value, 10.0**power)
    assert abs(words.read_count(text).value - value) <= rounding(power, value), text


@given(COUNTS, POWERS)
def test_rounding_up_never_loses_a_transport_and_adds_less_than_a_step(value: float, power: int) -> None:
    text = words.say(value, 10.0**power, up=True)
    read = words.read_count(text).value
    assert read == int(read), text
    # Noise may be dropped, of a thousandth of a step at most.
    noise = min(1e-3 * max(10.0**power, 1.0), 1e-11 * max(10.0**power, 1.0, value))
    assert value - noise - NOISE * value <= read <= value + max(10.0**power, 1.0) + NOISE * value, text


@given(st.integers(1, 10**15))
def test_a_whole_number_rounded_up_to_ones_is_itself(whole: int) -> None:
    assert words.say(whole, 1.0, up=True) == f"{whole:,}"


@given(st.integers(1, 10**9), st.integers(0, 6))
def test_float_noise_never_adds_a_transport(whole: int, power: int) -> None:
    assert words.say(math.nextafter(whole, math.inf), 10.0**power, up=True) == words.say(whole, 10.0**power, up=True)


@given(COUNTS, POWERS)
def test_only_zero_is_written_as_zero(value: float, power: int) -> None:
    assert (words.say(value, 10.0**power) == "0") == (value == 0)


@given(BANDS)
def test_a_band_written_to_its_own_step_is_read_back_as_that_band(band: list[float]) -> None:
    low, median, high = band
    step = words.step(low, high, median)
    text = words.say_band(low, high, step)
    read = words.read_claim(text)
    assert read.low is not None
    assert read.high is not None
    slack = step / 2 + 0.005 + 1e-9 * high
    assert abs(read.low - low) <= slack, text
    assert abs(read.high - high) <= slack, text


@given(BANDS)
def test_a_step_is_a_power_of_ten_that_moves_no_end_by_more_than_a_twentieth_of_the_band(band: list[float]) -> None:
    low, median, high = band
    assume(high - low > 0.1 * high)
    step = words.step(low, high, median)
    assert step == float(f"1e{round(math.log10(step))}")
    assert step / 2 <= (high - low) / 20 * (1 + 1e-6)


@given(BANDS)
def test_a_band_shows_at_most_three_digits_of_its_largest_number(band: list[float]) -> None:
    low, median, high = band
    assume(high - low > 1e-6 * high)
    assert words.step(low, high, median) >= high / 1000


@given(st.integers(0, 10**15))
def test_an_exact_whole_number_is_written_in_full(whole: int) -> None:
    assert words.say(whole, words.step(whole, whole)) == f"{whole:,}"


@given(st.integers(1000, 10**12), st.sampled_from(" ,_'\u00a0\u202f\u2009"))
def test_the_sign_that_parts_thousands_does_not_matter(whole: int, sign: str) -> None:
    assert words.read_count(f"{whole:,}".replace(",", sign)).value == whole


@given(st.integers(1, 9999), st.sampled_from([("k", 3), ("M", 6), (" million", 6), ("bn", 9), (" trillion", 12)]))
def test_a_multiplier_gives_the_same_float_as_an_exponent(hundredths: int, scale: tuple[str, int]) -> None:
    digits = f"{hundredths // 100}.{hundredths % 100:02d}"
    assert words.read_count(digits + scale[0]).value == float(f"{digits}e{scale[1]}")


@given(COUNTS, st.sampled_from(words.NOUNS))
def test_a_noun_is_read_back_from_its_plural(value: float, noun: str) -> None:
    read = words.read_count(words.with_noun(words.say(value, 1.0), noun))
    assert read.noun == noun


@given(st.integers(1, 10**9), st.sampled_from(["day", "week", "month", "year"]))
def test_a_rate_times_its_period_is_the_count(whole: int, period: str) -> None:
    days = {"day": 1, "week": 7, "month": 365.25 / 12, "year": 365.25}[period]
    assert words.read_rate(f"{whole}/{period}").value_per_day * days == pytest.approx(whole, rel=1e-12)


@given(st.integers(0, 10**9))
def test_a_bound_leaves_only_its_own_end_open(whole: int) -> None:
    floor, ceiling, point = (words.read_claim(f"{lead} {whole}") for lead in ("at least", "at most", "about"))
    assert (floor.low, floor.high) == (whole, None)
    assert (ceiling.low, ceiling.high) == (None, whole)
    assert (point.low, point.high) == (whole, whole)


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join) | st.text(max_size=12))
def test_any_text_is_either_read_as_finite_counts_or_refused(text: str) -> None:
    for read in (words.read_count, words.read_rate, words.read_claim):
        try:
            found = read(text)
        except ShellflowError as refusal:
            assert "count=" in str(refusal) or "rate=" in str(refusal)  # noqa: PT017 - either way out is right
            continue
        numbers = [getattr(found, name, None) for name in ("value", "value_per_day", "low", "high")]
        assert all(number is None or 0 <= number < math.inf for number in numbers)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_percentage_never_hides_a_share_nor_its_absence(one: float, other: float) -> None:
    assert (words.percent(one) == "0 %") == (one == 0)
    assert (words.percent(one) == "100 %") == (one == 1)
    shown = [float(words.percent(share).strip("<> %")) for share in sorted((one, other))]
    assert all(low <= high for low, high in pairwise(shown))
