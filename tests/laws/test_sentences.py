"""What holds of every sentence fit to print: nothing that a number needs is left out, and no key of a table is in."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog, packings, testing
from shellflow.estimates import Estimate
from shellflow.packings import Packing, carriers
from tests import strategies

KEYS = [
    key for table in catalog.TABLES for key in catalog.shipped().table(table).names if key != "engineering"
]  # that key of a source is a word of the language
ANY_KEY = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(KEYS, key=len, reverse=True)))})(?![\w-])")
PACKED = {"reported": "as reported", "ceiling": "bare", "crated": "crated", "as-loaded": "at observed loads"}
BOXES = {
    "20ft-24t": "20 ft, 24 t gross)",
    "20ft-30t": "20 ft, 30.48 t gross)",
    "20ft-8ft-high": "20 ft, 20 t gross)",
}
MIXES = ("60% 152mm, 40% 122mm-shell", "152mm+122mm-shell")
ENDS_ALIKE = "both its ends are this number"
LEVELS = st.sampled_from([0.5, 0.8, 0.9, 0.95])


@st.composite
def questions(draw: st.DrawFn, tag: str = "a") -> Estimate:
    """Estimates of counts and masses, known or not, of one munition or a mix; rounds, transports or tonnes."""
    kind = draw(st.sampled_from(["rounds", "rounds", "needed", "mass", "cargo"]))
    name = draw(st.sampled_from([*PACKED]))
    charge = draw(st.sampled_from([None, "with", "without", 0.3])) if name in ("crated", "as-loaded") else None
    munition = draw(st.sampled_from(["152mm", "122mm-shell", "122mm-rocket", *MIXES]))
    munition = "152mm" if name == "reported" and munition != "122mm-rocket" else munition
    if kind == "cargo" and name not in packings.BY_MASS:
        name = "crated"
    if kind == "mass" and name == "reported":
        kind = "rounds"
    seen = strategies.any_inputs(100.0, 9000.0, "container", name=f"count of {tag}")
    share = draw(st.one_of(st.just(1), testing.distributions(0.1, 1.0, name=f"share of {tag}")))
    box = "20ft-24t" if name == "reported" else draw(st.sampled_from(["20ft-24t", "20ft-30t", "20ft-8ft-high"]))
    chosen: dict[str, Any] = {
        "packing": name,
        "charge": None if munition == "122mm-rocket" else charge,
        "munition_share": share,
    }
    with sf.settings(n=64):
        if kind == "needed":
            return sf.units_needed(draw(st.integers(1, 10**7)), munition, transport=box, **chosen)
        if kind == "cargo":
            return sf.estimate(f"{draw(st.integers(1, 10**6))} t", munition, **chosen)
        estimate = sf.estimate(draw(st.one_of(strategies.counts, seen)), munition, transport=box, **chosen)
        return estimate.mass() if kind == "mass" else estimate


def charge_of(packing: Packing) -> str:
    content = packings.in_package(packing)
    if content == packings.CHARGE_UNKNOWN:
        return "whether the propelling charge is in the packages is not known"
    return content or (
        "charge is included is not stated" if packing.munition.kind == "shell" else "no propelling charge"
    )


def parts_of(estimate: Estimate, level: float) -> list[str]:
    """Return what a sentence on an estimate must hold, from what other outputs say of it."""
    (carrier,) = carriers(estimate.term)
    by_mass = isinstance(carrier, packings.InMass)
    title = str(estimate).removeprefix("gross mass of ")
    count = title.partition(" (" if " (90 %) of" not in title else ") of")[0].partition(" of ")[0]
    number, _, band = estimate.in_words(level).partition(" (")
    limits = estimate.reasons.limited_by
    top = max(limits, key=lambda limit: limits[limit], default="not stated")
    return [
        count,
        "cargo of" if by_mass else BOXES[carrier.contents[0].transport.transport],
        *(f"{packing.munition.calibre_mm:g} mm {packing.munition.kind}s" for packing in carrier.contents),
        PACKED[carrier.contents[0].recipe],
        *map(charge_of, carrier.contents),
        "would fit" if estimate.basis == "capacity" else "probably inside",
        number,
        band.removesuffix(")").partition(": ")[2].replace("no spread", ENDS_ALIKE) or ENDS_ALIKE,
        f"{level * 100:g} % band",
        "mass given limits it" if by_mass else {"norm": "norm of a full load"}.get(top, top),
        f"the weakest input that matters is graded {estimate.grade!r}",
    ]


def check(sentence: str) -> None:
    """Check that it is one or two sentences, without a key of the tables."""
    assert sentence.endswith(".")
    assert 1 <= len(re.findall(r"\.(?: (?=[A-Z0-9])|$)", sentence)) <= 2, sentence
    assert "\n" not in sentence
    assert sentence == " ".join(sentence.split())
    assert not ANY_KEY.findall(sentence), sentence


@settings(max_examples=60)
@given(questions(), LEVELS)
def test_a_sentence_on_an_estimate_leaves_nothing_out(estimate: Estimate, level: float) -> None:
    sentence = estimate.sentence(level)
    check(sentence)
    for part in parts_of(estimate, level):
        assert part.lower() in sentence.lower(), (part, sentence)


@settings(max_examples=30)
@given(questions(), questions("b"), st.floats(0.5, 4.0))
def test_a_sentence_on_what_was_worked_out_has_no_key_either(first: Estimate, other: Estimate, factor: float) -> None:
    for estimate in (first * factor, first / other):
        sentence = estimate.sentence()
        check(sentence)
        assert f"the weakest input that matters is graded {estimate.grade!r}" in sentence


@settings(max_examples=15)
@given(testing.claims(), st.booleans())
def test_a_sentence_on_a_claim_leaves_nothing_out(claim: testing.ClaimInWords, is_named: bool) -> None:
    with sf.settings(n=64):
        audit = sf.audit(claim.count, claim.rounds, claim.munition if is_named else None)
    sentence = audit.sentence()
    check(sentence)
    low, high = audit.statement.units.low, audit.statement.units.high  # type: ignore[union-attr]
    assert low == high
    judged = [
        estimate and estimate.replace(count=f"{low:.0f} containers")
        for estimate in (audit[cargo.label, "as-loaded"].per_transport for cargo in audit.cargoes)
    ]
    for part in (
        f"{low:,.0f} container",
        "20 ft, 24 t gross",
        repr(audit.verdict),
        *(part for estimate in judged if estimate is not None for part in parts_of(estimate, 0.9)),
    ):
        if "weakest" not in part:  # of several it is the weakest of all
            assert part in sentence, (part, sentence)
    assert "the weakest input that matters is graded 'assumed'" in sentence


@settings(max_examples=15)
@given(testing.shipments(most=5, uncertain=True), st.sampled_from(["crated", "as-loaded", "ceiling"]))
def test_a_sentence_on_a_flow_leaves_nothing_out(table: pd.DataFrame, packing: str) -> None:
    with sf.settings(n=64):
        flow = sf.flow(table, packing=packing)
    sentence = flow.sentence(0.5)
    check(sentence)
    total = flow.total()
    number, _, band = total.in_words(0.5).partition(" (")
    for part in (
        f"from {flow.start} to {flow.end}",
        "20 ft, 24 t gross",
        *(catalog.munitions[munition].in_words for munition in flow.munitions),
        PACKED[packing],
        number,
        band.removesuffix(")").partition(": ")[2].replace("no spread", ENDS_ALIKE) or ENDS_ALIKE,
        "would fit" if total.basis == "capacity" else "probably inside",
        f"the weakest input that matters is graded {total.grade!r}",
    ):
        assert part.lower() in sentence.lower(), (part, sentence)


SIDES = {
    "point": "{low:,}",
    "range": "{low:,} to {high:,}",
    "floor": "at least {low:,}",
    "ceiling": "at most {high:,}",
    "about": "about {low:,}",
    "missing": "",
}
OPEN_RANGE = re.compile(r"\b(at least|at most|up to) (about )?\d[\d,]*(?:\.\d+)?( million| t| \w+s?)? to \d")
A_SINGULAR = re.compile(
    r"\b(?<![\d.,])1 (containers|rounds|days|voyages)\b|(?<!\.)\b(?!1 )[\d,]+ (container|round) (?!per)"
)
TWICE = re.compile(r"\b(at least|at most|about) (at least|at most)\b")


def check_bounds(sentence: str) -> None:
    """Check that no words say both that there is an end and that there is none, and that nouns agree."""
    for contradiction in (OPEN_RANGE, A_SINGULAR, TWICE):
        assert not contradiction.search(sentence), sentence


@st.composite
def sides(draw: st.DrawFn, most: int = 20_000) -> str:
    """Counts as people state them, of every kind but missing ones."""
    kind = draw(st.sampled_from([kind for kind in SIDES if kind != "missing"]))
    low = draw(st.one_of(st.just(1), st.integers(1, most)))
    return SIDES[kind].format(low=low, high=low + draw(st.integers(1, most)))


@settings(max_examples=6)
@given(sides(), sides(4_000_000))
def test_no_sentence_on_a_claim_contradicts_its_bounds(count: str, rounds: str) -> None:
    with sf.settings(n=64):
        audit = sf.audit(count, rounds, "152mm")
    check_bounds(audit.sentence())


@settings(max_examples=6)
@given(
    st.lists(
        st.tuples(st.sampled_from(sorted(SIDES)), st.integers(1, 9_000), st.integers(1, 900)), min_size=1, max_size=3
    )
)
def test_no_sentence_on_a_flow_contradicts_its_bounds(rows: list[tuple[str, int, int]]) -> None:
    counts = [SIDES[kind].format(low=low, high=low + more) for kind, low, more in rows]
    table = pd.DataFrame({"date": "2024-01-05", "voyage": range(len(rows)), "count": counts})
    if not any(counts):
        return
    with sf.settings(n=64):
        flow = sf.flow(sf.read_shipments(table), munition="152mm", packing="crated", on_error="drop")
    for text in (flow.sentence(), str(flow)):
        check_bounds(text)


@pytest.mark.parametrize(
    ("count", "known"), [("at least 14,000", "at least 14,150"), ("at most 14,000", "at most 14,650")]
)
def test_a_bound_and_a_range_tell_the_end_that_is_known(count: str, known: str) -> None:
    table = pd.DataFrame({"date": ["2024-01-05", "2024-01-06"], "count": [count, "150 to 650"]})
    with sf.settings(n=64):
        sentence = sf.flow(sf.read_shipments(table), munition="152mm", packing="crated").sentence()
    assert f"{known} containers (" in sentence
    check_bounds(sentence)


@settings(max_examples=10)
@given(st.sampled_from(["1 container", "6,700 containers"]), sides(4_000_000))
def test_no_sentence_on_a_reconciliation_contradicts_its_bounds(count: str, rounds: str) -> None:
    with sf.settings(n=64):
        stated = [sf.statement("rounds", rounds, count=count, family="osc", basis="contents", error=0.4)]
        reconciled = sf.reconcile(sf.estimate(1, "152mm", packing="crated"), stated)
    check_bounds(reconciled.sentence())


@settings(max_examples=10)
@given(st.sampled_from(["point", "range", "about"]), st.integers(1, 9_000), st.integers(1, 900))
def test_no_sentence_of_a_comparison_contradicts_its_bounds(kind: str, low: int, more: int) -> None:
    with sf.settings(n=64):
        compared = sf.compare(SIDES[kind].format(low=low, high=low + more), "152mm")
    for text in (*compared.sentence().splitlines(), str(compared)):
        check_bounds(text)


@pytest.mark.parametrize(
    "text", ["at least 14,150 to 14,650", "at most 3 million to 4", "1 containers", "at least at most 3"]
)
def test_contradictions_are_found(text: str) -> None:
    with pytest.raises(AssertionError, match=text):
        check_bounds(text)


@pytest.mark.parametrize("key", ["152mm", "20ft-24t", "covered-wagon", "rok-mnd-2024-02-26a", "152mm-crate"])
def test_keys_are_found(key: str) -> None:
    assert ANY_KEY.findall(f"A container ({key}), of {key}.") == [key, key]
