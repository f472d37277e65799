"""The ways to state an input by hand, or from observations of one's own."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence, Set
from typing import Any

from shellflow import checks, sampling, units
from shellflow.errors import ArgumentError, attribute_of, bad_argument, listed, shown
from shellflow.inputs._figures import within_limits
from shellflow.inputs._input import Input, as_stated
from shellflow.inputs._reading import check_level, exactly, read_values

__all__ = [
    "discrete",
    "distribution",
    "fixed",
    "from_observations",
    "lognormal",
    "triangular",
    "uniform",
]


def fixed(
    value: object,
    unit: str | None = None,
    *,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
) -> Input:
    """State a number as known exactly.

    Parameters
    ----------
    value : number, str or pint quantity
        "65 kg", "6.7k containers", 0.8 [its own unit].
    unit : str, optional
        Unit of plain numbers [unitless].
    name : str, optional
        Its identity; without one the object is its identity, and its content decides its draws [unitless].
    source, grade : str, optional
        Where it is from and how it is known; `assumed` without a source [unitless].

    Returns
    -------
    Input
        The named input.

    Raises
    ------
    ArgumentError, UnitError
        If the value is not one finite number with a unit that can be read.

    Examples
    --------
    >>> fixed("6.7k containers").unit
    'container'
    """
    magnitudes, read_unit = read_values({"value": value}, unit)
    return as_stated(
        "fixed", sampling.Fixed(magnitudes["value"]), read_unit, name, source, grade, exactly(magnitudes["value"])
    )


def uniform(
    low: object,
    high: object,
    unit: str | None = None,
    *,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
) -> Input:
    """State two hard limits, with nothing between them likelier than the rest.

    Parameters
    ----------
    low, high : number, str or pint quantity
        The limits, low first [their own unit].
    unit, name, source, grade
        As for `fixed`.

    Returns
    -------
    Input
        The named input; equal limits make it fixed.

    Raises
    ------
    ArgumentError, UnitError
        If a limit is not one finite number with a unit that can be read, the units differ, or low is above high.

    Examples
    --------
    >>> uniform(0.7, 1.0, name="share with munitions").band()
    (0.715, 0.85, 0.985)
    """
    magnitudes, read_unit = read_values({"low": low, "high": high}, unit)
    if not magnitudes["low"] <= magnitudes["high"]:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high. Swap them.")
    parameters = f"{magnitudes['low']:.15g}, {magnitudes['high']:.15g}"
    return as_stated(
        "uniform",
        within_limits(magnitudes["low"], None, magnitudes["high"]),
        read_unit,
        name,
        source,
        grade,
        parameters,
    )


def triangular(
    low: object,
    best: object,
    high: object,
    unit: str | None = None,
    *,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
) -> Input:
    """State two hard limits and the likeliest value between them.

    Parameters
    ----------
    low, best, high : number, str or pint quantity
        In this order [their own unit].
    unit, name, source, grade
        As for `fixed`.

    Returns
    -------
    Input
        The named input; equal values make it fixed.

    Raises
    ------
    ArgumentError, UnitError
        If a value is not one finite number with a unit that can be read, the units differ, or the order is wrong.

    Examples
    --------
    >>> triangular(60, 65, 72, "kg", name="my crate").unit
    'kg'
    """
    magnitudes, read_unit = read_values({"low": low, "best": best, "high": high}, unit)
    if not magnitudes["low"] <= magnitudes["best"] <= magnitudes["high"]:
        raise ArgumentError(
            f"low={shown(low)}, best={shown(best)}, high={shown(high)}: must be in this order. Sort them."
        )
    parameters = ", ".join(f"{value:.15g}" for value in magnitudes.values())
    between = within_limits(magnitudes["low"], magnitudes["best"], magnitudes["high"])
    return as_stated("triangular", between, read_unit, name, source, grade, parameters)


def lognormal(
    low: object,
    high: object,
    unit: str | None = None,
    *,
    level: float = 0.9,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
) -> Input:
    """State the central interval of a positive value that may lie beyond it on either side.

    Parameters
    ----------
    low, high : number, str or pint quantity
        Ends of the interval, both positive [their own unit].
    unit
        As for `fixed`.
    level : float
        The probability between the ends, in (0, 1) [unitless].
    name, source, grade
        As for `fixed`.

    Returns
    -------
    Input
        The named input; its median is the geometric mean of the ends.

    Raises
    ------
    ArgumentError, UnitError
        If an end is not one positive number with a unit that can be read, the units differ, low is not below high, or
        the level is outside (0, 1).

    Examples
    --------
    >>> round(lognormal(100, 400, "kg", name="x").band()[1], 9)
    200.0
    """
    from statistics import NormalDist  # imports that only this distribution needs

    level = check_level(level)
    magnitudes, read_unit = read_values({"low": low, "high": high}, unit)
    if not 0 < magnitudes["low"] < magnitudes["high"]:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: must be positive, low below high.")
    log_low, log_high = math.log(magnitudes["low"]), math.log(magnitudes["high"])
    deviation = (log_high - log_low) / 2 / NormalDist().inv_cdf((1 + level) / 2)
    lognormal = sampling.Lognormal((log_low + log_high) / 2, deviation)
    parameters = f"{magnitudes['low']:.15g}, {magnitudes['high']:.15g}, level={level:g}"
    return as_stated("lognormal", lognormal, read_unit, name, source, grade, parameters)


def _in_order(values: object, argument: str, allowed: str, fix: str = "") -> list[Any]:
    if isinstance(values, Set):  # which has no order
        raise bad_argument(argument, values, allowed, fix)
    return listed(values, argument, allowed, fix)


def from_observations(
    observations: Iterable[object],
    unit: str | None = None,
    *,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
    band_for: str = "the next one of the same kind",
) -> Input:
    """Turn three or more observations into what they say of the next one of the same kind.

    An error that all of them share is not in the band. Values that are all equal are refused, as they show no spread:
    write each as the range it was rounded from.

    Parameters
    ----------
    observations : iterable of number, str, pint quantity, or (low, high) pairs of these
        At least three, all positive, all of one dimension [their own unit].
    unit, name, source, grade
        As for `fixed`.
    band_for : str
        What the band is a band for, in words [unitless].

    Returns
    -------
    Input
        The named input: log-normal data, Student t with k-1 degrees of freedom.

    Raises
    ------
    NoDataError
        If there are fewer than three, or all are the same single value.
    ArgumentError, UnitError
        If one is not positive, a pair is upside down, or the units differ or cannot be read.

    Notes
    -----
    The formula stands with `shellflow.sampling.predictive`.

    Examples
    --------
    >>> load = from_observations(["9.6 t", "11.5 t", ("8.9 t", "13.9 t")], name="my loads")
    >>> [round(value) for value in load.band(0.5)]
    [9550, 10708, 12008]
    """
    observed = _in_order(observations, "observations", "a list of values or (low, high) pairs")
    values: dict[str, object] = {}
    ends: list[tuple[str, str]] = []
    for place, observation in enumerate(observed):
        argument = f"observations[{place}]"
        if isinstance(observation, list | tuple):
            if len(observation) != 2:
                raise bad_argument(argument, observation, "a single value or a (low, high) pair")
            ends.append((f"{argument}[0]", f"{argument}[1]"))
            values[ends[-1][0]], values[ends[-1][1]] = observation
        else:
            ends.append((argument, argument))
            values[argument] = observation
    magnitudes, read_unit = read_values(values, unit) if values else ({}, unit or "")
    lows, highs = [magnitudes[low] for low, _ in ends], [magnitudes[high] for _, high in ends]
    predictive = sampling.predictive(lows, highs)
    parameters = ", ".join(f"{a:.15g}" if a == b else f"({a:.15g}, {b:.15g})" for a, b in zip(lows, highs, strict=True))
    return as_stated("from_observations", predictive, read_unit, name, source, grade, parameters, band_for)


def discrete(
    values: Sequence[object],
    weights: Sequence[float] | None = None,
    unit: str | None = None,
    *,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
) -> Input:
    """State a few separate values, with their probabilities.

    Parameters
    ----------
    values : sequence of number, str or pint quantity
        The values, each different [their own unit].
    weights : sequence of float, optional
        Their probabilities, which sum to 1; equal when left out [unitless].
    unit, name, source, grade
        As for `fixed`.

    Returns
    -------
    Input
        The named input; a single value makes it fixed.

    Raises
    ------
    ArgumentError, UnitError
        If a value cannot be read or stands twice, or the weights are not probabilities that sum to 1.

    Examples
    --------
    >>> discrete([1, 2], [0.75, 0.25], name="rounds to a crate").band()
    (1.0, 1.0, 2.0)
    """
    given = _in_order(values, "values", "a list of values", "Give the probabilities as weights, in the same order.")
    if weights is None:
        shares = [1 / max(len(given), 1)] * len(given)
    else:
        shares = _in_order(weights, "weights", "a list of probabilities, one for each value")
    if not given or len(shares) != len(given):
        raise ArgumentError(
            f"values and weights: {len(given)} and {len(shares)} given; must be equally many, not none."
        )
    magnitudes, read_unit = read_values({f"values[{place}]": value for place, value in enumerate(given)}, unit)
    for place, share in enumerate(shares):
        shares[place] = checks.number(
            share, f"weights[{place}]", above=0, allowed="a positive probability", fix="Leave out what cannot be."
        )
    pairs = sorted(zip(magnitudes.values(), shares, strict=True))
    if len(pairs) == 1 and math.isclose(shares[0], 1.0, rel_tol=0, abs_tol=1e-9):
        return fixed(given[0], unit, name=name, source=source, grade=grade)
    chances = sampling.Discrete(tuple(value for value, _ in pairs), tuple(float(share) for _, share in pairs))
    parameters = ", ".join(f"{value:.15g}: {share:.15g}" for value, share in pairs)
    return as_stated("discrete", chances, read_unit, name, source, grade, parameters)


def distribution(
    source_distribution: Any,
    unit: str = "",
    *,
    name: str | None = None,
    source: str | None = None,
    grade: str | None = None,
) -> Input:
    """Take a distribution made elsewhere: anything with a vectorised `ppf`, such as a frozen one of scipy.

    Only its quantile function is used; written to JSON it becomes a table of its quantiles.

    Parameters
    ----------
    source_distribution : object with ``ppf(array) -> array``
        The distribution [`unit`].
    unit : str
        The unit its values are in; "" for plain numbers [unitless].
    name, source, grade
        As for `fixed`.

    Returns
    -------
    Input
        The named input.

    Raises
    ------
    ArgumentError
        If it has no `ppf`, or one that gives values that are not finite or that fall.
    UnitError
        If the unit cannot be read, or is one with an offset.

    Examples
    --------
    >>> class Ramp:
    ...     def ppf(self, p):
    ...         return 10 + 2 * p
    >>> distribution(Ramp(), "t", name="ramp").band()[1]
    11000.0
    """
    if isinstance(source_distribution, type) or not callable(attribute_of(source_distribution, "ppf")):
        allowed = "an object with a ppf method"
        raise bad_argument("source_distribution", source_distribution, allowed, "For plain numbers use sf.uniform.")
    if not isinstance(unit, str):
        raise bad_argument("unit", unit, "a text such as 'kg'")
    scale, read_unit = units.canonical(1.0, unit, "unit")
    foreign = sampling.WithPpf(source_distribution, scale)
    quantiles = foreign.ppf(sampling.midpoints(64))
    # What it is called may hold its address in memory, which is another in the next run.
    content = hashlib.blake2b(" ".join(f"{value:.12g}" for value in quantiles).encode(), digest_size=6).hexdigest()
    return as_stated("distribution", foreign, read_unit, name, source, grade, f"quantiles {content}")
