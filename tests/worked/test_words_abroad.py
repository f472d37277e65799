"""Bounds, ranges and "about" in German, Russian, Ukrainian and Korean, each beside what it says in English."""

from __future__ import annotations

import pandas as pd
import pytest

import shellflow as sf
from shellflow import words

SAID = {
    "at least 300": "mindestens 300|wenigstens 300|nicht weniger als 300|300 oder mehr|не менее 300|не меньше 300|"
    "минимум 300|300 и более|300 или больше|не менше 300|не менше ніж 300|щонайменше 300|300 і більше|300 або більше|"
    "300 이상|300이상|최소 300|적어도 300",
    "more than 300": "über 300|ueber 300|mehr als 300|более 300|более чем 300|больше 300|свыше 300|понад 300|"
    "більше 300|більше ніж 300|більш ніж 300|300 초과",
    "at most 300": "höchstens 300|hoechstens 300|maximal 300|bis 300|bis zu 300|nicht mehr als 300|300 oder weniger|"
    "до 300|не более 300|не больше 300|максимум 300|300 или меньше|не більше 300|не більше ніж 300|щонайбільше 300|"
    "300 або менше|300 이하|최대 300",
    "less than 300": "weniger als 300|unter 300|менее 300|менее чем 300|меньше 300|менше 300|менше ніж 300|"
    "менш ніж 300|300 미만|300미만",
    "about 300": "etwa 300|rund 300|ca. 300|zirka 300|ungefähr 300|около 300|примерно 300|приблизительно 300|"
    "близько 300|приблизно 300|약 300|약300|대략 300|300 정도|300 가량",
    "between 300 and 400": "300 bis 400|von 300 bis 400|zwischen 300 und 400|300 до 400|от 300 до 400|"
    "между 300 и 400|від 300 до 400|між 300 і 400|між 300 та 400|300~400|300\u301c400",
}
EACH = [(text, english) for english, texts in SAID.items() for text in texts.split("|")]


@pytest.mark.parametrize(("text", "english"), EACH)
def test_a_bound_says_what_it_says_in_english(text: str, english: str) -> None:
    expected = words.read_claim(english)
    for written in (text, text.capitalize(), text.upper(), text.replace(" ", "\u00a0"), f" {text} "):
        found = words.read_claim(written)
        assert (found, found.about) == (expected, expected.about)


@pytest.mark.parametrize(("text", "english"), EACH)
def test_a_cell_says_the_same_as_a_claim(text: str, english: str) -> None:
    shipments = sf.read_shipments(pd.DataFrame({"Datum": ["2024-01-01", "2024-01-09"], "Containers": [text, "20"]}))
    claim = words.read_claim(english)
    row = shipments.frame.iloc[0]
    assert (row["bound"], *(None if pd.isna(end) else end for end in row[["low", "high"]])) == (
        claim.bound,
        claim.low,
        claim.high,
    )
    assert text in set(shipments.account["text"])


@pytest.mark.parametrize(
    "text",
    [
        "35 남짓",  # a little over 35
        "gut 300",  # a little over 300
        "300 и 400",
        "300 und 400",
        "от 300",
        "неболее 300",
        "не 300",
        "nicht 300",
        "до300",
        "более менее 300",
        "не менее 300 не более 400",
        "300 이상 400 이하",
        "mindestens 300 oder weniger",
    ],
)
def test_what_says_something_else_is_refused(text: str) -> None:
    with pytest.raises(sf.ShellflowError, match=text.split()[0]):
        words.read_claim(text)


def test_claims_of_masses_and_of_counts_know_them_too() -> None:
    with pytest.raises(sf.ShellflowError, match="no bound"):
        sf.estimate("über 440 t", "152mm")
    assert str(sf.audit("über 440 t", "до 300000", "152mm")) == str(sf.audit("over 440 t", "up to 300000", "152mm"))
    assert str(sf.audit("не менее 6700", "до 3M", "152mm")) == str(sf.audit("at least 6700", "up to 3M", "152mm"))
