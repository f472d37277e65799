"""Count times share times mix times packing: rounds in every draw; the way back; all packings side by side."""

from __future__ import annotations

from shellflow.estimates._ask import estimate, units_needed
from shellflow.estimates._comparison import Comparison, compare, compare_needed
from shellflow.estimates._estimate import Estimate

__all__ = ["Comparison", "Estimate", "compare", "compare_needed", "estimate", "units_needed"]
