"""What in the catalogue is not as it was written."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.seals import MEND, broken_seals
from indexer.errors import CatalogueDamaged


def damages(catalogue: Catalogue) -> Iterator[CatalogueDamaged]:
    """All that is damaged, one after another: the file's own structure, and what is sealed; reads everything."""
    try:
        yield from broken_seals(catalogue.connection)
        for (found,) in catalogue.connection.execute("PRAGMA integrity_check(20)"):
            if found != "ok":
                yield CatalogueDamaged(f"the catalogue is damaged: {found}; {MEND}")
    except CatalogueDamaged as error:
        yield error
