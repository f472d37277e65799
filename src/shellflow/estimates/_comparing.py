"""The two questions asked of every munition under every packing, and of several counts at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from shellflow import inputs, words
from shellflow.catalog import Catalog, Transport, as_catalog
from shellflow.errors import DoesNotFitError, NoDataError, bad_argument, listed
from shellflow.estimates import _titles
from shellflow.estimates._ask import estimate, units_needed
from shellflow.estimates._batches import Count, Line, check_names, check_one_kind, count_of, kind_of, read_counts
from shellflow.estimates._comparison import Comparison
from shellflow.estimates._estimate import Estimate
from shellflow.packings import (
    BY_MASS,
    Carrier,
    InMass,
    Mix,
    Packing,
    list_packings,
    own_transports,
    read_mix,
    takes_charge,
)

__all__ = ["compare", "compare_needed"]


def compare(
    count: object,
    munitions: Iterable[str | Mix] | str | Mix | None = None,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    containers_per_voyage: object = None,
    levels: object = 0.9,
    catalog: Catalog | None = None,
) -> Comparison:
    """Return what so many transports could hold of every munition, under every packing.

    The lines of one count are alternatives, for the same transports: they do not add up.

    Parameters
    ----------
    count : number, str, pint quantity, Input, Estimate, or a list or mapping of these by name
        How many transports, or voyages with containers, or a mass of cargo; several are of one kind, such as
        [6_700, 15_809] or {"ROK": 6_700, "US": 10_000} [transport, voyage or mass].
    munitions : str, Mix or iterable of these, optional
        All of the catalog when left out; a mix in words too, such as "60% 152mm, 40% 122mm-shell" [unitless].
    packings : str, Physical, Reported or iterable of these, optional
        The four shipped ones when left out [unitless].
    transport, munition_share
        As for `estimate`.
    charge : "with", "without", "unknown", Input or number, optional
        As for `estimate`; lines of which it says nothing, such as those of rockets, stay as they are [unitless].
    containers_per_voyage
        As for `estimate`.
    levels : float or iterable of float
        Shares of the draws in the bands, each in (0, 1) [unitless].
    catalog : Catalog, optional
        As for `estimate`.

    Returns
    -------
    Comparison
        One line for each count, munition and packing; where the data do not allow it, what is missing.

    Raises
    ------
    ShellflowError
        As `estimate` does, except for missing data.
    NoDataError
        If nothing at all can be estimated of what was asked for.
    UnitError
        If counts are of different kinds, such as containers and tonnes.
    ArgumentError
        If there is no count, a count is given twice without names of its own, a name or a level is given twice, or
        there is no level.

    Examples
    --------
    >>> compare(6_700, ["152mm"], packings="reported")["152mm", "reported"].grade
    'derived'
    >>> counted = compare({"ROK": 6_700, "US": 10_000}, "152mm", packings="reported", levels=(0.5, 0.9))
    >>> counted.to_frame()[["name", "level", "median"]].round({"median": -5})
      name  level     median
    0  ROK    0.5  3100000.0
    1  ROK    0.9  3100000.0
    2   US    0.5  4600000.0
    3   US    0.9  4600000.0
    """
    ask = partial(estimate, containers_per_voyage=containers_per_voyage)
    question = _Question(ask, munitions, packings, transport, munition_share, charge, as_catalog(catalog))
    return _compare(question, count, "count", packings, levels)


def compare_needed(
    rounds: object,
    munitions: Iterable[str | Mix] | str | Mix | None = None,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    charge: object = None,
    levels: object = 0.9,
    catalog: Catalog | None = None,
) -> Comparison:
    """Return how many transports so many rounds would take of every munition, under every packing.

    Parameters
    ----------
    rounds : number, str, pint quantity, Input, Estimate, or a list or mapping of these by name
        How many rounds [round].
    munitions, packings, transport, munition_share, charge, levels, catalog
        As for `compare`.

    Returns
    -------
    Comparison
        One line for each number of rounds, munition and packing; where the data do not allow it, what is missing.

    Raises
    ------
    ShellflowError
        As `compare` does.

    Examples
    --------
    >>> needed = compare_needed(["500k", "3M"], "152mm", packings="reported")
    >>> needed["3 million rounds", "152mm", "reported"].unit
    'container'
    """
    question = _Question(units_needed, munitions, packings, transport, munition_share, charge, as_catalog(catalog))
    return _compare(question, rounds, "rounds", packings, levels)


def _compare(
    question: _Question,
    quantity: object,
    argument: str,
    packings: object,
    levels: object,
) -> Comparison:
    chosen = inputs.check_levels(levels)
    counts = read_counts(quantity, argument)
    # What each is has to be known before any is asked about: a mass has packings of its own, and no transport.
    if question.ask is not units_needed:
        check_one_kind(((count, "a mass" if inputs.is_mass(count) else "a count") for _, count in counts), argument)
    blocks = [question.answered(count) for _, count in counts]
    lines: list[Line] = []
    kinds: list[tuple[object, str]] = []
    answered: list[Count] = []
    for (name, value), block in zip(counts, blocks, strict=True):
        first = next((line.estimate for line in block if line.estimate is not None), None)
        if first is None:
            if question.errors:
                raise question.errors[0]
            raise bad_argument("packings", packings, "of the munitions asked for")
        kinds.append((name or value, kind_of(first)))
        answered.append(count_of(first, name))
        lines += (replace(line, count=answered[-1]) for line in block)
    check_one_kind(kinds, argument)
    check_names([count.name for count in answered], argument)
    answer = next(line.estimate for line in lines if line.estimate is not None)
    return Comparison(_titles.question(answer.term, len(answered)), tuple(lines), chosen, argument, question.catalog)


@dataclass(frozen=True)
class _Question:
    """What is asked of every count: every munition under every packing."""

    ask: Callable[..., Estimate]
    munitions: Iterable[str | Mix] | str | Mix | None
    packings: Iterable[str | Packing] | str | Packing | None
    transport: str | Transport | None
    munition_share: object
    charge: object
    catalog: Catalog
    errors: list[NoDataError | DoesNotFitError] = field(default_factory=list)
    singles: dict[tuple[str, str, str], Estimate] = field(default_factory=dict)

    def answered(self, quantity: object) -> list[Line]:
        """Return a line for each munition and packing, of one count."""
        names: list[str | Mix] = _as_list(self.munitions, "munitions", self.catalog.munitions.names)
        by_mass = self.ask is not units_needed and inputs.is_mass(quantity)
        assumptions = list_packings(BY_MASS if by_mass and self.packings is None else self.packings)
        transport = self.transport
        if transport is None and not by_mass:
            transports = own_transports(assumptions)
            if len(transports) > 1:
                different = [box.transport for box in transports]
                raise bad_argument(
                    "packings", different, "made for one transport", "Give transport=..., or compare each."
                )
            transport = transports[0] if transports else None
        concerned = any(takes_charge(name, packing, self.catalog) for name in names for packing in assumptions)
        lines: list[Line] = []
        compared: set[str] = set()
        for munition in names:
            label = _label_of(munition, self.catalog)
            if label in compared:  # asked for twice, or by its alias as well
                continue
            compared.add(label)
            for packing in assumptions:
                if not isinstance(packing, str) and packing.munition.munition != label:
                    continue
                # Where the charge concerns no line, each says why.
                settles = not concerned or takes_charge(munition, packing, self.catalog)
                lines.append(
                    self._line(quantity, munition, label, packing, transport, self.charge if settles else None)
                )
        return lines

    def _line(
        self,
        quantity: object,
        munition: str | Mix,
        label: str,
        packing: str | Packing,
        transport: str | Transport | None,
        charge: object,
    ) -> Line:
        name = packing if isinstance(packing, str) else packing.name
        given: dict[str, Any] = {"packing": packing, "charge": charge, "catalog": self.catalog}
        try:
            answer = self.ask(quantity, munition, munition_share=self.munition_share, transport=transport, **given)
            carrier = answer.term
            assert isinstance(carrier, Carrier)
            box = None if isinstance(carrier, InMass) else carrier.contents[0].transport
            key = (label, name, "" if box is None else box.transport)
            if key not in self.singles:
                self.singles[key] = estimate("1 t" if box is None else 1, munition, transport=box, **given)
            answer.values  # noqa: B018  what cannot be packed is told here
        except (NoDataError, DoesNotFitError) as error:
            self.errors.append(error)
            return Line(label, name, None, None, _why_not(error))
        return Line(label, name, answer, self.singles[key])


def _label_of(munition: str | Mix, catalog: Catalog) -> str:
    """Return the name of a munition in the catalog, or the munitions of a mix."""
    named = read_mix(munition, catalog) if isinstance(munition, str) else munition
    if not isinstance(named, Mix):
        return catalog.munitions.resolve(named)[0].munition
    return replace(named, munitions=tuple(catalog.munitions[name].munition for name in named.munitions)).label


def _why_not(error: NoDataError | DoesNotFitError) -> str:
    if isinstance(error, NoDataError):
        return f"no data: missing {error.missing}" if error.missing else str(error)
    if error.share == 1.0:
        return "does not fit"
    return f"nothing fits in {words.percent(error.share)} of the draws, where no number is enough"


def _as_list(value: object, argument: str, everything: Sequence[str]) -> list[Any]:
    if value is None:
        return list(everything)
    if isinstance(value, str | Mix):
        return [value]
    names = listed(value, argument, "a name or a list of names")
    if not names:
        raise bad_argument(argument, names, "at least one name", "Leave it out for all.")
    return names
