"""What was observed of a flow: in a period without rows nobody may have looked, which is not 0."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

from shellflow import words
from shellflow.flows import _periods
from shellflow.flows._ledger import Ledger

__all__ = ["NOT_OBSERVED", "gaps_in_words", "gaps_of", "have_rows", "spans_in_words"]

NOT_OBSERVED = "not observed"

_MOST = 4  # stretches that a remark names


def have_rows(starts: _periods.Days, days: _periods.Days) -> npt.NDArray[np.bool_]:
    """Return which of the periods that begin on `starts` have some of the days, none of which is before the first."""
    observed = np.zeros(starts.size, dtype=bool)
    observed[np.searchsorted(starts, days, side="right") - 1] = True
    return observed


def gaps_of(ledger: Ledger) -> tuple[_periods.Span, ...]:
    """Return the days of the weeks or months that were not observed, in order and apart."""
    if ledger.covers is None:
        return ()
    starts, ends, observed = _steps(ledger, ledger.covers)
    steps = zip(starts[~observed].tolist(), ends[~observed].tolist(), strict=True)
    return _periods.within(_periods.joined(steps), *ledger.covers)


def _step_of(ledger: Ledger) -> str:
    """Return the kind of period that is observed or not: a month, of weeks a week."""
    return "week" if ledger.by == "week" else "month"


def _steps(ledger: Ledger, covers: _periods.Span) -> tuple[_periods.Days, _periods.Days, npt.NDArray[np.bool_]]:
    """Return first and last day of each week or month, and whether a row is dated or accrues in it."""
    starts, ends = _periods.starts_between(*covers, _step_of(ledger), limited=False)
    return starts, ends, have_rows(starts, ledger.sums.day)


def gaps_in_words(ledger: Ledger) -> Iterator[str]:
    """Yield the remark on weeks or months that were not observed, if there are any."""
    gaps = gaps_of(ledger)
    if ledger.covers is None or not gaps:
        return
    _, _, observed = _steps(ledger, ledger.covers)
    number = int(np.count_nonzero(~observed))
    steps = words.with_noun(f"{observed.size:,}", _step_of(ledger))
    yield (
        f"{NOT_OBSERVED}, which is not 0: {spans_in_words(ledger, gaps)} (in {number:,} of {steps} no row is dated or "
        "accrues). What went then is in no total"
    )


def spans_in_words(ledger: Ledger, spans: Iterable[_periods.Span]) -> str:
    """Return stretches of days by the labels of their weeks or months."""
    step = _step_of(ledger)
    named = []
    for span in spans:
        first, last = (_periods.label(day, step) for day in span)
        named.append(first if first == last else f"{first} to {last}")
    more = f" and {len(named) - _MOST:,} more" if len(named) > _MOST else ""
    return ", ".join(named[:_MOST]) + more
