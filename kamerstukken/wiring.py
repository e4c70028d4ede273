"""Puts the parts together: which engine answers, where papers come from. The one place that knows them all."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.catalogue.archive import Archive
from indexer.errors import KamerstukkenError
from kamerstukken.engines import kept_index
from kamerstukken.papers import CatalogueArchive
from kamerstukken.readiness import Inspector, Look, archive_look, catalogue_look, index_look
from kamerstukken.settings import Settings
from search.analysis.chain import ANALYSIS_VERSION
from search.engines.opensearch import schema as on_cluster
from search.engines.opensearch.client import Cluster
from search.engines.opensearch.searcher import OpenSearchSearcher
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage import segment as on_this_machine
from search.learnt.words import WordVectors
from search.meaning.channel import MeaningChannel
from search.meaning.encoder import Joined
from search.meaning.sentences import E5Encoder, UniversalEncoder, installed
from search.meaning.store import VectorStore
from search.plan import Weights
from search.ports import KeptIndex, Searcher
from search.service import SearchService
from search.wording import Language

if TYPE_CHECKING:
    from flask import Flask


_GLANCE = 1.0
"""Seconds."""


def search_service(settings: Settings, language: Language = Language.DUTCH) -> SearchService:
    """What answers queries on this data folder, for readers of this language."""
    timer = time.thread_time if settings.cluster is None else time.monotonic
    return SearchService(
        _searcher(settings), language, channel=meaning_channel(settings), allowance=settings.allowance, timer=timer
    )


def meaning_channel(settings: Settings) -> MeaningChannel | None:
    """What finds papers by meaning, and what makes the vectors for it; None where the extra is not installed."""
    if not installed():
        return None
    encoder = Joined(((WordVectors.shipped(), 1.0), (UniversalEncoder(), 0.75)), (E5Encoder(), 1.5))  # measured: docs/meaning.md
    return MeaningChannel(VectorStore(settings.vectors, encoder.name), encoder)


def _searcher(settings: Settings) -> Searcher:
    if settings.cluster is not None:
        return OpenSearchSearcher(Cluster(settings.cluster, settings.access), Weights())
    return WhooshSearcher(settings.index, Weights())


def _glanced_at(settings: Settings) -> KeptIndex:
    """The same, for pages that tell of the index by the way: they do not wait for a cluster that does not answer at once."""
    return kept_index(replace(settings, access=replace(settings.access, seconds=_GLANCE, tries=1)))


def versions(settings: Settings) -> dict[str, str]:
    """The versions of schema and analysis that this program would make an index with."""
    schema = on_this_machine.SCHEMA_VERSION if settings.cluster is None else on_cluster.SCHEMA_VERSION
    return {"schema": schema, "analysis": ANALYSIS_VERSION}


def archive(settings: Settings) -> CatalogueArchive:
    """The archive of this data folder, as the front end asks for it."""
    return CatalogueArchive(settings.catalogue, Archive(settings.archive), _glanced_at(settings), versions(settings))


def looks(settings: Settings) -> dict[str, Look]:
    """What sees in what condition catalogue, index and archive of this data folder are."""
    return {
        "catalogue": catalogue_look(settings.catalogue, Archive(settings.archive)),
        "index": index_look(settings.catalogue, _glanced_at(settings)),
        "archive": archive_look(settings.catalogue, Archive(settings.archive)),
    }


def readiness(settings: Settings) -> Inspector:
    """What tells these conditions at once."""
    return Inspector(**looks(settings))


def web_app(settings: Settings, version: str, *, behind_proxy: bool = False) -> Flask:
    """The front end on this data folder; what every answer needs is open, where there is an index, before anybody asks."""
    from web.app import create_app  # noqa: PLC0415 - Flask takes time to import, and most commands do without

    service = search_service(settings)
    with suppress(KamerstukkenError):
        service.prepare()
    return create_app(
        service,
        archive(settings).look,
        readiness(settings),
        version=version,
        behind_proxy=behind_proxy,
        allowed_hosts=settings.allowed_hosts,
    )
