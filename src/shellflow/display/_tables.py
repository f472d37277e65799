"""Tables and lines for a terminal, a pipe or a file."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console

from shellflow.display._layout import GAP, laid_out
from shellflow.display._report import Column, Content
from shellflow.errors import printable

__all__ = ["as_text", "print_lines", "print_report", "print_table", "table", "to_text", "width"]


def width() -> int:
    """Return how many columns the terminal has: those that COLUMNS says, else its own, else 80.

    Returns
    -------
    int
        At least 40, below which nothing is readable [unitless].
    """
    columns = 0
    with contextlib.suppress(KeyError, ValueError):  # not set, or no number
        columns = int(os.environ["COLUMNS"])
    if columns <= 0:
        with contextlib.suppress(AttributeError, OSError, ValueError):  # no terminal, or a stream that is no file
            columns = os.get_terminal_size(sys.stdout.fileno()).columns
    return max(columns or 80, 40)


def as_text(lines: Iterable[str]) -> str:
    r"""Return lines as one text, what cannot be seen in them written out.

    Parameters
    ----------
    lines : iterable of str
        Each is to stand on one line [unitless].

    Returns
    -------
    str
        Without a last line break [unitless].

    Examples
    --------
    >>> print(as_text(["the ship", "An\nna"]))
    the ship
    An\nna
    """
    return "\n".join(map(printable, lines))


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

    Examples
    --------
    >>> print(table([Column("what"), Column("how many", right=True)], [["shells", "12"], ["none known"]]))
    what        how many
    shells            12
    none known
    """
    columns, rows = _seen(columns, rows)
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
        return GAP.join(padded).rstrip()

    return "\n".join([line([column.name for column in columns]), *(line(row) for row in rows)])


def to_text(report: Content) -> str:
    """Return a report as plain text, for a pipe or a file.

    Parameters
    ----------
    report : Content
        What to show.

    Returns
    -------
    str
        Without a last line break [unitless].

    Examples
    --------
    >>> print(to_text(Content("two", columns=(Column("what"),), cells=(("shells",),), cautions=("both are old",))))
    two
    <BLANKLINE>
    what
    shells
    <BLANKLINE>
    - both are old
    """
    return "\n\n".join(
        table(block.columns, block.cells) if isinstance(block, Content) else as_text(block) for block in _blocks(report)
    )


def print_report(report: Content, *, file: TextIO | None = None) -> None:
    """Print a report: by rich on a terminal, as plain text into anything else.

    Parameters
    ----------
    report : Content
        What to show.
    file : text file, optional
        Standard output when left out.

    Raises
    ------
    OSError
        As writing to the file does.
    """
    out = sys.stdout if file is None else file
    if not out.isatty():
        print(to_text(report), file=out)
        return
    for place, block in enumerate(_blocks(report)):
        if place:
            print_lines([""], file=out)
        if isinstance(block, Content):
            print_table(block.columns, block.cells, file=out)
        else:
            print_lines(block, file=out)


def _blocks(report: Content) -> Iterator[list[str] | Content]:
    """Yield what is shown, with a blank line between: lines, and for each table the report that has it."""
    yield from _before(report)
    if report.cells:
        yield report
    for part in report.parts:
        yield from _blocks(part)
    yield from _after(report)


def _before(report: Content) -> list[list[str]]:
    """Return the lines above the table, in blocks."""
    blocks = [
        [report.title],
        *(answer.lines for answer in report.answers),
        [report.caption],
    ]
    return [lines for lines in blocks if any(lines)]


def _after(report: Content) -> list[list[str]]:
    """Return the lines below the table, in blocks."""
    reading = [*report.notes, *([report.made_by] if report.stamp else [])]
    return [lines for lines in ([f"- {caution}" for caution in report.cautions], reading) if lines]


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
    title, (columns, rows) = printable(title), _seen(columns, rows)
    if not out.isatty():
        print(*([title, ""] if title else []), table(columns, rows), sep="\n", file=out)
        return
    from rich.text import Text

    console = _console(out)
    if title:
        console.print(Text(title), "", sep="\n")
    for line in laid_out(columns, rows, console.width):
        console.print(line)


def print_lines(lines: Sequence[str], *, file: TextIO | None = None) -> None:
    """Print lines of text: broken between words on a terminal, as they are into anything else.

    Parameters
    ----------
    lines : sequence of str
        The lines [unitless].
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
    lines = [printable(line) for line in lines]
    if not out.isatty():
        print(*lines, sep="\n", file=out)
        return
    from rich.text import Text

    console = _console(out)
    for line in lines:
        console.print(Text(line))


def _seen(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> tuple[list[Column], list[list[str]]]:
    """Return headings and cells on one line each, what cannot be seen written out."""
    named = [Column(printable(column.name), column.right) for column in columns]
    return named, [[printable(cell) for cell in row] for row in rows]


def _console(file: TextIO) -> Console:
    from rich.console import Console

    # On a terminal that can do nothing but print, rich heeds a width only together with a height.
    return Console(file=file, highlight=False, width=width(), height=25)
