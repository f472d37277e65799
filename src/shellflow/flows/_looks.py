"""Oddities in the rows of a table: duplicates, totals among their parts, outlying dates; findings, not errors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow.flows import _faults, _keys, _periods, _reduction, _table
from shellflow.flows._faults import FIRST, Fault
from shellflow.flows._sums import Sums
from shellflow.flows._table import DAY, NAMES, Table
from shellflow.shipments import names_total, same_name

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["MOST_ROWS", "NEAR_DAYS", "NOT_SEARCHED", "of_sums", "of_table"]

MOST_ROWS = 1_000_000
"""Rows up to which a table is searched by default: each search reads it once more."""

NEAR_DAYS = 3
"""Two rows of one carrier and count within so many days may be one shipment entered twice."""

_FAR_YEARS = 15
_FAR_DAYS = _FAR_YEARS * 365.25

NOT_SEARCHED = "not searched for in {rows} rows: repeated rows, one carrier twice, rows that contain other rows; {how}"


# --- in the sums by day -----------------------------------------------------------------------------------------------


def of_sums(sums: Sums, column: str, quantity: str) -> list[Fault]:
    """Return the oddities that the sums by day reveal: counts that look like running totals, and outlying years.

    `column` is the name of the column of numbers, and `quantity` what they are.
    """
    return [_running_totals(sums, column, quantity), _far_years(sums, column)]


def _running_totals(sums: Sums, column: str, quantity: str) -> Fault:
    plural = {"count": "counts", "mass": "masses"}[quantity]
    how = "read_shipments(cumulative=True) reads them so"
    what = f"{plural} that never fall from one date to the next, as running totals do: {how}"
    rows, examples = 0, []
    for group in np.unique(sums.group):
        entries = np.flatnonzero(sums.group == group)
        steps = np.diff(sums.count[entries])
        single = bool(np.all(sums.rows[entries] == 1))
        # Two rises of three dates: with fewer, every second table would look like that.
        if single and np.all(steps >= 0) and np.count_nonzero(steps > 0) >= 2:
            rows += entries.size
            examples += _entries_in_words(sums, entries[:FIRST], column)
    return Fault(what, rows, tuple(examples[:FIRST]))


def _far_years(sums: Sums, column: str) -> Fault:
    what = f"a date more than {_FAR_YEARS} years from those of the other rows"
    order = np.argsort(sums.day, kind="stable")
    cluster = np.cumsum(np.diff(sums.day[order], prepend=sums.day[order][:1]) > _FAR_DAYS)
    rows = np.bincount(cluster, weights=sums.rows[order])
    # Of two clusters of equal size the earlier is the outlier: a mistyped year mostly lacks a digit.
    usual = rows.size - 1 - int(np.argmax(rows[::-1]))
    far = order[cluster != usual]
    return Fault(what, int(sums.rows[far].sum()), tuple(_entries_in_words(sums, far[:FIRST], column)))


def _entries_in_words(sums: Sums, entries: Sequence[int] | npt.NDArray[np.intp], column: str) -> list[str]:
    return [
        _faults.in_words(("date", column), (_periods.date_of(sums.day[entry]), float(sums.count[entry])))
        for entry in entries
    ]


# --- in the rows ------------------------------------------------------------------------------------------------------


def of_table(table: Table, rows: int) -> list[Fault]:
    """Return the oddities in the rows of a table without faults, those with no rows included.

    Raises
    ------
    DataError
        If the engine fails on it.
    """
    texts = _texts(table)
    with _table.reading(table.engine):
        named = [names_total(column) for column in texts]
    totals = _faults.counted(table, named)
    # A word in most rows names something else.
    in_some = [place for place, number in enumerate(totals) if 0 < 2 * number <= rows]
    return [
        _faults.repeated(table),
        *_carriers(table),
        _named_totals(table, [named[place] for place in in_some], [texts[place] for place in in_some]),
        *_sums_of_others(table),
    ]


def _texts(table: Table) -> list[str]:
    """Return the columns of texts that may name a total."""
    import narwhals as nw

    other = {*_faults.nested_columns(table), table.columns.date, *table.columns.named(*_table.NUMBERS).values()}
    texts = nw.String | nw.Categorical | nw.Enum | nw.Object
    with _table.reading(table.engine):
        schema = table.frame.collect_schema()
    return [column for column, dtype in schema.items() if isinstance(dtype, texts) and column not in other]


def _named_totals(table: Table, conditions: Sequence[nw.Expr], columns: Sequence[str]) -> Fault:
    what = "a word for a total: rows that contain other rows count twice"
    if not conditions:
        return Fault(what, 0)
    with _table.reading(table.engine):
        condition = _table.any_of(conditions)
    (number,) = _faults.counted(table, [condition])
    return Fault(what, number, _faults.first(table, condition, columns))


def _sums_of_others(table: Table) -> Iterator[Fault]:
    """Yield the rows whose count is the sum of all other rows of their date, or of the table."""
    import narwhals as nw

    with _table.reading(table.engine):
        count = _reduction.count_of(table)
        keys = {DAY: _table.day_key(table) if table.columns.date else nw.lit(0)}
        keys |= {f"{DAY}_{role}": nw.col(column) for role, column in table.columns.named(*NAMES).items()}
        sums = [nw.len().alias("rows"), nw.col("count").sum(), nw.col("count").max().alias("most")]
        frame = table.frame.select(**keys, count=count).group_by(*keys).agg(*sums)
    groups = _table.collected(table, frame)
    totals: dict[Any, list[tuple[int, float, float]]] = {}
    for day, rows, total, most in zip(*(groups[name] for name in (DAY, "rows", "count", "most")), strict=True):
        totals.setdefault(day, []).append((rows, total, most))
    if table.columns.date:
        # Of two equal rows each is the sum of the others: that is a repeated row.
        dates: dict[Any, set[float]] = {}
        for day, several in totals.items():
            for rows, total, most in (*several, _most_of(several)):
                if rows >= 3 and _is_sum_of_others(total, most):
                    dates.setdefault(day, set()).add(most)
        yield _rows_of_sums(table, f"a {table.quantity} that is the sum of the other rows of its date", dates)
    rows, total, most = _most_of([group for several in totals.values() for group in several])
    is_sum = rows >= 4 and _is_sum_of_others(total, most)
    yield _rows_of_sums(
        table, f"a {table.quantity} that is the sum of all other rows", {None: {most}} if is_sum else {}
    )


def _most_of(several: Sequence[tuple[int, float, float]]) -> tuple[int, float, float]:
    rows, totals, most = zip(*several, strict=True)
    return sum(rows), sum(totals), max(most)


def _is_sum_of_others(total: float, most: float) -> bool:
    return most > 0 and abs(2.0 * most - total) <= 1e-9 * total


def _rows_of_sums(table: Table, what: str, counts: dict[Any, set[float]]) -> Fault:
    if not counts:
        return Fault(what, 0)
    with _table.reading(table.engine):
        count = _reduction.count_of(table)
        day = _table.day_key(table) if table.columns.date else None
        conditions = []
        for date, values in counts.items():
            same = count.is_in(sorted(values))
            conditions.append(same if date is None or day is None else same & _table.is_one_of(day, [date]))
        condition = _table.any_of(conditions).fill_null(False)
    (rows,) = _faults.counted(table, [condition])
    return Fault(what, rows, _faults.first(table, condition))


def _carriers(table: Table) -> Iterator[Fault]:
    """Yield the rows with the carrier and date of another, and those with its carrier and count some days apart.

    The case, spaces and punctuation of carriers do not matter.
    """
    import narwhals as nw

    carrier, date = table.columns.carrier, table.columns.date
    if carrier is None or date is None:
        return
    with _table.reading(table.engine):
        keys = {
            "carrier": nw.col(carrier).cast(nw.String),
            DAY: _table.day_key(table),
            "count": _reduction.count_of(table),
        }
        frame = table.frame.select(**keys).group_by(*keys).agg(nw.len().alias("rows"))
    groups = _table.collected(table, frame)
    known = [place for place, value in enumerate(groups["carrier"]) if isinstance(value, str) and value.strip()]
    names = [groups["carrier"][place] for place in known]
    number: dict[str, int] = {}
    codes = np.array([number.setdefault(same_name(name), len(number)) for name in names], dtype=int)
    days = _keys.days_of(groups[DAY])[known]
    counts = np.array(groups["count"], dtype=float)[known]
    rows = np.array(groups["rows"], dtype=int)[known]
    labels = (table.names[carrier], table.names[date], table.quantity)

    def in_words(places: npt.NDArray[np.intp], earlier: npt.NDArray[np.intp] | None = None) -> tuple[str, ...]:
        lines = []
        for example, place in enumerate(places[:FIRST]):
            line = _faults.in_words(labels, (names[place], _periods.date_of(days[place]), counts[place]))
            before = None if earlier is None else earlier[example]
            lines.append(line if before is None else f"{line}, and on {_periods.date_of(days[before])}")
        return tuple(lines)

    order = np.lexsort((counts, days, codes))
    new = np.flatnonzero(np.diff(codes[order], prepend=-1) | np.diff(days[order], prepend=0))
    several = np.add.reduceat(rows[order], new) if new.size else rows[:0]
    yield Fault("the carrier and the date of another row", int((several - 1).sum()), in_words(order[new[several > 1]]))
    order = np.lexsort((days, counts, codes))
    before, after = order[:-1], order[1:]
    apart = days[after] - days[before]
    near = (codes[after] == codes[before]) & (counts[after] == counts[before]) & (apart > 0) & (apart <= NEAR_DAYS)
    yield Fault(
        f"the carrier and the {table.quantity} of another row within {NEAR_DAYS} days",
        int(rows[after[near]].sum()),
        in_words(after[near], before[near]),
    )
