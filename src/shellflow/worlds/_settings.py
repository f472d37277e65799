"""How many worlds there are, and the seed of their order."""

from __future__ import annotations

from contextvars import ContextVar, Token
from dataclasses import dataclass

import numpy as np

from shellflow.errors import SettingsError, bad_argument

__all__ = ["DEFAULT_N", "DEFAULT_SEED", "Settings", "current_settings", "one_settings", "settings"]

DEFAULT_N = 16_384
DEFAULT_SEED = 0


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
