"""Hypothesis strategies: cheap to draw, and sound wherever the library asks for soundness."""

from __future__ import annotations

import datetime
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from shellflow import catalog, inputs, sampling, words
from shellflow import packings as packed
from shellflow.catalog import Munition, Transport
from shellflow.errors import bad_argument
from shellflow.inputs import Input
from shellflow.packings import Physical

if TYPE_CHECKING:
    import pandas as pd
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "ClaimInWords",
    "claims",
    "counts",
    "distributions",
    "munitions",
    "packages",
    "packings",
    "settings",
    "shipments",
    "transports",
]

_GRADE = "assumed"
_SOURCE = "made up for a test"

_LEAST_LOAD_KG = 5_000  # of all transports and loads drawn, so that every package drawn goes into each of them
_MOST_PACKAGING_KG = 200
_SPREAD = 1.1


def counts(least: int = 0, most: int = 100_000, noun: str | None = None) -> SearchStrategy[Any]:
    """Return counts as people write them: numbers, and texts that mean the same numbers.

    Parameters
    ----------
    least, most : int
        The limits [unitless].
    noun : str, optional
        Written behind some of the texts, such as "container" [unitless].

    Returns
    -------
    SearchStrategy
        Of int, float or str.

    Raises
    ------
    ArgumentError
        If `least` is negative or above `most`.

    Examples
    --------
    >>> counts(1, 10)
    integers(min_value=1, max_value=10).flatmap(...)
    """
    if not 0 <= least <= most:
        raise bad_argument("least", least, f"from 0 to most={most}")

    def written(value: int) -> SearchStrategy[Any]:
        forms: list[Any] = [value, float(value), str(value), f"{value:,}"]
        if noun is not None:
            forms.append(words.with_noun(f"{value:,}", noun))
        if value % 100 == 0 and value >= 1000:
            forms.append(f"{value / 1000:.15g}k")
        return st.sampled_from(forms)

    return st.integers(least, most).flatmap(written)


def settings() -> SearchStrategy[sampling.Settings]:
    """Return settings of few draws, for laws that hold in any number of them.

    Returns
    -------
    SearchStrategy
        Of Settings; use ``with sf.settings(n=chosen.n, seed=chosen.seed):``.

    Examples
    --------
    >>> settings()
    builds(Settings, n=sampled_from([1, 16, 64, 256]), seed=integers(min_value=0, max_value=1000))
    """
    return st.builds(sampling.Settings, n=st.sampled_from([1, 16, 64, 256]), seed=st.integers(0, 1000))


def distributions(least: float, most: float, unit: str = "", *, name: str | None = None) -> SearchStrategy[Input]:
    """Return uncertain inputs of every kind that stays within two limits.

    Parameters
    ----------
    least, most : float
        The limits, the first positive and below the second [`unit`].
    unit : str
        As for `shellflow.uniform` [unitless].
    name : str, optional
        Under which they are drawn; one of a few made-up names when left out [unitless].

    Returns
    -------
    SearchStrategy
        Of Input.

    Raises
    ------
    ArgumentError
        If the limits are not positive and in this order.

    Examples
    --------
    >>> import shellflow.testing as sft
    >>> sft.distributions(1.0, 2.0, "kg").validate()
    """
    if not 0 < least < most:
        raise bad_argument("least", least, f"positive and below most={most}")
    value = st.floats(least, most).map(lambda drawn: min(max(float(f"{drawn:.6g}"), least), most))

    def build(three: tuple[float, float, float], kind: str, called: str) -> Input:
        low, best, high = sorted(three)
        if kind == "fixed" or low == high:
            return inputs.fixed(best, unit, name=called)
        if kind == "uniform":
            return inputs.uniform(low, high, unit, name=called)
        if kind == "discrete":
            return inputs.discrete(sorted({low, best, high}), unit=unit, name=called)
        return inputs.triangular(low, best, high, unit, name=called)

    kinds = st.sampled_from(["fixed", "uniform", "triangular", "discrete"])
    names = st.just(name) if name is not None else st.sampled_from(["alpha", "bravo", "charlie", "delta"])
    return st.builds(build, st.tuples(value, value, value), kinds, names)


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


@st.composite
def shipments(draw: st.DrawFn, *, most: int = 12, uncertain: bool = False) -> pd.DataFrame:
    """Return tables of shipments: a date, a count, a munition; with `uncertain`, a low and a high count instead.

    Parameters
    ----------
    most : int
        The most rows [unitless].
    uncertain : bool
        Whether counts are ranges [unitless].

    Returns
    -------
    SearchStrategy
        Of pandas.DataFrame with the columns date, munition, and count or low and high.

    Examples
    --------
    >>> shipments(most=3).validate()
    """
    import pandas as pd

    dates = st.dates(datetime.date(2023, 1, 1), datetime.date(2024, 12, 31))
    names = st.sampled_from(["152mm", "122mm-rocket"])
    rows = draw(st.lists(st.tuples(dates, names, st.integers(0, 500), st.integers(0, 50)), min_size=1, max_size=most))
    table = pd.DataFrame(rows, columns=["date", "munition", "count", "width"])
    if uncertain:
        table["low"], table["high"] = table["count"], table["count"] + table["width"]
        return table[["date", "munition", "low", "high"]]
    return table[["date", "munition", "count"]]


@dataclass(frozen=True)
class ClaimInWords:
    """A claim as people write it.

    Parameters
    ----------
    count, rounds : str
        "6,700 containers" and "more than 3M" [unitless].
    munition : str
        What it speaks of [unitless].
    """

    count: str
    rounds: str
    munition: str


def claims() -> SearchStrategy[ClaimInWords]:
    """Return claims in words: so many transports, so many rounds, as a point, a floor, a ceiling or a range.

    Returns
    -------
    SearchStrategy
        Of ClaimInWords.

    Examples
    --------
    >>> claims().validate()
    """

    def build(count: int, each: int, bound: str, munition: str) -> ClaimInWords:
        rounds = count * each
        text = f"{rounds:,} to {2 * rounds:,}" if bound == "range" else f"{bound}{rounds:,}"
        return ClaimInWords(words.with_noun(f"{count:,}", "container"), text, munition)

    bounds = st.sampled_from(["", "more than ", "at least ", "up to ", "about ", "range"])
    names = st.sampled_from(["152mm", "122mm-shell", "122mm-rocket"])
    return st.builds(build, st.integers(1, 20_000), st.integers(1, 2_000), bounds, names)
