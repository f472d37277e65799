"""How many equal boxes fit: numbers in, integers out.

Lengths are plain numbers in any one unit. Upright boxes reduce exactly to a floor: one layer is a packing of equal
rectangles, each turned by 90 degrees or not, and layers repeat. The floor is searched by recursive five-block cuts
under an upper bound, so that a count can say whether it is proven. A count depends only on which rows of boxes fit
along each side, so thousands of drawn sizes fall into a few hundred classes, and one size of each need be searched.
"""

from __future__ import annotations

from shellflow.boxes._floor import FloorFit, fit_floor
from shellflow.boxes._free import free_bound
from shellflow.boxes._plain import SLACK, plain_grid
from shellflow.boxes._room import Fit, count_draws, fit

__all__ = ["SLACK", "Fit", "FloorFit", "count_draws", "fit", "fit_floor", "free_bound", "plain_grid"]
