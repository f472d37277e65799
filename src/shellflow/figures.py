"""Figures that answer a question of their own: every packing of a munition side by side, and a packed transport."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

from shellflow import boxes, plot, sampling, words
from shellflow.catalog import Catalog, Claim, Munition, Transport, as_catalog
from shellflow.errors import ArgumentError, NoDataError, bad_argument
from shellflow.estimates import Estimate, compare, estimate, plotting, question
from shellflow.inputs import Input
from shellflow.packings import (
    Carried,
    Packing,
    Physical,
    Reported,
    carriers,
    gross_mass,
    in_package,
    stow,
    takes_charge,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["plot_compare", "plot_load"]

_MEDIAN_DRAW = sampling.Settings(n=1)  # its one draw of every input is the median
_MOST_PLACES = 20_000  # beyond it a place is less than a dot of the figure, and drawing takes minutes


def plot_compare(
    count: object,
    munition: str,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    catalog: Catalog | None = None,
    claims: object = None,
    level: float = 0.9,
    source: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw what a number of transports could hold of a munition, under every packing, beside the claims about them.

    The bands are alternatives and do not add up. Needs matplotlib: `pip install "shellflow[plot]"`.

    Parameters
    ----------
    count : number, str, pint quantity, Input or Estimate
        How many transports, or a mass of cargo [transport or mass].
    munition : str
        Its name [unitless].
    packings : str, Physical, Reported or iterable of these, optional
        The shipped ones when left out; the ceiling is a line across them [unitless].
    transport, munition_share, charge, catalog
        As for `compare`.
    claims : str, number, quantity, or a list or mapping of these by name, optional
        Published values to mark; when left out those of the catalog that speak of just so many transports of this kind
        and of this munition, and none with an empty list [round].
    level : float
        Share of the draws in the bands, in (0, 1) [unitless].
    source, ax
        As for `Estimate.plot`.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ShellflowError
        As `compare` does.
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError, UnitError
        If `level` is outside (0, 1), `ax` is no axes 4 inches wide or more, or a claim cannot be read or is of another
        unit.

    Examples
    --------
    >>> ax = plot_compare(6_700, "152mm")
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['reported (capacity)', 'crated (capacity)', 'as-loaded (contents)']
    """
    catalog = as_catalog(catalog)
    comparison = compare(
        count,
        [munition],
        packings=packings,
        transport=transport,
        munition_share=munition_share,
        charge=charge,
        catalog=catalog,
    )
    first = next(line.estimate for line in comparison if line.estimate is not None)
    ceiling = _ceiling(count, munition, transport, munition_share, catalog)
    rows = [
        plotting.band_of(f"{line.packing} ({line.estimate.basis})", line.estimate, level)
        if line.estimate is not None
        else plot.Band(line.packing, missing=line.missing)
        for line in comparison
        if line.packing != "ceiling" or ceiling is None or len(comparison) == 1
    ]
    published = [] if claims is not None else _claims_on(first, catalog)
    marks = [_mark(claim) for claim in published] if claims is None else plotting.claim_marks(claims, "round")
    cited = [f"{claim.claim} (published)" for claim in published]
    drawn = [line.estimate for line in comparison if line.estimate is not None]
    return plot.bands(
        rows,
        claims=marks,
        ceiling=None if ceiling is None else plotting.ceiling_of(ceiling, level),
        title=(
            f"What {_carriers(first)} of {comparison.lines[0].munition} could "
            f"{'hold' if isinstance(first.term, Carried) else 'be'}{_packed_in(drawn)}"
        ),
        unit="rounds",
        source=plotting.source_line(drawn if ceiling is None else [*drawn, ceiling], cited) if source else "",
        ax=ax,
    )


def _ceiling(
    count: object, munition: str, transport: str | Transport | None, munition_share: object, catalog: Catalog
) -> Estimate | None:
    try:
        return estimate(
            count, munition, packing="ceiling", transport=transport, munition_share=munition_share, catalog=catalog
        )
    except NoDataError:
        return None


def _packed_in(answers: Iterable[Estimate]) -> str:
    """Return what is in the packages of several answers as a line of a title, "" where none has any."""
    parts = (packing for answer in answers for carrier in carriers(answer.term) for packing in carrier.contents)
    contents = dict.fromkeys(in_package(packing) for packing in parts if packing.recipe != "ceiling")
    return "".join(f"\npacked: {content}" for content in contents if content)


def _carriers(answer: Estimate) -> str:
    """Return how many of which transports, in words."""
    count, _, _ = question(answer.term).rpartition(": ")
    return count


def _mark(claim: Claim) -> plot.Mark:
    return plot.Mark(f"{claim.claimant}, {claim.date}", claim.rounds_low, claim.rounds_high)


def _claims_on(answer: Estimate, catalog: Catalog) -> list[Claim]:
    """Return the claims of the catalog on exactly so many such transports of this munition, without renderings."""
    carried = answer.term
    if not isinstance(carried, Carried) or not isinstance(carried.count, Input) or not carried.count.is_fixed:
        return []
    count, packing = carried.count.distribution.support[0], carried.contents[0]
    return [
        claim
        for claim in catalog.claims
        if claim.munition == packing.munition.munition
        and claim.transport == packing.transport.transport
        and claim.rendering_of is None
        and count in (claim.units_low, claim.units_high)
        and (claim.rounds_low, claim.rounds_high) != (None, None)
    ]


def plot_load(
    munition: str | Munition,
    *,
    packing: str | Packing = "crated",
    transport: str | Transport | None = None,
    catalog: Catalog | None = None,
    source: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw one packed transport to scale, from above and from the side, with what binds and the room left.

    Every input is at its median. Where the propelling charge may be in the package, it is drawn with it. Where counts
    have cliffs another draw may look different. Needs matplotlib: `pip install "shellflow[plot]"`.

    Parameters
    ----------
    munition : str or Munition
        What is packed [unitless].
    packing : str or Physical
        "crated", "as-loaded", "ceiling", or your own from `packing(...)` [unitless].
    transport : str or Transport, optional
        Into what; as for `estimate` when left out [unitless].
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out.
    source, ax
        As for `Estimate.plot`.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on: one unit is one metre.

    Raises
    ------
    ShellflowError
        As `estimate` does.
    ArgumentError
        If the packing is a ratio, of which nothing is packed, has too many places to draw, or `ax` is no axes 4 inches
        wide or more.
    NoDataError
        If the size of the package or of the inside is not known.
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.

    Examples
    --------
    >>> ax = plot_load("152mm")
    >>> print(ax.get_title(loc="left").splitlines()[0])
    152mm, crated, with the charge, in one 20ft-24t, every input at its median
    """
    if not isinstance(munition, str | Munition):
        raise bad_argument("munition", munition, "the name of one munition", "Draw the parts of a mix one by one.")
    known = as_catalog(catalog)
    charge = "with" if takes_charge(munition, packing, known) else None  # of a package without, no size is known
    answer = estimate(1, munition, packing=packing, transport=transport, charge=charge, catalog=known)
    (chosen,) = (packed for carrier in carriers(answer.term) for packed in carrier.contents)
    with_it = ", with the charge" if charge else ""
    what = f"{chosen.munition.munition}, {chosen.name}{with_it}, in one {chosen.transport.transport}"
    if isinstance(chosen, Reported):
        raise bad_argument(
            "packing", chosen.name, "one that packs something", "A ratio has nothing to draw: choose 'crated'."
        )
    places, load = _packed(chosen, what)
    return plot.load(
        _inner(chosen),
        places,
        title=f"{what}, every input at its median\n{load}{_how_often(answer)}",
        source=plotting.source_line([answer]) if source else "",
        ax=ax,
    )


def _median(value: Input) -> float:
    return float(value.draws(_MEDIAN_DRAW)[0])


def _inner(packing: Physical) -> tuple[float, float, float]:
    assert packing.inner is not None
    length, width, height = (side.distribution.support[0] for side in packing.inner)
    return length, width, height


def _packed(packing: Physical, what: str) -> tuple[list[plot.Box], str]:
    """Return every place, filled from the floor up as far as mass allows, and the load in words."""
    if packing.size is None or packing.inner is None:
        raise _undrawable(packing, what)
    stowage = stow(packing, _MEDIAN_DRAW)
    length, width, height = (_median(side) for side in packing.size)
    room, spare = _inner(packing), _median(packing.clearance)
    fit = boxes.fit(
        *room,
        length,
        width,
        height,
        clearance=spare,
        layers=packing.layers,
        door=(packing.transport.door_width_m, packing.transport.door_height_m),
        orientation=packing.orientation,
        layout=True,
    )
    assert fit.layout is not None
    if fit.count > _MOST_PLACES:
        raise ArgumentError(f"{what}: {fit.count:,} places are too many to draw; {_MOST_PLACES:,} are the most.")
    packages = round(float(stowage.rounds[0]) / packing.rounds)
    places = [
        plot.Box(x + spare / 2, y + spare / 2, z, dx - spare, dy - spare, dz, place < packages)
        for place, (x, y, z, dx, dy, dz) in enumerate(sorted(fit.layout, key=itemgetter(2, 0, 1)))
    ]
    load = min(_median(packing.load), _median(packing.payload))
    left_kg = max(load - packages * float(gross_mass(packing, _MEDIAN_DRAW)[0]), 0.0)
    free = max(1.0 - packages * length * width * height / math.prod(room), 0.0)
    filled = f"{words.say(packages, 1)} of {words.say(fit.count, 1)} places filled"
    if packing.rounds > 1:
        filled += f", {words.with_noun(float(stowage.rounds[0]), 'round')}"
    binds = max(stowage.limited_by, key=lambda limit: stowage.limited_by[limit])
    kilograms = words.say(left_kg, words.step(0.0, max(load / 100, left_kg)))
    left = f"{kilograms} kg of the load and {words.percent(free)} of the room are left"
    return places, f"{filled}; {binds} binds, {left}"


def _undrawable(packing: Physical, what: str) -> NoDataError:
    """Return the error on sizes that are not known, with how to give each."""
    missing, fixes = [], []
    if packing.size is None:
        missing.append("the size of the package")
        fixes.append("State size=... in sf.packing.")
    if packing.inner is None:
        missing.append(f"the inside of {packing.transport.transport}")
        fixes.append(
            f"Give the row {packing.transport.transport} with inner_length_m, inner_width_m and inner_height_m in a "
            "transports.csv of your own, and catalog=sf.catalog.load(folder)."
        )
    sizes = " and ".join(missing)
    return NoDataError(f"{what}: nothing can be drawn without {sizes}. {' '.join(fixes)}", sizes)


def _how_often(answer: Estimate) -> str:
    shares = [f"{limit} in {words.percent(share)}" for limit, share in answer.reasons.limited_by.items() if share > 0]
    return f". What binds over all draws: {', '.join(shares)}" if len(shares) > 1 else ""
