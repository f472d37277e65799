"""Masses as statements give them: which end is open, in which unit, and what is refused."""

from __future__ import annotations

import pytest

from shellflow import units
from shellflow.errors import ArgumentError, BoundError, ShellflowError, UnitError
from shellflow.inputs import read_mass


@pytest.mark.parametrize(
    ("text", "low", "high", "bound"),
    [
        ("74,000 t", 74_000, 74_000, "point"),
        ("about 74k tonnes", 74_000, 74_000, "point"),
        ("at least 74,000 t", 74_000, None, "floor"),
        ("74,000+ t", 74_000, None, "floor"),
        ("74,000 t or more", 74_000, None, "floor"),
        ("up to 80 kilotonnes", None, 80_000, "ceiling"),
        ("70,000-78,000 t", 70_000, 78_000, "range"),
        ("70,000 t to 78,000 t", 70_000, 78_000, "range"),
        ("between 70,000 and 78,000 tonnes", 70_000, 78_000, "range"),
        ("1,000 short tons", 907.18474, 907.18474, "point"),
        ("1,000 long_tons", 1016.0469088, 1016.0469088, "point"),
        ("1,600 kg", 1.6, 1.6, "point"),
    ],
)
def test_a_mass_keeps_its_bound_and_comes_in_tonnes(
    text: str, low: float | None, high: float | None, bound: str
) -> None:
    mass = read_mass(text, "value")
    assert [mass.low, mass.high] == [pytest.approx(low), pytest.approx(high)]
    assert (mass.bound, mass.noun) == (bound, None)


def test_a_pair_is_a_range_and_a_quantity_a_point() -> None:
    pair = read_mass(("70,000 t", "78,000 t"), "value")
    assert (pair.low, pair.high, pair.bound) == (70_000, 78_000, "range")
    assert read_mass(units.quantity(5e6, "kg"), "value").low == pytest.approx(5_000)


@pytest.mark.parametrize(
    ("value", "error", "match"),
    [
        ("74,000", UnitError, "a mass with its unit, such as '74,000 t'"),
        (74_000, UnitError, "has no unit"),
        ("74,000 tons", UnitError, "short ton of 907 kg. Write t or tonne"),
        ("at least 74kt", UnitError, "Write kilotonne"),
        ("3M rounds", UnitError, "a mass with its unit"),
        ("3 m", UnitError, "a mass with its unit"),
        ("74,000 t and 3 kg", UnitError, "in one unit, not in 't' and 'kg'"),
        ("5 t containers", UnitError, "is in containers and in t"),
        ("-5 t", ArgumentError, "zero or more"),
        ("0 t", ArgumentError, "above 0 and finite"),
        ("more than up to 5 t", BoundError, "only one of them"),
        (("78 t", "70 t"), ArgumentError, "Swap the two"),
        (("70 t",), ArgumentError, "a pair of them"),
        (("70 t", "78 m"), UnitError, r"value\[1\]"),
        ("t " * 500, ArgumentError, "a mass with its unit"),
    ],
)
def test_what_is_no_mass_is_refused_with_what_to_write(value: object, error: type[ShellflowError], match: str) -> None:
    with pytest.raises(error, match=match):
        read_mass(value, "value")
