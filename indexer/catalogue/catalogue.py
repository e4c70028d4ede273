"""The catalogue: the truth about the papers, in SQLite. Indexes are derived from it and can be rebuilt.

It holds papers with their dossiers, people, relations and citations, the files they were read from, and the runs that brought
them in with what failed and why. Every change of a paper gets a number, also a change of what other papers tell of it, so that
an engine can be brought up to date from any earlier state.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from indexer.catalogue.database import opened_to_read, opened_to_write
from indexer.catalogue.history import History
from indexer.catalogue.migrations import is_present, migrate
from indexer.catalogue.received import FORMS
from indexer.catalogue.register import Register, is_registered
from indexer.catalogue.relations import Relations
from indexer.catalogue.seals import (
    INVENTED,
    LISTS,
    MEND,
    PART,
    WHOLE,
    Row,
    count_list,
    count_lists,
    damaged,
    list_values,
    read_list,
    read_lists,
    read_row,
    state_of,
    unsealed_list,
)
from indexer.catalogue.tweede_kamer import TweedeKamer
from indexer.errors import CatalogueDamaged, CatalogueOutdated
from indexer.paper.codec import decode, encode
from indexer.paper.conventions import keys_once, place_in
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.paper.naming import titles_of


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What is known of a file by its fingerprint."""

    identifier: Identifier
    form: str
    current: bool
    """Whether the paper in the catalogue was read from it by the present parser version."""
    outranked: bool
    """Whether the paper in the catalogue was read from a preferred form."""


@dataclass(frozen=True, slots=True)
class KeptRow:
    """What is recorded of a kept file: its form, where it came from and when."""

    form: str
    origin: str
    received: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the catalogue: the paper as it is now, or None when it left."""

    number: int
    identifier: Identifier
    paper: Kamerstuk | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is in the catalogue."""

    papers: int
    files: int
    dossiers: int
    citations: int
    changes: int
    """The number of the last change."""


def _raised(error: CatalogueDamaged) -> None:
    raise error


@contextmanager
def open_catalogue(path: Path, parser_version: str) -> Iterator[Catalogue]:
    """Open the catalogue at ``path``, made or brought to the present schema if need be.

    Raises:
        CatalogueOutdated: it is of a newer version.
        CatalogueDamaged: it is not as it was written, or is no catalogue.
        ArchiveError: it cannot be used.
    """
    with opened_to_write(path) as connection:
        migrate(connection, path)
        catalogue = Catalogue(connection, parser_version)
        catalogue.settle_names()
        yield catalogue


@contextmanager
def read_catalogue(path: Path, parser_version: str) -> Iterator[Catalogue]:
    """Open the catalogue at ``path`` to ask only. One of a former schema is brought to the present one if it may be written.

    Raises:
        CatalogueMissing: there is none.
        CatalogueOutdated: it is of another version.
        CatalogueDamaged: it is not as it was written, or is no catalogue.
        ArchiveError: it cannot be used.
    """
    may_write = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
    with opened_to_read(path) as connection:
        present, catalogue = is_present(connection, path), Catalogue(connection, parser_version)
        if present and (not may_write or catalogue.names_are_settled()):
            yield catalogue
            return
    if not may_write:
        raise CatalogueOutdated(
            f"{path}: made by a former version, and may not be written here",
            "as its owner bring it to the present form with: kamerstukken reindex",
        )
    with open_catalogue(path, parser_version) as catalogue:
        yield catalogue


class Catalogue:
    """An open catalogue. Use ``open_catalogue``; one thread at a time."""

    def __init__(self, connection: sqlite3.Connection, parser_version: str) -> None:
        self._db = connection
        self._parser = parser_version
        self.tweede_kamer = TweedeKamer(connection, self.as_read, self.touch)
        """The numbers of papers at the Tweede Kamer."""
        self.history = History(connection)
        """In which history its changes are numbered."""
        self.people = Register(connection, self.touch)
        self._relations = Relations(connection, self.touch)

    @property
    def connection(self) -> sqlite3.Connection:
        """For this package, whose other modules only ask, and for ``harvest.progress``, which keeps tables of its own here.

        Whatever changes papers goes through the methods.
        """
        return self._db

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """What is written within is written at once or, on an error, not at all."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            before = self.history.last_change()
            yield
            if self.history.last_change() > before:
                self.history.mark()
            self._db.execute("COMMIT")
        except BaseException:
            if self._db.in_transaction:  # SQLite itself gives some up, when the disk is full for one
                self._db.execute("ROLLBACK")
            raise

    # Files and papers

    def known(self, fingerprint: str) -> KnownFile | None:
        """What is known of the file with this fingerprint."""
        row = self._db.execute(
            "SELECT f.identifier, f.form, p.fingerprint, p.parser, p.form FROM files f LEFT JOIN papers p USING (identifier) "
            "WHERE f.fingerprint = ?",
            (fingerprint,),
        ).fetchone()
        if row is None:
            return None
        identifier, form, current, parser, current_form = row
        outranked = current is not None and FORMS.index(current_form) < FORMS.index(form) and parser == self._parser
        return KnownFile(Identifier(identifier), form, current == fingerprint and parser == self._parser, outranked)

    def form(self, identifier: Identifier) -> str:
        """The form the paper was read from; empty when it is not in the catalogue."""
        row = self._db.execute("SELECT form FROM papers WHERE identifier = ?", (str(identifier),)).fetchone()
        return row[0] if row else ""

    def is_current(self, identifier: Identifier, fingerprint: str) -> bool:
        """Whether the paper was read from this very file."""
        return self.current_file(identifier) == fingerprint

    def note_file(self, identifier: Identifier, fingerprint: str, form: str, origin: str, size: int, received: str = "") -> None:
        """Record a file, ``received`` then or now; what is recorded already stays."""
        self._db.execute(
            "INSERT OR IGNORE INTO files (fingerprint, identifier, form, origin, received, size) VALUES (?, ?, ?, ?, ?, ?)",
            (fingerprint, str(identifier), form, origin, received or now(), size),
        )

    def kept(self, fingerprint: str) -> KeptRow | None:
        """What is recorded of a file of a paper or of the Tweede Kamer's records."""
        row = self._db.execute(
            "SELECT form, origin, received FROM files WHERE fingerprint = ? UNION ALL "
            "SELECT 'json', origin, received FROM tk_files WHERE fingerprint = ?",
            (fingerprint, fingerprint),
        ).fetchone()
        return KeptRow(*row) if row else None

    def current_file(self, identifier: Identifier) -> str:
        """The fingerprint of the file that the paper was read from; empty when it is not here."""
        row = self._db.execute("SELECT fingerprint FROM papers WHERE identifier = ?", (str(identifier),)).fetchone()
        return row[0] if row else ""

    def knows_records(self, fingerprint: str) -> bool:
        """Whether a file of the Tweede Kamer's records was read whole by the present parser version."""
        query = "SELECT 1 FROM tk_files WHERE fingerprint = ? AND parser = ?"
        return self._db.execute(query, (fingerprint, self._parser)).fetchone() is not None

    def note_records(self, fingerprint: str, origin: str, received: str = "") -> None:
        """Record a file of the Tweede Kamer's records as read whole; where it first came from and when stays."""
        self._db.execute(
            "INSERT INTO tk_files (fingerprint, parser, origin, received) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (fingerprint) DO UPDATE SET parser = excluded.parser",
            (fingerprint, self._parser, origin, received or now()),
        )

    def put(self, paper: Kamerstuk, fingerprint: str, form: str, body: bytes = b"") -> bool:
        """Store a paper, ``body`` when it is encoded already, in place of what was there; False when nothing about it differs."""
        key = str(paper.identifier)
        body = body or encode(paper)
        before = self._db.execute("SELECT body, date, name FROM papers WHERE identifier = ?", (key,)).fetchone()
        day = paper.certain_date.isoformat() if paper.certain_date else None
        titles = titles_of(paper)
        if before and before[0] == body:
            self._db.execute(
                "UPDATE papers SET fingerprint = ?, form = ?, parser = ? WHERE identifier = ?",
                (fingerprint, form, self._parser, key),
            )
            return False
        if before:
            self._forget(key)
        else:
            self._db.execute("DELETE FROM removals WHERE identifier = ?", (key,))
        self._db.execute(
            "INSERT INTO papers (identifier, fingerprint, form, parser, change, date, doubtful_date, date_doubt, kind, name, "
            "short_name, subtitle, fictional, nameless, body) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key,
                fingerprint,
                form,
                self._parser,
                self._next_change(),
                day,
                paper.date.isoformat() if paper.date and paper.date_doubt else None,
                paper.date_doubt,
                paper.kind,
                titles.shown,
                "" if titles.short == titles.shown else titles.short,
                titles.subtitle.text,
                paper.fictional,
                not any(one.name for one in paper.people),
                body,
            ),
        )
        self._db.executemany(
            "INSERT INTO paper_dossiers (identifier, position, number, addition, title, key, place) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (key, i, d.number, d.addition, d.title, once, place_in(once, paper.identifier) if once else "")
                for i, (d, once) in enumerate(zip(paper.dossiers, keys_once(paper.dossiers), strict=True))
            ],
        )
        self.people.settle(paper.identifier, paper.people, new=before is None)
        self._relations.settle(paper.identifier, paper.relations, new=before is None)
        self._db.executemany(
            "INSERT INTO citations (source, target, place, container, start) VALUES (?, ?, ?, ?, ?)",
            [(key, str(c.target), c.where.value, c.container, c.start) for c in paper.citations],
        )
        self.tweede_kamer.paper_changed(paper.identifier, [(day, titles.shown), *([before[1:]] if before else [])])
        return True

    def remove(self, identifier: Identifier, at: str = "") -> bool:
        """Take a paper out, ``at`` that instant or now; its files stay in the archive. False when it was not there."""
        if not self.form(identifier):
            return False
        self.drop(identifier)
        self.note_removal(identifier, at or now())
        return True

    def drop(self, identifier: Identifier) -> None:
        """Let the catalogue know nothing of a paper any more, as if it had never come."""
        before = self._db.execute("SELECT date, name FROM papers WHERE identifier = ?", (str(identifier),)).fetchall()
        self._forget(str(identifier))
        self.people.settle(identifier, ())
        self._relations.settle(identifier, ())
        self.tweede_kamer.paper_changed(identifier, before)

    def removed(self, identifier: Identifier) -> str | None:
        """When the paper left (an instant in UTC, empty when that was not recorded); None when it did not."""
        row = read_row(self._db, "removal", str(identifier))
        return str(row[2]) if row else None

    def removals(self) -> list[tuple[Identifier, str, int]]:
        """The papers that left, each with when, and the number of that change."""
        rows = sorted(read_list(self._db, "every removal"), key=lambda row: int(row[1]))
        return [(Identifier(name), at, change) for name, change, at in rows]

    def current_files(self) -> list[tuple[Identifier, str, str]]:
        """Of every paper the fingerprint and the form of the file that it was read from."""
        rows = self._db.execute("SELECT identifier, fingerprint, form FROM papers")
        return [(Identifier(name), mark, form) for name, mark, form in rows]

    def go_on_after(self, change: int) -> None:
        """Number the changes to come above that one, so that they stand behind all that the archive tells of."""
        self._db.execute("UPDATE state SET change = max(change, ?)", (change,))

    def note_removal(self, identifier: Identifier, at: str) -> None:
        """Record that a paper left."""
        self._db.execute(
            "INSERT INTO removals (identifier, change, at) VALUES (?, ?, ?) "
            "ON CONFLICT (identifier) DO UPDATE SET change = excluded.change, at = excluded.at",
            (str(identifier), self._next_change(), at),
        )

    def is_described(self) -> bool:
        """Whether the archive has a manifest for every file that this catalogue knew when manifests came."""
        return bool(state_of(self._db, "described"))

    def note_described(self) -> None:
        """Record that it has."""
        self._db.execute("UPDATE state SET described = 1")

    def settle_names(self) -> None:
        """Decide anew whom names mean, where another version of this program did."""
        if not self.names_are_settled():
            with self.transaction():
                self.people.settle_anew()

    def names_are_settled(self) -> bool:
        """Whether whom names mean was decided by the rules that this program has."""
        return self.people.is_settled()

    def _forget(self, key: str) -> None:
        """Take out what is recorded of a paper, but for its people and its relations, which are compared with what comes."""
        for table, column in (("paper_dossiers", "identifier"), ("citations", "source"), ("papers", "identifier")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))  # noqa: S608 - the names stand in the line above

    def touch(self, identifier: Identifier) -> None:
        """Record that what the catalogue adds to a paper has changed."""
        if self.form(identifier):
            change = self._next_change()
            self._db.execute("UPDATE papers SET change = ? WHERE identifier = ?", (change, str(identifier)))

    def _next_change(self) -> int:
        number: int = self._db.execute("UPDATE state SET change = change + 1 RETURNING change").fetchone()[0]
        return number

    # Asking

    def get(self, identifier: Identifier) -> Kamerstuk | None:
        """The paper, or None."""
        paper = self.as_read(identifier)
        return self._told(paper, self.people.person) if paper else None

    def as_read(self, identifier: Identifier) -> Kamerstuk | None:
        """The paper as its file tells it, without what others tell of it; quicker than ``get``. None when it is not here."""
        row = read_row(self._db, "body", str(identifier))
        return self._decoded(identifier, row[1]) if row else None

    def _decoded(self, identifier: Identifier, body: bytes) -> Kamerstuk:
        try:
            return decode(body)
        except (
            ValueError,
            TypeError,
            LookupError,
            zlib.error,
        ) as error:  # what was written, and by another version of this program
            raise CatalogueDamaged(
                f"{identifier}: what the catalogue keeps of it cannot be read: {error}; {MEND}", str(identifier)
            ) from error

    def _told(self, paper: Kamerstuk, person: Callable[[str], str | None]) -> Kamerstuk:
        """The paper with what others tell of it: whom its names mean, what papers are to it, its numbers at the Tweede Kamer."""
        people = tuple(replace(one, person=person(one.name)) if is_registered(one) else one for one in paper.people)
        paper = replace(paper, people=people, relations=self._relations.told(paper.identifier, paper.relations))
        numbers = self.tweede_kamer.numbers(paper.identifier)
        if not numbers.documents:
            return paper
        links = paper.links if paper.fictional else replace(paper.links, tweedekamer=numbers.address)
        return replace(paper, links=links, zaken=numbers.zaken, documents=numbers.documents)

    def changes_since(self, number: int, skipped: Callable[[CatalogueDamaged], None] = _raised) -> Iterator[Change]:
        """What changed after the change of that number, in order; 0 gives every paper.

        What is damaged is passed over, if ``skipped`` takes the error.
        """
        rows = self._changed(number, skipped)
        person = cache(self.people.person)
        for change, key, here in rows:
            identifier = Identifier(key)
            if not here:
                yield Change(change, identifier, None)
                continue
            try:
                paper = self.as_read(identifier)
                if paper is None:  # the list of changes names it otherwise
                    raise damaged(self._db, "body", key)
                yield Change(change, identifier, self._told(paper, person))
            except CatalogueDamaged as error:
                skipped(CatalogueDamaged(str(error), error.identifier or key))

    def changed_since(self, number: int) -> list[tuple[int, str]]:
        """The numbers of the changes after that one, each with the paper that changed or left, in order."""
        return [(change, name) for change, name, _ in self._changed(number, _raised)]

    def _changed(self, number: int, skipped: Callable[[CatalogueDamaged], None]) -> list[tuple[int, str, bool]]:
        """The same, and whether the paper is here; of a damaged list what can be found, if ``skipped`` takes the error."""
        parts = range(number // PART, -(-self.history.last_change() // PART))
        papers = [row for part in parts for mark in ("", INVENTED) for row in self._listed("part", f"{mark}{part}", skipped)]
        left = self._listed("every removal", WHOLE, skipped)
        rows = [(change, name, here) for of, here in ((papers, True), (left, False)) for name, change, _ in of]
        return sorted(row for row in rows if row[0] > number)

    def _listed(self, name: str, value: str, skipped: Callable[[CatalogueDamaged], None]) -> list[Row]:
        try:
            return read_list(self._db, name, value)
        except CatalogueDamaged as error:
            skipped(error)
            return unsealed_list(self._db, name, value)

    def former(self) -> list[Identifier]:
        """The papers that were read by another version of the parser."""
        others = sorted(count_lists(self._db, "read by").keys() - {self._parser})
        return [Identifier(name) for rows in read_lists(self._db, "read by", others).values() for name, _ in rows]

    def count_former(self) -> int:
        """How many papers those are."""
        return sum(many for parser, many in count_lists(self._db, "read by").items() if parser != self._parser)

    def counts(self) -> Counts:
        """How much there is."""
        papers, files, citations = (count_list(self._db, f"every {what}") for what in ("paper", "file", "citation"))
        return Counts(papers, files, len(list_values(self._db, "dossier")), citations, int(self.state()))

    def state(self) -> str:
        """A name for the state of the catalogue: the number of its last change."""
        return str(self.history.last_change())


def begin_run(db: sqlite3.Connection, what: str) -> int:
    """Record that a run begins; gives its number."""
    return int(db.execute("INSERT INTO runs (what, started) VALUES (?, ?)", (what, now())).lastrowid or 0)


def end_run(db: sqlite3.Connection, run: int, counts: Mapping[str, int], failures: Iterable[tuple[str, str]]) -> None:
    """Record how it ended: counts by name, and where and why something failed."""
    db.execute(
        "UPDATE runs SET finished = ?, read = ?, added = ?, changed = ?, unchanged = ?, failed = ? WHERE run = ?",
        (now(), *(counts.get(name, 0) for name in ("read", "added", "changed", "unchanged", "failed")), run),
    )
    rows = [(run, *failure) for failure in failures]
    db.executemany("INSERT INTO failures (run, place, reason) VALUES (?, ?, ?)", rows)


def last_run(db: sqlite3.Connection) -> dict[str, object] | None:
    """The last run that ended, or None."""
    count_list(db, "every run")
    for (number,) in db.execute("SELECT run FROM runs ORDER BY run DESC"):
        run = read_row(db, "run", str(number))
        if run is None:
            raise damaged(db, "run", str(number))
        told = dict(zip(LISTS["run"].columns, run, strict=True))
        if told["finished"] is not None:
            return told
    return None


def now() -> str:
    """The instant, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
