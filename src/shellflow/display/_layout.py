"""Tables laid out in the width of a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count, groupby, zip_longest
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

from shellflow.display._report import Column

__all__ = ["GAP", "laid_out"]

GAP = "  "
_LONGEST_WORD = 30


def laid_out(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[Text]:
    """Return a table as lines of text that part no word, save addresses and the like.

    The first cell stands above the rows that share it where that saves lines, since it leaves more room for the
    others. Where the words leave no room for columns, each row is a block of lines.

    Parameters
    ----------
    columns : sequence of Column
        The headings.
    rows : sequence of sequences of str
        The cells; one that is the last of its row may run on under the headings to its right.
    room : int
        How many columns the terminal has [unitless].

    Returns
    -------
    list of rich.text.Text
        From the headings to the last row.
    """
    ways = []
    if sizes := _fitted(columns, rows, room):
        ways.append(_in_rows(columns, rows, sizes, room))
        if len(ways[0]) <= len(rows) + 1:  # no way is shorter
            return ways[0]
    if sizes := _fitted(columns[1:], [row[1:] for row in rows], room - len(GAP)):
        ways.append(_in_rows([Column(""), *columns[1:]], list(_grouped(rows)), [0, *sizes], room))
    return min(ways, key=len) if ways else _in_blocks(columns, rows, room)


def _fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return widths in which rows take the fewest lines and no word is parted, or None if the room is too small."""
    from rich.cells import cell_len

    cells: list[set[str]] = [set() for _ in columns]
    for row in rows:
        for place, cell in enumerate(row):
            if len(row) == len(columns) or place < len(row) - 1:
                cells[place].add(cell)
    texts = [{column.name, *of_column} for column, of_column in zip(columns, cells, strict=True)]
    # Addresses and the like are broken anywhere.
    least = [
        min(_LONGEST_WORD, max([1, *(cell_len(word) for text in of_column for word in _words(text))]))
        for of_column in texts
    ]
    room -= len(GAP) * (len(columns) - 1)
    if sum(least) > room:
        return None
    for lines in count(1):
        wide = [_narrowest(of_column, width, lines) for of_column, width in zip(cells, least, strict=True)]
        if sum(wide) <= room:
            break
    wanted = [max(map(cell_len, of_column)) for of_column in texts]
    left = room - sum(wide)
    # Those that miss least first, so that most columns become whole.
    for place in sorted(range(len(columns)), key=lambda index: wanted[index] - wide[index]):
        more = min(left, max(wanted[place] - wide[place], 0))
        wide[place] += more
        left -= more
    return wide


def _narrowest(cells: Iterable[str], least: int, lines: int) -> int:
    """Return the least width in which each cell takes so many lines or fewer."""
    width = least
    for cell in cells:
        while len(_broken(cell, width)) > lines:
            width += 1
    return width


def _in_rows(columns: Sequence[Column], rows: Sequence[Sequence[str]], sizes: Sequence[int], room: int) -> list[Text]:
    """Return headings and rows; a row that is its first cell alone is the heading of those below it."""
    lines = _row(sizes, columns, [column.name for column in columns], "bold")
    for row in rows:
        if len(row) == len(columns):
            lines += _row(sizes, columns, row)
        else:
            before = sizes[: len(row) - 1]
            rest = room - sum(before) - len(GAP) * len(before)
            lines += _row([*before, rest], [Column("")] * len(row), row, "dim" if before else "bold")
    return lines


def _grouped(rows: Iterable[Sequence[str]]) -> Iterator[Sequence[str]]:
    """Yield the first cell of rows that share it on a line of its own above them."""
    for first, group in groupby(rows, key=itemgetter(0)):
        yield [first]
        yield from (["", *row[1:]] for row in group if len(row) > 1)


def _in_blocks(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[Text]:
    """Return each row as a block of lines."""
    from rich.text import Text

    lines = []
    names = max((len(column.name) for column in columns[1:]), default=0)
    sizes = [0, names, max(room - names - 2 * len(GAP), 1)]
    for place, row in enumerate(rows):
        if place > 0:
            lines.append(Text())
        lines += _row([room], [Column("")], [row[0]], "bold")
        short = len(row) < len(columns)
        named = [(column, cell) for column, cell in zip(columns[1:], row[1:], strict=False) if cell]
        last = named.pop() if short and len(row) > 1 else None
        for column, cell in named:
            lines += _row(sizes, [Column("")] * 3, ["", column.name, cell])
        if last is not None:  # it runs on over several headings, and stands under none of them
            lines += _row([0, room - len(GAP)], [Column("")] * 2, ["", last[1]], "dim")
    return lines


def _row(sizes: Sequence[int], columns: Sequence[Column], cells: Sequence[str], style: str = "") -> list[Text]:
    """Return one row, its cells broken between words: tables of rich have no cell that runs over several columns."""
    from rich.cells import cell_len
    from rich.text import Text

    lines = []
    for parts in zip_longest(*map(_broken, cells, sizes), fillvalue=""):
        padded = []
        for part, size, column in zip(parts, sizes, columns, strict=True):
            space = " " * (size - cell_len(part))
            padded.append(space + part if column.right else part + space)
        lines.append(Text(GAP.join(padded).rstrip().replace("\u00a0", " "), style=style))
    return lines


def _broken(text: str, width: int) -> list[str]:
    """Return a text as lines of a width in columns of the terminal, of which some letters take two."""
    from rich.cells import cell_len

    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in _words(text):
        if not lines[-1]:
            lines[-1] = word
        elif cell_len(lines[-1]) + 1 + cell_len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
        while cell_len(lines[-1]) > width:
            line = lines.pop()
            end = next((end for end in range(len(line), 1, -1) if cell_len(line[:end]) <= width), 1)
            lines += [line[:end], line[end:]]
    return lines


def _words(text: str) -> list[str]:
    """Return what no line break may part: words, and a number with its per cent."""
    return text.replace(" %", "\u00a0%").split(" ")
