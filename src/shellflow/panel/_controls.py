"""The controls of a panel, made of ipywidgets, and how they are set to a state."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shellflow.errors import printable
from shellflow.packings import DESCRIPTIONS, Mix
from shellflow.panel._changes import half_load, round_number, step_of
from shellflow.panel._state import State, choices_of, kind_of, two_parts

__all__ = ["ROWS", "make_controls", "moved_to", "set_controls"]

_KG_IN_A_TONNE = 1000
_LABEL = "9.5em"  # width of the labels
_MOST_COUNT = 100_000_000
_ROOM = 2.5  # the least that a slider of counts goes to, in counts that it starts from
_CHARGE_TEXTS = {"unknown": "not known", "with": "in the package", "without": "not in the package"}

# A slider stands beside a field for the same number, which has a label and takes what is typed.
ROWS = (
    ("munition",),
    ("partner",),
    ("shares known",),
    ("part", "part slider"),
    ("low", "low slider", "ends slider"),
    ("high",),
    ("ranged",),
    ("transport",),
    ("packing",),
    ("loaded",),
    ("load", "load slider"),
    ("charge",),
    ("share", "share slider"),
)
"""The names of the controls, from top to bottom; without "slider" the names of what they change."""


def make_controls(state: State, widgets: Any) -> dict[str, Any]:
    """Return every control by its name, the counts of its sliders made for a state."""
    style = {"description_width": _LABEL}
    wide: dict[str, Any] = {"layout": {"flex": "1 1 0", "min_width": "0"}, "style": style}
    aside: dict[str, Any] = {
        "layout": {"width": "auto", "margin": f"2px 2px 2px calc({_LABEL} + 8px)"},
        "indent": False,
    }
    field: dict[str, Any] = {"layout": {"width": f"calc({_LABEL} + 7.5em)"}, "style": style}
    # With room at both ends for the handle.
    slider: dict[str, Any] = {"layout": {"flex": "1 1 6em", "min_width": "0", "margin": "2px 14px"}, "readout": False}
    count = {"min": 1, "max": _MOST_COUNT}
    counts = {"min": step_of(state), "max": round_number(_ROOM * state.high), "step": step_of(state)}
    percent = {"min": 0.0, "max": 100.0, "step": 1.0}
    tonnes = {"min": 0.1, "max": 100.0, "step": 0.1}
    return {
        "munition": widgets.Dropdown(description="munition", **wide),
        "partner": widgets.Dropdown(description="mixed with", **wide),
        "shares known": widgets.Checkbox(description="the shares are known", **aside),
        "part": widgets.BoundedFloatText(**percent, **field),
        "part slider": widgets.FloatSlider(**percent, **slider),
        "low": widgets.BoundedIntText(**count, **field),
        "low slider": widgets.IntSlider(**counts, **slider),
        "ends slider": widgets.IntRangeSlider(**counts, **slider),
        "high": widgets.BoundedIntText(description="to", **count, **field),
        "ranged": widgets.Checkbox(description="a range", **aside),
        "transport": widgets.Dropdown(description="transport", **wide),
        "packing": widgets.Dropdown(description="packing", **wide),
        "loaded": widgets.Checkbox(description="a load of my own", **aside),
        "load": widgets.BoundedFloatText(description="load, t", **tonnes, **field),
        "load slider": widgets.FloatSlider(**tonnes, **slider),
        "charge": widgets.Dropdown(description="propelling charge", **wide),
        "share": widgets.BoundedFloatText(description="munition share, %", **percent, **field),
        "share slider": widgets.FloatSlider(**percent, **slider),
    }


def set_controls(controls: Mapping[str, Any], state: State, mix: Mix | None) -> None:
    """Set every control to a state; a mix of more than two is offered among the munitions."""
    choices, catalog = choices_of(state), state.catalog
    first, partner, share = two_parts(state.munition) or (state.munition, "", None)
    munitions: list[tuple[str, Any]] = [(f"{row.munition}: {row.name}", row.munition) for row in catalog.munitions]
    _set_menu(controls["munition"], [(mix.label, mix), *munitions] if mix else munitions, first)
    _set_menu(controls["partner"], [("nothing else", ""), *((name, name) for name in choices.partners)], partner)
    _show_if(bool(choices.partners), controls["partner"])
    controls["shares known"].value = share is not None
    _show_if(partner != "", controls["shares known"])
    _set_numbers(100 * (0.5 if share is None else share), controls["part"], controls["part slider"])
    controls["part"].description = printable(f"{first}, %")
    _show_if(share is not None, controls["part"], controls["part slider"])

    is_range = state.low < state.high
    counted = f"{kind_of(state)}s"
    controls["ranged"].value = is_range
    for name in ("low slider", "ends slider"):
        if controls[name].max < state.high:
            controls[name].max = round_number(_ROOM * state.high)
    _set_numbers(state.low, controls["low"], controls["low slider"])
    _set_numbers(state.high, controls["high"])
    controls["ends slider"].value = (state.low, state.high)
    controls["low"].description = f"{counted}, from" if is_range else counted
    _show_if(not is_range, controls["low slider"])
    _show_if(is_range, controls["high"], controls["ends slider"])

    boxes = [(f"{name}: {catalog.transports[name].name}", name) for name in choices.transports]
    _set_menu(controls["transport"], boxes, state.transport)
    _show_if(bool(boxes), controls["transport"])
    _set_menu(controls["packing"], [(_packing_text(name, state), name) for name in choices.packings], state.packing)
    most = choices.most_load_kg
    load = half_load(most) if state.load_kg is None else state.load_kg
    controls["loaded"].value = state.load_kg is not None
    _show_if(most > 0, controls["loaded"])
    for name in ("load", "load slider"):
        controls[name].max = max(most, load) / _KG_IN_A_TONNE
    _set_numbers(load / _KG_IN_A_TONNE, controls["load"], controls["load slider"])
    _show_if(most > 0 and state.load_kg is not None, controls["load"], controls["load slider"])
    _set_menu(controls["charge"], [(_CHARGE_TEXTS[name], name) for name in choices.charges], state.charge)
    _show_if(bool(choices.charges), controls["charge"])
    _set_numbers(100 * state.munition_share, controls["share"], controls["share slider"])


def moved_to(controls: Mapping[str, Any], name: str, value: Any) -> Any:
    """Return what a control was set to by hand; None where a slider only rounds what it was set to itself."""
    if not name.endswith("slider"):
        return value
    half = controls[name].step / 2
    if name != "ends slider":
        present = controls[name.removesuffix(" slider")].value
        return None if abs(value - present) < half else value
    ends = (controls["low"].value, controls["high"].value)
    kept = tuple(end if abs(new - end) < half else new for end, new in zip(ends, value, strict=True))
    return None if kept == ends else kept


def _packing_text(packing: str, state: State) -> str:
    basis = "contents" if state.unit == "tonne" else DESCRIPTIONS[packing]["basis"]
    return f"{packing} ({basis})"


def _set_menu(menu: Any, options: list[tuple[str, Any]], value: Any) -> None:
    shown = tuple((printable(text), choice) for text, choice in options)
    if menu.options != shown:
        menu.options = shown
    if shown and menu.value != value:
        menu.value = value


def _set_numbers(value: float, *controls: Any) -> None:
    for control in controls:
        control.value = round(value, 10)


def _show_if(shown: bool, *controls: Any) -> None:
    for control in controls:
        control.layout.display = None if shown else "none"
