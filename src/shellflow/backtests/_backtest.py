"""The result of a backtest: predictions beside the statements, and how often the bands contained them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from shellflow import display, inputs, words
from shellflow.errors import bad_argument
from shellflow.estimates import Quotable
from shellflow.statements import apart_in_words

__all__ = ["FEWEST", "Backtest", "Prediction"]

FEWEST = 3
"""Earlier statements that a prediction needs."""

_DEPENDENT = "hits within a family are not independent, and the coverage counts each family once."
_WARNINGS = {
    "totals": f"Statements of one office are totals that contain each other, rounded, and few: {_DEPENDENT}",
    "increments": f"Increments are differences of rounded totals, and few: {_DEPENDENT}",
}


_NAMES = (
    *("claim", "date", "family", "munition", "transport", "k", "low", "median", "high", "level"),
    *("stated_low", "stated_high", "bound", "pit", "hit", "hit_as_bound"),
)


@dataclass(frozen=True, slots=True)
class Prediction:
    """One statement, predicted from those of the same office before it.

    Parameters
    ----------
    claim, date, family, munition, transport : str
        Which statement; the transport is its kind where no type was stated [unitless].
    fitted : tuple of str
        Keys of the statements it was predicted from [unitless].
    low, median, high : float
        The band predicted [round/transport].
    step : float
        What the median is rounded to in words, as the 90 % band allows [round/transport].
    stated_low, stated_high : float
        What the statement then gave, equal where it is one number [round/transport].
    bound : str
        What that bounds: point, floor, ceiling, range, or of increments also none [unitless].
    pit : float
        Share of the prediction below the number stated, the log midpoint of a range; uniform over many independent
        predictions if the rule holds [unitless].
    hit : bool
        Whether that number lies in the band [unitless].
    hit_as_bound : bool
        Whether anything that the words allow lies in the band: a floor allows all above it [unitless].
    """

    claim: str
    date: str
    family: str
    munition: str
    transport: str
    fitted: tuple[str, ...]
    low: float
    median: float
    high: float
    step: float
    stated_low: float
    stated_high: float
    bound: str
    pit: float
    hit: bool
    hit_as_bound: bool


@dataclass(frozen=True, eq=False, repr=False)
class Backtest(Quotable):
    """Predictions in order of statement, and how often they were right; made by `backtest`.

    Its rows, one for each prediction, have the columns claim, date, family, munition, transport, k, low, median, high,
    level, stated_low, stated_high, bound, pit, hit, hit_as_bound.

    Parameters
    ----------
    predictions : tuple of Prediction
        In order of statement.
    level : float
        Probability of each band [unitless].
    claims : int
        Number of claims, those that could not be predicted included [unitless].
    only_numbers : tuple of Prediction
        Predictions without floors and ceilings.
    not_predicted : tuple of (str, str)
        Claims that could not be predicted for another reason than too few earlier ones, each with that reason.
    of : str
        "totals" or "increments": what was predicted [unitless].
    """

    predictions: tuple[Prediction, ...]
    level: float
    claims: int
    only_numbers: tuple[Prediction, ...]
    not_predicted: tuple[tuple[str, str], ...] = ()
    of: str = "totals"

    @property
    def hits(self) -> int:
        """Number of statements in their band, floors and ceilings read as points."""
        return sum(prediction.hit for prediction in self.predictions)

    @property
    def misses(self) -> tuple[Prediction, ...]:
        """Predictions whose band missed the statement."""
        return tuple(prediction for prediction in self.predictions if not prediction.hit)

    @property
    def independent(self) -> tuple[Prediction, ...]:
        """The first prediction of each family: the later ones depend on the same statements."""
        first: dict[str, Prediction] = {}
        for prediction in self.predictions:
            first.setdefault(prediction.family, prediction)
        return tuple(first.values())

    def coverage(self, level: float = 0.9) -> tuple[int, int, float, float]:
        """Return hits and trials over independent families, and the interval for the coverage.

        The interval is exact and so rather wide; families that copy each other are not independent either.

        Parameters
        ----------
        level : float
            Probability of the interval, in (0, 1) [unitless].

        Returns
        -------
        tuple of int, int, float, float
            Hits, trials, and both ends of the interval; from 0 to 1 where there is no trial [unitless].

        Raises
        ------
        ArgumentError
            If `level` is outside (0, 1).

        Notes
        -----
        Clopper and Pearson: the ends are where the tail of the binomial beyond what was seen is (1 - level) / 2.
        """
        hits = sum(prediction.hit for prediction in self.independent)
        trials = len(self.independent)
        low, high = _binomial_interval(hits, trials, inputs.check_level(level))
        return hits, trials, low, high

    def report(self, level: float | None = None) -> display.Report:
        """Return the backtest as plain data: how many bands contained the number, and a row for each prediction.

        Parameters
        ----------
        level : float, optional
            That of the backtest, which its bands were made for [unitless].

        Returns
        -------
        display.Report
            With a row for each prediction.

        Raises
        ------
        ArgumentError
            If `level` is another than that of the backtest.
        """
        self._check(level)
        report = display.Report(
            f"{len(self.predictions)} of {words.with_noun(self.claims, 'claim')} predicted from earlier "
            f"{'increments' if self.of == 'increments' else 'statements'}",
            answers=(self._answer(),) if self.predictions else (),
            columns=(
                display.Column("claim"),
                display.Column("family"),
                display.Column("munition"),
                display.Column("k", right=True),
                display.Column("median", right=True),
                display.Column(f"{words.percent(self.level)} band", right=True),
                display.Column("stated", right=True),
                display.Column("PIT", right=True),
                display.Column("as a number"),
                display.Column("as a bound"),
            ),
            cells=tuple(map(_cells, self.predictions)),
            rows=tuple(self._row(prediction) for prediction in self.predictions),
            steps=tuple({"": prediction.step} for prediction in self.predictions),
            names=_NAMES,
            bands=tuple((each.low, each.median, each.high) for each in self.predictions),
            cautions=tuple(self._cautions()),
            notes=(
                (
                    f"k: earlier statements, at least {FEWEST}. PIT: share of the prediction below the number stated. "
                    "Rounds per transport."
                ),
            ),
        )
        return self._quoted(report, level)

    def sentence(self, level: float | None = None) -> str:
        self._check(level)
        claims = words.with_noun(f"{self.claims:,}", "claim")
        what = "earlier increments" if self.of == "increments" else "earlier statements"
        predicted = f"Of {claims}, {len(self.predictions):,} could be predicted from {what} of the same office"
        if not self.predictions:
            return f"{predicted}: each takes {FEWEST} on one munition and kind of transport."
        hits, families, low, high = self.coverage()
        return (
            f"{predicted}, and {self.hits:,} of these lay in their {words.percent(self.level)} band, each 'at least' "
            "or 'at most' taken as that number. Since statements of one office depend on each other, it counts once: "
            f"{hits} of {families} (90 % interval of the coverage: {words.percent(low)} to {words.percent(high)})."
        )

    def _check(self, level: float | None) -> None:
        if level is not None and inputs.check_level(level) != self.level:
            fix = "Its bands were made for that level: call backtest(level=...) for another."
            raise bad_argument("level", level, f"{self.level:g}, that of this backtest", fix)

    def _answer(self) -> display.Answer:
        total = len(self.predictions)
        bounds = sum(prediction.bound in ("floor", "ceiling") for prediction in self.predictions)
        as_bounds = sum(prediction.hit_as_bound for prediction in self.predictions)
        hits, families, low, high = self.coverage()
        trials = f"{families} independent {'family' if families == 1 else 'families'}"
        return display.Answer(
            f"{self.hits} of {total} in the band",
            name="with each 'at least' or 'at most' taken as that number",
            reasons=(
                (
                    f"with those predicted judged as bounds where they are ({bounds} of {total})",
                    _hits(as_bounds, total),
                ),
                ("predicted from statements that are no bounds", _hits_of(self.only_numbers)),
                (
                    f"coverage over {trials}, the first prediction of each",
                    f"{hits} of {families} (90 %: {words.percent(low)} to {words.percent(high)})",
                ),
                ("coverage claimed", words.percent(self.level)),
            ),
        )

    def _cautions(self) -> list[str]:
        cautions = [
            f"miss: {prediction.claim}, {_stated(prediction)} against {_band(prediction)}" for prediction in self.misses
        ]
        cautions += [f"not predicted: {claim}, since {reason}" for claim, reason in self.not_predicted]
        if not self.predictions and not self.not_predicted:
            cautions.append(f"no office gave {FEWEST} numbers before another, on one munition and transport")
        return [*cautions, *([_WARNINGS[self.of]] if self.predictions else [])]

    def _row(self, prediction: Prediction) -> dict[str, Any]:
        values = asdict(prediction) | {"k": len(prediction.fitted), "level": self.level}
        return {name: values[name] for name in _NAMES}

    def __repr__(self) -> str:
        return f"<Backtest of {self.claims} claims: {self.hits} of {len(self.predictions)} predictions in their band>"


def _binomial_interval(hits: int, trials: int, level: float) -> tuple[float, float]:
    if trials == 0:
        return 0.0, 1.0
    tail = (1 - level) / 2

    def solve(seen: int) -> float:
        """Return the probability of a hit at which `seen` or more hits have the probability `tail`, or 1 - `tail`."""
        low, high = 0.0, 1.0
        for _ in range(60):
            middle = (low + high) / 2
            if _at_least(seen, trials, middle) < (tail if seen == hits else 1 - tail):
                low = middle
            else:
                high = middle
        return (low + high) / 2

    return (0.0 if hits == 0 else solve(hits)), (1.0 if hits == trials else solve(hits + 1))


def _at_least(hits: int, trials: int, p: float) -> float:
    log = [
        math.lgamma(trials + 1) - math.lgamma(count + 1) - math.lgamma(trials - count + 1)
        + count * math.log(p) + (trials - count) * math.log1p(-p)
        for count in range(hits, trials + 1)
    ]  # fmt: skip
    return math.fsum(map(math.exp, log))


# --- in words ---------------------------------------------------------------------------------------------------------


def _hits(hits: int, total: int) -> str:
    return f"{hits} of {total} in the band"


def _hits_of(predictions: Sequence[Prediction]) -> str:
    if not predictions:
        return "none could be predicted"
    return _hits(sum(prediction.hit for prediction in predictions), len(predictions))


def _stated(prediction: Prediction) -> str:
    low = prediction.stated_high if prediction.bound == "ceiling" else prediction.stated_low
    high = prediction.stated_low if prediction.bound == "floor" else prediction.stated_high
    return words.with_bound(prediction.bound, *apart_in_words(low, high))


def _band(prediction: Prediction) -> str:
    return words.say_quantiles(prediction.low, prediction.median, prediction.high, prediction.step).band


def _cells(prediction: Prediction) -> tuple[str, ...]:
    return (
        prediction.claim,
        prediction.family,
        prediction.munition,
        str(len(prediction.fitted)),
        words.say(prediction.median, prediction.step),
        _band(prediction),
        _stated(prediction),
        f"{prediction.pit:.2f}",
        "hit" if prediction.hit else "miss",
        "hit" if prediction.hit_as_bound else "miss",
    )
