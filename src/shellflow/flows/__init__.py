"""Shipments in any DataFrame, into rounds over time.

A table is summed up by day and contents in the engine that holds it; all the rest works on these sums, draw by draw.
"""

from __future__ import annotations

from shellflow.flows._ask import flow
from shellflow.flows._balance import Balance
from shellflow.flows._flow import Flow

__all__ = ["Balance", "Flow", "flow"]
