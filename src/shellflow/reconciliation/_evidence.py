"""A statement as a line of evidence: what is stated of a cargo, per which transports, by whom, how far trusted."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from shellflow import checks, inputs, words
from shellflow.catalog import KINDS
from shellflow.errors import ArgumentError, ShellflowError, UnitError, bad_argument, printable, shown
from shellflow.inputs import Input, read_mass
from shellflow.statements import as_date, first_day, last_day, read_side, side_in_words
from shellflow.words import Claimed

if TYPE_CHECKING:
    from shellflow.reconciliation._weights import Range

__all__ = ["QUANTITIES", "Evidence", "check_error", "made"]

QUANTITIES = ("rounds", "mass")

_NO_ERROR = (
    "error is missing: it has no default. Give the standard deviation of the logarithm to which you trust this source: "
    "0.1 for about 10 %, 0.4 for a factor of 1.5."
)
_NO_COUNT = (
    "count is missing: a total says something of a transport only per the transports of the same period. Give "
    "count='15,809 containers', or a range that you take it to be in: count='5,000-6,700 containers'."
)
_FINEST = 1e-6  # no draws tell more
_BASES = {"rounds": ("contents",), "mass": ("contents", "count")}


@dataclass(frozen=True, eq=False, repr=False)
class Evidence:
    """A statement of rounds or of a mass, per the transports that carried them; made by `statement`.

    Parameters
    ----------
    name : str
        Key of its row in the record, or its family [unitless].
    quantity : str
        "rounds" or "mass" [unitless].
    stated : Claimed
        Its ends and which of them is open [round, or t].
    count : Input
        How many transports; of no unit where only a number was given [container, wagon, truck or unitless].
    family : str
        The office [unitless].
    basis : str
        "contents", or "count" of a mass [unitless].
    error : float
        Standard deviation of the logarithm of what is stated [unitless].
    since, until : str
        First and last date of what was counted; "" where not known [unitless].
    munition : str
        Key of the munition it speaks of; "" where it names none [unitless].
    derivation : tuple of str
        What it was computed from, and what that was computed from [unitless].
    source : str
        Where it stands; "" where not given [unitless].
    """

    name: str
    quantity: str
    stated: Claimed
    count: Input
    family: str
    basis: str
    error: float
    since: str = ""
    until: str = ""
    munition: str = ""
    derivation: tuple[str, ...] = ()
    source: str = ""

    @property
    def range(self) -> Range:
        """The ends stated, None where it leaves one open [round, or t]."""
        return self.stated.low, self.stated.high

    @property
    def first_day(self) -> date:
        """The earliest day it may speak of."""
        return first_day(self.since) if self.since else date.min

    @property
    def last_day(self) -> date:
        """The last day it may speak of."""
        return last_day(self.until) if self.until else date.max

    @property
    def in_words(self) -> str:
        """What is stated, such as `4.2 to 5.8 million rounds`."""
        return side_in_words(self.stated, "round" if self.quantity == "rounds" else "tonne")

    @property
    def count_in_words(self) -> str:
        """Per how many transports, such as `5,000 to 6,700 containers`."""
        low, high = self.count.distribution.support
        if not all(map(math.isfinite, (low, high))):
            low, _, high = self.count.band(0.9)
        text = words.say_band(low, high, words.step(low, low))
        return words.with_noun(text, self.count.unit or "transport")

    @property
    def period_in_words(self) -> str:
        """When, such as `2023-08 to 2024-01`; "" where not known."""
        return " to ".join(dict.fromkeys(filter(None, (self.since, self.until))))

    def __str__(self) -> str:
        parts = (f"per {self.count_in_words}", self.period_in_words, f"error {self.error:g}")
        return printable(f"{self.name}: {self.in_words} ({', '.join(filter(None, parts))})")

    def __repr__(self) -> str:
        return f"<Evidence {self}>"


def made(
    name: str,
    quantity: object,
    value: object,
    count: object,
    *,
    family: object,
    basis: object,
    error: object,
    since: object = None,
    until: object = None,
    munition: str = "",
    derivation: tuple[str, ...] = (),
    source: object = None,
) -> Evidence:
    """Return a line of evidence of checked parts, or one error that names every part that is wrong."""
    if not isinstance(quantity, str) or quantity not in QUANTITIES:
        raise bad_argument("quantity", quantity, "'rounds' or 'mass'")
    faults = inputs.Faults()
    with faults:
        stated = _stated(quantity, value)
    with faults:
        transports = _count(count)
    with faults:
        office = _text(family, "family", "the office that states it, such as 'osc'")
    with faults:
        checked_basis = _basis(basis, quantity)
    with faults:
        trust = check_error(error)
    with faults:
        first, last = _period(since, until)
    with faults:
        place = "" if source is None else _text(source, "source", "a text")
    faults.say()
    return Evidence(
        name or office,
        quantity,
        stated,
        transports,
        office,
        checked_basis,
        trust,
        first,
        last,
        munition,
        derivation,
        place,
    )


def check_error(error: object) -> float:
    """Return the error of a source, checked."""
    if error is None:
        raise ArgumentError(_NO_ERROR)
    fix = "It is the standard deviation of the logarithm: 0.1 is about 10 %. Nobody knows a total exactly."
    return checks.number(error, "error", least=_FINEST, allowed="a number above 0", fix=fix)


def _stated(quantity: str, value: object) -> Claimed:
    if value is None:
        raise ArgumentError("value is missing: give what was stated, such as '4.2-5.8M' or 'at least 74,000 t'.")
    if isinstance(value, Claimed):
        return value
    if quantity == "mass":
        return read_mass(value, "value")
    stated = read_side(value, "value")
    if stated.noun not in (None, "round"):
        raise UnitError(f"value={shown(value)} is in {stated.noun}s; expected rounds. Their number goes into count=...")
    return stated


def _count(value: object) -> Input:
    """Return the count as an input, in the unit it was given in; of none where it is a bare number."""
    if value is None:
        raise ArgumentError(_NO_COUNT)
    refusals = []
    for kind in ("", *KINDS):
        try:
            count = inputs.as_input(value, kind, "count", stated=True)
        except ShellflowError as refusal:
            refusals.append(refusal)
        else:
            if isinstance(value, str):  # with or without its noun it is one count, and one unknown
                count = replace(count, name=count.name.removesuffix(f" {kind}"))
            return inputs.within(count, "count", 0.0, above=True)
    raise refusals[1]  # that of a container speaks of transports


def _basis(basis: object, quantity: str) -> str:
    allowed = _BASES[quantity]
    if isinstance(basis, str) and basis in allowed:
        return basis
    if basis is None:
        raise ArgumentError(
            "basis is missing: say what is stated. 'contents' is what was inside; what would fit ('capacity') is no "
            "evidence of that."
        )
    fix = {
        "capacity": "What would fit says nothing of what was inside: hold it against packings by sf.audit(...).",
        "rendering": "Another outlet's version is no second line of evidence: give the statement that it renders.",
    }.get(basis if isinstance(basis, str) else "", "Find out what its source means before it is weighed.")
    raise bad_argument("basis", basis, " or ".join(map(repr, allowed)), fix)


def _period(since: object, until: object) -> tuple[str, str]:
    first = "" if since is None else as_date(since, "since")
    last = "" if until is None else as_date(until, "until")
    if first and last and not first_day(first) <= last_day(last):
        raise bad_argument("since", since, f"before until={until!r}", "Swap the two.")
    return first, last


def _text(value: object, argument: str, allowed: str) -> str:
    if value is None:
        raise ArgumentError(f"{argument} is missing: give {allowed}.")
    if not isinstance(value, str) or not str.strip(value):
        raise bad_argument(argument, value, allowed)
    return str.strip(value)
