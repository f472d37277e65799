"""Rows as what was added to earlier ones: a ratio taken from totals that contain each other is none for them.

What one total adds to the one before scatters more than the totals. It takes the ratio of such increments, or has no
band where fewer than three that differ are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from shellflow.errors import NoDataError
from shellflow.flows import _periods
from shellflow.flows._ledger import Cargo, Ledger
from shellflow.packings import Packing, Reported

__all__ = ["increments_in_words", "is_of_totals", "no_band", "of_increments"]


def of_increments(contents: Iterable[Packing]) -> tuple[Packing, ...] | None:
    """Return packings with the ratio of increments where theirs is one of totals; None where one of these has none."""
    packings: list[Packing] = []
    for packing in contents:
        if isinstance(packing, Reported) and packing.is_of_totals:
            if packing.added is None:
                return None
            packing = replace(packing, rounds_per_transport=packing.added)
        packings.append(packing)
    return tuple(packings)


def no_band(ledger: Ledger, places: Sequence[int]) -> NoDataError:
    """Return the error for rows of which no band is known."""
    names = dict.fromkeys(
        ledger.cargoes[place].munition for place in places if of_increments(ledger.cargoes[place].contents) is None
    )
    missing = "increments between the statements of the office: at least 3 that differ"
    return NoDataError(
        f"{', '.join(names)}, packing 'reported': its ratio is one of totals that contain each other, and what was "
        f"added in a part of the flow scatters more. No band is known of that: missing {missing}. Ask for the total of "
        "the whole flow, or choose another packing.",
        missing,
    )


def is_of_totals(cargo: Cargo) -> bool:
    """Return whether its ratio, or one of those of a mix, is taken from totals."""
    return any(isinstance(packing, Reported) and packing.is_of_totals for packing in cargo.contents)


def increments_in_words(ledger: Ledger) -> tuple[str, ...]:
    """Return what to say of rows that are taken for what was added, one remark a munition."""
    if ledger.covers is None:
        return ()
    starts, _ = _periods.starts_between(*ledger.covers, ledger.by)
    period = np.searchsorted(starts, ledger.sums.day, side="right")
    remarks = []
    for place, cargo in enumerate(ledger.cargoes):
        if is_of_totals(cargo) and (ledger.cut_off or np.unique(period[ledger.sums.group == place]).size > 1):
            remarks.append(
                (_NO_BAND if of_increments(cargo.contents) is None else _WIDER).format(munition=cargo.munition)
            )
    return tuple(dict.fromkeys(remarks))


_WIDER = (
    "{munition}: the reported ratio is one of totals. What a period adds to them scatters more and has the band of "
    "such increments, so that periods do not add up to the total"
)
_NO_BAND = (
    "{munition}: the reported ratio is one of totals. What a period adds to them scatters more, and fewer than 3 such "
    "increments that differ are known: no band"
)
