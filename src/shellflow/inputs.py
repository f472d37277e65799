"""Named uncertain inputs: a distribution with its unit, source and grade, and the ways to state one.

An input's name is its identity: the same name is the same unknown wherever it is used.
"""

from __future__ import annotations

import math
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from shellflow import units, words, worlds
from shellflow.errors import ArgumentError, InputConflictError, ShellflowError, UnitError, bad_argument, shown

__all__ = [
    "AS_ASKED",
    "GRADES",
    "NO_SOURCE",
    "Input",
    "Wanted",
    "as_input",
    "as_inputs",
    "check_grade",
    "check_level",
    "discrete",
    "distribution",
    "exactly",
    "fit_observations",
    "fixed",
    "from_limits",
    "from_observations",
    "gather",
    "lognormal",
    "triangular",
    "uniform",
    "weakest",
    "within",
]

GRADES = ("measured", "specified", "published", "derived", "assumed")
"""How a number is known, from the firmest to the weakest."""

NO_SOURCE = "none stated"

AS_ASKED = "as asked"
"""Source of what a question itself says: no evidence, and so not graded with it."""

_counter: Counter[str] = Counter()
_counter_lock = threading.Lock()


@dataclass(frozen=True)
class Input:
    """One unknown, or one fixed number, with all that is said about it.

    Parameters
    ----------
    name : str
        Its identity: draws depend on it and on nothing else [unitless].
    distribution : worlds.Distribution
        What is known of its value, in `unit`.
    unit : str
        A pint unit; "" for a plain number [unitless].
    source : str
        Where the figure is from [unitless].
    grade : str
        One of `GRADES` [unitless].
    band_for : str
        What a band of it is a band for, in words, where that is not the value itself [unitless].

    Raises
    ------
    ArgumentError
        If the name is empty, the grade unknown, or a grade better than `assumed` comes without a source.
    """

    name: str
    distribution: worlds.Distribution
    unit: str
    source: str = NO_SOURCE
    grade: str = "assumed"
    band_for: str = ""

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise bad_argument("name", self.name, "a text that is not empty", "Leave it out for an unknown of its own.")
        check_grade(self.grade, self.source)

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same in all worlds."""
        return isinstance(self.distribution, worlds.Fixed)

    def draws(self, chosen: worlds.Settings) -> worlds.Floats:
        """Return its value in every world, read-only.

        Parameters
        ----------
        chosen : worlds.Settings
            Number of worlds and seed.

        Returns
        -------
        array of n floats
            The same array every time [its unit].

        Raises
        ------
        ArgumentError
            If a foreign distribution gives values that are not finite or fall.
        """
        return worlds.draw(self.name, self.distribution, chosen)

    def band(self, level: float = 0.9) -> tuple[float, float, float]:
        """Return the low end of its central interval, its median and the high end.

        Parameters
        ----------
        level : float
            Probability of the interval, in (0, 1) [unitless].

        Returns
        -------
        tuple of three floats
            Low, median, high [its unit].

        Raises
        ------
        Nothing for a level in (0, 1).
        """
        low, median, high = self.distribution.ppf(np.array([(1 - level) / 2, 0.5, (1 + level) / 2]))
        return float(low), float(median), float(high)


def check_grade(grade: str, source: str) -> None:
    """Check that a grade exists and that it is not better than its source.

    Parameters
    ----------
    grade : str
        One of `GRADES` [unitless].
    source : str
        Where the figure is from; "" or `NO_SOURCE` for none [unitless].

    Raises
    ------
    ArgumentError
        If not.
    """
    if grade not in GRADES:
        raise bad_argument("grade", grade, f"one of {', '.join(GRADES)}")
    if grade != "assumed" and (not source or source == NO_SOURCE):
        raise ArgumentError(
            f"grade={grade!r} without a source: a number without a source is graded 'assumed'. "
            "Give source=..., or leave the grade out."
        )


def weakest(grades: Iterable[str]) -> str:
    """Return the weakest of some grades.

    Parameters
    ----------
    grades : iterable of str
        At least one of `GRADES` [unitless].

    Returns
    -------
    str
        The one that stands last in `GRADES` [unitless].

    Raises
    ------
    ArgumentError
        If there are none, or one is unknown.
    """
    found = list(grades)
    for grade in found:
        if grade not in GRADES:
            raise bad_argument("grade", grade, f"one of {', '.join(GRADES)}")
    if not found:
        raise bad_argument("grades", found, "at least one grade")
    return max(found, key=GRADES.index)


def exactly(value: float) -> str:
    """Return a number in the fewest digits that tell it from every other: part of the name of a fixed input.

    Parameters
    ----------
    value : float
        The number [any one unit].

    Returns
    -------
    str
        Its digits [unitless].

    Raises
    ------
    Nothing.
    """
    return repr(float(value)).removesuffix(".0")


def gather(inputs: Iterable[Input]) -> tuple[Input, ...]:
    """Return each input once, in the order of first use.

    Parameters
    ----------
    inputs : iterable of Input
        In which a name may stand several times.

    Returns
    -------
    tuple of Input
        Each name once.

    Raises
    ------
    InputConflictError
        If one name stands for two distributions.
    """
    found: dict[str, Input] = {}
    for one in inputs:
        known = found.setdefault(one.name, one)
        if known is not one and (known.distribution, known.unit) != (one.distribution, one.unit):
            raise InputConflictError(
                f"the input name {one.name!r} stands for two different things in one estimate: "
                f"{_say(known)} and {_say(one)}. Give one of them another name."
            )
    return tuple(found.values())


def _say(one: Input) -> str:
    return f"{shown(one.distribution)} {one.unit}".strip()


# --- reading values ---------------------------------------------------------------------------------------------------


def _read(values: Mapping[str, object], unit: str | None) -> tuple[dict[str, float], str]:
    """Return the magnitudes of several values of one dimension and the unit they are in; `unit` is for plain numbers.

    Texts are read as counts first ("6.7k containers"), then as quantities ("60 kg").
    """
    if unit is not None and not isinstance(unit, str):
        raise bad_argument("unit", unit, "a text such as 'kg'")
    read: dict[str, tuple[float, str]] = {}
    wrong: list[ShellflowError] = []
    for argument, value in values.items():
        try:
            read[argument] = _read_one(argument, value, unit)
        except ShellflowError as error:
            wrong.append(error)
    _raise_all(wrong)
    found = {one for _, one in read.values()}
    if len(found) == 2 and "" in found and found & set(_COUNTED):
        found.discard("")  # "6000" and "7000 containers": the noun said once speaks for both
    if len(found) > 1:
        said = ", ".join(f"{argument} in {one or 'no unit'}" for argument, (_, one) in read.items())
        raise UnitError(f"{said}: must be of one dimension. Give each the same unit.")
    return {argument: value for argument, (value, _) in read.items()}, found.pop()


_COUNTED = ("round", "package", "container", "wagon", "truck", "voyage")


def _read_one(argument: str, value: object, unit: str | None, *, counted: bool = True) -> tuple[float, str]:
    if not isinstance(value, str):
        return units.canonical(value, unit, argument)
    try:
        amount = words.read_count(value, argument=argument)
    except ShellflowError as not_a_count:
        try:
            rate = words.read_rate(value, argument=argument)
        except ShellflowError:
            try:
                return units.canonical(value, None, argument)
            except ShellflowError as not_a_quantity:
                # The count's message is the better one, unless a quantity is wanted, or it is one and a wrong one.
                wrong_quantity = isinstance(not_a_count, UnitError) or not counted
                raise (not_a_quantity if wrong_quantity else not_a_count) from None
        return rate.value_per_day, f"{rate.noun or '1'}/day"
    if amount.noun is None and unit is not None:
        return units.canonical(amount.value, unit, argument)
    return amount.value, amount.noun or ""


def _unnamed(kind: str, parameters: str) -> str:
    # Counted per content, so that one script gives one answer in every run, whatever else it makes in between.
    text = f"unnamed {kind}({parameters})"
    with _counter_lock:
        _counter[text] += 1
        return f"{text} #{_counter[text]}"


def _make(
    kind: str,
    found: worlds.Distribution,
    unit: str,
    name: str | None,
    source: str | None,
    grade: str | None,
    parameters: str,
    band_for: str = "",
) -> Input:
    if name is None:
        said = f"{parameters} {unit}".strip()
        name = f"fixed {said}" if kind == "fixed" else _unnamed(kind, said)
    return Input(name, found, unit, source or NO_SOURCE, grade or "assumed", band_for)


# --- stating an input -------------------------------------------------------------------------------------------------


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
        Unit of a plain number [unitless].
    name : str, optional
        Its identity [unitless].
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
    read, found_unit = _read({"value": value}, unit)
    return _make("fixed", worlds.Fixed(read["value"]), found_unit, name, source, grade, exactly(read["value"]))


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
    unit : str, optional
        Unit of plain numbers [unitless].
    name : str, optional
        Its identity; without one it is a distinct unknown each time it is made [unitless].
    source, grade : str, optional
        Where it is from and how it is known; `assumed` without a source [unitless].

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
    read, found_unit = _read({"low": low, "high": high}, unit)
    if not read["low"] <= read["high"]:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: low must not be above high. Swap them.")
    parameters = f"{read['low']:.15g}, {read['high']:.15g}"
    return _make("uniform", _limits(read["low"], None, read["high"]), found_unit, name, source, grade, parameters)


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
    unit : str, optional
        Unit of plain numbers [unitless].
    name : str, optional
        Its identity; without one it is a distinct unknown each time it is made [unitless].
    source, grade : str, optional
        Where it is from and how it is known; `assumed` without a source [unitless].

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
    read, found_unit = _read({"low": low, "best": best, "high": high}, unit)
    if not read["low"] <= read["best"] <= read["high"]:
        raise ArgumentError(
            f"low={shown(low)}, best={shown(best)}, high={shown(high)}: must be in this order. Sort them."
        )
    parameters = ", ".join(f"{value:.15g}" for value in read.values())
    found = _limits(read["low"], read["best"], read["high"])
    return _make("triangular", found, found_unit, name, source, grade, parameters)


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
    unit : str, optional
        Unit of plain numbers [unitless].
    level : float
        The probability between the ends, in (0, 1) [unitless].
    name : str, optional
        Its identity; without one it is a distinct unknown each time it is made [unitless].
    source, grade : str, optional
        Where it is from and how it is known; `assumed` without a source [unitless].

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

    check_level(level)
    read, found_unit = _read({"low": low, "high": high}, unit)
    if not 0 < read["low"] < read["high"]:
        raise ArgumentError(f"low={shown(low)}, high={shown(high)}: must be positive, low below high.")
    log_low, log_high = math.log(read["low"]), math.log(read["high"])
    deviation = (log_high - log_low) / 2 / NormalDist().inv_cdf((1 + level) / 2)
    found = worlds.Lognormal((log_low + log_high) / 2, deviation)
    parameters = f"{read['low']:.15g}, {read['high']:.15g}, level={level:g}"
    return _make("lognormal", found, found_unit, name, source, grade, parameters)


def check_level(level: object) -> float:
    """Return a probability of a central interval, checked.

    Parameters
    ----------
    level : object
        What was given [unitless].

    Returns
    -------
    float
        The same number [unitless].

    Raises
    ------
    ArgumentError
        If it is not a number strictly between 0 and 1.
    """
    if isinstance(level, bool) or not isinstance(level, int | float | np.number) or not 0 < level < 1:
        raise bad_argument("level", level, "between 0 and 1, both excluded", "Write 0.9 for 90 %.")
    return float(level)


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

    An error that all of them share is not in the band.

    Parameters
    ----------
    observations : iterable of number, str, pint quantity, or (low, high) pairs of these
        At least three, all positive, all of one dimension [their own unit].
    unit : str, optional
        Unit of plain numbers [unitless].
    name : str, optional
        Its identity; without one it is a distinct unknown each time it is made [unitless].
    source, grade : str, optional
        Where they are from and how they are known; `assumed` without a source [unitless].
    band_for : str
        What the band is a band for, in words [unitless].

    Returns
    -------
    Input
        The named input: log-normal data, Student t with k-1 degrees of freedom.

    Raises
    ------
    NoDataError
        If there are fewer than three.
    ArgumentError, UnitError
        If one is not positive, a pair is upside down, or the units differ or cannot be read.

    Notes
    -----
    The formula stands with `shellflow.worlds.predictive`.

    Examples
    --------
    >>> load = from_observations(["9.6 t", "11.5 t", ("8.9 t", "13.9 t")], name="my loads")
    >>> [round(value) for value in load.band(0.5)]
    [9550, 10708, 12008]
    """
    if isinstance(observations, str) or not isinstance(observations, Iterable):
        raise bad_argument("observations", observations, "a list of values or (low, high) pairs")
    values: dict[str, object] = {}
    ends: list[tuple[str, str]] = []
    for place, one in enumerate(observations):
        argument = f"observations[{place}]"
        if isinstance(one, list | tuple):
            if len(one) != 2:
                raise bad_argument(argument, one, "a single value or a (low, high) pair")
            ends.append((f"{argument}[0]", f"{argument}[1]"))
            values[ends[-1][0]], values[ends[-1][1]] = one
        else:
            ends.append((argument, argument))
            values[argument] = one
    read, found_unit = _read(values, unit) if values else ({}, unit or "")
    lows, highs = [read[low] for low, _ in ends], [read[high] for _, high in ends]
    found = _predictive(lows, highs)
    parameters = ", ".join(f"{a:.15g}" if a == b else f"({a:.15g}, {b:.15g})" for a, b in zip(lows, highs, strict=True))
    return _make("from_observations", found, found_unit, name, source, grade, parameters, band_for)


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
    unit : str, optional
        Unit of plain numbers [unitless].
    name : str, optional
        Its identity; without one it is a distinct unknown each time it is made [unitless].
    source, grade : str, optional
        Where it is from and how it is known; `assumed` without a source [unitless].

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
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise bad_argument("values", values, "a list of values")
    listed = list(values)
    shares = [1 / max(len(listed), 1)] * len(listed) if weights is None else list(weights)
    if not listed or len(shares) != len(listed):
        raise ArgumentError(
            f"values and weights: {len(listed)} and {len(shares)} given; must be equally many, not none."
        )
    read, found_unit = _read({f"values[{place}]": value for place, value in enumerate(listed)}, unit)
    for place, share in enumerate(shares):
        if isinstance(share, bool) or not isinstance(share, int | float | np.number) or not share > 0:
            raise bad_argument(f"weights[{place}]", share, "a positive probability", "Leave out what cannot be.")
    pairs = sorted(zip(read.values(), shares, strict=True))
    if len(pairs) == 1:
        return fixed(listed[0], unit, name=name, source=source, grade=grade)
    found = worlds.Discrete(tuple(value for value, _ in pairs), tuple(float(share) for _, share in pairs))
    parameters = ", ".join(f"{value:.15g}: {share:.15g}" for value, share in pairs)
    return _make("discrete", found, found_unit, name, source, grade, parameters)


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
    name : str, optional
        Its identity; without one it is a distinct unknown each time it is made [unitless].
    source, grade : str, optional
        Where it is from and how it is known; `assumed` without a source [unitless].

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
    if not callable(getattr(source_distribution, "ppf", None)):
        raise bad_argument(
            "distribution", source_distribution, "an object with a ppf method", "For plain numbers use sf.uniform."
        )
    scale, found_unit = units.canonical(1.0, unit, "unit")
    found = worlds.WithPpf(source_distribution, scale)
    found.ppf(worlds.midpoints(64))
    return _make("distribution", found, found_unit, name, source, grade, shown(source_distribution))


# --- inputs from tables -----------------------------------------------------------------------------------------------


def _limits(low: float | None, best: float | None, high: float | None) -> worlds.Distribution:
    known = [value for value in (low, best, high) if value is not None]
    if not known:
        raise ArgumentError("low, best, high: none is given; at least one is needed.")
    if low is None or high is None or low == high:
        if len(set(known)) > 1:
            raise ArgumentError(f"low={low!r}, best={best!r}, high={high!r}: give both limits, or one value alone.")
        return worlds.Fixed(known[0])
    return worlds.Uniform(low, high) if best is None else worlds.Triangular(low, best, high)


def from_limits(
    name: str, low: float | None, best: float | None, high: float | None, *, unit: str, source: str, grade: str
) -> Input:
    """Make an input from the low, best and high of a table: triangular, uniform without a best, fixed where equal.

    Parameters
    ----------
    name : str
        Its identity [unitless].
    low, best, high : float or None
        All are hard limits [`unit`].
    unit, source, grade : str
        As for `Input` [unitless].

    Returns
    -------
    Input
        The named input.

    Raises
    ------
    ArgumentError
        If none is given, only one limit is, or their order is wrong.
    """
    return Input(name, _limits(low, best, high), unit, source, grade)


def _predictive(lows: Sequence[float], highs: Sequence[float]) -> worlds.Distribution:
    found = worlds.predictive(lows, highs)
    # Equal ones leave no scale but what rounding makes of their logs.
    return worlds.Fixed(lows[0]) if len({*lows, *highs}) == 1 else found


def fit_observations(
    name: str, observations: Sequence[tuple[float, float]], *, unit: str, source: str, grade: str, band_for: str
) -> Input:
    """Make an input from observed (low, high) pairs, as `from_observations` does, for numbers already in `unit`.

    Parameters
    ----------
    name : str
        Its identity [unitless].
    observations : sequence of (float, float)
        At least three, positive [`unit`].
    unit, source, grade, band_for : str
        As for `Input` [unitless].

    Returns
    -------
    Input
        The named input.

    Raises
    ------
    NoDataError
        If there are fewer than three.
    ArgumentError
        If one is not positive or upside down.
    """
    found = _predictive([low for low, _ in observations], [high for _, high in observations])
    return Input(name, found, unit, source, grade, band_for)


# --- taking anything as an input --------------------------------------------------------------------------------------


def as_input(
    value: object,
    unit: str,
    argument: str,
    *,
    bare: str | None = None,
    source: str | None = None,
    grade: str | None = None,
) -> Input:
    """Return `value` as an input in `unit`: an input as it is, anything else as a fixed number.

    Parameters
    ----------
    value : Input, number, str or pint quantity
        What the user gave [its own unit].
    unit : str
        The unit wanted [unitless].
    argument : str
        Its name in error messages [unitless].
    bare : str, optional
        A unit that is taken for `unit`: "" where a plain number will do [unitless].
    source, grade : str, optional
        For a value that carries no source of its own [unitless].

    Returns
    -------
    Input
        In `unit`.

    Raises
    ------
    ArgumentError, UnitError
        If the value is not a single finite number, or of another dimension.
    """
    if isinstance(value, Input):
        adopted = _in_unit(value, unit, argument, bare)
        if adopted.source == NO_SOURCE and source is not None:
            return replace(adopted, source=source, grade=grade or "assumed")
        return adopted
    if callable(getattr(value, "ppf", None)):
        raise bad_argument(argument, value, "an input", f"Wrap it: sf.distribution(..., {unit or '1'!r}).")
    _refuse_many(value, argument)
    magnitude, found = _read_one(argument, value, None, counted=unit not in ("kg", "m"))
    if found not in (unit, bare):
        if isinstance(value, str) and found == "m" and unit in _COUNTED:
            words.read_count(value, argument=argument)  # its error says that millions are written 3M, and not 3m
        raise _wrong_unit(argument, value, found, unit)
    return Input(
        f"{argument} {exactly(magnitude)} {unit}".strip(),
        worlds.Fixed(magnitude),
        unit,
        source or NO_SOURCE,
        grade or "assumed",
    )


@dataclass(frozen=True)
class Wanted:
    """What an argument is to be.

    Parameters
    ----------
    unit : str
        The unit it has to have [unitless].
    least, most : float
        Its limits in every world [`unit`].
    above : bool
        Whether `least` itself is too little [unitless].
    bare : str, optional
        A unit that is taken for `unit`: "" where a plain number will do [unitless].
    """

    unit: str
    least: float = -math.inf
    most: float = math.inf
    above: bool = False
    bare: str | None = None


def as_inputs(
    given: Mapping[str, tuple[object, Wanted]], *, source: str | None = None, grade: str | None = None
) -> dict[str, Input]:
    """Return several arguments as inputs, or one error that names every bad one.

    Parameters
    ----------
    given : mapping of str to (object, Wanted)
        Each argument's value and what it is to be.
    source, grade : str, optional
        For values that carry none [unitless].

    Returns
    -------
    dict of str to Input
        Under the same names.

    Raises
    ------
    ArgumentError, UnitError
        If any is not what it is to be.
    """
    read: dict[str, Input] = {}
    wrong: list[ShellflowError] = []
    for argument, (value, wanted) in given.items():
        try:
            one = as_input(value, wanted.unit, argument, bare=wanted.bare, source=source, grade=grade)
            read[argument] = within(one, argument, wanted.least, wanted.most, above=wanted.above)
        except ShellflowError as error:
            wrong.append(error)
    _raise_all(wrong)
    return read


def _raise_all(wrong: Sequence[ShellflowError]) -> None:
    if len(wrong) == 1:
        raise wrong[0]
    if wrong:
        kind = UnitError if any(isinstance(error, UnitError) for error in wrong) else ArgumentError
        raise kind(" ".join(str(error) for error in wrong))


def _in_unit(value: Input, unit: str, argument: str, bare: str | None) -> Input:
    if value.unit == unit:
        return value
    if value.unit == bare:
        return replace(value, unit=unit)
    raise _wrong_unit(argument, value.name, value.unit, unit)


def _wrong_unit(argument: str, value: object, found: str, unit: str) -> UnitError:
    said = value if isinstance(value, str) else shown(value)
    fix = f"Give it in {unit}." if unit else "Give a plain number."
    return UnitError(f"{argument}={said!s} is in {found or 'no unit'}; expected {unit or 'a plain number'}. {fix}")


def _refuse_many(value: object, argument: str) -> None:
    if isinstance(value, tuple | list | set | dict):
        raise bad_argument(
            argument, value, "a single value", "For a range use sf.uniform(low, high); for a table use sf.flow."
        )
    shape = getattr(value, "shape", ())
    if hasattr(value, "columns") or hasattr(value, "to_list") or (isinstance(shape, tuple) and len(shape) > 0):
        raise ArgumentError(
            f"{argument} is a column or an array ({type(value).__name__}): must be a single value. "
            "For shipments in a table use sf.flow; for a range sf.uniform; for observations sf.from_observations."
        )


def within(one: Input, argument: str, least: float, most: float = math.inf, *, above: bool = False) -> Input:
    """Return `one` if it stays from `least` to `most` in every world of the present settings; above `least` if told.

    Parameters
    ----------
    one : Input
        What is checked.
    argument : str
        Its name in the error message [unitless].
    least, most : float
        The limits [unit of `one`].
    above : bool
        Whether `least` itself is too little [unitless].

    Returns
    -------
    Input
        The same.

    Raises
    ------
    ArgumentError
        If it does not.
    """
    chosen = worlds.current_settings()
    low, high = (float(end) for end in one.distribution.ppf(np.array([0.5, chosen.n - 0.5]) / chosen.n))
    if low >= least and high <= most and not (above and low == least):
        return one
    low, high = (
        stated if math.isfinite(stated) else drawn
        for stated, drawn in zip(one.distribution.support, (low, high), strict=True)
    )
    held = f"{low:g}" if low == high else f"{low:g} to {high:g}"
    allowed = f"{'above' if above else 'at least'} {least:g}{'' if most == math.inf else f' and at most {most:g}'}"
    raise ArgumentError(
        f"{argument}={f'{held} {one.unit}'.strip()}: must be {allowed} in every world. Correct it or narrow its limits."
    )
