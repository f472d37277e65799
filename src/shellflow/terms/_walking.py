"""Going through all of a term, however deep it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shellflow.terms._nodes import Term

__all__ = ["depth", "rebuilt", "signed", "walk", "walk_up"]


def walk(term: Term) -> Iterator[Term]:
    """Yield a term and all below it, each before its children, from left to right, as often as it enters."""
    return (node for node, _ in signed(term))


def signed(term: Term) -> Iterator[tuple[Term, int]]:
    """Yield what `walk` does, each with 1 where the value of `term` goes up with it, and -1 where it goes down."""
    waiting = [(term, 1)]
    while waiting:
        node, sign = waiting.pop()
        yield node, sign
        pairs = zip(reversed(node.children), reversed(node.signs), strict=True)
        waiting += [(child, sign * own) for child, own in pairs]


def walk_up(term: Term) -> Iterator[Term]:
    """Yield a term and all below it, each after its children, from left to right, as often as it enters."""
    waiting = [(term, False)]
    while waiting:
        node, ready = waiting.pop()
        if ready or not node.children:
            yield node
        else:
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node.children)]


def depth(term: Term) -> int:
    """Return how many terms stand one in another, at most; 1 for a term without children."""
    levels, level = 0, [term]
    while level:
        levels += 1
        level = list({id(child): child for node in level for child in node.children}.values())
    return levels


def rebuilt(term: Term, change: Callable[[Term], Term | None]) -> Term:
    """Return a term with some of those in it changed; parts that do not change stay the same objects.

    `change` returns what stands in the place of a term, or None to look at its children.
    """
    ready: list[Term] = []
    waiting = [(term, False)]
    while waiting:
        node, looked_at = waiting.pop()
        if looked_at:
            count = len(node.children)
            children = tuple(ready[-count:])
            del ready[-count:]
            same = all(new is old for new, old in zip(children, node.children, strict=True))
            made = node if same else node.with_children(children)
            _ = made.unknowns, made.basis  # from below, so that none has to be asked through all that stand in it
            ready.append(made)
            continue
        changed = change(node)
        if changed is not None:
            ready.append(changed)
        elif not node.children:
            ready.append(node)
        else:
            waiting.append((node, True))
            waiting += [(child, False) for child in reversed(node.children)]
    return ready[0]
