"""Sums, scalings and products of terms, kept flat."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import add as plus

from shellflow import units
from shellflow.errors import bad_argument
from shellflow.terms._basis import Basis
from shellflow.terms._nodes import Product, Scaled, Sum, Term

__all__ = ["add", "divide", "multiply", "parts_of", "scale"]


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
