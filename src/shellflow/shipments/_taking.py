"""The columns of a table as numbers, dates and names, with what is to be said of their cells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import checks
from shellflow.errors import DataError, ShellflowError, shown
from shellflow.shipments._counts import MISSING
from shellflow.shipments._dates import Written, read_date
from shellflow.shipments._numbers import BLANK, Decided, Number, decide, in_words, read_number
from shellflow.words import ODD_SIGNS

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["BOUNDS", "Dates", "Names", "Note", "Numbers", "Units", "dates_of", "names_of", "numbers_of", "units_of"]

BOUNDS = ("point", "range", "floor", "ceiling", "missing")
"""What the number of a row is; the last of a row without one, whose code is -1."""

_Floats = npt.NDArray[np.float64]
_Codes = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Note:
    """A distinct cell that was no plain value: where it stands, what it is, what it was read as, and why."""

    column: str
    places: _Codes
    text: str
    read_as: str
    why: str


@dataclass(frozen=True, eq=False)
class Column:
    """The distinct cells of a column, and which of them each row has; -1 where it is blank."""

    name: str
    codes: _Codes
    cells: list[Any]

    @cached_property
    def _in_order(self) -> tuple[_Codes, _Codes]:
        """The rows in the order of their codes, and where in it each code begins."""
        # numpy sorts 16 bits by radix, in a tenth of the time.
        codes = self.codes.astype(np.int16) if len(self.cells) < 2**15 else self.codes
        order = np.argsort(codes, kind="stable")
        return order, np.searchsorted(codes[order], np.arange(len(self.cells) + 1))

    def where(self, code: int) -> _Codes:
        order, starts = self._in_order
        return order[starts[code] : starts[code + 1]]


def _coded(series: pd.Series[Any], name: str) -> Column:
    import pandas as pd

    if isinstance(series.dtype, pd.CategoricalDtype):
        codes, texts = np.asarray(series.cat.codes, dtype=np.int64), series.cat.categories.tolist()
        used = np.flatnonzero(np.bincount(codes + 1, minlength=len(texts) + 1)[1:])
        place = np.full(len(texts) + 1, -1)
        place[used] = np.arange(used.size)
        return Column(name, place[codes], [texts[code] for code in used])
    # Python holds 1, 1.0 and True for one, and pandas would give them one code.
    keys = (
        [None if pd.isna(value) else (type(value), value) for value in series.tolist()]
        if series.dtype == object
        else []
    )
    if keys and any(key is not None and key[0] is not str for key in keys):
        number: dict[Any, int] = {}
        codes = np.array([-1 if key is None else number.setdefault(key, len(number)) for key in keys], dtype=np.int64)
        return Column(name, codes, [value for _, value in number])
    codes, cells = pd.factorize(series)
    return Column(name, np.asarray(codes, dtype=np.int64), list(cells))


# --- numbers ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Numbers:
    """A column of numbers.

    Parameters
    ----------
    low, high : array of float
        The ends; missing where an end is open or the cell blank.
    bound : array of int
        The place in `BOUNDS`; -1 where the cell is blank or cannot be read.
    is_mass : array of bool
        Where the cell states a mass.
    length_ft : array of int
        The length of containers; 0 where the cell says none.
    nouns : frozenset of str
        What the cells say that was counted.
    notes : list of Note
        The cells that are no plain values.
    wrong : list of Note
        Those that cannot be read; `why` is the reason.
    problem : str
        What leaves the column readable in two ways; "" where nothing does.
    """

    low: _Floats
    high: _Floats
    bound: _Codes
    is_mass: npt.NDArray[np.bool_]
    length_ft: _Codes
    nouns: frozenset[str] = frozenset()
    notes: list[Note] = field(default_factory=list)
    wrong: list[Note] = field(default_factory=list)
    problem: str = ""


def numbers_of(series: pd.Series[Any], name: str, given: Decided, tonnes: float | None) -> Numbers:
    """Return a column of numbers; `tonnes` is what a bare 1 weighs in a column of masses, None in one of counts."""
    size = len(series)
    if series.dtype.kind in "iuf":
        return _plain(series.to_numpy(dtype=float) * (1.0 if tonnes is None else tonnes), name)
    column = _coded(series, name)
    decided = decide((cell for cell in column.cells if isinstance(cell, str)), given, name)
    if decided.problem:
        nothing = np.full(size, np.nan)
        zeros = np.zeros(size, dtype=np.int64)
        return Numbers(nothing, nothing, zeros - 1, zeros > 0, zeros, problem=decided.problem)
    readings = [read_number(cell, decided, name, tonnes) for cell in column.cells]
    by_code = [*readings, BLANK]  # which the code -1 of a blank cell picks
    notes: list[Note] = []
    wrong: list[Note] = []
    for code, reading in enumerate(readings):
        if reading.error or reading.why:
            text = str(column.cells[code])
            read_as = in_words(replace(reading, is_mass=reading.is_mass or tonnes is not None))
            note = Note(name, column.where(code), text, read_as, reading.error or reading.why)
            (wrong if reading.error else notes).append(note)
    return Numbers(
        np.array([_end(reading.low) for reading in by_code])[column.codes],
        np.array([_end(reading.high) for reading in by_code])[column.codes],
        np.array([_bound(reading) for reading in by_code], dtype=np.int64)[column.codes],
        np.array([reading.is_mass for reading in by_code])[column.codes],
        np.array([reading.length_ft or 0 for reading in by_code], dtype=np.int64)[column.codes],
        frozenset(reading.noun for reading in readings if reading.noun),
        notes,
        wrong,
    )


def _plain(values: _Floats, name: str) -> Numbers:
    faults = (
        ("negative", values < 0),
        ("not finite", np.isinf(values)),
        ("too large to compute with", values > checks.LARGEST),
    )
    wrong: list[Note] = []
    fault = np.zeros(values.size, dtype=bool)
    for what, flags in faults:
        flags = flags & ~fault
        if flags.any():
            places = np.flatnonzero(flags)
            text = f"{values[places[0]]:g}"
            wrong.append(Note(name, places, text, "", f"{shown(name)}={text} is {what}."))
            fault |= flags
    known = np.where(fault, np.nan, values)
    zeros = np.zeros(values.size, dtype=np.int64)
    return Numbers(known, known, np.where(np.isnan(known), -1, 0), zeros > 0, zeros, wrong=wrong)


def _end(value: float | None) -> float:
    return np.nan if value is None else value


def _bound(reading: Number) -> int:
    return BOUNDS.index(reading.bound) if reading.bound and not reading.error else -1


# --- dates ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Dates:
    """A column of dates, those that cannot be read with the reason, and what leaves it readable in two ways."""

    days: npt.NDArray[np.datetime64]
    notes: list[Note] = field(default_factory=list)
    wrong: list[Note] = field(default_factory=list)
    problem: str = ""


def dates_of(
    series: pd.Series[Any], name: str, dayfirst: bool | None, reason: str, ignored: npt.NDArray[np.bool_]
) -> Dates:
    """Return a column of dates; `ignored` are the rows that are left out, such as totals.

    Raises
    ------
    DataError
        If dates stand among texts: a program has read the ones, and nobody knows in which order of day and month.
    """
    if series.dtype.kind == "M":
        return Dates(series.to_numpy(dtype="datetime64[s]"))
    column = _coded(series.where(~ignored), name)
    _check_one_kind(column)
    written: list[Written | None] = []
    wrong: list[Note] = []
    for code, cell in enumerate(column.cells):
        try:
            written.append(_date_in(cell))
        except ShellflowError as error:
            written.append(None)
            wrong.append(Note(name, column.where(code), str(cell), "", str(error)))
    order, why, problem = dayfirst, reason, ""
    if order is None:
        order, why, problem = _order(column, written)
    if problem:
        return Dates(np.full(len(series), "NaT", dtype="datetime64[s]"), wrong=wrong, problem=problem)
    days: list[dt.date | None] = []
    notes: list[Note] = []
    for code, date in enumerate(written):
        day = None if date is None else (date.day_first or None) if order in (True, None) else date.month_first
        if date is not None and day is None and (date.day_first or date.month_first):
            reason = f"{shown(column.cells[code])} is no date with the {'day' if order else 'month'} first, as {why}."
            wrong.append(Note(name, column.where(code), str(column.cells[code]), "", reason))
        days.append(day)
        if date is not None and not date.plain:
            first = f"the {'day' if order else 'month'} first, {why}"
            how = (
                "a missing value"
                if day is None
                else first
                if date.is_open or date.order is not None
                else "a date in another form"
            )
            notes.append(
                Note(name, column.where(code), str(column.cells[code]), "missing" if day is None else f"{day}", how)
            )
    return Dates(np.array([*days, None], dtype="datetime64[s]")[column.codes], notes, wrong)


def _check_one_kind(column: Column) -> None:
    # A text without a digit is no date in any order, but a second line of headers or a word.
    texts = [cell for cell in column.cells if isinstance(cell, str) and any(map(str.isdigit, cell))]
    dates = [cell for cell in column.cells if isinstance(cell, dt.date)]
    if texts and dates:
        raise DataError(
            f"{shown(column.name)} mixes dates, such as {dates[0]:%Y-%m-%d}, with texts, such as {shown(texts[0])}: a "
            "program has read the ones, perhaps with the month first, and left the others. Make all of them texts, or "
            "all of them dates."
        )


def _date_in(cell: Any) -> Written:
    if isinstance(cell, dt.datetime):
        cell = cell.date()
    if isinstance(cell, dt.date):
        return Written(cell, cell, plain=True)
    if not isinstance(cell, str):
        raise DataError(f"{shown(cell)} is no date; a number may count days from many origins. Convert it to dates.")
    text = cell.translate(ODD_SIGNS).strip()
    if text.casefold() in MISSING or text == "NaT":
        return Written(None, None)
    return read_date(text)


def _order(column: Column, written: list[Written | None]) -> tuple[bool | None, str, str]:
    """Return whether the day comes first, by the dates that leave one order; why; and what is wrong with that."""
    settled = {
        date.order: cell for cell, date in zip(column.cells, written, strict=True) if date and date.order is not None
    }
    if len(settled) == 2:
        both = f"{shown(settled[True])} has the day first and {shown(settled[False])} the month"
        return None, "", f"the column {shown(column.name)} mixes two orders: {both}. Correct the table"
    if settled:
        ((order, cell),) = settled.items()
        return order, f"as in {shown(cell)}", ""
    doubt = next(
        ((cell, date) for cell, date in zip(column.cells, written, strict=True) if date and date.is_open), None
    )
    if doubt is None:
        return None, "", ""
    cell, date = doubt
    return (
        None,
        "",
        (
            f"{shown(cell)} in the column {shown(column.name)} may be {date.day_first} or {date.month_first}, and "
            "nothing else in the column tells: give dayfirst=True or dayfirst=False"
        ),
    )


# --- names ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Names:
    """A column of names, without spaces around them or several between their words."""

    values: pd.Series[Any]
    notes: list[Note]
    distinct: tuple[str, ...]


def names_of(series: pd.Series[Any], name: str) -> Names:
    """Return a column of names."""
    column = _coded(series, name)
    names = list(_tidy(column.cells))
    notes = [
        Note(name, column.where(code), str(cell), names[code] or "missing", "spaces around or in a name")
        for code, cell in enumerate(column.cells)
        if isinstance(cell, str) and names[code] != cell
    ]
    import pandas as pd

    values = pd.Series([*names, None]).take(column.codes)
    return Names(values, notes, tuple(dict.fromkeys(filter(None, names))))


def _tidy(cells: list[Any]) -> Iterator[str | None]:
    for cell in cells:
        text = " ".join(str(int(cell) if isinstance(cell, float) and cell.is_integer() else cell).split())
        yield text or None


# --- units ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Units:
    """A column of the units beside the numbers."""

    is_mass: npt.NDArray[np.bool_]
    tonnes: _Floats
    length_ft: _Codes
    is_blank: npt.NDArray[np.bool_]
    wrong: npt.NDArray[np.bool_]
    nouns: frozenset[str]
    notes: list[Note]


def units_of(series: pd.Series[Any], name: str, counted: str) -> Units:
    """Return a column of units: nouns, lengths of containers, or masses; `counted` is the column of the counts."""
    column = _coded(series, name)
    read: list[Number] = []
    notes: list[Note] = []
    for code, cell in enumerate(column.cells):
        blank = isinstance(cell, str) and cell.strip().casefold() in MISSING
        number = BLANK if blank else read_number(f"1 {str(cell).strip()}", Decided(), counted, None)
        if not blank and not number.error and not number.is_mass and (number.noun is None or number.low != 1.0):
            number = Number(error="no unit")
        read.append(number)
        meaning = "tonnes" if number.is_mass else f"boxes of {number.length_ft} ft" if number.length_ft else ""
        if meaning:
            text = f"{number.low:g} t each" if number.is_mass else meaning
            notes.append(Note(name, column.where(code), str(cell), text, f"a unit: {meaning}"))
    by_code = [*read, BLANK]
    return Units(
        np.array([number.is_mass for number in by_code])[column.codes],
        np.array([number.low or 1.0 for number in by_code])[column.codes],
        np.array([number.length_ft or 0 for number in by_code], dtype=np.int64)[column.codes],
        np.array([number is BLANK for number in by_code])[column.codes],
        np.array([bool(number.error) for number in by_code])[column.codes],
        frozenset(number.noun for number in read if number.noun),
        notes,
    )
