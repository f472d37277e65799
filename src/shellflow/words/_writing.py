"""Numbers and bands in words, with no more digits than they deserve."""

from __future__ import annotations

import math

from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.words._vocabulary import DOT_OR_THOUSANDS

__all__ = [
    "NOISE",
    "Rounded",
    "in_full",
    "joined",
    "magnitude_of",
    "rounded",
    "say",
    "say_band",
    "step",
    "text_of",
    "with_bound",
    "with_noun",
]

_SAID = ((12, "trillion"), (9, "billion"), (6, "million"))

_BOUNDS = {"point": "", "range": "", "floor": "at least ", "ceiling": "at most ", "none": "about "}

NOISE = 1e-9
"""Width of a band over its largest number below which it is the float noise of draws that all agree."""


Rounded = tuple[float, str, str]
"""A rounded value, its digits and its multiplier, which is "" where it is written in full."""


def step(low: float, high: float, *values: float) -> float:
    """Return the power of ten to which a value with the band `low` to `high` is to be rounded.

    It looks at the width of the band and at the size of the numbers, not at how well the band itself is known.

    Parameters
    ----------
    low, high : float
        The band [any unit].
    *values : float
        Whatever else is shown with it, such as the median [same unit].

    Returns
    -------
    float
        The step [same unit].

    Raises
    ------
    ArgumentError
        If a number is not finite, or `low` is above `high`.

    Notes
    -----
    The largest power of ten within a tenth of the band, so that rounding moves no end by more than a twentieth of it;
    but never so small that the largest number shows more than three digits, since quantiles have a numerical error of
    up to 0.5 %, and up to 1 % where several wide unknowns are multiplied, as for voyages. A band of no width is exact:
    all digits before the point are kept, and those after it up to three in all.

    Examples
    --------
    >>> step(2.51e6, 3.76e6, 3.07e6)
    100000.0
    >>> step(6700, 6700)
    1.0
    """
    every = (low, high, *values)
    if not all(map(math.isfinite, every)):
        raise ArgumentError(f"low, high, values={shown(every)}: must be finite numbers.")
    if not low <= high:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high.")
    largest = max(map(abs, every))
    if largest == 0:
        return 1.0
    third_digit = magnitude_of(largest) - 2
    if high - low > NOISE * largest:
        return max(_power_of_ten((high - low) / 10), float(f"1e{third_digit}"))
    return float(f"1e{min(0, third_digit)}")


def say(value: float, step: float, *, up: bool = False, bound: str = "point") -> str:
    """Return a number in words and digits, rounded to a step.

    From 1 up it never writes more than two decimals, because `6.125` can be read as six thousand.

    Parameters
    ----------
    value : float
        The number [any unit].
    step : float
        A power of ten to round to, see `step` [same unit].
    up : bool
        Round up, to a whole number at least, as for transports needed [unitless].
    bound : str
        What the number is: a "floor" is rounded down and a "ceiling" up, so that neither says more than is known
        [unitless].

    Returns
    -------
    str
        Such as `3.1 million`, `470,000`, `84` or `0.35`.

    Raises
    ------
    ArgumentError
        If `value` is not finite, or `step` is not a power of ten.

    Notes
    -----
    A number other than 0 is never written as 0: below half a step it keeps its first digit. `read_count` reads the text
    back to within half a step (with `up`, to within a step or 1, whichever is more).

    Examples
    --------
    >>> say(3.07e6, 1e5)
    '3.1 million'
    >>> say(6401, 100, up=True)
    '6,500'
    >>> say(3.07e6, 1e5, bound="floor")
    '3 million'
    """
    return text_of(rounded(value, step, up, bound))


def say_band(low: float, high: float, step: float, *, up: bool = False) -> str:
    """Return the two ends of a band in words and digits, a shared multiplier said once.

    Ends that come out alike are said once, so the text does not tell a band of no width from a very narrow one.

    Parameters
    ----------
    low, high : float
        The band [any unit].
    step : float
        A power of ten to round to, see `step` [same unit].
    up : bool
        Round both ends up, to whole numbers at least [unitless].

    Returns
    -------
    str
        Such as `2.5 to 3.8 million` or `480,000 to 1.2 million`.

    Raises
    ------
    ArgumentError
        If an end is not finite, `low` is above `high`, or `step` is not a power of ten.

    Examples
    --------
    >>> say_band(2.51e6, 3.76e6, 1e5)
    '2.5 to 3.8 million'
    """
    if low > high:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high.")
    return joined(rounded(low, step, up), rounded(high, step, up))


def in_full(value: float) -> str:
    """Return a number with all its digits, such that `read_count` reads the very same."""
    from decimal import Decimal  # 2 ms that only a refusal needs

    text = f"{Decimal(repr(float(value))):,f}"
    text = _trimmed(text)
    return f"{text}0" if DOT_OR_THOUSANDS.fullmatch(text) else text


def with_noun(amount: str | float, noun: str | None) -> str:
    """Return an amount with its noun, in the plural unless it is 1.

    It adds an s and knows no other plural.

    Parameters
    ----------
    amount : str or float
        A text such as `say` gives, or a number to write in full [any unit].
    noun : str or None
        The noun in the singular; None leaves the amount bare.

    Returns
    -------
    str
        Such as `1 container` or `3.1 million rounds`.

    Raises
    ------
    ArgumentError
        If a number is not finite.

    Examples
    --------
    >>> with_noun(6700, "container")
    '6,700 containers'
    """
    text = amount if isinstance(amount, str) else say(amount, step(amount, amount))
    if noun is None:
        return text
    return f"{text} {noun}" if text == "1" else f"{text} {noun}s"


def with_bound(bound: str, low: str, high: str = "") -> str:
    """Return what lies between two ends, as what it bounds: of a lower or an upper bound the end that is known.

    "At least 14,150 to 14,650" would say both that there is a high end and that there is none.

    Parameters
    ----------
    bound : str
        "point" or "range", "floor", "ceiling", or "none" for what is neither of these [unitless].
    low, high : str
        The ends in words, with the unit where they have one; one text for a single number [unitless].

    Returns
    -------
    str
        Such as `at least 14,150 containers` or `447 to 500`.

    Examples
    --------
    >>> with_bound("floor", "14,150", "14,650")
    'at least 14,150'
    """
    high = high or low
    known = {"floor": (low,), "ceiling": (high,)}.get(bound, dict.fromkeys((low, high)))
    return f"{_BOUNDS[bound]}{' to '.join(known)}"


def magnitude_of(value: float) -> int:
    """Return the power of ten at or below a positive value."""
    # A band of 0.3 - 0.2 is meant as 0.1; next to the least float there is no power of ten left to round to.
    return math.floor(math.log10(max(value, 1e-300)) + 1e-9)


def _power_of_ten(value: float) -> float:
    """Return the largest power of ten within a positive value."""
    return float(f"1e{magnitude_of(value)}")


def text_of(number: Rounded) -> str:
    return f"{number[1]} {number[2]}".rstrip()


def joined(low: Rounded, high: Rounded) -> str:
    """Return the two ends of a band as one text."""
    low_value, low_digits, low_scale = low
    high_value, high_digits, high_scale = high
    if (low_digits, low_scale) == (high_digits, high_scale):
        return text_of(high)
    if low_scale == high_scale:
        if low_scale:
            low_digits, high_digits = _alike(low_digits, high_digits)
        return f"{low_digits} to {high_digits} {high_scale}".rstrip()
    if not low_scale and 0 < abs(low_value) < 1000:
        return f"{low_digits} to {high_value:,}"  # "3 to 20 million" would be read as 3 million
    return f"{text_of(low)} to {text_of(high)}"


def _alike(*digits: str) -> list[str]:
    """Return numbers with as many decimals as the one that has most: "1.0 to 2.4", not "1 to 2.4"."""
    decimals = max(len(number.partition(".")[2]) for number in digits)
    return [f"{float(number):.{decimals}f}" for number in digits]


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def rounded(value: float, step: float, up: bool = False, bound: str = "point") -> Rounded:
    """Return a value rounded to a step: to the nearest, a lower bound down, an upper bound up."""
    if not math.isfinite(value):
        raise bad_argument("value", value, "finite")
    if not 0 < step < math.inf or abs(float(f"1e{round(math.log10(step))}") / step - 1) > 1e-9:
        raise bad_argument("step", step, "a power of ten", "Take it from words.step.")
    if value == 0:
        return 0, "0", ""
    if bound in ("floor", "ceiling"):
        return rounded(*_weakened(value, step, bound))
    power = round(math.log10(step))
    if abs(value) <= float(f"1e{power}") / (1 if up else 2):
        power = magnitude_of(abs(value))
    if up:
        power = max(power, 0)
    if power < 0:
        if abs(round(value, -power)) >= 1:
            power = max(power, -2)
        number = round(value, -power)
        return number, _trimmed(f"{number:,.{-power}f}"), ""
    steps = value / 10**power
    multiple = (math.ceil(steps - _noise(steps)) if up else round(steps)) * 10**power
    for scale, word in _SAID:
        if scale - 2 <= power and 10**scale <= abs(multiple) < 10 ** (scale + 3):
            return multiple, _trimmed(f"{multiple / 10**scale:.2f}"), word
    return multiple, f"{multiple:,}", ""


def _noise(steps: float) -> float:
    """Return what may be the noise of floats in a number of steps.

    6700 found by dividing may come out as 6700.000000000001 and must not need one more; the cap keeps the allowance for
    such noise from growing into a transport of its own.
    """
    return min(1e-3, 1e-11 * max(1.0, abs(steps)))


def _weakened(value: float, step: float, bound: str) -> tuple[float, float]:
    """Return the last multiple of a step that a bound does not go beyond, and the step, which leaves a first digit."""
    power = min(round(math.log10(step)), magnitude_of(abs(value)))
    power = max(power, -2) if abs(value) >= 1 else power  # as many decimals as are written
    step = float(f"1e{power}")
    steps = value / step
    whole = math.floor(steps + _noise(steps)) if bound == "floor" else math.ceil(steps - _noise(steps))
    return float(f"{whole}e{power}"), step
