"""Results for a terminal, a pipe or a notebook, from plain columns, rows, draws and words.

It knows no class of the library, so that classes of any room may call down to it.
"""

from __future__ import annotations

import contextlib
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    from rich.console import Console
    from rich.table import Table

    Floats = npt.NDArray[np.float64]

__all__ = ["Column", "card", "distribution_svg", "print_lines", "print_table", "sketch", "table", "table_card", "width"]

_GAP = "  "
_LONGEST_WORD = 30

_CUT = 0.005  # share of the draws left out of a picture at each end
_NO_WIDTH = 1e-9  # differences below this part of the values are rounding
_FEWEST_BARS = 8
_BLOCKS = " ▁▂▃▄▅▆▇█"
_PLAIN_BLOCKS = " .:-=+*#"

_BARS = 40
_SVG_WIDTH = 280
_SVG_HEIGHT = 48
_LETTER = 6.2  # width of a letter of 11 px, about
_BAR_WIDTH = 130
_SHORT = 14
_LINE = "rgba(128,128,128,.4)"
_ACCENT = "#3a8fd0"  # seen on white and on black alike


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
    from rich.text import Text

    console = _console(out)
    if title:
        console.print(Text(title), "", sep="\n")
    wide = _fitted(columns, rows, console.width)
    if wide is None:
        _print_stacked(console, columns, rows)
        return
    console.print(_grid(wide, columns, [column.name for column in columns], "bold"))
    for row in rows:
        if len(row) == len(columns):
            console.print(_grid(wide, columns, row))
        else:
            before = wide[: len(row) - 1]
            rest = console.width - sum(before) - len(_GAP) * len(before)
            console.print(_grid([*before, rest], [Column("")] * len(row), row, "dim"))


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
    if not out.isatty():
        print(*lines, sep="\n", file=out)
        return
    from rich.text import Text

    console = _console(out)
    for line in lines:
        console.print(Text(line))


def _console(file: TextIO) -> Console:
    from rich.console import Console

    # On a terminal that can do nothing but print, rich heeds a width only together with a height.
    return Console(file=file, highlight=False, width=width(), height=25)


def _fitted(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> list[int] | None:
    """Return widths in which no column breaks a word, or None if the room is too small for that."""
    cells = [[column.name] for column in columns]
    for row in rows:
        for place, cell in enumerate(row):
            if len(row) == len(columns) or place < len(row) - 1:
                cells[place].append(cell)
    wanted = [max(1, *map(len, texts)) for texts in cells]
    # Addresses and the like are broken anywhere.
    wide = [min(_LONGEST_WORD, max([1, *(len(word) for text in texts for word in text.split())])) for texts in cells]
    left = room - sum(wide) - len(_GAP) * (len(columns) - 1)
    if left < 0:
        return None
    # Those that miss least first, so that most columns become whole.
    for place in sorted(range(len(columns)), key=lambda one: wanted[one] - wide[one]):
        more = min(left, wanted[place] - wide[place])
        wide[place] += more
        left -= more
    return wide


def _grid(wide: Sequence[int], columns: Sequence[Column], cells: Sequence[str], style: str = "") -> Table:
    """Return one row as a grid of rich, since its tables have no cell that runs over several columns."""
    from rich.table import Table
    from rich.text import Text

    grid = Table.grid(padding=(0, len(_GAP), 0, 0))
    for size, column in zip(wide, columns, strict=True):
        grid.add_column(width=size, justify="right" if column.right else "left", overflow="fold")
    grid.add_row(*(Text(cell, style=style) for cell in cells))
    return grid


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
            console.print(_grid(sizes, [Column("")] * 3, ["", column.name, cell]))
        if last is not None:  # it runs on over several headings, and stands under none of them
            console.print(_grid([0, console.width - len(_GAP)], [Column("")] * 2, ["", last[1]], "dim"))


# --- the shape of a distribution --------------------------------------------------------------------------------------


def sketch(draws: Floats, *, columns: int = 32) -> str:
    """Return the shape of a distribution as one line: block characters, or plain ones where the terminal has no others.

    Beyond the central 99 % of the draws it shows nothing, since tails may run to infinity.

    Parameters
    ----------
    draws : array of n floats
        Draws in any order [any one unit].
    columns : int
        The most characters [unitless].

    Returns
    -------
    str
        One line; empty where all draws are the same.

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> import numpy as np
    >>> len(sketch(np.arange(1_000.0), columns=8))
    8
    """
    shape = _shape(draws, columns)
    if shape is None:
        return ""
    try:
        _BLOCKS.encode(sys.stdout.encoding or "ascii")
        signs = _BLOCKS
    except (AttributeError, LookupError, UnicodeEncodeError):  # a stream without an encoding, or with one of 256 signs
        signs = _PLAIN_BLOCKS
    # A bar of any height shows: only an empty one is blank.
    return "".join(signs[math.ceil(height * (len(signs) - 1))] for height in shape.heights)


@dataclass(frozen=True)
class _Shape:
    """Bars of equal width from `first` to `last`, heights from 0 to 1."""

    first: float
    last: float
    heights: tuple[float, ...]


def _shape(draws: Floats, columns: int) -> _Shape | None:
    import numpy as np

    ordered = np.sort(draws)
    cut = int(_CUT * ordered.size)
    first, last = float(ordered[cut]), float(ordered[-1 - cut])
    if not last - first > _NO_WIDTH * max(abs(first), abs(last)):
        return None
    inside = ordered[cut : ordered.size - cut]
    distinct = 1 + int(np.count_nonzero(np.diff(inside) > _NO_WIDTH * (last - first)))
    # A few more whole numbers than bars would fall one into this bar and two into the next, and look like a comb.
    bars = columns if distinct <= columns else min(columns, max(_FEWEST_BARS, distinct // 4))
    counts, _ = np.histogram(inside, bars, (first, last))
    return _Shape(first, last, tuple((counts / counts.max()).tolist()))


def distribution_svg(draws: Floats, *, low: float, median: float, high: float, ends: tuple[str, str] = ("", "")) -> str:
    """Return the shape of a distribution as a small inline SVG: bars, those within the band dark, and the median.

    Beyond the central 99 % of the draws it shows nothing, since tails may run to infinity.

    Parameters
    ----------
    draws : array of n floats
        Draws in any order [any one unit].
    low, median, high : float
        The band and the median [the same unit].
    ends : tuple of two str
        What to write under the ends of the band; left away where the two would overlap [unitless].

    Returns
    -------
    str
        An svg element; empty where all draws are the same.

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> import numpy as np
    >>> distribution_svg(np.arange(1_000.0), low=50, median=500, high=950)[:4]
    '<svg'
    """
    shape = _shape(draws, _BARS)
    if shape is None:
        return ""
    wide = _SVG_WIDTH / len(shape.heights)

    def across(value: float) -> float:
        return min(max((value - shape.first) / (shape.last - shape.first), 0.0), 1.0) * _SVG_WIDTH

    start, middle, end = across(low), across(median), across(high)
    bars: dict[bool, str] = {True: "", False: ""}
    for place, height in enumerate(shape.heights):
        if height > 0:
            tall = max(height * _SVG_HEIGHT, 0.5)
            inside = start <= (place + 0.5) * wide <= end
            bars[inside] += f"M{place * wide:.1f} {_SVG_HEIGHT}v{-tall:.1f}h{wide - 0.5:.1f}v{tall:.1f}z"
    drawn = [
        f'<path d="{path}" fill="currentColor" fill-opacity="{opacity}"/>'
        for path, opacity in ((bars[True], 0.55), (bars[False], 0.2))
        if path
    ]
    below = _SVG_HEIGHT + 5
    drawn.append(
        f'<path d="M{start:.1f} {below}H{end:.1f}" stroke="currentColor" stroke-width="3"/>'
        f'<path d="M{middle:.1f} 0V{below + 4}" stroke="{_ACCENT}" stroke-width="2"/>'
    )
    halves = [len(text) * _LETTER / 2 for text in ends]
    places = [min(max(place, half), _SVG_WIDTH - half) for place, half in zip((start, end), halves, strict=True)]
    if places[0] + halves[0] + _LETTER < places[1] - halves[1]:
        drawn += [
            f'<text x="{place:.1f}" y="{below + 16}" text-anchor="middle">{_escaped(text)}</text>'
            for place, text in zip(places, ends, strict=True)
            if text
        ]
    said = _escaped(
        f"distribution over the possible worlds; its median and its band{': ' if ends[0] else ''}"
        f"{' to '.join(one for one in ends if one)}"
    )
    return (
        f'<svg role="img" aria-label="{said}" width="{_SVG_WIDTH}" height="{below + 20}" '
        f'viewBox="0 0 {_SVG_WIDTH} {below + 20}" fill="currentColor" '
        f'style="display:block;max-width:100%;font:11px sans-serif">{"".join(drawn)}</svg>'
    )


# --- HTML -------------------------------------------------------------------------------------------------------------
# Inline styles alone, since notebooks strip <style>; colours come from the page, so that light and dark both read.


def card(
    title: str,
    *,
    headline: str,
    band: str = "",
    facts: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
    footer: str = "",
    picture: str = "",
) -> str:
    """Return one result as HTML for a notebook: no script, no style sheet, everything escaped.

    Parameters
    ----------
    title : str
        What it is, in words [unitless].
    headline : str
        The answer, in words, such as "3.1 million rounds" [unitless].
    band : str
        The band, in words [unitless].
    facts : sequence of (str, str)
        Lines of a name and what there is to say under it.
    notes : sequence of str
        Findings, a line each.
    footer : str
        How it was made [unitless].
    picture : str
        An svg element from `distribution_svg`; it alone is taken as HTML [unitless].

    Returns
    -------
    str
        A div element.

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> "&lt;b&gt;" in card("<b>", headline="3.1 million rounds")
    True
    """
    answer = f'<div style="font-size:1.5em;font-weight:600;line-height:1.2">{_escaped(headline)}</div>'
    under = f'<div style="margin-top:.15em">{_escaped(band)}</div>' if band else ""
    body = [
        f'<div style="opacity:.85">{_escaped(title)}</div>',
        (
            '<div style="display:flex;flex-wrap:wrap;gap:.5em 2em;align-items:flex-end;margin:.35em 0 .5em">'
            f"<div>{answer}{under}</div>{f'<div>{picture}</div>' if picture else ''}</div>"
        ),
    ]
    if facts:
        cells = "".join(
            f'<div style="opacity:.75">{_escaped(name)}</div><div>{_escaped(said)}</div>' for name, said in facts
        )
        columns = "display:grid;grid-template-columns:minmax(5em,max-content) minmax(0,1fr);gap:.1em 1em"
        body.append(f'<div style="{columns}">{cells}</div>')
    return _framed([*body, _listed(notes), _small(footer)])


def table_card(
    title: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    bands: Sequence[tuple[float, float, float] | None] | None = None,
    mark: float | None = None,
    most: int = 100,
    notes: Sequence[str] = (),
    footer: str = "",
) -> str:
    """Return a table as HTML for a notebook, each row with its band drawn on one scale.

    Parameters
    ----------
    title : str
        What it is, in words [unitless].
    columns : sequence of Column
        The headings.
    rows : sequence of sequences of str
        The cells; the last of a row that is shorter than the headings runs on to their end.
    bands : sequence of (float, float, float) or None, optional
        Low, median and high of each row, drawn in a last column from 0, or from the lowest where that is below 0;
        None for a row that has none [any one unit].
    mark : float, optional
        A value to mark across all bands, such as a claim [the same unit].
    most : int
        The most rows shown; how many are left out is said below them [unitless].
    notes : sequence of str
        Findings, a line each.
    footer : str
        How it is to be read, or was made [unitless].

    Returns
    -------
    str
        A div element.

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> table_card("two", [Column("what")], [["shells"], ["rockets"]]).count("<tr")
    3
    """
    known = [one for one in bands or () if one is not None]
    scale = None
    if known:
        ends = [end for one in known for end in (one[0], one[2])] + ([] if mark is None else [mark])
        scale = min(0.0, *ends), max(0.0, *ends)
    cell = "padding:.2em .7em .2em 0;border:0;vertical-align:baseline"
    heads = [f'<th style="{cell};{_side(column)};font-weight:600">{_escaped(column.name)}</th>' for column in columns]
    if scale is not None:
        heads.append(f'<th style="{cell};text-align:left;white-space:nowrap;font-weight:600">median in its band</th>')
    lines = []
    for place, row in enumerate(rows[:most]):
        short = len(row) < len(columns)
        cells = []
        for number, (text, column) in enumerate(zip(row, columns, strict=False)):
            runs_on = short and number == len(row) - 1
            span = f' colspan="{len(columns) - number + (scale is not None)}"' if runs_on else ""
            look = f"{_side(column)};{_breaks(column, text)}"
            if runs_on:
                look = "text-align:left;white-space:normal;opacity:.7"
            cells.append(f'<td{span} style="{cell};{look}">{_escaped(text)}</td>')
        if scale is not None and not short:
            one = bands[place] if bands is not None else None
            cells.append(f'<td style="{cell};text-align:left">{_bar(one, scale, mark)}</td>')
        lines.append(f'<tr style="border-top:1px solid {_LINE}">{"".join(cells)}</tr>')
    look = "border-collapse:collapse;table-layout:auto;margin:.4em 0;font-size:.95em;border:0"
    body = [
        f'<div style="font-weight:600">{_escaped(title)}</div>',
        (
            f'<div style="overflow-x:auto"><table style="{look}"><thead><tr>{"".join(heads)}</tr></thead>'
            f"<tbody>{''.join(lines)}</tbody></table></div>"
        ),
    ]
    if len(rows) > most:
        body.append(f'<div style="opacity:.75">The first {most:,} of {len(rows):,} rows are shown.</div>')
    return _framed([*body, _listed(notes), _small(footer)])


def _side(column: Column) -> str:
    return "text-align:right" if column.right else "text-align:left"


def _breaks(column: Column, text: str) -> str:
    # The words of a number on two lines are read apart, and a short name breaks at its hyphen.
    return "white-space:nowrap" if column.right or len(text) <= _SHORT else "white-space:normal"


def _bar(band: tuple[float, float, float] | None, scale: tuple[float, float], mark: float | None) -> str:
    if band is None:
        return ""

    def across(value: float) -> float:
        return 1 + (value - scale[0]) / ((scale[1] - scale[0]) or 1.0) * (_BAR_WIDTH - 2)

    low, median, high = (across(value) for value in band)
    drawn = [
        f'<path d="M0 8H{_BAR_WIDTH}" stroke="currentColor" stroke-opacity=".25"/>',
        f'<path d="M{low:.1f} 8H{high:.1f}" stroke="currentColor" stroke-opacity=".6" stroke-width="5"/>',
        f'<path d="M{median:.1f} 2V14" stroke="{_ACCENT}" stroke-width="2.5"/>',
    ]
    if mark is not None:
        drawn.append(f'<path d="M{across(mark):.1f} 0V16" stroke="currentColor" stroke-dasharray="2 2"/>')
    size = f'width="{_BAR_WIDTH}" height="16" viewBox="0 0 {_BAR_WIDTH} 16"'
    return f'<svg aria-hidden="true" {size} style="display:block">{"".join(drawn)}</svg>'


def _framed(parts: Sequence[str]) -> str:
    look = (
        f"color:inherit;text-align:left;line-height:1.35;max-width:66em;padding:.6em .9em;border:1px solid {_LINE};"
        "border-radius:6px;overflow-wrap:break-word"
    )
    return f'<div style="{look}">{"".join(parts)}</div>'


def _listed(notes: Sequence[str]) -> str:
    items = "".join(f'<li style="margin:0">{_escaped(note)}</li>' for note in notes)
    return f'<ul style="margin:.5em 0 0;padding-left:1.2em">{items}</ul>' if items else ""


def _small(text: str) -> str:
    return f'<div style="margin-top:.5em;font-size:.85em;opacity:.7">{_escaped(text)}</div>' if text else ""


def _escaped(text: str) -> str:
    from html import escape  # 2 ms, which a terminal does not need

    return escape(text).replace(" %", "&nbsp;%")
