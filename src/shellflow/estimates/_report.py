"""An estimate as text and as plain data: the number with its reasons, its picture and its sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from shellflow import display, words
from shellflow.estimates import _titles
from shellflow.estimates._drawn import Drawn, stamp_of
from shellflow.estimates._reasons import packings_in
from shellflow.estimates._rows import row_of
from shellflow.packings import BASES, MEANINGS, Needed, Physical
from shellflow.terms import Term, joined, parts_of

__all__ = ["answer_of", "cliffs_in_words", "explanation_of", "report_of", "say_quantiles", "sources_of", "step_of"]

_SKETCHED = 0.99  # share of the draws that pictures show

_BASIS_IN_WORDS = {
    **{basis: f"{basis}: {meaning}" for basis, meaning in MEANINGS.items()},
    joined(BASES): f"{joined(BASES)}: it compares what would fit with what is probably inside, and is neither",
}


def say_quantiles(estimate: Drawn, level: float = _titles.LEVEL) -> words.Quantiles:
    """Return median and band of an estimate in words, without their unit; the median is the same at every level."""
    return _titles.quantiles_in_words(estimate.term, estimate._ordered, level)


def step_of(estimate: Drawn) -> float:
    """Return what median and band of an estimate are rounded to, in its unit, whatever band is shown."""
    return _titles.step_of(estimate._ordered)


def explanation_of(estimate: Drawn, level: float) -> str:
    """Return an estimate with its reasons, notes and stamp, a line each."""
    lines = [f"{_titles.title(estimate.term)}: {estimate.in_words(level)}"]
    if drawn := display.sketch(estimate.values):
        of_bound = "" if estimate.bound == "point" else " of the number stated"
        lines.append(
            f"draws{of_bound}: {drawn} ({words.percent(_SKETCHED)}: {say_quantiles(estimate, _SKETCHED).band})"
        )
    lines += [f"{name}: {text}" for name, text in _reasons_in_words(estimate)]
    lines += [f"note: {note}" for note in estimate.reasons.notes]
    return display.as_text([*lines, display.stamp_line(stamp_of(estimate))])


def _reasons_in_words(estimate: Drawn) -> list[tuple[str, str]]:
    """Return the reasons as pairs of a name and a text."""
    reasons = estimate.reasons
    texts: list[tuple[str, str]] = []
    if reasons.basis:
        texts += [("basis", _BASIS_IN_WORDS[reasons.basis]), ("the band is for", reasons.band_for)]
    texts += [("range", text) for text in _titles.ranges_in(estimate.term)]
    if limits := _limits_in_words(estimate):
        texts.append(("limited by", limits))
    texts += [("cliff", text) for text in cliffs_in_words(estimate)]
    if share := _titles.share_reading(estimate.term):
        texts.append(("munition share", share))
    texts.append(("weakest grade that matters", reasons.grade))
    return texts


def cliffs_in_words(estimate: Drawn) -> list[str]:
    """Return the cliffs of an estimate, a text each."""
    return [f"{name} ({words.percent(share)} of the draws)" for name, share in estimate.reasons.cliffs]


def _limits_in_words(estimate: Drawn) -> str:
    """Return what binds and how often; "" where nothing is packed."""
    are_packed = [isinstance(packing, Physical) for packing in packings_in(estimate.term)]
    if not any(are_packed):
        return "not stated: the source gives rounds to a transport, and not what limits them" if are_packed else ""
    of = "of the draws" if len(are_packed) == 1 else "of the transports, over all draws"
    limiting = {limit: share for limit, share in estimate.reasons.limited_by.items() if share}
    shares = words.percents(list(limiting.values())) if limiting else []
    limits = [f"{limit} ({share} {of})" for limit, share in zip(limiting, shares, strict=True)]
    return ", ".join(limits) + ("" if all(are_packed) else "; not stated for reported ratios")


def sources_of(estimates: Iterable[Drawn]) -> tuple[str, ...]:
    """Return the sources of all inputs that enter, with their grades, each once; what a question says is no source."""
    entering = [number for estimate in estimates for number in estimate.reasons.inputs if number.origin != "question"]
    return tuple(dict.fromkeys(f"{number.source} ({number.grade})" for number in entering))


def answer_of(estimate: Drawn, level: float, name: str = "") -> display.Answer:
    """Return an estimate as one answer of a report, with its reasons and a small picture of its distribution."""
    text, _, band = estimate.in_words(level).partition(" (")
    low, median, high = estimate.band(level)
    quantiles = say_quantiles(estimate, level)
    picture = ""
    if estimate.bound == "point":
        picture = display.distribution_svg(
            estimate.values, low=low, median=median, high=high, ends=(quantiles.low, quantiles.high)
        )
    return display.Answer(
        text,
        band.removesuffix(")") or ("the same in every draw" if estimate._ordered[0] == estimate._ordered[-1] else ""),
        name,
        reasons=tuple(_reasons_in_words(estimate)),
        figure=picture,
    )


def report_of(estimate: Drawn, of: Callable[[Term], Drawn], level: float) -> display.Report:
    """Return an estimate as plain data, with a row for each part of a sum, made by `of`, and one for the sum."""
    terms = parts_of(estimate.term)
    parts = [of(term) for term in terms] if len(terms) > 1 else []
    return display.Report(
        _titles.title(estimate.term),
        answers=(answer_of(estimate, level),),
        rows=tuple(display.without_gaps(row_of(part, level)) for part in (*parts, estimate)),
        steps=tuple({"": step_of(part)} for part in (*parts, estimate)),
        rounds_up=isinstance(estimate.term, Needed),
        cautions=estimate.reasons.cautions,
        details=tuple(note for note in estimate.reasons.notes if note in estimate.reasons.asides),
        sources=sources_of([estimate]),
        stamp=stamp_of(estimate),
    )
