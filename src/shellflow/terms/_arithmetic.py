"""Sums, scalings and products of terms, kept flat, and the operators of uncertain quantities."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add as plus
from typing import TYPE_CHECKING, Any, NoReturn, Self

from shellflow import units
from shellflow.errors import OrderError, UnitError, bad_argument, shown
from shellflow.sampling import Settings, current_settings
from shellflow.terms._basis import Basis
from shellflow.terms._nodes import Product, Scaled, Sum, Term, check_divisor, evaluate
from shellflow.words import formatted

__all__ = ["Uncertain", "add", "divide", "multiply", "parts_of", "scale"]


class Uncertain:
    """A quantity known in every draw, which adds, subtracts, multiplies and divides draw by draw.

    What a class of such quantities has to say: its term, what an operand is as a term, and how a result is made.
    """

    # numpy must leave `np.float64(2) * quantity` to us, or it would make an array of objects.
    __array_ufunc__ = None

    if TYPE_CHECKING:

        @property
        def term(self) -> Term:
            """What it is made of."""

        @property
        def settings(self) -> Settings | None:
            """The draws that it is known in; None where it can be drawn anew in any."""

        @property
        def unit(self) -> str:
            """Its unit."""

        def band(self, level: float = 0.9) -> tuple[float, float, float]:
            """Return low end, median and high end."""

    def __format__(self, code: str) -> str:
        """Return it as `str` does; with a code such as ".2g" its median and 90 % band, each written by that code."""
        return formatted(self.band(), self.unit, code) if code else str(self)

    def _operand(self, other: object) -> Term | None:
        """Return an operand as a term, or None if it is nothing to calculate with."""
        raise NotImplementedError

    def _result(self, term: Term, *others: object) -> Self:
        """Return the quantity of a term made of this one's and of others."""
        raise NotImplementedError

    def _no_order(self, other: object) -> NoReturn:
        raise OrderError("bands have no order: two may overlap. Ask for a share of the draws: a.chance(at_least=b).")

    __lt__ = __le__ = __gt__ = __ge__ = _no_order

    def __add__(self, other: object) -> Self:
        return self._plus(other, 1.0)

    def __radd__(self, other: object) -> Self:
        if isinstance(other, int) and not isinstance(other, bool) and other == 0:
            return self  # the start of sum([...])
        return self._plus(other, 1.0)

    def __sub__(self, other: object) -> Self:
        return self._plus(other, -1.0)

    def __rsub__(self, other: object) -> Self:
        return (-self)._plus(other, 1.0)

    def __neg__(self) -> Self:
        return self._result(scale(self.term, -1.0))

    def __mul__(self, other: object) -> Self:
        term = self._operand(other)
        return _LEFT_TO_OTHERS if term is None else self._result(multiply(self.term, term), other)

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Self:
        term = self._operand(other)
        return _LEFT_TO_OTHERS if term is None else self._ratio(self.term, term, other)

    def __rtruediv__(self, other: object) -> Self:
        term = self._operand(other)
        return _LEFT_TO_OTHERS if term is None else self._ratio(term, self.term, other)

    def _ratio(self, over: Term, under: Term, other: object) -> Self:
        made = self._result(divide(over, under), other)
        # A division by zero is an error where it is written.
        check_divisor(evaluate(under, self.settings or current_settings()), "the divisor")
        return made

    def _plus(self, other: object, sign: float) -> Self:
        left, right = self.term, self._operand(other)
        if right is None:
            return _LEFT_TO_OTHERS  # type: ignore[no-any-return]
        if right.unit != left.unit:
            raise UnitError(
                f"{left.unit or 'a plain number'} and {right.unit or 'a plain number'} cannot be added "
                f"({shown(other)}). Bring both to one unit first."
            )
        if sign < 0:
            right = add(*(scale(part, -1.0) for part in parts_of(right)))
        return self._result(add(left, right), other)


_LEFT_TO_OTHERS: Any = NotImplemented  # what Python wants of an operator that knows nothing of its operand


def parts_of(term: Term) -> tuple[Term, ...]:
    """Return what a term is the plain sum of: the parts of a sum, or nothing but itself."""
    return term.parts if isinstance(term, Sum) else (term,)


def add(*terms: Term) -> Term:
    """Return the sum of terms of one unit, flat.

    Raises
    ------
    InputConflictError, BasisError
        If their unknowns conflict, or it adds up a capacity and contents.
    """
    if len(terms) == 1:
        return terms[0]
    made = Sum(tuple(part for term in terms for part in parts_of(term)))
    return _known(made, terms, reduce(plus, (term.basis for term in terms)))


def scale(term: Term, factor: float, unit: str | None = None) -> Term:
    """Return a term times an exact number, in a unit of its own where one is given."""
    unit = term.unit if unit is None else unit
    if isinstance(term, Scaled):
        factor, term = factor * term.factor, term.part
    return term if factor == 1.0 and unit == term.unit else Scaled(factor, term, unit)


def multiply(left: Term, right: Term) -> Term:
    """Return the product of two terms, in the product of their units.

    Raises
    ------
    InputConflictError, UnitError
        If their unknowns conflict, or no unit is kept in such a power.
    """
    return _combined(left, right, "*")


def divide(over: Term, under: Term) -> Term:
    """Return the ratio of two terms; that the divisor is 0 in no draw is checked when it is worked out.

    Raises
    ------
    InputConflictError, UnitError, ArgumentError
        If their unknowns conflict, no unit is kept in such a power, or `under` is the number 0.
    """
    return _combined(over, under, "/")


def _combined(left: Term, right: Term, operator: str) -> Term:
    conversion, unit = units.combined(left.unit, right.unit, operator)
    number = right.exact
    if number is not None:
        if operator == "/" and number == 0:
            raise bad_argument("divisor", number, "different from 0")
        return scale(left, number if operator == "*" else 1.0 / number)
    if operator == "*" and isinstance(right, Product | Scaled) and not isinstance(left, Product | Scaled):
        left, right = right, left  # the longer one first, so that a product of many stays flat
    terms = (left, right)
    factor = conversion
    if isinstance(left, Scaled) and left.unit == left.part.unit:
        factor, left = factor * left.factor, left.part
    factors, operators = (left.factors, left.operators) if isinstance(left, Product) else ((left,), "*")
    made = Product((*factors, right), operators + operator, unit)
    return scale(_known(made, terms, left.basis * right.basis), factor)


def _known(made: Term, terms: Iterable[Term], basis: Basis) -> Term:
    """Note what is known of a term from those it was made of, so that nobody has to walk through all of its parts."""
    first, *others = (term.unknowns for term in terms)
    made.__dict__.update(unknowns=first.union(*others), basis=basis)
    return made
