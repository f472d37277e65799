"""The basis of a term, capacity or contents, and that the two are never added up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import add

from shellflow.errors import BasisError

__all__ = ["NO_BASIS", "Basis", "basis_error", "joined"]

_AND = " and "


@dataclass(frozen=True)
class Basis:
    """Which bases the summands of a term have.

    A difference or a ratio of a capacity and contents compares them, which is what they are for; only a sum is neither.
    The difference of two such differences is a comparison again.

    Parameters
    ----------
    packings : mapping of (bool, str) to str
        For each basis, and whether it is added rather than taken away, the name of a packing of it; empty for what has
        no basis, such as a count [unitless].
    """

    packings: Mapping[tuple[bool, str], str]

    def __add__(self, other: Basis) -> Basis:
        """Return the basis of a sum; a comparison of capacity and contents may be added to another one."""
        if not other.packings or other.packings == self.packings:
            return self
        if not (self.compares and other.compares):
            for (added, basis), name in other.packings.items():
                conflict = next((key for key in self.packings if key[0] == added and key[1] != basis), None)
                if conflict is not None:
                    raise basis_error({conflict[1]: self.packings[conflict], basis: name})
        return Basis({**self.packings, **other.packings, **self.packings})  # in order, names of the first

    @property
    def compares(self) -> bool:
        """Whether it is of a capacity and of contents."""
        return _AND in joined(basis for _, basis in self.packings)

    @classmethod
    def of_sum(cls, bases: Iterable[Basis]) -> Basis:
        """Return the basis of a flat sum, in which the parts of one comparison no longer stand together."""
        several = list(bases)
        total = cls({key: name for basis in reversed(several) for key, name in basis.packings.items()})
        if all(len({basis for added, basis in total.packings if added is sign}) > 1 for sign in (True, False)):
            return total
        return reduce(add, several)

    def __neg__(self) -> Basis:
        return Basis({(not added, basis): name for (added, basis), name in self.packings.items()})

    def __mul__(self, other: Basis) -> Basis:
        """Return the basis of a product or a ratio: that of both, where both have one."""
        if not (self.packings and other.packings):
            return self if self.packings else other
        names = {basis: name for (_, basis), name in (*other.packings.items(), *self.packings.items())}
        return Basis({(True, joined(names)): next(iter(names.values()))})


NO_BASIS = Basis({})
"""The basis of what is neither capacity nor contents."""


def joined(bases: Iterable[str]) -> str:
    """Return several bases as one: "capacity", "contents", "capacity and contents", or "" of none."""
    return _AND.join(sorted({name for basis in bases for name in basis.split(_AND) if name}))


def basis_error(names: Mapping[str, str], fix: str = "") -> BasisError:
    """Return the error on adding up what is not of one basis, each basis with the name of a packing of it."""
    bases = _AND.join(f"{basis} ({name})" for basis, name in names.items())
    fix = fix or (
        "Ask for all of it under packings of one basis, or keep the two apart: a.compared_to(b) shows them side by "
        "side."
    )
    return BasisError(
        f"{bases} do not add up: a capacity is what would fit, contents are what is probably inside, and their sum is "
        f"neither. {fix}"
    )
