"""The digits of a number as people write them, for counts in words and for quantities alike."""

from __future__ import annotations

import re

__all__ = ["DOT_OR_THOUSANDS", "GROUPED_DIGITS", "ODD_SIGNS", "PLAIN_DIGITS", "SEPARATORS", "WRITTEN_DIGITS"]

WRITTEN_DIGITS = r"(?:[0-9](?:[0-9.,_' ]*[0-9])?|\.[0-9]+)"
"""Digits with whatever may stand between them; which of these are sound, the next three tell."""

PLAIN_DIGITS = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
GROUPED_DIGITS = re.compile(r"[1-9][0-9]{0,2}([ ,_'])[0-9]{3}(?:\1[0-9]{3})*(?:\.[0-9]+)?")
DOT_OR_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")

SEPARATORS = re.compile("[ ,_']")

ODD_SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-"),  # hyphens, dashes, minus
        **dict.fromkeys("\u301c\u223c\uff5e", "~"),
        "\u2019": "'",
    }
)
