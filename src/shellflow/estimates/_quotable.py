"""What results can do that are handed on: a sentence fit to print, and a page of their own."""

from __future__ import annotations

import os

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
        from shellflow.display import files, pages
        from shellflow.estimates._citing import references_in
        from shellflow.estimates._misuse import MISUSE

        place = None if path is None else files.check_place(path, "path")
        report = self.report(level)
        page = pages.to_page(
            report,
            sentences=self.sentence(level).splitlines(),
            references=references_in((*report.sources, *report.cautions), report.stamp.get("data")),
            misuse=[conclusion for conclusion, _ in MISUSE],
        )
        if place is None:
            return page
        with files.whole(place) as half:
            half.write_text(page, encoding="utf-8")
        return None
