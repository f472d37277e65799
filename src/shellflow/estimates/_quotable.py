"""What results can do that are handed on: a sentence fit to print, and a page of their own."""

from __future__ import annotations

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
