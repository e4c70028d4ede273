from __future__ import annotations

from datetime import date

import pytest

from indexer.paper.model import Dossier, Person
from web import formats


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (999, "999"), (1234, "1.234"), (1234567, "1.234.567")])
def test_numbers_have_dots_between_thousands(value: int, text: str) -> None:
    assert formats.number(value) == text


def test_a_day_is_written_out_and_does_not_break_after_its_number() -> None:
    assert formats.day(date(2024, 6, 18)) == "18\u00a0juni 2024"
    assert formats.day(date(1998, 1, 1)) == "1\u00a0januari 1998"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("31066", "31\u00a0066"),
        ("21501-02", "21\u00a0501-02"),
        ("36410-XVI", "36\u00a0410\u00a0XVI"),
        ("CI", "CI"),
        ("<b>", "<b>"),
    ],
)
def test_dossiers_stand_as_in_print(key: str, text: str) -> None:
    assert formats.dossier_key(key) == text


def test_a_kingdom_act_keeps_its_second_number() -> None:
    assert formats.dossier(Dossier("36027", "R2160")) == "36\u00a0027\u00a0(R2160)"
    assert formats.dossier(Dossier("36410", "XVI")) == "36\u00a0410\u00a0XVI"


def test_categories_show_their_levels() -> None:
    assert formats.category("Financiën | Belasting") == "Financiën › Belasting"


def test_a_person_without_a_name_is_an_office() -> None:
    assert formats.person(Person("", "Minister van Financiën")) == "Minister van Financiën"
    assert formats.person(Person("A", "Minister")) == "A"
