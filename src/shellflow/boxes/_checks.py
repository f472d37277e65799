"""Checks of sides, of draws of sides, and of options."""

from __future__ import annotations

from math import inf
from typing import Any

import numpy as np
import numpy.typing as npt

from shellflow import checks
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
    allowed = f"finite and {'zero or more' if zero else 'above zero'}"
    limits: dict[str, Any] = {"least": 0.0} if zero else {"above": 0.0}
    fix = "Give a plain number, all lengths in the same unit."
    return checks.number(value, name, **limits, allowed=allowed, fix=fix)


def many_sizes(name: str, value: npt.ArrayLike, *, zero: bool = False, infinite: bool = False) -> Floats:
    """Return one side, or a row of draws of it, as floats, checked likewise."""
    limits: dict[str, Any] = {"least": 0.0} if zero else {"above": 0.0}
    allowed = f"{'' if infinite else 'finite and '}{'zero or more' if zero else 'above zero'}"
    return checks.row_of_numbers(
        value, name, **limits, infinite=infinite, allowed=allowed, fix=f"Correct the draws of {name}."
    )


def together(draws: dict[str, Floats]) -> tuple[Floats, ...]:
    """Return draws broadcast to one shape."""
    try:
        return np.broadcast_arrays(*draws.values())
    except ValueError:
        shapes = ", ".join(f"{name} {values.size}" for name, values in draws.items() if values.ndim)
        raise ArgumentError(f"draws of different number ({shapes}): give each as one number or with equal n.") from None


def countable(longest: float, shortest: float) -> None:
    """Check that so few boxes stand along a side that floats count them exactly."""
    if not longest <= shortest * _MOST_ALONG:
        raise ArgumentError(
            f"a box side of {shortest:g} goes more than {_MOST_ALONG:,} times into a side of {longest:g}: "
            f"give all lengths in the same unit."
        )


def checked_options(layers: int | None, door: Door | None, orientation: str) -> tuple[float, tuple[float, float]]:
    """Return the most layers and the opening of the door, infinite where left out."""
    if not isinstance(orientation, str) or orientation not in ("upright", "free"):
        raise bad_argument("orientation", orientation, "'upright' or 'free'")
    most = inf
    if layers is not None:
        most = checks.whole_number(layers, "layers", least=1, most=10**9, fix="Leave it out for as many as go in.")
        if orientation == "free":
            raise bad_argument("layers", layers, "left out in free orientation", "Choose orientation='upright'.")
    if door is None:
        return most, (inf, inf)
    if not isinstance(door, tuple | list) or len(door) != 2:
        raise bad_argument("door", door, "a pair (width, height)", "Write None for a side that does not matter.")
    wide, high = (inf if side is None else one_size("door", side) for side in door)
    return most, (wide, high)
