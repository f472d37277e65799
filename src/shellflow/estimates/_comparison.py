"""Every munition under every packing, side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from shellflow import display, inputs, words
from shellflow.catalog import Catalog, Transport, as_catalog
from shellflow.errors import DoesNotFitError, NoDataError, bad_argument, listed
from shellflow.estimates import _build
from shellflow.estimates._ask import estimate, units_needed
from shellflow.estimates._estimate import Estimate
from shellflow.packings import Packing, list_packings, own_transports

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Comparison", "Line", "compare", "compare_needed"]

COLUMNS = (
    display.Column("munition"),
    display.Column("packing"),
    display.Column("basis"),
    display.Column("median", right=True),
    display.Column("band", right=True),
    display.Column("each", right=True),
    display.Column("limited by"),
    display.Column("grade"),
)


_TOLD = ("band_for", "cliffs", "notes", "made_by")

_READING = (
    "each: rounds in one transport. capacity: what would fit if it were all this munition; contents: what is probably "
    "inside. Lines are alternatives and do not add up."
)


@dataclass(frozen=True, eq=False)
class Line:
    """One munition under one packing: an estimate, or what is missing for one.

    Parameters
    ----------
    munition, packing : str
        Their names [unitless].
    estimate : Estimate or None
        Rounds in all the transports; None where there is none [round].
    each : Estimate or None
        Rounds in one transport [round].
    missing : str
        Why there is none, in a few words [unitless].
    """

    munition: str
    packing: str
    estimate: Estimate | None
    each: Estimate | None
    missing: str = ""


@dataclass(frozen=True, eq=False)
class Comparison:
    """Estimates of the same transports, one for each munition and packing; made by `compare`.

    Parameters
    ----------
    what : str
        What is compared, in words [unitless].
    lines : tuple of Line
        In the order of the munitions, then of the packings.
    """

    what: str
    lines: tuple[Line, ...]

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    def __getitem__(self, key: tuple[str, str]) -> Estimate:
        """Return the estimate of (munition, packing).

        Raises
        ------
        NoDataError
            If there is none; it says what is missing.
        ArgumentError
            If it is not among those compared.
        """
        for line in self.lines:
            if (line.munition, line.packing) == key:
                if line.estimate is None:
                    raise NoDataError(f"{line.munition} {line.packing}: {line.missing}.", line.missing)
                return line.estimate
        known = ", ".join(f"({line.munition!r}, {line.packing!r})" for line in self.lines[:4])
        raise bad_argument("key", key, "a (munition, packing) of this comparison", f"Such as {known}.")

    def rows(self, level: float = 0.9) -> list[dict[str, object]]:
        """Return one plain row for each line, as in `to_frame`.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        list of dict of str to object
            The columns of `to_frame`; None where there is no estimate.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(level)
        return [_row(line, level) for line in self.lines]

    def to_frame(self, level: float = 0.9) -> pd.DataFrame:
        """Return it as a table; where there is no estimate the numbers are missing and `missing` says why.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        pandas.DataFrame
            Columns munition, packing, transport, basis, low, median, high, each_low, each_median, each_high, unit,
            level, mass, space, nothing_fits, grade, band_for, cliffs, notes, made_by, missing.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return display.frame(self.rows(level))

    def cells(self, level: float = 0.9) -> list[list[str]]:
        """Return one row of words for each line, for a table with the headings of `headings`.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        list of list of str
            The cells; a row that has no estimate ends with what is missing.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        return [_cells(line, level) for line in self.lines]

    def headings(self, level: float = 0.9) -> tuple[display.Column, ...]:
        """Return the headings of `cells`, the level of the band in them.

        Parameters
        ----------
        level : float
            Share of the draws in the band, in (0, 1) [unitless].

        Returns
        -------
        tuple of display.Column
            One for each cell.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        level = inputs.check_level(level)
        return tuple(
            display.Column(f"{words.percent(level)} band", right=True) if one.name == "band" else one for one in COLUMNS
        )

    def findings(self) -> list[str]:
        """Return what each band is a band for, cliffs and findings, each once, with the lines it is about.

        Returns
        -------
        list of str
            Bands first, then the rest in the order of the lines.
        """
        bands: dict[str, list[Line]] = {}
        found: dict[str, list[Line]] = {}
        for line in self.lines:
            if line.estimate is None:
                continue
            bands.setdefault(f"the band is for {line.estimate.band_for}", []).append(line)
            for name, share in line.estimate.cliffs:
                found.setdefault(f"cliff: {name} ({words.percent(share)} of the draws)", []).append(line)
            for note in line.estimate.notes:
                found.setdefault(note, []).append(line)
        return [f"{self._labels(about)}: {text}" for text, about in (*bands.items(), *found.items())]

    def _labels(self, about: Sequence[Line]) -> str:
        """Return the lines by name; a munition or a packing alone where it is all of its lines."""
        there = [one for one in self.lines if one.estimate is not None]
        said: dict[str, None] = {}
        for line in about:
            label = f"{line.munition} {line.packing}"
            for name in ("munition", "packing"):
                same = [one for one in there if getattr(one, name) == getattr(line, name)]
                if len(same) > 1 and all(one in about for one in same):
                    label = getattr(line, name)
            said[label] = None
        return ", ".join(said)

    @property
    def stamp(self) -> dict[str, object]:
        """What makes it again: library version, hash of the data, number of draws and seed."""
        return next((line.estimate.stamp for line in self.lines if line.estimate is not None), {})

    def reading(self) -> list[str]:
        """Return how it is to be read, and what makes it again, a line each.

        Returns
        -------
        list of str
            What the columns mean, that a share was taken for granted where it was, and the stamp.
        """
        found = [line.estimate for line in self.lines if line.estimate is not None]
        share = next(filter(None, (_build.share_reading(one.term) for one in found)), "")
        ranges = dict.fromkeys(text for one in found for text in _build.ranges_in(one.term))
        return [
            _READING,
            *(f"range: {text}." for text in ranges),
            *([f"munition share: {share}."] if share else []),
            *([_build.stamp_line(self.stamp)] if found else []),
        ]

    def __str__(self) -> str:
        table, findings = display.table(self.headings(), self.cells()), self.findings()
        lines = [self.what, "", *table.splitlines(), *([""] if findings else []), *findings, "", *self.reading()]
        return display.as_text(lines)

    def _repr_html_(self) -> str:
        from shellflow.estimates import _show

        return _show.comparison_card(self)

    def __repr__(self) -> str:
        return f"<Comparison of {self.what}: {len(self.lines)} lines>"


def _row(line: Line, level: float) -> dict[str, object]:
    names = ("low", "median", "high", "each_low", "each_median", "each_high", "unit", "level")
    row: dict[str, object] = {"munition": line.munition, "packing": line.packing, "transport": None, "basis": None}
    row |= dict.fromkeys((*names, "mass", "space", "nothing_fits", "grade", *_TOLD))
    if line.estimate is not None and line.each is not None:
        whole = line.estimate.row(level)
        row |= {name: whole[name] for name in row if name in whole and name not in ("munition", "packing")}
        row["each_low"], row["each_median"], row["each_high"] = line.each.band(level)
        row["nothing_fits"] = line.estimate.nothing_fits
        cliffs = [f"{name} ({words.percent(share)} of the draws)" for name, share in line.estimate.cliffs]
        stamp = _build.stamp_line(line.estimate.stamp).removeprefix("made by: ")
        told = (line.estimate.band_for, "; ".join(cliffs), "; ".join(line.estimate.notes), stamp)
        row |= dict(zip(_TOLD, (one or None for one in told), strict=True))
    return row | {"missing": line.missing or None}


def _cells(line: Line, level: float) -> list[str]:
    if line.estimate is None or line.each is None:
        return [line.munition, line.packing, line.missing]
    said = line.estimate.say_quantiles(level)
    limits = [f"{limit} {words.percent(share)}" for limit, share in line.estimate.limited_by.items() if share > 0]
    if len(limits) == 1:
        limits = [limits[0].split(" ")[0]]
    return [
        line.munition,
        line.packing,
        line.estimate.basis,
        said.median,
        said.band,
        line.each.say_quantiles(level).median,
        ", ".join(limits) or "-",
        line.estimate.grade,
    ]


def compare(
    count: object,
    munitions: Iterable[str] | str | None = None,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    containers_per_voyage: object = None,
    catalog: Catalog | None = None,
) -> Comparison:
    """Return what so many transports could hold of every munition, under every packing.

    The lines are alternatives, for the same transports: they do not add up.

    Parameters
    ----------
    count : number, str, pint quantity, Input or Estimate
        How many transports, or voyages with containers [transport or voyage].
    munitions : str or iterable of str, optional
        All of the catalog when left out [unitless].
    packings : str, Physical, Reported or iterable of these, optional
        The four shipped ones when left out [unitless].
    transport, munition_share, containers_per_voyage, catalog
        As for `estimate`.

    Returns
    -------
    Comparison
        One line for each; where the data do not allow it, what is missing.

    Raises
    ------
    ShellflowError
        As `estimate` does, except for missing data.
    NoDataError
        If nothing at all can be estimated of what was asked for.

    Examples
    --------
    >>> compare(6_700, ["152mm"], packings="reported")["152mm", "reported"].grade
    'derived'
    """
    ask = partial(estimate, containers_per_voyage=containers_per_voyage)
    return _compare(ask, count, munitions, packings, transport, munition_share, catalog)


def compare_needed(
    rounds: object,
    munitions: Iterable[str] | str | None = None,
    *,
    packings: Iterable[str | Packing] | str | Packing | None = None,
    transport: str | Transport | None = None,
    munition_share: object = 1,
    catalog: Catalog | None = None,
) -> Comparison:
    """Return how many transports so many rounds would take of every munition, under every packing.

    Parameters
    ----------
    rounds : number, str, pint quantity, Input or Estimate
        How many rounds [round].
    munitions, packings, transport, munition_share, catalog
        As for `compare`.

    Returns
    -------
    Comparison
        One line for each; where the data do not allow it, what is missing.

    Raises
    ------
    ShellflowError
        As `compare` does.
    """
    return _compare(units_needed, rounds, munitions, packings, transport, munition_share, catalog)


def _compare(
    ask: Callable[..., Estimate],
    quantity: object,
    munitions: Iterable[str] | str | None,
    packings: Iterable[str | Packing] | str | Packing | None,
    transport: str | Transport | None,
    munition_share: object,
    catalog: Catalog | None,
) -> Comparison:
    catalog = as_catalog(catalog)
    asked: list[str] = _as_list(munitions, "munitions", catalog.munitions.names)
    packed = list_packings(packings)
    if transport is None:
        transports = own_transports(packed)
        if len(transports) > 1:
            names = [box.transport for box in transports]
            fix = "Give transport=..., or compare each."
            raise bad_argument("packings", names, "made for one transport", fix)
        transport = transports[0] if transports else None
    lines: list[Line] = []
    errors: list[NoDataError | DoesNotFitError] = []
    compared: set[str] = set()
    for munition in asked:
        named, _ = catalog.munitions.resolve(munition)
        if named.munition in compared:  # asked for twice, or by its alias as well
            continue
        compared.add(named.munition)
        for packing in packed:
            if not isinstance(packing, str) and packing.munition.munition != named.munition:
                continue
            called = packing if isinstance(packing, str) else packing.name
            try:
                one = ask(
                    quantity,
                    munition,
                    packing=packing,
                    transport=transport,
                    munition_share=munition_share,
                    catalog=catalog,
                )
                each = estimate(1, munition, packing=packing, transport=transport, catalog=catalog)
                one.values  # noqa: B018  what cannot be packed is told here
            except (NoDataError, DoesNotFitError) as error:
                errors.append(error)
                lines.append(Line(named.munition, called, None, None, _why_not(error)))
            else:
                lines.append(Line(named.munition, called, one, each))
    found = [line.estimate for line in lines if line.estimate is not None]
    if not found:
        raise errors[0] if errors else bad_argument("packings", packings, "of the munitions asked for")
    return Comparison(_build.carriers(found[0].term), tuple(lines))


def _why_not(error: NoDataError | DoesNotFitError) -> str:
    if isinstance(error, NoDataError):
        return f"no data: missing {error.missing}" if error.missing else str(error)
    return "does not fit" if error.share == 1.0 else f"nothing fits in {words.percent(error.share)} of the draws"


def _as_list(value: object, argument: str, everything: Sequence[str]) -> list[Any]:
    if value is None:
        return list(everything)
    if isinstance(value, str):
        return [value]
    names = listed(value, argument, "a name or a list of names")
    if not names:
        raise bad_argument(argument, names, "at least one name", "Leave it out for all.")
    return names
