"""The rooms: each is used by its public names, imports run one way, and no file or class grows too large.

Each list of exceptions may only shrink: an entry that is no longer needed fails like a new offender.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src"
PACKAGE = SOURCE / "shellflow"
MOST_LINES = 400
MOST_PUBLIC_METHODS = 25

# What is still to be mended.
PRIVATE_IMPORTS: set[str] = set()
CIRCLES: set[str] = set()
LONG_FILES: set[str] = set()
LARGE_CLASSES: set[str] = set()


def module_name(path: Path) -> str:
    base = SOURCE if path.is_relative_to(SOURCE) else ROOT
    return ".".join(path.relative_to(base).with_suffix("").parts).removesuffix(".__init__")


FILES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}
TREES = {module: ast.parse(path.read_text(encoding="utf-8")) for module, path in FILES.items()}
TEST_TREES = {
    module_name(path): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "tests").rglob("*.py"))
    if path != Path(__file__)
}


def room_of(module: str) -> str:
    """Return the room that a module belongs to, such as `shellflow.flows`."""
    return ".".join(module.split(".")[:2])


@cache
def public_names(room: str) -> set[str]:
    """Return the names that a room lists in `__all__`, and its modules that bear no underscore."""
    modules = (name.rpartition(".") for name in FILES)
    names = {name for parent, _, name in modules if parent == room and not name.startswith("_")} | {"__all__"}
    for statement in TREES[room].body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__all__")], value=value):
                names.update(ast.literal_eval(value))
    return names


def imported_names(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield each import from shellflow, inside functions too, as a module and a name of it, empty for all of it."""
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module=str(module), level=0) if module.split(".")[0] == "shellflow":
                yield from ((module, alias.name) for alias in node.names)
            case ast.ImportFrom(level=level):
                assert level == 0, "imports are absolute in this project"
            case ast.Import():
                yield from ((alias.name, "") for alias in node.names if alias.name.split(".")[0] == "shellflow")


def imported_modules(tree: ast.AST) -> set[str]:
    return {f"{module}.{name}" if f"{module}.{name}" in FILES else module for module, name in imported_names(tree)}


def reached_attributes(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """Yield what is reached through a module and a dot, as `units._gate` is, and what a text such as a patch names."""
    modules = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if f"{node.module}.{alias.name}" in FILES
    }
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in modules:
                yield modules[name], attribute
            case ast.Constant(value=str(text)) if re.fullmatch(r"shellflow\.\w+\._\w+(\.\w+)*", text):
                yield ".".join(text.split(".")[:3]), ""


def private_uses(module: str, tree: ast.AST) -> set[str]:
    """Return the rooms from which a module takes what they do not list as public, as `who -> room`."""
    uses = set()
    for source, name in chain(imported_names(tree), reached_attributes(tree)):
        room = room_of(source)
        if room in (room_of(module), "shellflow") or source not in FILES:
            continue
        submodule = f"{source}.{name}" if f"{source}.{name}" in FILES else source
        is_private_module = any(part.startswith("_") for part in submodule.split(".")[2:])
        if is_private_module or (name and source == room and name not in public_names(room)):
            uses.add(f"{room_of(module) if module in FILES else module} -> {room}")
    return uses


def circles_of(room: str) -> set[str]:
    """Return the modules of a room that come to import themselves."""
    imports = {
        module: {other for other in imported_modules(TREES[module]) if room_of(other) == room and other != module}
        for module in FILES
        if room_of(module) == room
    }
    reached = {module: set(others) for module, others in imports.items()}
    for middle in imports:
        for module in imports:
            if middle in reached[module]:
                reached[module] |= reached[middle]
    return {module for module in imports if module in reached[module]}


def large_classes() -> set[str]:
    large = set()
    for module, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
                if sum(not name.startswith("_") for name in methods) > MOST_PUBLIC_METHODS:
                    large.add(f"{module}.{node.name}")
    return large


def check(offenders: set[str], exceptions: set[str]) -> None:
    assert sorted(offenders - exceptions) == [], "not allowed"
    assert sorted(exceptions - offenders) == [], "no longer needed: take it off the list of exceptions"


def test_no_room_uses_what_another_does_not_list_as_public() -> None:
    uses = set().union(*(private_uses(module, tree) for module, tree in {**TREES, **TEST_TREES}.items()))
    check(uses, PRIVATE_IMPORTS)


def test_no_modules_of_a_room_import_one_another() -> None:
    rooms = {room_of(module) for module in FILES} - {"shellflow"}
    check(set().union(*(circles_of(room) for room in rooms)), CIRCLES)


def test_no_file_is_too_long() -> None:
    lines = {module: len(path.read_text(encoding="utf-8").splitlines()) for module, path in FILES.items()}
    check({module for module, count in lines.items() if count > MOST_LINES}, LONG_FILES)


def test_no_class_has_too_many_public_methods() -> None:
    check(large_classes(), LARGE_CLASSES)


@pytest.mark.parametrize(
    "code",
    [
        "from shellflow.words._reading import read",
        "from shellflow.words import _reading",
        "import shellflow.words._reading",
        "from shellflow import words\nwords._reading",
        "def late():\n    from shellflow.words import nothing_public",
        "from shellflow import words\nwords.nothing_public",
        "patch('shellflow.words._reading.read')",
    ],
)
def test_every_way_to_a_private_name_is_seen(code: str) -> None:
    assert private_uses("shellflow.flows", ast.parse(code)) == {"shellflow.flows -> shellflow.words"}
    assert private_uses("shellflow.words", ast.parse(code)) == set()
