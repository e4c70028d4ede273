"""Puts the parts together: which engine answers, where papers come from. The one place that knows them all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kamerstukken.ledger import CatalogueLedger
from kamerstukken.papers import CataloguePapers
from kamerstukken.registers import CatalogueRegisters
from kamerstukken.settings import Settings
from search.engines.whoosh.searcher import WhooshSearcher
from search.ranking import Weights
from search.service import SearchService

if TYPE_CHECKING:
    from flask import Flask


def search_service(settings: Settings) -> SearchService:
    """What answers queries on this data folder."""
    return SearchService(WhooshSearcher(settings.index, Weights()))


def web_app(settings: Settings, version: str, *, behind_proxy: bool = False) -> Flask:
    """The front end on this data folder."""
    from web.app import create_app  # noqa: PLC0415 - Flask takes time to import, and most commands do without

    papers, registers = CataloguePapers(settings.catalogue), CatalogueRegisters(settings.catalogue)
    ledger = CatalogueLedger(settings)
    return create_app(search_service(settings), papers, registers, ledger, version=version, behind_proxy=behind_proxy)
