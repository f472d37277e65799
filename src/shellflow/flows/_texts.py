"""Counts written as texts, and the units beside them.

Only distinct texts reach Python, where each is read once.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from shellflow import catalog, inputs, shipments, words
from shellflow.errors import ArgumentError, DataError, ShellflowError, shown
from shellflow.flows import _faults, _table
from shellflow.flows._table import NUMBERS, Table

if TYPE_CHECKING:
    import narwhals as nw

__all__ = ["check_units", "nouns_named", "read_numbers"]

_SHOWN = 3  # texts that a message names
_BETWEEN = " ,_'" + "".join(chr(sign) for sign, meaning in words.ODD_SIGNS.items() if meaning in (" ", "'"))
_DROP_BETWEEN = str.maketrans(dict.fromkeys(_BETWEEN))


def read_numbers(table: Table) -> tuple[Table, frozenset[str]]:
    """Return a table with its counts as numbers, and the nouns written beside them.

    Raises
    ------
    DataError
        If a text is no number, or can be read in two ways; with the first such rows.
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


def nouns_named(table: Table, *, has_transport: bool) -> frozenset[str]:
    """Return what the columns of counts say by their names that they count.

    Raises
    ------
    ArgumentError
        If one says that it holds masses, counts thousands, or counts boxes of 40 ft and nothing says the transport.
    """
    if table.quantity == "mass":
        return frozenset()
    names = {role: table.names[column] for role, column in table.columns.named(*NUMBERS).items()}
    for role, name in names.items():
        shipments.check_counts(name, role)
        if shipments.length_in_name(name) == 40 and not has_transport:
            raise ArgumentError(
                f"{role}={shown(name)} counts boxes of 40 ft by its name, and boxes are of 20 ft where nothing says "
                "their kind. Give transport='40ft'."
            )
    return frozenset(filter(None, map(shipments.noun_in_name, names.values())))


def _numbers_of(table: Table, role: str, column: str) -> tuple[nw.Expr, set[str]]:
    """Return the expression that reads a column of texts as numbers, and the nouns in it."""
    import narwhals as nw

    texts = _distinct(table, column)
    special: dict[str, float | None] = {}
    nouns: set[str] = set()
    refused: dict[str, str] = {}
    for text in texts:
        try:
            value, noun = _table.read_cell(text, table.quantity, shown(table.names[column]))
        except ShellflowError as error:
            refused[text] = str(error)
            continue
        if noun is not None:
            nouns.add(noun)
        if not _is_plain(text, value):
            special[text] = value
    cell = nw.col(column).cast(nw.String)
    if refused:
        few = list(refused)[:_SHOWN]
        rows = sum(texts[text] for text in refused)
        examples = "; ".join(_faults.first(table, cell.is_in(few)))
        others = f" Not read either: {', '.join(map(shown, few[1:]))}" if few[1:] else ""
        others += f" and {len(refused) - _SHOWN:,} more texts" if len(refused) > _SHOWN else ""
        ends = " A range belongs in two columns, low and high." if any(map(_is_range, few)) else ""
        ends += " Or read the table with sf.read_shipments."
        raise DataError(
            f"shipments: {words.with_noun(rows, 'row')} with a {table.label(role)} that is not read, such as "
            f"({examples}). {refused[few[0]]}{others and f'{others}.'}{ends}"
        )
    plain = nw.when(~cell.is_in(list(special))).then(cell) if special else cell
    number = plain.str.replace_all(f"[{_BETWEEN}]", "").cast(nw.Float64)
    replaced = [nw.when(cell == text).then(nw.lit(value)) for text, value in special.items() if value is not None]
    return (nw.coalesce(*replaced, number) if replaced else number), nouns


def _distinct(table: Table, column: str) -> dict[str, int]:
    """Return the texts of a column, each with its number of rows."""
    import narwhals as nw

    with _table.reading(table.engine):
        texts = table.frame.select(nw.col(column).cast(nw.String).alias("text")).filter(~nw.col("text").is_null())
        counted = texts.group_by("text").agg(nw.len().alias("rows"))
    columns = _table.collected(table, counted)
    return dict(sorted(zip(columns["text"], map(int, columns["rows"]), strict=True)))


def _is_range(text: str) -> bool:
    try:
        claim = inputs.read_mass(text, "mass") if inputs.is_mass(text) else words.read_claim(text)
        return claim.bound != "point"
    except ShellflowError:
        return False


def _is_plain(text: str, value: float | None) -> bool:
    """Return whether an engine reads this text as we do, once the separators of digits are taken out."""
    digits = text.translate(_DROP_BETWEEN)
    return value is not None and bool(words.PLAIN_DIGITS.fullmatch(digits)) and float(digits) == value


def check_units(table: Table, nouns: Collection[str], kinds: Collection[str]) -> None:
    """Check that the units beside the counts, and the nouns in them, are those of the flow.

    Raises
    ------
    DataError
        If one is not; with the first such rows.
    """
    import narwhals as nw

    for noun in sorted(set(nouns) - set(kinds)):
        raise DataError(f"shipments: counts are of {noun}s, {_transports(kinds, noun)}")
    is_mass = table.quantity == "mass"
    used = set(table.columns.named().values())
    with _table.reading(table.engine):
        schema: Mapping[str, Any] = table.frame.collect_schema()
    for column, name in table.names.items():
        if column in used or not shipments.is_unit_column(name):
            continue
        if not isinstance(schema[column], nw.String | nw.Categorical | nw.Enum):
            continue
        units = _distinct(table, column)
        others = [unit for unit in units if unit.strip() and not (_is_tonne(unit) if is_mass else _noun(unit) in kinds)]
        if others:
            rows = sum(units[unit] for unit in others)
            where = nw.col(column).cast(nw.String).is_in(others)
            examples = "; ".join(_faults.first(table, where, [column]))
            kind, fix = ("tonne", "the flow takes masses for tonnes.") if is_mass else ("transport", _transports(kinds))
            raise DataError(
                f"shipments: {words.with_noun(rows, 'row')} with a unit that is no {kind} of this flow in the column "
                f"{shown(name)}, such as ({examples}). Take such rows out, or rename the column if it is not the unit "
                f"of the {'masses' if is_mass else 'counts'}; {fix}"
            )


def _noun(unit: str) -> str | None:
    try:
        return words.read_count(f"1 {unit.strip()}").noun
    except ShellflowError:
        return None


def _is_tonne(unit: str) -> bool:
    try:
        return shipments.read_mass_cell(f"1 {unit.strip()}", argument="unit") == 1.0
    except ShellflowError:
        return False


def _transports(kinds: Collection[str], noun: str | None = None) -> str:
    """Return what the flow takes counts for, and what to do where they are of something else, which `noun` may say."""
    taken = f"the flow takes counts for {' and '.join(f'{kind}s' for kind in sorted(kinds))}"
    if noun == "voyage":
        return f"{taken}. Give each voyage a row without a count: on_error='fill' takes it for a voyage."
    if noun in ("round", "package"):
        return f"{taken}. It turns these into rounds: give the transports they went in, or add the rounds yourself."
    others = " or ".join(f"{kind}s" for kind in catalog.KINDS if kind not in kinds and noun in (None, kind))
    several = "; where some rows are of these, make a flow of each kind and add them up" if noun else ""
    return f"{taken}. Give transport= for {others}{several}."
