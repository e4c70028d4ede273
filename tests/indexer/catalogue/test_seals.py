"""A catalogue with a byte that is other than what was written: what is asked of it is as it was, or is told as damaged."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue, read_catalogue
from indexer.catalogue.dossiers import Order, dossier_listing, neighbours
from indexer.catalogue.overview import cited_by, coverage, first_and_last, names, papers_per_year, part, parts, provenance
from indexer.catalogue.persons import PersonChoice, person_listing, person_names
from indexer.catalogue.seals import damages, with_sums
from indexer.errors import CatalogueDamaged
from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    Citation,
    Dossier,
    Kamerstuk,
    PaperPerson,
    Paragraph,
    PersonRole,
    Relation,
    RelationKind,
    Section,
    Where,
)
from tests.kamerstukken.harming import change

NUMBERS = (1, 2, 3)
IDENTIFIERS = tuple(Identifier(f"kst-90001-{number}") for number in NUMBERS)
MINISTER = PaperPerson("A. Bee", PersonRole.MINISTER, "A. Bee", "Minister van Proef")


def paper(number: int) -> Kamerstuk:
    """A paper with something in every table."""
    return Kamerstuk(
        Identifier(f"kst-90001-{number}"),
        title=f"Stuk {number} over de proef",
        kind="Brief regering",
        date=date(2020 + number, 3, number),
        number=str(number),
        dossiers=(Dossier("90001", "", "De proef"), Dossier("90002", "", "Een ander")),
        people=(MINISTER, PaperPerson(f"C. Dee{number}", PersonRole.FIRST_SUBMITTER, f"C. Dee{number}")),
        sections=(Section(0, "", "", paragraphs=(Paragraph("al-1", f"Tekst van stuk {number}, zie nr. 1."),)),),
        citations=(Citation(IDENTIFIERS[0], "nr. 1", Where.BODY, 0, 24),) if number > 1 else (),
        relations=(Relation(RelationKind.REPLACES, IDENTIFIERS[0]),) if number == 3 else (),
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A catalogue of three papers, in one small file."""
    path = tmp_path_factory.mktemp("whole") / "kamerstukken.db"
    with open_catalogue(path, "1") as catalogue, catalogue.transaction():
        for number in NUMBERS:
            identifier = Identifier(f"kst-90001-{number}")
            catalogue.note_file(identifier, f"f{number}", "html", f"/received/{number}", 10, "2024-01-02T03:04:05Z")
            catalogue.put(paper(number), f"f{number}", "html")
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("PRAGMA page_size = 512")
        db.execute("VACUUM")
        db.execute("PRAGMA journal_mode = WAL")
    return path


QUESTIONS: tuple[Callable[[Catalogue], object], ...] = (
    *(lambda catalogue, one=one: catalogue.get(one) for one in (*IDENTIFIERS, Identifier("kst-90001-9"))),
    *(lambda catalogue, one=one: neighbours(catalogue.connection, one) for one in IDENTIFIERS),
    *(lambda catalogue, one=one: provenance(catalogue.connection, one) for one in IDENTIFIERS),
    *(
        lambda catalogue, key=key, order=order: dossier_listing(
            catalogue.connection, key, year=None, order=order, offset=0, limit=9
        )
        for key in ("90001", "90002", "90009")
        for order in Order
    ),
    *(
        lambda catalogue, name=name: person_listing(catalogue.connection, name, PersonChoice(), offset=0, limit=9)
        for name in ("A. Bee", "C. Dee1", "C. Dee2", "Nobody")
    ),
    lambda catalogue: cited_by(catalogue.connection, IDENTIFIERS[0]),
    lambda catalogue: names(catalogue.connection, IDENTIFIERS),
    lambda catalogue: person_names(catalogue.connection),
    lambda catalogue: papers_per_year(catalogue.connection),
    lambda catalogue: first_and_last(catalogue.connection),
    coverage,
    lambda catalogue: catalogue.counts(),
    lambda catalogue: catalogue.removed(IDENTIFIERS[0]),
    lambda catalogue: list(catalogue.changes_since(0)),
    lambda catalogue: [catalogue.changed_since(number) for number in range(4)],
    lambda catalogue: catalogue.removals(),
    lambda catalogue: [part(catalogue, number) for number in parts(catalogue)],
    lambda catalogue: catalogue.former(),
    lambda catalogue: catalogue.count_former(),
)


def answers(path: Path) -> list[object]:
    """What the catalogue answers to each of the questions; that it is damaged is an answer too."""
    try:
        with read_catalogue(path, "1") as catalogue:
            return [answer(catalogue, question) for question in QUESTIONS]
    except CatalogueDamaged as error:
        return [error] * len(QUESTIONS)


def answer(catalogue: Catalogue, question: Callable[[Catalogue], object]) -> object:
    """The same of one."""
    try:
        return question(catalogue)
    except CatalogueDamaged as error:
        return error


def test_a_flipped_byte_is_told_or_changes_no_answer(whole: Path, tmp_path: Path) -> None:
    content, expected = whole.read_bytes(), answers(whole)
    assert not [one for one in expected if isinstance(one, Exception)]
    path, told = tmp_path / "kamerstukken.db", 0
    rng = random.Random(21)  # noqa: S311 - the same bytes each time
    for at in sorted(rng.sample(range(100, len(content)), 60)):
        flipped = bytearray(content)
        flipped[at] ^= 1 << rng.randrange(8)
        for left in tmp_path.glob("kamerstukken.db*"):
            left.unlink()
        path.write_bytes(flipped)
        for was, got in zip(expected, answers(path), strict=True):
            told += isinstance(got, CatalogueDamaged)
            assert isinstance(got, CatalogueDamaged) or got == was, at
    assert told > 60


@pytest.fixture
def path(whole: Path, tmp_path: Path) -> Path:
    """A copy of the catalogue to do harm to."""
    return Path(shutil.copy(whole, tmp_path))


def test_a_bad_row_is_named_and_the_others_are_given(path: Path) -> None:
    change(path.parent, "UPDATE papers SET body = zeroblob(length(body)) WHERE identifier = 'kst-90001-2'")
    left_out: list[CatalogueDamaged] = []
    with read_catalogue(path, "1") as catalogue:
        given = [str(change.identifier) for change in catalogue.changes_since(0, left_out.append)]
        assert [error.identifier for error in damages(catalogue.connection)] == ["kst-90001-2"]
        with pytest.raises(CatalogueDamaged, match="kst-90001-2"):
            catalogue.get(IDENTIFIERS[1])
    assert sorted(given) == ["kst-90001-1", "kst-90001-3"]
    assert [error.identifier for error in left_out] == ["kst-90001-2"]


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM paper_dossiers WHERE identifier = 'kst-90001-2'",
        "UPDATE paper_dossiers SET title = 'De proeve' WHERE identifier = 'kst-90001-2'",
        "UPDATE papers SET kind = 'Brief' WHERE identifier = 'kst-90001-2'",
        "UPDATE paper_people SET role = 'signatory' WHERE identifier = 'kst-90001-2' AND position = 0",
        "DELETE FROM papers WHERE identifier = 'kst-90001-2'",
    ],
)
def test_a_dossier_with_a_bad_row_is_not_shown_as_if_it_were_right(path: Path, statement: str) -> None:
    change(path.parent, statement)
    with read_catalogue(path, "1") as catalogue:
        with pytest.raises(CatalogueDamaged):
            dossier_listing(catalogue.connection, "90001", year=None, order=Order.NUMBER, offset=0, limit=9)
        assert list(damages(catalogue.connection))


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("UPDATE papers SET change = 9 WHERE identifier = 'kst-90001-3'", lambda catalogue: catalogue.changed_since(1)),
        ("UPDATE papers SET parser = '2' WHERE identifier = 'kst-90001-3'", lambda catalogue: catalogue.count_former()),
        ("UPDATE papers SET fictional = 1 WHERE identifier = 'kst-90001-3'", parts),
        ("UPDATE papers SET date_doubt = 'odd' WHERE identifier = 'kst-90001-3'", coverage),
        ("INSERT INTO removals VALUES ('kst-90001-9', 2, '2024-01-01T00:00:00Z')", lambda catalogue: catalogue.removals()),
    ],
)
def test_what_papers_are_found_by_is_sealed_too(path: Path, statement: str, question: Callable[[Catalogue], object]) -> None:
    change(path.parent, statement)
    with read_catalogue(path, "1") as catalogue, pytest.raises(CatalogueDamaged, match="check --mend"):
        question(catalogue)


def test_a_list_of_changes_that_is_damaged_is_told_and_its_papers_are_given(path: Path) -> None:
    change(path.parent, "UPDATE papers SET change = 9 WHERE identifier = 'kst-90001-3'")
    left_out: list[CatalogueDamaged] = []
    with read_catalogue(path, "1") as catalogue:
        given = [str(change.identifier) for change in catalogue.changes_since(0, left_out.append)]
    assert sorted(given) == ["kst-90001-1", "kst-90001-2", "kst-90001-3"]
    assert ["part" in str(error) for error in left_out] == [True]


def test_a_list_of_papers_that_left_that_is_damaged_is_told_and_they_are_given(path: Path) -> None:
    with open_catalogue(path, "1") as catalogue, catalogue.transaction():
        catalogue.remove(IDENTIFIERS[1])
    change(path.parent, "UPDATE removals SET at = 'never'")
    left_out: list[CatalogueDamaged] = []
    with read_catalogue(path, "1") as catalogue:
        gone = [str(change.identifier) for change in catalogue.changes_since(0, left_out.append) if change.paper is None]
    assert gone == ["kst-90001-2"]
    assert ["removal" in str(error) for error in left_out] == [True]


def test_seals_are_kept_with_whatever_is_written(path: Path) -> None:
    with open_catalogue(path, "1") as catalogue, catalogue.transaction():
        catalogue.put(replace(paper(2), title="Anders", people=()), "f4", "html")
        catalogue.remove(IDENTIFIERS[2])
        catalogue.remove(IDENTIFIERS[0])
        catalogue.put(paper(1), "f1", "html")
        catalogue.put(replace(paper(1), people=(PaperPerson("A. Bee-Gee", PersonRole.MINISTER, "A. Bee-Gee"),)), "f1", "html")
    with read_catalogue(path, "1") as catalogue:
        assert list(damages(catalogue.connection)) == []


def test_a_catalogue_that_may_not_be_written_can_be_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.access", lambda *_: False)
    path.chmod(0o444)
    with read_catalogue(path, "another parser") as catalogue:
        assert catalogue.get(IDENTIFIERS[0]) is not None


def test_a_catalogue_that_lost_the_number_of_its_last_change_is_damaged(whole: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(whole, tmp_path))
    with closing(sqlite3.connect(copy)) as db:
        with_sums(db)
        db.execute("DELETE FROM state")
        db.commit()
    for opened in (read_catalogue, open_catalogue):
        with pytest.raises(CatalogueDamaged, match="check --mend"), opened(copy, "1") as catalogue:
            catalogue.history.moment()
