"""Mixes of munitions as people write them, and what is printed of their shares."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import shellflow as sf
from shellflow import cli
from shellflow.catalog import shipped
from shellflow.errors import ArgumentError, UnknownItemError
from shellflow.packings import Mix, read_mix


@pytest.mark.parametrize(
    ("text", "munitions", "shares"),
    [
        ("152mm+122mm-shell", ("152mm", "122mm-shell"), None),
        (" 152 mm + 122 mm rocket ", ("152 mm", "122 mm rocket"), None),
        ("60% 152mm, 40% 122mm-rocket", ("152mm", "122mm-rocket"), (0.6, 0.4)),
        ("60 % of 152mm + 40 % of 122mm-rocket", ("152mm", "122mm-rocket"), (0.6, 0.4)),
        ("152mm 33.3%, 122mm-shell 33.3%, 130mm 33.4%", ("152mm", "122mm-shell", "130mm"), (0.333, 0.333, 0.334)),
    ],
)
def test_a_mix_is_read_from_words(text: str, munitions: tuple[str, ...], shares: tuple[float, ...] | None) -> None:
    mixed = read_mix(text, shipped())
    assert isinstance(mixed, Mix)
    assert mixed.munitions == munitions
    assert mixed.shares == (None if shares is None else pytest.approx(shares))
    again = read_mix(mixed.label, shipped())
    assert isinstance(again, Mix)
    assert again.munitions == munitions


def test_one_name_is_no_mix() -> None:
    assert read_mix("122 mm", shipped()) == "122 mm"


@pytest.mark.parametrize(
    ("text", "error", "match"),
    [
        ("60% 152mm, 30% 122mm-rocket", ArgumentError, r"shares that sum to 100 % \(they sum to 90 %\)"),
        ("60% 152mm, 50% 122mm-rocket", ArgumentError, r"they sum to 110 %"),
        ("60% 152mm, 122mm-rocket", ArgumentError, r"a share in per cent and a name in each part. Write e.g. '152mm"),
        ("60%, 40% 122mm-rocket", ArgumentError, r"a share in per cent and a name in each part"),
        ("152mm +", ArgumentError, r"names of munitions with a \+ between them"),
        ("152mm + 152mm", ArgumentError, r"must be different from each other"),
        ("50% 152mm, 50% 152mm", ArgumentError, r"must be different munitions"),
        ("100% 152mm", ArgumentError, r"at least two munitions"),
        ("152mm + 99mm", UnknownItemError, r"no munition named '99mm'"),
    ],
)
def test_what_is_no_mix_is_refused(text: str, error: type[Exception], match: str) -> None:
    with pytest.raises(error, match=match):
        sf.estimate(1, text, packing="crated")


def test_a_mix_in_words_is_the_mix() -> None:
    known = sf.estimate(6_700, sf.mix({"152mm": 0.6, "122mm-rocket": 0.4}), packing="crated")
    assert sf.estimate(6_700, "60% 152mm, 40% 122mm-rocket", packing="crated").band() == known.band()
    unknown = sf.estimate(6_700, sf.mix("152mm", "122mm-shell"), packing="crated")
    assert sf.estimate(6_700, "152mm + 122mm-shell", packing="crated").band() == unknown.band()


def test_mixes_are_compared_beside_munitions() -> None:
    compared = sf.compare(6_700, ["152mm", "60% 152 mm, 40% 122 mm rocket", sf.mix("152mm", "122mm-shell")])
    names = dict.fromkeys(line.munition for line in compared)
    assert list(names) == ["152mm", "60 % 152mm, 40 % 122mm-rocket", "152mm + 122mm-shell"]


def test_the_commands_take_a_mix(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = tmp_path / "shipments.csv"
    table.write_text("date,count\n2024-01-01,100\n2024-02-01,200\n", encoding="utf-8")
    for asked in (["estimate", "6700"], ["needed", "3M"], ["flow", str(table), "-p", "crated"]):
        assert cli.main([*asked, "-m", "152mm+122mm-shell"]) == 0
        assert "152mm + 122mm-shell" in capsys.readouterr().out
        assert cli.main([*asked, "-m", "50% 152mm, 40% 122mm-shell"]) == 2
        assert "they sum to 90 %" in capsys.readouterr().err


def test_what_a_mix_hangs_on_is_a_share_and_not_what_makes_it() -> None:
    # Of two the one share is uniform from 0 to 1, and the other what is left; of three each has P5 and P95 of
    # 1 - 0.95^(1/2) = 0.0253 and 1 - 0.05^(1/2) = 0.7764.
    two: Any = sf.estimate(6_700, "152mm + 122mm-shell", packing="crated").drivers().set_index("input")
    shares = [name for name in two.index if name.startswith("mix.")]
    assert shares == ["mix.152mm share"]
    assert list(two.loc["mix.152mm share", ["low", "median", "high"]]) == pytest.approx([0.05, 0.5, 0.95], abs=0.01)
    # The more of the heavier shell, the fewer rounds.
    # More of 152 mm, of which fewer fit, means fewer rounds.
    assert two.loc["mix.152mm share", "direction"] == "down"
    assert float(two.loc["mix.152mm share", "swing_low"]) < float(two.loc["mix.152mm share", "swing_high"])
    assert two.loc["mix.152mm share", "label"] == "152mm, share of the containers"
    three: Any = sf.estimate(6_700, "152mm + 122mm-shell + 122mm-rocket", packing="crated").inputs().set_index("input")
    assert [name for name in three.index if name.startswith("mix.")] == [
        f"mix.{munition} share" for munition in ("152mm", "122mm-shell", "122mm-rocket")
    ]
    band = list(three.loc["mix.122mm-shell share", ["low", "high"]])
    assert band == pytest.approx([0.0253, 0.7764], abs=0.01)


def test_one_share_explains_all_that_the_shares_explain() -> None:
    with sf.settings(n=4_096, seed=1):
        mixed = sf.estimate(1, sf.mix("152mm", "122mm-shell"), packing="ceiling")
        drivers: Any = mixed.drivers().set_index("input")
    assert float(drivers.loc["mix.152mm share", "share_of_variance"]) > 0.95
