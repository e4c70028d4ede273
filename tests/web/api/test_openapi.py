"""The API document: valid, complete, true of what is answered, and held to by every route."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
from flask import Flask
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import ScenarioFinished

from indexer.catalogue.history import Moment
from kamerstukken.wiring import archive, readiness, search_service
from search.fields import FACETS
from search.meaning.channel import MeaningChannel
from search.meaning.store import Embedded, VectorStore
from search.ports import Sort
from tests.search.meaning.encoders import FewPapers
from tests.web.archive import IDENTIFIERS, sample_data
from tests.web.fakes import PAPERS, site
from web.api.openapi import API
from web.api.routes import OPERATIONS
from web.app import create_app
from web.parameters import FILTERS

Json = dict[str, Any]


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The sample, which can be asked by meaning too."""
    data, encoder = sample_data(), FewPapers()
    store = VectorStore(tmp_path_factory.mktemp("vectors"), encoder.name)
    store.add([Embedded("kst-91066-83", "", encoder.papers([["De huisarts."]])[0])], [], Moment("this", 1))
    service = replace(search_service(data), channel=MeaningChannel(store, encoder))
    return create_app(service, archive(data).look, readiness(data), version="1")


@pytest.fixture(scope="module")
def document(app: Flask) -> Json:
    made: Json = app.test_client().get(f"{API}/openapi.json").get_json()
    return made


TESTER = {
    "seed": 1848,
    "headers": {"Accept-Encoding": "identity"},  # it does not unpack
    "generation": {"max-examples": 40},
    "continue-on-failure": True,
    "phases": {"stateful": {"enabled": False}},  # nothing can be changed
}


def test_no_request_makes_the_api_break_its_document(app: Flask) -> None:
    """Examples, every edge of every parameter, and random requests, well and ill formed; with all checks."""
    schema = schemathesis.openapi.from_wsgi(f"{API}/openapi.json", app, config=SchemathesisConfig.from_dict(TESTER))
    finished = [event for event in from_schema(schema).execute() if isinstance(event, ScenarioFinished)]
    asked = Counter(event.label for event in finished for _ in event.recorder.cases)
    assert set(asked) == {f"GET {operation.template}" for operation in OPERATIONS}
    assert min(asked.values()) >= 10  # those without parameters, by every method
    failures = [
        f"{event.label}: {check.failure_info.failure}\n{check.failure_info.code_sample}"
        for event in finished
        for checks in event.recorder.checks.values()
        for check in checks
        if check.failure_info
    ]
    assert not failures, failures[0]
    assert {event.status for event in finished} <= {Status.SUCCESS, Status.SKIP}  # skipped: nothing to vary without parameters


def test_the_document_is_valid(document: Json) -> None:
    assert document["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(document).validate()


def test_every_route_of_the_api_is_declared_and_every_declaration_has_its_route(app: Flask) -> None:
    routes = {str(rule) for rule in app.url_map.iter_rules() if str(rule).startswith(API)}
    assert routes == {API + operation.rule for operation in OPERATIONS} | {f"{API}/openapi.json"}


def test_every_facet_can_be_filtered_by() -> None:
    assert tuple(parameter.name for parameter in FILTERS) == FACETS


def is_as_declared(document: Json, name: str, value: object) -> bool:
    """Whether JSON values are what the document says of the component, nothing missing and nothing more."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    jsonschema_rs.Draft202012Validator(schema, validate_formats=True).validate(value)
    return True


@pytest.mark.parametrize("identifier", IDENTIFIERS)
def test_papers_are_what_the_document_says(app: Flask, document: Json, identifier: str) -> None:
    response = app.test_client().get(f"{API}/papers/{identifier}")
    assert response.status_code == 200
    assert is_as_declared(document, "Paper", response.get_json())


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize(
    "query", ["", "Cool:Gen", "belasting*", '"einddatum', "91 066, nr. 83", "uitfasserng", "nietbestaandwoord"]
)
def test_answers_are_what_the_document_says(app: Flask, document: Json, query: str, sort: Sort) -> None:
    made = app.test_client().get(f"{API}/search", query_string={"q": query, "sort": sort.value, "limit": 100}).get_json()
    assert is_as_declared(document, "Search", made)


def test_completions_are_what_the_document_says(app: Flask, document: Json) -> None:
    made = app.test_client().get(f"{API}/suggest?q=be").get_json()
    assert made["suggestions"]
    assert is_as_declared(document, "Suggestions", made)


def test_papers_with_nothing_in_them_are_what_the_document_says(document: Json) -> None:
    for paper in PAPERS:
        assert is_as_declared(document, "Paper", site().get(f"{API}/papers/{paper.identifier}").get_json())


@pytest.mark.parametrize(
    ("address", "detail"),
    [
        ("search?limit=101", "limit='101': expected a number from 0 to 100, such as limit=10"),
        ("search?limit=", "limit='': expected a number from 0 to 100, such as limit=10"),
        ("search?limit=1&limit=2", "limit is given 2 times; one value is taken"),
        ("search?sort=date", "sort='date': expected one of relevance, newest, oldest"),
        ("suggest?prefix=x", "'prefix' is no parameter here; there are: q"),
        ("papers/kst-91066-83?q=x", "'q' is no parameter here; there are: none"),
    ],
)
def test_what_cannot_be_read_is_told(document: Json, address: str, detail: str) -> None:
    response = site().get(f"{API}/{address}")
    assert response.status_code == 400
    assert response.content_type == "application/problem+json"
    assert response.get_json()["detail"] == detail
    assert is_as_declared(document, "Problem", response.get_json())


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods_are_refused_with_those_that_are_not(document: Json, method: str) -> None:
    response = site().open(f"{API}/search", method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert is_as_declared(document, "Problem", response.get_json())
