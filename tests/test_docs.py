"""The pages: what they print is run, and the check of their links finds what is wrong."""

from __future__ import annotations

import re
import runpy
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGES = [page for page in sorted((ROOT / "docs").rglob("*.md")) if "generated" not in page.parts]
FENCED = re.compile(r"^```(.+)\n((?:.*\n)*?)```$", flags=re.MULTILINE)
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/shellflow estimate 6700"
README = (ROOT / "README.md").read_text(encoding="utf-8")


def faults(site: Path) -> list[str]:
    check: Callable[[Path], Iterable[str]] = runpy.run_path(str(ROOT / "docs" / "check_links.py"))["faults"]
    return list(check(site))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT / "docs")))
def test_a_page_holds_no_code_that_is_not_run(page: Path) -> None:
    kinds = {kind for kind, _ in FENCED.findall(page.read_text(encoding="utf-8"))}
    assert kinds <= {"{shell}", "{code-cell} ipython3", "{thumbnails}", "{toctree}", "bash"}
    assert "bash" not in kinds or page.parent.name == "tutorial"


def test_the_shell_is_only_asked_to_set_up_and_the_rest_is_run() -> None:
    tutorial = (ROOT / "docs" / "tutorial" / "index.md").read_text(encoding="utf-8")
    asked = [text.strip() for kind, text in FENCED.findall(tutorial) if kind == "bash"]
    assert asked == [SET_UP, ". .venv/bin/activate"]
    assert SET_UP in README.splitlines()


def test_a_sound_site_has_no_faults(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "index.html").write_text('<a href="sub/page.html#here">x</a> <a href="https://example.org">out</a>')
    (tmp_path / "sub" / "page.html").write_text('<h1 id="here">x</h1> <a href="../index.html">x</a> <a href="#">x</a>')
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        ('<a href="gone.html">x</a>', "gone.html leads nowhere"),
        ('<a href="index.html#gone">x</a>', "index.html#gone has no such place"),
        ('<a href="#gone">x</a>', "#gone has no such place"),
        ('<img src="gone.png">', "gone.png leads nowhere"),
        ('<script src="https://example.org/x.js"></script>', "loads https://example.org/x.js from outside"),
        ('<link rel="stylesheet" href="//example.org/x.css">', "loads //example.org/x.css from outside"),
    ],
)
def test_what_is_wrong_with_a_site_is_found(page: str, fault: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(page)
    assert faults(tmp_path) == [f"index.html: {fault}"]


def test_a_folder_without_pages_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == [f"{tmp_path}: no pages"]
