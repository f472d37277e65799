"""The packaged tables as frozen records, and the named uncertain inputs made from them.

Nothing else reads the packaged files. A row that does not hold stops the load: nothing is skipped, guessed or made 0.
The shipped tables are attributes: `catalog.munitions["152mm"]`, `catalog.claims.to_frame()`. `data/README.md` says what
every table is, what is not known and which traps its sources hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shellflow.catalog import examples
from shellflow.catalog._evidence import (
    containers_per_voyage,
    observations,
    observed_load,
    reported_increment,
    reported_ratio,
    stated_ratio,
)
from shellflow.catalog._increments import increments_of, stated_increments
from shellflow.catalog._labels import label_of
from shellflow.catalog._own import read_extended, read_table
from shellflow.catalog._quantities import (
    inner_size,
    norm_limit,
    norm_load,
    package_gross,
    package_packaging,
    package_size,
    payload,
    projectile_mass,
)
from shellflow.catalog._reading import as_catalog, load, shipped
from shellflow.catalog._records import (
    CHARGES,
    KINDS,
    NO_TRANSPORT,
    Claim,
    FiringRate,
    Load,
    Munition,
    Norm,
    Package,
    Record,
    Source,
    Transport,
    Voyage,
)
from shellflow.catalog._rules import ratio_bound
from shellflow.catalog._selections import (
    LONGEST_OBSERVED_M,
    REPORTING_FAMILY,
    REPORTING_OFFICE,
    crated_package,
    observed_loads,
    reported_claims,
    transports_of,
    uncharged_package,
)
from shellflow.catalog._tables import ALIASES, TABLES, Catalog, Table, folded

if TYPE_CHECKING:
    sources: Table[Source]
    transports: Table[Transport]
    munitions: Table[Munition]
    norms: Table[Norm]
    packages: Table[Package]
    loads: Table[Load]
    voyages: Table[Voyage]
    claims: Table[Claim]
    firing_rates: Table[FiringRate]

__all__ = [
    "ALIASES",
    "CHARGES",
    "KINDS",
    "LONGEST_OBSERVED_M",
    "NO_TRANSPORT",
    "REPORTING_FAMILY",
    "REPORTING_OFFICE",
    "TABLES",
    "Catalog",
    "Claim",
    "FiringRate",
    "Load",
    "Munition",
    "Norm",
    "Package",
    "Record",
    "Source",
    "Table",
    "Transport",
    "Voyage",
    "as_catalog",
    "claims",
    "containers_per_voyage",
    "crated_package",
    "examples",
    "firing_rates",
    "folded",
    "increments_of",
    "inner_size",
    "label_of",
    "load",
    "loads",
    "munitions",
    "norm_limit",
    "norm_load",
    "norms",
    "observations",
    "observed_load",
    "observed_loads",
    "package_gross",
    "package_packaging",
    "package_size",
    "packages",
    "payload",
    "projectile_mass",
    "ratio_bound",
    "read_extended",
    "read_table",
    "reported_claims",
    "reported_increment",
    "reported_ratio",
    "shipped",
    "sources",
    "stated_increments",
    "stated_ratio",
    "transports",
    "transports_of",
    "uncharged_package",
    "voyages",
]

# Hidden from type checkers: a module with __getattr__ would accept any misspelt name as Any.
if not TYPE_CHECKING:

    def __getattr__(name):
        if name in TABLES:
            return shipped().table(name)
        raise AttributeError(f"module 'shellflow.catalog' has no attribute {name!r}. See dir(shellflow.catalog).")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
