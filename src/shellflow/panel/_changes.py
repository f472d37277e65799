"""What becomes of the state of a panel when one of its controls is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from shellflow import packings
from shellflow.packings import Mix
from shellflow.panel._state import State, choices_of, two_parts

__all__ = ["CHANGES", "half_load", "round_number", "step_of"]

_KG_IN_A_TONNE = 1000
_FEWEST_STEPS = 100  # of a slider of counts
_HALF = 0.5
_SPREAD = 0.1  # of a count, to each side, where it is first made a range


def _munition(state: State, munition: str | Mix) -> State:
    _, partner, share = two_parts(state.munition) or ("", "", None)
    return replace(state, munition=_joined(munition, partner, share))


def _partner(state: State, partner: str) -> State:
    first, _, share = two_parts(state.munition) or ("", "", None)
    return replace(state, munition=_joined(first, partner, share))


def _part(state: State, share: float | None) -> State:
    first, partner, _ = two_parts(state.munition) or ("", "", None)
    return replace(state, munition=_joined(first, partner, share))


def _joined(first: str | Mix, partner: str, share: float | None) -> str | Mix:
    """Return a munition, mixed with another unless that is "" or the same, in shares that are known or not."""
    if isinstance(first, Mix) or partner in ("", first):
        return first
    if share is None:
        return packings.mix(first, partner)
    return packings.mix({first: share, partner: round(1 - share, 12)})


def _low(state: State, low: int) -> State:
    return replace(state, low=low, high=max(low, state.high) if state.low < state.high else low)


def _high(state: State, high: int) -> State:
    return replace(state, low=min(state.low, high), high=high)


def _ranged(state: State, ranged: bool) -> State:
    step = step_of(state)
    if not ranged:
        middle = max(step, step * round((state.low + state.high) / 2 / step))
        return replace(state, low=middle, high=middle)
    spread = max(step, step * round(_SPREAD * state.low / step))
    return replace(state, low=max(1, state.low - spread), high=state.high + spread)


def _loaded(state: State, loaded: bool) -> State:
    return replace(state, load_kg=half_load(choices_of(state).most_load_kg) if loaded else None)


CHANGES: Mapping[str, Callable[[State, Any], State]] = {
    "munition": _munition,
    "partner": _partner,
    "shares known": lambda state, known: _part(state, _HALF if known else None),
    "part": lambda state, percent: _part(state, round(percent / 100, 12)),
    "low": _low,
    "high": _high,
    "ends": lambda state, ends: replace(state, low=ends[0], high=ends[1]),
    "ranged": _ranged,
    "transport": lambda state, transport: replace(state, transport=transport),
    "packing": lambda state, packing: replace(state, packing=packing),
    "loaded": _loaded,
    "load": lambda state, tonnes: replace(state, load_kg=round(tonnes * _KG_IN_A_TONNE)),
    "charge": lambda state, charge: replace(state, charge=charge),
    "share": lambda state, percent: replace(state, munition_share=round(percent / 100, 12)),
}
"""By the name of a control: from a state and what the control is set to, the state after it."""


def half_load(most_load_kg: int) -> int:
    """Return half of the most that can be loaded, in steps of half a tonne [kg]."""
    return 500 * max(1, round(most_load_kg / 2 / 500))


def step_of(state: State) -> int:
    """Return the largest power of ten that both ends of the count are multiples of, small beside them."""
    step = 1
    while state.high >= 10 * step * _FEWEST_STEPS / 2 and state.low % (10 * step) == state.high % (10 * step) == 0:
        step *= 10
    return step


def round_number(least: float) -> int:
    """Return the smallest of 10, 20, 50, 100, ... that is no less."""
    power = 10
    while 10 * power <= least:
        power *= 10
    return next(size * power for size in (1, 2, 5, 10) if size * power >= least)
