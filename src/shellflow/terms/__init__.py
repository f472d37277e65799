"""The arithmetic of uncertain quantities: sums, scalings and products, draw by draw.

A term knows its unit, its children, its unknowns, its basis and its values; the rooms above supply the leaves. Sums are
kept flat and scalings folded, and nothing here calls itself, so that a thousand estimates add up quickly and no chain
of operations is too long.
"""

from __future__ import annotations

from shellflow.terms._arithmetic import Uncertain, add, divide, multiply, parts_of, scale
from shellflow.terms._basis import NO_BASIS, Basis, basis_error, joined
from shellflow.terms._bounds import OPPOSITE, Bound, Bounded, bound_of, bound_of_sum, known_ends
from shellflow.terms._nodes import (
    Product,
    Scaled,
    Steps,
    Sum,
    Term,
    Unknowns,
    check_divisor,
    depth,
    evaluate,
    rebuilt,
    signed,
    walk,
    walk_up,
)

__all__ = [
    "NO_BASIS",
    "OPPOSITE",
    "Basis",
    "Bound",
    "Bounded",
    "Product",
    "Scaled",
    "Steps",
    "Sum",
    "Term",
    "Uncertain",
    "Unknowns",
    "add",
    "basis_error",
    "bound_of",
    "bound_of_sum",
    "check_divisor",
    "depth",
    "divide",
    "evaluate",
    "joined",
    "known_ends",
    "multiply",
    "parts_of",
    "rebuilt",
    "scale",
    "signed",
    "walk",
    "walk_up",
]
