"""Figures from plain numbers, rows and words; it knows no class of the library, so that classes may call down to it.

Every function draws on one axes and returns it. matplotlib is loaded when the first figure is drawn. Colours are those
of Okabe and Ito, which differ for colour-blind readers; whatever a colour says, a hatch, a marker or a fill says too.
Ink and paper follow the style in force. Room for words is made by `layout="constrained"`; axes that are given need
4 inches of the width of their figure, and of the height what words and rows take.
"""

from __future__ import annotations

from shellflow.plot._bands import bands, drivers, panels
from shellflow.plot._dots import distribution
from shellflow.plot._load import load
from shellflow.plot._rows import Band, Box, Driver, Mark, Panel, Use
from shellflow.plot._time import cumulative, periods

__all__ = [
    "Band",
    "Box",
    "Driver",
    "Mark",
    "Panel",
    "Use",
    "bands",
    "cumulative",
    "distribution",
    "drivers",
    "load",
    "panels",
    "periods",
]
