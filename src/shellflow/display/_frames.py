"""Tables as pandas frames, and texts as programs can hold them, whatever the names in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shellflow.errors import printable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame", "is_encodable"]


def is_encodable(text: str) -> bool:
    """Return whether a text can be written at all: lone surrogates, as broken file names have, cannot.

    Parameters
    ----------
    text : str
        Any text [unitless].

    Returns
    -------
    bool
        True if UTF-8 has all of it.
    """
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def frame(rows: Sequence[Mapping[str, Any] | Sequence[Any]], columns: Sequence[str] | None = None) -> pd.DataFrame:
    """Return rows as a DataFrame; texts that cannot be encoded, which pandas refuses, have escapes for what is broken.

    Parameters
    ----------
    rows : sequence of mappings or of sequences
        One to a row.
    columns : sequence of str, optional
        Their names; those of the mappings when left out [unitless].

    Returns
    -------
    pandas.DataFrame
        One row each.
    """
    import pandas as pd

    held: list[Any] = []
    for row in rows:
        if isinstance(row, Mapping):
            held.append({key: _held(value) for key, value in row.items()})
        else:
            held.append([_held(value) for value in row])
    return pd.DataFrame(held, columns=None if columns is None else list(columns))


def _held(value: object) -> object:
    return printable(value) if isinstance(value, str) and not is_encodable(value) else value
