"""Addresses as people paste them lead to the page that is meant, and queries in Latin-1 are read."""

from __future__ import annotations

import pytest

from tests.web.fakes import FakeAnswers, site


@pytest.mark.parametrize(
    ("pasted", "meant"),
    [
        ("/kst-91066-83.html", "/kst-91066-83"),
        ("/kst-91066-83.pdf", "/kst-91066-83"),
        ("/kst-91066-83.xml?q=cool", "/kst-91066-83?q=cool"),
        ("/kst-91066-83/", "/kst-91066-83"),
        ("/KST-91066-83.HTML", "/kst-91066-83"),
        ("/91066-83", "/kst-91066-83"),
        ("/91066-83/", "/kst-91066-83"),
        ("/91066-a", "/kst-91066-A"),
        ("/36410-XVI-2.html", "/kst-36410-XVI-2"),
        ("/frbr/officielepublicaties/kst/91066/kst-91066-83/1/xml/kst-91066-83.xml", "/kst-91066-83"),
        ("/dossier/91066/", "/dossier/91066"),
        ("/dossier/36410-XVI/kst-36410-XVI-2", "/kst-36410-XVI-2"),
        ("/zoeken/?q=cool%20gen", "/zoeken?q=cool%20gen"),
        ("/api/v1/search/?q=gen", "/api/v1/search?q=gen"),
    ],
)
def test_a_pasted_address_leads_to_the_page(pasted: str, meant: str) -> None:
    response = site().get(pasted)
    assert (response.status_code, response.headers["Location"]) == (301, meant)
    assert site().get(meant).status_code in {200, 404}


@pytest.mark.parametrize(
    "address", ["/onbekend", "/onbekend/", "/kst-91066", "/12345", "/kst-91066-83.docx", "/a//b/", "/x.nl/y/", "/99999999-1"]
)
def test_other_addresses_are_not_found(address: str) -> None:
    response = site().get(address, follow_redirects=True)
    assert response.status_code == 404
    assert "Deze pagina bestaat niet" in response.text


@pytest.mark.parametrize("address", ["//voorbeeld.nl/", "/%2Fvoorbeeld.nl/", "/%2F%2Fvoorbeeld.nl/zoeken/"])
def test_no_address_leads_away_from_the_site(address: str) -> None:
    response = site().get(address)
    assert not response.headers.get("Location", "/").startswith(("//", "http://voorbeeld"))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("co%F6rdinatie", "co\u00f6rdinatie"),
        ("co%C3%B6rdinatie", "co\u00f6rdinatie"),
        ("%93co%F6rdinatie%94+na", "\u201cco\u00f6rdinatie\u201d na"),
        ("%81", "\x81"),
        ("50%25", "50%"),
        ("50%", "50%"),
    ],
)
@pytest.mark.parametrize("page", ["/zoeken", "/api/v1/search"])
def test_a_query_in_latin_1_is_read(page: str, typed: str, read: str) -> None:
    answers = FakeAnswers()
    assert site(answers).get(f"{page}?q={typed}").status_code == 200
    assert [asked[0] for asked in answers.asked] == [read]
