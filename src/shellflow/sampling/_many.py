"""Many small unknowns in one distribution, each drawn by a name of its own, at a cost that thousands of them can bear.

A value of each is one of 4,096 quantiles, picked by 12 bits of Philox: such draws take no sorting, as strata do. Their
quantiles carry an error of sampling, which `docs/explanation/draws.md` measures. `np.take` clips because it then does
not look for an index out of range, which is half of its work.
"""

from __future__ import annotations

import hashlib
import math
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from shellflow import checks
from shellflow.errors import ArgumentError, bad_argument
from shellflow.sampling._distributions import Lognormal, SumOfUniforms, normal_quantile
from shellflow.sampling._settings import Floats, Settings, midpoints

__all__ = ["AverageOfFactors", "Many", "SumOfErrors"]

_BITS = 12
_MOST_BETWEEN = 1e100  # beyond which its square is no number
_SHAPES = 16  # tables of quantiles for each doubling of the size of a sum


@dataclass(frozen=True)
class SumOfErrors:
    """The sum of independent errors, over the sum of their half-widths: from -1 to 1, with mean 0.

    Each is itself a `SumOfUniforms`, drawn by its name: two sums that share some share these errors.

    Parameters
    ----------
    names : tuple of str
        By which each is drawn [unitless].
    halves : tuple of float
        The half-width of each, above 0 [any one unit].
    sizes : tuple of float
        The `size` of each as a sum of uniform errors, at least 1 [unitless].
    """

    names: tuple[str, ...]
    halves: tuple[float, ...]
    sizes: tuple[float, ...]

    def __post_init__(self) -> None:
        _check(self.names, halves=self.halves, sizes=self.sizes)
        if not min(self.sizes) >= 1:
            raise bad_argument("sizes", min(self.sizes), "at least 1")

    @property
    def _whole(self) -> SumOfUniforms:
        square = math.fsum(half * half / size for half, size in zip(self.halves, self.sizes, strict=True))
        return SumOfUniforms(max(1.0, math.fsum(self.halves) ** 2 / square))

    def ppf(self, p: Floats) -> Floats:
        return self._whole.ppf(p)

    @property
    def support(self) -> tuple[float, float]:
        return -1.0, 1.0

    def each(self, chosen: Settings) -> Iterator[Floats]:
        """Yield the draws of each error, from -1 to 1 [unitless]."""
        for name, size in zip(self.names, self.sizes, strict=True):
            yield np.take(_errors_of(size), _levels_of(name, chosen), mode="clip")

    def draws(self, chosen: Settings) -> Floats:
        """Return the draws of the sum [unitless]."""
        total = np.zeros(chosen.n)
        for half, errors in zip(self.halves, self.each(chosen), strict=True):
            total += half * errors
        return total / math.fsum(self.halves)


@dataclass(frozen=True)
class AverageOfFactors:
    """The factor by which transports differ from the mean of all such, on average over several lots of them.

    Parameters
    ----------
    names : tuple of str
        Of each lot, by which its own average is drawn [unitless].
    numbers : tuple of float
        How many transports are in each lot [transport].
    between : float
        Standard deviation between single transports, over their mean [unitless].

    Notes
    -----
    The average of n independent factors of mean 1 and variance b**2 has mean 1 and variance b**2/n. It is taken as
    log-normal: exact for one transport if its own factor is, nearly normal for many, and never below 0.
    """

    names: tuple[str, ...]
    numbers: tuple[float, ...]
    between: float

    def __post_init__(self) -> None:
        _check(self.names, numbers=self.numbers)
        checks.number(self.between, "between", least=0, most=_MOST_BETWEEN)

    def _spread(self, number: float) -> float:
        return math.sqrt(math.log1p(self.between * self.between / number))

    def ppf(self, p: Floats) -> Floats:
        spread = self._spread(math.fsum(self.numbers))
        # Of a scatter that no float tells from none, the factor is 1.
        return Lognormal(-spread * spread / 2.0, spread).ppf(p) if spread > 0.0 else np.ones(np.shape(p))

    @property
    def support(self) -> tuple[float, float]:
        return 0.0, math.inf

    def each(self, chosen: Settings) -> Iterator[Floats]:
        """Yield the draws of the factor of each lot [unitless]."""
        normal = normal_quantile(midpoints(2**_BITS))
        for name, number in zip(self.names, self.numbers, strict=True):
            spread = self._spread(number)
            factors = np.exp(normal * spread - spread * spread / 2.0)
            yield np.take(factors, _levels_of(name, chosen), mode="clip")

    def draws(self, chosen: Settings) -> Floats:
        """Return the draws of the average [unitless]."""
        total = np.zeros(chosen.n)
        for number, factors in zip(self.numbers, self.each(chosen), strict=True):
            total += number * factors
        return total / math.fsum(self.numbers)


Many = SumOfErrors | AverageOfFactors
"""What is drawn unknown by unknown, and not by the name of the whole."""


def _check(names: tuple[str, ...], **columns: tuple[float, ...]) -> None:
    if not names or len(set(names)) < len(names):
        raise ArgumentError(f"names: {len(names)} given, {len(set(names))} different: must be at least one, each once.")
    for argument, values in columns.items():
        if len(values) != len(names):
            raise ArgumentError(f"{argument}: {len(values)} given for {len(names)} names: must be one for each.")
        for value in values:
            checks.number(value, argument, above=0.0)


def _levels_of(name: str, chosen: Settings) -> npt.NDArray[np.uint16]:
    """Return the quantile that each draw takes, any as likely as the next, from 0 to 4,095."""
    digest = hashlib.blake2b(f"{chosen.seed}\n\n{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if not hasattr(_own, "stream"):
        _own.stream = np.random.Philox(key=0)
        _own.start = _own.stream.state
    # As Philox(key=...) begins, which would also ask the system for randomness that it then does not use.
    _own.stream.state = {**_own.start, "state": {**_own.start["state"], "key": np.frombuffer(digest, dtype="<u8")}}
    raw = _own.stream.random_raw(-(-chosen.n // 4))
    levels: npt.NDArray[np.uint16] = raw.astype("<u8", copy=False).view("<u2")[: chosen.n] >> np.uint16(16 - _BITS)
    return levels


_own = threading.local()  # of each thread


def _errors_of(size: float) -> Floats:
    """Return a sum of uniform errors at each quantile.

    The shape is that of the next smaller size that has a table, narrowed so that limits hold and the variance is exact.
    """
    step = int(math.log2(size) * _SHAPES)
    shape = 2.0 ** (step / _SHAPES)
    return _errors_of_shape(step) * math.sqrt(min(shape / size, 1.0))


@lru_cache(maxsize=512)
def _errors_of_shape(step: int) -> Floats:
    errors = SumOfUniforms(2.0 ** (step / _SHAPES)).ppf(midpoints(2**_BITS))
    errors.flags.writeable = False
    return errors
