"""From a table of shipments, and what its columns mean, to a flow."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

import numpy as np

from shellflow import checks, packings, sampling
from shellflow._version import __version__
from shellflow.catalog import Catalog, as_catalog, containers_per_voyage
from shellflow.errors import ArgumentError, bad_argument, shown
from shellflow.estimates import check_voyages, share_input
from shellflow.flows import _looks, _periods, _table, _texts, _unknowns
from shellflow.flows._faults import Fault, merged
from shellflow.flows._flow import Flow
from shellflow.flows._keys import Group, Lookup, Resolve
from shellflow.flows._ledger import Cargo, Ledger
from shellflow.flows._read import check_grouped, is_grouped, unpacked
from shellflow.flows._reduction import Reduced, reduce_table
from shellflow.flows._roles import Contents, look_up, roles_of
from shellflow.flows._table import Table
from shellflow.inputs import Input
from shellflow.packings import Mix, Packing
from shellflow.shipments import session_zone

__all__ = ["flow"]


def flow(
    shipments: object,
    *,
    date: str | None = None,
    since: str | None = None,
    count: str | None = None,
    low: str | None = None,
    high: str | None = None,
    mass: str | None = None,
    bound: str | None = None,
    munition: str | Mix | None = None,
    transport: str | None = None,
    packing: str | Packing | None = None,
    carrier: str | None = None,
    by: str | None = "month",
    count_errors: str = "shared",
    between: float = 0.0,
    munition_share: object = 1,
    charge: object = None,
    fractional: bool = False,
    on_error: str = "raise",
    duplicates: str = "keep",
    look: bool | None = None,
    name: str = "flow",
    catalog: Catalog | None = None,
) -> Flow:
    """Turn a table of shipments, one row each, into rounds over time.

    A row says how many transports went, not what was in them. What they hold is the packing's assumption, whose error
    all rows share.

    Parameters
    ----------
    shipments : Shipments, or table of pandas, Polars (eager or lazy), PyArrow, DuckDB, Dask or PySpark
        One row for each voyage, train or stack of containers. A table is summed in its own engine; only sums reach
        Python. What `read_shipments` has read needs no names of columns.
    date : str, optional
        Column of dates, time stamps or ISO texts; "date" when left out. A time stamp counts on the date written in its
        own zone [ISO date].
    since : str, optional
        Column of the day after which a row begins to count; "since", if the table has it, when left out. Such a row
        accrues evenly over the days after `since` through its date, which is an assumption; one without it counts on
        its date [ISO date].
    count : str, optional
        Column of the number of transports; "count", if the table has it, when left out [transport].
    low, high : str, optional
        Columns of the lower and upper end of an uncertain number of transports; "low" and "high", if the table has
        both, when both are left out. A count beside a range is only checked to lie in it [transport].
    mass : str, optional
        Column of masses of cargo in tonnes, in place of `count`; "mass_t", if the table has it and no counts, when left
        out. `low` and `high` are then its ends, and there is no transport [t].
    bound : str, optional
        Column of what the number of a row is: "point" or "range", "floor" (at least so many), "ceiling" (at most), or
        "none" (neither). A floor may stand in `low` alone, a ceiling in `high`. Periods and totals with floors are
        lower bounds. None is read unless it is named here: of increments a table often has the bounds of their totals,
        which bound no increment [unitless].
    munition : str or Mix, optional
        Column of munitions, or one munition (or `mix`) for all rows; the column "munition" when left out [unitless].
    transport : str, optional
        Column of kinds of transport, or one for all rows; when left out the column "transport", or "20ft-24t" if the
        table has none [unitless].
    packing : str or Packing, optional
        Column of packings, or one for all rows; when left out the column "packing", or "reported" if the table has
        none; of masses "crated" [unitless].
    carrier : str, optional
        Column of carriers, such as ships; only used to find duplicates [unitless].
    by : str or None
        "week" (from Monday), "month", "quarter", "year", or None for one single period [unitless].
    count_errors : str
        "shared": all ranges err in the same direction; "independent": each row errs by itself [unitless].
    between : float
        Standard deviation of what a transport holds, over its mean; 0 for capacities, which do not scatter [unitless].
    munition_share : Input, number or str
        Share of the transports, or of the mass, that is munitions at all, such as 0.8, "0.7-1" or "70-100 %"; 1 is an
        upper reading [unitless].
    charge : "with", "without", "unknown", Input or number, optional
        Whether the propelling charge travels in the package, or in what share of the transports, as for `estimate`;
        rows of which it says nothing, such as those of rockets, stay as they are [unitless].
    fractional : bool
        Whether counts may be fractions; otherwise a row with 1.25 is faulty.
    on_error : str
        "raise", or "drop" to leave out faulty rows and report them; or "fill" to take each row without a count for a
        voyage with the containers that voyages were counted to carry, one unknown for all of them, as `estimate` takes
        "64 voyages", and to refuse other faults. That such rows are voyages of the usual size is `assumed` [unitless].
    duplicates : str
        "keep", "drop" or "raise", for rows that are equal in every column; "keep" for shipments that were grouped when
        they were read [unitless].
    look : bool, optional
        Whether to search the rows for duplicates, totals and the like, which reads the table again. When left out,
        tables of up to a million rows are searched, and the flow says where one was not [unitless].
    name : str
        Name by which the errors of counts are drawn. Tables of one name share one error of all counts; errors row by
        row and differences between transports they share only on days with the same rows [unitless].
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
        If rows are faulty, or the data on what they name are missing; the message counts them and shows the first.
    NoDataError
        If the data are missing for the munition and packing given for all rows.

    Notes
    -----
    In a given draw rounds are linear in the count, so that summing counts first is exact. A row from low to high
    counts (low + high)/2 + (high - low)/2 * error. With shared errors that is one unknown, uniform from -1 to 1. The
    default is shared because one reader of images mostly errs one way, and because an error that is taken for
    independent by mistake all but vanishes from the band of a long table. With independent errors the sum over a group
    and day is given the limits and the variance of the sum of uniform errors, as a symmetric beta distribution: one
    row keeps its uniform, many rows tend to the normal, and the ends of the 90 % band of two or three equal errors are
    off by at most 4 % of their standard deviation. Splitting an exact row in two changes nothing; splitting an
    uncertain one says that its halves were read independently, and narrows the band.

    What a transport holds differs from the mean by `between`; the average of n transports differs by
    between/sqrt(n), drawn for each group and day as a log-normal factor of mean 1, and cut where a transport would
    hold more than at full payload. Because these are drawn for each day, periods of any kind add up to one total. The
    price is one unknown for each day and group.

    Examples
    --------
    >>> import shellflow as sf
    >>> shipped = flow(sf.catalog.examples.shipments(), munition="152mm", by="quarter")
    >>> print(shipped.total())
    20,000 containers of 152mm, as reported (capacity): 9.2 million rounds (90 %: 7.8 to 10.9 million)
    """
    _periods.check_by(by)
    _check_options(count_errors, between, fractional, look, name)
    catalog = as_catalog(catalog)
    settings = sampling.current_settings()
    share = share_input(munition_share)
    columns = {"date": date, "since": since, "count": count, "low": low, "high": high, "mass": mass}
    columns |= {"bound": bound, "carrier": carrier}
    if grouped := is_grouped(shipments):
        check_grouped(duplicates, look)
    read = unpacked(shipments, columns)
    roles = roles_of(
        _table.columns_of(read.frame),
        read.columns,
        {"munition": munition, "transport": transport, "packing": packing},
        by,
        catalog,
        read.labels,
    )
    opened = _table.open_table(read.frame, roles.columns, fractional, roles.quantity)
    table, nouns = _texts.read_numbers(opened.titled(read.titles))
    resolve, aliases = _resolver(catalog)
    is_mass = roles.quantity == "mass"
    cargo_of = partial(_cargo, name, is_mass, values=roles.values, charge=charge, aliases=aliases, catalog=catalog)
    reduced = reduce_table(table, Lookup(resolve, cargo_of), on_error, duplicates, scatters=between > 0)
    cargoes = tuple(map(cargo_of, reduced.groups))
    has_transport = roles.columns.get("transport") is not None or "transport" in roles.values
    named = _texts.nouns_named(table, has_transport=has_transport)
    _texts.check_units(table, nouns | read.nouns | named, {cargo.contents[0].transport.kind for cargo in cargoes})
    _check_scatter(between, cargoes, is_mass)
    per_voyage = _per_voyage(reduced, cargoes, catalog)
    packings.settled(tuple(part for cargo in cargoes for part in cargo.contents), charge, catalog)  # of some at least
    findings, not_searched = _search(table, reduced, look=False if grouped else look, grouped=grouped)
    remarks = [
        *read.remarks,
        *roles.notes,
        *_scatter_in_words(between, cargoes),
        *not_searched,
        *_readings(table, reduced),
    ]
    ledger = Ledger(
        by=by,
        cargoes=cargoes,
        sums=reduced.sums,
        looked_at=reduced.sums.covered() if table.columns.date else None,
        stated=False,
        count_errors=count_errors,
        between=float(between),
        munition_share=share,
        settings=settings,
        made_by={"shellflow": __version__, "data": catalog.digest},
        catalog=catalog,
        findings=findings,
        remarks=(*remarks, *filter(None, aliases.values())),
        per_voyage=per_voyage,
    )
    return Flow(ledger)


def _check_options(count_errors: object, between: object, fractional: object, look: object, name: object) -> None:
    if not isinstance(count_errors, str) or count_errors not in _unknowns.COUNT_ERRORS:
        raise bad_argument("count_errors", count_errors, "'shared' or 'independent'")
    fix = "Write 0.2 where transports scatter by 20 % about their mean."
    checks.number(between, "between", least=0, allowed="a number from 0 up", fix=fix)
    if not isinstance(fractional, bool):
        raise bad_argument("fractional", fractional, "True or False")
    if look is not None and not isinstance(look, bool):
        raise bad_argument("look", look, "True, False or None")
    if not isinstance(name, str) or not str.strip(name):
        raise bad_argument("name", name, "a text that is not empty")


def _check_scatter(between: float, cargoes: Iterable[Cargo], is_mass: bool) -> None:
    """Check that only contents of transports scatter: what fits at most does not."""
    if between > 0 and is_mass:
        raise bad_argument("between", between, "0 where rows have masses", "It is of single transports. Leave it out.")
    limits = [packing for cargo in cargoes for packing in cargo.contents if packing.basis == "capacity"]
    if between > 0 and limits:
        names = ", ".join(dict.fromkeys(f"{shown(packing.name)} of {packing.munition.munition}" for packing in limits))
        raise ArgumentError(
            f"between={between:g}: {names} is a capacity, and what fits at most does not scatter from one transport "
            "to the next: half of them would hold more than fits. Leave between out, or ask for contents, such as "
            "packing='as-loaded'."
        )


def _per_voyage(reduced: Reduced, cargoes: Sequence[Cargo], catalog: Catalog) -> Input | None:
    """Return the containers to a voyage that rows without a count are filled with; None where there are none."""
    if not reduced.sums.filled.any():
        return None
    for place in np.unique(reduced.sums.group[reduced.sums.filled > 0]):
        transport = cargoes[place].contents[0].transport
        if transport.kind != "container":
            fix = f"Those of voyages are containers, and {transport.transport} is a {transport.kind}. Give 'drop'."
            raise bad_argument("on_error", "fill", "'raise' or 'drop' where rows count no containers", fix)
        check_voyages(transport)
    return containers_per_voyage(catalog)


def _scatter_in_words(between: float, cargoes: Iterable[Cargo]) -> list[str]:
    """Return the remarks on differences between transports."""
    if between == 0:
        return []
    remarks = [f"what a transport holds scatters by {100 * between:.3g} % about its mean, up to a full payload"]
    for packing in (packing for cargo in cargoes for packing in cargo.contents):
        if isinstance(packing, packings.Reported) and packing.ceiling is None:
            munition = packing.munition.munition
            remarks.append(f"no ceiling of {munition} is known: its scatter was not limited by a payload")
    return list(dict.fromkeys(remarks))


def _search(table: Table, reduced: Reduced, *, look: bool | None, grouped: bool) -> tuple[tuple[Fault, ...], list[str]]:
    """Return the findings in the rows, and a remark where the table was too long to be searched for all of them."""
    findings = [fault.handled("dropped") for fault in reduced.dropped]
    findings += [fault.handled("filled") for fault in [reduced.filled] if fault]
    findings += [Fault(issue, 0) for issue in reduced.looked_for]
    odd = []
    if table.columns.date:
        column = table.columns.count or table.columns.low
        odd += _looks.of_sums(reduced.sums, "count" if column is None else table.names[column], table.quantity)
    rows = int(reduced.sums.rows.sum())
    searches = rows <= _looks.MOST_ROWS if look is None else look
    if searches:
        odd += _looks.of_table(reduced.taken, rows)
    findings += [fault.handled("kept") for fault in odd]
    how = "ask with look=True, which reads the table again"
    if grouped:
        how = "they were grouped when they were read: give sf.flow the table itself"
    return merged(findings), [] if searches else [_looks.NOT_SEARCHED.format(rows=f"{rows:,}", how=how)]


def _readings(table: Table, reduced: Reduced) -> list[str]:
    """Return the remarks on how counts and dates were read."""
    remarks = []
    if reduced.overruled:
        rows = "1 row gives" if reduced.overruled == 1 else f"{reduced.overruled:,} rows give"
        number = table.quantity
        remarks.append(f"{rows} a {number} beside a range: the range was taken, the {number} only checked to lie in it")
    if remark := session_zone(table.engine, table.zone):
        remarks.append(remark)
    return remarks


def _resolver(catalog: Catalog) -> tuple[Resolve, dict[str, str]]:
    """Return how names in a table are looked up, and the notes that this leaves, by name in the catalog."""
    aliases: dict[str, str] = {}

    def resolve(role: str, name: str) -> str:
        key, note = look_up(role, name, catalog)
        if note:
            aliases[key] = note
        return key

    return resolve, aliases


def _cargo(
    flow: str,
    is_mass: bool,
    group: Group,
    values: Mapping[str, Contents],
    charge: object,
    aliases: Mapping[str, str],
    catalog: Catalog,
) -> Cargo:
    munition = group[0] or values["munition"]
    transport = group[1] or values.get("transport")
    packing = group[2] or values.get("packing", "crated" if is_mass else "reported")
    assert not isinstance(munition, packings.Physical | packings.Reported)
    assert transport is None or isinstance(transport, str)
    assert not isinstance(packing, Mix)
    concerned = packings.takes_charge(munition, packing, catalog)
    contents, weights, alias = packings.resolve(munition, packing, transport, catalog, charge if concerned else None)
    if is_mass:
        contents = tuple(map(packings.packed_by_mass, contents))
    label = " + ".join(part.munition.munition for part in contents)
    first = contents[0]
    # Whether a column says it or it was given for all rows makes no difference to what is not known of a row.
    key = f"{label}.{'mass' if is_mass else first.transport.transport}.{first.name}"
    return Cargo(flow, key, label, contents, weights, alias or aliases.get(label, ""), is_mass)
