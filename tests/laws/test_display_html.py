"""What holds for every card, whatever the words, and for every picture, whatever the draws."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from shellflow import display
from shellflow.display import Column
from shellflow.errors import printable

WORDS = st.text(st.one_of(st.characters(), st.sampled_from("<>&\"'/=; \n\x1b\u202e\u200b\ud800")))
DRAWS = hnp.arrays(np.float64, st.integers(1, 300), elements=st.floats(-1e9, 1e9, allow_subnormal=False))


class Parts(HTMLParser):
    """Collects the tags and the text of HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.texts = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.texts += data


def plain(text: str) -> str:
    return "".join(text.split())


def card(title: str, text: str, name: str, note: str) -> str:
    answer = display.Answer(text, reasons=((name, note),))
    return display.to_html(display.Report(title, (answer,), cautions=(note,), notes=(name,)))


@given(WORDS, WORDS, WORDS, WORDS)
def test_no_words_add_a_tag_to_a_card_or_lose_a_letter(title: str, headline: str, note: str, name: str) -> None:
    assume(all((title, headline, note, name)))
    read = Parts(card(title, headline, name, note))
    assert read.tags == Parts(card("a", "b", "c", "d")).tags
    assert plain(read.texts) == plain(printable(title + headline + name + note + note + name))


@given(st.lists(st.lists(WORDS, min_size=1, max_size=3), max_size=5), WORDS)
def test_no_words_add_a_tag_to_a_table(rows: list[list[str]], title: str) -> None:
    columns = (Column("a"), Column("b", right=True), Column("c"))
    read = Parts(display.to_html(display.Report(title, columns=columns, cells=tuple(map(tuple, rows)))))
    cells = sum(map(len, rows))
    assert read.tags.count("td") == cells
    assert set(read.tags) <= {"div", "table", "thead", "tbody", "tr", "th", "td"}


@given(DRAWS)
def test_a_picture_stays_inside_its_frame(draws: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:
    ordered = np.sort(draws)
    drawing = display.distribution_svg(draws, low=ordered[0], median=ordered[ordered.size // 2], high=ordered[-1])
    places = [float(x) for x in re.findall(r"M(-?[\d.]+) ", drawing)]
    assert all(0 <= x <= 280 for x in places)
    heights = [float(y) for y in re.findall(r"v-([\d.]+)h", drawing)]
    assert bool(drawing) == bool(heights)
    assert not heights or max(heights) == 48.0


@given(DRAWS, st.integers(1, 60))
def test_a_sketch_is_no_longer_than_asked_and_reaches_the_top(
    draws: np.ndarray[tuple[int], np.dtype[np.float64]], columns: int
) -> None:
    drawn = display.sketch(draws, columns=columns)
    assert len(drawn) <= max(columns, 1)
    assert not drawn or max(drawn) in "█#" or "#" in drawn
