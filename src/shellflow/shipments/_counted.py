"""What the name of a column of numbers says of them: what they count, how long those are, or that they are masses."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

from shellflow import words
from shellflow.errors import ArgumentError, ShellflowError, shown

__all__ = [
    "LENGTHS",
    "MASSES",
    "OTHER_MASSES",
    "THOUSANDS",
    "TONNES",
    "check_counts",
    "folded",
    "length_in_name",
    "names_containers",
    "noun_in_name",
]

MASSES = frozenset(
    [
        *("mass", "weight", "cargo", "tonnage", "masse", "gewicht", "ladung", "масса", "вес", "груз"),
        *("маса", "вага", "вантаж", "중량", "화물"),
    ]
)
LENGTHS = {
    **dict.fromkeys(("20ft", "20 ft", "20'", "teu", "20 feet", "20 футов", "20 фут", "20피트"), 20),
    **dict.fromkeys(("40ft", "40 ft", "40'", "feu", "40 feet", "40 футов", "40 фут", "40피트"), 40),
}
TONNES = {
    **dict.fromkeys(("t", "tonne", "tonnes", "tonnen", *words.ABROAD["t"]), 1.0),
    **dict.fromkeys(("kg", "kgs", *words.ABROAD["kg"]), 0.001),
}
OTHER_MASSES = frozenset(("lb", "lbs", "g", "kt", "mt", "ton", "tons", "cwt", "pounds"))
THOUSANDS = frozenset(("thousand", "1000", "000", "tsd", "тыс", "тис", "천"))

_SCALES = THOUSANDS | {
    *("thousands", "k", "'000", "000s", "'000s", "hundreds", "hundred", "million", "millions", "mln", "млн"),
}
# A cargo may be counted, and a cell of it may say so.
_ALWAYS_MASSES = (MASSES - {"cargo", "ladung", "груз", "вантаж", "화물"}) | {*TONNES, *OTHER_MASSES}
_CONTAINERS = re.compile("contain|box|контейнер|컨테이너")
_WORD = re.compile(r"'?[^\W_]+'?")


def folded(column: str) -> str:
    """Return the name of a column in small letters, its words separated by single spaces."""
    # What is not seen, such as a zero-width space, ends no word.
    seen = (letter for letter in column if letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf"))
    return " ".join("".join(seen).casefold().replace("-", " ").replace("_", " ").split())


def names_containers(column: str) -> bool:
    """Return whether a column says by its name that it counts containers."""
    return _CONTAINERS.search(folded(column)) is not None


def noun_in_name(column: str) -> str | None:
    """Return what a column counts by its name, where that is none of containers; None where it does not say.

    Parameters
    ----------
    column : str
        The name of a column of counts [unitless].

    Returns
    -------
    str or None
        One of `words.NOUNS` [unitless].

    Examples
    --------
    >>> noun_in_name("Number of wagons"), noun_in_name("boxes of shells"), noun_in_name("qty")
    ('wagon', None, None)
    """
    if names_containers(column):
        return None
    every = [words.in_english(word) for word in _words_of(column)]
    return next((noun for noun in map(_noun, (*_pairs(every), *every)) if noun), None)


def length_in_name(column: str) -> int | None:
    """Return the length of the containers that a column counts by its name [ft]; None where it does not say."""
    every = _words_of(column)
    return next((LENGTHS[text] for text in (*every, *_pairs(every)) if text in LENGTHS), None)


def check_counts(column: str, role: str, *, beside_mass: bool = False) -> None:
    """Check that a column of counts says by its name neither that it holds masses nor that it counts thousands.

    Parameters
    ----------
    column : str
        Its name [unitless].
    role : str
        What it was taken for: count, low or high [unitless].
    beside_mass : bool
        Whether it holds the ends of masses [unitless].

    Raises
    ------
    ArgumentError
        If it does.
    """
    every = _words_of(column)
    if scale := next((word for word in every if word.strip(".") in _SCALES), None):
        raise ArgumentError(
            f"{shown(scale)} in the name of the column {shown(column)} says that its numbers are of so many each, "
            "which is not read. Give them in full, and leave it out of the name."
        )
    is_mass = not beside_mass and not _ALWAYS_MASSES.isdisjoint(every)
    if is_mass and not names_containers(column) and noun_in_name(column) is None:
        raise ArgumentError(
            f"the column {shown(column)} holds masses, and no {role} of transports: give it as the mass, beside low "
            "and high where they are its ends."
        )


def _noun(text: str) -> str | None:
    try:
        return words.read_count(f"1 {text}").noun
    except ShellflowError:
        return None


def _words_of(column: str) -> list[str]:
    return _WORD.findall(folded(column))


def _pairs(every: list[str]) -> list[str]:
    return [f"{first} {second}" for first, second in pairwise(every)]
