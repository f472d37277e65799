"""The ledger of a flow: sums of its rows by day, what they carry, and how they were read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from shellflow import inputs, sampling
from shellflow.catalog import Catalog
from shellflow.errors import ArgumentError, ShellflowError, bad_argument, unknown_item
from shellflow.estimates import Estimate
from shellflow.flows import _periods
from shellflow.flows._faults import Fault, merged
from shellflow.flows._sums import Sums
from shellflow.inputs import Input
from shellflow.packings import BASES, Packing
from shellflow.terms import Term, basis_error

__all__ = [
    "Cargo",
    "Ledger",
    "added",
    "bases_of",
    "by_day",
    "check_apart",
    "check_dates",
    "cut",
    "estimate_of",
    "munitions_of",
    "places_of",
]


@dataclass(frozen=True, eq=False)
class Cargo:
    """What a group of rows carries, which turns their count into rounds.

    Parameters
    ----------
    flow : str
        Name of the flow the rows are from [unitless].
    key : str
        Munition, transport and packing, as part of the names of the unknowns of single days [unitless].
    munition : str
        What outputs call it [unitless].
    contents : tuple of Packing
        One, or several of a mix.
    weights : tuple of Input
        Of a mix.
    alias : str
        A note on how the name was read [unitless].
    is_mass : bool
        Whether rows give masses of cargo in tonnes, and not counts of transports [unitless].
    """

    flow: str
    key: str
    munition: str
    contents: tuple[Packing, ...]
    weights: tuple[Input, ...]
    alias: str
    is_mass: bool = False

    @property
    def unit(self) -> str:
        """The unit in which its amounts are terms: its kind of transport, or kg."""
        return "kg" if self.is_mass else self.contents[0].transport.kind

    @property
    def basis(self) -> str:
        """Capacity or contents."""
        return self.contents[0].basis

    def is_like(self, other: Cargo) -> bool:
        """Whether the rows of both may be summed."""
        names = ("flow", "key", "munition", "contents", "weights", "is_mass")
        return all(getattr(self, name) == getattr(other, name) for name in names)


@dataclass(frozen=True, eq=False)
class Ledger:
    """Everything that a flow keeps of its tables.

    Parameters
    ----------
    by : str or None
        Length of a period [unitless].
    cargoes : tuple of Cargo
        What the groups of rows carry.
    sums : Sums
        Counts by group and day.
    looked_at : tuple of pairs of int, or None
        Spans of days that the flow covers, in order and apart; None without dates [day].
    stated : bool
        Whether the user stated these days; if not, they are those after the first row, up to the last [unitless].
    count_errors : str
        "shared" or "independent" [unitless].
    between : float
        Variation from one transport to the next, over their mean [unitless].
    munition_share : Input
        Share of the transports that carry munitions at all [unitless].
    settings : sampling.Settings
        Number of draws and seed.
    made_by : mapping of str to str
        Version of the library and hash of the data.
    catalog : Catalog
        Where names are looked up; of a sum, that of its first flow.
    findings : tuple of Fault
        Faults and oddities that were searched for in the tables.
    remarks : tuple of str
        Further remarks to print with the numbers.
    splits : bool
        Whether days of rows that accrue over several were cut off [unitless].
    cut_off : bool
        Whether rows before its first day were left out, so that all in it is what was added to them [unitless].
    per_voyage : Input or None
        Containers to a voyage, of rows that were filled; None where there are none [container/voyage].

    Raises
    ------
    ArgumentError
        If it has more than 10,000 periods.
    """

    by: str | None
    cargoes: tuple[Cargo, ...]
    sums: Sums
    looked_at: tuple[_periods.Span, ...] | None
    stated: bool
    count_errors: str
    between: float
    munition_share: Input
    settings: sampling.Settings
    made_by: Mapping[str, str]
    catalog: Catalog
    findings: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()
    splits: bool = False
    cut_off: bool = False
    per_voyage: Input | None = None

    def __post_init__(self) -> None:
        if self.covers is not None:
            _periods.starts_between(*self.covers, self.by)  # which refuses more periods than anybody means

    @property
    def covers(self) -> _periods.Span | None:
        """First and last day that is covered or has a row, counted from 1970-01-01; None without dates."""
        if self.looked_at is None:
            return None
        ends = [day for span in self.looked_at for day in span]
        if self.sums.day.size:
            ends += [int(self.sums.day.min()), int(self.sums.day.max())]
        return min(ends), max(ends)


def munitions_of(ledger: Ledger) -> tuple[str, ...]:
    return tuple(sorted({cargo.munition for cargo in ledger.cargoes}))


def bases_of(ledger: Ledger, places: Iterable[int] | None = None) -> tuple[str, ...]:
    """Return the bases of some cargoes or of all; those without rows do not count unless all are."""
    listed = list(range(len(ledger.cargoes)) if places is None else places)
    with_rows = set(ledger.sums.group.tolist())
    bases = {ledger.cargoes[place].basis for place in listed if place in with_rows or with_rows.isdisjoint(listed)}
    return tuple(basis for basis in BASES if basis in bases)


def places_of(ledger: Ledger, munition: str | None, basis: str | None) -> tuple[int, ...]:
    """Return the places of the cargoes of one munition and one basis.

    Raises
    ------
    UnknownItemError
        If there is no such munition.
    BasisError
        If they are of capacity and contents, and `basis` does not say which.
    ArgumentError
        If there is no such basis.
    """
    places = _places_of_munition(ledger, munition)
    bases = bases_of(ledger, places)
    if basis is None:
        if len(bases) > 1:
            keys = {cargo.basis: cargo.key for cargo in (ledger.cargoes[place] for place in reversed(places))}
            raise basis_error({basis: keys[basis] for basis in bases}, "Give basis='capacity' or basis='contents'.")
        basis = bases[0]
    if basis not in BASES:
        raise bad_argument("basis", basis, f"one of {', '.join(BASES)}, or None where the flow is of one alone")
    of_basis = tuple(place for place in places if ledger.cargoes[place].basis == basis)
    if not of_basis:
        raise bad_argument("basis", basis, f"one of {', '.join(bases)}", "No row of this flow is of another basis.")
    return of_basis


def _places_of_munition(ledger: Ledger, munition: str | None) -> tuple[int, ...]:
    if munition is None:
        return tuple(range(len(ledger.cargoes)))
    if not isinstance(munition, str):
        raise bad_argument("munition", munition, "the name of a munition, or None for all")
    name = munition
    if name not in munitions_of(ledger):
        try:
            name = ledger.catalog.munitions[munition].munition
        except ShellflowError:
            name = munition
    places = tuple(place for place, cargo in enumerate(ledger.cargoes) if cargo.munition == name)
    if not places:
        raise unknown_item("munition", munition, munitions_of(ledger), "These are the ones in this flow.")
    return places


def estimate_of(ledger: Ledger, term: Term) -> Estimate:
    return Estimate(term, ledger.settings, ledger.made_by)


def check_dates(ledger: Ledger, method: str) -> None:
    """Check that a ledger has dates.

    Raises
    ------
    ArgumentError
        If it has none.
    """
    if ledger.covers is None:
        raise ArgumentError(f"{method}: the flow has no dates. Name their column: sf.flow(..., date=...).")


def by_day(ledger: Ledger) -> bool:
    """Whether each day and cargo has unknowns of its own."""
    return ledger.between > 0.0 or (ledger.count_errors == "independent" and bool(np.any(ledger.sums.half > 0)))


def check_apart(ledger: Ledger) -> None:
    """Check that no two cargoes share the unknowns of their days by mistake.

    Raises
    ------
    ArgumentError
        If two different cargoes have one name.
    """
    names = [(cargo.flow, cargo.key) for cargo in ledger.cargoes]
    duplicate = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if duplicate is not None and by_day(ledger):
        raise ArgumentError(
            f"two flows named {duplicate[0]!r} hold different contents called {duplicate[1]!r}, whose errors row by "
            "row would be taken for the same. Give one of the flows another name=..., or one of the packings."
        )


def cut(ledger: Ledger, start: object, end: object) -> Ledger:
    """Return the ledger of some days only, which then covers these alone.

    Raises
    ------
    ArgumentError
        If the days cannot be read, or lie outside an earlier cut.
    """
    check_dates(ledger, "between")
    first, last = _periods.read_day(start, "start"), _periods.read_day(end, "end")
    _periods.starts_between(first, last, None)
    assert ledger.looked_at is not None
    assert ledger.covers is not None
    looked_at = _periods.within(ledger.looked_at, first, last) if ledger.stated else ((first, last),)
    if not looked_at:
        earliest, latest = map(_periods.date_of, ledger.covers)
        raise ArgumentError(
            f"start={start!s}, end={end!s}: the flow was cut to {earliest} to {latest} before, and no day of that is "
            "left. Cut the whole flow."
        )
    day = ledger.sums.day
    cut_off = ledger.cut_off or bool(np.any(day < first))
    inside = (day >= first) & (day <= last)
    splits = ledger.splits or bool(np.any(ledger.sums.accrued & ~inside))
    sums = ledger.sums.where(inside)
    return replace(ledger, sums=sums, looked_at=looked_at, stated=True, splits=splits, cut_off=cut_off)


def added(left: Ledger, right: Ledger) -> Ledger:
    """Return the ledger of both.

    Raises
    ------
    ArgumentError
        If they were not made alike.
    """
    sampling.one_settings(left.settings, right.settings)
    inputs.gather((left.munition_share, right.munition_share))
    for name in ("by", "count_errors", "between", "munition_share"):
        _check_same(name, getattr(left, name), getattr(right, name))
    per_voyage = left.per_voyage or right.per_voyage
    if left.per_voyage and right.per_voyage:
        _check_same("containers to a voyage", left.per_voyage, right.per_voyage)
    _check_same("dates", left.looked_at is not None, right.looked_at is not None)
    cargoes, places = _joined(left.cargoes, right.cargoes)
    sums = left.sums.joined(right.sums, np.array(places, dtype=np.int64))
    looked_at, stated = None, left.stated or right.stated
    if left.looked_at is not None and right.looked_at is not None:
        spans = _periods.joined((*left.looked_at, *right.looked_at))
        looked_at = spans if stated else sums.covered()
    made_by = {
        key: value if right.made_by.get(key, value) == value else f"{value}+{right.made_by[key]}"
        for key, value in left.made_by.items()
    }
    ledger = replace(
        left,
        cargoes=cargoes,
        sums=sums,
        looked_at=looked_at,
        stated=stated,
        made_by=made_by,
        findings=merged((*left.findings, *right.findings)),
        remarks=tuple(dict.fromkeys((*left.remarks, *right.remarks))),
        splits=left.splits or right.splits,
        cut_off=left.cut_off and right.cut_off,
        per_voyage=per_voyage,
    )
    check_apart(ledger)
    return ledger


def _check_same(name: str, left: object, right: object) -> None:
    if left != right:
        raise ArgumentError(
            f"two flows with different {name} ({left!r} and {right!r}) cannot be added. Make both alike."
        )


def _joined(left: Sequence[Cargo], right: Sequence[Cargo]) -> tuple[tuple[Cargo, ...], list[int]]:
    """Return the cargoes of both, each once, and the places of those of the second."""
    cargoes, places = list(left), []
    for cargo in right:
        place = next((place for place, other in enumerate(cargoes) if other.is_like(cargo)), len(cargoes))
        if place == len(cargoes):
            cargoes.append(cargo)
        elif cargo.alias and not cargoes[place].alias:
            cargoes[place] = replace(cargoes[place], alias=cargo.alias)
        places.append(place)
    return tuple(cargoes), places
