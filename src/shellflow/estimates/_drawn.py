"""What the functions of this room need of an estimate, so that they can be told of it without knowing its class."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from shellflow import sampling
from shellflow.estimates._reasons import Reasons
from shellflow.terms import Term

__all__ = ["Drawn", "stamp_of"]


class Drawn(Protocol):
    """A term with its values in every draw: an `Estimate`."""

    @property
    def term(self) -> Term:
        """What it is made of."""

    @property
    def settings(self) -> sampling.Settings:
        """Number of draws and seed."""

    @property
    def made_by(self) -> Mapping[str, str]:
        """Versions that made it."""

    @property
    def unit(self) -> str:
        """Its unit."""

    @property
    def values(self) -> sampling.Floats:
        """One value per draw."""

    @property
    def _ordered(self) -> sampling.Floats:
        """The same in rising order."""

    @property
    def reasons(self) -> Reasons:
        """Why it is what it is."""

    def band(self, level: float = 0.9) -> tuple[float, float, float]:
        """Return low end, median and high end."""

    def in_words(self, level: float = 0.9) -> str:
        """Return median and band in words."""


def stamp_of(estimate: Drawn) -> dict[str, object]:
    """Return what makes an estimate again: library version, hash of the data, number of draws and seed."""
    return {**estimate.made_by, "n": estimate.settings.n, "seed": estimate.settings.seed}
