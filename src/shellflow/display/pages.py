"""A report as a page of its own: one HTML file without script and network, for a browser, a phone and paper."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from shellflow import words
from shellflow.display._html import bar, escaped, ruler, scale_of
from shellflow.display._report import Answer, Content, Reference

__all__ = ["to_page"]

_ADDRESS = re.compile(r"https?://[^\s<>\"']+")
_ALLOWED = "default-src 'none'; style-src 'unsafe-inline'"
_LOOK = """
:root{color-scheme:light dark;--ink:#1c2126;--soft:#56616c;--line:#d3d9df;--paper:#fff;--tint:#f3f6f8;--link:#1a5f9e}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaee;--soft:#a3adb8;--line:#3b444d;--paper:#14181c;--tint:#1d2329;
--link:#7dbcf0}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);
font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;
overflow-wrap:break-word;-webkit-text-size-adjust:100%}
main{max-width:90rem;margin:0 auto;padding:1.5rem clamp(1rem,4vw,3rem) 3rem}
h1{font-size:1.45rem;line-height:1.25;margin:0 0 1rem}
h2{font-size:1.1rem;line-height:1.3;margin:2rem 0 .5rem}
h3{font-size:1rem;margin:1.2rem 0 .3rem}
p,ul{max-width:46rem;margin:.5rem 0}
dl{max-width:60rem;margin:.5rem 0}
ul{padding-left:1.2rem}
li{margin:.25rem 0}
a{color:var(--link)}
.quote{border-left:.3rem solid var(--line);background:var(--tint);padding:.7rem 1rem;max-width:52rem}
.quote p{margin:.4rem 0;max-width:none}
.answer{margin:1rem 0}
.top{display:flex;flex-wrap:wrap;gap:.5rem 2.5rem;align-items:flex-end}
.number{font-size:1.75rem;font-weight:650;line-height:1.2}
.soft{color:var(--soft)}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) minmax(0,1fr);gap:.15rem 1.2rem}
dt{color:var(--soft)}
dd{margin:0}
table{border-collapse:collapse;margin:.5rem 0;font-size:.92rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .8rem .3rem 0;text-align:left;vertical-align:baseline}
th{font-weight:600;border-bottom:1px solid var(--soft)}
tbody tr{border-bottom:1px solid var(--line)}
.right{text-align:right}
.number-cell,.short{white-space:nowrap}
.wide{overflow-x:auto}
svg{max-width:100%}
.bar svg{max-width:none}
.small{font-size:.85rem}
footer{margin-top:2.5rem;padding-top:.7rem;border-top:1px solid var(--line);color:var(--soft);font-size:.85rem}
@media screen and (max-width:86rem){
.number-cell{white-space:normal}
}
@media screen and (max-width:68rem){
dl{grid-template-columns:1fr;gap:0}
dd{margin-bottom:.4rem}
.wide{overflow:visible}
table,tbody,tr,td{display:block;width:100%}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tbody tr{padding:.5rem 0}
td,td.right{display:flex;justify-content:space-between;gap:1rem;padding:.1rem 0;text-align:right;white-space:normal}
td::before{content:attr(data-label);color:var(--soft);text-align:left;flex:none;max-width:55%}
td:first-child{font-weight:600}
td.runs{display:block;text-align:left}
td.runs::before,td:empty{display:none}
}
@media print{
@page{margin:16mm}
:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--paper:#fff;--tint:#fff;--link:#000}
body{font-size:10pt}
main{max-width:none;padding:0}
h1{font-size:15pt}
h2,h3{break-after:avoid}
tr,li li,.answer,.quote p{break-inside:avoid}
table{font-size:8.5pt}
th,td{padding-right:.4rem}
.number-cell{white-space:normal}
.wide{overflow:visible}
}
"""
_SHORT = 14
_BARS = "median in its band"


def to_page(report: Content) -> str:
    """Return a report as one whole HTML file: nothing in it is fetched or run, and everything is escaped.

    Parameters
    ----------
    report : Content
        What to show, with all rows of its tables. One sentence fit to print stands first, several stand below it.

    Returns
    -------
    str
        The file.

    Examples
    --------
    >>> to_page(Content("<b>"))[:15]
    '<!DOCTYPE html>'
    """
    quotation = report.quotation()
    quoted = f'<div class="quote">{_paragraphs(quotation.sentences)}</div>' if quotation.sentences else ""
    body = [f"<h1>{escaped(report.title)}</h1>"]
    body += [quoted] if len(quotation.sentences) == 1 else []
    body += _blocks(report)
    if len(quotation.sentences) > 1:
        body.append(_section("In sentences fit to print", quoted))
    body.append(_section("To be said with it", _list(map(escaped, report.cautions))))
    body.append(_section("How to read it", _paragraphs(report.notes)))
    body.append(_section("Sources", _list(_cited(line, quotation.references) for line in report.sources)))
    body.append(_section("What it must not be used to conclude", _list(map(escaped, quotation.misuse))))
    if report.made_by:
        body.append(f"<footer>{escaped(report.made_by)}</footer>")
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_ALLOWED}">\n'
        f"<title>{escaped(report.title)}</title>\n<style>{_LOOK}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(filter(None, body))
        + "\n</main>\n</body>\n</html>\n"
    )


def _section(title: str, content: str) -> str:
    return f"<section>\n<h2>{escaped(title)}</h2>\n{content}\n</section>" if content else ""


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escaped(text)}</p>" for text in texts)


def _list(items: Iterable[str]) -> str:
    lines = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<ul>\n{lines}\n</ul>" if lines else ""


def _blocks(report: Content) -> list[str]:
    """Return the answers, the table and the parts of a report."""
    blocks = [_answer(answer) for answer in report.answers]
    mark = f"dashed: {report.mark_label}" if report.mark_label else ""
    if caption := "; ".join(filter(None, (report.caption, mark))):
        blocks.append(f"<h3>{escaped(caption)}</h3>")
    if report.columns:
        blocks.append(_table(report))
    for part in report.parts:
        blocks += [f"<section>\n<h2>{escaped(part.title)}</h2>" if part.title else "<section>", *_blocks(part)]
        blocks += [_list(map(escaped, part.cautions)), _paragraphs(part.notes), "</section>"]
    return blocks


def _answer(answer: Answer) -> str:
    name = f'<div class="soft">{escaped(answer.name)}</div>' if answer.name else ""
    band = f"<div>{escaped(answer.band)}</div>" if answer.band else ""
    figure = f"<div>{answer.figure}</div>" if answer.figure else ""
    pairs = "".join(f"<dt>{escaped(name)}</dt><dd>{escaped(text)}</dd>" for name, text in answer.reasons)
    number = f'<div class="number">{escaped(answer.text)}</div>'
    reasons = f"<dl>{pairs}</dl>" if pairs else ""
    return f'<div class="answer"><div class="top"><div>{name}{number}{band}</div>{figure}</div>{reasons}</div>'


def _table(report: Content) -> str:
    scale = scale_of(report)
    heads = [f"<th{' class=right' if column.right else ''}>{escaped(column.name)}</th>" for column in report.columns]
    heads += [f"<th>{_BARS}{ruler(scale)}</th>"] if scale is not None else []
    bands = report.bands or (None,) * len(report.cells)
    rows = []
    for cells, band in zip(report.cells, bands, strict=True):
        row = _cells(report, cells, is_last_wide=len(cells) < len(report.columns), more=scale is not None)
        if scale is not None and len(cells) == len(report.columns):
            drawn = bar(band, scale, report.mark)
            row.append(f'<td class="bar" data-label="{_BARS}">{drawn}</td>' if drawn else "<td></td>")
        rows.append(f"<tr>{''.join(row)}</tr>")
    body = "\n".join(rows)
    table = f"<table>\n<thead><tr>{''.join(heads)}</tr></thead>\n<tbody>\n{body}\n</tbody></table>"
    return f'<div class="wide">{table}</div>{_legend(scale)}'


def _legend(scale: tuple[float, float] | None) -> str:
    if scale is None:
        return ""
    low, high = (words.say(end, words.step(0.0, abs(end))) for end in scale)
    text = f"Bars: all on one scale from {low} to {high}; thick, the band; across it, the median."
    return f'<p class="soft small">{escaped(text)}</p>'


def _cells(report: Content, cells: Sequence[str], *, is_last_wide: bool, more: bool) -> list[str]:
    """Return the cells of a row; the last of a row that is shorter than the headings runs on to their end."""
    shown = []
    for place, (text, column) in enumerate(zip(cells, report.columns, strict=False)):
        if is_last_wide and place == len(cells) - 1:
            span = len(report.columns) - place + more
            shown.append(f'<td class="runs soft" colspan="{span}">{escaped(text)}</td>')
            continue
        looks = "right number-cell" if column.right else "short" if len(text) <= _SHORT else ""
        look = f' class="{looks}"' if looks else ""
        shown.append(f'<td{look} data-label="{escaped(column.name)}">{escaped(text)}</td>')
    return shown


def _cited(line: str, references: Iterable[Reference]) -> str:
    """Return a line on sources with its addresses, and below it who published what it names."""
    text, start = "", 0
    for address in _ADDRESS.finditer(line):
        text += escaped(line[start : address.start()]) + _link(address[0])
        start = address.end()
    text += escaped(line[start:])
    named = [
        reference for reference in references if re.search(rf"(?<![\w-]){re.escape(reference.key)}(?![\w-])", line)
    ]
    return text + _list(
        f"{escaped(f'{reference.key}: {reference.text}' if len(named) > 1 else reference.text)}"
        + (f"<br>{_link(reference.address)}" if reference.address and reference.address not in line else "")
        for reference in named
    )


def _link(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        return escaped(address)
    return f'<a href="{escaped(address)}" rel="noopener noreferrer">{escaped(address)}</a>'
