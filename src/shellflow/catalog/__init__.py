"""The packaged tables as frozen records, and the named uncertain inputs made from them.

Nothing else reads the packaged files. A row that does not hold stops the load: nothing is skipped, guessed or made 0.
`data/README.md` says what every table is, what is not known and which traps its sources hold.
"""

from __future__ import annotations

from shellflow.catalog import examples
from shellflow.catalog._evidence import (
    LONGEST_OBSERVED_M,
    REPORTING_FAMILY,
    containers_per_voyage,
    observations,
    observed_load,
    observed_loads,
    reported_claims,
    reported_ratio,
    stated_ratio,
)
from shellflow.catalog._lookup import (
    ALIASES,
    claims,
    find,
    firing_rates,
    loads,
    munitions,
    names,
    norms,
    packages,
    resolve_munition,
    rows,
    sources,
    tables,
    to_frame,
    transports,
    voyages,
)
from shellflow.catalog._quantities import (
    bare_package,
    crated_package,
    inner_size,
    norm_load,
    package_gross,
    package_packaging,
    package_size,
    payload,
    projectile_mass,
)
from shellflow.catalog._reading import load, shipped
from shellflow.catalog._records import (
    Catalog,
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
from shellflow.catalog._tables import read_table

__all__ = [
    "ALIASES",
    "LONGEST_OBSERVED_M",
    "REPORTING_FAMILY",
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
    "bare_package",
    "claims",
    "containers_per_voyage",
    "crated_package",
    "examples",
    "find",
    "firing_rates",
    "inner_size",
    "load",
    "loads",
    "munitions",
    "names",
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
    "read_table",
    "reported_claims",
    "reported_ratio",
    "resolve_munition",
    "rows",
    "shipped",
    "sources",
    "stated_ratio",
    "tables",
    "to_frame",
    "transports",
    "voyages",
]
