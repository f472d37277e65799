"""What is known of one unknown number, by its quantile function and the limits it never leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol

import numpy as np

from shellflow import checks
from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.sampling._settings import Floats, midpoints
from shellflow.sampling._student import student_t_quantile

__all__ = [
    "Discrete",
    "Distribution",
    "Exponential",
    "Fixed",
    "LogStudentT",
    "Lognormal",
    "SumOfUniforms",
    "Tabulated",
    "Triangular",
    "Uniform",
    "WithPpf",
    "alike",
    "normal_quantile",
]

_LARGEST_LOG = 700.0
_A_PPF = "It must give one finite value for each probability, never falling. Check its parameters."
_MOST_KEPT = 2**17  # probabilities whose normal quantiles are kept, 1 MB
_COMPARED = 1_024  # quantiles at which two foreign distributions are compared


class Distribution(Protocol):
    """What is known of one unknown number: its quantile function and the limits it never leaves."""

    def ppf(self, p: Floats) -> Floats:
        """Return the quantiles at the probabilities `p`, each strictly between 0 and 1."""

    @property
    def support(self) -> tuple[float, float]:
        """The least and the largest value possible."""


def _finite(**values: float) -> None:
    for argument, value in values.items():
        checks.number(value, argument)


@dataclass(frozen=True)
class Fixed:
    """One value, known exactly or stated as if it were."""

    value: float

    def __post_init__(self) -> None:
        _finite(value=self.value)

    def ppf(self, p: Floats) -> Floats:
        return np.full(np.shape(p), float(self.value))

    @property
    def support(self) -> tuple[float, float]:
        return self.value, self.value


@dataclass(frozen=True)
class Uniform:
    """Any value between two hard limits, none likelier than another."""

    low: float
    high: float

    def __post_init__(self) -> None:
        _finite(low=self.low, high=self.high)
        if not self.low < self.high:
            raise ArgumentError(
                f"low={self.low!r}, high={self.high!r}: low must be below high. Swap them, or use fixed."
            )

    def ppf(self, p: Floats) -> Floats:
        return self.low + (self.high - self.low) * p

    @property
    def support(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True)
class Triangular:
    """Two hard limits and a likeliest value between them."""

    low: float
    best: float
    high: float

    def __post_init__(self) -> None:
        _finite(low=self.low, best=self.best, high=self.high)
        if not (self.low <= self.best <= self.high and self.low < self.high):
            raise ArgumentError(
                f"low={self.low!r}, best={self.best!r}, high={self.high!r}: must be in this order, low below high. "
                "Sort them, or use fixed for a single value."
            )

    def ppf(self, p: Floats) -> Floats:
        width, rise, fall = self.high - self.low, self.best - self.low, self.high - self.best
        rising = self.low + np.sqrt(p * width * rise)
        falling = self.high - np.sqrt((1.0 - p) * width * fall)
        return np.where(p * width < rise, rising, falling)

    @property
    def support(self) -> tuple[float, float]:
        return self.low, self.high


@dataclass(frozen=True)
class Lognormal:
    """A positive value whose logarithm is normal with mean `log_mean` and standard deviation `log_sd`."""

    log_mean: float
    log_sd: float

    def __post_init__(self) -> None:
        _finite(log_mean=self.log_mean, log_sd=self.log_sd)
        if not self.log_sd > 0:
            raise bad_argument("log_sd", self.log_sd, "positive")

    def ppf(self, p: Floats) -> Floats:
        return _exp(self, self.log_mean + self.log_sd * normal_quantile(p))

    @property
    def support(self) -> tuple[float, float]:
        return 0.0, math.inf


@dataclass(frozen=True)
class LogStudentT:
    """A positive value whose logarithm is Student t with `df` degrees of freedom about `log_center`.

    It has no mean: the tail of Student t outgrows every exponential.
    """

    log_center: float
    log_scale: float
    df: int

    def __post_init__(self) -> None:
        _finite(log_center=self.log_center, log_scale=self.log_scale, df=self.df)
        if not self.log_scale >= 0:
            raise bad_argument("log_scale", self.log_scale, "zero or more")
        if not self.df >= 1:
            raise bad_argument("df", self.df, "at least 1")

    def ppf(self, p: Floats) -> Floats:
        return _exp(self, self.log_center + self.log_scale * student_t_quantile(p, self.df))

    @property
    def support(self) -> tuple[float, float]:
        return 0.0, math.inf


@dataclass(frozen=True)
class Exponential:
    """The unit exponential; shares drawn from several, divided by their sum, are uniform on the simplex."""

    def ppf(self, p: Floats) -> Floats:
        return -np.log1p(-np.asarray(p))

    @property
    def support(self) -> tuple[float, float]:
        return 0.0, math.inf


@dataclass(frozen=True)
class SumOfUniforms:
    """The sum of independent uniform errors, over the sum of their half-widths: from -1 to 1, with mean 0.

    Parameters
    ----------
    size : float
        How many equal errors would sum to the same variance: (sum of half-widths)**2 / sum of their squares, at least
        1 [unitless].

    Notes
    -----
    A symmetric beta distribution on -1 to 1 with the exact limits and the exact variance, 1/(3 size): for one error it
    is that uniform itself, for many it tends to the normal. Between, the ends of its 90 % band are off by at most 0.04
    of the sum's standard deviation for two or three equal errors, and by 0.002 from four on. If t is Student t with
    3 size - 1 degrees of freedom, then t / sqrt(t**2 + 3 size - 1) is this distribution (a change of variable).
    """

    size: float

    def __post_init__(self) -> None:
        _finite(size=self.size)
        if not self.size >= 1:
            raise bad_argument("size", self.size, "at least 1")

    def ppf(self, p: Floats) -> Floats:
        quantiles = 2.0 * np.asarray(p, dtype=float) - 1.0
        if self.size == 1.0:
            return quantiles
        inside = np.abs(quantiles) < 1.0
        freedom = 3.0 * self.size - 1.0
        t = student_t_quantile(np.asarray(p, dtype=float)[inside], freedom)
        quantiles[inside] = t / np.sqrt(t * t + freedom)
        return quantiles

    @property
    def support(self) -> tuple[float, float]:
        return -1.0, 1.0


@dataclass(frozen=True)
class Discrete:
    """A few separate values, each with its probability, in rising order."""

    values: tuple[float, ...]
    weights: tuple[float, ...]

    def __post_init__(self) -> None:
        if not self.values or len(self.values) != len(self.weights):
            raise ArgumentError(
                f"values and weights: {len(self.values)} and {len(self.weights)} given; "
                "must be equally many, at least one of each."
            )
        for value, weight in zip(self.values, self.weights, strict=True):
            _finite(values=value, weights=weight)
            if not weight > 0:
                raise bad_argument("weights", weight, "positive", "Leave out what cannot be.")
        if any(not a < b for a, b in zip(self.values, self.values[1:], strict=False)):
            raise bad_argument("values", self.values, "different from each other and in rising order")
        if not math.isclose(math.fsum(self.weights), 1.0, rel_tol=0, abs_tol=1e-9):
            raise bad_argument("weights", self.weights, "probabilities that sum to 1")

    def ppf(self, p: Floats) -> Floats:
        # The slack keeps a probability that is a sum of weights on the lower value, whatever way the sum was rounded.
        below = np.searchsorted(np.cumsum(self.weights) + 1e-12, p, side="left")
        return np.asarray(self.values, dtype=float)[np.minimum(below, len(self.values) - 1)]

    @property
    def support(self) -> tuple[float, float]:
        return self.values[0], self.values[-1]


@dataclass(frozen=True)
class WithPpf:
    """Anything with a `ppf` method, such as a frozen distribution of scipy; known to us only through it."""

    source: Any
    scale: float = 1.0

    def ppf(self, p: Floats) -> Floats:
        try:
            values = self.source.ppf(p)
        except Exception as error:  # it is not ours, and may raise anything
            raise ArgumentError(
                f"distribution={shown(self.source)}: its ppf raises {type(error).__name__} for an array of "
                f"probabilities ({error}). It must take one and give as many values."
            ) from error
        try:
            quantiles = checks.row_of_numbers(values, "quantiles") * self.scale
        except ArgumentError as error:
            raise ArgumentError(f"distribution={shown(self.source)}: its ppf gives {error} {_A_PPF}") from error
        if quantiles.shape != np.shape(p) or np.any(np.diff(quantiles) < 0):
            raise ArgumentError(
                f"distribution={shown(self.source)}: its ppf gives more values, fewer, or falling ones. {_A_PPF}"
            )
        return quantiles

    @property
    def support(self) -> tuple[float, float]:
        # A ppf need only answer between 0 and 1; where it says nothing of the ends, no limits are known.
        try:
            low, high = (float(end) * self.scale for end in self.source.ppf(np.array([0.0, 1.0])))
        except Exception:
            return -math.inf, math.inf
        return -math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high


@dataclass(frozen=True)
class Tabulated:
    """A distribution known by its quantiles at the midpoints of equal shares; exact at as many draws, else joined up.

    The values are kept as the bytes of 64-bit floats, so that the whole stays hashable at no cost. Beyond the first and
    the last of them it may reach to `low` and `high`, infinite where no limit is known.
    """

    table: bytes
    low: float = -math.inf
    high: float = math.inf

    def __post_init__(self) -> None:
        if not isinstance(self.table, bytes) or not self.table or len(self.table) % 8:
            raise bad_argument("table", self.table, "the bytes of 64-bit floats, at least one")
        values = np.frombuffer(self.table)
        if not np.all(np.isfinite(values)) or np.any(np.diff(values) < 0):
            raise ArgumentError("tabulated quantiles must be finite, never falling, and at least one.")
        if not (self.low <= values[0] and values[-1] <= self.high):
            raise ArgumentError(f"low={self.low!r}, high={self.high!r}: must not lie within the tabulated quantiles.")

    @classmethod
    def of(cls, values: Sequence[float] | Floats, low: float | None = None, high: float | None = None) -> Tabulated:
        least, most = -math.inf if low is None else low, math.inf if high is None else high
        return cls(np.asarray(values, dtype=float).tobytes(), least, most)

    @property
    def values(self) -> Floats:
        return np.frombuffer(self.table)

    def ppf(self, p: Floats) -> Floats:
        return np.interp(p, midpoints(self.values.size), self.values)

    @property
    def support(self) -> tuple[float, float]:
        return self.low, self.high


def alike(left: Distribution, right: Distribution) -> bool:
    """Return whether two distributions are the same; those known by their quantiles alone are so by these.

    A copy of a foreign distribution, pickled or written as a table, is another object and the same unknown.

    Parameters
    ----------
    left, right : Distribution
        The two distributions.

    Returns
    -------
    bool
        Whether both give the same draws.

    Raises
    ------
    ArgumentError
        If a foreign distribution gives values that are not finite or fall.
    """
    if left == right:
        return True
    by_quantiles = [distribution for distribution in (left, right) if isinstance(distribution, WithPpf | Tabulated)]
    if not by_quantiles:
        return False
    sizes = [distribution.values.size for distribution in by_quantiles if isinstance(distribution, Tabulated)]
    places = midpoints(min(sizes, default=_COMPARED))
    return bool(np.allclose(left.ppf(places), right.ppf(places), rtol=1e-12, atol=0))


def _exp(distribution: Distribution, logs: Floats) -> Floats:
    # Beyond these exp gives infinity or 0: neither is a positive number, and both would go on into the answer.
    if not np.all(np.abs(logs) < _LARGEST_LOG):
        raise ArgumentError(
            f"distribution={shown(distribution)}: its tails lie outside the numbers a computer holds. The values it is "
            "made from differ too much to say anything together: state a range of your own with sf.uniform."
        )
    return np.exp(logs)


def normal_quantile(p: Floats) -> Floats:
    """Return the standard normal at probabilities strictly between 0 and 1; kept where these are midpoints."""
    p = np.asarray(p, dtype=float)
    if p.size <= _MOST_KEPT and np.array_equal(p, midpoints(p.size)):
        return _normal_at_midpoints(p.size)
    return _computed_normal(p)


@lru_cache(maxsize=4)
def _normal_at_midpoints(n: int) -> Floats:
    """Return the standard normal where draws are taken: a flow may have a log-normal factor for each of its days."""
    quantiles = _computed_normal(midpoints(n))
    quantiles.flags.writeable = False
    return quantiles


def _computed_normal(p: Floats) -> Floats:
    from statistics import NormalDist  # 10 ms of imports that the command line's path does not need

    inverse = NormalDist().inv_cdf
    return np.array([inverse(float(probability)) for probability in np.ravel(p)]).reshape(np.shape(p))
