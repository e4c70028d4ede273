"""Help when little or nothing is found: a likely spelling, and which word or filter is to blame."""

from __future__ import annotations

from dataclasses import replace

from search.analysis.chain import stem, tokenize
from search.fields import FACETS, named
from search.ports import Searcher, SearchRequest
from search.query.printed import printed
from search.query.tree import And, Match, Node, Not, Parsed, Phrase, Registered, Scoped, Word
from search.vocabulary import Vocabulary
from search.wording import Remark, Wording, papers

_MIN_LETTERS = 4
_SENTENCE = 4
"""Plain words that make a query a sentence, in which quotation marks are quotation marks."""
_MAX_EXPLAINED = 4
"""Words of a query that are looked up one by one to explain why together they find nothing."""


def did_you_mean(parsed: Parsed, vocabulary: Vocabulary) -> str:
    """The query with unknown words replaced by the most frequent known word within one edit; empty when there is none."""
    corrected = _corrected(parsed.node, vocabulary)
    return printed(corrected) if corrected != parsed.node else ""


def _corrected(node: Node, vocabulary: Vocabulary) -> Node:
    if isinstance(node, Word):
        return Word(_nearest(node.text, vocabulary))
    if isinstance(node, Scoped):
        return Scoped(node.scope, _corrected(node.child, vocabulary))
    if isinstance(node, And):
        return replace(node, children=tuple(_corrected(child, vocabulary) for child in node.children))
    return node


def _nearest(word: str, vocabulary: Vocabulary) -> str:
    """The word itself when it is known or nothing is near."""
    tokens = tokenize(word)
    if len(tokens) != 1 or len(word) < _MIN_LETTERS or not tokens[0].text.isalpha():
        return word
    text = tokens[0].text
    if vocabulary.count(text) or vocabulary.stem_count(stem(text)):
        return word
    return max(vocabulary.near(text), key=lambda near: (vocabulary.count(near), near), default=word)


def loose(node: Node) -> Node:
    """A sentence with the words of its quotations side by side, for when it is found nowhere with them together.

    Only among ``_SENTENCE`` other words or more: who types a phrase alone, or with a word or two, wants that phrase.
    """
    if not isinstance(node, And) or node.explicit or sum(isinstance(child, Word) for child in node.children) < _SENTENCE:
        return node
    words = [tuple(Word(word) for word in child.words) if isinstance(child, Phrase) else (child,) for child in node.children]
    return replace(node, children=tuple(word for several in words for word in several))


_WITHOUT_FILTER = Wording("Zonder het filter {}: {}.", "Without the filter {}: {}.")
_WITHOUT_FILTERS = Wording("Zonder filters: {}.", "Without filters: {}.")
_IN_NO_PAPER = Wording("“{}” komt in geen enkel stuk voor.", "“{}” is in no paper.")
_UNKNOWN_NUMBER = Wording(
    "Onder nummer {} van de Tweede Kamer is geen stuk bekend.", "No paper is known by the number {} of the Tweede Kamer."
)
_ONLY, _WITHOUT = Wording("Alleen {}: {}.", "Only {}: {}."), Wording("Zonder {}: {}.", "Without {}: {}.")


def explain_nothing(parsed: Parsed, request: SearchRequest, searcher: Searcher) -> tuple[Remark, ...]:
    """Why nothing was found: what would be found without each filter, by each word alone, and without each word."""
    reasons: list[Remark] = []
    if request.filters:
        for name in request.filters:
            rest = {other: values for other, values in request.filters.items() if other != name}
            found = _count(replace(request, filters=rest), searcher)
            if found:
                reasons.append(Remark(_WITHOUT_FILTER, (_label_of(name), papers(found))))
        if not reasons and (found := _count(replace(request, filters={}), searcher)):
            reasons.append(Remark(_WITHOUT_FILTERS, (papers(found),)))
    if isinstance(parsed.node, Word) and not reasons:
        return (Remark(_IN_NO_PAPER, (parsed.node.text,)),)
    if isinstance(parsed.node, Registered) and not reasons:
        return (Remark(_UNKNOWN_NUMBER, (parsed.node.number,)),)
    children = _wanted(parsed.node)
    for child in children[:_MAX_EXPLAINED]:
        found = _count(SearchRequest(query=child, verbatim=request.verbatim), searcher)
        reasons.append(Remark(_ONLY, (_label(child), papers(found))))
    # Of many clauses each look-up without one costs nearly as much as the whole query.
    for i, child in enumerate(children if 2 < len(children) <= _MAX_EXPLAINED else ()):
        others = And((*children[:i], *children[i + 1 :]), explicit=True)
        if found := _count(SearchRequest(query=others, verbatim=request.verbatim), searcher):
            reasons.append(Remark(_WITHOUT, (_label(child), papers(found))))
    return tuple(reasons)


def _wanted(node: Node) -> tuple[Node, ...]:
    """What a query asks for together: the parts of a conjunction, the words of a phrase, a scope's words anywhere."""
    if isinstance(node, And):
        return tuple(child for child in node.children if not isinstance(child, Not))
    if isinstance(node, Phrase) and len(node.words) > 1:
        return tuple(Word(word) for word in node.words)
    return (node.child,) if isinstance(node, Scoped) else ()


def _count(request: SearchRequest, searcher: Searcher) -> int:
    return searcher.search(replace(request, limit=0, offset=0, facet_limit=0)).total


def _label_of(facet: str) -> Wording:
    return named(facet).called if facet in FACETS else Wording(facet, facet)


def _label(node: Node) -> str:
    if isinstance(node, Match) and node.field == "dossier":
        return f"dossier {node.value}"
    return f"“{node.text}”" if isinstance(node, Word) else printed(node)
