"""What a paper is to other papers, as its file tells: attachment, and more of its kind line, its title and its metadata.

Both directions of a relation are known only to the catalogue, which also knows whether the other paper is there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.paper.citations import find_citations
from indexer.paper.identifier import Identifier, identifiers_among
from indexer.paper.model import Dossier, Relation, RelationKind
from indexer.reading.metadata import Metadata

_REPLACES = re.compile(r"ter\s+vervanging\s+van\s+(?:die|dat|het)\s+gedrukt\s+onder\s+nr\.?\s*(?P<number>\d{1,4})", re.IGNORECASE)
_SHORT = re.compile(r"\bt\.?v\.?v\.?\s", re.IGNORECASE)


def relations_of(
    meta: Metadata, identifier: Identifier, kind_line: str, title: str, dossiers: Sequence[Dossier]
) -> tuple[Relation, ...]:
    """The relations that the file tells, each once."""
    main = main_of(meta, identifier)
    replaced = [one for one in replaced_by(kind_line, title, dossiers) if one != identifier]
    found = [Relation(RelationKind.REPLACES, one) for one in replaced]
    found += [Relation(RelationKind.ATTACHMENT_OF, main)] if main else []
    found += [Relation(RelationKind.HAS_ATTACHMENT, one) for one in identifiers_among(meta.all("OVERHEIDop.bijlage"))]
    return tuple(dict.fromkeys(found))


def main_of(meta: Metadata, identifier: Identifier) -> Identifier | None:
    """The paper that an attachment belongs to: the metadata tells, else an identifier such as ``kst-28844-269-b1``."""
    main = next(iter(identifiers_among(meta.all("OVERHEIDop.hoofddocument"))), None)
    if main is None and identifier.collection == "kst" and identifier.is_attachment:
        main = Identifier(str(identifier).rpartition("-")[0])
    return main if main != identifier else None


def replaced_by(kind_line: str, title: str, dossiers: Sequence[Dossier]) -> tuple[Identifier, ...]:
    """The papers that a paper with this head replaces; nearly always none or one."""
    found = _REPLACES.search(kind_line) or _REPLACES.search(title)
    if found and dossiers and dossiers[0].number:
        number, _, sub = dossiers[0].number.partition("-")
        return (Identifier.of(number, found["number"], sub=sub, addition=dossiers[0].addition),)
    short = _SHORT.search(title)
    return tuple(cited.identifier for cited in find_citations(title[short.end() :])) if short else ()
