"""Strategies of counts, settings, inputs, shipments and claims."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from shellflow import inputs, sampling, words
from shellflow.errors import bad_argument
from shellflow.inputs import Input

if TYPE_CHECKING:
    import pandas as pd
    from hypothesis.strategies import SearchStrategy

__all__ = ["ClaimInWords", "claims", "counts", "distributions", "settings", "shipments"]


def counts(least: int = 0, most: int = 100_000, noun: str | None = None) -> SearchStrategy[Any]:
    """Return counts as people write them: numbers, and texts that mean the same numbers.

    Parameters
    ----------
    least, most : int
        The limits [unitless].
    noun : str, optional
        Written behind some of the texts, such as "container" [unitless].

    Returns
    -------
    SearchStrategy
        Of int, float or str.

    Raises
    ------
    ArgumentError
        If `least` is negative or above `most`.

    Examples
    --------
    >>> counts(1, 10)
    integers(min_value=1, max_value=10).flatmap(...)
    """
    if not 0 <= least <= most:
        raise bad_argument("least", least, f"from 0 to most={most}")

    def written(value: int) -> SearchStrategy[Any]:
        forms: list[Any] = [value, float(value), str(value), f"{value:,}"]
        if noun is not None:
            forms.append(words.with_noun(f"{value:,}", noun))
        if value % 100 == 0 and value >= 1000:
            forms.append(f"{value / 1000:.15g}k")
        return st.sampled_from(forms)

    return st.integers(least, most).flatmap(written)


def settings() -> SearchStrategy[sampling.Settings]:
    """Return settings of few draws, for laws that hold in any number of them.

    Returns
    -------
    SearchStrategy
        Of Settings; use ``with sf.settings(n=chosen.n, seed=chosen.seed):``.

    Examples
    --------
    >>> settings()
    builds(Settings, n=sampled_from([1, 16, 64, 256]), seed=integers(min_value=0, max_value=1000))
    """
    return st.builds(sampling.Settings, n=st.sampled_from([1, 16, 64, 256]), seed=st.integers(0, 1000))


def distributions(least: float, most: float, unit: str = "", *, name: str | None = None) -> SearchStrategy[Input]:
    """Return uncertain inputs of every kind that stays within two limits.

    Parameters
    ----------
    least, most : float
        The limits, the first positive and below the second [`unit`].
    unit : str
        As for `shellflow.uniform` [unitless].
    name : str, optional
        Under which they are drawn; one of a few made-up names when left out [unitless].

    Returns
    -------
    SearchStrategy
        Of Input.

    Raises
    ------
    ArgumentError
        If the limits are not positive and in this order.

    Examples
    --------
    >>> import shellflow.testing as sft
    >>> sft.distributions(1.0, 2.0, "kg").validate()
    """
    if not 0 < least < most:
        raise bad_argument("least", least, f"positive and below most={most}")
    value = st.floats(least, most).map(lambda drawn: min(max(float(f"{drawn:.6g}"), least), most))

    def build(values: tuple[float, float, float], kind: str, called: str) -> Input:
        low, best, high = sorted(values)
        if kind == "fixed" or low == high:
            return inputs.fixed(best, unit, name=called)
        if kind == "uniform":
            return inputs.uniform(low, high, unit, name=called)
        if kind == "discrete":
            return inputs.discrete(sorted({low, best, high}), unit=unit, name=called)
        return inputs.triangular(low, best, high, unit, name=called)

    kinds = st.sampled_from(["fixed", "uniform", "triangular", "discrete"])
    names = st.just(name) if name is not None else st.sampled_from(["alpha", "bravo", "charlie", "delta"])
    return st.builds(build, st.tuples(value, value, value), kinds, names)


@st.composite
def shipments(draw: st.DrawFn, *, most: int = 12, uncertain: bool = False) -> pd.DataFrame:
    """Return tables of shipments: a date, a count, a munition; with `uncertain`, a low and a high count instead.

    Parameters
    ----------
    most : int
        The most rows [unitless].
    uncertain : bool
        Whether counts are ranges [unitless].

    Returns
    -------
    SearchStrategy
        Of pandas.DataFrame with the columns date, munition, and count or low and high.

    Examples
    --------
    >>> shipments(most=3).validate()
    """
    import pandas as pd

    dates = st.dates(datetime.date(2023, 1, 1), datetime.date(2024, 12, 31))
    names = st.sampled_from(["152mm", "122mm-rocket"])
    rows = draw(st.lists(st.tuples(dates, names, st.integers(0, 500), st.integers(0, 50)), min_size=1, max_size=most))
    table = pd.DataFrame(rows, columns=["date", "munition", "count", "width"])
    if uncertain:
        table["low"], table["high"] = table["count"], table["count"] + table["width"]
        return table[["date", "munition", "low", "high"]]
    return table[["date", "munition", "count"]]


@dataclass(frozen=True)
class ClaimInWords:
    """A claim as people write it.

    Parameters
    ----------
    count, rounds : str
        "6,700 containers" and "more than 3M" [unitless].
    munition : str
        What it speaks of [unitless].
    """

    count: str
    rounds: str
    munition: str


def claims() -> SearchStrategy[ClaimInWords]:
    """Return claims in words: so many transports, so many rounds, as a point, a floor, a ceiling or a range.

    Returns
    -------
    SearchStrategy
        Of ClaimInWords.

    Examples
    --------
    >>> claims().validate()
    """

    def build(count: int, each: int, bound: str, munition: str) -> ClaimInWords:
        rounds = count * each
        text = f"{rounds:,} to {2 * rounds:,}" if bound == "range" else f"{bound}{rounds:,}"
        return ClaimInWords(words.with_noun(f"{count:,}", "container"), text, munition)

    bounds = st.sampled_from(["", "more than ", "at least ", "up to ", "about ", "range"])
    names = st.sampled_from(["152mm", "122mm-shell", "122mm-rocket"])
    return st.builds(build, st.integers(1, 20_000), st.integers(1, 2_000), bounds, names)
