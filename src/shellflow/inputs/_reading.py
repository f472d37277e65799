"""From what a user writes to plain numbers in one unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from shellflow import checks, units, words
from shellflow.errors import (
    ArgumentError,
    BoundError,
    ShellflowError,
    UnitError,
    UnknownItemError,
    attribute_of,
    bad_argument,
    listed,
    shown,
)

__all__ = [
    "Ends",
    "Faults",
    "check_level",
    "check_levels",
    "check_unit",
    "exactly",
    "read_ends",
    "read_value",
    "read_values",
]

_PERCENT = re.compile(r"(?i)(?<! ) *(?:%|\bper ?cent\b)")  # only from where blanks begin: no text takes long


def read_values(values: Mapping[str, object], unit: str | None) -> tuple[dict[str, float], str]:
    """Return the magnitudes of several values of one dimension and the unit they are in; `unit` is for plain numbers.

    Texts are read as counts first ("6.7k containers"), then as quantities ("60 kg").
    """
    if unit is not None and not isinstance(unit, str):
        raise bad_argument("unit", unit, "a text such as 'kg'")
    quantities: dict[str, tuple[float, str]] = {}
    faults = Faults()
    for argument, value in values.items():
        with faults:
            quantities[argument] = read_value(argument, value, unit)
    faults.say()
    different = {own_unit for _, own_unit in quantities.values()}
    if len(different) == 2 and "" in different and different & set(words.NOUNS):
        different.discard("")  # "6000" and "7000 containers": the noun of one is that of both
    if len(different) > 1:
        listed = ", ".join(f"{argument} in {own_unit or 'no unit'}" for argument, (_, own_unit) in quantities.items())
        raise UnitError(f"{listed}: must be of one dimension. Give each the same unit.")
    return {argument: value for argument, (value, _) in quantities.items()}, different.pop()


@dataclass(frozen=True, slots=True)
class Ends:
    """The ends of a value, twice the same where it is no range, their unit, and whether it says "about"."""

    low: float
    high: float
    unit: str
    about: bool = False


def read_ends(argument: str, value: object, *, counted: bool = True) -> Ends:
    """Return the ends of a value such as "280-320 containers", "70-100 %" or "65 kg"."""
    if isinstance(value, str) and (shares := _range_of_shares(argument, value)):
        return shares
    try:
        magnitude, unit = read_value(argument, value, None, counted=counted)
    except BoundError as refusal:
        try:
            claim = words.read_claim(str(value), argument=argument)
        except ShellflowError:
            raise refusal from None
        if claim.low is None or claim.high is None or not (claim.bound == "range" or claim.about):
            raise
        return Ends(claim.low, claim.high, claim.noun or "", claim.about)
    return Ends(magnitude, magnitude, unit)


def _range_of_shares(argument: str, text: str) -> Ends | None:
    """Return a range in per cent as plain numbers; None where a text is none."""
    bare, signs = _PERCENT.subn("", text)
    if not signs:
        return None
    try:
        claim = words.read_claim(bare, argument=argument)
    except ShellflowError:
        return None
    if claim.bound != "range" or claim.noun or claim.low is None or claim.high is None:
        return None
    if signs == 1 and 0 < claim.low <= claim.high / 100:
        low, high = (f"{end:g}" for end in (claim.low, claim.high))
        readings = f"'{low} % to {high} %' or '{low} to {claim.high / 100:g}'"
        raise BoundError(
            f"{argument}={shown(text)}: must be a range that can be read in one way only. Write {readings}."
        )
    return Ends(claim.low / 100, claim.high / 100, "")


def read_value(argument: str, value: object, unit: str | None, *, counted: bool = True) -> tuple[float, str]:
    """Return the magnitude of one value and its unit; `counted` says that a count is the likelier thing to be meant."""
    if not isinstance(value, str):
        return units.canonical(value, unit, argument)
    magnitude, own_unit = _read_text(argument, value, unit, counted)
    wanted = own_unit if not unit or not own_unit else units.canonical(1.0, unit, "unit")[1]
    if own_unit == "1/day" and wanted.endswith("/day"):
        return magnitude, wanted
    if own_unit != wanted:  # a text that carries a unit must agree with the one that the call gives
        conflict = f"{argument}={shown(value)} is in {own_unit}, and unit={unit!r} was given."
        raise UnitError(f"{conflict} Leave out the one or the other.")
    return magnitude, own_unit


def _read_text(argument: str, value: str, unit: str | None, counted: bool) -> tuple[float, str]:
    try:
        amount = words.read_count(value, argument=argument)
    except BoundError:
        raise  # what says "more than" of a count says it of a quantity too
    except ShellflowError as not_a_count:
        try:
            rate = words.read_rate(value, argument=argument)
        except ShellflowError:
            try:
                return units.canonical(value, None, argument)
            except ShellflowError as not_a_quantity:
                # The count's message is the better one, unless a quantity is wanted, or it is one and a wrong one.
                # So it is where a letter only looks like one of ours: its message tells which.
                lookalike = any(letter.isalpha() and not letter.isascii() for letter in value)
                wrong_quantity = isinstance(not_a_count, UnitError) or not counted or lookalike
                raise (not_a_quantity if wrong_quantity else not_a_count) from None
        return rate.value_per_day, f"{rate.noun or '1'}/day"
    if amount.noun is None and unit is not None:
        return units.canonical(amount.value, unit, argument)
    return amount.value, amount.noun or ""


_NARROWEST = 1e-12  # of a level: nearer to 0 or 1 than this there is no quantile that a float tells from the end
_MOST_LISTED = 8


class Faults:
    """What is wrong with several arguments, gathered so that one error names them all.

    Each is read in a block of its own, `with faults:`; `faults.say()` then raises one error, if there was any.
    """

    def __init__(self) -> None:
        self._errors: list[ShellflowError] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, ArgumentError | UnitError | UnknownItemError):
            self._errors.append(error)
            return True
        return False

    def say(self) -> None:
        """Raise all errors as one.

        Raises
        ------
        ArgumentError, UnitError, UnknownItemError
            If anything was.
        """
        if len(self._errors) == 1:
            raise self._errors[0]
        if self._errors:
            kind = UnitError if any(isinstance(error, UnitError) for error in self._errors) else ArgumentError
            more = len(self._errors) - _MOST_LISTED
            rest = [f"And {more:,} more like these."] if more > 0 else []
            raise kind(" ".join([*map(str, self._errors[:_MOST_LISTED]), *rest]))


# Those that need no registry to be told; loading pint takes longer than many a question.
_UNITS = {"", "kg", "m", "day", "1/day", "round/day", *(f"round/{noun}" for noun in words.NOUNS), *words.NOUNS}


@cache
def check_unit(unit: str) -> None:
    """Check that a unit is one that inputs are kept in."""
    if unit in _UNITS or unit == "container/voyage":
        return
    _, kept = units.canonical(1.0, unit, "unit")
    if kept != unit:
        raise UnitError(f"unit={shown(unit)}: inputs are kept in {kept or 'plain numbers'}. Give the value in that.")


def check_level(level: object, argument: str = "level") -> float:
    """Return a probability of a central interval, checked to be strictly between 0 and 1."""
    allowed = "between 0 and 1, both excluded"
    return checks.number(
        level, argument, least=_NARROWEST, most=1 - _NARROWEST, allowed=allowed, fix="Write 0.9 for 90 %."
    )


def check_levels(levels: object) -> tuple[float, ...]:
    """Return the levels of one or several bands in rising order, checked: each between 0 and 1, and none twice."""
    if isinstance(levels, str) or not isinstance(levels, Iterable) or attribute_of(levels, "ndim", 1) == 0:
        return (check_level(levels, "levels"),)
    several = listed(levels, "levels", "a number between 0 and 1, or a list of these", "Write (0.5, 0.9).")
    if not several:
        raise bad_argument("levels", levels, "at least one number between 0 and 1", "Leave it out for 0.9.")
    checked = sorted(check_level(level, "levels") for level in several)
    if len(set(checked)) < len(checked):
        raise bad_argument("levels", levels, "different numbers", "Give each level once.")
    return tuple(checked)


def exactly(value: float) -> str:
    """Return a number in the fewest digits that tell it from every other: part of the name of a fixed input."""
    return repr(float(value)).removesuffix(".0")
