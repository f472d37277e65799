"""The axes of a figure, what is written around them, and what every figure shares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.errors import ArgumentError, ExtraError, bad_argument
from shellflow.plot._rows import Mark
from shellflow.plot._text import LONGEST_LABEL, SMALL, TINY, TITLE, letters, plain, wrapped
from shellflow.plot._tones import VERMILION, Tones, tones_on

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "LINE",
    "MARKERS",
    "Drawing",
    "bare",
    "check_rows",
    "draw_claim",
    "finish",
    "halo",
    "in_words",
    "name_of",
    "new_axes",
    "open_drawing",
]

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

_INSTALL = 'Install it: pip install "shellflow[plot]"'
_LONGEST_SOURCE, _LONGEST_KEY = 3_000, 64  # letters
_LEAST_SAID, _MOST_SAID = 1e-4, 1e15
_NARROWEST, _NARROW = 4.0, 6.5  # inches; what is narrow has no room for words beside bands
_TEXT_SHARE = 0.6  # of the width of a part of a figure, what labels leave to axes that stand below each other
LINE = 1.35  # height of a line over the size of its letters
_LEAST_ROW = 8.0  # points, below which names of rows run into each other
_TICK = 65.0  # points: how wide a tick in words is, with the space to the next
_AROUND = 100.0  # points: what title, ticks and notes take of the height of axes that are given
_BELOW_AXES = 34.0  # points: the ticks and the label of an axis


@dataclass(frozen=True)
class Drawing:
    """Axes, and the points across and down that they have in the figure, with all that is written around them."""

    ax: Axes
    own: bool
    width: float
    height: float
    text_width: float

    @property
    def narrow(self) -> bool:
        """Whether only the most needed words fit."""
        return self.width < _NARROW * 72

    @property
    def axes_height(self) -> float:
        """How high the axes will be at the least, about [points]: of those that are given, words take some."""
        return self.height - _BELOW_AXES if self.own else max(self.height - _AROUND, 60.0)

    @property
    def tones(self) -> Tones:
        """The tones for what stands within the axes."""
        return tones_on(self.ax.get_facecolor(), _face_of_figure(self.ax))

    @property
    def around(self) -> Tones:
        """The tones for what stands around the axes, on the figure itself."""
        return tones_on(_face_of_figure(self.ax))


def open_drawing(ax: Axes | None, width: float, height: float, share: float = _TEXT_SHARE) -> Drawing:
    """Return a drawing on the axes given, checked, or on those of a new figure of so many inches.

    Lines of text take `share` of the width of a new figure.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If what is given is no axes, or is narrower than 4 inches.
    """
    if ax is not None:
        if not isinstance(ax, _matplotlib().axes.Axes):
            raise bad_argument("ax", ax, "an axes of matplotlib", "Make one: figure, ax = plt.subplots().")
        return _on_given(ax)
    (ax,) = new_axes(width, [height])
    _write_for_any_page(ax)
    return Drawing(ax, True, width * 72, height * 72, share * width * 72)


def new_axes(width: float, heights: Sequence[float]) -> list[Axes]:
    """Return axes below each other in a new figure, each of so many inches, transparent where no style is in force.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    """
    mpl = _matplotlib()
    from matplotlib import pyplot

    try:
        figure, axes = pyplot.subplots(
            len(heights),
            figsize=(width, sum(heights)),
            height_ratios=heights,
            squeeze=False,
            layout="constrained",
        )
    except ImportError as error:
        raise ExtraError(
            f"matplotlib cannot open its window system {mpl.rcParams['backend']!r} here. Set MPLBACKEND=agg, or call "
            "matplotlib.use('agg'), and save the figure with ax.figure.savefig('figure.png')."
        ) from error
    if mpl.colors.same_color(mpl.rcParams["figure.facecolor"], mpl.rcParamsDefault["figure.facecolor"]):
        figure.set_facecolor("none")
        for ax in axes[:, 0]:
            ax.set_facecolor("none")
    return [*axes[:, 0]]


def _write_for_any_page(ax: Axes) -> None:
    """Write title, labels and ticks in a tone that reads on light and on dark, where the page behind is not known."""
    tones = tones_on(ax.get_facecolor(), _face_of_figure(ax))
    if tones.on_any:
        ax.set_title("", loc="left", color=tones.ink)
        ax.tick_params(color=tones.ink, labelcolor=tones.ink)
        for label in (ax.xaxis.label, ax.yaxis.label):
            label.set_color(tones.ink)
        for spine in ax.spines.values():
            spine.set_edgecolor(tones.ink)


def _matplotlib() -> Any:
    try:
        import matplotlib as mpl
        import matplotlib.axes
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "matplotlib":
            raise
        raise ExtraError(f"figures need matplotlib, which is not installed. {_INSTALL}") from error
    return mpl


def _on_given(ax: Axes) -> Drawing:
    figure, part, spec = ax.get_figure(root=True), ax.get_figure(root=False), ax.get_subplotspec()
    assert figure is not None
    assert part is not None
    if spec is None:  # put there by hand
        extent = ax.get_window_extent()
        width, height = extent.width / figure.dpi, extent.height / figure.dpi
    else:
        grid = spec.get_gridspec()
        width = part.bbox.width / figure.dpi * _share(grid.get_width_ratios(), spec.colspan)
        height = part.bbox.height / figure.dpi * _share(grid.get_height_ratios(), spec.rowspan)
    if not width > _NARROWEST - 0.01:
        wide_enough = math.ceil(figure.get_figwidth() * _NARROWEST / max(width, 0.1))
        raise ArgumentError(
            f"ax has {width:.1f} inches of the width of its figure, labels included; it needs at least {_NARROWEST:g} "
            f"inches. Make the figure wider: ax.get_figure(root=True).set_figwidth({wide_enough})."
        )
    _write_for_any_page(ax)
    return Drawing(ax, False, width * 72, height * 72, _TEXT_SHARE * width * 72)


def check_rows(drawing: Drawing, rows: float) -> None:
    """Check that axes that are given are high enough for so many rows.

    Raises
    ------
    ArgumentError
        If names of rows would run into each other.
    """
    if drawing.own or drawing.axes_height >= _LEAST_ROW * rows:
        return
    figure = drawing.ax.get_figure(root=True)
    assert figure is not None
    least = _LEAST_ROW * rows + _AROUND
    high_enough = math.ceil(figure.get_figheight() * least / drawing.height)
    raise ArgumentError(
        f"ax has {drawing.height / 72:.1f} inches of the height of its figure, labels included; {math.ceil(rows)} rows "
        f"need {least / 72:.1f} inches. Make the figure higher: ax.get_figure(root=True).set_figheight({high_enough})."
    )


def _share(ratios: Any, span: range) -> float:
    return float(sum(ratios[place] for place in span) / sum(ratios))


def _face_of_figure(ax: Axes) -> Any:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure.get_facecolor()


# --- what is written around -------------------------------------------------------------------------------------------


def finish(
    drawing: Drawing, title: str, below: Sequence[str], key: Sequence[tuple[Any, str]] = (), columns: int = 9
) -> Axes:
    """Write the title above, and below the key and small lines; a figure of our own grows by what is written."""
    ax, width = drawing.ax, drawing.text_width
    lines = "\n".join(wrapped(line, width, TITLE) for line in title.splitlines())
    ax.set_title(lines, loc="left", fontsize=TITLE)
    small = [wrapped(line, width, TINY, longest=_LONGEST_SOURCE) for text in below for line in text.splitlines()]
    note = "\n".join(small)
    # Some lines to spare: where the scales of both axes are one, the layout gives them more only when drawn again.
    points = LINE * TITLE * (lines.count("\n") + 1) + LINE * TINY * (note.count("\n") + 4.5)
    if key:
        points += _draw_key(drawing, key, columns)
    for text in [text for text in ax.texts if text.get_gid() == "source"]:
        text.remove()
    if note:
        # Below the key, or the label of the axis, wherever that comes to stand.
        ax.annotate(
            note,
            xy=(0.0, 0.0),
            xycoords=("axes fraction", ax.get_legend() or ax.xaxis.label),
            xytext=(0.0, -5.0),
            textcoords="offset points",
            ha="left",
            va="top",
            fontsize=TINY,
            color=drawing.around.grey,
            annotation_clip=False,
            gid="source",
        )
    if drawing.own:
        figure = ax.get_figure(root=True)
        assert figure is not None
        figure.set_figheight(figure.get_figheight() + points / 72)
    return ax


def _draw_key(drawing: Drawing, key: Sequence[tuple[Any, str]], columns: int) -> float:
    """Write the key below the label of the axis, where it hides nothing, and return how high it is, in points."""
    from matplotlib.transforms import ScaledTranslation

    ax = drawing.ax
    figure = ax.get_figure(root=True)
    assert figure is not None
    size = TINY if drawing.narrow else SMALL
    # matplotlib before 3.10 leaves a name that begins with an underscore out of the legend.
    letters_wide = letters((0.65 if drawing.narrow else 0.8) * drawing.width, size)
    longest = max(LONGEST_LABEL, min(letters_wide - 7, _LONGEST_KEY))
    names = [f" {name}" if name.startswith("_") else name for name in (plain(name, longest) for _, name in key)]
    split = max(1, min(columns, len(names), letters_wide // (max(map(len, names)) + 7)))
    ax.legend(
        [drawn for drawn, _ in key],
        names,
        loc="upper left",
        bbox_to_anchor=(0.0, 0.0),
        bbox_transform=ax.transAxes + ScaledTranslation(0.0, -_BELOW_AXES / 72, figure.dpi_scale_trans),
        ncols=split,
        borderaxespad=0.2,
        borderpad=0.2,
        handlelength=2.6,
        labelspacing=0.3,
        columnspacing=1.5,
        frameon=False,
        fontsize=size,
        labelcolor=drawing.around.ink,
    )
    return LINE * size * math.ceil(len(names) / split) + 6


# --- axes and what stands on them -------------------------------------------------------------------------------------


def in_words(axis: Any, width: float = 0.0) -> None:
    """Write the ticks of an axis in words, with the digits by which they differ, as many as so many points take."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def label(value: float, _: object) -> str:
        ticks = sorted({round(float(tick), 12) for tick in axis.get_ticklocs()})
        apart = min((after - before for before, after in pairwise(ticks)), default=0.0)
        if abs(value) < 1e-9 * apart:
            return "0"
        if not (apart >= _LEAST_SAID and abs(value) <= _MOST_SAID):
            return f"{value:.3g}"  # words would run to hundreds of digits
        # Ticks stand 1, 2, 2.5 or 5 times a power of ten apart: one digit more than that power is enough.
        return words.say(value, float(f"1e{math.floor(math.log10(apart) + 1e-9) - 1}"))

    most = min(max(int(width / _TICK), 2), 6) if width else 5
    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(label))
    axis.set_tick_params(labelsize=9)


def bare(ax: Axes, *sides: str) -> None:
    """Take away the lines at some sides."""
    for side in sides:
        ax.spines[side].set_visible(False)


def halo(tones: Tones, width: float) -> list[Any]:
    """Return what sets a line of some width off from what it lies on."""
    from matplotlib.patheffects import withStroke

    return [withStroke(linewidth=width + 1.2, foreground=tones.glow)]


def draw_claim(drawing: Drawing, claim: Mark, place: int, height: float) -> Any:
    """Draw a published value and return its first line, for a key: up to its height a line at each end it states.

    An arrow goes towards an end that it leaves open. Its name stands outside the axes, where no line runs through it.
    """
    ax = drawing.ax
    bottom = ax.get_ylim()[0]
    ends = list(dict.fromkeys(end for end in (claim.low, claim.high) if end is not None))
    marker = MARKERS[place % len(MARKERS)]
    look: dict[str, Any] = {"color": VERMILION, "linestyle": "--", "linewidth": 1.2, "gid": "claim"}
    first, *_ = [
        ax.plot([end, end], [bottom, height], marker=marker, markersize=6, markevery=[1], **look)[0] for end in ends
    ]
    if len(ends) > 1:
        band: dict[str, Any] = {"facecolor": VERMILION, "edgecolor": VERMILION, "linewidth": 0}
        ax.fill_between(ends, bottom, height, alpha=0.12, hatch="..", gid="claim band", **band)
    elif claim.low is None or claim.high is None:
        onward = 1 if claim.high is None else -1
        arrow = {"arrowstyle": "<-", "color": VERMILION, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 3}
        ax.annotate(
            "", (ends[0], height), xytext=(18 * onward, 0), textcoords="offset points", arrowprops=arrow, gid="open"
        ).set_in_layout(False)
    return first


def name_of(claim: Mark) -> str:
    """Return the name of a published value, after an arrow towards an end that it leaves open."""
    return f"{'→ ' if claim.high is None else '← ' if claim.low is None else ''}{claim.label}"
