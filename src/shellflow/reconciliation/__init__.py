"""Several lines of evidence on one flow, held against each other and against a model of it."""

from __future__ import annotations

from shellflow.reconciliation._evidence import Evidence
from shellflow.reconciliation._reconciliation import Reconciliation
from shellflow.reconciliation._reconciling import reconcile
from shellflow.reconciliation._stating import statement
from shellflow.reconciliation._weights import (
    AGREES,
    CONFLICTS,
    FEWEST,
    OUTSIDE,
    PULLS,
    Range,
    Weighing,
    log_likelihood,
    weigh,
    weighted_band,
    weighted_quantiles,
)

__all__ = [
    "AGREES",
    "CONFLICTS",
    "FEWEST",
    "OUTSIDE",
    "PULLS",
    "Evidence",
    "Range",
    "Reconciliation",
    "Weighing",
    "log_likelihood",
    "reconcile",
    "statement",
    "weigh",
    "weighted_band",
    "weighted_quantiles",
]
