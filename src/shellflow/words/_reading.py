"""Counts, rates and claims read from text; whatever can be read in two ways is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Literal, NoReturn

from shellflow.errors import BoundError, ShellflowError, bad_argument, shown
from shellflow.words._numbers import A_COUNT, END, Number, any_of, key, noun_at, number_at, refuse_rest, tidy
from shellflow.words._vocabulary import DAYS, JOINTS, JOINTS_AFTER_BETWEEN, LEAD_OF, PERIOD_OF, TAIL_OF
from shellflow.words._writing import in_full, with_noun

__all__ = ["Amount", "Claimed", "Rate", "claim_in", "read_claim", "read_count", "read_rate"]

# Korean may leave out the space before the number.
_LEAD = rf"(?i)({any_of(LEAD_OF)})(?: +|(?<=\W)|(?<=[\uac00-\ud7a3])(?=[0-9])|$)"
# Of "300 +- 20" the plus is none that says "or more".
_TAIL = rf"(?i) *(?!\+ *[-/0-9.])({any_of(TAIL_OF)}){END}"
_TO = rf"(?i) *({any_of((*JOINTS, *JOINTS_AFTER_BETWEEN))}) *(?<=[-~ ])(?=\S)"
_PER = r"(?i)(.+?)(?: *(?:/|\b(?:per|an?|each|every) ) *([a-z]+)| +([a-z]+ly))"


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
    about : bool
        Whether it says "about" or "nearly", which leaves the number as it is; two claims are equal without it.
    """

    low: float | None
    high: float | None
    bound: Literal["point", "floor", "ceiling", "range"]
    noun: str | None
    about: bool = field(default=False, repr=False, compare=False)


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
        If there is no number, or it is negative, not finite, or can be read in two ways; if something follows it.
    BoundError
        If it is a bound or a range, in words or in signs (`300+`, `>250`, `280-320`).
    UnknownItemError
        If its noun is not known.
    UnitError
        If it is a mass, a length, an area or a volume.

    Notes
    -----
    Thousands are parted by commas, spaces, apostrophes or underscores, all of one kind and in full groups of three; a
    point is a decimal point, also at the start (`.9`). One to three digits, a point and three digits (`6.700`) are
    refused unless a multiplier follows; commas are refused before a multiplier (`3,125 million`). Shells, rockets and
    projectiles are rounds; crates are packages; railcars are wagons; trips and sailings are voyages. A box is refused,
    since it may be a crate or a container.

    Examples
    --------
    >>> read_count("6.7k containers")
    Amount(value=6700.0, noun='container')
    >>> read_count("half a million").value
    500000.0
    """
    return _count(tidy(text, argument), argument, text)


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
    match = re.fullmatch(_PER, tidy(text, argument))
    period = PERIOD_OF.get((match[2] or match[3]).casefold()) if match else None
    if match is None or period is None:
        raise bad_argument(
            argument, text, "a count per day, week, month or year", "Write e.g. '10k/day' or '10,000 rounds a day'."
        )
    amount = _count(match[1], argument, text)
    return Rate(amount.value / DAYS[period], amount.noun)


def read_claim(text: str, *, argument: str = "count") -> Claimed:
    """Read a number as a statement gives it: a point, a floor, a ceiling or a range.

    "About" and "nearly" leave the number as it is: nobody says how far they reach.

    Parameters
    ----------
    text : str
        A statement such as `more than 3M`, `3M+`, `>250`, `up to 4.8M`, `4.2-5.8M` or `about 6,700 containers`
        [unitless].
    argument : str
        The name that error messages give it.

    Returns
    -------
    Claimed
        Its ends, which of the four it is, and the noun as one of `NOUNS` or None.

    Raises
    ------
    ArgumentError
        As in `read_count`, or if a range has only one end, or ends with different nouns.
    BoundError
        If its words contradict each other, or a range is upside down or can be read in two ways.
    UnknownItemError, UnitError
        As in `read_count`.

    Notes
    -----
    "More than 3M" and "at least 3M" are the same floor: statements do not mean the difference of one round. So are
    such words in German, Russian, Ukrainian and Korean (`über 300`, `не менее 300`, `понад 300`, `300 이상`). In
    `4.2-5.8M` the multiplier of the high end is that of the low end too, unless the low end has its own or is 1000 or
    more. `800-1,200` has one reading; `5-6,000` may be 5 or 5,000 to 6,000, and `1500-2000 million` may
    start at 1,500 or at 1,500 million: both are refused.

    Examples
    --------
    >>> read_claim("more than 3M")
    Claimed(low=3000000.0, high=None, bound='floor', noun=None)
    >>> read_claim("4.2-5.8M rounds")
    Claimed(low=4200000.0, high=5800000.0, bound='range', noun='round')
    """
    return claim_in(text, argument, text)


def claim_in(claim: str, argument: str, text: str) -> Claimed:
    """Return what a claim says; `text` is the claim as messages show it."""
    rest = tidy(claim, argument)
    kinds: set[str] = set()
    first, noun, rest = _claim_end(rest, kinds, argument, text)
    joint = re.match(_TO, rest)
    if joint and (key(joint[1]) not in JOINTS_AFTER_BETWEEN or "range" in kinds):
        kinds.add("range")
        second, second_noun, rest = _claim_end(rest[joint.end() :], kinds, argument, text)
    else:
        second, second_noun = None, None
    if rest.strip():
        refuse_rest(rest, noun or second_noun, argument, text)
    if noun and second_noun and noun != second_noun:
        raise bad_argument(
            argument, text, "a range of one thing", f"Its low end is of {noun}s, its high end of {second_noun}s."
        )

    bounds = kinds - {"point"}
    if len(bounds) > 1:
        fix = "Leave out the words that do not hold."
        raise BoundError(f"{argument}={shown(text)}: must be a floor, a ceiling or a range, only one of them. {fix}")
    noun, about = noun or second_noun, "point" in kinds
    if joint and second is not None:
        return replace(_range(first, joint[1], second, noun, argument, text), about=about)
    if "range" in bounds:
        raise bad_argument(argument, text, "a range with two ends", "Write e.g. 'between 4.2M and 5.8M'.")
    if "floor" in bounds:
        return Claimed(first.value, None, "floor", noun, about)
    if "ceiling" in bounds:
        return Claimed(None, first.value, "ceiling", noun, about)
    return Claimed(first.value, first.value, "point", noun, about)


def _count(text: str, argument: str, full_text: str) -> Amount:
    number = number_at(text, argument, full_text)
    if number is None:
        _refuse_start(text, argument, full_text)
    noun, rest = noun_at(number.rest)
    if not rest:
        return Amount(number.value, noun)
    joint = re.match(_TO, rest)
    if re.match(_TAIL, rest) or (joint and _starts_an_end(rest[joint.end() :], argument, full_text)):
        _refuse_bound(argument, full_text)
    if rest.strip():
        refuse_rest(rest, noun, argument, full_text)
    return Amount(number.value, noun)


def _starts_an_end(text: str, argument: str, full_text: str) -> bool:
    return bool(re.match(_LEAD, text)) or number_at(text, argument, full_text) is not None


def _claim_end(text: str, kinds: set[str], argument: str, full_text: str) -> tuple[Number, str | None, str]:
    """Return one end of a claim, its noun and the rest; add to `kinds` what the words before and after it say."""
    while lead := re.match(_LEAD, text):
        kinds.add(LEAD_OF[key(lead[1])])
        text = text[lead.end() :]
    number = number_at(text, argument, full_text)
    if number is None:
        _refuse_start(text, argument, full_text)
    rest, noun = number.rest, None
    for _ in range(2):  # "3M+ rounds" and "3M rounds or more"
        if tail := re.match(_TAIL, rest):
            kinds.add(TAIL_OF[key(tail[1])])
            rest = rest[tail.end() :]
        if noun is None:
            noun, rest = noun_at(rest)
    return number, noun, rest


def _range(first: Number, joint: str, second: Number, noun: str | None, argument: str, full_text: str) -> Claimed:
    low, high = first.value, second.value
    bare = not first.power and not first.written_out and low < 1000
    shared = float(f"{first.digits}e{second.power}")
    if bare and second.power:
        # Of 800-1.2k the multiplier can only be that of the high end.
        low = low if shared > high and second.power == 3 else shared
    elif bare and joint in "-~" and 0 < 1000 * low <= high:
        _refuse_range(1000 * low, low, high, noun, argument, full_text)
    elif second.power and not first.power and low and shared <= high:
        _refuse_range(shared, low, high, noun, argument, full_text)
    if not low <= high:
        read = f"{in_full(low)} to {in_full(high)}"
        fix = "Write the low end first, or the multiplier at both ends, e.g. '900k to 1.2M'."
        raise BoundError(f"{argument}={shown(full_text)}: must be a range with its low end first, not {read}. {fix}")
    return Claimed(low, high, "range", noun)


def _refuse_range(shared: float, low: float, high: float, noun: str | None, argument: str, full_text: str) -> NoReturn:
    """Refuse a range whose low end may have left out what its high end has."""
    nouns = f" {noun}s" if noun else ""
    readings = [f"{in_full(shared)}-{in_full(high)}{nouns}", f"{in_full(low)} to {in_full(high)}{nouns}"]
    fix = f"Write {' or '.join(map(shown, readings))}."
    raise BoundError(f"{argument}={shown(full_text)}: must be a range that can be read in one way only. {fix}")


def _refuse_bound(argument: str, full_text: str) -> NoReturn:
    uniform = "sf.uniform(low, high)"
    fix = f"Give one number, or an uncertain input such as {uniform}."
    try:
        claim = read_claim(full_text, argument=argument)
    except BoundError:
        raise  # it says which of two readings to choose
    except ShellflowError:
        pass
    else:
        ends = [shown(with_noun(in_full(end), claim.noun)) for end in (claim.low, claim.high) if end is not None]
        if claim.bound == "range":
            fix = f"Give one number, or an uncertain input: sf.uniform({', '.join(ends)})."
        else:
            fix = f"Write {ends[0]} to count with that number as it is, or give {uniform}."
    raise BoundError(f"{argument}={shown(full_text)}: must be a single count, neither a bound nor a range. {fix}")


def _refuse_start(text: str, argument: str, full_text: str) -> NoReturn:
    if re.match(r"[-+]? *(nan|inf)", text, re.IGNORECASE):
        raise bad_argument(argument, full_text, "finite")
    if re.match(r"- *[0-9.]", text):
        raise bad_argument(argument, full_text, "zero or more")
    if text.startswith("+") and (number := text[1:].strip()):
        _count(number, argument, full_text)
        fix = f"Write {shown(number)} for the number, {shown(f'at least {number}')} for a bound."
        raise BoundError(f"{argument}={shown(full_text)}: a leading + can be read in two ways. {fix}")
    if re.match(_LEAD, text):
        _refuse_bound(argument, full_text)
    has_digits = any(letter.isdigit() for letter in text)
    fix = "Begin with the number, or with 'at least' or 'at most'." if has_digits else "Write the number in digits."
    raise bad_argument(argument, full_text, A_COUNT, fix)
