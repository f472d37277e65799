"""Inputs by hand: what each way of stating one means."""

from __future__ import annotations

from collections.abc import Callable
from statistics import NormalDist

import numpy as np
import numpy.typing as npt
import pytest
from scipy import stats

import shellflow as sf
from shellflow import catalog, inputs, sampling
from shellflow.errors import BoundError, NoDataError, ShellflowError, UnitError


def test_a_uniform_band() -> None:
    # 5 %, 50 % and 95 % of the way from 10 to 20 t.
    found = sf.uniform("10 t", "20 t", name="load")
    assert found.band() == pytest.approx((10_500, 15_000, 19_500))
    assert (found.unit, found.grade, found.source) == ("kg", "assumed", "none stated")


def test_a_triangular_band() -> None:
    # 0 to 10, best 4: the density rises to 4, which holds 0.4 of all. P5 = sqrt(0.05 * 10 * 4) = 1.4142;
    # P50 = 10 - sqrt(0.5 * 10 * 6) = 4.5228; P95 = 10 - sqrt(0.05 * 10 * 6) = 8.2679.
    assert sf.triangular(0, 4, 10, name="x").band() == pytest.approx((1.4142, 4.5228, 8.2679), abs=1e-4)


def test_a_lognormal_median_is_the_geometric_mean_of_its_ends() -> None:
    # 90 % from 100 to 400: median 200; sd of the logs log(2)/1.644854 = 0.421403; P75 = 200 * exp(0.67449 * 0.421403).
    found = sf.lognormal(100, 400, name="x")
    assert found.band(0.9) == pytest.approx((100, 200, 400))
    assert found.band(0.5)[2] == pytest.approx(265.75, abs=0.01)


@pytest.mark.parametrize(
    "observations",
    # Also where the logs, as those of 6 and 7, do not average to themselves, and where only the units differ.
    [["10 t"] * 3, [6, 6, 6], [7] * 5, [0.1] * 9, ["10 t", "10000 kg", ("10 t", "10 t")], [(9, 9)] * 3],
)
def test_equal_observations_show_no_spread_and_are_refused(observations: list[object]) -> None:
    with pytest.raises(NoDataError, match=r"equal values show no spread.* as the range it was rounded from"):
        sf.from_observations(observations, name="x")


def test_equal_ranges_have_the_spread_of_the_range() -> None:
    # log(11/9) = 0.200671; its square over 12 is 0.00335573, the root 0.0579287; times sqrt(4/3) 0.0668903. The 90 %
    # band: sqrt(9 x 11) exp(-+2.919986 x 0.0668903) = 9.94987 exp(-+0.195319).
    assert sf.from_observations([(9, 11)] * 3, name="x").band() == pytest.approx((8.1845, 9.9499, 12.0960), abs=1e-4)


def test_equal_observations_of_the_catalog_are_refused_by_name() -> None:
    with pytest.raises(NoDataError, match=r"^loads\.truck: 3 observations that are all 9000: equal values") as refusal:
        inputs.fit_observations(
            "loads.truck", [(9000, 9000)] * 3, unit="kg", source="s", grade="derived", band_for="the next"
        )
    assert refusal.value.missing == "observations that differ, or ranges"


def test_observations_may_be_ranges_and_of_several_units() -> None:
    found = sf.from_observations(["10 t", "10000 kg", ("8 t", "12.5 t")], name="x")
    # Worked in test_sampling: 10 * exp(-+0.250792).
    assert found.band() == pytest.approx((7781.8, 10_000, 12_850.4), abs=0.1)
    assert found.band_for == "the next one of the same kind"


def test_discrete_values_are_put_in_order() -> None:
    # From below: 1 with 0.25, 2 with 0.25, 3 with 0.5. The median is 2, the value at which half is reached.
    found = sf.discrete([3, 1, 2], [0.5, 0.25, 0.25], name="x")
    assert found.band(0.98) == (1.0, 2.0, 3.0)
    assert found.distribution == sampling.Discrete((1.0, 2.0, 3.0), (0.25, 0.25, 0.5))


def test_a_distribution_of_scipy_keeps_its_quantiles_in_its_unit() -> None:
    found = sf.distribution(stats.norm(10, 1), "t", name="x")
    assert found.band() == pytest.approx((10_000 - 1644.854, 10_000, 10_000 + 1644.854), abs=0.01)
    assert found.draws(sampling.Settings(n=64)).shape == (64,)


class Narrow:
    """A distribution that answers only between 0 and 1, as the standard library's normal does, and has no hash."""

    __hash__ = None  # type: ignore[assignment]

    def ppf(self, p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.array([NormalDist(0.5, 0.05).inv_cdf(float(one)) for one in p])


def test_a_distribution_that_says_nothing_of_its_ends_will_do() -> None:
    share = sf.distribution(Narrow(), name="share")
    made = sf.units_needed("3M", "152mm", munition_share=share)
    whole = sf.units_needed("3M", "152mm")
    assert made.values == pytest.approx(whole.values / share.draws(made.settings), rel=1e-12)
    assert np.array_equal(sf.from_json(made.to_json()).values, made.values)
    # 0.5 -+ 1.645 * 0.05, of 90 %, as there are no limits to print.
    assert str(sf.estimate(share, "152mm")).startswith("0.42 to 0.58 containers (90 %) of 152mm")


def test_a_count_in_words_may_carry_its_noun_once() -> None:
    assert sf.uniform("6000", "7000 containers", name="x").unit == "container"
    assert sf.fixed("6.7k containers").distribution == sampling.Fixed(6700.0)
    assert sf.fixed("10k/day").unit == "1/day"


def test_a_fixed_input_is_the_same_unknown_wherever_it_is_made() -> None:
    assert sf.fixed("65 kg") == sf.fixed(65, "kg")
    assert sf.fixed("65 kg").name == "fixed 65 kg"


def test_two_sums_that_differ_in_the_last_digit_can_be_added() -> None:
    # 0.1 + 0.2 is 0.30000000000000004.
    made = sf.estimate(0.1 + 0.2, "152mm") + sf.estimate(0.3, "152mm")
    assert made.values == pytest.approx(sf.estimate(0.6, "152mm").values, rel=1e-12)


@pytest.mark.parametrize(
    ("grades", "expected"),
    [(["measured"], "measured"), (["published", "specified"], "published"), (["assumed", "measured"], "assumed")],
)
def test_the_weakest_grade(grades: list[str], expected: str) -> None:
    assert inputs.weakest(grades) == expected


def test_low_best_and_high_of_a_table_are_hard_limits() -> None:
    def of(low: float | None, best: float | None, high: float | None) -> sampling.Distribution:
        return inputs.from_limits("x", low, best, high, unit="kg", source="s", grade="published").distribution

    assert of(1, 2, 3) == sampling.Triangular(1, 2, 3)
    assert of(1, None, 3) == sampling.Uniform(1, 3)
    assert of(None, 2, None) == of(2, 2, 2) == of(2, None, 2) == sampling.Fixed(2)


def test_the_observed_load_of_containers() -> None:
    # Averages in t: 4536..5000 / 415 = 10.930..12.048; 2449..2700 / 197 = 12.431..13.706;
    # 50 / 6 = 8.333; 17774 / 1250 = 14.219; 9072..10000 / 1075 = 8.439..9.302; 921..1015 / 86 = 10.709..11.802. Logs of
    # the midpoints 2.44022, 2.56902, 2.12026, 2.65459, 2.18157, 2.41970: mean 2.39756, variance 0.044264. Ranges:
    # (0.09739^2 + 0.09757^2 + 0.09739^2 + 0.09718^2) / 12 / 6 = 0.000527. Scale sqrt(0.044791 * 7/6) = 0.22860, and
    # t(5, 0.95) = 2.015048: median 10.996 t, and a band of 10.996 * exp(-+0.46063) = 6.937 to 17.430 t.
    found = catalog.observed_load("container")
    assert found.band() == pytest.approx((6937, 10_996, 17_430), rel=2e-4)
    assert isinstance(found.distribution, sampling.LogStudentT)
    assert found.distribution.df == 5
    assert found.distribution.log_scale == pytest.approx(0.22860, abs=2e-5)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("280-320 containers", 280, 320),
        ("280 to 320", 280, 320),
        ("between 280 and 320 containers", 280, 320),
        ("280\u2013320\u00a0containers", 280, 320),
        ("800-1,200 containers", 800, 1200),
        (".8-1.2k containers", 800, 1200),
        ("300-300 containers", 300, 300),
    ],
)
def test_a_range_in_words_is_the_uniform_of_its_ends(text: str, low: float, high: float) -> None:
    found = inputs.as_input(text, "container", "count", bare="")
    assert found.distribution == (sampling.Uniform(low, high) if low < high else sampling.Fixed(low))
    assert found.unit == "container"


def test_an_estimate_of_a_range_says_that_it_took_all_of_it_alike() -> None:
    made = sf.estimate("280-320 containers", "152mm", packing="ceiling")
    # 21,750 / 46.5 kg is 467 rounds to a container in every draw, or nearly: from 5 % to 95 % of the way, 282 to 318.
    assert made.band()[0] / made.band()[2] == pytest.approx(282 / 318, rel=0.06)
    says = "range: 280 to 320 containers, each as likely as the next (uniform)"
    assert says in made.explain()
    assert says in str(sf.compare("280-320 containers", "152mm", packings=["ceiling"]))
    assert "range:" not in sf.estimate(300, "152mm").explain()


@pytest.mark.parametrize("sign", ["300+", ">300", ">=300", "\u2265300", "<300", "\u2264300 containers", "300 +"])
@pytest.mark.parametrize("spoken", ["at least 300 containers", "fewer than 300"])
def test_a_bound_in_signs_is_refused_where_one_in_words_is(sign: str, spoken: str) -> None:
    for text in (sign, spoken, f"{sign} containers" if "containers" not in sign else sign):
        with pytest.raises(BoundError, match=r"neither a bound nor a range\. Write '300"):
            sf.estimate(text, "152mm")
        with pytest.raises(BoundError, match=r"value=.*neither a bound nor a range"):
            sf.fixed(text)


def test_a_point_needs_no_nought_before_it() -> None:
    assert sf.fixed(".9 m").band(0.5)[1] == 0.9
    assert sf.fixed(".9 t").band(0.5)[1] == 900
    assert sf.fixed("-.5 m").band(0.5)[1] == -0.5


@pytest.mark.parametrize(
    "text", ["+300 containers", "300+-20 containers", "300 \u00b1 20", "5-6,000", ">20 t", "20+ t"]
)
def test_what_can_be_read_in_two_ways_is_no_quantity_either(text: str) -> None:
    with pytest.raises(ShellflowError, match=r"value="):
        sf.fixed(text)


@pytest.mark.parametrize(
    "text",
    [
        "5 conta\u0131ners",
        "5 container\u017f",
        "5 \u212ag",
        "5 \u0441ontainers",
        "5 m**(9**9**9)",
        "5 m**9**9**9",
        "5 " + "m" * 100_000,
        "5 " + " " * 100_000 + "x",
        "5 kg" + "**2" * 50,
        "5 kg**-1e400",
        "5 kg**nan",
        "5 kg if 1 else 0",
        "__import__('os')",
        "5 __class__",
        "1.3 cwt",
        "5 lambda",
        "5 kg # g",
        "5 kg;6",
        "5 \x00kg",
        "\ud800 kg",
    ],
)
@pytest.mark.parametrize(
    "ask",
    [
        sf.fixed,
        lambda text: sf.fixed(5, text),
        lambda text: sf.estimate(text, "152mm"),
        lambda text: sf.packing("152mm", rounds=1, packaging=text),
        lambda text: sf.uniform(text, text),
        lambda text: sf.distribution(sf.uniform(1, 2, name="x").distribution, text),
        lambda text: sf.units.quantity(1.0, text),
    ],
)
def test_a_text_is_read_or_refused_and_never_evaluated(ask: Callable[[str], object], text: str) -> None:
    with pytest.raises(ShellflowError, match=r"must|cannot read|unit|letters|no noun named"):
        ask(text)


def test_a_letter_that_only_looks_like_one_of_a_unit_is_named() -> None:
    with pytest.raises(UnitError, match=r"Did you mean 'containers'\? It is written without '\u0131' \(U\+0131\)"):
        sf.estimate("5 conta\u0131ners", "152mm")
    with pytest.raises(UnitError, match=r"Did you mean 'containers'\? It is written without '\u0441' \(U\+0441\)"):
        sf.fixed("5 \u0441ontainers")
