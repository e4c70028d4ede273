"""In what condition a data folder is, and what is answered from one that something is amiss with."""

from __future__ import annotations

import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import open_catalogue
from indexer.errors import EngineUnavailable
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.readiness import Inspector, index_look
from kamerstukken.settings import Settings
from kamerstukken.wiring import web_app
from search.engines.whoosh.index import WhooshIndex
from search.ports import Made
from tests.kamerstukken.harming import file_of, lose_catalogue, overwrite_catalogue, segment_of, spoil
from tests.kamerstukken.running import says
from web.ports import Condition

pytestmark = pytest.mark.harms
PAPER = "kst-91066-83"
CONDITIONS = ("catalogue", "index", "archive")


def _of_a_newer_program(data: Path) -> None:
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        catalogue.connection.execute("PRAGMA user_version = 999")


def _with_a_paper_more(data: Path) -> None:
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        catalogue.put(Kamerstuk(Identifier("kst-91066-999")), "x", "html")


def _of_another_analysis(data: Path) -> None:
    made_by = data / "index" / "current" / "made_by.json"
    made_by.write_text(json.dumps(json.loads(made_by.read_text("utf-8")) | {"analysis": "0"}), "utf-8")


def _emptied(data: Path) -> None:
    lose_catalogue(data)
    (data / "kamerstukken.db").touch()


HARMS: list[tuple[Callable[[Path], object], dict[str, str]]] = [
    (lambda data: None, {}),
    (lose_catalogue, {"catalogue": "missing"}),
    (_emptied, {"catalogue": "missing"}),
    (overwrite_catalogue, {"catalogue": "damaged"}),
    (_of_a_newer_program, {"catalogue": "outdated"}),
    (_with_a_paper_more, {"index": "behind"}),
    (_of_another_analysis, {"index": "outdated"}),
    (lambda data: spoil(segment_of(data)), {"index": "damaged"}),
    (lambda data: (data / "index" / "current" / "made_by.json").write_text("spoilt", "utf-8"), {"index": "damaged"}),
    (lambda data: segment_of(data).unlink(), {"index": "damaged"}),
    (lambda data: shutil.rmtree(data / "index"), {"index": "missing"}),
    (lambda data: shutil.rmtree(data / "archive"), {"archive": "missing"}),
    (lambda data: spoil(file_of(data)), {"archive": "damaged"}),
    (shutil.rmtree, {"catalogue": "missing", "index": "missing", "archive": "missing"}),
]


@pytest.mark.parametrize(("harm", "told"), HARMS)
def test_each_of_the_three_is_told_as_what_it_is(
    data: Path, harm: Callable[[Path], object], told: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kamerstukken.readiness._PATIENCE", 60.0)  # a busy machine takes its time
    harm(data)
    expected = dict.fromkeys(CONDITIONS, "ok") | told
    response = web_app(Settings(data), "1").test_client().get("/readyz")
    ready = set(told.values()) <= {"behind"}
    assert response.get_json() == {"ready": ready} | expected
    assert response.status_code == (200 if ready else 503)
    status = json.loads(says("status", "--json", "--data", data).stdout)
    assert status["conditions"] == expected
    if "damaged" in told.values():
        assert status.get("index") != "up to date" or "index" not in told
        text = says("status", "--data", data).stdout
        assert ("damaged" in text, "kamerstukken check --mend" in text or "kamerstukken reindex" in text) == (True, True)


def test_a_folder_that_was_never_indexed_says_how_to_begin(tmp_path: Path) -> None:
    visitor = web_app(Settings(tmp_path / "none"), "1").test_client()
    for address in ("/", "/zoeken?q=x", f"/{PAPER}", "/dossier/91066", "/status", "/term?q=x"):
        response = visitor.get(address)
        assert response.status_code == 503
        assert "kamerstukken index MAP" in response.text
    for address in ("search?q=x", f"papers/{PAPER}", "dossiers/91066", "status"):
        response = visitor.get(f"/api/v1/{address}")
        assert (response.status_code, response.mimetype) == (503, "application/problem+json")
        assert "kamerstukken index" in response.get_json()["detail"]
    assert visitor.get("/healthz").status_code == 200
    assert not (tmp_path / "none").exists()


def test_a_lost_catalogue_is_no_empty_archive_and_its_papers_are_not_unknown(data: Path) -> None:
    lose_catalogue(data)
    visitor = web_app(Settings(data), "1").test_client()
    for address in ("/", "/zoeken?q=regering", f"/{PAPER}", f"/{PAPER}/bestand", "/kst-1-1", "/dossier/91066", "/persoon/X"):
        response = visitor.get(address)
        assert response.status_code == 503
        assert "kamerstukken reindex --from archive" in response.text


_MADE_OF_ANSWERS = (
    "/zoeken?q=regering", "/zoeken/filter/minister?q=regering", "/term?q=regering", "/zoeken.csv?q=regering",
    "/term.csv?q=regering", "/zoeken.bib?q=regering", "/zoeken.ris?q=regering", "/zoeken.atom?q=regering", "/dossier/91066.atom",
    "/suggesties?q=reg", "/sitemap.xml", "/sitemap/1.xml", f"/{PAPER}.bib", "/api/v1/search?q=regering", "/api/v1/suggest?q=reg",
    "/api/v1/term?q=regering", f"/api/v1/papers/{PAPER}", "/api/v1/dossiers/91066", "/api/v1/persons/X", "/api/v1/status",
)  # fmt: skip
"""All that tells what is in the archive, whichever of the two it asks."""


def test_without_a_catalogue_nothing_is_answered_by_any_door(data: Path, tmp_path: Path) -> None:
    visitor = web_app(Settings(data), "1").test_client()
    tags = {address: visitor.get(address).headers.get("ETag", "*") for address in _MADE_OF_ANSWERS}
    shutil.copy(data / "kamerstukken.db", tmp_path / "whole")
    for harm in (lose_catalogue, _emptied, overwrite_catalogue, _of_a_newer_program):
        lose_catalogue(data)
        shutil.copy(tmp_path / "whole", data / "kamerstukken.db")
        harm(data)
        for address, tag in tags.items():
            response = visitor.get(address, headers={"If-None-Match": tag})
            kind = "application/problem+json" if address.startswith("/api/") else "text/html"
            assert (address, response.status_code, response.mimetype) == (address, 503, kind)


def test_without_an_index_searches_say_so_and_papers_can_be_read(data: Path) -> None:
    shutil.rmtree(data / "index")
    visitor = web_app(Settings(data), "1").test_client()
    assert visitor.get("/zoeken?q=regering").status_code == 503
    assert visitor.get("/api/v1/search?q=regering").status_code == 503
    assert visitor.get(f"/{PAPER}?q=regering").status_code == 200
    assert visitor.get("/").status_code == 200


def test_what_does_not_answer_keeps_nobody() -> None:
    go_on = threading.Event()

    def hanging() -> Iterator[Condition]:
        go_on.wait()
        yield Condition.OK

    inspector = Inspector(lambda: iter([Condition.OK]), hanging, lambda: iter([Condition.BEHIND]))
    assert (inspector().index, inspector().ready) == (Condition.MISSING, False)
    go_on.set()


def test_what_was_seen_is_told_while_more_is_read() -> None:
    go_on = threading.Event()

    def thorough() -> Iterator[Condition]:
        yield Condition.OK
        go_on.wait()
        yield Condition.DAMAGED

    inspector = Inspector(thorough, thorough, thorough)
    assert inspector().ready
    go_on.set()
    assert inspector().index is Condition.DAMAGED


def test_a_cluster_that_is_away_is_told_as_missing(tmp_path: Path) -> None:
    class Away(WhooshIndex):
        def made(self) -> Made:
            raise EngineUnavailable("away")

    assert list(index_look(tmp_path / "none", Away(tmp_path))()) == [Condition.MISSING]


def test_a_page_of_what_is_damaged_says_so_and_the_others_are_shown(data: Path) -> None:
    with closing(sqlite3.connect(data / "kamerstukken.db", isolation_level=None)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("UPDATE files SET origin = 'elsewhere' WHERE identifier = ?", (PAPER,))
    visitor = web_app(Settings(data), "1").test_client()
    for address in (f"/{PAPER}", f"/{PAPER}/bestand"):
        assert visitor.get(address).status_code == 503
        assert "kamerstukken check --mend" in visitor.get(address).text
    assert visitor.get("/kst-91066-79").status_code == 200
