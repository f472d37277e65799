"""A report as Markdown, and its rows as CSV, JSON and pandas frames."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from shellflow.display._report import Content
from shellflow.errors import printable

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["frame", "is_encodable", "to_csv", "to_json", "to_markdown", "without_gaps"]

_SIGNS = re.compile(r"[\\`*_\[\]|$~#]")


def to_markdown(report: Content) -> str:
    r"""Return a report as Markdown, with signs that would be read as markup escaped.

    Parameters
    ----------
    report : Content
        What to show.

    Returns
    -------
    str
        Without a last line break [unitless].

    Examples
    --------
    >>> from shellflow.display import Column
    >>> print(to_markdown(Content("two_things", columns=(Column("what"), Column("n", True)), cells=(("shells", "2"),))))
    **two\_things**
    <BLANKLINE>
    | what | n |
    | --- | ---: |
    | shells | 2 |
    """
    blocks = [f"**{_escaped(report.title)}**"] if report.title else []
    blocks += [_list(answer.lines) for answer in report.answers]
    if report.caption:
        blocks.append(_escaped(report.caption))
    if report.columns:
        blocks.append("\n".join(_table(report)))
    blocks += map(to_markdown, report.parts)
    blocks += [_list(report.cautions), *map(_escaped, report.notes)]
    if report.sources:
        blocks.append(f"Sources:\n\n{_list(report.sources)}")
    blocks.append(_escaped(report.made_by))
    return "\n\n".join(filter(None, blocks))


def _escaped(text: str) -> str:
    escaped = _SIGNS.sub(r"\\\g<0>", printable(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;")


def _list(lines: Iterable[str]) -> str:
    return "\n".join(f"- {_escaped(line)}" for line in lines)


def _table(report: Content) -> Iterable[str]:
    yield f"| {' | '.join(_escaped(column.name) for column in report.columns)} |"
    yield f"| {' | '.join('---:' if column.right else '---' for column in report.columns)} |"
    for cells in report.cells:
        padded = (*cells, *[""] * (len(report.columns) - len(cells)))
        yield f"| {' | '.join(map(_escaped, padded))} |"


def to_csv(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return plain rows as CSV with their names above; no rows give an empty text.

    Parameters
    ----------
    rows : sequence of mappings
        Such as the rows of a report, all of the same names.

    Returns
    -------
    str
        With a last line break [unitless].

    Examples
    --------
    >>> print(to_csv([{"what": "shells", "n": 2}]), end="")
    what,n
    shells,2
    """
    import csv
    import io

    if not rows:
        return ""
    table = io.StringIO()
    writer = csv.DictWriter(table, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return table.getvalue()


def to_json(rows: Sequence[Mapping[str, Any]], *, ascii_only: bool = False) -> str:
    """Return plain rows as JSON, dates as texts.

    Parameters
    ----------
    rows : sequence of mappings
        Such as the rows of a report.
    ascii_only : bool
        Whether to write all other letters as escapes [unitless].

    Returns
    -------
    str
        Without a last line break [unitless].
    """
    import json

    return json.dumps(rows, indent=1, ensure_ascii=ascii_only, default=str)


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


def without_gaps(row: Mapping[str, object]) -> dict[str, object]:
    """Return a row with None for what is missing."""
    return {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}


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

    encodable: list[Any] = []
    for row in rows:
        if isinstance(row, Mapping):
            encodable.append({key: _encodable(value) for key, value in row.items()})
        else:
            encodable.append([_encodable(value) for value in row])
    return pd.DataFrame(encodable, columns=None if columns is None else list(columns))


def _encodable(value: object) -> object:
    return printable(value) if isinstance(value, str) and not is_encodable(value) else value
