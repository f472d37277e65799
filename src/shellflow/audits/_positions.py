"""Where a claim stands in the band of a packing, and at which numbers the verdict on it changes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from shellflow import packings as packed
from shellflow import sampling
from shellflow.audits._judgement import Load, Position
from shellflow.audits._reading import TONNE, Cargo, Question
from shellflow.audits._verdicts import Thresholds
from shellflow.catalog import Catalog, Munition, Transport, observed_load, observed_loads, projectile_mass
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.estimates import estimate
from shellflow.packings import Packing, Physical
from shellflow.statements import EXACT, SEEN

__all__ = [
    "bare_kg",
    "hard_limit_of",
    "kg_as_loaded",
    "kg_of_packed_round",
    "kg_per_round",
    "limit_of",
    "loads_of",
    "norm_of",
    "observed_t",
    "position_of",
    "room_for_round",
    "thresholds_of",
]


def position_of(
    cargo: Cargo,
    packing: str | Packing,
    question: Question,
    ratio: tuple[float, float],
    left_out: tuple[str, ...],
    containers_per_voyage: object,
    catalog: Catalog,
) -> Position:
    """Return where a claim stands in the band of one packing, or what is missing for that."""
    name = packing if isinstance(packing, str) else packing.name
    try:
        if packing == "reported" and cargo.mix is None:
            packing = packed.shipped("reported", cargo.munitions[0], question.box, catalog, without=left_out)
        per_transport = estimate(
            "1 t" if question.is_of_mass else f"1 {question.statement.kind}",
            cargo.subject,
            packing=packing,
            transport=None if question.is_of_mass else question.box,
            charge=question.charge if packed.takes_charge(cargo.subject, packing, catalog) else None,
            containers_per_voyage=containers_per_voyage,
            catalog=catalog,
        )
        values = per_transport.values
    except NoDataError as error:
        missing = f"no data: missing {error.missing}" if error.missing else str(error)
        return Position(cargo.label, name, "", None, None, None, missing)
    except DoesNotFitError:
        return Position(cargo.label, name, "", None, None, None, "does not fit")
    median = per_transport.band()[1]
    low, high = (_share_below(values, number) for number in ratio)
    to_median = (ratio[0] / median, ratio[1] / median) if median > 0 else None
    return Position(cargo.label, name, per_transport.basis, per_transport, (low, high), to_median)


def _share_below(values: sampling.Floats, number: float) -> float:
    slack = EXACT * number
    below, equal = np.mean(values < number - slack), np.mean(np.abs(values - number) <= slack)
    return float(below + equal / 2)


def thresholds_of(
    cargo: Cargo, question: Question, positions: Mapping[str, Position], boxes_each: float, catalog: Catalog
) -> Thresholds:
    """Return the numbers at which the verdict changes, for what the rounds are taken to be.

    Parameters
    ----------
    cargo : Cargo
        What the rounds are taken to be.
    question : Question
        What is to be judged.
    positions : mapping of str to Position
        Those under `as-loaded`, `crated` and `ceiling`; of a mass they are not looked at.
    boxes_each : float
        The most containers to a voyage, infinite where it is not known, and 1 where no voyages are counted.
    catalog : Catalog
        Where names are looked up.
    """
    if question.is_of_mass:
        return _thresholds_of_tonne(cargo, question, catalog)
    limit = hard_limit_of(cargo, question, catalog)[0] * boxes_each
    seen, crated, ceiling = (positions[name].per_transport for name in ("as-loaded", "crated", "ceiling"))
    least_seen, _, most_seen = (None, None, None) if seen is None else seen.band(SEEN)
    # Of three loads the band reaches up to what fits, which says nothing of what is inside.
    if most_seen is not None and crated is not None and most_seen >= crated.band(SEEN)[0]:
        most_seen = min(most_seen, _at_heaviest_load(cargo, question, catalog), _below_norm(cargo, question, catalog))
    return Thresholds(
        least_seen,
        most_seen,
        None if crated is None else crated.band(SEEN)[2],
        limit if limit < math.inf else None,
        math.inf if limit < math.inf or ceiling is None else ceiling.band(SEEN)[2],
    )


def _thresholds_of_tonne(cargo: Cargo, question: Question, catalog: Catalog) -> Thresholds:
    least, most, possible = [], [], []
    for munition in cargo.munitions:
        possible.append(1000.0 / bare_kg(munition)[0])
        bands = kg_of_packed_round(munition, question, catalog).values()
        if bands:
            least.append(1000.0 / max(band[2] for band in bands))
            most.append(1000.0 / min(band[0] for band in bands))
    seen = len(least) == len(cargo.munitions)
    return Thresholds(
        _of_cargo(cargo, least, min) if seen else None,
        _of_cargo(cargo, most, max) if seen else None,
        _of_cargo(cargo, most, max) if seen else None,
        _of_cargo(cargo, possible, max),
    )


def _of_cargo(cargo: Cargo, limits: list[float], outermost: Callable[[list[float]], float]) -> float:
    """Return a limit of what the rounds are taken to be from those of its munitions."""
    if cargo.mix is not None and cargo.mix.shares is not None:
        return math.fsum(share * limit for share, limit in zip(cargo.mix.shares, limits, strict=True))
    return outermost(limits)


def hard_limit_of(cargo: Cargo, question: Question, catalog: Catalog) -> tuple[float, str]:
    """Return the rounds that no transport can exceed, and what limits them: "mass" or "space" [round/transport].

    Of a kind of transport whose type is not stated, what has been observed was possible.
    """
    limits, reasons = [], []
    for munition in cargo.munitions:
        limit, reason = packed.hard_limit(munition, question.box)
        observed = observed_t(question, catalog)
        if question.box.kind != "container" and not question.box_is_named and observed is not None:
            limit = max(limit, 1000.0 * observed[1] / bare_kg(munition)[0])
        limits.append(limit)
        reasons.append(reason)
    return _of_cargo(cargo, limits, max), "mass" if "mass" in reasons else "space"


def limit_of(munition: Munition, question: Question, catalog: Catalog) -> float:
    """Return the rounds of a munition that no transport, or no tonne of cargo, can exceed [round/transport]."""
    if question.is_of_mass:
        return 1000.0 / bare_kg(munition)[0]
    return hard_limit_of(Cargo(munition.munition, (munition,)), question, catalog)[0]


def _at_heaviest_load(cargo: Cargo, question: Question, catalog: Catalog) -> float:
    """Return the rounds at the heaviest load observed, of the lightest package; of voyages it is not known."""
    observed = observed_t(question, catalog)
    if observed is None or question.statement.kind == "voyage":
        return math.inf
    rounds = []
    for munition in cargo.munitions:
        bands = kg_of_packed_round(munition, question, catalog).values()
        if not bands:
            return math.inf
        rounds.append(1000.0 * observed[1] / min(band[0] for band in bands))
    return _of_cargo(cargo, rounds, max)


def _below_norm(cargo: Cargo, question: Question, catalog: Catalog) -> float:
    """Return the rounds just below the norm of a full transport, infinite where there is none for some munition."""
    norms = [norm_of(munition, question, catalog) for munition in cargo.munitions]
    known = [norm for norm in norms if norm is not None]
    return _of_cargo(cargo, known, max) * (1 - 10 * EXACT) if len(known) == len(norms) else math.inf


def norm_of(munition: Munition, question: Question, catalog: Catalog) -> float | None:
    """Return how many rounds a transport holds that is full by its norm; None where it has none [round/transport].

    It is stated of the usual package, and so says nothing of packages that are known to be without the charge.
    """
    if question.charge == "without":
        return None
    try:
        crated = packed.shipped("crated", munition, question.box, catalog)
    except NoDataError:
        return None
    if not isinstance(crated, Physical) or crated.norm is None or crated.norm_transport != question.box.transport:
        return None
    return crated.rounds * crated.norm.distribution.support[0]


def observed_t(question: Question, catalog: Catalog) -> tuple[float, float] | None:
    """Return the lightest and the heaviest load observed of a kind of transport, as averages [t]."""
    if question.is_of_mass:
        return None
    averages = [
        mass_t / load.transports
        for load in observed_loads(question.box.kind, catalog)
        for mass_t in (load.mass_t_low, load.mass_t_high)
    ]
    return (min(averages), max(averages)) if averages else None


def bare_kg(munition: Munition) -> tuple[float, float]:
    """Return the least and the most that a bare round may weigh [kg]."""
    return projectile_mass(munition).distribution.support


def kg_of_packed_round(munition: Munition, question: Question, catalog: Catalog) -> dict[str, tuple[float, ...]]:
    """Return the 90 % band and the median of the mass of a round with its share of the package, by how it is packed.

    Empty where no package of it is known.
    """
    try:
        crated = packed.shipped("crated", munition, question.box, catalog)
    except NoDataError:
        return {}
    if packed.takes_charge(munition, "crated", catalog):
        (crated,) = packed.settled((crated,), question.charge, catalog)
    assert isinstance(crated, Physical)
    bands = {}
    for charge, package in packed.packages_of(crated).items():
        kg = packed.gross_mass(package, sampling.current_settings()) / package.rounds
        label = f"crated, {charge}" if charge else "crated"
        bands[label] = tuple(float(value) for value in np.quantile(kg, (0.05, 0.5, 0.95)))
    return bands


def loads_of(question: Question, ratio: tuple[float, float], catalog: Catalog) -> list[Load]:
    """Return what so many rounds weigh in one transport, by munition and by how they are packed."""
    if question.statement.kind in ("voyage", TONNE):
        return []
    loads = []
    munitions = {munition.munition: munition for cargo in question.cargoes for munition in cargo.munitions}
    for munition in munitions.values():
        bands = kg_of_packed_round(munition, question, catalog)
        kg = {name: band[1] for name, band in bands.items()} or {"bare": projectile_mass(munition).band()[1]}
        loads += [Load(munition.munition, name, each, (ratio[0] * each, ratio[1] * each)) for name, each in kg.items()]
    return loads


def kg_as_loaded(
    box: Transport, ratio: tuple[float, float], seen: Position, catalog: Catalog
) -> tuple[float, float] | None:
    """Return what a round may weigh at the median observed load, for each number of the ratio [kg]."""
    if seen.per_transport is None:
        return None
    load_kg = min(observed_load(box.kind, catalog).band()[1], box.payload_kg)
    return load_kg / ratio[1], load_kg / ratio[0]


def kg_per_round(question: Question, ratio: tuple[float, float]) -> tuple[float, float] | None:
    """Return what a round may weigh at full payload, or in so much cargo, for each number; None of voyages [kg]."""
    if question.statement.kind == "voyage":
        return None
    kg = 1000.0 if question.is_of_mass else question.box.payload_kg
    return kg / ratio[1], kg / ratio[0]


def room_for_round(box: Transport, ratio: tuple[float, float]) -> tuple[float, float] | None:
    """Return what room there is for a round, for each number of the ratio [m3]."""
    volume_m3 = packed.inner_volume_m3(box)
    return None if volume_m3 is None else (volume_m3 / ratio[1], volume_m3 / ratio[0])
