"""The axes of a figure, the words on them, and what every figure shares."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.errors import ExtraError, bad_argument
from shellflow.plot._rows import Mark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "BLUE",
    "GREEN",
    "GREY",
    "INK",
    "LONGEST_LABEL",
    "MARKERS",
    "ORANGE",
    "PALE",
    "SKY",
    "SMALL",
    "VERMILION",
    "WHITE",
    "bare",
    "beside",
    "draw_claim",
    "figure_axes",
    "finish",
    "in_words",
    "plain",
    "points_of",
    "wrapped",
]

# The palette of Okabe and Ito.
BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
VERMILION, SKY = "#D55E00", "#56B4E9"
INK, GREY, PALE, WHITE = "#222222", "#555555", "#999999", "#ffffff"

MARKERS = ("o", "s", "^", "D", "v", "P", "X", "*")

LONGEST_LABEL = 44
SMALL = 8.0

_INSTALL = 'Install it: pip install "shellflow[plot]"'
_LONGEST_TITLE = 200
_LONGEST_SOURCE = 3_000
_TINY, _TITLE = 7.0, 10.0
_LEAST_SAID, _MOST_SAID = 1e-4, 1e15
_LETTER = 0.56  # width of a letter, about, over its size


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


def plain(text: str, longest: int) -> str:
    """Return a text that matplotlib shows as it stands: $ starts no formula; one line, shortened in the middle."""
    text = " ".join(text.split())
    if len(text) > longest:
        half = (longest - 3) // 2
        text = f"{text[:half]} … {text[-half:]}"
    # No line may break between a number and its sign or multiplier.
    for word in ("%", "million", "billion"):
        text = text.replace(f" {word}", f"\u00a0{word}")
    return text.replace("$", r"\$")


def wrapped(text: str, columns: int) -> str:
    """Return a text in lines of so many letters; a name keeps its hyphens together."""
    return "\n".join(textwrap.wrap(text, columns, break_on_hyphens=False))


def letters_across(ax: Axes, size: float) -> int:
    """Return about how many letters of a size go across the axes."""
    return max(int(points_of(ax)[0] / (_LETTER * size)), 24)


def points_of(ax: Axes) -> tuple[float, float]:
    """Return how wide and high axes are, in points."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    extent = ax.get_window_extent()
    return extent.width * 72 / figure.dpi, extent.height * 72 / figure.dpi


def finish(ax: Axes, title: str, below: Sequence[str], *, own: bool) -> Axes:
    """Write the title above and small lines below, broken where the axes end, which their labels have left narrower.

    A figure of our own grows by what is written.
    """
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.draw_without_rendering()
    columns = letters_across(ax, _TITLE)
    lines = [wrapped(plain(line, _LONGEST_TITLE), columns) for line in title.splitlines()]
    ax.set_title("\n".join(lines), loc="left", fontsize=_TITLE)
    columns = letters_across(ax, _TINY)
    small = [wrapped(plain(line, _LONGEST_SOURCE), columns) for text in below for line in text.splitlines()]
    if small:
        # Below the label of the axis, wherever that comes to stand.
        ax.annotate(
            "\n".join(small),
            xy=(0.0, 0.0),
            xycoords=("axes fraction", ax.xaxis.label),
            xytext=(0.0, -6.0),
            textcoords="offset points",
            ha="left",
            va="top",
            fontsize=_TINY,
            color=GREY,
            gid="source",
        )
    if own:
        wide, high = figure.get_size_inches()
        points = 1.3 * (_TITLE * (len(lines) if title else 0) + _TINY * sum(text.count("\n") + 1 for text in small))
        figure.set_size_inches(wide, high + points / 72)
    return ax


def in_words(axis: Any) -> None:
    """Write the ticks of an axis in words, with the digits by which they differ."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    def said(value: float, _: object) -> str:
        ticks = sorted({round(float(tick), 12) for tick in axis.get_ticklocs()})
        apart = min((after - before for before, after in pairwise(ticks)), default=0.0)
        if abs(value) < 1e-9 * apart:
            return "0"
        if not (apart >= _LEAST_SAID and abs(value) <= _MOST_SAID):
            return f"{value:.3g}"  # words would run to hundreds of digits
        # Ticks stand 1, 2, 2.5 or 5 times a power of ten apart: one digit more than that power is enough.
        return words.say(value, float(f"1e{math.floor(math.log10(apart) + 1e-9) - 1}"))

    axis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(FuncFormatter(said))


def bare(ax: Axes, *sides: str) -> None:
    """Take away the lines at some sides."""
    for side in sides:
        ax.spines[side].set_visible(False)


def draw_claim(ax: Axes, claim: Mark, place: int, height: float) -> None:
    """Draw a published value: a line at each end it states, an arrow towards the end it leaves open, its label."""
    ends = [end for end in (claim.low, claim.high) if end is not None]
    marker = MARKERS[place % len(MARKERS)]
    for end in dict.fromkeys(ends):
        ax.axvline(end, color=VERMILION, linestyle="--", linewidth=1.2, gid="claim")
    if claim.low is not None and claim.high is not None and claim.low < claim.high:
        ax.axvspan(claim.low, claim.high, facecolor=VERMILION, alpha=0.12, hatch="..", edgecolor=VERMILION, linewidth=0)
    at = ends[0]
    ax.plot([at], [height], marker=marker, color=VERMILION, markersize=6, linestyle="", gid="claim")
    sign = "→ " if claim.high is None else ("← " if claim.low is None else "")
    beside(ax, at, height, sign + claim.label, "#8a3c00")


def beside(ax: Axes, at: float, height: float, text: str, colour: str) -> None:
    """Write a text to the right of a place, or to its left where there is more room."""
    left, right = ax.get_xlim()
    place = (at - left) / (right - left)
    on_left = place > 0.5
    room = int(max(place, 1 - place) * points_of(ax)[0] / (_LETTER * SMALL))
    ax.annotate(
        plain(text, max(room, 16)),
        (at, height),
        xytext=(-8 if on_left else 8, 0),
        textcoords="offset points",
        ha="right" if on_left else "left",
        va="center",
        fontsize=SMALL,
        color=colour,
        bbox={"facecolor": WHITE, "alpha": 0.8, "edgecolor": "none", "pad": 1.0},
        gid="beside",
    )
