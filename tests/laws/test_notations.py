"""What holds for every notation of a number, a range and a bound: it is read as what was meant, or refused with a way
out that is read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import words
from shellflow.errors import BoundError, ShellflowError
from shellflow.words import Amount, Claimed

WHOLE = st.integers(0, 10**12) | st.integers(0, 2000) | st.integers(1, 999).map(lambda number: number * 1000)
SPACES = st.sampled_from([" ", "\u00a0", "\u202f", "\u2009"])
DASHES = st.sampled_from(["-", "\u2010", "\u2013", "\u2014", "\u2212", "~", "\uff5e"])
NOUNS = st.sampled_from([None, *words.NOUNS])


_FLOORS = [
    "more than",
    "over",
    "at least",
    "no fewer than",
    "no less than",
    "upwards of",
    "a minimum of",
    "min.",
    ">",
    ">=",
    "≥",
]
_CEILINGS = ["up to", "at most", "no more than", "less than", "under", "as many as", "max.", "<", "<=", "≤"]
LEADS = {"floor": [f"{word} " for word in _FLOORS], "ceiling": [f"{word} " for word in _CEILINGS]}
TAILS = {
    "floor": ["+", " plus", " or more", " and above", " and up", " at least"],
    "ceiling": [" or fewer", " or less", " and below", " at most"],
}


@dataclass(frozen=True)
class Written:
    """A text and what it means."""

    text: str
    means: Claimed


@st.composite
def numbers(draw: st.DrawFn, value: int) -> str:
    """Return a notation of a whole number that needs nothing beside it to be understood."""
    forms = [
        str(value),
        f"{value:_}",
        f"{value:,}",
        f"{value:,}".replace(",", draw(SPACES)),
        f"{value:,}".replace(",", "'"),
    ]
    for size, words_for_it in ((3, ["k", "K", " thousand"]), (6, ["M", " million", "mln"]), (9, ["bn", " billion"])):
        scaled, rest = divmod(value, 10**size)
        digits = f"{scaled}.{rest:0{size}d}".rstrip("0").rstrip(".")
        if value and rest * 10**4 % 10**size == 0:
            forms += [digits + word for word in words_for_it]
            if scaled == 0:
                forms += [digits.removeprefix("0") + word for word in words_for_it]
    return draw(st.sampled_from(forms))


@st.composite
def points(draw: st.DrawFn) -> Written:
    value, noun = draw(WHOLE), draw(NOUNS)
    text = draw(numbers(value)) + (f" {noun}s" if noun else "")
    return Written(text, Claimed(value, value, "point", noun))


@st.composite
def bounds(draw: st.DrawFn) -> Written:
    kind = draw(st.sampled_from(["floor", "ceiling"]))
    point = draw(points())
    if draw(st.booleans()):
        lead = draw(st.sampled_from(LEADS[kind]))
        text = (lead.strip() if lead.strip() in "<>=\u2264\u2265" and draw(st.booleans()) else lead) + point.text
    else:
        text = point.text + draw(st.sampled_from(TAILS[kind]))
    low = point.means.low if kind == "floor" else None
    high = point.means.high if kind == "ceiling" else None
    return Written(text, Claimed(low, high, "floor" if kind == "floor" else "ceiling", point.means.noun))


@st.composite
def ranges(draw: st.DrawFn) -> Written:
    """Return a range whose ends are both written in full."""
    low, high = sorted((draw(WHOLE), draw(WHOLE)))
    noun, space = draw(NOUNS), draw(SPACES)
    comma = draw(st.booleans())
    ends = [f"{end:,}" if comma else str(end) for end in (low, high)]
    tail = f"{space}{noun}s" if noun else ""
    forms = [f"{space}to{space}".join(ends), f"between {ends[0]}{space}and {ends[1]}", f"from {ends[0]} to {ends[1]}"]
    if low == 0 or low >= 1000 or high < 1000 or 1000 * low > high:
        dash, gap = draw(DASHES), draw(st.sampled_from(["", space]))
        forms.append(f"{ends[0]}{gap}{dash}{gap}{ends[1]}")
    return Written(draw(st.sampled_from(forms)) + tail, Claimed(low, high, "range", noun))


@given(points() | bounds() | ranges())
@example(Written("300+ containers", Claimed(300, None, "floor", "container")))
@example(Written(">250", Claimed(250, None, "floor", None)))
@example(Written("\u2265250", Claimed(250, None, "floor", None)))
@example(Written("800-1,200 containers", Claimed(800, 1200, "range", "container")))
def test_every_notation_is_read_as_what_it_means_so_no_two_meanings_are_read_alike(written: Written) -> None:
    assert words.read_claim(written.text) == written.means


@given(points())
def test_a_count_reads_a_point_as_a_claim_does(written: Written) -> None:
    assert written.means.low is not None
    assert words.read_count(written.text) == Amount(written.means.low, written.means.noun)


@given(bounds() | ranges())
def test_a_count_is_never_made_of_a_bound_or_a_range(written: Written) -> None:
    with pytest.raises(BoundError, match="neither a bound nor a range"):
        words.read_count(written.text)


@given(bounds())
def test_an_input_is_never_made_of_a_bound_whether_in_words_or_in_signs(written: Written) -> None:
    for make in (lambda text: sf.fixed(text), lambda text: sf.estimate(text, "152mm")):
        with pytest.raises(BoundError, match="neither a bound nor a range"):
            make(written.text)


AMBIGUOUS = st.builds(
    lambda above, sign, below, scale: f"{above}{sign}{below}{scale}",
    st.integers(1, 999),
    st.sampled_from([".", ","]),
    st.integers(0, 999).map(lambda number: f"{number:03d}") | st.integers(0, 99).map(str),
    st.sampled_from(["", " million", "k", "M"]),
)


@st.composite
def odd_texts(draw: st.DrawFn) -> str:
    """Return texts whose every part can be read, and which as a whole can be read in two ways or in none."""
    one = draw(AMBIGUOUS | WHOLE.flatmap(numbers))
    other = draw(AMBIGUOUS | WHOLE.flatmap(numbers))
    joint = draw(st.sampled_from(["-", " to ", "\u2013", "+-", " \u00b1 ", " +/- "]))
    lead = draw(st.sampled_from(["", "+", "about ", *LEADS["floor"], *LEADS["ceiling"]]))
    noun = draw(NOUNS)
    text = draw(st.sampled_from([lead + one, one + joint + other, one + "+"]))
    return f"{text} {noun}s" if noun else text


def refusal_of(read: Callable[[str], object], text: str) -> str:
    """Return the message of a refusal, "" where the text is read."""
    try:
        read(text)
    except ShellflowError as refusal:
        return str(refusal)
    return ""


def advised(refusal: str) -> list[str]:
    """Return what a refusal says to write instead."""
    _, _, fix = refusal.partition("Write ")
    return [text for _, text in re.findall(r"""(['"])(.*?)\1""", fix) if " ... " not in text]


def is_read_following_advice(text: str, *, steps: int = 3) -> bool:
    """Whether a text is read, or all that its refusal says to write is."""
    refusal = refusal_of(words.read_claim, text)
    others = advised(refusal) if steps > 0 else []
    return not refusal or (bool(others) and all(is_read_following_advice(other, steps=steps - 1) for other in others))


@given(odd_texts())
@example("800-1,200 containers")
@example("500-600,000")
@example("6.700-7.200 wagons")
@example("3,125-4,250 million")
@example("+6.700")
def test_what_a_refusal_says_to_write_is_read(text: str) -> None:
    for read in (words.read_claim, words.read_count):
        for advice in advised(refusal_of(read, text)):
            assert is_read_following_advice(advice), (text, advice)


@given(odd_texts())
def test_the_two_readings_of_a_refusal_are_two(text: str) -> None:
    refusal = refusal_of(words.read_claim, text)
    for one, other in re.findall(r"Write '([^']*)' or '([^']*)'", refusal):
        assert words.read_claim(one) != words.read_claim(other)
