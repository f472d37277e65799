"""What every result can do: be shown as text, as a card, as Markdown and as a table."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shellflow.display._export import frame, to_markdown
from shellflow.display._handed import Report
from shellflow.display._html import to_html
from shellflow.display._rounding import rounded_frame, rounded_rows
from shellflow.display._tables import to_text
from shellflow.errors import bad_argument

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Result"]


class Result:
    """A result that is shown by its `report`."""

    def report(self, level: float | None = None) -> Report:
        """Return all that the result has to say, as plain data.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); 0.9 when left out, or that which the result was made with
            [unitless].

        Returns
        -------
        Report
            Title, answers, table, cautions and stamp.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1), or another than the result was made with.
        """
        raise NotImplementedError

    def rows(self, level: float | None = None, *, rounded: bool = False) -> list[dict[str, Any]]:
        """Return the table as plain rows, as in `to_frame`.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].
        rounded : bool
            Whether to round the numbers as they are printed, for a document; all digits otherwise [unitless].

        Returns
        -------
        list of dict of str to object
            The columns of `to_frame`; None where a value is missing.

        Raises
        ------
        ArgumentError
            As `report` does.
        """
        report = self.report(level)
        if rounded:
            return rounded_rows(report.rows, report.steps, up=report.rounds_up)
        return [dict(row) for row in report.rows]

    def to_frame(self, level: float | None = None, *, rounded: bool = False) -> pd.DataFrame:
        """Return the table as a DataFrame, its columns as the class describes them.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].
        rounded : bool
            Whether to round the numbers as they are printed, so that `to_latex`, `to_excel` and the like of pandas
            print no digit more; all digits otherwise [unitless].

        Returns
        -------
        pandas.DataFrame
            One row for each of `rows`. Rounded, its columns are of Int64 or, where not all numbers are whole, of
            decimals.

        Raises
        ------
        ArgumentError
            As `report` does.
        """
        report = self.report(level)
        if rounded:
            rows = rounded_rows(report.rows, report.steps, up=report.rounds_up)
            return rounded_frame(rows, report.names or None)
        return frame(report.rows, report.names or None)

    def explain(self, level: float | None = None) -> str:
        """Return the report as text, with all that explains its numbers and is left out elsewhere.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].

        Returns
        -------
        str
            Several lines.

        Raises
        ------
        ArgumentError
            As `report` does.
        """
        report = self.report(level)
        return to_text(replace(report, cautions=(*report.cautions, *report.details)))

    @property
    def stamp(self) -> dict[str, object]:
        """What makes it again: library version, hash of the data, number of draws and seed."""
        return dict(self.report().stamp)

    def to_markdown(self, level: float | None = None) -> str:
        """Return the report as Markdown.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].

        Returns
        -------
        str
            Headline, table, cautions, sources and stamp.

        Raises
        ------
        ArgumentError
            As `report` does.
        """
        return to_markdown(self.report(level))

    def __str__(self) -> str:
        return to_text(self.report())

    def __format__(self, code: str) -> str:
        if code:
            allowed = "left out for a result of several numbers"
            raise bad_argument("format code", code, allowed, "Format one number of to_frame(), or one estimate.")
        return str(self)

    def _repr_html_(self) -> str:
        return to_html(self.report())
