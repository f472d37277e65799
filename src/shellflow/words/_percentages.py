"""Shares as percentages."""

from __future__ import annotations

import math
from collections.abc import Sequence

from shellflow.errors import bad_argument

__all__ = ["percent", "percents"]


def percent(share: float) -> str:
    """Return a share as a percentage, with one decimal below 10 %.

    Only a share of exactly 0 or 1 is written as `0 %` or `100 %`.

    Parameters
    ----------
    share : float
        A share from 0 to 1 [unitless].

    Returns
    -------
    str
        Such as `1.4 %`, `83 %`, `<0.1 %` or `>99.9 %`.

    Raises
    ------
    ArgumentError
        If the share is not from 0 to 1.

    Examples
    --------
    >>> percent(0.014), percent(0.0002), percent(0.9996)
    ('1.4 %', '<0.1 %', '>99.9 %')
    """
    if not 0 <= share <= 1:
        raise bad_argument("share", share, "from 0 to 1")
    if 0 < share < 0.001:
        return "<0.1 %"
    if 0.999 < share < 1:
        return ">99.9 %"
    decimals = 1 if share < 0.0995 or 0.995 <= share < 1 else 0
    return f"{round(100 * share, decimals):g} %"


def percents(shares: Sequence[float]) -> list[str]:
    """Return shares of one whole as percentages that sum to 100.

    Parameters
    ----------
    shares : sequence of float
        Shares from 0 to 1 that sum to 1 [unitless].

    Returns
    -------
    list of str
        Each as `percent` writes it, but with the decimals of the one that has most, those that rounding would leave
        over given to the shares that lose most by it. A share too small for a decimal is `<0.1 %`, and the one that it
        leaves is then `>99.9 %`.

    Raises
    ------
    ArgumentError
        If a share is not from 0 to 1, or they do not sum to 1.

    Examples
    --------
    >>> percents([1 / 3, 1 / 3, 1 / 3]), percents([0.965, 0.035])
    (['34 %', '33 %', '33 %'], ['96.5 %', '3.5 %'])
    """
    texts = [percent(share) for share in shares]
    if not math.isclose(math.fsum(shares), 1.0, abs_tol=1e-6):
        raise bad_argument("shares", list(shares), f"shares that sum to 1 (they sum to {math.fsum(shares):.6g})")
    counted = [place for place, text in enumerate(texts) if text[0] not in "<>" and shares[place] > 0]
    if len(counted) < 2:
        return texts
    tiny = len(shares) - len(counted) - list(shares).count(0)
    units = 1000 if tiny or any("." in texts[place] for place in counted) else 100
    parts = {place: shares[place] * units for place in counted}
    floors = {place: math.floor(part + 1e-9) for place, part in parts.items()}
    left = round(units * math.fsum(shares[place] for place in counted)) - sum(floors.values())
    for place in sorted(counted, key=lambda place: floors[place] - parts[place])[: max(left, 0)]:
        floors[place] += 1
    return [f"{floors[place] * 100 / units:g} %" if place in floors else text for place, text in enumerate(texts)]
