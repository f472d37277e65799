"""Counts, rates and claims read from text; whatever can be read in two ways is refused."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NoReturn

from shellflow import _digits
from shellflow.errors import UnitError, bad_argument, shown, unknown_item
from shellflow.words._vocabulary import (
    DAYS,
    LEAD_OF,
    LETTERS,
    MEASURE_OF,
    NOUN_OF,
    PERIOD_OF,
    SCALES,
    SHORT_SCALES,
    SPELLINGS,
    TAIL_OF,
    TREACHEROUS,
)
from shellflow.words._writing import with_noun

__all__ = ["Amount", "Claimed", "Rate", "read_claim", "read_count", "read_rate"]


def _any_of(words: Iterable[str]) -> str:
    """Return the alternation of these words, longest first, lest "no more than" be read as "no"."""
    return "|".join(re.escape(word).replace(r"\ ", "[ -]+") for word in sorted(words, key=len, reverse=True))


_END = r"(?![^\W_])"
_NUMBER = re.compile(rf"({_digits.WRITTEN})(?:[eE]([+-]?[0-9]{{1,6}}))?")
_SCALE = re.compile(rf" *(?:([{''.join(LETTERS)}])|((?i:{_any_of(SHORT_SCALES)}))|((?i:{_any_of(SCALES)}))[sS]?){_END}")
_A_SCALE = re.compile(rf"(half +)?an? +({_any_of(SCALES)}){_END}", re.IGNORECASE)
_NOUN = re.compile(rf" *({_any_of(NOUN_OF)}){_END}", re.IGNORECASE)
_LEAD = re.compile(rf"({_any_of(LEAD_OF)})(?: +|(?<=\W)|$)", re.IGNORECASE)
_TAIL = re.compile(rf" *({_any_of(TAIL_OF)}){_END}", re.IGNORECASE)
_TO = re.compile(r" *(-|to|up to|and) *(?<=[- ])(?=\S)", re.IGNORECASE)
_PER = re.compile(r"(.+?)(?: *(?:/|\b(?:per|an?|each|every) ) *([a-z]+)| +([a-z]+ly))", re.IGNORECASE)

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
    period = PERIOD_OF.get((found[2] or found[3]).casefold()) if found else None
    if found is None or period is None:
        raise bad_argument(
            argument, text, "a count per day, week, month or year", "Write e.g. '10k/day' or '10,000 rounds a day'."
        )
    amount = _count(found[1], argument, text)
    return Rate(amount.value / DAYS[period], amount.noun)


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
    if joint and second is not None:
        return _range(first, joint[1], second, noun, argument, text)
    if "range" in bounds:
        raise bad_argument(argument, text, "a range with two ends", "Write e.g. 'between 4.2M and 5.8M'.")
    if "floor" in bounds:
        return Claimed(first.value, None, "floor", noun)
    if "ceiling" in bounds:
        return Claimed(None, first.value, "ceiling", noun)
    return Claimed(first.value, first.value, "point", noun)


def _tidy(text: str, argument: str) -> str:
    if not isinstance(text, str):
        raise bad_argument(argument, text, "a text", f"Write {_A_COUNT}.")
    return text.translate(_digits.ODD_SIGNS).strip()


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
        return _Number("0.5" if scale[1] else "1", SCALES[_key(scale[2])], True, text[scale.end() :])
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
        power = LETTERS[scale[1]] if scale[1] else {**SHORT_SCALES, **SCALES}[_key(scale[2] or scale[3])]
        rest = rest[scale.end() :]
    grouped = _digits.GROUPED.fullmatch(written)
    if grouped:
        # Before a multiplier, 3,125 may be three thousand or three and an eighth.
        ambiguous = grouped[1] == "," and bool(scale or exponent)
    elif _digits.PLAIN.fullmatch(written):
        ambiguous = not (scale or exponent) and bool(_digits.DOT_OR_THOUSANDS.fullmatch(written))
    else:
        ambiguous = True
    if ambiguous:
        _refuse_separators(written, argument, whole)
    digits = _digits.SEPARATORS.sub("", written)
    number = _Number(digits, power, bool(grouped or exponent), rest)
    if not math.isfinite(number.value):
        raise bad_argument(argument, whole, "finite")
    if number.value == 0 and digits.strip("0."):
        raise bad_argument(argument, whole, "large enough to tell from 0")
    return number


def _noun(text: str) -> tuple[str | None, str]:
    found = _NOUN.match(text)
    return (NOUN_OF[_key(found[1])], text[found.end() :]) if found else (None, text)


def _claim_end(text: str, kinds: set[str], argument: str, whole: str) -> tuple[_Number, str | None, str]:
    """Return one end of a claim, its noun and the rest; add to `kinds` what the words before and after it say."""
    while lead := _LEAD.match(text):
        kinds.add(LEAD_OF[_key(lead[1])])
        text = text[lead.end() :]
    number = _number(text, argument, whole)
    if number is None:
        _refuse_start(text, argument, whole)
    rest, noun = number.rest, None
    for _ in range(2):  # "3M+ rounds" and "3M rounds or more"
        if tail := _TAIL.match(rest):
            kinds.add(TAIL_OF[_key(tail[1])])
            rest = rest[tail.end() :]
        if noun is None:
            noun, rest = _noun(rest)
    return number, noun, rest


def _range(first: _Number, joint: str, second: _Number, noun: str | None, argument: str, whole: str) -> Claimed:
    low, high = first.value, second.value
    if not first.power and not first.written_out and low < 1000:
        low = float(f"{first.digits}e{second.power}")
    if joint == "-" and low < 1000 <= high and not first.power and not second.power and not first.written_out:
        fix = f"Write {first.digits},000-{with_noun(high, None)}, or {first.digits} to {with_noun(high, None)}."
        raise bad_argument(argument, whole, "a range that can be read in one way only", fix)
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
    if rest[0].isdigit() or (rest[0] in ".,_'" and rest[1:2].isdigit()):
        _refuse_separators(rest, argument, whole)
    words = re.findall(r"[a-z]+[0-9]*", rest.casefold())
    if noun or not words or not rest[0].isalpha():
        raise bad_argument(argument, whole, "one count with at most one noun", f"Leave out {rest!r}.")
    if words[0] in ("and", "or", "to"):
        raise bad_argument(argument, whole, "one number, or a range with two ends", "Write e.g. '4.2-5.8M'.")
    measure = words[1] if words[0] in ("metric", "short", "long", "square", "cubic") and len(words) > 1 else words[0]
    if measure in MEASURE_OF:
        millions = measure in ("m", "mm")
        fix = "For millions write 3M or 3 million." if millions else "Say of what, e.g. '6700 containers'."
        raise UnitError(f"{argument}={shown(whole)}: a bare {MEASURE_OF[measure]} ({measure}) is not a count. {fix}")
    if words[0] in TREACHEROUS:
        allowed = f"a count of rounds, packages or transports, not of {words[0]}"
        raise bad_argument(argument, whole, allowed, TREACHEROUS[words[0]])
    if words[0].removesuffix("s") in SCALES:
        raise bad_argument(argument, whole, "a number with one multiplier", "Write it in digits, e.g. 3,000,000,000.")
    known = (f"{form}s" for forms in SPELLINGS.values() for form in forms.split("|") if " " not in form)
    raise unknown_item("noun", rest, known, f"({argument}={shown(whole)})")
