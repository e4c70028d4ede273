"""A tree told in plain Dutch, so that a reader sees how the query was read. Engines add what they made of it (synonyms, …)."""

from __future__ import annotations

from search.fields import asked
from search.query.dates import told_dates
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
)

_PLACES = {Scope.TITLE: "de titel", Scope.HEADING: "een kop", Scope.FOOTNOTE: "een voetnoot", Scope.ANNEX: "een bijlage"}


def understood(node: Node) -> str:
    """What was searched: "documenten met alle woorden: uitfaseren, Cool:Gen; niet met: motie; van 2019 tot en met 2024"."""
    if isinstance(node, Nothing):
        return "niets: de zoekvraag is leeg"
    if isinstance(node, Paper):
        return f"kamerstuk {node.printed} en de documenten die het noemen"
    if isinstance(node, Registered):
        return f"nummer {node.number} van de Tweede Kamer en de documenten die het noemen"
    parts = node.children if isinstance(node, And) else (node,)
    words = [_inline(part) for part in parts if isinstance(part, Word)]
    told = [f"met {'het woord' if len(words) == 1 else 'alle woorden'}: {', '.join(words)}"] if words else []
    told += [_part(part) for part in parts if not isinstance(part, Word | Not)]
    excluded = [_inline(part.child) for part in parts if isinstance(part, Not)]
    if excluded:
        told.append(f"niet {'met: ' if _all_words(parts) else ''}{', '.join(excluded)}")
    return ("alle documenten; " if len(excluded) == len(parts) else "documenten ") + "; ".join(told)


def _all_words(parts: tuple[Node, ...]) -> bool:
    return all(isinstance(part.child, Word | Phrase | Prefix | Fuzzy) for part in parts if isinstance(part, Not))


def _part(node: Node) -> str:
    """One condition besides the plain words."""
    match node:
        case Phrase() | Prefix() | Fuzzy():
            return f"met {_inline(node)}"
        case Or(children):
            return f"met minstens een van: {', '.join(_inline(child) for child in children)}"
        case Scoped(scope, child):
            return f"in {_PLACES[scope]}: {_inline(child)}"
        case And():
            return f"met {_inline(node)}"
        case _:
            return _inline(node)


def _inline(node: Node) -> str:  # noqa: PLR0911  one return for each kind of node
    """A node within a sentence."""
    match node:
        case Word(text):
            return text
        case Phrase(words, 0):
            return f"“{' '.join(words)}”"
        case Phrase(words, slop):
            return f"“{' '.join(words)}” binnen {slop} woorden van elkaar"
        case Prefix(text):
            return f"woorden die beginnen met {text}"
        case Fuzzy(text):
            return f"woorden die lijken op {text}"
        case Match(field, value):
            return asked(field).dutch.format(value)
        case Dated():
            return told_dates(node)
        case Cites(target):
            return f"die verwijzen naar {target.printed}"
        case Paper(_, printed):
            return f"kamerstuk {printed}"
        case Registered(number):
            return f"nummer {number} van de Tweede Kamer"
        case Scoped(scope, child):
            return f"{_inline(child)} in {_PLACES[scope]}"
        case Not(child):
            return f"niet {_grouped(child)}"
        case And(children):
            return " en ".join(_grouped(child) for child in children)
        case Or(children):
            return " of ".join(_grouped(child) for child in children)
        case Nothing():
            return "niets"


def _grouped(node: Node) -> str:
    return f"({_inline(node)})" if isinstance(node, And | Or) else _inline(node)
