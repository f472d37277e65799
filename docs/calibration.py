"""Invented flows and statements on them, to see how often what `reconcile` says of them is true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

import shellflow as sf
from shellflow import sampling
from shellflow.reconciliation import Range, Weighing, weigh, weighted_quantiles

__all__ = ["ERROR", "FLOWS", "KINDS", "Coverage", "N", "calibrate"]

FLOWS = 2_000
N = 4_096
ERROR = 0.1

Floats = npt.NDArray[np.float64]

KINDS = {
    "points": "each source errs once, by its error, and states the number it comes to",
    "ranges": "it states from an error below to an error above that number",
    "floors": "of the mass it states up to 30 % less than that number, as what there is at least; rounds as a range",
    "off by 1.5": "points, but the first source counts three rounds for two",
    "off by 3": "points, but the first source counts three rounds for one",
}
"""The ways in which statements are made of a flow."""

_OFF_BY = {"off by 1.5": 1.5, "off by 3": 3.0}


@dataclass(frozen=True)
class Coverage:
    """How often what is said of invented flows was true.

    Parameters
    ----------
    flows : int
        How many there were [unitless].
    with_band : float
        Share of them in which a band was given [unitless].
    rounds, tonnes : float
        Share of these bands that held the rounds, and the tonnes, of a container [unitless].
    rounds_of_all, tonnes_of_all : float
        The same where bands that were not given count too [unitless].
    conflicts, outside : float
        Share of the flows in which a statement was said to conflict, or to lie outside the model [unitless].
    """

    flows: int
    with_band: float
    rounds: float
    tonnes: float
    rounds_of_all: float
    tonnes_of_all: float
    conflicts: float
    outside: float


def calibrate(kind: str, *, flows: int = FLOWS, n: int = N, level: float = 0.9) -> Coverage:
    """Return how often the bands after held, over flows drawn from a model and statements made of them.

    The flows are draws of the same model by another seed, so that all is as the model says but which draw is true.
    """
    rounds, tonnes = _per_container(n, seed=0)
    true_rounds, true_tonnes = _per_container(flows, seed=1)
    tails = ((1 - level) / 2, (1 + level) / 2)
    given, conflicts, outside, hits = [], [], [], []
    for place, ranges in enumerate(_statements(kind, true_rounds, true_tonnes)):
        weighing: Weighing = weigh([rounds, tonnes], ranges, [ERROR, ERROR])
        given.append(weighing.has_band)
        conflicts.append(bool(weighing.conflicting))
        outside.append(bool(weighing.outside))
        hits.append(
            [
                low <= truth[place] <= high
                for values, truth in ((rounds, true_rounds), (tonnes, true_tonnes))
                for low, high in (weighted_quantiles(values, weighing.weights, tails),)
            ]
        )
    inside, shown = np.array(hits, dtype=float), np.array(given)
    of_given = inside[shown].mean(axis=0) if shown.any() else np.full(2, np.nan)
    return Coverage(
        flows,
        float(shown.mean()),
        float(of_given[0]),
        float(of_given[1]),
        float(inside[:, 0].mean()),
        float(inside[:, 1].mean()),
        float(np.mean(conflicts)),
        float(np.mean(outside)),
    )


def _per_container(n: int, seed: int) -> tuple[Floats, Floats]:
    """Return the rounds and the tonnes of a container in every draw: 152 mm and 122 mm shells in an unknown mix."""
    with sf.settings(n=n, seed=seed):
        estimate = sf.estimate(1, sf.mix("152mm", "122mm-shell"), packing="as-loaded")
        any_line = sf.statement("rounds", 200, count=1, family="none", basis="contents", error=1)
        model = sf.reconcile(estimate, any_line).blocks[0].model
    assert model.mass_t is not None
    return model.rounds, model.mass_t


def _statements(kind: str, rounds: Floats, tonnes: Floats) -> Iterator[list[Range]]:
    chosen = sampling.Settings(n=rounds.size, seed=2)
    first, second = (
        sampling.draw(f"error of the {source} source", sampling.Lognormal(0.0, ERROR), chosen)
        for source in ("first", "second")
    )
    part = 1 - sampling.draw("how much less is stated", sampling.Uniform(0.0, 0.3), chosen)
    for of_rounds, of_tonnes, floor in zip(rounds * first, tonnes * second, part * tonnes * second, strict=True):
        if kind == "ranges":
            yield [_around(of_rounds), _around(of_tonnes)]
        elif kind == "floors":
            yield [_around(of_rounds), (floor, None)]
        else:
            off = of_rounds * _OFF_BY.get(kind, 1.0)
            yield [(off, off), (of_tonnes, of_tonnes)]


def _around(number: float) -> Range:
    return number * float(np.exp(-ERROR)), number * float(np.exp(ERROR))


def main() -> None:
    """Print the coverage of every kind of statements."""
    for kind in KINDS:
        print(kind, calibrate(kind))  # noqa: T201  it is a script


if __name__ == "__main__":
    main()
