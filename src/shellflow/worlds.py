"""Possible worlds: distributions given by their quantile function, draws by name, quantiles and shares of variance.

A world is one consistent setting of every unknown; element i of every array of draws belongs to world i. The draws of
one input are its quantile function at the n midpoints (i + 1/2)/n, put into an order that depends on nothing but the
seed and the input's name. So each single input is reproduced exactly, one name means one unknown wherever it is used,
and adding an input leaves all the others alone. Plain numbers only: no units, no tables, no files.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from contextvars import ContextVar, Token
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np
import numpy.typing as npt

from shellflow.errors import ArgumentError, NoDataError, SettingsError, bad_argument, shown

__all__ = [
    "DEFAULT_N",
    "DEFAULT_SEED",
    "NOISE",
    "BoundedCache",
    "Discrete",
    "Distribution",
    "Exponential",
    "Fixed",
    "LogStudentT",
    "Lognormal",
    "Settings",
    "Tabulated",
    "Triangular",
    "Uniform",
    "WithPpf",
    "current_settings",
    "draw",
    "midpoints",
    "one_settings",
    "order",
    "predictive",
    "predictive_parameters",
    "quantile",
    "quantiles",
    "settings",
    "student_t_probability",
    "student_t_quantile",
    "swing",
    "variance_shares",
]

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

DEFAULT_N = 16_384
DEFAULT_SEED = 0
NOISE = 0.005
"""Shares of variance below this cannot be told from zero at the default number of worlds."""

_FEWEST_OBSERVATIONS = 3
_LARGEST_LOG = 700.0
_CACHE_BYTES = 48 * 2**20
_BINS = 50
_FEWEST_PER_BIN = 20

# 5-point Gauss-Legendre on [-1, 1], as numpy.polynomial gives it; written out, since that module costs 2 ms to load.
_GAUSS_POINTS = (-0.906179845938664, -0.5384693101056831, 0.0, 0.5384693101056831, 0.906179845938664)
_GAUSS_WEIGHTS = (
    0.23692688505618928,
    0.4786286704993663,
    0.5688888888888887,
    0.4786286704993663,
    0.23692688505618928,
)


# --- settings ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Settings:
    """How many worlds there are, and the seed of their order.

    Parameters
    ----------
    n : int
        Number of worlds, at least 1 [unitless].
    seed : int
        Any whole number from 0 up [unitless].

    Raises
    ------
    ArgumentError
        If either is not such a whole number.
    """

    n: int = DEFAULT_N
    seed: int = DEFAULT_SEED

    def __post_init__(self) -> None:
        for argument, value, least in (("n", self.n, 1), ("seed", self.seed, 0)):
            if isinstance(value, bool) or not isinstance(value, int | np.integer) or value < least:
                raise bad_argument(argument, value, f"a whole number of at least {least}")
            object.__setattr__(self, argument, int(value))


_current: ContextVar[Settings | None] = ContextVar("shellflow_settings", default=None)


def current_settings() -> Settings:
    """Return the settings in force here: those of the innermost `with settings(...)`, or the defaults.

    Returns
    -------
    Settings
        Number of worlds and seed.

    Raises
    ------
    Nothing; the defaults are always there.
    """
    return _current.get() or Settings()


class settings:  # noqa: N801  used as `with sf.settings(n=...)`, like decimal.localcontext
    """Set the number of worlds and the seed for a block.

    What was made inside the block keeps these settings afterwards. Results of two settings cannot be added: their
    worlds are not the same worlds. A new thread starts from the defaults.

    Parameters
    ----------
    n : int, optional
        Number of worlds; unchanged when left out [unitless].
    seed : int, optional
        Seed of the order of the draws; unchanged when left out [unitless].

    Raises
    ------
    ArgumentError
        If `n` is not a whole number of at least 1 or `seed` not one of at least 0.

    Examples
    --------
    >>> with settings(n=1000):
    ...     current_settings()
    Settings(n=1000, seed=0)
    """

    def __init__(self, *, n: int | None = None, seed: int | None = None) -> None:
        Settings(DEFAULT_N if n is None else n, DEFAULT_SEED if seed is None else seed)
        self._n, self._seed = n, seed
        self._tokens: list[Token[Settings | None]] = []

    def __enter__(self) -> Settings:
        outer = current_settings()
        chosen = Settings(outer.n if self._n is None else self._n, outer.seed if self._seed is None else self._seed)
        self._tokens.append(_current.set(chosen))
        return chosen

    def __exit__(self, *_: object) -> None:
        _current.reset(self._tokens.pop())


def one_settings(*found: Settings) -> Settings:
    """Return the settings that all of `found` share.

    Parameters
    ----------
    *found : Settings
        At least one.

    Returns
    -------
    Settings
        That which all of them are.

    Raises
    ------
    SettingsError
        If they differ.
    """
    first = found[0]
    for other in found[1:]:
        if other != first:
            raise SettingsError(
                f"results of different worlds in one expression: n={first.n}, seed={first.seed} and n={other.n}, "
                f"seed={other.seed}. Make both inside the same `with sf.settings(...)` block."
            )
    return first


# --- distributions ----------------------------------------------------------------------------------------------------


class Distribution(Protocol):
    """What is known of one unknown number: its quantile function and the limits it never leaves."""

    def ppf(self, p: Floats) -> Floats:
        """Return the quantiles at the probabilities `p`, each strictly between 0 and 1."""

    @property
    def support(self) -> tuple[float, float]:
        """The least and the largest value possible."""


def _finite(**values: float) -> None:
    for argument, value in values.items():
        if not (isinstance(value, int | float | np.number) and not isinstance(value, bool) and math.isfinite(value)):
            raise bad_argument(argument, value, "a finite number")


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
        return _exp(self, self.log_mean + self.log_sd * _normal_quantile(p))

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
        quantiles = np.asarray(self.source.ppf(p), dtype=float) * self.scale
        if quantiles.shape != np.shape(p) or not np.all(np.isfinite(quantiles)) or np.any(np.diff(quantiles) < 0):
            raise ArgumentError(
                f"distribution={shown(self.source)}: its ppf must give one finite value for each probability, "
                "never falling. Check its parameters."
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
    """A distribution known by its quantiles at the midpoints of equal shares; exact at as many worlds, else joined up.

    The values are kept as the bytes of 64-bit floats, so that the whole stays hashable at no cost.
    """

    table: bytes

    def __post_init__(self) -> None:
        values = np.frombuffer(self.table)
        if values.size == 0 or not np.all(np.isfinite(values)) or np.any(np.diff(values) < 0):
            raise ArgumentError("tabulated quantiles must be finite, never falling, and at least one.")

    @classmethod
    def of(cls, values: Sequence[float] | Floats) -> Tabulated:
        return cls(np.asarray(values, dtype=float).tobytes())

    @property
    def values(self) -> Floats:
        return np.frombuffer(self.table)

    def ppf(self, p: Floats) -> Floats:
        return np.interp(p, midpoints(self.values.size), self.values)

    @property
    def support(self) -> tuple[float, float]:
        return float(self.values[0]), float(self.values[-1])


def _exp(distribution: Distribution, logs: Floats) -> Floats:
    # Beyond these exp gives infinity or 0: neither is a positive number, and both would go on into the answer.
    if not np.all(np.abs(logs) < _LARGEST_LOG):
        raise ArgumentError(
            f"distribution={shown(distribution)}: its tails lie outside the numbers a computer holds. The values it is "
            "made from differ too much to say anything together: state a range of your own with sf.uniform."
        )
    return np.exp(logs)


def _normal_quantile(p: Floats) -> Floats:
    from statistics import NormalDist  # 10 ms of imports that the command line's path does not need

    inverse = NormalDist().inv_cdf
    flat = np.ravel(np.asarray(p, dtype=float))
    return np.array([inverse(float(one)) for one in flat]).reshape(np.shape(p))


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
        If there are fewer than three.
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
    low, high = np.asarray(lows, dtype=float), np.asarray(highs, dtype=float)
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

    Raises
    ------
    Nothing.
    """
    log_low, log_high = np.log(low), np.log(high)
    middle = (log_low + log_high) / 2.0
    variance = np.var(middle, axis=-1, ddof=1) + np.mean((log_high - log_low) ** 2, axis=-1) / 12.0
    return np.mean(middle, axis=-1), np.sqrt(variance * (1.0 + 1.0 / low.shape[-1]))


# --- draws ------------------------------------------------------------------------------------------------------------

T = TypeVar("T")


class BoundedCache:
    """A store that never holds more than so many bytes, the longest unused going first; safe in threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._held: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def get(self, key: Hashable, make: Callable[[], tuple[T, int]]) -> T:
        """Return what is held under `key`, or what `make` gives with its size in bytes, then held."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                found: T = self._held[key][0]
                return found
        # Made outside the lock: two threads may make the same arrays, which are then equal.
        made, size = make()
        with self._lock:
            if key not in self._held and size <= self._most:
                self._held[key] = (made, size)
                self._bytes += size
                while self._bytes > self._most:
                    self._bytes -= self._held.popitem(last=False)[1][1]
        return made


_arrays = BoundedCache(_CACHE_BYTES)


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

    Raises
    ------
    Nothing for n >= 1.
    """
    return (np.arange(n) + 0.5) / n


def order(name: str, chosen: Settings) -> npt.NDArray[np.intp]:
    """Return the permutation of 0..n-1 that belongs to this name: world i holds the quantile of rank `order[i]`.

    Parameters
    ----------
    name : str
        The input's name [unitless].
    chosen : Settings
        Number of worlds and seed.

    Returns
    -------
    array of int
        Read-only [unitless].

    Raises
    ------
    Nothing.

    Notes
    -----
    The stable argsort of n raw 64-bit numbers of Philox, keyed by blake2b of seed and name. numpy keeps raw output
    stable between releases, which it does not promise of its generators' methods.
    """

    def make() -> tuple[npt.NDArray[np.intp], int]:
        digest = hashlib.blake2b(f"{chosen.seed}\n{name}".encode(), digest_size=16).digest()
        raw = np.random.Philox(key=int.from_bytes(digest, "little")).random_raw(chosen.n)
        # By bits 32 to 47 and then, stably, by bits 48 to 63: numpy sorts 16 bits by radix, in half the time of the
        # whole. Numbers whose top 32 bits agree may end in the wrong order; then the whole is sorted.
        ranks = np.argsort((raw >> np.uint64(32)).astype(np.uint16), kind="stable")
        ranks = ranks[np.argsort((raw >> np.uint64(48)).astype(np.uint16)[ranks], kind="stable")]
        ordered = raw[ranks]
        if not np.all(ordered[1:] > ordered[:-1]):
            ranks = np.argsort(raw, kind="stable")
        ranks.flags.writeable = False
        return ranks, ranks.nbytes

    return _arrays.get(("order", name, chosen), make)


def draw(name: str, distribution: Distribution, chosen: Settings) -> Floats:
    """Return one value per world of the unknown of this name.

    Parameters
    ----------
    name : str
        The input's name, which is its identity [unitless].
    distribution : Distribution
        What is known of it.
    chosen : Settings
        Number of worlds and seed.

    Returns
    -------
    array of n floats
        Read-only [the distribution's own unit].

    Raises
    ------
    ArgumentError
        If a foreign distribution gives values that are not finite or fall.
    """
    if isinstance(distribution, Fixed):
        return np.broadcast_to(np.float64(distribution.value), (chosen.n,))

    def make() -> tuple[Floats, int]:
        values = distribution.ppf(midpoints(chosen.n))[order(name, chosen)]
        values.flags.writeable = False
        return values, values.nbytes

    try:
        return _arrays.get(("draw", name, distribution, chosen), make)
    except TypeError:  # a foreign distribution that cannot be hashed cannot be held either
        return make()[0]


# --- what draws say ---------------------------------------------------------------------------------------------------


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
    _check_probability(p)
    place, below, above = _place(p, ordered.size)
    low, high = float(ordered[below]), float(ordered[above])
    return low if low == high else low + (high - low) * (place - below)


def _place(p: float, n: int) -> tuple[float, int, int]:
    place = min(max(float(p) * n - 0.5, 0.0), n - 1.0)
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
    for p in probabilities:
        _check_probability(p)
    read = sorted({place for p in probabilities for place in _place(p, values.size)[1:]})
    ordered = np.partition(values, read)
    return tuple(quantile(ordered, p) for p in probabilities)


def _check_probability(p: object) -> None:
    if isinstance(p, bool) or not isinstance(p, int | float | np.number) or not 0 <= p <= 1:
        raise bad_argument("p", p, "a probability between 0 and 1")


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
        One value per world [any one unit].
    orders : sequence of arrays of n ints
        The permutation of each input, from `order` [unitless].

    Returns
    -------
    array of float
        One share in [0, 1] per input [unitless].

    Raises
    ------
    Nothing.

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
    """Return the answer's median in the worlds of the input's lowest tenth, and in those of its highest.

    Parameters
    ----------
    answer : array of n floats
        One value per world [any one unit].
    ranks_of_input : array of n ints
        The permutation of the input, from `order` [unitless].

    Returns
    -------
    tuple of float
        Median at the low end, median at the high end [the unit of the answer].

    Raises
    ------
    Nothing.
    """
    tenth = max(1, answer.size // 10)
    low = np.sort(answer[ranks_of_input < tenth])
    high = np.sort(answer[ranks_of_input >= answer.size - tenth])
    return quantile(low, 0.5), quantile(high, 0.5)
