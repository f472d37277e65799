"""What holds of named inputs, however they are stated."""

from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import inputs, sampling, testing
from shellflow.errors import InputConflictError
from shellflow.inputs import Input
from tests import strategies

SIZES = st.floats(1e-3, 1e6)
# Exact by definition: the pound and the foot of 1959.
SAME = st.sampled_from([("kg", "lb", 0.45359237), ("kg", "t", 1000.0), ("m", "ft", 0.3048), ("m", "mm", 0.001)])


@given(SIZES, SIZES, SIZES, SAME)
def test_an_input_is_the_same_in_whatever_unit_it_is_stated(
    one: float, two: float, three: float, same: tuple[str, str, float]
) -> None:
    kept, other, factor = same
    low, best, high = sorted((one, two, three))
    in_other = sf.triangular(low, best, high, other, name="x")
    low, best, high = (value * factor for value in (low, best, high))
    in_kept = sf.triangular(f"{low:.17e} {kept}", f"{best:.17e} {kept}", f"{high:.17e} {kept}", name="x")
    assert in_other.unit == in_kept.unit == kept
    ours, theirs = (one.draws(sampling.Settings(n=64)) for one in (in_other, in_kept))
    assert ours == pytest.approx(theirs, rel=1e-9)


@given(SIZES, SIZES)
def test_text_number_and_quantity_state_the_same_input(low: float, width: float) -> None:
    high = low + width
    stated = [
        sf.uniform(low, high, "kg", name="x"),
        sf.uniform(f"{low:.17e} kg", f"{high:.17e} kg", name="x"),
        sf.uniform(sf.units.quantity(low, "kg"), sf.units.quantity(high, "kg"), name="x"),
    ]
    assert len(set(stated)) == 1


@given(SIZES)
def test_limits_that_meet_make_a_fixed_input(value: float) -> None:
    for one in (
        sf.uniform(value, value, name="x"),
        sf.triangular(value, value, value, name="x"),
        sf.discrete([value], name="x"),
    ):
        assert one.is_fixed
        assert set(one.draws(sampling.Settings(n=16)).tolist()) == {value}


@given(SIZES, SIZES)
def test_two_fixed_numbers_have_one_name_only_if_they_are_equal(one: float, other: float) -> None:
    for near in (other, float(np.nextafter(one, 2 * one))):
        assert (sf.fixed(one).name == sf.fixed(near).name) == (one == near)
        named = {inputs.as_input(value, "", "count").name for value in (one, near)}
        assert len(named) == len({one, near})


@given(testing.distributions(1.0, 2.0))
def test_inputs_without_a_name_are_drawn_by_their_content_and_told_apart_by_the_object(named: Input) -> None:
    low, high = named.distribution.support
    one, other = sf.uniform(low, high + 1), sf.uniform(low, high + 1)
    chosen = sampling.Settings(n=16)
    assert np.array_equal(one.draws(chosen), other.draws(chosen))
    for same in (one, copy.copy(one), copy.deepcopy(one), pickle.loads(pickle.dumps(one)), replace(one, source="x")):
        assert len(inputs.gather([one, same])) == 1
        with pytest.raises(InputConflictError, match=r"nobody can know whether .* Give both a name="):
            inputs.gather([same, named, other])


@given(strategies.any_inputs(1.0, 9.0), st.text(min_size=1))
def test_what_the_source_says_changes_no_number(one: Input, source: str) -> None:
    with sf.settings(n=16):
        est = sf.estimate(100, "152mm")
        for text in (source, inputs.AS_ASKED, inputs.NO_SOURCE):
            told = replace(one, source=text)
            pairs: list[tuple[Any, Any]] = [(est * one, est * told), (est / one, est / told), (one / est, told / est)]
            for plain, changed in pairs:
                assert np.array_equal(plain.values, changed.values)


@given(strategies.any_inputs(1.0, 9.0), strategies.any_inputs(1.0, 9.0), strategies.any_inputs(1.0, 9.0, name="other"))
def test_one_name_stands_for_one_distribution(one: Input, same_name: Input, another: Input) -> None:
    assert inputs.gather([one, another, one]) == (one, another)
    if one.distribution == same_name.distribution:
        assert len(inputs.gather([one, same_name])) == 1
    else:
        with pytest.raises(InputConflictError, match=r"'alpha' stands for two different things"):
            inputs.gather([one, another, same_name])


@given(st.lists(st.sampled_from(inputs.GRADES), min_size=1))
def test_the_weakest_grade_is_one_of_them_and_none_is_weaker(grades: list[str]) -> None:
    found = inputs.weakest(grades)
    assert found in grades
    assert all(inputs.GRADES.index(one) <= inputs.GRADES.index(found) for one in grades)
    assert inputs.weakest(reversed(grades)) == found


@given(strategies.any_inputs(1.0, 100.0), st.floats(0.01, 0.98), st.floats(0.01, 0.98))
def test_a_wider_level_never_gives_a_narrower_band(one: Input, level: float, other: float) -> None:
    inner, outer = (one.band(level) for level in sorted((level, other)))
    assert outer[0] <= inner[0] <= inner[1] <= inner[2] <= outer[2]
    assert inner[1] == outer[1]


@given(st.tuples(SIZES, SIZES).map(sorted), st.floats(0.01, 0.99))
def test_a_lognormal_holds_its_level_between_its_ends(ends: list[float], level: float) -> None:
    low, high = ends[0], ends[1] * 1.001
    found = sf.lognormal(low, high, level=level, name="x").band(level)
    assert found == pytest.approx((low, (low * high) ** 0.5, high), rel=1e-9)


@given(strategies.any_inputs(1.0, 9.0), strategies.few_draws)
def test_limits_are_checked_in_every_world(one: Input, chosen: sampling.Settings) -> None:
    drawn = one.draws(chosen)
    with sampling.settings(n=chosen.n, seed=chosen.seed):
        assert inputs.within(one, "x", float(drawn.min()), float(drawn.max())) is one
        with pytest.raises(sf.ShellflowError, match=r"must be at least .* in every draw"):
            inputs.within(one, "x", float(np.nextafter(drawn.min(), np.inf)))
        with pytest.raises(sf.ShellflowError, match=r"must be above .* in every draw"):
            inputs.within(one, "x", float(drawn.min()), above=True)


@given(strategies.any_inputs(1.0, 9.0, name="count of mine"), strategies.few_draws)
def test_an_input_goes_through_json_unchanged(one: Input, chosen: sampling.Settings) -> None:
    with sampling.settings(n=chosen.n, seed=chosen.seed):
        made = sf.estimate(one, "152mm")
    text = made.to_json()
    again = sf.from_json(text)
    assert json.loads(again.to_json()) == json.loads(text)
    expected = inputs.as_input(one, "container", "count", bare="", stated=True)
    assert next(part for part in again.reasons.inputs if part.name == one.name) == expected
