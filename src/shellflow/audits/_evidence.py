"""What a claim is held against: its position under every packing, and the numbers at which the verdict changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shellflow.audits._judgement import Position
from shellflow.audits._positions import limit_of, position_of, thresholds_of
from shellflow.audits._reading import Cargo, Question
from shellflow.audits._verdicts import Thresholds, joint
from shellflow.catalog import Catalog, Munition, Transport
from shellflow.estimates import count_term
from shellflow.inputs import Input
from shellflow.packings import Packing
from shellflow.statements import SEEN
from shellflow.terms import Product

__all__ = ["Evidence", "gather_evidence", "thresholds_alone"]

_JUDGED_BY = ("as-loaded", "crated", "ceiling")


@dataclass(frozen=True)
class Evidence:
    """What a claim is held against.

    Parameters
    ----------
    positions : tuple of Position
        Under the packings asked for, for each cargo.
    judged_by : dict of str to Position
        For the first cargo under the packings that the verdict rests on; empty of a mass.
    limits : dict of str to Thresholds
        For each cargo.
    limits_alone : dict of str to Thresholds
        For each cargo and each munition of a mix by itself; empty where there is only one.
    thresholds : Thresholds
        Those of all cargoes together.
    capped : bool
        Whether the most that is seen is that of the heaviest load observed, and not the P95 of loads [unitless].
    per_container : Thresholds or None
        Of voyages, those of one container.
    boxes_each : float
        The most containers to a voyage, infinite where it is not known; 1 where no voyages are counted.
    """

    positions: tuple[Position, ...]
    judged_by: dict[str, Position]
    limits: dict[str, Thresholds]
    limits_alone: dict[str, Thresholds]
    thresholds: Thresholds
    capped: bool
    per_container: Thresholds | None
    boxes_each: float


def gather_evidence(
    question: Question,
    ratio: tuple[float, float],
    packings: Sequence[str | Packing],
    left_out: tuple[str, ...],
    containers_per_voyage: object,
    catalog: Catalog,
) -> Evidence:
    """Return what a claim is held against."""
    boxes_each = _most_containers(question.statement.kind, question.box, containers_per_voyage, catalog)

    def positions_of(cargo: Cargo, names: Iterable[str | Packing]) -> dict[str, Position]:
        if question.is_of_mass:
            return {}
        return {
            name if isinstance(name, str) else name.name: position_of(
                cargo, name, question, ratio, left_out, containers_per_voyage, catalog
            )
            for name in names
            if isinstance(name, str) or cargo.munitions == (name.munition,)
        }

    positions: list[Position] = []
    judged_by: dict[str, dict[str, Position]] = {}
    for cargo in question.cargoes:
        listed = positions_of(cargo, packings)
        positions += listed.values()
        # The verdict rests on three of the shipped packings, whether or not they were asked for.
        judged_by[cargo.label] = {**listed, **positions_of(cargo, [name for name in _JUDGED_BY if name not in listed])}
    limits = {
        cargo.label: thresholds_of(cargo, question, judged_by[cargo.label], boxes_each, catalog)
        for cargo in question.cargoes
    }
    alone = dict(limits)
    for cargo in question.cargoes:
        for munition in cargo.munitions if cargo.mix is not None else ():
            alone[munition.munition] = thresholds_alone(munition, question, boxes_each, catalog)
    thresholds = joint(limits.values())
    if not question.munition_is_named and thresholds.most_possible is not None:
        # A munition of which more fit may have been meant.
        most = max(limit_of(munition, question, catalog) for munition in catalog.munitions) * boxes_each
        thresholds = replace(thresholds, most_possible=most, most_decidable=thresholds.most_possible)
    return Evidence(
        positions=tuple(positions),
        judged_by=judged_by[question.cargoes[0].label],
        limits=limits,
        limits_alone=alone if len(alone) > 1 else {},
        thresholds=thresholds,
        capped=not question.is_of_mass and _is_capped(limits, judged_by),
        per_container=_per_container(question, catalog) if question.statement.kind == "voyage" else None,
        boxes_each=boxes_each,
    )


def _is_capped(limits: Mapping[str, Thresholds], judged_by: Mapping[str, dict[str, Position]]) -> bool:
    """Return whether the band of observed loads reaches beyond the most that is seen, for what most is seen of."""
    label = max(limits, key=lambda label: limits[label].most_seen or 0.0)
    most, seen = limits[label].most_seen, judged_by[label]["as-loaded"].per_transport
    return most is not None and seen is not None and seen.band(SEEN)[2] > most


def thresholds_alone(munition: Munition, question: Question, boxes_each: float, catalog: Catalog) -> Thresholds:
    """Return the numbers at which the verdict changes, if all rounds were of one munition."""
    cargo = Cargo(munition.munition, (munition,))
    positions = {}
    if not question.is_of_mass:
        positions = {name: position_of(cargo, name, question, (1.0, 1.0), (), None, catalog) for name in _JUDGED_BY}
    return thresholds_of(cargo, question, positions, boxes_each, catalog)


def _per_container(question: Question, catalog: Catalog) -> Thresholds:
    box = replace(question, statement=replace(question.statement, kind="container"))
    several = []
    for cargo in question.cargoes:
        positions = {name: position_of(cargo, name, box, (1.0, 1.0), (), None, catalog) for name in _JUDGED_BY}
        several.append(thresholds_of(cargo, box, positions, 1.0, catalog))
    return joint(several)


def _most_containers(kind: str, box: Transport, containers_per_voyage: object, catalog: Catalog) -> float:
    if containers_per_voyage is None:
        return math.inf if kind == "voyage" else 1.0
    counted = count_term(f"1 {kind}", box, containers_per_voyage, catalog)  # refuses it where it does not belong
    assert isinstance(counted, Product)
    _, carried = counted.factors
    assert isinstance(carried, Input)
    return carried.distribution.support[1]
