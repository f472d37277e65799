"""A report as HTML for a notebook: no script, no style sheet, everything escaped.

Styles stand inline, since notebooks strip others; colours come from the page, so that light and dark both read.
"""

from __future__ import annotations

from collections.abc import Sequence

from shellflow.display._report import Answer, Band, Column, Report
from shellflow.display._shapes import ACCENT, escaped

__all__ = ["to_html"]

_BAR_WIDTH = 130
_MOST_ROWS = 100
_SHORT = 14
_LINE = "rgba(128,128,128,.4)"
_CELL = "padding:.2em .7em .2em 0;border:0;vertical-align:baseline"

_Mark = tuple[float | None, float | None]


def to_html(report: Report) -> str:
    """Return a report as HTML for a notebook, each row of its table with its band drawn on one scale.

    Parameters
    ----------
    report : Report
        What to show; of a table the first 100 rows.

    Returns
    -------
    str
        A div element.

    Examples
    --------
    >>> "&lt;b&gt;" in to_html(Report("<b>"))
    True
    """
    look = (
        f"color:inherit;text-align:left;line-height:1.35;max-width:66em;padding:.6em .9em;border:1px solid {_LINE};"
        "border-radius:6px;overflow-wrap:break-word"
    )
    return f'<div style="{look}">{_body(report)}</div>'


def _body(report: Report) -> str:
    """Return what stands inside the frame of a card."""
    weight = "opacity:.85" if report.answers else "font-weight:600"
    body = [f'<div style="{weight}">{escaped(report.title)}</div>'] if report.title else []
    body += [part for answer in report.answers for part in _answer(answer)]
    mark = f"dashed, {report.mark_label}" if report.mark_label else ""
    if caption := "; ".join(filter(None, (report.caption, mark))):
        body.append(f'<div style="margin-top:.8em;font-weight:600">{escaped(caption)}</div>')
    if report.columns:
        body.append(_table(report))
    if len(report.cells) > _MOST_ROWS:
        body.append(f'<div style="opacity:.75">The first {_MOST_ROWS:,} of {len(report.cells):,} rows are shown.</div>')
    body += [f'<div style="margin-top:.9em">{_body(part)}</div>' for part in report.parts]
    items = "".join(f'<li style="margin:0">{escaped(caution)}</li>' for caution in report.cautions)
    if items:
        body.append(f'<ul style="margin:.5em 0 0;padding-left:1.2em">{items}</ul>')
    if footer := " ".join(filter(None, (*report.notes, report.made_by))):
        body.append(f'<div style="margin-top:.5em;font-size:.85em;opacity:.7">{escaped(footer)}</div>')
    return "".join(body)


def _answer(answer: Answer) -> list[str]:
    name = f'<div style="opacity:.85">{escaped(answer.name)}</div>' if answer.name else ""
    text = f'<div style="font-size:1.5em;font-weight:600;line-height:1.2">{escaped(answer.text)}</div>'
    band = f'<div style="margin-top:.15em">{escaped(answer.band)}</div>' if answer.band else ""
    figure = f"<div>{answer.figure}</div>" if answer.figure else ""
    look = "display:flex;flex-wrap:wrap;gap:.5em 2em;align-items:flex-end;margin:.35em 0 .5em"
    parts = [f'<div style="{look}"><div>{name}{text}{band}</div>{figure}</div>']
    if answer.reasons:
        cells = "".join(
            f'<div style="opacity:.75">{escaped(name)}</div><div>{escaped(text)}</div>' for name, text in answer.reasons
        )
        grid = "display:grid;grid-template-columns:minmax(5em,max-content) minmax(0,1fr);gap:.1em 1em"
        parts.append(f'<div style="{grid}">{cells}</div>')
    return parts


def _table(report: Report) -> str:
    scale = _scale(report)
    heads = [
        f'<th style="{_CELL};{_side(column)};font-weight:600">{escaped(column.name)}</th>' for column in report.columns
    ]
    if scale is not None:
        heads.append(f'<th style="{_CELL};text-align:left;white-space:nowrap;font-weight:600">median in its band</th>')
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


def _scale(report: Report) -> tuple[float, float] | None:
    """Return the ends of the scale on which all bands are drawn, from 0 where none lies below it."""
    bands = [band for band in report.bands if band is not None]
    if not bands:
        return None
    ends = [end for low, _, high in bands for end in (low, high)]
    ends += [end for end in report.mark or () if end is not None]
    return min(0.0, *ends), max(0.0, *ends)


def _row(report: Report, cells: Sequence[str], band: Band | None, scale: tuple[float, float] | None) -> list[str]:
    short = len(cells) < len(report.columns)
    shown = []
    for place, (text, column) in enumerate(zip(cells, report.columns, strict=False)):
        span, look = "", f"{_side(column)};{_breaks(column, text)}"
        if short and place == len(cells) - 1:  # it runs on to the end of the row
            span = f' colspan="{len(report.columns) - place + (scale is not None)}"'
            look = "text-align:left;white-space:normal;opacity:.7"
        shown.append(f'<td{span} style="{_CELL};{look}">{escaped(text)}</td>')
    if scale is not None and not short:
        shown.append(f'<td style="{_CELL};text-align:left">{_bar(band, scale, report.mark)}</td>')
    return shown


def _side(column: Column) -> str:
    return "text-align:right" if column.right else "text-align:left"


def _breaks(column: Column, text: str) -> str:
    # The words of a number on two lines are read apart, and a short name breaks at its hyphen.
    return "white-space:nowrap" if column.right or len(text) <= _SHORT else "white-space:normal"


def _bar(
    band: Band | None,
    scale: tuple[float, float],
    mark: _Mark | None,
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
