"""Questions made from the archive: a sentence that cites a paper, without the citation, should find the paper that it cites."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.relevance.questions import WANTED, Question
from indexer.paper.model import Citation, Kamerstuk, Where

_SENTENCE_END = re.compile(r"[.;?!]\s+(?=[^\W\d_])|\n")
"""A sentence ends before a letter, so that "nr. 12" is within one."""
_EMPTY_BRACKETS = re.compile(r"\([\s,;]*(?:en)?[\s,;]*\)")
_SHORTEST = 6
"""Words that a sentence must have left to say what the other paper is about."""


def citing_sentences(papers: Iterable[Kamerstuk]) -> list[Question]:
    """A question for each sentence and paper cited in it that is among these papers.

    All papers that cite it are left out of the answer: they hold the sentence, or one like it.
    """
    known = {str(paper.identifier): paper for paper in papers}
    citers: dict[str, set[str]] = defaultdict(set)
    for name, paper in known.items():
        for citation in paper.citations:
            citers[str(citation.target)].add(name)
    questions: dict[tuple[str, str], Question] = {}
    for name, paper in known.items():
        for citation in paper.citations:
            target = str(citation.target)
            if citation.where is not Where.BODY or target not in known or target == name:
                continue
            sentence = _without_citations(paper, citation)
            if len(sentence.split()) >= _SHORTEST:
                question = Question(f"{name} → {target}", sentence, {target: WANTED}, without=frozenset(citers[target]))
                questions.setdefault((sentence, target), question)
    return list(questions.values())


def _without_citations(paper: Kamerstuk, citation: Citation) -> str:
    """The sentence that the citation stands in, without any citation and the brackets that held it."""
    text = paper.sections[citation.container].text
    start, end = _sentence(text, citation.start)
    spans = sorted(
        (other.start, other.start + len(other.text))
        for other in paper.citations
        if other.where is Where.BODY and other.container == citation.container and start <= other.start < end
    )
    return " ".join(_EMPTY_BRACKETS.sub(" ", _outside(text, spans, start, end)).split()).strip(" ;,.")


def _sentence(text: str, within: int) -> tuple[int, int]:
    """Where the sentence around this character begins and ends."""
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    start = max((end for end in ends if end <= within), default=0)
    return start, min((end for end in ends if end > within), default=len(text))


def _outside(text: str, spans: Sequence[tuple[int, int]], start: int, end: int) -> str:
    """The text from ``start`` to ``end`` without these spans, which are in order."""
    pieces = []
    for begins, ends in spans:
        pieces.append(text[start:begins])
        start = max(start, ends)
    return " ".join([*pieces, text[start:end]])
