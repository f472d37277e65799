"""Texts whose meaning the generator knows, and texts that mean nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from decimal import Decimal

__all__ = ["Text", "bound", "count", "lengthened", "nonsense", "quantity", "range_of", "rate"]


@dataclass(frozen=True)
class Text:
    """A text and what it says: both ends None where it has to be refused, one of them None for a bound.

    `optional` says that it may be refused as well; a text that is not has to be read.
    """

    text: str
    low: float | None
    high: float | None
    unit: str = ""
    optional: bool = True

    @property
    def value(self) -> float | None:
        return self.low if self.low == self.high else None


NOUNS = {
    "": "",
    " containers": "container",
    " container": "container",
    "  shipping containers": "container",
    " CONTAINERS": "container",
    " rounds": "round",
    " shells": "round",
    " artillery shells": "round",
    " crates": "package",
    " railcars": "wagon",
    " wagons": "wagon",
    " trucks": "truck",
    " voyages": "voyage",
}
# After a count a measure is no noun; elsewhere it may be what is asked.
MEASURES = (" ton", " mt", " kg", " t", " m", " m2", " cbm", " %", " percent")
WRONG_NOUNS = (
    *MEASURES,
    " boxes", " cars", " teu", " rds", " pcs", " units", " mils",
    " contaıners", " соntainers", " containers\u0301", " contajners", " containers of rounds", " containers 5",
    " €", " ¤", " containers; DROP TABLE claims", " {0}", " %s", " <b>containers</b>", " __import__",
)  # fmt: skip
UNITS = {
    "kg": (1.0, "kg"),
    "g": (0.001, "kg"),
    "t": (1000.0, "kg"),
    "tonne": (1000.0, "kg"),
    "tonnes": (1000.0, "kg"),
    "lb": (0.45359237, "kg"),
    "m": (1.0, "m"),
    "cm": (0.01, "m"),
    "mm": (0.001, "m"),
    "km": (1000.0, "m"),
    "ft": (0.3048, "m"),
    "inch": (0.0254, "m"),
    "day": (1.0, "day"),
    "days": (1.0, "day"),
    "week": (7.0, "day"),
}
WRONG_UNITS = (
    "ton", "tons", "mt", "MT", "gr", "rd", "pc", "kt", "cwt", "kilo", "kilos", "ct", "unit", "units", "count",
    "piece", "dozen", "box", "boxes", "teu", "car", "megaton", "kg**-1e400", "m**(9**9**9)", "m^9", "m**0.5",
    "kg kg kg kg kg", "degC", "degF", "dB", "dBm", "°C", "кг", "㎏", "kg; import os", "kg)", "(kg", "kg/0", "1/kg",
    "kg**kg", "kg+kg", "kg - kg", "lambda", "__class__", "kg.__class__", "kg**1e9", "kg^99999999999999999999", "e",
    "pi", "speed_of_light", "m" * 500, "kg*" * 200 + "kg", "kg/" * 60 + "kg", "ſ", "ﬀ", "\u212a", "Å", "µ", "Ω",
    "kg²²", "kg⁻", "\ud800", "kg\x00", "'kg'", '"kg"', "1e400 kg", "kg 5", "kg 5 kg",
)  # fmt: skip
# Of no width, of direction, of control, half a letter, an accent or a picture.
INVISIBLE = (
    "\u200b\u200c\u200d\u2060\ufeff\u200e\u200f\u202a\u202e\u2066\u2069\u00ad\u034f\ud800\udfff"
    "\x00\x07\x1b\x7f\x85\u2028\u0301\U000e0041\U0001f4a3\ufe0f\ufffd"
)
FLOORS = (
    "more than ",
    "at least ",
    "over ",
    ">",
    "> ",
    ">=",
    "≥",
    "≥ ",
    "no fewer than ",
    "upwards of ",
    "min. ",
    "mindestens ",
    "über ",
    "не менее ",
    "понад ",
    "최소 ",
)
CEILINGS = (
    "up to ",
    "at most ",
    "less than ",
    "<",
    "< ",
    "<=",
    "≤",
    "no more than ",
    "under ",
    "höchstens ",
    "bis zu ",
    "до ",
    "не більше ",
    "최대 ",
)
FLOOR_TAILS = ("+", " +", " or more", " plus", " and more", " и более", " 이상")
CEILING_TAILS = (" or fewer", " or less", " at most", " 이하")
PERIODS = {
    "/day": 1.0, " per day": 1.0, " a day": 1.0, " daily": 1.0, "/week": 7.0, " per week": 7.0, " weekly": 7.0,
    "/month": 30.4375, " a month": 30.4375, "/year": 365.25, " per annum": 365.25,
}  # fmt: skip
NONSENSE = (
    "", " ", "-", "?", "n/a", "none", "null", "None", "NaN", "nan", "inf", "-inf", "Infinity", "1e400", "1e-400",
    "-1e400", "0x10", "0b11", "0o7", "1j", "1+1", "2*3", "2**9", "9**9**9", "1/0", "1e", "e5", ".", ",", "..5", "5..",
    "1.2.3", "--5", "+-5", "5-", "²", "5²", "1,5", "12,34", "6.700", "1.250", "999.000", "2.000",
    "1.234.567", "1.234,5", "6 7 0 0", "67 00", "1,2345", "1_0", "1__000", "1,,000", "1, 000", "3,125 million",
    "1,5 million", "5 million million", "5k million", "1e3k", "5MM", "a few", "dozens", "half", "million", "k", "M",
    "containers", "of", "to", "between", "more than", "about", "300--400", "300-", "-300-400", "300-400-500",
    "300 to", "between 3", "3 and 4 and 5", "up to 3 or more", "{}", "{0}", "{count}", "%d", "%s%s%s%n",
    "' OR 1=1 --", "<script>alert(1)</script>", "&lt;5&gt;", "__import__('os')", "${7*7}", "{{7*7}}",
    "../../etc/passwd", "C:\\con", "\\", "'", '"', "`", "$(id)", "[red]5[/red]", "[/]", "[bold", "\x1b[31m5\x1b[0m",
    "\x00", "\ud800", "5\ud800", "e\u0301", "\U0001f4a3", "True", "False", "[5]", "(5)", "{5}", "5;6", "5:6", "5|6",
    "2024-02-19", "19.02.2024", "12:30", "5'", '5"', "5#", "#5", "№5", "$5", "5€", "5 %", "5e5e5", "1E+", "1e٣",
    "20ft-24t", "1.3 cwt", "5 ton", "5 mt", "3m", "3 mil", "5 m**(9**9**9)", "5 kg**-1e400", "5 contaıners",
)  # fmt: skip

# Odd, and with one reading: they may be refused, but not read as anything else.
ODD = {
    "５": 5, "٥": 5, "१२": 12, "Ⅻ": 12, "½": 0.5, "5½": 5.5, "十": 10, "five": 5, "ten": 10, "+5": 5, "-5": -5,
    "- 5": -5, "−5": -5, "5.": 5, "1,23,456": 123_456, "5\x00": 5, "\u202e5": 5, "\ufeff5": 5, "6\u200b700": 6700,
    "6\t700": 6700, "6\n700": 6700,
}  # fmt: skip


def number(rng: random.Random) -> Text:
    """A number as people write it that can be read in one way."""
    style = rng.randrange(8)
    if style == 0:
        whole = int(10 ** rng.uniform(0, 8))
        return _said(str(whole), Decimal(whole))
    if style == 1:
        whole = int(10 ** rng.uniform(3, 9))
        separator = rng.choice((",", " ", "'", "’", "_", "\u00a0", "\u202f", "\u2009"))
        return _said(f"{whole:,}".replace(",", separator), Decimal(whole))
    if style == 2:
        written = f"{rng.randrange(100_000)}.{rng.choice(('5', '25', '75', '1234', '50'))}"
        return _said(written, Decimal(written))
    if style == 3:
        written = rng.choice(("0.9", "0.5", ".9", ".25", "0.125", "0", "0.0", "007", "1.0", "1000000", "999", "1000"))
        return replace(_said(written, Decimal(written)), optional=written == "007")
    if style == 4:
        sign, power = rng.choice((("k", 3), ("K", 3), ("M", 6), ("B", 9), ("bn", 9), ("mln", 6)))
        written = rng.choice((str(rng.randrange(1, 1000)), f"{rng.randrange(100)}.{rng.randrange(1, 10)}"))
        return _said(f"{written}{rng.choice(('', ' '))}{sign}", Decimal(written).scaleb(power))
    if style == 5:
        word, power = rng.choice((("hundred", 2), ("thousand", 3), ("million", 6), ("billion", 9)))
        written = rng.choice((str(rng.randrange(1, 100)), f"{rng.randrange(1, 100)}.{rng.randrange(1, 10)}"))
        return _said(f"{written} {word}", Decimal(written).scaleb(power))
    if style == 6:
        written = f"{rng.randrange(1, 10)}.{rng.randrange(10)}"
        power = rng.randrange(9)
        return _said(f"{written}{rng.choice('eE')}{rng.choice(('', '+'))}{power}", Decimal(written).scaleb(power))
    written, power = rng.choice((("half a million", 5), ("a thousand", 3), ("a hundred", 2), ("a million", 6)))
    return _said(written, Decimal(5 if written.startswith("half") else 1).scaleb(power))


def _said(text: str, value: Decimal) -> Text:
    return Text(text, float(value), float(value), optional=False)


def count(rng: random.Random) -> Text:
    """A count with or without its noun; sometimes with something in it that cannot be read."""
    written = number(rng)
    kind = rng.random()
    if kind < 0.65:
        noun, unit = rng.choice(list(NOUNS.items()))
        margin = rng.choice(("", "", "", " ", "  "))
        return replace(written, text=f"{margin}{written.text}{noun}{margin}", unit=unit)
    if kind < 0.75:
        return Text(written.text + rng.choice(WRONG_NOUNS), None, None)
    if kind < 0.9:  # whatever is made of a letter that nobody sees, the number does not change
        noun, unit = rng.choice(list(NOUNS.items()))
        return replace(_disturbed(rng, replace(written, text=written.text + noun)), unit=unit)
    return nonsense(rng)


def _disturbed(rng: random.Random, said: Text) -> Text:
    place = rng.randrange(len(said.text) + 1)
    return replace(said, text=f"{said.text[:place]}{rng.choice(INVISIBLE)}{said.text[place:]}", optional=True)


def nonsense(rng: random.Random) -> Text:
    """A text that is no count of anything, or one of two readings."""
    if rng.random() < 0.2:
        text, value = rng.choice(list(ODD.items()))
        return Text(text, value, value)
    return Text(rng.choice(NONSENSE), None, None)


def lengthened(rng: random.Random) -> Text:
    """A text of many letters, in which a slow reader loses itself."""
    size = rng.choice((1_000, 10_000, 100_000))
    piece = rng.choice(
        ("9", "1,", "(", "m", "kg*", "m**2 ", "5 ", "-", "about ", "5 kg/", "k", ".", "1e", "\u0301", "'")
    )
    start = rng.choice(("", "5 ", "5", "more than "))
    return Text(start + piece * (size // len(piece)), None, None)


def range_of(rng: random.Random) -> Text:
    """A range with its low end first."""
    noun, unit = rng.choice(list(NOUNS.items()))
    if rng.random() < 0.3:
        tenths = sorted(rng.sample(range(1, 1000), 2))
        low, high = (Decimal(end).scaleb(-1) for end in tenths)
        sign, power = rng.choice((("M", 6), ("k", 3), (" million", 6), (" thousand", 3)))
        text = f"{low}{rng.choice(('-', '–', ' to ', ' - '))}{high}{sign}{noun}"
        return Text(text, float(low.scaleb(power)), float(high.scaleb(power)), unit, optional=False)
    ends = sorted(rng.sample(range(1, 100_000), 2))
    if 3 * ends[0] < ends[1]:
        ends[0] = ends[1] // 2 + 1  # far ends of unlike size may be read in two ways
    low_text, high_text = (f"{end:,}" if rng.random() < 0.5 else str(end) for end in ends)
    form = rng.choice(("{}-{}{}", "{} - {}{}", "{}–{}{}", "{} to {}{}", "between {} and {}{}", "from {} to {}{}"))
    return Text(form.format(low_text, high_text, noun), float(ends[0]), float(ends[1]), unit, optional=False)


def bound(rng: random.Random) -> Text:
    """A lower or an upper bound."""
    written = number(rng)
    noun, unit = rng.choice(list(NOUNS.items()))
    floor = rng.random() < 0.5
    if rng.random() < 0.6:
        text = f"{rng.choice(FLOORS if floor else CEILINGS)}{written.text}{noun}"
    else:
        tail = rng.choice(FLOOR_TAILS if floor else CEILING_TAILS)
        text = rng.choice((f"{written.text}{tail}{noun}", f"{written.text}{noun}{tail}"))
    low, high = (written.low, None) if floor else (None, written.high)
    return Text(text, low, high, unit)


def rate(rng: random.Random) -> Text:
    """A number of rounds per time."""
    written = number(rng)
    period, days = rng.choice(list(PERIODS.items()))
    assert written.low is not None
    noun, unit = rng.choice((("", "1/day"), (" rounds", "round/day"), (" shells", "round/day")))
    return Text(f"{written.text}{noun}{period}", written.low / days, written.low / days, unit)


def quantity(rng: random.Random) -> Text:
    """A mass, a length or a time; sometimes with a unit that is not known or that misleads."""
    written = number(rng)
    kind = rng.random()
    if kind < 0.6:
        unit, (factor, kept) = rng.choice(list(UNITS.items()))
        assert written.low is not None
        value = written.low * factor
        space = rng.choice((" ", " ", "  ") if written.text[-1].isalpha() else (" ", " ", "", "\u00a0"))
        return Text(f"{written.text}{space}{unit}", value, value, kept)
    if kind < 0.9:
        return Text(f"{rng.choice(('5', '60', '1.3', written.text))} {rng.choice(WRONG_UNITS)}", None, None)
    unit, (factor, kept) = rng.choice(list(UNITS.items()))
    power = rng.choice((2, 3))
    sign = rng.choice(("**", "^"))
    return Text(f"5 {unit}{sign}{power}", 5 * factor**power, 5 * factor**power, f"{kept}**{power}")
