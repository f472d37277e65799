"""Terms for the errors of counts in many rows, and for differences between transports.

Two readings of a table of ranges: the errors are the same in all rows (one unknown), or independent (one unknown for
each group and day, whose distribution is that of a sum of independent errors).
"""

from __future__ import annotations

import math

from shellflow import inputs, sampling
from shellflow.inputs import Input
from shellflow.terms import Term, add, multiply, scale

__all__ = ["COUNT_ERRORS", "amount_term", "filled_term", "variation"]

COUNT_ERRORS = ("shared", "independent")

_BAND_FOR = "the true {}, between the ends of the ranges given"


def amount_term(
    count: float, half: float, square: float, unit: str, errors: str, flow: str, which: str, accrues: bool
) -> Term:
    """Return count + half * error, the transports or the mass of several rows, the error from -1 to 1.

    `half` and `square` are the sums of the half-widths and of their squares; `flow` and `which` name the unknown.
    `accrues` says that they hang on how rows accrue over their days, which nobody stated.
    """
    quantity = "mass" if unit == "kg" else "count"
    name = f"{quantity} {count:.15g} {unit}"
    if accrues:
        middle = Input(f"{name}, accrued evenly", sampling.Fixed(count), unit, "rows taken to accrue evenly", "assumed")
    else:
        middle = inputs.stated(name, sampling.Fixed(count), unit)
    if half == 0.0:
        return middle
    if errors == "shared":
        error = inputs.stated(f"{flow}.{quantity} error", sampling.Uniform(-1.0, 1.0), "", _BAND_FOR.format(quantity))
    else:
        size = max(1.0, half * half / square)
        name = f"{flow}.{quantity} error.{which}"
        error = inputs.stated(name, sampling.SumOfUniforms(size), "", _BAND_FOR.format(quantity))
    return add(middle, scale(error, half, unit))


def filled_term(voyages: float, per_voyage: Input) -> Term:
    """Return the containers of rows without a count, each taken for a voyage like those that were counted."""
    name = f"{voyages:.15g} rows without a count, filled"
    source = "rows without a count taken for voyages of the usual size"
    return multiply(Input(name, sampling.Fixed(voyages), "voyage", source, "assumed"), per_voyage)


def variation(between: float, count: float, flow: str, which: str) -> Input:
    """Return the factor by which the average of `count` transports differs from that of all such transports.

    Notes
    -----
    The average of n independent factors of mean 1 and variance b**2 has mean 1 and variance b**2/n. It is taken as
    log-normal: exact for one transport if its own factor is, nearly normal for many, and never below 0.
    """
    spread = math.sqrt(math.log1p(between * between / count))
    # Of a scatter that no float tells from none, the factor is 1.
    factor = sampling.Lognormal(-spread * spread / 2.0, spread) if spread * spread > 0.0 else sampling.Fixed(1.0)
    band_for = "how far the average of these transports is from that of all"
    return inputs.stated(f"{flow}.variation.{which}", factor, "", band_for)
