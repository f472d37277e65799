"""From the rows of a table to sums per day and group, made in the engine that holds it.

Only the sums reach Python. That is exact: in a given draw rounds are linear in the count, so the rounds of a sum of
counts are the sum of the rounds of the counts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import checks
from shellflow.errors import DataError, NoDataError, ShellflowError, bad_argument
from shellflow.flows import _faults, _table
from shellflow.flows._faults import Fault
from shellflow.flows._periods import Days, day_of, iso_day
from shellflow.flows._table import DAY, NAMES, Table
from shellflow.sampling import Floats

if TYPE_CHECKING:
    import narwhals as nw

    from shellflow.flows._parts import Cargo

__all__ = [
    "DUPLICATES",
    "ON_ERROR",
    "Group",
    "Lookup",
    "Reduced",
    "Resolve",
    "Sums",
    "count_of",
    "days_of",
    "reduce_table",
]

ON_ERROR = ("raise", "drop")
DUPLICATES = ("keep", "drop", "raise")

Group = tuple[str | None, str | None, str | None]
"""The names of munition, transport and packing in the catalog; None where no column says."""

Resolve = Callable[[str, str], str]
"""From a role (munition, transport, packing) and a name in the table to the name in the catalog, or an error."""


@dataclass(frozen=True, eq=False)
class Lookup:
    """How what rows say is looked up.

    Parameters
    ----------
    resolve : callable
        From role and name to the name in the catalog.
    cargo : callable
        From the names of a group to what it carries, or a NoDataError.
    """

    resolve: Resolve
    cargo: Callable[[Group], Cargo]


_KINDS = 6  # kinds of fault that an error lists


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums of the rows of one group on one day of one table, in the order of group, then day.

    The entries of several tables stay apart: each is one unknown, or none, whatever it is added to.

    Parameters
    ----------
    group : array of int
        Which group [unitless].
    day : array of int
        Days from 1970-01-01; 0 where the table has no dates [day].
    rows : array of int
        Number of rows [unitless].
    count : array of float
        Sum of the counts, of a range its midpoint [transport].
    half : array of float
        Sum of the half-widths of the ranges [transport].
    square : array of float
        Sum of the squares of the half-widths [transport squared].
    """

    group: Days
    day: Days
    rows: Days
    count: Floats
    half: Floats
    square: Floats

    def where(self, chosen: npt.NDArray[np.bool_]) -> Sums:
        """Return some of the entries."""
        return Sums(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    @classmethod
    def of(cls, group: Days, day: Days, rows: Days, count: Floats, half: Floats, square: Floats) -> Sums:
        """Return entries as sums, those of one group and day added up."""
        if not group.size:
            return cls(group, day, rows, count, half, square)
        # Sorted to the last number, so that sums of fractions do not hang on the order in which an engine gives groups.
        order = np.lexsort((square, half, count, rows, day, group))
        new = np.flatnonzero(np.diff(group[order], prepend=-1) | np.diff(day[order], prepend=day[order[0]] - 1))
        added = (np.add.reduceat(one[order], new) for one in (rows, count, half, square))
        return cls(group[order][new], day[order][new], *added)

    def joined(self, other: Sums, places: Days) -> Sums:
        """Return the entries of both, where `places` says which groups those of `other` are here."""
        group = np.concatenate([self.group, places[other.group]])
        names = ("day", "rows", "count", "half", "square")
        rest = [np.concatenate([getattr(self, name), getattr(other, name)]) for name in names]
        order = np.lexsort((*reversed(rest), group))
        return Sums(group[order], *(column[order] for column in rest))

    def of_some(self, chosen: npt.NDArray[np.intp] | Sequence[int]) -> tuple[float, float, float]:
        """Return count, half-widths and their squares, summed over some of the entries."""
        return float(self.count[chosen].sum()), float(self.half[chosen].sum()), float(self.square[chosen].sum())


@dataclass(frozen=True, eq=False)
class Reduced:
    """A table reduced.

    Parameters
    ----------
    sums : Sums
        By group and day.
    groups : tuple of Group
        What the groups are.
    dropped : tuple of Fault
        What was left out, and why.
    looked_for : tuple of str
        What would have been left out or refused [unitless].
    taken : Table
        The rows that are in the sums.
    overruled : int
        Rows that state a count beside a range [unitless].
    """

    sums: Sums
    groups: tuple[Group, ...]
    dropped: tuple[Fault, ...]
    looked_for: tuple[str, ...]
    taken: Table
    overruled: int


def reduce_table(table: Table, lookup: Lookup, on_error: str, duplicates: str) -> Reduced:
    """Return the sums of a table, or one error that says all that is wrong with its rows.

    Parameters
    ----------
    table : Table
        The rows.
    lookup : Lookup
        How names are looked up.
    on_error : str
        "raise" or "drop" [unitless].
    duplicates : str
        "keep", "drop" or "raise", for rows that are the same in every column [unitless].

    Returns
    -------
    Reduced
        The sums.

    Raises
    ------
    DataError
        If rows are wrong and not to be dropped, or none is left.
    ArgumentError
        If an option is not one of those allowed.
    NoDataError
        If there are no data on what was given for all rows.
    """
    for argument, value, allowed in (("on_error", on_error, ON_ERROR), ("duplicates", duplicates, DUPLICATES)):
        if not isinstance(value, str) or value not in allowed:
            raise bad_argument(argument, value, f"one of {', '.join(map(repr, allowed))}")
    same: list[Fault] = []
    if duplicates != "keep":
        if nested := _faults.nested_columns(table):
            raise DataError(
                f"duplicates={duplicates!r}: the table has columns of lists or structures, which cannot be compared "
                f"({', '.join(map(repr, nested.values()))}). Leave them out or turn them into texts, or give "
                "duplicates='keep'."
            )
        same = [one for one in [_faults.repeated(table)] if one.rows]
        if same and duplicates == "raise":
            raise DataError(f"shipments: {same[0]}. Take them out, or give duplicates='keep' or 'drop'.")
        if same:
            with _table.reading(table.engine):
                table = table.keep(table.frame.unique())
    raw = _aggregate(table)
    if not sum(raw["rows"]):
        raise DataError("shipments: the table has no rows. Give at least one.")
    faults: list[Fault] = []
    if _suspect(raw) or _stamped(table, raw):
        with _table.reading(table.engine):
            looked_for = _faults.of_rows(table)
        faults = [one for one in _faults.examined(table, looked_for) if one.rows]
        if faults:
            table = _without(table, [looked_for[one.what] for one in faults])
            raw = _aggregate(table)
    keys = _read_keys(table, raw, lookup)
    faults = _faults.merged([*faults, *_faults_of_keys(table, keys), *keys.without_facts])
    if faults and on_error == "raise":
        more = f"; and {len(faults) - _KINDS} more kinds of fault" if len(faults) > _KINDS else ""
        said = "; ".join(map(str, faults[:_KINDS])) + more
        raise DataError(f"shipments: {said}. Correct the table, or give on_error='drop', which is reported.")
    if not keys.sums.rows.sum():
        raise DataError(f"shipments: no row is left: {'; '.join(map(str, faults[:_KINDS]))}. Correct the table.")
    overruled = round(sum(raw.get("overruled", [0])))
    with _table.reading(table.engine):
        names = (*_faults.of_rows(table), *(f"no {role}" for role in table.columns.named("date", *NAMES)))
    taken = _without(table, _wrong_keys(table, keys)) if faults else table
    return Reduced(keys.sums, keys.groups, tuple(same + faults), names, taken, overruled)


def _without(table: Table, wrong: Sequence[nw.Expr]) -> Table:
    if not wrong:
        return table
    with _table.reading(table.engine):
        return table.keep(table.frame.filter(~_table.any_of(wrong)))


# --- sums in the engine -----------------------------------------------------------------------------------------------


def _aggregate(table: Table) -> dict[str, list[Any]]:
    import narwhals as nw

    with _table.reading(table.engine):
        keys = {DAY: _table.day_key(table) if table.columns.date else nw.lit(0)}
        keys |= {_key(role): nw.col(column) for role, column in table.columns.named(*NAMES).items()}
        parts, sums = _parts(table)
        frame = table.frame.select(**keys, **parts).group_by(*keys).agg(nw.len().alias("rows"), *sums)
    return _table.collected(table, frame)


def _key(role: str) -> str:
    return f"{DAY}_{role}"


def _parts(table: Table) -> tuple[dict[str, nw.Expr], list[nw.Expr]]:
    """Return what is made of each row, and what is summed of it: plain sums only, as not every engine can do more."""
    import narwhals as nw

    held = {role: _table.number(column) for role, column in table.columns.named(*_table.NUMBERS).items()}
    sums = [nw.col("count").sum(), nw.col("count").count().alias("counted"), nw.col("count").min().alias("least")]
    zero, one = nw.lit(0.0), nw.lit(1.0)
    fractions = {}
    if not table.fractional:
        fractions["fractional"] = nw.when(_table.not_whole(table)).then(one).otherwise(zero)
        sums.append(nw.col("fractional").sum())
    if not table.columns.ranged:
        return {"count": held["count"], **fractions}, sums
    low, high = held["low"], held["high"]
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    exact = low.is_null() & high.is_null()
    parts = {
        **fractions,
        "count": middle,
        # Null where one end is missing, so that fewer half-widths than rows give it away.
        "half": nw.when(exact).then(zero).otherwise(half),
        "square": nw.when(exact).then(zero).otherwise(half * half),
        "low": low,
    }
    halves = nw.col("half")
    sums += [halves.sum(), halves.count().alias("halves"), halves.min().alias("narrowest"), nw.col("square").sum()]
    sums.append(nw.col("low").min().alias("lowest"))
    if "count" in held:
        count = held["count"]
        parts["count"] = nw.when(exact).then(count).otherwise(middle)
        parts["outside"] = nw.when((count < low) | (count > high)).then(one).otherwise(zero)
        parts["overruled"] = nw.when(~count.is_null() & (high > low)).then(one).otherwise(zero)
        sums += [nw.col("outside").sum(), nw.col("overruled").sum()]
    return parts, sums


def count_of(table: Table) -> nw.Expr:
    """Return the count of a row, of a range its midpoint."""
    return _parts(table)[0]["count"]


def _suspect(raw: Mapping[str, list[Any]]) -> bool:
    """Return whether the sums give away a row that is wrong."""

    def held(name: str) -> Floats:
        return _floats(raw.get(name, []))

    if any(np.any(held(name) < 0) for name in ("least", "narrowest", "lowest")):
        return True
    if any(name in raw and np.any(held(name) < held("rows")) for name in ("counted", "halves")):
        return True
    return not all(np.all(np.abs(held(name)) <= checks.LARGEST) for name in ("count", "half", "square")) or any(
        np.any(held(name) > 0) for name in ("outside", "fractional")
    )


def _stamped(table: Table, raw: Mapping[str, list[Any]]) -> bool:
    """Return whether texts of dates go on after the date, so that what follows has to be looked at."""
    return table.dates == "text" and any(isinstance(one, str) and len(one) > 10 for one in raw[DAY])


# --- dates and names, read in Python on the distinct values -----------------------------------------------------------


@dataclass(frozen=True)
class _Wrong:
    """A date or name that cannot be taken; `value` is None where there is none at all."""

    role: str
    value: Any
    what: str


@dataclass(frozen=True, eq=False)
class _Keys:
    sums: Sums
    groups: tuple[Group, ...]
    wrong: Counter[_Wrong]
    without_facts: list[Fault]
    spelled: list[Mapping[str, list[Any]]]
    """Of each group without data, how the table writes its names."""


def _read_keys(table: Table, raw: Mapping[str, list[Any]], lookup: Lookup) -> _Keys:
    rows = np.array(raw["rows"], dtype=np.int64)
    size = rows.size
    readers: dict[str, Callable[[Any], Any]] = {DAY: _day} if table.columns.date else {}
    for role in table.columns.named(*NAMES):
        readers[_key(role)] = partial(_name, role, lookup.resolve)
    sound = np.ones(size, dtype=bool)
    wrong: Counter[_Wrong] = Counter()
    codes: dict[str, Days] = {}
    read: dict[str, list[Any]] = {}
    for key, reader in readers.items():
        codes[key], read[key] = _coded(raw[key], reader)
        for code, one in enumerate(read[key]):
            if isinstance(one, _Wrong):
                of_it = sound & (codes[key] == code)
                wrong[one] += int(rows[of_it].sum())
                sound &= ~of_it
    names = [_key(role) for role in NAMES if _key(role) in codes]
    by_name = [np.array([str(one) for one in read[key]])[codes[key]][sound].tolist() for key in names]
    distinct = sorted(set(zip(*by_name, strict=True))) if names else [()]
    number = {one: place for place, one in enumerate(distinct)}
    group = np.array([number[one] for one in zip(*by_name, strict=True)] if names else [0] * int(sound.sum()))
    groups = tuple(_group(dict(zip(names, one, strict=True))) for one in distinct)
    days = np.zeros(size)
    if DAY in codes:
        days = np.array([0 if isinstance(one, _Wrong) else one for one in read[DAY]])[codes[DAY]]
    sums = [_floats(raw.get(name, [0.0] * size))[sound] for name in ("count", "half", "square")]
    made = Sums.of(group.astype(np.int64), days[sound].astype(np.int64), rows[sound], *sums)
    without: list[Fault] = []
    spelled_without: list[Mapping[str, list[Any]]] = []
    kept: list[int] = []
    for place, names_of_it in enumerate(groups):
        try:
            lookup.cargo(names_of_it)
        except NoDataError as error:
            if not names:  # all was given for all rows
                raise
            spelled = {
                key: [value for value, one in zip(dict.fromkeys(raw[key]), read[key], strict=True) if str(one) == name]
                for key, name in zip(names, distinct[place], strict=True)
            }
            spelled_without.append(spelled)
            without.append(_without_facts(table, spelled, error, int(made.rows[made.group == place].sum())))
        else:
            kept.append(place)
    if without:
        made = made.where(np.isin(made.group, kept))
        made = replace(made, group=np.searchsorted(kept, made.group).astype(np.int64))
    return _Keys(made, tuple(groups[place] for place in kept), wrong, without, spelled_without)


def _without_facts(table: Table, spelled: Mapping[str, list[Any]], error: NoDataError, rows: int) -> Fault:
    """Return the rows of one group as a fault; `spelled` holds, for each key, how the table writes its name."""
    with _table.reading(table.engine):
        where = _is_spelled(table, spelled)
    return Fault(str(error).rstrip("."), rows, _faults.first(table, where) if rows else ())


def _is_spelled(table: Table, spelled: Mapping[str, list[Any]]) -> nw.Expr:
    import narwhals as nw

    columns = {_key(role): column for role, column in table.columns.named(*NAMES).items()}
    return reduce(and_, (nw.col(columns[key]).is_in(values) for key, values in spelled.items()))


def _wrong_keys(table: Table, keys: _Keys) -> list[nw.Expr]:
    """Return where a date or name cannot be taken, or there are no data on it."""
    import narwhals as nw

    columns = table.columns.named(*NAMES)
    values: dict[str, list[Any]] = {}
    for wrong in keys.wrong:
        values.setdefault(wrong.role, []).append(wrong.value)
    conditions = []
    with _table.reading(table.engine):
        for role, members in values.items():
            column = _table.day_key(table) if role == "date" else nw.col(columns[role])
            known = [value for value in members if value is not None]
            if None in members:
                conditions.append(column.is_null())
                known += _faults.MISSING_AS_TEXT if role != "date" or table.dates == "text" else ()
            if known:
                conditions.append(column.is_in(known))
        conditions += [_is_spelled(table, spelled) for spelled in keys.spelled]
        return [condition.fill_null(False) for condition in conditions]


def days_of(values: list[Any]) -> Days:
    """Return the days of dates as `day_key` gives them; all of them can be read."""
    codes, days = _coded(values, _day)
    return np.array(days, dtype=np.int64)[codes]


def _coded(values: list[Any], read: Callable[[Any], Any]) -> tuple[Days, list[Any]]:
    """Return values as numbers of distinct ones, and each distinct one read; what is missing is read as None."""
    place: dict[Any, int] = {}
    codes = [place.setdefault(value, len(place)) for value in values]
    missing = (value is None or value != value or value in _faults.MISSING_AS_TEXT for value in place)
    found = [read(None if none else value) for none, value in zip(missing, place, strict=True)]
    return np.array(codes, dtype=np.int64), found


def _group(names: Mapping[str, str]) -> Group:
    return names.get(_key("munition")), names.get(_key("transport")), names.get(_key("packing"))


def _floats(values: list[Any]) -> Floats:
    return np.array([math.nan if one is None else one for one in values], dtype=float)


def _day(value: Any) -> int | _Wrong:
    if value is None:
        return _Wrong("date", None, "no date")
    if isinstance(value, str):
        day = iso_day(value[:10] if value[10:] in ("T", " ") else value)
        return _Wrong("date", value, _faults.NOT_A_DATE) if day is None else day
    return day_of(value)


def _name(role: str, resolve: Resolve, value: Any) -> str | _Wrong:
    if value is None:
        return _Wrong(role, None, f"no {role}")
    try:
        return resolve(role, str(value))
    except ShellflowError as error:
        return _Wrong(role, value, f"an unknown {role} ({error})")


def _faults_of_keys(table: Table, keys: _Keys) -> list[Fault]:
    import narwhals as nw

    alike: dict[str, list[_Wrong]] = {}
    for one in sorted(keys.wrong, key=lambda one: (NAMES.index(one.role) if one.role in NAMES else -1, str(one.value))):
        alike.setdefault(one.what, []).append(one)
    found = []
    for what, members in alike.items():
        role, values = members[0].role, [one.value for one in members[: _faults.FIRST]]
        with _table.reading(table.engine):
            column = _table.day_key(table) if role == "date" else nw.col(table.columns.named()[role])
            where = column.is_null() if values[0] is None else column.is_in(values)
        found.append(Fault(what, sum(keys.wrong[one] for one in members), _faults.first(table, where)))
    return found
