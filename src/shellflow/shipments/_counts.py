"""A cell of a column of counts, read as people write numbers."""

from __future__ import annotations

from shellflow import words

__all__ = ["MISSING", "read_cell"]

MISSING = frozenset(
    ["", "-", "--", "---", "?", "??", "???", "n/a", "na", "n.a.", "#n/a", "nan", "<na>", "none", "null", "unknown"]
)
"""Texts that mean a missing count, in small letters."""


def read_cell(text: str, *, argument: str) -> tuple[float | None, str | None]:
    """Return the number in a cell, None where it is missing, and the noun beside it.

    Parameters
    ----------
    text : str
        The cell [unitless].
    argument : str
        Its name in error messages, such as that of the column [unitless].

    Returns
    -------
    tuple of float or None and str or None
        The number, and the noun as one of `words.NOUNS`.

    Raises
    ------
    ShellflowError
        If it is no number, or can be read in two ways.

    Examples
    --------
    >>> read_cell("1 200", argument="count"), read_cell("n/a", argument="count")
    ((1200.0, None), (None, None))
    """
    tidy = text.translate(words.ODD_SIGNS).strip()
    if tidy.casefold() in MISSING:
        return None, None
    # Counts in words have no sign; a negative count is refused with its rows.
    sign, unsigned = (tidy[0], tidy[1:].lstrip()) if tidy[0] in "+-" else ("", tidy)
    if not unsigned[:1].isdigit():
        unsigned = f"0{unsigned}" if unsigned[:1] == "." else text
    amount = words.read_count(unsigned, argument=argument)
    return (-amount.value if sign == "-" else amount.value), amount.noun
