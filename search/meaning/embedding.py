"""Brings the changes of the catalogue to the vectors: in the background, in parts, as far as one wants to go at a time.

Which texts of a paper get a vector is told here too: what it is called, what it asks for, its headings and its paragraphs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2s

from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.history import Moment
from indexer.paper.identifier import Identifier
from search.document import Passage, Place, SearchDocument, document_of
from search.meaning.encoder import PaperEncoder
from search.meaning.store import Embedded, VectorStore

Advance = Callable[[int], None]
"""Told how many changes were brought over."""

_TEXTS_OF_A_PART = 20_000
"""Vectors that are held before they are written: some 60 MB, and what a process that is killed loses at most."""
_BATCH = 32
"""Papers that are encoded at once."""


@dataclass
class _Batch:
    """Papers whose texts wait for their vectors, and those that have them already."""

    waiting: list[tuple[str, str, list[str]]] = field(default_factory=list)
    """Identifier, fingerprint and texts."""
    done: list[Embedded] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)

    def encode(self, encoder: PaperEncoder) -> None:
        """Make the vectors of the texts that wait."""
        if self.waiting:
            made = encoder.papers([texts for _, _, texts in self.waiting])
            self.done += [Embedded(name, mark, one) for (name, mark, _), one in zip(self.waiting, made, strict=True)]
        self.waiting = []

    @property
    def size(self) -> int:
        """How many vectors it holds."""
        return sum(len(paper.vectors) for paper in self.done)


def embed(
    catalogue: Catalogue,
    store: VectorStore,
    encoder: PaperEncoder,
    limit: int | None = None,
    advance: Advance = lambda done: None,
) -> int:
    """Make the vectors of what changed in the catalogue, of ``limit`` papers at most; gives the number of papers.

    Every paper whose texts are the same as before keeps its vectors. Vectors that were made of another history of the catalogue
    are compared with all of it. Vectors of other encoders are removed at the end.
    """
    kept = store.kept()
    since = catalogue.history.since(kept.moment)
    batch, papers, last, written = _Batch(), 0, since, since
    if since != kept.moment.change:
        batch.removed += [name for name in kept.places if not catalogue.form(Identifier(name))]
    for change in catalogue.changes_since(since):
        if limit is not None and papers >= limit:
            break
        identifier = str(change.identifier)
        texts = [shortened(text) for text in texts_of(document_of(change.paper))] if change.paper else []
        mark = blake2s("\x00".join(texts).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        if not texts:
            batch.removed.append(identifier)
        elif kept.fingerprint(identifier) != mark:
            batch.waiting.append((identifier, mark, texts))
            papers += 1
        last = change.number
        advance(1)
        if len(batch.waiting) >= _BATCH:
            batch.encode(encoder)
        if batch.size >= _TEXTS_OF_A_PART:
            batch, written = _written(batch, store, encoder, catalogue.history.moment(last)), last
    if last > written or batch.removed:
        _written(batch, store, encoder, catalogue.history.moment(last))
    if int(catalogue.state()) <= last:
        store.clear_others()
    return papers


def _written(batch: _Batch, store: VectorStore, encoder: PaperEncoder, moment: Moment) -> _Batch:
    """Write what is done as a part, and begin anew."""
    batch.encode(encoder)
    store.add(batch.done, batch.removed, moment)
    return _Batch()


MOST = 64
"""Texts of one paper. A paper of a hundred pages says near its beginning what it is about."""
_PLACES = frozenset((Place.HEADING, Place.BODY, Place.DICTUM, Place.ANNEX))
_FEWEST_WORDS = 5
_LONGEST = 1_000
"""Characters of a text that are looked at: a vector of a whole page is near to everything and to nothing."""
_CLOSING = "en gaat over tot de orde van de dag"
"""Ends every motion and means nothing."""


def texts_of(document: SearchDocument) -> tuple[Passage, ...]:
    """The texts, each as the passage that it stands in; the order is that of the vectors that are kept.

    The first says best what the paper is about: what it asks for, where that is known, or else its title.
    """
    return tuple(text for text, _ in zip(_texts(document), range(MOST), strict=False))


def _texts(document: SearchDocument) -> Iterator[Passage]:
    dictum = next((passage.text for passage in document.passages if passage.place is Place.DICTUM), "")
    for text in dict.fromkeys((document.subtitle or dictum, document.title)):
        if text:
            yield Passage(Place.TITLE, text)
    for passage in document.passages:
        if passage.place in _PLACES and _tells(passage.text):
            yield passage


def _tells(text: str) -> bool:
    return len(text.split(maxsplit=_FEWEST_WORDS)) >= _FEWEST_WORDS and not text.lower().startswith(_CLOSING)


def shortened(passage: Passage) -> str:
    """What of the text is looked at."""
    return passage.text[:_LONGEST]
