"""Many small unknowns in one distribution, each drawn by a name of its own, at a cost that thousands of them can bear.

The n quantiles of an unknown are put into one shuffled order, the same for all; draw i of an unknown takes the one at
place (a * i + b) mod n, where a and b hang on its name. So each is a permutation of its quantiles, as of any other
input, and no sorting is needed. In a given draw b alone makes the places of different unknowns independent.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shellflow import checks
from shellflow.errors import ArgumentError, bad_argument
from shellflow.sampling._distributions import Lognormal, SumOfUniforms, normal_quantile
from shellflow.sampling._draws import BoundedCache, order
from shellflow.sampling._settings import Floats, Settings, midpoints

__all__ = ["AverageOfFactors", "Many", "SumOfErrors"]

_MOST_BETWEEN = 1e100  # beyond which its square is no number
_SHAPES = 16  # tables of quantiles for each doubling of the size of a sum
_KEPT_BYTES = 32 * 2**20


@dataclass(frozen=True)
class SumOfErrors:
    """The sum of independent errors, over the sum of their half-widths: from -1 to 1, with mean 0.

    Each is itself a `SumOfUniforms`, drawn by its name: two sums that share some share these errors.

    Parameters
    ----------
    names : tuple of str
        By which each is drawn; equal names are one unknown [unitless].
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
        # Of equal names, which are one error, the half-widths add up.
        of_name: dict[str, tuple[float, float]] = {}
        for name, half, size in zip(self.names, self.halves, self.sizes, strict=True):
            of_name[name] = (of_name.get(name, (0.0, size))[0] + half, size)
        square = math.fsum(half * half / size for half, size in of_name.values())
        return SumOfUniforms(max(1.0, math.fsum(self.halves) ** 2 / square))

    def ppf(self, p: Floats) -> Floats:
        return self._whole.ppf(p)

    @property
    def support(self) -> tuple[float, float]:
        return -1.0, 1.0

    def each(self, chosen: Settings) -> Iterator[Floats]:
        """Yield the draws of each error, from -1 to 1 [unitless]."""
        for name, size in zip(self.names, self.sizes, strict=True):
            yield _errors(name, size, chosen)

    def draws(self, chosen: Settings) -> Floats:
        """Return the draws of the sum, read-only [unitless]."""
        return _mean(self, self.halves, chosen)


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
        normal = _shuffled("normal", normal_quantile, chosen)
        for name, number in zip(self.names, self.numbers, strict=True):
            spread = self._spread(number)
            yield _taken(np.exp(normal * spread - spread * spread / 2.0), name, chosen)

    def draws(self, chosen: Settings) -> Floats:
        """Return the draws of the average, read-only [unitless]."""
        return _mean(self, self.numbers, chosen)


Many = SumOfErrors | AverageOfFactors
"""What is drawn unknown by unknown, and not by the name of the whole."""


def _check(names: tuple[str, ...], **columns: tuple[float, ...]) -> None:
    if not names:
        raise ArgumentError("names: must be at least one.")
    for argument, values in columns.items():
        if len(values) != len(names):
            raise ArgumentError(f"{argument}: {len(values)} given for {len(names)} names: must be one for each.")
        for value in values:
            checks.number(value, argument, above=0.0)


_arrays = BoundedCache(_KEPT_BYTES)


def _mean(several: Many, weights: tuple[float, ...], chosen: Settings) -> Floats:
    """Return the weighted mean of several unknowns in every draw."""

    def make() -> tuple[Floats, int]:
        total = np.zeros(chosen.n)
        for weight, values in zip(weights, several.each(chosen), strict=True):
            total += weight * values
        total /= math.fsum(weights)
        total.flags.writeable = False
        return total, total.nbytes

    return _arrays.get((several, chosen), make)


def _shuffled(kind: object, quantiles: Callable[[Floats], Floats], chosen: Settings) -> Floats:
    """Return the quantiles at the midpoints in the order that all unknowns share."""

    def make() -> tuple[Floats, int]:
        values = quantiles(midpoints(chosen.n))[order("shellflow.many", chosen)]
        return values, values.nbytes

    return _arrays.get((kind, chosen), make)


def _taken(shuffled: Floats, name: str, chosen: Settings) -> Floats:
    """Return what the unknown of a name takes of shuffled quantiles, in every draw."""
    n = chosen.n
    digest = hashlib.blake2b(f"{chosen.seed}\n{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    step, start = (int.from_bytes(half, "little") % n for half in (digest[:8], digest[8:]))
    while math.gcd(step, n) > 1:
        step = (step + 1) % n
    places: npt.NDArray[np.int64] = np.arange(n)
    places *= step
    places += start
    if n & (n - 1):
        places %= n
    else:
        places &= n - 1
    return np.take(shuffled, places, mode="clip")  # none is out of range, and to look for such is half of the work


def _errors(name: str, size: float, chosen: Settings) -> Floats:
    """Return a sum of uniform errors in every draw.

    The shape is that of the next smaller size that has a table, narrowed so that limits hold and the variance is exact.
    """
    step = int(math.log2(size) * _SHAPES)
    shape = SumOfUniforms(2.0 ** (step / _SHAPES))
    errors = _taken(_shuffled(step, shape.ppf, chosen), name, chosen)
    if shape.size < size:
        errors *= math.sqrt(shape.size / size)
    return errors
