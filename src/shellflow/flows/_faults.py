"""Faults in the rows of a table: found in its engine, counted, and shown by the first few rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shellflow import checks, words
from shellflow.errors import shown
from shellflow.flows import _table
from shellflow.flows._table import DAY, Table

if TYPE_CHECKING:
    import narwhals as nw

__all__ = [
    "BOUNDS",
    "FIRST",
    "MISSING_AS_TEXT",
    "NOT_A_DATE",
    "NOT_WHOLE",
    "REPEATED",
    "Fault",
    "counted",
    "examined",
    "first",
    "in_words",
    "merged",
    "nested_columns",
    "not_a_date",
    "of_bounds",
    "of_rows",
    "repeated",
]

NOT_A_DATE = "a date that cannot be read (write 2024-02-26)"
NOT_WHOLE = (
    "a count that is not whole (was 1.25 written 1,250 or 1.250? a column of floats no longer tells; where fractions "
    "are meant, give fractional=True)"
)
REPEATED = "the content of another row"

BOUNDS = ("point", "range", "floor", "ceiling", "none")
"""What the number of a row may be: all of it, at least so many, at most, or neither of these."""

FIRST = 3  # rows that are shown
MISSING_AS_TEXT = ("NaT", "None", "nan", "<NA>")  # how pandas writes a missing one among Python objects

# No group is captured: pandas warns of any that is.
_ISO = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?: ?(?:Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?))?)?$"
)


@dataclass(frozen=True)
class Fault:
    """A fault or an oddity in the rows of a table.

    Parameters
    ----------
    issue : str
        What it is [unitless].
    rows : int
        Number of rows; 0 where there are none [unitless].
    first : tuple of str
        The first of them in words [unitless].
    handling : str
        "dropped", "filled" or "kept"; "" without rows, or before that is decided [unitless].
    """

    issue: str
    rows: int
    first: tuple[str, ...] = ()
    handling: str = ""

    def handled(self, handling: str) -> Fault:
        """Return it with what was done."""
        return replace(self, handling=handling if self.rows else "")

    def __str__(self) -> str:
        issue, examples = f"{words.with_noun(self.rows, 'row')} with {self.issue}", "; ".join(self.first)
        if self.handling == "kept":
            return f"{issue} (kept){examples and f': {examples}'}"
        handling = {"dropped": "left out: ", "filled": "filled: "}.get(self.handling, "")
        return f"{handling}{issue}{examples and f', such as ({examples})'}"


def merged(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults with those of one kind added up; kinds without rows only where no fault of the kind has rows."""
    by_kind: dict[tuple[str, str], Fault] = {}
    for fault in faults:
        key = (fault.issue, fault.handling)
        old = by_kind.get(key)
        if old is not None:
            fault = replace(old, rows=old.rows + fault.rows, first=(old.first + fault.first)[:FIRST])
        by_kind[key] = fault
    with_rows = {fault.issue for fault in by_kind.values() if fault.rows}
    return tuple(fault for fault in by_kind.values() if fault.rows or fault.issue not in with_rows)


def of_rows(table: Table) -> dict[str, nw.Expr]:
    """Return the faults that the numbers of a row or the text of its date may have, each with its condition.

    The sums reveal whether there are any; the conditions tell in which rows.
    """
    by_role, quantity = _table.numbers(table), table.quantity
    low, high, count = by_role.get("low"), by_role.get("high"), by_role.get("count")
    numbers = list(by_role.values())
    faults: dict[str, nw.Expr] = {} if table.fills else {f"no {quantity}": _table.is_missing(table)}
    if low is not None and high is not None:
        gap = low.is_null() & high.is_null()
        one_end = (low.is_null() | high.is_null()) & ~gap
        if table.columns.bound:
            one_end &= ~_table.is_bounded_by(table, "floor", low) & ~_table.is_bounded_by(table, "ceiling", high)
        faults["one end of a range only"] = one_end
        faults["low above high"] = low > high
        if count is not None:
            faults[f"a {quantity} outside its range"] = (count < low) | (count > high)
    faults[f"a negative {quantity}"] = _table.any_of([number < 0 for number in numbers])
    faults[f"a {quantity} that is not finite"] = _table.any_of([number.abs() == math.inf for number in numbers])
    too_large = [(number.abs() > checks.LARGEST) & (number.abs() < math.inf) for number in numbers]
    faults[f"a {quantity} too large to compute with"] = _table.any_of(too_large)
    faults |= of_bounds(table)
    if not table.fractional:
        faults[NOT_WHOLE] = _table.not_whole(table)
    for role, fault in ((role, not_a_date(role)) for role, kind in table.dates.items() if kind == "text"):
        text = _date_text(table, role)
        # In Python the end of a text is also what stands before a last new line.
        unreadable = ~text.str.contains(_ISO) | text.str.ends_with("\n")
        faults[fault] = ~text.is_null() & ~text.is_in(MISSING_AS_TEXT) & unreadable
    return {what: condition.fill_null(False) for what, condition in faults.items()}


def of_bounds(table: Table) -> dict[str, nw.Expr]:
    """Return the faults that the bound of a row may have, each with its condition."""
    import narwhals as nw

    if table.columns.bound is None:
        return {}
    faults = {
        f"a bound that is none of {', '.join(BOUNDS)}": ~nw.col(table.columns.bound).is_null()
        & ~_table.has_bound(table, *BOUNDS)
    }
    by_role = _table.numbers(table)
    if table.columns.ranged:
        faults["a range beside a bound"] = _table.has_bound(table, "floor", "ceiling") & (
            by_role["low"] < by_role["high"]
        )
    return {what: condition.fill_null(False) for what, condition in faults.items()}


def not_a_date(role: str) -> str:
    """Return the fault of a date that cannot be read, or of a `since`."""
    return NOT_A_DATE if role == "date" else f"a {role} that cannot be read (write 2024-02-26)"


def _date_text(table: Table, role: str) -> nw.Expr:
    import narwhals as nw

    return nw.col(table.columns.named(role)[role]).cast(nw.String)


def counted(table: Table, conditions: Iterable[nw.Expr]) -> list[int]:
    """Return the number of rows in which each condition holds, in one pass."""
    import narwhals as nw

    flags = {f"{DAY} flag {place}": condition for place, condition in enumerate(conditions)}
    if not flags:
        return []
    with _table.reading(table.engine):
        # Two steps, since some engines cannot sum what is computed in the same step.
        frame = table.frame.select(**flags).select(*(nw.col(name).cast(nw.Int64).sum() for name in flags))
    sums = _table.collected(table, frame)
    return [int(sums[name][0] or 0) for name in flags]


def examined(table: Table, faults: Mapping[str, nw.Expr]) -> list[Fault]:
    """Return each fault with its number of rows and the first of them."""
    rows = counted(table, faults.values())
    return [
        Fault(what, number, first(table, condition) if number else ())
        for number, (what, condition) in zip(rows, faults.items(), strict=True)
    ]


def first(table: Table, condition: nw.Expr, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the first rows in which a condition holds, in words: the columns with a role, and those in `also`."""
    with _table.reading(table.engine):
        columns = list(dict.fromkeys((*table.columns.named().values(), *also)))
        frame = _as_written(table, table.frame.filter(condition).select(*columns).head(FIRST))
    values = _table.collected(table, frame)
    names = [table.names[column] for column in columns]
    return tuple(in_words(names, row) for row in zip(*(values[column] for column in columns), strict=True))


def _as_written(table: Table, frame: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """Return a table with its time stamps as texts in the zone of the session: Spark hands them over in another."""
    import narwhals as nw

    if table.engine != "pyspark":
        return frame
    stamps = [column for column, dtype in frame.collect_schema().items() if isinstance(dtype, nw.Datetime)]
    return frame.with_columns(nw.col(*stamps).cast(nw.String)) if stamps else frame


def in_words(columns: Sequence[str], row: Sequence[Any]) -> str:
    """Return a row in words."""
    # Two columns of ours may come from the same column of a file, and are then shown once.
    cells = (f"{_short(column)}={_cell(value)}" for column, value in zip(columns, row, strict=True))
    return ", ".join(dict.fromkeys(cells))


def _short(text: str) -> str:
    """Return a text of the table as messages show it: on one line, shortened, with escapes for what is invisible."""
    return shown(text)[1:-1]


def _cell(value: Any) -> str:
    if value is None or value != value:
        return "missing"
    if isinstance(value, float):
        return f"{value:g}"
    return _short(str(value).removesuffix(" 00:00:00"))


def repeated(table: Table) -> Fault:
    """Return the rows that equal an earlier one in every column; lists and structures are not compared."""
    nested = nested_columns(table)
    keys = [column for column in table.names if column not in nested]
    except_for = f" (not compared: {', '.join(map(repr, nested.values()))}, of lists or structures)" if nested else ""
    return _more_than_once(table, keys, f"{REPEATED}{except_for}")


def nested_columns(table: Table) -> dict[str, str]:
    """Return the columns of lists and structures, which not every engine can compare, with the names the user gave."""
    import narwhals as nw

    with _table.reading(table.engine):
        schema = table.frame.collect_schema()
        nested = [column for column, dtype in schema.items() if dtype.is_nested()]
        for column in (column for column, dtype in schema.items() if isinstance(dtype, nw.Object)):
            # Python objects may be anything.
            values = table.frame.select(column).collect().to_dict(as_series=False)[column]
            if any(type(value).__hash__ is None for value in values):
                nested.append(column)
    return {column: table.names[column] for column in nested}


def _more_than_once(table: Table, keys: list[str], what: str) -> Fault:
    import narwhals as nw

    rows = f"{DAY}_rows"
    with _table.reading(table.engine):
        several = table.frame.group_by(*keys).agg(nw.len().alias(rows)).filter(nw.col(rows) > 1)
        total = several.select(nw.col(rows).sum().alias("rows"), nw.len().alias("groups"))
    sums = _table.collected(table, total)
    extra = int(sums["rows"][0] or 0) - int(sums["groups"][0])
    if not extra:
        return Fault(what, 0)
    with _table.reading(table.engine):
        head = _as_written(table, several.head(FIRST))
    values = _table.collected(table, head)
    columns = [key for key in keys if key in table.columns.named().values()] or keys
    lines = zip(*(values[column] for column in columns), strict=True)
    return Fault(what, extra, tuple(in_words([table.names[column] for column in columns], line) for line in lines))
