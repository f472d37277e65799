"""The mass of a cargo as people give it, with the end that it leaves open."""

from __future__ import annotations

import math
import re
from dataclasses import replace

from shellflow import units, words
from shellflow.errors import ShellflowError, UnitError, bad_argument, shown
from shellflow.terms import Uncertain
from shellflow.words import Claimed

__all__ = ["is_mass", "read_mass"]

_A_MASS = "a mass with its unit, such as '74,000 t', 'at least 74,000 t', '70,000-78,000 t' or a pair of them"
_LONGEST = 200  # letters
_TWO_WORDS = re.compile(r"(?i)\b(short|long|metric) (tons?)\b")
_WORD = re.compile(r"[^\W\d]+")
_COUNTED = re.compile(rf"(?i){'|'.join(words.NOUNS)}")
_MASS = re.compile(r"(?i)(?<![a-z])(tonnes?|kilotonnes?|tons?|k?t|mt|kg|kilograms?|lbs?|pounds?|short_tons?)(?![a-z])")


def read_mass(value: object, argument: str) -> Claimed:
    """Read a mass, always with its unit, as a point, a floor, a ceiling or a range, in tonnes and without a noun.

    Raises
    ------
    ArgumentError, UnitError
        If it is no mass, has no unit or two, is not above 0, a pair is upside down, or its words contradict each other.

    Examples
    --------
    >>> read_mass("more than 74,000 t", "value")
    Claimed(low=74000.0, high=None, bound='floor', noun=None)
    """
    if isinstance(value, str):
        mass = _of_text(value, argument)
    elif isinstance(value, tuple | list):
        if len(value) != 2:
            raise bad_argument(argument, value, _A_MASS)
        low, high = (_number(end, f"{argument}[{place}]") for place, end in enumerate(value))
        if not low <= high:
            raise bad_argument(argument, value, "a range with its low end first", "Swap the two.")
        mass = Claimed(low, high, "range", None)
    else:
        number = _number(value, argument)
        mass = Claimed(number, number, "point", None)
    if not all(0 < end < math.inf for end in (mass.low, mass.high) if end is not None):
        raise bad_argument(argument, value, "above 0 and finite")
    return mass


def is_mass(value: object) -> bool:
    """Return whether a value is a mass, or a pair of masses, rather than a count; a text need not be readable."""
    if isinstance(value, tuple | list):
        return bool(value) and not any(isinstance(end, tuple | list) for end in value) and all(map(is_mass, value))
    if isinstance(value, Uncertain):
        return value.term.unit in ("kg", "tonne")
    if units.is_quantity(value):
        return units.canonical(value, None, "count")[1] == "kg"
    return isinstance(value, str) and bool(_MASS.search(value)) and not _COUNTED.search(value)


def _number(value: object, argument: str) -> float:
    return units.magnitude(value, "kg", argument) / 1000


def _of_text(text: str, argument: str) -> Claimed:
    """Return the claim that the text makes without its unit, in tonnes."""
    if len(text) > _LONGEST:
        raise bad_argument(argument, text, _A_MASS)
    joined = _TWO_WORDS.sub(r"\1_\2", text)
    names = [word for word in _WORD.findall(joined) if _tonnes(word) is not None]
    if not names:
        raise _no_unit(text, argument)
    if len(set(names)) > 1:
        raise UnitError(f"{argument}={shown(text)}: must be in one unit, not in {' and '.join(map(shown, names))}.")
    bare = re.sub(rf"(?<![^\W\d]){re.escape(names[0])}(?![^\W\d])", "", joined)
    try:
        claim = words.read_claim(bare, argument=argument)
    except ShellflowError as error:  # of the text with its unit, as it was given
        raise type(error)(str(error).replace(shown(bare), shown(text))) from None
    if claim.noun is not None:
        raise UnitError(f"{argument}={shown(text)} is in {claim.noun}s and in {names[0]}: must be {_A_MASS}.")
    size = _tonnes(names[0]) or math.nan
    low, high = (None if end is None else end * size for end in (claim.low, claim.high))
    return replace(claim, low=low, high=high)


def _tonnes(word: str) -> float | None:
    """Return the size of a unit of mass; None for any other word."""
    try:
        size, unit = units.canonical(f"1 {word}", None, "unit")
    except ShellflowError:
        return None
    return size / 1000 if unit == "kg" else None


def _no_unit(text: str, argument: str) -> UnitError:
    """Return the refusal of a text without a unit of mass; of one that means several things, with what to write."""
    advice = ""
    for word in _WORD.findall(text)[-1:]:
        try:
            units.canonical(f"1 {word}", None, "unit")
        except ShellflowError as error:
            advice = str(error).partition(": unit ")[2].partition(". ")[2]
    return UnitError(f"{argument}={shown(text)}: must be {_A_MASS}. {advice}".rstrip())
