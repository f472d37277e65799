"""A named uncertain input, its grade, and several of them together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

import numpy as np

from shellflow import sampling, units, words
from shellflow.errors import ArgumentError, InputConflictError, UnitError, bad_argument, shown

__all__ = [
    "AS_ASKED",
    "GRADES",
    "NO_SOURCE",
    "ORIGINS",
    "Input",
    "Origin",
    "check_grade",
    "exactly",
    "gather",
    "stated",
    "weakest",
]

GRADES = ("measured", "specified", "published", "derived", "assumed")
"""How a number is known, from the firmest to the weakest."""

NO_SOURCE = "none stated"

AS_ASKED = "as asked"
"""What the source of an input of the question reads; its `origin` tells it, since anybody may write this."""

Origin = Literal["user", "question", "catalog"]

ORIGINS: tuple[Origin, ...] = ("user", "question", "catalog")
"""Who states an input: its user; the question itself, which is no evidence and so not graded with it; the catalog."""


@dataclass(frozen=True)
class Input:
    """One unknown, or one fixed number, with all that is said about it.

    Parameters
    ----------
    name : str
        Its identity: draws depend on it and on nothing else [unitless].
    distribution : sampling.Distribution
        What is known of its value, in `unit`.
    unit : str
        A pint unit; "" for a plain number [unitless].
    source : str
        Where the figure is from [unitless].
    grade : str
        One of `GRADES` [unitless].
    band_for : str
        What a band of it is a band for, in words, where that is not the value itself [unitless].
    origin : str
        One of `ORIGINS`; set by the library, never taken from a text of the user [unitless].
    token : str
        Of an unnamed uncertain input, which object it is, since others may have the same content; kept by copies,
        pickles and JSON. No draw depends on it. "" for all others [unitless].

    Raises
    ------
    ArgumentError
        If the name is empty, the grade or the origin unknown, or a grade better than `assumed` comes without a source.
    """

    name: str
    distribution: sampling.Distribution
    unit: str
    source: str = NO_SOURCE
    grade: str = "assumed"
    band_for: str = ""
    origin: Origin = "user"
    token: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise bad_argument("name", self.name, "a text that is not empty", "Leave it out for an unknown of its own.")
        for argument in ("source", "band_for", "unit", "token"):
            if not isinstance(getattr(self, argument), str):
                raise bad_argument(argument, getattr(self, argument), "a text")
        if not callable(getattr(self.distribution, "ppf", None)):
            raise bad_argument("distribution", self.distribution, "a distribution")
        _check_unit(self.unit)
        check_grade(self.grade, self.source)
        if self.origin not in ORIGINS:
            raise bad_argument("origin", self.origin, f"one of {', '.join(ORIGINS)}")

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same in all draws."""
        return isinstance(self.distribution, sampling.Fixed)

    def draws(self, chosen: sampling.Settings) -> sampling.Floats:
        """Return its value in every draw, read-only.

        Parameters
        ----------
        chosen : sampling.Settings
            Number of draws and seed.

        Returns
        -------
        array of n floats
            The same array every time [its unit].

        Raises
        ------
        ArgumentError
            If a foreign distribution gives values that are not finite or fall.
        """
        return sampling.draw(self.name, self.distribution, chosen)

    def band(self, level: float = 0.9) -> tuple[float, float, float]:
        """Return the low end of its central interval, its median and the high end.

        Parameters
        ----------
        level : float
            Probability of the interval, in (0, 1) [unitless].

        Returns
        -------
        tuple of three floats
            Low, median, high [its unit].
        """
        low, median, high = self.distribution.ppf(np.array([(1 - level) / 2, 0.5, (1 + level) / 2]))
        return float(low), float(median), float(high)


# Those that need no registry to be told; loading pint takes longer than many a question.
_UNITS = {"", "kg", "m", "day", "1/day", "round/day", *(f"round/{noun}" for noun in words.NOUNS), *words.NOUNS}


@cache
def _check_unit(unit: str) -> None:
    if unit in _UNITS or unit == "container/voyage":
        return
    _, kept = units.canonical(1.0, unit, "unit")
    if kept != unit:
        raise UnitError(f"unit={shown(unit)}: inputs are kept in {kept or 'plain numbers'}. Give the value in that.")


def check_grade(grade: str, source: str) -> None:
    """Check that a grade exists and that it is not better than its source.

    Parameters
    ----------
    grade : str
        One of `GRADES` [unitless].
    source : str
        Where the figure is from; "" or `NO_SOURCE` for none [unitless].

    Raises
    ------
    ArgumentError
        If not.
    """
    if not isinstance(grade, str) or grade not in GRADES:
        raise bad_argument("grade", grade, f"one of {', '.join(GRADES)}")
    if not isinstance(source, str):
        raise bad_argument("source", source, "a text that says where the figure is from")
    if grade != "assumed" and (not source.strip() or source == NO_SOURCE):
        raise ArgumentError(
            f"grade={grade!r} without a source: a number without a source is graded 'assumed'. "
            "Give source=..., or leave the grade out."
        )


def weakest(grades: Iterable[str]) -> str:
    """Return the weakest of some grades.

    Parameters
    ----------
    grades : iterable of str
        At least one of `GRADES` [unitless].

    Returns
    -------
    str
        The one that stands last in `GRADES` [unitless].

    Raises
    ------
    ArgumentError
        If there are none, or one is unknown.
    """
    found = list(grades)
    for grade in found:
        if not isinstance(grade, str) or grade not in GRADES:
            raise bad_argument("grade", grade, f"one of {', '.join(GRADES)}")
    if not found:
        raise bad_argument("grades", found, "at least one grade")
    return max(found, key=GRADES.index)


def exactly(value: float) -> str:
    """Return a number in the fewest digits that tell it from every other: part of the name of a fixed input.

    Parameters
    ----------
    value : float
        The number [any one unit].

    Returns
    -------
    str
        Its digits [unitless].
    """
    return repr(float(value)).removesuffix(".0")


def stated(name: str, distribution: sampling.Distribution, unit: str, band_for: str = "") -> Input:
    """Return an input that the question itself states: no evidence, and so not graded with it.

    Parameters
    ----------
    name : str
        Its identity [unitless].
    distribution : sampling.Distribution
        What is known of its value, in `unit`.
    unit, band_for : str
        As for `Input` [unitless].

    Returns
    -------
    Input
        The named input.

    Raises
    ------
    ArgumentError
        If the name is empty.
    """
    return Input(name, distribution, unit, AS_ASKED, "assumed", band_for, "question")


def gather(inputs: Iterable[Input]) -> tuple[Input, ...]:
    """Return each input once, in the order of first use.

    Parameters
    ----------
    inputs : iterable of Input
        In which a name may stand several times.

    Returns
    -------
    tuple of Input
        Each name once, with all the sources stated for it and the weakest of the grades.

    Raises
    ------
    InputConflictError
        If one name stands for two distributions, or two different unnamed inputs have the same content.
    """
    first: dict[str, Input] = {}
    statements: dict[str, list[Input]] = {}  # of names that have several sources, grades or origins
    unnamed: dict[Hashable, Input] = {}
    for one in inputs:
        if one.token:
            twin = unnamed.setdefault(_content(one), one)
            if twin.token != one.token:
                raise _unnamed_twins(one)
        known = first.setdefault(one.name, one)
        if known is one:
            continue
        if known.token != one.token:
            raise _unnamed_twins(one)
        # An unnamed plain number may be taken in several units; it stays the one unknown that its token says it is.
        same_unit = known.unit == one.unit or bool(one.token)
        if not same_unit or not sampling.alike(known.distribution, one.distribution):
            raise InputConflictError(
                f"the input name {shown(one.name)} stands for two different things in one estimate: "
                f"{_say(known)} and {_say(one)}. Give one of them another name."
            )
        if (known.source, known.grade, known.origin) != (one.source, one.grade, one.origin):
            statements.setdefault(one.name, [known]).append(one)
    first |= {name: _merged(several) for name, several in statements.items()}
    return tuple(first.values())


def _content(one: Input) -> Hashable:
    try:
        hash(one.distribution)
    except TypeError:  # a foreign distribution: its name tells what its quantiles are
        return one.name
    return one.distribution, one.unit


def _unnamed_twins(one: Input) -> InputConflictError:
    return InputConflictError(
        f"two inputs without a name= have the same content, {_say(one)}, and meet in one result: nobody can know "
        "whether they are one unknown or two. Give both a name=: the same name if they are one unknown, two names if "
        "they are two. Or make the input once and use that object in both places."
    )


def _merged(several: list[Input]) -> Input:
    return replace(
        several[0],
        source=" and ".join(dict.fromkeys(one.source for one in several)),
        grade=weakest(one.grade for one in several),
        origin=next((one.origin for one in several if one.origin != "question"), "question"),
    )


def _say(one: Input) -> str:
    return f"{shown(one.distribution)} {one.unit}".strip()
