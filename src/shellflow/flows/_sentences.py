"""A flow as two sentences fit to print: what went on which days, and on what that rests."""

from __future__ import annotations

from collections.abc import Sequence

from shellflow.estimates import Estimate, sentences
from shellflow.flows import _periods
from shellflow.flows._ledger import Ledger
from shellflow.flows._observed import NOT_OBSERVED, gaps_of, spans_in_words
from shellflow.flows._rows import totals_of

__all__ = ["sentence_of", "stated_of"]


def sentence_of(ledger: Ledger, level: float) -> str:
    """Return a flow as two sentences, with a total on each basis."""
    totals = [total for _, total in totals_of(ledger)]
    munitions = dict.fromkeys(packing.munition.in_words for cargo in ledger.cargoes for packing in cargo.contents)
    if ledger.covers is not None and not ledger.sums.day.size:
        between = "from {} to {}".format(*map(_periods.date_of, ledger.covers))
        return sentences.finished(
            f"{between}, shipments of {', '.join(munitions)} were {NOT_OBSERVED}: no row is dated or accrues on these "
            "days, which does not say that nothing went"
        )
    if not totals:
        return sentences.finished(
            f"{_days(ledger)}no number of {', '.join(munitions)} can be told: no band is known of what was added to "
            "the totals before"
        )
    return stated_of(ledger, totals, level)


def stated_of(ledger: Ledger, totals: Sequence[Estimate], level: float) -> str:
    """Return totals of a flow as two sentences."""
    stated = [sentences.statement_of(total, level) for total in totals]
    apart = ["the two are not added up"] if len(totals) > 1 else []
    return sentences.finished(f"{_days(ledger)}{'; '.join([*stated, *apart])}", sentences.conditions_of(totals))


def _days(ledger: Ledger) -> str:
    if ledger.covers is None:
        return ""
    return "from {} to {}{}, ".format(*map(_periods.date_of, ledger.covers), _gaps(ledger))


def _gaps(ledger: Ledger) -> str:
    gaps = gaps_of(ledger)
    return f" ({spans_in_words(ledger, gaps)} {NOT_OBSERVED})" if gaps else ""
