"""What a paper is in terms of Whoosh: a field of terms with positions per place, and what it cites.

Analysis happens in ``occurrences``; the fields take terms with their positions as they are. Positions are plain 32-bit numbers,
so that a reader needs no unpickling to get at them.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping

from whoosh import fields, formats

from search.document import Place, SearchDocument, document_bytes
from search.engines.occurrences import TermsByPlace

IDENTIFIER, DOCUMENT, CITES = "identifier", "document", "cites"


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
        """Term, frequency, weight and positions, as Whoosh's own writer wants them."""
        for term, positions in value.items():
            yield term.encode("utf-8", "surrogatepass"), len(positions), float(len(positions)), array("I", positions).tobytes()


def place_field(place: Place) -> str:
    """The name of the field for a place."""
    return f"in_{place.value}"


def schema() -> fields.Schema:
    """The schema of the index."""
    made = fields.Schema(**{IDENTIFIER: fields.ID(unique=True), DOCUMENT: fields.STORED, CITES: Terms()})
    for place in Place:
        made.add(place_field(place), Terms())
    return made


def fields_of(document: SearchDocument, found: TermsByPlace) -> dict[str, object]:
    """The document with its ``occurrences`` as keyword values of Whoosh's ``add_document``."""
    values: dict[str, object] = {
        IDENTIFIER: document.identifier,
        DOCUMENT: document_bytes(document, {place: starts for place, (*_, starts) in found.items()}),
        CITES: {f">{target}": [0] for target in document.cites},
    }
    return values | {place_field(place): terms for place, (terms, *_) in found.items()}
