"""In which forms the words of a query were found."""

from __future__ import annotations

import pytest

from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.service import SearchService
from tests.search.papers import paper


@pytest.fixture(scope="module")
def service() -> SearchService:
    """Papers with words in several forms."""
    engine = MemoryEngine(Weights())
    engine.replace(
        [
            paper("1-1", "De toeslagen van de huur."),
            paper("1-2", "De toeslag en de huurtoeslag."),
            paper("1-3", "De toeslagen en het kabinet."),
        ]
    )
    engine.commit()
    return SearchService(engine)


def _told(service: SearchService, query: str) -> list[tuple[str, dict[str, int], dict[str, int]]]:
    forms = service.answer(query).forms
    return [(one.word, {f.form: f.papers for f in one.forms}, {f.form: f.papers for f in one.also}) for one in forms]


@pytest.mark.parametrize("query", ["toeslag", "Toeslagen", "de toeslag -huur", "toeslag OF fietspad"])
def test_inflections_and_compounds_are_told_with_their_papers_the_most_frequent_first(service: SearchService, query: str) -> None:
    ((_, forms, also),) = _told(service, query)
    assert list(forms.items()) == [("toeslagen", 2), ("toeslag", 1)]
    assert also == {"huurtoeslag": 1}


@pytest.mark.parametrize("query", ["kabinet", '"toeslag"', "toesl*", "-toeslag huur", "", "onbekend", "kst-1-1"])
def test_a_word_with_one_form_is_not_told_of(service: SearchService, query: str) -> None:
    assert _told(service, query) == []


def test_nothing_is_looked_up_where_no_hits_are_asked_for(service: SearchService) -> None:
    assert service.answer("toeslag", limit=0).forms == ()


@pytest.mark.parametrize(
    ("query", "exactly", "in_any_form"),
    [
        ("toeslag", '"toeslag"', ""),
        ("toeslag huur", '"toeslag" "huur"', ""),
        ('"toeslag" "huur"', "", "toeslag huur"),
        ('"toeslag" huur', '"toeslag" "huur"', "toeslag huur"),
        ('"de toeslag"', "", ""),
        ("titel:toeslag -huur", 'titel:"toeslag" NIET huur', ""),
        ("", "", ""),
    ],
)
def test_there_is_a_way_to_the_words_as_written_and_back(
    service: SearchService, query: str, exactly: str, in_any_form: str
) -> None:
    answer = service.answer(query)
    assert (answer.exactly, answer.in_any_form) == (exactly, in_any_form)
