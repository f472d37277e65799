"""From what is seen of a munitions flow to how many rounds that could be.

The public names are loaded when first used, so that `import shellflow` costs next to nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from shellflow._version import __version__

if TYPE_CHECKING:
    from shellflow import catalog, units
    from shellflow.about import show_versions
    from shellflow.audits import Audit, audit
    from shellflow.backtests import Backtest, backtest
    from shellflow.errors import ShellflowError
    from shellflow.estimates import Comparison, Estimate, compare, compare_needed, estimate, from_json, units_needed
    from shellflow.figures import plot_compare, plot_load
    from shellflow.flows import Flow, flow
    from shellflow.inputs import discrete, distribution, fixed, from_observations, lognormal, triangular, uniform
    from shellflow.packings import mix, packing
    from shellflow.panel import explore
    from shellflow.reconciliation import Reconciliation, reconcile, statement
    from shellflow.sampling import settings
    from shellflow.shipments import Shipments, read_shipments
    from shellflow.statements import Finding, claims

__all__ = [
    "Audit",
    "Backtest",
    "Comparison",
    "Estimate",
    "Finding",
    "Flow",
    "Reconciliation",
    "ShellflowError",
    "Shipments",
    "__version__",
    "audit",
    "backtest",
    "catalog",
    "claims",
    "compare",
    "compare_needed",
    "discrete",
    "distribution",
    "estimate",
    "explore",
    "fixed",
    "flow",
    "from_json",
    "from_observations",
    "lognormal",
    "mix",
    "packing",
    "plot_compare",
    "plot_load",
    "read_shipments",
    "reconcile",
    "settings",
    "show_versions",
    "statement",
    "triangular",
    "uniform",
    "units",
    "units_needed",
]

_HOME = {
    "Audit": "audits",
    "Backtest": "backtests",
    "Comparison": "estimates",
    "Estimate": "estimates",
    "Finding": "statements",
    "Flow": "flows",
    "Reconciliation": "reconciliation",
    "ShellflowError": "errors",
    "Shipments": "shipments",
    "audit": "audits",
    "backtest": "backtests",
    "claims": "statements",
    "compare": "estimates",
    "compare_needed": "estimates",
    "discrete": "inputs",
    "distribution": "inputs",
    "estimate": "estimates",
    "explore": "panel",
    "fixed": "inputs",
    "flow": "flows",
    "from_json": "estimates",
    "from_observations": "inputs",
    "lognormal": "inputs",
    "mix": "packings",
    "packing": "packings",
    "plot_compare": "figures",
    "plot_load": "figures",
    "read_shipments": "shipments",
    "reconcile": "reconciliation",
    "settings": "sampling",
    "show_versions": "about",
    "statement": "reconciliation",
    "triangular": "inputs",
    "uniform": "inputs",
    "units_needed": "estimates",
}

# Hidden from type checkers: a module with __getattr__ would accept any misspelt name as Any.
if not TYPE_CHECKING:

    def __getattr__(name):
        from importlib import import_module

        if name in _HOME:
            value = getattr(import_module(f"shellflow.{_HOME[name]}"), name)
            globals()[name] = value
            return value
        hint = ""
        if not name.startswith("_"):
            try:
                return import_module(f"shellflow.{name}")
            except ModuleNotFoundError as error:
                if error.name != f"shellflow.{name}":
                    raise
            from difflib import get_close_matches

            close = get_close_matches(name, __all__, n=3, cutoff=0.6)
            hint = f". Did you mean {' or '.join(map(repr, close))}?" if close else ". See dir(shellflow)."
        raise AttributeError(f"module 'shellflow' has no attribute {name!r}{hint}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
