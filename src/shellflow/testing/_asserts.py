"""Asserts on numbers of rounds that know units and draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import pairwise
from typing import Any

import numpy as np

from shellflow import catalog, checks, inputs, sampling, units
from shellflow import packings as packed
from shellflow.catalog import Munition, Transport
from shellflow.errors import UnitError, bad_argument, shown
from shellflow.estimates import Estimate

__all__ = ["assert_conserves_mass", "assert_monotone", "assert_rounds_close"]


def _in_rounds(value: object, argument: str) -> sampling.Floats:
    if isinstance(value, Estimate):
        if value.unit != "round":
            raise UnitError(f"{argument} is an estimate in {value.unit or 'no unit'}; expected round.")
        return value.values
    quantity: Any = value
    if units.is_quantity(value) and np.ndim(quantity.magnitude) > 0:
        return checks.row_of_numbers(quantity.magnitude, argument) * units.magnitude(
            1.0 * quantity.units, "round", argument
        )
    rounds = inputs.as_input(value, "round", argument)
    return np.array([rounds.distribution.support[0]])


def assert_rounds_close(actual: object, expected: object, *, rel: float = 1e-9) -> None:
    """Assert that two numbers of rounds agree, draw by draw where there are draws.

    A number without a unit is refused: that it is of rounds is what the assert is for.

    Parameters
    ----------
    actual, expected : Estimate, pint quantity or str
        "3M rounds", ``3e6 * ureg.rounds``, an estimate [round].
    rel : float
        The largest difference, as a part of the larger one [unitless].

    Returns
    -------
    None

    Raises
    ------
    AssertionError
        If they differ by more.
    UnitError
        If one is not in rounds.

    Examples
    --------
    >>> assert_rounds_close("3M rounds", "3,000,000 rounds")
    """
    rel = checks.number(rel, "rel", least=0.0, allowed="a number from 0 up")
    left, right = _in_rounds(actual, "actual"), _in_rounds(expected, "expected")
    if left.size > 1 and right.size > 1 and left.size != right.size:
        raise AssertionError(f"actual has {left.size} draws, expected has {right.size}.")
    left, right = np.broadcast_arrays(left, right)
    apart = np.abs(left - right)
    wrong = ~(apart <= rel * np.maximum(np.abs(left), np.abs(right)))
    if wrong.any():
        worst = int(np.argmax(np.where(wrong, apart, -1.0)))
        raise AssertionError(
            f"{left[worst]:.12g} rounds and {right[worst]:.12g} rounds differ by more than {rel:g} of the larger"
            f"{f' in {int(wrong.sum())} of {left.size} draws' if left.size > 1 else ''}."
        )


def assert_conserves_mass(
    rounds: object, count: object, munition: str | Munition, transport: str | Transport = packed.DEFAULT_TRANSPORT
) -> None:
    """Assert that so many rounds weigh no more than so many transports may carry, taking the lightest round there is.

    An uncertain count is compared with the rounds draw by draw.

    Parameters
    ----------
    rounds : Estimate, pint quantity or str
        What a conversion gave [round].
    count : number, str or pint quantity
        From how many transports [transport].
    munition : str or Munition
        What they are [unitless].
    transport : str or Transport
        Into what [unitless].

    Returns
    -------
    None

    Raises
    ------
    AssertionError
        If the bare rounds alone are heavier than the payload.
    UnitError
        If `rounds` is not in rounds, or `count` is of something else.
    UnknownItemError
        If a name is not in the catalog.

    Examples
    --------
    >>> assert_conserves_mass("3M rounds", 6_700, "152mm")
    >>> assert_conserves_mass("8M rounds", 13_000, "152mm")
    Traceback (most recent call last):
        ...
    AssertionError: 8,000,000 rounds of 152mm weigh at least 348,000 t; 13,000 x 20ft-24t may carry 282,750 t.
    """
    record, _ = packed.find_munition(munition, catalog.shipped())
    box = packed.find_transport(transport, catalog.shipped())
    chosen = rounds.settings if isinstance(rounds, Estimate) else sampling.current_settings()
    counted = inputs.as_input(count, box.kind, "count", bare="")
    numbers = np.array([counted.distribution.support[0]]) if counted.is_fixed else counted.draws(chosen)
    lightest = catalog.projectile_mass(record).distribution.support[0]
    payload = catalog.payload(box).distribution.support[0]
    number_of_rounds, numbers = np.broadcast_arrays(_in_rounds(rounds, "rounds"), numbers)
    wrong = ~(number_of_rounds * lightest <= numbers * payload * (1 + 1e-9))
    if wrong.any():
        worst = int(np.argmax(np.where(wrong, number_of_rounds * lightest - numbers * payload, -np.inf)))
        most, number = float(number_of_rounds[worst]), float(numbers[worst])
        raise AssertionError(
            f"{most:,.0f} rounds of {record.munition} weigh at least {most * lightest / 1000:,.0f} t; "
            f"{number:,.0f} x {box.transport} may carry {number * payload / 1000:,.0f} t."
        )


def assert_monotone(function: Callable[[Any], object], values: Iterable[Any], *, rising: bool = True) -> None:
    """Assert that a conversion never falls (or never rises) as its argument grows, in any draw.

    Parameters
    ----------
    function : callable
        Takes one value; returns an Estimate, a pint quantity, an array or a number.
    values : iterable
        At least two arguments, from the least to the greatest.
    rising : bool
        Whether results may not fall; else they may not rise [unitless].

    Returns
    -------
    None

    Raises
    ------
    AssertionError
        If two neighbouring results go the other way.
    ArgumentError
        If there are fewer than two values.
    UnitError
        If two results are of different units.

    Examples
    --------
    >>> import shellflow as sf
    >>> assert_monotone(lambda count: sf.estimate(count, "152mm"), [1, 10, 100])
    """
    listed = list(values)
    if len(listed) < 2:
        raise bad_argument("values", listed, "at least two values, from the least to the greatest")
    before, unit = _plain(function(listed[0]))
    for earlier, later in pairwise(listed):
        after, other_unit = _plain(function(later))
        if other_unit != unit:
            raise UnitError(
                f"the results are in {unit or 'no unit'} and in {other_unit or 'no unit'}: must be of one unit."
            )
        if after.shape != before.shape and 1 not in (after.size, before.size):
            raise AssertionError(
                f"the results have {before.size} and {after.size} values between {shown(earlier)} and {shown(later)}."
            )
        change = (after - before) if rising else (before - after)
        if not np.all(change >= -1e-12 * np.abs(before)):  # NaN is no rise
            direction = "falls" if rising else "rises"
            if np.any(np.isnan(change)):
                direction = "is not a number"
            raise AssertionError(f"the result {direction} between {shown(earlier)} and {shown(later)}.")
        before = after


def _plain(value: object) -> tuple[sampling.Floats, str]:
    if isinstance(value, Estimate):
        return value.values, value.unit
    if units.is_quantity(value):
        quantity: Any = value
        root = quantity.to_root_units()
        _refuse_masked(root.magnitude)
        return np.atleast_1d(np.asarray(root.magnitude, dtype=float)), str(root.units)
    _refuse_masked(value)
    return np.atleast_1d(np.asarray(value, dtype=float)), ""


def _refuse_masked(value: object) -> None:
    if isinstance(value, np.ma.MaskedArray):  # numpy would take what lies under the mask
        raise bad_argument("result of the function", value, "without masked values")
