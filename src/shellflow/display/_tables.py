"""Tables and lines for a terminal, a pipe or a file."""

from __future__ import annotations

import contextlib
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

from shellflow.display._report import Column, Report
from shellflow.errors import printable

__all__ = ["as_text", "print_lines", "print_report", "print_table", "table", "to_text", "width"]

_GAP = "  "
_LONGEST_WORD = 30


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
        return _GAP.join(padded).rstrip()

    return "\n".join([line([column.name for column in columns]), *(line(row) for row in rows)])


def to_text(report: Report) -> str:
    """Return a report as plain text, for a pipe or a file.

    Parameters
    ----------
    report : Report
        What to show.

    Returns
    -------
    str
        Without a last line break [unitless].

    Examples
    --------
    >>> print(to_text(Report("two", columns=(Column("what"),), cells=(("shells",),), cautions=("both are old",))))
    two
    <BLANKLINE>
    what
    shells
    <BLANKLINE>
    - both are old
    """
    return "\n\n".join(
        table(block.columns, block.cells) if isinstance(block, Report) else as_text(block) for block in _blocks(report)
    )


def print_report(report: Report, *, file: TextIO | None = None) -> None:
    """Print a report: by rich on a terminal, as plain text into anything else.

    Parameters
    ----------
    report : Report
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
        if isinstance(block, Report):
            print_table(block.columns, block.cells, file=out)
        else:
            print_lines(block, file=out)


def _blocks(report: Report) -> Iterator[list[str] | Report]:
    """Yield what is shown, with a blank line between: lines, and for each table the report that has it."""
    yield from _before(report)
    if report.cells:
        yield report
    for part in report.parts:
        yield from _blocks(part)
    yield from _after(report)


def _before(report: Report) -> list[list[str]]:
    """Return the lines above the table, in blocks."""
    blocks = [
        [report.title],
        *(answer.lines for answer in report.answers),
        [report.caption],
    ]
    return [lines for lines in blocks if any(lines)]


def _after(report: Report) -> list[list[str]]:
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
    if sizes := _fitted(columns, rows, console.width):
        _print_rows(console, columns, rows, sizes)
    elif sizes := _fitted(columns[1:], [row[1:] for row in rows], console.width - len(_GAP)):
        _print_rows(console, [Column(""), *columns[1:]], _grouped(rows), [0, *sizes])
    else:
        _print_stacked(console, columns, rows)


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


def _fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return widths in which no column breaks a word, or None if the room is too small for that."""
    from rich.cells import cell_len

    cells = [[column.name] for column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            if len(row) == len(columns) or place < len(row) - 1:
                cells[place].append(cell)
    wanted = [max(1, *map(cell_len, texts)) for texts in cells]
    # Addresses and the like are broken anywhere.
    wide = [
        min(_LONGEST_WORD, max([1, *(cell_len(word) for text in texts for word in _words(text))])) for texts in cells
    ]
    left = room - sum(wide) - len(_GAP) * (len(columns) - 1)
    if left < 0:
        return None
    # Those that miss least first, so that most columns become whole.
    for place in sorted(range(len(columns)), key=lambda index: wanted[index] - wide[index]):
        more = min(left, wanted[place] - wide[place])
        wide[place] += more
        left -= more
    return wide


def _print_rows(
    console: Console, columns: Sequence[Column], rows: Iterable[Sequence[str]], sizes: Sequence[int]
) -> None:
    """Print headings and rows; a row that is its first cell alone is the heading of those below it."""
    console.print(_row(sizes, columns, [column.name for column in columns], "bold"))
    for row in rows:
        if len(row) == len(columns):
            console.print(_row(sizes, columns, row))
        else:
            before = sizes[: len(row) - 1]
            rest = console.width - sum(before) - len(_GAP) * len(before)
            console.print(_row([*before, rest], [Column("")] * len(row), row, "dim" if before else "bold"))


def _grouped(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the first cell of rows that share it on a line of its own above them."""
    for first, group in groupby(rows, key=itemgetter(0)):
        yield [first]
        yield from (["", *row[1:]] for row in group if len(row) > 1)


def _row(sizes: Sequence[int], columns: Sequence[Column], cells: Sequence[str], style: str = "") -> Text:
    """Return one row, its cells broken between words: tables of rich have no cell that runs over several columns."""
    from rich.cells import cell_len
    from rich.text import Text

    broken = [textwrap.wrap(" ".join(_words(cell)), max(size, 1)) for cell, size in zip(cells, sizes, strict=True)]
    lines = []
    for parts in zip_longest(*broken, fillvalue=""):
        padded = []
        for part, size, column in zip(parts, sizes, columns, strict=True):
            space = " " * (size - cell_len(part))
            padded.append(space + part if column.right else part + space)
        lines.append(_GAP.join(padded).rstrip().replace("\u00a0", " "))
    return Text("\n".join(lines), style=style)


def _words(text: str) -> list[str]:
    """Return what no line break may part: words, and a number with its per cent."""
    return text.replace(" %", "\u00a0%").split(" ")


def _print_stacked(console: Console, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> None:
    """Print each row as a block of lines, where the table is too wide for the terminal."""
    from rich.text import Text

    for place, row in enumerate(rows):
        if place > 0:
            console.print()
        console.print(Text(row[0], style="bold"))
        short = len(row) < len(columns)
        named = [(column, cell) for column, cell in zip(columns[1:], row[1:], strict=False) if cell]
        last = named.pop() if short and len(row) > 1 else None
        names = max((len(column.name) for column in columns[1:]), default=0)
        sizes = [0, names, max(console.width - names - 2 * len(_GAP), 1)]
        for column, cell in named:
            console.print(_row(sizes, [Column("")] * 3, ["", column.name, cell]))
        if last is not None:  # it runs on over several headings, and stands under none of them
            console.print(_row([0, console.width - len(_GAP)], [Column("")] * 2, ["", last[1]], "dim"))
