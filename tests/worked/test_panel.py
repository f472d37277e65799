"""The panel for Jupyter: its state without a browser, and its controls as somebody would set them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import shellflow as sf
from shellflow import panel
from shellflow.errors import ArgumentError, BoundError, NoDataError, UnitError, UnknownItemError
from shellflow.panel import Choices, Panel, choices_of, code_of, estimate_of

CATALOG = Path(sf.__file__).parent / "data"
SHORT = ("20ft-24t", "20ft-30t", "20ft-8ft-high", "milvan")
ALL = ("20ft-24t", "20ft-30t", "20ft-8ft-high", "40ft", "40ft-high-cube", "milvan", "covered-wagon", "truck-ural")


@pytest.fixture(autouse=True)
def needs_ipywidgets() -> None:
    pytest.importorskip("ipywidgets", reason="the panel is made of ipywidgets, which is not installed")


def set_to(shown: Panel, name: str, value: object) -> None:
    shown._controls[name].value = value


def is_seen(shown: Panel, name: str) -> bool:
    return bool(shown._controls[name].layout.display != "none")


def choices(shown: Panel, name: str) -> list[Any]:
    return [value for _, value in shown._controls[name].options]


# --- the line of Python -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ({}, 'sf.estimate(6_700, "152mm", packing="reported")'),
        ({"count": "6.7k containers"}, 'sf.estimate(6_700, "152mm", packing="reported")'),
        (
            {"count": "6,000-7,000", "packing": "crated", "charge": "with"},
            'sf.estimate("6,000-7,000 containers", "152mm", packing="crated", charge="with")',
        ),
        (
            {"munition": "122mm", "munition_share": 0.6},  # the ministry's word for rockets
            'sf.estimate(6_700, "122mm-rocket", packing="reported", munition_share=0.6)',
        ),
        (
            {"munition": "60% 152mm, 40% 122mm-shell", "packing": "as-loaded"},
            'sf.estimate(6_700, sf.mix({"152mm": 0.6, "122mm-shell": 0.4}), packing="as-loaded")',
        ),
        (
            {"munition": sf.mix("152mm", "122mm", name="theirs")},
            'sf.estimate(6_700, sf.mix("152mm", "122mm-rocket", name="theirs"), packing="reported")',
        ),
        (
            {"load": "10 t"},
            'sf.estimate(6_700, "152mm", packing=sf.packing("152mm", load="10 t", name="crated to 10 t"))',
        ),
        (
            {"load": "9125 kg", "transport": "20ft-30t"},
            (
                'sf.estimate(6_700, "152mm", packing=sf.packing("152mm", load="9,125 kg", name="crated to 9,125 kg", '
                'transport="20ft-30t"))'
            ),
        ),
        (
            {"count": "200 wagons", "packing": "crated"},
            'sf.estimate(200, "152mm", packing="crated", transport="covered-wagon")',
        ),
        (
            {"count": "6,000-7,000 containers", "packing": "crated", "munition_share": 0.6, "charge": "with"},
            'sf.estimate("6,000-7,000 containers", "152mm", packing="crated", munition_share=0.6, charge="with")',
        ),
        ({"count": "74,000 t"}, 'sf.estimate("74,000 t", "152mm", packing="crated")'),
        ({"count": "70000 t to 78000 t"}, 'sf.estimate("70,000-78,000 t", "152mm", packing="crated")'),
        ({"count": "64 voyages"}, 'sf.estimate("64 voyages", "152mm", packing="reported")'),
    ],
)
def test_the_line_of_python_is_what_one_would_write_and_makes_the_same_estimate(
    given: dict[str, Any], line: str
) -> None:
    shown = sf.explore(**given)
    assert shown.code == line
    again = eval(line, {"sf": sf})
    assert np.array_equal(again.values, shown.estimate.values)
    assert str(again) == str(shown.estimate)


def test_settings_of_the_block_that_a_panel_is_made_in_stay_those_of_the_panel() -> None:
    with sf.settings(n=64, seed=3):
        shown = sf.explore(100, "152mm")
    set_to(shown, "share", 50.0)
    assert shown.code == (
        'with sf.settings(n=64, seed=3): est = sf.estimate(100, "152mm", packing="reported", munition_share=0.5)'
    )
    names: dict[str, Any] = {"sf": sf}
    exec(shown.code, names)
    assert np.array_equal(names["est"].values, shown.estimate.values)
    assert shown.estimate.values.size == 64


def test_a_catalog_of_ones_own_is_named_in_the_line(tmp_path: Path) -> None:
    for file in CATALOG.glob("*.csv"):
        text = file.read_text(encoding="utf-8")
        (tmp_path / file.name).write_text(text.replace("152mm-crate,152mm,one crated round", "152mm-crate,152mm,own"))
    own = sf.catalog.load(tmp_path)
    shown = sf.explore(100, "152mm", load="10 t", catalog=own)
    assert shown.code == (
        'sf.estimate(100, "152mm", packing=sf.packing("152mm", load="10 t", name="crated to 10 t", catalog=catalog), '
        "catalog=catalog)"
    )
    again = eval(shown.code, {"sf": sf, "catalog": own})
    assert again.made_by == shown.estimate.made_by
    assert own.digest in again.made_by["data"]


# --- what is offered --------------------------------------------------------------------------------------------------


def test_only_what_can_be_answered_is_offered() -> None:
    # The ministry spoke of 152 mm shells and 122 mm rockets alone, in boxes some 6 m long; ratios say nothing of a
    # charge or a load.
    assert choices_of(sf.explore().state) == Choices(
        ("122mm-rocket",), ("reported", "ceiling", "crated", "as-loaded"), SHORT, (), 0
    )
    # In crates four more munitions are known, in everything that carries 152 mm shells; the box carries 21.75 t.
    assert choices_of(sf.explore(packing="crated").state) == Choices(
        ("122mm-shell", "122mm-rocket", "155mm", "105mm"),
        ("reported", "ceiling", "crated", "as-loaded"),
        ALL,
        ("unknown", "with", "without"),
        21_750,
    )
    # A rocket has no charge apart from it; nobody reported of wagons.
    wagons = choices_of(sf.explore("200 wagons", "122mm-rocket", packing="crated").state)
    assert (wagons.packings, wagons.charges) == (("ceiling", "crated", "as-loaded"), ())
    # A mass is in no transport, and what was observed or said of transports says nothing of it.
    mass = choices_of(sf.explore("74,000 t").state)
    assert (mass.packings, mass.transports, mass.most_load_kg) == (("ceiling", "crated"), (), 0)
    # Ships carried short containers.
    assert choices_of(sf.explore("64 voyages", packing="crated").state).transports == SHORT


def test_what_is_set_stays_offered_where_there_are_no_data_for_it() -> None:
    state = sf.explore(200, "130mm", packing="crated", transport="40ft").state
    assert choices_of(state) == Choices((), ("ceiling", "crated"), ("40ft",), (), 0)
    with pytest.raises(NoDataError, match="no data for 130mm crated: missing a package of 130mm"):
        estimate_of(state)


def test_a_charge_that_was_stated_waits_while_it_says_nothing() -> None:
    state = sf.explore(packing="crated", charge="without").state
    reported = replace(state, packing="reported")
    assert "charge" not in code_of(reported)
    assert np.array_equal(estimate_of(reported).values, sf.estimate(6_700, "152mm").values)
    assert code_of(replace(reported, packing="as-loaded")).endswith('charge="without")')


# --- the controls -----------------------------------------------------------------------------------------------------


def test_a_panel_shows_the_card_of_its_estimate_and_follows_every_control() -> None:
    shown = sf.explore(packing="crated")
    assert shown._answer.value == sf.estimate(6_700, "152mm", packing="crated")._repr_html_()
    for name, value in (
        ("low slider", 7_000),
        ("ranged", True),
        ("ends slider", (6_000, 8_000)),
        ("high", 9_000),
        ("transport", "20ft-30t"),
        ("charge", "with"),
        ("share", 40.0),
        ("partner", "122mm-rocket"),
        ("shares known", True),
        ("part slider", 70.0),
        ("packing", "as-loaded"),
    ):
        set_to(shown, name, value)
    expected = sf.estimate(
        "6,000-9,000 containers",
        sf.mix({"152mm": 0.7, "122mm-rocket": 0.3}),
        packing="as-loaded",
        transport="20ft-30t",
        munition_share=0.4,
        charge="with",
    )
    assert shown._answer.value == expected._repr_html_()
    assert shown._line.value == shown.code
    assert shown._sentence.value == expected.sentence()
    assert np.array_equal(eval(shown.code, {"sf": sf}).values, expected.values)
    assert shown._controls["low"].value == 6_000
    assert shown._controls["low slider"].value == 6_000
    assert shown._controls["part"].value == 70.0


def test_a_load_of_ones_own_is_offered_of_what_is_crated() -> None:
    shown = sf.explore(packing="crated")
    assert is_seen(shown, "loaded")
    assert not is_seen(shown, "load")
    set_to(shown, "loaded", True)  # half of 21.75 t, in steps of half a tonne
    assert is_seen(shown, "load")
    assert 'load="11 t"' in shown.code
    set_to(shown, "load slider", 9.7)
    assert 'load="9.7 t"' in shown.code
    set_to(shown, "packing", "as-loaded")
    assert not is_seen(shown, "load")
    assert shown.code == 'sf.estimate(6_700, "152mm", packing="as-loaded")'


def test_controls_without_a_choice_are_not_seen() -> None:
    shown = sf.explore()
    names = ("shares known", "part", "part slider", "ends slider", "high", "loaded", "load", "load slider", "charge")
    assert not any(is_seen(shown, name) for name in names)
    set_to(shown, "packing", "crated")
    assert is_seen(shown, "charge")
    assert not is_seen(sf.explore("74,000 t"), "transport")


def test_missing_data_are_a_sentence_and_the_controls_stay_usable() -> None:
    shown = sf.explore(200, "130mm")
    sentence = (
        "no data for 130mm reported in 20ft-24t: missing statements of the ROK defence ministry on 130mm in 20ft-24t"
    )
    assert sentence in shown._answer.value
    assert "Traceback" not in shown._answer.value
    assert shown._sentence.value == ""
    assert choices(shown, "packing") == ["reported", "ceiling"]
    set_to(shown, "packing", "ceiling")
    assert shown._answer.value == sf.estimate(200, "130mm", packing="ceiling")._repr_html_()
    set_to(shown, "munition", "152mm")
    assert choices(shown, "packing") == ["reported", "ceiling", "crated", "as-loaded"]


def test_any_other_refusal_is_a_sentence_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = sf.explore("64 voyages", packing="crated")
    # No menu offers it: voyages are known by containers, and no wagon is one.
    shown._state = replace(shown.state, transport="covered-wagon")
    shown._show()
    assert "voyages are known by the containers they carried" in shown._answer.value


def test_a_slider_that_rounds_what_was_typed_changes_nothing() -> None:
    shown = sf.explore()
    set_to(shown, "low", 6_731)
    set_to(shown, "low slider", 6_700)  # what a browser sends back, since the slider moves by hundreds
    assert shown.state.low == 6_731
    set_to(shown, "ranged", True)
    set_to(shown, "low", 5_931)
    set_to(shown, "ends slider", (5_900, 9_000))  # the upper handle moved; the lower one rounded
    assert (shown.state.low, shown.state.high) == (5_931, 9_000)


def test_what_is_typed_may_lie_beyond_the_end_of_a_slider() -> None:
    shown = sf.explore()
    set_to(shown, "low", 250_000)
    assert shown.state.low == 250_000
    assert shown._controls["low slider"].value == 250_000


def test_the_ends_of_a_range_stay_in_order() -> None:
    shown = sf.explore("6,000-7,000 containers")
    set_to(shown, "low", 8_000)
    assert (shown.state.low, shown.state.high) == (8_000, 8_000)
    set_to(shown, "ranged", True)
    set_to(shown, "high", 100)
    assert (shown.state.low, shown.state.high) == (100, 100)


def test_a_mix_of_three_is_offered_beside_the_munitions() -> None:
    three = sf.mix("152mm", "122mm-shell", "122mm-rocket")
    shown = sf.explore(6_700, three, packing="crated")
    assert choices(shown, "munition")[0] == three
    assert not is_seen(shown, "partner")
    set_to(shown, "munition", "152mm")
    assert is_seen(shown, "partner")
    set_to(shown, "munition", three)
    assert shown.state.munition == three


def test_a_page_that_cannot_run_controls_shows_the_answer() -> None:
    shown = sf.explore()
    bundle = shown._repr_mimebundle_()
    assert bundle["text/html"] == sf.estimate(6_700, "152mm")._repr_html_()
    assert bundle["text/plain"] == '<Panel of sf.estimate(6_700, "152mm", packing="reported")>'
    assert "application/vnd.jupyter.widget-view+json" in bundle


def test_every_control_that_is_not_a_second_way_to_a_number_has_a_label() -> None:
    shown = sf.explore("6,000-7,000 containers", "60% 152mm, 40% 122mm-shell", packing="crated")
    assert all(control.description for name, control in shown._controls.items() if not name.endswith("slider"))


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"munition": "152 m"}, UnknownItemError, "no munition named '152 m'.*Did you mean '152mm'"),
        ({"munition": 152}, ArgumentError, r"munition=152: must be the name of a munition or a sf.mix\(...\)"),
        ({"munition": "152mm + 152 mm"}, ArgumentError, "different from each other"),
        ({"packing": "crates"}, UnknownItemError, "no packing named 'crates'"),
        ({"packing": sf.packing("152mm")}, ArgumentError, "packing=.*must be one of reported.*use sf.estimate"),
        ({"transport": "20ft"}, UnknownItemError, "no transport named '20ft'"),
        ({"transport": 20}, ArgumentError, "transport=20: must be the name of a transport"),
        ({"transport": "40ft", "count": "200 wagons"}, UnitError, "40ft is a container, no wagon"),
        ({"charge": 0.5}, ArgumentError, "charge=0.5: must be one of 'unknown', 'with', 'without'.*use sf.estimate"),
        ({"charge": "with"}, ArgumentError, "'reported' is a ratio as stated.*Choose packing='crated'"),
        ({"munition_share": 1.5}, ArgumentError, "munition_share=1.5: must be at least 0 and at most 1"),
        ({"munition_share": sf.uniform(0, 1)}, ArgumentError, "must be a single number from 0 to 1.*use sf.estimate"),
        ({"count": 0}, ArgumentError, "count=0: must be a whole number, or a range of two.*at least 1.*'74,000 t'"),
        ({"count": 10.5}, ArgumentError, "count=10.5: must be a whole number, or a range"),
        ({"count": sf.uniform(1, 2)}, ArgumentError, "count=.*must be a whole number, or a range.*'6,000-7,000"),
        ({"count": sf.estimate(3, "152mm")}, UnitError, "count is an estimate in round; expected container"),
        ({"count": "more than 6,700"}, BoundError, "neither a bound nor a range"),
        ({"count": "at least 74,000 t"}, ArgumentError, "a mass or a range of masses, no bound"),
        ({"count": [6_700]}, ArgumentError, "must be a single value"),
        ({"load": "10"}, UnitError, "load=10 is in no unit; expected kg"),
        ({"load": sf.uniform("9 t", "10 t")}, ArgumentError, "must be a single mass of whole kilograms"),
        ({"load": "10 t", "packing": "ceiling"}, ArgumentError, "load='10 t': must be left out unless.*'crated'"),
        (
            {"load": "10 t", "munition": "152mm + 122mm-shell"},
            ArgumentError,
            "load='10 t': must be left out",
        ),
        ({"load": "10 t", "count": "74,000 t"}, ArgumentError, "load='10 t': must be left out unless"),
        ({"catalog": "own"}, ArgumentError, "catalog='own': must be"),
    ],
)
def test_bad_arguments_are_refused_as_elsewhere(given: dict[str, Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        sf.explore(**given)


def in_a_fresh_process(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_ipywidgets_the_panel_says_what_to_install(tmp_path: Path) -> None:
    code = """
import sys
sys.modules["ipywidgets"] = None
import shellflow as sf
try:
    sf.explore()
except ImportError as error:
    assert isinstance(error, sf.ShellflowError)
    print(error)
"""
    assert in_a_fresh_process(code, tmp_path).strip() == (
        'a panel needs ipywidgets, which is not installed. Install it: pip install "shellflow[notebook]"'
    )


def test_importing_the_panel_loads_no_ipywidgets(tmp_path: Path) -> None:
    code = "import shellflow.panel, sys; print('ipywidgets' in sys.modules, 'matplotlib' in sys.modules)"
    assert in_a_fresh_process(code, tmp_path).strip() == "False False"
    assert "explore" in panel.__all__
