"""Supply against use: how long a total lasts at a rate of fire, and the balance over time, each rate on its own."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import display, inputs, sampling, words
from shellflow.catalog import Catalog, FiringRate
from shellflow.errors import ArgumentError, UnitError, UnknownItemError, bad_argument, unknown_item
from shellflow.estimates import Estimate
from shellflow.flows import _periods
from shellflow.flows._ledger import Ledger
from shellflow.flows._rounds import running, total_of
from shellflow.inputs import Input, Wanted

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Balance", "Demand", "balance"]

_PER_DAY = "round/day"


@dataclass(frozen=True, eq=False)
class Balance:
    """What a flow is worth against rates of fire; made by `Flow.balance`.

    Parameters
    ----------
    lasts : pandas.DataFrame
        Columns rate, who, said_of_start, said_of_end, rounds_per_day_low, rounds_per_day_high (of what is counted,
        after the share), low, median, high (days), never (share of the draws in which it does not run out), basis
        (whether what lasts is a capacity or contents). One row for each rate. A rate that is only a floor gives no more
        than a longest time, one that is only a ceiling no more than a shortest: what is not known is missing.
    over_time : pandas.DataFrame
        Columns rate, period (its first day), end, low, median, high: rounds left at the end of each period, below 0
        where more was fired than came. Empty without dates.
    lines : tuple of str
        `lasts` in words, a line for each rate.
    """

    lasts: pd.DataFrame
    over_time: pd.DataFrame
    lines: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join(self.lines)

    def __repr__(self) -> str:
        return f"<Balance against {len(self.lasts)} rate{'' if len(self.lasts) == 1 else 's'}>"


@dataclass(frozen=True)
class Demand:
    """What a flow is set against, as `Flow.balance` takes it."""

    rate: object
    share: object
    stock: object
    production: object
    level: float


@dataclass(frozen=True, eq=False)
class _Rate:
    """One rate of fire: what bounds it below and above in every draw; None where nothing does."""

    name: str
    who: str
    start: str | None
    end: str | None
    low: sampling.Floats | None
    high: sampling.Floats | None
    published: bool


def balance(ledger: Ledger, places: Sequence[int], demand: Demand) -> Balance:
    """Return how long the rounds of some cargoes last at each rate, and what is left at the end of each period.

    Raises
    ------
    ShellflowError
        As `Flow.balance` says.
    """
    import pandas as pd

    total = total_of(ledger, places)
    inputs.gather(_unnamed_in(total, demand))
    rates = list(_rates(demand.rate, ledger.settings, ledger.catalog))
    munitions = {packing.munition.munition for place in places for packing in ledger.cargoes[place].contents}
    published = [rate.name for rate in rates if rate.published]
    if published and len(munitions) == 1 and demand.share is None:
        raise ArgumentError(
            f"rate={published[0]!r} counts rounds of all calibres, and this is one munition. Give share=..., the part "
            "of the rounds fired that is of this munition; share=1 says that nothing else is fired."
        )
    share, stock, production = _supplies(demand, ledger.settings)
    points = _points(ledger, places)
    lasts, over_time, lines = [], [], []
    for rate in rates:
        low = None if rate.low is None else rate.low * share
        high = low if rate.high is rate.low else None if rate.high is None else rate.high * share
        least, _, most = _ends(low, high, demand.level)
        row: dict[str, object] = {"rate": rate.name, "who": rate.who}
        row |= {"said_of_start": rate.start, "said_of_end": rate.end}
        row |= {"rounds_per_day_low": least, "rounds_per_day_high": most}
        row |= _days(total.values + stock, low, high, production, demand.level) | {"basis": total.basis}
        lasts.append(row)
        at_90 = _days(total.values + stock, low, high, production, 0.9)
        days = _days_in_words(row, at_90, demand.level)
        lines.append(f"{rate.name} ({rate.who}), {total.basis}: {days}")
        for begins, end, passed, so_far in points:
            supply = so_far + stock + production * passed
            least_left = None if high is None else supply - high * passed
            most_left = least_left if low is high else None if low is None else supply - low * passed
            left = dict(zip(("low", "median", "high"), _ends(least_left, most_left, demand.level), strict=True))
            over_time.append({"rate": rate.name, "period": begins, "end": end, **left})
    columns = ["rate", "period", "end", "low", "median", "high"]
    frame = display.frame(over_time, columns=columns)
    for name in ("period", "end"):
        frame[name] = pd.to_datetime(list(frame[name]))
    return Balance(display.frame(lasts), frame, tuple(lines))


def _points(ledger: Ledger, places: Sequence[int]) -> list[tuple[dt.date, dt.date, int, sampling.Floats]]:
    """Return first and last day of each period that is covered, the days passed by its end, and the rounds so far."""
    if not ledger.looked_at:
        return []
    start = ledger.looked_at[0][0]
    return [
        (_periods.date_of(period.begins), _periods.date_of(period.end), period.end - start + 1, so_far)
        for period, _, so_far in running(ledger, places, covered_only=True)
        if period.begins is not None and period.end is not None and period.end >= start
    ]


def _unnamed_in(*values: object) -> Iterator[Input]:
    """Yield the inputs of estimates, and the unnamed inputs given as they are: those that may not meet another."""
    for value in values:
        if isinstance(value, Estimate):
            yield from value.term.unknowns.inputs
        elif isinstance(value, Input) and value.token:
            yield value
        elif isinstance(value, Demand):
            yield from _unnamed_in(value.rate, value.share, value.stock, value.production)
        elif isinstance(value, list | tuple):
            yield from _unnamed_in(*value)


# --- reading rates and supplies ---------------------------------------------------------------------------------------


def _rates(rate: object, chosen: sampling.Settings, catalog: Catalog) -> Iterable[_Rate]:
    if isinstance(rate, FiringRate):
        yield _published(rate, chosen)
    elif isinstance(rate, list | tuple):
        if not rate:
            raise bad_argument("rate", rate, "at least one rate")
        for element in rate:
            yield from _rates(element, chosen, catalog)
    elif isinstance(rate, str):
        yield from _named(rate, chosen, catalog)
    else:
        yield _own(rate, chosen)


def _named(rate: str, chosen: sampling.Settings, catalog: Catalog) -> Iterable[_Rate]:
    known = [catalog.firing_rates[name] for name in catalog.firing_rates.names]
    of_side = [record for record in known if record.side.casefold() == rate.strip().casefold()]
    if of_side:
        return [_published(record, chosen) for record in of_side]
    try:
        return [_published(catalog.firing_rates[rate], chosen)]
    except UnknownItemError:
        pass
    if rate.strip()[:1].isalpha():
        names = [*(record.rate for record in known), *dict.fromkeys(record.side for record in known)]
        raise unknown_item("rate", rate, names, "Or give your own, such as '10k/day'.")
    return [_own(rate, chosen)]


def _published(record: FiringRate, chosen: sampling.Settings) -> _Rate:
    low, high = record.rounds_per_day_low, record.rounds_per_day_high
    ends: list[sampling.Floats | None]
    if low is not None and high is not None:
        # The ends of one statement are one unknown, which all that is set against it shares.
        name = f"firing_rates.{record.rate}.rounds_per_day"
        unknown = inputs.from_limits(name, low, None, high, unit=_PER_DAY, source=record.url, grade="published")
        ends = [unknown.draws(chosen)] * 2
    else:
        ends = [None if end is None else np.full(chosen.n, float(end)) for end in (low, high)]
    return _Rate(record.rate, record.who, record.period_start, record.period_end, ends[0], ends[1], True)


def _own(rate: object, chosen: sampling.Settings) -> _Rate:
    if isinstance(rate, Estimate):
        sampling.one_settings(chosen, rate.settings)
        if rate.unit != _PER_DAY:
            raise UnitError(f"rate is in {rate.unit or 'no unit'}; expected {_PER_DAY}.")
        values, name = rate.values, str(rate)
    else:
        stated = inputs.as_input(rate, _PER_DAY, "rate", bare="1/day", stated=True)
        values = inputs.within(stated, "rate", 0.0, above=True).draws(chosen)
        name = rate if isinstance(rate, str) else stated.name
    if not np.all(values > 0):
        raise bad_argument("rate", name, "above 0 in every draw")
    return _Rate(name, "own", None, None, values, values, False)


def _supplies(demand: Demand, chosen: sampling.Settings) -> tuple[sampling.Floats | float, ...]:
    """Return share, stock and production in every draw; what was not given takes nothing away and adds nothing."""
    wanted: dict[str, tuple[object, Wanted]] = {}
    if demand.share is not None:
        wanted["share"] = (demand.share, Wanted("", 0.0, 1.0, above=True))
    if demand.stock is not None:
        wanted["stock"] = (demand.stock, Wanted("round", 0.0, bare=""))
    if demand.production is not None:
        wanted["production"] = (demand.production, Wanted(_PER_DAY, 0.0, bare="1/day"))
    given = inputs.as_inputs(wanted, stated=True)
    neutral = {"share": 1.0, "stock": 0.0, "production": 0.0}
    return tuple(given[name].draws(chosen) if name in given else neutral[name] for name in neutral)


# --- days and bands ---------------------------------------------------------------------------------------------------


def _ends(low: sampling.Floats | None, high: sampling.Floats | None, level: float) -> tuple[float, float, float]:
    """Return low end, median and high end of what lies between two bounds; missing where one is not known."""
    tail = (1.0 - level) / 2.0
    # One rate is mostly the bound below and above, and sorting is what takes time: once for each is enough.
    lows = None if low is None else np.sort(low)
    highs = lows if high is low else None if high is None else np.sort(high)
    least = math.nan if lows is None else _quantile(lows, tail)
    most = math.nan if highs is None else _quantile(highs, 1.0 - tail)
    median = math.nan if lows is None or highs is None else _quantile(lows, 0.5)
    return least, median, most


def _quantile(ordered: sampling.Floats, p: float) -> float:
    if math.isinf(ordered[-1]):  # a line between a number and infinity has no points: the next draw is taken
        return float(ordered[min(math.ceil(p * ordered.size - 0.5), ordered.size - 1)])
    return sampling.quantile(ordered, p)


def _days(
    supply: sampling.Floats,
    low: sampling.Floats | None,
    high: sampling.Floats | None,
    production: sampling.Floats | float,
    level: float,
) -> dict[str, object]:
    def lasting(use: sampling.Floats | None) -> sampling.Floats | None:
        if use is None:
            return None
        net = use - production
        days = np.full(supply.size, math.inf)
        np.divide(supply, net, out=days, where=net > 0)
        return days

    longest = lasting(low)
    shortest = longest if high is low else lasting(high)
    least, median, most = _ends(shortest, longest, level)
    known = shortest if longest is None else longest
    assert known is not None  # every rate of the tables has one end at least
    return {"low": least, "median": median, "high": most, "never": float(np.mean(np.isinf(known)))}


def _days_in_words(row: Mapping[str, Any], at_90: Mapping[str, Any], level: float) -> str:
    """Return how long a total lasts in words; what the median is rounded to is taken from the 90 % band."""
    low, median, high = (row[name] for name in ("low", "median", "high"))
    never = f"never runs out in {words.percent(row['never'])} of the draws"
    if math.isinf(low) or math.isinf(median) or (math.isnan(median) and math.isinf(high)):
        return never
    if math.isnan(low):
        return f"at most {words.with_noun(words.say(high, words.step(high, high)), 'day')}"
    if math.isnan(high):
        return f"at least {words.with_noun(words.say(low, words.step(low, low)), 'day')}"
    highest = at_90["high"] if math.isfinite(at_90["high"]) else 2 * median - at_90["low"]
    step = words.step(at_90["low"], highest, median)
    quantiles = words.say_quantiles(low, median, high if math.isfinite(high) else median, step)
    days = words.with_noun(quantiles.median, "day")
    if math.isinf(high):
        return f"{days} ({words.percent(level)}: {quantiles.low} and more; {never})"
    return days if low == high else f"{days} ({words.percent(level)}: {quantiles.band})"
