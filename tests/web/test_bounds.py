"""Replies have a bound, whatever a request holds: what is repeated is cut to what was understood, or refused."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from search.query.tree import MAX_LENGTH
from tests.web.fakes import PAPERS, engine_of, site
from web.http import LONGEST_ADDRESS, LONGEST_PATH

_PAGES = ("/zoeken", "/term", "/zoeken.atom", "/zoeken/filter/kind", "/suggesties", "/api/v1/search", "/api/v1/term")
_LONG = {
    "words": "kamer " * 1_000,
    "one word": "k" * 6_000,
    "signs": "kamer \"'<>&" * 500,
    "letters": "é" * 2_000,
    "pictures": "kamer " + "😀" * 1_000,
    "choices": " OF ".join(["kamer"] * 400),
}


@pytest.mark.parametrize("kind", _LONG)
@pytest.mark.parametrize("page", _PAGES)
def test_a_query_is_repeated_as_far_as_it_was_read(page: str, kind: str) -> None:
    query = _LONG[kind]
    response = site().get(f"{page}?q={quote(query[: LONGEST_ADDRESS // 13] if kind == 'pictures' else query)}")

    assert response.status_code in (200, 414)
    assert len(response.data) < 400_000
    assert query[: MAX_LENGTH + 20] not in response.text


def test_one_who_asks_too_long_a_query_is_told_that_it_was_cut() -> None:
    told = site(engine_of(PAPERS)).get(f"/api/v1/search?q={'toeslag+' * 500}").get_json()

    assert len(told["query"]) == MAX_LENGTH + 1
    assert told["remarks"][0] == f"De zoekvraag is afgekapt na {MAX_LENGTH} tekens."


@pytest.mark.parametrize("path", ["/zoeken?q={}", "/nergens?{}=1", "/static/style.css?v={}", "/{}"])
def test_an_address_that_is_too_long_is_refused(path: str) -> None:
    longest = LONGEST_PATH if path == "/{}" else LONGEST_ADDRESS
    response = site().get(path.format("x" * (longest + 10)))

    assert response.status_code == 414
    assert len(response.data) < 5_000


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("dossier=" + "&dossier=".join(map(str, range(100))), "hoogstens 40"),
        ("&".join(f"{name}={n}" for name in ("dossier", "kind", "person") for n in range(15)), "hoogstens 40"),
        ("kind=" + "x" * 300, "te lang"),
    ],
)
def test_more_values_than_a_page_can_hold_are_told(asked: str, told: str) -> None:
    page, twin = site().get(f"/zoeken?q=kamer&{asked}"), site().get(f"/api/v1/search?q=kamer&{asked}")

    assert page.status_code == 400
    assert told in page.text
    assert len(page.data) < 20_000
    assert twin.status_code == 400 if "kind=1" not in asked else twin.status_code == 200  # which repeats none of them
    assert len(twin.data) < 100_000


def test_of_a_thousand_parameters_that_mean_nothing_only_some_are_told() -> None:
    asked = "&".join(f"a{n}=" for n in range(1_000))

    assert site().get(f"/zoeken?{asked}").status_code == 200
    refused = site().get(f"/api/v1/search?{asked}")
    assert refused.status_code == 400
    assert len(refused.data) < 2_000


@pytest.mark.parametrize(
    "path", ["/", "/zoeken", "/zoeken?q=kamer", "/zoeken.csv?q=kamer", "/api/v1/search?q=kamer", "/healthz", "/nergens"]
)
def test_methods_are_answered_or_refused(path: str) -> None:
    client = site()
    plain = client.get(path)
    head = client.head(path)

    assert head.data == b""
    assert head.status_code == plain.status_code
    assert client.open(path, method="OPTIONS").status_code in (200, 404)
    for method in ("POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "X" * 200):
        assert client.open(path, method=method).status_code in (404, 405), method


@pytest.mark.parametrize(
    "path",
    [
        "/%00", "/zoeken?q=%00", "/zoeken?%00=%00", "/%ff%fe", "/zoeken?q=%ff%fe", "/zoeken?q=%ed%a0%80", "/persoon/%ff",
        "/dossier/%00", "/dossier/%ff.atom", "/api/v1/dossiers/%ff", "/api/v1/persons/%00", "/kst-%00", "/zoeken/filter/%ff",
        "/zoeken?q=%", "/zoeken?q=%zz", "/zoeken?&&&==&=", "/zoeken?q=a&q=b", "/zoeken?pagina=1&pagina=2", "//",
        "/../../etc/passwd",
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/%00", "/zoeken;q=a", "/zoeken?q=a;b",
    ],
)  # fmt: skip
def test_whatever_stands_in_an_address_is_no_error_of_ours(path: str) -> None:
    odd = {"Cookie": "a=" + "x" * 10_000, "Accept": "\xff", "If-None-Match": "\xff", "Range": "bytes=9-1"}

    response = site().get(path, headers=odd)

    assert response.status_code < 500
    assert len(response.data) < 200_000
