"""The command line: arguments in, public functions, print."""

from __future__ import annotations

from shellflow.cli._arguments import command_parser
from shellflow.cli._commands import main

__all__ = ["command_parser", "main"]
