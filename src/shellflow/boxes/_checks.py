"""What is allowed as a side, as several draws of one, and as an option."""

from __future__ import annotations

import operator
from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

from shellflow.errors import ArgumentError, bad_argument

__all__ = [
    "Cuboid",
    "Door",
    "Floats",
    "Integers",
    "Rectangle",
    "Triple",
    "checked_options",
    "countable",
    "many_sizes",
    "one_size",
    "together",
]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Rectangle = tuple[float, float, float, float]
Cuboid = tuple[float, float, float, float, float, float]

Door = tuple[float | None, float | None]
Triple = tuple[Any, Any, Any]  # three numbers, or three arrays of draws

_MOST_ALONG = 100_000  # beyond it counts would leave the whole numbers that a float holds exactly


def one_size(name: str, value: object, *, zero: bool = False) -> float:
    """Return a side as a float, checked to be finite and above zero, or zero where allowed."""
    try:
        if isinstance(value, str | bytes | bool | np.bool_):
            raise TypeError
        number = float(value)  # type: ignore[arg-type]
    except (OverflowError, TypeError, ValueError):
        raise bad_argument(name, value, "one number", "Give a plain number, all lengths in the same unit.") from None
    if not (0 <= number < inf if zero else 0 < number < inf):
        raise bad_argument(name, value, f"finite and {'zero or more' if zero else 'above zero'}", f"Correct {name}.")
    return number


def many_sizes(name: str, value: npt.ArrayLike, *, zero: bool = False, infinite: bool = False) -> Floats:
    """Return one side, or a row of draws of it, as floats, checked likewise."""
    if hasattr(value, "units") or hasattr(value, "mask"):  # which numpy would drop, with a warning or without
        allowed = "a number or a row of numbers"
        raise bad_argument(name, value, allowed, "Give plain numbers, all in the same unit and none masked.")
    given = np.asarray(value)
    if given.dtype.kind not in "iuf" or given.ndim > 1:
        raise bad_argument(name, value, "a number or a row of numbers", "Give plain numbers, all in the same unit.")
    numbers = given.astype(np.float64)
    good = (numbers >= 0 if zero else numbers > 0) & (numbers <= inf if infinite else numbers < inf)
    if not np.all(good):
        first = float(numbers.ravel()[np.argmin(good)])
        allowed = f"{'' if infinite else 'finite and '}{'zero or more' if zero else 'above zero'} throughout"
        raise bad_argument(name, first, allowed, f"Correct the draws of {name}.")
    return numbers


def together(draws: dict[str, Floats]) -> tuple[Floats, ...]:
    """Return draws broadcast to one shape."""
    try:
        return np.broadcast_arrays(*draws.values())
    except ValueError:
        shapes = ", ".join(f"{name} {one.size}" for name, one in draws.items() if one.ndim)
        raise ArgumentError(f"draws of different number ({shapes}): give each as one number or with equal n.") from None


def countable(longest: float, shortest: float) -> None:
    """Check that so few boxes stand along a side that floats count them exactly."""
    if not longest <= shortest * _MOST_ALONG:
        raise ArgumentError(
            f"a box side of {shortest:g} goes more than {_MOST_ALONG:,} times into a side of {longest:g}: "
            f"give all lengths in the same unit."
        )


def checked_options(layers: int | None, door: Door | None, orientation: str) -> tuple[float, tuple[float, float]]:
    """Return the most layers and the opening of the door, infinite where nothing is said."""
    if not isinstance(orientation, str) or orientation not in ("upright", "free"):
        raise bad_argument("orientation", orientation, "'upright' or 'free'")
    most = inf
    if layers is not None:
        try:
            most = operator.index(layers)
        except TypeError:
            most = 0
        if most < 1 or isinstance(layers, bool):
            raise bad_argument("layers", layers, "a whole number above zero", "Leave it out for as many as go in.")
        if orientation == "free":
            raise bad_argument("layers", layers, "left out in free orientation", "Choose orientation='upright'.")
    if door is None:
        return most, (inf, inf)
    if not isinstance(door, tuple | list) or len(door) != 2:
        raise bad_argument("door", door, "a pair (width, height)", "Write None for a side that does not matter.")
    wide, high = (inf if side is None else one_size("door", side) for side in door)
    return most, (wide, high)
