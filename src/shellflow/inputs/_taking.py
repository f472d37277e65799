"""Taking whatever an argument was given as an input, checked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from shellflow import sampling, units, words
from shellflow.errors import ArgumentError, UnitError, attribute_of, bad_argument, shown
from shellflow.inputs._grades import NO_SOURCE
from shellflow.inputs._input import AS_ASKED, Input, Origin, calculated
from shellflow.inputs._reading import Faults, exactly, read_ends
from shellflow.terms import Term, Uncertain, rebuilt, scale

__all__ = ["ABOUT", "Wanted", "as_input", "as_inputs", "says_about", "within"]

ABOUT = "about "
"""Stands before the number in the name of an input of a question that says "about"."""


def as_input(
    value: object,
    unit: str,
    argument: str,
    *,
    bare: str | None = None,
    source: str | None = None,
    grade: str | None = None,
    stated: bool = False,
) -> Input:
    """Return `value` as an input in `unit`: an input as it is, a range in words uniform, anything else a fixed number.

    Parameters
    ----------
    value : Input, Estimate, number, str or pint quantity
        What the user gave [its own unit].
    unit : str
        The unit wanted [unitless].
    argument : str
        Its name in error messages [unitless].
    bare : str, optional
        A unit that is taken for `unit`: "" where a plain number will do [unitless].
    source, grade : str, optional
        For a value that carries no source of its own [unitless].
    stated : bool
        Whether such a value is what the question itself states, and so no evidence [unitless].

    Returns
    -------
    Input
        In `unit`.

    Raises
    ------
    ArgumentError, UnitError
        If the value is not a single finite number or a range, or of another dimension; a bound is neither.
    """
    origin: Origin = "question" if stated else "user"
    source = AS_ASKED if stated else source
    if isinstance(value, Uncertain) and not isinstance(value, Input):
        value = calculated(_term_of(value))
    if isinstance(value, Input):
        adopted = _in_unit(value, unit, argument, bare)
        if adopted.children:
            return _sourced(adopted, source, grade, origin)
        if adopted.source == NO_SOURCE and source is not None:
            return replace(adopted, source=source, grade="assumed" if grade is None else grade, origin=origin)
        return adopted
    if not units.is_quantity(value):
        if callable(attribute_of(value, "ppf")):
            raise bad_argument(argument, value, "an input", f"Wrap it: sf.distribution(..., {unit or '1'!r}).")
        _refuse_many(value, argument)
    ends = read_ends(argument, value, counted=unit not in ("kg", "m"))
    low, high, own_unit = ends.low, ends.high, ends.unit
    if ends.about and not (stated and unit):  # what a question does not state is to say how far "about" reaches
        words.read_count(str(value), argument=argument)
    if own_unit not in (unit, bare):
        if isinstance(value, str) and own_unit == "m" and unit in words.NOUNS:
            words.read_count(value, argument=argument)  # its error says that millions are written 3M, and not 3m
        raise _wrong_unit(argument, value, own_unit, unit)
    if isinstance(value, str) and unit and not own_unit:
        words.read_claim(value, argument=argument)  # which refuses "50 percent", a plain number that is no count
    magnitude = exactly(low) if low == high else f"{exactly(low)} to {exactly(high)}"
    magnitude = f"{ABOUT}{magnitude}" if ends.about else magnitude
    return Input(
        f"{argument} {magnitude} {unit}".strip(),
        sampling.Fixed(low) if low == high else sampling.Uniform(low, high),
        unit,
        NO_SOURCE if source is None or (isinstance(source, str) and not source) else source,
        "assumed" if grade is None else grade,
        origin=origin,
    )


def says_about(number: Input) -> bool:
    """Return whether the question states a number as "about" so many: it is taken as it stands."""
    return number.origin == "question" and number.name.partition(" ")[2].startswith(ABOUT)


@dataclass(frozen=True)
class Wanted:
    """What an argument is to be.

    Parameters
    ----------
    unit : str
        The unit it has to have [unitless].
    least, most : float
        Its limits in every draw [`unit`].
    above : bool
        Whether `least` itself is too little [unitless].
    bare : str, optional
        A unit that is taken for `unit`: "" where a plain number will do [unitless].
    """

    unit: str
    least: float = -math.inf
    most: float = math.inf
    above: bool = False
    bare: str | None = None


def as_inputs(
    given: Mapping[str, tuple[object, Wanted]],
    *,
    source: str | None = None,
    grade: str | None = None,
    stated: bool = False,
) -> dict[str, Input]:
    """Return several arguments as inputs under their names, or one error that names every bad one.

    `source`, `grade` and `stated` are for values that carry no source, as for `as_input`.
    """
    read: dict[str, Input] = {}
    faults = Faults()
    for argument, (value, wanted) in given.items():
        with faults:
            number = as_input(value, wanted.unit, argument, bare=wanted.bare, source=source, grade=grade, stated=stated)
            read[argument] = within(number, argument, wanted.least, wanted.most, above=wanted.above)
    faults.say()
    return read


def _in_unit(value: Input, unit: str, argument: str, bare: str | None) -> Input:
    if value.unit == unit:
        return value
    if value.unit == bare:
        return replace(value, unit=unit)
    raise _wrong_unit(argument, value.name, value.unit, unit)


def _term_of(quantity: Uncertain) -> Term:
    if quantity.settings is not None:
        sampling.one_settings(sampling.current_settings(), quantity.settings)
    term = quantity.term
    size, kept = units.canonical(1.0, term.unit, "unit") if term.unit else (1.0, "")
    return scale(term, size, kept)


def _sourced(number: Input, source: str | None, grade: str | None, origin: Origin) -> Input:
    """Return a calculated number whose inputs without a source have the one that is given for such."""
    if source is None:
        return number

    def change(part: Term) -> Term | None:
        if not isinstance(part, Input) or part.children or part.source != NO_SOURCE:
            return None
        return replace(part, source=source, grade="assumed" if grade is None else grade, origin=origin)

    return calculated(rebuilt(number.children[0], change), number.unit)


def _wrong_unit(argument: str, value: object, own_unit: str, unit: str) -> UnitError:
    text = value if isinstance(value, str) else shown(value)
    fix = f"Give it in {unit}." if unit else "Give a plain number."
    return UnitError(f"{argument}={text} is in {own_unit or 'no unit'}; expected {unit or 'a plain number'}. {fix}")


def _refuse_many(value: object, argument: str) -> None:
    if isinstance(value, tuple | list | set | dict):
        raise bad_argument(
            argument, value, "a single value", "For a range use sf.uniform(low, high); for a table use sf.flow."
        )
    shape = attribute_of(value, "shape")
    column = any(attribute_of(value, name) is not None for name in ("columns", "to_list"))
    if column or (isinstance(shape, tuple) and len(shape) > 0):
        raise ArgumentError(
            f"{argument} is a column or an array ({type(value).__name__}): must be a single value. "
            "For shipments in a table use sf.flow; for a range sf.uniform; for observations sf.from_observations."
        )


def within(number: Input, argument: str, least: float, most: float = math.inf, *, above: bool = False) -> Input:
    """Return a number if it is within its limits in every draw of the present settings, `least` excluded by `above`."""
    low, high = number.distribution.support
    if low >= least and high <= most and not (above and low == least):
        return number
    chosen = sampling.current_settings()
    low, high = (float(end) for end in number.distribution.ppf(np.array([0.5, chosen.n - 0.5]) / chosen.n))
    if low >= least and high <= most and not (above and low == least):
        return number
    low, high = (
        stated if math.isfinite(stated) else drawn
        for stated, drawn in zip(number.distribution.support, (low, high), strict=True)
    )
    limits = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    allowed = f"{'above' if above else 'at least'} {least:g}{'' if most == math.inf else f' and at most {most:g}'}"
    value = f"{limits} {number.unit}".strip()
    raise ArgumentError(f"{argument}={value}: must be {allowed} in every draw. Correct it or narrow its limits.")
