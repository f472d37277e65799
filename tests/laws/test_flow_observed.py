"""What holds of every flow with gaps: a period is observed just where a row is dated in it or accrues over it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import hypothesis.strategies as st
import pandas as pd
import pytest
from hypothesis import given

import shellflow as sf
from tests.examples import examples

FIRST = dt.date(2023, 11, 1)
STEPS = {"week": "W", "month": "M", "quarter": "Q", "year": "Y"}


@given(
    st.lists(st.tuples(st.integers(0, 500), st.integers(0, 90), st.integers(0, 50)), min_size=1, max_size=6),
    st.sampled_from([*STEPS]),
)
@examples(25)
def test_a_period_is_observed_where_a_row_is_dated_or_accrues(rows: list[tuple[int, int, int]], by: str) -> None:
    # Each row is dated on one day, and accrues over so many days before it; over none where they are 0.
    table = pd.DataFrame(
        {
            "date": [FIRST + dt.timedelta(days=day + days) for day, days, _ in rows],
            "since": [FIRST + dt.timedelta(days=day) if days else None for day, days, _ in rows],
            "count": [count for *_, count in rows],
        }
    )
    with sf.settings(n=16):
        found = sf.flow(table, munition="152mm", by=by, look=False)
        frame: Any = found.to_frame()
    days = {
        FIRST + dt.timedelta(days=last) for day, over, _ in rows for last in range(day + min(over, 1), day + over + 1)
    }
    observed = set(pd.PeriodIndex([pd.Timestamp(day) for day in days], freq=STEPS[by]))
    for period, was_observed in zip(frame["period"], frame["observed"], strict=True):
        assert was_observed == (pd.Period(period, freq=STEPS[by]) in observed)
    assert (frame["median"].notna() == frame["observed"]).all()
    assert frame["count"].sum() == pytest.approx(table["count"].sum())
    assert any("not observed" in note for note in found.notes) >= (not frame["observed"].all())
