"""A flow as rows, in numbers and in words."""

from __future__ import annotations

import contextlib
import datetime as dt
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import display, words
from shellflow.errors import NoDataError, printable
from shellflow.estimates import Estimate, answer_of, ends_in_words, sources_of
from shellflow.flows import _periods, _unknowns
from shellflow.flows._increments import increments_in_words
from shellflow.flows._ledger import Ledger, bases_of, check_apart, estimate_of, munitions_of, places_of
from shellflow.flows._observed import NOT_OBSERVED, gaps_in_words, gaps_of, spans_in_words
from shellflow.flows._rounds import (
    NONE,
    UNKNOWN,
    Band,
    Period,
    band,
    band_and_step,
    part,
    periods_of,
    running,
    total_of,
)
from shellflow.packings import BASES
from shellflow.terms import Bound, add, bound_of_sum, known_ends

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "Row",
    "cumulative_of",
    "errors_of",
    "frame",
    "notes_of",
    "rates_of",
    "report_of",
    "rows_of",
    "stamp_of",
    "title_of",
    "totals_of",
]


@dataclass(frozen=True)
class Row:
    """One period of one munition on one basis: the plain row, the steps to which its medians are rounded, and words."""

    values: dict[str, object]
    step: float
    step_so_far: float
    in_words: tuple[str, str]
    so_far_in_words: tuple[str, str]
    amounts_in_words: dict[str, str]

    @property
    def steps(self) -> dict[str, float]:
        """The steps by what the names of their values begin with."""
        return {"": self.step, "cumulative_": self.step_so_far}


def title_of(ledger: Ledger) -> str:
    rows = int(ledger.sums.rows.sum())
    days = "" if ledger.covers is None else ", {} to {}".format(*map(_periods.date_of, ledger.covers))
    number = words.with_noun(f"{rows:,}" if rows else "no", "row")
    if not rows and ledger.sums.day.size:  # rows that accrue are counted on their last day
        number = "parts of rows"
    return f"{number} of {', '.join(map(printable, munitions_of(ledger)))}{days}"


def stamp_of(ledger: Ledger) -> dict[str, object]:
    return {**ledger.made_by, "n": ledger.settings.n, "seed": ledger.settings.seed}


def rows_of(ledger: Ledger, level: float) -> Iterator[Row]:
    """Yield one row for each munition, basis and period."""
    for munition, basis in sorted({(cargo.munition, BASES.index(cargo.basis)) for cargo in ledger.cargoes}):
        kind = (munition, BASES[basis])
        places = [place for place, cargo in enumerate(ledger.cargoes) if (cargo.munition, cargo.basis) == kind]
        yield from _rows_of_kind(ledger, places, level)


def _rows_of_kind(ledger: Ledger, places: Sequence[int], level: float) -> Iterator[Row]:
    """Yield one row for each period of some cargoes of one munition and basis."""
    grades: dict[tuple[int, ...], str] = {}
    nothing, unknown = ((0.0, 0.0, 0.0), 1.0), (UNKNOWN, 1.0)
    reading_so_far = unknown  # until the first period that was observed
    bound_so_far: Bound = "point"
    seen = False
    for period, values, so_far in running(ledger, places):
        reading = nothing
        if period.observed and not seen:
            seen, reading_so_far = True, nothing
        if period.cargoes:
            reading, reading_so_far = band_and_step(values, level), band_and_step(so_far, level)
            bound_so_far = bound_of_sum(bound_so_far, period.bound)
        elif not period.observed:
            reading = unknown
        low, median, high = known_ends(reading[0], period.bound)
        low_so_far, median_so_far, high_so_far = known_ends(reading_so_far[0], bound_so_far)
        cargoes = period.cargoes or tuple(places)
        if cargoes not in grades:
            grades[cargoes] = _grade_of(ledger, cargoes)
        row: dict[str, object] = {
            "period": _date(period.begins),
            "munition": ledger.cargoes[places[0]].munition,
            **_amounts(period),
            "rows": period.rows,
            "observed": period.observed,
            "filled": period.filled,
            "low": low,
            "median": median,
            "high": high,
            "bound": period.bound if period.observed else None,
            "cumulative_low": low_so_far,
            "cumulative_median": median_so_far,
            "cumulative_high": high_so_far,
            "cumulative_bound": bound_so_far if seen else None,
            "basis": ledger.cargoes[places[0]].basis,
            "grade": None if not period.observed else "assumed" if period.accrues or period.filled else grades[cargoes],
        }
        yield Row(
            row,
            reading[1],
            reading_so_far[1],
            _in_words(*reading, period.bound),
            _in_words(*reading_so_far, bound_so_far) if seen else (NOT_OBSERVED, ""),
            _amounts_in_words(period),
        )


def _in_words(band: Band, step: float, bound: Bound) -> tuple[str, str]:
    """Return a number of rounds and its band in words; of a bound the end that is known, and what is open."""
    if math.isnan(band[1]):
        return "", "no band"
    quantiles = words.say_quantiles(*band, step, bound=bound)
    return (quantiles.median, quantiles.band) if bound == "point" else ends_in_words(quantiles, bound)


def _amounts(period: Period) -> dict[str, object]:
    """Return transports and tonnes of a period, missing where it was not observed."""
    amounts = {"count": period.count, "mass_t": period.mass_t}
    return {name: amount if period.observed else math.nan for name, amount in amounts.items()}


def _amounts_in_words(period: Period) -> dict[str, str]:
    """Return transports and tonnes of a period in words; of a bound the end that is known."""
    if not period.observed or period.bound == "none":
        return dict.fromkeys(("count", "mass_t"), "no bound" if period.observed else "")
    texts = (words.say(amount, words.step(amount, amount), bound=period.bound) for amount in period.known)
    return {name: words.with_bound(period.bound, text) for name, text in zip(("count", "mass_t"), texts, strict=True)}


def _grade_of(ledger: Ledger, places: Sequence[int]) -> str:
    parts = [part(replace(ledger, cut_off=False), place, NONE) for place in places]
    return estimate_of(ledger, add(*(term for term in parts if term is not None))).grade


def cumulative_of(ledger: Ledger, places: Sequence[int], level: float) -> Iterator[dict[str, object]]:
    """Yield the rounds up to the end of each period of some cargoes."""
    count, mass_t, rows = 0.0, 0.0, 0
    bound: Bound = "point"
    seen = False
    for period, _, so_far in running(ledger, places):
        seen |= period.observed
        count, mass_t, rows = count + period.count, mass_t + period.mass_t, rows + period.rows
        bound = bound_of_sum(bound, period.bound)
        low, median, high = band(so_far, level, bound) if seen else UNKNOWN
        row: dict[str, object] = {"period": _date(period.begins), "end": _date(period.end)}
        row |= {"count": count if seen else math.nan, "mass_t": mass_t if seen else math.nan}
        row |= {"rows": rows, "observed": period.observed}
        yield row | {"low": low, "median": median, "high": high, "bound": bound if seen else None}


def errors_of(ledger: Ledger, munition: str | None, basis: str | None, level: float) -> Iterator[dict[str, object]]:
    """Yield the total with shared and with independent errors of counts."""
    for errors in _unknowns.COUNT_ERRORS:
        reading = replace(ledger, count_errors=errors)
        check_apart(reading)
        total = total_of(reading, places_of(reading, munition, basis))
        low, median, high = total.band(level)
        is_chosen = errors == ledger.count_errors
        row: dict[str, object] = {"count_errors": errors, "low": low, "median": median, "high": high}
        yield row | {"bound": total.bound, "chosen": is_chosen}


def rates_of(ledger: Ledger, places: Sequence[int], level: float) -> Iterator[dict[str, object]]:
    """Yield the rounds per day of each period, as `Flow.rate` says, of some cargoes."""
    every_row, gaps = periods_of(ledger, places), gaps_of(ledger)
    for period, (covered, values, _) in zip(every_row, running(ledger, places, covered_only=True), strict=True):
        uncovered = period.rows - covered.rows
        notes = []
        if not covered.days and not uncovered:
            notes.append("no day of it is covered")
        elif uncovered:
            notes.append(f"{_NO_BEGINNING}: {'not counted here' if covered.cargoes else 'no rate'}")
        elif not covered.observed:
            notes.append(f"{NOT_OBSERVED}: no row is dated or accrues on the days covered")
        has_rate = covered.days > 0 and covered.observed and bool(covered.cargoes or not uncovered)
        if has_rate and values is None:
            notes.append("no band is known of what it adds")
        within = [part for first, last in covered.covered for part in _periods.within(gaps, first, last)]
        if has_rate and within:
            notes.append(f"divided by the days of {spans_in_words(ledger, within)} too, which were {NOT_OBSERVED}")
        ends = band(values, level, covered.bound) if has_rate else (math.nan,) * 3
        low, median, high = (end / covered.days if has_rate else end for end in ends)
        yield {
            "period": _date(period.begins),
            "start": _date(covered.covered[0][0] if covered.covered else None),
            "end": _date(covered.covered[-1][1] if covered.covered else None),
            "days": covered.days,
            "partial": covered.partial,
            **_amounts(covered),
            "observed": covered.observed,
            "low": low,
            "median": median,
            "high": high,
            "bound": covered.bound if has_rate else None,
            "note": "; ".join(notes),
        }


_NO_BEGINNING = "since when the first row counts is not stated"

_DATES = ("period", "start", "end")


def frame(rows: Sequence[Mapping[str, object]], *, rounded: bool = False) -> pd.DataFrame:
    """Return rows as a DataFrame, their days as time stamps; rounded, as dates, which print without a time."""
    if rounded:
        return display.rounded_frame(display.rounded_rows(rows))
    table = display.frame(rows)
    for name in _DATES:
        if name in table:
            table[name] = time_stamps(table[name])
    return table


def time_stamps(days: Iterable[dt.date | None]) -> npt.NDArray[np.datetime64]:
    """Return days as time stamps of seconds: pandas 2 would take nanoseconds, which end in the year 2262."""
    return np.array(list(days), dtype="datetime64[s]")


def _date(day: int | None) -> dt.date | None:
    return None if day is None else _periods.date_of(day)


APART = "capacity and contents are not added up: one is what would fit, the other what is probably inside"


def report_of(ledger: Ledger, level: float) -> display.Report:
    """Return a flow as plain data: a total on each basis, a row for each period, notes and the stamp."""
    rows = list(rows_of(ledger, level))
    totals = dict(totals_of(ledger))
    apart = [APART] if len(totals) > 1 else []
    notes = [note for total in totals.values() for note in total.reasons.cautions]
    asides = [note for total in totals.values() for note in total.notes if note in total.reasons.asides]
    wide = f"{words.percent(level)} band"
    amounts = _amounts_of(ledger)
    right = (*amounts.values(), "rows", "rounds", wide, "so far", f"{wide} so far")
    return display.Report(
        title_of(ledger),
        answers=tuple(
            answer_of(total, level, "in all" if len(totals) == 1 else f"in all, {basis}")
            for basis, total in totals.items()
        )
        if ledger.sums.day.size
        else (display.Answer(NOT_OBSERVED, "which is not 0", "in all"),),
        columns=(
            display.Column("period"),
            display.Column("munition"),
            *(display.Column(name, right=True) for name in right),
            display.Column("basis"),
            display.Column("grade"),
        ),
        cells=tuple(_cells(row, ledger.by, amounts) for row in rows),
        rows=tuple(map(display.without_gaps, (row.values for row in rows))),
        steps=tuple(row.steps for row in rows),
        bands=tuple(_band(row.values) for row in rows),
        caption=f"by {ledger.by}" if ledger.by else "all rows",
        cautions=tuple(dict.fromkeys((*apart, *increments_in_words(ledger), *notes_of(ledger), *notes))),
        details=tuple(dict.fromkeys(asides)),
        sources=sources_of(totals.values()),
        stamp=stamp_of(ledger),
    )


def totals_of(ledger: Ledger) -> Iterator[tuple[str, Estimate]]:
    """Yield the total on each basis, but for those of which no band is known."""
    for basis in bases_of(ledger):
        with contextlib.suppress(NoDataError):
            yield basis, total_of(ledger, places_of(ledger, None, basis))


def _band(values: Mapping[str, Any]) -> Band | None:
    low, median, high = (float(values[name]) for name in ("low", "median", "high"))
    return None if math.isnan(median) else (low, median, high)


def _amounts_of(ledger: Ledger) -> dict[str, str]:
    """Return the columns of amounts that say something in this flow, with their headings."""
    masses = {cargo.is_mass for cargo in ledger.cargoes}
    headings = {"count": "transports", "mass_t": "tonnes"}
    return {name: heading for name, heading in headings.items() if (name == "mass_t") in masses}


def _cells(row: Row, by: str | None, amounts: Iterable[str]) -> tuple[str, ...]:
    values: Mapping[str, Any] = row.values
    period = "all" if values["period"] is None else _periods.label(_periods.day_of(values["period"]), by)
    numbers = [row.amounts_in_words[name] for name in amounts]
    rows = f"{values['rows']:,}"
    texts = (*(row.in_words if values["observed"] else (NOT_OBSERVED, "")), *row.so_far_in_words)
    return period, values["munition"], *numbers, rows, *texts, values["basis"], values["grade"] or ""


def notes_of(ledger: Ledger) -> tuple[str, ...]:
    """Return the remarks on how the tables were read, the findings in their rows, and what was not observed."""
    findings = (str(finding) for finding in ledger.findings if finding.rows)
    return (*ledger.remarks, *_accruing(ledger), *_bounded(ledger), *_filled(ledger), *findings, *gaps_in_words(ledger))


def _bounded(ledger: Ledger) -> Iterator[str]:
    """Yield the remark on rows that are bounds, without a number where they are counted on each day they reach."""
    sums = ledger.sums
    found = []
    for rows, what, known, unknown in (
        (sums.floors, 'a lower bound ("at least")', "low", "high"),
        (sums.ceilings, 'an upper bound ("at most")', "high", "low"),
    ):
        if rows.any():
            accrues = bool((sums.accrued & (rows > 0)).any())
            number = "rows" if accrues else words.with_noun(f"{int(rows.sum()):,}", "row")
            end = f"periods and totals that hold them show the {known} end of their band, and have no {unknown} end"
            found.append((f"{number} with {what}", end))
    if len(found) > 1:
        yield f"{' and '.join(what for what, _ in found)}: what holds both has no bound"
    elif found:
        yield ": ".join(found[0])


def _filled(ledger: Ledger) -> Iterator[str]:
    """Yield the remark on rows without a count that were filled."""
    if ledger.per_voyage is not None and ledger.sums.filled.any():
        low, median, high = ledger.per_voyage.band()
        quantiles = words.say_quantiles(low, median, high, words.step(low, high, median))
        voyages = ledger.sums.filled.sum()
        rows = words.with_noun(words.say(voyages, words.step(voyages, voyages)), "row")
        yield (
            f"{rows} without a count filled, each as a voyage of {quantiles.median} containers (90 %: "
            f"{quantiles.band}), one unknown for all of them (assumed)"
        )


def _accruing(ledger: Ledger) -> Iterator[str]:
    """Yield the remark on rows that accrue; of a flow that was cut, which may hold parts of rows, without a number."""
    accrued = ledger.sums.accrued
    if not accrued.any():
        return
    number = int(ledger.sums.rows[accrued].sum())
    rows = "rows" if ledger.splits else words.with_noun(f"{number:,}", "row")
    verb, their = ("accrues", "its") if rows == "1 row" else ("accrue", "their")
    yield f"{rows} with a day in since {verb} evenly over the days after it through {their} date (assumed)"
