"""Help for who asks: names recognised, what is being typed completed, why nothing was found, and what to ask instead.

``complete`` decides what of the text is to be completed, the rest stays as typed; ``completions`` finds what a beginning may
become: values of the fields that are completed as a whole (``fields.Asked.completes``), and words of the collection. Which values
and words there are, the engine tells.

Another query is offered beside the answer: the words spelled otherwise, a compound in its parts, or a sentence with its
quotations apart. Only where a query finds nothing at all may the papers of such a query be shown for it; counts, facets, feeds
and exports are of what was asked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from heapq import nsmallest

from indexer.paper.people import close_names
from search.asking import Part, read_question
from search.fields import FACETS, FIELDS, Asked, Comparison, asked, asked_as, named
from search.ports import FacetValue, Searcher, SearchRequest, Suggestion, Vocabulary
from search.query.lexer import QUOTES
from search.query.parser import parse
from search.query.told import printed
from search.query.tree import And, Match, Node, Not, Paper, Parsed, Phrase, Registered, Scoped, Word, leaves
from search.related.compounds import known_head, parts_of
from search.spelling import respelled
from search.values import folded, known_in, meant
from search.wording import Remark, Wording, papers

_MAX_EXPLAINED = 4
"""Words of a query that are looked up one by one to explain why together they find nothing."""


def read(query: str, searcher: Searcher, today: date) -> Parsed:
    """The query, read by who knows the names of this collection and which day it is."""

    def values_of(field: str) -> tuple[str, ...]:  # few queries have names, so that few ask for the vocabulary
        return searcher.vocabulary.values(field)

    return parse(query, known_in(values_of), today)


_WITHOUT_FILTER = Wording("Zonder het filter {}: {}.", "Without the filter {}: {}.")
_WITHOUT_FILTERS = Wording("Zonder filters: {}.", "Without filters: {}.")
_IN_NO_PAPER = Wording("“{}” komt in geen enkel stuk voor.", "“{}” is in no paper.")
_UNKNOWN_NUMBER = Wording(
    "Onder nummer {} van de Tweede Kamer is geen stuk bekend.", "No paper is known by the number {} of the Tweede Kamer."
)
_UNKNOWN_PAPER = Wording(
    "{} is niet in dit archief, en geen stuk noemt het.", "{} is not in this archive, and no paper names it."
)
_UNKNOWN_DOSSIER = Wording("Van dossier {} is geen stuk in dit archief.", "No paper of dossier {} is in this archive.")
_NO_NAME = Wording("Geen {} heet hier “{}”.", "No {} here is called “{}”.")
_ALIKE = Wording("Geen {} heet hier “{}”; het meest lijken: {}.", "No {} here is called “{}”; most alike are: {}.")
_MAX_ALIKE = 5
_ONLY, _WITHOUT = Wording("Alleen {}: {}.", "Only {}: {}."), Wording("Zonder {}: {}.", "Without {}: {}.")


def explain_nothing(parsed: Parsed, request: SearchRequest, searcher: Searcher) -> tuple[Remark, ...]:
    """Why nothing was found: names that nobody has; what is found without each filter, by each word alone, without each word."""
    reasons = _unknown_names(parsed.node, searcher.vocabulary)
    if request.filters:
        for name in request.filters:
            rest = {other: values for other, values in request.filters.items() if other != name}
            found = _count(replace(request, filters=rest), searcher)
            if found:
                reasons.append(Remark(_WITHOUT_FILTER, (_label_of(name), papers(found))))
        if not reasons and (found := _count(replace(request, filters={}), searcher)):
            reasons.append(Remark(_WITHOUT_FILTERS, (papers(found),)))
    if not reasons and (remark := _not_held(parsed.node)):
        return (remark,)
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


def _not_held(node: Node) -> Remark | None:
    """Tells that the one thing that is asked for is not in the collection."""
    match node:
        case Word(text):
            return Remark(_IN_NO_PAPER, (text,))
        case Paper(_, printed):
            return Remark(_UNKNOWN_PAPER, (printed,))
        case Match("dossier", key):
            return Remark(_UNKNOWN_DOSSIER, (key,))
        case Registered(number):
            return Remark(_UNKNOWN_NUMBER, (number,))
    return None


def _unknown_names(node: Node, vocabulary: Vocabulary) -> list[Remark]:
    """The names in a query that nobody has, with those most like them: a name is never taken for another one unasked."""
    remarks: list[Remark] = []
    for leaf in leaves(node):
        if not isinstance(leaf, Match) or asked(leaf.field).comparison is not Comparison.NAME:
            continue
        names = vocabulary.values(leaf.field)
        if meant(leaf, vocabulary.values).isdisjoint(names):
            alike = close_names(leaf.value, names, _MAX_ALIKE)
            called = named(leaf.field).called
            remarks.append(
                Remark(_ALIKE, (called, leaf.value, ", ".join(alike))) if alike else Remark(_NO_NAME, (called, leaf.value))
            )
    return remarks


def _wanted(node: Node) -> tuple[Node, ...]:
    """What a query asks for together: the parts of a conjunction, but for what merely asks; the words of a phrase, a scope's
    words anywhere."""
    if isinstance(node, And):
        wanted = tuple(child for child in node.children if not isinstance(child, Not))
        return wanted if node.explicit else _without_asking(wanted)
    if isinstance(node, Phrase) and len(node.words) > 1:
        return tuple(Word(word) for word in node.words)
    return (node.child,) if isinstance(node, Scoped) else ()


def _without_asking(children: tuple[Node, ...]) -> tuple[Node, ...]:
    words = [child for child in children if isinstance(child, Word)]
    parts = read_question([word.text for word in words], lambda name: False).parts
    unasked = [word for word, part in zip(words, parts, strict=True) if part is not Part.TOPIC]
    return tuple(child for child in children if child not in unasked)


def _count(request: SearchRequest, searcher: Searcher) -> int:
    return searcher.search(replace(request, limit=0, offset=0, facet_limit=0)).total


def _label_of(facet: str) -> Wording:
    return named(facet).called if facet in FACETS else Wording(facet, facet)


def _label(node: Node) -> str:
    if isinstance(node, Match) and node.field == "dossier":
        return f"dossier {node.value}"
    return f"“{node.text}”" if isinstance(node, Word) else printed(node)


_MIN_PREFIX = 2
_OFFERED = tuple(field for field in FIELDS if field.asked and field.asked.completes)


def completions(
    prefix: str, limit: int, values: Callable[[str], Iterable[FacetValue]], vocabulary: Vocabulary
) -> list[Suggestion]:
    """What a prefix of two letters or more may become, the likeliest first: at most half of them values, then words.

    After the name of a field ("minister:ri") only values of that field. ``values`` gives the values of a field that papers have,
    with their labels and counts.
    """
    name, colon, value = prefix.partition(":")
    field = asked_as(name.lower()) if colon else None
    start = folded(value if field else prefix)
    if len(start) < _MIN_PREFIX or limit <= 0:
        return []
    # Whoever is a minister is offered as one, and not as a person too.
    by_label: dict[str, Suggestion] = {}
    for one in (field,) if field else _OFFERED:
        for suggestion in _of_field(one.asked, start, values(one.name)) if one.asked else ():
            by_label.setdefault(suggestion.label, suggestion)
    found = sorted(by_label.values(), key=_likeliest_first)
    if field:
        return found[:limit]
    words = [word for word in vocabulary.beginning(start) if not word.endswith("-")]  # "wet-" hangs on another word
    least = nsmallest(limit, ((-count, word) for word, count in zip(words, vocabulary.counts(words), strict=True)))
    terms = [Suggestion("term", word, word, -less) for less, word in least]
    return (found[: max(limit // 2, 1)] + terms)[:limit]


def _likeliest_first(suggestion: Suggestion) -> tuple[int, str]:
    return -suggestion.count, suggestion.text


def _of_field(asked: Asked, start: str, values: Iterable[FacetValue]) -> Iterator[Suggestion]:
    """The values that begin so, or whose label does; a value of words also from each of its words on ("rij": van Rij)."""
    name, kind = asked.names[0], asked.completes or "term"
    whole = asked.comparison is Comparison.WHOLE
    for one in values:
        value, label = folded(one.value), folded(one.label)
        if whole and (value.startswith(start.replace(" ", "")) or label.startswith(start)):
            shown = one.value if one.label == one.value else f"{one.value} {one.label}"
            yield Suggestion(kind, f"{name}:{one.value}", shown, one.count)
        elif not whole and any(rest.startswith(start) for rest in _from_each_word(value)):
            yield Suggestion(kind, f'{name}:"{one.value}"', one.label, one.count)


def _from_each_word(text: str) -> Iterator[str]:
    words = text.split()
    return (" ".join(words[i:]) for i in range(len(words)))


Suggest = Callable[[str, int], list[Suggestion]]
"""Completions of a prefix, at most so many (``ports.Searcher``)."""

_LAST = re.compile(r"(?P<head>.*?)(?P<sign>(?<!\w)[-(]*)(?P<field>[a-z]+:)?(?P<word>[^\s()]*)", re.DOTALL | re.IGNORECASE)
_LONGEST = 100
"""Characters of a last word that is completed: no word is longer, and reading one takes the cube of its length at worst."""

_ASKED = {name: one.asked for one in FIELDS if one.asked for name in one.asked.names}
_NAMES = frozenset(name for name, asked in _ASKED.items() if asked.comparison is Comparison.NAME)
_VALUES = _NAMES | {name for name, asked in _ASKED.items() if asked.completes}
"""The fields whose values the engine completes as a whole; after others, words are completed."""
_FIELDS = frozenset(("titel", *_VALUES, *(name for name, asked in _ASKED.items() if asked.comparison is Comparison.WORDS)))
_OF_NAMES = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(_NAMES))})\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Last:
    """The last word typed: what stands before it, the field it is a value of, and whether a quotation is open."""

    head: str
    field: str
    word: str
    quoted: bool


def complete(typed: str, suggest: Suggest, limit: int) -> list[Suggestion]:
    """Queries that begin as typed, likeliest first; none after a space, where anything may follow."""
    if not typed.strip() or typed[-1].isspace() or limit <= 0:
        return []
    last = _name(typed)
    if last and (names := _of_value(last, suggest, limit)):
        return names
    last = _last(typed)
    if last is None:
        return []
    if last.field in _VALUES:
        return _of_value(last, suggest, limit)
    terms = [s for s in suggest(last.word, limit) if s.kind == "term"]
    head = f"{last.head}{last.field}:" if last.field else last.head
    continued = [replace(s, text=head + s.text, label=head + s.label) for s in terms]
    if last.quoted or last.field:
        return continued
    whole = [s for s in suggest(typed.strip(), limit) if s.kind != "term"]
    if last.head.strip():  # after other words, a name or dossier narrows what they find
        whole += [replace(s, text=last.head + s.text) for s in suggest(last.word, limit) if s.kind != "term"]
    return _once([*whole[: max(limit // 2, 1)], *continued])[:limit]


def _of_value(last: _Last, suggest: Suggest, limit: int) -> list[Suggestion]:
    return [replace(s, text=last.head + s.text) for s in suggest(f"{last.field}:{last.word}", limit)]


def _name(typed: str) -> _Last | None:
    """A name at the end, of several words or in quotation marks that are not closed; None when what is last is no name."""
    before, _, value = typed.rpartition(":")
    found = _OF_NAMES.search(before)
    value = value.lstrip(f"{QUOTES} ")
    if found is None or len(value) > _LONGEST or any(sign in value for sign in (*QUOTES, "(", ")")):
        return None
    return _Last(before[: found.start()], found[0].lower(), value, False)


def _last(typed: str) -> _Last | None:
    """The last word; None when it is too long for one."""
    quoted = sum(typed.count(sign) for sign in QUOTES) % 2 == 1
    start = max((typed.rfind(sign) + 1 for sign in (*QUOTES, " ", "\u00a0", "\t", "\n")), default=0)
    if len(typed) - start > _LONGEST:
        return None
    found = _LAST.fullmatch(typed[start:])
    if found is None:
        return _Last(typed, "", "", quoted)
    field = (found["field"] or "")[:-1].lower()
    if quoted or field not in _FIELDS:
        before = found["head"] + found["sign"]
        return _Last(typed[:start] + before, "", typed[start + len(before) :], quoted)
    return _Last(typed[:start] + found["head"] + found["sign"], field, found["word"], quoted)


def _once(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    return list({suggestion.text: suggestion for suggestion in reversed(list(suggestions))}.values())[::-1]


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


_BETWEEN_WORDS = re.compile(r"[^\w'\u2019-]+|_")
"""Signs that part words; an apostrophe and a hyphen do not."""
_LONG_ENOUGH = 3
"""Letters of at least one of the words that are taken apart."""


def signs_apart(parsed: Parsed) -> Iterator[Instead]:
    """Words that are joined by signs for no reason ("wolf/schaap", "wolf;schaap"), each by itself, if there are any; and the
    parts of a single word with hyphens."""
    node = parsed.node
    words = node.children if isinstance(node, And) and not node.explicit else (node,)
    apart = [part for word in words for part in (_parts(word) if isinstance(word, Word) else (word,))]
    if tuple(apart) != words:
        loosened = And(tuple(apart)) if len(apart) > 1 else apart[0]
        yield Instead(printed(loosened), loosened, unasked=True)
    if isinstance(node, Word) and "-" in node.text.strip("-"):
        hyphenated = And(tuple(Word(part) for part in node.text.split("-") if part))
        yield Instead(printed(hyphenated), hyphenated, unasked=False)


def _parts(word: Word) -> tuple[Word, ...]:
    """The words that signs join in one, without single letters ("q=wolf"); itself where none is longer than two ("en/of"), where
    it has figures, which tell a number, or signs that stand for letters."""
    parts = [part for part in _BETWEEN_WORDS.split(word.text) if len(part) > 1]
    is_word = max(map(len, parts), default=0) >= _LONG_ENOUGH
    joined = is_word and not any(char.isdigit() or char in "*?" for char in word.text) and parts != [word.text]
    return tuple(map(Word, parts)) if joined else (word,)


def compounds_apart(parsed: Parsed, vocabulary: Vocabulary) -> Iterator[Instead]:
    """A single word that is in no paper by its parts, or by its last part where only that is known; if it has any."""
    node = parsed.node
    if not isinstance(node, Word):
        return
    parts = parts_of(node.text, vocabulary) or known_head(node.text, vocabulary)
    if parts:
        words = tuple(map(Word, parts))
        apart = And(words) if len(words) > 1 else words[0]
        yield Instead(printed(apart), apart, unasked=False)


def loose(node: Node) -> Node:
    """A sentence with the words of its quotations side by side, for when it is found nowhere with them together.

    Only among ``_SENTENCE`` other words or more: who types a phrase alone, or with a word or two, wants that phrase.
    """
    if not isinstance(node, And) or node.explicit or sum(isinstance(child, Word) for child in node.children) < _SENTENCE:
        return node
    words = [tuple(Word(word) for word in child.words) if isinstance(child, Phrase) else (child,) for child in node.children]
    return replace(node, children=tuple(word for several in words for word in several))
