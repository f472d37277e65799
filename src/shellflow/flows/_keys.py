"""Dates and names in a table, each distinct value read once."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial, reduce
from operator import and_
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow.errors import NoDataError, ShellflowError
from shellflow.flows import _faults, _table
from shellflow.flows._faults import Fault
from shellflow.flows._periods import Days, day_of, iso_day
from shellflow.flows._sums import NO_SPAN, Sums
from shellflow.flows._table import DATES, DAY, NAMES, Table
from shellflow.sampling import Floats

if TYPE_CHECKING:
    import narwhals as nw

__all__ = [
    "AMOUNTS",
    "Group",
    "Keys",
    "Lookup",
    "Resolve",
    "days_of",
    "faults_of_keys",
    "floats",
    "key_of",
    "read_keys",
    "wrong_keys",
]

AMOUNTS = ("count", "half", "square", "floors", "ceilings", "filled")
"""What is summed up of the rows of a day and group; 0 where an engine was not asked for it."""

_SINCE = f"{DAY}_since"
_SPAN = "since and date"
_MOST_DAYS = 36_525
_NOT_BEFORE = "a since that is not before its date, or is so by more than 100 years"

Group = tuple[str | None, str | None, str | None]
"""The names of munition, transport and packing in the catalog; None where no column says."""

Resolve = Callable[[str, str], str]
"""From a role (munition, transport, packing) and a name in the table to the name in the catalog, or an error."""


@dataclass(frozen=True, eq=False)
class Lookup:
    """How the names in a table are looked up.

    Parameters
    ----------
    resolve : callable
        From role and name to the name in the catalog.
    cargo : callable
        From the names of a group to what it carries, or a NoDataError.
    """

    resolve: Resolve
    cargo: Callable[[Group], object]


def key_of(role: str) -> str:
    """Return the name that the column of a role has among the sums."""
    return f"{DAY}_{role}"


@dataclass(frozen=True)
class _Wrong:
    """A date or name that cannot be read; `value` is None where it is missing."""

    role: str
    value: Any
    what: str


@dataclass(frozen=True, eq=False)
class Keys:
    """The sums by day and group, and the dates and names that cannot be read."""

    sums: Sums
    groups: tuple[Group, ...]
    wrong: Counter[_Wrong]
    without_facts: list[Fault]
    spelled: list[Mapping[str, list[Any]]]
    """The spellings of the names of each group without data."""


def read_keys(table: Table, raw: Mapping[str, list[Any]], lookup: Lookup, *, scatters: bool) -> Keys:
    """Return the sums that an engine made of a table by days and groups in the catalog.

    `scatters` says that transports differ from one to the next.
    """
    rows = np.array(raw["rows"], dtype=np.int64)
    size = rows.size
    readers: dict[str, Callable[[Any], Any]] = {DAY: _day} if table.columns.date else {}
    if table.columns.since:
        readers[_SINCE] = _since
    for role in table.columns.named(*NAMES):
        readers[key_of(role)] = partial(_name, role, lookup.resolve)
    sound = np.ones(size, dtype=bool)
    wrong: Counter[_Wrong] = Counter()
    codes: dict[str, Days] = {}
    readings: dict[str, list[Any]] = {}
    for key, reader in readers.items():
        codes[key], readings[key] = _coded(raw[key], reader)
        for code, value in enumerate(readings[key]):
            if isinstance(value, _Wrong):
                entries = sound & (codes[key] == code)
                wrong[value] += int(rows[entries].sum())
                sound &= ~entries
    days, since = (_days(size, name, codes, readings) for name in (DAY, _SINCE))
    if _SINCE in codes:
        unsound = sound & (since != NO_SPAN) & ((since >= days) | (since < days - _MOST_DAYS))
        for entry in np.flatnonzero(unsound).tolist():
            wrong[_Wrong(_SPAN, (raw[_SINCE][entry], raw[DAY][entry]), _NOT_BEFORE)] += int(rows[entry])
        sound &= ~unsound
    names = [key_of(role) for role in NAMES if key_of(role) in codes]
    by_name = [np.array([str(name) for name in readings[key]])[codes[key]][sound].tolist() for key in names]
    distinct = sorted(set(zip(*by_name, strict=True))) if names else [()]
    number = {group_names: place for place, group_names in enumerate(distinct)}
    group = np.array([number[row] for row in zip(*by_name, strict=True)] if names else [0] * int(sound.sum()))
    groups = tuple(_group(dict(zip(names, group_names, strict=True))) for group_names in distinct)
    columns = [floats(raw.get(name, [0.0] * size))[sound] for name in AMOUNTS]
    sums = Sums.of(group.astype(np.int64), days[sound], since[sound], rows[sound], *columns, scatters=scatters)
    without: list[Fault] = []
    spelled_without: list[Mapping[str, list[Any]]] = []
    with_data: list[int] = []
    for place, names_of_group in enumerate(groups):
        try:
            lookup.cargo(names_of_group)
        except NoDataError as error:
            if not names:  # munition, transport and packing were given for all rows
                raise
            spelled = {
                key: [
                    text
                    for text, read_name in zip(dict.fromkeys(raw[key]), readings[key], strict=True)
                    if str(read_name) == name
                ]
                for key, name in zip(names, distinct[place], strict=True)
            }
            spelled_without.append(spelled)
            without.append(_without_facts(table, spelled, error, int(sums.rows[sums.group == place].sum())))
        else:
            with_data.append(place)
    if without:
        sums = sums.where(np.isin(sums.group, with_data))
        sums = replace(sums, group=np.searchsorted(with_data, sums.group).astype(np.int64))
    return Keys(sums, tuple(groups[place] for place in with_data), wrong, without, spelled_without)


def _days(size: int, name: str, codes: Mapping[str, Days], readings: Mapping[str, list[Any]]) -> Days:
    """Return the days of a column; where there is none, or it cannot be read, that of no date."""
    none = 0 if name == DAY else NO_SPAN
    if name not in codes:
        return np.full(size, none, dtype=np.int64)
    days = [none if isinstance(day, _Wrong) else day for day in readings[name]]
    return np.array(days, dtype=np.int64)[codes[name]]


def _without_facts(table: Table, spelled: Mapping[str, list[Any]], error: NoDataError, rows: int) -> Fault:
    """Return the rows of one group as a fault; `spelled` holds the spellings of its names in the table, by key."""
    with _table.reading(table.engine):
        where = _is_spelled(table, spelled)
    return Fault(str(error).rstrip("."), rows, _faults.first(table, where) if rows else ())


def _is_spelled(table: Table, spelled: Mapping[str, list[Any]]) -> nw.Expr:
    import narwhals as nw

    columns = {key_of(role): column for role, column in table.columns.named(*NAMES).items()}
    return reduce(and_, (nw.col(columns[key]).is_in(values) for key, values in spelled.items()))


def wrong_keys(table: Table, keys: Keys) -> list[nw.Expr]:
    """Return the conditions under which a date or name cannot be read, or the data on it are missing."""
    import narwhals as nw

    columns = table.columns.named(*NAMES)
    values: dict[str, list[Any]] = {}
    for wrong in keys.wrong:
        values.setdefault(wrong.role, []).append(wrong.value)
    conditions = []
    with _table.reading(table.engine):
        for role, members in values.items():
            if role == _SPAN:
                conditions += _are_spans(table, members)
                continue
            column = _table.day_key(table, role) if role in DATES else nw.col(columns[role])
            present = [value for value in members if value is not None]
            if None in members:
                conditions.append(column.is_null())
                present += _faults.MISSING_AS_TEXT if table.dates.get(role, "text") == "text" else ()
            if present:
                conditions.append(_table.is_one_of(column, present))
        conditions += [_is_spelled(table, spelled) for spelled in keys.spelled]
        return [condition.fill_null(False) for condition in conditions]


def _are_spans(table: Table, spans: Iterable[tuple[Any, Any]]) -> list[nw.Expr]:
    """Return the conditions under which a row has one of these pairs of `since` and `date`."""
    dates: dict[Any, list[Any]] = {}
    for since, date in spans:
        dates.setdefault(since, []).append(date)
    since_key, date_key = _table.day_key(table, "since"), _table.day_key(table)
    return [
        _table.is_one_of(since_key, [since]) & _table.is_one_of(date_key, members) for since, members in dates.items()
    ]


def days_of(values: list[Any]) -> Days:
    """Return the days of dates from `day_key`, all of which can be read."""
    codes, days = _coded(values, _day)
    return np.array(days, dtype=np.int64)[codes]


def _coded(values: list[Any], read: Callable[[Any], Any]) -> tuple[Days, list[Any]]:
    """Return values as codes of the distinct values, and these read; a missing value is read as None."""
    code_of: dict[Any, int] = {}
    codes = [code_of.setdefault(value, len(code_of)) for value in values]
    missing = (value is None or value != value or value in _faults.MISSING_AS_TEXT for value in code_of)
    readings = [read(None if is_missing else value) for is_missing, value in zip(missing, code_of, strict=True)]
    return np.array(codes, dtype=np.int64), readings


def _group(names: Mapping[str, str]) -> Group:
    return names.get(key_of("munition")), names.get(key_of("transport")), names.get(key_of("packing"))


def floats(values: list[Any]) -> Floats:
    return np.array([math.nan if value is None else value for value in values], dtype=float)


def _day(value: Any) -> int | _Wrong:
    if value is None:
        return _Wrong("date", None, "no date")
    if isinstance(value, str):
        day = iso_day(value[:10] if value[10:] in ("T", " ") else value)
        return _Wrong("date", value, _faults.NOT_A_DATE) if day is None else day
    return day_of(value)


def _since(value: Any) -> int | _Wrong:
    if value is None:
        return NO_SPAN
    day = _day(value)
    return _Wrong("since", value, _faults.not_a_date("since")) if isinstance(day, _Wrong) else day


def _name(role: str, resolve: Resolve, value: Any) -> str | _Wrong:
    if value is None:
        return _Wrong(role, None, f"no {role}")
    try:
        return resolve(role, str(value))
    except ShellflowError as error:
        return _Wrong(role, value, f"an unknown {role} ({error})")


def faults_of_keys(table: Table, keys: Keys) -> list[Fault]:
    """Return the dates and names that cannot be read as faults, with their first rows."""
    import narwhals as nw

    by_kind: dict[str, list[_Wrong]] = {}
    for wrong in sorted(keys.wrong, key=_place):
        by_kind.setdefault(wrong.what, []).append(wrong)
    faults = []
    for what, members in by_kind.items():
        role, values = members[0].role, [wrong.value for wrong in members[: _faults.FIRST]]
        with _table.reading(table.engine):
            if role == _SPAN:
                where = _table.any_of(_are_spans(table, values))
            else:
                column = _table.day_key(table, role) if role in DATES else nw.col(table.columns.named()[role])
                where = column.is_null() if values[0] is None else _table.is_one_of(column, values)
        faults.append(Fault(what, sum(keys.wrong[wrong] for wrong in members), _faults.first(table, where)))
    return faults


def _place(wrong: _Wrong) -> tuple[int, str]:
    return (NAMES.index(wrong.role) if wrong.role in NAMES else -1, str(wrong.value))
