"""Rows with no more digits than they deserve, and frames of these that print as they are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shellflow import words
from shellflow.display._export import frame

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["rounded_frame", "rounded_rows"]


def rounded_rows(
    rows: Sequence[Mapping[str, Any]], steps: Sequence[Mapping[str, float]] = (), *, up: bool = False
) -> list[dict[str, Any]]:
    """Return plain rows with their numbers rounded: bands as in words, others to three digits or to a whole number.

    A band is three columns that end in low, median and high and begin alike, such as `per_transport_low`.

    Parameters
    ----------
    rows : sequence of mappings
        Such as the rows of a report.
    steps : sequence of mappings of str to float, optional
        For each row the steps of its bands, by what their columns begin with; of a band that is not named here, its own
        width tells the step [the unit of the band].
    up : bool
        Round `low`, `median` and `high` up, as for transports needed [unitless].

    Returns
    -------
    list of dict of str to object
        Whole numbers as int; None for what is not a number.

    Examples
    --------
    >>> rounded_rows([{"low": 2_617_283.1, "median": 3_121_843.2, "high": 3_722_001.7, "mass": 0.96374}])
    [{'low': 2600000, 'median': 3100000, 'high': 3700000, 'mass': 0.964}]
    """
    padded = [*steps, *[{}] * (len(rows) - len(steps))]
    return [_rounded_row(row, of_row, up) for row, of_row in zip(rows, padded, strict=True)]


def _rounded_row(row: Mapping[str, Any], steps: Mapping[str, float], up: bool) -> dict[str, Any]:
    made = {name: _alone(value) for name, value in row.items()}
    for start in [name.removesuffix("median") for name in row if name == "median" or name.endswith("_median")]:
        names = [f"{start}{end}" for end in ("low", "median", "high")]
        band = [row.get(name) for name in names]
        if not all(isinstance(end, float) and math.isfinite(end) for end in band):
            # Of a bound one end is known, rounded as its band would be.
            for name, end, bound in zip(names, band, ("floor", "point", "ceiling"), strict=True):
                if isinstance(end, float) and math.isfinite(end):
                    step = steps.get(start) or words.step(end, end)
                    rounded = words.round_quantiles(end, end, end, step, up=up and not start, bound=bound)
                    made[name] = _whole(rounded[0])
            continue
        low, median, high = (float(end) for end in band if end is not None)
        step = steps.get(start) or words.step(low, high, median)
        numbers = words.round_quantiles(low, median, high, step, up=up and not start)
        made |= {name: _whole(number) for name, number in zip(names, numbers, strict=True)}
    return made


def _alone(value: object) -> object:
    if not isinstance(value, float):  # of numpy too
        return value
    return None if math.isnan(value) else value if math.isinf(value) else _whole(words.round_alone(value))


def _whole(number: float) -> float:
    return int(number) if number == math.floor(number) else float(number)


def rounded_frame(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return rounded rows as a DataFrame of which pandas prints no digit more, in LaTeX, Excel and CSV alike.

    Parameters
    ----------
    rows : sequence of mappings
        From `rounded_rows`.
    columns : sequence of str, optional
        Their names; those of the mappings when left out [unitless].

    Returns
    -------
    pandas.DataFrame
        Columns of whole numbers as Int64; of others as decimals, since pandas writes every float with six decimals.
    """
    from decimal import Decimal

    import pandas as pd

    table = frame(rows, columns)
    for name in table.columns:
        values = [row.get(name) for row in rows]
        numbers = [value for value in values if isinstance(value, int | float) and not isinstance(value, bool)]
        if not numbers or len(numbers) + values.count(None) < len(values) or not all(map(math.isfinite, numbers)):
            continue
        if all(isinstance(number, int) for number in numbers):
            table[name] = pd.array(values, dtype="Int64")
        else:
            decimals = [None if value is None else Decimal(repr(value)) for value in values]
            table[name] = pd.Series(decimals, index=table.index, dtype=object)
    return table
