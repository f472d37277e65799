"""Tables and lines for a pipe and for a terminal."""

from __future__ import annotations

import io

import pytest

from shellflow.display import (
    Column,
    Report,
    print_lines,
    print_report,
    print_table,
    table,
    to_html,
    to_markdown,
    to_text,
)

COLUMNS = [Column("what"), Column("how many", right=True), Column("limited by")]
ROWS = [
    ["shells", "1,000", "mass 93 %, space 7 %"],
    ["rockets", "90", "space"],
    ["mortar", "no data: a package is missing"],
]


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def on_terminal(monkeypatch: pytest.MonkeyPatch, width: int, rows: list[list[str]], title: str = "") -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("TERM", "dumb")  # without colours
    out = Terminal()
    print_table(COLUMNS, rows, title=title, file=out)
    return [line.rstrip() for line in out.getvalue().splitlines()]


def test_words_stand_to_the_left_and_numbers_to_the_right() -> None:
    # Widths 7, 8 (the heading is the longest) and 20, two spaces between; a short row runs on from its second cell.
    assert table(COLUMNS, ROWS).splitlines() == [
        "what     how many  limited by",
        "shells      1,000  mass 93 %, space 7 %",
        "rockets        90  space",
        "mortar   no data: a package is missing",
    ]


def test_a_row_that_is_all_one_cell_widens_its_column() -> None:
    # The first cell is the name of the row: were it to run on, it could not be told from the next column.
    assert table(COLUMNS[:2], [["a long name alone"], ["b", "1"]]).splitlines() == [
        "what               how many",
        "a long name alone",
        "b                         1",
    ]


def test_a_table_without_rows_is_its_headings() -> None:
    assert table(COLUMNS, []) == "what  how many  limited by"


def test_letters_beyond_ascii_take_one_place_each() -> None:
    printed = table([Column("Gerät"), Column("×", right=True)], [["Münze – 5 €", "≥ 1"]])
    assert printed.splitlines() == ["Gerät          ×", "Münze – 5 €  ≥ 1"]


def test_empty_cells_leave_no_spaces_at_the_end_of_a_line() -> None:
    assert table(COLUMNS, [["a", "", ""]]).splitlines()[1] == "a"


def test_a_pipe_gets_the_plain_table_under_its_title() -> None:
    out = io.StringIO()
    print_table(COLUMNS, ROWS, title="Title", file=out)
    assert out.getvalue() == f"Title\n\n{table(COLUMNS, ROWS)}\n"


def test_a_wide_terminal_shows_what_a_pipe_gets(monkeypatch: pytest.MonkeyPatch) -> None:
    assert on_terminal(monkeypatch, 80, ROWS, "Title") == ["Title", "", *table(COLUMNS, ROWS).splitlines()]


def test_a_narrower_terminal_breaks_cells_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    # The longest words are rockets 7, many 4 or 1,000 5, and limited 7: they and two gaps of two take 23 of 40, and of
    # the 17 left "how many" gets the 3 it misses and the last column the 13.
    lines = on_terminal(monkeypatch, 40, ROWS)
    assert lines[:3] == [
        "what     how many  limited by",
        "shells      1,000  mass 93 %, space 7 %",
        "rockets        90  space",
    ]
    crowded = [["shells", "1,000", "mass 93 %, space 7 %, and neither of the two in the rest"]]
    lines = on_terminal(monkeypatch, 40, crowded)
    assert len(lines) > 2
    assert all(len(line) <= 40 for line in lines)
    assert " ".join(line[18:].strip() for line in lines[1:]) == crowded[0][2]


def test_no_line_breaks_between_a_number_and_its_per_cent(monkeypatch: pytest.MonkeyPatch) -> None:
    for width in range(40, 60):
        lines = on_terminal(monkeypatch, width, [["shells", "1,000", "mass and little more 99.9 %, space 0.1 %"]])
        assert not [line for line in lines if line.split()[:1] == ["%"] or line.split()[:1] == ["%,"]]


def test_rows_of_one_name_stand_below_it_where_the_name_takes_the_room(monkeypatch: pytest.MonkeyPatch) -> None:
    # The longest words are 26, 5 and 7 letters long: with two gaps they take 42 of the 40 there are.
    name = "a" * 26
    rows = [[name, "1,000", "nothing known"], [name, "no data: none"], ["b", "2", "x"]]
    assert on_terminal(monkeypatch, 40, rows) == [
        "  how many  limited by",
        name,
        "     1,000  nothing known",
        "  no data: none",
        "b",
        "         2  x",
    ]


def test_rows_take_the_fewest_lines_that_the_terminal_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    # The longest words, 20, 7 and 9 letters, and the gaps take 40 of 44. In 9 columns "1,000,000 to 2.5 million" takes
    # three lines, in 12 two: of the 4 that are left 3 go there, though "1.5 million" needs all 4 to stand on one line.
    a, b = "a" * 20, "b" * 20
    rows = [[a, "1.5 million", "1,000,000 to 2.5 million"], [b, "3.5 million", "2,000,000 to 4.5 million"]]
    assert on_terminal(monkeypatch, 44, rows) == [
        f"{'what':20}  how many  limited by",
        f"{a}       1.5  1,000,000 to",
        f"{'':20}   million  2.5 million",
        f"{b}       3.5  2,000,000 to",
        f"{'':20}   million  4.5 million",
    ]


def test_rows_of_one_name_stand_below_it_where_that_saves_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    # Beside the name each of the three rows takes two lines; below it, with the name and the headings, five in all.
    name, text = "a" * 24, "b" * 11 + " " + "c" * 11
    assert on_terminal(monkeypatch, 54, [[name, str(number), text] for number in range(3)]) == [
        "  how many  limited by",
        name,
        *(f"         {number}  {text}" for number in range(3)),
    ]


def test_a_terminal_too_narrow_for_the_words_gets_a_block_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    # Even without the first column, 13 letters, 24 and a gap are more than the 38 to the right of the indent.
    long = [["x" * 20, "1" * 13, "y" * 24], ["z" * 20, "no data: none"], ["z", "", "here"]]
    assert on_terminal(monkeypatch, 40, long) == [
        "x" * 20,
        f"  how many    {'1' * 13}",
        f"  limited by  {'y' * 24}",
        "",
        "z" * 20,
        "  no data: none",
        "",
        "z",
        "  limited by  here",
    ]


def test_a_terminal_is_never_written_beyond_its_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [*ROWS, ["https://example.org/" + "a" * 100, "1,000,000,000", "b" * 70], ["c", "d" * 100]]
    for width in (40, 60, 80, 200):
        lines = on_terminal(monkeypatch, width, rows, "a title of a good many words " * 4)
        assert max(map(len, lines)) <= width
        # Nothing is cut off either: all letters are still there.
        assert "".join(lines).count("a") >= 100
        assert sum(line.count("d") for line in lines) >= 100


def test_markup_of_rich_in_a_cell_is_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "[red]1[/red]" in "\n".join(on_terminal(monkeypatch, 80, [["a", "[red]1[/red]", "b"]]))


def test_lines_of_text_break_between_words_on_a_terminal_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    text = "capacity: what would fit if it were all this munition"
    pipe, terminal = io.StringIO(), Terminal()
    print_lines(["", text], file=pipe)
    print_lines(["", text], file=terminal)
    assert pipe.getvalue() == f"\n{text}\n"
    assert [line.rstrip() for line in terminal.getvalue().splitlines()] == [
        "",
        "capacity: what would fit if it were all",
        "this munition",
    ]


def of_parts() -> Report:
    """Return a report of two parts, one of which has a part of its own."""
    inner = Report("before and after", columns=(Column("what"),), cells=(("load",),))
    first = Report("with charge", columns=(Column("line"),), cells=(("osc",),), parts=(inner,), cautions=("few draws",))
    return Report("two lines", parts=(first, Report("without charge")), notes=("read so",))


def test_parts_stand_below_each_other_before_what_must_be_said_of_all() -> None:
    expected = [
        *("two lines", "with charge", "line", "osc", "before and after", "what", "load", "- few draws"),
        *("without charge", "read so"),
    ]
    assert [line for line in to_text(of_parts()).splitlines() if line] == expected


def test_parts_are_in_markdown_and_html_in_the_same_order() -> None:
    for text in (to_markdown(of_parts()), to_html(of_parts())):
        words = (
            "two lines",
            "with charge",
            "osc",
            "before and after",
            "load",
            "few draws",
            "without charge",
            "read so",
        )
        places = [text.index(word) for word in words]
        assert places == sorted(places)


def test_parts_on_a_terminal_are_parted_by_a_blank_line(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Terminal()
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "dumb")
    print_report(of_parts(), file=out)
    lines = [line.rstrip() for line in out.getvalue().splitlines()]
    assert lines[:7] == ["two lines", "", "with charge", "", "line", "osc", ""]
