"""Passages that show why a paper was found: text with the spans to mark. Never HTML.

A word is marked when it is an occurrence of what was looked up, in the form it has in the text and as a whole; the words of a
phrase only where the phrase stands. Which passages a hit shows is decided by how many different words of the query they hold.
An ``Answer`` is what readers get: the page, the JSON twin and the command line show its values and nothing else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from indexer.paper.naming import is_dictum
from search.analysis.chain import Sieve, Token
from search.budget import Budget, Part, unlimited
from search.document import Passage, Place, SearchDocument
from search.forms import WordForms
from search.names import name_words
from search.plan import Concept, MatchKind, Plan, Sequence, concepts_of
from search.ports import FacetValue, SearchRequest, Sort


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage that matched: text with the spans to mark (start, end), where it stands, and the anchor that leads to it."""

    text: str
    marks: tuple[tuple[int, int], ...]
    heading: str
    anchor: str


@dataclass(frozen=True, slots=True)
class AnsweredHit:
    """A hit with its snippets; ``lacking`` are the wanted words that it has not, as typed, ``alike`` the other words by which
    alone it was found."""

    document: SearchDocument
    score: float
    match: MatchKind
    snippets: tuple[Snippet, ...]
    lacking: tuple[str, ...] = ()
    alike: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnsweredOffer:
    """Another query that may be meant, and what it would find."""

    query: str
    told: str


@dataclass(frozen=True, slots=True)
class OtherQuery:
    """A query that may have been meant, and how many papers it finds under the same filters."""

    query: str
    total: int


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one query.

    ``total``, ``total_all_words`` and ``facets`` are of what was asked, and so are ``hits``, unless nothing was found: then they
    may be those of one of the ``suggestions``, and ``corrected_to`` is that query. ``understood`` tells what was searched,
    ``remarks`` what was ignored or cut and why; ``explanation`` tells why there is nothing, when there is nothing. ``jump`` is
    the identifier the query names, when that paper is in the collection. ``offers`` are other readings of the same query.
    ``nowhere`` are the wanted words that no paper has.
    ``forms`` tells in which forms the words were found. ``exactly`` is the query for its words as they are written only, and
    ``in_any_form`` that for any form of words that are quoted; empty where these ask nothing else.
    ``total_alike`` counts the papers among the hits that only other words brought, ``total_meaning`` those that only their
    meaning did; no other number counts these.
    """

    query: str
    request: SearchRequest
    understood: str
    remarks: tuple[str, ...]
    total: int
    total_all_words: int
    took_ms: float
    hits: tuple[AnsweredHit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    total_alike: int = 0
    total_meaning: int = 0
    suggestions: tuple[OtherQuery, ...] = ()
    corrected_to: str = ""
    explanation: tuple[str, ...] = ()
    jump: str = ""
    offers: tuple[AnsweredOffer, ...] = ()
    nowhere: tuple[str, ...] = ()
    forms: tuple[WordForms, ...] = ()
    exactly: str = ""
    in_any_form: str = ""

    @property
    def listed(self) -> int:
        """How many papers there are to page through."""
        return self.total + self.total_alike + self.total_meaning

    @property
    def did_you_mean(self) -> str:
        """The likeliest of the suggestions, or empty."""
        return self.suggestions[0].query if self.suggestions else ""

    @property
    def sort(self) -> Sort:
        """The order the hits are in."""
        return self.request.sort


MAX_SNIPPETS = 3
WIDTH = 280
"""Characters of a snippet, more or less: it begins and ends between words."""

_BEFORE = 90
"""Characters shown before the first mark, more or less."""

_SHOWN = (Place.BODY, Place.DICTUM, Place.ANNEX, Place.FOOTNOTE)
_LONGEST_NAME = 100
"""Characters of a line that may be a name and nothing else."""
_MAX_KEYWORD = 1_000
"""Characters of an occurrence that is shown as one; words that may stand apart can string together without end."""

_MAX_PASSAGE = 200_000
"""Characters of one passage that are looked through; longer ones are cut there."""

_AT_ONCE = 1024
"""Positions that are compared before it is asked again whether there is time left."""

_STOP_WORDS = frozenset((
    "de", "het", "een", "en", "of", "in", "op", "van", "voor", "met", "aan", "bij", "te", "ten", "ter", "tot", "om", "door",
    "is", "zijn", "was", "er", "dat", "die", "dit", "deze", "als", "ook", "niet", "naar", "over", "uit", "dan", "wat", "wie",
    "hoe", "wordt", "worden", "werd", "heeft", "hebben", "had", "kan", "zal", "hun", "zich", "nog", "maar",
))  # fmt: skip

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Marked:
    passage: Passage
    order: int
    marks: tuple[Span, ...]
    concepts: int


class Highlighter:
    """Finds in any text what a plan looked up, within a budget where there is one."""

    def __init__(self, plan: Plan, budget: Budget | None = None) -> None:
        self._budget = budget or unlimited()
        self._all = [_Looked.of(concept) for concept in concepts_of(plan, excluded=False)]
        # Beside other words "de" and "van" say nothing of why a paper was found, and would cover what does.
        self._telling = [looked for looked in self._all if looked.concept.label.lower() not in _STOP_WORDS] or self._all
        self.telling = [looked.concept for looked in self._telling]
        """What is marked."""

    @cached_property
    def _sieve(self) -> Sieve:
        concepts = [looked.concept for looked in self._all]
        forms = [(form.text, form.stem) for concept in concepts for form in concept.forms]
        forms += [(text, stem) for c in concepts for sequence in c.sequences for text, _, stem in sequence.words]
        return Sieve([text for text, stem in forms if not stem], [text for text, stem in forms if stem])

    def most(self, *, every: bool) -> int:
        """More concepts than these occur nowhere."""
        return len(self._all if every else self.telling)

    @property
    def empty(self) -> bool:
        """Whether there is nothing to mark in any text."""
        return not self._all

    def marks(self, text: str, place: Place = Place.BODY, *, every: bool = False) -> tuple[tuple[Span, ...], int]:
        """The spans to mark, in order and apart, and how many of the concepts occur; ``every`` marks the likes of "de" too."""
        tokens = self._tokens(text)
        if not tokens:
            return (), 0
        wholes, looked_through = _wholes(tokens), _LookedThrough(tokens, self._budget)
        marked: set[Span] = set()
        count = 0
        for looked in self._all if every else self._telling:
            if place not in looked.concept.places:
                continue
            found = looked.occurrences(looked_through)
            count += bool(found)
            marked.update(_span(token, wholes) for occurrence in found for token in occurrence)
        return _merged(marked), count

    def _tokens(self, text: str) -> list[Token]:
        looked_through = text[:_MAX_PASSAGE]
        self._budget.spend(Part.TEXTS, len(looked_through))
        return self._sieve.tokens(looked_through)

    def passages(self, document: SearchDocument) -> dict[int, int]:
        """The places of the passages of a paper in which something is to be marked, with the number of concepts in each."""
        told = {i: self.marks(passage.text, passage.place) for i, passage in enumerate(document.passages)}
        return {i: concepts for i, (marks, concepts) in told.items() if marks}

    def keywords(self, text: str, place: Place = Place.BODY) -> tuple[Span, ...]:
        """The spans of ``marks`` with every occurrence as one: a phrase from its first word to its last."""
        tokens = self._tokens(text)
        wholes, looked_through = _wholes(tokens), _LookedThrough(tokens, self._budget)
        found: set[Span] = set()
        for looked in self._telling:
            for occurrence in looked.occurrences(looked_through) if place in looked.concept.places else ():
                spans = [_span(token, wholes) for token in occurrence]
                whole = min(start for start, _ in spans), max(end for _, end in spans)
                found.update([whole] if whole[1] - whole[0] <= _MAX_KEYWORD else spans)
        return _merged(found)


def _span(token: Token, wholes: dict[int, Span]) -> Span:
    return wholes.get(token.position, (token.start, token.end)) if token.width == 1 else (token.start, token.end)


_Occurrence = list[Token]
"""The word or words of one occurrence."""


@dataclass(frozen=True)
class _LookedThrough:
    """The terms of a text, and where each of them stands."""

    tokens: list[Token]
    budget: Budget

    @cached_property
    def places(self) -> dict[tuple[str, bool], dict[int, Token]]:
        """The tokens by position, of each exact form, and of each stem where True."""
        self.budget.spend(Part.TEXTS, len(self.tokens))
        places: dict[tuple[str, bool], dict[int, Token]] = {}
        for token in self.tokens:
            for form in ((token.text, False), (token.stem, True)):
                places.setdefault(form, {})[token.position] = token
        return places


@dataclass(frozen=True, slots=True)
class _Looked:
    """A concept with its exact forms and its stems, to be looked for in many texts."""

    concept: Concept
    exact: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def of(cls, concept: Concept) -> _Looked:
        exact = frozenset(form.text for form in concept.forms if not form.stem)
        return cls(concept, exact, frozenset(form.text for form in concept.forms if form.stem))

    def occurrences(self, text: _LookedThrough) -> list[_Occurrence]:
        """Where it is in a text."""
        found: list[_Occurrence] = []
        if self.concept.forms:
            text.budget.spend(Part.TEXTS, len(text.tokens))
            found = [[token] for token in text.tokens if token.text in self.exact or token.stem in self.stems]
        for sequence in self.concept.sequences:
            found += _sequence(sequence, text)
        return found


def _sequence(sequence: Sequence, text: _LookedThrough) -> list[_Occurrence]:
    """A sequence wherever it stands as a whole."""
    budget = text.budget
    places: list[dict[int, Token]] = []
    for word, _, stem in sequence.words:
        place = text.places.get((word, stem))
        if not place:
            return []
        places.append(place)
    if sequence.slop:
        return _spread(sequence, places, budget)
    found: list[_Occurrence] = []
    first = sequence.words[0][1]
    for start in _within_budget(list(places[0]), len(places), budget):
        wanted = [start + offset - first for _, offset, _ in sequence.words]
        if all(at in place for at, place in zip(wanted, places, strict=True)):
            found.append([place[at] for at, place in zip(wanted, places, strict=True)])
    return found


def _within_budget(positions: list[int], each: int, budget: Budget) -> Iterator[int]:
    """The same positions, each of which takes so much work; it costs more to say so for each than the work itself."""
    for first in range(0, len(positions), _AT_ONCE):
        some = positions[first : first + _AT_ONCE]
        budget.spend(Part.TEXTS, each * len(some))
        yield from some


def _spread(sequence: Sequence, places: list[dict[int, Token]], budget: Budget) -> list[_Occurrence]:
    """A sequence with slop wherever its words stand together; where one word serves several times, as one occurrence."""
    times = Counter((text, stem) for text, _, stem in sequence.words)
    asked = [times[text, stem] for text, _, stem in sequence.words]
    positions = [sorted(place) for place in places]
    found: list[dict[int, Token]] = []
    for start in _within_budget(sorted(set().union(*places)), len(places), budget):
        inside = [ats[bisect_left(ats, start) : bisect_right(ats, start + sequence.slop)] for ats in positions]
        enough = all(len(ats) >= count for ats, count in zip(inside, asked, strict=True))
        if enough and len(set().union(*inside)) >= len(inside):
            together = {at: place[at] for ats, place in zip(inside, places, strict=True) for at in ats}
            if found and min(together) <= max(found[-1]):
                found[-1] |= together
            else:
                found.append(together)
    return [list(together.values()) for together in found]


def _wholes(tokens: list[Token]) -> dict[int, Span]:
    """For each position within a term of several parts the span of the whole term, so that no half of it is marked."""
    wholes: dict[int, Span] = {}
    for token in tokens:
        if token.width > 1 and not token.text.startswith("kst-"):
            for position in range(token.position, token.position + token.width):
                before = wholes.get(position)
                if before is None or token.end - token.start > before[1] - before[0]:
                    wholes[position] = (token.start, token.end)
    return wholes


def _merged(spans: set[Span]) -> tuple[Span, ...]:
    """In order, overlapping ones joined."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def snippets_of(
    document: SearchDocument, highlighter: Highlighter, passages: Mapping[int, int] | None = None
) -> tuple[Snippet, ...]:
    """Up to three passages, in the order of the paper; when none is to be marked, what the paper asks for, or how it begins.

    A line with no more than a name says nothing of why a paper was found. ``passages`` are those in which something is to be
    marked, where an engine has told them (``ports.Hit``).
    """
    is_shown = _shown_of(document)
    found = _told(document, highlighter, passages, is_shown) if passages else []
    if passages is None:
        found = _marked(document, highlighter, is_shown)
    found = found or _marked(document, highlighter, is_shown, every=True)
    best = sorted((m for m in found if is_shown(m.passage)), key=lambda m: (-m.concepts, m.order))[:MAX_SNIPPETS]
    best = best or [m for m in found if m.passage.place is Place.HEADING][:1]
    if best:
        return tuple(_cut(m.passage, m.marks) for m in sorted(best, key=lambda m: m.order))
    return _gist(document)


def excerpt(passage: Passage) -> tuple[Snippet, ...]:
    """The beginning of a passage that nothing is to be marked in."""
    return (_cut(passage, ()),)


def _gist(document: SearchDocument) -> tuple[Snippet, ...]:
    """What a paper asks for, where its subtitle or a motion tells that, else the beginning of its text."""
    shown = [passage for passage in document.passages if passage.place in _SHOWN]
    if document.subtitle:
        words = document.subtitle.rstrip(" .…")
        of = next((passage for passage in shown if words in passage.text), Passage(Place.BODY, document.subtitle))
        return (_cut(replace(of, text=document.subtitle), ()),)
    is_motion = "motie" in f"{document.kind} {document.kind_line}".lower()
    dictum = next((passage for passage in shown if is_motion and is_dictum(passage.text)), None)
    opening = dictum or next((passage for passage in shown if len(passage.text) > 60), None)
    return (_cut(opening, ()),) if opening else ()


def _shown_of(document: SearchDocument) -> Callable[[Passage], bool]:
    """Whether a passage of the paper may be shown: its text does, but for lines that are the name of one who signed it."""
    names = {name_words(name) for one in document.people for name in (one.known_as, one.name, one.as_printed) if name}
    return lambda passage: (
        passage.place in _SHOWN and (len(passage.text) > _LONGEST_NAME or name_words(passage.text) not in names)
    )


def _told(
    document: SearchDocument, highlighter: Highlighter, passages: Mapping[int, int], is_shown: Callable[[Passage], bool]
) -> list[_Marked]:
    """Of the passages that an engine has told those that may be shown; or any, since nothing else is to be marked then."""
    shown = [i for i in passages if is_shown(document.passages[i])]
    best = sorted(shown, key=lambda i: (-passages[i], i))[:MAX_SNIPPETS]
    chosen = best or [i for i in passages if document.passages[i].place is Place.HEADING][:1] or list(passages)[:1]
    found = ((i, document.passages[i], highlighter.marks(document.passages[i].text, document.passages[i].place)) for i in chosen)
    return [_Marked(passage, i, marks, concepts) for i, passage, (marks, concepts) in found if marks]


def _marked(
    document: SearchDocument, highlighter: Highlighter, is_shown: Callable[[Passage], bool], *, every: bool = False
) -> list[_Marked]:
    """The passages in which something is to be marked, as far as any of them may be shown."""
    if highlighter.empty:
        return []
    found: list[_Marked] = []
    best = 0
    for i, passage in enumerate(document.passages):
        marks, count = highlighter.marks(passage.text, passage.place, every=every)
        if marks:
            found.append(_Marked(passage, i, marks, count))
            best += is_shown(passage) and count == highlighter.most(every=every)
        if best == MAX_SNIPPETS:  # nothing that follows can be better
            break
    return found


def _cut(passage: Passage, marks: tuple[Span, ...]) -> Snippet:
    """A stretch of the passage around the place with the most marks."""
    text = passage.text
    if len(text) <= WIDTH:
        return Snippet(text, marks, passage.heading, passage.anchor)
    best, most = 0, -1
    for first, _ in marks:
        inside = sum(1 for start, end in marks if first <= start and end <= first + WIDTH - _BEFORE)
        if inside > most:
            best, most = first, inside
    start = _word_start(text, max(0, min(best - _BEFORE, len(text) - WIDTH)))
    end = _word_end(text, min(len(text), start + WIDTH))
    lead, trail = ("… " if start else ""), (" …" if end < len(text) else "")
    shift = len(lead) - start
    kept = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return Snippet(lead + text[start:end] + trail, kept, passage.heading, passage.anchor)


def _word_start(text: str, at: int) -> int:
    """The beginning of the first word that begins at or after ``at``, unless the text has no spaces near."""
    if at == 0 or text[at - 1].isspace():
        return at
    space = text.find(" ", at, at + 40)
    return space + 1 if space >= 0 else at


def _word_end(text: str, at: int) -> int:
    """The end of the last word that ends at or before ``at``."""
    if at >= len(text) or text[at].isspace():
        return at
    space = text.rfind(" ", at - 40, at)
    return space if space >= 0 else at
