"""A reconciliation as a figure: what was stated beside what the model says, and the model before and after."""

from __future__ import annotations

from shellflow import words
from shellflow.plot import Band, Mark, Panel
from shellflow.reconciliation._blocks import Block, Spread, given_others, plain, weighted
from shellflow.reconciliation._report import why_no_band

__all__ = ["panels_of"]


def panels_of(block: Block, level: float) -> list[Panel]:
    """Return a panel for each statement, and one for each thing the model does not know."""
    panels = []
    for place, line in enumerate(block.lines):
        others = given_others(block, place, level)
        few = "no band: the others leave too few draws, or conflict"
        rows = [_row("the model alone", plain(block.values[place], level), level)]
        if len(block.lines) > 1:
            rows.append(_row("given the others", others, level, few))
        verdict = block.weighing.verdicts[place]
        title = f"{line.name}, per {line.count_in_words}{f': {verdict}' if verdict else ''}"
        unit = "rounds" if line.quantity == "rounds" else "tonnes"
        panels.append(Panel(title, unit, rows, [Mark("stated", *line.range)]))
    why = why_no_band(block)
    first = block.model.unknowns[0]
    for unknown in block.model.unknowns:
        after = weighted(unknown, block.weighing, level)
        share = not unknown.unit
        rows = [
            _row("before", plain(unknown, level), level, share=share),
            _row("after", after, level, f"no band: {why}", share=share),
        ]
        panels.append(
            Panel("before and after" if unknown is first else "", f"{unknown.label}{', %' if share else ''}", rows)
        )
    return panels


def _row(label: str, band: Spread | None, level: float, missing: str = "", *, share: bool = False) -> Band:
    if band is None:
        return Band(label, missing=missing)
    low, median, high = (100 * end if share else end for end in (band.low, band.median, band.high))
    return Band(label, low, median, high, text=f"{words.percent(level)}: {band.in_words(share=share)[1]}")
