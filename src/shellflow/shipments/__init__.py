"""Tables of shipments as people keep them: their files, the roles of their columns, and counts as texts."""

from __future__ import annotations

from shellflow.shipments._columns import SPELLINGS, guess, is_unit_column
from shellflow.shipments._counts import read_cell, read_mass_cell
from shellflow.shipments._files import Sheet, read_file

__all__ = ["SPELLINGS", "Sheet", "guess", "is_unit_column", "read_cell", "read_file", "read_mass_cell"]
