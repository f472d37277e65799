"""Where words stand: within the figure, hiding nothing, in grids, and readable on paper of any colour."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import combinations
from typing import Any

import matplotlib as mpl

mpl.use("agg")

import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Text

import shellflow as sf
from shellflow import plot

DAY = dt.date(2024, 1, 31)
COUNTS = {"ROK, February 2024": 6_700, "OSC, March 2025": 15_809}
LONG = "averyveryverylongname" * 12
SAID = {"2023-11-02": 900_000, "2023-12-29": "more than 2M", "2024-02-26": "more than 3M", "2024-07-15": "5.2M"}

Draw = Callable[..., Axes]


def as_loaded() -> sf.Estimate:
    return sf.estimate(6_700, "152mm", packing="as-loaded")


def record() -> sf.Flow:
    return sf.flow(sf.catalog.examples.shipments(), munition="152mm")


def of_a_mix() -> sf.Estimate:
    return sf.estimate(6_700, sf.mix("152mm", "122mm-rocket"), packing="crated")


def at_least() -> sf.Flow:
    rows = pd.DataFrame({"date": ["2023-09-23", "2023-11-14", "2024-01-20"], "low": [250, 300, 200]})
    return sf.flow(rows.assign(bound="floor", high=None), munition="152mm", bound="bound")


def own_packing(name: str = LONG) -> Any:
    return sf.packing(
        "152mm", gross=sf.uniform("50 kg", "60 kg", name="x" * 300), size=("0.9 m", "0.35 m", "0.22 m"), name=name
    )


FIGURES: dict[str, Draw] = {
    "estimate": lambda **kw: as_loaded().plot(claims={"the minister": "more than 3M", "b": "1-2M"}, **kw),
    "compare": lambda **kw: sf.plot_compare(6_700, "152mm", **kw),
    "no data": lambda **kw: sf.plot_compare(6_700, "130mm", **kw),
    "drivers": lambda **kw: as_loaded().plot.drivers(**kw),
    "cumulative": lambda **kw: record().plot_cumulative(claims=SAID, rate="ru-2024-01-rusi", share=0.4, **kw),
    "flow": lambda **kw: record().plot(**kw),
    "bounds": lambda **kw: at_least().plot(**kw),
    "bounds added up": lambda **kw: at_least().plot_cumulative(**kw),
    "audit": lambda **kw: sf.audit(6_700, "more than 3M", "152mm").plot(**kw),
    "load": lambda **kw: sf.plot_load("152mm", **kw),
}
# Of many rows, or long names, which a small grid has little room for.
CROWDED: dict[str, Draw] = {
    "drivers of a mix": lambda **kw: of_a_mix().plot.drivers(**kw),
    "drivers of a mix, its sources": lambda **kw: of_a_mix().plot.drivers(source=True, **kw),
    "drivers of voyages": lambda **kw: sf.estimate("64 voyages", "152mm", packing="crated").plot.drivers(**kw),
    "counts by name": lambda **kw: sf.plot_compare(COUNTS, "152mm", packings=["reported", "crated"], **kw),
    "every munition": lambda **kw: sf.plot_compare(6_700, ["152mm", "122mm-rocket"], **kw),
}
GRIDS = {
    "bands": ("estimate", "compare", "drivers", "cumulative"),
    "time": ("cumulative", "flow", "no data", "drivers"),
    "load": ("audit", "flow", "load", "load"),
    "rows": ("drivers of a mix", "counts by name", "bounds added up", "drivers of voyages"),
    "sources": ("drivers of a mix, its sources", "counts by name", "drivers of voyages", "every munition"),
}


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    yield
    pyplot.close("all")


def figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def written(ax: Axes) -> list[Text]:
    """Return all words of axes that have some, title, ticks and legend included."""
    legend = ax.get_legend()
    found = [*ax.texts, *ax.get_xticklabels(), *ax.get_yticklabels(), ax.xaxis.label, ax.yaxis.label, ax._left_title]  # type: ignore[attr-defined]
    found += legend.get_texts() if legend else []
    return [one for one in found if one.get_text().strip()]


def shown(ax: Axes) -> list[Text]:
    """Return the words that are drawn: ticks outside the limits are not."""
    left, right = sorted(ax.get_xlim())
    bottom, top = sorted(ax.get_ylim())
    out = [tick.label1 for tick in ax.xaxis.get_major_ticks() if not left <= tick.get_loc() <= right]
    out += [tick.label1 for tick in ax.yaxis.get_major_ticks() if not bottom <= tick.get_loc() <= top]
    return [one for one in written(ax) if one not in out]


def outside(ax: Axes, *, spare: float = 1.0) -> list[str]:
    """Return words that run over the edge of the figure, by more pixels than are to spare."""
    whole = figure_of(ax).bbox
    found = []
    for one in shown(ax):
        box = one.get_window_extent()
        ends = (whole.x0 - box.x0, whole.y0 - box.y0, box.x1 - whole.x1, box.y1 - whole.y1)
        if max(ends) > spare:
            found.append(one.get_text())
    return found


def overlapping(*axes: Axes) -> list[tuple[str, str]]:
    """Return pairs of words that lie over each other by more than a pixel."""
    boxes = [(text.get_window_extent().padded(-1.5), text.get_text()) for ax in axes for text in shown(ax)]
    return [(text, other) for (box, text), (over, other) in combinations(boxes, 2) if box.overlaps(over)]


# --- figures of their own ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("dpi", [90, 144])
@pytest.mark.parametrize("name", FIGURES)
def test_every_word_of_a_figure_is_within_it(name: str, dpi: int) -> None:
    ax = FIGURES[name](source=True)
    figure_of(ax).set_dpi(dpi)
    figure_of(ax).canvas.draw()
    assert not outside(ax)


@pytest.mark.parametrize("transport", ["40ft-high-cube", "covered-wagon", "20ft-24t"])
@pytest.mark.parametrize("munition", ["152mm", "122mm-rocket"])
def test_the_first_and_the_last_line_of_a_packed_transport_are_within_the_figure(munition: str, transport: str) -> None:
    ax = sf.plot_load(munition, transport=transport, source=True)
    figure_of(ax).canvas.draw()
    assert not outside(ax, spare=0.0)


def test_names_without_spaces_are_broken_where_the_axes_end() -> None:
    one = sf.estimate(10, "152mm", packing=own_packing())
    for ax in (
        one.plot(claims={"z" * 200: "3k"}),
        one.plot.drivers(),
        sf.plot_compare(10, "152mm", packings=[own_packing(), "reported"]),
        sf.plot_load("152mm", packing=own_packing()),
        plot.cumulative([DAY], [1.0], [], claims=[plot.Mark(LONG, 1.0, 1.0, DAY)], title=LONG),
    ):
        figure_of(ax).canvas.draw()
        assert not outside(ax)


def test_titles_and_sources_are_wrapped_and_leave_out_nothing() -> None:
    text = f"6,700 containers of 152mm, {'x' * 90}, hold 3 million rounds of $5 each, as someone has said of them"
    ax = plot.bands([plot.Band("a", 1, 2, 3)], title=text, source=text)
    (source,) = (label.get_text() for label in ax.texts if label.get_gid() == "source")
    for written_text in (ax.get_title(loc="left"), source):
        assert written_text.count("\n") >= 2
        assert "".join(written_text.split()) == "".join(text.replace("$", r"\$").split())
        assert "3\u00a0million" in written_text  # no line breaks between a number and its multiplier


def test_ticks_in_words_differ() -> None:
    for low, high in ((1_000_000, 1_000_400), (0, 3), (2.4e6, 2.6e6), (0, 40_000)):
        ax = plot.drivers([plot.Driver("a", low, high, 1.0, "assumed")], median=low)
        figure_of(ax).canvas.draw()
        ticks = [label.get_text() for label in ax.get_xticklabels()]
        assert len(ticks) == len(set(ticks)) >= 3


@pytest.mark.parametrize("most", [1, 2, 8])
def test_the_key_of_drivers_hides_no_bar(most: int) -> None:
    ax = sf.estimate(6_700, "152mm", packing="crated").plot.drivers(most=most)
    figure_of(ax).canvas.draw()
    legend = ax.get_legend()
    assert legend is not None
    assert legend.get_window_extent().y1 <= ax.xaxis.label.get_window_extent().y0 + 1
    for share in (one for one in ax.texts if one.get_gid() == "share"):
        assert share.get_window_extent().x0 >= ax.get_window_extent().x1


def test_the_key_of_a_fan_hides_no_claim() -> None:
    # High and early: where a key within the axes would stand.
    ax = record().plot_cumulative(claims={"2023-11-05": "6M", "2023-11-20": "more than 5.9M"}, source=True)
    figure_of(ax).canvas.draw()
    legend = ax.get_legend()
    assert legend is not None
    box = legend.get_window_extent()
    assert box.y1 < ax.get_window_extent().y0
    for label in ax.get_xticklabels():
        assert box.y1 <= label.get_window_extent().y0
    (source,) = (one for one in ax.texts if one.get_gid() == "source")
    assert source.get_window_extent().y1 <= box.y0


# --- figures of others ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(10.0, 8.0), (13.0, 9.0)])
@pytest.mark.parametrize("grid", GRIDS)
def test_in_a_grid_no_word_is_outside_the_figure_or_over_another(grid: str, size: tuple[float, float]) -> None:
    figure, axes = pyplot.subplots(2, 2, figsize=size, layout="constrained")
    for ax, name in zip(axes.flat, GRIDS[grid], strict=True):
        (FIGURES | CROWDED)[name](ax=ax)
    figure.canvas.draw()  # any warning is an error here
    assert tuple(figure.get_size_inches()) == size
    for ax in axes.flat:
        assert ax.get_position().width > 0.15
        assert ax.get_position().height > 0.1
        assert not outside(ax)
    assert not overlapping(*axes.flat)


@pytest.mark.parametrize("name", FIGURES)
def test_no_word_of_a_figure_is_over_another(name: str) -> None:
    ax = FIGURES[name](source=True)
    figure_of(ax).canvas.draw()
    assert not overlapping(ax)


def test_names_take_two_lines_where_rows_are_high_enough_and_are_else_cut_at_a_word() -> None:
    name = "share of rounds packed with the propelling charge"
    names = []
    for height in (9.0, 3.2):
        _, ax = pyplot.subplots(figsize=(5.0, height), layout="constrained")
        plot.drivers([plot.Driver(name, 1.0, 3.0, 0.5, "assumed")] * 8, median=2.0, ax=ax)
        figure_of(ax).canvas.draw()
        names.append(ax.get_yticklabels()[0].get_text())
    high, low = names
    assert "\n" in high
    assert "\n" not in low
    kept, _, cut = low.partition(" …")
    assert name.startswith(f"{kept} ")
    assert not cut


def test_axes_too_low_for_their_rows_are_refused_with_the_height_that_is_enough() -> None:
    rows = [plot.Band(f"{place}", 1.0, 2.0, 3.0) for place in range(30)]
    figure, ax = pyplot.subplots(figsize=(6.0, 4.0), layout="constrained")
    with pytest.raises(sf.ShellflowError, match=r"31 rows need .*set_figheight\(5\)"):
        plot.bands(rows, ax=ax)
    figure.set_figheight(5)
    plot.bands(rows, ax=ax)


def test_narrow_axes_leave_out_what_is_said_beside_bands_and_wide_ones_do_not() -> None:
    _, narrow = pyplot.subplots(1, 2, figsize=(9, 3), layout="constrained")
    ax = sf.plot_compare(6_700, "152mm", ax=narrow[0])
    assert not [one for one in ax.texts if one.get_gid() == "said"]
    ax = plot.bands([plot.Band("a", 1, 2, 3, text="2")], ax=narrow[1])
    assert not [one for one in ax.texts if one.get_gid() == "said"]
    bare = plot.bands([plot.Band("a", missing="no data: missing all")], ax=narrow[1])
    assert [one.get_text() for one in bare.texts if one.get_gid() == "missing"] == ["no data"]
    _, wide = pyplot.subplots(figsize=(9, 3), layout="constrained")
    ax = sf.plot_compare(6_700, "152mm", ax=wide)
    assert len([one for one in ax.texts if one.get_gid() == "said"]) == 4  # that of the ceiling too


CLAIMED: dict[str, Draw] = {
    **{name: FIGURES[name] for name in ("estimate", "compare", "audit")},
    "many": lambda **kw: as_loaded().plot(claims={"a" * 40: "1M", "b": "up to 1.1M", "c": "more than 1.2M"}, **kw),
    "many bands": lambda **kw: sf.plot_compare(6_700, "130mm", claims={"a" * 40: "4M", "b": "3.9M", "c": "1-2M"}, **kw),
}


@pytest.mark.parametrize("name", CLAIMED)
def test_no_claim_runs_through_words(name: str) -> None:
    ax = CLAIMED[name](source=True)
    figure_of(ax).canvas.draw()
    lines = [line for line in ax.lines if line.get_gid() in ("claim", "ceiling")]
    assert lines
    for line in lines:
        box = line.get_window_extent().padded(1.0)
        assert not [text.get_text() for text in shown(ax) if text.get_window_extent().overlaps(box)]


def test_axes_put_somewhere_by_hand_stay_there() -> None:
    ax = pyplot.figure(figsize=(9, 5)).add_axes((0.3, 0.3, 0.5, 0.5))
    FIGURES["drivers"](ax=ax)
    assert ax.get_position().bounds == pytest.approx((0.3, 0.3, 0.5, 0.5))


def test_fewer_ticks_go_on_narrow_axes() -> None:
    _, axes = pyplot.subplots(1, 3, figsize=(12, 3), layout="constrained")
    narrow, wide = sf.plot_compare(6_700, "152mm", ax=axes[0]), sf.plot_compare(6_700, "152mm")
    counts = [len([tick for tick in ax.get_xticks() if tick <= ax.get_xlim()[1]]) for ax in (narrow, wide)]
    assert 2 <= counts[0] < counts[1]


# --- ink and paper ----------------------------------------------------------------------------------------------------


def contrast(one: Any, other: Any) -> float:
    """Return the contrast of two colours, from 1 to 21, as the guidelines for accessible pages define it."""

    def luminance(colour: Any) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in to_rgb(colour)]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


PAGES = ("#ffffff", "#14181e")  # of the light and the dark theme of these pages


@pytest.mark.parametrize("style", ["default", "dark_background"])
@pytest.mark.parametrize("name", FIGURES)
def test_words_and_lines_are_readable_on_dark_paper_as_on_light(name: str, style: str) -> None:
    with pyplot.style.context(style):
        ax = FIGURES[name](source=True)
        figure_of(ax).canvas.draw()
        paper: Any = ax.get_facecolor()
        # Where no style is in force the page may be light or dark; no tone stands out from both by more than 4.3 to 1.
        papers, least = ((paper,), 4.5) if paper[3] else (PAGES, 4.1)
        assert bool(paper[3]) == (style != "default")
        for one in written(ax):
            assert min(contrast(one.get_color(), page) for page in papers) >= least, one.get_text()
        for line in ax.lines:
            glow: Any = line.get_path_effects()
            tones = [line.get_color(), *([glow[0]._gc["foreground"]] if glow else [])]
            assert min(max(contrast(tone, page) for tone in tones) for page in papers) >= 2.2, line.get_gid()
            if line.get_gid() in ("median", "ceiling") and name in ("compare", "audit"):
                for bar in (bar for bar in ax.patches if bar.get_gid() == "band"):
                    assert contrast(line.get_color(), bar.get_facecolor()) >= 3
        for arrow in (text.arrow_patch for text in ax.texts if text.get_gid() == "bound"):  # type: ignore[attr-defined]
            tones = [arrow.get_edgecolor(), arrow.get_path_effects()[0]._gc["foreground"]]
            assert min(max(contrast(tone, page) for tone in tones) for page in papers) >= 2.2
        for whisker in (one for one in ax.collections if one.get_gid() is None and name == "flow"):
            for bar in ax.patches:
                assert contrast(whisker.get_edgecolor()[0], bar.get_facecolor()) >= 3


def test_dark_axes_on_a_light_figure_have_light_lines_within_and_dark_words_around() -> None:
    _, ax = pyplot.subplots(figsize=(9, 3), layout="constrained")
    ax.set_facecolor("black")
    sf.plot_compare(6_700, "152mm", ax=ax)
    within = [line for line in ax.lines if line.get_gid() == "median"]
    around = [one for one in ax.texts if one.get_gid() == "said"]
    assert within
    assert around
    assert all(contrast(line.get_color(), "black") > 7 for line in within)
    assert all(contrast(one.get_color(), "white") > 7 for one in around)


def test_figures_of_their_own_are_transparent_and_those_of_a_style_are_not() -> None:
    for colour, seen in (("#eeeeee", 1.0), ("white", 0.0)):
        with mpl.rc_context({"figure.facecolor": colour}):
            figure = figure_of(as_loaded().plot())
            assert to_rgba(figure.get_facecolor())[3] == seen


def test_on_transparent_paper_ink_is_as_light_as_the_texts_of_the_style() -> None:
    for text, page in (("black", "white"), ("white", "black")):
        with mpl.rc_context({"figure.facecolor": "none", "axes.facecolor": "none", "text.color": text}):
            ax = sf.plot_compare(6_700, "152mm")
            assert all(contrast(one.get_color(), page) > 7 for one in ax.texts if one.get_gid() == "said")


def test_what_is_missing_stands_beside_the_axes() -> None:
    ax = sf.plot_compare(6_700, "130mm", claims="500k")
    figure_of(ax).canvas.draw()
    missing = [one for one in ax.texts if one.get_gid() == "missing"]
    assert len(missing) == 3
    for one in missing:
        assert one.get_window_extent().x0 >= ax.get_window_extent().x1
