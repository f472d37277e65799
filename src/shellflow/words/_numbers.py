"""One number and one noun at the start of a text, and the errors for what cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NoReturn

from shellflow import checks
from shellflow.errors import BoundError, UnitError, bad_argument, shown, unknown_item
from shellflow.words._vocabulary import (
    DOT_OR_THOUSANDS,
    GROUPED_DIGITS,
    LETTERS,
    MEASURE_OF,
    NOUN_OF,
    ODD_SIGNS,
    PLAIN_DIGITS,
    SCALES,
    SEPARATORS,
    SHORT_SCALES,
    SPELLINGS,
    TREACHEROUS,
    WRITTEN_DIGITS,
)

__all__ = ["A_COUNT", "END", "Number", "any_of", "key", "noun_at", "number_at", "refuse_rest", "tidy"]


def any_of(words: Iterable[str]) -> str:
    """Return the alternation of these words, longest first, lest "no more than" be read as "no"."""

    def spelt(word: str) -> str:
        # With the letters of every script, "conta\u0131ners", with a dotless i, would match and then be found nowhere.
        return f"(?{'a' if word.isascii() else ''}i:{re.escape(word)})".replace(r"\ ", "[ -]+")

    return f"(?:{'|'.join(map(spelt, sorted(words, key=len, reverse=True)))})"


END = r"(?![^\W_])"
_NUMBER = re.compile(rf"({WRITTEN_DIGITS})(?:[eE]([+-]?[0-9]{{1,6}}))?")
# Left to `re` to compile when they are met: 5 ms, with those of claims, that plain digits do not need.
_SCALE = rf" *(?:([{''.join(LETTERS)}])|({any_of(SHORT_SCALES)})|({any_of(SCALES)})[sS]?){END}"
_A_SCALE = rf"(?i)(half +)?an? +({any_of(SCALES)}){END}"
_NOUN = rf"(?i) *({any_of(NOUN_OF)}){END}"

_LONGEST_TEXT = 200
A_COUNT = "a count such as 6700, '6,700', '6.7k', '3M' or '3 million rounds'"


@dataclass(frozen=True, slots=True)
class Number:
    """Digits, the power of ten they are multiplied by, whether nothing can be left out of them, and what follows."""

    digits: str
    power: int
    written_out: bool
    rest: str

    @property
    def value(self) -> float:
        return float(f"{self.digits}e{self.power}")


def tidy(text: str, argument: str) -> str:
    """Return a text with plain spaces, hyphens and apostrophes."""
    if not isinstance(text, str):
        raise bad_argument(argument, text, "a text", f"Write {A_COUNT}.")
    if len(text) > _LONGEST_TEXT:
        raise bad_argument(argument, text, f"at most {_LONGEST_TEXT} letters long", f"Write {A_COUNT}.")
    return text.translate(ODD_SIGNS).strip()


def key(words: str) -> str:
    """Return words as the vocabulary has them."""
    return " ".join(words.casefold().replace("-", " ").split())


def number_at(text: str, argument: str, full_text: str) -> Number | None:
    """Return the number at the start of the text; None where there is none."""
    if text[:1] in "aAhH" and (scale := re.match(_A_SCALE, text)):
        return Number("0.5" if scale[1] else "1", SCALES[key(scale[2])], True, text[scale.end() :])
    match = _NUMBER.match(text)
    if match is None:
        return None
    written, exponent, rest = match[1], match[2], text[match.end() :]
    power = int(exponent or 0)
    scale = re.match(_SCALE, rest) if rest else None
    if scale and exponent:
        allowed = "a number with an exponent or a multiplier, not both"
        raise bad_argument(argument, full_text, allowed, "Write e.g. '1e6' or '1M'.")
    if scale:
        power = LETTERS[scale[1]] if scale[1] else {**SHORT_SCALES, **SCALES}[key(scale[2] or scale[3])]
        rest = rest[scale.end() :]
    grouped = GROUPED_DIGITS.fullmatch(written)
    if grouped:
        # Before a multiplier, 3,125 may be three thousand or three and an eighth.
        ambiguous = grouped[1] == "," and bool(scale or exponent)
    elif PLAIN_DIGITS.fullmatch(written):
        ambiguous = not (scale or exponent) and bool(DOT_OR_THOUSANDS.fullmatch(written))
    else:
        ambiguous = True
    if ambiguous:
        _refuse_separators(written, argument, full_text)
    digits = SEPARATORS.sub("", written)
    number = Number(digits, power, bool(grouped or exponent), rest)
    checks.number(number.value, argument, written=shown(full_text))
    if number.value == 0 and digits.strip("0."):
        raise bad_argument(argument, full_text, "large enough to tell from 0")
    return number


def noun_at(text: str) -> tuple[str | None, str]:
    """Return the noun at the start of the text, None where there is none, and the rest."""
    match = re.match(_NOUN, text) if text else None
    return (NOUN_OF[key(match[1])], text[match.end() :]) if match else (None, text)


def _refuse_separators(written: str, argument: str, full_text: str) -> NoReturn:
    separator = written.strip("0123456789")
    if separator in (".", ",") and written[0] != separator:
        decimals, thousands = (_respelt(full_text, separator, as_decimal) for as_decimal in (True, False))
        three = len(written.split(separator)[1]) == 3 and written[0] != "0"
        fix = f"Write {shown(decimals)} for the decimal" + (
            f", {shown(thousands)} for the thousands." if three else "."
        )
    else:
        fix = "Write the digits without separators or as '1,234,567', and a decimal as '6.7'."
    raise bad_argument(argument, full_text, "a number whose separators can be read in one way only", fix)


def _respelt(full_text: str, separator: str, as_decimal: bool) -> str:
    """Return a text with every number around this separator written in the one way or the other."""

    def respell(match: re.Match[str]) -> str:
        above, below = match.groups()
        if not as_decimal:
            return f"{above}{below}"
        # A fourth decimal tells 6.7000 from six thousand seven hundred.
        return f"{above}.{below}{'0' if len(below) == 3 and above[0] != '0' else ''}"

    return re.sub(rf"([0-9]+)\{separator}([0-9]+)", respell, full_text)


def refuse_rest(rest: str, noun: str | None, argument: str, full_text: str) -> NoReturn:
    """Raise what is wrong with the text that follows a number and its noun."""
    rest = rest.strip()
    if re.match(r"\u00b1|\+ */? *-", rest):
        fix = "It may be a limit or a standard deviation. Write the two ends, e.g. '280-320'."
        raise BoundError(f"{argument}={shown(full_text)}: \u00b1 can be read in two ways. {fix}")
    if re.match(r"%|per ?cent\b", rest, re.IGNORECASE):
        raise bad_argument(argument, full_text, "a count, not a share", f"Write {A_COUNT}.")
    if rest[0].isdigit() or (rest[0] in ".,_'" and rest[1:2].isdigit()):
        _refuse_separators(rest, argument, full_text)
    words = re.findall(r"[a-z]+[0-9]*", rest.casefold())
    if noun or not words or not rest[0].isalpha():
        fix = f"Leave out {shown(rest)}."
        if not rest.isascii():  # It may be a bound in another language, which must not be lost.
            fix = f"If {shown(rest)} is a bound, write 'at least' or 'at most' before the number; else leave it out."
        raise bad_argument(argument, full_text, "one count with at most one noun", fix)
    if words[0] in ("and", "or", "to"):
        raise bad_argument(argument, full_text, "one number, or a range with two ends", "Write e.g. '4.2-5.8M'.")
    measure = words[1] if words[0] in ("metric", "short", "long", "square", "cubic") and len(words) > 1 else words[0]
    if measure in MEASURE_OF:
        fix = "Say of what, e.g. '6700 containers'."
        if measure in ("m", "mm"):
            fix = "For millions write '3M' or '3 million'; in a command a munition goes after -m."
        raise UnitError(
            f"{argument}={shown(full_text)}: a bare {MEASURE_OF[measure]} ({measure}) is not a count. {fix}"
        )
    if words[0] in TREACHEROUS:
        allowed = f"a count of rounds, packages or transports, not of {words[0]}"
        raise bad_argument(argument, full_text, allowed, TREACHEROUS[words[0]])
    if words[0].removesuffix("s") in SCALES:
        raise bad_argument(
            argument, full_text, "a number with one multiplier", "Write it in digits, e.g. '3,000,000,000'."
        )
    known = (f"{form}s" for forms in SPELLINGS.values() for form in forms.split("|") if " " not in form)
    raise unknown_item("noun", rest, known, f"({argument}={shown(full_text)})")
