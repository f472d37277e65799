"""From a table of shipments, and what its columns mean, to a flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial

from shellflow import checks, packings, sampling
from shellflow._version import __version__
from shellflow.catalog import Catalog, as_catalog
from shellflow.errors import ArgumentError, bad_argument, shown, unknown_item
from shellflow.estimates import share_input
from shellflow.flows import _looks, _periods, _table, _texts, _unknowns
from shellflow.flows._faults import Finding, merged_findings
from shellflow.flows._flow import Flow
from shellflow.flows._keys import Group, Lookup, Resolve
from shellflow.flows._ledger import Cargo, Ledger
from shellflow.flows._reduction import Reduced, reduce_table
from shellflow.packings import Mix, Packing

__all__ = ["flow"]


def flow(
    shipments: object,
    *,
    date: str | None = None,
    count: str | None = None,
    low: str | None = None,
    high: str | None = None,
    munition: str | Mix | None = None,
    transport: str | None = None,
    packing: str | Packing | None = None,
    carrier: str | None = None,
    by: str | None = "month",
    count_errors: str = "shared",
    between: float = 0.0,
    munition_share: object = 1,
    fractional: bool = False,
    on_error: str = "raise",
    duplicates: str = "keep",
    look: bool | None = None,
    name: str = "flow",
    catalog: Catalog | None = None,
) -> Flow:
    """Turn a table of shipments, one row each, into rounds over time.

    A row says how many transports went, not what was in them: what they hold is the packing's assumption, and one error
    in it is shared by all rows.

    Parameters
    ----------
    shipments : table of pandas, Polars (eager or lazy), PyArrow, DuckDB, Dask or PySpark
        One row a voyage, a train, an imaged stack. It is summed up in its own engine; only sums reach Python.
    date : str, optional
        Column of dates, time stamps or ISO texts; "date" when left out. A time stamp counts on the date written in its
        own zone [ISO date].
    count : str, optional
        Column of the number of transports; "count" when left out and there [transport].
    low, high : str, optional
        Columns of the ends of a range of that number, for rows that are not sure of it; "low" and "high" when both are
        left out and both there. A row with a range may have a count inside it, which is then only checked [transport].
    munition : str or Mix, optional
        Column of munitions, or one munition (or `mix`) for all rows; the column "munition" when left out [unitless].
    transport : str, optional
        Column of kinds of transport, or one for all rows; the column "transport" when left out and there, or else
        "20ft-24t" [unitless].
    packing : str or Packing, optional
        Column of packings, or one for all rows; the column "packing" when left out and there, or else "reported"
        [unitless].
    carrier : str, optional
        Column of what carried them, such as a ship; it only serves to find rows entered twice [unitless].
    by : str or None
        "week" (from Monday), "month", "quarter", "year", or None for one single period [unitless].
    count_errors : str
        "shared": all ranges err in the same direction; "independent": each row errs by itself [unitless].
    between : float
        Standard deviation of what one transport holds from one to the next, over their mean; 0 for a packing that
        of capacities, as what fits does not scatter [unitless].
    munition_share : Input or number
        Share of the transports that carry munitions at all; 1 is an upper reading [unitless].
    fractional : bool
        Whether counts may be other than whole; where they may not, a row with 1.25 cannot be taken.
    on_error : str
        "raise", or "drop" to leave out rows that cannot be taken, and say so [unitless].
    duplicates : str
        "keep", "drop" or "raise", for rows that are the same in every column [unitless].
    look : bool, optional
        Whether to look for what is odd in the rows without being wrong, which reads the table again: repeated rows, one
        carrier with one count within days, rows that contain other rows. Up to a million rows when left out; where it
        is not done, the flow says so [unitless].
    name : str
        By which what is not known of these counts is drawn. Tables of one name share one error of all counts; errors
        row by row and differences between transports they share on days with the same rows alone [unitless].
    catalog : Catalog, optional
        Where names are looked up; the shipped one when left out.

    Returns
    -------
    Flow
        Rounds by period and munition.

    Raises
    ------
    ArgumentError
        If it is no table of a supported engine, or an option is not allowed.
    UnknownItemError
        If a column is missing, or a name given for all rows is not in the catalog.
    DataError
        If rows cannot be taken, also for want of data on what they name; the message counts them and shows the first.
    NoDataError
        If the data do not allow the packing of the munition that were given for all rows.

    Notes
    -----
    In a given draw rounds are linear in the count, so that summing counts first is exact. A row from low to high
    counts (low + high)/2 + (high - low)/2 * error. With shared errors that is one unknown, uniform from -1 to 1. The
    default is shared because one reader of images mostly errs one way, and because an error that is taken for
    independent by mistake all but vanishes from the band of a long table. With independent errors the sum over a group
    and day is given the limits and the variance of the sum of uniform errors, as a symmetric beta distribution: one
    row keeps its uniform, many rows tend to the normal, and the ends of the 90 % band of two or three equal errors are
    off by at most 4 % of their standard deviation. Splitting an exact row in two changes nothing; splitting an
    uncertain one then says that its halves were read independently, and narrows the band.

    What one transport holds differs from the next by `between`; the average of n of them differs by between/sqrt(n),
    drawn for each group and day as a log-normal factor of mean 1, and cut where a transport would hold more than at
    full payload.

    Because the day is what these are drawn for, periods of any kind and cuts at any day add up to one total. The price
    is one unknown a day and group, which counts where there are thousands.

    Examples
    --------
    >>> import shellflow as sf
    >>> shipped = flow(sf.catalog.examples.shipments(), munition="152mm", by="quarter")
    >>> print(shipped.total())
    20,000 containers of 152mm, as reported (capacity): 9.2 million rounds (90 %: 7.8 to 10.9 million)
    """
    _periods.check_by(by)
    _check_options(count_errors, between, name)
    if not isinstance(fractional, bool):
        raise bad_argument("fractional", fractional, "True or False")
    if look is not None and not isinstance(look, bool):
        raise bad_argument("look", look, "True, False or None")
    catalog = as_catalog(catalog)
    chosen = sampling.current_settings()
    share = share_input(munition_share)
    there = _table.columns_of(shipments)
    asked, given, said_of_columns = _roles(
        there,
        {"date": date, "count": count, "low": low, "high": high, "carrier": carrier},
        {"munition": munition, "transport": transport, "packing": packing},
        by,
        catalog,
    )
    table, nouns = _texts.read_numbers(_table.open_table(shipments, asked, fractional))
    resolve, notes = _resolver(catalog)
    cargo_of = partial(_cargo, name, given=given, notes=notes, catalog=catalog)
    reduced = reduce_table(table, Lookup(resolve, cargo_of), on_error, duplicates)
    cargoes = tuple(map(cargo_of, reduced.groups))
    _texts.check_units(table, nouns, {cargo.contents[0].transport.kind for cargo in cargoes})
    _check_scatter(between, cargoes)
    findings, not_looked = _look(table, reduced, look)
    said = [*said_of_columns, *_said_of_scatter(between, cargoes), *not_looked]
    if reduced.overruled:
        rows = "1 row gives" if reduced.overruled == 1 else f"{reduced.overruled:,} rows give"
        said.append(f"{rows} a count beside a range: the range was taken, the count only checked to lie in it")
    if table.dates == "zoned" and table.engine in ("duckdb", "pyspark"):
        said.append(
            f"{table.engine} keeps time stamps without the zone they were written in: dates are those of the session's "
            f"zone, {table.zone}"
        )
    said += [
        f"the column {role!r} was not read: {role}={shown(value)} was given for all rows"
        for role, value in given.items()
        if role in there
    ]
    said += [note for note in notes.values() if note]
    ledger = Ledger(
        by=by,
        cargoes=cargoes,
        sums=reduced.sums,
        looked_at=_periods.after_first(reduced.sums.day) if table.columns.date else None,
        stated=False,
        count_errors=count_errors,
        between=float(between),
        munition_share=share,
        settings=chosen,
        made_by={"shellflow": __version__, "data": catalog.digest},
        catalog=catalog,
        findings=findings,
        remarks=tuple(said),
    )
    return Flow(ledger)


def _check_scatter(between: float, cargoes: Iterable[Cargo]) -> None:
    """Check that nothing scatters which is a limit."""
    limits = [packing for cargo in cargoes for packing in cargo.contents if packing.basis == "capacity"]
    if between > 0 and limits:
        names = ", ".join(dict.fromkeys(f"{shown(packing.name)} of {packing.munition.munition}" for packing in limits))
        raise ArgumentError(
            f"between={between:g}: {names} is a capacity, and what fits at most does not scatter from one transport "
            "to the next: half of them would hold more than fits. Leave between out, or ask for contents, such as "
            "packing='as-loaded'."
        )


def _said_of_scatter(between: float, cargoes: Iterable[Cargo]) -> list[str]:
    """Return the notes on differences between transports."""
    if between == 0:
        return []
    said = [f"what one transport holds scatters by {100 * between:.3g} % from one to the next, up to a full payload"]
    for packing in (packing for cargo in cargoes for packing in cargo.contents):
        if isinstance(packing, packings.Reported) and packing.ceiling is None:
            said.append(f"no ceiling of {packing.munition.munition} is known: its scatter was not limited by a payload")
    return list(dict.fromkeys(said))


def _look(table: _table.Table, reduced: Reduced, look: bool | None) -> tuple[tuple[Finding, ...], list[str]]:
    """Return what there is to find in the rows, and what has to be said where not all was looked for."""
    findings = [Finding.of(fault, "dropped") for fault in reduced.dropped]
    findings += [Finding(issue, 0, "") for issue in reduced.looked_for]
    odd = []
    if table.columns.date:
        column = table.columns.count or table.columns.low
        odd += _looks.of_sums(reduced.sums, "count" if column is None else table.names[column])
    rows = int(reduced.sums.rows.sum())
    looking = rows <= _looks.MOST_ROWS if look is None else look
    if looking:
        odd += _looks.of_table(reduced.taken, rows)
    findings += [Finding.of(fault, "kept") for fault in odd]
    return merged_findings(findings), [] if looking else [_looks.NOT_LOOKED.format(rows=f"{rows:,}")]


def _check_options(count_errors: object, between: object, name: object) -> None:
    if not isinstance(count_errors, str) or count_errors not in _unknowns.COUNT_ERRORS:
        raise bad_argument("count_errors", count_errors, "'shared' or 'independent'")
    fix = "Write 0.2 where transports scatter by 20 % about their mean."
    checks.number(between, "between", least=0, allowed="a number from 0 up", fix=fix)
    if not isinstance(name, str) or not str.strip(name):
        raise bad_argument("name", name, "a text that is not empty")


def _roles(
    there: tuple[str, ...],
    columns: Mapping[str, str | None],
    contents: Mapping[str, str | Mix | Packing | None],
    by: str | None,
    catalog: Catalog,
) -> tuple[dict[str, str | None], dict[str, str | Mix | Packing], list[str]]:
    """Return the column of each role, the values for all rows where there is no column, and the notes."""
    asked: dict[str, str | None] = dict.fromkeys((*columns, *contents))
    for role, column in columns.items():
        if column is not None and not isinstance(column, str):
            raise bad_argument(role, column, "the name of a column", "Its values are read from the table.")
        asked[role] = column
    if asked["date"] is None and ("date" in there or by is not None):
        asked["date"] = "date"
    said = _guess_numbers(asked, there)
    if asked["carrier"] is None and "carrier" in there:
        asked["carrier"] = "carrier"
    given: dict[str, str | Mix | Packing] = {}
    for role, value in contents.items():
        if value is None:
            asked[role] = role if role in there else None
        elif isinstance(value, str) and value in there:
            if _is_known(role, value, catalog):
                raise ArgumentError(
                    f"{role}={shown(value)} is both a column of the table and a {role} of the catalog. Rename the "
                    "column."
                )
            asked[role] = value
        else:
            _check_given(role, value, there, catalog)
            given[role] = value
    if asked["munition"] is None and "munition" not in given:
        raise ArgumentError(
            "munition: not given, and the table has no column 'munition'. Name its column, or the munition of all "
            "rows, such as munition='152mm'."
        )
    return asked, given, said


def _guess_numbers(asked: dict[str, str | None], there: tuple[str, ...]) -> list[str]:
    """Guess the columns of counts and of ranges that were left out; return the notes on them."""
    said = []
    if asked["count"] is None and "count" in there:
        asked["count"] = "count"
    if asked["low"] is None and asked["high"] is None:
        ends = [role for role in ("low", "high") if role in there]
        if len(ends) == 2 or (ends and asked["count"] is None):
            asked |= {role: role for role in ends}
        elif ends:
            said.append(f"the column {ends[0]!r} was not read: a range has two ends, and the other is not there")
    if (asked["low"] is None) != (asked["high"] is None):
        other = "high" if asked["high"] is None else "low"
        raise ArgumentError(f"{other}: not given, and a range has two ends. Name its column, or leave out the other.")
    if all(asked[role] is None for role in _table.NUMBERS):
        asked["count"] = "count"  # which is missing, and said to be so with the nearest names
    return said


def _is_known(role: str, name: str, catalog: Catalog) -> bool:
    try:
        _look_up(role, name, catalog)
    except ValueError:
        return False
    return True


def _look_up(role: str, name: str, catalog: Catalog) -> tuple[str, str]:
    """Return the name in the catalog, and a note on how it was read."""
    if role == "munition":
        record, note = catalog.munitions.resolve(name)
        return record.munition, note or ""
    if role == "transport":
        return catalog.transports[name].transport, ""
    return packings.check_name(str.strip(name).casefold()), ""  # of str itself: a kind of text may have its own


def _check_given(role: str, value: object, there: tuple[str, ...], catalog: Catalog) -> None:
    if not isinstance(value, str):
        kinds = {"munition": Mix, "packing": packings.Physical | packings.Reported}
        if role not in kinds or not isinstance(value, kinds[role]):
            raise bad_argument(role, value, f"the name of a column, or a {role} for all rows")
    elif role == "munition" and isinstance(mixed := packings.read_mix(value, catalog), Mix):
        for munition in mixed.munitions:
            catalog.munitions.resolve(munition)
    elif not _is_known(role, value, catalog):
        known = [*there, *(packings.SHIPPED if role == "packing" else catalog.table(f"{role}s").names)]
        raise unknown_item(f"column or {role}", value, known, f"({role}={shown(value)})")


def _resolver(catalog: Catalog) -> tuple[Resolve, dict[str, str]]:
    """Return how names in a table are looked up, and the notes that this leaves, by name in the catalog."""
    notes: dict[str, str] = {}

    def resolve(role: str, name: str) -> str:
        found, note = _look_up(role, name, catalog)
        if note:
            notes[found] = note
        return found

    return resolve, notes


def _cargo(
    flow: str, group: Group, given: Mapping[str, str | Mix | Packing], notes: Mapping[str, str], catalog: Catalog
) -> Cargo:
    munition = group[0] or given["munition"]
    transport = group[1] or given.get("transport")
    packing = group[2] or given.get("packing", "reported")
    assert not isinstance(munition, packings.Physical | packings.Reported)
    assert transport is None or isinstance(transport, str)
    assert not isinstance(packing, Mix)
    contents, weights, alias = packings.resolve(munition, packing, transport, catalog)
    label = " + ".join(one.munition.munition for one in contents)
    first = contents[0]
    # Whether a column says it or it was given for all rows makes no difference to what is not known of a row.
    key = f"{label}.{first.transport.transport}.{first.name}"
    return Cargo(flow, key, label, contents, weights, alias or notes.get(label, ""))
