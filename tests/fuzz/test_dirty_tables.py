"""Random dirty tables, the same in every run: each is read rightly or refused, and nothing is lost in silence.

`SHELLFLOW_TABLES=2000 pytest tests/fuzz/test_dirty_tables.py` tries that many.
"""

from __future__ import annotations

import math
import os
import random
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import shellflow as sf
from tests.fuzz.dirty import Dirty, dirty_table

COUNT = int(os.environ.get("SHELLFLOW_TABLES", "150"))


def rows_of(made: sf.Shipments) -> list[tuple[object, ...]]:
    frame = made.frame[made.frame["bound"] != "missing"]
    days, lows, highs = (frame[name].tolist() for name in ("date", "low", "high"))
    ends = zip(lows, highs, strict=True)
    return [
        (day.date(), *(None if math.isnan(end) else end for end in both)) for day, both in zip(days, ends, strict=True)
    ]


def check(table: Dirty, made: sf.Shipments, *, settled: bool) -> None:
    expected: list[tuple[object, ...]] = list(table.rows)
    if table.cut and any("put quotes around it" in remark for remark in made.remarks):
        return  # nothing but the remark can tell
    assert rows_of(made) == expected
    left_out = made.account[made.account["read_as"] == "left out"]["row"].nunique()
    assert left_out == (table.blanks + table.totals if settled else 0)
    assert (made.frame["bound"] == "missing").sum() == (0 if settled else table.blanks)
    ranged = sum(low != high for _, low, high in table.rows)
    assert made.account["why"].str.contains("a range|a lower bound|an upper bound").sum() >= ranged


def test_every_dirty_table_is_read_rightly_or_refused(report: Callable[[str], None], tmp_path: Path) -> None:
    path, ends = tmp_path / "shipments.csv", Counter[str]()
    refusals: list[tuple[int, str]] = []
    for number in range(COUNT):
        table = dirty_table(random.Random(f"tables {number}"))
        path.write_text(table.text, encoding="utf-8")
        for settled, options in ((True, table.settling), (False, {})):
            try:
                made = sf.read_shipments(path, **options)
            except sf.ShellflowError as error:
                ends["refused"] += 1
                refusals += [(number, str(error))] if settled and table.rows and not table.cut else []
                continue
            ends["read"] += 1
            try:
                check(table, made, settled=settled)
            except AssertionError as error:
                raise AssertionError(f"table {number}, settled={settled}: {error}\n{table.text}") from None
    report(
        f"{COUNT:,} dirty tables, each with and without arguments: {ends['read']:,} read, {ends['refused']:,} refused"
    )
    assert not refusals  # where every argument is given, nothing is left to refuse
    assert min(ends["read"], ends["refused"]) > COUNT / 10
