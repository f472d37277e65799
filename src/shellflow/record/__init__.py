"""The published record: what was said, held against physics and against the rest, and used to test our own bands."""

from __future__ import annotations

from shellflow.record._audit import VERDICTS, Audit, Position
from shellflow.record._auditing import audit
from shellflow.record._backtest import Backtest, Prediction, backtest
from shellflow.record._claims import claims
from shellflow.record._findings import Finding

__all__ = ["VERDICTS", "Audit", "Backtest", "Finding", "Position", "Prediction", "audit", "backtest", "claims"]
