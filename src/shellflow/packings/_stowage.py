"""What one transport holds under a packing, in every draw."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shellflow import sampling
from shellflow.inputs import Input

__all__ = ["Stowage"]

_LARGEST_16_BITS = 2**16 - 1


@dataclass(frozen=True)
class Stowage:
    """What one transport holds under one packing, in every draw.

    Parameters
    ----------
    rounds : array of n floats
        Rounds in one transport, read-only [round].
    cargo_kg : array of n floats or None
        Gross mass of the packages in one transport, read-only; None for a ratio, of which nothing is packed [kg].
    limited_by : mapping of str to float
        In what share of the draws mass, space or, in its transport, the norm binds; empty where there is no limit
        [unitless].
    cliffs : tuple of (str, float)
        Cliffs by name, each with its probability [unitless].
    nothing_fits : float
        Share of the draws in which no package fits [unitless].
    inputs : tuple of Input
        Every input that enters.
    binding_inputs : tuple of Input
        Those that enter a limit which binds in at least 5 % of the draws.
    notes : tuple of str
        Findings, in words.
    """

    rounds: sampling.Floats
    cargo_kg: sampling.Floats | None
    limited_by: Mapping[str, float]
    cliffs: tuple[tuple[str, float], ...]
    nothing_fits: float
    inputs: tuple[Input, ...]
    binding_inputs: tuple[Input, ...]
    notes: tuple[str, ...]

    @cached_property
    def ordered(self) -> sampling.Floats:
        """The rounds in rising order: sorted once for every count of such transports."""
        if self.rounds.max() <= _LARGEST_16_BITS:
            integers = self.rounds.astype(np.uint16)
            if np.array_equal(integers, self.rounds):
                return np.sort(integers, kind="stable").astype(float)  # by radix: an eighth of the time
        return np.sort(self.rounds)
