"""Possible draws: distributions given by their quantile function, draws by name, quantiles and shares of variance.

A draw is one consistent setting of every unknown; element i of every array of draws belongs to draw i. The draws of
one input are its quantile function at the n midpoints (i + 1/2)/n, put into an order that depends on nothing but the
seed and the input's name. So each single input is reproduced exactly, one name means one unknown wherever it is used,
and adding an input leaves all the others alone. Where thousands of small unknowns make up one input, each has an order
of its own as well, which is found without sorting. Plain numbers only: no units, no tables, no files.
"""

from __future__ import annotations

from shellflow.sampling._distributions import (
    Discrete,
    Distribution,
    Exponential,
    Fixed,
    Lognormal,
    LogStudentT,
    SumOfUniforms,
    Tabulated,
    Triangular,
    Uniform,
    WithPpf,
    alike,
)
from shellflow.sampling._draws import BoundedCache, clear_caches, draw, order
from shellflow.sampling._many import AverageOfFactors, Many, SumOfErrors
from shellflow.sampling._settings import (
    DEFAULT_N,
    Floats,
    Settings,
    current_settings,
    midpoints,
    one_settings,
    settings,
)
from shellflow.sampling._statistics import (
    NOISE,
    predictive,
    predictive_parameters,
    quantile,
    quantiles,
    swing,
    variance_shares,
)
from shellflow.sampling._student import student_t_probability, student_t_quantile

__all__ = [
    "DEFAULT_N",
    "NOISE",
    "AverageOfFactors",
    "BoundedCache",
    "Discrete",
    "Distribution",
    "Exponential",
    "Fixed",
    "Floats",
    "LogStudentT",
    "Lognormal",
    "Many",
    "Settings",
    "SumOfErrors",
    "SumOfUniforms",
    "Tabulated",
    "Triangular",
    "Uniform",
    "WithPpf",
    "alike",
    "clear_caches",
    "current_settings",
    "draw",
    "midpoints",
    "one_settings",
    "order",
    "predictive",
    "predictive_parameters",
    "quantile",
    "quantiles",
    "settings",
    "student_t_probability",
    "student_t_quantile",
    "swing",
    "variance_shares",
]
