"""Student's t, by its quantile function and back: scipy would do, at a second to load."""

from __future__ import annotations

import math

import numpy as np

from shellflow.errors import bad_argument
from shellflow.sampling._settings import Floats

__all__ = ["student_t_probability", "student_t_quantile"]

# 5-point Gauss-Legendre on [-1, 1], as numpy.polynomial gives it; written out, since that module costs 2 ms to load.
_GAUSS_POINTS = (-0.906179845938664, -0.5384693101056831, 0.0, 0.5384693101056831, 0.906179845938664)
_GAUSS_WEIGHTS = (
    0.23692688505618928,
    0.4786286704993663,
    0.5688888888888887,
    0.4786286704993663,
    0.23692688505618928,
)


def student_t_quantile(p: Floats, df: float) -> Floats:
    """Return the quantiles of Student's t; for probabilities between about 1e-15 and its complement.

    Parameters
    ----------
    p : array of float
        Probabilities strictly between 0 and 1 [unitless].
    df : float
        Degrees of freedom, at least 1 [unitless].

    Returns
    -------
    array of float
        Quantiles, of the shape of `p` [unitless].

    Raises
    ------
    ArgumentError
        If a probability is not strictly between 0 and 1, or `df` is below 1.

    Notes
    -----
    With x = sqrt(df) / tan(a) the upper tail beyond x is the integral of sin(a)**(df-1) from 0 to a, over twice the
    integral to pi/2. It is summed by 5-point Gauss-Legendre over cells and solved by Newton steps inside the cell, that
    converge from anywhere in it, since the integral is convex.

    Examples
    --------
    >>> float(student_t_quantile(np.array([0.95]), 2).round(6)[0])
    2.919986
    """
    p = np.asarray(p, dtype=float)
    if not np.all((p > 0) & (p < 1)):
        raise bad_argument("p", p, "strictly between 0 and 1")
    if not df >= 1:
        raise bad_argument("df", df, "at least 1")
    tail = np.minimum(p, 1.0 - p).ravel()
    # Probabilities that mirror each other about 1/2, as midpoints do, have the same tails: half the work is enough.
    mirrored = tail.size // 2 if np.array_equal(tail, tail[::-1]) else 0
    tail = tail[: tail.size - mirrored]
    points, weights = np.array(_GAUSS_POINTS), np.array(_GAUSS_WEIGHTS)

    def integral(start: Floats, end: Floats) -> Floats:
        half = (end - start) / 2.0
        inner = start[:, None] + half[:, None] * (points + 1.0)
        density: Floats = np.sin(inner) ** (df - 1.0)
        return np.asarray(half * (density @ weights))

    right = math.pi / 2.0
    edges = np.linspace(max(0.0, right - 40.0 / math.sqrt(df)), right, 2049)
    mass = np.concatenate(([0.0], np.cumsum(integral(edges[:-1], edges[1:]))))
    wanted = tail * 2.0 * mass[-1]
    cell = np.clip(np.searchsorted(mass, wanted, side="right") - 1, 0, edges.size - 2)
    start, end = edges[cell], edges[cell + 1]
    angle = start + (end - start) * (wanted - mass[cell]) / (mass[cell + 1] - mass[cell])
    for _ in range(60):
        step = (mass[cell] + integral(start, angle) - wanted) / np.sin(angle) ** (df - 1.0)
        angle = np.clip(angle - step, start + (angle - start) * 1e-3, end)
        if np.all(np.abs(step) <= 1e-9 * angle):  # Newton squares the error: what is left is rounding
            break
    size = math.sqrt(df) / np.tan(angle)
    size = np.concatenate((size, size[:mirrored][::-1])).reshape(p.shape)
    return np.asarray(np.where(p > 0.5, size, np.where(p < 0.5, -size, 0.0)), dtype=float)


def student_t_probability(x: Floats, df: float) -> Floats:
    """Return the probability that Student's t stays below `x`; the way back of `student_t_quantile`.

    Tails below about 1e-15 come out as 0.

    Parameters
    ----------
    x : array of float
        Quantiles [unitless].
    df : float
        Degrees of freedom, at least 1 [unitless].

    Returns
    -------
    array of float
        Probabilities, of the shape of `x` [unitless].

    Raises
    ------
    ArgumentError
        If a quantile is not a number, or `df` is below 1.

    Notes
    -----
    The integral of `student_t_quantile`, from 0 to a = arctan(sqrt(df) / x) over twice that to pi/2.

    Examples
    --------
    >>> float(student_t_probability(np.array([2.919986]), 2).round(6)[0])
    0.95
    """
    x = np.asarray(x, dtype=float)
    if np.any(np.isnan(x)):
        raise bad_argument("x", x, "numbers")
    if not df >= 1:
        raise bad_argument("df", df, "at least 1")
    points, weights = np.array(_GAUSS_POINTS), np.array(_GAUSS_WEIGHTS)
    right = math.pi / 2.0
    start = max(0.0, right - 40.0 / math.sqrt(df))  # below it there is no mass that a float could hold
    ends = np.append(np.arctan2(math.sqrt(df), np.abs(x)).ravel(), right)
    cells = np.linspace(start, np.maximum(ends, start), 65)
    half = np.diff(cells, axis=0) / 2.0
    inner = cells[:-1, :, None] + half[:, :, None] * (points + 1.0)
    mass = np.sum(half * (np.sin(inner) ** (df - 1.0) @ weights), axis=0)
    tail = (mass[:-1] / (2.0 * mass[-1])).reshape(x.shape)
    return np.asarray(np.where(x > 0, 1.0 - tail, tail), dtype=float)
