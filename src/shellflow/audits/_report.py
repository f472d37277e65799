"""How an audit looks: as a report, and as a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from shellflow import display, inputs, plot, words
from shellflow.catalog import projectile_mass
from shellflow.estimates import Line, _show, cautions_of, limits_in_words, sources_of
from shellflow.statements import said_ratio

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from shellflow.audits._audit import Audit, Position

__all__ = ["figure_of", "report_of", "times_over"]

_BOUNDS = {"point": "", "floor": "at least ", "ceiling": "at most ", "range": ""}
_INVERSE = {"point": "", "floor": "at most ", "ceiling": "at least ", "range": ""}  # more rounds, less room for one

_POSITION = (
    "position in the band: share of the draws below the claimed number, under that packing; it is not the "
    "probability that the claim is true."
)


def report_of(audit: Audit, level: float) -> display.Report:
    """Return an audit as plain data."""
    kind = audit.statement.kind
    ratio = _ratio_in_words(audit)
    lines = [
        Line(audit.munition.munition, position.packing, position.per_transport, position.per_transport)
        for position in audit.positions
    ]
    estimates = [position.per_transport for position in audit.positions if position.per_transport is not None]
    return display.Report(
        f"{audit.claim} ({audit.transport.transport})",
        answers=(
            display.Answer(
                audit.verdict,
                name="verdict",
                reasons=(
                    ("because", audit.because),
                    (f"claimed rounds per {kind}", ratio or "any number, since both sides are open the same way"),
                    *(_demands(audit) if ratio else ()),
                ),
            ),
        ),
        columns=(
            display.Column("packing"),
            display.Column("basis"),
            display.Column(f"rounds per {kind}", right=True),
            display.Column(f"{words.percent(level)} band", right=True),
            display.Column("position in the band", right=True),
            display.Column("claim / median", right=True),
            display.Column("limited by"),
            display.Column("grade"),
        ),
        cells=tuple(_cells(position, level) for position in audit.positions),
        rows=tuple(_row(audit, position, level) for position in audit.positions),
        bands=tuple(
            None if position.per_transport is None else position.per_transport.band(level)
            for position in audit.positions
        ),
        mark=_ends(audit) if ratio else None,
        mark_label=f"the claim: {ratio}" if ratio else "",
        cautions=(
            *(f"to be possible it would take {change}" for change in audit.changes),
            *(f"finding: {finding}" for finding in audit.findings),
            *audit.notes,
            *cautions_of(lines),
        ),
        notes=(_POSITION,),
        sources=sources_of(estimates),
        stamp=audit.stamp,
    )


def _ratio_in_words(audit: Audit) -> str:
    """Return the rounds per transport that are claimed; "" where they may be any number."""
    return "" if audit.ratio_bound == "none" else f"{_BOUNDS[audit.ratio_bound]}{said_ratio(*audit.ratio)}"


def _demands(audit: Audit) -> list[tuple[str, str]]:
    """Return what mass and space the claim leaves to a round."""
    demands = []
    bound = _INVERSE[audit.ratio_bound]
    if audit.kg_per_round:
        bare = projectile_mass(audit.munition).distribution.support
        loaded = audit.kg_per_round_as_loaded
        text = f"{bound}{_span(audit.kg_per_round)} at full payload"
        text += f", {_span(loaded)} at observed loads" if loaded else ""
        demands.append(("kg per round with its packaging", f"{text} (bare: {_span(bare)})"))
    if audit.m3_per_round:
        demands.append(("space per round", f"{bound}{_span(audit.m3_per_round)} m3"))
    return demands


def _row(audit: Audit, position: Position, level: float) -> dict[str, Any]:
    estimate = position.per_transport
    low, median, high = (None, None, None) if estimate is None else estimate.band(level)
    position_low, position_high = position.position or (None, None)
    to_median_low, to_median_high = position.to_median or (None, None)
    return {
        "claim": audit.claim,
        "munition": audit.munition.munition,
        "transport": audit.transport.transport,
        "verdict": audit.verdict,
        "ratio_bound": audit.ratio_bound,
        "ratio_low": audit.ratio[0],
        "ratio_high": audit.ratio[1],
        "packing": position.packing,
        "basis": position.basis or None,
        "per_transport_low": low,
        "per_transport_median": median,
        "per_transport_high": high,
        "level": level,
        "position_low": position_low,
        "position_high": position_high,
        "to_median_low": to_median_low,
        "to_median_high": to_median_high,
        "mass": position.limited_by.get("mass"),
        "space": position.limited_by.get("space"),
        "grade": None if estimate is None else estimate.grade,
        "findings": "; ".join(finding.name for finding in audit.findings) or None,
        "missing": position.missing or None,
    }


def _cells(position: Position, level: float) -> tuple[str, ...]:
    estimate = position.per_transport
    if estimate is None:
        return position.packing, position.missing
    quantiles = estimate.say_quantiles(level)
    return (
        position.packing,
        position.basis,
        quantiles.median,
        quantiles.band,
        " to ".join(dict.fromkeys(map(words.percent, position.position or ()))) or "-",
        " to ".join(dict.fromkeys(map(times_over, position.to_median or ()))) or "-",
        limits_in_words(estimate),
        estimate.grade,
    )


def _span(values: tuple[float, float]) -> str:
    return " to ".join(dict.fromkeys(f"{value:.3g}" if value < 1000 else f"{value:,.0f}" for value in values))


def times_over(value: float) -> str:
    """Return how many times over, in two digits below ten."""
    if value >= 10:
        return f"{value:,.0f}"
    return f"{value:.2f}" if value >= 0.1 else f"{value:.1g}"


def figure_of(audit: Audit, level: float, source: bool, ax: Axes | None) -> Axes:
    """Return the figure of `Audit.plot`."""
    level = inputs.check_level(level)
    estimates = [position.per_transport for position in audit.positions if position.per_transport is not None]
    ceiling = next((position.per_transport for position in audit.positions if position.packing == "ceiling"), None)
    if len(audit.positions) == 1:
        ceiling = None
    rows = [
        plot.Band(position.packing, missing=position.missing)
        if position.per_transport is None
        else _show.band_of(f"{position.packing} ({position.basis})", position.per_transport, level)
        for position in audit.positions
        if position.packing != "ceiling" or ceiling is None
    ]
    low, high = _ends(audit)
    claims = [] if low is None and high is None else [plot.Mark("the claim", low, high)]
    # Those of the record left out of `reported` are the claim itself.
    cited = [f"{key} (published)" for key in audit.left_out] if claims else []
    return plot.bands(
        rows,
        claims=claims,
        ceiling=None if ceiling is None else _show.ceiling_of(ceiling, level),
        title=f"{audit.claim}\n{audit.verdict}: {audit.because}",
        unit=f"rounds per {audit.statement.kind}",
        source=_show.source_line(estimates, cited) if source and estimates else "",
        ax=ax,
    )


def _ends(audit: Audit) -> tuple[float | None, float | None]:
    """Return what the claim says of rounds per transport, an end that it leaves open as None."""
    low, high = audit.ratio
    bound = audit.ratio_bound
    if bound == "none":
        return None, None
    return (None if bound == "ceiling" else low), (None if bound == "floor" else high)
