"""What one transport holds under a packing, in every draw, and the cliffs on which that hangs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from shellflow import boxes, sampling
from shellflow.inputs import Input
from shellflow.packings._model import Physical

__all__ = ["Stowage", "cliffs_of"]

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
    asides : frozenset of str
        Those of the notes that say how a number was made, and do not change how it is read.
    """

    rounds: sampling.Floats
    cargo_kg: sampling.Floats | None
    limited_by: Mapping[str, float]
    cliffs: tuple[tuple[str, float], ...]
    nothing_fits: float
    inputs: tuple[Input, ...]
    binding_inputs: tuple[Input, ...]
    notes: tuple[str, ...]
    asides: frozenset[str] = frozenset()

    @cached_property
    def ordered(self) -> sampling.Floats:
        """The rounds in rising order: sorted once for every count of such transports."""
        if self.rounds.max() <= _LARGEST_16_BITS:
            integers = self.rounds.astype(np.uint16)
            if np.array_equal(integers, self.rounds):
                return np.sort(integers, kind="stable").astype(float)  # by radix: an eighth of the time
        return np.sort(self.rounds)


_CLIFF_ROWS = 1.5  # a structural count that changes by this factor between draws is a cliff ...
_CLIFF_ROUNDS = 1.1  # ... when nearly all rounds beyond it differ from the usual median by at least this factor

_NUMBER_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def cliffs_of(packing: Physical, rounds: sampling.Floats, chosen: sampling.Settings) -> tuple[tuple[str, float], ...]:
    """Return the counts of rows or layers on which the answer hangs, each with its probability.

    The number of rounds in a name is reached in 95 % of the draws beyond the cliff.
    """
    cliffs: list[tuple[str, float]] = []
    for noun, where, counts in _structure(packing, chosen):
        if counts.min() == counts.max():
            continue
        usual = int(np.argmax(np.bincount(counts)))
        # Not np.median, which loads numpy.ma: 7 ms.
        (usual_rounds,) = sampling.quantiles(rounds[counts == usual], (0.5,))
        for more in (True, False):
            beyond = counts > usual if more else counts < usual
            if not beyond.any():
                continue
            value = int(counts[beyond].min() if more else counts[beyond].max())
            least, most = min(value, usual), max(value, usual)
            (edge,) = sampling.quantiles(rounds[beyond], (0.05 if more else 0.95,))
            apart = edge >= usual_rounds * _CLIFF_ROUNDS if more else edge <= usual_rounds / _CLIFF_ROUNDS
            if most < least * _CLIFF_ROWS or not apart:
                continue
            number = _NUMBER_WORDS[value] if value < len(_NUMBER_WORDS) else str(value)
            plural = "" if value == 1 else "s"
            outcome = f"{edge:,.0f} rounds or {'more' if more else 'fewer'}" if value > 0 else "nothing fits"
            cliffs.append((f"{number} {noun}{plural} {where}: {outcome}", float(np.mean(beyond))))
    return tuple(cliffs)


def _structure(
    packing: Physical, chosen: sampling.Settings
) -> Iterator[tuple[str, str, np.ndarray[tuple[int], np.dtype[np.int64]]]]:
    """Yield rows lengthwise, where one orientation is forced, and layers: counts so few that one more matters."""
    if packing.size is None or packing.inner is None:
        return
    length, width, height = (side.draws(chosen) for side in packing.size)
    inner_length, inner_width, inner_height = (side.distribution.support[0] for side in packing.inner)
    longer = np.maximum(length, width) + packing.clearance.draws(chosen)
    across = min(inner_length, inner_width)
    if packing.orientation == "free":
        longer = np.maximum(longer, height + packing.clearance.draws(chosen))
        across = max(across, inner_height)
    if np.all(longer > across):
        rows = np.floor(max(inner_length, inner_width) / longer * (1 + boxes.SLACK))
        yield "row", "lengthwise", rows.astype(np.int64)
    if packing.orientation == "free":  # any side may stand, and there are no layers to count
        return
    layers = np.floor(inner_height / height * (1 + boxes.SLACK))
    yield "layer", "high", np.minimum(layers, packing.layers or np.inf).astype(np.int64)
