"""What holds for every name a user or a file gives: any answer can be printed, held in a frame and written to JSON."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import matplotlib.pyplot as plt
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

import shellflow as sf
from shellflow import catalog, display, shipments
from shellflow.display import Column
from shellflow.errors import ArgumentError

UNSEEN = ["\n", "\r", "\x00", "\x1b[2J", "\x85", "\u2028", "\ud800", "\udfff", "\u202e", "\u2066", "\u200b", "\ufeff"]
NAMES = st.lists(st.text(max_size=5) | st.sampled_from(UNSEEN), max_size=4).map(lambda parts: "".join(["x", *parts]))
WORST = "An\ud800\u202eg\x1b[2J\u200ba\nra\u2028"
UNCLEAN = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def stands_clean(text: str) -> bool:
    """Whether a text can be encoded, and nothing in it but its line breaks is unseen or moves other letters."""
    text.encode("utf-8")
    return not any(unicodedata.category(letter) in UNCLEAN for letter in text.replace("\n", ""))


def check(*objects: object) -> None:
    for item in objects:
        for name in ("__str__", "__repr__", "_repr_html_", "explain"):
            if hasattr(item, name):
                assert stands_clean(getattr(item, name)()), name
        if hasattr(item, "to_frame"):
            assert display.is_encodable(item.to_frame().to_html())


@settings(max_examples=5)
@given(NAMES)
@example(WORST)
def test_an_answer_is_shown_and_kept_whatever_its_parts_are_called(name: str) -> None:
    count = sf.uniform(280, 320, name=name, source=name)
    packing = sf.packing("152mm", rounds=1, packaging="10 kg", size=("0.9 m", "0.35 m", "0.22 m"), name=name)
    made = sf.estimate(count, "152mm", packing=packing)
    check(made, sf.compare(300, "152mm", packings=["ceiling", packing]))
    check(sf.audit(6700, "3M", "152mm", packings=["ceiling", packing]))
    assert all(display.is_encodable(frame.to_html()) for frame in (made.inputs(), made.drivers()))
    text = made.to_json()
    assert text.encode("utf-8")
    assert sf.from_json(text).band() == made.band()


@settings(max_examples=5)
@given(NAMES)
@example(WORST)
def test_an_answer_is_shown_whatever_munition_and_transport_are_called(name: str) -> None:
    munition = replace(catalog.munitions["152mm"], munition=name)
    transport = replace(catalog.transports["20ft-24t"], transport=name)
    check(sf.estimate(300, munition, packing="ceiling", transport=transport))


def says_nothing_of_a_count(name: str) -> bool:
    """Whether a column of counts may have this in its name: not one of masses, of thousands or of other transports."""
    column = f"count {name}"
    try:
        shipments.check_counts(column, "count")
    except ArgumentError:
        return False
    return shipments.noun_in_name(column) is None and shipments.length_in_name(column) is None


@settings(max_examples=5)
@given(
    NAMES.map(lambda name: "".join(letter for letter in name if not "\ud800" <= letter <= "\udfff")).filter(
        says_nothing_of_a_count
    )
)
@example(WORST.replace("\ud800", ""))
def test_a_flow_is_shown_whatever_its_columns_and_carriers_are_called(name: str) -> None:
    count = f"count {name}"
    table = pd.DataFrame([["2024-02-03", 20, name]] * 2)
    table.columns = pd.Index(["date", count, name], dtype=object)
    flow = sf.flow(table, munition="152mm", packing="ceiling", count=count, carrier=name)
    check(flow)
    assert flow.issues["rows"].sum() > 0


@given(st.lists(st.lists(NAMES, min_size=2, max_size=2), min_size=1, max_size=3), NAMES)
@example([[WORST, WORST]], WORST)
def test_a_table_has_a_line_a_row_whatever_its_cells_hold(rows: list[list[str]], name: str) -> None:
    columns = [Column(name), Column("right", right=True)]
    text = display.table(columns, rows)
    assert stands_clean(text)
    assert len(text.split("\n")) == len(rows) + 1
    answer = display.Answer(name, name, name, reasons=((name, name),))
    report = display.Report(name, (answer,), tuple(columns), tuple(map(tuple, rows)), cautions=(name,), notes=(name,))
    assert stands_clean(display.to_html(report))
    assert stands_clean(display.to_markdown(report))
    frame = display.frame(rows, columns=["one", "other"])
    assert len(frame) == len(rows)
    assert all(display.is_encodable(cell) for cell in frame["one"])


def test_a_figure_is_drawn_whatever_its_inputs_and_packings_are_called() -> None:
    name = f"{WORST}$x$"
    count = sf.uniform(280, 320, name=name, source=name)
    packing = sf.packing("152mm", rounds=1, packaging="10 kg", size=("0.9 m", "0.35 m", "0.22 m"), name=name)
    made = sf.estimate(count, "152mm", packing=packing)
    for draw in (made.plot, made.plot.drivers):
        figure = draw().get_figure(root=True)
        assert figure is not None
        figure.savefig(io.BytesIO(), format="png")
    plt.close("all")
