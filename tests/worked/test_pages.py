"""Pages to hand on: what stands on them, how they are written, and what is refused."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import shellflow as sf
from shellflow import catalog, cli
from shellflow.errors import ArgumentError, DataError
from shellflow.estimates import MISUSE, Quotable

SECTIONS = ["To be said with it", "Sources", "What it must not be used to conclude"]


def results() -> dict[str, Quotable]:
    model = sf.estimate(1, "152mm", packing="as-loaded")
    return {
        "estimate": sf.estimate(6_700, "152mm", packing="crated"),
        "comparison": sf.compare(6_700, ["152mm", "122mm-rocket"]),
        "audit": sf.audit(6_700, "more than 3M", "152mm"),
        "flow": sf.flow(catalog.examples.shipments(), munition="152mm", by="quarter"),
        "reconciliation": sf.reconcile(model, catalog.examples.statements()),
        "balance": sf.flow(catalog.examples.shipments(), munition="152mm").balance("Russia", share=0.5, stock="1M"),
        "back-test": sf.backtest(),
    }


@pytest.fixture(scope="module")
def pages() -> dict[str, tuple[Quotable, str]]:
    made = {}
    for name, result in results().items():
        page = result.to_html()
        assert page is not None
        made[name] = (result, page)
    return made


@pytest.mark.parametrize("name", results())
def test_a_page_is_whole(pages: dict[str, tuple[Quotable, str]], name: str) -> None:
    result, page = pages[name]
    report = result.report()
    text = re.sub(r"&nbsp;", " ", page).replace("&gt;", ">").replace("&lt;", "<").replace("&#x27;", "'")
    assert page.startswith("<!DOCTYPE html>")
    assert f"<title>{report.title}</title>" in text
    for sentence in result.sentence().splitlines():
        assert f"<p>{sentence}</p>" in text
    assert "<svg" in page
    headings = re.findall(r"<h2>(.*?)</h2>", page)
    sections = [section for section in SECTIONS if section != "Sources" or report.sources]
    assert [heading for heading in headings if heading in SECTIONS] == sections
    for conclusion, _ in MISUSE:
        assert f"<li>{conclusion}</li>" in text
    for caution in report.cautions:
        assert f"<li>{caution}</li>" in text
    assert (f"<footer>{report.made_by}</footer>" in text) == bool(report.stamp)
    assert report.to_html() == page
    assert "@media print" in page
    assert "prefers-color-scheme:dark" in page


def test_sources_have_their_addresses(pages: dict[str, tuple[Quotable, str]]) -> None:
    _, page = pages["estimate"]
    source = catalog.sources["vhu-ml20"]
    assert f"{source.publisher}: {source.title_or_kind}<br><a href" in page
    assert f'<a href="{source.url}" rel="noopener noreferrer">{source.url}</a>' in page
    _, page = pages["audit"]
    claim = catalog.claims["rok-mnd-2024-06-14"]
    assert f"{claim.claim}: {claim.claimant}, {claim.date}<br><a href" in page


def test_an_address_that_a_source_states_is_a_link_once(pages: dict[str, tuple[Quotable, str]]) -> None:
    _, page = pages["reconciliation"]
    url = catalog.claims["osc-2025-04-15"].url
    assert page.count(f'href="{url}"') == 1


def test_sources_of_other_tables_are_not_looked_up_in_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "norms.csv").write_text(
        "norm,what,transport,load_kg_low,load_kg_best,load_kg_high,source,grade,note\n"
        "mine,load,,1000,2000,3000,vhu-ml20,assumed,\n",
        encoding="utf-8",
    )
    own = catalog.load(tmp_path, onto=catalog.shipped())
    page = sf.estimate(6_700, "152mm", packing="ceiling", catalog=own).to_html()
    assert page is not None
    assert "vhu-ml20 (published)" in page
    assert "href" not in page


def test_a_page_is_written_whole_in_place_of_another(tmp_path: Path) -> None:
    estimate, path = sf.estimate(6_700, "152mm"), tmp_path / "report.html"
    path.write_text("before", encoding="utf-8")
    assert estimate.to_html(path, 0.5) is None
    assert path.read_text(encoding="utf-8") == estimate.to_html(level=0.5)
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


def test_what_stops_the_writing_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.html"
    path.write_text("before", encoding="utf-8")

    def stop(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", stop)
    with pytest.raises(DataError, match=r"report.html: cannot be written \(No space left on device\). Choose another"):
        sf.estimate(6_700, "152mm").to_html(path)
    assert path.read_text(encoding="utf-8") == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize(
    ("path", "error"),
    [
        (".", r"It is a folder: write .*report.html"),
        ("folder.html", r"It is a folder: write .*folder.html/report.html"),
        ("missing/report.html", r"must be in a folder that exists. Make the folder first"),
        ("report.txt", r"report.txt': must be a name that ends in .html or .htm"),
        ("", r"must be"),
        ("\0.html", r"path='.x00.html': must be the name of a file that ends in .html or .htm"),
        (7, r"path=7: must be the name of a file that ends in .html or .htm"),
    ],
)
def test_a_path_that_is_no_place_is_refused(
    path: object, error: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(ArgumentError, match=error):
        sf.estimate(6_700, "152mm").to_html(path)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "arguments",
    [
        ["estimate", "6700", "-m", "152mm"],
        ["audit", "6700", "3M", "-m", "152mm", "--sentence"],
        ["flow", "shipments.csv", "-m", "152mm", "-p", "crated", "--csv"],
        ["reconcile", "statements.csv", "-m", "152mm", "--json"],
    ],
    ids=lambda arguments: arguments[0],
)
def test_the_command_writes_a_page_beside_what_it_prints(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    catalog.examples.shipments().to_csv("shipments.csv", index=False)
    catalog.examples.statements().to_csv("statements.csv", index=False)
    assert cli.main(arguments) == 0
    alone = capsys.readouterr().out
    assert cli.main([*arguments, "--html", "report.html"]) == 0
    assert capsys.readouterr().out == alone
    assert Path("report.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_command_refuses_a_place_before_it_prints(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["estimate", "6700", "-m", "152mm", "--html", "no/such/report.html"]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert re.fullmatch(r"shellflow: --html.*in a folder that exists.*\n", printed.err)


def test_the_command_without_a_page_does_not_load_what_makes_it() -> None:
    script = (
        "import sys; from shellflow.cli import main; main(); "
        "sys.exit(bool({'shellflow.display.pages', 'shellflow.display.files', 'pathlib'} & set(sys.modules)))"
    )
    command = [sys.executable, "-S", "-c", script, "estimate", "6700", "-m", "152mm"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    assert subprocess.run(command, capture_output=True, env=environment, check=False).returncode == 0
