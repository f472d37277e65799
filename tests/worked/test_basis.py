"""Capacity and contents: never added up, compared all the same, and what a band is for agrees with them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from shellflow import catalog, cli, packings
from shellflow.errors import BasisError, DataError, DoesNotFitError, NoDataError, ShellflowError
from shellflow.estimates import Estimate
from shellflow.packings import Packing

CRATE = {"rounds": 1, "gross": "75 kg"}
SIZED = CRATE | {"size": ("0.9 m", "0.35 m", "0.22 m")}


@pytest.fixture(scope="module")
def crated() -> Estimate:
    return sf.estimate(100, "152mm", packing="crated")


@pytest.fixture(scope="module")
def loaded() -> Estimate:
    return sf.estimate(100, "152mm", packing="as-loaded")


# --- sums -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "add",
    [
        lambda a, b: a + b,
        lambda a, b: b + a,
        lambda a, b: sum([a, b]),
        lambda a, b: np.sum([a, b]),
        lambda a, b: a + 0.5 * b,
        lambda a, b: 2 * (a + a) + b / 3,
        lambda a, b: a - (-b),
        lambda a, b: a + 2 * (b - a),
        lambda a, b: -a - b,
        lambda a, b: a + (a - b) + b,
        lambda a, b: a * sf.uniform(0.5, 1, name="kept") + b,
        lambda a, b: a.lasts_at("10k/day") + b.lasts_at("10k/day"),
        lambda a, b: (
            sf.units_needed("3M", "152mm", packing="crated") + sf.units_needed("1M", "152mm", packing="as-loaded")
        ),
        lambda a, b: a / b + b / a * a / b + a / a,
        lambda a, b: sf.estimate(sf.units_needed(b, "152mm", packing="as-loaded"), "152mm", packing="crated") + a,
    ],
)
def test_a_capacity_is_not_added_to_contents(
    crated: Estimate, loaded: Estimate, add: Callable[[Estimate, Estimate], object]
) -> None:
    with pytest.raises(BasisError, match=r"do not add up: .* keep the two apart: a\.compared_to\(b\) shows them"):
        add(crated, loaded)


def test_the_refusal_names_a_packing_of_each(crated: Estimate, loaded: Estimate) -> None:
    with pytest.raises(BasisError, match=r"^capacity \(152mm crated\) and contents \(152mm as-loaded\) do not add up"):
        crated + loaded


def test_a_difference_and_a_ratio_of_the_two_compare_them_and_say_so(crated: Estimate, loaded: Estimate) -> None:
    for compared in (crated - loaded, loaded / crated, crated - loaded + crated, (crated - loaded) / 2 + crated):
        assert compared.basis == "capacity and contents"
        assert "compares what would fit with what is probably inside, and is neither" in compared.explain()
        assert sf.from_json(compared.to_json()).basis == "capacity and contents"
    shares = loaded / crated
    assert (shares + shares).basis == "capacity and contents"
    assert crated.compared_to(loaded)["what"].str.contains("contents").tolist() == [False, True]
    assert crated.chance(at_least=loaded) > 0.9


def test_a_difference_is_written_as_one(crated: Estimate, loaded: Estimate) -> None:
    assert str(crated - loaded).startswith(
        "100 containers of 152mm, crated (capacity) - 100 containers of 152mm, as loaded (contents): "
    )


def test_sums_of_one_basis_stay_of_it(crated: Estimate, loaded: Estimate) -> None:
    assert (crated + sf.estimate(1, "152mm")).basis == "capacity"
    assert (loaded + 2 * loaded).basis == "contents"
    assert (crated * (loaded / crated)).basis == "capacity and contents"
    changed = (crated + sf.estimate(1, "122mm-rocket", packing="crated")).replace(packing="as-loaded")
    assert changed.basis == "contents"


@pytest.mark.parametrize("where", ["a sum", "a mix"])
def test_a_sum_of_both_is_not_read_from_json(where: str) -> None:
    made = (
        sf.estimate(1, "152mm", packing="crated") + sf.estimate(2, "122mm-rocket", packing="crated")
        if where == "a sum"
        else sf.estimate(1, sf.mix("152mm", "122mm-rocket"), packing="crated")
    )
    document = json.loads(made.to_json())
    changed = document["estimate"]["parts"][1] if where == "a sum" else document["estimate"]
    changed["contents"][-1]["basis"] = "contents"
    with pytest.raises(
        DataError, match=r"capacity \(152mm crated\) and contents \(122mm-rocket crated\) do not add up"
    ):
        sf.from_json(json.dumps(document))


# --- what a band is for -----------------------------------------------------------------------------------------------


def _agrees(one: Estimate) -> None:
    band_for = one.reasons.band_for
    assert one.basis in packings.BASES
    speaks_of_contents = "is inside" in band_for.replace("not what is inside", "")
    speaks_of_capacity = "fits" in band_for or "not what is inside" in band_for
    assert not (speaks_of_contents if one.basis == "capacity" else speaks_of_capacity), (one.basis, band_for)
    assert f"the band is for: {band_for}" in one.explain()


@pytest.mark.parametrize("transport", sorted(catalog.transports.names))
@pytest.mark.parametrize("munition", sorted(catalog.munitions.names))
def test_what_the_band_is_for_agrees_with_the_basis_of_every_packing(munition: str, transport: str) -> None:
    for packing in packings.SHIPPED:
        with sf.settings(n=512):
            try:
                one = sf.estimate(10, munition, packing=packing, transport=transport)
                _agrees(one)
                _agrees(sf.units_needed("3M", munition, packing=packing, transport=transport))
            except (NoDataError, DoesNotFitError):
                continue


OBSERVED = sf.from_observations(["9 t", "12 t", "14 t"], name="loads seen")
RATIOS = sf.from_observations([300, 350, 420], unit="round/container", name="ratios seen")
UNPACKED = "over all that is not known of package and transport"
AT_LOAD = f"at the load stated or the payload, whichever is less, {UNPACKED}"


@pytest.mark.parametrize(
    ("given", "basis", "band_for"),
    [
        ({**CRATE}, "capacity", f"what fits, {UNPACKED}"),
        ({**SIZED}, "capacity", f"what fits, {UNPACKED}"),
        ({**SIZED, "basis": "contents"}, "contents", f"what is inside if filled to the limit, {UNPACKED}"),
        (
            {**CRATE, "load": "12 t"},
            "contents",
            f"what is inside {AT_LOAD}",
        ),
        (
            {**CRATE, "load": "12 t", "basis": "capacity"},
            "capacity",
            f"what fits {AT_LOAD}",
        ),
        (
            {**CRATE, "load": OBSERVED},
            "contents",
            f"what is inside {AT_LOAD}; the next one of the same kind",
        ),
        ({**CRATE, "load": "as-loaded"}, "contents", "the next shipper's average load, not any one container"),
        (
            {**CRATE, "load": "as-loaded", "basis": "capacity"},
            "capacity",
            "what fits at the next shipper's average load, not any one container",
        ),
        (  # 12 crates of a metre in a box some 5.9 m long: room for so few that no load seen binds
            {"rounds": 1, "gross": "75 kg", "size": ("1 m", "1 m", "1 m"), "load": "as-loaded"},
            "contents",
            f"what is inside where the observed load does not bind, {UNPACKED}",
        ),
        (
            {**CRATE, "size": ("1 m", "1 m", "1 m"), "load": "12 t"},
            "contents",
            f"what is inside where the load stated does not bind, {UNPACKED}",
        ),
        ({"rounds_per_transport": 300}, "contents", "the ratio as it was stated, and nothing beyond it"),
        ({"rounds_per_transport": RATIOS}, "contents", "the next one of the same kind"),
        (
            {"rounds_per_transport": RATIOS, "basis": "capacity"},
            "capacity",
            "the next one of the same kind, not what is inside",
        ),
        (
            {
                "rounds_per_transport": catalog.reported_ratio(
                    catalog.munitions["152mm"], catalog.transports["20ft-24t"]
                )
            },
            "contents",
            "what the same office would say next of such containers",
        ),
    ],
)
def test_what_the_band_of_a_packing_of_ones_own_is_for(given: dict[str, Any], basis: str, band_for: str) -> None:
    packing: Packing = sf.packing("152mm", **given)
    one = sf.estimate(100, "152mm", packing=packing)
    assert (one.basis, one.reasons.band_for) == (basis, band_for)
    _agrees(one)


def test_what_the_band_of_mixes_and_voyages_is_for_agrees_with_the_basis() -> None:
    for packing in ("reported", "ceiling", "crated", "as-loaded"):
        _agrees(sf.estimate("64 voyages", "152mm", packing=packing))
        _agrees(sf.estimate(100, sf.mix("152mm", "122mm-rocket"), packing=packing))


# --- the other sentences ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ask", "line"),
    [
        (lambda: sf.estimate(10, "152mm"), "1, an upper reading: every transport is taken to carry munitions"),
        # Were some of them to carry other things, more of them would be needed.
        (lambda: sf.units_needed("3M", "152mm"), "1, a lower reading: every transport is taken to carry munitions"),
        (lambda: sf.estimate(10, "152mm").lasts_at("10k/day"), "1, an upper reading: every transport is taken to"),
        (
            lambda: sf.estimate(10, "152mm") + sf.estimate(9, "152mm", munition_share=0.5),
            "1 in some parts, an upper reading: every",
        ),
        (lambda: sf.estimate(10, "152mm") / sf.estimate(10, "122mm-rocket"), "1: every transport is taken to carry"),
        (lambda: 100 / sf.estimate(10, "152mm"), "1, a lower reading: every"),
    ],
)
def test_a_share_taken_for_granted_is_said_to_raise_or_to_lower_the_number(
    ask: Callable[[], Estimate], line: str
) -> None:
    assert f"\nmunition share: {line}" in ask().explain()


def test_a_way_back_in_a_table_has_a_lower_reading() -> None:
    assert "munition share: 1, a lower reading:" in str(sf.estimates.compare_needed("3M", "152mm"))


def test_what_has_no_packing_has_no_limit_to_speak_of() -> None:
    two = sf.estimate(10, "152mm", packing="crated") + sf.estimate(10, "152mm")
    assert "\nlimited by: mass (" in two.explain()
    assert "of the transports, over all draws); not stated for reported ratios\n" in two.explain()
    rate = 1 / sf.estimate(10, "152mm") * sf.estimate(10, "152mm")
    assert (
        "\nlimited by: not stated: the source gives rounds to a transport, and not what limits them\n" in rate.explain()
    )
    own = sf.estimates.Estimate(sf.fixed("5 container", name="seen"), rate.settings, rate.made_by)
    assert "limited by" not in own.explain()


def test_a_card_says_the_same_in_every_world_of_what_is_the_same_in_every_world_alone() -> None:
    fixed = sf.estimate(10, "152mm", packing=sf.packing("152mm", rounds_per_transport=300))
    assert "the same in every draw" in fixed._repr_html_()
    mostly = sf.estimate(sf.discrete([10, 20], weights=[0.99, 0.01], unit="container", name="boxes"), "152mm",
                         packing=sf.packing("152mm", rounds_per_transport=300))  # fmt: skip
    assert mostly.band() == (3000, 3000, 3000)
    assert mostly.in_words() == "3,000 rounds (90 %: no spread)"
    assert "the same in every draw" not in mostly._repr_html_()


# --- flows ------------------------------------------------------------------------------------------------------------

MIXED = pd.DataFrame(
    {
        "date": ["2024-01-05", "2024-01-20", "2024-02-10", "2024-02-12"],
        "count": [100, 200, 300, 40],
        "munition": ["152mm", "152mm", "152mm", "122mm-rocket"],
        "packing": ["crated", "as-loaded", "crated", "as-loaded"],
    }
)


@pytest.fixture(scope="module")
def flow() -> sf.Flow:
    return sf.flow(MIXED, by="month").between("2024-01-01", "2024-02-29")


def test_a_flow_of_both_has_a_total_of_each(flow: sf.Flow) -> None:
    assert flow.bases == ("capacity", "contents")
    expected = {
        "capacity": sf.estimate(400, "152mm", packing="crated"),
        "contents": sf.estimate(200, "152mm", packing="as-loaded")
        + sf.estimate(40, "122mm-rocket", packing="as-loaded"),
    }
    for basis, total in expected.items():
        assert flow.total(basis=basis).basis == basis
        np.testing.assert_allclose(flow.total(basis=basis).values, total.values)
        cumulative = flow.cumulative(basis=basis)
        assert cumulative["median"].iloc[-1] == pytest.approx(total.band()[1])
        periods = flow.periods(basis=basis)
        np.testing.assert_allclose(sum(one.values for one in periods.values()), total.values)
        lasts = flow.balance("10k/day", basis=basis).lasts.iloc[0]
        assert (lasts["median"], lasts["basis"]) == (pytest.approx(total.band()[1] / 10_000), basis)
        errors = flow.compare_errors(basis=basis)
        assert errors["median"].tolist() == pytest.approx([total.band()[1]] * 2)
    rates = [flow.rate(basis=basis)["median"].iloc[1] for basis in flow.bases]
    parts = [sf.estimate(300, "152mm", packing="crated"), sf.estimate(40, "122mm-rocket", packing="as-loaded")]
    assert rates == pytest.approx([part.band()[1] / 29 for part in parts])


@pytest.mark.parametrize(
    "ask",
    [
        lambda flow: flow.total(),
        lambda flow: flow.total("152mm"),
        lambda flow: flow.periods(),
        lambda flow: flow.cumulative(),
        lambda flow: flow.rate(),
        lambda flow: flow.compare_errors(),
        lambda flow: flow.balance("10k/day"),
        lambda flow: flow.plot(),
        lambda flow: flow.plot_cumulative(),
        lambda flow: flow.plot_cumulative(rate="10k/day"),
        lambda flow: (sf.flow(MIXED[:1]) + sf.flow(MIXED[1:2])).total(),
    ],
)
def test_a_flow_of_both_has_nothing_over_both(flow: sf.Flow, ask: Callable[[sf.Flow], object]) -> None:
    message = (
        r"^capacity \(152mm.*crated\) and contents \(.*as-loaded\) do not add up: .*"
        r"Give basis='capacity' or basis='contents'\.$"
    )
    with pytest.raises(BasisError, match=message):
        ask(flow)


def test_a_basis_that_is_none_of_the_flow_is_refused(flow: sf.Flow) -> None:
    with pytest.raises(ShellflowError, match=r"basis='both': must be one of capacity, contents"):
        flow.total(basis="both")
    with pytest.raises(ShellflowError, match=r"basis='capacity': must be one of contents\. No row of this flow"):
        flow.total("122mm-rocket", basis="capacity")


def test_what_is_left_of_a_flow_may_be_of_one_basis(flow: sf.Flow) -> None:
    assert flow.total("122mm-rocket").basis == "contents"
    first = flow.between("2024-01-01", "2024-01-10")
    assert (first.bases, first.total().basis) == (("capacity",), "capacity")
    assert np.array_equal(first.total().values, sf.estimate(100, "152mm", packing="crated").values)


def test_every_row_of_a_flow_is_of_one_basis_and_its_words_end_with_a_total_of_each(
    flow: sf.Flow, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = flow.to_frame()
    kinds = frame[["munition", "basis"]].drop_duplicates().to_numpy().tolist()
    assert kinds == [["122mm-rocket", "contents"], ["152mm", "capacity"], ["152mm", "contents"]]
    assert len(frame) == 3 * 2
    assert frame.loc[frame["basis"] == "capacity", "count"].sum() == 400
    for text in (str(flow), _printed(tmp_path, capsys)):
        assert f"in all, capacity: {flow.total(basis='capacity').in_words()}" in text
        assert f"in all, contents: {flow.total(basis='contents').in_words()}" in text
        assert "- capacity and contents are not added up: one is what would fit, the other what is" in text
    card = flow._repr_html_()
    for basis in flow.bases:
        assert flow.total(basis=basis).in_words().partition(" (")[0] in card


def _printed(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    path = folder / "shipments.csv"
    MIXED.to_csv(path, index=False)
    assert cli.main(["flow", str(path)]) == 0
    return capsys.readouterr().out
