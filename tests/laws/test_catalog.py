"""Laws of the catalog."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellflow import catalog
from shellflow.errors import DataError, UnknownItemError

KEYS = [(table, key) for table in catalog.TABLES for key in catalog.shipped().table(table).names]
HEADER = ["norm", "what", "transport", "load_kg_low", "load_kg_best", "load_kg_high", "source", "grade", "note"]
MASSES = st.floats(min_value=1e-3, max_value=1e9)


def load_norms(*rows: list[str]) -> catalog.Catalog:
    """Load norms written by hand over the shipped catalog."""
    text = io.StringIO()
    csv.writer(text).writerows([HEADER, *rows])
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "norms.csv").write_text(text.getvalue(), encoding="utf-8")
        return catalog.load(folder)


def norm(key: str, low: float, high: float, best: float | None = None, note: str = "") -> list[str]:
    middle = "" if best is None else repr(best)
    return [key, "a norm", "", repr(low), middle, repr(high), "engineering", "assumed", note]


@given(st.sampled_from(KEYS), st.randoms(use_true_random=False))
def test_case_spaces_and_hyphens_do_not_matter_in_names(pair: tuple[str, str], chance: random.Random) -> None:
    name, key = pair
    table = catalog.shipped().table(name)
    spelling = "".join(chance.choice([letter.upper(), letter.lower(), f" {letter}", f"{letter}-"]) for letter in key)
    assert table[spelling] is table[key]


@given(st.text(max_size=12))
def test_a_name_is_a_key_or_an_error_and_never_a_guess(name: str) -> None:
    if catalog.munitions.key_of(name) is not None:
        return
    with pytest.raises(UnknownItemError, match="List them with `shellflow catalog munitions`"):
        catalog.munitions[name]


@given(MASSES, MASSES)
def test_a_number_read_is_the_number_written(first: float, second: float) -> None:
    low, high = sorted((first, second))
    found = load_norms(norm("own", low, high)).norms["own"]
    assert (found.load_kg_low, found.load_kg_best, found.load_kg_high) == (low, None, high)


@given(MASSES, MASSES, MASSES)
def test_best_is_never_outside_its_limits(first: float, second: float, best: float) -> None:
    low, high = sorted((first, second))
    row = norm("own", low, high, best)
    if low <= best <= high:
        made = catalog.norm_load(load_norms(row).norms["own"])
        assert made.distribution.support == (low, high)
    else:
        with pytest.raises(DataError, match=r"line 2, column load_kg_best: .* is outside"):
            load_norms(row)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0"), max_size=30))
def test_any_note_is_read_as_written_but_for_space_around_it(note: str) -> None:
    found = load_norms(norm("own", 1.0, 2.0, note=note)).norms["own"]
    assert found.note == (note.strip() or None)


@given(st.permutations(["a", "b", "c"]))
def test_the_order_of_rows_changes_no_record_but_the_digest(order: list[str]) -> None:
    plain, shuffled = (load_norms(*(norm(key, 1.0, 2.0) for key in keys)) for keys in (["a", "b", "c"], order))
    assert {record.norm: record for record in plain.norms} == {record.norm: record for record in shuffled.norms}
    assert (plain.digest == shuffled.digest) is (order == ["a", "b", "c"])


@given(
    st.sampled_from(["nan", "NaN", "inf", "-inf", "-1", "0", "-0.0", "1e400", "1_0", "0x10", "1,5", "٣", "ten", "1 t"])
)
def test_what_is_not_a_positive_number_is_never_read(cell: str) -> None:
    row = norm("own", 1.0, 2.0)
    row[3] = cell
    with pytest.raises(DataError, match=r"norms\.csv, line 2, column load_kg_low: .* is not (a finite number|above 0)"):
        load_norms(row)


@given(st.sampled_from(list(catalog.transports)), st.sampled_from(list(catalog.munitions)))
def test_making_an_input_twice_makes_the_same_unknown(transport: catalog.Transport, munition: catalog.Munition) -> None:
    assert catalog.payload(transport) == catalog.payload(transport)
    assert catalog.projectile_mass(munition) == catalog.projectile_mass(munition)


def test_every_input_of_the_shipped_tables_has_a_name_of_its_own() -> None:
    made = [
        *(catalog.payload(transport) for transport in catalog.transports),
        *(side for transport in catalog.transports for side in catalog.inner_size(transport) or ()),
        *(catalog.projectile_mass(munition) for munition in catalog.munitions),
        *(catalog.norm_load(norm) for norm in catalog.norms),
        *(side for package in catalog.packages for side in catalog.package_size(package) or ()),
        *(catalog.package_gross(package) for package in catalog.packages),
        *(catalog.package_packaging(package) for package in catalog.packages),
        catalog.observed_load("container"),
        catalog.observed_load("wagon"),
    ]
    names = [one.name for one in made if one is not None]
    assert len(names) == len(set(names))
    assert all(name.startswith(tuple(f"{table}." for table in catalog.TABLES)) for name in names)
