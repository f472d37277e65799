"""Bands below each other: answers side by side, and what one answer hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shellflow import words
from shellflow.errors import bad_argument
from shellflow.plot._axes import (
    bare,
    beside,
    boxed,
    cell_of,
    draw_claim,
    figure_axes,
    finish,
    halo,
    in_words,
    is_narrow,
    reckoned,
    room_of,
)
from shellflow.plot._rows import Band, Driver, Mark
from shellflow.plot._text import LONGEST_LABEL, SMALL, TINY, lines_of, plain, width_of
from shellflow.plot._tones import BLUE, GREEN, ORANGE, SKY, VERMILION, tones_around, tones_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["bands", "drivers"]

_GRADES = {
    "measured": (BLUE, ""),
    "specified": (SKY, "...."),
    "published": (GREEN, "\\\\\\\\"),
    "derived": (ORANGE, "////"),
    "assumed": (VERMILION, "xxxx"),
}

_LABEL = 130.0  # points: how wide the name of a row may be
_LONGEST_NAME = 58  # letters, which go into three lines
_LABEL_SHARE = 0.43  # of the part of a figure that axes have, where that is narrow
_AROUND = 110.0  # points: how high title, axis and notes are together, about, where axes are narrow

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
    tones, narrow = tones_of(ax), is_narrow(ax, own=own)
    room, size = reckoned(ax, own=own), TINY if narrow else SMALL
    # Below the bands there is room for what the ceiling is, in two lines where one is too wide.
    bottom = -len(rows) + (0.4 if not limited else -0.75 if narrow else -0.2)
    ax.set_ylim(bottom, 0.6 + 0.75 * len(claims))
    if ceiling is not None and limited:
        ax.axvspan(ceiling.low, ceiling.high, facecolor=tones.pale, alpha=0.25, linewidth=0, gid="ceiling band")
        ax.axvline(ceiling.median, color=tones.ink, linewidth=1.6, gid="ceiling")
        beside(ax, ceiling.median, bottom + (0.55 if narrow else 0.4), ceiling.label, tones.ink, room, size, most=2)
    for place, one in enumerate(rows):
        _draw_band(ax, one, -place, own=own)
    for place, claim in enumerate(claims):
        draw_claim(ax, claim, place, 0.75 * (len(claims) - place), room, size)
    _named(ax, [one.label for one in rows], SMALL if narrow else 10.0, own=own)
    _said(ax, rows, own=own)
    bare(ax, "left", "top", "right")
    in_words(ax.xaxis)
    ax.set_xlabel(plain(unit, LONGEST_LABEL))
    return finish(ax, title, [source], own=own)


def _named(ax: Axes, names: Sequence[str], size: float, *, own: bool, whole: bool = False) -> None:
    """Write the names of rows; `whole` ones are broken only where there is no room for them."""
    room, most = 2 * _LABEL if whole else _LABEL, 3
    if is_narrow(ax, own=own):
        wide, high = cell_of(ax)
        room = _LABEL_SHARE * wide
        row = (high - _AROUND) / abs(ax.get_ylim()[1] - ax.get_ylim()[0])
        most = min(max(int(row / (1.2 * size)), 1), 3)
    longest = LONGEST_LABEL if whole else _LONGEST_NAME
    labels = [lines_of(name, room, size, longest=longest, most=most, name=whole) for name in names]
    ax.set_yticks([-place for place in range(len(names))], labels)
    ax.tick_params(axis="y", length=0, labelsize=size)


def _draw_band(ax: Axes, one: Band, height: float, *, own: bool) -> None:
    left, right = ax.get_xlim()
    tones = tones_of(ax)
    if one.missing:
        at = left + 0.01 * (right - left)
        ax.text(
            at,
            height,
            lines_of(one.missing, 0.9 * reckoned(ax, own=own), SMALL, longest=90, most=2),
            va="center",
            fontsize=SMALL,
            color=tones.grey,
            style="italic",
            bbox=boxed(ax),
            zorder=3,
            gid="missing",
        ).set_in_layout(False)
        return
    fill, hatch, edge = {
        "capacity": (tones.fill, "", tones.edge),
        "contents": (tones.contents, "////", tones.contents_edge),
    }.get(one.kind, (tones.other, "", tones.ink))
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
    ax.plot([one.median] * 2, [height - 0.28, height + 0.28], color=tones.ink, linewidth=2.2, gid="median")


def _said(ax: Axes, rows: Sequence[Band], *, own: bool) -> None:
    """Write what there is to say of bands outside the axes, where it hides no other band, claim or ceiling."""
    said = [plain(one.said, 70) for one in rows]
    if is_narrow(ax, own=own) or max(width_of(one, SMALL) for one in said) > 0.5 * room_of(ax, own=own):
        return
    for place, text in enumerate(said):
        if not text:
            continue
        ax.annotate(
            text,
            (1.0, -place),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            color=tones_around(ax).ink,
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
    tones, narrow = tones_of(ax), is_narrow(ax, own=own)
    size = TINY if narrow else SMALL
    shares = [words.percent(min(max(one.share, 0.0), 1.0)) if one.share > 0 else "too small to tell" for one in rows]
    # The share beside a bar has to end within the axes.
    room, left, right = 0.9 * reckoned(ax, own=own), least - spare, most + spare
    for one, share in zip(rows, shares, strict=True):
        bar = (max(one.low, one.high, median) - left) / max(1.0 - (width_of(share, size) + 8) / room, 0.3)
        right = max(right, left + bar)
    ax.set_xlim(left, right)
    ax.axvline(median, color=tones.ink, linewidth=1.2, path_effects=halo(ax, 1.2), gid="median")
    for place, one in enumerate(rows):
        colour, hatch = _GRADES.get(one.grade, (tones.pale, ""))
        low, high = min(one.low, one.high), max(one.low, one.high)
        wide = max(high - low, 0.004 * (most - least))
        ax.barh(
            [-place],
            [wide],
            left=[(low + high - wide) / 2],
            height=0.6,
            color=colour,
            hatch=hatch,
            edgecolor=tones.paper if hatch else colour,
            linewidth=0.0,
            gid="driver",
        )
        ax.annotate(
            shares[place],
            (max(high, median), -place),
            xytext=(5, 0),
            textcoords="offset points",
            va="center",
            fontsize=size,
            color=tones.ink,
            bbox=boxed(ax),
            gid="share",
        ).set_in_layout(False)
    ax.set_ylim(-len(rows) + 0.4, 0.6)
    _named(ax, [one.label for one in rows], TINY if narrow else 9.0, own=own, whole=True)
    bare(ax, "left", "top", "right")
    in_words(ax.xaxis)
    ax.set_xlabel(plain(unit, LONGEST_LABEL))
    found = [grade for grade in _GRADES if grade in {one.grade for one in rows}]
    paper = tones_around(ax).paper
    key = [
        (Patch(facecolor=colour, hatch=hatch, edgecolor=paper if hatch else colour), grade)
        for grade, (colour, hatch) in ((grade, _GRADES[grade]) for grade in found)
    ]
    return finish(ax, title, [_READ_DRIVERS, source], own=own, key=key)
