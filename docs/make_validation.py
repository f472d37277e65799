"""Make `explanation/validation.md` from the shipped record: `python docs/make_validation.py`.

Nothing in the page is written by hand but the sentences around the tables, and a test holds the page to this script.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

import shellflow as sf
from shellflow import catalog, inputs, sampling, words
from shellflow.catalog import Claim

__all__ = ["KINDS", "LEVELS", "PAGE", "SIZES", "coverage", "page"]

PAGE = Path(__file__).parent / "explanation" / "validation.md"

LEVELS = (0.5, 0.8, 0.9, 0.95)
SIZES = (3, 5, 9)
RECORDS = 200_000

Floats = npt.NDArray[np.float64]


# --- how often the rule holds -----------------------------------------------------------------------------------------


def _uniforms(stream: int, *shape: int) -> Floats:
    # Raw output, which numpy keeps from release to release; its distributions it may change, and the page with them.
    raw = np.random.Philox(key=stream).random_raw(math.prod(shape))
    return ((raw >> np.uint64(11)).astype(np.float64) + 0.5).reshape(shape) / 2.0**53


def _normals(stream: int, *shape: int) -> Floats:
    first, second = _uniforms(stream, 2, *shape)
    return np.asarray(np.sqrt(-2.0 * np.log(first)) * np.cos(2.0 * np.pi * second))


def _independent(k: int) -> tuple[Floats, Floats]:
    values = np.exp(0.2 * _normals(k, RECORDS, k + 1))
    return values[:, :k], values[:, k]


def _each_like_the_last(k: int) -> tuple[Floats, Floats]:
    """Return values of which each repeats much of the one before it: correlation 0.7."""
    fresh = _normals(100 + k, RECORDS, k + 1)
    logs = fresh.copy()
    for place in range(1, k + 1):
        logs[:, place] = 0.7 * logs[:, place - 1] + math.sqrt(1 - 0.7**2) * fresh[:, place]
    values = np.exp(0.2 * logs)
    return values[:, :k], values[:, k]


def _shared_error(k: int) -> tuple[Floats, Floats]:
    """Return values that share one error, and the truth, which does not have it."""
    own, shared = _normals(200 + k, RECORDS, k + 1), _normals(300 + k, RECORDS, 1)
    return np.exp(0.2 * (own[:, :k] + shared)), np.exp(0.2 * own[:, k])


def _totals(k: int) -> tuple[Floats, Floats]:
    """Return ratios of totals, each of which contains those before, and that of the next total."""
    parts = np.exp(0.3 * _normals(400 + k, RECORDS, k + 1))
    running = np.cumsum(parts, axis=1) / np.arange(1, k + 2)
    return running[:, :k], running[:, k]


def _next_part(k: int) -> tuple[Floats, Floats]:
    """Return ratios of totals, and that of what was added after the last of them."""
    parts = np.exp(0.3 * _normals(400 + k, RECORDS, k + 1))
    return (np.cumsum(parts, axis=1) / np.arange(1, k + 2))[:, :k], parts[:, k]


def _rounded(k: int) -> tuple[Floats, Floats]:
    """Return values rounded to one digit, as statements are, and the next one rounded alike."""
    values = 450.0 * np.exp(0.1 * _normals(500 + k, RECORDS, k + 1))
    rounded = np.round(values, -2)
    return rounded[:, :k], rounded[:, k]


def _floors(k: int) -> tuple[Floats, Floats]:
    """Return floors somewhere below what is meant, and the next value that is meant."""
    values, below = np.exp(0.2 * _normals(600 + k, RECORDS, k + 1)), 1.0 - 0.3 * _uniforms(700 + k, RECORDS, k + 1)
    return (values * below)[:, :k], values[:, k]


KINDS: Mapping[str, Callable[[int], tuple[Floats, Floats]]] = {
    "independent, log-normal: what the rule assumes": _independent,
    "each much like the last (correlation 0.7)": _each_like_the_last,
    "one error shared by all, and the band held against the truth": _shared_error,
    "totals that contain each other, and the next total": _totals,
    "totals that contain each other, and what was added next": _next_part,
    "rounded to one digit, with a scatter of a tenth": _rounded,
    "floors up to 30 % below what is meant, and the next value meant": _floors,
}


@cache
def coverage(kind: str, k: int) -> tuple[float, ...]:
    """Return how often the band of `sampling.predictive` holds the next value, for each of `LEVELS`.

    Parameters
    ----------
    kind : str
        One of `KINDS`: how the values come about [unitless].
    k : int
        Number of values to fit [unitless].

    Returns
    -------
    tuple of float
        Shares of the records [unitless].

    Raises
    ------
    KeyError
        If there is no such kind.
    """
    before, following = KINDS[kind](k)
    center, scale = sampling.predictive_parameters(before, before)
    # Rounded values may all agree, and then the band has no width.
    apart = np.abs(np.log(following) - center)
    shares = []
    for level in LEVELS:
        reach = float(sampling.student_t_quantile(np.array([(1 + level) / 2]), k - 1)[0])
        shares.append(float(np.mean(apart <= reach * scale + 1e-12)))
    return tuple(shares)


# --- the page ---------------------------------------------------------------------------------------------------------


def page() -> str:
    """Return the text of the page."""
    parts = [_HEAD, _verdicts(), _findings(), _backtest(), _increments(), _left_out(), _coverage(), _TAIL]
    return "\n\n".join(part.strip() for part in parts) + "\n"


_HEAD = """
# Validation

<!-- Made by docs/make_validation.py; change that, not this page. -->

A band that nobody tests is decoration. This page holds ours against everything published that we know of, and says
where it misses. It is made from the shipped record by a script, and a test fails when it is not what the script makes.
"""

_TAIL = """
## What this does not show

There is no count of what was inside any of these containers, so nothing here tests `as-loaded` as an answer about
contents. The record is one office's for the most part; that it agrees with itself says nothing about whether it is
right.
"""

_ON_VERDICTS = """
Each claim that names a munition and bounds a ratio. The last four columns are its position in the band of each packing:
the share of the draws below the number stated. It is not a probability of truth. A claim is left out of
`reported` while it is judged.
"""

_ON_MISSES = """
Misses: numbers outside the 90 % band of `reported`, made from what the ministry said on other days. A number of another
office or outlet is listed too, though the band is for what the ministry would say.
"""

_ON_FINDINGS = """
Found from arithmetic and the words stated alone. Every version of another outlet that the record keeps for this purpose
has to be here, and nothing that is sound.
"""

_ON_INCREMENTS = """
Official totals contain each other. Rounds to a container of the totals scatter little; those of what was added from one
total to the next scatter far more, and a band for the next total is none for those.
"""

_ON_COVERAGE = f"""
{RECORDS:,} invented records, each of k values and the next one, through the arithmetic that the library uses. Where the
values are what the rule assumes, independent and log-normal, it holds as often as it says:
"""

_SO = """
So a band for what an office would say next is no band for the truth, and no band for what was added last.
"""


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _judged() -> list[tuple[Claim, sf.Audit]]:
    found = []
    for row in catalog.claims:
        if row.munition == "unspecified" or row.ratio_bound == "none":
            continue
        audit = sf.audit(
            _side(row.units_low, row.units_high, row.units_bound),
            _side(row.rounds_low, row.rounds_high, row.rounds_bound),
            row.munition,
            transport=row.transport,
            date=row.date,
            family=row.family,
        )
        found.append((row, audit))
    return found


def _side(low: int | None, high: int | None, bound: str) -> str:
    lead = {"floor": "more than ", "ceiling": "up to "}.get(bound, "")
    return lead + " to ".join(dict.fromkeys(str(end) for end in (low, high) if end is not None))


def _verdicts() -> str:
    judged = _judged()
    rows = []
    for row, audit in judged:
        ratio = " to ".join(dict.fromkeys(f"{one:,.1f}" for one in audit.ratio))
        places = []
        for packing in ("reported", "ceiling", "crated", "as-loaded"):
            position = audit[packing].position
            places.append(" to ".join(dict.fromkeys(map(words.percent, position))) if position else "no data")
        bound = {"floor": "at least ", "ceiling": "at most "}.get(audit.ratio_bound, "")
        rows.append([f"`{row.claim}`", row.munition, f"{bound}{ratio}", audit.verdict, *places])
    at_ceiling = [
        f"- `{row.claim}`: {note}" for row, audit in judged for note in audit.notes if "at or above the ceiling" in note
    ]
    misses = []
    for row, audit in judged:
        position = audit["reported"].position
        if position is not None and (position[1] < 0.05 or position[0] > 0.95):
            said = " to ".join(dict.fromkeys(map(words.percent, position)))
            misses.append(f"- `{row.claim}` ({row.claimant}): position {said}")
    headings = ("claim", "munition", "rounds to a transport", "verdict", "reported", "ceiling", "crated", "as-loaded")
    return "\n\n".join(
        (
            "## Every claim of the record, judged",
            _ON_VERDICTS.strip(),
            _table(headings, rows),
            _ON_MISSES.strip(),
            "\n".join(misses) or "None.",
            "Claims of the record itself that stand at the ceiling of their box:",
            "\n".join(at_ceiling) or "None.",
        )
    )


def _findings() -> str:
    frame = sf.claims()
    rows = []
    for key, found in zip(frame["claim"], frame["findings"], strict=True):
        record = catalog.claims[str(key)]
        if found or record.rendering_of:
            rows.append([f"`{key}`", str(found) or "**missed**", "yes" if record.rendering_of else "no"])
    return "\n\n".join(
        (
            "## Broken numbers",
            _ON_FINDINGS.strip(),
            _table(("claim", "finding", "kept as another outlet's version"), rows),
        )
    )


def _backtest() -> str:
    found = sf.backtest()
    table = _table([one.name for one in found.headings()], found.cells())
    misses = "\n".join(f"- `{one.claim}`" for one in found.misses) or "None."
    return "\n\n".join(
        (
            "## The record, predicted from itself",
            "Each statement from what the same office had said before it of the same munition and transport.",
            table,
            "\n".join(f"- {line}" for line in found.summary()),
            "Misses:",
            misses,
        )
    )


def _increments() -> str:
    rows = []
    for munition in ("152mm", "122mm-rocket"):
        record, box = catalog.munitions[munition], catalog.transports["20ft-24t"]
        said = catalog.reported_claims(record, box)
        for before, after in itertools.pairwise(said):
            rounds, units = (_stated(after, side) - _stated(before, side) for side in ("rounds", "units"))
            if units > 0:
                total, added = catalog.stated_ratio(after)[0], rounds / units
                rows.append([munition, after.date, f"{total:,.0f}", f"{added:,.0f}"])
    return "\n\n".join(
        (
            "## Totals hide what was added",
            _ON_INCREMENTS.strip(),
            _table(("munition", "date", "of the total", "of what was added"), rows),
        )
    )


def _stated(row: Claim, side: str) -> int:
    low, high = getattr(row, f"{side}_low"), getattr(row, f"{side}_high")
    return int(high if low is None else low)


def _left_out() -> str:
    rows, misses = [], []
    for kind in ("container", "wagon"):
        known = catalog.observed_loads(kind)
        averages = {row.load: (row.mass_t_low / row.transports, row.mass_t_high / row.transports) for row in known}
        for key, (low, high) in averages.items():
            others = [ends for other, ends in averages.items() if other != key]
            if len(others) < 3:
                continue
            fitted = inputs.fit_observations(
                key, others, unit="kg", source="the others", grade="derived", band_for="the one left out"
            ).band()
            hit = low <= fitted[2] and high >= fitted[0]
            said = " to ".join(dict.fromkeys(f"{one:.1f}" for one in (low, high)))
            rows.append([f"`{key}`", kind, f"{fitted[0]:.1f} to {fitted[2]:.1f}", said, "hit" if hit else "miss"])
            misses += [] if hit else [f"- `{key}`"]
    return "\n\n".join(
        (
            "## Observed loads, each predicted from the others",
            "Average load of a transport in tonnes, 90 % band. Kinds with fewer than four shipments cannot be tested.",
            _table(("shipment", "kind", "band from the others", "observed", ""), rows),
            "Misses:",
            "\n".join(misses) or "None.",
        )
    )


def _coverage() -> str:
    rows = [[f"k = {k}", *(f"{100 * share:.1f} %" for share in coverage(next(iter(KINDS)), k))] for k in SIZES]
    levels = [f"{100 * level:.0f} % claimed" for level in LEVELS]
    others = [
        [kind, *(f"{100 * coverage(kind, k)[LEVELS.index(0.9)]:.1f} %" for k in SIZES)] for kind in list(KINDS)[1:]
    ]
    return "\n\n".join(
        (
            "## How often the rule holds",
            _ON_COVERAGE.strip(),
            _table(("", *levels), rows),
            "Where they are not, it does not. Of bands that claim 90 %:",
            _table(("the values are", *(f"k = {k}" for k in SIZES)), others),
            _SO.strip(),
        )
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
