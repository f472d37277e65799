"""Results for a terminal, a pipe or a notebook, from plain columns, rows, draws and words.

It knows no class of the library, so that classes of any room may call down to it.
"""

from __future__ import annotations

from shellflow.display._cards import card, table_card
from shellflow.display._frames import frame, is_encodable
from shellflow.display._progress import progress
from shellflow.display._shapes import distribution_svg, sketch
from shellflow.display._streams import can_show, forgiving
from shellflow.display._tables import Column, as_text, print_lines, print_table, table, width

__all__ = [
    "Column",
    "as_text",
    "can_show",
    "card",
    "distribution_svg",
    "forgiving",
    "frame",
    "is_encodable",
    "print_lines",
    "print_table",
    "progress",
    "sketch",
    "table",
    "table_card",
    "width",
]
