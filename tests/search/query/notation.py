"""Trees in a short notation for the tables of these tests: ``(all motie (not b) (in kop c))``."""

from __future__ import annotations

from search.fields import asked
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
    Scoped,
    Word,
)


def shown(node: Node) -> str:  # noqa: PLR0911  one return for each kind of node
    """A node; ``ALL`` is an And by a typed EN."""
    match node:
        case Word(text):
            return text
        case Phrase(words, slop):
            return f'"{"|".join(words)}"' + (f"~{slop}" if slop else "")
        case Prefix(text):
            return f"{text}*"
        case Fuzzy(text):
            return f"{text}~"
        case Match(field, value):
            return f"({asked(field).names[0]}: {value})"
        case Dated(start, end):
            return f"(dated {start or '..'} {end or '..'})"
        case Cites(target):
            return f"(cites {target})"
        case Paper(identifier, printed):
            return f"(paper {identifier} = {printed})"
        case Registered(number):
            return f"(registered {number})"
        case Scoped(scope, child):
            return f"(in {scope.value} {shown(child)})"
        case Not(child):
            return f"(not {shown(child)})"
        case And(children, explicit):
            return f"({'ALL' if explicit else 'all'} {' '.join(map(shown, children))})"
        case Or(children):
            return f"(any {' '.join(map(shown, children))})"
        case Nothing():
            return "()"
