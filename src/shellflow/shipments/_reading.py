"""From a table as people keep it to clean rows of shipments, with an account of what was read as what."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from shellflow.errors import DataError, bad_argument
from shellflow.shipments import _rows
from shellflow.shipments._account import account_of, frame_of, remarks_of
from shellflow.shipments._clean import (
    Flags,
    Taken,
    faults_of,
    no_number,
    refused,
    texts_of,
    total_problems,
    values_of,
    with_units,
)
from shellflow.shipments._columns import NAMED, NUMBERS, choose
from shellflow.shipments._counted import noun_in_name
from shellflow.shipments._increments import increments_of
from shellflow.shipments._numbers import settled
from shellflow.shipments._shipments import Shipments
from shellflow.shipments._source import cells_of, sheet_of
from shellflow.shipments._taking import dates_of, names_of, numbers_of

__all__ = ["read_shipments"]

_TOTALS = ("raise", "drop", "keep")
_ON_ERROR = ("raise", "drop")


def read_shipments(
    source: object,
    *,
    columns: Mapping[str, str] | None = None,
    dayfirst: bool | None = None,
    thousands: str | None = None,
    decimal: str | None = None,
    totals: str = "raise",
    cumulative: bool = False,
    on_error: str = "raise",
    sheet: str | None = None,
    encoding: str | None = None,
) -> Shipments:
    """Read a table of shipments as people keep it, with an account of every cell that is no plain value.

    What can be read in one way is read; what can be read in two ways is refused with both readings. It does not know
    what was in a transport, nor whether the table is true.

    Parameters
    ----------
    source : str, path, or table of pandas, Polars, PyArrow, DuckDB, Dask or PySpark
        A CSV, TSV, Parquet or Excel file (.xlsx, with the extra `excel`), or a frame. Only the distinct texts of a
        column are read in Python.
    columns : mapping of str to str, optional
        The column of each role (date, since, count, low, high, mass, munition, transport, packing, carrier) that its
        name does not tell, such as {"count": "boxes"} [unitless].
    dayfirst : bool, optional
        Whether 03/04/2024 is the 3rd of April; when left out, as the other dates of the column say.
    thousands, decimal : str, optional
        The sign before thousands (".", ",", " ", "'" or "_"), and that before decimals ("." or ","); when left out, as
        the other numbers of the column say [unitless].
    totals : str
        "raise", "drop" or "keep", for rows that are named as totals, such as "Total" or "Summe" [unitless].
    cumulative : bool
        Whether the numbers are running totals, to be turned into what each adds to the one before.
    on_error : str
        "raise", or "drop" to leave out rows without a number or a date that can be read, and to say so. With "raise" a
        blank number is kept as missing, for `flow` to refuse, to leave out or to fill [unitless].
    sheet : str, optional
        The sheet of a workbook; the only one with cells when left out [unitless].
    encoding : str, optional
        Of a CSV file, such as "cp1251"; by its mark, or else UTF-8, when left out [unitless].

    Returns
    -------
    Shipments
        Clean rows for `flow`, and the account.

    Raises
    ------
    ShellflowError
        If the file cannot be read, a column is missing, cells can be read in two ways, rows are named as totals, or
        rows are faulty; the message counts the rows, shows the first, and says which argument settles it.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"Date": ["04/09/2023", "23/09/2023"], "Containers": ["280-320", "1.250"]})
    >>> shipments = read_shipments(table, thousands=".")
    >>> shipments.frame[["low", "high"]].values.tolist()
    [[280.0, 320.0], [1250.0, 1250.0]]
    >>> shipments.account["why"].tolist()[-1]
    "point before thousands, thousands='.' was given"
    """
    _check(dayfirst, totals, cumulative, on_error, encoding)
    marks = settled(thousands, decimal)
    given = columns if columns is not None else {}
    table = sheet_of(source, given if isinstance(given, Mapping) else {}, encoding, sheet)
    chosen = choose(table.columns, given)
    cells = cells_of(table, chosen)
    taken = Taken(table, chosen, cells)
    for role in (*NUMBERS, "mass"):
        if role in chosen.columns:
            column = chosen.columns[role]
            factor = (chosen.tonnes or 1.0) if "mass" in chosen.columns else None
            taken.numbers[role] = numbers_of(cells.frame[column], column, marks, factor)
    named_totals = cells.totals | _rows.is_total(cells.frame, texts_of(taken))
    out = named_totals if totals == "drop" else np.zeros(len(cells.frame), dtype=bool)
    order = chosen.dayfirst if dayfirst is None else dayfirst
    reason = f"dayfirst={dayfirst} was given" if dayfirst is not None else "as the name of the column says"
    ignored = named_totals if totals != "keep" else out
    for role in ("date", "since"):
        if role in chosen.columns:
            column = chosen.columns[role]
            taken.dates[role] = dates_of(cells.frame[column], column, order, reason, ignored)
    return _finished(taken, named_totals, totals, cumulative, on_error)


def _check(dayfirst: object, totals: object, cumulative: object, on_error: object, encoding: object) -> None:
    if dayfirst is not None and not isinstance(dayfirst, bool):
        raise bad_argument("dayfirst", dayfirst, "True, False or None")
    if not isinstance(cumulative, bool):
        raise bad_argument("cumulative", cumulative, "True or False")
    if encoding is not None and not isinstance(encoding, str):
        raise bad_argument("encoding", encoding, "the name of an encoding of text", "Write utf-8 or cp1251.")
    for argument, value, allowed in (("totals", totals, _TOTALS), ("on_error", on_error, _ON_ERROR)):
        if not isinstance(value, str) or value not in allowed:
            raise bad_argument(argument, value, f"one of {', '.join(map(repr, allowed))}")


def _finished(taken: Taken, named_totals: Flags, totals: str, cumulative: bool, on_error: str) -> Shipments:
    """Return the shipments, or one error that lists all that is wrong with the table."""
    cells, chosen = taken.cells, taken.chosen
    faults: dict[str, Flags] = {}
    values, unit_notes, nouns = with_units(taken, values_of(taken, faults), faults)
    gone = named_totals if totals == "drop" else np.zeros(len(cells.frame), dtype=bool)
    known = (values.bound >= 0) & ~gone
    if (known & values.is_mass).any() and (known & ~values.is_mass).any():
        faults["a mass, where other rows have counts"] = values.is_mass & known
    problems = [column.problem for column in taken.read if column.problem]
    problems += total_problems(taken, values, named_totals, totals)
    if problems:
        raise DataError(f"shipments: {'; '.join(problems)}.")
    reasons = faults_of(taken, values, faults, gone)
    # A missing value is read as one, and a flow is asked what to do with it; no running total can do without its value.
    missing = gone & False
    if on_error == "raise" and not cumulative and known.any():
        missing = reasons.pop(no_number(values), missing)
    if reasons and on_error == "raise":
        raise refused(taken, reasons)
    kept = ~np.any([gone, *reasons.values()], axis=0)
    if not kept.any():
        raise DataError(f"shipments: no row is left: all have {' or '.join(reasons) or 'totals'}. Correct the table.")
    if totals == "drop" and gone.any():
        reasons = {"a word for a total": gone, **reasons}
    roles = [role for role in NAMED if role in chosen.columns]
    names = {role: names_of(cells.frame[chosen.columns[role]], chosen.columns[role]) for role in roles}
    notes = [*unit_notes, *(note for column in (*taken.read, *names.values()) for note in column.notes)]
    frame = frame_of(taken, values, names, kept)
    remarks = [*taken.sheet.remarks, *cells.remarks, *chosen.remarks]
    remarks += remarks_of(taken, values, names, kept, reasons, named_totals & ~gone, missing)
    used = set(taken.role_columns)
    others = cells.frame[[column for column in cells.frame if column not in used]][kept].reset_index(drop=True)
    if cumulative:
        frame, places, increments = increments_of(frame)
        others = others.iloc[places].reset_index(drop=True)
        remarks += increments
    counts = [] if "mass" in taken.numbers else [chosen.columns[role] for role in taken.numbers]
    named = filter(None, map(noun_in_name, counts))
    every_noun = frozenset(named).union(nouns, *(column.nouns for column in taken.numbers.values()))
    account = account_of(taken, notes, kept, reasons, missing)
    return Shipments(
        frame, account, taken.sheet.name, tuple(dict.fromkeys(remarks)), every_noun, others, dict(chosen.columns)
    )
