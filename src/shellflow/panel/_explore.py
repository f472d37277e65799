"""Controls of ipywidgets around a state, and the answer beside them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from shellflow import display, packings
from shellflow.catalog import Catalog
from shellflow.errors import ExtraError, NoDataError, ShellflowError, printable
from shellflow.estimates import Estimate
from shellflow.packings import DESCRIPTIONS, Mix
from shellflow.panel._asked import state_of
from shellflow.panel._state import State, choices_of, code_of, estimate_of, kind_of, two_parts

__all__ = ["Panel", "explore"]

_INSTALL = 'Install it: pip install "shellflow[notebook]"'
_KG_IN_A_TONNE = 1000
_FEWEST_STEPS = 100  # of the slider of counts
_ROOM = 2.5  # the least that this slider goes to, in counts that it starts from
_CHARGES = {"unknown": "not known", "with": "in the package", "without": "not in the package"}


def explore(
    count: object = 6_700,
    munition: str | Mix = "152mm",
    *,
    packing: str | None = None,
    transport: str | None = None,
    munition_share: object = 1,
    charge: str | None = None,
    load: object = None,
    catalog: Catalog | None = None,
) -> Panel:
    """Show sliders and menus for an estimate in Jupyter, the answer beside them, and the Python that makes it again.

    Where the data do not allow what is set, a sentence says what is missing. Needs ipywidgets:
    `pip install "shellflow[notebook]"`.

    Parameters
    ----------
    count : number, str or pint quantity
        How many transports or voyages, or a range of them; or a mass of cargo, such as "74,000 t" [transport, voyage or
        mass].
    munition : str or Mix
        Its name, or several [unitless].
    packing : str, optional
        "reported", "ceiling", "crated" or "as-loaded"; "reported" when left out, "crated" of a mass or with `load`
        [unitless].
    transport : str, optional
        As for `estimate` [unitless].
    munition_share : number
        As for `estimate`, a single number [unitless].
    charge : "with", "without" or "unknown", optional
        As for `estimate` [unitless].
    load : str or pint quantity, optional
        What each transport is loaded to, of one munition and crated; full payload when left out [kg].
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out. The line of Python calls it `catalog`.

    Returns
    -------
    Panel
        Shown as the last line of a cell. Its `estimate`, `code` and `state` are those of what is set.

    Raises
    ------
    ExtraError
        If ipywidgets is not installed.
    ShellflowError
        As `estimate` does, but for missing data, which the panel shows.
    ArgumentError
        If a value is none that a slider or a menu can be set to.

    Examples
    --------
    >>> panel = explore("6,000-7,000 containers", "152mm", packing="crated", charge="with")  # doctest: +SKIP
    >>> panel.code  # doctest: +SKIP
    'sf.estimate("6,000-7,000 containers", "152mm", packing="crated", charge="with")'
    """
    widgets = _ipywidgets()
    return Panel(
        state_of(
            count,
            munition,
            packing=packing,
            transport=transport,
            munition_share=munition_share,
            charge=charge,
            load=load,
            catalog=catalog,
        ),
        widgets,
    )


def _ipywidgets() -> Any:
    try:
        import ipywidgets  # type: ignore[import-untyped]  # it has no types
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "ipywidgets":
            raise
        raise ExtraError(f"a panel needs ipywidgets, which is not installed. {_INSTALL}") from error
    return ipywidgets


class Panel:
    """Controls, and the estimate that they ask for; made by `explore`.

    Parameters
    ----------
    state : State
        What the controls are set to at first.
    widgets : module
        That of ipywidgets.
    """

    def __init__(self, state: State, widgets: Any) -> None:
        self._state = state
        self._setting = False
        self._known_mix = state.munition if two_parts(state.munition) is None else None
        self._controls = _controls(state, widgets)
        for name, change in self._changes().items():
            self._controls[name].observe(self._handler(change), "value")
        self._answer = widgets.HTML(layout={"width": "auto"})
        self._line = widgets.Textarea(
            description="Python", rows=3, layout={"width": "auto"}, style={"description_width": "4.5em"}
        )
        left = widgets.VBox([*self._controls.values()], layout={"flex": "1 1 22em", "max_width": "30em"})
        right = widgets.VBox([self._answer, self._line], layout={"flex": "2 1 26em", "min_width": "0"})
        self._box = widgets.HBox([left, right], layout={"flex_flow": "row wrap", "align_items": "flex-start"})
        self._show()

    @property
    def state(self) -> State:
        """What the controls are set to."""
        return self._state

    @property
    def estimate(self) -> Estimate:
        """The estimate that is shown; where there is none, the error that says what is missing."""
        return estimate_of(self._state)

    @property
    def code(self) -> str:
        """The line of Python that makes it again."""
        return code_of(self._state)

    def __repr__(self) -> str:
        return f"<Panel of {self.code}>"

    def _repr_mimebundle_(self, **options: object) -> dict[str, object]:
        """Return the controls, and for a page on which these cannot run the answer alone."""
        bundle = dict(self._box._repr_mimebundle_(**options) or {})
        return bundle | {"text/html": self._answer.value, "text/plain": repr(self)}

    def _changes(self) -> Mapping[str, Callable[[Any], Mapping[str, object]]]:
        """Return what each control changes of the state when it is set to a value."""
        return {
            "munition": self._with_munition,
            "partner": self._with_partner,
            "known": lambda known: self._with_share(0.5 if known else None),
            "part": lambda part: self._with_share(round(part / 100, 12)),
            "ranged": self._with_range,
            "count": lambda count: {"low": count, "high": count},
            "counts": lambda counts: {"low": counts[0], "high": counts[1]},
            "transport": lambda transport: {"transport": transport},
            "packing": lambda packing: {"packing": packing},
            "loaded": lambda loaded: {"load_kg": _half(choices_of(self._state).most_load_kg) if loaded else None},
            "load": lambda load: {"load_kg": round(load * _KG_IN_A_TONNE)},
            "charge": lambda charge: {"charge": charge},
            "share": lambda share: {"munition_share": round(share / 100, 12)},
        }

    def _handler(self, change: Callable[[Any], Mapping[str, Any]]) -> Callable[[Any], None]:
        def handle(event: Any) -> None:
            if not self._setting:
                self._state = replace(self._state, **change(event["new"]))
                self._show()

        return handle

    def _with_munition(self, munition: str | Mix) -> Mapping[str, object]:
        _, partner, share = two_parts(self._state.munition) or ("", "", None)
        return {"munition": _joined(munition, partner, share)}

    def _with_partner(self, partner: str) -> Mapping[str, object]:
        first, _, share = two_parts(self._state.munition) or ("", "", None)
        return {"munition": _joined(first, partner, share)}

    def _with_share(self, share: float | None) -> Mapping[str, object]:
        first, partner, _ = two_parts(self._state.munition) or ("", "", None)
        return {"munition": _joined(first, partner, share)}

    def _with_range(self, ranged: bool) -> Mapping[str, object]:
        slider = self._controls["count"]
        low, high, step = self._state.low, self._state.high, slider.step
        if not ranged:
            middle = step * round((low + high) / 2 / step)
            return {"low": middle, "high": middle}
        spread = max(step, step * round(0.1 * low / step))
        return {"low": max(slider.min, low - spread), "high": min(slider.max, high + spread)}

    def _show(self) -> None:
        """Set every control to the state, and show its answer."""
        with self._quiet():
            self._set_controls()
        self._line.value = self.code
        self._answer.value = _card(self._state)

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        self._setting = True
        try:
            yield
        finally:
            self._setting = False

    def _set_controls(self) -> None:
        state, controls, choices = self._state, self._controls, choices_of(self._state)
        parts = two_parts(state.munition)
        first, partner, share = parts or (state.munition, "", None)
        known = [(f"{name}: {state.catalog.munitions[name].name}", name) for name in state.catalog.munitions.names]
        mixes = [(mix.label, mix) for mix in (self._known_mix,) if isinstance(mix, Mix)]
        _set_menu(controls["munition"], [*mixes, *known], first)
        _set_menu(controls["partner"], [("nothing else", ""), *((name, name) for name in choices.partners)], partner)
        _show_if(controls["partner"], bool(parts) and bool(choices.partners))
        controls["known"].value = share is not None
        _show_if(controls["known"], bool(partner))
        _set_slider(controls["part"], 100 * (0.5 if share is None else share), f"of it {first}")
        _show_if(controls["part"], share is not None)
        ranged = controls["ranged"].value = state.low < state.high
        kinds = f"{kind_of(state)}s"
        _set_slider(controls["count"], state.low, kinds)
        _set_slider(controls["counts"], (state.low, state.high), kinds)
        _show_if(controls["count"], not ranged)
        _show_if(controls["counts"], ranged)
        boxes = [(f"{name}: {state.catalog.transports[name].name}", name) for name in choices.transports]
        _set_menu(controls["transport"], boxes, state.transport)
        _show_if(controls["transport"], bool(boxes))
        names = [(f"{name} ({_basis(name, state)})", name) for name in choices.packings]
        _set_menu(controls["packing"], names, state.packing)
        most, load = choices.most_load_kg, state.load_kg or _half(choices.most_load_kg)
        controls["loaded"].value = state.load_kg is not None
        _show_if(controls["loaded"], most > 0)
        controls["load"].max = max(most, load) / _KG_IN_A_TONNE
        _set_slider(controls["load"], load / _KG_IN_A_TONNE)
        _show_if(controls["load"], most > 0 and state.load_kg is not None)
        _set_menu(controls["charge"], [(_CHARGES[name], name) for name in choices.charges], state.charge)
        _show_if(controls["charge"], bool(choices.charges))
        _set_slider(controls["share"], 100 * state.munition_share)


def _half(most_load_kg: int) -> int:
    """Return half of the most that can be loaded, in steps of half a tonne [kg]."""
    return 500 * max(1, round(most_load_kg / 2 / 500))


def _basis(packing: str, state: State) -> str:
    return "contents" if state.unit == "tonne" else DESCRIPTIONS[packing]["basis"]


def _joined(first: str | Mix, partner: str, share: float | None) -> str | Mix:
    """Return a munition, mixed with another unless that is "" or the same, in shares that are known or not."""
    if isinstance(first, Mix) or partner in ("", first):
        return first
    if share is None:
        return packings.mix(first, partner)
    return packings.mix({first: share, partner: round(1 - share, 12)})


def _card(state: State) -> str:
    """Return the answer as HTML; where there is none, a sentence that says why."""
    try:
        report = estimate_of(state).report()
    except ShellflowError as error:
        missing = "no data" if isinstance(error, NoDataError) else "no answer"
        return display.to_html(display.Report("", answers=(display.Answer(missing),), cautions=(str(error),)))
    return display.to_html(report)


# --- controls ---------------------------------------------------------------------------------------------------------


def _controls(state: State, widgets: Any) -> dict[str, Any]:
    """Return every control, in the order in which they stand."""
    look: dict[str, Any] = {"layout": {"width": "auto"}, "style": {"description_width": "8.5em"}}
    aside = {"layout": {"width": "auto", "margin": "0 0 0 8.5em"}, "indent": False}
    step = _step(state)
    most = _round_number(_ROOM * state.high)
    counts = {"min": step, "max": most, "step": step, "readout_format": ",d"}
    percent = {"min": 0.0, "max": 100.0, "step": 1.0, "readout_format": ".6"}
    return {
        "munition": widgets.Dropdown(description="munition", **look),
        "partner": widgets.Dropdown(description="mixed with", **look),
        "known": widgets.Checkbox(description="the shares are known", **aside),
        "part": widgets.FloatSlider(**percent, **look),
        "count": widgets.IntSlider(value=state.low, **counts, **look),
        "counts": widgets.IntRangeSlider(value=(state.low, state.high), **counts, **look),
        "ranged": widgets.Checkbox(description="a range", **aside),
        "transport": widgets.Dropdown(description="transport", **look),
        "packing": widgets.Dropdown(description="packing", **look),
        "loaded": widgets.Checkbox(description="loaded to less than the payload", **aside),
        "load": widgets.FloatSlider(description="load (t)", min=0.1, max=100.0, step=0.1, readout_format=".6", **look),
        "charge": widgets.Dropdown(description="charge", **look),
        "share": widgets.FloatSlider(description="munitions (%)", **percent, **look),
    }


def _step(state: State) -> int:
    """Return the largest power of ten that both ends are multiples of, and that leaves a slider enough steps."""
    step = 1
    while 10 * step * _FEWEST_STEPS <= _ROOM * state.high and state.low % (10 * step) == state.high % (10 * step) == 0:
        step *= 10
    return step


def _round_number(least: float) -> int:
    """Return the smallest of 10, 20, 50, 100, ... that is no less."""
    power: int = 10 ** max(1, math.floor(math.log10(least)))
    return next(size * power for size in (1, 2, 5, 10) if size * power >= least)


def _set_menu(menu: Any, options: list[tuple[str, Any]], value: Any) -> None:
    shown = tuple((printable(text), choice) for text, choice in options)
    if menu.options != shown:
        menu.options = shown
    if shown and menu.value != value:
        menu.value = value


def _set_slider(slider: Any, value: Any, description: str = "") -> None:
    slider.value = round(value, 10) if isinstance(value, float) else value
    if description:
        slider.description = printable(description)


def _show_if(control: Any, shown: bool) -> None:
    control.layout.display = None if shown else "none"
