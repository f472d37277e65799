"""What holds of medians and bands in words, whatever level is shown."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib import pyplot

import shellflow as sf
from shellflow import testing, words
from shellflow.errors import ArgumentError
from shellflow.estimates import Estimate, say_quantiles
from tests.examples import examples

LEVELS = st.floats(0.005, 0.999)
NUMBERS = st.floats(1e-3, 1e12)
ORDERED = st.tuples(NUMBERS, NUMBERS, NUMBERS).map(sorted)
POWERS = st.integers(-4, 11)


def number(text: str) -> float:
    """Return what stands in a text of ours."""
    digits, _, scale = text.partition(" ")
    powers = {"": 0, "million": 6, "billion": 9, "trillion": 12}
    return float(digits.replace(",", "")) * 10.0 ** powers[scale]


@given(ORDERED, POWERS)
def test_the_median_lies_in_its_band_as_printed(numbers: list[float], power: int) -> None:
    low, median, high = numbers
    shown = words.say_quantiles(low, median, high, 10.0**power)
    assert number(shown.low) <= number(shown.median) <= number(shown.high), shown


@given(NUMBERS, st.floats(1e-8, 10.0), st.floats(0, 1), POWERS)
def test_a_band_is_two_ends_or_says_that_there_are_none(low: float, width: float, place: float, power: int) -> None:
    high = low * (1 + width)
    shown = words.say_quantiles(low, low + place * (high - low), high, 10.0**power)
    if shown.low != shown.high:
        assert " to " in shown.band
    else:
        assert shown.band.startswith("narrower than ")
        assert high - low <= number(shown.band.removeprefix("narrower than ")) * (1 + 1e-9), shown
    assert words.say_quantiles(low, low, low, 10.0**power).band == "no spread"


@given(ORDERED, LEVELS)
def test_median_and_ends_show_the_same_digits_at_every_level(numbers: list[float], level: float) -> None:
    low, median, high = numbers
    step = words.step(low, high, median)
    ends = [median + level * (end - median) for end in (low, high)]  # a narrower band of the same draws
    shown = words.say_quantiles(ends[0], median, ends[1], step)
    assert shown.median == words.say(median, step)
    if low < high:
        assert (shown.low, shown.high) == tuple(words.say(end, step) for end in ends)


@given(ORDERED, POWERS, st.booleans())
def test_a_bound_never_says_more_than_is_known(numbers: list[float], power: int, is_exact: bool) -> None:
    low, median, high = [numbers[0]] * 3 if is_exact else numbers
    step = 10.0**power
    for bound, of_band in (("floor", low), ("ceiling", high)):
        shown = words.say_quantiles(low, median, high, step, bound=bound)
        said = number(shown.low if bound == "floor" else shown.high)
        for text, end in ((said, of_band), (number(words.say(median, step, bound=bound)), median)):
            # Up to the noise of floats, by which a count that was found by dividing may be short of a whole number.
            beyond = (text - end) if bound == "floor" else (end - text)
            assert beyond <= 1e-9 * end, (bound, shown)
            # Three digits of the end, two decimals, or the step, whichever is most.
            assert -beyond <= max(step, end / 100, 0.01), (bound, shown)
        rounded = words.round_quantiles(low, median, high, step, bound=bound)
        assert rounded[0 if bound == "floor" else 2] == pytest.approx(said, rel=1e-9)


@given(ORDERED, POWERS)
def test_the_median_reads_the_same_in_any_band(numbers: list[float], power: int) -> None:
    low, median, high = numbers
    alone = words.say(median, 10.0**power)
    assert words.say_quantiles(low, median, high, 10.0**power).median == alone
    assert words.say_quantiles(median, median, high, 10.0**power).median == alone


@given(ORDERED)
def test_rounding_moves_no_end_by_more_than_a_twentieth_of_the_band_or_past_the_median(numbers: list[float]) -> None:
    low, median, high = numbers
    step = words.step(low, high, median)
    shown = words.say_quantiles(low, median, high, step)
    # Two decimals from 1 up, three digits of the larger end, and the rounding of the median where it clips an end.
    slack = max(high - low, 10 * step, 0.1) / 20 + step / 2 + 1e-9 * high
    assert abs(number(shown.low) - low) <= slack, shown
    assert abs(number(shown.high) - high) <= slack, shown


@given(ORDERED, POWERS)
def test_rounded_up_a_band_holds_the_median_too(numbers: list[float], power: int) -> None:
    low, median, high = numbers
    shown = words.say_quantiles(low, median, high, 10.0**power, up=True)
    assert number(shown.low) <= number(shown.median) <= number(shown.high), shown
    assert number(shown.high) >= math.floor(high * (1 - 1e-11))


# --- of everything that is printed ------------------------------------------------------------------------------------

with sf.settings(n=512):
    PRINTED = [
        sf.estimate(6_700, "152mm", packing="as-loaded"),
        sf.estimate("64 voyages", "152mm"),
        sf.units_needed("3M", "122mm-rocket", packing="crated"),
        sf.estimate(6_700, "152mm").lasts_at("10k/day"),
        sf.estimate(6_700, "152mm", packing="crated") - sf.estimate(6_700, "152mm", packing="as-loaded"),
        sf.estimate(
            sf.uniform(1000, 1000.4, name="counted"), "152mm", packing=sf.packing("152mm", rounds_per_transport=1)
        ),
    ]
    COMPARED = sf.compare(6_700, ["152mm", "122mm-rocket"], packings=["ceiling", "crated", "as-loaded"])
    FLOW = sf.flow(sf.catalog.examples.shipments(), munition="152mm", by="quarter")


@pytest.mark.parametrize("one", PRINTED)
@given(level=LEVELS)
def test_the_median_of_an_estimate_reads_the_same_at_every_level(one: Estimate, level: float) -> None:
    at_90 = one.in_words()
    median, _, band = at_90.partition(" (")
    assert one.in_words(level).startswith(f"{median} ({words.percent(level)}: ")
    assert one.explain(level).splitlines()[0].endswith(one.in_words(level))
    shown = say_quantiles(one, level)
    low, _, high = one.band(level)
    assert (shown.band == "no spread") == (low == high)
    assert " to " in shown.band or shown.low == shown.high
    assert median in one._repr_html_() or "-" in median
    assert band


@given(LEVELS)
def test_the_medians_of_a_comparison_read_the_same_at_every_level(level: float) -> None:
    for cells, at_90 in zip(COMPARED.report(level).cells, COMPARED.report().cells, strict=True):
        assert (cells[3], cells[5]) == (at_90[3], at_90[5])


@given(LEVELS)
def test_the_medians_of_a_flow_and_of_what_it_lasts_read_the_same_at_every_level(level: float) -> None:
    for cells, at_90 in zip(FLOW.report(level).cells, FLOW.report().cells, strict=True):
        assert (cells[4], cells[6]) == (at_90[4], at_90[6])
    balances = [FLOW.balance(["10k/day", "20k/day"], level=share).report() for share in (level, 0.9)]
    for cells, at_90 in zip(*(report.cells for report in balances), strict=True):
        assert cells[3].partition(" (")[0] == at_90[3].partition(" (")[0]


@given(LEVELS)
def test_the_medians_of_a_back_test_read_the_same_at_every_level(level: float) -> None:
    medians = [[cells[4] for cells in sf.backtest(level=one).report().cells] for one in (level, 0.9)]
    assert medians[0] == medians[1]


@given(LEVELS)
@examples(20)
def test_a_figure_says_the_medians_that_the_text_says(level: float) -> None:
    texts = [" ".join(text.get_text().split()) for text in sf.plot_compare(6_700, "152mm", levels=level).texts]
    pyplot.close("all")
    medians = {
        packing: COMPARED["152mm", packing].in_words().partition(" rounds")[0]
        for packing in ("ceiling", "crated", "as-loaded")
    }
    assert medians["ceiling"] in texts
    for packing in ("crated", "as-loaded"):
        assert any(text.startswith(f"{medians[packing]} (") for text in texts)


@given(testing.distributions(1.0, 1e6, name="any"), LEVELS)
def test_the_median_of_any_uncertain_number_reads_the_same_at_every_level(any_input: object, level: float) -> None:
    with sf.settings(n=256):
        one = sf.estimate(1, "152mm", packing=sf.packing("152mm", rounds_per_transport=1)) * any_input
    assert isinstance(one, Estimate)
    assert say_quantiles(one, level).median == say_quantiles(one).median
    shown = say_quantiles(one, level)
    assert number(shown.low) <= number(shown.median) <= number(shown.high)


# A log-normal of median sqrt(1.7 x 10.9) = 4.305 million and spread ln(10.9 / 1.7) / 2 / 1.645 = 0.565 of the logs. Its
# ends are 4.305 times or over exp(0.565 z), with z = 1.645, 1.960, 2.576, 0.674 and 0.0251: 1.7 and 10.9, 1.42 and
# 13.03, 1.005 and 18.45, 2.94 and 6.30, 4.244 and 4.366 million. A tenth of the 90 % band allows steps of 100,000: of
# one half percent of the draws, 4.290 to 4.320 million, no two ends are left.
@pytest.mark.parametrize(
    ("level", "text"),
    [
        (0.9, "4.3 million rounds (90 %: 1.7 to 10.9 million)"),
        (0.95, "4.3 million rounds (95 %: 1.4 to 13.0 million)"),
        (0.99, "4.3 million rounds (99 %: 1.0 to 18.4 million)"),
        (0.5, "4.3 million rounds (50 %: 2.9 to 6.3 million)"),
        (0.02, "4.3 million rounds (2 %: 4.2 to 4.4 million)"),
        (0.005, "4.3 million rounds (0.5 %: narrower than 100,000)"),
    ],
)
def test_a_band_is_rounded_as_its_median_at_every_level(level: float, text: str) -> None:
    ratio = sf.lognormal(1.7e6, 10.9e6, unit="round/container", name="ratio")
    assert sf.estimate(1, "152mm", packing=sf.packing("152mm", rounds_per_transport=ratio)).in_words(level) == text


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=6).filter(lambda weights: sum(weights) > 0.01))
def test_percentages_of_one_whole_sum_to_100(weights: list[float]) -> None:
    shares = [weight / math.fsum(weights) for weight in weights]
    texts = words.percents(shares)
    numbers = [float(text.strip("<> %")) for text in texts if text[0] not in "<>"]
    if not any(text.startswith((">", "<")) for text in texts):
        assert math.fsum(numbers) == pytest.approx(100)
    for text, share in zip(texts, shares, strict=True):
        if text[0] not in "<>":
            assert abs(float(text.removesuffix(" %")) - 100 * share) < 1.0
            assert (text == "0 %") == (share == 0)


@pytest.mark.parametrize("shares", [[0.5, 0.6], [0.5], []])
def test_percentages_of_what_is_no_whole_are_refused(shares: list[float]) -> None:
    with pytest.raises(ArgumentError, match="shares that sum to 1"):
        words.percents(shares)
