"""A table of shipments in its own engine: its columns, checked by name and type, and expressions on them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import reduce
from numbers import Real
from operator import and_, or_
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import shipments
from shellflow.errors import DataError, shown, unknown_item
from shellflow.shipments import opened, reading

if TYPE_CHECKING:
    import narwhals as nw

__all__ = [
    "DATES",
    "DAY",
    "NAMES",
    "NUMBERS",
    "Columns",
    "Table",
    "any_of",
    "collected",
    "columns_of",
    "day_key",
    "has_bound",
    "is_bounded_by",
    "is_missing",
    "is_one_of",
    "not_whole",
    "number",
    "numbers",
    "open_table",
    "read_cell",
    "reading",
]

NUMBERS = ("count", "low", "high")
NAMES = ("munition", "transport", "packing")
DATES = ("date", "since")

DAY = "day"
"""Start of the names of columns that we add; those of the table itself are named by their numbers."""


@dataclass(frozen=True)
class Columns:
    """The column of each role, by the names of `Table.frame`; None where there is none."""

    date: str | None = None
    count: str | None = None
    low: str | None = None
    high: str | None = None
    munition: str | None = None
    transport: str | None = None
    packing: str | None = None
    carrier: str | None = None
    since: str | None = None
    bound: str | None = None

    def named(self, *roles: str) -> dict[str, str]:
        """Return the columns of these roles, or of all; roles without one are left out."""
        columns = {role: getattr(self, role) for role in roles or self.__dataclass_fields__}
        return {role: column for role, column in columns.items() if column is not None}

    @property
    def ranged(self) -> bool:
        """Whether rows may give a range."""
        return self.low is not None


@dataclass(frozen=True, eq=False)
class Table:
    """A table and what its columns mean.

    Parameters
    ----------
    frame : narwhals.LazyFrame
        The user's table, its columns named by their numbers: some engines cannot read names with dots or spaces, or
        tell apart names that differ in case alone.
    columns : Columns
        The column of each role.
    names : mapping of str to str
        The name that the user gave to each column [unitless].
    dates : mapping of str to str
        "date", "stamp", "zoned" or "text" for each of `DATES` that the table has [unitless].
    engine : str
        Name of the engine [unitless].
    zone : str
        The zone in which time stamps are written, where the column has one [unitless].
    fractional : bool
        Whether counts may be fractions, or cannot be: neither is checked.
    quantity : str
        What the numbers are: "count" of transports, or "mass" of cargo in tonnes [unitless].
    fills : bool
        Whether a row without a count is taken for a voyage, and is no fault.
    """

    frame: nw.LazyFrame[Any]
    columns: Columns
    names: Mapping[str, str]
    dates: Mapping[str, str]
    engine: str
    zone: str = ""
    fractional: bool = False
    quantity: str = "count"
    fills: bool = False

    def label(self, role: str) -> str:
        """Return the name of a role in messages."""
        return self.quantity if role == "count" else role

    def titled(self, titles: Mapping[str, str]) -> Table:
        """Return the table with other names of some columns in messages."""
        return replace(self, names={column: titles.get(name, name) for column, name in self.names.items()})

    def keep(self, frame: nw.LazyFrame[Any]) -> Table:
        """Return the table with other rows."""
        return replace(self, frame=frame)


def columns_of(source: object) -> tuple[str, ...]:
    """Return the names of the columns of a table.

    Raises
    ------
    ArgumentError
        If it is no table of a supported engine.
    DataError
        If two of its columns have one name.
    """
    return tuple(opened(source)[2])


def open_table(source: object, roles: Mapping[str, str | None], fractional: bool, quantity: str = "count") -> Table:
    """Return a table with its columns checked, of which only names and types have been read.

    Raises
    ------
    ArgumentError
        If it is no table of a supported engine.
    DataError
        If the table has no columns, or a column is of the wrong type for its role.
    UnknownItemError
        If a column is missing.
    """
    import narwhals as nw

    engine, frame, schema = opened(source)
    for role, column in roles.items():
        if column is not None and column not in schema:
            label = quantity if role == "count" else role
            raise unknown_item("column", column, schema, f"({label}={shown(column)})")
    own = {column: f"column {place}" for place, column in enumerate(schema)}
    with reading(engine):
        frame = shipments.renamed(frame, engine, own)
    for role in NUMBERS:
        column = roles.get(role)
        if column is not None:
            with reading(engine):
                label = quantity if role == "count" else role
                frame = _as_number(frame, label, column, own[column], schema[column], engine, quantity)
    for role in (*NAMES, "bound"):
        column = roles.get(role)
        if column is not None and not isinstance(
            schema[column], nw.String | nw.Categorical | nw.Enum | nw.Object | nw.Unknown
        ):
            raise DataError(
                f"{role}={shown(column)} is a column of {schema[column]}: must hold names. "
                f"{'Convert it.' if role == 'bound' else 'Convert it, or give the name itself for all rows.'}"
            )
    dates: dict[str, str] = {}
    zone = ""
    for role in DATES:
        column = roles.get(role)
        if column is not None:
            dates[role], zone_of_role = shipments.kind_of_dates(column, schema[column], engine, role)
            zone = zone or zone_of_role
    kinds = [schema[roles[role]] for role in NUMBERS if roles.get(role) is not None]
    fractional = fractional or quantity == "mass" or all(kind.is_integer() for kind in kinds)
    columns = Columns(**{role: None if column is None else own[column] for role, column in roles.items()})
    names = {name: str(column) for column, name in own.items()}
    return Table(frame, columns, names, dates, engine, zone, fractional, quantity)


def _as_number(
    frame: nw.LazyFrame[Any], role: str, column: str, own: str, dtype: Any, engine: str, quantity: str
) -> nw.LazyFrame[Any]:
    import narwhals as nw

    wrong = DataError(
        f"{role}={shown(column)} is a column of {dtype}: must hold numbers, or texts of them. Convert it."
    )
    if dtype.is_numeric() or isinstance(dtype, nw.String | nw.Categorical | nw.Enum):
        return frame  # texts are read once all columns are known, so that a message can show whole rows
    # Engines differ in the type of a column without values.
    if not frame.select(nw.col(own).count()).collect().item():
        return frame.with_columns(nw.lit(None, nw.Float64).alias(own))
    if not isinstance(dtype, nw.Object) or engine != "pandas":
        raise wrong
    # Whole numbers with gaps may come as Python objects, and texts among numbers, as from a workbook.
    native = frame.select(own).collect().to_native()[own]
    # Python would also read bytes and other objects as numbers.
    if not native[native.notna()].map(_is_cell).all():
        raise wrong

    distinct: dict[str, float | None] = {}
    for text in native[native.map(lambda cell: isinstance(cell, str))].unique():
        distinct[text], noun = read_cell(text, quantity, shown(column))
        if noun is not None:
            raise DataError(f"{shown(column)}={shown(text)}: must be a number. Write it without {noun}s.")
    cells = native.map(lambda cell: distinct[cell] if isinstance(cell, str) else cell)
    try:
        numbers = nw.from_native(cells.astype(object).where(cells.notna(), None), series_only=True).cast(nw.Float64)
    except (TypeError, ValueError):
        raise wrong from None
    return frame.collect().with_columns(numbers.alias(own)).lazy()


def read_cell(text: str, quantity: str, argument: str) -> tuple[float | None, str | None]:
    """Return the number in a cell of text, None where it is missing, and the noun beside it; of a mass, tonnes."""
    if quantity == "mass":
        return shipments.read_mass_cell(text, argument=argument), None
    return shipments.read_cell(text, argument=argument)


def _is_cell(value: object) -> bool:
    # A length of time counts as a whole number of numpy's.
    return isinstance(value, str | Real | Decimal) and not isinstance(value, bool | np.bool_ | np.timedelta64)


def day_key(table: Table, role: str = "date") -> nw.Expr:
    """Return the key that rows of one date, or of one `since`, share: the day, or the start of its text.

    Python reads the text later. A time stamp counts on the date written in its own zone.
    """
    return shipments.day_key(table.columns.named(role)[role], table.dates[role], table.engine)


def number(column: str) -> nw.Expr:
    """Return a column as 64-bit floats: sums of narrower integers overflow in silence in some engines."""
    import narwhals as nw

    return nw.col(column).cast(nw.Float64)


def numbers(table: Table) -> dict[str, nw.Expr]:
    """Return the numbers of a row, NaN as missing: engines differ in how NaN compares."""
    import narwhals as nw

    return {
        role: nw.when(~number(column).is_nan()).then(number(column))
        for role, column in table.columns.named(*NUMBERS).items()
    }


def is_missing(table: Table) -> nw.Expr:
    """Return whether a row has no number."""
    missing: nw.Expr = reduce(and_, (number.is_null() for number in numbers(table).values()))
    return missing


def has_bound(table: Table, *bounds: str) -> nw.Expr:
    """Return whether the number of a row is one of these bounds; a missing bound is none."""
    import narwhals as nw

    assert table.columns.bound is not None
    return is_one_of(nw.col(table.columns.bound), bounds).fill_null(False)


def is_bounded_by(table: Table, bound: str, end: nw.Expr) -> nw.Expr:
    """Return whether a row states one end of a range only, as that bound."""
    return has_bound(table, bound) & ~end.is_null()


def not_whole(table: Table) -> nw.Expr:
    """Return whether a number of a row is not whole; by rounding, as Arrow has no remainders."""
    return any_of((number.round(0) != number) & (number.abs() < float("inf")) for number in numbers(table).values())


def any_of(conditions: Any) -> nw.Expr:
    """Return whether any of several conditions holds; one that is null counts as false only beside a true one."""
    either: nw.Expr = reduce(or_, conditions)
    return either


def is_one_of(column: nw.Expr, values: Sequence[Any]) -> nw.Expr:
    """Return whether a column has one of these values, none of them missing.

    Days are compared as they are: Polars before 2.0 does not find a time stamp in a list of another unit.
    """
    import narwhals as nw

    texts = [value for value in values if isinstance(value, str)]
    conditions = [column == nw.lit(value) for value in values if not isinstance(value, str)]
    return any_of([*conditions, *([column.is_in(texts)] if texts else [])])


def collected(table: Table, frame: nw.LazyFrame[Any]) -> dict[str, list[Any]]:
    """Return the columns of a small result as lists.

    Raises
    ------
    DataError
        If the engine fails on it.
    """
    with reading(table.engine):
        result: dict[str, list[Any]] = frame.collect().to_dict(as_series=False)
    return result
