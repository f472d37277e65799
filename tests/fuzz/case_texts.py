"""Texts: counts, ranges, bounds, rates and quantities, each with what it says."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import shellflow as sf
from shellflow import words
from tests.fuzz import texts
from tests.fuzz.running import Case, check, check_plain
from tests.fuzz.shared import (
    same_as,
)
from tests.fuzz.texts import Text

__all__ = ["KINDS"]


def words_read(rng: random.Random) -> Case:
    reader, made = rng.choice(
        (
            (words.read_count, texts.count),
            (words.read_count, texts.bound),
            (words.read_count, texts.nonsense),
            (words.read_claim, texts.count),
            (words.read_claim, texts.range_of),
            (words.read_claim, texts.bound),
            (words.read_rate, texts.rate),
            (words.read_rate, texts.count),
            (words.read_claim, texts.lengthened),
            (words.read_count, texts.lengthened),
            (words.read_rate, texts.lengthened),
        )
    )
    written = made(rng)
    if reader is words.read_rate and made is texts.count:
        written = Text(written.text, None, None)
    if reader is words.read_count and made is texts.bound:
        written = Text(written.text, None, None)

    def look(read: Any) -> None:
        if reader is words.read_claim:
            low, high = read.low, read.high
        else:
            low = high = read.value if reader is words.read_count else read.value_per_day
        same_as(written, low, high)
        noun = written.unit.removesuffix("/day").replace("1", "")
        check(read.noun == (noun or None), f"reads the noun {read.noun!r} in {written}")

    return must_read(written, f"{reader.__name__}({written.text[:80]!r})", lambda: reader(written.text), look)


def must_read(written: Text, title: str, call: Callable[[], Any], look: Callable[[Any], None]) -> Case:
    """Return a case in which a text that can be read in one way is not refused."""

    def asked() -> Any:
        try:
            return call()
        except sf.ShellflowError:
            if written.optional:
                raise
            return None

    def looked(answer: Any) -> None:
        check(answer is not None, f"refuses {written.text!a}, which can be read in one way")
        look(answer)

    return Case(title, asked, looked)


def quantity_read(rng: random.Random) -> Case:
    written = (texts.quantity if rng.random() < 0.9 else texts.lengthened)(rng)

    def look(read: Any) -> None:
        check(written.low is not None, f"reads {read.band()} {read.unit} in {written.text[:80]!a}")
        check(read.unit == written.unit, f"gives {read.unit} for {written.unit} in {written.text!a}")
        same_as(written, read.band()[1], read.band()[1])
        check_plain(str(read))

    return Case(f"fixed({written.text[:80]!r})", lambda: sf.fixed(written.text), look)


KINDS: dict[Callable[[random.Random], Case], int] = {
    words_read: 30,
    quantity_read: 14,
}
"""How often each kind of case is tried, against the others."""
