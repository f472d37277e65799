"""Counts, rates and claims as people write them: read from text, and written with no more digits than they deserve.

Whatever can be read in two ways is refused, with what to write instead: `6.700` and `6,7` mix up decimals and
thousands, `3m` is three metres to some and three million to others, a box is a crate here and a container there.
"""

from __future__ import annotations

from shellflow.words._cells import Cell, Marks, in_english, marks_in, read_cell, respelt
from shellflow.words._percentages import percent, percents
from shellflow.words._quantiles import NO_SPREAD, Quantiles, formatted, round_alone, round_quantiles, say_quantiles
from shellflow.words._reading import Amount, Claimed, Rate, read_claim, read_count, read_rate
from shellflow.words._vocabulary import (
    ABROAD,
    DOT_OR_THOUSANDS,
    GROUPED_DIGITS,
    NOUNS,
    ODD_SIGNS,
    PLAIN_DIGITS,
    SEPARATORS,
    WRITTEN_DIGITS,
)
from shellflow.words._writing import say, say_band, step, with_bound, with_noun

__all__ = [
    "ABROAD",
    "DOT_OR_THOUSANDS",
    "GROUPED_DIGITS",
    "NOUNS",
    "NO_SPREAD",
    "ODD_SIGNS",
    "PLAIN_DIGITS",
    "SEPARATORS",
    "WRITTEN_DIGITS",
    "Amount",
    "Cell",
    "Claimed",
    "Marks",
    "Quantiles",
    "Rate",
    "formatted",
    "in_english",
    "marks_in",
    "percent",
    "percents",
    "read_cell",
    "read_claim",
    "read_count",
    "read_rate",
    "respelt",
    "round_alone",
    "round_quantiles",
    "say",
    "say_band",
    "say_quantiles",
    "step",
    "with_bound",
    "with_noun",
]
