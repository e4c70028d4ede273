"""The engine in memory: what plans mean, what papers score and what an answer holds, in plain Python. Every other engine answers
alike.

``Scorer`` decides which papers match a plan and with what score; ``_Question`` adds partial matches, filters, facets, order and
pages. Nothing here is fast, on purpose: each number is worked out where it is needed, paper by paper.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from itertools import pairwise

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.advice import completions
from search.budget import Budget, Part, unlimited
from search.coverage import OWN, PERCENTS, Counts, Shares, idf_of_ways, least_level, level, shares, telling
from search.document import (
    EXACT,
    STEM,
    Place,
    SearchDocument,
    Version,
    document_of,
    dossier_titles,
    families,
    measured,
    occurrences,
    term,
    terms_of,
)
from search.engines.word_list import WordList
from search.fields import FACETS, FIELDS, facets_of
from search.metered import MeteredWords
from search.plan import (
    CITING_SCORE,
    NEAR_PLACES,
    SCORE_DIGITS,
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
    Weights,
    Within,
    Without,
    labels_of,
    words_of,
)
from search.planning import Plans
from search.ports import FacetValue, Hit, Period, SearchRequest, SearchResult, Sort, Suggestion, Vocabulary
from search.snippets import Highlighter
from search.values import Selection, matches_value, selection

_STRONGEST_FIRST = list(MatchKind)


class AnalysedPaper:
    """One paper, analysed."""

    def __init__(self, document: SearchDocument) -> None:
        self.document = document
        self.identifier = document.identifier
        self.places = occurrences(document)
        self.values = facets_of(document)
        self.newest_first = (-document.date.toordinal() if document.date else 0, document.identifier)

    def positions(self, text: str, place: Place, *, stem: bool) -> list[int]:
        """Where a term stands."""
        return self.places.get(place, ({}, 0, []))[0].get(term(text, stem=stem), [])

    def occurrences(self, item: Form | Sequence, place: Place) -> list[int]:
        """Where a form or a sequence begins."""
        if isinstance(item, Form):
            return self.positions(item.text, place, stem=item.stem)
        words = [(self.positions(text, place, stem=stem), offset) for text, offset, stem in item.words]
        if item.slop:
            return [at for at in sorted({at for word, _ in words for at in word}) if self._all_from(at, item, place)]
        first, skipped = words[0]
        return [at - skipped for at in first if all(at - skipped + offset in word for word, offset in words)]

    def _all_from(self, start: int, sequence: Sequence, place: Place) -> bool:
        """Whether all words stand from ``start`` to ``slop`` further on, at as many positions as there are words."""
        asked = Counter((text, stem) for text, _, stem in sequence.words)
        inside = {
            (text, stem): {at for at in self.positions(text, place, stem=stem) if start <= at <= start + sequence.slop}
            for text, stem in asked
        }
        return (
            all(len(inside[word]) >= count for word, count in asked.items())
            and len(set().union(*inside.values())) >= asked.total()
        )


@dataclass(frozen=True, slots=True)
class Scored:
    """What a paper scores and by what it was found."""

    score: float = 0.0
    kind: MatchKind = MatchKind.EXACT


Matches = dict[str, Scored]
"""By identifier."""


@dataclass
class Scorer:
    """Matches and scores papers among ``papers``; ``_known`` keeps what would else be worked out for each paper anew."""

    papers: list[AnalysedPaper]
    weights: Weights
    budget: Budget
    _known: dict[object, float] = field(default_factory=dict)
    _counts: dict[Plan, Counts] = field(default_factory=dict)

    def all(self, plan: Plan) -> Matches:
        """Every paper that matches."""
        found = {paper.identifier: self.match(plan, paper) for paper in self.papers}
        return {identifier: match for identifier, match in found.items() if match is not None}

    def match(self, plan: Plan, paper: AnalysedPaper) -> Scored | None:  # noqa: PLR0911 - one line a kind of node
        """Whether a paper matches, and how: of what must all be there the weakest way, of alternatives the strongest."""
        self.budget.spend(Part.WORDS)
        match plan:
            case Concept():
                return self._concept(plan, paper)
            case Both(children):
                return _both([self.match(child, paper) for child in children])
            case Wanted(concepts, strict):
                found = _both([self.match(child, paper) for child in (*concepts, *([strict] if strict else []))])
                return Scored(found.score + self.welcome(plan, paper), found.kind) if found else None
            case Either(children):
                some = [match for child in children if (match := self.match(child, paper))]
                return Scored(sum(m.score for m in some), min((m.kind for m in some), key=strength)) if some else None
            case Without(child):
                return None if self.match(child, paper) else Scored()
            case HasValue(name):
                return Scored(plan.score) if any(matches_value(value, plan) for value in paper.values[name]) else None
            case Within(start, end):
                date = paper.document.date
                return Scored(plan.score) if date and (not start or start <= date) and (not end or date <= end) else None
            case Citing(target):
                return Scored(CITING_SCORE) if target in paper.document.cites else None
            case Named(identifier, score):
                return Scored(score) if identifier == paper.identifier else None
            case Empty():
                return None

    # Scores

    def welcome(self, wanted: Wanted, paper: AnalysedPaper) -> float:
        """What a paper scores for what the query does not ask of it."""
        return sum(found.score for one in wanted.welcome if (found := self.match(one, paper)))

    def _concept(self, concept: Concept, paper: AnalysedPaper) -> Scored | None:
        """Exact and stem together, or the best of what else it may stand for."""
        scores = {}
        idf = idf_of_ways(len(self.papers), self.counts(concept))
        for kind, items in _ways(concept).items():
            frequency = self._frequency(items, concept.places, paper)
            if frequency:
                weight = max(item.weight for item in items)
                scores[kind] = weight * idf[kind] * frequency / (self.weights.k1 + frequency)
        if not scores:
            return None
        best = max(sum(scores.get(kind, 0) for kind in OWN), *(score for kind, score in scores.items() if kind not in OWN), 0)
        return Scored(best * concept.weight, min(scores, key=strength))

    def ways_had(self, plan: Plan, paper: AnalysedPaper) -> list[MatchKind]:
        """In which ways a paper has something wanted; what is no word it has exactly or not."""
        if not isinstance(plan, Concept):
            return [MatchKind.EXACT] if self.match(plan, paper) else []
        return [kind for kind, items in _ways(plan).items() if self._frequency(items, plan.places, paper)]

    def counts(self, plan: Plan) -> Counts:
        """How many papers have something wanted in each way that occurs."""
        if plan not in self._counts:
            counts = Counter(kind for paper in self.papers for kind in self.ways_had(plan, paper))
            self._counts[plan] = {kind: counts[kind] for kind in sorted(counts, key=strength)}
        return self._counts[plan]

    def _frequency(self, items: list[Form | Sequence], places: tuple[Place, ...], paper: AnalysedPaper) -> float:
        weight, b = max(item.weight for item in items), self.weights.b
        frequency = 0.0
        for place in places:
            if place in paper.places:
                norm = 1 - b + b * measured(place, paper.places) / self._average(place)
                found = [(item.weight / weight, len(paper.occurrences(item, place))) for item in items]
                self.budget.spend(Part.WORDS, sum(count for _, count in found))
                counts = sum(weighs * count for weighs, count in found)
                frequency += self.weights.places[place] * counts / norm
        return frequency

    def _average(self, place: Place) -> float:
        if place not in self._known:
            self._known[place] = sum(measured(place, p.places) for p in self.papers) / len(self.papers) or 1.0
        return self._known[place]

    def nearness(self, concepts: tuple[Concept, ...], paper: AnalysedPaper) -> float:
        """What the words of a query add that stand near the next word of the query, in each place."""
        added = 0.0
        for left, right in pairwise(concepts):
            both = (telling(len(self.papers), self.counts(left)) + telling(len(self.papers), self.counts(right))) / 2
            for place in NEAR_PLACES:
                distances = [abs(a - b) for a in _own(left, paper, place) for b in _own(right, paper, place) if a != b]
                if distances and min(distances) <= self.weights.near_window:
                    added += self.weights.near * both / min(distances)
        return added


def _both(matches: list[Scored | None]) -> Scored | None:
    found = [match for match in matches if match]
    if not found or len(found) < len(matches):
        return None
    return Scored(sum(match.score for match in found), max((match.kind for match in found), key=strength))


def strength(kind: MatchKind) -> int:
    """0 for the strongest."""
    return _STRONGEST_FIRST.index(kind)


def _ways(concept: Concept) -> dict[MatchKind, list[Form | Sequence]]:
    every: tuple[Form | Sequence, ...] = (*concept.forms, *concept.sequences)
    items = [item for item in every if item.weight > 0]
    return {kind: [item for item in items if item.match is kind] for kind in dict.fromkeys(item.match for item in items)}


def _own(concept: Concept, paper: AnalysedPaper, place: Place) -> list[int]:
    """Where a word itself stands, apart from what else it may stand for."""
    own = [item for kind in OWN for item in _ways(concept).get(kind, [])] if place in concept.places else []
    return [at for item in own for at in paper.occurrences(item, place)]


_EVERY = 1 << 60


class MemoryEngine:
    """Both sides of the port."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._papers: dict[str, AnalysedPaper] = {}
        self._changes: dict[str, AnalysedPaper | None] = {}
        self._commits = 0
        self._budget = unlimited()

    def within(self, budget: Budget) -> MemoryEngine:
        limited = copy.copy(self)
        limited._budget = budget
        return limited

    def prepare(self) -> None:
        """Everything is there."""

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        for paper in papers:
            self._changes[str(paper.identifier)] = AnalysedPaper(document_of(paper))

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        self._changes.update(dict.fromkeys(map(str, identifiers)))

    def commit(self) -> None:
        changed = self._papers | self._changes
        self._papers = {identifier: paper for identifier, paper in changed.items() if paper is not None}
        self._changes = {}
        self._commits += 1

    @property
    def generation(self) -> str:
        return str(self._commits)

    @property
    def vocabulary(self) -> Vocabulary:
        return MeteredWords(self._words, self._budget)

    @property
    def _words(self) -> WordList:
        terms = Counter(name for paper in self._papers.values() for name in terms_of(paper.places))
        words, stems = ({name[1:]: count for name, count in terms.items() if name[0] == kind} for kind in (EXACT, STEM))
        values = {
            field.name: Counter(value for paper in self._papers.values() for value in dict.fromkeys(paper.values[field.name]))
            for field in FIELDS
        }
        return WordList(words, stems, values)

    def search(self, request: SearchRequest) -> SearchResult:
        return _Question(self._papers.values(), self._weights, self._budget).answer(request, self.vocabulary)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        question = _Question(self._papers.values(), self._weights, self._budget)
        return completions(
            prefix, limit, lambda name: question.facet(name, question.papers, frozenset(), _EVERY), self.vocabulary
        )


class _Question:
    """The papers, and what is asked of them."""

    def __init__(self, papers: Iterable[AnalysedPaper], weights: Weights, budget: Budget) -> None:
        self.papers = list(papers)
        self._weights = weights
        self._budget = budget
        self._scorer = Scorer(self.papers, weights, budget)

    def answer(self, request: SearchRequest, vocabulary: Vocabulary) -> SearchResult:
        plan = Plans(vocabulary, self._weights).of(request)
        through = request.among
        groups = [
            {name: found for name, found in group.items() if through is None or name in through}
            for group in self._shown(plan, request)
        ]
        full, partial, rest = groups
        alike = {name for name, found in partial.items() if found.kind is MatchKind.ALIKE}
        by_words = full.keys() | (partial.keys() - alike) | rest.keys()
        shown = [paper for paper in self.papers if paper.identifier in by_words]
        chosen = {name: selection(name, values) for name, values in request.filters.items() if values}
        kept = [paper for paper in shown if _selected(paper, chosen)]
        facets = {}
        for name in request.facets:
            others = {other: choice for other, choice in chosen.items() if other != name}
            counted = [paper for paper in shown if _selected(paper, others)]
            facets[name] = self.facet(name, counted, chosen.get(name, Selection()).values, request.facet_limit)
        beside = [paper for paper in self.papers if paper.identifier in alike and _selected(paper, chosen)]
        hits = [hit for group in groups for hit in self._ordered(plan, group, kept + beside, request.sort)]
        page = hits[request.offset : request.offset + request.limit]
        wanted = plan.concepts if isinstance(plan, Wanted) else ()
        return SearchResult(
            hits=tuple(self._with_passages(hit, plan) if request.passages else hit for hit in page),
            total=len(kept),
            total_all_words=sum(paper.identifier in full for paper in kept),
            facets=facets,
            plan=plan,
            periods={name: _periods(name, kept) for name in request.periods},
            nowhere=labels_of(one for one in wanted if not self._scorer.counts(one)),
            total_alike=len(beside),
        )

    def _shown(self, plan: Plan, request: SearchRequest) -> tuple[Matches, Matches, Matches]:
        """The papers with all words, and those that follow them: only by relevance, and only when the first are few. Where there
        are other words to ask for, those come first that have enough of all, and behind these the rest that the words find."""
        full = self._scorer.all(plan)
        if not isinstance(plan, Wanted) or request.verbatim or request.sort is not Sort.RELEVANCE:
            return full, {}, {}
        if len(full) >= self._weights.enough:
            return full, {}, {}
        partial = self._covering(plan, plan.concepts, full)
        if not plan.alike:
            return full, partial, {}
        first = self._covering(plan, (*plan.concepts, *plan.alike), full)
        alike = {name: replace(found, kind=MatchKind.ALIKE) for name, found in first.items() if name not in partial}
        rest = {name: found for name, found in partial.items() if name not in first}
        return full, first | alike, rest

    def _covering(self, plan: Wanted, wanted: tuple[Plan, ...], full: Matches) -> Matches:
        """The papers outside ``full`` that have enough of what is wanted."""
        papers, match = len(self.papers), self._scorer.match
        each = shares([self._scorer.counts(concept) for concept in wanted], papers, self._weights)
        possible: dict[str, tuple[float, float]] = {}
        for paper in self.papers:
            strict = match(plan.strict, paper) if plan.strict else Scored()
            if strict and paper.identifier not in full:
                score = sum(found.score for concept in wanted if (found := match(concept, paper)))
                score += strict.score + self._scorer.welcome(plan, paper)
                possible[paper.identifier] = score, self._covered(wanted, each, paper)
        levels = Counter(level(share) for _, share in possible.values())
        least = least_level([levels[at] for at in range(PERCENTS)], len(full), papers, self._weights)
        return {
            identifier: Scored(score * share**self._weights.coordination, MatchKind.PARTIAL)
            for identifier, (score, share) in possible.items()
            if level(share) >= least
        }

    def _covered(self, wanted: tuple[Plan, ...], each: list[Shares], paper: AnalysedPaper) -> float:
        """How much of the query a paper has."""
        had = [self._scorer.ways_had(concept, paper) for concept in wanted]
        return sum(max((share.get(kind, 0.0) for kind in ways), default=0.0) for share, ways in zip(each, had, strict=True))

    def _ordered(self, plan: Plan, matches: Matches, kept: list[AnalysedPaper], sort: Sort) -> list[Hit]:
        papers = [paper for paper in kept if paper.identifier in matches]
        scores = {paper.identifier: matches[paper.identifier].score for paper in papers}

        def best_first(paper: AnalysedPaper) -> tuple[float, int, str]:
            return -round(scores[paper.identifier], SCORE_DIGITS), *paper.newest_first

        if sort is Sort.RELEVANCE:
            sentence = plan.sentence if isinstance(plan, Wanted) else ()
            for paper in sorted(papers, key=best_first)[: self._weights.near_candidates]:
                scores[paper.identifier] += self._scorer.nearness(sentence, paper)
            papers = self._together(sorted(papers, key=best_first))
        elif sort is Sort.NEWEST:
            papers.sort(key=lambda paper: paper.newest_first)
        else:
            papers.sort(key=lambda paper: (not paper.document.date, -paper.newest_first[0], paper.identifier))
        return [self._hit(plan, paper, Scored(scores[paper.identifier], matches[paper.identifier].kind)) for paper in papers]

    def _hit(self, plan: Plan, paper: AnalysedPaper, found: Scored) -> Hit:
        lacking: tuple[str, ...] = ()
        alike: tuple[str, ...] = ()
        if isinstance(plan, Wanted) and found.kind in {MatchKind.PARTIAL, MatchKind.ALIKE}:
            lacking = labels_of(one for one in plan.concepts if not self._scorer.match(one, paper))
        if isinstance(plan, Wanted) and found.kind is MatchKind.ALIKE:
            alike = words_of(one for one in plan.alike if self._scorer.match(one, paper))
        return Hit(paper.document, found.score, found.kind, lacking=lacking, alike=alike)

    def _with_passages(self, hit: Hit, plan: Plan) -> Hit:
        """The hit with the passages in which something is to be marked."""
        return replace(hit, passages=Highlighter(plan, self._budget).passages(hit.document))

    def _together(self, papers: list[AnalysedPaper]) -> list[AnalysedPaper]:
        """The papers with the other versions of one right after the best of them, the newest first."""
        known = {paper.identifier: paper for paper in papers}
        versions = families(Version(p.identifier, -p.newest_first[0], p.values["replaces"]) for p in self.papers)
        ordered = dict.fromkeys(one for paper in papers for one in (paper.identifier, *versions.get(paper.identifier, ())))
        return [known[identifier] for identifier in ordered if identifier in known]

    def facet(self, name: str, papers: list[AnalysedPaper], chosen: AbstractSet[str], limit: int) -> tuple[FacetValue, ...]:
        """The most frequent values of these papers, and the chosen ones whether they occur or not."""
        counts = Counter(value for paper in papers for value in paper.values[name])
        ranked = sorted(counts.keys() | chosen, key=lambda value: (-counts[value], value))
        kept = [value for i, value in enumerate(ranked) if i < limit or value in chosen]
        return tuple(FacetValue(value, self._label(name, value), counts[value]) for value in kept)

    def _label(self, name: str, value: str) -> str:
        """A dossier is called what the newest paper that gives its title calls it."""
        titled = [paper for paper in self.papers if name == "dossier" and value in dossier_titles(paper.document)]
        return dossier_titles(min(titled, key=lambda paper: paper.newest_first).document)[value] if titled else value


def _selected(paper: AnalysedPaper, chosen: Mapping[str, Selection]) -> bool:
    """Whether a paper has one of the chosen values of each facet; what is no facet no paper has."""
    return all(name in FACETS and any(map(choice.accepts, paper.values[name])) for name, choice in chosen.items())


def _periods(name: str, papers: list[AnalysedPaper]) -> tuple[Period, ...]:
    """Every value of these papers with the days between which it occurs; what is no facet has none."""
    having: dict[str, list[AnalysedPaper]] = {}
    for paper in papers if name in FACETS else ():
        for value in paper.values[name]:
            having.setdefault(value, []).append(paper)
    periods = []
    for value, those in having.items():
        days = [paper.document.date for paper in those if paper.document.date]
        periods.append(Period(value, len(those), min(days, default=None), max(days, default=None)))
    return tuple(sorted(periods, key=lambda period: (-period.count, period.value)))
