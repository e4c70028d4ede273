"""Who said a term when: exact counts, first and last mention, and a bounded concordance."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.paper.model import Dossier, Kamerstuk, Person
from search import term as term_module
from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.ports import Period, SearchRequest, SearchResult
from search.query.tree import Node
from search.service import SearchService
from search.term import LineOrder, TermAnswer, Year
from tests.search.papers import paper
from tests.search.strategies import filters, papers, queries

ICT = (Dossier("31066", "", "Toeslagen"),)


class _Counting(MemoryEngine):
    """An engine that keeps its questions."""

    def __init__(self) -> None:
        super().__init__(Weights())
        self.asked: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchResult:
        self.asked.append(request)
        return super().search(request)


def _service(*papers: Kamerstuk) -> SearchService:
    engine = _Counting()
    engine.replace(papers)
    engine.commit()
    return SearchService(engine)


@pytest.fixture
def service() -> SearchService:
    """Papers of some years that say it, others that do not, or not quite."""
    rij = (Person("mr. M.L.A. van Rij", "Staatssecretaris van Financiën"),)
    return _service(
        paper("1-1", "Eerst iets. De toeslagen gaan om. Toen niets.", date="2001-05-01", ministers=rij, kind="Brief"),
        paper("1-2", "niets", date="2001-06-01", kind="Motie"),
        paper("1-3", "huurtoeslag", date="2002-01-01", dossiers=ICT, kind="Brief"),
        paper("1-4", "een toeslag", date="2004-01-01", submitters=("P.H. Omtzigt",), kind="Motie", dossiers=ICT),
        paper("1-5", "nog een toeslag", date="2004-12-31", ministers=rij, kind="Brief"),
        paper("1-6", "toeslag zonder dag", kind="Motie"),
    )


def test_counts_per_year_are_of_the_word_itself_and_of_all_papers_of_the_year(service: SearchService) -> None:
    answer = service.term("toeslag")

    assert (answer.papers, answer.undated) == (4, 1)
    assert answer.years == (Year(2001, 1, 2), Year(2002, 0, 1), Year(2004, 2, 2))
    assert [year.share for year in answer.years] == [0.5, 0, 1]
    assert Year(2003, 0, 0).share == 0


def test_first_and_last_mention_come_with_the_sentence(service: SearchService) -> None:
    answer = service.term("toeslag")

    assert answer.first is not None
    assert answer.first.sentence is not None
    assert answer.last is not None
    assert (answer.first.document.identifier, answer.first.sentence.text) == ("kst-1-1", "De toeslagen gaan om.")
    assert answer.first.sentence.anchor == "p0"
    assert answer.last.document.identifier == "kst-1-5"
    assert answer.first.document.passages == ()


def test_by_whom(service: SearchService) -> None:
    answer = service.term("toeslag")
    first, last = datetime.date(2001, 5, 1), datetime.date(2004, 12, 31)
    member = datetime.date(2004, 1, 1)

    assert answer.people == (Period("M.L.A. van Rij", 2, first, last), Period("P.H. Omtzigt", 1, member, member))
    assert answer.offices == (Period("Staatssecretaris van Financiën", 2, first, last),)


def test_filters_and_properties_bound_what_is_counted_and_what_it_is_a_share_of(service: SearchService) -> None:
    filtered = service.term("toeslag", filters={"kind": ("Motie",), "year": ()})
    asked = service.term("toeslag soort:motie")

    assert filtered.years == asked.years == (Year(2001, 0, 1), Year(2004, 1, 1))
    assert (filtered.papers, asked.papers) == (2, 2)
    assert service.term("toeslag", filters={"dossier": ("31066",)}).papers == 1


def test_choosing_years_changes_the_papers_but_not_the_years(service: SearchService) -> None:
    chosen = service.term("toeslag", filters={"year": ("2001",)})

    assert chosen.papers == 1
    assert chosen.years == service.term("toeslag").years
    assert [line.document.identifier for line in service.concordance("toeslag", filters={"year": ("2001",)}).lines] == ["kst-1-1"]
    silent = service.term("toeslag", filters={"year": ("2002",)})
    assert (silent.papers, silent.first, silent.years) == (0, None, chosen.years)
    assert silent.explanation == ("Zonder het filter jaar: 4 stukken.",)


def test_nothing_found_is_explained_and_a_spelling_offered(service: SearchService) -> None:
    answer = service.term("toeslga")

    assert (answer.papers, answer.years, answer.did_you_mean) == (0, (), "toeslag")
    assert answer.explanation
    assert service.term("toeslag brandweer").papers == 0
    assert service.concordance("toeslga").lines == ()


def test_an_empty_term_is_no_term(service: SearchService) -> None:
    assert service.term("  ") == TermAnswer("  ", {}, "niets: de zoekvraag is leeg", (), has_words=False, papers=0)
    assert service.concordance("  ").lines == ()


def test_properties_alone_have_no_words_to_show(service: SearchService) -> None:
    answer = service.term("soort:motie")

    assert (answer.has_words, answer.papers) == (False, 3)
    assert answer.years == (Year(2001, 1, 1), Year(2004, 1, 1))
    assert answer.first is not None
    assert answer.first.sentence is None
    assert service.concordance("soort:motie").lines == ()


@given(collection=st.lists(papers(), max_size=5), query=queries, chosen=filters)
@settings(max_examples=60)
def test_counts_hold_together(collection: list[Kamerstuk], query: Node, chosen: dict[str, tuple[str, ...]]) -> None:
    from search.query.told import printed

    service = _service(*collection)
    typed = printed(query)
    answer = service.term(typed, filters=chosen)
    lines = service.concordance(typed, filters=chosen)

    assert all(0 <= year.papers <= year.of for year in answer.years)
    assert lines.complete
    assert lines.total == answer.papers
    assert len({line.document.identifier for line in lines.lines}) <= answer.papers
    assert (answer.first is None) == (answer.papers == 0)
    if "year" not in chosen:
        assert answer.papers == answer.undated + sum(year.papers for year in answer.years)


@pytest.mark.parametrize(
    ("bounds", "papers_read", "lines"),
    [
        ({"MAX_PAPERS": 4, "_BATCH": 2}, 4, 8),
        ({"MAX_LINES": 7, "_BATCH": 2}, 3, 7),
        ({"MAX_LINES": 6}, 3, 6),
        ({"MAX_CHARACTERS": 40}, 2, 4),
        ({"MAX_PAPERS": 100, "_BATCH": 3}, 9, 18),
    ],
)
def test_a_concordance_is_bounded_and_says_what_it_was_taken_from(
    monkeypatch: pytest.MonkeyPatch, bounds: dict[str, int], papers_read: int, lines: int
) -> None:
    for name, value in bounds.items():
        monkeypatch.setattr(term_module, name, value)
    service = _service(*(paper(f"1-{i}", "een toeslag, de toeslag", date=f"200{i}-01-01") for i in range(9)))

    newest = service.concordance("toeslag")
    assert (newest.papers, newest.total, len(newest.lines), newest.complete) == (papers_read, 9, lines, papers_read == 9)
    assert newest.lines[0].document.date == datetime.date(2008, 1, 1)
    assert service.concordance("toeslag", order=LineOrder.OLDEST).lines[0].document.date == datetime.date(2000, 1, 1)
    assert {line.document.identifier for line in service.concordance("toeslag", order=LineOrder.LEFT).lines} == {
        line.document.identifier for line in newest.lines
    }


def test_orders_and_pages_are_not_read_again_until_the_index_changes(service: SearchService) -> None:
    engine = service.searcher
    assert isinstance(engine, _Counting)
    first = service.concordance("toeslag")
    asked = len(engine.asked)
    assert service.concordance("toeslag") == first
    assert len(service.concordance("toeslag", order=LineOrder.RIGHT).lines) == len(first.lines)
    assert len(engine.asked) == asked

    engine.replace([paper("1-9", "een toeslag")])
    engine.commit()
    assert len(service.concordance("toeslag").lines) == len(first.lines) + 1


def test_a_few_concordances_are_kept(service: SearchService) -> None:
    engine = service.searcher
    assert isinstance(engine, _Counting)
    for i in range(20):
        service.concordance(f"woord{i}")
    asked = len(engine.asked)
    service.concordance("woord19")
    assert len(engine.asked) == asked
    service.concordance("woord0")
    assert len(engine.asked) > asked
