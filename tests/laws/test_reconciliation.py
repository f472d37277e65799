"""Laws of statements held against each other, on models of one transport that are asked with few draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow.estimates import Estimate
from shellflow.reconciliation import Evidence, Reconciliation
from tests.examples import examples

FEW = 256

errors = st.floats(0.02, 1.0)


@st.composite
def models(draw: st.DrawFn) -> Estimate:
    """Rounds in a container or wagon under a shipped packing, or in an unknown mix."""
    munition = draw(st.sampled_from(["152mm", "122mm-shell", "152mm+122mm-shell"]))
    transport = draw(st.sampled_from(["20ft-24t", "20ft-30t", "covered-wagon"]))
    with sf.settings(n=FEW):
        return sf.estimate(1, munition, packing=draw(st.sampled_from(["as-loaded", "crated"])), transport=transport)


@st.composite
def statements(draw: st.DrawFn, least: int = 1) -> list[Evidence]:
    """Rounds and masses about as transports have them, of so many offices."""
    lines = []
    for place in range(draw(st.integers(least, 4))):
        quantity, usual = draw(st.sampled_from([("rounds", 200.0), ("mass", 12.0)]))
        count = draw(st.sampled_from([1_000, 1_500]))
        low = count * usual * draw(st.floats(0.5, 1.5))
        text = draw(
            st.sampled_from(["{low:.0f}", "at least {low:.0f}", "at most {high:.0f}", "{low:.0f} to {high:.0f}"])
        )
        value = text.format(low=low, high=1.4 * low) + (" t" if quantity == "mass" else " rounds")
        lines.append(sf.statement(quantity, value, count=count, family=f"office {place}", **trust(draw(errors))))
    return lines


def trust(error: float) -> dict[str, Any]:
    return {"basis": "contents", "error": error}


def numbers(reconciliation: Reconciliation) -> pd.DataFrame:
    return reconciliation.before_and_after().drop(columns="no_band")


def alike(one: Reconciliation, other: Reconciliation) -> bool:
    """Whether two say the same before and after, but for the rounding of floats."""
    left, right = numbers(one), numbers(other)
    columns = [name for name in left if str(name).endswith(("low", "median", "high"))]
    return np.allclose(left[columns].astype(float), right[columns].astype(float), rtol=1e-6, equal_nan=True)


@examples(20)
@given(models(), statements(least=2), st.randoms(use_true_random=False))
def test_statements_in_any_order_give_one_answer(model: Estimate, lines: list[Evidence], random: Any) -> None:
    shuffled = list(lines)
    random.shuffle(shuffled)
    one, other = sf.reconcile(model, lines), sf.reconcile(model, shuffled)
    assert numbers(one).equals(numbers(other))
    assert one.verdicts == other.verdicts


@examples(20)
@given(models(), statements())
def test_a_statement_that_every_draw_meets_leaves_the_bands_as_they_were(
    model: Estimate, lines: list[Evidence]
) -> None:
    wide = sf.statement("rounds", (0.001, 1e9), count=1, family="anybody", **trust(0.1))
    before, after = sf.reconcile(model, lines), sf.reconcile(model, [*lines, wide])
    assert after.blocks[0].weighing.alone[-1] == 1.0
    if before.blocks[0].weighing.has_band and after.blocks[0].weighing.has_band:
        assert alike(before, after)


@examples(20)
@given(models(), statements())
def test_a_statement_of_huge_error_changes_nothing(model: Estimate, lines: list[Evidence]) -> None:
    wild = sf.statement("rounds", 1e9, count=1, family="anybody", **trust(1e9))
    before, after = sf.reconcile(model, lines), sf.reconcile(model, [*lines, wild])
    if before.blocks[0].weighing.has_band and after.blocks[0].weighing.has_band:
        assert alike(before, after)


@examples(20)
@given(models(), statements())
def test_supports_are_shares_and_one_statement_alone_has_no_verdict(model: Estimate, lines: list[Evidence]) -> None:
    for row in sf.reconcile(model, lines).rows():
        assert 0 <= row["support"] <= 1
        assert row["support_given_others"] is None or 0 <= row["support_given_others"] <= 1
        assert (row["verdict"] is None) == (len(lines) == 1)


@examples(20)
@given(models(), statements())
def test_what_stands_before_is_what_the_model_says_by_itself(model: Estimate, lines: list[Evidence]) -> None:
    rounds = numbers(sf.reconcile(model, lines)).iloc[0]
    assert [rounds["before_low"], rounds["before_median"], rounds["before_high"]] == pytest.approx(model.band())


def _of(line: Evidence, number: float) -> object:
    return f"{number} t" if line.quantity == "mass" else number


@examples(20)
@given(models(), statements(), st.integers(2, 50))
def test_only_totals_per_transport_count(model: Estimate, lines: list[Evidence], times: int) -> None:
    """As many times the total in as many times the transports is the same statement."""
    many = [
        sf.statement(
            line.quantity,
            tuple(_of(line, times * end) for end in line.range if end is not None),
            count=times * line.count.distribution.support[0],
            family=line.family,
            **trust(line.error),
        )
        for line in lines
        if None not in line.range
    ]
    few = [line for line in lines if None not in line.range]
    if few:
        one, other = sf.reconcile(model, few), sf.reconcile(model, many)
        assert one.blocks[0].weighing.ess == pytest.approx(other.blocks[0].weighing.ess)
        assert alike(one, other)
