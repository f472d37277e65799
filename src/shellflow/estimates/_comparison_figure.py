"""A comparison as a figure: one count's packings side by side, or several counts under each packing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from shellflow import plot, words
from shellflow.catalog import Catalog, Claim, as_catalog
from shellflow.errors import NoDataError, bad_argument
from shellflow.estimates import plotting
from shellflow.estimates._batches import Line
from shellflow.estimates._estimate import Estimate
from shellflow.inputs import Input
from shellflow.packings import Carried, InMass, Needed, carriers, in_package

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["figure_of"]

_MOST_ROWS = 200


def figure_of(
    lines: Sequence[Line],
    levels: Sequence[float],
    what: str,
    claims: object,
    catalog: Catalog | None,
    *,
    source: bool,
    ax: Axes | None,
) -> Axes:
    """Return the figure of `Comparison.plot`."""
    catalog = as_catalog(catalog)
    counts = len({line.count for line in lines})
    estimates = [line.estimate for line in lines if line.estimate is not None]
    first = estimates[0]
    munitions = list(dict.fromkeys(line.munition for line in lines))
    alone = counts == 1 and len(munitions) == 1
    ceiling = _ceiling(lines, catalog) if alone else None
    rows = list(_rows([line for line in lines if line.packing != "ceiling" or ceiling is None], levels))
    if len(rows) > _MOST_ROWS:
        fix = "Choose fewer munitions or packings, or draw some of the counts."
        raise bad_argument("count", f"{len(rows)} bands", f"at most {_MOST_ROWS} of them", fix)
    published = _claims_on(first, catalog) if claims is None and alone else []
    cited = [f"{claim.claim} (published)" for claim in published]
    entering = [*estimates, *([ceiling] if ceiling is not None else [])]
    below = [_thickness(levels), plotting.cut_note(levels[-1])]
    if source:
        below.append(plotting.source_line(entering, cited))
    return plot.bands(
        rows,
        claims=[_mark(claim) for claim in published] if claims is None else plotting.claim_marks(claims, first.unit),
        ceiling=None if ceiling is None else plotting.ceiling_of(ceiling, levels[-1]),
        title=_title(what, lines, estimates),
        unit=plotting.axis_unit(first.unit),
        source="\n".join(filter(None, below)),
        ax=ax,
    )


def _rows(lines: Sequence[Line], levels: Sequence[float]) -> Iterator[plot.Band]:
    """Yield the rows: the packings of one count, under their munition where there are several; else the counts."""
    several_munitions = len({line.munition for line in lines}) > 1
    if len({line.count for line in lines}) == 1:
        for line in lines:
            yield _row(line, _packed(line), line.munition if several_munitions else "", levels)
        return
    blocks: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        blocks.setdefault((line.munition, line.packing), []).append(line)
    for (munition, _), block in blocks.items():
        packed = _packed(block[0])
        group = "" if len(blocks) == 1 else f"{munition}, {packed}" if several_munitions else packed
        missing = {line.missing for line in block}
        if len(missing) == 1 and "" not in missing:
            yield plot.Band("all", missing=missing.pop(), group=group)
        else:
            yield from (_row(line, _counted(line), group, levels) for line in block)


def _row(line: Line, label: str, group: str, levels: Sequence[float]) -> plot.Band:
    if line.estimate is None:
        return plot.Band(label, missing=line.missing, group=group)
    return plotting.band_of(label, line.estimate, *levels, group=group)


def _packed(line: Line) -> str:
    return line.packing if line.estimate is None else f"{line.packing} ({line.estimate.basis})"


def _counted(line: Line) -> str:
    assert line.count is not None
    name, text = line.count.name, line.count.text
    return name if name == text else f"{name}: {text}"


def _thickness(levels: Sequence[float]) -> str:
    """Return how bands of several levels are told apart; "" where there is one."""
    first, *others = map(words.percent, levels)
    if not others:
        return ""
    return f"each bar: from thick to thin the {', '.join([first, *others[:-1]])} and {others[-1]} bands"


def _title(what: str, lines: Sequence[Line], estimates: Sequence[Estimate]) -> str:
    term = estimates[0].term
    counts, munitions, packings = ({getattr(line, part) for line in lines} for part in ("count", "munition", "packing"))
    of = f" of {lines[0].munition}" if len(munitions) == 1 else ""
    if isinstance(term, Needed):
        title = what + of.replace(" of ", ", of ")
    else:
        counted, _, _ = what.rpartition(": ")
        title = f"What {counted}{of} could {'be' if isinstance(term, InMass) else 'hold'}"
    if len(packings) == len(munitions) == 1 and len(counts) > 1:
        title += f", {packings.pop()} ({estimates[0].basis})"
    parts = (packing for answer in estimates for carrier in carriers(answer.term) for packing in carrier.contents)
    contents = dict.fromkeys(
        (packing.munition.munition if len(munitions) > 1 else "packed", in_package(packing))
        for packing in parts
        if packing.recipe != "ceiling"
    )
    return title + "".join(f"\n{name}: {content}" for name, content in contents if content)


def _ceiling(lines: Sequence[Line], catalog: Catalog) -> Estimate | None:
    """Return what nothing can exceed; None where it is the only line, is not known, or transports are asked for."""
    answers = {line.packing: line.estimate for line in lines}
    first = next(answer for answer in answers.values() if answer is not None)
    if isinstance(first.term, Needed) or list(answers) == ["ceiling"]:
        return None
    if answers.get("ceiling") is not None:
        return answers["ceiling"]
    try:
        return first.replace(packing="ceiling", catalog=catalog)
    except NoDataError:
        return None


def _mark(claim: Claim) -> plot.Mark:
    return plot.Mark(f"{claim.claimant}, {claim.date}", claim.rounds_low, claim.rounds_high)


def _claims_on(answer: Estimate, catalog: Catalog) -> list[Claim]:
    """Return the claims of the catalog on exactly so many such transports of this munition, without renderings."""
    carried = answer.term
    if not isinstance(carried, Carried) or not isinstance(carried.count, Input) or not carried.count.is_fixed:
        return []
    count, packing = carried.count.distribution.support[0], carried.contents[0]
    return [
        claim
        for claim in catalog.claims
        if claim.munition == packing.munition.munition
        and claim.transport == packing.transport.transport
        and claim.rendering_of is None
        and count in (claim.units_low, claim.units_high)
        and (claim.rounds_low, claim.rounds_high) != (None, None)
    ]
