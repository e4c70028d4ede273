"""Catalogues of earlier versions are brought to the present schema, with everything in them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.dossiers import dossier_summary, neighbours
from indexer.catalogue.migrations import STEPS, migrate
from indexer.catalogue.persons import PersonChoice, person_listing
from indexer.catalogue.seals import with_sums
from indexer.paper.codec import people_by_role
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk, Person, Relation, RelationKind
from indexer.paper.people import person_name

BEE = Person("drs. A. (Anna) Bee", "Minister van Proef")


@dataclass(frozen=True)
class Signed:
    """Who signed a paper, as catalogues kept it before people stood in one list."""

    signatories: tuple[Person, ...] = ()
    ministers: tuple[Person, ...] = ()
    submitters: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """As they were kept: role, name, office."""
        yield from (("signatory", one.name, one.office) for one in self.signatories)
        yield from (("minister", one.name, one.office) for one in self.ministers)
        yield from (("submitter", name, "") for name in self.submitters)


SIGNED = {
    "kst-90001-2": Signed((BEE, Person("", "Staatssecretaris van Proef")), (BEE,), ("A. Bee", "drs. A. (Anna) Bee", "C. Dee")),
    "kst-90001-10": Signed((Person("E. Eff"), Person("E. Eff", "voorzitter")), (), ("C. Dee", "G. Gee", "E. Eff")),
    "kst-90001-A": Signed((), (Person("", "Minister van Proef"),)),
    "blg-9000001": Signed(),
}
DOSSIERS = {
    "kst-90001-2": (Dossier("90001", "R9002", "Proef"), Dossier("90001", "", "Proef"), Dossier("90003", "XVI", "Ander")),
    "kst-90001-10": (Dossier("90001", "", "Proef"),),
    "kst-90001-A": (Dossier("", "", "Zonder nummer"),),
}
MAIN = {"blg-9000001": "kst-90001-2"}
PAPERS = tuple(
    Kamerstuk(
        Identifier(name),
        title=f"Stuk {name}",
        date=date(2020, 1, 2) if name == "kst-90001-2" else None,
        dossiers=DOSSIERS.get(name, ()),
        people=people_by_role(signed.ministers, signed.signatories, signed.submitters),
        relations=(Relation(RelationKind.ATTACHMENT_OF, Identifier(MAIN[name])),) if name in MAIN else (),
    )
    for name, signed in SIGNED.items()
)
TABLES = (
    *("state", "files", "papers", "removals", "paper_dossiers", "paper_people", "register", "relations", "citations"),
    *("runs", "failures"),
)


def fill(path: Path) -> None:
    with open_catalogue(path, "1") as catalogue:
        for number, paper in enumerate(PAPERS):
            catalogue.put(paper, f"f{number}", "html")
            if paper.relations:  # an earlier version did not count it as a change that a paper got an attachment
                catalogue.connection.execute("UPDATE papers SET change = rowid")
                catalogue.connection.execute("UPDATE state SET change = ?", (number + 1,))


def content(path: Path, tables: tuple[str, ...] = TABLES) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr) for table in tables}  # noqa: S608 - our names


def columns(db: sqlite3.Connection, schema: str, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA {schema}.table_info({table})")]


def as_of_version(version: int, source: Path, target: Path) -> None:
    """A catalogue with the same content, as an earlier version of the program made it."""
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        migrate(db, target, version)
        db.execute("DELETE FROM state")
        db.execute("ATTACH ? AS present", (str(source),))
        for table in TABLES:
            names = ", ".join(name for name in columns(db, "main", table) if name in columns(db, "present", table))
            if names:
                db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM present.{table}")  # noqa: S608 - our names
        for identifier, signed in SIGNED.items() if version < 5 else ():
            for position, (role, name, office) in enumerate(signed.rows()):
                values = (identifier, position, role, name, office)
                db.execute("INSERT INTO paper_persons (identifier, position, role, name, office) VALUES (?, ?, ?, ?, ?)", values)
                if version > 1:
                    db.execute("UPDATE paper_persons SET person = ? WHERE name = ?", (person_name(name), name))
        if 2 < version < 5:
            db.executemany("INSERT INTO attachments VALUES (?, ?)", MAIN.items())


@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_an_earlier_catalogue_becomes_what_the_present_program_makes(tmp_path: Path, version: int) -> None:
    fill(tmp_path / "present.db")
    as_of_version(version, tmp_path / "present.db", tmp_path / "earlier.db")
    with open_catalogue(tmp_path / "earlier.db", "1") as catalogue:
        register = dossier_summary(catalogue.connection, "90001")
        assert register is not None
        assert (register.papers, register.nameless) == (2, 0)
        (beside,) = neighbours(catalogue.connection, Identifier("kst-90001-10"))
        assert beside.previous is not None
        assert beside.previous.identifier == Identifier("kst-90001-2")
        person = person_listing(catalogue.connection, "A. Bee", PersonChoice(), offset=0, limit=1)
        assert person is not None
        assert person.total == 1
        main = catalogue.get(Identifier("kst-90001-2"))
        assert main is not None
        # Version 2 did not keep which papers an attachment belongs to; it is known again when the file is read again.
        assert main.attachments == ((Identifier("blg-9000001"),) if version > 2 else ())
    tables = tuple(table for table in TABLES if version > 2 or table != "relations")
    assert content(tmp_path / "earlier.db", tables) == content(tmp_path / "present.db", tables)


def test_a_catalogue_whose_names_were_told_by_other_rules_is_told_anew(tmp_path: Path) -> None:
    path = tmp_path / "present.db"
    fill(path)
    expected = content(path, ("register", "paper_people"))
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        with_sums(db)
        db.execute("UPDATE state SET names = 'other rules'")
        db.execute("UPDATE register SET person = 'Z. Zet', surname = 'zet' WHERE name = 'G. Gee'")
        db.execute("UPDATE paper_people SET person = 'Z. Zet' WHERE name = 'G. Gee'")
    with open_catalogue(path, "1") as catalogue:
        (changed,) = catalogue.changes_since(len(PAPERS))
        assert changed.identifier == Identifier("kst-90001-10")
    assert content(path, ("register", "paper_people")) == expected


def test_a_step_that_fails_leaves_the_catalogue_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path / "present.db")
    as_of_version(1, tmp_path / "present.db", tmp_path / "earlier.db")
    tables = ("state", "papers", "paper_dossiers", "paper_persons", "citations")
    before = content(tmp_path / "earlier.db", tables)
    with closing(sqlite3.connect(tmp_path / "earlier.db", isolation_level=None)) as db:
        db.execute("CREATE INDEX papers_at_a_glance ON papers (date)")  # in the way of a later statement of the step
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrate(db, tmp_path / "earlier.db")
    assert content(tmp_path / "earlier.db", tables) == before
