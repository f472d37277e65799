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

MASS = "mass_t"
"""The column of masses that is read unasked, as its name states the unit."""

Contents = str | Mix | Packing
"""A munition, transport or packing that was given for all rows."""


@dataclass(frozen=True)
class Roles:
    """What the columns of a table mean.

    Parameters
    ----------
    columns : mapping of str to str or None
        The column of each role; None where there is none. That of masses has the role "count" [unitless].
    quantity : str
        "count" of transports, or "mass" of cargo [unitless].
    values : mapping of str to str, Mix or Packing
        What was given for all rows, by role.
    notes : tuple of str
        What was not read, and why [unitless].
    """

    columns: Mapping[str, str | None]
    quantity: str
    values: Mapping[str, Contents]
    notes: tuple[str, ...]


def roles_of(
    names: tuple[str, ...],
    columns: Mapping[str, str | None],
    contents: Mapping[str, Contents | None],
    by: str | None,
    catalog: Catalog,
    labels: Mapping[str, str],
) -> Roles:
    """Return what the columns of a table mean, from its column names and the arguments of `flow`.

    `labels` says what notes call the columns of roles that have another name here than in their file.

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
    column_of = dict(columns)
    mass = column_of.pop("mass")
    quantity = "count" if mass is None and not _is_of_masses(column_of, names) else "mass"
    if column_of["date"] is None and ("date" in names or by is not None):
        column_of["date"] = "date"
    if column_of["since"] is not None and column_of["date"] is None:
        raise ArgumentError(f"since={shown(column_of['since'])}: the flow has no dates. Name their column with date=.")
    if column_of["since"] is None and column_of["date"] is not None and "since" in names:
        column_of["since"] = "since"
    if quantity == "mass":
        notes = _take_mass(column_of, mass or MASS, names)
        contents = _without_transport(contents, names, notes)
    else:
        notes = _guess_numbers(column_of, names)
        notes += [f"the column {MASS!r} was not read: the flow is one of counts"] if MASS in names else []
    if column_of["carrier"] is None and "carrier" in names:
        column_of["carrier"] = "carrier"
    values: dict[str, Contents] = {}
    for role, value in contents.items():
        if value is None:
            column_of[role] = role if role in names else None
        elif isinstance(value, str) and value in names:
            if _is_known(role, value, catalog):
                raise ArgumentError(
                    f"{role}={shown(value)} is both a column of the table and a {role} of the catalog. Rename the "
                    "column."
                )
            column_of[role] = value
        else:
            _check_value(role, value, names, catalog)
            column_of[role], values[role] = None, value
            if role in names:
                column = labels.get(role, f"the column {role!r}")
                notes.append(f"{column} was not read: {role}={shown(value)} was given for all rows")
    if column_of["munition"] is None and "munition" not in values:
        raise ArgumentError(
            "munition: not given, and the table has no column 'munition'. Name its column, or the munition of all "
            "rows, such as munition='152mm'."
        )
    return Roles(column_of, quantity, values, tuple(notes))


def _is_of_masses(column_of: Mapping[str, str | None], names: tuple[str, ...]) -> bool:
    """Return whether a table has masses and no counts, by the names of its columns.

    Raises
    ------
    ArgumentError
        If it has masses and ranges, which may be of masses or of counts.
    """
    if MASS not in names or "count" in names or any(column_of[role] is not None for role in _table.NUMBERS):
        return False
    ends = [role for role in ("low", "high") if role in names]
    if ends:
        raise ArgumentError(
            f"the table has the columns {MASS!r} and {' and '.join(map(repr, ends))}, which may be ends of masses or "
            f"of counts. Give mass={MASS!r}, with low=... and high=... for ends of masses; or low and high for counts."
        )
    return True


def _take_mass(column_of: dict[str, str | None], mass: str, names: tuple[str, ...]) -> list[str]:
    """Take the column of masses for the numbers of the table; return the notes on those that are not read."""
    if column_of["count"] is not None:
        raise ArgumentError(
            f"count={shown(column_of['count'])}, mass={shown(mass)}: rows of a flow have counts or masses, not both. "
            "Make a flow of each part of the table, such as table[table.mass_t.notna()], and add the two."
        )
    if (column_of["low"] is None) != (column_of["high"] is None):
        raise _one_end("high" if column_of["high"] is None else "low")
    unread = [role for role in _table.NUMBERS if role in names and role not in (mass, *column_of.values())]
    column_of["count"] = mass
    return [f"the column {role!r} was not read: the flow is one of masses" for role in unread]


def _without_transport(
    contents: Mapping[str, Contents | None], names: tuple[str, ...], notes: list[str]
) -> dict[str, Contents | None]:
    """Return the contents without a transport, which a cargo known by its mass does not need."""
    if contents["transport"] is not None:
        fix = "What a cargo of so much mass holds does not depend on what it travels in."
        raise bad_argument("transport", contents["transport"], "left out where rows have masses", fix)
    if "transport" in names:
        notes.append("the column 'transport' was not read: the flow is one of masses")
    return {role: value for role, value in contents.items() if role != "transport"}


def _one_end(missing: str) -> ArgumentError:
    return ArgumentError(f"{missing}: not given, and a range has two ends. Name its column, or leave out the other.")


def _guess_numbers(column_of: dict[str, str | None], names: tuple[str, ...]) -> list[str]:
    """Guess the columns of counts and of ranges that were left out; return the notes on them."""
    notes = []
    if column_of["count"] is None and "count" in names:
        column_of["count"] = "count"
    if column_of["low"] is None and column_of["high"] is None:
        ends = [role for role in ("low", "high") if role in names]
        if len(ends) == 2 or (ends and column_of["count"] is None):
            column_of |= {role: role for role in ends}
        elif ends:
            notes.append(f"the column {ends[0]!r} was not read: a range has two ends, and the other is missing")
    if (column_of["low"] is None) != (column_of["high"] is None):
        raise _one_end("high" if column_of["high"] is None else "low")
    if all(column_of[role] is None for role in _table.NUMBERS):
        column_of["count"] = "count"  # which is missing, and refused with the nearest names
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
        known_names = [*names, *(packings.SHIPPED if role == "packing" else catalog.table(f"{role}s").names)]
        raise unknown_item(f"column or {role}", value, known_names, f"({role}={shown(value)})")
