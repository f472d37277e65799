"""What holds for every message, whatever value stands in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shellflow import errors
from shellflow.errors import (
    ArgumentError,
    DataError,
    DoesNotFitError,
    ExtraError,
    NoDataError,
    OrderError,
    ShellflowError,
    bad_argument,
    printable,
    shown,
    unknown_item,
)

UNSEEN = st.sampled_from(["\n", "\r", "\x00", "\x1b[2J", "\x85", "\u2028", "\ud800", "\udfff", "\u202e", "\u2066"])
HIDDEN = st.sampled_from(["\u200b", "\u200d", "\u2060", "\ufeff", "\u00ad", "\U000e0001"])
NAMES = st.lists(st.text(st.characters(), max_size=10) | UNSEEN | HIDDEN, max_size=6).map("".join)
LONG = 1_000_000


class Spoken:
    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


def stands_on_one_line(text: str) -> bool:
    """Whether a text can be encoded and holds nothing that is unseen or moves other letters."""
    text.encode("utf-8")
    return not any(unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Zl", "Zp"} for letter in text)


@given(NAMES)
@example("ship\nshellflow: all is well")
@example("\ud800")
def test_a_value_is_shown_on_one_line_and_can_always_be_printed(name: str) -> None:
    for value in (name, [name], {name: name}, Spoken(name), name.encode("utf-8", "surrogatepass")):
        text = shown(value)
        assert stands_on_one_line(text)
        assert len(text) <= 80
    assert stands_on_one_line(printable(name))


@given(st.text(st.characters(categories=("L", "M", "N", "P", "S", "Zs"))))
def test_what_can_be_seen_is_printed_as_it_is(text: str) -> None:
    assert printable(text) == text


@given(NAMES)
def test_every_message_stands_on_one_line_even_where_a_name_was_put_in_raw(name: str) -> None:
    messages = [kind(f"column {name}: must be another") for kind in (ShellflowError, DataError, OrderError, ExtraError)]
    messages += [NoDataError(name), DoesNotFitError(name), bad_argument("column", name, "another")]
    messages += [unknown_item("column", name, [name, f"{name}s", "count"]), unknown_item("column", "zzz", [name])]
    assert all(stands_on_one_line(str(message)) for message in messages)


@pytest.mark.parametrize(
    "message",
    [
        bad_argument("count", "9" * LONG, "a count"),
        bad_argument("count", ["9" * LONG], "a count"),
        bad_argument("count", b"9" * LONG, "a count"),
        bad_argument("count", 10**LONG, "a count"),
        bad_argument("count", Spoken("9" * LONG), "a count"),
        unknown_item("column", "c" * LONG, ["c", "d" * LONG]),
        unknown_item("column", "zzz", ["d" * LONG]),
        ArgumentError("c" * LONG),
        NoDataError("c" * LONG),
    ],
    ids=["text", "list", "bytes", "integer", "foreign", "name", "known", "raw", "raw and its own"],
)
def test_a_value_of_a_megabyte_never_stands_in_a_message_whole(message: ShellflowError) -> None:
    assert len(str(message)) <= 10_000


def test_a_long_value_shows_its_beginning_and_its_end() -> None:
    assert shown("a" * 50 + "b" * 50) == f"'{'a' * 36} ... {'b' * 36}'"
    assert shown("a" * LONG + "b" * LONG) == f"'{'a' * 36} ... {'b' * 36}'"
    assert shown(10**5000) == "<an integer of some 5,000 digits>"


def test_everything_an_error_can_be_made_from_is_public() -> None:
    assert {"shown", "printable", "bad_argument", "unknown_item"} <= set(errors.__all__)
