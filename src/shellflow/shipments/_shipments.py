"""Shipments read from a table, with an account of every cell that was no plain value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shellflow import display, words
from shellflow.errors import shown

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Shipments"]


@dataclass(frozen=True, eq=False, repr=False)
class Shipments(display.Result):
    """Clean rows of shipments; made by `read_shipments`, not by hand.

    Its rows have the columns date, low and high (transports; missing where a row leaves that end open) or mass_t_low
    and mass_t_high, bound (point, range, floor, ceiling, none or missing), and since, munition, transport, packing and
    carrier where the table has them. A table too long to be kept row by row has a column rows: how many rows a line
    stands for.

    Parameters
    ----------
    frame : pandas.DataFrame
        The clean rows.
    account : pandas.DataFrame
        One line for each cell that was not taken as a plain value: row (its number in the file, counted from 1 as a
        spreadsheet does; in a frame its place, counted from 0), rows (how many it stands for), column, text, read_as
        and why.
    name : str
        Of the file or table [unitless].
    remarks : tuple of str
        How the table was read, and what stands out in it [unitless].
    nouns : frozenset of str
        What the cells say that was counted [unitless].
    others : pandas.DataFrame
        The columns without a role, which are searched for repeated rows.
    names : mapping of str to str
        The name in the table of each clean column [unitless].
    """

    frame: pd.DataFrame
    account: pd.DataFrame
    name: str
    remarks: tuple[str, ...]
    nouns: frozenset[str]
    others: pd.DataFrame
    names: Mapping[str, str]

    @property
    def stamp(self) -> dict[str, object]:
        """Nothing: no draws are made."""
        return {}

    @property
    def quantity(self) -> str:
        """What its numbers are: "count" of transports or "mass" of cargo."""
        return "mass" if "mass_t_low" in self.frame else "count"

    def report(self, level: float | None = None) -> display.Report:
        """Return the account by kinds of cells, as plain data.

        Parameters
        ----------
        level : float, optional
            Of no effect: there are no draws [unitless].

        Returns
        -------
        Report
            Title, the kinds of cells with their numbers, and remarks.
        """
        kinds = self._kinds()
        number = int(self.frame["rows"].sum()) if "rows" in self.frame else len(self.frame)
        dates = self.frame["date"].dropna()
        days = f", {dates.min().date()} to {dates.max().date()}" if len(dates) else ""
        cells = tuple(
            (f"{kind['cells']:,}", *(str(kind[name]) for name in ("column", "why", "text", "read_as")))
            for kind in kinds
        )
        nothing = () if kinds else ("every cell was a plain value",)
        return display.Report(
            f"{words.with_noun(f'{number:,}', 'row')} of {self.name}{days}",
            columns=tuple(
                display.Column(name, right=name == "cells") for name in ("cells", "column", "why", "such as", "read as")
            )
            if kinds
            else (),
            cells=cells,
            rows=tuple(kinds),
            names=("cells", "column", "why", "text", "read_as"),
            caption="cells that were not taken as plain values" if kinds else "",
            cautions=(*nothing, *self.remarks, *self._running_totals()),
        )

    @property
    def summary(self) -> tuple[str, ...]:
        """The account in a few lines: how many cells of which kind there are, and the first of each."""
        return tuple(
            f"{words.with_noun(format(kind['cells'], ','), 'cell')} of {shown(kind['column'])}, such as "
            f"{shown(kind['text'])}, {'' if kind['read_as'] == 'left out' else 'read as '}{kind['read_as']} "
            f"({kind['why']})"
            for kind in self._kinds()
        )

    def _running_totals(self) -> list[str]:
        """Return the remark on counts that never fall; a flow of the shipments finds them itself."""
        low = self.frame["mass_t_low" if self.quantity == "mass" else "low"]
        ordered = low[self.frame["date"].argsort(kind="stable")]
        steps = ordered.diff().dropna()
        rising = "since" not in self.frame and self.frame["date"].is_unique and bool((steps >= 0).all())
        if not rising or (steps > 0).sum() < 2 or low.isna().any():
            return []
        return [
            "the numbers never fall from one date to the next, as running totals do: give cumulative=True if they are"
        ]

    def _kinds(self) -> list[dict[str, object]]:
        """Return how many cells of each kind there are, with the first of them."""
        if self.account.empty:
            return []
        groups = self.account.groupby(["column", "why"], sort=False)
        kinds = groups.agg(cells=("rows", "sum"), text=("text", "first"), read_as=("read_as", "first")).reset_index()
        return [
            {
                "cells": int(kind["cells"]),
                "column": kind["column"],
                "why": kind["why"],
                "text": kind["text"],
                "read_as": kind["read_as"],
            }
            for kind in kinds.to_dict("records")
        ]

    def to_frame(self, level: float | None = None, *, rounded: bool = False) -> pd.DataFrame:
        """Return the clean rows as a DataFrame.

        Parameters
        ----------
        level : float, optional
            Of no effect: there are no draws [unitless].
        rounded : bool
            Of no effect: the numbers are those of the table [unitless].

        Returns
        -------
        pandas.DataFrame
            A copy of `frame`.
        """
        return self.frame.copy()

    def __repr__(self) -> str:
        return f"<Shipments: {self.report().title}>"
