"""Needs as people ask them and as keywords, and queries of a noun and a verb, with patterns that tell which papers answer them.

The patterns are looked for in what the papers say, whatever the case of letters; all of them must be there. So no engine has a
say in what is right.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.relevance.questions import rows
from search.document import SearchDocument

AND = " & "
"""Stands between the patterns of a need."""
_WORD = re.compile(r"\w+")
_BEGINNING = 5
"""Letters that are alike in all forms of most words."""


@dataclass(frozen=True, slots=True)
class Need:
    """What someone wants to know: the question as people ask it, the same in two or three words, and what answers it."""

    asked: str
    keywords: str
    papers: frozenset[str]

    @property
    def in_same_words(self) -> bool:
        """Whether each keyword begins as a word of the question does, so that both differ by the words of asking alone."""
        asked, keywords = (_WORD.findall(text.casefold()) for text in (self.asked, self.keywords))
        return all(any(word[:_BEGINNING] == keyword[:_BEGINNING] for word in asked) for keyword in keywords)


@dataclass(frozen=True, slots=True)
class VerbQuery:
    """A noun and a form of a verb, and the papers that have both in any form."""

    query: str
    papers: frozenset[str]


def text_of(document: SearchDocument) -> str:
    """All that a paper says, and is said of it."""
    return " ".join(passage.text for passage in document.passages)


def needs(file: Path, texts: Mapping[str, str]) -> list[Need]:
    """The needs of a table with columns asked, keywords, patterns (``AND`` between them) that any of these papers answers.

    Raises:
        ValueError: a pattern is none.
    """
    asked = [Need(row["asked"], row["keywords"], _papers(file, row["patterns"].split(AND), texts)) for row in rows(file)]
    return [need for need in asked if need.papers]


def verb_queries(file: Path, texts: Mapping[str, str]) -> list[VerbQuery]:
    """The queries of a table with columns query, noun_pattern, verb_pattern that any of these papers answers.

    Raises:
        ValueError: a pattern is none.
    """
    asked = [VerbQuery(row["query"], _papers(file, [row["noun_pattern"], row["verb_pattern"]], texts)) for row in rows(file)]
    return [query for query in asked if query.papers]


def _papers(file: Path, patterns: list[str], texts: Mapping[str, str]) -> frozenset[str]:
    try:
        told = [re.compile(pattern, re.IGNORECASE) for pattern in patterns]
    except re.error as error:
        raise ValueError(f"{file}: {AND.join(patterns)} is no pattern: {error}") from error
    return frozenset(paper for paper, text in texts.items() if all(pattern.search(text) for pattern in told))
