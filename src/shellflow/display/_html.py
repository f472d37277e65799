"""A report as HTML for a notebook, and the shape of a distribution as a small picture or a line of text.

No script, no style sheet, everything escaped. Styles stand inline, since notebooks strip others; colours come from the
page, so that light and dark both read.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellflow import words
from shellflow.display._report import Answer, Band, Column, Content
from shellflow.display._terminal import can_show
from shellflow.errors import printable

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

__all__ = ["ACCENT", "bar", "distribution_svg", "escaped", "ruler", "scale_of", "sketch", "to_html"]

_BAR_WIDTH = 130
_TICKS = 4  # of the scale of bars, at most some more
_LEAST_SAID, _MOST_SAID = 1e-4, 1e15  # beyond them words run to many digits
_MOST_ROWS = 100
_SHORT, _LONG = 18, 40  # letters: of what is not broken, and of what is not squeezed into a narrow column
_LINE = "rgba(128,128,128,.4)"
_CELL = "padding:.2em .7em .2em 0;border:0;vertical-align:baseline"
_HEADING = f"{_CELL};vertical-align:bottom;font-weight:600"  # what comes later holds
_PROSE = "max-width:66em"  # lines that read well

_Mark = tuple[float | None, float | None]


def to_html(report: Content) -> str:
    """Return a report as HTML for a notebook, each row of its table with its band drawn on one scale.

    Parameters
    ----------
    report : Content
        What to show; of a table the first 100 rows.

    Returns
    -------
    str
        A div element.

    Examples
    --------
    >>> "&lt;b&gt;" in to_html(Content("<b>"))
    True
    """
    # A wide table widens the card as far as the page has room.
    look = (
        "color:inherit;text-align:left;line-height:1.35;box-sizing:border-box;width:fit-content;max-width:100%;"
        f"min-width:min(100%,68em);padding:.6em .9em;border:1px solid {_LINE};"
        "border-radius:6px;overflow-wrap:break-word"
    )
    return f'<div style="{look}">{_body(report)}</div>'


def _body(report: Content) -> str:
    """Return what stands inside the frame of a card."""
    weight = "opacity:.85" if report.answers else "font-weight:600"
    body = [f'<div style="{weight};{_PROSE}">{escaped(report.title)}</div>'] if report.title else []
    body += [part for answer in report.answers for part in _answer(answer)]
    mark = f"dashed, {report.mark_label}" if report.mark_label else ""
    if caption := "; ".join(filter(None, (report.caption, mark))):
        body.append(f'<div style="margin-top:.8em;font-weight:600;{_PROSE}">{escaped(caption)}</div>')
    if report.columns:
        body.append(_table(report))
    if len(report.cells) > _MOST_ROWS:
        body.append(f'<div style="opacity:.75">The first {_MOST_ROWS:,} of {len(report.cells):,} rows are shown.</div>')
    body += [f'<div style="margin-top:.9em">{_body(part)}</div>' for part in report.parts]
    items = "".join(f'<li style="margin:0">{escaped(caution)}</li>' for caution in report.cautions)
    if items:
        body.append(f'<ul style="margin:.5em 0 0;padding-left:1.2em;{_PROSE}">{items}</ul>')
    if footer := " ".join(filter(None, (*report.notes, report.made_by))):
        body.append(f'<div style="margin-top:.5em;font-size:.85em;opacity:.7;max-width:77em">{escaped(footer)}</div>')
    return "".join(body)


def _answer(answer: Answer) -> list[str]:
    name = f'<div style="opacity:.85">{escaped(answer.name)}</div>' if answer.name else ""
    text = f'<div style="font-size:1.5em;font-weight:600;line-height:1.2">{escaped(answer.text)}</div>'
    band = f'<div style="margin-top:.15em">{escaped(answer.band)}</div>' if answer.band else ""
    figure = f"<div>{answer.figure}</div>" if answer.figure else ""
    look = f"display:flex;flex-wrap:wrap;gap:.5em 2em;align-items:flex-end;margin:.35em 0 .5em;{_PROSE}"
    parts = [f'<div style="{look}"><div>{name}{text}{band}</div>{figure}</div>']
    if answer.reasons:
        cells = "".join(
            f'<div style="opacity:.75">{escaped(name)}</div><div>{escaped(text)}</div>' for name, text in answer.reasons
        )
        grid = f"display:grid;grid-template-columns:fit-content(36%) minmax(0,1fr);gap:.1em 1em;{_PROSE}"
        parts.append(f'<div style="{grid}">{cells}</div>')
    return parts


def _table(report: Content) -> str:
    scale = scale_of(report)
    heads = [f'<th style="{_HEADING};{_side(column)}">{escaped(column.name)}</th>' for column in report.columns]
    if scale is not None:
        look = f"{_HEADING};text-align:left;white-space:nowrap"
        heads.append(f'<th style="{look}">median in its band{ruler(scale)}</th>')
    bands = report.bands or (None,) * len(report.cells)
    lines = [
        f'<tr style="border-top:1px solid {_LINE}">{"".join(_row(report, cells, band, scale))}</tr>'
        for cells, band in zip(report.cells[:_MOST_ROWS], bands, strict=False)
    ]
    look = "border-collapse:collapse;table-layout:auto;margin:.4em 0;font-size:.95em;border:0"
    return (
        f'<div style="overflow-x:auto"><table style="{look}"><thead><tr>{"".join(heads)}</tr></thead>'
        f"<tbody>{''.join(lines)}</tbody></table></div>"
    )


def scale_of(report: Content) -> tuple[float, float] | None:
    """Return the ends of the scale on which all bands are drawn, from 0 where none lies below it."""
    bands = [band for band in report.bands if band is not None]
    if not bands:
        return None
    ends = [end for low, _, high in bands for end in (low, high)]
    ends += [end for end in report.mark or () if end is not None]
    return min(0.0, *ends), max(0.0, *ends)


def ruler(scale: tuple[float, float]) -> str:
    """Return the scale of all bars of a table, with round numbers at its ends."""
    step = _round_step((scale[1] - scale[0]) / _TICKS)
    first, last = math.ceil(scale[0] / step - 1e-9), math.floor(scale[1] / step + 1e-9)
    if not (0 < last - first <= 2 * _TICKS and step >= _LEAST_SAID and last * step <= _MOST_SAID):
        return ""
    places = {tick: _across(tick * step, scale) for tick in range(first, last + 1)}
    path = "".join(f"M{place:.1f} 13v4" for place in places.values())
    drawn = [f'<path d="M0 17H{_BAR_WIDTH}{path}" fill="none" stroke="currentColor" stroke-opacity=".6"/>']
    digit = 10.0 ** math.floor(math.log10(step) + 1e-9)
    for tick, anchor in ((first, "start"), (last, "end")):
        text = words.say(tick * step, digit) if tick else "0"
        drawn.append(f'<text x="{places[tick]:.1f}" y="10" text-anchor="{anchor}">{escaped(text)}</text>')
    size = f'width="{_BAR_WIDTH}" height="18" viewBox="0 0 {_BAR_WIDTH} 18" fill="currentColor"'
    look = "display:block;overflow:visible;font:10px sans-serif;opacity:.8"
    return f'<svg aria-hidden="true" {size} style="{look}">{"".join(drawn)}</svg>'


def _round_step(least: float) -> float:
    """Return the smallest of 1, 2 and 5 times a power of ten that is not below a number."""
    if not least > 0:
        return math.inf
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= least * (1 - 1e-9))


def _across(value: float, scale: tuple[float, float]) -> float:
    """Return where a value stands in a bar, in pixels."""
    return 1 + (value - scale[0]) / ((scale[1] - scale[0]) or 1.0) * (_BAR_WIDTH - 2)


def _row(report: Content, cells: Sequence[str], band: Band | None, scale: tuple[float, float] | None) -> list[str]:
    short = len(cells) < len(report.columns)
    shown = []
    for place, (text, column) in enumerate(zip(cells, report.columns, strict=False)):
        span, look = "", f"{_side(column)};{_breaks(column, text)}"
        if short and place == len(cells) - 1:  # it runs on to the end of the row
            span = f' colspan="{len(report.columns) - place + (scale is not None)}"'
            look = "text-align:left;white-space:normal;opacity:.7"
        shown.append(f'<td{span} style="{_CELL};{look}">{escaped(text)}</td>')
    if scale is not None and not short:
        shown.append(f'<td style="{_CELL};text-align:left">{bar(band, scale, report.mark)}</td>')
    return shown


def _side(column: Column) -> str:
    return "text-align:right" if column.right else "text-align:left"


def _breaks(column: Column, text: str) -> str:
    # The words of a number on two lines are read apart, and a short name breaks at its hyphen.
    if column.right or len(text) <= _SHORT:
        return "white-space:nowrap"
    return "white-space:normal;min-width:16em" if len(text) > _LONG else "white-space:normal"


def bar(
    band: Band | None,
    scale: tuple[float, float],
    mark: _Mark | None,
) -> str:
    """Return a band as a small inline SVG on a scale, with a claim across it; "" where there is none."""
    if band is None:
        return ""

    low, median, high = (_across(value, scale) for value in band)
    drawn = [
        f'<path d="M0 8H{_BAR_WIDTH}" stroke="currentColor" stroke-opacity=".25"/>',
        f'<path d="M{low:.1f} 8H{high:.1f}" stroke="currentColor" stroke-opacity=".6" stroke-width="5"/>',
        f'<path d="M{low:.1f} 3V13M{high:.1f} 3V13" stroke="currentColor" stroke-opacity=".8" stroke-width="1.5"/>',
        f'<path d="M{median:.1f} 2V14" stroke="{ACCENT}" stroke-width="2.5"/>',
    ]
    if mark is not None:
        drawn += _marked(*(None if end is None else _across(end, scale) for end in mark))
    size = f'width="{_BAR_WIDTH}" height="16" viewBox="0 0 {_BAR_WIDTH} 16"'
    return f'<svg aria-hidden="true" {size} style="display:block;overflow:visible">{"".join(drawn)}</svg>'


def _marked(low: float | None, high: float | None) -> list[str]:
    """Return a claim across a bar: a line at each end stated, shade between two, an arrow to where it is open."""
    drawn = [
        f'<path d="M{end:.1f} 0V16" stroke="currentColor" stroke-dasharray="2 2"/>'
        for end in dict.fromkeys((low, high))
        if end is not None
    ]
    if low is not None and high is not None:
        if low < high:
            drawn.append(f'<path d="M{low:.1f} 8H{high:.1f}" stroke="{ACCENT}" stroke-opacity=".3" stroke-width="14"/>')
        return drawn
    for end, onward in ((low, 1), (high, -1)):
        if end is not None:
            tip = f"h{9 * onward}m{-3 * onward} -2l{3 * onward} 2l{-3 * onward} 2"
            drawn.append(f'<path d="M{end:.1f} 2.5{tip}" fill="none" stroke="currentColor"/>')
    return drawn


_CUT = 0.005  # share of the draws left out of a picture at each end
_NO_WIDTH = 1e-9  # differences below this part of the values are rounding
_LEAST_WIDTH = 1e-300  # less cannot be parted into bars
_FEWEST_BARS = 8
_BLOCKS = " ▁▂▃▄▅▆▇█"
_PLAIN_BLOCKS = " .:-=+*#"

_BARS = 40
_SVG_WIDTH = 280
_SVG_HEIGHT = 48
_HEAD = 7
_LETTER = 6.2  # width of a letter of 11 px, about

ACCENT = "#3a8fd0"  # seen on white and on black alike


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

    Examples
    --------
    >>> import numpy as np
    >>> len(sketch(np.arange(1_000.0), columns=8))
    8
    """
    shape = _shape(draws, columns)
    if shape is None:
        return ""
    signs = _BLOCKS if can_show(_BLOCKS, sys.stdout) else _PLAIN_BLOCKS
    # A bar of any height shows: only an empty one is blank.
    return "".join(signs[math.ceil(height * (len(signs) - 1))] for height in shape.heights)


@dataclass(frozen=True)
class _Shape:
    """Bars of equal width from `first` to `last`, heights from 0 to 1; `cut` is the share left out at each end."""

    first: float
    last: float
    heights: tuple[float, ...]
    cut: float


def _shape(draws: Floats, columns: int) -> _Shape | None:
    import numpy as np

    ordered = np.sort(draws)
    cut = int(_CUT * ordered.size)
    first, last = float(ordered[cut]), float(ordered[-1 - cut])
    if not last - first > max(_NO_WIDTH * max(abs(first), abs(last)), _LEAST_WIDTH):
        return None
    inside = ordered[cut : ordered.size - cut]
    distinct = 1 + int(np.count_nonzero(np.diff(inside) > _NO_WIDTH * (last - first)))
    # A few more whole numbers than bars would fall one into this bar and two into the next, and look like a comb.
    bars = columns if distinct <= columns else min(columns, max(_FEWEST_BARS, distinct // 4))
    counts, _ = np.histogram(inside, bars, (first, last))
    return _Shape(first, last, tuple((counts / counts.max()).tolist()), cut / ordered.size)


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
            tall = max(height * _SVG_HEIGHT, 2.0)  # a cliff of one draw in a hundred is to be seen
            inside = start <= (place + 0.5) * wide <= end
            bars[inside] += f"M{place * wide:.1f} {_SVG_HEIGHT}v{-tall:.1f}h{wide - 0.5:.1f}v{tall:.1f}z"
    drawn = [
        f'<path d="{path}" fill="currentColor" fill-opacity="{opacity}"/>'
        for path, opacity in ((bars[True], 0.55), (bars[False], 0.35))
        if path
    ]
    below = _SVG_HEIGHT + 5
    left, right = max(middle - 5, 0.0), min(middle + 5, float(_SVG_WIDTH))
    drawn.append(
        f'<path d="M{start:.1f} {below}H{end:.1f}" stroke="currentColor" stroke-width="3"/>'
        # Its head tells the line from the bars where colours cannot be told apart.
        f'<path d="M{middle:.1f} 0V{below + 4}" stroke="{ACCENT}" stroke-width="2"/>'
        f'<path d="M{left:.1f} -{_HEAD}H{right:.1f}L{middle:.1f} 0z" fill="{ACCENT}"/>'
    )
    halves = [len(text) * _LETTER / 2 for text in ends]
    places = [min(max(place, half), _SVG_WIDTH - half) for place, half in zip((start, end), halves, strict=True)]
    if places[0] + halves[0] + _LETTER < places[1] - halves[1]:
        drawn += [
            f'<text x="{place:.1f}" y="{below + 16}" text-anchor="middle">{escaped(text)}</text>'
            for place, text in zip(places, ends, strict=True)
            if text
        ]
    label = escaped(
        f"distribution over the draws; its median and its band{': ' if ends[0] else ''}"
        f"{' to '.join(end for end in ends if end)}"
    )
    shown = words.percent(1 - 2 * shape.cut)
    if shape.cut > 0:
        drawn.append(
            f'<text y="{below + 29}" font-size="10" opacity=".75">{escaped(shown)} of the draws are shown</text>'
        )
    tall = below + (33 if shape.cut > 0 else 20) + _HEAD
    return (
        f'<svg role="img" aria-label="{label}" width="{_SVG_WIDTH}" height="{tall}" '
        f'viewBox="0 -{_HEAD} {_SVG_WIDTH} {tall}" fill="currentColor" '
        f'style="display:block;max-width:100%;font:11px sans-serif">{"".join(drawn)}</svg>'
    )


def escaped(text: str) -> str:
    """Return a text as HTML, what cannot be seen written out, no line breaking between a number and its per cent."""
    from html import escape  # 2 ms, which a terminal does not need

    return escape(printable(text)).replace(" %", "&nbsp;%")
