"""The packaged tables against the figures of the documents they cite."""

from __future__ import annotations

from pathlib import Path

import pytest

import shellflow
from shellflow import catalog
from shellflow.inputs import GRADES


def test_the_payload_of_a_russian_rail_container_is_21750_kg() -> None:
    # Type 1CC: 24,000 kg gross less 2,250 kg tare.
    box = catalog.transports["20ft-24t"]
    assert (box.max_gross_kg, box.tare_kg, box.payload_kg) == (24_000, 2_250, 21_750)


def test_every_payload_is_gross_less_tare_where_all_three_are_published() -> None:
    complete = [row for row in catalog.transports if row.max_gross_kg is not None and row.tare_kg is not None]
    assert len(complete) == 6
    for row in complete:
        assert row.max_gross_kg is not None
        assert row.tare_kg is not None
        assert row.payload_kg == row.max_gross_kg - row.tare_kg


def _ratios(munition: str) -> list[float]:
    record, box = catalog.munitions[munition], catalog.transports["20ft-24t"]
    found = []
    for claim in catalog.reported_claims(record, box):
        rounds = claim.rounds_low if claim.rounds_low is not None else claim.rounds_high
        units = claim.units_low if claim.units_low is not None else claim.units_high
        assert rounds is not None
        assert units is not None
        found.append(round(rounds / units, 1))
    return found


def test_the_ministry_made_six_statements_on_152_mm() -> None:
    # 1M / 2,000, 2M / 5,000, 3M / 6,700, 4.8M / 10,000, 5.2M / 11,000 and 9.4M / 20,000.
    assert _ratios("152mm") == [500.0, 400.0, 447.8, 480.0, 472.7, 470.0]


def test_the_ministry_made_three_statements_on_122_mm_rockets() -> None:
    # 200,000 / 2,000, 400,000 / 5,000 and 500,000 / 6,700.
    assert _ratios("122mm-rocket") == [100.0, 80.0, 74.6]


def test_the_median_of_the_reported_ratio_is_the_geometric_mean_of_the_statements() -> None:
    # (500 × 400 × 447.76 × 480 × 472.73 × 470)^(1/6) = 460.6; (100 × 80 × 74.63)^(1/3) = 84.2.
    box = catalog.transports["20ft-24t"]
    for munition, expected in (("152mm", 460.6), ("122mm-rocket", 84.2)):
        ratio = catalog.reported_ratio(catalog.munitions[munition], box)
        assert ratio.band()[1] == pytest.approx(expected, abs=0.05)
        assert (ratio.unit, ratio.grade) == ("round/container", "derived")
        assert ratio.band_for == "what the same office would say next of such containers"


def test_no_rendering_of_another_outlet_is_evidence() -> None:
    box = catalog.transports["20ft-24t"]
    for munition in catalog.munitions:
        for claim in catalog.reported_claims(munition, box):
            assert claim.rendering_of is None
            assert claim.family == catalog.REPORTING_FAMILY


def _averages(kind: str) -> dict[str, tuple[float, float]]:
    return {
        row.load: (round(row.mass_t_low / row.transports, 2), round(row.mass_t_high / row.transports, 2))
        for row in catalog.observed_loads(kind)
    }


def test_real_containers_of_ammunition_carried_8_to_14_tonnes() -> None:
    # 5,000 short tons are 4,536 t, 2,700 are 2,449 t and 1,015 are 921 t, hence the ranges.
    assert _averages("container") == {
        "usareur-2016": (10.93, 12.05),
        "gulf-2002": (12.43, 13.71),
        "sfor-2002": (8.33, 8.33),
        "wrsak-2010": (14.22, 14.22),
        "wrsak-2014": (8.44, 9.3),
        "golden-cargo-tooele-2011": (10.71, 11.8),
    }


def test_real_wagons_of_ammunition_carried_20_to_34_tonnes() -> None:
    assert _averages("wagon") == {
        "belarus-russia-2022": (33.55, 33.55),
        "russia-belarus-2022": (26.81, 26.81),
        "transnistria-2003": (20.0, 20.0),
    }


def test_real_trucks_of_ammunition_carried_6_to_19_tonnes() -> None:
    # From military lorries to US trailers; 1,500 short tons, 1,450 to 1,550 for rounding, are 1,315 to 1,406 t.
    assert _averages("truck") == {
        "trucks-2006": (6.24, 6.24),
        "golden-cargo-crane-2011": (11.25, 12.4),
        "golden-cargo-anniston-2012": (17.77, 19.0),
        "jgsdf-2019": (10.0, 10.0),
    }


def test_the_median_of_observed_loads_is_the_geometric_mean_of_their_midpoints() -> None:
    # Wagons: (33.551 × 26.811 × 20)^(1/3) = 26.205 t.
    load = catalog.observed_load("wagon")
    assert load.band()[1] == pytest.approx(26_205, rel=1e-3)
    assert (load.name, load.unit) == ("loads.wagon", "kg")
    assert load.source == "belsat-2022; rbc-2022; pravda-2003"
    assert load.band_for == "the next shipper's average load, not any one wagon"


def test_reference_loads_are_never_fitted() -> None:
    used = {row.load for kind in ("container", "wagon", "truck") for row in catalog.observed_loads(kind)}
    assert not used & {row.load for row in catalog.loads if row.use == "reference"}
    assert not used & {row.load for row in catalog.loads if row.cargo != "ammunition"}
    assert len(used) == 13


def test_a_wagon_takes_792_crates_of_one_or_592_of_two() -> None:
    crates = [catalog.packages[key] for key in ("152mm-crate", "122mm-shell-crate")]
    assert [(crate.norm_packages, crate.rounds) for crate in crates] == [(792, 1), (592, 2)]
    assert {crate.norm for crate in crates} == {"covered-wagon-load"}


def test_no_row_lacks_a_source_or_a_grade() -> None:
    known = set(catalog.sources.names)
    for table in ("transports", "munitions", "norms", "packages", "loads", "voyages"):
        frame = catalog.shipped().table(table).to_frame()
        pairs = [(column, column.replace("source", "grade")) for column in frame.columns if column.endswith("source")]
        assert pairs
        for source, grade in pairs:
            assert list(frame[source].isna()) == list(frame[grade].isna()), table
            assert set(frame[source].dropna()) <= known
            assert set(frame[grade].dropna()) <= set(GRADES)
        assert frame[[source for source, _ in pairs]].notna().any(axis=1).all(), table
    for claim in catalog.claims:
        assert claim.url.startswith("http")
    for rate in catalog.firing_rates:
        assert rate.url.startswith("http")


def test_the_tables_have_the_rows_that_were_read() -> None:
    assert {table: len(catalog.shipped().table(table)) for table in catalog.TABLES} == {
        "sources": 53,
        "transports": 8,
        "munitions": 9,
        "norms": 1,
        "packages": 9,
        "loads": 28,
        "voyages": 6,
        "claims": 65,
        "firing_rates": 13,
    }


def test_the_readme_of_the_data_speaks_of_every_table() -> None:
    text = Path(shellflow.__file__).with_name("data").joinpath("README.md").read_text(encoding="utf-8")
    for table in catalog.TABLES:
        assert f"## `{table}.csv`" in text
