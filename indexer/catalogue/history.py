"""The history of a catalogue: in which one its changes are numbered, and whether another moment belongs to it.

Numbers of changes alone do not tell one catalogue from another, nor from what it was before it was put back to an earlier state
and went on from there. So a catalogue has an epoch, which a restore changes, and each transaction that changes papers leaves a
random mark. Whoever follows a catalogue keeps the moment up to which it did, and asks whether the catalogue knows that moment.
"""

from __future__ import annotations

import secrets
import sqlite3
from dataclasses import dataclass

from indexer.catalogue.seals import WHOLE, damaged, read_list, read_row


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in the history of a catalogue: the number of a change, and the mark of the transaction that made it."""

    epoch: str = ""
    change: int = 0
    mark: str = ""


BEGINNING = Moment()
"""Before anything came, in no history."""


class History:
    """The history of the catalogue in this database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._db = database

    @property
    def epoch(self) -> str:
        """The name of the history: another one for each catalogue, and after each restore."""
        epochs = read_list(self._db, "epochs")
        if not epochs:
            raise damaged(self._db, "epochs", WHOLE)
        return str(max(epochs)[1])

    def begin_anew(self) -> None:
        """Begin another history, because what follows need not be what followed before."""
        self._db.execute("INSERT INTO epochs (epoch) VALUES (?)", (secrets.token_hex(16),))

    def last_change(self) -> int:
        """The number of the last change.

        Raises:
            CatalogueDamaged: it is not as it was written.
        """
        row = read_row(self._db, "change", WHOLE)
        if row is None:
            raise damaged(self._db, "change", WHOLE)
        return int(row[0])

    def mark(self) -> None:
        """Mark the transaction that made the last change; it is called before that is committed."""
        self._db.execute("INSERT OR REPLACE INTO history VALUES (?, ?)", (self.last_change(), secrets.token_hex(8)))

    def moment(self, change: int | None = None) -> Moment:
        """The moment of this change, or of the last one."""
        number = self.last_change() if change is None else change
        return Moment(self.epoch, number, self._mark_of(number))

    def knows(self, moment: Moment) -> bool:
        """Whether that moment is one of this history: then nothing but the changes after it has come since."""
        return moment.change <= self.last_change() and moment == Moment(self.epoch, moment.change, self._mark_of(moment.change))

    def has_been(self, change: int, mark: str) -> bool:
        """Whether a transaction of that mark made that change of this catalogue, under whatever name of its history."""
        return change <= self.last_change() and mark == self._mark_of(change)

    def since(self, moment: Moment) -> int:
        """The change after which whoever followed up to that moment has to go on; 0, which is all, where it is not known."""
        return moment.change if self.knows(moment) else 0

    def _mark_of(self, change: int) -> str:
        """The mark of the transaction that a change was made in."""
        query = "SELECT change FROM history WHERE change >= ? ORDER BY change LIMIT 1"
        found = self._db.execute(query, (change,)).fetchone() if change else None
        row = read_row(self._db, "moment", str(found[0])) if found else None
        return str(row[1]) if row else ""
