"""Whether the propelling charge travels in the package: what is stated of it, and what is then in the package."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from shellflow import inputs, words
from shellflow.catalog import Catalog, Munition, as_catalog, uncharged_package
from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.inputs import Input, Wanted
from shellflow.packings._finding import find_munition
from shellflow.packings._mix import Mix, read_mix
from shellflow.packings._model import Packing, Physical, Reported
from shellflow.packings._shipped import shipped

__all__ = [
    "CHARGE_UNKNOWN",
    "NOT_INCLUDED",
    "all_with",
    "charge_in_title",
    "in_package",
    "kept_charge",
    "settled",
    "stated_in_package",
    "takes_charge",
]

NOT_INCLUDED = "projectiles, charge not included"
"""What is in a package without the propelling charge."""

CHARGE_UNKNOWN = f"complete rounds, or {NOT_INCLUDED}"
"""What is in packages of which it is not known."""

_STATED = ("with", "without", "unknown")
_ALLOWED = "'with', 'without', 'unknown', or the share of the transports whose packages hold the propelling charge"
_IN_CRATES = ("crated", "as-loaded")


def in_package(packing: Packing) -> str:
    """Return what is in a package, in words; "" where it is not stated.

    Parameters
    ----------
    packing : Physical or Reported
        The packing assumption.

    Returns
    -------
    str
        Such as "complete rounds" or "projectiles, charge not included" [unitless].
    """
    if isinstance(packing, Reported):
        return ""
    if packing.recipe == "ceiling":
        return "bare projectiles, charge not included" if packing.munition.kind == "shell" else "bare rounds"
    if packing.charged_share is not None:
        share = packing.charged_share
        if share.is_fixed:
            charged = share.distribution.support[0]
            if 0 < charged < 1:
                return f"complete rounds in {words.percent(charged)} of the transports, else {NOT_INCLUDED}"
            return "complete rounds" if charged == 1 else NOT_INCLUDED
        return CHARGE_UNKNOWN
    return {"with": "complete rounds", "unknown": "complete rounds", "without": NOT_INCLUDED}.get(packing.charge, "")


def charge_in_title(packing: Packing) -> str:
    """Return what a title says of the propelling charge, "" where it may or may not be there or cannot be apart."""
    if isinstance(packing, Reported) or packing.recipe == "ceiling":
        return ""
    if packing.uncharged is not None:  # of all or of none where a share of 1 or 0 was stated
        return {"complete rounds": "with the charge", NOT_INCLUDED: "charge not included"}.get(in_package(packing), "")
    settled_so = "with the charge" if packing.recipe else ""  # a package that the user chose by name was not
    return {"without": "charge not included", "unknown": settled_so}.get(packing.charge, "")


def all_with(packing: Packing, stated: str) -> Packing:
    """Return a packing whose packages are all with the propelling charge or all without, where that is not known."""
    if isinstance(packing, Reported) or packing.charged_share is None or packing.charged_share.is_fixed:
        return packing
    return _of_two(packing, stated)


def takes_charge(munition: str | Munition | Mix, packing: str | Packing, catalog: Catalog | None = None) -> bool:
    """Return whether it can be stated if the propelling charge is in the package, of at least one munition.

    Parameters
    ----------
    munition : str, Munition or Mix
        What is packed [unitless].
    packing : str, Physical or Reported
        A shipped packing, or one of the user's own.
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out.

    Returns
    -------
    bool
        False for a ratio, for bare rounds, and where the catalog knows one package alone [unitless].
    """
    if not isinstance(packing, str):
        return isinstance(packing, Physical) and packing.uncharged is not None
    known = as_catalog(catalog)
    if isinstance(munition, str):
        munition = read_mix(munition, known)
    names = munition.munitions if isinstance(munition, Mix) else (munition,)
    records = [find_munition(name, known)[0] for name in names]
    return packing in _IN_CRATES and any(uncharged_package(record, known) is not None for record in records)


def settled(contents: tuple[Packing, ...], charge: object, catalog: Catalog) -> tuple[Packing, ...]:
    """Return packings with what is stated of the propelling charge; those that have no such unknown stay as they are.

    Parameters
    ----------
    contents : tuple of Physical or Reported
        One for each munition.
    charge : "with", "without", "unknown", number, Input or None
        Whether the charge is in the package, or in what share of the transports; None where nothing is stated
        [unitless].
    catalog : Catalog
        That the shipped ones are made from.

    Returns
    -------
    tuple of Physical or Reported
        In the same order.

    Raises
    ------
    ArgumentError
        If `charge` is none of these, or none of the packings has such an unknown.
    """
    if charge is None:
        return contents
    stated = _read(charge)
    made = tuple(_settled(packing, stated, catalog) for packing in contents)
    if not any(made):
        raise ArgumentError(f"charge={shown(charge)}: {_why_not(contents[0], catalog)}")
    return tuple(new or old for new, old in zip(made, contents, strict=True))


def kept_charge(before: Sequence[Packing], after: Packing, catalog: Catalog) -> Packing:
    """Return a packing with what was stated of the propelling charge in others, where that is not known of it.

    Of another munition than theirs, it is what was stated of all of them alike.
    """
    if not isinstance(after, Physical) or after.uncharged is None:
        return after
    same = [packing for packing in before if packing.munition.munition == after.munition.munition]
    if not same:
        stated = dict.fromkeys(share for packing in before if (share := _stated_of(packing, catalog)))
        return (_settled(after, next(iter(stated)), catalog) or after) if len(stated) == 1 else after
    packing = same[0]
    if not isinstance(packing, Physical) or packing.recipe == "ceiling":
        return after
    if packing.charged_share is not None:
        return replace(after, charged_share=packing.charged_share)
    settled_so = {"with": "with", "unknown": "with", "without": "without"}.get(packing.charge)
    return after if settled_so is None else _of_two(after, settled_so)


def _stated_of(packing: Packing, catalog: Catalog) -> str | Input | None:
    """Return what the user stated of the charge in shipped crates, None where nothing or where it cannot be apart."""
    if not isinstance(packing, Physical) or packing.recipe not in _IN_CRATES:
        return None
    if uncharged_package(packing.munition, catalog) is None:
        return None
    if packing.charged_share is None:
        return "without" if packing.charge == "without" else "with"
    unknown = packing.charged_share.name == f"charge.{packing.munition.munition}"
    return None if unknown else packing.charged_share


def stated_in_package(munition: Munition, charge: object) -> str:
    """Return what is stated of the propelling charge in a package of the user's own.

    Parameters
    ----------
    munition : Munition
        What is packed.
    charge : "with", "without" or "unknown"
        Whether it is in the package [unitless].

    Returns
    -------
    str
        The same [unitless].

    Raises
    ------
    ArgumentError
        If it is none of these, or the munition has no charge apart from it.
    """
    if not (isinstance(charge, str) and charge in _STATED):
        raise bad_argument("charge", charge, "'with', 'without' or 'unknown' for a package of your own")
    if munition.kind != "shell":
        raise ArgumentError(f"charge={shown(charge)}: {_no_charge(munition)}")
    return charge


def _no_charge(munition: Munition) -> str:
    return f"a {munition.kind} such as {munition.munition} has no charge that travels apart from it. Leave it out."


def _read(charge: object) -> str | Input:
    if isinstance(charge, str) and charge in _STATED:
        return charge
    if isinstance(charge, bool | str) and not any(sign.isdigit() for sign in str(charge)):
        raise bad_argument("charge", charge, _ALLOWED)
    return inputs.as_inputs({"charge": (charge, Wanted("", 0.0, 1.0))}, stated=True)["charge"]


def _settled(packing: Packing, stated: str | Input, catalog: Catalog) -> Physical | None:
    """Return a packing with what is stated of the charge, or None where that says nothing of it."""
    if not isinstance(packing, Physical) or packing.recipe == "ceiling":
        return None
    if packing.uncharged is None and packing.recipe:  # it was settled before
        again = shipped(packing.recipe, packing.munition, packing.transport, catalog)
        assert isinstance(again, Physical)
        packing = again
    if packing.uncharged is None:
        agrees = stated == ("without" if packing.charge == "without" else "with")
        return packing if not packing.recipe and packing.charge and agrees else None
    if isinstance(stated, Input):
        return replace(packing, charged_share=stated)
    return packing if stated == "unknown" else _of_two(packing, stated)


def _of_two(packing: Physical, stated: str) -> Physical:
    """Return a packing of one of the two packages of another."""
    if stated == "with":
        return replace(packing, uncharged=None, charged_share=None)
    assert packing.uncharged is not None
    return packing.uncharged


def _why_not(packing: Packing, catalog: Catalog) -> str:
    munition = packing.munition
    if munition.kind != "shell":
        return _no_charge(munition)
    if packing.recipe and uncharged_package(munition, catalog) is None:
        return (
            f"the catalog knows no packages of {munition.munition} with the charge and without. Leave it out, or state "
            "your own with sf.packing."
        )
    if isinstance(packing, Reported):
        return f"{shown(packing.name)} is a ratio as stated, of which nothing is packed. Choose packing='crated'."
    if packing.recipe == "ceiling":
        return "the ceiling is of bare rounds, without charge and packaging. Choose packing='crated'."
    return (
        f"in the package of {shown(packing.name)}: {in_package(packing) or 'not stated'}. Give sf.packing(..., "
        "charge=...), or leave it out."
    )
