"""Tables of shipments as people keep them: their files, the roles of their columns, and counts as texts."""

from __future__ import annotations

from shellflow.shipments._columns import SPELLINGS, is_unit_column
from shellflow.shipments._counted import check_counts, length_in_name, noun_in_name
from shellflow.shipments._counts import read_cell, read_mass_cell
from shellflow.shipments._files import Sheet, read_file
from shellflow.shipments._frames import day_key, kind_of_dates, names_total, opened, reading, renamed, session_zone
from shellflow.shipments._reading import read_shipments
from shellflow.shipments._rows import in_words, same_name
from shellflow.shipments._shipments import Shipments

__all__ = [
    "SPELLINGS",
    "Sheet",
    "Shipments",
    "check_counts",
    "day_key",
    "in_words",
    "is_unit_column",
    "kind_of_dates",
    "length_in_name",
    "names_total",
    "noun_in_name",
    "opened",
    "read_cell",
    "read_file",
    "read_mass_cell",
    "read_shipments",
    "reading",
    "renamed",
    "same_name",
    "session_zone",
]
