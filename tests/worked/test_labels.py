"""What inputs are called for people, beside their keys."""

from __future__ import annotations

import pandas as pd
import pytest

import shellflow as sf
from shellflow import catalog


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("packages.152mm-crate.length_m", "length of a 152 mm crate"),
        ("packages.155mm-pallet.gross_kg", "mass of a 155 mm pallet"),
        ("munitions.122mm-rocket.projectile_kg", "mass of a bare 122 mm rocket round"),
        ("norms.covered-wagon-load.load_kg", "covered wagon load by the norm (weighs crates)"),
        ("transports.20ft-24t.payload_kg", "payload of a 20 ft 24 t container"),
        ("claims.rok-mnd.152mm.20ft-24t", "152 mm rounds in a 20 ft 24 t container, as rok-mnd said"),
        ("charge.122mm-shell", "share of 122 mm shell rounds packed with the propelling charge"),
        ("loads.container", "average load of a container, as observed"),
        ("my crate", "my crate"),
        ("packages.my crate", "packages.my crate"),
        ("", ""),
    ],
)
def test_keys_of_the_catalog_have_labels_by_rule(name: str, label: str) -> None:
    assert catalog.label_of(name) == label


def test_every_input_of_the_catalog_has_a_label_of_its_own() -> None:
    entering = {
        number.name: number
        for line in sf.compare(1)
        if line.estimate is not None
        for number in line.estimate.reasons.inputs
        if number.origin == "catalog"
    }
    labels = [catalog.label_of(name) for name in entering]
    assert not [name for name, label in zip(entering, labels, strict=True) if label == name]
    assert len(set(labels)) == len(labels)


def test_inputs_of_a_question_are_named_by_what_they_are() -> None:
    made = sf.estimate("280-320", "60% 152mm, 40% 122mm-shell", packing="crated", munition_share=0.7)
    labels = made.inputs()["label"].tolist()
    assert labels[:4] == [
        "280 to 320 containers",
        "share of the containers that is munitions",
        "152mm, share of the containers",
        "122mm-shell, share of the containers",
    ]
    assert "a mix of 60 % 152mm and 40 % 122mm-shell (shares of the containers), crated" in str(made)


def test_drivers_are_rounded_where_asked_and_swings_stand_low_to_high() -> None:
    drivers = sf.estimate(6_700, "152mm", packing="crated").drivers(rounded=True)
    first = drivers.iloc[0]
    # With few charges 2.55 million, with many 1.93 million, to the step of the band of 1.90 to 2.66 million.
    assert (first["swing_low"], first["swing_high"], first["direction"]) == (1_930_000, 2_550_000, "down")
    assert (drivers["swing_low"] <= drivers["swing_high"]).all()
    assert list(drivers.columns[:2]) == ["input", "label"]


def test_ranges_with_one_error_are_ranges() -> None:
    rows = pd.DataFrame({"date": ["2024-01-05"], "low": [14_025], "high": [15_600]})
    made = sf.flow(rows, munition="152mm", packing="crated").total()
    assert str(made).startswith("14,025 to 15,600 containers of 152mm, crated")
