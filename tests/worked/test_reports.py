"""Every result hands down one report: what text, Markdown, cards and tables say of it is the same."""

from __future__ import annotations

import pytest

import shellflow as sf
from shellflow import display
from shellflow.errors import ArgumentError

RESULTS: dict[str, display.Result] = {
    "an estimate": sf.estimate(6_700, "152mm"),
    "a comparison": sf.compare(6_700, ["152mm", "130mm"]),
    "an audit": sf.audit(6_700, "more than 3M", "152mm"),
    "a backtest": sf.backtest(),
    "a flow": sf.flow(sf.catalog.examples.shipments(), munition="152mm", by="quarter"),
    "a balance": sf.flow(sf.catalog.examples.shipments(), munition="152mm").balance("Russia", share=0.5),
    "a packing of one's own": sf.packing("152mm", gross="65 kg"),
    "reported ratios": sf.packing("152mm", rounds_per_transport=450),
}


@pytest.mark.parametrize("what", RESULTS)
def test_text_card_and_markdown_say_the_same_cautions(what: str) -> None:
    result = RESULTS[what]
    report = result.report()
    for shown in (display.to_text(report), display.to_html(report), result.to_markdown()):
        plain = shown.replace("\\", "").replace("&nbsp;", " ").replace("&#x27;", "'")
        plain = plain.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert report.title in plain
        for caution in report.cautions:
            assert caution in plain


@pytest.mark.parametrize("what", RESULTS)
def test_a_table_has_a_row_for_each_in_words_and_as_values(what: str) -> None:
    report = RESULTS[what].report()
    assert len(RESULTS[what].to_frame()) == len(report.rows)
    # A row that has no answer is not in the words of the table: one sentence below it says of all of them why.
    answered = [row for row in report.rows if not row.get("missing")]
    assert not report.columns or len(report.cells) == len(answered)
    assert all(len(cells) <= len(report.columns) for cells in report.cells)


@pytest.mark.parametrize("what", RESULTS)
def test_the_name_of_a_result_is_short(what: str) -> None:
    assert len(repr(RESULTS[what])) <= 120
    assert repr(RESULTS[what]).startswith("<")


@pytest.mark.parametrize("what", [what for what in RESULTS if what != "an estimate"])
def test_a_format_code_means_nothing_for_several_numbers(what: str) -> None:
    assert f"{RESULTS[what]}" == str(RESULTS[what])
    with pytest.raises(
        ArgumentError, match=r"format code='.2g': must be left out .* Format one number of to_frame\(\)"
    ):
        format(RESULTS[what], ".2g")


def test_bands_have_the_level_asked_for() -> None:
    (row,) = sf.estimate(6_700, "152mm").rows(0.5)
    assert (row["low"], row["high"]) == pytest.approx(sf.estimate(6_700, "152mm").band(0.5)[::2])
    columns = sf.compare(6_700, "152mm").report(0.5).columns
    assert [column.name for column in columns][4:6] == ["50 % band", "rounds per container"]


def test_a_backtest_and_a_balance_have_the_bands_that_they_were_made_for() -> None:
    with pytest.raises(ArgumentError, match=r"level=0.5: must be 0.9, that of this backtest.*backtest\(level="):
        sf.backtest().report(0.5)
    with pytest.raises(ArgumentError, match=r"level=0.5: must be 0.9, that of this balance.*balance\(.*level="):
        RESULTS["a balance"].report(0.5)


def test_signs_of_markdown_are_shown_as_they_stand() -> None:
    report = display.Report("a_b", columns=(display.Column("x|y"),), cells=(("<b> *c*",),))
    assert display.to_markdown(report) == "**a\\_b**\n\n| x\\|y |\n| --- |\n| &lt;b> \\*c\\* |"
