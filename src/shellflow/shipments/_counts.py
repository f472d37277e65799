"""A cell of a column of counts or masses, read as people write numbers."""

from __future__ import annotations

import re

from shellflow import units, words
from shellflow.errors import ShellflowError, UnitError, shown

__all__ = ["MISSING", "read_cell", "read_mass_cell"]

_WITH_UNIT = re.compile(r"(?i)(.*?)(?<!\s)\s*((?:(?:short|long|metric) )?[^\W\d]\w*)")

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


def read_mass_cell(text: str, *, argument: str) -> float | None:
    """Return the mass in a cell; None where it is missing.

    Parameters
    ----------
    text : str
        The cell; a number without a unit is in tonnes [unitless].
    argument : str
        Its name in error messages, such as that of the column [unitless].

    Returns
    -------
    float or None
        The mass [t].

    Raises
    ------
    ShellflowError
        If it is no mass, or can be read in two ways.

    Examples
    --------
    >>> read_mass_cell("74,000", argument="mass"), read_mass_cell("500 kg", argument="mass")
    (74000.0, 0.5)
    """
    try:
        tonnes, noun = read_cell(text, argument=argument)
    except ShellflowError:
        parts = _WITH_UNIT.fullmatch(text.translate(words.ODD_SIGNS).strip())
        if parts is None:
            raise
        number, unit = parts.groups()
        try:
            unit_kg = units.magnitude(f"1 {unit}", "kg", argument)
            tonnes, noun = read_cell(number, argument=argument)
        except ShellflowError as error:  # of the cell, as it was given
            message = str(error).replace(shown(f"1 {unit}"), shown(text)).replace(shown(number), shown(text), 1)
            raise type(error)(message) from None
        if tonnes is not None:
            tonnes *= unit_kg / 1000
    if noun is not None:
        raise UnitError(f"{argument}={shown(text)} is a count of {noun}s; expected a mass in tonnes.")
    return tonnes
