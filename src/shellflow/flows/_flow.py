"""The result of a flow: a ledger of shipments by day, and what it is in rounds, period by period and in all."""

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

    Its rows have the columns period (its first day), munition, count (transports of any kind; of a range its midpoint),
    rows, low, median, high (rounds), cumulative_low, cumulative_median, cumulative_high, basis, grade.

    Everything is worked out draw by draw: periods add up to totals, while their medians and bands do not. Only where
    the packing is "reported" they do not: its ratio is one of totals that contain each other, and what a period adds to
    those before it scatters more. It has the band of increments between such totals, or none where fewer than three are
    known. A period without rows is shown with none: it may be one in which nothing went, or one that nobody looked at.

    Parameters
    ----------
    ledger : Ledger
        Sums by day and group, what was looked at, and the settings.
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
        """What makes it again: library version, hash of the data, number of draws and seed."""
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
        """Remarks to print with the numbers: how the table was read, and what is wrong or odd in its rows."""
        return _rows.notes_of(self.ledger)

    @property
    def issues(self) -> pd.DataFrame:
        """What was looked for in the rows of the tables when the flow was made, one line a kind.

        Columns issue, rows, handling ("dropped", "kept", "" where there are none), first (a few such rows, in words). A
        flow keeps these findings and its sums, never a table; one that was cut keeps all findings.
        """
        findings = self.ledger.findings
        lines = [(finding.issue, finding.rows, finding.handling, "; ".join(finding.first)) for finding in findings]
        return display.frame(lines, columns=["issue", "rows", "handling", "first"])

    def total(self, munition: str | None = None, *, basis: str | None = None) -> Estimate:
        """Return all rounds of the flow, or of one munition in it.

        Where some rows say what would fit and others what is probably inside, each has its total, and there is none of
        both.

        Parameters
        ----------
        munition, basis : str, optional
            One of `munitions` and one of `bases`; may be left out, `basis` where there is one alone [unitless].

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
            One of `munitions` and one of `bases`; may be left out, `basis` where there is one alone [unitless].

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

    def rows(self, level: float | None = None) -> list[dict[str, Any]]:
        """Return one plain row for each munition, basis and period, without the totals of the report.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].

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
        return [_rows.without_gaps(row.values) for row in _rows.rows_of(self.ledger, level)]

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
        level = inputs.check_level(0.9 if level is None else level)
        return _rows.frame([row.values for row in _rows.rows_of(self.ledger, level)])

    def cumulative(self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None) -> pd.DataFrame:
        """Return the rounds up to the end of each period, all munitions added up draw by draw.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        basis : str, optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns period (its first day), end, count, rows, low, median, high.

        Raises
        ------
        UnknownItemError, BasisError
            If the flow has no such munition, or `basis` is needed to say which.
        ArgumentError
            If `level` is outside (0, 1).
        """
        level, places = inputs.check_level(level), _ledger.places_of(self.ledger, munition, basis)
        return _rows.frame(list(_rows.cumulative_of(self.ledger, places, level)))

    def rate(self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None) -> pd.DataFrame:
        """Return rounds per day of each period, over the days of it that the flow covers.

        A row counts what came up to its date, and the first row has no date before it to count from. Unless `between`
        stated the days, the flow therefore covers those after its first row, up to the last: the rows of the first day
        are left out of the rate, and a single row has none. A rate over few days says little. A sum of flows that were
        cut covers what each of them did: a period of which no day was looked at has no rate.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        basis : str, optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns period (its first day), start and end (first and last day covered), days (that are covered),
            partial, count (transports on these days), low, median, high (rounds per day; missing where there is no
            rate), note (what is left out, or why there is no rate).

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
        return _rows.frame(list(_rows.rates_of(self.ledger, places, level)))

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
            If a day is no date, `start` is after `end`, the table has no dates, or the flow was cut before to days that
            lie outside.
        """
        return Flow(_ledger.cut(self.ledger, start, end))

    def compare_errors(
        self, munition: str | None = None, level: float = 0.9, *, basis: str | None = None
    ) -> pd.DataFrame:
        """Return the total under both readings of uncertain counts.

        Parameters
        ----------
        munition : str, optional
            One of `munitions`; all when left out [unitless].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        basis : str, optional
            One of `bases`; may be left out where there is one alone [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns count_errors, low, median, high, chosen; one row for "shared", one for "independent".

        Raises
        ------
        UnknownItemError, BasisError
            If the flow has no such munition, or `basis` is needed to say which.
        ArgumentError
            If `level` is outside (0, 1); if it is a sum in which two packings bear one name.
        """
        level = inputs.check_level(level)
        return _rows.frame(list(_rows.errors_of(self.ledger, munition, basis, level)))

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
        stated of some weeks is applied to the whole flow.

        The balance over time is that of the days which the flow covers. Unless `between` stated them, these are the
        days after the first row, and what that row counts came before. Give it as `stock` if it was still in store.

        Parameters
        ----------
        rate : str, pint quantity, Input, Estimate, FiringRate or sequence of these
            A rate of one's own ("10k/day"); or a published one, by its key or record, or all of a side by its name
            ("Russia") [round/day].
        munition, basis : str, optional
            One of `munitions` and one of `bases`; may be left out, `basis` where there is one alone [unitless].
        share : number or Input, optional
            What part of the rounds fired is of this munition, above 0 and at most 1. Published rates count all
            calibres: against one munition they need it [unitless].
        stock : number, str, quantity or Input, optional
            Rounds in store at the beginning [round].
        production : str, quantity or Input, optional
            Rounds that come in besides the flow, per time [round/day].
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
