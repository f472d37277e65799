"""A claim held against every packing, against what cannot be, and against the rest of the record."""

from __future__ import annotations

from shellflow.audits._audit import VERDICTS, Audit, Position
from shellflow.audits._auditing import audit

__all__ = ["VERDICTS", "Audit", "Position", "audit"]
