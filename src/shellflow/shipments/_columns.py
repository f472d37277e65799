"""The columns of a table and their roles, guessed from the usual names and from the units in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from shellflow import words
from shellflow.errors import ArgumentError, ShellflowError, UnknownItemError, bad_argument, shown, unknown_item
from shellflow.shipments._counted import (
    MASSES,
    OTHER_MASSES,
    THOUSANDS,
    TONNES,
    check_counts,
    folded,
    length_in_name,
    noun_in_name,
)
from shellflow.shipments._dates import read_date

__all__ = [
    "NAMED",
    "NUMBERS",
    "SPELLINGS",
    "Chosen",
    "choose",
    "is_unit_column",
    "names_number",
    "names_roles",
]

NUMBERS = ("count", "low", "high")
NAMED = ("munition", "transport", "packing", "carrier")

# English, German, Russian, Ukrainian, Korean.
_USUAL = {
    "date": "date, day, when, departure, departure date, departed, arrival, arrival date, arrived, observed, seen, "
    "datum, tag, abfahrt, abfahrtsdatum, ankunft, ankunftsdatum, "
    "дата, день, дата отправления, отправление, дата прибытия, прибытие, "
    "дата відправлення, відправлення, дата прибуття, прибуття, "
    "날짜, 일자, 출항일, 입항일, 출발일, 도착일",
    "since": "since, since date, seit, с даты, з дати, 시작일",
    "count": "count, containers, container count, number of containers, no of containers, n containers, boxes, "
    "container, anzahl container, anzahl der container, containeranzahl, containerzahl, "
    "контейнеры, контейнеров, число контейнеров, количество контейнеров, кол во контейнеров, "
    "контейнери, контейнерів, кількість контейнерів, число контейнерів, "
    "컨테이너, 컨테이너 수, 컨테이너수, 컨테이너 개수",
    "low": "low, count low, low count, containers low, low containers, at least, mindestens, untergrenze, не менее, "
    "не менше, 하한",
    "high": "high, count high, high count, containers high, high containers, at most, höchstens, obergrenze, не более, "
    "не більше, 상한",
    "mass": "mass t, mass tonnes, tonnes, cargo t, cargo tonnes, weight t, weight tonnes, mass kg, cargo kg, weight kg",
    "munition": "munition, ammunition, calibre, caliber, kaliber, боеприпас, боеприпасы, калибр, боєприпас, "
    "боєприпаси, калібр, 탄약, 구경",
    "transport": "transport, transport type, container type, container kind, containertyp, containerart, "
    "тип контейнера, 컨테이너 종류",
    "packing": "packing",
    "carrier": "carrier, ship, vessel, train, imo, ship name, vessel name, schiff, schiffsname, zug, судно, корабль, "
    "название судна, поезд, корабель, назва судна, потяг, 선박, 선박명, 선명, 열차",
}
SPELLINGS: Mapping[str, tuple[str, ...]] = {role: tuple(usual.split(", ")) for role, usual in _USUAL.items()}
"""The usual names of the columns, by role."""

_ANYTHING = (
    "n, number, no, no., nr, num, qty, quantity, min, max, minimum, maximum, amount, value, total, "
    "anzahl, menge, zahl, №, количество, кол во, число, кількість, 수량, 개수, 번호"
)
_WEAK = frozenset(_ANYTHING.split(", "))
_UNIT_COLUMNS = frozenset(
    ("unit", "units", "uom", "unit of measure", "einheit", "единица", "ед. изм.", "одиниця", "단위")
)

# "containers (20ft)", "cargo [t]", "weight, kg"
_WITH_UNIT = re.compile(
    r"(?P<base>[^()\[\]]*[^()\[\]\s,]) *(?:\((?P<round>[^()]+)\)|\[(?P<square>[^\[\]]+)\]|, *(?P<comma>[\w./]+))"
)
_ORDERS = {
    **dict.fromkeys(("dd/mm/yyyy", "dd.mm.yyyy", "dd-mm-yyyy", "d/m/y", "dmy", "tt.mm.jjjj", "дд.мм.гггг"), True),
    **dict.fromkeys(("mm/dd/yyyy", "mm.dd.yyyy", "mm-dd-yyyy", "m/d/y", "mdy"), False),
}
_NOUNS = frozenset(("containers", "boxes", "units", "шт.", *words.ABROAD["containers"], *words.ABROAD["pieces"]))


@dataclass(frozen=True)
class Chosen:
    """The columns of a table by their roles.

    Parameters
    ----------
    columns : mapping of str to str
        The column of each role that has one [unitless].
    unit : str, optional
        The column of units [unitless].
    length_ft : int, optional
        The length of the containers, where a name of a column says it [ft].
    tonnes : float, optional
        How many tonnes a mass of 1 is, where the name of its column says it [t].
    dayfirst : bool, optional
        The order of day and month, where a name of a column says it.
    remarks : tuple of str
        Which columns were guessed, and which were not read [unitless].
    unpaired : str, optional
        The column of one end of ranges that is not read, because no column has the other end [unitless].
    """

    columns: Mapping[str, str]
    unit: str | None = None
    length_ft: int | None = None
    tonnes: float | None = None
    dayfirst: bool | None = None
    remarks: tuple[str, ...] = ()
    unpaired: str | None = None


def is_unit_column(column: str) -> bool:
    """Return whether a column of this name holds the units of the counts."""
    return folded(column) in _UNIT_COLUMNS


def _with_unit(column: str) -> tuple[str, str]:
    """Return a name and the unit in it, both folded."""
    match = _WITH_UNIT.fullmatch(column.strip())
    if match is None:
        return folded(column), ""
    return folded(match["base"]), folded(match["round"] or match["square"] or match["comma"])


def _role_of(column: str, role: str) -> bool:
    """Return whether a column could have a role, by its name."""
    base, unit = _with_unit(column)
    if role == "mass":
        return folded(column) in SPELLINGS["mass"] or (base in MASSES and unit in TONNES)
    if unit in TONNES and role in NUMBERS:
        return False
    return folded(column) in SPELLINGS[role] or base in SPELLINGS[role]


def names_roles(cells: Sequence[str], given: Mapping[str, str]) -> bool:
    """Return whether the cells of a line name a date and a number, so that it is taken for the header."""

    def has(role: str) -> bool:
        column = given.get(role)
        return column in cells if column is not None else any(_role_of(cell, role) for cell in cells)

    return has("date") and any(has(role) for role in (*NUMBERS, "mass"))


def names_number(column: str, given: Mapping[str, str]) -> bool:
    """Return whether a column holds counts or masses, by what was given or by its name."""
    roles = (*NUMBERS, "mass")
    return column in map(given.get, roles) or any(_role_of(column, role) for role in roles if role not in given)


def choose(columns: Sequence[str], given: Mapping[str, Any]) -> Chosen:
    """Return the columns of a table by their roles.

    A name that may mean anything, such as `n`, `qty` or `max`, is never guessed: such columns hold row numbers,
    draughts or kilograms.

    Parameters
    ----------
    columns : sequence of str
        The names of the columns [unitless].
    given : mapping of str to str
        The columns whose role is known [unitless].

    Returns
    -------
    Chosen
        The columns and the remarks.

    Raises
    ------
    ArgumentError
        If several columns could have a role that matters, or a column is given two roles.
    UnknownItemError
        If a column is not there, none could be a date, or none a number.
    """
    column_of = _checked(columns, given)
    guessed: dict[str, str] = {}
    remarks: list[str] = []
    unpaired = None
    ranged = "low" in column_of or "high" in column_of
    for role in SPELLINGS:
        if role in column_of or (role in (*NUMBERS, "transport") and "mass" in column_of):
            continue
        if role == "mass" and any(number in column_of for number in NUMBERS):
            continue
        candidates = [column for column in columns if column not in column_of.values() and _role_of(column, role)]
        exact = [column for column in candidates if column == role]
        if len(candidates) > 1 and not exact:
            clash = f"{' and '.join(map(shown, candidates))} could each be the {role}"
            if role != "carrier" and not (role == "count" and ranged):
                raise ArgumentError(f"{clash}: {_say_which(role)}.")
            remarks.append(f"{clash}, and none was read: {_say_which(role)}")
        elif candidates:
            column_of[role] = guessed[role] = (exact or candidates)[0]
    free = [column for column in columns if column not in column_of.values()]
    if "date" not in column_of:
        raise _no_column("dates", "date", free, f"N{_say_which('date')[1:]}.")
    if not any(role in column_of for role in (*NUMBERS, "mass")):
        raise _no_column("counts", "count", free, _advice(free))
    ends = [column_of[role] for role in ("low", "high") if role in guessed]
    masses = [column for column in columns if _role_of(column, "mass") and column not in column_of.values()]
    if ends and masses and not {"count", "mass"} & set(column_of):
        raise ArgumentError(
            f"{' and '.join(map(shown, ends))} may be ends of the masses in {shown(masses[0])}, or of counts: name the "
            f"mass with columns={{'mass': ..., 'low': ..., 'high': ...}}, or leave out its column."
        )
    for role in ("low", "high"):
        if ("low" in column_of) != ("high" in column_of) and role in guessed and "count" in column_of:
            unpaired = column_of.pop(role)
            del guessed[role]
    renamed = [f"{role} = {shown(column)}" for role, column in guessed.items() if role != column]
    if renamed:
        remarks.insert(0, f"columns taken by their names: {', '.join(renamed)}")
    units = [column for column in columns if is_unit_column(column) and column not in column_of.values()]
    return replace(_with_units(column_of, units, remarks), unpaired=unpaired)


def _checked(columns: Sequence[str], given: Mapping[str, Any]) -> dict[str, str]:
    """Return the roles that were given, checked."""
    fix = "Write e.g. columns={'count': 'boxes'}."
    if not isinstance(given, Mapping):
        raise bad_argument("columns", given, "a mapping from roles to names of columns", fix)
    column_of: dict[str, str] = {}
    for role, column in given.items():
        if role not in SPELLINGS:
            raise unknown_item("role of a column", str(role), SPELLINGS, f"(columns={shown(dict(given))})")
        if not isinstance(column, str):
            raise bad_argument(f"columns[{role!r}]", column, "the name of a column", fix)
        if column not in columns:
            raise unknown_item("column", column, columns, f"(columns={{{role!r}: {shown(column)}}})")
        if role in ("date", "since") and _is_date(column):
            raise ArgumentError(
                f"columns={{{role!r}: {shown(column)}}}: the name of the column is a date itself: the table has no "
                "line that names its columns, and its first row would be lost. Write such a line above it."
            )
        if column in column_of.values():
            other = next(name for name, taken in column_of.items() if taken == column)
            raise ArgumentError(
                f"columns={{{role!r}: {shown(column)}}}: the column is the {other} already. Give each role its own."
            )
        column_of[role] = column
    if "mass" in column_of and "count" in column_of:
        raise ArgumentError(
            f"columns: {shown(column_of['count'])} is the count and {shown(column_of['mass'])} the mass; rows have one "
            "of them. Leave out the other."
        )
    return column_of


def _is_date(column: str) -> bool:
    try:
        read_date(column)
    except ShellflowError:
        return False
    return True


def _say_which(role: str) -> str:
    return f"name it with columns={{'{role}': ...}}"


def _no_column(kind: str, name: str, columns: Sequence[str], advice: str) -> UnknownItemError:
    values = [column for column in columns if any(letter.isdigit() for letter in column)]
    if len(values) * 2 > len(columns):
        if any(map(_is_date, columns)):  # to name a date as a column would take its row for the header
            advice = "Write such a line above it."
        advice = (
            f"The line taken for the header holds values, {shown(list(columns))}: the table needs a line that names "
            f"its columns. {advice}"
        )
    candidates = [column for column in columns if not is_unit_column(column)]
    return unknown_item(f"column of {kind}", name, candidates, advice)


def _with_units(column_of: Mapping[str, str], units: Sequence[str], remarks: list[str]) -> Chosen:
    """Return the columns with what their names say of units."""
    length_ft, dayfirst = None, None
    factors: dict[str, float] = {}
    for role, column in column_of.items():
        unit = _with_unit(column)[1] or (_last_word(column, {*TONNES, *OTHER_MASSES}) if role == "mass" else "")
        if role == "mass" and not unit and not units:
            remarks.append(f"the column {shown(column)} names no unit: its numbers without one were taken as tonnes")
        if role in NUMBERS:
            check_counts(column, role, beside_mass="mass" in column_of)
            length_ft = length_in_name(column) or length_ft
        if not unit or role not in ("date", *NUMBERS, "mass"):
            continue
        if role == "date" and unit in _ORDERS:
            dayfirst = _ORDERS[unit]
        elif "mass" in column_of and unit in TONNES:
            factors[role] = TONNES[unit]
        elif role == "mass":
            raise ArgumentError(
                f"{shown(unit)} in the name of the column {shown(column)} is no unit of mass that is read there. Give "
                "its masses in tonnes or kilograms, and name it so, such as 'mass_t' or 'mass (kg)'."
            )
        elif unit not in _NOUNS and not (role in NUMBERS and (length_in_name(unit) or noun_in_name(unit))):
            remarks.append(f"{shown(unit)} in the name of the column {shown(column)} was not read")
    massive = dict.fromkeys(("mass", *factors)) if "mass" in column_of else {}
    if len({factors.get(role, 1.0) for role in massive}) > 1:
        names = ", ".join(shown(column_of[role]) for role in massive)
        raise ArgumentError(
            f"the columns {names} have masses in different units. Give all in one, and name it in each."
        )
    ordered = {role: column_of[role] for role in SPELLINGS if role in column_of}
    return Chosen(ordered, units[0] if units else None, length_ft, factors.get("mass"), dayfirst, tuple(remarks))


def _last_word(column: str, units: Iterable[str]) -> str:
    """Return the unit that ends the name of a column, such as the kg of weight_kg; "" where none does."""
    *name, last = folded(column).split() or [""]
    if not name or last not in units:
        return ""
    return f"{name[-1]} {last}" if name[-1].strip(".") in THOUSANDS else last


def _advice(columns: Sequence[str]) -> str:
    weak = [column for column in columns if folded(column) in _WEAK or _with_unit(column)[0] in _WEAK]
    fix = "Name the column of counts with columns={'count': ...}, or that of masses with columns={'mass': ...}."
    if not weak:
        return fix
    return (
        f"{' or '.join(map(shown, weak))} might be it, or row numbers, or a mass: such a name is not guessed at. {fix}"
    )
