"""What was said: published claims, what the numbers of each bound, and slips between what was said and printed."""

from __future__ import annotations

from shellflow.statements._claims import chosen_of, claims, read_claims, record_of
from shellflow.statements._findings import Finding, findings_of
from shellflow.statements._limits import EXACT, SEEN
from shellflow.statements._siblings import dates_meet, same_boxes
from shellflow.statements._statements import (
    UNSPECIFIED,
    Statement,
    apart_in_words,
    as_date,
    bounded_ratio_of,
    first_day,
    last_day,
    numbers_of,
    of_record,
    ratio_in_words,
    ratio_of,
    read_side,
    side_in_words,
)

__all__ = [
    "EXACT",
    "SEEN",
    "UNSPECIFIED",
    "Finding",
    "Statement",
    "apart_in_words",
    "as_date",
    "bounded_ratio_of",
    "chosen_of",
    "claims",
    "dates_meet",
    "findings_of",
    "first_day",
    "last_day",
    "numbers_of",
    "of_record",
    "ratio_in_words",
    "ratio_of",
    "read_claims",
    "read_side",
    "record_of",
    "same_boxes",
    "side_in_words",
]
