"""What holds of every flow: engines agree, sums are exact, and rows, groups and periods only add up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import hypothesis.strategies as st
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings

import shellflow as sf
from tests.engines import QUICK_ENGINES, in_engine
from tests.examples import examples

MUNITIONS = ("152mm", "122mm-rocket")
ERRORS = st.sampled_from(["shared", "independent"])
VARIATIONS = st.sampled_from([0.0, 0.3])
DAYS = st.dates(dt.date(2023, 11, 1), dt.date(2024, 8, 31))


@st.composite
def tables(draw: st.DrawFn, ranges: bool = True, fewest: int = 1, most: int = 12) -> pd.DataFrame:
    """Shipments, some of them uncertain."""
    found: list[dict[str, Any]] = []
    for _ in range(draw(st.integers(fewest, most))):
        low = draw(st.integers(0, 400))
        row = {"date": draw(DAYS).isoformat(), "munition": draw(st.sampled_from(MUNITIONS))}
        if ranges and draw(st.booleans()):
            found.append(row | {"count": np.nan, "low": float(low), "high": float(low + draw(st.integers(0, 300)))})
        else:
            found.append(row | {"count": float(low), "low": np.nan, "high": np.nan})
    return pd.DataFrame(found, columns=["date", "munition", "count", "low", "high"])


def same(left: sf.Estimate, right: sf.Estimate) -> None:
    np.testing.assert_allclose(left.values, right.values, rtol=1e-12, atol=1e-9)


def flow(table: Any, **options: Any) -> sf.Flow:
    with sf.settings(n=512):
        if options.get("between"):
            options = {"packing": "as-loaded", **options}  # what fits does not scatter
        return sf.flow(table, **{"look": False, **options})  # the looks have tests of their own


@given(tables() | tables(fewest=20, most=40))
@settings(max_examples=6)
def test_every_engine_gives_one_answer(table: pd.DataFrame) -> None:
    expected = flow(table).to_frame()
    for engine in QUICK_ENGINES:
        pd.testing.assert_frame_equal(flow(in_engine(engine, table)).to_frame(), expected)


@given(tables(ranges=False))
@examples(40)
def test_a_flow_is_the_sum_of_its_rows(table: pd.DataFrame) -> None:
    with sf.settings(n=512):
        each = [sf.estimate(*row) for row in zip(table["count"], table["munition"], strict=True)]
        same(flow(table).total(), sum(each[1:], start=each[0]))


@given(tables(ranges=False))
@examples(20)
def test_a_flow_of_masses_is_the_sum_of_its_rows(table: pd.DataFrame) -> None:
    cargo = table[["date", "munition"]].assign(mass_t=table["count"] + 0.5)
    with sf.settings(n=512):
        each = [sf.estimate(f"{mass} t", name) for mass, name in zip(cargo["mass_t"], cargo["munition"], strict=True)]
        same(flow(cargo).total(), sum(each[1:], start=each[0]))


@given(tables())
@examples(25)
def test_a_flow_of_ranges_is_the_sum_of_the_flows_of_its_rows(table: pd.DataFrame) -> None:
    each = [flow(table.iloc[[place]]).total() for place in range(len(table))]
    same(flow(table).total(), sum(each[1:], start=each[0]))


@given(tables(), st.randoms(use_true_random=False), ERRORS, VARIATIONS)
@examples(25)
def test_the_order_of_rows_is_irrelevant(table: pd.DataFrame, random: Any, errors: str, between: float) -> None:
    asked: dict[str, Any] = {"count_errors": errors, "between": between}
    order = list(range(len(table)))
    random.shuffle(order)
    shuffled = flow(table.iloc[order], **asked).to_frame()
    pd.testing.assert_frame_equal(shuffled, flow(table, **asked).to_frame(), check_exact=True)


@given(tables(), tables())
@examples(20)
def test_concatenated_tables_add(one: pd.DataFrame, other: pd.DataFrame) -> None:
    whole = flow(pd.concat([one, other], ignore_index=True))
    added = flow(one) + flow(other)
    pd.testing.assert_frame_equal(added.to_frame(), whole.to_frame())
    same(added.total(), whole.total())


@given(tables(), tables(), ERRORS, VARIATIONS)
@examples(20)
def test_a_sum_of_flows_is_the_sum_of_their_totals(
    one: pd.DataFrame, other: pd.DataFrame, errors: str, between: float
) -> None:
    asked: dict[str, Any] = {"count_errors": errors, "between": between}
    flows = [flow(one, **asked), flow(other, **asked), flow(one, **asked)]
    same(sum(flows).total(), flows[0].total() * 2 + flows[1].total())  # type: ignore[union-attr]
    counts = pd.concat([one, other, one]).groupby("munition")["count"].size()
    assert sum(flows).to_frame().groupby("munition")["rows"].sum().to_dict() == counts.to_dict()  # type: ignore[union-attr]


@given(tables(), tables(), ERRORS, VARIATIONS)
@examples(20)
def test_whether_a_column_names_the_munition_or_an_argument_makes_no_difference(
    one: pd.DataFrame, other: pd.DataFrame, errors: str, between: float
) -> None:
    asked: dict[str, Any] = {"count_errors": errors, "between": between}
    tables = [one.assign(munition=MUNITIONS[0]), other.assign(munition=MUNITIONS[1])]
    whole = flow(pd.concat(tables, ignore_index=True), **asked)
    given_for_all = [
        flow(table.drop(columns="munition"), munition=munition, **asked)
        for table, munition in zip(tables, MUNITIONS, strict=True)
    ]
    added = given_for_all[0] + given_for_all[1]
    pd.testing.assert_frame_equal(added.to_frame(), whole.to_frame())
    same(added.total(), whole.total())
    same(given_for_all[0].total() + given_for_all[1].total(), whole.total())


@given(tables(), st.sampled_from(["week", "month", "quarter", "year", None]), st.sampled_from([0.0, 0.3]))
@examples(20)
def test_periods_and_munitions_add_up_to_the_total(table: pd.DataFrame, by: str | None, between: float) -> None:
    for errors in ("shared", "independent"):
        found = flow(table, packing="ceiling", by=by, count_errors=errors) if not between else None
        found = found or flow(table, by=by, count_errors=errors, between=between)
        periods = list(found.periods().values())
        same(sum(periods[1:], start=periods[0]), found.total())
        of_each = [found.total(munition) for munition in found.munitions]
        same(sum(of_each[1:], start=of_each[0]), found.total())


@given(tables(), st.sampled_from(["week", "month", "quarter", "year"]))
@examples(20)
def test_reported_periods_are_increments_and_what_there_is_so_far_a_total(table: pd.DataFrame, by: str) -> None:
    found = flow(table, by=by)
    for munition in found.munitions:
        record, box = sf.catalog.munitions[munition], sf.catalog.transports["20ft-24t"]
        total, increment = sf.catalog.reported_ratio(record, box), sf.catalog.reported_increment(record, box)
        for place, estimate in enumerate(found.periods(munition).values()):
            entering = estimate.inputs()["input"].tolist()
            assert (total.name in entering, increment.name in entering) == (place == 0, place > 0)
        assert increment.name not in found.total(munition).inputs()["input"].tolist()


@given(tables(ranges=False), DAYS)
@examples(20)
def test_a_reported_flow_is_all_increments_once_rows_before_it_are_cut_off(table: pd.DataFrame, cut: dt.date) -> None:
    found = flow(table, by="year")
    later = found.between(cut, "2024-12-31")
    if not later.ledger.sums.rows.sum():
        return
    totals = found.ledger.sums.rows.sum() == later.ledger.sums.rows.sum()
    names = [name for name in later.total().inputs()["input"] if name.startswith("claims.")]
    assert [name.endswith(".added") for name in names] == [not totals] * len(names)
    assert later.ledger.cut_off is not totals


@given(tables(), st.sampled_from(["week", "month", "quarter", "year"]))
@examples(20)
def test_the_last_cumulative_band_is_that_of_the_total(table: pd.DataFrame, by: str) -> None:
    found = flow(table, by=by)
    last = found.cumulative().iloc[-1]
    assert (last["low"], last["median"], last["high"]) == pytest.approx(found.total().band(), rel=1e-12, abs=1e-9)
    for munition, rows in found.to_frame().groupby("munition"):
        end = rows.iloc[-1]
        band = (end["cumulative_low"], end["cumulative_median"], end["cumulative_high"])
        assert band == pytest.approx(found.total(str(munition)).band(), rel=1e-12, abs=1e-9)
        assert end["count"] <= rows["count"].sum()


@given(tables(), st.sampled_from(["week", "month", "quarter", "year"]), ERRORS, VARIATIONS)
@examples(20)
def test_finer_periods_add_up_to_coarser_ones(table: pd.DataFrame, by: str, errors: str, between: float) -> None:
    finer, whole = (flow(table, by=one, count_errors=errors, between=between) for one in (by, None))
    same(finer.total(), whole.total())
    assert finer.to_frame()["count"].sum() == whole.to_frame()["count"].sum()


@given(tables(), DAYS, ERRORS, VARIATIONS)
@examples(20)
def test_a_flow_cut_in_two_adds_up_to_the_whole(table: pd.DataFrame, cut: dt.date, errors: str, between: float) -> None:
    found = flow(table, packing="as-loaded" if between else "ceiling", count_errors=errors, between=between)
    before = found.between("2023-11-01", cut)
    after = found.between(cut + dt.timedelta(days=1), "2024-12-31")
    same((before + after).total(), found.total())
    same(before.total() + after.total(), found.total())
    assert before.ledger.sums.rows.sum() + after.ledger.sums.rows.sum() == len(table)
    assert ((before + after).start, (before + after).end) == (before.start, after.end)
    assert (before + after).rate()["days"].sum() == before.rate()["days"].sum() + after.rate()["days"].sum()


@given(tables(fewest=20, most=40))
@settings(max_examples=2)
def test_texts_dates_and_time_stamps_give_one_answer(table: pd.DataFrame) -> None:
    expected = flow(table).to_frame()
    late = pd.to_datetime(table["date"]) + pd.Timedelta(hours=23, minutes=30)
    for dates in (
        [dt.date.fromisoformat(text) for text in table["date"]],
        pd.to_datetime(table["date"]),
        late,
        late.dt.tz_localize("Asia/Seoul"),
        # Half past midnight in Seoul is the day before in UTC.
        (late - pd.Timedelta(hours=23)).dt.tz_localize("Asia/Seoul"),
        late.dt.strftime("%Y-%m-%dT%H:%M:%S+09:00"),
    ):
        written = table.assign(date=dates)
        for engine in QUICK_ENGINES:
            pd.testing.assert_frame_equal(flow(in_engine(engine, written)).to_frame(), expected)


@given(st.lists(st.integers(1, 500), min_size=2, max_size=6))
@examples(20)
def test_splitting_an_exact_row_changes_nothing(counts: list[int]) -> None:
    whole = pd.DataFrame({"date": ["2024-02-01"], "count": [sum(counts)], "munition": "152mm"})
    split = pd.DataFrame({"date": ["2024-02-01"] * len(counts), "count": counts, "munition": "152mm"})
    for errors in ("shared", "independent"):
        same(flow(split, count_errors=errors).total(), flow(whole, count_errors=errors).total())


@given(st.integers(0, 400), st.integers(1, 300), st.integers(2, 50))
@examples(40)
def test_independent_errors_give_a_narrower_band_than_shared_ones(low: int, width: int, rows: int) -> None:
    table = pd.DataFrame({"date": ["2024-02-01"] * rows, "low": low, "high": low + width, "munition": "152mm"})
    ratio = sf.packing("152mm", rounds_per_transport=100, name="exact")
    narrow, wide = (flow(table, packing=ratio, count_errors=errors).total() for errors in ("independent", "shared"))
    assert np.ptp(narrow.band()) < np.ptp(wide.band())
    assert narrow.values.min() >= 100 * rows * low * (1 - 1e-12)
    assert narrow.values.max() <= 100 * rows * (low + width) * (1 + 1e-12)


@given(st.integers(0, 400), st.integers(1, 300))
@examples(40)
def test_one_uncertain_row_is_its_own_uniform_however_errors_go(low: int, width: int) -> None:
    table = pd.DataFrame({"date": ["2024-02-01"], "low": [low], "high": [low + width], "munition": "152mm"})
    ratio = sf.packing("152mm", rounds_per_transport=1, name="exact")
    for errors in ("shared", "independent"):
        found = np.sort(flow(table, packing=ratio, count_errors=errors).total().values)
        np.testing.assert_allclose(found, low + width * (np.arange(512) + 0.5) / 512, rtol=1e-9, atol=1e-9)


@given(st.lists(st.integers(1, 400), min_size=1, max_size=8))
@examples(40)
def test_more_variation_between_transports_never_narrows_the_band(counts: list[int]) -> None:
    table = pd.DataFrame({"date": ["2024-02-01"] * len(counts), "count": counts, "munition": "152mm"})
    packing = sf.packing("152mm", rounds_per_transport=100, name="exact")
    spans = [np.ptp(flow(table, packing=packing, between=between).total().band()) for between in (0.0, 0.2, 0.5)]
    assert spans == sorted(spans)
    assert spans[0] == 0


CONTENTS = st.sampled_from(
    [
        "as-loaded",
        sf.packing("152mm", rounds_per_transport=430, name="near the ceiling"),
        sf.packing("152mm", rounds=1, packaging="10 kg", basis="contents", name="as full as it gets"),
        sf.packing("152mm", rounds=2, packaging="15 kg", load=sf.uniform("9 t", "21 t", name="load"), name="by load"),
    ]
)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), CONTENTS, st.floats(0.05, 3), ERRORS)
@examples(40)
def test_no_scatter_loads_a_transport_beyond_its_payload(
    counts: list[int], packing: Any, between: float, errors: str
) -> None:
    dates = pd.date_range("2024-02-01", periods=len(counts), freq="MS")
    table = pd.DataFrame({"date": dates, "count": counts, "munition": "152mm"})
    found = flow(table, packing=packing, between=between, count_errors=errors)
    payload = sf.catalog.transports["20ft-24t"].payload_kg
    lightest = sf.catalog.munitions["152mm"].projectile_kg_low
    for rounds, count in [*zip(found.periods().values(), counts, strict=True), (found.total(), sum(counts))]:
        with sf.settings(n=512):
            most = sf.estimate(count, "152mm", packing="ceiling").values  # full payload, bare rounds
        assert np.all(rounds.values <= most * (1 + 1e-12))
        assert rounds.values.max() * lightest <= count * payload * (1 + 1e-12)
