"""The registry of pint with rounds, packages and transports in it, and what pint must know of our classes.

pint is imported only by the functions that need it.
"""

from __future__ import annotations

import math
import sys
import threading
import weakref
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shellflow.errors import UnitError, shown
from shellflow.units._grammar import TRANSPORTED, Unit, dimension_of, made_of, read_unit, unit_of_names

if TYPE_CHECKING:
    from pint import UnitRegistry
    from pint.facets.plain import PlainQuantity

__all__ = ["is_quantity", "quantity", "register_upcast", "registry", "setup_registry", "unit_of_quantity"]

# One lock around every first use: pint makes its application registry when it is first asked for anything, and a
# second thread would meet it half made.
_lock = threading.RLock()
_ready: weakref.WeakSet[Any] = weakref.WeakSet()
_upcasts: list[type] = []

# Any other unit of pint whose name ends so is a multiple of the US short ton, or, as mt is, a thousandth of a tonne.
_CLEAR_TONS = ("metric_ton", "short_ton", "long_ton", "US_ton", "UK_ton", "kilometric_ton")


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
    with _lock:
        if not hasattr(chosen, "define"):
            raise UnitError(f"registry={shown(registry)}: must be a pint.UnitRegistry, or left out for pint's own.")
        in_force = application.get() if chosen is application else chosen  # it is a shell around another one
        if in_force not in _ready:
            for unit in TRANSPORTED:
                _define(chosen, unit, dimension_of(unit))
            _ready.add(in_force)
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

    The value is wrapped as it stands, unchecked, an array without a copy.

    Parameters
    ----------
    value : float or array
        The magnitude [`unit`].
    unit : str
        Its unit, such as `kg`, `round/day` or "" [unitless].

    Returns
    -------
    pint.Quantity
        The quantity [`unit`].

    Raises
    ------
    UnitError
        If the unit cannot be read, or as `setup_registry`.

    Examples
    --------
    >>> print(quantity(3.0, "round"))
    3.0 round
    """
    names = read_unit(unit, "unit", shown(unit)).names if unit else ()
    with _lock:
        ureg = registry()
        return ureg.Quantity(value, ureg.UnitsContainer(dict(names)))


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

    Examples
    --------
    >>> is_quantity(quantity(3.0, "round")), is_quantity(3.0)
    (True, False)
    """
    plain = sys.modules.get("pint.facets.plain.quantity")
    return plain is not None and isinstance(value, plain.PlainQuantity)


def register_upcast(cls: type) -> bool:
    """Make pint leave `quantity * instance` to the reflected operators of a class.

    It holds for the class itself, not for subclasses. Where pint is not imported yet, it is told by the next call, or
    when shellflow first uses its registry: so call it whenever an instance is made.

    Parameters
    ----------
    cls : type
        The class; with `__array_ufunc__ = None` it has the same from numpy.

    Returns
    -------
    bool
        True if pint knows the class; False if pint is not imported yet, or has no such list.

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
    return "pint" in sys.modules and _tell_pint()


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
        known = chosen.get_dimensionality(unit)
        factor, _ = chosen.get_root_units(unit)
    except pint.UndefinedUnitError:
        chosen.define(f"{unit} = {dimension} = _ = {unit}s")
        return
    if dict(known) != {dimension: 1} or factor != 1:
        raise UnitError(
            f"the registry already has a unit {unit!r}, of dimension {known} and factor {factor:g}; shellflow needs it "
            f"as the base unit of {dimension}. Use a registry without it (pint.set_application_registry)."
        )


def unit_of_quantity(value: Any, argument: str, written: str) -> Unit:
    """Return the unit of a pint quantity, looked up by the names of its units.

    Parameters
    ----------
    value : pint.Quantity
        Of any registry.
    argument, written : str
        Its name, and the quantity as error messages show it [unitless].

    Returns
    -------
    Unit
        The unit.

    Raises
    ------
    UnitError
        If the application registry does not know it, or shellflow keeps nothing in its dimension; if it is a ton of
        some kind, or has an offset or a logarithm in it.
    """
    names = dict(value.unit_items())
    for name in names:
        if name.endswith("ton") and name not in _CLEAR_TONS:
            advice = "A ton may be short, long or metric; pint means the US short ton of 907 kg."
            raise UnitError(f"{argument}={written}: unit {name!r}. {advice} Convert it first, e.g. with .to('kg').")
    with _lock:
        ureg: Any = registry()
        try:
            adopted = ureg.Quantity(1.0, ureg.UnitsContainer(names))
            dimensions = dict(adopted.dimensionality)
        except Exception as error:  # whatever pint raises for a unit of another registry that this one does not have
            raise UnitError(
                f"{argument}={written}: pint's application registry has no such unit. Convert it first, or make your "
                "registry the application registry (pint.set_application_registry)."
            ) from error
        base = made_of(dimensions.items())
        if base is None:
            raise UnitError(
                f"{argument}={written} is {adopted.dimensionality}; must be made of masses, lengths, times and counts "
                "of rounds, packages or transports, in powers from 1 to 3."
            )
        kept = ureg.UnitsContainer(dict(base.names))
        try:
            # Degrees and decibels are the units whose zero is not zero; multiplying by them means something else.
            offset = ureg.Quantity(0.0, adopted.units).m_as(kept) != 0
            factor = float(adopted.m_as(kept))
        except Exception as error:  # pint's own errors are of many kinds
            raise UnitError(f"{argument}={written}: pint cannot convert it. Convert it first.") from error
    if offset:
        raise UnitError(f"{argument}={written}: has an offset or logarithmic unit. Give it in another.")
    ours = unit_of_names(names.items())
    if ours is not None and ours.powers == base.powers and math.isclose(ours.times / ours.over, factor, rel_tol=1e-9):
        return ours  # the same number as from text, where pint's factors are rounded
    return replace(base, times=factor)
