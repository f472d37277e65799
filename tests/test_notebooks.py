"""Notebooks are kept as they are written: no outputs, no traces of a run, each listed in their README."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import shellflow as sf
from shellflow.catalog import Transport

FOLDER = Path(__file__).parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))


def cells(notebook: Path) -> list[dict[str, Any]]:
    return list(json.loads(notebook.read_text(encoding="utf-8"))["cells"])


def test_there_are_six_stories_and_their_readme_lists_each_once() -> None:
    listed = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [notebook.name[:2] for notebook in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]
    assert [listed.count(f"({notebook.name})") for notebook in NOTEBOOKS] == [1] * 6


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_no_output_and_no_trace_of_a_run(notebook: Path) -> None:
    kept = json.loads(notebook.read_text(encoding="utf-8"))
    assert set(kept["metadata"]) == {"kernelspec", "language_info"}
    assert kept["metadata"]["language_info"] == {"name": "python"}
    for place, cell in enumerate(cells(notebook)):
        assert cell["id"] == f"{notebook.name[:2]}-{place:02d}"
        assert cell["metadata"] == {}
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_its_question_and_ends_with_its_findings(notebook: Path) -> None:
    text = ["".join(cell["source"]) for cell in cells(notebook) if cell["cell_type"] == "markdown"]
    assert text[0].startswith("# ")
    assert "## Findings" in text[-1]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_code_of_a_notebook_is_python_without_magic(notebook: Path) -> None:
    for cell in cells(notebook):
        if cell["cell_type"] == "code":
            ast.parse("".join(cell["source"]))


def printed_test(conversion: Callable[[int, Transport], object], monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Return the test that the fifth notebook prints for a reader's own module, with `conversion` in that module."""
    text = "".join("".join(cell["source"]) for cell in cells(NOTEBOOKS[4]) if cell["cell_type"] == "markdown")
    (code,) = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    mine = ModuleType("mine")
    mine.__dict__["rounds_in"] = conversion
    monkeypatch.setitem(sys.modules, "mine", mine)
    names: dict[str, Any] = {"__name__": "printed"}
    exec(compile(code, str(NOTEBOOKS[4]), "exec"), names)
    found: Callable[[], None] = names["test_no_box_is_too_heavy"]
    return found


def test_the_test_printed_for_the_reader_passes_a_conversion_that_knows_the_box(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    a_round = sf.units.registry().round
    printed_test(lambda count, box: count * (box.payload_kg // 75) * a_round, monkeypatch)()


def test_the_test_printed_for_the_reader_catches_a_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    a_round = sf.units.registry().round
    with pytest.raises(AssertionError, match="may carry"):
        printed_test(lambda count, box: 450 * count * a_round, monkeypatch)()
