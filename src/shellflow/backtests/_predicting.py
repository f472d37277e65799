"""Predict each statement from the office's earlier ones."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from shellflow import inputs, sampling, words
from shellflow.backtests._backtest import FEWEST, Backtest, Prediction
from shellflow.catalog import Catalog, Claim, as_catalog
from shellflow.errors import NoDataError
from shellflow.statements import Statement, chosen_of, first_day, last_day, of_record, ratio_of, read_claims

__all__ = ["backtest"]

_EXACT = 1e-9


def backtest(
    claims: object = None,
    *,
    family: str | None = None,
    munition: str | None = None,
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
    >>> [(prediction.claim, prediction.hit) for prediction in backtest().predictions]
    [('rok-mnd-2024-06-14', True), ('rok-mnd-2024-07-24', True)]
    """
    level = inputs.check_level(level)
    known = as_catalog(catalog)
    originals = [row for row in read_claims(claims, known) if row.rendering_of is None]
    rows = chosen_of(originals, {"family": family, "munition": munition}, known)
    predictions, without_spread = _predict(rows, level)
    numbers = [row for row in rows if row.ratio_bound in ("point", "range")]
    return Backtest(
        tuple(predictions), float(level), len(rows), tuple(_predict(numbers, level)[0]), tuple(without_spread)
    )


def _predict(rows: Sequence[Claim], level: float) -> tuple[list[Prediction], list[str]]:
    """Return the predictions, and the claims that cannot be predicted since all earlier statements are equal."""
    groups: dict[tuple[str, str, str, str], list[Statement]] = {}
    for row, statement in zip(rows, of_record(rows), strict=True):
        if statement.ratio_bound != "none":
            # No finding may read a basis, but to fit capacities to contents would be to mix two questions.
            office = statement.transport or statement.kind, statement.family, statement.munition, row.basis
            groups.setdefault(office, []).append(statement)
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
    ratios = [ratio for statement in statements if (ratio := ratio_of(statement))]
    low, high = (np.array([ratio[end] for ratio in ratios]) for end in (0, 1))
    last = np.array([last_day(statement.date).toordinal() for statement in statements])
    predictions = []
    for place, statement in enumerate(statements):
        before = np.flatnonzero(last < first_day(statement.date).toordinal())
        if before.size < FEWEST:
            continue
        try:
            fitted = sampling.predictive(low[before], high[before])
        except NoDataError:
            without_spread.append(statement.key)
            continue
        band_low, band_high = _band_at(fitted, level)
        median = math.exp(fitted.log_center)
        stated_low, stated_high = ratios[place]
        number = math.sqrt(stated_low * stated_high)
        floor, ceiling = statement.ratio_bound == "floor", statement.ratio_bound == "ceiling"
        predictions.append(
            Prediction(
                claim=statement.key,
                date=statement.date,
                family=statement.family,
                munition=statement.munition,
                transport=transport,
                fitted=tuple(statements[index].key for index in before.tolist()),
                low=band_low,
                median=median,
                high=band_high,
                step=words.step(*_band_at(fitted, 0.9), median),
                stated_low=stated_low,
                stated_high=stated_high,
                bound=statement.ratio_bound,
                pit=_pit(fitted, number),
                hit=_inside(number, number, band_low, band_high),
                hit_as_bound=_inside(
                    0.0 if ceiling else stated_low, math.inf if floor else stated_high, band_low, band_high
                ),
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
