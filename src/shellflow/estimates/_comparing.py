"""The two questions asked of every munition under every packing, and of several counts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from shellflow import inputs, words
from shellflow.catalog import Catalog, Transport, as_catalog
from shellflow.errors import DoesNotFitError, NoDataError, bad_argument, listed
from shellflow.estimates import _titles
from shellflow.estimates._ask import estimate, units_needed
from shellflow.estimates._comparison import Comparison, Line
from shellflow.estimates._estimate import Estimate
from shellflow.packings import (
    BY_MASS,
    Mix,
    Packing,
    carriers,
    list_packings,
    own_transports,
    read_mix,
    takes_charge,
)

__all__ = ["compare", "compare_needed"]


def compare(
    count: object,
    munitions: Iterable[str | Mix] | str | Mix | None = None,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    containers_per_voyage: object = None,
    catalog: Catalog | None = None,
) -> Comparison:
    """Return what so many transports could hold of every munition, under every packing.

    The lines are alternatives, for the same transports: they do not add up.

    Parameters
    ----------
    count : number, str, pint quantity, Input or Estimate
        How many transports, or voyages with containers [transport or voyage].
    munitions : str, Mix or iterable of these, optional
        All of the catalog when left out; a mix in words too, such as "60% 152mm, 40% 122mm-shell" [unitless].
    packings : str, Physical, Reported or iterable of these, optional
        The four shipped ones when left out [unitless].
    transport, munition_share
        As for `estimate`.
    charge : "with", "without", "unknown", Input or number, optional
        As for `estimate`; lines of which it says nothing, such as those of rockets, stay as they are [unitless].
    containers_per_voyage, catalog
        As for `estimate`.

    Returns
    -------
    Comparison
        One line for each; where the data do not allow it, what is missing.

    Raises
    ------
    ShellflowError
        As `estimate` does, except for missing data.
    NoDataError
        If nothing at all can be estimated of what was asked for.

    Examples
    --------
    >>> compare(6_700, ["152mm"], packings="reported")["152mm", "reported"].grade
    'derived'
    """
    ask = partial(estimate, containers_per_voyage=containers_per_voyage)
    return _compare(ask, count, munitions, packings, transport, munition_share, charge, catalog)


def compare_needed(
    rounds: object,
    munitions: Iterable[str | Mix] | str | Mix | None = None,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    catalog: Catalog | None = None,
) -> Comparison:
    """Return how many transports so many rounds would take of every munition, under every packing.

    Parameters
    ----------
    rounds : number, str, pint quantity, Input or Estimate
        How many rounds [round].
    munitions, packings, transport, munition_share, charge, catalog
        As for `compare`.

    Returns
    -------
    Comparison
        One line for each; where the data do not allow it, what is missing.

    Raises
    ------
    ShellflowError
        As `compare` does.
    """
    return _compare(units_needed, rounds, munitions, packings, transport, munition_share, charge, catalog)


def _compare(
    ask: Callable[..., Estimate],
    quantity: object,
    munitions: Iterable[str | Mix] | str | Mix | None,
    packings: Iterable[str | Packing] | str | Packing | None,
    transport: str | Transport | None,
    munition_share: object,
    charge: object,
    catalog: Catalog | None,
) -> Comparison:
    catalog = as_catalog(catalog)
    names: list[str | Mix] = _as_list(munitions, "munitions", catalog.munitions.names)
    by_mass = inputs.is_mass(quantity) and ask is not units_needed
    assumptions = list_packings(BY_MASS if by_mass and packings is None else packings)
    if transport is None and not by_mass:
        transports = own_transports(assumptions)
        if len(transports) > 1:
            different = [box.transport for box in transports]
            fix = "Give transport=..., or compare each."
            raise bad_argument("packings", different, "made for one transport", fix)
        transport = transports[0] if transports else None
    concerned = any(takes_charge(name, packing, catalog) for name in names for packing in assumptions)
    lines: list[Line] = []
    errors: list[NoDataError | DoesNotFitError] = []
    compared: set[str] = set()
    for munition in names:
        label = _label_of(munition, catalog)
        if label in compared:  # asked for twice, or by its alias as well
            continue
        compared.add(label)
        for packing in assumptions:
            if not isinstance(packing, str) and packing.munition.munition != label:
                continue
            packing_name = packing if isinstance(packing, str) else packing.name
            given: dict[str, Any] = {"packing": packing, "transport": transport, "catalog": catalog}
            if not concerned or takes_charge(munition, packing, catalog):  # where it concerns none, each line says why
                given["charge"] = charge
            try:
                answer = ask(quantity, munition, munition_share=munition_share, **given)
                (carrier,) = carriers(answer.term)
                box = None if by_mass else carrier.contents[0].transport
                per_transport = estimate("1 t" if by_mass else 1, munition, **{**given, "transport": box})
                answer.values  # noqa: B018  what cannot be packed is told here
            except (NoDataError, DoesNotFitError) as error:
                errors.append(error)
                lines.append(Line(label, packing_name, None, None, _why_not(error)))
            else:
                lines.append(Line(label, packing_name, answer, per_transport))
    answers = [line.estimate for line in lines if line.estimate is not None]
    if not answers:
        raise errors[0] if errors else bad_argument("packings", packings, "of the munitions asked for")
    return Comparison(_titles.question(answers[0].term), tuple(lines))


def _label_of(munition: str | Mix, catalog: Catalog) -> str:
    """Return the name of a munition in the catalog, or the munitions of a mix."""
    named = read_mix(munition, catalog) if isinstance(munition, str) else munition
    if not isinstance(named, Mix):
        return catalog.munitions.resolve(named)[0].munition
    return replace(named, munitions=tuple(catalog.munitions[name].munition for name in named.munitions)).label


def _why_not(error: NoDataError | DoesNotFitError) -> str:
    if isinstance(error, NoDataError):
        return f"no data: missing {error.missing}" if error.missing else str(error)
    return "does not fit" if error.share == 1.0 else f"nothing fits in {words.percent(error.share)} of the draws"


def _as_list(value: object, argument: str, everything: Sequence[str]) -> list[Any]:
    if value is None:
        return list(everything)
    if isinstance(value, str | Mix):
        return [value]
    names = listed(value, argument, "a name or a list of names")
    if not names:
        raise bad_argument(argument, names, "at least one name", "Leave it out for all.")
    return names
