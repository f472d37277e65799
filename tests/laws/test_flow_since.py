"""What holds of every flow whose rows accrue over days: how such rows are cut changes nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
from hypothesis import given

import shellflow as sf
from tests.engines import QUICK_ENGINES, in_engine
from tests.examples import examples

FIRST = dt.date(2023, 11, 1)


@st.composite
def rows_cut_in_two(draw: st.DrawFn) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Exact rows with `since`, and the same with each cut in two in proportion to its days."""
    rows: list[tuple[int, int, float]] = []
    halves: list[tuple[int, int, float]] = []
    for _ in range(draw(st.integers(1, 5))):
        since, days = draw(st.integers(0, 200)), draw(st.integers(2, 120))
        count, cut = float(draw(st.integers(1, 5000))), draw(st.integers(1, days - 1))
        rows.append((since, since + days, count))
        halves += [(since, since + cut, count * cut / days), (since + cut, since + days, count * (days - cut) / days)]
    return _table(rows), _table(halves)


def _table(rows: list[tuple[int, int, float]]) -> pd.DataFrame:
    days: dict[str, Any] = {
        name: [(FIRST + dt.timedelta(days=row[place])).isoformat() for row in rows]
        for place, name in enumerate(("since", "date"))
    }
    return pd.DataFrame(days | {"count": [row[2] for row in rows], "munition": "152mm"})


def flow(table: Any) -> sf.Flow:
    with sf.settings(n=64):
        return sf.flow(table, look=False, fractional=True)


@given(rows_cut_in_two(), st.sampled_from(QUICK_ENGINES))
@examples(30)
def test_a_row_cut_in_two_at_any_day_in_proportion_changes_nothing(
    tables: tuple[pd.DataFrame, pd.DataFrame], engine: str
) -> None:
    whole, cut = (flow(in_engine(engine, table)) for table in tables)
    pd.testing.assert_frame_equal(
        cut.to_frame().drop(columns="rows"), whole.to_frame().drop(columns="rows"), rtol=1e-12, atol=1e-9
    )
    pd.testing.assert_frame_equal(cut.rate(), whole.rate(), rtol=1e-12, atol=1e-9)
    np.testing.assert_allclose(whole.to_frame()["count"].sum(), tables[0]["count"].sum(), rtol=1e-12)
    assert (cut.start, cut.end) == (whole.start, whole.end)
