"""How an audit looks: as a report, and as a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shellflow import display, inputs, plot, words
from shellflow.audits._judgement import Judgement, Position
from shellflow.audits._remarks import times_over
from shellflow.catalog import projectile_mass
from shellflow.estimates import (
    Line,
    cautions_of,
    details_of,
    limits_in_words,
    missing_in,
    plotting,
    say_quantiles,
    sources_of,
    step_of,
)
from shellflow.statements import apart_in_words, ratio_in_words, side_in_words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["claimed_ratio", "figure_of", "other_end", "report_of", "span"]

_INVERSE = {"floor": "ceiling", "ceiling": "floor"}
"""What the mass or space left to a round is, where rounds per transport are a bound."""

_POSITION = (
    "draws below the claim: share of the draws with fewer rounds than the claim, under that packing; it is not the "
    "probability that the claim is true."
)


def report_of(judgement: Judgement, level: float) -> display.Report:
    """Return an audit as plain data."""
    kind = judgement.statement.kind
    several = len(judgement.cargoes) > 1
    lines = [
        Line(position.munition, position.packing, position.per_transport, position.per_transport, position.missing)
        for position in judgement.positions
    ]
    estimates = [line.estimate for line in lines if line.estimate is not None]
    columns = [
        display.Column("munition"),
        display.Column("packing"),
        display.Column("basis"),
        display.Column(f"rounds per {kind}", right=True),
        display.Column(f"{words.percent(level)} band", right=True),
        display.Column("draws below the claim", right=True),
        display.Column("claim / median", right=True),
        display.Column("limited by"),
        display.Column("grade"),
    ]
    first = 0 if several else 1  # the column of munitions is only needed for several
    answered = [position for position in judgement.positions if position.per_transport is not None]
    cells = tuple((position.munition, *_cells(position, level))[first:] for position in answered)
    transport = judgement.transport
    return display.Report(
        f"{judgement.claim} ({transport.transport})" if transport else judgement.claim,
        answers=(_answer(judgement),),
        columns=tuple(columns[first:]) if cells else (),
        cells=cells,
        rows=tuple(_row(judgement, position, level) for position in judgement.positions or (_NO_POSITION,)),
        steps=tuple(
            {} if position.per_transport is None else {"per_transport_": step_of(position.per_transport)}
            for position in judgement.positions
        ),
        bands=tuple(
            None if position.per_transport is None else position.per_transport.band(level) for position in answered
        ),
        mark=_ends(judgement) if cells else None,
        mark_label=f"the claim: {claimed_ratio(judgement)}" if cells else "",
        cautions=(
            *(f"to be possible it would take {change}" for change in judgement.changes),
            *(f"finding: {finding}" for finding in judgement.findings),
            *judgement.notes,
            *cautions_of(lines),
            *filter(None, [missing_in(lines)]),
        ),
        details=tuple(details_of(lines)),
        notes=(_POSITION,) if cells else (),
        sources=sources_of(estimates),
        stamp=judgement.stamp,  # type: ignore[attr-defined]
    )


_NO_POSITION = Position("", "", "", None, None, None)


def _answer(judgement: Judgement) -> display.Answer:
    """Return the verdict with its reasons."""
    kind, statement = judgement.statement.kind, judgement.statement
    ratio = claimed_ratio(judgement)
    if judgement.ratio_bound == "none":
        sides = f"{side_in_words(statement.rounds, 'round')} over {side_in_words(statement.units, kind)}"
        ratio = f"{ratio_in_words(*judgement.ratio)} by the numbers; any by the words, {sides}"
    reasons = [("because", judgement.because)]
    if judgement.ends[0] != judgement.ends[1]:
        low, high = (ratio_in_words(number, number) for number in judgement.ratio)
        reasons.append(("at the ends", f"{low}: {judgement.ends[0]}; {high}: {judgement.ends[1]}"))
    if judgement.alone:
        alone = "; ".join(f"{label}: {_verdicts(ends)}" for label, ends in judgement.alone.items())
        reasons.append(("each alone", alone))
    reasons += [(f"claimed rounds per {kind}", ratio), *_demands(judgement)]
    if judgement.loads:
        reasons.append((f"claimed load per {kind}", _loads_in_words(judgement)))
    if judgement.allowed:
        reasons.append(("what it takes", judgement.allowed))
    limits = [other_end(judgement)] if judgement.ends[0] != judgement.ends[1] else []
    limits += [f"the numbers as stated; {judgement.relief}"] if judgement.relief else []
    return display.Answer(judgement.verdict, "; ".join(limits), name="verdict", reasons=tuple(reasons))


def other_end(judgement: Judgement) -> str:
    """Return where in the range the verdict holds, and what holds at the other end."""
    low, high = judgement.ends
    if judgement.verdict == low:
        return f"at the low end; {high} at the high end"
    if judgement.verdict == high:
        return f"at the high end; {low} at the low end"
    return f"between the ends; {low} at the low end, {high} at the high end"


def _verdicts(ends: tuple[str, str]) -> str:
    return " to ".join(dict.fromkeys(ends))


def _loads_in_words(judgement: Judgement) -> str:
    """Return what the claimed rounds weigh in one transport, and what such transports carry."""
    by_munition: dict[str, list[str]] = {}
    for load in judgement.loads:
        text = f"{_tonnes(load.load_kg, judgement.ratio_bound)} {load.packed.removeprefix('crated, ')}"
        by_munition.setdefault(load.munition, []).append(text)
    several = len(by_munition) > 1
    loads = "; ".join(f"{name} " * several + ", ".join(texts) for name, texts in by_munition.items())
    limits = []
    if judgement.transport is not None and judgement.transport.payload_kg is not None:
        limits.append(f"it may carry {_tonnes((judgement.transport.payload_kg,) * 2)}")
    if judgement.observed_t is not None:
        low, high = (1000.0 * tonnes for tonnes in judgement.observed_t)
        limits.append(f"{_tonnes((low, high))} were observed")
    return f"{loads} ({'; '.join(limits)})" if limits else loads


def _tonnes(kg: tuple[float, float], bound: str = "range") -> str:
    return f"{_bounded((kg[0] / 1000.0, kg[1] / 1000.0), bound)} t"


def claimed_ratio(judgement: Judgement) -> str:
    """Return the rounds per transport that are claimed."""
    return words.with_bound(judgement.ratio_bound, *apart_in_words(*judgement.ratio))


def _demands(judgement: Judgement) -> list[tuple[str, str]]:
    """Return what mass and space the claim leaves to a round."""
    demands = []
    bound = _INVERSE.get(judgement.ratio_bound, judgement.ratio_bound)
    if judgement.kg_per_round:
        munitions = [munition for cargo in judgement.cargoes for munition in cargo.munitions]
        bare = ", ".join(
            f"{munition.munition} {span(projectile_mass(munition).distribution.support)}" for munition in munitions
        )
        loaded = judgement.kg_per_round_as_loaded
        by_mass = judgement.transport is None
        text = f"{_bounded(judgement.kg_per_round, bound, 4 if by_mass else 3)}{'' if by_mass else ' at full payload'}"
        text += f", {_bounded(loaded, bound)} at observed loads" if loaded else ""
        demands.append(("kg left for a round and its packaging", f"{text} (bare: {bare})"))
    if judgement.m3_per_round:
        demands.append(("space left for a round", f"{_bounded(judgement.m3_per_round, bound)} m3"))
    return demands


def _row(judgement: Judgement, position: Position, level: float) -> dict[str, Any]:
    estimate = position.per_transport
    low, median, high = (None, None, None) if estimate is None else estimate.band(level)
    position_low, position_high = position.position or (None, None)
    to_median_low, to_median_high = position.to_median or (None, None)
    return {
        "claim": judgement.claim,
        "munition": position.munition or judgement.munition,
        "transport": judgement.transport.transport if judgement.transport else None,
        "verdict": judgement.verdict,
        "verdict_low": judgement.ends[0],
        "verdict_high": judgement.ends[1],
        "ratio_bound": judgement.ratio_bound,
        "ratio_low": judgement.ratio[0],
        "ratio_high": judgement.ratio[1],
        "packing": position.packing or None,
        "basis": position.basis or None,
        "per_transport_low": low,
        "per_transport_median": median,
        "per_transport_high": high,
        "level": level,
        "position_low": position_low,
        "position_high": position_high,
        "to_median_low": to_median_low,
        "to_median_high": to_median_high,
        "mass": position.limited_by.get("mass"),
        "space": position.limited_by.get("space"),
        "grade": None if estimate is None else estimate.grade,
        "findings": "; ".join(finding.name for finding in judgement.findings) or None,
        "missing": position.missing or None,
    }


def _cells(position: Position, level: float) -> tuple[str, ...]:
    estimate = position.per_transport
    if estimate is None:
        return position.packing, position.missing
    quantiles = say_quantiles(estimate, level)
    return (
        position.packing,
        position.basis,
        quantiles.median,
        quantiles.band,
        " to ".join(dict.fromkeys(map(words.percent, position.position or ()))) or "-",
        " to ".join(dict.fromkeys(map(times_over, position.to_median or ()))) or "-",
        limits_in_words(estimate),
        estimate.grade,
    )


def _bounded(values: tuple[float, float], bound: str, digits: int = 3) -> str:
    low, high = (span((value, value), digits) for value in values)
    return words.with_bound(bound, low, high)


def span(values: tuple[float, float], digits: int = 3) -> str:
    """Return two numbers with some digits, or one where they are the same."""
    return " to ".join(dict.fromkeys(f"{value:.{digits}g}" if value < 1000 else f"{value:,.0f}" for value in values))


def figure_of(judgement: Judgement, level: float, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Audit.plot`."""
    level = inputs.check_level(level)
    positions = judgement.positions
    several = len(judgement.cargoes) > 1
    estimates = [position.per_transport for position in positions if position.per_transport is not None]
    ceiling = next((position.per_transport for position in positions if position.packing == "ceiling"), None)
    if len(positions) == 1 or several:
        ceiling = None
    rows = []
    for position in positions:
        label = f"{position.munition} {position.packing}" if several else position.packing
        if position.per_transport is None:
            rows.append(plot.Band(label, missing=position.missing))
        elif position.packing != "ceiling" or ceiling is None:
            rows.append(plotting.band_of(f"{label} ({position.basis})", position.per_transport, level))
    low, high = _ends(judgement)
    # Those of the record left out of `reported` are the claim itself.
    cited = [f"{key} (published)" for key in judgement.left_out]
    below = [plotting.cut_note(level), plotting.source_line(estimates, cited) if source and estimates else ""]
    return plot.bands(
        rows,
        claims=[plot.Mark("the claim", low, high)],
        ceiling=None if ceiling is None else plotting.ceiling_of(ceiling, level),
        title=f"{judgement.claim}\n{judgement.verdict}: {judgement.because}",
        unit=f"rounds per {judgement.statement.kind}",
        source="\n".join(filter(None, below)),
        ax=ax,
    )


def _ends(judgement: Judgement) -> tuple[float | None, float | None]:
    """Return what the claim says of rounds per transport, an end that it leaves open as None."""
    low, high = judgement.ratio
    bound = judgement.ratio_bound
    return (None if bound == "ceiling" else low), (None if bound == "floor" else high)
