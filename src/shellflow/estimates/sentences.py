"""Estimates as sentences fit to print, with everything that a number of rounds must not be quoted without.

Count, box, packing, charge, question, band, limit and grade: each is in them, and no key of a table is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import NamedTuple

from shellflow import inputs, sampling, words
from shellflow.catalog import Transport
from shellflow.errors import printable
from shellflow.estimates import _titles
from shellflow.estimates._drawn import Drawn
from shellflow.estimates._reasons import packings_in
from shellflow.inputs import Input
from shellflow.packings import (
    BASES,
    CHARGE_UNKNOWN,
    NOT_INCLUDED,
    Carried,
    Carrier,
    GrossMass,
    InMass,
    Needed,
    Packing,
    Physical,
    Scattered,
    carriers,
    in_package,
)
from shellflow.terms import Bounded, Product, Scaled, Sum, Term, joined, scale

__all__ = [
    "box_in_words",
    "conditions_of",
    "finished",
    "listed",
    "sentence_of",
    "share_in_words",
    "statement_of",
    "subject_of",
]

_DEEPEST = 3  # terms that a sentence shows one in another
_RARE = 0.001  # share of the draws below which a second limit is left out

_PHRASES = {
    "reported": "{} as reported by one office",
    "ceiling": "bare {} at full payload",
    "crated": "crated {}",
    "as-loaded": "crated {} at observed loads",
}
_QUESTIONS = {
    "capacity": "this counts capacity, what would fit and not what is inside",
    "contents": "this counts contents, what is probably inside",
    joined(BASES): "this compares a capacity, what would fit, with contents, what is probably inside",
}
_LIMITS = {"mass": "mass limits it", "space": "space limits it", "norm": "the norm of a full load limits it"}
_SECOND = {"norm": "the norm of a full load"}


def sentence_of(estimate: Drawn, level: float) -> str:
    """Return an estimate as two sentences: what it comes to, and on what that rests."""
    return finished(statement_of(estimate, level), conditions_of([estimate]))


def finished(*clauses: str) -> str:
    """Return each clause as a sentence."""
    return " ".join(f"{clause[0].upper()}{clause[1:]}." for clause in clauses if clause)


def statement_of(estimate: Drawn, level: float) -> str:
    """Return what is counted, in what, how packed, and what it comes to with its band."""
    number, band = _titles.number_with_unit(estimate.term, estimate._ordered), _band_in_words(estimate, level)
    if estimate.bound != "point":
        number, band = _titles.bound_with_unit(estimate.term, estimate._ordered, level, "{} band")
        number = "a number that has no bound" if estimate.bound == "none" else number
    subject = subject_of(estimate)
    pause = " " if subject.endswith(")") and isinstance(estimate.term, Scaled | Product) else ", "
    return f"{subject}{pause}{_verb(estimate.term)} {number} ({band})"


def subject_of(estimate: Drawn) -> str:
    """Return what is counted, in what and how packed, without what it comes to."""
    return _subject(estimate.term, _Scope(estimate.settings))


def _band_in_words(estimate: Drawn, level: float) -> str:
    """Return the band of an estimate with its level, such as "90 % band: 2.6 to 3.7 million"."""
    band = _titles.quantiles_in_words(estimate.term, estimate._ordered, level).band
    if band == words.NO_SPREAD:
        band = "both its ends are this number"
    return f"{words.percent(float(level))} band: {band}"


# --- what is counted --------------------------------------------------------------------------------------------------


def _verb(term: Term) -> str:
    """Return what a subject does."""
    if isinstance(term, Sum):
        if any(_is_taken_off(part) for part in term.parts[1:]):
            return "makes a difference of"
        verbs = {_verb(part) for part in term.parts} - {"comes to"}
        return f"together {verbs.pop() if len(verbs) == 1 else 'come to'}"
    if isinstance(term, Carried):
        return "could hold" if _basis_of(term) == "capacity" else "would probably hold"
    if isinstance(term, InMass):
        return "would be"
    return "would take" if isinstance(term, Needed) else "comes to"


def _basis_of(carrier: Carrier) -> str:
    return joined(packing.basis for packing in carrier.contents)


class _Scope(NamedTuple):
    """The draws of what is put in words, and how deep in a calculation it stands."""

    settings: sampling.Settings
    depth: int = 0


@singledispatch
def _subject(term: Term, scope: _Scope) -> str:
    """Return what a term is, in words that need no table."""
    raise TypeError(f"no words for {type(term).__name__}")


def _inner(term: Term, scope: _Scope) -> str:
    return _subject(term, _Scope(scope.settings, scope.depth + 1)) if scope.depth < _DEEPEST else "…"


def _quantity(term: Term, scope: _Scope) -> str:
    """Return how many transports or rounds, or how much cargo; of what was calculated, its median and band."""
    text = _titles.quantity(term, lambda part: _inner(part, scope))
    if "[" not in text or any(carriers(term)):
        return text
    return _titles.number_in_words(term, _titles.worked_out(term, scope.settings, ordered=True))


@_subject.register
def _(term: Input, scope: _Scope) -> str:
    return _titles.input_in_words(term)


@_subject.register
def _(term: Carried, scope: _Scope) -> str:
    count = _quantity(term.count, scope)
    filled = "filled" if _basis_of(term) == "capacity" else "loaded"
    return f"{_with_box(count, term)}, {_share_of(term, count)}{filled} with {_packed(term)}"


@_subject.register
def _(term: InMass, scope: _Scope) -> str:
    cargo = _quantity(term.cargo, scope)
    share = "all" if _is_all(term.munition_share) else share_in_words(term.munition_share)
    return f"a cargo of {cargo}, {share} of it {_packed(term)}"


@_subject.register
def _(term: Needed, scope: _Scope) -> str:
    rounds = _quantity(term.rounds, scope)
    boxes = _with_box(f"{term.kind}s", term)
    if not _is_all(term.munition_share):
        boxes += f" of which {share_in_words(term.munition_share)} carry munitions"
    return f"{rounds} of {_packed(term)}, in {boxes}"


@_subject.register
def _(term: GrossMass, scope: _Scope) -> str:
    return f"the gross mass of {_inner(term.carrier, scope)}"


@_subject.register
def _(term: Bounded, scope: _Scope) -> str:
    return _quantity(term, scope)


@_subject.register
def _(term: Scattered, scope: _Scope) -> str:
    return _subject(term.count, scope)


@_subject.register
def _(term: Sum, scope: _Scope) -> str:
    if len(term.parts) > _titles.MOST_LISTED:
        first, last = (_inner(part, scope) for part in (term.parts[0], term.parts[-1]))
        return f"{len(term.parts)} parts, from {first} to {last}"
    text = _inner(term.parts[0], scope)
    for part in term.parts[1:]:
        less = _is_taken_off(part)
        text += f", {'less' if less else 'and'} {_inner(scale(part, -1.0) if less else part, scope)}"
    return text


def _is_taken_off(part: Term) -> bool:
    return isinstance(part, Scaled) and part.factor < 0


@_subject.register
def _(term: Scaled, scope: _Scope) -> str:
    return _titles.composed(term, lambda part: _inner(part, scope))


@_subject.register
def _(term: Product, scope: _Scope) -> str:
    return _titles.composed(term, lambda part: _inner(part, scope))


def _with_box(text: str, carrier: Carrier) -> str:
    """Return transports with what they are; their kind alone where the name says no more."""
    box = box_in_words(carrier.contents[0].transport)
    return f"{text[:-1]}; {box})" if text.endswith(")") else f"{text} ({box})"


def box_in_words(transport: Transport) -> str:
    """Return what tells a transport from others of its kind, such as "20 ft, 24 t gross": no type, no kind of a box."""
    name = re.sub(r", type \w+", "", printable(transport.name))
    return re.sub(r"^(\d+ ft\b[\w -]*?) container\b", r"\1", name)


def _is_all(share: Input) -> bool:
    return share.distribution.support == (1.0, 1.0)


def _share_of(carrier: Carrier, count: str) -> str:
    """Return what part of the transports is filled."""
    is_single = count == f"1 {carrier.kind}"
    if not _is_all(carrier.munition_share):
        return f"{share_in_words(carrier.munition_share)} of {'it' if is_single else 'them'} "
    return "" if is_single else "all "


def share_in_words(share: Input) -> str:
    """Return a share as a percentage, or as those of the ends of its band."""
    low, _, high = share.band(_titles.LEVEL)
    return " to ".join(dict.fromkeys((words.percent(low), words.percent(high))))


def _packed(carrier: Carrier) -> str:
    """Return what is packed and how, such as "crated 152 mm shells"."""
    return _packed_as(_munitions_in(carrier), carrier.contents[0], by_mass=isinstance(carrier, InMass))


def _packed_as(munitions: str, packing: Packing, *, by_mass: bool = False) -> str:
    if by_mass and packing.recipe == "ceiling":
        return f"bare {munitions}"
    phrase = _PHRASES.get(packing.recipe)
    return printable(phrase.format(munitions) if phrase else f"{munitions} packed as {packing.name!r}")


def _munitions_in(carrier: Carrier) -> str:
    names = [packing.munition.in_words for packing in carrier.contents]
    if not carrier.weights:
        return names[0]
    if not all(weight.is_fixed for weight in carrier.weights):
        return f"{listed(names)} in unknown shares"
    of = "mass" if isinstance(carrier, InMass) else f"{carrier.kind}s"
    shares = words.percents([weight.distribution.support[0] for weight in carrier.weights])
    first = f"{names[0]} ({shares[0]} of the {of})"
    return listed([first, *(f"{name} ({share})" for name, share in zip(names[1:], shares[1:], strict=True))])


def listed(names: Sequence[str]) -> str:
    """Return names as "one, another and a third"; "" of none."""
    if not names:
        return ""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


# --- on what it rests -------------------------------------------------------------------------------------------------


def conditions_of(estimates: Sequence[Drawn]) -> str:
    """Return question, limit, charge and grade of estimates that are quoted together; "" where nothing is packed."""
    estimates = [estimate for estimate in estimates if any(carriers(estimate.term))]
    if not estimates:
        return ""
    packings = dict.fromkeys(packing for estimate in estimates for packing in packings_in(estimate.term))
    labels = _labels_of(packings)
    names = [listed(list(dict.fromkeys(labels[part] for part in packings_in(each.term)))) for each in estimates]
    questions = _merged(zip(names, (_QUESTIONS[estimate.reasons.basis] for estimate in estimates), strict=True))
    limits = _merged(zip(names, map(_limit_of, estimates), strict=True))
    charges = _merged((labels[packing], _charge_of(packing)) for packing in packings)
    grade = inputs.weakest([estimate.reasons.grade for estimate in estimates])
    return "; ".join([*questions, *limits, *charges, f"the weakest input that matters is graded {grade!r}"])


def _labels_of(packings: Iterable[Packing]) -> dict[Packing, str]:
    """Return what tells packings apart in words: their munitions, or where these are alike, how they are packed."""
    whole = {packing: _packed_as(packing.munition.in_words, packing) for packing in packings}
    munitions = {packing: packing.munition.in_words for packing in whole}
    return munitions if len(set(munitions.values())) == len(set(whole.values())) else whole


def _merged(texts: Iterable[tuple[str, str]]) -> list[str]:
    """Return each text once, with the munitions that it is of where it is not of all."""
    names: dict[str, dict[str, None]] = {}
    for name, text in texts:
        names.setdefault(text, {})[name] = None
    if len(names) == 1:
        return list(names)
    return [f"{text} (of {listed(list(of))})" for text, of in names.items()]


def _limit_of(estimate: Drawn) -> str:
    """Return what limits the rounds, and how often."""
    if all(isinstance(carrier, InMass) for carrier in carriers(estimate.term)):
        return "the mass given limits it"
    are_packed = [isinstance(packing, Physical) for packing in packings_in(estimate.term)]
    limits = sorted(((share, limit) for limit, share in estimate.reasons.limited_by.items()), reverse=True)
    if not any(are_packed) or not limits:
        return "what limits it is not stated"
    of = "of the draws" if len(are_packed) == 1 else "of the transports"
    shares = words.percents([share for share, _ in limits])
    first = limits[0][1]
    text = f"{_LIMITS.get(first, f'{first} limits it')} in {shares[0]} {of}"
    for (share, limit), in_words in zip(limits[1:], shares[1:], strict=True):
        if share >= _RARE:
            text += f" and {_SECOND.get(limit, limit)} in {in_words}"
    if estimate.reasons.nothing_fits:
        text += f", and in {words.percent(estimate.reasons.nothing_fits)} of the draws nothing fits"
    return text if all(are_packed) else f"{text}, which is not stated of the reported ratios"


def _charge_of(packing: Packing) -> str:
    """Return whether the propelling charge is in what is packed."""
    content = in_package(packing)
    if content == CHARGE_UNKNOWN:
        return "whether the propelling charge is in the packages is not known"
    if content == NOT_INCLUDED or content.startswith("bare"):
        return f"what is packed is {content}"
    if content:
        return f"the packages hold {content}"
    if packing.munition.kind == "shell":
        return "whether the propelling charge is included is not stated"
    return "the rounds have no propelling charge apart from them"
