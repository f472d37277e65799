"""The unit registry, and the checks of units at the public edge.

Rounds, packages and each kind of transport are dimensions of their own, so that adding rounds to containers raises.
pint is imported only by the functions that need it: plain numbers without a unit pass without it.
"""

from __future__ import annotations

import math
import numbers
import re
import sys
import threading
import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shellflow import _digits
from shellflow.errors import UnitError, shown

if TYPE_CHECKING:
    from pint import Unit, UnitRegistry
    from pint.facets.plain import PlainQuantity
    from pint.util import UnitsContainer

__all__ = [
    "canonical",
    "combined",
    "is_quantity",
    "magnitude",
    "magnitudes",
    "quantity",
    "register_upcast",
    "registry",
    "setup_registry",
]

# Never pint's `count`, which has no dimension: there, 3 count + 2 radian is 5 count.
_DIMENSION_OF = {
    "round": "[munition]",
    "package": "[package]",
    "container": "[container]",
    "wagon": "[wagon]",
    "truck": "[truck]",
    "voyage": "[voyage]",
}
# The unit in which each dimension is kept; rates of fire are per day, hence no seconds.
_KEPT_IN = {dimension: unit for unit, dimension in _DIMENSION_OF.items()} | {
    "[mass]": "kg",
    "[length]": "m",
    "[time]": "day",
}
_KEPT = {"kg": "kg", "m": "m", "day": "day"} | {form: unit for unit in _DIMENSION_OF for form in (unit, f"{unit}s")}

_A_TON = "Write t or tonne (1000 kg), or short_ton (907 kg)."
_TREACHEROUS = {
    word: advice
    for words, advice in {
        "ton": f"pint reads ton as the US short ton of 907 kg. {_A_TON}",
        "kiloton megaton": f"pint counts it in US short tons of 907 kg. {_A_TON}",
        "mt": f"pint reads mt as a thousandth of a tonne, Mt as a million. {_A_TON}",
        "gr": "pint reads gr as grain (0.065 g). Write g or grain.",
        "rd": "pint reads rd as rod (5 m). Write round.",
        "pc": "pint reads pc as parsec. Write what they are, e.g. round or package.",
        "kt": "pint reads kt as knot. Write kilotonne.",
        "kilo": "pint reads kilos as thousands of seconds. Write kg.",
        "ct": "pint reads ct as carat. Write what they are, e.g. round or package.",
        "unit": "pint reads unit as micronit. Write what they are, e.g. round or package.",
        "count piece dozen each ea": "It says not of what. Write what they are, e.g. round or package.",
        "box boxe": "A box may be a crate or a container. Write package or container.",
        "shell rocket projectile": "Write round.",
        "crate": "Write package.",
        "railcar": "Write wagon.",
        "car": "Write wagon or truck.",
        "teu feu": "Write container; its length belongs to the transport.",
    }.items()
    for word in words.split()
}
# Any other unit whose name ends so is a multiple of the US short ton, or, as mt is, a thousandth of a tonne.
_CLEAR_TONS = ("metric_ton", "short_ton", "long_ton", "US_ton", "UK_ton", "kilometric_ton")
_PREFIXES = ("", "k", "m", "M", "G", "c", "d", "u", "n", "T")

_COMMON = (
    "kg",
    "g",
    "t",
    "tonne",
    "lb",
    "m",
    "cm",
    "mm",
    "km",
    "ft",
    "inch",
    "day",
    "week",
    "month",
    "year",
    *_DIMENSION_OF,
)

_TEXT = re.compile(rf"([+-]?) *({_digits.WRITTEN})((?:[eE][+-]?[0-9]{{1,6}})?) *(.*)", re.DOTALL)

_lock = threading.RLock()
_ready: weakref.WeakSet[Any] = weakref.WeakSet()
_upcasts: list[type] = []


def setup_registry(registry: Any = None) -> UnitRegistry[Any]:
    """Define round, package, container, wagon, truck and voyage in a registry, unless it has them.

    A pickled quantity keeps only the names of its units: a fresh process must call this before it unpickles one.

    Parameters
    ----------
    registry : pint.UnitRegistry, optional
        The registry to add to; by default pint's application registry.

    Returns
    -------
    pint.UnitRegistry
        The same registry.

    Raises
    ------
    UnitError
        If the registry already has a unit of one of these names that is something else.

    Examples
    --------
    >>> ureg = setup_registry()
    >>> print(3 * ureg.rounds + 4 * ureg.round)
    7 round
    """
    import pint

    application: Any = pint.application_registry
    chosen = application if registry is None else registry
    if not hasattr(chosen, "define"):
        raise UnitError(f"registry={shown(registry)}: must be a pint.UnitRegistry, or left out for pint's own.")
    held = application.get() if chosen is application else chosen  # it is a shell around the registry in force
    with _lock:
        if held not in _ready:
            for unit, dimension in _DIMENSION_OF.items():
                _define(chosen, unit, dimension)
            _ready.add(held)
            _tell_pint()
    return chosen  # type: ignore[no-any-return]


def registry() -> UnitRegistry[Any]:
    """Return pint's application registry with the units of shellflow in it.

    The application registry can be exchanged at any time (`pint.set_application_registry`), so do not keep the result.

    Returns
    -------
    pint.UnitRegistry
        The application registry.

    Raises
    ------
    UnitError
        As `setup_registry`.

    Examples
    --------
    >>> str(registry().get_dimensionality("container"))
    '[container]'
    """
    return setup_registry()


def quantity(value: Any, unit: str) -> PlainQuantity[Any]:
    """Return a quantity of the application registry.

    It checks nothing: the value is wrapped as it stands, an array without a copy.

    Parameters
    ----------
    value : float or array
        The magnitude [`unit`].
    unit : str
        Its unit.

    Returns
    -------
    pint.Quantity
        The quantity [`unit`].

    Raises
    ------
    UnitError
        As `setup_registry`.

    Examples
    --------
    >>> print(quantity(3.0, "round"))
    3.0 round
    """
    return registry().Quantity(value, unit)


def is_quantity(value: object) -> bool:
    """Tell whether a value is a pint quantity, of whichever registry, without importing pint.

    A bare unit, such as `ureg.kg`, is none.

    Parameters
    ----------
    value : object
        Anything.

    Returns
    -------
    bool
        True for a quantity.

    Raises
    ------
    Nothing
        Every value has an answer.

    Examples
    --------
    >>> is_quantity(quantity(3.0, "round")), is_quantity(3.0)
    (True, False)
    """
    plain = sys.modules.get("pint.facets.plain.quantity")
    return plain is not None and isinstance(value, plain.PlainQuantity)


def magnitude(value: object, unit: str, argument: str) -> float:
    """Return the magnitude of a value in a unit.

    It checks the dimension, not the sign nor the size.

    Parameters
    ----------
    value : str, pint.Quantity or, for the unit "", a number
        Such as `60 kg` or a quantity of any registry [any unit of the same dimension].
    unit : str
        Such as `kg`, `m`, `round/container`, or "" for plain numbers.
    argument : str
        The name that error messages give it.

    Returns
    -------
    float
        The magnitude [`unit`].

    Raises
    ------
    UnitError
        If the value has no unit or one of another dimension, is not one finite number, or has a unit that is not known,
        is spelt in a way that pint takes for something else, or has an offset or a logarithm in it.

    Notes
    -----
    A quantity of another registry is taken by the names of its units. A quantity in `ton` is refused whatever it was
    made from, since pint gives the short ton that name.

    Examples
    --------
    >>> magnitude("60 lb", "kg", "gross")
    27.2155...
    """
    return magnitudes({argument: (value, unit)})[argument]


def magnitudes(values: Mapping[str, tuple[object, str]]) -> dict[str, float]:
    """Return the magnitudes of several values, or name all that are wrong in one error.

    It does not compare the values with each other.

    Parameters
    ----------
    values : mapping of str to (value, unit)
        For each argument its value and the unit wanted, as for `magnitude` [any unit of the same dimension].

    Returns
    -------
    dict of str to float
        For each argument its magnitude [its unit].

    Raises
    ------
    UnitError
        As `magnitude`, once for all that are wrong.

    Examples
    --------
    >>> magnitudes({"length": ("90 cm", "m"), "share": (0.8, "")})
    {'length': 0.9, 'share': 0.8}
    """
    found: dict[str, float] = {}
    wrong: list[str] = []
    for argument, (value, unit) in values.items():
        try:
            found[argument] = _in_unit(value, unit, argument)
        except UnitError as error:
            wrong.append(str(error))
    if wrong:
        raise UnitError(" ".join(wrong))
    return found


def canonical(value: object, unit: str | None, argument: str) -> tuple[float, str]:
    """Return a value of any dimension in the unit that shellflow keeps that dimension in, and that unit.

    It knows masses, lengths, times, rounds, packages and transports, and their products.

    Parameters
    ----------
    value : number, str or pint.Quantity
        The value [its own unit, or `unit`].
    unit : str or None
        The unit of a plain number; "" and None say that it has none. A value with its own unit must be of the same
        dimension.
    argument : str
        The name that error messages give it.

    Returns
    -------
    tuple of float and str
        The magnitude, and its unit: kg, m, day, round and so on, "" for plain numbers.

    Raises
    ------
    UnitError
        As `magnitude`, or if the dimension has none of these units.

    Examples
    --------
    >>> canonical("21.75 t", None, "payload")
    (21750.0, 'kg')
    >>> canonical(70_000, "rounds/week", "rate")
    (10000.0, 'round/day')
    """
    found = _read(value, argument)
    if isinstance(found, float):
        if not unit:
            return found, ""
        if unit in _KEPT:
            return found, _KEPT[unit]
        kept: PlainQuantity[Any] = registry().Quantity(found, _unit(unit, "unit", unit))
    else:
        kept = found
        expected = _unit(unit, "unit", unit).dimensionality if unit else None
        if expected is not None and kept.dimensionality != expected:
            said = f"{argument}={_said(value)} is {_name(kept.dimensionality)}; expected {_name(expected)}."
            raise UnitError(f"{said} Give it in {unit}.")
    kept_in = _kept_in(kept.dimensionality)
    if kept_in is None:
        allowed = "masses, lengths, times and counts of rounds, packages or transports"
        said = _said(value) if unit is None else f"{_said(value)} {unit}"
        raise UnitError(f"{argument}={said} is {_name(kept.dimensionality)}; must be made of {allowed}.")
    return _converted(kept, registry().parse_units(kept_in), argument, value), kept_in


def combined(left: str, right: str, sign: str) -> tuple[float, str]:
    """Return the unit of a product or a ratio of two units, and the factor that brings it there.

    Units in which shellflow keeps nothing come out in pint's root units.

    Parameters
    ----------
    left, right : str
        The two units; "" for plain numbers.
    sign : str
        "*" or "/".

    Returns
    -------
    tuple of float and str
        left sign right is that factor times that unit.

    Raises
    ------
    UnitError
        As `setup_registry`.

    Examples
    --------
    >>> combined("round", "round/day", "/")
    (1.0, 'day')
    """
    if not right:
        return 1.0, left
    if left == right and sign == "/":
        return 1.0, ""
    if not left and sign == "*":
        return 1.0, right
    one, other = quantity(1.0, left), quantity(1.0, right)
    made = one * other if sign == "*" else one / other
    kept_in = _kept_in(made.dimensionality)
    unit = str(made.to_root_units().units) if kept_in is None else kept_in
    return float(made.m_as(unit)), unit


def register_upcast(cls: type) -> bool:
    """Make pint leave `quantity * instance` to the reflected operators of a class.

    It holds for the class itself, not for subclasses. Where pint is not imported yet it is told as soon as it is, by
    whomever. It may be called as often as one likes.

    Parameters
    ----------
    cls : type
        The class; with `__array_ufunc__ = None` it has the same from numpy.

    Returns
    -------
    bool
        True if pint knows the class by now; False if pint is not imported yet, or has no such list.

    Raises
    ------
    Nothing
        Without pint's list its operators wrap the instance as a magnitude.

    Notes
    -----
    pint offers no function for this; the list is `pint.compat.upcast_type_map`, full name to class, as pint itself
    fills it for pandas and xarray.

    Examples
    --------
    >>> class Draws:
    ...     __array_ufunc__ = None
    ...     def __rmul__(self, other):
    ...         return f"mine: {other}"
    >>> quantity(2.0, "round").u, register_upcast(Draws)
    (<Unit('round')>, True)
    >>> quantity(2.0, "round") * Draws()
    'mine: 2.0 round'
    """
    with _lock:
        if cls not in _upcasts:
            _upcasts.append(cls)
        if "pint" in sys.modules:
            return _tell_pint()
        if _waiting not in sys.meta_path:
            sys.meta_path.insert(0, _waiting)
        return False


class _WhenPintIsImported:
    """Finds no module: it only sees to it that pint is told of our classes once it has been imported.

    Without it a quantity made by somebody else's import of pint would take an estimate for a bare number.
    """

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if name != "pint":
            return None
        from importlib.util import find_spec

        sys.meta_path.remove(self)
        spec = find_spec(name)
        loader: Any = None if spec is None else spec.loader
        if loader is not None:
            run = loader.exec_module

            def run_and_tell(module: Any) -> None:
                run(module)
                _tell_pint()

            loader.exec_module = run_and_tell
        return spec


_waiting: Any = _WhenPintIsImported()


def _tell_pint() -> bool:
    from pint import compat

    known = getattr(compat, "upcast_type_map", None)
    if not isinstance(known, dict):
        return False
    known.update({f"{cls.__module__}.{cls.__qualname__}": cls for cls in _upcasts})
    return True


def _define(chosen: Any, unit: str, dimension: str) -> None:
    import pint

    try:
        found = chosen.get_dimensionality(unit)
        factor, _ = chosen.get_root_units(unit)
    except pint.UndefinedUnitError:
        chosen.define(f"{unit} = {dimension} = _ = {unit}s")
        return
    if dict(found) != {dimension: 1} or factor != 1:
        raise UnitError(
            f"the registry already has a unit {unit!r}, of dimension {found} and factor {factor:g}; shellflow needs it "
            f"as the base unit of {dimension}. Use a registry without it (pint.set_application_registry)."
        )


def _in_unit(value: object, unit: str, argument: str) -> float:
    found = _read(value, argument)
    if isinstance(found, float):
        if unit == "":
            return found
        expected = registry().get_dimensionality(unit)
        missing = f"{argument}={shown(value)} has no unit; expected {_name(expected)}."
        raise UnitError(f"{missing} Give one, e.g. '{found:g} {unit}'.")
    wanted = registry().parse_units(unit)
    expected = registry().get_dimensionality(wanted)
    if found.dimensionality != expected:
        fix = f"Give it in {unit}." if unit else "Give it without a unit."
        raise UnitError(
            f"{argument}={_said(value)} is {_name(found.dimensionality)}; expected {_name(expected)}. {fix}"
        )
    return _converted(found, wanted, argument, value)


def _converted(found: PlainQuantity[Any], unit: Unit, argument: str, value: object) -> float:
    # Degrees and decibels are the units whose zero is not zero; multiplying by them means something else.
    if registry().Quantity(0.0, found.units).m_as(unit) != 0:
        raise UnitError(f"{argument}={_said(value)}: has an offset or logarithmic unit. Give it in another.")
    converted = float(found.m_as(unit))
    if not math.isfinite(converted):
        raise UnitError(f"{argument}={_said(value)}: must be finite.")
    return converted


def _read(value: object, argument: str) -> float | PlainQuantity[Any]:
    """Return a plain number as a float, anything with a unit as a quantity of the application registry."""
    if isinstance(value, str):
        return _read_text(value, argument)
    if not is_quantity(value):
        return _number(value, argument, value)
    given: Any = value
    number = _number(given.magnitude, argument, value)
    units = dict(given.unit_items())
    for name in units:
        if name.endswith("ton") and name not in _CLEAR_TONS:
            advice = "A ton may be short, long or metric; pint means the US short ton of 907 kg."
            raise UnitError(
                f"{argument}={_said(value)}: unit {name!r}. {advice} Convert it first, e.g. with .to('kg')."
            )
    try:
        adopted = registry().Quantity(number, registry().UnitsContainer(units))
        _ = adopted.dimensionality
    except Exception as error:  # whatever pint raises for a unit of another registry that this one does not have
        raise UnitError(
            f"{argument}={_said(value)}: pint's application registry has no such unit. Convert it first, or make your "
            "registry the application registry (pint.set_application_registry)."
        ) from error
    return adopted


def _read_text(text: str, argument: str) -> float | PlainQuantity[Any]:
    # pint itself would read "6,7 kg" as 67 kg and "24 000 kg" as 0 kg.
    found = _TEXT.fullmatch(text.translate(_digits.ODD_SIGNS).strip())
    if found is None:
        raise UnitError(f"{argument}={shown(text)}: must be a number and a unit. Write e.g. '65 kg' or '0.9 m'.")
    sign, written, exponent, unit = found.groups()
    digits = _digits.SEPARATORS.sub("", written)
    if not (_digits.PLAIN.fullmatch(written) or _digits.GROUPED.fullmatch(written)):
        fix = "Write a decimal as 6.7, thousands as 6700 or 6,700."
        raise UnitError(f"{argument}={shown(text)}: its separators can be read in several ways. {fix}")
    number = _number(float(f"{sign}{digits}{exponent}"), argument, text)
    if number == 0 and digits.strip("0."):
        raise UnitError(f"{argument}={shown(text)}: too small to tell from 0. Write it in a smaller unit.")
    chosen = _unit(unit, argument, text) if unit else None
    if (
        _digits.DOT_OR_THOUSANDS.fullmatch(written)
        and not exponent
        and (chosen is None or _counts(chosen.dimensionality))
    ):
        fix = f"Write {digits}0 for the decimal, {digits.replace('.', '')} for the thousands."
        raise UnitError(f"{argument}={shown(text)}: its separator can be read in two ways. {fix}")
    return number if chosen is None else registry().Quantity(number, chosen)


def _number(value: object, argument: str, whole: object) -> float:
    """Return one finite number as a float; `whole` is what messages show."""
    if getattr(value, "ndim", None) == 0 and hasattr(value, "item"):
        value = value.item()  # pint-xarray leaves arrays without dimensions as magnitudes
    if isinstance(value, bool) or not (isinstance(value, numbers.Real) or _is_decimal(value)):
        several = hasattr(value, "__len__") and not isinstance(value, str)
        fix = " For a range use sf.uniform(low, high), for a table sf.flow." if several else ""
        raise UnitError(f"{argument}={_said(whole)}: a single number is wanted.{fix}")
    try:
        number = float(value)  # type: ignore[arg-type]  # a real number, or a Decimal, as was just seen
    except (OverflowError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise UnitError(f"{argument}={_said(whole)}: must be a finite number.")
    return number


def _is_decimal(value: object) -> bool:
    from decimal import Decimal  # 2 ms that a plain number does not need

    return isinstance(value, Decimal)


def _unit(text: str, argument: str, whole: object) -> Unit:
    """Return the unit if the application registry can read the text and means by it what people mean."""
    for token in re.findall(r"[^\W\d_]\w*", text):
        advice = _treachery(token)
        if token == "M":
            advice = "pint reads M as molar. Write 3e6 or 3000000 for 3M."
        if advice:
            raise UnitError(f"{argument}={_said(whole)}: unit {token!r}. {advice}")
    try:
        found = registry().parse_units(f"1{text}" if text.startswith("/") else text)
        _ = found.dimensionality
    except Exception as error:  # pint's parser raises errors of many kinds, assertions and token errors among them
        import difflib

        close = difflib.get_close_matches(text.casefold(), _COMMON, n=1, cutoff=0.7)
        hint = f" Did you mean {close[0]!r}?" if close else ""
        raise UnitError(
            f"{argument}={_said(whole)}: cannot read {text!r} as a unit.{hint} Write e.g. '65 kg'."
        ) from error
    return found


def _treachery(token: str) -> str | None:
    """Return the advice against a spelling that pint takes for something else, with a prefix or in the plural too."""
    for prefix in _PREFIXES:
        if token.startswith(prefix) and (rest := token[len(prefix) :].casefold()) not in ("", *_KEPT):
            # Behind a prefix only the spellings that pint itself would take: a mach or a kcar is nobody's word.
            known = _TREACHEROUS if not prefix else {word: _TREACHEROUS[word] for word in ("ton", "gr", "rd", "pc")}
            if advice := known.get(rest) or known.get(rest.removesuffix("s")):
                return advice
    return None


def _counts(dimensions: UnitsContainer) -> bool:
    return any(dimension in _DIMENSION_OF.values() for dimension in dimensions)


def _name(dimensions: UnitsContainer) -> str:
    return str(dimensions) if dimensions else "a plain number"


def _kept_in(dimensions: UnitsContainer) -> str | None:
    """Return the unit these dimensions are kept in, "" for none; None where shellflow keeps no such dimension."""
    if not set(dimensions) <= set(_KEPT_IN):
        return None
    powers: dict[str, Any] = {unit: dimensions[one] for one, unit in _KEPT_IN.items() if one in dimensions}
    above = "*".join(f"{unit}**{power:g}" if power != 1 else unit for unit, power in powers.items() if power > 0)
    below = "".join(
        f"/{unit}**{-power:g}" if power != -1 else f"/{unit}" for unit, power in powers.items() if power < 0
    )
    return f"{above or '1'}{below}" if powers else ""


def _said(value: object) -> str:
    """Return a value as messages show it: a quantity as "3 round", anything else as its repr."""
    if not is_quantity(value):
        return shown(value)
    held: Any = value
    return f"{shown(held.magnitude)} {held.units}".rstrip()
