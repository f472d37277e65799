"""What holds for every value with a unit."""

from __future__ import annotations

import math

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shellflow import units
from shellflow.errors import ShellflowError, UnitError

FOREIGN = units.setup_registry(pint.UnitRegistry())
SIZES = st.floats(1e-6, 1e9)
COUNTED = ("round", "package", "container", "wagon", "truck", "voyage")
# Exact by definition: the pound and the foot of 1959.
SAME = [("kg", "lb", 0.45359237), ("kg", "t", 1000.0), ("m", "ft", 0.3048), ("m", "cm", 0.01), ("round", "rounds", 1.0)]
UNITS = st.sampled_from(["kg", "lb", "t", "m", "ft", "mm", "round", "container", "rounds/day", "kg/m**3", ""])


@given(SIZES, st.sampled_from(SAME))
def test_two_units_of_one_dimension_agree(size: float, same: tuple[str, str, float]) -> None:
    kept, other, factor = same
    assert units.magnitude(f"{size!r} {other}", kept, "x") == pytest.approx(size * factor, rel=1e-12)


@given(SIZES, UNITS)
def test_text_quantity_and_foreign_quantity_agree(size: float, unit: str) -> None:
    # With an exponent, since three decimals of a count may be thousands.
    texts = units.canonical(f"{size:.17e} {unit}", None, "x")
    assert texts == units.canonical(units.quantity(size, unit), None, "x")
    assert texts == units.canonical(FOREIGN.Quantity(size, unit), None, "x")
    assert texts == units.canonical(size, unit, "x")


@given(SIZES, UNITS)
def test_the_canonical_unit_is_its_own_canonical_unit(size: float, unit: str) -> None:
    value, kept = units.canonical(size, unit, "x")
    assert units.canonical(value, kept, "x") == (value, kept)
    assert units.canonical(units.quantity(value, kept), None, "x") == (value, kept)


@given(SIZES, st.sampled_from(COUNTED), st.sampled_from([*COUNTED, "kg", "m", ""]))
def test_a_count_of_one_thing_is_never_a_count_of_another(size: float, one: str, other: str) -> None:
    if one == other:
        assert units.magnitude(units.quantity(size, one), other, "x") == size
    else:
        with pytest.raises(UnitError, match="expected"):
            units.magnitude(units.quantity(size, one), other, "x")


@given(st.dictionaries(st.sampled_from("abcdefgh"), st.booleans(), min_size=1))
def test_one_error_names_every_bad_argument_and_no_good_one(good: dict[str, bool]) -> None:
    values = {f"arg_{name}": (units.quantity(1.0, "kg" if fits else "m"), "kg") for name, fits in good.items()}
    if all(good.values()):
        assert units.magnitudes(values) == dict.fromkeys(values, 1.0)
        return
    with pytest.raises(UnitError, match=r"expected \[mass\]") as refusal:
        units.magnitudes(values)
    assert {name for name in good if f"arg_{name}=" in str(refusal.value)} == {name for name in good if not good[name]}


@given(st.text(max_size=10) | st.from_regex(r"[0-9]{1,4}[.,' ]?[0-9]{0,4} ?[a-zA-Z/*%]{0,6}", fullmatch=True))
def test_any_text_is_either_read_as_a_finite_number_or_refused(text: str) -> None:
    try:
        value, _ = units.canonical(text, None, "payload")
    except ShellflowError as refusal:
        assert "payload=" in str(refusal)  # noqa: PT017 - either way out is right
    else:
        assert math.isfinite(value)
