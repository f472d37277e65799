"""What holds for every figure, whatever the numbers."""

from __future__ import annotations

import math
from itertools import pairwise

import matplotlib as mpl

mpl.use("agg")

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from matplotlib import pyplot
from matplotlib.axes import Axes

from shellflow import plot, words
from tests.examples import examples

FLOATS = st.floats(-1e12, 1e12, allow_subnormal=False)
POSITIVE = st.floats(1e-3, 1e12)
DRAWS = hnp.arrays(np.float64, st.integers(1, 300), elements=FLOATS)
BANDS = st.tuples(FLOATS, FLOATS, FLOATS).map(sorted)


def ends_of(ax: Axes, gid: str) -> list[float]:
    return [float(x) for line in ax.lines if line.get_gid() == gid for x in np.asarray(line.get_xdata())]


@given(DRAWS, FLOATS)
@examples(25)
def test_a_distribution_is_a_hundred_dots_or_one_line_and_shows_band_and_claim(
    draws: np.ndarray[tuple[int], np.dtype[np.float64]], claim: float
) -> None:
    low, median, high = np.quantile(draws, [0.05, 0.5, 0.95])
    ax = plot.distribution(draws, low=low, median=median, high=high, claims=[plot.Mark("a", claim, claim)])
    dots = [one for one in ax.collections if one.get_gid() == "dots"]
    assert sum(len(np.asarray(one.get_offsets())) for one in dots) in (0, 100)
    assert bool(dots) != bool(ends_of(ax, "dots"))
    left, right = ax.get_xlim()
    assert all(left <= x <= right for gid in ("band", "median", "claim") for x in ends_of(ax, gid))
    pyplot.close("all")


@given(st.lists(BANDS, min_size=1, max_size=4), FLOATS)
@examples(25)
def test_every_band_and_claim_is_on_the_figure(bands: list[list[float]], claim: float) -> None:
    rows = [plot.Band(str(place), low, middle, high) for place, (low, middle, high) in enumerate(bands)]
    ax = plot.bands(rows, claims=[plot.Mark("a", None, claim)], ceiling=rows[0])
    left, right = ax.get_xlim()
    assert left <= 0 <= right
    # A band of no width is widened about its place, by a five-hundredth of the figure at most.
    spare = 0.002 * (right - left)
    for patch, (low, _, high) in zip([one for one in ax.patches if one.get_gid() == "band"], bands, strict=True):
        x0, x1 = patch.get_bbox().x0, patch.get_bbox().x1  # type: ignore[attr-defined]
        assert left - spare <= x0 <= low + spare
        assert high - spare <= x1 <= right + spare
    pyplot.close("all")


@given(POSITIVE, st.floats(1.0, 1e6))
@examples(40)
def test_ticks_in_words_are_different_and_read_back_to_their_places(low: float, ratio: float) -> None:
    ax = plot.bands([plot.Band("a", low, low * math.sqrt(ratio), low * ratio)])
    left, right = ax.get_xlim()
    shown = [tick for tick in ax.xaxis.get_ticklocs() if left <= tick <= right]
    said = ax.xaxis.get_major_formatter().format_ticks(list(map(float, shown)))
    assert len(set(said)) == len(said) >= 2
    apart = min(after - before for before, after in pairwise(shown))
    for tick, text in zip(shown, said, strict=True):
        assert abs(words.read_count(text).value - tick) <= 0.11 * apart + 0.005
    pyplot.close("all")
