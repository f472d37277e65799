"""A sheet of an Excel workbook as a table of cells, with what a reader of the table alone would not see."""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.errors import DataError, ExtraError, shown, unknown_item
from shellflow.shipments._columns import names_roles
from shellflow.shipments._csv import named
from shellflow.shipments._formats import as_shown, hidden_in_date, shows_three_decimals

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["read"]

_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"
_SEARCHED = 50  # rows that are searched for the header
_SHOWN = 5  # rows or cells that a remark names


def read(
    path: str, name: str, given: Mapping[str, str], sheet: str | None
) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Return the rows of a sheet under their numbers, the names of its columns, and remarks on how it was read.

    Raises
    ------
    ExtraError
        If openpyxl is missing.
    DataError
        If the workbook is damaged, locked, or its columns are not named, each once.
    UnknownItemError
        If there is no such sheet.
    """
    import pandas as pd

    book = _book(path, name, values=True)
    page = _page(book, name, sheet)
    rows = [[_value(cell) for cell in row] for row in page.iter_rows()]
    header = _header(rows, given)
    if header is None:
        raise DataError(f"{name}: the sheet {shown(page.title)} is empty. It must name each column.")
    cells = _texts(rows[header])
    while cells and not cells[-1] and not any(_filled(row[len(cells) - 1]) for row in rows[header + 1 :]):
        cells.pop()
    columns = named(cells, f"{name}: row {header + 1} of the sheet {shown(page.title)}")
    body = [[value if _filled(value) else None for value in row[: len(cells)]] for row in rows[header + 1 :]]
    if any(value is None for row in body for value in row):
        _check_formulas(path, name, page, header, body)
    numbers = range(header + 2, header + 2 + len(body))
    frame = pd.DataFrame(body, columns=pd.Index(columns, dtype=object), index=numbers, dtype=object)
    return frame.dropna(how="all"), columns, tuple(_remarks(book, page, rows, header))


def _book(path: str, name: str, *, values: bool) -> Any:
    try:
        import openpyxl  # type: ignore[import-untyped]  # its stubs are not installed
    except ImportError:
        raise ExtraError(
            f"{name}: a workbook needs openpyxl. Install shellflow[excel], or save the table as CSV in UTF-8."
        ) from None
    with open(path, "rb") as file:  # noqa: PTH123  as openpyxl opens it
        start = file.read(4)
    if start == _OLD_OR_LOCKED:
        raise DataError(
            f"{name}: the workbook is locked by a password, or of the old kind .xls. Save it as .xlsx without one."
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and charts that it does not know
            return openpyxl.load_workbook(path, data_only=values)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise DataError(f"{name}: is no .xlsx workbook, or a damaged one ({error}). Save it anew as .xlsx.") from None


def _page(book: Any, name: str, sheet: str | None) -> Any:
    pages = {page.title: page for page in book.worksheets}
    if sheet is not None:
        if not isinstance(sheet, str) or sheet not in pages:
            raise unknown_item("sheet", str(sheet), pages, f"(sheet={shown(sheet)})")
        return pages[sheet]
    filled = [
        page
        for page in pages.values()
        if page.sheet_state == "visible" and any(_filled(cell.value) for row in page.iter_rows() for cell in row)
    ]
    if len(filled) > 1:
        titles = ", ".join(shown(page.title) for page in filled)
        raise DataError(f"{name}: several sheets have cells, {titles}. Say which with sheet=...")
    if not filled:
        raise DataError(f"{name}: no sheet that can be seen has cells. Name one with sheet=...")
    return filled[0]


def _value(cell: Any) -> Any:
    """Return what a cell holds: of a number whose format adds a unit or a sign to it, the text that it shows."""
    value = cell.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return as_shown(value, cell.number_format) if is_number and cell.number_format != "General" else value


def _filled(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _texts(row: Sequence[object]) -> list[str]:
    return ["" if value is None else str(value).strip() for value in row]


def _header(rows: Sequence[Sequence[object]], given: Mapping[str, str]) -> int | None:
    """Return the place of the first row that names a date and a number; if none does, of the first with cells."""
    filled = [place for place, row in enumerate(rows[:_SEARCHED]) if any(map(_filled, row))]
    roles = (place for place in filled if names_roles(_texts(rows[place]), given))
    return next(roles, filled[0] if filled else None)


def _check_formulas(path: str, name: str, page: Any, header: int, body: Sequence[Sequence[object]]) -> None:
    """Refuse a formula whose value is not in the file, since no program has computed it."""
    formulas = _book(path, name, values=False)[page.title]
    for row, values in enumerate(body, header + 2):
        for column, value in enumerate(values, 1):
            cell, computed = formulas.cell(row, column), page.cell(row, column)
            # A formula that gave an empty text, as =IF(A2="","",A2) does, has no value but the type of a text.
            is_computed = computed.value is not None or computed.data_type == "str"
            if value is None and cell.data_type == "f" and not is_computed:
                raise DataError(
                    f"{name}: the cell {cell.coordinate} holds a formula that was never computed, "
                    f"{shown(cell.value)}. Open the workbook, let it compute, and save it."
                )


def _remarks(book: Any, page: Any, rows: Sequence[Sequence[object]], header: int) -> list[str]:
    from openpyxl.utils.datetime import CALENDAR_MAC_1904  # type: ignore[import-untyped]

    remarks = []
    filled = [place + 1 for place in range(header) if any(map(_filled, rows[place]))]
    if filled:
        remarks.append(f"row {header + 1} was taken for the header: what stands above it was not read")
    hidden = [
        row for row, dimension in sorted(page.row_dimensions.items()) if dimension.hidden and header < row <= len(rows)
    ]
    if hidden:
        remarks.append(f"{_several(len(hidden), 'row')} hidden in the workbook and read: {_some(hidden)}")
    merged = [str(cells) for cells in page.merged_cells.ranges if cells.max_row > header + 1]
    if merged:
        remarks.append(
            f"cells are merged, {_some(sorted(merged))}: only the first of them has a value, the others are blank"
        )
    numbers, dates = _oddly_shown(page, header)
    if numbers:
        cell = page[numbers[0]]
        some = words.with_noun(f"{len(numbers):,}", "cell")
        remarks.append(
            f"{some} shown with three decimals, which may look like thousands, such as {numbers[0]}: it was read as "
            f"{cell.value:g}"
        )
    for part, cells in dates.items():
        shows = words.with_noun(f"{len(cells):,}", "date")
        remarks.append(
            f"{shows} shown without the {part}, which a program may have added, such as {cells[0]}: "
            f"{page[cells[0]].value:%Y-%m-%d} was read"
        )
    if book.epoch == CALENDAR_MAC_1904:
        remarks.append("the dates of the workbook count from 1904, and were read so")
    return remarks


def _oddly_shown(page: Any, header: int) -> tuple[list[str], dict[str, list[str]]]:
    """Return the cells of numbers with three decimals, and those of dates without a part of them."""
    numbers: list[str] = []
    dates: dict[str, list[str]] = {}
    for row in page.iter_rows(min_row=header + 2):
        for cell in row:
            if isinstance(cell.value, dt.date):
                if hidden := hidden_in_date(cell.number_format):
                    dates.setdefault(hidden, []).append(cell.coordinate)
            elif isinstance(cell.value, int | float) and shows_three_decimals(cell.number_format):
                numbers.append(cell.coordinate)
    return numbers, dates


def _several(number: int, noun: str) -> str:
    return f"{number:,} {noun} is" if number == 1 else f"{number:,} {noun}s are"


def _some(items: Sequence[object]) -> str:
    rest = f" and {len(items) - _SHOWN:,} more" if len(items) > _SHOWN else ""
    return f"{', '.join(map(str, items[:_SHOWN]))}{rest}"
