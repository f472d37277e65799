"""What a comparison is of: counts, by name or by themselves and of one kind, and a line for each answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shellflow import sampling, units
from shellflow.errors import ArgumentError, UnitError, attribute_of, bad_argument, listed, shown
from shellflow.estimates import _titles
from shellflow.estimates._estimate import Estimate
from shellflow.packings import Carrier, InMass
from shellflow.terms import Uncertain

__all__ = ["Count", "Line", "check_names", "check_one_kind", "count_of", "kind_of", "read_counts"]

_KG_IN_A_TONNE = 1000.0


@dataclass(frozen=True)
class Count:
    """What is counted: transports, rounds or a mass.

    Parameters
    ----------
    name : str
        As the user names it; in words where they give no name, such as "6,700 containers" [unitless].
    text : str
        In words [unitless].
    median : float
        The number, of an uncertain one its median [`unit`].
    unit : str
        Such as "container", "round" or "tonne" [unitless].
    """

    name: str
    text: str
    median: float
    unit: str


@dataclass(frozen=True, eq=False)
class Line:
    """One munition under one packing: an estimate, or what is missing for one.

    Parameters
    ----------
    munition, packing : str
        Their names [unitless].
    estimate : Estimate or None
        Rounds in all the transports; None where there is none [round].
    per_transport : Estimate or None
        Rounds in one transport [round].
    missing : str
        Why there is none, in a few words [unitless].
    count : Count, optional
        Of how many transports it is, or of how many rounds or tonnes.
    """

    munition: str
    packing: str
    estimate: Estimate | None
    per_transport: Estimate | None
    missing: str = ""
    count: Count | None = None


def read_counts(value: object, argument: str) -> list[tuple[str, object]]:
    """Return the counts of a question with their names, "" where none is given.

    Raises
    ------
    ArgumentError
        If there are none, or a name is empty or given twice.
    """
    if isinstance(value, Mapping):
        counts = [("" if name is None else str(name).strip(), count) for name, count in value.items()]
        if not all(name for name, _ in counts):
            raise bad_argument(argument, value, "counts by name", "Give each a name of at least one letter.")
        check_names([name for name, _ in counts], argument)
    elif _is_several(value):
        counts = [("", count) for count in listed(value, argument, "a count or a list of counts")]
    else:
        return [("", value)]
    if not counts:
        raise bad_argument(argument, value, "at least one count", "Give a count such as 6_700, or a list of counts.")
    return counts


def _is_several(value: object) -> bool:
    """Return whether a value is a list of counts: quantities and arrays of one number pass for iterables as well."""
    if isinstance(value, str | bytes | bytearray | memoryview | Uncertain) or units.is_quantity(value):
        return False
    return isinstance(value, Iterable) and attribute_of(value, "ndim", 1) != 0


def check_names(names: Iterable[str], argument: str) -> None:
    """Check that every count has a name of its own.

    Raises
    ------
    ArgumentError
        If two have the same one.
    """
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ArgumentError(
            f"{argument}: {shown(twice[0])} is given twice. Name each apart: {argument}={{'March': 500, 'May': 500}}."
        )


def check_one_kind(counts: Iterable[tuple[object, str]], argument: str) -> None:
    """Check that counts are of one kind of transport, or all masses.

    Parameters
    ----------
    counts : iterable of (object, str)
        Each as the user gives it, with its kind in words, such as "containers" or "a mass".
    argument : str
        Its name in the message [unitless].

    Raises
    ------
    UnitError
        If they are of different kinds.
    """
    first_of_kind = {kind: value for value, kind in reversed(list(counts))}
    if len(first_of_kind) > 1:
        (kind, value), (other_kind, other), *_ = reversed(first_of_kind.items())
        raise UnitError(
            f"{argument}: {shown(value)} is {kind} and {shown(other)} is {other_kind}; all must be of one kind. "
            "Compare those of each kind by themselves."
        )


def count_of(estimate: Estimate, name: str) -> Count:
    """Return what an answer of a comparison counts, under the user's name or its own."""
    carrier = estimate.term
    assert isinstance(carrier, Carrier)  # what is counted may itself be an estimate, with packings of its own
    median = sampling.quantile(_titles.worked_out(carrier.amount, estimate.settings, ordered=True), 0.5)
    unit = carrier.amount.unit
    if unit == "kg":
        unit, median = "tonne", median / _KG_IN_A_TONNE
    text = _titles.amount_of(carrier)
    return Count(name or text, text, int(median) if float(median).is_integer() else float(median), unit)


def kind_of(estimate: Estimate) -> str:
    """Return of what kind the count of an answer is, in words."""
    carrier = estimate.term
    assert isinstance(carrier, Carrier)
    return "a mass" if isinstance(carrier, InMass) else f"a number of {carrier.kind}s"
