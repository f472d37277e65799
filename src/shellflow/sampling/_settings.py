"""How many draws there are, at which probabilities, and the seed of their order."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shellflow import checks
from shellflow.errors import SettingsError

__all__ = [
    "DEFAULT_N",
    "DEFAULT_SEED",
    "Floats",
    "Settings",
    "current_settings",
    "midpoints",
    "one_settings",
    "settings",
]

DEFAULT_N = 16_384
DEFAULT_SEED = 0

_MOST_N = 2**24  # 128 MB for each array of draws
_MOST_SEED = 2**128 - 1  # numpy's own seeds are no longer


@dataclass(frozen=True)
class Settings:
    """How many draws there are, and the seed of their order.

    Parameters
    ----------
    n : int
        Number of draws, from 1 to 16,777,216 (2**24) [unitless].
    seed : int
        From 0 to 2**128 - 1 [unitless].

    Raises
    ------
    ArgumentError
        If either is not such a whole number.
    """

    n: int = DEFAULT_N
    seed: int = DEFAULT_SEED

    def __post_init__(self) -> None:
        object.__setattr__(self, "n", checks.whole_number(self.n, "n", least=1, most=_MOST_N))
        object.__setattr__(self, "seed", checks.whole_number(self.seed, "seed", least=0, most=_MOST_SEED))


# The blocks that are open here, the innermost last, each with the object that opened it: every thread and task has its
# own, and a block that ends before one it was opened around takes away only itself.
_open: ContextVar[tuple[tuple[object, Settings], ...]] = ContextVar("shellflow_settings", default=())


def current_settings() -> Settings:
    """Return the settings in force here: those of the innermost `with settings(...)`, or the defaults.

    Returns
    -------
    Settings
        Number of draws and seed.
    """
    blocks = _open.get()
    return blocks[-1][1] if blocks else Settings()


class settings:  # noqa: N801  used as `with sf.settings(n=...)`, like decimal.localcontext
    """Set the number of draws and the seed for a block.

    What was made inside the block keeps these settings afterwards. Results of two settings cannot be added: their
    draws are not the same draws. A new thread starts from the defaults. One object may be entered as often as one
    likes, also inside itself and in several threads and tasks: each `with` is its own.

    In a generator a block goes on while the generator is suspended, since Python gives it the context of whoever calls
    it: between two `next` its caller has these settings too, until the generator goes on and leaves the block. Make
    the estimates of a generator before it yields, or write the `with` outside of it.

    Parameters
    ----------
    n : int, optional
        Number of draws; unchanged when left out [unitless].
    seed : int, optional
        Seed of the order of the draws; unchanged when left out [unitless].

    Raises
    ------
    ArgumentError
        If `n` is not a whole number from 1 to 2**24 or `seed` not one from 0 to 2**128 - 1.

    Examples
    --------
    >>> with settings(n=1000):
    ...     current_settings()
    Settings(n=1000, seed=0)
    """

    def __init__(self, *, n: int | None = None, seed: int | None = None) -> None:
        Settings(DEFAULT_N if n is None else n, DEFAULT_SEED if seed is None else seed)
        self._n, self._seed = n, seed

    def __enter__(self) -> Settings:
        outer = current_settings()
        chosen = Settings(outer.n if self._n is None else self._n, outer.seed if self._seed is None else self._seed)
        _open.set((*_open.get(), (self, chosen)))
        return chosen

    def __exit__(self, *_: object) -> None:
        blocks = _open.get()
        own = [place for place, (owner, _) in enumerate(blocks) if owner is self]
        if own:  # none where Python ends a forgotten generator in another context, which never had its settings
            _open.set(blocks[: own[-1]] + blocks[own[-1] + 1 :])


def one_settings(*several: Settings) -> Settings:
    """Return the settings that several results share.

    Parameters
    ----------
    *several : Settings
        At least one.

    Returns
    -------
    Settings
        The settings of each of them.

    Raises
    ------
    SettingsError
        If they differ.
    """
    first = several[0]
    for other in several[1:]:
        if other != first:
            raise SettingsError(
                f"results of different draws in one expression: n={first.n}, seed={first.seed} and n={other.n}, "
                f"seed={other.seed}. Make both inside the same `with sf.settings(...)` block."
            )
    return first


Floats = npt.NDArray[np.float64]


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
    """
    return (np.arange(n) + 0.5) / n
