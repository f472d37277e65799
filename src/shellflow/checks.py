"""The gate that every number from outside passes: one real, finite number of a size that can be computed with."""

from __future__ import annotations

import math
import numbers
import sys
from typing import TYPE_CHECKING, Any

from shellflow.errors import ArgumentError, shown

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["LARGEST", "number", "row_of_numbers", "whole_number"]

LARGEST = 1e60
"""The largest size a number from outside may have: the product of five such numbers still fits into a float."""


def number(
    value: object,
    argument: str,
    *,
    least: float = -math.inf,
    most: float = math.inf,
    above: float = -math.inf,
    allowed: str = "a finite number",
    fix: str = "",
    written: str | None = None,
) -> float:
    """Return one real number as a float, checked.

    Parameters
    ----------
    value : object
        An int, float, Decimal, Fraction or number of numpy, also as an array without dimensions.
    argument : str
        Its name in error messages [unitless].
    least, most : float
        The limits, both included [unit of `value`].
    above : float
        A limit that is itself too little [unit of `value`].
    allowed : str
        Completes "must be ..." [unitless].
    fix : str
        What to do, as a sentence [unitless].
    written : str, optional
        The value as messages show it, where that is not its repr [unitless].

    Returns
    -------
    float
        The number [unit of `value`].

    Raises
    ------
    ArgumentError
        If it is masked, a date, a length of time, complex, a truth value, a text or several values; if it is NaN or
        infinite, lies outside the limits, or is larger than `LARGEST` in size.

    Examples
    --------
    >>> number(0.9, "level", least=0, most=1)
    0.9
    """
    plain, kind = _plain(value)
    if kind is None:
        converted = _as_float(plain)
        if least <= converted <= most and converted > above:
            if abs(converted) <= LARGEST:
                return converted
            if math.isfinite(converted) or not isinstance(plain, float):
                allowed, fix = "at most 1e60 in size", "Larger numbers cannot be computed with."
    elif kind == "several values" and not fix:
        fix = "For a range use sf.uniform(low, high), for a table sf.flow."
    raise _refusal(value, argument, allowed, kind, fix, written)


def whole_number(value: object, argument: str, *, least: int, most: int | None = None, fix: str = "") -> int:
    """Return one whole number, checked; 3.0 is none, since it may be the rest of a computation.

    Parameters
    ----------
    value : object
        An int or a whole number of numpy.
    argument : str
        Its name in error messages [unitless].
    least, most : int
        The limits, both included; no upper one when left out [unitless].
    fix : str
        What to do, as a sentence [unitless].

    Returns
    -------
    int
        The number [unitless].

    Raises
    ------
    ArgumentError
        If it is no whole number between the limits.

    Examples
    --------
    >>> whole_number(16_384, "n", least=1)
    16384
    """
    plain, kind = _plain(value)
    allowed = f"a whole number of at least {least}"
    if kind is None and isinstance(plain, numbers.Integral):
        integer = int(plain)
        if least <= integer and (most is None or integer <= most):
            return integer
        if least <= integer:
            allowed, fix = f"a whole number of at most {most:,}", ""
    raise _refusal(value, argument, allowed, kind, fix, None)


def row_of_numbers(
    value: Any,
    argument: str,
    *,
    least: float = -math.inf,
    above: float = -math.inf,
    infinite: bool = False,
    allowed: str = "finite",
    fix: str = "",
) -> npt.NDArray[np.float64]:
    """Return one number or a row of them as an array of floats, checked.

    Parameters
    ----------
    value : number, or sequence or array of numbers
        What was given; numbers of one dimension at most.
    argument : str
        Its name in error messages [unitless].
    least : float
        The lower limit [unit of `value`].
    above : float
        A limit that is itself too little [unit of `value`].
    infinite : bool
        Whether infinity is allowed [unitless].
    allowed : str
        Completes "must be ... throughout" [unitless].
    fix : str
        What to do, as a sentence [unitless].

    Returns
    -------
    array of float
        Without dimensions, or with one [unit of `value`].

    Raises
    ------
    ArgumentError
        As `number`, of the first that is none.

    Examples
    --------
    >>> row_of_numbers([1, 2.5], "sizes")
    array([1. , 2.5])
    """
    import numpy as np  # what passes single numbers alone does not need it

    try:
        array = value if hasattr(value, "dtype") else np.asarray(value)
        if isinstance(value, list | tuple) and any(_plain(entry)[1] for entry in value):
            array = np.asarray(None)  # among numbers numpy takes True for 1, and what is masked for NaN
        # numpy would drop a unit or a mask, with a warning or without.
        bare = not (hasattr(value, "units") or isinstance(value, np.ma.MaskedArray))
        plain = bare and array.dtype.kind in ("i", "u", "f") and array.ndim in (0, 1)
        floats = np.asarray(array).astype(np.float64) if plain else None
    except Exception:  # a foreign object, or rows of different length
        floats = None
    if floats is None:
        what = _plain(value)[1]
        kind = None if what == "several values" else what
        fix = "Give plain numbers, none masked, all in the same unit."
        raise _refusal(value, argument, "a number or a row of numbers", kind, fix, None)
    small = (np.abs(floats) <= LARGEST) | (infinite & np.isinf(floats))
    within = (floats >= least) & ((floats > above) | (above == -math.inf))
    if not np.all(small & within):
        first = float(floats.ravel()[np.argmin(small & within)])
        if math.isfinite(first) and abs(first) > LARGEST:
            allowed = "at most 1e60 in size"
        raise _refusal(first, argument, f"{allowed} throughout", None, fix, None)
    return floats


def _refusal(
    value: object, argument: str, allowed: str, kind: str | None, fix: str, written: str | None
) -> ArgumentError:
    text = shown(value) if written is None else written
    instead = f", not {kind}" if kind else ""
    return ArgumentError(f"{argument}={text}: must be {allowed}{instead}. {fix}".rstrip())


def _plain(value: Any) -> tuple[Any, str | None]:
    """Return a value without an array around it, and, if it is no real number, what it is instead."""
    try:
        return _unwrapped(value)
    except Exception:  # a foreign object may raise anything at any question
        return value, "something else"


def _unwrapped(value: Any) -> tuple[Any, str | None]:
    if type(value) in (int, float):
        return value, None
    if isinstance(value, bool):
        return value, "True or False"
    if isinstance(value, str | bytes | bytearray):
        return value, "a text"
    if value is None:
        return value, "nothing"
    # A masked value counts as 0, a length of time is a whole number, and a date becomes one, wherever numpy is asked.
    kind = getattr(getattr(value, "dtype", None), "kind", "")
    if (isinstance(kind, str) and kind in ("m", "M")) or _is_of("datetime", ("date", "time", "timedelta"), value):
        return value, "a date or a length of time"
    if getattr(value, "mask", None) is not None and hasattr(value, "filled"):
        return value, "a masked value"
    dimensions = getattr(value, "ndim", None)
    if dimensions == 0 and hasattr(value, "item"):
        inner = value.item()
        if type(inner) is not type(value):  # the long floats of numpy give themselves
            return _unwrapped(inner)
    if isinstance(value, numbers.Real) or _is_of("decimal", ("Decimal",), value):
        return value, None
    if isinstance(value, numbers.Complex):
        return value, "a complex number"
    if dimensions or hasattr(value, "__len__") or hasattr(value, "__iter__"):
        return value, "several values"
    return value, "something else"


def _is_of(module: str, names: tuple[str, ...], value: object) -> bool:
    """Return whether a value is of one of these classes; a module that is not loaded has made none."""
    loaded = sys.modules.get(module)
    return loaded is not None and isinstance(value, tuple(getattr(loaded, name) for name in names))


def _as_float(plain: Any) -> float:
    try:
        return float(plain)
    except OverflowError:
        return math.inf
    except Exception:  # a signalling NaN, or a foreign number that is none after all
        return math.nan
