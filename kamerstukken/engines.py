"""Which engine keeps the index of a data folder. Only the one that is asked for is imported: commands that index start so."""

from __future__ import annotations

from kamerstukken.settings import Settings
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.writer import USUAL, Effort
from search.ports import KeptIndex


def kept_index(settings: Settings, effort: Effort = USUAL) -> KeptIndex:
    """The index of this data folder, as what writes it and tells of it sees it.

    Raises:
        ArchiveError: the engine's package is not installed.
    """
    if settings.cluster is None:
        return WhooshIndex(settings.index, effort)
    from search.engines.opensearch.client import Cluster  # noqa: PLC0415 - most have no cluster
    from search.engines.opensearch.index import OpenSearchIndex  # noqa: PLC0415

    return OpenSearchIndex(Cluster(settings.cluster, settings.access))
