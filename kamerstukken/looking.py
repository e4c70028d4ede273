"""The catalogue opened for one question of the front end, so that threads share nothing. What is asked stands in the callers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.catalogue import Catalogue, open_catalogue
from indexer.read import PARSER_VERSION


@contextmanager
def looking_into(path: Path) -> Iterator[Catalogue | None]:
    """The open catalogue at ``path``, or None where there is none yet (asking must not make one).

    Raises:
        ArchiveError: the file is not a catalogue, or cannot be used.
    """
    if not path.exists():
        yield None
        return
    with open_catalogue(path, PARSER_VERSION) as catalogue:
        yield catalogue
