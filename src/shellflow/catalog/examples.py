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

__all__ = ["shipments"]


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


def _totals(catalog: Catalog | None) -> dict[str, Claim]:
    """Return the statement of each day: two munitions named as alternatives are one count of containers."""
    by_date: dict[str, Claim] = {}
    for claim in as_catalog(catalog).claims:
        counts = claim.units_low is not None and claim.transport is not None
        if claim.family == REPORTING_FAMILY and claim.basis != "rendering" and counts:
            by_date.setdefault(claim.as_of or claim.date, claim)
    return by_date
