"""Backtests worked by hand: the record's own, and records nobody has seen."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from scipy import stats

import shellflow as sf
from shellflow import catalog, cli
from shellflow.backtests import Backtest
from shellflow.catalog import Claim
from shellflow.errors import ArgumentError, DataError, UnknownItemError


def said(key: str, date: str, ratio: int, *, family: str = "office", bound: str = "point", **cells: object) -> Claim:
    """A statement of so many rounds in one container."""
    base = replace(catalog.claims["rok-mnd-2024-02-26a"], alternative_to=None, note=None, units_low=1, units_high=1)
    rounds = {
        "rounds_low": None if bound == "ceiling" else ratio,
        "rounds_high": None if bound == "floor" else ratio,
        "rounds_bound": bound,
        "ratio_bound": bound,
    }
    return replace(base, claim=key, date=date, as_of=date, family=family, **rounds | cells)  # type: ignore[arg-type]


def series(*ratios: int, family: str = "office", bound: str = "point") -> list[Claim]:
    return [
        said(f"{family}-{place}", f"2024-01-{place + 1:02d}", ratio, family=family, bound=bound)
        for place, ratio in enumerate(ratios)
    ]


def test_the_record_is_predicted_three_times() -> None:
    # 152 mm: 500, 400 and 447.76 said before 480. Logs 6.21461, 5.99146, 6.10426: mean 6.10344, s 0.11158; scale
    # s sqrt(4/3) = 0.12884; t of 2 degrees at 0.95 is 2.91999: exp(6.10344 -+ 0.37620) = 307.1 and 651.7.
    first, second, third = sf.backtest().predictions
    assert (first.claim, first.family, first.munition, first.transport) == (
        "rok-mnd-2024-06-14",
        "rok-mnd",
        "152mm",
        "20ft-24t",
    )
    assert first.fitted == ("rok-jcs-2023-11-02a", "rok-mnd-2023-12-29a", "rok-mnd-2024-02-26a")
    assert (first.low, first.median, first.high) == pytest.approx((307.1, 447.4, 651.7), abs=0.1)
    assert (first.stated_low, first.stated_high, first.bound) == (480, 480, "ceiling")
    assert first.hit
    assert first.pit == pytest.approx(stats.t.cdf((math.log(480) - 6.10344) / 0.12884, 2), abs=1e-3)
    # 122 mm rockets were stated three times, and so never predicted.
    assert second.claim == "rok-mnd-2024-07-24"
    assert len(second.fitted) == 4
    assert third.claim == "rok-dia-2024-10-23"
    assert len(third.fitted) == 5


def test_no_version_of_another_outlet_is_fitted_or_predicted() -> None:
    used = {key for one in sf.backtest().predictions for key in (one.claim, *one.fitted)}
    assert not used & {row.claim for row in catalog.claims if row.rendering_of}


def test_statements_not_yet_made_do_not_move_what_was_predicted_before() -> None:
    rows = series(450, 400, 500, 470, 430, 480)
    before = sf.backtest(rows).predictions
    planted = said("future", "2025-01-01", 9_000)
    after = sf.backtest([planted, *rows]).predictions
    assert after[: len(before)] == before
    assert [one.claim for one in after[len(before) :]] == ["future"]
    assert all("future" not in one.fitted for one in after)


def test_statements_of_one_day_do_not_know_of_each_other() -> None:
    rows = series(450, 400, 500)
    same_day = [said("x", "2024-02-01", 470), said("y", "2024-02-01", 480)]
    found = sf.backtest([*rows, *same_day]).predictions
    assert [one.fitted for one in found] == [tuple(row.claim for row in rows)] * 2


def test_a_statement_dated_by_its_month_is_not_before_a_day_of_it() -> None:
    rows = [said("vague", "2024-02", 450), *series(450, 400, 500), said("x", "2024-02-10", 470)]
    predictions = {one.claim: one.fitted for one in sf.backtest(rows).predictions}
    assert "vague" not in predictions["x"]
    assert predictions["vague"] == ("office-0", "office-1", "office-2")


def test_offices_munitions_and_transports_stand_each_for_themselves() -> None:
    rows = [
        *series(450, 400),
        said("other office", "2024-02-01", 500, family="other"),
        said("other shell", "2024-02-01", 500, munition="122mm-shell"),
        said("other box", "2024-02-01", 500, transport="20ft-30t"),
        said("next", "2024-03-01", 470),
    ]
    rows = [replace(row, claim=row.claim.replace(" ", "-")) for row in rows]
    assert sf.backtest(rows).predictions == ()
    assert len(sf.backtest([*rows, said("third", "2024-02-01", 500)]).predictions) == 1


def test_what_is_said_of_contents_is_not_predicted_from_what_is_said_to_fit() -> None:
    inside = said("inside", "2024-02-01", 140, basis="contents")
    assert sf.backtest([*series(450, 400, 500), inside]).predictions == ()
    (found,) = sf.backtest([*series(450, 400, 500), inside, said("after", "2024-03-01", 470)]).predictions
    assert found.fitted == ("office-0", "office-1", "office-2")


def test_an_office_is_known_in_either_case_of_letters() -> None:
    assert sf.backtest(family="ROK-MND").claims == sf.backtest(family="rok-mnd").claims


def test_of_a_ceiling_said_as_a_range_the_upper_end_is_shown() -> None:
    top = said("top", "2024-02-01", 270, rounds_high=300, rounds_bound="range", units_high=None, units_bound="floor")
    (found,) = sf.backtest([*series(450, 440, 460), replace(top, ratio_bound="ceiling")]).report().cells
    assert "at most 300" in found


def totals(*pairs: tuple[int, int]) -> list[Claim]:
    """Statements that contain each other: rounds, and the containers they are in."""
    return [
        said(f"office-{place}", f"2024-01-{place + 1:02d}", rounds, units_low=units, units_high=units)
        for place, (rounds, units) in enumerate(pairs)
    ]


def test_increments_of_the_record_by_hand() -> None:
    # 1.0, 2.0 and 3.0 million in 2,000, 5,000 and 6,700: 500, 1e6/3,000 = 333.33, 1e6/1,700 = 588.24 were added. Logs
    # 6.21461, 5.80914, 6.37713: mean 6.13363, s 0.29255; scale s sqrt(4/3) = 0.33780; t of 2 degrees at 0.95 is
    # 2.91999: exp(6.13363 -+ 0.98638) = 172.0 and 1236.4. Then 1.8 million in 3,300 were added, 545.45.
    first, second = sf.backtest(of="increments", munition="152mm").predictions[:2]
    assert (first.claim, first.fitted) == (
        "rok-mnd-2024-06-14",
        ("rok-jcs-2023-11-02a", "rok-mnd-2023-12-29a", "rok-mnd-2024-02-26a"),
    )
    assert (first.low, first.median, first.high) == pytest.approx((172.0, 461.1, 1236.4), abs=0.1)
    # Up to 4.8 million less more than 3 is at most 1.8; more than 10,000 less 6,700 is more than 3,300.
    assert first.bound == "ceiling"
    assert first.stated_low == pytest.approx(1.8e6 / 3_300)
    # More than 11,000 less more than 10,000 may be any number.
    assert second.bound == "none"
    assert second.stated_low == pytest.approx(400)


def test_a_statement_that_adds_nothing_has_no_increment_and_is_named() -> None:
    rows = totals((400_000, 1_000), (850_000, 2_000), (1_206_000, 3_000), (1_206_000, 3_000), (1_700_000, 4_000))
    found = sf.backtest(rows, of="increments")
    assert [prediction.claim for prediction in found.predictions] == ["office-4"]
    assert found.predictions[0].fitted == ("office-0", "office-1", "office-2")
    assert "not predicted: office-3, since it does not add both rounds and transports to the one before" in str(found)
    with pytest.raises(ArgumentError, match=r"of='parts': must be one of 'totals', 'increments'"):
        sf.backtest(rows, of="parts")


def test_a_miss_is_listed() -> None:
    found = sf.backtest(series(450, 440, 460, 900))
    assert [one.claim for one in found.misses] == ["office-3"]
    assert found.misses[0].pit > 0.95
    assert "miss: office-3, 900 against " in str(found)


def test_how_the_answer_changes_when_floors_are_read_as_points_is_printed() -> None:
    # "More than 300" after 450, 440, 460: as a number a miss, as a bound no contradiction; and had floors been left out
    # of the fits, the second prediction would have been without the fourth statement, but there would have been one.
    rows = [*series(450, 440, 460), said("low", "2024-02-01", 300, bound="floor"), said("next", "2024-03-01", 455)]
    found = sf.backtest(rows)
    assert [(one.hit, one.hit_as_bound) for one in found.predictions] == [(False, True), (True, True)]
    assert [one.claim for one in found.only_numbers] == ["next"]
    text = str(found)
    assert "with each 'at least' or 'at most' taken as that number: 1 of 2 in the band" in text
    assert "with those predicted judged as bounds where they are (1 of 2): 2 of 2 in the band" in text
    assert "predicted from statements that are no bounds: 1 of 1 in the band" in text


def test_a_ceiling_under_the_band_is_a_miss_by_either_reading() -> None:
    rows = [*series(450, 440, 460), said("low", "2024-02-01", 300, bound="ceiling")]
    (one,) = sf.backtest(rows).predictions
    assert (one.hit, one.hit_as_bound) == (False, False)


def test_coverage_counts_each_family_once() -> None:
    # Three families: the first predictions hit, hit and miss; what they say later is no trial. Clopper and Pearson for
    # 2 of 3 at 90 %: the 5 % quantile of Beta(2, 2) and the 95 % quantile of Beta(3, 1).
    rows = [
        *series(450, 440, 460, 445, 448, family="a"),
        *series(450, 440, 460, 900, 450, family="c"),
        *series(80, 90, 85, 88, 5_000, family="b"),
    ]
    found = sf.backtest(rows)
    assert [one.claim for one in found.independent] == ["a-3", "b-3", "c-3"]
    hits, trials, low, high = found.coverage()
    assert (hits, trials) == (2, 3)
    assert low == pytest.approx(stats.beta.ppf(0.05, 2, 2), abs=1e-9)
    assert high == pytest.approx(stats.beta.ppf(0.95, 3, 1), abs=1e-9)
    assert "coverage over 3 independent families, the first prediction of each: 2 of 3" in str(found)
    assert "totals that contain each other, rounded, and few" in str(found)


def test_coverage_is_that_of_the_numbers_not_of_the_bounds() -> None:
    rows = [*series(450, 440, 460), said("low", "2024-02-01", 300, bound="floor")]
    found = sf.backtest(rows)
    assert found.predictions[0].hit_as_bound
    assert found.coverage()[:2] == (0, 1)


@pytest.mark.parametrize(("hits", "trials"), [(0, 5), (5, 5), (1, 1), (37, 40), (900, 1_000)])
def test_the_interval_is_that_of_clopper_and_pearson(hits: int, trials: int) -> None:
    hit, miss = (
        sf.backtest(series(450, 440, 460, 445)).predictions[0],
        sf.backtest(series(450, 440, 460, 900)).misses[0],
    )
    made = [replace(hit if place < hits else miss, family=f"f{place}") for place in range(trials)]
    _, _, low, high = Backtest(tuple(made), 0.9, trials, ()).coverage(0.95)
    assert low == pytest.approx(stats.beta.ppf(0.025, hits, trials - hits + 1) if hits else 0, abs=1e-8)
    assert high == pytest.approx(stats.beta.ppf(0.975, hits + 1, trials - hits) if hits < trials else 1, abs=1e-8)


def test_without_trials_nothing_is_known_of_the_coverage() -> None:
    found = sf.backtest(series(450, 440, 460))
    assert found.coverage() == (0, 0, 0.0, 1.0)
    assert str(found).startswith("0 of 3 claims predicted from earlier statements")
    assert "no office gave 3 numbers before another" in str(found)
    assert list(found.to_frame().columns)[:3] == ["claim", "date", "family"]


@pytest.mark.parametrize("ratio", [450, 451])
def test_an_office_that_always_says_the_same_gives_no_band_and_the_summary_says_so(ratio: int) -> None:
    result = sf.backtest(series(450, 450, 450, ratio))
    assert (result.predictions, [claim for claim, _ in result.not_predicted]) == ((), ["office-3"])
    assert "not predicted: office-3, since all earlier statements give the same number" in str(result)


def test_an_office_that_comes_to_say_something_else_is_predicted_from_then_on() -> None:
    result = sf.backtest(series(450, 450, 450, 440, 460))
    assert [prediction.claim for prediction in result.predictions] == ["office-4"]
    assert [claim for claim, _ in result.not_predicted] == ["office-3"]
    assert "1 of 5 claims predicted from earlier statements" in str(result)
    assert "not predicted: office-3" in str(result)


def test_ranges_enter_at_their_log_midpoint_and_widen_the_band() -> None:
    wide = [said("r", "2024-01-04", 300, rounds_high=600, rounds_bound="range", ratio_bound="range")]
    exact = [said("r", "2024-01-04", 424)]  # sqrt(300 x 600) = 424.3
    last = [said("z", "2024-05-01", 450)]
    found = [sf.backtest([*series(450, 440, 460), *middle, *last]).predictions[-1] for middle in (wide, exact)]
    assert found[0].median == pytest.approx(found[1].median, rel=1e-3)
    assert found[0].high / found[0].low > found[1].high / found[1].low


def test_a_record_nobody_has_seen_may_come_from_a_file(tmp_path: Path) -> None:
    rows = [asdict(row) for row in series(450, 440, 460, 445)]
    path = tmp_path / "claims of mine.csv"
    lines = [",".join(rows[0]), *(",".join("" if cell is None else str(cell) for cell in row.values()) for row in rows)]
    path.write_text("\n".join(lines), encoding="utf-8")
    assert sf.backtest(path).predictions == sf.backtest(rows).predictions


def test_the_command_prints_the_sequence_and_what_it_amounts_to(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["backtest"]) == 0
    printed = capsys.readouterr().out
    assert "rok-mnd-2024-06-14" in printed
    assert "3 of 3 in the band" in printed
    assert cli.main(["backtest", "--json", "--level", "0.5"]) == 0
    assert [row["level"] for row in json.loads(capsys.readouterr().out)] == [0.5, 0.5, 0.5]
    assert cli.main(["backtest", "--of", "increments"]) == 0
    assert "predicted from earlier increments" in capsys.readouterr().out
    assert cli.main(["backtest", "--family", "us", "--csv"]) == 0
    assert capsys.readouterr().out == ""
    assert cli.main(["backtest", "nowhere.csv"]) == 2
    assert "must be a CSV file that exists" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("asked", "error", "match"),
    [
        ({"level": 90}, ArgumentError, r"level=90: must be between 0 and 1"),
        ({"family": "nobody"}, UnknownItemError, r"no family in the claims named 'nobody'.*Known: birn, brwc, "),
        ({"family": 3}, ArgumentError, r"family=3: must be a text"),
        ({"munition": "99mm"}, UnknownItemError, r"no munition named '99mm'"),
        ({"munition": 3}, ArgumentError, r"munition=3: must be a text"),
        ({"claims": 3}, ArgumentError, r"claims=3: must be"),
        ({"claims": [{"claim": "a"}]}, DataError, r"missing column"),
    ],
)
def test_what_cannot_be_tested_is_refused(asked: dict[str, object], error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        sf.backtest(**asked)  # type: ignore[arg-type]
