"""A reconciliation as two sentences fit to print: whether the statements agree, and what they leave of each model."""

from __future__ import annotations

from collections.abc import Sequence

from shellflow import words
from shellflow.estimates import sentences
from shellflow.reconciliation._blocks import Block, plain, weighted
from shellflow.reconciliation._report import overall

__all__ = ["sentence_of"]


def sentence_of(blocks: Sequence[Block], level: float) -> str:
    """Return a reconciliation as two sentences."""
    lines = [f"{line.in_words} in {line.count_in_words}" for line in blocks[0].lines]
    verdicts = [
        f"held against {sentences.subject_of(block.model.estimate)}: {overall(block.weighing)}" for block in blocks
    ]
    before_and_after = [_before_and_after(block, level) for block in blocks]
    conditions = sentences.conditions_of([block.model.estimate for block in blocks])
    errors = "how far each statement is trusted is the reader's own"
    return sentences.finished(
        f"{' and '.join(lines)}, {'; '.join(verdicts)}",
        "; ".join([*before_and_after, conditions, errors]),
    )


def _before_and_after(block: Block, level: float) -> str:
    """Return the rounds in one transport before and after the statements."""
    rounds = block.model.unknowns[0]
    before, after = plain(rounds, level), weighted(rounds, block.weighing, level)
    median, band = before.in_words()
    text = f"before them a {block.model.kind} holds {median} rounds ({words.percent(level)} band: {band})"
    if after is None:
        return f"{text}, and nothing is said after them"
    median, band = after.in_words()
    return f"{text}, after them {median} ({band})"
