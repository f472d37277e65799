"""Audit a claim: compare it with every packing, with physical limits and with other claims."""

from __future__ import annotations

from shellflow.audits._audit import Audit
from shellflow.audits._auditing import audit
from shellflow.audits._judgement import Judgement, Position
from shellflow.audits._verdicts import VERDICTS, Thresholds, joint, verdict_on, verdict_on_range

__all__ = [
    "VERDICTS",
    "Audit",
    "Judgement",
    "Position",
    "Thresholds",
    "audit",
    "joint",
    "verdict_on",
    "verdict_on_range",
]
