"""Addresses of the publisher, to and from identifiers."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier, address_of, published_at

SITE = "https://zoek.officielebekendmakingen.nl"
REPOSITORY = "https://repository.overheid.nl/frbr/officielepublicaties/kst/95300-XIV"


@pytest.mark.parametrize(
    ("address", "official"),
    [
        (f"{SITE}/kst-95300-XIV-67.html", "kst-95300-XIV-67"),
        (f"{SITE}/kst-95300-XIV-67", "kst-95300-XIV-67"),
        (f"{SITE}/kst-95300-XIV-67.pdf#page=3", "kst-95300-XIV-67"),
        (f"{SITE}/dossier/95300-XIV/kst-95300-XIV-67?resultIndex=1&sorttype=1", "kst-95300-XIV-67"),
        ("http://www.officielebekendmakingen.nl/kst-91066-12.html", "kst-91066-12"),
        ("zoek.officielebekendmakingen.nl/kst-91066-12.html", "kst-91066-12"),
        (f"{REPOSITORY}/kst-95300-XIV-67/1/html/kst-95300-XIV-67.html", "kst-95300-XIV-67"),
        (f"{REPOSITORY}/kst-95300-XIV-67/1", "kst-95300-XIV-67"),
        (f" {SITE}/kst-91066-12.html%20). ", "kst-91066-12"),
        ("kst-91066-12.html", "kst-91066-12"),
        ("/kst-91066-12.html", "kst-91066-12"),
        ("./kst-91066-12", "kst-91066-12"),
        ("kst-91066-12", "kst-91066-12"),
        ("stb-2014-296.html", "stb-2014-296"),
        ("h-tk-20222023-84-12", "h-tk-20222023-84-12"),
        ("blg-998035", "blg-998035"),
    ],
)
def test_addresses_of_publications(address: str, official: str) -> None:
    assert str(published_at(address)) == official


@pytest.mark.parametrize(
    "address",
    [
        "", "#n1", "https://example.org/kst-91066-12.html", "https://officielebekendmakingen.nl.example.org/kst-91066-12.html",
        f"{SITE}/dossier/91066", f"{SITE}/kst-91066.html", f"{SITE}/kst-91066-0.html", f"{SITE}/kst-23400-XI.html",
        "javascript:kst-91066-12", f"{SITE}/resultaten?q=kst-91066-12", "kst-00012-3.html",
    ],
)  # fmt: skip
def test_addresses_of_nothing_we_know(address: str) -> None:
    assert published_at(address) is None


@pytest.mark.parametrize("official", ["kst-91066-12", "ah-tk-20202021-3235", "stb-2014-296", "stcrt-2019-12345", "trb-1988-7"])
def test_an_address_leads_back(official: str) -> None:
    assert published_at(address_of(Identifier(official))) == Identifier(official)


@pytest.mark.parametrize("official", ["stb-1988-12", "stcrt-2001-50", "ah-tk-19681969-993", "h-ek-19931994-3-4"])
def test_what_is_older_than_the_pages_has_none(official: str) -> None:
    assert address_of(Identifier(official)) == ""


@given(st.text(max_size=80) | st.text(alphabet="kst-ahbl0123456789/.:?#nlovrheid", max_size=80))
def test_any_address_is_a_publication_or_none(address: str) -> None:
    found = published_at(address)
    assert found is None or Identifier.parse(str(found)) == found


def test_long_addresses_cost_little() -> None:
    began = time.process_time()
    for part in ("a/", "a.", "kst-1-", "?", "a" * 70 + "/"):
        published_at(f"{SITE}/" + part * 100_000)
    assert time.process_time() - began < 1
