"""How often the catalogue is opened: once for each request, whatever it asks, and closed when the answer was sent."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from indexer.catalogue.database import Connection
from tests.web.archive import sample_app

PAPER = "/kst-91066-83"


class Opened:
    """Connections that were opened meanwhile; each tells when it is closed."""

    def __init__(self) -> None:
        self.count = 0
        self.open = 0

    def connect(self, *args: Any, **kwargs: Any) -> sqlite3.Connection:
        opened = self
        opened.count += 1
        opened.open += 1

        class Counted(Connection):
            def close(self) -> None:
                opened.open -= 1
                super().close()

        made: sqlite3.Connection = _connect(*args, **kwargs | {"factory": Counted})
        return made


_connect = sqlite3.connect


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> Iterator[Opened]:
    sample_app().test_client().get("/")  # made before it is counted
    counted = Opened()
    monkeypatch.setattr("indexer.catalogue.database.sqlite3.connect", counted.connect)
    yield counted
    assert counted.open == 0


@pytest.mark.parametrize(
    "address",
    [
        "/",
        PAPER,
        f"{PAPER}?q=belasting",
        "/kst-1-1",
        f"{PAPER}.bib",
        "/zoeken?q=belasting",
        "/zoeken.bib?q=belasting",
        "/zoeken.ris?q=belasting",
        "/zoeken.atom?q=belasting",
        "/zoeken/filter/minister?q=belasting",
        "/zoeken.csv?q=belasting",
        "/term?q=belasting",
        "/dossier/91066",
        "/persoon/Nobody",
        "/status",
        "/sitemap.xml",
        "/api/v1/search?q=belasting",
        f"/api/v1/papers{PAPER}",
        "/api/v1/dossiers/91066",
    ],
)
def test_a_request_opens_the_catalogue_once(opened: Opened, address: str) -> None:
    sample_app().test_client().get(address)
    assert opened.count == 1


@pytest.mark.parametrize("address", ["/static/style.css", "/robots.txt", "/zoeken?pagina=0"])
def test_what_asks_nothing_of_the_catalogue_does_not_open_it(opened: Opened, address: str) -> None:
    sample_app().test_client().get(address).close()
    assert opened.count == 0


def test_an_export_that_is_not_read_to_its_end_is_closed_as_well(opened: Opened) -> None:
    with closing(sample_app().test_client().get("/zoeken.bib?q=belasting", buffered=False)) as response:
        next(iter(response.response))
        assert opened.open == 1
    assert opened.open == 0
    sample_app().test_client().head("/zoeken.bib?q=belasting").close()
    assert (opened.count, opened.open) == (2, 0)


def test_requests_at_once_each_have_their_own(opened: Opened) -> None:
    app = sample_app()
    threads = [threading.Thread(target=lambda: app.test_client().get(PAPER)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened.count == 4
