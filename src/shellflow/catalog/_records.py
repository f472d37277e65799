"""The records of the tables, one to a row: their fields are the columns."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import Any

from shellflow.errors import bad_argument
from shellflow.inputs import GRADES

__all__ = [
    "KINDS",
    "Catalog",
    "Claim",
    "FiringRate",
    "Load",
    "Munition",
    "Norm",
    "Package",
    "Record",
    "Source",
    "Transport",
    "Voyage",
    "make_catalog",
]

KINDS = ("container", "wagon", "truck")

# The annotation of a record's field is the specification of its column: type, and required unless `| None`.
# Metadata adds what an annotation cannot say.
_DATE = {"date": True}
_ZERO = {"zero": True}
_KIND = {"allowed": KINDS}
_GRADE = {"allowed": GRADES}
_BOUND = {"allowed": ("floor", "ceiling", "point", "range", "none")}
_SOURCE = {"refers": "sources"}


def _is_positive(value: Any) -> bool:
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return real and bool(0 < value < math.inf)


def _check_fields(record: Transport | Munition) -> None:
    """Check each field as the loader checks its cell, for records made by hand or read from JSON.

    Raises
    ------
    ArgumentError
        If a value is not of its column, or a number is not positive.
    """
    for column in fields(record):
        kind, _, none = str(column.type).partition(" | ")
        value = getattr(record, column.name)
        if value is None and none:
            continue
        argument = f"{type(record).__name__}.{column.name}"
        if kind == "str":
            if not isinstance(value, str) or not (value.strip() or none):
                raise bad_argument(argument, value, "a text that is not empty")
            allowed = column.metadata.get("allowed")
            if allowed and value not in allowed:
                raise bad_argument(argument, value, f"one of {', '.join(allowed)}")
        elif not _is_positive(value):
            raise bad_argument(
                argument, value, "a positive, finite number", "Give None if it is not known." if none else ""
            )


@dataclass(frozen=True, slots=True)
class Source:
    """A document, its address and how it knows."""

    source: str
    publisher: str
    title_or_kind: str
    url: str | None
    grade: str = field(metadata=_GRADE)
    note: str | None


@dataclass(frozen=True, slots=True)
class Transport:
    """A kind of container, wagon or truck; a 40 ft box is a kind of its own, never two of 20 ft."""

    transport: str
    name: str
    kind: str = field(metadata=_KIND)
    inner_length_m: float | None
    inner_width_m: float | None
    inner_height_m: float | None
    door_width_m: float | None
    door_height_m: float | None
    tare_kg: float | None
    max_gross_kg: float | None
    payload_kg: float
    size_source: str | None = field(metadata=_SOURCE)
    size_grade: str | None = field(metadata=_GRADE)
    mass_source: str = field(metadata=_SOURCE)
    mass_grade: str = field(metadata=_GRADE)
    note: str | None

    def __post_init__(self) -> None:
        _check_fields(self)


@dataclass(frozen=True, slots=True)
class Munition:
    """A munition; the mass is that of the projectile or rocket, without propelling charge or packaging."""

    munition: str
    name: str
    calibre_mm: float
    kind: str
    projectile_kg_low: float | None
    projectile_kg_best: float | None
    projectile_kg_high: float | None
    length_m: float | None
    mass_source: str = field(metadata=_SOURCE)
    mass_grade: str = field(metadata=_GRADE)
    length_source: str | None = field(metadata=_SOURCE)
    length_grade: str | None = field(metadata=_GRADE)
    note: str | None

    def __post_init__(self) -> None:
        _check_fields(self)


@dataclass(frozen=True, slots=True)
class Norm:
    """The load of a full transport behind several packages: one shared unknown, not one for each."""

    norm: str
    what: str
    transport: str | None = field(metadata={"refers": "transports"})
    load_kg_low: float | None
    load_kg_best: float | None
    load_kg_high: float | None
    source: str = field(metadata=_SOURCE)
    grade: str = field(metadata=_GRADE)
    note: str | None


@dataclass(frozen=True, slots=True)
class Package:
    """A way one munition is packed; its mass is given in one of three ways, or unknown."""

    package: str
    munition: str = field(metadata={"refers": "munitions"})
    contents: str
    rounds: int
    norm: str | None = field(metadata={"refers": "norms"})
    norm_packages: int | None
    gross_kg_low: float | None
    gross_kg_best: float | None
    gross_kg_high: float | None
    packaging_kg_low: float | None = field(metadata=_ZERO)
    packaging_kg_best: float | None = field(metadata=_ZERO)
    packaging_kg_high: float | None = field(metadata=_ZERO)
    length_m_low: float | None
    length_m_high: float | None
    width_m_low: float | None
    width_m_high: float | None
    height_m_low: float | None
    height_m_high: float | None
    mass_source: str | None = field(metadata=_SOURCE)
    mass_grade: str | None = field(metadata=_GRADE)
    size_source: str | None = field(metadata=_SOURCE)
    size_grade: str | None = field(metadata=_GRADE)
    note: str | None


@dataclass(frozen=True, slots=True)
class Load:
    """The mass of a shipment and the number of transports that carried it."""

    load: str
    start: str | None = field(metadata=_DATE)
    end: str | None = field(metadata=_DATE)
    what: str
    kind: str = field(metadata=_KIND)
    transports: int
    mass_t_low: float
    mass_t_high: float
    use: str = field(metadata={"allowed": ("observed", "reference")})
    source: str = field(metadata=_SOURCE)
    grade: str = field(metadata=_GRADE)
    note: str | None


@dataclass(frozen=True, slots=True)
class Voyage:
    """Containers over voyages."""

    voyage: str
    start: str | None = field(metadata=_DATE)
    end: str | None = field(metadata=_DATE)
    what: str
    voyages_low: int | None
    voyages_high: int | None
    containers_low: int | None
    containers_high: int | None
    source: str = field(metadata=_SOURCE)
    grade: str = field(metadata=_GRADE)
    note: str | None


@dataclass(frozen=True, slots=True)
class Claim:
    """A published statement that links transports to rounds, or counts transports; graded `published`."""

    claim: str
    date: str = field(metadata=_DATE)
    as_of: str | None = field(metadata=_DATE)
    claimant: str
    family: str
    corridor: str | None
    kind: str = field(metadata=_KIND)
    transport: str | None = field(metadata={"refers": "transports"})
    units_low: int | None
    units_high: int | None
    units_bound: str = field(metadata=_BOUND)
    munition: str = field(metadata={"refers": "munitions", "besides": "unspecified"})
    rounds_low: int | None
    rounds_high: int | None
    rounds_bound: str = field(metadata=_BOUND)
    ratio_bound: str = field(metadata=_BOUND)
    basis: str = field(metadata={"allowed": ("capacity", "contents", "count", "rendering", "unspecified")})
    alternative_to: str | None = field(metadata={"refers": "claims"})
    rendering_of: str | None = field(metadata={"refers": "claims"})
    url: str
    note: str | None


@dataclass(frozen=True, slots=True)
class FiringRate:
    """Rounds of all calibres fired per day, by whom said; graded `published`."""

    rate: str
    side: str
    period_start: str = field(metadata=_DATE)
    period_end: str = field(metadata=_DATE)
    rounds_per_day_low: int | None
    rounds_per_day_high: int | None
    who: str
    url: str
    note: str | None


Record = Source | Transport | Munition | Norm | Package | Load | Voyage | Claim | FiringRate


@dataclass(frozen=True)
class Catalog:
    """Tables of records, with the version and hash that say which; equal when both are.

    The digest is 12 hex digits of blake2b over the text of the files with normalised newlines: it changes when rows
    are reordered or a number is respelt, so that the same digest means the same files.
    """

    tables: Mapping[str, Mapping[str, Record]] = field(repr=False, compare=False)
    digest: str
    version: str

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle by plain dicts, as read-only mappings cannot be pickled."""
        return make_catalog, ({name: dict(table) for name, table in self.tables.items()}, self.digest, self.version)


def make_catalog(held: Mapping[str, Mapping[str, Record]], digest: str, version: str) -> Catalog:
    """Return a catalog whose tables cannot be changed."""
    frozen = {name: MappingProxyType(dict(table)) for name, table in held.items()}
    return Catalog(MappingProxyType(frozen), digest, version)
