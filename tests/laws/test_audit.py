"""Laws of audits: what a claim is judged by is what it says, and no more."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog
from shellflow.record import VERDICTS
from shellflow.words import Claimed

BOUNDS = ("point", "floor", "ceiling", "range")
RISING = ("below what is seen", "plausible as contents", "only as a capacity", "impossible")

counts = st.integers(1, 50_000)
ratios = st.floats(1.0, 1_500.0)
munitions = st.sampled_from(["152mm", "122mm-rocket", "122mm-shell"])


@st.composite
def sides(draw: st.DrawFn) -> Claimed:
    bound = draw(st.sampled_from(BOUNDS))
    low, high = sorted(draw(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6))))
    if bound == "point":
        high = low
    return Claimed(
        None if bound == "ceiling" else low,
        None if bound == "floor" else high,
        bound,  # type: ignore[arg-type]
        None,
    )


@given(sides(), sides())
def test_what_a_ratio_bounds_is_what_all_pairs_allow(rounds: Claimed, units: Claimed) -> None:
    # The ratios allowed reach from the fewest rounds over the most units to the most rounds over the fewest.
    low = (rounds.low or 0.0) / (math.inf if units.high is None else units.high)
    high = math.inf if rounds.high is None or not units.low else rounds.high / units.low
    expected = {
        (True, True): "range",
        (True, False): "floor",
        (False, True): "ceiling",
        (False, False): "none",
    }[low > 0, high < math.inf]
    if rounds.bound == units.bound == "point":
        expected = "point"
    assert catalog.ratio_bound(rounds.bound, units.bound) == expected


@given(counts, ratios, ratios, munitions)
def test_more_rounds_never_stand_lower(count: int, one: float, other: float, munition: str) -> None:
    fewer, more = (sf.audit(count, count * ratio, munition) for ratio in sorted((one, other)))
    assert RISING.index(fewer.verdict) <= RISING.index(more.verdict)
    for lower, higher in zip(fewer.positions, more.positions, strict=True):
        if lower.position and higher.position:
            assert lower.position[0] <= higher.position[0]


@given(counts, ratios, munitions)
def test_a_verdict_hangs_on_the_ratio_alone(count: int, ratio: float, munition: str) -> None:
    assert sf.audit(1, ratio, munition).verdict == sf.audit(count, count * ratio, munition).verdict


@given(counts, ratios)
def test_a_floor_is_never_judged_lower_and_a_ceiling_never_higher_than_the_number(count: int, ratio: float) -> None:
    rounds = max(1, round(count * ratio))
    floor, point, ceiling = (
        RISING.index(sf.audit(count, f"{words}{rounds}", "152mm").verdict) for words in ("more than ", "", "up to ")
    )
    assert ceiling <= point <= floor


@given(counts, counts, ratios)
def test_a_range_is_judged_no_harsher_than_each_of_its_ends(count: int, more: int, ratio: float) -> None:
    ends = sorted((count * ratio, (count + more) * ratio))
    low, whole, high = (
        RISING.index(sf.audit(count, rounds, "152mm").verdict) for rounds in (ends[0], tuple(ends), ends[1])
    )
    assert low <= whole <= high


@given(counts, st.floats(1.01, 20.0))
def test_every_change_named_makes_the_claim_possible(count: int, excess: float) -> None:
    limit = 21_750 / 43.5
    found = sf.audit(count, count * limit * excess, "152mm")
    assert found.verdict == "impossible"
    for change in found.changes:
        if change.startswith("no more than "):
            rounds = int(change.removeprefix("no more than ").split(" ")[0].replace(",", ""))
            assert sf.audit(count, rounds, "152mm").verdict != "impossible"
        elif change.startswith("a heavier transport: "):
            box = change.removeprefix("a heavier transport: ").split(" ")[0]
            assert sf.audit((count), count * limit * excess, "152mm", transport=box).verdict != "impossible"
        else:
            munition = change.removeprefix("another munition: ").split(" ")[0]
            assert sf.audit(count, count * limit * excess, munition).verdict != "impossible"


@given(sides(), sides())
def test_every_claim_gets_one_of_the_verdicts(rounds: Claimed, units: Claimed) -> None:
    def as_words(side: Claimed) -> str:
        lead = {"floor": "more than ", "ceiling": "up to "}.get(side.bound, "")
        ends = dict.fromkeys(one for one in (side.low, side.high) if one is not None)
        return lead + " to ".join(f"{one:.0f}" for one in ends)

    found = sf.audit(as_words(units), as_words(rounds), "152mm")
    assert found.verdict in VERDICTS
    assert (found.verdict == "not decidable") == (found.ratio_bound == "none")
    assert str(found)
