"""What a query means: frozen nodes, the form in which queries cross the engine port.

The nodes hold words as typed; analysing them (case, stems, compounds) is the engine's side of the port, through
``search.analysis``. Nothing here knows of syntax. The limits say what a query may cost: what is over them is cut before anything
runs, and a remark tells.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from indexer.paper.identifier import Identifier
from search.wording import Remark

MAX_LENGTH = 1_000
"""Characters of a query."""

MAX_CLAUSES = 100
"""Words, phrases and field values of a query; a subject line of the Kamer has at most some sixty."""

MAX_DEPTH = 10
"""Brackets within brackets."""

MAX_WORD = 100
"""Characters of one word."""

MAX_SLOP = 50
"""Words between which the words of a phrase may be spread."""

MIN_PREFIX = 3
"""Letters before the asterisk of ``belasting*``."""

MIN_FUZZY = 3
"""Letters of a word that may be misspelt (``woord~``)."""

MAX_EXPANSIONS = 256
"""Words of the collection that the prefixes and misspelt words of a query stand for together; the most frequent are taken."""


class Scope(StrEnum):
    """A part of the paper that words can be looked for in; the values are the names in the query language."""

    TITLE = "titel"
    HEADING = "kop"
    FOOTNOTE = "voetnoot"
    ANNEX = "bijlage"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, in any inflection: matches its exact form, its stem, …

    The words of "juni 2024" and "sinds vorig jaar" each have the days that they name together as ``dated``. They stay words and
    are no filter: a paper that prints them matches, but one whose own date is among these days has what they ask for as well.
    So a planner may let the date satisfy the word, or pay no heed to it. A year alone ("begroting 2025") has its days too,
    though it is often part of what is asked for: a paper that prints the year should come before one that is merely of it.

    Two trees with the same words are the same question, whatever the days: "vorig jaar" names other days every year.
    """

    text: str
    dated: Dated | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as printed, unstemmed: next to each other in this order (slop 0), or all within ``slop`` words, in any order."""

    words: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so (``belasting*``); at least three characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within one edit of this one (``belastingdenst~``)."""

    text: str


@dataclass(frozen=True, slots=True)
class Match:
    """A field by value (``minister:Rij``); what it means to have that value, the table in ``search.fields`` tells by its name.

    ``quoted``: whether it is meant as it stands, so that a whole value is that value alone, and not others with the same words.
    """

    field: str
    value: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Dated:
    """Papers of these days, both included; None is open."""

    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Cites:
    """Papers that cite this paper."""

    target: Identifier


@dataclass(frozen=True, slots=True)
class Paper:
    """An identifier in any printed form: that paper first, then the papers that name it."""

    identifier: Identifier
    printed: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A document or zaak number of the Tweede Kamer, in capitals: the papers under it first, then the papers that name it."""

    number: str


@dataclass(frozen=True, slots=True)
class Scoped:
    """The child, within one part of the paper only."""

    scope: Scope
    child: Node


@dataclass(frozen=True, slots=True)
class Not:
    """Papers in which the child does not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class And:
    """All children; at least two. ``explicit`` tells a typed EN from words that merely stand next to each other."""

    children: tuple[Node, ...]
    explicit: bool = False


@dataclass(frozen=True, slots=True)
class Or:
    """At least one child; at least two are given."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty query: asks for nothing and finds nothing."""


Node = Word | Phrase | Prefix | Fuzzy | Match | Dated | Cites | Paper | Registered | Scoped | Not | And | Or | Nothing


def leaves(node: Node) -> Iterator[Node]:
    """Every node without children, in the order of the query."""
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from leaves(child)
        case Not(child) | Scoped(_, child):
            yield from leaves(child)
        case _:
            yield node


@dataclass(frozen=True, slots=True)
class Offer:
    """Another query that may be meant: ``remark`` says what it would find, and the reader chooses.

    One that is only ``stricter`` finds nothing else than the papers that have all words; it helps where others follow these.
    """

    query: str
    remark: Remark
    stricter: bool = False


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query as read: the tree, remarks on what was left out, added or cut, and other queries that may be meant.

    ``offered`` are readings that were not chosen, such as "juni 2024" as the date of the papers in place of words.
    """

    text: str
    node: Node
    remarks: tuple[Remark, ...] = ()
    offered: tuple[Offer, ...] = ()
