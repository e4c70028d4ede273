"""A tree as text again: as a query that reads back to the same tree, and as a sentence for the reader.

``parse(printed(node)).node == node`` for every tree that ``parse`` makes. ``understood`` tells how a query was read; engines add
what they made of it (synonyms, …). ``conditions`` takes a query apart into what a paper must say and what it must be:
``Cool:Gen soort:motie`` is a term among the motions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from search.fields import Comparison, asked
from search.query.dates import printed_dates, told_dates
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
from search.wording import Language, Wording

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
    parts = [_one(child, escaped=escaped) for child in node.children]
    if node.explicit:
        return " EN ".join(parts)
    closed = (_closed(part) if _is_open(child) else part for part, child in zip(parts, node.children[:-1], strict=False))
    return " ".join((*closed, parts[-1]))


def _is_open(node: Node) -> bool:
    """Whether a word behind a node could be read as part of it: a name goes on as far as the collection knows one."""
    inner = node.child if isinstance(node, Not) else node
    return isinstance(inner, Match) and not inner.quoted and asked(inner.field).comparison is Comparison.NAME


def _closed(part: str) -> str:
    field, _, value = part.partition(":")
    return f"{field}:({value})"


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
        case Match():
            return _match(node, escaped=escaped)
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


def _match(match: Match, *, escaped: bool) -> str:
    how = asked(match.field)
    whole = how.comparison is Comparison.WHOLE
    quoted = (escaped or not match.value.isalnum()) if whole else match.quoted
    return f"{how.names[0]}:" + (f'"{match.value}"' if quoted else _word(match.value, escaped=escaped))


def _word(text: str, *, escaped: bool) -> str:
    return ESCAPE + text if escaped and text[0].isalnum() else text


def exactly(node: Node) -> str:
    """The query that asks for its words as they are written only; empty where it asks that already."""
    return _rewritten(node, lambda one: Phrase((one.text,)) if isinstance(one, Word) else one)


def in_any_form(node: Node) -> str:
    """The query that asks for any form of its words that are quoted one by one; empty where there are none."""
    return _rewritten(node, lambda one: Word(one.words[0]) if isinstance(one, Phrase) and len(one.words) == 1 else one)


def _rewritten(node: Node, change: Callable[[Node], Node]) -> str:
    """The query with its wanted words changed; empty where nothing changes."""

    def changed(node: Node) -> Node:
        if isinstance(node, And | Or):
            return replace(node, children=tuple(map(changed, node.children)))
        return Scoped(node.scope, changed(node.child)) if isinstance(node, Scoped) else change(node)

    return printed(changed(node)) if changed(node) != node else ""


_EMPTY = Wording("niets: de zoekvraag is leeg", "nothing: the query is empty")
_NOTHING = Wording("niets", "nothing")
_PAPERS = Wording("documenten ", "papers ")
_EVERY_PAPER = Wording("alle documenten; ", "all papers; ")
_PAPER = Wording("kamerstuk {}", "paper {}")
_REGISTERED = Wording("nummer {} van de Tweede Kamer", "number {} of the Tweede Kamer")
_AND_THOSE_THAT_NAME_IT = Wording("{} en de documenten die het noemen", "{} and the papers that name it")
_CITING = Wording("die verwijzen naar {}", "that cite {}")
_ONE_WORD = Wording("met het woord: {}", "with the word: {}")
_ALL_WORDS = Wording("met alle woorden: {}", "with all words: {}")
_WITH = Wording("met {}", "with {}")
_WITH_ANY = Wording("met minstens een van: {}", "with at least one of: {}")
_WITHOUT = Wording("niet met: {}", "without: {}")
_NOT = Wording("niet {}", "not {}")
_AND, _OR = Wording(" en ", " and "), Wording(" of ", " or ")
_WITHIN_WORDS = Wording("“{}” binnen {} woorden van elkaar", "“{}” within {} words of each other")
_BEGINNING = Wording("woorden die beginnen met {}", "words that begin with {}")
_ALIKE = Wording("woorden die lijken op {}", "words spelled like {}")
_FOUND_IN, _IS_IN = Wording("in {}: {}", "in {}: {}"), Wording("{} in {}", "{} in {}")
_PLACES = {
    Scope.TITLE: Wording("de titel", "the title"),
    Scope.HEADING: Wording("een kop", "a heading"),
    Scope.FOOTNOTE: Wording("een voetnoot", "a footnote"),
    Scope.ANNEX: Wording("een bijlage", "an annex"),
}


def understood(node: Node, language: Language = Language.DUTCH, passed_over: Collection[str] = ()) -> str:
    """What was searched: "documenten met alle woorden: uitfaseren, Cool:Gen; van 2019 tot en met 2024; niet met: motie".

    Words that are ``passed_over`` are left out, unless the query has no others.
    """
    return _Telling(language, passed_over).whole(node)


@dataclass(frozen=True, slots=True)
class _Telling:
    """Tells in one language."""

    language: Language
    passed_over: Collection[str] = ()

    def _say(self, text: Wording, *values: str | int | Wording) -> str:
        return text.told(self.language, *values)

    def whole(self, node: Node) -> str:
        """The query as a sentence."""
        if isinstance(node, Nothing):
            return self._say(_EMPTY)
        if isinstance(node, Paper | Registered):
            named = self._say(_PAPER, node.printed) if isinstance(node, Paper) else self._inline(node)
            return self._say(_AND_THOSE_THAT_NAME_IT, named)
        parts = node.children if isinstance(node, And) else (node,)
        every = [part.text for part in parts if isinstance(part, Word)]
        words = [word for word in every if word not in self.passed_over] or every
        told = [self._say(_ONE_WORD if len(words) == 1 else _ALL_WORDS, ", ".join(words))] if words else []
        told += [self._part(part) for part in parts if not isinstance(part, Word | Not)]
        excluded = [part.child for part in parts if isinstance(part, Not)]
        if excluded:
            only_words = all(isinstance(one, Word | Phrase | Prefix | Fuzzy) for one in excluded)
            told.append(self._say(_WITHOUT if only_words else _NOT, ", ".join(map(self._inline, excluded))))
        return self._say(_EVERY_PAPER if len(excluded) == len(parts) else _PAPERS) + "; ".join(told)

    def _part(self, node: Node) -> str:
        """One condition besides the plain words."""
        match node:
            case Phrase() | Prefix() | Fuzzy() | And():
                return self._say(_WITH, self._inline(node))
            case Or(children):
                return self._say(_WITH_ANY, ", ".join(map(self._inline, children)))
            case Scoped(scope, child):
                return self._say(_FOUND_IN, _PLACES[scope], self._inline(child))
            case _:
                return self._inline(node)

    def _inline(self, node: Node) -> str:  # noqa: PLR0911  one return for each kind of node
        """A node within a sentence."""
        match node:
            case Word(text):
                return text
            case Phrase(words, 0):
                return f"“{' '.join(words)}”"
            case Phrase(words, slop):
                return self._say(_WITHIN_WORDS, " ".join(words), slop)
            case Prefix(text):
                return self._say(_BEGINNING, text)
            case Fuzzy(text):
                return self._say(_ALIKE, text)
            case Match(field, value):
                return self._say(asked(field).told, value)
            case Dated():
                return told_dates(node, self.language)
            case Cites(target):
                return self._say(_CITING, target.printed)
            case Paper(_, printed):
                return self._say(_PAPER, printed)
            case Registered(number):
                return self._say(_REGISTERED, number)
            case Scoped(scope, child):
                return self._say(_IS_IN, self._inline(child), _PLACES[scope])
            case Not(child):
                return self._say(_NOT, self._grouped(child))
            case And(children):
                return self._say(_AND).join(map(self._grouped, children))
            case Or(children):
                return self._say(_OR).join(map(self._grouped, children))
            case Nothing():
                return self._say(_NOTHING)

    def _grouped(self, node: Node) -> str:
        return f"({self._inline(node)})" if isinstance(node, And | Or) else self._inline(node)
