"""Results as HTML for a notebook: no script, no style sheet, everything escaped.

Styles stand inline, since notebooks strip others; colours come from the page, so that light and dark both read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
from shellflow.display._shapes import ACCENT, escaped
from shellflow.display._tables import Column

__all__ = ["card", "table_card"]

_BAR_WIDTH = 130
_SHORT = 14
_LINE = "rgba(128,128,128,.4)"


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

    Examples
    --------
    >>> "&lt;b&gt;" in card("<b>", headline="3.1 million rounds")
    True
    """
    answer = f'<div style="font-size:1.5em;font-weight:600;line-height:1.2">{escaped(headline)}</div>'
    under = f'<div style="margin-top:.15em">{escaped(band)}</div>' if band else ""
    body = [
        f'<div style="opacity:.85">{escaped(title)}</div>',
        (
            '<div style="display:flex;flex-wrap:wrap;gap:.5em 2em;align-items:flex-end;margin:.35em 0 .5em">'
            f"<div>{answer}{under}</div>{f'<div>{picture}</div>' if picture else ''}</div>"
        ),
    ]
    if facts:
        cells = "".join(
            f'<div style="opacity:.75">{escaped(name)}</div><div>{escaped(said)}</div>' for name, said in facts
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
    mark: tuple[float | None, float | None] | None = None,
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
    mark : (low, high), optional
        What to mark across all bands, such as a claim: the same twice for a number, two for a range, which is shaded,
        and None for an end that is left open, to which an arrow points [the same unit].
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

    Examples
    --------
    >>> table_card("two", [Column("what")], [["shells"], ["rockets"]]).count("<tr")
    3
    """
    known = [one for one in bands or () if one is not None]
    scale = None
    if known:
        ends = [end for one in known for end in (one[0], one[2])] + [end for end in mark or () if end is not None]
        scale = min(0.0, *ends), max(0.0, *ends)
    cell = "padding:.2em .7em .2em 0;border:0;vertical-align:baseline"
    heads = [f'<th style="{cell};{_side(column)};font-weight:600">{escaped(column.name)}</th>' for column in columns]
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
            cells.append(f'<td{span} style="{cell};{look}">{escaped(text)}</td>')
        if scale is not None and not short:
            one = bands[place] if bands is not None else None
            cells.append(f'<td style="{cell};text-align:left">{_bar(one, scale, mark)}</td>')
        lines.append(f'<tr style="border-top:1px solid {_LINE}">{"".join(cells)}</tr>')
    look = "border-collapse:collapse;table-layout:auto;margin:.4em 0;font-size:.95em;border:0"
    body = [
        f'<div style="font-weight:600">{escaped(title)}</div>',
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


def _bar(
    band: tuple[float, float, float] | None,
    scale: tuple[float, float],
    mark: tuple[float | None, float | None] | None,
) -> str:
    if band is None:
        return ""

    def across(value: float) -> float:
        return 1 + (value - scale[0]) / ((scale[1] - scale[0]) or 1.0) * (_BAR_WIDTH - 2)

    low, median, high = (across(value) for value in band)
    drawn = [
        f'<path d="M0 8H{_BAR_WIDTH}" stroke="currentColor" stroke-opacity=".25"/>',
        f'<path d="M{low:.1f} 8H{high:.1f}" stroke="currentColor" stroke-opacity=".6" stroke-width="5"/>',
        f'<path d="M{median:.1f} 2V14" stroke="{ACCENT}" stroke-width="2.5"/>',
    ]
    if mark is not None:
        drawn += _marked(*(None if end is None else across(end) for end in mark))
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


def _framed(parts: Sequence[str]) -> str:
    look = (
        f"color:inherit;text-align:left;line-height:1.35;max-width:66em;padding:.6em .9em;border:1px solid {_LINE};"
        "border-radius:6px;overflow-wrap:break-word"
    )
    return f'<div style="{look}">{"".join(parts)}</div>'


def _listed(notes: Sequence[str]) -> str:
    items = "".join(f'<li style="margin:0">{escaped(note)}</li>' for note in notes)
    return f'<ul style="margin:.5em 0 0;padding-left:1.2em">{items}</ul>' if items else ""


def _small(text: str) -> str:
    return f'<div style="margin-top:.5em;font-size:.85em;opacity:.7">{escaped(text)}</div>' if text else ""
