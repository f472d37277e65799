"""The arithmetic of several lines of evidence: weights of draws, what the lines say of each other, weighted quantiles.

Plain arrays only. A line of evidence is here what the model gives of its quantity in every draw, the range stated, and
the standard deviation of the logarithm that its source is trusted to. Everything is kept in logarithms: far from the
model all weights are too small for a float.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from shellflow import sampling

__all__ = [
    "AGREES",
    "CONFLICTS",
    "FEWEST",
    "OUTSIDE",
    "PULLS",
    "Range",
    "Weighing",
    "log_likelihood",
    "weigh",
    "weighted_band",
    "weighted_quantiles",
]

Range = tuple[float | None, float | None]
"""Low and high end stated: the same twice for a point, None for an end that is left open."""

AGREES, PULLS, CONFLICTS, OUTSIDE = "agrees", "pulls", "conflicts", "outside the model"

FEWEST = 0.01
"""Share of the draws that must be left, as effective sample size, for a band."""

_AGREES_FROM = 0.95
_PULLS_FROM = 1 / 3
_WIDENED_BY = 2.0  # errors on both sides of a range, outside of which the model is as good as refuted
_FEWEST_INSIDE = 0.01


@dataclass(frozen=True, eq=False)
class Weighing:
    """Draws weighted by lines of evidence, and what these say of each other.

    Parameters
    ----------
    weights : array of n floats
        Weight of each draw by all lines; they sum to 1, or are all 0 where no draw is possible [unitless].
    without : tuple of arrays of n floats
        For each line the weights by the others [unitless].
    ess : float
        Effective sample size, from 0 to n [unitless].
    alone : tuple of float
        Support of each line: its mean likelihood over the draws [unitless].
    given_others : tuple of float
        The same over the draws weighted by the others [unitless].
    ratios : tuple of float
        `given_others` over `alone`, also where both are too small for a float; 0 where the others allow nothing
        [unitless].
    verdicts : tuple of str
        `AGREES`, `PULLS`, `CONFLICTS` or `OUTSIDE`; "" for a line that stands alone [unitless].
    hardest : (int, int), optional
        Where a line conflicts, the places of the two whose joint support is the smallest part of the product of their
        own.
    """

    weights: sampling.Floats
    without: tuple[sampling.Floats, ...]
    ess: float
    alone: tuple[float, ...]
    given_others: tuple[float, ...]
    ratios: tuple[float, ...]
    verdicts: tuple[str, ...]
    hardest: tuple[int, int] | None

    @property
    def conflicting(self) -> tuple[int, ...]:
        """Places of the lines that conflict with the others."""
        return tuple(place for place, verdict in enumerate(self.verdicts) if verdict == CONFLICTS)

    @property
    def outside(self) -> tuple[int, ...]:
        """Places of the lines that lie outside the model."""
        return tuple(place for place, verdict in enumerate(self.verdicts) if verdict == OUTSIDE)

    @property
    def has_band(self) -> bool:
        """Whether the weighted draws may be summed up at all."""
        enough = self.ess >= FEWEST * self.weights.size
        return enough and not self.conflicting and not self.outside


def weigh(values: Sequence[sampling.Floats], ranges: Sequence[Range], errors: Sequence[float]) -> Weighing:
    """Weigh the draws by several lines of evidence, and each line by the others.

    Parameters
    ----------
    values : sequence of arrays of n floats
        For each line what the model gives of its quantity, 0 or more [any unit].
    ranges : sequence of (float or None, float or None)
        For each line the range stated, its ends above 0 [the same unit].
    errors : sequence of float
        For each line the standard deviation of the logarithm of what its source states, above 0 [unitless].

    Returns
    -------
    Weighing
        Weights, effective sample size, supports and verdicts.

    Notes
    -----
    The weight of a draw is the product of the likelihoods of all lines. The effective sample size is (sum of
    weights)**2 / (sum of squared weights). A line agrees where its support given the others is at least 0.95 of that
    alone, and conflicts where it is less than a third; first of all it is outside the model where the range stated,
    widened by two errors, holds less than 1 % of the draws.

    Examples
    --------
    >>> tonnes = np.array([10.0, 11.0, 12.0, 13.0])
    >>> weighing = weigh([tonnes, 80 * tonnes], [(11.5, None), (900, 1000)], [0.1, 0.1])
    >>> weighing.verdicts
    ('agrees', 'agrees')
    """
    logs = np.array(
        [
            log_likelihood(line, stated, error)
            for line, stated, error in zip(values, ranges, errors, strict=True)
        ]
    )  # fmt: skip
    count = len(logs)
    every, others = _joint(logs)
    weights = _normalised(every)
    alone = [_log_mean(line) for line in logs]
    given = [_log_ratio(_log_sum(other + line), _log_sum(other)) for other, line in zip(others, logs, strict=True)]
    ratios = [float(np.exp(_log_ratio(joint, own))) for joint, own in zip(given, alone, strict=True)]
    outside = [
        _share_inside(line, stated, error) < _FEWEST_INSIDE
        for line, stated, error in zip(values, ranges, errors, strict=True)
    ]
    square = float(weights @ weights)
    verdicts = tuple(map(_verdict, ratios, outside)) if count > 1 else ("",) * count
    return Weighing(
        weights,
        tuple(_normalised(other) for other in others),
        1.0 / square if square > 0 else 0.0,
        tuple(min(float(np.exp(support)), 1.0) for support in alone),
        tuple(min(float(np.exp(support)), 1.0) for support in given),
        tuple(ratios),
        verdicts,
        _hardest(logs, alone) if CONFLICTS in verdicts else None,
    )


def log_likelihood(values: sampling.Floats, stated: Range, error: float) -> sampling.Floats:
    """Return the logarithm of the likelihood of a stated range in every draw.

    Parameters
    ----------
    values : array of n floats
        What the model gives, 0 or more [any unit].
    stated : (float or None, float or None)
        The range stated [the same unit].
    error : float
        Standard deviation of the logarithm, above 0 [unitless].

    Returns
    -------
    array of n floats
        0 inside the range, -(distance / error)**2 / 2 outside, where the distance is that of the logarithms to the
        nearer end [unitless].

    Examples
    --------
    >>> np.exp(log_likelihood(np.array([90.0, 150.0, 200.0]), (100, 200), 0.1)).round(2).tolist()
    [0.57, 1.0, 1.0]
    """
    return -0.5 * (_distance(values, stated) / error) ** 2


def weighted_quantiles(
    values: sampling.Floats, weights: sampling.Floats, probabilities: Sequence[float]
) -> tuple[float, ...]:
    """Return quantiles of weighted draws; with equal weights those of `sampling.quantiles`.

    Parameters
    ----------
    values : array of n floats
        Draws, in any order [any one unit].
    weights : array of n floats
        Weight of each, 0 or more, not all 0 [unitless].
    probabilities : sequence of float
        Each in [0, 1] [unitless].

    Returns
    -------
    tuple of float
        One quantile for each probability [the same unit].

    Examples
    --------
    >>> weighted_quantiles(np.array([3.0, 1.0, 2.0]), np.array([0.0, 1.0, 1.0]), (0.5,))
    (1.5,)
    """
    used = weights > 0
    order = np.argsort(values[used])
    ordered, heights = values[used][order], weights[used][order]
    places = (np.cumsum(heights) - heights / 2) / heights.sum()
    return tuple(np.interp(probabilities, places, ordered).tolist())


def weighted_band(
    values: sampling.Floats, weights: sampling.Floats, ess: float, level: float
) -> tuple[float, float, float, float]:
    """Return the central band of weighted draws, and its numerical error.

    Parameters
    ----------
    values, weights : arrays of n floats
        As for `weighted_quantiles`.
    ess : float
        Effective sample size, above 0 [unitless].
    level : float
        Share of the weight in the band, in (0, 1) [unitless].

    Returns
    -------
    tuple of four floats
        Low end, median, high end, and the largest error of the three [unit of the values].

    Notes
    -----
    The error of a quantile is half of the way between the quantiles at its probability more and less the standard error
    of a share of `ess` draws.

    Examples
    --------
    >>> [round(number, 6) for number in weighted_band(np.arange(1000.0), np.full(1000, 0.001), 100.0, 0.9)]
    [49.5, 499.5, 949.5, 50.0]
    """
    tail = (1 - level) / 2
    probabilities = np.array([tail, 0.5, 1 - tail])
    spread = np.sqrt(probabilities * (1 - probabilities) / ess)
    around = np.clip(np.concatenate([probabilities, probabilities - spread, probabilities + spread]), 0.0, 1.0)
    ends = weighted_quantiles(values, weights, around.tolist())
    error = max((above - below) / 2 for below, above in zip(ends[3:6], ends[6:], strict=True))
    return ends[0], ends[1], ends[2], error


def _distance(values: sampling.Floats, stated: Range) -> sampling.Floats:
    """Return how far a range lies from every draw, in logarithms; 0 inside."""
    low, high = stated
    with np.errstate(divide="ignore"):  # a transport may hold nothing: infinitely far below any number
        logs = np.log(values)
    below = np.log(low) - logs if low is not None else 0.0
    above = logs - np.log(high) if high is not None else 0.0
    distance: sampling.Floats = np.maximum(np.maximum(below, above), 0.0)
    return distance


def _share_inside(values: sampling.Floats, stated: Range, error: float) -> float:
    return float(np.mean(_distance(values, stated) <= _WIDENED_BY * error))


def _verdict(ratio: float, outside: bool) -> str:
    if outside:
        return OUTSIDE
    if ratio >= _AGREES_FROM:
        return AGREES
    return PULLS if ratio >= _PULLS_FROM else CONFLICTS


def _log_ratio(part: float, whole: float) -> float:
    """Return the logarithm of a ratio; of nothing to nothing too it is that of 0, since nothing is no agreement."""
    return part - whole if np.isfinite(part) else -np.inf


def _hardest(logs: sampling.Floats, alone: Sequence[float]) -> tuple[int, int]:
    """Return the two lines whose joint support is the smallest part of the product of their own."""

    def pull(pair: tuple[int, int]) -> float:
        first, second = pair
        return _log_ratio(_log_mean(logs[first] + logs[second]), alone[first] + alone[second])

    return min(combinations(range(len(logs)), 2), key=pull)


def _joint(logs: sampling.Floats) -> tuple[sampling.Floats, list[sampling.Floats]]:
    """Return the sum of all lines in every draw, and for each line that of the others.

    It is the same to the last bit in whatever order the lines come. Infinities are counted apart: of a sum with one in
    it nothing can be taken away.
    """
    impossible = np.isneginf(logs)
    finite = np.where(impossible, 0.0, logs)
    total, excluded = np.sort(finite, axis=0).sum(axis=0), impossible.sum(axis=0)
    others = [
        np.where(excluded > own, -np.inf, total - line)
        for line, own in zip(finite, impossible.astype(int), strict=True)
    ]
    return np.where(excluded > 0, -np.inf, total), others


def _log_sum(logs: sampling.Floats) -> float:
    largest = float(logs.max())
    return largest + float(np.log(np.exp(logs - largest).sum())) if np.isfinite(largest) else -np.inf


def _log_mean(logs: sampling.Floats) -> float:
    return _log_sum(logs) - float(np.log(logs.size))


def _normalised(logs: sampling.Floats) -> sampling.Floats:
    """Return weights that sum to 1 from their logarithms; all 0 where every draw is impossible."""
    total = _log_sum(logs)
    if not np.isfinite(total):
        return np.zeros(logs.size)
    weights: sampling.Floats = np.exp(logs - total)
    return weights
