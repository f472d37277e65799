"""The record by hand: what is broken in it and what is not, tables of one's own, and claims side by side."""

from __future__ import annotations

import csv
import datetime
import itertools
import random
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa  # type: ignore[import-untyped]
import pytest

import shellflow as sf
from shellflow import catalog
from shellflow.catalog import Claim
from shellflow.errors import ArgumentError, DataError, UnknownItemError
from shellflow.packings import Packing
from shellflow.statements import findings_of, of_record

ROOT = Path(__file__).parents[2]
COLUMNS = list(asdict(next(iter(catalog.claims))))

# The report of a Caspian ship with two rounds to a container; what it counted were crates.
CRATES = "iran-2023-04-24"


def findings(rows: Iterable[Claim]) -> dict[str, tuple[str, ...]]:
    listed = list(rows)
    every = of_record(listed)
    return {
        row.claim: tuple(found.name for found in findings_of(one, every, catalog.shipped()))
        for row, one in zip(listed, every, strict=True)
    }


def changed(row: Claim, **cells: object) -> Claim:
    return replace(row, **cells)  # type: ignore[arg-type]


def row_of(key: str) -> Claim:
    return catalog.claims[key]


# --- broken numbers ---------------------------------------------------------------------------------------------------


# Versions of other outlets that numbers and words alone do not tell from sound ones: a total without transports, which
# could be of any boxes, and a range of 4.2 to 5.8 million that was rounded to 4 to 6.
NOT_CAUGHT = {"verkkouutiset-2024", "reuters-2025-04-15"}


def test_every_rendering_but_two_is_caught_and_no_sound_row_is_flagged() -> None:
    found = findings(catalog.claims)
    broken = {row.claim for row in catalog.claims if row.rendering_of} - NOT_CAUGHT | {CRATES}
    assert {key for key, names in found.items() if names} == broken


def test_each_is_caught_for_what_it_is() -> None:
    assert {key: names for key, names in findings(catalog.claims).items() if names} == {
        "joongang-2023-11-06": ("rocket printed as shell",),  # 200,000 of the lighter shell against a million
        # 500,000 of a shell of 22 kg against 3 million of one of 44 kg; and "more than" had been said.
        "politico-2024-02-27": ("rocket printed as shell", "more than turned into up to"),
        "rbc-2024-02-27": ("or turned into and",),  # 3,000,000 + 500,000
        "jtbc-2024-02-27": ("in conflict with its siblings",),  # 1.2 million against 500,000
        CRATES: ("a package called a container",),  # 2,000 / 1,000
    }


def test_findings_read_no_note_no_basis_no_id_and_no_word_on_what_is_rendered() -> None:
    rows = list(catalog.claims)
    stream = random.Random(3)
    keys = {row.claim: f"row-{number}" for number, row in enumerate(stream.sample(rows, len(rows)))}
    notes = stream.sample([row.note for row in rows], len(rows))
    bases = stream.sample([row.basis for row in rows], len(rows))
    scrambled = [
        changed(
            row,
            claim=keys[row.claim],
            alternative_to=keys.get(row.alternative_to or ""),
            rendering_of=None,
            note=note,
            basis=basis,
            claimant="somebody",
            url="",
        )
        for row, note, basis in zip(rows, notes, bases, strict=True)
    ]
    before, after = findings(rows), findings(scrambled)
    assert {keys[key]: names for key, names in before.items()} == after


def test_findings_do_not_hang_on_the_order_of_the_rows() -> None:
    before = findings(catalog.claims)
    for seed in range(5):
        assert findings(random.Random(seed).sample(list(catalog.claims), len(catalog.claims))) == before


RENDERINGS = ("politico-2024-02-27", "rbc-2024-02-27", "jtbc-2024-02-27")


@pytest.mark.parametrize("date", ["2024-02-26", "2024-02", "2024", "2024-03"])
def test_a_slip_of_the_same_day_or_dated_by_its_month_leaves_the_original_sound(date: str) -> None:
    rows = [changed(row, date=date) if row.claim in RENDERINGS else row for row in catalog.claims]
    assert findings(rows) == findings(catalog.claims)


def test_of_two_on_one_day_that_tell_no_half_of_an_either_or_none_is_the_slip() -> None:
    first = changed(row_of("rok-mnd-2024-02-26b"), alternative_to=None)
    other = changed(first, claim="other", rounds_low=1_200_000)
    assert not any(findings([first, other]).values())
    assert findings([first, changed(other, date="2024-02-27")])["other"] == ("in conflict with its siblings",)


def test_a_vaguely_dated_slip_does_not_make_a_later_repetition_one() -> None:
    slip = changed(row_of("jtbc-2024-02-27"), date="2024-02")
    again = changed(row_of("rok-mnd-2024-02-26b"), claim="again", date="2024-03-05", alternative_to=None)
    rows = [row for row in catalog.claims if row.claim != slip.claim]
    assert findings([*rows, slip, again])["again"] == ()


def test_a_ceiling_on_what_fits_and_what_is_inside_are_both_sound() -> None:
    first = row_of("rok-mnd-2024-02-26a")
    most = changed(
        first, claim="most", date="2025-03-01", rounds_low=None, rounds_high=3_600_000, rounds_bound="ceiling"
    )
    inside = changed(
        most, claim="inside", rounds_low=1_100_000, rounds_high=1_100_000, rounds_bound="point", basis="contents"
    )
    for one, other in itertools.permutations([most, inside]):
        assert not any(findings([one, changed(other, date="2025-03-02")]).values())
        assert not any(findings([one, other]).values())


@pytest.mark.parametrize(
    ("halves", "sum_said", "found"),
    [
        # A sum is rounded to the digits it is said in: 4.25 to 4.3 million, but not to 4.4.
        ((3_600_000, 650_000), 4_300_000, True),
        ((3_600_000, 650_000), 4_200_000, True),
        ((3_600_000, 650_000), 4_400_000, False),
        ((3_600_000, 650_000), 4_310_000, False),
        ((3_000_000, 500_000), 4_000_000, False),  # one digit is taken for two
        ((3_000_000, 10_000), 3_000_000, False),  # the one half again, and no sum
    ],
)
def test_a_sum_may_be_rounded(halves: tuple[int, int], sum_said: int, found: bool) -> None:
    heavy, rocket = (
        changed(row_of(f"rok-mnd-2024-02-26{place}"), rounds_low=rounds)
        for place, rounds in zip("ab", halves, strict=True)
    )
    said = changed(row_of("rbc-2024-02-27"), rounds_low=sum_said)
    assert (findings([heavy, rocket, said])[said.claim] == ("or turned into and",)) is found


def test_a_later_repetition_of_what_was_said_first_is_sound() -> None:
    again = changed(row_of("rok-mnd-2024-02-26b"), claim="again", date="2024-03-05")
    assert findings([*catalog.claims, again])["again"] == ()


def test_a_slip_is_no_support_for_the_same_slip_after_it() -> None:
    again = changed(row_of("jtbc-2024-02-27"), claim="again", date="2024-03-05")
    assert findings([*catalog.claims, again])["again"] == ("in conflict with its siblings",)


def test_the_same_count_a_season_later_is_of_another_briefing() -> None:
    later = changed(row_of("jtbc-2024-02-27"), claim="later", date="2024-08-01")
    assert findings([*catalog.claims, later])["later"] == ()


def test_a_rocket_of_which_fewer_fit_is_no_slip() -> None:
    rows = [row_of("rok-mnd-2024-02-26a"), row_of("rok-mnd-2024-02-26b")]
    assert not any(findings(rows).values())


def test_a_ceiling_may_turn_into_a_floor_too() -> None:
    first = row_of("rok-mnd-2024-06-14")
    turned = changed(
        first,
        claim="turned",
        date="2024-06-15",
        rounds_low=first.rounds_high,
        rounds_high=None,
        rounds_bound="floor",
        ratio_bound="none",
    )
    assert findings([first, turned])["turned"] == ("up to turned into more than",)


@pytest.mark.parametrize(
    ("munition", "rounds", "found"),
    [("152mm", 9, True), ("152mm", 10, False), ("220mm-rocket", 1, True), ("220mm-rocket", 4, False)],
)
def test_a_handful_is_few_rounds_and_little_mass(munition: str, rounds: int, found: bool) -> None:
    # Of the least payload of a container, 17,985 kg, a fiftieth is 360 kg: eight rounds of 43.56 kg, or one of 280 kg.
    if munition == "152mm" and rounds == 9:
        rounds = 8
    one = changed(row_of(CRATES), munition=munition, units_low=1, units_high=1, rounds_low=rounds, rounds_high=rounds)
    assert bool(findings([one])[CRATES]) is found


def wagons(key: str, date: str, rounds: float, transport: str | None) -> Claim:
    return changed(
        row_of("rok-mnd-2024-02-26a"),
        claim=key,
        date=date,
        kind="wagon",
        transport=transport,
        corridor="a to b",
        munition="152mm",
        units_low=137.0,
        units_high=137.0,
        units_bound="point",
        rounds_low=rounds * 137,
        rounds_high=rounds * 137,
        rounds_bound="point",
        ratio_bound="point",
        alternative_to=None,
    )


@pytest.mark.parametrize(("first", "second"), [(None, "covered-wagon"), ("covered-wagon", None)])
def test_the_transport_that_one_of_two_statements_names_is_that_of_both(first: str | None, second: str | None) -> None:
    # Covered wagons as loaded hold 141 to 812: 1,000 to a wagon is what fits, and 400 may be what is inside.
    capacity, contents = wagons("fits", "2024-01-01", 1_000, first), wagons("inside", "2024-01-09", 400, second)
    assert findings([capacity, contents])["inside"] == ()


@pytest.mark.parametrize(("fits", "inside"), [(1_000, 100), (1_500, 900), (600, 400)])
def test_only_what_is_seen_inside_may_be_contents_and_only_what_is_not_capacity(fits: float, inside: float) -> None:
    # Under 141 nothing loaded is seen, above 812 neither; and 600 may itself be what is inside.
    rows = [wagons("fits", "2024-01-01", fits, None), wagons("inside", "2024-01-09", inside, "covered-wagon")]
    assert findings(rows)["inside"] == ("in conflict with its siblings",)


def test_both_ends_of_a_range_must_be_the_sums_of_two_alternatives() -> None:
    first = wagons("first", "2024-01-01", 1_000, None)
    second = changed(wagons("second", "2024-01-01", 300, None), munition="122mm-rocket", alternative_to="first")
    both = changed(wagons("both", "2024-01-09", 1_300, None), munition="unspecified")
    wide = changed(both, rounds_high=3_000 * 137.0, rounds_bound="range", ratio_bound="range")
    assert findings([first, second, both])["both"] == ("or turned into and",)
    assert "or turned into and" not in findings([first, second, wide])["both"]


@pytest.mark.parametrize(("rounds", "found"), [(2_010, True), (2_011, False)])
def test_a_sum_may_be_rounded_by_half_a_per_cent_and_no_more(rounds: int, found: bool) -> None:
    # 0.5 % of 1,000 + 1,000 is 10, and half of the last digit of 2,010 is 5.
    first = changed(wagons("first", "2024-01-01", 1, None), rounds_low=1_000.0, rounds_high=1_000.0)
    second = changed(first, claim="second", munition="122mm-rocket", alternative_to="first")
    total = changed(first, claim="sum", date="2024-01-09", munition="unspecified")
    total = changed(total, rounds_low=float(rounds), rounds_high=float(rounds))
    assert ("or turned into and" in findings([first, second, total])["sum"]) is found


# --- the table --------------------------------------------------------------------------------------------------------


def test_the_record_comes_with_its_ratios_and_what_they_bound() -> None:
    frame = sf.claims()
    assert list(frame.columns) == [*COLUMNS, "ratio_low", "ratio_high", "findings"]
    ratios = frame.set_index("claim")
    # 270,000 to 300,000 in more than 1,000: 300 at most. 300,000 to 500,000 in up to 1,000: 300 at least.
    assert tuple(ratios.loc["rok-2023-10-16", ["ratio_low", "ratio_high", "ratio_bound"]]) == (270, 300, "ceiling")
    assert tuple(ratios.loc["edf-2023-10-20", ["ratio_low", "ratio_high", "ratio_bound"]]) == (300, 500, "floor")
    assert ratios.loc["us-2024-06-28", ["ratio_low", "ratio_high"]].isna().all()


def test_the_stated_bounds_of_the_record_follow_the_one_table() -> None:
    for row in catalog.claims:
        assert row.ratio_bound == catalog.ratio_bound(row.rounds_bound, row.units_bound), row.claim


def test_the_table_of_the_docs_is_the_one_of_the_code() -> None:
    page = (ROOT / "docs" / "reference" / "ratio-bounds.md").read_text(encoding="utf-8")
    lines = [line for line in page.splitlines() if line.startswith("| ")]
    cells = [[cell.strip(" *") for cell in line.strip("|").split("|")] for line in lines]
    columns = cells[0][1:]
    table = {(line[0], column): cell for line in cells[1:] for column, cell in zip(columns, line[1:], strict=True)}
    bounds = ("point", "floor", "ceiling", "range")
    assert table == {
        (rounds, units): catalog.ratio_bound(rounds, units) for rounds, units in itertools.product(bounds, bounds)
    }


@pytest.mark.parametrize(
    ("asked", "keys"),
    [
        ({"family": "csis"}, ["csis-2023-10-06", "csis-2024-02-28"]),
        ({"claimant": "united"}, []),
        ({"claimant": "joint chiefs"}, ["rok-jcs-2023-11-02a", "rok-jcs-2023-11-02b"]),
        ({"corridor": "Russia to Belarus"}, ["brwc-2022-10-27", "brwc-2025-152", "brwc-2025-122", "brwc-2025-trains"]),
        (
            {"munition": "122mm", "family": "rok-mnd"},
            ["rok-jcs-2023-11-02b", "rok-mnd-2023-12-29b", "rok-mnd-2024-02-26b"],
        ),
        (
            {"basis": "rendering", "until": "2024-02"},
            ["joongang-2023-11-06", "politico-2024-02-27", "rbc-2024-02-27", "jtbc-2024-02-27", "verkkouutiset-2024"],
        ),
        ({"since": "2025-05", "corridor": "DPRK to Russia"}, ["uk-2025-05-07"]),
        ({"until": datetime.date(2023, 10, 16), "family": "rok-mnd"}, ["rok-mnd-2023-10-16"]),
        # A row dated by its year alone may be of any month of it.
        ({"since": "2024-03", "until": "2024-03"}, ["verkkouutiset-2024", "rok-mnd-2024-03-18"]),
    ],
)
def test_it_can_be_asked_for_in_part(asked: dict[str, Any], keys: list[str]) -> None:
    if not keys:
        with pytest.raises(UnknownItemError, match=r"no claimant in the claims named 'united'"):
            sf.claims(**asked)
        return
    assert list(sf.claims(**asked)["claim"]) == keys


def test_side_by_side_it_shows_who_counts_differently() -> None:
    frame = sf.claims(corridor="DPRK to Russia", side_by_side=True).set_index("month")
    counted = frame[frame["kind"] == "container"]
    february = counted.loc["2024-02"]
    assert february["us"] == "at least 10,000 containers"
    assert february["rok-mnd"] == (
        "6,700 containers: at least 3 million rounds of 152mm (capacity) or "
        "at least 500,000 rounds of 122mm-rocket (capacity)"
    )
    assert february["units_apart"] == pytest.approx(10_000 / 6_700)
    assert "press" not in frame.columns  # versions of other outlets are no statements
    # What counts no transports stands in a row of its own: rounds alone, and a mass alone.
    totals = frame[frame["kind"] == "none"]
    assert totals.loc["2024-02", "gur"] == "1.5 million rounds of unspecified (contents)"
    assert totals.loc["2024-01", "c4ads"] == "at least 74,000 t; 1.6 million rounds of unspecified (contents)"
    waybills = sf.claims(family="brwc", side_by_side=True).set_index("month")
    assert waybills.loc["2022-09", "brwc"] == "1,940 wagons, 65,089 t"


# --- tables of one's own ----------------------------------------------------------------------------------------------


def own_rows() -> list[dict[str, object]]:
    base = {**asdict(row_of("rok-mnd-2024-02-26a")), "alternative_to": None, "url": "https://example.org", "note": None}
    figures = [("a", "2025-01-05", 100, 40_000), ("b", "2025-02-05", 200, 90_000), ("c", "2025-03-05", 300, 120_000)]
    return [
        {**base, "claim": key, "date": date, "as_of": date, "family": "mine", "units_low": units, "units_high": units}
        | {"rounds_low": rounds}
        for key, date, units, rounds in figures
    ]


def as_file(rows: list[dict[str, object]], folder: Path) -> Path:
    path = folder / "own claims.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


MAKERS: dict[str, Callable[[list[dict[str, object]]], object]] = {
    "mappings": lambda rows: rows,
    "records": lambda rows: [Claim(**row) for row in rows],  # type: ignore[arg-type]
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "polars lazy": lambda rows: pl.DataFrame(rows).lazy(),
    "pyarrow": pa.Table.from_pylist,
}


@pytest.mark.parametrize("made", MAKERS.values(), ids=MAKERS)
def test_a_table_of_ones_own_may_be_of_any_make(made: Callable[[list[dict[str, object]]], object]) -> None:
    frame = sf.claims(made(own_rows()))
    assert list(frame["claim"]) == ["a", "b", "c"]
    assert list(frame["ratio_low"]) == [400, 450, 400]


def test_a_table_of_ones_own_may_be_a_file(tmp_path: Path) -> None:
    path = as_file(own_rows(), tmp_path)
    assert list(sf.claims(path)["claim"]) == list(sf.claims(str(path))["claim"]) == ["a", "b", "c"]


def test_a_table_written_by_pandas_is_read_back(tmp_path: Path) -> None:
    # A column of whole numbers with gaps is written as 1000.0.
    path = tmp_path / "written.csv"
    frame = catalog.claims.to_frame()
    frame.to_csv(path, index=False)
    assert "1000.0" in path.read_text(encoding="utf-8")
    pd.testing.assert_frame_equal(sf.claims(path), sf.claims())


def test_dates_in_a_frame_may_be_dates() -> None:
    frame = pd.DataFrame(own_rows())
    frame["date"] = pd.to_datetime(frame["date"])
    assert list(sf.claims(frame)["date"]) == ["2025-01-05", "2025-02-05", "2025-03-05"]


def test_ones_own_rows_are_checked_against_the_record() -> None:
    mine = {**own_rows()[0], "date": "2024-02-28", "units_low": 6_700, "units_high": 6_700, "rounds_low": 3_500_000}
    assert list(sf.claims([mine])["findings"]) == ["or turned into and; in conflict with its siblings"]


@pytest.mark.parametrize(
    ("cells", "match"),
    [
        ({"rounds_low": "many"}, r"line 3, column rounds_low: 'many' is not a whole number above 0"),
        ({"rounds_low": 3.5}, r"line 3, column rounds_low: '3.5' is not a whole number"),
        ({"rounds_low": "90.000"}, r"line 3, column rounds_low: '90.000' is not a whole number"),  # 90 or 90 thousand
        ({"rounds_low": True}, r"line 3, column rounds_low: True is neither a text nor a number"),
        ({"date": "yesterday"}, r"line 3, column date: 'yesterday' is not a date"),
        ({"date": "2025-13-01"}, r"line 3, column date: '2025-13-01' is not a date"),
        ({"date": None}, r"line 3, column date: '' is missing"),
        ({"alternative_to": "nobody"}, r"line 3, column alternative_to: 'nobody' is not a key of claims"),
        ({"alternative_to": "b"}, r"line 3, column alternative_to: 'b' is the row itself"),
        ({"transport": "20ft"}, r"line 3, column transport: '20ft' is not a key of transports"),
        ({"munition": "152"}, r"line 3, column munition: '152' is not a key of munitions"),
        ({"kind": "wagon"}, r"line 3, column kind: 'wagon' is not the kind of 20ft-24t"),
        ({"units_high": 20}, r"line 3, column units_low: '200' is above units_high=20"),
        ({"units_bound": "floor"}, r"line 3, column units_bound: 'floor' does not agree"),
        ({"ratio_bound": "point"}, r"line 3, column ratio_bound: 'point' does not follow from rounds_bound=floor"),
        ({"claim": "a"}, r"line 3, column claim: 'a' is a duplicated key, first on line 2"),
    ],
)
def test_a_row_that_does_not_hold_is_named_by_line_column_and_value(
    cells: dict[str, object], match: str, tmp_path: Path
) -> None:
    rows = own_rows()
    rows[1] |= cells
    with pytest.raises(DataError, match=f"the table given, {match}"):
        sf.claims(rows)
    if True not in cells.values():
        with pytest.raises(DataError, match=rf"own claims\.csv, {match}"):
            sf.claims(as_file(rows, tmp_path))


def test_a_missing_or_unknown_column_is_named() -> None:
    frame = pd.DataFrame(own_rows())
    with pytest.raises(DataError, match=r"the table given, line 1: missing column 'corridor', 'url'"):
        sf.claims(frame.drop(columns=["url", "corridor"]))
    with pytest.raises(DataError, match=r"line 1: unknown column 'colour'"):
        sf.claims(frame.assign(colour="red"))
    with pytest.raises(DataError, match=r"the table given: the table is empty"):
        sf.claims(frame.iloc[:0])


def test_an_alternative_may_be_a_row_of_the_record() -> None:
    row = {**own_rows()[0], "alternative_to": "rok-mnd-2024-02-26b"}
    assert len(sf.claims([row])) == 1


@pytest.mark.parametrize("table", [3, {"claim": "a"}, [1, 2], "missing.csv"], ids=["number", "mapping", "list", "file"])
def test_what_is_no_table_is_refused(table: object) -> None:
    with pytest.raises(ArgumentError, match=r"table=.*must be"):
        sf.claims(table)


@pytest.mark.parametrize(
    ("asked", "error", "match"),
    [
        ({"since": "soon"}, ArgumentError, r"since='soon': must be a date"),
        ({"until": 2024}, ArgumentError, r"until=2024: must be a date"),
        ({"since": "2024-05", "until": "2024-04"}, ArgumentError, r"since='2024-05': must be before until='2024-04'"),
        ({"family": "rok"}, UnknownItemError, r"no family in the claims named 'rok'.*Did you mean"),
        ({"munition": "99mm"}, UnknownItemError, r"no munition named '99mm'"),
        ({"basis": 3}, ArgumentError, r"basis=3: must be a text"),
        ({"munition": 3}, ArgumentError, r"munition=3: must be a text"),
        ({"side_by_side": 1}, ArgumentError, r"side_by_side=1: must be True or False"),
    ],
)
def test_what_is_asked_of_the_record_is_checked(asked: dict[str, object], error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        sf.claims(**asked)  # type: ignore[arg-type]


def test_a_bound_that_is_none_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"units_bound='most': must be one of point, floor, ceiling, range, none"):
        catalog.ratio_bound("point", "most")
    assert catalog.ratio_bound("none", "point") == "none"


# --- one's own evidence -----------------------------------------------------------------------------------------------


def test_ones_own_loads_are_pooled_with_ours_by_name() -> None:
    # The eight midpoints in kg: sqrt(10,930 x 12,048) = 11,476; sqrt(12,431 x 13,706) = 13,053; 8,333; 14,219;
    # sqrt(8,439 x 9,302) = 8,860; sqrt(10,709 x 11,802) = 11,243; and 10,000 and 11,000 of one's own. Their geometric
    # mean is 10,867.
    pooled = sf.from_observations([*catalog.observations("loads.container"), "10 t", "11 t"], name="pooled loads")
    assert pooled.band()[1] == pytest.approx(10_867, abs=5)
    packed = sf.packing("152mm", load=pooled, name="pooled")
    assert packed.basis == "contents"
    before, after = sf.estimate(6_700, "152mm", packing="as-loaded"), sf.estimate(6_700, "152mm", packing=packed)
    side_by_side = before.compared_to(after)
    assert list(side_by_side["packing"]) == ["as-loaded", "pooled"]
    assert side_by_side["median_ratio"][1] == pytest.approx(10_867 / 10_996, rel=0.015)  # rounds are whole numbers
    assert 0.3 < side_by_side["variance_gone"][1] < 0.7


def test_our_observations_alone_give_our_own_input() -> None:
    ours = catalog.observed_load("container")
    again = sf.from_observations(catalog.observations("loads.container"), name="again")
    assert again.distribution == ours.distribution
    voyages = sf.from_observations(catalog.observations("voyages.container"), name="voyages")
    assert (voyages.distribution, voyages.unit) == (catalog.containers_per_voyage().distribution, "container/voyage")
    box, shell = catalog.transports["20ft-24t"], catalog.munitions["152mm"]
    ratio = sf.from_observations(catalog.observations("claims.rok-mnd.152mm.20ft-24t"), name="ratio")
    assert ratio.distribution == catalog.reported_ratio(shell, box).distribution


def test_rows_of_ours_can_be_left_out_of_the_pool() -> None:
    assert len(catalog.observations("loads.container", without=["sfor-2002", "wrsak-2010"])) == 4


@pytest.mark.parametrize(
    ("name", "without", "error", "match"),
    [
        ("loads.ship", (), UnknownItemError, r"no fitted input named 'loads.ship'"),
        ("loads.container", ["mine"], UnknownItemError, r"no row of loads.container named 'mine'"),
        ("loads.container", "sfor-2002", ArgumentError, r"without='sfor-2002': must be a list of keys"),
    ],
)
def test_what_cannot_be_pooled_is_said(name: str, without: list[str], error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        catalog.observations(name, without=without)


def test_estimates_stand_side_by_side() -> None:
    # Uniform from 100 to 200 and from 140 to 160: the 90 % bands are 105 to 195 and 141 to 159, medians 150. On logs
    # ln(195/105) = 0.61904 and ln(159/141) = 0.12014, so 1 - (0.12014 / 0.61904)**2 = 0.96233 of the variance went.
    wide = sf.estimate(sf.uniform(100, 200, name="wide"), "152mm", packing=_one_round())
    narrow = sf.estimate(sf.uniform(140, 160, name="narrow"), "152mm", packing=_one_round())
    frame = wide.compared_to(narrow)
    assert list(frame["median_ratio"]) == pytest.approx([1, 1], rel=1e-6)
    assert list(frame["variance_gone"]) == pytest.approx([0, 0.96233], abs=1e-4)
    assert narrow.compared_to(wide)["variance_gone"][1] < 0
    assert pd.isna(sf.estimate(3, "152mm", packing=_one_round()).compared_to(wide)["variance_gone"][1])


def test_where_a_band_reaches_below_zero_widths_are_plain() -> None:
    # Of x - 150 the bands are -45 to 45 and -9 to 9: 1 - (18 / 90)**2 = 0.96.
    wide = sf.estimate(sf.uniform(100, 200, name="wide"), "152mm", packing=_one_round())
    narrow = sf.estimate(sf.uniform(140, 160, name="narrow"), "152mm", packing=_one_round())
    middle = sf.estimate(150, "152mm", packing=_one_round())
    assert (wide - middle).compared_to(narrow - middle)["variance_gone"][1] == pytest.approx(0.96, abs=1e-6)


def test_only_what_is_alike_stands_side_by_side() -> None:
    one = sf.estimate(3, "152mm")
    with pytest.raises(ArgumentError, match=r"other=3: must be an estimate"):
        one.compared_to(3)  # type: ignore[arg-type]
    with pytest.raises(sf.ShellflowError, match=r"other is in container; expected round"):
        one.compared_to(sf.units_needed(3, "152mm"))
    with sf.settings(n=100):
        other = sf.estimate(3, "152mm")
    with pytest.raises(sf.ShellflowError, match=r"results of different draws"):
        one.compared_to(other)


def _one_round() -> Packing:
    return sf.packing("152mm", rounds_per_transport=1, name="one round")


# --- voyages ----------------------------------------------------------------------------------------------------------


def test_voyages_go_through_the_containers_counted_of_others() -> None:
    # 300 / 1, 2,000 / 9, 6,700 / 32, 2,000 / 21 to 23, 13,000 / 70 and 15,809 / 64: (300 x 222.2 x 209.4 x 91.0 x 185.7
    # x 247.0)^(1/6) = 196.9 containers to a voyage.
    carried = catalog.containers_per_voyage()
    assert carried.band()[1] == pytest.approx(196.9, abs=0.1)
    assert (carried.grade, carried.unit) == ("derived", "container/voyage")
    found = sf.estimate("64 voyages", "152mm")
    inputs = found.inputs().set_index("input")
    assert str(inputs.loc["voyages.container", "band_for"]).startswith("what the next count of containers over voyages")
    assert "not any one ship" in found.reasons.band_for
    assert found.band()[1] == pytest.approx(64 * 196.9 * 460.6, rel=0.02)


def test_voyages_times_containers_are_containers() -> None:
    by_voyage = sf.estimate("64 voyages", "152mm", containers_per_voyage=220)
    by_box = sf.estimate(64 * 220, "152mm")
    assert by_voyage.band() == pytest.approx(by_box.band(), rel=1e-12)


@pytest.mark.parametrize("given", [220, "220", "220 containers", "220 containers/voyage", sf.fixed(220)])
def test_a_ship_of_ones_own_may_be_said_in_several_ways(given: object) -> None:
    found = sf.estimate("10 voyages", "152mm", containers_per_voyage=given)
    assert found.band() == pytest.approx(sf.estimate(2_200, "152mm").band(), rel=1e-12)


def test_voyages_can_be_compared_replaced_and_stored() -> None:
    found = sf.estimate("64 voyages", "152mm")
    assert sf.compare("64 voyages", "152mm")["152mm", "reported"].band() == found.band()
    assert found.replace(packing="crated").replace(packing="reported").band() == found.band()
    again = found.replace(count="10 voyages", containers_per_voyage=220)
    assert again.band() == pytest.approx(sf.estimate(2_200, "152mm").band(), rel=1e-12)
    assert sf.from_json(found.to_json()).band() == found.band()


@pytest.mark.parametrize(
    ("count", "given", "match"),
    [
        ("64 voyages", {"transport": "covered-wagon", "packing": "crated"}, r"covered-wagon is a wagon"),
        ("64 voyages", {"transport": "40ft", "packing": "crated"}, r"missing containers to a voyage for 40ft"),
        (64, {"containers_per_voyage": 220}, r"must be left out unless the count is one of voyages"),
        ("64 voyages", {"containers_per_voyage": 0}, r"containers_per_voyage=0.*must be above 0"),
        ("64 voyages", {"containers_per_voyage": "3 kg"}, r"containers_per_voyage=3 kg is in kg"),
    ],
)
def test_voyages_that_cannot_be_counted_are_refused(count: object, given: dict[str, object], match: str) -> None:
    with pytest.raises(sf.ShellflowError, match=match):
        sf.estimate(count, "152mm", **given)  # type: ignore[arg-type]


def test_voyages_are_no_answer_to_how_many_are_needed() -> None:
    needed = sf.units_needed("3M", "152mm")
    assert needed.unit == "container"
    with pytest.raises(sf.ShellflowError, match=r"containers_per_voyage=220: must be left out"):
        needed.replace(count="4M", containers_per_voyage=220)
    with pytest.raises(sf.ShellflowError, match=r"containers_per_voyage without count"):
        sf.estimate("64 voyages", "152mm").replace(containers_per_voyage=220)


def test_a_longer_box_is_no_what_if_of_counted_voyages() -> None:
    with pytest.raises(sf.ShellflowError, match=r"missing containers to a voyage for 40ft"):
        sf.estimate("64 voyages", "152mm", packing="crated").replace(transport="40ft")
