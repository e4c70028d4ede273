"""A query made ready for an engine: what exactly to look up, with what weight. The same plan for every engine.

Leaves name index terms (exact forms and stems, by place) and values of papers; nodes combine them. A plan is made by
``planning`` for one generation of the index, since it holds words of that collection.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from search.document import Place

ALL_PLACES = tuple(Place)
TEXT_PLACES = (Place.TITLE, Place.HEADING, Place.BODY, Place.FOOTNOTE, Place.ANNEX)
"""What a paper says, apart from what is said of it: its dossier, its kind, its names."""


class MatchKind(StrEnum):
    """By what a paper was found, the strongest first."""

    EXACT = "exact"
    STEM = "stem"
    COMPOUND = "compound"
    SYNONYM = "synonym"
    PARTIAL = "partial"


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

    ``label`` is what the reader typed. ``weight`` multiplies its share of the score. ``cut`` tells that it stands for more words
    than are looked up, ``also`` names the related words that count for it.
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
    """Papers of which a value under ``name`` (see ``document.facets_of``) satisfies the condition.

    ``words``: each of these folded words or stems occurs in the value; ``equals``: the value is this, letter case aside. Having
    it scores ``score``.
    """

    name: str
    words: tuple[str, ...] = ()
    equals: str = ""
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Within:
    """Papers dated from ``start`` to ``end``, both included; None is open."""

    start: datetime.date | None
    end: datetime.date | None


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

    ``strict`` must hold for every paper, with all words or with some; None: nothing more is asked.
    """

    concepts: tuple[Plan, ...]
    strict: Plan | None = None


@dataclass(frozen=True, slots=True)
class Empty:
    """Matches nothing."""


Plan = Concept | HasValue | Within | Citing | Named | Both | Either | Without | Wanted | Empty


def concepts_of(plan: Plan, *, excluded: bool = True) -> Iterator[Concept]:
    """Every concept of a plan, in its order; those that must not occur only when ``excluded``."""
    match plan:
        case Concept():
            yield plan
        case Both(children) | Either(children):
            for child in children:
                yield from concepts_of(child, excluded=excluded)
        case Wanted(concepts, strict):
            for child in (*concepts, *((strict,) if strict is not None else ())):
                yield from concepts_of(child, excluded=excluded)
        case Without(child) if excluded:
            yield from concepts_of(child)
