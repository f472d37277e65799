"""Running totals turned into what each adds to the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from shellflow import words
from shellflow.errors import DataError
from shellflow.shipments import _rows

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["increments_of"]

_GROUP = ("munition", "transport", "packing")


def increments_of(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Return what each running total adds to the one before it, and remarks; each munition has totals of its own.

    Raises
    ------
    DataError
        If a total is no exact value, or is lower than the one before.
    """
    low = "mass_t_low" if "mass_t_low" in frame else "low"
    high = low.replace("low", "high")
    groups = [column for column in _GROUP if column in frame]
    made = frame.sort_values([*groups, "date", low], kind="stable", ignore_index=True)
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
        places = np.flatnonzero(down)
        pairs = np.isin(np.arange(len(made)), [*places, *places - 1])
        raise DataError(
            f"shipments: cumulative=True: {_rows.with_rows(down.sum(), 'a running total below the one before')}, "
            f"such as ({_rows.examples(made, columns, pairs)}). Correct the table, or leave cumulative out."
        )
    since = made["date"].shift().where(~first)
    made[low] = made[high] = steps
    made.insert(0, "since", since if "since" not in made else made.pop("since").fillna(since))
    if "rows" in made:
        made["rows"] = 1
    rows = words.with_noun(f"{int((~first).sum()):,}", "row")
    return made, [f"{rows} of running totals were turned into what each adds to the one before"]
