"""A query taken apart into what a paper must say and what it must be: ``Cool:Gen soort:motie`` is a term among the motions."""

from __future__ import annotations

from search.query.tree import And, Cites, Dated, Match, Node, Not, Nothing, leaves

EVERYTHING = Not(Nothing())
"""All papers."""


def conditions(node: Node) -> Node:
    """The query without its words: what it asks of a paper's properties, or all papers when it asks nothing of them.

    Words and properties that are bound together (``(toeslag OF soort:motie)``) count as words.
    """
    parts = node.children if isinstance(node, And) else (node,)
    kept = tuple(part for part in parts if is_condition(part))
    if not kept:
        return EVERYTHING
    return kept[0] if len(kept) == 1 else And(kept, explicit=True)


def is_condition(node: Node) -> bool:
    """Whether a query asks for properties only."""
    found = list(leaves(node))
    return bool(found) and all(isinstance(leaf, Match | Dated | Cites) for leaf in found)
