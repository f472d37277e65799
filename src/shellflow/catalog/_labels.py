"""Inputs of the catalog by name for people: one rule from table, row and field, none by hand for each."""

from __future__ import annotations

import re
from collections.abc import Mapping

__all__ = ["label_of"]

_FIELDS: Mapping[tuple[str, str], str] = {
    ("munitions", "projectile_kg"): "mass of a bare {row} round",
    ("munitions", "length_m"): "length of a {row} round",
    ("munitions", "calibre_mm"): "calibre of a {row} round",
    ("munitions", "calibre_mm, nested"): "calibre of a {row} round, nested",
    ("packages", "gross_kg"): "mass of a {row}",
    ("packages", "packaging_kg"): "mass of the packaging in a {row}",
    ("packages", "length_m"): "length of a {row}",
    ("packages", "width_m"): "width of a {row}",
    ("packages", "height_m"): "height of a {row}",
    ("packages", "norm_packages"): "number of {row}s in a full wagon, by the norm",
    ("norms", "load_kg"): "{row} by the norm (weighs crates)",
    ("transports", "payload_kg"): "payload of a {row}",
    ("transports", "inner_length_m"): "inner length of a {row}",
    ("transports", "inner_width_m"): "inner width of a {row}",
    ("transports", "inner_height_m"): "inner height of a {row}",
}
_SINGLE: Mapping[str, str] = {
    "packings.clearance_m": "gap beside each package",
    "packings.no_clearance_m": "no gap beside a bare round",
    "packings.fill": "share filled of the packages that fit",
}


def label_of(name: str) -> str:
    """Return an input of the catalog by name for people; the name itself of any other.

    Parameters
    ----------
    name : str
        Such as "packages.152mm-crate.length_m" [unitless].

    Returns
    -------
    str
        Such as "length of a 152 mm crate" [unitless].

    Examples
    --------
    >>> label_of("packages.152mm-crate.length_m"), label_of("my crate")
    ('length of a 152 mm crate', 'my crate')
    """
    if name in _SINGLE:
        return _SINGLE[name]
    table, _, rest = name.partition(".")
    row, _, field = rest.rpartition(".")
    if (table, field) in _FIELDS and row:
        return _FIELDS[table, field].format(row=_spoken(row))
    parts = rest.split(".")
    if table == "claims" and len(parts) >= 3:
        family, munition, transport = parts[:3]
        return f"{_spoken(munition)} rounds in a {_spoken(transport)}, as {family} said"
    if table == "charge" and rest:
        return f"share of {_spoken(rest)} rounds packed with the propelling charge"
    if table == "loads" and rest:
        return f"average load of a {rest}, as observed"
    if table == "voyages" and rest:
        return f"{rest}s on a voyage"
    return name


def _spoken(row: str) -> str:
    """Return the key of a row as words: "152mm-crate" as "152 mm crate", "20ft-24t" as "20 ft 24 t container"."""
    words = re.sub(r"(?<![\w.])(\d+(?:\.\d+)?)(mm|ft|t)(?![a-zA-Z])", r"\1 \2", row).replace("-", " ")
    return f"{words} container" if re.match(r"\d+ ft\b", words) else words
