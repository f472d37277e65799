"""The whole public list, how it is loaded, and that each name is documented."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import random
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import shellflow

PUBLIC = [
    "Audit",
    "Backtest",
    "Comparison",
    "Estimate",
    "Finding",
    "Flow",
    "Reconciliation",
    "ShellflowError",
    "Shipments",
    "__version__",
    "audit",
    "backtest",
    "catalog",
    "claims",
    "compare",
    "compare_needed",
    "discrete",
    "distribution",
    "estimate",
    "explore",
    "fixed",
    "flow",
    "from_json",
    "from_observations",
    "lognormal",
    "mix",
    "packing",
    "plot_compare",
    "plot_load",
    "read_shipments",
    "reconcile",
    "settings",
    "show_versions",
    "statement",
    "triangular",
    "uniform",
    "units",
    "units_needed",
]
MODULES = ["catalog", "units"]
DOCUMENTED = [*MODULES, "boxes", "testing"]  # the last two are for users, outside the public list
CLASSES = [
    "Audit",
    "Backtest",
    "Comparison",
    "Estimate",
    "Finding",
    "Flow",
    "Reconciliation",
    "ShellflowError",
    "Shipments",
]
FUNCTIONS = sorted(set(PUBLIC) - {"__version__", *MODULES, *CLASSES})
HEAVY = {"numpy", "pandas", "pint", "narwhals", "rich", "matplotlib"}

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "shellflow"
FILES = sorted(PACKAGE.rglob("*.py"))
ROOMS = sorted(room.name for room in pkgutil.iter_modules([str(PACKAGE)]) if not room.name.startswith("_"))


def in_a_fresh_process(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def shuffled(seed: int) -> list[str]:
    return random.Random(seed).sample(PUBLIC, len(PUBLIC))


def test_the_public_list_is_this_one() -> None:
    assert shellflow.__all__ == PUBLIC


def test_no_module_bears_the_name_of_a_public_function() -> None:
    assert not set(ROOMS) & {*FUNCTIONS, *CLASSES}


@pytest.mark.parametrize(
    "order",
    [
        PUBLIC,
        PUBLIC[::-1],
        [*ROOMS, *PUBLIC],
        [*ROOMS[::-1], *PUBLIC[::-1]],
        *(shuffled(seed) for seed in range(4)),
    ],
    ids=["sorted", "reversed", "modules first", "modules first, reversed", *(f"shuffle {seed}" for seed in range(4))],
)
def test_names_mean_the_same_in_whatever_order_they_are_touched(order: list[str], tmp_path: Path) -> None:
    code = f"""
import shellflow
from types import ModuleType
for _ in range(2):
    for name in {order!r}:
        getattr(shellflow, name)
for name in {FUNCTIONS!r}:
    assert callable(getattr(shellflow, name)), name
for name in {CLASSES!r}:
    assert isinstance(getattr(shellflow, name), type), name
for name in {ROOMS!r}:
    assert isinstance(getattr(shellflow, name), ModuleType), name
assert isinstance(shellflow.__version__, str)
"""
    in_a_fresh_process(code, tmp_path)


def test_a_star_import_brings_exactly_the_public_list(tmp_path: Path) -> None:
    code = "from shellflow import *; print(sorted(set(dir()) & set(__import__('shellflow').__all__)))"
    assert ast.literal_eval(in_a_fresh_process(code, tmp_path)) == sorted(PUBLIC)


@pytest.mark.parametrize("touch", ["", "; dir(shellflow); shellflow.__version__; shellflow.ShellflowError"])
def test_importing_the_package_loads_nothing_heavy(touch: str, tmp_path: Path) -> None:
    loaded = in_a_fresh_process(f"import shellflow{touch}; import sys; print(*sys.modules)", tmp_path).split()
    assert not HEAVY & set(loaded)
    assert {name for name in loaded if name.startswith("shellflow.")} <= {"shellflow._version", "shellflow.errors"}


def test_dir_shows_the_public_list_before_anything_is_loaded(tmp_path: Path) -> None:
    names = in_a_fresh_process("import shellflow; print(*dir(shellflow))", tmp_path).split()
    assert set(PUBLIC) <= set(names)
    assert names == sorted(names)


def test_a_misspelt_name_is_answered_with_the_nearest_ones() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'estimat'. Did you mean 'estimate'"):
        _ = shellflow.estimat  # type: ignore[attr-defined]


def test_a_name_like_no_other_is_answered_with_where_to_look() -> None:
    with pytest.raises(AttributeError, match=r"no attribute 'qqq'. See dir\(shellflow\)"):
        _ = shellflow.qqq  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_every_module_says_what_it_is_and_what_it_offers(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert re.search(r"^__all__\b.* = ", text, flags=re.MULTILINE)


@pytest.mark.parametrize("room", ROOMS)
def test_every_name_a_module_offers_exists(room: str) -> None:
    module = importlib.import_module(f"shellflow.{room}")
    assert not [name for name in module.__all__ if not hasattr(module, name)]


def described() -> list[tuple[str, object]]:
    """Every public function, and the public functions that modules for users and public classes hold."""
    found: list[tuple[str, object]] = [(name, getattr(shellflow, name)) for name in FUNCTIONS]
    owners = {name: importlib.import_module(f"shellflow.{name}") for name in DOCUMENTED}
    for name, owner in (owners | {name: getattr(shellflow, name) for name in CLASSES}).items():
        inner = owner.__all__ if isinstance(owner, ModuleType) else [key for key in vars(owner) if key[0] != "_"]
        found += [(f"{name}.{key}", getattr(owner, key)) for key in inner]
    return [(name, item) for name, item in found if inspect.isfunction(item) or inspect.ismethod(item)]


def arguments(item: object) -> set[str]:
    return set(inspect.signature(item).parameters) - {"self"}  # type: ignore[arg-type]


def sections(item: object) -> dict[str, str]:
    parts = re.split(r"^(\w[\w ]*)\n-{3,}$", inspect.getdoc(item) or "", flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_public_function_documents_its_arguments_and_its_result_and_raises_only_what_it_raises() -> None:
    faults = []
    for name, item in described():
        found = sections(item)
        if "Returns" not in found:
            faults.append(f"{name}: no section Returns")
        if found.get("Raises", "").strip().startswith("Nothing"):
            faults.append(f"{name}: leave the section Raises out where nothing is raised")
        heads = re.findall(r"^([*\w].*?)(?: :.*)?$", found.get("Parameters", ""), flags=re.MULTILINE)
        written = {argument.strip(" *") for head in heads for argument in head.split(",")}
        faults += [f"{name}: argument {argument} is not documented" for argument in sorted(arguments(item) - written)]
    assert not faults, "\n".join(faults)


def test_every_public_function_shows_an_example() -> None:
    assert not [name for name in FUNCTIONS if ">>>" not in sections(getattr(shellflow, name)).get("Examples", "")]


def test_every_argument_name_is_in_the_nomenclature() -> None:
    page = (ROOT / "docs" / "reference" / "nomenclature.md").read_text(encoding="utf-8")
    cells = re.findall(r"^\| (`.*?) \|", page, flags=re.MULTILINE)
    known = {argument for cell in cells for argument in re.findall(r"`(\w+)`", cell)}
    missing = {argument: name for name, item in described() for argument in arguments(item) - known}
    assert not missing, f"add a line to docs/reference/nomenclature.md for each of {missing}"
