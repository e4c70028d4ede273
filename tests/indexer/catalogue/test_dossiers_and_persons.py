"""What the catalogue tells of dossiers and persons: facts, lists in order, neighbours, and how it looks them up."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.dossiers import (
    Chapter,
    DossierListing,
    DossierSummary,
    Order,
    Participant,
    Tally,
    dossier_listing,
    dossier_summary,
    neighbours,
)
from indexer.catalogue.overview import PaperLine
from indexer.catalogue.persons import PersonChoice, PersonListing, PersonYear, Role, Tenure, person_listing, person_names
from indexer.paper.codec import people_by_role
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk, Person

MINISTER = "Minister van Proef"
DEPUTY = "Staatssecretaris van Proef"
PROOF = Dossier("90001", "", "Proefzaken")
BUDGET = Dossier("90005", "", "Begroting")


def paper(
    name: str,
    day: str = "",
    *dossiers: Dossier,
    kind: str = "Brief",
    ministers: tuple[Person, ...] = (),
    signatories: tuple[Person, ...] = (),
    submitters: tuple[str, ...] = (),
) -> Kamerstuk:
    return Kamerstuk(
        Identifier(f"kst-{name}"),
        title=f"Stuk {name}",
        kind=kind,
        date=date.fromisoformat(day) if day else None,
        dossiers=dossiers or (PROOF,),
        people=people_by_role(ministers=ministers, signatories=signatories or ministers, submitters=submitters),
    )


BEE = Person("A. (Anna) Bee", MINISTER)
PAPERS = (
    paper("90001-10", "2021-03-01", ministers=(BEE,), submitters=("A. Bee",)),
    paper("90001-2", "2020-05-01", ministers=(Person("drs. A. Bee", DEPUTY),)),
    paper("90001-3", "2020-06-01", kind="Motie", submitters=("A. Bee", "C. Dee")),
    paper("90001-A", "2020-06-01", Dossier("90001", "", "Oude titel"), kind="Motie", submitters=("C. Dee",)),
    paper("90001-4", kind="Motie", submitters=("C. Dee",)),
    paper("90002-7", "2020-06-15", Dossier("90002", "", "Elders"), PROOF, ministers=(Person("E. Eff", MINISTER),)),
    paper("90005-1", "2020-09-15", BUDGET),
    paper("90005-IV-1", "2020-09-15", Dossier("90005", "IV", "Vier")),
    paper("90005-IX-1", "2020-09-16", Dossier("90005", "IX", "Negen"), Dossier("90005", "IX", "Negen, oud")),
    paper("90005-A-1", "2020-09-16", Dossier("90005", "A", "Fonds")),
    paper("90001-11", "2021-03-02", signatories=(Person("A. Bee"),)),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "catalogue.db", "1") as opened:
        for number, one in enumerate(PAPERS):
            opened.put(one, f"f{number}", "html")
        yield opened


@pytest.fixture
def db(catalogue: Catalogue) -> sqlite3.Connection:
    return catalogue.connection


def register(db: sqlite3.Connection, key: str) -> DossierSummary:
    found = dossier_summary(db, key)
    assert found is not None
    return found


def papers_of(
    db: sqlite3.Connection, order: Order = Order.NUMBER, year: int | None = None, offset: int = 0, limit: int = 100
) -> DossierListing:
    found = dossier_listing(db, "90001", year=year, order=order, offset=offset, limit=limit)
    assert found is not None
    return found


def names(listing: DossierListing) -> list[str]:
    return [str(one.identifier).removeprefix("kst-") for one in listing.papers]


def person(db: sqlite3.Connection, chosen: PersonChoice | None = None, offset: int = 0, limit: int = 100) -> PersonListing:
    found = person_listing(db, "A. Bee", chosen or PersonChoice(), offset=offset, limit=limit)
    assert found is not None
    return found


def of_person(listing: PersonListing) -> list[str]:
    return [str(one.paper.identifier).removeprefix("kst-") for one in listing.papers]


def test_the_facts_of_a_dossier(db: sqlite3.Connection) -> None:
    assert register(db, "90001") == DossierSummary(
        key="90001",
        title="Proefzaken",
        other_titles=(Tally("Oude titel", 1),),
        papers=7,
        first=date(2020, 5, 1),
        last=date(2021, 3, 2),
        years={2020: 4, 2021: 2},
        kinds=(Tally("Brief", 4), Tally("Motie", 3)),
        ministers=(Participant("A. Bee", (MINISTER, DEPUTY), 2), Participant("E. Eff", (MINISTER,), 1)),
        submitters=(Participant("C. Dee", (), 3), Participant("A. Bee", (), 1)),
        chapters=(),
        nameless=0,
    )


@pytest.mark.parametrize("key", ["", "99999", "90001-", "90005-XVI"])
def test_a_dossier_without_papers_is_none(db: sqlite3.Connection, key: str) -> None:
    assert dossier_listing(db, key, year=None, order=Order.NUMBER, offset=0, limit=10) is None


def test_chapters_of_one_number_know_each_other(db: sqlite3.Connection) -> None:
    assert register(db, "90005-IX").chapters == (
        Chapter("90005", "Begroting", 1),
        Chapter("90005-IV", "Vier", 1),
        Chapter("90005-A", "Fonds", 1),
    )
    assert [chapter.key for chapter in register(db, "90005").chapters] == ["90005-IV", "90005-IX", "90005-A"]


def test_a_dossier_that_a_paper_names_twice_has_it_once(db: sqlite3.Connection) -> None:
    assert register(db, "90005-IX").papers == 1


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (Order.NUMBER, ["90001-2", "90001-3", "90001-4", "90001-10", "90001-11", "90001-A", "90002-7"]),
        (Order.NEWEST, ["90001-11", "90001-10", "90002-7", "90001-A", "90001-3", "90001-2", "90001-4"]),
        (Order.OLDEST, ["90001-2", "90001-3", "90001-A", "90002-7", "90001-10", "90001-11", "90001-4"]),
    ],
)
def test_papers_are_listed_by_number_or_date(db: sqlite3.Connection, order: Order, expected: list[str]) -> None:
    assert names(papers_of(db, order)) == expected
    assert [name for start in range(0, 8, 3) for name in names(papers_of(db, order, None, start, 3))] == expected


def test_the_papers_of_one_year(db: sqlite3.Connection) -> None:
    listing = papers_of(db, Order.NUMBER, 2020)
    assert names(listing) == ["90001-2", "90001-3", "90001-A", "90002-7"]
    assert listing.total == 4
    assert papers_of(db, Order.NUMBER, 1990) == DossierListing(listing.summary, 0, ())


def test_a_listed_paper_names_who_sent_it(db: sqlite3.Connection) -> None:
    found, bee = papers_of(db, Order.NUMBER, 2021).papers[0], Person("A. Bee", MINISTER)
    assert found == PaperLine(
        Identifier("kst-90001-10"), "Stuk 90001-10", "Brief", date(2021, 3, 1), (bee,), ("A. Bee",), "Stuk 90001-10"
    )


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("90001-2", [("90001", None, "90001-3", False)]),
        ("90001-10", [("90001", "90001-4", "90001-11", False)]),
        ("90002-7", [("90001", "90001-A", "90001-10", True)]),
        ("90005-1", []),
        ("99999-1", []),
    ],
)
def test_neighbours_in_the_dossier(
    db: sqlite3.Connection, name: str, expected: list[tuple[str, str | None, str | None, bool]]
) -> None:
    def short(one: PaperLine | None) -> str | None:
        return str(one.identifier).removeprefix("kst-") if one else None

    found = neighbours(db, Identifier(f"kst-{name}"))
    assert [(beside.key, short(beside.previous), short(beside.following), beside.by_date) for beside in found] == expected


def test_one_person_in_several_offices_and_spellings(db: sqlite3.Connection) -> None:
    facts = person(db).summary
    assert facts.name == "A. Bee"
    assert facts.spellings == ("A. (Anna) Bee", "drs. A. Bee")
    assert (facts.papers, facts.first, facts.last, facts.ministerial) == (4, date(2020, 5, 1), date(2021, 3, 2), 2)
    assert facts.signed == (
        Tenure("", 1, date(2021, 3, 2), date(2021, 3, 2)),
        Tenure(MINISTER, 1, date(2021, 3, 1), date(2021, 3, 1)),
        Tenure(DEPUTY, 1, date(2020, 5, 1), date(2020, 5, 1)),
    )
    assert facts.submitted == Tenure("", 3, date(2020, 5, 1), date(2021, 3, 1))
    assert facts.years == (PersonYear(2020, 2, 1, 2), PersonYear(2021, 2, 2, 1))


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        (PersonChoice(), ["90001-11", "90001-10", "90001-3", "90001-2"]),
        (PersonChoice(role=Role.SIGNED), ["90001-11", "90001-10", "90001-2"]),
        (PersonChoice(role=Role.SUBMITTED), ["90001-10", "90001-3", "90001-2"]),
        (PersonChoice(office=DEPUTY), ["90001-2"]),
        (PersonChoice(office=""), ["90001-11"]),
        (PersonChoice(year=2021), ["90001-11", "90001-10"]),
        (PersonChoice(role=Role.SUBMITTED, year=2020), ["90001-3", "90001-2"]),
        (PersonChoice(office="Koning"), []),
    ],
)
def test_the_papers_of_a_person_newest_first(db: sqlite3.Connection, chosen: PersonChoice, expected: list[str]) -> None:
    listing = person(db, chosen)
    assert of_person(listing) == expected
    assert listing.total == len(expected)
    assert of_person(person(db, chosen, 1, 1)) == expected[1:2]


def test_what_the_person_did_with_a_paper_is_told(db: sqlite3.Connection) -> None:
    assert [(one.offices, one.submitted) for one in person(db).papers] == [
        (("",), False),
        ((MINISTER,), True),
        ((), True),
        ((DEPUTY,), True),
    ]


@pytest.mark.parametrize("name", ["", "a. bee", "A. (Anna) Bee", "Niemand"])
def test_a_name_that_nobody_has_is_none(db: sqlite3.Connection, name: str) -> None:
    assert person_listing(db, name, PersonChoice(), offset=0, limit=1) is None


def test_every_person_is_named_once(db: sqlite3.Connection) -> None:
    assert person_names(db) == ["A. Bee", "C. Dee", "E. Eff"]


def test_a_person_whose_papers_left_is_gone(catalogue: Catalogue) -> None:
    catalogue.remove(Identifier("kst-90002-7"))
    assert person_names(catalogue.connection) == ["A. Bee", "C. Dee"]


def test_no_question_reads_a_whole_table(db: sqlite3.Connection) -> None:
    asked: list[str] = []
    db.set_trace_callback(asked.append)
    for order in Order:
        papers_of(db, order)
    papers_of(db, Order.NUMBER, 2020)
    neighbours(db, Identifier("kst-90001-10"))
    neighbours(db, Identifier("kst-90002-7"))
    person(db)
    person_names(db)
    db.set_trace_callback(None)
    assert len(asked) > 10
    for query in asked:
        for *_, step in db.execute(f"EXPLAIN QUERY PLAN {query}"):
            assert not step.startswith("SCAN") or step in ("SCAN found", "SCAN CONSTANT ROW"), (query, step)
