"""A query that costs too much is refused: status 4 on the command line, 503 on pages and by the API, a page of a paper without
marks, and what is allowed can be set."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kamerstukken.cli import main
from kamerstukken.settings import settings
from kamerstukken.wiring import web_app
from tests.web.archive import sample_data

QUERY = '"de het"~50'
WHERE = ("zoeken", "zoeken.csv", "zoeken.atom", "zoeken.bib", "term", "term.csv")


@pytest.fixture(scope="module")
def visitor() -> FlaskClient:
    """A visitor of an archive where hardly anything may be read for an answer."""
    return web_app(settings(sample_data().data, {"KAMERSTUKKEN_ANSWER_WORK": "10"}), "test").test_client()


@pytest.mark.parametrize("address", WHERE)
def test_a_page_says_what_made_it_costly_and_how_to_narrow_it(visitor: FlaskClient, address: str) -> None:
    response = visitor.get(f"/{address}", query_string={"q": QUERY})
    assert response.status_code == 503
    assert response.headers["Retry-After"].isdigit()
    assert "kost te veel" in response.text
    assert "Gebruik minder woorden" in response.text or "zeldzamere woorden" in response.text


@pytest.mark.parametrize(("path", "query"), [("search", QUERY), ("term", QUERY), ("suggest", "mo")])
def test_programs_get_a_problem_of_its_own_type(visitor: FlaskClient, path: str, query: str) -> None:
    response = visitor.get(f"/api/v1/{path}", query_string={"q": query})
    assert response.status_code == 503
    assert response.mimetype == "application/problem+json"
    assert response.headers["Retry-After"].isdigit()
    assert response.json is not None
    assert response.json["type"] == "/problems/too-costly"
    assert response.json["status"] == 503
    assert "costs more than one answer may" in response.json["detail"]


def test_a_paper_is_shown_without_marks(visitor: FlaskClient) -> None:
    response = visitor.get("/kst-91066-83", query_string={"q": "de"})
    assert response.status_code == 200
    assert "<mark" not in response.text


def test_the_command_line_ends_with_status_4(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("KAMERSTUKKEN_ANSWER_WORK", "10")
    monkeypatch.setattr("sys.argv", ["kamerstukken", "search", "--data", str(sample_data().data), QUERY])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 4
    said = capsys.readouterr()
    assert "costs more than one answer may (10 steps)" in said.err
    assert not said.out


@pytest.mark.parametrize("wrong", ["0", "-1", "much", "nan", "inf"])
def test_an_allowance_is_a_number_above_0(wrong: str) -> None:
    with pytest.raises(Exception, match=r"answer_seconds: .* is not a number above 0"):
        settings(None, {"KAMERSTUKKEN_ANSWER_SECONDS": wrong})
