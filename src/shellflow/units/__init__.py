"""Units: a grammar of our own for text, the registry of pint, and the gate for quantities at the public edge.

Rounds, packages and each kind of transport are dimensions of their own, so that adding rounds to containers raises.
Text is read without pint, which is imported only where a quantity is taken or handed out.
"""

from shellflow.units._gate import canonical, combined, converted, magnitude, magnitudes
from shellflow.units._registry import is_quantity, quantity, register_upcast, registry, setup_registry

__all__ = [
    "canonical",
    "combined",
    "converted",
    "is_quantity",
    "magnitude",
    "magnitudes",
    "quantity",
    "register_upcast",
    "registry",
    "setup_registry",
]
