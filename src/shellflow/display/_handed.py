"""A report: what a result has to say, and the page that is made of it."""

from __future__ import annotations

import os
from dataclasses import dataclass

from shellflow.display._report import Content

__all__ = ["Report"]


@dataclass(frozen=True)
class Report(Content):
    """What a result has to say, which can be handed on as a page."""

    def to_html(self, path: str | os.PathLike[str] | None = None) -> str | None:
        """Return or write the report as a page of its own, for a browser, a phone and paper.

        Nothing in it is fetched or run.

        Parameters
        ----------
        path : str or path, optional
            File to write, whose name ends in .html; the page is returned when left out [unitless].

        Returns
        -------
        str or None
            The page, where no path is given.

        Raises
        ------
        ArgumentError
            If the path is no such name, that of a folder, or in a folder that does not exist.
        DataError
            If the file cannot be written.
        """
        from shellflow.display import files, pages  # with pathlib, which no other output needs

        if path is None:
            return pages.to_page(self)
        with files.whole(files.check_place(path, "path")) as half:
            half.write_text(pages.to_page(self), encoding="utf-8")
        return None
