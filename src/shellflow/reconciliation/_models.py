"""A model of the flow as plain arrays: what an estimate of one transport says in every draw."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from shellflow import inputs, packings, sampling
from shellflow.errors import ArgumentError, UnitError, bad_argument
from shellflow.estimates import Estimate
from shellflow.inputs import Input
from shellflow.packings import Carried, Physical

__all__ = ["Model", "Unknown", "read_models"]

_ONE = "Ask one transport: sf.estimate(1, '152mm', packing='as-loaded'). The statements say how many there were."


@dataclass(frozen=True, eq=False)
class Unknown:
    """Something in a model that lines of evidence may tell about.

    Parameters
    ----------
    label : str
        What it is, in words [unitless].
    unit : str
        Its unit; "" for a share [unitless].
    values : array of n floats
        In every draw; not a number where it has no meaning, as the mass of a round where there is none [`unit`].
    """

    label: str
    unit: str
    values: sampling.Floats


@dataclass(frozen=True, eq=False)
class Model:
    """What one transport holds under a model of the flow, draw by draw.

    Parameters
    ----------
    name : str
        By which it is given [unitless].
    title : str
        The estimate it is, in words [unitless].
    estimate : Estimate
        What it was read from [round].
    kind : str
        The kind of its transports [unitless].
    basis : str
        "contents" or "capacity" [unitless].
    munitions : tuple of str
        Their keys [unitless].
    settings : sampling.Settings
        Number of draws and seed.
    rounds : array of n floats
        In one transport [round].
    mass_t : array of n floats or None
        Of the cargo in one transport, with its packaging; None where it is not known [t].
    unknowns : tuple of Unknown
        The load, the mass of a round, and the shares that are uncertain.
    grade : str
        Of its weakest input that matters [unitless].
    inputs : tuple of Input
        All that enter.
    made_by : mapping of str to str
        Version of the library and hash of the data.
    """

    name: str
    title: str
    estimate: Estimate
    kind: str
    basis: str
    munitions: tuple[str, ...]
    settings: sampling.Settings
    rounds: sampling.Floats
    mass_t: sampling.Floats | None
    unknowns: tuple[Unknown, ...]
    grade: str
    inputs: tuple[Input, ...]
    made_by: Mapping[str, str]


def read_models(models: object) -> tuple[Model, ...]:
    """Return the models given, one or several by name.

    Raises
    ------
    ArgumentError, UnitError
        If one is no estimate of the rounds in one transport, or none is given.
    SettingsError
        If they are of different settings.
    """
    named = models if isinstance(models, Mapping) else {"": models}
    if not named:
        raise bad_argument("models", models, "an estimate of one transport, or several by name", _ONE)
    read = []
    for name, estimate in named.items():
        if not isinstance(name, str) or (isinstance(models, Mapping) and not str.strip(name)):
            raise bad_argument("models", name, "estimates by names that are texts")
        argument = f"models[{name!r}]" if name else "models"
        read.append(_read(name, argument, estimate))
    sampling.one_settings(*(model.settings for model in read))
    return tuple(read)


def _read(name: str, argument: str, estimate: object) -> Model:
    if not isinstance(estimate, Estimate):
        raise bad_argument(argument, estimate, "an estimate of one transport", _ONE)
    if estimate.unit != "round":
        raise UnitError(f"{argument} is in {estimate.unit or 'no unit'}; expected rounds in one transport. {_ONE}")
    carried = estimate.term
    if not isinstance(carried, Carried) or not _is_one(carried.count):
        raise ArgumentError(f"{argument} is {estimate}: must be an estimate of one transport. {_ONE}")
    settings = estimate.settings
    mass_t = _mass_t(carried, settings)
    contents = carried.contents
    return Model(
        name,
        _title(carried, estimate.basis),
        estimate,
        carried.kind,
        estimate.basis,
        tuple(dict.fromkeys(packing.munition.munition for packing in contents)),
        settings,
        estimate.values,
        mass_t,
        tuple(_unknowns(carried, estimate.values, mass_t, settings)),
        estimate.grade,
        inputs.gather(packings.entering(carried, lambda _, packing: packings.stow(packing, settings).inputs)),
        dict(estimate.made_by),
    )


def _is_one(count: object) -> bool:
    return isinstance(count, Input) and count.is_fixed and count.distribution.support == (1.0, 1.0)


def _title(carried: Carried, basis: str) -> str:
    munitions = " and ".join(dict.fromkeys(packing.munition.munition for packing in carried.contents))
    packed = ", ".join(dict.fromkeys(packing.name for packing in carried.contents))
    inside = "; ".join(dict.fromkeys(filter(None, map(packings.in_package, carried.contents))))
    return f"{munitions} in {carried.contents[0].transport.transport}, {packed} ({basis}){inside and ': '}{inside}"


def _mass_t(carried: Carried, settings: sampling.Settings) -> sampling.Floats | None:
    """Return the mass of what one transport carries, with its packaging; None where a packing knows no mass."""
    if not all(isinstance(packing, Physical) for packing in carried.contents):
        return None
    return carried.cargo_in_each(settings) * carried.munition_share.draws(settings) / 1000


def _unknowns(
    carried: Carried, rounds: sampling.Floats, mass_t: sampling.Floats | None, settings: sampling.Settings
) -> Iterator[Unknown]:
    yield Unknown(f"rounds per {carried.kind}", "round", rounds)
    if mass_t is not None:
        yield Unknown(f"tonnes per {carried.kind}", "t", mass_t)
        if (rounds > 0).any():
            kg = np.divide(1000 * mass_t, rounds, out=np.full(settings.n, np.nan), where=rounds > 0)
            yield Unknown("kg per round", "kg", kg)
    share = carried.munition_share
    if not share.is_fixed:
        yield Unknown("munition share", "", share.draws(settings))
    if any(not weight.is_fixed for weight in carried.weights):
        for packing, part in zip(carried.contents, carried.shares(settings), strict=True):
            yield Unknown(f"share of {packing.munition.munition}", "", part)
    for packing in carried.contents:
        charged = packing.charged_share if isinstance(packing, Physical) else None
        if charged is not None and not charged.is_fixed:
            yield Unknown(f"{packing.munition.munition} with charge", "", charged.draws(settings))
