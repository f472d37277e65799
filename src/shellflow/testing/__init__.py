"""For those who test conversions of their own: Hypothesis strategies and asserts that know units.

Import it in tests only: it needs Hypothesis, which is in the extra `test`. What it draws is cheap: few draws, and
packages so large that few fit on a floor.
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis  # noqa: F401  asked for here, so that its absence is said in one place
except ImportError as error:  # a plain install has no Hypothesis
    raise ImportError(
        "shellflow.testing needs Hypothesis, which is not installed. Install it: pip install 'shellflow[test]'"
    ) from error

from shellflow.testing._asserts import assert_conserves_mass, assert_monotone, assert_rounds_close
from shellflow.testing._loads import munitions, packages, packings, transports
from shellflow.testing._strategies import ClaimInWords, claims, counts, distributions, settings, shipments

__all__ = [
    "ClaimInWords",
    "assert_conserves_mass",
    "assert_monotone",
    "assert_rounds_close",
    "claims",
    "counts",
    "distributions",
    "munitions",
    "packages",
    "packings",
    "settings",
    "shipments",
    "transports",
]
