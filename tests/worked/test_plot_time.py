"""Figures over time by their parts: what a fan shows on a day, what a bar spans, and how lines are told apart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import numpy as np
import pandas as pd
import pytest
from matplotlib import dates, pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb

import shellflow as sf
from shellflow import plot

SHIPMENTS = pd.DataFrame(
    {
        "date": ["2024-01-10", "2024-01-20", "2024-02-03", "2024-02-20", "2024-05-05", "2024-05-05"],
        "low": [900, 400, 300, 1_500, 500, 10],
        "high": [1_100, 600, 300, 2_500, 500, 30],
        "munition": ["152mm", "122mm-rocket", "152mm", "152mm", "152mm", "122mm-rocket"],
    }
)


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def parts(ax: Axes, gid: str) -> list[Any]:
    return [one for one in ax.get_children() if one.get_gid() == gid]


def number(day: str | dt.date) -> float:
    found = dt.date.fromisoformat(day) if isinstance(day, str) else day
    return float(dates.date2num(found))  # type: ignore[no-untyped-call]  # matplotlib.dates has no types


def date_at(number: float) -> dt.date:
    found: dt.datetime = dates.num2date(number)  # type: ignore[no-untyped-call]
    return found.date()


def drawn_at(fan: Any, day: dt.date) -> list[float]:
    """Return the heights at which the outline of a fan turns on a day: what was before, and what is from then on."""
    corners = fan.get_paths()[0].vertices
    return sorted({float(y) for x, y in corners if x == number(day)})


# --- what a fan shows on a day ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["month", "year", None])
@pytest.mark.parametrize(("errors", "spread"), [("shared", 0.0), ("independent", 0.0), ("shared", 0.5)])
def test_on_each_day_a_fan_shows_what_the_flow_has_up_to_and_including_it(
    by: str | None, errors: str, spread: float
) -> None:
    packing = "as-loaded" if spread else "reported"  # what fits does not scatter
    flow = sf.flow(SHIPMENTS, packing=packing, by=by, count_errors=errors, between=spread)
    ax = flow.plot_cumulative()
    (line,) = parts(ax, "median")
    wide, _ = parts(ax, "fan")
    assert line.get_drawstyle() == "steps-post"
    days = [date_at(x) for x in line.get_xdata()[:-1]]
    assert days == sorted({dt.date.fromisoformat(day) for day in SHIPMENTS["date"]})
    for day, median in zip(days, line.get_ydata(), strict=False):
        low, middle, high = flow.between("2024-01-10", day).total().band()
        assert median == pytest.approx(middle, rel=1e-9)
        for end in (low, high):
            assert min(abs(end - drawn) for drawn in drawn_at(wide, day)) <= 1e-9 * end


def test_a_fan_of_one_munition_has_the_days_of_that_one() -> None:
    flow = sf.flow(SHIPMENTS)
    (line,) = parts(flow.plot_cumulative("122mm-rocket"), "median")
    # From nothing on the first day that the flow covers, the 10th of January, on which no rocket came.
    assert [date_at(x).isoformat() for x in line.get_xdata()[:3]] == ["2024-01-10", "2024-01-20", "2024-05-05"]
    assert line.get_ydata()[0] == 0
    assert line.get_ydata()[-1] == pytest.approx(flow.total("122mm-rocket").band()[1])


def test_a_fan_goes_on_to_the_last_day_that_the_flow_covers() -> None:
    flow = sf.flow(SHIPMENTS).between("2024-01-01", "2024-03-31")
    (line,) = parts(flow.plot_cumulative(), "median")
    assert line.get_xdata()[0] == number("2024-01-01")
    assert line.get_ydata()[0] == 0
    assert line.get_xdata()[-1] > number("2024-03-31")
    assert line.get_ydata()[-1] == line.get_ydata()[-2] == pytest.approx(flow.total().band()[1])
    empty = sf.flow(SHIPMENTS).between("2024-03-01", "2024-03-31").plot_cumulative()
    assert set(parts(empty, "median")[0].get_ydata()) == {0}


def test_a_claim_stands_on_its_day_over_what_had_come_by_then() -> None:
    # The record: 2,000 containers by the 2nd of November 2023, of which the fan has to have something on that day.
    flow = sf.flow(sf.catalog.examples.shipments(), munition="152mm")
    ax = flow.plot_cumulative(claims={"2023-11-02": 900_000})
    (claim,), (line,) = parts(ax, "claim"), parts(ax, "median")
    assert line.get_xdata()[0] <= claim.get_xdata()[0] < line.get_xdata()[0] + 1
    assert line.get_ydata()[0] == pytest.approx(sf.estimate(2_000, "152mm").band()[1])


def test_of_very_many_days_some_are_drawn_each_exactly_and_those_of_claims_among_them() -> None:
    days = pd.date_range("2020-01-01", periods=1_000, freq="D")
    with sf.settings(n=64):
        flow = sf.flow(pd.DataFrame({"date": days, "count": 10.0, "munition": "152mm"}), by="quarter")
        claimed = dt.date(2021, 3, 7)
        ax = flow.plot_cumulative(claims={claimed: "1M"})
        (line,) = parts(ax, "median")
        drawn = {date_at(x): y for x, y in zip(line.get_xdata()[:-1], line.get_ydata(), strict=False)}
        assert 100 < len(drawn) < 300
        assert claimed in drawn
        assert {days[0].date(), days[-1].date()} <= set(drawn)
        whole = flow.total().band()[1]
        for day, median in drawn.items():
            assert median == pytest.approx(whole * ((day - days[0].date()).days + 1) / 1_000, rel=1e-9)


def test_a_claim_that_is_a_range_has_a_mark_at_both_ends() -> None:
    day = dt.date(2024, 1, 31)
    ax = plot.cumulative([day], [2.0], [], claims=[plot.Mark("a", 1.0, 3.0, day), plot.Mark("b", None, 3.0, day)])
    span, open_ = parts(ax, "claim")
    assert list(span.get_ydata()) == [1.0, 3.0]
    assert span.get_linestyle() == "-"
    assert list(open_.get_ydata()) == [3.0]


# --- few days ---------------------------------------------------------------------------------------------------------


def test_one_day_is_a_fan_as_wide_as_that_day_on_an_axis_of_days() -> None:
    flow = sf.flow(SHIPMENTS.head(1))
    ax = flow.plot_cumulative(claims={"2024-01-10": "400k"})
    left, right = ax.get_xlim()
    assert right - left == pytest.approx(10, abs=0.1)
    assert left < number("2024-01-10") < right
    low, _, high = flow.total().band()
    corners = parts(ax, "fan")[0].get_paths()[0].vertices
    assert {x for x, _ in corners} == {number("2024-01-10"), number("2024-01-11")}
    assert (min(y for _, y in corners), max(y for _, y in corners)) == pytest.approx((low, high))
    assert all(float(tick).is_integer() for tick in ax.get_xticks())


def test_a_bar_spans_the_whole_period_and_is_hatched_where_that_is_covered_in_part() -> None:
    ax = sf.flow(SHIPMENTS.head(1)).plot()
    (bar,) = parts(ax, "period")
    assert bar.get_x() + bar.get_width() / 2 == pytest.approx(number("2024-01-01") + 31 / 2)
    assert 0.8 * 31 < bar.get_width() < 31
    assert bar.get_hatch()
    assert all(float(tick).is_integer() for tick in ax.get_xticks())
    # May, of which five days are covered, is as wide as January.
    bars = parts(sf.flow(SHIPMENTS).plot(), "period")
    assert bars[-1].get_width() == pytest.approx(bars[0].get_width())


def test_a_single_day_without_periods_is_a_bar_on_an_axis_of_days() -> None:
    ax = sf.flow(SHIPMENTS.head(1), by=None).plot()
    left, right = ax.get_xlim()
    assert right - left == pytest.approx(10, abs=0.1)


# --- lines of use -----------------------------------------------------------------------------------------------------


def test_lines_of_one_rate_share_colour_and_mark_and_differ_by_dash() -> None:
    flow = sf.flow(SHIPMENTS)
    ax = flow.plot_cumulative(rate=["ru-2024-04-ua", "ru-2024-01-rusi", "10k/day"], share=0.4)
    legend = ax.get_legend()
    assert legend is not None
    names = [text.get_text() for text in legend.get_texts()]
    found = dict(zip([name for name in names if name.startswith("used")], parts(ax, "use"), strict=True))
    official = "Ukrainian General Staff official, 2024-04"
    low, high = found[f"used, at least: {official}"], found[f"used, at most: {official}"]
    other, own = found["used: RUSI, 2024-01"], found["used: 10k/day"]
    assert low.get_color() == high.get_color()
    assert low.get_marker() == high.get_marker()
    assert len({line.get_marker() for line in (low, other, own)}) == 3
    # Without colour, too.
    greys = sorted(float(np.dot(to_rgb(line.get_color()), (0.299, 0.587, 0.114))) for line in (low, other, own))
    assert min(after - before for before, after in pairwise(greys)) > 0.1
    patterns = [line._dash_pattern for line in (low, high, own)]
    assert len({str(pattern) for pattern in patterns}) == 3
    assert str(other._dash_pattern) == str(own._dash_pattern)


def test_marks_of_uses_are_not_those_of_claims() -> None:
    day = dt.date(2024, 1, 31)
    ax = plot.cumulative(
        [day],
        [2.0],
        [],
        claims=[plot.Mark("a", 1.0, 1.0, day)],
        uses=[plot.Use("b", [day, dt.date(2024, 2, 1)], [0.0, 1.0])],
    )
    (claim,), (use,) = parts(ax, "claim"), parts(ax, "use")
    assert claim.get_marker() != use.get_marker()


# --- what is a bound --------------------------------------------------------------------------------------------------


def fan_of(bounds: list[str], **given: Any) -> Axes:
    days = [dt.date(2024, month, 15) for month in (1, 2, 5)]
    fans = [(0.9, [1.0, 2.0, 4.0], [3.0, 5.0, 9.0]), (0.5, [1.5, 2.5, 5.0], [2.5, 4.0, 8.0])]
    return plot.cumulative(days, [2.0, 3.0, 6.0], fans, bounds=bounds, **given)


@pytest.mark.parametrize(
    ("bounds", "names"),
    [
        (["point", "point", "point"], ["median", "90 % band", "50 % band"]),
        (["point", "floor", "floor"], ["median", "at least", "90 % band", "50 % band"]),
        (["floor", "floor", "floor"], ["at least"]),
        (["ceiling", "ceiling", "none"], ["at most"]),
    ],
)
def test_the_key_of_a_fan_names_what_is_drawn_and_nothing_else(bounds: list[str], names: list[str]) -> None:
    legend = fan_of(bounds).get_legend()
    assert legend is not None
    assert [text.get_text().replace("\u00a0", " ") for text in legend.get_texts()] == names


def test_an_arrow_from_a_lower_bound_stays_within_the_axes() -> None:
    ax = fan_of(["floor", "floor", "floor"])
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    (arrow,) = (text for text in ax.texts if text.get_gid() == "bound")
    assert arrow.arrow_patch is not None  # type: ignore[attr-defined]
    assert arrow.arrow_patch.get_window_extent().y1 <= ax.get_window_extent().y1  # type: ignore[attr-defined]


@pytest.mark.parametrize("last", [dt.date(2024, 2, 20), dt.date(2024, 4, 30)])
def test_dots_leave_room_for_the_words_below_them(last: dt.date) -> None:
    ax = fan_of(["point"] * 3, gaps=[(dt.date(2024, 2, 1), last)])
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.canvas.draw()
    (words,) = (text for text in ax.texts if text.get_gid() == "not observed")
    (dots,) = parts(ax, "gap")
    assert words.get_window_extent().y0 >= ax.get_window_extent().y0
    assert words.get_window_extent().y1 <= dots.get_window_extent().y0
