"""Counts, rates and claims as people write them: read from text, and written with no more digits than they deserve.

Whatever can be read in two ways is refused, with what to write instead: `6.700` and `6,7` mix up decimals and
thousands, `3m` is three metres to some and three million to others, a box is a crate here and a container there.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NoReturn

from shellflow.errors import ArgumentError, UnitError, bad_argument, shown, unknown_item

__all__ = [
    "NOUNS",
    "Amount",
    "Claimed",
    "Rate",
    "percent",
    "read_claim",
    "read_count",
    "read_rate",
    "say",
    "say_band",
    "step",
    "with_noun",
]

NOUNS = ("round", "package", "container", "wagon", "truck", "voyage")

# A plain "car" may be a road car, so a rail word must stand with it.
_SPELLINGS = {
    "round": "round|artillery round|shell|artillery shell|rocket|projectile",
    "package": "package|crate",
    "container": "container|shipping container",
    "wagon": "wagon|rail wagon|railway wagon|railcar|rail car|railway car",
    "truck": "truck",
    "voyage": "voyage|trip|sailing",
}
_NOUN_OF = {form: noun for noun, forms in _SPELLINGS.items() for one in forms.split("|") for form in (one, f"{one}s")}
_TREACHEROUS = {
    word: advice
    for words, advice in {
        "box boxes": "A box may be a crate or a container: write packages or containers.",
        "car cars": "Write railcars or trucks.",
        "teu feu teus feus": "Write containers; their length belongs to the transport.",
        "rd rds": "Write rounds.",
        "pc pcs piece pieces unit units": "Write what they are, e.g. rounds or containers.",
        "mil mils mio": "Write million or thousand.",
    }.items()
    for word in words.split()
}
_MEASURE_OF = {
    word: kind
    for kind, words in {
        "mass": "t ton tons tonne tonnes mt kt g gram grams kg kgs kilo kilos kilogram kilograms gr grain grains lb "
        "lbs pound pounds oz ounce ounces",
        "length": "m metre metres meter meters mm millimetre millimetres millimeter millimeters cm centimetre "
        "centimetres centimeter centimeters km kilometre kilometres kilometer kilometers ft foot feet inch inches yard "
        "yards mile miles",
        "area or volume": "m2 sqm m3 cbm litre litres liter liters",
    }.items()
    for word in words.split()
}

# Powers of ten, so that "4.35 million" is read as the decimal 4.35e6 and not as a rounded product. The letters keep
# their case: m is metre.
_LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9}
_SCALES = {
    "hundred": 2,
    "thousand": 3,
    "hundred thousand": 5,
    "million": 6,
    "hundred million": 8,
    "billion": 9,
    "trillion": 12,
}
_SHORT_SCALES = {"mn": 6, "mln": 6, "bn": 9}
_SAID = ((12, "trillion"), (9, "billion"), (6, "million"))

# A month is a twelfth of the Julian year of 365.25 days.
_DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
_PERIOD_OF = {
    form: period
    for period, forms in {
        "day": "day d daily",
        "week": "week wk weekly",
        "month": "month mo monthly",
        "year": "year yr annum yearly annually",
    }.items()
    for form in forms.split()
}

# "Nearly" and "almost" give a value, as "about" does: as ceilings they would allow zero, which nobody means by them.
_LEAD_OF = {
    word: kind
    for kind, words in {
        "floor": "more than|over|above|at least|no fewer than|not fewer than|no less than|not less than|"
        "upwards of|in excess of|exceeding|a minimum of|minimum|>=|>|\u2265",
        "ceiling": "up to|at most|no more than|not more than|less than|fewer than|under|below|as many as|"
        "a maximum of|maximum|<=|<|\u2264",
        "point": "about|around|some|approximately|approx.|approx|roughly|circa|ca.|ca|c.|nearly|almost|close to|"
        "an estimated|estimated|~|\u2248",
        "range": "between|from",
    }.items()
    for word in words.split("|")
}
_TAIL_OF = {
    word: kind
    for kind, words in {
        "floor": "+|plus|or more|and more|or over|or above|at least",
        "ceiling": "or fewer|or less|or under|or below|at most",
    }.items()
    for word in words.split("|")
}


def _any_of(words: Iterable[str]) -> str:
    """Return the alternation of these words, longest first, lest "no more than" be read as "no"."""
    return "|".join(re.escape(word).replace(r"\ ", "[ -]+") for word in sorted(words, key=len, reverse=True))


_END = r"(?![^\W_])"
_NUMBER = re.compile(r"([0-9](?:[0-9.,_' ]*[0-9])?)(?:[eE]([+-]?[0-9]{1,6}))?")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"[1-9][0-9]{0,2}([ ,_'])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?")
_DOT_OR_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_SCALE = re.compile(
    rf" *(?:([{''.join(_LETTERS)}])|((?i:{_any_of(_SHORT_SCALES)}))|((?i:{_any_of(_SCALES)}))[sS]?){_END}"
)
_A_SCALE = re.compile(rf"(half +)?an? +({_any_of(_SCALES)}){_END}", re.IGNORECASE)
_NOUN = re.compile(rf" *({_any_of(_NOUN_OF)}){_END}", re.IGNORECASE)
_LEAD = re.compile(rf"({_any_of(_LEAD_OF)})(?: +|(?<=\W)|$)", re.IGNORECASE)
_TAIL = re.compile(rf" *({_any_of(_TAIL_OF)}){_END}", re.IGNORECASE)
_TO = re.compile(r" *(-|to|up to|and) *(?<=[- ])(?=\S)", re.IGNORECASE)
_PER = re.compile(r"(.+?)(?: *(?:/|\b(?:per|an?|each|every) ) *([a-z]+)| +([a-z]+ly))", re.IGNORECASE)
_ODD_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2009\u202f", " "),  # no-break, figure, thin and narrow no-break space
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),  # hyphens, dashes and the minus sign
        "\u2019": "'",
    }
)
_A_COUNT = "a count such as 6700, '6,700', '6.7k', '3M' or '3 million rounds'"


@dataclass(frozen=True, slots=True)
class Amount:
    """A count and the noun it was written with.

    Parameters
    ----------
    value : float
        The count [unitless].
    noun : str or None
        One of `NOUNS`, or None where none was written.
    """

    value: float
    noun: str | None


@dataclass(frozen=True, slots=True)
class Rate:
    """A count per day and the noun it was written with.

    Parameters
    ----------
    value_per_day : float
        The count per day [1/day].
    noun : str or None
        One of `NOUNS`, or None where none was written.
    """

    value_per_day: float
    noun: str | None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What a statement says of a number, with the end it leaves open.

    Parameters
    ----------
    low, high : float or None
        The ends of what is said; None where it leaves that end open [unitless].
    bound : str
        `point` (both ends equal), `floor` (no high end), `ceiling` (no low end) or `range`.
    noun : str or None
        One of `NOUNS`, or None where none was written.
    """

    low: float | None
    high: float | None
    bound: Literal["point", "floor", "ceiling", "range"]
    noun: str | None


@dataclass(frozen=True, slots=True)
class _Number:
    digits: str
    power: int
    written_out: bool
    rest: str

    @property
    def value(self) -> float:
        return float(f"{self.digits}e{self.power}")


def read_count(text: str, *, argument: str = "count") -> Amount:
    """Read one count as people write it, with or without a noun.

    It reads digits and multipliers, not number words: "ten containers" is refused.

    Parameters
    ----------
    text : str
        A count such as `6,700`, `6 700`, `6.7k`, `3M`, `1e6`, `half a million` or `6700 containers` [unitless].
    argument : str
        The name that error messages give it.

    Returns
    -------
    Amount
        The count, and the noun as one of `NOUNS` or None.

    Raises
    ------
    ArgumentError
        If there is no number, or it is negative, not finite, or can be read in two ways; if it is a bound or a range;
        if something follows it.
    UnknownItemError
        If its noun is not known.
    UnitError
        If it is a mass, a length, an area or a volume.

    Notes
    -----
    Thousands are parted by commas, spaces, apostrophes or underscores, all of one kind and in full groups of three; a
    point is a decimal point. One to three digits, a point and three digits (`6.700`) are refused unless a multiplier
    follows; commas are refused before a multiplier (`3,125 million`). Shells, rockets and projectiles are rounds;
    crates are packages; railcars are wagons; trips and sailings are voyages. A box is refused, since it may be a crate
    or a container.

    Examples
    --------
    >>> read_count("6.7k containers")
    Amount(value=6700.0, noun='container')
    >>> read_count("half a million").value
    500000.0
    """
    return _count(_tidy(text, argument), argument, text)


def read_rate(text: str, *, argument: str = "rate") -> Rate:
    """Read a count per day, week, month or year.

    A month is 30.4375 and a year 365.25 days, whichever month or year is meant.

    Parameters
    ----------
    text : str
        A rate such as `10k/day`, `10,000 rounds a day` or `300,000 per month` [1/time].
    argument : str
        The name that error messages give it.

    Returns
    -------
    Rate
        The count per day, and the noun as one of `NOUNS` or None.

    Raises
    ------
    ArgumentError
        If no period, or none of these four, is named; or as in `read_count`.
    UnknownItemError, UnitError
        As in `read_count`.

    Examples
    --------
    >>> read_rate("10k rounds a day")
    Rate(value_per_day=10000.0, noun='round')
    """
    found = _PER.fullmatch(_tidy(text, argument))
    period = _PERIOD_OF.get((found[2] or found[3]).casefold()) if found else None
    if found is None or period is None:
        raise bad_argument(
            argument, text, "a count per day, week, month or year", "Write e.g. '10k/day' or '10,000 rounds a day'."
        )
    amount = _count(found[1], argument, text)
    return Rate(amount.value / _DAYS[period], amount.noun)


def read_claim(text: str, *, argument: str = "count") -> Claimed:
    """Read a number as a statement gives it: a point, a floor, a ceiling or a range.

    It keeps no trace of "about" or "nearly": both give a point.

    Parameters
    ----------
    text : str
        A statement such as `more than 3M`, `3M+`, `up to 4.8M`, `4.2-5.8M` or `about 6,700 containers` [unitless].
    argument : str
        The name that error messages give it.

    Returns
    -------
    Claimed
        Its ends, which of the four it is, and the noun as one of `NOUNS` or None.

    Raises
    ------
    ArgumentError
        If its words contradict each other, a range is upside down or has only one end, or its ends have different
        nouns; or as in `read_count`.
    UnknownItemError, UnitError
        As in `read_count`.

    Notes
    -----
    "More than 3M" and "at least 3M" are the same floor: statements do not mean the difference of one round. In
    `4.2-5.8M` the multiplier of the high end is that of the low end too, unless the low end has its own or is 1000 or
    more.

    Examples
    --------
    >>> read_claim("more than 3M")
    Claimed(low=3000000.0, high=None, bound='floor', noun=None)
    >>> read_claim("4.2-5.8M rounds")
    Claimed(low=4200000.0, high=5800000.0, bound='range', noun='round')
    """
    rest = _tidy(text, argument)
    kinds: set[str] = set()
    first, noun, rest = _claim_end(rest, kinds, argument, text)
    joint = _TO.match(rest)
    if joint and (joint[1].casefold() != "and" or "range" in kinds):
        kinds.add("range")
        second, second_noun, rest = _claim_end(rest[joint.end() :], kinds, argument, text)
    else:
        second, second_noun = None, None
    if rest.strip():
        _refuse_rest(rest, noun or second_noun, argument, text)
    if noun and second_noun and noun != second_noun:
        raise bad_argument(
            argument, text, "a range of one thing", f"Its low end is of {noun}s, its high end of {second_noun}s."
        )

    bounds = kinds - {"point"}
    if len(bounds) > 1:
        raise bad_argument(
            argument, text, "a floor, a ceiling or a range, only one of them", "Leave out the words that do not hold."
        )
    noun = noun or second_noun
    if second is not None:
        return _range(first, second, noun, argument, text)
    if "range" in bounds:
        raise bad_argument(argument, text, "a range with two ends", "Write e.g. 'between 4.2M and 5.8M'.")
    if "floor" in bounds:
        return Claimed(first.value, None, "floor", noun)
    if "ceiling" in bounds:
        return Claimed(None, first.value, "ceiling", noun)
    return Claimed(first.value, first.value, "point", noun)


def step(low: float, high: float, *values: float) -> float:
    """Return the power of ten to which a value with the band `low` to `high` is to be rounded.

    It looks at the width of the band and at the size of the numbers, not at how well the band itself is known.

    Parameters
    ----------
    low, high : float
        The band [any unit].
    *values : float
        Whatever else is shown with it, such as the median [same unit].

    Returns
    -------
    float
        The step [same unit].

    Raises
    ------
    ArgumentError
        If a number is not finite, or `low` is above `high`.

    Notes
    -----
    The largest power of ten within a tenth of the band, so that rounding moves no end by more than a twentieth of it;
    but never so small that the largest number shows more than three digits, since quantiles have a numerical error near
    0.5 %. A band of no width is exact: all digits before the point are kept, and those after it up to three in all.

    Examples
    --------
    >>> step(2.51e6, 3.76e6, 3.07e6)
    100000.0
    >>> step(6700, 6700)
    1.0
    """
    every = (low, high, *values)
    if not all(map(math.isfinite, every)):
        raise ArgumentError(f"low, high, values={shown(every)}: must be finite numbers.")
    if not low <= high:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high.")
    largest = max(map(abs, every))
    if largest == 0:
        return 1.0
    third_digit = _magnitude_of(largest) - 2
    if high - low > 1e-9 * largest:  # less is the float noise of worlds that all agree
        return float(f"1e{max(_magnitude_of((high - low) / 10), third_digit)}")
    return float(f"1e{min(0, third_digit)}")


def say(value: float, step: float, *, up: bool = False) -> str:
    """Return a number in words and digits, rounded to a step.

    From 1 up it never writes more than two decimals, because `6.125` can be read as six thousand.

    Parameters
    ----------
    value : float
        The number [any unit].
    step : float
        A power of ten to round to, see `step` [same unit].
    up : bool
        Round up, to a whole number at least, as for transports needed [unitless].

    Returns
    -------
    str
        Such as `3.1 million`, `470,000`, `84` or `0.35`.

    Raises
    ------
    ArgumentError
        If `value` is not finite, or `step` is not a power of ten.

    Notes
    -----
    A number other than 0 is never written as 0: below half a step it keeps its first digit. `read_count` reads the text
    back to within half a step (with `up`, to within a step or 1, whichever is more).

    Examples
    --------
    >>> say(3.07e6, 1e5)
    '3.1 million'
    >>> say(6401, 100, up=True)
    '6,500'
    """
    _, digits, scale = _rounded(value, step, up)
    return f"{digits} {scale}" if scale else digits


def say_band(low: float, high: float, step: float, *, up: bool = False) -> str:
    """Return the two ends of a band in words and digits, a shared multiplier said once.

    Ends that come out alike are said once, so the text does not tell a band of no width from a very narrow one.

    Parameters
    ----------
    low, high : float
        The band [any unit].
    step : float
        A power of ten to round to, see `step` [same unit].
    up : bool
        Round both ends up, to whole numbers at least [unitless].

    Returns
    -------
    str
        Such as `2.5 to 3.8 million` or `480,000 to 1.2 million`.

    Raises
    ------
    ArgumentError
        If an end is not finite, `low` is above `high`, or `step` is not a power of ten.

    Examples
    --------
    >>> say_band(2.51e6, 3.76e6, 1e5)
    '2.5 to 3.8 million'
    """
    if low > high:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high.")
    low_value, low_digits, low_scale = _rounded(low, step, up)
    high_value, high_digits, high_scale = _rounded(high, step, up)
    if (low_digits, low_scale) == (high_digits, high_scale):
        return f"{high_digits} {high_scale}".rstrip()
    if low_scale == high_scale:
        return f"{low_digits} to {high_digits} {high_scale}".rstrip()
    if not low_scale and 0 < abs(low_value) < 1000:
        return f"{low_digits} to {high_value:,}"  # "3 to 20 million" would be read as 3 million
    return f"{low_digits} {low_scale}".rstrip() + f" to {high_digits} {high_scale}".rstrip()


def with_noun(amount: str | float, noun: str | None) -> str:
    """Return an amount with its noun, in the plural unless it is 1.

    It adds an s and knows no other plural.

    Parameters
    ----------
    amount : str or float
        A text such as `say` gives, or a number to write in full [any unit].
    noun : str or None
        The noun in the singular; None leaves the amount bare.

    Returns
    -------
    str
        Such as `1 container` or `3.1 million rounds`.

    Raises
    ------
    ArgumentError
        If a number is not finite.

    Examples
    --------
    >>> with_noun(6700, "container")
    '6,700 containers'
    """
    text = amount if isinstance(amount, str) else say(amount, step(amount, amount))
    if noun is None:
        return text
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"


def percent(share: float) -> str:
    """Return a share as a percentage, with one decimal below 10 %.

    Only a share of exactly 0 or 1 is written as `0 %` or `100 %`.

    Parameters
    ----------
    share : float
        A share from 0 to 1 [unitless].

    Returns
    -------
    str
        Such as `1.4 %`, `83 %`, `<0.1 %` or `>99.9 %`.

    Raises
    ------
    ArgumentError
        If the share is not from 0 to 1.

    Examples
    --------
    >>> percent(0.014), percent(0.0002), percent(0.9996)
    ('1.4 %', '<0.1 %', '>99.9 %')
    """
    if not 0 <= share <= 1:
        raise bad_argument("share", share, "from 0 to 1")
    if 0 < share < 0.001:
        return "<0.1 %"
    if 0.999 < share < 1:
        return ">99.9 %"
    decimals = 1 if share < 0.0995 or 0.995 <= share < 1 else 0
    return f"{_trimmed(f'{100 * share:.{decimals}f}')} %"


def _tidy(text: str, argument: str) -> str:
    if not isinstance(text, str):
        raise bad_argument(argument, text, "a text", f"Write {_A_COUNT}.")
    return text.translate(_ODD_SIGNS).strip()


def _key(words: str) -> str:
    return " ".join(words.casefold().replace("-", " ").split())


def _count(text: str, argument: str, whole: str) -> Amount:
    number = _number(text, argument, whole)
    if number is None:
        _refuse_start(text, argument, whole)
    noun, rest = _noun(number.rest)
    if _TAIL.match(rest) or _TO.match(rest):
        _refuse_bound(argument, whole)
    if rest.strip():
        _refuse_rest(rest, noun, argument, whole)
    return Amount(number.value, noun)


def _number(text: str, argument: str, whole: str) -> _Number | None:
    """Return the number at the start of the text; None where there is none."""
    if scale := _A_SCALE.match(text):
        return _Number("0.5" if scale[1] else "1", _SCALES[_key(scale[2])], True, text[scale.end() :])
    found = _NUMBER.match(text)
    if found is None:
        return None
    written, exponent, rest = found[1], found[2], text[found.end() :]
    power = int(exponent or 0)
    scale = _SCALE.match(rest)
    if scale and exponent:
        allowed = "a number with an exponent or a multiplier, not both"
        raise bad_argument(argument, whole, allowed, "Write e.g. 1e6 or 1M.")
    if scale:
        power = _LETTERS[scale[1]] if scale[1] else {**_SHORT_SCALES, **_SCALES}[_key(scale[2] or scale[3])]
        rest = rest[scale.end() :]
    grouped = _GROUPED.fullmatch(written)
    if grouped:
        # Before a multiplier, 3,125 may be three thousand or three and an eighth.
        ambiguous = grouped[1] == "," and bool(scale or exponent)
    elif _PLAIN.fullmatch(written):
        ambiguous = not (scale or exponent) and bool(_DOT_OR_THOUSANDS.fullmatch(written))
    else:
        ambiguous = True
    if ambiguous:
        _refuse_separators(written, argument, whole)
    digits = re.sub("[ ,_']", "", written)
    number = _Number(digits, power, bool(grouped or exponent), rest)
    if not math.isfinite(number.value):
        raise bad_argument(argument, whole, "finite")
    return number


def _noun(text: str) -> tuple[str | None, str]:
    found = _NOUN.match(text)
    return (_NOUN_OF[_key(found[1])], text[found.end() :]) if found else (None, text)


def _claim_end(text: str, kinds: set[str], argument: str, whole: str) -> tuple[_Number, str | None, str]:
    """Return one end of a claim, its noun and the rest; add to `kinds` what the words before and after it say."""
    while lead := _LEAD.match(text):
        kinds.add(_LEAD_OF[_key(lead[1])])
        text = text[lead.end() :]
    number = _number(text, argument, whole)
    if number is None:
        _refuse_start(text, argument, whole)
    rest, noun = number.rest, None
    for _ in range(2):  # "3M+ rounds" and "3M rounds or more"
        if tail := _TAIL.match(rest):
            kinds.add(_TAIL_OF[_key(tail[1])])
            rest = rest[tail.end() :]
        if noun is None:
            noun, rest = _noun(rest)
    return number, noun, rest


def _range(first: _Number, second: _Number, noun: str | None, argument: str, whole: str) -> Claimed:
    low, high = first.value, second.value
    if not first.power and not first.written_out and low < 1000:
        low = float(f"{first.digits}e{second.power}")
    if not low <= high:
        said = f"{with_noun(low, None)} to {with_noun(high, None)}"
        fix = "Write the low end first, or the multiplier at both ends, e.g. '900k to 1.2M'."
        raise bad_argument(argument, whole, f"a range with its low end first, not {said}", fix)
    return Claimed(low, high, "range", noun)


def _refuse_separators(written: str, argument: str, whole: str) -> NoReturn:
    parts = re.split("[.,]", written)
    if len(parts) == 2 and "".join(parts).isdigit():
        thousands = len(parts[1]) == 3 and written[0] != "0"
        # A fourth decimal tells 6.7000 from six thousand seven hundred.
        decimal = f"{parts[0]}.{parts[1]}{'0' if thousands else ''}"
        fix = f"Write {decimal} for the decimal" + (f", {''.join(parts)} for the thousands." if thousands else ".")
    else:
        fix = "Write the digits without separators or as 1,234,567, and a decimal as 6.7."
    raise bad_argument(argument, whole, "a number whose separators can be read in one way only", fix)


def _refuse_bound(argument: str, whole: str) -> NoReturn:
    fix = "Give one number; to say how well it is known, give an uncertain input such as sf.uniform(low, high)."
    raise bad_argument(argument, whole, "a single count, neither a bound nor a range", fix)


def _refuse_start(text: str, argument: str, whole: str) -> NoReturn:
    if re.match(r"[-+]? *(nan|inf)", text, re.IGNORECASE):
        raise bad_argument(argument, whole, "finite")
    if re.match(r"- *[0-9.]", text):
        raise bad_argument(argument, whole, "zero or more")
    if _LEAD.match(text):
        _refuse_bound(argument, whole)
    raise bad_argument(argument, whole, _A_COUNT, "Write the number in digits.")


def _refuse_rest(rest: str, noun: str | None, argument: str, whole: str) -> NoReturn:
    rest = rest.strip()
    if re.match(r"%|per ?cent\b", rest, re.IGNORECASE):
        raise bad_argument(argument, whole, "a count, not a share", f"Write {_A_COUNT}.")
    words = re.findall(r"[a-z]+[0-9]*", rest.casefold())
    if noun or not words or not rest[0].isalpha():
        raise bad_argument(argument, whole, "one count with at most one noun", f"Leave out {rest!r}.")
    if words[0] in ("and", "or", "to"):
        raise bad_argument(argument, whole, "one number, or a range with two ends", "Write e.g. '4.2-5.8M'.")
    measure = words[1] if words[0] in ("metric", "short", "long", "square", "cubic") and len(words) > 1 else words[0]
    if measure in _MEASURE_OF:
        millions = measure in ("m", "mm")
        fix = "For millions write 3M or 3 million." if millions else "Say of what, e.g. '6700 containers'."
        raise UnitError(f"{argument}={shown(whole)}: a bare {_MEASURE_OF[measure]} ({measure}) is not a count. {fix}")
    if words[0] in _TREACHEROUS:
        allowed = f"a count of rounds, packages or transports, not of {words[0]}"
        raise bad_argument(argument, whole, allowed, _TREACHEROUS[words[0]])
    if words[0].removesuffix("s") in _SCALES:
        raise bad_argument(argument, whole, "a number with one multiplier", "Write it in digits, e.g. 3,000,000,000.")
    known = (f"{form}s" for forms in _SPELLINGS.values() for form in forms.split("|") if " " not in form)
    raise unknown_item("noun", rest, known, f"({argument}={shown(whole)})")


def _magnitude_of(value: float) -> int:
    """Return the power of ten at or below a positive value."""
    return math.floor(math.log10(value) + 1e-9)  # a band of 0.3 - 0.2 is meant as 0.1


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _rounded(value: float, step: float, up: bool) -> tuple[float, str, str]:
    """Return the rounded value, its digits and its multiplier ("" where it is written in full)."""
    if not math.isfinite(value):
        raise bad_argument("value", value, "finite")
    if not 0 < step < math.inf or abs(float(f"1e{round(math.log10(step))}") / step - 1) > 1e-9:
        raise bad_argument("step", step, "a power of ten", "Take it from words.step.")
    if value == 0:
        return 0, "0", ""
    power = round(math.log10(step))
    if abs(value) <= float(f"1e{power}") / (1 if up else 2):
        power = _magnitude_of(abs(value))
    if up:
        power = max(power, 0)
    if power < 0:
        if abs(round(value, -power)) >= 1:
            power = max(power, -2)
        number = round(value, -power)
        return number, _trimmed(f"{number:,.{-power}f}"), ""
    # 6700 found by dividing may come out as 6700.000000000001 and must not need one more; the cap keeps the allowance
    # for such noise from growing into a transport of its own.
    steps = value / 10**power
    whole = (math.ceil(steps - min(1e-3, 1e-11 * max(1.0, abs(steps)))) if up else round(steps)) * 10**power
    for scale, word in _SAID:
        if scale - 2 <= power and 10**scale <= abs(whole) < 10 ** (scale + 3):
            return whole, _trimmed(f"{whole / 10**scale:.2f}"), word
    return whole, f"{whole:,}", ""
