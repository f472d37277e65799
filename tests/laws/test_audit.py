"""Laws of audits: what a claim is judged by is what it says, and no more."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog
from shellflow.audits import VERDICTS, Thresholds, joint, verdict_on, verdict_on_range
from shellflow.catalog import TABLES, Catalog, Table
from shellflow.packings import hard_limit
from shellflow.statements import Finding, findings_of, of_record
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


numbers = st.floats(1e-3, 1e6)


@st.composite
def thresholds(draw: st.DrawFn) -> Thresholds:
    least, most, packed, possible = sorted(draw(st.tuples(numbers, numbers, numbers, numbers)))
    known = draw(st.booleans())
    return Thresholds(least, most, packed, possible if known else None, possible)


@given(thresholds(), numbers, numbers)
def test_verdicts_pass_through_one_order_as_rounds_grow(limits: Thresholds, one: float, other: float) -> None:
    order = [*RISING, "not decidable"]
    low, high = (order.index(verdict_on(ratio, limits)) for ratio in sorted((one, other)))
    assert low <= high


@given(st.lists(thresholds(), min_size=1, max_size=4), numbers)
def test_of_several_munitions_a_number_is_impossible_only_if_so_of_all(several: list[Thresholds], ratio: float) -> None:
    alone = {verdict_on(ratio, limits) for limits in several}
    verdict = verdict_on(ratio, joint(several))
    assert (verdict == "impossible") == (alone == {"impossible"})
    if "plausible as contents" in alone:
        assert verdict == "plausible as contents"


@given(st.sampled_from(RISING), st.sampled_from(RISING))
def test_a_range_is_judged_between_its_ends_and_never_harsher_than_what_it_holds(one: str, other: str) -> None:
    low, high = sorted((one, other), key=RISING.index)
    verdict = verdict_on_range((low, high))
    assert RISING.index(low) <= RISING.index(verdict) <= RISING.index(high)
    if RISING.index(low) <= RISING.index("plausible as contents") <= RISING.index(high):
        assert verdict == "plausible as contents"


@given(st.floats(1e3, 1e6), st.floats(5.0, 500.0), st.floats(5.0, 500.0), munitions)
def test_heavier_rounds_never_stand_higher(tonnes: float, one: float, other: float, munition: str) -> None:
    order = ["below what is seen", "plausible as contents", "only without packaging", "impossible"]
    heavier, lighter = (
        sf.audit(f"{tonnes:.3f}0 t", tonnes * 1000 / kg, munition).verdict for kg in sorted((one, other), reverse=True)
    )
    assert order.index(heavier) <= order.index(lighter)


@given(counts, ratios, munitions)
def test_a_mix_that_is_all_one_munition_is_judged_like_it(count: int, ratio: float, munition: str) -> None:
    mixed = sf.mix({munition: 1.0, "155mm": 0.0})
    alone = sf.audit(count, count * ratio, munition)
    judged = sf.audit(count, count * ratio, mixed)
    assert judged.verdict == alone.verdict
    assert judged.ends == alone.ends


@given(counts, ratios, munitions)
def test_a_verdict_hangs_on_the_ratio_alone(count: int, ratio: float, munition: str) -> None:
    assert sf.audit(1, ratio, munition).verdict == sf.audit(count, count * ratio, munition).verdict


@given(counts, ratios)
def test_a_number_is_judged_alike_whatever_it_is_said_to_bound(count: int, ratio: float) -> None:
    rounds = max(1, round(count * ratio))
    point, *bounds = (
        sf.audit(f"{side}{count} containers", f"{words}{rounds}", "152mm")
        for side, words in (("", ""), ("", "more than "), ("", "up to "), ("more than ", ""), ("at least ", "over "))
    )
    assert {judged.verdict for judged in bounds} == {point.verdict}
    assert all(judged.positions[0].position == point.positions[0].position for judged in bounds)


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


@st.composite
def catalogs(draw: st.DrawFn) -> Catalog:
    """Boxes and rounds of any size and mass: mass binds, or space, or space is not known."""
    box, shell = catalog.transports["20ft-24t"], catalog.munitions["122mm-rocket"]
    sides_m, kg = st.floats(1.0, 4.0), st.floats(1.0, 60.0)
    boxes = {}
    for place in range(draw(st.integers(2, 5))):
        length_m = None if draw(st.integers(0, 4)) == 4 else draw(sides_m)
        inner = dict.fromkeys(("inner_length_m", "inner_width_m", "inner_height_m"), length_m)
        payload_kg = draw(st.floats(10_000.0, 60_000.0))
        boxes[f"box-{place}"] = replace(box, transport=f"box-{place}", payload_kg=payload_kg, **inner)
    rounds = {}
    for place in range(draw(st.integers(2, 5))):
        mass_kg = draw(kg)
        length_m = None if draw(st.integers(0, 4)) == 4 else draw(st.floats(0.2, 3.0))
        mass: dict[str, Any] = dict.fromkeys(("projectile_kg_low", "projectile_kg_best", "projectile_kg_high"), mass_kg)
        calibre_mm = draw(st.floats(100.0, 400.0))
        rounds[f"round-{place}"] = replace(
            shell, munition=f"round-{place}", calibre_mm=calibre_mm, length_m=length_m, **mass
        )
    tables: dict[str, Any] = {name: Table(name, {}) for name in TABLES}
    tables |= {"transports": Table("transports", boxes), "munitions": Table("munitions", rounds)}
    return Catalog(**tables, digest=draw(st.uuids()).hex, version="drawn")


@given(catalogs(), st.floats(1.01, 3.0))
def test_every_change_named_is_the_smallest_in_the_catalog(catalog: Catalog, excess: float) -> None:
    box, shell = catalog.transports["box-0"], catalog.munitions["round-0"]
    limit = hard_limit(shell, box)[0]
    found = sf.audit(1, limit * excess, "round-0", transport="box-0", catalog=catalog)
    assert found.verdict == "impossible"
    named = {change.split(": ")[1].split(" ")[0]: change for change in found.changes if ": " in change}
    boxes = {key: hard_limit(shell, box)[0] for key, box in _records(catalog.transports).items()}
    shells = {key: hard_limit(shell, box)[0] for key, shell in _records(catalog.munitions).items()}
    for limits in (boxes, shells):
        enough = {key: most for key, most in limits.items() if most >= found.ratio[0] * (1 - 1e-9)}
        chosen = [limits[key] for key in named if key in limits]
        assert chosen == ([min(enough.values())] if enough else [])
    if hard_limit(shell, box)[1] == "space":
        # What is too large is not mended by what is lighter.
        assert not any("heavier" in change for change in found.changes)
        assert all("m3 against" in change or "only mass was checked" in change for change in named.values())


def _records(table: Table[Any]) -> dict[str, Any]:
    return {key: table[key] for key in table.names}


@given(sides(), sides())
def test_what_two_statements_both_allow_is_no_conflict(one: Claimed, other: Claimed) -> None:
    # A floor is held against others by its number: who says "more than 500,000" means one near it. Of two ceilings the
    # one may be the other misquoted.
    assume((one.bound, other.bound) != ("ceiling", "ceiling"))
    lows = [side.low or 0.0 for side in (one, other)]
    highs = [side.high or side.low or math.inf for side in (one, other)]
    names = [found.name for found in _findings_after(one, other)]
    if max(lows) <= min(highs):
        assert "in conflict with its siblings" not in names
    elif max(lows) > 1.1 * min(highs) and max(side.low or side.high or 0 for side in (one,)) > 212 * _BOXES:
        assert "in conflict with its siblings" in names  # too many to be what is inside


_BOXES = 321


def _findings_after(one: Claimed, other: Claimed) -> tuple[Finding, ...]:
    """Return the findings on one number of rounds, said the day after another of the same containers."""
    row: Any = catalog.claims["rok-mnd-2024-02-26a"]
    said = [
        replace(
            row,
            claim=f"row-{place}",
            date=f"2025-01-0{place + 1}",
            alternative_to=None,
            units_low=_BOXES,
            units_high=_BOXES,
            rounds_low=side.low,
            rounds_high=side.high,
            rounds_bound=side.bound,
            ratio_bound=catalog.ratio_bound(side.bound, "point"),
        )
        for place, side in enumerate((other, one))
    ]
    before, after = of_record(said)
    return findings_of(after, [before, after], catalog.shipped())


@given(st.sampled_from(["politico-2024-02-27", "rbc-2024-02-27", "jtbc-2024-02-27"]), st.dates())
def test_a_rendering_never_makes_the_original_the_slip(key: str, drawn: date) -> None:
    start = date(2024, 2, 26)
    day = start + timedelta(days=drawn.toordinal() % 32)
    for said in (day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]):
        rows = [replace(row, date=said) if row.claim == key else row for row in catalog.claims]
        every = of_record(rows)
        broken = [one.key for one in every if findings_of(one, every, catalog.shipped())]
        assert key in broken
        assert not any(one.startswith("rok") for one in broken)


@given(sides(), sides())
def test_every_claim_gets_one_of_the_verdicts(rounds: Claimed, units: Claimed) -> None:
    def as_words(side: Claimed) -> str:
        lead = {"floor": "at least ", "ceiling": "up to "}.get(side.bound, "")
        ends = dict.fromkeys(one for one in (side.low, side.high) if one is not None)
        return lead + " to ".join(f"{one:.0f}" for one in ends)

    found = sf.audit(as_words(units), as_words(rounds), "152mm")
    assert found.verdict in VERDICTS
    assert found.verdict != "not decidable"  # no data are missing
    assert str(found)
