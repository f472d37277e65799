"""Colours: those that tell things apart, and those of ink and paper, which follow the style in force."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["BLUE", "GREEN", "ORANGE", "PURPLE", "SKY", "VERMILION", "Tones", "tones_on"]

# The palette of Okabe and Ito.
BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
VERMILION, SKY, PURPLE = "#D55E00", "#56B4E9", "#CC79A7"


class Tones(NamedTuple):
    """Colours that are readable on one paper: of text and lines, of published values, of bars by their basis."""

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


def tones_on(*faces: Any) -> Tones:
    """Return the tones for the first of several papers, from the top down, that is not transparent."""
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
