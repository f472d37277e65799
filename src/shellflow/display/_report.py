"""A result as plain data, from which every way of showing it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["Answer", "Band", "Column", "Content", "Quotation", "Reference", "stamp_line"]

Band = tuple[float, float, float]
"""Low end, median and high end, in one unit."""


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : str
        Its heading [unitless].
    right : bool
        Whether its cells stand to the right, as numbers do [unitless].
    """

    name: str
    right: bool = False


@dataclass(frozen=True)
class Answer:
    """A number or a verdict in words, with its reasons.

    Parameters
    ----------
    text : str
        The answer, such as "3.1 million rounds" [unitless].
    band : str
        Its band, such as "90 %: 2.5 to 3.8 million" [unitless].
    name : str
        What it answers, where the title of the report does not say it [unitless].
    reasons : tuple of (str, str)
        Names and texts, such as ("limited by", "mass").
    figure : str
        An svg element; it alone is taken as HTML [unitless].
    """

    text: str
    band: str = ""
    name: str = ""
    reasons: tuple[tuple[str, str], ...] = ()
    figure: str = ""

    @property
    def lines(self) -> list[str]:
        """Name, answer and band on one line, and a line for each reason."""
        first = f"{self.name}{self.name and ': '}{self.text}{f' ({self.band})' if self.band else ''}"
        return [first, *(f"{name}: {text}" for name, text in self.reasons)]


@dataclass(frozen=True)
class Reference:
    """Where a figure is published.

    Parameters
    ----------
    key : str
        By which outputs name it [unitless].
    text : str
        Who published what [unitless].
    address : str
        On the web; "" where there is none [unitless].
    """

    key: str
    text: str
    address: str


@dataclass(frozen=True)
class Quotation:
    """What is handed on with a result and stands in none of its tables.

    Parameters
    ----------
    sentences : tuple of str
        The result in words fit to print [unitless].
    references : tuple of Reference
        Where the sources that it names are published.
    misuse : tuple of str
        What it must not be used to conclude [unitless].
    """

    sentences: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    misuse: tuple[str, ...] = ()


@dataclass(frozen=True)
class Content:
    """What a result has to say: answers, a table, notes and what made it.

    Parameters
    ----------
    title : str
        What it is, in words [unitless].
    answers : tuple of Answer
        The numbers or verdicts that stand above the table.
    columns : tuple of Column
        The headings of the table; none where there is no table.
    cells : tuple of tuple of str
        The table in words; the last cell of a row that is shorter than the headings runs on to their end.
    rows : tuple of mappings
        The table as plain values, for programs.
    steps : tuple of mappings of str to float
        For each row the steps to which its bands are rounded, by what the names of their values begin with; a band
        without one is rounded by its own width [the unit of the band].
    rounds_up : bool
        Whether low, median and high of the rows are rounded up, as for transports needed [unitless].
    names : tuple of str
        The names of these values, where there may be no rows to tell them.
    bands : tuple of Band or None
        For each row of `cells` the band to draw beside it; empty where none is drawn [any one unit].
    mark : (float or None, float or None), optional
        What to mark across all bands, such as a claim: the same twice for a number, two for a range, None for an end
        that is left open [the unit of the bands].
    mark_label : str
        What the mark is [unitless].
    caption : str
        What the table shows, where the title does not say it [unitless].
    parts : tuple of Content
        Further answers and tables, shown below its own table, in order.
    cautions : tuple of str
        What must be said with the numbers, a line each.
    notes : tuple of str
        How to read it, a line each.
    details : tuple of str
        What explains the numbers and does not change how they are read; shown by `Result.explain` alone.
    sources : tuple of str
        Where the figures are from, with their grades.
    stamp : mapping
        What makes it again: versions, number of draws and seed.
    quotation : callable
        Returns what its page holds besides, as a `Quotation`; called for a page alone, since what makes it takes time
        to load.
    """

    title: str
    answers: tuple[Answer, ...] = ()
    columns: tuple[Column, ...] = ()
    cells: tuple[tuple[str, ...], ...] = ()
    rows: tuple[Mapping[str, Any], ...] = ()
    steps: tuple[Mapping[str, float], ...] = ()
    rounds_up: bool = False
    names: tuple[str, ...] = ()
    bands: tuple[Band | None, ...] = ()
    mark: tuple[float | None, float | None] | None = None
    mark_label: str = ""
    caption: str = ""
    parts: tuple[Content, ...] = ()
    cautions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    stamp: Mapping[str, object] = field(default_factory=dict)
    quotation: Callable[[], Quotation] = field(default=Quotation, repr=False, compare=False)

    @property
    def made_by(self) -> str:
        """The stamp as a line; "" where there is none."""
        return stamp_line(self.stamp) if self.stamp else ""


def stamp_line(stamp: Mapping[str, object]) -> str:
    """Return what makes a result again as one line.

    Parameters
    ----------
    stamp : mapping
        Versions, number of draws and seed, by name.

    Returns
    -------
    str
        "made by: " and each name with its value [unitless].
    """
    return "made by: " + ", ".join(f"{name} {value}" for name, value in stamp.items())
