"""A flow as a report and as figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellflow import display, inputs
from shellflow.estimates import Quotable
from shellflow.flows import _balance, _ledger, _rows
from shellflow.flows._ledger import Ledger
from shellflow.flows._rates import Demand

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Shown"]


@dataclass(frozen=True, eq=False, repr=False)
class Shown(Quotable):
    """A ledger as a report and as figures.

    Parameters
    ----------
    ledger : Ledger
        Sums of the rows by day, what they carry, and how they were read.
    """

    ledger: Ledger

    @property
    def what(self) -> str:
        """Its rows, munitions and days, in words."""
        return _rows.title_of(self.ledger)

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
        return self._quoted(_rows.report_of(self.ledger, inputs.check_level(0.9 if level is None else level)), level)

    def sentence(self, level: float | None = None) -> str:
        from shellflow.flows import _sentences

        return _sentences.sentence_of(self.ledger, inputs.check_level(0.9 if level is None else level))

    def __repr__(self) -> str:
        return f"<Flow of {self.what}>"

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

        A period that was not observed has dots in place of a bar. The whiskers do not add up to that of the total.
        Needs matplotlib: `pip install "shellflow[plot]"`.

        Parameters
        ----------
        munition, basis : str, optional
            One of `munitions` and one of `bases`; `basis` may be left out if there is only one [unitless].
        level : float
            Share of the draws in the band, in (0, 1) [unitless].
        source, ax
            As for `Estimate.plot`.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on.

        Raises
        ------
        ShellflowError
            If matplotlib is not installed or cannot open a figure here, or an argument is not as above.
        """
        from shellflow.flows import _figures

        _ledger.check_dates(self.ledger, "plot")
        level, places = inputs.check_level(level), _ledger.places_of(self.ledger, munition, basis)
        return _figures.bars_of(self.ledger, places, level, source, ax)

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
        """Draw the rounds up to each day as a fan, with claims and with what was used by then.

        The fan has a step at each day with rows, but at no more than some 250 days. Weeks or months that were not
        observed stand before dots. A rate is drawn as if it held on all covered days. Needs matplotlib:
        `pip install "shellflow[plot]"`.

        Parameters
        ----------
        munition, basis : str, optional
            One of `munitions` and one of `bases`; `basis` may be left out if there is only one [unitless].
        claims : mapping of date to number, str or quantity, optional
            What was claimed by which day, such as {"2024-02-26": "more than 3M"} [round].
        rate, share
            Rates of fire to draw as lines, as for `balance`.
        level : float
            Share of the draws in the outer band, in (0, 1); within it stands that of one half [unitless].
        source, ax
            As for `Estimate.plot`.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on.

        Raises
        ------
        ShellflowError
            If matplotlib is not installed or cannot open a figure here, or an argument is not as above.
        """
        from shellflow.flows import _figures

        _ledger.check_dates(self.ledger, "plot_cumulative")
        level, places = inputs.check_level(level), _ledger.places_of(self.ledger, munition, basis)
        demand = Demand(rate, share, None, None, level)
        uses = () if rate is None else _balance.balance(self.ledger, places, demand).uses
        return _figures.fan_of(self.ledger, places, level, claims, uses, source, ax)
