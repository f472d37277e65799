"""A CSV file as a table of texts: its encoding, its separator, its header and its rows."""

from __future__ import annotations

import codecs
import csv
import io
import re
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shellflow.errors import DataError, bad_argument, shown
from shellflow.shipments._columns import names_number, names_roles
from shellflow.shipments._numbers import Decided, read_number

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["decoded", "named", "read"]

_MARKS = {  # that of UTF-32 begins like that of UTF-16
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_SEPARATORS = ",;\t|"
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_DIRECTIVE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_FRONT, _BACK = "[^0-9]*[0-9]{1,3}", "[0-9]+(?:[.][0-9]+)?[^0-9]*"  # of a number that a comma parts
_THOUSANDS = re.compile("[^0-9]*[1-9][0-9]{0,2},[0-9]{3}(?:[.][0-9]+)?[^0-9]*")
_SEARCHED = 50  # lines that are searched for the header


def decoded(data: bytes, name: str, encoding: str | None = None) -> str:
    """Return the text of a file.

    Parameters
    ----------
    data : bytes
        The file.
    name : str
        Its name, for messages [unitless].
    encoding : str, optional
        Its encoding; by its mark, or else UTF-8, when left out [unitless].

    Returns
    -------
    str
        Without the mark [unitless].

    Raises
    ------
    DataError
        If it is no text of that encoding.
    ArgumentError
        If the encoding is not known.
    """
    marked = next((code for mark, code in _MARKS.items() if data.startswith(mark)), None)
    code = encoding or marked or "utf-8"
    try:
        text = data.decode(code)
    except UnicodeError as error:
        line = data.count(b"\n", 0, getattr(error, "start", 0)) + 1
        fix = "Save the file as UTF-8, or name its encoding, such as encoding='cp1251'."
        raise DataError(f"{name}: line {line} is not in {code}. {fix}") from None
    except (LookupError, ValueError):
        raise bad_argument("encoding", encoding, "the name of an encoding of text", "Write utf-8 or cp1251.") from None
    if "\0" in text:
        raise DataError(f"{name}: holds zero bytes, as workbooks and archives do. Save the table as CSV in UTF-8.")
    return text.removeprefix("\ufeff")


@dataclass(frozen=True)
class _Header:
    """The line that names the columns."""

    line: int
    start: int
    separator: str
    cells: tuple[str, ...]


def read(text: str, name: str, given: Mapping[str, str]) -> tuple[pd.DataFrame, tuple[str, ...], tuple[str, ...]]:
    """Return the rows of a CSV file as texts, the names of its columns, and remarks on how it was read.

    Parameters
    ----------
    text : str
        The file [unitless].
    name : str
        Its name, for messages [unitless].
    given : mapping of str to str
        The columns whose role is known, which help to find the header [unitless].

    Returns
    -------
    tuple of pandas.DataFrame, tuple of str and tuple of str
        The rows without the empty ones, under the numbers of their lines; an empty cell is missing.

    Raises
    ------
    DataError
        If the columns are not named, each once, or a row has more cells than there are columns.
    """
    header, first = _header(text, name, given)
    columns = named(header.cells, f"{name}: line {header.line}")
    remarks = []
    if header.line > first:
        above = header.line - first
        lines = "1 line above it was" if above == 1 else f"{above} lines above it were"
        remarks.append(
            f"line {header.line} was taken for the header, {shown(list(header.cells))}: the {lines} not read"
        )
    rows = _rows(text[header.start :], header, name)
    remarks += _check_split(rows, columns, given, text[header.start :], header, name)
    frame = rows.set_axis(columns, axis="columns")
    frame.index += header.line + 1
    frame = frame.map(lambda cell: cell if isinstance(cell, str) and cell.strip() else None)
    return frame.dropna(how="all"), columns, tuple(remarks)


def _rows(text: str, header: _Header, name: str) -> pd.DataFrame:
    """Return the rows below the header, as texts under the numbers of their columns."""
    import pandas as pd

    width = len(header.cells)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)  # of cells that would be lost
            rows = pd.read_csv(
                io.StringIO(text),
                sep=header.separator,
                names=list(range(width + 1)),  # one more, which a separator at the end of a line leaves empty
                header=None,
                skiprows=1,
                index_col=False,
                skip_blank_lines=False,  # so that rows are numbered as in the file
                dtype=str,
                keep_default_na=False,
                na_values=[""],
            )
    except pd.errors.EmptyDataError:
        return pd.DataFrame(columns=range(width), dtype=str)
    except (pd.errors.ParserError, pd.errors.ParserWarning) as error:
        raise _longer(text, header, name) or error from None
    if rows[width].notna().any():
        raise _longer(text, header, name) or DataError(f"{name}: a row has more cells than the header.")
    return rows.drop(columns=width)


def _check_split(
    rows: pd.DataFrame, columns: Sequence[str], given: Mapping[str, str], text: str, header: _Header, name: str
) -> list[str]:
    """Refuse a number such as 1,250 that commas between cells may have cut in two.

    Where all lines have as many cells as the header, nothing tells, and a remark is returned.
    """
    is_number = [names_number(column, given) for column in columns]
    suspects: dict[int, int] = {}
    for place in [place for place in range(len(columns) - 1) if is_number[place] and header.separator == ","]:
        halves = _matching(rows[place], _FRONT) & _matching(rows[place + 1], _BACK)
        suspects.update(dict.fromkeys(rows.index[halves], place))
    if not suspects:
        return []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=",")
    lengths = {number: (len(row), header.line + reader.line_num - 1) for number, row in enumerate(reader, -1) if row}
    some_end_early = any(length < len(columns) for length, _ in lengths.values())
    remarks = []
    for number, place in suspects.items():
        length, line = lengths[number]
        front, back = rows[place][number], rows[place + 1][number]
        # In a line that ends early the second half of a number may fill a cell that was left out.
        is_split = not is_number[place + 1] and _is_number(f"{front},{back}")
        if length > len(columns) or (some_end_early and is_split):
            raise DataError(
                f"{name}: line {line} has {length} cells, the header {len(columns)}: {shown(front)} and {shown(back)} "
                f"may be two cells, or the number {front},{back} without quotes. Put quotes around the number, as in "
                f'"{front},{back}", or give every line as many cells as the header.'
            )
        if is_split:
            both = f"{shown(columns[place])} and {shown(columns[place + 1])}"
            remarks.append(
                f"line {line} has {shown(front)} and {shown(back)} in the columns {both}: if the number {front},{back} "
                "is meant, put quotes around it"
            )
    return remarks[:1]


def _is_number(text: str) -> bool:
    """Return whether a text has a comma before thousands, and nothing that cells do not say of a number."""
    return bool(_THOUSANDS.fullmatch(text)) and not read_number(text, Decided("."), "containers", None).error


def _matching(cells: pd.Series[str], pattern: str) -> npt.NDArray[np.bool_]:
    codes, texts = cells.factorize()
    matches: npt.NDArray[np.bool_] = np.array([*(bool(re.fullmatch(pattern, text.strip())) for text in texts), False])
    flags: npt.NDArray[np.bool_] = matches[codes]
    return flags


def _longer(text: str, header: _Header, name: str) -> DataError | None:
    """Return the error for the first row with more cells than the header, if there is one."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=header.separator)
    for row in reader:
        if any(row[len(header.cells) :]):
            line = header.line + reader.line_num - 1
            return DataError(
                f"{name}: line {line} has {len(row)} cells, the header {len(header.cells)}: {shown(row)}. Correct the "
                "line, or put quotes around a cell that holds the separator."
            )
    return None


def _header(text: str, name: str, given: Mapping[str, str]) -> tuple[_Header, int]:
    """Return the header, and the number of the first line that is not empty.

    The header is the first line that names a date and a count, by the names given or the usual ones; if none does, the
    first line.
    """
    lines = [match for match in islice(_LINE.finditer(text), _SEARCHED) if match[0]]
    filled = [place for place, match in enumerate(lines) if match[0].strip()]
    if not filled:
        raise DataError(f"{name}: the file is empty. It must name each column, and give one row a shipment.")
    first = filled[0]
    directive = _DIRECTIVE.fullmatch(lines[first][0])
    separators = directive[1] if directive else _SEPARATORS
    if directive and len(filled) == 1:
        raise DataError(f"{name}: nothing follows {shown(lines[first][0].strip())}. It must name each column.")
    candidates = filled[1:] if directive else filled
    for place in candidates:
        line = lines[place][0]
        for separator in sorted(separators, key=line.count, reverse=True):
            cells = _cells((match[0] for match in lines[place:]), separator)
            if names_roles(cells, given):
                return _Header(place + 1, lines[place].start(), separator, cells), first + 1
    place = candidates[0]
    separator = max(separators, key=lines[place][0].count)
    cells = _cells((match[0] for match in lines[place:]), separator)
    return _Header(place + 1, lines[place].start(), separator, cells), first + 1


def _cells(lines: Iterable[str], separator: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in next(csv.reader(lines, delimiter=separator), []))


def named(cells: Sequence[str], where: str) -> tuple[str, ...]:
    """Return names for all columns; one without a name, such as the index that pandas writes, is named by its place."""
    names = [cell for cell in cells if cell]
    if not names or len(set(names)) < len(names):
        twice = next((cell for cell in names if names.count(cell) > 1), None)
        clash = f" ({shown(twice)} stands in it twice)" if twice else ""
        line = shown(list(cells))
        raise DataError(f"{where} is {line}{clash}: it must name each column, and each once. Correct it.")
    columns: list[str] = []
    for place, cell in enumerate(cells, 1):
        column = cell or f"column {place}"
        while not cell and column in names:
            column += "'"
        columns.append(column)
    return tuple(columns)
