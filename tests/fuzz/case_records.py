"""What is kept and looked up: JSON, the catalog, claims."""

from __future__ import annotations

import copy
import json
import pickle
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

import shellflow as sf
from shellflow.errors import shown
from tests.fuzz import texts, values
from tests.fuzz.running import Case, check, check_estimate, check_plain
from tests.fuzz.shared import (
    CELLS,
    DATES,
    MUNITIONS,
    PACKINGS,
    anything,
    estimates,
    evaluated,
    folder,
    same_as,
)
from tests.fuzz.values import Value

__all__ = ["KINDS"]


_DEEP = 100_000
_VALUES: tuple[Any, ...] = (
    -1, 0, 1, -0.0, 1e308, -1e308, 1e-320, 10**12, 10**30, 10**400, 0.5, 64.5, True, None, "", "x", "lb", "kg",
    "claims", "contents", "capacity", "Uniform", "Fixed", "Sum", "Estimate", "\ud800", "\x00", "\u202e",
    "a" * 100_000, "1e400", [], [[]], {}, {"type": "Fixed", "value": -1}, {"type": "Uniform", "low": 5, "high": 4},
    {"type": "WithPpf"}, {"input": "lost"}, {"type": "Settings"}, {"type": []}, {"input": []}, [None] * 1000,
    float("nan"), float("inf"),
)  # fmt: skip


def json_read(rng: random.Random) -> Case:
    """The JSON of an estimate with something in it exchanged, or broken as text."""
    text = rng.choice(estimates()).to_json()
    if rng.random() < 0.25:
        place = rng.randrange(len(text))
        broken: Any = rng.choice(
            (
                text[:place],
                text[:place] + rng.choice(texts.INVISIBLE + '{}[],:"0-e.') + text[place + 1 :],
                "[" * _DEEP,
                '{"format": 1, "estimate": ' + '{"type": "Sum", "terms": [' * _DEEP,
                text.replace("64", "9" * 5000),
                text.replace("0.", "-0."),
                text.replace(": ", ": NaN, ", 3),
                text.encode(),
                anything(rng).value,
                "",
                "null",
                "5",
                '"x"',
                "[]",
                "{}",
                '{"format": 1}',
            )
        )
    else:
        document = json.loads(text)
        for _ in range(rng.choice((1, 1, 1, 2, 5))):
            _exchange(rng, document)
        broken = json.dumps(document)

    def call() -> Any:
        return sf.from_json(broken)

    def look(estimate: Any) -> None:
        check(estimate.settings.n <= 2**24, f"has n={estimate.settings.n}")
        check(estimate.unit in ("round", "container", "day"), f"is in {estimate.unit}")
        check_estimate(estimate, least=0.0)
        again = pickle.loads(pickle.dumps(estimate))
        check(bool(np.array_equal(again.values, estimate.values)), "changes in a pickle")
        check(bool(np.array_equal(copy.deepcopy(estimate).values, estimate.values)), "changes in a copy")

    return Case(f"from_json({shown(broken)})", call, look)


def _exchange(rng: random.Random, document: Any) -> None:
    """Exchange one value somewhere in it, or take it away."""
    place: Any = document
    key: Any = rng.choice(("estimate", "inputs", "inputs", "settings", "made_by", "format", "summary"))
    while isinstance(place.get(key) if isinstance(place, dict) else place[key], dict | list) and rng.random() < 0.9:
        inner = place[key]
        if not inner:
            break
        place, key = inner, rng.choice(list(inner)) if isinstance(inner, dict) else rng.randrange(len(inner))
        if isinstance(place, dict) and key not in place:
            return
    old = place[key] if not isinstance(place, dict) or key in place else None
    if rng.random() < 0.1:
        place.pop(key, None) if isinstance(place, dict) else place.pop(key)
    elif rng.random() < 0.3 and isinstance(old, int | float) and abs(old) < 1e300:
        place[key] = rng.choice((-old, old * 1e300, old * -1e-9, old * 1.5, str(old)))
    else:
        place[key] = copy.deepcopy(rng.choice(_VALUES))


# --- the catalog ---


def looked_up(rng: random.Random) -> Case:
    table = rng.choice(("munitions", "transports", "packages", "claims"))
    name = values.name(rng)
    asked = rng.choice(("find", "table", "item", "key_of", "load", "mix", "mix shares"))
    shares = {one: rng.choice((0.5, values.hostile(rng).value)) for one in ("152mm", rng.choice(values.NAMES))}

    def call() -> Any:
        if asked == "find":
            return sf.catalog.shipped().find(name)
        if asked == "table":
            return sf.catalog.shipped().table(name)
        if asked == "item":
            return sf.catalog.shipped().table(table)[name]
        if asked == "key_of":
            return sf.catalog.shipped().table(table).key_of(name)
        if asked == "load":
            return sf.catalog.load(rng.choice((name, anything(rng).value)))
        mix = sf.mix("152mm", name) if asked == "mix" else sf.mix(shares)
        return sf.estimate(10, mix, packing=rng.choice(PACKINGS))

    def look(answer: Any) -> None:
        repr(answer)
        if isinstance(answer, sf.Estimate):
            check_estimate(answer, "round", least=0.0)
        elif isinstance(answer, sf.catalog.Table):
            answer.to_frame().to_string()

    return Case(f"{asked}({shown(name)}, {table}, {shown(shares)})", call, look)


def loaded(rng: random.Random) -> Case:
    """A folder of tables with one cell exchanged, or one file broken."""
    shipped = Path(str(sf.catalog.__file__)).parents[1] / "data"
    files = sorted(shipped.glob("*.csv"))
    chosen = rng.choice(files)
    lines = chosen.read_text(encoding="utf-8").splitlines()
    if rng.random() < 0.8:
        line = rng.randrange(len(lines))
        cells = lines[line].split(",")
        cells[rng.randrange(len(cells))] = rng.choice(CELLS)
        lines[line] = ",".join(cells)
    elif rng.random() < 0.5:
        lines = lines[: rng.randrange(len(lines))]
    else:
        lines.insert(rng.randrange(len(lines)), rng.choice((*CELLS, lines[-1], lines[0])))
    content = "\n".join(lines).encode("utf-8", "surrogatepass")
    if rng.random() < 0.1:
        content = rng.choice((content + b"\xff\xfe", "\n".join(lines).encode("utf-16", "ignore"), b"\x00" * 1000))

    def call() -> Any:
        tables = folder() / "catalog"
        shutil.rmtree(tables, ignore_errors=True)
        shutil.copytree(shipped, tables, ignore=shutil.ignore_patterns("__pycache__"))
        (tables / chosen.name).write_bytes(content)
        catalog = sf.catalog.load(tables)
        return [_if_known(munition, packing, catalog) for munition in MUNITIONS for packing in PACKINGS]

    def look(estimates: Any) -> None:
        for estimate in estimates:
            if estimate is not None:
                check_estimate(estimate, "round", least=0.0)

    return Case(f"load of {chosen.name}: {shown(content)}", call, look)


def _if_known(munition: str, packing: str, catalog: Any) -> sf.Estimate | None:
    try:
        return evaluated(sf.estimate(100, munition, packing=packing, catalog=catalog))
    except sf.ShellflowError:
        return None


def audited(rng: random.Random) -> Case:
    sides: list[Value] = []
    for _ in range(2):
        kind = rng.random()
        if kind < 0.5:
            written = rng.choice((texts.count, texts.range_of, texts.bound, texts.nonsense))(rng)
            sides.append(Value(written, None, written.unit))
        else:
            given = anything(rng)
            sides.append(replace(given, read=False) if isinstance(given.value, list | tuple) else given)  # a range
    count, rounds = (one.value.text if isinstance(one.value, texts.Text) else one.value for one in sides)
    if rng.random() < 0.3:
        count = rng.choice((6700, "64 voyages", (3000, 5000), (5, anything(rng).value)))
        sides[0] = Value(count, read=False)
    options: dict[str, Any] = {}
    for argument in (
        "transport",
        "packings",
        "basis",
        "date",
        "family",
        "corridor",
        "claims",
        "containers_per_voyage",
    ):
        if rng.random() < 0.06:
            options[argument] = rng.choice((values.name(rng), anything(rng).value, *DATES))
    munition = values.name(rng) if rng.random() < 0.1 else rng.choice(MUNITIONS)

    def look(answer: sf.Audit) -> None:
        for text in (str(answer), repr(answer), answer._repr_html_(), answer.to_markdown()):
            check_plain(text)
        answer.to_frame().to_string()
        check(all(map(np.isfinite, answer.ratio)) or answer.ratio_bound != "point", f"has the ratio {answer.ratio}")
        for side, read in zip(sides, (answer.statement.units, answer.statement.rounds), strict=True):
            if isinstance(side.value, texts.Text):
                assert read is not None
                same_as(side.value, read.low, read.high)
            else:
                check(not side.read or side.means is not None, f"takes {shown(side.value)} for a number")

    title = f"audit({shown(count)}, {shown(rounds)}, {shown(munition)}, {shown(options)})"
    return Case(title, lambda: sf.audit(count, rounds, munition, **options), look)


def recorded(rng: random.Random) -> Case:
    """Filters of the record, and a record of one's own with a cell exchanged."""
    options: dict[str, Any] = {}
    asked = rng.choice(("claims", "backtest"))
    names = (
        ("claimant", "family", "corridor", "munition", "basis", "since", "until")
        if asked == "claims"
        else ("family", "munition")
    )
    for argument in rng.sample(names, 2):
        options[argument] = rng.choice((values.name(rng), None, "rok-mnd", *DATES))
    if asked == "backtest" and rng.random() < 0.3:
        options["level"] = values.hostile(rng).value
    table: Any = None
    if rng.random() < 0.5:
        frame = sf.catalog.claims.to_frame().astype(object)
        frame.iloc[rng.randrange(len(frame)), rng.randrange(frame.shape[1])] = rng.choice(
            (*CELLS, None, 5.5, True, np.nan)
        )
        table = rng.choice((frame, frame.to_dict("records"), anything(rng).value))

    def look(answer: Any) -> None:
        if asked == "backtest":
            for text in (str(answer), repr(answer), answer.to_markdown()):
                check_plain(text)
            answer.to_frame().to_string()
        else:
            answer.to_string()

    title = f"{asked}({shown(table)}, {shown(options)})"
    return Case(title, lambda: getattr(sf, asked)(table, **options), look)


KINDS: dict[Callable[[random.Random], Case], int] = {
    json_read: 14,
    looked_up: 6,
    loaded: 2,
    audited: 5,
    recorded: 3,
}
"""How often each kind of case is tried, against the others."""
