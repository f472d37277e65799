"""One run of the command: read the arguments, answer, and end with the status that shells expect."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from shellflow import display
from shellflow.cli._arguments import command_parser
from shellflow.cli._commands import COMMANDS
from shellflow.cli._options import in_options
from shellflow.errors import ShellflowError

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        Those of the process when left out [unitless].

    Returns
    -------
    int
        0 when done, 1 when the output cannot be written, 2 for bad input [unitless].

    Raises
    ------
    SystemExit
        From argparse, for help, version and usage errors.
    """
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # started with its output closed: nobody reads it
            nowhere = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  it lives as long as the process
            setattr(sys, name, nowhere)
    try:
        try:
            with display.forgiving(sys.stdout), display.forgiving(sys.stderr, "backslashreplace"):
                return _run(arguments)
        finally:
            sys.stdout.flush()  # here, since nothing catches what the interpreter meets when it closes the stream
    except OSError as error:
        # What is still buffered must not raise again when the interpreter closes the stream.
        with contextlib.suppress(OSError):  # a stream without a file descriptor has nothing to redirect
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if isinstance(error, BrokenPipeError):  # the reader has seen enough
            return 0
        print(f"shellflow: cannot write the output: {error.strerror}.", file=sys.stderr)
        return 1


def _run(arguments: Sequence[str] | None) -> int:
    parser = command_parser()
    options = parser.parse_args(arguments)
    if options.command is None:
        parser.error("say what to do: estimate, needed, flow, audit, backtest or catalog")
    try:
        COMMANDS[options.command](options)
    except ShellflowError as error:
        print(f"shellflow: {in_options(' '.join(str(error).split()), options)}", file=sys.stderr)
        return 2
    return 0
