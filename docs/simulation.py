"""Invented records of statements, to see how often a fitted band holds the next one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from shellflow import sampling

__all__ = ["KINDS", "LEVELS", "SIZES", "coverage"]

LEVELS = (0.5, 0.8, 0.9, 0.95)
SIZES = (3, 5, 9)
RECORDS = 200_000

Floats = npt.NDArray[np.float64]


def _uniforms(stream: int, *shape: int) -> Floats:
    # Raw output, which numpy keeps from release to release; its distributions it may change, and the page with them.
    raw = np.random.Philox(key=stream).random_raw(math.prod(shape))
    return ((raw >> np.uint64(11)).astype(np.float64) + 0.5).reshape(shape) / 2.0**53


def _normals(stream: int, *shape: int) -> Floats:
    first, second = _uniforms(stream, 2, *shape)
    return np.asarray(np.sqrt(-2.0 * np.log(first)) * np.cos(2.0 * np.pi * second))


def _independent(k: int) -> tuple[Floats, Floats]:
    values = np.exp(0.2 * _normals(k, RECORDS, k + 1))
    return values[:, :k], values[:, k]


def _each_like_the_last(k: int) -> tuple[Floats, Floats]:
    """Return values of which each repeats much of the one before it: correlation 0.7."""
    fresh = _normals(100 + k, RECORDS, k + 1)
    logs = fresh.copy()
    for place in range(1, k + 1):
        logs[:, place] = 0.7 * logs[:, place - 1] + math.sqrt(1 - 0.7**2) * fresh[:, place]
    values = np.exp(0.2 * logs)
    return values[:, :k], values[:, k]


def _shared_error(k: int) -> tuple[Floats, Floats]:
    """Return values that share one error, and the truth, which does not have it."""
    own, shared = _normals(200 + k, RECORDS, k + 1), _normals(300 + k, RECORDS, 1)
    return np.exp(0.2 * (own[:, :k] + shared)), np.exp(0.2 * own[:, k])


def _totals(k: int) -> tuple[Floats, Floats]:
    """Return ratios of totals, each of which contains those before, and that of the next total."""
    parts = np.exp(0.3 * _normals(400 + k, RECORDS, k + 1))
    running = np.cumsum(parts, axis=1) / np.arange(1, k + 2)
    return running[:, :k], running[:, k]


def _next_part(k: int) -> tuple[Floats, Floats]:
    """Return ratios of totals, and that of what was added after the last of them."""
    parts = np.exp(0.3 * _normals(400 + k, RECORDS, k + 1))
    return (np.cumsum(parts, axis=1) / np.arange(1, k + 2))[:, :k], parts[:, k]


def _parts(k: int) -> tuple[Floats, Floats]:
    """Return ratios of what each total added, and that of what was added next."""
    parts = np.exp(0.3 * _normals(400 + k, RECORDS, k + 1))
    return parts[:, :k], parts[:, k]


def _rounded(k: int) -> tuple[Floats, Floats]:
    """Return values rounded to one digit, as statements are, and the next one rounded alike."""
    values = 450.0 * np.exp(0.1 * _normals(500 + k, RECORDS, k + 1))
    rounded = np.round(values, -2)
    return rounded[:, :k], rounded[:, k]


def _floors(k: int) -> tuple[Floats, Floats]:
    """Return floors somewhere below what is meant, and the next value that is meant."""
    values, below = np.exp(0.2 * _normals(600 + k, RECORDS, k + 1)), 1.0 - 0.3 * _uniforms(700 + k, RECORDS, k + 1)
    return (values * below)[:, :k], values[:, k]


KINDS: Mapping[str, Callable[[int], tuple[Floats, Floats]]] = {
    "independent, log-normal: what the rule assumes": _independent,
    "each much like the last (correlation 0.7)": _each_like_the_last,
    "one error shared by all, and the band held against the truth": _shared_error,
    "totals that contain each other, and the next total": _totals,
    "totals that contain each other, and what was added next": _next_part,
    "what each of these totals added, and what was added next": _parts,
    "rounded to one digit, with a scatter of a tenth": _rounded,
    "floors up to 30 % below what is meant, and the next value meant": _floors,
}


@cache
def coverage(kind: str, k: int) -> tuple[float, ...]:
    """Return how often the band of `sampling.predictive` holds the next value, for each of `LEVELS`.

    Parameters
    ----------
    kind : str
        One of `KINDS`: how the values come about [unitless].
    k : int
        Number of values to fit [unitless].

    Returns
    -------
    tuple of float
        Shares of the records [unitless].

    Raises
    ------
    KeyError
        If there is no such kind.
    """
    before, following = KINDS[kind](k)
    center, scale = sampling.predictive_parameters(before, before)
    # Rounded values may all agree, and then the band has no width.
    apart = np.abs(np.log(following) - center)
    shares = []
    for level in LEVELS:
        reach = float(sampling.student_t_quantile(np.array([(1 + level) / 2]), k - 1)[0])
        shares.append(float(np.mean(apart <= reach * scale + 1e-12)))
    return tuple(shares)
