"""The result of an audit: the verdict on a claim, and where the claim stands in the band of every packing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellflow import display, inputs
from shellflow.catalog import Munition, Transport
from shellflow.errors import bad_argument
from shellflow.estimates import Estimate
from shellflow.statements import Finding, Statement, said

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["VERDICTS", "Audit", "Position"]

VERDICTS = (
    "impossible",
    "only as a capacity",
    "plausible as contents",
    "below what is seen",
    "not decidable",
)
"""Every verdict there is."""


@dataclass(frozen=True, eq=False)
class Position:
    """Where a claim stands in the band of one packing, or what is missing for it.

    Parameters
    ----------
    packing, basis : str
        Its name, and the question it answers [unitless].
    per_transport : Estimate or None
        Rounds in one transport under it; None where there is none [round].
    position : tuple of two floats, or None
        Share of the draws below each number of the ratio, plus half of those equal to it; None where the ratio bounds
        nothing [unitless].
    to_median : tuple of two floats, or None
        Each number of the ratio over the median [unitless].
    missing : str
        Why there is none, in a few words [unitless].
    """

    packing: str
    basis: str
    per_transport: Estimate | None
    position: tuple[float, float] | None
    to_median: tuple[float, float] | None
    missing: str = ""

    @property
    def limited_by(self) -> dict[str, float]:
        """In what share of the draws mass or space binds; empty where nothing is packed."""
        return {} if self.per_transport is None else self.per_transport.limited_by


@dataclass(frozen=True, eq=False, repr=False)
class Audit(display.Result):
    """What a claim takes to be true; made by `audit`.

    Its rows, one for each packing, have the columns claim, munition, transport, verdict, ratio_bound, ratio_low,
    ratio_high, packing, basis, per_transport_low, per_transport_median, per_transport_high, level, position_low,
    position_high, to_median_low, to_median_high, mass, space, grade, findings, missing.

    Parameters
    ----------
    statement : Statement
        The claim as stated.
    munition, transport : Munition, Transport
        Of what, and in what.
    verdict : str
        One of `VERDICTS` [unitless].
    because : str
        Why, in a sentence [unitless].
    ratio : tuple of two floats
        Rounds to a transport by the numbers stated; the same twice where each side states one, and of a floor or a
        ceiling, of which one end alone bounds anything [round/transport].
    hard_limit : float or None
        Rounds that no transport can exceed; None of voyages whose containers are not stated [round/transport].
    kg_per_round : tuple of two floats, or None
        What a round with its packaging may weigh at full payload, for each number of the ratio; None of voyages [kg].
    kg_per_round_as_loaded : tuple of two floats, or None
        Likewise at the median observed load; None where there is none [kg].
    m3_per_round : tuple of two floats, or None
        What room there is for a round, likewise; None where the inside is not known [m3].
    positions : tuple of Position
        One for each packing.
    changes : tuple of str
        What would make an impossible claim possible, the smallest change first [unitless].
    findings : tuple of Finding
        What is broken about the number.
    notes : tuple of str
        What else is worth knowing, in words [unitless].
    left_out : tuple of str
        Keys of the claims that `reported` would have been fitted to, left out of it as they are this one [unitless].
    made_by : dict of str to object
        What makes it again: library version, hash of the data, number of draws and seed.
    """

    statement: Statement
    munition: Munition
    transport: Transport
    verdict: str
    because: str
    ratio: tuple[float, float]
    hard_limit: float | None
    kg_per_round: tuple[float, float] | None
    kg_per_round_as_loaded: tuple[float, float] | None
    m3_per_round: tuple[float, float] | None
    positions: tuple[Position, ...]
    changes: tuple[str, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    left_out: tuple[str, ...]
    made_by: dict[str, object]

    @property
    def ratio_bound(self) -> str:
        """What rounds over transports bounds: point, floor, ceiling, range or none."""
        return self.statement.ratio_bound

    def __getitem__(self, packing: str) -> Position:
        """Return the position in the band of one packing.

        Raises
        ------
        ArgumentError
            If the claim was not compared with it.
        """
        for position in self.positions:
            if position.packing == packing:
                return position
        raise bad_argument("packing", packing, f"one of {', '.join(position.packing for position in self.positions)}")

    @property
    def claim(self) -> str:
        """The claim as it was read."""
        statement = self.statement
        rounds, transports = said(statement.rounds, "round"), said(statement.units, statement.kind)
        return f"{rounds} of {self.munition.munition} in {transports}"

    @property
    def stamp(self) -> dict[str, object]:
        """What makes it again: library version, hash of the data, number of draws and seed."""
        return dict(self.made_by)

    def report(self, level: float | None = None) -> display.Report:
        """Return the audit as plain data: the verdict, a row for each packing, cautions and the stamp.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out [unitless].

        Returns
        -------
        display.Report
            With a row for each packing.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        from shellflow.audits import _report

        return _report.report_of(self, inputs.check_level(0.9 if level is None else level))

    def plot(self, *, level: float = 0.9, source: bool = False, ax: Axes | None = None) -> Axes:
        """Draw the claim across the bands of rounds per transport, one for each packing, and the ceiling as a line.

        Needs matplotlib: `pip install "shellflow[plot]"`. The position in the band is what the table has, not this.

        Parameters
        ----------
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
        ArgumentError
            If `level` is outside (0, 1), or `ax` is no axes 4 inches wide or more.
        """
        from shellflow.audits import _report

        return _report.figure_of(self, level, source, ax)

    def __repr__(self) -> str:
        return f"<Audit of {self.claim}: {self.verdict}>"
