"""Rows of a table: how messages show them, those that are totals, and those that stand out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import words
from shellflow.errors import shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "ENDS_TOTAL",
    "FIRST",
    "STARTS_TOTAL",
    "TOTALS",
    "examples",
    "in_words",
    "is_total",
    "outliers",
    "parts_of",
    "same_name",
    "with_rows",
]

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

FIRST = 3  # rows that are shown

TOTALS = (
    *("total", "totals", "grand total", "grand-total", "subtotal", "sub-total", "sub total", "sum", "sum total"),
    *("in all", "all", "gesamtsumme", "totale", "итог", "\u03c3", "\u2211"),
    *("overall", "altogether", "together", "draw", "gesamt", "insgesamt", "summe", "zwischensumme", "somme", "suma"),
    *("totaal", "razem", "celkem", "toplam", "yhteens\u00e4", "итого", "всего", "сумма", "всього", "усього", "разом"),
    *("합계", "총계", "소계", "총합", "合計", "合计", "总计", "總計", "小計", "小计", "world", "all ships", "all rows"),
)
STARTS_TOTAL = (
    *("total ", "total,", "total-", "total(", "total:", "totals ", "grand total", "subtotal ", "sum of ", "gesamt "),
    *("итого", "всего "),
)
ENDS_TOTAL = (" total", "-total", " totals", " subtotal", " gesamt", " insgesamt", " итого", " всего")

_FACTOR = 10.0
_FEWEST = 5  # rows among which one can stand out


def in_words(columns: Sequence[str], row: Sequence[Any]) -> str:
    """Return a row in words."""
    return ", ".join(f"{_short(column)}={_cell(value)}" for column, value in zip(columns, row, strict=True))


def _short(text: str) -> str:
    """Return a text of the table as messages show it: on one line, shortened, with escapes for what is invisible."""
    return shown(text)[1:-1]


def _cell(value: Any) -> str:
    if value is None or value != value:
        return "missing"
    if isinstance(value, float):
        return f"{value:g}"
    return _short(str(value).removesuffix(" 00:00:00"))


def examples(cells: pd.DataFrame, columns: Iterable[str], flags: Flags, *, have_order: bool = True) -> str:
    """Return the first rows in which a flag is set, in words; where rows have no order, those that are least so."""
    names, places = list(columns), np.flatnonzero(flags)
    places = places[:FIRST] if have_order else places[_are_least(cells[names[0]].iloc[places])]
    rows = cells[names].iloc[places].itertuples(index=False, name=None)
    texts = [in_words(names, row) for row in rows]
    return "; ".join(texts if have_order else sorted(texts)[:FIRST])


def _are_least(cells: pd.Series[Any]) -> Flags:
    """Return which cells of a column are least, in words; as many as it takes to show some rows."""
    import pandas as pd

    codes, distinct = pd.factorize(cells, use_na_sentinel=False)
    order = np.argsort([_cell(value) for value in distinct], kind="stable")
    enough = int(np.searchsorted(np.cumsum(np.bincount(codes)[order]), FIRST)) + 1
    least: Flags = np.isin(codes, order[:enough])
    return least


def with_rows(number: float, what: str) -> str:
    return f"{words.with_noun(f'{number:,.0f}', 'row')} with {what}"


def is_total(cells: pd.DataFrame, columns: Iterable[str]) -> Flags:
    """Return which rows are named as totals, by a cell in one of these columns.

    A word in more than half of the rows names something else.
    """
    flags = np.zeros(len(cells), dtype=bool)
    for column in columns:
        texts = cells[column]
        if texts.dtype.kind in "biufM":
            continue
        named = {text: names_total(text) for text in texts.dropna().unique()}
        if any(named.values()):
            of_column = texts.map(named).fillna(False).to_numpy(dtype=bool)
            if 2 * of_column.sum() <= len(cells):
                flags |= of_column
    return flags


def names_total(value: object) -> bool:
    """Return whether a cell names a total."""
    if not isinstance(value, str):
        return False
    text = value.strip().casefold().replace("\u03c2", "\u03c3")  # a capital sigma alone may become either
    bare = text.strip(" :.=")
    return bare in TOTALS or text.startswith(STARTS_TOTAL) or bare.endswith(ENDS_TOTAL)


def parts_of(count: Floats, totals: Flags, dates: Sequence[Any]) -> str:
    """Return what the counts of totals are, where all are the same: sums of other rows, or not."""
    others = np.where(totals, 0.0, np.nan_to_num(count))
    before = 0.0
    kinds = []
    for place in range(len(count)):
        if not totals[place]:
            before += others[place]
            continue
        same_date = (
            others[[date == dates[place] and date is not None for date in dates]].sum() if len(count) < 10_000 else 0
        )
        kinds.append(any(np.isclose(count[place], total) for total in (others.sum(), before, same_date) if total > 0))
        before = 0.0
    if all(kinds):
        return "each the sum of other rows" if len(kinds) > 1 else "the sum of other rows"
    return "" if any(kinds) else "though not the sum of the other rows as they are read"


def outliers(count: Floats, rows: Floats) -> Flags:
    """Return which counts are ten times the median of all or more, or a tenth of it or less."""
    known = np.isfinite(count) & (count > 0)
    if rows[known].sum() < _FEWEST:
        return np.zeros(len(count), dtype=bool)
    import pandas as pd

    codes, distinct = pd.factorize(count[known])  # a long table has few of them, and sorting them takes no time
    order = np.argsort(distinct)
    weights = np.cumsum(np.bincount(codes, weights=rows[known])[order])
    median = distinct[order][int(np.searchsorted(weights, weights[-1] / 2))]
    odd: Flags = known & ((count >= _FACTOR * median) | (count * _FACTOR <= median))
    return odd


def same_name(name: str) -> str:
    """Return what names share that differ in case, spaces and punctuation alone; of signs alone, the name."""
    return "".join(filter(str.isalnum, name.casefold())) or name.strip()


def same_but_for_spelling(names: Iterable[str]) -> Mapping[str, list[str]]:
    """Return names that differ in case, spaces and punctuation alone, by what they share."""
    groups: dict[str, list[str]] = {}
    for name in names:
        groups.setdefault(same_name(name), []).append(name)
    return {key: spellings for key, spellings in groups.items() if len(spellings) > 1}
