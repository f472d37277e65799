"""What each command calls, how it prints the result, and how the command line ends."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any

from shellflow import display
from shellflow.cli._arguments import TABLES, command_parser
from shellflow.errors import ArgumentError, ShellflowError, bad_argument, shown, unknown_item

if TYPE_CHECKING:
    from shellflow.estimates import Quotable

__all__ = ["main"]


def _estimate(options: argparse.Namespace) -> None:
    from shellflow.estimates import compare

    comparison = compare(
        _counts(options.count, "count"), **_question(options), containers_per_voyage=options.containers_per_voyage
    )
    _print(comparison, options)


def _needed(options: argparse.Namespace) -> None:
    from shellflow.estimates import compare_needed

    _print(compare_needed(_counts(options.rounds, "rounds"), **_question(options)), options)


def _question(options: argparse.Namespace) -> dict[str, Any]:
    """Return what both questions have in common."""
    names = ("munitions", "packings", "transport", "munition_share", "charge")
    return {name: getattr(options, name) for name in names} | {"levels": options.levels or 0.9}


def _counts(texts: Sequence[str], argument: str) -> str | list[str] | dict[str, str]:
    """Return one count as it stands, several as a list, and by name where any has one, as in ROK=6700."""
    if len(texts) > 1 and (wordy := [text for text in texts if not any(map(str.isdigit, text))]):
        raise bad_argument(
            argument, wordy[0], "a count with its number", "Write several words in quotes: '200 wagons'."
        )
    named = [text.rpartition("=") for text in texts]
    names = [(name or count).strip() for name, _, count in named]
    if twice := [name for place, name in enumerate(names) if name in names[:place]]:
        raise ArgumentError(f"{argument}: {shown(twice[0])} is given twice. Name each apart: March=500 May=500.")
    counts = [count for _, _, count in named]
    if any(name for name, _, _ in named):
        return dict(zip(names, counts, strict=True))
    return counts[0] if len(counts) == 1 else counts


def _joined(munitions: list[str]) -> list[str]:
    """Return what was given for `-m`: where each is a share of one munition, the mix that they make."""
    are_parts = len(munitions) > 1 and all("%" in part and not re.search("[,+]", part) for part in munitions)
    return [", ".join(munitions)] if are_parts else munitions


def _print(result: Quotable, options: argparse.Namespace, level: float | None = None) -> None:
    _write_page(result, options, level)
    if options.sentence:
        display.print_lines(result.sentence(level).splitlines())
        return
    from shellflow.estimates import Comparison

    if options.json or options.csv:
        _print_rows(result.rows(level, rounded=options.csv and not options.raw), options)
        return
    if options.explain:
        display.print_lines(_in_options(result.explain(level), options).splitlines())
        return
    report = result.report(level, every_row=options.all) if isinstance(result, Comparison) else result.report(level)
    if options.markdown:
        print(display.to_markdown(report))
    else:
        cautions = tuple(_in_options(caution, options) for caution in report.cautions)
        display.print_report(replace(report, cautions=cautions))


def _write_page(result: Quotable, options: argparse.Namespace, level: float | None) -> None:
    if options.html:
        result.to_html(options.html, level)


def _audit(options: argparse.Namespace) -> None:
    from shellflow.audits import audit

    judged = audit(
        options.count,
        options.rounds,
        options.munition,
        transport=options.transport,
        packings=options.packings,
        charge=options.charge,
        basis=options.basis,
        date=options.date,
        family=options.family,
        corridor=options.corridor,
        claims=options.claims,
        containers_per_voyage=options.containers_per_voyage,
    )
    _print(judged, options, options.level)


def _backtest(options: argparse.Namespace) -> None:
    from shellflow.backtests import backtest

    predicted = backtest(
        options.file, family=options.family, munition=options.munition, of=options.of, level=options.level
    )
    _print(predicted, options)


def _reconcile(options: argparse.Namespace) -> None:
    from shellflow.estimates import estimate
    from shellflow.reconciliation import reconcile

    models = {
        munition: estimate(1, munition, packing=options.packing, transport=options.transport, charge=options.charge)
        for munition in options.munition or ("152mm", "152mm+122mm-shell")
    }
    reconciled = reconcile(models, options.file)
    if options.json:
        _write_page(reconciled, options, options.level)
        _print_json(reconciled.to_json(options.level), reconciled.to_json(options.level, ascii_only=True))
    else:
        _print(reconciled, options, options.level)


def _flow(options: argparse.Namespace) -> None:
    from shellflow import flows, inputs, shipments
    from shellflow.cli import _writing

    level = inputs.check_level(options.level)
    written = {name: getattr(options, name) for name in ("output", "account") if getattr(options, name)}
    for argument, path in written.items():
        _writing.check(path, argument)
    _writing.check_apart(options.file, written)
    columns = {role: getattr(options, role) for role in _COLUMNS if getattr(options, role) is not None}
    if options.munition and len(options.munition) > 1:
        fix = "Give each a share, as in -m '60% 152mm' -m '40% 122mm-shell', or write 152mm+122mm-shell if not known."
        raise bad_argument("munition", ", ".join(options.munition), "one munition or mix for all rows", fix)
    munition = options.munition[0] if options.munition else None
    contents = {"munition": munition, "transport": options.transport, "packing": options.packing}
    with display.progress(f"summing up {os.path.basename(options.file)}"):  # noqa: PTH119  pathlib takes long to load
        sheet = shipments.read_file(options.file, columns, options.encoding, options.sheet)
        named = {role: value for role, value in contents.items() if value in sheet.columns}
        read = shipments.read_shipments(
            sheet,
            columns={**columns, **named},
            dayfirst=options.dayfirst,
            thousands=options.thousands,
            decimal=options.decimal,
            totals=options.totals,
            cumulative=options.cumulative,
            on_error="raise" if options.on_error == "fill" else options.on_error,
        )
        if options.account:  # first, since the flow may be refused for what it shows
            _writing.write_table(read.account, options.account, "account")
        _print_notes(read.summary, options)
        flow = flows.flow(
            read,
            **{role: value for role, value in contents.items() if role not in named},
            by=None if options.by == "none" else options.by,
            count_errors=options.count_errors,
            fractional=options.fractional,
            on_error=options.on_error,
            duplicates=options.duplicates,
            look=options.look,
            munition_share=options.munition_share,
            charge=options.charge,
        )
    if options.output:
        rounded = not options.raw and _writing.is_text(options.output)
        _writing.write_table(flow.to_frame(level, rounded=rounded), options.output, "output")
    _print(flow, options, level)
    if options.json or options.csv:
        _print_notes(flow.notes, options)


def _print_notes(notes: Iterable[str], options: argparse.Namespace) -> None:
    for note in notes:
        print(f"shellflow: {_in_options(note, options)}.", file=sys.stderr)


def _catalog(options: argparse.Namespace) -> None:
    from shellflow import catalog, packings
    from shellflow.display import Column, print_table

    if options.table is None:
        sizes = {
            table: len(packings.SHIPPED if table == "packings" else catalog.shipped().table(table)) for table in TABLES
        }
        if options.json or options.csv:
            _print_rows([{"table": table, "rows": size} for table, size in sizes.items()], options)
        else:
            columns = [Column("table"), Column("rows", right=True)]
            print_table(columns, [[table, str(size)] for table, size in sizes.items()])
        return
    if options.table not in TABLES:
        raise unknown_item("table", options.table, TABLES, "List them with `shellflow catalog`.")
    if options.table == "packings":
        chosen = packings.SHIPPED if options.name is None else (packings.check_name(options.name),)
        records: list[dict[str, object]] = [{"packing": name, **packings.DESCRIPTIONS[name]} for name in chosen]
    elif options.name is not None:
        records = [asdict(catalog.shipped().table(options.table)[options.name])]
    else:
        records = [asdict(record) for record in catalog.shipped().table(options.table)]
    if options.json or options.csv:
        _print_rows(records, options)
    elif options.name is not None:
        rows = [[key, "" if value is None else str(value)] for key, value in records[0].items()]
        print_table([Column("field"), Column("value")], rows)
    else:
        columns = [Column(name) for name in records[0]]
        cells = [["" if value is None else str(value) for value in record.values()] for record in records]
        print_table(columns, cells)


def _print_json(text: str, in_ascii: str) -> None:
    """Print JSON, in the letters that the encoding has."""
    print(text if display.can_show(text, sys.stdout) else in_ascii)


def _print_rows(rows: Sequence[Mapping[str, object]], options: argparse.Namespace) -> None:
    """Print rows as JSON or CSV, with escapes for the letters that the encoding lacks."""
    if options.json:
        _print_json(display.to_json(rows), display.to_json(rows, ascii_only=True))
        return
    with display.forgiving(sys.stdout, "backslashreplace"):
        print(display.to_csv(rows), end="")


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "estimate": _estimate,
    "needed": _needed,
    "flow": _flow,
    "audit": _audit,
    "backtest": _backtest,
    "reconcile": _reconcile,
    "catalog": _catalog,
}


_COLUMNS = ("date", "since", "count", "low", "high", "mass", "carrier")
_REPEATED = {"levels": "level", "munitions": "munition", "packings": "packing"}
_POSITIONAL = ("command", "count", "rounds", "file", "table", "name")
_VALUES = r"'[^']*'(?: or '[^']*')*|True\b|False\b|None\b"  # not of rows, which are shown as (date=2023-09-01, count=3)


def _in_options(message: str, options: argparse.Namespace) -> str:
    """Return a message with arguments such as `on_error='drop'` written as options, such as `--on-error drop`."""
    arguments = [name for name in vars(options) if name not in _POSITIONAL]
    names = "|".join(dict.fromkeys(word for name in arguments for word in (name, _REPEATED.get(name, name))))
    message = re.sub(r"columns=\{'(\w+)': ('[^']*'|\.\.\.)\}", _column_option, message)
    message = message.replace("sheet=...", "--sheet NAME")
    message = message.replace("read_shipments(cumulative=True)", "--cumulative")
    message = message.replace("sf.uniform(low, high)", "a range with both its ends")
    message = re.sub(rf"(?<![\w.'(])(?<!, )({names})=\.\.\.", _open_option, message)
    message = re.sub(rf"^({names})=\[?([\w.+-]+(?:, [\w.+-]+)*)\]?(?=:)", _option, message)
    return re.sub(rf"(?<![\w.'])({names})=({_VALUES})", _option, message)


def _flag(name: str) -> str:
    """Return the option of an argument; one that takes several values has the singular, and is repeated."""
    return f"--{_REPEATED.get(name, name).replace('_', '-')}"


def _option(argument: re.Match[str]) -> str:
    option, value = _flag(argument[1]), argument[2]
    if value == "None":
        return f"no {option}"
    if value == "False":
        return f"--no-{option[2:]}"
    unquoted = re.sub(r"'([^' ]*\w[^' ]*)'", r"\1", value)  # a sign alone is hardly seen without quotes
    return option if value == "True" else f"{option} {unquoted}"


def _open_option(argument: re.Match[str]) -> str:
    return f"{_flag(argument[1])} ..."


def _column_option(argument: re.Match[str]) -> str:
    column = "" if argument[2] == "..." else f" {argument[2]}"
    return f"--{argument[1]}{column}"


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
        parser.error("say what to do: estimate, needed, flow, audit, backtest, reconcile or catalog")
    if getattr(options, "raw", False) and not (options.csv or getattr(options, "output", None)):
        parser.error("--raw is for --csv and for files that are written: give one of them (--json has all digits)")
    for name in ("munition", "munitions"):
        if isinstance(given := getattr(options, name, None), list):
            setattr(options, name, _joined(given))
    try:
        if getattr(options, "html", None) is not None:
            from shellflow.display import files

            files.check_place(options.html, "html")
        _COMMANDS[options.command](options)
    except ShellflowError as error:
        print(f"shellflow: {_in_options(' '.join(str(error).split()), options)}", file=sys.stderr)
        return 2
    return 0
