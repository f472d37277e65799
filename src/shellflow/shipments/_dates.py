"""Dates as people write them in tables; whatever can be read in two ways is left to the rest of the column."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from shellflow.errors import DataError, shown

__all__ = ["Written", "read_date"]

_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?"
_TIME = rf"(?:[T ] *{_CLOCK}(?: ?(?:Z|UTC|[+-][0-9]{{2}}(?::?[0-9]{{2}})?))?)?"
_ISO = re.compile(rf"(?P<year>[0-9]{{4}})-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}}){_TIME}")
_YEAR_FIRST = re.compile(
    rf"(?P<year>[0-9]{{4}})(?P<mark>[-/.])(?P<month>[0-9]{{1,2}})(?P=mark)(?P<day>[0-9]{{1,2}})\.?{_TIME}"
)
_YEAR_LAST = re.compile(
    rf"(?P<first>[0-9]{{1,2}})(?P<mark>[-/.])(?P<second>[0-9]{{1,2}})(?P=mark)(?P<year>[0-9]{{4}}){_TIME}"
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}")
_KOREAN = re.compile(r"(?P<year>[0-9]{4})년 *(?P<month>[0-9]{1,2})월 *(?P<day>[0-9]{1,2})일")
_DAY_WORD = re.compile(
    r"(?P<day>[0-9]{1,2})\.?[ -]*(?P<word>[^\W\d_]{3,})\.?,?[ -]*(?P<year>[0-9]{4})(?: *(?:г\.?|р\.?))?"
)
_WORD_DAY = re.compile(r"(?P<word>[^\W\d_]{3,})\.? +(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?,? +(?P<year>[0-9]{4})")

# The beginnings of the names of months, English, German, Russian and Ukrainian.
_MONTHS = (
    ("jan", "jän", "янв", "січ"),
    ("feb", "фев", "лют"),
    ("mar", "mär", "мар", "бер"),
    ("apr", "апр", "кві"),
    ("may", "mai", "май", "мая", "тра"),
    ("jun", "июн", "чер"),
    ("jul", "июл", "лип"),
    ("aug", "авг", "сер"),
    ("sep", "сен", "вер"),
    ("oct", "okt", "окт", "жов"),
    ("nov", "ноя", "лис"),
    ("dec", "dez", "дек", "гру"),
)
_WORDS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "januar",
    "jänner",
    "februar",
    "märz",
    "mai",
    "juni",
    "juli",
    "oktober",
    "dezember",
    "mär",
    "okt",
    "dez",
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
    "январь",
    "февраль",
    "март",
    "апрель",
    "май",
    "июнь",
    "июль",
    "август",
    "сентябрь",
    "октябрь",
    "ноябрь",
    "декабрь",
    "янв",
    "фев",
    "мар",
    "апр",
    "июн",
    "июл",
    "авг",
    "сен",
    "сент",
    "окт",
    "ноя",
    "нояб",
    "дек",
    "січня",
    "лютого",
    "березня",
    "квітня",
    "травня",
    "червня",
    "липня",
    "серпня",
    "вересня",
    "жовтня",
    "листопада",
    "грудня",
    "січень",
    "лютий",
    "березень",
    "квітень",
    "травень",
    "червень",
    "липень",
    "серпень",
    "вересень",
    "жовтень",
    "листопад",
    "грудень",
]
_MONTH_OF = {word: month for word in _WORDS for month, starts in enumerate(_MONTHS, 1) if word.startswith(starts)}


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: one day, or one for each order of day and month.

    Parameters
    ----------
    day_first, month_first : datetime.date or None
        The date in each order; None where there is none such. Both are the same where the order does not matter.
    plain : bool
        Whether it is an ISO date.
    """

    day_first: dt.date | None
    month_first: dt.date | None
    plain: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it is one date in the one order and another in the other."""
        return None not in (self.day_first, self.month_first) and self.day_first != self.month_first

    @property
    def order(self) -> bool | None:
        """Whether the day can only come first (True) or the month (False); None where nothing says."""
        return None if (self.day_first is None) == (self.month_first is None) else self.day_first is not None


def read_date(text: str) -> Written:
    """Return what a text says of a date.

    Raises
    ------
    DataError
        If it is no date.
    """
    tidy = " ".join(text.split())
    if match := _ISO.fullmatch(tidy):
        return _settled(match, text, plain=True)
    for form in (_YEAR_FIRST, _KOREAN):
        if match := form.fullmatch(tidy):
            return _settled(match, text)
    for form in (_DAY_WORD, _WORD_DAY):
        if (match := form.fullmatch(tidy)) and (month := _MONTH_OF.get(match["word"].casefold())):
            day = _date(match["year"], str(month), match["day"])
            if day is not None:
                return Written(day, day)
    if match := _YEAR_LAST.fullmatch(tidy):
        day_first = _date(match["year"], match["second"], match["first"])
        month_first = _date(match["year"], match["first"], match["second"])
        if day_first or month_first:
            return Written(day_first, month_first)
    fix = "Write the year with four digits." if _SHORT_YEAR.fullmatch(tidy) else "Write 2024-02-26."
    raise DataError(f"{shown(text)} is a date that cannot be read. {fix}")


def _settled(match: re.Match[str], text: str, *, plain: bool = False) -> Written:
    day = _date(match["year"], match["month"], match["day"])
    if day is None:
        raise DataError(f"{shown(text)} is a date that cannot be read. Write 2024-02-26.")
    return Written(day, day, plain)


def _date(year: str, month: str, day: str) -> dt.date | None:
    try:
        return dt.date(int(year), int(month), int(day))
    except ValueError:  # the 30th of February
        return None
