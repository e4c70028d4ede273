"""The registers of the catalogue, as the front end asks for them. Only asks; what a page makes of it is decided in ``web``."""

from __future__ import annotations

from pathlib import Path

from indexer.dossier_register import dossier_listing, neighbours
from indexer.identifier import Identifier
from indexer.person_register import Chosen, person_listing, person_names
from indexer.persons import close_names
from indexer.registers import DossierListing, Neighbours, Order, PersonListing
from kamerstukken.looking import looking_into


class CatalogueRegisters:
    """The registers of the catalogue at ``path``; opened for each question, so that threads share nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def dossier(self, key: str, *, year: int | None, order: Order, offset: int, limit: int) -> DossierListing | None:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return (
                dossier_listing(catalogue.connection, key, year=year, order=order, offset=offset, limit=limit)
                if catalogue
                else None
            )

    def neighbours(self, identifier: Identifier) -> tuple[Neighbours, ...]:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return neighbours(catalogue.connection, identifier) if catalogue else ()

    def person(self, name: str, chosen: Chosen, *, offset: int, limit: int) -> PersonListing | None:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return person_listing(catalogue.connection, name, chosen, offset=offset, limit=limit) if catalogue else None

    def close_names(self, name: str, limit: int) -> list[str]:
        """See ``web.ports.Registers``."""
        with looking_into(self._path) as catalogue:
            return close_names(name, person_names(catalogue.connection), limit) if catalogue else []
