"""What a table was read as: its clean rows, the account of its cells, and remarks on what stands out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
    columns["bound"] = pd.Series(BOUNDS).take(values.bound[kept]).array
    for role in NAMED:
        if role in names:
            columns[role] = names[role].values.array[kept]
    if (values.length_ft[kept] > 0).any() and "transport" not in columns:
        columns["transport"] = np.where(values.length_ft[kept] == 40, _FORTY, _TWENTY).astype(object)
    if taken.cells.numbers is None:
        columns["rows"] = taken.cells.rows[kept].astype(np.int64)
    return pd.DataFrame(columns)


def account_of(
    taken: Taken, notes: Sequence[Note], kept: Flags, reasons: Mapping[str, Flags], missing: Flags
) -> pd.DataFrame:
    """Return a line for each cell that was no plain value, and for each cell of a row that was left out.

    Of a long table it is a line for each distinct cell.
    """
    import pandas as pd

    numbers, rows = taken.cells.numbers, taken.cells.rows
    every = [replace(note, places=note.places[kept[note.places]]) for note in notes]
    more = (*_blank(taken, missing), *_left_out(taken, reasons))
    every = [note for note in (*every, *more) if note.places.size]
    places = [note.places if numbers is not None else note.places[:1] for note in every]
    of_each = [rows[note.places] if numbers is not None else rows[note.places].sum(keepdims=True) for note in every]
    which = np.repeat(np.arange(len(every)), [len(several) for several in places])
    row = np.concatenate(places) if places else np.zeros(0, dtype=np.int64)
    order = {column: place for place, column in enumerate(taken.cells.frame)}
    columns = np.array([order[note.column] for note in every], dtype=np.int64)
    lines = np.lexsort((columns[which], row))
    made = pd.DataFrame({"row": row[lines]})
    made["rows"] = np.concatenate(of_each)[lines].astype(np.int64) if of_each else 0
    for name in _ACCOUNT[2:]:
        made[name] = np.array([getattr(note, name) for note in every], dtype=object)[which[lines]]
    if numbers is not None:
        return made.assign(row=numbers[made["row"]])
    texts = made.groupby(list(_ACCOUNT[2:]), sort=False, as_index=False)["rows"].sum()
    without: pd.DataFrame = texts.assign(row=None)[list(_ACCOUNT)]
    return without


def _blank(taken: Taken, missing: Flags) -> Iterator[Note]:
    """Yield the blank cells of numbers in rows without a number; marks such as "n/a" are noted by themselves."""
    places = np.flatnonzero(missing)
    for column in (taken.chosen.columns[role] for role in taken.numbers):
        cells = taken.cells.frame[column][missing].tolist()
        blank = np.array([not _text_of(cell).strip() for cell in cells], dtype=bool)
        yield Note(column, places[blank], "", "missing", "a blank cell")


def _left_out(taken: Taken, reasons: Mapping[str, Flags]) -> Iterator[Note]:
    seen = np.zeros(len(taken.cells.frame), dtype=bool)
    for what, flags in reasons.items():
        for column in taken.role_columns:
            places: dict[str, list[int]] = {}
            cells = taken.cells.frame[column][flags & ~seen].tolist()
            for place, cell in zip(np.flatnonzero(flags & ~seen).tolist(), cells, strict=True):
                places.setdefault(_text_of(cell), []).append(place)
            for text, several in places.items():
                yield Note(column, np.array(several, dtype=np.int64), text, "left out", f"the row has {what}")
        seen |= flags


def _text_of(cell: Any) -> str:
    import pandas as pd

    return "" if pd.isna(cell) else str(cell).removesuffix(" 00:00:00")


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
    unpaired = taken.chosen.unpaired
    if unpaired is not None:
        yield f"the column {shown(unpaired)} was not read: a range has two ends, and the other is missing"
    used = {*taken.chosen.columns.values(), taken.chosen.unit, unpaired}
    unread = [shown(column) for column in taken.sheet.columns if column not in used]
    if unread:
        nouns, verb = ("column", "was") if len(unread) == 1 else ("columns", "were")
        yield f"the {nouns} {', '.join(unread)} {verb} not read"
    if taken.cells.numbers is None:
        yield "the table is long: its account is by distinct cells, without the numbers of rows"
