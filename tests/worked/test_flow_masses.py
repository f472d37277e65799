"""Flows whose rows give the mass of the cargo in tonnes: read, summed and turned into rounds without a transport."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli, shipments
from shellflow.errors import ShellflowError
from tests.engines import ENGINES, in_engine

# A crate of one round weighs 50 kg exactly: 20 rounds to a tonne.
CRATE = sf.packing("152mm", rounds=1, gross="50 kg", name="exact")
CARGO = pd.DataFrame(
    {
        "date": ["2024-01-31", "2024-02-01", "2024-02-29", "2024-04-01"],
        "mass_t": [100.0, 20.5, 30, 0],
        "munition": "152mm",
    }
)


def test_months_in_tonnes_and_rounds() -> None:
    found = sf.flow(CARGO, packing=CRATE)
    rows = found.to_frame()
    # No row is dated in March; the mass of April is stated to be 0.
    assert rows["observed"].tolist() == [True, True, False, True]
    assert rows["mass_t"].fillna(-1).tolist() == [100, 50.5, -1, 0]
    assert rows["count"].fillna(-1).tolist() == [0, 0, -1, 0]
    assert rows["median"].fillna(-1).tolist() == [2000, 1010, -1, 0]
    assert rows["cumulative_median"].tolist() == [2000, 3010, 3010, 3010]
    assert set(rows["basis"]) == {"contents"}
    assert found.cumulative()["mass_t"].tolist() == [100, 150.5, 150.5, 150.5]
    assert found.rate()["mass_t"].fillna(-1).tolist() == [-1, 50.5, -1, 0]
    report = found.report()
    assert [column.name for column in report.columns][2:4] == ["tonnes", "rows"]
    assert [cells[2] for cells in report.cells][:2] == ["100", "50.5"]


def test_a_flow_of_masses_is_the_estimate_of_its_mass() -> None:
    for charge in (None, "with", "without"):
        total = sf.flow(CARGO, charge=charge).total()
        alone = sf.estimate("150.5 t", "152mm", charge=charge)
        assert total.values == pytest.approx(alone.values)
        assert (total.basis, total.reasons.band_for) == (alone.basis, alone.reasons.band_for)


@pytest.mark.parametrize("engine", ENGINES)
def test_every_engine_sums_masses_alike(engine: str) -> None:
    expected = sf.flow(CARGO).to_frame()
    pd.testing.assert_frame_equal(sf.flow(in_engine(engine, CARGO)).to_frame(), expected)
    written = CARGO.assign(mass_t=["100 t", "20.5", "30000 kg", "n/a"]).iloc[:3]
    pd.testing.assert_frame_equal(sf.flow(in_engine(engine, written)).to_frame(), sf.flow(CARGO.iloc[:3]).to_frame())


def test_ranges_of_masses_are_summed_as_ranges_of_counts_are() -> None:
    ranged = pd.DataFrame(
        {"date": ["2024-01-31", "2024-02-01"], "cargo": [None, 20.0], "lo": [80, 10], "hi": [120, 30]}
    )
    found = sf.flow(ranged, mass="cargo", low="lo", high="hi", munition="152mm", packing=CRATE)
    assert found.total().band(0.5) == pytest.approx((90 * 20 + 15 * 20, 120 * 20, 110 * 20 + 25 * 20), rel=1e-3)
    assert "1 row gives a mass beside a range" in found.notes[0]


def test_flows_of_masses_and_of_counts_are_added() -> None:
    counted = sf.flow(CARGO.assign(count=1).drop(columns="mass_t"), packing="as-loaded")
    both = counted + sf.flow(CARGO, packing=CRATE)
    assert both.total().values == pytest.approx(counted.total().values + 3010)
    rows = both.to_frame()
    assert rows[["count", "mass_t"]].sum().tolist() == [4, 150.5]
    assert [column.name for column in both.report().columns][2:5] == ["transports", "tonnes", "rows"]


BOTH = CARGO.assign(count=2, transport="20ft-24t")


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (BOTH, {"mass": "mass_t", "count": "count"}, r"rows of a flow have counts or masses, not both.*add the two"),
        (CARGO, {"transport": "20ft-24t"}, r"transport='20ft-24t': must be left out where rows have masses"),
        (CARGO, {"packing": "reported"}, r"packing='reported' is known by transports.*packing='crated'"),
        (CARGO, {"packing": "as-loaded"}, r"packing='as-loaded' is known by transports.*packing='crated'"),
        (CARGO, {"between": 0.2}, r"between=0.2: must be 0 where rows have masses"),
        (CARGO, {"low": "mass_t"}, r"high: not given"),
        (CARGO.assign(low=1, high=2), {}, r"may be ends of masses or of counts. Give mass='mass_t'"),
        (CARGO, {"mass": "tons"}, r"no column named 'tons'.*mass='tons'"),
        (CARGO.assign(mass_t=-1.0), {}, r"4 rows with a negative mass, such as"),
        (CARGO.assign(mass_t=np.nan), {}, r"no mass"),
        (CARGO.assign(mass_t="20 containers"), {}, r"is a count of containers; expected a mass in tonnes"),
        (CARGO.assign(mass_t="20 tons"), {}, r"with a mass that is not read.*short_ton"),
        (CARGO.assign(mass_t="1.250"), {}, r"with a mass that is not read"),
        (CARGO.assign(unit="kg"), {}, r"with a unit that is no tonne of this flow"),
        (CARGO.assign(mass_t=True), {}, r"mass='mass_t' is a column of Boolean: must hold numbers"),
    ],
)
def test_masses_that_cannot_be_taken_are_refused(table: pd.DataFrame, options: dict[str, Any], message: str) -> None:
    with pytest.raises(ShellflowError, match=message):
        sf.flow(table, **options)


def test_faulty_masses_are_left_out_on_request() -> None:
    found = sf.flow(CARGO.assign(mass_t=[100, np.nan, -3, 1]), packing=CRATE, on_error="drop")
    assert found.total().values[0] == 2020
    assert [note.partition(",")[0] for note in found.notes[:2]] == [
        "left out: 1 row with no mass",
        "left out: 1 row with a negative mass",
    ]


def test_columns_that_a_flow_of_masses_does_not_read_are_named() -> None:
    found = sf.flow(BOTH, mass="mass_t", packing=CRATE)
    assert found.notes[:2] == (
        "the column 'count' was not read: the flow is one of masses",
        "the column 'transport' was not read: the flow is one of masses",
    )
    # Counts go before masses where nothing is named.
    counted = sf.flow(BOTH, packing="crated")
    assert counted.to_frame()["count"].sum() == 8
    assert counted.notes[:1] == ("the column 'mass_t' was not read: the flow is one of counts",)


@pytest.mark.parametrize("unit", ["t", "tonnes", "metric tons", ""])
def test_units_beside_masses_may_say_tonnes(unit: str) -> None:
    assert sf.flow(CARGO.assign(unit=unit), packing=CRATE).total().values[0] == 3010


@pytest.mark.parametrize(
    ("text", "tonnes"),
    [
        ("74,000", 74_000),
        ("74k", 74_000),
        ("500 kg", 0.5),
        ("2 short_ton", 1.81436948),
        ("3 metric tons", 3),
        ("74 thousand tonnes", 74_000),
        ("1,500.5 t", 1500.5),
        ("1.5t", 1.5),
        ("-3 t", -3),
        ("n/a", None),
    ],
)
def test_cells_of_masses(text: str, tonnes: float | None) -> None:
    assert shipments.read_mass_cell(text, argument="mass") == (tonnes if tonnes is None else pytest.approx(tonnes))


@pytest.mark.parametrize("text", ["5 kg" + " " * 100_000 + "?", "5" + " " * 100_000 + "%"])
def test_a_long_run_of_blanks_is_refused_as_soon_as_a_short_one(text: str) -> None:
    # A pattern that tries every blank as the first of a run takes 10,000 million steps here.
    with pytest.raises(ShellflowError, match="mass="):
        shipments.read_mass_cell(text, argument="mass")


@pytest.mark.parametrize("text", ["1.000 t", "74.000 t", "74.000 tonnes", "1.000"])
def test_a_mass_that_may_be_a_thousandth_of_another_is_refused(text: str) -> None:
    # As an estimate of one mass is: 74.000 t are 74 t in English and 74,000 t in German.
    with pytest.raises(ShellflowError, match=r"separators can be read in one way only"):
        sf.flow(CARGO.assign(mass_t=text))
    with pytest.raises(ShellflowError, match=r"separators can be read in one way only"):
        sf.estimate(text if "t" in text else f"{text} t", "152mm")


@pytest.mark.parametrize("text", ["20-30 t", "at least 20 t"])
def test_a_range_of_masses_belongs_in_two_columns(text: str) -> None:
    with pytest.raises(ShellflowError, match=r"A range belongs in two columns, low and high\."):
        sf.flow(CARGO.assign(mass_t=text))


def test_a_range_of_masses_is_named_in_tonnes() -> None:
    rows = pd.DataFrame({"date": ["2024-01-05"], "low": [1000], "high": [1500]})
    made = sf.flow(rows, mass="low", low="low", high="high", munition="152mm").total()
    assert str(made).startswith("1,000 to 1,500 t of 152mm, crated (contents)")
    counted = sf.flow(rows, count="low", low="low", high="high", munition="152mm", packing="crated").total()
    assert str(counted).startswith("1,000 to 1,500 containers of 152mm")


def test_masses_by_the_command(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "cargo.csv"
    CARGO.rename(columns={"mass_t": "Tonnes"}).to_csv(file, index=False)
    assert cli.main(["flow", str(file)]) == 0
    out, err = capsys.readouterr()
    assert "tonnes" in out
    assert "columns taken by their names: mass = 'Tonnes'" in out
    assert err == ""
    assert cli.main(["flow", str(file), "--mass", "Tonnes", "-t", "20ft-24t"]) == 2
    assert "transport" in capsys.readouterr().err
