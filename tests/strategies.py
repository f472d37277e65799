"""What the laws are tried on: few draws, everything that can be an input, and every physical packing there is."""

from __future__ import annotations

import math
from typing import Any, Literal

from hypothesis import assume
from hypothesis import strategies as st

from shellflow import catalog, inputs, packings, sampling, testing
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.inputs import Input
from shellflow.packings import Physical

__all__ = [
    "CONTENTS",
    "PHYSICAL",
    "any_inputs",
    "counts",
    "exact_sizes",
    "few_draws",
    "own_packings",
    "physical_packings",
    "shipped_packings",
]

CONTENTS = ("152mm", "122mm-rocket", "122mm-shell")
"""Munitions that have a crate, so that they can be packed in every way but by report."""

PHYSICAL = ("ceiling", "crated", "as-loaded")

few_draws = st.builds(sampling.Settings, n=st.sampled_from([64, 128, 256]), seed=st.integers(0, 1000))
counts = st.integers(1, 20_000)


@st.composite
def any_inputs(draw: st.DrawFn, least: float, most: float, unit: str = "", *, name: str = "alpha") -> Input:
    """Inputs of every kind whose median, and but for tails every value, lies within two positive limits."""
    if draw(st.booleans()):
        return draw(testing.distributions(least, most, unit, name=name))
    values = st.floats(least, most).map(lambda value: float(f"{value:.6g}"))
    low, best, high = sorted(draw(st.tuples(values, values, values)))
    assume(low < high)
    if draw(st.booleans()):
        return inputs.lognormal(low, high, unit, level=draw(st.sampled_from([0.5, 0.9, 0.99])), name=name)
    return inputs.from_observations([low, best, (low, high)], unit, name=name)


@st.composite
def shipped_packings(draw: st.DrawFn) -> Physical:
    """A shipped physical packing of any munition in any transport that the data allow."""
    munition = draw(st.sampled_from(list(catalog.munitions)))
    transport = draw(st.sampled_from(list(catalog.transports)))
    try:
        found = packings.shipped(draw(st.sampled_from(PHYSICAL)), munition, transport)
    except NoDataError:
        assume(False)
        raise
    assert isinstance(found, Physical)
    return found


def _about(value: float, unit: str, name: str, spread: float) -> Input:
    if spread == 0.0:
        return inputs.fixed(value, unit)
    return inputs.uniform(value, value * (1 + spread), unit, name=f"test {name}")


@st.composite
def own_packings(draw: st.DrawFn, *, exact: bool | None = None) -> Physical:
    """A packing of one's own: upright or free, any load, fill, clearance and layers; sizes exact or uncertain."""
    munition = draw(testing.munitions())
    transport = draw(testing.transports())
    spread = 0.0 if exact else draw(st.sampled_from([0.0, 0.1] if exact is None else [0.1]))
    orientation: Literal["upright", "free"] = draw(st.sampled_from(["upright", "free"]))
    drawn = draw(st.tuples(*(st.integers(low, high) for low, high in ((50, 150), (30, 90), (20, 90)))))
    heaviest_kg = catalog.projectile_mass(munition).distribution.support[1]
    length_m, calibre_m, round_m3 = packings.room_of_round(munition, heaviest_kg)
    # A package holds its rounds: a drawn side that is too short is made just long enough.
    needed = (math.ceil(length_m * 1000) / 1000, calibre_m, calibre_m)
    sides = [max(side / 100, least) for side, least in zip(drawn, needed, strict=True)]
    chosen: dict[str, Any] = {
        "rounds": max(1, min(draw(st.integers(1, 24)), int(math.prod(sides) / round_m3))),
        "size": tuple(
            _about(side, "m", name, spread) for name, side in zip(("length", "width", "height"), sides, strict=True)
        ),
        "load": draw(st.sampled_from(["full", "5 t", inputs.uniform("4 t", "30 t", name="test load")])),
        "fill": draw(st.sampled_from([None, 0.7, inputs.uniform(0.5, 1.0, name="test fill")])),
        "clearance": draw(st.sampled_from([None, "0 m", "10 mm"])) if not exact else "0 m",
        "layers": draw(st.sampled_from([None, 1, 3])) if orientation == "upright" else None,
    }
    contents_kg = chosen["rounds"] * catalog.projectile_mass(munition).distribution.support[1]
    weight = _about(draw(st.integers(1, 200)), "kg", "packaging", spread)
    if draw(st.booleans()):
        chosen["packaging"] = weight
    else:
        empty_kg = weight.distribution.support[0]
        chosen["gross"] = _about(float(f"{contents_kg + empty_kg:.6g}") + 1.0, "kg", "gross", spread)
    with sampling.settings(n=64):
        try:
            made = packings.packing(munition, transport=transport, orientation=orientation, **chosen)
        except DoesNotFitError:
            assume(False)
            raise
    assert isinstance(made, Physical)
    return made


physical_packings = st.one_of(shipped_packings(), own_packings())


@st.composite
def exact_sizes(draw: st.DrawFn) -> dict[str, float]:
    """A room, a box and their masses, all exact: what the laws of more and less compare."""
    sides = {"length": (0.6, 1.5), "width": (0.3, 0.9), "height": (0.2, 0.9)}
    room = {"inner_length_m": (4.0, 12.0), "inner_width_m": (2.0, 2.8), "inner_height_m": (2.0, 2.8)}
    drawn = {name: draw(st.integers(round(low * 100), round(high * 100))) / 100 for name, (low, high) in sides.items()}
    drawn |= {name: draw(st.integers(round(low * 100), round(high * 100))) / 100 for name, (low, high) in room.items()}
    return drawn | {"gross_kg": float(draw(st.integers(50, 400))), "payload_kg": float(draw(st.integers(2000, 30000)))}
