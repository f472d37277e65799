"""Whatever is changed in the JSON of an estimate, it is read as a sound estimate or refused as a whole."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

import shellflow as sf
from shellflow.errors import DataError
from tests.examples import examples


def _texts() -> list[str]:
    with sf.settings(n=16):
        made = [
            sf.estimate("64 voyages", "152mm", packing="crated", munition_share=sf.uniform(0.7, 1)) * 2,
            sf.estimate(6_700, sf.mix("152mm", "122mm-rocket")) / sf.uniform(1, 2),
            sf.units_needed("3M", "122mm-shell", packing="as-loaded", transport="covered-wagon")
            - 5 * sf.units_needed("1M", "152mm", packing="ceiling", transport="covered-wagon"),
            sf.estimate(sf.distribution(stats.norm(300, 5)), "152mm", packing="reported").lasts_at("10k/day"),
        ]
        return [est.to_json() for est in made]


TEXTS = _texts()
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from(
        [10**12, 10**400, -(10**30), 2**63, "", "kg", "lb", "round", "container", "capacity", "Sum", [], {}]
    ),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=5),
    st.just([1, "a", None]),
    st.just({"input": "no such"}),
    st.just({"type": "Fixed", "value": -1.0}),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, entry in steps:
        yield (*path, step)
        yield from _places(entry, (*path, step))


PLACES = [[path for path in _places(json.loads(text)) if path[0] != "summary"] for text in TEXTS]


def _read(text: str) -> sf.Estimate | str:
    try:
        return sf.from_json(text)
    except DataError as error:
        return str(error)


@given(st.data(), st.integers(0, len(TEXTS) - 1), st.sampled_from(["replace", "remove", "add"]))
@examples(400)
def test_a_changed_text_is_sound_or_refused(data: st.DataObject, which: int, how: str) -> None:
    document = json.loads(TEXTS[which])
    path = data.draw(st.sampled_from(PLACES[which]))
    parent: Any = document
    for step in path[:-1]:
        parent = parent[step]
    if how == "remove":
        del parent[path[-1]]
    elif how == "add" and isinstance(parent, dict):
        parent["added"] = data.draw(SCALARS)
    else:
        parent[path[-1]] = data.draw(SCALARS)
    est = _read(json.dumps(document))
    if isinstance(est, str):
        assert est.startswith(("the JSON is not a sound estimate: ", "not JSON", "format="))
        assert "Error: " not in est  # what Python raises does not say which field it is
        return
    assert est.values.shape == (est.settings.n,)
    assert np.all(np.isfinite(est.values))
    assert np.all(np.isfinite(est.band()))
    assert str(est)
    assert est.explain()
    # Not by a difference: one of a capacity and contents has no sum with another.
    assert np.array_equal(est.values, sf.from_json(est.to_json()).values)


@given(st.text() | st.binary() | st.integers() | st.none() | st.lists(st.integers()))
def test_what_is_no_text_of_ours_is_refused(text: Any) -> None:
    with pytest.raises(DataError, match=r"not JSON|format="):
        sf.from_json(text)
