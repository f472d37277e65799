"""Numbers that went wrong on their way, found from arithmetic and the words stated and from nothing else.

Every rule reads statements, which carry no note, no basis and no word on what they render; a key only names a row, and
pairs the two halves of an either/or.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from shellflow import catalog as facts
from shellflow import words
from shellflow.catalog import Catalog, Munition
from shellflow.errors import NoDataError
from shellflow.record._limits import hard_limit, transports_of
from shellflow.record._statements import UNSPECIFIED, Statement, first_day, last_day, ratio_of, said, said_ratio, stated

__all__ = ["Finding", "findings_of", "same_boxes"]

_WINDOW_DAYS = 31  # a briefing is quoted for weeks; a month later the same count of transports would be another one
_SUM = 0.005  # relative; a sum of numbers that were rounded is rounded again
_APART = 1.1  # two stated numbers further apart than this are not one number rounded twice
_FAR_BELOW = 2.0  # likewise for two munitions, where each count may be a bound of its own
_HANDFUL = 10.0  # rounds; fewer in a whole transport is the content of a package or two ...
_ALL_BUT_EMPTY = 0.02  # ... as long as they are also a small share of its payload: ten heavy rockets may be a load


@dataclass(frozen=True, slots=True)
class Finding:
    """A way in which a number is broken, and why it is thought so.

    Parameters
    ----------
    name : str
        What went wrong, such as "or turned into and" [unitless].
    reason : str
        The arithmetic, in a sentence [unitless].
    others : tuple of str
        Keys of the statements it was held against [unitless].
    """

    name: str
    reason: str
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        against = f" [{', '.join(self.others)}]" if self.others else ""
        return f"{self.name}: {self.reason}{against}"


def findings_of(one: Statement, others: Iterable[Statement], held: Catalog) -> tuple[Finding, ...]:
    """Return what is broken about a statement, judged by itself and by the others of the record.

    It finds slips between what was said and what was printed. A number that was wrong from the start, and says nothing
    impossible, passes.

    Parameters
    ----------
    one : Statement
        The statement to judge.
    others : iterable of Statement
        The record; its own row in it, if any, is passed over by its key.
    held : Catalog
        Masses and payloads.

    Returns
    -------
    tuple of Finding
        None, one or several.

    Raises
    ------
    Nothing.
    """
    if one.units is None or one.rounds is None:
        return ()
    # What is said later cannot have been misquoted here, and may itself be the misquotation.
    before = [
        other
        for other in others
        if other.rounds is not None
        and (not one.key or other.key != one.key)
        and same_boxes(one, other)
        and not _after(other, one)
    ]
    found = [
        *_rocket_as_shell(one, before, held),
        *_or_into_and(one, before),
        *_bound_turned(one, before, held),
        *_package_as_transport(one, held),
        *_larger_transport(one, held),
        *_against_siblings(one, before),
    ]
    return tuple(found)


def same_boxes(one: Statement, other: Statement) -> bool:
    """Return whether two statements count the same transports, as far as their words tell.

    The same number of the same kind, within a month of each other, and nothing stated that tells them apart.

    Raises
    ------
    Nothing.
    """
    if one.units is None or other.units is None or one.kind != other.kind or stated(one.units) != stated(other.units):
        return False
    for mine, theirs in ((one.transport, other.transport), (one.corridor, other.corridor)):
        if mine and theirs and mine != theirs:
            return False
    return not (one.date and other.date) or _days_apart(one.date, other.date) <= _WINDOW_DAYS


def _days_apart(one: str, other: str) -> int:
    return max(0, (first_day(one) - last_day(other)).days, (first_day(other) - last_day(one)).days)


def _after(other: Statement, one: Statement) -> bool:
    """Return whether the other was surely said later; a claim without a date comes after all others."""
    return bool(one.date) and bool(other.date) and first_day(other.date) > last_day(one.date)


def _rounds(one: Statement) -> tuple[float, float]:
    assert one.rounds is not None  # only statements with rounds are compared
    return stated(one.rounds)


def _record(name: str, held: Catalog) -> Munition | None:
    return None if name == UNSPECIFIED else facts.resolve_munition(name, held)[0]


def _said_first(siblings: Sequence[Statement]) -> list[Statement]:
    """Return those of the first day: they are what the others repeat, so that a slip is no support for the next."""
    start = min((first_day(other.date) for other in siblings if other.date), default=None)
    return [other for other in siblings if other.date and first_day(other.date) == start]


# --- the rules --------------------------------------------------------------------------------------------------------


def _rocket_as_shell(one: Statement, siblings: Sequence[Statement], held: Catalog) -> Iterator[Finding]:
    shell = _record(one.munition, held)
    if shell is None or shell.kind != "shell":
        return
    rockets = [
        rocket
        for key in facts.names("munitions", catalog=held)
        if (rocket := facts.find(key, "munitions", catalog=held)).kind == "rocket"
        and rocket.calibre_mm == shell.calibre_mm
    ]
    mass_kg = facts.projectile_mass(shell).band()[1]
    for other in siblings:
        heavier = _record(other.munition, held)
        if not rockets or heavier is None or heavier.kind != "shell":
            continue
        their_mass_kg = facts.projectile_mass(heavier).band()[1]
        if their_mass_kg <= mass_kg or max(_rounds(one)) * _FAR_BELOW > min(_rounds(other)):
            continue
        yield Finding(
            "rocket printed as shell",
            f"{said(one.rounds, 'round')} of {shell.munition} ({mass_kg:.3g} kg) against "
            f"{said(other.rounds, 'round')} of {heavier.munition} ({their_mass_kg:.3g} kg) in the same "
            f"{said(one.units, one.kind)}: of the lighter shell at least as many fit, unless it is the rocket "
            f"({rockets[0].munition})",
            (other.key,),
        )
        return


def _or_into_and(one: Statement, siblings: Sequence[Statement]) -> Iterator[Finding]:
    for first, second in combinations(siblings, 2):
        if first.key != second.alternative_to and second.key != first.alternative_to:
            continue
        ends = zip(_rounds(one), _rounds(first), _rounds(second), strict=True)
        if all(abs(mine - (a + b)) <= _SUM * (a + b) for mine, a, b in ends):
            yield Finding(
                "or turned into and",
                f"{said(one.rounds, 'round')} are the sum of {said(first.rounds, 'round')} of {first.munition} and "
                f"{said(second.rounds, 'round')} of {second.munition}, said as alternatives for the same "
                f"{said(one.units, one.kind)}",
                (first.key, second.key),
            )
            return


def _bound_turned(one: Statement, siblings: Sequence[Statement], held: Catalog) -> Iterator[Finding]:
    same = [
        other
        for other in siblings
        if _rounds(one) == _rounds(other) and _may_be_one(one.munition, other.munition, held)
    ]
    turned = [_turned(one, other) for other in _said_first(same)]
    if turned and all(turned):
        other = _said_first(same)[0]
        yield Finding(
            turned[0],
            f"the same numbers with the opposite bound: {said(other.rounds, 'round')} in "
            f"{said(other.units, other.kind)} before",
            (other.key,),
        )


def _turned(one: Statement, other: Statement) -> str:
    """Return which bound turned into which on the way from the other to this one, or ""."""
    spoken = {"floor": "more than", "ceiling": "up to"}
    for mine, theirs in ((one.rounds, other.rounds), (one.units, other.units)):
        assert mine is not None
        assert theirs is not None
        if {mine.bound, theirs.bound} == set(spoken):
            return f"{spoken[theirs.bound]} turned into {spoken[mine.bound]}"
    return ""


def _may_be_one(munition: str, other: str, held: Catalog) -> bool:
    first, second = _record(munition, held), _record(other, held)
    return first is None or second is None or first.calibre_mm == second.calibre_mm


def _package_as_transport(one: Statement, held: Catalog) -> Iterator[Finding]:
    ratio = ratio_of(one)
    if ratio is None or ratio[1] >= _HANDFUL or one.kind == "voyage":
        return
    munition = _record(one.munition, held)
    if munition is not None:
        payload_kg = min(box.payload_kg for box in transports_of(one.kind, held))
        if ratio[1] * facts.projectile_mass(munition).band()[1] > _ALL_BUT_EMPTY * payload_kg:
            return
    yield Finding(
        f"a package called a {one.kind}",
        f"{said_ratio(*ratio)} rounds to a {one.kind}: that is what a crate or two hold",
    )


def _larger_transport(one: Statement, held: Catalog) -> Iterator[Finding]:
    """Find wagons or voyages behind a count of containers: too many rounds for any box, few enough for those."""
    ratio = ratio_of(one)
    if ratio is None or one.kind != "container" or one.ratio_bound in ("ceiling", "none"):
        return
    munition = _record(one.munition, held)
    # Of an unspecified munition the lightest is allowed for.
    several = [munition] if munition else [facts.find(key, "munitions", catalog=held) for key in _munitions(held)]

    def most(kind: str) -> float:
        return max((hard_limit(m, box)[0] for m in several for box in transports_of(kind, held)), default=0.0)

    box, wagon = most("container"), most("wagon")
    try:
        voyage = box * facts.containers_per_voyage(held).band()[2]
    except NoDataError:
        voyage = 0.0
    if ratio[0] <= box:
        return
    for kind, limit in (("wagon", wagon), ("voyage", voyage)):
        if ratio[0] <= limit:
            yield Finding(
                f"{kind}s taken for containers",
                f"{said_ratio(*ratio)} rounds to a container, and no container of the catalog can hold more than "
                f"{box:,.0f}; a {kind} can",
            )
            return


def _munitions(held: Catalog) -> tuple[str, ...]:
    return facts.names("munitions", catalog=held)


def _against_siblings(one: Statement, siblings: Sequence[Statement]) -> Iterator[Finding]:
    assert one.units is not None
    if not one.date and not one.corridor and _one_digit(stated(one.units)[0]):
        return  # a count as round as 1,000 may be one of any flow
    first = _said_first([other for other in siblings if other.munition == one.munition != UNSPECIFIED])
    against = [other for other in first if _apart(_rounds(one), _rounds(other))]
    if against and len(against) == len(first):
        other = against[0]
        yield Finding(
            "in conflict with its siblings",
            f"{said(one.rounds, 'round')} of {one.munition} where {said(other.rounds, 'round')} were said of the same "
            f"{said(one.units, one.kind)}, a factor of {words.say(_factor(_rounds(one), _rounds(other)), 0.1)} apart",
            tuple(found.key for found in against),
        )


def _one_digit(number: float) -> bool:
    return float(f"{number:.0e}") == number


def _factor(one: tuple[float, float], other: tuple[float, float]) -> float:
    return max(one[0], other[0]) / min(one[1], other[1])


def _apart(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return _factor(one, other) > _APART
