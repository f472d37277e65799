"""The panel for Jupyter: controls, and the estimate that they ask for."""

from __future__ import annotations

from shellflow.panel._changes import CHANGES
from shellflow.panel._explore import Panel, explore
from shellflow.panel._state import Choices, State, choices_of, code_of, estimate_of

__all__ = ["CHANGES", "Choices", "Panel", "State", "choices_of", "code_of", "estimate_of", "explore"]
