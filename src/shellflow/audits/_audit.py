"""What an audit holds, and how it is put in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellflow import display, inputs, words
from shellflow.catalog import Munition, Transport, projectile_mass
from shellflow.errors import bad_argument
from shellflow.estimates import Comparison, Estimate
from shellflow.estimates._comparison import Line
from shellflow.statements import (
    Finding,
    Statement,
    said,
    said_ratio,
)

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["VERDICTS", "Audit", "Position", "times_over"]

VERDICTS = (
    "impossible",
    "only as a capacity",
    "plausible as contents",
    "below what is seen",
    "not decidable",
)
"""Every verdict there is."""

_BOUNDS = {"point": "", "floor": "at least ", "ceiling": "at most ", "range": ""}
_THEN = {"point": "", "floor": "at most ", "ceiling": "at least ", "range": ""}  # more rounds, less for each

_COLUMNS = (
    display.Column("packing"),
    display.Column("basis"),
    display.Column("each", right=True),
    display.Column("90 % band", right=True),
    display.Column("position in the band", right=True),
    display.Column("claim / median", right=True),
    display.Column("limited by"),
    display.Column("grade"),
)


@dataclass(frozen=True, eq=False)
class Position:
    """Where a claim stands in the band of one packing, or what is missing for it.

    Parameters
    ----------
    packing, basis : str
        Its name, and the question it answers [unitless].
    each : Estimate or None
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
    each: Estimate | None
    position: tuple[float, float] | None
    to_median: tuple[float, float] | None
    missing: str = ""

    @property
    def limited_by(self) -> dict[str, float]:
        """In what share of the draws mass or space binds; empty where nothing is packed."""
        return {} if self.each is None else self.each.limited_by


@dataclass(frozen=True, eq=False, repr=False)
class Audit:
    """What a claim takes to be true; made by `audit`.

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
            If the claim was not held against it.
        """
        for one in self.positions:
            if one.packing == packing:
                return one
        raise bad_argument("packing", packing, f"one of {', '.join(one.packing for one in self.positions)}")

    def rows(self, level: float = 0.9) -> list[dict[str, object]]:
        """Return one plain row for each packing, as in `to_frame`.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        list of dict of str to object
            The columns of `to_frame`; None where there is no estimate.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(level)
        return [self._row(one, level) for one in self.positions]

    def _row(self, one: Position, level: float) -> dict[str, object]:
        low, median, high = (None, None, None) if one.each is None else one.each.band(level)
        position_low, position_high = one.position or (None, None)
        return {
            "claim": self.claim,
            "munition": self.munition.munition,
            "transport": self.transport.transport,
            "verdict": self.verdict,
            "ratio_bound": self.ratio_bound,
            "ratio_low": self.ratio[0],
            "ratio_high": self.ratio[1],
            "packing": one.packing,
            "basis": one.basis or None,
            "each_low": low,
            "each_median": median,
            "each_high": high,
            "level": level,
            "position_low": position_low,
            "position_high": position_high,
            "to_median_low": one.to_median[0] if one.to_median else None,
            "to_median_high": one.to_median[1] if one.to_median else None,
            "mass": one.limited_by.get("mass"),
            "space": one.limited_by.get("space"),
            "grade": one.each.grade if one.each is not None else None,
            "findings": "; ".join(finding.name for finding in self.findings) or None,
            "missing": one.missing or None,
        }

    def to_frame(self, level: float = 0.9) -> pd.DataFrame:
        """Return it as a table, one row for each packing.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns claim, munition, transport, verdict, ratio_bound, ratio_low, ratio_high, packing, basis, each_low,
            each_median, each_high, level, position_low, position_high, to_median_low, to_median_high, mass, space,
            grade, findings, missing.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return display.frame(self.rows(level))

    @property
    def claim(self) -> str:
        """The claim as it was read."""
        one = self.statement
        return f"{said(one.rounds, 'round')} of {self.munition.munition} in {said(one.units, one.kind)}"

    def headings(self) -> tuple[display.Column, ...]:
        """Return the headings of `cells`.

        Returns
        -------
        tuple of display.Column
            One for each cell.
        """
        return _COLUMNS

    def cells(self) -> list[list[str]]:
        """Return one row of words for each packing, for a table with the headings of `headings`.

        Returns
        -------
        list of list of str
            The cells; a row without an estimate ends with what is missing.
        """
        return [_cells(one) for one in self.positions]

    def before(self) -> list[str]:
        """Return what stands above the table, line by line.

        Returns
        -------
        list of str
            The claim, the verdict, and what the ratio takes.
        """
        kind = self.statement.kind
        box = f" ({self.transport.transport})"
        lines = [f"{self.claim}{box}", "", f"{self.verdict}: {self.because}", ""]
        if self.ratio_bound == "none":
            lines.append(f"rounds to a {kind}: may be anything, since both sides are open the same way")
        else:
            lines.append(f"rounds to a {kind}: {_BOUNDS[self.ratio_bound]}{said_ratio(*self.ratio)}")
            most = _THEN[self.ratio_bound]
            if self.kg_per_round:
                bare = projectile_mass(self.munition).distribution.support
                lines.append(
                    f"kg per round, packaging and all: {most}{_span(self.kg_per_round)} at full payload"
                    + (f", {_span(self.kg_per_round_as_loaded)} as loaded" if self.kg_per_round_as_loaded else "")
                    + f" (bare: {_span(bare)})"
                )
            if self.m3_per_round:
                lines.append(f"space per round: {most}{_span(self.m3_per_round)} m3")
        return lines

    def after(self) -> list[str]:
        """Return what stands below the table, line by line.

        Returns
        -------
        list of str
            Changes, findings and notes; then what each band is a band for, and the cliffs in it.
        """
        lines = [f"to be possible it would take {one}" for one in self.changes]
        lines += [f"finding: {one}" for one in self.findings]
        return [f"- {one}" for one in (*lines, *self.notes, *self._compared().findings())]

    def _compared(self) -> Comparison:
        """Return the packings as the comparison they are, which knows what is to be said of their bands."""
        named = self.munition.munition
        lines = [Line(named, one.packing, one.each, one.each, one.missing) for one in self.positions]
        return Comparison(self.claim, tuple(lines))

    def __str__(self) -> str:
        after = self.after()
        made = ", ".join(f"{key} {value}" for key, value in self.made_by.items())
        table = display.table(_COLUMNS, self.cells())
        lines = [*self.before(), "", *table.splitlines(), *(["", *after] if after else []), "", f"made by: {made}"]
        return display.as_text(lines)

    def _repr_html_(self) -> str:
        from shellflow.audits import _show

        return _show.card_of(self)

    def plot(self, *, level: float = 0.9, source: bool = False, ax: Axes | None = None) -> Axes:
        """Draw the claim across the bands of rounds to a transport, one for each packing, and the ceiling as a line.

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
        from shellflow.audits import _show

        return _show.figure_of(self, level, source, ax)

    def __repr__(self) -> str:
        return f"<Audit of {self.claim}: {self.verdict}>"


def _cells(one: Position) -> list[str]:
    if one.each is None:
        return [one.packing, one.missing]
    quantiles = one.each.say_quantiles()
    limits = [f"{limit} {words.percent(share)}" for limit, share in one.limited_by.items() if share > 0]
    position = " to ".join(dict.fromkeys(map(words.percent, one.position))) if one.position else "-"
    to_median = " to ".join(dict.fromkeys(map(times_over, one.to_median))) if one.to_median else "-"
    return [
        one.packing,
        one.basis,
        quantiles.median,
        quantiles.band,
        position,
        to_median,
        ", ".join(limits) or "-",
        one.each.grade,
    ]


def _span(values: tuple[float, float]) -> str:
    return " to ".join(dict.fromkeys(f"{value:.3g}" if value < 1000 else f"{value:,.0f}" for value in values))


def times_over(value: float) -> str:
    """Return how many times over, in two digits below ten."""
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.1g}"
