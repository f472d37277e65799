"""A statement as its words give it: transports on one side, rounds on the other, and what their ratio then bounds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from shellflow import checks, inputs, units, words
from shellflow.catalog import Claim
from shellflow.errors import UnitError, bad_argument, shown
from shellflow.words import Claimed

__all__ = [
    "UNSPECIFIED",
    "Statement",
    "apart_in_words",
    "as_date",
    "bounded_ratio_of",
    "first_day",
    "last_day",
    "numbers_of",
    "of_record",
    "ratio_in_words",
    "ratio_of",
    "read_side",
    "side_in_words",
    "side_of",
]

UNSPECIFIED = "unspecified"

_A_SIDE = "a number, a (low, high) pair, or words such as 'more than 3M', 'up to 4.8M' or '4.2-5.8M'"


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said, without what anybody noted about it.

    It holds none of a row's `note`, `basis` and `rendering_of`: what is judged from a statement is judged from its
    numbers and words alone.

    Parameters
    ----------
    key : str
        Of its row; "" for a claim of the user's own [unitless].
    date : str
        When it was said; "" where that is not stated [unitless].
    claimant, family, corridor : str
        Who said it, which office that is, and from where to where; "" where not stated [unitless].
    kind, transport : str
        What was counted, and its type; the type "" where not stated [unitless].
    units, rounds : Claimed or None
        The two sides; None where one is not stated.
    munition : str
        Its key, or `UNSPECIFIED` [unitless].
    alternative_to : str
        Key of the statement of which it is the other half of an either/or, or "" [unitless].
    ratio_bound : str
        What rounds over units bounds: point, floor, ceiling, range or none [unitless].
    """

    key: str
    date: str
    claimant: str
    family: str
    corridor: str
    kind: str
    transport: str
    units: Claimed | None
    rounds: Claimed | None
    munition: str
    alternative_to: str
    ratio_bound: str


def of_record(claims: Iterable[Claim]) -> tuple[Statement, ...]:
    """Return the statements in rows of a claims table, in their order."""
    return tuple(
        Statement(
            key=row.claim,
            date=row.date,
            claimant=row.claimant,
            family=row.family,
            corridor=row.corridor or "",
            kind=row.kind,
            transport=row.transport or "",
            units=side_of(row.units_low, row.units_high, row.units_bound, row.kind),
            rounds=side_of(row.rounds_low, row.rounds_high, row.rounds_bound, "round"),
            munition=row.munition,
            alternative_to=row.alternative_to or "",
            ratio_bound=row.ratio_bound,
        )
        for row in claims
    )


def side_of(low: float | None, high: float | None, bound: str, noun: str) -> Claimed | None:
    """Return one side of a row; None where its bound says that nothing is stated."""
    if bound == "none":
        return None
    return Claimed(low, high, bound, noun)  # type: ignore[arg-type]  # the reader of the table has checked it


def numbers_of(side: Claimed) -> tuple[float, float]:
    """Return the numbers a side states, whatever they bound: twice the same where there is one."""
    low, high = side.low, side.high
    return cast(float, high if low is None else low), cast(float, low if high is None else high)


def ratio_of(statement: Statement) -> tuple[float, float] | None:
    """Return rounds per transport by the numbers stated, least and greatest; None where a side is missing."""
    if statement.units is None or statement.rounds is None:
        return None
    (rounds_low, rounds_high), (units_low, units_high) = numbers_of(statement.rounds), numbers_of(statement.units)
    return rounds_low / units_high, rounds_high / units_low


def bounded_ratio_of(statement: Statement) -> tuple[float, float] | None:
    """Return the ratio without an end that bounds nothing: of a floor its least, twice, of a ceiling its greatest.

    More than a million in 1,000 to 2,000 is at least 500 each; that it may be 1,000 each adds nothing.
    """
    ratio = ratio_of(statement)
    if ratio is None or statement.ratio_bound not in ("floor", "ceiling"):
        return ratio
    end = ratio[0] if statement.ratio_bound == "floor" else ratio[1]
    return end, end


# --- reading a user's own ---------------------------------------------------------------------------------------------


def read_side(value: object, argument: str) -> Claimed:
    """Read one side of a user's claim.

    Parameters
    ----------
    value : number, (low, high) pair, str or pint quantity
        What was said [round or transport].
    argument : str
        Its name in error messages [unitless].

    Returns
    -------
    Claimed
        Point, floor, ceiling or range, with its noun.

    Raises
    ------
    ArgumentError, UnitError, UnknownItemError
        If it is none of these, a pair is upside down, a number not above 0, or its words contradict each other.
    """
    if isinstance(value, str):
        claim = words.read_claim(value, argument=argument)
    elif isinstance(value, tuple | list):
        if len(value) != 2:
            raise bad_argument(argument, value, _A_SIDE)
        low, high = (_number(end, f"{argument}[{place}]") for place, end in enumerate(value))
        nouns = {noun for _, noun in (low, high) if noun}
        if len(nouns) > 1:
            raise UnitError(f"{argument}={shown(value)}: must be a range of one thing, not of {' and '.join(nouns)}s.")
        if not low[0] <= high[0]:
            raise bad_argument(argument, value, "a range with its low end first", "Swap the two.")
        claim = Claimed(low[0], high[0], "range", nouns.pop() if nouns else None)
    else:
        number, noun = _number(value, argument)
        claim = Claimed(number, number, "point", noun)
    if not (min(numbers_of(claim)) > 0 and max(numbers_of(claim)) < math.inf):
        raise bad_argument(argument, value, "above 0 and finite")
    return claim


def _number(value: object, argument: str) -> tuple[float, str | None]:
    if isinstance(value, str):
        amount = words.read_count(value, argument=argument)
        return amount.value, amount.noun
    if not units.is_quantity(value):
        fix = "Or give a (low, high) pair, or words such as 'more than 3M', 'up to 4.8M' or '4.2-5.8M'."
        return checks.number(value, argument, above=0.0, allowed="a number above 0 and finite", fix=fix), None
    number, unit = units.canonical(value, None, argument)
    if unit not in ("", *words.NOUNS):
        raise UnitError(f"{argument}={shown(value)} is in {unit}; expected a count of rounds or transports.")
    return number, unit or None


def as_date(value: object, argument: str) -> str:
    """Return a date as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.

    Parameters
    ----------
    value : str or date
        The date; of a datetime the day as written in its own zone [unitless].
    argument : str
        Its name in error messages [unitless].

    Raises
    ------
    ArgumentError
        If it is not a date.
    """
    text = value.isoformat()[:10] if isinstance(value, date) else value
    try:
        if isinstance(text, str) and len(text) in (4, 7, 10):
            first_day(text)
            return text
    except ValueError:
        pass
    raise bad_argument(argument, value, "a date", "Write YYYY, YYYY-MM or YYYY-MM-DD.")


def first_day(text: str) -> date:
    """Return the first day that a date of a table may mean.

    Raises
    ------
    ValueError
        If it is not a date written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    """
    padded = f"{text}-01-01"[:10]
    claim = date.fromisoformat(padded)
    if claim.isoformat() != padded:  # Python also reads 2024-W01-1
        raise ValueError(text)
    return claim


def last_day(text: str) -> date:
    """Return the last day that a date of a table may mean."""
    start = first_day(text)
    if len(text) == 10:
        return start
    following = date(start.year + 1, 1, 1) if len(text) == 4 else (start + timedelta(days=31)).replace(day=1)
    return following - timedelta(days=1)


# --- in words ---------------------------------------------------------------------------------------------------------


def side_in_words(side: Claimed | None, noun: str) -> str:
    """Return a side in words, such as `at least 3 million rounds`."""
    if side is None:
        return f"no number of {noun}s"
    low, high = numbers_of(side)
    number = words.say_band(low, high, _step(low, high)) if low < high else words.say(low, _step(low, low))
    text = f"{inputs.ABOUT if side.about else ''}{words.with_noun(number, noun)}"
    return words.with_bound(side.bound, text)


def ratio_in_words(low: float, high: float) -> str:
    """Return rounds per transport in words, with a decimal where that tells anything."""
    return " to ".join(dict.fromkeys(apart_in_words(low, high)))


def apart_in_words(number: float, other: float) -> tuple[str, str]:
    """Return two numbers of rounds per transport in as many digits as it takes to tell them apart, if they differ."""
    if all(value > 1 and value == round(value) for value in (number, other)):
        return f"{number:,.0f}", f"{other:,.0f}"  # 480.0 would look measured
    for more in range(_MOST_DIGITS):
        texts = _digits(number, more), _digits(other, more)
        if texts[0] != texts[1]:
            return texts
    return _digits(number, 0), _digits(other, 0)


_MOST_DIGITS = 10  # what differs beyond these differs by the noise of floats


def _digits(value: float, more: int) -> str:
    decimals = (1 if value < 1000 else 0) + more
    if value < 0.1:
        decimals = 1 - math.floor(math.log10(value)) + more
        return f"{value:.{1 + more}e}" if value < 1e-6 else f"{value:.{decimals}f}"
    # 500.001 would be read as 500 thousand by half of the draw.
    return f"{value:,.{decimals + (decimals == 3 and value >= 1)}f}"


def _step(low: float, high: float) -> float:
    """Return the largest power of ten by which both ends can be rounded unchanged, or nearly so where they are odd."""
    step = words.step(low, low)
    while step >= 1 and low % (step * 10) == 0 and high % (step * 10) == 0:
        step *= 10
    return step
