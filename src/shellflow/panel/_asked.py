"""What a panel starts from: the arguments of `explore`, checked as `estimate` checks them."""

from __future__ import annotations

import contextlib

from shellflow import estimates, inputs, packings, sampling
from shellflow.catalog import Catalog, Transport, as_catalog
from shellflow.errors import DoesNotFitError, NoDataError, ShellflowError, bad_argument
from shellflow.estimates import estimate
from shellflow.inputs import Input, Wanted
from shellflow.packings import DEFAULT_TRANSPORT, SHIPPED, Mix
from shellflow.panel._state import CHARGES, State
from shellflow.terms import Uncertain

__all__ = ["state_of"]

_EXAMPLES = "Write e.g. 6700, '6,000-7,000 containers' or '74,000 t'."


def state_of(
    count: object,
    munition: object,
    *,
    packing: str | None,
    transport: str | None,
    munition_share: object,
    charge: str | None,
    load: object,
    catalog: Catalog | None,
) -> State:
    """Return the state that a panel opens in; missing data are no error here, since another choice may have them.

    Raises
    ------
    ShellflowError
        As `estimate` does, but for missing data; also if a value is none that the controls can be set to.
    """
    catalog = as_catalog(catalog)
    by_mass = not isinstance(count, tuple | list) and inputs.is_mass(count)
    _check_choices(packing, transport, charge)
    known = _munition(munition, catalog)
    if load is not None and (by_mass or packing not in (None, "crated") or isinstance(known, Mix)):
        allowed = "left out unless one munition is crated in transports that are counted"
        raise bad_argument("load", load, allowed, "Leave it out, or choose packing='crated'.")
    name = packing or ("crated" if by_mass or load is not None else "reported")
    with contextlib.suppress(NoDataError, DoesNotFitError):  # the panel says what is missing, and offers others
        estimate(
            count,
            known,
            packing=name,
            transport=transport,
            munition_share=munition_share,
            charge=charge,
            catalog=catalog,
        )
    box = None if by_mass else estimates.transport_counted(count, name, transport, catalog)[0]
    record = packings.find_transport(DEFAULT_TRANSPORT if box is None else box, catalog)
    low, high, unit = _count(count, None if by_mass else record, catalog)
    return State(
        low=low,
        high=high,
        munition=known,
        packing=name,
        transport=record.transport,
        unit=unit,
        munition_share=_share(munition_share),
        charge=charge or "unknown",
        load_kg=None if load is None else _load(load),
        catalog=catalog,
        settings=sampling.current_settings(),
    )


def _check_choices(packing: object, transport: object, charge: object) -> None:
    """Check that what menus are set to is a text; whether there is such a choice is for `estimate` to say."""
    if not isinstance(packing, str | None):
        fix = "For one of your own use sf.estimate, or state its load=... here."
        raise bad_argument("packing", packing, f"one of {', '.join(SHIPPED)}", fix)
    if not isinstance(transport, str | None):
        raise bad_argument("transport", transport, "the name of a transport", "See `shellflow catalog transports`.")
    if charge is not None and charge not in CHARGES:
        fix = "For a share of the transports use sf.estimate."
        raise bad_argument("charge", charge, f"one of {', '.join(map(repr, CHARGES))}", fix)


def _munition(munition: object, catalog: Catalog) -> str | Mix:
    """Return a munition by its key in the catalog, or several."""
    if isinstance(munition, str):
        munition = packings.read_mix(munition, catalog)
    if not isinstance(munition, Mix):
        if not isinstance(munition, str):
            fix = "See `shellflow catalog munitions`."
            raise bad_argument("munition", munition, "the name of a munition or a sf.mix(...)", fix)
        return catalog.munitions[munition].munition
    names = [catalog.munitions[name].munition for name in munition.munitions]
    if munition.shares is None:
        return packings.mix(*names, name=munition.name)
    if len(set(names)) < len(names):
        raise bad_argument("munition", munition.munitions, "a mix of different munitions", f"They are {names}.")
    return packings.mix(dict(zip(names, munition.shares, strict=True)), name=munition.name)


def _count(count: object, transport: Transport | None, catalog: Catalog) -> tuple[int, int, str]:
    """Return the ends of a count, in no transport of a mass, and what is counted, "" for transports."""
    allowed = "a whole number, or a range of two, which sliders can be set to"
    if isinstance(count, Uncertain):
        raise bad_argument("count", count, allowed, _EXAMPLES)
    if transport is None:
        mass = inputs.read_mass(count, "count")
        low, high, unit = mass.low, mass.high, "tonne"
    else:
        number, unit = _counted(count, transport, catalog)
        low, high = number.distribution.support
    ends = [end for end in (low, high) if end is not None and end == int(end) and end >= 1]
    if len(ends) < 2:
        raise bad_argument("count", count, f"{allowed}, of at least 1{' t' if transport is None else ''}", _EXAMPLES)
    return int(ends[0]), int(ends[1]), unit


def _counted(count: object, transport: Transport, catalog: Catalog) -> tuple[Input, str]:
    try:
        return inputs.as_input(count, "voyage", "count"), "voyage"
    except ShellflowError:
        number = estimates.count_term(count, transport, None, catalog)
        assert isinstance(number, Input)  # only voyages are multiplied
        return number, ""


def _share(munition_share: object) -> float:
    share = estimates.share_input(munition_share)
    if not share.is_fixed:
        fix = "For an uncertain one use sf.estimate."
        raise bad_argument("munition_share", munition_share, "a single number from 0 to 1", fix)
    return share.distribution.support[0]


def _load(load: object) -> int:
    mass = inputs.as_inputs({"load": (load, Wanted("kg", 0.0, above=True))})["load"]
    low, high = mass.distribution.support
    if not low == high == int(low):
        fix = "For an uncertain one use sf.estimate(..., packing=sf.packing(..., load=...))."
        raise bad_argument("load", load, "a single mass of whole kilograms, such as '10 t'", fix)
    return int(low)
