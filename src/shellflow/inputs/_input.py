"""A named uncertain input, its grade, and several of them together."""

from __future__ import annotations

import os
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np

from shellflow import sampling, units
from shellflow.errors import InputConflictError, bad_argument, shortened, shown
from shellflow.inputs._calculated import Calculated
from shellflow.inputs._grades import NO_SOURCE, check_grade, weakest
from shellflow.inputs._reading import check_unit, exactly
from shellflow.terms import NO_BASIS, Basis, Steps, Term, Uncertain, scale

__all__ = [
    "AS_ASKED",
    "ORIGINS",
    "Input",
    "Origin",
    "Unknowns",
    "as_stated",
    "calculated",
    "gather",
    "operand",
    "stated",
]

_NAMED = 3  # inputs that the name of a calculated one lists

AS_ASKED = "as asked"
"""What the source of an input of the question reads; its `origin` tells it, since anybody may write this."""

Origin = Literal["user", "question", "catalog"]

ORIGINS: tuple[Origin, ...] = ("user", "question", "catalog")
"""Who states an input: its user; the question itself, which is no evidence and so not graded with it; the catalog."""


@dataclass(frozen=True)
class Input(Term, Uncertain):
    """One unknown, or one fixed number, with all that is said about it.

    Inputs do arithmetic with each other, with numbers and quantities, draw by draw; the result is an input, of all
    their sources and the weakest of their grades.

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
        check_unit(self.unit)
        check_grade(self.grade, self.source)
        if self.origin not in ORIGINS:
            raise bad_argument("origin", self.origin, f"one of {', '.join(ORIGINS)}")
        units.register_upcast(Input)

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same in all draws."""
        if isinstance(self.distribution, Calculated):
            return self.distribution.is_fixed
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
        if isinstance(self.distribution, Calculated | sampling.Many):
            return self.distribution.draws(chosen)
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

    # --- as a term ---

    @property
    def children(self) -> tuple[Term, ...]:
        """What it is calculated from, if it is."""
        return (self.distribution.term,) if isinstance(self.distribution, Calculated) else ()

    def with_children(self, children: tuple[Term, ...]) -> Term:
        """Return what is calculated from another term."""
        return calculated(children[0], self.unit)

    @property
    def term(self) -> Term:
        """What it is calculated from, or itself."""
        return scale(self.children[0], 1.0, self.unit) if self.children else self

    @property
    def settings(self) -> None:
        """None: it can be drawn in any."""
        return None

    @property
    def exact(self) -> float | None:
        """Its value if the question states it as a bare number, else None."""
        bare = self.origin == "question" and not self.unit
        return self.distribution.value if bare and isinstance(self.distribution, sampling.Fixed) else None

    @cached_property
    def unknowns(self) -> Unknowns:
        """Itself, or the inputs that it is calculated from."""
        if self.children:
            return self.children[0].unknowns  # type: ignore[no-any-return]  # terms know nothing of inputs
        return Unknowns({self.name: (self,)}, {_content(self): self} if self.token else {})

    @cached_property
    def basis(self) -> Basis:
        """That of what it is calculated from."""
        return self.children[0].basis if self.children else NO_BASIS

    def steps(self, settings: sampling.Settings) -> Steps:
        """Work out its values."""
        if self.children:
            return (yield self.children[0])
        return self.draws(settings)

    def _operand(self, other: object) -> Term | None:
        return operand(other)

    def _result(self, term: Term, *others: object) -> Input:
        _ = term.basis
        return calculated(term)


def stated(name: str, distribution: sampling.Distribution, unit: str, band_for: str = "") -> Input:
    """Return an input that the question itself states: no evidence, and so not graded with it."""
    return Input(name, distribution, unit, AS_ASKED, "assumed", band_for, "question")


def as_stated(
    kind: str,
    distribution: sampling.Distribution,
    unit: str,
    name: str | None,
    source: str | None,
    grade: str | None,
    parameters: str,
    band_for: str = "",
) -> Input:
    """Return the input; without a name its content is what it is drawn by, and a token says which object it is."""
    token = ""
    if name is None and isinstance(distribution, sampling.Fixed):
        name = f"fixed {exactly(distribution.value)} {unit}".strip()
    elif name is None:
        content = f"{parameters} {unit}".strip()
        name, token = f"unnamed {kind}({content})", os.urandom(16).hex()
    if source is None or (isinstance(source, str) and not source):
        source = NO_SOURCE
    return Input(name, distribution, unit, source, "assumed" if grade is None else grade, band_for, token=token)


def calculated(term: Term, unit: str | None = None) -> Input:
    """Return the number that a term stands for as an input: of all its sources, and the weakest of its grades.

    It is taken in `unit` where the term is a plain number, and is fixed where all that it is made of is.
    """
    if isinstance(term, Input):
        return term
    unit = term.unit if unit is None else unit
    entering: tuple[Input, ...] = term.unknowns.inputs
    names = [shortened(part.name, 60) for part in entering[:_NAMED]]
    more = len(entering) - len(names)
    name = f"calculated from {', '.join(names)}" + (f" and {more} more" if more else "")
    source, grade, origin = _merged([part for part in entering if part.origin != "question"] or entering)
    return Input(name, Calculated(term), unit, source, grade, origin=origin)


def operand(value: object) -> Term | None:
    """Return what arithmetic is done with as a term, or None if it is nothing of ours; a number is the question's."""
    if isinstance(value, Input):
        return value.term
    if isinstance(value, bool) or not (isinstance(value, _NUMBERS) or units.is_quantity(value)):
        return None
    number, unit = units.canonical(value, None, "value")
    return stated(f"fixed {exactly(number)} {unit}".strip(), sampling.Fixed(number), unit)


_NUMBERS = (int, float, np.integer, np.floating, np.ma.MaskedArray)  # the last to be refused, not left to numpy


class Unknowns:
    """The inputs that a term is made of, each once: by name, with all that is stated of it."""

    def __init__(self, statements: Mapping[str, tuple[Input, ...]], unnamed: Mapping[Hashable, Input]) -> None:
        self._statements = statements  # of each name those that differ in source, grade or origin
        self._unnamed = unnamed  # by their content

    @classmethod
    def of(cls, inputs: Iterable[Input]) -> Unknowns:
        """Return those of some inputs, in which a name may stand several times."""
        statements: dict[str, tuple[Input, ...]] = {}
        unnamed: dict[Hashable, Input] = {}
        for entering in inputs:
            if isinstance(entering.distribution, Calculated):
                _merge(entering.unknowns, statements, unnamed)
            else:
                _take((entering,), statements, unnamed)
        return cls(statements, unnamed)

    def union(self, *others: Unknowns) -> Unknowns:
        """Return these and those of others.

        Raises
        ------
        InputConflictError
            If one name stands for two distributions, or two different unnamed inputs have the same content.
        """
        made: Unknowns | None = None
        for other in others:
            if other is self or (made or self)._holds(other):
                continue
            made = made or Unknowns(dict(self._statements), dict(self._unnamed))
            _merge(other, made._statements, made._unnamed)  # type: ignore[arg-type]  # copies of our own
        return made or self

    def _holds(self, other: Unknowns) -> bool:
        known = self._statements
        return len(other._statements) <= len(known) and all(
            name in known and all(any(new is old for old in known[name]) for new in statements)
            for name, statements in other._statements.items()
        )

    @cached_property
    def inputs(self) -> tuple[Input, ...]:
        """Each input once, in the order of first use, with all its sources and the weakest of its grades."""
        return tuple(
            statements[0] if len(statements) == 1 else _merged_input(statements)
            for statements in self._statements.values()
        )


def gather(inputs: Iterable[Input]) -> tuple[Input, ...]:
    """Return each input once, in the order of first use, with all its sources and the weakest of its grades.

    Of a calculated number those that it is made of. An InputConflictError tells of one name for two distributions, or
    of two different unnamed inputs of the same content.
    """
    return Unknowns.of(inputs).inputs


def _merge(more: Unknowns, statements: dict[str, tuple[Input, ...]], unnamed: dict[Hashable, Input]) -> None:
    for several in more._statements.values():
        _take(several, statements, unnamed)


def _take(several: tuple[Input, ...], statements: dict[str, tuple[Input, ...]], unnamed: dict[Hashable, Input]) -> None:
    """Take up what is stated of one input."""
    new = several[0]
    if new.token:
        twin = unnamed.setdefault(_content(new), new)
        if twin.token != new.token:
            raise _unnamed_twins(new)
    known = statements.setdefault(new.name, several)
    if known is several or (known[0] is new and len(several) == 1):
        return
    if known[0].token != new.token:
        raise _unnamed_twins(new)
    # An unnamed plain number may be taken in several units; it stays the one unknown that its token says it is.
    same_unit = known[0].unit == new.unit or bool(new.token)
    if not same_unit or not sampling.alike(known[0].distribution, new.distribution):
        raise InputConflictError(
            f"the input name {shown(new.name)} stands for two different things in one estimate: "
            f"{_described(known[0])} and {_described(new)}. Give one of them another name."
        )
    stated_so_far = {(part.source, part.grade, part.origin) for part in known}
    others = tuple(part for part in several if (part.source, part.grade, part.origin) not in stated_so_far)
    if others:
        statements[new.name] = (*known, *others)


def _content(unnamed: Input) -> Hashable:
    try:
        hash(unnamed.distribution)
    except TypeError:  # a foreign distribution: its name tells what its quantiles are
        return unnamed.name
    return unnamed.distribution, unnamed.unit


def _unnamed_twins(unnamed: Input) -> InputConflictError:
    return InputConflictError(
        f"two inputs without a name= have the same content, {_described(unnamed)}, and meet in one result: nobody can "
        "know whether they are one unknown or two. Give both a name=: the same name if they are one unknown, two names "
        "if they are two. Or make the input once and use that object in both places."
    )


def _merged(several: Sequence[Input]) -> tuple[str, str, Origin]:
    """Return the sources of several, the weakest of their grades and their origin."""
    source = " and ".join(dict.fromkeys(part.source for part in several))
    evidence = [part for part in several if part.origin != "question"] or several
    return source, weakest(part.grade for part in several), evidence[0].origin


def _merged_input(several: Sequence[Input]) -> Input:
    source, grade, origin = _merged(several)
    return replace(several[0], source=source, grade=grade, origin=origin)


def _described(part: Input) -> str:
    return f"{shown(part.distribution)} {part.unit}".strip()
