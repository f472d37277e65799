"""What every number and quantity from outside passes: read, checked and brought to one unit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from shellflow import checks, words
from shellflow.errors import ShellflowError, UnitError, bad_argument, shown
from shellflow.units._grammar import LONGEST_TEXT, Unit, product_of, read_unit
from shellflow.units._registry import is_quantity, unit_of_quantity

__all__ = ["canonical", "combined", "converted", "magnitude", "magnitudes"]

_TEXT = re.compile(rf"([+-]?) *({words.WRITTEN_DIGITS})((?:[eE][+-]?[0-9]{{1,6}}(?![0-9]))?) *(.*)", re.DOTALL)


def magnitude(value: object, unit: str, argument: str) -> float:
    """Return the magnitude of a value in a unit.

    It checks the dimension, not the sign.

    Parameters
    ----------
    value : str, pint.Quantity or, for the unit "", a number
        Such as `60 kg` or a quantity of any registry [any unit of the same dimension].
    unit : str
        Such as `kg`, `m`, `round/container`, or "" for plain numbers.
    argument : str
        The name that error messages give it.

    Returns
    -------
    float
        The magnitude [`unit`].

    Raises
    ------
    UnitError
        If the value has no unit or one of another dimension, or a unit that is not known, means several things, or has
        an offset or a logarithm in it.
    ArgumentError
        If it is not one finite number of at most 1e60 in size.

    Notes
    -----
    A quantity of another registry is taken by the names of its units. A quantity in `ton` is refused whatever it was
    made from, since pint gives the short ton that name.

    Examples
    --------
    >>> magnitude("60 lb", "kg", "gross")
    27.2155...
    """
    return magnitudes({argument: (value, unit)})[argument]


def magnitudes(values: Mapping[str, tuple[object, str]]) -> dict[str, float]:
    """Return the magnitudes of several values, or name all that are wrong in one error.

    It does not compare the values with each other.

    Parameters
    ----------
    values : mapping of str to (value, unit)
        For each argument its value and the unit wanted, as for `magnitude` [any unit of the same dimension].

    Returns
    -------
    dict of str to float
        For each argument its magnitude [its unit].

    Raises
    ------
    UnitError, ArgumentError
        As `magnitude`, once for all that are wrong.

    Examples
    --------
    >>> magnitudes({"length": ("90 cm", "m"), "share": (0.8, "")})
    {'length': 0.9, 'share': 0.8}
    """
    read: dict[str, float] = {}
    wrong: list[ShellflowError] = []
    for argument, (value, unit) in values.items():
        try:
            read[argument] = _in_unit(value, unit, argument)
        except ShellflowError as error:
            wrong.append(error)
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        raise UnitError(" ".join(str(error) for error in wrong))
    return read


def canonical(value: object, unit: str | None, argument: str) -> tuple[float, str]:
    """Return a value of any dimension in the unit that shellflow keeps that dimension in, and that unit.

    It knows masses, lengths, times, rounds, packages and transports, and their products.

    Parameters
    ----------
    value : number, str or pint.Quantity
        The value [its own unit, or `unit`].
    unit : str or None
        The unit of a plain number; "" and None say that it has none. A value with its own unit must be of the same
        dimension.
    argument : str
        The name that error messages give it.

    Returns
    -------
    tuple of float and str
        The magnitude, and its unit: kg, m, day, round and so on, "" for plain numbers.

    Raises
    ------
    UnitError, ArgumentError
        As `magnitude`, or if the dimension has none of these units.

    Examples
    --------
    >>> canonical("21.75 t", None, "payload")
    (21750.0, 'kg')
    >>> canonical(70_000, "rounds/week", "rate")
    (10000.0, 'round/day')
    """
    wanted = _wanted(unit, "unit") if unit else None
    number, own_unit = _read(value, argument)
    if own_unit is None:
        own_unit = wanted
        written = f"{shown(value)} {unit}"
    else:
        written = _written(value)
        if wanted is not None and own_unit.powers != wanted.powers:
            is_of = f"{argument}={written} is {own_unit.dimension}; expected {wanted.dimension}."
            raise UnitError(f"{is_of} Give it in {unit}.")
    if own_unit is None:
        return number, ""
    return _scaled(number, own_unit.times, own_unit.over, argument, written), own_unit.kept_in


def combined(left: str, right: str, sign: str) -> tuple[float, str]:
    """Return the unit of a product or a ratio of two units, and the factor that brings it there.

    No unit is kept in a power above 3.

    Parameters
    ----------
    left, right : str
        The two units; "" for plain numbers.
    sign : str
        "*" or "/".

    Returns
    -------
    tuple of float and str
        left sign right is that factor times that unit.

    Raises
    ------
    UnitError
        If a unit cannot be read, or comes out in a power above 3.

    Examples
    --------
    >>> combined("round", "round/day", "/")
    (1.0, 'day')
    """
    made = product_of(_wanted(left, "unit"), _wanted(right, "unit"), sign)
    if made is None:
        raise UnitError(f"{left or '1'} {sign} {right}: no unit is kept in a power above 3. Divide it out first.")
    return made.times / made.over, made.kept_in


def converted(unit: str, to: object) -> tuple[float, str]:
    """Return the factor that brings a unit to another of its dimension, and how that is written.

    Parameters
    ----------
    unit : str
        The unit; "" for plain numbers.
    to : str
        The other, in any spelling [unitless].

    Returns
    -------
    tuple of float and str
        One `unit` is that factor times the other.

    Raises
    ------
    UnitError
        If `to` cannot be read, or is of another dimension.

    Examples
    --------
    >>> converted("kg", "t")
    (0.001, 'tonne')
    """
    own, other = _wanted(unit, "unit"), _wanted(to, "unit")
    if own.powers != other.powers:
        raise UnitError(f"unit={shown(to)} is {other.dimension}; expected {own.dimension}.")
    return own.times * other.over / (own.over * other.times), other.written


def _wanted(unit: object, argument: str) -> Unit:
    if not isinstance(unit, str):
        raise bad_argument(argument, unit, "a text such as 'kg'")
    return read_unit(unit, argument, shown(unit)) if unit else Unit(1.0, 1.0, (), ())


def _in_unit(value: object, unit: str, argument: str) -> float:
    wanted = _wanted(unit, "unit") if unit else None
    number, own_unit = _read(value, argument)
    if own_unit is None:
        if wanted is None:
            return number
        missing = f"{argument}={shown(value)} has no unit; expected {wanted.dimension}."
        raise UnitError(f"{missing} Give one, e.g. '{number:g} {unit}'.")
    if own_unit.powers != (wanted.powers if wanted else ()):
        fix = f"Give it in {unit}." if unit else "Give it without a unit."
        dimension = wanted.dimension if wanted else "a plain number"
        raise UnitError(f"{argument}={_written(value)} is {own_unit.dimension}; expected {dimension}. {fix}")
    times, over = own_unit.times, own_unit.over
    if wanted is not None:
        times, over = times * wanted.over, over * wanted.times
    return _scaled(number, times, over, argument, _written(value))


def _scaled(number: float, times: float, over: float, argument: str, written: str) -> float:
    scaled = number if times == over else number * times / over
    if number and not scaled:
        raise UnitError(f"{argument}={written}: too small to tell from 0. Write it in a smaller unit.")
    return checks.number(scaled, argument, written=written)


def _read(value: object, argument: str) -> tuple[float, Unit | None]:
    """Return the number of a value and its unit, None where it has none."""
    if isinstance(value, str):
        return _read_text(value, argument)
    if not is_quantity(value):
        return checks.number(value, argument), None
    quantity: Any = value
    written = _written(value)
    number = checks.number(quantity.magnitude, argument, written=written)
    return number, unit_of_quantity(quantity, argument, written)


def _read_text(text: str, argument: str) -> tuple[float, Unit | None]:
    if len(text) > LONGEST_TEXT:
        raise UnitError(f"{argument}={shown(text)}: too long. Write a number and a unit, e.g. '65 kg' or '0.9 m'.")
    match = _TEXT.fullmatch(text.translate(words.ODD_SIGNS).strip())
    if match is None:
        raise UnitError(f"{argument}={shown(text)}: must be a number and a unit. Write e.g. '65 kg' or '0.9 m'.")
    sign, written, exponent, rest = match.groups()
    digits = words.SEPARATORS.sub("", written)
    if not (words.PLAIN_DIGITS.fullmatch(written) or words.GROUPED_DIGITS.fullmatch(written)):
        fix = "Write a decimal as 6.7, thousands as 6700 or 6,700."
        raise UnitError(f"{argument}={shown(text)}: its separators can be read in several ways. {fix}")
    number = checks.number(float(f"{sign}{digits}{exponent}"), argument, written=shown(text))
    if number == 0 and digits.strip("0."):
        raise UnitError(f"{argument}={shown(text)}: too small to tell from 0. Write it in a smaller unit.")
    unit = read_unit(rest, argument, shown(text)) if rest else None
    if words.DOT_OR_THOUSANDS.fullmatch(written) and not exponent and (unit is None or unit.is_count):
        fix = f"Write {digits}0 for the decimal, {digits.replace('.', '')} for the thousands."
        raise UnitError(f"{argument}={shown(text)}: its separator can be read in two ways. {fix}")
    return number, unit


def _written(value: object) -> str:
    """Return a value as messages show it: a quantity as "3 round", anything else as its repr."""
    if not is_quantity(value):
        return shown(value)
    quantity: Any = value
    return f"{shown(quantity.magnitude)} {quantity.units}".rstrip()
