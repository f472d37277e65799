"""The verdict on a number: a ratio against thresholds, all plain numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from shellflow.statements import EXACT

__all__ = [
    "BELOW",
    "CAPACITY",
    "IMPOSSIBLE",
    "NO_DATA",
    "ORDER",
    "PLAUSIBLE",
    "UNPACKED",
    "VERDICTS",
    "Thresholds",
    "joint",
    "verdict_on",
    "verdict_on_range",
]

IMPOSSIBLE = "impossible"
UNPACKED = "only without packaging"
CAPACITY = "only as a capacity"
PLAUSIBLE = "plausible as contents"
BELOW = "below what is seen"
NO_DATA = "not decidable"

VERDICTS = (IMPOSSIBLE, UNPACKED, CAPACITY, PLAUSIBLE, BELOW, NO_DATA)
"""Every verdict there is; `only without packaging` is one on a mass of cargo."""

ORDER = (BELOW, PLAUSIBLE, CAPACITY, UNPACKED, IMPOSSIBLE)
"""Those that a number passes through as its rounds grow."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Numbers of rounds in one transport, or in one tonne of cargo, at which the verdict changes.

    Parameters
    ----------
    least_seen, most_seen : float or None
        What observed loads give; None where there are no data [round/transport].
    most_packed : float or None
        What packed rounds at full payload come to at the most; None where there are no data [round/transport].
    most_possible : float or None
        What bare rounds cannot exceed; None where no limit is known, as of a ship [round/transport].
    most_decidable : float
        Above it, and up to what is possible, data are missing: on the ship, or which munition it is [round/transport].
    """

    least_seen: float | None
    most_seen: float | None
    most_packed: float | None
    most_possible: float | None
    most_decidable: float = math.inf


def verdict_on(ratio: float, thresholds: Thresholds, above: str = CAPACITY) -> str:
    """Return the verdict on a number of rounds in one transport.

    Parameters
    ----------
    ratio : float
        The number [round/transport].
    thresholds : Thresholds
        Where the verdict changes.
    above : str
        The verdict between what is seen and what is possible [unitless].

    Returns
    -------
    str
        One of `VERDICTS` [unitless].
    """
    most_possible = thresholds.most_possible
    if most_possible is not None and ratio > most_possible * (1 + EXACT):
        return IMPOSSIBLE
    if thresholds.least_seen is None or thresholds.most_seen is None:
        return NO_DATA
    if ratio > thresholds.most_decidable * (1 + EXACT):
        return NO_DATA
    if ratio > thresholds.most_seen * (1 + EXACT):
        return above
    return BELOW if ratio < thresholds.least_seen * (1 - EXACT) else PLAUSIBLE


def verdict_on_range(verdicts: Sequence[str]) -> str:
    """Return the verdict on a range from those on its two ends: it states all between them.

    Where neither end is plausible but one is too low and the other too high, what lies between is.
    """
    low, high = verdicts
    if low == NO_DATA:
        return NO_DATA
    top = len(ORDER) if high == NO_DATA else ORDER.index(high)
    return ORDER[max(ORDER.index(low), min(top, ORDER.index(PLAUSIBLE)))]


def joint(several: Iterable[Thresholds]) -> Thresholds:
    """Return the thresholds of rounds that may be any of several munitions, or a mix of them.

    A number is impossible only if it is so of every munition, and seen if it lies between the least and the most that
    is seen of any.
    """
    thresholds = list(several)
    limits = [each.most_possible for each in thresholds]
    return Thresholds(
        _known(min, (each.least_seen for each in thresholds)),
        _known(max, (each.most_seen for each in thresholds)),
        _known(max, (each.most_packed for each in thresholds)),
        None if None in limits else _known(max, limits),
        max(each.most_decidable for each in thresholds),
    )


def _known(end: Callable[[list[float]], float], values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return end(known) if known else None
