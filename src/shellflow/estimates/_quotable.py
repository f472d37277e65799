"""What results can do that are handed on: a sentence fit to print, and a page of their own."""

from __future__ import annotations

import os
from dataclasses import replace

from shellflow import display

__all__ = ["Quotable"]


class Quotable(display.Result):
    """A result that can be quoted."""

    def sentence(self, level: float | None = None) -> str:
        """Return the result in words fit to print.

        They hold what a number must not be quoted without: count, box, packing, charge, question, band, limit and
        grade. Keys of the tables are in plain words, such as "152 mm shells".

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].

        Returns
        -------
        str
            One or two sentences.

        Raises
        ------
        ArgumentError
            As `report` does.
        """
        raise NotImplementedError

    def to_html(self, path: str | os.PathLike[str] | None = None, level: float | None = None) -> str | None:
        """Return or write the result as a page of its own, for a browser, a phone and paper.

        It holds the sentence, answers, tables, figures, notes, sources with their addresses, what it must not be used
        to conclude, and the stamp. Nothing in it is fetched or run. Addresses are those of the shipped tables.

        Parameters
        ----------
        path : str or path, optional
            File to write, whose name ends in .html; the page is returned when left out [unitless].
        level : float, optional
            As for `report` [unitless].

        Returns
        -------
        str or None
            The page, where no path is given.

        Raises
        ------
        ArgumentError
            As `report` does; also if the path is no such name, that of a folder, or in a folder that does not exist.
        DataError
            If the file cannot be written.
        """
        return self.report(level).to_html(path)

    def _quoted(self, report: display.Report, level: float | None) -> display.Report:
        """Return a report that has what its page holds besides."""

        def quotation() -> display.Quotation:
            from shellflow.estimates._citing import references_in
            from shellflow.estimates._misuse import MISUSE

            return display.Quotation(
                tuple(self.sentence(level).splitlines()),
                tuple(references_in((*report.sources, *report.cautions), report.stamp.get("data"))),
                tuple(conclusion for conclusion, _ in MISUSE),
            )

        return replace(report, quotation=quotation)
