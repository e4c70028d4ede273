"""Dossiers: the ways to write one, and the order of its papers."""

from __future__ import annotations

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier
from indexer.paper.printed import is_guest, keys_once, place_in, read_dossier, read_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("31066", "31066"),
        ("31 066", "31066"),
        ("31\u00a0066", "31066"),
        ("36410 xvi", "36410-XVI"),
        ("36 410-XVI", "36410-XVI"),
        ("36410xvi", "36410-XVI"),
        ("36 410 IX-B", "36410-IXB"),
        ("21 501-02", "21501-02"),
        ("36 027 (R2160)", "36027"),
        ("ci", "CI"),
        ("31066-1412", "31066-1412"),
        ("Cool:Gen", ""),
        ("", ""),
    ],
)
def test_every_spelling_of_a_dossier_gives_its_key(typed: str, key: str) -> None:
    assert read_key(typed) == key


@pytest.mark.parametrize("key", ["31066", "21501-02", "36410-XVI", "36410-IXB", "36410-A", "CI", "00000"])
def test_a_key_is_its_own_spelling(key: str) -> None:
    assert read_key(key) == key


def test_a_number_of_no_known_form_is_kept() -> None:
    assert read_dossier("zie bijlage", "Titel") == Dossier("zie bijlage", "", "Titel")


def test_a_dossier_named_twice_has_its_key_once() -> None:
    dossiers = (Dossier("31066", "R2188"), Dossier("36410", "XVI"), Dossier("31066"), Dossier(""))
    assert keys_once(dossiers) == ["31066", "36410-XVI", "", ""]


def test_papers_stand_in_order_of_their_numbers() -> None:
    in_order = [
        "kst-31066-2",
        "kst-31066-10",
        "kst-31066-10-h1",
        "kst-31066-10a",
        "kst-31066-11",
        "kst-31066-1412",
        "kst-31066-A",
        "kst-31066-Z",
        "kst-31066-AA",
        "kst-31066-AB",
        "kst-1259252",
        "kst-26643-9",
        "kst-26643-10",
        "kst-36410-XVI-3",
    ]
    places = [place_in("31066", Identifier(name)) for name in in_order]
    assert places == sorted(set(places))


@pytest.mark.parametrize(
    ("key", "identifier", "guest"),
    [
        ("31066", "kst-31066-1412", False),
        ("26643", "kst-31066-1412", True),
        ("36410-XVI", "kst-36410-XVI-3", False),
        ("36410", "kst-36410-XVI-3", True),
        ("27033", "kst-27033-R1519-3", False),
        ("21501-02", "kst-21501-02-7", False),
        ("00000", "kst-19941995-00000-215a", False),
        ("31066", "kst-1259252", True),
    ],
)
def test_a_paper_with_the_number_of_another_dossier_is_a_guest(key: str, identifier: str, guest: bool) -> None:
    assert is_guest(place_in(key, Identifier(identifier))) is guest
