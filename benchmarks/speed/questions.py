"""Questions of eight classes, and misspelt words, made of words of the papers: the same papers give the same questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from indexer.paper.model import Kamerstuk
from search.analysis.chain import stem, tokenize
from search.document import SearchDocument, document_of
from search.letters import one_edit

_SAMPLE = 3000
"""Papers whose words are counted."""
PREFIX = 5
"""Letters of a prefix; engines may keep an index of the beginnings of words of this length."""
_OPENING = 5
"""Passages of a paper from which phrases are taken."""


@dataclass(frozen=True, slots=True)
class Question:
    """``words`` (stems, or the beginning of stems for a prefix) and what narrows the papers down.

    ``alike`` are stems that a prefix or a misspelt word stands for, as far as a sample of the papers has them: what is marked in
    snippets by engines that do not tell what they found.
    """

    kind: str
    words: tuple[str, ...]
    dossier: str = ""
    first: date | None = None
    last: date | None = None
    alike: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As it would be typed."""
        if self.kind == "phrase":
            return f'"{" ".join(self.words)}"'
        if self.kind == "prefix":
            return f"{self.words[0]}*"
        if self.kind == "fuzzy":
            return f"{self.words[0]}~"
        return (" OF " if self.kind == "or" else " ").join(self.words)


def questions(papers: Iterable[Kamerstuk]) -> list[Question]:
    """Sixty and more questions."""
    counts: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    dossiers: Counter[str] = Counter()
    days: list[date] = []
    for paper, _ in zip(papers, range(_SAMPLE), strict=False):
        document = document_of(paper)
        counts.update({word for passage in document.passages for word in _stems(passage.text)})
        pairs.update(set(_pairs(document)))
        dossiers.update(dossier.key for dossier in document.dossiers if dossier.number)
        days += [document.date] if document.date else []
    ranked = sorted((word for word in counts if len(word) > 3), key=lambda word: (-counts[word], word))
    common, middle = ranked[:24], ranked[len(ranked) // 100 :][:60]
    long = [one for one in middle if len(one) > 6]
    rare = [word for word in ranked if counts[word] == 2][:200:25]
    phrases = sorted(pairs, key=lambda pair: (-pairs[pair], pair))
    days.sort()
    spans = [(days[len(days) * i // 12], days[len(days) * (i + 3) // 12]) for i in range(8)]
    return [
        *(Question("rare", (word,)) for word in rare),
        *(Question("and", pair) for pair in zip(middle[:10], middle[10:20], strict=True)),
        *(Question("common", (word,)) for word in common[:8]),
        *(Question("or", tuple(common[i : i + 3])) for i in range(8, 16)),
        *(Question("phrase", pair) for pair in (*phrases[:4], *phrases[len(phrases) // 50 :][:4])),
        *(_prefix(word[:PREFIX], counts) for word in long[:8]),
        *(
            Question("dossier", (word,), dossier)
            for word, dossier in zip((*common[:4], *middle[20:24]), _most(dossiers, 8), strict=True)
        ),
        *(
            Question("date", (word,), first=first, last=last)
            for word, (first, last) in zip((*common[4:8], *middle[24:28]), spans, strict=True)
        ),
        *(Question("fuzzy", (word,), alike=(word, *sorted(set(one_edit(word)) & counts.keys() - {word}))) for word in long[8:16]),
    ]


def _prefix(start: str, counts: Counter[str]) -> Question:
    return Question("prefix", (start,), alike=tuple(sorted(word for word in counts if word.startswith(start))))


def _most(counts: Counter[str], number: int) -> list[str]:
    return sorted(counts, key=lambda value: (-counts[value], value))[:number]


def _stems(text: str) -> set[str]:
    """The plain words of a text: those that are one token of letters in every engine."""
    return {token.stem for token in tokenize(text) if _plain(token.text, token.stem)}


def _plain(text: str, stemmed: str) -> bool:
    """Whether a word and its stem stay what they are when they are typed: the questions are the same for all rankings."""
    return text.isascii() and text.isalpha() and stem(stemmed) == stemmed


def _pairs(document: SearchDocument) -> Iterable[tuple[str, str]]:
    for passage in document.passages[:_OPENING]:
        tokens = tokenize(passage.text)
        places = Counter(token.position for token in tokens)  # of a place with two forms ("s.i.d", "sid") peers have but one
        for one, other in pairwise(token for token in tokens if token.width == places[token.position] == 1):
            if _plain(one.text, one.stem) and _plain(other.text, other.stem) and one.position + 1 == other.position:
                yield one.stem, other.stem
