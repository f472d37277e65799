"""What a claim is held against: its position under every packing, and the numbers at which the verdict changes."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from shellflow.audits._judgement import Position
from shellflow.audits._positions import limit_of, norm_of, position_of, thresholds_of
from shellflow.audits._reading import Cargo, Question
from shellflow.audits._verdicts import Thresholds, joint
from shellflow.catalog import Catalog, Munition, Transport
from shellflow.estimates import count_term
from shellflow.inputs import Input
from shellflow.packings import Packing
from shellflow.statements import EXACT, SEEN
from shellflow.terms import Product

__all__ = ["HEAVIEST", "NORM", "Evidence", "gather_evidence", "thresholds_alone"]

HEAVIEST = "the heaviest load observed"
NORM = "the norm of a full transport"

_JUDGED_BY = ("as-loaded", "crated", "ceiling")


@dataclass(frozen=True)
class Evidence:
    """What a claim is held against.

    Parameters
    ----------
    positions : tuple of Position
        Under the packings asked for, for each cargo.
    judged_by : dict of str to Position
        For the first cargo under the packings that the verdict rests on, which is on none of a mass.
    limits : dict of str to Thresholds
        For each cargo.
    limits_alone : dict of str to Thresholds
        For each cargo and each munition of a mix by itself; empty where there is only one.
    thresholds : Thresholds
        Those of all cargoes together.
    cap : str
        What the most that is seen is that of: `HEAVIEST` or `NORM`; "" where it is the P95 of loads [unitless].
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
    cap: str
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
        rest = [] if question.is_of_mass else [name for name in _JUDGED_BY if name not in listed]
        judged_by[cargo.label] = {**listed, **positions_of(cargo, rest)}
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
        most = max(limit_of(munition, question, catalog) for munition in question.candidates(catalog)) * boxes_each
        thresholds = replace(thresholds, most_possible=most, most_decidable=thresholds.most_possible)
    return Evidence(
        positions=tuple(positions),
        judged_by=judged_by[question.cargoes[0].label],
        limits=limits,
        limits_alone=alone if len(alone) > 1 else {},
        thresholds=thresholds,
        cap="" if question.is_of_mass else _cap(question, limits, judged_by, catalog),
        per_container=_per_container(question, catalog) if question.statement.kind == "voyage" else None,
        boxes_each=boxes_each,
    )


def _cap(
    question: Question,
    limits: Mapping[str, Thresholds],
    judged_by: Mapping[str, dict[str, Position]],
    catalog: Catalog,
) -> str:
    """Return what the most that is seen is that of, for what most is seen of; "" where it is the P95 of loads."""
    label = max(limits, key=lambda label: limits[label].most_seen or 0.0)
    most, seen = limits[label].most_seen, judged_by[label]["as-loaded"].per_transport
    if most is None or seen is None or seen.band(SEEN)[2] <= most:
        return ""
    (cargo,) = (cargo for cargo in question.cargoes if cargo.label == label)
    norm = max((norm_of(munition, question, catalog) or 0.0 for munition in cargo.munitions), default=0.0)
    return NORM if most >= norm * (1 - 100 * EXACT) > 0 else HEAVIEST


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
