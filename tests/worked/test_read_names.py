"""What the name of a column of counts says: wagons, shells, masses, thousands and boxes of 40 ft are no 20 ft boxes."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

import shellflow as sf

DATES = ["2024-02-03", "2024-02-14"]


def table(name: str) -> pd.DataFrame:
    return pd.DataFrame({"date": DATES, name: [3, 5]})


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "number of wagons",
            r"counts are of wagons, the flow takes counts for containers\. Give transport= for wagons",
        ),
        ("rail_cars", r"counts are of wagons"),
        ("Вагоны", r"counts are of wagons"),
        ("count (trucks)", r"counts are of trucks"),
        (
            "voyages",
            r"counts are of voyages, .* Give each voyage a row without a count: on_error='fill' takes it for a",
        ),
        ("Shells", r"counts are of rounds, .* give the transports they went in"),
        ("crates", r"counts are of packages"),
        ("tonnage", r"the column 'tonnage' holds masses, and no count of transports: give it as the mass"),
        ("weight_kg", r"the column 'weight_kg' holds masses"),
        ("load in tons", r"the column 'load in tons' holds masses"),
        ("boxes in thousands", r"'thousands' in the name of the column 'boxes in thousands'.* Give them in full"),
        ("containers_k", r"'k' in the name of the column 'containers_k'"),
    ],
)
def test_a_column_of_something_else_is_not_counted_as_containers(name: str, message: str) -> None:
    with pytest.raises(sf.ShellflowError, match=message):
        sf.flow(sf.read_shipments(table(name), columns={"count": name}), munition="152mm")
    with pytest.raises(sf.ShellflowError, match=message):
        sf.flow(table(name), count=name, munition="152mm")


@pytest.mark.parametrize("name", ["boxes", "N", "cargo", "containers per train", "boxes of shells", "ship (sightings)"])
def test_a_name_that_says_no_such_thing_is_taken(name: str) -> None:
    assert sf.flow(table(name), count=name, munition="152mm").total().band(0.9)[1] > 0


def test_wagons_by_name_are_wagons() -> None:
    wagons: dict[str, Any] = {"munition": "152mm", "transport": "covered-wagon", "packing": "crated"}
    read = sf.flow(sf.read_shipments(table("wagons"), columns={"count": "wagons"}), **wagons)
    assert read.total().median == sf.estimate("8 wagons", **wagons).median


@pytest.mark.parametrize("name", ["FEU", "40ft containers", "boxes_40_ft", "containers (FEU)"])
def test_boxes_of_40_ft_are_known_by_the_name_of_their_column(name: str) -> None:
    read = sf.read_shipments(table(name), columns={"count": name})
    assert list(read.frame["transport"]) == ["40ft", "40ft"]
    with pytest.raises(sf.ShellflowError, match=r"counts boxes of 40 ft by its name, .* Give transport='40ft'"):
        sf.flow(table(name), count=name, munition="152mm", packing="crated")
    given = sf.flow(table(name), count=name, munition="152mm", packing="crated", transport="40ft")
    assert given.total().median == sf.flow(read, munition="152mm", packing="crated").total().median


def test_a_column_that_was_given_another_role_is_not_proposed() -> None:
    with pytest.raises(sf.ShellflowError, match=r"no column of dates named 'date' \(1 known\)\. Known: containers\."):
        sf.read_shipments(table("containers"), columns={"count": "date"})


def test_a_column_that_is_not_read_is_said_once() -> None:
    read = sf.read_shipments(table("containers").assign(low=[1, 1]))
    assert [remark for remark in read.remarks if "'low'" in remark] == [
        "the column 'low' was not read: a range has two ends, and the other is missing"
    ]


# --- names of munitions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("spellings", [("152mm", "152 mm"), ("122mm", "122mm-rocket"), ("Grad X", "grad-x")])
def test_running_totals_go_on_however_their_munition_is_spelt(spellings: tuple[str, str]) -> None:
    totals = pd.DataFrame({"date": DATES, "containers": [1000, 1500], "munition": spellings})
    read = sf.read_shipments(totals, cumulative=True)
    assert list(read.frame["low"]) == [1000, 500]
    assert list(read.frame["munition"]) == list(spellings)
    assert "1 row of running totals was turned into what it adds to the one before" in read.remarks


def test_running_totals_of_two_munitions_are_two() -> None:
    totals = pd.DataFrame({"date": DATES, "containers": [1000, 1500], "munition": ["152mm", "122mm-shell"]})
    assert sorted(sf.read_shipments(totals, cumulative=True).frame["low"]) == [1000, 1500]
