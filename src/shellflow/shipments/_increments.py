"""Running totals turned into what each adds to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import catalog, words
from shellflow.errors import DataError, ShellflowError
from shellflow.shipments import _rows
from shellflow.terms import OPPOSITE, Bound, bound_of_sum

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["increments_of"]

_GROUP = ("munition", "transport", "packing")

Flags = npt.NDArray[np.bool_]


def increments_of(frame: pd.DataFrame) -> tuple[pd.DataFrame, npt.NDArray[np.int64], list[str]]:
    """Return what each running total adds to the one before it, the places of its rows before, and remarks.

    Each munition has totals of its own, however it is spelt.

    Raises
    ------
    DataError
        If a total is a range, is lower than the one before, or counts since another day than the others.
    """
    low = "mass_t_low" if "mass_t_low" in frame else "low"
    high = low.replace("low", "high")
    roles = [column for column in _GROUP if column in frame]
    keys = {f"{role} of a group": frame[role].map(_alike(role, frame[role])) for role in roles}
    groups = list(keys)
    made = frame.assign(**keys).sort_values([*groups, "date", low], kind="stable")
    places = made.index.to_numpy(dtype=np.int64)
    made = made.reset_index(drop=True)
    columns = [column for column in ("date", low, high, *roles) if column in made]
    ranges = (made["bound"] == "range").to_numpy()
    if ranges.any():
        raise DataError(
            f"shipments: cumulative=True: {_rows.with_rows(ranges.sum(), 'a running total that is a range')}, such as "
            f"({_rows.examples(made, columns, ranges)}): nobody knows how the errors of two ranges hang together. Give "
            "exact totals or bounds, or leave such rows out."
        )
    total = made[low].fillna(made[high])
    first = ~made.duplicated(groups).to_numpy() if groups else np.arange(len(made)) == 0
    steps = total.where(first, total - total.shift())
    down = (steps < 0).to_numpy()
    if down.any():
        falls = np.flatnonzero(down)
        pairs = np.isin(np.arange(len(made)), [*falls, *falls - 1])
        raise DataError(
            f"shipments: cumulative=True: {_rows.with_rows(down.sum(), 'a running total below the one before')}, "
            f"such as ({_rows.examples(made, columns, pairs)}). Correct the table, or leave cumulative out."
        )
    since = _since(made, first, columns)
    last = ~made.duplicated(groups, keep="last").to_numpy() if groups else np.arange(len(made)) == len(made) - 1
    followed = int((made["bound"].ne("point").to_numpy() & ~last).sum())
    made["bound"] = _bounds(made["bound"].tolist(), first)
    made[low] = steps.where(made["bound"] != "ceiling")
    made[high] = steps.where(made["bound"] != "floor")
    made = made.drop(columns=["since", *groups], errors="ignore")
    made.insert(0, "since", since)
    if "rows" in made:
        made["rows"] = 1
    number = int((~first).sum())
    rows = words.with_noun(f"{number:,}", "row")
    what = "was turned into what it adds" if number == 1 else "were turned into what each adds"
    remarks = [f"{rows} of running totals {what} to the one before"]
    nothing = int((made["bound"] == "none").sum())
    if nothing:
        remarks.append(f"{_rows.with_rows(nothing, 'the difference of two bounds')}: it bounds nothing")
    if followed:
        remarks.append(
            f"{_rows.with_rows(followed, 'a running total that is a bound, before a later total')}: the sum of what "
            "both add has no bound. Leave such rows out for the sum that the later total states"
        )
    if "carrier" in made and len(made["carrier"].dropna().unique()) > 1:
        remarks.append("the running totals were taken as those of all carriers together, not of each")
    if np.isnat(since[first]).any():
        remarks.append("since when the first running total counts is not stated: all of it is counted on its date")
    return made, places, remarks


def _alike(role: str, names: pd.Series[Any]) -> dict[str, str]:
    """Return what the spellings of each name share: its name in the catalog, or else its letters and digits."""
    keys = {}
    for name in names.dropna().unique():
        try:
            keys[name] = _in_catalog(role, name)
        except ShellflowError:
            keys[name] = _rows.same_name(name)
    return keys


def _in_catalog(role: str, name: str) -> str:
    if role == "munition":
        return catalog.shipped().munitions.resolve(name)[0].munition
    return catalog.shipped().transports[name].transport if role == "transport" else _rows.same_name(name)


def _bounds(totals: list[Bound], first: Flags) -> list[Bound]:
    """Return what each increment bounds: of the total of its day, less that of the day before."""
    before: list[Bound] = ["point", *totals[:-1]]
    pairs = zip(totals, before, first.tolist(), strict=True)
    return [bound_of_sum(total, "point" if is_first else OPPOSITE[less]) for total, less, is_first in pairs]


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
