"""The records of the tables, one to a row: their fields are the columns."""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, get_args, get_type_hints

from shellflow.errors import bad_argument
from shellflow.inputs import GRADES

__all__ = [
    "CHARGES",
    "KINDS",
    "NO_TRANSPORT",
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
    "column_types",
]

KINDS = ("container", "wagon", "truck")

NO_TRANSPORT = "none"
"""The kind of a claim that counts no transports."""

CHARGES = ("with", "without", "unknown", "not applicable")
"""Whether the propelling charge is in a package."""

# The annotation of a record's field is the specification of its column: type, and required unless `| None`.
# Metadata adds what an annotation cannot say.
_DATE = {"date": True}
_ZERO = {"zero": True}
_KIND = {"allowed": KINDS}
_GRADE = {"allowed": GRADES}
_BOUND = {"allowed": ("floor", "ceiling", "point", "range", "none")}
_SOURCE = {"refers": ("sources",)}


_column_types: dict[type, Mapping[str, tuple[type, bool]]] = {}


def column_types(record: type[Any]) -> Mapping[str, tuple[type, bool]]:
    """Return for each field of a record its type, and whether a value is required."""
    if record not in _column_types:
        kinds = {name: get_args(hint) or (hint,) for name, hint in get_type_hints(record).items()}
        _column_types[record] = {name: (types[0], type(None) not in types) for name, types in kinds.items()}
    return _column_types[record]


def _is_positive(value: Any) -> bool:
    real = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return real and bool(0 < value < math.inf)


def _check_fields(record: Transport | Munition) -> None:
    """Check each field as the loader checks its cell, for records made by hand or read from JSON."""
    types = column_types(type(record))
    for column in fields(record):
        kind, required = types[column.name]
        value = getattr(record, column.name)
        if value is None and not required:
            continue
        argument = f"{type(record).__name__}.{column.name}"
        if kind is str:
            if not isinstance(value, str) or not (value.strip() or not required):
                raise bad_argument(argument, value, "a text that is not empty")
            allowed = column.metadata.get("allowed")
            if allowed and value not in allowed:
                raise bad_argument(argument, value, f"one of {', '.join(allowed)}")
        elif not _is_positive(value):
            fix = "" if required else "Give None if it is not known."
            raise bad_argument(argument, value, "a positive, finite number", fix)


@dataclass(frozen=True, slots=True)
class Source:
    """A document, its address and the basis of its figures."""

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

    @property
    def in_words(self) -> str:
        """What print calls such rounds, where a key would puzzle its readers: "152 mm shells"."""
        return f"{self.calibre_mm:g} mm {self.kind}s"


@dataclass(frozen=True, slots=True)
class Norm:
    """The load of a full transport behind several packages: one shared unknown, not one for each."""

    norm: str
    what: str
    transport: str | None = field(metadata={"refers": ("transports",)})
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
    munition: str = field(metadata={"refers": ("munitions",)})
    contents: str
    charge: str = field(metadata={"allowed": CHARGES})
    rounds: int
    norm: str | None = field(metadata={"refers": ("norms",)})
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
    cargo: str = field(metadata={"allowed": ("ammunition", "mixed", "other")})
    kind: str = field(metadata=_KIND)
    transports: int
    mass_t_low: float
    mass_t_high: float
    use: str = field(metadata={"allowed": ("observed", "reference")})
    part_of: str | None = field(metadata={"refers": ("loads",)})
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
    """A published statement that links transports to rounds, or gives one of them or a mass; graded `published`."""

    claim: str
    date: str = field(metadata=_DATE)
    as_of: str | None = field(metadata=_DATE)
    since: str | None = field(metadata=_DATE)
    claimant: str
    family: str
    corridor: str | None
    kind: str = field(metadata={"allowed": (*KINDS, NO_TRANSPORT)})
    transport: str | None = field(metadata={"refers": ("transports",)})
    units_low: int | None
    units_high: int | None
    units_bound: str = field(metadata=_BOUND)
    munition: str = field(metadata={"refers": ("munitions",), "besides": "unspecified"})
    rounds_low: int | None
    rounds_high: int | None
    rounds_bound: str = field(metadata=_BOUND)
    ratio_bound: str = field(metadata=_BOUND)
    mass_t_low: float | None
    mass_t_high: float | None
    mass_bound: str = field(metadata=_BOUND)
    basis: str = field(metadata={"allowed": ("capacity", "contents", "count", "rendering", "unspecified")})
    alternative_to: str | None = field(metadata={"refers": ("claims",)})
    rendering_of: str | None = field(metadata={"refers": ("claims",)})
    derived_from: str | None = field(metadata={"refers": ("claims", "sources")})
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
