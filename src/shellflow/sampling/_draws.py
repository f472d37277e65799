"""One value per draw of an unknown, in an order that hangs on nothing but the seed and its name."""

from __future__ import annotations

import hashlib
import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from shellflow.sampling._distributions import Distribution, Fixed
from shellflow.sampling._settings import Floats, Settings, midpoints

__all__ = ["BoundedCache", "clear_caches", "draw", "order"]

_CACHE_BYTES = 48 * 2**20

T = TypeVar("T")


class BoundedCache:
    """A store that never holds more than so many bytes, the longest unused going first; safe in threads."""

    def __init__(self, most_bytes: int) -> None:
        self._most = most_bytes
        self._stored: OrderedDict[Hashable, tuple[Any, int]] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()
        _caches.add(self)

    def clear(self) -> None:
        """Empty the store."""
        with self._lock:
            self._stored.clear()
            self._bytes = 0

    def get(self, key: Hashable, make: Callable[[], tuple[T, int]]) -> T:
        """Return the value stored under `key`; where there is none, store what `make` gives, with its size in bytes."""
        with self._lock:
            if key in self._stored:
                self._stored.move_to_end(key)
                value: T = self._stored[key][0]
                return value
        # Made outside the lock: two threads may make the same arrays, which are then equal.
        made, size = make()
        with self._lock:
            if key not in self._stored and size <= self._most:
                self._stored[key] = (made, size)
                self._bytes += size
                while self._bytes > self._most:
                    self._bytes -= self._stored.popitem(last=False)[1][1]
        return made


_caches: weakref.WeakSet[BoundedCache] = weakref.WeakSet()
_arrays = BoundedCache(_CACHE_BYTES)


def clear_caches() -> None:
    """Empty every store of draws and of what was calculated from them, such as to free memory."""
    for cache in list(_caches):
        cache.clear()


def order(name: str, chosen: Settings) -> npt.NDArray[np.intp]:
    """Return the permutation of 0..n-1 that belongs to this name: draw i holds the quantile of rank `order[i]`.

    Parameters
    ----------
    name : str
        The input's name [unitless].
    chosen : Settings
        Number of draws and seed.

    Returns
    -------
    array of int
        Read-only [unitless].

    Notes
    -----
    The stable argsort of n raw 64-bit numbers of Philox, keyed by blake2b of seed and name. numpy keeps raw output
    stable between releases, which it does not promise of its generators' methods.
    """

    def make() -> tuple[npt.NDArray[np.intp], int]:
        digest = hashlib.blake2b(f"{chosen.seed}\n{name}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
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
    """Return one value per draw of the unknown of this name.

    Parameters
    ----------
    name : str
        The input's name, which is its identity [unitless].
    distribution : Distribution
        What is known of it.
    chosen : Settings
        Number of draws and seed.

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
    except TypeError:  # a foreign distribution that cannot be hashed cannot be stored either
        return make()[0]
