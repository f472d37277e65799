"""Which statements are of the same transports, and which of them the others may have been made of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt

from shellflow.statements._statements import Statement, first_day, last_day, numbers_of

__all__ = ["Record", "Siblings", "dates_meet", "same_boxes"]

_WINDOW_DAYS = 31  # a briefing is quoted for weeks; a month later the same count of transports would be another one

_Flags = npt.NDArray[np.bool_]


def same_boxes(statement: Statement, other: Statement) -> bool:
    """Return whether two statements count the same transports, as far as their words tell.

    The same number of the same kind, within a month of each other, and nothing stated that tells them apart. A number
    as round as 1,000 may be one of any flow, where the first statement has neither a date nor a corridor.
    """
    if _boxes_of(statement) is None or _boxes_of(statement) != _boxes_of(other) or _may_be_any(statement):
        return False
    for mine, theirs in ((statement.transport, other.transport), (statement.corridor, other.corridor)):
        if mine and theirs and mine != theirs:
            return False
    return dates_meet(statement.date, other.date)


def _boxes_of(statement: Statement) -> tuple[str, float, float] | None:
    """Return the kind and the numbers of the transports."""
    return None if statement.units is None else (statement.kind, *numbers_of(statement.units))


def _may_be_any(statement: Statement) -> bool:
    assert statement.units is not None
    return not statement.date and not statement.corridor and _one_digit(numbers_of(statement.units)[0])


def dates_meet(first: str, second: str) -> bool:
    """Return whether two dates may be within a month of each other, as far as they are exact; "" may be any."""
    if not (first and second):
        return True
    (start, end), (other_start, other_end) = _days_of(first), _days_of(second)
    return max(start - other_end, other_start - end) <= _WINDOW_DAYS


@lru_cache(maxsize=4096)
def _days_of(date: str) -> tuple[float, float]:
    """Return the first and the last day that a date may mean, as numbers; "" comes after all others."""
    return (first_day(date).toordinal(), last_day(date).toordinal()) if date else (math.inf, math.inf)


class _Boxes:
    """The statements with rounds that count one number of transports of one kind, column by column."""

    def __init__(self, statements: Sequence[Statement], halves: frozenset[str]) -> None:
        self.statements = statements
        self.first, self.last = np.array([_days_of(other.date) for other in statements]).reshape(-1, 2).T
        self.key, self._transport, self._corridor = (
            np.array([getattr(other, name) for other in statements], dtype=object)
            for name in ("key", "transport", "corridor")
        )
        self._alike: dict[tuple[str, str], _Flags] = {}
        self.munitions = tuple(dict.fromkeys(other.munition for other in statements))
        number = {munition: place for place, munition in enumerate(self.munitions)}
        self.munition = np.array([number[other.munition] for other in statements], dtype=np.intp)
        place_of = {other.key: place for place, other in enumerate(statements)}
        self.alternative = np.array([place_of.get(other.alternative_to, -1) for other in statements], dtype=np.intp)
        self.is_half = np.array([other.key in halves for other in statements], dtype=bool)
        rounds = [other.rounds for other in statements]
        self.low, self.high = np.array([numbers_of(side) for side in rounds if side is not None]).reshape(-1, 2).T
        self.is_ceiling = np.array([side is not None and side.bound == "ceiling" for side in rounds], dtype=bool)

    def alike(self, statement: Statement) -> _Flags:
        """Return which of them name no other transport and no other corridor than a statement does."""
        names = statement.transport, statement.corridor
        if names not in self._alike:
            columns = zip(names, (self._transport, self._corridor), strict=True)
            same = [(theirs == mine) | (theirs == "") for mine, theirs in columns if mine]
            self._alike[names] = np.all(same, axis=0) if same else np.ones(self.key.size, dtype=bool)
        return self._alike[names]


class Record:
    """Statements to hold others against, sorted by the transports that they count.

    Parameters
    ----------
    statements : iterable of Statement
        In their order.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self._statements = tuple(statements)
        self.halves = frozenset(
            key for other in self._statements if other.alternative_to for key in (other.key, other.alternative_to)
        )

    @cached_property
    def _boxes(self) -> dict[tuple[str, float, float] | None, _Boxes]:
        several: dict[tuple[str, float, float] | None, list[Statement]] = {}
        for other in self._statements:
            if other.rounds is not None and other.units is not None:
                several.setdefault(_boxes_of(other), []).append(other)
        return {boxes: _Boxes(statements, self.halves) for boxes, statements in several.items()}

    def siblings_of(self, statement: Statement) -> Siblings:
        """Return the statements of the same transports with rounds, but for its own row and what was surely said later.

        What is said later cannot have been misquoted here, and may itself be the misquotation.
        """
        boxes = self._boxes.get(_boxes_of(statement))
        if boxes is None or _may_be_any(statement):
            boxes = _Boxes((), self.halves)
        first, last = _days_of(statement.date)
        same = boxes.first <= last
        if statement.date:
            same &= first - boxes.last <= _WINDOW_DAYS
        same &= boxes.alike(statement)
        if statement.key:
            same &= boxes.key != statement.key
        is_half = boxes.is_half
        if statement.alternative_to:
            is_half = is_half | (boxes.key == statement.alternative_to)
        return Siblings(statement, boxes, np.flatnonzero(same), is_half, self._is_half(statement))

    def _is_half(self, statement: Statement) -> bool:
        return bool(statement.alternative_to) or statement.key in self.halves


@dataclass(frozen=True, eq=False)
class Siblings:
    """Statements of the same transports as another.

    Parameters
    ----------
    statement : Statement
        That other.
    boxes : _Boxes
        All that count so many of this kind.
    places : array of int
        Which of them these are.
    halves : array of bool
        Which of the boxes are halves of an either/or.
    is_half : bool
        Whether the other is one.
    """

    statement: Statement
    boxes: _Boxes
    places: npt.NDArray[np.intp]
    halves: _Flags
    is_half: bool

    def __iter__(self) -> Iterator[Statement]:
        return (self.boxes.statements[place] for place in self.places)

    @property
    def munitions(self) -> list[str]:
        """What they speak of."""
        numbers = np.bincount(self.boxes.munition[self.places], minlength=len(self.boxes.munitions))
        return [munition for munition, number in zip(self.boxes.munitions, numbers, strict=True) if number]

    def _where(self, flags: _Flags) -> Siblings:
        return replace(self, places=self.places[flags])

    def of(self, munitions: Iterable[str]) -> Siblings:
        """Return those of some munitions."""
        wanted = set(munitions)
        is_wanted = np.array([munition in wanted for munition in self.boxes.munitions], dtype=bool)
        return self._where(is_wanted[self.boxes.munition[self.places]])

    def with_rounds(self, low: float, high: float) -> Siblings:
        """Return those of the same rounds."""
        return self._where((self.boxes.low[self.places] == low) & (self.boxes.high[self.places] == high))

    def with_more_than(self, rounds: float) -> Siblings:
        """Return those of so many rounds or more, but for what is said to fit at most."""
        return self._where((self.boxes.low[self.places] >= rounds) & ~self.boxes.is_ceiling[self.places])

    def alternatives(self, low: float, within: float) -> Iterator[tuple[Statement, Statement]]:
        """Yield pairs said as alternatives to each other, whose rounds add up to about `low`, but for a share."""
        boxes = self.boxes
        first = self.places[np.isin(boxes.alternative[self.places], self.places)]
        second = boxes.alternative[first]
        near = np.abs(boxes.low[first] + boxes.low[second] - low) <= within * low
        return (
            (boxes.statements[one], boxes.statements[other])
            for one, other in zip(first[near], second[near], strict=True)
        )

    def originals(self) -> list[Statement]:
        """Return those that the statement may have been made of, and none that were made of others before.

        They are those surely said before it. Of what may have been said on the same day, only a half of an either/or
        counts for what is none: it tells more than a version that has lost the other half. Of these only the first
        count: the others repeat them, and a slip is no support for the same slip after it.
        """
        boxes, places = self.boxes, self.places
        before = boxes.last[places] < _days_of(self.statement.date)[0]
        if not self.is_half:
            before |= self.halves[places]
        earlier = places[before]
        if not earlier.size:
            return []
        first = earlier[boxes.first[earlier] <= boxes.last[earlier].min()]
        halves = first[self.halves[first]]
        return [boxes.statements[place] for place in (halves if halves.size else first)]


def _one_digit(number: float) -> bool:
    return float(f"{number:.0e}") == number
