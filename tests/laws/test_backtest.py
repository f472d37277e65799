"""Laws of backtests: nothing is known before it is said, and bands mean what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog
from shellflow.catalog import Claim

_START = date(2024, 1, 1)


@st.composite
def records(draw: st.DrawFn) -> list[Claim]:
    """Up to a dozen statements of two offices, in any order, several on a day."""
    base = replace(catalog.claims["rok-mnd-2024-02-26a"], alternative_to=None, units_low=100, units_high=100)
    found = []
    for place in range(draw(st.integers(1, 12))):
        bound = draw(st.sampled_from(["point", "floor", "ceiling"]))
        rounds = draw(st.integers(1_000, 100_000))
        found.append(
            replace(
                base,
                claim=f"row-{place}",
                date=(_START + timedelta(days=draw(st.integers(0, 15)))).isoformat(),
                family=draw(st.sampled_from(["one", "other"])),
                rounds_low=None if bound == "ceiling" else rounds,
                rounds_high=None if bound == "floor" else rounds,
                rounds_bound=bound,
                ratio_bound=bound,
            )
        )
    return found


@st.composite
def totals(draw: st.DrawFn) -> list[Claim]:
    """Up to a dozen totals of one office, most of them above the one before, several on a day."""
    base = replace(catalog.claims["rok-mnd-2024-02-26a"], alternative_to=None)
    rounds, units, day = 10_000, 100, 0
    record = []
    for place in range(draw(st.integers(1, 12))):
        rounds, units = rounds + draw(st.integers(-2_000, 50_000)), units + draw(st.integers(-5, 200))
        day += draw(st.integers(0, 3))
        bound = draw(st.sampled_from(["point", "floor", "ceiling"]))
        cells: dict[str, Any] = {
            "rounds_low": None if bound == "ceiling" else rounds,
            "rounds_high": None if bound == "floor" else rounds,
            **dict.fromkeys(("date", "as_of"), (_START + timedelta(days=day)).isoformat()),
            **dict.fromkeys(("rounds_bound", "ratio_bound"), bound),
        }
        record.append(replace(base, claim=f"row-{place}", units_low=units, units_high=units, **cells))
    return [row for row in record if (row.rounds_low or row.rounds_high or 0) > 0 and (row.units_low or 0) > 0]


@given(totals(), st.integers(0, 12), st.randoms(use_true_random=False))
def test_increments_hang_neither_on_later_statements_nor_on_the_order_of_rows(
    record: list[Claim], first: int, stream: object
) -> None:
    def plain(rows: list[Claim]) -> list[tuple[object, ...]]:
        predictions = sf.backtest(rows, of="increments").predictions if rows else ()
        return [(each.claim, sorted(each.fitted), round(each.pit, 9), each.hit_as_bound) for each in predictions]

    shuffled = list(record)
    stream.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plain(shuffled) == plain(record)
    last = record[min(first, len(record) - 1)].date if record else ""
    earlier = [row for row in record if row.date <= last]
    before = plain(earlier)
    assert plain(record)[: len(before)] == before
    for prediction in sf.backtest(record, of="increments").predictions if record else ():
        assert prediction.hit_as_bound >= prediction.hit


@given(records(), records())
def test_what_is_said_later_never_moves_what_was_predicted_before(record: list[Claim], later: list[Claim]) -> None:
    planted = [
        replace(row, claim=f"later-{row.claim}", date=(date.fromisoformat(row.date) + timedelta(days=20)).isoformat())
        for row in later
    ]
    before = sf.backtest(record).predictions
    assert sf.backtest([*planted, *record]).predictions[: len(before)] == before


@given(records(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(record: list[Claim], stream: object) -> None:
    shuffled = list(record)
    stream.shuffle(shuffled)  # type: ignore[attr-defined]

    def plain(rows: list[Claim]) -> list[tuple[object, ...]]:
        # Rows of one day may be fitted in another order, which moves sums by their rounding.
        return [
            (one.claim, sorted(one.fitted), round(one.pit, 9), one.hit, one.hit_as_bound)
            for one in sf.backtest(rows).predictions
        ]

    assert plain(shuffled) == plain(record)


@given(records())
def test_fits_are_of_the_same_office_and_of_earlier_days(record: list[Claim]) -> None:
    rows = {row.claim: row for row in record}
    for one in sf.backtest(record).predictions:
        assert len(one.fitted) >= 3
        for key in one.fitted:
            assert rows[key].family == one.family
            assert rows[key].date < one.date


@given(records(), st.floats(0.1, 0.98))
def test_a_hit_is_a_probability_within_the_level(record: list[Claim], level: float) -> None:
    for one in sf.backtest(record, level=level).predictions:
        tail = (1 - level) / 2
        if min(abs(one.pit - tail), abs(one.pit - (1 - tail))) > 1e-6:
            assert one.hit == (tail < one.pit < 1 - tail)


@given(records())
def test_a_bound_is_hit_whenever_its_number_is(record: list[Claim]) -> None:
    for one in sf.backtest(record).predictions:
        assert one.hit_as_bound >= one.hit


@given(records(), st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_a_wider_level_never_loses_a_hit(record: list[Claim], one: float, other: float) -> None:
    narrow, wide = (sf.backtest(record, level=level).predictions for level in sorted((one, other)))
    for first, second in zip(narrow, wide, strict=True):
        assert second.low <= first.low <= first.high <= second.high
        assert second.hit >= first.hit
