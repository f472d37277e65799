"""Colours: those that tell things apart, and those of ink and paper, which follow the style in force."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["BLUE", "GREEN", "ORANGE", "PURPLE", "SKY", "VERMILION", "Tones", "tones_around", "tones_of"]

# The palette of Okabe and Ito.
BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
VERMILION, SKY, PURPLE = "#D55E00", "#56B4E9", "#CC79A7"


@dataclass(frozen=True)
class Tones:
    """What is readable on one paper.

    Parameters
    ----------
    paper, ink, grey, pale : str or tuple
        The ground; text and lines on it; small print; what stands back [unitless].
    claim : str
        Text of a published value [unitless].
    fill, edge : str
        Of capacities, and of all that has no kind to tell apart [unitless].
    contents, contents_edge, other : str
        Of contents; of neither [unitless].
    """

    paper: Any
    ink: str
    grey: str
    pale: str
    claim: str
    fill: str
    edge: str
    contents: str
    contents_edge: str
    other: str


def tones_of(ax: Axes) -> Tones:
    """Return the tones for what stands within axes."""
    return _on(ax.get_facecolor(), _face_of_figure(ax))


def tones_around(ax: Axes) -> Tones:
    """Return the tones for what stands around axes, on the figure itself."""
    return _on(_face_of_figure(ax))


def _face_of_figure(ax: Axes) -> Any:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure.get_facecolor()


def _on(*faces: Any) -> Tones:
    import matplotlib as mpl
    from matplotlib.colors import to_rgba

    solid = [to_rgba(face)[:3] for face in faces if to_rgba(face)[3] > 0.5]
    # Through transparent paper shines a page that the style has written its texts for.
    light = _is_light(solid[0]) if solid else not _is_light(to_rgba(mpl.rcParams["text.color"])[:3])
    if light:
        paper = solid[0] if solid else "#ffffff"
        return Tones(paper, "#222222", "#555555", "#999999", "#8a3c00", SKY, BLUE, "#f5d68c", "#9a6a00", "#cccccc")
    paper = solid[0] if solid else "#000000"
    # Light ink has to stand out from the bars as well, so that these are dark where the paper is.
    return Tones(paper, "#f2f2f2", "#b8b8b8", "#8c8c8c", "#ffab73", BLUE, SKY, "#6b4a00", "#f5d68c", "#555555")


def _is_light(colour: tuple[float, ...]) -> bool:
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5
