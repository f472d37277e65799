"""Count times share times mix times packing: rounds in every draw; the way back; all packings side by side."""

from __future__ import annotations

from shellflow.estimates._ask import estimate, from_json, units_needed
from shellflow.estimates._batches import Count, Line
from shellflow.estimates._build import check_voyages, count_term, share_input, transport_counted
from shellflow.estimates._comparing import compare, compare_needed
from shellflow.estimates._comparison import Comparison, limits_in_words
from shellflow.estimates._estimate import Estimate
from shellflow.estimates._lines import cautions_of, details_of, missing_in
from shellflow.estimates._misuse import MISUSE
from shellflow.estimates._quotable import Quotable
from shellflow.estimates._reasons import Reasons
from shellflow.estimates._report import answer_of, say_quantiles, sources_of, step_of
from shellflow.estimates._titles import ends_in_words, input_in_words, question

__all__ = [
    "MISUSE",
    "Comparison",
    "Count",
    "Estimate",
    "Line",
    "Quotable",
    "Reasons",
    "answer_of",
    "cautions_of",
    "check_voyages",
    "compare",
    "compare_needed",
    "count_term",
    "details_of",
    "ends_in_words",
    "estimate",
    "from_json",
    "input_in_words",
    "limits_in_words",
    "missing_in",
    "question",
    "say_quantiles",
    "share_input",
    "sources_of",
    "step_of",
    "transport_counted",
    "units_needed",
]
