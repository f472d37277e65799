"""How an audit looks: in a notebook, and as a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shellflow import display, inputs, plot
from shellflow.estimates import _show

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from shellflow.audits._audit import Audit

__all__ = ["card_of", "figure_of"]


def card_of(one: Audit) -> str:
    """Return an audit as HTML: the verdict with its reasons, and where the claim stands in every band."""
    facts = [(name, text) for name, _, text in (line.partition(": ") for line in one.before()[4:])]
    claimed = "" if one.ratio_bound == "none" else f"; dashed, the claim: {facts[0][1]}"
    judged = display.card(
        f"{one.claim} ({one.transport.transport})",
        headline=one.verdict,
        band=one.because,
        facts=facts,
        notes=[line.removeprefix("- ") for line in one.after()],
        footer=_show.stamp_line(one.made_by),
    )
    held = display.table_card(
        f"rounds to a {one.statement.kind}, by packing{claimed}",
        one.headings(),
        one.cells(),
        bands=[None if position.each is None else position.each.band() for position in one.positions],
        mark=_ends(one) if claimed else None,
    )
    return f"<div>{judged}{held}</div>"


def figure_of(one: Audit, level: float, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Audit.plot`."""
    level = inputs.check_level(level)
    found = [position.each for position in one.positions if position.each is not None]
    ceiling = next((position.each for position in one.positions if position.packing == "ceiling"), None)
    if len(one.positions) == 1:
        ceiling = None
    rows = [
        plot.Band(position.packing, missing=position.missing)
        if position.each is None
        else _show.band_of(f"{position.packing} ({position.basis})", position.each, level)
        for position in one.positions
        if position.packing != "ceiling" or ceiling is None
    ]
    low, high = _ends(one)
    claims = [] if low is None and high is None else [plot.Mark("the claim", low, high)]
    # Those of the record left out of `reported` are the claim itself.
    cited = [f"{key} (published)" for key in one.left_out] if claims else []
    return plot.bands(
        rows,
        claims=claims,
        ceiling=None if ceiling is None else _show.ceiling_of(ceiling, level),
        title=f"{one.claim}\n{one.verdict}: {one.because}",
        unit=f"rounds to a {one.statement.kind}",
        source=_show.source_line(found, cited) if source and found else "",
        ax=ax,
    )


def _ends(one: Audit) -> tuple[float | None, float | None]:
    """Return what the claim says of rounds to a transport, an end that it leaves open as None."""
    low, high = one.ratio
    bound = one.ratio_bound
    if bound == "none":
        return None, None
    return (None if bound == "ceiling" else low), (None if bound == "floor" else high)
