"""What papers are to each other: each says it once, and both are told.

A paper that is not here may be a target all the same; it is known by its identifier only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from datetime import date

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
        rows = self._db.execute(
            "SELECT r.kind, r.source FROM relations r CROSS JOIN papers p INDEXED BY papers_at_a_glance "
            "ON p.identifier = r.source WHERE r.target = ? ORDER BY p.date IS NULL, p.date, r.source, r.kind",
            (str(paper),),
        )
        yield from ((RelationKind(kind).inverse, Identifier(source)) for kind, source in rows)

    def _relation(self, kind: RelationKind, target: Identifier) -> Relation:
        row = self._db.execute("SELECT date, name FROM papers WHERE identifier = ?", (str(target),)).fetchone()
        if row is None:
            return Relation(kind, target, here=False)
        day, title = row
        return Relation(kind, target, date.fromisoformat(day) if day else None, title, here=True)
