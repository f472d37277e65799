"""Counts, rates and claims read and written, case by case."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from shellflow import words
from shellflow.errors import ArgumentError, BoundError, ShellflowError, UnitError, UnknownItemError
from shellflow.words import Amount, Claimed


@pytest.mark.parametrize(
    ("text", "value", "noun"),
    [
        ("6700", 6700, None),
        ("6,700", 6700, None),
        ("6 700", 6700, None),
        ("6_700", 6700, None),
        ("6'700", 6700, None),
        ("1,234,567.5", 1234567.5, None),
        ("0.350", 0.35, None),
        (".9", 0.9, None),
        (".350", 0.35, None),
        (".9k containers", 900, "container"),
        ("6.7k", 6700, None),
        ("6.7K containers", 6700, "container"),
        ("3M", 3e6, None),
        ("3 million rounds", 3e6, "round"),
        ("3.125M", 3125000, None),
        ("1e6", 1e6, None),
        ("1.2 bn", 1.2e9, None),
        ("2 thousand crates", 2000, "package"),
        ("a million", 1e6, None),
        ("Half a million shells", 5e5, "round"),
        ("a hundred thousand rockets", 1e5, "round"),
        ("1 container", 1, "container"),
        ("2 rail-cars", 2, "wagon"),
        ("3 sailings", 3, "voyage"),
        ("  0 trucks ", 0, "truck"),
    ],
)
def test_a_count_is_read_as_people_write_it(text: str, value: float, noun: str | None) -> None:
    assert words.read_count(text) == Amount(value, noun)


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", ArgumentError, r"must be a count such as 6700"),
        ("containers", ArgumentError, r"must be a count such as 6700"),
        ("ten containers", ArgumentError, r"Write the number in digits"),
        ("-5", ArgumentError, r"must be zero or more"),
        ("\u22125", ArgumentError, r"must be zero or more"),
        ("nan", ArgumentError, r"must be finite"),
        ("-inf", ArgumentError, r"must be finite"),
        ("1e999", ArgumentError, r"must be a finite number"),
        ("1e61", ArgumentError, r"must be at most 1e60 in size"),
        ("5 " + " " * 100_000 + "x", ArgumentError, r"at most 200 letters long"),
        ("9" * 100_000, ArgumentError, r"at most 200 letters long"),
        ("6.700", ArgumentError, r"Write '6\.7000' for the decimal, '6700' for the thousands"),
        ("6,7", ArgumentError, r"Write '6\.7' for the decimal\."),
        ("0,700", ArgumentError, r"Write '0\.700' for the decimal\."),
        ("3,125 million", ArgumentError, r"Write '3\.1250 million' for the decimal, '3125 million' for the thousands"),
        ("1,23,456", ArgumentError, r"as '1,234,567'"),
        ("1,234 567", ArgumentError, r"as '1,234,567'"),
        ("6 7", ArgumentError, r"as '1,234,567'"),
        ("1e3k", ArgumentError, r"not both"),
        ("3k million", ArgumentError, r"one multiplier"),
        ("50%", ArgumentError, r"not a share"),
        ("50 per cent", ArgumentError, r"not a share"),
        ("6700 containers of 152mm", ArgumentError, r"Leave out 'of 152mm'"),
        ("6700.", ArgumentError, r"Leave out '\.'"),
        ("35 남짓", ArgumentError, r"If '남짓' is a bound, write 'at least' or 'at most' before the number"),
        ("6\t700", ArgumentError, r"separators can be read in one way only"),
        ("more than 3M", BoundError, r"neither a bound nor a range.*Write '3,000,000' to count.*sf\.uniform"),
        ("about 3M", BoundError, r"neither a bound nor a range"),
        ("4.2-5.8M", BoundError, r"neither a bound nor a range.*sf\.uniform\('4,200,000', '5,800,000'\)"),
        ("3M+", BoundError, r"neither a bound nor a range"),
        ("3M rounds or more", BoundError, r"neither a bound nor a range.*Write '3,000,000 rounds'"),
        ("at least 1 container", BoundError, r"Write '1 container' to count"),
        ("300+ containers", BoundError, r"neither a bound nor a range.*Write '300 containers'"),
        (">250", BoundError, r"neither a bound nor a range.*Write '250'"),
        ("\u2265250 containers", BoundError, r"neither a bound nor a range.*Write '250 containers'"),
        ("5-6,000 crates", BoundError, r"Write '5,000-6,000 packages' or '5 to 6,000 packages'"),
        (">20 t", BoundError, r"neither a bound nor a range"),
        ("+300", BoundError, r"Write '300' for the number, 'at least 300' for a bound"),
        ("300\u00b120", BoundError, r"read in two ways.*'280-320'"),
        ("300 +/- 20", BoundError, r"read in two ways.*'280-320'"),
        ("300+-20", BoundError, r"read in two ways.*'280-320'"),
        ("..9", ArgumentError, r"must be a count such as 6700"),
        ("6700 boxes", ArgumentError, r"write packages or containers"),
        ("40 cars", ArgumentError, r"Write railcars or trucks"),
        ("3M rds", ArgumentError, r"Write rounds"),
        ("6700 conta\u0131ners", UnknownItemError, r"no noun named 'conta.*Did you mean 'containers'"),
        ("58 million \u017fhells", UnknownItemError, r"no noun named '.hells'"),
        ("6 m\u0131llion", ShellflowError, r"count='6 m.llion'"),
        ("6700 contaners", UnknownItemError, r"Did you mean 'containers'.*count='6700 contaners'"),
        ("3m", UnitError, r"bare length \(m\).*write '3M' or '3 million'"),
        ("3 m", UnitError, r"bare length \(m\).*write '3M' or '3 million'"),
        ("3MM", UnitError, r"bare length \(mm\).*write '3M' or '3 million'"),
        ("152mm", UnitError, r"bare length \(mm\).*in a command a munition goes after -m"),
        ("20 kg", UnitError, r"bare mass \(kg\) is not a count.*'6700 containers'"),
        ("5 t", UnitError, r"bare mass \(t\)"),
        ("40 short tons", UnitError, r"bare mass \(tons\)"),
        ("33 m3", UnitError, r"bare area or volume \(m3\)"),
    ],
)
def test_what_is_no_single_count_is_refused_with_the_way_out(text: str, error: type[ShellflowError], says: str) -> None:
    with pytest.raises(error, match=says):
        words.read_count(text)


def test_a_refusal_names_the_argument_and_a_number_is_no_text() -> None:
    with pytest.raises(ArgumentError, match=r"rounds='x': must be"):
        words.read_count("x", argument="rounds")
    with pytest.raises(ArgumentError, match=r"count=6700: must be a text"):
        words.read_count(6700)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "per_day", "noun"),
    [
        ("10k/day", 10_000, None),
        ("10,000 rounds/day", 10_000, "round"),
        ("10k a day", 10_000, None),
        ("10k rounds per day", 10_000, "round"),
        ("10k daily", 10_000, None),
        ("70 / week", 10, None),
        ("half a million a month", 500_000 / 30.4375, None),
        ("3M rounds per year", 3e6 / 365.25, "round"),
    ],
)
def test_a_rate_is_read_per_day(text: str, per_day: float, noun: str | None) -> None:
    rate = words.read_rate(text)
    assert rate.value_per_day == pytest.approx(per_day, rel=1e-15)
    assert rate.noun == noun


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("10k", ArgumentError, r"rate='10k': must be a count per day, week, month or year"),
        ("half a million", ArgumentError, r"count per day, week, month or year"),
        ("10k/hour", ArgumentError, r"count per day, week, month or year"),
        ("/day", ArgumentError, r"'10k/day'"),
        ("4-5k/day", ArgumentError, r"neither a bound nor a range"),
        ("10 kg/day", UnitError, r"rate='10 kg/day': a bare mass"),
    ],
)
def test_what_is_no_rate_is_refused_with_the_way_out(text: str, error: type[ShellflowError], says: str) -> None:
    with pytest.raises(error, match=says):
        words.read_rate(text)


@pytest.mark.parametrize(
    "lead",
    [
        *[
            "more than",
            "greater than",
            "over",
            "above",
            "at least",
            "no fewer than",
            "Not less than",
            "minimum",
            "min.",
        ],
        *[">=", ">", "> ", "\u2265", "\u2267", "\u2a7e"],
    ],
)
def test_a_floor_leaves_the_high_end_open(lead: str) -> None:
    assert words.read_claim(f"{lead} 3M rounds") == Claimed(3e6, None, "floor", "round")


@pytest.mark.parametrize(
    "text",
    [
        *["3M+", "3M +", "3,000,000+", "3M or more", "3M and more", "3 million plus", "3M and up", "3M at a minimum"],
        *["more than about 3M", "at least 3M+"],
    ],
)
def test_a_floor_may_be_said_after_the_number(text: str) -> None:
    assert words.read_claim(text) == Claimed(3e6, None, "floor", None)


@pytest.mark.parametrize(
    "lead",
    [
        *["up to", "at most", "no more than", "not over", "less than", "fewer than", "under", "below", "as many as"],
        *["not exceeding", "a maximum of", "max.", "<=", "<", "< ", "\u2264", "\u2266", "\u2a7d"],
    ],
)
def test_a_ceiling_leaves_the_low_end_open(lead: str) -> None:
    assert words.read_claim(f"{lead} 4.8M") == Claimed(None, 4.8e6, "ceiling", None)


@pytest.mark.parametrize("lead", ["", "about ", "some ", "ca. ", "~", "nearly ", "almost "])
def test_about_and_nearly_give_a_point(lead: str) -> None:
    assert words.read_claim(f"{lead}6,700 containers") == Claimed(6700, 6700, "point", "container")


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("4.2-5.8M", 4.2e6, 5.8e6),
        ("4.2 \u2013 5.8M", 4.2e6, 5.8e6),
        ("4.2 to 5.8 million", 4.2e6, 5.8e6),
        ("between 4.2M and 5.8M", 4.2e6, 5.8e6),
        ("from 4.2M up to 5.8M", 4.2e6, 5.8e6),
        ("about 300-500k", 3e5, 5e5),
        ("900k to 1.2M", 9e5, 1.2e6),
        ("480,000 to 1.2 million", 4.8e5, 1.2e6),  # a low end written out has no use for the multiplier of the high end
        ("480000 to 1.2 million", 4.8e5, 1.2e6),
        ("0 to 2 million", 0, 2e6),
        ("1e5-2e5", 1e5, 2e5),
        ("800-1,200", 800, 1200),
        ("800-1200", 800, 1200),
        ("800-1.2k", 800, 1200),
        ("0-1,200", 0, 1200),
        ("280 - 320", 280, 320),
        ("280\u2013320", 280, 320),
        ("280\u2014320", 280, 320),
        ("280\u2212320", 280, 320),
        ("280~320", 280, 320),
        ("280\uff5e320", 280, 320),
        ("280\u00a0to\u00a0320", 280, 320),
        ("280\u202f\u2013\u202f320", 280, 320),
        ("1\u00a0200 - 1\u00a0400", 1200, 1400),
        (".8-1.2k", 800, 1200),
        ("about 280 to 320", 280, 320),
        ("300-300", 300, 300),
    ],
)
def test_a_range_shares_the_multiplier_of_its_high_end(text: str, low: float, high: float) -> None:
    assert words.read_claim(text) == Claimed(low, high, "range", None)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("at least up to 3M", r"only one of them"),
        ("3M+ or less", r"only one of them"),
        ("more than 3-4M", r"only one of them"),
        ("500-600,000", r"read in one way only\. Write '500,000-600,000' or '500 to 600,000'"),
        ("5.8-4.2M", r"low end first, not 5,800,000 to 4,200,000"),
        ("900 to 1.2M", r"low end first, not 900,000,000 to 1,200,000.*multiplier at both ends"),
        ("between 3M", r"two ends"),
        ("3M to", r"two ends"),
        ("3M and 4M", r"two ends"),
        ("3 rounds to 5 wagons", r"low end is of rounds, its high end of wagons"),
        ("more than", r"must be a count such as"),
        ("-3M", r"zero or more"),
        ("4-5-6", r"Leave out '-6'"),
    ],
)
def test_what_contradicts_itself_is_no_claim(text: str, says: str) -> None:
    with pytest.raises(ArgumentError, match=says):
        words.read_claim(text)


@pytest.mark.parametrize("low", [1, 2, 5, 10, 50, 100, 200, 500, 800, 900, 999])
@pytest.mark.parametrize("high", [1000, 1200, 1500, 2000, 6000, 12_500])
def test_a_range_across_a_thousand_is_read_or_its_two_readings_are_said(low: int, high: int) -> None:
    text = f"{low}-{high:,} containers"
    if 1000 * low > high:  # 50,000 to 1,200 is no range, so only one reading is left
        assert words.read_claim(text) == Claimed(low, high, "range", "container")
        return
    with pytest.raises(BoundError, match=r"read in one way only\. Write '.*' or '.*'") as refusal:
        words.read_claim(text)
    thousands, plain = re.findall(r"'([^']+)' or '([^']+)'", str(refusal.value))[0]
    assert words.read_claim(thousands) == Claimed(1000 * low, high, "range", "container")
    assert words.read_claim(plain) == Claimed(low, high, "range", "container")


@pytest.mark.parametrize(
    ("low", "median", "high", "said", "band"),
    [
        # The 6,700 containers of 152 mm as reported: a tenth of the band is 125,000, so steps of 100,000.
        (2.51e6, 3.07e6, 3.76e6, "3.1 million", "2.5 to 3.8 million"),
        # A tenth of the band is 30,000: steps of 10,000.
        (2.97e6, 3.13e6, 3.27e6, "3.13 million", "2.97 to 3.27 million"),
        # A tenth of 720,000 is 72,000: steps of 10,000; the ends have different multipliers.
        (4.8e5, 7e5, 1.2e6, "700,000", "480,000 to 1.2 million"),
        (50, 84, 141, "84", "50 to 141"),
        (375, 459, 561, "460", "380 to 560"),
        (0.2, 0.35, 0.6, "0.35", "0.2 to 0.6"),
        # Three digits at most: a tenth of a band of 1,500 allows 100, and 1,000,500 allows 10,000.
        (999_000, 999_600, 1_000_500, "1 million", "1 million"),
        # An end below half a step keeps its first digit; "1 to 2 million" would say a million too many.
        (3e3, 1e5, 2e6, "100,000", "3,000 to 2 million"),
        (1, 1e5, 2e6, "100,000", "1 to 2,000,000"),
        (-1.2e6, 1e5, 3e6, "100,000", "-1.2 to 3.0 million"),
        (6700, 6700, 6700, "6,700", "6,700"),
        (3e6, 3e6, 3e6, "3,000,000", "3,000,000"),
        (2.5, 2.5, 2.5, "2.5", "2.5"),
        (1400 / 3, 1400 / 3, 1400 / 3, "467", "467"),
        (0, 0, 0, "0", "0"),
    ],
)
def test_a_number_is_written_with_the_digits_its_band_deserves(
    low: float, median: float, high: float, said: str, band: str
) -> None:
    step = words.step(low, high, median)
    assert words.say(median, step) == said
    assert words.say_band(low, high, step) == band


@pytest.mark.parametrize(
    ("value", "step", "said"),
    [
        (6401, 100, "6,500"),
        (6400, 100, "6,400"),
        (6400.000000001, 100, "6,400"),  # found by dividing
        (0.35, 0.01, "1"),
        (3_010_000, 1e5, "3.1 million"),
    ],
)
def test_transports_needed_are_rounded_up(value: float, step: float, said: str) -> None:
    assert words.say(value, step, up=True) == said


@pytest.mark.parametrize(
    ("value", "step", "said"),
    [
        (470_123, 1e4, "470,000"),
        (999_999, 1e5, "1 million"),
        (1_234_500_000, 1e5, "1,234,500,000"),  # "1.23 billion" would drop digits that the step keeps
        (1e15, 1.0, "1,000,000,000,000,000"),
        (6.125, 0.001, "6.12"),  # "6.125" may be read as six thousand
        (0.9996, 0.001, "1"),
        (0.125, 0.001, "0.125"),
    ],
)
def test_the_text_keeps_to_the_step_and_stays_readable_in_one_way(value: float, step: float, said: str) -> None:
    assert words.say(value, step) == said


@pytest.mark.parametrize(
    ("call", "says"),
    [
        (lambda: words.say(float("nan"), 1.0), r"value=nan: must be finite"),
        (lambda: words.say(1.0, 5.0), r"step=5\.0: must be a power of ten"),
        (lambda: words.say(1.0, float("nan")), r"step=nan: must be a power of ten"),
        (lambda: words.say_band(2.0, 1.0, 1.0), r"low=2\.0, high=1\.0: low must not be above high"),
        (lambda: words.step(2.0, 1.0), r"low=2\.0, high=1\.0: low must not be above high"),
        (lambda: words.step(1.0, float("inf")), r"must be finite"),
        (lambda: words.percent(float("nan")), r"share=nan: must be from 0 to 1"),
        (lambda: words.percent(1.01), r"share=1\.01: must be from 0 to 1"),
    ],
)
def test_what_cannot_be_written_is_refused(call: Callable[[], object], says: str) -> None:
    with pytest.raises(ArgumentError, match=says):
        call()


@pytest.mark.parametrize("value", [5e-324, 1e-320, 1e-305])
def test_the_least_numbers_are_written_too(value: float) -> None:
    # There is no power of ten a hundredth of 5e-324 for them to be rounded to.
    assert words.say(value, words.step(value, value)).startswith("0")
    assert words.say_band(0.0, value, words.step(0.0, value)).startswith("0")


def test_only_one_is_singular() -> None:
    assert words.with_noun(1, "container") == "1 container"
    assert words.with_noun("1", "truck") == "1 truck"
    assert words.with_noun(6700, "container") == "6,700 containers"
    assert words.with_noun("3.1 million", "round") == "3.1 million rounds"
    assert words.with_noun(0.5, "wagon") == "0.5 wagons"
    assert words.with_noun(6700, None) == "6,700"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0 %"),
        (0.0004, "<0.1 %"),
        (0.014, "1.4 %"),
        (0.08, "8 %"),
        (0.0994, "9.9 %"),
        (0.0996, "10 %"),
        (0.83, "83 %"),
        (0.994, "99 %"),
        (0.996, "99.6 %"),
        (0.9996, ">99.9 %"),
        (1, "100 %"),
    ],
)
def test_a_share_is_written_as_a_percentage(share: float, said: str) -> None:
    assert words.percent(share) == said
