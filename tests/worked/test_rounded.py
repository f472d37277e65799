"""What is exported has the digits that are printed: in frames, CSV, LaTeX and spreadsheets; all of them if asked."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pandas as pd
import pytest

import shellflow as sf
from shellflow import cli, display, words
from shellflow.estimates import say_quantiles

RESULTS: dict[str, display.Result] = {
    "estimates": sf.compare(6_700, ["152mm", "122mm-rocket", "130mm"]),
    "transports needed": sf.compare_needed("3M", ["152mm", "122mm-rocket"]),
    "tonnes": sf.estimate(6_700, "152mm", packing="crated").mass(),
    "a mass": sf.estimate("74,000 t", "152mm"),
    "an audit": sf.audit(6_700, "more than 3M", "152mm"),
    "a backtest": sf.backtest(),
    "a flow": sf.flow(sf.catalog.examples.shipments(), munition="152mm", by="quarter"),
    "a balance": sf.flow(sf.catalog.examples.shipments(), munition="152mm").balance("Russia", share=0.5),
    "a reconciliation": sf.reconcile(sf.estimate(1, "152mm", packing="as-loaded"), sf.catalog.examples.statements()),
}
LONG = re.compile(r"[1-9][0-9]*\.[0-9]{3,}|[0-9]\.0*[1-9][0-9]{3,}")


def written(frame: pd.DataFrame) -> list[str]:
    return [str(value) for name in frame for value in frame[name].dropna()]


@pytest.mark.parametrize("what", RESULTS)
def test_no_rounded_number_has_more_digits_than_are_printed(what: str) -> None:
    result = RESULTS[what]
    rounded = result.to_frame(rounded=True)
    assert not [text for text in written(rounded) if LONG.search(text)]
    assert list(rounded.columns) == list(result.to_frame().columns)
    assert len(rounded) == len(result.to_frame())
    assert not re.search(r"[0-9]\.[0-9]{5,}", result.to_markdown())


@pytest.mark.parametrize("level", [0.5, 0.9, 0.98])
@pytest.mark.parametrize("what", ["estimates", "transports needed"])
def test_rounded_numbers_are_those_of_the_table_at_every_level(what: str, level: float) -> None:
    result = RESULTS[what]
    assert isinstance(result, sf.Comparison)
    for line, row in zip(result, result.rows(level, rounded=True), strict=True):
        if line.estimate is None or line.per_transport is None:
            assert row["median"] is None
            continue
        for start, estimate in (("", line.estimate), ("per_transport_", line.per_transport)):
            in_words = say_quantiles(estimate, level)
            for end in ("low", "median", "high"):
                assert row[f"{start}{end}"] == pytest.approx(words.read_count(getattr(in_words, end)).value)


def test_frames_keep_all_digits_unless_they_are_rounded() -> None:
    est = sf.estimate(6_700, "152mm")
    (row,) = est.rows()
    assert (row["low"], row["median"], row["high"]) == est.band()
    (rounded,) = est.rows(rounded=True)
    assert (rounded["low"], rounded["median"], rounded["high"]) == (2_600_000, 3_100_000, 3_700_000)


def test_tables_of_a_flow_are_rounded_where_asked() -> None:
    flow = sf.flow(sf.catalog.examples.shipments(), munition="152mm", by="quarter")
    for ask in (flow.cumulative, flow.rate, flow.compare_errors):
        raw, rounded = ask(), ask(rounded=True)
        assert not [text for text in written(rounded) if LONG.search(text)]
        assert list(rounded.columns) == list(raw.columns)
        for name in ("low", "median", "high"):
            assert rounded[name].astype(float).tolist() == pytest.approx(raw[name].tolist(), rel=0.1)


def test_transports_needed_are_rounded_up_as_in_words() -> None:
    # 3,000,000 rounds at 499 to a container: 6,012.02
    (row,) = sf.units_needed("3M", "152mm", packing="ceiling").rows(rounded=True)
    assert row["median"] == 6_013
    assert isinstance(row["median"], int)


def test_csv_is_rounded_unless_raw_numbers_are_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    asked = ["estimate", "6700", "-m", "152mm", "-p", "reported", "--csv"]
    assert cli.main(asked) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert (row["low"], row["median"], row["high"]) == ("2600000", "3100000", "3700000")
    assert cli.main([*asked, "--raw"]) == 0
    (row,) = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert float(row["median"]) == sf.estimate(6_700, "152mm").band()[1]
    table, out = tmp_path / "table.csv", tmp_path / "out.csv"
    table.write_text("date,containers\n2023-09-01,412\n2023-10-02,390\n", encoding="utf-8")
    for options, is_long in ([], False), (["--raw"], True):
        assert cli.main(["flow", str(table), "-m", "152mm", "-o", str(out), *options]) == 0
        assert bool(LONG.search(out.read_text(encoding="utf-8"))) is is_long
    capsys.readouterr()
    with pytest.raises(SystemExit, match="2"):
        cli.main(["estimate", "6700", "--raw"])
    assert "--raw is for --csv and for files that are written" in capsys.readouterr().err


def test_markdown_is_that_of_the_result(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["needed", "3M", "-m", "152mm", "--markdown"]) == 0
    assert capsys.readouterr().out.rstrip("\n") == sf.compare_needed("3M", "152mm").to_markdown()


def test_latex_and_spreadsheets_of_pandas_print_the_rounded_numbers(tmp_path: Path) -> None:
    pytest.importorskip("jinja2")
    table = sf.compare(6_700, "152mm").to_frame(rounded=True)[["packing", "low", "median", "high", "mass", "level"]]
    latex = table.to_latex(index=False)
    assert r"reported & 2600000 & 3100000 & 3700000 & NaN & 0.9 \\" in latex
    assert r"crated & 1900000 & 2230000 & 2660000 & 0.964 & 0.9 \\" in latex
    table.to_excel(tmp_path / "table.xlsx", index=False)
    back = pd.read_excel(tmp_path / "table.xlsx")
    assert back["median"].tolist() == [3_100_000, 3_343_300, 2_230_000, 1_100_000]
