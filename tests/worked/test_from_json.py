"""What a JSON text or a pickle may hold: what the constructors allow, and nothing else."""

from __future__ import annotations

import copy
import json
import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import stats

import shellflow as sf
from shellflow.errors import DataError, ShellflowError
from shellflow.packings import Physical, Reported


def crated() -> sf.Estimate:
    return sf.estimate("64 voyages", "152mm", packing="crated", munition_share=sf.uniform(0.7, 1)) * 2


def reported() -> sf.Estimate:
    return sf.estimate(6_700, sf.mix("152mm", "122mm-rocket")) / sf.uniform(1, 2)


def to_dict(est: sf.Estimate) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(est.to_json())
    return document


LEAF = ("estimate", "part", "contents", 0)
SHARE = ("inputs", "unnamed uniform(0.7, 1)")
PAYLOAD = ("inputs", "transports.20ft-24t.payload_kg")
RATIO = ("inputs", "claims.rok-mnd.152mm.20ft-24t")

FAULTS: dict[str, tuple[tuple[str | int, ...], object, str]] = {
    "negative rounds": ((*LEAF, "rounds"), -1, r"contents\[0\].* rounds=-1: must be a whole number of at least 1"),
    "rounds that are no whole number": ((*LEAF, "rounds"), 1.5, r"contents\[0\]\.rounds=1\.5: must be a whole number"),
    "rounds that are true": ((*LEAF, "rounds"), True, r"contents\[0\]\.rounds=True: must be a whole number"),
    "rounds in words": ((*LEAF, "rounds"), "1", r"contents\[0\]\.rounds='1': must be a whole number"),
    "rounds beyond floats": ((*LEAF, "rounds"), 10**300, r"contents\[0\]\.rounds=.*: must be a whole number"),
    "another question": ((*LEAF, "basis"), "claims", r"basis='claims': must be one of capacity, contents"),
    "another orientation": ((*LEAF, "orientation"), "any", r"\.orientation='any': must be 'upright' or 'free'"),
    "no layers": ((*LEAF, "layers"), 0, r"layers=0: must be a whole number of at least 1"),
    "another recipe": ((*LEAF, "recipe"), "mine", r"recipe='mine': must be one of reported"),
    "another load rule": ((*LEAF, "load_rule"), "half", r"load_rule='half': must be one of full"),
    "two sides": ((*LEAF, "size"), [{"input": PAYLOAD[1]}] * 2, r"size=.*: must be a list|size: must be a list of 3"),
    "a packing called by a number": ((*LEAF, "name"), 7, r"contents\[0\]\.name=7: must be a text"),
    "no munition": ((*LEAF, "munition"), None, r"\.munition=None: must be Munition"),
    "a munition that is a transport": (
        (*LEAF, "munition", "type"),
        "Transport",
        r"munition\.type='Transport': must be",
    ),
    "an empty munition": ((*LEAF, "munition", "munition"), " ", r"Munition\.munition=' ': must be a text that is not"),
    "a negative calibre": ((*LEAF, "munition", "calibre_mm"), -152, r"calibre_mm=-152: must be a positive"),
    "a length of 0": ((*LEAF, "munition", "length_m"), 0, r"length_m=0: must be a positive"),
    "a mass below 0": ((*LEAF, "munition", "projectile_kg_low"), -4.0, r"projectile_kg_low=-4\.0: must be a positive"),
    "no payload": ((*LEAF, "transport", "payload_kg"), 0, r"payload_kg=0: must be a positive"),
    "a payload in words": ((*LEAF, "transport", "payload_kg"), "21 t", r"payload_kg='21 t': must be a finite number"),
    "an inside below 0": ((*LEAF, "transport", "inner_width_m"), -2.3, r"inner_width_m=-2\.3: must be a positive"),
    "a transport of another kind": ((*LEAF, "transport", "kind"), "ship", r"kind='ship': must be one of container"),
    "a payload in pounds": (
        (*PAYLOAD, "unit"),
        "lb",
        r"inputs\['transports\.20ft-24t\.payload_kg'\].*unit='lb'.*in kg",
    ),
    "a payload in metres": ((*PAYLOAD, "unit"), "m", r"payload=.*is in m; expected kg"),
    "a payload below 0": ((*PAYLOAD, "distribution", "value"), -1.0, r"payload=-1 kg: must be above 0"),
    "a payload that is infinite": (
        (*PAYLOAD, "distribution", "value"),
        10**400,
        r"value=1000.*: must be a finite number",
    ),
    "a name that is a number": ((*SHARE, "name"), 5, r"\.name=5: must be a text"),
    "an empty name": ((*SHARE, "name"), " ", r"name=' ': must be a text that is not empty"),
    "another name": ((*SHARE, "name"), "x", r"name='x': must be the key"),
    "a source that is none": ((*SHARE, "source"), None, r"\.source=None: must be a text"),
    "a grade without a source": ((*PAYLOAD, "source"), "", r"grade='.*' without a source"),
    "another grade": ((*SHARE, "grade"), "certain", r"grade='certain': must be one of measured"),
    "another origin": ((*SHARE, "origin"), "heaven", r"\.origin='heaven': must be 'user', 'question' or 'catalog'"),
    "a token that is a number": ((*SHARE, "token"), 1, r"\.token=1: must be a text"),
    "a share above 1": ((*SHARE, "distribution", "high"), 1.5, r"munition_share=.*: must be at least 0 and at most 1"),
    "a share upside down": ((*SHARE, "distribution", "high"), 0.5, r"low=0\.7, high=0\.5: low must be below high"),
    "a share that is true": (
        (*SHARE, "distribution", "high"),
        True,
        r"distribution\.high=True: must be a finite number",
    ),
    "a share of kilograms": ((*SHARE, "unit"), "kg", r"munition_share is in kg; must be a plain number"),
    "another distribution": (
        (*SHARE, "distribution", "type"),
        "Normal",
        r"distribution\.type='Normal': must be AverageOfFactors, Discrete",
    ),
    "a term for a distribution": (
        (*SHARE, "distribution", "type"),
        "Sum",
        r"distribution\.type='Sum': must be AverageOfFactors, Disc",
    ),
    "a distribution that is a list": (
        (*SHARE, "distribution"),
        [],
        r"\.distribution=\[\]: must be AverageOfFactors, Discrete",
    ),
    "a key too many": ((*SHARE, "color"), "red", r"inputs\[.*\]: 'color' is not known; must be one of name"),
    "an input of no key": (
        ("estimate", "part", "munition_share"),
        {"input": "lost"},
        r"input='lost': must be a key of",
    ),
    "an input that is a number": (("estimate", "part", "munition_share"), 1.0, r"munition_share=1\.0: must be Input"),
    "an input that is a list": (("estimate", "part", "munition_share"), {"input": []}, r"input=\[\]: must be a key of"),
    "no packings": (("estimate", "part", "contents"), [], r"contents: must be at least one packing"),
    "weights that are none": (("estimate", "part", "weights"), None, r"\.weights=None: must be a list"),
    "a factor in words": (("estimate", "factor"), "2", r"estimate\.factor='2': must be a finite number"),
    "another unit": (("estimate", "unit"), "wagon", r"unit='wagon' is \[wagon\]; expected \[munition\]"),
    "another term": (("estimate", "type"), "Sum of", r"estimate\.type='Sum of': must be Carried, Needed"),
    "no term": (("estimate",), 5, r"estimate=5: must be Carried, Needed"),
    "too many draws": (("settings", "n"), 10**12, r"n=1,000,000,000,000|settings\.n=|n=1000000000000"),
    "draws below 0": (("settings", "n"), -3, r"n=-3: must be a whole number of at least 1"),
    "half a draw": (("settings", "n"), 16.5, r"settings\.n=16\.5: must be a whole number"),
    "settings that are none": (("settings",), None, r"settings=None: must be an object in braces"),
    "a version that is a number": (("made_by", "data"), 3, r"made_by\.'data'=3: must be a text"),
    "made by nobody": (("made_by",), [], r"made_by=\[\]: must be an object"),
    "inputs in a list": (("inputs",), [], r"inputs=\[\]: must be an object"),
    "the format of a later version": (("format",), 99, r"format=99: must be 3\. .*a higher format needs a newer"),
    "a format that is true": (("format",), True, r"format=True: must be 3"),
}


@pytest.mark.parametrize(("path", "to", "match"), FAULTS.values(), ids=FAULTS)
def test_what_no_constructor_allows_is_refused_by_name(path: tuple[str | int, ...], to: object, match: str) -> None:
    document = to_dict(crated())
    place: Any = document
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = to
    with pytest.raises(DataError, match=match):
        sf.from_json(json.dumps(document))


def test_a_ratio_below_0_is_refused() -> None:
    document = to_dict(sf.estimate(10, "152mm", packing=sf.packing("152mm", rounds_per_transport=500)))
    (key,) = (key for key in document["inputs"] if key.startswith("rounds_per_transport"))
    document["inputs"][key]["distribution"]["value"] = -100.0
    with pytest.raises(
        DataError, match=r"contents\[0\]: rounds_per_transport=-100 round/container: must be at least 0"
    ):
        sf.from_json(json.dumps(document))


def test_a_count_that_is_below_0_in_some_draws_is_refused() -> None:
    document = to_dict(crated())
    leaf = document["estimate"]["part"]
    leaf["count"] = {"type": "Scaled", "factor": -1.0, "part": leaf["count"], "unit": "container"}
    with pytest.raises(DataError, match=r"a count in container is below 0 in some draws"):
        sf.from_json(json.dumps(document))


def test_shares_that_do_not_sum_to_1_are_refused() -> None:
    document = to_dict(sf.estimate(10, sf.mix({"152mm": 0.25, "122mm-rocket": 0.75})))
    (key,) = (key for key in document["inputs"] if key.endswith("share 0.25"))
    document["inputs"][key]["distribution"]["value"] = 0.5
    with pytest.raises(DataError, match=r"weights: must sum to 1, and sum to 1\.25"):
        sf.from_json(json.dumps(document))


def test_a_missing_part_and_an_idle_one_are_named() -> None:
    document = to_dict(crated())
    del document["estimate"]["part"]["alias"]
    with pytest.raises(DataError, match=r"estimate\.part: 'alias' is missing"):
        sf.from_json(json.dumps(document))
    document = to_dict(crated())
    document["inputs"]["idle"] = document["inputs"][SHARE[1]] | {"name": "idle"}
    with pytest.raises(DataError, match=r"inputs\['idle'\]: no part of the estimate uses it"):
        sf.from_json(json.dumps(document))


def test_texts_that_are_too_large_too_deep_or_not_json_are_refused() -> None:
    text = crated().to_json()
    for wrong, match in (
        ("[" * 100_000, r"not JSON"),
        (text.replace('"seed": 0', '"seed": NaN'), r"NaN is no number"),
        (text.replace('"seed": 0', '"seed": 0, "seed": 1'), r"'seed' stands twice"),
        (text.replace('"seed": 0', '"seed": ' + "9" * 5_000), r"not JSON"),
        (text.encode(), r"not JSON \(b'"),
        (None, r"not JSON \(None\)"),
    ):
        with pytest.raises(DataError, match=match):
            sf.from_json(wrong)  # type: ignore[arg-type]
    deep = sf.estimate(1, "152mm")
    for _ in range(250):
        deep = deep * sf.uniform(0.9, 1, name="kept") + sf.estimate(1, "152mm")
    with pytest.raises(DataError, match=r"nested more than 200 levels"):
        deep.to_json()
    document = to_dict(crated())
    for _ in range(250):
        document["estimate"] = {"type": "Scaled", "factor": 1.0, "unit": "round", "part": document["estimate"]}
    with pytest.raises(DataError, match=r"nested more than 200 levels"):
        sf.from_json(json.dumps(document))
    with pytest.raises(DataError, match=r"100,000,001 characters, and at most 100,000,000 are read"):
        sf.from_json(" " * 100_000_001)


def test_what_is_too_large_to_be_read_is_not_written() -> None:
    exact = sf.packing("152mm", rounds_per_transport=100, name="exact")
    with sf.settings(n=2**20 + 1), pytest.raises(DataError, match=r"n=1,048,577: must be at most 1,048,576"):
        sf.estimate(1, "152mm", packing=exact).to_json()
    share = sf.uniform(0.7, 1, source="s" * 100_000_000)
    with sf.settings(n=1), pytest.raises(DataError, match=r"more than the 100,000,000 that are read"):
        sf.estimate(1, "152mm", packing=exact, munition_share=share).to_json()


def test_quantiles_are_numbers() -> None:
    text = sf.estimate(sf.distribution(stats.norm(300, 5), name="count"), "152mm").to_json()
    for values, match in (
        (["1", "2"], r"values\[0\]='1'"),
        ([True], r"values\[0\]=True"),
        ([2, 1], r"never falling"),
        ([], r"at least one"),
    ):
        document = json.loads(text)
        document["inputs"]["count"]["distribution"]["values"] = values
        with pytest.raises(DataError, match=match):
            sf.from_json(json.dumps(document))


def test_a_count_prints_after_json_as_it_did_before() -> None:
    counts = {
        "6,210 to 7,190 containers (90 %)": stats.norm(6_700, 300),
        "40 to 60 containers": stats.uniform(40, 20),
        "40 containers or more": None,
    }
    for start, found in counts.items():
        if found is not None:
            made = sf.estimate(sf.distribution(found), "152mm")
            assert str(made).startswith(start.replace(" (90 %)", " (90 %) of") if "(90 %)" in start else start)
            again = sf.from_json(made.to_json())
            assert str(again) == str(made)
            assert again.explain() == made.explain()
            assert not (made - again).values.any()


@pytest.mark.parametrize("make", [crated, reported])
def test_what_is_read_is_what_was_written(make: Callable[[], sf.Estimate]) -> None:
    made = make()
    again = sf.from_json(made.to_json())
    assert not (made - again).values.any()
    assert again.to_json() == made.to_json()
    assert again.explain() == made.explain()


def test_records_made_by_hand_are_held_to_the_rules_of_the_tables() -> None:
    from dataclasses import replace

    box, shell = sf.catalog.transports["20ft-24t"], sf.catalog.munitions["152mm"]
    with pytest.raises(ShellflowError, match=r"Transport\.payload_kg=-1: must be a positive, finite number"):
        replace(box, payload_kg=-1)
    with pytest.raises(
        ShellflowError, match=r"Munition\.length_m='0\.7 m': must be a positive.*None if it is not known"
    ):
        replace(shell, length_m="0.7 m")  # type: ignore[arg-type]
    packing = sf.packing("152mm", rounds=1, gross="65 kg")
    assert isinstance(packing, Physical)
    with pytest.raises(ShellflowError, match=r"fill=2: must be above 0 and at most 1"):
        replace(packing, fill=sf.fixed(2))
    with pytest.raises(ShellflowError, match=r"gross=65: must be an input"):
        replace(packing, gross=65)  # type: ignore[arg-type]
    ratio = sf.packing("152mm", rounds_per_transport=500)
    assert isinstance(ratio, Reported)
    with pytest.raises(ShellflowError, match=r"rounds_per_transport=.* is in kg; expected round/container"):
        replace(ratio, rounds_per_transport=sf.fixed("5 kg"))


# --- pickles ----------------------------------------------------------------------------------------------------------


def test_a_sound_pickle_is_the_same_unknown() -> None:
    made = crated()
    for again in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert not (made - again).values.any()


def broken(make: Callable[[dict[str, Any]], object]) -> bytes:
    """Return the pickle of an estimate whose state was changed."""

    class Changed(sf.Estimate):
        def __reduce__(self) -> Any:
            return sf.Estimate.__new__, (sf.Estimate,), make(self.__getstate__())

    made = crated()
    return pickle.dumps(Changed(made.term, made.settings, made.made_by))


def negative(state: dict[str, Any]) -> dict[str, Any]:
    term = copy.deepcopy(state["term"])
    object.__setattr__(term.part.contents[0], "rounds", -1)
    return state | {"term": term}


def emptied(state: dict[str, Any]) -> dict[str, Any]:
    term = copy.deepcopy(state["term"])
    del term.part.__dict__["contents"]
    return state | {"term": term}


STATES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "no state": (lambda _: {}, r"it holds \{\}"),
    "a list": (lambda _: [1], r"it holds \[1\]"),
    "no term": (lambda state: state | {"term": 3}, r"it holds 3 with Settings"),
    "no settings": (lambda state: state | {"settings": None}, r"with None"),
    "made by nobody": (lambda state: state | {"made_by": 3}, r"AttributeError"),
    "made by a number": (lambda state: state | {"made_by": {"data": 3}}, r"made_by holds 3"),
    "more than a state": (lambda state: state | {"more": 3}, r"it holds"),
    "negative rounds": (negative, r"rounds=-1: must be a whole number of at least 1"),
    "a term without its packings": (emptied, r"AttributeError"),
}


@pytest.mark.parametrize(("make", "match"), STATES.values(), ids=STATES)
def test_a_broken_pickle_raises_one_clear_error(make: Callable[[dict[str, Any]], object], match: str) -> None:
    packed = broken(make)
    with pytest.raises(
        DataError, match=rf"the pickle does not hold a sound estimate: .*{match}.*Make the estimate again"
    ):
        pickle.loads(packed)


def test_an_emptied_state_leaves_no_half_made_estimate() -> None:
    made = sf.Estimate.__new__(sf.Estimate)
    with pytest.raises(DataError, match=r"not hold a sound estimate"):
        made.__setstate__({"term": crated().term})
    assert not np.any([name in made.__dict__ for name in ("term", "settings")])


def test_a_seed_that_settings_take_is_read_again() -> None:
    with sf.settings(n=64, seed=2**64):
        estimate = sf.estimate(sf.uniform(40, 60), "152mm")
    again = sf.from_json(estimate.to_json())
    assert again.settings == estimate.settings
    assert again.values.tolist() == estimate.values.tolist()


@pytest.mark.parametrize("letter", ["\ud800", "\u202e", "\x00"])
def test_a_note_on_a_name_is_shown_with_what_cannot_be_seen_written_out(letter: str) -> None:
    with sf.settings(n=64):
        text = sf.estimate(1, "122mm", packing="crated").to_json()
    document = json.loads(text)
    document["estimate"]["alias"] = f"note{letter}"
    read = sf.from_json(json.dumps(document))
    shown = f"{read}{read.explain()}{read._repr_html_()}"
    assert letter not in shown
    assert letter.encode("unicode_escape").decode() in shown
