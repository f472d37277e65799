"""A packed transport, to scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from shellflow.errors import bad_argument
from shellflow.plot._axes import bare, finish, open_drawing
from shellflow.plot._rows import Box
from shellflow.plot._text import SMALL

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["load"]


def load(
    room: tuple[float, float, float],
    boxes: Sequence[Box],
    *,
    title: str = "",
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
    title : str
        What it is, and on a line of its own what binds and what room is left, in words [unitless].
    source, ax
        As for `bands`.

    Returns
    -------
    matplotlib.axes.Axes
        One unit is one metre along both axes; the view from above stands on that from the side.

    Raises
    ------
    ExtraError, ArgumentError
        As `bands` does; also if a side of the room is not a finite number above zero.

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
    drawing = open_drawing(ax, 8.0, min(max(scaled, 1.5) + 0.15, 5.7), 0.95)
    ax, tones = drawing.ax, drawing.tones
    from matplotlib.patches import Rectangle

    above = height + gap
    # An empty place hides nothing, so these are drawn first; then the farthest from the eye.
    from_above = sorted(boxes, key=lambda box: (box.filled, box.z + box.dz))
    from_side = sorted(boxes, key=lambda box: (box.filled, -box.y))
    views = [((box.x, above + box.y, box.dx, box.dy), box.filled) for box in from_above]
    views += [((box.x, box.z, box.dx, box.dz), box.filled) for box in from_side]
    places: dict[tuple[float, float, float, float], bool] = {}
    for place, filled in views:
        places.pop(place, None)  # of equal ones only that on top is drawn
        places[place] = filled
    for (x, y, dx, dy), filled in places.items():
        look: dict[str, Any] = {"facecolor": tones.fill, "edgecolor": tones.mark, "linestyle": "-", "gid": "filled"}
        if not filled:
            look = {"facecolor": tones.hollow, "edgecolor": tones.pale, "linestyle": (0, (3, 2)), "gid": "empty"}
        ax.add_patch(Rectangle((x, y), dx, dy, linewidth=0.6, **look))
    for start, side, name in ((above, width, "from above"), (0.0, height, "from the side")):
        outline = Rectangle(
            (0.0, start), length, side, facecolor="none", edgecolor=tones.ink, linewidth=2.0, gid="room"
        )
        ax.add_patch(outline)
        text = f"{name}: {length:.2f} × {side:.2f} m"
        ax.text(0.0, start + side + 0.02 * tall, text, fontsize=SMALL, va="bottom", color=tones.ink, gid="view")
    ax.set_xlim(-0.02 * length, 1.02 * length)
    ax.set_ylim(-0.03 * tall, above + width + 0.1 * tall)
    ax.set_aspect("equal", anchor="NW")
    ax.set_yticks([])
    bare(ax, "left", "top", "right", "bottom")
    ax.set_xlabel("length [m]")
    return finish(drawing, title, [source])
