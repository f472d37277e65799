"""Each bad input, and the part of its message that helps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats

import shellflow as sf
from shellflow import inputs, sampling
from shellflow.errors import (
    ArgumentError,
    DataError,
    DoesNotFitError,
    InputConflictError,
    NoDataError,
    OrderError,
    SettingsError,
    ShellflowError,
    UnitError,
    UnknownItemError,
)

NAN, INF = math.nan, math.inf
Case = tuple[Callable[[], object], type[ShellflowError], str]


def ask(*given: Any, **named: Any) -> sf.Estimate:
    return sf.estimate(*given, **{"munition": "152mm"} | named if len(given) < 2 else named)


def need(*given: Any, **named: Any) -> sf.Estimate:
    return sf.units_needed(*given, **{"munition": "152mm"} | named if len(given) < 2 else named)


def pack(*given: Any, **named: Any) -> object:
    return sf.packing(*(given or ("152mm",)), **named)


def a() -> sf.Estimate:
    return ask(6_700)


class Failing:
    """Fails whatever attribute it is asked for."""

    def __getattr__(self, name: str) -> object:
        raise ZeroDivisionError(name)


class Unlistable:
    """Fails when its elements are asked for."""

    def __iter__(self) -> Iterator[object]:
        raise ZeroDivisionError("iter")


def shipments(count: object) -> pd.DataFrame:
    return pd.DataFrame({"date": ["2024-02-19"], "count": pd.Series([count], dtype=object)})


def of_other_worlds() -> sf.Estimate:
    with sf.settings(n=64):
        return a()


def of_another_seed() -> sf.Estimate:
    with sf.settings(seed=1):
        return need("3M")


def filled_in_few_worlds() -> Any:
    with sf.settings(n=4):
        return pack(fill=sf.lognormal(0.5, 0.95, name="fill"))


def stated(way: str, *given: Any) -> object:
    return getattr(sf, way)(*given)


def compared(*with_these: Any) -> object:
    return sf.compare(1, "152mm", packings=with_these)


def altered_json(old: str, new: str) -> sf.Estimate:
    text = a().to_json()
    assert old in text
    return sf.from_json(text.replace(old, new))


class OneAtATime:
    """A distribution whose quantile function takes one probability."""

    def ppf(self, p: Any) -> Any:
        return math.sqrt(p)


CASES: dict[str, Case] = {
    # --- how many transports ---
    "count negative": (lambda: ask(-1), ArgumentError, r"count=-1 container: must be at least 0"),
    "count nan": (lambda: ask(NAN), ShellflowError, r"count=nan: must be a finite number"),
    "count infinite": (lambda: ask(INF), ShellflowError, r"count=inf: must be a finite number"),
    "count infinite in words": (lambda: ask("inf"), ShellflowError, r"count='inf': must be finite"),
    "count none": (lambda: ask(None), ShellflowError, r"count=None: must be a finite number, not nothing"),
    "count bool": (lambda: ask(True), ShellflowError, r"count=True: must be a finite number, not True"),
    "count no number": (lambda: ask("many"), ArgumentError, r"'many': must be a count such as 6700, .* in digits"),
    "count a length": (lambda: ask(sf.units.quantity(3, "m")), UnitError, r"is in m; expected container"),
    "count rounds": (lambda: ask("3M rounds"), UnitError, r"3M rounds is in round; expected container"),
    "count wagons": (
        lambda: ask("10 wagons", transport="20ft-24t"),
        UnitError,
        r"'10 wagons': 20ft-24t is a container, no wagon\. Give trans",
    ),
    "count ton": (lambda: ask("5 ton"), UnitError, r"US short ton.* Write t or tonne"),
    "count tuple": (lambda: ask((6000, 7000)), ArgumentError, r"\(6000, 7000\).* use sf\.uniform\(low, high\)"),
    "count list": (lambda: ask([6000, 7000]), ArgumentError, r"use sf\.uniform\(low, high\); for a table use sf\.flow"),
    "count array": (lambda: ask(np.array([1, 2])), ArgumentError, r"column or an array \(ndarray\).* use sf\.flow"),
    "count column": (lambda: ask(pd.Series([1, 2])), ArgumentError, r"column or an array \(Series\).* use sf\.flow"),
    "count table": (lambda: ask(pd.DataFrame({"n": [1]})), ArgumentError, r"\(DataFrame\).* use sf\.flow"),
    "count quantities": (
        lambda: ask(sf.units.quantity(np.array([1.0, 2.0]), "container")),
        ArgumentError,
        r"count=.*not several values\. .*for a table sf\.flow",
    ),
    "count range": (lambda: ask(range(3)), ShellflowError, r"range\(0, 3\).* use sf\.uniform"),
    "count scipy": (lambda: ask(stats.norm(9, 1)), ArgumentError, r"Wrap it: sf\.distribution\(\.\.\., 'container'\)"),
    "count can be negative": (lambda: ask(sf.uniform(-5, 5)), ArgumentError, r"count=-5 to 5 container: .* at least 0"),
    "count estimate of rounds": (lambda: ask(a()), UnitError, r"an estimate in round; expected container"),
    "count estimate of other draws": (lambda: ask(of_another_seed()), SettingsError, r"same `with sf\.settings"),
    # --- of what, how packed, into what ---
    "munition unknown": (
        lambda: ask(1, "125mm"),
        UnknownItemError,
        r"'125mm' \(9 known\)\. Did you mean '155mm' or '15",
    ),
    "munition empty": (lambda: ask(1, ""), UnknownItemError, r"Known: 105mm, 107mm-rocket, .*catalog munitions"),
    "munition none": (lambda: ask(1, None), ArgumentError, r"munition=None.* See `shellflow catalog munitions`"),
    "munition list": (lambda: ask(1, ["152mm"]), ArgumentError, r"or a sf\.mix\(\.\.\.\)"),
    "packing unknown": (
        lambda: ask(1, packing="crate"),
        UnknownItemError,
        r"'crate'.* Did you mean 'crated'.*sf\.packing",
    ),
    "packing a number": (lambda: ask(1, packing=5), ArgumentError, r"one of reported, ceiling, crated, as-loaded, or"),
    "packing of another munition": (
        lambda: ask(1, "122mm-shell", packing=pack()),
        ArgumentError,
        r"packs 152mm, .* is 122mm-shell\. Make the packing for that munition",
    ),
    "transport unknown": (lambda: ask(1, transport="20ft"), UnknownItemError, r"'20ft-30t'.*catalog transports"),
    "transport number": (lambda: ask(1, transport=3), ArgumentError, r"transport=3: must be the name of a transport"),
    "ratio for another transport": (
        lambda: ask(1, packing=pack(rounds_per_transport=300), transport="40ft"),
        ArgumentError,
        r"a ratio stated for 20ft-24t\. State one for 40ft",
    ),
    "no statements": (
        lambda: ask(1, "122mm-shell"),
        NoDataError,
        r"missing statements of the ROK defence ministry .*\(0 of the 3 needed",
    ),
    "no crate": (
        lambda: ask(1, "130mm", packing="crated"),
        NoDataError,
        r"missing a package of 130mm\. State what you",
    ),
    "no loads": (
        lambda: ask(1, packing="as-loaded", transport="40ft"),
        NoDataError,
        r"missing observed loads of 40ft \(those at hand are of 20 ft boxes\)",
    ),
    # --- shares ---
    "share above 1": (lambda: ask(1, munition_share=1.5), ArgumentError, r"munition_share=1\.5: must be .* at most 1"),
    "share negative": (lambda: ask(1, munition_share=-0.5), ArgumentError, r"munition_share=-0\.5: must be at least 0"),
    "share nan": (lambda: ask(1, munition_share=NAN), ShellflowError, r"munition_share=nan: must be a finite number"),
    "share mass": (lambda: ask(1, munition_share="3 kg"), UnitError, r"3 kg is in kg; expected a plain number"),
    "share tuple": (lambda: ask(1, munition_share=(0.7, 1)), ArgumentError, r"use sf\.uniform\(low, high\)"),
    "share can be above 1": (
        lambda: ask(1, munition_share=sf.uniform(0.7, 1.2)),
        ArgumentError,
        r"munition_share=0\.7 to 1\.2: .* at most 1 in every draw",
    ),
    # --- one name for two things ---
    "name used twice": (
        lambda: ask(sf.uniform(1, 2, name="x"), munition_share=sf.uniform(0.1, 0.2, name="x")),
        InputConflictError,
        r"'x' stands for two different things .* Give one of them another name",
    ),
    "name of the catalog": (
        lambda: ask(sf.uniform(1, 2, name="claims.rok-mnd.152mm.20ft-24t")),
        InputConflictError,
        r"'claims\.rok-mnd\.152mm\.20ft-24t' stands for two",
    ),
    "name used twice in a sum": (
        lambda: ask(sf.uniform(1, 2, name="x")) + ask(sf.uniform(1, 3, name="x")),
        InputConflictError,
        r"'x' stands for two different things",
    ),
    # --- the way back ---
    "rounds negative": (lambda: need(-1), ArgumentError, r"rounds=-1 round: must be at least 0"),
    "rounds nan": (lambda: need("nan"), ShellflowError, r"rounds='nan': must be finite"),
    "rounds containers": (lambda: need("6700 containers"), UnitError, r"in container; expected round"),
    "rounds mass": (lambda: need("5 t"), UnitError, r"5 t is in kg; expected round"),
    "rounds tuple": (lambda: need((1, 2)), ArgumentError, r"use sf\.uniform\(low, high\)"),
    "rounds estimate of containers": (lambda: need(need("3M")), UnitError, r"in container; expected round"),
    "rounds in no transport": (
        lambda: need("3M", munition_share=0),
        ArgumentError,
        r"0 in 100 %.* Give a share above 0",
    ),
    "rounds in no transport in some draws": (
        lambda: need("3M", munition_share=sf.discrete([0, 1], name="all or nothing")),
        ArgumentError,
        r"munition_share is 0 in 50 % of the draws",
    ),
    "rounds where nothing fits in some draws": (
        lambda: need("3M", packing=pack(size=("1 m", "0.5 m", sf.uniform("2.2 m", "2.3 m", name="height")))),
        DoesNotFitError,
        r"nothing fits in 39 % of the draws, .* Narrow the size",
    ),
    # --- a packing of one's own ---
    "packing of unknown munition": (lambda: pack("153mm"), UnknownItemError, r"Did you mean '155mm' or '152mm'"),
    "bare mass": (lambda: pack(gross=65), UnitError, r"gross=65 is in no unit; expected kg\. Give it in kg"),
    "bare lengths": (lambda: pack(size=(0.9, 0.3, 0.2)), UnitError, r"size\.length=0\.9 is in no unit; expected m\."),
    "bare clearance": (lambda: pack(clearance=0.01), UnitError, r"clearance=0\.01 is in no unit; expected m\."),
    "gross negative": (lambda: pack(gross="-5 kg"), ArgumentError, r"gross=-5 kg: must be above 0"),
    "gross zero": (lambda: pack(gross="0 kg"), ArgumentError, r"gross=0 kg: must be above 0"),
    "gross nan": (lambda: pack(gross=NAN), ShellflowError, r"gross=nan: must be a finite number"),
    "gross a length": (lambda: pack(gross="5 m"), UnitError, r"gross=5 m is in m; expected kg"),
    "gross in words": (lambda: pack(gross="heavy"), UnitError, r"gross='heavy': must be a number and a unit.*'65 kg'"),
    "gross in kilos": (lambda: pack(gross="65 kilos"), UnitError, r"unit 'kilos'\. It says not of what\. Write kg"),
    "gross in ton": (lambda: pack(gross="0.065 ton"), UnitError, r"US short ton .*Write t or tonne"),
    "gross less than its contents": (
        lambda: pack(gross="40 kg"),
        ArgumentError,
        r"gross=40 kg .* is less than the 1 x 43\.5.* kg of its contents .* Correct gross or rounds",
    ),
    "all bad arguments at once": (
        lambda: pack(gross=65, size=(0.9, "0.3 kg", "0.2 m"), load="5 m"),
        UnitError,
        r"gross=65 .*size\.length=0\.9 .*size\.width=0\.3 kg .*load=5 m",
    ),
    "two lengths": (lambda: pack(size=("0.9 m", "0.3 m")), ArgumentError, r"must be three lengths: \(length, width, "),
    "one length": (lambda: pack(size="0.9 m"), ArgumentError, r"size='0\.9 m': must be three lengths"),
    "size zero": (lambda: pack(size=("1 m", "-1 m", "0 m")), ArgumentError, r"size\.width=-1 m: .*size\.height=0 m: "),
    "load unknown": (lambda: pack(load="half"), ArgumentError, r"load='half': must be 'full', 'as-loaded', or a mass"),
    "load zero": (lambda: pack(load="0 t"), ArgumentError, r"load=0 kg: must be above 0"),
    "fill above 1": (lambda: pack(fill=1.2), ArgumentError, r"fill=1\.2: must be above 0 and at most 1"),
    "fill zero": (lambda: pack(fill=0), ArgumentError, r"fill=0: must be above 0"),
    "fill without size": (
        lambda: pack(gross="65 kg", fill=0.5, layers=2, orientation="upright"),
        ArgumentError,
        r"fill, layers without size: only mass can bind.* Give size=\(length, width, height\)",
    ),
    "clearance negative": (lambda: pack(clearance="-1 mm"), ArgumentError, r"clearance=-0\.001 m: must be at least 0"),
    "orientation": (lambda: pack(orientation="sideways"), ArgumentError, r"must be 'upright' or 'free'"),
    "layers zero": (lambda: pack(layers=0), ArgumentError, r"layers=0: must be a whole number of at least 1"),
    "layers broken": (lambda: pack(layers=1.5), ArgumentError, r"layers=1\.5: must be a whole number"),
    "layers free": (lambda: pack(layers=2, orientation="free"), ArgumentError, r"counted of upright packages only"),
    "no rounds": (lambda: pack(rounds=0), ArgumentError, r"rounds=0: must be a whole number of at least 1"),
    "rounds broken": (lambda: pack(rounds=1.5), ArgumentError, r"rounds=1\.5: must be a whole number"),
    "rounds bool": (lambda: pack(rounds=True), ArgumentError, r"rounds=True: must be a whole number"),
    "mass twice": (lambda: pack(gross="65 kg", packaging="5 kg"), ArgumentError, r"gross already holds the packaging"),
    "ratio and package": (
        lambda: pack(rounds_per_transport=300, gross="65 kg", load="5 t", orientation="free"),
        ArgumentError,
        r"together with gross, load, orientation: a ratio is not packed",
    ),
    "ratio negative": (lambda: pack(rounds_per_transport=-3), ArgumentError, r"rounds_per_transport=-3 .*at least 0"),
    "ratio mass": (lambda: pack(rounds_per_transport="3 kg"), UnitError, r"expected round/container"),
    "basis": (lambda: pack(basis="claims"), ArgumentError, r"basis='claims': must be one of capacity, contents"),
    "name of a shipped packing": (lambda: pack(name="crated"), ArgumentError, r"Those are reported, ceiling, crated"),
    "name empty": (lambda: pack(name=""), ArgumentError, r"name='': must be a text that is not empty"),
    "grade unknown": (lambda: pack(gross="65 kg", grade="sure"), ArgumentError, r"must be one of measured, specified"),
    "grade without source": (
        lambda: pack(gross="65 kg", grade="measured"),
        ArgumentError,
        r"grade='measured' without a source.* Give source=",
    ),
    "package unknown": (lambda: pack(package="152mm-crat"), UnknownItemError, r"Did you mean '152mm-crate'"),
    "package of another": (lambda: pack(package="155mm-pallet"), ArgumentError, r"holds 155mm, not 152mm"),
    "package too high for the door": (
        lambda: pack(size=("1 m", "0.5 m", "2.3 m")),
        DoesNotFitError,
        r"2\.3 m .* does not go through the door \(2\.286 x 2\.261 m\).* allow orientation='free'",
    ),
    "package too wide for the door": (
        lambda: pack(size=("2.5 m", "2.3 m", "1 m")),
        DoesNotFitError,
        r"2\.5 x 2\.3 x 1 m .* does not go through the door",
    ),
    "package too heavy": (
        lambda: pack(gross="30 t"),
        DoesNotFitError,
        r"weighs some 30,000 kg, more than the load of 21,750 kg",
    ),
    "nothing known": (lambda: pack("130mm"), NoDataError, r"missing a package of 130mm"),
    "no such loads": (lambda: pack(load="as-loaded", transport="40ft"), NoDataError, r"missing observed loads of 40ft"),
    # --- inputs ---
    "low above high": (lambda: sf.uniform(2, 1), ArgumentError, r"low=2, high=1: low must not be above high\. Swap"),
    "low nan": (lambda: sf.uniform(NAN, 1), ShellflowError, r"low=nan: must be a finite number"),
    "two dimensions": (lambda: sf.uniform("1 kg", "2 m"), UnitError, r"low in kg, high in m: must be of one dimension"),
    "one unit only": (lambda: sf.uniform("1 kg", 2), UnitError, r"low in kg, high in no unit"),
    "best outside": (lambda: sf.triangular(1, 3, 2), ArgumentError, r"best=3, high=2: must be in this order"),
    "lognormal from 0": (lambda: sf.lognormal(0, 3), ArgumentError, r"low=0, high=3: must be positive, low below high"),
    "lognormal of one value": (lambda: sf.lognormal(3, 3), ArgumentError, r"must be positive, low below high"),
    "lognormal level 1": (lambda: sf.lognormal(1, 3, level=1), ArgumentError, r"level=1: must be between 0 and 1"),
    "lognormal level 90": (lambda: sf.lognormal(1, 3, level=90), ArgumentError, r"level=90: .*Write 0\.9 for 90 %"),
    "two observations": (lambda: sf.from_observations([1, 2]), NoDataError, r"2 observations .* at least 3\. Add more"),
    "no observations": (lambda: sf.from_observations([]), NoDataError, r"0 observations .*state a range of your own"),
    "observation negative": (lambda: sf.from_observations([1, 2, -3]), ArgumentError, r"-3.*must be positive"),
    "observation zero": (lambda: sf.from_observations([1, 2, 0]), ArgumentError, r"must be positive"),
    "observation nan": (lambda: sf.from_observations([1, 2, NAN]), ShellflowError, r"observations\[2\]=nan"),
    "observation of three": (
        lambda: sf.from_observations([1, 2, (1, 2, 3)]),
        ArgumentError,
        r"or a \(low, high\) pair",
    ),
    "observation upside down": (lambda: sf.from_observations([1, 2, (3, 2)]), ArgumentError, r"low end first"),
    "observations in words": (lambda: sf.from_observations("1, 2, 3"), ArgumentError, r"must be a list of values"),
    "observations mixed": (lambda: sf.from_observations(["1 t", "2 t", "3 m"]), UnitError, r"observations\[2\] in m"),
    "observations too far apart": (
        lambda: sf.from_observations([1, 1e6, 1e12], name="wild").draws(sampling.Settings()),
        ArgumentError,
        r"differ too much to say anything together: state a range of your own",
    ),
    "weights above 1": (lambda: sf.discrete([1, 2], [0.5, 0.6]), ArgumentError, r"probabilities that sum to 1"),
    "weight negative": (
        lambda: sf.discrete([1, 2], [1.5, -0.5]),
        ArgumentError,
        r"weights\[1\]=-0\.5: must be a posit",
    ),
    "value twice": (lambda: sf.discrete([1, 1]), ArgumentError, r"values=\(1\.0, 1\.0\): must be different"),
    "no values": (lambda: sf.discrete([]), ArgumentError, r"0 and 0 given; must be equally many, not none"),
    "too few weights": (lambda: sf.discrete([1, 2], [1.0]), ArgumentError, r"2 and 1 given; must be equally many"),
    "no ppf": (lambda: sf.distribution(3, "kg"), ArgumentError, r"with a ppf method\. For plain numbers use"),
    "ppf of nan": (lambda: sf.distribution(stats.norm(NAN, 1), "kg"), ArgumentError, r"one finite value for each prob"),
    "temperature": (lambda: sf.distribution(stats.norm(1, 1), "degC"), UnitError, r"cannot read 'degC' as a unit"),
    "fixed ton": (lambda: sf.fixed("5 ton"), UnitError, r"Write t or tonne"),
    "fixed mt": (lambda: sf.fixed(5, "mt"), UnitError, r"a million tons or a thousandth of a tonne"),
    "fixed infinite": (lambda: sf.fixed(INF, "kg"), ShellflowError, r"value=inf: must be a finite number"),
    "fixed list": (lambda: sf.fixed([1, 2]), ShellflowError, r"use sf\.uniform\(low, high\)"),
    "unit a number": (lambda: sf.fixed(1, 3), ArgumentError, r"unit=3: must be a text such as 'kg'"),  # type: ignore[arg-type]
    "input name empty": (lambda: sf.fixed(1, name=" "), ArgumentError, r"a text that is not empty\. Leave it out"),
    "input grade": (
        lambda: sf.fixed(1, grade="measured"),
        ArgumentError,
        r"Give source=\.\.\., or leave the grade out",
    ),
    "no grades": (lambda: inputs.weakest([]), ArgumentError, r"at least one grade"),
    # --- settings ---
    "no draws": (lambda: sf.settings(n=0), ArgumentError, r"n=0: must be a whole number of at least 1"),
    "draws broken": (lambda: sf.settings(n=10.5), ArgumentError, r"n=10\.5: must be a whole number"),  # type: ignore[arg-type]
    "draws in words": (lambda: sf.settings(n="10"), ArgumentError, r"n='10': must be a whole number"),  # type: ignore[arg-type]
    "draws bool": (lambda: sf.settings(n=True), ArgumentError, r"n=True: must be a whole number"),
    "seed negative": (lambda: sf.settings(seed=-1), ArgumentError, r"seed=-1: must be a whole number of at least 0"),
    # --- what is asked of an estimate ---
    "no threshold": (lambda: a().chance(), ArgumentError, r"give at_least=\.\.\., at_most=\.\.\., or both"),
    "threshold mass": (lambda: a().chance(at_least="3 kg"), UnitError, r"at_least=3 kg is in kg; expected round"),
    "threshold containers": (lambda: a().chance(at_most="3k containers"), UnitError, r"in container; expected round"),
    "threshold nan": (lambda: a().chance(at_least=NAN), ShellflowError, r"at_least=nan: must be a finite number"),
    "threshold tuple": (
        lambda: a().chance(at_least=(1, 2)),
        ArgumentError,
        r"at_least=\(1, 2\): must be a single value",
    ),
    "threshold bound": (lambda: a().chance(at_least="more than 3M"), ArgumentError, r"neither a bound nor a range"),
    "threshold estimate": (
        lambda: a().chance(at_least=need("3M")),
        UnitError,
        r"at_least=.* is in container; expected round",
    ),
    "threshold of other draws": (lambda: a().chance(at_least=of_other_worlds()), SettingsError, r"n=16384.* n=64"),
    "level 0": (lambda: a().band(0), ArgumentError, r"level=0: must be between 0 and 1, both excluded"),
    "level 1": (lambda: a().band(1), ArgumentError, r"level=1: must be between 0 and 1"),
    "level 90": (lambda: a().band(90), ArgumentError, r"level=90: .* Write 0\.9 for 90 %"),
    "level nan": (lambda: a().band(NAN), ArgumentError, r"level=nan: must be between 0 and 1"),
    "level in words": (lambda: a().band("0.9"), ArgumentError, r"level='0\.9': must be"),  # type: ignore[arg-type]
    "level bool": (lambda: a().band(True), ArgumentError, r"level=True: must be between"),
    "quantile above 1": (lambda: a().quantile(1.1), ArgumentError, r"p=1\.1: must be a probability between 0 and 1"),
    "quantile nan": (lambda: a().quantile(NAN), ArgumentError, r"p=nan: must be a probability"),
    "rate bare": (lambda: a().lasts_at(10_000), UnitError, r"rate=10000 is in no unit; expected round/day"),
    "rate of mass": (lambda: a().lasts_at("10 kg/day"), UnitError, r"in kg/day; expected round/day"),
    "rate zero": (lambda: a().lasts_at("0/day"), ArgumentError, r"rate=0 round/day: must be above 0"),
    "containers do not last": (lambda: need("3M").lasts_at("10k/day"), UnitError, r"only rounds are fired"),
    "count of a sum": (lambda: (a() + a()).replace(count=3), ArgumentError, r"has 2 parts\. Replace the parts, then"),
    "containers into wagons": (
        lambda: a().replace(transport="covered-wagon", packing="crated"),
        UnitError,
        r"is a wagon, and the count is of containers\. Give count=",
    ),
    "own packing of another": (
        lambda: ask(1, packing=pack()).replace(munition="122mm"),
        ArgumentError,
        r"is of 152mm\. Give packing=\.\.\. as well",
    ),
    # --- mixes ---
    "mix of one": (
        lambda: sf.mix("152mm"),
        ArgumentError,
        r"at least two munitions\. For one, name it without sf\.mix",
    ),
    "mix of none": (lambda: sf.mix(), ArgumentError, r"munitions=\[\]: must be at least two"),
    "mix twice": (lambda: sf.mix("152mm", "152mm"), ArgumentError, r"must be different from each other"),
    "mix twice by alias": (lambda: ask(1, sf.mix("122mm", "122mm-rocket")), ArgumentError, r"a mix of different mun"),
    "mix above 1": (lambda: sf.mix({"152mm": 0.5, "122mm": 0.6}), ArgumentError, r"sum to 1 \(they sum to 1\.1\)"),
    "mix share outside": (
        lambda: sf.mix({"152mm": 1.5, "122mm": -0.5}),
        ArgumentError,
        r"share of 152mm=1\.5: must be",
    ),
    "mix share nan": (lambda: sf.mix({"152mm": NAN, "122mm": 0.5}), ArgumentError, r"share of 152mm=nan: must be betw"),
    "mix list": (lambda: sf.mix(["152mm", "122mm"]), ArgumentError, r"names of munitions, or one \{name: share\}"),  # type: ignore[arg-type]
    "mix name": (
        lambda: sf.mix("152mm", "122mm", name=""),
        ArgumentError,
        r"name='': must be a text that is not empty",
    ),
    "mix unknown": (lambda: ask(1, sf.mix("152mm", "125mm")), UnknownItemError, r"'125mm' .*Did you mean"),
    "mix in one packing": (
        lambda: ask(1, sf.mix("152mm", "122mm"), packing=pack()),
        ArgumentError,
        r"the name of a packing for a mix\. Estimate the parts and add them",
    ),
    # --- arithmetic ---
    "mixed settings": (lambda: a() + of_other_worlds(), SettingsError, r"n=16384, seed=0 and n=64, seed=0\. Make both"),
    "mixed settings in a sum": (lambda: sum([a(), a(), of_other_worlds()]), SettingsError, r"same `with sf\.settings"),
    "mixed settings in a ratio": (
        lambda: a() / of_other_worlds(),
        SettingsError,
        r"different draws in one expression",
    ),
    "rounds and a number": (lambda: a() + 5, UnitError, r"round and a plain number cannot be added"),
    "number and rounds": (lambda: 5 - a(), UnitError, r"cannot be added"),
    "rounds and containers": (lambda: a() + need("3M"), UnitError, r"round and container cannot be added"),
    "rounds and a mass": (lambda: a() + sf.units.quantity(3, "kg"), UnitError, r"round and kg cannot be added"),
    "order": (lambda: a() < a(), OrderError, r"have no order.* a\.chance\(at_least=b\)"),
    "order of a list": (lambda: sorted([a(), a()]), OrderError, r"have no order"),
    "order against a number": (lambda: a() >= 3, OrderError, r"have no order"),
    "over 0": (lambda: a() / 0, ArgumentError, r"divisor=0\.0: must be different from 0"),
    "over an estimate of 0": (lambda: 1 / (a() - a()), ArgumentError, r"the divisor is 0 in 100 % of the draws"),
    "times nan": (lambda: a() * NAN, ShellflowError, r"=nan: must be a finite number"),
    # --- reading back, comparing ---
    "values by weight": (
        lambda: stated("discrete", {1: 0.75, 2: 0.25}),
        ArgumentError,
        r"values=.*Give the probabilit",
    ),
    "values without order": (lambda: stated("discrete", {2, 1}), ArgumentError, r"values=\{1, 2\}: must be a list of"),
    "one value of half a chance": (lambda: sf.discrete([1], [0.5]), ArgumentError, r"weights=\(0\.5,\): .*sum to 1"),
    "one weight for two": (lambda: stated("discrete", [1, 2], 0.5), ArgumentError, r"weights=0\.5: must be a list of"),
    "observations by year": (
        lambda: stated("from_observations", {2019: 9.6, 2020: 11.5, 2021: 12.0}, "t"),
        ArgumentError,
        r"observations=.*must be a list of values or \(low, high\) pairs",
    ),
    "observations in bytes": (lambda: stated("from_observations", b"abc"), ArgumentError, r"observations=b'abc': must"),
    "a mass in metres": (lambda: sf.fixed("60 kg", "m"), UnitError, r"value='60 kg' is in kg, and unit='m' was given"),
    "wagons in containers": (
        lambda: sf.uniform("6k wagons", "7k wagons", "containers"),
        UnitError,
        r"low='6k wagons' is in wagon, and unit='containers' was given\. Leave out the one or the other",
    ),
    "a level next to nothing": (lambda: sf.lognormal(1, 2, level=1e-17), ArgumentError, r"level=1e-17: must be"),
    "a ppf that raises": (
        lambda: sf.distribution(OneAtATime(), "kg"),
        ArgumentError,
        r"its ppf raises TypeError for an array of probabilities",
    ),
    "a class for a distribution": (lambda: sf.distribution(OneAtATime), ArgumentError, r"source_distribution=<class"),
    "a unit that is no text": (lambda: stated("distribution", stats.norm(), 5), ArgumentError, r"unit=5: must be a te"),
    "a count lost below the smallest": (lambda: ask("1e-400"), ArgumentError, r"1e-400.*large enough to tell from 0"),
    "a mass lost below the smallest": (lambda: pack(gross="1e-400 kg"), UnitError, r"too small to tell from 0"),
    "a registry that is none": (lambda: sf.units.setup_registry(5), UnitError, r"registry=5: must be a pint\.Unit"),
    "no load": (lambda: pack(load=None), ArgumentError, r"load=None: must be 'full', 'as-loaded', or a mass"),
    "a transport by number": (lambda: pack(transport=3), ArgumentError, r"transport=3: must be the name of a"),
    "layers in a transport of unknown inside": (
        lambda: pack(transport="truck-ural", layers=1),
        ArgumentError,
        r"layers without a known inside of truck-ural: .*Choose a transport whose inside is known",
    ),
    "every field of a packing at once": (
        lambda: pack(rounds=0, layers=0, gross="-5 kg", basis="x", name=""),
        ArgumentError,
        r"name=''.*basis='x'.*rounds=0.*layers=0.*gross=-5 kg",
    ),
    "wagons of which nothing was said": (
        lambda: ask("200 wagons"),
        NoDataError,
        r"no data for 152mm reported in covered-wagon: missing statements of the ROK defence ministry",
    ),
    "a fill that passes 1 in more draws": (
        lambda: ask(1, packing=filled_in_few_worlds()).median,
        ArgumentError,
        r"fill=(0 to )?1\.\d+: must be above 0 and at most 1 in every draw",
    ),
    "a table by list": (lambda: sf.catalog.shipped().table(["claims"]), UnknownItemError, r"no table named"),  # type: ignore[arg-type]
    "count and share at once": (lambda: ask(-1, munition_share=3), ArgumentError, r"munition_share=3.*count=-1"),
    "compared with a number": (lambda: compared(3), ArgumentError, r"packings=3: must be names of packings or a sf"),
    "compared under one name": (
        lambda: compared(*(pack(rounds=n) for n in (1, 2))),
        ArgumentError,
        r"packings='own packing': must be of different names\. Name yours: sf\.packing\(\.\.\., name=",
    ),
    "compared across transports": (
        lambda: compared(*(pack(transport=t, name=t) for t in ("20ft-24t", "20ft-30t"))),
        ArgumentError,
        r"packings=\['20ft-24t', '20ft-30t'\]: must be made for one transport",
    ),
    "json of a share above 1": (
        lambda: altered_json('"value": 1.0', '"value": 7.0'),
        DataError,
        r"fill=7: must be above 0",
    ),
    "json of a negative count": (
        lambda: altered_json('"value": 6700.0', '"value": -5.0'),
        DataError,
        r"-5 container: must be at least 0",
    ),
    "json of kilograms": (lambda: altered_json('"unit": "container"', '"unit": "kg"'), DataError, r"it counts kg"),
    "json without packings": (lambda: altered_json('"contents": [', '"contents": [3,'), DataError, r"not a sound"),
    "json without end": (lambda: sf.from_json("[" * 100_000), DataError, r"not JSON"),
    "not json": (
        lambda: sf.from_json("nonsense"),
        DataError,
        r"give the text that Estimate\.to_json\(\) wrote",
    ),
    "other json": (lambda: sf.from_json("{}"), DataError, r"format=None: must be 3"),
    "json of no draws": (
        lambda: sf.from_json(a().to_json().replace('"n": 16384', '"n": -3')),
        DataError,
        r"not a sound estimate: n=-3",
    ),
    "json without its input": (
        lambda: sf.from_json(a().to_json().replace('"input": "claims', '"input": "lost')),
        DataError,
        r"must be a key of inputs",
    ),
    "a catalog that is 0": (
        lambda: sf.estimate(1, "152mm", catalog=0),  # type: ignore[arg-type]
        ArgumentError,
        r"catalog=0: must be a Catalog or None. Make one with catalog.load",
    ),
    "a catalog that is a table": (
        lambda: sf.compare(1, catalog=sf.claims()),  # type: ignore[arg-type]
        ArgumentError,
        r"catalog=.*: must be a Catalog or None",
    ),
    "a transport that is 0": (
        lambda: sf.estimate(1, "152mm", transport=0),  # type: ignore[arg-type]
        ArgumentError,
        r"transport=0: must be the name of a transport",
    ),
    "packings that are a quantity": (
        lambda: sf.compare(1, ["152mm"], packings=sf.units.quantity(5.0, "container")),
        ArgumentError,
        r"packings=.*: must be names of packings",
    ),
    "munitions that are a mapping": (
        lambda: sf.compare(1, {"152mm": 0.5, "122mm-rocket": 0.5}),
        ArgumentError,
        r"munitions=.*: must be a name or a list of names",
    ),
    "packings to audit that fail when gone through": (
        lambda: sf.audit(1, 500, "152mm", packings=np.array(5)),
        ArgumentError,
        r"packings=array\(5\): must be names of packings",
    ),
    "claims that are a quantity": (
        lambda: sf.claims(sf.units.quantity(5.0, "container")),
        ArgumentError,
        r"table=.*: must be the path of a CSV file, a DataFrame, or a list of rows",
    ),
    "claims with an array in a cell": (
        lambda: sf.claims([{"claim": np.array([1, 2])}]),
        DataError,
        r"line 2, column claim: array\(\[1, 2\]\) is neither a text nor a number",
    ),
    "a grade that is a table": (
        lambda: sf.packing("152mm", rounds_per_transport=1, grade=sf.claims()),  # type: ignore[arg-type]
        ArgumentError,
        r"grade=.*: must be one of measured, specified",
    ),
    "a source that is a number": (
        lambda: sf.packing("152mm", rounds_per_transport=1, grade="measured", source=5),  # type: ignore[arg-type]
        ArgumentError,
        r"source=5: must be a text that says where the figure is from",
    ),
    "a share where a count is asked": (
        lambda: sf.estimate("50 percent", "152mm"),
        ArgumentError,
        r"count='50 percent': must be a count, not a share",
    ),
    "a threshold that is a share": (
        lambda: a().chance(at_least="50 percent"),
        ArgumentError,
        r"at_least='50 percent': must be a count, not a share",
    ),
    "an orientation that is an array": (
        lambda: sf.packing("152mm", rounds=1, gross="65 kg", orientation=np.ones(2)),  # type: ignore[arg-type]
        ArgumentError,
        r"orientation=array\(\[1., 1.\]\): must be 'upright' or 'free'",
    ),
    "a source that is an array": (
        lambda: sf.packing("152mm", rounds=1, gross="65 kg", source=np.ones(2)),  # type: ignore[arg-type]
        ArgumentError,
        r"source=array\(\[1., 1.\]\): must be a text",
    ),
    "told as an array": (
        lambda: sf.audit(1, 500, "152mm", basis=np.ones(2)),  # type: ignore[arg-type]
        ArgumentError,
        r"basis=array\(\[1., 1.\]\): must be capacity or contents",
    ),
    "duplicates that are an array": (
        lambda: sf.flow(shipments(5), munition="152mm", duplicates=np.ones(2)),  # type: ignore[arg-type]
        ArgumentError,
        r"duplicates=array\(\[1., 1.\]\): must be one of 'keep'",
    ),
    "errors of counts that are an array": (
        lambda: sf.flow(shipments(5), munition="152mm", count_errors=np.ones(2)),  # type: ignore[arg-type]
        ArgumentError,
        r"count_errors=array\(\[1., 1.\]\): must be 'shared' or",
    ),
    "a count that is a length of time": (
        lambda: sf.flow(shipments(np.timedelta64(5, "D")), munition="152mm"),
        DataError,
        r"'count' is a column of Object: must hold numbers, or texts of them",
    ),
    "a count of bytes": (
        lambda: sf.flow(shipments(b"5"), munition="152mm"),
        DataError,
        r"'count' is a column of Object: must hold numbers, or texts of them",
    ),
    "a munition of a flow of ten thousand letters": (
        lambda: sf.flow(shipments(5), munition="x" * 10_000),
        UnknownItemError,
        r"munition='x+ \.\.\. x+'",
    ),
    "rounds needed for a difference that may be negative": (
        lambda: sf.units_needed(a() - 2 * a(), "152mm"),
        ArgumentError,
        r"rounds is an estimate that is below 0 in 100 % of the draws",
    ),
    "a count that may be negative": (
        lambda: sf.estimate(-sf.units_needed("3M", "152mm"), "152mm"),
        ArgumentError,
        r"count is an estimate that is below 0 in 100 % of the draws",
    ),
    "an object that fails when looked at": (
        lambda: sf.estimate(Failing(), "152mm"),
        ArgumentError,
        r"count=<.*: must be",
    ),
    "a distribution that fails when looked at": (
        lambda: sf.distribution(Failing()),
        ArgumentError,
        r"source_distribution=<.*: must be an object with a ppf method",
    ),
    "observations whose next one may be anything": (
        lambda: sf.from_observations([1e-300, 5, 7]).band(),
        ArgumentError,
        r"its tails lie outside",
    ),
    "a grade of an input that is an array": (
        lambda: sf.fixed(3, grade=np.ones(0)),  # type: ignore[arg-type]
        ArgumentError,
        r"grade=array\(.*: must be one of measured",
    ),
    "a source of an input that is a column": (
        lambda: sf.uniform(3, 4, source=pd.Series(dtype=float)),  # type: ignore[arg-type]
        ArgumentError,
        r"source=Series.*: must be a text",
    ),
    "a share of something that is no name": (
        lambda: sf.mix({5: 0.5, "152mm": 0.5}),  # type: ignore[dict-item]
        ArgumentError,
        r"munitions=5: must be names of munitions",
    ),
    "a share of a name of ten thousand letters": (
        lambda: sf.mix({"x" * 10_000: 5, "152mm": 0.5}),
        ArgumentError,
        r"share of x+ \.\.\. x+=5: must be between 0 and 1",
    ),
    "observations that fail when gone through": (
        lambda: sf.from_observations(Unlistable()),
        ArgumentError,
        r"observations=.*: must be a list of values or",
    ),
    "nothing to compare": (lambda: sf.compare(1, []), ArgumentError, r"munitions=\[\]: must be at least one name"),
    "not compared": (
        lambda: sf.compare(1, ["152mm"], packings="crated")["152mm", "ceiling"],
        ArgumentError,
        r"\('152mm', 'ceiling'\): must be a .* of this comparison\. Such as \('152mm', 'crated'\)",
    ),
    "compared without data": (
        lambda: sf.compare(1, ["152mm", "130mm"], packings="crated")["130mm", "crated"],
        NoDataError,
        r"130mm crated: no data: missing a package of 130mm",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_input_is_refused_with_what_to_do(case: str) -> None:
    call, kind, message = CASES[case]
    with pytest.raises(kind, match=message):
        call()


@pytest.mark.parametrize("case", CASES)
def test_the_message_is_one_line_that_is_not_too_long(case: str) -> None:
    call, _, _ = CASES[case]
    with pytest.raises(ShellflowError, match=r"^[^\n]{20,450}$"):
        call()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: sf.estimate(1, "152mm", "crated"), r"positional"),  # type: ignore[call-arg]
        (lambda: sf.uniform(1, 2, "kg", "my name"), r"positional"),  # type: ignore[call-arg]
        (lambda: a() + "3M", r"unsupported operand"),
        (lambda: a() * None, r"unsupported operand"),
        (lambda: a() * np.array([1.0, 2.0]), r"ufunc|unsupported"),
        (lambda: np.array([1.0, 2.0]) * a(), r"unsupported operand"),
        (lambda: a() + True, r"unsupported operand"),
    ],
)
def test_what_python_itself_refuses_stays_refused(call: Callable[[], object], message: str) -> None:
    with pytest.raises(TypeError, match=message):
        call()


def test_no_data_says_in_a_few_words_what_is_missing() -> None:
    with pytest.raises(NoDataError, match="130mm") as caught:
        sf.estimate(1, "130mm", packing="crated")
    assert caught.value.missing == "a package of 130mm"


def test_an_estimate_from_other_data_is_not_changed_with_the_shipped_ones() -> None:
    made = a()
    foreign = sf.Estimate(made.term, made.settings, {"data": "0123456789ab"})
    with pytest.raises(ArgumentError, match=r"made from other data \(0123456789ab\).* Give catalog="):
        foreign.replace(packing="crated")
    catalog = sf.catalog.shipped()
    changed = foreign.replace(packing="crated", catalog=catalog)
    assert changed.stamp["data"] == f"0123456789ab+{catalog.digest}"
    assert foreign.replace(count=3).stamp["data"] == "0123456789ab"


def test_messages_shorten_names_that_users_gave() -> None:
    long = "x" * 10_000
    own = sf.packing("152mm", rounds_per_transport=5, name=long)
    for call in (
        lambda: sf.estimate(1, "122mm-rocket", packing=own),
        lambda: sf.estimate(1, "152mm", packing=own).replace(munition="122mm-rocket"),
        lambda: sf.estimate(1, "152mm", packing=own, transport="covered-wagon"),
        lambda: sf.uniform(1, 2, name=long) * (sf.estimate(1, "152mm") * sf.uniform(3, 4, name=long)),
        lambda: sf.flow(shipments(5), munition="152mm", carrier=long),
        lambda: sf.flow(shipments(5).assign(**{long: True}), munition="152mm", date=long),
    ):
        with pytest.raises(ShellflowError, match=r"^[^\n]{20,450}$"):
            call()


def test_of_hundreds_of_faults_the_first_eight_are_named() -> None:
    with pytest.raises(ArgumentError, match=r"observations\[7\]='%'.* And 492 more like these\.$"):
        sf.from_observations(["%"] * 500)
