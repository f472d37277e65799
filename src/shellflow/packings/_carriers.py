"""All that is carried in a term: its carriers, their inputs, and what is stated of them at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import numpy as np

from shellflow import sampling, words
from shellflow.errors import ArgumentError, DoesNotFitError
from shellflow.inputs import Input
from shellflow.packings._carried import Carrier
from shellflow.packings._charge import all_with
from shellflow.packings._model import Packing
from shellflow.packings._scattered import Scattered
from shellflow.terms import Term, rebuilt, walk, walk_up

__all__ = ["carriers", "check_fits", "entering", "with_charge"]


def carriers(term: Term) -> Iterator[Carrier]:
    """Yield every `Carrier` in a term, from left to right, those inside a count included.

    Parameters
    ----------
    term : Term
        Any.

    Yields
    ------
    Carrier
        Each, as often as it enters.
    """
    return (node for node in walk(term) if isinstance(node, Carrier))


def entering(
    term: Term, of_packing: Callable[[Carrier, Packing], Iterable[Input]] = lambda _, __: ()
) -> Iterator[Input]:
    """Yield the inputs of a term, in the order of use; repeats are yielded as they come.

    Parameters
    ----------
    term : Term
        Any.
    of_packing : function of a carrier and a packing of it
        Returns which of its inputs are yielded; none when left out.

    Yields
    ------
    Input
        None of them calculated.
    """
    for node in walk_up(term):
        if isinstance(node, Input) and not node.children:
            yield node
        elif isinstance(node, Carrier):
            for packing in node.contents:
                yield from of_packing(node, packing)


def with_charge(term: Term, stated: str) -> Term:
    """Return a term in which all packages whose propelling charge is not known are with it, or all without.

    Parameters
    ----------
    term : Term
        Any.
    stated : str
        "with" or "without" [unitless].

    Returns
    -------
    Term
        The same object where there is nothing to state.
    """

    def change(node: Term) -> Term | None:
        if not isinstance(node, Carrier | Scattered):
            return None
        contents = tuple(all_with(packing, stated) for packing in node.contents)
        children = tuple(rebuilt(child, change) for child in node.children)
        if contents == node.contents and all(new is old for new, old in zip(children, node.children, strict=True)):
            return node
        carrier = node.with_children(children)
        assert isinstance(carrier, Carrier | Scattered)
        return replace(carrier, contents=contents)  # type: ignore[type-var]

    return rebuilt(term, change)


def check_fits(needed: Carrier, settings: sampling.Settings) -> None:
    """Check that something fits in every draw, as the way back needs.

    Parameters
    ----------
    needed : Carrier
        The transports needed.
    settings : sampling.Settings
        Number of draws and seed.

    Raises
    ------
    DoesNotFitError
        If nothing fits in some draws.
    ArgumentError
        If the munition share is 0 in some draws.
    """
    share = needed.munition_share.draws(settings)
    idle = float(np.mean(share == 0))
    if idle > 0:
        raise ArgumentError(
            f"munition_share is 0 in {words.percent(idle)} of the draws, where no transport carries munitions and no "
            "number of them is enough. Give a share above 0."
        )
    empty = float(np.mean(needed.rounds_in_each(settings) == 0))
    if empty > 0:
        names = ", ".join(f"{packing.munition.munition} ({packing.name})" for packing in needed.contents)
        raise DoesNotFitError(
            f"{names} in {needed.contents[0].transport.transport}: nothing fits in {words.percent(empty)} of the "
            "draws, where no number of transports is enough. Narrow the size or mass of the package, or ask "
            "estimate(...).",
            empty,
        )
