"""Small worked tables, made from the record at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shellflow.catalog._reading import as_catalog
from shellflow.catalog._records import Claim
from shellflow.catalog._selections import REPORTING_FAMILY
from shellflow.catalog._tables import Catalog
from shellflow.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["shipments", "statements"]


def shipments(*, catalog: Catalog | None = None) -> pd.DataFrame:
    """Return containers by the date on which one office added them to its total.

    No shipment was seen: each row is the difference of two statements, dated on the day the later one speaks of. The
    boxes went at some time since the one before, and differences scatter more than the totals they are taken from.

    Parameters
    ----------
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    pandas.DataFrame
        Columns date, since (day of the statement before; missing for the first), count [container], transport, claim
        (key of the statement), bound ("floor" where the total was "more than"), grade ("derived").

    Raises
    ------
    DataError
        If the office's totals fall, or there is none with a kind of transport.
    ArgumentError
        If `catalog` is not one.

    Examples
    --------
    >>> from shellflow.catalog import examples
    >>> examples.shipments()["count"].tolist()
    [2000, 3000, 1700, 300, 3000, 1000, 2000, 7000]
    """
    import pandas as pd

    rows: list[dict[str, object]] = []
    total, since = 0, None
    for day, claim in sorted(_totals(catalog).items()):
        counted = claim.units_low or 0
        if counted < total:
            raise DataError(
                f"claims {claim.claim}: units_low={counted} is below the {total} of the statement before, and "
                "totals do not fall. Correct the table."
            )
        row: dict[str, object] = {"date": day, "since": since, "count": counted - total, "transport": claim.transport}
        rows.append(row | {"claim": claim.claim, "bound": claim.units_bound, "grade": "derived"})
        total, since = counted, day
    if not rows:
        raise DataError(f"claims: no total of containers by {REPORTING_FAMILY}. Use a catalog that has them.")
    made = pd.DataFrame(rows)
    for name in ("date", "since"):
        made[name] = pd.to_datetime(made[name])
    return made


def statements(*, catalog: Catalog | None = None) -> pd.DataFrame:
    """Return two statements on one flow as `reconcile` reads them: a total in so many containers, and a tonnage.

    The source of the tonnage counts no containers: those given are the Korean counts of the dates before and after the
    end of its period. The errors are no figures of anybody, only an example: put your own.

    Parameters
    ----------
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    pandas.DataFrame
        The columns of the table of claims, and error, the standard deviation of the logarithm.

    Raises
    ------
    UnknownItemError
        If the catalog has not these claims.
    ArgumentError
        If `catalog` is not one.

    Examples
    --------
    >>> from shellflow.catalog import examples
    >>> examples.statements()[["claim", "units_low", "units_high", "error"]].values.tolist()
    [['osc-2025-04-15', 15809, 15809, 0.1], ['c4ads-2024-06-22-mass', 5000, 6700, 0.1]]
    """
    from dataclasses import asdict, replace

    import pandas as pd

    claims = as_catalog(catalog).claims
    before, after = claims["rok-mnd-2023-12-29a"].units_low, claims["rok-mnd-2024-02-26a"].units_low
    tonnage = replace(
        claims["c4ads-2024-06-22-mass"], kind="container", units_low=before, units_high=after, units_bound="range"
    )
    return pd.DataFrame([asdict(claim) | {"error": 0.1} for claim in (claims["osc-2025-04-15"], tonnage)])


def _totals(catalog: Catalog | None) -> dict[str, Claim]:
    """Return the statement of each day: two munitions named as alternatives are one count of containers."""
    by_date: dict[str, Claim] = {}
    for claim in as_catalog(catalog).claims:
        counts = claim.units_low is not None and claim.transport is not None
        if claim.family == REPORTING_FAMILY and claim.basis != "rendering" and counts:
            by_date.setdefault(claim.as_of or claim.date, claim)
    return by_date
