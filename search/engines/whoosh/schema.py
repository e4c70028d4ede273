"""What a paper becomes in a Whoosh index: a field of terms with positions per place, and its facts in a column.

Analysis happens in ``occurrences``; the field takes terms with their positions as they are. Positions are stored as plain
32-bit numbers, so that a reader needs no unpickling to get at them.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from whoosh import columns, fields, formats

from search.document import Place, SearchDocument, document_bytes, dossier_titles, facets_of
from search.engines.occurrences import Occurrences

SCHEMA_VERSION = "3"
"""Raised when what is written to the index changes; the index is then rebuilt."""

IDENTIFIER, DOCUMENT, FACTS, CITES = "identifier", "document", "facts", "cites"


class TermPositions(formats.Format):  # type: ignore[misc] # whoosh is untyped
    """Postings whose values are the positions as 32-bit numbers in the machine's own order."""

    def decode_positions(self, value: bytes) -> list[int]:
        """The positions, for Whoosh's own queries."""
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        """How many there are."""
        return len(value) // 4

    def decode_weight(self, value: bytes) -> float:
        """The same, as a weight."""
        return float(len(value) // 4)


class Terms(fields.FieldType):  # type: ignore[misc] # whoosh is untyped
    """A field of ready-made terms: its value maps each to its positions."""

    def __init__(self) -> None:
        self.format = TermPositions()
        self.analyzer = None
        self.scorable = True
        self.stored = False
        self.unique = False
        self.indexed = True

    def index(self, value: Mapping[str, list[int]]) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Term, frequency, weight and positions, as Whoosh's writer wants them."""
        for term, positions in value.items():
            yield term.encode("utf-8", "surrogatepass"), len(positions), float(len(positions)), array("I", positions).tobytes()


def place_field(place: Place) -> str:
    """The name of the field for a place."""
    return f"in_{place.value}"


def schema() -> fields.Schema:
    """The schema of the index."""
    made = fields.Schema(
        **{
            IDENTIFIER: fields.ID(unique=True),
            DOCUMENT: fields.STORED,
            FACTS: fields.COLUMN(columns.VarBytesColumn()),
            CITES: Terms(),
        }
    )
    for place in Place:
        made.add(place_field(place), Terms())
    return made


@dataclass(frozen=True, slots=True)
class Facts:
    """What the engine keeps in memory of a paper: identifier, date (ordinal or 0), words per place, values per name."""

    identifier: str
    date: int
    lengths: Mapping[str, int]
    values: Mapping[str, list[str]]
    dossier_titles: Mapping[str, str]

    def to_bytes(self) -> bytes:
        """As stored in the column."""
        values = [self.identifier, self.date, dict(self.lengths), dict(self.values), dict(self.dossier_titles)]
        return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")

    @classmethod
    def from_bytes(cls, content: bytes) -> Facts:
        """As read from the column."""
        return cls(*json.loads(content.decode("utf-8", "surrogatepass")))


def fields_of(document: SearchDocument, found: Occurrences) -> dict[str, object]:
    """The document with its ``occurrences`` as keyword values of Whoosh's ``add_document``."""
    facts = Facts(
        identifier=document.identifier,
        date=document.date.toordinal() if document.date else 0,
        lengths={place.value: length for place, (_, length, _) in found.items()},
        values={name: list(values) for name, values in facets_of(document).items() if values},
        dossier_titles=dossier_titles(document),
    )
    values: dict[str, object] = {
        IDENTIFIER: document.identifier,
        DOCUMENT: document_bytes(document, {place: starts for place, (*_, starts) in found.items()}),
        FACTS: facts.to_bytes(),
        CITES: {target: [0] for target in document.cites},
    }
    return values | {place_field(place): terms for place, (terms, *_) in found.items()}
