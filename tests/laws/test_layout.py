"""What holds for a table on a terminal of any width."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from shellflow.display import Column, print_table

NAMES = ("munition", "rounds per container", "grade")
WORDS = st.sampled_from(["AB", "1,000", "24 %", "Корабль", "탄약", "X" * 45, "122-9"])  # no letter of the headings
CELLS = st.lists(WORDS).map(" ".join)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=4, unique_by=lambda row: row[0])


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@given(ROWS, st.integers(40, 130), st.lists(st.booleans(), min_size=3, max_size=3))
def test_no_line_leaves_the_terminal_and_no_letter_is_lost(
    rows: list[list[str]], width: int, right: Sequence[bool]
) -> None:
    out = Terminal()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("COLUMNS", str(width))
        patched.setenv("TERM", "dumb")
        print_table(list(map(Column, NAMES, right)), rows, file=out)
    assert max(map(cell_len, out.getvalue().splitlines())) <= width
    printed, given_letters = Counter(out.getvalue()), Counter("".join(cell for row in rows for cell in row))
    assert {letter: printed[letter] for letter in given_letters if letter != " "} == {
        letter: number for letter, number in given_letters.items() if letter != " "
    }
