"""Several lines of evidence: statements of anything, under models of anything."""

from __future__ import annotations

import random
from collections.abc import Callable
from functools import cache
from typing import Any

import shellflow as sf
from shellflow.errors import shown
from tests.fuzz import texts, values
from tests.fuzz.running import Case, check, check_plain
from tests.fuzz.shared import CELLS, DATES, anything, estimates

__all__ = ["KINDS"]

_SOUND: dict[str, Any] = {
    "quantity": "rounds",
    "value": "200-300k",
    "count": "1,000 containers",
    "family": "office",
    "basis": "contents",
    "error": 0.1,
}


@cache
def _model() -> sf.Estimate:
    return sf.estimate(1, "152mm", packing="as-loaded")


def stated(rng: random.Random) -> Case:
    """A statement with one or two of its parts exchanged, held against another."""
    parts = dict(_SOUND)
    for argument in rng.sample([*parts, "since", "until", "derived_from", "source", "claim"], rng.randint(1, 2)):
        parts[argument] = _part(rng, argument)
    if rng.random() < 0.3:
        parts["quantity"] = "mass"
    other = sf.statement("mass", "at least 9,000 t", count=1000, family="port", basis="count", error=0.2)

    def call() -> sf.Reconciliation:
        return sf.reconcile(_model(), [sf.statement(**parts), other])

    return Case(f"sf.statement({', '.join(f'{name}={shown(part)}' for name, part in parts.items())})", call, _look)


def _part(rng: random.Random, argument: str) -> Any:
    if argument in ("since", "until"):
        return rng.choice(DATES)
    if argument == "claim":
        return rng.choice((values.name(rng), *sf.catalog.claims.names))
    if rng.random() < 0.4:
        return rng.choice((texts.count, texts.range_of, texts.bound, texts.quantity, texts.nonsense))(rng).text
    return anything(rng).value


def modelled(rng: random.Random) -> Case:
    """Sound statements under any object as model, or any object as statements under a sound model."""
    models: Any = _model()
    statements: Any = sf.statement(**_SOUND)
    if rng.random() < 0.5:
        model = rng.choice((rng.choice(estimates()), anything(rng).value, values.name(rng)))
        models = rng.choice((model, {"one": _model(), "other": model}, {shown(values.name(rng)): _model()}))
    else:
        frame = sf.catalog.examples.statements().astype(object)
        frame.iloc[rng.randrange(2), rng.randrange(frame.shape[1])] = rng.choice((*CELLS, None, 5.5, True))
        statements = rng.choice(
            (frame, frame.to_dict("records"), anything(rng).value, [statements, anything(rng).value])
        )
    title = f"sf.reconcile({shown(models)}, {shown(statements)})"
    return Case(title, lambda: sf.reconcile(models, statements), _look)


def _look(answer: Any) -> None:
    check(isinstance(answer, sf.Reconciliation), f"gives {type(answer).__name__}")
    for text in (str(answer), repr(answer), answer._repr_html_(), answer.to_markdown()):
        check_plain(text)
    answer.to_json()
    answer.before_and_after().to_string()
    for row in answer.rows():
        check(0 <= row["support"] <= 1, f"support {row['support']}")


KINDS: dict[Callable[[random.Random], Case], int] = {stated: 5, modelled: 3}
