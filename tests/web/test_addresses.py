from __future__ import annotations

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Person
from web import addresses
from web.addresses import page_numbers, pages_of

PAPER = Identifier("kst-91066-83")


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 20, [1, 0, 4, 5, 6, 7, 8, 0, 20]),
        (99, 20, [1, 0, 20]),
    ],
)
def test_page_numbers_leave_out_what_is_far(current: int, last: int, numbers: list[int]) -> None:
    assert page_numbers(current, last) == numbers


def test_pages_lead_to_those_beside_and_beyond_the_last_nowhere() -> None:
    pages = pages_of(95, 10, 2, lambda page: f"?p={page}")
    assert (pages.last, pages.previous, pages.following) == (10, "?p=1", "?p=3")
    assert pages.links[:3] == ((1, "?p=1"), (2, "?p=2"), (3, "?p=3"))
    assert pages_of(95, 10, 11, str).links == ()
    assert pages_of(95, 10, 4, str, most=4).following == ""
    assert pages_of(0, 10, 1, str).last == 1


def test_a_paper_is_read_here_or_at_its_publisher() -> None:
    assert addresses.readable_at(PAPER, {PAPER}, fictional=False) == "/kst-91066-83"
    assert addresses.readable_at(PAPER, (), fictional=False) == "https://zoek.officielebekendmakingen.nl/kst-91066-83.html"


def test_what_only_an_invented_paper_names_is_nowhere() -> None:
    assert addresses.readable_at(PAPER, {PAPER}, fictional=True) == "/kst-91066-83"
    assert addresses.readable_at(PAPER, (), fictional=True) == ""


def test_a_passage_of_a_paper_is_led_to_with_the_words_marked() -> None:
    assert addresses.paper_address(PAPER, "a b", "al 1") == "/kst-91066-83?q=a+b#al%201"
    assert addresses.paper_address(PAPER, "  ") == "/kst-91066-83"


def test_what_has_no_page_of_its_own_is_searched_for() -> None:
    assert addresses.dossier_of(Dossier("91066", "", "")) == "/dossier/91066"
    assert addresses.dossier_of(Dossier("", "", "Een titel")) == "/zoeken?q=titel%3A%22Een+titel%22&sort=newest"
    assert addresses.person_of(Person("A. Jansen", "Minister")) == "/persoon/A.%20Jansen"
    assert addresses.person_of(Person("", "Minister")) == "/zoeken?q=ambt%3AMinister&sort=newest"


def test_half_characters_do_not_stop_an_address() -> None:
    assert addresses.search_address(("q", "\ud83d")) == "/zoeken?q=%3F"
