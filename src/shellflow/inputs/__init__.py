"""Named uncertain inputs: a distribution with its unit, source and grade, and the ways to state one.

An input's name is its identity: the same name is the same unknown wherever it is used.
"""

from __future__ import annotations

from shellflow.inputs._figures import fit_observations, from_limits
from shellflow.inputs._input import AS_ASKED, GRADES, NO_SOURCE, Input, check_grade, exactly, gather, weakest
from shellflow.inputs._reading import Faults
from shellflow.inputs._stating import (
    check_level,
    count_unnamed,
    discrete,
    distribution,
    fixed,
    from_observations,
    lognormal,
    triangular,
    uniform,
)
from shellflow.inputs._taking import Wanted, as_input, as_inputs, within

__all__ = [
    "AS_ASKED",
    "GRADES",
    "NO_SOURCE",
    "Faults",
    "Input",
    "Wanted",
    "as_input",
    "as_inputs",
    "check_grade",
    "check_level",
    "count_unnamed",
    "discrete",
    "distribution",
    "exactly",
    "fit_observations",
    "fixed",
    "from_limits",
    "from_observations",
    "gather",
    "lognormal",
    "triangular",
    "uniform",
    "weakest",
    "within",
]
