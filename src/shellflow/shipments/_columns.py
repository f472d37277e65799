"""The columns of a table and their roles, guessed from the usual names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shellflow.errors import ArgumentError, shown, unknown_item

__all__ = ["SPELLINGS", "folded", "guess", "is_unit_column"]

_USUAL = {
    "date": "date, day, when, departure, departure date, departed, arrival, arrival date, arrived, observed, seen",
    "count": "count, containers, container count, number of containers, no of containers, n containers, boxes",
    "low": "low, count low, low count, containers low, low containers, at least",
    "high": "high, count high, high count, containers high, high containers, at most",
    "mass": "mass t, mass tonnes, tonnes, cargo t, cargo tonnes, weight t, weight tonnes",
    "munition": "munition, ammunition, calibre, caliber",
    "transport": "transport, transport type, container type, container kind",
    "packing": "packing",
    "carrier": "carrier, ship, vessel, train, imo",
}
SPELLINGS: Mapping[str, tuple[str, ...]] = {role: tuple(usual.split(", ")) for role, usual in _USUAL.items()}
"""The usual names of the columns, by role."""

_ANYTHING = "n, number, no, no., nr, num, qty, quantity, min, max, minimum, maximum, amount, value, total"
_WEAK = frozenset(_ANYTHING.split(", "))
_UNITS = frozenset(("unit", "units", "uom", "unit of measure"))
_NUMBERS = ("count", "low", "high")


def folded(column: str) -> str:
    """Return the name of a column in small letters, its words separated by single spaces."""
    return " ".join(column.casefold().replace("-", " ").replace("_", " ").split())


def is_unit_column(column: str) -> bool:
    """Return whether a column of this name holds the units of the counts."""
    return folded(column) in _UNITS


def guess(columns: Sequence[str], given: Mapping[str, str | None]) -> tuple[dict[str, str | None], list[str]]:
    """Return the column of each role, and remarks on which were guessed and which were not read.

    A name that may mean anything, such as `n`, `qty` or `max`, is never guessed: such columns hold row numbers,
    draughts or kilograms.

    Parameters
    ----------
    columns : sequence of str
        The names of the columns [unitless].
    given : mapping of str to str or None
        For each role of `SPELLINGS` its column, or the munition, transport or packing of all rows; None where it is to
        be guessed.

    Returns
    -------
    tuple of dict and list of str
        The columns and the remarks.

    Raises
    ------
    ArgumentError
        If several columns could have a role that matters, or no munition is given.
    UnknownItemError
        If none could be a date, or none a count.
    """
    column_of, guessed, remarks = dict(given), {}, []
    taken = {column for column in column_of.values() if column is not None}
    ranged = column_of.get("low") is not None or column_of.get("high") is not None
    for role, spellings in SPELLINGS.items():
        if column_of.get(role) is not None:
            continue
        column_of[role] = None
        if role in (*_NUMBERS, "transport") and column_of.get("mass") is not None:
            continue  # a cargo known by its mass has no count and no transport
        if role == "mass" and any(column_of[number] is not None for number in _NUMBERS):
            continue
        candidates = [column for column in columns if folded(column) in spellings and column not in taken]
        exact = [column for column in candidates if column == role]
        if len(candidates) > 1 and not exact:
            clash = f"{' and '.join(map(shown, candidates))} could each be the {role}"
            if role != "carrier" and not (role == "count" and ranged):
                raise ArgumentError(f"{clash}: say which with --{role}.")
            remarks.append(f"{clash}, and none was read: say which with --{role}")
        elif candidates:
            column_of[role] = guessed[role] = (exact or candidates)[0]
            taken.add(guessed[role])
    if column_of["date"] is None:
        raise unknown_item("column of dates", "date", columns, "Name it with --date.")
    if all(column_of[role] is None for role in (*_NUMBERS, "mass")):
        raise unknown_item("column of counts", "count", columns, _advice(columns))
    if column_of["munition"] is None:
        raise ArgumentError("no column of munitions: name one munition for all rows with -m, such as -m 152mm.")
    for role in ("low", "high"):
        if (
            (column_of["low"] is None) != (column_of["high"] is None)
            and role in guessed
            and column_of["count"] is not None
        ):
            column_of[role] = None
            column = guessed.pop(role)
            if column != role:  # the flow itself notes a column of exactly that name
                remarks.append(
                    f"the column {shown(column)} was not read: a range has two ends, and the other is missing"
                )
    renamed = [f"{role} = {shown(column)}" for role, column in guessed.items() if role != column]
    if renamed:
        remarks.insert(0, f"columns taken by their names: {', '.join(renamed)}")
    remarks += [
        f"the column {shown(column)} was not read: --{role} {given[role]} was given for all rows"
        for role in ("munition", "transport", "packing")
        for column in columns
        # The flow itself notes a column of exactly that name.
        if given.get(role) and given[role] not in columns and column != role and folded(column) in SPELLINGS[role]
    ]
    return column_of, remarks


def _advice(columns: Sequence[str]) -> str:
    weak = [column for column in columns if folded(column) in _WEAK]
    if not weak:
        return "Name it with --count, or that of masses in tonnes with --mass."
    return (
        f"{' or '.join(map(shown, weak))} might be it, or row numbers, or a mass: such a name is not guessed at. "
        "Name the column of counts with --count, or that of masses in tonnes with --mass."
    )
