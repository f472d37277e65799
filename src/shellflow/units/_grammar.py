"""Units as people write them, read by a grammar of our own: nothing that a user types is evaluated."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from shellflow.errors import UnitError, shown

__all__ = ["LONGEST_TEXT", "TRANSPORTED", "Unit", "dimension_of", "made_of", "product_of", "read_unit", "unit_of_names"]

LONGEST_TEXT = 100
"""No quantity takes more letters than this."""

TRANSPORTED = ("round", "package", "container", "wagon", "truck", "voyage")
"""What is counted; each is a dimension of its own."""

_HIGHEST_POWER = 3

# Of each base unit: its dimension as pint names it. The order is that in which products are written.
_BASES = {
    "round": "[munition]",
    "package": "[package]",
    "container": "[container]",
    "wagon": "[wagon]",
    "truck": "[truck]",
    "voyage": "[voyage]",
    "kg": "[mass]",
    "m": "[length]",
    "day": "[time]",
}
_BASE_OF = {dimension: base for base, dimension in _BASES.items()}

# pint's name, base unit and its power, factor as a fraction (two whole numbers keep 35 cm at 0.35 m), other spellings.
# Pound, inch and foot are those of 1959, exact by definition; months and years are those of the Julian calendar.
_TABLE: tuple[tuple[str, str, int, float, float, str], ...] = (
    ("kilogram", "kg", 1, 1, 1, "kg kilograms kilogramme kilogrammes"),
    ("gram", "kg", 1, 1, 1000, "g grams gramme grammes"),
    ("milligram", "kg", 1, 1, 1_000_000, "mg milligrams"),
    ("metric_ton", "kg", 1, 1000, 1, "t tonne tonnes metric_tons"),
    ("kilometric_ton", "kg", 1, 1_000_000, 1, "kilotonne kilotonnes"),
    ("pound", "kg", 1, 45_359_237, 100_000_000, "lb lbs pounds"),
    ("ounce", "kg", 1, 45_359_237, 1_600_000_000, "oz ounces"),
    ("grain", "kg", 1, 6_479_891, 100_000_000_000, "grains"),
    ("short_ton", "kg", 1, 90_718_474, 100_000, "short_tons US_ton"),
    ("long_ton", "kg", 1, 10_160_469_088, 10_000_000, "long_tons UK_ton"),
    ("meter", "m", 1, 1, 1, "m meters metre metres"),
    ("decimeter", "m", 1, 1, 10, "dm decimeters decimetre decimetres"),
    ("centimeter", "m", 1, 1, 100, "cm centimeters centimetre centimetres"),
    ("millimeter", "m", 1, 1, 1000, "mm millimeters millimetre millimetres"),
    ("kilometer", "m", 1, 1000, 1, "km kilometers kilometre kilometres"),
    ("foot", "m", 1, 3048, 10_000, "ft feet"),
    ("inch", "m", 1, 254, 10_000, "in inches"),
    ("yard", "m", 1, 9144, 10_000, "yd yards"),
    ("liter", "m", 3, 1, 1000, "l L liters litre litres"),
    ("second", "day", 1, 1, 86_400, "s seconds"),
    ("minute", "day", 1, 1, 1440, "min minutes"),
    ("hour", "day", 1, 1, 24, "h hours"),
    ("day", "day", 1, 1, 1, "d days"),
    ("week", "day", 1, 7, 1, "weeks"),
    ("month", "day", 1, 30.4375, 1, "months"),
    ("year", "day", 1, 365.25, 1, "yr years"),
    ("percent", "", 0, 1, 100, "%"),
    *((unit, unit, 1, 1, 1, f"{unit}s") for unit in TRANSPORTED),
)
_UNITS = {spelling: row for row in _TABLE for spelling in (row[0], *row[5].split())}

_SPELLED = {"kilogram": "kg", "metric_ton": "tonne", "meter": "m"}  # which pint names otherwise

_A_TON = "Write t or tonne (1000 kg), or short_ton (907 kg)."
_TREACHEROUS = {
    word: advice
    for words, advice in {
        "ton": f"A ton may be metric, the long one, or the US short ton of 907 kg. {_A_TON}",
        "kiloton megaton": f"Its tons may be metric, or US short tons of 907 kg. {_A_TON}",
        "mt": f"It may be a metric ton, a million tons or a thousandth of a tonne. {_A_TON}",
        "cwt hundredweight": "It may be the US one (45.4 kg) or the British one (50.8 kg). Write kg or lb.",
        "gr": "It may be grams or grains (0.065 g). Write g or grain.",
        "rd": "It may be rounds or rods (5 m). Write round.",
        "pc": "It may be pieces or parsecs. Write what they are, e.g. round or package.",
        "kt": "It may be thousands of tonnes or knots. Write kilotonne.",
        "kilo": "It says not of what. Write kg.",
        "ct": "It may be carats, cents or counts. Write what they are, e.g. round or package.",
        "unit count piece dozen each ea": "It says not of what. Write what they are, e.g. round or package.",
        "box boxe": "A box may be a crate or a container. Write package or container.",
        "shell rocket projectile": "Write round.",
        "crate": "Write package.",
        "railcar": "Write wagon.",
        "car": "Write wagon or truck.",
        "teu feu": "Write container; its length belongs to the transport.",
    }.items()
    for word in words.split()
}
_BEHIND_A_PREFIX = ("ton", "gr", "rd", "pc")
_PREFIXES = ("", "k", "m", "M", "G", "c", "d", "u", "n", "T")

_COMMON = "kg, g, t, lb, m, cm, mm, ft, inch, day, week, month, year, round, package, container, wagon, truck, voyage"

_FACTOR = re.compile(r"([^\W\d]\w*?|%)(?: ?(?:\*\*|\^) ?(-?[0-9]+)|([0-9¹²³]+))?(?![^\W])")
_TWO_WORDS = re.compile(r"\b(short|long|metric) (tons?)\b")
_SIGN = re.compile(r" ?(\*|/|·|\bper\b) ?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was read: what it is worth, of what, and the names by which pint knows it.

    Parameters
    ----------
    times, over : float
        Its size in the base units is times / over [unitless].
    powers : tuple of (str, int)
        The base units and their powers, none of them 0.
    names : tuple of (str, int)
        The units it was written with, as pint names them, and their powers.
    """

    times: float
    over: float
    powers: tuple[tuple[str, int], ...]
    names: tuple[tuple[str, int], ...]

    @property
    def kept_in(self) -> str:
        """The unit in which its dimension is kept, "" for plain numbers."""
        return _ratio(self.powers)

    @property
    def written(self) -> str:
        """The unit as it was written, in one spelling; "" for plain numbers."""
        return _ratio([(_SPELLED.get(name, name), power) for name, power in self.names])

    @property
    def dimension(self) -> str:
        """Its dimension, for messages."""
        above = " * ".join(_with_power(_BASES[base], power, " ** ") for base, power in self.powers if power > 0)
        below = "".join(f" / {_with_power(_BASES[base], -power, ' ** ')}" for base, power in self.powers if power < 0)
        return f"{above or '1'}{below}" if self.powers else "a plain number"

    @property
    def is_count(self) -> bool:
        """Whether rounds, packages or transports are in it."""
        return any(base in TRANSPORTED for base, _ in self.powers)


def _ratio(powers: Collection[tuple[str, int]]) -> str:
    above = "*".join(_with_power(name, power) for name, power in powers if power > 0)
    below = "".join(f"/{_with_power(name, -power)}" for name, power in powers if power < 0)
    return f"{above or '1'}{below}" if powers else ""


def _with_power(name: str, power: int, sign: str = "**") -> str:
    return name if power == 1 else f"{name}{sign}{power}"


def read_unit(text: str, argument: str, written: str) -> Unit:
    """Return the unit that a text names.

    Parameters
    ----------
    text : str
        Known units, joined by `*`, `/` or "per", with powers from 1 to 3 [unitless].
    argument : str
        The name that error messages give it [unitless].
    written : str
        The whole value as error messages show it [unitless].

    Returns
    -------
    Unit
        What it is.

    Raises
    ------
    UnitError
        If it is no such text, or one that means several things.

    Examples
    --------
    >>> read_unit("rounds/week", "rate", "'7 rounds/week'").kept_in
    'round/day'
    """
    unit = _read(text) if len(text) <= LONGEST_TEXT else f"longer than the {LONGEST_TEXT} letters that a unit takes."
    if isinstance(unit, str):
        raise UnitError(f"{argument}={written}: {unit}")
    return unit


@lru_cache(maxsize=512)
def _read(text: str) -> Unit | str:
    """Return the unit of a text of bounded length, or what is wrong with it."""
    text = _TWO_WORDS.sub(r"\1_\2", text)
    for token in re.findall(r"[^\W\d_]\w*", text):
        advice = "It may be millions, or moles to a litre. Write 3e6 or 3000000 for 3M." if token == "M" else None
        if advice := advice or _treachery(token):
            return f"unit {token!r}. {advice}"
    rest = " ".join(text.split())
    factors: list[tuple[str, int]] = []
    sign = "*"
    if re.match(r"1? ?/|per\b", rest):
        sign, rest = "/", re.sub(r"^(?:1? ?/|per\b) ?", "", rest)
    while True:
        factor = _FACTOR.match(rest)
        if factor is None or factor[1] not in _UNITS:
            return f"cannot read {shown(text)} as a unit.{_nearest(factor[1] if factor else rest)} Write e.g. '65 kg'."
        power = _power(factor[2] or factor[3] or "1", signed=factor[2] is not None)
        if power is None:
            return f"cannot read {shown(text)} as a unit: its powers must be from 1 to {_HIGHEST_POWER}."
        factors.append((factor[1], power if sign == "*" else -power))
        rest = rest[factor.end() :]
        if not rest:
            return _joined(factors) or f"cannot read {shown(text)} as a unit: powers go up to {_HIGHEST_POWER}."
        joint = _SIGN.match(rest)
        if joint is None:
            return f"cannot read {shown(text)} as a unit. Join units by * or /, as in round/container or kg/m**3."
        sign, rest = "*" if joint[1] in "*·" else "/", rest[joint.end() :]


def _power(text: str, *, signed: bool) -> int | None:
    digits = text.translate(str.maketrans("¹²³", "123"))
    size = digits.removeprefix("-") if signed else digits
    return int(digits) if size in ("1", "2", "3") else None


def _joined(factors: Iterable[tuple[str, int]]) -> Unit | None:
    """Return the product of known units; None where a power comes out higher than any that is kept."""
    times = over = 1.0
    powers = dict.fromkeys(_BASES, 0)
    names: dict[str, int] = {}
    for spelling, power in factors:
        name, base, of_base, above, below, _ = _UNITS[spelling]
        if power < 0:
            above, below = below, above
        times, over = times * above ** abs(power), over * below ** abs(power)
        names[name] = names.get(name, 0) + power
        if base:
            powers[base] += of_base * power
    if any(abs(power) > _HIGHEST_POWER for power in powers.values()):
        return None
    return Unit(
        times,
        over,
        tuple((base, power) for base, power in powers.items() if power),
        tuple((name, power) for name, power in names.items() if power),
    )


def product_of(left: Unit, right: Unit, sign: str) -> Unit | None:
    """Return left * right or left / right; None where a power comes out higher than any that is kept."""
    turned = 1 if sign == "*" else -1
    return _joined((*left.names, *((name, turned * power) for name, power in right.names)))


def dimension_of(base: str) -> str:
    """Return the dimension of a base unit, as pint names it."""
    return _BASES[base]


def unit_of_names(names: Collection[tuple[str, float]]) -> Unit | None:
    """Return the unit that pint's names and powers make; None where one is not on our list."""
    listed = [(name, int(power)) for name, power in names if name in _UNITS and power == int(power)]
    return _joined(listed) if len(listed) == len(names) else None


def made_of(dimensions: Iterable[tuple[str, object]]) -> Unit | None:
    """Return the base unit of pint's dimensions and their powers; None where it is not one that shellflow keeps."""
    factors: list[tuple[str, int]] = []
    for dimension, power in dimensions:
        powers = [size for size in range(-_HIGHEST_POWER, _HIGHEST_POWER + 1) if size == power]
        if dimension not in _BASE_OF or not powers:
            return None
        factors.append((_BASE_OF[dimension], powers[0]))
    return _joined(factors)


def _treachery(token: str) -> str | None:
    """Return the advice against a spelling that means several things, with a prefix or in the plural too."""
    if token in _UNITS:
        return None
    for prefix in _PREFIXES:
        rest = token[len(prefix) :].casefold() if token.startswith(prefix) else ""
        advice = _TREACHEROUS.get(rest) or _TREACHEROUS.get(rest.removesuffix("s"))
        if advice and (not prefix or rest.removesuffix("s") in _BEHIND_A_PREFIX):
            return advice
    return None


def _nearest(token: str) -> str:
    import difflib

    close = difflib.get_close_matches(token.casefold()[:40], [name.casefold() for name in _UNITS], n=1, cutoff=0.7)
    if not close:
        return f" Known are {_COMMON} and others."
    name = next(name for name in _UNITS if name.casefold() == close[0])
    foreign = sorted({letter for letter in token if letter.isalpha() and not letter.isascii()})
    if not foreign:
        return f" Did you mean {name!r}?"
    letters = ", ".join(f"{letter!r} (U+{ord(letter):04X})" for letter in foreign[:5])
    return f" Did you mean {name!r}? It is written without {letters}."
