"""Every munition under every packing, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from shellflow import display, inputs, words
from shellflow.errors import NoDataError, bad_argument
from shellflow.estimates import _titles
from shellflow.estimates._drawn import stamp_of
from shellflow.estimates._estimate import Estimate
from shellflow.estimates._report import cliffs_in_words, say_quantiles, sources_of
from shellflow.estimates._rows import row_of
from shellflow.packings import InMass, carriers

__all__ = ["Comparison", "Line", "cautions_of", "limits_in_words"]

_READING = (
    "capacity: what would fit if it were all this munition; contents: what is probably inside.",
    "Lines are alternatives and do not add up.",
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
    per_transport : Estimate or None
        Rounds in one transport [round].
    missing : str
        Why there is none, in a few words [unitless].
    """

    munition: str
    packing: str
    estimate: Estimate | None
    per_transport: Estimate | None
    missing: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Comparison(display.Result):
    """Estimates of the same transports, one for each munition and packing; made by `compare`.

    Its rows have the columns munition, packing, transport, basis, package (what is in it), low, median, high,
    per_transport_low, per_transport_median, per_transport_high, unit, level, mass, space, nothing_fits, grade,
    band_for, cliffs, notes, made_by, missing. Where there is no estimate the numbers are missing, and `missing` says
    why.

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

    def report(self, level: float | None = None) -> display.Report:
        level = inputs.check_level(0.9 if level is None else level)
        estimates = [line.estimate for line in self.lines if line.estimate is not None]
        share = next(filter(None, (_titles.share_reading(estimate.term) for estimate in estimates)), "")
        ranges = dict.fromkeys(text for estimate in estimates for text in _titles.ranges_in(estimate.term))
        return display.Report(
            self.what,
            columns=(
                display.Column("munition"),
                display.Column("packing"),
                display.Column("basis"),
                display.Column("median", right=True),
                display.Column(f"{words.percent(level)} band", right=True),
                display.Column(f"rounds per {_kind_in(estimates)}", right=True),
                display.Column("limited by"),
                display.Column("grade"),
            ),
            cells=tuple(_cells(line, level) for line in self.lines),
            rows=tuple(_row(line, level) for line in self.lines),
            bands=tuple(None if line.estimate is None else line.estimate.band(level) for line in self.lines),
            cautions=tuple(cautions_of(self.lines)),
            notes=(
                " ".join(_READING),
                *(f"range: {text}." for text in ranges),
                *([f"munition share: {share}."] if share else []),
            ),
            sources=sources_of(estimates),
            stamp=stamp_of(estimates[0]) if estimates else {},
        )

    def __repr__(self) -> str:
        return f"<Comparison of {self.what}: {len(self.lines)} lines>"


def cautions_of(lines: Sequence[Line]) -> list[str]:
    """Return what each band is a band for, then cliffs and notes, each once and with the names of its lines.

    Parameters
    ----------
    lines : sequence of Line
        Those of one table.

    Returns
    -------
    list of str
        Bands first, then the rest in the order of the lines.
    """
    bands: dict[str, list[Line]] = {}
    others: dict[str, list[Line]] = {}
    known = [line for line in lines if line.estimate is not None]
    for line in known:
        assert line.estimate is not None
        bands.setdefault(f"the band is for {line.estimate.reasons.band_for}", []).append(line)
        for text in (*(f"cliff: {cliff}" for cliff in cliffs_in_words(line.estimate)), *line.estimate.notes):
            others.setdefault(text, []).append(line)
    return [f"{_names(about, known)}: {text}" for text, about in (*bands.items(), *others.items())]


def _names(about: Sequence[Line], lines: Sequence[Line]) -> str:
    """Return lines by name: a munition or a packing alone where all of its lines are meant, or there is no other."""
    names: dict[str, None] = {}
    for line in about:
        label = f"{line.munition} {line.packing}"
        if len({other.munition for other in lines}) == 1:
            label = line.packing
        else:
            for part in ("munition", "packing"):
                same = [other for other in lines if getattr(other, part) == getattr(line, part)]
                if len(same) > 1 and all(other in about for other in same):
                    label = getattr(line, part)
        names[label] = None
    return ", ".join(names)


def _kind_in(estimates: Sequence[Estimate]) -> str:
    """Return what the rounds are packed in, such as "container"."""
    kinds = {carrier.kind for estimate in estimates for carrier in carriers(estimate.term)}
    return kinds.pop() if len(kinds) == 1 else "transport"


def limits_in_words(estimate: Estimate) -> str:
    """Return what most often limits the rounds in one transport, with its share of the draws where it is not alone."""
    if all(isinstance(carrier, InMass) for carrier in carriers(estimate.term)):
        return "mass given"
    limits = ((share, limit) for limit, share in estimate.reasons.limited_by.items())
    share, limit = max(limits, default=(1.0, "not stated"))
    return limit if share > 1 - 1e-9 else f"{limit} {words.percent(share)}"


_MISSING = dict.fromkeys(
    [
        *("transport", "basis", "package", "low", "median", "high"),
        *("per_transport_low", "per_transport_median", "per_transport_high"),
        *("unit", "level", "mass", "space", "nothing_fits", "grade", "band_for", "cliffs", "notes", "made_by"),
    ]
)


def _row(line: Line, level: float) -> dict[str, Any]:
    row: dict[str, Any] = {"munition": line.munition, "packing": line.packing, **_MISSING}
    if line.estimate is not None and line.per_transport is not None:
        estimate = line.estimate
        row |= {name: value for name, value in row_of(estimate, level).items() if name in _MISSING}
        low, median, high = line.per_transport.band(level)
        row |= {"per_transport_low": low, "per_transport_median": median, "per_transport_high": high}
        row |= {
            "nothing_fits": estimate.reasons.nothing_fits,
            "band_for": estimate.reasons.band_for or None,
            "cliffs": "; ".join(cliffs_in_words(estimate)) or None,
            "notes": "; ".join(estimate.notes) or None,
            "made_by": display.stamp_line(stamp_of(estimate)).removeprefix("made by: "),
        }
    return row | {"missing": line.missing or None}


def _cells(line: Line, level: float) -> tuple[str, ...]:
    if line.estimate is None or line.per_transport is None:
        return line.munition, line.packing, line.missing
    quantiles = say_quantiles(line.estimate, level)
    return (
        line.munition,
        line.packing,
        line.estimate.basis,
        quantiles.median,
        quantiles.band,
        say_quantiles(line.per_transport, level).median,
        limits_in_words(line.estimate),
        line.estimate.grade,
    )
