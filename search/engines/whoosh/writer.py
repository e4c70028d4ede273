"""Writes papers into the index: the writing side of the port.

Papers are inverted in memory up to a bound, and spilled into segments that no commit names yet. ``commit`` writes what is gone
from the segments that stay, merges those that are too many, and names all of them at once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from uuid import uuid4

import numpy as np

from indexer.identifier import Identifier
from indexer.model import Kamerstuk
from search.document import document_of, read_document
from search.engines.occurrences import occurrences, terms_of
from search.engines.whoosh.contents import GONE, SEGMENT, Contents, clear, files_of, read_contents, write_contents
from search.engines.whoosh.inverting import Inverter
from search.engines.whoosh.live import LiveSegment, write_note
from search.engines.whoosh.merging import merge, to_merge
from search.engines.whoosh.segment import CITED, Segment, term_bytes
from search.engines.whoosh.store import Store

MEMORY_MB = 512
"""What indexing takes at most, unless told otherwise."""


class WhooshWriter:
    """Changes one generation; nothing is found before ``commit``, and without it nothing has changed."""

    def __init__(self, store: Store, generation: Path, change: int, *, memory_mb: int = MEMORY_MB) -> None:
        self._store = store
        self._folder = generation
        self._change = change
        self._memory = memory_mb << 20
        self._before = read_contents(generation, store.commit(generation))
        clear(generation, self._before)
        self._segments = self._before.open(generation)
        self._spilled: list[Segment] = []
        self._inverter = Inverter()
        self._added: dict[str, tuple[int, int]] = {}
        """Of each new paper in which segment to come it is, and its number there."""
        self._gone: dict[int, set[int]] = {}
        """By segment, those that were there first: the papers that go with this commit."""

    def replace(self, papers: Iterable[Kamerstuk]) -> None:
        """See ``ports.IndexWriter``."""
        for paper in papers:
            document = document_of(paper)
            self._take_out(document.identifier)
            self._added[document.identifier] = (len(self._segments) + len(self._spilled), self._inverter.add(document))
            if self._inverter.needed > self._memory:
                self._spill()

    def remove(self, identifiers: Iterable[Identifier]) -> None:
        """See ``ports.IndexWriter``."""
        for identifier in identifiers:
            self._take_out(str(identifier))

    def _take_out(self, identifier: str) -> None:
        if identifier in self._added:
            segment, doc = self._added.pop(identifier)
            if segment == len(self._segments) + len(self._spilled):
                self._inverter.drop(doc)
            else:
                self._gone.setdefault(segment, set()).add(doc)
            return
        name = np.array([identifier.encode()])
        for number, one in enumerate(self._segments):
            doc = int(one.segment.find_papers(name)[0])
            if doc >= 0 and one.live[doc]:
                self._gone.setdefault(number, set()).add(doc)

    def up_to(self, change: int) -> None:
        """Say up to which change of the catalogue the index goes after the commit."""
        self._change = change

    def _new_file(self, suffix: str = SEGMENT) -> Path:
        return self._folder / f"{uuid4().hex[:12]}{suffix}"

    def _spill(self) -> None:
        file = self._new_file()
        if self._inverter.write(file):
            self._spilled.append(Segment(file))
        self._inverter = Inverter()

    def commit(self) -> None:
        """See ``ports.IndexWriter``."""
        self._spill()
        segments = [
            self._without(one, self._gone.get(number, set()))
            for number, one in enumerate([*self._segments, *(LiveSegment(segment, None) for segment in self._spilled)])
        ]
        segments = [one for one in segments if one.papers]
        while chosen := to_merge(segments):
            file = self._new_file()
            merge(chosen, file)
            segments = [one for one in segments if one not in chosen] + [LiveSegment(Segment(file), None)]
        contents = Contents(self._before.number + 1, files_of(segments))
        write_contents(self._folder, contents)
        clear(self._folder, contents)
        # Written after the commit: a kill between the two only makes the next run write the same papers once more.
        self._store.note(self._folder, self._change)

    def _without(self, one: LiveSegment, gone: set[int]) -> LiveSegment:
        """A segment without more papers."""
        if not gone:
            return one
        missed = Counter(dict(zip(one.missed_terms.tolist(), one.missed.tolist(), strict=True)))
        for doc in gone:
            document = read_document(one.segment.document(doc))
            terms = terms_of(occurrences(document)) | {CITED + target for target in document.cites}
            missed.update(one.segment.find(term_bytes(term)) for term in terms)
        note = self._new_file(GONE)
        papers = np.array(sorted({*one.gone.tolist(), *gone}), np.int64)
        terms_in_order = sorted(missed)
        write_note(
            note, papers, np.array(terms_in_order, np.int64), np.array([missed[term] for term in terms_in_order], np.int64)
        )
        return LiveSegment(one.segment, note)

    def abort(self) -> None:
        """Leave the index as it was."""
        self._spilled = []
        clear(self._folder, self._before)
