"""Cases of the catalog worked by hand: every way in which a table can be wrong, look-ups, and inputs from records."""

from __future__ import annotations

import copy
import csv
import pickle
import re
import shutil
from dataclasses import FrozenInstanceError, fields, replace
from pathlib import Path

import pytest

import shellflow
from shellflow import catalog
from shellflow.errors import ArgumentError, DataError, NoDataError, UnknownItemError

SHIPPED = Path(shellflow.__file__).with_name("data")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped tables, to be spoilt."""
    return Path(shutil.copytree(SHIPPED, tmp_path / "own"))


def read(path: Path) -> list[list[str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.reader(file))


def write(path: Path, lines: list[list[str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)


def spoil(path: Path, key: str, **cells: str) -> int:
    """Write `cells` into the row of `key` and return its line."""
    lines = read(path)
    number = next(i for i, line in enumerate(lines) if line[0] == key)
    for column, value in cells.items():
        lines[number][lines[0].index(column)] = value
    write(path, lines)
    return number + 1


# One row each: table, key of the row, what is written into it, and the column, value and reason of the error.
BAD_CELLS = [
    ("munitions", "152mm", {"calibre_mm": "big"}, "calibre_mm: 'big' is not a finite number"),
    ("munitions", "152mm", {"calibre_mm": "1_52"}, "calibre_mm: '1_52' is not a finite number"),
    ("munitions", "152mm", {"calibre_mm": "nan"}, "calibre_mm: 'nan' is not a finite number"),
    ("munitions", "152mm", {"calibre_mm": "inf"}, "calibre_mm: 'inf' is not a finite number"),
    ("munitions", "152mm", {"calibre_mm": "1e999"}, "calibre_mm: '1e999' is not a finite number"),
    ("munitions", "152mm", {"calibre_mm": "152 mm"}, "calibre_mm: '152 mm' is not a finite number"),
    ("munitions", "152mm", {"calibre_mm": "-152"}, "calibre_mm: '-152' is not above 0"),
    ("munitions", "152mm", {"calibre_mm": "0"}, "calibre_mm: '0' is not above 0"),
    ("munitions", "152mm", {"calibre_mm": ""}, "calibre_mm: '' is missing"),
    ("munitions", "152mm", {"projectile_kg_low": "43.7"}, "projectile_kg_low: '43.7' is above projectile_kg_high=43.6"),
    ("munitions", "152mm", {"projectile_kg_best": "50"}, "projectile_kg_best: '50' is outside [43.5, 43.6]"),
    ("munitions", "152mm", {"projectile_kg_best": "40"}, "projectile_kg_best: '40' is outside [43.5, 43.6]"),
    ("munitions", "152mm", {"projectile_kg_high": ""}, "projectile_kg_high: '' is missing beside the other limit"),
    ("munitions", "152mm", {"projectile_kg_low": ""}, "projectile_kg_low: '' is missing beside the other limit"),
    (
        "munitions",
        "152mm",
        {"projectile_kg_low": "", "projectile_kg_best": "", "projectile_kg_high": ""},
        "projectile_kg_low: '' is missing",
    ),
    ("munitions", "152mm", {"munition": "152 MM"}, "munition: '152 MM' is not a key. Write it in lower case"),
    ("munitions", "152mm", {"munition": ""}, "munition: '' is missing"),
    ("munitions", "130mm", {"munition": "152mm"}, "munition: '152mm' is a duplicated key, first on line 2"),
    ("munitions", "152mm", {"mass_source": ""}, "mass_source: '' is missing. Name a row of sources.csv"),
    ("munitions", "152mm", {"mass_grade": ""}, "mass_grade: '' is missing. Write one of measured, specified"),
    ("munitions", "152mm", {"mass_grade": "certain"}, "mass_grade: 'certain' is not known here. Write one of measured"),
    ("munitions", "152mm", {"mass_source": "hearsay"}, "mass_source: 'hearsay' is not a key of sources. Add it"),
    ("munitions", "122mm-rocket", {"length_source": ""}, "length_source: '' is missing for length_m"),
    ("munitions", "122mm-rocket", {"length_grade": ""}, "length_grade: '' is missing for length_m"),
    ("sources", "wsc", {"grade": ""}, "grade: '' is missing"),
    ("transports", "20ft-24t", {"payload_kg": "21760"}, "payload_kg: '21760' is not max_gross_kg - tare_kg = 21750"),
    ("transports", "20ft-24t", {"inner_width_m": ""}, "inner_width_m: '' is missing beside the others. Give all of"),
    ("transports", "20ft-24t", {"size_grade": ""}, "size_grade: '' is missing for inner_length_m"),
    ("transports", "20ft-24t", {"kind": "barge"}, "kind: 'barge' is not known here. Write one of container, wagon"),
    ("norms", "covered-wagon-load", {"source": ""}, "source: '' is missing"),
    ("norms", "covered-wagon-load", {"transport": "lorry"}, "transport: 'lorry' is not a key of transports"),
    ("packages", "152mm-crate", {"rounds": "1.5"}, "rounds: '1.5' is not a whole number above 0"),
    ("packages", "152mm-crate", {"rounds": "0"}, "rounds: '0' is not a whole number above 0"),
    ("packages", "152mm-crate", {"rounds": "1,000"}, "rounds: '1,000' is not a whole number above 0"),
    ("packages", "152mm-crate", {"munition": "152"}, "munition: '152' is not a key of munitions"),
    ("packages", "152mm-crate", {"norm": "lorry"}, "norm: 'lorry' is not a key of norms"),
    ("packages", "152mm-crate", {"norm_packages": ""}, "norm_packages: '' is missing beside the others"),
    ("packages", "152mm-crate", {"norm": ""}, "norm: '' is missing beside the others"),
    (
        "packages",
        "152mm-crate",
        {"gross_kg_low": "60", "gross_kg_high": "70"},
        "norm: 'covered-wagon-load' gives the mass a second time, beside gross_kg_low",
    ),
    (
        "packages",
        "155mm-pallet",
        {"packaging_kg_best": "20"},
        "packaging_kg_low: '' gives the mass a second time, beside gross_kg_low",
    ),
    ("packages", "155mm-pallet", {"gross_kg_high": ""}, "gross_kg_high: '' is missing beside the other limit"),
    ("packages", "152mm-bare", {"packaging_kg_low": "-1"}, "packaging_kg_low: '-1' is not 0 or more"),
    ("packages", "152mm-crate", {"length_m_high": ""}, "length_m_high: '' is missing beside the other limit"),
    (
        "packages",
        "152mm-crate",
        {"height_m_low": "", "height_m_high": ""},
        "height_m_low: '' is missing beside the oth",
    ),
    ("packages", "152mm-crate", {"mass_grade": ""}, "mass_grade: '' is missing for norm"),
    ("packages", "152mm-crate", {"size_source": ""}, "size_source: '' is missing for length_m_low"),
    ("loads", "sfor-2002", {"mass_t_high": ""}, "mass_t_high: '' is missing"),
    ("loads", "sfor-2002", {"mass_t_low": "51"}, "mass_t_low: '51' is above mass_t_high=50.0"),
    ("loads", "sfor-2002", {"use": "maybe"}, "use: 'maybe' is not known here. Write one of observed, reference"),
    (
        "loads",
        "usareur-2016",
        {"start": "October"},
        "start: 'October' is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD",
    ),
    ("loads", "sfor-2002", {"cargo": "arms"}, "cargo: 'arms' is not known here. Write one of ammunition, mixed, other"),
    ("loads", "az-guard-2022", {"part_of": "nowhere"}, "part_of: 'nowhere' is not a key of loads. Add it to loads.csv"),
    ("loads", "az-guard-2022", {"part_of": "az-guard-2022"}, "part_of: 'az-guard-2022' is the row itself"),
    (
        "loads",
        "az-guard-2022",
        {"part_of": "trucks-2006"},
        "part_of: 'trucks-2006' counts trucks, and this row containers",
    ),
    (
        "loads",
        "az-guard-2022",
        {"part_of": "sfor-2002"},
        "part_of: 'sfor-2002' has 6 containers with 50 t, too few for a part of 40 with 907 t",
    ),
    (
        "loads",
        "az-guard-2022",
        {"mass_t_low": "7000", "mass_t_high": "7000"},
        "part_of: 'patriot-press-2022' has 595 containers with 6482 t, too few for a part of 40 with 7000 t",
    ),
    ("packages", "152mm-crate", {"charge": ""}, "charge: '' is missing. Write one of with, without, unknown, not app"),
    ("packages", "152mm-crate", {"charge": "yes"}, "charge: 'yes' is not known here. Write one of with, without, unk"),
    ("loads", "usareur-2016", {"start": "2016-13"}, "start: '2016-13' is not a date"),
    ("loads", "usareur-2016", {"start": "2015-02-29"}, "start: '2015-02-29' is not a date"),
    ("loads", "usareur-2016", {"start": "0000"}, "start: '0000' is not a date"),
    ("loads", "usareur-2016", {"end": "2016-01"}, "end: '2016-01' is before start=2016-02"),
    ("loads", "usareur-2016", {"start": "2016-10-02", "end": "2015"}, "end: '2015' is before start=2016-10-02"),
    ("voyages", "rajin-2023-09", {"voyages_low": "", "voyages_high": ""}, "voyages_low: '' is missing. State at least"),
    ("claims", "rok-mnd-2024-02-26a", {"url": ""}, "url: '' is missing"),
    ("claims", "rok-mnd-2024-02-26a", {"transport": "20ft"}, "transport: '20ft' is not a key of transports"),
    ("claims", "rok-mnd-2024-02-26a", {"kind": "wagon"}, "kind: 'wagon' is not the kind of 20ft-24t. Write container"),
    ("claims", "rok-mnd-2024-02-26a", {"munition": "152"}, "munition: '152' is not a key of munitions"),
    ("claims", "rok-mnd-2024-02-26a", {"alternative_to": "b"}, "alternative_to: 'b' is not a key of claims"),
    (
        "claims",
        "rok-mnd-2024-02-26a",
        {"alternative_to": "rok-mnd-2024-02-26a"},
        "alternative_to: 'rok-mnd-2024-02-26a' is",
    ),
    ("claims", "jtbc-2024-02-27", {"rendering_of": "rok"}, "rendering_of: 'rok' is not a key of claims"),
    ("claims", "jtbc-2024-02-27", {"rendering_of": ""}, "rendering_of: '' does not agree with basis=rendering"),
    ("claims", "rok-mnd-2024-02-26a", {"units_bound": "about"}, "units_bound: 'about' is not known here. Write one of"),
    (
        "claims",
        "rok-mnd-2024-02-26a",
        {"units_bound": "floor"},
        "units_bound: 'floor' does not agree with units_low=6700",
    ),
    (
        "claims",
        "rok-mnd-2024-02-26a",
        {"rounds_bound": "point"},
        "rounds_bound: 'point' does not agree with rounds_low=3",
    ),
    (
        "claims",
        "us-2024-06-28",
        {"ratio_bound": "floor"},
        "ratio_bound: 'floor' bounds a ratio of which one side is not",
    ),
    ("claims", "rok-mnd-2024-02-26a", {"date": ""}, "date: '' is missing"),
    ("claims", "rok-mnd-2024-02-26a", {"since": "2024-03"}, "as_of: '2024-02-26' is before since=2024-03"),
    ("claims", "times-2024-10-04", {"since": "2024-11"}, "date: '2024-10-04' is before since=2024-11"),
    (
        "claims",
        "c4ads-2024-06-22-rounds",
        {"derived_from": "hearsay"},
        "derived_from: 'hearsay' is not a key of claims or sources. Add it to claims.csv or sources.csv",
    ),
    (
        "claims",
        "c4ads-2024-06-22-rounds",
        {"derived_from": "c4ads-2024-06-22-rounds"},
        "derived_from: 'c4ads-2024-06-22-rounds' is the row itself",
    ),
    (
        "claims",
        "c4ads-2024-06-22-mass",
        {"mass_bound": "none"},
        "mass_bound: 'none' does not agree with mass_t_low=74000.0 and mass_t_high=None",
    ),
    ("claims", "c4ads-2024-06-22-mass", {"mass_bound": ""}, "mass_bound: '' is missing. Write one of floor, ceiling"),
    ("claims", "c4ads-2024-06-22-mass", {"mass_t_low": "-1"}, "mass_t_low: '-1' is not above 0"),
    (
        "claims",
        "c4ads-2024-06-22-mass",
        {"mass_t_low": "", "mass_bound": "none"},
        "units_bound: 'none' leaves nothing stated: no transports, rounds or mass",
    ),
    (
        "claims",
        "csis-2024-02-28",
        {"units_low": "25", "units_bound": "floor"},
        "units_bound: 'floor' is stated beside kind=none",
    ),
    ("claims", "csis-2024-02-28", {"transport": "40ft"}, "transport: '40ft' is stated beside kind=none"),
    ("firing_rates", "ru-2024-04-ua", {"rounds_per_day_low": "80000"}, "rounds_per_day_low: '80000' is above"),
    ("firing_rates", "ru-2023-q4-ua", {"rounds_per_day_low": ""}, "rounds_per_day_low: '' is missing. State at least"),
    ("firing_rates", "ru-2023-q4-ua", {"period_end": "2022"}, "period_end: '2022' is before period_start=2023-10-01"),
]


@pytest.mark.parametrize(("table", "key", "cells", "expected"), BAD_CELLS)
def test_a_bad_cell_stops_the_load_with_file_line_column_and_value(
    folder: Path, table: str, key: str, cells: dict[str, str], expected: str
) -> None:
    file = folder / f"{table}.csv"
    line = spoil(file, key, **cells)
    with pytest.raises(DataError, match=re.escape(f"{file}, line {line}, column {expected}")):
        catalog.load(folder, onto=None)


def test_dates_are_compared_as_far_as_both_go(folder: Path) -> None:
    # An end of October 2016 is not before the 15th of it.
    spoil(folder / "loads.csv", "usareur-2016", start="2016-10-15", end="2016-10")
    assert catalog.load(folder, onto=None).loads["usareur-2016"].start == "2016-10-15"


def test_the_line_is_that_of_the_file_even_after_a_cell_of_several_lines(folder: Path) -> None:
    # The header is line 1; the first row runs over lines 2 to 4, so that the second is on line 5.
    file = folder / "munitions.csv"
    spoil(file, "152mm", note="one\ntwo\nthree")
    spoil(file, "122mm-shell", calibre_mm="x")
    with pytest.raises(DataError, match=r"munitions\.csv, line 5, column calibre_mm: 'x'"):
        catalog.load(folder, onto=None)


def test_a_missing_column_is_named(folder: Path) -> None:
    file = folder / "norms.csv"
    write(file, [line[:-1] for line in read(file)])
    with pytest.raises(
        DataError, match=r"norms\.csv, line 1: missing column 'note'\. The columns of norms are: norm, "
    ):
        catalog.load(folder, onto=None)


def test_an_unknown_column_is_named(folder: Path) -> None:
    file = folder / "norms.csv"
    write(file, [[*line, "x"] for line in read(file)])
    with pytest.raises(DataError, match=r"norms\.csv, line 1: unknown column 'x'"):
        catalog.load(folder, onto=None)


def test_a_duplicated_column_is_named(folder: Path) -> None:
    file = folder / "norms.csv"
    write(file, [[*line, line[-1]] for line in read(file)])
    with pytest.raises(DataError, match=r"norms\.csv, line 1: duplicated column 'note'"):
        catalog.load(folder, onto=None)


def test_a_comma_too_many_is_refused(folder: Path) -> None:
    file = folder / "norms.csv"
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + ", and more\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"norms\.csv, line 2: 10 cells where the header has 9: .* Quote a cell"):
        catalog.load(folder, onto=None)


def test_an_empty_line_is_refused(folder: Path) -> None:
    file = folder / "norms.csv"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"norms\.csv, line 3: 0 cells .* delete an empty line"):
        catalog.load(folder, onto=None)


def test_an_open_quote_is_refused(folder: Path) -> None:
    file = folder / "norms.csv"
    file.write_text(file.read_text(encoding="utf-8") + '"open', encoding="utf-8")
    with pytest.raises(DataError, match=r"norms\.csv, line 3: not readable as CSV .* Mend the quotes"):
        catalog.load(folder, onto=None)


def test_a_header_alone_is_an_empty_table(folder: Path) -> None:
    file = folder / "norms.csv"
    write(file, read(file)[:1])
    with pytest.raises(DataError, match=r"norms\.csv: the table is empty\. Add a row, or remove the file"):
        catalog.load(folder, onto=None)


def test_a_file_without_anything_lacks_its_columns(folder: Path) -> None:
    (folder / "norms.csv").write_text("")
    with pytest.raises(DataError, match=r"norms\.csv, line 1: missing column 'norm', 'what'"):
        catalog.load(folder, onto=None)


def test_another_encoding_is_refused_with_its_line(folder: Path) -> None:
    file = folder / "munitions.csv"
    spoil(file, "122mm-shell", note="café")
    file.write_bytes(file.read_text(encoding="utf-8").encode("latin-1"))
    with pytest.raises(DataError, match=r"munitions\.csv, line 3: b'\\xe9' is not UTF-8\. Save the file as UTF-8"):
        catalog.load(folder, onto=None)


def test_a_table_that_is_a_folder_cannot_be_read(folder: Path) -> None:
    (folder / "norms.csv").unlink()
    (folder / "norms.csv").mkdir()
    with pytest.raises(DataError, match=r"norms\.csv: cannot be read"):
        catalog.load(folder, onto=None)


def test_a_byte_order_mark_and_windows_newlines_change_nothing(folder: Path) -> None:
    # What spreadsheets write: the content is the same, and so is the digest.
    for file in folder.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text, encoding="utf-8-sig", newline="\r\n")
    assert catalog.load(folder, onto=None) == catalog.shipped()


def test_an_unknown_file_name_is_refused(folder: Path) -> None:
    (folder / "munition.csv").write_text("munition\n")
    with pytest.raises(DataError, match=r"no table is called munition\.csv\. The tables are sources\.csv, transports"):
        catalog.load(folder)


def test_a_folder_without_a_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("nothing here")
    with pytest.raises(DataError, match=r"there is no table in this folder\. The tables are sources\.csv"):
        catalog.load(tmp_path)


@pytest.mark.parametrize("wrong", [SHIPPED / "nowhere", SHIPPED / "norms.csv", 7, None])
def test_what_is_not_a_folder_is_refused(wrong: object) -> None:
    with pytest.raises(ArgumentError, match=r"folder=.*: must be a folder that exists"):
        catalog.load(wrong)  # type: ignore[arg-type]


def test_a_catalog_is_laid_over_a_catalog_only(folder: Path) -> None:
    with pytest.raises(ArgumentError, match="onto='other': must be a Catalog, 'shipped' or None"):
        catalog.load(folder, onto="other")  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="catalog='other': must be a Catalog or None"):
        catalog.as_catalog("other")


@pytest.fixture
def lorry(tmp_path: Path) -> catalog.Catalog:
    """The shipped catalog, with a lighter wagon load in place of its own and one norm more."""
    norms = read(SHIPPED / "norms.csv")
    norms[1][3:8] = ["50000", "", "52000", "engineering", "assumed"]
    norms.append(["lorry-load", "a full lorry", "", "", "5000", "", "engineering", "assumed", ""])
    write(tmp_path / "norms.csv", norms)
    (tmp_path / "VERSION").write_text("mine\n")
    return catalog.load(tmp_path)


def test_the_same_key_replaces_a_row_and_a_new_key_adds_one(lorry: catalog.Catalog) -> None:
    assert lorry.norms.names == ("covered-wagon-load", "lorry-load")
    replaced = lorry.norms["covered-wagon-load"]
    assert (replaced.load_kg_low, replaced.load_kg_best, replaced.load_kg_high) == (50_000, None, 52_000)
    assert list(lorry.packages) == list(catalog.packages)
    assert catalog.norms["covered-wagon-load"].load_kg_best == 60_000, "the shipped catalog is as it was"


def test_a_catalog_laid_over_another_says_so(lorry: catalog.Catalog) -> None:
    assert lorry.version == f"{catalog.shipped().version}+mine"
    assert lorry.digest != catalog.shipped().digest
    assert lorry != catalog.shipped()
    assert len({lorry, catalog.shipped()}) == 2, "catalogs can be told apart in a set"


def test_the_digest_knows_what_a_catalog_is_laid_over(tmp_path: Path, lorry: catalog.Catalog) -> None:
    above = tmp_path / "above"
    above.mkdir()
    write(above / "sources.csv", read(SHIPPED / "sources.csv"))
    digests = {catalog.load(above, onto=below).digest for below in (None, catalog.shipped(), lorry)}
    assert len(digests) == 3


def test_references_are_checked_on_the_merged_tables(tmp_path: Path) -> None:
    # Alone, the norm names a transport that is nowhere; over the shipped tables it is there.
    write(tmp_path / "norms.csv", read(SHIPPED / "norms.csv"))
    assert catalog.load(tmp_path).version.endswith("+unversioned")
    with pytest.raises(DataError, match="column transport: 'covered-wagon' is not a key of transports"):
        catalog.load(tmp_path, onto=None)


def test_a_stand_alone_catalog_has_empty_tables(tmp_path: Path) -> None:
    write(tmp_path / "sources.csv", read(SHIPPED / "sources.csv"))
    own = catalog.load(tmp_path, onto=None)
    assert [len(own.table(table)) for table in catalog.TABLES] == [len(catalog.sources), *[0] * 8]
    with pytest.raises(UnknownItemError, match=r"no munition named '152mm' \(0 known\)"):
        own.munitions["152mm"]


def test_a_changed_cell_changes_the_digest(folder: Path) -> None:
    spoil(folder / "norms.csv", "covered-wagon-load", load_kg_best="60001")
    assert catalog.load(folder, onto=None).digest != catalog.shipped().digest


def test_the_digest_is_twelve_hex_digits() -> None:
    assert re.fullmatch("[0-9a-f]{12}", catalog.shipped().digest)


def test_the_shipped_catalog_is_read_once() -> None:
    assert catalog.shipped() is catalog.shipped()


def test_nothing_in_a_catalog_can_be_changed() -> None:
    with pytest.raises(FrozenInstanceError, match="norms"):
        catalog.shipped().norms = catalog.norms  # type: ignore[misc]
    with pytest.raises(TypeError, match="item deletion"):
        del catalog.norms["covered-wagon-load"]  # type: ignore[attr-defined]
    with pytest.raises(FrozenInstanceError, match="payload_kg"):
        catalog.transports["20ft-24t"].payload_kg = 1.0  # type: ignore[misc]


def test_a_catalog_survives_pickle_and_copy() -> None:
    for other in (pickle.loads(pickle.dumps(catalog.shipped())), copy.deepcopy(catalog.shipped())):
        assert other == catalog.shipped()
        for table in catalog.TABLES:
            assert list(other.table(table)) == list(catalog.shipped().table(table))


def test_empty_cells_are_none_and_numbers_are_numbers() -> None:
    truck = catalog.transports["truck-ural"]
    assert (truck.inner_length_m, truck.tare_kg, truck.size_source) == (None, None, None)
    assert isinstance(truck.payload_kg, float)
    claim = catalog.claims["rok-mnd-2024-02-26a"]
    assert (claim.units_low, claim.rounds_high, claim.since) == (6700, None, "2023-07")
    assert (claim.mass_t_low, claim.mass_bound, claim.derived_from) == (None, "none", None)
    cargo = catalog.claims["c4ads-2024-06-22-mass"]
    assert (cargo.kind, cargo.units_low, cargo.mass_t_low, cargo.mass_bound) == ("none", None, 74_000, "floor")
    assert isinstance(cargo.mass_t_low, float)
    assert isinstance(claim.units_low, int)


def test_the_fields_of_a_record_are_the_columns_of_its_table() -> None:
    for table in catalog.TABLES:
        record = next(iter(catalog.shipped().table(table)))
        assert [field.name for field in fields(record)] == read(SHIPPED / f"{table}.csv")[0]


@pytest.mark.parametrize("name", ["152mm", "152 mm", "152 MM", " 152\tMm ", "152-mm"])
def test_case_spaces_and_hyphens_do_not_matter(name: str) -> None:
    assert catalog.munitions[name].munition == "152mm"
    assert catalog.shipped().find(name) is catalog.munitions["152mm"]


@pytest.mark.parametrize(
    ("table", "name", "key"),
    [
        ("transports", "40HC", "40ft-high-cube"),
        ("transports", "40 ft HC", "40ft-high-cube"),
        ("transports", "45G1", "40ft-high-cube"),
        ("transports", "42G1", "40ft"),
        ("transports", "22G1", "20ft-24t"),
        ("transports", "boxcar", "covered-wagon"),
        ("transports", "Covered Wagon", "covered-wagon"),
        ("munitions", "122mm rocket", "122mm-rocket"),
        ("munitions", "Grad", "122mm-rocket"),
        ("munitions", "152 mm shell", "152mm"),
    ],
)
def test_names_as_people_write_them(table: str, name: str, key: str) -> None:
    assert catalog.shipped().table(table)[name] is catalog.shipped().table(table)[key]


def test_every_alias_stands_for_a_row_and_is_the_name_of_no_other() -> None:
    for table, aliases in catalog.ALIASES.items():
        names = catalog.shipped().table(table).names
        assert {key for key, _ in aliases.values()} <= set(names)
        assert all(catalog.shipped().table(table).key_of(alias) == key for alias, (key, _) in aliases.items())


def test_a_code_that_states_no_rating_says_so() -> None:
    assert catalog.transports.resolve("22G1")[1].endswith("does not state the rating; for 30.48 t gross write 20ft-30t")


def test_two_keys_that_are_one_name_stop_the_load(tmp_path: Path) -> None:
    lines = read(SHIPPED / "munitions.csv")
    write(tmp_path / "munitions.csv", [lines[0], ["152-mm", *lines[1][1:]]])
    with pytest.raises(DataError, match=r"line 2, column munition: '152-mm' is the same name as '152mm'"):
        catalog.load(tmp_path)


def test_a_near_miss_names_the_nearest_and_the_command() -> None:
    with pytest.raises(
        UnknownItemError,
        match=r"no munition named '125mm' \(9 known\)\. Did you mean .*'155mm'.* List them with `shellflow catalog mun",
    ):
        catalog.munitions["125mm"]
    with pytest.raises(UnknownItemError, match=r"no transport named '20ft' .*20ft-24t.*`shellflow catalog transports`"):
        catalog.transports["20ft"]
    with pytest.raises(UnknownItemError, match=r"no catalog row named 'nothing-like-it' .*`shellflow catalog`"):
        catalog.shipped().find("nothing-like-it")


def test_an_unknown_table_names_the_tables() -> None:
    with pytest.raises(UnknownItemError, match=r"no table named 'munition' .* Did you mean 'munitions'"):
        catalog.shipped().table("munition")


def test_a_key_of_two_tables_asks_for_the_table() -> None:
    # fm-55-80 is a manual and the planning factor in it.
    with pytest.raises(
        ArgumentError, match=r"name='fm-55-80': .* catalog\.sources\['fm-55-80'\] or catalog\.loads\['fm"
    ):
        catalog.shipped().find("fm-55-80")
    assert catalog.loads["fm-55-80"].use == "reference"


@pytest.mark.parametrize("wrong", [152, None, b"152mm", ["152mm"]])
def test_a_name_that_is_no_text_is_refused(wrong: object) -> None:
    with pytest.raises(ArgumentError, match=r"name=.*: must be a text"):
        catalog.munitions[wrong]  # type: ignore[index]


@pytest.mark.parametrize("name", ["122mm", "122 MM"])
def test_122mm_is_the_rocket_and_says_so(name: str) -> None:
    munition, note = catalog.munitions.resolve(name)
    assert munition.munition == "122mm-rocket"
    assert note == "122mm is read as 122mm-rocket, as the ministry meant it; for shells write 122mm-shell"
    assert catalog.shipped().find(name) is munition
    assert catalog.munitions.resolve("122mm-shell") == (catalog.munitions["122mm-shell"], "")


def test_an_alias_gives_way_to_a_row_of_that_name(tmp_path: Path) -> None:
    lines = read(SHIPPED / "munitions.csv")
    write(tmp_path / "munitions.csv", [lines[0], ["122mm", *lines[2][1:]]])
    own = catalog.load(tmp_path)
    munition, note = own.munitions.resolve("122mm")
    assert (munition.munition, munition.kind, note) == ("122mm", "shell", "")


def test_an_alias_of_another_table_is_unknown() -> None:
    with pytest.raises(UnknownItemError, match="no package named '122mm'"):
        catalog.packages["122mm"]


def test_the_module_has_the_shipped_tables() -> None:
    for table in catalog.TABLES:
        assert getattr(catalog, table) is catalog.shipped().table(table)


def test_a_frame_has_the_columns_and_rows_of_the_table(tmp_path: Path) -> None:
    frame = catalog.claims.to_frame()
    assert list(frame.columns) == read(SHIPPED / "claims.csv")[0]
    assert list(frame["claim"]) == list(catalog.claims.names)
    assert frame["rounds_high"].isna().sum() == sum(claim.rounds_high is None for claim in catalog.claims)
    write(tmp_path / "sources.csv", read(SHIPPED / "sources.csv"))
    empty = catalog.load(tmp_path, onto=None).norms.to_frame()
    assert list(empty.columns) == read(SHIPPED / "norms.csv")[0]
    assert len(empty) == 0


def test_the_name_of_an_input_is_table_row_field() -> None:
    rocket = catalog.munitions["122mm-rocket"]
    box = catalog.transports["20ft-24t"]
    crate = catalog.packages["122mm-rocket-crate"]
    made = [
        catalog.projectile_mass(rocket),
        catalog.payload(box),
        catalog.package_packaging(crate),
        catalog.package_gross(catalog.packages["155mm-pallet"]),
        catalog.norm_load(catalog.norms["covered-wagon-load"]),
        *(catalog.package_size(crate) or ()),
        *(catalog.inner_size(box) or ()),
    ]
    assert [(one.name, one.unit) for one in made if one is not None] == [
        ("munitions.122mm-rocket.projectile_kg", "kg"),
        ("transports.20ft-24t.payload_kg", "kg"),
        ("packages.122mm-rocket-crate.packaging_kg", "kg"),
        ("packages.155mm-pallet.gross_kg", "kg"),
        ("norms.covered-wagon-load.load_kg", "kg"),
        ("packages.122mm-rocket-crate.length_m", "m"),
        ("packages.122mm-rocket-crate.width_m", "m"),
        ("packages.122mm-rocket-crate.height_m", "m"),
        ("transports.20ft-24t.inner_length_m", "m"),
        ("transports.20ft-24t.inner_width_m", "m"),
        ("transports.20ft-24t.inner_height_m", "m"),
    ]


def test_an_input_carries_the_source_and_grade_of_its_field() -> None:
    crate = catalog.packages["152mm-crate"]
    size = catalog.package_size(crate)
    assert size is not None
    length, _, _ = size
    assert (length.source, length.grade) == ("engineering", "assumed")
    load = catalog.norm_load(catalog.norms["covered-wagon-load"])
    assert (load.source, load.grade) == ("united24-2025", "derived")


def test_limits_become_the_distribution_they_state() -> None:
    # Low, best and high of 43.5, 43.56 and 43.6 are a triangle; 0.85 to 1.05 without a best is flat, with its median
    # halfway at 0.95; 280 three times is one number.
    shell = catalog.projectile_mass(catalog.munitions["152mm"])
    assert shell.distribution.support == (43.5, 43.6)
    size = catalog.package_size(catalog.packages["152mm-crate"])
    assert size is not None
    length, _, _ = size
    assert length.distribution.support == (0.85, 1.05)
    assert length.band()[1] == pytest.approx(0.95, rel=1e-12)
    assert catalog.projectile_mass(catalog.munitions["220mm-rocket"]).is_fixed


def test_a_quantity_that_is_not_stated_is_none() -> None:
    crate = catalog.packages["152mm-crate"]
    assert catalog.package_gross(crate) is None
    assert catalog.package_packaging(crate) is None
    assert catalog.package_size(catalog.packages["105mm-pallet"]) is None
    assert catalog.inner_size(catalog.transports["truck-ural"]) is None


def test_the_usual_package_is_the_first_that_is_not_bare() -> None:
    usual = {munition.munition: catalog.crated_package(munition) for munition in catalog.munitions}
    keys = {key: package and package.package for key, package in usual.items()}
    assert keys["152mm"] == "152mm-crate"
    assert keys["122mm-rocket"] == "122mm-rocket-crate"
    assert keys["105mm"] == "105mm-pallet"
    assert keys["130mm"] is None


def test_a_record_made_by_hand_is_checked_when_it_is_used() -> None:
    crate = catalog.packages["152mm-crate"]
    with pytest.raises(DataError, match=r"packages 152mm-crate: length_m has no source or no grade"):
        catalog.package_size(replace(crate, size_source=None))
    with pytest.raises(DataError, match=r"packages 152mm-crate: part of the size is not stated"):
        catalog.package_size(replace(crate, height_m_low=None, height_m_high=None))
    shell = catalog.munitions["152mm"]
    with pytest.raises(DataError, match=r"munitions 152mm: projectile_kg is not stated"):
        catalog.projectile_mass(
            replace(shell, projectile_kg_low=None, projectile_kg_best=None, projectile_kg_high=None)
        )
    with pytest.raises(DataError, match=r"norms covered-wagon-load: load_kg is not stated"):
        catalog.norm_load(
            replace(catalog.norms["covered-wagon-load"], load_kg_low=None, load_kg_best=None, load_kg_high=None)
        )


def test_too_few_loads_are_listed_with_the_way_out(folder: Path) -> None:
    # 106 t over 17 trucks is 6,235 kg; 10 t on one is 10,000 kg.
    for key in ("golden-cargo-crane-2011", "golden-cargo-anniston-2012"):
        spoil(folder / "loads.csv", key, use="reference")
    with pytest.raises(
        NoDataError,
        match=re.escape(
            "2 observed loads of a truck (trucks-2006: 6,235 kg (newsru-2006); jgsdf-2019: 10,000 kg (kyodo-2019)): "
            "a band needs at least 3. State your own with sf.packing("
        ),
    ):
        catalog.observed_load("truck", catalog.load(folder, onto=None))


def test_a_shipment_that_is_part_of_one_in_use_is_not_fitted_again(folder: Path) -> None:
    # The months of one shipper, were they observed rows: each is inside the total, and one of them inside another row.
    whole = {row.load for row in catalog.observed_loads("wagon")}
    for month in ("02", "03"):
        spoil(folder / "loads.csv", f"russia-belarus-2022-{month}", use="observed")
    spoil(folder / "loads.csv", "russia-belarus-2022-03", part_of="russia-belarus-2022-02")
    assert {row.load for row in catalog.observed_loads("wagon", catalog.load(folder, onto=None))} == whole
    # Without the total the larger month stands for itself, and what is inside that does not.
    spoil(folder / "loads.csv", "russia-belarus-2022", use="reference")
    alone = {row.load for row in catalog.observed_loads("wagon", catalog.load(folder, onto=None))}
    assert alone == whole - {"russia-belarus-2022"} | {"russia-belarus-2022-02"}


@pytest.mark.parametrize("cargo", ["mixed", "other"])
def test_what_is_not_declared_ammunition_is_not_fitted(folder: Path, cargo: str) -> None:
    spoil(folder / "loads.csv", "gulf-2002", cargo=cargo)
    fitted = {row.load for row in catalog.observed_loads("container", catalog.load(folder, onto=None))}
    assert fitted == {row.load for row in catalog.observed_loads("container")} - {"gulf-2002"}


@pytest.mark.parametrize(
    "cells",
    [
        {"family": "press"},
        {"basis": "unspecified"},
        {"ratio_bound": "none"},
        {"munition": "122mm-shell"},
        {"transport": "40ft"},
    ],
)
def test_too_few_statements_are_listed_with_the_way_out(folder: Path, cells: dict[str, str]) -> None:
    # Without the one of December 2023 the rocket is left with 200,000 / 2,000 = 100 and 500,000 / 6,700 = 75.
    spoil(folder / "claims.csv", "rok-mnd-2023-12-29b", **cells)
    rocket, box = catalog.munitions["122mm-rocket"], catalog.transports["20ft-24t"]
    with pytest.raises(
        NoDataError,
        match=re.escape(
            "2 statements of the ROK defence ministry on 122mm-rocket in 20ft-24t (rok-jcs-2023-11-02b: 100; "
            "rok-mnd-2024-02-26b: 75): a band needs at least 3. State your own with sf.packing("
        ),
    ):
        catalog.reported_ratio(rocket, box, catalog.load(folder, onto=None))
    with pytest.raises(
        NoDataError, match=r"0 statements of the ROK defence ministry on 122mm-rocket in 40ft: a band needs"
    ):
        catalog.reported_ratio(rocket, catalog.transports["40ft"])


def test_an_unknown_kind_of_transport_is_refused() -> None:
    for ask in (catalog.observed_loads, catalog.observed_load):
        with pytest.raises(ArgumentError, match="kind='barge': must be one of container, wagon, truck"):
            ask("barge")


def test_the_grade_of_observed_loads_is_that_of_the_weakest_row(folder: Path) -> None:
    assert catalog.observed_load("container").grade == "derived"
    spoil(folder / "loads.csv", "sfor-2002", grade="assumed")
    assert catalog.observed_load("container", catalog.load(folder, onto=None)).grade == "assumed"


def test_a_range_on_either_side_makes_a_range_of_the_ratio(folder: Path) -> None:
    # 4.0 to 4.8 million rounds in 10,000 to 12,000 boxes: 4.0M / 12,000 = 333 to 4.8M / 10,000 = 480, and the log
    # midpoint of the row is 400, which takes the place of 480 in the median of the six.
    shell, box = catalog.munitions["152mm"], catalog.transports["20ft-24t"]
    spoil(
        folder / "claims.csv",
        "rok-mnd-2024-06-14",
        units_high="12000",
        units_bound="range",
        rounds_low="4000000",
        rounds_bound="range",
        ratio_bound="range",
    )
    median = catalog.reported_ratio(shell, box, catalog.load(folder, onto=None)).band()[1]
    midpoints = [500, 400, 3e6 / 6700, (333.3333333333333 * 480) ** 0.5, 5.2e6 / 11_000, 470]
    product = 1.0
    for midpoint in midpoints:
        product *= midpoint
    assert median == pytest.approx(product ** (1 / 6), rel=1e-6)


@pytest.mark.parametrize("name", [None, 5, [], float("nan"), b"152mm"])
def test_what_is_no_text_is_no_name_of_a_row(name: object) -> None:
    assert catalog.shipped().munitions.key_of(name) is None


def test_in_a_notebook_a_table_shows_its_rows_with_empty_cells_for_what_is_missing() -> None:
    for name in ("voyages", "firing_rates", "transports"):
        table = getattr(catalog, name)
        shown = table._repr_html_()
        assert shown.count("<tr") == len(table) + 1
        assert all(f">{key}</td>" in shown for key in table.names)
        assert not any(f">{missing}</td>" in shown for missing in ("nan", "NaN", "None"))
