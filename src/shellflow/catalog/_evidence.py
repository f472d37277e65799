"""What several observations or statements of the record say together, and what each of them was."""

from __future__ import annotations

from collections.abc import Collection

from shellflow import inputs
from shellflow.catalog._increments import stated_increments
from shellflow.catalog._reading import as_catalog
from shellflow.catalog._records import KINDS, Claim, Load, Munition, Transport
from shellflow.catalog._selections import (
    REPORTING_FAMILY,
    REPORTING_OFFICE,
    is_reported,
    observed_loads,
    reported_claims,
)
from shellflow.catalog._tables import Catalog
from shellflow.errors import NoDataError, bad_argument, unknown_item

__all__ = [
    "containers_per_voyage",
    "observations",
    "observed_load",
    "reported_increment",
    "reported_ratio",
    "stated_ratio",
]

_ADDED = "added"
_FEWEST = 3  # as `inputs.fit_observations` asks; refused here to say which there are


def observed_load(kind: str, catalog: Catalog | None = None) -> inputs.Input:
    """Return what the next shipper's average load would be, from those of the shippers before.

    Shippers who are reported on need not be like the others, and the scatter of single transports is not in the band.

    Parameters
    ----------
    kind : str
        `container`, `wagon` or `truck` [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    Input
        Named `loads.<kind>` [kg].

    Raises
    ------
    NoDataError
        If fewer than three loads of that kind are known.
    ArgumentError
        If there is no such kind.

    Notes
    -----
    Each shipment enters as its mass over its transports, a range where the mass is one. The grade is `derived`, or that
    of the weakest row where this is weaker.

    Examples
    --------
    >>> observed_load("container").band_for
    "the next shipper's average load, not any one container"
    """
    rows = observed_loads(kind, catalog)
    averages = [_average_kg(row) for row in rows]
    if len(rows) < _FEWEST:
        stated = [
            f"{row.load}: {_between(low, high)} kg ({row.source})"
            for row, (low, high) in zip(rows, averages, strict=True)
        ]
        raise _too_few(f"observed loads of a {kind}", stated, "sf.packing(..., load=...)")
    return inputs.fit_observations(
        f"loads.{kind}",
        averages,
        unit="kg",
        source="; ".join(dict.fromkeys(row.source for row in rows)),
        grade=inputs.weakest(["derived", *(row.grade for row in rows)]),
        band_for=f"the next shipper's average load, not any one {kind}",
    )


def _average_kg(row: Load) -> tuple[float, float]:
    return 1000 * row.mass_t_low / row.transports, 1000 * row.mass_t_high / row.transports


def containers_per_voyage(catalog: Catalog | None = None) -> inputs.Input:
    """Return what the next count of containers over voyages would give, in containers to a voyage.

    The counts are of one flow and overlap in time; a ship on another route may carry many times as many.

    Parameters
    ----------
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    Input
        Named `voyages.container` [container/voyage].

    Raises
    ------
    NoDataError
        If fewer than three counts are known.
    ArgumentError
        If `catalog` is not one.

    Notes
    -----
    Each row enters as its containers over its voyages, by the number it states where it gives one end only: "at least
    nine voyages" with 2,000 containers enters as 222. A side given as a range makes a range of the ratio.

    Examples
    --------
    >>> per_voyage = containers_per_voyage()
    >>> per_voyage.name, round(per_voyage.band()[1])
    ('voyages.container', 197)
    """
    rows = as_catalog(catalog).voyages
    ratios = [_over(row.containers_low, row.containers_high, row.voyages_low, row.voyages_high) for row in rows]
    if len(rows) < _FEWEST:
        stated = [f"{row.voyage}: {_between(low, high)}" for row, (low, high) in zip(rows, ratios, strict=True)]
        raise _too_few("counts of containers over voyages", stated, "containers_per_voyage=...")
    return inputs.fit_observations(
        "voyages.container",
        ratios,
        unit="container/voyage",
        source="; ".join(dict.fromkeys(row.source for row in rows)),
        grade=inputs.weakest(["derived", *(row.grade for row in rows)]),
        band_for="what the next count of containers over voyages would give, not any one ship",
    )


def observations(
    name: str, *, without: Collection[str] = (), catalog: Catalog | None = None
) -> tuple[tuple[str, str], ...]:
    """Return the observations behind one of our fitted inputs, to be pooled with your own.

    Pooling says that yours are of the same kind as ours; nothing checks that.

    Parameters
    ----------
    name : str
        The input as `inputs()` shows it: `loads.<kind>`, `voyages.container`,
        `claims.<family>.<munition>.<transport>`, or the same with `.added` for its increments [unitless].
    without : collection of str
        Keys of rows to leave out [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].

    Returns
    -------
    tuple of (str, str)
        Low and high end of each with its unit, as `from_observations` takes them [their own unit].

    Raises
    ------
    UnknownItemError
        If no input of that name is fitted from observations, or a key in `without` is not among its rows.
    ArgumentError
        If `catalog` is not one, or `without` is a single text.

    Examples
    --------
    >>> import shellflow as sf
    >>> pooled = sf.from_observations([*observations("loads.container"), ("9.1 t", "9.4 t")], name="pooled loads")
    >>> [round(value) for value in pooled.band()]
    [7022, 10728, 16390]
    """
    if isinstance(without, str):
        raise bad_argument("without", without, "a list of keys", f"Write [{without!r}].")
    rows, unit = _observed(name, catalog)
    for key in without:
        if key not in rows:
            raise unknown_item(f"row of {name}", str(key), rows)
    kept = [ends for key, ends in rows.items() if key not in without]
    return tuple((f"{_digits(low)} {unit}", f"{_digits(high)} {unit}") for low, high in kept)


def _digits(value: float) -> str:
    """Return all digits of a number, and a fourth decimal where there are three: 209.375 may be read as thousands."""
    text = repr(float(value))
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def _observed(name: str, catalog: Catalog | None) -> tuple[dict[str, tuple[float, float]], str]:
    known: dict[str, tuple[dict[str, tuple[float, float]], str]] = {
        f"loads.{kind}": ({row.load: _average_kg(row) for row in observed_loads(kind, catalog)}, "kg") for kind in KINDS
    }
    known["voyages.container"] = (
        {
            row.voyage: _over(row.containers_low, row.containers_high, row.voyages_low, row.voyages_high)
            for row in as_catalog(catalog).voyages
        },
        "container/voyage",
    )
    for claim in as_catalog(catalog).claims:
        if not is_reported(claim) or claim.transport is None:
            continue
        called = f"claims.{REPORTING_FAMILY}.{claim.munition}.{claim.transport}"
        ratios, _ = known.setdefault(called, ({}, f"round/{claim.kind}"))
        ratios[claim.claim] = stated_ratio(claim)
    for totals, (ratios, unit) in list(known.items()):
        if totals.startswith("claims."):
            claims = [as_catalog(catalog).claims[key] for key in ratios]
            known[f"{totals}.{_ADDED}"] = (stated_increments(claims), unit)
    if name not in known:
        raise unknown_item("fitted input", str(name), known, "They stand in the column `input` of Estimate.inputs().")
    return known[name]


def reported_ratio(
    munition: Munition, transport: Transport, catalog: Catalog | None = None, *, without: Collection[str] = ()
) -> inputs.Input:
    """Return what the reporting office would say next of such transports, in rounds to each.

    The band is for its statements, not for the truth: the factor by which it counts is in all of them and so not in
    the band.

    Parameters
    ----------
    munition : Munition
        A record of the catalog [unitless].
    transport : Transport
        A record of the catalog [unitless].
    catalog : Catalog, optional
        The shipped one by default [unitless].
    without : collection of str
        Keys of claims to leave out [unitless].

    Returns
    -------
    Input
        Named `claims.<family>.<munition>.<transport>` [round/container, round/wagon or round/truck].

    Raises
    ------
    NoDataError
        If there are fewer than three such statements.

    Notes
    -----
    Each statement enters as its rounds over its units; a side given as a range makes a range of the ratio. Floors
    ("more than 3 million") and ceilings enter by the number they state. The band is for what the office would *say*
    next, and what it says is such a number; to read a floor as a bound on the truth would be to ask another question,
    which statements of one office cannot answer.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> reported_ratio(shipped().munitions["152mm"], shipped().transports["20ft-24t"]).name
    'claims.rok-mnd.152mm.20ft-24t'
    """
    claims = reported_claims(munition, transport, catalog, without=without)
    ratios = [stated_ratio(claim) for claim in claims]
    if len(claims) < _FEWEST:
        stated = [f"{claim.claim}: {_between(low, high)}" for claim, (low, high) in zip(claims, ratios, strict=True)]
        what = f"statements of {REPORTING_OFFICE} on {munition.munition} in {transport.transport}"
        raise _too_few(what, stated, "sf.packing(...)")
    spoken_of = claims[0].transport  # one unknown, whatever short box it is asked of
    other = "" if spoken_of == transport.transport else f", which are {spoken_of}"
    return inputs.fit_observations(
        f"claims.{REPORTING_FAMILY}.{munition.munition}.{spoken_of}",
        ratios,
        unit=f"round/{transport.kind}",
        source="; ".join(claim.claim for claim in claims),
        grade="derived",
        band_for=f"what the same office would say next of {'its' if other else 'such'} {transport.kind}s{other}",
    )


def reported_increment(
    munition: Munition, transport: Transport, catalog: Catalog | None = None, *, without: Collection[str] = ()
) -> inputs.Input:
    """Return what the next total of the reporting office would add, in rounds to each of the transports it adds.

    Its totals contain each other, so that ratios of what they add scatter more than their own.

    Parameters
    ----------
    munition, transport, catalog, without
        As for `reported_ratio`.

    Returns
    -------
    Input
        Named `claims.<family>.<munition>.<transport>.added` [round/container, round/wagon or round/truck].

    Raises
    ------
    NoDataError
        If fewer than three totals add to the one before, or all add at the same ratio.

    Notes
    -----
    As in `reported_ratio`, by the numbers that the statements state; the first total adds all that it counts.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> added = reported_increment(shipped().munitions["122mm-rocket"], shipped().transports["20ft-24t"])
    >>> [round(end) for end in added.band(0.9)]  # of 100, 66.7 and 58.8
    [29, 73, 186]
    """
    claims = reported_claims(munition, transport, catalog, without=without)
    ratios = stated_increments(claims)
    if len(ratios) < _FEWEST:
        stated = [f"{claim}: {_between(low, high)}" for claim, (low, high) in ratios.items()]
        what = f"increments between statements of {REPORTING_OFFICE} on {munition.munition} in {transport.transport}"
        raise _too_few(what, stated, "sf.packing(...)")
    return inputs.fit_observations(
        f"claims.{REPORTING_FAMILY}.{munition.munition}.{claims[0].transport}.{_ADDED}",
        list(ratios.values()),
        unit=f"round/{transport.kind}",
        source="; ".join(ratios),
        grade="derived",
        band_for=f"what the same office's next total would add, for each {transport.kind} added",
    )


def stated_ratio(claim: Claim) -> tuple[float, float]:
    """Return rounds to a transport by the numbers a claim states, whatever they bound.

    Parameters
    ----------
    claim : Claim
        A record that states a number on both sides [unitless].

    Returns
    -------
    tuple of two floats
        Least and greatest; equal where each side states one number [round/transport].

    Raises
    ------
    NoDataError
        If the claim states no rounds, or no transports.

    Examples
    --------
    >>> from shellflow.catalog import shipped
    >>> stated_ratio(shipped().claims["rok-jcs-2023-11-02a"])
    (500.0, 500.0)
    """
    if claim.rounds_bound == "none" or claim.units_bound == "none":
        raise NoDataError(f"claim {claim.claim}: it does not state both rounds and {claim.kind}s. Take another.")
    return _over(claim.rounds_low, claim.rounds_high, claim.units_low, claim.units_high)


def _over(
    low: float | None, high: float | None, under_low: float | None, under_high: float | None
) -> tuple[float, float]:
    over = [number for number in (low, high) if number is not None]
    under = [number for number in (under_low, under_high) if number is not None]
    return min(over) / max(under), max(over) / min(under)


def _between(low: float, high: float) -> str:
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _too_few(what: str, stated: list[str], way_out: str) -> NoDataError:
    listed = f" ({'; '.join(stated)})" if stated else ""
    return NoDataError(f"{len(stated)} {what}{listed}: a band needs at least {_FEWEST}. State your own with {way_out}.")
