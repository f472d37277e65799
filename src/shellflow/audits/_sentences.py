"""An audit as two sentences fit to print: the claim with its verdict, and what such transports hold."""

from __future__ import annotations

from shellflow import inputs, words
from shellflow.audits._judgement import Judgement, Position
from shellflow.audits._reading import TONNE, Cargo
from shellflow.audits._report import claimed_ratio, other_end, span
from shellflow.audits._verdicts import Thresholds
from shellflow.estimates import Estimate, sentences
from shellflow.statements import Statement, side_in_words

__all__ = ["sentence_of"]

_JUDGED_BY = ("as-loaded", "crated", "reported", "ceiling")
"""Packings by which contents are told best, the best first."""


def sentence_of(judgement: Judgement, level: float) -> str:
    """Return an audit as two sentences."""
    statement = judgement.statement
    cargo = f" of {_cargo_in_words(judgement.cargoes[0])}" if len(judgement.cargoes) == 1 else ""
    box = f" ({sentences.box_in_words(judgement.transport)})" if judgement.transport else ""
    claim = (
        f"{side_in_words(statement.rounds, 'round')}{cargo} in {side_in_words(statement.units, statement.kind)}{box}"
    )
    verdict = f"the claim of {claim} is judged {_verdict_in_words(judgement)}"
    ratio = f"it states {claimed_ratio(judgement)} rounds per {statement.kind}"
    clause = "; ".join([verdict, f"{ratio}{_thresholds_in_words(judgement.thresholds, statement.kind)}"])
    in_each = [position.per_transport for position in _positions(judgement) if position.per_transport is not None]
    estimates = [_of_the_claim(estimate, statement) for estimate in in_each]
    if not estimates:
        return sentences.finished(clause, "There are no data on what such transports hold")
    statements = [sentences.statement_of(estimate, level) for estimate in estimates]
    if _count_of(statement) is None:
        statements[0] = f"how many there were is not known, so of one of them: {statements[0]}"
    return sentences.finished(clause, "; ".join([*statements, sentences.conditions_of(estimates)]))


def _of_the_claim(per_transport: Estimate, statement: Statement) -> Estimate:
    """Return what the transports claimed hold, or where their number is not known, what one of them holds."""
    count = _count_of(statement)
    return per_transport if count is None else per_transport.replace(count=count)


def _count_of(statement: Statement) -> str | None:
    """Return how many transports are claimed; None of a bound, and where no number is."""
    units = statement.units
    if units is None or units.bound not in ("point", "range"):
        return None
    ends = " to ".join(dict.fromkeys((f"{units.low!r}", f"{units.high!r}")))
    return f"{inputs.ABOUT if units.about else ''}{ends} {'t' if statement.kind == TONNE else statement.kind}"


def _cargo_in_words(cargo: Cargo) -> str:
    names = [munition.in_words for munition in cargo.munitions]
    shares = None if cargo.mix is None else cargo.mix.shares
    if shares is not None:
        names = [f"{share} {name}" for share, name in zip(words.percents(shares), names, strict=True)]
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]


def _verdict_in_words(judgement: Judgement) -> str:
    text = f"{judgement.verdict!r}"
    limits = [other_end(judgement)] if judgement.ends[0] != judgement.ends[1] else []
    limits += [judgement.relief] if judgement.relief else []
    if limits:
        text += f" ({'; '.join(limits)})"
    if len(set(judgement.alone.values())) > 1:
        names = {munition.munition: munition.in_words for cargo in judgement.cargoes for munition in cargo.munitions}
        names |= {cargo.label: _cargo_in_words(cargo) for cargo in judgement.cargoes}
        alone = (
            f"{' to '.join(dict.fromkeys(map(repr, ends)))} if they are {names[label]}"
            for label, ends in judgement.alone.items()
        )
        text += f": {', '.join(alone)}"
    return text


def _thresholds_in_words(thresholds: Thresholds, kind: str) -> str:
    """Return what is seen and what is possible, in rounds to a transport or to a tonne."""
    texts = []
    if thresholds.least_seen is not None and thresholds.most_seen is not None:
        how = "crated rounds" if kind == TONNE else "observed loads"
        texts.append(f"{how} give {span((thresholds.least_seen, thresholds.most_seen))}")
    if thresholds.most_possible is not None:
        texts.append(f"bare rounds come to at most {span((thresholds.most_possible,) * 2)}")
    return f", where {' and '.join(texts)}" if texts else ""


def _positions(judgement: Judgement) -> list[Position]:
    """Return for each cargo the position under the packing that tells its contents best."""
    best = []
    for cargo in judgement.cargoes:
        known = [
            position
            for position in judgement.positions
            if position.munition == cargo.label and position.per_transport is not None
        ]
        order = {name: place for place, name in enumerate(_JUDGED_BY)}
        best += sorted(known, key=lambda position: order.get(position.packing, -1))[:1]
    return best
