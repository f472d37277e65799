"""The packages of a packing assumption: one, or one with the propelling charge and one without."""

from __future__ import annotations

from dataclasses import replace

from shellflow.packings._model import Physical

__all__ = ["altered", "packages_of"]


def packages_of(packing: Physical) -> dict[str, Physical]:
    """Return a packing for each of its packages by itself, "with charge" and "without charge" where there are two.

    Parameters
    ----------
    packing : Physical
        The packing assumption.

    Returns
    -------
    dict of str to Physical
        Itself, under "", where there is one package.
    """
    if packing.uncharged is None:
        return {"": packing}
    return {"with charge": replace(packing, uncharged=None, charged_share=None), "without charge": packing.uncharged}


def altered(packing: Physical, **changes: object) -> Physical:
    """Return a packing with the same changes in its package with the charge and in the one without."""
    if packing.uncharged is None:
        return replace(packing, **changes)  # type: ignore[arg-type]
    uncharged = replace(packing.uncharged, **changes)  # type: ignore[arg-type]
    return replace(packing, uncharged=uncharged, **changes)  # type: ignore[arg-type]
