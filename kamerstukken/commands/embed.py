"""``kamerstukken embed``: the vectors by which papers are found by meaning."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.catalogue.catalogue import Catalogue, read_catalogue
from indexer.data_folder import writing
from indexer.errors import MeaningMissing
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.settings import data_option, settings
from kamerstukken.terminal import progress
from kamerstukken.wiring import meaning_channel
from search.meaning.embedding import embed
from search.meaning.store import VectorStore


@click.command("embed")
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many papers; the next time goes on from there.")
@data_option
def embed_command(limit: int | None, data: Path | None) -> None:
    """Make the vectors by which papers are found by meaning.

    Only what is new or changed since the last time gets new ones. It takes hours for hundreds of thousands of papers; it may be
    stopped at any time, and searching, harvesting and indexing go on meanwhile. Needs the extra: pip install
    'kamerstukken[betekenis]'.

    \b
    Examples:
        kamerstukken embed
        kamerstukken embed --limit 10000
    """
    where = settings(data)
    channel = meaning_channel(where)
    if channel is None:
        raise MeaningMissing("the extra is not installed; install it with: pip install 'kamerstukken[betekenis]'")
    with writing(where.vectors, "kamerstukken embed"), read_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        pending = _pending(catalogue, channel.store)
        with progress("embedding", min(pending, limit or pending)) as advance:
            papers = embed(catalogue, channel.store, channel.encoder, limit, lambda _: advance())
        left = _pending(catalogue, channel.store)
    click.echo(f"{papers:,} papers embedded" + (f", {left:,} changes to go" if left else ""), err=True)


def _pending(catalogue: Catalogue, store: VectorStore) -> int:
    """How many changes the vectors do not have yet."""
    return len(catalogue.changed_since(catalogue.history.since(store.kept().moment)))
