"""Why an estimate is what it is: its basis, what limits it, cliffs, grade, findings and inputs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from shellflow import inputs, sampling
from shellflow.errors import printable
from shellflow.estimates._titles import number_in_words, quantiles_in_words, worked_out
from shellflow.inputs import Input
from shellflow.packings import (
    CHARGE_UNKNOWN,
    NOT_INCLUDED,
    Carrier,
    InMass,
    Packing,
    Reported,
    Stowage,
    carriers,
    entering,
    in_package,
    with_charge,
)
from shellflow.terms import Bound, Term, bound_of, evaluate, joined

__all__ = ["Reasons", "basis_of", "packings_in", "reasons_of"]

_OF_MASS = "what so much cargo is if it is nothing else, over all that is not known of the package"
_UNKNOWN = "over all that is not known of package and transport"
_BOUND_IN_WORDS: dict[Bound, str] = {
    "floor": 'a lower bound: counts in it are stated as "at least". There is no high end, and the share of draws at '
    "or above a number is the least it can be",
    "ceiling": 'an upper bound: counts in it are stated as "at most". There is no low end, and the share of draws at '
    "or below a number is the least it can be",
    "none": "no bound: lower and upper bounds are added up, and the sum may be more or less than the numbers stated",
}

Packed = tuple[Carrier, Packing, Stowage, float]
"""What carries a packing, the packing, what one of its transports holds, and in how many it is, on average."""


@dataclass(frozen=True)
class Reasons:
    """Why an estimate is what it is.

    Parameters
    ----------
    basis : str
        "capacity", "contents", or both where the two are compared; "" where nothing is packed [unitless].
    band_for : str
        What the band is a band for, in words [unitless].
    limited_by : dict of str to float
        In what share of the draws mass, space or a norm binds, over several packings weighted by their transports;
        empty for a reported ratio, where nothing is packed [unitless].
    cliffs : tuple of (str, float)
        Counts of rows or layers on which the rounds in one transport hang, each with its probability [unitless].
    nothing_fits : float
        Share of the draws in which, of some packing, no package fits [unitless].
    grade : str
        The weakest among the inputs that matter: those of a limit that binds in 5 % of the draws or more. What the
        question itself says is no evidence and is left out [unitless].
    notes : tuple of str
        Findings that belong to the number, in words.
    asides : frozenset of str
        Those of the notes that say how the number was made, and do not change how it is read.
    packed : tuple of str
        Those of the notes that say what is in the packages.
    charge_ends : tuple of (str, str)
        The median with all propelling charges and without any, in words, where nobody has said which; else empty.
    inputs : tuple of Input
        Every input that enters, each once.
    """

    basis: str
    band_for: str
    limited_by: dict[str, float]
    cliffs: tuple[tuple[str, float], ...]
    nothing_fits: float
    grade: str
    notes: tuple[str, ...]
    asides: frozenset[str]
    packed: tuple[str, ...]
    charge_ends: tuple[str, ...]
    inputs: tuple[Input, ...]

    @property
    def cautions(self) -> tuple[str, ...]:
        """The notes that change how the number is read."""
        return tuple(note for note in self.notes if note not in self.asides)


def packings_in(term: Term) -> Iterator[Packing]:
    """Yield the packing assumptions of a term, from left to right."""
    return (packing for carrier in carriers(term) for packing in carrier.contents)


def basis_of(term: Term) -> str:
    """Return which question a term answers; no sum answers both."""
    return joined(packing.basis for packing in packings_in(term))


def reasons_of(term: Term, settings: sampling.Settings) -> Reasons:
    """Return why an estimate of this term is what it is."""
    packed = [
        (carrier, packing, carrier.stowage(packing, settings), float(np.mean(np.abs(transports) * share)))
        for carrier in carriers(term)
        for transports in (evaluate(carrier.transports, settings),)
        for packing, share in zip(carrier.contents, carrier.shares(settings), strict=True)
        if np.any(share)
    ]
    labels = _names_of([packing for _, packing, _, _ in packed])
    stowages = [stowage for _, _, stowage, _ in packed]
    mattering = [number for stowage in stowages for number in stowage.binding_inputs] + list(entering(term))
    findings = [_BOUND_IN_WORDS[bound]] if (bound := bound_of(term)) != "point" else []
    findings += [carrier.alias for carrier in carriers(term) if carrier.alias]
    contents, charge_ends = _in_packages(term, [packing for _, packing, _, _ in packed], settings)
    findings += contents
    named = list(zip(labels, stowages, strict=True))
    findings += _labelled(((note, label) for label, stowage in named for note in stowage.notes), labels)
    asides = _labelled(
        ((note, label) for label, stowage in named for note in stowage.notes if note in stowage.asides), labels
    )
    findings += [
        _ends_of_mix(carrier, settings)
        for carrier in carriers(term)
        if carrier.weights and not all(weight.is_fixed for weight in carrier.weights)
    ]
    return Reasons(
        basis=basis_of(term),
        band_for=_band_for(term, packed),
        limited_by=_limited_by(packed),
        cliffs=tuple(
            (f"{label}: {name}" if label else name, share)
            for label, stowage in zip(labels, stowages, strict=True)
            for name, share in stowage.cliffs
        ),
        nothing_fits=max((stowage.nothing_fits for stowage in stowages), default=0.0),
        grade=inputs.weakest([number.grade for number in mattering if number.origin != "question"] or ["assumed"]),
        notes=tuple(dict.fromkeys(map(printable, findings))),
        asides=frozenset(map(printable, asides)),
        packed=tuple(map(printable, contents)),
        charge_ends=charge_ends,
        inputs=inputs.gather(entering(term, lambda carrier, packing: carrier.stowage(packing, settings).inputs)),
    )


def _limited_by(packed: Sequence[Packed]) -> dict[str, float]:
    physical = [(stowage.limited_by, weight) for _, _, stowage, weight in packed if stowage.limited_by]
    if not physical:
        return {}
    if all(weight == 0 for _, weight in physical):  # no transports at all: what would bind in one
        physical = [(shares, 1.0) for shares, _ in physical]
    total = sum(weight for _, weight in physical)
    limits = [limit for limit in ("norm", "mass", "space") if any(limit in shares for shares, _ in physical)]
    return {limit: sum(shares.get(limit, 0.0) * weight for shares, weight in physical) / total for limit in limits}


def _band_for(term: Term, packed: Sequence[Packed]) -> str:
    shares_of_mixes = {weight.name for carrier in carriers(term) for weight in carrier.weights}  # a note speaks of them
    texts = [
        _OF_MASS if isinstance(carrier, InMass) else _band_for_packing(packing, stowage)
        for carrier, packing, stowage, _ in packed
    ]
    texts += [number.band_for for number in entering(term) if number.band_for and number.name not in shares_of_mixes]
    return "; ".join(dict.fromkeys(texts))


def _band_for_packing(packing: Packing, stowage: Stowage) -> str:
    fitted = {number.name: number.band_for for number in stowage.binding_inputs if number.band_for}
    contents = packing.basis == "contents"
    if isinstance(packing, Reported):
        if not fitted:
            return "the ratio as it was stated, and nothing beyond it"
        return "; ".join(fitted.values()) + ("" if contents else ", not what is inside")
    subject = "what is inside" if contents else "what fits"
    binding = {number.name for number in stowage.binding_inputs}
    load_matters = any(number.name in binding for number in packing.load.unknowns.inputs)
    if packing.load_rule == "full":
        first = f"{subject} if filled to the limit, {_UNKNOWN}" if contents else f"{subject}, {_UNKNOWN}"
    elif not load_matters:
        load = "observed load" if packing.load_rule == "as-loaded" else "load stated"
        first = f"{subject} where the {load} does not bind, {_UNKNOWN}"
    elif packing.load_rule == "as-loaded":
        load = fitted.pop(packing.load.name)
        first = load if contents else f"{subject} at {load}"
    else:
        first = f"{subject} at the load stated or the payload, whichever is less, {_UNKNOWN}"
    return "; ".join((first, *fitted.values()))


def _in_packages(
    term: Term, packings: Sequence[Packing], settings: sampling.Settings
) -> tuple[list[str], tuple[str, ...]]:
    """Return what is in the packages; where that is not known, what it comes to with all charges and with none.

    The second are the medians of these two ends.
    """
    contents: dict[str, dict[str, None]] = {}
    for packing, name in zip(packings, _names_of(packings), strict=True):
        contents.setdefault(in_package(packing), {})[name] = None
    labels = [label for names in contents.values() for label in names]
    texts = _labelled(
        (f"packed{' in some parts' if labels.count(label) > 1 else ''}: {content}", label if len(contents) > 1 else "")
        for content, names in contents.items()
        for label in names
        if content not in ("", CHARGE_UNKNOWN)
    )
    medians: tuple[str, ...] = ()
    if CHARGE_UNKNOWN in contents:
        ends = {stated: with_charge(term, stated) for stated in ("with", "without")}
        ordered = {stated: worked_out(end, settings, ordered=True) for stated, end in ends.items()}
        numbers = {stated: number_in_words(end, ordered[stated]) for stated, end in ends.items()}
        medians = tuple(quantiles_in_words(end, ordered[stated]).median for stated, end in ends.items())
        alone = numbers["without"]
        if {in_package(packing).removeprefix("bare ") for packing in packings_in(ends["without"])} == {NOT_INCLUDED}:
            alone = alone.replace(" round", " projectile", 1)
        texts.append(f"charge in the package not known: with it {numbers['with']}, without it {alone}")
    return texts, medians


def _name_of(packing: Packing) -> str:
    return f"{packing.munition.munition} {packing.name}"


def _names_of(packings: Sequence[Packing]) -> list[str]:
    """Return what tells packings apart, their munitions alone where all are packed alike; "" of a single one."""
    if len(packings) == 1:
        return [""]
    munitions = [packing.munition.munition for packing in packings]
    if len({packing.name for packing in packings}) == 1 and len(set(munitions)) > 1:
        return munitions
    return list(map(_name_of, packings))


def _labelled(notes: Iterable[tuple[str, str]], every: Iterable[str] = ()) -> list[str]:
    """Return each note once, after the names of the packings that it is on; none where it is on every one, or ""."""
    labels: dict[str, dict[str, None]] = {}
    for note, label in notes:
        labels.setdefault(note, {})[label] = None
    return [
        f"{', '.join(names)}: {note}" if any(names) and set(names) != set(every) else note
        for note, names in labels.items()
    ]


def _ends_of_mix(carrier: Carrier, settings: sampling.Settings) -> str:
    """Return what it would be if all of a mix of unknown shares were one munition, for each."""
    ends = []
    for packing in carrier.contents:
        alone = carrier.repacked((packing,), (), "")
        ends.append(
            f"all {packing.munition.munition}: {number_in_words(alone, worked_out(alone, settings, ordered=True))}"
        )
    return "the shares are not known and the band depends on how many munitions are listed; " + ", ".join(ends)
