"""Where a claim stands in the band of a packing, the verdict on it, and what would make it possible."""

from __future__ import annotations

import math

import numpy as np

from shellflow import packings as packed
from shellflow import sampling, words
from shellflow.audits._audit import Position
from shellflow.catalog import Catalog, Munition, Transport, observed_load, projectile_mass
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.estimates import estimate
from shellflow.packings import Packing
from shellflow.statements import (
    EXACT,
    SEEN,
    Statement,
    said,
    said_apart,
    said_ratio,
    stated,
)

__all__ = ["changes_for", "kg_as_loaded", "position_of", "room_for_one", "verdict_on"]


def position_of(
    munition: Munition,
    box: Transport,
    packing: str | Packing,
    ratio: tuple[float, float],
    statement: Statement,
    left_out: tuple[str, ...],
    containers_per_voyage: object,
    catalog: Catalog,
) -> Position:
    """Return where a claim stands in the band of one packing, or what is missing for that."""
    name = packing if isinstance(packing, str) else packing.name
    try:
        if packing == "reported":
            packing = packed.shipped("reported", munition, box, catalog, without=left_out)
        each = estimate(
            f"1 {statement.kind}",
            munition,
            packing=packing,
            transport=box,
            containers_per_voyage=containers_per_voyage,
            catalog=catalog,
        )
        values = each.values
    except NoDataError as error:
        missing = f"no data: missing {error.missing}" if error.missing else str(error)
        return Position(name, "", None, None, None, missing)
    except DoesNotFitError:
        return Position(name, "", None, None, None, "does not fit")
    if statement.ratio_bound == "none":
        return Position(name, each.basis, each, None, None)
    median = each.band()[1]
    low, high = (_share_below(values, number) for number in ratio)
    return Position(name, each.basis, each, (low, high), (ratio[0] / median, ratio[1] / median) if median > 0 else None)


def _share_below(values: sampling.Floats, number: float) -> float:
    slack = EXACT * number
    below, equal = np.mean(values < number - slack), np.mean(np.abs(values - number) <= slack)
    return float(below + equal / 2)


def verdict_on(
    statement: Statement, ratio: tuple[float, float], limit: tuple[float, str] | None, seen: Position, ceiling: Position
) -> tuple[str, str]:
    """Return the verdict on what a claim allows, and why, in a sentence."""
    bound, kind = statement.ratio_bound, statement.kind
    if bound == "none":
        return "not decidable", (
            f"the ratio bounds nothing: {said(statement.rounds, 'round')} over {said(statement.units, kind)}"
        )
    low = 0.0 if bound == "ceiling" else ratio[0]
    high = np.inf if bound == "floor" else ratio[1]
    if limit is not None and low > limit[0] * (1 + EXACT):
        what = "payload over the least mass of a round" if limit[1] == "mass" else "inner volume over that of a round"
        if kind == "voyage":
            what += ", times the most containers to a voyage"
        said_low, said_limit = said_apart(low, limit[0])
        return "impossible", f"{said_low} rounds per {kind} is above {said_limit}, {what}"
    if limit is None and ceiling.per_transport is not None:
        most = ceiling.per_transport.band(SEEN)[2]
        if low > most:
            return "not decidable", (
                f"{_said(low)} rounds per {kind} is above what bare rounds at full payload come to "
                f"({_said_end(most, low)}, their P95), and the most containers that the ship can carry are not known: "
                "give containers_per_voyage"
            )
    if seen.per_transport is None:
        return "not decidable", f"no data on what such a {kind} holds as loaded ({seen.missing})"
    tail_low, _, tail_high = seen.per_transport.band(SEEN)
    if low > tail_high * (1 + EXACT):
        return "only as a capacity", (
            f"{_said(low)} rounds per {kind} is above what observed loads give ({_said_end(tail_high, low)}, their P95)"
        )
    if high < tail_low * (1 - EXACT):
        return "below what is seen", (
            f"{_said(high)} rounds per {kind} is under what observed loads give ({_said_end(tail_low, high)}, their P5)"
        )
    return "plausible as contents", (
        f"observed loads give {tail_low:,.0f} to {tail_high:,.0f} rounds per {kind} (P5 to P95)"
    )


def _said(number: float) -> str:
    return said_ratio(number, number)


def _said_end(end: float, beside: float) -> str:
    """Return the end of a band, which is not known to a digit after the point, but where it would look like a claim."""
    return f"{end:,.0f}" if abs(end - beside) >= 1 else said_apart(end, beside)[0]


def kg_as_loaded(
    box: Transport, ratio: tuple[float, float], seen: Position, catalog: Catalog
) -> tuple[float, float] | None:
    """Return what a round may weigh at the median observed load, for each number of the ratio."""
    if seen.per_transport is None:
        return None
    load_kg = min(observed_load(box.kind, catalog).band()[1], box.payload_kg)
    return load_kg / ratio[1], load_kg / ratio[0]


def room_for_one(box: Transport, ratio: tuple[float, float]) -> tuple[float, float] | None:
    """Return what room there is for a round, likewise."""
    volume_m3 = packed.inner_volume_m3(box)
    return None if volume_m3 is None else (volume_m3 / ratio[1], volume_m3 / ratio[0])


def changes_for(
    statement: Statement,
    ratio: tuple[float, float],
    limit: tuple[float, str],
    munition: Munition,
    box: Transport,
    boxes_each: float,
    catalog: Catalog,
) -> tuple[str, ...]:
    """Return what would make the claim possible, by how much it would change, least first.

    `boxes_each` is how many containers a voyage carries at most, and 1 where no voyages are counted.
    """
    assert statement.units is not None
    most = math.floor(limit[0] * stated(statement.units)[1] * (1 + EXACT))
    found = [(ratio[0] / limit[0], f"no more than {most:,} rounds, {words.percent(1 - limit[0] / ratio[0])} fewer")]
    if statement.kind == "voyage":
        needed = math.ceil(ratio[0] / (limit[0] / boxes_each) * (1 - EXACT))
        found.append((needed / boxes_each, f"at least {needed:,} containers to a voyage"))
    enough = [
        (most_each / limit[0], one)
        for one in catalog.transports
        if (most_each := packed.hard_limit(munition, one)[0] * boxes_each) >= ratio[0] * (1 - EXACT)
        and (statement.kind != "voyage" or one.kind == "container")
    ]
    if enough:
        # Another kind would be counted in other words, so it comes second.
        change, other = min(enough, key=lambda one: (one[1].kind != box.kind, one[0]))
        found.append((change, _other_box(other, box, limit[1])))
    smaller = [
        (most_each / limit[0], one)
        for one in catalog.munitions
        if (most_each := packed.hard_limit(one, box)[0] * boxes_each) >= ratio[0] * (1 - EXACT)
    ]
    if smaller:
        change, instead = min(smaller, key=lambda one: one[0])
        found.append((change, _other_munition(instead, munition, limit[1])))
    return tuple(text for _, text in sorted(found, key=lambda one: one[0]))


def _other_box(other: Transport, box: Transport, limited_by: str) -> str:
    if limited_by == "mass":
        return f"a heavier transport: {other.transport} ({other.payload_kg:,.0f} kg against {box.payload_kg:,.0f} kg)"
    room_m3, this_m3 = packed.inner_volume_m3(other), packed.inner_volume_m3(box)
    if room_m3 is None:
        return f"another transport: {other.transport} (its inside is not known, so that only mass was checked)"
    return f"a roomier transport: {other.transport} ({room_m3:.3g} m3 against {this_m3:.3g} m3)"


def _other_munition(instead: Munition, munition: Munition, limited_by: str) -> str:
    least_kg = projectile_mass(instead).distribution.support[0]
    each_m3, this_m3 = packed.round_volume_m3(instead), packed.round_volume_m3(munition)
    if limited_by == "mass":
        why = f"from {least_kg:.3g} kg"
    elif each_m3 is None:
        why = f"from {least_kg:.3g} kg; its length is not known, so that only mass was checked"
    else:
        why = f"{each_m3:.3g} m3 against {this_m3:.3g} m3"
    return f"another munition: {instead.munition} ({why})"
