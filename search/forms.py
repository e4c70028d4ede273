"""In which forms the words of a query were found: the inflections and compounds that the papers have, with how many have each.

What is looked up is bounded: the first words of a query, and the most frequent forms of each.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from search.plan import Concept, MatchKind, Plan, concepts_of
from search.ports import Vocabulary

_WORDS, _FORMS, _COMPOUNDS = 8, 12, 6
"""Words of a query that are told of, forms of each that are told, and compounds."""


@dataclass(frozen=True, slots=True)
class CountedForm:
    """A word as papers print it, folded, and how many papers have it."""

    form: str
    papers: int


@dataclass(frozen=True, slots=True)
class WordForms:
    """A word of a query, its forms in the papers, and the compounds that count for it; the most frequent first."""

    word: str
    forms: tuple[CountedForm, ...]
    also: tuple[CountedForm, ...] = ()


def forms_of(plan: Plan, vocabulary: Vocabulary) -> tuple[WordForms, ...]:
    """The forms of each word that was looked up, where there are others than the one typed."""
    concepts = {concept.label: concept for concept in concepts_of(plan, excluded=False) if _is_word(concept)}
    told = (_told(concept, vocabulary) for concept in islice(concepts.values(), _WORDS))
    return tuple(one for one in told if len(one.forms) + len(one.also) > 1)


def _is_word(concept: Concept) -> bool:
    """Whether it is a word in any inflection, rather than a phrase or a pattern."""
    return any(form.stem and form.match is MatchKind.STEM for form in concept.forms)


def _told(concept: Concept, vocabulary: Vocabulary) -> WordForms:
    by_kind = {kind: [form.text for form in concept.forms if form.stem and form.match is kind] for kind in MatchKind}
    forms = _counted(by_kind[MatchKind.STEM], vocabulary)
    compounds = _counted(by_kind[MatchKind.COMPOUND][:_COMPOUNDS], vocabulary)
    return WordForms(concept.label, forms[:_FORMS], compounds[:_COMPOUNDS])


def _counted(stems: Iterable[str], vocabulary: Vocabulary) -> tuple[CountedForm, ...]:
    every = dict.fromkeys(word for stem in stems for word in vocabulary.with_stem(stem))
    bare = {word.replace("'", "") for word in every if "'" in word}  # "risico's" stands in the index as "risicos" too
    words = [word for word in every if word not in bare]
    counted = (CountedForm(word, papers) for word, papers in zip(words, vocabulary.counts(words), strict=True) if papers)
    return tuple(sorted(counted, key=lambda one: (-one.papers, one.form)))
