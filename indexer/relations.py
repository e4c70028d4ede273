"""What the catalogue tells of papers together: their names, who cites whom, which are attached to which, how many a year.

Only asks; ``Catalogue`` keeps what is asked for.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.identifier import Identifier


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A paper that cites another: where it says so (``container`` and ``start`` as in ``Citation``)."""

    identifier: Identifier
    where: str
    container: int
    start: int


def names(db: sqlite3.Connection, identifiers: Iterable[Identifier]) -> dict[Identifier, str]:
    """What those of the papers are called that are in the catalogue."""
    found: dict[Identifier, str] = {}
    wanted = sorted({str(identifier) for identifier in identifiers})
    for i in range(0, len(wanted), 500):
        part = wanted[i : i + 500]
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT identifier, name FROM papers WHERE identifier IN ({marks})", part)  # noqa: S608 - marks only
        found.update((Identifier(identifier), name) for identifier, name in rows)
    return found


def cited_by(db: sqlite3.Connection, identifier: Identifier, limit: int = 200) -> list[CitedBy]:
    """Where other papers cite this one, newest paper first, one place a paper."""
    rows = db.execute(
        "SELECT c.source, c.place, c.container, c.start FROM citations c JOIN papers p ON p.identifier = c.source "
        "WHERE c.target = ? GROUP BY c.source ORDER BY p.date DESC, c.source LIMIT ?",
        (str(identifier), limit),
    )
    return [CitedBy(Identifier(source), place, container, start) for source, place, container, start in rows]


def attachments(db: sqlite3.Connection, identifier: Identifier) -> list[Identifier]:
    """The attachments here that say they belong to this paper."""
    query = "SELECT attachment FROM attachments WHERE paper = ? ORDER BY attachment"
    return [Identifier(row[0]) for row in db.execute(query, (str(identifier),))]


def papers_per_year(db: sqlite3.Connection) -> dict[int, int]:
    """How many papers there are of each year, from the first year to the last; years without any are left out."""
    rows = db.execute(
        "SELECT CAST(substr(date, 1, 4) AS INTEGER) AS year, count(*) FROM papers WHERE date IS NOT NULL GROUP BY year"
    )
    return dict(rows.fetchall())
