"""Answers to questions, which are in no dossier: from a file to the command line, the pages, the API and the exports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from kamerstukken.cli import group
from kamerstukken.settings import settings
from kamerstukken.wiring import web_app

NAME = "ah-tk-20312032-9001"
FILE = Path(__file__).parents[1] / "indexer" / "reading" / "golden" / f"{NAME}.html"
CITATION = "Aanhangsel Handelingen II 2031/32, nr. 9001"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("answers")
    assert "0 failed" in CliRunner().invoke(group, ["index", str(FILE), "--data", str(folder)]).stderr
    return folder


@pytest.fixture(scope="module")
def visitor(data: Path) -> FlaskClient:
    return web_app(settings(data), "test").test_client()


@pytest.mark.parametrize("name", [NAME, CITATION])
def test_they_are_shown_under_their_identifier_and_their_citation(data: Path, name: str) -> None:
    shown = CliRunner().invoke(group, ["show", name, "--json", "--data", str(data)])
    told = json.loads(shown.stdout)
    assert (told["identifier"], told["collection"], told["citation"], told["dossiers"]) == (NAME, "ah", CITATION, [])


@pytest.mark.parametrize("query", [NAME, CITATION, "brood strand", 'minister:"Duin"', 'indiener:"Fen van Aalscholver"'])
def test_they_are_found(data: Path, query: str) -> None:
    found = CliRunner().invoke(group, ["search", query, "--json", "--data", str(data)])
    assert [hit["identifier"] for hit in json.loads(found.stdout)["hits"]] == [NAME]


@pytest.mark.parametrize("address", [f"/{NAME}", f"/{NAME}.bib", f"/{NAME}.ris", f"/api/v1/papers/{NAME}", "/zoeken.csv?q=brood"])
def test_pages_api_and_exports_cite_them(visitor: FlaskClient, address: str) -> None:
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert CITATION in answer.text


@pytest.mark.parametrize("address", ["/persoon/Duin", "/persoon/A. Meeuw"])
def test_who_asks_and_who_answers_have_a_page_that_lists_them(visitor: FlaskClient, address: str) -> None:
    assert f'href="/{NAME}"' in visitor.get(address).text
