"""Count times share times mix times packing: rounds in every draw; the way back; all packings side by side."""

from __future__ import annotations

from shellflow.estimates._ask import estimate, units_needed
from shellflow.estimates._comparison import Comparison, Line, cautions_of, compare, compare_needed, limits_in_words
from shellflow.estimates._estimate import Estimate
from shellflow.estimates._report import answer_of, reasons, sources_of

__all__ = [
    "Comparison",
    "Estimate",
    "Line",
    "answer_of",
    "cautions_of",
    "compare",
    "compare_needed",
    "estimate",
    "limits_in_words",
    "reasons",
    "sources_of",
    "units_needed",
]
