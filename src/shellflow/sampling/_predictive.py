"""What some observations say of the next one of the same kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from shellflow import checks
from shellflow.errors import ArgumentError, NoDataError, shown
from shellflow.sampling._arrays import Floats
from shellflow.sampling._distributions import LogStudentT

__all__ = ["predictive", "predictive_parameters"]

_FEWEST_OBSERVATIONS = 3
_NO_SPREAD = 1e-9  # of the logs; equal values differ by what conversion of units and rounding make of them


def predictive(lows: Sequence[float] | Floats, highs: Sequence[float] | Floats) -> LogStudentT:
    """Return what k >= 3 positive observations say of the next one of the same kind.

    It says nothing of an error that all of them share.

    Parameters
    ----------
    lows, highs : arrays of k floats
        The ends of each observation; equal where it is a single value [any one unit].

    Returns
    -------
    LogStudentT
        The predictive distribution [the same unit].

    Raises
    ------
    NoDataError
        If there are fewer than three, or all are the same single value and so show no spread.
    ArgumentError
        If a value is not positive and finite, or a low end above its high end.

    Notes
    -----
    The logs are taken as normal with unknown mean and variance: the next one is Student t with k-1 degrees of freedom
    about their mean, with scale s*sqrt(1 + 1/k). A range enters at its log midpoint. Were its true value uniform on the
    log scale between the ends, the expected variance between the true values would be that of the midpoints plus the
    mean of log(high/low)**2/12; this sum is s**2.

    Examples
    --------
    >>> round(float(np.exp(predictive([100, 80, 74.6], [100, 80, 74.6]).log_center)), 1)
    84.2
    """
    low, high = checks.row_of_numbers(lows, "lows"), checks.row_of_numbers(highs, "highs")
    if low.ndim != 1 or low.shape != high.shape:
        raise ArgumentError(f"lows and highs have shapes {low.shape} and {high.shape}: must be two equal flat lists.")
    if not np.all((low > 0) & (low <= high) & np.isfinite(high)):
        raise ArgumentError(
            f"observations={shown(list(zip(low.tolist(), high.tolist(), strict=True)))}: "
            "must be positive and finite, low end first."
        )
    k = low.size
    if k < _FEWEST_OBSERVATIONS:
        raise NoDataError(
            f"{k} observation{'' if k == 1 else 's'} ({shown(low.tolist())}): a band needs at least "
            f"{_FEWEST_OBSERVATIONS}. Add more, or state a range of your own with sf.uniform or sf.triangular."
        )
    center, scale = predictive_parameters(low, high)
    if scale <= _NO_SPREAD:
        value = f"{low[0]:.6g}"
        raise NoDataError(
            f"{k} observations that are all {value}: equal values show no spread, and a band from them would say that "
            f"the next one is {value} exactly. Write each as the range it was rounded from, such as (low, high), or "
            "state a range of your own with sf.uniform.",
            "observations that differ, or ranges",
        )
    return LogStudentT(float(center), float(scale), k - 1)


def predictive_parameters(low: Floats, high: Floats) -> tuple[Floats, Floats]:
    """Return centre and scale of `predictive` for many sets of observations at once, none of them checked.

    Parameters
    ----------
    low, high : arrays of (..., k) floats
        The ends of each observation, a set along the last axis; k >= 3, all positive [any one unit].

    Returns
    -------
    tuple of two arrays of (...) floats
        `log_center` and `log_scale`; the degrees of freedom are k - 1 [unitless].
    """
    log_low, log_high = np.log(low), np.log(high)
    middle = (log_low + log_high) / 2.0
    variance = np.var(middle, axis=-1, ddof=1) + np.mean((log_high - log_low) ** 2, axis=-1) / 12.0
    return np.mean(middle, axis=-1), np.sqrt(variance * (1.0 + 1.0 / low.shape[-1]))
