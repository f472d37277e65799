"""What observed loads give, which a judgement of a claim stands on."""

from __future__ import annotations

from shellflow.catalog import Catalog, Munition, Transport
from shellflow.errors import DoesNotFitError, NoDataError
from shellflow.estimates import estimate

__all__ = ["EXACT", "SEEN", "as_loaded"]

SEEN = 0.9  # from P5 to P95

EXACT = 1e-9  # relative; 21,750 / 43.5 is 500 and no more


def as_loaded(quantity: str, munition: Munition, transport: Transport, catalog: Catalog) -> tuple[float, float] | None:
    """Return P5 and P95 of the rounds that observed loads give, or None where there are no data.

    Parameters
    ----------
    quantity : str
        Of what, such as "1 container" or "1 voyage" [unitless].
    munition, transport : Munition, Transport
        What is packed, and into what.
    catalog : Catalog
        Where names are looked up.

    Returns
    -------
    tuple of two floats, or None
        The ends [round].

    Raises
    ------
    UnitError
        If these are voyages of wagons or trucks.
    """
    try:
        low, _, high = estimate(quantity, munition, packing="as-loaded", transport=transport, catalog=catalog).band(
            SEEN
        )
    except (NoDataError, DoesNotFitError):
        return None
    return low, high
