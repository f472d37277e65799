"""Named uncertain inputs: a distribution with its unit, source and grade, and the ways to state one.

An input's name is its identity: the same name is the same unknown wherever it is used. Of an unnamed one the object is.
"""

from __future__ import annotations

from shellflow.inputs._calculated import Calculated
from shellflow.inputs._figures import fit_observations, from_limits
from shellflow.inputs._grades import GRADES, NO_SOURCE, check_grade, weakest
from shellflow.inputs._input import (
    AS_ASKED,
    ORIGINS,
    Input,
    Origin,
    Unknowns,
    calculated,
    gather,
    operand,
    stated,
)
from shellflow.inputs._masses import is_mass, read_mass
from shellflow.inputs._reading import Faults, check_level, check_levels, exactly
from shellflow.inputs._stating import (
    discrete,
    distribution,
    fixed,
    from_observations,
    lognormal,
    triangular,
    uniform,
)
from shellflow.inputs._taking import ABOUT, Wanted, as_input, as_inputs, says_about, within

__all__ = [
    "ABOUT",
    "AS_ASKED",
    "GRADES",
    "NO_SOURCE",
    "ORIGINS",
    "Calculated",
    "Faults",
    "Input",
    "Origin",
    "Unknowns",
    "Wanted",
    "as_input",
    "as_inputs",
    "calculated",
    "check_grade",
    "check_level",
    "check_levels",
    "discrete",
    "distribution",
    "exactly",
    "fit_observations",
    "fixed",
    "from_limits",
    "from_observations",
    "gather",
    "is_mass",
    "lognormal",
    "operand",
    "read_mass",
    "says_about",
    "stated",
    "triangular",
    "uniform",
    "weakest",
    "within",
]
