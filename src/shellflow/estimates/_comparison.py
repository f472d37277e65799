"""Every munition under every packing, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from shellflow import display, inputs, words
from shellflow.errors import NoDataError, bad_argument
from shellflow.estimates import _titles
from shellflow.estimates._batches import Count, Line
from shellflow.estimates._drawn import stamp_of
from shellflow.estimates._estimate import Estimate
from shellflow.estimates._lines import cautions_of, ceilings_of, details_of, kind_in, missing_in
from shellflow.estimates._quotable import Quotable
from shellflow.estimates._report import cliffs_in_words, say_quantiles, sources_of, step_of
from shellflow.estimates._rows import row_of
from shellflow.packings import MEANINGS, InMass, Needed, carriers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from shellflow.catalog import Catalog

__all__ = ["Comparison", "limits_in_words"]

_MOST_LINES = 16
"""Lines of a table from which on the ceilings of several munitions stand in one line below it."""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(Quotable):
    """Estimates of one or several counts, one for each munition and packing; made by `compare`.

    Its rows have the columns count (of an uncertain one its median; `rounds` where transports are asked for), name,
    munition, packing, level, low, median, high, unit, per_transport_low, per_transport_median, per_transport_high,
    counted_in, transport, basis, package (what is in it), mass, space, nothing_fits, grade, band_for, cliffs, notes,
    made_by, missing: a row for each level of each line. Where there is no estimate the numbers are missing, there is
    one row, and `missing` says why.

    Parameters
    ----------
    what : str
        What is compared, in words [unitless].
    lines : tuple of Line
        In the order of the counts, then of the munitions, then of the packings.
    levels : tuple of float
        Shares of the draws in the bands, in rising order [unitless].
    argument : str
        What was counted: "count" or "rounds" [unitless].
    catalog : Catalog, optional
        Where names were looked up; the shipped one when left out.
    """

    what: str
    lines: tuple[Line, ...]
    levels: tuple[float, ...] = (0.9,)
    argument: str = "count"
    catalog: Catalog | None = None

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def counts(self) -> tuple[Count, ...]:
        """What was counted, each once, in order."""
        return tuple(dict.fromkeys(line.count for line in self.lines if line.count is not None))

    def __getitem__(self, key: tuple[str, ...]) -> Estimate:
        """Return the estimate of (munition, packing), of several counts of (name, munition, packing).

        Raises
        ------
        NoDataError
            If there is none; it says what is missing.
        ArgumentError
            If it is not among those compared.
        """
        for line in self.lines:
            if key in self._keys_of(line):
                if line.estimate is None:
                    raise NoDataError(f"{line.munition} {line.packing}: {line.missing}.", line.missing)
                return line.estimate
        known = ", ".join(repr(self._keys_of(line)[-1]) for line in self.lines[:4])
        of = "(name, munition, packing)" if len(self.counts) > 1 else "(munition, packing)"
        raise bad_argument("key", key, f"a {of} of this comparison", f"Such as {known}.")

    def _keys_of(self, line: Line) -> list[tuple[str, ...]]:
        key = (line.munition, line.packing)
        keys: list[tuple[str, ...]] = [] if line.count is None else [(line.count.name, *key)]
        return keys if len(self.counts) > 1 else [*keys, key]

    def report(self, level: float | None = None, *, every_row: bool = False) -> display.Report:
        """Return the comparison as plain data: a line for each answer, and what is missing in one sentence.

        Of many munitions the ceilings, which are no more than upper bounds, stand in one line below the table.

        Parameters
        ----------
        level : float, optional
            Share of the draws in the bands, in (0, 1); that which the comparison was made with when left out
            [unitless].
        every_row : bool
            Whether every line is a row of the table, ceilings and those without an answer included [unitless].

        Returns
        -------
        display.Report
            Its `rows` are all of them.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        levels = self.levels if level is None else (inputs.check_level(level),)
        estimates = [line.estimate for line in self.lines if line.estimate is not None]
        shown, ceilings = (self.lines, ()) if every_row else self._shown()
        below = [ceilings_of(ceilings)] if ceilings else []
        missing = [] if every_row else [missing_in(self.lines)]
        bases = dict.fromkeys(estimate.basis for estimate in estimates)
        reading = "; ".join(f"{basis}: {meaning}" for basis, meaning in MEANINGS.items() if basis in bases)
        share = next(filter(None, (_titles.share_reading(estimate.term) for estimate in estimates)), "")
        ranges = dict.fromkeys(text for estimate in estimates for text in _titles.ranges_in(estimate.term))
        report = display.Report(
            self.what,
            columns=(
                *(display.Column(name) for name in self._headings()),
                display.Column("munition"),
                display.Column("packing"),
                display.Column("basis"),
                display.Column("median", right=True),
                *(display.Column(f"{words.percent(level)} band", right=True) for level in levels),
                display.Column(f"rounds per {kind_in(estimates)}", right=True),
                display.Column("limited by"),
                display.Column("grade"),
            ),
            cells=tuple((*self._counted(line), *_cells(line, levels)) for line in shown),
            rows=tuple(row for line in self.lines for row in _rows(line, levels, self.argument)),
            steps=tuple(_steps(line) for line in self.lines for _ in (levels if line.estimate is not None else [None])),
            rounds_up=any(isinstance(estimate.term, Needed) for estimate in estimates),
            bands=tuple(None if line.estimate is None else line.estimate.band(levels[-1]) for line in shown),
            cautions=(*below, *cautions_of(shown), *filter(None, missing)),
            notes=(
                f"{reading}. Lines are alternatives and do not add up{share and f'; munition share: {share}'}.",
                *(f"range: {text}." for text in ranges),
            ),
            details=tuple(details_of(self.lines)),
            sources=sources_of(estimates),
            stamp=stamp_of(estimates[0]) if estimates else {},
        )
        return self._quoted(report, level)

    def explain(self, level: float | None = None) -> str:
        """Return every answer with its reasons, and then what is missing.

        Parameters
        ----------
        level : float, optional
            As for `report` [unitless].

        Returns
        -------
        str
            A block of lines for each answer.

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).
        """
        levels = self.levels if level is None else (inputs.check_level(level),)
        blocks = [line.estimate.explain(levels[-1]) for line in self.lines if line.estimate is not None]
        return "\n\n".join([*blocks, *filter(None, [missing_in(self.lines)])])

    def _shown(self) -> tuple[tuple[Line, ...], tuple[Line, ...]]:
        """Return the lines that are rows of the table, and the ceilings that stand in one line below it."""
        answered = tuple(line for line in self.lines if line.estimate is not None)
        ceilings = tuple(line for line in answered if line.packing == "ceiling")
        others = tuple(line for line in answered if line.packing != "ceiling")
        if len(answered) <= _MOST_LINES or not others or len(self.counts) > 1:
            return answered, ()
        return others, ceilings

    def _headings(self) -> list[str]:
        """Return the headings of what tells the counts apart: their names, and the counts, where there are any."""
        named = any(count.name != count.text for count in self.counts)
        return [*(["name"] if named else []), *([self.argument] if named or len(self.counts) > 1 else [])]

    def _counted(self, line: Line) -> list[str]:
        cells = {} if line.count is None else {"name": line.count.name, self.argument: line.count.text}
        return [cells.get(heading, "") for heading in self._headings()]

    def sentence(self, level: float | None = None) -> str:
        level, named = self.levels[-1] if level is None else level, "name" in self._headings()
        return "\n".join(
            f"{line.count.name}: {sentence}" if named and line.count is not None else sentence
            for line in self.lines
            if line.estimate is not None
            for sentence in (line.estimate.sentence(level),)
        )

    def plot(
        self, *, claims: object = None, level: float | None = None, source: bool = False, ax: Axes | None = None
    ) -> Axes:
        """Draw the bands below each other: of one count every packing, of several the counts under each packing.

        Where there is one count and one munition the ceiling is a line across, and claims of the record on just so many
        transports are marked. Needs matplotlib: `pip install "shellflow[plot]"`.

        Parameters
        ----------
        claims : str, number, quantity, or a list or mapping of these by name, optional
            Published values to mark in place of those of the record, and none with an empty list [unit of the lines].
        level : float, optional
            Share of the draws in the bands, in (0, 1); the levels of the comparison when left out [unitless].
        source, ax
            As for `Estimate.plot`.

        Returns
        -------
        matplotlib.axes.Axes
            What was drawn on.

        Raises
        ------
        ExtraError
            If matplotlib is not installed, or cannot open a figure here.
        ArgumentError, UnitError
            If `level` is outside (0, 1), there are more than 200 bands, `ax` is no axes 4 inches wide or more or is too
            low for its rows, or a claim cannot be read or is of another unit.
        """
        from shellflow.estimates import _comparison_figure

        levels = self.levels if level is None else (inputs.check_level(level),)
        return _comparison_figure.figure_of(self.lines, levels, self.what, claims, self.catalog, source=source, ax=ax)

    def __repr__(self) -> str:
        return f"<Comparison of {self.what}: {len(self.lines)} lines>"


def limits_in_words(estimate: Estimate) -> str:
    """Return what most often limits the rounds in one transport, with its share of the draws where it is not alone."""
    if all(isinstance(carrier, InMass) for carrier in carriers(estimate.term)):
        return "mass given"
    limits = ((share, limit) for limit, share in estimate.reasons.limited_by.items())
    share, limit = max(limits, default=(1.0, "not stated"))
    return limit if share > 1 - 1e-9 else f"{limit} {words.percent(share)}"


_NUMBERS = (
    *("level", "low", "median", "high", "unit", "per_transport_low", "per_transport_median", "per_transport_high"),
    *("counted_in", "transport", "basis", "package", "mass", "space", "nothing_fits", "grade"),
    *("band_for", "cliffs", "notes", "made_by"),
)


def _rows(line: Line, levels: Sequence[float], argument: str) -> Iterator[dict[str, Any]]:
    """Yield a row for each level of a line; one where there is no estimate."""
    known = line.count
    named = {argument: known.median if known else None, "name": known.name if known else None}
    start: dict[str, Any] = {**named, "munition": line.munition, "packing": line.packing, **dict.fromkeys(_NUMBERS)}
    start["counted_in"] = known.unit if known else None
    estimate, single = line.estimate, line.per_transport
    if estimate is None or single is None:
        yield start | {"missing": line.missing}
        return
    start |= {
        "nothing_fits": estimate.reasons.nothing_fits,
        "band_for": estimate.reasons.band_for or None,
        "cliffs": "; ".join(cliffs_in_words(estimate)) or None,
        "notes": "; ".join(estimate.notes) or None,
        "made_by": display.stamp_line(stamp_of(estimate)).removeprefix("made by: "),
        "missing": line.missing or None,
    }
    for level in levels:
        low, median, high = single.band(level)
        row = {name: value for name, value in row_of(estimate, level).items() if name in _NUMBERS}
        yield (
            start
            | row
            | {
                "per_transport_low": low,
                "per_transport_median": median,
                "per_transport_high": high,
            }
        )


def _steps(line: Line) -> dict[str, float]:
    """Return what the bands of a row are rounded to."""
    if line.estimate is None or line.per_transport is None:
        return {}
    return {"": step_of(line.estimate), "per_transport_": step_of(line.per_transport)}


def _cells(line: Line, levels: Sequence[float]) -> tuple[str, ...]:
    if line.estimate is None or line.per_transport is None:
        return line.munition, line.packing, line.missing
    return (
        line.munition,
        line.packing,
        line.estimate.basis,
        say_quantiles(line.estimate).median,
        *(say_quantiles(line.estimate, level).band for level in levels),
        say_quantiles(line.per_transport).median,
        limits_in_words(line.estimate),
        line.estimate.grade,
    )
