"""Make the figure of the README: `python docs/make_figure.py`.

It is kept as a file, because a page on the web that shows the README runs nothing.
"""

from __future__ import annotations

from pathlib import Path

import matplotlib

import shellflow as sf

__all__ = ["FIGURE", "main"]

FIGURE = Path(__file__).parent / "_static" / "why-three-million.png"


def main() -> None:
    """Draw both of the minister's figures, one below the other."""
    matplotlib.use("agg")
    import matplotlib.pyplot as plt

    # Transparent, for light and dark pages.
    figure, (above, below) = plt.subplots(2, 1, figsize=(10, 7), layout="constrained", facecolor="none")
    for ax in (above, below):
        ax.set_facecolor("none")
    sf.plot_compare(6_700, "152mm", ax=above)
    sf.plot_compare(6_700, "122mm-rocket", ax=below)
    below.set_xlim(above.get_xlim())
    figure.savefig(FIGURE, dpi=90, metadata={"Software": None})


if __name__ == "__main__":
    main()
