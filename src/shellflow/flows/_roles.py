"""What the columns of a table mean: which column has which role, and what was given for all rows instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from shellflow import packings
from shellflow.catalog import Catalog
from shellflow.errors import ArgumentError, ShellflowError, bad_argument, shown, unknown_item
from shellflow.flows import _table
from shellflow.packings import Mix, Packing

__all__ = ["Contents", "Roles", "look_up", "roles_of"]

Contents = str | Mix | Packing
"""A munition, transport or packing that was given for all rows."""


@dataclass(frozen=True)
class Roles:
    """What the columns of a table mean.

    Parameters
    ----------
    columns : mapping of str to str or None
        The column of each role; None where there is none [unitless].
    values : mapping of str to str, Mix or Packing
        What was given for all rows, by role.
    notes : tuple of str
        What was not read, and why [unitless].
    """

    columns: Mapping[str, str | None]
    values: Mapping[str, Contents]
    notes: tuple[str, ...]


def roles_of(
    names: tuple[str, ...],
    columns: Mapping[str, str | None],
    contents: Mapping[str, Contents | None],
    by: str | None,
    catalog: Catalog,
) -> Roles:
    """Return what the columns of a table mean, from its column names and the arguments of `flow`.

    Raises
    ------
    ArgumentError
        If a role is given what it cannot be, one end of a range is missing, or no munition is given.
    UnknownItemError
        If a value for all rows is not in the catalog.
    """
    for role, column in columns.items():
        if column is not None and not isinstance(column, str):
            raise bad_argument(role, column, "the name of a column", "Its values are read from the table.")
    chosen = dict(columns)
    if chosen["date"] is None and ("date" in names or by is not None):
        chosen["date"] = "date"
    notes = _guess_numbers(chosen, names)
    if chosen["carrier"] is None and "carrier" in names:
        chosen["carrier"] = "carrier"
    values: dict[str, Contents] = {}
    for role, value in contents.items():
        if value is None:
            chosen[role] = role if role in names else None
        elif isinstance(value, str) and value in names:
            if _is_known(role, value, catalog):
                raise ArgumentError(
                    f"{role}={shown(value)} is both a column of the table and a {role} of the catalog. Rename the "
                    "column."
                )
            chosen[role] = value
        else:
            _check_value(role, value, names, catalog)
            chosen[role], values[role] = None, value
            if role in names:
                notes.append(f"the column {role!r} was not read: {role}={shown(value)} was given for all rows")
    if chosen["munition"] is None and "munition" not in values:
        raise ArgumentError(
            "munition: not given, and the table has no column 'munition'. Name its column, or the munition of all "
            "rows, such as munition='152mm'."
        )
    return Roles(chosen, values, tuple(notes))


def _guess_numbers(chosen: dict[str, str | None], names: tuple[str, ...]) -> list[str]:
    """Guess the columns of counts and of ranges that were left out; return the notes on them."""
    notes = []
    if chosen["count"] is None and "count" in names:
        chosen["count"] = "count"
    if chosen["low"] is None and chosen["high"] is None:
        ends = [role for role in ("low", "high") if role in names]
        if len(ends) == 2 or (ends and chosen["count"] is None):
            chosen |= {role: role for role in ends}
        elif ends:
            notes.append(f"the column {ends[0]!r} was not read: a range has two ends, and the other is missing")
    if (chosen["low"] is None) != (chosen["high"] is None):
        other = "high" if chosen["high"] is None else "low"
        raise ArgumentError(f"{other}: not given, and a range has two ends. Name its column, or leave out the other.")
    if all(chosen[role] is None for role in _table.NUMBERS):
        chosen["count"] = "count"  # which is missing, and refused with the nearest names
    return notes


def look_up(role: str, name: str, catalog: Catalog) -> tuple[str, str]:
    """Return the name in the catalog, and a note on how it was read.

    Raises
    ------
    UnknownItemError
        If there is none.
    """
    if role == "munition":
        record, note = catalog.munitions.resolve(name)
        return record.munition, note or ""
    if role == "transport":
        return catalog.transports[name].transport, ""
    return packings.check_name(str.strip(name).casefold()), ""  # of str itself: a kind of text may have its own


def _is_known(role: str, name: str, catalog: Catalog) -> bool:
    try:
        look_up(role, name, catalog)
    except ShellflowError:
        return False
    return True


def _check_value(role: str, value: object, names: tuple[str, ...], catalog: Catalog) -> None:
    if not isinstance(value, str):
        kinds = {"munition": Mix, "packing": packings.Physical | packings.Reported}
        if role not in kinds or not isinstance(value, kinds[role]):
            raise bad_argument(role, value, f"the name of a column, or a {role} for all rows")
    elif role == "munition" and isinstance(mixed := packings.read_mix(value, catalog), Mix):
        for munition in mixed.munitions:
            catalog.munitions.resolve(munition)
    elif not _is_known(role, value, catalog):
        known = [*names, *(packings.SHIPPED if role == "packing" else catalog.table(f"{role}s").names)]
        raise unknown_item(f"column or {role}", value, known, f"({role}={shown(value)})")
