"""The commands, their arguments and their help."""

from __future__ import annotations

import argparse
from typing import NoReturn

from shellflow._version import __version__
from shellflow.errors import printable, shortened, shown

__all__ = ["TABLES", "command_parser"]

TABLES = (
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
  shellflow estimate 6700 15809 28000 -m 152mm --level 0.5 --level 0.9   three counts, two bands
  shellflow estimate 6700 -m "60% 152mm" -m "40% 122mm-shell"   a mix of two
  shellflow estimate 280-320 --munition-share 70-100%    of ranges
  shellflow estimate "200 wagons" -m 152mm --packing crated --transport covered-wagon
  shellflow needed 3M -m 152mm                           how many containers that would take
  shellflow flow shipments.csv -m 152mm --by month       rounds over time, from a table
  shellflow audit 6700 "more than 3M" -m 152mm           what must be true for a claim to be possible
  shellflow backtest                                     how well earlier claims predict later ones
  shellflow reconcile statements.csv -m 152mm            whether several totals can all be true
  shellflow catalog packages 152mm-crate                 a row with its sources and grades
"""

_COLUMNS = """columns:
  basis       capacity: what would fit if it were all this munition
              contents: what is probably inside
  rounds per container
              in one container (or wagon, truck): the median
  limited by  what limits most draws, mass or space, and what share of them;
              a reported number comes without its reason
  grade       of the weakest input that matters: measured, specified,
              published, derived or assumed
"""

_FLOW_COLUMNS = """columns:
  transports  number of transports; of a range its midpoint
  tonnes      mass of the cargo, where rows give that
  rounds      median; not observed: no row is dated or accrues in the
              period, which is not 0
  so far      total up to the end of the period (its median is not the sum of
              the medians before)
  basis       capacity: what would fit; contents: what is probably inside
  grade       of the weakest input that matters
"""

_RECONCILE_COLUMNS = """columns:
  error       yours, of each source: the standard deviation of the logarithm,
              0.1 for about 10 %
  support     mean likelihood of the statement over the draws of the model,
              alone and as weighted by the other statements
  verdict     agrees, pulls, conflicts, or outside the model
"""

_ARGUMENTS = {
    "estimate": "COUNT ...",
    "needed": "ROUNDS ...",
    "flow": "FILE",
    "audit": "count rounds",
    "backtest": "[FILE]",
    "reconcile": "FILE",
    "catalog": "[TABLE] [NAME]",
}
"""What stands on the line of usage; all options in it would be six lines, each of which is explained below it."""

_LONGEST_ERROR = 500


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line, without the usage."""

    def error(self, message: str) -> NoReturn:
        line = shortened(printable(" ".join(message.split())), _LONGEST_ERROR)  # argparse repeats what was typed
        self.exit(2, f"{self.prog}: {line}. See `{self.prog} --help`.\n")


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    parser = _Parser(
        prog="shellflow",
        description="From what is seen of a munitions flow to how many rounds that could be, and back.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"shellflow {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")

    example = 'shellflow estimate "6.7k containers" -m 152mm'
    estimate = _command(commands, "estimate", "rounds that so many transports could hold", example, _COLUMNS)
    counts = (
        "how many transports, or a mass of cargo: 6700, 6.7k, 280-320, '200 wagons', '64 voyages', '74,000 t'; several "
        "of one kind, with names or without: 6700 15809, ROK=6700 US=10000"
    )
    estimate.add_argument("count", nargs="+", metavar="COUNT", help=counts)
    capacity = "containers on each voyage (default: the range of voyages counted so far)"
    estimate.add_argument("--containers-per-voyage", metavar="N", help=capacity)
    _add_question(estimate)

    example = "shellflow needed 3M -m 152mm"
    needed = _command(commands, "needed", "transports that so many rounds would take", example, _COLUMNS)
    rounds = "how many rounds: 3M, '3 million rounds', 500,000; several as for estimate"
    needed.add_argument("rounds", nargs="+", metavar="ROUNDS", help=rounds)
    _add_question(needed)

    example = "shellflow flow shipments.csv --by month -m 152mm"
    flow = _command(commands, "flow", "rounds over time, from a table of shipments", example, _FLOW_COLUMNS)
    flow.add_argument(
        "file", metavar="FILE", help="a table with one row for each shipment: .csv, .tsv, .xlsx or .parquet"
    )
    flow.add_argument(
        "--encoding",
        metavar="NAME",
        help="such as cp1251, of a CSV file (default: UTF-8, or as its mark says)",
    )
    flow.add_argument(
        "--by",
        choices=("week", "month", "quarter", "year", "none"),
        default="month",
        help="length of a period (default: month)",
    )
    munition = (
        "one munition for all rows, or the column of it; a mix as 152mm+122mm-shell, or repeat it with shares (-m "
        "'60%% 152mm' -m '40%% 122mm-shell')"
    )
    flow.add_argument("-m", "--munition", action="append", help=munition)
    flow.add_argument("-p", "--packing", help="one packing for all rows (default: reported), or the column of it")
    flow.add_argument("-t", "--transport", help="one transport for all rows (default: 20ft-24t), or the column of it")
    _add_charge(flow)
    _add_munition_share(flow)
    _add_reading(flow)
    for role, content in (
        ("date", "dates"),
        ("since", "days after which a row counts"),
        ("count", "counts"),
        ("low", "lower bounds"),
        ("high", "upper bounds"),
    ):
        flow.add_argument(f"--{role}", metavar="COLUMN", help=f"column of {content} (default: guessed from its name)")
    masses = "column of masses of cargo in tonnes, in place of counts (default: guessed from its name)"
    flow.add_argument("--mass", metavar="COLUMN", help=masses)
    flow.add_argument("--carrier", metavar="COLUMN", help="column of ships or trains, to find duplicates")
    errors = "errors of the ranges: the same in all rows, or independent in each (default: shared)"
    flow.add_argument("--count-errors", choices=("shared", "independent"), default="shared", help=errors)
    flow.add_argument("--fractional", action="store_true", help="accept counts that are not whole numbers")
    flow.add_argument(
        "--on-error",
        choices=("raise", "drop", "fill"),
        default="raise",
        help="what to do with faulty rows (default: raise); fill takes rows without a count for voyages",
    )
    flow.add_argument(
        "--duplicates",
        choices=("keep", "drop", "raise"),
        default="keep",
        help="what to do with duplicates (default: keep)",
    )
    looks = "search a CSV file of more than a million rows for duplicates, totals and the like too"
    flow.add_argument("--look", action="store_const", const=True, help=looks)
    flow.add_argument("--level", type=_level, default=0.9, help="share of the draws in the bands (default: 0.9)")
    flow.add_argument("-o", "--output", metavar="FILE", help="write the table to a .csv or .parquet file")
    _add_formats(flow)

    example = 'shellflow audit "6700 containers" "more than 3M" -m 152mm'
    audit = _command(commands, "audit", "what must be true for a claim to be possible", example)
    audit.add_argument(
        "count", help="the transports claimed, or the cargo: 6700, 'at least 10,000 containers', '74,000 t'"
    )
    audit.add_argument("rounds", help="the number of rounds claimed: 3M, 'more than 3M', 'up to 4.8M', 4.2-5.8M")
    munition = (
        "the munition claimed, or a mix; repeat for several, each alone unless all have shares (default: 152mm, "
        "122mm-shell, 122mm-rocket)"
    )
    audit.add_argument("-m", "--munition", action="append", help=munition)
    _add_packing(audit)
    audit.add_argument("--basis", choices=("capacity", "contents"), help="what the claim is about")
    audit.add_argument("--date", help="date of the claim: YYYY, YYYY-MM or YYYY-MM-DD")
    audit.add_argument("--family", help="office that made the claim")
    audit.add_argument("--corridor", help="route of the transports")
    audit.add_argument("--containers-per-voyage", metavar="N", help=capacity)
    audit.add_argument("--claims", metavar="FILE", help="other claims to compare with (default: those of the catalog)")
    audit.add_argument("--level", type=_level, default=0.9, help="share of the draws in the bands (default: 0.9)")
    _add_formats(audit)

    example = "shellflow backtest --level 0.5"
    backtest = _command(commands, "backtest", "predict each claim from the earlier claims of its office", example)
    backtest.add_argument("file", nargs="?", metavar="FILE", help="a table of claims (default: those of the catalog)")
    backtest.add_argument("--family", help="only claims of this office")
    backtest.add_argument("-m", "--munition", help="only claims about this munition")
    backtest.add_argument(
        "--of",
        choices=("totals", "increments"),
        default="totals",
        help="predict what claims state, or what each adds to the one before (default: totals)",
    )
    backtest.add_argument("--level", type=_level, default=0.9, help="probability of each band (default: 0.9)")
    _add_formats(backtest)

    example = "shellflow reconcile statements.csv -m 152mm -m 152mm+122mm-shell"
    reconcile = _command(
        commands, "reconcile", "hold several statements on one flow against each other", example, _RECONCILE_COLUMNS
    )
    table = "a table of claims, in the columns of `shellflow catalog claims --csv` and one more, error"
    reconcile.add_argument("file", metavar="FILE", help=table)
    help_text = "a munition or mix to hold them against; repeat for several (default: 152mm, 152mm+122mm-shell)"
    reconcile.add_argument("-m", "--munition", action="append", help=help_text)
    reconcile.add_argument("-p", "--packing", default="as-loaded", help="how it is packed (default: as-loaded)")
    reconcile.add_argument("-t", "--transport", help="a kind of transport of the catalog (default: 20ft-24t)")
    _add_charge(reconcile)
    reconcile.add_argument("--level", type=_level, default=0.9, help="share of the draws in the bands (default: 0.9)")
    _add_formats(reconcile)

    example = "shellflow catalog transports 20ft-24t"
    catalog = _command(commands, "catalog", "the tables of figures, with sources and grades", example)
    tables = f"one of {', '.join(TABLES)} (default: a list of them)"
    catalog.add_argument("table", nargs="?", metavar="TABLE", help=tables)
    catalog.add_argument("name", nargs="?", metavar="NAME", help="one row of the table")
    _add_data_formats(catalog)
    for name, arguments in _ARGUMENTS.items():
        commands.choices[name].usage = f"shellflow {name} [options] {arguments}"
    return parser


def _command(
    commands: argparse._SubParsersAction[_Parser],
    name: str,
    summary: str,
    example: str,
    columns: str = "",
) -> argparse.ArgumentParser:
    return commands.add_parser(
        name,
        help=summary,
        description=f"{summary[0].upper()}{summary[1:]}.",
        epilog=f"example:\n  {example}\n\n{columns}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _level(text: str) -> float:
    """Return a level as a number; whether it is between 0 and 1 is checked with those of Python."""
    try:
        return float(text)
    except ValueError:
        allowed = "a number between 0 and 1, both excluded; write 0.9 for 90 %"
        raise argparse.ArgumentTypeError(f"{shown(text)} must be {allowed}") from None


def _add_question(parser: argparse.ArgumentParser) -> None:
    munitions = (
        "a munition, or a mix such as 152mm+122mm-shell; repeat for several, or with shares for the parts of a mix (-m "
        "'60%% 152mm' -m '40%% 122mm-shell') (default: all)"
    )
    parser.add_argument("-m", "--munition", dest="munitions", metavar="MUNITION", action="append", help=munitions)
    _add_packing(parser)
    _add_munition_share(parser)
    level = "share of the draws in the band; repeat for several bands (default: 0.9)"
    parser.add_argument("--level", dest="levels", metavar="LEVEL", type=_level, action="append", help=level)
    rows = "print every row, ceilings and those without data included (default: what can be answered)"
    parser.add_argument("--all", action="store_true", help=rows)
    _add_formats(parser)


def _add_packing(parser: argparse.ArgumentParser) -> None:
    packings = "reported, ceiling, crated or as-loaded; repeat for several (default: all)"
    parser.add_argument("-p", "--packing", dest="packings", metavar="PACKING", action="append", help=packings)
    kinds = "a kind of transport of the catalog (default: the only one of the kind counted, else 20ft-24t)"
    parser.add_argument("-t", "--transport", help=kinds)
    _add_charge(parser)


def _add_reading(parser: argparse.ArgumentParser) -> None:
    order = "03/04/2024 is the 3rd of April (default: as other dates of the column say)"
    parser.add_argument("--dayfirst", action=argparse.BooleanOptionalAction, default=None, help=order)
    parser.add_argument("--thousands", metavar="SIGN", help="sign before thousands: . , ' _ or a space")
    parser.add_argument("--decimal", metavar="SIGN", help="sign before decimals: . or ,")
    totals = "what to do with rows named as totals (default: raise)"
    parser.add_argument("--totals", choices=("raise", "drop", "keep"), default="raise", help=totals)
    parser.add_argument("--cumulative", action="store_true", help="the numbers are running totals")
    parser.add_argument("--sheet", metavar="NAME", help="sheet of a workbook (default: the only one with cells)")
    account = "write how every cell that is no plain value was read to a .csv or .parquet file"
    parser.add_argument("--account", metavar="FILE", help=account)


def _add_charge(parser: argparse.ArgumentParser) -> None:
    charge = "whether the propelling charge is in the crates of 152 and 122 mm shells (default: not known)"
    parser.add_argument("--charge", choices=("with", "without"), help=charge)


def _add_munition_share(parser: argparse.ArgumentParser) -> None:
    share = (
        "share of the transports, or of the mass, that is munitions: 0.8, 0.7-1 or 70-100%% (default: 1, an upper "
        "reading)"
    )
    parser.add_argument("--munition-share", default="1", metavar="SHARE", help=share)


def _add_formats(parser: argparse.ArgumentParser) -> None:
    formats = _add_data_formats(parser)
    formats.add_argument("--markdown", action="store_true", help="print Markdown")
    sentence = "print sentences fit to print, with all that the number must not be quoted without"
    formats.add_argument("--sentence", action="store_true", help=sentence)
    formats.add_argument("--explain", action="store_true", help="print every answer with its reasons and all notes")
    parser.add_argument("--html", metavar="FILE", help="write a page of its own to an .html file too")
    parser.add_argument("--raw", action="store_true", help="print all digits in CSV (default: as rounded in the table)")


def _add_data_formats(parser: argparse.ArgumentParser) -> argparse._MutuallyExclusiveGroup:
    formats = parser.add_mutually_exclusive_group()
    formats.add_argument("--json", action="store_true", help="print JSON, with all digits")
    formats.add_argument("--csv", action="store_true", help="print CSV")
    return formats
