"""From what a user writes to plain numbers in one unit."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from shellflow import units, words
from shellflow.errors import ArgumentError, BoundError, ShellflowError, UnitError, UnknownItemError, bad_argument, shown

__all__ = ["Faults", "check_unit", "exactly", "read_ends", "read_value", "read_values"]


def read_values(values: Mapping[str, object], unit: str | None) -> tuple[dict[str, float], str]:
    """Return the magnitudes of several values of one dimension and the unit they are in; `unit` is for plain numbers.

    Texts are read as counts first ("6.7k containers"), then as quantities ("60 kg").
    """
    if unit is not None and not isinstance(unit, str):
        raise bad_argument("unit", unit, "a text such as 'kg'")
    read: dict[str, tuple[float, str]] = {}
    faults = Faults()
    for argument, value in values.items():
        with faults:
            read[argument] = read_value(argument, value, unit)
    faults.say()
    found = {one for _, one in read.values()}
    if len(found) == 2 and "" in found and found & set(words.NOUNS):
        found.discard("")  # "6000" and "7000 containers": the noun said once speaks for both
    if len(found) > 1:
        said = ", ".join(f"{argument} in {one or 'no unit'}" for argument, (_, one) in read.items())
        raise UnitError(f"{said}: must be of one dimension. Give each the same unit.")
    return {argument: value for argument, (value, _) in read.items()}, found.pop()


def read_ends(argument: str, value: object, *, counted: bool = True) -> tuple[float, float, str]:
    """Return the ends of a value and their unit: two of a range such as "280-320 containers", else it twice."""
    try:
        magnitude, unit = read_value(argument, value, None, counted=counted)
    except BoundError as refusal:
        try:
            claim = words.read_claim(str(value), argument=argument)
        except ShellflowError:
            raise refusal from None
        if claim.low is None or claim.high is None or claim.bound != "range":
            raise
        return claim.low, claim.high, claim.noun or ""
    return magnitude, magnitude, unit


def read_value(argument: str, value: object, unit: str | None, *, counted: bool = True) -> tuple[float, str]:
    """Return the magnitude of one value and its unit; `counted` says that a count is the likelier thing to be meant."""
    if not isinstance(value, str):
        return units.canonical(value, unit, argument)
    magnitude, found = _read_text(argument, value, unit, counted)
    wanted = found if not unit or not found else units.canonical(1.0, unit, "unit")[1]
    if found == "1/day" and wanted.endswith("/day"):
        return magnitude, wanted
    if found != wanted:  # a text that carries a unit must agree with the one that the call gives
        said = f"{argument}={shown(value)} is in {found}, and unit={unit!r} was asked for."
        raise UnitError(f"{said} Leave out the one or the other.")
    return magnitude, found


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


_MOST_SAID = 8


class Faults:
    """What is wrong with several arguments, gathered so that one error names them all.

    Each is read in a block of its own, `with faults:`; `faults.say()` then raises what was found, if anything.
    """

    def __init__(self) -> None:
        self.found: list[ShellflowError] = []

    def __enter__(self) -> None:
        return None

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        if isinstance(error, ArgumentError | UnitError | UnknownItemError):
            self.found.append(error)
            return True
        return False

    def say(self) -> None:
        """Raise what was found as one error.

        Raises
        ------
        ArgumentError, UnitError, UnknownItemError
            If anything was.
        """
        if len(self.found) == 1:
            raise self.found[0]
        if self.found:
            kind = UnitError if any(isinstance(error, UnitError) for error in self.found) else ArgumentError
            more = len(self.found) - _MOST_SAID
            rest = [f"And {more:,} more like these."] if more > 0 else []
            raise kind(" ".join([*map(str, self.found[:_MOST_SAID]), *rest]))


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


def exactly(value: float) -> str:
    """Return a number in the fewest digits that tell it from every other: part of the name of a fixed input.

    Parameters
    ----------
    value : float
        The number [any one unit].

    Returns
    -------
    str
        Its digits [unitless].
    """
    return repr(float(value)).removesuffix(".0")
