"""The published record through `audit`, row by row: each claim with rounds, by its transports and by its mass.

Run it to read every verdict: `python docs/record.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import shellflow as sf
from shellflow.audits import Audit
from shellflow.catalog import Claim

_LEADS = {"floor": "more than ", "ceiling": "up to "}


class Judged(NamedTuple):
    """A claim, by which of its sides it was judged ("transports" or "mass"), and the audit."""

    claim: Claim
    side: str
    audit: Audit


def in_words(claim: Claim, side: str) -> str:
    """Return one side of a claim (`units`, `rounds` or `mass_t`) as a statement would give it."""
    bound = getattr(claim, f"{side.removesuffix('_t')}_bound")
    ends = dict.fromkeys(
        end for end in (getattr(claim, f"{side}_low"), getattr(claim, f"{side}_high")) if end is not None
    )
    noun = {"units": f" {claim.kind}s", "mass_t": " t", "rounds": ""}[side]
    return f"{_LEADS.get(bound, '')}{' to '.join(f'{end:.15g}' for end in ends)}{noun}"


def judged_record() -> Iterator[Judged]:
    """Yield every claim of the record that states rounds, with its audit by each other side that it states."""
    for claim in sf.catalog.claims:
        if claim.rounds_bound == "none":
            continue
        for side, bound in (("units", claim.units_bound), ("mass_t", claim.mass_bound)):
            if bound == "none":
                continue
            audit = sf.audit(
                in_words(claim, side),
                in_words(claim, "rounds"),
                None if claim.munition == "unspecified" else claim.munition,
                transport=claim.transport if side == "units" else None,
                date=claim.date,
                family=claim.family,
                corridor=claim.corridor,
                basis=claim.basis if claim.basis in ("capacity", "contents") else None,
            )
            yield Judged(claim, "transports" if side == "units" else "mass", audit)


def verdict_in_words(audit: Audit) -> str:
    """Return the verdict, with those on the ends of a range where they differ."""
    low, high = audit.ends
    return audit.verdict if low == high else f"{audit.verdict} ({low} to {high})"


if __name__ == "__main__":
    for claim, side, audit in judged_record():
        print(f"{claim.claim} ({claim.basis}), by {side}: {audit.claim}")
        print(f"  {verdict_in_words(audit)}: {audit.because}")
        if audit.alone:
            print(
                "  alone:",
                "; ".join(f"{name}: {' to '.join(dict.fromkeys(ends))}" for name, ends in audit.alone.items()),
            )
        for line in (audit.relief, audit.allowed, *map(str, audit.findings)):
            if line:
                print(f"  {line}")
