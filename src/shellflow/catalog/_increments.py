"""What one total of an office adds to the one before, in rounds to a transport."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from shellflow.catalog._records import Claim

__all__ = ["Total", "increments_of", "stated_increments"]

Total = tuple[float, float, float, float]
"""Rounds from low to high, and transports from low to high, as stated."""

Ratio = tuple[float, float]


def increments_of(totals: Iterable[Total]) -> list[Ratio | None]:
    """Return rounds to a transport of what each total adds to the one before; None where it does not add to both.

    The first total adds all that it counts.

    Parameters
    ----------
    totals : iterable of four floats
        Rounds and transports, each from low to high, in order of time [round, round, transport, transport].

    Returns
    -------
    list of two floats or None
        Least and greatest for each; equal where all ends are [round/transport].

    Examples
    --------
    >>> increments_of([(1e6, 1e6, 2_000, 2_000), (2e6, 2e6, 4_500, 4_500), (1.9e6, 1.9e6, 5_000, 5_000)])
    [(500.0, 500.0), (400.0, 400.0), None]
    """
    ratios: list[Ratio | None] = []
    before: Total = (0.0, 0.0, 0.0, 0.0)
    for total in totals:
        rounds_low, rounds_high = total[0] - before[1], total[1] - before[0]
        units_low, units_high = total[2] - before[3], total[3] - before[2]
        grows = rounds_low > 0 and units_low > 0
        ratios.append((rounds_low / units_high, rounds_high / units_low) if grows else None)
        before = total
    return ratios


def stated_increments(claims: Sequence[Claim]) -> dict[str, Ratio]:
    """Return rounds to a transport of what each claim adds to the one before, by key, by the numbers stated.

    Parameters
    ----------
    claims : sequence of Claim
        Totals of one office on one munition and transport, in any order.

    Returns
    -------
    dict of str to two floats
        Of those that add to both sides, in order of time [round/transport].

    Examples
    --------
    >>> from shellflow.catalog import reported_claims, shipped
    >>> totals = reported_claims(shipped().munitions["122mm-rocket"], shipped().transports["20ft-24t"])
    >>> [round(low, 1) for low, _ in stated_increments(totals).values()]
    [100.0, 66.7, 58.8]
    """
    # Of two totals of one day the smaller counts as the earlier, whatever their order in the table.
    in_order = sorted(claims, key=lambda claim: (claim.as_of or claim.date, _total(claim), claim.claim))
    ratios = increments_of(map(_total, in_order))
    return {claim.claim: ratio for claim, ratio in zip(in_order, ratios, strict=True) if ratio is not None}


def _total(claim: Claim) -> Total:
    rounds = [number for number in (claim.rounds_low, claim.rounds_high) if number is not None]
    units = [number for number in (claim.units_low, claim.units_high) if number is not None]
    return float(min(rounds)), float(max(rounds)), float(min(units)), float(max(units))
