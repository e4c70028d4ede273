from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from indexer.errors import EngineUnavailable, IndexMissing, IndexOutdated
from indexer.jsonl import paper_json
from indexer.paper.identifier import Identifier
from indexer.paper.model import PersonRole, Relation, RelationKind
from tests.web.fakes import PAPERS, WITHDRAWN, FakeAnswers, engine_of, letter, site


def test_another_spelling_stands_beside_what_was_asked() -> None:
    made = site(engine_of(PAPERS)).get("/api/v1/search?q=uitfasernig").get_json()
    assert (made["total"], made["total_all_words"], any(made["facets"].values())) == (0, 0, False)
    assert made["suggestions"] == [{"query": "uitfasering", "total": 1}]
    assert made["corrected_to"] == made["did_you_mean"] == "uitfasering"
    assert [hit["identifier"] for hit in made["hits"]] == ["kst-91066-83"]


def test_the_twin_of_the_search_page_has_the_documented_shape() -> None:
    made = site().get("/api/v1/search?q=uitfasering&limit=1").get_json()
    names = "query understood forms remarks total total_all_words total_alike total_meaning took_ms suggestions did_you_mean"
    assert list(made) == f"{names} corrected_to explanation jump nowhere offers hits facets".split()
    assert made["total"] == made["total_all_words"] == 1
    assert (made["suggestions"], made["did_you_mean"], made["corrected_to"]) == ([], "", None)
    hit = made["hits"][0]
    assert hit | {"snippets": [], "links": {}} == {
        "identifier": "kst-91066-83",
        "title": "Brief over de uitfasering van Cool:Gen",
        "kind": "Brief regering",
        "subtitle": "",
        "date": "2024-06-18",
        "doubtful_date": None,
        "edition": "",
        "fictional": False,
        "dossiers": [
            {"number": "91066", "addition": "", "title": "Heffingen"},
            {"number": "96643", "addition": "", "title": "Digitalisering"},
        ],
        "people": [
            {
                "name": "L. van den Akkerveld",
                "as_printed": "L. van den Akkerveld",
                "role": "minister",
                "office": "Staatssecretaris van Financiën",
                "party": "",
                "read_in": ["signature", "metadata"],
                "person": None,
            }
        ],
        "ministers": [{"name": "L. van den Akkerveld", "office": "Staatssecretaris van Financiën"}],
        "relations": [],
        "score": 1.25,
        "match": "exact",
        "lacking": [],
        "alike": [],
        "by": "words",
        "snippets": [],
        "links": {},
        "source": "html",
        "attached_to": None,
        "zaken": [],
        "documents": [],
    }
    assert list(hit["links"]) == ["html", "pdf", "xml", "page", "tweedekamer"]
    assert hit["snippets"][0] == {
        "text": "De uitfasering van Cool:Gen loopt, zie 91 066, nr. 40 & volgende.",
        "marks": [[3, 14]],
        "heading": "",
        "anchor": "al-1",
    }
    assert made["facets"]["dossier"][0] == {"value": "91066", "label": "Heffingen", "count": 1}
    assert made["facets"]["year"] == [{"value": "2024", "label": "2024", "count": 1}]


def test_a_hit_tells_what_it_is_to_other_papers_and_which_dates_cannot_be_right() -> None:
    relations = (Relation(RelationKind.REPLACED_BY, Identifier("kst-91066-90")),)
    odd = replace(letter(), relations=relations, date=date(2104, 5, 3), date_doubt="far from session year", fictional=True)
    (hit,) = site(FakeAnswers((odd,))).get("/api/v1/search?q=cool:gen").get_json()["hits"]
    assert hit["relations"] == [{"kind": "replaced_by", "target": "kst-91066-90"}]
    assert (hit["date"], hit["doubtful_date"], hit["fictional"]) == (None, "2104-05-03", True)


def test_a_paper_without_date_has_null() -> None:
    assert site().get("/api/v1/search?q=verslag").get_json()["hits"][0]["date"] is None


def test_offset_limit_and_filters_reach_the_search() -> None:
    answers = FakeAnswers()
    site(answers).get("/api/v1/search?q=x&offset=30&limit=0&kind=Motie")
    query, filters, _, offset, limit = answers.asked[0]
    assert (query, filters, offset, limit) == ("x", {"kind": ("Motie",)}, 30, 0)


@pytest.mark.parametrize("parameters", ["limit=101", "limit=x", "offset=-1", "offset=10001", "sort=date"])
def test_malformed_parameters_are_a_problem(parameters: str) -> None:
    response = site().get(f"/api/v1/search?q=x&{parameters}")
    assert response.status_code == 400
    assert response.mimetype == "application/problem+json"
    assert response.get_json()["status"] == 400
    assert response.get_json()["detail"]


def test_a_paper_is_given_as_the_command_line_prints_it() -> None:
    assert site().get("/api/v1/papers/kst-91066-83").get_json() == paper_json(letter())


def test_a_paper_tells_what_other_papers_say_of_it_and_those_that_are_not_here() -> None:
    newer = replace(
        letter(),
        identifier=Identifier("kst-91066-90"),
        title="Nieuwe brief",
        date=date(2025, 4, 15),
        relations=(
            Relation(RelationKind.REPLACES, Identifier("kst-91066-83")),
            Relation(RelationKind.REPLACES, Identifier("kst-91066-7")),
        ),
    )
    visitor = site(papers=(letter(), newer))
    assert visitor.get("/api/v1/papers/kst-91066-83").get_json()["relations"] == [
        {"kind": "replaced_by", "target": "kst-91066-90", "date": "2025-04-15", "title": "Nieuwe brief", "here": True}
    ]
    told = visitor.get("/api/v1/papers/kst-91066-90").get_json()["relations"]
    assert [(one["target"], one["kind"], one["date"], one["here"]) for one in told] == [
        ("kst-91066-83", "replaces", "2024-06-18", True),
        ("kst-91066-7", "replaces", None, False),
    ]


def test_the_document_of_the_api_names_every_role_and_relation() -> None:
    schemas = site().get("/api/v1/openapi.json").get_json()["components"]["schemas"]
    assert schemas["PaperPerson"]["properties"]["role"]["enum"] == list(PersonRole)
    assert schemas["Relation"]["properties"]["kind"]["enum"] == list(RelationKind)


def test_an_unknown_paper_is_a_problem_that_names_it() -> None:
    response = site().get("/api/v1/papers/kst-1-1")
    assert response.status_code == 404
    assert "kst-1-1" in response.get_json()["detail"]


def test_completions_are_given() -> None:
    made = site().get("/api/v1/suggest?q=uit").get_json()
    assert made == {"query": "uit", "suggestions": [{"kind": "term", "text": "uitgen", "label": "uitgen", "count": 3}]}


@pytest.mark.parametrize("address", ["search?q=x", "term?q=x", "suggest?q=xy"])
def test_an_engine_that_does_not_answer_completely_is_a_problem_with_when_to_come_back(address: str) -> None:
    response = site(FakeAnswers(error=EngineUnavailable("https://inside:9200/kst: away"))).get(f"/api/v1/{address}")
    assert (response.status_code, response.mimetype, response.headers["Retry-After"]) == (503, "application/problem+json", "30")
    assert "try again later" in response.get_json()["detail"]
    assert "inside" not in response.text


@pytest.mark.parametrize("error", [IndexMissing("none"), IndexOutdated("old")])
def test_an_index_that_cannot_be_used_is_a_problem(error: Exception) -> None:
    response = site(FakeAnswers(error=error)).get("/api/v1/search?q=x")
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"


@pytest.mark.parametrize("address", ["/api/v2/", "/api/v1/nothing"])
def test_unknown_addresses_are_problems(address: str) -> None:
    response = site().get(address)
    assert response.status_code == 404
    assert response.get_json()["title"] == "Not Found"


def test_words_are_not_escaped_away() -> None:
    assert "Financiën" in site().get("/api/v1/search?q=uitfasering").text


def test_a_withdrawn_paper_is_gone() -> None:
    response = site().get(f"/api/v1/papers/{WITHDRAWN}")
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    assert response.get_json()["detail"] == "kst-91066-99 was withdrawn by its source; noticed at 2026-02-28T23:30:00Z"
