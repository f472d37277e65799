"""Hold lines of evidence against each other, after checking that each has one vote and that they speak of one flow."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set, ValuesView
from itertools import combinations

from shellflow.catalog import Catalog, folded
from shellflow.errors import ArgumentError, bad_argument, listed
from shellflow.reconciliation._blocks import block_of
from shellflow.reconciliation._evidence import Evidence
from shellflow.reconciliation._models import read_models
from shellflow.reconciliation._reconciliation import Reconciliation
from shellflow.reconciliation._stating import statements_in

__all__ = ["reconcile"]

_LINES = "a list of statements, or a table of claims with a column error"


def reconcile(models: object, statements: object, *, catalog: Catalog | None = None) -> Reconciliation:
    """Hold several statements on one flow against each other, under one or several models of a transport.

    It says whether they can all be true under a model, and what they would then say together. It cannot say which of
    two is wrong, and what it says follows the errors that you give.

    Parameters
    ----------
    models : Estimate, or mapping of str to Estimate
        How one transport is thought to be filled: an estimate of one transport, or several by name [round].
    statements : list of Evidence, or a table of claims with a column `error`
        Each from `statement`; or a CSV file, DataFrame or rows in the columns of `claims.csv` [unitless].
    catalog : Catalog, optional
        What a table may refer to; the shipped one when left out.

    Returns
    -------
    Reconciliation
        A report; no estimate can be made of it.

    Raises
    ------
    ArgumentError
        If there are no statements, a family or a derivation has two votes, periods do not meet, or a model is none.
    UnitError
        If a statement counts other transports than a model.
    NoDataError
        If a statement is of a mass, and a model knows none.
    InputConflictError
        If one name stands for two unknowns.
    SettingsError
        If the models are of different settings.

    Notes
    -----
    A draw is weighted by the product of the likelihoods of all statements: 1 where what the model gives lies in the
    range stated, else exp(-(distance / error)**2 / 2), the distance that of the logarithms to the nearer end. The
    support of a statement is its mean likelihood over the draws. What the others leave of it is its verdict.

    Examples
    --------
    >>> import shellflow as sf
    >>> model = sf.estimate(1, "152mm", packing="as-loaded")
    >>> total = sf.statement("rounds", "4.2-5.8M", count=15_809, family="osc", basis="contents", error=0.1)
    >>> tonnes = sf.statement("mass", "60,000 t", count="6,700", family="port", basis="count", error=0.1)
    >>> list(sf.reconcile(model, [total, tonnes]).verdicts[""])
    ['osc', 'port']
    """
    lines = _lines(statements, catalog)
    read = read_models(models)
    _check_votes(lines)
    _check_periods(lines)
    return Reconciliation(lines, tuple(block_of(model, lines) for model in read))


def _lines(statements: object, catalog: Catalog | None) -> tuple[Evidence, ...]:
    if isinstance(statements, Evidence):
        return (statements,)
    if isinstance(statements, list | tuple | Set | ValuesView | Iterator):
        statements = listed(statements, "statements", _LINES)
        if any(isinstance(line, Evidence) for line in statements):
            for line in statements:
                if not isinstance(line, Evidence):
                    raise bad_argument("statements", line, _LINES, "Make each with sf.statement(...).")
            return tuple(statements)
    if statements is None or (isinstance(statements, list) and not statements):
        raise ArgumentError("statements are missing: give at least one, from sf.statement(...).")
    return statements_in(statements, catalog)


def _check_votes(lines: Sequence[Evidence]) -> None:
    """Check that no office and no derivation has two votes."""
    for first, second in combinations(lines, 2):
        if folded(first.family) == folded(second.family):
            raise ArgumentError(
                f"statements {first.name} and {second.name} are both of {first.family}: one vote an office, since "
                "what it says twice is no more certain. Leave one of them out."
            )
        for derived, origin in ((first, second), (second, first)):
            if _folded(origin.name, origin.family) & _folded(*derived.derivation):
                raise ArgumentError(
                    f"statement {derived.name} is derived from {origin.name}, which is among the statements: it says "
                    "nothing of its own. Leave one of them out."
                )
        if shared := [name for name in first.derivation if folded(name) in _folded(*second.derivation)]:
            raise ArgumentError(
                f"statements {first.name} and {second.name} are both derived from {shared[0]}: one vote a "
                "derivation. Leave one of them out."
            )


def _folded(*names: str) -> set[str]:
    return set(map(folded, names))


def _check_periods(lines: Sequence[Evidence]) -> None:
    for first, second in combinations(lines, 2):
        if first.last_day < second.first_day or second.last_day < first.first_day:
            raise ArgumentError(
                f"statements {first.name} ({_period(first)}) and {second.name} ({_period(second)}) speak of periods "
                "that do not meet: what was carried in the one says nothing of the other. Leave one of them out."
            )


def _period(line: Evidence) -> str:
    return " ".join((f"from {line.since}" if line.since else "", f"to {line.until}" if line.until else "")).strip()
