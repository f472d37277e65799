"""How many examples a law is tried on."""

from __future__ import annotations

from hypothesis import settings

__all__ = ["examples"]


def examples(number: int) -> settings:
    """Return settings for so many examples, of which a profile of 10 draws a tenth, as it does of the usual 100."""
    default = settings.default
    assert default is not None
    return settings(max_examples=max(2, number * default.max_examples // 100))
