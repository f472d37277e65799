"""Terms for the errors of counts in many rows, and for differences between transports.

Two readings of a table of ranges: the errors are the same in all rows (one unknown), or independent (one unknown for
each group and day, whose distribution is that of a sum of independent errors).
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from shellflow import inputs, sampling
from shellflow.inputs import Input
from shellflow.terms import Term, multiply

__all__ = ["COUNT_ERRORS", "Lot", "count_of", "errors_of", "filled_term", "shared_error", "variation"]

COUNT_ERRORS = ("shared", "independent")

_BAND_FOR = "the true {}, between the ends of the ranges given"


@dataclass(frozen=True)
class Lot:
    """Rows whose errors are independent of those of all others: of a group and day, or the days of a row that accrues.

    Parameters
    ----------
    name : str
        By which its unknowns are drawn [unitless].
    count, half, square : float
        Sums of the counts, of the half-widths of their ranges, and of the squares of these [transport, or kg].
    voyages : float
        How many rows without a count were filled [voyage].
    transports : float
        How many differ from each other; of rows that accrue those of all their days [transport].
    """

    name: str
    count: float
    half: float
    square: float
    voyages: float
    transports: float


def count_of(count: float, unit: str, accrues: bool) -> Input:
    """Return the transports or the mass of several rows, of ranges the midpoint.

    `accrues` says that they hang on how rows accrue over their days, which nobody stated.
    """
    name = f"{_quantity_in(unit)} {count:.15g} {unit}"
    if accrues:
        return Input(f"{name}, accrued evenly", sampling.Fixed(count), unit, "rows taken to accrue evenly", "assumed")
    return inputs.stated(name, sampling.Fixed(count), unit)


def filled_term(voyages: float, per_voyage: Input) -> Term:
    """Return the containers of rows without a count, each taken for a voyage like those that were counted."""
    name = f"{voyages:.15g} rows without a count, filled"
    source = "rows without a count taken for voyages of the usual size"
    return multiply(Input(name, sampling.Fixed(voyages), "voyage", source, "assumed"), per_voyage)


def shared_error(unit: str, flow: str) -> Input:
    """Return the error that all counts of a flow share, from -1 to 1."""
    quantity = _quantity_in(unit)
    name = f"{flow}.{quantity} error"
    return inputs.stated(name, sampling.Uniform(-1.0, 1.0), "", _BAND_FOR.format(quantity))


def errors_of(lots: Sequence[Lot], unit: str, flow: str, key: str) -> Input:
    """Return the errors of counts that are independent, over the sum of their half-widths, from -1 to 1."""
    quantity = _quantity_in(unit)
    # To 12 digits, as an engine may sum in any order.
    halves = tuple(float(f"{lot.half:.12g}") for lot in lots)
    sizes = tuple(float(f"{max(1.0, lot.half * lot.half / lot.square):.12g}") for lot in lots)
    names = tuple(f"{flow}.{quantity} error.{lot.name}" for lot in lots)
    name = names[0] if len(lots) == 1 else _name_of(f"{flow}.{quantity} errors", key, names, halves)
    return inputs.stated(name, sampling.SumOfErrors(names, halves, sizes), "", _BAND_FOR.format(quantity))


def variation(lots: Sequence[Lot], between: float, flow: str, key: str) -> Input:
    """Return the factor by which the average of the transports of several lots differs from that of all such."""
    numbers = tuple(float(f"{lot.transports:.12g}") for lot in lots)
    names = tuple(f"{flow}.variation.{lot.name}" for lot in lots)
    name = names[0] if len(lots) == 1 else _name_of(f"{flow}.variation", key, names, numbers)
    band_for = "how far the average of these transports is from that of all"
    return inputs.stated(name, sampling.AverageOfFactors(names, numbers, between), "", band_for)


def _quantity_in(unit: str) -> str:
    return "mass" if unit == "kg" else "count"


def _name_of(what: str, key: str, names: Sequence[str], numbers: Sequence[float]) -> str:
    """Return a name for several unknowns, which no other set of them has."""
    digest = hashlib.blake2b(repr((names, numbers)).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()
    return f"{what} of {len(names):,} days.{key}.{digest}"
