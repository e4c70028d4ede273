"""The register of persons: it follows from the names in papers, in whatever order they came, and tells papers when it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.database import in_memory
from indexer.catalogue.persons import Perhaps, PersonChoice, PersonListing, person_listing, person_meant, person_names
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, PaperPerson, PersonRole, ReadIn, Relation, RelationKind

NAMES = (
    "M. van Nispen",
    "Van Nispen",
    "M. (Michiel) van Nispen",
    "I. van Dijk",
    "D.J. van Dijk",
    "Van Dijk",
    "Dijk",
    "J.P. Dijk",
)


def identifier(number: int) -> Identifier:
    return Identifier(f"kst-90001-{number}")


def signed(number: int, *names: str) -> Kamerstuk:
    """A motion of these people."""
    people = tuple(
        PaperPerson(name, PersonRole.CO_SIGNER if i else PersonRole.FIRST_SUBMITTER, name, read_in=(ReadIn.SIGNATURE,))
        for i, name in enumerate(names)
    )
    return Kamerstuk(identifier(number), title=f"Motie {number}", people=people)


@pytest.fixture(scope="module")
def empty() -> Iterator[Catalogue]:
    """A catalogue without papers, of which others are copies: making one takes longer than what is done with it."""
    with open_catalogue(Path(":memory:"), "1") as opened:
        yield opened


@contextmanager
def copy_of(catalogue: Catalogue) -> Iterator[Catalogue]:
    with in_memory() as connection:
        catalogue.connection.backup(connection)
        yield Catalogue(connection, "1")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "catalogue.db", "1") as opened:
        yield opened


def put(catalogue: Catalogue, *papers: Kamerstuk) -> int:
    """Store papers; gives the number of the last change."""
    for paper in papers:
        catalogue.put(paper, f"f{paper.identifier}", "html")
    return int(catalogue.state())


def changed(catalogue: Catalogue, since: int) -> list[str]:
    return [str(change.identifier).removeprefix("kst-90001-") for change in catalogue.changes_since(since)]


def persons(catalogue: Catalogue, number: int) -> list[str | None]:
    paper = catalogue.get(identifier(number))
    assert paper is not None
    return [one.person for one in paper.people]


def listing(catalogue: Catalogue, name: str) -> PersonListing:
    found = person_listing(catalogue.connection, name, PersonChoice(), offset=0, limit=100)
    assert found is not None
    return found


def test_a_surname_alone_means_the_only_one_who_has_it(catalogue: Catalogue) -> None:
    put(catalogue, signed(1, "Van Nispen"))
    assert persons(catalogue, 1) == ["Van Nispen"]
    since = put(catalogue, signed(2, "M. van Nispen", "E. Eff"))
    assert persons(catalogue, 1) == ["M. van Nispen"]
    assert changed(catalogue, since - 1) == ["1"]
    assert person_names(catalogue.connection) == ["E. Eff", "M. van Nispen"]
    assert (listing(catalogue, "M. van Nispen").total, listing(catalogue, "M. van Nispen").summary.spellings) == (
        2,
        ("Van Nispen",),
    )


def test_only_papers_are_touched_in_which_someone_is_another_person(catalogue: Catalogue) -> None:
    since = put(catalogue, signed(1, "Van Nispen"), signed(2, "M. van Nispen"), signed(3, "E. Eff"), signed(4, "M. van Nispen"))
    last = put(catalogue, signed(5, "I. van Dijk"), signed(6, "Van Nispen", "M. van Nispen"))
    assert (changed(catalogue, since), last) == (["5", "6"], since + 2)


def test_a_surname_that_two_persons_have_stands_for_itself_and_says_so(catalogue: Catalogue) -> None:
    put(catalogue, signed(1, "Van Dijk"), signed(2, "I. van Dijk"))
    assert persons(catalogue, 1) == ["I. van Dijk"]
    since = int(catalogue.state())
    put(catalogue, signed(3, "D.J. van Dijk"))
    assert persons(catalogue, 1) == [None]
    assert changed(catalogue, since) == ["3", "1"]
    vague, known = listing(catalogue, "Van Dijk").summary, listing(catalogue, "I. van Dijk").summary
    assert (vague.papers, vague.vague, vague.may_be, vague.perhaps) == (1, True, ("D.J. van Dijk", "I. van Dijk"), ())
    assert (known.papers, known.vague, known.may_be, known.perhaps) == (1, False, (), (Perhaps("Van Dijk", 1),))


def test_a_name_as_papers_have_it_means_one_person_or_nobody_can_tell(catalogue: Catalogue) -> None:
    put(catalogue, signed(1, "Van Nispen"), signed(2, "M. (Michiel) van Nispen"))
    put(catalogue, signed(3, "Van Dijk"), signed(4, "I. van Dijk"), signed(5, "D.J. van Dijk"))
    asked = ("Van Nispen", "M. (Michiel) van Nispen", "Van Dijk", "Niemand", "")
    assert [person_meant(catalogue.connection, name) for name in asked] == ["M. van Nispen", "M. van Nispen", "", "", ""]


def test_when_the_other_one_leaves_the_surname_tells_again(catalogue: Catalogue) -> None:
    put(catalogue, signed(1, "Van Dijk"), signed(2, "I. van Dijk"), signed(3, "D.J. van Dijk"))
    catalogue.remove(identifier(3))
    assert persons(catalogue, 1) == ["I. van Dijk"]
    put(catalogue, signed(2, "E. Eff"))
    assert persons(catalogue, 1) == ["Van Dijk"]
    catalogue.remove(identifier(1))
    assert person_names(catalogue.connection) == ["E. Eff"]


def test_the_facet_and_the_page_of_a_person_tell_one_number(catalogue: Catalogue) -> None:
    put(
        catalogue,
        signed(1, "drs. Van Dijk"),
        signed(2, "Van Dijk", "I. (Inge) van Dijk"),
        signed(3, "D.J. van Dijk"),
        signed(4, "Inge van Dijk", "Van Dijk"),
        signed(5),
    )
    papers = [change.paper for change in catalogue.changes_since(0) if change.paper]
    for name in person_names(catalogue.connection):
        facet = sum(name in {one.known_as for one in paper.people} for paper in papers)
        assert listing(catalogue, name).summary.papers == facet
    assert {one.known_as for paper in papers for one in paper.people} == set(person_names(catalogue.connection))


def test_a_name_that_two_papers_print_is_kept_until_both_left(catalogue: Catalogue) -> None:
    put(catalogue, signed(1, "M. van Nispen"), signed(2, "M. van Nispen"), signed(3, "Van Nispen"))
    catalogue.remove(identifier(1))
    assert persons(catalogue, 3) == ["M. van Nispen"]
    catalogue.remove(identifier(2))
    assert persons(catalogue, 3) == ["Van Nispen"]


def test_a_minister_without_a_name_is_nobody(catalogue: Catalogue) -> None:
    unnamed = PaperPerson("", PersonRole.MINISTER, office="Minister van Proef", read_in=(ReadIn.KIND_LINE,))
    put(catalogue, replace(signed(1), people=(unnamed,)), signed(2, "E. Eff"))
    assert persons(catalogue, 1) == [None]
    assert person_names(catalogue.connection) == ["E. Eff"]
    assert [row[0] for row in catalogue.connection.execute("SELECT identifier FROM papers WHERE nameless")] == ["kst-90001-1"]


PAPERS = st.builds(
    lambda number, names, targets: replace(
        signed(number, *names),
        relations=tuple(Relation(RelationKind.REPLACES, identifier(target)) for target in targets if target != number),
    ),
    st.integers(1, 5),
    st.lists(st.sampled_from(NAMES), max_size=3),
    st.lists(st.integers(1, 6), max_size=2, unique=True),
)
STEPS = st.lists(PAPERS | st.integers(1, 5), max_size=12)
"""Papers that come, in place of what had their identifiers, and numbers of papers that leave."""


def content(catalogue: Catalogue) -> list[list[tuple[object, ...]]]:
    """All that follows from the papers that are here, whatever was here before."""
    db = catalogue.connection
    tables = ("paper_people", "register", "relations")
    kept = [sorted(db.execute(f"SELECT * FROM {table}").fetchall()) for table in tables]  # noqa: S608 - our names
    told = [(change.paper,) for change in catalogue.changes_since(0) if change.paper]
    return [*kept, sorted(told, key=lambda one: str(one[0].identifier))]


def follow(catalogue: Catalogue, steps: Sequence[Kamerstuk | int]) -> dict[Identifier, Kamerstuk]:
    """Take the steps; gives what an index has that takes up the changes after each of them, without what it does not keep."""
    index: dict[Identifier, Kamerstuk] = {}
    since = 0
    for step in steps:
        if isinstance(step, int):
            catalogue.remove(identifier(step))
        else:
            put(catalogue, step)
        for change in catalogue.changes_since(since):
            since = change.number
            index.pop(change.identifier, None)
            if change.paper:
                index[change.identifier] = indexed(change.paper)
    return index


def indexed(paper: Kamerstuk) -> Kamerstuk:
    """A paper with what an index keeps of its relations."""
    return replace(paper, relations=tuple(Relation(one.kind, one.target) for one in paper.relations))


@given(STEPS, st.randoms(use_true_random=False))
def test_what_is_told_follows_from_the_papers_that_are_here_and_every_change_of_it_is_a_change(
    empty: Catalogue, steps: list[Kamerstuk | int], random: Random
) -> None:
    last = {step if isinstance(step, int) else int(step.identifier.number): step for step in steps}
    final = [step for step in last.values() if isinstance(step, Kamerstuk)]
    random.shuffle(final)
    with copy_of(empty) as catalogue:
        index = follow(catalogue, steps)
        there = content(catalogue)
        told = {change.identifier: change.paper for change in catalogue.changes_since(0) if change.paper}
    with copy_of(empty) as catalogue:
        put(catalogue, *final)
        assert there == content(catalogue)
    assert index == {name: indexed(paper) for name, paper in told.items()}


def test_a_clerk_is_no_member_of_the_same_surname(catalogue: Catalogue) -> None:
    clerk = PaperPerson("Van Nispen", PersonRole.CLERK, "Van Nispen", read_in=(ReadIn.SIGNATURE,))
    report = replace(signed(2), people=(clerk,))
    put(catalogue, signed(1, "M. van Nispen"), report, signed(3, "Van Nispen"))
    told = {one: catalogue.get(identifier(one)) for one in (1, 2, 3)}
    assert [paper and [one.known_as for one in paper.people] for paper in told.values()] == [
        ["M. van Nispen"],
        ["Van Nispen"],
        ["M. van Nispen"],
    ]
    member = person_listing(catalogue.connection, "M. van Nispen", PersonChoice(), offset=0, limit=10)
    assert member is not None
    assert [str(one.paper.identifier) for one in member.papers] == ["kst-90001-3", "kst-90001-1"]
    catalogue.remove(identifier(3))
    catalogue.remove(identifier(1))
    assert person_names(catalogue.connection) == ["Van Nispen"]
