"""The array that draws are made of, and the probabilities they are drawn at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

__all__ = ["Floats", "midpoints"]

Floats = npt.NDArray[np.float64]


def midpoints(n: int) -> Floats:
    """Return the midpoints (i + 1/2)/n of n equal shares of probability.

    Parameters
    ----------
    n : int
        How many, at least 1 [unitless].

    Returns
    -------
    array of n floats
        In rising order [unitless].
    """
    return (np.arange(n) + 0.5) / n
