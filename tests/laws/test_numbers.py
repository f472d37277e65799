"""What holds for every number that comes from outside, at every place where one can be given."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import boxes, checks, sampling, units
from shellflow.errors import ArgumentError, ShellflowError

NO_NUMBERS: list[tuple[str, Any]] = [
    ("masked", np.ma.masked),
    ("masked array", np.ma.array(5.0, mask=True)),
    ("array with a mask", np.ma.array(5.0)),
    ("NaN", float("nan")),
    ("numpy's NaN", np.float64("nan")),
    ("infinity", float("inf")),
    ("minus infinity", -np.inf),
    ("decimal NaN", Decimal("nan")),
    ("signalling NaN", Decimal("snan")),
    ("decimal infinity", Decimal("inf")),
    ("complex", 1 + 0j),
    ("numpy's complex", np.complex128(0.5)),
    ("true", True),
    ("numpy's true", np.True_),
    ("array of true", np.array(True)),
    ("date", dt.date(2024, 2, 1)),
    ("time", dt.datetime(2024, 2, 1, tzinfo=dt.UTC)),
    ("length of time", dt.timedelta(1)),
    ("numpy's date", np.datetime64("2024-02-01")),
    ("numpy's date to the nanosecond", np.datetime64("2024-02-01", "ns")),
    ("numpy's length of time", np.timedelta64(1, "s")),
    ("numpy's length in days", np.timedelta64(1, "D")),
    ("array of a length of time", np.array(1, "m8[ns]")),
    ("pandas' time", pd.Timestamp("2024-02-01")),
    ("pandas' length of time", pd.Timedelta(1)),
    ("NaT", pd.NaT),
    ("NA", pd.NA),
    ("too large an int", 10**400),
    ("too large to write out", 10**5000),
    ("too large to compute with", 1e61),
    ("too large a decimal", Decimal("1e400")),
    ("too large a long float", np.longdouble("1e61")),
    ("bytes", b"5"),
    ("a text in an array", np.array("0.5")),
    ("an object", object()),
    ("a type", int),
    ("several", [0.5]),
    ("an array of one", np.array([0.5])),
]
ESTIMATE = sf.estimate(100, "152mm")


def in_containers(value: Any) -> Any:
    quantity = units.registry().Quantity(5, "container")
    quantity._magnitude = value  # pint itself refuses some of them
    return quantity


PLACES: dict[str, Callable[[Any], object]] = {
    "estimate count": lambda value: sf.estimate(value, "152mm"),
    "estimate munition_share": lambda value: sf.estimate(100, "152mm", munition_share=value),
    "units_needed": lambda value: sf.units_needed(value, "152mm"),
    "quantity": lambda value: sf.estimate(in_containers(value), "152mm"),
    "fixed": lambda value: sf.fixed(value, "kg"),
    "uniform low": lambda value: sf.uniform(value, 1e9, "kg"),
    "uniform high": lambda value: sf.uniform(-1e9, value),
    "triangular": lambda value: sf.triangular(-1e9, value, 1e9),
    "lognormal": lambda value: sf.lognormal(value, 1e9, "kg"),
    "lognormal level": lambda value: sf.lognormal(1, 2, level=value),
    "discrete value": lambda value: sf.discrete([value, 1e9]),
    "discrete weight": lambda value: sf.discrete([1, 2], [value, 0.5]),
    "observation": lambda value: sf.from_observations([value, 2, 3]),
    "chance at_least": lambda value: ESTIMATE.chance(at_least=value),
    "chance at_most": lambda value: ESTIMATE.chance(at_most=value),
    "quantile": lambda value: ESTIMATE.quantile(value),
    "band level": lambda value: ESTIMATE.band(value),
    "words level": lambda value: ESTIMATE.in_words(value),
    "lasts_at": lambda value: ESTIMATE.lasts_at(value),
    "settings n": lambda value: sf.settings(n=value),
    "settings seed": lambda value: sf.settings(seed=value),
    "mix share": lambda value: sf.mix({"152mm": value, "122mm": 0.5}),
    "packing rounds": lambda value: sf.packing("152mm", rounds=value, packaging="20 kg"),
    "packing load": lambda value: sf.packing("152mm", load=value),
    "audit rounds": lambda value: sf.audit(rounds=value, count=100, munition="152mm"),
    "audit count": lambda value: sf.audit(rounds=1000, count=value, munition="152mm"),
    "box side": lambda value: boxes.fit(value, 2, 2, 0.5, 0.5, 0.5),
    "box layers": lambda value: boxes.fit(3, 2, 2, 0.5, 0.5, 0.5, layers=value),
    "drivers drawn": lambda value: sf.estimate(100, "152mm", packing="crated").plot.drivers(most=value),
    "flow between": lambda value: sf.flow(
        pd.DataFrame({"count": [100]}), munition="152mm", packing="as-loaded", by=None, between=value
    ),
    "row of one draw": lambda value: sampling.predictive([value, 2, 3], [3, 3, 3]),
}


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize(("what", "value"), NO_NUMBERS, ids=[what for what, _ in NO_NUMBERS])
def test_what_is_no_finite_number_is_refused_wherever_it_is_given(place: str, what: str, value: Any) -> None:
    if place == "settings seed" and isinstance(value, int) and not isinstance(value, bool):  # 2**128 are allowed
        value = 10**5000
    with pytest.raises(ShellflowError, match=r"=|must be|masked"):
        PLACES[place](value)


@pytest.mark.parametrize(
    "value", [0.5, np.float32(0.5), np.float64(0.5), np.array(0.5), Decimal("0.5"), Fraction(1, 2), np.longdouble(0.5)]
)
def test_a_number_of_any_kind_is_the_number(value: Any) -> None:
    assert checks.number(value, "x") == 0.5
    assert ESTIMATE.quantile(value) == ESTIMATE.median
    assert ESTIMATE.in_words(value) == ESTIMATE.in_words(0.5)
    half = sf.estimate(100, "152mm", munition_share=0.5)
    assert np.array_equal(sf.estimate(100, "152mm", munition_share=value).values, half.values)


@pytest.mark.parametrize("value", [3, np.int8(3), np.uint64(3), np.array(3)])
def test_a_whole_number_of_any_kind_is_the_number(value: Any) -> None:
    assert checks.whole_number(value, "n", least=1) == 3
    with sf.settings(n=value) as chosen:
        assert chosen == sampling.Settings(3)


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(-10, 10), st.floats(-10, 10))
def test_a_number_passes_if_and_only_if_it_lies_within_the_limits(value: float, least: float, most: float) -> None:
    if least <= value <= most:
        assert checks.number(value, "x", least=least, most=most) == value
    else:
        with pytest.raises(ArgumentError, match=r"x="):
            checks.number(value, "x", least=least, most=most)


@given(st.lists(st.floats(allow_nan=True, allow_infinity=True), max_size=5))
def test_a_row_passes_if_and_only_if_every_number_of_it_does(values: list[float]) -> None:
    if all(abs(value) <= checks.LARGEST for value in values):
        assert checks.row_of_numbers(values, "sizes").tolist() == values
    else:
        with pytest.raises(ArgumentError, match=r"sizes="):
            checks.row_of_numbers(values, "sizes")


@pytest.mark.parametrize(
    "row",
    [
        np.ma.array([1.0, 2.0], mask=[False, True]),
        np.array([1, 2], "m8[D]"),
        np.array(["2024-02-01"], "M8[D]"),
        np.array([1j]),
        np.array([True]),
        ["1", "2"],
        [1, None],
        [[1, 2], [3]],
        np.ones((2, 2)),
        None,
        pd.Series([1, None], dtype="Int64"),
    ],
)
def test_a_row_that_holds_something_else_is_refused(row: Any) -> None:
    with pytest.raises(ArgumentError, match=r"sizes=.*must be"):
        checks.row_of_numbers(row, "sizes")


class Masked:
    def ppf(self, p: Any) -> Any:
        return np.ma.array(p, mask=p < 0.5)


class OfTime:
    def ppf(self, p: Any) -> Any:
        return (1000 * p).astype("m8[D]")


@pytest.mark.parametrize("foreign", [Masked(), OfTime()])
def test_a_foreign_distribution_gives_numbers_or_is_refused(foreign: Any) -> None:
    with pytest.raises(ArgumentError, match=r"distribution=.*its ppf gives"):
        sf.distribution(foreign, "kg")


def test_a_product_that_no_float_holds_is_refused() -> None:
    product = ESTIMATE
    for _ in range(6):
        product = product * 1e60
    too_large = r"result is larger than a computer holds \(1e308\) in 100 % of the draws"
    asks: tuple[Callable[[], object], ...] = (
        lambda: product.values,
        product.in_words,
        product.explain,
        product.to_frame,
    )
    for ask in asks:
        with pytest.raises(ArgumentError, match=too_large):
            ask()
    with pytest.raises(ArgumentError, match=r"count='1e306 containers': must be at most 1e60"):
        sf.estimate("1e306 containers", "152mm")
    with pytest.raises(ArgumentError, match=r"count=1e\+306: must be at most 1e60"):
        sf.estimate(1e306, "152mm")
    with pytest.raises(ArgumentError, match=r"high=1e\+308: must be at most 1e60"):
        sf.triangular(3, 4, 1e308)
    assert np.all(np.isfinite(sf.triangular(-1e60, 1e60, 1e60).draws(sampling.Settings(100))))
    assert np.all(np.isfinite(sf.estimate(1e60, "152mm").values))


@pytest.mark.parametrize("value", [np.ma.masked, np.timedelta64(1, "D"), float("nan"), 10**400, 1e61])
def test_arithmetic_takes_numbers_through_the_same_gate(value: Any) -> None:
    combinations: list[Callable[[], object]] = [
        lambda: ESTIMATE * value,
        lambda: ESTIMATE + value,
        lambda: ESTIMATE / value,
    ]
    for combine in combinations:
        with pytest.raises(ArgumentError, match=r"must be"):
            combine()
