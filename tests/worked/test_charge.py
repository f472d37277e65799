"""Crates with and without the propelling charge, worked by hand, through every question that can state of it."""

from __future__ import annotations

import html
import json
import pickle
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from shellflow import catalog, cli, packings, sampling
from shellflow.errors import ArgumentError, NoDataError, ShellflowError, UnitError
from shellflow.packings import Physical
from tests.worked.test_catalog import read, write

SHELLS = ("152mm", "122mm-shell")
ALONE = "projectiles, charge not included"
SHIPPED = Path(sf.__file__).with_name("data")
TABLE = pd.DataFrame({"date": ["2024-02-01", "2024-03-01"], "count": [100, 50]})


def loaded(munition: str = "152mm", charge: object = None, packing: str = "as-loaded") -> sf.Estimate:
    return sf.estimate(1, munition, packing=packing, charge=charge)


# --- the two crates ---------------------------------------------------------------------------------------------------


def test_a_crate_of_152_mm_weighs_77_kg_with_the_charge_and_56_without() -> None:
    # 55, 60 and 68 t over 792 crates are 69.4 to 85.9 kg; a projectile of 43.5 to 43.6 kg in 6.5 to 18.7 kg of
    # packaging is 50.0 to 62.3 kg.
    crated = packings.shipped("crated", catalog.munitions["152mm"], catalog.transports["20ft-24t"])
    assert isinstance(crated, Physical)
    with_it, without = (
        packings.gross_mass(part, sampling.Settings()) for part in packings.packages_of(crated).values()
    )
    assert 55_000 / 792 <= with_it.min() <= with_it.max() <= 68_000 / 792
    assert 50.0 <= without.min() <= without.max() <= 62.3
    assert (np.median(with_it), np.median(without)) == pytest.approx((76.6, 56.2), abs=0.3)


def test_rounds_are_those_of_both_crates_in_their_shares() -> None:
    with_it, without = loaded(charge="with").values, loaded(charge="without").values
    share = packings.inputs_of(loaded().term.contents[0])  # type: ignore[attr-defined]
    (charge,) = (number for number in share if number.name == "charge.152mm")
    drawn = charge.draws(sampling.Settings())
    assert loaded().values == pytest.approx(drawn * with_it + (1 - drawn) * without, rel=1e-12)
    assert (charge.distribution, charge.unit, charge.grade) == (sampling.Uniform(0.0, 1.0), "", "assumed")


def test_both_crates_are_loaded_alike() -> None:
    # The same draw of the load fills crates of the one and of the other: 15 t takes more of the lighter.
    own = sf.packing("152mm", load="15 t", name="half full")
    assert isinstance(own, Physical)
    with_it, without = (sf.estimate(1, "152mm", packing=own, charge=stated) for stated in ("with", "without"))
    assert np.all(with_it.values <= 15_000 / (55_000 / 792))
    assert np.all(without.values <= 15_000 / 50.0)
    assert np.all(without.values > with_it.values)


def test_the_cargo_of_a_transport_is_its_packages() -> None:
    for munition in ("152mm", "122mm-rocket"):
        packing = packings.shipped("as-loaded", catalog.munitions[munition], catalog.transports["20ft-24t"])
        assert isinstance(packing, Physical)
        stowage = packings.stow(packing, sampling.Settings())
        assert stowage.cargo_kg is not None
        assert np.all(stowage.cargo_kg <= packing.payload.draws(sampling.Settings()))
        assert np.all(stowage.cargo_kg <= packing.load.draws(sampling.Settings()))
        assert not stowage.cargo_kg.flags.writeable
    # Of one package the mass is that of as many as there are rounds.
    crate = sf.packing("152mm", rounds=2, gross="100 kg", name="of two")
    stowage = packings.stow(crate, sampling.Settings())
    assert stowage.cargo_kg is not None
    assert stowage.cargo_kg.tolist() == (stowage.rounds / 2 * 100).tolist()
    assert packings.stow(loaded(packing="reported").term.contents[0], sampling.Settings()).cargo_kg is None  # type: ignore[attr-defined]


def test_a_kilogram_of_cargo_holds_rounds_by_the_share_of_the_mass() -> None:
    crated = packings.shipped("crated", catalog.munitions["122mm-shell"], catalog.transports["20ft-24t"])
    assert isinstance(crated, Physical)
    (half,) = packings.settled((crated,), 0.5, catalog.shipped())
    assert isinstance(half, Physical)
    with_it, without = (
        2 / packings.gross_mass(part, sampling.Settings()) for part in packings.packages_of(crated).values()
    )
    assert packings.rounds_per_kg(half, sampling.Settings()) == pytest.approx((with_it + without) / 2, rel=1e-12)


def test_6700_containers_with_without_and_unknown(report: Callable[[str], None]) -> None:
    for packing in ("as-loaded", "crated"):
        for munition in SHELLS:
            for charge in ("with", "without", None):
                low, median, high = loaded(munition, charge, packing).band()
                said = f"{munition} {packing}, charge {charge or 'unknown'}"
                report(f"{said}: {low:.0f} / {median:.0f} / {high:.0f} per container")
    low, median, high = sf.estimate(6_700, "152mm", packing="as-loaded").band()
    assert (low, median, high) == pytest.approx((0.69e6, 1.13e6, 1.84e6), rel=0.02)


# --- what is in the package -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("munition", "packing", "charge", "content"),
    [
        ("152mm", "crated", None, f"complete rounds, or {ALONE}"),
        ("152mm", "crated", "with", "complete rounds"),
        ("152mm", "crated", "without", ALONE),
        ("152mm", "crated", 1, "complete rounds"),
        ("152mm", "crated", 0, ALONE),
        ("152mm", "crated", 0.25, f"complete rounds in 25 % of the transports, else {ALONE}"),
        ("152mm", "ceiling", None, "bare projectiles, charge not included"),
        ("152mm", "reported", None, None),
        ("155mm", "crated", None, ALONE),
        ("122mm-rocket", "as-loaded", None, "complete rounds"),
        ("122mm-rocket", "ceiling", None, "bare rounds"),
        ("105mm", "crated", None, "complete rounds"),
    ],
)
def test_every_output_names_what_is_packed(munition: str, packing: str, charge: object, content: str | None) -> None:
    made = loaded(munition, charge, packing)
    (row,) = made.to_frame()["package"]
    assert row == content
    if content and "or" not in content.split():
        assert f"packed: {content}" in made.notes
        assert f"note: packed: {content}" in made.explain()
        assert content in html.unescape(made._repr_html_()).replace("\u00a0", " ")


def test_both_ends_stand_beside_the_band_everywhere() -> None:
    made = sf.estimate(6_700, "152mm", packing="as-loaded")
    ends = {stated: sf.estimate(6_700, "152mm", packing="as-loaded", charge=stated) for stated in ("with", "without")}
    alone = ends["without"].in_words().replace("rounds", "projectiles")
    note = f"charge in the package not known: with it {ends['with'].in_words()}, without it {alone}"
    assert note in made.notes
    assert note in made.explain()
    assert note in html.unescape(made._repr_html_()).replace("\u00a0", " ")
    assert note in json.loads(made.to_json())["summary"]["notes"]
    compared = sf.compare(6_700, "152mm")
    medians = [ends[stated].in_words().split(" rounds")[0] for stated in ("with", "without")]
    in_short = (
        "charge in the package not known, and so mixed; medians with it in all / in none (projectiles alone): crated "
    )
    assert in_short in str(compared)
    assert f"as-loaded {medians[0]} / {medians[1]}" in str(compared)
    assert note in compared.explain()
    assert note in compared.to_frame().set_index("packing")["notes"]["as-loaded"]


def test_a_title_says_what_was_stated_of_the_charge() -> None:
    assert ", as loaded (contents)" in str(loaded())
    assert ", as loaded, with the charge (contents)" in str(loaded(charge="with"))
    assert ", as loaded, charge not included (contents)" in str(loaded(charge="without"))
    assert ", crated, charge not included (capacity)" in str(loaded("155mm", packing="crated"))
    assert ", crated (capacity)" in str(loaded("122mm-rocket", packing="crated"))


def test_where_the_charge_is_unknown_it_is_among_the_drivers() -> None:
    drivers = loaded(packing="crated").drivers().set_index("input")
    assert drivers["share_of_variance"]["charge.152mm"] > 0.5
    assert "charge.152mm" not in loaded(charge="with").drivers()["input"].tolist()
    assert loaded().reasons.grade == "assumed"


def test_of_a_mix_both_shells_have_their_own_share() -> None:
    made = sf.estimate(1, sf.mix({"152mm": 0.5, "122mm-shell": 0.5}), packing="crated")
    assert {"charge.152mm", "charge.122mm-shell"} <= set(made.drivers()["input"])
    stated = sf.estimate(1, sf.mix({"152mm": 0.5, "122mm-rocket": 0.5}), packing="crated", charge="without")
    expected = (loaded("152mm", "without", "crated").values + loaded("122mm-rocket", packing="crated").values) / 2
    assert stated.values == pytest.approx(expected)
    assert f"152mm: packed: {ALONE}" in stated.notes
    assert "122mm-rocket: packed: complete rounds" in stated.notes


# --- stated where it makes sense, refused where it does not -----------------------------------------------------------


def _asked(munition: str = "152mm", packing: str = "crated", **arguments: Any) -> Callable[[], object]:
    return lambda: sf.estimate(1, munition, packing=packing, **arguments)


CRATE: dict[str, Any] = {"gross": "60 kg", "name": "my crate"}


@pytest.mark.parametrize(
    ("ask", "match"),
    [
        (
            _asked("122mm-rocket", charge="with"),
            "charge='with': a rocket such as 122mm-rocket has no charge that travels",
        ),
        (
            _asked("120mm-mortar", "ceiling", charge="with"),
            "a mortar bomb such as 120mm-mortar has no charge that travels",
        ),
        (_asked("155mm", charge="without"), "the catalog knows no packages of 155mm with the charge and without"),
        (_asked("105mm", charge="without"), "the catalog knows no packages of 105mm with the charge and without"),
        (
            _asked(packing="reported", charge="with"),
            "'reported' is a ratio as stated, of which nothing is packed. Choose",
        ),
        (
            _asked(packing="ceiling", charge="with"),
            "the ceiling is of bare rounds, without charge and packaging. Choose",
        ),
        (
            _asked(charge="maybe"),
            "charge='maybe': must be 'with', 'without', 'unknown', or the share of the transports",
        ),
        (_asked(charge=""), "charge='': must be 'with', 'without', 'unknown', or the share"),
        (_asked(charge=True), "charge=True: must be 'with', 'without', 'unknown', or the share"),
        (_asked(charge=1.5), "charge=1.5: must be at least 0 and at most 1"),
        (_asked(charge="-0.1"), "charge=-0.1: must be at least 0 and at most 1"),
        (_asked(charge="60 kg"), "charge=60 kg is in kg; expected a plain number"),
        (
            lambda: sf.estimate(1, "152mm", packing=sf.packing("152mm", **CRATE), charge="with"),
            "'my crate': not stated",
        ),
        (
            lambda: sf.packing("122mm-rocket", gross="90 kg", charge="without"),
            "charge='without': a rocket such as 122mm-rocket has no charge",
        ),
        (
            lambda: sf.packing("152mm", gross="60 kg", charge=0.5),
            "charge=0.5: must be 'with', 'without' or 'unknown' for",
        ),
        (
            lambda: sf.packing("152mm", package="152mm-shell-crate", charge="with"),
            "in the package of 'own packing': proj",
        ),
        (
            lambda: sf.packing("152mm", rounds_per_transport=400, charge="with"),
            "rounds_per_transport together with charge",
        ),
        (lambda: sf.compare(1, "122mm-rocket", charge="with"), "a rocket such as 122mm-rocket has no charge"),
        (lambda: sf.compare(1, ["155mm"], charge="with"), "the catalog knows no packages of 155mm with the charge and"),
        (lambda: sf.compare(1, "152mm", packings="ceiling", charge="with"), "the ceiling is of bare rounds"),
        (lambda: sf.compare(1, charge="maybe"), "charge='maybe': must be"),
        (lambda: sf.units_needed("3M", "122mm-rocket", packing="crated", charge="with"), "has no charge that travels"),
        (lambda: sf.audit(6_700, "500k", "122mm-rocket", charge="with"), "has no charge that travels"),
        (lambda: sf.audit(6_700, "3M", "152mm", charge="maybe"), "charge='maybe': must be"),
        (
            lambda: sf.flow(TABLE, munition="122mm-rocket", packing="crated", charge="with"),
            "has no charge that travels",
        ),
        (lambda: sf.flow(TABLE, munition="152mm", charge="with"), "'reported' is a ratio as stated"),
        (lambda: loaded().replace(charge="maybe"), "charge='maybe': must be"),
    ],
)
def test_a_charge_that_says_nothing_is_refused(ask: Callable[[], object], match: str) -> None:
    with pytest.raises((ArgumentError, UnitError), match=re.escape(match)):
        ask()


def test_in_a_comparison_it_concerns_the_lines_that_have_it() -> None:
    plain, stated = sf.compare(1, charge=None), sf.compare(1, charge="without")
    assert [line.packing for line in plain] == [line.packing for line in stated]
    for before, after in zip(plain, stated, strict=True):
        concerned = after.munition in SHELLS and after.packing in ("crated", "as-loaded")
        if before.estimate is not None and after.estimate is not None:
            assert np.array_equal(before.estimate.values, after.estimate.values) is not concerned
    needed = sf.estimates.compare_needed("3M", ["152mm", "122mm-rocket"], charge="with")
    assert np.array_equal(
        needed["152mm", "crated"].values, sf.units_needed("3M", "152mm", packing="crated", charge="with").values
    )


def test_in_a_flow_it_concerns_the_rows_that_have_it() -> None:
    rows = TABLE.assign(munition=["152mm", "122mm-rocket"])
    made = sf.flow(rows, packing="crated", charge="without").total()
    expected = sf.estimate(100, "152mm", packing="crated", charge="without") + sf.estimate(
        50, "122mm-rocket", packing="crated"
    )
    assert made.values == pytest.approx(expected.values)
    unknown = sf.flow(TABLE, munition="152mm", packing="as-loaded")
    assert any("charge in the package not known" in note for note in unknown.total().notes)


def test_an_audit_judges_by_the_crate_stated() -> None:
    # As loaded 300 rounds to a container are above what is seen with the charge (P95 228), and not without it (316).
    assert sf.audit(1_000, 300_000, "152mm", charge="with").verdict == "only as a capacity"
    assert sf.audit(1_000, 300_000, "152mm", charge="without").verdict == "plausible as contents"
    # 62 kg a round is below a crated one with the charge, and a heavy one without.
    assert sf.audit("62 t", 1_000, "152mm", charge="with").verdict == "only without packaging"
    assert sf.audit("58 t", 1_000, "152mm", charge="without").verdict == "plausible as contents"
    assert [load.packed for load in sf.audit(6_700, "3M", "152mm").loads] == [
        "crated, with charge",
        "crated, without charge",
    ]


def test_the_command_takes_with_and_without(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "shipments.csv"
    TABLE.to_csv(file, index=False)
    for asked in (
        ["estimate", "6700", "-m", "152mm", "-p", "crated"],
        ["needed", "3M", "-m", "152mm", "-p", "crated"],
        ["audit", "6700", "3M", "-m", "152mm"],
        ["flow", str(file), "-m", "152mm", "-p", "crated"],
    ):
        assert cli.main(asked) == 0
        assert "charge in the package not known" in capsys.readouterr().out
        assert cli.main([*asked, "--charge", "without"]) == 0
        printed = capsys.readouterr().out
        assert f"packed: {ALONE}" in printed or f"; {ALONE} (crated" in printed
        assert "charge in the package not known" not in printed
    assert cli.main(["estimate", "6700", "-m", "122mm-rocket", "--charge", "with"]) == 2
    assert "--charge with: a rocket such as 122mm-rocket has no charge" in capsys.readouterr().err


# --- changed, kept and written ----------------------------------------------------------------------------------------


def test_what_is_stated_outlives_another_packing_and_transport() -> None:
    for charge in ("with", "without", 0.25):
        crated = loaded(charge=charge, packing="crated")
        there = crated.replace(transport="20ft-30t")
        assert np.array_equal(
            there.values,
            sf.estimate(1, "152mm", packing="crated", transport="20ft-30t", charge=charge).values,
        )
        assert np.array_equal(crated.replace(packing="as-loaded").values, loaded(charge=charge).values)
        assert np.array_equal(crated.replace(count=1).values, crated.values)
    assert np.array_equal(loaded(charge="with").replace(charge="without").values, loaded(charge="without").values)
    assert np.array_equal(loaded(charge="with").replace(charge="unknown").values, loaded().values)
    assert np.array_equal(loaded().replace(munition="122mm-shell").values, loaded("122mm-shell").values)


@pytest.mark.parametrize("charge", ["with", "without", 0.25])
def test_what_is_stated_outlives_another_munition(charge: object) -> None:
    stated = loaded(charge=charge)
    assert np.array_equal(stated.replace(munition="122mm-shell").values, loaded("122mm-shell", charge=charge).values)
    assert np.array_equal(
        stated.replace(munition="152mm + 122mm-shell").values, loaded("152mm + 122mm-shell", charge=charge).values
    )
    weighed = sf.estimate("100 t", "152mm", charge=charge).replace(munition="122mm-shell")
    assert np.array_equal(weighed.values, sf.estimate("100 t", "122mm-shell", charge=charge).values)


def test_what_a_munition_always_has_is_nothing_that_was_stated() -> None:
    # 155 mm pallets are always without the charge, rockets always with it.
    for munition in ("155mm", "122mm-rocket"):
        assert np.array_equal(loaded(munition).replace(munition="152mm").values, loaded().values)


def test_of_a_sum_the_charge_concerns_the_parts_that_have_it() -> None:
    rockets = loaded("122mm-rocket", packing="crated")
    both = loaded(packing="crated") + rockets
    assert np.array_equal(
        both.replace(charge="without").values, (loaded(packing="crated", charge="without") + rockets).values
    )
    with pytest.raises(sf.ShellflowError, match="charge='with': a rocket such as 122mm-rocket has no charge"):
        (rockets + rockets).replace(charge="with")
    with pytest.raises(sf.ShellflowError, match="charge='maybe': must be"):
        both.replace(charge="maybe")


def test_a_title_says_of_shares_of_all_or_none_what_is_in_the_package() -> None:
    assert ", crated, charge not included (capacity)" in str(loaded(packing="crated", charge=0))
    assert ", crated, with the charge (capacity)" in str(loaded(packing="crated", charge=1))
    assert ", crated (capacity)" in str(loaded(packing="crated", charge=0.5))


def test_a_title_of_a_mix_says_of_which_munition_the_charge_is_left_out() -> None:
    shells, rockets = "152mm + 122mm-shell", "152mm + 122mm-rocket"
    assert ", crated, charge not included (capacity)" in str(loaded(shells, "without", "crated"))
    assert ", crated, charge not included (152mm) (capacity)" in str(loaded(rockets, "without", "crated"))
    assert ", crated (capacity)" in str(loaded(shells, None, "crated"))


def test_projectiles_are_those_of_shells_alone() -> None:
    # Rockets are in both ends: without the charge the sum is of projectiles and rockets.
    (note,) = (note for note in loaded("152mm + 122mm-rocket").notes if "charge in the package not known" in note)
    assert "projectiles" not in note
    (note,) = (note for note in loaded("152mm + 122mm-shell").notes if "charge in the package not known" in note)
    assert "projectiles" in note


def test_of_a_sum_it_is_said_what_is_in_each_of_its_parts() -> None:
    crated = {charge: loaded(charge=charge, packing="crated") for charge in (None, "with", "without")}
    notes = (crated["with"] + crated["without"]).notes
    assert "152mm crated: packed in some parts: complete rounds" in notes
    assert f"152mm crated: packed in some parts: {ALONE}" in notes
    assert "152mm crated: packed in some parts: complete rounds" in (crated[None] + crated["with"]).notes
    assert "packed: complete rounds" in (crated["with"] + loaded(charge="with", packing="crated")).notes


def test_a_munition_of_which_nothing_is_in_the_mix_is_not_spoken_of() -> None:
    mixed = sf.estimate(1, sf.mix({"152mm": 0, "122mm-rocket": 1}), packing="crated")
    alone = loaded("122mm-rocket", packing="crated")
    assert mixed.notes == alone.notes
    assert mixed.reasons.cliffs == alone.reasons.cliffs
    assert mixed.reasons.limited_by == alone.reasons.limited_by


def test_a_note_on_several_packings_stands_once() -> None:
    notes = loaded("152mm + 122mm-shell", packing="ceiling").notes
    assert "packed: bare projectiles, charge not included" in notes
    assert "space was not checked: the length of a round is not known" in notes


def test_it_outlives_json_and_pickle() -> None:
    for charge in (None, "with", "without", 0.25, sf.uniform(0.5, 1.0, name="mostly")):
        made = sf.estimate(6_700, "152mm", packing="crated", charge=charge)
        for again in (sf.from_json(made.to_json()), pickle.loads(pickle.dumps(made))):
            assert np.array_equal(again.values, made.values)
            assert again.notes == made.notes
            assert again.to_json() == made.to_json()


@pytest.mark.parametrize(
    "broken",
    [
        {"charged_share": None},
        {"charge": "perhaps"},
        {"uncharged": None},
    ],
)
def test_json_of_half_a_charge_is_refused(broken: dict[str, object]) -> None:
    document = json.loads(loaded(packing="crated").to_json())
    document["estimate"]["contents"][0] |= broken
    with pytest.raises(ShellflowError, match="the JSON is not a sound estimate"):
        sf.from_json(json.dumps(document))


def test_of_a_package_of_your_own_it_says_what_is_in_it() -> None:
    for stated, content in (("with", "complete rounds"), ("without", ALONE)):
        made = sf.packing("152mm", charge=stated, **CRATE)
        assert packings.in_package(made) == content
        assert made == sf.packing("152mm", charge=stated, **CRATE)
        assert np.array_equal(
            sf.estimate(1, "152mm", packing=made, charge=stated).values, sf.estimate(1, "152mm", packing=made).values
        )
    assert packings.in_package(sf.packing("152mm", **CRATE)) == ""
    named = sf.packing("152mm", package="152mm-shell-crate")
    assert packings.in_package(named) == ALONE


def test_the_usual_packages_at_a_load_of_your_own_have_it_too() -> None:
    for charge in (None, "with", "without", 0.5):
        own = sf.packing("152mm", load="12 t", charge=charge, name="12 t")
        assert isinstance(own, Physical)
        moved = sf.estimate(1, "152mm", packing=own, transport="20ft-30t")
        assert np.array_equal(moved.values, sf.estimate(1, "152mm", packing=own).values), "12 t is 12 t anywhere"
        assert (own.uncharged is not None) is (charge in (None, 0.5))


def test_a_catalog_that_knows_what_is_in_the_crate_leaves_nothing_open(tmp_path: Path) -> None:
    lines = read(SHIPPED / "packages.csv")
    crate = next(line for line in lines if line[0] == "152mm-crate")
    crate[lines[0].index("charge")] = "with"
    write(tmp_path / "packages.csv", [lines[0], crate])
    own = catalog.load(tmp_path)
    made = sf.estimate(1, "152mm", packing="crated", catalog=own)
    assert np.array_equal(made.values, loaded(charge="with", packing="crated").values)
    assert "packed: complete rounds" in made.notes
    assert not any("stands for one with it" in note for note in made.notes)
    assert any("stands for one with it" in note for note in loaded(charge="with", packing="crated").notes)


# --- transports by their kind -----------------------------------------------------------------------------------------


def test_where_the_count_names_another_kind_its_only_transport_is_taken() -> None:
    made = sf.estimate("200 wagons", "152mm", packing="crated")
    assert np.array_equal(made.values, sf.estimate(200, "152mm", packing="crated", transport="covered-wagon").values)
    assert "the wagon is taken to be covered-wagon, the only one in the catalog" in made.notes
    assert "the truck is taken to be truck-ural" in " ".join(sf.estimate("10 trucks", "152mm", packing="crated").notes)
    compared = sf.compare("200 wagons", "152mm", packings=["crated", "ceiling"])
    assert [line.per_transport and line.per_transport.band()[1] for line in compared] == pytest.approx(
        [line.estimate and line.estimate.band()[1] / 200 for line in compared]
    )
    again = sf.estimate(
        sf.units_needed("1M", "152mm", packing="crated", transport="covered-wagon"), "155mm", packing="crated"
    )
    assert "the wagon is taken to be covered-wagon, the only one in the catalog" in again.notes
    with pytest.raises(NoDataError, match="152mm reported in covered-wagon"):
        sf.estimate("200 wagons", "152mm")


def test_of_several_of_a_kind_none_is_taken(tmp_path: Path) -> None:
    lines = read(SHIPPED / "transports.csv")
    wagon = next(line for line in lines if line[0] == "covered-wagon")
    write(tmp_path / "transports.csv", [lines[0], ["open-wagon", *wagon[1:]]])
    own = catalog.load(tmp_path)
    with pytest.raises(ShellflowError, match="Give transport='covered-wagon' or 'open-wagon'"):
        sf.estimate("200 wagons", "152mm", packing="crated", catalog=own)
