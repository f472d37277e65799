"""What holds of every flow in which rows are bounds: the numbers are those of exact rows, with one end left open."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
from hypothesis import given

import shellflow as sf
from shellflow import words
from tests.engines import QUICK_ENGINES, in_engine
from tests.examples import examples

FIRST = dt.date(2023, 11, 1)
SHOWN = ["low", "median", "high"]


@st.composite
def tables(draw: st.DrawFn, bounds: tuple[str | None, ...] = ("point", "floor", "ceiling", "none", None)) -> Any:
    """Exact rows and bounds, some of which accrue."""
    rows = []
    for _ in range(draw(st.integers(1, 8))):
        day = draw(st.integers(0, 150))
        since = draw(st.one_of(st.none(), st.integers(1, 60)))
        date = (FIRST + dt.timedelta(days=day)).isoformat()
        begins = None if since is None else (FIRST + dt.timedelta(days=day - since)).isoformat()
        munition = draw(st.sampled_from(["152mm", "122mm-rocket"]))
        rows.append((date, begins, draw(st.integers(1, 5000)), draw(st.sampled_from(bounds)), munition))
    return pd.DataFrame(rows, columns=["date", "since", "count", "bound", "munition"])


def flow(table: Any, **options: Any) -> sf.Flow:
    if isinstance(table, pd.DataFrame) and "bound" in table:
        options["bound"] = "bound"
    with sf.settings(n=64):
        return sf.flow(table, look=False, packing="ceiling", **options)


@given(tables(bounds=("floor",)), st.sampled_from(["floor", "ceiling"]))
@examples(12)
def test_a_flow_of_bounds_has_as_its_known_end_that_of_the_same_numbers_as_exact_ones(
    table: pd.DataFrame, bound: str
) -> None:
    exact, bounded = flow(table.drop(columns="bound")), flow(table.assign(bound=bound))
    known, *left_open = ("low", "median", "high") if bound == "floor" else ("high", "median", "low")
    for frame, whole in ((bounded.to_frame(), exact.to_frame()), (bounded.cumulative(), exact.cumulative())):
        with_rows = frame["bound"] == bound
        np.testing.assert_array_equal(frame[known], whole[known])
        assert frame.loc[with_rows, left_open].isna().all(axis=None)
        pd.testing.assert_frame_equal(frame.loc[~with_rows, SHOWN], whole.loc[~with_rows, SHOWN])
    total, same = bounded.total(), exact.total()
    assert total.bound == bound
    np.testing.assert_array_equal(total.values, same.values)
    threshold = float(same.median.magnitude)
    assert total.chance(at_least=threshold) == same.chance(at_least=threshold)


@given(tables(bounds=("floor",)), st.sampled_from(["floor", "ceiling"]))
@examples(8)
def test_no_printed_or_rounded_bound_says_more_than_is_known(table: pd.DataFrame, bound: str) -> None:
    made = flow(table.assign(bound=bound))
    raw, rounded = made.to_frame(), made.to_frame(rounded=True)
    sign = 1 if bound == "floor" else -1
    for start in ("", "cumulative_"):
        name = f"{start}{'low' if bound == 'floor' else 'high'}"
        known = raw[f"{start}bound"] == bound
        beyond = sign * (rounded.loc[known, name].astype(float) - raw.loc[known, name])
        assert (beyond <= 1e-9 * raw.loc[known, name]).all()
    total = made.total()
    end = total.band()[0 if bound == "floor" else 2]
    said = re.search(r"(at (?:least|most) [0-9,.]+(?: million)?) rounds", str(total))
    assert said, total
    claim = words.read_claim(said[1])
    (read,) = (side for side in (claim.low, claim.high) if side is not None)
    assert sign * (read - end) <= 1e-9 * end


@given(tables(bounds=("point", None, "range")), st.randoms(use_true_random=False))
@examples(8)
def test_rows_that_are_no_bounds_are_as_without_the_column_and_their_order_is_irrelevant(
    table: pd.DataFrame, shuffler: Any
) -> None:
    frame = flow(table).to_frame()
    order = list(range(len(table)))
    shuffler.shuffle(order)
    pd.testing.assert_frame_equal(frame, flow(table.drop(columns="bound").iloc[order]).to_frame())
    assert set(frame.loc[frame["observed"], "bound"]) == {"point"}


@given(tables(), st.sampled_from(QUICK_ENGINES))
@examples(8)
def test_engines_agree_and_periods_add_up_to_the_total_in_number_and_in_bound(table: pd.DataFrame, engine: str) -> None:
    made = flow(table)
    # A column without a text has no type that every engine reads as one of texts.
    read = flow(in_engine(engine, table.assign(bound=table["bound"].fillna("point"))), bound="bound")
    columns = [name for name in made.to_frame() if name != "rows"]
    pd.testing.assert_frame_equal(read.to_frame()[columns], made.to_frame()[columns], rtol=1e-12)
    for munition in made.munitions:
        total, months = made.total(munition), list(made.periods(munition).values())
        np.testing.assert_allclose(np.sum([month.values for month in months], axis=0), total.values, rtol=1e-9)
        assert sum(months[1:], start=months[0]).bound == total.bound
        of_it = set(table.loc[table["munition"] == munition.replace("152mm-shell", "152mm"), "bound"].dropna())
        sides = {side for bound in of_it for side in {"none": ("floor", "ceiling")}.get(bound, (bound,))} - {"point"}
        assert total.bound == ("none" if len(sides) > 1 else sides.pop() if sides else "point")


@given(st.integers(1, 500), st.integers(0, 6), st.sampled_from(QUICK_ENGINES))
@examples(8)
def test_rows_without_a_count_are_filled_as_an_estimate_takes_voyages(count: int, blanks: int, engine: str) -> None:
    table = pd.DataFrame({"date": "2024-02-01", "count": [float(count), *[None] * blanks], "munition": "152mm"})
    with sf.settings(n=64):
        whole = sf.estimate(count, "152mm", packing="ceiling")
        if blanks:
            whole = whole + sf.estimate(f"{blanks} voyages", "152mm", packing="ceiling")
        filled = flow(in_engine(engine, table), on_error="fill")
    np.testing.assert_allclose(filled.total().values, whole.values, rtol=1e-12)
    assert filled.to_frame()["filled"].tolist() == [blanks]
    assert filled.total().grade == ("assumed" if blanks else whole.grade)
