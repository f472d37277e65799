"""Tables for a terminal or a pipe, from plain columns and rows; it knows no class of the library."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TextIO

__all__ = ["Column", "print_table", "table", "width"]

_GAP = "  "


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : str
        Its heading [unitless].
    right : bool
        Whether its cells stand to the right, as numbers do [unitless].
    """

    name: str
    right: bool = False


def width() -> int:
    """Return how many columns the terminal has: those that COLUMNS says, else its own, else 80.

    Returns
    -------
    int
        At least 40, below which nothing is readable [unitless].

    Raises
    ------
    Nothing.
    """
    found = 0
    with contextlib.suppress(KeyError, ValueError):
        found = int(os.environ["COLUMNS"])
    if found <= 0:
        with contextlib.suppress(AttributeError, OSError, ValueError):  # no terminal, or a stream that is no file
            found = os.get_terminal_size(sys.stdout.fileno()).columns
    return max(found or 80, 40)


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as plain text, for a pipe or a file.

    A cell that is the last of its row may run on under the headings to its right.

    Parameters
    ----------
    columns : sequence of Column
        The headings.
    rows : sequence of sequences of str
        The cells; a row may be shorter than the headings.

    Returns
    -------
    str
        Lines without trailing spaces, and without a last line break.

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> print(table([Column("what"), Column("how many", right=True)], [["shells", "12"], ["none known"]]))
    what        how many
    shells            12
    none known
    """
    widths = [len(column.name) for column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            runs_on = place == len(row) - 1 and len(row) < len(columns) and place > 0
            if not runs_on:
                widths[place] = max(widths[place], len(cell))

    def line(cells: Sequence[str]) -> str:
        padded = [
            cell.rjust(width) if column.right and len(cells) == len(columns) else cell.ljust(width)
            for cell, width, column in zip(cells, widths, columns, strict=False)
        ]
        return _GAP.join(padded).rstrip()

    return "\n".join([line([column.name for column in columns]), *(line(row) for row in rows)])


def print_table(
    columns: Sequence[Column], rows: Sequence[Sequence[str]], *, title: str = "", file: TextIO | None = None
) -> None:
    """Print a table: by rich on a terminal, as plain text into anything else.

    Parameters
    ----------
    columns : sequence of Column
        The headings.
    rows : sequence of sequences of str
        The cells; a row may be shorter than the headings.
    title : str
        A line above it [unitless].
    file : text file, optional
        Standard output when left out.

    Returns
    -------
    None

    Raises
    ------
    OSError
        As writing to the file does.
    """
    out = sys.stdout if file is None else file
    if not out.isatty():
        print(*([title, ""] if title else []), table(columns, rows), sep="\n", file=out)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    heading = Text(title) if title else None
    drawn = Table(title=heading, title_justify="left", box=None, header_style="bold", pad_edge=False)
    for column in columns:
        drawn.add_column(column.name, justify="right" if column.right else "left", overflow="fold")
    for row in rows:
        short = len(row) < len(columns)
        cells = [Text(cell, style="dim" if short else "") for cell in row]
        drawn.add_row(*cells, *[Text("")] * (len(columns) - len(cells)))
    Console(file=out, highlight=False).print(drawn)
