"""Capacity and contents: which of the two a term speaks of, that they are never added up, and what its band is for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from shellflow.errors import BasisError
from shellflow.estimates._terms import Carried, Known, Needed, Product, Scaled, Scattered, Sum, Term
from shellflow.packings import BASES, Packing, Reported, Stowage

__all__ = ["BOTH", "band_for", "check_basis", "joined", "mixed"]

BOTH = " and ".join(BASES)
"""The basis of what compares the two, or turns the one into the other."""

_UNKNOWN = "over all that is not known of package and transport"

Found = Mapping[tuple[bool, str], str]
"""The basis of each summand, whether it is added rather than taken away, with the name of a packing of it."""


def joined(bases: Iterable[str]) -> str:
    """Return several bases as one: that of all, both, or "" of none."""
    known = set(bases)
    return BOTH if len(known) > 1 else "".join(known)


def check_basis(term: Term) -> None:
    """Check that no capacity is added to contents anywhere in a term.

    A difference or a ratio of the two compares them, which is what they are for: only a sum is neither.

    Raises
    ------
    BasisError
        If one is.
    """
    _basis_of(term)


def _basis_of(term: Term) -> Found:
    if isinstance(term, Known):
        return {}
    if isinstance(term, Sum):
        return _added(_basis_of(part) for part in term.parts)
    if isinstance(term, Scaled):
        inner = _basis_of(term.part)
        return inner if term.factor >= 0 else {(not added, basis): name for (added, basis), name in inner.items()}
    if isinstance(term, Carried | Needed):
        of_count = _basis_of(term.count if isinstance(term, Carried) else term.rounds)
        names = {(True, one.basis): f"{one.munition.munition} {one.name}" for one in term.contents}
        # A mix is a sum over its munitions.
        return _converted(of_count, _added({key: name} for key, name in names.items()))
    if isinstance(term, Scattered):  # a number of transports, of no basis but that of what is counted
        return _basis_of(term.count)
    left, right = (term.left, term.right) if isinstance(term, Product) else (term.over, term.under)
    return _converted(_basis_of(left), _basis_of(right))


def _added(parts: Iterable[Found]) -> Found:
    found: dict[tuple[bool, str], str] = {}
    for part in parts:
        for (added, basis), name in part.items():
            other = next((key for key in found if key[0] == added and key[1] != basis), None)
            if other is not None:
                raise mixed({other[1]: found[other], basis: name})
            found.setdefault((added, basis), name)
    return found


def _converted(left: Found, right: Found) -> Found:
    """Return the basis of what multiplies or divides one term by another."""
    if not (left and right):
        return left or right
    names = {basis: name for (_, basis), name in (*right.items(), *left.items())}
    return {(True, joined(names)): next(iter(names.values()))}


def mixed(names: Mapping[str, str], fix: str = "") -> BasisError:
    """Return the error on adding up what is not of one basis, with a packing of each."""
    said = " and ".join(f"{basis} ({name})" for basis, name in names.items())
    fix = fix or (
        "Ask for all of it under packings of one basis, or keep the two apart: a.compared_to(b) shows them side by "
        "side."
    )
    return BasisError(
        f"{said} do not add up: a capacity is what would fit, contents are what is probably inside, and their sum is "
        f"neither. {fix}"
    )


def band_for(packing: Packing, stowage: Stowage) -> str:
    """Return what the band of one packing is a band for, in words that agree with its basis."""
    fitted = {one.name: one.band_for for one in stowage.binding_inputs if one.band_for}
    contents = packing.basis == "contents"
    if isinstance(packing, Reported):
        if not fitted:
            return "the ratio as it was stated, and nothing beyond it"
        return "; ".join(fitted.values()) + ("" if contents else ", not what is inside")
    subject = "what is inside" if contents else "what fits"
    load_matters = packing.load.name in {one.name for one in stowage.binding_inputs}
    if packing.load_rule == "full":
        first = f"{subject} if filled to the limit, {_UNKNOWN}" if contents else f"{subject}, {_UNKNOWN}"
    elif not load_matters:
        load = "observed load" if packing.load_rule == "as-loaded" else "load stated"
        first = f"{subject} where the {load} does not bind, {_UNKNOWN}"
    elif packing.load_rule == "as-loaded":
        load = fitted.pop(packing.load.name)
        first = load if contents else f"{subject} at {load}"
    else:
        first = f"{subject} at the load stated or the payload, whichever is less, {_UNKNOWN}"
    return "; ".join((first, *fitted.values()))
