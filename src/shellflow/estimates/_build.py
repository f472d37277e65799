"""From what a user asks to the terms of an estimate, and how those are put in words."""

from __future__ import annotations

import math
from dataclasses import replace

from shellflow import inputs, packings, words
from shellflow.catalog import KINDS, LONGEST_OBSERVED_M, Catalog, Transport, transports_of
from shellflow.catalog import containers_per_voyage as counted_per_voyage
from shellflow.errors import ArgumentError, NoDataError, ShellflowError, UnitError, bad_argument, printable, shown
from shellflow.estimates._terms import (
    Carried,
    Known,
    Leaf,
    Needed,
    Product,
    Scaled,
    Scattered,
    Sum,
    Term,
    inputs_in,
    leaves,
    unit_of,
)
from shellflow.inputs import Input, Wanted
from shellflow.packings import Mix, Packing
from shellflow.sampling import Fixed, Uniform

__all__ = [
    "alone",
    "carriers",
    "changed",
    "count_term",
    "exact_step",
    "is_of_voyages",
    "quantity_term",
    "ranges_in",
    "share_input",
    "share_reading",
    "title",
    "with_unit",
]

_LEVEL = 0.9
_PER_VOYAGE = "container/voyage"
_PLURALS = ("round", "package", "container", "wagon", "truck", "voyage", "day")
_PHRASES = {"reported": "as reported", "ceiling": "at the ceiling", "crated": "crated", "as-loaded": "as loaded"}


# --- building ---------------------------------------------------------------------------------------------------------


def quantity_term(value: object, unit: str, argument: str) -> Term:
    """Return a count, or a number of rounds, as a term in `unit`."""
    (found,) = inputs.as_inputs({argument: (value, Wanted(unit, 0.0, bare=""))}, stated=True).values()
    return Known(found)


def count_term(count: object, transport: Transport, containers_per_voyage: object, catalog: Catalog) -> Term:
    """Return a count of transports as a term in their kind; voyages are taken through the containers to each."""
    if not is_of_voyages(count):
        if containers_per_voyage is not None:
            raise bad_argument(
                "containers_per_voyage", containers_per_voyage, "left out unless the count is one of voyages"
            )
        try:
            return quantity_term(count, transport.kind, "count")
        except UnitError:
            _check_carrier(count, transport, catalog)
            raise
    voyages = inputs.as_input(count, "voyage", "count", stated=True)
    inputs.within(voyages, "count", 0.0)
    if transport.kind != "container":
        raise UnitError(
            f"count={shown(count)}: voyages are known by the containers they carried, and {transport.transport} is a "
            f"{transport.kind}. Choose a container, or count {transport.kind}s."
        )
    if containers_per_voyage is None:
        check_voyages(transport)
        carried = counted_per_voyage(catalog)
    else:
        carried = _own_capacity(containers_per_voyage)
    return Product(Known(voyages), Known(carried), "container")


def _check_carrier(count: object, transport: Transport, catalog: Catalog) -> None:
    """Check that a count is not one of another kind of transport."""
    other = next((kind for kind in KINDS if kind != transport.kind and _is_in(count, kind)), None)
    if other is not None:
        named = " or ".join(repr(box.transport) for box in transports_of(other, catalog))
        fix = f" Give transport={named}." if named else f" The catalog has no {other}."
        raise UnitError(f"count={shown(count)}: {transport.transport} is a {transport.kind}, no {other}.{fix}")


def _is_in(value: object, unit: str) -> bool:
    try:
        inputs.as_input(value, unit, "count")
    except ShellflowError:
        return False
    return True


def is_of_voyages(count: object) -> bool:
    """Return whether a count is one of voyages, and can be read as one."""
    return _is_in(count, "voyage")


def is_shipped_voyages(entering: Input) -> bool:
    """Return whether an input is what the catalog counted of other voyages; anybody may call their own so."""
    return entering.origin == "catalog" and entering.name == "voyages.container"


def check_voyages(transport: Transport) -> None:
    """Check that the shipped containers to a voyage speak of such boxes.

    Raises
    ------
    NoDataError
        If they do not.
    """
    if (transport.inner_length_m or 0.0) > LONGEST_OBSERVED_M:
        missing = f"containers to a voyage for {transport.transport} (those counted were some 6 m long)"
        raise NoDataError(f"no data: missing {missing}. Give your own with containers_per_voyage=...", missing)


def _own_capacity(value: object) -> Input:
    try:
        # "220 containers" says it as well as 220 or "220 containers per voyage" does.
        found = inputs.as_input(value, _PER_VOYAGE, "containers_per_voyage", bare="container", stated=True)
    except ShellflowError:
        found = inputs.as_input(value, _PER_VOYAGE, "containers_per_voyage", bare="", stated=True)
    return inputs.within(found, "containers_per_voyage", 0.0, above=True)


def share_input(value: object) -> Input:
    """Return the share of the transports that carry munitions at all."""
    wanted = Wanted("", 0.0, 1.0)
    return inputs.as_inputs({"munition_share": (value, wanted)}, stated=True)["munition_share"]


def alone(leaf: Leaf, packing: Packing) -> Leaf:
    """Return the leaf as if all of it were this one packing."""
    return replace(leaf, contents=(packing,), weights=(), alias="")


def changed(
    leaf: Leaf,
    *,
    count: object,
    munition: str | Mix | None,
    packing: str | Packing | None,
    transport: str | None,
    munition_share: object,
    containers_per_voyage: object,
    catalog: Catalog,
) -> Leaf:
    """Return the leaf with what is not None changed."""
    contents, weights, alias = leaf.contents, leaf.weights, leaf.alias
    if munition is not None:
        recipe = packing if packing is not None else contents[0].recipe
        if not recipe:
            raise ArgumentError(
                f"munition={shown(munition)}: the packing {shown(contents[0].name)} is of "
                f"{contents[0].munition.munition}. Give packing=... as well."
            )
        named = contents[0].transport if transport is None else transport
        contents, weights, alias = packings.resolve(munition, recipe, named, catalog)
    elif packing is not None:
        box = None if transport is None else packings.find_transport(transport, catalog)
        if len(contents) > 1 and not isinstance(packing, str):
            raise bad_argument("packing", packing, "the name of a packing for a mix")
        contents = tuple(
            repacked
            for part in contents
            for repacked in packings.resolve(part.munition.munition, packing, box or part.transport, catalog)[0]
        )
    elif transport is not None:
        box = packings.find_transport(transport, catalog)
        contents = tuple(packings.in_transport(one, box, catalog) for one in contents)
    made = replace(leaf, contents=contents, weights=weights, alias=alias)
    if munition_share is not None:
        made = replace(made, munition_share=share_input(munition_share))
    kind = contents[0].transport.kind
    if isinstance(made, Needed):
        if containers_per_voyage is not None:
            raise bad_argument("containers_per_voyage", containers_per_voyage, "left out: no voyages are counted here")
        return made if count is None else replace(made, rounds=quantity_term(count, "round", "count"))
    if count is not None:
        return replace(made, count=count_term(count, contents[0].transport, containers_per_voyage, catalog))
    if any(is_shipped_voyages(one) for one in inputs_in(made.count, lambda _: ())):
        check_voyages(contents[0].transport)
    if unit_of(made.count) != kind:
        raise UnitError(
            f"transport={contents[0].transport.transport!r} is a {kind}, and the count is of {unit_of(made.count)}s. "
            "Give count=... as well."
        )
    return made


def takes_all(leaf: Leaf) -> bool:
    """Return whether all transports are taken to carry munitions because nothing was said of it."""
    return leaf.munition_share.origin == "question" and leaf.munition_share.distribution == Fixed(1.0)


def ranges_in(term: Term) -> list[str]:
    """Return what is said of each count that a term takes from a range."""
    counts = dict.fromkeys(
        _amount(one) for one in inputs_in(term, lambda _: ()) if one.unit and isinstance(one.distribution, Uniform)
    )
    return [f"{count}, each as likely as the next (uniform)" for count in counts]


# --- in words ---------------------------------------------------------------------------------------------------------


_READINGS = {frozenset({1}): ", an upper reading", frozenset({-1}): ", a lower reading"}


def share_reading(term: Term) -> str:
    """Return what it means that all transports are taken to carry munitions, in words; "" where that is not taken."""
    taken = [takes_all(leaf) for leaf in leaves(term)]
    if not any(taken):
        return ""
    where = "" if all(taken) else " in some parts"
    return f"1{where}{_READINGS.get(_directions(term), '')}: every transport is taken to carry munitions"


def _directions(term: Term) -> frozenset[int]:
    """Return which way the value goes with the shares of munitions that are taken to be 1: up, down, or both."""
    if isinstance(term, Known):
        return frozenset()
    if isinstance(term, Carried | Needed):
        inner, own = (term.count, 1) if isinstance(term, Carried) else (term.rounds, -1)
        return _directions(inner) | (frozenset({own}) if takes_all(term) else frozenset())
    if isinstance(term, Sum):
        return frozenset().union(*map(_directions, term.parts))
    if isinstance(term, Scaled):
        return _directions(term.part) if term.factor >= 0 else _against(_directions(term.part))
    if isinstance(term, Scattered):
        return _directions(term.count)
    if isinstance(term, Product):
        return _directions(term.left) | _directions(term.right)
    return _directions(term.over) | _against(_directions(term.under))


def _against(directions: frozenset[int]) -> frozenset[int]:
    return frozenset(-one for one in directions)


def with_unit(said: str, unit: str) -> str:
    """Return a number in words with its unit in words."""
    if not unit:
        return said
    over, _, under = unit.partition("/")
    if over not in _PLURALS or (under and under not in _PLURALS):
        return f"{said} {unit}"
    noun = words.with_noun(said, over)
    return f"{noun} a {under}" if under else noun


def title(term: Term) -> str:
    """Return what a term is, in words."""
    if isinstance(term, Known):
        return _amount(term.value)
    if isinstance(term, Carried):
        return f"{_quantity(term.count)}{_box(term)} of {_what(term)}"
    if isinstance(term, Needed):
        return f"{_quantity(term.rounds)} of {_what(term)}, in {term.contents[0].transport.kind}s{_box(term)}"
    if isinstance(term, Sum):
        if len(term.parts) > 3:
            return f"sum of {len(term.parts)} parts, from {title(term.parts[0])} to {title(term.parts[-1])}"
        first, *others = term.parts
        return title(first) + "".join(
            f" - {title(part.part)}" if isinstance(part, Scaled) and part.factor == -1.0 else f" + {title(part)}"
            for part in others
        )
    if isinstance(term, Scaled):
        return f"{term.factor:g} x ({title(term.part)})"
    if isinstance(term, Scattered):
        return title(term.count)
    if isinstance(term, Product):
        return f"({title(term.left)}) x ({title(term.right)})"
    return f"({title(term.over)}) / ({title(term.under)})"


def carriers(term: Term) -> str:
    """Return the question that lines of a comparison share."""
    assert isinstance(term, Carried | Needed)  # only what comes straight from a question is compared
    box = term.contents[0].transport
    if isinstance(term, Carried):
        return f"{_quantity(term.count)} ({box.transport}): how many rounds they could hold"
    return f"{_quantity(term.rounds)}: how many {box.kind}s ({box.transport}) that would take"


def _quantity(term: Term) -> str:
    if isinstance(term, Product) and unit_of(term.right) == _PER_VOYAGE:
        return f"{title(term.left)} at {title(term.right)}"
    return title(term) if isinstance(term, Known) else f"[{title(term)}]"


def _amount(value: Input) -> str:
    low, high = value.distribution.support
    level = ""
    if not (math.isfinite(low) and math.isfinite(high)):  # no hard limits, and far out in its tails no sense
        low, _, high = value.band(_LEVEL)
        level = f" ({words.percent(_LEVEL)})"
    said = words.say_band(low, high, words.step(low, high)) if low < high else words.say(low, exact_step(low))
    return with_unit(said, value.unit) + level


def exact_step(value: float) -> float:
    """Return the largest power of ten that an exact number can be rounded to unchanged."""
    step = words.step(value, value, value)
    while step >= 1 and value % (step * 10) == 0 and step * 10 <= value:
        step *= 10
    return step


def _box(leaf: Leaf) -> str:
    name = printable(leaf.contents[0].transport.transport)
    return "" if name == packings.DEFAULT_TRANSPORT else f" ({name})"


def _what(leaf: Leaf) -> str:
    packing = leaf.contents[0]
    phrase = _PHRASES.get(packing.recipe, f"packed as {packing.name!r}")
    basis = " and ".join(dict.fromkeys(one.basis for one in leaf.contents))
    if not leaf.weights:
        named = printable(packing.munition.munition)
    else:
        listed = [printable(one.munition.munition) for one in leaf.contents]
        if all(weight.is_fixed for weight in leaf.weights):
            shares = [weight.distribution.support[0] for weight in leaf.weights]
            listed = [f"{words.percent(share)} {one}" for share, one in zip(shares, listed, strict=True)]
        named = f"a mix of {', '.join(listed[:-1])} and {listed[-1]}"
    alias = f" ({printable(leaf.alias)})" if leaf.alias else ""
    return f"{named}{alias}, {phrase} ({basis})"
