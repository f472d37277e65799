"""Numbers, bands and shares in words, with no more digits than they deserve."""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.words._vocabulary import DOT_OR_THOUSANDS, NOUNS

__all__ = ["Quantiles", "formatted", "in_full", "percent", "say", "say_band", "say_quantiles", "step", "with_noun"]

_SAID = ((12, "trillion"), (9, "billion"), (6, "million"))

_NOISE = 1e-9
"""Width of a band over its largest number below which it is the float noise of draws that all agree."""


Rounded = tuple[float, str, str]
"""A rounded value, its digits and its multiplier, which is "" where it is written in full."""


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
    third_digit = _magnitude_of(largest) - 2
    if high - low > _NOISE * largest:
        return max(_power_of_ten((high - low) / 10), float(f"1e{third_digit}"))
    return float(f"1e{min(0, third_digit)}")


def say(value: float, step: float, *, up: bool = False) -> str:
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
    """
    return _text(_rounded(value, step, up))


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
    return _joined(_rounded(low, step, up), _rounded(high, step, up))


def say_quantiles(low: float, median: float, high: float, median_step: float, *, up: bool = False) -> Quantiles:
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
    if low > high:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high.")
    middle = _rounded(median, median_step, up)
    if not high - low > _NOISE * max(abs(low), abs(high)):
        return Quantiles(_text(middle), _text(middle), _text(middle), "no spread")
    # Far out in the tails, beyond the band that the step is of, its digits would be noise.
    steps = [max(median_step, float(f"1e{_magnitude_of(abs(end)) - 2}")) for end in (low, high)]
    low_end, high_end = (_rounded(end, end_step, up) for end, end_step in zip((low, high), steps, strict=True))
    low_end, high_end = _around(middle, low_end, high_end)
    band = _joined(low_end, high_end)
    if low_end == high_end:
        band = f"narrower than {say(max(*steps, 1.0 if up else 0.0), min(steps))}"
    return Quantiles(_text(middle), _text(low_end), _text(high_end), band)


def formatted(band: tuple[float, float, float], unit: str, code: str) -> str:
    """Return a median and its 90 % band, each number written by a format code, with their unit.

    Parameters
    ----------
    band : tuple of three floats
        Low end, median and high end [`unit`].
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
    number = with_noun(median, unit) if unit in NOUNS else f"{median} {unit}".rstrip()
    if band[0] == band[2]:
        return number
    return f"{number} (90 %: {f'{low} to {high}' if low != high else 'narrower than these digits show'})"


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


def percent(share: float) -> str:
    """Return a share as a percentage, with one decimal below 10 %.

    Only a share of exactly 0 or 1 is written as `0 %` or `100 %`.

    Parameters
    ----------
    share : float
        A share from 0 to 1 [unitless].

    Returns
    -------
    str
        Such as `1.4 %`, `83 %`, `<0.1 %` or `>99.9 %`.

    Raises
    ------
    ArgumentError
        If the share is not from 0 to 1.

    Examples
    --------
    >>> percent(0.014), percent(0.0002), percent(0.9996)
    ('1.4 %', '<0.1 %', '>99.9 %')
    """
    if not 0 <= share <= 1:
        raise bad_argument("share", share, "from 0 to 1")
    if 0 < share < 0.001:
        return "<0.1 %"
    if 0.999 < share < 1:
        return ">99.9 %"
    decimals = 1 if share < 0.0995 or 0.995 <= share < 1 else 0
    return f"{_trimmed(f'{100 * share:.{decimals}f}')} %"


def _magnitude_of(value: float) -> int:
    """Return the power of ten at or below a positive value."""
    # A band of 0.3 - 0.2 is meant as 0.1; next to the least float there is no power of ten left to round to.
    return math.floor(math.log10(max(value, 1e-300)) + 1e-9)


def _power_of_ten(value: float) -> float:
    """Return the largest power of ten within a positive value."""
    return float(f"1e{_magnitude_of(value)}")


def _around(middle: Rounded, low: Rounded, high: Rounded) -> tuple[Rounded, Rounded]:
    """Return the ends of a band, none of them on the wrong side of what is in the middle."""
    return (middle if low[0] > middle[0] else low), (middle if high[0] < middle[0] else high)


def _text(number: Rounded) -> str:
    return f"{number[1]} {number[2]}".rstrip()


def _joined(low: Rounded, high: Rounded) -> str:
    """Return the two ends of a band as one text."""
    low_value, low_digits, low_scale = low
    high_value, high_digits, high_scale = high
    if (low_digits, low_scale) == (high_digits, high_scale):
        return _text(high)
    if low_scale == high_scale:
        if low_scale:
            low_digits, high_digits = _alike(low_digits, high_digits)
        return f"{low_digits} to {high_digits} {high_scale}".rstrip()
    if not low_scale and 0 < abs(low_value) < 1000:
        return f"{low_digits} to {high_value:,}"  # "3 to 20 million" would be read as 3 million
    return f"{_text(low)} to {_text(high)}"


def _alike(*digits: str) -> list[str]:
    """Return numbers with as many decimals as the one that has most: "1.0 to 2.4", not "1 to 2.4"."""
    decimals = max(len(number.partition(".")[2]) for number in digits)
    return [f"{float(number):.{decimals}f}" for number in digits]


def _trimmed(digits: str) -> str:
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def _rounded(value: float, step: float, up: bool) -> Rounded:
    """Return a value rounded to a step."""
    if not math.isfinite(value):
        raise bad_argument("value", value, "finite")
    if not 0 < step < math.inf or abs(float(f"1e{round(math.log10(step))}") / step - 1) > 1e-9:
        raise bad_argument("step", step, "a power of ten", "Take it from words.step.")
    if value == 0:
        return 0, "0", ""
    power = round(math.log10(step))
    if abs(value) <= float(f"1e{power}") / (1 if up else 2):
        power = _magnitude_of(abs(value))
    if up:
        power = max(power, 0)
    if power < 0:
        if abs(round(value, -power)) >= 1:
            power = max(power, -2)
        number = round(value, -power)
        return number, _trimmed(f"{number:,.{-power}f}"), ""
    # 6700 found by dividing may come out as 6700.000000000001 and must not need one more; the cap keeps the allowance
    # for such noise from growing into a transport of its own.
    steps = value / 10**power
    multiple = (math.ceil(steps - min(1e-3, 1e-11 * max(1.0, abs(steps)))) if up else round(steps)) * 10**power
    for scale, word in _SAID:
        if scale - 2 <= power and 10**scale <= abs(multiple) < 10 ** (scale + 3):
            return multiple, _trimmed(f"{multiple / 10**scale:.2f}"), word
    return multiple, f"{multiple:,}", ""
