"""Sums of rows by day and group.

Only sums reach Python, and that is exact: in a given draw rounds are linear in the count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shellflow.flows._periods import Days
from shellflow.sampling import Floats

__all__ = ["Sums"]


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums of the rows of one group on one day of one table, in the order of group, then day.

    The entries of several tables stay apart: each is one unknown, or none.

    Parameters
    ----------
    group : array of int
        Which group [unitless].
    day : array of int
        Days from 1970-01-01; 0 where the table has no dates [day].
    rows : array of int
        Number of rows [unitless].
    count : array of float
        Sum of the counts, of a range its midpoint [transport].
    half : array of float
        Sum of the half-widths of the ranges [transport].
    square : array of float
        Sum of the squares of the half-widths [transport squared].
    """

    group: Days
    day: Days
    rows: Days
    count: Floats
    half: Floats
    square: Floats

    def where(self, chosen: npt.NDArray[np.bool_]) -> Sums:
        """Return some of the entries."""
        return Sums(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    @classmethod
    def of(cls, group: Days, day: Days, rows: Days, count: Floats, half: Floats, square: Floats) -> Sums:
        """Return entries as sums, those of one group and day added up."""
        if not group.size:
            return cls(group, day, rows, count, half, square)
        # Sorted by all columns, so that sums of fractions do not depend on the order in which an engine gives groups.
        order = np.lexsort((square, half, count, rows, day, group))
        group, day = group[order], day[order]
        new = np.flatnonzero((np.diff(group, prepend=-1) != 0) | (np.diff(day, prepend=0) != 0))
        added = (np.add.reduceat(column[order], new) for column in (rows, count, half, square))
        return cls(group[new], day[new], *added)

    def joined(self, other: Sums, places: Days) -> Sums:
        """Return the entries of both; `places` are the groups here of those of `other`."""
        group = np.concatenate([self.group, places[other.group]])
        names = ("day", "rows", "count", "half", "square")
        rest = [np.concatenate([getattr(self, name), getattr(other, name)]) for name in names]
        order = np.lexsort((*reversed(rest), group))
        return Sums(group[order], *(column[order] for column in rest))

    def of_some(self, chosen: npt.NDArray[np.intp] | Sequence[int]) -> tuple[float, float, float]:
        """Return count, half-widths and their squares, summed over some of the entries."""
        return float(self.count[chosen].sum()), float(self.half[chosen].sum()), float(self.square[chosen].sum())
