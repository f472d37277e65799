"""The rows of a table on their way to clean ones: their numbers, the units beside them, and their faults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from shellflow.errors import DataError, shown
from shellflow.shipments import _rows
from shellflow.shipments._columns import NUMBERS, Chosen
from shellflow.shipments._files import Sheet
from shellflow.shipments._source import Cells
from shellflow.shipments._taking import BOUNDS, Dates, Note, Numbers, units_of

__all__ = [
    "Flags",
    "Taken",
    "Values",
    "faults_of",
    "no_number",
    "refused",
    "texts_of",
    "total_problems",
    "values_of",
    "with_units",
]

Flags = npt.NDArray[np.bool_]

_KINDS = 6  # kinds of fault that an error lists
_CENTURY_DAYS = 36525
_UNITS = "write containers, TEU, FEU, wagons, trucks, t or kg"
_SAY_TOTALS = "give totals='drop' or totals='keep'"


@dataclass(eq=False)
class Taken:
    """A table on its way: what was read of it so far."""

    sheet: Sheet
    chosen: Chosen
    cells: Cells
    numbers: dict[str, Numbers] = field(default_factory=dict)
    dates: dict[str, Dates] = field(default_factory=dict)

    def examples(self, flags: Flags) -> str:
        # Engines hand groups over in any order, which is another one each time.
        have_order = self.cells.numbers is not None
        return _rows.examples(self.cells.frame, self.role_columns, flags, have_order=have_order)

    @property
    def role_columns(self) -> list[str]:
        columns = [*self.chosen.columns.values(), *([self.chosen.unit] if self.chosen.unit else [])]
        return [column for column in columns if column in self.cells.frame]

    @property
    def read(self) -> list[Numbers | Dates]:
        """The columns of numbers and dates."""
        return [*self.numbers.values(), *self.dates.values()]

    def count(self, flags: Flags) -> float:
        return float(self.cells.rows[flags].sum())


def texts_of(taken: Taken) -> list[str]:
    """Return the columns in which a word may name a total."""
    numbers = {taken.chosen.columns.get(role) for role in (*NUMBERS, "mass")}
    return [column for column in map(str, taken.cells.frame) if column not in numbers]


@dataclass(eq=False)
class Values:
    """The numbers of the rows, whatever columns they come from."""

    low: npt.NDArray[np.float64]
    high: npt.NDArray[np.float64]
    bound: npt.NDArray[np.int64]
    is_mass: Flags
    length_ft: npt.NDArray[np.int64]
    has_unit: Flags
    """Whether the cells themselves state a mass."""


def values_of(taken: Taken, faults: dict[str, Flags]) -> Values:
    """Return the numbers of the rows; a range stands before a count beside it."""
    numbers = taken.numbers
    single = numbers.get("count", numbers.get("mass"))
    ends = [numbers[role] for role in ("low", "high") if role in numbers]
    if single is not None:
        values = Values(
            single.low,
            single.high,
            single.bound,
            single.is_mass | ("mass" in numbers),
            single.length_ft,
            single.is_mass,
        )
    else:
        nothing = np.full(len(taken.cells.frame), np.nan)
        zeros = np.zeros(len(nothing), dtype=np.int64)
        values = Values(nothing, nothing, zeros - 1, zeros > 0, zeros, zeros > 0)
    if not ends:
        return values
    low, high = (
        _one_end(numbers[role], role, faults) if role in numbers else np.full(len(values.low), np.nan)
        for role in ("low", "high")
    )
    stated = ~np.isnan(low) | ~np.isnan(high)
    faults["low above high"] = low > high
    faults["a count outside its range"] = stated & ((values.high < low) | (values.low > high))
    bound = np.where(np.isnan(high), 2, np.where(np.isnan(low), 3, np.where(low == high, 0, 1)))
    stated_masses = np.any([end.is_mass for end in ends], axis=0)
    masses = stated_masses | ("mass" in numbers)
    lengths = np.max([end.length_ft for end in ends], axis=0)
    return Values(
        np.where(stated, low, values.low),
        np.where(stated, high, values.high),
        np.where(stated, bound, values.bound),
        np.where(stated, masses, values.is_mass),
        np.where(stated, lengths, values.length_ft),
        np.where(stated, stated_masses, values.has_unit),
    )


def _one_end(numbers: Numbers, role: str, faults: dict[str, Flags]) -> npt.NDArray[np.float64]:
    """Return the ends in a column of them: a value, or a bound on the same side."""
    inner, other = (numbers.low, "ceiling") if role == "low" else (numbers.high, "floor")
    faults[f"a range or a bound in the column of the {role} ends"] = (numbers.bound == 1) | (
        numbers.bound == BOUNDS.index(other)
    )
    return inner


def with_units(taken: Taken, values: Values, faults: dict[str, Flags]) -> tuple[Values, list[Note], frozenset[str]]:
    """Return the numbers in the units of their column, the notes on these, and the nouns in it."""
    unit = taken.chosen.unit
    in_cells = values.length_ft
    if taken.chosen.length_ft:
        lengths = np.where(values.length_ft > 0, values.length_ft, taken.chosen.length_ft)
        values = replace(values, length_ft=np.where(values.is_mass, 0, lengths))
    if unit is None:
        return values, [], frozenset()
    counted = next((column for role, column in taken.chosen.columns.items() if role in NUMBERS), "")
    units = units_of(taken.cells.frame[unit], unit, counted)
    faults[f"a unit that cannot be read in the column {shown(unit)} ({_UNITS})"] = units.wrong
    of_length = (in_cells > 0) & (units.length_ft > 0) & (in_cells != units.length_ft)
    faults[f"a unit in the column {shown(unit)} beside another unit in the cell"] = of_length | (
        values.has_unit & ~units.is_blank
    )
    tonnes = np.where(units.is_mass & ~values.has_unit, units.tonnes, 1.0)
    if "mass" in taken.numbers:
        bare = ~values.has_unit & (values.bound >= 0) & ~units.wrong
        named = taken.chosen.tonnes
        faults[f"a mass whose unit in the column {shown(unit)} is none of mass"] = (
            bare & ~units.is_mass & ~units.is_blank
        )
        if named is None:
            faults["a mass without a unit"] = bare & units.is_blank
        else:
            faults[f"a unit in the column {shown(unit)} other than in the name of the column of masses"] = (
                bare & units.is_mass & ~np.isclose(units.tonnes, named, rtol=1e-9)
            )
            tonnes = np.ones(len(tonnes))
    return (
        replace(
            values,
            low=values.low * tonnes,
            high=values.high * tonnes,
            is_mass=values.is_mass | units.is_mass,
            length_ft=np.where(units.length_ft > 0, units.length_ft, values.length_ft),
        ),
        units.notes,
        units.nouns,
    )


def total_problems(taken: Taken, values: Values, totals: Flags, handling: str) -> list[str]:
    """Return what is wrong with rows that are named as totals, until it is said what to do with them."""
    if handling != "raise" or not totals.any():
        return []
    low = np.where(np.isnan(values.low), values.high, values.low)
    dates = [None] * len(low)
    if "date" in taken.dates and not taken.dates["date"].problem:
        dates = taken.cells.frame[taken.chosen.columns["date"]].tolist()
    sums = _rows.parts_of(low, totals, dates)
    number = taken.count(totals)
    rows = "1 row is named as a total" if number == 1 else f"{number:,.0f} rows are named as totals"
    examples = taken.examples(totals)
    return [f"{rows}, such as ({examples}){sums and f', {sums}'}: beside its parts a total counts twice; {_SAY_TOTALS}"]


def faults_of(taken: Taken, values: Values, faults: Mapping[str, Flags], gone: Flags) -> dict[str, Flags]:
    """Return the faults of the rows, those without rows left out; `gone` are rows that are left out in any case."""
    size = len(gone)
    every: dict[str, Flags] = {}
    for kind, column in _unread(taken).items():
        for note in column.wrong:
            flags = every.setdefault(kind, np.zeros(size, dtype=bool))
            flags[note.places] = True
    unread = np.any([np.zeros(size, dtype=bool), *every.values()], axis=0)
    every[no_number(values)] = (values.bound < 0) & ~unread
    days = taken.dates["date"].days
    every["no date"] = np.isnat(days) & ~unread
    every["a date a century or more from those of most rows"] = _far(days, gone)
    return {what: flags & ~gone for what, flags in {**every, **faults}.items() if (flags & ~gone).any()}


def _unread(taken: Taken) -> dict[str, Numbers | Dates]:
    """Return the columns of numbers and dates by what is wrong with a row whose cell in them cannot be read."""
    numbers = {f"a {role} that is not read": column for role, column in taken.numbers.items()}
    return {**numbers, **{f"a {role} that cannot be read": column for role, column in taken.dates.items()}}


def no_number(values: Values) -> str:
    """Return what is wrong with a row without a number."""
    return f"no {'mass' if values.is_mass.all() else 'count'}"


def _far(days: npt.NDArray[np.datetime64], gone: Flags) -> Flags:
    """Return which dates lie too far from the others; of two the earlier, since a slip mostly drops a digit."""
    numbers = days.astype("datetime64[D]").astype(np.int64).astype(float)
    known = np.isfinite(days) & ~gone
    if not known.any():
        return known
    middle = known.sum() // 2
    usual = np.partition(numbers[known], middle)[middle]
    far: Flags = known & (np.abs(numbers - usual) > _CENTURY_DAYS)
    return far


def refused(taken: Taken, faults: Mapping[str, Flags]) -> DataError:
    """Return the error that lists the faults of the rows."""
    listed, columns = [], _unread(taken)
    for what, flags in list(faults.items())[:_KINDS]:
        places = set(np.flatnonzero(flags)[: _rows.FIRST].tolist())
        wrong = columns[what].wrong if what in columns else []
        notes = [note for note in wrong if places & set(note.places.tolist())]
        reason = f". {notes[0].why.rstrip('.')}" if notes else ""
        others = sorted({note.text for note in notes[1:]} - {notes[0].text}) if notes else []
        unread = f". Not read either: {', '.join(map(shown, others[:2]))}" if others else ""
        listed.append(f"{_rows.with_rows(taken.count(flags), what)}, such as ({taken.examples(flags)}){reason}{unread}")
    more = f"; and {len(faults) - _KINDS} more kinds of fault" if len(faults) > _KINDS else ""
    merged = "".join(f" {remark[0].upper()}{remark[1:]}." for remark in taken.sheet.remarks if "merged" in remark)
    return DataError(
        f"shipments: {'; '.join(listed)}{more}.{_second_header(taken)}{merged} Correct the table, or give "
        "on_error='drop', which is reported."
    )


def _second_header(taken: Taken) -> str:
    """Return a hint where the first row holds no digit in any column with a role, as a second line of headers does."""
    first = [taken.cells.frame[column].iloc[0] for column in taken.chosen.columns.values()]
    texts = [cell for cell in first if isinstance(cell, str) and cell.strip()]
    is_header = len(texts) == len(first) and not any(letter.isdigit() for cell in texts for letter in cell)
    return f" The first row, {shown(texts)}, looks like a second line of headers: take it out." if is_header else ""
