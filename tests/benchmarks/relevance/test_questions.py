"""Questions from files: known items, needs as asked and as keywords, verb queries."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.relevance.needs import Need, needs, text_of, verb_queries
from benchmarks.relevance.questions import known_items
from search.document import document_of
from tests.search.papers import paper

TEXTS = {"kst-1-1": "De brug wordt hersteld.", "kst-1-2": "Bruggen blijven open.", "kst-1-3": "Herstel van het dak."}


def test_known_items_are_read_with_several_relevant_papers_and_quotation_marks(tmp_path: Path) -> None:
    file = tmp_path / "q.tsv"
    file.write_text('id\tquery\trelevant\nkst-1-2\tde "digitale" weg\tkst-1-2 kst-1-3\n', encoding="utf-8")
    (question,) = known_items(file)
    assert question.query == 'de "digitale" weg'
    assert question.answers == {"kst-1-2", "kst-1-3"}


def test_a_need_is_answered_by_the_papers_that_match_all_patterns(tmp_path: Path) -> None:
    file = tmp_path / "asked.tsv"
    file.write_text("asked\tkeywords\tpatterns\nworden bruggen hersteld?\tbrug herstel\tBRUG & herstel\n", encoding="utf-8")
    assert needs(file, TEXTS) == [Need("worden bruggen hersteld?", "brug herstel", frozenset({"kst-1-1"}))]


def test_needs_without_a_paper_are_left_out_and_slips_in_patterns_are_told(tmp_path: Path) -> None:
    file = tmp_path / "asked.tsv"
    file.write_text("asked\tkeywords\tpatterns\nkomt er een tunnel?\ttunnel\ttunnel\n", encoding="utf-8")
    assert needs(file, TEXTS) == []
    file.write_text("asked\tkeywords\tpatterns\nen de brug?\tbrug\t(brug\n", encoding="utf-8")
    with pytest.raises(ValueError, match="is no pattern"):
        needs(file, TEXTS)


@pytest.mark.parametrize(
    ("asked", "keywords", "same"),
    [
        ("wat is er bekend over bruggen?", "bruggen", True),
        ("worden bruggen ook hersteld?", "Brug, herstel", False),
        ("komt er herstel van bruggen?", "herstellen bruggenbouw", True),
        ("hoe kom ik aan de overkant?", "bruggen", False),
    ],
)
def test_needs_in_the_same_words_differ_by_asking_alone(asked: str, keywords: str, same: bool) -> None:
    assert Need(asked, keywords, frozenset()).in_same_words is same


def test_verb_queries_without_a_paper_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "verbs.tsv"
    rows = ("query\tnoun_pattern\tverb_pattern", "brug hersteld\tbrug\therst", "dak gesloopt\tdak\tslo(o|p)")
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert [(one.query, one.papers) for one in verb_queries(file, TEXTS)] == [("brug hersteld", frozenset({"kst-1-1"}))]


def test_patterns_see_all_that_is_said_of_a_paper() -> None:
    text = text_of(document_of(paper("1-1", "Tekst.", title="Titel", kind_line="MOTIE", notes=("Noot.",), submitters=("Ümit",))))
    assert all(piece in text for piece in ("Tekst.", "Titel", "MOTIE", "Noot.", "Ümit"))
