"""The version to be cited is that of the library."""

from __future__ import annotations

from pathlib import Path

import shellflow


def test_the_version_to_be_cited_is_that_of_the_library() -> None:
    citation = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {shellflow.__version__}\n" in citation
