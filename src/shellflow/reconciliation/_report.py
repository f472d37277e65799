"""How a reconciliation reads: one part a model, its statements first, then what the model says before and after."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from shellflow import display, words
from shellflow.reconciliation._blocks import Block, Spread, given_others, plain, weighted
from shellflow.reconciliation._evidence import Evidence
from shellflow.reconciliation._models import Model, Unknown
from shellflow.reconciliation._weights import AGREES, CONFLICTS, FEWEST, OUTSIDE, PULLS, Weighing

__all__ = ["overall", "quantity_rows", "report_of", "statement_rows", "why_no_band"]

_SUPPORT = (
    "support: mean likelihood of a statement over the draws of the model; given the others: over the draws as weighted "
    "by them. It is no probability that the statement is true."
)
_VERDICT = (
    "verdict: agrees where the others leave at least 95 % of its support, pulls where more than a third, conflicts "
    "where less; outside the model where the model comes within two errors of it in under 1 % of the draws."
)
_ERRORS = (
    "error: yours, the standard deviation of the logarithm; what stands after follows it. A count is no statement of "
    "its own, and a total computed from a count says no more than the ratio it was computed with."
)
_NO_ESTIMATE = "A packing is judged by its sources and never fitted to totals: no estimate can be made of this."
_OVERALL = {
    "": "one statement, no verdict",
    AGREES: "the statements agree",
    PULLS: "the statements pull at each other",
    CONFLICTS: "the statements conflict",
    OUTSIDE: "a statement lies outside the model",
}
_SERIOUS = (OUTSIDE, CONFLICTS, PULLS, AGREES, "")


def report_of(blocks: Sequence[Block], level: float) -> display.Report:
    """Return a reconciliation as plain data."""
    lines = blocks[0].lines
    models = words.with_noun(len(blocks), "model") if len(blocks) > 1 else "one model"
    return display.Report(
        f"{words.with_noun(len(lines), 'statement')} held against {models}",
        rows=tuple(statement_rows(blocks, level)),
        steps=tuple(_steps(block, place, level) for block in blocks for place in range(len(block.lines))),
        parts=tuple(_part(block, blocks, level) for block in blocks),
        cautions=tuple(_cautions(blocks, lines)),
        notes=(_SUPPORT, _VERDICT, _ERRORS, _NO_ESTIMATE),
        sources=tuple(f"{line.name}: {line.source}" for line in lines if line.source),
        stamp=_stamp([block.model for block in blocks]),
    )


def _stamp(models: Sequence[Model]) -> dict[str, object]:
    """Return what makes the models again; versions and data that differ between them, all of them."""
    names = dict.fromkeys(name for model in models for name in model.made_by)
    made_by = {name: "+".join(dict.fromkeys(model.made_by.get(name, "") for model in models)) for name in names}
    return {**made_by, "n": models[0].settings.n, "seed": models[0].settings.seed}


def overall(weighing: Weighing) -> str:
    """Return the gravest verdict, in words."""
    return _OVERALL[next(verdict for verdict in _SERIOUS if verdict in weighing.verdicts)]


def why_no_band(block: Block) -> str:
    """Return why nothing is said after weighing; "" where something is."""
    weighing, lines = block.weighing, block.lines
    if weighing.has_band:
        return ""
    if weighing.outside:
        names = " and ".join(lines[place].name for place in weighing.outside)
        return f"{names} {'lies' if len(weighing.outside) == 1 else 'lie'} outside the model"
    if weighing.hardest is not None:
        first, second = (lines[place].name for place in weighing.hardest)
        if len(lines) == 2:
            return f"{first} and {second} conflict, and nothing here tells which of them is wrong"
        return f"{first} and {second} pull hardest against each other"
    fewest = words.percent(FEWEST)
    return f"the draws that fit are worth {weighing.ess:,.0f} of {block.model.settings.n:,}, under {fewest}"


def _part(block: Block, blocks: Sequence[Block], level: float) -> display.Report:
    weighing = block.weighing
    reasons = [
        ("draws left", f"worth {weighing.ess:,.0f} of {block.model.settings.n:,}"),
        ("grade of the model", block.model.grade),
    ]
    if why := why_no_band(block):
        reasons.append(("no band after", why))
        if len(blocks) > 1:
            reasons.append(("under the other models", _elsewhere(block, blocks)))
    return display.Report(
        f"{block.model.name}: {block.model.title}" if block.model.name else block.model.title,
        answers=(display.Answer(overall(weighing), reasons=tuple(reasons)),),
        columns=(
            display.Column("statement"),
            display.Column("stated", right=True),
            display.Column("per"),
            display.Column("error", right=True),
            display.Column(f"the model alone, {words.percent(level)}", right=True),
            display.Column("support alone", right=True),
            display.Column("given the others", right=True),
            display.Column("verdict"),
        ),
        cells=tuple(_statement_cells(block, place, level) for place in range(len(block.lines))),
        bands=tuple(
            _over(plain(values, level), _middle(line)) for values, line in zip(block.values, block.lines, strict=True)
        ),
        mark=(1.0, 1.0),
        mark_label="as stated; bars: what the model alone says, over what was stated",
        parts=(_before_and_after(block, level),),
    )


def _elsewhere(block: Block, blocks: Sequence[Block]) -> str:
    """Return under which of the other models statements that conflict do not, or those that leave no band leave one."""
    others = [other for other in blocks if other is not block]
    if block.weighing.conflicting:
        free = [other for other in others if not (other.weighing.conflicting or other.weighing.outside)]
        return f"no conflict under {_names(free)}" if free else "a conflict too"
    fitting = [other for other in others if other.weighing.has_band]
    return f"a band under {_names(fitting)}" if fitting else "no band either"


def _names(blocks: Sequence[Block]) -> str:
    return ", ".join(block.model.name for block in blocks)


def _statement_cells(block: Block, place: int, level: float) -> tuple[str, ...]:
    line, weighing = block.lines[place], block.weighing
    alone = plain(block.values[place], level)
    return (
        line.name,
        line.in_words,
        line.count_in_words,
        f"{line.error:g}",
        alone.in_words()[1],
        _support(weighing.alone[place]),
        _support(weighing.given_others[place]) if len(block.values) > 1 else "-",
        weighing.verdicts[place] or "-",
    )


def _support(value: float) -> str:
    return f"{value:.2f}" if value >= 0.095 else f"{value:.2g}" if value >= 0.001 else "<0.001"


def _before_and_after(block: Block, level: float) -> display.Report:
    band = f"{words.percent(level)} band"
    return display.Report(
        "before and after",
        columns=(
            display.Column("what"),
            display.Column("before", right=True),
            display.Column(band, right=True),
            display.Column("after", right=True),
            display.Column(band, right=True),
            display.Column("after, at half the errors", right=True),
            display.Column("at double", right=True),
        ),
        cells=tuple(
            (
                unknown.label,
                *_cells_of(unknown, plain(unknown, level)),
                *_cells_of(unknown, weighted(unknown, block.weighing, level)),
                _cells_of(unknown, weighted(unknown, block.halved, level))[0],
                _cells_of(unknown, weighted(unknown, block.doubled, level))[0],
            )
            for unknown in block.model.unknowns
        ),
        bands=tuple(
            _over(weighted(unknown, block.weighing, level), plain(unknown, level).median)
            for unknown in block.model.unknowns
        ),
        mark=(1.0, 1.0),
        mark_label="the median before; bars: after, over the median before",
    )


def _over(band: Spread | None, one: float) -> display.Band | None:
    """Return a band as multiples of a number, in which quantities of all units share one scale."""
    return None if band is None or not one > 0 else (band.low / one, band.median / one, band.high / one)


def _middle(line: Evidence) -> float:
    """Return the middle of what was stated, or its end that is known."""
    ends = [end for end in line.range if end is not None]
    return math.sqrt(ends[0] * ends[-1])


def _cells_of(unknown: Unknown, band: Spread | None) -> tuple[str, str]:
    if band is None:
        return "no band", "-"
    return band.in_words(share=not unknown.unit)


def _cautions(blocks: Sequence[Block], lines: Sequence[Evidence]) -> list[str]:
    cautions = [
        f"{block.model.name or 'the model'} says what would fit (capacity), and is read here as what was inside"
        for block in blocks
        if block.model.basis != "contents"
    ]
    periods = {line.name: line.period_in_words for line in lines if line.period_in_words}
    if len({*periods.values()}) > 1:
        spans = ", ".join(f"{name} of {period}" for name, period in periods.items())
        cautions.append(
            f"the statements are of different periods ({spans}): loads are taken to be alike in all of them"
        )
    if vague := [line.name for line in lines if line.error >= 1]:
        cautions.append(
            f"the error of {' and '.join(vague)} is a factor of 2.7 or more either way, and tells next to nothing; "
            "0.1 is about 10 %"
        )
    shared: dict[str, list[str]] = {}
    for line in lines:
        if not line.count.is_fixed:
            shared.setdefault(line.count.name, []).append(line.name)
    cautions += [
        f"{' and '.join(names)} share one unknown count: {line.count_in_words}"
        for line in lines
        if (names := shared.pop(line.count.name, [])) and len(names) > 1
    ]
    return cautions


def _steps(block: Block, place: int, level: float) -> dict[str, float]:
    """Return what the bands of a row are rounded to: as the draws left allow."""
    alone, given = plain(block.values[place], level), given_others(block, place, level)
    return {"model_": alone.step} | ({"given_others_": given.step} if given else {})


# --- as plain values --------------------------------------------------------------------------------------------------


def statement_rows(blocks: Sequence[Block], level: float) -> list[dict[str, Any]]:
    """Return one row for each model and statement."""
    rows = []
    for block in blocks:
        for place, line in enumerate(block.lines):
            alone = plain(block.values[place], level)
            given = given_others(block, place, level)
            weighing = block.weighing
            rows.append(
                {
                    "model": block.model.name or None,
                    "statement": line.name,
                    "family": line.family,
                    "quantity": line.quantity,
                    "unit": "round" if line.quantity == "rounds" else "t",
                    "stated_low": line.stated.low,
                    "stated_high": line.stated.high,
                    "bound": line.stated.bound,
                    "count": line.count_in_words,
                    "since": line.since or None,
                    "until": line.until or None,
                    "error": line.error,
                    "model_low": alone.low,
                    "model_median": alone.median,
                    "model_high": alone.high,
                    "given_others_low": given and given.low,
                    "given_others_median": given and given.median,
                    "given_others_high": given and given.high,
                    "level": level,
                    "support": weighing.alone[place],
                    "support_given_others": weighing.given_others[place] if len(block.lines) > 1 else None,
                    "verdict": weighing.verdicts[place] or None,
                    "ess": weighing.ess,
                    "no_band": why_no_band(block) or None,
                }
            )
    return rows


def quantity_rows(blocks: Sequence[Block], level: float) -> list[dict[str, Any]]:
    """Return one row for each model and quantity, before and after."""
    rows = []
    for block in blocks:
        for unknown in block.model.unknowns:
            row: dict[str, Any] = {
                "model": block.model.name or None,
                "what": unknown.label,
                "unit": unknown.unit or None,
            }
            bands = {
                "before": plain(unknown, level),
                "after": weighted(unknown, block.weighing, level),
                "half_errors": weighted(unknown, block.halved, level),
                "double_errors": weighted(unknown, block.doubled, level),
            }
            for name, band in bands.items():
                for end in ("low", "median", "high"):
                    row[f"{name}_{end}"] = None if band is None else getattr(band, end)
            rows.append(row | {"level": level, "no_band": why_no_band(block) or None})
    return rows
