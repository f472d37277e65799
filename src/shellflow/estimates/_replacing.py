"""What-ifs: the same estimate with some of its arguments changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from shellflow import packings, sampling
from shellflow.catalog import Catalog, as_catalog
from shellflow.errors import ArgumentError, UnitError, bad_argument, shown
from shellflow.estimates import _build
from shellflow.inputs import Input
from shellflow.packings import Carrier, InMass, Mix, Needed, Packing, carriers, entering
from shellflow.terms import Term, rebuilt

__all__ = ["Changes", "replaced"]


class Changes(TypedDict, total=False):
    """The arguments of `estimate` that may change."""

    count: object
    munition: str | Mix | None
    packing: str | Packing | None
    transport: str | None
    munition_share: object
    charge: object
    containers_per_voyage: object
    catalog: Catalog | None


def replaced(
    term: Term,
    settings: sampling.Settings,
    made_by: Mapping[str, str],
    *,
    count: object = None,
    munition: str | Mix | None = None,
    packing: str | Packing | None = None,
    transport: str | None = None,
    munition_share: object = None,
    charge: object = None,
    containers_per_voyage: object = None,
    catalog: Catalog | None = None,
) -> tuple[Term, sampling.Settings, Mapping[str, str]]:
    """Return a term with every carrier in it changed, its settings and what makes it; None stands for no change."""
    parts = list(carriers(term))
    if not parts:
        raise ArgumentError("replace: there is no estimate of rounds or transports in it to change.")
    if count is not None and len(parts) > 1:
        raise ArgumentError(f"count={shown(count)}: it has {len(parts)} parts. Replace the parts, then add them.")
    if containers_per_voyage is not None and count is None:
        raise ArgumentError("containers_per_voyage without count: give the count of voyages as well.")
    is_given, catalog = catalog is not None, as_catalog(catalog)
    voyages = count is not None and containers_per_voyage is None and _build.is_of_voyages(count)
    looks_up = voyages or any(name is not None for name in (munition, packing, transport, charge))
    if looks_up and not is_given and catalog.digest not in made_by.get("data", catalog.digest).split("+"):
        raise ArgumentError(
            f"replace: this estimate was made from other data ({made_by['data']}) than the shipped catalog's "
            f"({catalog.digest}). Give catalog=..., the one it was made from or sf.catalog.shipped()."
        )

    refusals: list[ArgumentError | None] = []

    def change(node: Term) -> Term | None:
        if not isinstance(node, Carrier):
            return None
        contents, weights, alias = _repacked(node, munition, packing, transport, catalog)
        try:
            contents = packings.settled(contents, charge, catalog)
            refusals.append(None)
        except ArgumentError as refusal:  # of a sum, the charge concerns the parts that have it
            refusals.append(refusal)
        if isinstance(node, InMass):
            contents = tuple(map(packings.packed_by_mass, contents))
        carrier = node.repacked(contents, weights, alias)
        if munition_share is not None:
            carrier = carrier.of(carrier.amount, _build.share_input(munition_share))
        return _recounted(carrier, count, containers_per_voyage, catalog)

    with sampling.settings(n=settings.n, seed=settings.seed):
        made = rebuilt(term, change)
        if refusals[0] is not None and all(refusals):
            raise refusals[0]
        for carrier in carriers(made):
            if isinstance(carrier, Needed):
                packings.check_fits(carrier, settings)
    return made, settings, _build.merged_stamps(made_by, {"data": catalog.digest} if looks_up else {})


def _repacked(
    carrier: Carrier,
    munition: str | Mix | None,
    packing: str | Packing | None,
    transport: str | None,
    catalog: Catalog,
) -> tuple[tuple[Packing, ...], tuple[Input, ...], str]:
    """Return other packings of a carrier, the weights of their shares and how names were read."""
    contents = carrier.contents
    by_mass = isinstance(carrier, InMass)
    resolve = packings.resolve_mass if by_mass else packings.resolve
    if munition is not None:
        recipe = packing if packing is not None else contents[0].recipe
        if not recipe:
            raise ArgumentError(
                f"munition={shown(munition)}: the packing {shown(contents[0].name)} is of "
                f"{contents[0].munition.munition}. Give packing=... as well."
            )
        own = None if by_mass else contents[0].transport
        repacked, weights, alias = resolve(munition, recipe, own if transport is None else transport, catalog)
        return tuple(packings.kept_charge(contents, part, catalog) for part in repacked), weights, alias
    box = None if transport is None else packings.find_transport(transport, catalog)
    if packing is not None:
        if len(contents) > 1 and not isinstance(packing, str):
            raise bad_argument("packing", packing, "the name of a packing for a mix")
        contents = tuple(
            packings.kept_charge((part,), repacked, catalog)
            for part in contents
            for repacked in resolve(
                part.munition.munition, packing, box or (None if by_mass else part.transport), catalog
            )[0]
        )
    elif box is not None and by_mass:
        raise packings.no_transport(transport)
    elif box is not None:
        contents = tuple(packings.in_transport(part, box, catalog) for part in contents)
    return contents, carrier.weights, carrier.alias


def _recounted(carrier: Carrier, count: object, containers_per_voyage: object, catalog: Catalog) -> Term:
    """Return a carrier of another count; without one, check that its own is of its transport."""
    box, share = carrier.contents[0].transport, carrier.munition_share
    if isinstance(carrier, Needed):
        if containers_per_voyage is not None:
            raise bad_argument("containers_per_voyage", containers_per_voyage, "left out: no voyages are counted here")
        return carrier if count is None else carrier.of(_build.quantity_term(count, "round", "count"), share)
    if isinstance(carrier, InMass):
        if containers_per_voyage is not None:
            raise bad_argument("containers_per_voyage", containers_per_voyage, "left out: no voyages are counted here")
        return carrier if count is None else carrier.of(_build.mass_term(count), share)
    if count is not None:
        return carrier.of(_build.count_term(count, box, containers_per_voyage, catalog), share)
    if any(_is_shipped_voyages(number) for number in entering(carrier.amount)):
        _build.check_voyages(box)
    if carrier.amount.unit != box.kind:
        raise UnitError(
            f"transport={box.transport!r} is a {box.kind}, and the count is of {carrier.amount.unit}s. Give count=... "
            "as well."
        )
    return carrier


def _is_shipped_voyages(number: Input) -> bool:
    """Return whether an input is what the catalog counted of other voyages; anybody may call their own so."""
    return number.origin == "catalog" and number.name == "voyages.container"
