"""What a table was read as: its clean rows, the account of its cells, and remarks on what stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import words
from shellflow.errors import shown
from shellflow.shipments import _rows
from shellflow.shipments._clean import Flags, Taken, Values
from shellflow.shipments._columns import NAMED
from shellflow.shipments._taking import BOUNDS, Names, Note

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["account_of", "frame_of", "remarks_of"]

_ACCOUNT = ("row", "rows", "column", "text", "read_as", "why")
_TWENTY, _FORTY = "20ft-24t", "40ft"  # what boxes of such a length are taken for


def frame_of(taken: Taken, values: Values, names: Mapping[str, Names], kept: Flags) -> pd.DataFrame:
    """Return the clean rows."""
    import pandas as pd

    masses = bool(values.is_mass[kept].any())
    unit = "mass_t_" if masses else ""
    columns: dict[str, Any] = {role: column.days[kept] for role, column in sorted(taken.dates.items(), reverse=True)}
    columns |= {f"{unit}low": values.low[kept], f"{unit}high": values.high[kept]}
    columns["bound"] = np.array(BOUNDS, dtype=object)[values.bound[kept]]
    for role in NAMED:
        if role in names:
            columns[role] = names[role].values[kept]
    if (values.length_ft[kept] > 0).any() and "transport" not in columns:
        columns["transport"] = np.where(values.length_ft[kept] == 40, _FORTY, _TWENTY).astype(object)
    if taken.cells.numbers is None:
        columns["rows"] = taken.cells.rows[kept].astype(np.int64)
    return pd.DataFrame(columns)


def account_of(
    taken: Taken, notes: Sequence[Note], kept: Flags, reasons: Mapping[str, Flags], missing: Flags
) -> pd.DataFrame:
    """Return a line for each cell that was no plain value, and for each cell of a row that was left out."""
    import pandas as pd

    lines = [*_noted(taken, notes, kept), *_blank(taken, missing), *_left_out(taken, reasons)]
    order = {column: place for place, column in enumerate(taken.cells.frame)}
    lines.sort(key=lambda line: (line[0], order[line[2]]))
    made = pd.DataFrame(lines, columns=pd.Index(_ACCOUNT))
    numbers = taken.cells.numbers
    if numbers is None:
        texts = made.groupby(["column", "text", "read_as", "why"], sort=False, as_index=False)["rows"].sum()
        without: pd.DataFrame = texts.assign(row=None)[list(_ACCOUNT)].astype({"rows": np.int64})
        return without
    made["row"] = numbers[made["row"].to_numpy(dtype=np.int64)]
    return made.astype({"rows": np.int64})


def _noted(taken: Taken, notes: Sequence[Note], kept: Flags) -> Iterator[tuple[Any, ...]]:
    rows = taken.cells.rows
    for note in notes:
        for place in note.places[kept[note.places]].tolist():
            yield place, rows[place], note.column, note.text, note.read_as, note.why


def _blank(taken: Taken, missing: Flags) -> Iterator[tuple[Any, ...]]:
    """Yield the blank cells of numbers in rows without a number; marks such as "n/a" are noted by themselves."""
    import pandas as pd

    for column in (taken.chosen.columns[role] for role in taken.numbers):
        cells = taken.cells.frame[column]
        for place in np.flatnonzero(missing).tolist():
            cell: Any = cells.iat[place]  # noqa: PD009  one cell of a row
            if pd.isna(cell) or not str(cell).strip():
                yield place, taken.cells.rows[place], column, "", "missing", "a blank cell"


def _left_out(taken: Taken, reasons: Mapping[str, Flags]) -> Iterator[tuple[Any, ...]]:
    import pandas as pd

    columns = taken.role_columns
    seen = np.zeros(len(taken.cells.frame), dtype=bool)
    for what, flags in reasons.items():
        for place in np.flatnonzero(flags & ~seen).tolist():
            for column in columns:
                cell: Any = taken.cells.frame[column].iat[place]  # noqa: PD009  one cell of a row
                text = "" if pd.isna(cell) else str(cell).removesuffix(" 00:00:00")
                yield place, taken.cells.rows[place], column, text, "left out", f"the row has {what}"
        seen |= flags


def remarks_of(
    taken: Taken,
    values: Values,
    names: Mapping[str, Names],
    kept: Flags,
    reasons: Mapping[str, Flags],
    totals: Flags,
    missing: Flags,
) -> Iterator[str]:
    """Yield the remarks on rows that were left out or kept, and on what stands out."""
    for what, flags in reasons.items():
        yield f"left out: {_rows.with_rows(taken.count(flags), what)}, such as ({taken.examples(flags)})"
    if missing.any():
        yield f"{_rows.with_rows(taken.count(missing), 'a missing number')}, such as ({taken.examples(missing)})"
    if (totals & kept).any():
        number = taken.count(totals & kept)
        yield f"{_rows.with_rows(number, 'a word for a total')} (kept): {taken.examples(totals & kept)}"
    lengths = values.length_ft[kept]
    for feet, transport in ((20, _TWENTY), (40, _FORTY)):
        if (lengths == feet).any() and "transport" not in names:
            yield f"boxes of {feet} ft were taken as {transport}"
    if (lengths > 0).any() and (lengths == 0).any() and "transport" not in names:
        yield f"rows that do not say how long their boxes are were taken as {_TWENTY}"
    beside = kept & (values.length_ft > 0)
    if beside.any() and "transport" in names:
        rows = _rows.with_rows(taken.count(beside), "a length of boxes beside a transport")
        yield f"{rows}: the transport was taken, such as ({taken.examples(beside)})"
    point = np.where(values.bound == BOUNDS.index("point"), values.low, np.nan)
    odd = _rows.outliers(np.where(kept, point, np.nan), taken.cells.rows)
    if odd.any():
        what = "a count ten times that of most rows or more, or a tenth of it or less"
        yield f"{_rows.with_rows(taken.count(odd), what)} (kept): {taken.examples(odd)}"
    for role, column in names.items():
        for spellings in _rows.same_but_for_spelling(column.distinct).values():
            some = " and ".join(map(shown, spellings[:3]))
            yield f"{some} in the column {shown(taken.chosen.columns[role])} may be one {role}: both were kept"
    if "count" in taken.numbers and ({"low", "high"} & set(taken.numbers)):
        beside = kept & (taken.numbers["count"].bound >= 0) & (values.bound != taken.numbers["count"].bound)
        if beside.any():
            rows = words.with_noun(f"{taken.count(beside):,.0f}", "row")
            yield f"{rows} with a count beside a range: the range was taken, the count only checked to lie in it"
    unread = [shown(column) for column in taken.cells.frame if column not in taken.role_columns]
    if unread:
        nouns, verb = ("column", "was") if len(unread) == 1 else ("columns", "were")
        yield f"the {nouns} {', '.join(unread)} {verb} not read"
    if taken.cells.numbers is None:
        yield "the table is long: its account is by distinct cells, without the numbers of rows"
