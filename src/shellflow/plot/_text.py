"""Words on figures: shown as they stand, and broken into lines by how wide the letters are."""

from __future__ import annotations

import re
from functools import lru_cache

from shellflow.errors import printable

__all__ = ["LONGEST_LABEL", "SMALL", "TINY", "TITLE", "line_of", "lines_of", "plain", "width_of"]

LONGEST_LABEL = 44
SMALL, TINY, TITLE = 8.0, 7.0, 10.0  # points

_BETWEEN_WORDS = re.compile(r"(?<= )")
_WITHIN_NAMES = re.compile(r"(?<=[ .])")
_MORE = " …"
_HINTED, _HINTED_SMALL = 1.04, 1.1  # on a screen letters stand on whole pixels, which makes small ones wider


def plain(text: str, longest: int) -> str:
    """Return a text that matplotlib shows as it stands: $ starts no formula; one line, shortened in the middle."""
    return _escaped(_shortened(text, longest))


def lines_of(text: str, room: float, size: float, *, longest: int = 200, most: int = 0, name: bool = False) -> str:
    """Return a text as `plain` does, in lines that are no wider than the room for them.

    Parameters
    ----------
    text : str
        Any text [unitless].
    room : float
        How wide a line may be [points].
    size : float
        Of the letters [points].
    longest : int
        How many letters there may be in all [unitless].
    most : int
        How many lines; what is left over is left out, and dots say so. 0 for any number [unitless].
    name : bool
        Whether it is a name, which breaks after its dots too [unitless].

    Returns
    -------
    str
        Lines with line ends between them.
    """
    lines = [""]
    for piece in (_WITHIN_NAMES if name else _BETWEEN_WORDS).split(_shortened(text, longest)):
        if lines[-1] and width_of((lines[-1] + piece).rstrip(" "), size) > room:
            lines.append("")
        lines[-1] += piece
        while len(lines[-1]) > 1 and width_of(lines[-1].rstrip(" "), size) > room:  # longer than a line by itself
            kept = _as_much_as_fits(lines[-1], room, size)
            lines[-1:] = [lines[-1][:kept], lines[-1][kept:]]
    lines = [line.rstrip(" ") for line in lines]
    if 0 < most < len(lines):
        last = lines[most - 1]
        while last and width_of(last + _MORE, size) > room:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip(" ,;:(") + _MORE]
    return "\n".join(map(_escaped, lines))


def line_of(text: str, room: float, size: float) -> str:
    """Return a text as `plain` does, shortened in the middle to what there is room for in one line."""
    longest = len(text)
    while longest > 9 and width_of(_shortened(text, longest), size) > room:
        longest -= 1
    return plain(text, longest)


@lru_cache(maxsize=4_096)
def _width_at_ten(text: str, _family: str) -> float:
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    wide, _, _ = text_to_path.get_text_width_height_descent(text, FontProperties(size=10), False)
    return float(wide)


def width_of(text: str, size: float) -> float:
    """Return how wide the widest line of a text is, in points."""
    import matplotlib as mpl

    family = repr((mpl.rcParams["font.family"], mpl.rcParams["font.sans-serif"]))
    lines = text.replace(r"\$", "$").split("\n")
    wider = _HINTED_SMALL if size < 9 else _HINTED
    return max(_width_at_ten(line, family) if line else 0.0 for line in lines) * wider * size / 10


def _as_much_as_fits(text: str, room: float, size: float) -> int:
    low, high = 1, len(text) - 1
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if width_of(text[:middle], size) <= room else (low, middle - 1)
    return low


def _shortened(text: str, longest: int) -> str:
    text = printable(" ".join(text.split()))
    if len(text) > longest:
        half = (longest - 3) // 2
        text = f"{text[:half]} … {text[-half:]}"
    # No line may break between a number and its sign or multiplier.
    for word in ("%", "million", "billion"):
        text = text.replace(f" {word}", f"\u00a0{word}")
    return text


def _escaped(text: str) -> str:
    return text.replace("$", r"\$")
