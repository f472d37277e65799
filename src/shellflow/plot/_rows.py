"""What figures are made of: plain rows, in any one unit."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Band", "Box", "Driver", "Mark", "Panel", "Use"]


@dataclass(frozen=True)
class Band:
    """A line of a figure: a median in its band, or what is missing for one.

    Parameters
    ----------
    label : str
        What it is, in words [unitless].
    low, median, high : float
        The band [any one unit]; not looked at where something is missing.
    kind : str
        "capacity", "contents" or "" for any other: how it is drawn [unitless].
    text : str
        What to write beside it, such as the band in words [unitless].
    missing : str
        Why there is no band [unitless].
    inner : sequence of (float, float)
        Ends of narrower bands of the same median, from the widest on [the same unit].
    group : str
        The heading that it stands under with its neighbours of the same one; "" for none [unitless].
    """

    label: str
    low: float = math.nan
    median: float = math.nan
    high: float = math.nan
    kind: str = ""
    text: str = ""
    missing: str = ""
    inner: Sequence[tuple[float, float]] = ()
    group: str = ""


@dataclass(frozen=True)
class Mark:
    """A published value: a point where both ends are equal, a range, or open at an end that is None.

    Parameters
    ----------
    label : str
        Whose it is, in words [unitless].
    low, high : float or None
        Its ends [the unit of the figure].
    date : datetime.date, optional
        The day it speaks of, in figures over time.
    """

    label: str
    low: float | None
    high: float | None
    date: dt.date | None = None


@dataclass(frozen=True)
class Panel:
    """One of several axes below each other: bands, and published values to mark across them.

    Parameters
    ----------
    title, unit : str
        What it is; what the axis counts [unitless].
    rows : sequence of Band
        From top to bottom [any one unit].
    claims : sequence of Mark
        Published values [the same unit].
    """

    title: str
    unit: str
    rows: Sequence[Band]
    claims: Sequence[Mark] = ()


@dataclass(frozen=True)
class Driver:
    """An input of a tornado.

    Parameters
    ----------
    label : str
        Its name [unitless].
    low, high : float
        The answer's median where the input is in its lowest and in its highest tenth [unit of the answer].
    share : float
        Its share of the variance of the answer's ranks [unitless].
    grade : str
        How well it is known [unitless].
    """

    label: str
    low: float
    high: float
    share: float
    grade: str


@dataclass(frozen=True)
class Box:
    """A place in a transport: its corner, its sides, and whether something stands in it.

    Parameters
    ----------
    x, y, z : float
        The corner nearest to the origin [m].
    dx, dy, dz : float
        The sides [m].
    filled : bool
        Whether a package stands there [unitless].
    """

    x: float
    y: float
    z: float
    dx: float
    dy: float
    dz: float
    filled: bool


@dataclass(frozen=True)
class Use:
    """What is used up over time, as a line; lines of one rate look alike, but for what they bound.

    Parameters
    ----------
    label : str
        What it is, in words [unitless].
    dates : sequence of datetime.date
        The days, each taken at its beginning.
    values : sequence of float
        What has been used by then [the unit of the figure].
    rate : str
        Whose rate it is; the label where it is left out [unitless].
    bound : str
        "floor", "ceiling", or "" for the rate itself [unitless].
    """

    label: str
    dates: Sequence[dt.date]
    values: Sequence[float]
    rate: str = ""
    bound: str = ""
