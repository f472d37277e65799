"""What holds of calculations with inputs and estimates: the same unknown everywhere, flat sums, no chain too long."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import sampling, terms
from shellflow.errors import (
    ArgumentError,
    BasisError,
    DataError,
    InputConflictError,
    SettingsError,
    ShellflowError,
    UnitError,
)
from shellflow.inputs import Input, gather

NUMBERS = st.floats(0.01, 100.0)
SETTINGS = sampling.Settings(n=64)

KEPT = sf.uniform(0.95, 1.05, name="kept", source="a count of wagons", grade="measured")
SPARE = sf.triangular(0.1, 0.2, 0.4, name="spare", source="a report", grade="published")

LEAVES = st.one_of(st.sampled_from([KEPT, SPARE]), NUMBERS.map(lambda value: sf.fixed(value, name=f"number {value}")))


@st.composite
def calculations(draw: st.DrawFn) -> tuple[Input, sampling.Floats]:
    """An input calculated from others in up to twelve steps, and the same calculated by numpy."""
    first = draw(LEAVES)
    number, values = first, np.array(first.draws(SETTINGS))
    for _ in range(draw(st.integers(1, 12))):
        other = draw(st.one_of(LEAVES, NUMBERS))
        operand = other.draws(SETTINGS) if isinstance(other, Input) else other
        sign = draw(st.sampled_from("+*/"))
        if sign == "+" and not isinstance(other, Input):
            sign = "*"
        number, values = {
            "+": lambda a, b, x, y: (a + b, x + y),
            "*": lambda a, b, x, y: (a * b, x * y),
            "/": lambda a, b, x, y: (a / b, x / y),
        }[sign](number, other, values, operand)
    return number, values


@given(calculations())
def test_inputs_calculate_as_their_draws_do(calculation: tuple[Input, sampling.Floats]) -> None:
    number, values = calculation
    np.testing.assert_allclose(number.draws(SETTINGS), values, rtol=1e-12)


@given(calculations(), calculations())
def test_a_calculated_input_has_the_unknowns_of_all_it_is_made_of(
    one: tuple[Input, sampling.Floats], other: tuple[Input, sampling.Floats]
) -> None:
    total = one[0] + other[0]
    assert set(gather([total])) <= set(gather([one[0], other[0], total]))
    assert {part.name for part in gather([total])} == {part.name for part in gather([one[0], other[0]])}


@given(calculations())
def test_a_calculated_input_less_itself_is_0(calculation: tuple[Input, sampling.Floats]) -> None:
    assert not np.any((calculation[0] - calculation[0]).draws(SETTINGS))


@given(calculations())
def test_a_calculated_input_is_the_same_where_it_is_given_and_where_it_multiplies(
    calculation: tuple[Input, sampling.Floats],
) -> None:
    share = calculation[0] / (1 + calculation[0])
    with sf.settings(n=64):
        within = sf.estimate(100, "152mm", packing="ceiling", munition_share=share)
        beside = sf.estimate(100, "152mm", packing="ceiling") * share
    np.testing.assert_allclose(within.values, beside.values, rtol=1e-12)


@given(calculations())
def test_json_and_pickles_keep_a_calculated_input(calculation: tuple[Input, sampling.Floats]) -> None:
    share = calculation[0] / (1 + calculation[0])
    with sf.settings(n=64):
        asked = sf.estimate(share * sf.fixed("100 containers"), "152mm", packing="ceiling", munition_share=share)
    read = sf.from_json(asked.to_json())
    assert np.array_equal(read.values, asked.values)
    assert np.array_equal(pickle.loads(pickle.dumps(asked)).values, asked.values)
    assert read.inputs().equals(asked.inputs())
    assert read.grade == asked.grade


@given(st.lists(NUMBERS, min_size=1, max_size=20))
def test_scalings_are_folded_into_one(factors: list[float]) -> None:
    number: Any = KEPT
    for factor in factors:
        number = number * factor
    term = number.term
    assert terms.depth(term) <= 2
    np.testing.assert_allclose(number.draws(SETTINGS), KEPT.draws(SETTINGS) * np.prod(factors), rtol=1e-12)


@given(st.permutations([KEPT, SPARE, KEPT * SPARE, KEPT / SPARE, sf.fixed(3, name="three")]))
def test_a_sum_is_flat_and_the_same_in_every_order(parts: list[Input]) -> None:
    total: Any = sum(parts)
    assert len(terms.parts_of(total.term)) == len(parts)
    expected = sum(part.draws(SETTINGS) for part in parts)
    np.testing.assert_allclose(total.draws(SETTINGS), expected, rtol=1e-12)
    assert {part.name for part in gather([total])} == {"kept", "spare", "three"}


# --- one where the other is asked for ---------------------------------------------------------------------------------


def test_the_mass_of_a_crate_may_be_a_sum_of_masses() -> None:
    # A shell of 43 to 44 kg in a crate of 6 to 19 kg: 49 to 63 kg, and 21.75 t over those is 345 to 443 crates.
    gross = sf.uniform("43 kg", "44 kg", name="shell") + sf.triangular("6 kg", "12 kg", "19 kg", name="crate")
    packing = sf.packing("152mm", rounds=1, gross=gross, packaging=None)
    asked = sf.estimate(1, "152mm", packing=packing)
    assert 21_750 / 63 - 1 <= asked.values.min() <= asked.values.max() <= 21_750 / 49
    names = set(asked.inputs()["input"])
    assert {"shell", "crate"} <= names
    assert set(asked.drivers()["input"]) >= {"shell", "crate"}
    assert asked.grade == "assumed"
    again = sf.from_json(asked.to_json())
    assert np.array_equal(again.values, asked.values)
    assert np.array_equal(pickle.loads(pickle.dumps(asked)).values, asked.values)


def test_an_estimate_may_be_a_count_a_share_a_load_and_a_mass() -> None:
    count = sf.uniform("90 containers", "110 containers", name="count")
    share = sf.estimate(10, "152mm", packing="ceiling") / sf.estimate(20, "152mm", packing="ceiling")
    assert np.allclose(sf.estimate(count, "152mm", munition_share=share).values, sf.estimate(count, "152mm").values / 2)
    twice = sf.estimate(2 * count, "152mm", packing="crated")
    np.testing.assert_allclose(twice.values, 2 * sf.estimate(count, "152mm", packing="crated").values)
    rounds = sf.estimate(count, "152mm", packing="crated")
    each = rounds / sf.estimate(count, "152mm", packing="crated") * sf.fixed("500 rounds/container")
    own = sf.packing("152mm", rounds_per_transport=each)
    np.testing.assert_allclose(sf.estimate(2, "152mm", packing=own).values, 1000.0)
    load = (sf.uniform("10 t", "11 t", name="load") * rounds / rounds) * 1.0
    loaded = sf.packing("152mm", gross="65 kg", load=load)
    plain = sf.packing("152mm", gross="65 kg", load=sf.uniform("10 t", "11 t", name="load"))
    np.testing.assert_allclose(
        sf.estimate(1, "152mm", packing=loaded).values, sf.estimate(1, "152mm", packing=plain).values
    )


def test_products_of_inputs_and_estimates_are_estimates_on_either_side() -> None:
    rounds = sf.estimate(100, "152mm", packing="ceiling")
    products: list[Any] = [KEPT * rounds, rounds * KEPT]
    for made in products:
        assert isinstance(made, sf.Estimate)
        np.testing.assert_allclose(made.values, rounds.values * KEPT.draws(rounds.settings))
    others: list[Any] = [KEPT / rounds, sf.fixed("5 rounds") - rounds]
    assert all(isinstance(made, sf.Estimate) for made in others)


def test_the_grade_and_sources_of_a_calculated_input_are_those_of_its_inputs() -> None:
    number = KEPT + SPARE
    assert number.grade == "published"
    assert number.source == "a count of wagons and a report"
    asked = sf.estimate(100, "152mm", packing="ceiling") * number
    assert {"kept", "spare"} <= set(asked.inputs()["input"])


def test_the_source_of_a_packing_is_that_of_the_masses_it_is_calculated_from() -> None:
    gross = sf.uniform("43 kg", "44 kg", name="shell", source="a manual", grade="specified") + sf.fixed("12 kg")
    own = sf.packing("152mm", gross=gross, source="a photograph", grade="measured")
    table = sf.estimate(1, "152mm", packing=own).inputs().set_index("input")
    assert table.loc["shell", "source"] == "a manual"
    assert table.loc["fixed 12 kg", "source"] == "a photograph"
    assert table.loc["fixed 12 kg", "grade"] == "measured"


REFUSED: dict[str, tuple[Callable[[], object], type[ShellflowError], str]] = {
    "a mass to a number": (lambda: KEPT + sf.fixed("1 kg"), UnitError, r"a plain number and kg cannot be added"),
    "a length for a mass": (
        lambda: sf.packing("152mm", gross=sf.uniform("1 m", "2 m", name="side") * 2),
        UnitError,
        r"gross=.* is in m; expected kg",
    ),
    "a share above 1": (
        lambda: sf.estimate(1, "152mm", munition_share=KEPT * 2),
        ArgumentError,
        r"munition_share=1\.9.* must be at least 0 and at most 1",
    ),
    "a mass below 0": (
        lambda: sf.packing("152mm", gross=sf.uniform("50 kg", "60 kg", name="gross") - sf.fixed("55 kg")),
        ArgumentError,
        r"gross=.*must be above 0",
    ),
    "a division by 0": (lambda: KEPT / (SPARE - SPARE), ArgumentError, r"the divisor is 0 in 100 % of the draws"),
    "a division by the number 0": (lambda: KEPT / 0, ArgumentError, r"divisor=0.*different from 0"),
    "two things of one name": (
        lambda: KEPT + sf.uniform(0, 5, name="kept"),
        InputConflictError,
        r"'kept' stands for two different things",
    ),
    "two unnamed of one content": (
        lambda: sf.uniform(0, 5) + sf.uniform(0, 5),
        InputConflictError,
        r"without a name= have the same content",
    ),
    "a capacity and contents": (
        lambda: sf.estimate(1, "152mm", packing="crated") * KEPT + sf.estimate(1, "152mm", packing="as-loaded") * SPARE,
        ShellflowError,
        r"do not add up",
    ),
}


@pytest.mark.parametrize(("make", "error", "match"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_calculated_is_refused(
    make: Callable[[], object], error: type[ShellflowError], match: str
) -> None:
    with pytest.raises(error, match=match):
        make()


def test_an_estimate_of_other_draws_is_refused_as_an_input() -> None:
    with sf.settings(n=64):
        share = sf.estimate(1, "152mm") / sf.estimate(2, "152mm")
    with pytest.raises(SettingsError, match=r"n=16384.* and n=64"):
        sf.estimate(1, "152mm", munition_share=share)


# --- many, and long chains --------------------------------------------------------------------------------------------


with sf.settings(n=8):
    HALVES = [sf.estimate(count, "152mm", packing=name) for count in (3, 7) for name in ("crated", "as-loaded")]


@given(
    st.lists(st.tuples(st.sampled_from(HALVES[::2]), st.sampled_from(HALVES[1::2]), NUMBERS), min_size=1, max_size=2),
    st.booleans(),
)
def test_what_compares_a_capacity_and_contents_less_itself_is_0(
    pairs: list[tuple[sf.Estimate, sf.Estimate, float]], forward: bool
) -> None:
    comparison: Any = sum(
        (capacity - contents * factor) * (1 if forward else -1) for capacity, contents, factor in pairs
    )
    nothing = comparison - comparison
    assert not nothing.values.any()
    assert nothing.basis == "capacity and contents"
    assert not sf.from_json(nothing.to_json()).values.any()
    with pytest.raises(BasisError, match=r"do not add up"):
        _ = nothing + HALVES[0]


def test_a_thousand_estimates_add_up_to_one_flat_sum() -> None:
    with sf.settings(n=64):
        parts = [sf.estimate(count, "152mm", packing="crated") for count in range(1, 1001)]
        total: Any = sum(parts)
        assert len(total.rows()) == 1_001
        np.testing.assert_allclose(total.values, sf.estimate(500_500, "152mm", packing="crated").values)
        assert total.explain().startswith("sum of 1000 parts")


def chain(length: int, step: Callable[[Any, Any, Any], object]) -> Any:
    with sf.settings(n=8):
        start: Any = sf.estimate(1, "152mm", packing="crated")
        made = start
        for _ in range(length):
            made = step(made, start, KEPT)
    return made


CHAINS: dict[str, tuple[int, Callable[[Any, Any, Any], object]]] = {
    "multiplied by an input": (10_000, lambda made, start, kept: made * kept),
    "an input multiplied by it": (2_000, lambda made, start, kept: kept * made),
    "multiplied by a number": (10_000, lambda made, start, kept: made * 1.001),
    "multiplied and divided": (1_000, lambda made, start, kept: made * kept / kept),
    "added to": (2_000, lambda made, start, kept: made + start),
    "added and multiplied": (1_000, lambda made, start, kept: (made + start) * kept),
    "taken from": (500, lambda made, start, kept: start - made * kept),
    "multiplied into a sum": (500, lambda made, start, kept: kept * (start + made)),
}


@pytest.mark.parametrize(("length", "step"), CHAINS.values(), ids=CHAINS)
def test_no_chain_of_operations_is_too_long(length: int, step: Callable[[Any, Any, Any], object]) -> None:
    made = chain(length, step)
    assert np.all(np.isfinite(made.values))
    assert len(repr(made)) < 10_000
    assert "basis: capacity" in made.explain()
    assert made.replace(packing="ceiling").basis == "capacity"
    if terms.depth(made.term) > 200:
        for write in (made.to_json, lambda: pickle.dumps(made)):
            with pytest.raises(DataError, match=r"levels deep"):
                write()
        return
    assert np.array_equal(sf.from_json(made.to_json()).values, made.values)
    assert np.array_equal(pickle.loads(pickle.dumps(made)).values, made.values)


def test_a_chain_beyond_the_largest_number_says_so() -> None:
    with pytest.raises(ArgumentError, match=r"larger than a computer holds \(1e308\)"):
        _ = chain(10_000, lambda made, start, kept: made * 2).values
