"""Queries as typed → answers as shown."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.paper.model import Dossier
from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.ports import SearchRequest, SearchResult, Sort
from search.query.tree import MAX_EXPANSIONS
from search.service import MAX_LIMIT, MAX_OFFSET, SearchService
from search.snippets import OtherQuery
from tests.search.papers import paper


class _Watched(MemoryEngine):
    """An engine that keeps what it was asked."""

    def __init__(self) -> None:
        super().__init__(Weights())
        self.asked: list[SearchRequest] = []

    def search(self, request: SearchRequest) -> SearchResult:
        self.asked.append(request)
        return super().search(request)


@pytest.fixture
def engine() -> _Watched:
    """A few papers."""
    made = _Watched()
    made.replace(
        [
            paper(
                "31066-1",
                "De toeslag wordt afgeschaft.",
                kind="Brief",
                date="2020-01-01",
                dossiers=(Dossier("31066", "", "ICT"),),
            ),
            paper("31066-7", "De toeslagen en de huur, zie 31 066, nr. 1.", kind="Motie", date="2021-01-01"),
            paper(
                "31066-8",
                "Iets over zorg.",
                kind="Motie",
                date="2022-01-01",
                zaken=("2022Z00001", "2022Z00002"),
                documents=("2022D00001",),
            ),
            paper("31066-9", "Zie 2022D00001.", kind="Verslag", date="2022-02-01", zaken=("2022Z00002",)),
        ]
    )
    made.commit()
    return made


@pytest.fixture
def service(engine: _Watched) -> SearchService:
    """The service on that engine."""
    return SearchService(engine)


def test_an_answer_holds_the_hits_with_their_snippets(service: SearchService) -> None:
    answer = service.answer("toeslag -huur")
    (hit,) = answer.hits
    (snippet,) = hit.snippets

    assert (answer.query, answer.total, answer.total_all_words, hit.document.identifier) == ("toeslag -huur", 1, 1, "kst-31066-1")
    assert [snippet.text[start:end] for start, end in snippet.marks] == ["toeslag"]
    assert "toeslag" in answer.understood
    assert (answer.remarks, answer.suggestions, answer.corrected_to, answer.explanation, answer.jump) == ((), (), "", (), "")
    assert answer.took_ms >= 0


def test_remarks_of_the_parser_are_passed_on(service: SearchService) -> None:
    assert service.answer("(toeslag").remarks


@pytest.mark.parametrize(
    ("offset", "limit", "facet_limit", "asked"),
    [(0, 10, 100, (0, 10, 100)), (-5, -5, -5, (0, 0, 0)), (10**9, 10**9, 7, (MAX_OFFSET, MAX_LIMIT, 7))],
)
def test_what_is_asked_for_is_bounded(
    engine: _Watched, service: SearchService, offset: int, limit: int, facet_limit: int, asked: tuple[int, int, int]
) -> None:
    answer = service.answer("toeslag", offset=offset, limit=limit, facet_limit=facet_limit)

    assert (engine.asked[0].offset, engine.asked[0].limit, engine.asked[0].facet_limit) == asked
    assert answer.total == 2


def test_expansions_that_are_cut_are_told(engine: _Watched, service: SearchService) -> None:
    engine.replace([paper("1-1", " ".join(f"woord{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(MAX_EXPANSIONS + 1)))])
    engine.commit()

    assert not service.answer("toes*").remarks
    for query in ("woord*", "toeslag NIET woord*"):
        (remark,) = service.answer(query).remarks
        assert "“woord*”" in remark


def test_suggestions_are_bounded(service: SearchService) -> None:
    assert [s.text for s in service.suggest("toe", 10**9)] == ["toeslag", "toeslagen"]


def test_what_is_counted_is_what_was_asked_also_where_another_spelling_is_shown(service: SearchService) -> None:
    answer = service.answer("toeslga")

    assert (answer.total, answer.total_all_words, answer.remarks, answer.explanation) == (0, 0, (), ())
    assert not any(answer.facets.values())
    assert answer.suggestions == (OtherQuery("toeslag", 2),)
    assert answer.corrected_to == answer.did_you_mean == "toeslag"
    assert [hit.document.identifier for hit in answer.hits] == [h.document.identifier for h in service.answer("toeslag").hits]
    assert "toeslag" in answer.understood


def test_a_likely_spelling_is_only_offered_when_something_is_found(service: SearchService) -> None:
    answer = service.answer("toeslga huur")

    assert (answer.total, answer.total_all_words, answer.corrected_to) == (1, 0, "")
    assert answer.suggestions == (OtherQuery("toeslag huur", 2),)


def test_a_spelling_that_finds_nothing_under_the_filters_is_not_offered(service: SearchService) -> None:
    assert service.answer("toeslga", filters={"kind": ("Verslag",)}).suggestions == ()
    chosen = service.answer("toeslga", filters={"kind": ("Motie",)})
    assert (chosen.suggestions, chosen.corrected_to, len(chosen.hits)) == ((OtherQuery("toeslag", 1),), "toeslag", 1)


def test_nothing_is_offered_when_all_words_are_found(service: SearchService) -> None:
    assert service.answer("toeslag").suggestions == ()


def test_a_sentence_is_shown_with_its_quotation_apart_only_where_nothing_is_found(service: SearchService) -> None:
    answer = service.answer('de toeslagen en de huur "huur toeslagen"')

    assert (answer.total, answer.corrected_to) == (0, "de toeslagen en de huur huur toeslagen")
    assert answer.suggestions == (OtherQuery(answer.corrected_to, len(answer.hits)),)
    assert service.answer('de toeslagen en de huur "de huur"').suggestions == ()


@pytest.mark.parametrize("query", ["toeslga", "toeslag", "toeslga huur", "nergens", ""])
def test_a_facets_count_is_the_total_after_choosing_it_also_for_other_spellings(service: SearchService, query: str) -> None:
    answer = service.answer(query)

    for name, values in answer.facets.items():
        for value in values:
            assert service.answer(query, filters={name: (value.value,)}).total == value.count


def test_choosing_a_value_without_papers_does_not_change_the_query(service: SearchService) -> None:
    answer = service.answer("toeslag", filters={"kind": ("Verslag",)})

    assert (answer.total, answer.remarks) == (0, ())
    assert answer.explanation == ("Zonder het filter soort: 2 stukken.",)


def test_nothing_found_is_explained(service: SearchService) -> None:
    answer = service.answer("toeslag EN zorg")

    assert answer.total == 0
    assert answer.explanation == ("Alleen “toeslag”: 2 stukken.", "Alleen “zorg”: 1 stuk.")


def test_a_filter_without_a_query_lists_what_it_lets_through(service: SearchService) -> None:
    assert service.answer("").total == 0
    assert [hit.document.identifier for hit in service.answer("", filters={"kind": ("Motie",)}, sort=Sort.NEWEST).hits] == [
        "kst-31066-8",
        "kst-31066-7",
    ]


@pytest.mark.parametrize(
    ("query", "jump"),
    [
        ("31 066, nr. 1", "kst-31066-1"),
        ("kst-31066-7", "kst-31066-7"),
        ("31066-99", ""),
        ("toeslag", ""),
        ("31066-1 toeslag", ""),
        ("2022D00001", "kst-31066-8"),
        ("2022d00001", "kst-31066-8"),
        ("2022Z00001", "kst-31066-8"),
        ("2022Z00002", ""),
        ("2022D00009", ""),
        ("2022D00001 zorg", ""),
    ],
)
def test_a_query_that_is_an_identifier_leads_to_its_paper(service: SearchService, query: str, jump: str) -> None:
    assert service.answer(query).jump == jump


def test_any_text_can_be_marked(service: SearchService) -> None:
    marks = service.highlighter("toeslag")
    text = "De toeslagen"

    assert [text[start:end] for start, end in marks(text)] == ["toeslagen"]


def test_the_generation_is_that_of_the_engine(engine: _Watched, service: SearchService) -> None:
    before = service.generation
    engine.replace([paper("1-1", "nieuw")])
    engine.commit()

    assert service.generation != before


def test_other_readings_are_offered_with_what_they_find(service: SearchService) -> None:
    (offer,) = service.answer("toeslag juni 2024").offers

    assert (offer.query, offer.told) == ("toeslag datum:2024-06", "Alleen stukken uit juni 2024")


@pytest.mark.parametrize(("others", "offered"), [([], []), (["huur en zorg"], ["huur EN toeslag"])])
def test_a_stricter_reading_is_offered_only_where_more_is_found(others: list[str], offered: list[str]) -> None:
    engine = MemoryEngine(Weights())
    engine.replace([paper(f"1-{i}", text) for i, text in enumerate(("huur en toeslag", *others), 1)])
    engine.commit()

    assert [offer.query for offer in SearchService(engine).answer("huur en toeslag").offers] == offered


@pytest.mark.parametrize(
    ("today", "told"), [(date(2021, 5, 1), "documenten uit 2020"), (date(2020, 5, 1), "documenten uit 2019")]
)
def test_times_are_told_from_the_day_of_asking(engine: _Watched, today: date, told: str) -> None:
    service = SearchService(engine, clock=lambda: today)

    assert service.answer("datum:vorig jaar").understood == told
    assert service.term("datum:vorig jaar").understood == told
    assert today.isoformat() in service.generation


def _casinos(engine: _Watched) -> None:
    engine.replace([
        paper("1-1", "Verslaafden in een tuin."),
        paper("1-2", "Het casino heeft kansspelen."),
        paper("1-3", "Kansspelen mogen in een casino.", kind="Motie"),
        *(paper(f"9-{i}", "Iets geheel anders, over vissen.") for i in range(12)),
    ])  # fmt: skip
    engine.commit()


def test_where_the_words_fail_others_that_mean_something_alike_are_added_and_told(
    engine: _Watched, service: SearchService
) -> None:
    _casinos(engine)
    answer = service.answer("goksites verslaafden")

    assert {hit.document.identifier for hit in answer.hits} == {"kst-1-1", "kst-1-2", "kst-1-3"}
    assert (answer.total, answer.total_all_words, answer.nowhere) == (1, 0, ("goksites",))
    assert (answer.total_alike, answer.listed) == (2, 3)
    assert "casino" in answer.understood
    exported = service.every_hit("goksites verslaafden", bound=100)
    assert [hit.document.identifier for hits in exported for hit in hits] == ["kst-1-1"]


@pytest.mark.parametrize(
    "query", ["goksites", '"goksites" verslaafden', "casino kansspelen toeslagen", "casino vissen kansspelen"]
)
def test_where_nothing_is_found_or_most_of_it_no_words_are_added(engine: _Watched, service: SearchService, query: str) -> None:
    _casinos(engine)
    service.answer(query)
    assert not any(request.alike for request in engine.asked)


def test_a_filter_never_changes_whether_words_are_added(engine: _Watched, service: SearchService) -> None:
    _casinos(engine)
    engine.replace([paper("2-1", "Goksites maken verslaafden.", kind="Brief"), paper("2-2", "Verslaafden.", kind="Motie")])
    engine.commit()
    service.answer("goksites verslaafden", filters={"kind": ("Motie",)})
    assert not any(request.alike for request in engine.asked)


@pytest.mark.parametrize(("query", "told"), [("molen juni 2024", "juni 2024"), ("molen zomer 2024", "zomer 2024")])
def test_a_time_among_the_words_is_told_as_wanted(engine: _Watched, service: SearchService, query: str, told: str) -> None:
    _casinos(engine)
    understood = service.answer(query).understood
    assert f"; van of over: {told}" in understood
    assert "niet vereist" not in understood
    assert service.answer(told).understood == f"alle documenten; van of over: {told}"
