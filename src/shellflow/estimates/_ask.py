"""The two questions: how many rounds in so many transports, and how many transports for so many rounds."""

from __future__ import annotations

import numpy as np

from shellflow import inputs, packings, sampling, units, words
from shellflow._version import __version__
from shellflow.catalog import Catalog, Munition, Transport, as_catalog
from shellflow.errors import ArgumentError, UnitError, bad_argument
from shellflow.estimates import _build
from shellflow.estimates._estimate import Estimate
from shellflow.packings import Carried, InMass, Mix, Needed, Packing, check_fits
from shellflow.terms import Term, scale

__all__ = ["estimate", "from_json", "units_needed"]


def estimate(
    count: object,
    munition: str | Munition | Mix,
    *,
    packing: str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    containers_per_voyage: object = None,
    catalog: Catalog | None = None,
) -> Estimate:
    """Return how many rounds so many transports could hold, or a mass of cargo could be, under a named assumption.

    Capacity is not contents: unless the basis is `contents`, it says what would fit, not what is inside.

    Parameters
    ----------
    count : number, str, pint quantity, Input or Estimate
        How many transports, or voyages with containers; a bare number is taken in the packing's transport. Or a mass
        of cargo, packages included, such as "74,000 t" [transport, voyage or mass].
    munition : str, Munition or Mix
        Its name, its record, or `mix(...)` of several [unitless].
    packing : str, Physical or Reported, optional
        "reported", "ceiling", "crated", "as-loaded", or one's own from `packing(...)`; "reported" when left out, of a
        mass "crated" [unitless].
    transport : str or Transport, optional
        Its name or record; when left out that of one's own packing, the only one of the kind that is counted ("200
        wagons"), or "20ft-24t". None enters where the count is a mass [unitless].
    munition_share : Input, number or str
        Share of the transports, or of the mass, that is munitions at all, such as 0.8, "0.7-1" or "70-100 %"; 1 is an
        upper reading [unitless].
    charge : "with", "without", "unknown", Input or number, optional
        Whether the propelling charge travels in the package, or in what share of the transports. It can be stated of
        152 mm and 122 mm shells, crated or as loaded; when left out it is not known and uniform from 0 to 1, and both
        ends stand beside the band. Without it the unit is projectiles [unitless].
    containers_per_voyage : Input, number, str or quantity, optional
        Containers on each voyage; when left out, the range of voyages counted so far [container/voyage].
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out.

    Returns
    -------
    Estimate
        Rounds in every draw [round].

    Raises
    ------
    UnknownItemError
        If a name is not in the catalog.
    ArgumentError, UnitError
        If a value is out of its limits or of another dimension.
    NoDataError
        If the data do not allow this packing of this munition.
    DoesNotFitError
        If no package fits in any draw.
    InputConflictError
        If one input name stands for two distributions.
    SettingsError
        If the count is an estimate of other settings.

    Notes
    -----
    rounds = count * munition share * sum over the mix of (share * rounds per transport), draw by draw; of voyages,
    count = voyages * containers per voyage, from `shellflow.catalog.containers_per_voyage` unless you give your own. Of
    a mass, rounds = mass * munition share * sum over the mix of (share of the mass * rounds per package / gross mass).

    Examples
    --------
    >>> print(estimate(6_700, "152mm"))
    6,700 containers of 152mm, as reported (capacity): 3.1 million rounds (90 %: 2.6 to 3.7 million)
    """
    catalog = as_catalog(catalog)
    chosen = sampling.current_settings()
    by_mass = not isinstance(count, tuple | list) and inputs.is_mass(count)
    if by_mass:
        contents, weights, alias = packings.resolve_mass(munition, packing, transport, catalog, charge)
    else:
        packing = "reported" if packing is None else packing
        transport, note = _build.transport_counted(count, packing, transport, catalog)
        contents, weights, alias = packings.resolve(munition, packing, transport, catalog, charge)
        alias = "; ".join(filter(None, (alias, note)))
    kind = contents[0].transport.kind
    faults = inputs.Faults()
    with faults:
        share = _build.share_input(munition_share)
    if containers_per_voyage is not None and (by_mass or isinstance(count, Estimate)):
        raise bad_argument("containers_per_voyage", containers_per_voyage, "left out where no voyages are counted")
    if isinstance(count, Estimate):
        chosen = sampling.one_settings(chosen, count.settings)
        _check_not_below_0(count, "count")
        term: Term = count.term
        if by_mass:
            term = scale(term, *units.converted(term.unit, "kg"))
        elif term.unit != kind:
            raise UnitError(f"count is an estimate in {count.unit or 'no unit'}; expected {kind}.")
    else:
        with faults:
            if by_mass:
                term = _build.mass_term(count)
            else:
                term = _build.count_term(count, contents[0].transport, containers_per_voyage, catalog)
    faults.say()
    made = InMass if by_mass else Carried
    return Estimate(made(term, share, contents, weights, alias), chosen, _made_by(catalog, contents))


def units_needed(
    rounds: object,
    munition: str | Munition | Mix,
    *,
    packing: str | Packing = "reported",
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    catalog: Catalog | None = None,
) -> Estimate:
    """Return how many transports so many rounds would take, under a named packing assumption.

    Its draws keep fractions; what is printed is rounded up. It goes no further than containers: how many voyages those
    take depends on the ship, so divide by your own containers to a voyage.

    Parameters
    ----------
    rounds : number, str, pint quantity, Input or Estimate
        How many rounds [round].
    munition, packing, transport, munition_share, charge, catalog
        As for `estimate`.

    Returns
    -------
    Estimate
        Transports in every draw [container, wagon or truck].

    Raises
    ------
    ShellflowError
        As `estimate` does.
    DoesNotFitError
        If nothing fits in some draws.
    ArgumentError
        If the munition share is 0 in some draws.

    Notes
    -----
    transports = rounds / (munition share * sum over the mix of (share * rounds per transport)), draw by draw.

    Examples
    --------
    >>> print(units_needed("3M", "152mm"))
    3 million rounds of 152mm, as reported (capacity), in containers: 6,600 containers (90 %: 5,500 to 7,800)
    """
    catalog = as_catalog(catalog)
    chosen = sampling.current_settings()
    contents, weights, alias = packings.resolve(munition, packing, transport, catalog, charge)
    faults = inputs.Faults()
    with faults:
        share = _build.share_input(munition_share)
    if isinstance(rounds, Estimate):
        chosen = sampling.one_settings(chosen, rounds.settings)
        if rounds.unit != "round":
            raise UnitError(f"rounds is an estimate in {rounds.unit or 'no unit'}; expected round.")
        _check_not_below_0(rounds, "rounds")
        term: Term = rounds.term
    else:
        with faults:
            term = _build.quantity_term(rounds, "round", "rounds")
    faults.say()
    needed = Needed(term, share, contents, weights, alias)
    check_fits(needed, chosen)
    return Estimate(needed, chosen, _made_by(catalog, contents))


def from_json(text: str) -> Estimate:
    """Return the estimate that `Estimate.to_json` wrote, everything in the text checked as if it were stated anew.

    Parameters
    ----------
    text : str
        The JSON text, of at most 100 million characters, 200 levels of brackets and 1,048,576 draws.

    Returns
    -------
    Estimate
        With the same draws; the summary in the text is for people and is not read.

    Raises
    ------
    DataError
        If the text is not such JSON, is not sound, is too large, or is of another format; the field is named.

    Examples
    --------
    >>> made = estimate(6_700, "152mm")
    >>> from_json(made.to_json()).median == made.median
    True
    """
    from shellflow.estimates import _exchange  # which reads json and types, and few need

    return _exchange.read(text, Estimate)


def _check_not_below_0(estimate: Estimate, argument: str) -> None:
    below = float(np.mean(estimate.values < 0))
    if below:
        raise ArgumentError(
            f"{argument} is an estimate that is below 0 in {words.percent(below)} of the draws. Give one that is not; "
            "a difference only where its first part is the larger in all of them."
        )


def _made_by(catalog: Catalog, contents: tuple[Packing, ...]) -> dict[str, str]:
    """Return the version of the library, and the hash of the data that names and packings are from."""
    digests = dict.fromkeys((catalog.digest, *(packing.data for packing in contents if packing.data)))
    return {"shellflow": __version__, "data": "+".join(digests)}
