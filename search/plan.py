"""A query made ready for an engine: what exactly to look up, with what weight. The same plan for every engine.

Leaves name index terms (exact forms and stems, by place) and values of papers; nodes combine them. A plan is made by
``planning`` for one generation of the index, since it holds words of that collection.

Every engine scores by one formula, BM25F (Robertson, Zaragoza and Taylor, CIKM 2004), with the numbers of ``Weights``. The
frequencies of a term per place, normalised by the length of that place (``document.measured_with``) and weighted by its
importance, are added up before they saturate:

    tf = Σ_place  w_place · f_place / (1 - b + b · length_place / average_place)
    score = weight · idf · tf / (k1 + tf)          idf = ln(1 + (N - n + ½) / (n + ½))

N counts papers, n those with the term in any place. The forms of a concept that match in the same way (``MatchKind``)
count as one term: their frequencies are added up in proportion to their weights, and the greatest of these weighs the whole. A
paper scores the sum of exact and stem, or what another way gives it when that is more; the idf of another way is at most that of
the word itself, so that a rare compound does not outrank it. On top of it words that stand near each other add to the score of
the best papers.

How much of the query a paper has that lacks some of it is told by ``coverage``, and which of these papers are shown.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from search.document import Place

ALL_PLACES = tuple(Place)
TEXT_PLACES = (Place.TITLE, Place.HEADING, Place.BODY, Place.DICTUM, Place.FOOTNOTE, Place.ANNEX)
"""What a paper says, apart from what is said of it: its dossier, its kind, its names."""


class MatchKind(StrEnum):
    """By what a paper was found, the strongest first."""

    EXACT = "exact"
    STEM = "stem"
    COMPOUND = "compound"
    SYNONYM = "synonym"
    PARTIAL = "partial"
    ALIKE = "alike"
    """By other words that mean something like the query, which nobody typed (``search.related.alike``)."""
    MEANING = "meaning"
    """Not by the words at all (``search.meaning``); no engine gives it."""


@dataclass(frozen=True, slots=True)
class Form:
    """One index term that counts as an occurrence: an exact form, or a stem when ``stem``; not at all when its weight is 0."""

    text: str
    stem: bool
    weight: float
    match: MatchKind

    def __hash__(self) -> int:  # a prefix has hundreds of forms, and their texts alone are hardly ever the same
        return hash(self.text)


@dataclass(frozen=True, slots=True)
class Sequence:
    """Index terms that count as an occurrence together: each at its offset (slop 0), or all within ``slop`` words of each other.

    ``words`` pairs each term with its offset in words and whether it is a stem. Within a slop each term stands there as often as
    it is asked for, all of them at as many positions as there are words; each occurrence that has the others behind it counts.
    """

    words: tuple[tuple[str, int, bool], ...]
    weight: float
    match: MatchKind
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Concept:
    """Something wanted: a paper has it when any form or sequence occurs in one of the places.

    ``label`` is what the reader typed; empty of what nobody typed. ``weight`` multiplies its share of the score. ``cut`` tells
    that it stands for more words than are looked up, ``also`` names the related words that count for it.
    """

    label: str
    forms: tuple[Form, ...]
    sequences: tuple[Sequence, ...] = ()
    places: tuple[Place, ...] = ALL_PLACES
    weight: float = 1.0
    cut: bool = False
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HasValue:
    """Papers of which a value under ``name`` (see ``fields``) is ``among`` these, or ``equals`` this, letter case aside.

    Having it scores ``score``.
    """

    name: str
    among: frozenset[str] = frozenset()
    equals: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Within:
    """Papers dated from ``start`` to ``end``, both included; None is open. Being so dated scores ``score``."""

    start: datetime.date | None
    end: datetime.date | None
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Citing:
    """Papers that cite this one (an official identifier)."""

    target: str


@dataclass(frozen=True, slots=True)
class Named:
    """The paper with this official identifier."""

    identifier: str
    score: float


@dataclass(frozen=True, slots=True)
class Both:
    """All of the children."""

    children: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the children."""

    children: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Papers that the child does not match."""

    child: Plan


@dataclass(frozen=True, slots=True)
class Wanted:
    """The words of an ordinary query: papers with all ``concepts``; when these are too few, the best of those with some follow.

    ``strict`` must hold for every paper, with all words or with some; None: nothing more is asked. ``welcome`` is asked of no
    paper, and adds to the score of those that have it. ``sentence`` holds the words in the order in which they were typed, asked
    for or not: those that stand near the next one add to the score.

    ``alike`` are other words that mean something like the query: with them as with ``concepts`` it is decided how good a paper
    with some words is, and which papers follow that are not found by the words that were typed.
    """

    concepts: tuple[Plan, ...]
    strict: Plan | None = None
    welcome: tuple[Plan, ...] = ()
    sentence: tuple[Concept, ...] = ()
    alike: tuple[Concept, ...] = ()


@dataclass(frozen=True, slots=True)
class Empty:
    """Matches nothing."""


Plan = Concept | HasValue | Within | Citing | Named | Both | Either | Without | Wanted | Empty


def concepts_of(plan: Plan, *, excluded: bool = True) -> Iterator[Concept]:
    """Every concept that a plan asks for, in its order; those that must not occur only when ``excluded``."""
    match plan:
        case Concept():
            yield plan
        case Both(children) | Either(children):
            for child in children:
                yield from concepts_of(child, excluded=excluded)
        case Wanted(concepts, strict):
            for child in (*concepts, *((strict,) if strict is not None else ()), *plan.alike):
                yield from concepts_of(child, excluded=excluded)
        case Without(child) if excluded:
            yield from concepts_of(child)


def labels_of(plans: Iterable[Plan]) -> tuple[str, ...]:
    """What the reader typed for these parts of the query; what nobody typed is not told."""
    return tuple(label for plan in plans if (label := label_of(plan)))


def words_of(concepts: Iterable[Concept]) -> tuple[str, ...]:
    """The related words that count for these, which nobody typed."""
    return tuple(word for concept in concepts for word in concept.also)


def label_of(plan: Plan) -> str:
    """What the reader typed for this part of the query."""
    return next((concept.label for concept in concepts_of(plan)), "")


def _place_weights() -> Mapping[Place, float]:
    return MappingProxyType(
        {
            Place.TITLE: 1.0,
            Place.DOSSIER: 0.5,
            Place.HEADING: 1.5,
            Place.KIND: 1.0,
            Place.BODY: 1.0,
            Place.DICTUM: 2.0,
            Place.FOOTNOTE: 0.6,
            Place.ANNEX: 0.7,
            Place.NAMES: 1.0,
        }
    )


CITING_SCORE = 1.0
"""What citing the paper that is asked for scores."""

SCORE_DIGITS = 9
"""Scores that agree in so many decimals are equal; the rest is noise of the order in which they were added up."""

NEAR_PLACES = TEXT_PLACES
"""Where the nearness of words tells something."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The numbers of the ranking.

    ``exact``, ``stem``, ``derived``, ``compound`` and ``synonym`` weigh the forms of a word, ``modified`` a compound that only
    begins with it, ``part`` a part of a word that is in no paper, ``alike`` other words that mean something like the query,
    ``joined`` the word that it makes with its neighbour, above all these. ``named`` is the score of the paper that a query
    names, above all others; ``pasted`` that of a paper named among other words, above those that lack some of these;
    ``mentioned`` that of what else is named among other words. ``near`` weighs words that stand within ``near_window`` words of
    each other. ``preferred`` is the score of a paper of the kind that a query asks for; ``asking`` multiplies what words of
    asking score.

    ``enough`` is how many papers with all words make partial matches unnecessary. ``coverage`` is the share of the query that a
    partial match has at least; its score is multiplied by its own share to the power ``coordination``. A word that stands in more
    than the share ``common`` of all papers covers nothing, and an answer with partial matches is at most the share ``most`` of
    all papers; where these shares are less than a ``few`` papers, so many.
    """

    exact: float = 0.6
    stem: float = 1.0
    derived: float = 0.6
    compound: float = 0.35
    synonym: float = 0.25
    alike: float = 0.5
    modified: float = 0.15
    part: float = 0.35
    joined: float = 3.0
    named: float = 1000.0
    pasted: float = 100.0
    mentioned: float = 2.0
    k1: float = 0.8
    b: float = 0.8
    places: Mapping[Place, float] = field(default_factory=_place_weights)
    near: float = 0.1
    near_window: int = 4
    near_candidates: int = 200
    enough: int = 10
    coverage: float = 0.1
    coordination: float = 0.5
    common: float = 0.2
    most: float = 0.1
    few: int = 100
    preferred: float = 0.5
    asking: float = 0.5
