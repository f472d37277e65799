"""The published record, or a table of your own in the same columns, read, checked and put side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from shellflow import display
from shellflow.catalog import Catalog, Claim, as_catalog, read_table
from shellflow.errors import bad_argument, unknown_item
from shellflow.statements._findings import findings_of
from shellflow.statements._siblings import Record
from shellflow.statements._statements import (
    UNSPECIFIED,
    Statement,
    as_date,
    first_day,
    last_day,
    numbers_of,
    of_record,
    ratio_of,
    side_in_words,
    side_of,
)

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["chosen_of", "claims", "read_claims", "record_of"]

COLUMNS = tuple(field.name for field in fields(Claim))
_DERIVED = ("ratio_low", "ratio_high", "findings")


def record_of(catalog: Catalog) -> tuple[Claim, ...]:
    """Return the claims of a catalog."""
    return tuple(row for row in catalog.claims if isinstance(row, Claim))


def read_claims(table: object, catalog: Catalog, argument: str = "claims") -> tuple[Claim, ...]:
    """Return the rows of a user's table of claims, given as `argument`, or those of the catalog where there is none.

    Raises
    ------
    ArgumentError, DataError
        As `catalog.read_table` does.
    """
    if table is None:
        return record_of(catalog)
    read = read_table("claims", table, argument=argument, catalog=catalog)
    return tuple(row for row in read if isinstance(row, Claim))


def claims(
    table: object = None,
    *,
    claimant: str | None = None,
    family: str | None = None,
    corridor: str | None = None,
    munition: str | None = None,
    basis: str | None = None,
    since: object = None,
    until: object = None,
    side_by_side: bool = False,
    catalog: Catalog | None = None,
) -> pd.DataFrame:
    """Return the published record as a table: what was said, rounds per transport, and what is broken about it.

    A ratio is that of the numbers stated; `ratio_bound` says whether it is a lower bound, an upper bound or neither.

    Parameters
    ----------
    table : path, DataFrame or iterable of rows, optional
        Claims of your own in the columns of `claims.csv`, checked alike; the record when left out [unitless].
    claimant, family, corridor, munition, basis : str, optional
        Only rows with this value; of a claimant any part of the name will do [unitless].
    since, until : str or date, optional
        Only rows said in this time, both days included; a row dated by its month counts where any day of it does
        [unitless].
    side_by_side : bool
        One row for each flow and month instead, with a column for each office: who counts differently, and who speaks
        of capacity where another speaks of contents. Versions of other outlets are left out of it [unitless].
    catalog : Catalog, optional
        The record, and where names are looked up; the shipped one when left out.

    Returns
    -------
    pandas.DataFrame
        The columns of `claims.csv`; ratio_low and ratio_high, equal where there is one number and missing where the
        ratio bounds nothing [round/transport]; findings, "" where there are none. Side by side: corridor, kind, month,
        one column for each family, and units_apart, the largest number of transports stated over the smallest.

    Raises
    ------
    ArgumentError
        If a date is none, `since` is after `until`, a value asked for is no text, or `table` is none.
    UnknownItemError
        If nothing in the table has the value asked for, or the munition is unknown.
    DataError
        If the table does not hold, with file, line, column and value.

    Notes
    -----
    What rounds over transports bounds follows from what both sides bound, by `catalog.ratio_bound`.

    Examples
    --------
    >>> frame = claims(family="rok-mnd", munition="152mm")
    >>> [round(ratio, 1) for ratio in frame["ratio_low"]]
    [500.0, 400.0, 447.8, 480.0, 472.7, nan, 470.0]
    >>> list(frame["ratio_bound"])
    ['floor', 'floor', 'floor', 'ceiling', 'ceiling', 'none', 'ceiling']
    """
    if not isinstance(side_by_side, bool):
        raise bad_argument("side_by_side", side_by_side, "True or False")
    catalog = as_catalog(catalog)
    table_rows = read_claims(table, catalog, "table")
    context = Record(of_record(_joined(record_of(catalog), table_rows)))
    wanted = {"claimant": claimant, "family": family, "corridor": corridor, "munition": munition, "basis": basis}
    chosen = _in_time(chosen_of(table_rows, wanted, catalog), since, until)
    if side_by_side:
        return display.frame(_side_by_side(chosen))
    rows = [_row(row, statement, context, catalog) for row, statement in zip(chosen, of_record(chosen), strict=True)]
    return display.frame(rows, columns=[*COLUMNS, *_DERIVED])


def _joined(record: Sequence[Claim], own: Sequence[Claim]) -> list[Claim]:
    """Return the record with the user's rows laid over it: the same key is the same row."""
    return list({row.claim: row for row in (*record, *own)}.values())


def chosen_of(table_rows: Sequence[Claim], wanted: Mapping[str, str | None], catalog: Catalog) -> list[Claim]:
    """Return the rows that have all the values asked for, by column; None asks for nothing.

    Raises
    ------
    ArgumentError
        If a value is not a text.
    UnknownItemError
        If no row has it, or the munition is unknown.
    """
    chosen = list(table_rows)
    for column, value in wanted.items():
        if value is None:
            continue
        if not isinstance(value, str):
            raise bad_argument(column, value, "a text")
        if column == "munition" and value != UNSPECIFIED:
            value = catalog.munitions[value].munition
        known = {getattr(row, column) or "" for row in table_rows}
        # Claimants are long names of which anybody remembers a part; the others are keys.
        hits = {known_value for known_value in known if _folded(value) == _folded(known_value)}
        if column == "claimant":
            hits = {known_value for known_value in known if _folded(value) in _folded(known_value)}
        if not value.strip() or not hits:
            raise unknown_item(f"{column} in the claims", value, known - {""})
        chosen = [row for row in chosen if (getattr(row, column) or "") in hits]
    return chosen


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())


def _in_time(rows: Iterable[Claim], since: object, until: object) -> list[Claim]:
    start = None if since is None else first_day(as_date(since, "since"))
    end = None if until is None else last_day(as_date(until, "until"))
    if start and end and not start <= end:
        raise bad_argument("since", since, f"before until={until!r}", "Swap the two.")
    return [
        row
        for row in rows
        if (start is None or last_day(row.date) >= start) and (end is None or first_day(row.date) <= end)
    ]


def _row(row: Claim, statement: Statement, context: Record, catalog: Catalog) -> dict[str, object]:
    ratio = None if statement.ratio_bound == "none" else ratio_of(statement)
    findings = findings_of(statement, context, catalog)
    return {
        **{name: getattr(row, name) for name in COLUMNS},
        "ratio_low": ratio[0] if ratio else None,
        "ratio_high": ratio[1] if ratio else None,
        "findings": "; ".join(finding.name for finding in findings),
    }


def _side_by_side(rows: Sequence[Claim]) -> list[dict[str, object]]:
    rows = [row for row in rows if row.rendering_of is None]
    families = list(dict.fromkeys(row.family for row in rows))
    flows: dict[tuple[str, str, str], list[Claim]] = {}
    for row in rows:
        flows.setdefault((row.corridor or "", row.kind, (row.as_of or row.date)[:7]), []).append(row)
    table = []
    for (corridor, kind, month), group in sorted(flows.items()):
        line: dict[str, object] = {"corridor": corridor, "kind": kind, "month": month}
        for family in families:
            line[family] = "; ".join(_contents_in_words([row for row in group if row.family == family]))
        numbers = [
            number for statement in of_record(group) if statement.units for number in numbers_of(statement.units)
        ]
        line["units_apart"] = max(numbers) / min(numbers) if numbers else None
        table.append(line)
    return table


def _contents_in_words(rows: Sequence[Claim]) -> list[str]:
    """Return what one office said in one month: each count of transports once, with what it was to hold."""
    by_units: dict[str, list[str]] = {}
    for row, statement in zip(rows, of_record(rows), strict=True):
        rounds = units = ""
        if statement.rounds is not None:
            rounds = f"{side_in_words(statement.rounds, 'round')} of {row.munition} ({row.basis})"
        if statement.units is not None:
            units = side_in_words(statement.units, row.kind)
        counted = ", ".join(filter(None, (units, _mass_of(row))))
        contents = by_units.setdefault(counted or rounds, [])
        if counted and rounds:
            contents.append(rounds)
    return [f"{units}: {' or '.join(contents)}" if contents else units for units, contents in by_units.items()]


def _mass_of(row: Claim) -> str:
    """Return the mass of the cargo in words, or "" where it is not stated."""
    mass = side_of(row.mass_t_low, row.mass_t_high, row.mass_bound, "t")
    return "" if mass is None else side_in_words(mass, "t").removesuffix("s")
