"""What holds of every page, whatever the words: no tag is added, no letter lost, nothing fetched or run."""

from __future__ import annotations

from html.parser import HTMLParser

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from shellflow.display import Answer, Column, Quotation, Reference, Report
from shellflow.errors import printable

WORDS = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'/=; \n\x1b\u202e\u200b\ud800")), min_size=1, max_size=20
)
ATTACKS = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "</style><script>",
        "</title><img src=x onerror=alert(1)>",
        '" onmouseover="alert(1)',
        "javascript:alert(1)",
        "https://example.org/'\"><b>",
        "https://example.org/&quot;onload=",
    ]
)
TEXTS = st.one_of(WORDS, ATTACKS)


class Parts(HTMLParser):
    """Collects tags, their attributes and the text of a page, without that of its style sheet."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        if self.tags[-1:] != ["style"]:
            self.texts += data


def page(texts: list[str], references: tuple[Reference, ...] = ()) -> str:
    title, name, text, note, cell, sentence, source = texts
    report = Report(
        title,
        (Answer(text, band=name, name=name, reasons=((name, note),)),),
        columns=(Column(name), Column(cell, right=True)),
        cells=((cell, text), (note,)),
        bands=((1.0, 2.0, 3.0), None),
        mark=(2.0, None),
        mark_label=note,
        caption=cell,
        parts=(Report(note, columns=(Column(name),), cells=((cell,),)),),
        cautions=(note,),
        notes=(name,),
        sources=(source,),
        stamp={"n": title},
        quotation=lambda: Quotation((sentence,), references, (note,)),
    )
    made = report.to_html()
    assert made is not None
    return made


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=7, max_size=7))
def test_no_words_add_a_tag_to_a_page_or_lose_a_letter(texts: list[str]) -> None:
    assume(all("http" not in text for text in texts))  # an address becomes a link
    read, usual = Parts(page(texts)), Parts(page(["x"] * 7))
    assert read.tags == usual.tags
    plain = "".join(read.texts.split())
    for text in texts:
        assert "".join(printable(text).split()) in plain


@settings(max_examples=60)
@given(st.lists(TEXTS, min_size=7, max_size=7), TEXTS, st.one_of(TEXTS, st.just("https://example.org/a?b=c&d=e")))
def test_nothing_in_a_page_is_fetched_or_run_and_links_lead_to_the_web(
    texts: list[str], key: str, address: str
) -> None:
    read = Parts(page([*texts[:6], f"{texts[6]} {key}"], (Reference(key, texts[0], address),)))
    assert not {"script", "img", "iframe", "object", "embed", "link", "base", "form", "input"} & set(read.tags)
    for tag, name, value in read.attributes:
        assert not name.startswith("on")
        assert name not in ("src", "srcset", "style") or tag == "svg"
        if name == "href":
            assert tag == "a"
            assert value.startswith(("http://", "https://"))
