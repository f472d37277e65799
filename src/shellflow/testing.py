"""For those who test conversions of their own: Hypothesis strategies and asserts that know units.

Import it in tests only: it needs Hypothesis, which is in the extra `test`. What it draws is cheap: few worlds, and
packages so large that few fit on a floor.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow import catalog, inputs, units, words, worlds
from shellflow import packings as packed
from shellflow.catalog import Munition, Transport
from shellflow.errors import UnitError, bad_argument, shown
from shellflow.estimates import Estimate
from shellflow.inputs import Input
from shellflow.packings import Physical

try:
    from hypothesis import strategies as st
except ImportError as error:  # a plain install has no Hypothesis
    raise ImportError(
        "shellflow.testing needs Hypothesis, which is not installed. Install it: pip install 'shellflow[test]'"
    ) from error

if TYPE_CHECKING:
    import pandas as pd
    from hypothesis.strategies import SearchStrategy

__all__ = [
    "ClaimInWords",
    "assert_conserves_mass",
    "assert_monotone",
    "assert_rounds_close",
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


# --- strategies -------------------------------------------------------------------------------------------------------


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


def settings() -> SearchStrategy[worlds.Settings]:
    """Return settings of few worlds, for laws that hold in any number of them.

    Returns
    -------
    SearchStrategy
        Of Settings; use ``with sf.settings(n=one.n, seed=one.seed):``.

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> settings()
    builds(Settings, n=sampled_from([1, 16, 64, 256]), seed=integers(min_value=0, max_value=1000))
    """
    return st.builds(worlds.Settings, n=st.sampled_from([1, 16, 64, 256]), seed=st.integers(0, 1000))


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
    value = (
        st.floats(least, most).map(lambda found: float(f"{found:.6g}")).map(lambda found: min(max(found, least), most))
    )

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

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> munitions(made_up=False).validate()
    """
    shipped = st.sampled_from(catalog.munitions())
    return st.one_of(shipped, _made_up_munitions()) if made_up else shipped


def _made_up_munitions() -> SearchStrategy[Munition]:
    def build(calibre: int, mass: float, spread: float, length: float | None) -> Munition:
        return Munition(
            munition=f"test-{calibre}mm",
            name=f"{calibre} mm test round",
            calibre_mm=calibre,
            kind="shell",
            projectile_kg_low=mass,
            projectile_kg_best=mass,
            projectile_kg_high=mass * spread,
            length_m=length,
            mass_source=_SOURCE,
            mass_grade=_GRADE,
            length_source=None if length is None else _SOURCE,
            length_grade=None if length is None else _GRADE,
            note=None,
        )

    masses = st.floats(5.0, 300.0).map(lambda found: round(found, 2))
    lengths = st.one_of(st.none(), st.floats(0.5, 3.0).map(lambda found: round(found, 3)))
    return st.builds(build, st.integers(60, 300), masses, st.sampled_from([1.0, 1.05]), lengths)


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

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> transports().validate()
    """
    listed = [one for one in catalog.transports() if not known_size or one.inner_length_m is not None]
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
    return st.integers(round(least * 1000), round(most * 1000)).map(lambda found: found / 1000)


def packages(munition: Munition, *, exact: bool = False) -> SearchStrategy[dict[str, Any]]:
    """Return packages of a munition, as arguments for `shellflow.packing`: rounds, packaging and size.

    They are large, 0.5 to 1.5 m long, so that counting them stays cheap, and weigh at most 5 t, unless one round alone
    weighs more.

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

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> packages(catalog.find("152mm", "munitions")).validate()
    """

    def build(rounds: int, packaging: float, size: tuple[float, float, float], spread: float) -> dict[str, Any]:
        def about(value: float, unit: str, name: str) -> Input:
            if exact or spread == 1.0:
                return inputs.fixed(value, unit)
            return inputs.uniform(value, value * spread, unit, name=f"test package {name}")

        named = zip(("length", "width", "height"), size, strict=True)
        return {
            "rounds": rounds,
            "packaging": about(packaging, "kg", "packaging"),
            "size": tuple(about(value, "m", name) for name, value in named),
        }

    sizes = st.tuples(_metres(0.5, 1.5), _metres(0.3, 0.9), _metres(0.2, 0.9))
    empty = st.integers(1, _MOST_PACKAGING_KG).map(float)
    heaviest_kg = catalog.projectile_mass(munition).distribution.support[1]
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

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> packings(exact=True).validate()
    """
    munition = draw(munitions())
    transport = draw(transports())
    package = draw(packages(munition, exact=exact))
    load: object = draw(st.sampled_from(["full", "5 t", "12 t"]))
    clearance = inputs.fixed(0.0, "m") if exact else None
    with worlds.settings(n=64):
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

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> shipments(most=3).validate()
    """
    import pandas as pd

    dates = st.dates(datetime.date(2023, 1, 1), datetime.date(2024, 12, 31))
    names = st.sampled_from(["152mm", "122mm-rocket"])
    rows = draw(st.lists(st.tuples(dates, names, st.integers(0, 500), st.integers(0, 50)), min_size=1, max_size=most))
    table: dict[str, list[Any]] = {"date": [one[0] for one in rows], "munition": [one[1] for one in rows]}
    if uncertain:
        table |= {"low": [one[2] for one in rows], "high": [one[2] + one[3] for one in rows]}
    else:
        table["count"] = [one[2] for one in rows]
    return pd.DataFrame(table)


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

    Raises
    ------
    Nothing.

    Examples
    --------
    >>> claims().validate()
    """

    def build(count: int, each: int, bound: str, munition: str) -> ClaimInWords:
        rounds = count * each
        said = f"{rounds:,} to {2 * rounds:,}" if bound == "range" else f"{bound}{rounds:,}"
        return ClaimInWords(words.with_noun(f"{count:,}", "container"), said, munition)

    bounds = st.sampled_from(["", "more than ", "at least ", "up to ", "about ", "range"])
    names = st.sampled_from(["152mm", "122mm-shell", "122mm-rocket"])
    return st.builds(build, st.integers(1, 20_000), st.integers(1, 2_000), bounds, names)


# --- asserts ----------------------------------------------------------------------------------------------------------


def _in_rounds(value: object, argument: str) -> worlds.Floats:
    if isinstance(value, Estimate):
        if value.unit != "round":
            raise UnitError(f"{argument} is an estimate in {value.unit or 'no unit'}; expected round.")
        return value.values
    given: Any = value
    if units.is_quantity(value) and np.ndim(given.magnitude) > 0:
        return np.asarray(given.magnitude, dtype=float) * units.magnitude(1.0 * given.units, "round", argument)
    found = inputs.as_input(value, "round", argument)
    return np.array([found.distribution.support[0]])


def assert_rounds_close(actual: object, expected: object, *, rel: float = 1e-9) -> None:
    """Assert that two numbers of rounds agree, world by world where there are worlds.

    A number without a unit is refused: that it is of rounds is what the assert is for.

    Parameters
    ----------
    actual, expected : Estimate, pint quantity or str
        "3M rounds", ``3e6 * ureg.rounds``, an estimate [round].
    rel : float
        The largest difference, as a part of the larger one [unitless].

    Returns
    -------
    None

    Raises
    ------
    AssertionError
        If they differ by more.
    UnitError
        If one is not in rounds.

    Examples
    --------
    >>> assert_rounds_close("3M rounds", "3,000,000 rounds")
    """
    left, right = _in_rounds(actual, "actual"), _in_rounds(expected, "expected")
    if left.size > 1 and right.size > 1 and left.size != right.size:
        raise AssertionError(f"actual has {left.size} worlds, expected has {right.size}.")
    left, right = np.broadcast_arrays(left, right)
    apart = np.abs(left - right)
    wrong = ~(apart <= rel * np.maximum(np.abs(left), np.abs(right)))
    if wrong.any():
        worst = int(np.argmax(np.where(wrong, apart, -1.0)))
        raise AssertionError(
            f"{left[worst]:.12g} rounds and {right[worst]:.12g} rounds differ by more than {rel:g} of the larger"
            f"{f' in {int(wrong.sum())} of {left.size} worlds' if left.size > 1 else ''}."
        )


def assert_conserves_mass(
    rounds: object, count: object, munition: str | Munition, transport: str | Transport = packed.DEFAULT_TRANSPORT
) -> None:
    """Assert that so many rounds weigh no more than so many transports may carry, taking the lightest round there is.

    Parameters
    ----------
    rounds : Estimate, pint quantity or str
        What a conversion gave [round].
    count : number, str or pint quantity
        From how many transports [transport].
    munition : str or Munition
        What they are [unitless].
    transport : str or Transport
        Into what [unitless].

    Returns
    -------
    None

    Raises
    ------
    AssertionError
        If the bare rounds alone are heavier than the payload.
    UnitError
        If `rounds` is not in rounds, or `count` is of something else.
    UnknownItemError
        If a name is not in the catalog.

    Examples
    --------
    >>> assert_conserves_mass("3M rounds", 6_700, "152mm")
    >>> assert_conserves_mass("8M rounds", 13_000, "152mm")
    Traceback (most recent call last):
        ...
    AssertionError: 8,000,000 rounds of 152mm weigh at least 348,000 t; 13,000 x 20ft-24t may carry 282,750 t.
    """
    record = munition if isinstance(munition, Munition) else catalog.resolve_munition(munition)[0]
    box = transport if isinstance(transport, Transport) else catalog.find(transport, "transports")
    number = inputs.as_input(count, box.kind, "count", bare="").distribution.support[1]
    lightest = catalog.projectile_mass(record).distribution.support[0]
    payload = catalog.payload(box).distribution.support[0]
    found = _in_rounds(rounds, "rounds")
    most = float(found.max())
    if not most * lightest <= number * payload * (1 + 1e-9):
        raise AssertionError(
            f"{most:,.0f} rounds of {record.munition} weigh at least {most * lightest / 1000:,.0f} t; "
            f"{number:,.0f} x {box.transport} may carry {number * payload / 1000:,.0f} t."
        )


def assert_monotone(function: Callable[[Any], object], values: Iterable[Any], *, rising: bool = True) -> None:
    """Assert that a conversion never falls (or never rises) as its argument grows, in any world.

    Parameters
    ----------
    function : callable
        Takes one value; returns an Estimate, a pint quantity, an array or a number.
    values : iterable
        At least two arguments, from the least to the greatest.
    rising : bool
        Whether results may not fall; else they may not rise [unitless].

    Returns
    -------
    None

    Raises
    ------
    AssertionError
        If two neighbouring results go the other way.
    ArgumentError
        If there are fewer than two values.
    UnitError
        If two results are of different units.

    Examples
    --------
    >>> import shellflow as sf
    >>> assert_monotone(lambda count: sf.estimate(count, "152mm"), [1, 10, 100])
    """
    listed = list(values)
    if len(listed) < 2:
        raise bad_argument("values", listed, "at least two values, from the least to the greatest")
    before, unit = _plain(function(listed[0]))
    for earlier, later in pairwise(listed):
        after, found = _plain(function(later))
        if found != unit:
            raise UnitError(f"the results are in {unit or 'no unit'} and in {found or 'no unit'}: must be of one unit.")
        change = (after - before) if rising else (before - after)
        if np.any(change < -1e-12 * np.abs(before)):
            direction = "falls" if rising else "rises"
            raise AssertionError(f"the result {direction} between {shown(earlier)} and {shown(later)}.")
        before = after


def _plain(value: object) -> tuple[worlds.Floats, str]:
    if isinstance(value, Estimate):
        return value.values, value.unit
    if units.is_quantity(value):
        given: Any = value
        root = given.to_root_units()
        return np.atleast_1d(np.asarray(root.magnitude, dtype=float)), str(root.units)
    return np.atleast_1d(np.asarray(value, dtype=float)), ""
