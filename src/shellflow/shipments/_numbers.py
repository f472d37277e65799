"""A column of numbers: each distinct cell read once, its separators settled by the column where it leaves one way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from numbers import Real
from typing import Any

from shellflow import checks, inputs, words
from shellflow.errors import ArgumentError, ShellflowError, shown
from shellflow.shipments._counted import names_containers
from shellflow.shipments._counts import MISSING

__all__ = ["BLANK", "Decided", "Number", "decide", "in_words", "read_number", "settled"]

_ERRORS = re.compile(r"#(?:REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_LONGEST = 200  # letters of a cell
_SPACED = re.compile(r"[0-9][ '_][0-9]{3}(?![0-9])")
_POINTS = {".": "point", ",": "comma"}
_ABOUT = "about: taken as the value"
_BOUNDS = {"range": "a range", "floor": "a lower bound", "ceiling": "an upper bound"}


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says of a number; `error` where it cannot be read, `why` where it is no plain value."""

    low: float | None = None
    high: float | None = None
    bound: str = ""
    why: str = ""
    error: str = ""
    is_mass: bool = False
    length_ft: int | None = None
    noun: str | None = None


BLANK = Number()


@dataclass(frozen=True, slots=True)
class Decided:
    """Which mark stands before decimals in a column, and what said so; `problem` where the column leaves no one way.

    `spaced` says that spaces or the like were given for thousands, so that any point or comma stands before decimals.
    """

    decimal: str | None = None
    reason: str = ""
    problem: str = ""
    spaced: bool = False


def settled(thousands: object, decimal: object) -> Decided:
    """Return what the arguments `thousands` and `decimal` settle.

    Raises
    ------
    ArgumentError
        If they are no such signs, or the same.
    """
    for argument, sign, allowed in (("thousands", thousands, ".,' _"), ("decimal", decimal, ".,")):
        if sign is not None and not (isinstance(sign, str) and len(sign) == 1 and sign in allowed):
            signs = ", ".join(map(repr, allowed))
            raise ArgumentError(f"{argument}={shown(sign)}: must be one of {signs}, or None.")
    if thousands is not None and thousands == decimal:
        raise ArgumentError(f"thousands={shown(thousands)}, decimal={shown(decimal)}: must be two different signs.")
    if isinstance(decimal, str):
        return Decided(decimal, f"decimal={decimal!r} was given")
    if isinstance(thousands, str) and thousands in ".,":
        return Decided("," if thousands == "." else ".", f"thousands={thousands!r} was given")
    return Decided() if thousands is None else Decided(reason=f"thousands={thousands!r} was given", spaced=True)


def decide(texts: Iterable[str], given: Decided, column: str) -> Decided:
    """Return which mark stands before decimals in a column, by what was given or by its unambiguous numbers."""
    if given.decimal is not None:
        return given
    decimal: dict[str, str] = {}
    unsettled: dict[str, list[str]] = {}
    spaced = False
    for text in texts:
        if len(text) > _LONGEST:
            continue
        marks = words.marks_in(text)
        spaced |= _SPACED.search(text.translate(words.ODD_SIGNS)) is not None
        # A mark that parts thousands leaves the other one for decimals.
        for mark in (*marks.decimal, *("," if mark == "." else "." for mark in marks.thousands)):
            decimal.setdefault(mark, text)
        for mark in marks.open:
            if given.spaced:
                decimal.setdefault(mark, text)
            else:
                unsettled.setdefault(mark, []).append(text)
    if len(decimal) == 2:
        examples = " and ".join(shown(text) for text in decimal.values())
        return Decided(problem=f"the column {shown(column)} writes decimals with a point and with a comma: {examples}")
    if decimal:
        ((mark, text),) = decimal.items()
        return Decided(mark, given.reason if given.spaced else f"as in {shown(text)}")
    # Where spaces part thousands, a comma before three digits need not.
    for mark in ".,":
        if mark in unsettled and (mark == "." or spaced) and (problem := _open_problem(unsettled[mark], mark, column)):
            return Decided(problem=problem)
    if "." in unsettled:
        return Decided()  # each of these is refused by itself, as 1.200-1,300 is: no sign gives it two sound ends
    # A comma before three digits parts thousands, here as in every text that the library reads.
    return Decided(".", "as where nothing says otherwise") if unsettled else Decided()


def _open_problem(texts: Iterable[str], mark: str, column: str) -> str:
    """Return what leaves a mark before three digits open, by the first text with most sound readings; "" if none."""
    other = "," if mark == "." else "."
    best: dict[str, str] = {}
    best_text = ""
    for text in texts:
        readings = {
            f"thousands={mark!r}": read_number(text, Decided(other), column, None),
            f"decimal={mark!r}": read_number(text, Decided(mark), column, None),
        }
        sound = {argument: in_words(reading) for argument, reading in readings.items() if not reading.error}
        if len(sound) > len(best):
            best, best_text = sound, text
        if len(best) == len(readings):
            break
    where = f"{shown(best_text)} in the column {shown(column)}"
    meanings, arguments = " or ".join(best.values()), " or ".join(best)
    if len(best) == 1:
        open_end = "and nothing else in the column says so: correct it, or give"
        return f"{where} makes sense only as {meanings}, {open_end} {arguments}"
    return f"{where} may be {meanings}, and nothing else in the column tells: give {arguments}" if best else ""


def read_number(value: Any, decided: Decided, column: str, tonnes: float | None) -> Number:
    """Return what a cell says; `tonnes` is what a bare number weighs in a column of masses, None in one of counts."""
    if isinstance(value, str):
        return _read_text(value, decided, column, tonnes)
    if isinstance(value, bool) or not isinstance(value, Real | Decimal):
        kind = type(value).__name__
        hint = " A program of tables may have taken a range such as 10-15 for it." if "date" in kind.casefold() else ""
        return Number(error=f"{shown(column)}={shown(value)}: must be a number, not a {kind}.{hint}")
    try:
        number = checks.number(value, shown(column), least=0, allowed="a number from 0 up")
    except ShellflowError as error:
        return Number(error=str(error))
    end = _times(number, tonnes)
    return Number(end, end, "point")


def _read_text(text: str, decided: Decided, column: str, tonnes: float | None) -> Number:
    if len(text) > _LONGEST:
        return Number(error=f"{shown(column)}={shown(text)}: must be at most {_LONGEST} letters long.")
    tidy = text.translate(words.ODD_SIGNS).strip()
    tidy = words.in_english(tidy, pieces="containers" if names_containers(column) else "pieces")
    if tidy.casefold() in MISSING:
        return replace(BLANK, why="a missing value" if tidy else "")
    if _ERRORS.fullmatch(tidy):
        return Number(error=f"{shown(column)}={shown(text)} is the error of a formula.")
    argument = shown(column)
    try:
        if inputs.is_mass(tidy):
            respelt = words.respelt(tidy, decided.decimal, argument) if decided.decimal else tidy
            mass = inputs.read_mass(respelt, argument)
            return Number(mass.low, mass.high, mass.bound, f"a mass{_aspects(mass)}", is_mass=True)
        cell = words.read_cell(tidy, argument=argument, decimal=decided.decimal)
    except ShellflowError as error:
        # The cell alone: its column may bear the very name of the unit in it.
        return Number(error=str(error).replace(f"{argument}={shown(tidy)}", f"{argument}={shown(text)}"))
    if tonnes is not None and (cell.noun or cell.length_ft):
        return Number(error=f"{argument}={shown(text)} is a count of {cell.noun or 'container'}s; expected a mass.")
    if cell.plain:
        return Number(_times(cell.low, tonnes), _times(cell.high, tonnes), "point")
    whys = [_BOUNDS[cell.bound]] if cell.bound in _BOUNDS else []
    whys += [_ABOUT] if cell.about else []
    whys += [f"boxes of {cell.length_ft} ft"] if cell.length_ft else []
    marks = words.marks_in(text)
    if decided.decimal and marks.open:
        mark = next(iter(marks.open))
        role = "decimals" if mark == decided.decimal else "thousands"
        whys.append(f"{_POINTS[mark]} before {role}, {decided.reason}")
    low, high = _times(cell.low, tonnes), _times(cell.high, tonnes)
    why = "; ".join(whys) or "a number as people write it"
    return Number(low, high, cell.bound, why, length_ft=cell.length_ft, noun=cell.noun)


def _aspects(mass: words.Claimed) -> str:
    bound = f"; {_BOUNDS[mass.bound]}" if mass.bound in _BOUNDS else ""
    return f"{bound}; {_ABOUT}" if mass.about else bound


def _times(end: float | None, factor: float | None) -> float | None:
    return end if end is None or factor is None else end * factor


def in_words(number: Number) -> str:
    """Return what a cell was read as."""
    if number.low is None and number.high is None:
        return "missing"
    unit = " t" if number.is_mass else ""
    ends = [f"{end:,.12g}" for end in (number.low, number.high) if end is not None]
    bound = "floor" if number.high is None else "ceiling" if number.low is None else "range"
    return f"{words.with_bound(bound, *ends)}{unit}"
