"""Numbers in the cells of a table, whose separators the rest of their column may settle."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from shellflow.errors import bad_argument, shown
from shellflow.words._reading import claim_in
from shellflow.words._vocabulary import ABROAD, DOT_OR_THOUSANDS, ODD_SIGNS

__all__ = ["Cell", "Marks", "in_english", "marks_in", "read_cell", "respelt"]

_NUMERAL = re.compile(r"(?P<before>[0-9][ '_])?(?P<digits>[0-9]+(?:[.,][0-9]+)+)(?![0-9])")
_LENGTH = re.compile(r"(?i)(?<=[0-9a-z+]) *\(?(?:\b(20|40) *(?:ft|feet|foot)|(?<![a-z])(teu|feu)s?)\b\)?")
_PLAIN = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})?")


_ENGLISH_OF = {word: english for english, words in ABROAD.items() for word in words}
# After a digit too. Left to `re` to compile when it is met, in cells of tables alone.
_ABROAD = rf"(?i) *(?<![^\W\d_])({'|'.join(sorted(_ENGLISH_OF, key=len, reverse=True))})(?![^\W_])\.?"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says of a number.

    Parameters
    ----------
    low, high : float or None
        Its ends; None where it leaves that end open [any unit].
    bound : str
        `point`, `floor`, `ceiling` or `range`.
    noun : str or None
        One of `NOUNS`, or None where none was written.
    length_ft : int or None
        20 or 40 where the cell says so of its containers, as "TEU" and "FEU" do [ft].
    about : bool
        Whether it says "about", which leaves the value as it is.
    plain : bool
        Whether it is nothing but digits.
    """

    low: float | None
    high: float | None
    bound: Literal["point", "floor", "ceiling", "range"]
    noun: str | None = None
    length_ft: int | None = None
    about: bool = False
    plain: bool = False


@dataclass(frozen=True, slots=True)
class Marks:
    """What the points and commas in a text can mean.

    Parameters
    ----------
    decimal, thousands : frozenset of str
        Those that can only be one of these.
    open : frozenset of str
        Those that may be either.
    """

    decimal: frozenset[str]
    thousands: frozenset[str]
    open: frozenset[str]


def marks_in(text: str) -> Marks:
    """Return what the points and commas in the numbers of a text can mean.

    Parameters
    ----------
    text : str
        A cell [unitless].

    Returns
    -------
    Marks
        Nothing is said of a mark in a number that cannot be read at all.

    Examples
    --------
    >>> sorted(marks_in("1.250").open), sorted(marks_in("12,5").decimal), sorted(marks_in("1.250.000").thousands)
    (['.'], [','], ['.'])
    """
    decimal: set[str] = set()
    thousands: set[str] = set()
    unsettled: set[str] = set()
    for numeral in _NUMERAL.finditer(text.translate(ODD_SIGNS)):
        digits = numeral["digits"]
        marks, groups = re.findall("[.,]", digits), re.split("[.,]", digits)
        if len(set(marks)) == 2 and len(set(marks[:-1])) == 1:
            decimal.add(marks[-1])
            thousands.add(marks[0])
        elif len(marks) > 1 and len(set(marks)) == 1 and all(len(group) == 3 for group in groups[1:]):
            thousands.add(marks[0])
        elif len(marks) == 1:
            grouped = len(groups[1]) == 3 and len(groups[0]) <= 3 and groups[0][0] != "0" and not numeral["before"]
            (unsettled if grouped else decimal).add(marks[0])
    return Marks(frozenset(decimal), frozenset(thousands), frozenset(unsettled))


def respelt(text: str, decimal: str, argument: str) -> str:
    """Return a text with its numbers as `read_claim` reads them.

    Parameters
    ----------
    text : str
        A cell [unitless].
    decimal : str
        The mark before decimals, "." or ","; the other one parts thousands [unitless].
    argument : str
        The name that error messages give the cell [unitless].

    Returns
    -------
    str
        Without separators of thousands, and with decimal points [unitless].

    Raises
    ------
    ArgumentError
        If a number is not written so.

    Examples
    --------
    >>> respelt("1.250-2.000,5", ",", "count")
    '1250-2000.5'
    """
    thousands = "," if decimal == "." else "."

    def respell(numeral: re.Match[str]) -> str:
        above, _, below = numeral["digits"].partition(decimal)
        groups = above.split(thousands)
        sound = len(groups) == 1 or (0 < len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]))
        if not sound or decimal in below or thousands in below:
            allowed = f"a number with {shown(thousands)} before thousands and {shown(decimal)} before decimals"
            raise bad_argument(argument, text, allowed, "Correct the cell, or give thousands= and decimal= as it is.")
        number = "".join(groups) + (f".{below}" if below else "")
        # A fourth decimal tells 6.7000 from six thousand seven hundred.
        return (numeral["before"] or "") + (f"{number}0" if DOT_OR_THOUSANDS.fullmatch(number) else number)

    return _NUMERAL.sub(respell, text)


def in_english(text: str, *, pieces: str = "pieces") -> str:
    """Return a text with its unit in English.

    Parameters
    ----------
    text : str
        A cell, such as "440 т" [unitless].
    pieces : str
        What its column counts, so that pieces are pieces of that [unitless].

    Returns
    -------
    str
        The text as it is where no unit of `ABROAD` stands in it [unitless].

    Examples
    --------
    >>> in_english("440 т"), in_english("20 шт.", pieces="containers")
    ('440 t', '20 containers')
    """

    def translated(unit: re.Match[str]) -> str:
        english = _ENGLISH_OF[unit[1].casefold()]
        return f" {pieces if english == 'pieces' else english}"

    return re.sub(_ABROAD, translated, text).strip()


def read_cell(text: str, *, argument: str, decimal: str | None = None) -> Cell:
    """Read a cell of a column of numbers.

    Parameters
    ----------
    text : str
        The cell [unitless].
    argument : str
        The name that error messages give it [unitless].
    decimal : str, optional
        The mark before decimals, "." or ",", where it is known; the other one parts thousands [unitless].

    Returns
    -------
    Cell
        Its ends and what else it says.

    Raises
    ------
    ShellflowError
        As in `read_claim`.

    Examples
    --------
    >>> cell = read_cell("ca. 1.250 TEU", argument="count", decimal=",")
    >>> cell.low, cell.high, cell.about, cell.length_ft
    (1250.0, 1250.0, True, 20)
    """
    tidy = text.translate(ODD_SIGNS).strip()
    is_one_way = "." not in tidy or (decimal != "," and not DOT_OR_THOUSANDS.fullmatch(tidy))
    if is_one_way and _PLAIN.fullmatch(tidy):
        number = float(tidy)
        return Cell(number, number, "point", plain=True)
    bare, length = _without_length(tidy)
    claim = claim_in(respelt(bare, decimal, argument) if decimal else bare, argument, text)
    noun = "container" if length is not None and claim.noun is None else claim.noun
    return Cell(claim.low, claim.high, claim.bound, noun, length, claim.about)


def _without_length(text: str) -> tuple[str, int | None]:
    """Return a text without the length of its containers, and that length."""
    length = _LENGTH.search(text)
    if length is None or not text[: length.start()].strip():
        return text, None
    feet = int(length[1]) if length[1] else {"teu": 20, "feu": 40}[length[2].casefold()]
    return (text[: length.start()] + text[length.end() :]).strip(), feet
