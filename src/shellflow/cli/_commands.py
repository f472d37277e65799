"""What each command calls, and how it prints the result."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from shellflow import display
from shellflow.cli._arguments import TABLES
from shellflow.cli._options import in_options
from shellflow.errors import unknown_item

if TYPE_CHECKING:
    from shellflow.estimates import Comparison

__all__ = ["COMMANDS"]

_POSITION = (
    "position in the band: share of the draws below the claimed number, under that packing; it is not the "
    "probability that the claim is true."
)


def _estimate(options: argparse.Namespace) -> None:
    from shellflow.estimates import compare

    comparison = compare(
        options.count,
        options.munition,
        packings=options.packing,
        transport=options.transport,
        containers_per_voyage=options.containers_per_voyage,
    )
    _print_comparison(comparison, options)


def _needed(options: argparse.Namespace) -> None:
    from shellflow.estimates import compare_needed

    comparison = compare_needed(options.rounds, options.munition, packings=options.packing, transport=options.transport)
    _print_comparison(comparison, options)


def _print_comparison(comparison: Comparison, options: argparse.Namespace) -> None:
    level = options.level
    if options.json or options.csv:
        _print_rows(comparison.rows(level), options)
        return
    display.print_table(comparison.headings(level), comparison.cells(level), title=comparison.what)
    findings = [f"- {finding}" for finding in comparison.findings()]
    display.print_lines(["", *findings, *([""] if findings else []), *comparison.reading()])


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
    if options.json or options.csv:
        _print_rows(judged.rows(), options)
        return
    display.print_lines([*judged.before(), ""])
    display.print_table(judged.headings(), judged.cells())
    display.print_lines(["", *judged.after(), "", _POSITION])


def _backtest(options: argparse.Namespace) -> None:
    from shellflow.backtests import backtest

    tested = backtest(options.file, family=options.family, munition=options.munition, level=options.level)
    if options.json or options.csv:
        _print_rows(tested.rows(), options)
        return
    if tested.predictions:
        display.print_table(tested.headings(), tested.cells())
        print()
    display.print_lines(tested.summary())


def _flow(options: argparse.Namespace) -> None:
    from shellflow import flows, inputs, shipments
    from shellflow.flows import _rows, _writing

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
        _writing.write(flow, options.output, level)
    if options.json or options.csv:
        _print_rows([{**row, "period": str(row["period"])} for row in flow.rows(level)], options)
        _print_notes(flow.notes, options)
        return
    display.print_table(flow.headings(level), flow.cells(level), title=flow.what)
    display.print_lines(["", *(in_options(line, options) for line in _rows.reasoned(flow, level))])


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


COMMANDS: Mapping[str, Callable[[argparse.Namespace], None]] = {
    "estimate": _estimate,
    "needed": _needed,
    "flow": _flow,
    "audit": _audit,
    "backtest": _backtest,
    "catalog": _catalog,
}
