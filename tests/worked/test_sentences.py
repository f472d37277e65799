"""Sentences fit to print, read once with fresh eyes and kept as they are: snapshots of words, their numbers elided."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli
from shellflow.errors import ArgumentError

BOX = "20 ft, 24 t gross"
NO_BAND = "90 % band: both its ends are this number"
CAPACITY = "This counts capacity, what would fit and not what is inside"
CONTENTS = "This counts contents, what is probably inside"


def elided(sentence: str) -> str:
    """Return a sentence with # for what was worked out, which other tests are about."""
    band = r"(?:[\d.,]+(?: million)? to )?[\d.,]+(?: million)?"
    text = re.sub(
        rf"(hold|be|take|to) {band} (rounds|containers|t|days) \((\d+ %) band: {band}\)", r"\1 # \2 (\3: #)", sentence
    )
    return re.sub(r"in >?[\d.]+ % of the (draws|transports)(?: and (\w+) in [\d.]+ %)?", r"in # of the \1", text)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        (
            ("6700", "152mm", {}),
            (f"6,700 containers ({BOX}), all filled with 152 mm shells as reported by one office, could hold # "
            f"rounds (90 %: #). {CAPACITY}; what limits it is not stated; whether the propelling charge is included "
            "is not stated; the weakest input that matters is graded 'derived'."),
        ),
        (
            ("6700", "152mm", {"packing": "as-loaded", "charge": "with"}),
            (f"6,700 containers ({BOX}), all loaded with crated 152 mm shells at observed loads, would probably hold # "
            f"rounds (90 %: #). {CONTENTS}; mass limits it in # of the draws; the packages hold complete rounds; the "
            "weakest input that matters is graded 'derived'."),
        ),
        (
            ("1", "122mm-rocket", {"packing": "crated"}),
            (f"1 container ({BOX}), filled with crated 122 mm rockets, could hold # rounds (90 %: #). {CAPACITY}; "
            "space limits it in # of the draws; the packages hold complete rounds; the weakest input that "
            "matters is graded 'assumed'."),
        ),
        (
            ("280-320 containers", "60% 152mm, 40% 122mm-shell", {"packing": "crated", "munition_share": 0.5}),
            (f"280 to 320 containers ({BOX}), 50 % of them filled with crated 152 mm shells (60 % of the containers) "
            f"and 122 mm shells (40 %), could hold # rounds (90 %: #). {CAPACITY}; mass limits it in # of the "
            "transports; whether the propelling charge is in the packages is not known; the weakest input that "
            "matters is graded 'assumed'."),
        ),
        (
            ("74,000 t", "152mm", {"charge": "without"}),
            ("A cargo of 74,000 t, all of it crated 152 mm shells, would be # rounds (90 %: #). "
            f"{CONTENTS}; the mass given limits it; what is packed is projectiles, charge not included; the weakest "
            "input that matters is graded 'assumed'."),
        ),
        (
            ("64 voyages", "152mm", {"packing": "ceiling"}),
            (f"64 voyages at 80 to 480 containers a voyage (90 %; {BOX}), all filled with bare 152 mm shells at full "
            f"payload, could hold # rounds (90 %: #). {CAPACITY}; mass limits it in # of the draws; what is packed is "
            "bare projectiles, charge not included; the weakest input that matters is graded 'derived'."),
        ),
    ],
    ids=["reported", "contents", "one", "mix", "mass", "voyages"],
)  # fmt: skip
def test_a_sentence_reads_so(question: tuple[str, str, dict[str, object]], words: str) -> None:
    count, munition, chosen = question
    assert elided(sf.estimate(count, munition, **chosen).sentence()) == words  # type: ignore[arg-type]


def test_the_way_back_a_sum_and_a_mass_read_so() -> None:
    needed = sf.units_needed("3M", "152mm").sentence(0.5)
    assert elided(needed).startswith(
        f"3 million rounds of 152 mm shells as reported by one office, in containers ({BOX}), would take # "
        "containers (50 %: #). "
    )
    shells, rockets = sf.estimate(1000, "152mm"), sf.estimate(2000, "122mm-rocket")
    assert elided((shells + rockets).sentence()).startswith(
        f"1,000 containers ({BOX}), all filled with 152 mm shells as reported by one office, and 2,000 "
        f"containers ({BOX}), all filled with 122 mm rockets as reported by one office, together could "
        "hold # rounds (90 %: #). "
    )
    mass = sf.estimate(1000, "152mm", packing="crated").mass().sentence(0.99)
    assert mass.startswith(
        f"The gross mass of 1,000 containers ({BOX}), all filled with crated 152 mm shells, comes to 21,700 t (99 % "
        "band: "
    )


def test_what_compares_capacity_with_contents_says_so_and_what_charge_each_has() -> None:
    reported, loaded = sf.estimate(10, "152mm"), sf.estimate(10, "152mm", packing="as-loaded")
    sentence = (loaded / reported).sentence()
    assert "This compares a capacity, what would fit, with contents, what is probably inside; " in sentence
    assert "is not known (of crated 152 mm shells at observed loads); " in sentence
    assert "is not stated (of 152 mm shells as reported by one office); " in sentence


def test_a_number_without_a_spread_says_so() -> None:
    crate = sf.packing("152mm", rounds=1, gross="65 kg", name="my\ncrate")
    sentence = sf.estimate(1000, "152mm", packing=crate).sentence()
    # 21,750 kg over 65 kg are 334 packages, in every draw.
    assert rf"shells packed as 'my\ncrate', could hold 334,000 rounds ({NO_BAND}). " in sentence


def test_a_comparison_has_a_line_for_each_estimate() -> None:
    comparison = sf.compare(6_700, ["152mm", "122mm-shell"], packings=["reported", "crated"])
    first, second, third = comparison.sentence(0.5).splitlines()  # none for 122 mm shells as reported
    assert first == sf.estimate(6_700, "152mm").sentence(0.5)
    assert second == sf.estimate(6_700, "152mm", packing="crated").sentence(0.5)
    assert third == sf.estimate(6_700, "122mm-shell", packing="crated").sentence(0.5)


def test_a_level_is_checked() -> None:
    with pytest.raises(ArgumentError, match=r"level=1.5: must be between 0 and 1"):
        sf.estimate(6_700, "152mm").sentence(1.5)


def test_the_command_prints_sentences_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["estimate", "6700", "-m", "152mm", "-p", "crated", "--level", "0.5", "--sentence"]) == 0
    assert capsys.readouterr().out == sf.estimate(6_700, "152mm", packing="crated").sentence(0.5) + "\n"
    assert cli.main(["needed", "3M", "-m", "152mm", "-p", "crated", "--sentence"]) == 0
    assert capsys.readouterr().out == sf.units_needed("3M", "152mm", packing="crated").sentence() + "\n"


def test_the_command_without_it_does_not_load_what_composes_them() -> None:
    script = (
        "import sys; from shellflow.cli import main; main(); sys.exit('shellflow.estimates.sentences' in sys.modules)"
    )
    command = [sys.executable, "-c", script, "estimate", "6700"]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    assert subprocess.run([*command, "--sentence"], capture_output=True, check=False).returncode == 1


def test_an_audit_reads_so() -> None:
    sentence = sf.audit("6,700 containers", "more than 3M", "152mm").sentence()
    # 3 million over 6,700 is 447.76.
    assert re.sub(r"[\d.]+ to [\d.]+ and", "# and", sentence).startswith(
        f"The claim of at least 3 million rounds of 152 mm shells in 6,700 containers ({BOX}) is judged 'only as a "
        "capacity'; it states at least 447.8 rounds per container, where observed loads give # and bare rounds come to "
        f"at most 500. 6,700 containers ({BOX}), all loaded with crated 152 mm shells at observed loads, would "
        "probably hold 1.1 million rounds (90 % band: 700,000 to 1.8 million); "
    )


def test_an_audit_says_what_the_transports_claimed_hold_and_of_a_bound_what_one_of_them_does() -> None:
    for count, begins in (
        ("at least 10,000 containers", f". How many there were is not known, so of one of them: 1 container ({BOX}), "),
        ("5,000 to 6,700 containers", f". 5,000 to 6,700 containers ({BOX}), all loaded with crated"),
        ("about 6,700 containers", f"in about 6,700 containers ({BOX}) is judged"),
        ("about 6,700 containers", f". About 6,700 containers ({BOX}), all loaded with crated"),
        ("30 voyages", ". 30 voyages at "),
        ("70,000 to 74,000 t", ". A cargo of 70,000 to 74,000 t, all of it crated"),
    ):
        assert begins in sf.audit(count, "3M", "152mm").sentence()
    assert ". A cargo of 74,000 t, all of it crated" in sf.audit("74,000 t", "1M", "152mm").sentence()


def test_what_is_taken_off_makes_a_difference_and_not_a_load() -> None:
    crated, loaded = (sf.estimate(6_700, "152mm", packing=packing) for packing in ("crated", "as-loaded"))
    sentence = (loaded - crated).sentence()
    assert f", less 6,700 containers ({BOX}), all filled with crated 152 mm shells, makes a difference of -" in sentence
    assert "hold" not in sentence
    assert f"makes a difference of 0 rounds ({NO_BAND})" in (crated - crated).sentence()


def test_an_audit_without_a_munition_says_how_it_is_judged_of_each() -> None:
    sentence = sf.audit("6,700 containers", "3M").sentence()
    assert (
        "is judged 'plausible as contents': 'only as a capacity' if they are 152 mm shells, 'plausible as contents' if "
        "they are 122 mm shells, 'impossible' if they are 122 mm rockets; it states 447.8 rounds per container"
    ) in sentence
    assert "the packages hold complete rounds (of 122 mm rockets)" in sentence


def test_an_audit_of_a_range_says_at_which_end() -> None:
    sentence = sf.audit("6700", "2M to 6M", "152mm").sentence()
    assert "is judged 'only as a capacity' (at the low end; impossible at the high end)" in sentence


def test_a_flow_has_its_days_and_each_basis_its_own_total() -> None:
    table = pd.DataFrame(
        {
            "date": ["2024-01-01", "2024-02-01"],
            "count": [10, 20],
            "munition": ["152mm", "122mm-rocket"],
            "packing": ["crated", "as-loaded"],
        }
    )
    sentence = sf.flow(table).sentence()
    assert sentence.startswith(f"From 2024-01-01 to 2024-02-01, 10 containers ({BOX}), all filled with crated 152 mm ")
    assert f"; 20 containers ({BOX}), all loaded with crated 122 mm rockets at observed loads, would prob" in sentence
    assert (
        "the two are not added up. This counts capacity, what would fit and not what is inside (of 152 mm " in sentence
    )


def test_a_reconciliation_reads_so() -> None:
    model = sf.estimate(1, "152mm", packing="as-loaded")
    sentence = sf.reconcile(model, sf.catalog.examples.statements()).sentence()
    assert sentence.startswith(
        "4.2 to 5.8 million rounds in 15,809 containers and at least 74,000 tonnes in 5,000 to 6,700 containers, held "
        f"against 1 container ({BOX}), loaded with crated 152 mm shells at observed loads: the statements agree. "
        "Before them a container holds 170 rounds (90 % band: 100 to 280), after them "
    )
    assert sentence.endswith("is graded 'assumed'; how far each statement is trusted is the reader's own.")


def test_a_balance_reads_so() -> None:
    shipments = pd.DataFrame({"date": ["2024-01-01", "2024-03-31"], "count": [100, 300]})
    flow = sf.flow(shipments, munition="152mm", packing=sf.packing("152mm", rounds_per_transport=100, name="exact"))
    asked = flow.balance(["500/day", "ru-2022-11-us"], share=0.5, stock="10,000", production="100/day")
    total, lasting = asked.sentence().split(" How long that lasts, ")
    assert total.startswith("From 2024-01-01 to 2024-03-31 (2024-02 not observed), 400 containers (20 ft, 24 t gross)")
    assert total.endswith("graded 'assumed'.")
    # 40,000 rounds and 10,000 in store, at half of 500 less the 100 a day that come in, or 10,000 less 100.
    assert lasting == (
        "if 50 % of the rounds fired are of this kind, 10,000 rounds are in store at the beginning and 100 rounds a "
        "day come in besides: at a rate of 250 rounds a day, 333 days; at a rate of at most 10,000 rounds a day (a "
        "share of what was stated by US defence official (NBC)), at least 5.05 days."
    )
    assert "50 % of the rounds fired are of this kind, 10,000 rounds are in store at the beginning and" in str(asked)
    assert flow.balance("500/day").sentence().endswith("How long that lasts: at a rate of 500 rounds a day, 80 days.")
    slow = flow.balance("500/day", production="500/day").sentence()
    assert slow.endswith("at a rate of 500 rounds a day, never runs out in 100 % of the draws.")
    with pytest.raises(ArgumentError, match=r"level=0.5: must be 0.9, that of this balance"):
        asked.sentence(0.5)


def test_a_backtest_reads_so() -> None:
    backtest = sf.backtest()
    assert backtest.sentence() == (
        f"Of {backtest.claims} claims, {len(backtest.predictions)} could be predicted from earlier statements of the "
        f"same office, and {backtest.hits} of these lay in their 90 % band, each 'at least' or 'at most' taken as "
        "that number. Since statements of one office depend on each other, it counts once: 1 of 1 (90 % interval "
        "of the coverage: 5 % to 100 %)."
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["audit", "6700", "3M", "-m", "152mm"],
        ["backtest"],
        ["flow", "shipments.csv", "-m", "152mm", "-p", "crated"],
        ["reconcile", "statements.csv", "-m", "152mm"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_every_command_that_has_a_result_has_its_sentence(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    sf.catalog.examples.shipments().to_csv("shipments.csv", index=False)
    sf.catalog.examples.statements().to_csv("statements.csv", index=False)
    assert cli.main([*arguments, "--sentence"]) == 0
    printed = capsys.readouterr().out
    assert printed.endswith(".\n")
    assert printed.count("\n") == 1


def test_counts_by_name_have_their_names_and_of_several_levels_the_widest() -> None:
    comparison = sf.compare({"ROK": 6_700, "US": 10_000}, "152mm", packings="crated", levels=(0.5, 0.8))
    first, second = comparison.sentence().splitlines()
    assert first == f"ROK: {comparison['ROK', '152mm', 'crated'].sentence(0.8)}"
    assert second.startswith("US: 10,000 containers ")
    assert "(50 % band: " in comparison.sentence(0.5)
