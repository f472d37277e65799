"""What holds of a panel, whatever somebody sets: its line makes its estimate, and what its menus offer is answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog, packings, sampling
from shellflow.errors import ShellflowError
from shellflow.estimates import Estimate
from shellflow.packings import Mix
from shellflow.panel import CHANGES, State, choices_of, code_of, estimate_of
from tests.examples import examples

FEW = sampling.Settings(n=64)
NAMES = catalog.munitions.names
COUNTS = st.integers(1, 1_000_000)


@st.composite
def mixes(draw: st.DrawFn) -> Mix:
    munitions = draw(st.lists(st.sampled_from(NAMES), min_size=2, max_size=3, unique=True))
    if draw(st.booleans()):
        return packings.mix(*munitions, name=draw(st.sampled_from(["mix", "it's", "a \\ and a \n", "'\""])))
    weights = [draw(st.integers(1, 9)) for _ in munitions]
    return packings.mix({name: weight / sum(weights) for name, weight in zip(munitions, weights, strict=True)})


@st.composite
def states(draw: st.DrawFn) -> State:
    """States that a panel can be in, with data or without."""
    unit = draw(st.sampled_from(["", "", "voyage", "tonne"]))
    low, high = sorted((draw(COUNTS), draw(COUNTS)))
    return State(
        low=low,
        high=draw(st.sampled_from([low, high])),
        munition=draw(st.one_of(st.sampled_from(NAMES), mixes())),
        packing=draw(st.sampled_from(packings.BY_MASS if unit == "tonne" else packings.SHIPPED)),
        transport=draw(st.sampled_from(catalog.transports.names)),
        unit=unit,
        munition_share=draw(st.one_of(st.just(1.0), st.floats(0, 1))),
        charge=draw(st.sampled_from(["unknown", "with", "without"])),
        load_kg=draw(st.one_of(st.none(), st.integers(1_000, 20_000))),
        catalog=catalog.shipped(),
        settings=FEW,
    )


def answer(state: State) -> Estimate | str:
    """The estimate of a state, or what is said in its place."""
    try:
        made = estimate_of(state)
        _ = made.values
    except ShellflowError as error:
        return str(error)
    return made


def made_by(line: str) -> Estimate | str:
    names: dict[str, Any] = {"sf": sf}
    try:
        exec(line, names)
        made: Estimate = names["est"]
        _ = made.values
    except ShellflowError as error:
        return str(error)
    return made


def moves(draw: Callable[[st.SearchStrategy[Any]], Any], state: State) -> tuple[str, Any]:
    """A control that is offered, and what it can be set to."""
    choices = choices_of(state)
    is_mixed = isinstance(state.munition, Mix) and len(state.munition.munitions) == 2
    offered: dict[str, st.SearchStrategy[Any]] = {
        "munition": st.sampled_from(NAMES),
        "low": COUNTS,
        "high": COUNTS,
        "ends": st.tuples(COUNTS, COUNTS).map(sorted),
        "ranged": st.booleans(),
        "packing": st.sampled_from(choices.packings),
        "share": st.integers(0, 100),
    }
    if choices.partners:
        offered["partner"] = st.sampled_from(["", *choices.partners])
    if is_mixed:
        offered |= {"shares known": st.booleans(), "part": st.integers(0, 100)}
    if choices.transports:
        offered["transport"] = st.sampled_from(choices.transports)
    if choices.charges:
        offered["charge"] = st.sampled_from(choices.charges)
    if choices.most_load_kg:
        offered |= {"loaded": st.booleans(), "load": st.floats(0.1, choices.most_load_kg / 1000)}
    name = draw(st.sampled_from(sorted(offered)))
    return name, draw(offered[name])


def check_line(state: State) -> None:
    shown, again = answer(state), made_by(code_of(state))
    if isinstance(shown, str) or isinstance(again, str):
        assert shown == again
    else:
        assert np.array_equal(shown.values, again.values)
        assert str(shown) == str(again)
        assert shown.settings == again.settings


@given(states())
@examples(60)
def test_the_line_of_python_makes_the_same_estimate_or_the_same_refusal(state: State) -> None:
    check_line(state)


@given(st.data())
@examples(40)
def test_whatever_is_set_one_after_the_other_the_line_makes_the_same_estimate(data: st.DataObject) -> None:
    state = data.draw(states())
    for _ in range(4):
        name, value = moves(data.draw, state)
        state = CHANGES[name](state, value)
        assert 1 <= state.low <= state.high
    check_line(state)


@given(states())
@examples(25)
def test_every_choice_that_is_offered_beside_an_answer_has_an_answer(state: State) -> None:
    if isinstance(answer(state), str):
        return
    choices = choices_of(state)
    changed = [replace(state, packing=name) for name in choices.packings]
    changed += [replace(state, transport=name) for name in choices.transports]
    changed += [replace(state, charge=name) for name in choices.charges]
    changed += [CHANGES["partner"](state, name) for name in choices.partners]
    assert not [answer(other) for other in changed if isinstance(answer(other), str)]
