"""Running totals turned into what each adds to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from shellflow import words
from shellflow.errors import DataError
from shellflow.shipments import _rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["increments_of"]

_GROUP = ("munition", "transport", "packing")

Flags = npt.NDArray[np.bool_]


def increments_of(frame: pd.DataFrame) -> tuple[pd.DataFrame, npt.NDArray[np.int64], list[str]]:
    """Return what each running total adds to the one before it, the places of its rows before, and remarks.

    Each munition has totals of its own.

    Raises
    ------
    DataError
        If a total is no exact value, is lower than the one before, or counts since another day than the others.
    """
    low = "mass_t_low" if "mass_t_low" in frame else "low"
    high = low.replace("low", "high")
    groups = [column for column in _GROUP if column in frame]
    made = frame.sort_values([*groups, "date", low], kind="stable")
    places = made.index.to_numpy(dtype=np.int64)
    made = made.reset_index(drop=True)
    columns = [column for column in ("date", low, high, *groups) if column in made]
    inexact = (made["bound"] != "point").to_numpy()
    if inexact.any():
        raise DataError(
            f"shipments: cumulative=True: {_rows.with_rows(inexact.sum(), 'a running total that is no exact value')}, "
            f"such as ({_rows.examples(made, columns, inexact)}): the difference of two bounds bounds nothing. Give "
            "exact totals, or leave such rows out."
        )
    first = ~made.duplicated(groups).to_numpy() if groups else np.arange(len(made)) == 0
    before = made[low].shift()
    steps = made[low].where(first, made[low] - before)
    down = (steps < 0).to_numpy()
    if down.any():
        falls = np.flatnonzero(down)
        pairs = np.isin(np.arange(len(made)), [*falls, *falls - 1])
        raise DataError(
            f"shipments: cumulative=True: {_rows.with_rows(down.sum(), 'a running total below the one before')}, "
            f"such as ({_rows.examples(made, columns, pairs)}). Correct the table, or leave cumulative out."
        )
    since = _since(made, first, columns)
    made[low] = made[high] = steps
    made = made.drop(columns="since", errors="ignore")
    made.insert(0, "since", since)
    if "rows" in made:
        made["rows"] = 1
    rows = words.with_noun(f"{int((~first).sum()):,}", "row")
    remarks = [f"{rows} of running totals were turned into what each adds to the one before"]
    if "carrier" in made and len(made["carrier"].dropna().unique()) > 1:
        remarks.append("the running totals were taken as those of all carriers together, not of each")
    if np.isnat(since[first]).any():
        remarks.append("since when the first running total counts is not stated: all of it is counted on its date")
    return made, places, remarks


def _since(made: pd.DataFrame, first: Flags, columns: list[str]) -> npt.NDArray[np.datetime64]:
    """Return the day after which each increment begins: the date before its own, or that since which totals count."""
    dates = made["date"].to_numpy()
    begins = np.full(len(made), np.datetime64("NaT", "D"), dtype=dates.dtype)
    if "since" in made:
        stated = made["since"].groupby(np.cumsum(first))
        several = stated.transform("nunique").to_numpy() > 1
        if several.any():
            raise DataError(
                "shipments: cumulative=True: "
                f"{_rows.with_rows(several.sum(), 'running totals that do not all count since one day')}, such as "
                f"({_rows.examples(made, ['since', *columns], several)}): their differences say nothing. Leave "
                "cumulative out if each row counts since its own day."
            )
        begins = stated.transform("first").to_numpy()
    begins = np.where(first, begins, np.roll(dates, 1))
    # Several totals of one date add what came since the date before.
    starts = first | (dates != np.roll(dates, 1))
    since: npt.NDArray[np.datetime64] = begins[np.maximum.accumulate(np.where(starts, np.arange(len(made)), 0))]
    return since
