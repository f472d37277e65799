"""What all kinds of cases share: estimates that they ask, hostile cells and dates, and a folder for files."""

from __future__ import annotations

import atexit
import datetime as dt
import math
import random
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

import shellflow as sf
from tests.fuzz import texts, values
from tests.fuzz.running import check
from tests.fuzz.texts import Text
from tests.fuzz.values import Value

__all__ = [
    "CELLS",
    "DATES",
    "MUNITIONS",
    "PACKINGS",
    "anything",
    "close",
    "estimates",
    "evaluated",
    "folder",
    "one_round",
    "same_as",
]

MUNITIONS = ("152mm", "122mm-rocket", "122mm-shell")
PACKINGS = ("reported", "ceiling", "crated", "as-loaded")


@cache
def one_round() -> Any:
    """Return a packing of one round to a container, under which an estimate repeats the count it was given."""
    return sf.packing("152mm", rounds_per_transport=1, name="one round")


@cache
def estimates() -> tuple[sf.Estimate, ...]:
    """Return estimates of every build: a ratio, a package, a sum, a mix, a need, a time."""
    crated = sf.estimate(6700, "152mm", packing="crated")
    rockets = sf.estimate(sf.uniform(40, 60, name="fuzz wagons"), "122mm-rocket", packing="crated")
    return (
        sf.estimate("6.7k containers", "152mm"),
        crated,
        crated + rockets,
        sf.estimate(100, sf.mix("152mm", "122mm-rocket"), packing="crated"),
        sf.units_needed("3M", "152mm", packing="ceiling"),
        crated.lasts_at("10k/day"),
        sf.estimate(10, "152mm", packing=one_round()),
    )


def close(got: float, wanted: float) -> bool:
    """Whether two numbers are the same but for rounding."""
    return math.isclose(got, wanted, rel_tol=1e-9, abs_tol=1e-300)


def evaluated(estimate: sf.Estimate) -> sf.Estimate:
    """Return an estimate once its values are known: what cannot be is refused there at the latest."""
    estimate.values  # noqa: B018  worked out when asked for
    return estimate


def anything(rng: random.Random) -> Value:
    """Return a hostile object, or a text with what it says."""
    if rng.random() < 0.6:
        return values.hostile(rng)
    written = rng.choice((texts.count, texts.count, texts.nonsense, texts.lengthened, texts.bound, texts.quantity))(rng)
    known = written.low == written.high and not written.text.endswith(texts.MEASURES)
    return Value(written.text, written.value, written.unit, read=known)


def same_as(written: Text, low: float | None, high: float | None) -> None:
    """Check both ends of what was read."""
    check(not (written.low is None and written.high is None), f"reads {low}, {high} in {written.text[:80]!a}")
    for got, wanted in ((low, written.low), (high, written.high)):
        same = got is wanted if got is None or wanted is None else close(got, wanted)
        check(same, f"reads {low}, {high} for {written.low}, {written.high} in {written.text[:80]!a}")


CELLS = (
    "", " ", "-1", "0", "nan", "inf", "1e400", "1e-400", "5 kg", "5,5", "5.000", "1 000", "true", "2024-13-01",
    "2024-02-30", "24-1-1", "\u202e5", "\x00", "a" * 10_000, '"', "'", ";", "=1+1", "<b>", "152mm", "container",
    "\ud800", "0.5", "1e308", "99999",
)  # fmt: skip


DATES = (
    "2024", "2024-02", "2024-02-19", "2024-02-30", "2024-13", "0000-01-01", "9999-12-31", "10000-01-01", "19.02.2024",
    dt.date(2024, 2, 19), dt.datetime(2024, 2, 19, tzinfo=dt.UTC), dt.date.min, dt.date.max, pd.NaT, 2024, "-2024",
    "２０２４",
)  # fmt: skip


@cache
def folder() -> Path:
    made = tempfile.mkdtemp(prefix="shellflow-fuzz-")
    atexit.register(shutil.rmtree, made, ignore_errors=True)
    return Path(made)
