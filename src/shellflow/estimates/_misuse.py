"""What results must not be used to conclude: the page on limits, and every page handed on, say the same."""

from __future__ import annotations

__all__ = ["MISUSE"]

MISUSE = (
    (
        "That a shipment happened, what was inside, or how many rounds arrived.",
        (
            "It reads a count of containers as given. It sees no container, and it cannot know whether a box held "
            "rounds, spares or rice."
        ),
    ),
    (
        "That a claim is true because it lies inside a band.",
        (
            "A claim below the `ceiling` is possible, and no more than that. A claim that `audit` calls impossible is "
            "so *for that transport*: the next question is whether it was that transport."
        ),
    ),
    (
        "Who knew, meant or decided what.",
        "A capacity is no evidence of intent, and a reporting error no evidence of deceit.",
    ),
    (
        "More precision than the band.",
        (
            "The median is no finding without its band, its assumption and its grade. Do not quote the digits of "
            "`est.median`; quote what `est.sentence()` returns."
        ),
    ),
    (
        "What the ministry's method was.",
        "Several recipes give the ministry's ratio. None of them is known to be the one.",
    ),
    (
        "Where to aim, how to store, how to handle.",
        "It is not a loading plan. Real limits on explosives in one transport are lower and are set elsewhere.",
    ),
)
"""Each conclusion, and why not, in Markdown."""
