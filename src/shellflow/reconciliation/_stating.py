"""The ways to state a line of evidence: by hand, from a claim of the record, and from a table of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from shellflow.catalog import Catalog, Claim, as_catalog, read_extended
from shellflow.errors import ArgumentError, NoDataError, ShellflowError, bad_argument
from shellflow.reconciliation._evidence import Evidence, made
from shellflow.statements import UNSPECIFIED
from shellflow.words import Claimed, with_bound

__all__ = ["statement", "statements_in"]

_FROM_CLAIM = "It stands in the claim. Leave it out, or state all of it by hand, without claim=..."
_VOTELESS = {
    "rendering": "it is another outlet's version of {}. Give that one.",
    "nothing": "it states neither rounds nor a mass. A count alone is no evidence: give it as the count of another.",
}


def statement(
    quantity: str | None = None,
    value: object = None,
    *,
    count: object = None,
    family: str | None = None,
    basis: str | None = None,
    error: float | None = None,
    since: object = None,
    until: object = None,
    derived_from: str | None = None,
    source: str | None = None,
    claim: str | Claim | None = None,
    catalog: Catalog | None = None,
) -> Evidence:
    """State what was said of a cargo as a line of evidence, to be held against others by `reconcile`.

    The error is yours: nothing in the record says how far a source is to be trusted, and results follow it.

    Parameters
    ----------
    quantity : "rounds" or "mass", optional
        What was stated; of a claim that states only one of the two it may be left out [unitless].
    value : str, number, pint quantity or (low, high) pair
        What was stated of it, such as "4.2-5.8M", "more than 3M" or "at least 74,000 t" [round, or mass].
    count : str, number, pint quantity or Input
        The transports of the same period that it was in; a range is one unknown, shared by all that name it alike
        [container, wagon or truck].
    family : str
        The office that states it; each has one vote [unitless].
    basis : "contents", or "count" of a mass
        What it says: what would fit (capacity) is refused [unitless].
    error : float
        Standard deviation of the logarithm to which you trust the source; it has no default [unitless].
    since, until : str or date, optional
        First and last date of what is counted [unitless].
    derived_from : str, optional
        The family or claim that it was computed from [unitless].
    source : str, optional
        Where it stands [unitless].
    claim : str or Claim, optional
        A claim of the record, in place of all but `error`, and of `count` where it has none or you know better
        [unitless].
    catalog : Catalog, optional
        Where claims are looked up; the shipped one when left out.

    Returns
    -------
    Evidence
        To be given to `reconcile`.

    Raises
    ------
    ArgumentError, UnitError
        If a part is missing, is of another dimension, or is no evidence of what was inside.
    UnknownItemError
        If there is no such claim.
    NoDataError
        If the claim states neither rounds nor a mass, or is another outlet's version.

    Examples
    --------
    >>> print(statement("rounds", "4.2-5.8M", count="15,809 containers", family="osc", basis="contents", error=0.1))
    osc: 4.2 to 5.8 million rounds (per 15,809 containers, error 0.1)
    """
    known = as_catalog(catalog)
    if claim is None:
        if quantity is None:
            raise ArgumentError("quantity is missing: give 'rounds' or 'mass', or the key of a claim as claim=...")
        return made(
            "",
            quantity,
            value,
            count,
            family=family,
            basis=basis,
            error=error,
            since=since,
            until=until,
            derivation=_derivation(derived_from, known),
            source=source,
        )
    given = {"value": value, "family": family, "basis": basis, "since": since, "until": until}
    for argument, part in (given | {"derived_from": derived_from, "source": source}).items():
        if part is not None:
            raise bad_argument(argument, part, "left out beside claim=...", _FROM_CLAIM)
    if not isinstance(claim, str | Claim):
        raise bad_argument("claim", claim, "the key of a claim, or a claim of the catalog")
    row = claim if isinstance(claim, Claim) else known.claims[claim]
    return _of_claim(row, quantity, count, error, known)


def _of_claim(row: Claim, quantity: str | None, count: object, error: object, catalog: Catalog) -> Evidence:
    if row.rendering_of is not None:
        raise NoDataError(f"claim {row.claim}: {_VOTELESS['rendering'].format(row.rendering_of)}")
    ends = {
        "rounds": (row.rounds_low, row.rounds_high, row.rounds_bound),
        "mass": (row.mass_t_low, row.mass_t_high, row.mass_bound),
    }
    sides = {
        name: Claimed(low, high, cast(Any, bound), None) for name, (low, high, bound) in ends.items() if bound != "none"
    }
    known = list(sides)
    if not known:
        raise NoDataError(f"claim {row.claim}: {_VOTELESS['nothing']}")
    if quantity is None and len(known) > 1:
        raise ArgumentError(f"claim {row.claim} states rounds and a mass: say which, with quantity='rounds' or 'mass'.")
    chosen = known[0] if quantity is None else quantity
    if chosen in ends and chosen not in sides:
        raise NoDataError(f"claim {row.claim} states no {chosen}, only {known[0]}. Take that, or another claim.")
    return made(
        row.claim,
        chosen,
        sides.get(chosen),
        _count_of(row) if count is None else count,
        family=row.family,
        basis=row.basis,
        error=error,
        since=row.since,
        until=row.as_of,
        munition="" if row.munition == UNSPECIFIED else row.munition,
        derivation=_derivation(row.derived_from, catalog),
        source=row.url,
    )


def _count_of(row: Claim) -> str | None:
    """Return the transports of a claim in words; None where it has none."""
    if row.units_bound == "none":
        return None
    ends = [f"{end:,} {row.kind}s" for end in (row.units_low, row.units_high) if end is not None]
    return with_bound(row.units_bound, ends[0], ends[-1])


def _derivation(derived_from: object, catalog: Catalog) -> tuple[str, ...]:
    """Return what a statement was computed from, whose that is, and what the record says that it was computed from."""
    if derived_from is None:
        return ()
    if not isinstance(derived_from, str) or not str.strip(derived_from):
        raise bad_argument("derived_from", derived_from, "the family or the claim that it was computed from")
    chain: dict[str, None] = {}
    origin: str | None = str.strip(derived_from)
    while origin is not None and origin not in chain:
        key = catalog.claims.key_of(origin)
        chain[key or origin] = None
        if key is None:
            break
        chain[catalog.claims[key].family] = None
        origin = catalog.claims[key].derived_from
    return tuple(chain)


def statements_in(table: object, catalog: Catalog | None = None) -> tuple[Evidence, ...]:
    """Return the lines of evidence in a table of claims that has a column `error` besides.

    Parameters
    ----------
    table : path, DataFrame or iterable of rows
        In the columns of `claims.csv`, with one more, `error`, and where a row states rounds and a mass another one,
        `quantity` [unitless].
    catalog : Catalog, optional
        What the rows may refer to; the shipped one when left out.

    Returns
    -------
    tuple of Evidence
        One for each row.

    Raises
    ------
    ArgumentError, DataError, UnitError, NoDataError
        If the table does not hold, a row has no error, or is no evidence of what was inside.
    """
    known = as_catalog(catalog)
    lines = []
    for claim, cells in read_extended("claims", table, ("error", "quantity"), argument="statements", catalog=known):
        assert isinstance(claim, Claim)
        try:
            lines.append(statement(cells.get("quantity") or None, claim=claim, error=_number(cells), catalog=known))
        except ShellflowError as refusal:
            raise type(refusal)(f"statement {claim.claim}: {refusal}") from None
    return tuple(lines)


def _number(cells: Mapping[str, str]) -> float | None:
    text = cells.get("error")
    if not text:
        return None
    try:
        return float(text)
    except ValueError:
        raise bad_argument("error", text, "a number above 0", "Write 0.1 for about 10 %.") from None
