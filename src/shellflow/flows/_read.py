"""Shipments that `read_shipments` has read, as a table that a flow sums up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.shipments import Shipments

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Read", "check_grouped", "is_grouped", "unpacked"]

_ROLES = ("munition", "transport", "packing")


@dataclass(frozen=True)
class Read:
    """A table, the columns of its roles, what its cells say was counted, remarks, and the names of its columns.

    `labels` is what notes call the columns of some roles, `titles` the names that some columns have in the file.
    """

    frame: Any
    columns: Mapping[str, str | None]
    nouns: frozenset[str] = frozenset()
    remarks: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


def unpacked(shipments: object, columns: Mapping[str, str | None]) -> Read:
    """Return a table as it stands, or shipments as one.

    Raises
    ------
    ArgumentError
        If columns are named of shipments, whose columns were named when they were read.
    """
    if not isinstance(shipments, Shipments):
        return Read(shipments, columns)
    for role, column in columns.items():
        if column is not None:
            raise ArgumentError(
                f"{role}={shown(column)}: the columns of these shipments were named when they were read. Leave it out, "
                f"or give columns={{{role!r}: {shown(column)}}} to read_shipments."
            )
    return _as_table(shipments)


def is_grouped(shipments: object) -> bool:
    """Return whether shipments are those of a table so long that its rows were grouped when they were read."""
    return isinstance(shipments, Shipments) and "rows" in shipments.frame


def check_grouped(duplicates: object, look: object) -> None:
    """Check that nobody asks for repeated rows in a table that was grouped when it was read.

    Raises
    ------
    ArgumentError
        If somebody does: of its rows only the columns with a role are known, in which most are alike.
    """
    for argument, value, allowed in (("duplicates", duplicates, "keep"), ("look", look, None)):
        if value not in (allowed, False):
            fix = "Give the table itself to sf.flow to search its rows."
            raise bad_argument(argument, value, f"{allowed!r} for shipments that were grouped, as long tables are", fix)


def _as_table(shipments: Shipments) -> Read:
    frame, quantity = shipments.frame, shipments.quantity
    unit = "mass_t_" if quantity == "mass" else ""
    low, high = frame[f"{unit}low"].to_numpy(), frame[f"{unit}high"].to_numpy()
    bound = frame["bound"].to_numpy()
    name = next((shipments.names[role] for role in (quantity, "count", "low") if role in shipments.names), quantity)
    taken = {"date", *_ROLES, "low", "high", "since", "bound", "rows"}
    names = {"date": shipments.names["date"], quantity: name, "carrier": shipments.names.get("carrier", "carrier")}
    if len({*names.values()} | taken) < len(names) + len(taken) - (names["date"] == "date"):
        names = {role: role for role in names}  # a name of the table is that of another role
    ranged = bound == "range"
    count = np.where(bound == "ceiling", high, np.where(ranged, np.nan, low))
    table: dict[str, Any] = {names["date"]: frame["date"], names[quantity]: count}
    roles: dict[str, str | None] = dict.fromkeys(("date", "since", "count", "mass", "low", "high", "bound"))
    roles["date"] = names["date"]
    roles |= {quantity: names[quantity], "carrier": names["carrier"] if "carrier" in frame else None}
    if ranged.any():
        table |= {"low": np.where(ranged, low, np.nan), "high": np.where(ranged, high, np.nan)}
        roles |= {"low": "low", "high": "high"}
    if np.isin(bound, ["floor", "ceiling", "none"]).any():
        table["bound"], roles["bound"] = [None if each == "missing" else each for each in bound], "bound"
    if "carrier" in frame:
        table[names["carrier"]] = frame["carrier"]
    table |= {role: frame[role] for role in _ROLES if role in frame}
    table |= {f"{column} (not read)": values for column, values in shipments.others.items()}
    if "since" in frame:
        table["since"], roles["since"] = frame["since"], "since"
    labels = {"transport": "the length of the boxes"}  # which made the column, where the table had none
    labels |= {role: f"the column {shown(shipments.names[role])}" for role in _ROLES if role in shipments.names}
    titles = {role: shipments.names[role] for role in (*_ROLES, "low", "high", "since") if role in shipments.names}
    return Read(_row_by_row(table, frame), roles, shipments.nouns, shipments.remarks, labels, titles)


def _row_by_row(table: Mapping[str, Any], frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with a line for each row."""
    import pandas as pd

    made = pd.DataFrame(dict(table))
    return made.loc[made.index.repeat(frame["rows"])].reset_index(drop=True) if "rows" in frame else made
