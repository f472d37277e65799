"""The operators of uncertain quantities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Self

from shellflow.errors import OrderError, UnitError, shown
from shellflow.sampling import Settings, current_settings
from shellflow.terms._making import add, divide, multiply, parts_of, scale
from shellflow.terms._nodes import Term, check_divisor, evaluate
from shellflow.words import formatted

__all__ = ["Uncertain"]


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
