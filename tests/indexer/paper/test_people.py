"""Names of persons: one value for one person, whom a name means, and names that are close to an unknown one."""

from __future__ import annotations

import time
from itertools import product
from random import Random
from string import ascii_uppercase

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.people import close_names, person_name, persons_of, possible_persons_of, surname_of

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


NISPEN = ["M. van Nispen", "Van Nispen", "VAN NISPEN", "Michiel (M.) van Nispen", "Michiel van Nispen", "M.M. van Nispen"]


def test_spellings_of_one_person_are_joined() -> None:
    assert set(persons_of(NISPEN).values()) == {"M.M. van Nispen"}


@pytest.mark.parametrize(
    ("names", "persons"),
    [
        # A surname that two persons bear means neither; a first name or initials tell.
        (
            ["Van Dijk", "I. (Inge) van Dijk", "Inge van Dijk", "D.J.H. (Diederik) van Dijk", "Diederik van Dijk"],
            ["", "I. van Dijk", "I. van Dijk", "D.J.H. van Dijk", "D.J.H. van Dijk"],
        ),
        # Tussenvoegsels are part of the name.
        (["Dijk", "J.P. Dijk", "Van Dijk", "I. van Dijk"], ["J.P. Dijk", "J.P. Dijk", "I. van Dijk", "I. van Dijk"]),
        (["De Vries", "A. van Vries"], ["De Vries", "A. van Vries"]),
        # What may be of two persons is of neither, whatever it tells.
        (["M. Jansen", "M.L. Jansen", "M.P. Jansen"], ["", "M.L. Jansen", "M.P. Jansen"]),
        (["I. Berg", "Inge Berg", "Ilse Berg"], ["", "Inge Berg", "Ilse Berg"]),
        (["Inge Berg", "T. Berg"], ["Inge Berg", "T. Berg"]),
        # A first name that is not that of the first initial is known from the brackets.
        (["A.P.C. (Ton) de Meer", "Ton de Meer", "De Meer"], ["A.P.C. de Meer"] * 3),
        # Surnames of several words.
        (["Six Dijkstra", "J.P.S. Six Dijkstra", "Dijkstra", "S. Dijkstra"], ["J.P.S. Six Dijkstra"] * 2 + ["S. Dijkstra"] * 2),
        (["Six Dijkstra", "Dijkstra"], ["Six Dijkstra", ""]),
        (["Jansen van Gaal", "A. Jansen van Gaal", "Van Gaal"], ["A. Jansen van Gaal", "A. Jansen van Gaal", "Van Gaal"]),
        (["El Abbas", "I. el Abbas"], ["I. el Abbas", "I. el Abbas"]),
        (["Bos-de Wit", "A. Bos-de Wit", "Bos", "De Wit"], ["A. Bos-de Wit", "A. Bos-de Wit", "Bos", "De Wit"]),
        (["Van Bos-van der Wit", "A. van Bos - van der Wit"], ["A. van Bos - van der Wit"] * 2),
        # Letters with accents, and initials of several letters.
        (["YILDIZ-ŞEN", "D. Yildiz-Sen", "Yıldız-Şen"], ["D. Yildiz-Sen"] * 3),
        (["Th.A. Bos", "T.A. Bos", "Theo Bos"], ["Th.A. Bos"] * 3),
        (["mr. A.B. Bos MSc", "Bos"], ["A.B. Bos", "A.B. Bos"]),
        (["Bos"], ["Bos"]),
        ([""], [""]),
    ],
)
def test_whom_names_mean(names: list[str], persons: list[str]) -> None:
    told = persons_of(names)
    assert [told[name] for name in names] == persons


def test_who_may_be_meant_is_told() -> None:
    possible = possible_persons_of(
        ["Van Dijk", "I. (Inge) van Dijk", "Inge van Dijk", "Diederik van Dijk", "Dijk", "Jan Dijk", "Bos"]
    )
    assert possible["Van Dijk"] == ("Diederik van Dijk", "I. van Dijk")
    assert possible["Inge van Dijk"] == ("I. van Dijk",)
    assert possible["Bos"] == ("Bos",)


PARTS = st.tuples(
    st.sampled_from(["", "A.", "A.B.", "B.", "(Anne)", "Anne", "A. (Anne)", "Ben", "Th."]),
    st.sampled_from(["", "van", "van der", "el", "Van"]),
    st.sampled_from(["Dijk", "DIJK", "Six Dijk", "Bos-Dijk", "Bos-van Dijk", "Dijk van Gaal"]),
)
NAMES = st.one_of(PARTS.map(lambda parts: " ".join(filter(None, parts))), st.text(max_size=20))


@given(st.lists(NAMES, max_size=12), st.randoms())
def test_the_order_of_names_does_not_matter(names: list[str], chance: Random) -> None:
    told = persons_of(names)
    assert set(told) == set(names)
    chance.shuffle(names)
    assert persons_of(names) == told


@given(st.lists(NAMES, max_size=10), st.lists(NAMES, max_size=10))
def test_names_of_other_surnames_change_nothing(names: list[str], others: list[str]) -> None:
    surnames = {surname_of(name) for name in names}
    unrelated = [name for name in others if surname_of(name) not in surnames]
    assert persons_of([*names, *unrelated]) == persons_of(names) | persons_of(unrelated)


@given(st.lists(NAMES, max_size=10))
def test_names_of_one_person_differ_in_nothing_that_both_tell(names: list[str]) -> None:
    told, possible = persons_of(names), possible_persons_of(names)
    for one, other in product(names, names):
        if told[one] and told[one] == told[other]:
            assert surname_of(one) == surname_of(other)
        assert told[one] in possible[one] or not told[one]


def test_many_names_of_one_surname_take_little_time() -> None:
    began = time.process_time()
    persons_of([f"{a}.{b}. de Vries" for a in ascii_uppercase for b in ascii_uppercase])
    hostile = persons_of([f"{a}.{b}.{c}. Bos" for a in ascii_uppercase for b in ascii_uppercase for c in ascii_uppercase])
    assert set(hostile) == set(hostile.values())
    # Names that may all be of one person: each has an initial more than the one before.
    possible_persons_of([f"{'A.' * i} Bos" for i in range(1, 300)])
    persons_of([f"{'A.' * 12} {'X' * i}. Bos" for i in range(1, 190)])
    assert time.process_time() - began < 30
