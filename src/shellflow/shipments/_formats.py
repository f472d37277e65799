"""Numbers in a workbook as their cells show them: a format may add a unit, a bound or a sign of per cent."""

from __future__ import annotations

import operator
import re
import unicodedata

__all__ = ["as_shown", "hidden_in_date", "shows_three_decimals"]

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|(?P<plain>.)', re.DOTALL
)
_DIGITS = "0#?"
_CONDITION = re.compile(r"(?:\[[^\]]*\])*?\[(?P<sign><=|>=|<>|<|>|=)(?P<limit>-?[0-9]+(?:\.[0-9]+)?)\]")
_HOLDS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_SAYS = "<>~%?\u2264\u2265\u2248"


def as_shown(value: float, code: str) -> float | str:
    """Return a number, or the text that its cell shows where its format adds words or signs to it.

    Parameters
    ----------
    value : float
        What the cell holds [unitless].
    code : str
        Its number format, such as `0" t"` or `0%` [unitless].

    Returns
    -------
    float or str
        The number where the format says no more than it.

    Examples
    --------
    >>> as_shown(440, '0" t"'), as_shown(300, '0"+"'), as_shown(0.5, "0%"), as_shown(1250, "#,##0")
    ('440 t', '300+', '50%', 1250)
    >>> as_shown(10, '[>=15]0" t";0" kg"')
    '10 kg'
    """
    core, before, after = _parts(_section_of(value, re.sub("(?i)general", "0", code)))
    affixes = before + after
    says = any(letter.isalpha() or letter in _SAYS or unicodedata.category(letter) == "Sc" for letter in affixes)
    if not core or not (says or after.strip().startswith("+")):
        return value
    scaled = value * 100 if "%" in affixes else value
    thousands = len(core) - len(core.rstrip(","))
    return f"{before}{_digits(scaled / 1000**thousands)}{after}".strip()


def _digits(value: float) -> str:
    """Return a number as a text without a sign of decimals, which might settle those of other cells."""
    if value == round(value):
        return f"{value:.0f}"
    digits, _, exponent = f"{value:.14e}".partition("e")
    significant = digits.replace(".", "").rstrip("0")
    return f"{significant}e{int(exponent) - len(significant.lstrip('-')) + 1}"


def _section_of(value: float, code: str) -> str:
    """Return the section of a format that shows a number: by their conditions, or else by its sign.

    Of a section without placeholders, such as "-" for 0, the first one stands for it.
    """
    sections = _sections(code)
    conditions = [_CONDITION.match(section.strip()) for section in sections[:2]]
    if any(conditions):
        held = (
            section
            for section, condition in zip(sections, conditions, strict=False)
            if condition and _HOLDS[condition["sign"]](value, float(condition["limit"]))
        )
        others = sections[2 if all(conditions) else 1 :]
        section = next(held, others[0] if others else "")
    else:
        by_sign = 1 if value < 0 else 2 if value == 0 else 0
        section = sections[by_sign] if by_sign < len(sections) else sections[0]
    return section if not section or _parts(section)[0] else sections[0]


def _sections(code: str) -> list[str]:
    """Return the sections of a format, which semicolons part that are no text."""
    sections = [""]
    for token in _TOKEN.finditer(code):
        if token["plain"] == ";":
            sections.append("")
        else:
            sections[-1] += token[0]
    return sections


def _parts(section_code: str) -> tuple[str, str, str]:
    """Return the placeholders of a section of a format, and what stands before and after them."""
    texts: dict[str, list[str]] = {"core": [], "before": [], "after": []}
    section = "before"
    for token in _TOKEN.finditer(section_code):
        plain = token["plain"]
        if plain is not None and (plain in _DIGITS or (section != "before" and plain in ".,")):
            texts["core"] += [*texts.pop("after", []), plain] if section == "after" and plain in _DIGITS else [plain]
            section = "after"
            texts.setdefault("after", [])
        else:
            literal = next((text for text in (token["quoted"], token["escaped"], token["currency"], plain) if text), "")
            texts[section].append(literal)
    core, before, after = ("".join(texts[name]) for name in ("core", "before", "after"))
    return core, before, after


def shows_three_decimals(code: str) -> bool:
    """Return whether a number is shown with three decimals, which look like thousands to some."""
    return re.search(r"\.[0#?]{3}(?![0#?])", code.partition(";")[0]) is not None


def hidden_in_date(code: str) -> str:
    """Return what a date is shown without, "year", "day" or "", which a program may have added."""
    letters = set(_TOKEN.sub(lambda token: token["plain"] or "", code.partition(";")[0]).casefold())
    if not letters & set("dmy"):
        return ""
    return "year" if not letters & set("yeg") else "" if "d" in letters else "day"
