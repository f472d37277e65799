"""Tables of shipments, and the command."""

from __future__ import annotations

import contextlib
import io
import json
import random
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

import shellflow as sf
from shellflow.cli import main
from shellflow.errors import shown
from tests.fuzz import texts, values
from tests.fuzz.running import Case, WrongError, check, check_estimate, check_plain
from tests.fuzz.shared import (
    CELLS,
    DATES,
    PACKINGS,
    anything,
    close,
    folder,
    one_round,
)
from tests.fuzz.values import Value

__all__ = ["KINDS"]


def as_they_are(cells: list[object]) -> pd.Series[Any]:
    """Return cells as a column, none of them turned into an array, as pandas 2 does with quantities."""
    column = np.empty(len(cells), dtype=object)
    for place, cell in enumerate(cells):
        column[place] = cell
    try:
        return pd.Series(column)
    except UnicodeEncodeError:  # of pandas, where all are texts and one holds half a letter
        return pd.Series(column, dtype=object)


def flowed(rng: random.Random) -> Case:
    """A small table of shipments with hostile cells: the total is the sum of what its counts say."""
    size = rng.randrange(1, 5)
    clean = rng.random() < 0.4
    counts = [Value(float(rng.randrange(1, 500))) for _ in range(size)]
    if clean:
        counts = [Value(number, float(number)) for number in rng.choices(range(1, 9000), k=size)]
    else:
        counts[rng.randrange(size)] = anything(rng)
    counts = [
        Value(one.value, float(one.value)) if isinstance(one.value, float) and one.means is None else one
        for one in counts
    ]
    dates: list[object] = [f"2024-02-{day:02}" for day in rng.choices(range(1, 29), k=size)]
    if rng.random() < 0.3:
        dates[rng.randrange(size)] = rng.choice((*DATES, values.hostile(rng).value, rng.choice(texts.NONSENSE)))
    columns: dict[str, list[object]] = {"date": dates, "count": [one.value for one in counts]}
    if rng.random() < 0.15:
        columns["low"], columns["high"] = [anything(rng).value] * size, [anything(rng).value] * size
    if rng.random() < 0.2:
        columns[str(rng.choice(values.NAMES[:8]))] = [values.name(rng)] * size
    options: dict[str, Any] = {"munition": "152mm", "packing": one_round()}
    for argument in (
        "munition",
        "packing",
        "transport",
        "by",
        "between",
        "name",
        "carrier",
        "date",
        "count",
        "mass",
        "duplicates",
    ):
        if rng.random() < 0.04:
            options[argument] = rng.choice((values.name(rng), anything(rng).value))
    if rng.random() < 0.1:
        options["on_error"] = "drop"
    usual = set(options) == {"munition", "packing"} and set(columns) == {"date", "count"}

    def call() -> Any:
        frame = pd.DataFrame({column: as_they_are(cells) for column, cells in columns.items()})
        table = rng.choice((frame, frame, frame, _inferred(frame), values.hostile(rng).value))
        return sf.flow(table, **options), table is frame or isinstance(table, pd.DataFrame)

    def look(answer: Any) -> None:
        flow, own = answer
        for text in (str(flow), repr(flow), flow._repr_html_()):
            check_plain(text)
        flow.to_frame().to_string()
        flow.issues.to_string()
        for munition in flow.munitions:
            check_estimate(flow.total(munition), least=0.0)
        if usual and own and "count" in columns and flow.what:
            check(all(not one.read or one.means is not None for one in counts), f"takes {shown(columns)} for numbers")
            if all(one.means is not None for one in counts):
                total = sum(one.means for one in counts if one.means is not None)
                got = float(flow.total().values[0])
                check(close(got, total), f"adds {shown(columns)} up to {got}")

    return Case(f"flow({shown(columns)}, {shown(options)})", call, look)


def _inferred(frame: pd.DataFrame) -> pd.DataFrame:
    try:
        return frame.infer_objects()
    except UnicodeEncodeError:  # of pandas, where a text holds half a letter
        return frame


def asked_of_flow(rng: random.Random) -> Case:
    flow = _flow()
    value: Any = anything(rng).value
    start, end = (rng.choice((anything(rng).value, values.name(rng), *DATES)) for _ in range(2))
    calls = {
        "total": lambda: flow.total(value),
        "periods": lambda: flow.periods(value),
        "between": lambda: flow.between(start, end),
        "rows": lambda: flow.rows(value),
        "rate": lambda: flow.rate(level=value),
        "cumulative": lambda: flow.cumulative(value),
        "+": lambda: flow + value,
    }
    asked = rng.choice(list(calls))

    def look(answer: Any) -> None:
        repr(answer)
        if isinstance(answer, sf.Flow):
            check_plain(str(answer))
        if isinstance(answer, sf.Estimate):
            check_estimate(answer, least=0.0)

    return Case(
        f"{asked} of a flow: {shown(value)}, {shown(start)}, {shown(end)}", calls[asked], look, operator=asked == "+"
    )


@cache
def _flow() -> sf.Flow:
    return sf.flow(pd.DataFrame({"date": ["2024-01-03", "2024-02-01"], "count": [3, 5]}), munition="152mm")


def commanded(rng: random.Random) -> Case:
    """The command in this process, printing to a terminal that may know few letters."""
    encoding = rng.choice(("utf-8", "cp1252", "ascii"))
    written = rng.choice((texts.count, texts.range_of, texts.bound, texts.nonsense, texts.quantity))(rng)
    word = str(rng.choice(values.NAMES))
    arguments: list[str] = rng.choice(
        (
            ["estimate", written.text, "-m", "152mm", "-p", rng.choice(PACKINGS)],
            ["estimate", "6700", "-m", word],
            ["estimate", "6700", "-m", "152mm", "-p", word],
            ["estimate", "6700", "-m", "152mm", "-t", word],
            ["estimate", "64 voyages", "-m", "152mm", "--containers-per-voyage", written.text],
            [
                "estimate",
                "6700",
                "-m",
                "152mm",
                "--level",
                rng.choice(("0.9", "nan", "2", "-1", "x", "1e400", written.text)),
            ],
            ["needed", written.text, "-m", "152mm", "-p", "reported"],
            ["audit", written.text, "3M", "-m", "152mm"],
            ["audit", "6700", written.text, "-m", "152mm"],
            ["audit", "6700", "3M", "-m", "152mm", rng.choice(("--date", "--family", "--corridor", "--claims")), word],
            ["backtest", rng.choice(("--family", "-m", "--level")), word],
            ["catalog", rng.choice(("munitions", "claims", word)), word],
            ["flow", _shipments(rng), "-m", "152mm"],
            ["flow", word, "-m", "152mm"],
            [word, written.text],
        )
    )
    if rng.random() < 0.3:
        arguments = [*arguments, rng.choice(("--json", "--csv"))]

    def call() -> Any:
        out, err = (io.TextIOWrapper(io.BytesIO(), encoding, newline="\n") for _ in range(2))
        err.reconfigure(errors="backslashreplace")  # as that of a process
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            try:
                code: object = main(arguments)
            except SystemExit as end:
                code = end.code
        err.flush()
        out.flush()
        return code, out, err

    def look(answer: Any) -> None:
        code, out, err = answer
        said, told = (stream.buffer.getvalue().decode(encoding) for stream in (out, err))
        check(code in (0, 2), f"ends with {code}: {told[-200:]!a}")
        check((code == 2) == (not said) or "Error" not in told, f"prints {said[:80]!a} and ends with {code}")
        check_plain(said)
        check_plain(told)
        if code == 2:
            check(bool(told.strip()) and len(told) < 3000, f"says {len(told)} letters")
        if code == 0 and "--json" in arguments:
            json.loads(said, parse_constant=_refuse_constant)
        if code == 0 and arguments[0] == "estimate" and arguments[1] == written.text and arguments[-1] == "--json":
            check(written.low is not None or written.high is not None, f"takes {written.text!a} for a number")
            row = json.loads(said)[0]
            if written.low == written.high and written.unit == "container" and row["median"] is not None:
                one = sf.estimate(1, "152mm", packing=row["packing"])
                assert written.low is not None
                wanted = written.low * one.band()[1]
                check(close(row["median"], wanted), f"prints {row['median']} for {wanted}")

    return Case(f"shellflow {shown(arguments)} in {encoding}", call, look)


def _refuse_constant(constant: str) -> object:
    raise WrongError(f"prints {constant} as JSON")


def _shipments(rng: random.Random) -> str:
    """Return the path of a file of shipments with something hostile in it."""
    cell = rng.choice((texts.count(rng).text, rng.choice(texts.NONSENSE), rng.choice(CELLS), "5", "6700"))
    date = rng.choice(("2024-02-19", "2024-02-19", *(str(one) for one in DATES)))
    header = rng.choice(
        ("date,count", "date,count", "Date;Count", "date,n", "date\tcount", "date,count,count", "\ufeffdate,count")
    )
    quoted = '"' + cell.replace('"', '""') + '"'
    lines = [
        header,
        "2024-01-03,5",
        f"{date},{rng.choice((cell, quoted))}",
        *rng.choice(([], ["total,10"], ["2024-03-01"])),
    ]
    content = rng.choice(("\n", "\r\n", "\r")).join(lines)
    encoding = rng.choice(("utf-8", "utf-8", "utf-8", "utf-16", "cp1251"))
    path = folder() / f"shipments{rng.choice(('.csv', '.csv', '.csv', '.parquet', '.txt'))}"
    path.write_bytes(content.encode(encoding, "surrogatepass" if encoding.startswith("utf") else "replace"))
    return str(path)


KINDS: dict[Callable[[random.Random], Case], int] = {
    flowed: 6,
    asked_of_flow: 3,
    commanded: 6,
}
"""How often each kind of case is tried, against the others."""
