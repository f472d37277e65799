"""Flows whose ratio is one of totals: what a period adds to those before it scatters more than they do."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli, packings
from shellflow.errors import NoDataError

SHIPMENTS = pd.DataFrame({"date": ["2024-01-31", "2024-02-01", "2024-02-29", "2024-04-01"], "count": [10, 20, 30, 40]})
# The office said 200,000, 400,000 and 500,000 rockets in 2,000, 5,000 and 6,700 containers: 100, 80 and 74.63 to each.
# Logs 4.60517, 4.38203, 4.31252, mean 4.43324: 84.20 in the middle. 100, 66.67 and 58.82 were added: logs 4.60517,
# 4.19971, 4.07454, mean 4.29314, s 0.27738; scale s sqrt(4/3) = 0.32029; t of 2 degrees at 0.95 is 2.91999: 73.2 in the
# middle, and exp(4.29314 -+ 0.93524) = 28.73 and 186.5.
TOTAL, INCREMENT = 84.20, (28.73, 73.20, 186.5)


def reported(added: bool) -> Any:
    """What the office said of rockets, with the ratio of increments or without."""
    packing = packings.shipped("reported", sf.catalog.munitions["122mm-rocket"], sf.catalog.transports["20ft-24t"])
    assert isinstance(packing, packings.Reported)
    return packing if added else replace(packing, added=None)


def test_the_first_period_is_a_total_and_the_others_are_increments() -> None:
    found = sf.flow(SHIPMENTS, munition="122mm-rocket")
    rows = found.to_frame()
    assert rows["median"].tolist() == pytest.approx(
        [10 * TOTAL, 50 * 73.20, math.nan, 40 * 73.20], rel=1e-3, nan_ok=True
    )
    assert rows["low"].tolist()[1] == pytest.approx(50 * INCREMENT[0], rel=1e-3)
    assert rows["high"].tolist()[1] == pytest.approx(50 * INCREMENT[2], rel=1e-3)
    # What there is so far is a total, and its band is not that of the increments.
    assert rows["cumulative_median"].tolist() == pytest.approx(
        [10 * TOTAL, 60 * TOTAL, 60 * TOTAL, 100 * TOTAL], rel=1e-3
    )
    assert found.total().band()[1] == pytest.approx(100 * TOTAL, rel=1e-3)
    assert any("What a period adds to them scatters more" in caution for caution in found.report().cautions)
    assert found.periods()[pd.Timestamp("2024-02-01").date()].reasons.band_for == (
        "what the same office's next total would add, for each container added, not what is inside"
    )


def test_rates_and_balances_after_the_first_row_are_of_increments() -> None:
    found = sf.flow(SHIPMENTS, munition="122mm-rocket")
    # February has 50 containers and 29 days, April 40 containers and the 1st alone; the rows of January do not count.
    assert found.rate()["median"].tolist()[1:] == pytest.approx(
        [50 * 73.20 / 29, math.nan, 40 * 73.20], rel=1e-3, nan_ok=True
    )
    left = found.balance("10/day").over_time["median"]
    # 29, 60 and 61 days after the first row.
    used = [290, 600, 610]
    rounds = [50 * 73.20, 50 * 73.20, 90 * 73.20]
    assert left.tolist()[-3:] == pytest.approx([came - gone for came, gone in zip(rounds, used, strict=True)], rel=1e-3)


def test_a_flow_cut_after_its_first_row_is_an_increment_and_its_parts_are_a_total_again() -> None:
    found = sf.flow(SHIPMENTS, munition="122mm-rocket")
    later, earlier = found.between("2024-02-01", "2024-04-30"), found.between("2023-12-01", "2024-01-31")
    assert later.total().band() == pytest.approx([90 * ratio for ratio in INCREMENT], rel=1e-3)
    assert earlier.total().band()[1] == pytest.approx(10 * TOTAL, rel=1e-3)
    assert (earlier + later).total().band() == pytest.approx(found.total().band())


def test_one_period_is_a_total() -> None:
    found = sf.flow(SHIPMENTS, munition="122mm-rocket", by="year")
    assert found.rows()[0]["median"] == pytest.approx(100 * TOTAL, rel=1e-3)
    assert not any("scatters more" in caution for caution in found.report().cautions)


def test_other_ratios_are_not_of_totals() -> None:
    own = sf.packing("122mm-rocket", rounds_per_transport="84 rounds/container")
    found = sf.flow(SHIPMENTS, munition="122mm-rocket", packing=own)
    assert [row["median"] for row in found.rows()] == [840, 4200, None, 3360]
    assert not any("scatters more" in caution for caution in found.report().cautions)


def test_too_few_increments_give_no_band() -> None:
    found = sf.flow(SHIPMENTS, munition="122mm-rocket", packing=reported(added=False))
    first, second, gap, _ = found.rows()
    assert first["median"] == pytest.approx(10 * TOTAL, rel=1e-3)
    assert [second[name] for name in ("low", "median", "high")] == [None] * 3
    assert (gap["observed"], gap["median"]) == (False, None)
    assert second["cumulative_median"] == pytest.approx(60 * TOTAL, rel=1e-3)
    report = found.report()
    assert report.cells[1][4:6] == ("", "no band")
    assert any("fewer than 3 such increments that differ are known: no band" in caution for caution in report.cautions)
    assert found.to_frame()["median"].isna().tolist() == [False, True, True, True]
    rates = found.rate()
    assert rates["median"].isna().tolist() == [True] * 4
    assert rates["note"].tolist()[1] == "no band is known of what it adds"
    assert found.balance("10/day").over_time["median"].isna().all()
    for ask in (found.periods, found.between("2024-02-01", "2024-04-30").total):
        with pytest.raises(NoDataError, match=r"122mm-rocket, packing 'reported'.*at least 3 that differ.*whole flow"):
            ask()
    later = found.between("2024-02-01", "2024-04-30")
    assert later.sentence() == (
        "From 2024-02-01 to 2024-04-30 (2024-03 not observed), no number of 122 mm rockets can be told: no band is "
        "known of what was added to the totals before."
    )
    cut = later.report()
    assert (cut.answers, cut.cells[0][4:8]) == ((), ("", "no band", "", "no band"))


def test_the_command_says_so(tmp_path: Any, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "shipments.csv"
    SHIPMENTS.to_csv(file, index=False)
    assert cli.main(["flow", str(file), "-m", "122mm-rocket"]) == 0
    assert "122mm-rocket: the reported ratio is one of totals." in capsys.readouterr().out


def test_a_figure_of_periods_without_a_band_is_refused() -> None:
    pytest.importorskip("matplotlib")
    found = sf.flow(SHIPMENTS, munition="122mm-rocket", packing=reported(added=False))
    with pytest.raises(NoDataError, match="No band is known"):
        found.plot()
    assert found.plot_cumulative() is not None
