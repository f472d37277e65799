"""Cards and tables for a notebook: what they say, and that they are nothing but plain, closed, escaped HTML."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

import shellflow as sf
from shellflow import display, packings
from shellflow.display import Column


class Read(HTMLParser):
    """Reads HTML, checks that it is closed, and collects tags, attributes and text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.texts: list[str] = []
        self.feed(text)
        self.close()
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: Iterable[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    @property
    def text(self) -> str:
        return " ".join(self.texts).replace("\u00a0", " ")


def card_of(one: object) -> Read:
    return Read(one._repr_html_())  # type: ignore[attr-defined]


def table(
    cells: Sequence[Sequence[str]],
    bands: Sequence[display.Band] = (),
    mark: tuple[float | None, float | None] | None = None,
) -> str:
    report = display.Report(
        "t", columns=(Column("what"),), cells=tuple(map(tuple, cells)), bands=tuple(bands), mark=mark
    )
    return display.to_html(report)


def columns(drawing: str) -> int:
    """Return how many bars a small picture has."""
    return len(re.findall(r"M[\d.]+ [\d.]+v-", drawing))


@pytest.fixture(scope="module")
def mixed() -> sf.Comparison:
    return sf.compare(6_700, ["152mm", "130mm"])


# --- an estimate ------------------------------------------------------------------------------------------------------


def test_a_card_says_everything_that_explain_says() -> None:
    one = sf.estimate(6_700, "122mm-rocket", packing="crated")
    said = card_of(one).text
    for line in one.explain().splitlines():
        if not line.startswith(("6,700 containers", "basis", "draws")):
            name, _, text = line.partition(": ")
            assert name in said or name == "note"  # they stand by themselves
            assert text in said
    assert "6,700 containers of 122mm-rocket, crated (capacity)" in said
    assert "600,000 rounds" in said
    assert "90 %: 540,000 to 740,000" in said
    assert "two rows lengthwise" in said
    assert "capacity: what would fit" in said


def test_a_card_shows_the_findings() -> None:
    one = sf.estimate(6_700, "152mm")
    assert one.notes[0] in card_of(one).text


def test_a_card_of_transports_rounds_up_as_words_do() -> None:
    one = sf.units_needed("3M", "152mm")
    said = card_of(one).text
    assert "6,600 containers" in said
    assert "5,500" in said


def test_a_card_of_one_value_says_that_every_world_agrees_and_draws_nothing() -> None:
    read = card_of(sf.estimate(6_700, "220mm-rocket", packing="ceiling"))
    assert "515,900 rounds" in read.text
    assert "the same in every draw" in read.text
    assert "svg" not in read.tags


def test_a_card_of_a_single_world_is_made() -> None:
    with sf.settings(n=1):
        assert "rounds" in card_of(sf.estimate(6_700, "152mm")).text


def test_a_card_of_a_sum_a_difference_and_a_ratio_is_made() -> None:
    a, b = sf.estimate(1_000, "152mm"), sf.estimate(2_000, "122mm-rocket", packing="crated")
    for one in (a + b, a - b, a / b, a - a, b.lasts_at("10k/day")):
        assert card_of(one).tags[0] == "div"
    assert "0 rounds" in card_of(a - a).text


def test_names_with_markup_show_as_they_stand_and_do_nothing() -> None:
    name = '<script>alert(1)</script><img src=x onerror="alert(2)"> &amp; "quotes" '
    crate = sf.packing("152mm", gross=sf.uniform("60 kg", "70 kg", name=name), name=name)
    read = card_of(sf.estimate(10, "152mm", packing=crate))
    assert name in read.text
    assert not {"script", "img"} & set(read.tags)


def test_a_very_long_name_may_break_anywhere() -> None:
    crate = sf.packing("152mm", gross="65 kg", name="long" * 500)
    read = card_of(sf.estimate(10, "152mm", packing=crate))
    assert "long" * 500 in read.text
    assert any("overflow-wrap:break-word" in (value or "") for name, value in read.attributes if name == "style")


@pytest.mark.parametrize("packing", packings.SHIPPED)
def test_cards_are_plain_html_with_colours_of_the_page(packing: str) -> None:
    read = card_of(sf.estimate(6_700, "152mm", packing=packing))
    assert set(read.tags) <= {"div", "ul", "li", "svg", "path", "text"}
    assert {name for name, _ in read.attributes if name.startswith("on")} == set()
    assert not [value for name, value in read.attributes if name in ("href", "src", "id", "class")]
    styles = " ".join(value or "" for name, value in read.attributes if name == "style")
    assert "color:inherit" in styles
    assert not re.search(r"background|color:#|url\(", styles)
    assert "currentColor" in {value for name, value in read.attributes if name == "fill"}


def test_a_card_without_facts_notes_or_band_is_its_answer() -> None:
    read = Read(display.to_html(display.Report("what", (display.Answer("how many"),))))
    assert read.texts == ["what", "how many"]


# --- the small picture ------------------------------------------------------------------------------------------------


def test_each_value_of_few_has_a_bar_and_equal_shares_stand_equally_high() -> None:
    # Four values, each 250 times: of the 40 columns between 1 and 4 four are filled. Of 1,000 draws the 5 lowest and
    # the 5 highest are left out, so that the outer bars are 245 / 250 * 48 = 47.04 high.
    drawing = display.distribution_svg(np.repeat([1.0, 2.0, 3.0, 4.0], 250), low=1, median=2.5, high=4)
    assert columns(drawing) == 4
    assert re.findall(r"v-([\d.]+)h", drawing) == ["47.0", "48.0", "48.0", "47.0"]


def test_a_few_more_values_than_columns_do_not_look_like_a_comb() -> None:
    # 60 values, each 100 times: 60 // 4 = 15 columns hold 4 values each, and stand equally high, but for the 30 draws
    # that are left out at each end: 370 / 400 * 48 = 44.4.
    drawing = display.distribution_svg(np.repeat(np.arange(60.0), 100), low=3, median=30, high=56)
    assert columns(drawing) == 15
    assert re.findall(r"v-([\d.]+)h", drawing).count("48.0") == 13
    assert re.findall(r"v-([\d.]+)h", drawing).count("44.4") == 2


def test_tails_that_run_far_do_not_squeeze_the_rest() -> None:
    draws = np.append(np.linspace(1.0, 2.0, 999), 1e300)
    assert columns(display.distribution_svg(draws, low=1.05, median=1.5, high=1.95)) == 40


def test_ends_that_would_overlap_are_not_written() -> None:
    draws = np.arange(1_000.0)
    apart = display.distribution_svg(draws, low=50, median=500, high=950, ends=("50", "950"))
    together = display.distribution_svg(draws, low=499, median=500, high=501, ends=("499", "501"))
    assert ">50</text>" in apart
    assert ">950</text>" in apart
    assert ">499</text>" not in together
    assert "99 % of the draws are shown" in Read(apart).text
    # Who cannot see it hears both.
    assert "499 to 501" in together


def test_ends_with_markup_are_escaped() -> None:
    drawing = display.distribution_svg(np.arange(1_000.0), low=50, median=500, high=950, ends=('"><b>', "x"))
    assert "b" not in Read(drawing).tags


@pytest.mark.parametrize("draws", [np.array([5.0]), np.full(100, 3e6), 3e6 * (1 + 1e-13 * np.arange(100)), np.zeros(9)])
def test_draws_that_are_all_the_same_give_no_picture(draws: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    assert display.distribution_svg(draws, low=draws.min(), median=draws.min(), high=draws.max()) == ""
    assert display.sketch(draws) == ""


# --- the line for a terminal ------------------------------------------------------------------------------------------


def test_a_sketch_is_highest_where_most_draws_are(monkeypatch: pytest.MonkeyPatch) -> None:
    # 1, 2 and 3 four times as often as 0: the first bar is a quarter as high, and 2 of 8 blocks.
    monkeypatch.setattr(sys, "stdout", Stream("utf-8"))
    assert display.sketch(np.repeat([0.0, 1.0, 2.0, 3.0], [25, 100, 100, 100]), columns=4) == "▂███"


def test_a_sketch_keeps_to_signs_that_the_terminal_has(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = np.repeat([0.0, 1.0, 2.0, 3.0], [25, 100, 100, 100])
    for encoding in ("cp1252", "ascii", None, "no such encoding"):
        monkeypatch.setattr(sys, "stdout", Stream(encoding))
        assert display.sketch(draws, columns=4) == ":###" if encoding else display.sketch(draws, columns=4).isascii()


class Stream:
    """A stream of some encoding, as a pipe on another system has."""

    def __init__(self, encoding: str | None) -> None:
        self.encoding = encoding


def test_explain_has_the_sketch_with_its_ends() -> None:
    lines = sf.estimate(6_700, "152mm").explain().splitlines()
    assert re.fullmatch(r"draws: .{32} \(99 %: 2\.\d to 4\.\d million\)", lines[1])


def test_explain_of_one_value_has_no_sketch() -> None:
    assert "draws:" not in sf.estimate(6_700, "220mm-rocket", packing="ceiling").explain()


# --- tables -----------------------------------------------------------------------------------------------------------


def test_a_table_of_a_comparison_has_every_line_and_its_findings(mixed: sf.Comparison) -> None:
    read = card_of(mixed)
    assert read.tags.count("tr") == 1 + sum(line.estimate is not None for line in mixed)
    assert mixed.what in read.text
    for row in mixed.report().cells:
        assert set(row) <= {text.replace("\u00a0", " ") for text in read.texts}
    for finding in mixed.report().cautions:
        assert finding in read.text
    assert "do not add up" in read.text


def test_a_line_without_data_says_so_across_the_table_and_has_no_bar(mixed: sf.Comparison) -> None:
    html = display.to_html(mixed.report(every_row=True))
    missing = sum(line.estimate is None for line in mixed.lines)
    assert missing == 3
    assert html.count("<svg") == len(mixed) - missing + 1  # and the scale
    assert html.count(f'colspan="{len(mixed.report().columns) - 2 + 1}"') == missing


def test_bars_of_a_table_stand_on_one_scale_from_zero() -> None:
    # 130 wide less a point at each end: 128 for 0 to 200, so that 50 is at 1 + 32 = 33, 100 at 65, 200 at 129.
    bands = [(50.0, 100.0, 150.0), (100.0, 100.0, 200.0)]
    html = table([["a"], ["b"]], bands=bands, mark=(100.0, 100.0))
    assert html.count("M65.0 2V14") == 2
    assert "M33.0 8H97.0" in html
    assert "M65.0 8H129.0" in html
    assert html.count("M65.0 0V16") == 2
    # Each end has a mark of its own.
    assert "M33.0 3V13M97.0 3V13" in html


def test_bars_of_a_table_have_a_scale_with_round_numbers() -> None:
    # Up to 200 in at most four steps and some: 0, 50, 100, 150, 200 at 1, 33, 65, 97, 129.
    html = table([["a"]], bands=[(50.0, 100.0, 200.0)])
    assert "M0 17H130M1.0 13v4M33.0 13v4M65.0 13v4M97.0 13v4M129.0 13v4" in html
    assert re.findall(r'<text x="([\d.]+)" y="10" text-anchor="(\w+)">(.*?)</text>', html) == [
        ("1.0", "start", "0"),
        ("129.0", "end", "200"),
    ]
    millions = sf.compare(6_700, "152mm")._repr_html_()
    assert "3\u00a0million</text>" in millions or "3 million</text>" in millions
    negative = table([["a"]], bands=[(-100.0, 0.0, 100.0)])
    assert 'text-anchor="start">-100</text>' in negative
    nothing = table([["a"]], bands=[(0.0, 0.0, 0.0)])
    assert "<text" not in nothing


@pytest.mark.parametrize(
    ("mark", "lines", "onward"),
    [
        ((100.0, 100.0), ["M65.0 0V16"], []),
        ((50.0, 100.0), ["M33.0 0V16", "M65.0 0V16", "M33.0 8H65.0"], []),
        ((100.0, None), ["M65.0 0V16"], ["M65.0 2.5h9"]),
        ((None, 100.0), ["M65.0 0V16"], ["M65.0 2.5h-9"]),
    ],
)
def test_a_range_is_shaded_and_an_open_end_has_an_arrow(
    mark: tuple[float | None, float | None], lines: list[str], onward: list[str]
) -> None:
    html = table([["a"]], bands=[(150.0, 150.0, 200.0)], mark=mark)
    paths = set(re.findall(r'd="(M[^"]*)"', html))
    paths -= {"M0 8H130", "M97.0 8H129.0", "M97.0 2V14"}  # the scale, the band and its median
    paths -= {"M97.0 3V13M129.0 3V13", "M0 17H130M1.0 13v4M33.0 13v4M65.0 13v4M97.0 13v4M129.0 13v4"}  # ends, and ticks
    assert len(paths) == len(lines) + len(onward)
    assert set(lines) <= paths
    assert all(any(path.startswith(start) for path in paths) for start in onward)


@pytest.mark.parametrize(
    ("rounds", "heading"),
    [("more than 3M", "at least 447.8"), ("up to 3M", "at most 447.8"), ("2-3M", "298.5 to 447.8"), ("3M", "447.8")],
)
def test_the_card_of_an_audit_says_what_its_claim_bounds(rounds: str, heading: str) -> None:
    read = card_of(sf.audit(6_700, rounds, "152mm"))
    assert f"dashed, the claim: {heading}" in read.text


def test_a_claim_that_bounds_nothing_is_drawn_by_its_numbers() -> None:
    html = sf.audit("more than 6,700", "more than 3M", "152mm")._repr_html_()
    assert "the claim: about 447.8" in html
    assert "stroke-dasharray" in html


def test_bars_below_zero_move_the_scale() -> None:
    html = table([["a"]], bands=[(-100.0, 0.0, 100.0)])
    assert "M1.0 8H129.0" in html


def test_bars_of_no_width_at_zero_are_drawn() -> None:
    assert "svg" in table([["a"]], bands=[(0.0, 0.0, 0.0)])


def test_a_long_table_says_how_many_rows_it_leaves_out() -> None:
    read = Read(table([[str(n)] for n in range(250)]))
    assert read.tags.count("tr") == 101
    assert "The first 100 of 250 rows are shown." in read.text


def test_a_table_without_rows_is_its_headings() -> None:
    read = Read(table([]))
    assert read.text == "t what"


def test_the_html_needs_no_matplotlib_and_no_pandas(tmp_path: Path) -> None:
    code = (
        "import sys, shellflow as sf; sf.estimate(6_700, '152mm')._repr_html_(); sf.compare(6_700)._repr_html_(); "
        "print({'matplotlib', 'pandas', 'pint'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.strip() == "set()"
