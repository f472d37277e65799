"""Numbers that went wrong on their way, found from arithmetic and the words stated and from nothing else.

Every rule reads statements, which carry no note, no basis and no word on what they render; a key only names a row, and
pairs the two halves of an either/or.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from shellflow import packings as packed
from shellflow import sampling, words
from shellflow.catalog import Catalog, Munition, projectile_mass, transports_of
from shellflow.statements._limits import EXACT, as_loaded
from shellflow.statements._siblings import Record, Siblings
from shellflow.statements._statements import UNSPECIFIED, Statement, numbers_of, ratio_in_words, ratio_of, side_in_words

__all__ = ["Finding", "findings_of"]

_SUM = 0.005  # relative; the numbers of a sum may each be rounded
_NEAR_SUM = 0.06  # likewise; half a unit of the second digit stated is 5 % at most
_APART = 1.1  # two stated numbers further apart than this are not one number rounded twice
_FAR_BELOW = 2.0  # likewise for two munitions, where each count may be a bound of its own
_HANDFUL = 10.0  # rounds; fewer in a whole transport is the content of a package or two ...
_NO_PACKAGES = ("voyage", "tonne")  # kinds of which nobody takes a package for one
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
        Keys of the statements it was compared with [unitless].
    """

    name: str
    reason: str
    others: tuple[str, ...] = ()

    def __str__(self) -> str:
        against = f" [{', '.join(self.others)}]" if self.others else ""
        return f"{self.name}: {self.reason}{against}"


def findings_of(
    statement: Statement, others: Iterable[Statement] | Record, catalog: Catalog, basis: str | None = None
) -> tuple[Finding, ...]:
    """Return what is broken about a statement, judged by itself and by the others of the record.

    It finds slips between what was said and what was printed. A number that was wrong from the start, and says nothing
    impossible, passes. Statements are taken for capacities, of which more of the lighter shell fit: what a report takes
    apart into so many of the heavier and few of the lighter shell, in the same boxes, is taken for a slip. So is a
    capacity far above what was said of the contents before.

    Parameters
    ----------
    statement : Statement
        The statement to judge.
    others : iterable of Statement, or Record
        The record; its own row in it, if any, is passed over by its key. A `Record` is sorted once for many.
    catalog : Catalog
        Masses, payloads and observed loads.
    basis : "capacity" or "contents", optional
        What it says it speaks of: contents are in no conflict with what was said to fit [unitless].

    Returns
    -------
    tuple of Finding
        None, one or several.
    """
    if statement.units is None or statement.rounds is None:
        return ()
    record = others if isinstance(others, Record) else Record(others)
    siblings = record.siblings_of(statement)
    swapped = list(_calibres_swapped(statement, siblings, catalog))
    findings = [
        *_rocket_as_shell(statement, siblings, catalog),
        *_or_into_and(statement, siblings, catalog),
        *_bound_turned(statement, siblings, catalog),
        *_package_as_transport(statement, catalog),
        *swapped,
        *(_against_siblings(statement, siblings, catalog) if basis != "contents" and not swapped else ()),
    ]
    return tuple(findings)


def _rounds(statement: Statement) -> tuple[float, float]:
    assert statement.rounds is not None  # only statements with rounds are compared
    return numbers_of(statement.rounds)


def _rounds_in_words(statement: Statement) -> str:
    return side_in_words(statement.rounds, "round")


def _record(name: str, catalog: Catalog) -> Munition | None:
    return None if name == UNSPECIFIED else catalog.munitions[name]


def _may_be_one(munition: str, other: str, catalog: Catalog) -> bool:
    first, second = _record(munition, catalog), _record(other, catalog)
    return first is None or second is None or first.calibre_mm == second.calibre_mm


def _same_units(statement: Statement, other: Statement) -> str:
    """Return the transports of the other in words: the same as those of the first where both state just a number."""
    assert statement.units is not None
    assert other.units is not None
    same = "the same " if statement.units.bound == other.units.bound == "point" else ""
    return same + side_in_words(other.units, other.kind)


# --- the rules --------------------------------------------------------------------------------------------------------


def _rocket_as_shell(statement: Statement, siblings: Siblings, catalog: Catalog) -> Iterator[Finding]:
    shell = _record(statement.munition, catalog)
    if shell is None or shell.kind != "shell":
        return
    mass_kg = projectile_mass(shell).band()[1]
    their_mass_kg = {
        munition: projectile_mass(record).band()[1]
        for munition in siblings.munitions
        if (record := _record(munition, catalog)) is not None and record.kind == "shell"
    }
    heavier = siblings.of(munition for munition, kg in their_mass_kg.items() if kg > mass_kg)
    # What is said to fit at most leaves open that fewer do.
    more = list(heavier.with_more_than(max(_rounds(statement)) * _FAR_BELOW))
    rockets = [
        rocket
        for key in (catalog.munitions.names if more else ())
        if (rocket := catalog.munitions[key]).kind == "rocket" and rocket.calibre_mm == shell.calibre_mm
    ]
    if more and rockets:
        other = more[0]
        yield Finding(
            "rocket printed as shell",
            f"{_rounds_in_words(statement)} of {shell.munition} ({mass_kg:.3g} kg) against "
            f"{_rounds_in_words(other)} of {other.munition} ({their_mass_kg[other.munition]:.3g} kg) in "
            f"{_same_units(statement, other)}: of the lighter shell at least as many fit, unless it is the rocket "
            f"({rockets[0].munition})",
            (other.key,),
        )


def _or_into_and(statement: Statement, siblings: Siblings, catalog: Catalog) -> Iterator[Finding]:
    for first, second in siblings.alternatives(_rounds(statement)[0], _NEAR_SUM):
        if not any(_may_be_one(statement.munition, half.munition, catalog) for half in (first, second)):
            continue
        if all(map(_is_sum, _rounds(statement), _rounds(first), _rounds(second))):
            yield Finding(
                "or turned into and",
                f"{_rounds_in_words(statement)} are the sum of {_rounds_in_words(first)} of {first.munition} and "
                f"{_rounds_in_words(second)} of {second.munition}, said as alternatives for "
                f"{_same_units(statement, first)}",
                (first.key, second.key),
            )
            return


def _is_sum(number: float, first: float, second: float) -> bool:
    """Return whether a number may be a sum of two that was rounded, and is neither of them rounded alike."""
    near = max(_SUM * (first + second), _half_of_last_digit(number)) * (1 + EXACT)
    return abs(number - (first + second)) <= near < min(abs(number - first), abs(number - second))


def _half_of_last_digit(number: float) -> float:
    """Return half a unit of the last digit stated, of the second where there is only one: 4 million is 4.0."""
    unit = 10.0 ** (math.floor(math.log10(number)) - 1)
    while unit > 1 and number % unit:
        unit /= 10
    return unit / 2


def _bound_turned(statement: Statement, siblings: Siblings, catalog: Catalog) -> Iterator[Finding]:
    munitions = [other for other in siblings.munitions if _may_be_one(statement.munition, other, catalog)]
    first = siblings.of(munitions).with_rounds(*_rounds(statement)).originals()
    turned = [_turned(statement, other) for other in first]
    if turned and all(turned):
        yield Finding(
            turned[0],
            f"the same numbers with the opposite bound: {_rounds_in_words(first[0])} in "
            f"{side_in_words(first[0].units, first[0].kind)} before",
            (first[0].key,),
        )


def _turned(statement: Statement, other: Statement) -> str:
    """Return which bound turned into which on the way from the other to this one, or ""."""
    words_of_bound = {"floor": "more than", "ceiling": "up to"}
    for mine, theirs in ((statement.rounds, other.rounds), (statement.units, other.units)):
        assert mine is not None
        assert theirs is not None
        if {mine.bound, theirs.bound} == set(words_of_bound):
            return f"{words_of_bound[theirs.bound]} turned into {words_of_bound[mine.bound]}"
    return ""


def _calibres_swapped(statement: Statement, siblings: Siblings, catalog: Catalog) -> Iterator[Finding]:
    """Find the number of another calibre: it was said of that one in the same transports, and of this one another."""
    munition = _record(statement.munition, catalog)
    if munition is None:
        return
    originals = siblings.originals()
    own = [other for other in originals if other.munition == statement.munition]
    if not own or any(
        _factor(statement, other) <= _APART or _two_questions(statement, other, catalog) for other in own
    ):
        return
    for other in originals:
        heavier_or_lighter = _record(other.munition, catalog)
        if heavier_or_lighter is None or heavier_or_lighter.calibre_mm == munition.calibre_mm:
            continue
        if _rounds(other) == _rounds(statement):
            yield Finding(
                "calibres swapped",
                f"{_rounds_in_words(statement)} is what was said of {other.munition} in "
                f"{_same_units(statement, other)}; of {statement.munition} it was {_rounds_in_words(own[0])}",
                (other.key, own[0].key),
            )
            return


def _package_as_transport(statement: Statement, catalog: Catalog) -> Iterator[Finding]:
    ratio = ratio_of(statement)
    # A floor leaves open that there were more, and where both sides are open the ratio may be anything.
    if (
        ratio is None
        or ratio[1] >= _HANDFUL
        or statement.kind in _NO_PACKAGES
        or statement.ratio_bound in ("floor", "none")
    ):
        return
    each = f"{ratio_in_words(*ratio)} rounds per {statement.kind}"
    if ratio[1] < 1:
        yield Finding(f"fewer rounds than {statement.kind}s", f"{each}: are the two sides the wrong way round?")
        return
    munition = _record(statement.munition, catalog)
    kg = 0.0 if munition is None else ratio[1] * projectile_mass(munition).band()[1]
    least_payload_kg = min((box.payload_kg for box in transports_of(statement.kind, catalog)), default=math.inf)
    if kg > _ALL_BUT_EMPTY * least_payload_kg:
        return
    yield Finding(f"a package called a {statement.kind}", f"{each}: that is what a crate or two hold")


@lru_cache(maxsize=64)
def _as_loaded(
    kind: str, munition: Munition, transport: str, catalog: Catalog, settings: sampling.Settings
) -> tuple[float, float] | None:
    """Return what observed loads give for a transport of a kind, of the default type where none is stated.

    Kept, since all statements of the same transports ask for it; `settings` are those in force.
    """
    default = packed.DEFAULT_TRANSPORT if kind in ("container", "voyage") else ""
    named = [name for name in (transport or default,) if name in catalog.transports.names]
    return as_loaded(f"1 {kind}", munition, catalog.transports[named[0]], catalog) if named else None


def _against_siblings(statement: Statement, siblings: Siblings, catalog: Catalog) -> Iterator[Finding]:
    first = siblings.of({statement.munition} - {UNSPECIFIED}).originals()
    against = [
        other for other in first if _factor(statement, other) > _APART and not _two_questions(statement, other, catalog)
    ]
    if against and len(against) == len(first):
        other = against[0]
        yield Finding(
            "in conflict with its siblings",
            f"{_rounds_in_words(statement)} of {statement.munition} where {_rounds_in_words(other)} were said of "
            f"{_same_units(statement, other)}, a factor of {words.say(_factor(statement, other), 0.1)} apart",
            tuple(other.key for other in against),
        )


def _factor(statement: Statement, other: Statement) -> float:
    """Return how far apart two statements of the same munition are; 1 or less where one allows what the other says.

    Whoever says "more than 500,000" means a number near it, so that a floor is held against others by its number. What
    is said to fit at most leaves open that fewer do; but two ceilings are one bound quoted twice.
    """
    assert statement.rounds is not None
    assert other.rounds is not None
    sides = (statement.rounds, other.rounds)
    both = all(side.bound == "ceiling" for side in sides)
    lows = [0.0 if side.bound == "ceiling" and not both else numbers_of(side)[0] for side in sides]
    return max(lows) / min(numbers_of(side)[1] for side in sides)


def _two_questions(statement: Statement, other: Statement, catalog: Catalog) -> bool:
    """Return whether the other can only be what would fit, and this one, being less, what is inside."""
    munition, mine, theirs = _record(statement.munition, catalog), ratio_of(statement), ratio_of(other)
    assert munition is not None  # both name the same munition, rounds and transports
    assert mine is not None
    assert theirs is not None
    transport = statement.transport or other.transport
    seen = _as_loaded(statement.kind, munition, transport, catalog, sampling.current_settings())
    return seen is not None and mine[1] >= seen[0] and mine[0] <= seen[1] < theirs[0]
