"""What an office had said before, asked what it would say next, and held against what it said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from shellflow import display, inputs, sampling, words
from shellflow.catalog import Catalog, Claim, as_catalog
from shellflow.errors import NoDataError
from shellflow.statements import Statement, chosen_of, first_day, last_day, of_record, ratio_of, read_claims, said_ratio

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Backtest", "Prediction", "backtest"]

_FEWEST = 3
_EXACT = 1e-9

WARNING = (
    "Statements of one office are totals that contain each other, rounded, and few: hits within a family are not "
    "independent, and the coverage counts each family once."
)

COLUMNS = (
    display.Column("claim"),
    display.Column("family"),
    display.Column("munition"),
    display.Column("k", right=True),
    display.Column("median", right=True),
    display.Column("band", right=True),
    display.Column("said", right=True),
    display.Column("PIT", right=True),
    display.Column("as a number"),
    display.Column("as a bound"),
)


@dataclass(frozen=True, slots=True)
class Prediction:
    """One statement, predicted from those of the same office before it.

    Parameters
    ----------
    claim, date, family, munition, transport : str
        Which statement; the transport is its kind where no type was stated [unitless].
    fitted : tuple of str
        Keys of the statements it was predicted from [unitless].
    low, median, high : float
        The band predicted [round/transport].
    step : float
        What the median is rounded to in words, as the 90 % band allows [round/transport].
    said_low, said_high : float
        What was then said, equal where it is one number [round/transport].
    bound : str
        What that bounds: point, floor, ceiling or range [unitless].
    pit : float
        Share of the prediction below the number said, the log midpoint of a range; uniform over many independent
        predictions if the rule holds [unitless].
    hit : bool
        Whether that number lies in the band [unitless].
    hit_as_bound : bool
        Whether anything that the words allow lies in the band: a floor allows all above it [unitless].
    """

    claim: str
    date: str
    family: str
    munition: str
    transport: str
    fitted: tuple[str, ...]
    low: float
    median: float
    high: float
    step: float
    said_low: float
    said_high: float
    bound: str
    pit: float
    hit: bool
    hit_as_bound: bool


@dataclass(frozen=True, eq=False, repr=False)
class Backtest:
    """Predictions in order of statement, with what they amount to; made by `backtest`.

    Parameters
    ----------
    predictions : tuple of Prediction
        In order of statement.
    level : float
        Probability that each band is to hold [unitless].
    claims : int
        How many claims there were, those that could not be predicted among them [unitless].
    only_numbers : tuple of Prediction
        Those that could be made had floors and ceilings been left out.
    without_spread : tuple of str
        Keys of claims before which the office had said one and the same number each time, which gives no band.
    """

    predictions: tuple[Prediction, ...]
    level: float
    claims: int
    only_numbers: tuple[Prediction, ...]
    without_spread: tuple[str, ...] = ()

    @property
    def hits(self) -> int:
        """How many numbers lay in their band, floors and ceilings read as points."""
        return sum(one.hit for one in self.predictions)

    @property
    def misses(self) -> tuple[Prediction, ...]:
        """Those that did not."""
        return tuple(one for one in self.predictions if not one.hit)

    @property
    def independent(self) -> tuple[Prediction, ...]:
        """The first prediction of each family: what a family says later is no trial of its own."""
        first: dict[str, Prediction] = {}
        for one in self.predictions:
            first.setdefault(one.family, one)
        return tuple(first.values())

    def coverage(self, level: float = 0.9) -> tuple[int, int, float, float]:
        """Return hits and trials over independent families, and the interval for the coverage.

        The interval is exact and so on the wide side; families that copy each other are not independent either.

        Parameters
        ----------
        level : float
            Probability of the interval, in (0, 1) [unitless].

        Returns
        -------
        tuple of int, int, float, float
            Hits, trials, and both ends of the interval; from 0 to 1 where there is no trial [unitless].

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).

        Notes
        -----
        Clopper and Pearson: the ends are where the tail of the binomial beyond what was seen is (1 - level) / 2.
        """
        trials = self.independent
        hits = sum(one.hit for one in trials)
        low, high = _binomial_interval(hits, len(trials), inputs.check_level(level))
        return hits, len(trials), low, high

    def rows(self) -> list[dict[str, object]]:
        """Return one plain row for each prediction, as in `to_frame`.

        Returns
        -------
        list of dict of str to object
            The columns of `to_frame`.
        """
        return [
            {
                "claim": one.claim,
                "date": one.date,
                "family": one.family,
                "munition": one.munition,
                "transport": one.transport,
                "k": len(one.fitted),
                "low": one.low,
                "median": one.median,
                "high": one.high,
                "level": self.level,
                "said_low": one.said_low,
                "said_high": one.said_high,
                "bound": one.bound,
                "pit": one.pit,
                "hit": one.hit,
                "hit_as_bound": one.hit_as_bound,
            }
            for one in self.predictions
        ]

    def to_frame(self) -> pd.DataFrame:
        """Return the predictions as a table.

        Returns
        -------
        pandas.DataFrame
            Columns claim, date, family, munition, transport, k, low, median, high, level, said_low, said_high, bound,
            pit, hit, hit_as_bound; one row a prediction.
        """
        names = ["claim", "date", "family", "munition", "transport", "k", "low", "median", "high", "level"]
        names += ["said_low", "said_high", "bound", "pit", "hit", "hit_as_bound"]
        return display.frame(self.rows(), columns=names)

    def headings(self) -> tuple[display.Column, ...]:
        """Return the headings of `cells`, the level of the band in them.

        Returns
        -------
        tuple of display.Column
            One for each cell.
        """
        return tuple(
            display.Column(f"{words.percent(self.level)} band", right=True) if one.name == "band" else one
            for one in COLUMNS
        )

    def cells(self) -> list[list[str]]:
        """Return one row of words for each prediction.

        Returns
        -------
        list of list of str
            The cells.
        """
        return [_cells(one) for one in self.predictions]

    def summary(self) -> list[str]:
        """Return what the predictions amount to, line by line, with the warning that belongs to it.

        Returns
        -------
        list of str
            Hits by both readings of a floor, coverage over families, misses, and the warning.
        """
        n = len(self.predictions)
        asked = words.with_noun(self.claims, "claim")
        alike = [
            f"not predicted: {claim}, before which the office had said the same number each time: no spread, no band"
            for claim in self.without_spread
        ]
        if not n:
            why = f"no office said {_FEWEST} numbers before another of the same munition and transport"
            return [f"none of {asked} could be predicted{'' if alike else f': {why}'}", *alike]
        as_bounds = sum(one.hit_as_bound for one in self.predictions)
        bounds = sum(one.bound in ("floor", "ceiling") for one in self.predictions)
        hits, families, low, high = self.coverage()
        independent = f"{families} independent {'family' if families == 1 else 'families'}"
        interval = f"90 %: {words.percent(low)} to {words.percent(high)}"
        lines = [
            f"{n} of {asked} could be predicted (k >= {_FEWEST})",
            f"floors and ceilings read as points, in fit and judgement: {self.hits} of {n} in the band",
            f"judged as the bounds they are ({bounds} of {n}), fitted as points: {as_bounds} of {n} in the band",
            f"fitted to points and ranges alone: {_hits_of(self.only_numbers)}",
            f"coverage over {independent}, the first prediction of each: {hits} of {families} ({interval})",
            f"coverage claimed: {words.percent(self.level)}",
        ]
        lines += [f"miss: {one.claim}, {_said(one)} against {_band(one)}" for one in self.misses]
        return [*lines, *alike, WARNING]

    def __str__(self) -> str:
        table = display.table(self.headings(), self.cells()).splitlines() if self.predictions else []
        return display.as_text([*table, *([""] if table else []), *self.summary()])

    def __repr__(self) -> str:
        return f"<Backtest of {self.claims} claims: {self.hits} of {len(self.predictions)} predictions in their band>"


def backtest(
    claims: object = None,
    *,
    family: str | None = None,
    munition: str | None = None,
    level: float = 0.9,
    catalog: Catalog | None = None,
) -> Backtest:
    """Predict each statement from what the same office had said before, and say how that went.

    It tests the rule by which statements become a band, not whether any of them is true. Where an office had said the
    same number each time there is no spread and no prediction, and the summary says so.

    Parameters
    ----------
    claims : path, DataFrame or iterable of rows, optional
        Claims in the columns of `claims.csv`; the record when left out [unitless].
    family, munition : str, optional
        Only statements of this office, in either case of letters, or of this munition [unitless].
    level : float
        Probability of each band, in (0, 1) [unitless].
    catalog : Catalog, optional
        The record, and where names are looked up; the shipped one when left out.

    Returns
    -------
    Backtest
        Predictions in order of statement; none where no office said enough.

    Raises
    ------
    ArgumentError
        If `level` is outside (0, 1), `claims` is no table, or a value asked for is no text.
    DataError
        If the table does not hold, with file, line, column and value.
    UnknownItemError
        If no claim has the family or munition asked for, or there is no such munition.

    Notes
    -----
    A statement is predicted from all of the same family, munition, transport and basis that were surely said before it:
    on an earlier day, where its date and theirs are days. What an office said of contents is so never predicted from
    what it said would fit. Versions of other outlets and claims whose ratio bounds nothing are
    neither fitted nor predicted. The rule is that of `shellflow.sampling.predictive`, with k >= 3.

    Examples
    --------
    >>> [(one.claim, one.hit) for one in backtest().predictions]
    [('rok-mnd-2024-06-14', True), ('rok-mnd-2024-07-24', True)]
    """
    level = inputs.check_level(level)
    catalog = as_catalog(catalog)
    every = [row for row in read_claims(claims, catalog) if row.rendering_of is None]
    rows = chosen_of(every, {"family": family, "munition": munition}, catalog)
    predictions, without_spread = _predict(rows, level)
    numbers = [row for row in rows if row.ratio_bound in ("point", "range")]
    return Backtest(
        tuple(predictions), float(level), len(rows), tuple(_predict(numbers, level)[0]), tuple(without_spread)
    )


def _predict(rows: Sequence[Claim], level: float) -> tuple[list[Prediction], list[str]]:
    """Return the predictions, and the claims that cannot be predicted as all statements before them are equal."""
    groups: dict[tuple[str, str, str, str], list[Statement]] = {}
    for row, one in zip(rows, of_record(rows), strict=True):
        if one.ratio_bound != "none":
            # No finding may read a basis, but to fit capacities to contents would be to mix two questions.
            groups.setdefault((one.transport or one.kind, one.family, one.munition, row.basis), []).append(one)
    predictions: list[Prediction] = []
    without_spread: list[str] = []
    for (transport, *_), statements in groups.items():
        in_order = sorted(statements, key=lambda statement: statement.date)
        predictions += _predict_one_by_one(in_order, transport, level, without_spread)
    return sorted(predictions, key=lambda prediction: (prediction.date, prediction.claim)), without_spread


def _predict_one_by_one(
    statements: Sequence[Statement], transport: str, level: float, without_spread: list[str]
) -> list[Prediction]:
    """Return the predictions of one office on one munition in one transport; `statements` are in order of date."""
    ratios = [ratio for one in statements if (ratio := ratio_of(one))]
    low, high = (np.array([ratio[end] for ratio in ratios]) for end in (0, 1))
    last = np.array([last_day(one.date).toordinal() for one in statements])
    found = []
    for place, one in enumerate(statements):
        before = np.flatnonzero(last < first_day(one.date).toordinal())
        if before.size < _FEWEST:
            continue
        try:
            fitted = sampling.predictive(low[before], high[before])
        except NoDataError:
            without_spread.append(one.key)
            continue
        band_low, band_high = _band_at(fitted, level)
        median = math.exp(fitted.log_center)
        said_low, said_high = ratios[place]
        number = math.sqrt(said_low * said_high)
        floor, ceiling = one.ratio_bound == "floor", one.ratio_bound == "ceiling"
        found.append(
            Prediction(
                claim=one.key,
                date=one.date,
                family=one.family,
                munition=one.munition,
                transport=transport,
                fitted=tuple(statements[index].key for index in before.tolist()),
                low=band_low,
                median=median,
                high=band_high,
                step=words.step(*_band_at(fitted, 0.9), median),
                said_low=said_low,
                said_high=said_high,
                bound=one.ratio_bound,
                pit=_pit(fitted, number),
                hit=_inside(number, number, band_low, band_high),
                hit_as_bound=_inside(
                    0.0 if ceiling else said_low, math.inf if floor else said_high, band_low, band_high
                ),
            )
        )
    return found


def _band_at(fitted: sampling.LogStudentT, level: float) -> tuple[float, float]:
    """Return the ends of the central interval of what is predicted [round/transport]."""
    low, high = (math.exp(fitted.log_center + fitted.log_scale * end) for end in _ends(fitted.df, level))
    return low, high


@lru_cache(maxsize=4096)
def _ends(df: int, level: float) -> tuple[float, float]:
    low, high = sampling.student_t_quantile(np.array([(1 - level) / 2, (1 + level) / 2]), df)
    return float(low), float(high)


def _pit(fitted: sampling.LogStudentT, number: float) -> float:
    apart = math.log(number) - fitted.log_center
    return float(sampling.student_t_probability(np.array([apart / fitted.log_scale]), fitted.df)[0])


def _inside(low: float, high: float, band_low: float, band_high: float) -> bool:
    return low <= band_high * (1 + _EXACT) and high >= band_low * (1 - _EXACT)


def _binomial_interval(hits: int, trials: int, level: float) -> tuple[float, float]:
    if trials == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2

    def solve(seen: int) -> float:
        """Return the probability of a hit at which `seen` or more hits have the probability `tail`, or 1 - `tail`."""
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            if _at_least(seen, trials, middle) < (tail if seen == hits else 1 - tail):
                low = middle
            else:
                high = middle
        return (low + high) / 2

    return (0.0 if hits == 0 else solve(hits)), (1.0 if hits == trials else solve(hits + 1))


def _at_least(hits: int, trials: int, p: float) -> float:
    log = [
        math.lgamma(trials + 1) - math.lgamma(one + 1) - math.lgamma(trials - one + 1)
        + one * math.log(p) + (trials - one) * math.log1p(-p)
        for one in range(hits, trials + 1)
    ]  # fmt: skip
    return math.fsum(map(math.exp, log))


# --- in words ---------------------------------------------------------------------------------------------------------

_LEAD = {"point": "", "floor": "more than ", "ceiling": "up to ", "range": ""}


def _hits_of(predictions: Sequence[Prediction]) -> str:
    if not predictions:
        return "none could be predicted"
    return f"{sum(one.hit for one in predictions)} of {len(predictions)} in the band"


def _said(one: Prediction) -> str:
    low = one.said_high if one.bound == "ceiling" else one.said_low
    high = one.said_low if one.bound == "floor" else one.said_high
    return _LEAD[one.bound] + said_ratio(low, high)


def _band(one: Prediction) -> str:
    return words.say_quantiles(one.low, one.median, one.high, one.step).band


def _cells(one: Prediction) -> list[str]:
    return [
        one.claim,
        one.family,
        one.munition,
        str(len(one.fitted)),
        words.say(one.median, one.step),
        _band(one),
        _said(one),
        f"{one.pit:.2f}",
        "hit" if one.hit else "miss",
        "hit" if one.hit_as_bound else "miss",
    ]
