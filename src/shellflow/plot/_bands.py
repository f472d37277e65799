"""Bands below each other: answers side by side, and what one answer hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shellflow import words
from shellflow.errors import bad_argument
from shellflow.plot._axes import (
    BLUE,
    GREEN,
    GREY,
    INK,
    LONGEST_LABEL,
    ORANGE,
    PALE,
    SKY,
    SMALL,
    VERMILION,
    WHITE,
    bare,
    beside,
    draw_claim,
    figure_axes,
    finish,
    in_words,
    plain,
    wrapped,
)
from shellflow.plot._rows import Band, Driver, Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["bands", "drivers"]

_KINDS = {
    "capacity": (SKY, "", BLUE),
    "contents": ("#f5d68c", "////", "#9a6a00"),
    "": ("#cccccc", "", INK),
}
_GRADES = {
    "measured": (BLUE, ""),
    "specified": (SKY, "...."),
    "published": (GREEN, "\\\\\\\\"),
    "derived": (ORANGE, "////"),
    "assumed": (VERMILION, "xxxx"),
}

_READ_DRIVERS = (
    "each bar: the median where the input is in its lowest and in its highest tenth; beside it the input's share of "
    "the variance"
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

    Parameters
    ----------
    rows : sequence of Band
        From top to bottom [any one unit].
    claims : sequence of Mark
        Published values [the same unit].
    ceiling : Band, optional
        What nothing can exceed, drawn as a line at its median [the same unit].
    title, unit : str
        What it is; what the axis counts [unitless].
    source : str
        What to print below the figure [unitless].
    ax : matplotlib axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    matplotlib.axes.Axes
        Row i stands at height -i.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If there are no rows, or `ax` is no axes.

    Examples
    --------
    >>> ax = bands([Band("crated", 1.7e6, 1.9e6, 2.0e6, "capacity")], unit="rounds")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['crated']
    """
    if not rows:
        raise bad_argument("rows", rows, "at least one band", "Give what is to be drawn.")
    own = ax is None
    ax = figure_axes(ax, 9.0 if any(one.said for one in rows) else 7.5, 1.1 + 0.55 * (len(rows) + len(claims)))
    known = [one for one in (*rows, *([ceiling] if ceiling else [])) if not one.missing]
    ends = [end for one in known for end in (one.low, one.high)]
    ends += [end for one in claims for end in (one.low, one.high) if end is not None]
    least, most = min(0.0, *ends), max(0.0, *ends)
    spare = 0.04 * (most - least) or 1.0
    ax.set_xlim(least - (spare if least < 0 else 0.0), most + spare)
    limited = ceiling is not None and not ceiling.missing
    ax.set_ylim(-len(rows) + (0.4 if not limited else -0.2), 0.6 + 0.75 * len(claims))
    if ceiling is not None and limited:
        ax.axvspan(ceiling.low, ceiling.high, facecolor=PALE, alpha=0.25, linewidth=0, gid="ceiling band")
        ax.axvline(ceiling.median, color=INK, linewidth=1.6, gid="ceiling")
        beside(ax, ceiling.median, -len(rows) + 0.2, ceiling.label, INK)
    for place, one in enumerate(rows):
        _draw_band(ax, one, -place)
    for place, claim in enumerate(claims):
        draw_claim(ax, claim, place, 0.75 * (len(claims) - place))
    labels = [wrapped(plain(one.label, 2 * LONGEST_LABEL), LONGEST_LABEL // 2 + 4) for one in rows]
    ax.set_yticks([-place for place in range(len(rows))], labels)
    ax.tick_params(axis="y", length=0)
    bare(ax, "left", "top", "right")
    in_words(ax.xaxis)
    ax.set_xlabel(plain(unit, LONGEST_LABEL))
    return finish(ax, title, [source], own=own)


def _draw_band(ax: Axes, one: Band, height: float) -> None:
    left, right = ax.get_xlim()
    if one.missing:
        at = left + 0.01 * (right - left)
        ax.text(at, height, plain(one.missing, 90), va="center", fontsize=SMALL, color=GREY, style="italic")
        return
    fill, hatch, edge = _KINDS.get(one.kind, _KINDS[""])
    # A band of no width still shows as a line.
    wide = max(one.high - one.low, 0.002 * (right - left))
    ax.barh(
        [height],
        [wide],
        left=[(one.low + one.high - wide) / 2],
        height=0.42,
        color=fill,
        edgecolor=edge,
        hatch=hatch,
        linewidth=0.8,
        gid="band",
    )
    ax.plot([one.median] * 2, [height - 0.28, height + 0.28], color=INK, linewidth=2.2, gid="median")
    if one.said:
        # Outside the axes, where it hides no other band, claim or ceiling.
        ax.annotate(
            plain(one.said, 70),
            (1.0, height),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            gid="said",
        )


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
    source : str
        What to print below the figure [unitless].
    ax : matplotlib axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    matplotlib.axes.Axes
        Row i stands at height -i.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If there are no rows, or `ax` is no axes.

    Examples
    --------
    >>> ax = drivers([Driver("load", 6e5, 1.4e6, 0.96, "derived")], median=9e5, unit="rounds")
    >>> ax.get_legend().get_texts()[0].get_text()
    'derived'
    """
    if not rows:
        raise bad_argument("rows", rows, "at least one driver", "Where every input is fixed there is nothing to draw.")
    own = ax is None
    ax = figure_axes(ax, 8.0, 1.0 + 0.42 * len(rows))
    from matplotlib.patches import Patch

    ends = [end for one in rows for end in (one.low, one.high)] + [median]
    least, most = min(ends), max(ends)
    spare = 0.06 * (most - least) or 0.1 * abs(median) or 1.0
    ax.set_xlim(least - spare, most + 3 * spare)
    ax.axvline(median, color=INK, linewidth=1.2, gid="median")
    for place, one in enumerate(rows):
        colour, hatch = _GRADES.get(one.grade, (PALE, ""))
        low, high = min(one.low, one.high), max(one.low, one.high)
        wide = max(high - low, 0.004 * (most - least))
        ax.barh(
            [-place],
            [wide],
            left=[(low + high - wide) / 2],
            height=0.6,
            color=colour,
            hatch=hatch,
            edgecolor=WHITE if hatch else colour,
            linewidth=0.0,
            gid="driver",
        )
        share = words.percent(min(max(one.share, 0.0), 1.0)) if one.share > 0 else "too small to tell"
        ax.annotate(
            share,
            (max(high, median), -place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            bbox={"facecolor": WHITE, "alpha": 0.75, "edgecolor": "none", "pad": 0.8},
        )
    ax.set_ylim(-len(rows) + 0.4, 0.6)
    ax.set_yticks([-place for place in range(len(rows))], [plain(one.label, LONGEST_LABEL) for one in rows])
    ax.tick_params(axis="y", length=0, labelsize=9)
    bare(ax, "left", "top", "right")
    in_words(ax.xaxis)
    ax.set_xlabel(plain(unit, LONGEST_LABEL))
    found = [grade for grade in _GRADES if grade in {one.grade for one in rows}]
    patches = [
        Patch(
            facecolor=_GRADES[grade][0],
            hatch=_GRADES[grade][1],
            edgecolor=WHITE if _GRADES[grade][1] else _GRADES[grade][0],
            label=grade,
        )
        for grade in found
    ]
    if patches:
        ax.legend(handles=patches, loc="lower right", fontsize=SMALL, framealpha=0.85)
    return finish(ax, title, [_READ_DRIVERS, source], own=own)
