"""Medians and bands, in words and as numbers: both ends and the median rounded by one rule."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.words._vocabulary import NOUNS
from shellflow.words._writing import NOISE, Rounded, joined, magnitude_of, rounded, say, step, text_of, with_noun

__all__ = ["NO_SPREAD", "Quantiles", "formatted", "round_alone", "round_quantiles", "say_quantiles"]


NO_SPREAD = "no spread"
"""Stands for the band of a number that is the same in every draw."""


class Quantiles(NamedTuple):
    """A median and the band around it, in words.

    Parameters
    ----------
    median, low, high : str
        Each by itself, such as `3.1 million` [unitless].
    band : str
        Both ends, such as `2.5 to 3.8 million` [unitless].
    """

    median: str
    low: str
    high: str
    band: str


def say_quantiles(
    low: float, median: float, high: float, median_step: float, *, up: bool = False, bound: str = "point"
) -> Quantiles:
    """Return a median and its band in words and digits, all of them rounded to one step.

    Take the step of the 90 % band, whatever band is shown: then median and ends are rounded alike at every level.

    Parameters
    ----------
    low, median, high : float
        The band and the median in it [any unit].
    median_step : float
        A power of ten to round to, see `step` [same unit].
    up : bool
        Round up, to whole numbers at least, as for transports needed [unitless].
    bound : str
        Of a "floor" the low end is rounded down, of a "ceiling" the high end up, so that neither says more than is
        known [unitless].

    Returns
    -------
    Quantiles
        The texts. No end shows more than three digits that the step would leave. Ends that are alike are called
        `no spread`, and ends that only rounding makes alike `narrower than` the step.

    Raises
    ------
    ArgumentError
        If a number is not finite, `low` is above `high`, or `median_step` is not a power of ten.

    Examples
    --------
    >>> say_quantiles(1.96e6, 4.31e6, 2.84e7, 1e5).band
    '2.0 to 28.4 million'
    >>> say_quantiles(4.27e6, 4.28e6, 4.29e6, 1e5).band
    'narrower than 100,000'
    """
    middle, low_end, high_end, steps = _quantiles(low, median, high, median_step, up, bound)
    if not steps:
        return Quantiles(text_of(middle), text_of(low_end), text_of(high_end), NO_SPREAD)
    band = joined(low_end, high_end)
    if low_end == high_end:
        band = f"narrower than {say(max(*steps, 1.0 if up else 0.0), min(steps))}"
    return Quantiles(text_of(middle), text_of(low_end), text_of(high_end), band)


def round_quantiles(
    low: float, median: float, high: float, median_step: float, *, up: bool = False, bound: str = "point"
) -> tuple[float, float, float]:
    """Return a band and its median as numbers, rounded as `say_quantiles` writes them.

    Parameters
    ----------
    low, median, high : float
        The band and the median in it [any unit].
    median_step : float
        A power of ten to round to, see `step` [same unit].
    up : bool
        Round up, to whole numbers at least, as for transports needed [unitless].
    bound : str
        Of a "floor" the low end is rounded down, of a "ceiling" the high end up, so that neither says more than is
        known [unitless].

    Returns
    -------
    tuple of three floats
        Low, median, high [same unit].

    Raises
    ------
    ArgumentError
        As `say_quantiles` does.

    Examples
    --------
    >>> round_quantiles(2_617_283.1, 3_121_843.2, 3_722_001.7, 1e5)
    (2600000, 3100000, 3700000)
    """
    middle, low_end, high_end, _ = _quantiles(low, median, high, median_step, up, bound)
    return low_end[0], middle[0], high_end[0]


def round_alone(value: float) -> float:
    """Return a number that has no band with all digits before its point, and those after it up to three in all.

    Parameters
    ----------
    value : float
        The number [any unit].

    Returns
    -------
    float
        Rounded [same unit].

    Raises
    ------
    ArgumentError
        If it is not finite.

    Examples
    --------
    >>> round_alone(447.7612), round_alone(0.03694)
    (448, 0.0369)
    """
    return rounded(value, step(value, value), up=False)[0]


def _quantiles(
    low: float, median: float, high: float, median_step: float, up: bool, bound: str
) -> tuple[Rounded, Rounded, Rounded, list[float]]:
    """Return a median and its ends, rounded, and the steps of the ends; no steps where there is no spread."""
    if low > high:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high.")
    middle = rounded(median, median_step, up)
    if not high - low > NOISE * max(abs(low), abs(high)):
        known = rounded(median, median_step, up, bound)
        return middle, known, known, []
    # Far out in the tails, beyond the band that the step is of, its digits would be noise.
    steps = [max(median_step, float(f"1e{magnitude_of(abs(end)) - 2}")) for end in (low, high)]
    if median in (low, high):  # which is written to the step of the median, and the other end beside it
        steps = [median_step] * 2
    sides = ("floor" if bound == "floor" else "point", "ceiling" if bound == "ceiling" else "point")
    ends = (rounded(end, of_end, up, side) for end, of_end, side in zip((low, high), steps, sides, strict=True))
    return middle, *_around(middle, *ends), steps


def formatted(band: tuple[float, float, float], unit: str, code: str) -> str:
    """Return a median and its 90 % band, each number written by a format code, with their unit.

    Parameters
    ----------
    band : tuple of three floats
        Low end, median and high end; of a bound the median and what it leaves open are missing [`unit`].
    unit : str
        Their unit; "" for plain numbers [unitless].
    code : str
        As for a float, one of the kinds e, f and g with or without thousands and a precision: ".2g", ".3e", ",.0f".

    Returns
    -------
    str
        Such as "3.1e+06 rounds (90 %: 2.6e+06 to 3.7e+06)"; the number alone where the band has no width.

    Raises
    ------
    ArgumentError
        If the code is another.

    Examples
    --------
    >>> formatted((2.62e6, 3.12e6, 3.71e6), "round", ".2e")
    '3.12e+06 rounds (90 %: 2.62e+06 to 3.71e+06)'
    """
    if not re.fullmatch(r"[,_]?(\.[0-9]{1,2})?[eEfFgG]", code):
        allowed = "a code for numbers of the kinds e, f and g, such as '.2g', '.3e' or ',.0f'"
        raise bad_argument("format code", code, allowed, "Leave it out for median and band in words.")
    low, median, high = (format(number, code) for number in band)
    instead = f"{low} to {high}" if low != high else "narrower than these digits show"
    if math.isnan(band[1]):
        median, instead = (
            (f"at most {high}", "no low end") if math.isnan(band[0]) else (f"at least {low}", "no high end")
        )
    if all(map(math.isnan, band)):
        return "no bound"
    number = with_noun(median, unit) if unit in NOUNS else f"{median} {unit}".rstrip()
    return number if band[0] == band[2] else f"{number} (90 %: {instead})"


def _around(middle: Rounded, low: Rounded, high: Rounded) -> tuple[Rounded, Rounded]:
    """Return the ends of a band, none of them on the wrong side of what is in the middle."""
    return (middle if low[0] > middle[0] else low), (middle if high[0] < middle[0] else high)
