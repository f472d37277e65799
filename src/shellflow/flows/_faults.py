"""What is wrong in the rows of a table: found in its engine, counted, and shown by the first few rows."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from shellflow import checks
from shellflow.errors import shown
from shellflow.flows import _table
from shellflow.flows._table import DAY, Table

if TYPE_CHECKING:
    import narwhals as nw

__all__ = [
    "FIRST",
    "MISSING_AS_TEXT",
    "NOT_A_DATE",
    "NOT_WHOLE",
    "REPEATED",
    "Fault",
    "Finding",
    "counted",
    "examined",
    "first",
    "in_words",
    "merged",
    "merged_findings",
    "nested_columns",
    "of_rows",
    "repeated",
]

NOT_A_DATE = "a date that cannot be read (write 2024-02-26)"
NOT_WHOLE = (
    "a count that is not whole (was 1.25 written 1,250 or 1.250? a column of floats no longer tells; where fractions "
    "are meant, give fractional=True)"
)
REPEATED = "the content of another row"

FIRST = 3  # rows that are shown
MISSING_AS_TEXT = ("NaT", "None", "nan", "<NA>")  # how pandas writes a missing one among Python objects

# No group is captured: pandas warns of any that is.
_ISO = (
    r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ](?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
    r"(?: ?(?:Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?))?)?$"
)


@dataclass(frozen=True)
class Fault:
    """Something wrong or odd: what, in how many rows, and the first of them in words."""

    what: str
    rows: int
    first: tuple[str, ...] = ()

    def __str__(self) -> str:
        said = f", such as ({'; '.join(self.first)})" if self.first else ""
        return f"{self.rows:,} row{'' if self.rows == 1 else 's'} with {self.what}{said}"


@dataclass(frozen=True)
class Finding:
    """What a flow keeps of the rows of its tables: what is wrong or odd, in how many rows, what was done, a few rows.

    Parameters
    ----------
    issue : str
        What is wrong or odd [unitless].
    rows : int
        In how many rows; 0 where none was found [unitless].
    handling : str
        "dropped" or "kept"; "" where there are none [unitless].
    first : tuple of str
        The first of them, in words [unitless].
    """

    issue: str
    rows: int
    handling: str
    first: tuple[str, ...] = ()

    @classmethod
    def of(cls, fault: Fault, handling: str) -> Finding:
        """Return a fault with what was done about it."""
        return cls(fault.what, fault.rows, handling if fault.rows else "", fault.first)

    def __str__(self) -> str:
        fault = Fault(self.issue, self.rows, self.first)
        if self.handling == "dropped":
            return f"left out: {fault}"
        shown = f": {'; '.join(self.first)}" if self.first else ""
        return f"{Fault(self.issue, self.rows)} (kept){shown}"


def merged_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings of one kind as one; of those that found nothing, only kinds that nobody found."""
    by_kind: dict[tuple[str, str], Finding] = {}
    for finding in findings:
        key = (finding.issue, finding.handling)
        old = by_kind.get(key)
        if old is not None:
            finding = replace(old, rows=old.rows + finding.rows, first=(old.first + finding.first)[:FIRST])
        by_kind[key] = finding
    with_rows = {finding.issue for finding in by_kind.values() if finding.rows}
    return tuple(finding for finding in by_kind.values() if finding.rows or finding.issue not in with_rows)


def of_rows(table: Table) -> dict[str, nw.Expr]:
    """Return what may be wrong with the numbers of a row, or the text of its date, with the expression that finds it.

    The sums that are made anyway give most of these away; the expressions are for telling which rows.
    """
    held = _table.numbers(table)
    low, high, count = held.get("low"), held.get("high"), held.get("count")
    every = list(held.values())
    faults: dict[str, nw.Expr] = {}
    if low is None or high is None:
        assert count is not None  # `flow` asks for a count or a range
        faults["no count"] = count.is_null()
    else:
        gap = low.is_null() & high.is_null()
        faults["no count"] = gap if count is None else gap & count.is_null()
        faults["one end of a range only"] = (low.is_null() | high.is_null()) & ~gap
        faults["low above high"] = low > high
        if count is not None:
            faults["a count outside its range"] = (count < low) | (count > high)
    faults["a negative count"] = _table.any_of([one < 0 for one in every])
    faults["a count that is not finite"] = _table.any_of([one.abs() == math.inf for one in every])
    too_large = [(one.abs() > checks.LARGEST) & (one.abs() < math.inf) for one in every]
    faults["a count too large to compute with"] = _table.any_of(too_large)
    if not table.fractional:
        faults[NOT_WHOLE] = _table.not_whole(table)
    if table.dates == "text":
        text = _date_text(table)
        # In Python the end of a text is also what stands before a last new line.
        odd = ~text.str.contains(_ISO) | text.str.ends_with("\n")
        faults[NOT_A_DATE] = ~text.is_null() & ~text.is_in(MISSING_AS_TEXT) & odd
    return {what: found.fill_null(False) for what, found in faults.items()}


def _date_text(table: Table) -> nw.Expr:
    import narwhals as nw

    return nw.col(table.columns.date or "").cast(nw.String)


def counted(table: Table, conditions: Iterable[nw.Expr]) -> list[int]:
    """Return in how many rows each condition holds, all in one pass."""
    import narwhals as nw

    flags = {f"{DAY} flag {place}": condition for place, condition in enumerate(conditions)}
    if not flags:
        return []
    with _table.reading(table.engine):
        # Two steps, since some engines cannot sum what is computed in the same breath.
        frame = table.frame.select(**flags).select(*(nw.col(name).cast(nw.Int64).sum() for name in flags))
    sums = _table.collected(table, frame)
    return [int(sums[name][0] or 0) for name in flags]


def examined(table: Table, faults: Mapping[str, nw.Expr]) -> list[Fault]:
    """Return each fault with its number of rows, and the first rows where there are any."""
    rows = counted(table, faults.values())
    return [
        Fault(what, number, first(table, condition) if number else ())
        for number, (what, condition) in zip(rows, faults.items(), strict=True)
    ]


def first(table: Table, condition: nw.Expr, also: Iterable[str] = ()) -> tuple[str, ...]:
    """Return the first rows in which a condition holds, in words: what the columns of roles say, and some others."""
    with _table.reading(table.engine):
        columns = list(dict.fromkeys((*table.columns.named().values(), *also)))
        frame = table.frame.filter(condition).select(*columns).head(FIRST)
    values = _table.collected(table, frame)
    names = [table.names[column] for column in columns]
    return tuple(in_words(names, row) for row in zip(*(values[column] for column in columns), strict=True))


def in_words(columns: Sequence[str], row: Sequence[Any]) -> str:
    """Return a row in words."""
    return ", ".join(f"{_short(column)}={_said(value)}" for column, value in zip(columns, row, strict=True))


def _short(text: str) -> str:
    """Return what stands in a table as messages show it: on one line, not too long, nothing in it unseen."""
    return shown(text)[1:-1]


def _said(value: Any) -> str:
    if value is None or value != value:
        return "missing"
    if isinstance(value, float):
        return f"{value:g}"
    return _short(str(value).removesuffix(" 00:00:00"))


def merged(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults of one kind as one."""
    found: dict[str, Fault] = {}
    for one in faults:
        old = found.get(one.what)
        first = one.first if old is None else (old.first + one.first)[:FIRST]
        found[one.what] = one if old is None else Fault(one.what, old.rows + one.rows, first)
    return list(found.values())


def repeated(table: Table) -> Fault:
    """Return the rows that are the same as an earlier one in every column; lists and structures are not compared."""
    nested = nested_columns(table)
    keys = [column for column in table.names if column not in nested]
    left = f" (not compared: {', '.join(map(repr, nested.values()))}, of lists or structures)" if nested else ""
    return _more_than_once(table, keys, f"{REPEATED}{left}")


def nested_columns(table: Table) -> dict[str, str]:
    """Return the columns of lists and structures, with what the user calls them: not every engine can compare these."""
    import narwhals as nw

    with _table.reading(table.engine):
        schema = table.frame.collect_schema()
        found = [column for column, dtype in schema.items() if dtype.is_nested()]
        for column in (one for one, dtype in schema.items() if isinstance(dtype, nw.Object)):
            # Python objects may be anything.
            values = table.frame.select(column).collect().to_dict(as_series=False)[column]
            if any(type(one).__hash__ is None for one in values):
                found.append(column)
    return {column: table.names[column] for column in found}


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
        head = several.head(FIRST)
    values = _table.collected(table, head)
    columns = [key for key in keys if key in table.columns.named().values()] or keys
    lines = zip(*(values[column] for column in columns), strict=True)
    return Fault(what, extra, tuple(in_words([table.names[column] for column in columns], line) for line in lines))
