"""Sums of rows by day and group.

Only sums reach Python, and that is exact: in a given draw rounds are linear in the count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from shellflow.flows._periods import Days, Span
from shellflow.sampling import Floats
from shellflow.terms import Bound, bound_of_sum

__all__ = ["NO_SPAN", "Sums"]

NO_SPAN = np.iinfo(np.int64).min
"""In place of a day: the rows do not accrue over days."""

_KEYS = ("group", "day", "since", "until", "accrued")
_ADDED = ("rows", "count", "half", "square", "floors", "ceilings", "filled")


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
    since : array of int
        Of a part of rows that accrue over several days, and are uncertain or of transports that differ, the day after
        which they begin: their parts share one error. `NO_SPAN` of all others [day].
    until : array of int
        Of such a part, the last day of the rows; `NO_SPAN` of all others [day].
    accrued : array of bool
        Whether it is the part of a day of rows that accrue over days [unitless].
    rows : array of int
        Number of rows; those that accrue are counted on their last day [unitless].
    count : array of float
        Sum of the counts, of a range its midpoint [transport].
    half : array of float
        Sum of the half-widths of the ranges [transport].
    square : array of float
        Sum of the squares of the half-widths [transport squared].
    floors, ceilings : array of float
        Number of rows that state no more than a lower, or an upper bound; those that accrue are counted on each of
        their days [unitless].
    filled : array of float
        Number of rows without a count, each taken for a voyage; those that accrue, in parts [voyage].
    """

    group: Days
    day: Days
    since: Days
    until: Days
    accrued: npt.NDArray[np.bool_]
    rows: Days
    count: Floats
    half: Floats
    square: Floats
    floors: Floats
    ceilings: Floats
    filled: Floats

    def where(self, chosen: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> Sums:
        """Return some of the entries."""
        return Sums(*(getattr(self, name)[chosen] for name in self.__dataclass_fields__))

    @classmethod
    def of(
        cls,
        group: Days,
        day: Days,
        since: Days,
        rows: Days,
        count: Floats,
        half: Floats,
        square: Floats,
        floors: Floats,
        ceilings: Floats,
        filled: Floats,
        *,
        scatters: bool = False,
    ) -> Sums:
        """Return entries as sums, those of one group and day added up.

        Those with a day in `since` accrue evenly over the days after it through `day`; the others have `NO_SPAN`.
        `scatters` says that transports differ: the transports of such rows are then known to be the same on all days.
        """
        length = np.where(since == NO_SPAN, 1, day - since)
        entry = np.repeat(np.arange(day.size), length)
        before_last = np.repeat(np.cumsum(length), length) - 1 - np.arange(entry.size)
        accrued = since[entry] != NO_SPAN
        uncertain = accrued & ((half[entry] > 0) | scatters)
        per_day = 1.0 / length[entry]
        parts = cls(
            group[entry],
            day[entry] - before_last,
            np.where(uncertain, since[entry], NO_SPAN),
            np.where(uncertain, day[entry], NO_SPAN),
            accrued,
            np.where(before_last == 0, rows[entry], 0),
            # Divided, not multiplied, so that a part of a row that was cut in two is that of the whole row.
            count[entry] / length[entry],
            half[entry] / length[entry],
            square[entry] * per_day * per_day,
            floors[entry],
            ceilings[entry],
            filled[entry] / length[entry],
        )
        return parts._added_up()

    def _added_up(self) -> Sums:
        if not self.group.size:
            return self
        # Sorted by all columns, so that sums of fractions do not depend on the order in which an engine gives groups.
        order = self._order()
        keys = [getattr(self, name)[order] for name in _KEYS]
        new = np.zeros(order.size, dtype=bool)
        new[0] = True
        for key in keys:
            new[1:] |= key[1:] != key[:-1]
        starts = np.flatnonzero(new)
        added = (np.add.reduceat(getattr(self, name)[order], starts) for name in _ADDED)
        return Sums(*(key[starts] for key in keys), *added)

    def _order(self) -> npt.NDArray[np.intp]:
        return np.lexsort([getattr(self, name) for name in reversed((*_KEYS, *_ADDED))])

    def joined(self, other: Sums, places: Days) -> Sums:
        """Return the entries of both; `places` are the groups here of those of `other`."""
        columns = [np.concatenate([getattr(self, name), getattr(other, name)]) for name in self.__dataclass_fields__]
        columns[0] = np.concatenate([self.group, places[other.group]])
        both = Sums(*columns)
        return both.where(both._order())

    def of_some(self, chosen: npt.NDArray[np.intp] | Sequence[int]) -> tuple[float, float, float]:
        """Return count, half-widths and their squares, summed over some of the entries."""
        return float(self.count[chosen].sum()), float(self.half[chosen].sum()), float(self.square[chosen].sum())

    def bound_of_some(self, chosen: npt.NDArray[np.intp] | npt.NDArray[np.bool_] | Sequence[int]) -> Bound:
        """Return what the counts of some of the entries bound."""
        return bound_of_sum(
            "floor" if self.floors[chosen].any() else "point", "ceiling" if self.ceilings[chosen].any() else "point"
        )

    def covered(self) -> tuple[Span, ...]:
        """Return the days that the rows say something of, from the first to the last; none if there is only one.

        A first row without `since` counts what came before it, since a day that nobody stated.
        """
        first, last = int(np.where(self.accrued, self.day, self.day + 1).min()), int(self.day.max())
        return ((first, last),) if first <= last else ()
