"""Questions made of sentences that cite."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.relevance.citing import citing_sentences
from indexer.paper.identifier import Identifier
from indexer.paper.model import Citation, Kamerstuk, Where
from tests.search.papers import paper


def citing(name: str, *texts: str, **cited: str) -> Kamerstuk:
    """A paper with these paragraphs that cites what stands in them: the span → the paper."""
    made = paper(name, *texts)
    text = made.sections[0].text
    spans = {key.replace("_", " "): target for key, target in cited.items()}
    citations = [Citation(Identifier(f"kst-{to}"), span, Where.BODY, 0, text.index(span)) for span, to in spans.items()]
    return replace(made, citations=tuple(citations))


def test_a_sentence_asks_for_the_paper_it_cites_without_the_citation() -> None:
    target = paper("90001-7", "De brug bij de molen.")
    citer = citing(
        "90001-9",
        "De Kamer,",
        "constaterende dat de brug bij de molen volgens de motie (stuk nr. 7 en stuk nr. 8) dicht moet; dat duurt lang;",
        **{"stuk_nr. 7": "90001-7", "stuk_nr. 8": "90001-8"},
    )
    (question,) = citing_sentences([target, citer])
    assert question.query == "constaterende dat de brug bij de molen volgens de motie dicht moet"
    assert question.answers == {"kst-90001-7"}


def test_all_that_cite_the_paper_are_no_answers() -> None:
    sentence = "Over de brug bij de molen schreef stuk nr. 7 het nodige."
    papers = [paper("90001-7", "De brug."), *(citing(f"90001-{n}", sentence, **{"stuk_nr. 7": "90001-7"}) for n in (8, 9))]
    questions = citing_sentences(papers)
    assert len(questions) == 1, "the same sentence is asked once"
    assert questions[0].without == {"kst-90001-8", "kst-90001-9"}


def test_sentences_with_few_words_and_citations_of_papers_elsewhere_ask_nothing() -> None:
    short = citing("90001-8", "Zie stuk nr. 7.", **{"stuk_nr. 7": "90001-7"})
    elsewhere = citing("90001-9", "Over de brug bij de molen schreef stuk nr. 6 het nodige.", **{"stuk_nr. 6": "90001-6"})
    assert citing_sentences([paper("90001-7", "De brug."), short, elsewhere]) == []
