"""The result of an audit: a judgement that can be shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellflow import display, inputs
from shellflow.audits._judgement import Judgement
from shellflow.estimates import Quotable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Audit"]


@dataclass(frozen=True, eq=False, repr=False)
class Audit(Judgement, Quotable):
    """What a claim takes to be true; made by `audit`.

    Its rows, one for each munition and packing, have the columns claim, munition, transport, verdict, ratio_bound,
    ratio_low, ratio_high, packing, basis, per_transport_low, per_transport_median, per_transport_high, level,
    position_low, position_high, to_median_low, to_median_high, mass, space, grade, findings, missing.

    Parameters
    ----------
    statement : Statement
        The claim as stated.
    cargoes : tuple of Cargo
        What it is held against, each alone.
    transport : Transport or None
        In what; None of a mass of cargo.
    verdict : str
        One of `VERDICTS`, on the numbers as stated, whatever they bound [unitless].
    ends : tuple of two str
        Likewise for each number of the ratio [unitless].
    alone : mapping of str to (str, str)
        Likewise for each munition by itself, where there are several.
    because : str
        Why, in a sentence [unitless].
    relief : str
        What the words allow that would be judged milder, such as "the words allow more containers" [unitless].
    allowed : str
        What the claim would take to be of contents, by the question asked the other way round; "" where its numbers are
        plausible [unitless].
    ratio : tuple of two floats
        Rounds to a transport, or to a tonne, by the numbers stated; the same twice where each side states one
        [round/transport].
    thresholds : Thresholds
        Where the verdict changes.
    kg_per_round : tuple of two floats, or None
        What a round with its packaging may weigh at full payload, or in so much cargo, for each number of the ratio;
        None of voyages [kg].
    kg_per_round_as_loaded : tuple of two floats, or None
        Likewise at the median observed load; None where there is none [kg].
    m3_per_round : tuple of two floats, or None
        What room there is for a round, likewise; None where the inside is not known [m3].
    loads : tuple of Load
        What so many rounds weigh in one transport, by the ways they are packed.
    observed_t : tuple of two floats, or None
        The lightest and the heaviest load observed of such transports; None where there is none [t].
    positions : tuple of Position
        One for each munition and packing.
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
            With a row for each munition and packing.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        from shellflow.audits import _report

        return self._quoted(_report.report_of(self, inputs.check_level(0.9 if level is None else level)), level)

    def sentence(self, level: float | None = None) -> str:
        from shellflow.audits import _sentences

        return _sentences.sentence_of(self, inputs.check_level(0.9 if level is None else level))

    def plot(self, *, level: float = 0.9, source: bool = False, ax: Axes | None = None) -> Axes:
        """Draw the claim across the bands of rounds per transport, one for each packing, and the ceiling as a line.

        Needs matplotlib: `pip install "shellflow[plot]"`. The share of draws below the claim is in the table, not here.

        Parameters
        ----------
        level : float
            Share of the draws in the bands, in (0, 1) [unitless].
        source, ax
            As for `Estimate.plot`.

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
