"""The command line: arguments in, public functions, print."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, NoReturn

from shellflow import display
from shellflow._version import __version__
from shellflow.errors import ShellflowError, unknown_item

if TYPE_CHECKING:
    from shellflow.estimates import Comparison

__all__ = ["main"]

_TABLES = (
    "munitions",
    "transports",
    "packages",
    "packings",
    "loads",
    "claims",
    "sources",
    "norms",
    "voyages",
    "firing_rates",
)

_EXAMPLES = """examples:
  shellflow estimate 6700                                every munition, every packing
  shellflow estimate 6700 -m 152mm -m 122mm-rocket       two of them
  shellflow estimate "200 wagons" -m 152mm --packing crated --transport covered-wagon
  shellflow needed 3M -m 152mm                           how many containers that would take
  shellflow catalog packages 152mm-crate                 a record with its source and grade
"""

_READING = (
    "each: rounds in one transport. capacity: what would fit if it were all this munition; contents: what is probably "
    "inside. Lines are alternatives and do not add up."
)


_COLUMNS = """columns:
  answers     capacity: what would fit if it were all this munition
              contents: what is probably inside
  each        rounds in one transport (median)
  limited by  mass or space, and in what share of the possible worlds
  grade       of the weakest input that matters: measured, specified,
              published, derived or assumed
"""


class _Parser(argparse.ArgumentParser):
    """One that says in one line what is wrong, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {' '.join(message.split())}. See `{self.prog} --help`.\n")


class _Help(argparse.RawDescriptionHelpFormatter):
    """Help as wide as the terminal; argparse would load shutil for that, 3 ms, at every argument it is told of."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=display.width() - 2)


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
    try:
        try:
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
    parser = _parser()
    parsed = parser.parse_args(arguments)
    if parsed.run is None:
        parser.error("say what to do: estimate, needed or catalog")
    try:
        parsed.run(parsed)
    except ShellflowError as error:
        print(f"shellflow: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    return 0


def _parser() -> _Parser:
    parser = _Parser(
        prog="shellflow",
        description="From what is seen of a munitions flow to how many rounds that could be, and back.",
        epilog=_EXAMPLES,
        formatter_class=_Help,
    )
    parser.add_argument("--version", action="version", version=f"shellflow {__version__}")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    example = 'shellflow estimate "6.7k containers" -m 152mm'
    estimate = _command(commands, "estimate", "rounds that so many transports could hold", _estimate, example, _COLUMNS)
    estimate.add_argument("count", help="how many transports: 6700, 6,700, 6.7k, '200 wagons'")
    _asked(estimate)

    example = "shellflow needed 3M -m 152mm"
    needed = _command(commands, "needed", "transports that so many rounds would take", _needed, example, _COLUMNS)
    needed.add_argument("rounds", help="how many rounds: 3M, '3 million rounds', 500,000")
    _asked(needed)

    example = "shellflow catalog transports 20ft-24t"
    catalog = _command(commands, "catalog", "the facts, with sources and grades", _catalog, example)
    tables = f"one of {', '.join(_TABLES)}; their names and sizes when left out"
    catalog.add_argument("table", nargs="?", metavar="TABLE", help=tables)
    catalog.add_argument("name", nargs="?", metavar="NAME", help="one record of it")
    _formats(catalog)
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    what: str,
    run: Callable[[argparse.Namespace], None],
    example: str,
    reading: str = "",
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"example:\n  {example}\n\n{reading}",
        formatter_class=_Help,
    )
    parser.set_defaults(run=run)
    return parser


def _asked(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-m", "--munition", action="append", help="a munition, again for more; all when left out")
    packings = "reported, ceiling, crated or as-loaded, again for more; all when left out"
    parser.add_argument("-p", "--packing", action="append", help=packings)
    parser.add_argument("-t", "--transport", help="a kind of transport of the catalog (default: 20ft-24t)")
    parser.add_argument("--level", type=float, default=0.9, help="share of the worlds in the band (default: 0.9)")
    _formats(parser)


def _formats(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print JSON")
    formats.add_argument("--csv", action="store_true", help="print CSV")


def _estimate(parsed: argparse.Namespace) -> None:
    from shellflow.estimates import compare

    found = compare(parsed.count, parsed.munition, packings=parsed.packing, transport=parsed.transport)
    _print_comparison(found, parsed)


def _needed(parsed: argparse.Namespace) -> None:
    from shellflow.estimates import compare_needed

    found = compare_needed(parsed.rounds, parsed.munition, packings=parsed.packing, transport=parsed.transport)
    _print_comparison(found, parsed)


def _print_comparison(found: Comparison, parsed: argparse.Namespace) -> None:
    if parsed.json or parsed.csv:
        _print_rows(found.rows(parsed.level), parsed)
        return
    display.print_table(found.headings(parsed.level), found.cells(parsed.level), title=found.what)
    findings = found.findings()
    display.print_lines(["", *(f"- {one}" for one in findings), *([""] if findings else []), _READING])


def _catalog(parsed: argparse.Namespace) -> None:
    from shellflow import catalog, packings
    from shellflow.display import Column, print_table

    if parsed.table is None:
        sizes = {table: len(packings.SHIPPED if table == "packings" else catalog.rows(table)) for table in _TABLES}
        if parsed.json or parsed.csv:
            _print_rows([{"table": table, "rows": size} for table, size in sizes.items()], parsed)
        else:
            columns = [Column("table"), Column("rows", right=True)]
            print_table(columns, [[table, str(size)] for table, size in sizes.items()])
        return
    if parsed.table not in _TABLES:
        raise unknown_item("table", parsed.table, _TABLES, "List them with `shellflow catalog`.")
    if parsed.table == "packings":
        chosen = packings.SHIPPED if parsed.name is None else (packings.check_name(parsed.name),)
        records: list[dict[str, object]] = [{"packing": name, **packings.DESCRIPTIONS[name]} for name in chosen]
    elif parsed.name is not None:
        records = [asdict(catalog.find(parsed.name, parsed.table))]
    else:
        records = [asdict(one) for one in catalog.rows(parsed.table)]
    if parsed.json or parsed.csv:
        _print_rows(records, parsed)
    elif parsed.name is not None:
        rows = [[key, "" if value is None else str(value)] for key, value in records[0].items()]
        print_table([Column("field"), Column("value")], rows)
    else:
        columns = [Column(name) for name in records[0]]
        print_table(columns, [["" if value is None else str(value) for value in one.values()] for one in records])


def _print_rows(rows: Sequence[Mapping[str, object]], parsed: argparse.Namespace) -> None:
    if parsed.json:
        import json

        print(json.dumps(rows, indent=1, ensure_ascii=False))
        return
    import csv

    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
