"""Estimates as plain rows: themselves, their inputs, what they hang on, and two side by side."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from shellflow import display, sampling, words
from shellflow.catalog import label_of
from shellflow.errors import UnitError, bad_argument
from shellflow.estimates import _titles
from shellflow.estimates._drawn import Drawn
from shellflow.estimates._reasons import packings_in
from shellflow.inputs import Input
from shellflow.packings import InMass, carriers, in_package, mix_shares
from shellflow.terms import Uncertain

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["comparison_table", "drivers_table", "inputs_table", "row_of"]


def row_of(estimate: Drawn, level: float) -> dict[str, object]:
    """Return an estimate as one plain row; mass and space are the shares of the draws in which each binds."""
    low, median, high = estimate.band(level)
    packings = list(packings_in(estimate.term))
    return {
        "what": _titles.title(estimate.term),
        "munition": _joined(packing.munition.munition for packing in packings),
        "transport": _joined(
            packing.transport.transport
            for carrier in carriers(estimate.term)
            if not isinstance(carrier, InMass)
            for packing in carrier.contents
        ),
        "packing": _joined(packing.name for packing in packings),
        "package": _joined(filter(None, map(in_package, packings))) or None,
        "basis": estimate.reasons.basis,
        "low": low,
        "median": median,
        "high": high,
        "bound": estimate.bound,
        "unit": estimate.unit,
        "level": float(level),
        "mass": estimate.reasons.limited_by.get("mass"),
        "space": estimate.reasons.limited_by.get("space"),
        "grade": estimate.reasons.grade,
    }


def _joined(names: Iterable[str]) -> str:
    return " + ".join(dict.fromkeys(names))


def inputs_table(estimate: Drawn, *, rounded: bool = False) -> pd.DataFrame:
    """Return the inputs of an estimate with their 90 % bands, a row each; of mixes their shares."""
    shares, labels = _shares_of_mixes(estimate), labels_in(estimate)
    masses = (carrier for carrier in carriers(estimate.term) if isinstance(carrier, InMass))
    weights_of_masses = {weight.name for mass in masses for weight in mass.weights}
    rows: list[dict[str, Any]] = []
    for number in estimate.reasons.inputs:
        known = (number.source, number.grade)
        if number.name in shares:
            band = sampling.quantiles(shares[number.name], _ENDS)
            of = "mass" if number.name in weights_of_masses else "transports"
            row = (f"{number.name} share", labels[number.name], "", *band, *known, f"its share of the {of}")
        else:
            row = (number.name, labels[number.name], number.unit, *number.band(), *known, number.band_for)
        rows.append(dict(zip(_INPUTS, row, strict=True)))
    return display.rounded_frame(display.rounded_rows(rows), _INPUTS) if rounded else display.frame(rows, _INPUTS)


_INPUTS = ("input", "label", "unit", "low", "median", "high", "source", "grade", "band_for")


def labels_in(estimate: Drawn) -> dict[str, str]:
    """Return what the inputs of an estimate are called for people, by their names."""
    labels: dict[str, str] = {}
    for number in estimate.reasons.inputs:
        is_amount = number.origin == "question" and number.unit and number.name.startswith(("count ", "mass "))
        labels[number.name] = _titles.title(number) if is_amount else label_of(number.name)
    for carrier in carriers(estimate.term):
        carrying = "mass" if isinstance(carrier, InMass) else f"{carrier.kind}s"
        if carrier.munition_share.origin == "question":
            labels[carrier.munition_share.name] = f"share of the {carrying} that is munitions"
        for weight, packing in zip(carrier.weights, carrier.contents, strict=False):
            labels[weight.name] = f"{packing.munition.munition}, share of the {carrying}"
    return labels


_ENDS = (0.05, 0.5, 0.95)


def _shares_of_mixes(estimate: Drawn) -> dict[str, sampling.Floats]:
    """Return the shares of the munitions of mixes where they are not known, by the weights that they are drawn by."""
    shares: dict[str, sampling.Floats] = {}
    for carrier in carriers(estimate.term):
        if any(not weight.is_fixed for weight in carrier.weights):
            names = (weight.name for weight in carrier.weights)
            shares |= zip(names, mix_shares(carrier.weights, estimate.settings), strict=True)
    return shares


def drivers_table(estimate: Drawn, *, rounded: bool = False) -> pd.DataFrame:
    """Return the uncertain inputs of an estimate, those first that it hangs on most; of mixes their shares.

    A mix of two has one share that is not known: the other is what is left.
    """
    mixed, labels = _shares_of_mixes(estimate), labels_in(estimate)
    told_by_others = {
        carrier.weights[1].name
        for carrier in carriers(estimate.term)
        if len(carrier.weights) == 2 and carrier.weights[0].name in mixed
    }
    uncertain = [
        number for number in estimate.reasons.inputs if not number.is_fixed and number.name not in told_by_others
    ]
    orders = [_order_in(number, mixed, estimate.settings) for number in uncertain]
    shares = sampling.variance_shares(estimate.values, orders)
    rows: list[dict[str, Any]] = []
    for number, order, share in zip(uncertain, orders, shares, strict=True):
        told_from_zero = float(share) if share >= sampling.NOISE else 0.0
        first, last = sampling.swing(estimate.values, order)
        swing = (min(first, last), max(first, last))
        if rounded:
            swing = words.round_quantiles(swing[0], swing[0], swing[1], _titles.step_of(estimate._ordered))[::2]
        name, band = number.name, number.band()
        if name in mixed:
            low, median, high = sampling.quantiles(mixed[name], _ENDS)
            name, band = f"{name} share", (low, median, high)
        direction = "up" if first < last else "down" if first > last else ""
        row = (name, labels[number.name], number.unit, *band, number.grade, told_from_zero, *swing, direction)
        rows.append(dict(zip(_DRIVERS, row, strict=True)))
    rows.sort(key=lambda row: -row["share_of_variance"])
    return display.rounded_frame(display.rounded_rows(rows), _DRIVERS) if rounded else display.frame(rows, _DRIVERS)


_DRIVERS = (
    *("input", "label", "unit", "low", "median", "high", "grade"),
    *("share_of_variance", "swing_low", "swing_high", "direction"),
)


def _order_in(number: Input, mixed: Mapping[str, sampling.Floats], settings: sampling.Settings) -> npt.NDArray[np.intp]:
    """Return the rank of every draw of an input among the others, of a mix that of its share."""
    if number.name in mixed:
        return _order_of(mixed[number.name])
    if isinstance(number.distribution, sampling.Many):
        return _order_of(number.draws(settings))
    return sampling.order(number.name, settings)


def _order_of(values: sampling.Floats) -> npt.NDArray[np.intp]:
    """Return the rank of every draw among the others."""
    order = np.empty(values.size, dtype=np.intp)
    order[np.argsort(values, kind="stable")] = np.arange(values.size)
    return order


def comparison_table(first: Drawn, other: Drawn, level: float) -> pd.DataFrame:
    """Return two estimates side by side, each with its median and its variance over those of the first."""
    if not isinstance(other, Uncertain) or other.settings is None:
        raise bad_argument("other", other, "an estimate", "Make it with sf.estimate(...).")
    sampling.one_settings(first.settings, other.settings)
    if other.unit != first.unit:
        raise UnitError(f"other is in {other.unit or 'no unit'}; expected {first.unit or 'a plain number'}.")
    bands = [estimate.band(level) for estimate in (first, other)]
    on_logs = all(low > 0 for low, _, _ in bands)
    widths = [math.log(high / low) if on_logs else high - low for low, _, high in bands]
    medians = [median for _, median, _ in bands]
    names = ["what", "packing", "low", "median", "high", "unit", "level", "grade"]
    frame = display.frame([row_of(estimate, level) for estimate in (first, other)])[names]
    frame["median_ratio"] = [median / medians[0] if medians[0] else math.nan for median in medians]
    frame["variance_gone"] = [1 - (width / widths[0]) ** 2 if widths[0] else math.nan for width in widths]
    return frame
