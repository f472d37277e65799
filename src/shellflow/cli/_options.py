"""Messages of the library, with its arguments written as options of the command."""

from __future__ import annotations

import argparse
import re

__all__ = ["in_options"]

_POSITIONAL = ("command", "count", "rounds", "file", "table", "name")
_VALUES = r"'[^']*'(?: or '[^']*')*|True\b|None\b"  # not of rows, which are shown as (date=2023-09-01, count=3)


def in_options(message: str, options: argparse.Namespace) -> str:
    """Return a message with arguments such as `on_error='drop'` written as options, such as `--on-error drop`."""
    names = "|".join(name for name in vars(options) if name not in _POSITIONAL)
    message = re.sub(rf"^({names})=([\w.+-]+)(?=:)", _option, message)
    return re.sub(rf"(?<![\w.'])({names})=({_VALUES})", _option, message)


def _option(argument: re.Match[str]) -> str:
    option, value = f"--{argument[1].replace('_', '-')}", argument[2]
    if value == "None":
        return f"no {option}"
    unquoted = re.sub(r"'([^' ]+)'", r"\1", value)
    return option if value == "True" else f"{option} {unquoted}"
