"""The words that are known, those that mean two things, the signs between them and the digits of a number."""

from __future__ import annotations

import re

__all__ = [
    "ABROAD",
    "DAYS",
    "DOT_OR_THOUSANDS",
    "GROUPED_DIGITS",
    "JOINTS",
    "JOINTS_AFTER_BETWEEN",
    "LEAD_OF",
    "LETTERS",
    "MEASURE_OF",
    "NOUNS",
    "NOUN_OF",
    "ODD_SIGNS",
    "PERIOD_OF",
    "PLAIN_DIGITS",
    "SCALES",
    "SEPARATORS",
    "SHORT_SCALES",
    "SPELLINGS",
    "TAIL_OF",
    "TREACHEROUS",
    "WRITTEN_DIGITS",
]

NOUNS = ("round", "package", "container", "wagon", "truck", "voyage")

# A plain "car" may be a road car, so a rail word must stand with it.
SPELLINGS = {
    "round": "round|artillery round|shell|artillery shell|rocket|projectile",
    "package": "package|crate",
    "container": "container|shipping container",
    "wagon": "wagon|rail wagon|railway wagon|railcar|rail car|railway car",
    "truck": "truck",
    "voyage": "voyage|trip|sailing",
}
NOUN_OF = {
    form: noun
    for noun, forms in SPELLINGS.items()
    for singular in forms.split("|")
    for form in (singular, f"{singular}s")
}
TREACHEROUS = {
    word: advice
    for words, advice in {
        "box boxes": "A box may be a crate or a container: write packages or containers.",
        "car cars": "Write railcars or trucks.",
        "teu feu teus feus": "Write containers; their length belongs to the transport.",
        "rd rds": "Write rounds.",
        "pc pcs piece pieces unit units": "Write what they are, e.g. rounds or containers.",
        "mil mils mio": "Write million or thousand.",
    }.items()
    for word in words.split()
}
MEASURE_OF = {
    word: kind
    for kind, words in {
        "mass": "t ton tons tonne tonnes mt kt g gram grams kg kgs kilo kilos kilogram kilograms gr grain grains lb "
        "lbs pound pounds oz ounce ounces cwt hundredweight",
        "length": "m metre metres meter meters mm millimetre millimetres millimeter millimeters cm centimetre "
        "centimetres centimeter centimeters km kilometre kilometres kilometer kilometers ft foot feet inch inches yard "
        "yards mile miles",
        "area or volume": "m2 sqm m3 cbm litre litres liter liters",
    }.items()
    for word in words.split()
}

ABROAD = {
    english: words.split()
    for english, words in {
        "t": "т тн тонна тонны тонн тонни 톤",
        "kg": "кг килограмм килограмма килограммов кілограм кілограми кілограмів 킬로그램",
        "containers": "конт контейнер контейнера контейнеры контейнеров контейнери контейнерів 컨테이너",
        "wagons": "вагон вагона вагоны вагонов вагони вагонів waggon waggons",
        "pieces": "шт штук штуки штука pc pcs piece stk stück 개",
    }.items()
}
"""Units in the cells of tables, by what they are in English; a point may follow a short one."""

# Powers of ten, so that "4.35 million" is read as the decimal 4.35e6 and not as a rounded product. The letters keep
# their case: m is metre.
LETTERS = {"k": 3, "K": 3, "M": 6, "B": 9}
SCALES = {
    "hundred": 2,
    "thousand": 3,
    "hundred thousand": 5,
    "million": 6,
    "hundred million": 8,
    "billion": 9,
    "trillion": 12,
}
SHORT_SCALES = {"mn": 6, "mln": 6, "bn": 9}

# A month is a twelfth of the Julian year of 365.25 days.
DAYS = {"day": 1.0, "week": 7.0, "month": 30.4375, "year": 365.25}
PERIOD_OF = {
    form: period
    for period, forms in {
        "day": "day d daily",
        "week": "week wk weekly",
        "month": "month mo monthly",
        "year": "year yr annum yearly annually",
    }.items()
    for form in forms.split()
}

# Words of English, German, Russian, Ukrainian and Korean. "Nearly" and "almost" give a value, as "about" does: as
# ceilings they would allow zero, which nobody means by them.
LEAD_OF = {
    word: kind
    for kind, words in {
        "floor": "more than|greater than|over|above|beyond|at least|no fewer than|not fewer than|no less than|"
        "not less than|upwards of|in excess of|exceeding|a minimum of|minimum of|minimum|min.|min|"
        ">=|>|\u2265|\u2267|\u2a7e|"
        "mindestens|wenigstens|über|ueber|mehr als|nicht weniger als|"
        "не менее|не менее чем|не меньше|не меньше чем|более|более чем|больше|больше чем|свыше|минимум|как минимум|"
        "не менш|не менш ніж|не менше|не менше ніж|щонайменше|понад|більше|більше ніж|більш ніж|мінімум|"
        "최소|최소한|적어도",
        "ceiling": "up to|at most|no more than|not more than|not over|not above|not exceeding|less than|fewer than|"
        "lower than|under|below|as many as|a maximum of|maximum of|maximum|max.|max|<=|<|\u2264|\u2266|\u2a7d|"
        "höchstens|hoechstens|maximal|bis|bis zu|unter|weniger als|nicht mehr als|"
        "не более|не более чем|не больше|не больше чем|менее|менее чем|меньше|меньше чем|до|максимум|"
        "не більш ніж|не більше|не більше ніж|менше|менше ніж|менш ніж|щонайбільше|"
        "최대|최대한",
        "point": "about|around|some|approximately|approx.|approx|roughly|circa|ca.|ca|c.|nearly|almost|close to|"
        "an estimated|estimated|~|\u2248|"
        "etwa|rund|ungefähr|ungefaehr|zirka|около|примерно|приблизительно|почти|близько|приблизно|майже|약|대략",
        "range": "between|from|zwischen|von|от|между|від|між",
    }.items()
    for word in words.split("|")
}
TAIL_OF = {
    word: kind
    for kind, words in {
        "floor": "+|plus|or more|and more|or over|and over|or above|and above|and up|and upwards|upwards|at least|"
        "at a minimum|minimum|oder mehr|und mehr|и более|или более|и больше|или больше|і більше|та більше|або більше|"
        "이상|초과",
        "ceiling": "or fewer|or less|or under|and under|or below|and below|at most|at a maximum|maximum|oder weniger|"
        "или менее|или меньше|або менше|이하|미만",
        "point": "or so|approximately|approx.|approx|정도|가량",
    }.items()
    for word in words.split("|")
}
JOINTS = ("-", "~", "to", "up to", "bis", "bis zu", "до")
"""What stands between the ends of a range."""

JOINTS_AFTER_BETWEEN = ("and", "und", "и", "і", "й", "та")
"""What stands there too, where the range began with "between" or "from"."""

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
