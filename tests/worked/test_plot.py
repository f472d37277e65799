"""Figures by their parts: what is drawn, where, and what the words on it say; never pixels."""

from __future__ import annotations

import datetime as dt
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import numpy as np
import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes

import shellflow as sf
from shellflow import figures, plot
from shellflow.errors import ArgumentError, ExtraError, NoDataError, ShellflowError, UnitError

MARKUP = r"<b>$\frac{a}{b}$ & $5 \notacommand$"
DAYS = [dt.date(2024, 1, 31), dt.date(2024, 2, 29)]


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def parts(ax: Axes, gid: str) -> list[Any]:
    return [one for one in ax.get_children() if one.get_gid() == gid]


def texts(ax: Axes) -> list[str]:
    """Return all that is written on the figure, once it has been drawn: ticks are words only then."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    figure.savefig(io.BytesIO(), format="png", dpi=40)
    labels = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label, ax.title]
    legend = ax.get_legend()
    found = [one.get_text() for one in labels] + [ax.get_title(loc="left")]
    found += [one.get_text() for one in legend.get_texts()] if legend else []
    return [one.replace("\u00a0", " ").replace("\n", " ").replace(r"\$", "$") for one in found if one]


def said(ax: Axes) -> str:
    return " | ".join(texts(ax))


def span(patch: Any) -> tuple[float, float]:
    return patch.get_x(), patch.get_x() + patch.get_width()


# --- one distribution -------------------------------------------------------------------------------------------------


def test_an_estimate_is_a_hundred_dots_of_which_ninety_are_in_the_band() -> None:
    one = sf.estimate(6_700, "152mm")
    ax = one.plot()
    (dots,) = parts(ax, "dots")
    assert len(dots.get_offsets()) == 100
    # Of a continuous distribution the 5 % below the band and the 5 % above it are 5 dots each, drawn hollow.
    hollow = [colour for colour in dots.get_facecolors() if colour[3] == 0]
    assert len(hollow) == 10
    low, median, high = one.band()
    (band,) = parts(ax, "band")
    assert tuple(band.get_xdata()) == (low, high)
    (middle,) = parts(ax, "median")
    assert middle.get_xdata()[0] == median


def test_dots_stand_near_their_values_and_on_each_other() -> None:
    ax = plot.distribution(np.repeat([1.0, 2.0], [75, 25]), low=1, median=1, high=2)
    offsets = np.asarray(parts(ax, "dots")[0].get_offsets())
    left = offsets[np.abs(offsets[:, 0] - 1.0) < 0.05]
    assert len(left) == 75
    assert sorted(left[:, 1].tolist()) == [place + 0.5 for place in range(75)]


def test_the_axis_counts_rounds_in_words() -> None:
    found = texts(sf.estimate(6_700, "152mm").plot())
    assert "3 million" in found
    assert "rounds" in found
    assert not [text for text in found if "1e6" in text]
    assert any("3.1 million rounds (90 %: 2.6 to 3.7 million)" in text for text in found)


def test_an_estimate_of_containers_counts_containers() -> None:
    assert "containers" in texts(sf.units_needed("3M", "152mm").plot())


def test_a_level_moves_the_band() -> None:
    one = sf.estimate(6_700, "152mm")
    (band,) = parts(one.plot(level=0.5), "band")
    assert tuple(band.get_xdata()) == one.band(0.5)[::2]
    with pytest.raises(ArgumentError, match=r"level=1\.5: must be"):
        one.plot(level=1.5)


def test_claims_are_marked_by_what_they_bound() -> None:
    one = sf.estimate(6_700, "152mm")
    ax = one.plot(claims={"the minister": "more than 3M", "another": "up to 4M", "a third": "2-2.5M", "plain": 3e6})
    words = said(ax)
    for label in ("→ the minister: more than 3M", "← another: up to 4M", "a third: 2-2.5M", "plain: 3 million"):
        assert label in words
    lines = sorted(line.get_xdata()[0] for line in parts(ax, "claim") if line.get_linestyle() == "--")
    assert lines == [2e6, 2.5e6, 3e6, 3e6, 4e6]
    assert len({line.get_marker() for line in parts(ax, "claim")}) == 4
    # An arrow goes towards the end that is left open, and a range has none.
    assert len(parts(ax, "open")) == 2
    assert len(parts(ax, "claim band")) == 1


def test_a_claim_far_away_is_on_the_figure() -> None:
    ax = sf.estimate(6_700, "152mm").plot(claims="30M")
    left, right = ax.get_xlim()
    assert left < 2e6
    assert right > 30e6


def test_claims_of_another_unit_or_without_a_number_are_refused() -> None:
    one = sf.estimate(6_700, "152mm")
    with pytest.raises(UnitError, match="claims='6,700 containers' is in container; expected round"):
        one.plot(claims="6,700 containers")
    with pytest.raises(ArgumentError, match="claims='many': must be a count"):
        one.plot(claims=["3M", "many"])
    with pytest.raises(ArgumentError, match=r"claims=.*single numbers or statements"):
        one.plot(claims=sf.uniform(1, 2))


def test_one_value_is_one_line_and_says_so() -> None:
    ax = sf.estimate(6_700, "220mm-rocket", packing="ceiling").plot()
    assert "the same in every draw" in said(ax)
    assert not isinstance(parts(ax, "dots")[0], pyplot.matplotlib.collections.Collection)  # type: ignore[attr-defined]
    left, right = ax.get_xlim()
    assert left < 515_900 < right


def test_nothing_at_all_is_a_figure_too() -> None:
    one = sf.estimate(6_700, "152mm")
    assert "0" in texts((one - one).plot())


def test_a_single_world_is_a_figure_too() -> None:
    with sf.settings(n=1):
        assert "the same in every draw" in said(sf.estimate(6_700, "152mm").plot())


def test_sources_and_stamp_are_printed_when_asked() -> None:
    one = sf.estimate(6_700, "152mm", packing="crated")
    assert "sources:" not in said(one.plot())
    words = said(one.plot(source=True))
    assert "Russian rail container reference table (specified)" in words
    assert "engineering judgement (assumed)" in words
    assert f"data {one.stamp['data']}, n 16384, seed 0" in words
    assert "as asked" not in words


# --- drivers ----------------------------------------------------------------------------------------------------------


def test_a_tornado_has_a_bar_from_swing_to_swing_for_each_input() -> None:
    one = sf.estimate(6_700, "152mm", packing="as-loaded", charge="with")
    table = one.drivers()
    ax = one.plot.drivers()
    bars = parts(ax, "driver")
    assert len(bars) == len(table)
    first = table.iloc[0]
    assert span(bars[0]) == pytest.approx((first["swing_low"], first["swing_high"]))
    # The load of the norm makes for heavier packages, so that the answer falls with it.
    second = table.iloc[1]
    assert second["direction"] == "down"
    assert span(bars[1]) == pytest.approx((second["swing_low"], second["swing_high"]))
    labels = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert labels[:2] == [first["label"], second["label"]]
    assert "97 %" in texts(ax)
    assert "too small to tell" in texts(ax)


def test_grades_differ_by_hatch_as_well_as_by_colour() -> None:
    ax = sf.estimate(6_700, "152mm", packing="as-loaded").plot.drivers()
    legend = ax.get_legend()
    assert legend is not None
    assert [one.get_text() for one in legend.get_texts()] == ["derived", "assumed"]
    looks = {(bar.get_hatch(), bar.get_facecolor()) for bar in parts(ax, "driver")}
    assert len({hatch for hatch, _ in looks}) == len({colour for _, colour in looks}) == 2


def test_weaker_inputs_are_left_out_and_counted() -> None:
    ax = sf.estimate(6_700, "152mm", packing="as-loaded", charge="with").plot.drivers(most=2)
    assert len(parts(ax, "driver")) == 2
    assert "4 weaker inputs left out" in said(ax)
    with pytest.raises(ArgumentError, match="most=0: must be a whole number of at least 1"):
        sf.estimate(6_700, "152mm").plot.drivers(most=0)


def test_where_every_input_is_fixed_there_is_no_tornado() -> None:
    with pytest.raises(ArgumentError, match=r"every input is fixed.*Ask inputs"):
        sf.estimate(6_700, "220mm-rocket", packing="ceiling").plot.drivers()


# --- every packing of a munition --------------------------------------------------------------------------------------


def test_every_packing_is_a_band_and_the_ceiling_a_line() -> None:
    ax = sf.plot_compare(6_700, "152mm")
    ticks = [label.get_text() for label in ax.get_yticklabels()]
    assert ticks[:3] == ["reported (capacity)", "crated (capacity)", "as-loaded (contents)"]
    # The ceiling and the claim are named on rows of their own.
    assert [name.replace("\n", " ") for name in ticks[3:]] == [
        "ceiling: full payload of bare rounds",
        "→ ROK defence minister, 2024-02-26",
    ]
    compared = sf.compare(6_700, "152mm")
    for bar, packing in zip(parts(ax, "band"), ("reported", "crated", "as-loaded"), strict=True):
        low, _, high = compared["152mm", packing].band()
        assert span(bar) == pytest.approx((low, high))
    (line,) = parts(ax, "ceiling")
    assert line.get_xdata()[0] == compared["152mm", "ceiling"].band()[1]
    assert ax.get_xlim()[0] == 0


def test_capacity_and_contents_differ_by_hatch() -> None:
    hatches = [bar.get_hatch() for bar in parts(sf.plot_compare(6_700, "152mm"), "band")]
    assert hatches[0] == hatches[1] != hatches[2]


def test_what_was_claimed_of_just_so_many_containers_is_marked() -> None:
    assert "→ ROK defence minister, 2024-02-26" in texts(sf.plot_compare(6_700, "152mm"))
    # What the press made of it is no evidence, and 122 mm shells were never in it.
    assert not parts(sf.plot_compare(6_700, "122mm-shell"), "claim")
    assert len([text for text in texts(sf.plot_compare(6_700, "122mm")) if text.startswith("→")]) == 1
    assert not parts(sf.plot_compare(6_701, "152mm"), "claim")
    assert not parts(sf.plot_compare(6_700, "152mm", claims=[]), "claim")
    assert not parts(sf.plot_compare(sf.uniform(6_000, 7_000), "152mm"), "claim")


def test_what_is_missing_is_said_in_its_row() -> None:
    ax = sf.plot_compare(100, "130mm")
    assert "no data: missing a package of 130mm" in texts(ax)
    assert not parts(ax, "band")
    assert len(parts(ax, "ceiling")) == 1


def test_where_no_ceiling_is_known_there_is_no_line() -> None:
    own = sf.packing("152mm", rounds_per_transport=300, basis="capacity", name="mine")
    ax = sf.plot_compare(10, "152mm", packings=[own, "ceiling"])
    assert ax.get_yticklabels()[0].get_text() == "mine (capacity)"
    only = sf.plot_compare(10, "152mm", packings="ceiling")
    assert [label.get_text() for label in only.get_yticklabels()] == ["ceiling (capacity)"]


# --- several counts, munitions and levels ---


def test_several_counts_stand_under_each_packing() -> None:
    batch = sf.compare({"ROK": 6_700, "US": 10_000}, ["152mm", "122mm-rocket"], packings=["crated", "reported"])
    ax = batch.plot()
    names = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    assert names[:2] == ["ROK: 6,700 containers", "US: 10,000 containers"]
    assert len(names) == 4 * 2 + 4
    assert names[8:10] == ["152mm, crated (capacity)", "152mm, reported (capacity)"]
    lows = [batch[count, "152mm", "crated"].band()[0] for count in ("ROK", "US")]
    assert [span(bar)[0] for bar in parts(ax, "band")[:2]] == pytest.approx(lows)
    # Claims on 6,700 containers are no claims on 10,000, and each count has a ceiling of its own.
    assert not parts(ax, "claim")
    assert not parts(ax, "ceiling")
    assert "What 2 counts of containers (20ft-24t) could hold" in said(ax)
    assert "122mm-rocket: complete rounds" in said(ax)


def test_several_munitions_stand_under_each_other() -> None:
    ax = sf.plot_compare(6_700, ["152mm", "122mm-rocket"], packings=["crated", "ceiling"])
    names = [label.get_text() for label in ax.get_yticklabels()]
    assert names == ["crated (capacity)", "ceiling (capacity)"] * 2 + ["152mm", "122mm-rocket"]


def test_bands_of_several_levels_lie_in_each_other() -> None:
    ax = sf.plot_compare(6_700, "152mm", packings="crated", levels=(0.9, 0.5))
    (wide,), (narrow,) = parts(ax, "band"), parts(ax, "inner")
    answer = sf.estimate(6_700, "152mm", packing="crated")
    assert span(wide) == pytest.approx(answer.band(0.9)[::2])
    assert span(narrow) == pytest.approx(answer.band(0.5)[::2])
    assert wide.get_height() < narrow.get_height()
    assert "each bar: from thick to thin the 50 % and 90 % bands" in said(ax)


def test_tails_are_cut_where_they_would_flatten_all_else_and_the_figure_says_so() -> None:
    answer = sf.estimate(6_700, "122mm-rocket")
    ax = sf.plot_compare(6_700, "122mm-rocket", packings="reported", levels=0.9999)
    (bar,) = parts(ax, "band")
    assert span(bar) == pytest.approx(answer.band(0.99)[::2])
    assert "bars are cut where 0.5 % of the draws lie beyond; the numbers beside them are not" in said(ax)
    assert "bars are cut" not in said(sf.plot_compare(6_700, "122mm-rocket", packings="reported", levels=0.99))
    assert "tails of 0.5 % at either end are cut" in said(answer.plot())


def test_transports_needed_are_drawn_too() -> None:
    ax = sf.compare_needed("3M", "152mm").plot(claims={"the minister": "6,700 containers"})
    assert "containers" in texts(ax)
    assert "3 million rounds: how many containers (20ft-24t) that would take, of 152mm" in said(ax)
    assert len(parts(ax, "band")) == 4


def test_where_there_is_no_data_for_any_count_one_row_says_so() -> None:
    ax = sf.plot_compare([100, 200], ["152mm", "130mm"], packings="crated")
    assert len(parts(ax, "missing")) == 1
    assert len(parts(ax, "band")) == 2


def test_more_bands_than_can_be_drawn_are_refused() -> None:
    batch = sf.compare(range(1, 202), "152mm", packings="ceiling")
    with pytest.raises(ArgumentError, match=r"count='201 bands': must be at most 200.*Choose fewer"):
        batch.plot()


# --- a packed transport -----------------------------------------------------------------------------------------------


def test_a_packed_container_is_drawn_to_scale_with_what_binds() -> None:
    ax = sf.plot_load("152mm", packing="crated")
    assert ax.get_aspect() == 1.0
    rooms = parts(ax, "room")
    assert sorted((room.get_width(), room.get_height()) for room in rooms) == [(5.867, 2.33), (5.867, 2.35)]
    words = said(ax)
    assert "mass binds" in words
    assert "places filled" in words
    assert parts(ax, "empty")


def test_every_box_drawn_lies_inside_its_view() -> None:
    ax = sf.plot_load("122mm-rocket")
    rooms = parts(ax, "room")
    for box in [*parts(ax, "filled"), *parts(ax, "empty")]:
        inside = [
            room
            for room in rooms
            if room.get_x() <= box.get_x()
            and room.get_y() <= box.get_y()
            and box.get_x() + box.get_width() <= room.get_x() + room.get_width() + 1e-9
            and box.get_y() + box.get_height() <= room.get_y() + room.get_height() + 1e-9
        ]
        assert len(inside) == 1


def test_one_row_of_rockets_goes_in_and_half_the_room_is_left() -> None:
    # 5.867 m take one crate of some 3 m lengthwise: 10 across by 9 to 10 layers, all from one wall.
    ax = sf.plot_load("122mm-rocket")
    assert max(span(box)[1] for box in parts(ax, "filled")) < 3.2
    assert "space binds" in said(ax)
    assert not parts(ax, "empty")


def test_the_drawing_counts_what_the_packing_counts_at_the_medians() -> None:
    crate = sf.packing("152mm", gross="100 kg", size=("1 m", "0.5 m", "0.5 m"), clearance="0 m", name="crate")
    # By mass 21,750 / 100 = 217. On 5.867 x 2.33 m: 5.867 x 2 m is 5 across 4, 20; the last 0.33 m takes none: with one
    # turned column of 0.5 m beside 5 m there are 2 x 1 more: 22. Four layers of 0.5 m in 2.35 m: 88 places, all filled.
    # Left are 21,750 - 8,800 = 12,950 kg, and 1 - 88 x 0.25 m3 / 32.1 m3 = 0.315 of the room.
    ax = sf.plot_load("152mm", packing=crate)
    assert "88 of 88 places filled; space binds, 13,000 kg of the load and 32 % of the room are left" in said(ax)


def test_no_more_boxes_are_filled_than_the_mass_allows() -> None:
    crate = sf.packing("152mm", gross="1 t", size=("1 m", "0.5 m", "0.5 m"), clearance="0 m", name="crate")
    # The 88 places of the case above, and 21.75 t: of the 22 on the floor 21 are filled. From the side a place in each
    # of three layers above is seen empty.
    ax = sf.plot_load("152mm", packing=crate)
    assert "21 of 88 places filled; mass binds, 750 kg of the load" in said(ax)
    bottom = max(room.get_y() for room in parts(ax, "room"))
    assert len([box for box in parts(ax, "filled") if box.get_y() >= bottom]) == 21
    assert len([box for box in parts(ax, "empty") if box.get_y() >= bottom]) == 1


def test_what_cannot_be_drawn_says_what_to_do() -> None:
    with pytest.raises(ArgumentError, match=r"packing='reported'.*choose 'crated'"):
        sf.plot_load("152mm", packing="reported")
    with pytest.raises(NoDataError, match=r"nothing can be drawn without the size of the package\. State size"):
        sf.plot_load("105mm")
    with pytest.raises(ArgumentError, match=r"munition=.*one by one"):
        sf.plot_load(sf.mix("152mm", "122mm-rocket"))  # type: ignore[arg-type]
    tiny = sf.packing(
        "120mm-mortar", transport="40ft-high-cube", gross="20 kg", size=("0.2 m", "0.125 m", "0.125 m"), clearance="0 m"
    )
    with pytest.raises(ArgumentError, match="places are too many to draw"):
        sf.plot_load("120mm-mortar", packing=tiny)
    with pytest.raises(ArgumentError, match=r"room=.*three lengths above zero"):
        plot.load((1.0, float("nan"), 2.0), [])


# --- audits and flows -------------------------------------------------------------------------------------------------


def test_an_audit_is_the_claim_across_the_bands() -> None:
    audit = sf.audit(6_700, "more than 3M", "152mm")
    ax = audit.plot(source=True)
    lines = [line.get_xdata()[0] for line in parts(ax, "claim") if line.get_linestyle() == "--"]
    assert lines == [pytest.approx(3e6 / 6_700)]
    words = said(ax)
    assert audit.verdict in words
    assert "→ the claim" in words
    assert "rounds per container" in words
    assert len(parts(ax, "band")) == 3
    assert audit.verdict in audit._repr_html_()


def shipments(rows: int = 3) -> pd.DataFrame:
    dates = ["2024-01-10", "2024-02-20", "2024-04-05"][:rows]
    return pd.DataFrame({"date": dates, "count": [1_000, 2_000, 500][:rows], "munition": ["152mm"] * rows})


def test_a_flow_has_a_bar_for_each_period_and_whiskers_for_its_band() -> None:
    flow = sf.flow(shipments())
    ax = flow.plot()
    # January to April; March was not observed, the first and the last month are covered in part.
    bars = parts(ax, "period")
    medians = [row["median"] for row in flow.rows() if row["observed"]]
    assert [bar.get_height() for bar in bars] == pytest.approx(medians)
    assert [bool(bar.get_hatch()) for bar in bars] == [True, False, True]
    assert "covered in part" in said(ax)
    assert "rounds by month" in texts(ax)


def test_a_flow_adds_up_to_a_fan_with_claims_and_uses() -> None:
    flow = sf.flow(shipments())
    ax = flow.plot_cumulative(claims={"2024-02-26": "more than 1M", dt.date(2024, 4, 1): "1-2M"}, rate="10k/day")
    (line,) = parts(ax, "median")
    assert line.get_ydata()[0] == pytest.approx(flow.between("2024-01-10", "2024-01-10").total().band()[1])
    assert line.get_ydata()[-1] == pytest.approx(flow.total().band()[1])
    assert len(parts(ax, "fan")) == 2
    (use,) = parts(ax, "use")
    # Since when the first row came nobody has stated: 11 January to 5 April 2024, both included, are 86 days.
    assert list(use.get_ydata()) == [0, pytest.approx(860_000)]
    assert len(parts(ax, "claim")) == 2
    words = said(ax)
    for label in ("median", "90 % band", "50 % band", "used: 10k/day", "2024-02-26: more than 1M", "2024-04-01: 1-2M"):
        assert label in words


def test_a_rate_that_is_a_range_is_two_lines() -> None:
    flow = sf.flow(shipments())
    ax = flow.plot_cumulative(rate=sf.uniform("5k/day", "10k/day", name="use"), level=0.5)
    assert len(parts(ax, "use")) == 2
    assert len(parts(ax, "fan")) == 1


@pytest.mark.parametrize("rows", [1, 2])
def test_a_flow_of_one_day_or_one_period_is_drawn(rows: int) -> None:
    flow = sf.flow(shipments(rows), by=None if rows == 2 else "month")
    assert len(parts(flow.plot(), "period")) == 1
    ax = flow.plot_cumulative()
    assert parts(ax, "median")[0].get_ydata()[-1] == pytest.approx(flow.total().band()[1])
    texts(ax)
    assert "152mm" in flow._repr_html_()


def test_a_flow_without_dates_says_what_to_do() -> None:
    flow = sf.flow(shipments()[["count", "munition"]], by=None)
    with pytest.raises(ArgumentError, match=r"plot: the flow has no dates.*date=\.\.\."):
        flow.plot()
    with pytest.raises(ArgumentError, match="plot_cumulative: the flow has no dates"):
        flow.plot_cumulative()
    assert "152mm" in flow._repr_html_()


def test_claims_over_time_need_their_dates() -> None:
    flow = sf.flow(shipments())
    with pytest.raises(ArgumentError, match="claims='3M': must be a mapping from dates"):
        flow.plot_cumulative(claims="3M")
    with pytest.raises(ArgumentError, match="claims='February': must be a date"):
        flow.plot_cumulative(claims={"February": "3M"})
    with pytest.raises(ArgumentError, match=r"claims=.*must be dated"):
        plot.cumulative(DAYS, [1, 2], [], claims=[plot.Mark("a", 1, 1)])


def test_series_of_different_length_are_refused() -> None:
    with pytest.raises(ArgumentError, match=r"starts 2, ends 2, rows 1.*of one length"):
        plot.periods(DAYS, DAYS, [(1, 2, 3)])
    with pytest.raises(ArgumentError, match="of one length, at least 1"):
        plot.cumulative([], [], [])
    with pytest.raises(ArgumentError, match="dates of use 2, values of use 1"):
        plot.cumulative(DAYS, [1, 2], [], uses=[plot.Use("use", DAYS, [1])])
    with pytest.raises(ArgumentError, match=r"dates=.*one after the other"):
        plot.cumulative(DAYS[::-1], [1, 2], [])


# --- where it is drawn, and with what words ---------------------------------------------------------------------------


def test_every_figure_is_drawn_where_asked_and_returns_it() -> None:
    one = sf.estimate(6_700, "152mm", packing="as-loaded")
    flow = sf.flow(shipments())
    for draw in (
        one.plot,
        one.plot.drivers,
        lambda ax: sf.plot_compare(6_700, "152mm", ax=ax),
        lambda ax: sf.plot_load("152mm", ax=ax),
        sf.audit(6_700, "3M", "152mm").plot,
        flow.plot,
        flow.plot_cumulative,
    ):
        figure, axes = pyplot.subplots(1, 2, figsize=(10, 4))
        assert draw(ax=axes[1]) is axes[1]
        assert axes[1].get_children()
        assert not axes[0].has_data()
        assert tuple(figure.get_size_inches()) == (10, 4)
        assert len(pyplot.get_fignums()) == 1
        pyplot.close(figure)


def test_axes_narrower_than_four_inches_are_refused_with_what_to_do() -> None:
    figure, axes = pyplot.subplots(1, 3, figsize=(9, 3))
    with pytest.raises(ArgumentError, match=r"ax has 3\.0 inches.*at least 4 inches.*set_figwidth\(12\)"):
        sf.plot_compare(6_700, "152mm", ax=axes[0])
    with pytest.raises(ArgumentError, match=r"ax has 1\.8 inches"):
        sf.estimate(6_700, "152mm").plot(ax=figure.add_axes((0.1, 0.1, 0.2, 0.8)))
    figure.set_figwidth(12)
    assert sf.plot_compare(6_700, "152mm", ax=axes[0]) is axes[0]
    uneven = pyplot.figure(figsize=(9, 3)).add_gridspec(1, 2, width_ratios=(1, 2))
    assert sf.estimate(6_700, "152mm").plot(ax=pyplot.gcf().add_subplot(uneven[0, 1])).has_data()
    with pytest.raises(ArgumentError, match=r"ax has 3\.0 inches"):
        sf.estimate(6_700, "152mm").plot(ax=pyplot.gcf().add_subplot(uneven[0, 0]))


def test_what_is_no_axes_is_refused() -> None:
    one = sf.estimate(6_700, "152mm")
    for wrong in ("ax", pyplot.figure(), [pyplot.subplots()[1]]):
        with pytest.raises(ArgumentError, match=r"ax=.*an axes of matplotlib.*plt\.subplots"):
            one.plot(ax=wrong)  # type: ignore[arg-type]


def test_names_with_markup_are_written_as_they_stand() -> None:
    crate = sf.packing("152mm", gross=sf.uniform("60 kg", "70 kg", name=MARKUP), name=MARKUP)
    one = sf.estimate(10, "152mm", packing=crate)
    assert MARKUP in said(one.plot.drivers())
    assert MARKUP in said(sf.plot_compare(10, "152mm", packings=[crate]))
    assert MARKUP in said(one.plot(claims={MARKUP: 3_000}, source=True))
    dated = plot.Mark(MARKUP, 1, 1, DAYS[0])
    found = said(
        plot.cumulative(DAYS, [1, 2], [], claims=[dated], uses=[plot.Use("_hidden $x$", DAYS, [0, 1])], unit=MARKUP)
    )
    assert MARKUP in found
    assert "_hidden $x$" in found


def test_very_long_names_are_shortened_and_leave_the_figure_its_size() -> None:
    name = "very long " * 60
    crate = sf.packing("152mm", gross=sf.uniform("60 kg", "70 kg", name=name), name=name)
    one = sf.estimate(10, "152mm", packing=crate)
    for ax in (one.plot(claims={name: 3_000}), one.plot.drivers(), sf.plot_compare(10, "152mm", packings=[crate])):
        assert max(len(text) for text in texts(ax)) < 250
        figure = ax.get_figure(root=True)
        assert figure is not None
        wide, high = figure.get_size_inches()
        assert wide <= 9
        assert high <= 9


def test_bands_of_no_width_show() -> None:
    ax = plot.bands([plot.Band("one", 5.0, 5.0, 5.0), plot.Band("none", 0.0, 0.0, 0.0)])
    assert all(bar.get_width() > 0 for bar in parts(ax, "band"))
    only = plot.bands([plot.Band("none", 0.0, 0.0, 0.0)])
    assert only.get_xlim()[1] > 0
    texts(only)
    tornado = plot.drivers([plot.Driver("a", 5.0, 5.0, 0.0, "assumed")], median=5.0)
    assert tornado.get_xlim()[0] < 5 < tornado.get_xlim()[1]
    texts(tornado)


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(ArgumentError, match=r"rows=.*at least one band"):
        plot.bands([])
    with pytest.raises(ArgumentError, match=r"rows=.*at least one driver"):
        plot.drivers([], median=1.0)


def test_figures_can_be_saved_as_drawings_too(tmp_path: Path) -> None:
    ax = sf.estimate(6_700, "152mm").plot(source=True)
    figure = ax.get_figure(root=True)
    assert figure is not None
    for ending in ("svg", "pdf"):
        figure.savefig(tmp_path / f"figure.{ending}")
        assert (tmp_path / f"figure.{ending}").stat().st_size > 1_000


# --- without matplotlib, or without a window --------------------------------------------------------------------------


def in_a_fresh_process(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_without_matplotlib_the_error_says_how_to_install_it(tmp_path: Path) -> None:
    code = """
import sys
sys.modules["matplotlib"] = None
import shellflow as sf
est = sf.estimate(6_700, "152mm")
est._repr_html_()
for draw in (est.plot, est.plot.drivers, lambda: sf.plot_compare(6_700, "152mm"), lambda: sf.plot_load("152mm")):
    try:
        draw()
    except ImportError as error:
        assert isinstance(error, sf.ShellflowError)
        print(error)
"""
    lines = in_a_fresh_process(code, tmp_path).splitlines()
    assert lines == ['figures need matplotlib, which is not installed. Install it: pip install "shellflow[plot]"'] * 4


def test_a_window_system_that_cannot_open_is_answered_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise ImportError("Cannot load backend")

    monkeypatch.setattr(pyplot, "subplots", fails)
    with pytest.raises(ExtraError, match=r"window system 'agg'.*MPLBACKEND=agg.*savefig"):
        sf.estimate(6_700, "152mm").plot()


def test_the_error_of_a_missing_extra_is_ours_and_an_import_error() -> None:
    assert issubclass(ExtraError, ShellflowError)
    assert issubclass(ExtraError, ImportError)


def test_importing_the_figures_loads_no_matplotlib(tmp_path: Path) -> None:
    code = "import shellflow.plot, shellflow.figures, sys; print('matplotlib' in sys.modules)"
    assert in_a_fresh_process(code, tmp_path).strip() == "False"
    assert figures.__all__ == ["plot_compare", "plot_load"]
