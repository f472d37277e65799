"""What draws say, in quantiles and shares of the variance, and what observations say of the next one of their kind."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from shellflow import checks
from shellflow.errors import ArgumentError, NoDataError, shown
from shellflow.sampling._distributions import LogStudentT
from shellflow.sampling._settings import Floats

__all__ = ["NOISE", "predictive", "predictive_parameters", "quantile", "quantiles", "swing", "variance_shares"]

NOISE = 0.005
"""Shares of variance below this cannot be told from zero at the default number of draws."""

_BINS = 50
_FEWEST_PER_BIN = 20


def quantile(ordered: Floats, p: float) -> float:
    """Return the p-quantile of draws in rising order, exact at the midpoints and joined up by lines between them.

    Parameters
    ----------
    ordered : array of n floats
        Draws in rising order [any one unit].
    p : float
        Probability in [0, 1] [unitless].

    Returns
    -------
    float
        The quantile [the same unit].

    Raises
    ------
    ArgumentError
        If `p` is outside [0, 1].

    Examples
    --------
    >>> quantile(np.array([1.0, 2.0, 3.0, 4.0]), 0.5)
    2.5
    """
    place, below, above = _place(_check_probability(p), ordered.size)
    low, high = float(ordered[below]), float(ordered[above])
    return low if low == high else low + (high - low) * (place - below)


def _place(p: float, n: int) -> tuple[float, int, int]:
    place = max(p * n - 0.5, 0.0)
    return place, int(place), min(int(place) + 1, n - 1)


def quantiles(values: Floats, probabilities: Sequence[float]) -> tuple[float, ...]:
    """Return several quantiles of draws in any order; the same numbers as `quantile` of the sorted draws.

    Parameters
    ----------
    values : array of n floats
        Draws, in any order [any one unit].
    probabilities : sequence of float
        Each in [0, 1] [unitless].

    Returns
    -------
    tuple of float
        One quantile for each probability [the same unit].

    Raises
    ------
    ArgumentError
        If a probability is outside [0, 1].

    Notes
    -----
    Only the places that are read are put in order, which takes less time than sorting all.

    Examples
    --------
    >>> quantiles(np.array([3.0, 1.0, 4.0, 2.0]), (0.5, 1.0))
    (2.5, 4.0)
    """
    probabilities = [_check_probability(p) for p in probabilities]
    read = sorted({place for p in probabilities for place in _place(p, values.size)[1:]})
    ordered = np.partition(values, read)
    return tuple(quantile(ordered, p) for p in probabilities)


def _check_probability(p: object) -> float:
    return checks.number(p, "p", least=0, most=1, allowed="a probability between 0 and 1")


def _mid_ranks(values: Floats) -> Floats:
    ordered = np.sort(values)
    below, up_to = np.searchsorted(ordered, values, "left"), np.searchsorted(ordered, values, "right")
    return (below + up_to) / np.float64(2.0)


def variance_shares(answer: Floats, orders: Sequence[npt.NDArray[np.intp]]) -> Floats:
    """Return for each input the share of the variance of the answer's ranks that it explains by itself.

    First-order shares only: what inputs explain together, as where a limit switches, is left over, so that the shares
    need not sum to 1. Below `NOISE` a share cannot be told from zero.

    Parameters
    ----------
    answer : array of n floats
        One value per draw [any one unit].
    orders : sequence of arrays of n ints
        The permutation of each input, from `order` [unitless].

    Returns
    -------
    array of float
        One share in [0, 1] per input [unitless].

    Notes
    -----
    The correlation ratio over up to 50 equal bins of the input's ranks, less what bins of pure noise would show. Ranks
    keep it finite where the answer has no variance of its own.
    """
    ranks = _mid_ranks(answer)
    n = ranks.size
    bins = min(_BINS, n // _FEWEST_PER_BIN)
    total = float(np.var(ranks))
    if total == 0.0 or bins < 2:
        return np.zeros(len(orders))
    shares = []
    for ranks_of_input in orders:
        place = ranks_of_input * bins // n
        filled = np.bincount(place, minlength=bins)
        means = np.bincount(place, weights=ranks, minlength=bins) / filled
        between = float(filled @ (means - ranks.mean()) ** 2) / n
        shares.append(max(0.0, 1.0 - (1.0 - between / total) * (n - 1.0) / (n - bins)))
    return np.array(shares)


def swing(answer: Floats, ranks_of_input: npt.NDArray[np.intp]) -> tuple[float, float]:
    """Return the answer's median in the draws of the input's lowest tenth, and in those of its highest.

    Parameters
    ----------
    answer : array of n floats
        One value per draw [any one unit].
    ranks_of_input : array of n ints
        The permutation of the input, from `order` [unitless].

    Returns
    -------
    tuple of float
        Median at the low end, median at the high end [the unit of the answer].
    """
    tenth = max(1, answer.size // 10)
    low = np.sort(answer[ranks_of_input < tenth])
    high = np.sort(answer[ranks_of_input >= answer.size - tenth])
    return quantile(low, 0.5), quantile(high, 0.5)


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
