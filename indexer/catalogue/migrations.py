"""The schema of the catalogue, as numbered steps; an older catalogue is brought to the present one when it is opened."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from indexer.catalogue.seals import IN_PART, drops, further_statements, statements, with_sums
from indexer.errors import CatalogueOutdated
from indexer.paper.conventions import place_in
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier
from indexer.paper.offices import is_government
from indexer.paper.people import person_name, surname_of

STEPS: tuple[str, ...] = (
    """
    CREATE TABLE state (change INTEGER NOT NULL);
    INSERT INTO state VALUES (0);
    CREATE TABLE files (
        fingerprint TEXT PRIMARY KEY, identifier TEXT NOT NULL, form TEXT NOT NULL, origin TEXT NOT NULL, received TEXT NOT NULL,
        size INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE papers (
        identifier TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, form TEXT NOT NULL, parser TEXT NOT NULL, change INTEGER NOT NULL,
        date TEXT, kind TEXT NOT NULL, name TEXT NOT NULL, body BLOB NOT NULL
    );
    CREATE INDEX papers_by_change ON papers (change);
    CREATE INDEX papers_by_date ON papers (date);
    CREATE TABLE removals (identifier TEXT PRIMARY KEY, change INTEGER NOT NULL);
    CREATE TABLE paper_dossiers (
        identifier TEXT NOT NULL, position INTEGER NOT NULL, number TEXT NOT NULL, addition TEXT NOT NULL, title TEXT NOT NULL,
        PRIMARY KEY (identifier, position)
    );
    CREATE INDEX dossiers_by_number ON paper_dossiers (number, addition);
    CREATE TABLE paper_persons (
        identifier TEXT NOT NULL, position INTEGER NOT NULL, role TEXT NOT NULL, name TEXT NOT NULL, office TEXT NOT NULL,
        PRIMARY KEY (identifier, position)
    );
    CREATE INDEX persons_by_name ON paper_persons (name);
    CREATE TABLE citations (
        source TEXT NOT NULL, target TEXT NOT NULL, place TEXT NOT NULL, container INTEGER NOT NULL, start INTEGER NOT NULL
    );
    CREATE INDEX citations_by_source ON citations (source);
    CREATE INDEX citations_by_target ON citations (target);
    CREATE TABLE runs (
        run INTEGER PRIMARY KEY, what TEXT NOT NULL, started TEXT NOT NULL, finished TEXT,
        read INTEGER, added INTEGER, changed INTEGER, unchanged INTEGER, failed INTEGER
    );
    CREATE TABLE failures (run INTEGER NOT NULL REFERENCES runs, place TEXT NOT NULL, reason TEXT NOT NULL);
    """,
    # What dossiers and persons have: papers by dossier in order of number, and by person under one name.
    """
    ALTER TABLE paper_dossiers ADD COLUMN key TEXT NOT NULL DEFAULT '';
    ALTER TABLE paper_dossiers ADD COLUMN place TEXT NOT NULL DEFAULT '';
    ALTER TABLE paper_persons ADD COLUMN person TEXT NOT NULL DEFAULT '';
    UPDATE paper_dossiers SET key = dossier_key(number, addition);
    UPDATE paper_dossiers SET key = '' WHERE EXISTS (
        SELECT 1 FROM paper_dossiers earlier WHERE earlier.identifier = paper_dossiers.identifier
        AND earlier.position < paper_dossiers.position AND earlier.key = paper_dossiers.key
    );
    UPDATE paper_dossiers SET place = place_in(key, identifier) WHERE key <> '';
    UPDATE paper_persons SET person = person_name(name);
    CREATE INDEX dossiers_by_place ON paper_dossiers (key, place, identifier);
    CREATE INDEX persons_by_person ON paper_persons (person, identifier, role, office, name);
    CREATE INDEX papers_at_a_glance ON papers (identifier, date, kind);
    DROP INDEX persons_by_name;
    """,
    # How papers are registered at the Tweede Kamer: its documents, the zaken they are in, and the papers they are.
    """
    CREATE TABLE tk_documents (
        document TEXT PRIMARY KEY, changed TEXT NOT NULL, removed INTEGER NOT NULL, kind TEXT NOT NULL, names TEXT NOT NULL,
        dossiers TEXT NOT NULL, number INTEGER NOT NULL, chamber TEXT NOT NULL, date TEXT, title TEXT NOT NULL, paper TEXT
    );
    CREATE INDEX tk_documents_by_paper ON tk_documents (paper);
    CREATE INDEX tk_documents_by_title ON tk_documents (date, title);
    CREATE TABLE tk_names (document TEXT NOT NULL, identifier TEXT NOT NULL, PRIMARY KEY (document, identifier)) WITHOUT ROWID;
    CREATE INDEX tk_names_by_identifier ON tk_names (identifier);
    CREATE TABLE tk_zaken (
        document TEXT NOT NULL, zaak TEXT NOT NULL, kind TEXT NOT NULL, changed TEXT NOT NULL, removed INTEGER NOT NULL,
        PRIMARY KEY (document, zaak)
    ) WITHOUT ROWID;
    CREATE INDEX tk_zaken_by_zaak ON tk_zaken (zaak);
    CREATE TABLE attachments (attachment TEXT PRIMARY KEY, paper TEXT NOT NULL) WITHOUT ROWID;
    CREATE INDEX attachments_by_paper ON attachments (paper);
    CREATE TABLE tk_files (
        fingerprint TEXT PRIMARY KEY, parser TEXT NOT NULL, origin TEXT NOT NULL, received TEXT NOT NULL
    ) WITHOUT ROWID;
    """,
    # The harvest: selections, what is still to be listed and fetched, and what was received.
    """
    ALTER TABLE removals ADD COLUMN at TEXT NOT NULL DEFAULT '';
    CREATE TABLE harvests (
        harvest INTEGER PRIMARY KEY, cql TEXT NOT NULL, first TEXT NOT NULL, last TEXT NOT NULL, listing INTEGER NOT NULL,
        since TEXT NOT NULL, begun TEXT NOT NULL, finished TEXT NOT NULL, UNIQUE (cql, first, last)
    );
    CREATE TABLE harvest_windows (
        harvest INTEGER NOT NULL REFERENCES harvests, first TEXT NOT NULL, last TEXT NOT NULL, position INTEGER NOT NULL,
        expected INTEGER NOT NULL, PRIMARY KEY (harvest, first, last)
    ) WITHOUT ROWID;
    CREATE TABLE harvest_records (
        identifier TEXT PRIMARY KEY, stamp TEXT NOT NULL, date TEXT NOT NULL, status TEXT NOT NULL, addresses TEXT NOT NULL,
        state TEXT NOT NULL, rounds INTEGER NOT NULL, reason TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX harvest_records_by_state ON harvest_records (state) WHERE state <> 'here';
    CREATE TABLE harvest_members (
        harvest INTEGER NOT NULL REFERENCES harvests, identifier TEXT NOT NULL, seen INTEGER NOT NULL,
        PRIMARY KEY (harvest, identifier)
    ) WITHOUT ROWID;
    CREATE TABLE harvest_parts (
        identifier TEXT NOT NULL, form TEXT NOT NULL, stamp TEXT NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
        mark TEXT NOT NULL, content BLOB, PRIMARY KEY (identifier, form)
    );
    """,
    # What papers are called in lists, which are invented, whose dates are in doubt, which name nobody; people each once a paper
    # and office, and whom their names mean (at first each itself; ``state`` tells by which rules); what papers are to each other.
    """
    ALTER TABLE state ADD COLUMN names TEXT NOT NULL DEFAULT '';
    CREATE TABLE papers_anew (
        identifier TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, form TEXT NOT NULL, parser TEXT NOT NULL, change INTEGER NOT NULL,
        date TEXT, doubtful_date TEXT, date_doubt TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, short_name TEXT NOT NULL,
        subtitle TEXT NOT NULL, fictional INTEGER NOT NULL, nameless INTEGER NOT NULL, body BLOB NOT NULL
    );
    INSERT INTO papers_anew
        SELECT identifier, fingerprint, form, parser, change, date, NULL, '', kind, name, '', '', 0,
            NOT EXISTS (SELECT 1 FROM paper_persons o WHERE o.identifier = p.identifier AND o.name <> ''), body
        FROM papers p ORDER BY change;
    DROP TABLE papers;
    ALTER TABLE papers_anew RENAME TO papers;
    CREATE INDEX papers_by_change ON papers (change, parser);
    CREATE INDEX papers_by_date ON papers (date);
    CREATE INDEX papers_at_a_glance ON papers (identifier, date, kind, nameless);
    CREATE INDEX papers_in_doubt ON papers (identifier) WHERE date_doubt <> '';
    CREATE INDEX papers_invented ON papers (identifier, change) WHERE fictional;
    CREATE INDEX papers_nameless ON papers (identifier) WHERE nameless;
    CREATE TABLE paper_people (
        identifier TEXT NOT NULL, position INTEGER NOT NULL, name TEXT NOT NULL, role TEXT NOT NULL, office TEXT NOT NULL,
        submitted INTEGER NOT NULL, signed INTEGER NOT NULL, person TEXT NOT NULL,
        PRIMARY KEY (identifier, position)
    ) WITHOUT ROWID;
    INSERT INTO paper_people
        WITH signed AS (
            SELECT identifier, min(position) AS at, name, max(role = 'signatory') AS below,
                CASE WHEN max(role = 'minister') OR is_government(office) THEN 'minister' ELSE 'signatory' END AS role, office
            FROM paper_persons WHERE role <> 'submitter' GROUP BY identifier, name, office
        ), entered AS (
            SELECT identifier, min(position) AS at, name FROM paper_persons WHERE role = 'submitter' GROUP BY identifier, name
        ), members AS (
            SELECT identifier, at, name FROM entered WHERE (identifier, name) NOT IN (SELECT identifier, name FROM signed)
        ), people AS (
            SELECT s.identifier, s.at, s.name, s.role, s.office, e.name IS NOT NULL OR (s.role = 'minister' AND s.name <> ''
                AND s.identifier NOT IN (SELECT identifier FROM members)) AS submitted, s.below
            FROM signed s LEFT JOIN entered e USING (identifier, name)
            UNION ALL
            SELECT identifier, at, name,
                CASE row_number() OVER (PARTITION BY identifier ORDER BY at) WHEN 1 THEN 'first_submitter' ELSE 'co_signer' END,
                '', 1, 0
            FROM members
        )
        SELECT identifier, row_number() OVER (PARTITION BY identifier ORDER BY at) - 1, name, role, office, submitted, below,
            person_name(name)
        FROM people;
    CREATE INDEX people_by_person ON paper_people (person, identifier, role, office, submitted, signed, name);
    DROP TABLE paper_persons;
    CREATE TABLE register (name TEXT PRIMARY KEY, surname TEXT NOT NULL, person TEXT) WITHOUT ROWID;
    CREATE INDEX register_by_surname ON register (surname);
    INSERT INTO register SELECT DISTINCT name, surname_of(name), person_name(name) FROM paper_people WHERE name <> '';
    CREATE TABLE relations (source TEXT NOT NULL, kind TEXT NOT NULL, target TEXT NOT NULL, PRIMARY KEY (source, kind, target))
        WITHOUT ROWID;
    CREATE INDEX relations_by_target ON relations (target);
    INSERT INTO relations SELECT attachment, 'attachment_of', paper FROM attachments WHERE attachment <> paper;
    DROP TABLE attachments;
    """,
    # The history in which changes are numbered, and a random mark of each transaction: so a catalogue that went back, and on by
    # another way, is known from what it was. Whether the archive has manifests of the files that were here before.
    """
    ALTER TABLE state ADD COLUMN described INTEGER NOT NULL DEFAULT 0;
    UPDATE state SET described = NOT EXISTS (SELECT 1 FROM files) AND NOT EXISTS (SELECT 1 FROM tk_files);
    CREATE TABLE epochs (number INTEGER PRIMARY KEY, epoch TEXT NOT NULL);
    INSERT INTO epochs (epoch) VALUES (lower(hex(randomblob(16))));
    CREATE TABLE history (change INTEGER PRIMARY KEY, mark TEXT NOT NULL);
    """,
    # Windows of the harvest are a pile, those on which the source contradicted itself stay on it, and papers without a date have
    # one of their own. How far a listing is goes by the source's clock and not by ours, which may have been ahead.
    """
    ALTER TABLE harvests ADD COLUMN asked TEXT NOT NULL DEFAULT '';
    ALTER TABLE harvests ADD COLUMN newest TEXT NOT NULL DEFAULT '';
    ALTER TABLE harvests ADD COLUMN doubt TEXT NOT NULL DEFAULT '';
    UPDATE harvests SET newest = ifnull((
        SELECT max(substr(stamp, 1, 10)) FROM harvest_members m JOIN harvest_records USING (identifier)
        WHERE m.harvest = harvests.harvest AND stamp GLOB '[12][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]*'
    ), '');
    UPDATE harvests SET since = newest WHERE newest <> '' AND since > newest;
    CREATE TABLE harvest_pile (
        number INTEGER PRIMARY KEY, harvest INTEGER NOT NULL REFERENCES harvests, first TEXT NOT NULL, last TEXT NOT NULL,
        undated INTEGER NOT NULL, since TEXT NOT NULL, expected INTEGER NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
        doubt TEXT NOT NULL DEFAULT '', UNIQUE (harvest, first, last, undated, since)
    );
    INSERT INTO harvest_pile (harvest, first, last, undated, since, expected)
        SELECT harvest, w.first, w.last, 0, h.since, expected FROM harvest_windows w JOIN harvests h USING (harvest)
        ORDER BY w.first;
    DROP TABLE harvest_windows;
    ALTER TABLE harvest_pile RENAME TO harvest_windows;
    """,
    # Seals, by which it is noticed that what is read is not what was written. Whoever adds to what is sealed (``seals.LISTS``)
    # appends a step like the last one; who changes it, one like that before it.
    """
    DROP INDEX papers_at_a_glance;
    CREATE INDEX papers_at_a_glance ON papers (identifier, date, kind, nameless, fictional);
    """
    + ";\n".join(statements()),
    # What is sealed now: runs as well.
    ";\n".join((*drops(), *statements())),
    # And the orders by which papers are found by their changes, by who read them and by doubt about their dates.
    f"""
    DROP INDEX papers_by_change;
    DROP INDEX papers_in_doubt;
    DROP INDEX papers_invented;
    DROP INDEX papers_nameless;
    DROP INDEX papers_at_a_glance;
    CREATE INDEX papers_at_a_glance ON papers (identifier, date, kind, nameless, fictional, date_doubt);
    CREATE INDEX papers_by_part ON papers ({IN_PART.format("")}, change, identifier, fictional);
    CREATE INDEX papers_by_parser ON papers (parser, identifier);
    """
    + ";\n".join((*drops(), *statements())),
    # And the history, and what harvests note.
    ";\n".join(further_statements("moment")),
)

_FUNCTIONS: tuple[tuple[str, int, Callable[..., str | bool]], ...] = (
    ("dossier_key", 2, lambda number, addition: Dossier(number, addition).key if number else ""),
    ("place_in", 2, lambda key, identifier: place_in(key, Identifier(identifier))),
    ("person_name", 1, person_name),
    ("surname_of", 1, surname_of),
    ("is_government", 1, is_government),
)
"""Functions of Python that the steps use in SQL: name, number of values, function."""


def is_present(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether the catalogue has the present schema and not a former one.

    Raises:
        CatalogueOutdated: a newer program made the catalogue.
    """
    version = _version(connection)
    if version > len(STEPS):
        known = f"schema {version}, known {len(STEPS)}"
        raise CatalogueOutdated(f"{path}: made by a newer version of this program ({known})", "use that version")
    return version == len(STEPS)


def migrate(connection: sqlite3.Connection, path: Path, version: int = len(STEPS)) -> None:
    """Take the steps up to ``version`` that this catalogue has not had; each is whole or not at all.

    Raises:
        CatalogueOutdated: a newer program made the catalogue.
    """
    if is_present(connection, path):
        return
    with_sums(connection)
    for name, values, function in _FUNCTIONS:
        connection.create_function(name, values, function, deterministic=True)
    for number, step in enumerate(STEPS[:version], start=1):
        if _version(connection) < number:
            connection.execute("BEGIN IMMEDIATE")
            if _version(connection) < number:  # another process may have taken the step meanwhile
                for statement in _statements(step):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {number}")
            connection.execute("COMMIT")


def _statements(step: str) -> Iterator[str]:
    """The statements of a step; those of triggers have others within."""
    statement = ""
    for piece in step.split(";"):
        statement += f"{piece};"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return version
