"""What may be asked in place of a query: its words spelled otherwise, or a sentence with its quotations apart.

What is told here is offered beside the answer. Only where a query finds nothing at all may the papers of such another query be
shown for it, when it may be taken unasked; counts, facets, feeds and exports are always of what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from search.advice import read
from search.ports import Searcher
from search.query.told import printed
from search.query.tree import And, Node, Parsed, Phrase, Word
from search.spelling import respelled

_SENTENCE = 4
"""Plain words that make a query a sentence, in which quotation marks are quotation marks."""


@dataclass(frozen=True, slots=True)
class Instead:
    """Another query as a person would type it, how it is read, and whether its papers may be shown without asking."""

    query: str
    node: Node
    unasked: bool


def spelled_otherwise(parsed: Parsed, searcher: Searcher, today: date) -> Iterator[Instead]:
    """The query with the words spelled as they were likely meant, if they were not."""
    spelled = respelled(parsed.node, searcher)
    if spelled.node != parsed.node:
        query = printed(spelled.node)
        yield Instead(query, read(query, searcher, today).node, spelled.unasked)


def quotations_apart(parsed: Parsed) -> Iterator[Instead]:
    """A sentence with its quotations as words, if it has any."""
    loosened = loose(parsed.node)
    if loosened != parsed.node:
        yield Instead(printed(loosened), loosened, unasked=True)


def loose(node: Node) -> Node:
    """A sentence with the words of its quotations side by side, for when it is found nowhere with them together.

    Only among ``_SENTENCE`` other words or more: who types a phrase alone, or with a word or two, wants that phrase.
    """
    if not isinstance(node, And) or node.explicit or sum(isinstance(child, Word) for child in node.children) < _SENTENCE:
        return node
    words = [tuple(Word(word) for word in child.words) if isinstance(child, Phrase) else (child,) for child in node.children]
    return replace(node, children=tuple(word for several in words for word in several))
