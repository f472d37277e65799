"""Figures that answer a question of their own: every packing of a munition side by side, and a packed transport."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import itemgetter
from typing import TYPE_CHECKING

from shellflow import boxes, plot, sampling, words
from shellflow.catalog import Catalog, Munition, Transport, as_catalog
from shellflow.errors import ArgumentError, NoDataError, bad_argument
from shellflow.estimates import Estimate, compare, estimate, plotting
from shellflow.inputs import Input
from shellflow.packings import (
    Mix,
    Packing,
    Physical,
    Reported,
    carriers,
    gross_mass,
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
    munitions: Iterable[str | Mix] | str | Mix | None = None,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    containers_per_voyage: object = None,
    levels: object = 0.9,
    catalog: Catalog | None = None,
    claims: object = None,
    source: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw what transports could hold of munitions, under every packing: `compare(...).plot(...)` in one call.

    The bands of one count are alternatives and do not add up. Needs matplotlib: `pip install "shellflow[plot]"`.

    Parameters
    ----------
    count, munitions, packings, transport, munition_share, charge, containers_per_voyage, levels, catalog
        As for `compare`.
    claims, source, ax
        As for `Comparison.plot`.

    Returns
    -------
    matplotlib.axes.Axes
        What was drawn on.

    Raises
    ------
    ShellflowError
        As `compare` and `Comparison.plot` do.

    Examples
    --------
    >>> ax = plot_compare(6_700, "152mm")
    >>> [label.get_text() for label in ax.get_yticklabels()][:2]
    ['reported (capacity)', 'crated (capacity)']
    """
    comparison = compare(
        count,
        munitions,
        packings=packings,
        transport=transport,
        munition_share=munition_share,
        charge=charge,
        containers_per_voyage=containers_per_voyage,
        levels=levels,
        catalog=catalog,
    )
    return comparison.plot(claims=claims, source=source, ax=ax)


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
    often = {limit: share for limit, share in answer.reasons.limited_by.items() if share > 0}
    if len(often) < 2:
        return ""
    shares = (f"{limit} in {share}" for limit, share in zip(often, words.percents([*often.values()]), strict=True))
    return f". What binds over all draws: {', '.join(shares)}"
