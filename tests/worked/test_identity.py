"""One unknown or two: what a name, an object and a text say, and what nobody can know."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy import stats

import shellflow as sf
from shellflow.errors import InputConflictError, ShellflowError
from shellflow.inputs import Input

TWINS = r"without a name= have the same content.*nobody can know whether they are one unknown or two.*Give both a name="


def est(count: object = 100, **given: Any) -> sf.Estimate:
    return sf.estimate(count, "152mm", **given)


# --- a source is a text -----------------------------------------------------------------------------------------------


def test_a_factor_with_the_source_of_a_question_is_still_uncertain() -> None:
    # The median of uniform(0.5, 1) is 0.75, and not its low limit.
    plain = est(6_700, packing="ceiling") * sf.uniform(0.5, 1)
    told = est(6_700, packing="ceiling") * sf.uniform(0.5, 1, source="as asked")
    assert np.array_equal(told.values, plain.values)
    assert told.band()[1] == pytest.approx(0.75 * est(6_700, packing="ceiling").band()[1], rel=0.01)


def test_a_share_with_the_source_of_a_question_is_evidence_of_its_user() -> None:
    told = est(munition_share=sf.fixed(1, source="as asked"))
    assert "an upper reading" not in told.explain()
    assert "as asked (assumed)" in sf.estimates.plotting.source_line([told])
    assert "an upper reading" in est(munition_share=1).explain()
    own = sf.packing("152mm", rounds_per_transport=500, source="a count", grade="measured")
    assert est(packing=own).grade == "measured"
    assert est(packing=own, munition_share=sf.uniform(0.5, 1, source="as asked")).grade == "assumed"


def test_containers_to_a_voyage_of_ones_own_may_bear_any_name() -> None:
    own = sf.uniform(100, 200, "containers/voyage", name="voyages.container")
    voyages = sf.estimate("64 voyages", "152mm", packing="ceiling", containers_per_voyage=own)
    longer = voyages.replace(transport="40ft")
    assert longer.values == pytest.approx(
        sf.estimate("64 voyages", "152mm", packing="ceiling", transport="40ft", containers_per_voyage=own).values
    )
    with pytest.raises(ShellflowError, match=r"those counted were some 6 m long"):
        sf.estimate("64 voyages", "152mm", packing="ceiling").replace(transport="40ft")


# --- without a name ---------------------------------------------------------------------------------------------------


def test_the_same_question_has_the_same_answer() -> None:
    first, second = (est(munition_share=sf.uniform(0.7, 1)) for _ in range(2))
    assert first.band() == second.band()
    assert np.array_equal(first.values, second.values)
    frozen = [est(munition_share=sf.distribution(stats.uniform(0.7, 0.3))) for _ in range(2)]
    assert frozen[0].band() == frozen[1].band()


def test_the_same_question_has_the_same_answer_in_another_process() -> None:
    asked = "sf.estimate(100, '152mm', munition_share=sf.distribution(stats.beta(8, 2))).band()"
    code = f"import shellflow as sf\nfrom scipy import stats\nprint({asked})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(Path(sf.__file__).parents[1])},
    )
    assert done.stdout.strip() == str(est(munition_share=sf.distribution(stats.beta(8, 2))).band())


def _twin() -> Input:
    return sf.uniform(40, 60)


MEETINGS: dict[str, Callable[[], object]] = {
    "two ships": lambda: est(_twin()) + est(_twin()),
    "a difference": lambda: est(_twin()) - est(_twin()),
    "the same, by way of a text": lambda: est(_twin()) + est(sf.uniform("40 containers", "60 containers")),
    "a product": lambda: est() * _twin() * _twin(),
    "a ratio": lambda: est(_twin()) / est(_twin()),
    "a ratio of plain numbers": lambda: _twin() / (est() * _twin()),
    "two arguments of one call": lambda: est(sf.uniform(0.5, 1), munition_share=sf.uniform(0.5, 1)),
    "two sides of a crate": lambda: est(
        packing=sf.packing("152mm", size=("0.9 m", sf.uniform("0.2 m", "0.3 m"), sf.uniform("0.2 m", "0.3 m")))
    ),
    "a threshold": lambda: est(_twin()).chance(at_least=est(_twin())),
    "a threshold of one's own": lambda: (est() * sf.uniform(1, 2)).chance(at_most=sf.uniform(1, 2)),
    "a rate of fire": lambda: (
        (est() * sf.uniform(1, 2)).lasts_at(sf.uniform("1/day", "2/day")) * sf.uniform("1/day", "2/day")
    ),
    "a foreign distribution": lambda: est() * sf.distribution(stats.norm(5, 1)) * sf.distribution(stats.norm(5, 1)),
    "a name like that of one without": lambda: (
        est() * sf.uniform(1, 2, name="unnamed uniform(1, 2)") * sf.uniform(1, 2)
    ),
}


@pytest.mark.parametrize("meeting", MEETINGS.values(), ids=MEETINGS)
def test_two_unnamed_inputs_of_one_content_cannot_meet(meeting: Callable[[], object]) -> None:
    with pytest.raises(InputConflictError, match=TWINS):
        meeting()


def test_names_say_whether_it_is_one_unknown_or_two() -> None:
    one = est(sf.uniform(40, 60, name="ship")) + est(sf.uniform(40, 60, name="ship"))
    two = est(sf.uniform(40, 60, name="first ship")) + est(sf.uniform(40, 60, name="second ship"))
    assert np.array_equal(one.values, (est(sf.uniform(40, 60, name="ship")) * 2).values)
    # Two independent errors: less than twice the spread of one, by the square root of two.
    assert two.values.std() < one.values.std()
    exact = sf.packing("152mm", rounds_per_transport=500, name="exactly 500")
    of_one = est(sf.uniform(40, 60, name="first ship"), packing=exact)
    of_two = of_one + est(sf.uniform(40, 60, name="second ship"), packing=exact)
    assert of_two.values.std() == pytest.approx(of_one.values.std() * 2**0.5, rel=0.02)


def test_one_object_is_one_unknown_wherever_it_goes() -> None:
    ship = sf.uniform(40, 60)
    made = est(ship)
    copies = (ship, copy.copy(ship), copy.deepcopy(ship), pickle.loads(pickle.dumps(ship)))
    for again in (*(est(one) for one in copies), sf.from_json(made.to_json()), copy.deepcopy(made)):
        assert not (made - again).values.any()
        assert (made + again).band() == (made * 2).band()
    # In every role it plays: a count of containers, and a plain number.
    assert (est(ship, packing="ceiling") / ship).values == pytest.approx(est(1, packing="ceiling").values)


def test_a_range_in_words_is_named_by_its_argument_and_its_content() -> None:
    exact = sf.packing("152mm", rounds_per_transport=1, name="one")
    first, second = (est(text, packing=exact) for text in ("280-320 containers", "100-120 containers"))
    assert not (first - est("280 to 320", packing=exact)).values.any()
    # Uniform over 40 and over 20: their variances are 40**2/12 and 20**2/12, and add up.
    assert (first + second).values.std() == pytest.approx(((40**2 + 20**2) / 12) ** 0.5, rel=0.02)


def test_fixed_numbers_are_the_same_wherever_they_are_stated() -> None:
    assert (est(sf.fixed(50)) + est(sf.fixed(50))).band() == est(100).band()
    assert (est(sf.uniform(50, 50)) + est(sf.triangular(50, 50, 50))).band() == est(100).band()


def test_flows_whose_shares_are_two_unnamed_inputs_cannot_be_added() -> None:
    table = {"count": [10], "date": ["2024-01-01"]}
    import pandas as pd

    def flow(share: object) -> sf.Flow:
        return sf.flow(pd.DataFrame(table), munition="152mm", munition_share=share)

    with pytest.raises(InputConflictError, match=TWINS):
        flow(sf.uniform(0.7, 1)) + flow(sf.uniform(0.7, 1))
    with pytest.raises(InputConflictError, match=TWINS):
        flow(sf.uniform(0.7, 1)).balance("10k/day", share=sf.uniform(0.7, 1))
    share = sf.uniform(0.7, 1)
    assert (flow(share) + flow(share)).total().band() == (flow(share).total() * 2).band()
