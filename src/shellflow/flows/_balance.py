"""Supply against use: how long a total lasts at a rate of fire, and what is left over time, each rate on its own."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import display, inputs, sampling, words
from shellflow.errors import ArgumentError, bad_argument
from shellflow.estimates import Estimate, Quotable, answer_of, input_in_words, sentences, sources_of
from shellflow.flows import _periods, _rows
from shellflow.flows._increments import increments_in_words
from shellflow.flows._ledger import Ledger
from shellflow.flows._rates import OWN, Demand, Rate, rates_of, supplies_of, unnamed_in
from shellflow.flows._rounds import running, total_of
from shellflow.flows._sentences import stated_of
from shellflow.inputs import Input
from shellflow.terms import Bound, bound_of_sum

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Balance", "balance"]

_BAND = ("low", "median", "high")


@dataclass(frozen=True, eq=False, repr=False)
class Balance(Quotable):
    """How long a flow lasts at rates of fire, and what is left over time; made by `Flow.balance`.

    Its rows, one for each rate, are those of `lasts`.

    Parameters
    ----------
    flow : str
        The flow in words [unitless].
    total : Estimate
        Its rounds [round].
    level : float
        Share of the draws in the bands [unitless].
    uses : tuple of mapping of str to object
        The rows of `lasts`.
    days : tuple of str
        How long the flow lasts in words, for each of them [unitless].
    remaining : tuple of mapping of str to object
        The rows of `over_time`.
    cautions : tuple of str
        What must be said with the numbers.
    stated : str
        The total in two sentences [unitless].
    besides : str
        The share of the rounds fired, the stock and the production that were given, in words [unitless].
    has_share : bool
        Whether a share was given, so that the rates are parts of those stated [unitless].
    """

    flow: str
    total: Estimate
    level: float
    uses: tuple[Mapping[str, Any], ...]
    days: tuple[str, ...]
    remaining: tuple[Mapping[str, Any], ...]
    cautions: tuple[str, ...]
    stated: str
    besides: str
    has_share: bool

    @property
    def lasts(self) -> pd.DataFrame:
        """How long the flow lasts, one row for each rate.

        Columns rate, who, said_of_start, said_of_end, rounds_per_day_low, rounds_per_day_high (of what is counted,
        after the share), low, median, high (days), never (share of the draws in which it does not run out), bound
        (of the flow), basis (whether what lasts is a capacity or contents). A lower bound of the rate gives no more
        than a longest time, an upper bound no more than a shortest, and so do bounds of the flow the other way round:
        what is not known is missing.
        """
        return display.frame(self.uses)

    @property
    def over_time(self) -> pd.DataFrame:
        """Rounds left at the end of each period, one row for each rate and period.

        Columns rate, period (its first day), end, observed, low, median, high. Below 0 where more was fired than came.
        In a period that was not observed nothing is counted to come, while firing goes on. Empty without dates.
        """
        frame = display.frame(self.remaining, columns=["rate", "period", "end", "observed", *_BAND, "bound"])
        for name in ("period", "end"):
            frame[name] = _rows.time_stamps(frame[name])
        return frame

    def report(self, level: float | None = None) -> display.Report:
        """Return the balance as plain data: the total of the flow, and how long it lasts at each rate.

        Parameters
        ----------
        level : float, optional
            That of the balance, which its bands were made for [unitless].

        Returns
        -------
        display.Report
            With a row for each rate.

        Raises
        ------
        ArgumentError
            If `level` is another than that of the balance.
        """
        self._check(level)
        report = display.Report(
            f"{self.flow}, against {words.with_noun(len(self.uses), 'rate')} of fire",
            answers=(answer_of(self.total, self.level, "in all"),),
            columns=(
                display.Column("rate"),
                display.Column("stated by"),
                display.Column("rounds a day", right=True),
                display.Column("lasts"),
            ),
            cells=tuple(
                (use["rate"], use["who"], _use_in_words(use), days)
                for use, days in zip(self.uses, self.days, strict=True)
            ),
            rows=tuple(map(display.without_gaps, self.uses)),
            bands=tuple(_band_of(use) for use in self.uses),
            caption=self.besides,
            cautions=self.cautions,
            details=tuple(note for note in self.total.notes if note in self.total.reasons.asides),
            sources=sources_of([self.total]),
            stamp=self.total.stamp,
        )
        return self._quoted(report, level)

    def sentence(self, level: float | None = None) -> str:
        self._check(level)
        rates = (
            f"at a rate of {_use_in_words(use)} rounds a day{self._stated_by(use)}, {days}"
            for use, days in zip(self.uses, self.days, strict=True)
        )
        given = f", if {self.besides}" if self.besides else ""
        lasting = f"how long that lasts{given}: {'; '.join(rates)}"
        return f"{self.stated} {sentences.finished(lasting)}"

    def _stated_by(self, use: Mapping[str, Any]) -> str:
        """Return who stated a rate, or that of which it is a share; "" of one's own."""
        if use["who"] == OWN:
            return ""
        return f" ({'a share of what was ' if self.has_share else ''}stated by {use['who']})"

    def _check(self, level: float | None) -> None:
        if level is not None and inputs.check_level(level) != self.level:
            fix = "Its bands were made for that level: call balance(..., level=...) for another."
            raise bad_argument("level", level, f"{self.level:g}, that of this balance", fix)

    def __repr__(self) -> str:
        return f"<Balance of {self.flow}, against {words.with_noun(len(self.uses), 'rate')}>"


def _band_of(use: Mapping[str, Any]) -> display.Band | None:
    low, median, high = (float(use[name]) for name in _BAND)
    return (low, median, high) if all(map(math.isfinite, (low, median, high))) else None


def _use_in_words(use: Mapping[str, Any]) -> str:
    low, high = use["rounds_per_day_low"], use["rounds_per_day_high"]
    if math.isnan(low) or math.isnan(high):
        return _known_end(low, high)
    return words.say_band(low, high, words.step(low, high))


def _known_end(low: float, high: float, noun: str | None = None) -> str:
    """Return a bound in words, of which one end is missing."""
    end, bound = (high, "ceiling") if math.isnan(low) else (low, "floor")
    text = words.with_noun(words.say(end, words.step(end, end), bound=bound), noun)
    return words.with_bound(bound, text)


def balance(ledger: Ledger, places: Sequence[int], demand: Demand) -> Balance:
    """Return how long the rounds of some cargoes last at each rate, and what is left at the end of each period.

    Raises
    ------
    ShellflowError
        As `Flow.balance` says.
    """
    total = total_of(ledger, places)
    inputs.gather(unnamed_in(total, demand))
    rates = list(rates_of(demand.rate, ledger.settings, ledger.catalog))
    munitions = {packing.munition.munition for place in places for packing in ledger.cargoes[place].contents}
    published = [rate.name for rate in rates if rate.published]
    if published and len(munitions) == 1 and demand.share is None:
        raise ArgumentError(
            f"rate={published[0]!r} counts rounds of all calibres, and this is one munition. Give share=..., the part "
            "of the rounds fired that is of this munition; share=1 says that nothing else is fired."
        )
    supplies = supplies_of(demand)
    # One that is not given changes nothing.
    neutral: dict[str, sampling.Floats | float] = {"share": 1.0, "stock": 0.0, "production": 0.0}
    share, stock, production = (
        neutral | {name: supply.draws(ledger.settings) for name, supply in supplies.items()}
    ).values()
    points = list(_points(ledger, places))
    uses, days, remaining = [], [], []
    for rate in rates:
        low = None if rate.low is None else rate.low * share
        high = low if rate.high is rate.low else None if rate.high is None else rate.high * share
        use, lasting = _lasting(rate, low, high, total, stock, production, demand.level)
        uses.append(use)
        days.append(lasting)
        for point, passed, so_far, bound in points:
            if so_far is None:
                remaining.append({"rate": rate.name, **point, **dict.fromkeys(_BAND, math.nan), "bound": bound})
                continue
            supply = so_far + stock + production * passed
            least_left = None if high is None else supply - high * passed
            most_left = least_left if low is high else None if low is None else supply - low * passed
            least_left, most_left = _known(least_left, most_left, bound)
            band = dict(zip(_BAND, _ends(least_left, most_left, demand.level), strict=True))
            remaining.append({"rate": rate.name, **point, **band, "bound": bound})
    cautions = tuple(dict.fromkeys((*increments_in_words(ledger), *_rows.notes_of(ledger), *total.reasons.cautions)))
    return Balance(
        _rows.title_of(ledger),
        total,
        demand.level,
        tuple(uses),
        tuple(days),
        tuple(remaining),
        cautions,
        stated_of(ledger, [total], demand.level),
        _besides(supplies),
        "share" in supplies,
    )


def _besides(supplies: Mapping[str, Input]) -> str:
    """Return what is counted besides the flow and the rate, in words."""
    texts = []
    if "share" in supplies:
        texts.append(f"{sentences.share_in_words(supplies['share'])} of the rounds fired are of this kind")
    if "stock" in supplies:
        texts.append(f"{input_in_words(supplies['stock'])} are in store at the beginning")
    if "production" in supplies:
        texts.append(f"{input_in_words(supplies['production'])} come in besides")
    return sentences.listed(texts)


def _lasting(
    rate: Rate,
    low: sampling.Floats | None,
    high: sampling.Floats | None,
    total: Estimate,
    stock: sampling.Floats | float,
    production: sampling.Floats | float,
    level: float,
) -> tuple[dict[str, object], str]:
    """Return how long a total lasts at a rate after its share: as a row of `Balance.lasts`, and in words."""
    least, _, most = _ends(low, high, level)
    days, at_90 = (
        _days(total.values + stock, low, high, production, share, bound=total.bound) for share in (level, 0.9)
    )
    row = {
        "rate": rate.name,
        "who": rate.who,
        "said_of_start": rate.start,
        "said_of_end": rate.end,
        "rounds_per_day_low": least,
        "rounds_per_day_high": most,
        **days,
        "bound": total.bound,
        "basis": total.basis,
    }
    if total.bound == "none":
        return row, "no bound is known: the flow adds up lower and upper bounds"
    return row, _days_in_words(days, at_90, level)


def _points(
    ledger: Ledger, places: Sequence[int]
) -> Iterator[tuple[dict[str, object], int, sampling.Floats | None, Bound]]:
    """Yield each period that is covered, as columns of `over_time`, the days passed, rounds so far and their bound."""
    if not ledger.looked_at:
        return
    start = ledger.looked_at[0][0]
    bound: Bound = "point"
    for period, _, so_far in running(ledger, places, covered_only=True):
        bound = bound_of_sum(bound, period.bound)
        if period.begins is not None and period.end is not None and period.end >= start:
            days = {"period": _periods.date_of(period.begins), "end": _periods.date_of(period.end)}
            yield {**days, "observed": period.observed}, period.end - start + 1, so_far, bound


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


def _known(
    least: sampling.Floats | None, most: sampling.Floats | None, bound: Bound
) -> tuple[sampling.Floats | None, sampling.Floats | None]:
    """Return what lies between two bounds where the supply is a bound itself: None for the end that it leaves open."""
    return least if bound in ("point", "floor") else None, most if bound in ("point", "ceiling") else None


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
    *,
    bound: Bound,
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
    least, median, most = _ends(*_known(shortest, longest, bound), level)
    days = shortest if longest is None else longest
    assert days is not None  # every rate of the tables has one end at least
    return {"low": least, "median": median, "high": most, "never": float(np.mean(np.isinf(days)))}


def _days_in_words(row: Mapping[str, Any], at_90: Mapping[str, Any], level: float) -> str:
    """Return how long a total lasts in words; what the median is rounded to is taken from the 90 % band."""
    low, median, high = (row[name] for name in ("low", "median", "high"))
    if all(map(math.isnan, (low, median, high))):
        return "no bound is known: of the flow and the rate one is at least, the other at most"
    never = f"never runs out in {words.percent(row['never'])} of the draws"
    if math.isinf(low) or math.isinf(median) or (math.isnan(median) and math.isinf(high)):
        return never
    if math.isnan(low) or math.isnan(high):
        return _known_end(low, high, "day")
    highest = at_90["high"] if math.isfinite(at_90["high"]) else 2 * median - at_90["low"]
    step = words.step(at_90["low"], highest, median)
    quantiles = words.say_quantiles(low, median, high if math.isfinite(high) else median, step)
    days = words.with_noun(quantiles.median, "day")
    if math.isinf(high):
        return f"{days} ({words.percent(level)}: {quantiles.low} and more; {never})"
    return days if low == high else f"{days} ({words.percent(level)}: {quantiles.band})"
