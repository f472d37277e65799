"""The result of a flow: sums of shipments by day, and what they are in rounds, period by period and in all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import display, inputs, sampling
from shellflow.catalog import Catalog
from shellflow.errors import ArgumentError, ShellflowError, bad_argument, printable, unknown_item
from shellflow.estimates import Estimate
from shellflow.estimates._basis import mixed
from shellflow.estimates._terms import Term
from shellflow.flows import _balance, _periods, _rows, _unknowns
from shellflow.flows._faults import Finding, merged_findings
from shellflow.flows._parts import Cargo, band, check_apart, periods_of, running, total_term
from shellflow.flows._sums import Sums
from shellflow.inputs import Input
from shellflow.packings import BASES

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Flow"]


@dataclass(frozen=True, eq=False, repr=False)
class Flow(display.Result):
    """Shipments over time, in rounds; made by `flow`, not by hand.

    Its rows have the columns period (its first day), munition, count (transports of any kind; of a range its midpoint),
    rows, low, median, high (rounds), cumulative_low, cumulative_median, cumulative_high, basis, grade.

    Everything is worked out draw by draw: periods add up to totals, while their medians and bands do not. A period
    without rows is shown with none: it may be one in which nothing went, or one that nobody looked at.

    Parameters
    ----------
    by : str or None
        Kind of period [unitless].
    cargoes : tuple of Cargo
        What the groups of rows carry.
    sums : Sums
        Counts by group and day.
    looked_at : tuple of pairs of int, or None
        First and last days of what was looked at, in order and apart; None without dates [day].
    stated : bool
        Whether that was said, by `between`, or else taken to be the days after the first row, up to the last
        [unitless].
    count_errors : str
        "shared" or "independent" [unitless].
    spread : float
        Variation from one transport to the next, over their mean [unitless].
    munition_share : Input
        Share of the transports that carry munitions at all [unitless].
    settings : sampling.Settings
        Number of draws and seed.
    made_by : mapping of str to str
        Version of the library and hash of the data.
    catalog : Catalog
        Where names are looked up; of a sum, that of its first flow.
    findings : tuple of Finding
        What was looked for in the rows of its tables, and what was found.
    remarks : tuple of str
        What else has to be said with the numbers.

    Raises
    ------
    ArgumentError
        If it has more than 10,000 periods.
    """

    by: str | None
    cargoes: tuple[Cargo, ...]
    sums: Sums
    looked_at: tuple[_periods.Span, ...] | None
    stated: bool
    count_errors: str
    spread: float
    munition_share: Input
    settings: sampling.Settings
    made_by: Mapping[str, str]
    catalog: Catalog
    findings: tuple[Finding, ...] = ()
    remarks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.covers is not None:
            _periods.starts_between(*self.covers, self.by)  # which refuses more periods than anybody means

    # --- what is in it ---

    @property
    def munitions(self) -> tuple[str, ...]:
        """The munitions in it, by name."""
        return tuple(sorted({cargo.munition for cargo in self.cargoes}))

    @property
    def bases(self) -> tuple[str, ...]:
        """Which it is of: capacity, contents, or both, of which each has its own total."""
        return self._bases(range(len(self.cargoes)))

    @property
    def stamp(self) -> dict[str, object]:
        """What makes it again: library version, hash of the data, number of draws and seed."""
        return {**self.made_by, "n": self.settings.n, "seed": self.settings.seed}

    @property
    def covers(self) -> _periods.Span | None:
        """First and last day looked at or with a row, counted from 1970-01-01; None without dates."""
        if self.looked_at is None:
            return None
        ends = [day for span in self.looked_at for day in span]
        if self.sums.day.size:
            ends += [int(self.sums.day.min()), int(self.sums.day.max())]
        return min(ends), max(ends)

    @property
    def start(self) -> dt.date | None:
        """First day it covers; None without dates."""
        return None if self.covers is None else _periods.date_of(self.covers[0])

    @property
    def end(self) -> dt.date | None:
        """Last day it covers; None without dates."""
        return None if self.covers is None else _periods.date_of(self.covers[1])

    @property
    def notes(self) -> tuple[str, ...]:
        """What has to be said with the numbers: how the table was read, and what is wrong or odd in its rows."""
        return (*self.remarks, *(str(finding) for finding in self.findings if finding.rows))

    @property
    def issues(self) -> pd.DataFrame:
        """What was looked for in the rows of the tables when the flow was made, one line a kind.

        Columns issue, rows, handling ("dropped", "kept", "" where there are none), first (a few such rows, in words). A
        flow keeps these findings and its sums, never a table; one that was cut keeps the findings of the whole.
        """
        lines = [(found.issue, found.rows, found.handling, "; ".join(found.first)) for found in self.findings]
        return display.frame(lines, columns=["issue", "rows", "handling", "first"])

    # --- in rounds ---

    def total(self, munition: str | None = None, *, basis: str | None = None) -> Estimate:
        """Return all rounds of the flow, or of one munition in it.

        Where some rows say what would fit and others what is probably inside, each has its total, and there is none of
        both.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        Estimate
            Rounds in every draw, the sum of those of the periods [round].

        Raises
        ------
        UnknownItemError
            If the flow has no such munition.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        """
        return self._estimate(total_term(self, self._of(munition, basis)))

    def periods(self, munition: str | None = None, *, basis: str | None = None) -> dict[dt.date, Estimate]:
        """Return the rounds of each period that has rows.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        dict of datetime.date to Estimate
            By the first day of the period [round].

        Raises
        ------
        UnknownItemError
            If the flow has no such munition.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        ArgumentError
            If the table has no dates.
        """
        self._needs_dates("periods")
        found = periods_of(self, self._of(munition, basis))
        return {
            _periods.date_of(one.begins): self._estimate(one.term)
            for one in found
            if one.term is not None and one.begins is not None
        }

    def rows(self, level: float | None = None) -> list[dict[str, Any]]:
        """Return one plain row for each munition, basis and period, without the totals of the report.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].

        Returns
        -------
        list of dict of str to object
            The columns of `to_frame`, a period as its first day.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(0.9 if level is None else level)
        return [row.values for row in self._rows(level)]

    def report(self, level: float | None = None) -> display.Report:
        """Return the flow as plain data: its totals, a row for each period, cautions and the stamp.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out [unitless].

        Returns
        -------
        display.Report
            With a row for each munition, basis and period, those without rows included.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return _rows.report_of(self, inputs.check_level(0.9 if level is None else level))

    def to_frame(self, level: float | None = None) -> pd.DataFrame:
        """Return the rows as a DataFrame, the periods as time stamps.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].

        Returns
        -------
        pandas.DataFrame
            One row for each of `rows`.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return _rows.frame(self.rows(level))

    def cumulative(self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None) -> pd.DataFrame:
        """Return the rounds up to the end of each period, all munitions added up draw by draw.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the bands, in (0, 1) [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns period (its first day), end, count, rows, low, median, high.

        Raises
        ------
        UnknownItemError
            If the flow has no such munition.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(level)
        found: list[dict[str, object]] = []
        count, rows = 0.0, 0
        for one, _, so_far in running(self, self._of(munition, basis)):
            count, rows = count + one.count, rows + one.rows
            low, median, high = band(so_far, level)
            row: dict[str, object] = {"period": _rows.date(one.begins), "end": _rows.date(one.end)}
            row |= {"count": count, "rows": rows}
            found.append(row | {"low": low, "median": median, "high": high})
        return _rows.frame(found)

    def rate(self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None) -> pd.DataFrame:
        """Return rounds per day of each period, over the days of it that the flow covers.

        A row counts what came up to its date, and the first row has no date before it to count from. Where nothing else
        was said, by `between`, the flow therefore covers the days after its first row, up to the last: the rows of the
        first day are left out of the rate, and a single row has none. A rate over few days says little. A sum of flows
        that were cut covers what each of them did: a period of which no day was looked at has no rate.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the bands, in (0, 1) [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns period (its first day), start and end (first and last day covered), days (that are covered),
            partial, count (transports on these days), low, median, high (rounds per day; missing where there is no
            rate), note (what is left out, or why there is no rate).

        Raises
        ------
        UnknownItemError
            If the flow has no such munition.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        ArgumentError
            If `level` is outside (0, 1), or the table has no dates.
        """
        level = inputs.check_level(level)
        self._needs_dates("rate")
        return _rows.frame(list(_rows.rates_of(self, self._of(munition, basis), level)))

    def between(self, start: object, end: object) -> Flow:
        """Return the flow of some days only, which is then taken to cover just these.

        Days without rows count as looked at: a period without any is then one in which nothing went. Of a flow that was
        cut before, only days that it covers already remain.

        Parameters
        ----------
        start, end : str or datetime.date
            First and last day, both included [ISO date].

        Returns
        -------
        Flow
            That part of it, which may be empty.

        Raises
        ------
        ArgumentError
            If one is no date, `start` is after `end`, the table has no dates, or the flow was cut before to days that
            lie outside.
        """
        self._needs_dates("between")
        first, last = _periods.read_day(start, "start"), _periods.read_day(end, "end")
        _periods.starts_between(first, last, None)
        assert self.looked_at is not None
        looked_at = _periods.within(self.looked_at, first, last) if self.stated else ((first, last),)
        if not looked_at:
            raise ArgumentError(
                f"start={start!s}, end={end!s}: the flow was cut to {self.start} to {self.end} before, and no day of "
                "that is left. Cut the whole flow."
            )
        inside = (self.sums.day >= first) & (self.sums.day <= last)
        return replace(self, sums=self.sums.where(inside), looked_at=looked_at, stated=True)

    def compare_errors(
        self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None
    ) -> pd.DataFrame:
        """Return the total under both readings of uncertain counts.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the bands, in (0, 1) [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns count_errors, low, median, high, chosen; one row for "shared", one for "independent".

        Raises
        ------
        UnknownItemError
            If the flow has no such munition.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        ArgumentError
            If `level` is outside (0, 1); if it is a sum in which two packings bear one name.
        """
        found = []
        for errors in _unknowns.COUNT_ERRORS:
            read = replace(self, count_errors=errors)
            check_apart(read)
            low, median, high = read.total(munition, basis=basis).band(level)
            row = {"count_errors": errors, "low": low, "median": median, "high": high}
            found.append(row | {"chosen": errors == self.count_errors})
        return _rows.frame(found)

    def balance(
        self,
        rate: object,
        *,
        munition: str | None = None,
        basis: str | None = None,
        share: object = None,
        stock: object = None,
        production: object = None,
        level: float = 0.9,
    ) -> _balance.Balance:
        """Set the flow against what is fired per day: how long it lasts, and the balance over time.

        Every rate keeps its own row: sources differ six-fold, and an average of them is nobody's figure. A rate that is
        said of some weeks is applied to the whole flow.

        The balance over time is that of the days which the flow covers: unless `between` said when it begins, these are
        the days after its first row, and what that row counts came before them. Give it as `stock` if it was still
        there.

        Parameters
        ----------
        rate : str, pint quantity, Input, Estimate, FiringRate or sequence of these
            A rate of one's own ("10k/day"); or a published one, by its key or record, or all of a side by its name
            ("Russia") [round/day].
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].
        share : number or Input, optional
            What part of the rounds fired is of this munition, above 0 and at most 1. Published rates count all
            calibres: against one munition they need it [unitless].
        stock : number, str, quantity or Input, optional
            Rounds there to begin with [round].
        production : str, quantity or Input, optional
            Rounds that come in besides the flow, per time [round/day].
        level : float
            Share of the draws in the bands, in (0, 1) [unitless].

        Returns
        -------
        Balance
            `lasts` and `over_time`, two tables.

        Raises
        ------
        UnknownItemError
            If there is no such munition or rate.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        ArgumentError, UnitError
            If a value is out of its limits or of another dimension; if a published rate is set against one munition
            without a share.
        """
        held = self._of(munition, basis)
        total = self.total(munition, basis=basis)
        asked = _balance.Asked(rate, share, stock, production, inputs.check_level(level))
        one_kind = len({name for place in held for name in _named(self.cargoes[place])}) == 1
        start = self.looked_at[0][0] if self.looked_at else None
        points = (
            []
            if start is None
            else [
                (period.begins, period.end, so_far)
                for period, _, so_far in running(self, held, covered_only=True)
                if period.end is not None and period.end >= start
            ]
        )
        return _balance.balance(total, points, start, one_kind, asked, self.catalog)

    # --- arithmetic and words ---

    def __add__(self, other: object) -> Flow:
        if not isinstance(other, Flow):
            return NotImplemented
        return _added(self, other)

    def __radd__(self, other: object) -> Flow:
        if isinstance(other, int) and not isinstance(other, bool) and other == 0:
            return self  # the start of sum([...])
        return NotImplemented

    def plot(
        self,
        munition: str | None = None,
        *,
        basis: str | None = None,
        level: float = 0.9,
        source: bool = False,
        ax: Axes | None = None,
    ) -> Axes:
        """Draw a bar for each period, its band as a whisker; one that the flow covers in part is hatched.

        The whiskers do not add up to that of the total. Needs matplotlib: `pip install "shellflow[plot]"`.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].
        level : float
            Share of the draws in the bands, in (0, 1) [unitless].
        source : bool
            Whether to print the sources and the stamp below [unitless].
        ax : matplotlib axes, optional
            Where to draw; a new figure when left out.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on.

        Raises
        ------
        ExtraError
            If matplotlib is not installed, or cannot open a figure here.
        UnknownItemError
            If the flow has no such munition.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        ArgumentError
            If `level` is outside (0, 1), the table has no dates, or `ax` is no axes 4 inches wide or more.
        """
        from shellflow.flows import _show

        self._needs_dates("plot")
        level = inputs.check_level(level)
        return _show.bars_of(self, self._of(munition, basis), level, self.total(munition, basis=basis), source, ax)

    def plot_cumulative(
        self,
        munition: str | None = None,
        *,
        basis: str | None = None,
        claims: object = None,
        rate: object = None,
        share: object = None,
        level: float = 0.9,
        source: bool = False,
        ax: Axes | None = None,
    ) -> Axes:
        """Draw the rounds up to and including each day as a fan, with what was claimed and what was used by then.

        The fan has a step at each day with rows; of more than some 250 such days only so many are drawn, each exactly.
        A rate is drawn as if it held on all days from the first that is covered to the last. Needs matplotlib:
        `pip install "shellflow[plot]"`.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        basis : "capacity" or "contents", optional
            One of `bases`; may be left out where there is one alone [unitless].
        claims : mapping of date to number, str or quantity, optional
            What was claimed by a day, such as {"2024-02-26": "more than 3M"} [round].
        rate, share
            Use to draw as lines, as for `balance`.
        level : float
            Share of the draws in the outer band, in (0, 1); within it stands that of one half [unitless].
        source : bool
            Whether to print the sources and the stamp below [unitless].
        ax : matplotlib axes, optional
            Where to draw; a new figure when left out.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on.

        Raises
        ------
        ExtraError
            If matplotlib is not installed, or cannot open a figure here.
        UnknownItemError
            If the flow has no such munition, or there is no such rate.
        BasisError
            If it is of capacity and contents, and `basis` does not say which.
        ArgumentError, UnitError
            If `level` is outside (0, 1), the table has no dates, `ax` is no axes 4 inches wide or more, or a claim
            cannot be read or is of another unit; and as `balance` does.
        """
        from shellflow.flows import _show

        self._needs_dates("plot_cumulative")
        level = inputs.check_level(level)
        held = self._of(munition, basis)
        uses: list[dict[Any, Any]] = []
        if rate is not None:
            balance = self.balance(rate, munition=munition, basis=basis, share=share)
            uses = balance.lasts.to_dict("records")
        return _show.fan_of(self, held, level, self.total(munition, basis=basis), claims, uses, source, ax)

    def __repr__(self) -> str:
        return f"<Flow of {self.what}>"

    @property
    def what(self) -> str:
        """What it is, in words."""
        rows = int(self.sums.rows.sum())
        when = "" if self.covers is None else f", {self.start} to {self.end}"
        return f"{rows:,} row{'' if rows == 1 else 's'} of {', '.join(map(printable, self.munitions))}{when}"

    # --- inside ---

    def _of(self, munition: str | None, basis: str | None = None) -> tuple[int, ...]:
        """Return the places of the cargoes of a munition, or of all, that are of one basis."""
        places = self._of_munition(munition)
        bases = self._bases(places)
        if basis is None:
            if len(bases) > 1:
                names = {cargo.basis: cargo.key for cargo in (self.cargoes[place] for place in reversed(places))}
                raise mixed({one: names[one] for one in bases}, "Give basis='capacity' or basis='contents'.")
            basis = bases[0]
        if basis not in BASES:
            raise bad_argument("basis", basis, f"one of {', '.join(BASES)}, or None where the flow is of one alone")
        chosen = tuple(place for place in places if self.cargoes[place].basis == basis)
        if not chosen:
            raise bad_argument("basis", basis, f"one of {', '.join(bases)}", "No row of this flow is of another basis.")
        return chosen

    def _bases(self, places: Iterable[int]) -> tuple[str, ...]:
        """Return what some cargoes answer, those without rows left out unless all are."""
        listed = list(places)
        with_rows = set(self.sums.group.tolist())
        bases = {self.cargoes[place].basis for place in listed if place in with_rows or with_rows.isdisjoint(listed)}
        return tuple(basis for basis in BASES if basis in bases)

    def _rows(self, level: float) -> list[_rows.Row]:
        """Return the rows of each munition, and each basis of it."""
        kinds = sorted({(cargo.munition, BASES.index(cargo.basis)) for cargo in self.cargoes})
        places = (
            [
                place
                for place, cargo in enumerate(self.cargoes)
                if (cargo.munition, cargo.basis) == (munition, BASES[basis])
            ]
            for munition, basis in kinds
        )
        return [row for of_kind in places for row in _rows.rows_of(self, of_kind, level)]

    def _of_munition(self, munition: str | None) -> tuple[int, ...]:
        """Return the places of the cargoes of a munition, or of all."""
        if munition is None:
            return tuple(range(len(self.cargoes)))
        if not isinstance(munition, str):
            raise bad_argument("munition", munition, "the name of a munition, or None for all")
        name = munition
        if name not in self.munitions:
            try:
                name = self.catalog.munitions[munition].munition
            except ShellflowError:
                name = munition
        found = tuple(place for place, cargo in enumerate(self.cargoes) if cargo.munition == name)
        if not found:
            raise unknown_item("munition", munition, self.munitions, "These are the ones in this flow.")
        return found

    def _estimate(self, term: Term) -> Estimate:
        return Estimate(term, self.settings, self.made_by)

    def _needs_dates(self, what: str) -> None:
        if self.covers is None:
            raise ArgumentError(f"{what}: the flow has no dates. Name their column: sf.flow(..., date=...).")


def _named(cargo: Cargo) -> set[str]:
    return {packing.munition.munition for packing in cargo.contents}


def _added(left: Flow, right: Flow) -> Flow:
    sampling.one_settings(left.settings, right.settings)
    inputs.gather((left.munition_share, right.munition_share))
    how: Sequence[tuple[str, Callable[[Flow], object]]] = (
        ("by", lambda one: one.by),
        ("count_errors", lambda one: one.count_errors),
        ("between", lambda one: one.spread),
        ("munition_share", lambda one: one.munition_share),
        ("dates", lambda one: one.looked_at is not None),
    )
    for name, read in how:
        if read(left) != read(right):
            raise ArgumentError(
                f"two flows with different {name} ({read(left)!r} and {read(right)!r}) cannot be added. "
                "Make both alike."
            )
    cargoes = list(left.cargoes)
    places = []
    for cargo in right.cargoes:
        like = next((place for place, one in enumerate(cargoes) if one.is_like(cargo)), None)
        if like is None:
            cargoes.append(cargo)
        elif cargo.alias and not cargoes[like].alias:
            cargoes[like] = replace(cargoes[like], alias=cargo.alias)
        places.append(len(cargoes) - 1 if like is None else like)
    joined = left.sums.joined(right.sums, np.array(places, dtype=np.int64))
    looked_at, stated = None, left.stated or right.stated
    if left.looked_at is not None and right.looked_at is not None:
        spans = _periods.joined((*left.looked_at, *right.looked_at))
        looked_at = spans if stated else _periods.after_first(joined.day)
    made_by = {
        key: value if right.made_by.get(key, value) == value else f"{value}+{right.made_by[key]}"
        for key, value in left.made_by.items()
    }
    added = replace(
        left,
        cargoes=tuple(cargoes),
        sums=joined,
        looked_at=looked_at,
        stated=stated,
        made_by=made_by,
        findings=merged_findings((*left.findings, *right.findings)),
        remarks=tuple(dict.fromkeys((*left.remarks, *right.remarks))),
    )
    check_apart(added)
    return added
