"""The command and Python ask the same: every option is an argument of the function behind it, with one default."""

from __future__ import annotations

import argparse
import inspect
from collections.abc import Callable
from typing import Any

import pytest

import shellflow as sf
from shellflow import display
from shellflow.cli import command_parser
from shellflow.estimates import compare, compare_needed

# What only prints or writes, and is a method in Python: `to_json`, `to_csv`, `to_markdown`, `sentence`, `rounded=`.
PRINTED = {"json", "csv", "markdown", "sentence", "html", "raw", "all", "explain", "help", "output", "account"}

SHOWN = display.Result.to_frame  # of which the command has `level`
BEHIND: dict[str, tuple[Callable[..., Any], ...]] = {
    "estimate": (compare,),
    "needed": (compare_needed,),
    "flow": (sf.read_shipments, sf.flow, SHOWN),
    "audit": (sf.audit, SHOWN),
    "backtest": (sf.backtest,),
    "reconcile": (sf.reconcile, sf.estimate, SHOWN),
}

# Arguments that are no options, and why.
ONLY_PYTHON = {
    "*": {
        "catalog": "the command reads the shipped tables; tables of one's own need Python",
        "rounded": "the command has --raw, its opposite",
        "self": "no argument",
    },
    "flow": {
        "columns": "one option for each role: --date, --count and the others",
        "shipments": "what the file was read as",
        "bound": "in a file the cells say it themselves, such as 300+",
        "between": "how far apart rows are is a distribution, which needs Python",
        "name": "it tells flows apart that are added up, and the command has one",
    },
    "reconcile": {
        "models": "made of --munition, --packing, --transport and --charge",
        "count": "each model is of one transport",
        "containers_per_voyage": "each model is of one transport",
        "munition_share": "each model is of one transport with munitions",
    },
}

# Options that bear another name than the argument, since the command takes a file where Python takes a table.
RENAMED = {("flow", "file"): "source", ("backtest", "file"): "claims", ("reconcile", "file"): "statements"}

# Options whose default is another than that of the argument, and why.
OTHER_DEFAULTS = {
    ("estimate", "levels"): "an option that is repeated starts from none, which stands for 0.9",
    ("needed", "levels"): "an option that is repeated starts from none, which stands for 0.9",
    ("reconcile", "packing"): "what statements are about is contents, and a model in Python names its packing",
    ("flow", "level"): "Python shows 0.9 where none is given",
    ("audit", "level"): "Python shows 0.9 where none is given",
    ("reconcile", "level"): "Python shows 0.9 where none is given",
}


def options_of(command: str) -> dict[str, argparse.Action]:
    """Return the options of a command by the argument that they give."""
    commands = next(action for action in command_parser()._actions if action.dest == "command")
    assert isinstance(commands.choices, dict)
    actions = commands.choices[command]._actions
    return {
        RENAMED.get((command, action.dest), action.dest): action for action in actions if action.dest not in PRINTED
    }


def arguments_of(command: str) -> dict[str, inspect.Parameter]:
    return {name: value for ask in BEHIND[command] for name, value in inspect.signature(ask).parameters.items()}


def test_every_command_is_looked_at() -> None:
    commands = next(action for action in command_parser()._actions if action.dest == "command")
    assert set(commands.choices or ()) - {"catalog"} == set(BEHIND)  # catalog prints tables, and has no function


@pytest.mark.parametrize("command", BEHIND)
def test_options_and_arguments_are_the_same(command: str) -> None:
    exceptions = {*ONLY_PYTHON["*"], *ONLY_PYTHON.get(command, {})}
    options, arguments = set(options_of(command)), set(arguments_of(command))
    assert options - arguments == set(), "options that no function takes"
    assert arguments - options - exceptions == set(), "arguments without an option: add it, or say here why not"
    assert not options & set(ONLY_PYTHON.get(command, {})), "an exception that is none"


@pytest.mark.parametrize("command", BEHIND)
def test_options_and_arguments_have_the_same_default(command: str) -> None:
    arguments = arguments_of(command)
    for name, action in options_of(command).items():
        default = arguments[name].default
        if default is not inspect.Parameter.empty and (command, name) not in OTHER_DEFAULTS:
            assert action.default in (default, str(default)), name  # a text is read as Python reads the number


def test_levels_left_out_are_that_of_python() -> None:
    default = inspect.signature(compare).parameters["levels"].default
    assert compare(1, "152mm", packings="crated", levels=default).levels == (0.9,)
