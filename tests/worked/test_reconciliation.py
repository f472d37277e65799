"""Statements held against each other under models of a transport: worked by hand, each trap, and what is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

import shellflow as sf
from shellflow.errors import (
    ArgumentError,
    BoundError,
    InputConflictError,
    NoDataError,
    SettingsError,
    ShellflowError,
    UnitError,
    UnknownItemError,
)
from shellflow.estimates import Estimate
from shellflow.reconciliation import AGREES, CONFLICTS, OUTSIDE, PULLS, Evidence, Reconciliation
from shellflow.terms import Uncertain

N = 2_000


@pytest.fixture(autouse=True)
def few_draws() -> Any:
    with sf.settings(n=N):
        yield


def model(gross: object = "50 kg", low: str = "10 t", high: str = "20 t", **more: Any) -> Estimate:
    """Return 152 mm rounds of 50 kg each in a container, loaded to anything from 10 to 20 t: 200 to 400 rounds."""
    own = sf.packing("152mm", gross=gross, load=sf.uniform(low, high, name="load"), name="own")
    return sf.estimate(1, "152mm", packing=own, **more)


def evidence(quantity: str = "rounds", value: object = "200-300k", **more: Any) -> Evidence:
    """Return a statement of 1,000 containers by one office."""
    parts: dict[str, Any] = {"count": "1,000 containers", "family": "office", "basis": "contents", "error": 0.001}
    return sf.statement(quantity, value, **(parts | more))


# --- worked by hand ---------------------------------------------------------------------------------------------------


def test_support_and_bands_as_worked_by_hand() -> None:
    # Of loads from 10 to 20 t half give 200 to 300 rounds to a container, and 60 % lie at 14 t or more; by both, 10 %
    # of the draws are left (14 to 15 t): support given the other 0.1 / 0.6 and 0.1 / 0.5, both a third of that
    # alone. With an error of 0.1 % the ends are a little soft.
    reconciliation = sf.reconcile(model(), [evidence(), evidence("mass", "at least 14,000 t", family="port")])
    (block,) = reconciliation.blocks
    assert block.weighing.alone == pytest.approx((0.5, 0.6), abs=0.01)
    assert block.weighing.given_others == pytest.approx((0.167, 0.2), abs=0.02)
    assert reconciliation.verdicts == {"": {"office": PULLS, "port": PULLS}}
    after = reconciliation.before_and_after().set_index("what")
    assert after.loc["tonnes per container", "before_median"] == pytest.approx(15.0, abs=0.1)
    assert after.loc["tonnes per container", "after_median"] == pytest.approx(14.5, abs=0.1)
    assert after.loc["rounds per container", "after_low"] == pytest.approx(279, abs=4)
    assert after.loc["kg per round", "after_median"] == pytest.approx(50.0, abs=0.2)


@pytest.mark.parametrize(
    ("tonnes", "verdict"),
    [("at least 10,200 t", AGREES), ("at least 14,000 t", PULLS), ("at least 16,000 t", CONFLICTS)],
)
def test_heavier_loads_agree_less_and_less_with_few_rounds(tonnes: str, verdict: str) -> None:
    verdicts = sf.reconcile(model(), [evidence(), evidence("mass", tonnes, family="port")]).verdicts[""]
    assert set(verdicts.values()) == {verdict}


def test_of_two_that_conflict_neither_is_called_the_culprit_and_there_is_no_band() -> None:
    reconciliation = sf.reconcile(model(), [evidence(), evidence("mass", "at least 16,000 t", family="port")])
    text = str(reconciliation)
    assert "office and port conflict, and nothing here tells which of them is wrong" in text
    assert reconciliation.before_and_after()["after_median"].isna().all()
    assert "no band" in text


def test_of_several_the_pair_that_pulls_hardest_is_named() -> None:
    lines = [
        evidence(),
        evidence("mass", "at least 16,000 t", family="port"),
        evidence("mass", "at least 9,000 t", family="rail"),
    ]
    assert "office and port pull hardest against each other" in str(sf.reconcile(model(), lines))


def test_the_report_says_under_which_of_the_other_models_there_is_no_conflict() -> None:
    lines = [evidence(), evidence("mass", "at least 16,000 t", family="port")]
    text = str(sf.reconcile({"light": model(), "heavy": model("60 kg"), "heavier": model("65 kg")}, lines))
    assert "no conflict under heavy, heavier" in text


def test_the_report_says_where_no_other_model_is_better() -> None:
    lines = [evidence(), evidence("mass", "at least 16,000 t", family="port")]
    assert "under the other models: a conflict too" in str(sf.reconcile({"one": model(), "alike": model()}, lines))
    far = evidence(value="1M")
    assert "under the other models: no band either" in str(sf.reconcile({"one": model(), "alike": model()}, [far]))
    models = {"heavy": model("90 kg"), "light": model()}
    assert "under the other models: a band under light" in str(sf.reconcile(models, [evidence(value="300-390k")]))


def test_what_the_model_cannot_reach_lies_outside_it_and_leaves_no_band() -> None:
    reconciliation = sf.reconcile(model(), [evidence(value="1M"), evidence("mass", "14,000-16,000 t", family="port")])
    assert reconciliation.verdicts[""]["office"] == OUTSIDE
    assert "office lies outside the model" in str(reconciliation)
    assert "no band" in str(reconciliation)


def test_one_statement_alone_gets_no_verdict_and_a_band() -> None:
    reconciliation = sf.reconcile(model(), evidence())
    assert reconciliation.verdicts == {"": {"office": ""}}
    assert "one statement, no verdict" in str(reconciliation)
    assert reconciliation.before_and_after()["after_median"].notna().all()


def test_few_draws_that_fit_leave_no_band_and_the_report_says_how_few() -> None:
    reconciliation = sf.reconcile(model(), [evidence(value="210,000", error=0.0005)])
    assert "the draws that fit are worth" in str(reconciliation)
    assert "under 1 %" in str(reconciliation)


def test_shares_that_are_not_known_stand_before_and_after() -> None:
    mixed = sf.estimate(
        1, sf.mix("152mm", "122mm-shell"), packing="as-loaded", munition_share=sf.uniform(0.5, 1.0, name="share")
    )
    what = sf.reconcile(mixed, evidence(value="150-250k", error=0.2)).before_and_after().set_index("what")
    labels = ["rounds per container", "tonnes per container", "kg per round", "munition share", "share of 152mm"]
    assert [*what.index][: len(labels)] == labels
    assert what.loc["share of 152mm", "before_median"] == pytest.approx(0.5, abs=0.03)
    assert what.loc["munition share", "before_median"] == pytest.approx(0.75, abs=0.01)


def test_half_a_munition_share_halves_rounds_and_tonnes_and_leaves_the_mass_of_a_round() -> None:
    full, half = (
        sf.reconcile(model(munition_share=share), evidence(value="100-400k"))
        .before_and_after()["before_median"]
        .to_numpy()
        for share in (1, 0.5)
    )
    assert half / full == pytest.approx([0.5, 0.5, 1.0])  # rounds, tonnes, and kg per round


def test_containers_without_any_ammunition_are_a_model_too() -> None:
    lines = [evidence(), evidence("mass", "at least 14,000 t", family="port")]
    empty = sf.reconcile(model(munition_share=0), lines)
    assert set(empty.verdicts[""].values()) == {OUTSIDE}
    assert empty.before_and_after()["what"].tolist() == ["rounds per container", "tonnes per container"]
    assert "office and port lie outside the model" in str(empty)


def test_where_all_that_are_left_hold_nothing_a_round_has_no_mass() -> None:
    some = sf.discrete([0, 1], name="any ammunition")
    reconciliation = sf.reconcile(model(munition_share=some), evidence(value="at most 1,000"))
    after = reconciliation.before_and_after().set_index("what")
    assert after.loc["rounds per container", "after_high"] == 0
    assert after.loc["kg per round", "before_median"] == pytest.approx(50.0)
    assert after["after_median"].isna().to_dict() == {**dict.fromkeys(after.index, False), "kg per round": True}
    assert "no band" in str(reconciliation)


def test_what_the_others_say_has_no_band_where_they_leave_too_few_draws() -> None:
    lines = [
        evidence(value="220,000", error=0.01),
        evidence("mass", "15,000 t", family="port", error=0.01),
        evidence("mass", "at least 9,000 t", family="rail"),
    ]
    office, _, rail = sf.reconcile(model(sf.uniform("46 kg", "90 kg", name="gross")), lines).rows()
    assert (office["verdict"], rail["verdict"]) == (AGREES, AGREES)
    assert "under 1 %" in rail["no_band"]
    assert rail["given_others_median"] is None
    assert office["given_others_median"] > 0


# --- the traps --------------------------------------------------------------------------------------------------------


def test_a_floor_is_no_point() -> None:
    lines = [evidence("mass", value, family="port") for value in ("12,000 t", "at least 12,000 t")]
    point, floor = (sf.reconcile(model(), line).blocks[0].weighing for line in lines)
    assert floor.alone[0] == pytest.approx(0.8, abs=0.01)
    assert point.alone[0] < 0.1


def test_results_follow_the_error_and_half_and_double_of_it_are_printed() -> None:
    reconciliation = sf.reconcile(model(), evidence(value="200,000", error=0.1))
    what = reconciliation.before_and_after().set_index("what").loc["rounds per container"]
    assert what["half_errors_median"] < what["after_median"] < what["double_errors_median"]
    halved = sf.reconcile(model(), evidence(value="200,000", error=0.05)).before_and_after().set_index("what")
    assert halved.loc["rounds per container", "after_median"] == what["half_errors_median"]
    assert "at half the errors" in str(reconciliation)


def test_a_count_in_a_range_is_one_unknown_in_all_statements_that_name_it_alike() -> None:
    shared = sf.uniform("500 containers", "1,500 containers", name="containers to January")
    other = sf.uniform("500 containers", "1,500 containers", name="containers of the port")
    # Twice the rounds and twice the mass of 500 to 1,500 containers: one count fits both or neither.
    lines = [evidence(value="400-420k", count=shared), evidence("mass", "20,000-21,000 t", family="port", count=shared)]
    apart = [lines[0], evidence("mass", "20,000-21,000 t", family="port", count=other)]
    together, separate = (sf.reconcile(model(), each).blocks[0].weighing for each in (lines, apart))
    assert together.ratios[0] > 2 * separate.ratios[0]
    assert "office and port share one unknown count" in str(sf.reconcile(model(), lines))
    assert "share one" not in str(sf.reconcile(model(), apart))


def test_two_unnamed_counts_of_one_content_may_be_one_unknown_or_two_and_are_refused() -> None:
    first, second = (sf.uniform(900, 1_100, "container") for _ in range(2))
    lines = [evidence(count=first), evidence("mass", "at least 9,000 t", family="port", count=second)]
    with pytest.raises(InputConflictError, match="name"):
        sf.reconcile(model(), lines)
    sf.reconcile(model(), [lines[0], evidence("mass", "at least 9,000 t", family="port", count=first)])


def test_numbers_are_as_round_as_the_draws_that_are_left() -> None:
    def rounds_after(n: int) -> str:
        with sf.settings(n=n):
            reconciliation = sf.reconcile(model(), evidence(value="260-320k", error=0.03))
        (line,) = [line for line in str(reconciliation).splitlines() if line.startswith("rounds per container")]
        return re.split(r"  +", line)[4]

    assert re.fullmatch(r"2\d0 to 3\d0", rounds_after(100))
    assert not re.fullmatch(r"2\d0 to 3\d0", rounds_after(16_384))


def test_shares_are_as_round_as_the_draws_that_are_left() -> None:
    def before_and_after(n: int) -> tuple[str, str]:
        with sf.settings(n=n):
            mixed = sf.estimate(1, sf.mix("152mm", "122mm-shell"), packing="as-loaded")
            text = str(sf.reconcile(mixed, evidence(value="150-250k", error=0.1)))
        (line,) = [line for line in text.splitlines() if line.startswith("share of 152mm")]
        cells = re.split(r"  +", line)
        return cells[2], cells[4]

    for band in before_and_after(400):
        assert re.fullmatch(r"\d+ % to \d\d %", band)
    exact = sf.discrete([0, 1], name="any ammunition")  # none or all, to the last digit
    assert "50 %  0 % to 100 %" in str(sf.reconcile(model(munition_share=exact), evidence(error=0.1)))


def test_a_count_in_words_is_shared_by_all_who_say_it_alike() -> None:
    lines = [
        evidence(count="500-1,500 containers"),
        evidence("mass", "9,000 t", family="port", count="500-1,500 containers"),
    ]
    assert "share one unknown count: 500 to 1,500 containers" in str(sf.reconcile(model(), lines))
    lines[1] = evidence("mass", "9,000 t", family="port", count="500-1,500")  # of containers, as the model is
    assert "share one unknown count: 500 to 1,500 containers" in str(sf.reconcile(model(), lines))


def test_a_bare_count_is_taken_in_the_transports_of_the_model() -> None:
    assert sf.reconcile(model(), evidence(count=1000)).rows()[0]["count"] == "1,000 containers"


def test_loads_of_different_periods_are_taken_to_be_alike_and_the_report_says_so() -> None:
    port = {"quantity": "mass", "value": "9,000 t", "family": "port"}
    lines = [evidence(since="2023-08", until="2025-03"), evidence(**port, since="2023-08", until="2024-01")]
    caution = "office of 2023-08 to 2025-03, port of 2023-08 to 2024-01): loads are taken to be alike in all"
    assert caution in str(sf.reconcile(model(), lines))
    for period in ({}, {"since": "2023-08", "until": "2025-03"}):
        assert "taken to be alike" not in str(sf.reconcile(model(), [lines[0], evidence(**port, **period)]))


def test_an_error_in_percent_is_pointed_out() -> None:
    caution = "the error of office is a factor of 2.7 or more either way, and tells next to nothing; 0.1 is about 10 %"
    assert caution in str(sf.reconcile(model(), evidence(error=10)))
    assert "factor of 2.7" not in str(sf.reconcile(model(), evidence(error=0.9)))


# --- shown ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def two() -> Reconciliation:
    lines = [
        evidence(since="2023-08", until="2024-01", source="https://example.org/a"),
        evidence("mass", "at least 14,000 t", family="port", basis="count", error=0.05),
    ]
    return sf.reconcile({"light": model(), "heavy": model("60 kg")}, lines)


def test_every_form_shows_each_model_with_its_statements_before_and_after(two: Reconciliation) -> None:
    for text in (str(two), two._repr_html_(), two.to_markdown()):
        places = [text.index(words) for words in ("2 statements", "light: 152mm in 20ft-24t, own", "heavy: 152mm")]
        assert places == sorted(places)
        for words in ("200,000 to 300,000 rounds", "at least 14,000 tonnes", "per container", "before and after"):
            assert words in text
    assert "no estimate can be made of this" in str(two)
    assert "office: https://example.org/a" in two.to_markdown()


def test_rows_are_one_for_each_model_and_statement(two: Reconciliation) -> None:
    frame = two.to_frame()
    assert [*frame["model"]] == ["light", "light", "heavy", "heavy"]
    assert [*frame["statement"]] == ["office", "port"] * 2
    assert [*frame["unit"]] == ["round", "t"] * 2
    row = frame.iloc[1]
    assert (row["stated_low"], row["bound"], row["error"], row["level"]) == (14_000, "floor", 0.05, 0.9)
    assert np.isnan(row["stated_high"])
    # Python 3.13 takes the indent out of docstrings.
    described = " ".join((Reconciliation.__doc__ or "").split()).split("have the columns ")[1].split(".")[0]
    assert [*frame.columns] == described.split(", ")


def test_bands_follow_the_level(two: Reconciliation) -> None:
    wide, narrow = (two.to_frame(level).iloc[0] for level in (0.9, 0.5))
    assert wide["model_low"] < narrow["model_low"] < narrow["model_median"] == wide["model_median"]
    with pytest.raises(ArgumentError, match="level=2"):
        two.report(2)


def test_json_holds_all_of_it_and_nothing_reads_it_back(two: Reconciliation) -> None:
    document = json.loads(two.to_json())
    assert [*document] == ["statements", "before_and_after", "made_by"]
    assert document["statements"] == two.rows()
    assert document["made_by"]["n"] == N
    with pytest.raises(ShellflowError, match="format"):
        sf.from_json(two.to_json())


def test_a_figure_has_a_panel_for_each_statement_and_each_unknown(two: Reconciliation) -> None:
    pytest.importorskip("matplotlib")
    axes = two.plot("heavy")
    assert [ax.get_xlabel() for ax in axes] == [
        *("rounds", "tonnes", "rounds per container", "tonnes per container", "kg per round")
    ]
    assert [label.get_text() for label in axes[0].get_yticklabels()] == [
        "the model alone",
        "given the others",
        "stated",
    ]
    assert [label.get_text() for label in axes[2].get_yticklabels()] == ["before", "after"]
    axes[0].figure.clear()
    with pytest.raises(UnknownItemError, match="no model named 'light weight'"):
        two.plot("light weight")
    with pytest.raises(UnknownItemError, match="The one model has no name: leave model out"):
        sf.reconcile(model(), evidence()).plot("light")


def test_a_figure_says_why_there_is_no_band() -> None:
    pytest.importorskip("matplotlib")
    axes = sf.reconcile(model(), [evidence(), evidence("mass", "at least 16,000 t", family="port")]).plot()
    missing = [text.get_text() for text in axes[2].texts if text.get_gid() == "missing"]
    assert len(missing) == 1
    assert "office and port conflict" in " ".join(missing[0].split())


def test_a_figure_names_the_level_of_its_bands_and_counts_shares_in_percent() -> None:
    pytest.importorskip("matplotlib")
    mixed = sf.estimate(1, "152mm+122mm-shell", packing="as-loaded")
    axes = sf.reconcile(mixed, [evidence()]).plot(level=0.8)
    (share,) = (ax for ax in axes if ax.get_xlabel() == "share of 152mm,\u00a0%")
    before, *_ = (text.get_text() for text in share.texts if text.get_gid() == "said")
    # Nothing is known of the shares of two munitions, so that 80 % of the draws lie between a tenth and nine tenths.
    assert before.replace("\u00a0", " ") == "80 %: 10 % to 90 %"
    median, *_ = (np.asarray(line.get_xdata(), dtype=float)[0] for line in share.lines if line.get_gid() == "median")
    assert 49 < median < 51


def test_it_says_what_it_is(two: Reconciliation) -> None:
    assert repr(two).startswith("<Reconciliation of 2 statements: light: the statements pull at each other; heavy: ")
    assert str(two.evidence[1]) == "port: at least 14,000 tonnes (per 1,000 containers, error 0.05)"
    assert str(two.evidence[0]).endswith("(per 1,000 containers, 2023-08 to 2024-01, error 0.001)")


def test_nothing_of_it_can_be_used_as_an_estimate(two: Reconciliation) -> None:
    def parts(value: object, depth: int = 0) -> Any:
        yield value
        if depth < 5 and (hasattr(value, "__dataclass_fields__") or isinstance(value, tuple | list | Mapping)):
            named = getattr(value, "__dataclass_fields__", None)
            inner = [getattr(value, name) for name in named] if named else value
            for part in inner.values() if isinstance(inner, Mapping) else inner:  # type: ignore[attr-defined]
                yield from parts(part, depth + 1)

    # Counts, the models and their inputs are those that were given.
    given = {id(line.count) for block in two.blocks for line in block.lines}
    given |= {id(block.model.estimate) for block in two.blocks}
    given |= {id(entering) for block in two.blocks for entering in block.model.inputs}
    given |= {id(line.count) for line in two.evidence}
    assert not [part for part in parts(two) if isinstance(part, Uncertain) and id(part) not in given]
    with pytest.raises(ShellflowError, match="count="):
        sf.estimate(two, "152mm")
    for work in (lambda: two + 1, lambda: 2 * two, lambda: two - two):  # type: ignore[operator]
        with pytest.raises(TypeError, match="unsupported operand"):
            work()


def test_the_same_question_has_the_same_answer(two: Reconciliation) -> None:
    again = sf.reconcile({"light": model(), "heavy": model("60 kg")}, list(two.evidence))
    assert again.to_json() == two.to_json()


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "error", "match"),
    [
        ({"error": None}, ArgumentError, "error is missing: it has no default"),
        ({"error": 0}, ArgumentError, "error=0: must be a number above 0. It is the standard deviation"),
        ({"error": -0.1}, ArgumentError, "error=-0.1: must be a number above 0"),
        ({"error": float("nan")}, ArgumentError, "error=nan"),
        ({"error": "10 %"}, ArgumentError, "error='10 %'"),
        ({"error": True}, ArgumentError, "error=True"),
        ({"basis": "capacity"}, ArgumentError, "basis='capacity': must be 'contents'. What would fit says nothing"),
        ({"basis": "rendering"}, ArgumentError, "give the statement that it renders"),
        ({"basis": "count"}, ArgumentError, "basis='count': must be 'contents'"),
        ({"basis": None}, ArgumentError, "basis is missing: say what is stated"),
        ({"family": None}, ArgumentError, "family is missing: give the office"),
        ({"family": " "}, ArgumentError, "family=' '"),
        ({"count": None}, ArgumentError, "count is missing: .*count='15,809 containers'"),
        ({"count": "more than 1,000 containers"}, BoundError, "sf.uniform"),
        ({"count": "64 voyages"}, UnitError, "expected container"),
        ({"count": 0}, ArgumentError, "count=0.*above 0"),
        ({"value": None}, ArgumentError, "value is missing"),
        ({"value": "3M containers"}, UnitError, "is in containers; expected rounds"),
        ({"value": -3}, ArgumentError, "value=-3"),
        ({"since": "2024-05", "until": "2024-01"}, ArgumentError, "since='2024-05': must be before until='2024-01'"),
        ({"since": "May"}, ArgumentError, "since='May': must be a date"),
        ({"derived_from": 3}, ArgumentError, "derived_from=3"),
        ({"source": 3}, ArgumentError, "source=3"),
        ({"quantity": "tonnes"}, ArgumentError, "quantity='tonnes': must be 'rounds' or 'mass'"),
        ({"quantity": "mass"}, UnitError, "value='200-300k': must be a mass with its unit"),
    ],
)
def test_a_statement_that_is_no_evidence_is_refused(
    parts: dict[str, Any], error: type[ShellflowError], match: str
) -> None:
    with pytest.raises(error, match=match):
        evidence(**parts)


def test_all_that_is_wrong_with_a_statement_is_said_at_once() -> None:
    with pytest.raises(ShellflowError, match=r"basis='capacity'.*error is missing"):
        evidence(basis="capacity", error=None)


def test_a_statement_of_nothing_is_refused() -> None:
    with pytest.raises(ArgumentError, match="quantity is missing"):
        sf.statement(error=0.1)
    with pytest.raises(ArgumentError, match="claim=3: must be the key of a claim"):
        sf.statement(claim=3, error=0.1)  # type: ignore[arg-type]


def test_no_statements_are_refused() -> None:
    with pytest.raises(ShellflowError, match="statements"):
        sf.reconcile(model(), [])
    with pytest.raises(ArgumentError, match="statements"):
        sf.reconcile(model(), [evidence(), "osc"])
    with pytest.raises(ArgumentError, match="statements"):
        sf.reconcile(model(), 3)


def test_a_family_has_one_vote() -> None:
    with pytest.raises(ArgumentError, match="office and office are both of office: one vote an office"):
        sf.reconcile(model(), [evidence(), evidence("mass", "12,000 t")])
    with pytest.raises(ArgumentError, match="port a and Port-A are both of port a: one vote an office"):
        sf.reconcile(model(), [evidence(family="port a"), evidence("mass", "12,000 t", family="Port-A")])


@pytest.mark.parametrize(
    ("first", "second", "match"),
    [
        ({}, {"derived_from": "office"}, "port is derived from office"),
        ({"derived_from": "port"}, {}, "office is derived from port"),
        ({"derived_from": "Port"}, {}, "office is derived from port"),
        ({}, {"derived_from": "OFFICE"}, "port is derived from office"),
        ({"derived_from": "WH 2023"}, {"derived_from": "wh-2023"}, "both derived from WH 2023: one vote a derivation"),
        ({"derived_from": "wh-2023"}, {"derived_from": "wh-2023"}, "both derived from wh-2023: one vote a derivation"),
    ],
)
def test_a_derivation_has_one_vote(first: dict[str, Any], second: dict[str, Any], match: str) -> None:
    with pytest.raises(ArgumentError, match=match):
        sf.reconcile(model(), [evidence(**first), evidence("mass", "12,000 t", family="port", **second)])


def test_statements_come_in_any_collection() -> None:
    named = {"total": evidence(), "tonnes": evidence("mass", "12,000 t", family="port")}
    verdicts = sf.reconcile(model(), [*named.values()]).verdicts
    assert sf.reconcile(model(), named.values()).verdicts == verdicts
    assert sf.reconcile(model(), (line for line in named.values())).verdicts == verdicts
    with pytest.raises(ArgumentError, match="statements are missing"):
        sf.reconcile(model(), iter(()))


def test_periods_that_do_not_meet_are_refused() -> None:
    later = evidence("mass", "12,000 t", family="port", since="2024-02", until="2024-06")
    with pytest.raises(ArgumentError, match=r"office \(from 2023-08 to 2024-01\) and port \(from 2024-02 to 2024-06\)"):
        sf.reconcile(model(), [evidence(since="2023-08", until="2024-01"), later])
    sf.reconcile(model(), [evidence(since="2023-08", until="2024-02"), later])
    sf.reconcile(model(), [evidence(), later])


def test_counts_of_other_transports_are_refused() -> None:
    with pytest.raises(UnitError, match="office counts wagons, and the model is of one container"):
        sf.reconcile(model(), [evidence(count="1,000 wagons")])


def test_a_mass_is_refused_where_the_model_knows_none() -> None:
    reported = sf.estimate(1, "152mm")
    with pytest.raises(NoDataError, match=r"port states a mass, and model 'office' .* knows no mass of a package"):
        sf.reconcile({"own": model(), "office": reported}, [evidence("mass", "12,000 t", family="port")])
    assert sf.reconcile(reported, evidence(value="200-500k", error=0.2)).before_and_after()["what"].tolist() == [
        "rounds per container"
    ]


def test_a_capacity_model_is_read_as_contents_and_the_report_says_so() -> None:
    crated = sf.estimate(1, "152mm", packing="crated")
    text = str(sf.reconcile({"full": crated}, evidence(value="200-400k", error=0.2)))
    assert "full says what would fit (capacity), and is read here as what was inside" in text


@pytest.mark.parametrize(
    ("models", "error", "match"),
    [
        (None, ArgumentError, "models=None: must be an estimate of one transport"),
        ({}, ArgumentError, "models={}"),
        ({"two": 3}, ArgumentError, r"models\['two'\]=3"),
        ({1: 3}, ArgumentError, "models=1: must be estimates by names"),
    ],
)
def test_models_that_are_none_are_refused(models: object, error: type[ShellflowError], match: str) -> None:
    with pytest.raises(error, match=match):
        sf.reconcile(models, evidence())


def test_models_of_other_than_one_transport_are_refused() -> None:
    with pytest.raises(ArgumentError, match=r"must be an estimate of one transport\. Ask one transport: sf\.estimate"):
        sf.reconcile(sf.estimate(2, "152mm"), evidence())
    with pytest.raises(ArgumentError, match="must be an estimate of one transport"):
        sf.reconcile(sf.estimate(1, "152mm") * 2, evidence())
    with pytest.raises(UnitError, match="is in container; expected rounds in one transport"):
        sf.reconcile(sf.units_needed(1, "152mm"), evidence())


def test_models_of_other_settings_are_refused() -> None:
    with sf.settings(n=500):
        few = model()
    with pytest.raises(SettingsError, match="n=2000"):
        sf.reconcile({"many": model(), "few": few}, evidence())


def test_a_count_by_the_name_of_an_input_of_the_model_is_refused() -> None:
    with pytest.raises(InputConflictError, match="load"):
        sf.reconcile(model(), evidence(count=sf.uniform("900 containers", "1,100 containers", name="load")))
