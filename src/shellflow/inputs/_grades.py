"""How a number is known, and that no grade is better than its source."""

from __future__ import annotations

from collections.abc import Iterable

from shellflow.errors import ArgumentError, bad_argument

__all__ = ["GRADES", "NO_SOURCE", "check_grade", "weakest"]

GRADES = ("measured", "specified", "published", "derived", "assumed")
"""How a number is known, from the firmest to the weakest."""

NO_SOURCE = "none stated"


def check_grade(grade: str, source: str) -> None:
    """Check that a grade exists and that it is not better than its source, "" or `NO_SOURCE` where there is none."""
    if not isinstance(grade, str) or grade not in GRADES:
        raise bad_argument("grade", grade, f"one of {', '.join(GRADES)}")
    if not isinstance(source, str):
        raise bad_argument("source", source, "a text that says where the figure is from")
    if grade != "assumed" and (not source.strip() or source == NO_SOURCE):
        raise ArgumentError(
            f"grade={grade!r} without a source: a number without a source is graded 'assumed'. "
            "Give source=..., or leave the grade out."
        )


def weakest(grades: Iterable[str]) -> str:
    """Return the weakest of some grades, at least one."""
    listed = list(grades)
    for grade in listed:
        if not isinstance(grade, str) or grade not in GRADES:
            raise bad_argument("grade", grade, f"one of {', '.join(GRADES)}")
    if not listed:
        raise bad_argument("grades", listed, "at least one grade")
    return max(listed, key=GRADES.index)
