"""Asks a finder everything that is asked of a collection, and makes figures of what it answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.relevance.finders import Finder, Ours
from benchmarks.relevance.judging import DEPTH, PAGE, Figures, Outcome, ask_all, estimate, figures, precision
from benchmarks.relevance.needs import Need, VerbQuery
from benchmarks.relevance.peers import Fts5, Tantivy
from benchmarks.relevance.questions import KNOWN_ITEM_SETS
from benchmarks.relevance.sets import Collection, Sets
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights
from search.service import SearchService

OURS = "Kamerstukken"
VERBS, ALL_NEEDS, SAME_WORDS = "verbs", "all_needs", "_same_words"
TENTH = 10
"""The tests, which run often, ask every tenth question of the known-item sets."""


@dataclass(frozen=True, slots=True)
class NeedOutcome:
    """The share of right papers on the first page for the question as asked and for its keywords."""

    need: Need
    asked: float
    keywords: float


@dataclass(frozen=True, slots=True)
class VerbOutcome:
    """The share of the papers with noun and verb that have "all words", and the share of right papers on the first page."""

    query: VerbQuery
    recall: float
    precision: float


@dataclass(frozen=True, slots=True)
class Answers:
    """What one finder answered."""

    outcomes: Mapping[str, Sequence[Outcome]]
    needs: Mapping[str, Sequence[NeedOutcome]]
    verbs: Sequence[VerbOutcome]

    def figures(self) -> dict[str, Figures]:
        """The figures of every set."""
        found = {name: figures(outcomes) for name, outcomes in self.outcomes.items() if outcomes}
        found |= {name: _need_figures(outcomes) for name, outcomes in self._every_need().items()}
        if self.verbs:
            found[VERBS] = {
                "recall_all_words": estimate([one.recall for one in self.verbs]),
                "p_10": estimate([one.precision for one in self.verbs]),
            }
        return found

    def counts(self) -> dict[str, int]:
        """How many questions each set has."""
        counts = {name: len(outcomes) for name, outcomes in [*self.outcomes.items(), *self._every_need().items()]}
        return {**counts, VERBS: len(self.verbs)}

    def _every_need(self) -> dict[str, Sequence[NeedOutcome]]:
        """The needs of each file, of several files also all together, and of each those that are asked in their keywords."""
        sets = dict(self.needs)
        if len(sets) > 1:
            sets[ALL_NEEDS] = [one for outcomes in self.needs.values() for one in outcomes]
        for name, outcomes in tuple(sets.items()):
            if same := [one for one in outcomes if one.need.in_same_words]:
                sets[f"{name}{SAME_WORDS}"] = same
        return sets


def finders(collection: Collection) -> dict[str, Finder]:
    """This project and its peers over the same papers, by name."""
    documents = collection.documents
    return {OURS: ours(collection, Weights()), "FTS5": Fts5(documents), "Tantivy": Tantivy(documents)}


def ours(collection: Collection, weights: Weights) -> Finder:
    """This project, ranking with these weights."""
    return Ours(SearchService(WhooshSearcher(collection.index, weights)))


def ask(finder: Finder, sets: Sets, depth: int = DEPTH) -> Answers:
    """Ask a finder everything; ``depth`` hits of each question."""
    return Answers(
        {name: ask_all(finder.first, questions, depth) for name, questions in sets.questions.items()},
        {name: [_need(finder, need) for need in needs] for name, needs in sets.needs.items()},
        [_verb(finder, query) for query in sets.verbs],
    )


def together(parts: Iterable[Answers]) -> Answers:
    """The answers of one finder over several collections as one."""
    parts = list(parts)
    return Answers(
        {name: outcomes for one in parts for name, outcomes in one.outcomes.items()},
        {name: outcomes for one in parts for name, outcomes in one.needs.items()},
        [outcome for one in parts for outcome in one.verbs],
    )


def named_by_sample(answers: Answers, every: int) -> Answers:
    """The known-item sets by how many of their questions were asked: all, every tenth besides, or one in so many."""
    outcomes = dict(answers.outcomes)
    for name in KNOWN_ITEM_SETS:
        asked = outcomes.pop(name, None)
        if asked and every == 1:
            outcomes |= {name: asked, f"{name}_tenth": asked[::TENTH]}
        elif asked:
            outcomes[f"{name}_tenth" if every == TENTH else f"{name}, one in {every}"] = asked
    return Answers(outcomes, answers.needs, answers.verbs)


def _need(finder: Finder, need: Need) -> NeedOutcome:
    asked, keywords = (precision(finder.first(query, PAGE), need.papers) for query in (need.asked, need.keywords))
    return NeedOutcome(need, asked, keywords)


def _need_figures(outcomes: Sequence[NeedOutcome]) -> Figures:
    return {
        "p_10_asked": estimate([one.asked for one in outcomes]),
        "p_10_keywords": estimate([one.keywords for one in outcomes]),
        "difference": estimate([one.asked - one.keywords for one in outcomes]),
    }


def _verb(finder: Finder, query: VerbQuery) -> VerbOutcome:
    whole = finder.with_all_words(query.query)
    first = finder.first(query.query, PAGE)
    return VerbOutcome(query, len(whole & query.papers) / len(query.papers), precision(first, query.papers))
