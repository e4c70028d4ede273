"""Replace, remove and commit: what is found afterwards, and when."""

from __future__ import annotations

import pytest

from indexer.paper.identifier import Identifier
from search.ports import SearchRequest
from search.query.tree import Not, Word
from tests.search.engines_under_test import EngineUnderTest, ask, names, write
from tests.search.papers import paper

EVERYTHING = Not(Word("komtnergensvoor"))


@pytest.mark.parametrize(
    "query", ["toeslag", '"de toeslag"', "toes*", "NIET huur", "dossier:31066", "31066-1", "datum:2020..", ""]
)
def test_an_empty_index_answers_with_nothing(engine: EngineUnderTest, query: str) -> None:
    result = ask(engine, query)

    assert (result.hits, result.total, result.total_all_words) == ((), 0, 0)
    assert all(values == () for values in result.facets.values())
    assert engine.searcher.suggest("toe", 5) == []
    assert engine.searcher.vocabulary.beginning("") == []


def test_nothing_is_found_before_the_commit(engine: EngineUnderTest) -> None:
    writer = engine.writer()
    writer.replace([paper("1-1", "toeslag")])
    assert ask(engine, "toeslag").total == 0

    writer.commit()
    assert names(ask(engine, "toeslag")) == ["1-1"]


def test_a_removal_is_not_seen_before_the_commit(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag"))
    writer = engine.writer()
    writer.remove([Identifier("kst-1-1")])
    assert ask(engine, "toeslag").total == 1

    writer.commit()
    assert ask(engine, "toeslag").total == 0


def test_a_replaced_paper_is_found_once_and_only_by_its_new_words(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "huurtoeslag", kind="Motie"), paper("1-2", "belasting"))
    write(engine, paper("1-1", "zorgtoeslag", kind="Brief"))

    assert names(ask(engine, "zorgtoeslag")) == ["1-1"]
    assert ask(engine, "huurtoeslag").total == 0
    assert ask(engine, EVERYTHING).total == 2
    assert [(v.value, v.count) for v in ask(engine, EVERYTHING).facets["kind"]] == [("Brief", 1)]


def test_unknown_papers_are_removed_without_complaint(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag"), remove=("9-9",))

    assert ask(engine, EVERYTHING).total == 1


def test_the_last_word_on_a_paper_counts_within_one_commit(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "oud"), paper("1-2", "blijft"), paper("1-3", "weg"))
    writer = engine.writer()
    writer.replace([paper("1-1", "eerst"), paper("1-1", "daarna")])
    writer.remove([Identifier("kst-1-3"), Identifier("kst-1-3")])
    writer.replace([paper("1-3", "terug")])
    writer.replace([paper("1-4", "vluchtig")])
    writer.remove([Identifier("kst-1-4")])
    writer.commit()

    assert sorted(names(ask(engine, EVERYTHING))) == ["1-1", "1-2", "1-3"]
    assert [names(ask(engine, word)) for word in ("daarna", "terug", "oud", "eerst", "weg", "vluchtig")] == [
        ["1-1"],
        ["1-3"],
        [],
        [],
        [],
        [],
    ]
    assert engine.searcher.vocabulary.beginning("") == ["blijft", "daarna", "terug"]


def test_all_papers_can_go_and_others_come(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag"), paper("1-2", "toeslag"))
    write(engine, remove=("1-1", "1-2"))
    assert ask(engine, EVERYTHING).total == 0
    assert engine.searcher.vocabulary.count("toeslag") == 0

    write(engine, paper("1-3", "toeslag"))
    assert names(ask(engine, "toeslag")) == ["1-3"]


def test_papers_of_many_commits_are_found_together(engine: EngineUnderTest) -> None:
    for i in range(8):
        write(engine, paper(f"1-{i}", "toeslag" if i % 2 else "huur"))
    write(engine, remove=("1-1",))

    assert sorted(names(ask(engine, "toeslag"))) == ["1-3", "1-5", "1-7"]


def test_every_commit_that_changes_something_has_a_generation_of_its_own(engine: EngineUnderTest) -> None:
    generations = [engine.searcher.generation]
    for i in range(3):
        write(engine, paper(f"1-{i}", "toeslag"))
        generations.append(engine.searcher.generation)
        ask(engine, "toeslag")
        assert engine.searcher.generation == generations[-1]

    assert len(set(generations)) == 4


def test_the_vocabulary_counts_each_paper_once_and_forgets_what_is_gone(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "toeslag toeslagen", title="Toeslag", notes=("toeslag",)),
        paper("1-2", "toeslag"),
        paper("1-3", "huur"),
    )
    write(engine, paper("1-2", "toeslagen"), remove=("1-3",))
    words = engine.searcher.vocabulary

    assert (words.count("toeslag"), words.count("toeslagen"), words.stem_count("toeslag")) == (1, 2, 2)
    assert (words.count("huur"), words.stem_count("huur"), words.beginning("huu")) == (0, 0, [])


def test_the_hit_carries_the_paper_as_indexed(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag", title="Over de toeslag", date="2024-06-18", categories=("Zorg",)))

    document = engine.searcher.search(SearchRequest(Word("toeslag"))).hits[0].document

    assert (document.identifier, document.title, str(document.date)) == ("kst-1-1", "Over de toeslag", "2024-06-18")
    assert [(p.place.value, p.text) for p in document.passages] == [("title", "Over de toeslag"), ("body", "toeslag")]
