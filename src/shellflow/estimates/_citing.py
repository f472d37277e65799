"""Where the figures that a text names by the keys of their rows are published."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shellflow.catalog import Claim, Source, shipped
from shellflow.display import Reference

__all__ = ["references_in"]

_KEY = re.compile(r"\w[\w-]*\w")


def references_in(texts: Iterable[str], digest: object) -> list[Reference]:
    """Return who published the sources and claims that texts name by their keys, and where.

    Parameters
    ----------
    texts : iterable of str
        Such as the sources of a report [unitless].
    digest : object
        Which data made them: of others than the shipped, whose keys may mean other rows, nothing is known [unitless].

    Returns
    -------
    list of Reference
        Each once, in the order of the texts.
    """
    catalog = shipped()
    if digest != catalog.digest:
        return []
    sources, claims = catalog.table("sources"), catalog.table("claims")
    keys = dict.fromkeys(key for text in texts for key in _KEY.findall(text) if key in sources or key in claims)
    return [_reference(sources[key] if key in sources else claims[key]) for key in keys]


def _reference(record: Source | Claim) -> Reference:
    if isinstance(record, Source):
        publisher = "" if record.publisher == "none" else f"{record.publisher}: "
        return Reference(record.source, f"{publisher}{record.title_or_kind}", record.url or "")
    return Reference(record.claim, f"{record.claimant}, {record.date}", record.url)
