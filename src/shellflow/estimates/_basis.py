"""What the band of an estimate is for, in words that agree with its basis."""

from __future__ import annotations

from shellflow.packings import BASES, Packing, Reported, Stowage
from shellflow.terms import joined

__all__ = ["BOTH", "band_for"]

BOTH = joined(BASES)
"""The basis of what compares the two, or turns the one into the other."""

_UNKNOWN = "over all that is not known of package and transport"


def band_for(packing: Packing, stowage: Stowage) -> str:
    """Return what the band of one packing is a band for, in words that agree with its basis."""
    fitted = {part.name: part.band_for for part in stowage.binding_inputs if part.band_for}
    contents = packing.basis == "contents"
    if isinstance(packing, Reported):
        if not fitted:
            return "the ratio as it was stated, and nothing beyond it"
        return "; ".join(fitted.values()) + ("" if contents else ", not what is inside")
    subject = "what is inside" if contents else "what fits"
    binding = {part.name for part in stowage.binding_inputs}
    load_matters = any(part.name in binding for part in packing.load.unknowns.inputs)
    if packing.load_rule == "full":
        first = f"{subject} if filled to the limit, {_UNKNOWN}" if contents else f"{subject}, {_UNKNOWN}"
    elif not load_matters:
        load = "observed load" if packing.load_rule == "as-loaded" else "load stated"
        first = f"{subject} where the {load} does not bind, {_UNKNOWN}"
    elif packing.load_rule == "as-loaded":
        load = fitted.pop(packing.load.name)
        first = load if contents else f"{subject} at {load}"
    else:
        first = f"{subject} at the load stated or the payload, whichever is less, {_UNKNOWN}"
    return "; ".join((first, *fitted.values()))
