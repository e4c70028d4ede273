"""The engine in memory: what an answer holds, in plain Python. Every other engine answers alike.

``plain`` decides what matches and with what score; here are partial matches, filters, facets, order, pages and completions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import replace

from indexer.identifier import Identifier
from indexer.model import Kamerstuk
from search.document import document_of, dossier_titles
from search.engines.occurrences import EXACT, STEM, terms_of
from search.engines.plain import Match, Matches, Paper, Scorer
from search.plan import Concept, MatchKind, Plan, Wanted
from search.planning import planner
from search.ports import FACETS, FacetValue, Hit, Period, SearchRequest, SearchResult, Sort, Suggestion
from search.ranking import SCORE_DIGITS, Weights
from search.selection import Selection, selection
from search.snippets import Highlighter
from search.values import folded
from search.versions import Version, families
from search.vocabulary import WordList

_EVERY = 1 << 60


class MemoryEngine:
    """Both sides of the port."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._papers: dict[str, Paper] = {}
        self._changes: dict[str, Paper | None] = {}
        self._commits = 0

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        """See ``ports.IndexWriter``."""
        for paper in papers:
            self._changes[str(paper.identifier)] = Paper(document_of(paper))

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        """See ``ports.IndexWriter``."""
        self._changes.update(dict.fromkeys(map(str, identifiers)))

    def commit(self) -> None:
        """See ``ports.IndexWriter``."""
        changed = self._papers | self._changes
        self._papers = {identifier: paper for identifier, paper in changed.items() if paper is not None}
        self._changes = {}
        self._commits += 1

    @property
    def generation(self) -> str:
        """See ``ports.Searcher``."""
        return str(self._commits)

    @property
    def vocabulary(self) -> WordList:
        """See ``ports.Searcher``."""
        terms = Counter(name for paper in self._papers.values() for name in terms_of(paper.places))
        kinds = ({name[1:]: count for name, count in terms.items() if name[0] == kind} for kind in (EXACT, STEM))
        return WordList(*kinds)

    def search(self, request: SearchRequest) -> SearchResult:
        """See ``ports.Searcher``."""
        return _Question(self._papers.values(), self._weights).answer(request, self.vocabulary)

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """See ``ports.Searcher``."""
        start = folded(prefix)
        if len(start) < 2 or limit <= 0:
            return []
        found = _Question(self._papers.values(), self._weights).suggestions(start)
        words = self.vocabulary
        terms = [Suggestion("term", word, word, words.count(word)) for word in words.beginning(start)]
        terms.sort(key=lambda suggestion: (-suggestion.count, suggestion.text))
        return (found[: max(limit // 2, 1)] + terms)[:limit]


class _Question:
    """The papers, and what is asked of them."""

    def __init__(self, papers: Iterable[Paper], weights: Weights) -> None:
        self.papers = list(papers)
        self._weights = weights
        self._scorer = Scorer(self.papers, weights)

    def answer(self, request: SearchRequest, vocabulary: WordList) -> SearchResult:
        """See ``ports.Searcher.search``."""
        plan = planner(vocabulary, self._weights, verbatim=request.verbatim).plan(request.query)
        full, partial = self._shown(plan, request)
        shown = [paper for paper in self.papers if paper.identifier in full or paper.identifier in partial]
        chosen = {name: selection(name, values) for name, values in request.filters.items() if values}
        kept = [paper for paper in shown if _selected(paper, chosen)]
        facets = {}
        for name in request.facets:
            others = {other: choice for other, choice in chosen.items() if other != name}
            counted = [paper for paper in shown if _selected(paper, others)]
            facets[name] = self.facet(name, counted, chosen.get(name, Selection()).values, request.facet_limit)
        hits = self._ordered(plan, full, kept, request.sort) + self._ordered(plan, partial, kept, request.sort)
        page = hits[request.offset : request.offset + request.limit]
        return SearchResult(
            hits=tuple(self._with_passages(hit, plan) if request.passages else hit for hit in page),
            total=len(kept),
            total_all_words=sum(paper.identifier in full for paper in kept),
            facets=facets,
            plan=plan,
            periods={name: _periods(name, kept) for name in request.periods},
        )

    def _shown(self, plan: Plan, request: SearchRequest) -> tuple[Matches, Matches]:
        """The papers with all words, and those that follow them: only by relevance, and only when the first are few."""
        full = self._scorer.all(plan)
        if not isinstance(plan, Wanted) or request.verbatim or request.sort is not Sort.RELEVANCE:
            return full, {}
        if len(full) >= self._weights.enough:
            return full, {}
        match, telling = self._scorer.match, self._scorer.telling
        possible = [concept for concept in plan.concepts if self._scorer.all(concept)]
        wanted = sum(map(telling, possible))
        partial: Matches = {}
        for paper in self.papers:
            present = [(concept, found) for concept in possible if (found := match(concept, paper))]
            strict = match(plan.strict, paper) if plan.strict else Match()
            if present and strict and paper.identifier not in full:
                share = sum(telling(concept) for concept, _ in present) / wanted
                score = sum(found.score for _, found in present) + strict.score
                if share >= self._weights.coverage - 1e-9:
                    partial[paper.identifier] = Match(score * share**self._weights.coordination, MatchKind.PARTIAL)
        return full, partial

    def _ordered(self, plan: Plan, matches: Matches, kept: list[Paper], sort: Sort) -> list[Hit]:
        papers = [paper for paper in kept if paper.identifier in matches]
        scores = {paper.identifier: matches[paper.identifier].score for paper in papers}

        def best_first(paper: Paper) -> tuple[float, int, str]:
            return -round(scores[paper.identifier], SCORE_DIGITS), *paper.newest_first

        if sort is Sort.RELEVANCE:
            concepts = [c for c in plan.concepts if isinstance(c, Concept)] if isinstance(plan, Wanted) else []
            for paper in sorted(papers, key=best_first)[: self._weights.near_candidates]:
                scores[paper.identifier] += self._scorer.nearness(concepts, paper)
            papers = self._together(sorted(papers, key=best_first))
        elif sort is Sort.NEWEST:
            papers.sort(key=lambda paper: paper.newest_first)
        else:
            papers.sort(key=lambda paper: (not paper.document.date, -paper.newest_first[0], paper.identifier))
        return [Hit(paper.document, scores[paper.identifier], matches[paper.identifier].kind) for paper in papers]

    def _with_passages(self, hit: Hit, plan: Plan) -> Hit:
        """The hit with the passages in which something is to be marked."""
        highlighter = Highlighter(plan)
        told = {i: highlighter.marks(passage.text, passage.place) for i, passage in enumerate(hit.document.passages)}
        return replace(hit, passages={i: concepts for i, (marks, concepts) in told.items() if marks})

    def _together(self, papers: list[Paper]) -> list[Paper]:
        """The papers with the other versions of one right after the best of them, the newest first."""
        known = {paper.identifier: paper for paper in papers}
        versions = families(Version(p.identifier, -p.newest_first[0], p.values["replaces"]) for p in self.papers)
        ordered = dict.fromkeys(one for paper in papers for one in (paper.identifier, *versions.get(paper.identifier, ())))
        return [known[identifier] for identifier in ordered if identifier in known]

    def facet(self, name: str, papers: list[Paper], chosen: AbstractSet[str], limit: int) -> tuple[FacetValue, ...]:
        """The most frequent values of these papers, and the chosen ones whether they occur or not."""
        counts = Counter(value for paper in papers for value in paper.values[name])
        ranked = sorted(counts.keys() | chosen, key=lambda value: (-counts[value], value))
        kept = [value for i, value in enumerate(ranked) if i < limit or value in chosen]
        return tuple(FacetValue(value, self._label(name, value), counts[value]) for value in kept)

    def _label(self, name: str, value: str) -> str:
        """A dossier is called what the newest paper that gives its title calls it."""
        titled = [paper for paper in self.papers if name == "dossier" and value in dossier_titles(paper.document)]
        return dossier_titles(min(titled, key=lambda paper: paper.newest_first).document)[value] if titled else value

    def suggestions(self, start: str) -> list[Suggestion]:
        """The dossiers and persons that begin so, the most frequent first."""
        found = []
        for dossier in self.facet("dossier", self.papers, frozenset(), _EVERY):
            if folded(dossier.value).startswith(start.replace(" ", "")) or folded(dossier.label).startswith(start):
                label = dossier.value if dossier.label == dossier.value else f"{dossier.value} {dossier.label}"
                found.append(Suggestion("dossier", f"dossier:{dossier.value}", label, dossier.count))
        for person in self.facet("minister", self.papers, frozenset(), _EVERY):
            words = folded(person.value).split()
            if any(" ".join(words[i:]).startswith(start) for i in range(len(words))):
                found.append(Suggestion("person", f'minister:"{person.value}"', person.value, person.count))
        return sorted(found, key=lambda suggestion: (-suggestion.count, suggestion.text))


def _selected(paper: Paper, chosen: Mapping[str, Selection]) -> bool:
    """Whether a paper has one of the chosen values of each facet; what is no facet no paper has."""
    return all(name in FACETS and any(map(choice.accepts, paper.values[name])) for name, choice in chosen.items())


def _periods(name: str, papers: list[Paper]) -> tuple[Period, ...]:
    """Every value of these papers with the days between which it occurs; what is no facet has none."""
    having: dict[str, list[Paper]] = {}
    for paper in papers if name in FACETS else ():
        for value in paper.values[name]:
            having.setdefault(value, []).append(paper)
    periods = []
    for value, those in having.items():
        days = [paper.document.date for paper in those if paper.document.date]
        periods.append(Period(value, len(those), min(days, default=None), max(days, default=None)))
    return tuple(sorted(periods, key=lambda period: (-period.count, period.value)))
