"""Counts that a table holds as texts, and what a column of units says of counts.

Only distinct texts reach Python, where each is read once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from shellflow import catalog, shipments, words
from shellflow.errors import DataError, ShellflowError, shown
from shellflow.flows import _faults, _table
from shellflow.flows._table import NUMBERS, Table

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["check_units", "read_numbers"]

_SHOWN = 3  # texts that a message names
_BETWEEN = " ,_'" + "".join(chr(sign) for sign, meaning in words.ODD_SIGNS.items() if meaning in (" ", "'"))
_DROP_BETWEEN = str.maketrans(dict.fromkeys(_BETWEEN))


def read_numbers(table: Table) -> tuple[Table, frozenset[str]]:
    """Return a table with its counts as numbers, and the nouns that its texts write with them.

    Raises
    ------
    DataError
        If a text is no number, or one that can be read in two ways; with the first such rows.
    """
    import narwhals as nw

    nouns: set[str] = set()
    frame = table.frame
    with _table.reading(table.engine):
        schema: dict[str, Any] = dict(frame.collect_schema())
    for role, column in table.columns.named(*NUMBERS).items():
        if isinstance(schema[column], nw.String | nw.Categorical | nw.Enum):
            # Two roles may share a column: it is read once.
            schema[column] = nw.Float64()
            numbers, its_nouns = _numbers_of(table, role, column)
            nouns |= its_nouns
            with _table.reading(table.engine):
                frame = frame.with_columns(numbers.alias(column))
    return table.keep(frame), frozenset(nouns)


def _numbers_of(table: Table, role: str, column: str) -> tuple[nw.Expr, set[str]]:
    """Return the expression that makes numbers of a column of texts, and the nouns in it."""
    import narwhals as nw

    texts = _distinct(table, column)
    odd: dict[str, float | None] = {}
    nouns: set[str] = set()
    refused: dict[str, str] = {}
    for text in texts:
        try:
            value, noun = shipments.read_cell(text, argument=shown(table.names[column]))
        except ShellflowError as error:
            refused[text] = str(error)
            continue
        if noun is not None:
            nouns.add(noun)
        if not _is_plain(text, value):
            odd[text] = value
    cell = nw.col(column).cast(nw.String)
    if refused:
        few = list(refused)[:_SHOWN]
        rows = sum(texts[text] for text in refused)
        examples = "; ".join(_faults.first(table, cell.is_in(few)))
        so_too = f" The same holds of {', '.join(map(shown, few[1:]))}" if few[1:] else ""
        so_too += f" and {len(refused) - _SHOWN:,} more texts" if len(refused) > _SHOWN else ""
        ends = " A range belongs in two columns, low and high." if any(map(_is_range, few)) else ""
        raise DataError(
            f"shipments: {rows:,} row{'' if rows == 1 else 's'} with a {role} that is not read, such as ({examples}). "
            f"{refused[few[0]]}{so_too and f'{so_too}.'}{ends}"
        )
    plain = nw.when(~cell.is_in(list(odd))).then(cell) if odd else cell
    number = plain.str.replace_all(f"[{_BETWEEN}]", "").cast(nw.Float64)
    others = [nw.when(cell == text).then(nw.lit(value)) for text, value in odd.items() if value is not None]
    return (nw.coalesce(*others, number) if others else number), nouns


def _distinct(table: Table, column: str) -> dict[str, int]:
    """Return the texts of a column, each with its number of rows."""
    import narwhals as nw

    with _table.reading(table.engine):
        texts = table.frame.select(nw.col(column).cast(nw.String).alias("text")).filter(~nw.col("text").is_null())
        counted = texts.group_by("text").agg(nw.len().alias("rows"))
    held = _table.collected(table, counted)
    return dict(sorted(zip(held["text"], map(int, held["rows"]), strict=True)))


def _is_range(text: str) -> bool:
    try:
        return words.read_claim(text).bound != "point"
    except ShellflowError:
        return False


def _is_plain(text: str, value: float | None) -> bool:
    """Return whether an engine reads this text as we do, once what parts the digits is taken out."""
    digits = text.translate(_DROP_BETWEEN)
    return value is not None and bool(words.PLAIN_DIGITS.fullmatch(digits)) and float(digits) == value


def check_units(table: Table, nouns: Collection[str], kinds: Collection[str]) -> None:
    """Check that counts are counts of the transports that the flow takes them for.

    Parameters
    ----------
    table : Table
        The rows; a column of units is known by its name.
    nouns : collection of str
        Those written in the counts themselves [unitless].
    kinds : collection of str
        The kinds of transport of the flow [unitless].

    Raises
    ------
    DataError
        If a unit or noun is none of these kinds; with the first such rows.
    """
    import narwhals as nw

    for noun in sorted(set(nouns) - set(kinds)):
        raise DataError(f"shipments: counts are of {noun}s, {_transports(kinds)}")
    used = set(table.columns.named().values())
    with _table.reading(table.engine):
        schema: Mapping[str, Any] = table.frame.collect_schema()
    for column, name in table.names.items():
        if column in used or not shipments.is_unit_column(name):
            continue
        if not isinstance(schema[column], nw.String | nw.Categorical | nw.Enum):
            continue
        units = _distinct(table, column)
        strange = [unit for unit in units if unit.strip() and _noun(unit) not in kinds]
        if strange:
            rows = sum(units[unit] for unit in strange)
            where = nw.col(column).cast(nw.String).is_in(strange)
            examples = "; ".join(_faults.first(table, where, [column]))
            raise DataError(
                f"shipments: {rows:,} row{'' if rows == 1 else 's'} with a unit that is no transport of this flow in "
                f"the column {shown(name)}, such as ({examples}). Take such rows out, or rename the column where it "
                f"does not speak of the counts; {_transports(kinds)}"
            )


def _noun(unit: str) -> str | None:
    try:
        return words.read_count(f"1 {unit.strip()}").noun
    except ShellflowError:
        return None


def _transports(kinds: Collection[str]) -> str:
    others = " or ".join(f"{kind}s" for kind in catalog.KINDS if kind not in kinds)
    return (
        f"the flow takes counts for {' and '.join(f'{kind}s' for kind in sorted(kinds))}. Give transport= for {others}."
    )
