"""Names of persons: one value for one person, and names that are close to an unknown one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.people import close_names, person_name

KNOWN = ["M.L.A. van Rij", "M.C. Rijnders", "W.R. Sieperda", "H. Ümit", "S. de Graaff-Meinders", "A. van Dijk", "I. van Dijk"]


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("M.L.A. van Rij", "M.L.A. van Rij"),
        ("mr. W.R. (Wietske) Sieperda", "W.R. Sieperda"),
        ("Drs. ir. A. Bee", "A. Bee"),
        ("D.J.H. (Diederik) van Dijk", "D.J.H. van Dijk"),
        ("(Inge)", "(Inge)"),
        ("", ""),
    ],
)
def test_titles_and_first_names_are_no_part_of_the_name(printed: str, name: str) -> None:
    assert person_name(printed) == name


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("van Rij", "M.L.A. van Rij"),
        ("M.L.A. van Rei", "M.L.A. van Rij"),
        ("sieperda", "W.R. Sieperda"),
        ("W. Siperda", "W.R. Sieperda"),
        ("H. Umit", "H. Ümit"),
        ("de graaff", "S. de Graaff-Meinders"),
    ],
)
def test_the_closest_name_comes_first(asked: str, first: str) -> None:
    assert close_names(asked, KNOWN, 3)[0] == first


def test_names_that_are_not_close_are_not_given() -> None:
    assert close_names("Q. Xylofoon", KNOWN, 5) == []
    assert close_names("", KNOWN, 5) == []


def test_no_more_names_are_given_than_asked_for() -> None:
    assert close_names("van Dijk", KNOWN, 1) == ["A. van Dijk"]
    assert close_names("van Dijk", KNOWN, 5)[:2] == ["A. van Dijk", "I. van Dijk"]


@given(st.text(max_size=30), st.lists(st.text(max_size=30), max_size=5))
def test_every_text_can_be_asked_for(asked: str, known: list[str]) -> None:
    assert set(close_names(asked, known, 3)) <= set(known)
