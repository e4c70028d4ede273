"""The order of the hits, and pages of it."""

from __future__ import annotations

import datetime

import pytest

from search.ports import SearchRequest, Sort
from search.query.parser import parse
from tests.search.engines_under_test import EngineUnderTest, ask, hit, names, write
from tests.search.papers import paper

FILLING = [paper(f"9-{i}", "over heel iets anders dan dat", title="Iets anders") for i in range(9)]


def test_by_date_with_ties_by_identifier_and_undated_papers_last(engine: EngineUnderTest) -> None:
    dates = {"1-3": "2020-01-01", "1-1": "2021-01-01", "1-2": "2020-01-01", "1-5": "", "1-4": "", "1-6": "1998-05-05"}
    write(engine, *(paper(name, "toeslag " * (i + 1), date=date) for i, (name, date) in enumerate(dates.items())))

    assert names(ask(engine, "toeslag", sort=Sort.NEWEST)) == ["1-1", "1-2", "1-3", "1-6", "1-4", "1-5"]
    assert names(ask(engine, "toeslag", sort=Sort.OLDEST)) == ["1-6", "1-2", "1-3", "1-1", "1-4", "1-5"]


def test_equal_scores_are_ordered_newest_first_then_by_identifier(engine: EngineUnderTest) -> None:
    dates = {"1-3": "2020-01-01", "1-1": "2021-01-01", "1-2": "2020-01-01", "1-5": "", "1-4": ""}
    write(engine, *(paper(name, "de toeslag", date=date) for name, date in dates.items()))

    result = ask(engine, "toeslag")

    assert names(result) == ["1-1", "1-2", "1-3", "1-4", "1-5"]
    assert len({round(found.score, 9) for found in result.hits}) == 1


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        ({"texts": ("toeslag toeslag iets anders",)}, {"texts": ("toeslag en nog iets",)}),
        ({"texts": ("toeslag kort",)}, {"texts": ("toeslag met heel veel andere woorden erbij in een lang stuk",)}),
        ({"title": "De toeslag", "texts": ("en verder iets anders dan dat",)}, {"texts": ("de toeslag en verder iets",)}),
        ({"texts": ("toeslag",)}, {"texts": ("de toeslagen",)}),
        ({"texts": ("toeslag",), "kind": "Brief"}, {"notes": ("toeslag",), "kind": "Brief"}),
        (
            {"texts": ("overwegende dat het zo is", "verzoekt de regering de toeslag te verhogen"), "kind": "Motie"},
            {"texts": ("overwegende dat de toeslag zo is", "verzoekt de regering iets te verhogen"), "kind": "Motie"},
        ),
    ],
    ids=["more often", "shorter", "title", "exact form", "body above footnote", "what is asked above why"],
)
def test_the_better_match_comes_first(engine: EngineUnderTest, better: dict[str, object], worse: dict[str, object]) -> None:
    papers = []
    for name, values in (("1-2", better), ("1-1", worse)):
        keywords = {key: value for key, value in values.items() if key != "texts"}
        papers.append(paper(name, *values.get("texts", ()), **keywords))  # type: ignore[misc, arg-type] # values of the table above
    write(engine, *papers, *FILLING)

    assert names(ask(engine, "toeslag")) == ["1-2", "1-1"]


def test_a_rare_word_tells_more_than_a_common_one(engine: EngineUnderTest) -> None:
    common = [paper(f"3-{i}", "de wet") for i in range(6)]
    write(engine, paper("1-1", "toeslag en zo"), paper("1-2", "wet en zo"), *common, *FILLING)

    assert names(ask(engine, "toeslag OF wet"))[0] == "1-1"


def test_words_near_each_other_score_more(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "toeslag een twee drie vier vijf zes huur"),
        paper("1-2", "een twee toeslag huur drie vier vijf zes"),
        paper("1-3", "een twee toeslag drie huur vier vijf zes"),
        *FILLING,
    )

    result = ask(engine, "toeslag huur")
    far, next_to, apart = (hit(result, name).score for name in ("1-1", "1-2", "1-3"))

    assert names(result) == ["1-2", "1-3", "1-1"]
    assert next_to - far == pytest.approx(2 * (apart - far))


def test_nearness_counts_for_terms_written_in_two_words(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "cool gen een twee drie vier vijf zes uitfaseren"),
        paper("1-2", "een twee drie vier vijf zes cool gen uitfaseren"),
        *FILLING,
    )

    assert names(ask(engine, "Cool:Gen uitfaseren")) == ["1-2", "1-1"]


def test_compounds_that_stand_near_are_not_the_word_itself(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "huurtoeslag wet een twee drie vier vijf zes huur"),
        paper("1-2", "een twee drie vier vijf zes huurtoeslag huur wet"),
        *FILLING,
    )
    near, far = (hit(ask(engine, "toeslag wet"), name).score for name in ("1-1", "1-2"))

    assert near == pytest.approx(far)


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("size", [1, 3, 7, 50])
def test_pages_give_every_paper_once(engine: EngineUnderTest, sort: Sort, size: int) -> None:
    papers = [
        paper(f"1-{i}", "toeslag " * (1 + i % 3) + "en huur", date=f"20{20 + i % 2}-01-01" if i % 5 else "") for i in range(9)
    ]
    partial = [paper(f"2-{i}", "toeslag", date="2021-01-01" if i % 2 else "") for i in range(9)]
    write(engine, *papers, *partial)

    whole = ask(engine, "toeslag huur", sort=sort)
    pages = [ask(engine, "toeslag huur", sort=sort, offset=at, limit=size) for at in range(0, whole.total + size, size)]

    assert [name for page in pages for name in names(page)] == names(whole)
    assert len(set(names(whole))) == len(names(whole)) == whole.total
    assert all(page.total == whole.total and page.facets == whole.facets for page in pages)


def test_a_paper_whose_date_is_in_doubt_is_in_no_year_and_comes_last(engine: EngineUnderTest) -> None:
    doubtful = paper("1-1", "toeslag", date="2104-01-01", date_doubt="after its publication")
    write(engine, doubtful, paper("1-2", "toeslag", date="2020-01-01"), paper("1-3", "toeslag", date="2021-01-01"))

    assert names(ask(engine, "toeslag", sort=Sort.NEWEST)) == ["1-3", "1-2", "1-1"]
    assert names(ask(engine, "toeslag", sort=Sort.OLDEST)) == ["1-2", "1-3", "1-1"]
    assert [value.value for value in ask(engine, "toeslag").facets["year"]] == ["2020", "2021"]
    assert names(ask(engine, "datum:2104")) == names(ask(engine, "toeslag", filters={"year": ("2100..",)})) == []
    assert hit(ask(engine, "toeslag"), "1-1").document.doubtful_date == datetime.date(2104, 1, 1)


def test_no_hits_are_asked_for_but_everything_is_counted(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag", kind="Motie"), paper("1-2", "toeslag huur", kind="Brief"), *FILLING)

    result = ask(engine, "toeslag huur", limit=0)

    assert (result.hits, result.total, result.total_all_words) == ((), 2, 1)
    assert {value.value for value in result.facets["kind"]} == {"Motie", "Brief"}


def test_a_page_beyond_the_end_is_empty(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "toeslag"))

    result = ask(engine, "toeslag", offset=1000)

    assert (result.hits, result.total) == ((), 1)


def test_only_the_papers_that_are_let_through_are_found_and_counted(engine: EngineUnderTest) -> None:
    write(engine, *(paper(f"1-{i}", "De molen.", kind="Motie" if i % 2 else "Brief") for i in range(6)))
    some = frozenset({"kst-1-1", "kst-1-2", "kst-1-4", "kst-9-9"})

    found = engine.searcher.search(SearchRequest(parse("molen").node, sort=Sort.NEWEST, among=some))

    assert names(found) == ["1-1", "1-2", "1-4"]
    assert (found.total, found.total_all_words) == (3, 3)
    assert {value.value: value.count for value in found.facets["kind"]} == {"Brief": 2, "Motie": 1}
    assert engine.searcher.search(SearchRequest(parse("molen").node, among=frozenset())).total == 0
