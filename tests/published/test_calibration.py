"""What is said of invented flows holds as often as it claims; a smaller run than that of the page on the method."""

from __future__ import annotations

import pytest

from docs import calibration
from docs.calibration import Coverage

FLOWS, N = 400, 1_024
ALLOWED = 0.05  # three standard errors of 90 % over 400 flows are 0.045


@pytest.fixture(scope="module", params=["points", "ranges", "floors"])
def sound(request: pytest.FixtureRequest) -> Coverage:
    return calibration.calibrate(request.param, flows=FLOWS, n=N)


def test_bands_after_hold_nine_in_ten_where_all_is_as_stated(sound: Coverage) -> None:
    for share in (sound.rounds, sound.tonnes, sound.rounds_of_all, sound.tonnes_of_all):
        assert share >= 0.9 - ALLOWED


def test_bands_after_points_are_no_wider_than_they_claim() -> None:
    points = calibration.calibrate("points", flows=FLOWS, n=N)
    assert (points.rounds, points.tonnes) == pytest.approx((0.9, 0.9), abs=ALLOWED)


def test_sound_statements_are_seldom_said_to_conflict(sound: Coverage) -> None:
    assert sound.conflicts < 0.05 + 0.03
    assert sound.with_band > 0.9


def test_a_source_off_by_a_factor_of_three_is_found() -> None:
    off = calibration.calibrate("off by 3", flows=FLOWS, n=N)
    assert off.with_band < 0.05


def test_a_source_off_by_a_half_is_mostly_not_found_and_then_the_band_is_wrong() -> None:
    off = calibration.calibrate("off by 1.5", flows=FLOWS, n=N)
    assert off.with_band > 0.5
    assert off.rounds < 0.2
