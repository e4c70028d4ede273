"""A plan → which papers it matches, as queries of OpenSearch without scores. Structured queries only: no text is ever parsed.

A form is a term of the index, a phrase one of Lucene's. What Lucene cannot tell exactly, words within a slop and two terms at one
position, a script decides in the papers that have all the words.
"""

from __future__ import annotations

import datetime
from collections import Counter

from search.document import Place
from search.engines.occurrences import STEM, term
from search.engines.opensearch.documents import value_term
from search.engines.opensearch.positions import key
from search.engines.opensearch.schema import (
    CITES,
    DATE,
    IDENTIFIER,
    NOTHING,
    TERMS,
    Json,
    place_field,
    positions_field,
    same_field,
    value_field,
    worded_field,
)
from search.engines.opensearch.scripts import OCCURS
from search.engines.plain import strength
from search.plan import (
    ALL_PLACES,
    Both,
    Citing,
    Concept,
    Either,
    Empty,
    Form,
    HasValue,
    MatchKind,
    Named,
    Plan,
    Sequence,
    Wanted,
    Within,
    Without,
)
from search.ports import FACETS
from search.selection import Selection
from search.values import folded

Items = tuple[Form | Sequence, ...]

NO_PAPER: Json = {"match_none": {}}
EVERY_PAPER: Json = {"match_all": {}}


def ways(concept: Concept) -> dict[MatchKind, Items]:
    """The forms and sequences of a concept by how they match, the strongest first; those that weigh nothing do not count."""
    every: Items = (*concept.forms, *concept.sequences)
    kinds = sorted({item.match for item in every if item.weight > 0}, key=strength)
    return {kind: tuple(item for item in every if item.weight > 0 and item.match is kind) for kind in kinds}


def matching(plan: Plan) -> Json:  # noqa: PLR0911 - one line a kind of node
    """The papers that a plan matches; of ``Wanted`` those with all words."""
    match plan:
        case Concept():
            return having(tuple(item for items in ways(plan).values() for item in items), plan.places)
        case Both(children):
            return every_of([matching(child) for child in children])
        case Wanted(concepts, strict):
            return every_of([matching(child) for child in (*concepts, *((strict,) if strict is not None else ()))])
        case Either(children):
            return any_of([matching(child) for child in children])
        case Without(child):
            return {"bool": {"filter": [EVERY_PAPER], "must_not": [matching(child)]}}
        case HasValue():
            return _having_value(plan)
        case Within(start, end):
            first = start.toordinal() if start else 1
            return {"range": {DATE: {"gte": first, "lte": end.toordinal() if end else datetime.date.max.toordinal()}}}
        case Citing(target):
            return {"term": {CITES: target}}
        case Named(identifier):
            return {"term": {IDENTIFIER: identifier}}
        case Empty():
            return NO_PAPER


def every_of(queries: list[Json]) -> Json:
    """What passes all; nothing passes none."""
    return {"bool": {"filter": queries}} if queries else NO_PAPER


def any_of(queries: list[Json]) -> Json:
    """What passes at least one."""
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NO_PAPER


def having(items: Items, places: tuple[Place, ...]) -> Json:
    """The papers in which one of the items occurs in one of the places."""
    names = sorted({term(item.text, stem=item.stem) for item in items if isinstance(item, Form)})
    queries: list[Json] = []
    if names:
        fields = [TERMS] if places == ALL_PLACES else [place_field(place) for place in places]
        queries += [{"terms": {field: names}} for field in fields]
    for item in items:
        if isinstance(item, Sequence):
            queries += _sequence(item, places)
    return any_of(queries)


def _sequence(sequence: Sequence, places: tuple[Place, ...]) -> list[Json]:
    text = phrase(sequence)
    if text:
        return [{"match_phrase": {place_field(place): {"query": text}}} for place in places]
    params = {"fields": [positions_field(place) for place in places], "item": for_scripts(sequence)}
    return [every_of([*with_all(sequence), {"script": {"script": {"source": OCCURS, "params": params}}}])]


def with_all(sequence: Sequence) -> list[Json]:
    """The papers that have all words of a sequence somewhere."""
    names = dict.fromkeys(term(text, stem=stem) for text, _, stem in sequence.words)
    return [{"term": {TERMS: name}} for name in names]


def phrase(sequence: Sequence) -> str:
    """A sequence as a phrase of the index's own terms; empty where it is none: with a slop, or with two terms at one position."""
    standing = {(offset, term(text, stem=stem)) for text, offset, stem in sequence.words}
    by_offset = dict(standing)
    if sequence.slop or len(by_offset) < len(standing):
        return ""
    return " ".join(by_offset.get(offset, NOTHING) for offset in range(min(by_offset), max(by_offset) + 1))


def for_scripts(item: Form | Sequence, share: float = 1.0) -> Json:
    """A form or a sequence as ``scripts`` want it, with what each occurrence of it counts for."""
    if isinstance(item, Form):
        name = term(item.text, stem=item.stem)
        return {"keys": [key(name)], "offsets": [0], "slop": 0, "asked": 1, "skipped": 0, "share": share}
    words = [(key(term(text, stem=stem)), offset) for text, offset, stem in item.words]
    if item.slop:
        times = Counter(number for number, _ in words)
        keys, offsets, skipped = list(times), list(times.values()), 0
    else:
        skipped = words[0][1]
        keys, offsets = [number for number, _ in words], [offset - skipped for _, offset in words]
    return {"keys": keys, "offsets": offsets, "slop": item.slop, "asked": len(words), "skipped": skipped, "share": share}


def _having_value(condition: HasValue) -> Json:
    """The papers with a value that has all words, or that is the same but for letter case and diacritics."""
    if not condition.words:
        same = {"term": {same_field(condition.name): value_term(folded(condition.equals))}}
        return same if condition.equals else NO_PAPER
    field = worded_field(condition.name)
    # A word of a condition may be the exact form or the stem of a word of the value.
    words = [[term(word, stem=False), STEM + word] for word in condition.words]
    if len(words) == 1:
        return {"terms": {field: words[0]}}
    rules = [{"any_of": {"intervals": [_rule(name) for name in names]}} for names in words]
    # All words of a value stand at one position, those of another value far from it.
    return {"intervals": {field: {"all_of": {"intervals": rules, "max_gaps": 0}}}}


def _rule(name: str) -> Json:
    return {"match": {"query": name}}


def selecting(name: str, choice: Selection) -> Json:
    """The papers with one of the chosen values; what is no facet no paper has."""
    if name not in FACETS:
        return NO_PAPER
    queries: list[Json] = [{"terms": {value_field(name): sorted(map(value_term, choice.values))}}] if choice.values else []
    for span in choice.spans:
        first = datetime.date(max(span.first or 1, 1), 1, 1).toordinal()
        last = datetime.date.max if span.last is None else datetime.date(span.last, 12, 31) if span.last else None
        queries.append({"range": {DATE: {"gte": first, "lte": last.toordinal() if last else 0}}})
    return any_of(queries)
