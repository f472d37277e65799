"""Objects that are no number, or one that is hard to keep: what tables, libraries and slips put where a number goes."""

from __future__ import annotations

import datetime as dt
import enum
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any
from unittest.mock import MagicMock

import numpy as np
import pandas as pd
import pint

import shellflow as sf

__all__ = ["Raising", "Value", "hostile", "name"]


@dataclass(frozen=True)
class Value:
    """An object, and what number it is: None where it is none, so that it has to be refused.

    `read` says whether it is known at all what it means; where not, only the form of the answer is checked.
    """

    value: Any
    means: float | None = None
    unit: str = ""
    read: bool = True


class Raising:
    """Raises in whatever is asked of it."""

    def __init__(self, *methods: str) -> None:
        self.methods = methods

    def _ask(self, method: str, answer: Any) -> Any:
        if method in self.methods:
            raise ZeroDivisionError(method)
        return answer

    def __repr__(self) -> str:
        return str(self._ask("repr", "<hostile>"))

    def __str__(self) -> str:
        return str(self._ask("str", "<hostile>"))

    def __eq__(self, other: object) -> bool:
        return bool(self._ask("eq", self is other))

    def __hash__(self) -> int:
        return int(self._ask("hash", 1))

    def __bool__(self) -> bool:
        return bool(self._ask("bool", True))

    def __len__(self) -> int:
        return int(self._ask("len", 0))

    def __iter__(self) -> Iterator[object]:
        return iter(self._ask("iter", ()))

    def __float__(self) -> float:
        return float(self._ask("float", 5.0))

    def __getattr__(self, attribute: str) -> Any:
        if attribute in ("ppf", "columns", "shape", "to_list", "ndim", "dtype"):
            self._ask("attribute", None)
        raise AttributeError(attribute)


class _Shouting(Raising):
    def __repr__(self) -> str:
        return "\x1b[31m\n" * 100_000


class _Lying(float):
    def __float__(self) -> float:
        return 7.0

    def __ge__(self, other: object) -> bool:
        return True

    __gt__ = __le__ = __lt__ = __ge__


class _Count(enum.IntEnum):
    SIX = 6


class _Text(str):
    def strip(self, *_: object) -> str:
        raise ZeroDivisionError("strip")

    def __repr__(self) -> str:
        raise ZeroDivisionError("repr")


class _Ppf:
    def __init__(self, answer: Callable[[Any], Any]) -> None:
        self.answer = answer

    def ppf(self, p: Any) -> Any:
        return self.answer(p)


def _raise(_: Any) -> Any:
    raise ZeroDivisionError("ppf")


@cache
def _foreign() -> Any:
    return pint.UnitRegistry()


def _quantities() -> list[Value]:
    own, foreign = sf.units.registry(), _foreign()
    return [
        Value(own.Quantity(5.0, "container"), 5.0, "container"),
        Value(own.Quantity(5, "round"), 5.0, "round"),
        Value(own.Quantity(5.0, "tonne"), 5000.0, "kg"),
        Value(foreign.Quantity(5.0, "kg"), 5.0, "kg"),
        Value(foreign.Quantity(5.0, "mm"), 0.005, "m"),
        Value(own.Quantity(5.0, ""), 5.0),
        Value(own.Quantity(np.float32(0.5), ""), 0.5),
        Value(own.Quantity(np.array(5.0), "container"), 5.0, "container"),
        Value(own.Quantity(Decimal(5), "container"), 5.0, "container"),
        Value(own.Quantity(50.0, "percent"), 0.5),
        Value(own.Quantity(np.array([5.0, 6.0]), "container")),
        Value(own.Quantity(float("nan"), "container")),
        Value(own.Quantity(float("inf"), "kg")),
        Value(own.Quantity(-5.0, "container"), -5.0, "container"),
        Value(own.Quantity(5j, "kg")),
        Value(own.Quantity(np.ma.masked_array(5.0, mask=True), "container")),
        Value(own.Quantity(1e308, "tonne")),
        Value(own.Quantity(20.0, "degC")),
        Value(foreign.Quantity(20.0, "dBm")),
        Value(own.Quantity(5.0, "ton")),
        Value(own.Quantity(5.0, "container ** 2"), 5.0, "container**2"),
        Value(own.kg, read=False),
        Value(own),
    ]


def _numbers() -> list[Value]:
    masked: Any = np.ma.array(5.0, mask=True)
    none: list[Any] = [
        float("nan"), float("inf"), float("-inf"), np.float64("nan"), np.float16("inf"), np.longdouble("inf"), 10**400,
        -(10**400), 5j, 5 + 0j, complex("nan"), np.complex64(5), np.array(5j), True, False, np.True_, np.array(True),
        np.ma.masked, masked, Decimal("NaN"), Decimal("sNaN"), Decimal("1e999"), Fraction(10**400, 3),
    ]  # fmt: skip
    known: list[Any] = [
        0, 1, 5, 6700, 10**15, 2**53, 0.5, 1.5, -5, -0.0, 5e-324, 1e-300, 1e200, 1e306, 1e308, -1e308,
        1.7976931348623157e308, np.int8(-5), np.uint8(200), np.int64(6700), np.uint64(2**63), np.float16(0.5),
        np.float32(0.1), np.longdouble("0.25"), Decimal(6700), Decimal("0.3"), Fraction(1, 3), _Count.SIX,
        np.array(5.0), np.array(5), np.ma.array(5.0),
    ]  # fmt: skip
    return [
        *(Value(number) for number in none),
        *(Value(number, float(number)) for number in known),
        *(Value(array, 5.0) for array in (np.array([5.0]), np.array([[5]]), np.array(["5"]), np.str_("5"))),
        Value(_Lying(5.0), read=False),
    ]


def _objects() -> list[Value]:
    methods = ("repr", "str", "eq", "hash", "bool", "len", "iter", "float", "attribute")
    now = dt.datetime(2024, 2, 19, tzinfo=dt.UTC)
    recursive: list[object] = []
    recursive.append(recursive)
    odd: list[Any] = [
        *(Raising(method) for method in methods),
        Raising(*methods),
        _Shouting(),
        MagicMock(),
        _Text("5"),
    ]
    none: list[Any] = [
        now, now.date(), now.time(), dt.timedelta(days=5), np.datetime64("2024-02-19"), np.timedelta64(5, "D"),
        np.datetime64("NaT", "s"), pd.NaT, pd.NA, pd.Timestamp("2024-02-19"), pd.Timedelta(5), pd.Interval(3, 4),
        pd.Period("2024-02"), pd.Series([5, 6]), pd.Series(dtype=float), pd.DataFrame({"count": [5]}), pd.Index([1, 2]),
        pd.array([1]), np.array([]), np.array([1.0, 2.0]), np.array(["a"]), np.array([None]), np.void(b"5"), b"5",
        bytearray(b"5"), memoryview(b"5"), np.bytes_(b"5"), [], (), {}, set(), [5], (5,), {"count": 5}, [5, 6],
        (3, 4, 5), {5}, recursive, range(5), object(), object, int, float, len, random, Ellipsis, NotImplemented,
        ZeroDivisionError("x"), lambda: 5,
    ]  # fmt: skip
    return [*(Value(thing, read=False) for thing in odd), *(Value(thing) for thing in none)]


def _ours() -> list[Value]:
    few = sf.estimate("5 containers", "152mm", packing="crated")
    with sf.settings(n=32):
        other = sf.estimate(5, "152mm", packing="crated")
    distributions = (
        _Ppf(_raise), _Ppf(lambda p: "5"), _Ppf(lambda p: None), _Ppf(lambda p: p * np.nan), _Ppf(lambda p: -p),
        _Ppf(lambda p: p[:-1]), _Ppf(lambda p: p * 1j), _Ppf(lambda p: p + 1e308 * 10), _Ppf(lambda p: p * 1e308),
        _Ppf(lambda p: np.ma.array(p, mask=True)), _Ppf(lambda p: 5), _Ppf(lambda p: p),
        _Ppf(lambda p: p.astype("M8[D]")), _Ppf(lambda p: list(p)), _Ppf(lambda p: np.array([p, p])),
    )  # fmt: skip
    return [
        Value(sf.uniform(40, 60, "container", name="fuzz ships"), read=False),
        Value(sf.uniform(0.2, 0.8), read=False),
        Value(sf.uniform(-5, 5), read=False),
        Value(sf.lognormal(1, 1e6), read=False),
        Value(sf.discrete([1, 2, 3]), read=False),
        Value(sf.triangular("1 t", "2 t", "3 t"), read=False),
        Value(sf.fixed(5), 5.0),
        Value(sf.fixed("5 kg"), 5.0, "kg"),
        Value(sf.fixed("10k/day"), 10_000.0, "1/day"),
        Value(few, read=False),
        Value(-few, read=False),
        Value(few / few, read=False),
        Value(few * few, read=False),
        Value(other, read=False),
        Value(sf.packing("152mm", rounds_per_transport=1), read=False),
        Value(sf.mix("152mm", "122mm-rocket"), read=False),
        Value(sf.catalog.shipped(), read=False),
        Value(sf.settings(n=64), read=False),
        *(Value(foreign, read=False) for foreign in distributions),
    ]


@cache
def _kinds() -> tuple[list[Value], ...]:
    return _numbers(), _numbers(), _quantities(), _objects(), _ours()


def hostile(rng: random.Random) -> Value:
    """Return one of them."""
    return rng.choice(rng.choice(_kinds()))


NAMES = (
    "", " ", "152mm", " 152MM ", "152", "122", "203", "152mm-shell", "122mm-rocket", "125mm", "130mm", "crated",
    "reported", "ceiling", "as-loaded", "covered-wagon", "20ft-24t", "40ft", "claims", "munitions", "../munitions",
    "/etc/passwd", ".", "con", "152mm\n", "152mm\x00", "\x00", "\x1b[31m", "\ud800", "152mm\udfff", "\u202e152mm",
    "152\u200bmm", "１５２mm", "152 mm", "ſ", "İ", "ß", "ﬀ", "а" * 10_000, "152mm" * 20_000, "{}", "{0}", "%s", "%n%n",
    "<script>", "&amp;", "[bold]", "[/]", "'; DROP TABLE claims; --", "__class__", "None", "nan", "0", "-1", "1e400",
    "café", "cafe\u0301", "\u2028", "\U0001f4a3",
)  # fmt: skip


def name(rng: random.Random) -> Any:
    """Return a text where a name is asked for, or something that is no text."""
    return rng.choice(NAMES) if rng.random() < 0.8 else hostile(rng).value
