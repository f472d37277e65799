"""What a flow is set against: rates of fire, own or published, and what else is fired or comes in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from shellflow import inputs, sampling
from shellflow.catalog import Catalog, FiringRate
from shellflow.errors import UnitError, UnknownItemError, bad_argument, unknown_item
from shellflow.estimates import Estimate
from shellflow.inputs import Input, Wanted

__all__ = ["OWN", "Demand", "Rate", "rates_of", "supplies_of", "unnamed_in"]

OWN = "own"
"""Who states a rate that is given and in no table."""

_PER_DAY = "round/day"


@dataclass(frozen=True)
class Demand:
    """What a flow is set against, as `Flow.balance` takes it."""

    rate: object
    share: object
    stock: object
    production: object
    level: float


@dataclass(frozen=True, eq=False)
class Rate:
    """One rate of fire: its lower and its upper bound in every draw; None where it has none."""

    name: str
    who: str
    start: str | None
    end: str | None
    low: sampling.Floats | None
    high: sampling.Floats | None
    published: bool


def unnamed_in(*values: object) -> Iterator[Input]:
    """Yield the inputs of estimates and the unnamed inputs, which must not meet others of equal content."""
    for value in values:
        if isinstance(value, Estimate):
            yield from value.term.unknowns.inputs
        elif isinstance(value, Input) and value.token:
            yield value
        elif isinstance(value, Demand):
            yield from unnamed_in(value.rate, value.share, value.stock, value.production)
        elif isinstance(value, list | tuple):
            yield from unnamed_in(*value)


def rates_of(rate: object, settings: sampling.Settings, catalog: Catalog) -> Iterable[Rate]:
    if isinstance(rate, FiringRate):
        yield _published(rate, settings)
    elif isinstance(rate, list | tuple):
        if not rate:
            raise bad_argument("rate", rate, "at least one rate")
        for element in rate:
            yield from rates_of(element, settings, catalog)
    elif isinstance(rate, str):
        yield from _named(rate, settings, catalog)
    else:
        yield _own(rate, settings)


def _named(rate: str, settings: sampling.Settings, catalog: Catalog) -> Iterable[Rate]:
    records = [catalog.firing_rates[name] for name in catalog.firing_rates.names]
    of_side = [record for record in records if record.side.casefold() == rate.strip().casefold()]
    if of_side:
        return [_published(record, settings) for record in of_side]
    try:
        return [_published(catalog.firing_rates[rate], settings)]
    except UnknownItemError:
        pass
    if rate.strip()[:1].isalpha():
        names = [*(record.rate for record in records), *dict.fromkeys(record.side for record in records)]
        raise unknown_item("rate", rate, names, "Or give your own, such as '10k/day'.")
    return [_own(rate, settings)]


def _published(record: FiringRate, settings: sampling.Settings) -> Rate:
    low, high = record.rounds_per_day_low, record.rounds_per_day_high
    ends: list[sampling.Floats | None]
    if low is not None and high is not None:
        # The ends of one statement are one unknown, which all that is set against it shares.
        name = f"firing_rates.{record.rate}.rounds_per_day"
        unknown = inputs.from_limits(name, low, None, high, unit=_PER_DAY, source=record.url, grade="published")
        ends = [unknown.draws(settings)] * 2
    else:
        ends = [None if end is None else np.full(settings.n, float(end)) for end in (low, high)]
    return Rate(record.rate, record.who, record.period_start, record.period_end, ends[0], ends[1], True)


def _own(rate: object, settings: sampling.Settings) -> Rate:
    if isinstance(rate, Estimate):
        sampling.one_settings(settings, rate.settings)
        if rate.unit != _PER_DAY:
            raise UnitError(f"rate is in {rate.unit or 'no unit'}; expected {_PER_DAY}.")
        values, name = rate.values, str(rate)
    else:
        stated = inputs.as_input(rate, _PER_DAY, "rate", bare="1/day", stated=True)
        values = inputs.within(stated, "rate", 0.0, above=True).draws(settings)
        name = rate if isinstance(rate, str) else stated.name
    if not np.all(values > 0):
        raise bad_argument("rate", name, "above 0 in every draw")
    return Rate(name, OWN, None, None, values, values, False)


def supplies_of(demand: Demand) -> dict[str, Input]:
    """Return share, stock and production, those of them that are given."""
    arguments: dict[str, tuple[object, Wanted]] = {}
    if demand.share is not None:
        arguments["share"] = (demand.share, Wanted("", 0.0, 1.0, above=True))
    if demand.stock is not None:
        arguments["stock"] = (demand.stock, Wanted("round", 0.0, bare=""))
    if demand.production is not None:
        arguments["production"] = (demand.production, Wanted(_PER_DAY, 0.0, bare="1/day"))
    return inputs.as_inputs(arguments, stated=True)
