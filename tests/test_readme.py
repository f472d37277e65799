"""Every code block of the README does what the README says."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

README = Path(__file__).parents[1] / "README.md"

# They set up an environment: `.ci/run` reads them from the README and runs them; here only their text is checked.
SET_UP = [
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/shellflow estimate 6700",
    'python3 -m venv .venv && .venv/bin/pip install -q -e ".[test]" && .venv/bin/python -m pytest',
]


class Block(NamedTuple):
    line: int
    kind: str
    text: str


FENCED = re.compile(r"^```(.*)\n((?:.*\n)*?)```$", flags=re.MULTILINE)


def blocks() -> list[Block]:
    page = README.read_text(encoding="utf-8")
    found = FENCED.finditer(page)
    return [Block(page.count("\n", 0, match.start()) + 1, match[1], match[2]) for match in found]


def as_shown(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").split("\n")]


def run_shell(block: Block) -> str:
    printed = ""
    for command in block.text.splitlines():
        if command in SET_UP:
            continue
        program, *arguments = shlex.split(command)
        assert program in {"shellflow", ".venv/bin/shellflow"}, f"README.md:{block.line}: no rule for {command!r}"
        done = subprocess.run(
            [sys.executable, "-m", "shellflow", *arguments], capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, f"README.md:{block.line}: {command!r} failed: {done.stderr}"
        printed += done.stdout
    return printed


def run_python(block: Block, names: dict[str, Any]) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile("\n" * block.line + block.text, README.name, "exec"), names)
    return printed.getvalue()


def test_every_block_runs_and_prints_what_stands_below_it() -> None:
    names: dict[str, Any] = {}
    printed = ""
    for block in blocks():
        match block.kind:
            case "bash":
                printed = run_shell(block)
            case "python":
                printed = run_python(block, names)
            case "text":
                assert as_shown(printed) == as_shown(block.text), (
                    f"README.md:{block.line}: the command prints otherwise"
                )
            case _:
                raise AssertionError(f"README.md:{block.line}: a block of the unknown kind {block.kind!r}")


def test_no_block_escapes_the_reader() -> None:
    prose = FENCED.sub("", README.read_text(encoding="utf-8"))
    assert "```" not in prose
    assert "~~~" not in prose
    assert not re.search(r"^(    |\t)", prose, flags=re.MULTILINE)


def test_both_set_up_commands_stand_there_once() -> None:
    lines = README.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if "venv .venv" in line] == SET_UP


def test_a_real_result_stands_within_the_first_20_lines() -> None:
    assert min(block.line for block in blocks() if block.kind == "text") <= 20


def test_every_link_into_the_tree_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert not [link for link in links if not (README.parent / link).exists()]
