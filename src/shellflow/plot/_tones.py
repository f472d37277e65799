"""Colours: those that tell things apart, and those of ink and paper, which follow the style in force."""

from __future__ import annotations

from typing import Any, NamedTuple

__all__ = ["BLUE", "GREEN", "ORANGE", "PURPLE", "SKY", "VERMILION", "Tones", "tones_on"]

# The palette of Okabe and Ito.
BLUE, ORANGE, GREEN = "#0072B2", "#E69F00", "#009E73"
VERMILION, SKY, PURPLE = "#D55E00", "#56B4E9", "#CC79A7"


class Tones(NamedTuple):
    """Colours that are readable on one paper: of text and lines, of published values, of bars by their basis.

    `mark` is of lines over bars, `glow` what sets them off, and `hollow` fills what is to look empty.
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
    mark: str
    glow: Any
    hollow: Any
    on_any: bool = False

    @property
    def fan(self) -> str:
        """The colour of a fan, of which much of the page shows through."""
        return self.fill if self.on_any else self.edge


_ON_ANY = Tones(
    paper="#ffffff",
    # Of all greys this stands out most from white and from the pages of dark themes at once, by a little over 4 to 1.
    ink="#7b7b7b",
    grey="#7b7b7b",
    pale="#9a9a9a",
    claim="#c95a00",
    fill=SKY,
    edge=BLUE,
    contents="#f5d68c",
    contents_edge="#9a6a00",
    other="#bbbbbb",
    mark="#222222",
    glow="#ffffff",
    hollow="none",
    on_any=True,
)


def tones_on(*faces: Any) -> Tones:
    """Return the tones for the first of several papers, from the top down, that is not transparent.

    Through transparent paper shines a page: that of the style where the style itself is transparent, else any, light or
    dark.
    """
    import matplotlib as mpl
    from matplotlib.colors import to_rgba

    solid = [to_rgba(face)[:3] for face in faces if to_rgba(face)[3] > 0.5]
    if not solid and to_rgba(mpl.rcParams["figure.facecolor"])[3] > 0.5:
        return _ON_ANY
    light = _is_light(solid[0]) if solid else not _is_light(to_rgba(mpl.rcParams["text.color"])[:3])
    if light:
        paper, ink = (solid[0] if solid else "#ffffff"), "#222222"
        tones = ("#555555", "#999999", "#8a3c00", SKY, BLUE, "#f5d68c", "#9a6a00", "#cccccc")
    else:
        paper, ink = (solid[0] if solid else "#000000"), "#f2f2f2"
        # Light ink has to stand out from the bars as well, so that these are dark where the paper is.
        tones = ("#b8b8b8", "#8c8c8c", "#ffab73", BLUE, SKY, "#6b4a00", "#f5d68c", "#555555")
    return Tones(paper, ink, *tones, ink, paper, paper)


def _is_light(colour: tuple[float, ...]) -> bool:
    red, green, blue = colour
    return 0.299 * red + 0.587 * green + 0.114 * blue > 0.5
