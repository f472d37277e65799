"""From the rows of a table to sums by day and group, made in the engine that holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import checks
from shellflow.errors import DataError, bad_argument
from shellflow.flows import _faults, _table
from shellflow.flows._faults import Fault
from shellflow.flows._keys import Group, Lookup, faults_of_keys, floats, key_of, read_keys, wrong_keys
from shellflow.flows._sums import Sums
from shellflow.flows._table import DAY, NAMES, Table

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["DUPLICATES", "ON_ERROR", "Reduced", "count_of", "reduce_table"]

ON_ERROR = ("raise", "drop", "fill")
DUPLICATES = ("keep", "drop", "raise")
_KINDS = 6  # kinds of fault that an error lists


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
        Rows that were left out.
    filled : Fault or None
        Rows without a count that are taken for voyages; None where they were not to be filled.
    looked_for : tuple of str
        Faults that were looked for [unitless].
    taken : Table
        The rows that are in the sums.
    overruled : int
        Rows that state a count beside a range [unitless].
    """

    sums: Sums
    groups: tuple[Group, ...]
    dropped: tuple[Fault, ...]
    filled: Fault | None
    looked_for: tuple[str, ...]
    taken: Table
    overruled: int


def reduce_table(table: Table, lookup: Lookup, on_error: str, duplicates: str, *, scatters: bool) -> Reduced:
    """Return the sums of a table, or one error that lists the faults of its rows.

    `scatters` says that transports differ from one to the next.

    Raises
    ------
    DataError
        If rows are faulty and not to be dropped, or none is left.
    ArgumentError
        If `on_error` or `duplicates` is not one of those allowed.
    NoDataError
        If the data are missing for the munition and packing given for all rows.
    """
    for argument, value, allowed in (("on_error", on_error, ON_ERROR), ("duplicates", duplicates, DUPLICATES)):
        if not isinstance(value, str) or value not in allowed:
            raise bad_argument(argument, value, f"one of {', '.join(map(repr, allowed))}")
    if on_error == "fill":
        if table.quantity == "mass":
            fix = "What is known of voyages is how many containers they carry."
            raise bad_argument("on_error", on_error, "'raise' or 'drop' where rows have masses", fix)
        table = replace(table, fills=True)
    repeated: list[Fault] = []
    if duplicates != "keep":
        if nested := _faults.nested_columns(table):
            raise DataError(
                f"duplicates={duplicates!r}: the table has columns of lists or structures, which cannot be compared "
                f"({', '.join(map(repr, nested.values()))}). Leave them out or turn them into texts, or give "
                "duplicates='keep'."
            )
        repeated = [fault for fault in [_faults.repeated(table)] if fault.rows]
        if repeated and duplicates == "raise":
            raise DataError(f"shipments: {repeated[0]}. Take them out, or give duplicates='keep' or 'drop'.")
        if repeated:
            with _table.reading(table.engine):
                table = table.keep(table.frame.unique())
    raw = _aggregate(table)
    if not sum(raw["rows"]):
        raise DataError("shipments: the table has no rows. Give at least one.")
    faults: list[Fault] = []
    if _suspect(raw) or _stamped(table, raw):
        with _table.reading(table.engine):
            looked_for = _faults.of_rows(table)
        faults = [fault for fault in _faults.examined(table, looked_for) if fault.rows]
        if faults:
            table = _without(table, [looked_for[fault.issue] for fault in faults])
            raw = _aggregate(table)
    keys = read_keys(table, raw, lookup, scatters=scatters)
    faults = list(_faults.merged([*faults, *faults_of_keys(table, keys), *keys.without_facts]))
    if faults and on_error != "drop":
        more = f"; and {len(faults) - _KINDS} more kinds of fault" if len(faults) > _KINDS else ""
        listed = "; ".join(map(str, faults[:_KINDS])) + more
        dates = " Dates in other forms are read by sf.read_shipments." if _faults.NOT_A_DATE in listed else ""
        fill = ", or on_error='fill', which takes rows without a count for voyages" if "no count" in listed else ""
        raise DataError(
            f"shipments: {listed}. Correct the table, or give on_error='drop', which is reported{fill}.{dates}"
        )
    if not keys.sums.rows.sum():
        raise DataError(f"shipments: no row is left: {'; '.join(map(str, faults[:_KINDS]))}. Correct the table.")
    overruled = round(sum(raw.get("overruled", [0])))
    with _table.reading(table.engine):
        names = (*_faults.of_rows(table), *(f"no {role}" for role in table.columns.named("date", *NAMES)))
    taken = _without(table, wrong_keys(table, keys)) if faults else table
    return Reduced(keys.sums, keys.groups, tuple(repeated + faults), _filled(taken, keys.sums), names, taken, overruled)


def _filled(table: Table, sums: Sums) -> Fault | None:
    """Return the rows without a count that are taken for voyages."""
    if not table.fills:
        return None
    rows = round(sums.filled.sum())
    with _table.reading(table.engine):
        missing = _table.is_missing(table)
    return Fault("no count", rows, _faults.first(table, missing) if rows else ())


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
        keys |= {key_of("since"): _table.day_key(table, "since")} if table.columns.since else {}
        keys |= {key_of(role): nw.col(column) for role, column in table.columns.named(*NAMES).items()}
        parts, sums = _parts(table)
        frame = table.frame.select(**keys, **parts).group_by(*keys).agg(nw.len().alias("rows"), *sums)
    return _table.collected(table, frame)


def _parts(table: Table) -> tuple[dict[str, nw.Expr], list[nw.Expr]]:
    """Return the columns made of each row and the sums over them: plain sums only, as some engines can do no more."""
    import narwhals as nw

    columns = {role: _table.number(column) for role, column in table.columns.named(*_table.NUMBERS).items()}
    if table.fills or table.columns.bound:
        columns = _table.numbers(table)
    sums = [nw.col("count").sum(), nw.col("count").count().alias("counted"), nw.col("count").min().alias("least")]
    no, yes = nw.lit(0.0), nw.lit(1.0)
    flags = _flags(table)
    sums += [nw.col(name).sum() for name in flags]
    marks = {name: nw.when(flag).then(yes).otherwise(no) for name, flag in flags.items()}
    if not table.columns.ranged:
        count = columns["count"]
        return {"count": nw.when(flags["filled"]).then(no).otherwise(count) if table.fills else count, **marks}, sums
    low, high = columns["low"], columns["high"]
    middle, half = (low + high) / 2.0, (high - low) / 2.0
    exact = low.is_null() & high.is_null()
    if table.columns.bound:
        for bound, end in (("floor", low), ("ceiling", high)):
            is_end = _table.is_bounded_by(table, bound, end)
            middle, half = nw.when(is_end).then(end).otherwise(middle), nw.when(is_end).then(no).otherwise(half)
    parts = {
        **marks,
        "count": middle,
        # Null where one end is missing, so that fewer half-widths than rows reveal it.
        "half": nw.when(exact).then(no).otherwise(half),
        "square": nw.when(exact).then(no).otherwise(half * half),
        "low": low,
    }
    halves = nw.col("half")
    sums += [halves.sum(), halves.count().alias("halves"), halves.min().alias("narrowest"), nw.col("square").sum()]
    sums.append(nw.col("low").min().alias("lowest"))
    if "count" in columns:
        count = columns["count"]
        parts["count"] = nw.when(exact).then(count).otherwise(middle)
        parts["outside"] = nw.when((count < low) | (count > high)).then(yes).otherwise(no)
        parts["overruled"] = nw.when(~count.is_null() & (high > low)).then(yes).otherwise(no)
        sums += [nw.col("outside").sum(), nw.col("overruled").sum()]
    if table.fills:
        parts["count"] = nw.when(flags["filled"]).then(no).otherwise(parts["count"])
    return parts, sums


def _flags(table: Table) -> dict[str, nw.Expr]:
    """Return the conditions on a row whose rows are counted, by the names of the sums."""
    flags = {}
    if not table.fractional:
        flags["fractional"] = _table.not_whole(table)
    if table.columns.bound:
        known = ~_table.is_missing(table)
        flags["floors"] = _table.has_bound(table, "floor", "none") & known
        flags["ceilings"] = _table.has_bound(table, "ceiling", "none") & known
        flags["unbound"] = _table.any_of(_faults.of_bounds(table).values())
    if table.fills:
        flags["filled"] = _table.is_missing(table)
    return flags


def count_of(table: Table) -> nw.Expr:
    """Return the count of a row; of a range its midpoint."""
    return _parts(table)[0]["count"]


def _suspect(raw: Mapping[str, list[Any]]) -> bool:
    """Return whether the sums reveal a faulty row."""
    sums = {name: floats(values) for name, values in raw.items() if name != DAY and not name.startswith(f"{DAY}_")}
    if any(name in sums and np.any(sums[name] < 0) for name in ("least", "narrowest", "lowest")):
        return True
    if any(name in sums and np.any(sums[name] < sums["rows"]) for name in ("counted", "halves")):
        return True
    if any(name in sums and np.any(sums[name] > 0) for name in ("outside", "fractional", "unbound")):
        return True
    # Where no end is negative, half-widths are no larger than the counts.
    return not np.all(sums["count"] <= checks.LARGEST)


def _stamped(table: Table, raw: Mapping[str, list[Any]]) -> bool:
    """Return whether texts of dates go on after the date, so that the rest has to be checked."""
    texts = [DAY if role == "date" else key_of(role) for role, kind in table.dates.items() if kind == "text"]
    return any(isinstance(text, str) and len(text) > 10 for name in texts for text in raw[name])
