"""Where a claim stands in the band of a packing, the verdict on it, and what would make it possible."""

from __future__ import annotations

import math

import numpy as np

from shellflow import catalog as facts
from shellflow import packings as packed
from shellflow import words, worlds
from shellflow.catalog import Catalog, Munition, Transport
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.estimates import estimate
from shellflow.packings import Packing
from shellflow.record._audit import Position
from shellflow.record._limits import EXACT, SEEN, hard_limit, inner_volume_m3
from shellflow.record._statements import (
    Statement,
    said,
    said_ratio,
    stated,
)

__all__ = ["changes_for", "kg_as_loaded", "position_of", "room_for_one", "verdict_on"]


def position_of(
    one: str,
    munition: Munition,
    box: Transport,
    packing: str | Packing,
    ratio: tuple[float, float],
    statement: Statement,
    left_out: tuple[str, ...],
    held: Catalog,
) -> Position:
    """Return where a claim stands in the band of one packing, or what is missing for that."""
    name = packing if isinstance(packing, str) else packing.name
    try:
        if packing == "reported":
            packing = packed.shipped("reported", munition, box, held, without=left_out)
        each = estimate(one, munition, packing=packing, transport=box, catalog=held)
        values = each.values
    except NoDataError as error:
        missing = f"no data: missing {error.missing}" if error.missing else str(error)
        return Position(name, "", None, None, None, missing)
    except DoesNotFitError:
        return Position(name, "", None, None, None, "does not fit")
    if statement.ratio_bound == "none":
        return Position(name, each.answers, each, None, None)
    median = each.band()[1]
    low, high = (_share_below(values, number) for number in ratio)
    return Position(
        name, each.answers, each, (low, high), (ratio[0] / median, ratio[1] / median) if median > 0 else None
    )


def _share_below(values: worlds.Floats, number: float) -> float:
    slack = EXACT * number
    below, equal = np.mean(values < number - slack), np.mean(np.abs(values - number) <= slack)
    return float(below + equal / 2)


def verdict_on(
    statement: Statement, ratio: tuple[float, float], limit: tuple[float, str] | None, seen: Position
) -> tuple[str, str]:
    """Return the verdict on what a claim allows, and why, in a sentence."""
    bound, kind = statement.ratio_bound, statement.kind
    if bound == "none":
        return "not decidable", (
            f"the ratio bounds nothing: {said(statement.rounds, 'round')} over {said(statement.units, kind)}"
        )
    low = 0.0 if bound == "ceiling" else ratio[0]
    high = np.inf if bound == "floor" else ratio[1]
    said_low, said_high = said_ratio(ratio[0], ratio[0]), said_ratio(ratio[1], ratio[1])
    if limit is not None and low > limit[0] * (1 + EXACT):
        what = "payload over the least mass of a round" if limit[1] == "mass" else "inner volume over that of a round"
        return "impossible", f"{said_low} rounds to a {kind} is above {limit[0]:,.1f}, {what}"
    if seen.each is None:
        return "not decidable", f"no data on what such a {kind} holds as loaded ({seen.missing})"
    tail_low, _, tail_high = seen.each.band(SEEN)
    if low > tail_high * (1 + EXACT):
        return "only as a capacity", (
            f"{said_low} rounds to a {kind} is above what observed loads give ({tail_high:,.0f}, their P95)"
        )
    if high < tail_low * (1 - EXACT):
        return "below what is seen", (
            f"{said_high} rounds to a {kind} is under what observed loads give ({tail_low:,.0f}, their P5)"
        )
    return "plausible as contents", (
        f"observed loads give {tail_low:,.0f} to {tail_high:,.0f} rounds to a {kind} (P5 to P95)"
    )


def kg_as_loaded(box: Transport, ratio: tuple[float, float], seen: Position) -> tuple[float, float] | None:
    """Return what a round may weigh at the median observed load, for each number of the ratio."""
    if seen.each is None:
        return None
    load_kg = min(facts.observed_load(box.kind).band()[1], box.payload_kg)
    return load_kg / ratio[1], load_kg / ratio[0]


def room_for_one(box: Transport, ratio: tuple[float, float]) -> tuple[float, float] | None:
    """Return what room there is for a round, likewise."""
    volume_m3 = inner_volume_m3(box)
    return None if volume_m3 is None else (volume_m3 / ratio[1], volume_m3 / ratio[0])


def changes_for(
    statement: Statement,
    ratio: tuple[float, float],
    limit: tuple[float, str] | None,
    munition: Munition,
    box: Transport,
    held: Catalog,
) -> tuple[str, ...]:
    """Return what would make the claim possible, by how much it would change, least first."""
    assert limit is not None  # without a limit nothing is impossible
    assert statement.units is not None
    needed, kind = ratio[0] * (1 - EXACT), box.kind
    most = math.floor(limit[0] * stated(statement.units)[1] * (1 + EXACT))
    fewer = 1 - limit[0] / ratio[0]
    found = [(ratio[0] / limit[0], f"no more than {most:,} rounds, {words.percent(fewer)} fewer")]
    every = [facts.find(key, "transports", catalog=held) for key in facts.names("transports", catalog=held)]
    carriers = [(hard_limit(munition, one)[0], one) for one in every]
    enough = [one for one in carriers if one[0] >= needed]
    # Another kind would be counted in other words, so it comes second.
    nearest = min(enough, key=lambda one: (one[1].kind != kind, one[0]), default=None)
    if nearest is not None:
        other = nearest[1]
        said_box = (
            f"a heavier transport: {other.transport} ({other.payload_kg:,.0f} kg against {box.payload_kg:,.0f} kg)"
        )
        found.append((nearest[0] / limit[0], said_box))
    shells = [facts.find(key, "munitions", catalog=held) for key in facts.names("munitions", catalog=held)]
    lighter = [(hard_limit(one, box)[0], one) for one in shells if hard_limit(one, box)[0] >= needed]
    if lighter:
        lighter_limit, instead = min(lighter, key=lambda one: one[0])
        least_kg = facts.projectile_mass(instead).distribution.support[0]
        found.append((lighter_limit / limit[0], f"another munition: {instead.munition} (from {least_kg:.3g} kg)"))
    return tuple(text for _, text in sorted(found, key=lambda one: one[0]))
