"""Words on figures: shown as they stand, in lines of so many points."""

from __future__ import annotations

import textwrap

from shellflow.errors import printable

__all__ = ["LONGEST_LABEL", "SMALL", "TINY", "TITLE", "cut", "letters", "plain", "wrapped"]

LONGEST_LABEL = 44
SMALL, TINY, TITLE = 8.0, 7.0, 10.0  # points
_LETTER = 0.57  # width of a letter over its size, on average and rather too much


def letters(width: float, size: float) -> int:
    """Return how many letters go into a line of so many points."""
    return max(int(width / (_LETTER * size)), 10)


def plain(text: str, longest: int = LONGEST_LABEL) -> str:
    """Return a text that matplotlib shows as it stands: $ starts no formula; one line, shortened in the middle."""
    return _shortened(text, longest).replace("$", r"\$")


def cut(text: str, longest: int) -> str:
    """Return a text as `plain` does, cut after a word; one long word is shortened in the middle."""
    short = textwrap.shorten(text, longest, placeholder=" …")
    return plain(text if short == "…" else short, longest)


def wrapped(text: str, width: float, size: float, *, longest: int = 200, name: bool = False) -> str:
    """Return a text as `plain` does, in lines of so many points; a name breaks at its hyphens too."""
    lines = textwrap.wrap(_shortened(text, longest), letters(width, size), break_on_hyphens=name)
    return "\n".join(lines).replace("$", r"\$")


def _shortened(text: str, longest: int) -> str:
    text = printable(" ".join(text.split()))
    if len(text) > longest:
        half = (longest - 3) // 2
        text = f"{text[:half]} … {text[-half:]}"
    # No line may break between a number and its sign or multiplier.
    for word in ("%", "million", "billion"):
        text = text.replace(f" {word}", f"\u00a0{word}")
    return text
