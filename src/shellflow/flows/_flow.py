"""The result of a flow: a ledger of shipments by day, in rounds by period and in all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shellflow import display, inputs
from shellflow.estimates import Estimate
from shellflow.flows import _balance, _ledger, _periods, _rounds, _rows
from shellflow.flows._rates import Demand
from shellflow.flows._shown import Shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Flow"]


@dataclass(frozen=True, eq=False, repr=False)
class Flow(Shown):
    """Shipments over time, in rounds; made by `flow`, not by hand.

    Its rows have the columns period (its first day), munition, count (transports of any kind), mass_t (tonnes, where
    rows give masses), rows, observed, filled (rows without a count that were taken for voyages), low, median, high
    (rounds), bound, cumulative_low, cumulative_median, cumulative_high, cumulative_bound, basis, grade. Of a range,
    count and mass are the midpoint, of a filled row the median of the containers to a voyage.

    A row may be a bound: at least so many ("floor"), or at most ("ceiling"). What holds floors is a lower bound: its
    low end is known, its median and high end are missing. What holds both has no bound ("none").

    A period is observed if a row of the flow, of whichever munition, is dated in it or accrues over days of it. In one
    that is not, nothing went or nobody looked: count, mass, rounds, bound and grade are missing there, and the sums so
    far go on. A row with the count 0 says that somebody looked and nothing went. Where a period is longer than a month,
    the notes name the months in it that were not observed.

    Everything is worked out draw by draw: periods add up to totals, while their medians and bands do not. The packing
    "reported" is an exception: its ratio is one of totals that contain each other, and what a period adds scatters
    more. A later period has the band of increments between such totals, or none where fewer than three are known.

    Parameters
    ----------
    ledger : Ledger
        Sums by day and group, the days covered, and the settings.
    """

    @property
    def munitions(self) -> tuple[str, ...]:
        """The munitions in it, by name."""
        return _ledger.munitions_of(self.ledger)

    @property
    def bases(self) -> tuple[str, ...]:
        """Capacity, contents, or both, of which each has its own total."""
        return _ledger.bases_of(self.ledger)

    @property
    def stamp(self) -> dict[str, object]:
        """What reproduces it: library version, hash of the data, number of draws and seed."""
        return _rows.stamp_of(self.ledger)

    @property
    def start(self) -> dt.date | None:
        """First day it covers; None without dates."""
        return None if self.ledger.covers is None else _periods.date_of(self.ledger.covers[0])

    @property
    def end(self) -> dt.date | None:
        """Last day it covers; None without dates."""
        return None if self.ledger.covers is None else _periods.date_of(self.ledger.covers[1])

    @property
    def notes(self) -> tuple[str, ...]:
        """Remarks to print with the numbers: how the table was read, and the findings in its rows."""
        return _rows.notes_of(self.ledger)

    @property
    def issues(self) -> pd.DataFrame:
        """What the rows of the tables were searched for, one row a kind.

        Columns issue, rows, handling ("dropped", "filled", "kept", "" without rows), first (the first such rows, in
        words). A flow keeps its findings and sums, never the table; a cut flow keeps all findings.
        """
        findings = self.ledger.findings
        lines = [(finding.issue, finding.rows, finding.handling, "; ".join(finding.first)) for finding in findings]
        return display.frame(lines, columns=["issue", "rows", "handling", "first"])

    def total(self, munition: str | None = None, *, basis: str | None = None) -> Estimate:
        """Return all rounds of the flow, or of one munition in it.

        Capacities and contents each have their own total; there is none of both.

        Parameters
        ----------
        munition, basis : str, optional
            One of `munitions` and one of `bases`; `basis` may be left out if there is only one [unitless].

        Returns
        -------
        Estimate
            Rounds in every draw [round].

        Raises
        ------
        UnknownItemError, BasisError
            If the flow has no such munition, or `basis` is needed to say which.
        NoDataError
            If it is the later part of a flow, and no band is known of what was added.
        """
        return _rounds.total_of(self.ledger, _ledger.places_of(self.ledger, munition, basis))

    def periods(self, munition: str | None = None, *, basis: str | None = None) -> dict[dt.date, Estimate]:
        """Return the rounds of each period that has rows.

        Parameters
        ----------
        munition, basis : str, optional
            One of `munitions` and one of `bases`; `basis` may be left out if there is only one [unitless].

        Returns
        -------
        dict of datetime.date to Estimate
            By the first day of the period [round].

        Raises
        ------
        UnknownItemError, BasisError
            If the flow has no such munition, or `basis` is needed to say which.
        ArgumentError
            If the table has no dates.
        NoDataError
            If no band is known of what a period adds.
        """
        _ledger.check_dates(self.ledger, "periods")
        return _rounds.estimates_of(self.ledger, _ledger.places_of(self.ledger, munition, basis))

    def rows(self, level: float | None = None, *, rounded: bool = False) -> list[dict[str, Any]]:
        """Return one plain row for each munition, basis and period, without the totals of the report.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].
        rounded : bool
            Whether to round the numbers as they are printed; all digits otherwise [unitless].

        Returns
        -------
        list of dict of str to object
            The columns of `to_frame`, a period as its first day; None where a value is missing.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(0.9 if level is None else level)
        rows = list(_rows.rows_of(self.ledger, level))
        if rounded:
            return display.rounded_rows([row.values for row in rows], [row.steps for row in rows])
        return [display.without_gaps(row.values) for row in rows]

    def to_frame(self, level: float | None = None, *, rounded: bool = False) -> pd.DataFrame:
        """Return the rows as a DataFrame, the periods as time stamps, or as dates where it is rounded.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].
        rounded : bool
            As for `rows`; columns are then of Int64 or, where not all numbers are whole, of decimals [unitless].

        Returns
        -------
        pandas.DataFrame
            One row for each of `rows`.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        if rounded:
            return _rows.frame(self.rows(level, rounded=True), rounded=True)
        level = inputs.check_level(0.9 if level is None else level)
        return _rows.frame([row.values for row in _rows.rows_of(self.ledger, level)])

    def cumulative(
        self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None, rounded: bool = False
    ) -> pd.DataFrame:
        """Return the rounds up to the end of each period, all munitions added up draw by draw.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        basis : str, optional
            One of `bases`; may be left out if there is only one [unitless].
        rounded : bool
            As for `to_frame` [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns period (its first day), end, count, mass_t, rows, observed (whether it was; where not, the sum does
            not grow, and before the first that was it is missing), low, median, high, bound.

        Raises
        ------
        UnknownItemError, BasisError
            If the flow has no such munition, or `basis` is needed to say which.
        ArgumentError
            If `level` is outside (0, 1).
        """
        level, places = inputs.check_level(level), _ledger.places_of(self.ledger, munition, basis)
        return _rows.frame(list(_rows.cumulative_of(self.ledger, places, level)), rounded=rounded)

    def rate(
        self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None, rounded: bool = False
    ) -> pd.DataFrame:
        """Return rounds per day of each period, over the days of it that the flow covers.

        A row counts what came up to its date, and without a day in `since` nothing says from when on. If that is so of
        the first row, and `between` did not state the days, the flow covers the days after its first row, up to the
        last: the rows of the first day are left out of the rate, and a single such row has none. A rate over few days
        says little. A sum of flows that were cut covers the days of each: a period without a covered day has no rate.

        A period that was not observed has no rate. One that is longer than a month is divided by all of its days, also
        by those of months that were not observed, which `note` names.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        basis : str, optional
            One of `bases`; may be left out if there is only one [unitless].
        rounded : bool
            As for `to_frame` [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns period (its first day), start and end (first and last day covered), days (that are covered),
            partial, count and mass_t (transports and tonnes on these days), observed (whether a row is dated or accrues
            on them), low, median, high (rounds per day), bound (it and these missing where there is no rate), note
            (what is left out, what was not observed, or why there is no rate).

        Raises
        ------
        UnknownItemError, BasisError
            If the flow has no such munition, or `basis` is needed to say which.
        ArgumentError
            If `level` is outside (0, 1), or the table has no dates.
        """
        level = inputs.check_level(level)
        _ledger.check_dates(self.ledger, "rate")
        places = _ledger.places_of(self.ledger, munition, basis)
        return _rows.frame(list(_rows.rates_of(self.ledger, places, level)), rounded=rounded)

    def between(self, start: object, end: object) -> Flow:
        """Return the flow of some days only, which is then taken to cover just these.

        A period of it without rows is not observed, whatever the days stated; on other days without rows nothing went.
        If the flow was cut before, only days that it covers remain.

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
            If a day is no date, `start` is after `end`, the table has no dates, or the flow was cut before to days that
            lie outside.
        """
        return Flow(_ledger.cut(self.ledger, start, end))

    def compare_errors(
        self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None, rounded: bool = False
    ) -> pd.DataFrame:
        """Return the total with shared and with independent errors of counts.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        basis : str, optional
            One of `bases`; may be left out if there is only one [unitless].
        rounded : bool
            As for `to_frame` [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns count_errors, low, median, high, bound, chosen; one row for "shared", one for "independent".

        Raises
        ------
        UnknownItemError, BasisError
            If the flow has no such munition, or `basis` is needed to say which.
        ArgumentError
            If `level` is outside (0, 1); if it is a sum in which two packings bear one name.
        """
        level = inputs.check_level(level)
        return _rows.frame(list(_rows.errors_of(self.ledger, munition, basis, level)), rounded=rounded)

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
        """Set the flow against rates of fire: how long it lasts, and what is left over time.

        Each rate has its own row: sources differ six-fold, and nobody stated their average. A rate stated for some
        weeks is applied to the whole flow.

        The balance over time is of the days that the flow covers. Unless `between` stated them, these are the days
        after the first row, whose count came before. Give it as `stock` if it was still in store.

        Parameters
        ----------
        rate : str, pint quantity, Input, Estimate, FiringRate or sequence of these
            A rate of one's own ("10k/day"); or a published one, by its key or record, or all of a side by its name
            ("Russia") [round/day].
        munition, basis : str, optional
            One of `munitions` and one of `bases`; `basis` may be left out if there is only one [unitless].
        share : number or Input, optional
            Part of the rounds fired that is of this munition, above 0 and at most 1. Published rates count all
            calibres: a flow of one munition needs it [unitless].
        stock : number, str, quantity or Input, optional
            Rounds in store at the beginning [round].
        production : str, quantity or Input, optional
            Rounds per time that come in besides the flow [round/day].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        Balance
            With the tables `lasts` and `over_time`.

        Raises
        ------
        ShellflowError
            If an argument is not as above, of another dimension or out of its limits.
        """
        places = _ledger.places_of(self.ledger, munition, basis)
        demand = Demand(rate, share, stock, production, inputs.check_level(level))
        return _balance.balance(self.ledger, places, demand)

    def __add__(self, other: object) -> Flow:
        return Flow(_ledger.added(self.ledger, other.ledger)) if isinstance(other, Flow) else NotImplemented

    def __radd__(self, other: object) -> Flow:
        is_start = isinstance(other, int) and not isinstance(other, bool) and other == 0  # of sum([...])
        return self if is_start else NotImplemented
