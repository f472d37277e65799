"""A packed transport, to scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from shellflow.errors import bad_argument
from shellflow.plot._axes import bare, figure_axes, finish, is_narrow
from shellflow.plot._rows import Box
from shellflow.plot._text import SMALL, TINY
from shellflow.plot._tones import tones_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["load"]


def load(
    room: tuple[float, float, float],
    boxes: Sequence[Box],
    *,
    title: str = "",
    said: str = "",
    source: str = "",
    ax: Axes | None = None,
) -> Axes:
    """Draw a packed transport to scale, from above and from the side.

    Each view shows what stands nearest to the eye. A place that is left empty is dashed.

    Parameters
    ----------
    room : tuple of three floats
        Inner length, width and height [m].
    boxes : sequence of Box
        Every place, filled or not [m].
    title, said : str
        What it is; what binds and what room is left, in words [unitless].
    source : str
        What to print below the figure [unitless].
    ax : matplotlib axes, optional
        Where to draw; a new figure when left out.

    Returns
    -------
    matplotlib.axes.Axes
        One unit is one metre along both axes; the view from above stands on that from the side.

    Raises
    ------
    ExtraError
        If matplotlib is not installed, or cannot open a figure here.
    ArgumentError
        If a side of the room is not a finite number above zero, or `ax` is no axes.

    Examples
    --------
    >>> ax = load((5.9, 2.3, 2.4), [Box(0, 0, 0, 1.2, 1.0, 0.8, True)])
    >>> ax.get_xlabel()
    'length [m]'
    """
    if len(room) != 3 or not all(0 < side < math.inf for side in room):
        raise bad_argument("room", room, "three lengths above zero")
    length, width, height = room
    gap = 0.13 * (width + height)
    tall = width + height + gap
    scaled = 7.8 * 1.13 * tall / (1.04 * length)  # inches, where the length goes across all of the figure
    own = ax is None
    ax = figure_axes(ax, 8.0, min(max(scaled, 1.5), 5.0) + 0.7)
    from matplotlib.patches import Rectangle

    tones = tones_of(ax)
    above = height + gap
    # An empty place hides nothing, so these are drawn first; then the farthest from the eye.
    from_above = sorted(boxes, key=lambda one: (one.filled, one.z + one.dz))
    from_side = sorted(boxes, key=lambda one: (one.filled, -one.y))
    for views, start, depth in ((from_above, above, True), (from_side, 0.0, False)):
        rectangles: dict[tuple[float, float, float, float, bool], None] = {}
        for one in views:
            across, tall_ = (one.y, one.dy) if depth else (one.z, one.dz)
            key = (one.x, start + across, one.dx, tall_, one.filled)
            rectangles.pop(key, None)  # of equal ones only that on top is drawn
            rectangles[key] = None
        hidden = {key[:4] for key in rectangles if key[4]}
        for x, y, dx, dy, filled in rectangles:
            if not filled and (x, y, dx, dy) in hidden:
                continue
            ax.add_patch(
                Rectangle(
                    (x, y),
                    dx,
                    dy,
                    facecolor=tones.fill if filled else tones.paper,
                    edgecolor=tones.ink if filled else tones.pale,
                    linewidth=0.6,
                    linestyle="-" if filled else (0, (3, 2)),
                    gid="filled" if filled else "empty",
                )
            )
    for start, side, name in ((above, width, "from above"), (0.0, height, "from the side")):
        ax.add_patch(
            Rectangle((0.0, start), length, side, facecolor="none", edgecolor=tones.ink, linewidth=2.0, gid="room")
        )
        what = f"{name}: {length:.2f} × {side:.2f} m"
        size = TINY if is_narrow(ax, own=own) else SMALL
        ax.text(0.0, start + side + 0.02 * tall, what, fontsize=size, va="bottom", color=tones.ink, gid="view")
    ax.set_xlim(-0.02 * length, 1.02 * length)
    ax.set_ylim(-0.03 * tall, above + width + 0.1 * tall)
    ax.set_aspect("equal")
    ax.set_yticks([])
    bare(ax, "left", "top", "right", "bottom")
    ax.set_xlabel("length [m]")
    return finish(ax, f"{title}\n{said}".strip(), [source], own=own)
