"""Bands below each other: answers side by side, and what one answer hangs on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.errors import bad_argument
from shellflow.plot._axes import (
    Drawing,
    bare,
    beside,
    boxed,
    draw_claim,
    finish,
    halo,
    in_words,
    new_axes,
    open_drawing,
)
from shellflow.plot._rows import Band, Driver, Mark, Panel
from shellflow.plot._text import SMALL, plain, wrapped
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
_NAME_SHARE = 0.33  # of the width of a part of a figure
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
        If there are no rows, or `ax` is no axes 4 inches wide or more.

    Examples
    --------
    >>> ax = bands([Band("crated", 1.7e6, 1.9e6, 2.0e6, "capacity")], unit="rounds")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['crated']
    """
    if not rows:
        raise bad_argument("rows", rows, "at least one band", "Give what is to be drawn.")
    drawing = open_drawing(ax, 9.0 if any(row.text for row in rows) else 7.5, 1.1 + 0.55 * (len(rows) + len(claims)))
    ax, tones = drawing.ax, drawing.tones
    if ceiling is not None and ceiling.missing:
        ceiling = None
    known = [row for row in (*rows, *([ceiling] if ceiling else [])) if not row.missing]
    ends = [end for row in known for end in (row.low, row.high)]
    ends += [end for claim in claims for end in (claim.low, claim.high) if end is not None]
    least, most = min(0.0, *ends), max(0.0, *ends)
    spare = 0.04 * (most - least) or 1.0
    ax.set_xlim(least - (spare if least < 0 else 0.0), most + spare)
    # Below the bands there is room for what the ceiling is, in two lines where one is too wide.
    bottom = -len(rows) + (0.4 if not ceiling else -0.75 if drawing.narrow else -0.2)
    ax.set_ylim(bottom, 0.6 + 0.75 * len(claims))
    if ceiling:
        ax.axvspan(ceiling.low, ceiling.high, facecolor=tones.pale, alpha=0.25, linewidth=0, gid="ceiling band")
        ax.axvline(ceiling.median, color=tones.ink, linewidth=1.6, gid="ceiling")
        height = bottom + (0.55 if drawing.narrow else 0.4)
        beside(drawing, ceiling.median, height, ceiling.label, tones.ink, lines=True)
    for place, row in enumerate(rows):
        _draw_band(drawing, row, -place)
    for place, claim in enumerate(claims):
        draw_claim(drawing, claim, place, 0.75 * (len(claims) - place))
    _name_rows(drawing, [row.label for row in rows])
    if not drawing.narrow:
        _write_at_right(drawing, [row.text for row in rows], "said")
    return _finish_rows(drawing, title, unit, [source])


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


def _name_rows(drawing: Drawing, names: Sequence[str]) -> None:
    width = _NAME_SHARE * drawing.width
    labels = [wrapped(name, width, SMALL, longest=_LONGEST_NAME, name=True) for name in names]
    drawing.ax.set_yticks([-place for place in range(len(names))], labels)
    drawing.ax.tick_params(axis="y", length=0, labelsize=SMALL if drawing.narrow else SMALL + 1)


def _write_at_right(drawing: Drawing, texts: Sequence[str], gid: str) -> None:
    """Write a text for each row outside the axes, where it hides nothing."""
    for place, text in enumerate(texts):
        drawing.ax.annotate(
            plain(text, 70),
            (1.0, -place),
            xycoords=("axes fraction", "data"),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            fontsize=SMALL,
            color=drawing.around.ink,
            gid=gid,
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
        ax.text(
            left + 0.01 * (right - left),
            height,
            wrapped(row.missing, 0.9 * drawing.text_width, SMALL, longest=90),
            va="center",
            fontsize=SMALL,
            color=tones.grey,
            style="italic",
            bbox=boxed(drawing),
            zorder=3,
            gid="missing",
        ).set_in_layout(False)
        return
    fill, hatch, edge = {
        "capacity": (tones.fill, "", tones.edge),
        "contents": (tones.contents, "////", tones.contents_edge),
    }.get(row.kind, (tones.other, "", tones.ink))
    # A band of no width still shows as a line.
    wide = max(row.high - row.low, 0.002 * (right - left))
    start = (row.low + row.high - wide) / 2
    ax.barh(
        [height], [wide], left=[start], height=0.42, color=fill, edgecolor=edge, hatch=hatch, linewidth=0.8, gid="band"
    )
    ax.plot([row.median] * 2, [height - 0.28, height + 0.28], color=tones.ink, linewidth=2.2, gid="median")


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
    ax.axvline(median, color=tones.ink, linewidth=1.2, path_effects=halo(tones, 1.2), gid="median")
    looks: dict[str, dict[str, Any]] = {
        grade: {"facecolor": colour, "hatch": hatch} for grade, (colour, hatch) in _GRADES.items()
    }
    for look in looks.values():
        look["edgecolor"] = drawing.around.paper if look["hatch"] else look["facecolor"]
    for place, row in enumerate(rows):
        low, high = min(row.low, row.high), max(row.low, row.high)
        wide = max(high - low, 0.004 * (most - least))
        look = looks.get(row.grade, {"facecolor": tones.pale})
        ax.barh([-place], [wide], left=[(low + high - wide) / 2], height=0.6, linewidth=0.0, gid="driver", **look)
    _name_rows(drawing, [row.label for row in rows])
    shares = [words.percent(min(max(row.share, 0.0), 1.0)) if row.share > 0 else "too small to tell" for row in rows]
    _write_at_right(drawing, shares, "share")
    grades = {row.grade for row in rows}
    key = [(Patch(**look), grade) for grade, look in looks.items() if grade in grades]
    return _finish_rows(drawing, title, unit, [_READ_DRIVERS, source], key)
