"""Bands below each other: answers side by side, and what one answer hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.errors import bad_argument
from shellflow.plot._axes import (
    LINE,
    Drawing,
    bare,
    check_rows,
    draw_claim,
    finish,
    halo,
    in_words,
    name_of,
    new_axes,
    open_drawing,
)
from shellflow.plot._rows import Band, Driver, Mark, Panel
from shellflow.plot._text import SMALL, TINY, cut, letters, plain, wrapped
from shellflow.plot._tones import BLUE, GREEN, ORANGE, SKY, VERMILION

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["bands", "drivers", "panels"]

_GRADES = {
    "measured": (BLUE, ""),
    "specified": (SKY, "...."),
    "published": (GREEN, "\\\\\\\\"),
    "derived": (ORANGE, "////"),
    "assumed": (VERMILION, "xxxx"),
}

_PANEL_WIDTH, _PANEL_EDGE = 8.0, 1.3  # inches; the edge is what the title and the ticks take
_ROW, _LOW_ROW, _MANY = 0.55, 0.34, 10  # inches that a row takes, and where there are more than so many
_THICKEST = 0.42  # of a bar, in rows
_TEXT_SHARE = 0.27
_NAME_SHARE, _LESS = 0.33, 0.26  # of the width of a part of a figure, and of a narrow one
_WIDER = 0.42  # of a narrow one, where each name has one line
_LONGEST_NAME = 58  # letters

_READ_DRIVERS = (
    "each bar: the median where the input is in its lowest and in its highest tenth; at the right the input's "
    "share of the variance"
)


def bands(
    rows: Sequence[Band],
    *,
    claims: Sequence[Mark] = (),
    ceiling: Band | None = None,
    title: str = "",
    unit: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw bands below each other on one axis, claims as marks and a ceiling as a line across them.

    What is written stands outside the axes, where no line runs through it: names at the left, numbers at the right.

    Parameters
    ----------
    rows : sequence of Band
        From top to bottom [any one unit].
    claims : sequence of Mark
        Published values, each on a row of its own above [the same unit].
    ceiling : Band, optional
        What nothing can exceed, drawn as a line at its median and named on a row below [the same unit].
    title, unit : str
        What it is; what the axis counts [unitless].
    source : str
        What to print below the figure, a line each [unitless].
    ax : matplotlib axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    matplotlib.axes.Axes
        Row i stands at height -i, headings counted.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If there are no rows, or `ax` is no axes 4 inches wide or more, or too low for the rows.

    Examples
    --------
    >>> ax = bands([Band("crated", 1.7e6, 1.9e6, 2.0e6, "capacity")], unit="rounds")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['crated']
    """
    if not rows:
        raise bad_argument("rows", rows, "at least one band", "Give what is to be drawn.")
    if ceiling is not None and ceiling.missing:
        ceiling = None
    heights, headings = _heights(rows)
    lowest = min(heights) - (1 if ceiling else 0)
    size = 1 - lowest + len(claims)
    pitch = _ROW if size <= _MANY else _LOW_ROW
    worded = any(row.text or row.missing for row in rows)
    drawing = open_drawing(ax, 9.0 if worded else 7.5, 1.1 + pitch * size)
    ax, tones = drawing.ax, drawing.tones
    known = [row for row in (*rows, *([ceiling] if ceiling else [])) if not row.missing]
    ends = [end for row in known for end in (row.low, row.high)]
    ends += [end for claim in claims for end in (claim.low, claim.high) if end is not None]
    least, most = min([0.0, *ends]), max([0.0, *ends])
    spare = 0.04 * (most - least) or 1.0
    ax.set_xlim(least - (spare if least < 0 else 0.0), most + spare)
    ax.set_ylim(lowest - 0.6, 0.6 + len(claims))
    if ceiling:
        ax.axvspan(ceiling.low, ceiling.high, facecolor=tones.pale, alpha=0.25, linewidth=0, gid="ceiling band")
        ax.axvline(ceiling.median, color=tones.mark, linewidth=1.6, path_effects=halo(tones, 1.6), gid="ceiling")
    for row, height in zip(rows, heights, strict=True):
        _draw_band(drawing, row, height)
    names = [(height, row.label) for row, height in zip(rows, heights, strict=True)]
    texts = [(height, row.missing or row.text, bool(row.missing)) for row, height in zip(rows, heights, strict=True)]
    if ceiling:
        names.append((lowest, ceiling.label))
        texts.append((lowest, ceiling.text, False))
    marks = [(float(len(claims) - place), name_of(claim)) for place, claim in enumerate(claims)]
    for place, claim in enumerate(claims):
        draw_claim(drawing, claim, place, marks[place][0])
    _name_rows(drawing, names, headings, marks, _LESS if drawing.narrow else _NAME_SHARE)
    _write_at_right(drawing, texts)
    return _finish_rows(drawing, title, unit, [source])


def _heights(rows: Sequence[Band]) -> tuple[list[float], list[tuple[float, str]]]:
    """Return where each row stands, and each heading above the rows that share it."""
    heights: list[float] = []
    headings: list[tuple[float, str]] = []
    height, group = 1.0, ""
    for row in rows:
        height -= 1.0
        if row.group != group:
            group = row.group
            if group:
                headings.append((height, group))
                height -= 1.0
        heights.append(height)
    return heights, headings


def panels(parts: Sequence[Panel], *, source: str = "") -> list[Axes]:
    """Draw several axes with bands below each other in a new figure, each on a scale of its own.

    Parameters
    ----------
    parts : sequence of Panel
        From top to bottom.
    source : str
        What to print below the figure [unitless].

    Returns
    -------
    list of matplotlib.axes.Axes
        One for each, in order.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If there are no parts, or one has no rows.

    Examples
    --------
    >>> parts = [Panel("load", "t", [Band("before", 8, 11, 15)]), Panel("mass", "kg", [Band("before", 60, 70, 80)])]
    >>> [ax.get_xlabel() for ax in panels(parts)]
    ['t', 'kg']
    """
    if not parts:
        raise bad_argument("parts", parts, "at least one panel", "Give what is to be drawn.")
    axes = new_axes(_PANEL_WIDTH, [_PANEL_EDGE + 0.55 * (len(part.rows) + len(part.claims)) for part in parts])
    for part, ax in zip(parts, axes, strict=True):
        last = source if part is parts[-1] else ""
        bands(part.rows, claims=part.claims, title=part.title, unit=part.unit, source=last, ax=ax)
    return axes


def _name_rows(
    drawing: Drawing,
    names: Sequence[tuple[float, str]],
    headings: Sequence[tuple[float, str]] = (),
    claims: Sequence[tuple[float, str]] = (),
    share: float = _NAME_SHARE,
) -> None:
    """Write names at the left of the axes, headings in bold and those of claims in their colour.

    A name takes more than one line only where its row is high enough; else it is one line, shortened at a word.
    """
    from matplotlib.ticker import FuncFormatter

    ax, width, tones = drawing.ax, share * drawing.width, drawing.around
    widest = _WIDER * drawing.width if drawing.narrow else width  # narrow ones have nothing, or little, at the right
    written = [*names, *headings, *claims]
    size = TINY if drawing.narrow else SMALL
    at = {round(height): name for height, name in written}

    def name_at(height: float, _: object) -> str:
        name = at.get(round(height), "")  # the pointer may stand anywhere
        bottom, top = ax.get_ylim()
        row = ax.bbox.height / ax.figure.dpi * 72 / (top - bottom)  # of the layout in force when this is drawn
        text = wrapped(name, width, size, longest=_LONGEST_NAME, name=True)
        fits = (text.count("\n") + 1) * LINE * size <= row
        return text if fits else cut(name, letters(widest, size))

    check_rows(drawing, ax.get_ylim()[1] - ax.get_ylim()[0])
    ax.set_yticks([height for height, _ in written])
    ax.yaxis.set_major_formatter(FuncFormatter(name_at))
    ax.tick_params(axis="y", length=0, labelsize=TINY if drawing.narrow else SMALL + 1)
    ticks = ax.get_yticklabels()
    for label in ticks[len(names) : len(names) + len(headings)]:
        label.set_fontweight("bold")
    for label in ticks[len(names) + len(headings) :]:
        label.set_color(tones.claim)


def _write_at_right(drawing: Drawing, texts: Sequence[tuple[float, str, bool]], gid: str = "said") -> None:
    """Write a text for each row outside the axes; on narrow ones only, in their place, what is missing."""
    longest = letters(_TEXT_SHARE * drawing.width, SMALL)
    for height, text, missing in texts:
        if drawing.narrow and gid == "said" and not missing:
            continue
        drawing.ax.annotate(
            wrapped("no data" if drawing.narrow and missing else text, _TEXT_SHARE * drawing.width, SMALL)
            if missing
            else plain(text, max(longest, 44)),
            (1.0, height),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            color=drawing.around.grey if missing else drawing.around.ink,
            style="italic" if missing else "normal",
            gid="missing" if missing else gid,
        )


def _finish_rows(
    drawing: Drawing, title: str, unit: str, below: Sequence[str], key: Sequence[tuple[Any, str]] = ()
) -> Axes:
    bare(drawing.ax, "left", "top", "right")
    in_words(drawing.ax.xaxis, drawing.text_width)
    drawing.ax.set_xlabel(plain(unit))
    return finish(drawing, title, below, key)


def _draw_band(drawing: Drawing, row: Band, height: float) -> None:
    ax, tones = drawing.ax, drawing.tones
    left, right = ax.get_xlim()
    if row.missing:
        return
    fill, hatch, edge = {
        "capacity": (tones.fill, "", tones.edge),
        "contents": (tones.contents, "////", tones.contents_edge),
    }.get(row.kind, (tones.other, "", tones.ink))
    bands = [(row.low, row.high), *row.inner]
    look: dict[str, Any] = {"color": fill, "edgecolor": edge, "hatch": hatch, "linewidth": 0.8}
    for place, (low, high) in enumerate(bands):
        wide = max(high - low, 0.002 * (right - left))  # a band of no width still shows as a line
        thick = _THICKEST * (1 if len(bands) == 1 else 0.4 + 0.6 * place / (len(bands) - 1))
        gid = "inner" if place else "band"
        ax.barh([height], [wide], left=[(low + high - wide) / 2], height=thick, gid=gid, **look)
    ends = [height - 0.28, height + 0.28]
    ax.plot([row.median] * 2, ends, color=tones.mark, linewidth=2.2, path_effects=halo(tones, 2.2), gid="median")


def drivers(
    rows: Sequence[Driver],
    *,
    median: float,
    title: str = "",
    unit: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a tornado: how far each input moves the answer, its bar drawn by how well the input is known.

    Parameters
    ----------
    rows : sequence of Driver
        From top to bottom.
    median : float
        Median of the answer [any one unit].
    title, unit : str
        What it is; what the axis counts [unitless].
    source, ax
        As for `bands`.

    Returns
    -------
    matplotlib.axes.Axes
        Row i stands at height -i.

    Raises
    ------
    ExtraError, ArgumentError
        As `bands` does.

    Examples
    --------
    >>> ax = drivers([Driver("load", 6e5, 1.4e6, 0.96, "derived")], median=9e5, unit="rounds")
    >>> ax.get_legend().get_texts()[0].get_text()
    'derived'
    """
    if not rows:
        raise bad_argument("rows", rows, "at least one driver", "Where every input is fixed there is nothing to draw.")
    drawing = open_drawing(ax, 8.0, 1.0 + 0.42 * len(rows))
    from matplotlib.patches import Patch

    ax, tones = drawing.ax, drawing.tones
    ends = [end for row in rows for end in (row.low, row.high)] + [median]
    least, most = min(ends), max(ends)
    spare = 0.06 * (most - least) or 0.1 * abs(median) or 1.0
    ax.set_xlim(least - spare, most + spare)
    ax.set_ylim(-len(rows) + 0.4, 0.6)
    ax.axvline(median, color=tones.mark, linewidth=1.2, path_effects=halo(tones, 1.2), gid="median")
    looks: dict[str, dict[str, Any]] = {
        grade: {"facecolor": colour, "hatch": hatch} for grade, (colour, hatch) in _GRADES.items()
    }
    for look in looks.values():
        look["edgecolor"] = drawing.around.glow if look["hatch"] else look["facecolor"]
    for place, row in enumerate(rows):
        low, high = min(row.low, row.high), max(row.low, row.high)
        wide = max(high - low, 0.004 * (most - least))
        look = looks.get(row.grade, {"facecolor": tones.pale})
        ax.barh([-place], [wide], left=[(low + high - wide) / 2], height=0.6, linewidth=0.0, gid="driver", **look)
    _name_rows(drawing, [(-place, row.label) for place, row in enumerate(rows)])
    shares = [words.percent(min(max(row.share, 0.0), 1.0)) if row.share > 0 else "too small to tell" for row in rows]
    _write_at_right(drawing, [(-place, share, False) for place, share in enumerate(shares)], "share")
    grades = {row.grade for row in rows}
    key = [(Patch(**look), grade) for grade, look in looks.items() if grade in grades]
    return _finish_rows(drawing, title, unit, [_READ_DRIVERS, source], key)
