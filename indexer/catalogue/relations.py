"""What papers are to each other: each says it once, and both are told.

A paper that is not here may be a target all the same; it is known by its identifier only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date

from indexer.catalogue.seals import read_list, read_lists, read_row
from indexer.paper.identifier import Identifier
from indexer.paper.model import Relation, RelationKind


class Relations:
    """The relations within the catalogue's database; ``touch`` is told of each paper that others are now something else to."""

    def __init__(self, db: sqlite3.Connection, touch: Callable[[Identifier], None]) -> None:
        self._db = db
        self._touch = touch

    def settle(self, paper: Identifier, relations: Iterable[Relation], *, new: bool = False) -> None:
        """Record what a paper says that it is to others, in place of what it said unless it is ``new``."""
        source = str(paper)
        before: set[tuple[str, str]] = set()
        if not new:
            before.update(self._db.execute("SELECT kind, target FROM relations WHERE source = ?", (source,)))
        said = {(relation.kind.value, str(relation.target)) for relation in relations if relation.target != paper}
        if before == said:
            return
        for change, pairs in (
            ("DELETE FROM relations WHERE source = ? AND kind = ? AND target = ?", before - said),
            ("INSERT INTO relations (source, kind, target) VALUES (?, ?, ?)", said - before),
        ):
            self._db.executemany(change, [(source, *pair) for pair in pairs])
        for target in sorted({target for _, target in before ^ said}):
            self._touch(Identifier(target))

    def told(self, paper: Identifier, said: Iterable[Relation]) -> tuple[Relation, ...]:
        """What a paper is to others: what it says itself, then what they say, the earliest first; with what is known of them.

        A doubtful date of a target is not told.
        """
        pairs = dict.fromkeys((relation.kind, relation.target) for relation in said if relation.target != paper)
        pairs.update(dict.fromkeys(self._said_of(paper)))
        return tuple(self._relation(kind, target) for kind, target in pairs)

    def _said_of(self, paper: Identifier) -> Iterator[tuple[RelationKind, Identifier]]:
        said = [(source, kind) for source, kind, _ in read_list(self._db, "said of", str(paper))]
        dates = {source: row[1] for source, (row, *_) in read_lists(self._db, "glance", (one for one, _ in said)).items()}
        for source, kind in sorted(said, key=lambda one: (dates[one[0]] is None, dates[one[0]] or "", *one)):
            yield RelationKind(kind).inverse, Identifier(source)

    def _relation(self, kind: RelationKind, target: Identifier) -> Relation:
        row = read_row(self._db, "line", str(target))
        if row is None:
            return Relation(kind, target, here=False)
        day, title = row[1], row[5]
        return Relation(kind, target, date.fromisoformat(day) if day else None, title, here=True)
