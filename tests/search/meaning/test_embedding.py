"""From the catalogue to the vectors, and which texts of a paper get one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.paper.identifier import Identifier
from search.document import Passage, Place, document_of
from search.meaning import embedding
from search.meaning.embedding import MOST, embed, shortened, texts_of
from search.meaning.store import VectorStore
from tests.search.meaning.encoders import FewPapers
from tests.search.papers import paper

PRISON = "Er komt een nieuwe gevangenis in Zwolle."


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """Three papers."""
    with open_catalogue(tmp_path / "kamerstukken.db", "1") as made:
        for number, text in enumerate((PRISON, "Er komt een huisarts bij in Goes.", "Er komt meer kaas in de winkel."), 1):
            made.put(paper(f"31066-{number}", text), f"print-{number}", "html")
        yield made


def test_only_what_changed_is_embedded_again(catalogue: Catalogue, tmp_path: Path) -> None:
    store, encoder = VectorStore(tmp_path / "vectors", "few-1"), FewPapers()
    assert embed(catalogue, store, encoder) == 3
    catalogue.put(paper("31066-2", "Er komt een huisarts bij in Sluis."), "print-2b", "html")
    catalogue.remove(Identifier("kst-31066-3"))
    encoder.given.clear()
    assert embed(catalogue, store, encoder) == 1
    assert not any("gevangenis" in text for text in encoder.given)
    assert sorted(store.kept().places) == ["kst-31066-1", "kst-31066-2"]
    assert embed(catalogue, store, encoder) == 0
    assert store.kept().moment == catalogue.history.moment()


def test_vectors_of_another_history_are_compared_with_all_of_this_one(catalogue: Catalogue, tmp_path: Path) -> None:
    store, encoder = VectorStore(tmp_path / "vectors", "few-1"), FewPapers()
    embed(catalogue, store, encoder)
    with open_catalogue(tmp_path / "other.db", "1") as other:
        for number, text in enumerate((PRISON, "Er komt een huisarts bij in Sluis."), 1):
            other.put(paper(f"31066-{number}", text), f"print-{number}", "html")
        for _ in range(2):
            with other.transaction():
                other.put(paper("31066-9", f"Er komt meer brood in de winkel {_}."), "print-9", "html")
        encoder.given.clear()
        assert embed(other, store, encoder) == 2
        assert not any("gevangenis" in text for text in encoder.given)
        assert sorted(store.kept().places) == ["kst-31066-1", "kst-31066-2", "kst-31066-9"]
        assert embed(other, store, encoder) == 0
        assert store.kept().moment == other.history.moment()


def test_it_goes_on_where_it_stopped(catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedding, "_TEXTS_OF_A_PART", 1)
    monkeypatch.setattr(embedding, "_BATCH", 1)
    store, encoder = VectorStore(tmp_path / "vectors", "few-1"), FewPapers()
    assert embed(catalogue, store, encoder, limit=1) == 1
    assert len(store.kept().places) == 1
    assert embed(catalogue, store, encoder) == 2
    assert len(store.kept().parts) == 3
    assert sum(PRISON in text for text in encoder.given) == 1


def test_vectors_of_a_former_encoder_go_when_all_is_done(catalogue: Catalogue, tmp_path: Path) -> None:
    former = VectorStore(tmp_path / "vectors", "few-0")
    embed(catalogue, former, FewPapers("few-0"))
    store = VectorStore(tmp_path / "vectors", "few-1")
    embed(catalogue, store, FewPapers(), limit=1)
    assert former.generation
    embed(catalogue, store, FewPapers())
    assert not former.generation


def test_title_subtitle_and_telling_paragraphs_are_taken_in_order() -> None:
    document = replace(
        document_of(paper("31066-1", "Wij bouwen een nieuwe gevangenis in Zwolle.", "Hoogachtend,")),
        title="Brief over cellen",
        subtitle="over cellen in Zwolle",
    )
    closing = Passage(Place.BODY, "en gaat over tot de orde van de dag.")
    document = replace(document, passages=(*document.passages, closing))
    assert [text.text for text in texts_of(document)] == [
        "over cellen in Zwolle",
        "Brief over cellen",
        "Wij bouwen een nieuwe gevangenis in Zwolle.",
    ]


def test_texts_and_their_length_are_bounded() -> None:
    many = tuple(Passage(Place.BODY, f"Dit is de alinea met nummer {i}. " * 100) for i in range(500))
    texts = texts_of(replace(document_of(paper("31066-1", "x")), passages=many))
    assert len(texts) == MOST
    assert max(len(shortened(text)) for text in texts) == 1_000
