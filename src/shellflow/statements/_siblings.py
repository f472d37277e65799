"""Which statements are of the same transports, and which of them the others may have been made of."""

from __future__ import annotations

from collections.abc import Container, Iterable

from shellflow.statements._statements import Statement, first_day, last_day, numbers_of

__all__ = ["dates_meet", "originals_of", "same_boxes", "siblings_in", "surely_after"]

_WINDOW_DAYS = 31  # a briefing is quoted for weeks; a month later the same count of transports would be another one


def same_boxes(statement: Statement, other: Statement) -> bool:
    """Return whether two statements count the same transports, as far as their words tell.

    The same number of the same kind, within a month of each other, and nothing stated that tells them apart. A number
    as round as 1,000 may be one of any flow, where the first statement has neither a date nor a corridor.
    """
    if (
        statement.units is None
        or other.units is None
        or statement.kind != other.kind
        or numbers_of(statement.units) != numbers_of(other.units)
    ):
        return False
    if not statement.date and not statement.corridor and _one_digit(numbers_of(statement.units)[0]):
        return False
    for mine, theirs in ((statement.transport, other.transport), (statement.corridor, other.corridor)):
        if mine and theirs and mine != theirs:
            return False
    return dates_meet(statement.date, other.date)


def dates_meet(first: str, second: str) -> bool:
    """Return whether two dates may be within a month of each other, as far as they are exact; "" may be any."""
    if not (first and second):
        return True
    apart = max((first_day(first) - last_day(second)).days, (first_day(second) - last_day(first)).days)
    return apart <= _WINDOW_DAYS


def surely_after(statement: Statement, other: Statement) -> bool:
    """Return whether the first was surely said later than the second; a claim without a date comes after all others."""
    if not statement.date or not other.date:
        return not statement.date and bool(other.date)
    return first_day(statement.date) > last_day(other.date)


def siblings_in(statement: Statement, others: Iterable[Statement]) -> list[Statement]:
    """Return the statements of the same transports with rounds, but for its own row and what was surely said later.

    What is said later cannot have been misquoted here, and may itself be the misquotation.
    """
    return [
        other
        for other in others
        if other.rounds is not None
        and (not statement.key or other.key != statement.key)
        and same_boxes(statement, other)
        and not surely_after(other, statement)
    ]


def originals_of(statement: Statement, siblings: Iterable[Statement], halves: Container[str]) -> list[Statement]:
    """Return those siblings that a statement may have been made of, and none that were made of others before.

    They are those surely said before it. Of what may have been said on the same day, only a half of an either/or counts
    for what is none: it tells more than a version that has lost the other half.

    Parameters
    ----------
    statement : Statement
        The statement to judge.
    siblings : iterable of Statement
        The statements it is compared with.
    halves : container of str
        Keys of the halves of an either/or [unitless].

    Returns
    -------
    list of Statement
        The first of them: the others repeat those, and a slip is no support for the same slip after it.
    """
    before = [
        other
        for other in siblings
        if surely_after(statement, other) or (other.key in halves and statement.key not in halves)
    ]
    earliest = min((last_day(other.date) for other in before), default=None)
    first = [other for other in before if earliest and first_day(other.date) <= earliest]
    return [other for other in first if other.key in halves] or first


def _one_digit(number: float) -> bool:
    return float(f"{number:.0e}") == number
