"""The axes of a figure, what is written around them, and what every figure shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.errors import ExtraError, bad_argument
from shellflow.plot._rows import Mark
from shellflow.plot._text import LONGEST_LABEL, SMALL, TINY, TITLE, line_of, lines_of, width_of
from shellflow.plot._tones import VERMILION, tones_around, tones_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.gridspec import SubplotSpec
    from matplotlib.transforms import Bbox

__all__ = [
    "MARKERS",
    "bare",
    "beside",
    "boxed",
    "cell_of",
    "draw_claim",
    "figure_axes",
    "finish",
    "halo",
    "in_words",
    "is_narrow",
    "points_of",
    "reckoned",
    "room_of",
]

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

_INSTALL = 'Install it: pip install "shellflow[plot]"'
_LONGEST_SOURCE = 3_000
_LEAST_SAID, _MOST_SAID = 1e-4, 1e15
_NARROW = 6.5  # inches; what is narrower has no room for words beside bands
_OF_A_CELL = 0.6  # of the width of a cell, what its labels leave at least to the axes
_LINE = 1.35  # height of a line over the size of its letters
_PAD = 3.0  # points between what is written and the end of its cell
_LEAST = 30.0  # points: axes are not made smaller than this


def figure_axes(ax: Axes | None, width: float, height: float) -> Axes:
    """Return the axes given, checked, or those of a new figure of so many inches.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If what is given is no axes.
    """
    try:
        import matplotlib as mpl
        from matplotlib.axes import Axes
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise ExtraError(f"figures need matplotlib, which is not installed. {_INSTALL}") from error
    if ax is not None:
        if not isinstance(ax, Axes):
            raise bad_argument("ax", ax, "an axes of matplotlib", "Make one: figure, ax = plt.subplots().")
        return ax
    from matplotlib import pyplot

    try:
        return pyplot.subplots(figsize=(width, height), layout="constrained")[1]
    except ImportError as error:
        raise ExtraError(
            f"matplotlib cannot open its window system {mpl.rcParams['backend']!r} here. Set MPLBACKEND=agg, or call "
            "matplotlib.use('agg'), and save the figure with ax.figure.savefig('figure.png')."
        ) from error


# --- how much room there is -------------------------------------------------------------------------------------------


def points_of(ax: Axes) -> tuple[float, float]:
    """Return how wide and high axes are, in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    extent = ax.get_window_extent()
    return extent.width * 72 / figure.dpi, extent.height * 72 / figure.dpi


def is_narrow(ax: Axes, *, own: bool) -> bool:
    """Return whether axes stand in so small a part of a figure that only the most needed words fit."""
    return not own and cell_of(ax)[0] < _NARROW * 72


def room_of(ax: Axes, *, own: bool) -> float:
    """Return how wide a line within axes may be, in points.

    Axes beside others are made alike in the end, so that the labels of one leave less to another.
    """
    wide = points_of(ax)[0]
    spec = ax.get_subplotspec()
    if own or spec is None or spec.get_gridspec().ncols == 1 or not _laid_out(ax):
        return wide
    return min(wide, _OF_A_CELL * cell_of(ax)[0])


def reckoned(ax: Axes, *, own: bool) -> float:
    """Return how wide axes are in the end, about and rather too little, before anything is written around them."""
    return min(room_of(ax, own=own), _OF_A_CELL * cell_of(ax)[0])


def _laid_out(ax: Axes) -> bool:
    """Return whether matplotlib makes room for what is written around axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure.get_layout_engine() is not None and ax.get_in_layout()


def _cell(ax: Axes) -> tuple[float, float, float, float] | None:
    """Return left, bottom, right and top of the part of the figure that is the axes' own, in shares of it."""
    spec = ax.get_subplotspec()
    if spec is None:
        return None
    grid = spec.get_gridspec()
    edges: list[list[float]] = []
    given: tuple[tuple[int, Any], ...] = (
        (grid.ncols, grid.get_width_ratios()),
        (grid.nrows, grid.get_height_ratios()),
    )
    for count, ratios in given:
        shares = [float(one) / sum(ratios) for one in ratios]
        edges.append([sum(shares[:place]) for place in range(count + 1)])
    across, down = edges
    rows, columns = spec.rowspan, spec.colspan
    return across[columns.start], 1 - down[rows.stop], across[columns.stop], 1 - down[rows.start]


def cell_of(ax: Axes) -> tuple[float, float]:
    """Return how wide and high the part of the figure is that is the axes' own, in points."""
    cell = _cell(ax)
    if cell is None:
        return points_of(ax)
    figure = ax.get_figure(root=True)
    held = ax.get_figure(root=False)
    assert figure is not None
    assert held is not None
    left, bottom, right, top = cell
    return (right - left) * held.bbox.width * 72 / figure.dpi, (top - bottom) * held.bbox.height * 72 / figure.dpi


# --- what is written around -------------------------------------------------------------------------------------------


def finish(
    ax: Axes, title: str, below: Sequence[str], *, own: bool, key: Sequence[tuple[Any, str]] = (), columns: int = 9
) -> Axes:
    """Write the title above, and below the key and small lines, all broken where the axes end.

    A figure of our own grows by what is written. Where nothing else makes room in a figure that was given, the axes
    give way, within their own part of it.
    """
    figure = ax.get_figure(root=True)
    assert figure is not None
    if own:
        lines = _written(ax, title, below, key, columns, own=own)
        wide, high = figure.get_size_inches()
        figure.set_size_inches(wide, high + lines / 72)
        return ax
    for _ in range(1 if _laid_out(ax) else 2):  # narrower axes break the lines elsewhere
        _written(ax, title, below, key, columns, own=own)
        if not _laid_out(ax):
            _give_way(ax)
    return ax


def _written(
    ax: Axes, title: str, below: Sequence[str], key: Sequence[tuple[Any, str]], columns: int, *, own: bool
) -> float:
    """Write it all, in the place of what was written before, and return how high that is, in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()  # for labels and axes to stand where they will
    room, narrow = room_of(ax, own=own), is_narrow(ax, own=own)
    size = TITLE - 1.5 if narrow else TITLE
    lines = [lines_of(line, room, size, most=2 if narrow else 0) for line in title.splitlines()]
    ax.set_title("\n".join(lines), loc="left", fontsize=size)
    high = _LINE * size * sum(line.count("\n") + 1 for line in lines)
    for one in [one for one in ax.texts if one.get_gid() == "source"]:
        one.remove()
    if key:
        high += _keyed(ax, key, room, columns, narrow=narrow)
    small = [lines_of(line, room, TINY, longest=_LONGEST_SOURCE) for text in below for line in text.splitlines()]
    if small:
        _noted(ax, "\n".join(small))
        high += _LINE * TINY * sum(text.count("\n") + 1 for text in small) + 6
    return high


def _left_of(ax: Axes) -> float:
    """Return how far the labels of rows or ticks stand out to the left of axes, in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    labels = ax.yaxis.get_tightbbox()
    return 0.0 if labels is None else max(0.0, ax.get_window_extent().x0 - labels.x0) * 72 / figure.dpi


def _keyed(ax: Axes, key: Sequence[tuple[Any, str]], room: float, columns: int, *, narrow: bool) -> float:
    """Write the key below the label of the axis, where it hides nothing, and return how high it is, in points."""
    from matplotlib.transforms import ScaledTranslation

    figure = ax.get_figure(root=True)
    assert figure is not None
    size = TINY if narrow else SMALL
    handle, gap = 3.4 * size, 2.0 * size
    # matplotlib before 3.10 leaves a name that begins with an underscore out of the legend.
    names = [lines_of(name, max(room - handle, 40.0), size, longest=LONGEST_LABEL, most=2) for _, name in key]
    names = [f" {name}" if name.startswith("_") else name for name in names]
    fits = _across(names, min(columns, len(names)), size) <= room
    shift = _left_of(ax) if narrow and not fits else 0.0  # below the labels there is more room
    room += shift
    split = next((one for one in range(min(columns, len(names)), 1, -1) if _across(names, one, size) <= room), 1)
    label = ax.xaxis.label.get_window_extent()
    under = (label.y0 - ax.get_window_extent().y0) / figure.dpi
    ax.legend(
        [drawn for drawn, _ in key],
        names,
        loc="upper left",
        bbox_to_anchor=(0.0, 0.0),
        bbox_transform=ax.transAxes + ScaledTranslation(-shift / 72, under, figure.dpi_scale_trans),
        ncols=split,
        borderaxespad=0.2,
        borderpad=0.2,
        handlelength=2.6,
        handletextpad=0.8,
        labelspacing=0.3 if narrow else 0.5,
        columnspacing=gap / size,
        frameon=False,
        fontsize=size,
        labelcolor=tones_around(ax).ink,
    )
    return math.ceil(len(names) / split) * _LINE * size * max(name.count("\n") + 1 for name in names) + 6


def _across(names: Sequence[str], columns: int, size: float) -> float:
    """Return how wide a key is, in points; matplotlib fills its first columns higher."""
    handle, gap = 3.4 * size, 2.0 * size
    rows, more = divmod(len(names), columns)
    heights = [rows + 1] * more + [rows] * (columns - more)
    starts = [sum(heights[:place]) for place in range(columns)]
    groups = [names[start : start + high] for start, high in zip(starts, heights, strict=True)]
    return sum(max(width_of(name, size) for name in group) + handle + gap for group in groups) - gap


def _noted(ax: Axes, text: str) -> None:
    from matplotlib.text import Annotation
    from matplotlib.transforms import Bbox

    class Note(Annotation):
        """Lines for whose height there is to be room; their width was chosen for the room there is."""

        def get_tightbbox(self, renderer: Any = None) -> Bbox:
            extent = super().get_tightbbox(renderer)
            assert extent is not None  # it is never clipped
            return Bbox.from_extents(extent.x0, extent.y0, extent.x0 + 1, extent.y1)

    note = Note(
        text,
        xy=(0.0, 0.0),
        # Below the key, or the label of the axis, wherever that comes to stand.
        xycoords=("axes fraction", ax.get_legend() or ax.xaxis.label),
        xytext=(0.0, -5.0),
        textcoords="offset points",
        ha="left",
        va="top",
        fontsize=TINY,
        color=tones_around(ax).grey,
        clip_on=False,
        gid="source",
    )
    ax.add_artist(note)


class _Within:
    """Where axes stand so that all that is written around them is within their own part of the figure.

    It is asked at each drawing, and makes axes smaller, never larger. Once a layout has been asked for, that decides.

    Parameters
    ----------
    spec : SubplotSpec
        Of the axes.
    left, bottom, right, top : float
        How far what is written stands out, below 0 where it does not [points].
    """

    def __init__(self, spec: SubplotSpec, left: float, bottom: float, right: float, top: float) -> None:
        self.spec = spec
        self.out = (left, bottom, right, top)

    def get_subplotspec(self) -> SubplotSpec:
        """Return that of the axes: `tight_layout` asks for it here."""
        return self.spec

    def __call__(self, ax: Any, _renderer: Any) -> Bbox:
        from matplotlib.transforms import Bbox

        at: Bbox = ax.get_position(original=True)
        cell = _cell(ax)
        figure, held = ax.get_figure(root=True), ax.get_figure(root=False)
        assert figure is not None
        assert held is not None
        if cell is None or figure.get_layout_engine() is not None:
            return at
        points = figure.dpi / 72
        left, bottom, right, top = (one + _PAD for one in self.out)
        wide, high = held.bbox.width / points, held.bbox.height / points
        x0, x1 = max(at.x0, cell[0] + left / wide), min(at.x1, cell[2] - right / wide)
        y0, y1 = max(at.y0, cell[1] + bottom / high), min(at.y1, cell[3] - top / high)
        # What does not fit at all runs over to the right, or below.
        return Bbox.from_extents(x0, min(y0, y1 - _LEAST / high), max(x1, x0 + _LEAST / wide), y1)


def _give_way(ax: Axes) -> None:
    """Make axes so much smaller that all that is written around them is within their own part of the figure."""
    figure, held, locator = ax.get_figure(root=True), ax.get_figure(root=False), ax.get_axes_locator()
    assert figure is not None
    assert held is not None
    spec = ax.get_subplotspec()
    if spec is None or not (locator is None or isinstance(locator, _Within)):
        return  # put there by hand
    figure.draw_without_rendering()
    around = ax.get_tightbbox()
    assert around is not None
    place = ax.get_position(original=True) if locator is None else locator(ax, None)
    inner = place.transformed(held.transSubfigure)
    out = (inner.x0 - around.x0, inner.y0 - around.y0, around.x1 - inner.x1, around.y1 - inner.y1)
    ax.set_axes_locator(_Within(spec, *(one * 72 / figure.dpi for one in out)))
    figure.draw_without_rendering()


# --- axes and what stands on them -------------------------------------------------------------------------------------


def in_words(axis: Any) -> None:
    """Write the ticks of an axis in words, with the digits by which they differ, and no more than go beside others."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    class Few(MaxNLocator):
        def tick_values(self, vmin: float, vmax: float) -> Any:
            # A tick in words is some two times as wide as matplotlib takes one to be; it stands on lines as high.
            self.set_params(nbins=min(max(axis.get_tick_space() // 2, 2), 6))
            return super().tick_values(vmin, vmax)

    def said(value: float, _: object) -> str:
        ticks = sorted({round(float(tick), 12) for tick in axis.get_ticklocs()})
        apart = min((after - before for before, after in pairwise(ticks)), default=0.0)
        if abs(value) < 1e-9 * apart:
            return "0"
        if not (apart >= _LEAST_SAID and abs(value) <= _MOST_SAID):
            return f"{value:.3g}"  # words would run to hundreds of digits
        # Ticks stand 1, 2, 2.5 or 5 times a power of ten apart: one digit more than that power is enough.
        return words.say(value, float(f"1e{math.floor(math.log10(apart) + 1e-9) - 1}"))

    axis.set_major_locator(Few(steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(said))


def bare(ax: Axes, *sides: str) -> None:
    """Take away the lines at some sides."""
    for side in sides:
        ax.spines[side].set_visible(False)


def halo(ax: Axes, width: float) -> list[Any]:
    """Return what sets a line of some width off from what it lies on."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width + 1.2, foreground=tones_of(ax).paper)]


def draw_claim(ax: Axes, claim: Mark, place: int, height: float, room: float, size: float) -> None:
    """Draw a published value: a line at each end it states, an arrow towards the end it leaves open, its label.

    The label has its room as `beside` does.
    """
    ends = [end for end in (claim.low, claim.high) if end is not None]
    marker = MARKERS[place % len(MARKERS)]
    for end in dict.fromkeys(ends):
        ax.axvline(end, color=VERMILION, linestyle="--", linewidth=1.2, gid="claim")
    if claim.low is not None and claim.high is not None and claim.low < claim.high:
        ax.axvspan(claim.low, claim.high, facecolor=VERMILION, alpha=0.12, hatch="..", edgecolor=VERMILION, linewidth=0)
    at = ends[0]
    ax.plot([at], [height], marker=marker, color=VERMILION, markersize=6, linestyle="", gid="claim")
    sign = "→ " if claim.high is None else ("← " if claim.low is None else "")
    beside(ax, at, height, sign + claim.label, tones_of(ax).claim, room, size)


def beside(
    ax: Axes, at: float, height: float, text: str, colour: str, room: float, size: float, *, most: int = 1
) -> None:
    """Write a text to the right of a place, or to its left where there is more room; it takes no room of its own.

    Where axes are `room` points wide it is shortened to what there is of it beside the place, in one line or in two.
    """
    left, right = ax.get_xlim()
    place = (at - left) / (right - left)
    on_left = place > 0.5
    room = max(max(place, 1 - place) * room - 12, 40.0)
    written = ax.annotate(
        line_of(text, room, size) if most == 1 else lines_of(text, room, size, longest=90, most=most),
        (at, height),
        xytext=(-8 if on_left else 8, 0),
        textcoords="offset points",
        ha="right" if on_left else "left",
        va="center",
        fontsize=size,
        color=colour,
        bbox=boxed(ax),
        gid="beside",
    )
    written.set_in_layout(False)


def boxed(ax: Axes) -> dict[str, Any]:
    """Return the box of a text that lines may cross: it lets them go on around, not through."""
    return {"facecolor": tones_of(ax).paper, "alpha": 0.85, "edgecolor": "none", "pad": 1.0}
