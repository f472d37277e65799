"""Controls of ipywidgets around a state, and the answer beside them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shellflow import display
from shellflow.catalog import Catalog
from shellflow.errors import ExtraError, ShellflowError
from shellflow.estimates import Estimate
from shellflow.packings import Mix
from shellflow.panel._asked import state_of
from shellflow.panel._changes import CHANGES
from shellflow.panel._controls import ROWS, make_controls, moved_to, set_controls
from shellflow.panel._state import State, code_of, estimate_of, two_parts

__all__ = ["Panel", "explore"]

_LETTERS = 48  # of a sentence to a line, at about the narrowest that its field is beside the controls
_INSTALL = 'Install it: pip install "shellflow[notebook]"'


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

    The answer also stands there as a sentence fit to print. Where the data do not allow what is set, the panel says
    what is missing. Needs ipywidgets: `pip install "shellflow[notebook]"`.

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
    >>> panel = explore("6,000-7,000 containers", "152mm", packing="crated", charge="with")
    >>> panel.code
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
        self._mix = state.munition if isinstance(state.munition, Mix) and not two_parts(state.munition) else None
        self._controls = make_controls(state, widgets)
        for name, control in self._controls.items():
            control.observe(self._handler(name), "value")
        self._answer = widgets.HTML(layout={"width": "auto"})
        # Text fields, since what stands in them can be marked and copied by keyboard alone.
        look = {"layout": {"width": "auto"}, "style": {"description_width": "5em"}}
        self._line = widgets.Textarea(description="Python", rows=3, **look)
        self._sentence = widgets.Textarea(description="sentence", **look)
        rows = [widgets.HBox([self._controls[name] for name in row]) for row in ROWS]
        left = widgets.VBox(rows, layout={"flex": "1 1 24em", "max_width": "32em"})
        right = widgets.VBox([self._answer, self._line, self._sentence], layout={"flex": "2 1 26em", "min_width": "0"})
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

    def _handler(self, name: str) -> Callable[[Any], None]:
        change = CHANGES[name.removesuffix(" slider")]

        def handle(event: Any) -> None:
            value = moved_to(self._controls, name, event["new"])
            if not self._setting and value is not None:
                self._state = change(self._state, value)
                self._show()

        return handle

    def _show(self) -> None:
        """Set every control to the state, and show its answer."""
        self._setting = True  # a control that is set here is not one that somebody set
        try:
            set_controls(self._controls, self._state, self._mix)
        finally:
            self._setting = False
        self._line.value = self.code
        self._answer.value, self._sentence.value = _answer(self._state)
        self._sentence.rows = 2 + len(self._sentence.value) // _LETTERS
        self._sentence.layout.display = None if self._sentence.value else "none"


def _answer(state: State) -> tuple[str, str]:
    """Return the answer as HTML and as a sentence to print; where there is none, what is missing and no sentence."""
    try:
        made = estimate_of(state)
        return display.to_html(made.report()), made.sentence()
    except ShellflowError as error:
        return display.to_html(display.Report(str(error))), ""
