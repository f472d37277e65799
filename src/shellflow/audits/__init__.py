"""Audit a claim: compare it with every packing, with physical limits and with other claims."""

from __future__ import annotations

from shellflow.audits._audit import VERDICTS, Audit, Position
from shellflow.audits._auditing import audit

__all__ = ["VERDICTS", "Audit", "Position", "audit"]
