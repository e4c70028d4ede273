"""What is to be harvested, as the user says it, and as a query of the official search interface (CQL)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from indexer.harvest.windows import Window
from indexer.identifier import Identifier

KAMERSTUKKEN = 'c.product-area=="officielepublicaties" and w.publicatienaam=="Kamerstuk"'
"""The papers of both chambers and their attachments, which differ by dt.type."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A selection as the search interface is asked for it: the same scope is the same harvest."""

    cql: str
    """The query, but for the dates."""
    window: Window


@dataclass(frozen=True, slots=True)
class Selection:
    """Which papers: all of them, unless something is given. Several values of one property mean any of them."""

    dossiers: tuple[str, ...] = ()
    """``31066``, ``36410-XVI``."""
    session_years: tuple[str, ...] = ()
    """``2023-2024``."""
    kinds: tuple[str, ...] = ()
    """As the source names them: ``Motie``, ``Brief``."""
    attachments: bool = False
    """With what was sent along with them."""
    query: str = ""
    """More CQL, for what the options do not offer."""
    first: date | None = None
    last: date | None = None

    @property
    def scope(self) -> Scope:
        """The query for it."""
        clauses = [
            KAMERSTUKKEN,
            _any("dt.type", ("Kamerstuk", "Bijlage") if self.attachments else ("Kamerstuk",)),
            _any("w.dossiernummer", self.dossiers),
            _any("w.vergaderjaar", self.session_years),
            _any("w.subrubriek", self.kinds),
            f"({self.query})" if self.query.strip() else "",
        ]
        return Scope(" and ".join(clause for clause in clauses if clause), Window(self.first, self.last))


def _any(index: str, values: tuple[str, ...]) -> str:
    """Booleans of CQL all bind alike, from left to right; hence the brackets."""
    clauses = [equals(index, value) for value in values]
    return f"({' or '.join(clauses)})" if len(clauses) > 1 else "".join(clauses)


def equals(index: str, value: str) -> str:
    """``index=="value"``, whatever the value holds."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{index}=="{escaped}"'


def question(cql: str, window: Window, since: str = "") -> str:
    """The query for the papers of a window, oldest first, so that what is published meanwhile comes at the end.

    ``since`` (an ISO date) limits it to those changed on that day or later.
    """
    changed = f'dt.modified>="{since}"' if since else ""
    clauses = " and ".join(clause for clause in (cql, window.cql, changed) if clause)
    return f"{clauses} sortBy dt.date/sort.ascending"


def one_of(identifiers: tuple[Identifier, ...]) -> str:
    """The query for these very papers."""
    return " or ".join(equals("dt.identifier", str(identifier)) for identifier in identifiers)
