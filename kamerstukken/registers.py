"""The registers of the catalogue, as the front end asks for them. Only asks; what a page makes of it is decided in ``web``."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.catalogue import open_catalogue
from indexer.dossier_register import dossier_listing, neighbours
from indexer.identifier import Identifier
from indexer.person_register import Chosen, person_listing, person_names
from indexer.persons import close_names
from indexer.read import PARSER_VERSION
from indexer.registers import DossierListing, Neighbours, Order, PersonListing


class CatalogueRegisters:
    """The registers of the catalogue at ``path``; opened for each question, so that threads share nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection | None]:
        """The open catalogue, or None where there is none yet (asking must not make one)."""
        if not self._path.exists():
            yield None
            return
        with open_catalogue(self._path, PARSER_VERSION) as catalogue:
            yield catalogue.connection

    def dossier(self, key: str, *, year: int | None, order: Order, offset: int, limit: int) -> DossierListing | None:
        """See ``web.ports.Registers``."""
        with self._connection() as db:
            return dossier_listing(db, key, year=year, order=order, offset=offset, limit=limit) if db else None

    def neighbours(self, identifier: Identifier) -> tuple[Neighbours, ...]:
        """See ``web.ports.Registers``."""
        with self._connection() as db:
            return neighbours(db, identifier) if db else ()

    def person(self, name: str, chosen: Chosen, *, offset: int, limit: int) -> PersonListing | None:
        """See ``web.ports.Registers``."""
        with self._connection() as db:
            return person_listing(db, name, chosen, offset=offset, limit=limit) if db else None

    def close_names(self, name: str, limit: int) -> list[str]:
        """See ``web.ports.Registers``."""
        with self._connection() as db:
            return close_names(name, person_names(db), limit) if db else []
