"""What each command calls, and how it prints the result."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from shellflow import display
from shellflow.cli._arguments import TABLES
from shellflow.cli._options import in_options
from shellflow.errors import unknown_item

__all__ = ["COMMANDS"]


def _estimate(options: argparse.Namespace) -> None:
    from shellflow.estimates import compare

    comparison = compare(
        options.count,
        options.munition,
        packings=options.packing,
        transport=options.transport,
        containers_per_voyage=options.containers_per_voyage,
    )
    _print(comparison, options, options.level)


def _needed(options: argparse.Namespace) -> None:
    from shellflow.estimates import compare_needed

    comparison = compare_needed(options.rounds, options.munition, packings=options.packing, transport=options.transport)
    _print(comparison, options, options.level)


def _print(result: display.Result, options: argparse.Namespace, level: float | None = None) -> None:
    report = result.report(level)
    if options.json or options.csv:
        _print_rows(report.rows, options)
    else:
        cautions = tuple(in_options(caution, options) for caution in report.cautions)
        display.print_report(replace(report, cautions=cautions))


def _audit(options: argparse.Namespace) -> None:
    from shellflow.audits import audit

    judged = audit(
        options.count,
        options.rounds,
        options.munition,
        transport=options.transport,
        packings=options.packing,
        basis=options.basis,
        date=options.date,
        family=options.family,
        corridor=options.corridor,
        claims=options.claims,
        containers_per_voyage=options.containers_per_voyage,
    )
    _print(judged, options)


def _backtest(options: argparse.Namespace) -> None:
    from shellflow.backtests import backtest

    tested = backtest(options.file, family=options.family, munition=options.munition, level=options.level)
    _print(tested, options)


def _flow(options: argparse.Namespace) -> None:
    from shellflow import flows, inputs, shipments
    from shellflow.cli import _writing

    level = inputs.check_level(options.level)
    roles = {role: getattr(options, role) for role in shipments.SPELLINGS}
    with display.progress(f"summing up {os.path.basename(options.file)}"):  # noqa: PTH119  pathlib takes long to load
        sheet = shipments.read_file(options.file, roles, options.encoding)
        _print_notes(sheet.remarks, options)
        columns, remarks = shipments.guess(sheet.columns, roles)
        _print_notes(remarks, options)
        arguments: dict[str, Any] = {
            **columns,
            "by": None if options.by == "none" else options.by,
            "count_errors": options.count_errors,
            "fractional": options.fractional,
            "on_error": options.on_error,
            "duplicates": options.duplicates,
            "look": options.look,
        }
        flow = flows.flow(sheet.frame, **arguments)
    if options.output:
        _writing.write(flow.to_frame(level), options.output)
    _print(flow, options, level)
    if options.json or options.csv:
        _print_notes(flow.notes, options)


def _print_notes(notes: Iterable[str], options: argparse.Namespace) -> None:
    for note in notes:
        print(f"shellflow: {in_options(note, options)}.", file=sys.stderr)


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


def _print_rows(rows: Sequence[Mapping[str, object]], options: argparse.Namespace) -> None:
    """Print rows as JSON or CSV, with escapes for the letters that the encoding lacks."""
    if options.json:
        text = display.to_json(rows)
        print(text if display.can_show(text, sys.stdout) else display.to_json(rows, ascii_only=True))
        return
    with display.forgiving(sys.stdout, "backslashreplace"):
        print(display.to_csv(rows), end="")


COMMANDS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "estimate": _estimate,
    "needed": _needed,
    "flow": _flow,
    "audit": _audit,
    "backtest": _backtest,
    "catalog": _catalog,
}
