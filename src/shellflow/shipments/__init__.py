"""Tables of shipments as people keep them: their files, the roles of their columns, and counts as texts."""

from __future__ import annotations

from shellflow.shipments._columns import SPELLINGS, guess, is_unit_column
from shellflow.shipments._counts import read_cell, read_mass_cell
from shellflow.shipments._files import Sheet, read_file
from shellflow.shipments._frames import day_key, kind_of_dates, opened, reading, renamed

__all__ = [
    "SPELLINGS",
    "Sheet",
    "day_key",
    "guess",
    "is_unit_column",
    "kind_of_dates",
    "opened",
    "read_cell",
    "read_file",
    "read_mass_cell",
    "reading",
    "renamed",
]
