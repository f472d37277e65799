"""Strategies of munitions, transports, packages and packings: those of the catalog, and made-up ones."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from shellflow import catalog, inputs, sampling
from shellflow import packings as packed
from shellflow.catalog import Munition, Transport
from shellflow.inputs import Input
from shellflow.packings import Physical

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

__all__ = ["munitions", "packages", "packings", "transports"]

_GRADE = "assumed"
_SOURCE = "made up for a test"

_LEAST_LOAD_KG = 5_000  # of all transports and loads drawn, so that every package drawn goes into each of them
_MOST_PACKAGING_KG = 200
_SPREAD = 1.1


def munitions(*, made_up: bool = True) -> SearchStrategy[Munition]:
    """Return munitions: those of the catalog, and made-up ones of every calibre and mass.

    Parameters
    ----------
    made_up : bool
        Whether there are made-up ones among them [unitless].

    Returns
    -------
    SearchStrategy
        Of Munition.

    Examples
    --------
    >>> munitions(made_up=False).validate()
    """
    shipped = st.sampled_from(list(catalog.munitions))
    return st.one_of(shipped, _made_up_munitions()) if made_up else shipped


def _made_up_munitions() -> SearchStrategy[Munition]:
    def build(calibre: int, solid: float, spread: float, length: float, known: bool) -> Munition:
        steel_kg = 7_850.0 * math.pi / 4 * (calibre / 1000) ** 2 * length
        mass = round(solid * steel_kg, 2)
        return Munition(
            munition=f"test-{calibre}mm",
            name=f"{calibre} mm test round",
            calibre_mm=calibre,
            kind="shell",
            projectile_kg_low=mass,
            projectile_kg_best=mass,
            projectile_kg_high=mass * spread,
            length_m=length if known else None,
            mass_source=_SOURCE,
            mass_grade=_GRADE,
            length_source=_SOURCE if known else None,
            length_grade=_GRADE if known else None,
            note=None,
        )

    # A round is lighter than a rod of solid steel of its calibre and length.
    solid = st.floats(0.2, 0.7)
    return st.builds(build, st.integers(60, 300), solid, st.sampled_from([1.0, 1.05]), _metres(0.5, 3.0), st.booleans())


def transports(*, made_up: bool = True, known_size: bool = True) -> SearchStrategy[Transport]:
    """Return kinds of transport: those of the catalog, and made-up ones of every size and payload.

    Parameters
    ----------
    made_up : bool
        Whether there are made-up ones among them [unitless].
    known_size : bool
        Whether all have a known inside [unitless].

    Returns
    -------
    SearchStrategy
        Of Transport.

    Examples
    --------
    >>> transports().validate()
    """
    listed = [transport for transport in catalog.transports if not known_size or transport.inner_length_m is not None]
    shipped = st.sampled_from(listed)
    return st.one_of(shipped, _made_up_transports()) if made_up else shipped


def _made_up_transports() -> SearchStrategy[Transport]:
    def build(kind: str, length: float, width: float, height: float, payload: float) -> Transport:
        return Transport(
            transport=f"test-{kind}",
            name=f"{kind} for tests",
            kind=kind,
            inner_length_m=length,
            inner_width_m=width,
            inner_height_m=height,
            door_width_m=None,
            door_height_m=None,
            tare_kg=None,
            max_gross_kg=None,
            payload_kg=payload,
            size_source=_SOURCE,
            size_grade=_GRADE,
            mass_source=_SOURCE,
            mass_grade=_GRADE,
            note=None,
        )

    kinds = st.sampled_from(["container", "wagon", "truck"])
    wide, high = _metres(2.0, 2.8), _metres(2.0, 2.8)
    return st.builds(build, kinds, _metres(4.0, 14.0), wide, high, st.integers(_LEAST_LOAD_KG, 70_000).map(float))


def _metres(least: float, most: float) -> SearchStrategy[float]:
    return st.integers(round(least * 1000), round(most * 1000)).map(lambda millimetres: millimetres / 1000)


def packages(munition: Munition, *, exact: bool = False) -> SearchStrategy[dict[str, Any]]:
    """Return packages of a munition, as arguments for `shellflow.packing`: rounds, packaging and size.

    They are large, 0.5 to 1.5 m long or as long as a round, so that counting them stays cheap, hold their rounds, and
    weigh at most 5 t, unless one round alone weighs more.

    Parameters
    ----------
    munition : Munition
        What they hold.
    exact : bool
        Whether their sizes and masses are exact [unitless].

    Returns
    -------
    SearchStrategy
        Of dict: ``shellflow.packing(munition, **package)``.

    Examples
    --------
    >>> packages(catalog.munitions["152mm"]).validate()
    """

    def build(rounds: int, packaging: float, size: tuple[float, float, float], spread: float) -> dict[str, Any]:
        def about(value: float, unit: str, name: str) -> Input:
            if exact or spread == 1.0:
                return inputs.fixed(value, unit)
            return inputs.uniform(value, value * spread, unit, name=f"test package {name}")

        sides = tuple(max(side, least) for side, least in zip(size, (longest_m, calibre_m, calibre_m), strict=True))
        named = zip(("length", "width", "height"), sides, strict=True)
        return {
            "rounds": max(1, min(rounds, int(math.prod(sides) / round_m3))),
            "packaging": about(packaging, "kg", "packaging"),
            "size": tuple(about(value, "m", name) for name, value in named),
        }

    sizes = st.tuples(_metres(0.5, 1.5), _metres(0.3, 0.9), _metres(0.2, 0.9))
    empty = st.integers(1, _MOST_PACKAGING_KG).map(float)
    heaviest_kg = catalog.projectile_mass(munition).distribution.support[1]
    length_m, calibre_m, round_m3 = packed.room_of_round(munition, heaviest_kg)
    longest_m = math.ceil(length_m * 1000) / 1000
    within = int((_LEAST_LOAD_KG - _MOST_PACKAGING_KG * _SPREAD) / heaviest_kg)
    rounds = st.integers(1, min(24, max(1, within)))
    return st.builds(build, rounds, empty, sizes, st.sampled_from([1.0, _SPREAD]))


@st.composite
def packings(draw: st.DrawFn, *, exact: bool = False) -> Physical:
    """Return physical packings of one's own: any munition, transport and package, loaded full or in part.

    Parameters
    ----------
    exact : bool
        Whether sizes and masses are exact and there is no clearance [unitless].

    Returns
    -------
    SearchStrategy
        Of Physical.

    Examples
    --------
    >>> packings(exact=True).validate()
    """
    munition = draw(munitions())
    transport = draw(transports())
    package = draw(packages(munition, exact=exact))
    load: object = draw(st.sampled_from(["full", "5 t", "12 t"]))
    clearance = inputs.fixed(0.0, "m") if exact else None
    with sampling.settings(n=64):
        made = packed.packing(munition, transport=transport, load=load, clearance=clearance, **package)
    assert isinstance(made, Physical)
    return made
