"""A tree as a query again: ``parse(printed(node)).node == node`` for every tree that ``parse`` makes.

A query taken apart into what a paper must say and what it must be: ``Cool:Gen soort:motie`` is a term among the motions.
"""

from __future__ import annotations

from search.fields import asked
from search.query.dates import printed_dates
from search.query.parser import parse
from search.query.tree import (
    And,
    Cites,
    Dated,
    Fuzzy,
    Match,
    Node,
    Not,
    Nothing,
    Or,
    Paper,
    Phrase,
    Prefix,
    Registered,
    Scope,
    Scoped,
    Word,
    leaves,
)

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


ESCAPE = "\\"
"""Before a word that would be read as something else: a word that starts with a sign is never syntax."""


def printed(node: Node) -> str:
    """The query that means this, as a person would type it."""
    plain = _any(node, escaped=False)
    return plain if parse(plain).node == node else _any(node, escaped=True)


def _any(node: Node, *, escaped: bool) -> str:
    if isinstance(node, Or):
        return " OF ".join(_all(child, escaped=escaped) for child in node.children)
    return _all(node, escaped=escaped)


def _all(node: Node, *, escaped: bool) -> str:
    if not isinstance(node, And):
        return _one(node, escaped=escaped)
    return (" EN " if node.explicit else " ").join(_one(child, escaped=escaped) for child in node.children)


def _one(node: Node, *, escaped: bool) -> str:  # noqa: PLR0911  one return for each kind of node
    """A node as it stands among others: groups in brackets."""
    match node:
        case And() | Or():
            return f"({_any(node, escaped=escaped)})"
        case Not(child):
            return f"NIET {_one(child, escaped=escaped)}"
        case Scoped(scope, child):
            name = "titel:" if scope is Scope.TITLE else f"in:{scope.value} "
            return name + (
                f"({_one(child, escaped=escaped)})"
                if isinstance(child, Not | Scoped | Match | Dated | Cites)
                else _one(child, escaped=escaped)
            )
        case Match(field, value):
            return f"{asked(field).names[0]}:" + (f'"{value}"' if escaped or not value.isalnum() else value)
        case Dated():
            return f"datum:{printed_dates(node)}"
        case Cites(target):
            return f"citeert:{target}"
        case Paper(identifier):
            return str(identifier)
        case Registered(number):
            return number
        case Phrase(words, slop):
            return f'"{(", " if escaped else " ").join(words)}"' + (f"~{slop}" if slop else "")
        case Nothing():
            return ""
        case Word(text):
            return _word(text, escaped=escaped)
        case Prefix(text):
            return _word(text, escaped=escaped) + "*"
        case Fuzzy(text):
            return _word(text, escaped=escaped) + "~"


def _word(text: str, *, escaped: bool) -> str:
    return ESCAPE + text if escaped and text[0].isalnum() else text
