"""The command line: arguments in, public functions, print."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn

from shellflow import display
from shellflow._version import __version__
from shellflow.errors import ShellflowError, printable, shortened, unknown_item

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
  shellflow flow shipments.csv -m 152mm --by month       rounds over time, from a table
  shellflow audit 6700 "more than 3M" -m 152mm           what a claim takes to be true
  shellflow backtest                                     how well the record predicts itself
  shellflow catalog packages 152mm-crate                 a record with its source and grade
"""

_LARGER_THAN_DRAWS = 4 * 2**20

_COLUMNS = """columns:
  basis       capacity: what would fit if it were all this munition
              contents: what is probably inside
  each        rounds in one transport (median)
  limited by  mass or space, and in what share of the draws
  grade       of the weakest input that matters: measured, specified,
              published, derived or assumed
"""


_FLOW_COLUMNS = """columns:
  transports  of a range its midpoint
  so far      up to the end of the period; no sum of the medians before
  basis       capacity: what would fit; contents: what is probably inside
  grade       of the weakest input that matters
"""


_LONGEST_USAGE = 500


class _Parser(argparse.ArgumentParser):
    """One that says in one line what is wrong, without the usage before it."""

    def error(self, message: str) -> NoReturn:
        said = shortened(printable(" ".join(message.split())), _LONGEST_USAGE)  # argparse repeats what was typed
        self.exit(2, f"{self.prog}: {said}. See `{self.prog} --help`.\n")


_POSITION = (
    "position in the band: share of the draws below the claimed number, under that packing; it is not the "
    "probability that the claim is true."
)


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
    own_process = arguments is None
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # started with its output closed: nobody reads it
            nobody = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  it lives as long as the process
            setattr(sys, name, nobody)
    if own_process:
        # glibc hands each array of draws back to the system and takes it again page by page, until it has freed a
        # larger block: 14 ms of `estimate 6700`. This one is never touched, and so takes no memory.
        bytes(_LARGER_THAN_DRAWS)
    try:
        try:
            with display.forgiving(sys.stdout), display.forgiving(sys.stderr, "backslashreplace"):
                return _run(arguments)
        finally:
            sys.stdout.flush()  # here, since nothing catches what the interpreter meets when it closes the stream
            if own_process:
                gc.freeze()  # the process ends: 10 ms less to search for cycles in what is freed anyway
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
        parser.error("say what to do: estimate, needed, flow, audit, backtest or catalog")
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
    estimate.add_argument("count", help="how many transports: 6700, 6,700, 6.7k, '200 wagons', '64 voyages'")
    capacity = "of voyages, how many containers each carried (default: as counted of others)"
    estimate.add_argument("--containers-per-voyage", metavar="N", help=capacity)
    _asked(estimate)

    example = "shellflow needed 3M -m 152mm"
    needed = _command(commands, "needed", "transports that so many rounds would take", _needed, example, _COLUMNS)
    needed.add_argument("rounds", help="how many rounds: 3M, '3 million rounds', 500,000")
    _asked(needed)

    example = "shellflow flow shipments.csv --by month -m 152mm"
    flow = _command(commands, "flow", "rounds over time, from a table of shipments", _flow, example, _FLOW_COLUMNS)
    flow.add_argument("file", metavar="FILE", help="one row a shipment: .csv, .tsv or .parquet")
    flow.add_argument(
        "--encoding", metavar="NAME", help="of a CSV file, such as cp1251 (default: UTF-8 or by its mark)"
    )
    flow.add_argument("--by", choices=("week", "month", "quarter", "year", "none"), default="month", help="period")
    flow.add_argument("-m", "--munition", help="one munition for all rows, or the column of it")
    flow.add_argument("-p", "--packing", help="one packing for all rows (default: reported), or the column of it")
    flow.add_argument("-t", "--transport", help="one transport for all rows (default: 20ft-24t), or the column of it")
    for role, what in (("date", "dates"), ("count", "counts"), ("low", "low ends"), ("high", "high ends")):
        flow.add_argument(f"--{role}", metavar="COLUMN", help=f"column of {what}; guessed when left out")
    flow.add_argument("--carrier", metavar="COLUMN", help="column of ships or trains, to find rows entered twice")
    errors = "whether ranges err in one direction or row by row (default: shared)"
    flow.add_argument("--count-errors", choices=("shared", "independent"), default="shared", help=errors)
    flow.add_argument("--fractional", action="store_true", help="take counts that are not whole")
    flow.add_argument("--on-error", choices=("raise", "drop"), default="raise", help="what to do with faulty rows")
    flow.add_argument("--duplicates", choices=("keep", "drop", "raise"), default="keep", help="and with repeated ones")
    looks = "look for repeated rows, totals and the like in more than a million rows too"
    flow.add_argument("--look", action="store_const", const=True, help=looks)
    flow.add_argument("--level", type=float, default=0.9, help="share of the draws in the bands (default: 0.9)")
    flow.add_argument("-o", "--output", metavar="FILE", help="write the table to a .csv or .parquet file")
    _formats(flow)

    example = 'shellflow audit "6700 containers" "more than 3M" -m 152mm'
    audit = _command(commands, "audit", "what a claim of rounds in transports takes to be true", _audit, example)
    audit.add_argument("count", help="how many transports were claimed: 6700, 'at least 10,000 containers'")
    audit.add_argument("rounds", help="how many rounds: 3M, 'more than 3M', 'up to 4.8M', 4.2-5.8M")
    audit.add_argument("-m", "--munition", help="of what; rounds of nothing in particular cannot be judged")
    _packed(audit)
    audit.add_argument("--basis", choices=("capacity", "contents"), help="what the claim says it speaks of")
    audit.add_argument("--date", help="when it was said: YYYY, YYYY-MM or YYYY-MM-DD")
    audit.add_argument("--family", help="which office said it")
    audit.add_argument("--corridor", help="from where to where")
    audit.add_argument("--containers-per-voyage", metavar="N", help=capacity)
    audit.add_argument("--claims", metavar="FILE", help="claims of your own to compare with, columns as in claims.csv")
    _formats(audit)

    example = "shellflow backtest --level 0.5"
    backtest = _command(commands, "backtest", "statements predicted from those before them", _backtest, example)
    backtest.add_argument("claims", nargs="?", metavar="FILE", help="a table of claims; the record when left out")
    backtest.add_argument("--family", help="only statements of this office")
    backtest.add_argument("-m", "--munition", help="only statements on this munition")
    backtest.add_argument("--level", type=float, default=0.9, help="probability of each band (default: 0.9)")
    _formats(backtest)

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
    _packed(parser)
    parser.add_argument("--level", type=float, default=0.9, help="share of the draws in the band (default: 0.9)")
    _formats(parser)


def _packed(parser: argparse.ArgumentParser) -> None:
    packings = "reported, ceiling, crated or as-loaded, again for more; all when left out"
    parser.add_argument("-p", "--packing", action="append", help=packings)
    parser.add_argument("-t", "--transport", help="a kind of transport of the catalog (default: 20ft-24t)")


def _formats(parser: argparse.ArgumentParser) -> None:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print JSON")
    formats.add_argument("--csv", action="store_true", help="print CSV")


def _estimate(parsed: argparse.Namespace) -> None:
    from shellflow.estimates import compare

    found = compare(
        parsed.count,
        parsed.munition,
        packings=parsed.packing,
        transport=parsed.transport,
        containers_per_voyage=parsed.containers_per_voyage,
    )
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
    display.print_lines(["", *(f"- {one}" for one in findings), *([""] if findings else []), *found.reading()])


def _audit(parsed: argparse.Namespace) -> None:
    from shellflow import audits

    found = audits.audit(
        parsed.count,
        parsed.rounds,
        parsed.munition,
        transport=parsed.transport,
        packings=parsed.packing,
        basis=parsed.basis,
        date=parsed.date,
        family=parsed.family,
        corridor=parsed.corridor,
        claims=parsed.claims,
        containers_per_voyage=parsed.containers_per_voyage,
    )
    if parsed.json or parsed.csv:
        _print_rows(found.rows(), parsed)
        return
    display.print_lines([*found.before(), ""])
    display.print_table(found.headings(), found.cells())
    display.print_lines(["", *found.after(), "", _POSITION])


def _backtest(parsed: argparse.Namespace) -> None:
    from shellflow import backtests

    found = backtests.backtest(parsed.claims, family=parsed.family, munition=parsed.munition, level=parsed.level)
    if parsed.json or parsed.csv:
        _print_rows(found.rows(), parsed)
        return
    if found.predictions:
        display.print_table(found.headings(), found.cells())
        print()
    display.print_lines(found.summary())


def _flow(parsed: argparse.Namespace) -> None:
    from shellflow import flows, inputs, shipments
    from shellflow.flows import _rows, _writing

    parsed.level = inputs.check_level(parsed.level)
    given = {role: getattr(parsed, role) for role in shipments.SPELLINGS}
    options = {name: getattr(parsed, name) for name in ("count_errors", "fractional", "on_error", "duplicates", "look")}
    by = None if parsed.by == "none" else parsed.by
    with display.progress(f"summing up {os.path.basename(parsed.file)}"):  # noqa: PTH119  pathlib takes long to load
        sheet = shipments.read_file(parsed.file, given, parsed.encoding)
        _remark(sheet.remarks)
        columns, remarks = shipments.guess(sheet.columns, given)
        _remark(remarks)
        asked: dict[str, Any] = {**columns, **options, "by": by}
        found = flows.flow(sheet.frame, **asked)
    if parsed.output:
        _writing.write(found, parsed.output, parsed.level)
    if parsed.json or parsed.csv:
        rows = [{**row, "period": str(row["period"])} for row in found.rows(parsed.level)]
        _print_rows(rows, parsed)
        for line in found.notes:
            print(f"shellflow: {line}.", file=sys.stderr)
        return
    display.print_table(found.headings(parsed.level), found.cells(parsed.level), title=found.what)
    display.print_lines(["", *_rows.reasoned(found, parsed.level)])


def _remark(remarks: Iterable[str]) -> None:
    for remark in remarks:
        print(f"shellflow: {remark}.", file=sys.stderr)


def _catalog(parsed: argparse.Namespace) -> None:
    from shellflow import catalog, packings
    from shellflow.display import Column, print_table

    if parsed.table is None:
        sizes = {
            table: len(packings.SHIPPED if table == "packings" else catalog.shipped().table(table)) for table in _TABLES
        }
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
        records = [asdict(catalog.shipped().table(parsed.table)[parsed.name])]
    else:
        records = [asdict(one) for one in catalog.shipped().table(parsed.table)]
    if parsed.json or parsed.csv:
        _print_rows(records, parsed)
    elif parsed.name is not None:
        rows = [[key, "" if value is None else str(value)] for key, value in records[0].items()]
        print_table([Column("field"), Column("value")], rows)
    else:
        columns = [Column(name) for name in records[0]]
        print_table(columns, [["" if value is None else str(value) for value in one.values()] for one in records])


def _print_rows(rows: Sequence[Mapping[str, object]], parsed: argparse.Namespace) -> None:
    """Print rows for a program, which is to get every letter: as an escape where the encoding lacks it."""
    if parsed.json:
        import json

        text = json.dumps(rows, indent=1, ensure_ascii=False)
        print(text if display.can_show(text, sys.stdout) else json.dumps(rows, indent=1))
        return
    if not rows:
        return
    import csv
    import io

    table = io.StringIO()
    writer = csv.DictWriter(table, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with display.forgiving(sys.stdout, "backslashreplace"):
        print(table.getvalue(), end="")
