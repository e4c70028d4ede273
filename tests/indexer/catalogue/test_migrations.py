"""Catalogues of earlier versions are brought to the present schema, with everything in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.dossiers import dossier_summary, neighbours
from indexer.catalogue.migrations import STEPS, migrate
from indexer.catalogue.persons import PersonChoice, person_listing
from indexer.paper.codec import people_by_role
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk, Person

PAPERS = (
    Kamerstuk(
        Identifier("kst-90001-2"),
        date=date(2020, 1, 2),
        dossiers=(Dossier("90001", "R9002", "Proef"), Dossier("90001", "", "Proef"), Dossier("90003", "XVI", "Ander")),
        people=people_by_role(
            ministers=(Person("drs. A. (Anna) Bee", "Minister van Proef"),),
            signatories=(Person("drs. A. (Anna) Bee", "Minister van Proef"), Person("", "Staatssecretaris van Proef")),
            submitters=("A. Bee",),
        ),
    ),
    Kamerstuk(Identifier("kst-90001-10"), dossiers=(Dossier("90001", "", "Proef"),)),
    Kamerstuk(Identifier("kst-90001-A"), dossiers=(Dossier("", "", "Zonder nummer"),)),
)
TABLES = ("state", "files", "papers", "removals", "paper_dossiers", "paper_persons", "citations", "runs", "failures")


def fill(path: Path) -> None:
    with open_catalogue(path, "1") as catalogue:
        for number, paper in enumerate(PAPERS):
            catalogue.put(paper, f"f{number}", "html")


def content(path: Path) -> dict[str, list[tuple[object, ...]]]:
    with closing(sqlite3.connect(path)) as db:
        return {table: sorted(db.execute(f"SELECT * FROM {table}").fetchall()) for table in TABLES}  # noqa: S608 - our names


def as_of_version(version: int, source: Path, target: Path) -> None:
    """A catalogue with the same content, as an earlier version of the program made it."""
    with closing(sqlite3.connect(target, isolation_level=None)) as db:
        migrate(db, target, version)
        db.execute("DELETE FROM state")
        db.execute("ATTACH ? AS present", (str(source),))
        for table in TABLES:
            names = ", ".join(row[1] for row in db.execute(f"PRAGMA main.table_info({table})"))
            db.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM present.{table}")  # noqa: S608 - our names


@pytest.mark.parametrize("version", range(1, len(STEPS)))
def test_an_earlier_catalogue_becomes_what_the_present_program_makes(tmp_path: Path, version: int) -> None:
    fill(tmp_path / "present.db")
    as_of_version(version, tmp_path / "present.db", tmp_path / "earlier.db")
    with open_catalogue(tmp_path / "earlier.db", "1") as catalogue:
        register = dossier_summary(catalogue.connection, "90001")
        assert register is not None
        assert register.papers == 2
        (beside,) = neighbours(catalogue.connection, Identifier("kst-90001-10"))
        assert beside.previous is not None
        assert beside.previous.identifier == Identifier("kst-90001-2")
        person = person_listing(catalogue.connection, "A. Bee", PersonChoice(), offset=0, limit=1)
        assert person is not None
        assert person.total == 1
    assert content(tmp_path / "earlier.db") == content(tmp_path / "present.db")


def test_a_step_that_fails_leaves_the_catalogue_as_it_was(tmp_path: Path) -> None:
    fill(tmp_path / "present.db")
    as_of_version(1, tmp_path / "present.db", tmp_path / "earlier.db")
    before = content(tmp_path / "earlier.db")
    with closing(sqlite3.connect(tmp_path / "earlier.db", isolation_level=None)) as db:
        db.execute("CREATE INDEX papers_at_a_glance ON papers (date)")  # in the way of a later statement of the step
        with pytest.raises(sqlite3.OperationalError, match="already exists"):
            migrate(db, tmp_path / "earlier.db")
    assert content(tmp_path / "earlier.db") == before
