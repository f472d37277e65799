"""Predict each statement from the office's earlier ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from shellflow import inputs, sampling, words
from shellflow.backtests._backtest import FEWEST, Backtest, Prediction
from shellflow.catalog import Catalog, Claim, as_catalog, increments_of
from shellflow.errors import NoDataError, bad_argument
from shellflow.statements import (
    Statement,
    chosen_of,
    first_day,
    last_day,
    numbers_of,
    of_record,
    ratio_of,
    read_claims,
)

__all__ = ["backtest"]

OF = ("totals", "increments")

_EXACT = 1e-9


def backtest(
    claims: object = None,
    *,
    family: str | None = None,
    munition: str | None = None,
    of: str = "totals",
    level: float = 0.9,
    catalog: Catalog | None = None,
) -> Backtest:
    """Predict each statement from the same office's earlier ones, and count how often its band contained it.

    It tests the rule by which statements become a band, not whether any of them is true. Where all earlier statements
    give the same number there is no spread and no prediction, and the report says so.

    Parameters
    ----------
    claims : path, DataFrame or iterable of rows, optional
        Claims in the columns of `claims.csv`; the record when left out [unitless].
    family, munition : str, optional
        Only statements of this office, in either case of letters, or of this munition [unitless].
    of : str
        "totals", or "increments": what each statement adds to the one before, predicted from what those before it
        added. Totals contain each other, and a band fitted to totals is none for what is added [unitless].
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
        If `level` is outside (0, 1), `of` is neither, `claims` is no table, or a value asked for is no text.
    DataError
        If the table does not hold, with file, line, column and value.
    UnknownItemError
        If no claim has the family or munition asked for, or there is no such munition.

    Notes
    -----
    A statement is predicted from all of the same family, munition, transport and basis that were surely said before it:
    on an earlier day, where its date and theirs are days. What an office said of contents is so never predicted from
    what it said would fit. Versions of other outlets and claims whose ratio bounds nothing are neither fitted nor
    predicted. The rule is that of `shellflow.sampling.predictive`, with k >= 3.

    An increment is what a statement adds in rounds, over what it adds in transports, by the numbers stated; the first
    one adds all that it counts. A statement that does not add to both has none, and the report says so.

    Examples
    --------
    >>> [(prediction.claim, prediction.hit) for prediction in backtest().predictions]
    [('rok-mnd-2024-06-14', True), ('rok-mnd-2024-07-24', True), ('rok-dia-2024-10-23', True)]
    """
    level = inputs.check_level(level)
    if of not in OF:
        raise bad_argument("of", of, f"one of {', '.join(map(repr, OF))}")
    catalog = as_catalog(catalog)
    originals = [row for row in read_claims(claims, catalog) if row.rendering_of is None]
    rows = chosen_of(originals, {"family": family, "munition": munition}, catalog)
    predictions, not_predicted = _predict(rows, of, level)
    numbers, _ = _predict([row for row in rows if row.ratio_bound in ("point", "range")], of, level)
    return Backtest(tuple(predictions), float(level), len(rows), tuple(numbers), tuple(not_predicted), of)


@dataclass(frozen=True, slots=True)
class _Trial:
    """What is to be predicted: the numbers stated, and between which bounds the words of the statement put it."""

    statement: Statement
    numbers: tuple[float, float]
    bound: str
    bounds: tuple[float, float]


def _predict(rows: Sequence[Claim], of: str, level: float) -> tuple[list[Prediction], list[tuple[str, str]]]:
    """Return the predictions, and the claims that cannot be predicted, each with the reason."""
    groups: dict[tuple[str, str, str, str], list[Statement]] = {}
    for row, statement in zip(rows, of_record(rows), strict=True):
        if statement.ratio_bound != "none":
            # No finding may read a basis, but to fit capacities to contents would be to mix two questions.
            office = statement.transport or statement.kind, statement.family, statement.munition, row.basis
            groups.setdefault(office, []).append(statement)
    predictions: list[Prediction] = []
    not_predicted: list[tuple[str, str]] = []
    for (transport, *_), statements in groups.items():
        # Of two totals of one day the smaller counts as the earlier, whatever their order in the table.
        in_order = sorted(statements, key=lambda statement: (statement.date, _total(statement), statement.key))
        trials = _totals(in_order) if of == "totals" else _increments(in_order, not_predicted)
        predictions += _predict_one_by_one(trials, transport, level, not_predicted)
    return sorted(predictions, key=lambda prediction: (prediction.date, prediction.claim)), not_predicted


def _totals(statements: Sequence[Statement]) -> list[_Trial]:
    trials = []
    for statement in statements:
        numbers = ratio_of(statement)
        assert numbers is not None  # it bounds a ratio
        low = 0.0 if statement.ratio_bound == "ceiling" else numbers[0]
        high = math.inf if statement.ratio_bound == "floor" else numbers[1]
        trials.append(_Trial(statement, numbers, statement.ratio_bound, (low, high)))
    return trials


def _increments(statements: Sequence[Statement], not_predicted: list[tuple[str, str]]) -> list[_Trial]:
    """Return what each statement adds to the one before; those that add nothing go to `not_predicted`."""
    numbers = increments_of(map(_total, statements))
    trials = []
    nothing = words.Claimed(0.0, 0.0, "point", None)
    rounds_before = units_before = nothing
    for statement, ratio in zip(statements, numbers, strict=True):
        rounds, units = _side(statement, "rounds"), _side(statement, "units")
        if ratio is None:
            not_predicted.append((statement.key, "it does not add both rounds and transports to the one before"))
        else:
            (least, most), (fewest, many) = _added(rounds, rounds_before), _added(units, units_before)
            low = max(least, 0.0) / many if math.isfinite(many) else 0.0
            high = most / fewest if fewest > 0 else math.inf
            trials.append(_Trial(statement, ratio, _bound_of(low, high), (low, high)))
        rounds_before, units_before = rounds, units
    return trials


def _total(statement: Statement) -> tuple[float, float, float, float]:
    return *numbers_of(_side(statement, "rounds")), *numbers_of(_side(statement, "units"))


def _side(statement: Statement, name: str) -> words.Claimed:
    side = statement.rounds if name == "rounds" else statement.units
    assert side is not None  # it bounds a ratio
    return side


def _added(after: words.Claimed, before: words.Claimed) -> tuple[float, float]:
    """Return the least and the most that may have been added, by the words of both."""
    low = -math.inf if after.low is None or before.high is None else after.low - before.high
    high = math.inf if after.high is None or before.low is None else after.high - before.low
    return low, high


def _bound_of(low: float, high: float) -> str:
    if low > 0 and math.isfinite(high):
        return "point" if low == high else "range"
    return "floor" if low > 0 else "ceiling" if math.isfinite(high) else "none"


def _predict_one_by_one(
    trials: Sequence[_Trial], transport: str, level: float, not_predicted: list[tuple[str, str]]
) -> list[Prediction]:
    """Return the predictions of one office on one munition in one transport; `trials` are in order of date."""
    low, high = (np.array([trial.numbers[end] for trial in trials]) for end in (0, 1))
    last = np.array([last_day(trial.statement.date).toordinal() for trial in trials])
    predictions = []
    for trial in trials:
        statement = trial.statement
        before = np.flatnonzero(last < first_day(statement.date).toordinal())
        if before.size < FEWEST:
            continue
        try:
            fitted = sampling.predictive(low[before], high[before])
        except NoDataError:
            not_predicted.append((statement.key, "all earlier statements give the same number: no spread, no band"))
            continue
        band_low, band_high = _band_at(fitted, level)
        median = math.exp(fitted.log_center)
        stated_low, stated_high = trial.numbers
        number = math.sqrt(stated_low * stated_high)
        predictions.append(
            Prediction(
                claim=statement.key,
                date=statement.date,
                family=statement.family,
                munition=statement.munition,
                transport=transport,
                fitted=tuple(trials[index].statement.key for index in before.tolist()),
                low=band_low,
                median=median,
                high=band_high,
                step=words.step(*_band_at(fitted, 0.9), median),
                stated_low=stated_low,
                stated_high=stated_high,
                bound=trial.bound,
                pit=_pit(fitted, number),
                hit=_inside(number, number, band_low, band_high),
                hit_as_bound=_inside(*trial.bounds, band_low, band_high),
            )
        )
    return predictions


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
