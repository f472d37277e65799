"""What the columns of every table are, and what makes a row hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, NoReturn

from shellflow.catalog._records import NO_TRANSPORT, Claim, Load, Package, Record, Transport, column_types
from shellflow.catalog._tables import RECORDS, Catalog
from shellflow.errors import DataError, bad_argument, shown

__all__ = [
    "Column",
    "Row",
    "check_references",
    "check_row",
    "columns_of",
    "how_to_fill",
    "ratio_bound",
]

# What rounds over units bounds: more rounds raise the ratio, more units lower it, so that two open ends leave it open
# unless both push the same way.
_RATIO_BOUNDS = {
    "point": {"point": "point", "floor": "ceiling", "ceiling": "floor", "range": "range"},
    "floor": {"point": "floor", "floor": "none", "ceiling": "floor", "range": "floor"},
    "ceiling": {"point": "ceiling", "floor": "ceiling", "ceiling": "none", "range": "ceiling"},
    "range": {"point": "range", "floor": "ceiling", "ceiling": "floor", "range": "range"},
}


def ratio_bound(rounds_bound: str, units_bound: str) -> str:
    """Return what the ratio of rounds to units bounds, from what each of the two sides bounds.

    It is for two sides of one statement: numbers of two statements need not be of the same transports.

    Parameters
    ----------
    rounds_bound, units_bound : str
        `point`, `floor`, `ceiling`, `range` or `none` [unitless].

    Returns
    -------
    str
        One of the same five; `none` where the ratio may be anything.

    Raises
    ------
    ArgumentError
        If a bound is none of the five.

    Examples
    --------
    >>> ratio_bound("floor", "point"), ratio_bound("ceiling", "floor"), ratio_bound("floor", "floor")
    ('floor', 'ceiling', 'none')
    """
    for argument, bound in (("rounds_bound", rounds_bound), ("units_bound", units_bound)):
        if bound not in (*_RATIO_BOUNDS, "none"):
            raise bad_argument(argument, bound, f"one of {', '.join(_RATIO_BOUNDS)}, none")
    return _RATIO_BOUNDS.get(rounds_bound, {}).get(units_bound, "none")


@dataclass(frozen=True, slots=True)
class Column:
    """What a cell of a column must be."""

    name: str
    kind: type
    required: bool
    allowed: tuple[str, ...] = ()
    date: bool = False
    zero: bool = False
    refers: tuple[str, ...] = ()  # the tables of which it names a row
    besides: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row as written, and where they stand."""

    file: str
    line: int
    cells: Mapping[str, str]

    def refuse(self, column: str, problem: str, fix: str) -> NoReturn:
        """Raise the error for a cell of this row."""
        where = f"{self.file}, line {self.line}, column {column}"
        raise DataError(f"{where}: {shown(self.cells[column])} {problem}. {fix}")


def _check_transport(row: Row, record: Transport) -> None:
    if record.max_gross_kg is None or record.tare_kg is None:
        return
    payload_kg = record.max_gross_kg - record.tare_kg
    # Published masses are whole kilograms, so that half of one is rounding and more is not.
    if not abs(record.payload_kg - payload_kg) <= 0.5:
        row.refuse(
            "payload_kg",
            f"is not max_gross_kg - tare_kg = {payload_kg:g}",
            "Correct one of the three, or leave the one without a source empty.",
        )


def _check_package(row: Row, record: Package) -> None:
    ways = {
        "gross_kg_low": (record.gross_kg_low, record.gross_kg_best),
        "packaging_kg_low": (record.packaging_kg_low, record.packaging_kg_best),
        "norm": (record.norm,),
    }
    given = [column for column, figures in ways.items() if any(figure is not None for figure in figures)]
    if len(given) > 1:
        row.refuse(
            given[-1],
            f"gives the mass a second time, beside {given[0]}",
            "Give the mass once: by gross_kg_*, by packaging_kg_* on top of the rounds, or by norm and norm_packages.",
        )


def _check_claim(row: Row, record: Claim) -> None:
    sides = {
        "units": ("units", record.units_low, record.units_high, record.units_bound),
        "rounds": ("rounds", record.rounds_low, record.rounds_high, record.rounds_bound),
        "mass": ("mass_t", record.mass_t_low, record.mass_t_high, record.mass_bound),
    }
    for side, (what, low, high, bound) in sides.items():
        agrees = {
            "floor": low is not None and high is None,
            "ceiling": low is None and high is not None,
            "point": low is not None and low == high,
            "range": low is not None and high is not None,
            "none": low is None and high is None,
        }
        if not agrees[bound]:
            row.refuse(
                f"{side}_bound",
                f"does not agree with {what}_low={low} and {what}_high={high}",
                "A floor has low alone, a ceiling high alone, a point both and equal, a range both, none neither.",
            )
    if record.kind == NO_TRANSPORT and (record.units_bound != "none" or record.transport is not None):
        counted = "units_bound" if record.units_bound != "none" else "transport"
        row.refuse(counted, f"is stated beside kind={NO_TRANSPORT}", "Name the kind of transport, or leave it out.")
    if all(bound == "none" for *_, bound in sides.values()):
        row.refuse("units_bound", "leaves nothing stated: no transports, rounds or mass", "State one of them.")
    if record.ratio_bound != "none" and "none" in (record.units_bound, record.rounds_bound):
        row.refuse("ratio_bound", "bounds a ratio of which one side is not stated", "Write none.")
    follows = ratio_bound(record.rounds_bound, record.units_bound)
    if record.ratio_bound not in (follows, "none"):
        row.refuse(
            "ratio_bound",
            f"does not follow from rounds_bound={record.rounds_bound} over units_bound={record.units_bound}",
            f"Write {follows}, or none to keep the ratio out.",
        )
    if (record.basis == "rendering") != (record.rendering_of is not None):
        row.refuse(
            "rendering_of",
            f"does not agree with basis={record.basis}",
            "A rendering, and only a rendering, names the claim it renders.",
        )


@dataclass(frozen=True, slots=True)
class Rules:
    """What is asked of a row beyond its single cells."""

    needed: tuple[str, ...] = ()  # figures of which a row must state at least something
    one_sided: bool = False  # whether "more than" and "up to" are statements of their own
    sourced: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # figures that need <name>_source and _grade
    together: tuple[tuple[str, ...], ...] = ()  # columns given all or not at all
    check: Callable[[Row, Any], None] | None = None


RULES: Mapping[str, Rules] = {
    "sources": Rules(),
    "transports": Rules(
        sourced={"size": ("inner_", "door_")},
        together=(("inner_length_m", "inner_width_m", "inner_height_m"),),
        check=_check_transport,
    ),
    "munitions": Rules(needed=("projectile_kg",), sourced={"length": ("length_m",)}),
    "norms": Rules(needed=("load_kg",)),
    "packages": Rules(
        sourced={"mass": ("gross_kg", "packaging_kg", "norm"), "size": ("length_m", "width_m", "height_m")},
        together=(("norm", "norm_packages"), ("length_m_low", "width_m_low", "height_m_low")),
        check=_check_package,
    ),
    "loads": Rules(),
    "voyages": Rules(needed=("voyages", "containers"), one_sided=True),
    "claims": Rules(one_sided=True, check=_check_claim),
    "firing_rates": Rules(needed=("rounds_per_day",), one_sided=True),
}


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """Return the columns of a table, the key first."""
    record = RECORDS[table]
    types = column_types(record)
    return tuple(Column(column.name, *types[column.name], **column.metadata) for column in fields(record))


def how_to_fill(column: Column) -> str:
    """Return what an error says of an empty cell."""
    if column.refers == ("sources",):
        return "Name a row of sources.csv; 'engineering' with the grade 'assumed' says that no source was found."
    if column.allowed:
        return f"Write one of {', '.join(column.allowed)}."
    return "Every row needs one."


def _check_limits(row: Row, record: Any, table: str) -> None:
    rules = RULES[table]
    for column in columns_of(table):
        if not column.name.endswith("_low"):
            continue
        figure = column.name.removesuffix("_low")
        low, best, high = (getattr(record, f"{figure}_{end}", None) for end in ("low", "best", "high"))
        if low is not None and high is not None:
            if not low <= high:
                row.refuse(column.name, f"is above {figure}_high={high}", "Put the lower limit first.")
            if best is not None and not low <= best <= high:
                row.refuse(f"{figure}_best", f"is outside [{low}, {high}]", f"{figure}_low <= best <= high must hold.")
        elif not rules.one_sided and (low is not None or high is not None):
            absent = "low" if low is None else "high"
            row.refuse(f"{figure}_{absent}", "is missing beside the other limit", "Give both limits or neither.")
        elif low is None and high is None and best is None and figure in rules.needed:
            row.refuse(column.name, "is missing", "State at least one of its limits, or the best value where allowed.")


def _check_sources(row: Row, record: Any, table: str) -> None:
    for what, figures in RULES[table].sourced.items():
        given = [
            column.name
            for column in columns_of(table)
            if column.name.startswith(figures) and getattr(record, column.name) is not None
        ]
        for column in columns_of(table):
            if given and column.name in (f"{what}_source", f"{what}_grade") and not row.cells[column.name]:
                row.refuse(column.name, f"is missing for {given[0]}", how_to_fill(column))


def check_row(row: Row, record: Any, table: str) -> None:
    """Check what the cells of one row say together."""
    key = columns_of(table)[0].name
    spelling = "".join(row.cells[key].casefold().split())
    if row.cells[key] != spelling:
        row.refuse(key, "is not a key", f"Write it in lower case and without spaces: {spelling!r}.")
    _check_limits(row, record, table)
    for columns in RULES[table].together:
        absent = [name for name in columns if getattr(record, name) is None]
        if 0 < len(absent) < len(columns):
            row.refuse(absent[0], "is missing beside the others", f"Give all of {', '.join(columns)}, or none.")
    _check_sources(row, record, table)
    for start, end in (("start", "end"), ("period_start", "period_end"), ("since", "as_of"), ("since", "date")):
        first, last = row.cells.get(start), row.cells.get(end)
        # A year and a day of it can only be compared as far as both go.
        if first and last and not first[: len(last)] <= last[: len(first)]:
            row.refuse(end, f"is before {start}={first}", "Put the earlier date first.")
    check = RULES[table].check
    if check is not None:
        check(row, record)


def check_references(row: Row, record: Record, table: str, catalog: Catalog) -> None:
    """Check that whatever a row names is in the catalog."""
    key = columns_of(table)[0].name
    for column in columns_of(table):
        value = row.cells[column.name]
        if not column.refers or not value or value == column.besides:
            continue
        if not any(value in catalog.table(name) for name in column.refers):
            fix = f"Add it to {' or '.join(f'{name}.csv' for name in column.refers)}, or correct it."
            row.refuse(column.name, f"is not a key of {' or '.join(column.refers)}", fix)
        if table in column.refers and value == row.cells[key]:
            row.refuse(column.name, "is the row itself", "Name another row, or leave the cell empty.")
    if isinstance(record, Claim) and record.transport is not None:
        kind = catalog.transports[record.transport].kind
        if kind != record.kind:
            row.refuse("kind", f"is not the kind of {record.transport}", f"Write {kind}.")
    if isinstance(record, Load) and record.part_of is not None:
        _check_part(row, record, catalog.loads[record.part_of])


def _check_part(row: Row, part: Load, shipment: Load) -> None:
    """Check that a shipment can be part of another; as parts are smaller, no row contains itself."""
    if part.kind != shipment.kind:
        row.refuse("part_of", f"counts {shipment.kind}s, and this row {part.kind}s", "Correct it, or leave it empty.")
    if not (part.transports < shipment.transports and part.mass_t_low <= shipment.mass_t_high):
        row.refuse(
            "part_of",
            f"has {shipment.transports} {part.kind}s with {shipment.mass_t_high:g} t, too few for a part of "
            f"{part.transports} with {part.mass_t_low:g} t",
            "Correct it, or leave it empty.",
        )
