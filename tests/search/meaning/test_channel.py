"""When papers are found by meaning, and how they stand among the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.catalogue.history import Moment
from indexer.errors import MeaningMissing
from search.document import document_of
from search.engines.memory import MemoryEngine
from search.meaning.channel import Meaning, MeaningChannel
from search.meaning.embedding import texts_of
from search.meaning.store import Embedded, VectorStore
from search.plan import MatchKind, Weights
from search.ports import Sort
from search.service import SearchService
from search.snippets import Answer
from tests.search.meaning.encoders import FewPapers
from tests.search.papers import paper

PAPERS = (
    paper("31066-1", "Meer plaatsen bouwen voor een nieuwe gevangenis.", kind="Motie", date="2020-01-01"),
    paper("31066-2", "Wie ziek is gaat eerst naar de huisarts.", kind="Motie", date="2021-01-01"),
    paper("31066-3", "Plek genoeg voor iedereen in dit gebouw.", kind="Brief", date="2022-01-01"),
    paper("31066-4", "De kaas is duur geworden dit jaar.", kind="Brief", date="2022-01-01"),
    paper("31066-5", "Voor een cel is geen vergunning nodig.", kind="Brief", date="2023-01-01"),
    *(paper(f"31066-{number}", "Over de vergadering van gisteren niets nieuws.") for number in range(10, 20)),
)


def _service(folder: Path, encoder: FewPapers) -> SearchService:
    engine, store = MemoryEngine(Weights()), VectorStore(folder, encoder.name)
    engine.replace(PAPERS)
    engine.commit()
    documents = [document_of(one) for one in PAPERS]
    vectors = encoder.papers([[text.text for text in texts_of(document)] for document in documents])
    store.add([Embedded(d.identifier, "", v) for d, v in zip(documents, vectors, strict=True)], [], Moment("this", 1))
    return SearchService(engine, channel=MeaningChannel(store, encoder))


@pytest.fixture
def service(tmp_path: Path) -> SearchService:
    """The service on these papers and their vectors."""
    return _service(tmp_path, FewPapers())


def _found(answer: Answer) -> list[tuple[str, str]]:
    return [(hit.document.identifier.removeprefix("kst-31066-"), hit.match.value) for hit in answer.hits]


def test_who_asks_in_other_words_finds_what_means_the_same(service: SearchService) -> None:
    answer = service.answer("te weinig plek in de kooi", meaning=Meaning.AUTO)
    assert {_found(answer)[0], _found(answer)[1]} == {("1", "meaning"), ("5", "meaning")}
    assert ("3", "partial") in _found(answer)
    words = service.answer("te weinig plek in de kooi")
    assert (answer.total, answer.total_all_words, answer.facets) == (words.total, words.total_all_words, words.facets)
    assert (words.total_meaning, answer.total_meaning + answer.total) == (0, len(PAPERS))


def test_a_hit_by_meaning_shows_the_text_that_is_nearest_without_marks(service: SearchService) -> None:
    hit = next(hit for hit in service.answer("kooi", meaning=Meaning.ON).hits if hit.match is MatchKind.MEANING)
    assert [(snippet.text, snippet.marks) for snippet in hit.snippets] == [
        ("Meer plaatsen bouwen voor een nieuwe gevangenis.", ())
    ] or hit.snippets[0].text.startswith("Voor een cel")


def test_where_a_paper_has_all_words_only_who_asks_gets_more(service: SearchService) -> None:
    assert service.answer("dure kaas", meaning=Meaning.AUTO).total_meaning == 0
    asked = service.answer("gevangenis", meaning=Meaning.ON)
    assert _found(asked)[:2] == [("1", "exact"), ("5", "meaning")]
    assert asked.total == 1


@pytest.mark.parametrize("query", ['"in de kooi"', "kooi OF nor", "kooi NIET cel", "kooi AND plek", "koo*", "titel:kooi", ""])
def test_a_query_that_is_meant_as_it_stands_is_not_asked_by_meaning(service: SearchService, query: str) -> None:
    assert service.answer(query, meaning=Meaning.ON).total_meaning == 0


def test_filters_and_fields_hold_for_what_is_found_by_meaning(service: SearchService) -> None:
    filtered = service.answer("kooi", filters={"kind": ("Brief",)}, meaning=Meaning.AUTO)
    assert _found(filtered)[0] == ("5", "meaning")
    assert {name for name, _ in _found(filtered)} == {"3", "4", "5"}
    dated = service.answer("kooi datum:..2020", meaning=Meaning.AUTO)
    assert _found(dated) == [("1", "meaning")]


def test_another_order_than_by_relevance_has_none(service: SearchService) -> None:
    assert service.answer("kooi", sort=Sort.NEWEST, meaning=Meaning.ON).total_meaning == 0


def test_pages_hold_every_hit_once(service: SearchService) -> None:
    whole = _found(service.answer("te weinig plek in de kooi", meaning=Meaning.ON, limit=100))
    paged = [
        one
        for offset in range(0, 24, 4)
        for one in _found(service.answer("te weinig plek in de kooi", meaning=Meaning.ON, offset=offset, limit=4))
    ]
    assert paged == whole
    assert len(whole) == len(set(whole)) == len(PAPERS)


def test_exports_have_none(service: SearchService) -> None:
    batches = list(service.every_hit("te weinig plek in de kooi", bound=100))
    assert all(hit.match is not MatchKind.MEANING for batch in batches for hit in batch)


def test_without_vectors_auto_is_off_and_on_says_what_to_do(service: SearchService, tmp_path: Path) -> None:
    bare = SearchService(service.searcher, channel=MeaningChannel(VectorStore(tmp_path / "no", "few-1"), FewPapers()))
    for one in (bare, SearchService(service.searcher)):
        assert one.answer("kooi", meaning=Meaning.AUTO).total_meaning == 0
        with pytest.raises(MeaningMissing, match=r"\[betekenis\].*kamerstukken embed"):
            one.answer("kooi", meaning=Meaning.ON)


def test_new_vectors_are_another_state(service: SearchService) -> None:
    channel = service.channel
    assert channel
    before = service.generation
    channel.store.add([], ["kst-31066-1"], Moment("this", 2))
    assert service.generation != before


def test_a_paper_that_is_gone_from_the_index_is_no_hit(tmp_path: Path) -> None:
    service = _service(tmp_path, FewPapers())
    channel = service.channel
    assert channel
    channel.store.add([Embedded("kst-31066-99", "", FewPapers().papers([["kooi"]])[0])], [], Moment("this", 2))
    assert "99" not in {name for name, _ in _found(service.answer("kooi", meaning=Meaning.ON, limit=50))}
