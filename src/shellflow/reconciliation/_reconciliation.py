"""The result of holding lines of evidence against each other: read-only, and never an estimate."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shellflow import display, inputs, plot, words
from shellflow.errors import printable, unknown_item
from shellflow.estimates import Quotable
from shellflow.reconciliation._blocks import Block
from shellflow.reconciliation._evidence import Evidence
from shellflow.reconciliation._figures import panels_of
from shellflow.reconciliation._report import overall, quantity_rows, report_of

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

__all__ = ["Reconciliation"]

_LEVEL = 0.9


@dataclass(frozen=True, eq=False, repr=False)
class Reconciliation(Quotable):
    """Lines of evidence held against each other under one or several models; made by `reconcile`.

    It is read and no more: no estimate comes out of it, since a packing fitted to totals would agree with them
    whatever they are. Its rows, one for each model and statement, have the columns model, statement, family, quantity,
    unit, stated_low, stated_high, bound, count, since, until, error, model_low, model_median, model_high,
    given_others_low, given_others_median, given_others_high, level, support, support_given_others, verdict, ess,
    no_band.

    Parameters
    ----------
    evidence : tuple of Evidence
        The statements, in the order given.
    blocks : tuple of Block
        For each model what the statements say under it.
    """

    evidence: tuple[Evidence, ...]
    blocks: tuple[Block, ...]

    @property
    def verdicts(self) -> dict[str, dict[str, str]]:
        """For each model the verdict on each statement, by name; "" for a statement that stands alone."""
        names = [line.name for line in self.evidence]
        return {block.model.name: dict(zip(names, block.weighing.verdicts, strict=True)) for block in self.blocks}

    def report(self, level: float | None = None) -> display.Report:
        """Return the reconciliation as plain data: for each model a part with its statements, before and after.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out [unitless].

        Returns
        -------
        display.Report
            With a part for each model.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return self._quoted(report_of(self.blocks, _level(level)), level)

    def before_and_after(self, level: float | None = None, *, rounded: bool = False) -> pd.DataFrame:
        """Return what each model says of a transport before and after the statements are taken in.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out [unitless].
        rounded : bool
            As for `to_frame` [unitless].

        Returns
        -------
        pandas.DataFrame
            One row for each model and quantity, with the columns model, what, unit, before_low, before_median,
            before_high, the same three of after, half_errors and double_errors, level, no_band. Missing where there is
            no band after, with the reason in no_band.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        rows = quantity_rows(self.blocks, _level(level))
        return display.rounded_frame(display.rounded_rows(rows)) if rounded else display.frame(rows)

    def to_json(self, level: float | None = None, *, ascii_only: bool = False) -> str:
        """Return all of it as JSON: statements, before and after, versions and settings. Nothing reads it back.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out [unitless].
        ascii_only : bool
            Whether to write all other letters as escapes [unitless].

        Returns
        -------
        str
            An object of three: statements, before_and_after, made_by.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        report = self.report(level)
        document: dict[str, Any] = {
            "statements": report.rows,
            "before_and_after": quantity_rows(self.blocks, _level(level)),
            "made_by": report.stamp,
        }
        text = json.dumps(document, indent=1, ensure_ascii=ascii_only)
        return text if display.is_encodable(text) else json.dumps(document, indent=1)

    def plot(self, model: str | None = None, *, level: float | None = None) -> list[Axes]:
        """Draw each statement beside what one model says of it, and that model before and after.

        Parameters
        ----------
        model : str, optional
            Which model, by name; the first when left out [unitless].
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out [unitless].

        Returns
        -------
        list of matplotlib.axes.Axes
            One for each statement, then one for each quantity, below each other in a new figure.

        Raises
        ------
        UnknownItemError
            If there is no such model.
        ExtraError
            If matplotlib is not installed.
        ArgumentError
            If `level` is outside (0, 1).
        """
        named = {block.model.name: block for block in self.blocks}
        if model is not None and model not in named:
            unnamed = "The one model has no name: leave model out." if "" in named else ""
            raise unknown_item("model", str(model), filter(None, named), unnamed)
        block = self.blocks[0] if model is None else named[model]
        stamp = display.stamp_line(self.report(level).stamp)
        return plot.panels(panels_of(block, _level(level)), source=f"{block.model.title}; {stamp}")

    def sentence(self, level: float | None = None) -> str:
        from shellflow.reconciliation import _sentences

        return _sentences.sentence_of(self.blocks, _level(level))

    def __repr__(self) -> str:
        verdicts = "; ".join(
            f"{block.model.name}{block.model.name and ': '}{overall(block.weighing)}" for block in self.blocks
        )
        return printable(f"<Reconciliation of {words.with_noun(len(self.evidence), 'statement')}: {verdicts}>")


def _level(level: float | None) -> float:
    return inputs.check_level(_LEVEL if level is None else level)
